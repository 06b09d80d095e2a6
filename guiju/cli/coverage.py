"""`guiju coverage`: what one evidence file answers of every standard that it names."""

from __future__ import annotations

import click

from guiju.cli.edge import fail, format_option, language_option, program_of, report
from guiju.dsl.diagnostic import Diagnostic, Language, has_errors
from guiju.engine.evaluate import Assessment


@click.command("coverage")
@click.argument("evidence", type=click.Path())
@click.option(
    "--policy", "policies", multiple=True, help="A standard, by id or path, beside those that EVIDENCE names."
)
@language_option
@format_option
def command(evidence: str, policies: tuple[str, ...], language: Language, form: str) -> None:
    """Show what EVIDENCE answers of each standard that it names, and how many questions they share."""
    from guiju.engine.evaluate import evaluate
    from guiju.exchange.evidence import read_evidence
    from guiju.library import programs_beside
    from guiju.report.coverage import coverage_of, text_of
    from guiju.standards import bind_for

    stated, found = read_evidence(evidence)
    if stated is None:
        fail(found, language, form)
    named = (part.standard for part in stated.parts)
    own = (stated.standard,) if stated.standard else ()
    assessments: list[Assessment] = []
    matched: list[Diagnostic] = []
    for policy in dict.fromkeys((*own, *named, *policies)):
        program = program_of(policy, language, form)
        bindings = bind_for(program, stated, programs_beside(policy))
        matched += bindings.diagnostics
        if not has_errors(bindings.diagnostics):
            assessments.append(evaluate(bindings.bound))
    diagnostics = (*found, *_once(matched))
    if has_errors(diagnostics):
        fail(diagnostics, language, form)
    coverage = coverage_of(stated, assessments, language)
    if form == "json":
        click.echo(coverage.model_dump_json(indent=2))
        return
    report(diagnostics, language)
    click.echo(text_of(coverage, language), nl=False)


def _once(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What several standards found at one place is said once."""
    return tuple({(d.code.name, d.span, d.arguments): d for d in diagnostics}.values())
