"""`guiju review`: what is wrong or doubtful in the standard's own text."""

from __future__ import annotations

import click

from guiju.cli.edge import fail, format_option, language_option
from guiju.cli.help import Command
from guiju.dsl.diagnostic import Language, Text


@click.command(
    "review",
    cls=Command,
    about=Text(
        "列出标准原文里有误或可疑之处：算出的发现与读者的备注。",
        "Print what is wrong or doubtful in the text of POLICY's standard:\ncomputed findings and reader's notes.",
    ),
)
@click.argument("policy")
@language_option
@format_option
def command(policy: str, language: Language, form: str) -> None:
    """Print what is wrong or doubtful in the text of POLICY's standard: computed findings and reader's notes."""
    from guiju.library import load, review
    from guiju.report.review import review_of, text_of

    loaded = load(policy)
    if loaded.program is None:
        fail(loaded.diagnostics, language, form)
    found = review_of(loaded.program, review(loaded), language)
    click.echo(found.model_dump_json(indent=2) if form == "json" else text_of(found, language), nl=form == "json")
