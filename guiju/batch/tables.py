"""Files of rows -> record batches in the order of the rows: Parquet, Arrow IPC (file and stream), CSV, folders of them.

A table is read a batch at a time, so memory does not grow with it. What the files themselves get wrong is raised as
`Unreadable` with its diagnostic, also in the middle of a file; what a single line gets wrong goes to `misfits`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from csv import Error as HeadTooLongError
from csv import reader as csv_lines
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pyarrow as pa

from guiju.batch import codes, parquet_bits
from guiju.batch.csv_bytes import CsvBytes, NotClosedError, why_not_closed
from guiju.batch.misfits import Forgotten, Misfit, Misfits
from guiju.dsl.diagnostic import Argument, Code, Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.codes import FILE_NOT_FOUND, NOT_UTF8, OTHER_ENCODING
from guiju.system_errors import reason_of

Form: TypeAlias = Literal["parquet", "arrow", "arrows", "csv"]
#: how a name ends -> how such a file is read and written; `arrow` is the file form of IPC, `arrows` the stream
FORMS: dict[str, Form] = {
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".arrows": "arrows",
    ".csv": "csv",
}
ROWS = 65_536  # in a batch; in one of little else than bits up to
_MOST_ROWS = 4 * ROWS
_MOST_BITS = 2**27  # of such a batch
_BLOCK = 8 * 1024 * 1024  # bytes of CSV that are parsed together
_MAGIC = b"ARROW1"
_SEPARATORS = ("\t", ";", "，", "；", "|")  # that others write between cells, where they mean a comma
_HEAD_TOO_LONG = Text("表头有一格超过 128 KB", "a cell of the head with more than 128 KB")
_OF_ARROW = {
    "straddling object": Text("一行超过 8 MB", "a line of more than 8 MB"),
    "CRC checksum": Text("有一页与它的校验和不符", "a page does not fit its checksum"),
    **dict.fromkeys(
        ("magic bytes not found", "Not an Arrow file"),
        Text("末尾没有这种文件该有的标记", "it does not end as a file of its kind does"),
    ),
    **dict.fromkeys(
        (
            "file size is",
            "File is too small",
            "able to read",
            "Expected to read",
            "Unexpected end of stream",
            "No more data",
            "bytes available",
        ),
        Text("数据没有完就断了", "it ends before its data does"),
    ),
}
_WRONG = pa.ArrowInvalid | pa.ArrowException | OSError | UnicodeDecodeError | NotClosedError | HeadTooLongError


class Unreadable(Exception):  # noqa: N818 - no error of ours: what is wrong with a file
    """A table cannot be read, or not to its end."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code.name)
        self.diagnostic = diagnostic


@dataclass(frozen=True)
class Table:
    """A file of rows. `shown`: its path as it is told; `rows`: how many, where the file says so; `size` in bytes."""

    path: Path
    shown: str
    form: Form
    schema: pa.Schema
    rows: int | None
    size: int

    @property
    def head(self) -> Source:
        """Its columns as one line, for diagnostics to point at."""
        return Source(self.shown, ",".join(self.schema.names))

    def row(self, number: int) -> str:
        """What one of its rows is called where it is spoken of; `--row` takes it as it is."""
        return f"{self.shown}#{number}"

    def place(self, column: int) -> Span:
        """Where the head has a column."""
        start = sum(len(name) + 1 for name in self.schema.names[:column])
        return Span(self.head, start, start + len(self.schema.names[column]))


def without_rows(table: Table) -> Diagnostic:
    """That a table has no rows."""
    return _about(codes.EMPTY_TABLE, table.shown, path=table.shown)


def about_line(table: Table, line: Misfit) -> Diagnostic:
    """That a line has not as many cells as the head."""
    place = Span(Source(table.row(line.row), line.text, is_cell=True), 0, len(line.text))
    return Diagnostic(codes.MISFIT_LINE, place, (("found", line.found), ("expected", line.expected)))


def opened(path: Path) -> Table:
    """A table by its file; raises `Unreadable`."""
    form = FORMS[path.suffix.lower()]
    with _told(path):
        size = path.stat().st_size
        schema, rows = _SHAPES[form](path)
        _names_of(schema)
    return Table(path, str(path), form, schema, rows, size)


def _names_of(schema: pa.Schema) -> list[str]:
    """The names of all columns; UnicodeDecodeError where one is no text, which Arrow reads when it is asked for."""
    names: list[str] = schema.names
    return names


def _parquet_shape(path: Path) -> tuple[pa.Schema, int | None]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, memory_map=True) as file:
        return file.schema_arrow, file.metadata.num_rows


