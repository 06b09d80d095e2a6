"""`guiju diff`: what an edition of a standard changes, in the words of an editor."""

from __future__ import annotations

import sys

import click

from guiju.cli.edge import FAILED, language_option, program_of, report
from guiju.cli.help import Command, option
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors

page_format_option = option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    said=Text("怎样打印结果。", "How to print the result."),
)


@click.command(
    "diff",
    cls=Command,
    about=Text(
        "用编辑的话说明新版 NEW 对旧版 OLD 改了什么：新增、删去、改号、门槛、等级、能愿词、表格，"
        "以及哪个对象因此得到不同的结果。",
        "Say in the words of an editor what the edition NEW changes in OLD: clauses added, removed and renumbered, "
        "thresholds, levels, modalities, tables, and which subject comes to another outcome.",
    ),
)
@click.argument("old")
@click.argument("new")
@language_option
@page_format_option
def command(old: str, new: str, language: Language, form: str) -> None:
    """Say what the edition NEW changes in OLD."""
    from guiju.engine.reasoning.editions.identity import identity_findings
    from guiju.report.revision import revision, revision_model
    from guiju.report.revision_text import revision_text

    before, after = (program_of(policy, language, form) for policy in (old, new))
    found = tuple(identity_findings((before, after)))
    told = revision_model(revision(before, after), language, found)
    if form == "json":
        click.echo(told.model_dump_json(indent=2))
    else:
        click.echo(revision_text(told, language, is_markdown=form == "markdown"), nl=False)
    end_with(found, language, form)


def end_with(found: tuple[Diagnostic, ...], language: Language, form: str) -> None:
    """Print what is wrong with the numbers, where it does not stand in the result, and end with 1 for an error."""
    if form != "json":
        report(found, language)
    if has_errors(found):
        sys.exit(FAILED)
