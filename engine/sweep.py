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
from functools import partial
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
from guiju.engine.parts import SoFar
from guiju.engine.plan import DEAD, QUOTIENT, Plan, Step, Told
from guiju.engine.possible import INNER, Attested, Known, Possible, Relation, Swept, Trail, Why, failures, longer
from guiju.engine.tallied import tallied

BUDGET = 20_000  # combinations of one sweep
MOST_MOVES = 50  # times the budget: combinations that all steps of a sweep go through together
STEP = 10  # moves that laying out one step costs


class _BudgetSpentError(Exception):
    """More combinations than the budget allows."""


def sweep(  # noqa: PLR0913 - all that a sweep takes
    known: Known,
    targets: tuple[int, ...],
    relations: tuple[Relation, ...] = (),
    budget: int = BUDGET,
    domains: Domains | None = None,
    *,
    was_kept: bool = True,
) -> Swept:
    """What the open nodes at or below the targets can be.

    `relations` stand in for what was swept before; `domains` may be shared by the sweeps over the same values. Each
    clause with facts of its own is swept first by itself, so that only its verdicts meet the others. Where `kept_runs`
    came to nothing (`was_kept` False), what it went through in vain is not gone through again.
    """
    domains = domains or Domains(known.network, known.values)
    found, apart = tallied(known, targets, relations, budget * MOST_MOVES)
    relations += apart
    is_in_vain = not was_kept and not apart
    if not is_in_vain and not _is_bounded(relations):
        with suppress(_BudgetSpentError):
            swept = _run(Plan(known, targets, relations, domains), budget, fewest=known.fewest)
            return replace(swept, found=found | swept.found)
    swept_before = [n for r in relations for n in r.nodes]
    for clause in sealed_clauses(known.network, known.values, targets, swept_before):
        alone = _in_order_of_text(known, (clause,), (), budget, domains)
        found |= alone.found
        relations += alone.relations
        is_in_vain &= not alone.is_enclosure  # else `kept_runs` went no further
    swept = (
        enclosed(known, targets, relations, domains)
        if is_in_vain
        else _in_order_of_text(known, targets, relations, budget, domains)
    )
    return replace(swept, found=found | swept.found)


def _in_order_of_text(
    known: Known, targets: tuple[int, ...], relations: tuple[Relation, ...], budget: int, domains: Domains
) -> Swept:
    """A sweep that does without parts; or else an enclosure."""
    plan = Plan(known, targets, relations, domains, by_counts=False)
    if not _is_bounded(relations):
        with suppress(_BudgetSpentError):
            return _run(plan, budget, fewest=known.fewest)
    return _enclose(plan, targets)


def kept_runs(  # noqa: PLR0913 - all that a sweep takes, and for whom it is kept
    known: Known,
    targets: tuple[int, ...],
    relations: tuple[Relation, ...],
    budget: int,
    domains: Domains,
    *,
    for_rows: bool = False,
) -> tuple[Run, ...]:
    """The same sweep with all that it came by, that of the targets last; () where it is no more than an enclosure.

    `for_rows`: rows that state clauses are led through it.
    """
    planned = partial(Plan, known, domains=domains, for_rows=for_rows)
    if _is_bounded(relations):
        return ()
    with suppress(_BudgetSpentError):
        return (_kept(planned(targets, relations), budget, fewest=known.fewest),)
    runs: tuple[Run, ...] = ()
    swept_before = [n for r in relations for n in r.nodes]
    with suppress(_BudgetSpentError):
        for clause in sealed_clauses(known.network, known.values, targets, swept_before):
            plan = planned((clause,), (), by_counts=False)
            runs += (_kept(plan, budget, fewest=known.fewest),)
            relations += runs[-1].swept.relations
        plan = planned(targets, relations, by_counts=False)
        return (*runs, _kept(plan, budget, fewest=known.fewest))
    return ()


def enclosed(known: Known, targets: tuple[int, ...], relations: tuple[Relation, ...], domains: Domains) -> Swept:
    """What the open nodes at or below the targets can be at most, in one pass over all of them."""
    return _enclose(Plan(known, targets, relations, domains, by_counts=False), targets)


def _is_bounded(relations: tuple[Relation, ...]) -> bool:
    """Whether of some nodes only the bounds are known."""
    return any(isinstance(v, Between) for r in relations for row in r.rows for v in row)


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
        self.seen: dict[int, Trail] = {}
        self._numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        if value is DEAD:
            return 0
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]


