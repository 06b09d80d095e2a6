"""What a program states of a subject by name -> values by their places among the columns, or all that is wrong at once.

Names are those of evidence; values are those of a row of a plain table, see `engine.rows`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from guiju import GuijuError
from guiju.compiler.ir import NumberType, Program, SetType
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text
from guiju.dsl.near import near
from guiju.dsl.source import Source, Span
from guiju.engine.addresses import found_in, names_of
from guiju.engine.bind import bind
from guiju.engine.codes import PARENT_ATTESTED, STATED_TWICE, WRONG_VALUE
from guiju.engine.compiled.judging import is_in_type
from guiju.engine.evidence import Attestation, Evidence
from guiju.engine.layout import Slot, layout, slots_by_name
from guiju.engine.network import network_of
from guiju.engine.rows import bind_row, shown

if TYPE_CHECKING:  # most numbers need none of it
    from guiju.exchange.problem import Problem

SUBJECT = "stated"

UNKNOWN_NAME = Code(
    "unknown-stated-name",
    Severity.ERROR,
    Text("没有这样的名称", "Unknown name"),
    Text("标准没有以“{name}”为名的输入、事实或条款", "the standard has no input, fact or clause of the name `{name}`"),
    Text(
        "检查拼写；函数的 columns 列出全部名称",
        "check the spelling; `columns` of the function lists every name",
    ),
    Text(
        "写错的名称若被略过，所说的就成了未知", "were a misspelt name passed over, what it says would count as unknown"
    ),
)
NOT_STATED = Code(
    "not-stated-itself",
    Severity.ERROR,
    Text("不由陈述给出", "Not stated itself"),
    Text(
        "“{name}”不是可以陈述的：它由所陈述的得出，或者是一个读法",
        "`{name}` is nothing that can be stated: it follows from what is, or is a reading",
    ),
    Text(
        "陈述输入、事实或条款，函数的 columns 列出全部名称；读法在 guiju.compiled 里选定",
        "state inputs, facts or clauses, which `columns` of the function lists; readings go to `guiju.compiled`",
    ),
    Text(
        "等级和得分若可直接写出，就不再由规则决定", "a level or a score that is simply stated is not decided by rules"
    ),
)
STATING_CODES: tuple[Code, ...] = (UNKNOWN_NAME, NOT_STATED)

_EXACT = Text("精确的数（int、Decimal 或 Fraction）", "an exact number (int, Decimal or Fraction)")
_WIDEST = 45  # digits, above and below a line, and exponents that are within all bounds, whoever counts them
_FAR: int = 10**_WIDEST


class Stating:
    """The names and types of all that can be stated of a subject of a program."""

    def __init__(self, program: Program) -> None:
        self._program, self._slots = program, layout(program)
        self._places = slots_by_name(program)
        self._fits = tuple(map(_fitting, self._slots))
        self._sets = frozenset(i for i, slot in enumerate(self._slots) if isinstance(slot.type, SetType))

    def placed(self, stated: object) -> dict[int, Any]:
        """What is stated by its places, none of it shared with whoever states it.

        Raises GuijuError of all names and values that cannot be, TypeError where it is no mapping.
        """
        if not isinstance(stated, Mapping):
            kind = type(stated).__name__
            raise TypeError(f"what is stated is a mapping of names to values, such as {{'staff': 3}}, and no {kind}")
        known, values = self._places, dict[int, Any]()
        try:
            for name, value in stated.items():
                values[known[name]] = value
        except KeyError:
            return self._placed_with_care(stated)
        if len(values) < len(stated):
            return self._placed_with_care(stated)
        for place in self._sets.intersection(values):
            values[place] = _kept(values[place])
        fits = self._fits
        doubtful = {place: value for place, value in values.items() if not fits[place](value)}
        return values | self._read(doubtful) if doubtful else values

    def _placed_with_care(self, stated: Mapping[Any, Any]) -> dict[int, Any]:
        """The same where a name is unusual, unknown, or one of two for the same thing."""
        found: list[Diagnostic] = []
        values: dict[int, Any] = {}
        for name, value in stated.items():
            place = self._place(name)
            if place is None:
                found.append(self._no_such(name, value))
            elif place in values:
                found.append(Diagnostic(STATED_TWICE, _span(name, value), (("name", self._slots[place].name),)))
            else:
                values[place] = _kept(value)
        read: dict[int, Any] = {}
        try:
            read = self._read({place: value for place, value in values.items() if not self._fits[place](value)})
        except GuijuError as error:
            found += error.diagnostics
        if found:
            raise GuijuError(tuple(found))
        return values | read

    def _place(self, name: object) -> int | None:
        """The place that a name means, however it was typed."""
        if not isinstance(name, str):
            return None
        place = self._places.get(name)
        return place if place is not None else self._addresses.get(self._address(name) or "")

    def _address(self, name: str) -> str | None:
        return name if name in network_of(self._program).at else found_in(self._names, name)

    def _no_such(self, name: object, value: object) -> Diagnostic:
        """What there is to say about a name that nothing which can be stated has."""
        span, text = _span(name, value), shown(name)
        if not isinstance(name, str):
            return Diagnostic(UNKNOWN_NAME, span, (("name", text),))
        said = Attestation(clause=name, verdict="unknown", voice="assessor", span=span)
        _, found = bind(self._program, Evidence(subject=SUBJECT, attestations=(said,), span=span))
        parent = next((d for d in found if d.code is PARENT_ATTESTED), None)
        if parent is not None:
            return parent
        if self._address(name) is not None:
            return Diagnostic(NOT_STATED, span, (("name", text),))
        return Diagnostic(UNKNOWN_NAME, span, (("name", text),), suggestion=near(name, self._places))

    def _read(self, values: Mapping[int, Any]) -> dict[int, Any]:
        """What is out of type at first sight, as the reference reads it: a yes or no, or an option, however written."""
        found: list[Diagnostic] = []
        row: list[Any] = [None] * len(self._slots)
        for place, value in values.items():
            wrong = _wrong_number(self._slots[place], value)
            if wrong is None:
                row[place] = value
            else:
                found.append(wrong)
        bound, told = bind_row(self._program, row, SUBJECT)
        found += [d for d in told if d.is_error]
        if found:
            raise GuijuError(tuple(found))
        read = {"fact": bound.facts, "input": bound.inputs}
        slots = ((place, self._slots[place]) for place in values)
        return {place: read[slot.kind][slot.declaration.id] for place, slot in slots}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return names_of(network_of(self._program))

    @cached_property
    def _addresses(self) -> Mapping[str, int]:
        return {slot.address: i for i, slot in enumerate(self._slots)}


def _kept(value: Any) -> Any:
    """A collection that nobody changes later; anything else as it is."""
    if isinstance(value, list):
        return tuple(value)
    return frozenset(value) if isinstance(value, set) else value


def _fitting(slot: Slot) -> Callable[[Any], bool]:
    """Whether a value is in type, and a number within bounds: to write one out may take more memory than there is."""
    fits = is_in_type(slot)
    if not isinstance(slot.type, NumberType):
        return fits
    return lambda value: (value.__class__ is int and 0 <= value < _FAR) or (_problem(value) is None and fits(value))


def _problem(value: Any) -> Problem | None:
    """What is wrong with a number, whatever it is of."""
    if not isinstance(value, int | float | Decimal | Fraction) or _is_near(value):
        return None
    from guiju.exchange.number import problem_with

    return problem_with(value)


def _is_near(number: float | Decimal | Fraction) -> bool:
    """Whether a number is surely within all bounds, told without writing it out."""
    if isinstance(number, Decimal):
        return number.is_finite() and abs(int(number.adjusted())) < _WIDEST and len(str(number)) < _WIDEST
    if isinstance(number, float):
        return -_FAR < number < _FAR
    above, below = int(number.numerator), int(number.denominator)
    return -_FAR < above < _FAR and below < _FAR


def _wrong_number(slot: Slot, value: Any) -> Diagnostic | None:
    """What is wrong with a number that no evidence could state either."""
    if isinstance(slot.type, NumberType) and isinstance(value, float) and abs(value) < float("inf"):
        found = Text(f"二进制浮点数 {value!r}", f"the binary float {value!r}")
        return Diagnostic(
            WRONG_VALUE,
            _span(slot.name, value),
            (("name", slot.name), ("expected", _EXACT), ("words", _EXACT), ("found", found)),
        )
    problem = _problem(value)
    return None if problem is None else Diagnostic(problem.code, _span(slot.name, value), problem.arguments)


def _span(name: object, value: object) -> Span:
    """What was stated, as a text of its own: `staff: 3`."""
    text = f"{shown(name)}: {shown(value)}"
    return Span(Source(SUBJECT, text), 0, len(text))
