"""What each tool says of the same rows, held against what is true of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Loaded, rows_of, words_of

if TYPE_CHECKING:
    import pyarrow as pa

    from guiju.compiler.ir import Program


CONFIRMED = 200  # rows


@dataclass(frozen=True)
class Judged:
    """Of so many rows: `wrong` have a level that is not possible, `silent` have one of several.

    `left_open`: rows without a level of which only one is possible.
    """

    rows: int
    wrong: int
    silent: int
    left_open: int


def judged(program: Program, rows: pa.Table, tools: Mapping[str, tuple[Loaded, int]]) -> dict[str, Judged]:
    """Each tool on the rows that it can do."""
    true = possible(program, rows)
    found = {}
    for name, (loaded, most) in tools.items():
        some = rows.slice(0, most)
        said = words_of(loaded.levels(loaded.many(some)))
        pairs = list(zip(said, true, strict=False))
        found[name] = Judged(
            len(said),
            sum(word is not None and word not in can_be for word, can_be in pairs),
            sum(word is not None and len(can_be) > 1 for word, can_be in pairs),
            sum(word is None and len(can_be) == 1 for word, can_be in pairs),
        )
    return found


def possible(program: Program, rows: pa.Table) -> list[frozenset[str]]:
    """The levels that each row can still come to, by columns; the reference confirms some of them first."""
    from benchmarks.peers.guiju_columns import batch_of
    from guiju.engine.columnar.plan import plan

    (outcome,) = program.outcomes
    found = plan(program).evaluate(batch_of(rows), [(outcome, "reachable")]).batch.column(0).to_pylist()
    levels = [frozenset(map(str, can_be)) for can_be in found]
    some = rows.slice(0, CONFIRMED)
    if any(a != b for a, b in zip(levels, by_reference(program, some), strict=False)):
        raise ValueError("the columns do not agree with the reference: there is nothing to judge by")
    return levels


def by_reference(program: Program, rows: pa.Table) -> list[frozenset[str]]:
    """The same as the reference has it."""
    from guiju.engine.evaluate import evaluate
    from guiju.engine.rows import bind_row

    found = []
    for row in rows_of(rows):
        bound, _ = bind_row(program, ("full", *row), "row")
        found.append(frozenset(map(str, evaluate(bound).possible(program.outcomes[0]).values)))
    return found
