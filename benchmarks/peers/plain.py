"""A program as other tools can say it: two-valued, without readings, without the values that Guiju keeps apart.

Every peer is generated from this. What is lost on the way is what the peers do not have: unknowns (a clause is
satisfied or it is not), undefined scores, and exact fractions where their language has none. A score behind a gate
becomes its value and the gate: comparisons ask the gate first, so nothing needs a word for *not entered*.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from guiju.compiler.ir import (
    NOT_ENTERED,
    Cases,
    Choice,
    Definition,
    Expression,
    InputRef,
    Literal,
    Operation,
    Program,
    Ref,
    Tally,
)


@dataclass(frozen=True)
class Count:
    """How many of some columns are satisfied, or are not."""

    columns: tuple[int, ...]
    satisfied: bool


@dataclass(frozen=True)
class Name:
    """The value of an earlier line."""

    name: str


@dataclass(frozen=True)
class Apply:
    """An operator: `and or not = != < <= > >= + - * / sum mean`."""

    operator: str
    operands: tuple[Plain, ...]


@dataclass(frozen=True)
class Pick:
    """The value of the first row whose condition holds."""

    rows: tuple[tuple[Plain, Plain], ...]
    otherwise: Plain


Plain: TypeAlias = Fraction | bool | str | Count | Name | Apply | Pick


@dataclass(frozen=True)
class Sheet:
    """Named lines, each standing on those before it; the last one is the outcome. `columns` are ids of clauses."""

    columns: tuple[str, ...]
    lines: tuple[tuple[str, Plain], ...]
    results: tuple[str, ...]  # the words that the outcome can be, the lowest first

    @property
    def outcome(self) -> str:
        """The name of the last line."""
        return self.lines[-1][0]


def names_in(plain: Plain) -> set[str]:
    """The lines that an expression stands on."""
    match plain:
        case Name():
            return {plain.name}
        case Apply():
            return {n for o in plain.operands for n in names_in(o)}
        case Pick():
            parts = (plain.otherwise, *(part for row in plain.rows for part in row))
            return {n for part in parts for n in names_in(part)}
    return set()


def plain(program: Program, inputs: Mapping[str, str]) -> Sheet:
    """The sheet of a program's first outcome, its inputs chosen and its readings as they are by default."""
    maker = _Maker(program, inputs)
    maker.line(program.definition[program.outcomes[0]])
    results = ("none", *(level.id for level in program.levels))
    return Sheet(tuple(c.id for c in program.clauses), tuple(maker.lines.items()), results)


@dataclass(frozen=True)
class _Gated:
    """A value, and what must hold for there to be one."""

    value: Plain
    gate: Plain = True


_NOTHING = _Gated(Fraction(0), False)


class _Maker:
    def __init__(self, program: Program, inputs: Mapping[str, str]) -> None:
        self._program, self._inputs = program, inputs
        self._column = {c.id: i for i, c in enumerate(program.clauses)}
        self._known: dict[str, _Gated] = {}
        self.lines: dict[str, Plain] = {}

    def line(self, definition: Definition) -> _Gated:
        """What a definition comes to: a constant, or the name of a line."""
        if definition.id not in self._known:
            made = self._of(definition.expression)
            if isinstance(made.value, Count | Apply | Pick):
                name = re.sub(r"\W+", "_", definition.id)
                self.lines[name] = made.value
                made = _Gated(Name(name), made.gate)
            self._known[definition.id] = made
        return self._known[definition.id]

    def _of(self, expression: Expression) -> _Gated:
        match expression:
            case Literal(value=value):
                if value is NOT_ENTERED:
                    return _NOTHING
                if isinstance(value, Fraction | bool | str):
                    return _Gated(value)
            case InputRef(input=name):
                return _Gated(self._inputs[name])
            case Ref(name=name):
                return self.line(self._program.definition[name])
            case Choice(reading=reading, options=options):
                return self._of(dict(options)[self._program.defaults[reading]])
            case Tally():
                return _Gated(self._tally(expression))
            case Operation(operator=operator, operands=operands):
                return _operation(operator, operands, self._of)
            case Cases():
                return self._cases(expression)
        raise ValueError(f"no peer has a word for {expression}")

    def _tally(self, tally: Tally) -> Plain:
        columns = tuple(self._column[leaf] for (leaf,) in tally.items)
        count = Count(columns, tally.verdict == "satisfied")
        return count if tally.measure == "count" else Apply("/", (count, Fraction(len(columns))))

    def _cases(self, cases: Cases) -> _Gated:
        rows: list[tuple[Plain, _Gated]] = []
        for case in cases.rows:
            condition = self._of(case.condition).value
            if condition is True:
                return _picked(rows, self._of(case.value))
            if condition is not False:
                rows.append((condition, self._of(case.value)))
        return _picked(rows, self._of(cases.otherwise))


def _operation(operator: str, operands: tuple[Expression, ...], of) -> _Gated:  # type: ignore[no-untyped-def]
    if operator == "present":  # the weights of the service in question: none of its cells is empty
        return _Gated(True)
    parts = [of(o) for o in operands]
    values, gates = tuple(p.value for p in parts), [p.gate for p in parts]
    if operator in ("and", "or"):
        return _Gated(_connected(operator, values))
    if operator == "not":
        return _Gated(not values[0] if isinstance(values[0], bool) else Apply("not", values))
    gate = _connected("and", tuple(dict.fromkeys(gates)))
    if operator in ("=", "!=", "<", "<=", ">", ">="):
        return _Gated(_connected("and", (gate, _compared(operator, values))))
    if operator == "/" and all(isinstance(v, Fraction) for v in values):
        return _Gated(values[0] / values[1], gate)
    return _Gated(Apply(operator, values), gate)


def _compared(operator: str, values: tuple[Plain, ...]) -> Plain:
    if operator == "=" and all(isinstance(v, str) for v in values):
        return values[0] == values[1]
    return Apply(operator, values)


def _connected(operator: str, values: tuple[Plain, ...]) -> Plain:
    """`and` or `or`, without the operands that decide nothing."""
    decisive = operator == "or"
    if any(v is decisive for v in values):
        return decisive
    parts = (o for v in values for o in (v.operands if isinstance(v, Apply) and v.operator == operator else (v,)))
    left = tuple(dict.fromkeys(v for v in parts if not isinstance(v, bool)))
    return not decisive if not left else left[0] if len(left) == 1 else Apply(operator, left)


def _picked(rows: list[tuple[Plain, _Gated]], otherwise: _Gated) -> _Gated:
    """A table; one row before nothing at all is a gate."""
    if not rows:
        return otherwise
    if otherwise.gate is False:
        ((gate, inside),) = rows
        return _Gated(inside.value, _connected("and", (gate, inside.gate)))
    if otherwise.value is False and len(rows) == 1:
        return _Gated(_connected("and", (rows[0][0], rows[0][1].value)))
    return _Gated(Pick(tuple((condition, value.value) for condition, value in rows), otherwise.value))
