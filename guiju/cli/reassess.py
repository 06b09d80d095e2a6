"""`guiju reassess`: new evidence beside a recorded baseline: which way it went, and by which cause."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.compare import assessed_beside, between_records, recorded_in
from guiju.cli.edge import fail, format_option, language_option, report
from guiju.cli.help import Command, option
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors

if TYPE_CHECKING:
    from guiju.engine.evaluate import Assessment
    from guiju.engine.reasoning.comparing.recorded import Recorded

#: how the command ends, by which way the outcomes went
EXIT_CODES = {"unchanged": 0, "improved": 10, "regressed": 11, "otherwise": 12}


@click.command(
    "reassess",
    cls=Command,
    about=Text(
        "把证据与作为基线的评价包比较：结果改善还是退步，哪些内容只是沿用而未经重新确认，因何变化。",
        "Assess EVIDENCE beside a baseline, a bundle: which way the outcomes went, what is carried over and not "
        "confirmed since, and what changed by which cause.",
    ),
)
@click.argument("evidence", type=click.Path())
@option(
    "--baseline",
    type=click.Path(path_type=Path),
    required=True,
    metavar="BUNDLE",
    said=Text("作为基线的评价包。", "The bundle of the assessment before."),
)
@option(
    "--policy",
    metavar="POLICY",
    said=Text(
        "换用这个版本的策略（编号或路径）；不写则用评价包里的。",
        "Another edition of the policy, by id or path; if not given, that in the bundle.",
    ),
)
@language_option
@format_option
def command(evidence: str, baseline: Path, policy: str | None, language: Language, form: str) -> None:
    """Assess EVIDENCE beside a baseline, a bundle."""
    from guiju import __version__
    from guiju.engine.reasoning.comparing.recorded import as_derived
    from guiju.report.reassessment import reassessment_model, text_of

    before, found = recorded_in(baseline, language, form)
    if policy is None:
        assessment, more = _under_its_own_policy(evidence, baseline, language, form)
    else:
        kept = tuple(f"{reading}={option}" for reading, option in _kept_readings(before, policy, language, form))
        earlier = before.derived.program
        assessment, more = assessed_beside(policy, evidence, (kept, ()), (earlier, ()), (language, form))
    after = as_derived(assessment, __version__)
    comparison = between_records(before, after, (baseline,), (language, form))
    told = reassessment_model(comparison, language, tuple(dict.fromkeys((*found, *more))), __version__)
    if form == "json":
        click.echo(told.model_dump_json(indent=2))
    else:
        click.echo(text_of(told, comparison, language), nl=False)
    sys.exit(EXIT_CODES[told.direction])


def _under_its_own_policy(
    evidence: str, baseline: Path, language: Language, form: str
) -> tuple[Assessment, tuple[Diagnostic, ...]]:
    """Evidence under the policies and the readings of a bundle; or the end of the command with what is wrong."""
    from guiju.bundle.make import assessed_on
    from guiju.bundle.read import read_bundle
    from guiju.bundle.sources import source_of
    from guiju.exchange.evidence import read_evidence

    file, unread = read_bundle(baseline)
    if file is None:
        fail(unread, language, form)
    stated, found = read_evidence(evidence)
    if stated is None:
        fail(found, language, form)
    sources = tuple(source_of(model) for model in file.bundle.sources)
    readings = {chosen.reading: chosen.option for chosen in file.bundle.readings}
    assessment, more = assessed_on(sources, stated, readings)
    diagnostics = (*found, *more)
    if assessment is None or has_errors(diagnostics):
        fail(diagnostics, language, form)
    if form == "text":
        report(diagnostics, language)
    return assessment, diagnostics


def _kept_readings(before: Recorded, policy: str, language: Language, form: str) -> list[tuple[str, str]]:
    """The options of the baseline that the other edition has as well."""
    from guiju.cli.edge import program_of

    options = {(r.id, o.id) for r in program_of(policy, language, form).readings for o in r.options}
    return [pair for pair in before.derived.readings.items() if pair in options]
