"""Comparisons of tallies whose open clauses nothing else looks at: which of them hold together, kind by kind of clause.

Clauses that the same tallies count are interchangeable: all that matters of them is how many are satisfied. Of a tally
all that matters, once its comparisons with known values can turn no more, is which way they went. So a tally of a
thousand clauses against `= 100%` leaves two states and not a thousand, and a sweep needs no step for each clause.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Cases, Clause, Operation, Ref, Tally, Value, Verdict
from guiju.compiler.operators import COMPARISONS, Function
from guiju.engine.meaning import tallied_value
from guiju.engine.network import Node, live_operands
from guiju.engine.possible import INNER, Known, Possible, Relation, Trail, failures, longer
from guiju.engine.verdicts import EITHER

#: how many clauses of each tally are satisfied, or a number that every comparison of it takes alike from here on
_State: TypeAlias = tuple[int, ...]


def tallied(
    known: Known, targets: Sequence[int], relations: Sequence[Relation], most: int
) -> tuple[dict[int, Possible], tuple[Relation, ...]]:
    """What the clauses and tallies can be that a sweep need not go through, and relations in their place.

    What takes more than `most` moves from state to state is left to the sweep.
    """
    counted = counted_apart(known, targets, relations, most)
    found = {index: possible for one in counted for index, possible in one.found.items()}
    return found, tuple(one.relation for one in counted)


@dataclass(frozen=True, eq=False)
class Counted:
    """Comparisons of tallies with the clauses behind them: how they go together, and what each of these can be."""

    known: Known
    several: tuple[_Tallied, ...]
    relation: Relation

    @cached_property
    def found(self) -> dict[int, Possible]:
        """What the clauses, the tallies and what passes them on can be."""
        found = _Kind(self.known, tuple(_counting(self.several))).found
        for one in self.several:
            found |= one.found
        return found

    def under(self) -> Iterator[tuple[Sequence[int], Verdict, frozenset[tuple[Value, ...]]]]:
        """Interchangeable clauses and a verdict, with the rows that can be where any one of them has it."""
        kinds = _kinds(self.several)
        for by, clauses in kinds.items():
            for verdict, least, most in (
                (Verdict.SATISFIED, 1, len(clauses)),
                (Verdict.UNSATISFIED, 0, len(clauses) - 1),
            ):
                rows = _rows(self.known, self.several, kinds, None, {by: (least, most)})
                assert rows is not None
                yield clauses, verdict, frozenset(rows)


def counted_apart(
    known: Known, targets: Sequence[int], relations: Sequence[Relation], most: int
) -> tuple[Counted, ...]:
    """The tallies that a sweep need not go through, in groups that share no clause; none that takes too many moves."""
    groups = ((several, _together(known, several, most)) for several in _apart(known, targets, relations))
    return tuple(Counted(known, several, relation) for several, relation in groups if relation is not None)


@dataclass(frozen=True, eq=False)
class _Tallied:
    """An open tally: its open clauses in order, what passes it on, and what compares it with known values."""

    known: Known
    node: Node
    clauses: tuple[int, ...]
    passing: tuple[int, ...]
    comparisons: tuple[Node, ...]

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """What it comes to if none, one, … all of its open clauses are satisfied."""
        subject, given = self.node.subject, [self.known.values[o] for o in self.node.operands]
        assert isinstance(subject, Tally)
        satisfied, unsatisfied = given.count(Verdict.SATISFIED), given.count(Verdict.UNSATISFIED)
        number = len(self.clauses)
        return tuple(
            tallied_value(subject, satisfied + more, unsatisfied + number - more) for more in range(number + 1)
        )

    @cached_property
    def compared(self) -> tuple[tuple[Value, ...], ...]:
        """And what its comparisons come to then."""
        return tuple(tuple(self._compared(node, value) for node in self.comparisons) for value in self.values)

    def _compared(self, node: Node, value: Value) -> Value:
        assert isinstance(node.form, Function)
        mine = (self.node.index, *self.passing)
        return node.form.apply(*(value if o in mine else self.known.values[o] for o in node.operands))

    @cached_property
    def _runs(self) -> tuple[tuple[int, int], ...]:
        """For each number of satisfied clauses the first and the last one between which no comparison turns."""
        turns = [0, *(n for n, (a, b) in enumerate(pairwise(self.compared), 1) if a != b), len(self.compared)]
        return tuple((start, stop - 1) for start, stop in pairwise(turns) for _ in range(start, stop))

    def state(self, satisfied: int, open_: int) -> int:
        """A number that stands for so many satisfied clauses where so many are still to come."""
        first, last = self._runs[satisfied]
        return first if satisfied + open_ <= last else satisfied

    @property
    def found(self) -> dict[int, Possible]:
        """What it can be, and what passes it on."""
        kind = _Kind(self.known, self.clauses)
        trails: dict[Value, Trail] = {}
        for satisfied in range(len(self.clauses), -1, -1):  # of several ways the one in which fewest clauses fail
            value = self.values[satisfied]
            if value not in trails:
                trails[value] = kind.trail(None, satisfied)
        possible = Possible(tuple(trails), True, tuple(trails.values()))
        return dict.fromkeys((self.node.index, *self.passing), possible)


@dataclass(frozen=True, eq=False)
class _Kind:
    """Interchangeable clauses. Of so many satisfied ones the witness takes the first."""

    known: Known
    clauses: Sequence[int]

    @cached_property
    def _satisfied(self) -> list[Trail]:
        trails: list[Trail] = [None]
        for index in self.clauses:
            trails.append(longer(trails[-1], self._address(index), Verdict.SATISFIED))
        return trails

    @cached_property
    def _unsatisfied(self) -> list[Trail]:
        trails: list[Trail] = [None]
        for index in reversed(self.clauses):
            trails.append(longer(trails[-1], self._address(index), Verdict.UNSATISFIED))
        return trails[::-1]

    def _address(self, index: int) -> str:
        return self.known.network.nodes[index].address

    def trail(self, before: Trail, satisfied: int) -> Trail:
        """A trail with the first clauses satisfied and the others not."""
        return longer(longer(before, INNER, self._satisfied[satisfied]), INNER, self._unsatisfied[satisfied])

    @property
    def found(self) -> dict[int, Possible]:
        """What each of the clauses can be."""
        return {index: Possible(EITHER, True, self._either(index)) for index in self.clauses}

    def _either(self, index: int) -> tuple[Trail, ...]:
        return tuple([longer(None, self._address(index), verdict) for verdict in EITHER])


def _together(known: Known, several: Sequence[_Tallied], most: int) -> Relation | None:
    """How the comparisons of some tallies go together; None where that takes too many states."""
    rows = _rows(known, several, _kinds(several), most, {})
    if rows is None:
        return None
    nodes = tuple(node.index for t in several for node in t.comparisons)
    return Relation(nodes, rows, frozenset(), min(_position(known, clause) for clause in _counting(several)))


#: which tallies count some clauses, which are interchangeable then
_Kinds: TypeAlias = dict[tuple[int, ...], list[int]]


def _kinds(several: Sequence[_Tallied]) -> _Kinds:
    kinds: _Kinds = {}
    for clause, by in sorted(_counting(several).items()):
        kinds.setdefault(by, []).append(clause)
    return kinds


def _rows(
    known: Known,
    several: Sequence[_Tallied],
    kinds: _Kinds,
    most: int | None,
    bounds: Mapping[tuple[int, ...], tuple[int, int]],
) -> dict[tuple[Value, ...], Trail] | None:
    """What the comparisons can come to together; `bounds`: how many clauses of a kind are satisfied, if not any number.

    None where that takes more than `most` moves.
    """
    open_ = [len(t.clauses) for t in several]
    states: dict[_State, Trail] = {(0,) * len(several): None}
    for by, clauses in kinds.items():
        if most is not None and len(states) * len(clauses) > most:
            return None
        for t in by:
            open_[t] -= len(clauses)
        left = tuple((t, several[t], open_[t]) for t in by)
        numbers = bounds.get(by, (0, len(clauses)))
        states = _advance(states, _Kind(known, clauses), left, numbers, fewest=known.fewest)
    rows: dict[tuple[Value, ...], Trail] = {}
    for state, trail in states.items():
        row = tuple([value for t, n in zip(several, state, strict=True) for value in t.compared[n]])
        if row not in rows or (known.fewest and failures(trail) < failures(rows[row])):
            rows[row] = trail
    return rows


def _position(known: Known, index: int) -> int:
    subject = known.network.nodes[index].subject
    assert isinstance(subject, Clause)
    return known.network.clause_position[subject.id]


def _advance(
    states: dict[_State, Trail],
    kind: _Kind,
    left: Sequence[tuple[int, _Tallied, int]],
    numbers: tuple[int, int],
    *,
    fewest: bool,
) -> dict[_State, Trail]:
    """The states once clauses of one kind are decided; `left`: whose these are, and how many are open behind them.

    `numbers`: how many of them are satisfied at least, and at most.
    """
    after: dict[_State, Trail] = {}
    least, most = numbers
    for state, trail in states.items():
        for satisfied in range(most, least - 1, -1):
            now = list(state)
            for t, one, open_ in left:
                now[t] = one.state(state[t] + satisfied, open_)
            key = tuple(now)
            if key not in after:
                after[key] = kind.trail(trail, satisfied)
            elif fewest:
                after[key] = min(after[key], kind.trail(trail, satisfied), key=failures)
    return after


def _counting(several: Sequence[_Tallied]) -> dict[int, tuple[int, ...]]:
    """Which of the tallies count each clause."""
    counting: dict[int, tuple[int, ...]] = {}
    for n, one in enumerate(several):
        for clause in one.clauses:
            counting[clause] = (*counting.get(clause, ()), n)
    return counting


# --- which they are ----------------------------------------------------------------------------------------------


def _apart(known: Known, targets: Sequence[int], relations: Sequence[Relation]) -> tuple[tuple[_Tallied, ...], ...]:
    """The tallies that a sweep need not go through; those that share clauses stand together."""
    values = known.values
    before = {n for relation in relations for n in relation.nodes}
    nodes = _needed(known, targets, before)
    users: dict[int, list[Node]] = {}
    for node in nodes:
        for operand in node.operands:
            if values[operand] is UNKNOWN:
                users.setdefault(operand, []).append(node)
    shown = {*targets, *before, *known.standing.held, *(o for one in known.standing.attested for o in one.operands)}
    candidates = {node.index: one for node in nodes if (one := _tallied_at(known, node, users, shown))}
    while True:
        clauses = {c for one in candidates.values() for c in one.clauses}
        shared = {c for c in clauses if not _is_plain(c, users, candidates, shown)}
        kept = {index: one for index, one in candidates.items() if shared.isdisjoint(one.clauses)}
        if len(kept) == len(candidates):
            return _sharing(tuple(kept.values()))
        candidates = kept


def _needed(known: Known, targets: Sequence[int], before: Container[int]) -> list[Node]:
    """The open nodes below some targets; none where a gate is lifted.

    What that would be while it is undecided is not looked at by every sweep.
    """
    nodes, found, stack = known.network.nodes, dict[int, Node](), list(targets)
    while stack:
        index = stack.pop()
        node = nodes[index]
        if known.values[index] is not UNKNOWN or index in found:
            continue
        if isinstance(node.subject, Cases) and node.subject.undecided is not None:
            return []
        found[index] = node
        if index not in before:
            stack.extend(live_operands(node, known.values))
    return [found[index] for index in sorted(found)]


def _tallied_at(known: Known, node: Node, users: dict[int, list[Node]], shown: set[int]) -> _Tallied | None:
    """The tally of a node, if all its open operands are clauses to be attested, and all that looks at it compares."""
    if not isinstance(node.subject, Tally) or len({*node.operands}) < len(node.operands):
        return None
    clauses = tuple(sorted(o for o in node.operands if known.values[o] is UNKNOWN))
    passing, comparisons, stack = list[int](), list[Node](), [node.index]
    while stack:
        index = stack.pop()
        for user in users.get(index, ()):
            if isinstance(user.subject, Ref):
                passing.append(user.index)
                stack.append(user.index)
            elif _compares(known, user):
                comparisons.append(user)
            else:
                return None
    mine = {node.index, *passing}
    is_apart = all(_is_attested(known, c) for c in clauses) and shown.isdisjoint(mine)
    return _Tallied(known, node, clauses, tuple(passing), tuple(comparisons)) if is_apart and comparisons else None


def _compares(known: Known, node: Node) -> bool:
    """Whether a node compares one open operand with what is known."""
    is_comparison = isinstance(node.subject, Operation) and node.subject.operator in COMPARISONS
    return is_comparison and sum(known.values[o] is UNKNOWN for o in node.operands) == 1


def _is_attested(known: Known, index: int) -> bool:
    """Whether an open node is a clause that people decide, either way."""
    node = known.network.nodes[index]
    ways = known.standing.contested.get(index, EITHER)
    return isinstance(node.subject, Clause) and not node.operands and {*ways} == {*EITHER}


def _is_plain(clause: int, users: dict[int, list[Node]], candidates: dict[int, _Tallied], shown: set[int]) -> bool:
    """Whether nothing but tallies of this sort looks at a clause."""
    return clause not in shown and all(user.index in candidates for user in users.get(clause, ()))


def _sharing(several: tuple[_Tallied, ...]) -> tuple[tuple[_Tallied, ...], ...]:
    """The tallies in groups that have no clause in common."""
    groups: list[tuple[set[int], tuple[_Tallied, ...]]] = []
    for one in several:
        clauses = {*one.clauses}
        members: tuple[_Tallied, ...] = (one,)
        apart = []
        for others, group in groups:
            if clauses.isdisjoint(others):
                apart.append((others, group))
            else:
                clauses, members = clauses | others, (*group, *members)
        groups = [*apart, (clauses, members)]
    return tuple(members for _, members in groups)
