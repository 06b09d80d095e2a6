"""`guiju check`: every mistake of a policy, and a note for each misprinted cell of a table that it keeps to."""

from __future__ import annotations

import sys

import click

from guiju.cli.edge import FAILED, counted, format_option, language_option, print_json, report
from guiju.cli.help import Command
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors


def _findings(policy: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a policy, and with its crosswalks to other standards."""
    from guiju.library import load

    loaded = load(policy)
    if loaded.program is None or not loaded.program.crosswalks:
        return loaded.diagnostics
    from guiju.lookup import Given, Standards
    from guiju.pins import crosswalk_findings

    standards = Standards((Given(loaded.program, loaded.folder),))
    return (*loaded.diagnostics, *crosswalk_findings(loaded.program, standards))


@click.command(
    "check",
    cls=Command,
    about=Text(
        "检查各策略（编号或路径），一次列出全部错误；有错误时退出码为 1。",
        "Check POLICIES, each an id or a path. Exit code 1 if any has an error.",
    ),
)
@click.argument("policies", nargs=-1, required=True)
@language_option
@format_option
def command(policies: tuple[str, ...], language: Language, form: str) -> None:
    """Check POLICIES, each an id or a path. Exit code 1 if any has an error."""
    found = [(policy, _findings(policy)) for policy in policies]
    if form == "json":
        print_json((d for _, diagnostics in found for d in diagnostics), language)
    else:
        for policy, diagnostics in found:
            report(diagnostics, language)
            click.echo(f"{policy}: {counted(diagnostics, language)}")
    if any(has_errors(diagnostics) for _, diagnostics in found):
        sys.exit(FAILED)
