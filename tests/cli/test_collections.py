"""A command looks for cycles of garbage seldom, and leaves the interpreter that runs it as it was."""

from __future__ import annotations

import gc
from pathlib import Path

from click.testing import CliRunner

from guiju.cli.main import main

EVIDENCE = Path("policies/gbt-45288.3-2025/evidence/mid-vendor-with-gaps.yaml")


def collections() -> int:
    return sum(generation["collections"] for generation in gc.get_stats())


def test_a_command_is_not_held_up_by_looking_for_garbage() -> None:
    call = ["evaluate", "gbt-45288.3-2025", str(EVIDENCE)]
    CliRunner().invoke(main, call)  # what is imported once
    before, threshold = collections(), gc.get_threshold()
    assert CliRunner().invoke(main, call).exit_code == 0
    assert collections() - before < 100
    assert gc.get_threshold() == threshold
