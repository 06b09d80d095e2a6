"""Verdicts of a row as bits: planes of whole numbers in which a clause has a bit of its own.

The columns of a plane are read at once, and what is no plain yes or no is noticed by reading. Where a row ends in the
verdicts of all clauses, its planes are stretches of that end. Otherwise clauses that are looked at under the same
condition lie together, and are read only where it holds. A plane has some hundred clauses at most: the work stays in
proportion however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guiju.engine.compiled.shapes import Guard, NotPlainError

MOST_CLAUSES = 256  # of one plane


@dataclass(frozen=True)
class Plane:
    """Some clauses, the last at the lowest bit. `guard`: when columns are read for it; None: facts decide them."""

    clauses: tuple[str, ...]
    guard: Guard | None


class Planes:
    """All planes, and where each clause has its bit: its plane, and the bit there."""

    def __init__(self, read: Mapping[str, Guard], judged: Sequence[str], end: Sequence[str]) -> None:
        """`read` are the clauses of columns; `end` are those in which a row ends, where all are read from there."""
        together: dict[Guard | None, list[str]] = {(): list(end)} if end else {}
        for clause, guard in {} if end else read.items():
            together.setdefault(guard, []).append(clause)
        if judged:
            together[None] = list(judged)
        self.all = tuple(
            Plane(tuple(clauses[start : start + MOST_CLAUSES]), guard)
            for guard, clauses in together.items()
            for start in range(0, len(clauses), MOST_CLAUSES)
        )
        self.at = {c: (p, i) for p, plane in enumerate(self.all) for i, c in enumerate(reversed(plane.clauses))}

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
