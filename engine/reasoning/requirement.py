"""Whether two clauses are one requirement, by what they say: neither a number nor a place counts."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from guiju.compiler.graph import parts
from guiju.compiler.ir import Clause, Expression, FactRef


def is_another(was: Clause, now: Clause) -> bool:
    """Whether two clauses have neither their words nor what they ask for in common."""
    if any(_are_alike(one, other) for one, other in _labels(was, now)):
        return False
    return not _facts(was) & _facts(now)


def inside(expression: Expression) -> Iterator[Expression]:
    """An expression and all that is inside it."""
    stack = [expression]
    while stack:
        yield (top := stack.pop())
        stack.extend(parts(top))


def _are_alike(one: str, other: str) -> bool:
    """Whether two labels share at least half of their characters in order: below it they speak of different things."""
    if one == other:
        return True
    shared = sum(block.size for block in SequenceMatcher(None, one, other).get_matching_blocks())
    return 4 * shared >= len(one) + len(other)


def _labels(was: Clause, now: Clause) -> Iterator[tuple[str, str]]:
    yield was.label.zh, now.label.zh
    yield was.label.en, now.label.en


def _facts(clause: Clause) -> frozenset[str]:
    found = (e for part in (clause.condition, clause.applies) if part is not None for e in inside(part))
    return frozenset(e.fact for e in found if isinstance(e, FactRef))
