"""What the row of a grade stands at, in one line: the score that it looks at, and of one not entered what shut it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from guiju.compiler.ir import NOT_ENTERED, Cases
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, chosen, live_operands
from guiju.report.heads import Heads
from guiju.report.threshold import compared

_MOST = 2  # of what is asked and not so; the others are counted


def briefly(assessment: Assessment, condition: Node, heads: Heads) -> str:
    """Each score that a condition looks at with its value; "" where it looks at none."""
    told = (_stands_at(assessment, score, heads) for score in _scores(assessment, condition, heads))
    return heads.word("brief-next").join(dict.fromkeys(told))


def _scores(assessment: Assessment, node: Node, heads: Heads) -> Iterator[Node]:
    definition = heads.definition(node)
    if definition is not None and definition.kind == "score":
        yield node
        return
    for index in live_operands(node, assessment.values):
        yield from _scores(assessment, assessment.network.nodes[index], heads)


def _stands_at(assessment: Assessment, score: Node, heads: Heads) -> str:
    gated = chosen(assessment.network, score, assessment.values)
    is_gated = isinstance(gated.subject, Cases) and gated.subject.form == "gate"
    if not is_gated or heads.values(score) != (NOT_ENTERED,):
        return heads.head(score)
    gate = assessment.network.nodes[gated.operands[0]]
    failed = list(dict.fromkeys(_not_met(assessment, gate, heads.where(gate).cites, heads)))
    more = [f"… +{len(failed) - _MOST}"] if len(failed) > _MOST else []
    why = heads.word("brief-next").join([*failed[:_MOST], *more]) or heads.head(gate)
    return f"{heads.head(score)}: {why}"


def _not_met(assessment: Assessment, node: Node, cites: str, heads: Heads) -> Iterator[str]:
    """What a shut gate asks of scores and is surely not so, with where that is asked."""
    if assessment.values[node.index] is not False:
        return
    cites = heads.where(node).cites or cites
    found = compared(assessment.network, node)
    if found is not None and isinstance(assessment.values[found[0].index], Fraction):
        actual, sign, number = found
        asked = f"{heads.text(actual)} {sign} {heads.as_asked(number)}"
        yield heads.word("brief-asked", cites=cites, asked=asked, actual=heads.value(actual)).strip()
        return
    for index in live_operands(node, assessment.values):
        yield from _not_met(assessment, assessment.network.nodes[index], cites, heads)
