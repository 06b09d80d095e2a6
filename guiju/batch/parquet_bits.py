"""Columns of bits of a Parquet file, read by Polars where it is installed: in a third of the time that Arrow takes.

All other columns are read by Arrow, so that no type means anything else than without Polars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa

_WORTH = 2**26  # cells from which on reading them sooner makes up for loading Polars
_AT_A_TIME = 2**28  # cells, two bits each
_MOST_ROWS = 2**20
_HEADER = 32  # bytes of a page header that are looked at
_NUMBER = rb"\x15[\x80-\xff]*[\x00-\x7f]"  # a 32-bit field, one number up from the last
_CHECKSUM = re.compile(_NUMBER * 4)
_NO_ROWS = pa.RecordBatch.from_arrays([], [])


class UnreadByPolarsError(Exception):
    """Polars does not read a file to its end; Arrow may, or knows why not."""


def is_worth_it(columns: int, rows: int) -> bool:
    """Whether so many cells are read sooner by Polars, and it is there to read them."""
    return columns * rows >= _WORTH and find_spec("polars") is not None


def has_checksums(path: Path, metadata: Any) -> bool:
    """Whether pages of a file carry checksums, which Arrow holds them against and Polars passes over.

    The first page of each row group tells, for a writer gives them to all or to none.
    """
    with path.open("rb") as file:
        for group in range(metadata.num_row_groups):
            chunk = metadata.row_group(group).column(0)
            file.seek(min(filter(None, (chunk.dictionary_page_offset, chunk.data_page_offset))))
            if _tells_a_checksum(file.read(_HEADER)):
                return True
    return False


def _tells_a_checksum(header: bytes) -> bool:
    """Of a page header in Thrift's compact form: three numbers, behind which a fourth is the checksum."""
    return bool(_CHECKSUM.match(header))


def batches(path: Path, columns: Sequence[str], rows: int, size: int) -> Iterator[pa.RecordBatch]:
    """Some columns of a file with so many rows, `size` of them at a time; raises `UnreadByPolarsError`."""
    import polars as pl
    from polars.selectors import by_name

    window = max(min(_AT_A_TIME // len(columns), _MOST_ROWS) // size, 1) * size
    try:
        frame = pl.scan_parquet(path, glob=False, hive_partitioning=False).select(by_name(*columns))
        for start in range(0, rows, window):
            yield from frame.slice(start, window).collect().to_arrow().to_batches(size)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise UnreadByPolarsError from error


def joined(
    bits: Iterable[pa.RecordBatch], others: Iterable[pa.RecordBatch] | None, columns: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """The same rows of both side by side, the columns in this order; raises `UnreadByPolarsError` where there are less.

    Without others the bits alone.
    """
    if others is None:
        yield from (batch.select(columns) for batch in bits)
        return
    beside, other = iter(others), _NO_ROWS
    for batch in bits:
        start = 0
        while start < batch.num_rows:
            other = other if other.num_rows else next(beside, _NO_ROWS)
            if not other.num_rows:
                raise UnreadByPolarsError
            rows = min(batch.num_rows - start, other.num_rows)
            found: dict[str, pa.Array] = {}
            for part in (batch.slice(start, rows), other.slice(0, rows)):
                found.update(zip(part.schema.names, part.columns, strict=True))
            yield pa.RecordBatch.from_arrays([found[name] for name in columns], list(columns))
            other, start = other.slice(rows), start + rows
