"""Arrow columns -> planes of letters. A row that a column says of what planes have no room for is put aside.

Planes are read where they lie: a Boolean column is its own values and validity. Of all others each set of letters that
the diagram asks for becomes a plane: the rows that state one of them, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from guiju.compiler.ir import NumberType, OptionType, Program, SetType, TruthType, Verdict
from guiju.compiler.units import unit_named
from guiju.engine.columnar.leaf import NO, YES, Member, Options, Sets, Sides, Verdicts
from guiju.engine.layout import Slot, layout, slots_by_name
from guiju.engine.verdict_words import verdict_in

Words: TypeAlias = npt.NDArray[np.uint64]
Rows: TypeAlias = npt.NDArray[np.bool_]

_Words = Verdicts | Options

WORD = 64  # rows in a machine word
_MOST, _DIGITS = 2**63 - 1, 18  # that 64 bits hold of a number; decimal digits of which all fit


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a slot, as planes of letters need it."""

    slot: Slot
    array: pa.Array

    @cached_property
    def is_bits(self) -> bool:
        """Whether it is two planes as it lies."""
        return bool(pa.types.is_boolean(self.array.type))

    @cached_property
    def bits(self) -> tuple[Words, Words | None]:
        """The two planes of a column of bits: its values, and where it states one; None: everywhere."""
        return bits_of(self.array)

    @cached_property
    def stated(self) -> Rows:
        """The rows that say something."""
        if isinstance(self.slot.type, OptionType | None) and not self.is_bits and None in self.meanings:
            return self.saying(lambda meaning: meaning is not None)
        if self.array.null_count == 0:
            return np.ones(len(self.array), bool)
        return np.asarray(self.array.is_valid().to_numpy(zero_copy_only=False), bool)

    @cached_property
    def encoded(self) -> pa.DictionaryArray:
        """A column of words, each word once."""
        return self.array if pa.types.is_dictionary(self.array.type) else self.array.dictionary_encode()

    @cached_property
    def meanings(self) -> tuple[Any, ...]:
        """What each word of a column of words means, by its number; None where that is nothing."""
        return tuple(map(self._meaning, self.encoded.dictionary.to_pylist()))

    def saying(self, meant: Callable[[Any], bool]) -> Rows:
        """The rows of a column of words whose word means one of some things."""
        numbers = numbers_of_words(self.encoded)
        words = [i for i, meaning in enumerate(self.meanings) if meant(meaning)]
        # sorting, for what is told apart are few words: each is then looked for in a pass of its own
        return np.isin(numbers, np.array(words, numbers.dtype), kind="sort")

    def _meaning(self, word: str | None) -> Any:
        if word is None or self.slot.kind != "clause":
            return word
        said = verdict_in(word)
        return None if said in (None, "unknown") else Verdict(said)

    @cached_property
    def numbers(self) -> tuple[npt.NDArray[np.int64], int, Rows]:
        """Whole numbers, how many of their digits are decimal places, and the rows in which they are too large."""
        array = self.array
        if not is_exact(array.type):
            return np.zeros(len(array), np.int64), 0, self.stated
        if pa.types.is_uint64(array.type):
            array = pc.cast(array, pa.decimal128(20, 0))
        if not pa.types.is_decimal(array.type):
            whole = pc.fill_null(pc.cast(array, pa.int64()), 0)
            return np.asarray(whole.to_numpy(zero_copy_only=False), np.int64), 0, np.zeros(len(array), bool)
        array = pc.cast(array, pa.decimal128(38, array.type.scale))
        buffer = array.buffers()[1]
        halves = np.frombuffer(buffer, np.int64, 2 * len(array), 16 * array.offset).reshape(-1, 2)
        low, high = np.ascontiguousarray(halves[:, 0]), halves[:, 1]
        return low, array.type.scale, (high != low >> 63) & self.stated

    @cached_property
    def members(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[Any]]:
        """Of a column of lists: the row and the number of every option stated, and the options."""
        array = self.array
        if not pa.types.is_list(array.type):
            array = pc.cast(array, pa.list_(pa.string()))
        lengths = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
        options = pc.list_flatten(array)
        if not pa.types.is_dictionary(options.type):
            options = options.dictionary_encode()
        numbers = np.asarray(numbers_of_words(options), np.int64)
        return np.repeat(np.arange(len(array)), lengths), numbers, options.dictionary.to_pylist()

    def has(self, option: str) -> Rows:
        """The rows whose set has an option."""
        rows, numbers, options = self.members
        found = np.zeros(len(self.array), bool)
        if option in options:
            found[rows[numbers == options.index(option)]] = True
        return found

    @property
    def unit(self) -> Fraction:
        """How many of the coherent unit one is that the column counts in."""
        type_ = self.slot.type
        assert isinstance(type_, NumberType)
        unit = unit_named(type_.unit)
        return unit.factor if unit else Fraction(1)

    @cached_property
    def unread(self) -> Rows:
        """The rows that state what planes have no room for, or what is out of type."""
        nothing = np.zeros(len(self.array), bool)
        match self.slot.type:
            case None:
                return nothing if self.is_bits else self._unread_words(self._is_verdict)
            case TruthType():
                return nothing if self.is_bits else self.stated
            case OptionType(options):
                return self._unread_words(lambda word: word in options)
            case SetType(options):
                rows, numbers, listed = self.members
                nothing[rows[~np.array([o in options for o in listed] + [False])[numbers]]] = True
                return nothing
            case NumberType() as type_:
                return self._unread_numbers(type_)

    def _unread_words(self, is_known: Callable[[Any], bool]) -> Rows:
        encoded = self.encoded
        words = np.array([w is None or is_known(w) for w in encoded.dictionary.to_pylist()] + [True])
        unread: Rows = ~words
        if not unread.any():
            return np.zeros(len(self.array), bool)
        return np.asarray(unread[numbers_of_words(encoded)], bool)

    def _is_verdict(self, word: str) -> bool:
        said, clause = verdict_in(word), self.slot.declaration
        return said is not None and (said != "not-applicable" or getattr(clause, "applies", None) is not None)

    def _unread_numbers(self, type_: NumberType) -> Rows:
        if not is_exact(self.array.type):
            return self.stated
        numbers, places, unread = self.numbers
        if type_.is_never_negative:
            unread = unread | (numbers < 0)
        if type_.integer and places:
            unread = unread | (numbers % 10**places != 0 if places < _DIGITS else numbers != 0)
        return unread & self.stated


