"""`guiju template`: a blank evidence file for a policy, with a comment on everything it may state."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.edge import language_option, program_of
from guiju.cli.help import Command
from guiju.cli.writing import out_option, write
from guiju.dsl.diagnostic import Language, Text


@click.command(
    "template",
    cls=Command,
    about=Text(
        "打印策略的空白证据文件（YAML），每项都有注释。",
        "Print a blank, commented evidence file (YAML) for POLICY.",
    ),
)
@click.argument("policy")
@out_option()
@language_option
def command(policy: str, out: Path | None, language: Language) -> None:
    """Print a blank, commented evidence file (YAML) for POLICY."""
    from guiju.exchange.template import template

    write(template(program_of(policy, language), language), out, language)
