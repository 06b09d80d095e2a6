"""`guiju bundle`: an assessment with its sources and its whole derivation, as one file that can be replayed.

It is a command of its own and no option of `evaluate`: what `evaluate` prints depends on a language and on how many
readings are tried, and a bundle on nothing but its sources and the readings chosen.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.assessing import chosen_readings, reading_option
from guiju.cli.edge import fail, language_option, others_option, report, standards_of
from guiju.cli.help import Command
from guiju.cli.writing import out_option, write
from guiju.dsl.diagnostic import Language, Text, has_errors
from guiju.report.agreeing import agreeing

if TYPE_CHECKING:
    from guiju.engine.evidence import Evidence
    from guiju.library import Loaded
    from guiju.lookup import Standards

_WRITTEN = Text(
    "{path}：{sources} 个来源，{steps} 步推导；含整份证据文件\n{digest}",
    "{path}: {sources:source|sources}, {steps:derivation step|derivation steps};"
    " it holds the whole evidence file\n{digest}",
)


@click.command(
    "bundle",
    cls=Command,
    about=Text(
        "把按策略（编号或路径）对证据的一次评价写成评价包：\n来源、读法、结果和每一步推导。包里有整份证据文件。",
        "Write an assessment of EVIDENCE against POLICY (an id or a path) as a bundle:\n"
        "sources, readings, outcomes and every step. It holds the whole evidence file.",
    ),
)
@click.argument("policy")
@click.argument("evidence", type=click.Path())
@out_option()
@language_option
@reading_option
@others_option
def command(
    policy: str,
    evidence: str,
    out: Path | None,
    language: Language,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Write an assessment of EVIDENCE against POLICY as a bundle."""
    from guiju import __version__
    from guiju.bundle.layout import written
    from guiju.bundle.make import content_of
    from guiju.bundle.read import parse_bundle
    from guiju.bundle.sources import collected
    from guiju.exchange.evidence import parse_evidence
    from guiju.exchange.text import read_text
    from guiju.standards import bind_for

    standards = standards_of((policy, *others), language)
    program = standards.given[0].program
    text, found = read_text(Path(evidence))
    stated, more = (None, ()) if text is None else parse_evidence(text.source)
    loaded = standards.loaded(program.id)
    if text is None or stated is None or loaded is None:
        fail((*found, *more), language)
    matched = bind_for(program, stated, standards).diagnostics
    diagnostics = (*found, *more, *matched)
    if has_errors(diagnostics):
        fail(diagnostics, language)
    report(diagnostics, language)
    sources = collected(loaded, tuple(_others(stated, program.id, standards)), text)
    content, errors = content_of(sources, chosen_readings(program, readings, language), __version__)
    if content is None:
        fail(errors, language)
    made = written(content)
    whole, unreadable = parse_bundle(str(out or ""), made.encode())
    if whole is None:  # larger than anybody could read back
        fail(unreadable, language)
    write(made, out, language)
    if out is not None:
        counts = {"sources": len(content["sources"]), "steps": len(content["derivation"])}
        click.echo(agreeing(_WRITTEN.in_language(language), path=out, digest=whole.digest, **counts))


def _others(evidence: Evidence, own: str, standards: Standards) -> list[Loaded]:
    """What was read for the other standards that evidence names, those that can be used."""
    ids = (part.standard for part in evidence.parts if part.standard != own)
    return [loaded for id_ in dict.fromkeys(ids) if (loaded := standards.loaded(id_)) is not None]
