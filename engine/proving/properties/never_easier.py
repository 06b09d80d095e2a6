"""A level is never easier than the one below: every subject that meets the row of a level meets that of the one below.

A subject meets a row of a grade if its condition holds for it, and a level of several rows if it meets one. Where a
standard grades by intervals of a score, the row below ends where this one begins (`2 < A <= 3`, then `3 < A`): then
that end asks for nothing, and what is claimed is that whoever lies in the interval of a level has, by the score at
the level below, reached the beginning of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise

from guiju.compiler.ir import Value
from guiju.dsl.diagnostic import Text
from guiju.engine.proving.claim import Asked, Claim, Ground, Property, Side
from guiju.engine.proving.grades import Row, asked_by, rows_of
from guiju.engine.proving.question import judge, judged


def _claims(ground: Ground) -> tuple[Claim, ...]:
    found = []
    levels = [level.id for level in ground.program.levels]
    for outcome in ground.program.outcomes:
        rows = rows_of(ground.assessment, outcome)
        listed = [_Level(level, of) for level in levels if (of := tuple(r for r in rows if r.result == level))]
        found += [_claim(ground, outcome, level, above) for level, above in pairwise(listed)]
    return tuple(found)


@dataclass(frozen=True)
class _Level:
    """A level and all rows that give it."""

    id: str
    rows: tuple[Row, ...]


def _claim(ground: Ground, outcome: str, level: _Level, above: _Level) -> Claim:
    asked_below = {a.condition: tuple(asked_by(ground.assessment, r, a) for r in level.rows) for a in above.rows}
    looked_at = tuple(dict.fromkeys(n for met, below in asked_below.items() for n in (met, *chain(*below))))

    def missed(value: Mapping[int, Value]) -> bool:
        """Whether some row of the level above is met, and none of this level as seen from there."""
        return any(
            value[met] is True and not any(all(value[p] is True for p in parts) for parts in below)
            for met, below in asked_below.items()
        )

    def asked() -> Iterator[Asked]:
        judgement = judge(lambda *values: missed(dict(zip(looked_at, values, strict=True))))
        question = judged(ground.known, f"easier:{above.id}", looked_at, judgement)
        yield Asked(question, ground.known, lambda sides: missed({i: sides[0].values[i] for i in looked_at}))

    side = Side(ground.program, ground.assessment.readings)
    return Claim(NEVER_EASIER.id, "level", (above.id, level.id), (outcome,), False, (side,), asked)


NEVER_EASIER = Property(
    "never-easier",
    Text("高一级不比低一级容易", "A level is never easier than the one below"),
    Text(
        "达到某一级那一行的对象，也都达到低一级那一行；按得分区间定级的，低一级区间的上界不算要求。",
        "Every subject that meets the row of a level meets that of the level below; where the rows are intervals of a "
        "score, the upper end of the one below asks for nothing.",
    ),
    Text("有对象达到高一级那一行，却达不到低一级那一行", "some subject meets the row of the higher level only"),
    _claims,
)
