"""Bits of a Parquet file are the same whoever reads them, and every row comes once, in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guiju.batch import codes, parquet_bits
from guiju.batch.misfits import Misfits
from guiju.batch.tables import Unreadable, batches, opened

ROWS = 150_000
#: what Polars or a shell would take for a pattern
NAMES = ("6.1.c", "^.*$", "*", "达标", "open")


@pytest.fixture(scope="module")
def table() -> pa.Table:
    drawn = Random(3)
    bits = {name: [drawn.choice((True, False, None)) for _ in range(ROWS)] for name in NAMES}
    words = pa.array([drawn.choice(("near", "far", None)) for _ in range(ROWS)]).dictionary_encode()
    return pa.table({"id": list(range(ROWS)), **bits, "use": words, "none": pa.nulls(ROWS, pa.bool_())})


@pytest.fixture
def file(table: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(parquet_bits, "is_worth_it", lambda columns, rows: columns * rows > 0)
    path = tmp_path / "a=1" / "rows[1].parquet"
    path.parent.mkdir()
    pq.write_table(table, path, row_group_size=70_003)
    return path


def read(path: Path, names: list[str]) -> pa.Table:
    found = list(batches(opened(path), names, Misfits()))
    return pa.Table.from_batches(found) if found else pa.table({})


def same(found: pa.Table, expected: pa.Table) -> bool:
    return bool(found.to_pydict() == expected.to_pydict() and found.column_names == expected.column_names)


def test_polars_reads_bits_as_arrow_does(file: Path, table: pa.Table, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("polars", reason="guiju[fast] is not installed")
    monkeypatch.setattr(parquet_bits, "_MOST_ROWS", 2**16)
    monkeypatch.setattr(pq.ParquetFile, "iter_batches", _without_bits(pq.ParquetFile.iter_batches))
    for names in (["id", *NAMES, "use", "none"], ["use", "open", "id", "^.*$"], ["open"], [*NAMES]):
        assert same(read(file, names), table.select(names))


def _without_bits(iter_batches: Any) -> Any:
    """Arrow, where it is not asked for bits."""

    def reading(self: pq.ParquetFile, size: int, columns: list[str]) -> Any:
        assert not {*NAMES, "none"}.intersection(columns)
        return iter_batches(self, size, columns=columns)

    return reading


@pytest.mark.parametrize("given", [0, 65_536, 131_072])
@pytest.mark.parametrize("names", [["open", "id"], ["open"]])
def test_where_polars_does_not_come_to_the_end_arrow_reads_on(
    file: Path, table: pa.Table, monkeypatch: pytest.MonkeyPatch, given: int, names: list[str]
) -> None:
    def some(path: Path, columns: list[str], rows: int, size: int) -> Iterator[pa.RecordBatch]:
        assert (path, rows) == (file, ROWS)
        yield from table.select(columns).slice(0, given).to_batches(size)
        if given:  # else it ends without a word
            raise parquet_bits.UnreadByPolarsError

    monkeypatch.setattr(parquet_bits, "batches", some)
    assert same(read(file, names), table.select(names))


WRITTEN: tuple[dict[str, Any], ...] = (
    {"compression": "none"},
    {"compression": "snappy", "use_dictionary": False},
    {"compression": "zstd", "data_page_version": "2.0"},
)


@pytest.mark.parametrize("how", WRITTEN)
@pytest.mark.parametrize("first", ["id", "use", "open"])
def test_a_file_is_asked_for_checksums(how: dict[str, Any], first: str, table: pa.Table, tmp_path: Path) -> None:
    for carries in (True, False):
        path = tmp_path / f"{carries}.parquet"
        pq.write_table(table.select([first, "6.1.c"]), path, write_page_checksum=carries, **how)
        assert parquet_bits.has_checksums(path, pq.read_metadata(path)) == carries


def test_a_page_that_its_checksum_does_not_fit_is_damaged(file: Path, table: pa.Table) -> None:
    """A bit of a value is another one: no codec finds that, and Polars would not."""
    pq.write_table(table, file, compression="none", use_dictionary=False, write_page_checksum=True)
    data = bytearray(file.read_bytes())
    names = [table.column_names.index(name) for name in ("open", "id")]
    chunks = [pq.read_metadata(file).row_group(0).column(at) for at in names]
    for name, chunk in zip(("open", "id"), chunks, strict=True):
        last = chunk.data_page_offset + chunk.total_compressed_size - 1
        damaged = data.copy()
        damaged[last] ^= 1
        file.write_bytes(damaged)
        with pytest.raises(Unreadable) as raised:
            read(file, [name])
        assert raised.value.diagnostic.code is codes.DAMAGED_TABLE
        assert "(a page does not fit its checksum)" in raised.value.diagnostic.message("en")
        read(file, ["use"])


@pytest.mark.parametrize("missing", [0, 1, 70_000])
def test_less_rows_beside_the_bits_are_no_end(table: pa.Table, missing: int) -> None:
    bits, others = table.select(["open"]).to_batches(4_096), table.select(["id"]).slice(missing).to_batches(5_000)
    found: list[pa.RecordBatch] = []

    def go_on() -> None:
        found.extend(parquet_bits.joined(bits, others, ["id", "open"]))

    if missing:
        with pytest.raises(parquet_bits.UnreadByPolarsError):
            go_on()
        return
    go_on()
    assert same(pa.Table.from_batches(found), table.select(["id", "open"]))
