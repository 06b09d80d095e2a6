"""Whether a clause follows from facts that are named beside it: then it is not named as if it decided as well."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.compiler.ir import Clause, Fact, Input
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, open_below
from guiju.engine.verdicts import is_contested


def follows(assessment: Assessment, node: Node, named: Iterable[int]) -> bool:
    """Whether an open node is a clause that some facts and inputs decide: nothing else that is open is below it."""
    if not isinstance(node.subject, Clause) or is_contested(assessment.clauses[node.subject.id]):
        return False
    network, stated = assessment.network, frozenset(named)
    below = (network.nodes[i] for i in open_below(network, assessment.values, node.operands, stated))
    open_ = [n for n in below if isinstance(n.subject, Clause | Fact | Input)]
    return bool(open_) and all(n.index in stated or _is_computed(n) for n in open_)


def _is_computed(node: Node) -> bool:
    return isinstance(node.subject, Fact) and node.subject.formula is not None
