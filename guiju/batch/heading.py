"""The head of a table against a program: which column states what, and everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from guiju.batch import codes
from guiju.batch.copied import can_name, is_held, plain_type
from guiju.batch.misfits import Misfit
from guiju.batch.tables import Form, Table, is_text
from guiju.compiler.ir import NumberType, OptionType, Program, SetType, TruthType
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Text
from guiju.dsl.near import near
from guiju.dsl.source import Span
from guiju.engine.layout import Slot, layout, slots_by_name

#: names of a column of row ids, where none is asked for
ID_NAMES = ("id", "编号")
_NAMED = 8  # of what has no column, in one sentence
_TEXTS = Text("文字", "text")
_EXPECTED: dict[type | None, Text] = {
    None: Text("满足、不满足等结论（布尔或文字）", "verdicts (booleans or text)"),
    TruthType: Text("是或否（布尔或文字）", "yes or no (booleans or text)"),
    NumberType: Text("数（整数、decimal128 或文字）", "numbers (integers, decimal128 or text)"),
    OptionType: Text("选项（文字）", "options (text)"),
    SetType: Text("选项的列表（list<string> 或文字）", "lists of options (list<string> or text)"),
}
_NO_NAMES = Text("这样的值写不成文字，不能作行的编号", "no text says such values, so they name no row")
_NO_ROOM: dict[Form, Text] = {
    "csv": Text("CSV 文件装不下", "a CSV file has no room for it"),
    "parquet": Text("Parquet 文件装不下", "a Parquet file has no room for it"),
    "arrow": Text("Arrow 文件装不下", "an Arrow file has no room for it"),
    "arrows": Text("Arrow 流装不下", "an Arrow stream has no room for it"),
}


@dataclass(frozen=True)
class Wanted:
    """What is asked of every table beside the columns of its program. `id` None: the usual name, where it is there.

    `to`: the form of file that columns are copied to, `own` that of their table; None: they are not copied.
    """

    id: str | None = None
    keep: tuple[str, ...] = ()
    ignore_others: bool = False
    to: Form | Literal["own"] | None = None
    may_keep: bool = True  # whether the command copies columns to its result


@dataclass(frozen=True)
class Heading:
    """The columns of a table that are read: slots of the layout by column, the ids, those copied as they are."""

    slots: tuple[tuple[str, int], ...]
    id: str | None
    keep: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them, each once."""
        ids = (self.id,) if self.id is not None else ()
        return tuple(dict.fromkeys((*(name for name, _ in self.slots), *ids, *self.keep)))


def id_of(table: Table, heading: Heading, line: Misfit) -> str | None:
    """What stands in a line where the ids do, which names it as far as the line is right up to there."""
    return None if heading.id is None else line.cell(table.schema.names.index(heading.id)) or None


def heading_of(
    program: Program, table: Table, wanted: Wanted, also: Program | None = None
) -> tuple[Heading, tuple[Diagnostic, ...]]:
    """What the columns of a table state. With an error among the diagnostics nothing may be read from it.

    `also`: another program that may know a column.
    """
    names: list[str] = table.schema.names
    id_ = wanted.id or _usual_id(program, names)
    found: list[Diagnostic] = list(_not_there(table, wanted))
    found += _written_twice(table)
    found += _not_held(table, id_, wanted)
    slots: dict[int, tuple[str, int]] = {}
    for at, name in enumerate(names):
        index = slot_named(program, name)
        is_others = also is not None and slot_named(also, name) is not None
        if index is None and not (name == id_ or name in wanted.keep or wanted.ignore_others or is_others):
            meant = near(name, {**slots_by_name(program), **(slots_by_name(also) if also is not None else {})})
            found.append(_about(codes.UNKNOWN_COLUMN, table.place(at), meant, name=name, others=_others(wanted, name)))
        if index is None or names.index(name) < at:
            continue
        slot = layout(program)[index]
        if index in slots:
            found.append(_twice(slot, table.place(slots[index][1]), table.place(at)))
        elif not fits(slot, table.schema.field(at).type):
            type_, expected = _shown(table.schema.field(at).type), _EXPECTED[type(slot.type) if slot.type else None]
            found.append(_about(codes.COLUMN_TYPE, table.place(at), name=slot.name, expected=expected, found=type_))
        slots.setdefault(index, (name, at))
    if not slots and not found:
        whole = Span(table.head, 0, len(table.head.text))
        found.append(_about(codes.NO_KNOWN_COLUMN, whole, path=table.shown, standard=program.designation))
    found += _worth_knowing(program, table, slots)
    keep = tuple(name for name in wanted.keep if name in names)
    return Heading(tuple((name, index) for index, (name, _) in sorted(slots.items())), id_, keep), tuple(found)


def _others(wanted: Wanted, name: str) -> Text:
    """What can be done with a column that says nothing of the standard."""
    if not wanted.may_keep:
        return Text("用 --ignore-others 略过所有这样的列", "--ignore-others passes over all such columns")
    return Text(
        f"要照抄进结果用 --keep “{name}”，其余的列都不要用 --ignore-others",
        f"`--keep {name}` copies it to the result, --ignore-others passes over all such columns",
    )


