"""What each tool says of the same rows, held against what is true of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Loaded, rows_of, words_of

if TYPE_CHECKING:
    import pyarrow as pa

    from guiju.compiler.ir import Program


COMPILED = "Guiju, compiled"
CONFIRMED = 200  # rows that the reference answers, for it takes milliseconds for each


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
    """Each tool on the rows that it can do; of Guiju's own ways each is held to another one of them."""
    true, confirmed = by_code(program, rows), by_reference(program, rows.slice(0, CONFIRMED))
    found = {}
    for name, (loaded, most) in tools.items():
        answers = confirmed if name == COMPILED else true
        some = rows.slice(0, min(most, len(answers)))
        said = words_of(loaded.levels(loaded.many(some)))
        pairs = list(zip(said, answers, strict=False))
        found[name] = Judged(
            len(said),
            sum(word is not None and word not in can_be for word, can_be in pairs),
            sum(word is not None and len(can_be) > 1 for word, can_be in pairs),
            sum(word is None and len(can_be) == 1 for word, can_be in pairs),
        )
    return found


def by_code(program: Program, rows: pa.Table) -> list[frozenset[str]]:
    """The levels that each row can still come to, by the compiled function."""
    from guiju.engine.compiled.compiled import compiled

    answer, (outcome,) = compiled(program).answer, program.outcomes
    return [frozenset(map(str, answer(("full", *row))[outcome].reachable)) for row in rows_of(rows)]


def by_reference(program: Program, rows: pa.Table) -> list[frozenset[str]]:
    """The same as the reference has it."""
    from guiju.engine.evaluate import evaluate
    from guiju.engine.rows import bind_row

    found = []
    for row in rows_of(rows):
        bound, _ = bind_row(program, ("full", *row), "row")
        found.append(frozenset(map(str, evaluate(bound).possible(program.outcomes[0]).values)))
    return found
