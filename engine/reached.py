"""What nodes can be, as an assessment tells it: swept among all that is shown or by themselves, whichever is exact.

Neither way is always the sharper one: with what is looked at besides, a set may be read off, or be too many
combinations. So that a row of a table is told just as an assessment of it, both go by this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from guiju.compiler.ir import Input
from guiju.engine.possible import Known, Possible, Why
from guiju.engine.reachable import Memory, possible_of, reachable
from guiju.engine.sweep import BUDGET


@dataclass(eq=False)
class Reached:
    """The sets of one assessment, found when they are asked for."""

    known: Known
    memory: Memory
    budget: int = BUDGET

    def of(self, index: int) -> Possible:
        """What one node can be, open or not; nothing where there is no completion."""
        alone = possible_of(self.known, index, self.memory, self.budget)
        return alone if alone.exact else self._among_shown.get(index, alone)

    def of_all(self) -> dict[int, Possible]:
        """What all open nodes below the definitions that are shown can be, and these definitions."""
        found = dict(self._among_shown)
        for index in self._shown:
            if index in found and self._may_be_sharper_alone(found[index]):
                found[index] = self.of(index)
        return found

    def _may_be_sharper_alone(self, possible: Possible) -> bool:
        """Whether what keeps a set from being told may be what else is shown: too much to go through with it at once.

        The same numbers are tried of each fact in both ways, so where these are why, a node is no better told alone.
        Nor is one that stands on something held, unless attestations or inputs below other nodes have come in.
        """
        if possible.exact:
            return False
        return Why.COMBINATIONS in possible.why or (Why.STATED in possible.why and self._may_others_be_stated)

    @cached_property
    def _may_others_be_stated(self) -> bool:
        standing, nodes = self.known.standing, self.known.network.nodes
        return bool(standing.attested) or any(isinstance(nodes[i].subject, Input) for i in standing.held)

    @cached_property
    def _shown(self) -> tuple[int, ...]:
        """Outcomes first: what takes too long is left to the others."""
        program, at = self.known.network.program, self.known.network.at
        shown = sorted((d for d in program.definitions if d.shown), key=lambda d: d.id not in program.outcomes)
        return tuple(at[d.id] for d in shown)

    @cached_property
    def _among_shown(self) -> dict[int, Possible]:
        return reachable(self.known, self._shown, self.memory, self.budget)
