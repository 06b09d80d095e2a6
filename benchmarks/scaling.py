"""How much sooner a table is answered by all cores than by one, by the clock, with little and with much asked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers import guiju_columns, guiju_reference
from benchmarks.printing import seconds
from benchmarks.timing import processes
from benchmarks.workload import drawn, table_of

if TYPE_CHECKING:
    from guiju.compiler.ir import Program


def scale(program: Program, rows: int, unknown: float, repetitions: int) -> None:
    """Print how long `guiju batch` takes on one core and on all: for levels, and for what is in the way of the next.

    What stays with one core is to start, to read and to write: of levels that is most of it.
    """
    import pyarrow.feather as ipc

    table = table_of(program, *drawn(program, rows, unknown))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        policy, source = folder / "policy.guiju", folder / "rows.arrow"
        policy.write_text(guiju_reference.text(program), encoding="utf-8")
        ipc.write_feather(table, source, compression="uncompressed")
        for what, also in (("levels", ()), ("what is in the way", ("blocked",))):
            _tell(what, rows, [*_command(policy, source, folder), *(f"--also={part}" for part in also)], repetitions)


def _command(policy: Path, source: Path, folder: Path) -> list[str]:
    return guiju_columns.command(str(policy), str(source), str(folder / "told.arrow"))


def _tell(what: str, rows: int, command: list[str], repetitions: int) -> None:
    cores = os.cpu_count() or 1
    found = processes({str(jobs): [*command, f"--jobs={jobs}"] for jobs in (1, cores)}, repetitions)
    one, all_ = found["1"], found[str(cores)]
    if one and all_:
        told = f"one core {seconds(one.seconds)}, {cores} cores {seconds(all_.seconds)}"
        print(f"Guiju, columns, {what} of {rows} rows, IPC→IPC: {told}: {one.seconds / all_.seconds:.2f} times as fast")
