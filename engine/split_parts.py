"""The parts below a node that share nothing, and what those nodes above come to that stand on one part alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from guiju.compiler.ir import UNKNOWN, Choice, Clause, Value
from guiju.engine.kleene import lifted
from guiju.engine.network import Node
from guiju.engine.possible import Known, Relation, Trail
from guiju.engine.sums import Term, UnfitError


@dataclass(frozen=True, eq=False)
class Part:
    """A relation, seen from those of its nodes that something looks at."""

    relation: Relation
    nodes: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]
    trails: tuple[Trail, ...]


class Above:
    """The open nodes below some targets down to relations, and what those come to that stand on one relation alone."""

    def __init__(self, known: Known, targets: Sequence[int], relations: Sequence[Relation]) -> None:
        self._known = known
        of = {node: relation for relation in relations for node in relation.nodes}
        self.targets, self.needed = targets, self._needed(targets, of)
        used: dict[int, list[int]] = {}
        for index in self.needed:
            if index in of:
                used.setdefault(id(of[index]), []).append(index)
        self.parts = tuple(self._part(of[nodes[0]], tuple(nodes)) for nodes in used.values())
        self.part_of = {index: number for number, part in enumerate(self.parts) for index in part.nodes}
        self.local: dict[int, list[Any]] = {
            index: [row[place] for row in part.rows] for part in self.parts for place, index in enumerate(part.nodes)
        }
        for index in self.needed:
            if index not in self.local:
                self._note_local(index)

    def column(self, term: Term) -> tuple[int, list[Fraction]]:
        """The part that a term stands on, and its number in each row of that."""
        if isinstance(term, int):
            return self.part_of[term], self.local[term]
        index, value = term
        return self.part_of[index], [Fraction(v == value) for v in self.local[index]]

    def meaning(self, node: Node, bearing: tuple[Any, ...]) -> Any:
        """What a node comes to, over the operands that bear on it."""
        undecided = self._known.kinds.undecided(node)
        return lifted(node, bearing if undecided is None else (*bearing, undecided))

    def _needed(self, targets: Sequence[int], of: Mapping[int, Relation]) -> list[int]:
        """The open nodes at or below the targets, operands first."""
        nodes, values = self._known.network.nodes, self._known.values
        found, stack = set[int](), list(targets)
        while stack:
            index = stack.pop()
            if index in found:
                continue
            found.add(index)
            if index in of:
                continue
            node = nodes[index]
            if isinstance(node.subject, Clause) or (node.form is None and not node.operands):
                raise UnfitError  # a clause, a fact or a reading that belongs to no part
            stack.extend(o for o in self._known.bearing(node) if values[o] is UNKNOWN)
        return sorted(found)

    def _part(self, relation: Relation, nodes: tuple[int, ...]) -> Part:
        if relation.sampled or not relation.enclosed.union(self._known.standing.held).isdisjoint(nodes):
            raise UnfitError
        rows = relation.on(nodes)
        return Part(relation, nodes, tuple(rows), tuple(rows.values()))

    def _note_local(self, index: int) -> None:
        """What a node comes to in every row of the one relation that it stands on, if it does."""
        node, values = self._known.network.nodes[index], self._known.values
        live = self._known.bearing(node)
        open_ = [o for o in live if values[o] is UNKNOWN]
        on = {self.part_of.get(o) for o in open_}
        number = on.pop() if len(on) == 1 else None
        if number is None:
            return
        if passes_on(node, live):
            self.local[index] = self.local[live[0]]
        else:
            rows = (dict(zip(open_, row, strict=True)) for row in zip(*(self.local[o] for o in open_), strict=True))
            self.local[index] = [self.meaning(node, tuple([row.get(o, values[o]) for o in live])) for row in rows]
        if UNKNOWN in self.local[index]:
            raise UnfitError
        self.part_of[index] = number


def passes_on(node: Node, live: Sequence[int]) -> bool:
    """Whether a node has the value of the one operand that it looks at: a choice that is made, or a name."""
    return len(live) == 1 and (isinstance(node.subject, Choice) or node.form is None or node.form.symbol == "reference")
