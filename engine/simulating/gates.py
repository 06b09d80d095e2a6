"""A circuit whose every gate has a bit that stays, so that after a change only what it turns is looked at again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from heapq import heappop, heappush

from guiju.engine.columnar.circuit import Circuit, gates_below

_GIVEN, _BOTH, _EITHER, _NOT = range(4)
_KINDS = {"input": _GIVEN, "&": _BOTH, "|": _EITHER, "~": _NOT}


class Gates:
    """The gates below some wanted ones, each behind what it stands on."""

    def __init__(self, circuit: Circuit, wanted: Iterable[int]) -> None:
        below = gates_below(circuit, tuple(wanted))
        #: the place of each gate of the circuit that is needed
        self.place: Mapping[int, int] = {gate: i for i, gate in enumerate(below)}
        gates = [circuit.gates[gate] for gate in below]
        #: the places of inputs, by name
        self.inputs: Mapping[Hashable, int] = {g.operands[0]: i for i, g in enumerate(gates) if g.operator == "input"}
        operands = [() if g.operator == "input" else tuple(self.place[o] for o in g.operands) for g in gates]
        self._made = [
            (_KINDS[g.operator], *(of[0], of[-1])) if of else (_GIVEN, 0, 0)
            for g, of in zip(gates, operands, strict=True)
        ]
        users: list[list[int]] = [[] for _ in gates]
        negations: dict[int, list[int]] = {}
        for i, of in enumerate(operands):
            for operand in dict.fromkeys(of):
                (negations.setdefault(operand, []) if gates[i].operator == "~" else users[operand]).append(i)
        self._users, self._negations = tuple(map(tuple, users)), negations

    def bits(self, given: Mapping[int, bool]) -> bytearray:
        """The bits of all gates, from those of the inputs."""
        bits = bytearray(len(self._made))
        for i, (kind, one, other) in enumerate(self._made):
            bits[i] = given[i] if kind == _GIVEN else _bit(kind, bits[one], bits[other])
        return bits

    def turn(self, bits: bytearray, inputs: Sequence[int]) -> list[int]:
        """Turn some inputs and whatever follows. Returns all gates that turned: turning these again takes it back."""
        made = self._made
        turned, waiting = list(inputs), list[int]()
        for i in turned:
            bits[i] ^= 1
            self._wait_for(i, bits, waiting)
        last = -1
        while waiting:  # every user of a gate stands behind it, so all that it stands on has turned by now
            i = heappop(waiting)
            if i == last:
                continue
            last = i
            kind, one, other = made[i]
            bit = (
                bits[one] & bits[other]
                if kind == _BOTH
                else bits[one] | bits[other]
                if kind == _EITHER
                else 1 - bits[one]
            )
            if bits[i] != bit:
                bits[i] = bit
                turned.append(i)
                self._wait_for(i, bits, waiting)
        return turned

    def _wait_for(self, i: int, bits: bytearray, waiting: list[int]) -> None:
        """Have those looked at that a gate may turn."""
        bit = bits[i]
        for user in self._users[i]:
            if bits[user] != bit:  # it can only turn to what this turned to
                heappush(waiting, user)
        for user in self._negations.get(i, ()):
            heappush(waiting, user)


def _bit(kind: int, one: int, other: int) -> int:
    return one & other if kind == _BOTH else one | other if kind == _EITHER else 1 - one


def turn_back(bits: bytearray, turned: Iterable[int]) -> None:
    """Take back what was turned."""
    for i in turned:
        bits[i] ^= 1
