"""What a change is, and what follows from some: the aim that a plan serves, and the one place that says it.

A clause keeps the verdict that it has today, *unsatisfied* where it has none: what is not shown does not count. What is
changed is as it is planned, and what stands on that is worked out again. Everything that looks for changes, and what
checks them, asks `Aim.values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from heapq import heappop, heappush
from typing import Any, TypeAlias

from guiju.compiler.ir import UNKNOWN, Cases, Clause, Fact, Literal, Undefined, Value, Verdict
from guiju.compiler.operators import Function
from guiju.engine.evaluate import Assessment, agreed
from guiju.engine.kleene import lifted
from guiju.engine.meaning import form_of
from guiju.engine.network import Item, Network, Node, chosen, standing_below, users_of
from guiju.engine.reasoning.planning.unstated import Open, in_every_case, is_taken, left_open, seen_from
from guiju.engine.verdicts import decide, facts_on

_TO_RENEW = ("expired", "unconfirmed")

#: address of a clause or a fact -> what it is to become
Changes: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, eq=False)
class Clusters:
    """What clauses can come to, found for one of several aims that differ in what these `inputs` are, by node."""

    inputs: frozenset[int]
    found: dict[object, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Terms:
    """What changes cost, which clauses and facts cannot change, and which need others first; by address."""

    costs: Mapping[str, Fraction] = field(default_factory=dict)
    default: Fraction = Fraction(1)
    pinned: frozenset[str] = frozenset()
    first: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def cost(self, address: str) -> Fraction:
        """What it costs to change one thing."""
        return self.costs.get(address, self.default)

    def total(self, changed: Iterable[str]) -> Fraction:
        """What it costs to change some things; to choose an input is no change."""
        return sum((self.cost(a) for a in changed if not a.startswith("input:")), Fraction(0))


@dataclass(frozen=True, eq=False)
class Aim:
    """Which changes lead from an assessment to one of the `wanted` values of an outcome?"""

    assessment: Assessment
    outcome: str
    wanted: frozenset[Value]
    shared: Clusters | None = field(default=None, repr=False)

    @cached_property
    def _plain(self) -> Network:
        """The nodes of the program, and last whether the outcome is wanted."""
        return _with_goal(self.assessment.network, self.assessment.values, self.outcome, self.wanted)

    @cached_property
    def _cases(self) -> tuple[Network, dict[int, tuple[int, ...]]]:
        values = self.assessment.values
        known = [*values, *(_known(node) for node in self._plain.nodes[len(values) :])]
        outcome, left_to_facts = self._plain.at[self.outcome], self._left_to_facts
        return in_every_case(self._plain, known, self.looking, outcome, left_to_facts)

    @property
    def _left_to_facts(self) -> frozenset[int]:
        """The clauses that nobody decides but facts, once these say it."""
        results = (r for r in self.assessment.clauses.values() if r.by in (None, "facts") and not r.is_left_open)
        silent = (r for r in results if r.verdict is not UNKNOWN or not isinstance(r.by_facts, Verdict))
        return frozenset(self._plain.at[f"clause:{r.clause}"] for r in silent)

    @property
    def network(self) -> Network:
        """The nodes of the program, and last the goal."""
        return self._cases[0]

    @property
    def goal(self) -> int:
        """The node that is true where the outcome is wanted, whatever facts that scores look at come to."""
        return len(self.network.nodes) - 1

    @property
    def looking(self) -> int:
        """The node that is true where the outcome is wanted, and that sees such facts and not the cases of them."""
        return len(self._plain.nodes) - 1

    @cached_property
    def today(self) -> list[Value]:
        """All values as they are, a clause that is not shown being unsatisfied."""
        return self._follow.all({})

    def values(self, changes: Changes) -> list[Value]:
        """All values with some changes."""
        return self._follow.all(changes)

    def after(self, values: Sequence[Value], changes: Changes, changed: Iterable[str]) -> list[Value]:
        """All values once some more of the changes are made: only what stands on these is looked at again."""
        again, follow, users = list(values), self._follow, users_of(self.network)
        waiting = sorted({self.network.at[address] for address in changed})
        met = set(waiting)
        while waiting:
            index = heappop(waiting)
            value = follow.value(self.network.nodes[index], again, changes)
            if value != again[index]:
                again[index] = value
                for user in users.get(index, ()):
                    if user not in met:
                        met.add(user)
                        heappush(waiting, user)
        return again

    def told(self, values: Sequence[Value], index: int) -> Value:
        """The value of a node, also where it is unknown but in all cases the same."""
        cases = self.in_cases(values, index)
        return next(iter(cases)) if len(cases) == 1 else values[index]

    def in_cases(self, values: Sequence[Value], index: int) -> frozenset[Value]:
        """What an unknown node is in the cases that are gone through; nothing of another, or where there are none."""
        return frozenset(values[i] for i in self._cases[1].get(index, ()) if values[index] is UNKNOWN)

    @property
    def not_priced(self) -> dict[str, str]:
        """The clauses that evidence renewed, or somebody's confirmation, might decide, and why: no change is either."""
        clauses = self.assessment.program.clause
        lapsed = (r for r in self.assessment.undecided if r.clause in clauses and r.reason in _TO_RENEW)
        return {f"clause:{r.clause}": str(r.reason) for r in lapsed}

    @property
    def lapsed(self) -> tuple[str, ...]:
        """Those of them that the goal stands on."""
        nodes, not_priced = self.network.nodes, self.not_priced
        return tuple(a for i in sorted(below(self, (self.goal,))) if (a := nodes[i].address) in not_priced)

    @property
    def left_to_people(self) -> tuple[str, ...]:
        """The clauses that facts leave open and nobody has spoken of: a verdict decides them, and is no change."""
        clauses, nodes = self.assessment.program.clause, self.network.nodes
        undecided = {f"clause:{r.clause}" for r in self.assessment.undecided if r.clause in clauses}
        open_ = undecided - self.not_priced.keys()
        asked = (nodes[i] for i in sorted(below(self, (self.goal,))) if nodes[i].address in open_)
        return tuple(n.address for n in asked if isinstance(n.subject, Clause) and not self.may_be_attested(n.subject))

    @cached_property
    def left_open(self) -> dict[str, Open]:
        """The facts that nobody states, that scores look at and whose cases the goal does not go through, and why."""
        return left_open(self.network, self.today, self.looking, seen_from(self.network.nodes, self.today, self.goal))

    @cached_property
    def _follow(self) -> _Follow:
        return _Follow(self)

    @cached_property
    def is_reached(self) -> bool:
        """Whether nothing has to change: as things are taken to be, or whatever they can still come to."""
        return self.today[self.goal] is True or self.is_settled

    @cached_property
    def is_settled(self) -> bool:
        """Whether the evaluator found nothing that the outcome can be and that is not wanted."""
        index = self.assessment.network.at[self.outcome]
        value, found = self.assessment.values[index], self.assessment.open.get(index)
        values = (value,) if found is None or value is not UNKNOWN else found.values
        return bool(values) and self.wanted.issuperset(values)

    def reaches(self, changes: Changes) -> bool:
        """Whether some changes lead to the goal."""
        return self.values(changes)[self.goal] is True

    def value_of(self, node: Node, values: Mapping[int, Value] | Sequence[Value], changes: Changes) -> Value:
        """One value with some changes, from those below it."""
        return self._follow.value(node, values, changes)

    def is_in_order(self, values: Mapping[int, Value] | Sequence[Value], changes: Changes, terms: Terms) -> bool:
        """Whether with some changes, which lead to these values, all that they need first is in place."""
        at = self.network.at
        needed = (address for later in changes for address in terms.first.get(later, ()))
        return all(address in at and is_in_place(values[at[address]]) for address in needed)

    def may_be_attested(self, clause: Clause) -> bool:
        """Whether people decide a clause where its facts leave that to them: today, or once these have changed."""
        return clause.condition is None or bool(self.assessment.clauses[clause.id].attestations)


