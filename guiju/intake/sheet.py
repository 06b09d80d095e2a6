"""Excel workbooks: a sheet whose heading row names its columns (编号, 标题, 内容, 级别; number, title, text, level)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.intake.body import lead_apart
from guiju.intake.catalog import Catalog, Level, Unread, filled
from guiju.intake.cell_list import cell_list
from guiju.intake.codes import NO_REQUIREMENTS
from guiju.intake.labels import as_level, as_name, is_group_name, level_up_from
from guiju.intake.limits import compares
from guiju.intake.lost_zero import with_zero
from guiju.intake.modality import modal_verbs
from guiju.intake.order import EVERY, NOWHERE, UPWARDS, at_levels, of_several
from guiju.intake.outline import Line, is_item, kinds_of, outline
from guiju.intake.ticks import Ticks, is_mark, is_sign
from guiju.intake.workbook import Row, Sheet, address, read_sheets
from guiju.intake.writable import seen

SEARCHED = 30  # rows in which the heading may stand

_HEADINGS: dict[str, tuple[str, ...]] = {
    "number": (
        "编号",
        "条款",
        "条款号",
        "条号",
        "章条号",
        "章条",
        "序号",
        "id",
        "number",
        "no.",
        "no",
        "clause",
        "ref",
        "control",
    ),
    "title": ("标题", "名称", "条款名称", "title", "name", "heading"),
    "text": (
        "内容",
        "要求",
        "条款内容",
        "要求内容",
        "技术要求",
        "具体要求",
        "条文",
        "text",
        "requirement",
        "description",
        "statement",
    ),
    "level": ("级别", "等级", "适用级别", "适用等级", "level", "levels", "baseline"),
}
#: the end of what heads a column of levels: Maturity level, 保护等级
_LEVELS = re.compile(r"(?:(?<=[\u4e00-\u9fff])(?:级别|等级)|\w\s+levels?)\s*$", re.IGNORECASE)
_EVERY = frozenset(("全部", "所有", "各级", "所有级别", "全部级别", "all", "every"))  # levels: then it counts at each
_BETWEEN = re.compile(r"[,，、;；/]\s*|(?<!level)\s+(?![级档类型])", re.IGNORECASE)  # not inside `A 级`, `Level 1`

_ENDS = ("。", ".", "；", ";", "：", ":")

_TOTALS = frozenset(("合计", "总计", "小计", "共计", "总数", "total", "subtotal", "grand total", "sum"))
_REMARKS = frozenset(("备注", "说明", "注", "附注", "remark", "remarks", "note", "notes", "comment", "comments"))
_TRUTHS = ("true", "false")  # of a cell that is ticked or not: no number

_NO_NUMBER = Text("这一行没有编号，没有带过来", "the row has no number and was not carried over")
_TOTAL = Text("这一行是合计，没有带过来", "the row has totals and was not carried over")
_OTHER_COLUMN = Text("“{name}”列没有带过来", "the column `{name}` was not carried over")
_IN_OTHER_COLUMN = Text(
    "“{name}”列没有带过来，其中这一格像是要求或限值",
    "the column `{name}` was not carried over, and this cell of it reads like a requirement or a limit",
)
_ABOVE = Text(
    "表头上方的文字像是要求或限值，没有带过来",
    "words above the heading row read like a requirement or a limit; not carried over",
)
_OTHER_SHEET = Text("没有认出表头，整张表没有带过来", "no heading row was found; the sheet was not carried over")
_ITEMS_ALONE = Text(
    "列项上面没有编号的条，归入以工作表命名的组“{name}”",
    "no numbered clause stands above the items; they are in a group named after the sheet, `{name}`",
)
_CROSSES = Text(
    "表里只有 ×，没有 √：× 当作计入，请核对",
    "the sheet has crosses and no other ticks: a cross was taken to say that the clause counts; to be checked",
)
_ZERO = Text(
    "格子里是数，写成 {number}，接在 {before} 后面：当作 {meant}，请核对",
    "the cell holds the number {number} and stands behind {before}: it was taken for {meant}; to be checked",
)
_DOUBTFUL = Text(
    "“{name}”列的“{cell}”不能确定是什么意思，在这一级没有计入，请核对",
    "`{cell}` in the column `{name}` is not certain: the clause was not counted at that level; to be checked",
)


@dataclass(frozen=True)
class _Columns:
    """Where the heading row stands, and which column says what; `ticked` has the columns that are a level each."""

    row: int
    number: int
    title: int | None
    text: int | None
    level: int | None
    ticked: dict[int, str]
    others: dict[int, str]


def read_workbook(path: Path, order: tuple[str, ...] = ()) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """The requirements of a workbook's sheets. Formulas count as the values that the workbook was saved with.

    `order`: its levels, lowest first, where the editor says which that is.
    """
    found_sheets = read_sheets(path)
    if isinstance(found_sheets, Diagnostic):
        return None, (found_sheets,)
    sheets, passed_over = found_sheets
    lines: list[Line] = []
    unread: list[Unread] = [*passed_over]
    levels: dict[str, str] = {}
    for n, sheet in enumerate(sheets, 1):
        name, rows = sheet.name, list(sheet.rows)
        unread += sheet.unread
        columns = _columns(rows)
        if columns is None:
            unread += [Unread(name, " ".join(filter(None, rows[0]))[:60], "unclear", _OTHER_SHEET)] if rows else []
            continue
        unread += (Unread(name, other, "aside", filled(_OTHER_COLUMN, name=other)) for other in columns.others.values())
        found = list(_lines(sheet, columns, levels))
        unread += (line for line in found if isinstance(line, Unread))
        own = [line for line in found if isinstance(line, Line)]
        if own and is_item(own[0].number):
            group = _group_of(name, n)
            unread.append(Unread(own[0].place, name, "choice", filled(_ITEMS_ALONE, name=group)))
            own.insert(0, Line(group, name, "", own[0].place))
        lines += own
    entries, unclear = outline(lines, path.stem)
    if not entries:
        return None, (Diagnostic(NO_REQUIREMENTS, Span(Source(str(path), ""), 0, 0)),)
    met = tuple(Level(id_, (label,)) for id_, label in levels.items())
    name = as_name(path.stem) or "list"
    told = (*unread, *unclear)
    read = Catalog(name, path.stem, path.stem, path.name, kinds_of(entries), entries, unread=told)
    return at_levels(read, met, order), ()


def _group_of(sheet: str, n: int) -> str:
    """The number of the group that stands for a sheet."""
    name = as_name(sheet)
    return name if is_group_name(name) else f"sheet-{n}"


def _columns(rows: list[Row]) -> _Columns | None:
    """The columns of a sheet by its heading row, if it has one with a number and a title or text."""
    for at, row in enumerate(rows[:SEARCHED]):
        known = {
            what: i
            for i, cell in enumerate(row)
            for what, names in _HEADINGS.items()
            if normalize("NFKC", cell).lower() in names
        }
        if "number" in known and {"title", "text"} & {*known}:
            body = [below for below in rows[at + 1 :] if not _is_aside(_cell(below, known["number"]))]
            if "level" not in known:
                ends_so = (i for i, cell in enumerate(row) if _LEVELS.search(cell) and i not in known.values())
                level = next((i for i in ends_so if not _is_ticked(body, i)), None)
                known |= {} if level is None else {"level": level}
            free = {i: name for i, name in enumerate(row) if name and i not in known.values()}
            ticked = {i: name for i, name in free.items() if _is_level(name, body, i)}
            others = {i: name for i, name in free.items() if i not in ticked}
            return _Columns(
                at, known["number"], known.get("title"), known.get("text"), known.get("level"), ticked, others
            )
    return None


def _is_ticked(rows: list[Row], column: int) -> bool:
    """Whether most of what a column holds are signs for yes and no: then it is a level, at which a yes counts."""
    cells = [cell for cell in (_sign(row, column) for row in rows) if cell]
    return any(map(is_mark, cells)) and sum(map(is_sign, cells)) * 2 > len(cells)


def _is_level(name: str, rows: list[Row], column: int) -> bool:
    """Whether a column is a level; one for remarks is none for the ticks that stand in it beside words."""
    if normalize("NFKC", name).lower() in _REMARKS:
        return all(is_sign(_sign(row, column)) for row in rows) and _is_ticked(rows, column)
    return _is_ticked(rows, column)


def _is_aside(number: str) -> bool:
    """Whether the cell for the number of a row says that it is no requirement."""
    return not number or _is_total(number)


def _is_total(number: str) -> bool:
    return normalize("NFKC", number).strip(" :").lower() in _TOTALS


def _sign(row: Row, column: int) -> str:
    """A cell of a column of levels; the numbers 1 and 0 are signs in a sheet."""
    cell = _cell(row, column)
    return {"1": "√", "0": "×"}.get(cell, cell)


def _lines(read: Sheet, columns: _Columns, levels: dict[str, str]) -> Iterator[Line | Unread]:
    sheet, rows, before = read.name, read.rows, ""
    for name in columns.ticked.values():
        levels.setdefault(*_level(name))
        yield from of_several(sheet, name)
    body = [row for row in rows[columns.row + 1 :] if not _is_aside(_cell(row, columns.number))]
    ticks = Ticks(_sign(row, column) for row in body for column in columns.ticked)
    if ticks.takes_crosses:
        yield Unread(sheet, "×", "choice", _CROSSES)
    for n, row in enumerate(rows[: columns.row], 1):
        said = " ".join(filter(None, row))
        if modal_verbs(said) or compares(said):
            yield Unread(f"{sheet}!{n}", said, "unclear", _ABOVE)
    for n, row in enumerate(rows[columns.row + 1 :], columns.row + 2):
        if not any(row):
            continue
        place, number = f"{sheet}!{n}", seen(_cell(row, columns.number))
        if not number or number.lower() in _TRUTHS or _is_total(number):
            why = _TOTAL if _is_total(number) else _NO_NUMBER
            yield Unread(place, " ".join(filter(None, row)), "unnumbered", why)
            continue
        meant = with_zero(number, before) if (n, columns.number) in read.numbers else None
        if meant:
            told = filled(_ZERO, number=number, before=before, meant=meant)
            yield Unread(address(sheet, columns.number, n), number, "choice", told)
            number = meant
        before = number if number.count(".") == 1 else before
        named = [name for name in _BETWEEN.split(normalize("NFKC", _cell(row, columns.level))) if name]
        is_every = any(name.lower() in _EVERY for name in named)
        named = [name for name in named if name.lower() not in _EVERY]
        for name in named:
            if _level(name)[0] not in levels:
                yield from of_several(place, name)
            levels.setdefault(*_level(name))
        ticked = [name for column, name in columns.ticked.items() if ticks.says(_sign(row, column))]
        for column, name in columns.ticked.items():
            if ticks.says(_sign(row, column)) is None:
                told = filled(_DOUBTFUL, name=name, cell=_cell(row, column))
                yield Unread(address(sheet, column, n), number, "choice", told)
        at = frozenset(map(_counting, (*named, *ticked))) | ({EVERY} if is_every else set())
        if not at and ticks.is_out(_sign(row, column) for column in columns.ticked):
            at = frozenset({NOWHERE})
        yield from _listed(
            Line(number, _cell(row, columns.title), _cell(row, columns.text), place, at), read, n, columns
        )
        for column, name in columns.others.items():
            cell = _cell(row, column)
            if modal_verbs(cell) or compares(cell):
                told = filled(_IN_OTHER_COLUMN, name=name)
                yield Unread(address(sheet, column, n), f"{number} {cell}", "unclear", told)


def _listed(line: Line, read: Sheet, n: int, columns: _Columns) -> Iterator[Line]:
    """A row, and the items of a list that its text holds in lines of their own."""
    held = cell_list(read.broken.get((n, columns.text), "")) if columns.text is not None else None
    if held is None:
        yield line
        return
    above = seen(held.above)
    colon = "" if not above or above.endswith(_ENDS) else "：" if above > "\u3400" else ":"
    said, lead = lead_apart(above + colon)  # what has not ended goes on in the items
    yield replace(line, text=said, lead=lead)
    for mark, text in held.items:
        yield Line(mark, "", seen(text), line.place, line.levels)


def _level(name: str) -> tuple[str, str]:
    """The id and the label of the level that a name says, be it the lowest of several."""
    lowest = level_up_from(name) or name
    return as_level(lowest), lowest


def _counting(name: str) -> str:
    """The level at which a name says that a clause counts, with a mark where it counts at the higher ones as well."""
    return _level(name)[0] + (UPWARDS if level_up_from(name) else "")


def _cell(row: Row, column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""
