"""What is compared: GB/T 45288.3—2025 from 193 verdicts to a level, and larger copies of it.

Every requirement is decided by a verdict of its own and the service is *full*: this is what each of the other tools can
say. The rows are drawn like providers: some fail basic clauses, some stand between two levels, few meet everything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.run import POLICY, compiled, replicable, replicated
from guiju.compiler.ir import Program

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

SERVICE = {"service": "full"}
_CLAUSE = re.compile(r'^(\s+(?:[a-z]\)|\d+\)|-)\s.*?"[^"]*" / "[^"]*") (?!attested).*$')


def text_of(times: int) -> str:
    """The standard `times` over, every clause attested and no fact left."""
    lines = replicated(replicable(POLICY.read_text(encoding="utf-8")), times).split("\n")
    start = next(i for i, x in enumerate(lines) if x.startswith(("use ", "fact ")))
    stop = next(i for i, x in enumerate(lines) if x.startswith("levels"))
    return "\n".join(_CLAUSE.sub(r"\1 attested", x) for x in (*lines[:start], *lines[stop:]))


def program_of(times: int = 1) -> Program:
    """The same, compiled."""
    return compiled(text_of(times))


def drawn(program: Program, rows: int, unknown: float, seed: int = 45288) -> tuple[np.ndarray, np.ndarray]:
    """Verdicts and what is known of them: two truth arrays, one line for each clause and one column for each subject.

    Which clauses are likely to fail depends on how far a subject has come: it meets all of the levels below the one
    that it works at; of that one it fails its own share of the clauses, from none to half; of those above one in five.
    """
    import numpy as np

    random = np.random.default_rng(seed)
    lowest = [min(i for i, level in enumerate(program.levels) if level.id in c.levels) for c in program.clauses]
    standing = random.integers(0, len(program.levels), rows)
    share = 0.5 * random.random(rows, np.float32) ** 3
    verdicts = np.empty((len(lowest), rows), bool)
    for number, level in enumerate(lowest):
        failing = np.choose(np.clip(level - standing + 1, 0, 2), [0.0, share, 0.2])
        verdicts[number] = random.random(rows, np.float32) >= failing
    known = random.random((len(lowest), rows), np.float32) >= unknown if unknown else np.ones_like(verdicts)
    return verdicts, known


def table_of(program: Program, verdicts: np.ndarray, known: np.ndarray) -> pa.Table:
    """The rows as an Arrow table: the service, and a truth column for each clause; what is not known is null."""
    import pyarrow as pa

    service = pa.DictionaryArray.from_arrays(pa.array([0] * verdicts.shape[1], pa.int8()), ["full"])
    clauses = [pa.array(v, mask=~k) for v, k in zip(verdicts, known, strict=True)]
    return pa.table([service, *clauses], names=["service", *(c.id for c in program.clauses)])
