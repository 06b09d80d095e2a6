"""What targets above the modules can be, one after the other: read off, by a sweep, or by the comparisons below them.

A sweep keeps combinations, and where many parts meet in sums these grow with the square of the parts, or worse. So of a
target that many parts meet in the comparisons are gone through first; what these do not tell is swept all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiju.compiler.ir import UNKNOWN, Cases
from guiju.engine.conjunctions import Conjunctions
from guiju.engine.domains import Domains
from guiju.engine.possible import Known, Possible, Relation
from guiju.engine.read_off import read_off
from guiju.engine.sweep import MOST_MOVES, STEP, enclosed, sweep
from guiju.engine.thresholds import by_thresholds, split_at

MANY = 40  # parts that are more easily told apart by comparisons than swept together
FIRST = 10  # what part of the budget comparisons take before a sweep is tried
MOST_TRIED_APART = 10  # targets of which too many combinations are found, one after the other


class Targets:
    """Some targets over relations that stand in for what was swept before."""

    def __init__(
        self, known: Known, targets: tuple[int, ...], relations: tuple[Relation, ...], domains: Domains, budget: int
    ) -> None:
        self._known, self._targets, self._relations = known, targets, relations
        self._domains, self._budget = domains, budget
        self._conjunctions = Conjunctions(known, targets, relations)
        self._found: dict[int, Possible] = {}
        self._at_most: dict[int, Possible] = {}
        self._passed: set[int] = set()  # by comparisons, which tell of the target alone
        self._moves = 0

    def told(self, found: Mapping[int, Possible]) -> dict[int, Possible]:
        """What the targets can be, and all that is passed on the way; `found`: what is known of some nodes already."""
        self._found = dict(found)
        self._tell(self._targets)
        self._tell(sorted(self._passed, reverse=True))  # what stands on one node is read off with all that is between
        return self._at_most | self._found

    def _tell(self, targets: Sequence[int]) -> None:
        for index in targets:
            if self._known.values[index] is not UNKNOWN or index in self._found:
                continue
            if self._moves > self._budget * MOST_MOVES:  # one after the other they would take too long
                told = self._found.keys() | self._at_most.keys()
                rest = tuple(t for t in targets if self._known.values[t] is UNKNOWN and t not in told)
                self._at_most |= enclosed(self._known, rest, self._relations, self._domains).found
                break
            if not (index in self._at_most and self._is_split(index)):
                self._tell_one(index)

    def _tell_one(self, index: int) -> None:
        if read := read_off(self._known, index, self._found):
            self._found |= read
            return
        seen = self._conjunctions.seen_by(index)
        if len(seen.relations) >= MANY and self._is_compared(index):
            return
        swept = sweep(seen.known, (index,), seen.relations, self._budget, self._domains)
        self._moves += swept.moves
        if not swept.is_enclosure:
            for passed, possible in swept.found.items():
                if passed not in seen.stand_ins:
                    self._found.setdefault(passed, possible)
            return
        self._moves += self._budget * MOST_MOVES // MOST_TRIED_APART
        self._at_most |= swept.found
        self._is_split(index)

    def _is_compared(self, index: int) -> bool:
        """Whether the comparisons below a target that many parts meet in tell it exactly, with less work than most."""
        split = split_at(self._known, index, self._relations, self._budget // FIRST, fewest_parts=MANY)
        if split is None or not split.possible.exact:
            return False
        self._found[index] = split.possible
        passed = self._passed_by(index)
        self._passed |= passed
        self._moves += STEP * len(passed)
        return True

    def _passed_by(self, target: int) -> set[int]:
        """The open nodes between a target and others or relations.

        Not what lies behind a lifted gate as a whole, nor what that gate would be while undecided: neither is the value
        of anything that is shown.
        """
        known, nodes = self._known, self._known.network.nodes
        seen = {*self._targets, *(node for relation in self._relations for node in relation.nodes)}
        passed, stack = set[int](), [target]
        while stack:
            node = nodes[stack.pop()]
            is_lifted = isinstance(node.subject, Cases) and node.subject.undecided is not None
            live = known.bearing(node)[:3] if is_lifted else known.bearing(node)
            below = [o for o in live if known.values[o] is UNKNOWN and o not in seen]
            seen.update(below)
            stack += below
            passed.update(o for o in below if not (is_lifted and o == live[1]))
        return passed

    def _is_split(self, index: int) -> bool:
        """Whether a target that is not told exactly by a sweep is told by the comparisons below it."""
        possible = by_thresholds(self._known, index, self._relations, self._budget)
        if possible is None:
            return False
        self._found[index] = possible
        return True
