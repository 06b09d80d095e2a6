"""Program + Evidence -> Assessment: the reference. What this module says is what the standard means.

1. `settle` goes once through the network: facts as stated, each clause decided by whom it may be decided by, and
   everything above it in Kleene's logic, so far as what is known decides it.
2. `sweep` finds, for what is left open, exactly which values it can still take over all completions.

There is nothing else: a fast path is right when it agrees with this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TypeAlias

from guiju.compiler.ir import (
    UNKNOWN,
    Clause,
    Definition,
    Fact,
    Input,
    Literal,
    Program,
    Reading,
    Undefined,
    Value,
)
from guiju.engine.bind import Bound
from guiju.engine.domains import Domains
from guiju.engine.kleene import lifted
from guiju.engine.modules import Module, modules_of
from guiju.engine.network import Network, live_operands, network_of, open_below
from guiju.engine.sweep import BUDGET, Possible, Relation, Standing, Swept, Trail, sweep
from guiju.engine.verdicts import ClauseResult, contested_verdicts, decide, facts_verdict, is_beyond_facts


@dataclass(frozen=True, eq=False)
class Assessment:
    """The result: a value for every node, what open nodes can still become, and how each clause was decided.

    `readings` are the options under which it was made, by reading.
    """

    program: Program
    bound: Bound
    readings: Mapping[str, str]
    values: tuple[Value, ...] = field(repr=False)
    clauses: Mapping[str, ClauseResult] = field(repr=False)
    open: Mapping[int, Possible] = field(repr=False)

    @property
    def network(self) -> Network:
        """The nodes that `values` belong to."""
        return network_of(self.program)

    def value(self, address: str) -> Value:
        """The value at an address; UNKNOWN where it is not decided."""
        index = self.network.at[address]
        possible = self.open.get(index)
        if possible and len(possible.values) == 1 and possible.exact:
            return possible.values[0]
        return self.values[index]

    def possible(self, address: str) -> Possible:
        """Every value that the node can take; one if it is decided."""
        index = self.network.at[address]
        value = self.values[index]
        if value is not UNKNOWN:
            return Possible((value,), True, (None,))
        return self.open[index]

    def is_settled(self, address: str) -> bool:
        """Whether no completion can change the value any more."""
        possible = self.possible(address)
        return possible.exact and len(possible.values) == 1

    @cached_property
    def undecided(self) -> tuple[ClauseResult, ...]:
        """The clauses without a verdict, in the order of the text."""
        return tuple(r for r in self.clauses.values() if r.verdict is UNKNOWN)


def evaluate(bound: Bound, readings: Mapping[str, str] | None = None, budget: int = BUDGET) -> Assessment:
    """Assess bound evidence under some readings; those not named take their default. Never raises."""
    program = bound.program
    chosen = {r.id: r.default for r in program.readings} | dict(readings or {})
    values, clauses = settle(network_of(program), bound, chosen)
    standing = standing_of(network_of(program), values, bound, clauses)
    open_ = _reachable(program, values, standing, budget)
    return Assessment(program, bound, chosen, tuple(values), clauses, open_)


# --- what is known decides ---------------------------------------------------------------------------------------


def settle(network: Network, bound: Bound, readings: Mapping[str, str]) -> tuple[list[Value], dict[str, ClauseResult]]:
    """Every node's value so far as it is decided, and every clause's result."""
    values: list[Value] = []
    results: dict[str, ClauseResult] = {}
    for node in network.nodes:
        operands = tuple([values[i] for i in node.operands])
        match node.subject:
            case Literal():
                value = node.subject.value
            case Clause():
                result = _clause(network, values, bound, node.subject, operands)
                results[node.subject.id] = result
                value = result.verdict
            case Fact():
                value = _fact(bound, node.subject, operands)
            case Input():
                value = bound.inputs.get(node.subject.id, UNKNOWN)
            case Reading():
                value = readings.get(node.subject.id, UNKNOWN)
            case _:
                value = lifted(node, operands)
        values.append(value)
    return values, results


def relift(network: Network, values: Sequence[Value], known: Mapping[int, Value]) -> list[Value]:
    """The values once some open nodes are known: everything above them is lifted again."""
    again = list(values)
    for node in network.nodes:
        if node.index in known:
            again[node.index] = known[node.index]
        elif again[node.index] is UNKNOWN and node.form is not None:
            operands = tuple([again[i] for i in node.operands])
            again[node.index] = lifted(node, operands)
    return again


def _fact(bound: Bound, fact: Fact, formula: tuple[Value, ...]) -> Value:
    """A fact as stated, or else by its formula; the two must not differ where both are known."""
    stated = bound.facts.get(fact.id)
    if not formula:
        return UNKNOWN if stated is None else stated
    computed = formula[0]
    if stated is None:
        return computed
    agree = computed is UNKNOWN or isinstance(computed, Undefined) or computed == stated
    return stated if agree else Undefined("conflicting")


def _clause(
    network: Network, values: list[Value], bound: Bound, clause: Clause, operands: tuple[Value, ...]
) -> ClauseResult:
    applies = operands[0] if clause.applies is not None else True
    condition = operands[-1] if clause.condition is not None else UNKNOWN
    by_facts = facts_verdict(applies, condition)
    attestations = bound.attestations.get(clause.id, ())
    verdict, by, reason = decide(by_facts, attestations)
    facts = _facts_below(network, network.at.get(f"clause:{clause.id}", len(values)), values)
    missing: tuple[str, ...] = ()
    if verdict is UNKNOWN and reason == "missing":
        missing = _missing(clause, facts, bound, applies)
        if any(m in bound.expired for m in (*missing, clause.id)):
            reason = "expired"
    stated = [bound.stated[f].evidence for f in facts if f in bound.facts] + [a.evidence for a in attestations]
    evidence = tuple(dict.fromkeys(e for ids in stated for e in ids))
    detail = by_facts.reason if isinstance(by_facts, Undefined) else _why_not_applicable(attestations)
    known = UNKNOWN if isinstance(by_facts, Undefined) else by_facts
    return ClauseResult(clause.id, verdict, by, reason, detail, missing, known, attestations, evidence)


def _facts_below(network: Network, index: int, values: list[Value]) -> tuple[str, ...]:
    """The facts that a clause stands on, through formulas and lets; the option of a settled reading only."""
    found: dict[str, None] = {}
    stack = list(network.nodes[index].operands)
    while stack:
        node = network.nodes[stack.pop()]
        if isinstance(node.subject, Fact):
            found[node.subject.id] = None
        stack.extend(live_operands(node, values))
    return tuple(found)


def _missing(clause: Clause, facts: tuple[str, ...], bound: Bound, applies: Value) -> tuple[str, ...]:
    open_ = tuple(f for f in facts if f not in bound.facts and bound.program.fact[f].formula is None)
    if clause.condition is None and applies is not UNKNOWN:
        return ("attestation",)
    return (*open_, "attestation") if clause.condition is None else open_ or ("attestation",)


def _why_not_applicable(attestations: tuple[object, ...]) -> str:
    reasons = [getattr(a, "reason", None) for a in attestations if getattr(a, "verdict", "") == "not-applicable"]
    return next((r for r in reasons if r), "")


# --- what is open ------------------------------------------------------------------------------------------------


def standing_of(
    network: Network, values: Sequence[Value], bound: Bound, clauses: Mapping[str, ClauseResult]
) -> Standing:
    """Which clauses are contested, and which open nodes lie below what is stated."""
    contested = {
        network.at[f"clause:{id_}"]: verdicts
        for id_, result in clauses.items()
        if (verdicts := contested_verdicts(result, may_not_apply=bound.program.clause[id_].applies is not None))
    }
    spoken = [network.at[f"clause:{c}"] for c, r in clauses.items() if r.by in ("assessor", "vendor")]
    stated = [network.at[address] for f in bound.facts if (address := f"fact:{f}") in network.at]
    below = (o for top in (*spoken, *stated) for o in live_operands(network.nodes[top], values))
    beyond_facts = frozenset(i for i in contested if is_beyond_facts(clauses[network.nodes[i].subject.id]))  # type: ignore[union-attr]
    return Standing(contested, beyond_facts, frozenset(open_below(network, values, below)))


def _reachable(program: Program, values: list[Value], standing: Standing, budget: int) -> dict[int, Possible]:
    """Exact sets for every open definition: each module once, then what stands above the modules."""
    network = network_of(program)
    targets = tuple(network.at[d.id] for d in _in_order_of_interest(program))
    return _sweep_cases(network, values, targets, standing, budget, {})


#: what was swept of a module, by everything that its sweep depends on; shared between assessments of like evidence
Memory: TypeAlias = dict[tuple[object, ...], Swept]


def _remembered(network: Network, values: list[Value], module: Module, standing: Standing) -> tuple[object, ...]:
    """Everything that the sweep of a module depends on."""
    inner = sorted(module.inner)
    known = tuple(
        tuple([values[o] for o in live_operands(network.nodes[i], values) if values[o] is not UNKNOWN]) for i in inner
    )
    contested = tuple((i, standing.contested[i]) for i in inner if i in standing.contested)
    standing_here = (contested, standing.beyond_facts & module.inner, standing.held & module.inner)
    return (tuple(inner), module.interface, known, *standing_here)


def _sweep_cases(
    network: Network,
    values: list[Value],
    targets: tuple[int, ...],
    standing: Standing,
    budget: int,
    memory: Memory,
) -> dict[int, Possible]:
    """A sweep for each value of the open inputs: an input is what everything shares, so this is the case split."""
    below = open_below(network, values, targets)
    inputs = [n for n in network.nodes if isinstance(n.subject, Input) and n.index in below]
    if not inputs:
        return _sweep_all(network, values, targets, standing, budget, memory)
    domains = Domains(network, values)
    cases = []
    for options in product(*(domains.of(n) for n in inputs)):
        chosen = {n.index: option for n, option in zip(inputs, options, strict=True)}
        case = relift(network, values, chosen)
        cases.append((chosen, case, _sweep_all(network, case, targets, standing, budget, memory)))
    merged = ((i, _merged(network, i, cases)) for i in sorted(below))
    return {i: possible for i, possible in merged if possible is not None}


def _merged(
    network: Network, index: int, cases: list[tuple[dict[int, Value], list[Value], dict[int, Possible]]]
) -> Possible | None:
    """What a node can be in any of the cases; None if a case did not pass by it."""
    trails: dict[Value, Trail] = {}
    exact = True
    for chosen, case, found in cases:
        if case[index] is not UNKNOWN:
            possible = Possible((case[index],), True, (None,))
        elif index in found:
            possible = found[index]
        else:
            return None
        exact = exact and possible.exact
        for value, trail in zip(possible.values, possible.trails, strict=True):
            longer = trail
            for input_, option in chosen.items():
                longer = (network.nodes[input_].address, option, longer)
            trails.setdefault(value, longer)
    return Possible(tuple(trails), exact, tuple(trails.values()))


def _sweep_all(
    network: Network,
    values: list[Value],
    targets: tuple[int, ...],
    standing: Standing,
    budget: int,
    memory: Memory,
) -> dict[int, Possible]:
    found: dict[int, Possible] = {}
    relations: list[Relation] = []
    if all(values[t] is not UNKNOWN for t in targets):
        return found
    domains = Domains(network, values)
    for module in modules_of(network, values, targets):
        key = _remembered(network, values, module, standing)
        swept = memory.get(key) or sweep(network, values, module.interface, standing, (), budget, domains)
        memory[key] = swept
        found |= swept.found
        relations += swept.relations
    for index in targets:
        if values[index] is UNKNOWN and index not in found:
            swept = sweep(network, values, (index,), standing, tuple(relations), budget, domains)
            for passed, possible in swept.found.items():
                found.setdefault(passed, possible)
    return found


def outcome_values(bound: Bound, readings: Mapping[str, str], memory: Memory) -> dict[str, Possible]:
    """Only the outcomes under some readings, for trying many; what they share is swept once."""
    network = network_of(bound.program)
    values, clauses = settle(network, bound, readings)
    return outcomes_of(network, values, standing_of(network, values, bound, clauses), memory)


def outcomes_of(
    network: Network, values: list[Value], standing: Standing, memory: Memory, budget: int = BUDGET
) -> dict[str, Possible]:
    """The outcomes that settled values lead to."""
    targets = tuple(network.at[o] for o in network.program.outcomes)
    found = _sweep_cases(network, values, targets, standing, budget, memory)
    return {
        o: found[t] if values[t] is UNKNOWN else Possible((values[t],), True, (None,))
        for o, t in zip(network.program.outcomes, targets, strict=True)
    }


def _in_order_of_interest(program: Program) -> list[Definition]:
    return sorted((d for d in program.definitions if d.shown), key=lambda d: d.id not in program.outcomes)
