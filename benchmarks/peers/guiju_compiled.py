"""Guiju's compiled function: one subject at a time, exact, with what is still possible where something is unknown.

*What if* goes by `guiju.compiled` and its simulation: the change is set, answered, and taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from benchmarks.peers.guiju_reference import program_in, text
from benchmarks.peers.peer import Loaded, Peer, one_by_one, rows_of

if TYPE_CHECKING:
    import pyarrow as pa


def load(text: str) -> Loaded:
    """Parse, compile, and generate the function."""
    from guiju.compiled_function import CompiledFunction
    from guiju.compiler.ir import UNKNOWN

    program = program_in(text)
    (outcome,) = program.outcomes
    function = CompiledFunction(program, {})
    answer = function.compiled.answer
    answer(("full", *(True for _ in program.clauses)))  # the function is written when the first row of its kind comes

    def level(row: Any) -> str | None:
        value = answer(row)[outcome].value
        return None if value is UNKNOWN else str(value)

    def what_if(before: pa.Table, after: pa.Table) -> Callable[[], str | None]:
        was, then = (dict(zip(program.clause, rows_of(row)[0], strict=True)) for row in (before, after))
        subject, change = function.simulation({"service": "full", **was}), dict(then.items() - was.items())

        def changed() -> str | None:
            value = subject.set(change)[outcome].value
            subject.undo()
            return None if value is UNKNOWN else str(value)

        return changed

    return replace(one_by_one(lambda row: ("full", *row), level), what_if=what_if)


PEER = Peer("Guiju, compiled", (), text, load, most=10**5)
