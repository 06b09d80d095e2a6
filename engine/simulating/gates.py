"""A circuit whose every gate has a bit that stays, so that after a change only what it turns is looked at again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from heapq import heappop, heappush

from guiju.engine.columnar.circuit import Circuit, gates_below

_GIVEN, _BOTH, _EITHER, _DIFFERING, _NOT = range(5)
_KINDS = {"input": _GIVEN, "&": _BOTH, "|": _EITHER, "^": _DIFFERING, "~": _NOT}


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
        self._users = [*zip(*map(self._users_of, ((_BOTH,), (_EITHER,), (_DIFFERING, _NOT))), strict=True)]

    def _users_of(self, kinds: Sequence[int]) -> list[tuple[tuple[int, int], ...]]:
        """By gate those of some kinds that stand on it, each with what else it stands on."""
        users: list[list[tuple[int, int]]] = [[] for _ in self._made]
        for i, (kind, *below) in enumerate(self._made):
            if kind in kinds:
                for one, other in {(below[0], below[1]), (below[1], below[0])}:
                    users[one].append((i, other))
        return [*map(tuple, users)]

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
        turn_back(bits, inputs)
        for i in inputs:
            self._wait(i, bits, waiting)
        last = -1
        while waiting:  # every user of a gate stands behind it, so all that it stands on has turned by now
            i = heappop(waiting)
            if i == last:
                continue
            last = i
            kind, one, other = made[i]
            if bits[i] != _bit(kind, bits[one], bits[other]):
                bits[i] ^= 1
                turned.append(i)
                self._wait(i, bits, waiting)
        return turned

    def _wait(self, i: int, bits: bytearray, waiting: list[int]) -> None:
        """Have those looked at that a gate has turned.

        One that is right as things are need not wait: whatever else it stands on has it looked at when that turns.
        """
        both, either, others = self._users[i]
        sure, unsure = (either, both) if bits[i] else (both, either)
        for user, _ in sure:
            if bits[user] != bits[i]:
                heappush(waiting, user)
        for user, other in unsure:
            if bits[user] != bits[other]:
                heappush(waiting, user)
        for user, _ in others:
            heappush(waiting, user)


def _bit(kind: int, one: int, other: int) -> int:
    if kind == _DIFFERING:
        return one ^ other
    if kind == _BOTH:
        return one & other
    return one | other if kind == _EITHER else 1 - one


def turn_back(bits: bytearray, turned: Iterable[int]) -> None:
    """Take back what was turned."""
    for i in turned:
        bits[i] ^= 1
