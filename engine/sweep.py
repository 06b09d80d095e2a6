"""Which values each open node can still take: exact, by one sweep over the clauses.

The sweep goes through what is open clause by clause and keeps every reachable combination of the values that are
still needed: running counts, partial sums, gates. A value that nothing needs any more is dropped and combinations
that have become equal are merged. Clauses that feed the same counts are taken together, which completes a count early;
where that needs too many combinations, the order of the text is tried. So what a subdomain leaves behind is a few
scores and not its clauses, and the number of combinations stays polynomial wherever counts and sums bound it; a fact
that several clauses share is kept from its first use to its last, which is the case split. Elimination in this manner
is bucket elimination (Dechter 1999) over the value sets of the fold operators.

A combination remembers one way it came about, so every value has a witness: a completion that gives it. Beyond
`budget` combinations the answer is an enclosure, marked as such.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from guiju.compiler.ir import (
    UNKNOWN,
    Undefined,
    Value,
)
from guiju.engine.between import Between, few, results_between, spelled
from guiju.engine.domains import ANY, Domains
from guiju.engine.modules import sealed_clauses
from guiju.engine.plan import DEAD, QUOTIENT, Plan, Step, Told
from guiju.engine.possible import Attested, Known, Possible, Relation, Swept, Trail, failures, longer

BUDGET = 20_000  # combinations of one sweep


class _BudgetSpentError(Exception):
    """More combinations than the budget allows."""


def sweep(
    known: Known,
    targets: tuple[int, ...],
    relations: tuple[Relation, ...] = (),
    budget: int = BUDGET,
    domains: Domains | None = None,
) -> Swept:
    """What the open nodes at or below the targets can be.

    `relations` stand in for what was swept before; `domains` may be shared by the sweeps over the same values. Each
    clause with facts of its own is swept first by itself, so that only its verdicts meet the others.
    """
    domains = domains or Domains(known.network, known.values)
    found: dict[int, Possible] = {}
    swept_before = [n for r in relations for n in r.nodes]
    for clause in sealed_clauses(known.network, known.values, targets, swept_before):
        alone = _sweep(known, (clause,), (), budget, domains)
        found |= alone.found
        relations += alone.relations
    swept = _sweep(known, targets, relations, budget, domains)
    return Swept(found | swept.found, swept.relations)


def kept_runs(
    known: Known, targets: tuple[int, ...], relations: tuple[Relation, ...], budget: int, domains: Domains
) -> tuple[Run, ...]:
    """The same sweep with all that it came by, that of the targets last; () where it is no more than an enclosure."""
    runs: tuple[Run, ...] = ()
    swept_before = [n for r in relations for n in r.nodes]
    for clause in sealed_clauses(known.network, known.values, targets, swept_before):
        alone = _kept(known, (clause,), (), budget, domains)
        if alone is None:
            return ()
        runs += (alone,)
        relations += alone.swept.relations
    last = _kept(known, targets, relations, budget, domains)
    return () if last is None else (*runs, last)


def _kept(
    known: Known, targets: tuple[int, ...], relations: tuple[Relation, ...], budget: int, domains: Domains
) -> Run | None:
    if any(isinstance(v, Between) for r in relations for row in r.rows for v in row):
        return None
    for by_counts in (True, False):
        plan, stages = Plan(known, targets, relations, domains, by_counts=by_counts), list[Stage]()
        with suppress(_BudgetSpentError):
            swept = _run(plan, budget, fewest=known.fewest, stages=stages)
            return Run(plan, tuple(stages), swept)
    return None


def _sweep(
    known: Known, targets: tuple[int, ...], relations: tuple[Relation, ...], budget: int, domains: Domains
) -> Swept:
    """A sweep in the order that completes counts early, or else in that of the text; or else an enclosure."""
    plan = Plan(known, targets, relations, domains)
    if any(isinstance(v, Between) for r in relations for row in r.rows for v in row):
        return _enclose(plan, targets)
    with suppress(_BudgetSpentError):
        return _run(plan, budget, fewest=known.fewest)
    with suppress(_BudgetSpentError):
        return _run(Plan(known, targets, relations, domains, by_counts=False), budget, fewest=known.fewest)
    return _enclose(plan, targets)


def sweep_tied(
    known: Known, nodes: tuple[int, ...], attested: tuple[Attested, ...], domains: Domains, budget: int = BUDGET
) -> Relation | None:
    """How some nodes go together where no fact denies what is attested; None where this cannot be told exactly."""
    for by_counts in (True, False):
        plan = Plan(known, nodes, (), domains, by_counts=by_counts, attested=attested)
        with suppress(_BudgetSpentError):
            relation = _run(plan, budget, fewest=known.fewest).relations[0]
            return None if relation.enclosed else replace(relation, first_clause=None)
    return None


# --- running it --------------------------------------------------------------------------------------------------

#: a combination of the values still needed, each as its number in the table of its step
_States: TypeAlias = dict[tuple[int, ...], Trail]


class _Table:
    """The values that a step has come to, numbered, with the trail of the first time: numbers compare fast."""

    def __init__(self) -> None:
        self.values: list[Any] = [DEAD]  # the same number in every table
        self.seen: dict[Any, Trail] = {}
        self._numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        if value is DEAD:
            return 0
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]


def _run(plan: Plan, budget: int, *, fewest: bool, stages: list[Stage] | None = None) -> Swept:
    states: _States = {(): None}
    live: list[int] = []  # positions of the steps whose values a combination holds
    tables: list[_Table] = []
    found: dict[int, Possible] = {}
    inexact: set[int] = set()
    for p, step in enumerate(plan.steps):
        arguments = [plan.position[a] for a in step.arguments]
        if not step.exact or inexact.intersection(arguments):
            inexact.add(p)
        move = _move(plan, p, arguments, live)
        tables.append(_Table())
        told = step.named if p not in inexact else None  # what is held goes with what is stated: no witness names it
        ways = _Ways(step, told, tables[p], [tables[a].values for a in arguments])
        before = states
        states = _advance(states, ways, move, tables[p], fewest=fewest)
        if stages is not None:
            stages.append(Stage(step, tuple(before), ways, move, tables[p].values, p not in inexact))
        if len(states) > budget:
            raise _BudgetSpentError
        live = [q for q in live if plan.last_use[q] != p] + ([p] if move.holds else [])
        if step.node is not None and p not in plan.guarded:
            found[step.node] = _possible(step, tables[p].seen, exact=p not in inexact)
    return Swept(found, (_relation(plan, states, [tables[p] for p in live], live, inexact),))


_Picker: TypeAlias = Callable[[tuple[int, ...]], tuple[int, ...]]


@dataclass(frozen=True)
class _Move:
    """What a step takes from a combination, what stays of it, and what of that is forgotten where it comes to false."""

    arguments: _Picker
    stay: _Picker
    holds: bool  # whether the step's own value is needed later
    forgets: frozenset[int]


def _move(plan: Plan, p: int, arguments: list[int], live: list[int]) -> _Move:
    stay = [q for q in live if plan.last_use[q] != p]
    shut = plan.decides.get(p)
    guarded = (i for i, q in enumerate(stay) if shut is not None and shut in plan.guarded.get(q, frozenset()))
    return _Move(
        _picked([live.index(a) for a in arguments]),
        _picked([live.index(q) for q in stay]),
        plan.last_use[p] != p,
        frozenset(guarded),
    )


def _relation(plan: Plan, states: _States, tables: list[_Table], live: list[int], inexact: set[int]) -> Relation:
    nodes = tuple(n for p in live if (n := plan.steps[p].node) is not None)
    rows = {tuple([t.values[n] for t, n in zip(tables, state, strict=True)]): trail for state, trail in states.items()}
    sampled = {n: s for p in live if (n := plan.steps[p].node) is not None and (s := plan.steps[p].sampled)}
    asked_exactly = inexact.isdisjoint(plan.asked)
    enclosed = (n for p in live if (n := plan.steps[p].node) is not None and (p in inexact or not asked_exactly))
    return Relation(nodes, rows, frozenset(enclosed), plan.first_clause, sampled)


#: a value that a step can come to: its number, what a witness says of it, and whether it is false
_Way: TypeAlias = tuple[int, tuple[tuple[str, Value], ...], bool]


class _Ways(dict[tuple[int, ...], tuple[_Way, ...]]):
    """What a step can come to from numbered arguments; computed once for the same arguments."""

    def __init__(self, step: Step, named: Told | None, table: _Table, arguments: list[list[Any]]) -> None:
        self._step, self._named, self._table, self._arguments = step, named, table, arguments

    def __missing__(self, numbers: tuple[int, ...]) -> tuple[_Way, ...]:
        step, named, number = self._step, self._named, self._table.number
        taken = [values[n] for values, n in zip(self._arguments, numbers, strict=True)]
        values = (DEAD,) if 0 in numbers and not step.is_row else step.results(*taken)
        ways = tuple([(number(v), named(v) if named and v is not DEAD else (), v is False) for v in values])
        self[numbers] = ways
        return ways


@dataclass(frozen=True, eq=False)
class Stage:
    """One step of a sweep that was kept: the combinations before it, and what each of them leads to."""

    step: Step
    before: tuple[tuple[int, ...], ...]
    ways: Mapping[tuple[int, ...], tuple[_Way, ...]]
    move: _Move
    values: list[Any]  # of the step, by number
    exact: bool

    def back(self, ahead: Mapping[tuple[int, ...], int]) -> tuple[dict[tuple[int, ...], int], dict[Any, int]]:
        """From the marks of the combinations after the step those of the combinations before it, and of its values.

        Marks are bits; what leads to several combinations has the bits of all of them.
        """
        ways, arguments, stay = self.ways, self.move.arguments, self.move.stay
        holds, forgets = self.move.holds, self.move.forgets
        earlier: dict[tuple[int, ...], int] = {}
        under: dict[int, int] = {}
        for state in self.before:
            kept, marks = stay(state), 0
            for number, _, is_false in ways[arguments(state)]:
                rest = kept
                if is_false and forgets:
                    rest = tuple([0 if i in forgets else v for i, v in enumerate(kept)])
                mark = ahead[(*rest, number) if holds else rest]
                marks |= mark
                under[number] = under.get(number, 0) | mark
            earlier[state] = marks
        return earlier, {self.values[number]: marks for number, marks in under.items()}


@dataclass(frozen=True, eq=False)
class Run:
    """A sweep that was kept, so that it can be gone back through from the rows that it ended with."""

    plan: Plan
    stages: tuple[Stage, ...]
    swept: Swept

    @property
    def relation(self) -> Relation:
        """How its targets go together."""
        return self.swept.relations[0]

    def row(self, state: tuple[int, ...]) -> tuple[Value, ...]:
        """The values of the targets in a last combination, as the relation has them."""
        return tuple([self.stages[p].values[number] for p, number in zip(self._last, state, strict=True)])

    @cached_property
    def _last(self) -> tuple[int, ...]:
        """The steps whose values the last combinations hold."""
        return tuple(p for p, last in enumerate(self.plan.last_use) if last == len(self.stages))


def _picked(places: list[int]) -> _Picker:
    """Takes some places out of a combination."""
    if len(places) > 1:
        return itemgetter(*places)
    if places:
        place = places[0]
        return lambda state: (state[place],)
    return lambda _: ()


def _advance(
    states: _States, ways: Mapping[tuple[int, ...], tuple[_Way, ...]], move: _Move, table: _Table, *, fewest: bool
) -> _States:
    """All combinations after one step. Where a conjunction has just become false, what it guards is forgotten."""
    after: _States = {}
    seen: dict[int, Trail] = {}
    arguments, stay, holds, forgets = move.arguments, move.stay, move.holds, move.forgets
    for state, trail in states.items():
        kept = stay(state)
        for number, told, is_false in ways[arguments(state)]:
            now = _longer(trail, told) if told else trail
            rest = kept
            if is_false and forgets:
                rest = tuple([0 if i in forgets else v for i, v in enumerate(kept)])
            both = (*rest, number) if holds else rest
            if fewest:
                _replace_longer(after, both, now)
                _replace_longer(seen, number, now)
            seen.setdefault(number, now)
            after.setdefault(both, now)
    table.seen = {table.values[number]: trail for number, trail in seen.items()}
    return after


def _possible(step: Step, seen: dict[Any, Trail], *, exact: bool) -> Possible:
    """What a step's node can be. A number that was sampled can be any; a quotient, whatever its samples, has a pole."""
    if not step.sampled:
        return Possible(tuple(seen), exact, tuple(seen.values()))
    both = (ANY, Undefined("division-by-zero")) if step.sampled == QUOTIENT else ()
    values = dict.fromkeys(ANY if isinstance(v, Fraction | Between) else v for v in (*seen, *both))
    return Possible(tuple(values), False, (None,) * len(values))


