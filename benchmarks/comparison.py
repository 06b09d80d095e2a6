"""The comparison itself: which tools, on which rows, and the table of what was found."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.growing import grow
from benchmarks.judging import judged
from benchmarks.peers.peer import Loaded, Peer
from benchmarks.printing import Cell, Table, seconds
from benchmarks.scaling import scale
from benchmarks.timing import interleaved, processes, repeated
from benchmarks.workload import drawn, program_of, table_of

if TYPE_CHECKING:
    import pyarrow as pa

    from guiju.compiler.ir import Program

OURS = ("guiju_reference", "guiju_compiled", "guiju_columns")
PEERS = (
    "floor",
    "python_by_hand",
    "rego",
    "cel_rules",
    "zen_decisions",
    "openfisca_model",
    "numpy_by_hand",
    "polars_expressions",
    "polars_kleene",
    "duckdb_sql",
)


WHAT_IF = 20  # rows of which one verdict is changed: how long they take differs with what is unknown in them


@dataclass(frozen=True)
class Sizes:
    """How much is tried: rows in memory, rows in files, rows that are judged, and copies of the standard."""

    rows: tuple[int, ...] = (10**3, 10**5, 10**6)
    in_files: int = 10**6
    judged: int = 10**5
    copies: tuple[int, ...] = (1, 10, 100)
    copied_rows: int = 10_000
    repetitions: int = 7
    unknown: float = 0.01

    @staticmethod
    def quick() -> Sizes:
        """Enough to see that everything runs."""
        return Sizes((20,), 50, 40, (1, 2), 10, 1)


@dataclass(frozen=True)
class Tool:
    """A peer with its policy written and loaded."""

    module: str
    peer: Peer
    text: str
    loaded: Loaded

    @property
    def is_ours(self) -> bool:
        """Whether it is one of Guiju's own ways."""
        return self.module in OURS


