"""Wide conjunctions, such as a gate that asks something of every subdomain: what most of it comes to is found once.

A score behind such a gate looks at one subdomain, and at all others only through the gate. What these come to together
is found once for all scores: `and` is associative, so one operand may stand in for several, with what their conjunction
is, while the others become true. Parts are put together two by two, and so are all but a few of them in few steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Value
from guiju.engine.kinds import Kinds
from guiju.engine.possible import INNER, Known, Relation, Trail, failures, longer
from guiju.engine.split_parts import Above
from guiju.engine.sums import UnfitError

FEW = 8  # relations that each target goes through by itself
NARROW = 2  # parts of a conjunction that are as easily gone through as found together
MOST_ROWS = 64  # ways in which conjunctions go together

#: whether each conjunction holds over some parts, with a choice of theirs that leads there
_Rows: TypeAlias = Mapping[tuple[Value, ...], Trail]


@dataclass(frozen=True)
class Seen:
    """What a target is swept over: what is known, the relations below it, and the operands that stand in for others.

    Until another target is asked for.
    """

    known: Known
    relations: tuple[Relation, ...]
    stand_ins: frozenset[int] = frozenset()


class Conjunctions:
    """How some targets look at relations: straight, or through conjunctions of many."""

    def __init__(self, known: Known, targets: Collection[int], relations: Sequence[Relation]) -> None:
        self._known, self._relations = known, tuple(relations)
        self._on = {node: number for number, relation in enumerate(relations) for node in relation.nodes}
        self._wide: _Wide | None = None
        if len(relations) > FEW and sum(len(r.nodes) for r in relations) == len(self._on):
            with suppress(UnfitError):
                self._wide = _Wide(known, targets, self._relations, self._on)

    def seen_by(self, target: int) -> Seen:
        """What to sweep one of the targets over."""
        if self._wide is not None:
            straight, through = self._looked_at(target, self._wide)
            relations = tuple([self._relations[number] for number in sorted(straight)])
            if not through:
                return Seen(self._known, relations)
            if len(self._wide.parts - straight) > NARROW:
                with suppress(UnfitError):
                    return self._wide.without(frozenset(straight), relations)
        return Seen(self._known, self._relations)

    def _looked_at(self, target: int, wide: _Wide) -> tuple[set[int], set[int]]:
        """The relations that a target looks at straight, and the wide conjunctions that it looks through."""
        nodes, values = self._known.network.nodes, self._known.values
        straight, through, seen, stack = set[int](), set[int](), set[int](), [target]
        while stack:
            index = stack.pop()
            if index in seen or values[index] is not UNKNOWN:
                continue
            seen.add(index)
            if index in self._on:
                straight.add(self._on[index])
            elif index in wide.conjunctions:
                through.add(index)
                stack.extend(wide.by_themselves[index])
            else:
                stack.extend(self._known.bearing(nodes[index]))
        return straight, through


@dataclass(frozen=True)
class _Block:
    """Some parts one after the other: what the conjunctions come to over them, and the halves that it is made of."""

    parts: frozenset[int]
    rows: _Rows
    halves: tuple[_Block, ...] = ()


class _Wide:
    """The conjunctions of what stands on many relations, which are their parts."""

    def __init__(
        self, known: Known, targets: Collection[int], relations: Sequence[Relation], on: Mapping[int, int]
    ) -> None:
        """`on`: the number of the relation of a node.

        UnfitError where there is none, or one may be undefined or stands on anything but exact relations.
        """
        self._known = known
        found = self._found(targets, on)
        above = Above(known, found, relations)
        self.conjunctions = tuple([index for index in found if index not in above.part_of])
        if not self.conjunctions:
            raise UnfitError
        numbers = [on[part.nodes[0]] for part in above.parts]
        #: of each conjunction the operands that others cannot stand in for, and the others by the part they stand on
        self.by_themselves: dict[int, list[int]] = {index: [] for index in self.conjunctions}
        self._gathered: dict[int, dict[int, list[int]]] = {index: {} for index in self.conjunctions}
        uses = Counter(o for index in self.conjunctions for o in set(self._open(index)))
        for index in self.conjunctions:
            for operand in self._open(index):
                if uses[operand] == 1 and operand in above.part_of:
                    self._gathered[index].setdefault(numbers[above.part_of[operand]], []).append(operand)
                else:
                    self.by_themselves[index].append(operand)
        self._all = self._block([_Block(frozenset((n,)), self._leaf(above, p, n)) for p, n in enumerate(numbers)])
        self._others: dict[frozenset[int], Relation] = {}
        self._values = list(known.values)
        for parts in self._gathered.values():
            for operands in parts.values():
                for operand in operands:
                    self._values[operand] = True
        self._narrowed = _Narrowed(known.network, self._values, known.standing, known.fewest, known)
        self._looked_at: list[int] = []  # of these operands those that the last target looks at

    @property
    def parts(self) -> frozenset[int]:
        """The relations that the conjunctions stand on, by number."""
        return self._all.parts

    def _found(self, targets: Collection[int], on: Mapping[int, int]) -> tuple[int, ...]:
        """The conjunctions of several open operands above the relations."""
        nodes, values = self._known.network.nodes, self._known.values
        found, seen, stack = set[int](), set[int](), list(targets)
        while stack:
            index = stack.pop()
            if index in seen or index in on or values[index] is not UNKNOWN:
                continue
            seen.add(index)
            form = nodes[index].form
            if form is not None and form.symbol == "and" and len(self._open(index)) > NARROW:
                found.add(index)
            stack.extend(self._known.bearing(nodes[index]))
        return tuple(sorted(found))

    def _open(self, index: int) -> list[int]:
        return [o for o in self._known.network.nodes[index].operands if self._known.values[o] is UNKNOWN]

    def _leaf(self, above: Above, place: int, part: int) -> _Rows:
        """What the operands come to that stand on one part alone."""
        columns = [[above.local[o] for o in self._gathered[index].get(part, ())] for index in self.conjunctions]
        if not all(isinstance(value, bool) for column in columns for values in column for value in values):
            raise UnfitError
        trails = above.parts[place].trails
        return _fewest((tuple([all(c[row] for c in cs) for cs in columns]), t) for row, t in enumerate(trails))

    def _block(self, leaves: Sequence[_Block]) -> _Block:
        if len(leaves) == 1:
            return leaves[0]
        half = len(leaves) // 2
        halves = (self._block(leaves[:half]), self._block(leaves[half:]))
        one, other = halves
        return _Block(one.parts | other.parts, self._joined(one.rows, other.rows), halves)

    def _joined(self, some: _Rows, others: _Rows) -> _Rows:
        rows = _fewest(
            (_both(left, right), longer(trail, INNER, more) if more is not None else trail)
            for (left, trail), (right, more) in product(some.items(), others.items())
        )
        if len(rows) > MOST_ROWS:
            raise UnfitError
        return rows

    def _rows_without(self, parts: frozenset[int], block: _Block) -> _Rows:
        if block.parts.isdisjoint(parts):
            return block.rows
        if not block.halves:
            return {(True,) * len(self.conjunctions): None}
        one, other = block.halves
        return self._joined(self._rows_without(parts, one), self._rows_without(parts, other))

    def without(self, straight: frozenset[int], relations: tuple[Relation, ...]) -> Seen:
        """What a target sees that looks at some parts straight, whose relations these are: until the next one is asked.

        The values of a large standard are too many to be copied for each target.
        """
        if straight not in self._others:
            self._others[straight] = self._other_than(straight)
        others = self._others[straight]
        for index in self._looked_at:
            self._values[index] = True
        seen = (o for parts in self._gathered.values() for part in straight for o in parts.get(part, ()))
        self._looked_at = [*others.nodes, *seen]
        for index in self._looked_at:
            self._values[index] = UNKNOWN
        return Seen(self._narrowed, (*relations, others), frozenset(others.nodes))

    def _other_than(self, straight: frozenset[int]) -> Relation:
        """What the conjunctions come to over the other parts, by the operand of each that stands in for these."""
        stand_ins: dict[int, int] = {}
        for place, parts in enumerate(self._gathered.values()):
            aside = next((operands[0] for part, operands in parts.items() if part not in straight), None)
            if aside is not None:
                stand_ins[aside] = place
        rows = self._rows_without(straight, self._all)
        told = _fewest((tuple([row[p] for p in stand_ins.values()]), trail) for row, trail in rows.items())
        return Relation(tuple(stand_ins), told, frozenset(), None)


@dataclass(frozen=True, eq=False)
class _Narrowed(Known):
    """What is known, but for operands of conjunctions that stand in for others or leave it to these."""

    whole: Known | None = None

    @cached_property
    def kinds(self) -> Kinds:
        """Those of the whole: an operand may come to less than what it stands in for."""
        assert self.whole is not None
        return self.whole.kinds


def _both(one: tuple[Value, ...], other: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple([a is True and b is True for a, b in zip(one, other, strict=True)])


def _fewest(ways: Iterable[tuple[tuple[Value, ...], Trail]]) -> _Rows:
    """Of several ways to the same the one in which fewest clauses fail."""
    rows: dict[tuple[Value, ...], Trail] = {}
    for values, trail in ways:
        if values not in rows or failures(trail) < failures(rows[values]):
            rows[values] = trail
    return rows
