"""Assessment -> Derivation: one step for every node, each replayable from its premises alone.

A step says: at this address, by this rule, from these premises, this conclusion; where the standard and the policy
say so. Steps are in evaluation order, so a derivation can be checked from the first line to the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from guiju.compiler.ir import (
    UNKNOWN,
    Cases,
    Choice,
    Clause,
    Definition,
    Expression,
    Fact,
    Input,
    Literal,
    Program,
    Reading,
    Ref,
    Undefined,
    Value,
)
from guiju.dsl.source import Span
from guiju.engine.evaluate import Assessment
from guiju.engine.kleene import lifted
from guiju.engine.network import Item, Network, Node
from guiju.engine.possible import Possible
from guiju.engine.verdicts import ClauseResult, decide, facts_on


@dataclass(frozen=True)
class Inference:
    """How a node's value is come by, and where that is said: the same whatever the evidence."""

    address: str
    rule: str
    premises: tuple[str, ...]  # addresses of earlier steps
    cites: str
    span: Span


class Step(NamedTuple):
    """One conclusion. `possible` is there where it is open."""

    inference: Inference
    conclusion: Value
    possible: Possible | None


#: as `Step._make`, without a call of Python's for each of thousands of nodes
_STEP = partial(tuple.__new__, Step)


@dataclass(frozen=True, eq=False)
class Derivation:
    """All steps of an assessment, and what evidence was given for each clause."""

    network: Network
    steps: tuple[Step, ...]
    clauses: Mapping[str, ClauseResult] = field(repr=False)

    @cached_property
    def at(self) -> dict[str, Step]:
        """Steps by address."""
        return {step.inference.address: step for step in self.steps}


def derive(assessment: Assessment) -> Derivation:
    """The whole derivation of an assessment."""
    network = assessment.network
    possible = map(assessment.open.get, range(len(network.nodes)))
    told = zip(_inferences(network), assessment.values, possible, strict=True)
    return Derivation(network, tuple(map(_STEP, told)), assessment.clauses)


@lru_cache(maxsize=8)
def _inferences(network: Network) -> tuple[Inference, ...]:
    """Those of all nodes, made once for all derivations of a program."""
    program, nodes = network.program, network.nodes
    return tuple(
        Inference(
            node.address,
            _rule(node),
            tuple(nodes[i].address for i in node.operands),
            citation_of(program, node),
            place_of(program, node),
        )
        for node in nodes
    )


def replay(derivation: Derivation) -> tuple[str, ...]:
    """The addresses whose conclusion does not follow from their premises; none in a sound derivation.

    Needs nothing but the steps: what evidence states is taken from the leaves, everything else is computed again.
    """
    conclusions: dict[str, Value] = {}
    wrong = []
    for step, node in zip(derivation.steps, derivation.network.nodes, strict=True):
        premises = tuple(conclusions[p] for p in step.inference.premises)
        if not _follows(step, node, premises, derivation.clauses):
            wrong.append(step.inference.address)
        conclusions[step.inference.address] = step.conclusion
    return tuple(wrong)


def _follows(step: Step, node: Node, premises: tuple[Value, ...], clauses: Mapping[str, ClauseResult]) -> bool:
    match node.subject:
        case Literal():
            return step.conclusion == node.subject.value
        case Input() | Reading():
            return True
        case Fact():
            return not premises or step.conclusion == premises[0] or _stated(step.conclusion, premises[0])
        case Clause():
            return step.conclusion == _decided(node.subject, premises, clauses)
    return step.conclusion == lifted(node, premises)


def _stated(conclusion: Value, computed: Value) -> bool:
    """A stated value beside a formula: it stands where the formula is open, undefined or equal."""
    return computed is UNKNOWN or isinstance(computed, Undefined) or conclusion == Undefined("conflicting")


def _decided(clause: Clause, premises: tuple[Value, ...], clauses: Mapping[str, ClauseResult]) -> Value:
    return decide(facts_on(clause, premises), clauses[clause.id].attestations)[0]


def _rule(node: Node) -> str:
    match node.subject:
        case Literal():
            return "literal"
        case Fact():
            return "fact"
        case Input():
            return "input"
        case Reading():
            return "reading"
        case Clause():
            return "clause"
    return node.form.symbol if node.form else "literal"


# --- where it is said ----------------------------------------------------------------------------------------------


def citation_of(program: Program, node: Node) -> str:
    """Where the standard says what a node stands for; "" for what has no place of its own."""
    if isinstance(node.subject, Clause):
        return node.subject.printed
    definition = node.definition or score_inside(program, node)
    if definition is not None:
        whole = program.definition.get(definition.whole, definition)
        return whole.cites or _gate_citations(program).get(definition.id, "")
    return getattr(node.subject, "cites", "")


def score_inside(program: Program, node: Node) -> Definition | None:
    """The score that a node is the inside of: what stands behind its gate, without a name of its own."""
    return None if node.definition is not None else _insides(program).get(id(node.subject))


def place_of(program: Program, node: Node) -> Span:
    """Where the policy says what a node stands for."""
    if isinstance(node.subject, Item):
        return program.span
    if isinstance(node.subject, Expression):
        return written_at(node.subject)
    return node.subject.span


def written_at(expression: Expression) -> Span:
    """The place of an expression; of a formula over gated values the formula's, not that of the gate it shares."""
    match expression:
        case Choice() if any(isinstance(option, Cases) and option.form == "gate" for _, option in expression.options):
            return written_at(expression.options[0][1])
        case Cases(form="gate") if not isinstance(expression.rows[0].value, Ref):
            return written_at(expression.rows[0].value)
    return expression.span


@lru_cache(maxsize=8)
def _gate_citations(program: Program) -> dict[str, str]:
    """A gate is a part of the scores behind it: it is cited as the first of them."""
    found: dict[str, str] = {}
    for definition in program.definitions:
        for gated in _gated(definition):
            condition = gated.rows[0].condition
            if isinstance(condition, Ref):
                found.setdefault(condition.name, definition.cites)
    return found


@lru_cache(maxsize=8)
def _insides(program: Program) -> dict[int, Definition]:
    """What stands behind the gates of definitions, by identity."""
    bodies = ((gated.rows[0].value, d) for d in program.definitions for gated in _gated(d))
    return {id(body): d for body, d in bodies if not isinstance(body, Ref)}


def _gated(definition: Definition) -> Iterator[Cases]:
    """The values behind a gate that a definition may have, one for each option of its readings."""
    stack = [definition.expression]
    while stack:
        expression = stack.pop()
        if isinstance(expression, Choice):
            stack.extend(option for _, option in expression.options)
        elif isinstance(expression, Cases) and expression.form == "gate":
            yield expression