def _arrow_shape(path: Path) -> tuple[pa.Schema, int | None]:
    with pa.memory_map(str(path)) as source:
        if source.read(len(_MAGIC)) != _MAGIC:
            source.seek(0)
            return pa.ipc.open_stream(source).schema, None
        file = pa.ipc.open_file(source)
        return file.schema, None


def _csv_shape(path: Path) -> tuple[pa.Schema, int | None]:
    with path.open(encoding="utf-8-sig") as file:
        head = file.readline(_BLOCK)
    if not head.strip():
        raise Unreadable(_about(codes.EMPTY_FILE, str(path), path=str(path)))
    if "," not in head and (separator := next((s for s in _SEPARATORS if s in head), None)):
        shown = Text("制表符", "tab") if separator == "\t" else separator
        raise Unreadable(_about(codes.OTHER_SEPARATOR, str(path), path=str(path), separator=shown))
    with CsvBytes(path) as data, _csv(path, data, None, Forgotten()) as reader:
        return reader.schema, None


_SHAPES = {"parquet": _parquet_shape, "arrow": _arrow_shape, "arrows": _arrow_shape, "csv": _csv_shape}


def batches(table: Table, columns: Iterable[str], misfits: Misfits) -> Iterator[pa.RecordBatch]:
    """The rows of a table, some columns of it, in their order; raises `Unreadable` where it ends too soon.

    A batch is empty where a CSV file has nothing but misfits for long, so that these can be told.
    """
    wanted = list(columns)
    rows = _rows_at_once(table.schema.field(name).type for name in wanted)
    with _told(table.path):
        read = map(_valid, _READERS[table.form](table.path, wanted, rows, misfits))
        for batch in _together(read, rows, misfits):
            for start in range(0, batch.num_rows or misfits.are_waiting, rows):
                yield batch.slice(start, rows)


