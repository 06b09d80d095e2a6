"""Verdicts of a row as bits: planes of whole numbers in which a clause has a bit of its own.

The columns of a plane are read at once, eight bits a clause, so that what is no plain yes or no is noticed by reading.
Clauses that are looked at under the same condition lie together, and are read only where it holds. A plane has some
hundred clauses at most: the work stays in proportion however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.engine.compiled.shapes import Guard, NotPlainError

BITS = 8
MOST_CLAUSES = 256  # of one plane


@dataclass(frozen=True)
class Plane:
    """Some clauses, by the place of their bits. `guard`: when columns are read for it; None: facts decide them."""

    clauses: tuple[str, ...]
    guard: Guard | None

    @property
    def yes(self) -> int:
        """The bits of all of its clauses."""
        return sum(1 << BITS * i for i in range(len(self.clauses)))


class Planes:
    """All planes, and where each clause has its bit: its plane, and the bit there."""

    def __init__(self, read: Iterable[tuple[str, Guard]], judged: Sequence[str]) -> None:
        together: dict[Guard | None, list[str]] = {}
        for clause, guard in read:
            together.setdefault(guard, []).append(clause)
        if judged:
            together[None] = list(judged)
        self.all = tuple(
            Plane(tuple(clauses[start : start + MOST_CLAUSES]), guard)
            for guard, clauses in together.items()
            for start in range(0, len(clauses), MOST_CLAUSES)
        )
        self.at = {c: (p, BITS * i) for p, plane in enumerate(self.all) for i, c in enumerate(plane.clauses)}

    def masks(self, clauses: Iterable[str]) -> dict[int, int]:
        """The bits of some clauses, by plane; NotPlainError of one that neither a column nor facts decide."""
        found: dict[int, int] = {}
        for clause in clauses:
            if clause not in self.at:
                raise NotPlainError
            plane, bit = self.at[clause]
            found[plane] = found.get(plane, 0) | 1 << bit
        return found

    def mask(self, *clauses: str) -> int:
        """The bits of some clauses of one plane."""
        return sum(1 << self.at[clause][1] for clause in clauses)
