"""CEL: one expression for each line of the sheet, compiled once; the values so far stand beside the verdicts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.peers.peer import Loaded, Peer, Verdicts, no_for_unknown, one_by_one

if TYPE_CHECKING:
    from guiju.compiler.ir import Program


def text(program: Program) -> str:
    """Names and expressions, in order."""
    from benchmarks.peers.infix import Dialect, spoken
    from benchmarks.peers.plain import Count, plain
    from benchmarks.workload import SERVICE

    def count(counted: Count) -> str:
        verdicts = ", ".join(f"v[{i}]" for i in counted.columns)
        return f"double(size([{verdicts}].filter(x, {'x' if counted.satisfied else '!x'})))"

    dialect = Dialect(
        count=count,
        pick=lambda condition, value, otherwise: f"({condition} ? {value} : {otherwise})",
        words={"and": "&&", "or": "||", "not": "!", "=": "=="},
    )
    return json.dumps([(name, spoken(line, dialect)) for name, line in plain(program, SERVICE).lines], indent=0)


def load(text: str) -> Loaded:
    """Compile each expression."""
    import cel

    lines = [(name, cel.compile(expression)) for name, expression in json.loads(text)]

    def one(row: Verdicts) -> dict[str, Any]:
        return {"v": no_for_unknown(row)}

    def level(row: dict[str, Any]) -> str:
        context = cel.Context(variables=row)
        answer: Any = None
        for name, program in lines:
            answer = program.execute(context)
            context.add_variable(name, answer)
        return str(answer)

    return one_by_one(one, level)


PEER = Peer("CEL (common-expression-language)", ("cel",), text, load, most=10**3)
