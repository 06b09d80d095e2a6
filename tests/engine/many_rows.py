"""A long run beside the tests: drawn tables of drawn policies, each row in columns and by the reference, compared.

`PYTHONPATH=. python -m tests.engine.many_rows 1000000` compares so many rows and ends with 1 where any differs. It is
no gate: the reference takes milliseconds a row.
"""

from __future__ import annotations

import sys
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guiju.compiler.ir import Program
from guiju.engine.columnar.plan import plan
from tests.engine.strategies import programs
from tests.engine.tables import random_rows
from tests.engine.test_columnar import differences

ROWS = 50  # of one policy


def compare(rows: int) -> list[str]:
    """The differences in so many rows of drawn policies."""
    found: list[str] = []

    @settings(
        max_examples=-(-rows // ROWS),
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(programs(), st.integers(0, 2**32))
    def table(program: Program, seed: int) -> None:
        random = Random(seed)
        readings = {reading.id: random.choice(reading.options).id for reading in program.readings}
        told = differences(plan(program, readings), program.outcomes, random_rows(program, random, ROWS))
        if told:
            text = program.clauses[0].span.source.text
            found.extend(told)
            sys.stdout.write("\n".join((text, str(readings), *told, "")))

    table()
    return found


if __name__ == "__main__":
    sys.exit(bool(compare(int(sys.argv[1]))))
