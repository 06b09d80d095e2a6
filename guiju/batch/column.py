"""One Arrow column -> the form in which the engine takes it, and the cells that say nothing it could take.

Out come booleans for yes-no and for verdicts, text for options (ids) and for verdicts that are more than two, lists of
ids for sets, integers or decimal128 in the unit of the fact for numbers. A number that no such column holds is *odd*:
its row is evaluated by itself. What is no value of the slot at all is *wrong*, and its row is rejected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guiju.batch.cell import CellValue, cell_of_options, cell_of_text, wrong_with
from guiju.batch.tables import is_text
from guiju.compiler.ir import Fact, NumberType, Program, SetType, TruthType
from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.columnar.columns import numbers_of_words
from guiju.engine.layout import Slot, layout

_DIGITS, _PLACES = 38, 18  # that decimal128 holds; of them behind the point
_MANY = 2_000  # texts worth reading one by one
_PLAIN = r"^-?[0-9]{1,18}(\.[0-9]{1,9})?$"  # a number that Arrow reads exactly by itself
_PLAIN_PLACES = 9


@dataclass(frozen=True)
class Column:
    """A column for the engine, null where its cell is wrong or odd; these by their place in the batch."""

    array: pa.Array
    wrong: Mapping[int, tuple[str, tuple[Diagnostic, ...]]] = field(default_factory=dict)  # the cell as text, and why
    odd: Mapping[int, CellValue] = field(default_factory=dict)


def column_of(program: Program, index: int, array: pa.Array) -> Column:
    """A column of a slot (by its place in the layout), whose type `heading.fits`."""
    slot, type_ = layout(program)[index], array.type
    inner = type_.value_type if pa.types.is_dictionary(type_) else type_
    if pa.types.is_null(inner):
        return Column(pa.nulls(len(array), _empty_type(slot)))
    if pa.types.is_boolean(inner):
        return Column(array)
    if isinstance(slot.type, SetType) and not is_text(inner):
        return _of_lists(program, index, array)
    if pa.types.is_integer(inner) or pa.types.is_decimal(inner):
        return _of_numbers(program, index, array)
    if pa.types.is_floating(inner):
        array = pc.cast(array, pa.string())
    return _of_texts(program, index, array)


def _empty_type(slot: Slot) -> pa.DataType:
    match slot.type:
        case None | TruthType():
            return pa.bool_()
        case NumberType():
            return pa.int64()
        case SetType():
            return pa.list_(pa.string())
    return pa.string()


# --- typed columns -------------------------------------------------------------------------------------------------


def _of_numbers(program: Program, index: int, array: pa.Array) -> Column:
    """Integers and decimals: nothing is to be read, but counts are whole and quantities never below zero."""
    type_ = layout(program)[index].type
    assert isinstance(type_, NumberType)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_decimal256(array.type):
        return _of_texts(program, index, pc.cast(array, pa.string()))
    if pa.types.is_uint64(array.type):
        array = pc.cast(array, pa.decimal128(20, 0))
    suspect = pa.array(np.zeros(len(array), bool))
    if type_.is_never_negative:
        suspect = pc.or_(suspect, pc.fill_null(pc.less(array, pa.scalar(0, array.type)), False))
    if type_.integer and pa.types.is_decimal(array.type) and array.type.scale > 0:
        suspect = pc.or_(suspect, pc.fill_null(pc.not_equal(array, pc.trunc(array)), False))
    wrong = {}
    for row in np.flatnonzero(suspect.to_numpy(zero_copy_only=False)):
        value = array[int(row)].as_py()
        wrong[int(row)] = (str(value), wrong_with(program, index, value))
    return Column(pc.if_else(suspect, pa.scalar(None, array.type), array) if wrong else array, wrong)


def _of_lists(program: Program, index: int, array: pa.Array) -> Column:
    """Lists of options: where each is an id the column is as it is, else names become ids row by row."""
    slot = layout(program)[index]
    assert isinstance(slot.type, SetType)
    words = array.flatten()
    encoded = words if pa.types.is_dictionary(words.type) else words.dictionary_encode()
    if not words.null_count and {*encoded.dictionary.to_pylist()} <= {*slot.type.options}:
        return Column(array)
    array = array.cast(pa.list_(pa.string()))
    wrong: dict[int, tuple[str, tuple[Diagnostic, ...]]] = {}
    values: list[list[str] | None] = []
    for row, listed in enumerate(array.to_pylist()):
        cell = None if listed is None else cell_of_options(program, index, tuple(listed))
        if isinstance(cell, tuple):
            wrong[row] = (str(listed), cell)
        values.append(sorted(cell) if isinstance(cell, frozenset) else None)
    return Column(pa.array(values, pa.list_(pa.string())), wrong)


# --- text ----------------------------------------------------------------------------------------------------------


def _of_texts(program: Program, index: int, array: pa.Array) -> Column:
    """Each text is read once, however often it stands in the column."""
    slot = layout(program)[index]
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    texts = array.dictionary
    if isinstance(slot.type, NumberType) and len(texts) > _MANY and not _counts_places(slot):
        fast = _plain_numbers(array.dictionary, slot.type)
        if fast is not None:
            return Column(fast.take(array.indices))
    cells = [None if t is None else cell_of_text(program, index, t) for t in texts.to_pylist()]
    values, odd = canonical(slot, [None if isinstance(c, tuple) else c for c in cells])
    at = _places_of(array, [i for i, c in enumerate(cells) if isinstance(c, tuple) or i in odd])
    wrong = {row: (texts[i].as_py(), cells[i]) for row, i in at if isinstance(cells[i], tuple)}
    is_encoded = is_text(values.type) and not values.null_count
    made = pa.DictionaryArray.from_arrays(array.indices, values) if is_encoded else values.take(array.indices)
    return Column(made, wrong, {row: cells[i] for row, i in at if i in odd})  # type: ignore[arg-type, misc]


def _places_of(array: pa.Array, entries: Sequence[int]) -> list[tuple[int, int]]:
    """The rows that hold some entries of a dictionary, in their order, with the entry."""
    if not entries:
        return []
    indices = numbers_of_words(array)
    return [(int(row), int(indices[row])) for row in np.flatnonzero(np.isin(indices, entries))]


def _plain_numbers(texts: pa.Array, type_: NumberType) -> pa.Array | None:
    """Many texts that are plain decimal numbers of the type, without reading them one by one; else None."""
    if not pc.all(pc.match_substring_regex(texts, _PLAIN)).as_py():
        return None
    numbers = pc.cast(texts, pa.decimal128(_DIGITS, _PLACES - _PLAIN_PLACES))
    zero = pa.scalar(Decimal(0), numbers.type)
    if type_.is_never_negative and pc.any(pc.less(numbers, zero)).as_py():
        return None
    if type_.integer and pc.any(pc.not_equal(numbers, pc.trunc(numbers))).as_py():
        return None
    return numbers


def _counts_places(slot: Slot) -> bool:
    """Whether it matters with how many decimal places a number is written: where a formula gives the fact, too."""
    return isinstance(slot.declaration, Fact) and slot.declaration.formula is not None


def canonical(slot: Slot, cells: list[CellValue], *, as_written: bool = True) -> tuple[pa.Array, set[int]]:
    """The values as an Arrow array, and the places of those that it has no room for.

    `as_written`: where decimal places count, a number has as many as it was written with.
    """
    match slot.type:
        case NumberType():
            return _numbers(cells, as_written and _counts_places(slot))
        case None if any(isinstance(c, str) for c in cells):
            return pa.array([_verdict(c) for c in cells], pa.string()), set()
        case SetType():
            return pa.array([None if c is None else sorted(c) for c in cells], pa.list_(pa.string())), set()  # type: ignore[arg-type]
    return pa.array(cells, _empty_type(slot)), set()


def _verdict(cell: CellValue) -> str | None:
    """The word of a verdict, for a column that has more than two."""
    if isinstance(cell, bool):
        return "satisfied" if cell else "unsatisfied"
    return cell if isinstance(cell, str) else None


def _numbers(cells: list[CellValue], counts_places: bool) -> tuple[pa.Array, set[int]]:
    """Whole numbers as int64, others as decimal128 with the most places that any has."""
    decimals = {i: d for i, c in enumerate(cells) if c is not None and (d := _decimal(c)) is not None}
    scale = max((_scale(d) for d in decimals.values()), default=0)
    room = 10 ** (_DIGITS - scale)
    fitting = {i: d for i, d in decimals.items() if abs(d) < room and (not counts_places or _scale(d) == scale)}
    odd = {i for i, c in enumerate(cells) if c is not None and i not in fitting}
    listed = [fitting.get(i) for i in range(len(cells))]
    if scale == 0 and all(abs(d) < 2**63 for d in fitting.values()):
        return pa.array([None if d is None else int(d) for d in listed], pa.int64()), odd
    return pa.array(listed, pa.decimal128(_DIGITS, scale)), odd


def _scale(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _decimal(value: CellValue) -> Decimal | None:
    """A number as a decimal one with no more places than a column has room for; None where there is none."""
    if isinstance(value, Decimal):
        return value if _scale(value) <= _PLACES else None
    assert isinstance(value, Fraction)
    shifted = value * 10**_PLACES
    if shifted.denominator != 1 or abs(shifted) >= 10**_DIGITS:
        return None
    # built from its digits: arithmetic on decimals would round to the context
    digits = f"{abs(shifted.numerator):0{_PLACES + 1}d}"
    plain = f"{digits[:-_PLACES]}.{digits[-_PLACES:]}".rstrip("0").rstrip(".")
    return Decimal(f"-{plain}" if value < 0 else plain)
