"""A template, whichever kind -> the file filled in, or what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.report.fill.codes import TEMPLATE_NOT_READ
from guiju.report.fill.names import Place
from guiju.report.fill.parts import opened
from guiju.report.fill.spreadsheet import fill_spreadsheet
from guiju.report.fill.values import Values
from guiju.report.fill.word import fill_document

#: what a file is that is filled in -> how its name ends, and a part that it has
WORKBOOK, DOCUMENT = ("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml")
_NEITHER = Text("它既不是 .xlsx 也不是 .docx", "it is neither .xlsx nor .docx")
_DAMAGED = Text("里面的部件不完整", "parts of it are damaged")
#: what reading a damaged part ends in: the parts of a file are trees that others wrote
_DAMAGES = (KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError, RecursionError)


def kind_of(path: Path) -> str | None:
    """`xlsx` or `docx`, by the name of a file."""
    ending = path.suffix.lower().removeprefix(".")
    return ending if ending in (WORKBOOK[0], DOCUMENT[0]) else None


def filled(path: Path, values: Values) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The bytes of the file, filled in; else every mistake. Never raises for what is in the file."""
    parts = opened(path)
    if isinstance(parts, Text):
        return None, (_unread(path, parts),)
    kind = kind_of(path)
    needed = WORKBOOK if kind == WORKBOOK[0] else DOCUMENT
    if kind is None or needed[1] not in parts:
        return None, (_unread(path, _NEITHER),)
    try:
        return fill_spreadsheet(path, parts, values) if needed is WORKBOOK else fill_document(path, parts, values)
    except _DAMAGES:
        return None, (_unread(path, _DAMAGED),)


def _unread(path: Path, reason: Text) -> Diagnostic:
    return Diagnostic(TEMPLATE_NOT_READ, Place(str(path), "").span(), (("name", path.name), ("reason", reason)))
