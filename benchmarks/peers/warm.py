"""One tool that answers a file again and again: `python -m benchmarks.peers.warm MODULE POLICY ROWS TARGET`.

Prints the median seconds, by the clock and of processors, of what comes after the first time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from importlib import import_module
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any

TIMES = 5


def main(module: str, policy: str, rows: str, target: str) -> None:
    """Answer the file once, and then as often as is clocked."""
    work = _work(import_module(f"benchmarks.peers.{module}").PEER, policy, rows, target)
    work()
    clock, processors = [], []
    for _ in range(TIMES):
        start = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - start[0])
        processors.append(time.process_time() - start[1])
    print(median(clock), median(processors))


def _work(peer: Any, policy: str, rows: str, target: str) -> Callable[[], object]:
    if peer.command is None:
        return partial(peer.convert, Path(policy).read_text(encoding="utf-8"), rows, target)
    command = peer.command(policy, rows, target)
    return partial(_as_typed, command[command.index("guiju") + 1 :])


def _as_typed(arguments: list[str]) -> None:
    """The command line, in this process."""
    from guiju.cli.main import main as guiju

    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            guiju.main(arguments)
        except SystemExit as end:
            if end.code:
                raise RuntimeError(said.getvalue()) from end


if __name__ == "__main__":
    main(*sys.argv[1:])
