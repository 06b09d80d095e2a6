"""zen-engine: a decision model in JSON, with one node of expressions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.peers.peer import Loaded, Peer, Verdicts, no_for_unknown, one_by_one

if TYPE_CHECKING:
    from guiju.compiler.ir import Program


def text(program: Program) -> str:
    """The model: what comes in, the expressions in order, what goes out."""
    from benchmarks.peers.infix import Dialect, spoken
    from benchmarks.peers.plain import Count, plain
    from benchmarks.workload import SERVICE

    def count(counted: Count) -> str:
        verdicts = ", ".join(f"v[{i}]" for i in counted.columns)
        return f"count([{verdicts}], {'#' if counted.satisfied else 'not #'})"

    dialect = Dialect(
        count=count,
        pick=lambda condition, value, otherwise: f"({condition} ? {value} : {otherwise})",
        name=lambda name: f"$.{name}",
        words={"=": "=="},
    )
    lines = plain(program, SERVICE).lines
    expressions = [{"id": name, "key": name, "value": spoken(line, dialect)} for name, line in lines]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "score", "name": "score", "type": "expressionNode", "position": {"x": 0, "y": 0}}
        | {"content": {"expressions": expressions}},
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}},
    ]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b} for a, b in (("in", "score"), ("score", "out"))]
    return json.dumps({"nodes": nodes, "edges": edges})


def load(text: str) -> Loaded:
    """Read the model."""
    import zen

    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(text))

    def one(row: Verdicts) -> dict[str, Any]:
        return {"v": no_for_unknown(row)}

    return one_by_one(one, lambda row: str(decision.evaluate(row)["result"]["level"]))


PEER = Peer("zen-engine", ("zen",), text, load, most=10**3)
