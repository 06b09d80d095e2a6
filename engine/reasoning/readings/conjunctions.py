"""Under which options of readings an outcome is otherwise: each conjunction true of all it describes, none left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

T = TypeVar("T")

_Combination = tuple[str, ...]
_Box = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Conjunction(Generic[T]):
    """Every combination with one of the `options` of each reading that is named leads `to` this, whatever the rest."""

    options: Mapping[str, tuple[str, ...]]
    to: T


@dataclass(frozen=True)
class Conjunctions(Generic[T]):
    """What combinations of readings lead to.

    Only the readings in `mattering` make a difference. What none of the conjunctions describes is as chosen;
    `elsewhere`: there is such a combination of the mattering ones beside the one chosen. `told` None: it takes more
    conjunctions than were asked for.
    """

    mattering: tuple[str, ...]
    told: tuple[Conjunction[T], ...] | None
    elsewhere: bool


def conjunctions(
    options: Mapping[str, tuple[str, ...]], chosen: Mapping[str, str], found: Mapping[_Combination, T], most: int
) -> Conjunctions[T]:
    """What is `found` of all combinations, one option of each reading in their order; `most` conjunctions of them.

    Of several that would do those are told that describe the most, each with as few conditions as it can have. The
    order is that of what is found.
    """
    readings = tuple(options)
    mattering = tuple(r for i, r in enumerate(readings) if _matters(i, options[r][0], found))
    kept = [i for i, r in enumerate(readings) if r in mattering]
    table = {tuple([c[i] for i in kept]): to for c, to in found.items()}
    here = tuple(chosen[r] for r in mattering)
    elsewhere = any(to == table[here] for c, to in table.items() if c != here)
    boxes: list[_Box] = []
    left = {c: None for c, to in table.items() if to != table[here]}
    while left:
        if len(boxes) == most:
            return Conjunctions(mattering, None, elsewhere)
        box = _largest([options[r] for r in mattering], next(iter(left)), table, left)
        boxes.append(box)
        for combination in product(*box):
            left.pop(combination, None)
    told = tuple(_conjunction(mattering, options, box, table) for box in boxes)
    return Conjunctions(mattering, told, elsewhere)


def _matters(place: int, first: str, found: Mapping[_Combination, T]) -> bool:
    return any(to != found[*c[:place], first, *c[place + 1 :]] for c, to in found.items())


def _largest(
    options: list[tuple[str, ...]], at: _Combination, table: Mapping[_Combination, T], left: Mapping[_Combination, None]
) -> _Box:
    """Of the boxes around a combination that lead where it does, the one with the most that is `left` to describe."""
    places = range(len(at))
    boxes = [_grown(options, at, table, (*places[i:], *places[:i])) for i in places]
    return max(boxes, key=lambda box: sum(c in left for c in product(*box)))


def _grown(
    options: list[tuple[str, ...]], at: _Combination, table: Mapping[_Combination, T], order: tuple[int, ...]
) -> _Box:
    """A box around a combination, wider in one reading after the other as long as all of it leads to the same."""
    box: _Box = tuple((option,) for option in at)
    for i in order:
        wider = ((*box[:i], several, *box[i + 1 :]) for several in _wider(options[i], at[i]))
        box = next((w for w in wider if all(table[c] == table[at] for c in product(*w))), box)
    return box


def _wider(options: tuple[str, ...], option: str) -> Iterator[tuple[str, ...]]:
    """All options, then all but one: what a reader can be told in one condition."""
    yield options
    if len(options) > 2:
        yield from (tuple(o for o in options if o != left) for left in options if left != option)


def _conjunction(
    readings: tuple[str, ...], options: Mapping[str, tuple[str, ...]], box: _Box, table: Mapping[_Combination, T]
) -> Conjunction[T]:
    conditions = {r: taken for r, taken in zip(readings, box, strict=True) if len(taken) < len(options[r])}
    return Conjunction(conditions, table[tuple(taken[0] for taken in box)])
