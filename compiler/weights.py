"""The table of weights, read row by row: one definition a group, one case a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from guiju.compiler import codes
from guiju.compiler.expressions import Context, type_name
from guiju.compiler.ir import (
    ABSENT,
    Case,
    Cases,
    Definition,
    Expression,
    InputRef,
    Literal,
    NumberType,
    Operation,
    Undefined,
)
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Label, Text
from guiju.dsl.keywords import UNDEFINED
from guiju.dsl.source import Span

if TYPE_CHECKING:
    from guiju.compiler.families import Families


class WeightTable:
    """Weights by the options of an input, a column for each group; or by group, in one column."""

    def __init__(self, families: Families) -> None:
        self._f, self._s = families, families.symbols
        self._table = self._s.weights
        self._columns: dict[str, int] = {}
        self._input: str | None = None
        if self._table is not None:
            reported = len(self._s.diagnostics)
            self._read(self._table)
            if len(self._s.diagnostics) > reported:
                self._explain_gaps(self._table)

    def _read(self, table: tree.WeightsDecl) -> None:
        if self._s.kinds.find(table.header[0].text):
            self._unused_columns(table)
        else:
            self._read_input(table)
        for row in table.rows:
            self._count(len(table.header), len(row.cells), row.span)
        for cell, patched in self._f.patches.cells.items():
            for patch in patched.patches.values() if cell[0] == "weights" else ():
                assert isinstance(patch, tree.PatchWeights)
                self._count(len(table.header), len(patch.cells), patch.span)
        self._rows_once(table)

    def _explain_gaps(self, table: tree.WeightsDecl) -> None:
        """A group that a wrong table gives no weight may be what the mistake is about: it is not reported again."""
        self._f.patches.asked |= {cell for cell in self._f.patches.cells if cell[0] == "weights"}
        weighted = self._columns or {self._s.groups.find(r.key.text) for r in table.rows}
        for group in self._s.group:
            if group not in weighted:
                self._f.failed.setdefault(f"weight:{group}", table.span)

    def _unused_columns(self, table: tree.WeightsDecl) -> None:
        """By group there is one column of weights; another would be read by nothing."""
        for name in table.header[2:]:
            self._s.report(Diagnostic(codes.UNUSED_COLUMN, name.span, (("column", name.text),)))

    def _read_input(self, table: tree.WeightsDecl) -> None:
        head = table.header[0]
        found = self._s.values.resolve(head.text, head.span)
        if found is not None and (found not in self._s.inputs or found not in self._s.options):
            arguments = (
                ("expected", Text("输入或分组种类", "an input or a kind of group")),
                ("found", Text(f"“{head.text}”", f"`{head.text}`")),
            )
            if found not in self._s.unsound:
                self._s.report(Diagnostic(codes.TYPE_MISMATCH, head.span, arguments))
            return
        self._input = found
        for i, name in enumerate(table.header[1:]):
            group = self._s.groups.resolve(name.text, name.span)
            if group and found:
                self._columns[group] = i

    def _count(self, header: int, cells: int, span: Span) -> None:
        if cells != header - 1:
            self._s.report(Diagnostic(codes.WRONG_CELLS, span, (("expected", header), ("found", cells + 1))))

    def _rows_once(self, table: tree.WeightsDecl) -> None:
        """Every row is for something that exists, and is the only one for it."""
        names = self._s.options[self._input] if self._input else self._s.groups
        first: dict[str, tree.Name] = {}
        known_head = self._input or self._s.kinds.find(table.header[0].text)
        for row in table.rows if known_head else ():
            key = names.resolve(row.key.text, row.key.span)
            if key in first:
                arguments = (("name", row.key.text), ("what", Text("权重表的行", "row of the table of weights")))
                label = Label(first[key].span, Text("先在这里声明", "first declared here"))
                self._s.report(Diagnostic(codes.DUPLICATE_NAME, row.key.span, arguments, (label,)))
            elif key:
                first[key] = row.key

    def weight(self, group: str, span: Span) -> Definition | None:
        """The weight of a group, or None where the table does not weight it."""
        table = self._table
        if table is None:
            return None
        if self._input is None:
            row = next((r for r in table.rows if self._s.groups.find(r.key.text) == group), None)
            if row is None:
                return None
            return self._make(table, group, span, lambda: self._by_group(group, row))
        if group not in self._columns:
            return None
        return self._make(table, group, span, lambda: self._by_input(table, self._columns[group]))

    def _by_group(self, group: str, row: tree.WeightRow) -> Expression | None:
        written = self._cell(row.cells[0] if row.cells else None, row.span)
        return self._patched(group, written, 0, row.span) if written else None

    def _make(
        self, table: tree.WeightsDecl, group: str, span: Span, expression: Callable[[], Expression | None]
    ) -> Definition | None:
        def make() -> Definition | None:
            made = expression()
            if made is None:
                return None
            typed = (made, NumberType(unit="%"))
            return self._f.definition("weight", f"weight:{group}", "weight", table, typed, Context(group))

        return self._f.define(f"weight:{group}", table, span, make)

    def _cell(self, cell: tree.Expr | None, span: Span) -> Expression | None:
        if cell is None:
            return Literal(value=ABSENT, span=span)
        if isinstance(cell, tree.NameRef) and cell.text == UNDEFINED[0]:
            return Literal(value=Undefined("undefined-combination"), span=cell.span)
        typed = self._f.elaborator.number(cell, Context())
        if typed and isinstance(typed[1], NumberType) and typed[1].dimension:
            arguments = (("expected", Text("权重", "a weight")), ("found", type_name(typed[1])))
            self._s.report(Diagnostic(codes.TYPE_MISMATCH, cell.span, arguments))
        return typed[0] if typed else None

    def _by_input(self, table: tree.WeightsDecl, column: int) -> Expression | None:
        rows = self._rows(table)
        cases = [self._case(key, cells, column, span) for key, cells, span in rows]
        known = tuple(c for c in cases if c)
        otherwise = Literal(value=Undefined("undefined-combination"), span=table.span)
        return Cases(form="weights", rows=known, otherwise=otherwise, span=table.span) if None not in cases else None

    def _case(self, key: tree.Name, cells: tuple[tree.Expr | None, ...] | None, column: int, span: Span) -> Case | None:
        option = self._s.options[self._input or ""].find(key.text)
        undefined = Literal(value=Undefined("undefined-combination"), span=span)
        if cells is None:
            value: Expression | None = undefined
        else:
            value = self._cell(cells[column], span) if column < len(cells) else None
        patched = self._patched(option or key.text, value or undefined, column, span)
        if option is None or value is None or patched is None:
            return None
        return Case(condition=self._is(option, key.span), value=patched, span=span)

    def _rows(self, table: tree.WeightsDecl) -> list[tuple[tree.Name, tuple[tree.Expr | None, ...] | None, Span]]:
        """The printed rows, and after them those that only a reading adds."""
        rows: list[tuple[tree.Name, tuple[tree.Expr | None, ...] | None, Span]] = [
            (r.key, r.cells, r.span) for r in table.rows
        ]
        names = self._s.options[self._input or ""]
        printed = {names.find(r.key.text) for r in table.rows}
        for cell, patched in self._f.patches.cells.items():
            if cell[0] == "weights" and cell[1] not in printed:
                patch = next(iter(patched.patches.values()))
                assert isinstance(patch, tree.PatchWeights)
                rows.append((patch.key, None, patch.span))
        return rows

    def _patched(self, option: str, written: Expression, column: int, span: Span) -> Expression | None:
        failed: list[bool] = []

        def patched(patch: tree.Patch) -> Expression:
            assert isinstance(patch, tree.PatchWeights)
            value = self._cell(patch.cells[column], patch.span) if column < len(patch.cells) else None
            if value is None:
                failed.append(True)
            return value or written

        chosen = self._f.patches.choose(("weights", option), span, lambda: written, patched)
        return None if failed else chosen

    def _is(self, option: str, span: Span) -> Expression:
        reference = InputRef(input=self._input or "", span=span)
        return Operation(operator="=", operands=(reference, Literal(value=option, span=span)), span=span)
