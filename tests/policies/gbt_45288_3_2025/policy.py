"""The policy GB/T 45288.3—2025, compiled: the one place of these tests that knows how."""

from functools import cache
from pathlib import Path

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Severity
from guiju.library import load

ID = "gbt-45288.3-2025"
FOLDER = Path(__file__).parents[3] / "policies" / ID


@cache
def program() -> Program:
    """The compiled policy; it must not have a mistake."""
    loaded = load(ID)
    assert not [d for d in loaded.diagnostics if d.code.severity is not Severity.NOTE]
    assert loaded.program is not None, loaded.diagnostics
    return loaded.program
