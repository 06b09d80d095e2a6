"""Guiju's reference evaluator: what every other way of Guiju's has to agree with. It knows what can still be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers.peer import Loaded, Peer, one_by_one

if TYPE_CHECKING:
    from guiju.compiler.ir import Program


def text(program: Program) -> str:
    """The policy as it is typed."""
    return program.span.source.text


def program_in(text: str) -> Program:
    """A policy's program."""
    from guiju.dsl.source import Source
    from guiju.library import compile_source

    program = compile_source(Source("policy", text)).program
    assert program is not None
    return program


def load(text: str) -> Loaded:
    """Parse and compile."""
    from guiju.engine.evaluate import evaluate
    from guiju.engine.rows import bind_row

    program = program_in(text)
    (outcome,) = program.outcomes

    def level(row: Any) -> str | None:
        bound, _ = bind_row(program, row, "row")
        possible = evaluate(bound).possible(outcome)
        return str(possible.values[0]) if len(possible.values) == 1 else None

    return one_by_one(lambda row: ("full", *row), level)


PEER = Peer("Guiju, the reference", (), text, load, most=200)
