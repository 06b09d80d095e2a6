"""What a change of a fact is for: the clauses on it for which the goal is missed as long as it alone is not made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from itertools import chain, combinations

from guiju.compiler.ir import Clause, Value, Verdict
from guiju.engine.evaluate import known_from
from guiju.engine.network import met_above, users_of
from guiju.engine.reachable import Memory, possible_of
from guiju.engine.reasoning.planning.afterwards import bound_after
from guiju.engine.reasoning.planning.changes import Aim, Changes, Terms, below, is_in_place
from guiju.engine.reasoning.planning.unstated import is_taken

_HELD = (Verdict.SATISFIED, Verdict.NOT_APPLICABLE)
MOST_TRIED_TOGETHER = 6  # clauses on one fact of which every set is tried


@dataclass(frozen=True, eq=False)
class OneChange:
    """A fact among some changes, by address, with all values that follow from these together."""

    aim: Aim
    final: Sequence[Value]
    changes: Changes
    address: str

    @cached_property
    def _others(self) -> dict[str, Value]:
        return {a: planned for a, planned in self.changes.items() if a != self.address}

    @cached_property
    def _without(self) -> Sequence[Value]:
        """All values without this one change."""
        return self.aim.after(self.final, self._others, (self.address,))

    @cached_property
    def _sought(self) -> set[int]:
        return below(self.aim, (self.aim.goal,))

    def to(self, number: Fraction) -> Sequence[Value]:
        """All values where the fact is changed to some number instead."""
        return self.aim.after(self.final, {**self.changes, self.address: number}, (self.address,))

    def turning(self) -> list[int]:
        """The clauses on the fact, with no other between, that hold with it alone and that the goal hangs on."""
        nodes, fact = self.aim.network.nodes, self.aim.network.at[self.address]
        met = met_above(users_of(self.aim.network), fact, lambda i: not isinstance(nodes[i].subject, Clause))
        clauses = {i for i in met & self._sought if isinstance(nodes[i].subject, Clause) and not is_taken(nodes[i])}
        turned = frozenset(i for i in clauses if self.final[i] in _HELD and self._without[i] != self.final[i])
        reaches = cache(self._reaches)
        return [clause for clause in sorted(turned) if _hangs_on(reaches, clause, turned - {clause})]

    def _reaches(self, left: frozenset[int]) -> bool:
        """Whether the goal is reached with the change, but some clauses `left` as they are without it."""
        nodes, users, again = self.aim.network.nodes, users_of(self.aim.network), list(self.final)
        seen = {u for c in left for u in (c, *users.get(c, ())) if u in left or is_taken(nodes[u])}
        for index in seen:
            again[index] = self._without[index]
        above = set[int]().union(*(met_above(users, index) for index in seen)) & self._sought
        for index in sorted(above - seen):
            again[index] = self.aim.value_of(nodes[index], again, self.changes)
        return again[self.aim.goal] is True

    def not_held_anyway(self, clauses: Collection[int]) -> list[int]:
        """Those of some clauses that can come to something else than with the change, by some completion without it."""
        if not clauses:
            return []
        memory: Memory = {}
        known = known_from(bound_after(self.aim, self._others), self.aim.assessment.readings, memory)
        return [c for c in clauses if possible_of(known, c, memory).values != (self.final[c],)]

    def waiting(self, terms: Terms) -> Iterator[int]:
        """The clauses that are changed themselves, and need first what the change puts in place."""
        nodes, at = self.aim.network.nodes, self.aim.network.at
        fact = at[self.address]
        for later in self.changes:
            first = [at[a] for a in terms.first.get(later, ()) if a in at and not is_in_place(self._without[at[a]])]
            if isinstance(nodes[at[later]].subject, Clause) and fact in below(self.aim, first):
                yield at[later]


def _hangs_on(reaches: Callable[[frozenset[int]], bool], clause: int, others: frozenset[int]) -> bool:
    """Whether the goal is reached with one clause and missed without it, some of the others being left as they were.

    Of more than a few others not all sets are tried: as many are left as can be.
    """
    if len(others) < MOST_TRIED_TOGETHER:
        sets = chain.from_iterable(combinations(sorted(others), number) for number in range(len(others) + 1))
        return any(reaches(frozenset(left)) and not reaches(frozenset((*left, clause))) for left in sets)
    left = frozenset[int]()
    for other in sorted(others):
        if reaches(more := left | {other}):
            left = more
    return not reaches(left | {clause})


def served(change: OneChange, terms: Terms, numbers: Sequence[Fraction]) -> tuple[str, ...]:
    """The clauses that a change is for, by address; of no fact there are none.

    Each of these holds with all the `numbers` that would do as well, and not in every completion without the change;
    the goal hangs on it, be some of the others on the fact as they are without it. Or it is changed itself, and needs
    first what is not in place without.
    """
    if not change.address.startswith("fact:"):
        return ()
    turning = change.turning()
    instead = [change.to(number) for number in numbers] if turning else []
    holding = [clause for clause in turning if all(values[clause] in _HELD for values in instead)]
    found = {*change.waiting(terms), *change.not_held_anyway(holding)}
    return tuple(change.aim.network.nodes[i].address for i in sorted(found))
