"""Whether nothing cheaper does: the check of a certificate, which says the least cost of every state.

It imports nothing that searches, neither `terrain` nor `cheapest` nor `remedy`: a contract holds that. It asks what
the changes lead to, and goes over the course once: from the costs that are stated for one stage follow those of the
next, and these must be the stated ones. So no state costs less than the certificate says, and no state in which the
goal is reached costs less than the changes. Or the changes cost no more than any one thing to change, and a completion
is stated in which the goal is not reached with nothing changed: that is looked at, and no course.

It shares with the search what changes lead to (`changes`, `unstated`), which choices of open inputs there are
(`choosing`), when a goal is missed (`shortfall`), what clauses and facts can come to and at what cost (`means`), how
far a number has to move (`nearest`), and the laid out course with its single step (`course`, `stretch`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from guiju.compiler.ir import Clause, Fact, NumberType, SetType, TruthType, Value, Verdict
from guiju.engine.reasoning.planning.certificate import (
    Certificate,
    Stage,
    addresses_of,
    asked_of,
    spelled,
    spelled_costs,
)
from guiju.engine.reasoning.planning.changes import Aim, Changes, Terms
from guiju.engine.reasoning.planning.choosing import Choice, choices_of, deciding_inputs
from guiju.engine.reasoning.planning.course import Course, End, State
from guiju.engine.reasoning.planning.means import Kind, Means, TooManyWaysError, means_of
from guiju.engine.reasoning.planning.nearest import Needed, may_be_planned, needed_of
from guiju.engine.reasoning.planning.shortfall import is_missed, least_of_one
from guiju.engine.reasoning.planning.stretch import Stretch, costs_of, stretch_of, values_of

_NUMBER = re.compile(r"-?[0-9]+(?:/[1-9][0-9]*)?")

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
    asked = asked_of(aim, terms, certificate.changes, certificate.cost, certificate.course)
    for name in _ASKED:
        _hold(getattr(asked, name) == getattr(certificate, name), name)
    choices = choices_of(aim)
    _hold(len(certificate.choices) == len(choices), "choices")
    if choices:
        _check_choices(choices, terms, certificate)
        return
    _hold(not deciding_inputs(aim) or (certificate.changes == {} and aim.is_settled), "choices")
    cost = _check_changes(aim, terms, certificate)
    _hold(certificate.changes is not None or not aim.is_reached, "changes")
    if certificate.changes == {}:
        _hold(certificate.course == (), "course")
        _hold(certificate.missed is None, "missed")
        return
    try:
        means = means_of(aim, terms)
    except TooManyWaysError:
        raise _RefutedError("course") from None
    _hold(means.proves(cost), "course")
    _check_numbers(means, terms, certificate.changes or {})
    if certificate.missed is not None:
        _check_missed(means, terms, certificate, cost)
        return
    stretch = stretch_of(means)
    last = _check_course(stretch, certificate.course, "course")
    reached = [c for state, c in last.items() if state is End.REACHED]
    _hold(reached == ([] if cost is None else [cost]), "cost")
    _hold(cost is not None or not stretch.course.is_open(last), "changes")
    _hold(cost is None or all(c >= cost for state, c in last.items() if state is not End.MISSED), "cost")


def _check_missed(means: Means, terms: Terms, certificate: Certificate, cost: Fraction | None) -> None:
    """That something has to change, and that nothing to change costs less than what is changed."""
    _hold(certificate.course == (), "course")
    least = least_of_one(means, terms)
    _hold(cost is not None and least is not None and cost <= least, "missed")
    told = certificate.missed or {}
    taken = {a: value for a, said in told.items() if (value := _taken(means.aim, a, said)) is not None}
    _hold(taken.keys() == told.keys() and is_missed(means.aim, taken), "missed")


def _taken(aim: Aim, address: str, told: str) -> Value | None:
    """What a fact is taken to be; None if it can be no such thing."""
    subject = aim.network.node(address).subject if address in aim.network.at else None
    value = value_told(subject, told) if isinstance(subject, Fact) else None
    return value if value is not None and spelled(value) == told else None


def _check_choices(choices: tuple[Choice, ...], terms: Terms, certificate: Certificate) -> None:
    """That the answer is that of one of the choices, and that none of them has a cheaper one."""
    _hold(certificate.course == (), "course")
    _hold(certificate.missed is None, "missed")
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
        needed = needed_of(means, terms, values, changes, address)
        _hold(needed.planned == planned, f"changes/{address}")
        _hold(may_be_planned(means, changes, address, needed), f"changes/{address}")


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
        _hold(stage.of == addresses_of(course, number), f"{here}/of")
        if isinstance(part, Kind):
            _hold(stage.within == (), f"{here}/within")
            choices: _Choices = list(zip(values_of(part), costs_of(part), strict=True))
        else:
            ends = _check_course(part, stage.within, f"{here}/within")
            choices = [(part.course.ends(state), cost) for state, cost in ends.items()]
        before = _after(course, number, before, choices)
        _hold(stage.least == spelled_costs(course, number, before), f"{here}/least")
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
