"""`guiju plan`: the cheapest changes that reach a level, with a certificate that it is the cheapest."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.assessing import (
    assess,
    assessing_options,
    chosen_outcomes,
    costs_option,
    no_such_level,
    print_assessed,
)
from guiju.cli.codes import NOT_PROVED, OPTION_WITHOUT_EFFECT
from guiju.cli.edge import argument, fail, report, wrong_call
from guiju.cli.help import Command, option
from guiju.cli.progress import working
from guiju.cli.writing import refuse_unless_writable, write
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from

_CHECKING = Text("与 --check 同用时", "beside --check")


@click.command(
    "plan",
    cls=Command,
    about=Text(
        "达到某一级最少要改什么：费用最省的一组改动，按先后排列，并证明没有更省的。",
        "Find the cheapest set of changes that reaches a level, in order, with the proof that nothing cheaper does.",
    ),
)
@click.argument("policy")
@click.argument("evidence", type=click.Path())
@option("--to", "level", metavar="LEVEL", required=True, said=Text("要达到的等级。", "The level to reach."))
@option("--outcome", metavar="NAME", said=Text("其中哪个结果（mil:ASSET）。", "Of which outcome (mil:ASSET)."))
@costs_option(Text("费用、不能改的、先后要求（YAML）。", "Costs, what cannot change, what is needed first (YAML)."))
@option(
    "--certificate",
    type=click.Path(path_type=Path),
    said=Text("把证书写入此文件。", "Write the certificate to this file."),
)
@option(
    "--check",
    type=click.Path(path_type=Path),
    said=Text("不求方案，只核对这份证书。", "Make no plan: check this certificate."),
)
@assessing_options
def command(
    policy: str,
    evidence: str,
    level: str,
    outcome: str | None,
    costs: Path | None,
    certificate: Path | None,
    check: Path | None,
    language: Language,
    form: str,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Find the cheapest set of changes that reaches a level."""
    if check is not None and certificate is not None:
        arguments = (("option", "--certificate"), ("when", _CHECKING))
        wrong_call(Diagnostic(OPTION_WITHOUT_EFFECT, argument("--certificate", str(certificate)), arguments), language)
    if certificate is not None:
        refuse_unless_writable(certificate, language)
    assessment, _ = assess(policy, evidence, readings, language, form, others)
    aims, value = _aims(assessment, level, outcome, language)
    aim = aims[0]
    terms = _terms(costs, assessment, language, form)
    if check is not None:
        from guiju.cli.plan_check import check_certificate

        check_certificate(aim, terms, check, language, form)
        return
    from guiju.engine.reasoning.planning.remedy import remedy_for
    from guiju.report.plan import other_lines, plan_lines, plan_model
    from guiju.report.words import word

    with working(language):
        remedy = remedy_for(aim, terms)
        told = plan_lines(aim, value, remedy, terms, language) if form != "json" else ()
        beside = other_lines(aim, remedy, language) if form != "json" and remedy.steps else ()
        lines = [*told, *beside]
    if certificate is not None:
        from guiju.engine.reasoning.planning.certifying import certificate_of
        from guiju.report.certificate import written

        proof = certificate_of(aim, terms, remedy)
        if proof is None:
            fail((Diagnostic(NOT_PROVED, argument("--certificate", str(certificate))),), language, form)
        write(written(proof), certificate, language)
    if form == "json":
        click.echo(plan_model(aim, value, remedy, terms, language).model_dump_json(indent=2))
        return
    for line in lines:
        click.echo(line)
    if len(aims) > 1:
        names = ", ".join(other.outcome for other in aims[1:])
        click.echo(word("plan-of-others", language, name=aim.outcome, others=names))
    print_assessed(assessment, language)


def _aims(assessment: Assessment, level: str, outcome: str | None, language: Language) -> tuple[list[Aim], str]:
    """What would lead each outcome that gives a level, or the one asked for, to that level; or the end of it all."""
    outcomes = chosen_outcomes(assessment.program, () if outcome is None else (outcome,), language)
    levels = {n: x.id for x in assessment.program.levels for n in (x.id, *x.aliases, x.label.zh, x.label.en)}
    value = levels.get(level, level)
    wanted = {o: wanted_from(assessment, o, value) for o in outcomes}
    aims = [Aim(assessment, o, values) for o, values in wanted.items() if values]
    if aims:
        return aims, value
    return no_such_level(assessment.program, "--to", level, language)


def _terms(costs: Path | None, assessment: Assessment, language: Language, form: str) -> Terms:
    if costs is None:
        return Terms()
    from guiju.cli.costs import read_terms

    terms, diagnostics = read_terms(costs, assessment, of_changes=True)
    if terms is None or has_errors(diagnostics):
        fail(diagnostics, language, form)
    report(diagnostics, language)
    return terms
