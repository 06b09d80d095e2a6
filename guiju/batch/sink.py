"""Record batches -> files that appear whole or not at all: what is written lies beside its place until all is done."""

from __future__ import annotations

import csv
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from guiju.batch.copied import is_list
from guiju.batch.tables import FORMS, Form
from guiju.dsl.diagnostic import Text
from guiju.system_errors import reason_numbered, reason_of

ROW = "row"  # the column of the numbers of rows
_ERROR_NUMBER = re.compile(r"\[errno (\d+)\]")
_TAKEN_OTHERWISE = ("=", "+", "-", "@", "\t", "\r", '"')  # by spreadsheets, or for a value in quotes
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_BETWEEN, _NONE, _NULL = " | ", "[]", "?"  # options and levels of a list, in one cell of a CSV file


class Unwritable(Exception):  # noqa: N818 - no error of ours: what the file system answers
    """A file cannot be written. `reason`: what the system answered."""

    def __init__(self, path: Path, reason: Text) -> None:
        super().__init__(str(path))
        self.path, self.reason = path, reason


class Staged:
    """A file or folder that is being made beside its place: `commit` puts it there, leaving without it removes it.

    What was in its place comes back where whoever works with it fails after `commit`.
    """

    def __init__(self, target: Path) -> None:
        self.target = Path(os.path.realpath(target))
        # no name that a killed run may have left: process ids come again
        self.path = self.target.with_name(f".{self.target.name}.{secrets.token_hex(4)}.part")
        self._aside = self.path.with_suffix(".old")

    def __enter__(self) -> Staged:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if error is not None and os.path.lexists(self._aside):
            _remove(self.target)
            with suppress(OSError):
                self._aside.rename(self.target)
        _remove(self.path)
        _remove(self._aside)
        if isinstance(error, OSError):
            raise Unwritable(self.target, _reason(error)) from error

    def commit(self, *, keeps_old: bool = False) -> None:
        """Put it in its place; where nothing was made, clear the place.

        A folder that is there, or with `keeps_old` a file, moves aside until this is left; another file is replaced in
        one step.
        """
        try:
            if os.path.lexists(self.target) and (keeps_old or self.target.is_dir()):
                self.target.rename(self._aside)
            if self.path.exists():
                self.path.replace(self.target)
        except OSError as error:
            raise Unwritable(self.target, _reason(error)) from error


def _remove(path: Path) -> None:
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _reason(error: OSError) -> Text:
    """What the system answered; Arrow has the number of an error in its text alone."""
    number = _ERROR_NUMBER.search(str(error))
    return reason_numbered(int(number[1])) if number else reason_of(error)


class Sink:
    """Where rows go, in one of the forms. Raises OSError, which `Staged` turns into `Unwritable`."""

    def __init__(self, path: Path, form: Form, schema: pa.Schema) -> None:
        self._schema = schema
        self._write, self._close = _OPENED[form](path, schema)

    def __enter__(self) -> Sink:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def write(self, batch: pa.RecordBatch) -> None:
        """Rows behind those that are there."""
        self._write(batch)


_Opened = tuple[Callable[[pa.RecordBatch], Any], Callable[[], Any]]


def _parquet(path: Path, schema: pa.Schema) -> _Opened:
    import pyarrow.parquet as pq

    # The number of a row is never the same twice, and one more than the last: a dictionary of them is of no use.
    others = [f"{f.name}.list.element" if pa.types.is_list(f.type) else f.name for f in schema if f.name != ROW]
    growing = {ROW: "DELTA_BINARY_PACKED"} if ROW in schema.names else None
    writer = pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=others, column_encoding=growing)
    return writer.write_batch, writer.close


def _arrow(path: Path, schema: pa.Schema) -> _Opened:
    writer = pa.ipc.new_file(str(path), schema)
    return writer.write_batch, writer.close


def _arrows(path: Path, schema: pa.Schema) -> _Opened:
    writer = pa.ipc.new_stream(str(path), schema)
    return writer.write_batch, writer.close


def _csv(path: Path, schema: pa.Schema) -> _Opened:
    from pyarrow import csv as arrow_csv

    flat = pa.schema([_flat_field(field) for field in schema])
    writer = arrow_csv.CSVWriter(path, flat)
    return lambda batch: writer.write_batch(_flattened(batch, flat)), writer.close


_OPENED: dict[Form, Callable[[Path, pa.Schema], _Opened]] = {
    "parquet": _parquet,
    "arrow": _arrow,
    "arrows": _arrows,
    "csv": _csv,
}


def form_of(path: Path) -> Form | None:
    """The form that a name asks for; None of a folder."""
    return FORMS.get(path.suffix.lower())


# --- CSV has text alone ----------------------------------------------------------------------------------------------


def _flat_field(field: pa.Field) -> pa.Field:
    is_text = is_list(field.type) or pa.types.is_dictionary(field.type)
    return pa.field(field.name, pa.string() if is_text else field.type)


def _flattened(batch: pa.RecordBatch, flat: pa.Schema) -> pa.RecordBatch:
    columns = [_flat(field, column) for field, column in zip(batch.schema, batch.columns, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=flat)


def _flat(field: pa.Field, column: pa.Array) -> pa.Array:
    """Lists as `a | b`, an empty one as `[]`, what is null in one as `?`."""
    if is_list(field.type):
        texts = column.cast(pa.list_(pa.string()))
        if texts.flatten().null_count:
            told = [None if t is None else [_NULL if w is None else w for w in t] for t in texts.to_pylist()]
            texts = pa.array(told, texts.type)
        return pc.if_else(pc.equal(pc.list_value_length(texts), 0), _NONE, pc.binary_join(texts, _BETWEEN))
    if pa.types.is_dictionary(field.type):
        return column.dictionary_decode()
    return column


# --- what was left out -----------------------------------------------------------------------------------------------

REJECTS = ("file", "row", "id", "column", "value", "code", "zh", "en")


class Rejects:
    """A CSV file of cells that state nothing, made when the first one comes. A value stands as it was written.

    But for what a spreadsheet would take for a formula, and what begins with a quotation mark itself: these are in
    quotes, as in JSON. Without a path the rows are counted, and no more.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: Any = None
        self._writer: Any = None
        self.rows = 0
        self._last: tuple[str, int] | None = None

    def __enter__(self) -> Rejects:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Have all of it on the disk."""
        if self._file is not None:
            self._file.close()

    def add(self, file: str, row: int, told: Iterable[str | None]) -> None:
        """One reason why a row was left out: its id, column, value, code and the sentence in both languages."""
        if self._last != (file, row):
            self.rows, self._last = self.rows + 1, (file, row)
        if self._path is None:
            return
        if self._file is None:
            self._file = self._path.open("x", encoding="utf-8", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow(REJECTS)
        id_, column, value, *rest = told
        self._writer.writerow([file, row, _as_written(id_), column, _as_written(value), *rest])


def _as_written(value: str | None) -> str:
    """A cell of others, as no program takes it for anything else."""
    text = value or ""
    is_harmless = not text.startswith(_TAKEN_OTHERWISE) or _PLAIN_NUMBER.fullmatch(text)
    return text if is_harmless else json.dumps(text, ensure_ascii=False)
