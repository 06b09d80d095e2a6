"""Where no changes lead to a goal: which pins are why, and whether evidence that is renewed could."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from guiju.compiler.ir import Verdict
from guiju.engine.reasoning.afterwards import stated
from guiju.engine.reasoning.changes import Aim, Terms
from guiju.engine.reasoning.remedy import remedy_for
from guiju.engine.reasoning.simulation import settled_again

_LESS = Fraction(1, 10**9)  # what any other change costs where as few pins as can be are to be lifted


def pins_in_the_way(aim: Aim, terms: Terms) -> tuple[str, ...]:
    """The fewest things that are pinned and would have to change as well; none where that would not do either."""
    costs: Mapping[str, Fraction] = dict.fromkeys(terms.pinned, Fraction(1))
    if not costs:
        return ()
    lifted = remedy_for(aim, Terms(costs, _LESS, first=terms.first))
    return tuple(step.address for step in lifted.steps or () if step.address in terms.pinned)


def renewing_may_lead_there(aim: Aim, terms: Terms) -> bool:
    """Whether changes lead to the goal once all clauses that renewed evidence may decide are satisfied."""
    if not aim.not_priced:
        return False
    bound = stated(aim, dict.fromkeys(aim.not_priced, Verdict.SATISFIED))
    values, clauses = settled_again(aim.assessment, bound)
    renewed = replace(aim.assessment, bound=bound, values=tuple(values), clauses=clauses, open={})
    found = remedy_for(Aim(renewed, aim.outcome, aim.wanted), terms)
    return found.steps is not None or not found.proved
