"""What nodes can be, as an assessment tells it: swept among all that is shown or by themselves, whichever is exact.

Neither way is always the sharper one: what is looked at besides decides which numbers are tried together. So that a row
of a table is told just as an assessment of it, both go by this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from guiju.engine.possible import Known, Possible
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
            if index in found and not found[index].exact:
                found[index] = self.of(index)
        return found

    @cached_property
    def _shown(self) -> tuple[int, ...]:
        """Outcomes first: what takes too long is left to the others."""
        program, at = self.known.network.program, self.known.network.at
        shown = sorted((d for d in program.definitions if d.shown), key=lambda d: d.id not in program.outcomes)
        return tuple(at[d.id] for d in shown)

    @cached_property
    def _among_shown(self) -> dict[int, Possible]:
        return reachable(self.known, self._shown, self.memory, self.budget)