def _usual_id(program: Program, names: Sequence[str]) -> str | None:
    """The column that is called as ids usually are, be it with blanks around."""
    at = {name.strip(): name for name in reversed(names)}
    return next((at[usual] for usual in ID_NAMES if usual in at and usual not in slots_by_name(program)), None)


def slot_named(program: Program, name: str) -> int | None:
    """The slot that a column's name means, by any name that evidence may use."""
    return slots_by_name(program).get(name.strip())


def fits(slot: Slot, type_: pa.DataType) -> bool:
    """Whether a column of a type can state values of a slot; text always may."""
    inner = type_.value_type if pa.types.is_dictionary(type_) else type_
    if pa.types.is_null(inner) or is_text(inner):
        return True
    match slot.type:
        case NumberType():
            if pa.types.is_decimal(inner):
                return bool(inner.scale >= 0)  # Arrow computes with no other
            return bool(pa.types.is_integer(inner) or pa.types.is_floating(inner))
        case SetType():
            return (pa.types.is_list(type_) or pa.types.is_large_list(type_)) and _are_words(type_.value_type)
        case OptionType():
            return False
    return bool(pa.types.is_boolean(inner))


def _are_words(type_: pa.DataType) -> bool:
    inner = type_.value_type if pa.types.is_dictionary(type_) else type_
    return is_text(inner) or bool(pa.types.is_null(inner))


def _worth_knowing(program: Program, table: Table, slots: dict[int, tuple[str, int]]) -> Iterator[Diagnostic]:
    """Columns of floats, and what has no column although it would have to be asked for."""
    floats = [name for name, at in slots.values() if pa.types.is_floating(table.schema.field(at).type)]
    if floats:
        yield _about(codes.BINARY_FLOATS, table.place(table.schema.names.index(floats[0])), names=few(floats))
    missing = [s.name for i, s in enumerate(layout(program)) if i not in slots and s.is_asked]
    if missing and slots:
        yield _about(codes.MISSING_COLUMNS, Span(table.head, 0, 0), number=len(missing), names=few(missing))


def _not_there(table: Table, wanted: Wanted) -> Iterator[Diagnostic]:
    known: list[str] = table.schema.names
    ids = ((codes.NO_ID_COLUMN, wanted.id),) if wanted.id is not None else ()
    for code, name in (*ids, *((codes.NO_KEPT_COLUMN, name) for name in dict.fromkeys(wanted.keep))):
        if name not in known:
            arguments = {"path": table.shown, "name": name, "known": few(known)}
            yield _about(code, Span(table.head, 0, 0), near(name, known), **arguments)


def _not_held(table: Table, id_: str | None, wanted: Wanted) -> Iterator[Diagnostic]:
    """The columns whose type no id has, or that the result has no room for."""
    form = table.form if wanted.to == "own" else wanted.to
    names: list[str] = table.schema.names
    for name in dict.fromkeys((id_, *wanted.keep)):
        if name is None or name not in names:
            continue
        type_ = table.schema.field(names.index(name)).type
        why = None
        if name == id_ and not can_name(plain_type(type_)):
            why = _NO_NAMES
        elif form is not None and not is_held(plain_type(type_), form):
            why = _NO_ROOM[form]
        if why is not None:
            yield not_copied(table, name, why)


def not_copied(table: Table, name: str, why: Text) -> Diagnostic:
    """That a column of a table can be no column of the result."""
    at = table.schema.names.index(name)
    return _about(codes.COPIED_TYPE, table.place(at), name=name, found=_shown(table.schema.field(at).type), why=why)


def name_taken(table: Table, there: str, name: str, own: Sequence[str]) -> Diagnostic:
    """That a column would be copied by the name of one that a result has itself: one of the two would be lost."""
    return _about(codes.RESULT_COLUMN, table.place(table.schema.names.index(there)), name=name, known=few(own))


def same_to(table: Table, first: str, second: str, name: str) -> Diagnostic:
    """That two columns state one thing, the second beside the first."""
    at = table.schema.names.index
    arguments = (("first", first), ("second", second), ("name", name))
    return Diagnostic(codes.COLUMN_TWICE, table.place(at(second)), arguments, _first(table.place(at(first))))


def _written_twice(table: Table) -> Iterator[Diagnostic]:
    names: list[str] = table.schema.names
    for at, name in enumerate(names):
        if (first := names.index(name)) < at:
            arguments = (("first", name), ("second", name), ("name", name))
            yield Diagnostic(codes.COLUMN_TWICE, table.place(at), arguments, _first(table.place(first)))


def _twice(slot: Slot, first: Span, second: Span) -> Diagnostic:
    arguments = (("first", first.text), ("second", second.text), ("name", slot.name))
    return Diagnostic(codes.COLUMN_TWICE, second, arguments, _first(first))


def _first(place: Span) -> tuple[Label, ...]:
    return (Label(place, Text("第一列", "the first one")),)


def few(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    more = f", … +{len(names) - _NAMED}" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _shown(type_: pa.DataType) -> str:
    """As Arrow calls it, or whoever has a type that Arrow has not."""
    return type_.type_name if isinstance(type_, pa.OpaqueType) else str(type_)


def _about(code: Code, span: Span, suggestion: str | None = None, **arguments: str | int | Text) -> Diagnostic:
    return Diagnostic(code, span, tuple(arguments.items()), suggestion=suggestion)