class _Follow:
    """What follows from changes, node by node."""

    def __init__(self, aim: Aim) -> None:
        self._q, self._a = aim, aim.assessment

    def all(self, changes: Changes) -> list[Value]:
        values: dict[int, Value] = {}
        before = self._q.today if changes else None
        for node in self._q.network.nodes:
            values[node.index] = self._first(node, values) if before is None else self.value(node, values, changes)
        return list(values.values())

    def _first(self, node: Node, values: Mapping[int, Value]) -> Value:
        """A value where nothing changes."""
        if node.form is not None:
            return lifted(node, tuple([values[o] for o in node.operands]))
        if is_taken(node):
            return self.value(node, values, {})
        today = self._a.values[node.index] if node.index < len(self._a.values) else _literal(node)
        return Verdict.UNSATISFIED if isinstance(node.subject, Clause) and today is UNKNOWN else today

    def value(self, node: Node, values: Mapping[int, Value] | Sequence[Value], changes: Changes) -> Value:
        """A value with some changes, from those below it."""
        operands = tuple([values[o] for o in node.operands])
        if node.form is not None:
            return lifted(node, operands)
        if is_taken(node):
            return self._taken(node, operands)
        today = self._q.today
        moved = any(values[o] != today[o] for o in node.operands)
        if isinstance(node.subject, Clause):
            return self._clause(node, node.subject, operands, moved=moved, changed=node.address in changes)
        changed = node.address in changes
        if isinstance(node.subject, Fact) and node.operands and (moved or changed):
            return self._computed(node, node.subject, operands[0], changes)
        return changes[node.address] if changed else today[node.index]

    def _taken(self, node: Node, operands: Sequence[Value]) -> Value:
        """A fact or a clause as it is in one case: as it is else, unless that is left to the case."""
        value, of = operands[0], self._q.network.nodes[node.operands[0]].subject
        if not isinstance(of, Clause):
            return _literal(node) if value is UNKNOWN else value
        by_facts = facts_on(of, operands[1:]).verdict
        return by_facts if value is Verdict.UNSATISFIED and isinstance(by_facts, Verdict) else value

    def _computed(self, node: Node, fact: Fact, computed: Value, changes: Changes) -> Value:
        """A fact with a formula, as the evaluator has it: what is stated, or planned, must agree with the formula."""
        bound = self._a.bound
        if node.address in changes:
            return agreed(changes[node.address], computed, Fraction(0))
        return agreed(bound.facts.get(fact.id, UNKNOWN), computed, bound.rounded.get(fact.id, Fraction(0)))

    def _clause(self, node: Node, clause: Clause, operands: Sequence[Value], *, moved: bool, changed: bool) -> Value:
        """As it is changed itself, where facts leave that; else as changed facts decide it, or as people have it."""
        result, today, said = self._a.clauses[clause.id], self._q.today[node.index], facts_on(clause, operands)
        if changed and (result.by == "override" or Verdict.SATISFIED in said.leave):
            return Verdict.SATISFIED
        if not moved or result.by == "override":
            return today
        if isinstance(said.verdict, Verdict):
            return said.verdict
        by_people, _, _ = decide(said, result.attestations)
        return by_people if isinstance(by_people, Verdict) else Verdict.UNSATISFIED


