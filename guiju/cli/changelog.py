"""`guiju changelog`: the changes of a standard from edition to edition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.codes import TOO_FEW_EDITIONS
from guiju.cli.diff import end_with, page_format_option
from guiju.cli.edge import argument, language_option, program_of, wrong_call
from guiju.cli.help import Command
from guiju.dsl.diagnostic import Diagnostic, Language, Text

if TYPE_CHECKING:
    from guiju.compiler.ir import Program


@click.command(
    "changelog",
    cls=Command,
    about=Text(
        "一个标准的改动记录，从最早的一版到最近的一版。每个 POLICIES 是一个版本，或存放各版本的文件夹。",
        "The change log of a standard, from the oldest edition to the latest. Each of POLICIES is an edition, or a "
        "folder of editions.",
    ),
)
@click.argument("policies", nargs=-1, required=True)
@language_option
@page_format_option
def command(policies: tuple[str, ...], language: Language, form: str) -> None:
    """Say what each edition changes in the one before."""
    from itertools import pairwise

    from guiju.engine.reasoning.editions.identity import identity_findings
    from guiju.report.diagnostics_model import diagnostic_model
    from guiju.report.revision import edition_model, revision, revision_model
    from guiju.report.revision_model import ChangelogModel
    from guiju.report.revision_text import changelog_text

    names = [name for policy in policies for name in _editions_in(policy)]
    if len(names) < 2:
        for name in names:
            program_of(name, language, form)  # what is wrong with it is told first
        arguments = (("number", str(len(names))),)
        wrong_call(Diagnostic(TOO_FEW_EDITIONS, argument("changelog", " ".join(policies)), arguments), language)
    editions = oldest_first([program_of(name, language, form) for name in names])
    found = tuple(identity_findings(editions))
    log = ChangelogModel(
        guiju="changelog/1",
        editions=[edition_model(e, language) for e in editions],
        revisions=[revision_model(revision(*pair), language, ()) for pair in pairwise(editions)],
        diagnostics=[diagnostic_model(d, language) for d in found],
    )
    if form == "json":
        click.echo(log.model_dump_json(indent=2))
    else:
        click.echo(changelog_text(log, language, is_markdown=form == "markdown"), nl=False)
    end_with(found, language, form)


def _editions_in(policy: str) -> list[str]:
    """The policies in a folder, or the one that is named."""
    from guiju.vocabularies import policies_in

    path = Path(policy)
    return list(map(str, policies_in(path))) if path.is_dir() else [policy]


def oldest_first(editions: list[Program]) -> list[Program]:
    """Each edition behind the one that it replaces; those that say nothing of that by the day of issue."""
    left = sorted(editions, key=lambda e: dict(e.properties).get("issued", ""))
    found: list[Program] = []
    while left:
        waiting = {e.designation for e in left}
        ready = (e for e in left if dict(e.properties).get("replaces") not in waiting - {e.designation})
        found.append(next(ready, left[0]))
        left.remove(found[-1])
    return found
