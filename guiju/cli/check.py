"""`guiju check`: every mistake of a policy, and a note for each misprinted cell of a table that it keeps to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

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
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors

if TYPE_CHECKING:
    from guiju.lookup import Given


def _findings(policy: str, others: tuple[Given, ...]) -> tuple[Diagnostic, ...]:
    """What is wrong with a policy, and with its crosswalks to other standards."""
    from guiju.library import bundled, load

    loaded = load(policy)
    if loaded.program is None or not loaded.program.crosswalks:
        return loaded.diagnostics
    from guiju.lookup import Given, Standards
    from guiju.pins import crosswalk_findings

    standards = Standards((Given(loaded.program, loaded.folder), *others))
    found = crosswalk_findings(loaded.program, standards, bundled())
    return (*loaded.diagnostics, *standards.clashes(), *found)


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
    given = standards_of(others, language, form).given if others else ()
    found = [(policy, _findings(policy, given)) for policy in policies]
    if form == "json":
        print_json((d for _, diagnostics in found for d in diagnostics), language)
    else:
        for policy, diagnostics in found:
            report(diagnostics, language)
            click.echo(f"{policy}: {counted(diagnostics, language)}")
    if any(has_errors(diagnostics) for _, diagnostics in found):
        sys.exit(FAILED)
