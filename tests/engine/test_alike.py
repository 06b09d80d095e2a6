"""Counts that no comparison tells apart: whatever comes, each comparison goes as it does for what stands for them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from guiju.compiler.ir import Tally, Verdict
from guiju.compiler.operators import COMPARISONS, OPERATOR, Fold, Function
from guiju.dsl.source import Source, Span
from guiju.engine.meaning import form_of
from guiju.engine.reasoning.planning.alike import Alike

VERDICTS = (Verdict.SATISFIED, Verdict.UNSATISFIED, Verdict.NOT_APPLICABLE)
MOST = 4
SHARES = (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(-1))
NUMBERS = (Fraction(0), Fraction(1), Fraction(5, 2), Fraction(3), Fraction(9), Fraction(-1))


def so_far(fold: Fold, number: int) -> set[Any]:
    """All that a fold can have come to over so many clauses."""
    found = {fold.start}
    for _ in range(number):
        found |= {fold.combine(value, verdict) for value in found if not fold.settled(value) for verdict in VERDICTS}
    return found


def futures(fold: Fold, value: Any, left: int) -> Iterator[Any]:
    """What it comes to over each sequence of so many clauses; None where one is unknown and the rest does not settle it."""
    for coming in product((*VERDICTS, None), repeat=left):
        now, is_unknown = value, False
        for verdict in coming:
            if not fold.settled(now):
                now, is_unknown = (now, True) if verdict is None else (fold.combine(now, verdict), is_unknown)
        yield None if is_unknown and not fold.settled(now) else fold.finish(now)


def compared(value: Any, asked: tuple[tuple[str, Fraction], ...]) -> tuple[Any, ...]:
    if value is None:
        return (None,)
    functions = [(OPERATOR[sign], number) for sign, number in asked]
    return tuple(form.apply(value, number) for form, number in functions if isinstance(form, Function))


@pytest.mark.parametrize("cap", [None, 3])
@pytest.mark.parametrize("measure", ["share", "count"])
@pytest.mark.parametrize("verdict", ["satisfied", "unsatisfied"])
def test_what_stands_for_a_count_is_compared_alike_whatever_comes(measure: Any, verdict: Any, cap: int | None) -> None:
    if measure == "share" and cap is not None:
        pytest.skip("a share has no cap")
    tally = Tally(span=Span(Source("s", ""), 0, 0), items=(), measure=measure, verdict=verdict, cap=cap)
    fold = form_of(tally)
    assert isinstance(fold, Fold)
    merged = 0
    numbers = SHARES if measure == "share" else NUMBERS
    questions: list[tuple[tuple[str, Fraction], ...]] = [
        ((sign, number),) for sign in COMPARISONS for number in numbers
    ]
    questions.append(((">=", numbers[2]), ("=", numbers[3])))
    for asked, left in product(questions, range(1, 4)):
        alike = Alike(tally, asked)
        for value in sorted(so_far(fold, MOST)):
            stands = alike.first(value, left)
            if stands != value:
                merged += 1
                pairs = zip(futures(fold, value, left), futures(fold, stands, left), strict=True)
                assert all(compared(a, asked) == compared(b, asked) for a, b in pairs), (value, stands, asked, left)
    assert merged  # else nothing was shown


@pytest.mark.parametrize(("sign", "number", "left"), [("=", Fraction(1), 90), (">=", Fraction(1), 90)])
def test_a_share_that_is_to_be_whole_leaves_two_states(sign: str, number: Fraction, left: int) -> None:
    tally = Tally(span=Span(Source("s", ""), 0, 0), items=(), measure="share", verdict="satisfied")
    alike = Alike(tally, ((sign, number),))
    assert len({alike.first((satisfied, 50), left) for satisfied in range(51)}) == 2
