"""One vector out of each of some classes, so that their sum reaches what is demanded: a multiple-choice knapsack.

Prices on what is demanded show where this cannot be: the dearest choice of every class together is still too cheap
(Lagrangian bound; Kellerer, Pferschy & Pisinger 2004, ch. 11). They are raised where a choice falls short, and most
often such a choice soon reaches everything. What neither decides is gone through class by class, without the partial
sums that a bound rules out; only where these are too many, and none of those kept leads on, nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from operator import add
from typing import TypeAlias

Vector: TypeAlias = tuple[int, ...]

#: for each class the place of the vector that is taken
Taken: TypeAlias = tuple[int, ...]

#: places that were taken, the last first; of several choices those that begin alike share it
Chain: TypeAlias = tuple[int, "Chain"] | None

ROUNDS = 80  # prices that are tried
MOST_MOVES = 200_000  # partial sums that one question goes through, all classes together
FIRST_OF_MOVES = 10  # what part of these is gone through first
LEAST_KEPT = 20  # of them after each class, however many vectors the classes have
MOST_QUESTIONS = 500  # to tell with which vectors the demands can be reached
_FIRST_PRICE = 100
_STEP = 1_000


class Answer(Enum):
    """Where no choice is found: whether there is none."""

    NONE = "none"
    UNTOLD = "untold"


def choose(classes: Sequence[Sequence[Vector]], demands: Vector, most: int = MOST_MOVES) -> Taken | Answer:
    """A vector of each class, so that their sum is nowhere below what is demanded. No class is empty."""
    search = _Search([_undominated(vectors) for vectors in classes], demands)
    for look in (search.at_once, search.by_prices):
        if (found := look()) is not None:
            return found
    rough = search.class_by_class(most // FIRST_OF_MOVES)
    return rough if rough is not Answer.UNTOLD else search.class_by_class(most)


def possible_vectors(
    classes: Sequence[Sequence[Vector]], demands: Vector, given: Taken, most: int = MOST_MOVES
) -> tuple[frozenset[Vector], ...] | None:
    """Of each class the vectors with which all demands can be reached; `given`: a choice that does.

    None where that takes too many questions, or is not told of one.
    """
    known = [[vectors[place] for vectors, place in zip(classes, given, strict=True)]]
    found: dict[frozenset[Vector], frozenset[Vector]] = {}  # classes of the same vectors may be exchanged
    questions = 0
    for number, vectors in enumerate(classes):
        key = frozenset(vectors)
        if key in found:
            continue
        can, cannot = set[Vector](), set[Vector]()
        for vector in sorted(key, key=sum, reverse=True):
            if any(_is_below(vector, other) for other in cannot):
                cannot.add(vector)
                continue
            if any(_replaced(choice, number, vector, demands) for choice in known):
                can.add(vector)
                continue
            questions += 1
            only = [*classes[:number], [vector], *classes[number + 1 :]]
            taken = Answer.UNTOLD if questions > MOST_QUESTIONS else choose(only, demands, most)
            if taken is Answer.UNTOLD:
                return None
            if isinstance(taken, Answer):
                cannot.add(vector)
            else:
                can.add(vector)
                known.append([own[place] for own, place in zip(only, taken, strict=True)])
        found[key] = frozenset(can)
    return tuple(found[frozenset(vectors)] for vectors in classes)


def _is_below(one: Vector, other: Vector) -> bool:
    """Whether a vector is nowhere above another one."""
    return all(a <= b for a, b in zip(one, other, strict=True))


def _replaced(choice: Sequence[Vector], number: int, vector: Vector, demands: Vector) -> bool:
    """Whether a choice still reaches what is demanded once a class takes another vector."""
    others = [v for n, v in enumerate(choice) if n != number]
    return all(sum(v[c] for v in others) + vector[c] >= demand for c, demand in enumerate(demands))


def sums(columns: Sequence[Sequence[int]], most: int) -> dict[int, Chain] | None:
    """All sums of a number of each column, each with the places of some that give it; None of more than `most`."""
    found: dict[int, Chain] = {0: None}
    for column in columns:
        first = {number: place for place, number in reversed([*enumerate(column)])}
        after: dict[int, Chain] = {}
        for so_far, chain in found.items():
            for number, place in first.items():
                after.setdefault(so_far + number, (place, chain))
        if len(after) > most:
            return None
        found = after
    return found


def ends(columns: Sequence[Sequence[int]]) -> dict[int, Chain]:
    """The least and the greatest of these sums, in the same way."""
    found: dict[int, Chain] = {}
    for end in (min, max):
        chain: Chain = None
        for column in columns:
            chain = (column.index(end(column)), chain)
        found.setdefault(sum(map(end, columns)), chain)
    return found


def _undominated(vectors: Sequence[Vector]) -> tuple[tuple[int, Vector], ...]:
    """The vectors, each with its place, but for those that another one of the class is nowhere below."""
    kept: list[tuple[int, Vector]] = []
    for place in sorted(range(len(vectors)), key=lambda p: sum(vectors[p]), reverse=True):
        vector = vectors[place]
        if not any(_is_below(vector, other) for _, other in kept):
            kept.append((place, vector))
    return tuple(kept)


def _plus(one: Vector, other: Vector) -> Vector:
    return tuple(map(add, one, other))


@dataclass(frozen=True, eq=False)
class _Bound:
    """Prices, what is demanded at these, and the most that each class is worth."""

    prices: Vector
    demand: int
    worth: tuple[int, ...]


class _Search:
    def __init__(self, classes: Sequence[Sequence[tuple[int, Vector]]], demands: Vector) -> None:
        self._classes, self._demands = classes, demands
        columns = [[[v[c] for _, v in vectors] for vectors in classes] for c in range(len(demands))]
        self._most = [[max(values) for values in column] for column in columns]
        self._least = [[min(values) for values in column] for column in columns]
        self._bounds: list[_Bound] = []
        self._usual: list[Vector] = []  # what was taken of each class, summed over all rounds

    def at_once(self) -> Taken | Answer | None:
        """The answer where every demand by itself gives it."""
        if any(sum(most) < demand for most, demand in zip(self._most, self._demands, strict=True)):
            return Answer.NONE
        if all(sum(least) >= demand for least, demand in zip(self._least, self._demands, strict=True)):
            return tuple(vectors[0][0] for vectors in self._classes)
        return None

    def by_prices(self) -> Taken | Answer | None:
        """A choice that some prices lead to, or that they show there is none."""
        width = [max(1, sum(m) - sum(n)) for m, n in zip(self._most, self._least, strict=True)]
        units = [max(width) * 16 // w for w in width]
        prices = [_FIRST_PRICE] * len(width)
        self._usual = [(0,) * len(width)] * len(self._classes)
        lowest: int | None = None
        for _ in range(ROUNDS):
            real = tuple(p * u for p, u in zip(prices, units, strict=True))
            taken = [self._dearest(vectors, real) for vectors in self._classes]
            total = tuple(map(sum, zip(*(v for _, v in taken), strict=True)))
            worth = tuple(_worth(real, v) for _, v in taken)
            demand = _worth(real, self._demands)
            if sum(worth) < demand:
                return Answer.NONE
            if all(a >= b for a, b in zip(total, self._demands, strict=True)):
                return tuple(place for place, _ in taken)
            self._usual = [_plus(one, v) for one, (_, v) in zip(self._usual, taken, strict=True)]
            beyond = (sum(worth) - demand) * _STEP // max(1, sum(real))
            if lowest is None or beyond < lowest:
                lowest = beyond
                self._bounds = [*self._bounds[-2:], _Bound(real, demand, worth)]
            short = zip(prices, self._demands, total, width, strict=True)
            prices = [max(0, price + (d - t) * _STEP // w) for price, d, t, w in short]
            if not any(prices):
                prices = [_FIRST_PRICE] * len(width)
        return None

    @staticmethod
    def _dearest(vectors: Sequence[tuple[int, Vector]], prices: Vector) -> tuple[int, Vector]:
        return max(vectors, key=lambda vector: _worth(prices, vector[1]))

    def class_by_class(self, most: int) -> Taken | Answer:
        """All partial sums that may still lead on; of too many those that fall short least."""
        ahead_most, ahead_least = [_ahead(m) for m in self._most], [_ahead(n) for n in self._least]
        ahead_worth = [_ahead(b.worth) for b in self._bounds]
        ahead_usual = [_ahead([v[c] for v in self._usual]) for c in range(len(self._demands))]
        width = max(LEAST_KEPT, most // max(1, sum(map(len, self._classes))))
        sums: dict[Vector, Chain] = {(0,) * len(self._demands): None}
        is_whole = True
        for number, vectors in enumerate(self._classes, 1):
            needed = [d - m[number] for d, m in zip(self._demands, ahead_most, strict=True)]
            enough = [d - n[number] for d, n in zip(self._demands, ahead_least, strict=True)]
            priced = [(b.prices, b.demand - w[number]) for b, w in zip(self._bounds, ahead_worth, strict=True)]
            after: dict[Vector, Chain] = {}
            for so_far, chain in sums.items():
                for place, vector in vectors:
                    now = tuple([min(a + b, e) for a, b, e in zip(so_far, vector, enough, strict=True)])
                    if now not in after and all(a >= n for a, n in zip(now, needed, strict=True)):
                        after[now] = (place, chain)
            leading = {s: c for s, c in after.items() if all(_worth(p, s) >= least for p, least in priced)}
            sums = _highest(leading)
            if len(sums) > width:
                expected = [d * ROUNDS - u[number] for d, u in zip(self._demands, ahead_usual, strict=True)]
                sums, is_whole = self._nearest(sums, expected, width), False
        if sums:
            return unwound(next(iter(sums.values())))
        return Answer.NONE if is_whole else Answer.UNTOLD

    def _nearest(self, sums: dict[Vector, Chain], expected: list[int], width: int) -> dict[Vector, Chain]:
        """Those sums that fall short least of what the usual choice leaves to be reached so far."""
        spread = [max(1, sum(m) - sum(n)) for m, n in zip(self._most, self._least, strict=True)]

        def short(so_far: Vector) -> int:
            return max((e - a * ROUNDS) * _STEP // s for a, e, s in zip(so_far, expected, spread, strict=True))

        return {s: sums[s] for s in sorted(sums, key=short)[:width]}


def _worth(prices: Vector, vector: Vector) -> int:
    return sum([p * v for p, v in zip(prices, vector, strict=True)])


def _ahead(values: Sequence[int]) -> list[int]:
    """What comes together of all values from each place on."""
    return [*accumulate(reversed(values), initial=0)][::-1]


def _highest(sums: dict[Vector, Chain]) -> dict[Vector, Chain]:
    """Of the sums that differ in the last place only the highest."""
    best: dict[Vector, Vector] = {}
    for one in sums:
        if one[:-1] not in best or one[-1] > best[one[:-1]][-1]:
            best[one[:-1]] = one
    return {one: sums[one] for one in best.values()}


def unwound(chain: Chain) -> Taken:
    """The places of a chain in the order of the classes."""
    taken: list[int] = []
    while chain is not None:
        place, chain = chain
        taken.append(place)
    return tuple(reversed(taken))
