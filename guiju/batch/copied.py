"""Columns that go from tables to their result as they are, ids and those to be kept: what each form of file holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from guiju.batch.tables import Form, is_text


def plain_type(type_: pa.DataType) -> pa.DataType:
    """The same without dictionaries, which differ from batch to batch, and views, of which Arrow can take no rows."""
    if pa.types.is_dictionary(type_):
        return plain_type(type_.value_type)
    if pa.types.is_string_view(type_):
        return pa.large_string()
    if pa.types.is_binary_view(type_):
        return pa.large_binary()
    if pa.types.is_list(type_) or pa.types.is_list_view(type_):
        return pa.list_(_plain_field(type_.value_field))
    if pa.types.is_large_list(type_) or pa.types.is_large_list_view(type_):
        return pa.large_list(_plain_field(type_.value_field))
    if pa.types.is_fixed_size_list(type_):
        return pa.list_(_plain_field(type_.value_field), type_.list_size)
    if pa.types.is_struct(type_):
        return pa.struct([_plain_field(field) for field in _inside(type_)])
    return type_


def _plain_field(field: pa.Field) -> pa.Field:
    return field.with_type(plain_type(field.type))


def plain(column: pa.Array) -> pa.Array:
    """A column in its plain type, which `is_held`."""
    if pa.types.is_dictionary(column.type) and pa.types.is_string_view(column.type.value_type):
        column = pa.DictionaryArray.from_arrays(column.indices, column.dictionary.cast(pa.large_string()))
    type_ = plain_type(column.type)
    return column if column.type == type_ else column.cast(type_)


def is_held(type_: pa.DataType, form: Form) -> bool:
    """Whether a file of a form has room for a column of a plain type."""
    if form == "csv":
        return is_told(type_.value_type if is_list(type_) else type_)
    return all(_is_kept(part, form) for part in _parts(type_))


def _is_kept(type_: pa.DataType, form: Form) -> bool:
    if pa.types.is_run_end_encoded(type_) or type_ != plain_type(type_):  # what no map or union is without
        return False
    if form != "parquet":
        return True
    if pa.types.is_decimal(type_):
        return bool(type_.scale >= 0)
    is_empty = pa.types.is_struct(type_) and not type_.num_fields
    return not (is_empty or pa.types.is_union(type_) or pa.types.is_interval(type_))


def _parts(type_: pa.DataType) -> Iterable[pa.DataType]:
    """A type and all that stand inside of it."""
    yield type_
    for field in _inside(type_):
        yield from _parts(field.type)


def _inside(type_: pa.DataType) -> list[pa.Field]:
    return [type_.field(i) for i in range(type_.num_fields)] if pa.types.is_nested(type_) else []


def is_list(type_: pa.DataType) -> bool:
    """Whether values of a type are lists, of whatever length."""
    return bool(pa.types.is_list(type_) or pa.types.is_large_list(type_) or pa.types.is_fixed_size_list(type_))


def is_told(type_: pa.DataType) -> bool:
    """Whether a value of a plain type can be written as text: one of text, a number, yes or no, a time."""
    if pa.types.is_timestamp(type_):
        return _is_of_this_world(type_)
    is_time = pa.types.is_temporal(type_) and not pa.types.is_interval(type_)
    is_number = pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_)
    return bool(is_time or is_number or is_text(type_) or pa.types.is_boolean(type_) or pa.types.is_null(type_))


def _is_of_this_world(instants: pa.DataType) -> bool:
    """Whether instants are in a time zone that is known here."""
    try:
        pa.array([0], pa.int64()).cast(instants).cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True


def can_name(type_: pa.DataType) -> bool:
    """Whether rows can be called by values of a plain type."""
    is_bytes = pa.types.is_binary(type_) or pa.types.is_large_binary(type_) or pa.types.is_fixed_size_binary(type_)
    return is_told(type_) or is_bytes or isinstance(type_, pa.UuidType)


def texts(ids: pa.Array) -> list[str | None]:
    """What rows are called, as text; null is no name."""
    column = plain(ids)
    if pa.types.is_temporal(column.type):  # Python has no nanoseconds
        column = column.cast(pa.string())
    return [None if id_ is None else str(id_) for id_ in column.to_pylist()]


def common_type(types: Sequence[pa.DataType]) -> pa.DataType | None:
    """The plain type of one column for columns of several, text where they differ; None where that is none."""
    stated = [type_ for type_ in types if not pa.types.is_null(type_)] or types
    if all(type_ == stated[0] for type_ in stated):
        return stated[0]
    if not all(map(is_told, stated)):
        return None
    return pa.large_string() if any(map(pa.types.is_large_string, stated)) else pa.string()
