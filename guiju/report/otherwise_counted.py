"""The counts that would stand in the place of one under other options of a reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from guiju.compiler.graph import parts
from guiju.compiler.ir import Choice, Expression, Operation, Program, Tally


def otherwise_counted(program: Program, tally: Tally, readings: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each reading that bears on a count, with the clauses in it that some other option of it would not count there."""
    place: Expression | None = _choices(program).get(tally)
    while isinstance(place, Choice):
        others = (_at(option, readings) for _, option in place.options)
        counted = [set(_leaves(other)) for other in others if other is not None and other.span == tally.span]
        held = [leaf for leaf in _leaves(tally) if not all(leaf in leaves for leaves in counted)]
        if held:
            yield place.reading, held
        place = dict(place.options)[readings[place.reading]]


@lru_cache(maxsize=8)
def _choices(program: Program) -> dict[Expression, Choice]:
    """Of each count that readings choose, the outermost of these choices."""
    found: dict[Expression, Choice] = {}
    open_: list[tuple[Expression, Choice | None]] = [(root, None) for root in _roots(program)]
    while open_:
        top, outermost = open_.pop()
        if isinstance(top, Choice):
            open_ += [(option, outermost or top) for _, option in top.options]
            continue
        counted = _counted(top)
        if counted is not None and outermost is not None:
            found[counted] = outermost
        open_ += [(part, None) for part in parts(top) if part is not counted]
    return found


def _roots(program: Program) -> Iterator[Expression]:
    yield from (definition.expression for definition in program.definitions)
    yield from (fact.formula for fact in program.facts if fact.formula is not None)
    yield from (e for clause in program.clauses for e in (clause.condition, clause.applies) if e is not None)


def _at(expression: Expression, readings: Mapping[str, str]) -> Tally | None:
    while isinstance(expression, Choice):
        expression = dict(expression.options)[readings[expression.reading]]
    return _counted(expression)


def _counted(expression: Expression) -> Tally | None:
    """The count that an expression is, or that it compares with a number."""
    first = expression.operands[0] if isinstance(expression, Operation) and expression.operands else expression
    return first if isinstance(first, Tally) else None


def _leaves(tally: Tally) -> list[str]:
    return [leaf for item in tally.items for leaf in item]
