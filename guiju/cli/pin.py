"""`guiju pin`: the rows of a policy's crosswalks that are to be judged again, and their digests once they have been."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from guiju.cli.edge import fail, language_option, others_option, report, standards_of
from guiju.cli.help import Command, option
from guiju.cli.writing import file_of, write, write_option
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language, Text, has_errors
from guiju.dsl.source import Source
from guiju.exchange.text import byte_order_mark
from guiju.library import bundled, compile_source
from guiju.pins import (
    CROSSWALK_OUTDATED,
    CROSSWALK_UNPINNED,
    Programs,
    Row,
    crosswalk_findings,
    rows,
    sound,
    with_digests,
)
from guiju.report.agreeing import agreeing
from guiju.report.pinned import pinned_lines

_NEW = Text("没有摘要", "no digest yet")
_CHANGED = Text("有变的一端：{ends}", "changed: {ends}")
_PINNED = Text("没有变", "unchanged")
_COUNTED = Text("{rows} 行对照，{judge} 行待核对", "{rows:row|rows}, {judge} to be judged again")
_WRITTEN = Text("已写入 {judge} 行的摘要", "{judge:digest|digests} written")


@click.command(
    "pin",
    cls=Command,
    about=Text(
        "列出策略（编号或路径）的对照中两端有变或没有摘要的行，以及摘要所及的内容。",
        "Show the rows of POLICY's crosswalks whose ends have changed or have no digest, with what is pinned of them.",
    ),
)
@click.argument("policy")
@write_option(Text("写入摘要：这些行已经重新核对。", "Write the digests: the rows have been judged again."))
@option(
    "--all",
    "every",
    is_flag=True,
    said=Text("列出全部行，不只待核对的。", "Show every row, not only those to be judged again."),
)
@others_option
@language_option
def command(policy: str, in_place: bool, every: bool, others: tuple[str, ...], language: Language) -> None:
    """Show the rows of POLICY's crosswalks whose ends have changed or have no digest, with what is pinned of them."""
    path = file_of(policy, language) if in_place else None
    programs = standards_of((policy, *others), language)
    program = programs.given[0].program
    findings = crosswalk_findings(program, programs, bundled())
    if has_errors(findings):
        fail(findings, language)
    report((f for f in findings if f.code not in (CROSSWALK_OUTDATED, CROSSWALK_UNPINNED)), language)
    found = tuple(_rows(program, programs))
    judge = tuple(row for row in found if row.digest != row.crosswalk.digest)
    for row in found if every else judge:
        click.echo("\n".join(_shown(row, language)) + "\n")
    if path is not None and judge:
        _write(with_digests(program.span.source.text, judge), path, language)
    said = _WRITTEN if in_place else _COUNTED
    click.echo(agreeing(said.in_language(language), rows=len(found), judge=len(judge)))


def _write(text: str, path: Path, language: Language) -> None:
    """Write a policy's new text, which must be as good as the old one; a byte order mark stays."""
    compiled = compile_source(Source(str(path), text), folder=path.parent)
    if compiled.program is None:
        fail(compiled.diagnostics, language)
    write(byte_order_mark(path) + text, path, language, replace=True)


def _rows(program: Program, programs: Programs) -> Iterator[Row]:
    for standard in dict.fromkeys(c.standard for c in program.crosswalks):
        other = sound(programs(standard))
        if other is not None:
            yield from rows(program, other)


def _shown(row: Row, language: Language) -> Iterator[str]:
    """Where the row stands, which ends have changed, and what is pinned of them; of all others, of both."""
    ends = row.changed or (row.here, row.there)
    names = ", ".join(end.name.in_language(language) for end in row.changed)
    state = _CHANGED if row.changed else _NEW if row.crosswalk.digest is None else _PINNED
    crosswalk = row.crosswalk
    yield f"{crosswalk.span.source.name}:{crosswalk.span.position.line}  {crosswalk.standard}  {crosswalk.printed}"
    yield f"  {state.in_language(language).format(ends=names)}  {crosswalk.digest or '–'} -> {row.digest}"
    for end in ends:
        yield f"  {end.name.in_language(language)}:"
        yield from (f"    {line}" for line in pinned_lines(end.program, end.clauses, language))
