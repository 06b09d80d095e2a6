"""`guiju plan`: the cheapest changes that reach a level, with a certificate that it is the cheapest."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from guiju.cli.assessing import assess, reading_option
from guiju.cli.codes import (
    CERTIFICATE_FORM,
    CERTIFICATE_REFUTED,
    LEVEL_NEVER_GIVEN,
    NOT_PROVED,
    UNKNOWN_LEVEL,
)
from guiju.cli.edge import argument, fail, format_option, language_option, others_option, wrong_call
from guiju.cli.help import Command, option
from guiju.cli.writing import write
from guiju.dsl.diagnostic import Code, Diagnostic, Language, Text, has_errors
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.changes import Aim, Terms, wanted_from


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
@option(
    "--costs",
    type=click.Path(path_type=Path),
    said=Text("费用、不能改的、先后要求（YAML）。", "Costs, what cannot change, what is needed first (YAML)."),
)
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
@language_option
@format_option
@reading_option
@others_option
def command(
    policy: str,
    evidence: str,
    level: str,
    costs: Path | None,
    certificate: Path | None,
    check: Path | None,
    language: Language,
    form: str,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Find the cheapest set of changes that reaches a level."""
    assessment, _ = assess(policy, evidence, readings, language, form, others)
    aim, value = aim_of(assessment, level, "--to", language)
    terms = _terms(costs, assessment, language, form)
    if check is not None:
        _check(aim, terms, check, language, form)
        return
    from guiju.engine.reasoning.remedy import remedy_for
    from guiju.report.plan import plan_lines, plan_model

    remedy = remedy_for(aim, terms)
    if certificate is not None:
        from guiju.engine.reasoning.proof import certificate_of
        from guiju.report.certificate import written

        proof = certificate_of(aim, terms, remedy)
        if proof is None:
            fail((Diagnostic(NOT_PROVED, argument("--certificate", str(certificate))),), language, form)
        write(written(proof), certificate, language)
    if form == "json":
        click.echo(plan_model(aim, value, remedy).model_dump_json(indent=2))
        return
    for line in plan_lines(aim, value, remedy, language):
        click.echo(line)


def aim_of(assessment: Assessment, level: str, option_: str, language: Language) -> tuple[Aim, str]:
    """What would lead the first outcome that gives a level to that level; or the end of the command."""
    levels = {n: x.id for x in assessment.program.levels for n in (x.id, *x.aliases, x.label.zh, x.label.en)}
    value = levels.get(level, level)
    for outcome in assessment.program.outcomes:
        wanted = wanted_from(assessment, outcome, value)
        if wanted:
            return Aim(assessment, outcome, wanted), value
    if level in levels:
        wrong_call(Diagnostic(LEVEL_NEVER_GIVEN, argument(option_, level), (("name", level),)), language)
    names = ", ".join(dict.fromkeys(levels.values()))
    known = names or Text("（标准没有等级）", "(the standard has none)").in_language(language)
    arguments = (("name", level), ("known", known))
    return wrong_call(Diagnostic(UNKNOWN_LEVEL, argument(option_, level), arguments), language)


def _terms(costs: Path | None, assessment: Assessment, language: Language, form: str) -> Terms:
    if costs is None:
        return Terms()
    from guiju.cli.costs import read_terms

    terms, diagnostics = read_terms(costs, assessment)
    if terms is None or has_errors(diagnostics):
        fail(diagnostics, language, form)
    return terms


def _check(aim: Aim, terms: Terms, path: Path, language: Language, form: str) -> None:
    from guiju.engine.reasoning.proof import refuted
    from guiju.exchange.text import read_text
    from guiju.report.certificate import read
    from guiju.report.words import word

    text, diagnostics = read_text(path)
    if text is None:
        fail(diagnostics, language, form)
    certificate = read(text.source.text)
    if isinstance(certificate, str):
        _refuse(CERTIFICATE_FORM, certificate, path, language, form)
    wrong = refuted(aim, terms, certificate)
    if wrong is not None:
        _refuse(CERTIFICATE_REFUTED, wrong, path, language, form)
    key = "certificate-impossible" if certificate.changes is None else "certificate-holds"
    number = len(certificate.changes or ())
    click.echo(word(key, language, number=number, cost=certificate.cost))


def _refuse(code: Code, path: str, file: Path, language: Language, form: str) -> NoReturn:
    fail((Diagnostic(code, argument("--check", str(file)), (("path", path),)),), language, form)
