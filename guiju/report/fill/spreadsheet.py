"""A body's workbook -> the same workbook with the values of an assessment in it.

A cell is filled whose name is `guiju.` and that of a value, and so is `{{ value }}` in the text of a cell. A row whose
name is `guiju.` and that of a table is repeated, and `{{ clause.label }}` in it is of each row. Nothing else of the
file changes but what refers to rows that move.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.exchange.node import clip
from guiju.exchange.workbook.codes import NOT_IN_A_WORKBOOK
from guiju.exchange.workbook.layout import LONGEST_TEXT, column_of, letters, number_cell
from guiju.report.fill import codes
from guiju.report.fill.names import PLACEHOLDER, ROWS, Place, Told, in_no_row, in_row
from guiju.report.fill.parts import Parts, clean, relation_id
from guiju.report.fill.references import Growth, area_grown, copied, grown
from guiju.report.fill.values import FIELDS, TABLES, Row, Value, Values, text_of

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BOOK = "xl/workbook.xml"
_PREFIX = "guiju."
_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([^!']+))!\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?")
_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_LIKE_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_SEVERAL_ROWS = Text("它不是一张表里的一行", "it does not mean one row of one sheet")
_MERGED = Text("有单元格与别的行合并", "cells are merged with other rows")
_ARRAY = Text("里面有数组公式", "it has an array formula")
_COMMENTS = Text("下面的单元格有批注", "cells below it have comments")
_TWICE = Text("同一行有两个名称", "the row has two such names")


@dataclass
class _Sheet:
    name: str
    part: str
    root: Any
    rows: dict[int, Any]

    def cells(self, row: int) -> list[Any]:
        return list(self.rows[row].iter(f"{_MAIN}c")) if row in self.rows else []


@dataclass(frozen=True)
class _Repeated:
    name: str
    table: str
    sheet: str
    row: int


def fill_spreadsheet(path: Path, parts: Parts, values: Values) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The bytes of the workbook, filled; or what is wrong with it, all at once."""
    filling = _Filling(path, parts, values)
    filling.look()
    if filling.told.found:
        return None, tuple(filling.told.found)
    filling.fill()
    return (None, tuple(filling.told.found)) if filling.told.found else (parts.data(), ())


