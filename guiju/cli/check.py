"""`guiju check`: every mistake of a policy, and a note for each misprinted cell of a table that it keeps to."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guiju.cli.edge import (
    FAILED,
    counted,
    format_option,
    language_option,
    others_option,
    print_json,
    report,
    standards_of,
)
from guiju.cli.help import Command
from guiju.dsl.diagnostic import Language, Text, has_errors


@click.command(
    "check",
    cls=Command,
    about=Text(
        "检查各策略（编号或路径），一次列出全部错误；有错误时退出码为 1。",
        "Check POLICIES, each an id or a path. Exit code 1 if any has an error.",
    ),
)
@click.argument("policies", nargs=-1, required=True)
@others_option
@language_option
@format_option
def command(policies: tuple[str, ...], others: tuple[str, ...], language: Language, form: str) -> None:
    """Check POLICIES, each an id or a path. Exit code 1 if any has an error."""
    from guiju.case_files import beside_its_policy, listed_findings
    from guiju.library import load
    from guiju.lookup import findings

    given = standards_of(others, language, form).given if others else ()
    listed = ((policy, listed_findings(Path(policy))) for policy in policies)
    found = [
        (policy, findings(beside_its_policy(load(policy)), given) if told is None else told) for policy, told in listed
    ]
    if form == "json":
        print_json((d for _, diagnostics in found for d in diagnostics), language)
    else:
        for policy, diagnostics in found:
            report(diagnostics, language)
            click.echo(f"{policy}: {counted(diagnostics, language)}")
    if any(has_errors(diagnostics) for _, diagnostics in found):
        sys.exit(FAILED)
