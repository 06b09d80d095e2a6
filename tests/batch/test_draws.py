"""Unknown cells drawn at random: as likely as they are said to be, the same whenever they are drawn again."""

from __future__ import annotations

import json
import re
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.batch.draws import CONFIDENCE, within
from guiju.cli.main import main

POLICY = Path(__file__).parent / "shops.guiju"
TABLE = """id,use,ratio,power,cables,staff,6.1.c,open
all known,near,85,60,red,,satisfied,yes
two unknown,near,85,60,red,,,
staff unknown,far,85,60,red,,satisfied,yes
"""
CHANCES = """guiju: chances/1
default: 3/4
chances:
  整洁: 1
  staff: {2: 1/3, 5: 2/3}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(POLICY, "shops.guiju")
    Path("in.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def drawn(*more: str, out: str = "out.csv") -> tuple[dict[str, dict[str, Fraction]], Result]:
    """Of each row how often it came to which level."""
    call = ["batch", "shops.guiju", "in.csv", out, "--replace", "--draws", "2000", "--format", "json", *more]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 0, result.stdout
    lines = [line.replace('"', "").split(",") for line in Path(out).read_text("utf-8").splitlines()[1:]]
    split = {line[1]: [part.rsplit(" ", 1) for part in line[-1].split(" | ")] for line in lines}
    return {row: {value: Fraction(share) for value, share in parts} for row, parts in split.items()}, result


def test_frequencies_are_exact_and_near_to_their_chances() -> None:
    found, result = drawn()
    assert found["all known"] == {"L2": 1}
    assert found["staff unknown"] == {"unknown": 1}  # a number has no chances unless a file gives it some
    expected = {"none": Fraction(1, 2), "L1": Fraction(1, 4), "L2": Fraction(1, 4)}
    assert found["two unknown"].keys() == expected.keys()
    assert all(abs(found["two unknown"][level] - chance) <= within(2000) for level, chance in expected.items())
    told = json.loads(result.stdout)["draws"]
    assert (told["number"], told["seed"], Fraction(told["within"])) == (2000, 1, within(2000))
    frequencies = {v["value"]: Fraction(v["frequency"]) for v in told["outcomes"][0]["values"]}
    assert frequencies["L2"] == (1 + found["two unknown"]["L2"]) / 3
    assert sum(frequencies.values()) == 1


@pytest.mark.parametrize("word", ["unknown", "未知", " unknown "])
@pytest.mark.parametrize("column", ["use", "cables", "6.1.c", "open"])
def test_what_is_said_to_be_unknown_is_drawn_as_a_blank(column: str, word: str) -> None:
    Path("chances.yaml").write_text("guiju: chances/1\nchances:\n  cables: {red: 1/3, blue: 2/3}\n", "utf-8")
    stated = {
        "use": "near",
        "ratio": "85",
        "power": "60",
        "cables": "red",
        "staff": "2",
        "6.1.c": "满足",
        "open": "yes",
    }
    beside = {"6.1.c": "not applicable"}  # so that the column has words in any case
    found = []
    for cell in ("", word):
        rows = [stated | {column: cell}, stated | beside]
        lines = (",".join([str(i), *row.values()]) for i, row in enumerate(rows))
        Path("in.csv").write_text("\n".join([",".join(["id", *stated]), *lines]), "utf-8")
        found.append(drawn("--chances", "chances.yaml")[0])
    assert found[0] == found[1]
    assert len(found[0]["0"]) == 2


def test_a_file_says_what_is_likely() -> None:
    Path("chances.yaml").write_text(CHANCES.replace("整洁", "6.1 c)"), encoding="utf-8")
    found, _ = drawn("--chances", "chances.yaml")
    assert abs(found["two unknown"]["L2"] - Fraction(3, 4)) <= within(2000)
    assert found["two unknown"].keys() == {"L1", "L2"}
    assert abs(found["staff unknown"]["L2"] - Fraction(2, 3)) <= within(2000)


def test_the_same_seed_draws_the_same_in_any_number_of_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = drawn()
    for name, value in (("_TRIAL", 1), ("_QUICK", 10**12), ("_AT_LEAST", 0), ("_SHARE", 1), ("_MOMENT", 0)):
        monkeypatch.setattr(f"guiju.batch.work.{name}", value)
    assert drawn("--jobs", "2")[0] == first
    monkeypatch.setattr("guiju.batch.draws._COPIES", 1)
    assert drawn()[0] == first
    assert drawn("--seed", "2")[0] != first


def test_a_mistaken_file_draws_nothing() -> None:
    Path("chances.yaml").write_text(CHANCES.replace("1/3", "1/2"), encoding="utf-8")
    call = ["batch", "shops.guiju", "in.csv", "out.csv", "--draws", "10", "--chances", "chances.yaml", "--lang", "en"]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 1
    assert "error[no-such-slot]" in result.stderr
    assert "error[chances-form]" in result.stderr
    assert not Path("out.csv").exists()


def test_no_two_tables_of_a_folder_are_drawn_alike() -> None:
    for name in ("north", "south"):
        Path("in").mkdir(exist_ok=True)
        Path(f"in/{name}.csv").write_text(TABLE, encoding="utf-8")
    call = ["batch", "shops.guiju", "in", "out", "--draws", "2000"]
    assert CliRunner().invoke(main, call).exit_code == 0
    north, south = (Path(f"out/{name}.csv").read_text("utf-8").splitlines() for name in ("north", "south"))
    assert [one == other for one, other in zip(north, south, strict=True)] == [True, True, False, True]


@pytest.mark.parametrize("share", ["1/99999999999999999999", "0.00000000000000000001"])
def test_a_chance_finer_than_can_be_drawn_is_refused(share: str) -> None:
    Path("chances.yaml").write_text(f"guiju: chances/1\ndefault: {share}\n", encoding="utf-8")
    call = ["batch", "shops.guiju", "in.csv", "out.csv", "--draws", "10", "--chances", "chances.yaml", "--lang", "en"]
    result = CliRunner().invoke(main, call)
    assert (result.exit_code, "error[chances-form]" in result.stderr) == (1, True)


def test_frequencies_lie_within_the_interval_about_as_often_as_is_said() -> None:
    Path("in.csv").write_text(
        "id,use,ratio,power,cables,staff,6.1.c,open\n" + "a,near,85,60,red,,,yes\n" * 400, "utf-8"
    )
    call = ["batch", "shops.guiju", "in.csv", "out.csv", "--replace", "--draws", "50", "--format", "json"]
    told = json.loads(CliRunner().invoke(main, call).stdout)["draws"]
    lines = Path("out.csv").read_text("utf-8").splitlines()[1:]
    shares = [Fraction(m[1]) if (m := re.search(r"L2 ([0-9/]+)", line)) else Fraction(0) for line in lines]
    outside = [s for s in shares if abs(s - Fraction(1, 2)) > Fraction(told["within"])]
    assert len(outside) <= 400 * (1 - CONFIDENCE)
    assert len(set(shares)) > 10
    assert abs(sum(shares, Fraction(0)) / 400 - Fraction(1, 2)) <= Fraction(told["within_all"])


def test_the_interval_is_hoeffdings() -> None:
    # the square root of ln(40) / 2n, rounded up
    assert (within(1000), within(100)) == (Fraction(430, 10000), Fraction(1359, 10000))
