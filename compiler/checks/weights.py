"""The cells of the table of weights as values, for the checks that look at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.compiler.checks.context import Checked
from guiju.compiler.constants import constant
from guiju.compiler.graph import parts
from guiju.compiler.ir import Cases, Choice, Definition, Expression, Literal, Value
from guiju.dsl.source import Span


@dataclass(frozen=True)
class Weight:
    """One cell, as printed or as a reading has it. `row` is the option it is for; None in a table by group."""

    group: str
    row: str | None
    value: Value | None
    span: Span


def weights(checked: Checked) -> Iterator[Weight]:
    """Every cell of the table, printed or patched."""
    for definition in definitions(checked):
        for row, expression in rows(definition):
            for cell in _options(expression):
                yield Weight(definition.group or "", row, constant(cell, {}), cell.span)


def definitions(checked: Checked) -> Iterator[Definition]:
    """The definitions that the table gives, one a group."""
    yield from (d for d in checked.program.definitions if d.kind == "weight")


def rows(definition: Definition) -> Iterator[tuple[str | None, Expression]]:
    """The cells of one group, with the option that each is for."""
    if isinstance(definition.expression, Cases):
        for case in definition.expression.rows:
            option = parts(case.condition)[1]
            assert isinstance(option, Literal)
            yield str(option.value), case.value
    else:
        yield None, definition.expression


def _options(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Choice):
        for _, option in expression.options:
            yield from _options(option)
    else:
        yield expression


def is_share(checked: Checked, weight: Weight) -> bool:
    """By an input, weights are shares of a whole; by group, where they are written in %, and else they are points."""
    return weight.row is not None or any(_has_percent(d.expression) for d in definitions(checked))


def _has_percent(expression: Expression) -> bool:
    if isinstance(expression, Literal):
        return expression.unit == "%"
    return any(_has_percent(part) for part in parts(expression))
