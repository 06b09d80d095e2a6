"""Where no changes lead to a goal: which pins are why, and whether verdicts that are no change could."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction

from guiju.compiler.ir import Verdict
from guiju.engine.reasoning.afterwards import stated
from guiju.engine.reasoning.changes import Aim, Terms, below
from guiju.engine.reasoning.remedy import Remedy, remedy_for
from guiju.engine.reasoning.simulation import settled_again

_LESS = Fraction(1, 10**9)  # what any other change costs where as few pins as can be are to be lifted


def pins_in_the_way(aim: Aim, terms: Terms) -> tuple[str, ...]:
    """The fewest things that are pinned and would have to change as well; none where that would not do either."""
    costs: Mapping[str, Fraction] = dict.fromkeys(terms.pinned, Fraction(1))
    if not costs:
        return ()
    lifted = remedy_for(aim, Terms(costs, _LESS, first=terms.first))
    return tuple(step.address for step in lifted.steps or () if step.address in terms.pinned)


def deciding_may_lead_there(aim: Aim, terms: Terms, clauses: Collection[str]) -> bool:
    """Whether changes lead to the goal once some clauses are satisfied, as renewed evidence or people may decide."""
    if not clauses:
        return False
    found = remedy_for(_with_satisfied(aim, clauses), terms)
    return found.steps is not None or not found.proved


def verdicts_that_may_save(remedy: Remedy, terms: Terms) -> tuple[str, ...]:
    """The clauses left to people where verdicts on them can make a plan cheaper: those that its facts serve, or all."""
    if not remedy.steps or remedy.found is None:
        return ()
    aim = remedy.found.means.aim
    left = aim.left_to_people
    if not left:
        return ()
    then = remedy_for(_with_satisfied(aim, left), terms)
    if then.proved and then.cost + min(map(terms.cost, left)) >= remedy.cost:
        return ()
    nodes, changed = aim.network.nodes, remedy.changes.keys()
    served = (c for c in left if any(nodes[i].address in changed for i in below(aim, (aim.network.at[c],))))
    return tuple(served) or left


def _with_satisfied(aim: Aim, clauses: Collection[str]) -> Aim:
    """The same aim where some clauses are satisfied by what somebody says of them."""
    bound = stated(aim, dict.fromkeys(clauses, Verdict.SATISFIED))
    values, results = settled_again(aim.assessment, bound)
    decided = replace(aim.assessment, bound=bound, values=tuple(values), clauses=results, open={})
    return Aim(decided, aim.outcome, aim.wanted)
