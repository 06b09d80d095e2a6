"""A reading or record that names a cell of a table which is not there."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.absent import TABLES, absent
from guiju.compiler.checks.context import Checked
from guiju.compiler.names import near_miss, place_of
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text
from guiju.dsl.keywords import by_terminal

UNKNOWN_CELL = Code(
    "unknown-cell",
    Severity.ERROR,
    Text("单元格不存在", "No such cell"),
    Text("{table}没有“{name}”这一{part}", "{table} has no {part} `{name}`"),
    Text("改为表中有的行和列", "name a row and a column that the table has"),
    Text(
        "指错了单元格的记录什么也没有记下，真正的错误也就无人指明",
        "a record that points at no cell keeps nothing on record, and the cell that is meant stays unnamed",
    ),
    'record note n "…"\n  cell membership 9.9 L1',
)
_ROW, _COLUMN = Text("行", "row"), Text("列", "column")


def unknown_cell(checked: Checked) -> Iterator[Diagnostic]:
    """The row of a cell stands in its table, and so does the column where one is named."""
    s = checked.symbols
    tables = {"membership": s.membership, "weights": s.weights, "grade": s.grades}
    for node in checked.nodes:
        if isinstance(node, tree.CellRef) and not tables[node.table]:
            yield absent(node.table, node.span)
        elif isinstance(node, tree.CellRef):
            rows, columns = _axes(checked, node)
            if node.row not in rows:
                yield _finding(node, node.row, _ROW, rows)
            if node.column is not None and node.column not in columns:
                yield _finding(node, node.column, _COLUMN, columns)


def _finding(cell: tree.CellRef, name: str, part: Text, known: set[str]) -> Diagnostic:
    arguments = (("table", TABLES[cell.table]), ("name", name), ("part", part))
    return Diagnostic(UNKNOWN_CELL, place_of(name, cell.span), arguments, suggestion=near_miss(name, known))


def _axes(checked: Checked, cell: tree.CellRef) -> tuple[set[str], set[str]]:
    """What the rows and columns of a table may be called."""
    s = checked.symbols
    match cell.table:
        case "membership":
            assert s.membership is not None
            rows = {r.group.text for r in s.membership.rows}
            return s.groups.spellings(rows), s.levels.spellings({n.text for n in s.membership.header[1:]})
        case "weights":
            assert s.weights is not None
            return _axes_of_weights(checked, s.weights)
        case "grade":
            words = by_terminal()["OTHERWISE"]
            results = {r.result.text for g in s.grades.values() for r in g.rows if r.condition is not None}
            return s.levels.spellings(results) | {*words.en, *words.zh}, set()


def _axes_of_weights(checked: Checked, table: tree.WeightsDecl) -> tuple[set[str], set[str]]:
    s = checked.symbols
    names = s.options.get(s.values.find(table.header[0].text) or "", s.groups)
    patched = {cell[1] for cell in checked.patches.cells if cell[0] == "weights"}
    rows = {r.key.text for r in table.rows} | patched
    return names.spellings(rows), s.groups.spellings({n.text for n in table.header[1:]})