def _run(plan: Plan, budget: int, *, fewest: bool) -> Swept:
    run = _Run(plan, budget, fewest=fewest)
    states, live = run.steps(0, len(plan.steps), {(): None}, [])
    return Swept(run.found, (_relation(plan, states, run, live),), run.moves + STEP * len(plan.steps))


def _kept(plan: Plan, budget: int, *, fewest: bool) -> Run:
    run = _Run(plan, budget, fewest=fewest, stages=[])
    states, live = run.steps(0, len(plan.steps), {(): None}, [])
    swept = Swept(run.found, (_relation(plan, states, run, live),), run.moves + len(plan.steps))
    places = tuple((run.tables[p].values, live.index(p)) for p in plan.kept.values())
    return Run(plan, tuple(run.stages or ()), swept, places)


class _Run:
    """Takes the steps of a plan one after the other; a part first by itself, before it meets all other combinations."""

    def __init__(self, plan: Plan, budget: int, *, fewest: bool, stages: list[Stage | Join] | None = None) -> None:
        self._plan, self._budget, self._fewest = plan, budget, fewest
        self.stages = stages  # all that it goes through, where that is kept
        self.tables: list[_Table] = []
        self.found: dict[int, Possible] = {}
        self.inexact: dict[int, frozenset[Why]] = {}
        self.moves = 0

    def steps(self, start: int, stop: int, states: _States, live: list[int]) -> tuple[_States, list[int]]:
        """The combinations after some steps, and the positions of the steps whose values they hold."""
        p = start
        while p < stop:
            ends = self._plan.ends.get(p, ())
            if ends and live:
                before, self.stages = self.stages, None if self.stages is None else []
                alone, own = self.steps(p, ends[0], {(): None}, [])
                if before is not None:
                    before.append(Join(tuple(states), tuple(alone), tuple(self.stages or ())))
                self.stages = before
                states, live, p = self._joined(states, alone), live + own, ends[0]
            else:
                states, live, p = *self._step(p, states, live), p + 1
        return states, live

    def _joined(self, states: _States, alone: _States) -> _States:
        """Every combination with every one of a part."""
        self._spend(len(states) * len(alone))
        return {
            (*state, *own): trail if told is None else longer(trail, INNER, told)
            for state, trail in states.items()
            for own, told in alone.items()
        }

    def _spend(self, combinations: int) -> None:
        self.moves += combinations
        if combinations > self._budget or self.moves > self._budget * MOST_MOVES:
            raise _BudgetSpentError

    def _step(self, p: int, states: _States, live: list[int]) -> tuple[_States, list[int]]:
        plan, tables = self._plan, self.tables
        step = plan.steps[p]
        arguments = [plan.position[a] for a in step.arguments]
        if why := step.why.union(*(self.inexact.get(a, frozenset()) for a in arguments)):
            self.inexact[p] = why
        move = _move(plan, p, arguments, live)
        tables.append(_Table())
        told = (
            step.named if p not in self.inexact else None
        )  # what is held goes with what is stated: no witness names it
        ways = _Ways(step, told, tables[p], [tables[a].values for a in arguments])
        if self.stages is not None:
            exact = p not in self.inexact
            self.stages.append(Stage(step, plan.nodes_at[p], tuple(states), ways, move, tables[p].values, exact))
        states = _advance(states, ways, move, tables[p], fewest=self._fewest)
        self._spend(len(states))
        if plan.nodes_at[p] and p not in plan.guarded:
            table = tables[p]
            seen = {table.values[number]: trail for number, trail in table.seen.items()}
            possible = _possible(step, seen, self.inexact.get(p, frozenset()))
            self.found.update(dict.fromkeys(plan.nodes_at[p], possible))
        return states, [q for q in live if plan.last_use[q] != p] + ([p] if move.holds else [])


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


def _relation(plan: Plan, states: _States, run: _Run, live: list[int]) -> Relation:
    places = [live.index(p) for p in plan.kept.values()]
    values = [run.tables[p].values for p in plan.kept.values()]
    rows = {tuple([v[state[i]] for v, i in zip(values, places, strict=True)]): t for state, t in states.items()}
    sampled = {i: s for i, p in plan.kept.items() if (s := plan.steps[p].sampled)}
    asked = frozenset[Why]().union(*(run.inexact.get(p, frozenset()) for p in plan.asked))
    why = {i: w for i, p in plan.kept.items() if (w := asked | run.inexact.get(p, frozenset()))}
    reasons = frozenset[Why]().union(*why.values())
    return Relation(tuple(plan.kept), rows, frozenset(why), plan.first_clause, sampled, reasons)


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
        ways = tuple([(number(v), named(v) if named and v is not DEAD else (), _is_false(v)) for v in values])
        self[numbers] = ways
        return ways


