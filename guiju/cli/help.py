"""Help in the language of the user: commands and options that say what they are for in both; click has one alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from guiju.dsl.diagnostic import Language, Text

_F = TypeVar("_F", bound=Callable[..., object])
_USAGE = Text("用法：", "Usage: ")
_OPTIONS = Text("选项", "Options")
_HELP = Text("显示本说明。", "Show this message and exit.")


def asked_for(given: Sequence[str]) -> Language | None:
    """The language that a call itself asks for, as far as it can be read."""
    for at, word in enumerate(given):
        value = word.partition("=")[2] if word.startswith("--lang=") else "".join(given[at + 1 : at + 2])
        if word.split("=")[0] == "--lang" and value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    return None


def language_of(ctx: click.Context) -> Language:
    """The language of a call: the one that it asks for, else the locale's."""
    from guiju.cli.edge import default_language

    return asked_for(ctx.find_root().obj or ()) or default_language()


class Option(click.Option):
    """An option that says in both languages what it is for."""

    def __init__(self, *arguments: Any, said: Text, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """How it is written, and what it is for."""
        record = super().get_help_record(ctx)
        return (record[0], f"{self.said.in_language(language_of(ctx))} {record[1]}".rstrip()) if record else None


def option(*names: str, said: Text, **settings: Any) -> Callable[[_F], _F]:
    """`click.option`, with help in both languages."""
    return click.option(*names, cls=Option, said=said, **settings)


def spoken_option(function: _F) -> _F:
    """`--lang zh|en` of a command that prints the same in every language, but for its help and what is wrong."""
    said = Text("消息与说明的语言；不写则随系统。", "Language of messages and help; by default the locale's.")
    return option("--lang", type=click.Choice(["zh", "en"]), expose_value=False, said=said)(function)


class Command(click.Command):
    """A command that says in both languages what it does."""

    def __init__(self, *arguments: Any, about: Text, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.about = about

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described in the language of the call."""
        names = self.get_help_option_names(ctx)
        return Option(names, is_flag=True, is_eager=True, expose_value=False, callback=_show, said=_HELP)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that says how it is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_USAGE.in_language(language_of(ctx)))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does, line by line as it is written here: click breaks lines at blanks, which Chinese has none of."""
        formatter.write_paragraph()
        with formatter.indentation():
            for line in self.about.in_language(language_of(ctx)).splitlines():
                formatter.write(" " * formatter.current_indent + line + "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, each with what it is for."""
        options = (p for p in self.get_params(ctx) if isinstance(p, click.Option))
        records = [r for p in options if (r := p.get_help_record(ctx)) is not None]
        with formatter.section(_OPTIONS.in_language(language_of(ctx))):
            formatter.write_dl(records)


def _show(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()
