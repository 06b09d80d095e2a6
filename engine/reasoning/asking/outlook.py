"""What outcomes can be under each value of each open node, for all of them at once: a sweep, and then back through it.

Forwards a sweep keeps every combination that can come about; backwards each combination is told which values of an
outcome it can lead to, a bit for each. What a step comes to, seen together with what lies ahead of it, gives the
outcomes under that value. So two passes answer what would else take a sweep for each answer to each question (as the
forward–backward algorithm does for likelihoods, here with sets).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial, reduce
from operator import or_
from typing import Any, TypeAlias

from guiju.compiler.ir import UNKNOWN, Program, Value
from guiju.engine.domains import Domains
from guiju.engine.network import open_below
from guiju.engine.plan import DEAD
from guiju.engine.possible import Known, Possible, Relation, Swept, Why
from guiju.engine.reachable import NOTHING, Memory, bound_by_attestations, input_cases, module_sweeps, with_sole
from guiju.engine.sweep import BUDGET, MOST_MOVES, Join, Run, Stage, enclosed, kept_runs, sweep
from guiju.engine.tallied import Counted, counted_apart
from guiju.engine.thresholds import Split, split_at

FIRST = 10  # what part of the budget a sweep takes before comparisons are asked

#: the values of an outcome as bits
_Bits: TypeAlias = int

#: what each outcome can be, in their order
Left: TypeAlias = tuple[frozenset[Value], ...]

#: the sweeps of modules that were kept, by all that they depend on
Runs: TypeAlias = dict[tuple[object, ...], tuple[Run, ...]]


#: what the steps of a run came to, the last one first, each value with what it leads to
_Back: TypeAlias = tuple[tuple[Stage, Mapping[Value, _Bits]], ...]


class Looking:
    """What is remembered from one outlook to the next, where little has changed: of one program, under any evidence."""

    def __init__(self, program: Program) -> None:
        self.memory: Memory = {}
        self.bits = _Numbered(len(program.outcomes))
        self._runs: Runs = {}
        self._used: Runs = {}
        self._back: dict[tuple[Run, tuple[_Bits, ...]], _Back] = {}

    def runs(self, key: tuple[object, ...], make: Callable[[], tuple[Run, ...]]) -> tuple[Run, ...]:
        """The runs of a module, remembered by all that they depend on."""
        if key not in self._used:
            self._used[key] = self._runs[key] if key in self._runs else make()
        return self._used[key]

    def back_through(self, run: Run, ends: Mapping[tuple[Value, ...], _Bits]) -> _Back:
        """Go back through a run from what its rows lead to; remembered of the runs of modules."""
        key = (run, tuple([ends.get(row, 0) for row in run.relation.rows]))
        if key in self._back:
            return self._back[key]
        back = tuple(_back_through(run, ends))
        if any(run in runs for runs in self._used.values()):
            self._back[key] = back
        return back

    def forget(self) -> None:
        """Keep only what the last outlook made use of: runs take much room."""
        self._runs, self._used = self._used, {}
        kept = {run for runs in self._runs.values() for run in runs}
        self._back = {key: back for key, back in self._back.items() if key[0] in kept}


def _back_through(run: Run, ends: Mapping[tuple[Value, ...], _Bits]) -> Iterator[tuple[Stage, Mapping[Value, _Bits]]]:
    return _back(run.stages, _LastRows(run, ends))


def _back(
    stages: tuple[Stage | Join, ...], ahead: dict[tuple[int, ...], _Bits]
) -> Iterator[tuple[Stage, Mapping[Value, _Bits]]]:
    """The steps, the last one first; a part that met the rest is gone back through from where they met."""
    for stage in reversed(stages):
        if isinstance(stage, Join):
            ahead, own = stage.back(ahead)
            yield from _back(stage.stages, own)
        else:
            ahead, under = stage.back(ahead)
            yield stage, under


@dataclass(frozen=True, eq=False)
class Outlook:
    """What every outcome can be, and what it can be under each value of the open nodes that were swept.

    `open` says the same of each node as `Assessment.open`, without witnesses. Of `enclosed` nodes no more than an
    enclosure is known, so what is told under their values is one, too.
    """

    outcomes: Mapping[str, Possible]
    open: Mapping[int, Possible]
    enclosed: frozenset[int]
    _under: Mapping[int, Mapping[Value, _Bits]]
    _bits: _Numbered

    def under(self, index: int) -> dict[Value, Left] | None:
        """The values of a node, each with what the outcomes can be then; None of one that was not swept."""
        under = self._under.get(index)
        return None if under is None else {value: self._bits.told(marks) for value, marks in under.items()}

    @property
    def is_settled(self) -> bool:
        """Whether no completion can change an outcome any more."""
        return all(p.exact and len(p.values) == 1 for p in self.outcomes.values())


def look(known: Known, looking: Looking, budget: int = BUDGET) -> Outlook:
    """The outlook on what is known."""
    network = known.network
    targets = tuple(network.at[o] for o in network.program.outcomes)
    bits = looking.bits
    cases = []
    for chosen, values in input_cases(known, targets):
        case = _Case(replace(known, values=values), targets, bits, looking, budget)
        if case.is_possible:
            cases.append((chosen, case))
    looking.forget()
    open_ = _merged_open([case for _, case in cases])
    outcomes = {o: open_.get(t, NOTHING) for o, t in zip(network.program.outcomes, targets, strict=True)}
    enclosed = frozenset[int]().union(*(case.enclosed for _, case in cases))
    return Outlook(with_sole(known, outcomes), open_, enclosed, _merged_under(cases), bits)


class _Numbered:
    """Numbers the values of outcomes: each pair of an outcome and a value has its bit."""

    def __init__(self, outcomes: int) -> None:
        self._outcomes = outcomes
        self._bit: dict[tuple[int, Value], int] = {}
        self._told: dict[_Bits, Left] = {}

    def of(self, outcome: int, value: Value) -> _Bits:
        """The bit of one value of one outcome."""
        return 1 << self._bit.setdefault((outcome, value), len(self._bit))

    def told(self, marks: _Bits) -> Left:
        """The same as sets of values, one for each outcome."""
        if marks not in self._told:
            sets = [set[Value]() for _ in range(self._outcomes)]
            for (outcome, value), bit in self._bit.items():
                if marks >> bit & 1:
                    sets[outcome].add(value)
            self._told[marks] = tuple(map(frozenset, sets))
        return self._told[marks]


class _Case:
    """One case of the open inputs: swept forwards, then gone back through."""

    def __init__(self, known: Known, targets: tuple[int, ...], bits: _Numbered, looking: Looking, budget: int) -> None:
        self.targets, self._bits, self._looking, self._budget = targets, bits, looking, budget
        self.values: Sequence[Value] = known.values
        self.found: dict[int, Possible] = {}
        self.under: dict[int, dict[Value, _Bits]] = {}
        self.enclosed: set[int] = set()
        self._counted: tuple[Counted, ...] = ()  # what stands behind counts alone, and is not swept clause by clause
        self._runs: list[Run] = []  # a run that another one takes rows from stands before it
        self._ends: dict[int, dict[tuple[Value, ...], _Bits]] = {}  # what the rows of a run's relation lead to
        bound = bound_by_attestations(known, targets, looking.memory, budget)
        self.is_possible = bound is not None
        if bound is not None:
            self._forwards(*bound)
            self._backwards()
            self._runs, self._ends = [], {}  # which take much room, and are not asked any more

    def of(self, index: int) -> Possible:
        """What a node can be in this case."""
        value = self.values[index]
        return self.found[index] if value is UNKNOWN else Possible((value,), True, (None,))

    @cached_property
    def full(self) -> _Bits:
        """All that the outcomes can be."""
        return sum(self._of_outcome)

    @cached_property
    def _of_outcome(self) -> list[_Bits]:
        return [sum(self._bits.of(o, v) for v in self.of(t).values) for o, t in enumerate(self.targets)]

    def _forwards(self, known: Known, tied: tuple[Relation, ...], domains: Domains) -> None:
        relations = list(tied)
        open_ = tuple(t for t in self.targets if known.values[t] is UNKNOWN)
        self._counted = _all_counted(known, open_, tied, self._budget)
        if self._counted:
            relations += (one.relation for one in self._counted)
            self.found.update((i, p) for one in self._counted for i, p in one.found.items())
            known_modules: Iterable[Any] = ()
        else:
            known_modules = module_sweeps(known, self.targets, domains, tied) if open_ else ()
        for module, given, key in known_modules:
            sweeping = partial(kept_runs, known, module.interface, given, self._budget, domains)
            runs = self._looking.runs(key, sweeping)
            relations += self._keep(runs) or self._enclose(known, module.interface, given, domains)
        for target in open_:
            if not any(target in run.relation.nodes for run in self._runs):
                self._tell(known, target, tuple(relations), domains)
            self._end_at(self.targets.index(target), target)

    def _keep(self, runs: tuple[Run, ...]) -> tuple[Relation, ...]:
        self._runs += runs
        for run in runs:
            self._add(run.swept)
        return runs[-1].swept.relations if runs else ()

    def _add(self, swept: Swept) -> None:
        for index, possible in swept.found.items():
            self.found.setdefault(index, possible)

    def _enclose(
        self, known: Known, targets: tuple[int, ...], relations: tuple[Relation, ...], domains: Domains
    ) -> tuple[Relation, ...]:
        swept = sweep(known, targets, relations, self._budget, domains, was_kept=False)
        self._add(swept)
        return swept.relations

    def _tell(self, known: Known, target: int, relations: tuple[Relation, ...], domains: Domains) -> None:
        """What an outcome can be: by comparisons where these tell it and a little sweeping does not."""
        split = split_at(known, target, relations, self._budget // FIRST)
        if split is not None and self._keep(kept_runs(known, (target,), relations, self._budget // FIRST, domains)):
            return
        if split is not None and split.possible.exact and split.under is not None:
            self._add(enclosed(known, (target,), relations, domains))
            self._end_split(target, split)
        elif not self._keep(kept_runs(known, (target,), relations, self._budget, domains)):
            self._enclose(known, (target,), relations, domains)
            if (split := split_at(known, target, relations, self._budget)) is not None:
                self._end_split(target, split)

    def _end_split(self, target: int, split: Split) -> None:
        """An outcome that looks at sums of parts that are compared is found case by case, and so are its ends."""
        self.found[target] = split.possible
        for part, under in zip(split.parts, split.under or (), strict=False):
            number = self.targets.index(target)
            marks = {row: sum(self._bits.of(number, v) for v in values) for row, values in under.items()}
            self._hand_on(part.relation, part.nodes, marks)

    def _end_at(self, number: int, target: int) -> None:
        """The rows in which an outcome stands itself lead to the value that it has there."""
        for run in self._runs:
            if target in run.relation.nodes:
                place, ends = run.relation.nodes.index(target), self._ends.setdefault(id(run.relation), {})
                for row in run.relation.rows:
                    ends[row] = ends.get(row, 0) | self._bits.of(number, row[place])

    def _backwards(self) -> None:
        relations = (*(run.relation for run in self._runs), *(one.relation for one in self._counted))
        kept = {id(relation): relation for relation in relations}
        for run in reversed(self._runs):
            for stage, under in self._looking.back_through(run, self._ends.get(id(run.relation), {})):
                taken = run.plan.taken_from.get(stage.step.slot)
                if taken is not None and id(taken[0]) in kept:
                    alone = stage.step.node is not None  # then the step holds values and no rows
                    self._hand_on(*taken, {(v,): marks for v, marks in under.items()} if alone else under)
                elif not self._is_read_off(run, stage, kept):
                    for node in stage.nodes:
                        _note(self.under.setdefault(node, {}), under)
                    self.enclosed.update(() if stage.exact else stage.nodes)
        for one in self._counted:
            self._under_counts(one)
        for under in self.under.values():
            seen = reduce(or_, under.values(), 0)
            beside = sum(
                mask for mask in self._of_outcome if not mask & seen
            )  # of outcomes that do not look at the node
            under.update({value: mask | beside for value, mask in under.items()})

    def _under_counts(self, counted: Counted) -> None:
        """What the verdicts of clauses lead to that counts alone look at: whatever the rows that are left do."""
        ends = self._ends.get(id(counted.relation), {})
        for clauses, verdict, rows in counted.under():
            marks = reduce(or_, (ends.get(row, 0) for row in rows), 0)
            for clause in clauses:
                _note(self.under.setdefault(clause, {}), {verdict: marks})

    def _hand_on(self, source: Relation, nodes: tuple[int, ...], under: Mapping[Any, _Bits]) -> None:
        """What the rows of a relation lead to, which another run saw on some of its nodes."""
        ends = self._ends.setdefault(id(source), {})
        where = [source.nodes.index(n) for n in nodes]
        for row in source.rows:
            ends[row] = ends.get(row, 0) | under.get(tuple([row[i] for i in where]), 0)

    def _is_read_off(self, run: Run, stage: Stage, kept: Mapping[int, Relation]) -> bool:
        """Whether a step only passes on what a run before it came to, which tells more of it."""
        taken = (run.plan.taken_from.get(a, (None, ()))[0] for a in stage.step.arguments)
        return any(source is not None and id(source) in kept for source in taken)


def _all_counted(
    known: Known, targets: tuple[int, ...], tied: tuple[Relation, ...], budget: int
) -> tuple[Counted, ...]:
    """The comparisons of counts below some targets, if nothing else is open there, as of a list of requirements."""
    counted = counted_apart(known, targets, tied, budget * MOST_MOVES) if not tied else ()
    before = {node for one in counted for node in one.relation.nodes}
    nodes = (known.network.nodes[i] for i in open_below(known.network, known.values, targets, before) - before)
    return counted if all(node.form is not None or node.operands for node in nodes) else ()


class _LastRows(dict[tuple[int, ...], _Bits]):
    """What the last combinations of a run lead to, looked up by the rows that they are."""

    def __init__(self, run: Run, ends: Mapping[tuple[Value, ...], _Bits]) -> None:
        self._run, self._ends = run, ends

    def __missing__(self, state: tuple[int, ...]) -> _Bits:
        self[state] = self._ends.get(self._run.row(state), 0)
        return self[state]


def _note(noted: dict[Value, _Bits], under: Mapping[Any, _Bits]) -> None:
    """Add what the values of a node lead to; what nothing looks at any more may be any of them."""
    for value in (v for v in under if v is not DEAD):
        noted[value] = noted.get(value, 0) | under[value]
    for value in noted if DEAD in under else ():
        noted[value] |= under[DEAD]


# --- the cases of the open inputs, together --------------------------------------------------------------------------


def _merged_open(cases: list[_Case]) -> dict[int, Possible]:
    """What each node can be in any of the cases; without what a case did not pass by."""
    passed = set[int]().union(*(case.found for case in cases))
    merged = {}
    for index in passed | set(cases[0].targets if cases else ()):
        if all(index in case.found or case.values[index] is not UNKNOWN for case in cases):
            sets = [case.of(index) for case in cases]
            values = tuple(dict.fromkeys(v for p in sets for v in p.values))
            why = frozenset[Why]().union(*(p.why for p in sets))
            merged[index] = Possible(values, all(p.exact for p in sets), (None,) * len(values), why=why)
    return merged


def _merged_under(cases: Sequence[tuple[Mapping[int, Value], _Case]]) -> dict[int, dict[Value, _Bits]]:
    """What the values of each node lead to in any case: where a case does not look at it, to all that there is."""
    merged: dict[int, dict[Value, _Bits]] = {}
    for chosen, case in cases:
        for index, option in chosen.items():
            _add(merged.setdefault(index, {}), option, case.full)
    for index in set[int]().union(*(case.under for _, case in cases)):
        answers = list(dict.fromkeys(answer for _, case in cases for answer in case.under.get(index, ())))
        for _, case in cases:
            decided = case.values[index]
            here = case.under.get(index) or dict.fromkeys(answers if decided is UNKNOWN else (decided,), case.full)
            for answer, mask in here.items():
                _add(merged.setdefault(index, {}), answer, mask)
    return merged


def _add(masks: dict[Value, _Bits], value: Value, mask: _Bits) -> None:
    masks[value] = masks.get(value, 0) | mask