def is_exact(type_: pa.DataType) -> bool:
    """Whether a column of a type holds numbers as they were written; of a binary float nobody can tell which it was."""
    is_decimal = pa.types.is_decimal(type_) and not pa.types.is_decimal256(type_)
    return bool(pa.types.is_integer(type_) or is_decimal)


def numbers_of_words(encoded: pa.DictionaryArray) -> npt.NDArray[np.signedinteger[Any]]:
    """The number of the word in each row of a column that has each word once; -1 where there is none."""
    numbers = encoded.indices
    if pa.types.is_unsigned_integer(numbers.type):
        numbers = numbers.cast(pa.int64())
    found: npt.NDArray[np.signedinteger[Any]] = numbers.fill_null(-1).to_numpy(zero_copy_only=False)
    return found


def columns_of(program: Program, batch: pa.RecordBatch, also: Collection[int] = ()) -> dict[int, Column]:
    """The columns of a table by their place in the layout; what is stated nowhere is left out, unless in `also`."""
    slots, at = layout(program), slots_by_name(program)
    named = ((at[name], batch.column(i)) for i, name in enumerate(batch.schema.names) if name in at)
    return {
        i: Column(slots[i], array)
        for i, array in named
        if array.null_count < len(array) or (i in also and not pa.types.is_null(array.type))
    }


# --- letters -----------------------------------------------------------------------------------------------------


def rows_with(column: Column, leaf: Any, letters: frozenset[Any]) -> Rows:
    """The rows that state one of some letters, or nothing."""
    if isinstance(leaf, _Words) and not column.is_bits:
        return ~column.saying(lambda meaning: meaning is not None and meaning not in letters)
    found = _bits(column, letters) if isinstance(leaf, _Words) else _WITH[type(leaf)](column, leaf, letters)
    return found | ~column.stated


