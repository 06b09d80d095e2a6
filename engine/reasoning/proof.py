"""Why nothing cheaper does: a certificate that says the least cost of every state, and the check that replays it.

The check calls nothing that searches. It asks what the changes lead to, and goes over the course once: from the costs
that are stated for one stage follow those of the next, and these must be the stated ones. So no state costs less than
the certificate says, and no state in which the goal is reached costs less than the changes.

It shares with the search what changes lead to (`changes`, `unstated`), which choices of open inputs there are
(`choosing`), what clauses and facts can come to and at what cost (`means`, `cheapest.options_of`), how far a number has
to move (`nearest`), and the laid out course with its single step (`course`, `terrain.stretch_of`). It calls neither
`terrain.explored` nor `cheapest.least_costs`, nor anything of `remedy`: of these it believes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from typing import Any, TypeAlias

from guiju.compiler.ir import Clause, Fact, NumberType, SetType, Special, TruthType, Undefined, Value, Verdict
from guiju.engine.reasoning.changes import Aim, Changes, Terms
from guiju.engine.reasoning.cheapest import options_of
from guiju.engine.reasoning.choosing import Choice, choices_of, deciding_inputs
from guiju.engine.reasoning.course import Course, End, State
from guiju.engine.reasoning.means import Kind, Means, TooManyWaysError, means_of
from guiju.engine.reasoning.nearest import Needed, needed_of, to_plan
from guiju.engine.reasoning.remedy import Remedy
from guiju.engine.reasoning.terrain import Stretch, Terrain, stretch_of, values_of

_NUMBER = re.compile(r"-?[0-9]+(?:/[1-9][0-9]*)?")


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

    Where inputs are open, `choices` has a certificate for each choice of them, in their order, and the course is empty.
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


def certificate_of(aim: Aim, terms: Terms, remedy: Remedy) -> Certificate | None:
    """The certificate of an answer; None where it is not proved."""
    if not remedy.proved:
        return None
    changes = None if remedy.steps is None else {a: spelled(v) for a, v in sorted(remedy.changes.items())}
    choices = tuple(certificate_of(each.choice.aim, terms, each.remedy) for each in remedy.choices)
    is_alone = remedy.found is not None and not choices
    course = _stages(remedy.found.terrain, remedy.found.layers) if is_alone and remedy.found else ()
    return replace(
        _asked(aim, terms, changes, str(remedy.cost), course), choices=tuple(c for c in choices if c is not None)
    )


def _asked(
    aim: Aim, terms: Terms, changes: Mapping[str, str] | None, cost: str, course: tuple[Stage, ...]
) -> Certificate:
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


def _stages(terrain: Terrain, layers: Mapping[int, Any]) -> tuple[Stage, ...]:
    stretch, stages = terrain.stretch, []
    for number, inner in enumerate(terrain.inner):
        states = zip(terrain.states[number], layers[id(terrain)][number], strict=True)
        costs = {state: min(choices.counts) for state, choices in states}
        within = _stages(inner, layers) if inner is not None else ()
        stages.append(Stage(_addresses(stretch.course, number), within, _spelled_costs(stretch.course, number, costs)))
    return tuple(stages)


def _addresses(course: Course, stage: int) -> tuple[str, ...]:
    return tuple(course.address(node) for node in course.parts[stage])


def _spelled_costs(course: Course, stage: int, costs: Mapping[State, Fraction]) -> tuple[Cost, ...]:
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


# --- the check --------------------------------------------------------------------------------------------------------


#: what says what was asked; last what follows from the rest as well, so that the cause is told and not what it leads to
_ASKED = (
    *("policy", "digest", "outcome", "wanted", "readings"),
    *("default", "costs", "pinned", "first", "not_priced", "today"),
)


class _RefutedError(Exception):
    """What a certificate says that is not so."""


def refuted(aim: Aim, terms: Terms, certificate: Certificate) -> str | None:
    """What in a certificate is not so, by its path; None if it proves its answer for the aim on these terms."""
    try:
        _check(aim, terms, certificate)
    except _RefutedError as error:
        return str(error)
    return None


def _check(aim: Aim, terms: Terms, certificate: Certificate) -> None:
    asked = _asked(aim, terms, certificate.changes, certificate.cost, certificate.course)
    for name in _ASKED:
        _hold(getattr(asked, name) == getattr(certificate, name), name)
    choices = choices_of(aim)
    _hold(len(certificate.choices) == len(choices), "choices")
    if choices:
        _check_choices(choices, terms, certificate)
        return
    _hold(not deciding_inputs(aim) or (certificate.changes == {} and aim.is_settled), "choices")
    cost = _check_changes(aim, terms, certificate)
    if certificate.changes == {}:
        _hold(certificate.course == (), "course")
        return
    try:
        means = means_of(aim, terms)
    except TooManyWaysError:
        raise _RefutedError("course") from None
    _hold(means.proves(cost), "course")
    _check_numbers(means, terms, certificate.changes or {})
    stretch = stretch_of(means)
    last = _check_course(stretch, certificate.course, "course")
    reached = [c for state, c in last.items() if state is End.REACHED]
    _hold(reached == ([] if cost is None else [cost]), "cost")
    _hold(cost is not None or not stretch.course.is_open(last), "changes")
    _hold(cost is None or all(c >= cost for state, c in last.items() if state is not End.MISSED), "cost")


def _check_choices(choices: tuple[Choice, ...], terms: Terms, certificate: Certificate) -> None:
    """That the answer is that of one of the choices, and that none of them has a cheaper one."""
    _hold(certificate.course == (), "course")
    answers: list[tuple[Fraction, Mapping[str, str]]] = []
    is_reached = all(proof.changes == {} for proof in certificate.choices)
    for number, (choice, proof) in enumerate(zip(choices, certificate.choices, strict=True)):
        if (wrong := refuted(choice.aim, terms, proof)) is not None:
            raise _RefutedError(f"choices/{number}/{wrong}")
        if proof.changes is not None:
            chosen = {} if is_reached else {address: spelled(value) for address, value in choice.inputs.items()}
            answers.append((Fraction(proof.cost), {**chosen, **proof.changes}))
    cost, changes = min(answers, key=lambda answer: answer[0], default=(Fraction(0), None))
    _hold(certificate.cost == str(cost), "cost")
    _hold(certificate.changes == changes, "changes")


def changes_of(aim: Aim, certificate: Certificate) -> Changes | None:
    """The changes that a certificate which holds proves, with the inputs chosen for them; None: none lead there."""
    if certificate.changes is None:
        return None
    choice = _chosen(aim, certificate.changes)
    return {**(choice.inputs if choice is not None else {}), **_changes(aim, certificate.changes)}


def needs_of(aim: Aim, terms: Terms, certificate: Certificate) -> dict[str, Needed]:
    """What the things that a certificate which holds changes must be, all else being as it says."""
    told = certificate.changes or {}
    choice = _chosen(aim, told)
    chosen = aim if choice is None else choice.aim
    changes = _changes(chosen, told)
    if not changes:
        return {}
    means, values = means_of(chosen, terms), chosen.values(changes)
    return {address: needed_of(means, terms, values, changes, address) for address in changes}


def _chosen(aim: Aim, told: Mapping[str, str]) -> Choice | None:
    """The choice of open inputs that changes are for."""
    is_of = (c for c in choices_of(aim) if all(told.get(a) == spelled(v) for a, v in c.inputs.items()))
    return next(is_of, None)


def _changes(aim: Aim, told: Mapping[str, str]) -> dict[str, Value]:
    return {a: planned for a, said in told.items() if (planned := _changed(aim, a, said)) is not None}


def _hold(condition: bool, path: str) -> None:
    if not condition:
        raise _RefutedError(path)


def _check_changes(aim: Aim, terms: Terms, certificate: Certificate) -> Fraction | None:
    """That the changes are allowed, lead to the goal and cost what is said."""
    if certificate.changes is None:
        _hold(certificate.cost == "0", "cost")
        return None
    changes: dict[str, Value] = {}
    for address, told in certificate.changes.items():
        planned = _changed(aim, address, told)
        _hold(planned is not None and address not in terms.pinned, f"changes/{address}")
        if planned is not None:
            changes[address] = planned
    values = aim.values(changes)
    for address, value in changes.items():
        _hold(aim.is_in_order(values, {address: value}, terms), f"changes/{address}")
    _hold(values[aim.goal] is True or (not changes and aim.is_reached), "changes")
    cost = terms.total(changes)
    _hold(certificate.cost == str(cost), "cost")
    return cost


def _check_numbers(means: Means, terms: Terms, told: Mapping[str, str]) -> None:
    """That facts come to what was tried, and numbers to the nearest that does it."""
    changes = _changes(means.aim, told)
    values = means.aim.values(changes)
    for address, planned in changes.items():
        if address in means.tried:
            _hold(planned in to_plan(means, changes, address), f"changes/{address}")
        _hold(needed_of(means, terms, values, changes, address).planned == planned, f"changes/{address}")


def _changed(aim: Aim, address: str, told: str) -> Value | None:
    """What a clause or fact is changed to; None if it cannot be changed so."""
    if address not in aim.network.at:
        return None
    node = aim.network.node(address)
    value: Value | None = None
    if isinstance(node.subject, Clause):
        value = Verdict.SATISFIED if aim.may_be_attested(node.subject) else None
    elif isinstance(node.subject, Fact):
        value = value_told(node.subject, told)
    return value if value is not None and spelled(value) == told else None


def value_told(fact: Fact, told: str) -> Value | None:
    """The value of a fact that a text spells; None if it spells none."""
    match fact.type:
        case TruthType():
            return {"true": True, "false": False}.get(told)
        case NumberType():
            return _number(told)
        case SetType():
            return frozenset(o for o in told.strip("{}").split(", ") if o)
    return told if told in fact.type.options else None


def _number(told: str) -> Fraction | None:
    """A number as `spelled` writes it; no exponent, which would say in few letters what no memory holds."""
    if not _NUMBER.fullmatch(told):
        return None
    try:
        return Fraction(told)
    except ValueError:  # more digits than Python reads or writes
        return None


#: what each choice of a stage comes to, and costs
_Choices: TypeAlias = Iterable[tuple[tuple[Value, ...], Fraction]]


def _check_course(stretch: Stretch, told: tuple[Stage, ...], path: str) -> dict[State, Fraction]:
    """That the costs after each stage follow from those before it; the last ones."""
    course, before = stretch.course, {stretch.course.start: Fraction(0)}
    _hold(len(told) == course.stages, path)
    for number, (part, stage) in enumerate(zip(stretch.parts, told, strict=True)):
        here = f"{path}/{number}"
        _hold(stage.of == _addresses(course, number), f"{here}/of")
        if isinstance(part, Kind):
            _hold(stage.within == (), f"{here}/within")
            choices: _Choices = [(v, o.least) for v, o in zip(values_of(part), options_of(part), strict=True)]
        else:
            ends = _check_course(part, stage.within, f"{here}/within")
            choices = [(part.course.ends(state), cost) for state, cost in ends.items()]
        before = _after(course, number, before, choices)
        _hold(stage.least == _spelled_costs(course, number, before), f"{here}/least")
    return before


def _after(course: Course, number: int, before: Mapping[State, Fraction], choices: _Choices) -> dict[State, Fraction]:
    after: dict[State, Fraction] = {}
    for values, cost in choices:
        settled = course.numbered(number, values)
        for state, so_far in before.items():
            reached = course.step(number, state, settled)
            if reached is not End.MISSED and so_far + cost < after.get(reached, so_far + cost + 1):
                after[reached] = so_far + cost
    return after
