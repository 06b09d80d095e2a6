"""The floor: only to read the rows, and write a column that was there. No tool can be faster than its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers.peer import Loaded, Peer, all_at_once

if TYPE_CHECKING:
    import pyarrow as pa

    from guiju.compiler.ir import Program


def text(program: Program) -> str:
    """Nothing is decided."""
    return program.id


def load(text: str) -> Loaded:  # noqa: ARG001 - every tool is loaded from its text
    """Every byte of the columns is read once: values and what is known of them, a bit each."""
    import numpy as np

    def many(table: pa.Table) -> Any:
        buffers = [b for c in table.columns[1:] for chunk in c.chunks for b in chunk.buffers() if b is not None]
        return [np.frombuffer(b, np.uint8) for b in buffers]

    def levels(buffers: Any) -> list[str | None]:
        return [str(sum(int(np.bitwise_xor.reduce(b)) for b in buffers))]

    return all_at_once(many, levels)


def convert(text: str, source: str, target: str) -> None:
    """Read with Arrow; of an IPC file, which is mapped and not read, every byte is looked at."""
    import pyarrow as pa
    import pyarrow.feather as ipc
    from pyarrow import parquet

    if source.endswith(".parquet"):
        table = parquet.read_table(source)
        parquet.write_table(table.select([0]), target)
    else:
        table = ipc.read_table(source, memory_map=True)
        loaded = load(text)
        loaded.levels(loaded.many(table))
        ipc.write_feather(pa.table([table.column(0)], ["level"]), target, compression="uncompressed")


PEER = Peer("floor: reading alone", ("numpy", "pyarrow"), text, load, convert=convert)
