"""Planes of values -> what is told of each row: the value, its bounds, what is reachable; as Arrow arrays.

Within a target its values are numbered in their order, and the numbers are made of planes, so that of a million rows
nothing is unpacked but a few bits each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from guiju.compiler.ir import Program, Value
from guiju.engine.columnar.circuit import EMPTY, Circuit
from guiju.engine.columnar.columns import WORD, Words, rows_of
from guiju.engine.ranked import bounds, is_ranked, ranked

if TYPE_CHECKING:
    from guiju.engine.possible import Possible

Part: TypeAlias = Literal["value", "lower", "upper", "reachable", "exact", "numerator"]
_BYTE = 8  # bits, one of them for the sign
_AT_ONCE = 2**16  # rows that are numbered together: what is on the way to them then stays in the cache

PARTS: tuple[Part, ...] = ("value", "lower", "upper", "reachable", "exact", "numerator")


@dataclass(frozen=True)
class Gates:
    """Where a circuit has what is told of a target. `some`: the rows with a value. Numbers are bits, lowest first."""

    values: tuple[Value, ...]
    some: int
    several: int
    unranked: int
    planes: tuple[int, ...]
    value: tuple[int, ...]
    lower: tuple[int, ...]
    upper: tuple[int, ...]


def gates_of(program: Program, ends: Mapping[Value, int], told: int, circuit: Circuit) -> Gates:
    """The gates that tell of a target what its planes of values come to, in the rows that are `told`."""
    values = ranked(program, tuple(v for v, plane in ends.items() if plane != EMPTY))
    planes = tuple(ends[v] for v in values)
    some = several = EMPTY
    for plane in planes:
        several = circuit.either(several, circuit.both(some, plane))
        some = circuit.either(some, plane)
    unranked = circuit.any_of(p for v, p in zip(values, planes, strict=True) if not is_ranked(program, v))
    first, last = _first(circuit, planes), _first(circuit, planes[::-1])[::-1]
    one = circuit.neither(several)
    value, lower, upper = (_bits(circuit, chosen) for chosen in (planes, first, last))
    value = tuple(circuit.both(bit, one) for bit in value)
    return Gates(values, circuit.both(some, told), several, unranked, planes, value, lower, upper)


def _first(circuit: Circuit, planes: Sequence[int]) -> tuple[int, ...]:
    """For each plane the rows that are in none before it."""
    found, before = [], EMPTY
    for plane in planes:
        found.append(circuit.both(plane, circuit.neither(before)))
        before = circuit.either(before, plane)
    return tuple(found)


def _bits(circuit: Circuit, chosen: Sequence[int]) -> tuple[int, ...]:
    """The number of the one plane that each row is in, bit by bit."""
    length = max(len(chosen) - 1, 0).bit_length()
    return tuple(circuit.any_of(p for i, p in enumerate(chosen) if i >> bit & 1) for bit in range(length))


# --- as arrays ---------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Numbered:
    """For each row the number of a value, where a bit of `told` says that there is one."""

    numbers: npt.NDArray[np.integer[Any]]
    told: Words

    def put(self, row: int, number: int | None) -> None:
        """Say something else of one row; None: that there is none."""
        word, bit = row // WORD, np.uint64(1) << np.uint64(row % WORD)
        self.told[word] = self.told[word] & ~bit if number is None else self.told[word] | bit
        if number is not None:
            if number > np.iinfo(self.numbers.dtype).max:
                self.numbers = self.numbers.astype(np.int32)
            self.numbers[row] = number


@dataclass(eq=False)
class Told:
    """What is told of a target, row by row; None of what nobody asked for. `reachable` has a column for each value."""

    values: tuple[Value, ...]
    value: Numbered | None
    lower: Numbered | None
    upper: Numbered | None
    reachable: npt.NDArray[np.bool_] | None
    exact: npt.NDArray[np.bool_] | None


def needed(gates: Gates, parts: Sequence[Part]) -> tuple[int, ...]:
    """The gates that some parts are told from, that of the rows with a value first."""
    found = [gates.some]
    if "value" in parts or "numerator" in parts:
        found += [gates.several, *gates.value]
    if "lower" in parts or "upper" in parts:
        found += [gates.unranked]
    for part, bits in (("lower", gates.lower), ("upper", gates.upper), ("reachable", gates.planes)):
        found += bits if part in parts else ()
    return tuple(found)


def told_of(gates: Gates, parts: Sequence[Part], planes: Mapping[int, Words], rows: int) -> Told:
    """What is told of a target by its planes."""
    some = planes[gates.some]

    def numbered(bits: Sequence[int], without: int) -> Numbered:
        return Numbered(_numbers([planes[bit] for bit in bits], rows), some & ~planes[without])

    value = numbered(gates.value, gates.several) if "value" in parts or "numerator" in parts else None
    lower = numbered(gates.lower, gates.unranked) if "lower" in parts else None
    upper = numbered(gates.upper, gates.unranked) if "upper" in parts else None
    reachable = None
    if "reachable" in parts:
        reachable = np.zeros((rows, len(gates.values)), bool)
        for i, gate in enumerate(gates.planes):
            reachable[:, i] = rows_of(planes[gate], rows)
    exact = np.ones(rows, bool) if "exact" in parts else None
    return Told(gates.values, value, lower, upper, reachable, exact)


def _numbers(bits: Sequence[Words], rows: int) -> npt.NDArray[np.integer[Any]]:
    """The number that bits make in each row, the lowest first."""
    found: npt.NDArray[np.integer[Any]] = np.zeros(rows, np.int8 if len(bits) < _BYTE else np.int32)
    for start in range(0, rows, _AT_ONCE):
        into = found[start : start + _AT_ONCE]
        for place, bit in enumerate(bits):
            said = rows_of(bit[start // WORD : (start + _AT_ONCE) // WORD], len(into)).view(np.int8)
            into |= said * found.dtype.type(1 << place)  # faster than shifting
    return found


def put_asked(program: Program, told: Told, asked: Mapping[int, Possible]) -> None:
    """Say of some rows what the evaluator found of them."""
    extra = tuple(dict.fromkeys(v for p in asked.values() for v in p.values if v not in told.values))
    told.values = (*told.values, *extra)
    if told.reachable is not None and extra:
        told.reachable = np.pad(told.reachable, ((0, 0), (0, len(extra))))
    number = {v: i for i, v in enumerate(told.values)}
    for row, possible in asked.items():
        ordered = ranked(program, possible.values)
        lower, upper = bounds(program, ordered) or (None, None)
        is_settled = possible.exact and len(ordered) == 1
        for numbered, value in (
            (told.value, ordered[0] if is_settled else None),
            (told.lower, lower),
            (told.upper, upper),
        ):
            if numbered is not None:
                numbered.put(row, None if value is None else number[value])
        if told.reachable is not None:
            told.reachable[row] = False
            told.reachable[row, [number[v] for v in possible.values]] = True
        if told.exact is not None:
            told.exact[row] = possible.exact


def array_of(told: Told, part: Part, spelled: Callable[[Value], str]) -> tuple[pa.Array, dict[str, str]]:
    """A part of what is told as an Arrow array, with what its field says of it."""
    words = pa.array([spelled(v) for v in told.values], pa.string())
    match part:
        case "value" | "lower" | "upper":
            numbered = {"value": told.value, "lower": told.lower, "upper": told.upper}[part]
            assert numbered is not None
            return _dictionary(numbered, words), {}
        case "exact":
            return pa.array(told.exact), {}
        case "reachable":
            assert told.reachable is not None
            return _lists(told.reachable, words), {}
        case "numerator":
            assert told.value is not None
            return _numerators(told.values, told.value)


def _dictionary(numbered: Numbered, words: pa.Array) -> pa.Array:
    numbers = np.ascontiguousarray(numbered.numbers)
    buffers = [pa.py_buffer(numbered.told), pa.py_buffer(numbers)]
    type_ = pa.dictionary(pa.from_numpy_dtype(numbers.dtype), pa.string())
    return pa.DictionaryArray.from_buffers(type_, len(numbers), buffers, words)


def _lists(reachable: npt.NDArray[np.bool_], words: pa.Array) -> pa.Array:
    numbers = np.nonzero(reachable)[1].astype(np.int32)
    offsets = np.zeros(len(reachable) + 1, np.int32)
    np.cumsum(reachable.sum(axis=1, dtype=np.int32), out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), pa.DictionaryArray.from_arrays(pa.array(numbers), words))


def _numerators(values: Sequence[Value], numbered: Numbered) -> tuple[pa.Array, dict[str, str]]:
    """Numbers over their common denominator, which the field says; null where there is none, or not one."""
    denominator = lcm(*(v.denominator for v in values if isinstance(v, Fraction)))
    tops = np.array([int(v * denominator) if isinstance(v, Fraction) else 0 for v in values] or [0], np.int64)
    is_number = np.array([isinstance(v, Fraction) for v in values] or [False])
    is_told = rows_of(numbered.told, len(numbered.numbers)) & is_number[numbered.numbers]
    return pa.array(tops[numbered.numbers], mask=~is_told), {"denominator": str(denominator)}
