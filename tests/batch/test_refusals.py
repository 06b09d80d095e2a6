"""Every refusal of the commands over tables is provoked, ends with the code that its page says, and leaves no traceback."""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from guiju.batch.codes import BATCH_CODES
from guiju.cli.main import main

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"
PAGES = {"en": DOCS / "batch.md", "zh": DOCS / "batch.zh.md"}
_ROW = re.compile(r"^\| `([a-z0-9-]+)` \| (\d+) \| (.*) \|$", re.MULTILINE)
GOOD = "id,power\na,60\n"
LATER = (
    (HERE / "shops.guiju")
    .read_text("utf-8")
    .replace('title zh "店铺"', 'replaces "SHOPS 1"\n  renumbered "6.1 c)" 6.1 g)\n  title zh "店铺"')
    .replace('standard shops-1 "SHOPS 1"', 'standard shops-2 "SHOPS 2"')
    .replace('  c) "整洁" / "Tidy" attested\n', '  c) "安静" / "Quiet" attested\n')
    .replace('  f) "开门" / "Open" open\n', '  f) "开门" / "Open" open\n  g) "整洁" / "Tidy" attested\n')
)
BATCH, IMPACT = "batch shops.guiju in.csv out.csv", "impact shops.guiju in.csv"


@dataclass(frozen=True)
class Provoked:
    """A call that comes to a code, with what lies there: texts of files, by name."""

    call: str
    files: dict[str, str] = field(default_factory=lambda: {"in.csv": GOOD})


PROVOKED = {
    "no-table": Provoked("batch shops.guiju folder out.csv", {"folder/notes.txt": ""}),
    "not-read": Provoked("batch shops.guiju folder out.csv", {"folder/a.csv": GOOD, "folder/_b.csv": GOOD}),
    "table-twice": Provoked("batch shops.guiju folder out.csv", {"folder/a.csv": GOOD, "folder/a.parquet": GOOD}),
    "unknown-table": Provoked("batch shops.guiju in.xlsx out.csv", {"in.xlsx": GOOD}),
    "damaged-table": Provoked("batch shops.guiju in.arrow out.csv", {"in.arrow": GOOD}),
    "empty-table": Provoked(BATCH, {"in.csv": "id,power\n"}),
    "unknown-column": Provoked(BATCH, {"in.csv": "id,powr\na,60\n"}),
    "column-twice": Provoked(BATCH, {"in.csv": "power,算力\n60,60\n"}),
    "column-type": Provoked("batch shops.guiju typed.parquet out.csv"),
    "binary-floats": Provoked("batch shops.guiju floats.parquet out.csv"),
    "column-of-two-clauses": Provoked(
        "impact shops.guiju later.guiju in.csv", {"in.csv": "id,6.1.c\na,satisfied\n", "later.guiju": LATER}
    ),
    "no-known-column": Provoked(BATCH, {"in.csv": "id\na\n"}),
    "missing-columns": Provoked(BATCH),
    "output-is-input": Provoked("batch shops.guiju in.csv in.csv --replace"),
    "out-without-name": Provoked("batch shops.guiju folder else/where/..", {"folder/a.csv": GOOD, "else/where/b": ""}),
    "folder-holds-others": Provoked(
        "batch shops.guiju folder out --replace", {"folder/a.csv": GOOD, "out/a.csv": "", "out/report.docx": ""}
    ),
    "no-id-column": Provoked(f"{BATCH} --id number"),
    "no-kept-column": Provoked(f"{BATCH} --keep note"),
    "result-column": Provoked(f"{BATCH} --keep level --ignore-others", {"in.csv": "id,power,level\na,60,L1\n"}),
    "copied-type": Provoked("batch shops.guiju bytes.parquet out.csv --keep k"),
    "blank-option": Provoked("batch shops.guiju lists.parquet out.csv"),
    "row-id-twice": Provoked(BATCH, {"in.csv": "id,power\na,60\na,50\n"}),
    "no-such-row": Provoked("batch shops.guiju in.csv --row b"),
    "several-such-rows": Provoked("batch shops.guiju in.csv --row a", {"in.csv": "id,power\na,60\na,50\n"}),
    "rejects-is-output": Provoked(f"{BATCH} --rejects ./out.csv"),
    "table-without-head": Provoked(BATCH, {"in.csv": ""}),
    "other-separator": Provoked(BATCH, {"in.csv": "id;power\na;60\n"}),
    "misfit-line": Provoked(BATCH, {"in.csv": "id,power\na,60,70\n"}),
    "out-needed": Provoked("batch shops.guiju in.csv"),
    "no-such-slot": Provoked(
        f"{BATCH} --draws 2 --chances c.yaml", {"in.csv": GOOD, "c.yaml": "guiju: chances/1\nchances:\n  wattage: 1\n"}
    ),
    "chances-form": Provoked(f"{BATCH} --draws 2 --chances c.yaml", {"in.csv": GOOD, "c.yaml": "guiju: chances/2\n"}),
    "no-such-threshold": Provoked(f"{IMPACT} --set 6.1.z.threshold=1"),
    "threshold-value": Provoked(f"{IMPACT} --set 6.1.e.threshold=x"),
    "threshold-twice": Provoked(f"{IMPACT} --set 6.1.e.threshold=1 --set 6.1.e.threshold=2"),
    "sweep-value-twice": Provoked(f"{IMPACT} --sweep 6.1.e.threshold=1,1"),
    "several-comparisons": Provoked(f"{IMPACT} --set 6.1.e.threshold=1 --sweep 6.1.e.threshold=1,2"),
    "plot-without-sweep": Provoked(f"{IMPACT} --set 6.1.e.threshold=1 --plot p.svg"),
    "sweep-without-rows": Provoked(f"{IMPACT} --sweep 6.1.e.threshold=1,2 --out rows.csv"),
    "nothing-changed": Provoked(IMPACT),
}
#: what no call alone brings about; `test_files` and the tests of Spark have them
ELSEWHERE = {"interrupted": 130, "worker-ended": 1, "unknown-part": 2}
#: those that other commands have, too
SHARED = {
    "file-exists": Provoked(BATCH, {"in.csv": GOOD, "out.csv": "before"}),
    "file-not-writable": Provoked("batch shops.guiju in.csv gone/out.csv"),
    "unknown-form": Provoked("batch shops.guiju in.csv out.txt"),
    "file-not-found": Provoked("batch shops.guiju gone.csv out.csv"),
    "option-without-effect": Provoked(f"{BATCH} --seed 0"),
    "not-a-setting": Provoked(f"{IMPACT} --set 6.1.e.threshold"),
}
CALLS = PROVOKED | SHARED


