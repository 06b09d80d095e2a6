"""`guiju voices`: who says what of each clause, and where they differ."""

from __future__ import annotations

import click

from guiju.cli.assessing import assess, assessing_options, print_assessed
from guiju.cli.help import Command, option
from guiju.dsl.diagnostic import Language, Text


@click.command(
    "voices",
    cls=Command,
    about=Text(
        "并排列出各方对条款的说法不一之处：事实、供方、评估方、裁定、对照、豁免，谁说的、为什么、到何时为止。",
        "Show where the voices differ on a clause, side by side: facts, vendor, assessor, override, crosswalk, waiver, "
        "with who, why and until when.",
    ),
)
@click.argument("policy")
@click.argument("evidence", type=click.Path())
@assessing_options
@option(
    "--all",
    "every",
    is_flag=True,
    said=Text("列出有人说过的全部条款。", "Show every clause of which anybody says something."),
)
def command(
    policy: str,
    evidence: str,
    language: Language,
    form: str,
    readings: tuple[str, ...],
    others: tuple[str, ...],
    every: bool,
) -> None:
    """Show where the voices differ on a clause, side by side."""
    from guiju.report.voices import text_of, voices_of

    assessment, diagnostics = assess(policy, evidence, readings, language, form, others)
    voices = voices_of(assessment, language, diagnostics, every=every)
    if form == "json":
        click.echo(voices.model_dump_json(indent=2))
        return
    click.echo(text_of(voices, language), nl=False)
    print_assessed(assessment, language)
