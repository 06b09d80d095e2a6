"""Which clauses an outcome that counts clauses does not count as satisfied."""

from __future__ import annotations

from guiju.compiler.ir import UNKNOWN, Clause, Tally, Verdict
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Item, Node, chosen
from guiju.engine.reasoning.relevance import takes_part
from guiju.engine.reasoning.why.why_not import Shortfall


def counted(assessment: Assessment, outcome: str) -> Shortfall | None:
    """The clauses behind an outcome that failed or were not shown; None of an outcome that is no count or share."""
    tally = _tally(assessment, outcome)
    if tally is None:
        return None
    network = assessment.network
    clauses: dict[str, object] = {}
    for index in tally.operands:
        node = network.nodes[index]
        for leaf in node.operands if isinstance(node.subject, Item) else (index,):
            subject = network.nodes[leaf].subject
            if isinstance(subject, Clause) and takes_part(assessment, subject.group):
                clauses[subject.id] = assessment.values[leaf]
    return Shortfall(
        assessment.program.definition[outcome],
        assessment.possible(outcome).values,
        tuple(c for c, verdict in clauses.items() if verdict is Verdict.UNSATISFIED),
        tuple(c for c, verdict in clauses.items() if verdict is UNKNOWN),
    )


def _tally(assessment: Assessment, outcome: str) -> Node | None:
    """The count that an outcome is, under the readings chosen."""
    node = chosen(assessment.network, assessment.network.node(outcome), assessment.values)
    return node if isinstance(node.subject, Tally) else None
