"""The table of a document that says which clauses count at which level: read where it is certain, otherwise told.

Its rows are clauses or items (`4.1`, `4.1 a)`, `a)` below or beside `4.1`), its columns levels, its cells ticks, `all`,
items (`a)~c)`) or clauses (`4.3.1～4.3.2`). One cell that says something else, or one row of a clause that does not
exist, and the table is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from guiju.draft.model import Block, Draft, Part, Table
from guiju.dsl.diagnostic import Text
from guiju.intake.catalog import Catalog, Entry, Level, Unread, filled
from guiju.intake.labels import as_level, level_up_from
from guiju.intake.named_rows import Names, is_list
from guiju.intake.order import NOWHERE, in_order, of_several
from guiju.intake.ticks import Ticks, is_mark, is_sign

_ALL = frozenset(("全部", "全", "all"))
_HEADS = 2  # rows that may stand above the first clause
_LEAST = 2  # columns of levels: fewer are no table of them

_UNCLEAR = Text(
    "{table} 像是各级包括的条款，但“{row}”这一行的“{cell}”不能确定是什么，整个表没有读成等级",
    "{table} looks like what counts at each level, but `{cell}` in its row `{row}` is not certain: "
    "it was not read as levels",
)
_NO_LEVELS = Text(
    "{table} 的各行是条款，但各列认不出是等级，没有读成等级",
    "the rows of {table} are clauses, but its columns are no levels that are known: it was not read as levels",
)
_CROSSES = Text(
    "{table} 里只有 ×，没有 √：× 当作计入，请核对",
    "{table} has crosses and no other ticks: a cross was taken to say that the clause counts; to be checked",
)
_READ = Text("{table} 读成了各级包括的条款，请核对", "{table} was read as what counts at each level; to be checked")


@dataclass(frozen=True)
class LevelTable:
    """A table as read: its levels in the order of its columns, and those of each entry that it names (by identity)."""

    rows: tuple[Block, ...]
    levels: tuple[Level, ...]
    chosen: dict[int, frozenset[str]]
    takes_crosses: bool
    caption: Block | None
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True)
class _Doubt:
    """Why a table of clauses was not read: a cell with its row, or, with no cell, columns that are no levels."""

    row: str
    cell: str = ""

    def told(self, place: str, name: str) -> Unread:
        why = (
            filled(_UNCLEAR, table=name, row=self.row, cell=self.cell) if self.cell else filled(_NO_LEVELS, table=name)
        )
        return Unread(place, self.row if self.cell else name, "unclear" if self.cell else "aside", why)


def level_table(draft: Draft, entries: tuple[Entry, ...], place: str) -> tuple[LevelTable | None, tuple[Unread, ...]]:
    """The first table of the body that is one of levels; and those that look like one and are not certain."""
    told: list[Unread] = []
    for table in draft.tables:
        if table.rows[0].part is not Part.BODY:
            continue
        name = table.name if table.caption else f"{place}:{table.rows[0].span().position.line}"
        tried = [_read(table, heads, Names(entries)) for heads in range(1, min(_HEADS, len(table.rows) - 1) + 1)]
        read = next((found for found in tried if isinstance(found, LevelTable)), None)
        if read is not None:
            crosses = (Unread(place, name, "choice", filled(_CROSSES, table=name)),) if read.takes_crosses else ()
            done = Unread(place, name, "choice", filled(_READ, table=name))
            several = (told for level in read.levels for told in of_several(place, level.labels[0]))
            return replace(read, unread=(done, *crosses, *several)), tuple(told)
        doubt = next((found for found in tried if isinstance(found, _Doubt)), None)
        if doubt is not None:
            told.append(doubt.told(place, name))
    return None, tuple(told)


def placed(catalog: Catalog, table: LevelTable) -> Catalog:
    """The catalog with each entry at the levels that the table gives it or what it stands in."""
    return replace(catalog, entries=tuple(_placed(entry, frozenset(), table.chosen) for entry in catalog.entries))


def _placed(entry: Entry, above: frozenset[str], chosen: dict[int, frozenset[str]]) -> Entry:
    given = chosen.get(id(entry), frozenset())
    own = given if NOWHERE in given else (above - {NOWHERE}) | given if given else above
    children = tuple(_placed(child, own, chosen) for child in entry.children)
    return replace(entry, levels=own if not entry.is_group else frozenset(), children=children)


def _read(table: Table, heads: int, names: Names) -> LevelTable | _Doubt | None:
    """The table with so many rows for its head; or what is not certain; None where its rows are no clauses."""
    head, rows = table.rows[:heads], table.rows[heads:]
    if any(names.row(row.cell(0), None) for row in head[1:]):
        return None
    columns = _level_columns(head, rows)
    ticks = Ticks(row.cell(column) for row in rows for column in columns)
    chosen: dict[int, frozenset[str]] = {}
    upwards = _upwards(tuple(columns.values()))
    known, doubt, above = 0, None, None
    for row in rows:
        above = names.clause(row.cell(0)) or above
        entries = _named(row, above, names, columns)
        known += entries is not None
        for column, level in columns.items():
            members = _members(entries, row.cell(column), names, ticks)
            if members is None:
                cell = row.cell(column) if entries else row.cell(0) or row.text
                doubt = doubt or _Doubt(row.text.replace("\t", " ").strip(), cell.strip())
            for member in members or ():
                chosen[id(member)] = chosen.get(id(member), frozenset()) | upwards[level.id]
        if ticks.is_out(row.cell(column) for column in columns):
            chosen |= {id(entry): frozenset({NOWHERE}) for entry in entries or () if id(entry) not in chosen}
    if len(columns) < _LEAST or doubt or not chosen:
        is_of_clauses = known * 2 > len(rows) and known > 1
        is_wide = len(table.rows[0].cells) > _LEAST
        return (doubt if doubt and len(columns) >= _LEAST else _Doubt("")) if is_of_clauses and is_wide else None
    return LevelTable(table.rows, tuple(columns.values()), chosen, ticks.takes_crosses, table.caption)


def _upwards(levels: tuple[Level, ...]) -> dict[str, frozenset[str]]:
    """The levels that a tick in the column of each stands for: that one, and of one that counts upwards the higher."""
    ids = [level.id for level in in_order(levels, (), "")[0]]
    return {
        level.id: frozenset(ids[ids.index(level.id) :] if level_up_from(level.labels[0]) else (level.id,))
        for level in levels
    }


def _named(row: Block, above: Entry | None, names: Names, columns: dict[int, Level]) -> tuple[Entry, ...] | None:
    """The clauses that a row is about, by its first cell and by the second one, where that names them closer."""
    first, second = row.cell(0).strip(), row.cell(1).strip() if 1 not in columns else ""
    if not first:
        return names.row(second, above)
    own = names.row(first, above)
    closer = names.row(second, own[0]) if own and len(own) == 1 and second else None
    return closer or own


def _level_columns(head: Sequence[Block], rows: Sequence[Block]) -> dict[int, Level]:
    """The columns in which little stands but ticks and items: each is a level, by the lowest head above it."""
    width = max((len(row.cells) for row in rows), default=0)
    columns: dict[int, Level] = {}
    for column in range(1, width):
        cells = [row.cell(column) for row in rows]
        name = next((row.cell(column) for row in reversed(head) if row.cell(column)), "")
        said = [_says_members(cell) for cell in cells if cell]
        is_beside = column == 1 and all(is_list(cell) for cell in cells) and _ticked(rows, column + 1)
        if name and any(said) and sum(said) * 2 >= len(said) and not is_beside:
            columns[column] = Level(as_level(level_up_from(name) or name), (name,))
    return columns if len({level.id for level in columns.values()}) == len(columns) else {}


def _ticked(rows: Sequence[Block], column: int) -> bool:
    """Whether a column and those behind it have signs alone: then what stands to its left names the rows."""
    behind = [cell for row in rows for cell in (row.cell(n) for n in range(column, len(row.cells)))]
    return any(map(is_mark, behind)) and all(map(is_sign, behind))


def _says_members(cell: str) -> bool:
    return is_sign(cell) or cell.lower() in _ALL or is_list(cell)


def _members(entries: tuple[Entry, ...] | None, cell: str, names: Names, ticks: Ticks) -> tuple[Entry, ...] | None:
    """The entries that a cell speaks of; None where that is not certain."""
    counts = ticks.says(cell)
    if counts is False:
        return ()
    if entries is None:
        return None
    if counts or cell.lower() in _ALL:
        return entries
    return names.within(cell, entries[0]) if len(entries) == 1 else None
