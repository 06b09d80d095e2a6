"""A quotation mark that is not closed in a CSV file takes no row away: the file is refused, be it large or small."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pyarrow as pa
import pytest

from guiju.batch import codes, tables
from guiju.batch.csv_bytes import NotClosedError, Quotes
from guiju.batch.misfits import Misfits
from guiju.batch.tables import Unreadable, batches, opened

NOT_CLOSED = {
    "to the end": 'use,id\nnear,"a\nfar,b\nnear,c\nfar,d\n',
    "to the end, without a line break": 'use,id\nnear,"a',
    "up to a quote that opens": 'use,id\nnear,"a\nfar,b\nnear,"c"\nfar,d\n',
    "behind doubled ones": 'use,id\nnear,"a""\nfar,b\n',
    "in the head": 'use,"id\nnear,a\n',
    "at the begin": '"use,id\nnear,a\n',
    "beside quotes that are text": 'use,id\nfar,5" b\nnear,"a\nfar,b\n',
    "in the last cell": 'use,id\nnear,"',
}
CLOSED = {
    "cells of several lines": 'use,id\r\nnear,"a\r\nb"\r\nfar,"c\n"\n',
    "doubled": 'use,id\nnear,"a ""b"" c"\nfar,"""\n"""\n',
    "empty": 'use,id\nnear,""\nfar,""""\n',
    "as text": 'use,id\nnear,5" b\nfar,a"\nnear,b "c" d\n',
    "text behind one in a line": 'use,id\nnear,"a"b\nfar,c\n',
    "with a mark of the encoding": '\ufeff"use",id\nnear,a\n',
}


def rows_of(path: Path) -> int:
    """How many rows and misfits a table has; raises `Unreadable`."""
    misfits = Misfits()
    table = opened(path)
    read = sum(batch.num_rows for batch in batches(table, table.schema.names, misfits))
    return int(read) + len(misfits._found)  # of those that nobody took


@pytest.mark.parametrize("block", [64, 1 << 23])
@pytest.mark.parametrize("name", NOT_CLOSED)
def test_a_quote_that_is_not_closed_damages_a_table(
    name: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_BLOCK", block)
    (tmp_path / "in.csv").write_text(NOT_CLOSED[name], "utf-8")
    with pytest.raises(Unreadable) as raised:
        rows_of(tmp_path / "in.csv")
    assert raised.value.diagnostic.code is codes.DAMAGED_TABLE
    reason = dict(raised.value.diagnostic.arguments)["reason"]
    line = 1 + NOT_CLOSED[name].count("\n", 0, NOT_CLOSED[name].index('"a' if '"a' in NOT_CLOSED[name] else '"'))
    assert f"the quotation mark in line {line} is" in getattr(reason, "en", ""), reason


@pytest.mark.parametrize("block", [64, 1 << 23])
@pytest.mark.parametrize("name", CLOSED)
def test_quotes_that_are_closed_or_are_text_damage_nothing(
    name: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_BLOCK", block)
    (tmp_path / "in.csv").write_text(CLOSED[name], "utf-8")
    assert rows_of(tmp_path / "in.csv") == CLOSED[name].count("near,") + CLOSED[name].count("far,")


def drawn(chance: random.Random) -> bytes:
    return bytes(chance.choices(b'",\na', [3, 2, 2, 3], k=chance.randint(1, 24)))


def told(text: bytes, ends: tuple[int, ...]) -> str | None:
    """Why a text is refused that comes in blocks which end there."""
    quotes = Quotes()
    try:
        for start, end in itertools.pairwise((0, *ends, len(text))):
            if start < end:
                quotes.pass_over(text[start:end])
        quotes.end()
    except NotClosedError as error:
        return str(error)
    return None


def test_it_does_not_matter_where_blocks_end() -> None:
    chance, refused = random.Random(1), 0
    for _ in range(4_000):
        text = drawn(chance)
        whole = told(text, ())
        refused += whole is not None
        assert {told(text, tuple(range(1, len(text)))), told(text, (chance.randint(0, len(text)),))} == {whole}, text
    assert 1_000 < refused < 3_500


def test_a_line_behind_a_text_that_is_not_refused_is_a_row_of_its_own() -> None:
    """As Arrow reads it: a text ends inside of quotes just where a line behind it would be taken in."""
    from pyarrow import csv

    chance, goes_on = random.Random(2), 0
    for _ in range(3_000):
        text = b"h,k\n" + drawn(chance) + b"\n"
        seen: list[str] = []

        def skip(row: csv.InvalidRow, seen: list[str] = seen) -> str:
            seen.append(row.text)
            return "skip"

        options = csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip)
        types = csv.ConvertOptions(column_types={"h": pa.string(), "k": pa.string()})
        read = csv.read_csv(pa.py_buffer(text + b"y,z\n"), parse_options=options, convert_options=types)
        is_a_row = read.num_rows > 0 and read.slice(read.num_rows - 1).to_pylist() == [{"h": "y", "k": "z"}]
        why = told(text, ())
        if why is not None and "lines later" in why:
            goes_on += 1
        else:
            assert is_a_row == (why is None), text
    assert goes_on > 100


def test_a_head_without_a_line_break_is_a_table_without_rows(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,power")
    assert rows_of(tmp_path / "in.csv") == 0
    assert opened(tmp_path / "in.csv").schema.names == ["id", "power"]


@pytest.mark.parametrize("head", ['"' + "x" * 200_000 + '",use\n1,near\n', '"id,use\n' + "a,near\n" * 40_000])
def test_a_head_with_a_cell_that_never_ends_is_told(head: str, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(head)
    with pytest.raises(Unreadable) as raised:
        rows_of(tmp_path / "in.csv")
    assert raised.value.diagnostic.code is codes.DAMAGED_TABLE
