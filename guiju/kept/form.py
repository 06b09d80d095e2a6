"""Objects as plain JSON and back, programs above all: the same values, exact numbers, the same places in texts.

A flat table of objects, each behind those that it holds; what is shared stays shared. Only classes that are
named can come out, and nothing is executed. Places are offsets in texts that the reader has already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from guiju.compiler import ir
from guiju.dsl.diagnostic import Text
from guiju.dsl.source import Source, Span

_REF, _TUPLE, _SET, _NUMBER, _SPAN, _SPECIAL, _VERDICT, _MAPPING = range(8)


def _plain(declared: str) -> str:
    """The name of a type without what it holds; of a union as it stands, which is no plain type."""
    return declared if " | " in declared.partition("[")[0] or declared.endswith("None") else declared.partition("[")[0]


_PLAIN = {
    "str": str,
    "int": int,
    "bool": bool,
    "Text": Text,
    "Span": Span,
    "tuple": tuple,
    "frozenset": frozenset,
    "Mapping": dict,
}


class Form:
    """The classes whose objects can be written and come out again, and what their fields are."""

    def __init__(self, classes: Sequence[type]) -> None:
        self.classes = tuple(classes)
        self.numbers = {class_: number for number, class_ in enumerate(classes)}
        self.fields = tuple(tuple(f.name for f in fields(class_)) for class_ in classes)
        # what the fields of a class are declared to be, where that is one plain type
        self.declared = tuple(
            tuple((f.name, _PLAIN[kind]) for f in fields(class_) if (kind := _plain(str(f.type))) in _PLAIN)
            for class_ in classes
        )

    def written(self, value: Any, sources: Sequence[Source] = ()) -> list[Any]:
        """An object as lists, texts, whole numbers, truths and null."""
        writer = _Writer(self, sources)
        writer.value(value)
        return writer.table

    def read(self, table: list[Any], sources: Sequence[Source] = ()) -> Any:
        """What was written. Raises ValueError, TypeError, LookupError or OverflowError of what was not."""
        objects: list[Any] = []
        for row in table:
            number = row[0]
            class_, names = self.classes[number], self.fields[number]
            if len(row) != len(names) + 1:
                raise ValueError
            made = object.__new__(class_)
            made.__dict__.update(zip(names, [_value(v, objects, sources) for v in row[1:]], strict=True))
            if not all(isinstance(made.__dict__[name], type_) for name, type_ in self.declared[number]):
                raise TypeError
            objects.append(made)
        return objects[-1]


class NotWritableError(Exception):
    """A program stands on a text that is not among the sources, or holds what no program should."""


PROGRAM = Form(
    (
        Text,
        *(v for v in vars(ir).values() if isinstance(v, type) and is_dataclass(v) and v.__module__ == ir.__name__),
    )
)


def written(program: ir.Program, sources: Sequence[Source]) -> list[Any]:
    """A program as lists, texts, whole numbers, truths and null."""
    return PROGRAM.written(program, sources)


def read(table: list[Any], sources: Sequence[Source]) -> ir.Program:
    """The program that was written. Raises ValueError, TypeError, LookupError or OverflowError of what none was."""
    program = PROGRAM.read(table, sources)
    if not isinstance(program, ir.Program):
        raise TypeError
    return program


def _value(value: Any, objects: list[Any], sources: Sequence[Source]) -> Any:
    if type(value) is not list:
        return value
    match value[0]:
        case 0:
            return objects[value[1]]
        case 1:
            return tuple([_value(v, objects, sources) for v in value[1:]])
        case 2:
            return frozenset(_value(v, objects, sources) for v in value[1:])
        case 3:
            return Fraction(value[1], value[2])
        case 4:
            return Span(sources[value[1]], value[2], value[3])
        case 5:
            return ir.Special(value[1])
        case 6:
            return ir.Verdict(value[1])
        case 7:
            found = [_value(v, objects, sources) for v in value[1:]]
            return dict(zip(found[::2], found[1::2], strict=True))
    raise ValueError


class _Writer:
    def __init__(self, form: Form, sources: Sequence[Source]) -> None:
        self._form = form
        self.table: list[Any] = []
        self._sources = {source: number for number, source in enumerate(sources)}
        self._known: dict[int, int] = {}

    def value(self, value: Any) -> Any:
        match value:
            case None | bool() | str() | int():
                return value
            case Fraction():
                return [_NUMBER, value.numerator, value.denominator]
            case tuple():
                return [_TUPLE, *(self.value(v) for v in value)]
            case frozenset():
                return [_SET, *(self.value(v) for v in sorted(value, key=str))]
            case dict():
                return [_MAPPING, *(self.value(v) for item in value.items() for v in item)]
            case Span():
                if value.source not in self._sources:
                    raise NotWritableError
                return [_SPAN, self._sources[value.source], value.start, value.end]
            case ir.Special():
                return [_SPECIAL, value.value]
            case ir.Verdict():
                return [_VERDICT, value.value]
        return [_REF, self._object(value)]

    def _object(self, value: Any) -> int:
        if id(value) not in self._known:
            number = next((self._form.numbers[c] for c in type(value).__mro__ if c in self._form.numbers), None)
            if number is None:
                raise NotWritableError
            row = [number, *(self.value(getattr(value, name)) for name in self._form.fields[number])]
            self._known[id(value)] = len(self.table)
            self.table.append(row)
        return self._known[id(value)]
