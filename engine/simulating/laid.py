"""What all subjects of a policy share: the circuit of its outcomes, and how each thing stated turns its inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, TypeAlias

from guiju.compiler.ir import UNKNOWN, Cases, Program, Undefined, Value, Verdict
from guiju.engine.columnar.circuit import Circuit
from guiju.engine.columnar.comparison import Comparison
from guiju.engine.columnar.leaf import Compared, NotInColumnsError
from guiju.engine.columnar.letters import Letters, May, Shape, Stated
from guiju.engine.columnar.target import Ground, Target, ends_of
from guiju.engine.compiled.answer import table_of
from guiju.engine.layout import layout
from guiju.engine.network import Network, Node
from guiju.engine.simulating.gates import Gates
from guiju.engine.simulating.letters import letter_in

#: what is stated of a subject, by column
Said: TypeAlias = Mapping[int, Value]
Test: TypeAlias = Callable[[Said], bool]
MOST_REMEMBERED = 10_000  # combinations of numbers, of one comparison


@dataclass(frozen=True, eq=False)
class Ends:
    """Where the circuit tells of one outcome: the gates of its values, and that of whether they are all there is.

    `rules` has the row of its table that gives a value, by values that one row alone gives; `alike` are those that
    several do, None where any may be.
    """

    values: tuple[tuple[Value, int], ...]
    told: int
    rules: Mapping[Value, str]
    alike: frozenset[Value] | None

    @cached_property
    def bits(self) -> Callable[[bytearray], object]:
        """Takes from the bits of all gates those of its values."""
        return itemgetter(*(gate for _, gate in self.values))

    def tells_rule(self, value: Value) -> bool:
        """Whether it is known which row gives a value, or that none does."""
        return self.alike is not None and value not in self.alike


class Compares:
    """A comparison of several numbers: what it may come to, remembered by these."""

    def __init__(self, leaf: Compared, comparison: Comparison) -> None:
        self._slots, self._comparison = leaf.slots, comparison
        self._known: dict[tuple[Value | None, ...], frozenset[Value] | None] = {}

    def may_be(self, said: Said) -> frozenset[Value] | None:
        """What it may come to where so much is stated; None where that is not for planes to say."""
        stated = tuple(said.get(slot) for slot in self._slots)
        if stated not in self._known:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            given = {s: n for s, n in zip(self._slots, stated, strict=True) if isinstance(n, Fraction)}
            self._known[stated] = self._comparison.may_be(given)
        return self._known[stated]

    def is_left(self, said: Said) -> bool:
        """Whether it is for the evaluator to say."""
        return self.may_be(said) is None

    def may_be_of(self, letters: frozenset[Value]) -> Test:
        """Whether it may come to one of some letters."""
        return lambda said: not letters.isdisjoint(self.may_be(said) or ())


class Laid:
    """The circuit of some outcomes of a policy under some readings, for subjects of which anything may be stated.

    `ends` has the outcomes that it tells, by id; of others nothing is known here.
    """

    def __init__(self, program: Program, readings: Mapping[str, str], outcomes: tuple[str, ...]) -> None:
        ground, present = Ground(program, readings), frozenset(range(len(layout(program))))
        circuit = Circuit()
        letters = Letters(circuit, Shape(present, frozenset(), is_open=True))
        ends: dict[str, Ends] = {}
        targets: list[Target] = []
        for outcome in outcomes:
            try:
                target = ground.target(outcome, present)
            except NotInColumnsError:
                continue
            values, told = ends_of(target, ground.network, present, circuit, letters)
            rules = _rules(ground.network, ground.network.nodes[target.index], ground.known.values)
            ends[outcome] = Ends(tuple(values.items()), told, *rules)
            targets.append(target)
        self.gates = Gates(circuit, (g for e in ends.values() for g in (e.told, *dict(e.values).values())))
        place = self.gates.place
        self.ends: Mapping[str, Ends] = {
            id_: replace(e, values=tuple((v, place[g]) for v, g in e.values), told=place[e.told])
            for id_, e in ends.items()
        }
        self._tests: dict[int, Test] = {}
        self._inputs: dict[int, list[int]] = {}
        #: by column what, where it holds, leaves a subject to the evaluator, whatever the gates tell
        self.doubts: dict[int, list[Test]] = {}
        self._read(ground, targets)
        self._doubt(targets)

    def _read(self, ground: Ground, targets: list[Target]) -> None:
        """Find out how each input is read, and from which columns."""
        compares: dict[Compared, Compares] = {}
        for target in targets:
            cases = ground.cases(target.index)
            for case, leaf in target.aside.compared:
                if leaf not in compares:
                    found = compares[leaf] = Compares(leaf, Comparison(leaf, ground.network, cases[case][1]))
                    self._doubted(found.is_left, *leaf.slots)
        for name, place in self.gates.inputs.items():
            match name:
                case Stated(slot):
                    self._test(place, (slot,), _stated(slot))
                case May(Compared() as leaf, letters):
                    self._test(place, leaf.slots, compares[leaf].may_be_of(letters))
                case May(leaf, letters):
                    self._test(place, (leaf.slot,), _unless_stated(leaf.slot, letter_in(leaf, letters)))
                case _:
                    self._test(place, (), _always(holds=name == "everything"))

    def _doubt(self, targets: list[Target]) -> None:
        for slot, settling in {pair for target in targets for pair in target.doubtful.items()}:
            self._doubted(_stated_without(slot, settling), slot, *settling)
        for slot, verdict in {pair for target in targets for pair in target.decided}:
            self._doubted(_stated_otherwise(slot, verdict), slot)

    def _doubted(self, test: Test, *slots: int) -> None:
        for slot in slots:
            self.doubts.setdefault(slot, []).append(test)

    def _test(self, place: int, slots: tuple[int, ...], test: Test) -> None:
        self._tests[place] = test
        for slot in slots:
            self._inputs.setdefault(slot, []).append(place)

    def bits(self, said: Said) -> bytearray:
        """The bits of all gates for a subject."""
        return self.gates.bits({place: test(said) for place, test in self._tests.items()})

    def turned(self, said: Said, slots: Iterable[int], bits: bytearray) -> list[int]:
        """The inputs whose bits are no longer right where something else is said in some columns."""
        places = dict.fromkeys(place for slot in slots for place in self._inputs.get(slot, ()))
        return [place for place in places if self._tests[place](said) != bits[place]]


def _always(*, holds: bool) -> Test:
    return lambda _: holds


def _stated(slot: int) -> Test:
    return lambda said: slot in said


def _stated_without(slot: int, settling: frozenset[int]) -> Test:
    """Whether something is stated, and not all beside it that settles it; nothing settles what has no such things."""
    return lambda said: slot in said and not (settling and settling <= said.keys())


def _stated_otherwise(slot: int, verdict: Verdict) -> Test:
    return lambda said: said.get(slot, verdict) is not verdict


def _unless_stated(slot: int, is_letter: Callable[[Any], bool]) -> Test:
    return lambda said: slot not in said or is_letter(said[slot])


def _rules(network: Network, node: Node, blank: Sequence[Value]) -> tuple[Mapping[Value, str], frozenset[Value] | None]:
    """The rows of the table that gives a node its value, as `Ends` has them; without a table no row gives any."""
    table = table_of(network, node, blank)
    if table is None:
        return {}, frozenset()
    assert isinstance(table.subject, Cases)
    if table.subject.undecided is not None:
        return {}, None
    rows = len(table.subject.rows)
    values = [blank[o] for o in (*table.operands[1 : 2 * rows : 2], table.operands[-1])]
    if any(value is UNKNOWN for value in values):
        return {}, None
    names = [*(f"{table.address}/row{i}" for i in range(1, rows + 1)), f"{table.address}/otherwise"]
    # what is undefined may also come of a condition that is, and then no row gives it
    alike = frozenset(v for v in values if values.count(v) > 1 or isinstance(v, Undefined))
    return {v: name for v, name in zip(values, names, strict=True) if v not in alike}, alike


@lru_cache(maxsize=8)
def laid(program: Program, readings: tuple[tuple[str, str], ...], outcomes: tuple[str, ...]) -> Laid:
    """The same for as long as it is asked for: to lay it takes as long as a hundred answers of the reference."""
    return Laid(program, dict(readings), outcomes)
