"""A level that is missed as things are shown, though open numbers leave that unsaid: one completion that misses it.

It proves that something has to change. So a plan that costs no more than the least that any one change costs is the
cheapest, and no state has to be gone through for that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from guiju.compiler.ir import UNKNOWN, Fact, Value
from guiju.engine.evaluate import settle
from guiju.engine.reasoning.planning.afterwards import stated
from guiju.engine.reasoning.planning.changes import Aim, Terms
from guiju.engine.reasoning.planning.means import Means
from guiju.engine.reasoning.planning.unstated import seen_from


def least_of_one(means: Means, terms: Terms) -> Fraction | None:
    """The least that changing any one thing costs; None where nothing can change."""
    return min(map(terms.cost, means.changeable), default=None)


def open_to_scores(aim: Aim) -> frozenset[str]:
    """The facts that nobody states, no formula gives and scores look at by themselves, by address."""
    nodes, today = aim.network.nodes, aim.today
    seen = (nodes[i] for i in seen_from(nodes, today, aim.looking) if today[i] is UNKNOWN)
    return frozenset(n.address for n in seen if isinstance(n.subject, Fact) and not n.operands)


def is_missed(aim: Aim, taken: Mapping[str, Value]) -> bool:
    """Whether the goal is missed where such facts are taken to be this, and what is not shown then is unsatisfied.

    False as well where that is no completion: where it denies what is decided.
    """
    found = completed(aim, taken)
    return found is not None and found.today[found.goal] is False


def completed(aim: Aim, taken: Mapping[str, Value]) -> Aim | None:
    """The aim where such facts are stated to be this; None where that is no completion."""
    if not open_to_scores(aim) >= taken.keys():
        return None
    assessment, bound = aim.assessment, stated(aim, taken)
    values, clauses = settle(assessment.network, bound, assessment.readings)
    if any(known is not UNKNOWN and values[i] != known for i, known in enumerate(assessment.values)):
        return None
    return Aim(replace(assessment, bound=bound, values=tuple(values), clauses=clauses), aim.outcome, aim.wanted)
