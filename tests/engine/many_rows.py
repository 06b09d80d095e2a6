"""A long run beside the tests: drawn rows of drawn policies by all ways to an answer, compared.

`PYTHONPATH=. python -m tests.engine.many_rows 1000000` compares so many rows, no two of a policy alike, tells how far
it is, and ends with 1 where any is answered otherwise by the compiled function or in columns than by the reference. A
second number is the seed of the first policies. A quarter of the rows states facts as well, three quarters verdicts
alone, which columns answer by planes. Of the rows that the compiled function would put to the reference, a few of each
policy are asked for all the same. It is no gate: the reference takes five milliseconds a row.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings

from guiju.compiler.ir import Program
from tests.engine.strategies import programs
from tests.engine.tables import random_rows, rows_of_verdicts
from tests.engine.ways import drawn_ways

ROWS = 400  # of one policy: fewer where some of them are alike
AGAIN = 10  # rows of one policy that the compiled function puts to the reference
POLICIES = 20  # that are drawn in one go


def compare(rows: int, first: int = 0) -> Iterator[str]:
    """Lines that tell of the differences in so many rows of drawn policies, and of the progress in between."""
    compared = policies = decided = alone = sharper = found = 0
    start = time.monotonic()
    for program in _drawn_programs(first):
        random = Random(f"{first} {policies}")
        ways = drawn_ways(program, random)
        ways.again = AGAIN
        number = min(ROWS, rows - compared)
        of_verdicts = rows_of_verdicts(program, random, number - number // 4)
        drawn = list({repr(row): row for row in (*random_rows(program, random, number // 4), *of_verdicts)}.values())
        for line in ways.differences(drawn):
            found += 1
            yield f"DIFFERENT: {line}\n{program.span.source.text}\nunder {dict(ways.readings)}"
        compared, policies, alone = compared + len(drawn), policies + 1, alone + ways.alone
        decided, sharper = decided + ways.decided, sharper + ways.sharper
        if policies % POLICIES == 0 or compared >= rows:
            yield (
                f"{compared} rows of {policies} policies, {decided} of them decided by code and {compared - alone} by"
                f" planes alone, {sharper} sets exact that the reference encloses, {found} differences, {time.monotonic() - start:.0f} s"
            )
        if compared >= rows:
            return


def _drawn_programs(first: int) -> Iterator[Program]:
    """Small policies without end."""
    while True:
        found: list[Program] = []
        _draw(found, first)
        yield from found
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
