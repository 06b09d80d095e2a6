"""Numbers in the words of either language, against a writer that knows one digit and one place at a time."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.checks.figures import figures, numeral
from tests.patience import no_blow_up

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")


def below_ten_thousand(number: int) -> str:
    """`一千零五十`: one place after the other, one zero for all that are left out between."""
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return said or DIGITS[0]


def chinese(number: int) -> str:
    parts = [(number // 10**8, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")]
    return "".join(f"{below_ten_thousand(n)}{unit}" for n, unit in parts if n) or DIGITS[0]


@given(st.integers(0, 10**12 - 1))
def test_a_numeral_is_the_number_that_it_was_written_for(number: int) -> None:
    assert numeral(chinese(number)) == number


@given(st.integers(1, 10**6), st.sampled_from((("万", 10**4), ("亿", 10**8), ("", 1))))
def test_digits_before_a_scale_are_so_many_of_it(number: int, scale: tuple[str, int]) -> None:
    word, factor = scale
    assert [f.value for f in figures(f"每日{number}{word}次", "zh")] == [Fraction(number * factor)]


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    for language in ("zh", "en"):
        assert all(isinstance(f.value, Fraction) for f in figures(text, language))


def test_a_long_word_takes_no_time() -> None:
    with no_blow_up():
        figures("a" * 20_000, "en")
        figures("甲a" * 10_000, "zh")
