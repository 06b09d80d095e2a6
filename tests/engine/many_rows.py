"""A long run beside the tests: drawn rows of drawn policies by all ways to an answer, compared.

`PYTHONPATH=. python -m tests.engine.many_rows 1000000` compares so many rows, no two of a policy alike, tells how far
it is, and ends with 1 where any is answered otherwise by the compiled function or in columns than by the reference. A
second number is the seed of the first policies.

Rows are drawn in tables of a kind each, for code and planes take a table as a whole. Of a policy, `KINDS` says, most of
them have all stated or up to a tenth open, be it facts or verdicts, and in some of these tables facts and verdicts
contradict each other; some rows have much open, and some state verdicts and no facts. What hangs on unknown facts takes the reference ten times as long. Of
the rows that the compiled function, or planes, put to the reference, a few of each table are asked for all the same.
It is no gate: a row takes one or two milliseconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from random import Random
from typing import TypeAlias

from hypothesis import HealthCheck, Phase, given, seed, settings

from guiju.compiler.ir import Program
from tests.engine.levelled import levelled
from tests.engine.strategies import programs
from tests.engine.tables import agreeing, random_rows, rows_of_verdicts
from tests.engine.ways import drawn_ways

AGAIN = 3  # rows of one table that the compiled function, or planes, put to the reference

Drawn: TypeAlias = Callable[[Program, Random, int], list[list[object]]]

#: the tables of one policy: how they are drawn, how many rows at most, for some are alike, and in how many of ten
#: policies all agree in them
KINDS: tuple[tuple[Drawn, int, int], ...] = (
    (partial(random_rows, shares=(0,)), 120, 7),
    (partial(random_rows, shares=(0, 0.02, 0.05, 0.1)), 120, 5),
    (partial(rows_of_verdicts, facts=0), 120, 7),
    (partial(rows_of_verdicts, facts=0.1), 60, 5),
    (partial(random_rows, shares=(0.3, 0.9)), 20, 0),
    (rows_of_verdicts, 10, 0),
)
WITHOUT_FACTS: tuple[tuple[Drawn, int, int], ...] = ((random_rows, 150, 0), (rows_of_verdicts, 300, 0))
POLICIES = 20  # that are drawn in one go


def compare(rows: int, first: int = 0) -> Iterator[str]:
    """Lines that tell of the differences in so many rows of drawn policies, and of the progress in between."""
    compared = decided = alone = sharper = found = 0
    start = time.monotonic()
    for policies, program in enumerate(_drawn_programs(first), 1):
        random = Random(f"{first} {policies}")
        ways = drawn_ways(program, random)
        seen: set[str] = set()
        for drawn in _tables(program, ways.readings, random):
            fresh = {repr(row): row for row in drawn if repr(row) not in seen}
            table = list(fresh.values())[: rows - compared]
            seen |= fresh.keys()
            ways.again = AGAIN
            for line in ways.differences(table) if table else ():
                found += 1
                yield f"DIFFERENT: {line}\n{program.span.source.text}\nunder {dict(ways.readings)}"
            compared += len(table)
        alone, decided, sharper = alone + ways.alone, decided + ways.decided, sharper + ways.sharper
        if policies % POLICIES == 0 or compared >= rows:
            yield (
                f"{compared} rows of {policies} policies, {decided} of them decided by code and {compared - alone} by"
                f" planes alone, {sharper} sets exact that the reference encloses, {found} differences, {time.monotonic() - start:.0f} s"
            )
        if compared >= rows:
            return


def _tables(program: Program, readings: Mapping[str, str], random: Random) -> Iterator[list[list[object]]]:
    for drawn, number, agree in KINDS if program.facts else WITHOUT_FACTS:
        rows = drawn(program, random, number)
        yield agreeing(program, readings, rows) if random.random() * 10 < agree else rows


def _drawn_programs(first: int) -> Iterator[Program]:
    """Small policies without end, one of tables alone after some of all kinds."""
    while True:
        found: list[Program] = []
        _draw(found, first)
        yield from found
        if (by_tables := levelled(Random(first))) is not None:
            yield by_tables
        first += 1


def _draw(found: list[Program], number: int) -> None:
    @seed(number)
    @settings(
        max_examples=POLICIES,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(programs())
    def draw(program: Program) -> None:
        found.append(program)

    draw()


def run(rows: int, first: int) -> int:
    """Print the lines as they come; 1 where there was a difference."""
    differs = 0
    for line in compare(rows, first):
        differs |= line.startswith("DIFFERENT")
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return differs


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 0))
