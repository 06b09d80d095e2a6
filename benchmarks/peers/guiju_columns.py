"""Guiju on columns: planes of bits, with the least and the greatest level that each row can still come to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from benchmarks.peers.guiju_reference import program_in, text
from benchmarks.peers.peer import Loaded, Peer, all_at_once

if TYPE_CHECKING:
    import pyarrow as pa


def load(text: str) -> Loaded:
    """Parse, compile, and lay the operations out."""
    from guiju.engine.columnar.plan import plan

    program = program_in(text)
    (outcome,) = program.outcomes
    planned = plan(program)
    planned.target(outcome)  # a plan is made when it is first asked for
    wanted: Any = [(outcome, part) for part in ("value", "lower", "upper")]

    def levels(batch: Any) -> Any:
        return planned.evaluate(batch, wanted).batch.column(0)

    return all_at_once(batch_of, levels)


def batch_of(table: pa.Table) -> Any:
    """A table as one record batch."""
    return table.combine_chunks().to_batches()[0]


def command(policy: str, source: str, target: str) -> list[str]:
    """What a user types."""
    return [sys.executable, "-m", "guiju", "batch", policy, source, target, "--replace"]


PEER = Peer("Guiju, columns", ("numpy", "pyarrow"), text, load, command=command)