def _longer(trail: Trail, chosen: tuple[tuple[str, Value], ...]) -> Trail:
    for address, value in chosen:
        trail = longer(trail, address, value)
    return trail


_Key = TypeVar("_Key")


def _replace_longer(found: dict[_Key, Trail], key: _Key, trail: Trail) -> None:
    """Of two ways to the same the one in which fewer clauses fail."""
    if key in found and failures(trail) < failures(found[key]):
        found[key] = trail


def _enclose(plan: Plan, targets: tuple[int, ...]) -> Swept:
    """Each step over all values of its arguments, as if they were independent: nothing reachable is left out."""
    sets: dict[int, tuple[Any, ...]] = {}
    at: dict[int, Step] = {}
    for step in plan.steps:
        values: dict[Any, None] = {}
        for arguments in product(*[sets[a] for a in step.arguments]):
            results = results_between(step.symbol, step.results, arguments)
            values.update(dict.fromkeys(r for r in results if not _is_never(r)))
        sets[step.slot] = tuple(values) if step.is_row and step.node is None else few(values)
        if step.node is not None:
            at[step.node] = step
    found = {n: _possible(s, dict.fromkeys(sets[s.slot]), exact=False) for n, s in at.items()}
    nodes = (t for t in targets if t in found)
    relations = (
        Relation((n,), {(v,): None for v in found[n].values}, frozenset((n,)), plan.first_clause) for n in nodes
    )
    return Swept({n: _as_read(possible) for n, possible in found.items()}, tuple(relations))


def _as_read(possible: Possible) -> Possible:
    """A set as others read it, with the ends of numbers that are not listed."""
    bounded = any(isinstance(v, Between) for v in possible.values) and ANY not in possible.values
    values = tuple(dict.fromkeys(spelled(possible.values)))
    return Possible(values, False, (None,) * len(values), bounded)


def _is_never(result: Any) -> bool:
    """Whether a result stands on what a gate that cannot be undecided would be if it were, which has no value."""
    return result is UNKNOWN or (isinstance(result, tuple) and len(result) == 2 and result[1] is UNKNOWN)