def compare(sizes: Sizes, parts: Sequence[str], words: Sequence[str]) -> None:
    """Measure part by part and print the table."""
    program = program_of()
    tools = list(_tools(program, words))
    for part, (title, fill) in PARTS.items():
        if part in parts:
            table = Table(title, [tool.peer.name for tool in tools])
            fill(table, tools, program, sizes)
            table.print()
    if "cores" in parts:
        scale(program, sizes.in_files, sizes.unknown, max(1, sizes.repetitions // 2))
    if "growth" in parts:
        grow(OURS, sizes.copies, sizes.copied_rows)


def _tools(program: Program, words: Sequence[str]) -> Iterable[Tool]:
    for module in (*PEERS[:1], *OURS, *PEERS[1:]):
        peer: Peer = import_module(f"benchmarks.peers.{module}").PEER
        if not any(word.lower() in peer.name.lower() for word in words):
            continue
        if peer.missing:
            print(f"{peer.name}: not compared, for {', '.join(peer.missing)} is not installed here", file=sys.stderr)
            continue
        text = peer.text(program)
        yield Tool(module, peer, text, peer.load(text))


def _single(table: Table, tools: list[Tool], program: Program, sizes: Sizes) -> None:
    """One subject, warm; one of which something is unknown, with a verdict changed; and loading the policy."""
    answering = [tool for tool in tools if tool.module != "floor"]
    table.column("one subject", _each_of(table_of(program, *drawn(program, 10, 0)), answering, sizes))
    verdicts, known = drawn(program, WHAT_IF, sizes.unknown)
    before = table_of(program, verdicts, known)
    for number in range(WHAT_IF):  # each row as it would be if one of its verdicts were the other one
        verdicts[7 * number % len(verdicts), number] ^= True
    table.column("what if", _what_if(before, table_of(program, verdicts, known), answering, sizes))
    loading = {t.peer.name: partial(t.peer.load, t.text) for t in answering}
    found = interleaved(loading, max(1, sizes.repetitions // 2))
    table.column("load policy", {name: Cell(time, seconds) for name, time in found.items()})


def _each_of(rows: pa.Table, tools: list[Tool], sizes: Sizes) -> dict[str, Cell]:
    """The time of one row where each is asked for by itself."""
    works = {t.peer.name: partial(_each, t.loaded, [t.loaded.one(row) for row in _singly(rows)]) for t in tools}
    times = interleaved(works, sizes.repetitions)
    return {name: Cell(time / rows.num_rows, seconds) for name, time in times.items()}


def _what_if(before: pa.Table, after: pa.Table, tools: list[Tool], sizes: Sizes) -> dict[str, Cell]:
    """The time of one row that is another one changed, asked of a tool that knows the other one if it can keep it."""
    pairs = list(zip(_singly(before), _singly(after), strict=True))
    works = {t.peer.name: partial(_call, [_changed(t.loaded, *pair) for pair in pairs]) for t in tools}
    return {n: Cell(time / len(pairs), seconds) for n, time in interleaved(works, sizes.repetitions).items()}


def _changed(loaded: Loaded, before: pa.Table, after: pa.Table) -> Callable[[], object]:
    return loaded.what_if(before, after) if loaded.what_if else partial(loaded.level, loaded.one(after))


def _call(questions: list[Callable[[], object]]) -> None:
    for question in questions:
        question()


def _singly(rows: pa.Table) -> Iterable[pa.Table]:
    return (rows.slice(i, 1) for i in range(rows.num_rows))


def _each(loaded: Loaded, rows: list[object]) -> None:
    """Different subjects: one that is asked again and again is answered from the processor's memory of it."""
    for row in rows:
        loaded.level(row)


def _batch(table: Table, tools: list[Tool], program: Program, sizes: Sizes) -> None:
    """Rows in memory, on one thread: seconds for each row."""
    for count in sizes.rows:
        rows = table_of(program, *drawn(program, count, sizes.unknown))
        data = {t.peer.name: (t.loaded, t.loaded.many(rows)) for t in tools if t.peer.most >= count}
        works = {name: partial(loaded.levels, many) for name, (loaded, many) in data.items()}
        times = interleaved(works, sizes.repetitions if count < 10**6 else max(1, sizes.repetitions // 2))
        table.column(f"a row of {count:,}".replace(",", " "), {n: Cell(t / count, seconds) for n, t in times.items()})


def _files(table: Table, tools: list[Tool], program: Program, sizes: Sizes) -> None:
    """Whole processes on all cores: one subject, and files of many."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, many = drawn(program, 1, 0), table_of(program, *drawn(program, sizes.in_files, sizes.unknown))
        as_list, as_table = folder / "one.json", folder / "one.parquet"
        as_list.write_text(json.dumps([bool(v[0]) for v in one[0]]), encoding="utf-8")
        _write(table_of(program, *one), as_table)
        for tool in tools:
            _policy(tool, folder).write_text(tool.text, encoding="utf-8")
        starts = {
            t.peer.name: _command(
                t, folder, *((as_table, folder / "first.parquet") if t.peer.reads_tables else (as_list,))
            )
            for t in tools
        }
        found = processes(starts, max(1, sizes.repetitions // 2))
        table.column("cold start", {n: Cell(w.seconds, seconds) for n, w in found.items() if w})
        table.column("of processors", {n: Cell(w.processors, seconds) for n, w in found.items() if w})
        for suffix, title in ((".parquet", "Parquet→Parquet"), (".arrow", "IPC→IPC")):
            source, target = folder / f"rows{suffix}", folder / f"levels{suffix}"
            _write(many, source)
            commands = {t.peer.name: _command(t, folder, source, target) for t in tools if t.peer.reads_tables}
            wholes = processes(commands, max(1, sizes.repetitions // 2))
            table.column(title, {n: Cell(w.seconds, seconds) for n, w in wholes.items() if w})
            table.column("of processors", {n: Cell(w.processors, seconds) for n, w in wholes.items() if w})
            table.column("peak memory", {n: Cell(w.memory, megabytes) for n, w in wholes.items() if w}, ratio=False)
            again = repeated(
                {t.peer.name: _whole("warm", t, folder, source, target) for t in tools if t.peer.reads_tables}
            )
            table.column("again, warm", {n: Cell(t[0], seconds) for n, t in again.items() if t})
            table.column("of processors", {n: Cell(t[1], seconds) for n, t in again.items() if t})


def megabytes(size: float) -> str:
    """Bytes for people."""
    return f"{size / 1e6:.0f} MB"


def _policy(tool: Tool, folder: Path) -> Path:
    return folder / f"{tool.module}.guiju"


def _command(tool: Tool, folder: Path, source: Path, target: Path | None = None) -> list[str]:
    policy = str(_policy(tool, folder))
    if tool.peer.command and target:
        return tool.peer.command(policy, str(source), str(target))
    return _whole("whole", tool, folder, source, *(() if target is None else (target,)))


def _whole(how: str, tool: Tool, folder: Path, *files: Path) -> list[str]:
    """A process that runs a tool: once (`whole`), or again and again (`warm`)."""
    return [sys.executable, "-m", f"benchmarks.peers.{how}", tool.module, *map(str, (_policy(tool, folder), *files))]


def _write(rows: pa.Table, target: Path) -> None:
    import pyarrow.feather as ipc
    from pyarrow import parquet

    if target.suffix == ".parquet":
        parquet.write_table(rows, target)
    else:
        ipc.write_feather(rows, target, compression="uncompressed")


def _wrong(table: Table, tools: list[Tool], program: Program, sizes: Sizes) -> None:
    """What each tool says against what is true, of as many rows as it answers in a bearable time."""
    answering = [tool for tool in tools if tool.module != "floor"]
    for unknown, what in ((0.0, "nothing unknown"), (sizes.unknown, f"{sizes.unknown:.0%} unknown")):
        rows = table_of(program, *drawn(program, sizes.judged, unknown, seed=8))
        found = judged(program, rows, {t.peer.name: (t.loaded, t.peer.most) for t in answering})
        table.column(f"wrong, {what}", {n: Cell(j.wrong, str) for n, j in found.items()}, ratio=False)
        if unknown:
            table.column("silent", {n: Cell(j.silent, str) for n, j in found.items()}, ratio=False)
            table.column("left open", {n: Cell(j.left_open, str) for n, j in found.items()}, ratio=False)
        table.column("of rows", {n: Cell(j.rows, str) for n, j in found.items()}, ratio=False)


PARTS: dict[str, tuple[str, Callable[[Table, list[Tool], Program, Sizes], None]]] = {
    "single": ("One subject in memory", _single),
    "batch": ("Many subjects in memory, one thread: a row", _batch),
    "files": ("Whole processes, all cores", _files),
    "wrong": ("What is said of them", _wrong),
}
