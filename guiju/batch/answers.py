"""What is answered of every row: the columns of a result by the columnar engine, and what they come to in all.

A value is one text whatever the language: a level, an exact number, `none`, `undefined:…`; null where it is still open.
Bounds are null where what is reachable has no order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guiju.batch.clean import Clean
from guiju.compiler.ir import Clause, Fact, Input, Program, Verdict
from guiju.engine.columnar.plan import Plan, Wanted, plan
from guiju.engine.columnar.target import Target
from guiju.engine.network import network_of
from guiju.engine.rows import slots_by_name
from guiju.report.words import plain

#: what may be asked for beside the values: bounds, reachable sets, scores, verdicts of clauses
Part: TypeAlias = Literal["bounds", "reachable", "scores", "verdicts"]
PARTS: tuple[Part, ...] = ("bounds", "reachable", "scores", "verdicts")
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
    """A column of a result: its name, and what the engine is asked for."""

    name: str
    wanted: Wanted
    type: pa.DataType


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
    if "scores" in parts:
        scores = (d.id for d in program.definitions if d.kind == "score" and d.shown and d.id not in program.outcomes)
        yield from (Column(score.removeprefix("score:"), (score, "value"), pa.string()) for score in scores)
    if "verdicts" in parts:
        clauses = (c.id for c in program.items(readings))
        yield from (Column(clause, (f"clause:{clause}", "value"), pa.string()) for clause in clauses)


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
        return plan(self.program, self.readings)

    def answer(self, *sides: Clean) -> Answers:
        """The answers, in the order of the rows."""
        (rows,) = sides
        outcomes = [(outcome, "value") for outcome in self.program.outcomes]
        asked = [c.wanted for c in self.columns]
        clauses = [(f"clause:{c}", "value") for c in self._computed(rows)]
        wanted: tuple[Wanted, ...] = tuple(dict.fromkeys([*asked, *outcomes, *clauses]))  # type: ignore[list-item]
        by_wanted: dict[Wanted, pa.Array] = dict(zip(wanted, self._asked(rows, wanted), strict=True))
        made = [_as(by_wanted[c.wanted], c.type) for c in self.columns]
        batch = pa.RecordBatch.from_arrays(made, schema=schema_of(self.columns))
        return Answers(batch, self._tally(rows, by_wanted))

    def _asked(self, rows: Clean, wanted: Sequence[Wanted]) -> Sequence[pa.Array]:
        return self.plan.evaluate(rows.batch, wanted, rows.odd, plain).batch.columns  # type: ignore[no-any-return]

    def told(self, rows: Clean, wanted: Sequence[Wanted]) -> tuple[pa.Array, ...]:
        """What is wanted of the rows, as text."""
        return tuple(_as(column, pa.string()) for column in self._asked(rows, wanted))

    def _computed(self, rows: Clean) -> Iterable[str]:
        """The clauses whose verdicts are not simply what a column of the table says, as far as planes tell them."""
        if not self.counts_clauses:
            return ()
        clauses = (c for c in self.program.items(self.readings) if not self._is_as_stated(c, rows))
        return tuple(c.id for c in clauses if self._is_in_planes(c, rows))

    def _is_in_planes(self, clause: Clause, rows: Clean) -> bool:
        """Whether counting it costs no row an evaluation by itself."""
        at = slots_by_name(self.program)
        stated = zip(rows.batch.schema.names, rows.batch.columns, strict=True)
        present = frozenset(at[name] for name, column in stated if column.null_count < len(column))
        target = self.plan.target(f"clause:{clause.id}", present)
        return isinstance(target, Target) and not target.doubtful & present

    def _is_as_stated(self, clause: Clause, rows: Clean) -> bool:
        """Whether its verdict is what its column of bits says, as no other column of the table has a say in it."""
        names = rows.batch.schema.names
        if clause.id not in names or not pa.types.is_boolean(rows.batch.schema.field(clause.id).type):
            return False
        if any(below in names for below in self._below(clause.id)):
            return False
        others = [rows.batch.column(other) for other in self._sharing[clause.id] if other in names]
        if clause.applies is not None:  # what others say of the facts may tell that it does not apply
            return all(other.null_count == len(other) for other in others)
        open_ = rows.batch.column(clause.id).is_null()
        return not any(pc.any(pc.and_(open_, other.is_valid())).as_py() for other in others)

    @cached_property
    def _sharing(self) -> Mapping[str, frozenset[str]]:
        """Of each clause the others that stand on something it stands on: what they say may decide it as well."""
        on: dict[str, set[str]] = {}
        for clause in self.program.clauses:
            for id_ in (clause.id, *self._below(clause.id)):
                on.setdefault(id_, set()).add(clause.id)
        return {
            c.id: frozenset().union(*(on[id_] for id_ in (c.id, *self._below(c.id)))) - {c.id}
            for c in self.program.clauses
        }

    @cache  # noqa: B019 - an engine lives as long as its run
    def _below(self, clause: str) -> tuple[str, ...]:
        """The facts, inputs and clauses that a clause stands on."""
        network = network_of(self.program)
        found, stack = dict[int, None](), [network.at[f"clause:{clause}"]]
        while stack:
            for operand in network.nodes[stack.pop()].operands:
                if operand not in found:
                    found[operand] = None
                    stack.append(operand)
        named = (network.nodes[i].subject for i in found)
        return tuple(s.id for s in named if isinstance(s, Fact | Input | Clause))

    def _tally(self, rows: Clean, told: Mapping[Wanted, pa.Array]) -> Tally:
        tally = Tally(rows.batch.num_rows)
        for outcome in self.program.outcomes:
            tally.outcomes[outcome] = _counted(told[outcome, "value"])
        for clause in self.program.items(self.readings) if self.counts_clauses else ():
            if self._is_as_stated(clause, rows):
                stated = rows.batch.column(clause.id)
                failed, unknown = len(stated) - stated.null_count - (stated.true_count), stated.null_count
            elif (f"clause:{clause.id}", "value") not in told:
                tally.uncounted.add(clause.id)
                continue
            else:
                counts = _counted(told[f"clause:{clause.id}", "value"])
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
