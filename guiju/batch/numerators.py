"""Exact scores as whole numbers over one denominator, the same for all rows of a policy."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import pyarrow as pa

from guiju.engine.columnar.plan import Plan

_MOST = 2**63 - 1  # that a column of whole numbers holds


@dataclass(eq=False)
class Numerators:
    """A score of a policy: what its values are multiplied by, and what they then are."""

    plan: Plan
    score: str

    @cached_property
    def denominator(self) -> int | None:
        """The least that makes a whole number of each value that may be reached; None where any number may be.

        An enclosure does as well as an exact set: nothing that can be reached is missing from it.
        """
        from guiju.engine.domains import ANY
        from guiju.engine.reachable import possible_of

        known = self.plan.ground.known
        possible = possible_of(known, known.network.at[self.score], self.plan.memory)
        numbers = [v.denominator for v in possible.values if isinstance(v, Fraction)]
        denominator = lcm(*numbers)
        return denominator if ANY not in possible.values and denominator <= _MOST else None

    def of(self, values: pa.Array) -> pa.Array:
        """The numerators of values as text; null of what is no number, or no whole number of such parts."""
        encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
        tops = pa.array([self._top(word) for word in encoded.dictionary.to_pylist()], pa.int64())
        return tops.take(encoded.indices)

    def _top(self, word: str) -> int | None:
        try:
            number = Fraction(word) * (self.denominator or 0)
        except ValueError:
            return None
        return int(number) if self.denominator and number.denominator == 1 and abs(number) <= _MOST else None