class _Filling:
    def __init__(self, path: Path, parts: Parts, values: Values) -> None:
        self.path, self.parts, self.values, self.told = path, parts, values, Told(path)
        self.texts = self._shared_texts()
        self.sheets = {sheet.name.casefold(): sheet for sheet in self._sheets()}
        self.named: list[tuple[_Sheet, str, Value]] = []
        self.repeated: dict[tuple[str, int], _Repeated] = {}
        self.styles: dict[str, str] = {}

    # --- looking -----------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Find every placeholder, and what is wrong with it; nothing is changed."""
        found = sum(self._name(name, text) for name, text in self._names())
        for sheet in self.sheets.values():
            for number in sheet.rows:
                found += sum(self._placeholders(sheet, number, cell) for cell in sheet.cells(number))
        for repeated in self.repeated.values():
            for reason in dict.fromkeys(self._in_the_way(repeated)):
                self._refuse(repeated.name, reason)
        if not found:
            self.told.file(codes.NOTHING_TO_FILL, name=self.path.name)

    def _names(self) -> Iterator[tuple[str, str]]:
        for element in self.parts.tree(_BOOK).iter(f"{_MAIN}definedName"):
            name = element.get("name", "")
            if name.casefold().startswith(_PREFIX):
                yield name, element.text or ""

    def _name(self, name: str, text: str) -> bool:
        """Account for a defined name."""
        asked, area = name[len(_PREFIX) :], _AREA.fullmatch(text.strip())
        sheet = None if area is None else self.sheets.get((area[1] or area[2]).replace("''", "'").casefold())
        place = Place(f"{self.path}!{name}", f"{name} = {text}")
        if asked in TABLES:
            if area is None or sheet is None or (area[6] or area[4]) != area[4]:
                self._refuse(name, _SEVERAL_ROWS)
            elif (sheet.name, int(area[4])) in self.repeated:
                self._refuse(name, _TWICE)
            else:
                self.repeated[sheet.name, int(area[4])] = _Repeated(name, asked, sheet.name, int(area[4]))
        elif asked not in self.values.values or area is None or sheet is None or area[5]:
            known = (*self.values.values, *TABLES)
            self.told.unknown(asked, place, known) if asked not in known else self._refuse(name, _SEVERAL_ROWS)
        else:
            self.named.append((sheet, f"{area[3]}{area[4]}", self.values.values[asked]))
        return True

    def _placeholders(self, sheet: _Sheet, row: int, cell: Any) -> bool:
        """Account for the placeholders in a cell; whether there are any."""
        text = self._text(cell)
        place = Place(f"{self.path}!{sheet.name}!{cell.get('r')}", text)
        if "{%" in text:
            self.told.at(codes.TEMPLATE_CONSTRUCT, place, "{%", what="{% … %}")
        asked = PLACEHOLDER.findall(text)
        repeated = self.repeated.get((sheet.name, row))
        for name in asked:
            first, dot, field = name.partition(".")
            if not dot and name not in self.values.values:
                known = () if name in TABLES else tuple(self.values.values)
                self.told.unknown(name, place, known, in_no_row(name))
            elif dot and (
                repeated is None or first != TABLES[repeated.table][0] or field not in FIELDS[repeated.table]
            ):
                self._unknown_field(name, place, repeated)
        return bool(asked)

    def _unknown_field(self, name: str, place: Place, repeated: _Repeated | None) -> None:
        table = ROWS.get(name.partition(".")[0]) if repeated is None else repeated.table
        known = tuple(f"{TABLES[table][0]}.{f}" for f in FIELDS[table]) if table else tuple(self.values.values)
        if repeated is None and table and name in known:
            outside = Text(f"：这一行没有叫 guiju.{table} 的名称", f": this row has no name guiju.{table}")
            self.told.at(codes.UNKNOWN_PLACEHOLDER, place, name, name=name, where=outside)
        else:
            self.told.unknown(name, place, known, in_row(table) if table else "")

    def _in_the_way(self, repeated: _Repeated) -> Iterator[Text]:
        """Why rows cannot come in below a row."""
        sheet, row = self.sheets[repeated.sheet.casefold()], repeated.row
        for merged in sheet.root.iter(f"{_MAIN}mergeCell"):
            first, last = _rows(merged.get("ref", ""))
            if first <= row <= last and first != last:
                yield _MERGED
        for cell in sheet.cells(row):
            formula = cell.find(f"{_MAIN}f")
            if formula is not None and formula.get("t") in ("array", "dataTable"):
                yield _ARRAY
        comments = [p for p in self.parts.targets(sheet.part).values() if "comments" in p and p in self.parts]
        for part in comments:
            refs = (c.get("ref", "") for c in self.parts.tree(part).iter(f"{_MAIN}comment"))
            if any(_rows(ref)[0] > row for ref in refs):
                yield _COMMENTS

    def _refuse(self, name: str, reason: Text) -> None:
        place = Place(f"{self.path}!{name}", name)
        self.told.at(codes.REPEATED_ROW, place, name=name, reason=reason)

    # --- filling -----------------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Put in the values; then the rows, from the last one up, so that none moves before its turn."""
        self._expand_shared()
        for sheet, ref, value in self.named:
            self._put(sheet, self._cell(sheet, ref), value)
        repeated = sorted(self.repeated.values(), key=lambda r: (r.sheet, -r.row))
        for sheet in self.sheets.values():
            for row in sheet.rows:
                if (sheet.name, row) not in self.repeated:
                    for cell in sheet.cells(row):
                        self._fill(sheet, cell, {})
        for each in repeated:
            self._repeat(self.sheets[each.sheet.casefold()], each)
        self._forget_computed()

    def _fill(self, sheet: _Sheet, cell: Any, row: Row, of: str = "") -> None:
        text = self._text(cell)
        found = PLACEHOLDER.search(text)
        if found is None:
            return
        values = {**self.values.values, **{f"{of}.{name}": value for name, value in row.items()}}
        alone = PLACEHOLDER.fullmatch(text.strip())
        if alone is not None:
            self._put(sheet, cell, values[alone[1]])
        else:
            self._put(sheet, cell, PLACEHOLDER.sub(lambda f: text_of(values[f[1]]), text))

    def _repeat(self, sheet: _Sheet, repeated: _Repeated) -> None:
        rows = self.values.tables[repeated.table]
        growth = Growth(sheet.name, repeated.row, max(len(rows) - 1, 0))
        if growth.by:
            self._grow(sheet, growth)
        of = TABLES[repeated.table][0]
        blank = dict.fromkeys(FIELDS[repeated.table], "")
        template = deepcopy(sheet.rows[repeated.row])
        for n, row in enumerate(rows or (blank,)):
            if n:
                self._copy(sheet, template, repeated.row, n)
            for cell in sheet.cells(repeated.row + n):
                self._fill(sheet, cell, row, of)

    def _copy(self, sheet: _Sheet, template: Any, first: int, down: int) -> None:
        """The row once more, further down, with what is merged in it."""
        made = deepcopy(template)
        _renumber(made, first + down)
        for formula in made.iter(f"{_MAIN}f"):
            formula.text = copied(formula.text or "", down)
        sheet.rows[first + down - 1].addnext(made)
        sheet.rows[first + down] = made
        for merged in list(sheet.root.iter(f"{_MAIN}mergeCell")):
            if _rows(merged.get("ref", "")) == (first, first):
                again = deepcopy(merged)
                again.set("ref", re.sub(r"[0-9]+", str(first + down), merged.get("ref")))
                merged.getparent().append(again)
                merged.getparent().set("count", str(len(merged.getparent())))

    def _put(self, sheet: _Sheet, cell: Any, value: Value) -> None:
        """A number as one where a spreadsheet keeps it; a text as a text, whatever it begins with."""
        from lxml import etree

        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        number = number_cell(value) if isinstance(value, Fraction) else None
        if number is not None:
            etree.SubElement(cell, f"{_MAIN}v").text = number
            return
        text = clean(text_of(value))
        if len(text) > LONGEST_TEXT:
            long = Text(f"超过 {LONGEST_TEXT} 字的“{clip(text)}”", f"a text of more than {LONGEST_TEXT} characters")
            self.told.at(NOT_IN_A_WORKBOOK, Place(f"{self.path}!{sheet.name}!{cell.get('r')}", ""), what=long)
        if not text:
            return
        cell.set("t", "inlineStr")
        made = etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
        made.text = text
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        if text.startswith(_LIKE_FORMULAS):
            cell.set("s", self._as_text(cell.get("s", "0")))

    def _as_text(self, style: str) -> str:
        """The same look, with the mark that what begins like a formula is a text also when the cell is edited."""
        if "xl/styles.xml" not in self.parts:
            return style
        if style not in self.styles:
            formats = self.parts.tree("xl/styles.xml").find(f"{_MAIN}cellXfs")
            marked = deepcopy(formats[int(style)])
            marked.set("quotePrefix", "1")
            formats.append(marked)
            formats.set("count", str(len(formats)))
            self.styles[style] = str(len(formats) - 1)
        return self.styles[style]

    # --- rows that move ----------------------------------------------------------------------------------------------

    def _grow(self, sheet: _Sheet, growth: Growth) -> None:
        """Make room below a row: rows move, and all that refers to them."""
        for other in self.sheets.values():
            for formula in other.root.iter(f"{_MAIN}f", f"{_MAIN}formula", f"{_MAIN}formula1", f"{_MAIN}formula2"):
                formula.text = grown(formula.text or "", other.name, growth)
            self._grow_later_forms(other, growth)
        for element in self.parts.tree(_BOOK).iter(f"{_MAIN}definedName"):
            element.text = grown(element.text or "", "", growth)
        for part in (*self.parts.names("xl/charts/"), *self.parts.names("xl/chartsheets/")):
            for element in self.parts.tree(part).iter("{*}f"):
                element.text = grown(element.text or "", "", growth)
        self._grow_areas(sheet, growth)
        for row in sorted((r for r in sheet.rows if r > growth.row), reverse=True):
            element = sheet.rows.pop(row)
            _renumber(element, row + growth.by)
            sheet.rows[row + growth.by] = element

    def _grow_later_forms(self, other: _Sheet, growth: Growth) -> None:
        """Rules that newer spreadsheets keep apart."""
        for element in other.root.iter("{http://schemas.microsoft.com/office/excel/2006/main}f"):
            element.text = grown(element.text or "", other.name, growth)
        if other.name == growth.sheet:
            for element in other.root.iter("{http://schemas.microsoft.com/office/excel/2006/main}sqref"):
                element.text = area_grown(element.text or "", growth)

    def _grow_areas(self, sheet: _Sheet, growth: Growth) -> None:
        areas = {"dimension": "ref", "mergeCell": "ref", "hyperlink": "ref", "autoFilter": "ref", "f": "ref"}
        areas |= {"conditionalFormatting": "sqref", "dataValidation": "sqref", "protectedRange": "sqref"}
        for tag, attribute in areas.items():
            for element in sheet.root.iter(f"{_MAIN}{tag}"):
                if element.get(attribute) and (tag != "mergeCell" or _rows(element.get(attribute))[0] > growth.row):
                    element.set(attribute, area_grown(element.get(attribute), growth))
        for brk in sheet.root.iter(f"{_MAIN}brk"):
            if brk.getparent().tag == f"{_MAIN}rowBreaks":
                brk.set("id", str(growth.place(int(brk.get("id", "0")))))
        for part in self.parts.targets(sheet.part).values():
            if part not in self.parts:
                continue
            if "/tables/" in part:
                for element in self.parts.tree(part).iter(f"{_MAIN}table", f"{_MAIN}autoFilter"):
                    element.set("ref", area_grown(element.get("ref", ""), growth))
            elif "/drawings/" in part and part.endswith(".xml"):
                for element in self.parts.tree(part).iter("{*}row"):
                    element.text = str(growth.place(int(element.text or "0") + 1) - 1)

    def _expand_shared(self) -> None:
        """Write out formulas that several cells share, which would no longer be the same."""
        from openpyxl.formula.translate import Translator

        for sheet in self.sheets.values():
            formulas = [(f.getparent().get("r"), f) for f in sheet.root.iter(f"{_MAIN}f") if f.get("t") == "shared"]
            origins = {f.get("si"): (at, f.text) for at, f in formulas if f.text}
            for at, formula in formulas:
                origin, text = origins[formula.get("si")]
                formula.text = Translator(f"={text}", origin).translate_formula(at)[1:]
                for attribute in ("t", "si", "ref"):
                    formula.attrib.pop(attribute, None)

    def _forget_computed(self) -> None:
        """What was computed before is not shown: the spreadsheet computes everything when it opens the file."""
        for sheet in self.sheets.values():
            for formula in sheet.root.iter(f"{_MAIN}f"):
                cell = formula.getparent()
                value = cell.find(f"{_MAIN}v")
                if value is not None:
                    cell.remove(value)
                    cell.attrib.pop("t", None)
        book = self.parts.tree(_BOOK)
        settings = book.find(f"{_MAIN}calcPr")
        if settings is not None:
            settings.set("fullCalcOnLoad", "1")
        if "xl/calcChain.xml" in self.parts:
            for name, attribute in (("[Content_Types].xml", "PartName"), ("xl/_rels/workbook.xml.rels", "Target")):
                for element in list(self.parts.tree(name)):
                    if element.get(attribute, "").endswith("calcChain.xml"):
                        element.getparent().remove(element)
            self.parts.drop("xl/calcChain.xml")

    # --- the file ----------------------------------------------------------------------------------------------------

    def _sheets(self) -> Iterator[_Sheet]:
        targets = self.parts.targets(_BOOK)
        for element in self.parts.tree(_BOOK).iter(f"{_MAIN}sheet"):
            part = targets.get(relation_id(element), "")
            root = self.parts.tree(part) if part in self.parts else None
            if root is not None and root.tag == f"{_MAIN}worksheet":
                yield _Sheet(element.get("name", ""), part, root, _numbered(root))

    def _shared_texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.parts:
            return []
        items = self.parts.tree("xl/sharedStrings.xml").iter(f"{_MAIN}si")
        return ["".join(t.text or "" for t in item.iter(f"{_MAIN}t")) for item in items]

    def _text(self, cell: Any) -> str:
        """The text of a cell; of a formula or a number none."""
        kind, value = cell.get("t"), cell.find(f"{_MAIN}v")
        if cell.find(f"{_MAIN}f") is not None:
            return ""
        if kind == "s" and value is not None:
            return self.texts[int(value.text)]
        return "".join(t.text or "" for t in cell.iter(f"{_MAIN}t")) if kind == "inlineStr" else ""

    def _cell(self, sheet: _Sheet, ref: str) -> Any:
        """A cell, made where the sheet has none."""
        from lxml import etree

        found = _CELL.fullmatch(ref)
        assert found is not None
        number = int(found[2])
        if number not in sheet.rows:
            row = etree.Element(f"{_MAIN}row", r=str(number))
            before = max((n for n in sheet.rows if n < number), default=None)
            data = sheet.root.find(f"{_MAIN}sheetData")
            data.insert(0, row) if before is None else sheet.rows[before].addnext(row)
            sheet.rows[number] = row
        cells = sheet.cells(number)
        same = next((cell for cell in cells if cell.get("r") == ref), None)
        if same is not None:
            return same
        made = etree.Element(f"{_MAIN}c", r=ref)
        before_it = [cell for cell in cells if _order(cell.get("r")) < _order(ref)]
        before_it[-1].addnext(made) if before_it else sheet.rows[number].insert(0, made)
        return made


def _numbered(root: Any) -> dict[int, Any]:
    """The rows of a sheet by number; rows and cells that say none get that of their place."""
    rows: dict[int, Any] = {}
    number = 0
    for row in root.iter(f"{_MAIN}row"):
        number = int(row.get("r", number + 1))
        row.set("r", str(number))
        column = 0
        for cell in row.iter(f"{_MAIN}c"):
            column = _order(cell.get("r"))[0] if cell.get("r") else column + 1
            cell.set("r", f"{letters(column)}{number}")
        rows[number] = row
    return rows


def _renumber(row: Any, number: int) -> None:
    row.set("r", str(number))
    for cell in row.iter(f"{_MAIN}c"):
        cell.set("r", re.sub(r"[0-9]+", str(number), cell.get("r")))


def _rows(area: str) -> tuple[int, int]:
    numbers = [int(n) for n in re.findall(r"[0-9]+", area)] or [0]
    return numbers[0], numbers[-1]


def _order(ref: str) -> tuple[int, int]:
    found = _CELL.fullmatch(ref)
    return (column_of(found[1]), int(found[2])) if found else (0, 0)
