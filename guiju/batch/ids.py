"""Whether ids of rows are unique, in bounded memory: their hashes go to scratch files, one for each share of them."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa

from guiju.batch.copied import texts

_SHARES = 64  # files; each is looked at by itself
_HELD = 1 << 20  # hashes held until they are written
_TOLD = 1_000  # ids that are told at most


class Ids:
    """The ids seen so far."""

    def __init__(self) -> None:
        self._held: list[np.ndarray] = []
        self._count = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Ids:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def add(self, ids: pa.Array) -> None:
        """Some more ids; a blank one is none."""
        hashes = [hash(i) for i in texts(ids) if i is not None]
        self._held.append(np.array(hashes, np.int64))
        self._count += len(hashes)
        if self._count >= _HELD:
            self._spill()

    def _spill(self) -> None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="guiju-ids-")
        hashes = np.concatenate(self._held)
        for share in range(_SHARES):
            with Path(self._folder.name, str(share)).open("ab") as file:
                file.write(hashes[hashes & (_SHARES - 1) == share].tobytes())
        self._held, self._count = [], 0

    def suspects(self) -> frozenset[int]:
        """Hashes that came more than once: where there are none, every id is unique."""
        if self._folder is None:
            return _repeated(np.concatenate(self._held)) if self._held else frozenset()
        self._spill()
        shares = (Path(self._folder.name, str(share)) for share in range(_SHARES))
        return frozenset().union(*(_repeated(np.frombuffer(file.read_bytes(), np.int64)) for file in shares))


def _repeated(hashes: np.ndarray) -> frozenset[int]:
    values, counts = np.unique(hashes, return_counts=True)
    return frozenset(values[counts > 1].tolist())


def twice(suspects: frozenset[int], batches: Iterable[pa.Array]) -> dict[str, int]:
    """Of the ids behind some hashes those that stand in several rows, and in how many; a thousand at most."""
    seen: Counter[str] = Counter()
    for ids in batches:
        listed = (i for i in texts(ids) if i is not None)
        seen.update(i for i in listed if hash(i) in suspects and (i in seen or len(seen) < _TOLD))
    return {id_: count for id_, count in seen.items() if count > 1}
