"""Program + Evidence -> Assessment: the reference. What this module says is what the standard means.

1. `settle` goes once through the network: facts as stated, each clause decided by whom it may be decided by, and
   everything above it in Kleene's logic, so far as what is known decides it.
2. `sweep` finds, for what is left open, exactly which values it can still take over all completions.

There is nothing else: a fast path is right when it agrees with this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain

from guiju.compiler.ir import (
    UNKNOWN,
    Clause,
    Fact,
    Input,
    Literal,
    Program,
    Reading,
    Undefined,
    Value,
    Verdict,
)
from guiju.engine.addresses import index_of
from guiju.engine.bind import Bound
from guiju.engine.evidence import OUTDATED, Attestation
from guiju.engine.fixed import facts_below, fixed_by
from guiju.engine.kleene import lifted
from guiju.engine.network import Network, Node, network_of
from guiju.engine.possible import Known, Possible
from guiju.engine.reachable import Memory, standing_of
from guiju.engine.reached import Reached
from guiju.engine.sweep import BUDGET
from guiju.engine.verdicts import ClauseResult, Reason, decide, facts_on


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
    known: Known = field(repr=False)  # where every sweep over this evidence begins

    @property
    def network(self) -> Network:
        """The nodes that `values` belong to."""
        return network_of(self.program)

    def value(self, address: str) -> Value:
        """The value of a node by any of its names, UNKNOWN where it is not decided; KeyError if there is none."""
        index = index_of(self.network, address)
        possible = self.open.get(index)
        if possible and len(possible.values) == 1 and possible.exact:
            return possible.values[0]
        return self.values[index]

    def possible(self, address: str) -> Possible:
        """Every value that the node can take; one if it is decided. Takes the same names as `value`.

        KeyError also for what no sweep passes by: open facts below an attested clause, or below a comparison that
        stands for them, where nothing else that is shown looks at them.
        """
        index = index_of(self.network, address)
        value = self.values[index]
        if value is not UNKNOWN:
            return Possible((value,), True, (None,))
        return self.open[index]

    def is_settled(self, address: str) -> bool:
        """Whether no completion can change the value any more."""
        possible = self.possible(address)
        return possible.exact and len(possible.values) == 1

    @cached_property
    def items(self) -> tuple[ClauseResult, ...]:
        """The results of the clauses that are requirements under its readings, in the order of the text."""
        return tuple(self.clauses[c.id] for c in self.program.items(self.readings))

    @cached_property
    def undecided(self) -> tuple[ClauseResult, ...]:
        """The requirements without a verdict, in the order of the text."""
        return tuple(r for r in self.items if r.verdict is UNKNOWN)


def evaluate(
    bound: Bound, readings: Mapping[str, str] | None = None, budget: int = BUDGET, memory: Memory | None = None
) -> Assessment:
    """Assess bound evidence under some readings; those not named take their default. Never raises.

    `memory` may be shared by assessments of like evidence under one policy.
    """
    program = bound.program
    chosen = {r.id: r.default for r in program.readings} | dict(readings or {})
    network = network_of(program)
    values, clauses = settle(network, bound, chosen)
    return assessed(bound, chosen, (values, clauses), {} if memory is None else memory, budget)


def assessed(
    bound: Bound,
    readings: Mapping[str, str],
    settled: tuple[Sequence[Value], Mapping[str, ClauseResult]],
    memory: Memory,
    budget: int = BUDGET,
) -> Assessment:
    """The assessment of settled values: what is open among them can become what the sweeps find."""
    known = known_of(bound, settled, memory, budget)
    open_ = Reached(known, memory, budget).of_all()
    return Assessment(bound.program, bound, readings, tuple(known.values), settled[1], open_, known)


def known_from(bound: Bound, readings: Mapping[str, str], memory: Memory) -> Known:
    """Where every sweep over some evidence begins: what is settled of it, and what the rest must not deny."""
    return known_of(bound, settle(network_of(bound.program), bound, readings), memory)


def known_of(
    bound: Bound,
    settled: tuple[Sequence[Value], Mapping[str, ClauseResult]],
    memory: Memory,
    budget: int = BUDGET,
) -> Known:
    """The same, where it is settled already."""
    values, clauses = settled
    return Known(network_of(bound.program), tuple(values), standing_of(values, bound, clauses, memory, budget))


# --- what is known decides ---------------------------------------------------------------------------------------


def settle(network: Network, bound: Bound, readings: Mapping[str, str]) -> tuple[list[Value], dict[str, ClauseResult]]:
    """Every node's value so far as it is decided, and every clause's result."""
    fixed = fixed_by(network, readings, bound.inputs)
    values, results = list(fixed.values), dict[str, ClauseResult]()
    settle_nodes(fixed.others, network, bound, readings, (values, results))
    return values, results


def settle_nodes(
    nodes: Iterable[Node],
    network: Network,
    bound: Bound,
    readings: Mapping[str, str],
    into: tuple[list[Value], dict[str, ClauseResult]],
) -> None:
    """Settle some nodes, in their order, over what is settled already."""
    values, results = into
    below = facts_below(network)
    for node in nodes:
        operands = tuple([values[i] for i in node.operands])
        if node.form is not None:
            values[node.index] = lifted(node, operands)
            continue
        match node.subject:
            case Literal():
                value = node.subject.value
            case Clause():
                facts = [(f, values[network.at[f"fact:{f}"]]) for f in below.of(node.subject.id, readings)]
                result = _clause(node.subject, operands, facts, bound)
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
        values[node.index] = value


def _fact(bound: Bound, fact: Fact, formula: tuple[Value, ...]) -> Value:
    """A fact as stated, or else by its formula; the two must not differ where both are known.

    A stated number may be the computed one rounded, as reports print it; then the computed one counts.
    Until it is computed the stated one counts as it is written, though a threshold may lie within the rounding: read as
    an interval, a plain 80 % would decide no clause that asks for 80 %.
    """
    stated = bound.facts.get(fact.id, UNKNOWN)
    return agreed(stated, formula[0], bound.rounded.get(fact.id, Fraction(0))) if formula else stated


def agreed(stated: Value, computed: Value, rounded: Fraction) -> Value:
    """What a fact with a formula is where it is stated so: of two that differ, by how much it may be `rounded`."""
    if stated is UNKNOWN:
        return computed
    if computed is UNKNOWN or isinstance(computed, Undefined) or computed == stated:
        return stated
    return computed if _is_rounded(stated, computed, rounded) else Undefined("conflicting")


def _is_rounded(stated: Value, computed: Value, by: Fraction) -> bool:
    return isinstance(stated, Fraction) and isinstance(computed, Fraction) and abs(stated - computed) <= by


def _clause(
    clause: Clause, operands: Sequence[Value], facts: Sequence[tuple[str, Value]], bound: Bound
) -> ClauseResult:
    """The result of a clause; `facts` are those below it, with their values."""
    said = facts_on(clause, operands)
    by_facts = said.verdict
    attestations = bound.attestations.get(clause.id, ())
    verdict, by, reason = decide(said, attestations)
    unknown = [f for f, value in facts if value is UNKNOWN]
    if reason is not None and _is_expired(reason, (*unknown, clause.id), attestations, bound):
        reason = "expired"
    of_facts = tuple(dict.fromkeys(id_ for f, _ in facts if f in bound.facts for id_ in bound.stated[f].evidence))
    evidence = tuple(dict.fromkeys(chain(of_facts, *[a.evidence for a in attestations])))
    detail = by_facts.reason if isinstance(by_facts, Undefined) else ""
    if verdict is Verdict.NOT_APPLICABLE:
        detail = _why_not_applicable(attestations)
    known = UNKNOWN if isinstance(by_facts, Undefined) else by_facts
    return ClauseResult(clause.id, verdict, by, reason, detail, known, attestations, evidence, of_facts)


def _is_expired(reason: Reason, missing: Iterable[str], attestations: Sequence[Attestation], bound: Bound) -> bool:
    """Whether a clause is open because of what counts no longer: the `missing`, or overrides that ended."""
    if reason == "left-open":
        return all(a.lapsed for a in attestations if a.voice == "override")
    return reason in ("missing", "partial", OUTDATED) and not bound.expired.isdisjoint(missing)


def _why_not_applicable(attestations: tuple[object, ...]) -> str:
    reasons = [getattr(a, "reason", None) for a in attestations if getattr(a, "verdict", "") == "not-applicable"]
    return next((r for r in reasons if r), "")
