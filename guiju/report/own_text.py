"""What `guiju review` computes about a standard's own text, where an assessment meets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from guiju.compiler.ir import UNKNOWN, Clause, Titled, Verdict
from guiju.compiler.review.tables import printed_options
from guiju.compiler.symbols import cite, collect
from guiju.engine.derivation import place_of
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, chosen
from guiju.engine.reasoning.relevance import takes_part
from guiju.exchange.policy_text import as_written


@dataclass(frozen=True)
class Unlisted:
    """The option that was chosen of the input of the weights, and that their table has no row for."""

    option: Titled
    cites: str


def failed_in_part(assessment: Assessment) -> tuple[Clause, ...]:
    """The clauses that take part and fail by facts, though some of the conditions that they join hold."""
    return tuple(
        clause
        for clause in assessment.program.items(assessment.readings)
        if assessment.clauses[clause.id].verdict is Verdict.UNSATISFIED
        and assessment.clauses[clause.id].by == "facts"
        and takes_part(assessment, clause.group)
        and any(assessment.values[part.index] is True for part in _joined(assessment, clause))
    )


def _joined(assessment: Assessment, clause: Clause) -> Iterator[Node]:
    """The conditions that must hold together; one that is alone is no part of anything."""
    node = assessment.network.node(f"clause:{clause.id}")
    stack = [node.operands[-1]] if node.operands else []
    while stack:
        part = chosen(assessment.network, assessment.network.nodes[stack.pop()], assessment.values)
        if part.form is not None and part.form.symbol == "and" and not _is_chain(assessment, part):
            stack.extend(part.operands)
        else:
            yield part


def _is_chain(assessment: Assessment, node: Node) -> bool:
    """Whether a condition is one chain of comparisons, as `1 <= A <= 2`: these share the words between them."""
    places = [place_of(assessment.program, assessment.network.nodes[o]) for o in node.operands]
    return any(one.source == next_.source and one.end > next_.start for one, next_ in pairwise(places))


def unlisted(assessment: Assessment) -> Unlisted | None:
    """The combination that was chosen, where the table of weights leaves it out."""
    symbols = collect(as_written(assessment.program.span.source))
    found = printed_options(symbols)
    if found is None or symbols.weights is None:
        return None
    owner, printed = found
    value = assessment.value(f"input:{owner}") if f"input:{owner}" in assessment.network.at else UNKNOWN
    options = next(i for i in assessment.program.inputs if i.id == owner).options
    option = next((o for o in options if o.id == value and o.id not in printed), None)
    return Unlisted(option, cite(symbols.weights.cites)) if option is not None else None
