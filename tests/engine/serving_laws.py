"""The law of what a step of a plan is for, against every set of clauses and every completion that can be tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from fractions import Fraction
from itertools import chain, combinations, product
from typing import TypeAlias

from guiju.compiler.ir import Program, Value
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.planning.afterwards import bound_after
from guiju.engine.reasoning.planning.changes import Aim, Changes, Terms
from guiju.engine.reasoning.planning.remedy import Step, remedy_for
from tests.engine.changed import COMPLETED_WITH, Changed, Completed, TooManyChangesError, Tried
from tests.engine.oracle import NOT_APPLICABLE, SATISFIED, Oracle, TooManyCompletionsError, World
from tests.engine.remedy_laws import aims, assess, taken, terms_for

MOST_TOGETHER = 6  # clauses on one fact of which every set is tried
MOST_WORLDS = 60
HELD = (SATISFIED, NOT_APPLICABLE)

#: what some clauses are left as, by name
Left: TypeAlias = Mapping[str, Value]


class Leaving(Changed):
    """A changed world in which some clauses are left as they are in another."""

    def __init__(self, tried: Tried, changes: Changes, left: Left) -> None:
        super().__init__(tried.oracle, changes, tried.today)
        self._left = left

    def _clause(self, id_: str) -> Value:
        return self._left[id_] if id_ in self._left else super()._clause(id_)


class CompletedLeaving(Completed):
    """The same with what nobody states, and scores look at, taken to be something."""

    def __init__(self, changed: Changed, facts: Mapping[str, Value], left: Left) -> None:
        super().__init__(changed, facts)
        self._left = left

    def _clause(self, id_: str) -> Value:
        return self._left[id_] if id_ in self._left else super()._clause(id_)


def check_a_step_names_the_clauses_that_it_is_for(program: Program, evidence: Evidence) -> None:
    """They are those for which the level is missed without it, within its bound, and that do not hold in any case."""
    assessment = assess(program, evidence)
    for (aim, tried), terms in product(aims(assessment), terms_for(assessment)):
        found = remedy_for(aim, terms)
        try:
            choices = list(taken(list(tried.chosen(tried.open_inputs())), found)) if found.steps else []
        except TooManyChangesError:
            continue
        for step in found.steps or () if len(choices) == 1 else ():
            if step.address.startswith("fact:"):
                changes = {a: v for a, v in found.changes.items() if a not in found.chosen}
                _check(Without(choices[0], aim, changes, found.chosen, step), terms)


def _check(without: Without, terms: Terms) -> None:
    told = {address.removeprefix("clause:") for address in without.step.serves}
    waiting = without.waiting(terms)
    try:
        for clause in sorted(without.turned | told):
            if clause not in waiting and (is_for := without.is_for(clause)) is not None:
                assert (clause in told) is is_for, (clause, without.step)
    except TooManyChangesError:
        return
    assert waiting <= told


class Without:
    """What stands where one step of a plan is not made, all others being made."""

    def __init__(self, tried: Tried, aim: Aim, changes: Changes, chosen: Changes, step: Step) -> None:
        self._tried, self._aim, self._changes, self.step = tried, aim, changes, step
        self._others = {a: v for a, v in changes.items() if a != step.address}
        self._stated = {**self._others, **chosen}
        self._fact = step.address.removeprefix("fact:")
        self._with, self._without = (Changed(tried.oracle, c, tried.today) for c in (changes, self._others))
        self.turned = {c for c in tried.clauses_below() if self._turns(c)}

    def _turns(self, clause: str) -> bool:
        """Whether a clause on the fact, with no other clause between, holds with the step alone."""
        with_, without = self._with.clause(clause), self._without.clause(clause)
        return with_ in HELD and with_ != without and self._fact in self._tried.facts_seen_by(clause)

    def is_for(self, clause: str) -> bool | None:
        """Whether the step is for a clause; None where there are too many sets or completions to tell."""
        if len(self.turned) > MOST_TOGETHER:
            return None
        if clause not in self.turned or not self._hangs_on(clause) or not self._holds_within(clause):
            return False
        return self._can_be_otherwise(clause)

    def _hangs_on(self, clause: str) -> bool:
        others = sorted(self.turned - {clause})
        sets = chain.from_iterable(combinations(others, number) for number in range(len(others) + 1))
        return any(self._reaches(set(left)) and not self._reaches({*left, clause}) for left in sets)

    def _reaches(self, left: Set[str]) -> bool:
        """Whether the level is reached with the step, though some clauses are as they are without it.

        Without it scores may look at more that nobody states: then it is asked of every case of that.
        """
        cases = list(self._tried.cases(self._without))
        changed = Leaving(self._tried, self._changes, {c: self._without.clause(c) for c in left})
        worlds: Iterator[World] = iter([changed])
        if cases != [{}]:
            each = ((facts, Completed(self._without, facts)) for facts in cases)
            worlds = (CompletedLeaving(changed, facts, {c: case.clause(c) for c in left}) for facts, case in each)
        return all(self._tried.outcome(world) in self._aim.wanted for world in worlds)

    def _holds_within(self, clause: str) -> bool:
        """Whether the clause holds with every number that the step says would do."""
        return all(
            Changed(self._tried.oracle, {**self._changes, self.step.address: number}, self._tried.today).clause(clause)
            in HELD
            for number in self._numbers()
        )

    def _numbers(self) -> Iterator[Fraction]:
        for value in self._tried.oracle.samples(self._tried.program.fact[self._fact], COMPLETED_WITH):
            if isinstance(value, Fraction) and self.step.needed.admits(value):
                yield value

    def _can_be_otherwise(self, clause: str) -> bool | None:
        """Whether some completion without the step brings the clause to something else.

        None where none is found, and not all there are can be tried: there are too many, or none is, or formulas tie
        the fact to others, of whose numbers only a sample is tried.
        """
        bound, verdict = bound_after(self._aim, self._stated), self._with.clause(clause)
        worlds = Oracle(bound, self._tried.oracle.readings, MOST_WORLDS).completions()
        try:
            found = {world.clause(clause) == verdict for world in worlds}
        except TooManyCompletionsError:
            return None
        formulas = (f for f in self._tried.program.facts if f.formula is not None)
        is_tied = any(f.id == self._fact or f.id in bound.facts for f in formulas)
        return False in found or (None if not found or is_tied else False)

    def waiting(self, terms: Terms) -> set[str]:
        """The clauses that are changed themselves, and that need first what is in place with the step alone."""
        return {
            later.removeprefix("clause:")
            for later in self._changes
            if later.startswith("clause:")
            and not all(self._tried.is_in_place(a, self._others) for a in terms.first.get(later, ()))
        }


SERVING_LAWS = (check_a_step_names_the_clauses_that_it_is_for,)
