"""The laws of what would change an outcome, against every set of changes there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations, product

from guiju.compiler.ir import UNKNOWN, Cases, Fact, NumberType, OptionType, Program, SetType, Value
from guiju.dsl.diagnostic import has_errors
from guiju.engine.bind import bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.network import standing_below
from guiju.engine.reasoning.planning.afterwards import judged_anew, stated
from guiju.engine.reasoning.planning.certificate import Certificate
from guiju.engine.reasoning.planning.certifying import certificate_of
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.likewise import Likewise
from guiju.engine.reasoning.planning.mending import Mendings, mendings_by_choice
from guiju.engine.reasoning.planning.proof import refuted
from guiju.engine.reasoning.planning.remedy import Part, Remedy, needs_of, parts_of, remedy_for
from tests.engine.changed import TooManyChangesError, Tried
from tests.engine.oracle import UNSATISFIED, Oracle, World
from tests.engine.proof_laws import MOST_WORLDS, completions

MOST_WAYS = 2  # of the ways of equal cost, looked at for what else facts may become
COSTS = (Fraction(1), Fraction(2), Fraction(1, 2))


def aims(assessment: Assessment) -> Iterator[tuple[Aim, Tried]]:
    """One aim for each value of each outcome."""
    for outcome in assessment.program.outcomes:
        expression = assessment.program.definition[outcome].expression
        given = [str(getattr(r.value, "value", "")) for r in getattr(expression, "rows", ())]
        for value in dict.fromkeys(given) if isinstance(expression, Cases) else ():
            wanted = wanted_from(assessment, outcome, value)
            if wanted:
                aim = Aim(assessment, outcome, wanted)
                is_settled = wanted.issuperset(assessment.possible(outcome).values)
                yield aim, Tried(assessment.bound, assessment.readings, outcome, wanted, is_settled=is_settled)


def terms_for(assessment: Assessment) -> Iterator[Terms]:
    """All costs alike; and costs that differ, one thing pinned, one that needs another first."""
    yield Terms()
    addresses = [a for a in assessment.network.at if a.startswith(("clause:", "fact:")) and "/" not in a]
    clauses = [a for a in addresses if a.startswith("clause:")]
    costs = {a: COSTS[i % 3] for i, a in enumerate(addresses)}
    nodes, at = assessment.network.nodes, assessment.network.at
    free = [c for c in clauses if at[clauses[0]] not in standing_below(nodes, assessment.values, (at[c],))]
    first = {clauses[0]: (free[-1],)} if free else {}  # what stands on it cannot come before it
    yield Terms(costs, Fraction(1), frozenset(addresses[1:2]), first)


def check_no_changes_are_cheaper_than_the_plan(program: Program, evidence: Evidence) -> None:
    """A plan that is proved leads to the level, and no set of changes that costs less does; all as cheap are listed.

    With each changed fact that is no number stands every other value that does as well.
    """
    assessment = assess(program, evidence)
    for (aim, tried), terms in product(aims(assessment), terms_for(assessment)):
        found = remedy_for(aim, terms)
        try:
            choices = list(tried.chosen(tried.open_inputs()))
            if found.steps is not None:
                assert found.choices or aim.reaches(found.changes) or (aim.is_settled and not found.changes)
                assert terms.total(found.changes) == found.cost
                assert terms.pinned.isdisjoint(found.changes)
                changes = {a: v for a, v in found.changes.items() if a not in found.chosen}
                assert not found.proved or all(t.reaches(changes) for t in taken(choices, found)), found
                check_every_value_that_does_as_well_is_told(found, terms, list(taken(choices, found)))
            each = [(t, [set_ for set_ in t.sets(terms) if t.reaches(set_)]) for t in choices]
        except TooManyChangesError:
            continue
        if not found.proved:
            continue
        if found.choices:
            assert len(found.choices) == len(list(tried.chosen(found.choices[0].choice.inputs)))
        least = min((terms.total(s) for _, sets in each for s in sets), default=None)
        assert least is None or (found.steps is not None and found.cost <= least), (found, least)
        if found.count is not None and least == found.cost:
            reaching = next(sets for t, sets in each if found.chosen.items() <= t.inputs.items())
            cheapest = {frozenset(s) for s in reaching if terms.total(s) == least}
            listed = {s for parts in found.alternatives for s in sets_of(parts)}
            assert cheapest <= listed, (cheapest, listed)
            assert len(listed) == found.count


def check_every_value_that_does_as_well_is_told(found: Remedy, terms: Terms, choices: list[Tried]) -> None:
    """Beside each way told, its other changes being as they are; of a step as of the way that it is from."""
    for place, way in enumerate(found.ways[:MOST_WAYS]):
        for address, told in needs_of(found, terms, place, way).items():
            fact = choices[0].program.fact.get(address.removeprefix("fact:"))
            if fact is None or isinstance(fact.type, NumberType):
                assert told.also == Likewise()
                continue
            changes = {a: b.needed.planned for a, b in needs_of(found, terms, place, way).items()}
            each = {v: changes | {address: v} for v in values_of(fact)}
            doing = {v for v, made in each.items() if all(t.leads(made, terms) for t in choices)}
            plainly = {v for v, made in each.items() if all(t.plainly_leads(made, terms) for t in choices)}
            today, said = {t.today.fact(fact.id) for t in choices}, expanded(told.also, fact, changes[address])
            assert plainly - today <= said <= doing - today, (address, told, plainly, doing)
    for step in found.steps or ():
        if found.ways[0].keys() == {s.address for s in found.steps or ()}:
            assert step.also == needs_of(found, terms, 0, (step.address,))[step.address].also


def values_of(fact: Fact) -> list[Value]:
    """Everything that a fact which is no number can be."""
    match fact.type:
        case OptionType(options):
            return list(options)
        case SetType(options):
            sizes = (combinations(options, size) for size in range(len(options) + 1))
            return [frozenset(some) for some in chain.from_iterable(sizes)]
    return [True, False]


def expanded(also: Likewise, fact: Fact, planned: Value) -> set[Value]:
    """Every value that is told, the planned one with them."""
    assert also.complete
    if not also.holding:
        return {planned, *also.values}
    least = [v for v in also.values if isinstance(v, frozenset)]
    return {v for v in values_of(fact) if isinstance(v, frozenset) and any(s <= v for s in least)}


def taken(choices: list[Tried], found: Remedy) -> Iterator[Tried]:
    """Of all that open inputs can be, what an answer leaves: where none are chosen for it, everything."""
    return (t for t in choices if found.chosen.items() <= t.inputs.items())


def assess(program: Program, evidence: Evidence) -> Assessment:
    """One assessment."""
    bound, diagnostics = bind(program, evidence)
    assert not has_errors(diagnostics)
    return evaluate(bound)


def sets_of(parts: tuple[Part, ...]) -> Iterator[frozenset[str]]:
    """Every set that a selection stands for."""
    for taken in product(*(combinations(part.of, part.number) for part in parts)):
        yield frozenset(a for some in taken for together in some for a in together)


def _each_choice(assessment: Assessment) -> Iterator[tuple[Mendings, Tried]]:
    """The sets told, beside the changes that they are told of: one of each for everything that open inputs can be."""
    for aim, tried in aims(assessment):
        told = mendings_by_choice(aim)
        choices = list(tried.chosen(inputs)) if (inputs := told[0].choice.inputs) else [tried]
        assert len(told) == len(choices)
        yield from ((one.found, next(t for t in choices if t.inputs == one.choice.inputs)) for one in told)


def check_what_stands_in_the_way_is_every_minimal_set(program: Program, evidence: Evidence) -> None:
    """The sets of clauses told are those that reach the level, and no part of which does; none is missing."""
    assessment = assess(program, evidence)
    for found, tried in _each_choice(assessment):
        try:
            minimal = tried.minimal()
        except TooManyChangesError:
            continue
        told = [s for selection in found.selections() for parts in parts_of(selection) for s in sets_of(parts)]
        assert sorted(map(len, told)) == [size for size in sorted(found.counts) for _ in range(found.counts[size])]
        named = {frozenset(a.removeprefix("clause:") for a in s) for s in told}
        assert len(named) == len(told)
        assert named == minimal if found.complete else named <= minimal, (named, minimal)


def check_a_certificate_proves_its_plan_and_no_other(program: Program, evidence: Evidence) -> None:
    """The certificate of a plan is accepted, and none that says another cost, number or term of it."""
    assessment = assess(program, evidence)
    for (aim, _), terms in product(aims(assessment), terms_for(assessment)):
        certificate = certificate_of(aim, terms, remedy_for(aim, terms))
        if certificate is None:
            continue
        assert refuted(aim, terms, certificate) is None
        assert refuted(aim, terms, replace(certificate, cost=f"{certificate.cost}1")) == "cost"
        for field, other in forged(assessment, certificate):
            assert refuted(aim, terms, other) is not None, field
        for number, stage in enumerate(certificate.course):
            if not stage.least:
                continue  # nothing leads on from here
            cheaper = replace(stage.least[0], cost="-1")
            course = list(certificate.course)
            course[number] = replace(stage, least=(cheaper, *stage.least[1:]))
            assert refuted(aim, terms, replace(certificate, course=tuple(course))) is not None


def forged(assessment: Assessment, certificate: Certificate) -> Iterator[tuple[str, Certificate]]:
    """Certificates of another question, of other numbers, of other choices; with the field that is not so."""
    more = {"nothing": "1"}
    for field in ("costs", "not_priced", "readings"):
        yield field, replace(certificate, **{field: {**getattr(certificate, field), **more}})  # type: ignore[arg-type]
    yield "first", replace(certificate, first={**certificate.first, "nothing": ()})
    for field in ("pinned", "wanted"):
        yield field, replace(certificate, **{field: (*getattr(certificate, field), "nothing")})  # type: ignore[arg-type]
    yield "default", replace(certificate, default=f"{certificate.default}1")
    yield "changes", replace(certificate, changes={} if certificate.changes is None else None)
    for address, told in (certificate.changes or {}).items():
        fact = assessment.program.fact.get(address.removeprefix("fact:"))
        if fact is not None and isinstance(fact.type, NumberType):
            for number in (Fraction(told) + 1, Fraction(told) - 1):
                yield address, replace(certificate, changes={**(certificate.changes or {}), address: str(number)})
    if certificate.missed is not None:
        yield "missed", replace(certificate, missed=None)
    yield "missed", replace(certificate, missed={**(certificate.missed or {}), "nothing": "1"})
    yield "choices", replace(certificate, choices=(*certificate.choices, certificate))
    if certificate.choices:
        yield "choices", replace(certificate, choices=certificate.choices[1:])
        for field, other in forged(assessment, certificate.choices[0]):
            yield f"choices/0/{field}", replace(certificate, choices=(other, *certificate.choices[1:]))


def check_a_plan_that_is_carried_out_reaches_the_level(program: Program, evidence: Evidence) -> None:
    """The evidence with the changes stated is at the level wherever nothing else is found satisfied."""
    assessment = assess(program, evidence)
    for (aim, _), terms in product(aims(assessment), terms_for(assessment)):
        found = remedy_for(aim, terms)
        if found.steps is None:
            continue
        for world in _carried_out(aim, found):
            assert world.definition(aim.outcome) in aim.wanted, (found.changes, world.facts, world.chosen)


def _carried_out(aim: Aim, found: Remedy) -> Iterator[World]:
    """Some completions once the changes are made, in which whatever then stays open is found unsatisfied.

    None where that cannot be: where facts tie clauses together, these are not all unsatisfied at once.
    """
    anew, bound = {*judged_anew(aim, found.changes)} - found.changes.keys(), stated(aim, found.changes)
    kept = {c: said for c, said in bound.attestations.items() if f"clause:{c}" not in anew}
    tried = Oracle(replace(bound, attestations=kept), aim.assessment.readings, MOST_WORLDS)
    lacking = {c.id for c in bound.program.clauses if tried.now.clause(c.id) is UNKNOWN}
    tried.fixed |= dict.fromkeys(lacking, UNSATISFIED)
    tried.attested |= lacking - tried.contested
    return completions(tried)


REMEDY_LAWS = (
    check_a_plan_that_is_carried_out_reaches_the_level,
    check_no_changes_are_cheaper_than_the_plan,
    check_what_stands_in_the_way_is_every_minimal_set,
    check_a_certificate_proves_its_plan_and_no_other,
)
