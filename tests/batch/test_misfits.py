"""Lines that are no rows: named by what stands in place of their id, and never held in memory, however many they are."""

from __future__ import annotations

import csv
import shutil
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.batch import misfits
from guiju.batch.misfits import Misfit
from guiju.cli.main import main

POLICY = Path(__file__).parent / "shops.guiju"
LONG = 2_000  # characters of a line


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(POLICY, "shops.guiju")


def batch(*arguments: str, language: str = "en") -> Result:
    result = CliRunner().invoke(main, ["batch", "shops.guiju", *arguments, "--lang", language])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rejected() -> list[dict[str, str]]:
    with Path("out.rejects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_in_which_no_line_fits_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    number = 6_000
    with Path("in.csv").open("w", encoding="utf-8") as file:
        file.write("id,staff\n")
        file.writelines(f"a{row},1,{'x' * LONG}\n" for row in range(1, number + 1))
    monkeypatch.setattr("guiju.batch.tables._BLOCK", 1 << 16)
    batch("in.csv", "before.csv")  # whatever a first run loads is there
    tracemalloc.start()
    try:
        result = batch("in.csv", "out.csv")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert result.exit_code == 0, result.stderr
    assert most < number * LONG / 3
    found = rejected()
    assert [(int(line["row"]), line["id"]) for line in found] == [(row, f"a{row}") for row in range(1, number + 1)]
    assert {len(line["value"]) for line in found} >= {LONG + len("a1,1,"), LONG + len("a6000,1,")}


def test_lines_that_wait_on_disk_come_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misfits, "_HELD", 100)
    rows = [f"a{row},{'1' if row % 7 == 0 else '1,2'}" for row in range(1, 500)]
    Path("in.csv").write_text("id,staff\n" + "\n".join(rows), "utf-8")
    monkeypatch.setattr("guiju.batch.tables._BLOCK", 300)
    assert batch("in.csv", "out.csv").exit_code == 0
    assert [int(line["row"]) for line in rejected()] == [row for row in range(1, 500) if row % 7]
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [f"a{row}" for row in range(7, 500, 7)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_line_is_found_by_what_stands_in_place_of_its_id_and_told_with_its_row(language: str) -> None:
    Path("in.csv").write_text('staff,id\n1,"a, ""x"""\n1,"b ""y""",2\n2.5,c\n1\n', "utf-8")
    line = batch("in.csv", "--row", 'b "y"', language=language)
    assert (line.exit_code, "[misfit-line]" in line.stderr, "--> in.csv#2\n" in line.stderr) == (1, True, True)
    cell = batch("in.csv", "--row", "c", language=language)
    assert (cell.exit_code, "--> in.csv#3\n" in cell.stderr, "staff: 2.5" in cell.stderr) == (1, True, True)
    assert batch("in.csv", "out.csv").exit_code == 0
    assert [(row["row"], row["id"]) for row in rejected()] == [("2", 'b "y"'), ("3", "c"), ("4", "")]


@pytest.mark.parametrize("text", ["a," + "x" * 200_000, "", '"a'])
def test_a_line_that_cannot_be_taken_apart_has_no_cell(text: str) -> None:
    assert Misfit(1, text, 3, 2).cell(1) is None


@pytest.mark.parametrize("value", ["=1+1", "@x", "-1+1", "+a", '"quoted"', "\tx"])
def test_no_spreadsheet_takes_a_cell_of_the_rejects_for_a_formula(value: str) -> None:
    with Path("in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "staff"], [value, value]])
    assert batch("in.csv", "out.csv").exit_code == 0
    (row,) = rejected()
    assert row["value"].startswith('"')
    assert row["id"].startswith('"')
