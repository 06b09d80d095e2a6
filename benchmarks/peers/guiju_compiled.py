"""Guiju's compiled function: one subject at a time, exact, with what is still possible where something is unknown."""

from __future__ import annotations

from typing import Any

from benchmarks.peers.guiju_reference import program_in, text
from benchmarks.peers.peer import Loaded, Peer, one_by_one


def load(text: str) -> Loaded:
    """Parse, compile, and generate the function."""
    from guiju.compiler.ir import UNKNOWN
    from guiju.engine.compiled.compiled import compiled

    program = program_in(text)
    (outcome,) = program.outcomes
    answer = compiled(program).answer
    answer(("full", *(True for _ in program.clauses)))  # the function is written when the first row of its kind comes

    def level(row: Any) -> str | None:
        value = answer(row)[outcome].value
        return None if value is UNKNOWN else str(value)

    return one_by_one(lambda row: ("full", *row), level)


PEER = Peer("Guiju, compiled", (), text, load, most=10**5)
