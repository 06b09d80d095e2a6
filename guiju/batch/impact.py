"""What other rules would change in a population: each row under the policy as it is, and as it would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guiju.batch.answers import OPEN, Answers, Columnar, Tally
from guiju.batch.clean import Clean
from guiju.compiler.ir import Program
from guiju.engine.columnar.laid import VERDICT
from guiju.engine.reasoning.editions.numbering import numbers_there

_THROUGH = pa.list_(pa.string())
ADDED, DROPPED = "+", "-"  # before the number of a clause that only the second side has, or only the first

#: an outcome, what it was, what it is then
Turn: TypeAlias = tuple[str, str, str]


@dataclass
class Turned:
    """Counts over rows: which outcomes turn, which clauses turn in the rows whose outcome does, for each turn.

    `before` and `after` are the outcomes as each side has them.
    """

    rows: int = 0
    changed: int = 0
    turns: Counter[Turn] = field(default_factory=Counter)
    through: dict[Turn, Counter[str]] = field(default_factory=dict)
    without: Counter[Turn] = field(default_factory=Counter)  # rows in which no clause turns: scores or levels do
    before: Tally = field(default_factory=Tally)
    after: Tally = field(default_factory=Tally)

    def add(self, other: Turned) -> None:
        """Take in what was counted over other rows."""
        self.rows += other.rows
        self.changed += other.changed
        self.turns.update(other.turns)
        for turn, clauses in other.through.items():
            self.through.setdefault(turn, Counter()).update(clauses)
        self.without.update(other.without)
        self.before.add(other.before)
        self.after.add(other.after)


def shared_outcomes(before: Program, after: Program) -> tuple[str, ...]:
    """The outcomes that both have."""
    return tuple(o for o in before.outcomes if o in after.outcomes)


def schema_of(outcomes: tuple[str, ...]) -> pa.Schema:
    """The columns that tell of a row that changes."""
    sides = [pa.field(f"{o}.{side}", pa.string()) for o in outcomes for side in ("before", "after")]
    return pa.schema([*sides, pa.field("through", _THROUGH)])


@dataclass(eq=False)
class Impact:
    """The engine: rows under both sides; those whose outcome changes are told, with the clauses that turn in them."""

    before: Columnar
    after: Columnar

    def answer(self, *sides: Clean) -> Answers:
        """The rows that change, in their order."""
        outcomes = shared_outcomes(self.before.program, self.after.program)
        one, other = sides[0], sides[-1]
        was, then = self.before.answer(one), self.after.answer(other)
        changed = np.zeros(one.batch.num_rows, bool)
        for outcome in outcomes:
            changed |= _differs(was.batch.column(outcome), then.batch.column(outcome))
        at = np.flatnonzero(changed)
        through = self._through(one.take(at), other.take(at))
        columns = [side.batch.column(outcome).take(pa.array(at)) for outcome in outcomes for side in (was, then)]
        batch = pa.RecordBatch.from_arrays([*columns, pa.array(through, _THROUGH)], schema=schema_of(outcomes))
        assert isinstance(was.tally, Tally)
        assert isinstance(then.tally, Tally)
        counts = Turned(one.batch.num_rows, len(at), before=was.tally, after=then.tally)
        for row, clauses in enumerate(through):
            for turn in _turns(outcomes, columns, row):
                counts.turns[turn] += 1
                counts.through.setdefault(turn, Counter()).update(clauses)
                counts.without[turn] += not clauses
        return Answers(batch, counts, at)

    def _through(self, one: Clean, other: Clean) -> list[list[str]]:
        """For each row the clauses whose verdict turns, and those of one side alone that are not satisfied there."""
        rows = one.batch.num_rows
        found: list[list[str]] = [[] for _ in range(rows)]
        if not rows:
            return found
        was, then = _verdicts(self.before, one), _verdicts(self.after, other)
        called = self._called
        differing = {
            now: _differs(was[called[now]], then[now]) if called.get(now) in was else _is_in_the_way(then[now])
            for now in then
        }
        marked = {now if called.get(now) in was else f"{ADDED}{now}": rows for now, rows in differing.items()}
        kept = {called[now] for now in then if now in called}
        marked |= {f"{DROPPED}{gone}": _is_in_the_way(was[gone]) for gone in was if gone not in kept}
        for clause, differs in marked.items():
            for row in np.flatnonzero(differs):
                found[int(row)].append(clause)
        return found

    @cached_property
    def _called(self) -> dict[str, str]:
        """The clauses that both sides have, under whatever numbers: what those of the second are in the first."""
        return numbers_there(self.after.program, self.before.program)


@dataclass
class Swept:
    """Counts over rows under each of several policies: how many change against the first, and their outcomes."""

    rows: int = 0
    changed: Counter[int] = field(default_factory=Counter)
    tallies: tuple[Tally, ...] = ()

    def add(self, other: Swept) -> None:
        """Take in what was counted over other rows."""
        self.rows += other.rows
        self.changed.update(other.changed)
        self.tallies = self.tallies or tuple(Tally() for _ in other.tallies)
        for mine, more in zip(self.tallies, other.tallies, strict=True):
            mine.add(more)


@dataclass(eq=False)
class Sweep:
    """The engine: rows under a policy and under each of its variants. No row is told, all are counted."""

    before: Columnar
    variants: tuple[Columnar, ...]

    def answer(self, *sides: Clean) -> Answers:
        """Nothing but the counts."""
        (rows,) = sides
        was = self.before.answer(rows)
        counts = Swept(rows.batch.num_rows)
        tallies = []
        for i, variant in enumerate(self.variants):
            then = variant.answer(rows)
            assert isinstance(then.tally, Tally)
            tallies.append(then.tally)
            differs = np.zeros(rows.batch.num_rows, bool)
            for outcome in self.before.program.outcomes:
                differs |= _differs(was.batch.column(outcome), then.batch.column(outcome))
            counts.changed[i] += int(differs.sum())
        counts.tallies = tuple(tallies)
        told = pa.RecordBatch.from_pylist([], schema_of(self.before.program.outcomes))
        return Answers(told, counts, np.zeros(0, np.int64))


def _verdicts(side: Columnar, rows: Clean) -> Mapping[str, pa.Array]:
    clauses = [c.id for c in side.program.items(side.readings)]
    told = side.told(rows, tuple((f"{VERDICT}{c}", "value") for c in clauses))
    return dict(zip(clauses, told, strict=True))


def _differs(one: pa.Array, other: pa.Array) -> np.ndarray:
    """The rows in which two columns of text say something else; null is a value as any other."""
    differing = pc.not_equal(pc.fill_null(one, OPEN), pc.fill_null(other, OPEN))
    return np.asarray(differing.to_numpy(zero_copy_only=False), bool)


def _is_in_the_way(verdicts: pa.Array) -> np.ndarray:
    """The rows in which a clause fails or is open."""
    return np.asarray(pc.is_in(pc.fill_null(verdicts, OPEN), pa.array([OPEN, "unsatisfied"])), bool)


def _turns(outcomes: tuple[str, ...], columns: list[pa.Array], row: int) -> Iterator[Turn]:
    for i, outcome in enumerate(outcomes):
        was, then = (columns[2 * i + side][row].as_py() or OPEN for side in (0, 1))
        if was != then:
            yield outcome, was, then
