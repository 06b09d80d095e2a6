"""A program as plain JSON and back: the same values, exact numbers, the same places in the same texts.

A flat table of objects, each behind those that it holds; what is shared stays shared. Only the classes of which
programs are made can come out, and nothing is executed. Places are offsets in texts that the reader has already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from guiju.compiler import ir
from guiju.dsl.diagnostic import Text
from guiju.dsl.source import Source, Span

_REF, _TUPLE, _SET, _NUMBER, _SPAN, _SPECIAL, _VERDICT = range(7)


def _plain(declared: str) -> str:
    """The name of a type without what it holds; of a union as it stands, which is no plain type."""
    return declared if " | " in declared.partition("[")[0] or declared.endswith("None") else declared.partition("[")[0]


_CLASSES: tuple[type, ...] = (
    Text,
    *(v for v in vars(ir).values() if isinstance(v, type) and is_dataclass(v) and v.__module__ == ir.__name__),
)
_NUMBERS = {class_: number for number, class_ in enumerate(_CLASSES)}
_FIELDS = tuple(tuple(f.name for f in fields(class_)) for class_ in _CLASSES)
_PLAIN = {"str": str, "int": int, "bool": bool, "Text": Text, "Span": Span, "tuple": tuple, "frozenset": frozenset}
# what the fields of a class are declared to be, where that is one plain type
_DECLARED = tuple(
    tuple((f.name, _PLAIN[kind]) for f in fields(class_) if (kind := _plain(str(f.type))) in _PLAIN)
    for class_ in _CLASSES
)


class NotWritableError(Exception):
    """A program stands on a text that is not among the sources, or holds what no program should."""


def written(program: ir.Program, sources: Sequence[Source]) -> list[Any]:
    """A program as lists, texts, whole numbers, truths and null."""
    writer = _Writer(sources)
    writer.value(program)
    return writer.table


def read(table: list[Any], sources: Sequence[Source]) -> ir.Program:
    """The program that was written. Raises ValueError, TypeError, LookupError or OverflowError of what none was."""
    objects: list[Any] = []
    for row in table:
        number = row[0]
        class_, names = _CLASSES[number], _FIELDS[number]
        if len(row) != len(names) + 1:
            raise ValueError
        made = object.__new__(class_)
        made.__dict__.update(zip(names, [_value(v, objects, sources) for v in row[1:]], strict=True))
        if not all(isinstance(made.__dict__[name], type_) for name, type_ in _DECLARED[number]):
            raise TypeError
        objects.append(made)
    program = objects[-1]
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
    raise ValueError


class _Writer:
    def __init__(self, sources: Sequence[Source]) -> None:
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
                return [_SET, *(self.value(v) for v in sorted(value))]
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
            number = next((_NUMBERS[c] for c in type(value).__mro__ if c in _NUMBERS), None)
            if number is None:
                raise NotWritableError
            row = [number, *(self.value(getattr(value, name)) for name in _FIELDS[number])]
            self._known[id(value)] = len(self.table)
            self.table.append(row)
        return self._known[id(value)]
