"""What the other tools are generated from says what the standard says: two-valued, and with exact numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from benchmarks.judging import by_reference
from benchmarks.peers import python_by_hand
from benchmarks.peers.peer import Peer, rows_of
from benchmarks.peers.plain import Apply, Count, Name, Pick, Plain, Sheet, plain
from benchmarks.workload import SERVICE, drawn, program_of, table_of

ROWS = 25


@pytest.fixture(scope="module")
def program() -> Any:
    return program_of()


@pytest.fixture(scope="module")
def known(program: Any) -> Any:
    return table_of(program, *drawn(program, ROWS, 0))


def value(plain: Plain, row: tuple[bool | None, ...], before: dict[str, Any]) -> Any:
    """What an expression of a sheet comes to, with fractions."""
    match plain:
        case Count(columns=columns, satisfied=satisfied):
            return Fraction(sum(row[i] is satisfied for i in columns))
        case Name(name=name):
            return before[name]
        case Pick(rows=rows, otherwise=otherwise):
            taken = next((v for condition, v in rows if value(condition, row, before)), otherwise)
            return value(taken, row, before)
        case Apply(operator=operator, operands=operands):
            return OPERATORS[operator](*(value(o, row, before) for o in operands))
    return plain


OPERATORS: dict[str, Any] = {
    "and": lambda *values: all(values),
    "=": lambda a, b: a == b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "sum": lambda *values: sum(values),
    "mean": lambda *values: sum(values) / len(values),
}


def outcome(sheet: Sheet, row: tuple[bool | None, ...]) -> str:
    before: dict[str, Any] = {}
    for name, line in sheet.lines:
        before[name] = value(line, row, before)
    return str(before[sheet.outcome])


def test_a_sheet_comes_to_the_level_that_the_reference_finds(program: Any, known: Any):
    sheet = plain(program, SERVICE)
    found = [{outcome(sheet, row)} for row in rows_of(known)]
    assert found == by_reference(program, known)
    assert len(set(map(frozenset, found))) > 2


def test_the_function_by_hand_does_too(program: Any, known: Any):
    loaded = python_by_hand.load(python_by_hand.text(program))
    assert [{level} for level in loaded.levels(loaded.many(known))] == by_reference(program, known)


def test_a_tool_that_is_not_installed_is_told():
    assert Peer("none", ("json", "no_such_module"), lambda _: "", python_by_hand.load).missing == ("no_such_module",)
