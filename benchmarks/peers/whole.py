"""One tool as a process of its own, from a blank start: `python -m benchmarks.peers.whole MODULE POLICY ROWS [TARGET]`.

With a TARGET it answers a table of rows into a file of levels; without one ROWS is a JSON list of verdicts, and it
prints one level. It imports nothing of Guiju, so that a tool pays for itself alone.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


class _Column:
    def __init__(self, values: list[bool | None]) -> None:
        self._values = values

    def to_pylist(self) -> list[bool | None]:
        return self._values


class _Row:
    """A table of one row, for tools that need no Arrow."""

    def __init__(self, verdicts: list[bool | None]) -> None:
        self.columns = [_Column([verdict]) for verdict in (None, *verdicts)]


def main(module: str, policy: str, rows: str, target: str = "") -> None:
    """Load and answer."""
    peer: Any = import_module(f"benchmarks.peers.{module}").PEER
    text = Path(policy).read_text(encoding="utf-8")
    if target:
        peer.convert(text, rows, target)
    else:
        verdicts, loaded = json.loads(Path(rows).read_text(encoding="utf-8")), peer.load(text)
        print(loaded.level(loaded.one(_arrow(verdicts) if "pyarrow" in peer.needs else _Row(verdicts))))


def _arrow(verdicts: list[bool | None]) -> Any:
    import pyarrow as pa

    return pa.table([[None], *([verdict] for verdict in verdicts)], names=list(map(str, range(len(verdicts) + 1))))


if __name__ == "__main__":
    main(*sys.argv[1:])
