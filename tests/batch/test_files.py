"""Files of every form come to the same, and whatever goes wrong with them leaves nothing behind."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

import guiju
from guiju.batch import blank_told, impact_model, model, plan_told, run
from guiju.batch.answers import Answers, Columnar
from guiju.batch.misfits import Misfits
from guiju.batch.sink import Sink
from guiju.batch.tables import FORMS, batches, opened
from guiju.batch.thresholds import Setting, with_settings
from guiju.cli.main import main
from guiju.compiler.ir import NumberType, Program
from guiju.dsl.source import Source, Span
from guiju.engine.bind import Bound
from guiju.engine.columnar.plan import plan
from guiju.engine.columnar.target import Ground, Target
from guiju.engine.evaluate import evaluate
from guiju.engine.layout import layout
from guiju.engine.rows import bind_row, row_of
from tests.batch.population import population

POLICY = Path(__file__).parent / "shops.guiju"
POLICIES = Path(__file__).parents[2] / "policies"
_T = TypeVar("_T")
ENDINGS = (".parquet", ".arrow", ".arrows", ".csv")


@pytest.fixture(scope="module")
def program() -> Program:
    return guiju.load(POLICY).program


@pytest.fixture(scope="module")
def shops(program: Program) -> pa.Table:
    return population(program, 60, satisfied=0.8)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(POLICY, "shops.guiju")
    return tmp_path


def written(table: pa.Table, name: str) -> str:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    with Sink(path, FORMS[path.suffix], table.schema) as sink:
        for batch in table.to_batches():
            sink.write(batch)
    return name


def batch(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["batch", "shops.guiju", *arguments, "--lang", "en"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def left(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()} - {"shops.guiju"}


# --- forms -------------------------------------------------------------------------------------------------------


def test_every_form_comes_to_what_each_row_comes_to_by_itself(program: Program, shops: pa.Table) -> None:
    told = []
    for ending in ENDINGS:
        assert batch(written(shops, f"in{ending}"), f"out{ending}.parquet", "--also", "bounds").exit_code == 0
        told.append(pq.read_table(f"out{ending}.parquet"))
    assert all(table == told[0] for table in told)
    assert told[0].column("id").to_pylist() == shops.column("id").to_pylist()
    for row, answer in zip(rows_of(program, shops), told[0].to_pylist(), strict=True):
        possible = evaluate(row).possible("level")
        is_settled = possible.exact and len(possible.values) == 1
        assert answer["level"] == (possible.values[0] if is_settled else None)
        assert {answer["level.lower"], answer["level.upper"]} <= set(possible.values)


def rows_of(program: Program, table: pa.Table) -> list[Bound]:
    """What each row means by itself."""
    return [
        bind_row(program, row_of(program, {n: v for n, v in row.items() if n != "id"}), "row")[0]
        for row in table.to_pylist()
    ]


def test_a_parquet_file_has_as_many_row_groups_as_it_likes(shops: pa.Table) -> None:
    pq.write_table(shops, "one.parquet")
    pq.write_table(shops, "many.parquet", row_group_size=7)
    for name in ("one", "many"):
        assert batch(f"{name}.parquet", f"{name}.csv").exit_code == 0
    assert Path("one.csv").read_text() == Path("many.csv").read_text()


def test_a_result_has_every_form(shops: pa.Table) -> None:
    source = written(shops, "in.parquet")
    for ending in ENDINGS:
        assert batch(source, f"out{ending}", "--also", "reachable").exit_code == 0
    first = pq.read_table("out.parquet")
    assert pa.ipc.open_file("out.arrow").read_all() == first
    assert pa.ipc.open_stream("out.arrows").read_all() == first
    assert Path("out.csv").read_text().splitlines()[1].count(",") == first.num_columns - 1


def test_a_folder_becomes_a_folder_or_one_table_with_the_names_of_its_files(shops: pa.Table) -> None:
    for name in ("south.csv", "north.parquet"):
        written(shops.slice(0, 5), f"in/{name}")
    Path("in/.hidden.csv").write_text("nothing")
    assert batch("in", "out").exit_code == 0
    assert {p.name for p in Path("out").iterdir()} == {"south.csv", "north.parquet"}
    assert batch("in", "all.parquet").exit_code == 0
    whole = pq.read_table("all.parquet").to_pylist()
    assert [(r["file"], r["row"]) for r in whole[4:6]] == [("in/north.parquet", 5), ("in/south.csv", 1)]


def test_what_processes_share_comes_to_the_same(shops: pa.Table, monkeypatch: pytest.MonkeyPatch) -> None:
    source = written(shops, "in.parquet")
    assert batch(source, "one.parquet", "--jobs", "1").exit_code == 0
    for name, value in (("_TRIAL", 2), ("_QUICK", 10**12), ("_AT_LEAST", 0), ("_SHARE", 7), ("_MOMENT", 0)):
        monkeypatch.setattr(f"guiju.batch.work.{name}", value)
    assert batch(source, "two.parquet", "--jobs", "2").exit_code == 0
    assert pq.read_table("one.parquet") == pq.read_table("two.parquet")


def test_floats_are_read_as_the_shortest_decimals_and_that_is_said() -> None:
    pq.write_table(pa.table({"power": [50.1, float("nan"), None, 50.0], "id": ["a", "b", "c", "d"]}), "in.parquet")
    result = batch("in.parquet", "out.csv", "--also", "verdicts")
    assert "warning[binary-floats]" in result.stderr
    verdicts = [line.split(",")[4] for line in Path("out.csv").read_text().splitlines()[1:]]
    assert verdicts == ['"satisfied"', "", '"unsatisfied"']
    assert "not-a-number" in Path("out.rejects.csv").read_text()


# --- what is printed -----------------------------------------------------------------------------------------------


def test_what_is_printed_follows_its_schema(shops: pa.Table) -> None:
    source = written(shops, "in.parquet")
    calls = {
        model.json_schema: ("batch", "shops.guiju", source, "out.csv"),
        plan_told.json_schema: ("batch", "shops.guiju", source, "--plan", "--also", "scores"),
        blank_told.json_schema: ("batch-schema", "shops.guiju"),
        impact_model.json_schema: ("impact", "shops.guiju", source, "--set", "6.1.a.threshold=85 %"),
    }
    for schema, call in calls.items():
        result = CliRunner().invoke(main, [*call, "--format", "json", "--lang", "zh"])
        told = json.loads(result.stdout)
        Draft202012Validator(schema()).validate(told)
    sweep = ("impact", "shops.guiju", source, "--sweep", "6.1.a.threshold=70 %,90 %", "--plot", "p.svg")
    told = json.loads(CliRunner().invoke(main, [*sweep, "--format", "json"]).stdout)
    Draft202012Validator(impact_model.json_schema()).validate(told)
    assert [step["value"] for step in told["steps"]] == ["70 %", "90 %"]
    assert Path("p.svg").read_text().startswith("<svg")


ROOMS = """standard rooms-1 "ROOMS 1"
fact staff : count
fact rooms : count
fact share : % = staff / rooms
groups section
section 4 "s"
  a) "Room" staff <= 3 * rooms
  b) "Staff" staff >= 2
  c) "Share" share >= 50 %
