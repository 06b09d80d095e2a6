"""The decision tables of a policy as lists of rows, for the checks that look at them."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import takewhile

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.intervals import Interval, interval_of, quantity_in
from guiju.compiler.ir import Cases, NumberType
from guiju.dsl import tree
from guiju.dsl.diagnostic import Text
from guiju.dsl.source import Span


@dataclass(frozen=True)
class Table:
    """One decision table: its conditions row by row, and whether it has an `otherwise`."""

    name: Text
    span: Span
    rows: tuple[tuple[tree.Expr, Span], ...]
    has_otherwise: bool
    exclusive: bool
    is_grade: bool
    is_levelled: bool = False  # a grade whose rows are levels
    scored_apart: bool = False  # each of these looks at the score of its own level
    counts: Set[str] = frozenset()  # names of what takes whole numbers only
    members: tuple[Cases, ...] = ()  # what it compiled to, for each group and level

    @property
    def parts_one_number(self) -> bool:
        """Whether it is a grade by intervals of one number, which must not overlap."""
        return self.is_grade and self.intervals() is not None

    @property
    def quantity(self) -> str | None:
        """What all rows compare; None where they do not compare one thing."""
        names = {quantity_in(condition) for condition, _ in self.rows}
        return names.pop() if len(names) == 1 else None

    def leaves_out(self, lower: Interval, upper: Interval) -> bool:
        """Whether there is something between two intervals: of what is counted, a whole number."""
        return not lower.touches(upper) and (self.quantity not in self.counts or lower.parts_whole_numbers(upper))

    def _read(self) -> list[tuple[Interval | None, Span]]:
        return [(interval_of(condition, quantity_in(condition) or ""), span) for condition, span in self.rows]

    def has_one_bound(self, place: Span) -> bool:
        """Whether the row of a place says of a number only from where on it is enough, or up to where."""
        return any(span == place and i is not None and None in (i.low, i.high) for i, span in self._read())

    def backward(self) -> list[tuple[Interval, Span]]:
        """The rows in whose interval no number lies."""
        return [(i, span) for i, span in self._read() if i is not None and i.is_backward]

    def intervals(self) -> list[tuple[Interval, Span]] | None:
        """The rows as intervals of one quantity, lowest first; None if they are not of that form."""
        found = self._read()
        if self.quantity is None or any(i is None or i.is_backward for i, _ in found):
            return None
        known = [(i, span) for i, span in found if i]
        return sorted(known, key=lambda pair: (pair[0].low is not None, pair[0].low or 0, not pair[0].low_in))


def tables(checked: Checked) -> Iterator[Table]:
    """Every decision table: the blocks of scores, and the grades with the rows that readings patch in."""
    counts = _counts(checked)
    members: dict[Span, list[Cases]] = {}
    for definition in checked.program.definitions:
        if isinstance(definition.expression, Cases):
            members.setdefault(definition.expression.span, []).append(definition.expression)
    for (name, _), declaration in checked.symbols.families.items():
        for block in declaration.blocks:
            tried = takewhile(lambda row: row.condition is not None, block.rows)
            rows = tuple((r.condition, r.span) for r in tried if r.condition is not None)
            said = Text("得分", "score") if name == "score" else Text(name, name)
            shown = Text(f"{said.zh} {block.level}", f"{said.en} {block.level}") if block.level else said
            otherwise = any(r.condition is None for r in block.rows)
            made = tuple(c for c in members.get(block.span, ()) if c.form == "table")
            yield Table(shown, block.span, rows, otherwise, declaration.exclusive, False, counts=counts, members=made)
    by_level = {d.family for d in checked.program.definitions if d.kind == "score" and d.level is not None}
    for name, grade in checked.symbols.grades.items():
        rows = tuple((r.condition, r.span) for r in grade.rows if r.condition is not None)
        otherwise = any(r.condition is None for r in grade.rows)
        levelled = all(checked.symbols.levels.find(r.result.text) for r in grade.rows if r.condition is not None)
        shown = Text(name, name)
        made = tuple(members.get(grade.span, ()))
        apart = levelled and grade.by.text in by_level
        yield Table(shown, grade.span, rows, otherwise, grade.exclusive, True, levelled, apart, counts, made)


def _counts(checked: Checked) -> Set[str]:
    """The names of facts, lets and scores whose values are whole numbers."""
    types = [*((name, type_) for name, type_ in checked.symbols.types.items())]
    types += [(d.family, d.type) for d in checked.program.definitions if d.kind in ("let", "score")]
    whole = {name for name, type_ in types if isinstance(type_, NumberType) and type_.integer}
    broken = {name for name, type_ in types if not (isinstance(type_, NumberType) and type_.integer)}
    return checked.symbols.values.spellings(whole - broken)