@dataclass(frozen=True, eq=False)
class Stage:
    """One step of a sweep that was kept: the combinations before it, and what each of them leads to."""

    step: Step
    nodes: tuple[int, ...]
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
class Join:
    """Where a part that was swept by itself meets the rest: the combinations of both, and the steps of the part."""

    before: tuple[tuple[int, ...], ...]
    alone: tuple[tuple[int, ...], ...]
    stages: tuple[Stage | Join, ...]

    def back(
        self, ahead: Mapping[tuple[int, ...], int]
    ) -> tuple[dict[tuple[int, ...], int], dict[tuple[int, ...], int]]:
        """From the marks of the combinations of both those of the rest, and those of the part."""
        earlier, own = dict.fromkeys(self.before, 0), dict.fromkeys(self.alone, 0)
        for state in self.before:
            for part in self.alone:
                marks = ahead[*state, *part]
                earlier[state] |= marks
                own[part] |= marks
        return earlier, own


@dataclass(frozen=True, eq=False)
class Run:
    """A sweep that was kept, so that it can be gone back through from the rows that it ended with."""

    plan: Plan
    stages: tuple[Stage | Join, ...]
    swept: Swept
    _places: tuple[tuple[list[Any], int], ...]  # of each target its values by number, and where its number stands

    @property
    def relation(self) -> Relation:
        """How its targets go together."""
        return self.swept.relations[0]

    def row(self, state: tuple[int, ...]) -> tuple[Value, ...]:
        """The values of the targets in a last combination, as the relation has them."""
        return tuple([values[state[i]] for values, i in self._places])


def _is_false(value: Any) -> bool:
    """Whether a conjunction with such a value, or one that has come so far, is false."""
    return value is False or (isinstance(value, SoFar) and value.value is False)


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
    table.seen = seen
    return after


def _possible(step: Step, seen: dict[Any, Trail], why: frozenset[Why]) -> Possible:
    """What a step's node can be. A number that was sampled can be any; a quotient, whatever its samples, has a pole."""
    if not step.sampled:
        return Possible(tuple(seen), not why, tuple(seen.values()), why=why)
    both = (ANY, Undefined("division-by-zero")) if step.sampled == QUOTIENT else ()
    values = dict.fromkeys(ANY if isinstance(v, Fraction | Between) else v for v in (*seen, *both))
    return Possible(tuple(values), False, (None,) * len(values), why=why | {Why.ANY_NUMBER})


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
    for step, nodes in zip(plan.steps, plan.nodes_at, strict=True):
        values: dict[Any, None] = {}
        for arguments in product(*[sets[a] for a in step.arguments]):
            results = results_between(step.symbol, step.results, arguments)
            values.update(dict.fromkeys(r for r in results if not _is_never(r)))
        sets[step.slot] = tuple(values) if step.is_row and step.node is None else few(values)
        at |= dict.fromkeys(nodes, step)
    whys: dict[int, frozenset[Why]] = {}
    for step in plan.steps:
        whys[step.slot] = step.why.union({Why.COMBINATIONS}, *(whys[a] for a in step.arguments))
    found = {n: _possible(s, dict.fromkeys(sets[s.slot]), whys[s.slot]) for n, s in at.items()}
    kept = [t for t in targets if t in found]
    relations = (
        Relation((n,), dict.fromkeys((v,) for v in p.values), frozenset((n,)), plan.first_clause, why=p.why)
        for n, p in ((n, found[n]) for n in kept)
    )
    read = {n: _as_read(possible) for n, possible in found.items()}
    return Swept(read, tuple(relations), STEP * len(plan.steps), is_enclosure=True)


def _as_read(possible: Possible) -> Possible:
    """A set as others read it, with the ends of numbers that are not listed."""
    bounded = any(isinstance(v, Between) for v in possible.values) and ANY not in possible.values
    values = tuple(dict.fromkeys(spelled(possible.values)))
    return Possible(values, False, (None,) * len(values), bounded, possible.why)


def _is_never(result: Any) -> bool:
    """Whether a result stands on what a gate that cannot be undecided would be if it were, which has no value."""
    return result is UNKNOWN or (isinstance(result, tuple) and len(result) == 2 and result[1] is UNKNOWN)
