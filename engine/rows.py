"""A row of a plain table, and the evidence that it means: one column for each thing that evidence can state.

Every fast path takes rows in the order of `layout`, and is right when it gives what `bind_row` and `engine.evaluate`
give. In a row

- None is unknown;
- an input or an option is text, a yes-no fact a bool, a set a collection of texts;
- a number is an int, Decimal or Fraction in the fact's declared unit. It counts as written with the decimal places that
  it has (a column's scale), which matters where a formula gives the fact, too: see `Bound.rounded`. A binary float is
  out of type, for nobody can tell which number it was;
- a clause is True or 1 (satisfied), False or 0 (unsatisfied) or one of `VERDICT_WORDS`, an assessor's attestation.

What is out of type is never bent into shape: it is a diagnostic, and such a row has no answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.engine.bind import Bound, bind
from guiju.engine.codes import WRONG_VALUE
from guiju.engine.evidence import Attestation, Choice, Evidence, Quantity, StatedFact, StatedValue
from guiju.engine.layout import Slot, layout, slots_by_name
from guiju.engine.verdict_words import VERDICT_WORDS, verdict_in

_A_VERDICT = Text("结论", "a verdict")


def row_of(program: Program, stated: Mapping[str, object]) -> list[object]:
    """A row from what is stated by name; KeyError of a name that no column has."""
    at = slots_by_name(program)
    row: list[object] = [None] * len(layout(program))
    for name, value in stated.items():
        row[at[name]] = value
    return row


def evidence_of(program: Program, values: Sequence[object], subject: str) -> Evidence:
    """What a row says, as the reference evaluator takes it; a verdict that is none of the words is left out."""
    said = [(slot, value) for slot, value in zip(layout(program), values, strict=True) if value is not None]
    return Evidence(
        subject=subject,
        standard=program.id,
        inputs=tuple(
            Choice(name=s.declaration.id, value=shown(v), span=_place(s, v, subject))
            for s, v in said
            if s.kind == "input"
        ),
        facts=tuple(
            StatedFact(name=s.declaration.id, value=_stated(s, v), span=_place(s, v, subject))
            for s, v in said
            if s.kind == "fact"
        ),
        attestations=tuple(
            Attestation(clause=s.declaration.id, verdict=verdict, voice="assessor", span=_place(s, v, subject))
            for s, v in said
            if s.kind == "clause" and (verdict := verdict_in(v)) is not None
        ),
        span=Span(Source(subject, ""), 0, 0),
    )


def bind_row(program: Program, values: Sequence[object], subject: str) -> tuple[Bound, tuple[Diagnostic, ...]]:
    """A row in the program's names and units. With an error among the diagnostics it must not be evaluated."""
    bound, found = bind(program, evidence_of(program, values, subject))
    clauses = ((s, v) for s, v in zip(layout(program), values, strict=True) if s.kind == "clause" and v is not None)
    wrong = tuple(_no_verdict(s, v, subject) for s, v in clauses if verdict_in(v) is None)
    return bound, (*found, *wrong)


def _no_verdict(slot: Slot, value: object, subject: str) -> Diagnostic:
    found = Text(f"“{shown(value)}”", f"`{shown(value)}`")
    arguments = (("name", slot.name), ("expected", _A_VERDICT), ("words", _words()), ("found", found))
    return Diagnostic(WRONG_VALUE, _place(slot, value, subject), arguments)


def _words() -> Text:
    """The verdicts as a row may state them, in the words of each language; true and false are those of a boolean."""
    english = [word for word in VERDICT_WORDS if word.isascii()]
    chinese = [word for word in VERDICT_WORDS if not word.isascii()]
    return Text(f"{'、'.join(chinese)}、true 或 false", f"{', '.join(english)}, true or false")


def _stated(slot: Slot, value: Any) -> StatedValue:
    """A value as a file would state it; what is no kind of value that a file can state is told as its text."""
    match value:
        case bool() | str():
            return value
        case int():
            return Quantity(number=Fraction(value), unit=slot.unit, text=str(value))
        case Decimal() if value.is_finite():
            return Quantity(number=Fraction(value), unit=slot.unit, text=f"{value:f}")
        case Fraction():
            return Quantity(number=value, unit=slot.unit)
        case list() | tuple() | set() | frozenset() if all(isinstance(v, str) for v in value):
            return tuple(value)
    return shown(value)


def shown(value: object) -> str:
    """A value as a text that a sentence can have in it."""
    if isinstance(value, str):
        return value
    try:
        return repr(value)
    except ValueError:  # a number of thousands of digits, alone or inside of something
        return f"<{type(value).__name__}>"


def _place(slot: Slot, value: object, subject: str) -> Span:
    """The cell, as a text of its own: `training_compute: 50`."""
    text = f"{slot.name}: {shown(value)}"
    return Span(Source(subject, text), 0, len(text))
