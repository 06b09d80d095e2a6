"""Operations on planes: built up once, each at most once, then run block by block in buffers that stay in the cache.

A plane holds one bit for each row, 64 to a machine word. A gate is named by its number; EMPTY and FULL are the
constant planes.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any, Literal, TypeAlias

Operator: TypeAlias = Literal["input", "&", "|", "~"]
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

    def any_of(self, planes: Iterable[int]) -> int:
        """The rows that are in some of the planes."""
        return reduce(self.either, planes, EMPTY)


@dataclass(frozen=True)
class Kernel:
    """A straight line of operations on blocks: what it needs, what it gives, and how many buffers it works in.

    `body` has a line for each operation, with the places that it reads and the one that it fills: inputs (i), buffers
    (b), results (r).
    """

    inputs: tuple[Hashable, ...]
    results: int
    buffers: int
    body: str

    @property
    def is_plain(self) -> bool:
        """Whether the body is nothing but operations on places that there are."""
        if _BODY.fullmatch(self.body) is None:
            return False
        return all(set(re.findall(rf"\b{name}(\d+)", self.body)) <= {*map(str, range(n))} for name, n in self._lists())

    @cached_property
    def source(self) -> str:
        """The same as a Python function of lists of NumPy arrays of 64-bit words."""
        lists = [f"    {_unpacked(name, number)}" for name, number in self._lists() if number]
        return "\n".join(("def kernel(i, b, r):", *lists, self.body + "    return r", ""))

    def _lists(self) -> tuple[tuple[str, int], ...]:
        return (("i", len(self.inputs)), ("b", self.buffers), ("r", self.results))

    @cached_property
    def function(self) -> Any:
        """`source`, compiled."""
        import numpy as np

        names: dict[str, Any] = {"and_": np.bitwise_and, "or_": np.bitwise_or, "not_": np.invert, "copy": np.positive}
        exec(compile(self.source, "<columns>", "exec"), names)
        return names["kernel"]


_WRITTEN = {"&": "and_", "|": "or_", "~": "not_", "input": "copy"}
_BODY = re.compile(r"(?:    (?:(?:and_|or_)\([ibr]\d+, |(?:not_|copy)\()[ibr]\d+, [br]\d+\)\n)*")


def _unpacked(name: str, number: int) -> str:
    return f"{''.join(f'{name}{n}, ' for n in range(number))}= {name}"


def _operation(operator: Operator, operands: Iterable[str], into: str) -> str:
    return f"    {_WRITTEN[operator]}({', '.join((*operands, into))})\n"


def kernel_of(circuit: Circuit, wanted: Sequence[int]) -> Kernel:
    """The operations that give some planes, in order; a buffer is used again once nothing needs it."""
    needed = _needed(circuit, wanted)
    last = _last_uses(circuit, needed)
    result_of = {gate: f"r{n}" for n, gate in reversed(list(enumerate(wanted))) if gate in last}
    inputs: dict[Hashable, int] = {}
    place: dict[int, str] = {}
    free: list[str] = []
    buffers = 0
    made: list[str] = []
    for gate in needed:
        operator, operands = circuit.gates[gate].operator, circuit.gates[gate].operands
        if operator == "input":
            place[gate] = f"i{inputs.setdefault(operands[0], len(inputs))}"
            continue
        if gate in result_of:
            into = result_of[gate]
        elif free:
            into = free.pop()
        else:
            into, buffers = f"b{buffers}", buffers + 1
        place[gate] = into
        made.append(_operation(operator, (place[o] for o in operands), into))
        free += [place[o] for o in dict.fromkeys(operands) if last[o] == gate and place[o].startswith("b")]
    for number, gate in enumerate(wanted):
        if place[gate] != f"r{number}":
            made.append(_operation("input", (place[gate],), f"r{number}"))
    return Kernel(tuple(inputs), len(wanted), buffers, "".join(made))


def _needed(circuit: Circuit, wanted: Sequence[int]) -> list[int]:
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
