"""What a cell says by its number and its format, in the spellings of Excel and LibreOffice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS

from guiju.exchange.number_format import BUILT_IN, cell_text, form_of

PERCENTAGES = ("0%", "0.00%", "0.0%_);(0.0%)", "[Red]0.0##%", '0.0"of all "%', "0%;[RED]\\-0%", "[$-409]0.0##%")
FRACTIONS = ("# ?/?", "# ??/??", "# ?/8", "??/??", "[$-409]# ?/?")
PLAIN = (
    *("General", "0.00", "#,##0.0_ ", '0.0" days"', "\\d0.0", "[Red]0.0", "0.00E+00", '"¥"#,##0.0', "@", "0_m", "*y0"),
    *("[>=100]0;0.0", "[$$-409]#,##0.00;[RED]\\-[$$-409]#,##0.00", 'General" ms"', "", "#,##0_);(#,##0)"),
)
DAYS = (
    *(
        "mm-dd-yy",
        "d-mmm",
        "yyyy-mm-dd;@",
        "yyyy\\-mm\\-dd",
        "m\\月d\\日",
        'm"月"d"日"',
        'yyyy"年"m"月"',
        "aaaa",
        "bbbb",
    ),
    *(
        "[$-F800]dddd, mmmm dd",
        "h:mm AM/PM",
        "上午/下午h时mm分",
        "[h]:mm",
        "[mm]:ss",
        "[s]",
        "mm:ss.0",
        "ggge",
        "General d",
    ),
)


@pytest.mark.parametrize(
    ("form", "format_"),
    [
        (form, format_)
        for form, formats in (("percentage", PERCENTAGES), ("fraction", FRACTIONS), ("plain", PLAIN), ("day", DAYS))
        for format_ in formats
    ],
)
def test_a_format_is_known_by_what_it_shows_and_not_by_the_words_around(form: str, format_: str) -> None:
    assert form_of(format_) == form


def test_the_formats_that_no_file_spells_out_are_what_excel_has_under_their_numbers() -> None:
    assert {n: form_of(code) for n, code in BUILTIN_FORMATS.items() if form_of(code) != "plain"} == {
        n: form for n, form in BUILT_IN.items() if n in BUILTIN_FORMATS
    }


@given(st.decimals(Decimal("0.0001"), 100, places=4), st.sampled_from((-1, 0, 1)))
def test_a_percentage_is_what_was_typed_whichever_of_the_nearest_numbers_a_spreadsheet_makes_of_it(
    typed: Decimal, ulps: int
) -> None:
    exact = Fraction(typed)
    saved = float(exact / 100)
    if ulps:
        saved = nextafter(saved, inf if ulps > 0 else 0)
    told = cell_text(repr(saved), "percentage")
    assert told is not None
    assert Fraction(told.removesuffix(" %")) == exact


@given(st.dates(date(1900, 3, 2), date(7000, 1, 1)), st.integers(0, 86_399))
def test_a_day_is_that_day_to_the_second(day: date, seconds: int) -> None:
    number = (day - date(1899, 12, 30)).days
    instant = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001 - on no clock
    told = cell_text(repr(number + seconds / 86_400), "day")
    assert told == (day.isoformat() if seconds == 0 else instant.isoformat())


@pytest.mark.parametrize(
    ("number", "told"), [("46025", "2030-01-04"), ("46025.5", "2030-01-04T12:00:00"), ("0.25", "06:00:00")]
)
def test_days_that_are_counted_from_1904_are_four_years_later(number: str, told: str) -> None:
    assert cell_text(number, "day", counts_from_1904=True) == told


@pytest.mark.parametrize("number", ["-1", "12", "60", "2000000", "1E+300"])
def test_what_is_no_day_of_the_calendar_stays_a_number(number: str) -> None:
    assert Fraction(cell_text(number, "day") or "0") == Fraction(number)


@pytest.mark.parametrize("number", ["1.7976931348623157E+308", "4.9E-324", "-0", "1E+22"])
def test_the_ends_of_what_a_spreadsheet_has_are_numbers_in_every_format(number: str) -> None:
    for format_ in ("0%", "# ?/?", "General", "d-mmm"):
        told = cell_text(number, form_of(format_))
        assert told is None or told.strip("-")[0].isdigit()
