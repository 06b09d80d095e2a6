"""`guiju format`: the canonical text of a policy, in its own language or the other."""

from __future__ import annotations

import sys

import click

from guiju.cli.edge import FAILED, default_language, fail
from guiju.cli.help import Command, option
from guiju.cli.writing import file_of, write, write_option
from guiju.dsl.diagnostic import Language, Text, has_errors


@click.command(
    "format",
    cls=Command,
    about=Text(
        "打印策略（编号或路径）的规范格式。",
        "Print POLICY (an id or a path) in canonical form.",
    ),
)
@click.argument("policy")
@option(
    "--lang",
    "target",
    type=click.Choice(["zh", "en"]),
    said=Text("把关键字和别名改成这种语言。", "Turn keywords and aliases into this language."),
)
@write_option(Text("改写文件，不打印。", "Change the file instead of printing."))
@option(
    "--check",
    "only_check",
    is_flag=True,
    said=Text("不打印；不是规范格式时退出码为 1。", "Print nothing; exit code 1 if the file is not canonical."),
)
def command(policy: str, target: Language | None, in_place: bool, only_check: bool) -> None:
    """Print POLICY (an id or a path) in canonical form."""
    from guiju.dsl.literate_formatter import format_source
    from guiju.dsl.parser import parse
    from guiju.library import load

    loaded = load(policy)
    document, mistakes = parse(loaded.source) if loaded.source.text else (loaded.document, loaded.diagnostics)
    if document is None or has_errors(mistakes):
        fail(mistakes, default_language())
    formatted = format_source(loaded.source, document, target)
    if only_check:
        if formatted != loaded.source.text:
            message = Text("不是规范格式", "not in canonical form").in_language(default_language())
            click.echo(f"{policy}: {message}", err=True)
            sys.exit(FAILED)
        return
    path = file_of(policy, default_language()) if in_place else None
    write(formatted, path, default_language(), replace=True)