def _bits(column: Column, letters: frozenset[Any]) -> Rows:
    truths = np.asarray(pc.fill_null(column.array, False).to_numpy(zero_copy_only=False), bool)
    return (truths & (not letters.isdisjoint(YES))) | (~truths & (not letters.isdisjoint(NO)))


def _member(column: Column, leaf: Member, letters: frozenset[Any]) -> Rows:
    has = column.has(leaf.option)
    return has if True in letters else ~has


def _sets(column: Column, leaf: Sets, letters: frozenset[Any]) -> Rows:
    asked = sorted(frozenset().union(*leaf.letters))
    found = np.zeros(len(column.array), bool)
    for letter in letters:
        same = np.ones(len(column.array), bool)
        for option in asked:
            same &= column.has(option) if option in letter else ~column.has(option)
        found |= same
    return found


def _sides(column: Column, leaf: Sides, letters: frozenset[Any]) -> Rows:
    """Neighbouring letters together are what lies between two numbers."""
    numbers, places, _ = column.numbers
    ends = [t / column.unit * 10**places for t in leaf.thresholds]
    sides = sorted(leaf.side(letter) for letter in letters)
    found = np.zeros(len(numbers), bool)
    while sides:
        first = last = sides.pop(0)
        every = [leaf.side(letter) for letter in leaf.letters]
        while sides and not any(last < s < sides[0] for s in every):
            last = sides.pop(0)
        found |= _from(numbers, first, ends) & _to(numbers, last, ends)
    return found


def _from(numbers: npt.NDArray[np.int64], side: int, ends: Sequence[Fraction]) -> Rows:
    if side == 0:
        return np.ones(len(numbers), bool)
    end = ends[(side - 1) // 2]
    least = ceil(end) if side % 2 else floor(end) + 1
    return numbers >= least if -_MOST <= least <= _MOST else np.full(len(numbers), least < 0)


def _to(numbers: npt.NDArray[np.int64], side: int, ends: Sequence[Fraction]) -> Rows:
    if side == 2 * len(ends):
        return np.ones(len(numbers), bool)
    end = ends[side // 2]
    most = floor(end) if side % 2 else ceil(end) - 1
    return numbers <= most if -_MOST <= most <= _MOST else np.full(len(numbers), most > 0)


_WITH: Mapping[type, Callable[[Column, Any, frozenset[Any]], Rows]] = {
    Member: _member,
    Sets: _sets,
    Sides: _sides,
}


# --- planes ------------------------------------------------------------------------------------------------------


def plane(rows: Rows) -> Words:
    """Rows as bits, the first in the lowest."""
    words = np.zeros(-(-len(rows) // WORD), np.uint64)
    packed = np.packbits(rows, bitorder="little")
    words.view(np.uint8)[: len(packed)] = packed
    return words


def rows_of(words: Words, number: int) -> Rows:
    """A plane as rows."""
    return np.unpackbits(words.view(np.uint8), count=number, bitorder="little").view(bool)


def numbers_in(words: Words, number: int) -> npt.NDArray[np.intp]:
    """The numbers of the rows in a plane of so many."""
    some = np.flatnonzero(words)
    places = np.flatnonzero(np.unpackbits(words[some].view(np.uint8), bitorder="little"))
    found = some[places // WORD] * WORD + places % WORD
    return found[found < number]


def bits_of(array: pa.Array) -> tuple[Words, Words | None]:
    """The values of a Boolean column as they lie, and which of them are stated; None: all."""
    validity, values = array.buffers()
    stated = None if array.null_count == 0 else _aligned(validity, array.offset, len(array))
    return _aligned(values, array.offset, len(array)), stated


def _aligned(buffer: pa.Buffer, offset: int, number: int) -> Words:
    """The bits of a buffer from an offset on, without a copy where they begin a byte and fill their last word."""
    words, (first, skipped) = -(-number // WORD), divmod(offset, 8)
    if skipped == 0 and buffer.size >= first + 8 * words:
        return np.frombuffer(buffer, np.uint64, words, first)
    lying = np.frombuffer(buffer, np.uint8, -(-(skipped + number) // 8), first)
    if skipped:
        return plane(np.unpackbits(lying, bitorder="little")[skipped : skipped + number].view(bool))
    copied = np.zeros(words, np.uint64)
    copied.view(np.uint8)[: len(lying)] = lying
    return copied
