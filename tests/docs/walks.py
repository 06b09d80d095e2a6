"""Walk-throughs: what a page has its reader type into a terminal and into workbooks, done in order in one folder.

`python -m tests.docs.sessions` writes what the commands print today into these pages as well.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from click.testing import CliRunner
from openpyxl import load_workbook

from guiju.cli.main import main
from guiju.exchange.workbook.pages import TABLE
from tests.docs.pages import Block, blocks_of
from tests.project.repository import ROOT

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WALKS = {language: ROOT / "docs" / name for language, name in (("en", "walkthrough.md"), ("zh", "walkthrough.zh.md"))}
_TYPED = re.compile(r"^<!-- typed into (\S+): (.+) -->\n((?:\|.*\n)+)", re.MULTILINE)
_NAMES = 2  # the column in which the sheets of a workbook name their rows
_DAY, _NUMBER = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Typed:
    """A table of a page: what is typed into one sheet of a workbook."""

    line: int
    file: str
    sheet: str
    rows: tuple[tuple[str, ...], ...]  # the headings, then each row by its name


@dataclass(frozen=True)
class Step:
    """The commands of a block, what the page shows that they print, and what they print."""

    command: Block
    output: Block | None
    printed: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The lines that the page shows."""
        return () if self.output is None else tuple(self.output.text.rstrip().split("\n"))


def walked(page: Path, policy: str) -> Iterator[Step]:
    """Go through a page; `policy`: the text of the file `room.guiju` in the folder that the reader begins with."""
    language = "zh" if page.name.endswith(".zh.md") else "en"
    blocks = blocks_of(page)
    behind = dict(zip(blocks, (*blocks[1:], None), strict=True))
    parts: list[Block | Typed] = [*(b for b in blocks if b.language == "console"), *_tables(page)]
    with tempfile.TemporaryDirectory() as folder, chdir(folder), patch.dict(os.environ, GUIJU_LANG=language):
        Path("room.guiju").write_text(policy, encoding="utf-8")
        for part in sorted(parts, key=lambda part: part.line):
            if isinstance(part, Typed):
                type_in(part)
                continue
            output = behind[part]
            output = output if output is not None and output.language == "text" else None
            yield Step(part, output, tuple(_printed(part, output)))


def _tables(page: Path) -> Iterator[Typed]:
    text = page.read_text(encoding="utf-8")
    for found in _TYPED.finditer(text):
        rows = [tuple(cell.strip() for cell in row.strip().strip("|").split("|")) for row in found[3].splitlines()]
        yield Typed(text.count("\n", 0, found.start()) + 1, found[1], found[2], (rows[0], *rows[2:]))


# --- the terminal --------------------------------------------------------------------------------------------------


def _printed(command: Block, output: Block | None) -> Iterator[str]:
    """What the lines of a block print; a call that fails is one after which the page shows the exit code."""
    shown = [] if output is None else output.text.rstrip().split("\n")
    lines, code = list[str](), 0
    for line in command.text.rstrip().split("\n"):
        words = shlex.split(line, comments=True)
        if words == ["$", "echo", "$?"]:
            lines.append(str(code))
            code = 0
            continue
        assert code == 0, f"{command}: a call ended with {code}"
        assert words[:2] == ["$", "guiju"], f"{command}: {line}"
        result = CliRunner().invoke(main, words[2:])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        code = result.exit_code
        lines += result.output.rstrip().split("\n") if result.output.strip() else []
    assert code == 0, f"{command}: a call ended with {code}"
    for n, line in enumerate(lines):
        is_cut = n < len(shown) and shown[n].endswith("…")
        yield shown[n][:-1] * line.startswith(shown[n][:-1]) + "…" if is_cut else line.rstrip()


# --- the spreadsheet -----------------------------------------------------------------------------------------------


def type_in(typed: Typed) -> None:
    """Type into a workbook as a person may: into cells that are open, and what their lists offer."""
    book = load_workbook(typed.file)
    page = book[typed.sheet]
    heads, *rows = typed.rows
    for name, *texts in rows:
        row = _row(page, name)
        for head, text in zip(heads[1:], texts, strict=True):
            if text:
                _type(page, row, _column(page, head), text)
    book.save(typed.file)


def _row(page: Worksheet, name: str) -> int:
    """The row of a name; in a list that one writes oneself the next that is free, under that name."""
    rows = range(1, page.max_row + 1)
    if named := [row for row in rows if page.cell(row, _NAMES).value == name]:
        return named[0]
    free = next(row for row in rows if page.cell(row, _NAMES).value is None and _is_open(page, row, _NAMES))
    _type(page, free, _NAMES, name)
    return free


def _column(page: Worksheet, head: str) -> int:
    """The column of a heading; a sheet without headings has one to fill in."""
    columns = range(1, page.max_column + 1)
    return next(c for c in columns if page.cell(TABLE, c).value == head) if head else _NAMES + 1


def _is_open(page: Worksheet, row: int, column: int) -> bool:
    return not page.cell(row, column).protection.locked


def _type(page: Worksheet, row: int, column: int, text: str) -> None:
    cell: Any = page.cell(row, column)
    assert _is_open(page, row, column), f"{page.title}!{cell.coordinate} is protected"
    for rule in page.data_validations.dataValidation:
        if rule.type == "list" and cell.coordinate in rule.sqref and rule.formula1.startswith('"'):
            assert text in rule.formula1.strip('"').split(","), f"{page.title}!{cell.coordinate} offers no {text}"
    if cell.number_format == "yyyy-mm-dd" and _DAY.fullmatch(text):
        cell.value = date.fromisoformat(text)
    elif cell.number_format == "General" and _NUMBER.fullmatch(text):
        cell.value = float(text)
    else:
        cell.value = text
