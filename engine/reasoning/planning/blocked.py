"""What is no change and bears on a plan: pins, and verdicts renewed, left to people or without a choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from guiju.compiler.ir import Verdict
from guiju.engine.attested import attested_about
from guiju.engine.reached import Reached
from guiju.engine.reasoning.planning.afterwards import stated
from guiju.engine.reasoning.planning.changes import Aim, Changes, Terms, below
from guiju.engine.reasoning.planning.choosing import choices_of
from guiju.engine.reasoning.planning.remedy import remedy_for
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


@dataclass(frozen=True)
class Unpriced:
    """The clauses of which verdicts that are no change may lead to a goal, or there at less: by what gives them.

    `entailed`: nobody gives any, and what is attested of other clauses leaves none but that they are satisfied.
    """

    renewed: tuple[str, ...] = ()
    by_people: tuple[str, ...] = ()
    entailed: tuple[str, ...] = ()


def unpriced(aim: Aim, terms: Terms, changes: Changes | None) -> Unpriced:
    """What bears on an answer and is no change. `changes`: those that lead to the goal, with the inputs chosen for it.

    What is renewed has no cost, so wherever the goal stands on it, it may be cheaper.
    """
    if changes is None:
        each = (aim.lapsed, aim.left_to_people, entailed(aim))
        return Unpriced(*(c if deciding_may_lead_there(aim, terms, c) else () for c in each))
    if not changes:
        return Unpriced()
    return Unpriced(aim.lapsed, verdicts_that_may_save(aim, terms, changes), entailed_that_save(aim, terms, changes))


def entailed(aim: Aim) -> tuple[str, ...]:
    """The clauses below the goal that nobody decides, and that are unsatisfied in no completion all the same.

    That is due to attestations on the same open facts. In a plan such a clause counts as unsatisfied, as all do that
    are not shown: what the attestations leave of it is not followed through changes of these facts.
    """
    known = aim.assessment.known
    if not known.standing.attested:
        return ()
    open_ = {aim.assessment.network.at[f"clause:{r.clause}"] for r in aim.assessment.undecided}
    reached = Reached(known, {})
    tied = (i for i in sorted(open_ & below(aim, (aim.goal,))) if attested_about(known, i))
    left = (i for i in tied if Verdict.UNSATISFIED not in (reached.of(i).values or (Verdict.UNSATISFIED,)))
    return tuple(aim.network.nodes[i].address for i in left)


def entailed_that_save(aim: Aim, terms: Terms, changes: Changes) -> tuple[str, ...]:
    """Those of them all, where a plan would be cheaper if they counted as satisfied."""
    aim = _as_chosen(aim, changes)
    found = entailed(aim)
    if not found:
        return ()
    then = remedy_for(_with_satisfied(aim, found), terms)
    return () if then.proved and then.cost >= terms.total(changes) else found


def _as_chosen(aim: Aim, changes: Changes) -> Aim:
    """The aim with the open inputs as they are chosen for a plan."""
    chosen = {address: value for address, value in changes.items() if address.startswith("input:")}
    return next((choice.aim for choice in choices_of(aim) if choice.inputs == chosen), aim) if chosen else aim


def verdicts_that_may_save(aim: Aim, terms: Terms, changes: Changes) -> tuple[str, ...]:
    """The clauses left to people where verdicts on them can make a plan cheaper: those that its facts serve, or all."""
    aim = _as_chosen(aim, changes)
    left, cost = aim.left_to_people, terms.total(changes)
    if not left or not cost:
        return ()
    then = remedy_for(_with_satisfied(aim, left), terms)
    if then.proved and then.cost + min(map(terms.cost, left)) >= cost:
        return ()
    nodes, changed = aim.network.nodes, changes.keys()
    served = (c for c in left if any(nodes[i].address in changed for i in below(aim, (aim.network.at[c],))))
    return tuple(served) or left


def _with_satisfied(aim: Aim, clauses: Collection[str]) -> Aim:
    """The same aim where some clauses are satisfied by what somebody says of them."""
    bound = stated(aim, dict.fromkeys(clauses, Verdict.SATISFIED))
    values, results = settled_again(aim.assessment, bound)
    decided = replace(aim.assessment, bound=bound, values=tuple(values), clauses=results, open={})
    return Aim(decided, aim.outcome, aim.wanted)
