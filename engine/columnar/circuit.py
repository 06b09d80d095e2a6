"""Operations on planes: built up once, each at most once, then run block by block in buffers that stay in the cache.

A plane holds one bit for each row, 64 to a machine word. A gate is named by its number; EMPTY and FULL are the
constant planes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any, Literal, TypeAlias

Operator: TypeAlias = Literal["input", "&", "|", "~", "^"]
EMPTY, FULL = 0, 1


@dataclass(frozen=True)
class Gate:
    """One plane: an input by its name, or what an operation makes of earlier gates."""

    operator: Operator
    operands: tuple[Any, ...]


class Circuit:
    """Gates in an order in which they can be computed; equal ones are one."""

    def __init__(self) -> None:
        self.gates: list[Gate] = [Gate("input", ("nothing",)), Gate("input", ("everything",))]
        self._numbers: dict[tuple[Operator, Hashable], int] = {}

    def _gate(self, operator: Operator, *operands: Any) -> int:
        key = (operator, operands)
        if key not in self._numbers:
            self._numbers[key] = len(self.gates)
            self.gates.append(Gate(operator, operands))
        return self._numbers[key]

    def input(self, name: Hashable) -> int:
        """A plane that is given."""
        return self._gate("input", name)

    def both(self, one: int, other: int) -> int:
        """The rows that are in two planes."""
        if EMPTY in (one, other):
            return EMPTY
        if FULL in (one, other) or one == other:
            return max(one, other)
        return self._gate("&", min(one, other), max(one, other))

    def either(self, one: int, other: int) -> int:
        """The rows that are in one of two planes."""
        if FULL in (one, other):
            return FULL
        if EMPTY in (one, other) or one == other:
            return max(one, other)
        return self._gate("|", min(one, other), max(one, other))

    def neither(self, one: int) -> int:
        """The rows that are not in a plane."""
        if one in (EMPTY, FULL):
            return FULL - one
        gate = self.gates[one]
        return gate.operands[0] if gate.operator == "~" else self._gate("~", one)

    def differing(self, one: int, other: int) -> int:
        """The rows that are in one of two planes and not in the other."""
        if one == other:
            return EMPTY
        first, second = sorted((one, other))
        if first in (EMPTY, FULL):
            return self.neither(second) if first == FULL else second
        return self._gate("^", first, second)

    def any_of(self, planes: Iterable[int]) -> int:
        """The rows that are in some of the planes."""
        return reduce(self.either, planes, EMPTY)


@dataclass(frozen=True)
class Kernel:
    """A straight line of operations on blocks: what it needs, what it gives, and how many buffers it works in.

    `steps` has four numbers for each operation: its place in `_DONE`, the two places that it reads (one of them twice,
    where it reads no other), and the one that it fills. Places count inputs, then results, then buffers.
    """

    inputs: tuple[Hashable, ...]
    results: int
    buffers: int
    steps: tuple[int, ...]

    @property
    def is_plain(self) -> bool:
        """Whether the steps are nothing but operations on places that there are, and fill no input."""
        done, *read, filled = (self.steps[first::_STEP] for first in range(_STEP))
        places, own = range(len(self.inputs) + self.results + self.buffers), len(self.inputs)
        return (
            len(self.steps) % _STEP == 0
            and all(type(number) is int for number in self.steps)
            and set(done) <= {*range(len(_DONE))}
            and {*filled}.union(*read) <= {*places}
            and {*filled} <= {*places[own:]}
        )

    def run(self, places: Sequence[Any]) -> None:
        """Do the steps on NumPy arrays of 64-bit words, all of one length, one for each place."""
        for operation, one, other, into in self._bound:
            if other is None:
                operation(places[one], places[into])
            else:
                operation(places[one], places[other], places[into])

    @cached_property
    def _bound(self) -> tuple[tuple[Any, int, int | None, int], ...]:
        import numpy as np

        bound = tuple((getattr(np, name), is_of_two) for name, is_of_two in _DONE.values())
        steps = zip(*(self.steps[first::_STEP] for first in range(_STEP)), strict=True)
        return tuple((bound[done][0], one, other if bound[done][1] else None, into) for done, one, other, into in steps)


_STEP = 4  # numbers of an operation
#: operator -> what NumPy calls it, and whether it reads two planes; what goes through unchanged is copied
_DONE: dict[Operator, tuple[str, bool]] = {
    "&": ("bitwise_and", True),
    "|": ("bitwise_or", True),
    "~": ("invert", False),
    "input": ("positive", False),
    "^": ("bitwise_xor", True),
}


def _step(operator: Operator, operands: Sequence[int], into: int) -> tuple[int, ...]:
    return list(_DONE).index(operator), operands[0], operands[-1], into


def kernel_of(circuit: Circuit, wanted: Sequence[int]) -> Kernel:
    """The operations that give some planes, in order; a buffer is used again once nothing needs it."""
    needed = gates_below(circuit, wanted)
    last = _last_uses(circuit, needed)
    inputs = [gate for gate in needed if circuit.gates[gate].operator == "input"]
    place = {gate: n for n, gate in enumerate(inputs)}
    result_of = {gate: len(inputs) + n for n, gate in reversed(list(enumerate(wanted)))}
    first = len(inputs) + len(wanted)
    free: list[int] = []
    buffers = 0
    steps: list[int] = []
    for gate in (gate for gate in needed if gate not in place):
        operator, operands = circuit.gates[gate].operator, circuit.gates[gate].operands
        read = [place[o] for o in operands]
        free += dict.fromkeys(p for p, o in zip(read, operands, strict=True) if last[o] == gate and p >= first)
        if gate in result_of:
            into = result_of[gate]
        elif free:
            into = free.pop()
        else:
            into, buffers = first + buffers, buffers + 1
        place[gate] = into
        steps += _step(operator, read, into)
    for number, gate in enumerate(wanted, len(inputs)):
        if place[gate] != number:
            steps += _step("input", (place[gate],), number)
    names = tuple(circuit.gates[gate].operands[0] for gate in inputs)
    return Kernel(names, len(wanted), buffers, tuple(steps))


def gates_below(circuit: Circuit, wanted: Sequence[int]) -> list[int]:
    """Some gates and all that they stand on, each behind what it stands on."""
    found: set[int] = set()
    stack = list(wanted)
    while stack:
        gate = stack.pop()
        if gate not in found:
            found.add(gate)
            if circuit.gates[gate].operator != "input":
                stack.extend(circuit.gates[gate].operands)
    return sorted(found)


def _last_uses(circuit: Circuit, needed: Sequence[int]) -> dict[int, int]:
    last: dict[int, int] = {}
    for gate in needed:
        last.setdefault(gate, gate)
        if circuit.gates[gate].operator != "input":
            last.update(dict.fromkeys(circuit.gates[gate].operands, gate))
    return last
