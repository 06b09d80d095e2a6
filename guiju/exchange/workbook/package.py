"""An XLSX file -> the cells of its sheets as they stand in it, within limits; what may act or reach out is refused.

The parts are read as they are, without a library between: a number stays the text that the file has, and nothing is
followed, expanded or computed.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Literal
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - an exception by the name of one

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.number_format import BUILT_IN, Form, form_of
from guiju.exchange.workbook.codes import NOT_A_WORKBOOK, UNSAFE_WORKBOOK
from guiju.exchange.workbook.layout import column_of, letters

LARGEST = 96 * 1024 * 1024  # bytes, unpacked
MOST_PARTS = 2_000
MOST_ROWS = 100_000  # of a sheet, with something in them
MOST_COLUMNS = 200
MOST_TEXTS = 200_000  # that cells share
_CHUNK = 1 << 16

_REFUSED: tuple[tuple[str, Text], ...] = (
    ("vbaproject", Text("宏", "macros")),
    ("macrosheets/", Text("宏表", "macro sheets")),
    ("externallinks/", Text("到其他文件的链接", "links to other files")),
    ("connections.xml", Text("到外部数据的连接", "connections to outside data")),
    ("querytables/", Text("外部数据的查询", "queries of outside data")),
    ("embeddings/", Text("嵌入的文件", "embedded files")),
    ("activex/", Text("控件", "controls")),
    ("ctrlprops/", Text("控件", "controls")),
)
_OLD = b"\xd0\xcf\x11\xe0"
_IS_OLD = Text("它加了密码，或是旧的 .xls 格式", "it has a password, or is in the old .xls format")
_NO_ZIP = Text("不是 XLSX 文件，或不完整", "it is no XLSX file, or not all of one")
_LARGE = Text("解压后超过 {n} MB", "it is more than {n} MB unpacked")
_PARTS = Text("它有上千个部件", "it has thousands of parts")
_ROWS = Text("有一张表超过 {n} 行", "a sheet has more than {n} rows")
_DOCTYPE = Text("它声明了实体，问卷没有这种东西", "it declares entities, which a questionnaire has none of")
_NO_OFFICE = Text("不是能读的 Office 文件，或不完整", "it is no office file that can be read, or not all of one")
_ENTITIES = Text("里面声明了实体", "it declares entities")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_HALF = re.compile("[\ud800-\udfff]")
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_TRUTHS = {"1": "true", "true": "true", "0": "false", "false": "false", "": ""}
_LONGEST_NUMBER = 400  # characters: what a spreadsheet keeps as a number has some twenty
_TWICE = Text("里面有两处都是“{name}”", "it has `{name}` twice")


class _RefusedError(Exception):
    """Why a file is not read."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True)
class RawCell:
    """A cell as the file has it: its text, what the file says that is, and what a number is shown as."""

    text: str
    kind: Literal["text", "number", "truth", "error"]
    has_formula: bool = False
    form: Form = "plain"


@dataclass
class RawSheet:
    """The cells of a sheet by row and column, the areas that are merged, and what comments on cells say."""

    name: str
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class RawBook:
    """The sheets of a file; `counts_from_1904`: its days are numbered from another one."""

    sheets: tuple[RawSheet, ...]
    counts_from_1904: bool = False


_DAMAGES = (
    OSError,
    BadZipFile,
    ZlibError,
    LookupError,  # also of an encoding that nobody knows
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    expat.ExpatError,
)


def read_package(path: Path) -> RawBook | Diagnostic:
    """Every sheet of a workbook, or why it is not read."""
    try:
        with path.open("rb") as file:
            if file.read(4) == _OLD:
                raise _RefusedError(_IS_OLD)
        with ZipFile(path) as archive:
            return _Package(archive).read()
    except _UnsafeError as error:
        return Diagnostic(UNSAFE_WORKBOOK, _place(path), (("what", error.reason),))
    except _RefusedError as error:
        return Diagnostic(NOT_A_WORKBOOK, _place(path), (("name", path.name), ("reason", error.reason)))
    except _DAMAGES:
        return Diagnostic(NOT_A_WORKBOOK, _place(path), (("name", path.name), ("reason", _NO_ZIP)))


def read_parts(path: Path) -> dict[str, bytes] | Text:
    """The parts of an office file by name, unpacked within the same limits; or why it is not read."""
    try:
        with ZipFile(path) as archive:
            _Package(archive)
            parts = {info.filename: _unpacked(archive, info.filename) for info in archive.infolist()}
    except _UnsafeError as error:
        what = error.reason
        return Text(f"里面有{what.zh}", f"it has {what.en} in it")
    except _RefusedError as error:
        return error.reason
    except _DAMAGES:
        return _NO_OFFICE
    declares = any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for name, part in parts.items() if _is_xml(name))
    return _ENTITIES if declares else parts


