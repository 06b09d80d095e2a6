"""A value, or the values that are possible, as people read them: in the unit of what they are values of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from guiju.compiler.ir import Definition, Expression, Literal, NumberType, Operation, Program, Special, Undefined, Value
from guiju.dsl.diagnostic import Language
from guiju.report.words import in_order, labelled, quantity, share, shown, word

if TYPE_CHECKING:
    from guiju.engine.network import Node

MOST_VALUES = 6
_NUMBER = re.compile("-?[0-9]{1,4000}(?:/0*[1-9][0-9]{0,4000})?")  # longer than any number that is worked out


def value_text(program: Program, definition: Definition, value: Value, language: Language) -> str:
    """A value of a score, weight or grade: a share as a percentage, a level with its label."""
    if isinstance(value, Fraction):
        unit = unit_of(definition)
        return share(value) if unit == "%" and definition.kind != "weight" else quantity(value, unit, language)
    if definition.kind == "grade" and isinstance(value, str) and value != "none":
        return labelled(value, program.levels, language)
    return shown(value, language)


def unit_of(definition: Definition) -> str:
    """The unit of a number; of a weight the one it was written in: `1` is no percentage."""
    if definition.kind == "weight":
        return "%" if is_in_percent(definition.expression) else "number"
    return definition.type.unit if isinstance(definition.type, NumberType) else "number"


def is_percentage(node: Node) -> bool:
    """Whether a part of a weight is one itself: `100% / 3`."""
    is_of_weight = node.owner is not None and node.owner.kind == "weight"
    return is_of_weight and isinstance(node.subject, Operation) and is_in_percent(node.subject)


def is_in_percent(expression: Expression) -> bool:
    """Whether an expression is written with a percentage."""
    if isinstance(expression, Literal):
        return expression.unit == "%"
    from guiju.compiler.graph import parts

    return any(map(is_in_percent, parts(expression)))


def set_text(  # noqa: PLR0913 - what is shown, and how
    program: Program,
    values: Iterable[Value],
    show: Callable[[Value], str],
    language: Language,
    most: int = MOST_VALUES,
    *,
    bounded: bool = False,
) -> str:
    """All values in order, levels from the lowest; of more numbers than `most` a range.

    `bounded`: what is any number lies between the others, so a range is all there is to say.
    """
    from guiju.engine.domains import ANY

    ordered = in_order(values, program.levels)
    if bounded and ANY in ordered:
        most, ordered = 1, tuple(v for v in ordered if v != ANY)
    numbers = [v for v in ordered if isinstance(v, Fraction)]
    if len(numbers) <= most:
        return " | ".join(map(show, ordered))
    key = "range-alone" if most == 1 else "range"
    ends = word(key, language, low=show(numbers[0]), high=show(numbers[-1]), number=len(numbers))
    return " | ".join([ends, *map(show, ordered[len(numbers) :])])


def published(text: str) -> Value:
    """The value that a text of the published form stands for."""
    if text.startswith("undefined:"):
        return Undefined(text.partition(":")[2])
    if text in ("not-entered", "absent", "unknown"):
        return Special(text)
    return Fraction(text) if _NUMBER.fullmatch(text) else text
