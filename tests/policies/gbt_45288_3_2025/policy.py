"""The policy GB/T 45288.3—2025, compiled: the one place of these tests that knows how."""

from functools import cache
from pathlib import Path

from guiju.compiler.ir import Program
from guiju.compiler.pipeline import compile_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source

ID = "gbt-45288.3-2025"
FOLDER = Path(__file__).parents[3] / "policies" / ID


@cache
def program() -> Program:
    """The compiled policy; it must not have a mistake."""
    path = FOLDER / f"{ID}.guiju"
    document, mistakes = parse(Source(path.name, path.read_text(encoding="utf-8")))
    compiled = compile_document(document)
    assert not mistakes
    assert compiled.program is not None, compiled.diagnostics
    return compiled.program