score A = count of clauses satisfied
grade level by A
  good | A > 1
  otherwise | none
"""


def test_the_plan_names_columns_that_leave_a_row_to_the_evaluator_where_they_are_unknown(shops: pa.Table) -> None:
    Path("rooms.guiju").write_text(ROOMS, encoding="utf-8")
    pq.write_table(
        pa.table({"staff": [4, 4, None, 4], "rooms": [3, None, 1, 3], "share": [None, None, None, 9]}), "rooms.parquet"
    )
    call = ("batch", "rooms.guiju", "rooms.parquet", "--plan")
    english, chinese = (CliRunner().invoke(main, [*call, "--lang", lang]).stdout for lang in ("en", "zh"))
    assert "  a row that does not state all of these is evaluated by itself: staff, rooms\n" in english
    assert "  a row that states share beside one of these is evaluated by itself: staff, rooms\n" in english
    assert "  这些列没有全部写出的行单独评价：staff, rooms\n" in chinese
    assert "  share 与这些列之一同时写出的行单独评价：staff, rooms\n" in chinese
    (told,) = json.loads(CliRunner().invoke(main, [*call, "--format", "json"]).stdout)["answers"]
    assert (told["together"], told["formulas"]) == ([["staff", "rooms"]], {"share": ["staff", "rooms"]})
    policy = guiju.load("rooms.guiju")
    assert plan(policy.program).evaluate(pq.read_table("rooms.parquet").to_batches()[0]).alone == 3  # all but the first
    source = written(shops, "in.parquet")
    told = json.loads(batch(source, "--plan", "--format", "json").stdout)["answers"][0]
    assert (told["together"], told["formulas"]) == ([], {})  # no column states the ratio


def test_a_row_is_explained_in_full_and_kept_as_evidence(shops: pa.Table) -> None:
    source = written(shops, "in.arrow")
    explained = batch(source, "--row", "r3")
    assert explained.exit_code == 0
    assert "6.1 c) Tidy" in explained.stdout
    assert batch(source, "r3.yaml", "--row", "r3").exit_code == 0
    by_itself = guiju.evaluate("shops.guiju", "r3.yaml")
    assert guiju.explain(by_itself, "level", language="en", depth="summary").splitlines()[0] in explained.stdout
    assert batch(source, "--row", "#61").exit_code == 2
    assert batch(source, "--row", "r99").exit_code == 2


def test_a_place_that_there_cannot_be_is_told_in_the_words_of_the_system(shops: pa.Table, folder: Path) -> None:
    source, long = written(shops, "in.csv"), "x" * 300
    for out, why in ((f"{long}.csv", "File name too long"), ("gone/out.parquet", "No such file or directory")):
        result = batch(source, out)
        assert (result.exit_code, f"({why})" in result.stderr) == (1, True), result.stderr
    result = batch(f"{long}.csv", "out.csv")
    assert (result.exit_code, "(File name too long)" in result.stderr) == (1, True), result.stderr
    assert left(folder) == {"in.csv"}


def test_a_row_is_found_among_others_of_its_name_and_told_why_it_has_no_answer() -> None:
    for folder, lines in (("in/north", "a,60\na,fifty\n"), ("in/south", "b,60,70\na,50\nc,60,70\n")):
        Path(folder).mkdir(parents=True)
        Path(folder, "t.csv").write_text(f"id,power\n{lines}")
    several = batch("in", "--row", "a")
    assert (several.exit_code, "in/north/t.csv#1, in/north/t.csv#2, in/south/t.csv#2" in several.stderr) == (2, True)
    told = [batch("in", "--row", f"in/{file}", "--node", "power").stdout for file in ("south/t.csv#2", "north/t.csv#1")]
    assert ["50 PFLOPS" in t for t in told] == [True, False], told
    rejected = batch("in", "--row", "in/north/t.csv#2")
    assert (rejected.exit_code, "error[wrong-kind-of-value]" in rejected.stderr) == (1, True)
    for number in (1, 3):
        misfit = batch("in", "--row", f"in/south/t.csv#{number}")
        assert (misfit.exit_code, "error[misfit-line]" in misfit.stderr) == (1, True)
    assert "error[no-such-row]" in batch("in", "--row", "in/south/t.csv#4").stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_lines_that_are_left_out_are_told_as_the_run_goes_and_not_held(
    jobs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In memory: those of the blocks that are being read, however many there are."""
    misfits = {row for row in range(2, 4_001) if row % 2 or 1_000 < row < 3_000 or row > 3_900}
    lines = (f"a{row},1,2" if row in misfits else f"a{row},{'few' if row % 10 == 0 else 1}" for row in range(1, 4_001))
    Path("in.csv").write_text("id,staff\n" + "".join(f"{line}\n" for line in lines), "utf-8")
    for name, value in (("tables._BLOCK", 500), ("work._TRIAL", 2), ("work._QUICK", 10**12), ("work._AT_LEAST", 0)):
        monkeypatch.setattr(f"guiju.batch.{name}", value)
    held, numbered = [], Misfits.numbered

    def counting(self: Misfits, size: int) -> Any:
        told = numbered(self, size)
        held.append(len(self._found))
        return told

    monkeypatch.setattr(Misfits, "numbered", counting)
    result = batch("in.csv", "out.csv", "--jobs", jobs)
    assert result.exit_code == 0, result.stderr
    with Path("out.rejects.csv").open(encoding="utf-8", newline="") as file:
        rejected = [(int(row["row"]), row["code"] == "misfit-line") for row in csv.DictReader(file)]
    rows = range(1, 4_001)
    assert rejected == [(row, row in misfits) for row in rows if row in misfits or row % 10 == 0]
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        answered = [(int(row["row"]), row["id"]) for row in csv.DictReader(file)]
    assert answered == [(row, f"a{row}") for row in rows if row not in misfits and row % 10]
    assert max(held) < 500
    assert "error[misfit-line]" in batch("in.csv", "--row", "#2999").stderr
    assert "error[misfit-line]" in batch("in.csv", "--row", "#4000").stderr


