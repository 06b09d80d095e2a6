"""`guiju migrate`: an evidence file of an older version, written in the newest."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.edge import fail, language_option, report
from guiju.cli.help import Command, option
from guiju.cli.writing import write, write_option
from guiju.dsl.diagnostic import Language, Text


@click.command(
    "migrate",
    cls=Command,
    about=Text(
        "把旧版本的证据文件改写成最新版本；注释、次序和其余内容不变。",
        "Write EVIDENCE of an older version in the newest; comments, order and all else stay as they are.",
    ),
)
@click.argument("evidence", type=click.Path(path_type=Path))
@option(
    "--as-of",
    metavar="INSTANT",
    said=Text(
        "文件没有评价时点而有会到期的内容时，写入这一时点，须有时区。",
        "The as-of instant, with its zone, of a file that gives none although something in it ends.",
    ),
)
@write_option(Text("改写文件，不打印。", "Change the file instead of printing."))
@language_option
def command(evidence: Path, as_of: str | None, in_place: bool, language: Language) -> None:
    """Write EVIDENCE of an older version in the newest; comments, order and all else stay as they are."""
    from guiju.exchange.migrate import migrated
    from guiju.exchange.text import byte_order_mark, read_text

    text, found = read_text(evidence)
    if text is None:
        fail(found, language)
    new, said = migrated(text.source, as_of)
    if new is None:
        fail((*found, *said), language)
    report((*found, *said), language)
    mark = byte_order_mark(evidence) if in_place else ""
    write(mark + new, evidence if in_place else None, language, replace=True)
