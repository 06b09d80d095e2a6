"""NumPy by hand, two-valued: the same function over columns, for all rows at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.peers.peer import Loaded, Peer, all_at_once
from benchmarks.peers.python_by_hand import text

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

WORDS = ("none", "L1", "L2", "L3")


def load(text: str) -> Loaded:
    """The function over these tables."""
    import numpy as np

    domains = json.loads(text)

    def failed(verdicts: np.ndarray, clauses: list[int]) -> Any:
        # in bytes, for a subdomain has fewer than 256 clauses: `count_nonzero` along an axis takes twice the time
        return len(clauses) - np.add.reduce(verdicts[clauses].view(np.uint8), axis=0, dtype=np.uint8).astype(np.int16)

    def score(verdicts: np.ndarray, table: dict[str, list[int]], level: str, scores: tuple[float, ...]) -> Any:
        new = table[f"new {level}"]
        many = (len(new) - failed(verdicts, new)) * 2 > len(new)
        return np.where(failed(verdicts, table[level]) == 0, scores[0], np.where(many, scores[1], scores[2]))

    def overall(scores: list[list[Any]]) -> Any:
        return sum(sum(domain) / len(domain) for domain in scores) / len(scores)

    def levels(verdicts: np.ndarray) -> Any:
        misses = [[failed(verdicts, s["L1"]) for s in domain] for domain in domains]
        scores1 = [[np.where(n == 0, 2, np.where(n == 1, 1, 0)) for n in domain] for domain in misses]
        scores2 = [[score(verdicts, s, "L2", (3, 2.5, 2)) for s in domain] for domain in domains]
        scores3 = [[score(verdicts, s, "L3", (5, 4, 3)) for s in domain] for domain in domains]
        open2 = np.logical_and.reduce([s == 2 for domain in scores1 for s in domain])
        open3 = np.logical_and.reduce([open2, *(s == 3 for domain in scores2 for s in domain)])
        a1, a2, a3 = overall(scores1), overall(scores2), overall(scores3)
        third, second, first = open3 & (a3 > 3) & (a3 <= 5), open2 & (a2 > 2) & (a2 <= 3), (a1 >= 1) & (a1 <= 2)
        return np.array(WORDS)[np.select([third, second, first], [3, 2, 1], 0)]

    def many(table: pa.Table) -> Any:
        return np.array([column.fill_null(False).to_numpy() for column in table.columns[1:]])

    return all_at_once(many, levels)


def convert(text: str, source: str, target: str) -> None:
    """A file of rows into a file of levels, read and written with Arrow."""
    import pyarrow as pa
    import pyarrow.feather as ipc
    from pyarrow import parquet

    loaded = load(text)
    is_parquet = source.endswith(".parquet")
    table = parquet.read_table(source) if is_parquet else ipc.read_table(source)
    levels = pa.table({"level": loaded.levels(loaded.many(table))})
    if is_parquet:
        parquet.write_table(levels, target)
    else:
        ipc.write_feather(levels, target, compression="uncompressed")


PEER = Peer("NumPy by hand", ("numpy", "pyarrow"), text, load, convert=convert)
