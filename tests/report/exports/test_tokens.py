"""Ids, instants and scores in the forms that other formats take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import pytest

import guiju
from guiju.report.exports.shares import as_share
from guiju.report.exports.stable import instant, token, tokens, uuid_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [("6.1.1", "_6.1.1"), ("gbt-1-6.1.1.a", "gbt-1-6.1.1.a"), ("a+b", "a_2b_b"), ("条款-一", "条款-一"), ("-x", "_-x")],
)
def test_a_token_begins_with_a_letter_and_has_no_other_signs(text: str, expected: str):
    assert token(text) == expected


def test_names_that_become_alike_are_told_apart(tmp_path: Path):
    path = tmp_path / "p.guiju"
    path.write_text(
        'standard p "P"\ngroups part\npart a+b "甲" / "A"\n  a) "一" / "One" attested\n'
        'part a_2b_b "乙" / "B"\n  a) "二" / "Two" attested\n',
        "utf-8",
    )
    found = tokens(guiju.load(path).program)
    assert found["clause", "a+b.a"] == "p-a_2b_b.a"
    assert found["clause", "a_2b_b.a"] == "p-a_2b_b.a_"


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (480, "2026-01-02T03:04:05+08:00"),
        (0, "2026-01-02T03:04:05+00:00"),
        (-120, "2026-01-02T03:04:05-02:00"),
        (61, "2026-01-02T02:03:05+00:00"),
        (-13 * 60, "2026-01-02T16:04:05+00:00"),
    ],
)
def test_a_zone_that_schemas_refuse_is_given_in_utc(minutes: int, expected: str):
    assert instant(datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(minutes=minutes)))) == expected


def test_a_uuid_goes_by_all_its_names_and_nothing_else():
    assert uuid_of("a", "b") == uuid_of("a", "b")
    assert len({uuid_of("a", "b"), uuid_of("ab"), uuid_of("b", "a"), uuid_of("a", "b", "")}) == 4
    assert uuid_of("a")[14] == "5"


def test_what_is_almost_whole_is_no_whole_score():
    program = guiju.load("t-taf-320-2025").program
    definition = program.definition["adoption"]
    assert as_share(definition, Fraction(1, 3)) == 1 / 3
    assert as_share(definition, Fraction(1)) == 1
    assert as_share(definition, 1 - Fraction(1, 10**30)) is None
    assert as_share(definition, Fraction(1, 10**400)) is None
    assert as_share(definition, Fraction(3, 2)) is None


def test_points_are_no_share_though_they_lie_between_nought_and_one():
    program = guiju.load("gbt-45288.3-2025").program
    points = next(d for d in program.definitions if d.id == "A@L1")
    assert as_share(points, Fraction(1, 2)) is None


def test_utc_has_an_offset_and_no_letter():
    assert instant(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00+00:00"
