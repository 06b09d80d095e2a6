"""Whether two clauses are one requirement, or two facts one fact, by what they say: no number and no place counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from fractions import Fraction
from typing import TypeVar

from guiju.compiler.checks.asked import asked_in
from guiju.compiler.graph import parts
from guiju.compiler.ir import Clause, Expression, FactRef, Titled
from guiju.compiler.names import is_chinese

_T = TypeVar("_T", bound=Titled)
_MOST_REWORDED = 100


def is_another(was: Clause, now: Clause) -> bool:
    """Whether two clauses have neither their words nor what they ask for in common."""
    return not have_like_labels(was, now) and not _facts(was) & _facts(now)


def is_asked_otherwise(was: Clause, now: Clause) -> bool:
    """Whether the words of a clause that people judge ask for something else: its label is all that they go by.

    Of a translation nothing can be said.
    """
    if not (was.is_attested or now.is_attested):
        return False
    pairs = ((one, other) for one, other in _labels(was, now) if is_chinese(one) == is_chinese(other))
    return any(one != other and asked_in(one) != asked_in(other) for one, other in pairs)


def have_like_labels(one: Titled, other: Titled) -> bool:
    """Whether the labels of two things speak of one, in either language."""
    return any(_are_alike(*said) for said in _labels(one, other))


def has_own_label(thing: Titled) -> bool:
    """Whether a thing has a label beside its names."""
    return thing.label.en not in (thing.id, *thing.aliases)


def perhaps_others(
    pairs: Iterable[tuple[_T, _T]], gone: Iterable[_T], are_one: Callable[[_T, _T], bool] = have_like_labels
) -> frozenset[str]:
    """Of things of two editions that go by one name, those whose words speak of something else; by their later ids.

    Words that are nearer to those that another thing had, and has no longer, are another's, as where two were swapped.
    """
    reworded = [
        (was, now) for was, now in pairs if was.label != now.label and has_own_label(was) and has_own_label(now)
    ]
    left = [*(was for was, _ in reworded), *gone]
    is_too_many = len(left) > _MOST_REWORDED  # then only the very words of another are looked for
    found = (
        now.id
        for was, now in reworded
        if not are_one(was, now)
        or any(
            _is_nearer(now, other, was)
            for other in left
            if other is not was and (not is_too_many or other.label == now.label)
        )
    )
    return frozenset(found)


def _is_nearer(now: Titled, other: Titled, was: Titled) -> bool:
    """Whether the words of one thing are more like another's than like those that it had, in both languages."""
    nearness = [
        _likeness(*said) - _likeness(*had) for said, had in zip(_labels(other, now), _labels(was, now), strict=True)
    ]
    return have_like_labels(other, now) and min(nearness) >= 0 and max(nearness) > 0


def inside(expression: Expression) -> Iterator[Expression]:
    """An expression and all that is inside it."""
    stack = [expression]
    while stack:
        yield (top := stack.pop())
        stack.extend(parts(top))


def _are_alike(one: str, other: str) -> bool:
    """Whether two labels share at least half of their characters in order: below it they speak of different things."""
    return one == other or 2 * _likeness(one, other) >= 1


def _likeness(one: str, other: str) -> Fraction:
    """The share of the characters of two labels that both have, in one order."""
    shared = sum(block.size for block in SequenceMatcher(None, one, other).get_matching_blocks())
    return Fraction(2 * shared, max(1, len(one) + len(other)))


def _labels(was: Titled, now: Titled) -> Iterator[tuple[str, str]]:
    yield was.label.zh, now.label.zh
    yield was.label.en, now.label.en


def _facts(clause: Clause) -> frozenset[str]:
    found = (e for part in (clause.condition, clause.applies) if part is not None for e in inside(part))
    return frozenset(e.fact for e in found if isinstance(e, FactRef))
