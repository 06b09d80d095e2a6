"""Which way each node above the modules has to go for a target to rise, read off operators and the values there are.

Where that is told of all of them, a target is least where each module is as low as a row lets it be, and greatest where
each is as high. It is not told of all that rises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from guiju.compiler.ir import ABSENT, NOT_ENTERED, Cases, Choice, Program, Value
from guiju.engine.columnar.above import Above, Held
from guiju.engine.columnar.circuit import EMPTY
from guiju.engine.columnar.leaf import NotInColumnsError
from guiju.engine.columnar.weighed import Weighed
from guiju.engine.monotone import BELOW_ALL, Extent, Rank, Slope, goes_by_row, slopes_of
from guiju.engine.network import Node
from guiju.engine.ranked import is_ranked, ranked


def rank_of(program: Program, value: Value) -> Rank | None:
    """The place of a value among its like; None where it has none."""
    if value is NOT_ENTERED:
        return BELOW_ALL
    if isinstance(value, bool | Fraction):
        return True, Fraction(value)
    if not is_ranked(program, value):
        return None
    levels = ("none", *(level.id for level in program.levels))
    return True, Fraction(ranked(program, levels).index(value))


def slopes_down(above: Above, held: Mapping[int, Held]) -> dict[int, Slope]:
    """The slope of each open node that bears on the target; NotInColumnsError where one has none, or both.

    `held`: what each node can come to, over all rows there may be.
    """
    found: dict[int, Slope] = {above.target: 1}
    for node in reversed(above.nodes):
        if node.index not in found or _is_constant(held[node.index]):
            continue
        for operand, slope in _slopes_at(node, above, held):
            if not slope or operand not in held or _is_constant(held[operand]):
                continue
            if found.setdefault(operand, slope * found[node.index]) != slope * found[node.index]:
                raise NotInColumnsError(node.address, "large")
    return found


def _is_constant(held: Held) -> bool:
    return not held.weights and not held.missing if isinstance(held, Weighed) else len(held) == 1


def _slopes_at(node: Node, above: Above, held: Mapping[int, Held]) -> list[tuple[int, Slope]]:
    """What a node looks at, each with which way the node goes with it."""
    operands = _looked_at(node, above)
    extents = [_extent(above, o, held.get(o)) for o in operands]
    told = [extent for extent in extents if extent is not None]
    slopes = _slopes(node, told) if len(told) == len(extents) else None
    if slopes is None:
        raise NotInColumnsError(node.address, "large")
    return [*zip(operands, slopes, strict=True)]


def _looked_at(node: Node, above: Above) -> Sequence[int]:
    operands = above.operands(node)
    if isinstance(node.subject, Cases):
        return operands if node.subject.undecided is None else operands[:-1]
    return [o for o in operands if above.known.values[o] is not ABSENT]


def _extent(above: Above, index: int, held: Held | None) -> Extent | None:
    """How far a node may lie, by what is held of it or else known; None of what has no order."""
    if isinstance(held, Weighed):
        return Extent((held.least, held.greatest), held.missing != EMPTY)
    ranks = [rank_of(above.known.network.program, v) for v in held or (above.known.values[index],)]
    numbers = [rank[1] for rank in ranks if rank is not None and rank != BELOW_ALL]
    ends = (min(numbers), max(numbers)) if numbers else None
    return None if None in ranks else Extent(ends, BELOW_ALL in ranks)


def _slopes(node: Node, operands: Sequence[Extent]) -> Sequence[Slope] | None:
    if isinstance(node.subject, Cases):
        return _of_table(operands)
    symbol = "reference" if isinstance(node.subject, Choice) and len(operands) == 1 else None
    return slopes_of(symbol or (node.form.symbol if node.form else ""), operands)


def _of_table(operands: Sequence[Extent]) -> Sequence[Slope] | None:
    """A table whose values only fall from row to row, or only rise, goes the way of its conditions."""
    ways = goes_by_row([*operands[1:-1:2], operands[-1]])
    return [*(len(operands) // 2 * (ways[0], 1)), 1] if ways else None
