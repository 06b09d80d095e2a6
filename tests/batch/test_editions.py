"""Two editions on one table: what one of them alone knows is read, and each row comes to what it comes to under each."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import guiju
from guiju.batch.sink import Sink
from guiju.batch.tables import FORMS
from guiju.cli.main import main
from tests.batch.population import population

ROOMS = Path(__file__).parents[2] / "policies/examples/reading-rooms"
EDITIONS = ("reading-rooms-2024.guiju", "reading-rooms-2027.guiju")
BOTH_WAYS = pytest.mark.parametrize("sides", [EDITIONS, EDITIONS[::-1]])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for edition in EDITIONS:
        shutil.copy(ROOMS / edition, edition)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rooms(edition: str) -> pa.Table:
    """Rows that state what one edition asks for."""
    return population(guiju.load(edition).program, 80, satisfied=0.9)


def written(table: pa.Table, name: str) -> None:
    with Sink(Path(name), FORMS[Path(name).suffix], table.schema) as sink:
        for batch in table.to_batches():
            sink.write(batch)


def levels(edition: str, source: str) -> dict[tuple[str, str], str]:
    """What every row comes to under one edition, by its file and id."""
    assert run("batch", edition, source, "alone.csv", "--ignore-others", "--replace").exit_code == 0
    with Path("alone.csv").open(encoding="utf-8", newline="") as file:
        return {(row.get("file", ""), row["id"]): row["level"] for row in csv.DictReader(file)}


@BOTH_WAYS
@pytest.mark.parametrize("asked_by", EDITIONS)
@pytest.mark.parametrize("source", ["in.parquet", "in.arrow", "in.arrows", "in.csv", "in"])
def test_a_column_that_one_edition_knows_is_read_on_its_side(
    sides: tuple[str, str], asked_by: str, source: str
) -> None:
    table = rooms(asked_by)
    if source == "in":
        Path("in").mkdir()
        written(table.slice(0, 40), "in/north.parquet")
        written(table.slice(40), "in/south.csv")
    else:
        written(table, source)
    result = run("impact", *sides, source, "--out", "turned.csv", "--format", "json")
    assert result.exit_code == 0, result.stderr
    before, after = (levels(side, source) for side in sides)
    turns = {row: (before[row], after[row]) for row in before if before[row] != after[row]}
    with Path("turned.csv").open(encoding="utf-8", newline="") as file:
        told = {(r.get("file", ""), r["id"]): (r["level.before"], r["level.after"]) for r in csv.DictReader(file)}
    assert told == turns
    assert json.loads(result.stdout)["changed"] == len(turns) > 5


@BOTH_WAYS
def test_a_column_that_neither_edition_knows_is_refused_with_what_was_meant(sides: tuple[str, str]) -> None:
    Path("in.csv").write_text("id,seats,4.2.dd,colour\na,50,yes,red\n", "utf-8")
    result = run("impact", *sides, "in.csv", "--lang", "en")
    assert (result.exit_code, result.stderr.count("error[unknown-column]")) == (1, 2)
    assert "did you mean `4.2.d`?" in result.stderr
    assert run("impact", *sides, "in.csv", "--ignore-others").exit_code == 0


@BOTH_WAYS
def test_a_column_that_one_edition_knows_has_to_fit_there(sides: tuple[str, str]) -> None:
    pq.write_table(pa.table({"id": ["a"], "seats": [50], "4.1.d": [1]}), "in.parquet")
    result = run("impact", *sides, "in.parquet", "--lang", "en")
    assert (result.exit_code, result.stderr.count("error[column-type]")) == (1, 1)


@BOTH_WAYS
def test_floats_that_one_edition_alone_reads_are_told(sides: tuple[str, str]) -> None:
    only = Path(EDITIONS[1])
    more = '\nfact area : number "Area"\ngroups'
    only.write_text(only.read_text("utf-8").replace("\ngroups", more, 1), "utf-8")
    pq.write_table(pa.table({"id": ["a"], "seats": [50], "area": [0.5]}), "in.parquet")
    result = run("impact", *sides, "in.parquet", "--lang", "en")
    assert (result.exit_code, result.stderr.count("warning[binary-floats]")) == (0, 1), result.stderr


@BOTH_WAYS
def test_a_clause_that_one_edition_alone_has_is_told_where_it_is_not_satisfied(sides: tuple[str, str]) -> None:
    stated = "50,600,50,10,10"
    lines = [
        ("a", *["satisfied"] * 3),
        ("b", "unsatisfied", *["satisfied"] * 2),
        ("c", *["satisfied"] * 2, "unsatisfied"),
    ]
    head = "id,seats,light,open_hours,answered,complaints,4.1.d,4.2.d,4.1.c,4.2.c\n"
    Path("in.csv").write_text(head + "".join(f"{i},{stated},{d},{m},{c},satisfied\n" for i, d, m, c in lines), "utf-8")
    result = run("impact", *sides, "in.csv", "--out", "turned.csv", "--format", "json")
    told = [t for turn in json.loads(result.stdout)["outcomes"][0]["turns"] for t in turn["through"]]
    hows = ("added", "dropped") if sides == EDITIONS else ("dropped", "added")
    assert {(t["clause"], t["how"]) for t in told} == {("4.1.d", hows[0]), ("4.1.c", hows[1])}
    with Path("turned.csv").open(encoding="utf-8", newline="") as file:
        through = {row["id"]: row["through"] for row in csv.DictReader(file)}
    signs = {"added": "+", "dropped": "-"}
    assert through == {"b": f"{signs[hows[0]]}4.1.d", "c": f"{signs[hows[1]]}4.1.c"}
    for lang, words in (
        ("zh", {"added": "新增的", "dropped": "删去的"}),
        ("en", {"added": "added", "dropped": "dropped"}),
    ):
        said = run("impact", *sides, "in.csv", "--lang", lang).stdout
        assert all(words[how] in said for how in hows)


@BOTH_WAYS
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_number_that_stands_for_another_clause_in_the_other_edition_is_told(
    sides: tuple[str, str], form: str
) -> None:
    """4.2 c) was a booking, which is 4.2 d) now, and is a wireless network; 4.2 b) is the same in other words."""
    Path("in.csv").write_text("id,seats,4.2.b,4.2.c,4.2.d\na,50,satisfied,satisfied,\n")
    result = run("impact", *sides, "in.csv", "--lang", "en", "--format", form)
    assert result.exit_code == 0
    said = {EDITIONS[0]: "ROOMS 7—2024", EDITIONS[1]: "ROOMS 7—2027"}
    message = f"numbers that stand for one clause in {said[sides[0]]} and for another in {said[sides[1]]}: 4.2.c"
    told = result.stderr if form == "text" else result.stdout
    assert told.count(message) == 1
    if form == "text":
        assert f"warning[column-of-two-clauses]: {message}\n" in result.stderr


@BOTH_WAYS
def test_a_column_of_one_edition_alone_is_no_column_of_two_clauses(sides: tuple[str, str]) -> None:
    Path("in.csv").write_text("id,seats,4.1.a,4.1.b,4.1.c,4.1.d,4.2.d\na,50,satisfied,,satisfied,satisfied,\n")
    assert "column-of-two-clauses" not in run("impact", *sides, "in.csv", "--lang", "en").stderr


@BOTH_WAYS
def test_what_neither_edition_knows_cannot_be_kept(sides: tuple[str, str]) -> None:
    Path("in.csv").write_text("id,seats,colour\na,50,red\n", "utf-8")
    for lang in ("zh", "en"):
        said = run("impact", *sides, "in.csv", "--lang", lang).stderr
        assert "--keep" not in said
        assert "--ignore-others" in said
