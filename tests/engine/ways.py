"""The ways to an answer beside one another: the reference, the compiled function, and columns.

What each of them tells of a row is put into one form (`Told`), so that a difference is a line of text that names the
row, the node and both answers. Nothing here asks one way for what another one says. Where the reference gives up and
encloses a set, another way may have it exactly: that is no difference as long as the enclosure holds it, and is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any, NamedTuple

import pyarrow as pa

from guiju.compiler.ir import UNKNOWN, Program, Value
from guiju.engine.columnar.alone import Alone, RowByRow
from guiju.engine.columnar.answers import PARTS
from guiju.engine.columnar.laid import VERDICT
from guiju.engine.columnar.plan import Plan
from guiju.engine.compiled.answer import Answer, Outcome, rule_of
from guiju.engine.compiled.compiled import MOST_REMEMBERED, Compiled
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.layout import layout
from guiju.engine.network import network_of
from guiju.engine.possible import Known, Possible
from guiju.engine.reachable import Memory, possible_of
from guiju.engine.rows import bind_row
from tests.engine.tables import rows_in, table_of


class FewAlone(Plan):
    """A plan that answers so many of the rows that its planes leave, None all; `unanswered` are the others of them."""

    def __init__(self, program: Program, readings: Mapping[str, str], again: int | None) -> None:
        super().__init__(program, program.defaults | dict(readings))
        self.again, self.left, self.unanswered = again, set[str](), set[str]()

    def alone(self, addresses: tuple[str, ...]) -> RowByRow:
        """Who answers so many rows and no more."""
        return _FewByRow(self, addresses)


class _FewByRow(RowByRow):
    def __init__(self, plan: FewAlone, addresses: tuple[str, ...]) -> None:
        super().__init__(plan.program, plan.readings, addresses, plan.memory)
        self._plan = plan

    def answer(self, row: Sequence[object]) -> Alone:
        self._plan.left.add(repr(row))
        if self._plan.again == 0:
            self._plan.unanswered.add(repr(row))
            return Alone({}, ())
        if self._plan.again is not None:
            self._plan.again -= 1
        return super().answer(row)


class Told(NamedTuple):
    """What is told of a node of a row, as texts. `ends` are the least and the greatest of what is reachable."""

    value: str | None
    ends: tuple[str, str] | None
    reachable: frozenset[str]
    exact: bool


#: what is told of the nodes of a row; None where the row is out of type
Row = Mapping[str, Told] | None


class Columns:
    """What columns tell of some nodes of the rows of a table, in all their parts."""

    def __init__(
        self, plan: FewAlone, batch: pa.RecordBatch, odd: Mapping[int, Mapping[int, object]], nodes: Sequence[str]
    ) -> None:
        self.plan, self._nodes = plan, nodes
        self._answered = plan.evaluate(batch, [(a, part) for a in nodes for part in PARTS], odd)
        lists: list[list[Any]] = [column.to_pylist() for column in self._answered.batch.columns]
        self._columns = dict(zip(product(nodes, PARTS), lists, strict=True))

    def row(self, row: int) -> Row:
        """What is told of one row."""
        return None if row in self._answered.rejected else {a: self._told(a, row) for a in self._nodes}

    def _told(self, address: str, row: int) -> Told:
        value, lower, upper, reached, exact = (self._columns[address, part][row] for part in PARTS[:-1])
        ends = None if lower is None else (str(lower), str(upper))
        return Told(None if value is None else str(value), ends, frozenset(reached), bool(exact))

    def wrong_numerators(self) -> Iterator[str]:
        """The rows whose numerator over the denominator is not their value."""
        for address in self._nodes:
            metadata = self._answered.batch.schema.field(f"{address}.numerator").metadata or {}
            denominator = int(metadata.get(b"denominator", b"1"))
            both = zip(self._columns[address, "value"], self._columns[address, "numerator"], strict=True)
            for i, (value, numerator) in enumerate(both):
                if numerator is not None and Fraction(str(value)) != Fraction(int(str(numerator)), denominator):
                    yield f"row {i}, {address}: {value}, but {numerator} / {denominator}"


@dataclass(eq=False)
class Ways:
    """A program under some readings, and what is asked of its rows: definitions, and clauses beside them.

    `rules` of a definition are compared as well, for the reference and the compiled function tell them both.
    """

    program: Program
    readings: Mapping[str, str]
    definitions: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    together: bool = False  # whether columns are asked for all nodes at once: what one leaves hides the others
    again: int | None = (
        None  # so many of the rows that code, or columns, leave to the reference are asked for; None: all
    )
    decided: int = 0  # rows that code decided
    alone: int = 0  # rows that columns left to be answered one by one, for one of the nodes at least
    settled_alone: int = 0  # rows that columns left to be settled one by one, for one of the verdicts at least
    sharper: int = 0  # sets that another way proves where the reference only encloses them
    _memory: Memory = field(default_factory=dict, repr=False)

    def differences(self, rows: Sequence[Sequence[object]]) -> Iterator[str]:
        """Where the ways part, a line for each; nothing where they agree."""
        batch, odd = table_of(self.program, rows)
        told = [self.by_reference(row) for row in rows_in(self.program, batch, odd)]
        function = Compiled(self.program, self.readings, tuple(range(len(layout(self.program)))), self.definitions)
        given = rows_in(self.program, batch, odd)
        for row, (reference, assessment) in zip(given, told, strict=True):
            if (answer := self._compiled(function, row)) is not None:
                yield from self._different_compiled(row, reference, assessment, answer)
        left: set[str] = set()
        for addresses in [self._addresses] if self.together else [(a,) for a in self._addresses]:
            columns = Columns(FewAlone(self.program, self.readings, self.again), batch, odd, addresses)
            for i, (row, (reference, _)) in enumerate(zip(given, told, strict=True)):
                if repr(row) not in columns.plan.unanswered:
                    yield from self._different("in columns", row, reference, columns.row(i), addresses)
            yield from columns.wrong_numerators()
            left |= columns.plan.left
        self.alone += len(left)
        yield from self._different_verdicts(batch, odd, told)

    def _different_verdicts(
        self,
        batch: pa.RecordBatch,
        odd: Mapping[int, Mapping[int, object]],
        told: Sequence[tuple[Row, Assessment | None]],
    ) -> Iterator[str]:
        """Where the verdict of a clause, which is not what completions leave of it, is another one in columns."""
        rows = rows_in(self.program, batch, odd)
        clauses = tuple(c.id for c in self.program.clauses)
        plan = FewAlone(self.program, self.readings, self.again)
        answered = plan.evaluate(batch, [(f"{VERDICT}{c}", "value") for c in clauses], odd)
        columns = dict(zip(clauses, (column.to_pylist() for column in answered.batch.columns), strict=True))
        self.settled_alone += len(plan.left)
        for i, (row, (_, assessment)) in enumerate(zip(rows, told, strict=True)):
            if assessment is None or repr(row) in plan.unanswered:
                continue
            for clause in clauses:
                verdict = assessment.clauses[clause].verdict
                expected = None if verdict is UNKNOWN else str(verdict)
                if columns[clause][i] != expected:
                    yield f"{row}, verdict of {clause}: {expected} by the reference, {columns[clause][i]} in columns"

    def _compiled(self, function: Compiled, row: Sequence[object]) -> Answer | None:
        """The compiled function's answer; None where it would ask the reference, and that often enough before."""
        answer = function.by_code(row)
        if answer is not None:
            self.decided += 1
            return answer
        if self.again is not None:
            if self.again == 0:
                return None
            self.again -= 1
        return function.by_reference(row)

    def _different_compiled(
        self, row: Sequence[object], reference: Row, assessment: Assessment | None, answer: Answer
    ) -> Iterator[str]:
        by_function = None if answer.outcomes is None else {a: self._of_outcome(answer[a]) for a in self.definitions}
        yield from self._different("compiled", row, reference, by_function, self.definitions)
        if reference is None or assessment is None or answer.outcomes is None:
            return
        known = assessment.known
        said = {a: answer[a].rule for a in self.definitions if reference[a].exact}
        rules = {a: self._rule(known, known.network.at[a]) if reference[a].value is not None else None for a in said}
        if said != rules:
            yield f"{row}: rows of tables {rules} by the reference, {said} compiled"

    @property
    def _addresses(self) -> tuple[str, ...]:
        return (*self.definitions, *self.clauses)

    def _different(
        self, way: str, row: Sequence[object], reference: Row, other: Row, addresses: Sequence[str]
    ) -> Iterator[str]:
        if reference is None or other is None:
            if reference is not other:
                yield f"{row} is out of type by one way alone: {reference} by the reference, {other} {way}"
            return
        for address in addresses:
            if _is_sharper(other[address], reference[address]):
                self.sharper += 1
            elif reference[address] != other[address]:
                yield f"{row}, {address}: {reference[address]} by the reference, {other[address]} {way}"

    # --- the reference -------------------------------------------------------------------------------------------

    def by_reference(self, row: Sequence[object]) -> tuple[Row, Assessment | None]:
        """What binding a row and evaluating it gives."""
        bound, found = bind_row(self.program, row, "row")
        if any(d.is_error for d in found):
            return None, None
        if len(self._memory) > MOST_REMEMBERED:
            self._memory.clear()
        assessment = evaluate(bound, self.readings, memory=self._memory)
        possible = {a: self._of_node(assessment, a) for a in self._addresses}
        return {a: self._of_possible(p) for a, p in possible.items()}, assessment

    def _of_node(self, assessment: Assessment, address: str) -> Possible:
        """What an assessment says of a node; of one that nothing shown looks at, what it can be by itself."""
        try:
            return assessment.possible(address)
        except KeyError:
            return possible_of(assessment.known, assessment.network.at[address], self._memory)

    def _rule(self, known: Known, index: int) -> str | None:
        """The row of a table that holds in every completion, and those before it in none."""

        def in_all(node: int) -> Value:
            found = possible_of(known, node, self._memory).values
            return found[0] if len(found) == 1 else UNKNOWN

        return rule_of(known.network, known.network.nodes[index], known.values, in_all)

    def _of_possible(self, possible: Possible) -> Told:
        value = str(possible.values[0]) if _is_one(possible) else None
        return Told(value, self._ends(possible.values), frozenset(map(str, possible.values)), possible.exact)

    def _ends(self, values: Sequence[Value]) -> tuple[str, str] | None:
        """The least and the greatest of levels or of numbers; None where one of them is neither."""
        levels = ["none", *(level.id for level in self.program.levels)]
        numbers = [v for v in values if isinstance(v, Fraction)]
        places = [levels.index(v) for v in values if isinstance(v, str) and v in levels]
        if not values or len(numbers) + len(places) != len(values):
            return None
        if not numbers:
            return levels[min(places)], levels[max(places)]
        return (str(min(numbers)), str(max(numbers))) if not places else None

    # --- the others ----------------------------------------------------------------------------------------------

    @staticmethod
    def _of_outcome(outcome: Outcome) -> Told:
        is_one = outcome.exact and len(outcome.reachable) == 1
        ends = None if outcome.lower is None else (str(outcome.lower), str(outcome.upper))
        value = str(outcome.value) if is_one else None
        return Told(value, ends, frozenset(map(str, outcome.reachable)), outcome.exact)


def _is_sharper(other: Told, reference: Told) -> bool:
    """Whether a set is proved of which the reference says only that it holds no less, as `docs/semantics.md` allows."""
    return other.exact and not reference.exact and frozenset() < other.reachable <= reference.reachable


def _is_one(possible: Possible) -> bool:
    return possible.exact and len(possible.values) == 1


def drawn_ways(program: Program, random: Random) -> Ways:
    """The outcomes of a program under some of its readings, a score beside them, and a clause."""
    readings = {reading.id: random.choice(reading.options).id for reading in program.readings}
    shown = [d.id for d in program.definitions if d.shown and d.kind != "let"]
    definitions = dict.fromkeys((*program.outcomes, *random.sample(shown, min(1, len(shown)))))
    network = network_of(program)
    clauses = [a for c in program.clauses if (a := f"clause:{c.id}") in network.at]
    beside = tuple(random.sample(clauses, min(1, len(clauses))))
    return Ways(program, readings, tuple(definitions), beside, together=random.random() < 0.2)