# --- what goes wrong ---------------------------------------------------------------------------------------------


def test_a_table_that_was_cut_off_leaves_nothing(shops: pa.Table, folder: Path) -> None:
    for ending in (".parquet", ".arrow", ".arrows"):
        source = Path(written(shops, f"in{ending}"))
        source.write_bytes(source.read_bytes()[: source.stat().st_size // 2])
        result = batch(str(source), "out.csv")
        assert (result.exit_code, "error[damaged-table]" in result.stderr) == (1, True), ending
    Path("in.csv").write_bytes("6.1.c\n满足\n".encode("gb18030"))
    assert "error[other-encoding]" in batch("in.csv", "out.csv").stderr
    assert left(folder) == {"in.parquet", "in.arrow", "in.arrows", "in.csv"}


@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".arrows"])
@pytest.mark.parametrize("what", [b"anywhere", b"staff"], ids=["value", "name"])
def test_what_is_no_text_in_a_damaged_table_is_told(ending: str, what: bytes) -> None:
    """Arrow takes texts as they lie, and finds out when they are asked for."""
    table = pa.table({"id": ["anywhere", "elsewhere"], "staff": [3, 4], "6.1.c": [True, False]})
    if ending == ".parquet":
        pq.write_table(table, "in.parquet", compression="none", store_schema=False)
    source = Path("in.parquet") if ending == ".parquet" else Path(written(table, f"in{ending}"))
    source.write_bytes(source.read_bytes().replace(what, b"\xff" * len(what)))
    for lang, words in (("zh", "Arrow 的说法："), ("en", "UTF8|utf-8")):
        result = CliRunner().invoke(main, ["batch", "shops.guiju", str(source), "out.csv", "--lang", lang])
        assert result.exit_code == 1, result.output
        assert re.search(rf"\[damaged-table\].*({words})", result.stderr), result.stderr
    assert not Path("out.csv").exists()


@pytest.mark.parametrize(("encoding", "told"), [("utf-16", "UTF-16"), ("gbk", "GB18030")])
def test_a_table_in_another_encoding_is_told_with_it(folder: Path, encoding: str, told: str) -> None:
    (folder / "in.csv").write_text("id,名称\na,五十号房间\n", encoding)
    result = batch("in.csv", "out.csv")
    assert (result.exit_code, "error[other-encoding]" in result.stderr) == (1, True)
    assert told in result.stderr
    assert left(folder) == {"in.csv"}


