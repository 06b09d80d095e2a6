"""How things are timed against each other: in turns, so that a slow moment of the machine meets all of them."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SHORTEST = 0.005  # seconds: what takes less is repeated within one measurement


@dataclass(frozen=True)
class Whole:
    """A process from its start to its end: seconds by the clock and of processors, and its most memory, in bytes."""

    seconds: float
    processors: float
    memory: float


def interleaved(works: Mapping[str, Callable[[], object]], repetitions: int) -> dict[str, float]:
    """Processor seconds of one call of each, the median; each is called once before the clock starts.

    By the clock the others that use the machine would be counted as well.
    """
    calls = {name: _enough(work) for name, work in works.items()}
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repetitions):
        for name, work in works.items():
            gc.collect()
            start = time.process_time()
            for _ in range(calls[name]):
                work()
            times[name].append((time.process_time() - start) / calls[name])
    return {name: statistics.median(t) for name, t in times.items()}


def _enough(work: Callable[[], object]) -> int:
    """How many calls make a measurement."""
    work()
    start = time.process_time()
    work()
    return max(1, round(SHORTEST / max(time.process_time() - start, 1e-7)))


def processes(commands: Mapping[str, Sequence[str]], repetitions: int) -> dict[str, Whole | None]:
    """Whole processes in turns, the medians; None of one that fails, whose message goes to standard error."""
    found: dict[str, list[Whole]] = {name: [] for name in commands}
    failed: set[str] = set()
    for _ in range(repetitions):
        for name, command in commands.items():
            if name in failed:
                continue
            whole = _process(name, command)
            if whole is None:
                failed.add(name)
            else:
                found[name].append(whole)
    return {name: None if name in failed else _median(wholes) for name, wholes in found.items()}


def repeated(commands: Mapping[str, Sequence[str]]) -> dict[str, tuple[float, float] | None]:
    """What commands print that time their own work: seconds by the clock and of processors; None of one that fails."""
    found: dict[str, tuple[float, float] | None] = {}
    for name, command in commands.items():
        printed = _printed(name, command)
        found[name] = None if printed is None else (printed[0], printed[1])
    return found


def _median(wholes: list[Whole]) -> Whole:
    fields = ("seconds", "processors", "memory")
    return Whole(*(statistics.median(getattr(w, field) for w in wholes) for field in fields))


def _process(name: str, command: Sequence[str]) -> Whole | None:
    spawning = [sys.executable, "-I", "-S", str(Path(__file__).with_name("spawned.py")), *command]
    printed = _printed(name, spawning)
    return None if printed is None else Whole(*printed)


def _printed(name: str, command: Sequence[str]) -> list[float] | None:
    """The numbers in the last line that a command prints; None if it fails, which is told."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=_environment())
    if done.returncode:
        last = " ".join(done.stderr.strip().splitlines()[-1:])
        print(f"{name}: ended with exit code {done.returncode}: {last}", file=sys.stderr)
        return None
    return [float(number) for number in done.stdout.splitlines()[-1].split()]


def _environment() -> dict[str, str]:
    """A process of its own has all cores, whatever the measurements in this one are held to, and keeps its bytecode.

    An installed package has bytecode; where Python is told to write none, a checkout is compiled anew by every process.
    """
    here = {name: value for name, value in os.environ.items() if not name.endswith(("_THREADS", "_NUM_THREADS"))}
    return {name: value for name, value in here.items() if name != "PYTHONDONTWRITEBYTECODE"}
