"""Hypothesis profiles: `make test` draws the same cases every time, `make explore` draws new ones, many of them.

So a gate fails for what was changed, and what exploring finds becomes a test of its own (`test_once_*.py`).
"""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("everyday", deadline=None, derandomize=True)
settings.register_profile(
    "coverage",
    deadline=None,
    derandomize=True,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("GUIJU_HYPOTHESIS", "everyday"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases` writes what came out into the Markdown cases; read the difference before you commit it."""
    parser.addoption("--update-cases", action="store_true", help="write the actual diagnostics into the cases")