def test_decimals_of_tens_or_more_are_no_column_of_numbers(program: Program, folder: Path) -> None:
    fact = next(s.name for s in layout(program) if isinstance(s.type, NumberType))
    table = pa.table({fact: pa.array([Decimal("5E3")], pa.decimal128(10, -2))})
    with pa.ipc.new_file(folder / "in.arrow", table.schema) as file:
        file.write_table(table)
    result = batch("in.arrow", "out.csv")
    assert (result.exit_code, "error[column-type]" in result.stderr) == (1, True)


def test_a_full_disk_leaves_what_was_there(shops: pa.Table, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = written(shops, "in.csv")
    same = batch(source, "out.csv", "--rejects", "./out.csv")
    assert same.exit_code == 2
    assert "error[rejects-is-output]" in same.stderr
    Path("out.csv").write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Sink, "write", full)
    result = batch(source, "out.csv", "--replace")
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert Path("out.csv").read_text() == "before"
    assert left(folder) == {"in.csv", "out.csv"}


@pytest.mark.parametrize("what", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(
    what: signal.Signals, shops: pa.Table, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(shops, "in.csv")
    monkeypatch.setattr(run, "_as", lambda *_: os.kill(os.getpid(), what))
    result = batch(source, "out.csv")
    assert (result.exit_code, "error[interrupted]" in result.stderr) == (130, True)
    assert left(folder) == {"in.csv"}


def test_a_process_that_the_system_ends_ends_the_run_with_nothing_left(
    shops: pa.Table, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, command, answer = written(shops, "in.csv"), os.getpid(), Columnar.answer

    def killed(*given: Any) -> Answers:
        if os.getpid() != command:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer(*given)

    monkeypatch.setattr(Columnar, "answer", killed)
    for name, value in (("_TRIAL", 2), ("_QUICK", 10**12), ("_AT_LEAST", 0), ("_SHARE", 7), ("_MOMENT", 0)):
        monkeypatch.setattr(f"guiju.batch.work.{name}", value)
    result = batch(source, "out.csv", "--jobs", "2")
    assert (result.exit_code, "error[worker-ended]" in result.stderr) == (1, True)
    assert left(folder) == {"in.csv"}


_SHARED = """
import sys, time, os
import pyarrow as pa
from types import SimpleNamespace
from guiju.batch import work

class Slow:
    def do(self, engine, batch, first=0):
        if first >= 4:
            open(f"at-work-{os.getpid()}", "w").close()
            time.sleep(600)
        return SimpleNamespace(answers=batch)
    def engine(self):
        return None

work._TRIAL, work._QUICK, work._AT_LEAST, work._SHARE, work._MOMENT = 1, 10**12, 0, 2, 0
rows = pa.RecordBatch.from_pydict({"a": list(range(20))})
for _ in work.worked(Slow(), [rows.slice(0, 4), rows.slice(4)], 2):
    pass
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_whoever_ends_the_command_ends_all_that_work_for_it(folder: Path, how: signal.Signals) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(guiju.__file__).parents[1])}
    command = subprocess.Popen([sys.executable, "-c", _SHARED], stderr=subprocess.DEVNULL, env=environment)
    try:
        workers = [int(p.name.rpartition("-")[2]) for p in until(lambda: list(folder.glob("at-work-*")), 2)]
    finally:
        command.send_signal(how)
    assert command.wait(60) != 0
    until(lambda: [w for w in workers if is_gone(w)], 2)


def is_gone(process: int) -> bool:
    """Whether a process has ended, be it that nobody has asked for how yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def until(what: Callable[[], list[_T]], number: int) -> list[_T]:
    """What there is so many of, or soon will be."""
    for _ in range(600):
        if len(what()) >= number:
            break
        time.sleep(0.1)
    found = what()
    assert len(found) >= number
    return found


def test_a_result_never_takes_the_place_of_anything_else(shops: pa.Table) -> None:
    source = written(shops, "in/a.csv")
    for out, code in (("in/a.csv", 2), ("in/b.csv", 2), ("out.txt", 2)):
        assert batch(source if out == "out.txt" else "in", out, "--replace").exit_code == code
    Path("out.csv").write_text("before")
    assert batch(source, "out.csv").exit_code == 1
    assert Path("out.csv").read_text() == "before"
    Path("nothing").mkdir()
    assert "error[no-table]" in batch("nothing", "out.csv").stderr
    assert "error[unknown-table]" in batch("shops.guiju", "out.csv").stderr
    assert "error[file-not-found]" in batch("gone.csv", "out.csv").stderr


@pytest.mark.parametrize(
    ("source", "out"),
    [("at/in", "at"), ("at/in", "link"), ("linked", "out"), ("linked", "in.csv"), ("other/in", "."), ("in", "beside")],
)
def test_no_result_takes_away_what_it_is_made_of(source: str, out: str, folder: Path) -> None:
    """The input, the policy or a table that a link leads to lies in the place of the result."""
    for name in ("at/in/a.csv", "out/a.csv", "in.csv", "other/in/a.csv", "in/a.csv", "beside/a.csv"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("id,power\na,60\n")
    Path("linked").mkdir()
    Path("linked/a.csv").symlink_to(folder / ("in.csv" if out == "in.csv" else "out/a.csv"))
    Path("link").symlink_to("at")
    shutil.copy(POLICY, "beside/a.guiju")
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    policy = "beside/a.guiju" if out == "beside" else "shops.guiju"
    for command in (
        ["batch", policy, source, out],
        ["impact", policy, source, "--set", "6.1.e.threshold=2", "-o", out],
    ):
        result = CliRunner().invoke(main, [*command, "--replace", "--lang", "en"])
        assert (result.exit_code, "error[output-is-input]" in result.stderr) == (2, True), result.output
        assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("strange", ["out/report.docx", "out/sub/y", "out/.hidden", "out/c.csv", "out/link"])
def test_a_folder_that_holds_anything_but_earlier_results_is_left_as_it_is(strange: str, folder: Path) -> None:
    for name in ("in/a.csv", "in/deep/b.csv"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("id,power\na,60\n")
    assert batch("in", "out").exit_code == 0
    assert batch("in", "out", "--replace").exit_code == 0
    Path(strange).parent.mkdir(exist_ok=True)
    if strange.endswith("link"):
        Path(strange).symlink_to(folder / "in")
    else:
        Path(strange).write_text("mine")
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    result = batch("in", "out", "--replace")
    assert (result.exit_code, "error[folder-holds-others]" in result.stderr) == (1, True)
    assert strange.removeprefix("out/") in result.stderr
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_what_comes_into_a_folder_while_its_result_is_made_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("in").mkdir()
    Path("in/a.csv").write_text("id,power\na,60\n")
    assert batch("in", "out").exit_code == 0
    write = Sink.write

    def written_beside(*given: Any) -> None:
        Path("out/notes.txt").write_text("mine")
        write(*given)

    monkeypatch.setattr(Sink, "write", written_beside)
    result = batch("in", "out", "--replace")
    assert (result.exit_code, "other files came into it meanwhile" in result.stderr) == (1, True)
    assert {p.name for p in Path("out").iterdir()} == {"a.csv", "notes.txt"}


def test_rejects_in_a_folder_of_results_are_refused() -> None:
    Path("in").mkdir()
    Path("in/a.csv").write_text("id,power\na,fifty\n")
    result = batch("in", "out", "--rejects", "out/rejects.csv")
    assert (result.exit_code, "error[rejects-is-output]" in result.stderr) == (2, True)


@pytest.mark.parametrize("out", [".", "", "/", "elsewhere/.."])
def test_a_result_needs_a_name(out: str, folder: Path) -> None:
    Path("in").mkdir()
    Path("in/a.csv").write_text("id,power\na,60\n")
    Path("elsewhere").mkdir()
    for source in ("in", "in/a.csv"):
        for more in ([], ["--replace"]):
            result = batch(source, out, *more)
            assert result.exit_code == 2
            assert "error[" in result.stderr
    assert left(folder) == {"in", "elsewhere"}


@pytest.mark.parametrize(
    "value", ["3 # x", '3\n  z) "z" staff >= 9', "(3)", "3 3", "staff", "3..4", "3,", "a", "1 / 2"]
)
def test_a_threshold_is_set_to_a_number_alone(value: str) -> None:
    loaded = guiju.library.load("shops.guiju")
    setting = Setting("6.1.e.threshold", value, Span(Source("--set", value), 0, 0))
    changed, wrong = with_settings(loaded, (setting,))
    assert changed is None
    assert [d.code.name for d in wrong] == ["threshold-value"]


def test_a_plot_is_written_as_svg_alone() -> None:
    call = ["impact", "shops.guiju", "in.csv", "--sweep", "6.1.e.threshold=2,3", "--plot", "s.png", "--lang", "en"]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 2
    assert "error[unknown-form]" in result.stderr


@pytest.mark.parametrize("sides", [("shops.guiju", "other.guiju"), ("other.guiju", "shops.guiju")])
def test_a_table_that_says_nothing_to_one_of_two_editions_is_refused(sides: tuple[str, str]) -> None:
    other = 'standard other "OTHER 2"\ngroups section\nfact depth : m "Depth"\nsection 1\n  a) "Deep" depth >= 1 m\n'
    Path("other.guiju").write_text(other)
    Path("in.csv").write_text("id,staff\na,2\n")
    result = CliRunner().invoke(main, ["impact", *sides, "in.csv", "--lang", "en"])
    assert result.exit_code == 1
    assert "error[no-known-column]: no column of `in.csv` belongs to OTHER 2" in result.stderr


def test_a_row_that_is_put_right_leaves_no_reasons_of_an_older_run(folder: Path) -> None:
    Path("in.csv").write_text("id,power\na,fifty\n")
    assert batch("in.csv", "out.csv").exit_code == 0
    assert "a" in Path("out.rejects.csv").read_text()
    Path("in.csv").write_text("id,power\na,50\n")
    assert batch("in.csv", "out.csv", "--replace").exit_code == 0
    assert left(folder) == {"in.csv", "out.csv"}


@pytest.mark.parametrize("out", ["out.csv", "out"])
def test_what_cannot_be_put_in_its_place_leaves_both_files_as_they_were(
    out: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("in").mkdir()
    Path("in/a.csv").write_text("id,power\na,fifty\nb,60\n")
    assert batch("in", out).exit_code == 0
    before = {p: p.read_text() for p in folder.rglob("*.csv")}
    Path("in/a.csv").write_text("id,power\na,sixty\nb,70\n")
    put = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if target.name == out:
            raise PermissionError(13, "Permission denied")
        return put(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    result = batch("in", out, "--replace")
    assert (result.exit_code, "Permission denied" in result.stderr) == (1, True)
    after = {p: p.read_text() for p in folder.rglob("*.csv")}
    assert {p: t for p, t in after.items() if p.parent.name != "in"} == {
        p: t for p, t in before.items() if p.parent.name != "in"
    }
    assert not list(folder.rglob(".*"))


def test_a_table_in_two_forms_is_counted_once_or_not_at_all(shops: pa.Table, folder: Path) -> None:
    for name in ("north.csv", "north.parquet", "south.csv"):
        written(shops.slice(0, 5), f"in/{name}")
    result = batch("in", "out.csv")
    assert (result.exit_code, result.stderr.count("error[table-twice]")) == (1, 1)
    assert left(folder) == {"in"}


def test_what_is_not_read_in_a_folder_is_told(folder: Path) -> None:
    for name in ("a.csv", "_b.csv", ".c.csv", "_deep/d.csv", "e.csv.gz", "f.tsv", "deep/g.csv", "_SUCCESS", ".h.crc"):
        Path("in", name).parent.mkdir(parents=True, exist_ok=True)
        Path("in", name).write_text("id,power\na,60\n")
    Path("elsewhere").mkdir()
    Path("elsewhere/i.csv").write_text("id,power\nb,60\n")
    Path("in/link").symlink_to(folder / "elsewhere")
    Path("in/j.csv").symlink_to(folder / "elsewhere" / "i.csv")
    os.mkfifo("in/k.csv")
    result = batch("in", "out.parquet")
    assert result.exit_code == 0
    told = "warning[not-read]: what is not read in `in`: 7, .c.csv, _b.csv, _deep/d.csv, e.csv.gz, f.tsv, k.csv, link\n"
    assert told in result.stderr
    read = pq.read_table("out.parquet").column("file").to_pylist()
    assert read == ["in/a.csv", "in/deep/g.csv", "in/j.csv"]
    listed = json.loads(batch("in", "out.parquet", "--replace", "--format", "json").stdout)["diagnostics"]
    assert "not-read" in [d["code"] for d in listed]


def test_a_link_to_a_table_that_leads_nowhere_is_an_error(folder: Path) -> None:
    Path("in").mkdir()
    Path("in/a.csv").write_text("id,power\na,60\n")
    Path("in/b.csv").symlink_to(folder / "gone.csv")
    result = batch("in", "out.csv")
    assert (result.exit_code, "error[file-not-found]" in result.stderr) == (1, True)
    assert "in/b.csv" in result.stderr
    assert left(folder) == {"in"}


def test_a_folder_that_may_not_be_looked_into_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("in/shut").mkdir(parents=True)
    Path("in/a.csv").write_text("id,power\na,60\n")
    scan = os.scandir

    def refused(path: str) -> Any:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    result = batch("in", "out.csv")
    assert (result.exit_code, "`in/shut` cannot be read to its end (Permission denied)" in result.stderr) == (1, True)
    assert left(folder) == {"in"}


def test_a_table_that_is_not_there_is_told_as_that_whatever_it_is_called() -> None:
    for name in ("gone.csv", "gone", "gone.xlsx"):
        result = batch(name, "out.csv")
        assert (result.exit_code, f"error[file-not-found]: there is no file `{name}`" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("out.csv --seed 0", "`--seed` does nothing without --draws"),
        ("out.csv --chances gone.yaml --seed 3", "`--seed, --chances` does nothing without --draws"),
        ("out.csv --node level", "`--node` does nothing without --row"),
        ("--row a --draws 3 --seed 0", "`--draws, --seed` does nothing beside --row"),
        ("r.yaml --row a --also bounds --rejects r.csv", "`--also, --rejects` does nothing beside --row"),
        ("--row a --plan", "`--plan` does nothing beside --row"),
    ],
)
def test_an_option_that_does_nothing_is_refused(more: str, told: str, folder: Path) -> None:
    Path("in.csv").write_text("id,power\na,60\n")
    result = batch("in.csv", *more.split())
    assert (result.exit_code, f"error[option-without-effect]: {told}" in result.stderr) == (2, True), result.stderr
    assert left(folder) == {"in.csv"}


def test_evidence_of_a_row_is_written_under_no_name_of_a_table() -> None:
    Path("in.csv").write_text("id,power\na,60\n")
    Path("out.csv").write_text("before")
    result = batch("in.csv", "out.csv", "--row", "a", "--replace")
    assert (result.exit_code, "end its name with one of .yaml, .yml" in result.stderr) == (2, True)
    assert Path("out.csv").read_text() == "before"


def test_two_sweeps_are_two_comparisons() -> None:
    Path("in.csv").write_text("id,power\na,60\n")
    call = ["impact", "shops.guiju", "in.csv", "--sweep", "6.1.e.threshold=2,3", "--sweep", "6.1.b.threshold=50,60"]
    result = CliRunner().invoke(main, [*call, "--lang", "en"])
    assert (result.exit_code, "error[several-comparisons]" in result.stderr) == (2, True)


def test_a_blank_in_a_list_of_options_is_told_as_that() -> None:
    cells = [["red"], [None, "red"], ["red", " "], [""], [], None]
    pq.write_table(pa.table({"cables": pa.array(cells, pa.list_(pa.string()))}), "in.parquet")
    assert batch("in.parquet", "out.csv", "--also", "verdicts").exit_code == 0
    rejected = list(csv.DictReader(Path("out.rejects.csv").read_text().splitlines()))
    assert [(cell["row"], cell["code"]) for cell in rejected] == [(str(row), "blank-option") for row in (2, 3, 4)]
    verdicts = [row["6.1.d"] for row in csv.DictReader(Path("out.csv").read_text().splitlines())]
    assert verdicts == ["satisfied", "unsatisfied", ""]


# --- what is counted ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", ["facts and verdicts", "verdicts alone"])
def test_clauses_are_counted_as_each_row_has_them(known: str, program: Program, shops: pa.Table) -> None:
    table = shops
    if known == "verdicts alone":
        names = ["6.1.a", "6.1.b", "6.1.c", "6.1.d", "6.1.e", "6.1.f"]
        verdicts = [[None if (i * j) % 7 == 3 else (i + j) % 3 > 0 for i in range(40)] for j in range(len(names))]
        table = pa.table([pa.array(v, pa.bool_()) for v in verdicts], names=names)
    told = json.loads(batch(written(table, "in.parquet"), "out.csv", "--format", "json").stdout)
    assert told["uncounted"] == []
    found = {c["id"]: (c["unsatisfied"], c["unknown"]) for c in told["clauses"]}
    assessed = [evaluate(row).clauses for row in rows_of(program, table)]
    for clause in program.clauses:
        values = [a[clause.id].verdict.value for a in assessed]
        assert found.get(clause.id, (0, 0)) == (values.count("unsatisfied"), values.count("unknown")), clause.id


def test_a_clause_that_is_counted_in_some_batches_alone_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ratio beside what it is made of may be in dispute, which planes do not tell; the first batch has none."""
    columns = {"done": [1, 2, 3], "all_of_it": [4, 2, 3], "ratio": [None, None, 90]}
    source = written(pa.table({n: pa.array(v, pa.int64()) for n, v in columns.items()}), "in.parquet")
    monkeypatch.setattr("guiju.batch.work._TRIAL", 1)
    told = json.loads(batch(source, "out.csv", "--format", "json").stdout)
    assert told["uncounted"] == ["6.1.a"]
    assert "6.1.a" not in [c["id"] for c in told["clauses"]]
    verdicts = json.loads(batch(source, "told.csv", "--also", "verdicts", "--format", "json").stdout)
    assert [row["6.1.a"] for row in csv.DictReader(Path("told.csv").read_text().splitlines())] == [
        "unsatisfied",
        "satisfied",
        "",
    ]
    assert verdicts["uncounted"] == []


def test_a_column_that_is_blank_in_some_batches_is_planned_once(
    shops: pa.Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = shops.schema.get_field_index("staff")
    blank = shops.set_column(staff, "staff", pa.nulls(shops.num_rows, shops.schema.field(staff).type))
    source = written(pa.concat_tables([shops, blank]), "in.parquet")
    asked: list[tuple[str, frozenset[int]]] = []
    target = Ground.target

    def counting(ground: Ground, address: str, present: frozenset[int]) -> Target:
        asked.append((address, present))
        return target(ground, address, present)

    monkeypatch.setattr(Ground, "target", counting)
    monkeypatch.setenv("GUIJU_NO_CACHE", "1")
    for name, value in (("_TRIAL", 30), ("_QUICK", 1)):
        monkeypatch.setattr(f"guiju.batch.work.{name}", value)
    result = batch(source, "out.csv", "--also", "scores")
    assert result.exit_code == 0, result.stderr
    assert len(asked) == len({address for address, _ in asked}) > 1


@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".arrows", ".csv"])
@pytest.mark.parametrize(("bits", "expected"), [(4_096, [48, 48, 16, 48, 48, 4]), (1, [16] * 13 + [4])])
def test_rows_of_little_else_than_bits_are_looked_at_many_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, bits: int, expected: list[int]
) -> None:
    for name, value in (("ROWS", 16), ("_MOST_ROWS", 64), ("_MOST_BITS", bits)):
        monkeypatch.setattr(f"guiju.batch.tables.{name}", value)
    table = pa.table(
        {"a": [i % 3 == 0 for i in range(212)], "use": [("near", "far", None)[i % 7 % 3] for i in range(212)]}
    )
    path = tmp_path / f"rows{suffix}"
    with Sink(path, FORMS[suffix], table.schema) as sink:
        for start, size in ((0, 16), (16, 32), (48, 64), (112, 100)):
            sink.write(table.slice(start, size).combine_chunks().to_batches()[0])
    found = list(batches(opened(path), table.schema.names, Misfits()))
    if suffix in (".arrow", ".arrows"):
        assert [batch.num_rows for batch in found] == expected
    assert max(batch.num_rows for batch in found) <= expected[0]
    read = pa.Table.from_batches(found).to_pydict()
    assert [str(value).lower() for value in read["a"]] == [str(value).lower() for value in table["a"].to_pylist()]
    assert read["use"] == table["use"].to_pylist()


def test_words_of_neighbouring_batches_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "rows.arrows"
    parts = [pa.record_batch({"use": pa.array(w).dictionary_encode()}) for w in (["near", None], ["far", "near"])]
    with pa.ipc.new_stream(str(path), parts[0].schema) as stream:
        for part in parts:
            stream.write_batch(part)
    (found,) = batches(opened(path), ["use"], Misfits())
    assert found["use"].to_pylist() == ["near", None, "far", "near"]


def test_numbers_of_rows_take_next_to_no_room_in_parquet_and_words_are_written_once(tmp_path: Path) -> None:
    words = pa.array([["L1", "L2"], ["none"]] * 5_000, pa.list_(pa.string()))
    batch = pa.RecordBatch.from_pydict({"row": range(10_000), "level": ["L1", "L2"] * 5_000, "level.reachable": words})
    path = tmp_path / "levels.parquet"
    with Sink(path, "parquet", batch.schema) as sink:
        sink.write(batch)
    group = pq.ParquetFile(path).metadata.row_group(0)
    columns = {group.column(i).path_in_schema: group.column(i) for i in range(group.num_columns)}
    assert "DELTA_BINARY_PACKED" in columns["row"].encodings
    assert columns["row"].total_compressed_size < 1_000
    assert all(c.has_dictionary_page for name, c in columns.items() if name != "row")
    assert pq.read_table(path).to_pydict() == batch.to_pydict()


def test_a_column_to_be_kept_is_null_where_a_table_lacks_it() -> None:
    Path("in").mkdir()
    Path("in/a.csv").write_text("id,power\na,60\n")
    Path("in/b.csv").write_text("id,power,note\nb,60,seen\n")
    pq.write_table(pa.table({"id": ["c"], "power": [60]}), "in/c.parquet")
    assert batch("in", "one.csv", "--keep", "note").exit_code == 0
    with Path("one.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["id"], row["note"]) for row in csv.DictReader(file)] == [("a", ""), ("b", "seen"), ("c", "")]
    assert batch("in", "out", "--keep", "note").exit_code == 0
    with Path("out/a.csv").open(encoding="utf-8", newline="") as file:
        assert [row["note"] for row in csv.DictReader(file)] == [""]
    kept = pq.read_table("out/c.parquet").column("note")
    assert (kept.type, kept.to_pylist()) == (pa.string(), [None])
    missed = batch("in", "none.csv", "--keep", "nots", "--ignore-others")
    assert (missed.exit_code, missed.stderr.count("error[")) == (1, 1)
    assert "error[no-kept-column]: no table has a column `nots`" in missed.stderr


def test_an_impact_tells_where_the_reasons_for_its_rejects_are() -> None:
    Path("in.csv").write_text("id,power\na,fifty\nb,60\n")

    def impact(*more: str) -> Result:
        return CliRunner().invoke(
            main, ["impact", "shops.guiju", "in.csv", "--set", "6.1.e.threshold=2", "--lang", "en", *more]
        )

    told = impact("-o", "turned.csv")
    assert (told.exit_code, "rejected: 1 (the reasons are in turned.rejects.csv)" in told.stdout) == (0, True)
    told = impact("-o", "again.csv", "--rejects", "why.csv", "--format", "json")
    assert (told.exit_code, json.loads(told.stdout)["rejects"]) == (0, "why.csv")
    assert "fifty" in Path("why.csv").read_text("utf-8")
    told = impact("--format", "json")
    assert (json.loads(told.stdout)["rejected"], json.loads(told.stdout)["rejects"]) == (1, None)
    assert "(`guiju batch` tells why)" in impact().stdout
    assert "error[option-without-effect]" in impact("--rejects", "why.csv").stderr


def test_results_of_other_tables_are_no_earlier_result_of_these() -> None:
    for name in ("in/a.csv", "less/b.csv"):
        Path(name).parent.mkdir()
        Path(name).write_text("id,power\na,60\n")
    assert batch("in", "out").exit_code == 0
    result = batch("less", "out", "--replace")
    assert "`out` holds what is no earlier result of these tables, and was left as it is: a.csv" in result.stderr


def test_a_score_of_which_an_enclosure_is_known_has_numerators() -> None:
    shutil.copy(POLICY.with_name("enclosed.guiju"), "enclosed.guiju")
    Path("in.csv").write_text("id,service,rate,ontime,staff\nlate,web,50,9,2\nprompt,web,99.5,9,2\n")
    call = ["batch", "enclosed.guiju", "in.csv", "out.csv", "--also", "numerators", "--also", "scores", "--lang", "en"]
    assert CliRunner().invoke(main, call).exit_code == 0
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["5@L1"], row["5@L1.numerator"], row["5@L1.denominator"]) for row in rows] == [
        ("1", "1", "1"),
        ("0", "0", "1"),
    ]
    assert [(row["load"], row["load.numerator"], row["load.denominator"]) for row in rows] == [("9/2", "", "")] * 2
