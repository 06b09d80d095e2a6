"""`guiju coverage`: what one evidence file answers of every standard that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from guiju.cli.codes import NO_STANDARD
from guiju.cli.edge import fail, format_option, language_option, report, standards_of
from guiju.cli.help import Command, option
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors
from guiju.dsl.near import near
from guiju.dsl.source import Span
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Evidence, Part

if TYPE_CHECKING:
    from guiju.lookup import Standards


@click.command(
    "coverage",
    cls=Command,
    about=Text(
        "列出证据文件回答了所涉各标准的多少，以及它们共用多少问题。",
        "Show what EVIDENCE answers of each standard that it names,\nand how many questions they share.",
    ),
)
@click.argument("evidence", type=click.Path())
@option(
    "--policy",
    "policies",
    multiple=True,
    said=Text("证据所写之外的标准，用编号或路径。", "A standard, by id or path, beside those that EVIDENCE names."),
)
@language_option
@format_option
def command(evidence: str, policies: tuple[str, ...], language: Language, form: str) -> None:
    """Show what EVIDENCE answers of each standard that it names, and how many questions they share."""
    from guiju.engine.evaluate import evaluate
    from guiju.exchange.evidence import read_evidence
    from guiju.pins import sound
    from guiju.report.coverage import coverage_of, text_of
    from guiju.standards import bind_for

    stated, found = read_evidence(evidence)
    if stated is None:
        fail(found, language, form)
    standards = standards_of(policies, language, form)
    named = _named(stated)
    if not named and not standards.given:
        fail((Diagnostic(NO_STANDARD, stated.span),), language, form)
    if unusable := tuple(_unusable(named, standards)):
        fail(unusable, language, form)
    assessments: list[Assessment] = []
    matched: list[Diagnostic] = []
    asked = {name: sound(standards(name)) for name in (*named, *(given.program.id for given in standards.given))}
    stated = _asked_of(stated, asked)
    for program in filter(None, asked.values()):
        bindings = bind_for(program, stated, standards)
        matched += bindings.diagnostics
        if not has_errors(bindings.diagnostics):
            assessments.append(evaluate(bindings.bound))
    diagnostics = (*found, *_once(matched))
    if has_errors(diagnostics):
        fail(diagnostics, language, form)
    coverage = coverage_of(stated, assessments, language, diagnostics)
    if form == "json":
        click.echo(coverage.model_dump_json(indent=2))
        return
    report(diagnostics, language)
    click.echo(text_of(coverage, language), nl=False)


def _named(evidence: Evidence) -> dict[str, Span]:
    """The standards that a file names, and where."""
    own = {evidence.standard: evidence.place_of("standard")} if evidence.standard else {}
    return own | {part.standard: part.span for part in evidence.parts}


def _asked_of(evidence: Evidence, standards: Iterable[str]) -> Evidence:
    """A file for several standards as one for these as well: what it states may be meant for any of them."""
    named = {part.standard for part in evidence.parts}
    more = (Part(standard=id_, span=evidence.span) for id_ in standards if id_ not in named)
    return replace(evidence, parts=(*evidence.parts, *more)) if evidence.parts else evidence


def _unusable(named: Mapping[str, Span], standards: Standards) -> Iterator[Diagnostic]:
    """The standards that a file names and that cannot be evaluated."""
    from guiju.library import bundled, no_such_policy
    from guiju.pins import Broken, standard_has_errors

    for name, span in named.items():
        found = standards(name)
        if found is None:
            yield no_such_policy(name, span, near(name, bundled()))
        elif isinstance(found, Broken):
            yield standard_has_errors(name, span, found)


def _once(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What several standards found at one place is said once."""
    return tuple({(d.code.name, d.span, d.arguments): d for d in diagnostics}.values())
