"""Hypothesis profiles: `make test` draws the same cases every time, `make explore` draws new ones, many of them.

So a gate fails for what was changed, and what exploring finds becomes a test of its own (`test_once_*.py`). The same
cases means: on one version of Python and of hypothesis, whatever else ran in the process and with any hash seed
(`tests/project/test_drawn_cases.py`). Two things would break that. Hypothesis strews in the numbers of whatever local
code is loaded, which under xdist goes by what a worker ran before: that is turned off here. And it takes strategies
that draw from equal things for alike, so no strategy may draw from functions made on the way: what is equal is by
address then.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

os.environ["GUIJU_NO_CACHE"] = "1"  # no test depends on what another run left in the user's cache folder, or adds to it
_NO_CONSTANTS = Constants()
settings.register_profile(
    "everyday",
    deadline=None,
    derandomize=True,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow],  # under coverage, beside other tests, drawing takes its time
)
settings.register_profile("explore", deadline=None, max_examples=2000)
setattr(providers, "_get_local_constants", lambda: _NO_CONSTANTS)  # noqa: B010 - there is no setting for it
settings.load_profile(os.environ.get("GUIJU_HYPOTHESIS", "everyday"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases` writes what came out into the Markdown cases; read the difference before you commit it."""
    parser.addoption("--update-cases", action="store_true", help="write the actual diagnostics into the cases")
