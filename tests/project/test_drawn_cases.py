"""The tests that draw cases draw the same ones in every process: no gate passes or fails by luck."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DRAWN = """
import hashlib
import sys
import tests.conftest
from hypothesis import HealthCheck, given, settings
from tests.engine.strategies import policies

told = hashlib.sha256()

@settings(max_examples=100, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(policies())
def draw(text):
    told.update(text.encode())

draw()
print(told.hexdigest())
"""


def drawn(first: str, hash_seed: str) -> str:
    """A digest of the policies that a process draws after something else, with a seed for the hashes of its strings."""
    return subprocess.run(
        [sys.executable, "-c", first + DRAWN],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_two_processes_draw_the_same_cases_whatever_else_they_loaded() -> None:
    assert drawn("", "0") == drawn(
        "import guiju.cli.main, guiju.report.review\nheld = [object() for _ in range(999)]\n", "1"
    )
