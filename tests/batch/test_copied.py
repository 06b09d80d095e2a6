"""Columns that are copied to the result come out as they went in, whatever their type, or are refused before a run."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import main

POLICY = Path(__file__).parent / "shops.guiju"
OUTS = ("out.csv", "out.parquet", "out.arrow", "out.arrows")
WORDS = ["first", "left out", None, "last"]
STRUCTS = pa.array([{"a": 1}, None, {"a": None}, {"a": 4}])

#: columns of four rows that any file holds: as text, where CSV has no other
HELD = {
    "text": (pa.array(WORDS), ["first", "", "last"]),
    "large text": (pa.array(WORDS, pa.large_string()), ["first", "", "last"]),
    "views of text": (pa.array(WORDS, pa.string_view()), ["first", "", "last"]),
    "a dictionary of text": (pa.array(WORDS).dictionary_encode(), ["first", "", "last"]),
    "a dictionary of numbers": (pa.array([7, 8, None, 9]).dictionary_encode(), ["7", "", "9"]),
    "nothing": (pa.nulls(4), ["", "", ""]),
    "whole numbers": (pa.array([2**64 - 1, 0, None, 5], pa.uint64()), [str(2**64 - 1), "", "5"]),
    "decimals": (pa.array([Decimal("1.50"), None, None, Decimal(2)], pa.decimal256(50, 2)), ["1.50", "", "2.00"]),
    "yes and no": (pa.array([True, None, None, False]), ["true", "", "false"]),
    "nanoseconds": (pa.array([1, 2, None, 4], pa.timestamp("ns")), ["1970-01-01 00:00:00.00000000" + d for d in "14"]),
    "durations": (pa.array([1, 2, None, 4], pa.duration("ns")), ["1", "", "4"]),
}
HELD["nanoseconds"][1].insert(1, "")
#: lists, which name no row
LISTS = {
    "lists": (pa.array([["a", "b"], None, [], ["c", None]]), ["a | b", "[]", "c | ?"]),
    "large lists": (pa.array([["a"], None, [], None], pa.large_list(pa.string())), ["a", "[]", ""]),
    "lists of one length": (pa.array([[1, 2], None, None, [3, 4]], pa.list_(pa.int64(), 2)), ["1 | 2", "", "3 | 4"]),
    "lists of views": (pa.array([["a"], None, [], ["b"]], pa.list_(pa.string_view())), ["a", "[]", "b"]),
    "lists of a dictionary": (
        pa.array([["a"], None, [], ["b"]], pa.list_(pa.dictionary(pa.int8(), pa.string()))),
        ["a", "[]", "b"],
    ),
}
#: what CSV has no room for, and Parquet where it is said so
NOT_IN_CSV = {
    "structs": (STRUCTS, True),
    "lists of structs": (pa.array([[{"a": 1}], None, [], [{"a": 2}]]), True),
    "maps": (pa.array([[("a", 1)], None, [], [("b", 2)]], pa.map_(pa.string(), pa.int64())), True),
    "bytes": (pa.array([b"\xff", None, None, b"a"]), True),
    "bytes of one length": (pa.array([b"\xff", None, None, b"a"], pa.binary(1)), True),
    "structs of a dictionary": (
        pa.StructArray.from_arrays([pa.array(WORDS).dictionary_encode()], ["a"]),
        True,
    ),
    "intervals": (pa.array([(1, 2, 3), None, None, (4, 5, 6)], pa.month_day_nano_interval()), False),
    "an unknown zone": (pa.array([1, 2, None, 4], pa.timestamp("us", "Nowhere/Here")), True),
}
#: what no file of a result has room for
NOWHERE = {
    "runs": pa.RunEndEncodedArray.from_arrays([2, 4], ["a", "b"]),
    "maps of a dictionary": pa.MapArray.from_arrays(
        [0, 1, 1, 2, 2], pa.array(["a", "b"]), pa.array(["x", "y"]).dictionary_encode()
    ),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(POLICY, "shops.guiju")
    return tmp_path


def batch(*arguments: str, lang: str = "en") -> Result:
    result = CliRunner().invoke(main, ["batch", "shops.guiju", *arguments, "--lang", lang])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def given(column: pa.Array, name: str = "k", path: str = "in.arrow") -> str:
    """A table of four rows, of which the second is rejected; in two batches, so that dictionaries come and go."""
    table = pa.table({"staff": pa.array(["2", "few", "3", "4"]), name: column})
    with pa.ipc.new_stream(path, table.schema) as file:
        for part in table.to_batches(max_chunksize=2):
            file.write_batch(part)
    return path


def written(path: str) -> pa.Table:
    if path.endswith("parquet"):
        return pq.read_table(path)
    with pa.memory_map(path) as source:
        return (pa.ipc.open_file(source) if path.endswith("arrow") else pa.ipc.open_stream(source)).read_all()


def cells(path: str, name: str) -> list[str]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def same(path: str, name: str, column: pa.Array) -> bool:
    """Whether the result has the rows of a column that were answered."""
    found = written(path).column(name).combine_chunks()
    if "view" in str(column.type):  # of these Arrow takes no rows
        return bool(found.to_pylist() == [column[i].as_py() for i in (0, 2, 3)])
    return bool(found.equals(column.take(pa.array([0, 2, 3])).cast(found.type)))


@pytest.mark.parametrize("name", ["id", "k"])
@pytest.mark.parametrize("out", OUTS)
@pytest.mark.parametrize("kind", HELD)
def test_a_column_of_any_plain_type_is_copied(kind: str, out: str, name: str) -> None:
    column, said = HELD[kind]
    result = batch(given(column, name), out, *(["--keep", "k"] if name == "k" else []))
    assert result.exit_code == 0, result.stderr
    assert cells(out, name) == said if out.endswith("csv") else same(out, name, column)


@pytest.mark.parametrize("out", OUTS)
@pytest.mark.parametrize("kind", LISTS)
def test_a_column_of_lists_is_kept(kind: str, out: str) -> None:
    column, said = LISTS[kind]
    result = batch(given(column), out, "--keep", "k")
    assert result.exit_code == 0, result.stderr
    assert cells(out, "k") == said if out.endswith("csv") else same(out, "k", column)


@pytest.mark.parametrize("out", OUTS)
@pytest.mark.parametrize("kind", [*NOT_IN_CSV, *NOWHERE])
def test_what_the_result_has_no_room_for_is_refused_beforehand(kind: str, out: str, folder: Path) -> None:
    column, in_parquet = NOT_IN_CSV.get(kind) or (NOWHERE[kind], False)
    fits = not out.endswith("csv") and kind in NOT_IN_CSV and (in_parquet or not out.endswith("parquet"))
    before = {*folder.iterdir(), folder / given(column)}
    result = batch("in.arrow", out, "--keep", "k")
    assert (result.exit_code, "error[copied-type]" in result.stderr) == ((0, False) if fits else (1, True))
    if fits:
        assert same(out, "k", column)
    else:
        assert {*folder.iterdir()} == before


@pytest.mark.parametrize(("lang", "said"), [("en", "so they name no row"), ("zh", "不能作行的编号")])
@pytest.mark.parametrize("out", [(), ("out.parquet",)])
def test_what_names_no_row_is_no_id(lang: str, said: str, out: tuple[str, ...]) -> None:
    source = given(STRUCTS, "id")
    result = batch(source, *(out or ("--row", "a")), lang=lang)
    assert (result.exit_code, said in result.stderr) == (1, True), result.stderr
    assert batch(source, "out.csv", "--id", "staff", "--ignore-others").exit_code == 0


@pytest.mark.parametrize(("lang", "room"), [("en", "a CSV file has no room for it"), ("zh", "CSV 文件装不下")])
def test_all_that_cannot_be_copied_is_told_with_all_else(lang: str, room: str) -> None:
    table = pa.table({"staff": [1], "a": [b"a"], "b": [{"b": 1}], "power": [True], "colour": ["red"]})
    pq.write_table(table, "in.parquet")
    result = batch("in.parquet", "out.csv", "--keep", "a", "--keep", "b", lang=lang)
    assert (result.exit_code, result.stderr.count(room)) == (1, 2)
    for code in ("column-type", "unknown-column"):
        assert f"[{code}]" in result.stderr


def test_rows_are_found_and_counted_by_ids_of_any_type() -> None:
    moments = pa.array([datetime(2026, 1, day, tzinfo=UTC) for day in (1, 1, 2, 2)], pa.timestamp("ns", "UTC"))
    pq.write_table(pa.table({"id": moments, "staff": [1, 2, 3, 4]}), "in.parquet")
    assert "ids that stand in more than one row: 2, such as 2026-01-01 00:00:00" in batch("in.parquet", "o.csv").stderr
    named = cells("o.csv", "id")[0]
    assert "in.parquet#1, in.parquet#2" in batch("in.parquet", "--row", named).stderr


def test_a_row_without_an_id_is_rejected_without_one() -> None:
    Path("in.csv").write_text("id,staff\n,few\na,many\n")
    assert batch("in.csv", "out.csv").exit_code == 0
    assert cells("out.rejects.csv", "id") == ["", "a"]


# --- several tables ----------------------------------------------------------------------------------------------


def tables(**files: str) -> None:
    Path("in").mkdir()
    for name, text in files.items():
        Path("in", f"{name}.csv").write_text(text, "utf-8")


@pytest.mark.parametrize("out", OUTS)
def test_ids_of_one_file_come_from_tables_that_have_them_in_unlike_types_or_not_at_all(out: str) -> None:
    tables(a="staff\n1\n", c="编号,staff\nx,3\n", d="staff,id\n4,y\n")
    pq.write_table(pa.table({"id": [7], "staff": [2]}), "in/b.parquet")
    assert batch("in", out).exit_code == 0
    named = cells(out, "id") if out.endswith("csv") else written(out).column("id").to_pylist()
    assert [id_ or None for id_ in named] == [None, "7", "x", "y"]


def test_each_file_of_a_folder_keeps_the_ids_of_its_table() -> None:
    tables(a="staff\n1\n", c="编号,staff\nx,3\n")
    pq.write_table(pa.table({"id": [7], "staff": [2]}), "in/b.parquet")
    assert batch("in", "out").exit_code == 0
    assert Path("out/a.csv").read_text().splitlines()[0] == '"row","level"'
    assert cells("out/c.csv", "编号") == ["x"]
    assert written("out/b.parquet").column("id").to_pylist() == [7]


def test_a_folder_is_held_against_the_form_of_each_of_its_files() -> None:
    Path("in").mkdir()
    pq.write_table(pa.table({"staff": [2], "k": [b"a"]}), "in/a.parquet")
    given(pa.array([b"a"] * 4), path="in/b.arrows")
    assert batch("in", "out", "--keep", "k").exit_code == 0
    assert "error[copied-type]" in batch("in", "out.csv", "--keep", "k").stderr


@pytest.mark.parametrize(("lang", "said"), [("en", "no column holds both"), ("zh", "一列装不下两种")])
def test_types_that_no_column_holds_are_refused(lang: str, said: str, folder: Path) -> None:
    Path("in").mkdir()
    pq.write_table(pa.table({"staff": [2], "k": [{"a": 1}]}), "in/a.parquet")
    pq.write_table(pa.table({"staff": [2], "k": ["text"]}), "in/b.parquet")
    result = batch("in", "out.parquet", "--keep", "k", lang=lang)
    assert (result.exit_code, said in result.stderr) == (1, True), result.stderr
    assert {p.name for p in folder.iterdir()} == {"shops.guiju", "in"}
    assert batch("in", "out", "--keep", "k").exit_code == 0


def test_ids_of_unlike_types_are_nothing_to_an_impact_that_writes_none() -> None:
    Path("in").mkdir()
    pq.write_table(pa.table({"staff": [2], "id": [b"a"]}), "in/a.parquet")
    pq.write_table(pa.table({"staff": [2], "id": ["a"]}), "in/b.parquet")
    call = ["impact", "shops.guiju", "in", "--set", "6.1.e.threshold=2", "--lang", "en"]
    assert CliRunner().invoke(main, call).exit_code == 0
    refused = CliRunner().invoke(main, [*call, "--out", "out.parquet"])
    assert (refused.exit_code, "error[copied-type]" in refused.stderr) == (1, True)


@pytest.mark.parametrize("out", OUTS)
def test_a_column_that_is_called_file_is_kept_where_one_table_is_read(out: str) -> None:
    column = pa.array(WORDS)
    result = batch(given(column, "file"), out, "--keep", "file")
    assert result.exit_code == 0, result.stderr
    assert cells(out, "file") == HELD["text"][1] if out.endswith("csv") else same(out, "file", column)
