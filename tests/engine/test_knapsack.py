"""A choice out of each class whose sum reaches all demands: held against all choices there are."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.engine import knapsack
from guiju.engine.knapsack import Answer, choose, sums, unwound


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[list[tuple[int, ...]]], tuple[int, ...]]:
    width = draw(st.integers(1, 4))
    vectors = st.tuples(*[st.integers(-3, 4)] * width)
    classes = draw(st.lists(st.lists(vectors, min_size=1, max_size=4), min_size=0, max_size=5))
    demands = draw(st.tuples(*[st.integers(-4, 8)] * width))
    return classes, demands


@settings(max_examples=100, deadline=None)
@given(questions(), st.integers(0, 4))
def test_it_finds_a_choice_just_where_there_is_one(
    question: tuple[list[list[tuple[int, ...]]], tuple[int, ...]], rounds: int
) -> None:
    classes, demands = question
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knapsack, "ROUNDS", rounds)  # the fewer prices are tried, the more is gone through
        taken = choose(classes, demands)
    totals = ([sum(v) for v in zip(*choice, strict=True)] for choice in product(*classes) if choice)
    reached = [all(t >= d for t, d in zip(total, demands, strict=True)) for total in totals]
    if isinstance(taken, Answer):
        assert taken is Answer.NONE
        assert not any(reached) if classes else any(d > 0 for d in demands)
    else:
        chosen = [vectors[place] for vectors, place in zip(classes, taken, strict=True)]
        assert all(sum(v[c] for v in chosen) >= d for c, d in enumerate(demands))


@settings(max_examples=100, deadline=None)
@given(questions())
def test_with_hardly_any_room_it_may_not_tell_but_says_nothing_wrong(
    question: tuple[list[list[tuple[int, ...]]], tuple[int, ...]],
) -> None:
    classes, demands = question
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knapsack, "ROUNDS", 0)
        patch.setattr(knapsack, "LEAST_KEPT", 1)
        rough = choose(classes, demands, most=1)
    exact = choose(classes, demands)
    assert rough is Answer.UNTOLD or isinstance(rough, Answer) == isinstance(exact, Answer)


def test_what_no_bound_rules_out_is_gone_through() -> None:
    halves = [[(0, 0), (2, -2)]] * 9  # an even number never is 9, though by price it might be
    assert choose(halves, (9, -9)) is Answer.NONE
    taken = choose([*halves, [(0, 0), (1, -1)]], (9, -9))
    assert not isinstance(taken, Answer)
    assert (sum(taken[:-1]), taken[-1]) == (4, 1)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(-5, 9), min_size=1, max_size=4), max_size=5))
def test_all_sums_are_listed_with_a_choice_for_each(columns: list[list[int]]) -> None:
    found = sums(columns, 10_000)
    assert found is not None
    assert set(found) == {sum(choice) for choice in product(*columns)}
    for total, chain in found.items():
        assert total == sum(column[place] for column, place in zip(columns, unwound(chain), strict=True))


def test_of_too_many_sums_none_are_listed() -> None:
    assert sums([[0, 1, 2]] * 3, 6) is None
    assert sums([[0, 1, 2]] * 3, 7) is not None
