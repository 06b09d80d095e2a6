"""What proves a plan: the question, the answer and the least cost of every state, and how each of these is spelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from guiju.compiler.ir import Special, Undefined, Verdict
from guiju.engine.reasoning.planning.changes import Aim, Terms
from guiju.engine.reasoning.planning.course import Course, End, State


@dataclass(frozen=True)
class Cost:
    """A state, as what is kept of it, and the least that it costs."""

    state: tuple[str, ...]
    cost: str


@dataclass(frozen=True)
class Stage:
    """The nodes that are settled at a stage, by address; the course of which they are the end; all states after it."""

    of: tuple[str, ...]
    within: tuple[Stage, ...]
    least: tuple[Cost, ...]


@dataclass(frozen=True)
class Certificate:
    """What was asked, the answer, and the least costs that prove it. `changes` None: none lead to the goal.

    `missed` in place of a course: what open facts may be for the goal not to be reached with nothing changed, which is
    all that costs less than any one change. Where inputs are open, `choices` has a certificate for each choice of them,
    in their order, and the course is empty.
    """

    policy: str
    digest: str
    today: str
    readings: Mapping[str, str]
    outcome: str
    wanted: tuple[str, ...]
    default: str
    costs: Mapping[str, str]
    pinned: tuple[str, ...]
    first: Mapping[str, tuple[str, ...]]
    not_priced: Mapping[str, str]
    changes: Mapping[str, str] | None
    cost: str
    course: tuple[Stage, ...]
    choices: tuple[Certificate, ...] = ()
    missed: Mapping[str, str] | None = None


def asked_of(
    aim: Aim, terms: Terms, changes: Mapping[str, str] | None, cost: str, course: tuple[Stage, ...]
) -> Certificate:
    """What is asked for an aim on some terms, with an answer."""
    assessment = aim.assessment
    return Certificate(
        assessment.program.id,
        assessment.program.digest,
        _digest(aim),
        dict(sorted(assessment.readings.items())),
        aim.outcome,
        tuple(sorted(map(spelled, aim.wanted))),
        str(terms.default),
        {address: str(cost) for address, cost in sorted(terms.costs.items())},
        tuple(sorted(terms.pinned)),
        {later: tuple(sorted(sooner)) for later, sooner in sorted(terms.first.items())},
        dict(sorted(aim.not_priced.items())),
        changes,
        cost,
        course,
    )


def _digest(aim: Aim) -> str:
    """A digest of all values as they are today, and of who decided the clauses: of the evidence that counts."""
    nodes, clauses = aim.assessment.network.nodes, aim.assessment.clauses
    lines = [f"{node.address} = {spelled(aim.today[node.index])}" for node in nodes]
    lines += [f"{id_} by {result.by} attested {bool(result.attestations)}" for id_, result in clauses.items()]
    return sha256("\n".join(lines).encode()).hexdigest()


def addresses_of(course: Course, stage: int) -> tuple[str, ...]:
    """The nodes that a stage settles."""
    return tuple(course.address(node) for node in course.parts[stage])


def spelled_costs(course: Course, stage: int, costs: Mapping[State, Fraction]) -> tuple[Cost, ...]:
    """The states after a stage with their costs, in one order."""
    told = (course.told(stage, state) for state in costs)
    rows = ((END[t],) if isinstance(t, End) else tuple(map(spelled, t)) for t in told)
    return tuple(Cost(*row) for row in sorted(zip(rows, map(str, costs.values()), strict=True)))


END = {End.REACHED: "reached", End.MISSED: "missed"}


def spelled(value: Any) -> str:
    """A value as text, the same for the same value, and different for different ones of the same node."""
    match value:
        case tuple():
            return f"({', '.join(map(spelled, value))})"
        case frozenset():
            return "{" + ", ".join(sorted(value)) + "}"
        case bool():
            return str(value).lower()
        case Verdict() | Special():
            return str(value.value)
        case Undefined():
            return f"undefined:{value.reason}"
    return str(value)
