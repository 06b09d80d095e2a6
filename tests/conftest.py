"""Hypothesis profiles: a run is repeatable in continuous integration, lighter where coverage slows it down."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("everyday", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.register_profile(
    "coverage",
    deadline=None,
    derandomize=True,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("GUIJU_HYPOTHESIS", "everyday"))