def _valid(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch as it lies in a file, which Arrow takes unseen: of a damaged one it would read what is not there.

    What lies at places that other numbers name is looked at whole; of all else that there is as much as there are rows.
    """
    for column in batch.columns:
        is_in_place = pa.types.is_primitive(column.type) or pa.types.is_decimal(column.type)
        column.validate(full=not is_in_place)
    return batch


def _rows_at_once(types: Iterable[pa.DataType]) -> int:
    """The rows of a batch: each costs a look at every column, and of bits many rows take little room."""
    listed = list(types)
    if not all(map(_is_flat, listed)):  # not all that may be copied can be put together
        return ROWS
    bits = sum(2 if pa.types.is_boolean(type_) else 64 for type_ in listed)
    return min(max(_MOST_BITS // max(bits, 1) // ROWS, 1) * ROWS, _MOST_ROWS)


def _is_flat(type_: pa.DataType) -> bool:
    """Whether a cell has one value of a few bytes, or one that is shared."""
    inner = type_.value_type if pa.types.is_dictionary(type_) else type_
    is_text = pa.types.is_string(inner) or pa.types.is_large_string(inner)
    return bool(is_text or pa.types.is_primitive(inner) or pa.types.is_decimal(inner) or pa.types.is_null(inner))


def _together(batches: Iterable[pa.RecordBatch], rows: int, misfits: Misfits) -> Iterator[pa.RecordBatch]:
    """Neighbouring batches as one, as long as these are no more than so many rows, which may be more than usual.

    Where misfits are to be told none waits for others.
    """
    if rows == ROWS:
        yield from batches
        return
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        if waiting and sum(b.num_rows for b in waiting) + batch.num_rows > rows:
            yield _joined(waiting)
            waiting = []
        waiting.append(batch)
        if misfits.are_waiting:
            yield _joined(waiting)
            waiting = []
    if waiting:
        yield _joined(waiting)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return pa.concat_batches(batches) if len(batches) > 1 else batches[0]


def _parquet_batches(path: Path, columns: list[str], at_once: int, _: Misfits) -> Iterator[pa.RecordBatch]:
    import pyarrow.parquet as pq

    # Without buffering ahead only the pages in use are held, however large the row groups are. Words stay numbers, but
    # not those in lists: Arrow gives these no batch that goes over the end of a row group.
    schema = pq.read_schema(path, memory_map=True)
    words = [name for name in columns if is_text(schema.field(name).type)]
    bits = [name for name in columns if pa.types.is_boolean(schema.field(name).type)]
    how = {"memory_map": True, "pre_buffer": False, "page_checksum_verification": True}
    with pq.ParquetFile(path, read_dictionary=words, **how) as file:
        done, rows = 0, file.metadata.num_rows
        if parquet_bits.is_worth_it(len(bits), rows) and not parquet_bits.has_checksums(path, file.metadata):
            others = [name for name in columns if name not in bits]
            beside = file.iter_batches(at_once, columns=others) if others else None
            with suppress(parquet_bits.UnreadByPolarsError):
                for batch in parquet_bits.joined(parquet_bits.batches(path, bits, rows, at_once), beside, columns):
                    done += batch.num_rows
                    yield batch
        if done < rows or not rows:  # whatever is left, or wrong with the file, is Arrow's to tell
            for batch in file.iter_batches(at_once, columns=columns):
                passed = min(done, batch.num_rows)
                done -= passed
                yield batch.slice(passed)


def is_text(type_: pa.DataType) -> bool:
    """Whether a type is one of text."""
    return bool(pa.types.is_string(type_) or pa.types.is_large_string(type_) or pa.types.is_string_view(type_))


def _arrow_batches(path: Path, columns: list[str], _: int, __: Misfits) -> Iterator[pa.RecordBatch]:
    with pa.memory_map(str(path)) as source:
        if source.read(len(_MAGIC)) == _MAGIC:
            file = pa.ipc.open_file(source)
            for i in range(file.num_record_batches):
                yield file.get_batch(i).select(columns)
        else:
            source.seek(0)
            for batch in pa.ipc.open_stream(source):
                yield batch.select(columns)


def _csv_batches(path: Path, columns: list[str], _: int, misfits: Misfits) -> Iterator[pa.RecordBatch]:
    with CsvBytes(path) as file, _csv(path, file, columns, misfits) as reader:
        yield from reader


_READERS = {"parquet": _parquet_batches, "arrow": _arrow_batches, "arrows": _arrow_batches, "csv": _csv_batches}


def _csv(path: Path, data: CsvBytes, columns: list[str] | None, misfits: Misfits) -> Any:
    """Every cell as the text that it is; a blank one is unknown, a blank line no row but where there is one column."""
    from pyarrow import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        has_one_column = len(next(csv_lines(iter(lambda: file.readline(_BLOCK), "")), ())) == 1

    return csv.open_csv(
        data,
        # one thread: only so does a line know its number
        read_options=csv.ReadOptions(use_threads=False, block_size=_BLOCK),
        parse_options=csv.ParseOptions(
            newlines_in_values=True, invalid_row_handler=misfits.skip, ignore_empty_lines=not has_one_column
        ),
        convert_options=csv.ConvertOptions(
            default_column_type=pa.dictionary(pa.int32(), pa.string()),
            include_columns=columns,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )


class _told:  # noqa: N801 - reads as a word at its `with`
    """What goes wrong while a file is read, as `Unreadable`: that it is not there, is no UTF-8, or is damaged."""

    def __init__(self, path: Path) -> None:
        self._path, self._file = str(path), path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if isinstance(error, FileNotFoundError):
            raise Unreadable(_about(FILE_NOT_FOUND, self._path, path=self._path)) from error
        if isinstance(error, _WRONG):
            is_csv = FORMS[self._file.suffix.lower()] == "csv"
            if is_csv and (found := _not_utf8(self._file)):
                raise Unreadable(found) from error
            not_closed = None if not is_csv or isinstance(error, OSError) else why_not_closed(self._file)
            reason = not_closed or _reason_of(error)
            raise Unreadable(_about(codes.DAMAGED_TABLE, self._path, path=self._path, reason=reason)) from error


def _reason_of(error: BaseException) -> Argument:
    """In both languages where the sentence is known, else in Arrow's own words."""
    if isinstance(error, HeadTooLongError):
        return _HEAD_TOO_LONG
    if (known := next((told for part, told in _OF_ARROW.items() if part in str(error)), None)) is not None:
        return known
    said = str(error).splitlines()[0]
    reason = reason_of(error) if isinstance(error, OSError) else Text(said, said)
    return Text(f"Arrow 的说法：{said}", said) if reason.zh == said else reason


def _not_utf8(path: Path) -> Diagnostic | None:
    """That a file is in another encoding; None where it is not, or is too large to tell."""
    from guiju.exchange.text import LIMIT, decode, read_bytes

    data = read_bytes(path, LIMIT)[0] or b""
    _, found = decode(str(path), data)
    return next((d for d in found if d.code in (OTHER_ENCODING, NOT_UTF8)), None)


def _about(code: Code, name: str, **arguments: Argument) -> Diagnostic:
    return Diagnostic(code, Span(Source(name, ""), 0, 0), tuple(arguments.items()))
