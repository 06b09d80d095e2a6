"""What is answered of every row: the columns of a result by the columnar engine, and what they come to in all.

A value is one text whatever the language: a level, an exact number, `none`, `undefined:…`; null where it is still open.
Bounds are null where what is reachable has no order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guiju.batch.clean import Clean
from guiju.batch.numerators import Numerators
from guiju.compiler.ir import Clause, Program, Verdict
from guiju.engine.columnar.laid import VERDICT
from guiju.engine.columnar.plan import Plan, Wanted, plan
from guiju.kept.kernels import kernels_of
from guiju.report.words import plain

if TYPE_CHECKING:  # imported where it is asked for
    from guiju.batch.blocked import Blocking

#: what may be asked for beside the values: bounds, reachable sets, what keeps the next level out, scores (also as whole
#: numbers over one denominator), verdicts of clauses
Part: TypeAlias = Literal["bounds", "reachable", "blocked", "scores", "numerators", "verdicts"]
PARTS: tuple[Part, ...] = ("bounds", "reachable", "blocked", "scores", "numerators", "verdicts")
OPEN = "unknown"  # in the place of a value, where what is known leaves it open
_LIST = pa.list_(pa.string())


class Counts(Protocol):
    """What rows come to in all. `rows`: how many were answered."""

    rows: int

    def add(self, other: Any) -> None:
        """Take in what was counted over other rows."""


@dataclass
class Tally:
    """Counts over rows: of each outcome its values (None: open), of each clause how often it fails or is unknown."""

    rows: int = 0
    outcomes: dict[str, Counter[str | None]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    uncounted: set[str] = field(default_factory=set)  # clauses that could only be counted row by row

    def add(self, other: Tally) -> None:
        """Take in what was counted over other rows."""
        self.rows += other.rows
        for outcome, values in other.outcomes.items():
            self.outcomes.setdefault(outcome, Counter()).update(values)
        self.failed.update(other.failed)
        self.unknown.update(other.unknown)
        self.uncounted |= other.uncounted


@dataclass(frozen=True)
class Answers:
    """The answers to some rows, a column each, and what they come to. `at`: which rows have one; None: all of them."""

    batch: pa.RecordBatch
    tally: Counts
    at: np.ndarray | None = None


class Engine(Protocol):
    """Whatever answers rows."""

    def answer(self, *sides: Clean) -> Answers:
        """The answers, in the order of the rows, which each side has read."""


@dataclass(frozen=True)
class Column:
    """A column of a result: its name, what the engine is asked for, and what is made of that: told as it is, unless."""

    name: str
    wanted: Wanted
    type: pa.DataType
    made: Literal["next", "blocked", "not-shown", "numerator", "denominator"] | None = None


def columns_of(program: Program, readings: Mapping[str, str], parts: Sequence[Part]) -> tuple[Column, ...]:
    """The columns that answer a row, in their order."""
    return tuple(_columns(program, readings, parts))


def schema_of(columns: Iterable[Column]) -> pa.Schema:
    """The same as Arrow has it."""
    return pa.schema([pa.field(c.name, c.type) for c in columns])


def _columns(program: Program, readings: Mapping[str, str], parts: Sequence[Part]) -> Iterator[Column]:
    for outcome in program.outcomes:
        yield Column(outcome, (outcome, "value"), pa.string())
        if "bounds" in parts:
            yield Column(f"{outcome}.lower", (outcome, "lower"), pa.string())
            yield Column(f"{outcome}.upper", (outcome, "upper"), pa.string())
        if "reachable" in parts:
            yield Column(f"{outcome}.reachable", (outcome, "reachable"), _LIST)
            yield Column(f"{outcome}.exact", (outcome, "exact"), pa.bool_())
        if "blocked" in parts and _has_levels(program, outcome):
            yield Column(f"{outcome}.next", (outcome, "lower"), pa.string(), "next")
            yield Column(f"{outcome}.blocked", (outcome, "lower"), _LIST, "blocked")
            yield Column(f"{outcome}.not-shown", (outcome, "lower"), _LIST, "not-shown")
    scores = [d.id for d in program.definitions if d.kind == "score" and d.shown and d.id not in program.outcomes]
    for score in scores:
        name = score.removeprefix("score:")
        if "scores" in parts:
            yield Column(name, (score, "value"), pa.string())
        if "numerators" in parts:
            yield Column(f"{name}.numerator", (score, "value"), pa.int64(), "numerator")
            yield Column(f"{name}.denominator", (score, "value"), pa.int64(), "denominator")
    if "verdicts" in parts:
        clauses = (c.id for c in program.items(readings))
        yield from (Column(clause, (f"{VERDICT}{clause}", "value"), pa.string()) for clause in clauses)


def _has_levels(program: Program, outcome: str) -> bool:
    from guiju.engine.columnar.counted import levels_of

    return bool(levels_of(program, outcome))


@dataclass(eq=False)
class Columnar:
    """The columnar engine with what is asked of it; its plan is made when the first rows come."""

    program: Program
    readings: Mapping[str, str]
    columns: tuple[Column, ...]
    counts_clauses: bool = True

    @cached_property
    def plan(self) -> Plan:
        """How rows are answered."""
        return plan(self.program, self.readings, kernels_of(self.program, self.readings))

    def answer(self, *sides: Clean) -> Answers:
        """The answers, in the order of the rows."""
        (rows,) = sides
        outcomes: list[Wanted] = [(outcome, "value") for outcome in self.program.outcomes]
        wanted = tuple(dict.fromkeys([*self.asked, *outcomes]))
        counted: list[Wanted] = [(f"{VERDICT}{c.id}", "value") for c in self._counted]
        told, stated = self._told(rows, wanted, [c for c in counted if c not in wanted])
        made = [_as(column, c.type) for c, column in zip(self.columns, self._made(rows, told), strict=True)]
        batch = pa.RecordBatch.from_arrays(made, schema=schema_of(self.columns))
        return Answers(batch, self._tally(rows, stated, told))

    @cached_property
    def asked(self) -> tuple[Wanted, ...]:
        """What the engine is asked for to make the columns."""
        blocking = (wanted for outcome in self._blocking.values() for wanted in outcome.wanted)
        return tuple(dict.fromkeys([*(c.wanted for c in self.columns), *blocking]))

    @cached_property
    def _blocking(self) -> Mapping[str, Blocking]:
        blocked = [c.wanted[0] for c in self.columns if c.made == "blocked"]
        if not blocked:
            return {}
        from guiju.batch.blocked import Blocking

        return {outcome: Blocking(self.plan, outcome) for outcome in blocked}

    @cached_property
    def _numerators(self) -> Mapping[str, Numerators]:
        return {c.wanted[0]: Numerators(self.plan, c.wanted[0]) for c in self.columns if c.made == "numerator"}

    def _made(self, rows: Clean, told: Mapping[Wanted, pa.Array]) -> Iterator[pa.Array]:
        """The columns, of what is told of the rows."""
        kept = {outcome: blocking.kept(rows.batch, told) for outcome, blocking in self._blocking.items()}
        for column in self.columns:
            address, values = column.wanted[0], told[column.wanted]
            match column.made:
                case None:
                    yield values
                case "next":
                    yield kept[address].next
                case "blocked":
                    yield kept[address].blocked
                case "not-shown":
                    yield kept[address].not_shown
                case "numerator":
                    yield self._numerators[address].of(values)
                case "denominator":
                    yield pa.repeat(pa.scalar(self._numerators[address].denominator, pa.int64()), len(values))

    def _told(
        self, rows: Clean, wanted: Sequence[Wanted], beside: Sequence[Wanted] = ()
    ) -> tuple[Mapping[Wanted, pa.Array], Collection[str]]:
        """What is wanted of the rows; what is beside it where planes tell it of every row, or its column says it."""
        answered = self.plan.evaluate(rows.batch, wanted, rows.odd, plain, beside)
        batch = answered.batch
        named = {address if part == "value" else f"{address}.{part}": (address, part) for address, part in beside}
        asked = (*wanted, *(named[name] for name in batch.schema.names[len(wanted) :]))
        return dict(zip(asked, batch.columns, strict=True)), answered.stated

    def told(self, rows: Clean, wanted: Sequence[Wanted]) -> tuple[pa.Array, ...]:
        """What is wanted of the rows, as text."""
        found, _ = self._told(rows, wanted)
        return tuple(_as(found[one], pa.string()) for one in wanted)

    @cached_property
    def _counted(self) -> tuple[Clause, ...]:
        """The clauses that are counted: which fail, which are unknown."""
        return self.program.items(self.readings) if self.counts_clauses else ()

    def _tally(self, rows: Clean, stated: Collection[str], told: Mapping[Wanted, pa.Array]) -> Tally:
        tally = Tally(rows.batch.num_rows)
        columns = dict(zip(rows.batch.schema.names, rows.batch.columns, strict=True))
        for outcome in self.program.outcomes:
            tally.outcomes[outcome] = _counted(told[outcome, "value"])
        for clause in self._counted:
            address = f"{VERDICT}{clause.id}"
            if address in stated:
                column = columns[clause.id]
                failed, unknown = len(column) - column.null_count - column.true_count, column.null_count
            elif (address, "value") not in told:
                tally.uncounted.add(clause.id)
                continue
            else:
                counts = _counted(told[address, "value"])
                failed, unknown = counts[Verdict.UNSATISFIED.value], counts[None]
            if failed:
                tally.failed[clause.id] = failed
            if unknown:
                tally.unknown[clause.id] = unknown
        return tally


def _counted(values: pa.Array) -> Counter[str | None]:
    """How often each value stands in a column; None where it is null."""
    counted = pc.value_counts(values)
    return Counter(dict(zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True)))


def _as(column: pa.Array, type_: pa.DataType) -> pa.Array:
    return column if column.type == type_ else column.cast(type_)
