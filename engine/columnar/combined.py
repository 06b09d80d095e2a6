"""What comes of values that rows have, a plane for each: by every combination of operands, or operand by operand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import product
from math import prod
from typing import Any, TypeAlias

from guiju.compiler.ir import UNKNOWN
from guiju.compiler.operators import Fold
from guiju.engine.columnar.circuit import EMPTY, FULL, Circuit

MOST_COMBINED = 512  # combinations of what the operands of one node come to

#: by value the rows in which a node comes to it; each row is in one plane at most
Planes: TypeAlias = Mapping[Any, int]


class Untold(Enum):
    """What planes do not tell of a row: which number or set is stated, or whether anything is known at all."""

    WHICH = "which"
    WHETHER = "whether"


WHICH, WHETHER = Untold.WHICH, Untold.WHETHER


def together(circuit: Circuit, found: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    """Values with planes, each value once; none of what is unknown."""
    planes: dict[Any, int] = {}
    for value, plane in found:
        if value is not UNKNOWN and plane != EMPTY:
            planes[value] = circuit.either(planes.get(value, EMPTY), plane)
    return planes


def combined(
    circuit: Circuit, operands: Sequence[Planes], apply: Callable[[tuple[Any, ...]], Any]
) -> dict[Any, int] | None:
    """By what comes of each combination of operands, the rows that have it; None where there are too many."""
    if prod(map(len, operands)) > MOST_COMBINED:
        return None
    return together(
        circuit,
        (
            (apply(tuple(value for value, _ in given)), _all(circuit, (plane for _, plane in given)))
            for given in product(*(planes.items() for planes in operands))
        ),
    )


def folded(circuit: Circuit, form: Fold, operands: Sequence[Planes]) -> dict[Any, int] | None:
    """The same operand by operand, by how far the fold has come."""
    so_far = {_Fold(form.start): FULL}
    for planes in operands:
        steps: dict[_Fold, int] = {}
        for (before, plane), (value, own) in product(so_far.items(), planes.items()):
            after = before.with_(form, value)
            steps[after] = circuit.either(steps.get(after, EMPTY), circuit.both(plane, own))
        so_far = {state: plane for state, plane in steps.items() if plane != EMPTY}
        if len(so_far) > MOST_COMBINED:
            return None
    return together(circuit, ((state.value(form), plane) for state, plane in so_far.items()))


def _all(circuit: Circuit, planes: Iterable[int]) -> int:
    found = FULL
    for plane in planes:
        found = circuit.both(found, plane)
    return found


@dataclass(frozen=True)
class _Fold:
    """How far a fold has come, and whether something on the way is open or untold; once `done` nothing changes it."""

    so_far: Any
    is_open: bool = False
    is_untold: bool = False
    done: bool = False

    def with_(self, form: Fold, value: Any) -> _Fold:
        """With one operand more."""
        if self.done:
            return self
        if value is UNKNOWN:
            return replace(self, is_open=True)
        if isinstance(value, Untold):
            return replace(self, is_untold=True)
        so_far = form.combine(self.so_far, value)
        return _Fold(so_far, done=True) if form.settled(so_far) else replace(self, so_far=so_far)

    def value(self, form: Fold) -> Any:
        """What it comes to."""
        if self.is_untold:
            return WHETHER
        return UNKNOWN if self.is_open else form.finish(self.so_far)