def is_in_place(value: Value) -> bool:
    """Whether what needs something first may be changed: a clause that holds, a yes-no fact that is yes."""
    return value in (Verdict.SATISFIED, Verdict.NOT_APPLICABLE) or value is True


def _literal(node: Node) -> Value:
    assert isinstance(node.subject, Literal)
    return node.subject.value


def _known(node: Node) -> Value:
    return UNKNOWN if node.form is not None else _literal(node)


def wanted_from(assessment: Assessment, outcome: str, value: str) -> frozenset[Value]:
    """The values of a grade that are a level or above it; of a value that is no level just that. Empty: not a value."""
    network = assessment.network
    grade = chosen(network, network.node(outcome), assessment.values)
    if not isinstance(grade.subject, Cases):
        return frozenset()
    conditions = (*grade.operands[1:-1:2], grade.operands[-1])
    given = {assessment.values[o] for o in conditions}
    levels = [level.id for level in assessment.program.levels]
    above = levels[levels.index(value) :] if value in levels else [value]
    return frozenset(v for v in above if v in given) if value in given else frozenset()


def _with_goal(network: Network, values: Sequence[Value], outcome: str, wanted: frozenset[Value]) -> Network:
    """The network with one node more that says whether the outcome is wanted, and looks at no row below those."""
    grade = chosen(network, network.node(outcome), values)
    nodes = list(network.nodes)
    if isinstance(grade.subject, Cases) and not grade.subject.exclusive and grade.subject.undecided is None:
        grade = _down_to_wanted(grade, nodes, values, wanted)
    goal = Function("wanted", lambda _: None, lambda value: value in wanted)
    nodes.append(Node(len(nodes), "goal", Item(()), (grade.index,), goal, None, None))
    at = {**network.at, **{n.address: n.index for n in nodes[len(network.nodes) :]}}
    return Network(network.program, tuple(nodes), at, network.clause_position)


def _down_to_wanted(grade: Node, nodes: list[Node], values: Sequence[Value], wanted: frozenset[Value]) -> Node:
    """A grade without the rows below the last that is wanted: whatever they come to, it is not wanted."""
    cases = grade.subject
    assert isinstance(cases, Cases)
    last = max((i for i, o in enumerate(grade.operands[1:-1:2], 1) if values[o] in wanted), default=len(cases.rows))
    if values[grade.operands[-1]] in wanted:
        return grade
    other = Literal(value=Undefined("not-wanted"), span=cases.span)
    nodes.append(Node(len(nodes), "goal/otherwise", other, (), None, None, None))
    short = replace(cases, rows=cases.rows[:last], otherwise=other)
    operands = (*grade.operands[: 2 * last], len(nodes) - 1)
    nodes.append(Node(len(nodes), "goal/outcome", short, operands, form_of(short), None, None))
    return nodes[-1]


def below(aim: Aim, tops: Iterable[int]) -> set[int]:
    """All nodes at or below some, of choices the option that the reading takes."""
    return standing_below(aim.network.nodes, aim.today, tops)
