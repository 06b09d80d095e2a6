"""How loading a policy and answering grow with the standard: 193 requirements, ten and a hundred times as many."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Peer
from benchmarks.printing import seconds
from benchmarks.timing import interleaved
from benchmarks.workload import drawn, program_of, table_of

if TYPE_CHECKING:
    from guiju.compiler.ir import Program

AIM = 1.1


def grow(modules: Iterable[str], copies: tuple[int, ...], rows: int) -> None:
    """Print a line for each size, and the exponent between the last two."""
    peers: list[Peer] = [import_module(f"benchmarks.peers.{module}").PEER for module in modules]
    points: dict[str, list[tuple[int, float, float]]] = {peer.name: [] for peer in peers if not peer.missing}
    for number in copies:
        program = program_of(number)
        for peer in peers:
            if not peer.missing:
                point = len(program.clauses), *_measured(peer, program, min(rows, max(1, peer.most // number)))
                points[peer.name].append(point)
                print(f"{peer.name}, {point[0]} items: load {seconds(point[1])}, a row {seconds(point[2])}", flush=True)
    for name, ((small, *a), (large, *b)) in ((name, found[-2:]) for name, found in points.items()):
        loading, answering = (math.log(y / x) / math.log(large / small) for x, y in zip(a, b, strict=True))
        print(f"{name}: growth exponent of loading {loading:.2f}, of answering {answering:.2f} (aim: {AIM})")


def _measured(peer: Peer, program: Program, rows: int) -> tuple[float, float]:
    """Seconds to load the policy, and of one row; everything is known, or sets would be compared and not sizes."""
    text, table = peer.text(program), table_of(program, *drawn(program, rows, 0))
    gc.collect()
    start = time.perf_counter()
    loaded = peer.load(text)
    loading = time.perf_counter() - start
    works = {"levels": partial(loaded.levels, loaded.many(table))}
    return loading, interleaved(works, 3)["levels"] / rows
