"""The fewest failed clauses that keep a condition from holding, whatever becomes of everything else.

Some clauses *suffice* if the condition holds in no completion in which they stay unsatisfied, be every other failed
clause satisfied or not. One clause is looked for in the order of the text. Several are the clauses that fail in the
cheapest completion without the condition: the sweep, told to keep of several ways the one with the fewest failures,
finds it as a shortest path. It is a lower bound whatever the policy asks for, so once it is seen to suffice there is
nothing smaller. Where it does not, as where a standard asks for *exactly* so many, few clauses are tried one set after
the other, and of many those are left out that are not needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, combinations, islice
from math import comb

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, Reading, Tally, Value, Verdict
from guiju.engine.evaluate import Assessment, settle_nodes
from guiju.engine.network import Item, Network, Node, live_operands, open_below, users_of
from guiju.engine.possible import Known, Possible, Standing
from guiju.engine.reachable import Memory, reachable, relift
from guiju.engine.reasoning.relevance import narrowed, takes_part
from guiju.engine.rising import rises
from guiju.engine.verdicts import EITHER

MOST_TRIED = 200  # sets of clauses, where no other way is left
TRIED_BUDGET = 4_000  # combinations of each try


class Obstacles:
    """The failed clauses below one condition that is surely false, and which of them suffice to keep it false."""

    def __init__(self, assessment: Assessment, condition: int) -> None:
        self._assessment, self._network, self._condition = assessment, assessment.network, condition
        self.tallies = tuple(_tallies(assessment, condition))
        self._memory: Memory = {}
        self._known: dict[frozenset[int], bool] = {}

    @cached_property
    def failed(self) -> tuple[int, ...]:
        """The unsatisfied clauses that scores below the condition count, in the order of the text."""
        position, nodes = self._network.clause_position, self._network.nodes
        found = {leaf for tally in self.tallies for leaf in leaves_of(self._network, tally)}
        failed = (i for i in found if self._assessment.values[i] is Verdict.UNSATISFIED)
        return tuple(sorted(failed, key=lambda i: position[_clause(nodes[i]).id]))

    @cached_property
    def fewest(self) -> tuple[int, ...]:
        """The fewest of them that suffice; of equally many those of the fewest groups, then those that come first."""
        for few in chain([()], ((one,) for one in self.failed)):
            if self.suffice(few):
                return few
        cheapest = self._cheapest()
        if cheapest is not None and self.suffice(cheapest):
            return min(self._as_few(len(cheapest)), key=self._groups, default=cheapest)
        sets = (s for size in range(2, len(self.failed)) for s in combinations(self.failed, size))
        for several in islice(sets, MOST_TRIED):
            if self.suffice(several):
                return several
        return self._needed()

    def suffice(self, clauses: Iterable[int]) -> bool:
        """Whether the condition is false in every completion in which these clauses fail."""
        kept = frozenset(clauses)
        if kept not in self._known:
            self._known[kept] = not self._is_refuted(kept) and self._is_false_with(kept)
        return self._known[kept]

    def world(self, clauses: Iterable[int]) -> list[Value]:
        """All values where these clauses fail, and nothing else that may be satisfied does."""
        kept = set(clauses)
        changed: dict[int, Value] = dict.fromkeys((i for i in self.failed if i in kept), Verdict.UNSATISFIED)
        return self._changed(self._best, changed)

    def with_open(self, clauses: Iterable[int]) -> list[Value]:
        """All values where the verdicts of these clauses are not known, and nothing else is otherwise."""
        return self._changed(self._values, dict.fromkeys(clauses, UNKNOWN))

    def best(self) -> list[Value]:
        """All values where every clause is satisfied that may be, with what all completions then agree on."""
        network, best = self._network, self.world(())
        freed = self.with_open(self.failed)
        if freed[self._condition] is not UNKNOWN:
            return best
        found = self._reachable_with(freed, self.failed)
        agreed = narrowed(network, freed, found, (self._condition,))
        return relift(network, best, {i: v for i, v in enumerate(agreed) if best[i] is UNKNOWN and v is not UNKNOWN})

    def _changed(self, values: Sequence[Value], changed: dict[int, Value]) -> list[Value]:
        """The values with some clauses changed: what stands on them is worked out again, clauses over clauses, too."""
        network, bound, readings = self._network, self._assessment.bound, self._assessment.readings
        again = list(values)
        users = users_of(network)
        waiting: set[int] = set()
        for index, value in changed.items():
            again[index] = value
            waiting.update(users.get(index, ()))
        while waiting:
            index = min(waiting)
            waiting.remove(index)
            if index in changed:
                continue
            before = again[index]
            settle_nodes((network.nodes[index],), network, bound, readings, (again, {}))
            if again[index] != before:
                waiting.update(users.get(index, ()))
        return again

    # --- trying ------------------------------------------------------------------------------------------------------

    @cached_property
    def _best(self) -> list[Value]:
        """All values where every clause is satisfied that is not, and may be."""
        values = self.with_open(self.failed)
        free = dict.fromkeys(self.failed, Verdict.SATISFIED)
        return relift(self._network, values, free | dict.fromkeys(self._open_clauses, Verdict.SATISFIED))

    @cached_property
    def _open_clauses(self) -> tuple[int, ...]:
        nodes = self._network.nodes
        return tuple(n.index for n in nodes if isinstance(n.subject, Clause) and self._values[n.index] is UNKNOWN)

    @property
    def _values(self) -> Sequence[Value]:
        return self._assessment.values

    @cached_property
    def _is_best_a_completion(self) -> bool:
        """Whether all open clauses can be satisfied together: surely where no open fact lies below two of them.

        What lies below an attested clause, too, is not free.
        """
        asked = (o for one in self._assessment.known.standing.attested for o in one.operands)
        seen = open_below(self._network, self._values, asked)
        for clause in self._open_clauses:
            below = open_below(self._network, self._values, (clause,)) - {clause}
            if below & seen or (below and Verdict.SATISFIED not in self._possible(clause)):
                return False
            seen |= below
        return True

    @cached_property
    def _rises(self) -> bool:
        """Whether there is nothing better than the best case: then no sweep is needed to see what suffices."""
        if any(not set(self._possible(clause)) <= set(EITHER) for clause in self._open_clauses):
            return False
        clauses = {*self.failed, *self._open_clauses}
        return rises(self._network, self.with_open(self.failed), self._condition, clauses)

    def _possible(self, clause: int) -> tuple[Value, ...]:
        possible = self._assessment.open.get(clause)
        return possible.values if possible else EITHER

    def _is_refuted(self, kept: frozenset[int]) -> bool:
        """Whether the condition holds where nothing but these clauses fails."""
        return self._is_best_a_completion and self.world(kept)[self._condition] is True

    def _is_false_with(self, kept: frozenset[int]) -> bool:
        free = tuple(i for i in self.failed if i not in kept)
        values = self.with_open(free)
        if values[self._condition] is not UNKNOWN:
            return values[self._condition] is not True
        if self._rises and self.world(kept)[self._condition] is False:
            return True
        return True not in self._reachable_with(values, free)[self._condition].values

    def _reachable_with(self, values: Sequence[Value], free: tuple[int, ...]) -> dict[int, Possible]:
        known = Known(self._network, values, self._standing(free))
        return reachable(known, (self._condition,), self._memory, TRIED_BUDGET)

    def _standing(self, free: tuple[int, ...]) -> Standing:
        """The freed clauses may come to either verdict, whatever their facts say."""
        standing = self._assessment.known.standing
        attested = tuple(one for one in standing.attested if one.index not in free)
        contested = {**standing.contested, **dict.fromkeys(free, EITHER)}
        return replace(standing, contested=contested, beyond_facts=standing.beyond_facts | set(free), attested=attested)

    # --- several -----------------------------------------------------------------------------------------------------

    def _cheapest(self) -> tuple[int, ...] | None:
        """The failures of a completion without the condition that has fewest; None where the sweep was not exact."""
        values = relift(
            self._network, self.with_open(self.failed), dict.fromkeys(self._open_clauses, Verdict.SATISFIED)
        )
        free = Standing(dict.fromkeys(self.failed, EITHER), frozenset(self.failed))
        if values[self._condition] is not UNKNOWN:
            return None
        known = Known(self._network, values, free, fewest=True)
        found = reachable(known, (self._condition,), {}, TRIED_BUDGET)[self._condition]
        if not found.exact or False not in found.values:
            return None
        failing = {a for a, value in found.witness(False).items() if value is Verdict.UNSATISFIED}
        return tuple(i for i in self.failed if self._network.nodes[i].address in failing)

    def _as_few(self, number: int) -> Iterator[tuple[int, ...]]:
        """The sets of so many clauses that suffice, where they are few."""
        if comb(len(self.failed), number) <= MOST_TRIED:
            yield from (s for s in combinations(self.failed, number) if self.suffice(s))

    def _groups(self, clauses: Iterable[int]) -> int:
        return len({self._counting[i] for i in clauses})

    @cached_property
    def _counting(self) -> dict[int, str | None]:
        """For each clause a group whose score counts it."""
        owned = ((tally, tally.owner) for tally in self.tallies)
        return {i: owner.group if owner else None for t, owner in owned for i in leaves_of(self._network, t)}

    def _needed(self) -> tuple[int, ...]:
        """All without those that can be left out, one after the other."""
        kept = self.failed
        for clause in self.failed if self._rises else self.failed[:MOST_TRIED]:
            fewer = tuple(i for i in kept if i != clause)
            if self.suffice(fewer):
                kept = fewer
        return kept


def leaves_of(network: Network, tally: Node) -> Iterator[int]:
    """The clauses that a count looks at."""
    for index in tally.operands:
        node = network.nodes[index]
        yield from node.operands if isinstance(node.subject, Item) else (index,)


def _tallies(assessment: Assessment, condition: int) -> Iterator[Node]:
    """The counts below a condition, of groups that take part."""
    network = assessment.network
    stack, seen = [condition], set()
    while stack:
        index = stack.pop()
        node = network.nodes[index]
        if index in seen or isinstance(node.subject, Clause | Fact | Input | Reading):
            continue
        seen.add(index)
        if isinstance(node.subject, Tally):
            owner = node.owner
            if owner is None or owner.group is None or takes_part(assessment, owner.group):
                yield node
        else:
            stack.extend(live_operands(node, assessment.values))


def _clause(node: Node) -> Clause:
    assert isinstance(node.subject, Clause)
    return node.subject