def rows(language: str) -> dict[str, tuple[int, str]]:
    """The refusals that a page tells: the code with which a command ends, and what is wrong."""
    return {name: (int(exit_), said) for name, exit_, said in _ROW.findall(PAGES[language].read_text("utf-8"))}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_refusal_stands_on_the_page_with_what_it_is_called(language: str) -> None:
    titles = {code.name: getattr(code.title, language) for code in BATCH_CODES}
    told = rows(language)
    assert told.keys() == {*titles, *SHARED}
    assert {name: told[name][1] for name in titles} == titles
    assert {name: told[name][0] for name in ELSEWHERE} == ELSEWHERE


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_refusal_ends_as_the_page_says(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(HERE / "shops.guiju", "shops.guiju")
    pq.write_table(pa.table({"power": [True]}), "typed.parquet")
    pq.write_table(pa.table({"cables": [["red", None]]}), "lists.parquet")
    pq.write_table(pa.table({"power": [0.5], "staff": [Decimal(1)]}), "floats.parquet")
    pq.write_table(pa.table({"staff": [1], "k": [b"1"]}), "bytes.parquet")
    for file, text in CALLS[name].files.items():
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text(text, "utf-8")
    before = set(tmp_path.rglob("*"))
    result = CliRunner().invoke(main, [*shlex.split(CALLS[name].call), "--lang", "en"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    rejects = Path("out.rejects.csv").read_text("utf-8") if Path("out.rejects.csv").exists() else ""
    assert f"[{name}]" in result.stderr or f",{name}," in rejects, result.stderr
    assert result.exit_code == rows("en")[name][0] == rows("zh")[name][0]
    if result.exit_code:
        assert set(tmp_path.rglob("*")) == before


def test_every_code_is_provoked() -> None:
    assert {code.name for code in BATCH_CODES} == PROVOKED.keys() | ELSEWHERE.keys()
