"""Where two expressions are not written the same: the innermost parts, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from guiju.compiler.graph import parts
from guiju.compiler.ir import Cases, Choice, Expression, FactRef, InputRef, Literal, Operation, Ref, Tally
from guiju.compiler.operators import COMPARISONS
from guiju.compiler.units import unit_named

_Pair: TypeAlias = tuple[Expression, Expression]


def sentences(one: Expression, other: Expression) -> Iterator[tuple[_Pair, bool]]:
    """Numbers that are otherwise, or the whole where more than these is; option by option of a reading."""
    one, other = by_default(one, other), by_default(other, one)
    if isinstance(one, Choice) and head(one) == head(other):
        for was, now in parts_beside(one, other):
            yield from sentences(was, now)
        return
    pairs = tuple(differing(one, other, compared=False))
    are_numbers = all(isinstance(e, Literal) for pair, _ in pairs for e in pair)
    yield from pairs if are_numbers else (((one, other), False),)


def differing(one: Expression, other: Expression, *, compared: bool) -> Iterator[tuple[_Pair, bool]]:
    """The innermost parts that are not written the same, and whether they stand on a side of a comparison."""
    one, other = by_default(one, other), by_default(other, one)
    if head(one) != head(other) or getattr(one, "unit", None) != getattr(other, "unit", None):
        yield (one, other), compared
        return
    if isinstance(one, Cases) and isinstance(other, Cases) and are_reordered(one, other):
        yield (one, other), compared
        return
    compared = isinstance(one, Operation) and one.operator in COMPARISONS
    for was, now in parts_beside(one, other):
        yield from differing(was, now, compared=compared)


def parts_beside(one: Expression, other: Expression) -> Iterator[_Pair]:
    """The parts of two expressions with equal heads, side by side; those of a reading by the names of its options."""
    if isinstance(one, Choice) and isinstance(other, Choice):
        there = dict(other.options)
        return ((option, there[name]) for name, option in one.options)
    return zip(parts(one), parts(other), strict=True)


def is_the_same_amount(one: Literal, other: Literal) -> bool:
    """Whether two numbers differ only in the units that they are written in."""
    units = (unit_named(e.unit or "number") for e in (one, other))
    return one.value == other.value and len({unit and unit.dimension for unit in units}) == 1


def tallies(one: Expression, other: Expression) -> Iterator[tuple[Tally, Tally]]:
    """The counts of two expressions that stand in the same place."""
    one, other = by_default(one, other), by_default(other, one)
    if isinstance(one, Tally) and isinstance(other, Tally):
        yield one, other
    elif head(one) == head(other):
        for was, now in parts_beside(one, other):
            yield from tallies(was, now)


def by_default(one: Expression, other: Expression) -> Expression:
    """An expression; of one that a reading of this edition alone patches its default."""
    while isinstance(one, Choice) and not (isinstance(other, Choice) and other.reading == one.reading):
        one = one.options[0][1]
    return one


def head(e: Expression) -> tuple[object, ...]:
    """What an expression is, without its parts; equal heads have as many."""
    match e:
        case Literal():
            return ("literal", type(e.value), e.value)
        case FactRef():
            return ("fact", e.fact)
        case InputRef():
            return ("input", e.input)
        case Ref():
            return ("definition", e.name)
        case Tally():
            return ("count", e.measure, e.verdict)
        case Operation():
            return ("operation", e.operator, len(e.operands))
        case Cases():
            return ("table", e.exclusive, e.undecided is None, len(e.rows))
        case Choice():
            return ("reading", e.reading, tuple(sorted(name for name, _ in e.options)))
    return ("other", id(e))


def whole_rows(table: Cases) -> tuple[tuple[Expression, ...], ...]:
    """The rows of a table, each as its condition and its value; the last, as its value alone."""
    return (*((row.condition, row.value) for row in table.rows), (table.otherwise,))


def are_reordered(one: Cases, other: Cases) -> bool:
    """Whether two tables have the same rows, in another order."""
    rows, there = (whole_rows(e) for e in (one, other))
    if head(one) != head(other) or all(are_alike(*pair) for pair in zip(rows, there, strict=True)):
        return False
    left = list(there)
    for row in rows:
        found = next((i for i, r in enumerate(left) if are_alike(row, r)), None)
        if found is None:
            return False
        del left[found]
    return True


def are_alike(one: Sequence[Expression], other: Sequence[Expression]) -> bool:
    """Whether the parts of two rows say the same."""
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(not any(differing(*pair, compared=False)) for pair in pairs)