def _unpacked(archive: ZipFile, name: str) -> bytes:
    """A part; its size is what it says of itself, which the limits were held against, or it is damaged."""
    with archive.open(name) as file:
        return file.read(archive.getinfo(name).file_size + 1)


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _place(path: Path) -> Span:
    return Span(Source(str(path), ""), 0, 0)


class _UnsafeError(_RefusedError):
    """What a questionnaire must not have."""


@dataclass(frozen=True)
class _Relation:
    """That a part leads to another one, and as what."""

    id: str
    kind: str
    part: str
    is_outside: bool


class _Package:
    def __init__(self, archive: ZipFile) -> None:
        self._archive, self._left = archive, LARGEST
        names = archive.namelist()
        if len(names) > MOST_PARTS:
            raise _RefusedError(_PARTS)
        if twice := [name for name, number in Counter(names).items() if number > 1]:
            raise _twice(twice[0])
        for name in names:
            for part, what in _REFUSED:
                if part in name.lower():
                    raise _UnsafeError(what)
        if sum(info.file_size for info in archive.infolist()) > LARGEST:
            raise _too_large()

    def read(self) -> RawBook:
        names: dict[str, str] = {}
        flags: dict[str, str] = {}

        def book(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "sheet":
                names[_attribute(attributes, "id")] = attributes.get("name", "")
            elif tag == "workbookPr":
                flags.update(attributes)

        self._parse("xl/workbook.xml", book)
        relations = self._relations("xl/workbook.xml")
        if any(relation.is_outside for relation in relations):
            raise _UnsafeError(_REFUSED[2][1])
        parts = {relation.id: relation.part for relation in relations}
        texts = self._texts() if "xl/sharedStrings.xml" in self._archive.namelist() else []
        formats = _StyleReader()
        for part in (relation.part for relation in relations if relation.kind == "styles"):
            self._parse(part, formats.start, formats.end)
        sheets = [self._sheet(parts[id_], name, texts, formats.forms) for id_, name in names.items()]
        return RawBook(tuple(sheets), flags.get("date1904", "") in ("1", "true"))

    def _relations(self, part: str) -> list[_Relation]:
        """The parts that one leads to."""
        folder, _, name = part.rpartition("/")
        found: list[_Relation] = []

        def relation(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "Relationship":
                target = attributes.get("Target", "")
                inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                kind, is_outside = attributes.get("Type", ""), attributes.get("TargetMode") == "External"
                found.append(_Relation(attributes.get("Id", ""), kind.rpartition("/")[2], inside, is_outside))

        self._parse(f"{folder}/_rels/{name}.rels", relation)
        return found

    def _texts(self) -> list[str]:
        found: list[str] = []
        parts: list[str] = []
        state = {"in": False, "phonetic": 0}

        def start(tag: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG001 - as the parser calls it
            state["in"] = tag == "t" and not state["phonetic"]
            state["phonetic"] += tag == "rPh"
            if tag == "si":
                parts.clear()

        def end(tag: str) -> None:
            state["in"] = False
            state["phonetic"] -= tag == "rPh"
            if tag == "si":
                found.append("".join(parts))
                if len(found) > MOST_TEXTS:
                    raise _too_large()

        self._parse("xl/sharedStrings.xml", start, end, lambda text: parts.append(text) if state["in"] else None)
        return found

    def _sheet(self, part: str, name: str, texts: list[str], forms: list[Form]) -> RawSheet:
        sheet = RawSheet(name)
        reader = _SheetReader(sheet, texts, forms)
        self._parse(part, reader.start, reader.end, reader.text)
        folder, _, file = part.rpartition("/")
        relations = self._relations(part) if f"{folder}/_rels/{file}.rels" in self._archive.namelist() else []
        for kind in ("comments", "threadedComment"):  # of a thread the former say how it is shown by older programs
            for relation in relations:
                if relation.kind == kind:
                    sheet.comments |= self._comments(relation.part)
        return sheet

    def _comments(self, part: str) -> dict[tuple[int, int], str]:
        """What comments say, by their cells; those of one cell as one."""
        found: list[tuple[tuple[int, int], list[str]]] = []
        state = {"in": False}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag in ("comment", "threadedComment"):
                place = CELL.fullmatch(attributes.get("ref", ""))
                found.append(((int(place[2]), column_of(place[1])) if place else (1, 1), []))
            state["in"] = tag in ("t", "text")

        def end(_: str) -> None:
            state["in"] = False

        self._parse(part, start, end, lambda text: found[-1][1].append(text) if state["in"] and found else None)
        told: dict[tuple[int, int], str] = {}
        for at, parts in found:
            if said := " ".join("".join(parts).split()):
                told[at] = f"{told[at]}; {said}" if at in told else said
        return told

    def _parse(
        self,
        part: str,
        start: Callable[[str, Mapping[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], object] | None = None,
    ) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(" ")[2], attributes)
        if end is not None:
            ends = end
            parser.EndElementHandler = lambda tag: ends(tag.rpartition(" ")[2])
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_doctype
        with self._archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise _too_large()
                parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _no_doctype(*_: object) -> None:
    raise _RefusedError(_DOCTYPE)


def _too_large() -> _RefusedError:
    n = LARGEST // (1024 * 1024)
    return _RefusedError(Text(_LARGE.zh.format(n=n), _LARGE.en.format(n=n)))


def _twice(name: str) -> _RefusedError:
    """Of what stands there twice nobody knows which counts."""
    return _RefusedError(Text(_TWICE.zh.format(name=name), _TWICE.en.format(name=name)))


def _attribute(attributes: Mapping[str, str], name: str) -> str:
    """An attribute of any namespace."""
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), "")


class _StyleReader:
    """Takes the elements of the styles as they come: `forms` has one for each style that a cell may have."""

    def __init__(self) -> None:
        self.forms: list[Form] = []
        self._known: dict[int, Form] = dict(BUILT_IN)
        self._within = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in ("numFmts", "cellXfs"):
            self._within = tag
        elif tag == "numFmt" and self._within == "numFmts":
            self._known[int(attributes["numFmtId"])] = form_of(attributes.get("formatCode", ""))
        elif tag == "xf" and self._within == "cellXfs":
            self.forms.append(self._known.get(int(attributes.get("numFmtId", "0")), "plain"))

    def end(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""


class _SheetReader:
    """Takes the elements of a sheet as they come."""

    def __init__(self, sheet: RawSheet, texts: list[str], forms: list[Form]) -> None:
        self._sheet, self._texts, self._forms = sheet, texts, forms
        self._at: tuple[int, int] | None = None
        self._next = (0, 1)
        self._type, self._value, self._formula, self._inside, self._style = "", "", False, "", 0
        self._rows: set[int] = set()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "row":
            self._next = (int(attributes.get("r", self._next[0] + 1)), 1)
        elif tag == "c":
            self._at = self._place(attributes.get("r", ""))
            self._next = (self._at[0], self._at[1] + 1)
            self._type, self._value, self._formula = attributes.get("t", "n"), "", False
            self._style = int(attributes.get("s", "0"))
        elif tag in ("v", "t"):
            self._inside = tag
        elif tag == "f":
            self._formula = True
        elif tag == "mergeCell":
            self._sheet.merged.append(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        if self._inside:
            self._value += text

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._inside = ""
        elif tag == "c" and self._at is not None:
            cell = self._cell()
            if cell.text or cell.has_formula:
                self._keep(self._at, cell)

    def _place(self, ref: str) -> tuple[int, int]:
        found = CELL.fullmatch(ref)
        return (int(found[2]), column_of(found[1])) if found else self._next

    def _keep(self, at: tuple[int, int], cell: RawCell) -> None:
        self._rows.add(at[0])
        if len(self._rows) > MOST_ROWS or at[1] > MOST_COLUMNS:
            raise _RefusedError(Text(_ROWS.zh.format(n=MOST_ROWS), _ROWS.en.format(n=MOST_ROWS)))
        if at in self._sheet.cells:
            raise _twice(f"{self._sheet.name}!{letters(at[1])}{at[0]}")
        self._sheet.cells[at] = cell

    def _form(self) -> Form:
        return self._forms[self._style] if 0 <= self._style < len(self._forms) else "plain"

    def _cell(self) -> RawCell:
        value = self._value
        match self._type:
            case "s":
                value = self._shared(int(value)) if value else ""
                return RawCell(_unescaped(value), "text", self._formula)
            case "b":
                said = _TRUTHS.get(value.strip())
                return RawCell(value, "error", self._formula) if said is None else RawCell(said, "truth", self._formula)
            case "e":
                return RawCell(value, "error", self._formula)
            case "n":
                number = value.strip()
                kind: Literal["number", "error"] = "number" if not number or _is_double(number) else "error"
                return RawCell(number, kind, self._formula, self._form())
        return RawCell(_unescaped(value), "text", self._formula)

    def _shared(self, number: int) -> str:
        """A text by its number; one that is not there is damage."""
        if not 0 <= number < len(self._texts):
            raise ValueError(number)
        return self._texts[number]


def _is_double(text: str) -> bool:
    """Whether a text is a number of the size that a spreadsheet has."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return False
    is_zero = not any(digit in text.lower().partition("e")[0] for digit in "123456789")
    return isfinite(float(text)) and (is_zero or float(text) != 0)


def _unescaped(text: str) -> str:
    """A character may stand as `_x000D_`, or as two of these; half of one stays as it is written."""
    if "_x" not in text:
        return text
    units = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).encode("utf-16-le", "surrogatepass")
    return _HALF.sub(lambda found: f"_x{ord(found[0]):04X}_", units.decode("utf-16-le", "surrogatepass"))


def escaped(text: str) -> str:
    """A text in which nothing is taken for a character that is written by its number."""
    return _ESCAPED.sub(lambda found: f"_x005F{found[0]}", text) if "_x" in text else text
