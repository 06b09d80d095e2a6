"""Which way an operator goes with each operand: told only where every value that lies so far agrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.ir import NOT_ENTERED, Value
from guiju.compiler.operators import OPERATOR, Function
from guiju.engine.monotone import BELOW_ALL, Extent, Rank, slopes_of

OF_NUMBERS = ("+", "-", "*", "/", "sum", "mean", "min", "max", "=", "!=", "<", "<=", ">", ">=", "present")
ENDS = st.tuples(st.integers(-2, 2), st.integers(-2, 2)).map(lambda pair: tuple(map(Fraction, sorted(pair))))
NUMBERS = st.builds(Extent, st.one_of(st.none(), ENDS), st.booleans()).map(
    lambda extent: Extent(None, hides=True) if extent.ends is None else extent
)
TRUTHS = st.sampled_from([Extent((Fraction(no), Fraction(yes))) for no, yes in ((0, 0), (0, 1), (1, 1))])


def values_in(extent: Extent, *, truths: bool) -> list[Value]:
    """Some of the values that lie so far, the lowest first: the ends among them."""
    if extent.ends is None:
        return [NOT_ENTERED]
    low, high = map(int, extent.ends)
    numbers: list[Value] = [bool(n) if truths else Fraction(n) for n in range(low, high + 1)]
    return [NOT_ENTERED, *numbers] if extent.hides else numbers


def meant(symbol: str, operands: Sequence[Value]) -> Value:
    form = OPERATOR[symbol]
    if isinstance(form, Function):
        return form.apply(*operands)
    so_far = form.start
    for operand in operands:
        so_far = form.combine(so_far, operand)
        if form.settled(so_far):
            break
    return form.finish(so_far)


def rank(value: Value) -> Rank:
    return BELOW_ALL if value is NOT_ENTERED else (True, Fraction(value))  # type: ignore[arg-type]


def steps(symbol: str, extents: Sequence[Extent], place: int, *, truths: bool) -> Iterator[tuple[Rank, Rank]]:
    """What the operator comes to before and after one operand rises a little, whatever the others are."""
    tried = [values_in(extent, truths=truths) for extent in extents]
    for beside in product(*(values for at, values in enumerate(tried) if at != place)):
        for low, high in pairwise(tried[place]):
            yield tuple(  # type: ignore[misc]
                rank(meant(symbol, [*beside[:place], operand, *beside[place:]])) for operand in (low, high)
            )


def assert_goes_so(symbol: str, extents: Sequence[Extent], *, truths: bool = False) -> bool:
    """Whether slopes are told; if so they are what every step shows."""
    slopes = slopes_of(symbol, extents)
    for place, slope in enumerate(slopes or ()):
        for before, after in steps(symbol, extents, place, truths=truths):
            assert before <= after if slope > 0 else before >= after if slope < 0 else before == after
    return slopes is not None


@pytest.mark.parametrize("symbol", OF_NUMBERS)
def test_an_operator_of_numbers_goes_the_way_that_is_told(symbol: str) -> None:
    operands = 1 if symbol == "present" else 2
    told = set[bool]()

    @given(st.tuples(*(NUMBERS for _ in range(operands))))
    def law(extents: tuple[Extent, ...]) -> None:
        told.add(assert_goes_so(symbol, extents))

    law()
    assert True in told


@pytest.mark.parametrize("symbol", ["and", "or", "not"])
@given(st.tuples(TRUTHS, TRUTHS))
def test_an_operator_of_truths_goes_the_way_that_is_told(symbol: str, extents: tuple[Extent, ...]) -> None:
    assert assert_goes_so(symbol, extents[: 1 if symbol == "not" else 2], truths=True)
