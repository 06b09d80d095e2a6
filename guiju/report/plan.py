"""Remedy -> the plan as lines for people, and as `plan/1`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import islice

from guiju.compiler.ir import UNKNOWN, Clause, Fact, NumberType, Program, Value, Verdict
from guiju.dsl.diagnostic import Language
from guiju.engine.derivation import place_of
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Attestation
from guiju.engine.possible import Possible
from guiju.engine.reasoning.planning.afterwards import bound_after, judged_anew, possible_after
from guiju.engine.reasoning.planning.blocked import (
    Unpriced,
    entailed,
    entailed_that_save,
    pins_in_the_way,
    unpriced,
    verdicts_that_may_save,
)
from guiju.engine.reasoning.planning.changes import Aim, Changes, Terms
from guiju.engine.reasoning.planning.gains import Gain
from guiju.engine.reasoning.planning.likewise import Likewise
from guiju.engine.reasoning.planning.means import in_play
from guiju.engine.reasoning.planning.nearest import Bound, Limit, Needed
from guiju.engine.reasoning.planning.remedy import Becoming, Chosen, Part, Remedy, Step, carried_out, needs_of
from guiju.engine.reasoning.planning.sharing import Shared, shared_conditions
from guiju.engine.reasoning.relevance import Lack
from guiju.report import plan_model as model
from guiju.report.assessed import assessed_model
from guiju.report.enclosures import marked
from guiju.report.heads import Heads
from guiju.report.inputs import inputs_model, inputs_text
from guiju.report.lacking import lacks_text
from guiju.report.layout import list_text
from guiju.report.result_model import OutcomeReadingsModel
from guiju.report.under_readings import reading_text, readings_of
from guiju.report.unproved import called, unproved_text
from guiju.report.values import published, set_text, value_text
from guiju.report.words import About, in_order, labelled, number, plain, word

MOST_GAINS, MOST_SELECTIONS, MOST_NAMES = 4, 8, 12
_SIGNS = {"=": "", ">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< "}
#: to which side a decimal beside a bound must lie, so that it does as well
_INWARD: dict[Bound, About] = {"=": "exactly", ">=": "above", ">": "above", "<=": "below", "<": "below"}


@dataclass(frozen=True)
class ToldStep:
    """One change in words, what else would do, how to answer for it, what it gains; "" where nothing is to be said."""

    address: str
    change: str
    also: str
    guidance: str
    gains: str

    @property
    def below(self) -> tuple[str, ...]:
        """The lines below the change."""
        return tuple(filter(None, (self.also, self.guidance, self.gains)))


@dataclass(frozen=True)
class ToldPlan:
    """A plan in words: what it is for, how sure it is, what is chosen for it, the changes in order, what follows."""

    heading: str
    proof: str = ""
    chosen: tuple[str, ...] = ()
    steps: tuple[ToldStep, ...] = ()
    after: tuple[str, ...] = ()


def other_outcomes(aim: Aim, remedy: Remedy) -> dict[str, tuple[Possible, Possible]]:
    """What each other outcome can be now, and with the changes of a plan."""
    assessment = aim.assessment
    return {
        other: (assessment.possible(other), possible_after(Aim(assessment, other, frozenset()), remedy.changes))
        for other in assessment.program.outcomes
        if other != aim.outcome
    }


def other_lines(aim: Aim, remedy: Remedy, language: Language) -> Iterator[str]:
    """What a plan makes of the other outcomes: those that it changes, and how many it leaves as they are."""
    program = aim.assessment.program
    same = 0
    for other, (now, then) in other_outcomes(aim, remedy).items():
        show = partial(value_text, program, program.definition[other], language=language)
        told = [
            marked(set_text(program, p.values, show, language, bounded=p.bounded), p, language) for p in (now, then)
        ]
        same += told[0] == told[1]
        if told[0] != told[1]:
            label = program.definition[other].label.in_language(language)
            yield word("plan-other", language, name=label, before=told[0], after=told[1])
    if same:
        yield word("plan-others-same", language, number=same)


def plan_lines(aim: Aim, value: str, remedy: Remedy, terms: Terms, language: Language) -> Iterator[str]:
    """The changes in order with what each gains, what may change at all, and the sets that cost the same."""
    told = told_plan(aim, value, remedy, terms, language)
    yield told.heading
    if told.proof:
        yield told.proof
    yield from _terms_lines(aim, remedy, terms, language)
    yield from told.chosen
    for place, step in enumerate(told.steps, 1):
        yield f"{place:>3}  {step.change}"
        yield from (f"       {told}" for told in step.below)
    yield from told.after


def changed_lines(
    assessment: Assessment, changes: Mapping[str, str], needs: Mapping[str, Needed], language: Language
) -> Iterator[str]:
    """What the changes of a certificate are, by name: from what is there to what it must be."""
    teller = _Teller(assessment, language)
    chosen = {a: told for a, told in changes.items() if a.startswith("input:")}
    if chosen:
        yield f"  {inputs_text(assessment, chosen, language)}"
    for address in changes:
        if address not in chosen:
            yield f"  {teller.changed(address, needs[address])}"


def _terms_lines(aim: Aim, remedy: Remedy, terms: Terms, language: Language) -> Iterator[str]:
    """What was taken for changeable, and what for fixed: what is pinned, and the inputs as they are stated."""
    means = remedy.found.means if remedy.found is not None else None
    if means is None:
        return
    program, bound = aim.assessment.program, aim.assessment.bound
    teller = _Teller(aim.assessment, language)
    changeable = in_play(means, terms)
    clauses = sum(address.startswith("clause:") for address in changeable)
    fixed = [teller.name(a) for a in aim.network.at if a in terms.pinned]
    stated = {f"input:{i.id}": bound.inputs[i.id] for i in program.inputs if i.id in bound.inputs}
    fixed += [inputs_text(aim.assessment, stated, language)] if stated else []
    told = list_text(fixed, language) or word("plan-nothing-fixed", language)
    yield word("plan-terms", language, clauses=clauses, facts=len(changeable) - clauses, fixed=told)


def _choice_lines(aim: Aim, remedy: Remedy, language: Language) -> Iterator[str]:
    """What is chosen of the inputs that are open, and what each choice costs."""
    if remedy.chosen:
        yield word("plan-chosen", language, inputs=inputs_text(aim.assessment, remedy.chosen, language))
    for each in remedy.choices if remedy.steps != () or remedy.chosen else ():
        if each.choice.inputs != remedy.chosen:
            inputs = inputs_text(aim.assessment, each.choice.inputs, language)
            yield word(f"plan-choice{_how(each.remedy)}", language, inputs=inputs, cost=number(each.remedy.cost))


def _how(remedy: Remedy) -> str:
    """How the plan under one choice ends."""
    if remedy.steps == ():
        return "-reached"
    if remedy.steps is None:
        return "-impossible" if remedy.proved else "-untried"
    return "" if remedy.proved else "-unproved"


def told_plan(aim: Aim, value: str, remedy: Remedy, terms: Terms, language: Language) -> ToldPlan:
    """What there is to say of a plan, whoever prints it."""
    assessment, outcome = aim.assessment, aim.outcome
    program = assessment.program
    of = f"{program.definition[outcome].label.in_language(language)}: " if len(program.outcomes) > 1 else ""
    name = f"{of}{labelled(value, program.levels, language)}"
    teller = _Teller(assessment, language)
    chosen = tuple(_choice_lines(aim, remedy, language))
    after: list[str] = []
    is_certain = remedy.steps == () and _is_certain(aim, remedy)
    if remedy.steps:
        after += teller.together(remedy)
    if remedy.steps is not None and not is_certain:
        after += _judged_anew(aim, remedy, language)
        after += [_afterwards(aim, remedy, language), *_under_readings(aim, remedy, language)]
        after += teller.alternatives(aim, remedy, terms)
    if remedy.steps != ():
        after += _without_changes(aim, language)
    if remedy.steps is None and (pinned := pins_in_the_way(aim, terms)):
        after.append(word("plan-pins", language, pinned=list_text(map(teller.name, pinned), language)))
    left_out = _left_out(aim, remedy, terms)
    after += _not_priced(aim, remedy, left_out, language)
    if remedy.lacks:
        after.append(f"  {word('missing', language)}{lacks_text(program, map(Lack, remedy.lacks), language)}")
    after += _unproved(aim, remedy, language)
    if not remedy.steps:
        how = "-as-chosen" if remedy.chosen else "" if is_certain or remedy.steps is None else "-as-shown"
        state = "reached" if remedy.steps == () else _state(remedy)
        return ToldPlan(word(f"plan-{state}{how}", language, name=name), "", chosen, after=tuple(after))
    return ToldPlan(
        word("plan-found", language, name=name, number=len(remedy.steps), cost=number(remedy.cost)),
        among("plan-proved", left_out, language) if remedy.proved else word("plan-unproved", language),
        chosen,
        tuple(map(teller.step, remedy.steps)),
        tuple(after),
    )


def _unproved(aim: Aim, remedy: Remedy, language: Language) -> Iterator[str]:
    for why in unproved_text(aim.network, remedy.unproved, language):
        yield word("plan-not-proved", language, why=why)
    if remedy.exceeded is not None:
        yield word("plan-not-proved", language, why=word(f"unproved-{remedy.exceeded}", language))


def _left_out(aim: Aim, remedy: Remedy, terms: Terms) -> Unpriced:
    """What is no change and bears on a plan; where inputs are lacking it is to be known first what applies."""
    if remedy.steps == () or (remedy.steps is None and remedy.lacks):
        return Unpriced()
    return unpriced(aim, terms, None if remedy.steps is None else remedy.changes)


def _not_priced(aim: Aim, remedy: Remedy, left_out: Unpriced, language: Language) -> Iterator[str]:
    """The verdicts that are no change: they may be cheaper than a plan, or lead there where there is none."""
    instead = "" if remedy.steps else "-instead"
    of = {
        "plan-not-renewed": left_out.renewed,
        "plan-left-to-people": left_out.by_people,
        "plan-entailed": left_out.entailed,
    }
    for key, clauses in of.items():
        if clauses:
            yield word(f"{key}{instead}", language, clauses=_printed(aim.assessment.program, clauses))


def among(key: str, left_out: Unpriced, language: Language, **arguments: object) -> str:
    """A claim that nothing else does: where verdicts that are no change bear on it, among which changes."""
    of = {
        "left-renewed": left_out.renewed,
        "left-to-people": left_out.by_people,
        "left-entailed": left_out.entailed,
    }
    left = word("and", language).join(word(k, language) for k, clauses in of.items() if clauses)
    return word(f"{key}-among" if left else key, language, left=left, **arguments)


def _printed(program: Program, addresses: Sequence[str]) -> str:
    """Clauses as the standard prints them; of many the first."""
    clause = program.clause
    told = ", ".join(clause[address.removeprefix("clause:")].printed for address in addresses[:MOST_NAMES])
    return told + (f", … +{len(addresses) - MOST_NAMES}" if len(addresses) > MOST_NAMES else "")


def _is_certain(aim: Aim, remedy: Remedy) -> bool:
    """Whether the outcome is wanted whatever is still open comes to."""
    possible = possible_after(aim, remedy.changes)
    return aim.wanted.issuperset(possible.values) and not remedy.chosen


def _afterwards(aim: Aim, remedy: Remedy, language: Language) -> str:
    """What the outcome can be then; an enclosure is marked."""
    program = aim.assessment.program
    possible = possible_after(aim, remedy.changes)
    show = partial(value_text, program, program.definition[aim.outcome], language=language)
    told = set_text(program, possible.values, show, language)
    return word("plan-afterwards", language, values=marked(told, possible, language))


def _judged_anew(aim: Aim, remedy: Remedy, language: Language) -> Iterator[str]:
    """The verdicts without which what follows does not hold, as long as people leave them as they are."""
    clauses = judged_anew(aim, remedy.changes)
    if clauses:
        yield word("plan-judged-anew", language, clauses=_printed(aim.assessment.program, clauses))


def judged_anew_in(aim: Aim, remedy: Remedy, terms: Terms, place: int) -> tuple[str, ...]:
    """The verdicts to be given anew where the alternative at a `place` is made, in any of the ways that are told."""
    if remedy.found is None:
        return ()
    found = (c for changes in carried_out(remedy, terms, place, MOST_NAMES) for c in judged_anew(aim, changes))
    return tuple(dict.fromkeys(found))


def _under_readings(aim: Aim, remedy: Remedy, language: Language) -> Iterator[str]:
    """What the outcome is then under the other readings, where it is otherwise: the plan is made for those chosen."""
    if (found := readings_then(aim, remedy)) is not None and found.says == "depends":
        yield f"{word('readings', language)}: {reading_text(aim.assessment.program, found, language)}"


def _without_changes(aim: Aim, language: Language) -> Iterator[str]:
    """Where other readings need no change at all: what the outcome is under each today."""
    if (found := readings_without_changes(aim)) is not None:
        text = reading_text(aim.assessment.program, found, language)
        yield f"{word('plan-readings-today', language)}: {text}"


def readings_then(aim: Aim, remedy: Remedy) -> OutcomeReadingsModel | None:
    """What the readings do to the outcome once the changes of a plan are made; None where the standard has none."""
    return readings_of(evaluate(bound_after(aim, remedy.changes), aim.assessment.readings), aim.outcome)


def readings_without_changes(aim: Aim) -> OutcomeReadingsModel | None:
    """What the readings do to the outcome as it is, if under one of them it is what is wanted; else None."""
    found = readings_of(aim.assessment, aim.outcome)
    options = (set(map(published, one.values)) for one in (found.under if found is not None else ()))
    return found if any(values <= aim.wanted for values in options) else None


class _Teller:
    def __init__(self, assessment: Assessment, language: Language) -> None:
        self._a, self._language, self._heads = assessment, language, Heads(assessment, language)

    def step(self, step: Step) -> ToldStep:
        """One change, and what it gains."""
        actual, becomes = self._value(step.address, step.actual), self._becomes(step.address, step.needed)
        cost = word("plan-cost", self._language, cost=number(step.cost))
        if step.serves:
            clauses = _printed(self._a.program, step.serves)
            cost = f"{cost}; {word('plan-serves', self._language, clauses=clauses)}"
        change = f"{self.name(step.address)}: {actual} → {becomes}  ({cost})"
        told = [self._gain(gain) for gain in step.gains[:MOST_GAINS]]
        more = [f"… +{len(step.gains) - MOST_GAINS}"] if len(step.gains) > MOST_GAINS else []
        also = self._also(step.address, step.also, "plan-also") or self._range(step.address, step.needed, "plan-also")
        return ToldStep(step.address, change, also, self._guidance(step.address), "; ".join([*told, *more]))

    def together(self, remedy: Remedy) -> Iterator[str]:
        """The conditions that the numbers have to meet together: where others follow one, its own end is not all."""
        changes = {step.address: step.planned for step in remedy.steps or ()}
        if remedy.found is not None and any(step.needed.others_follow for step in remedy.steps or ()):
            yield from self._shared_by(remedy.found.means.aim, changes, "plan-together")

    def _together_instead(self, remedy: Remedy, terms: Terms, place: int, needs: Mapping[str, Becoming]) -> str:
        """The same of the alternative at a `place`, whose facts have these needs."""
        if remedy.found is None or not any(becoming.needed.others_follow for becoming in needs.values()):
            return ""
        (changes,) = islice(carried_out(remedy, terms, place, 1), 1)
        told = self._shared_by(remedy.found.means.aim, changes, "plan-instead-together")
        return "".join(f" ({conditions})" for conditions in told)

    def _shared_by(self, aim: Aim, changes: Changes, key: str) -> Iterator[str]:
        told = list(dict.fromkeys(map(self._shared, shared_conditions(aim, changes))))
        more = [f"… +{len(told) - MOST_NAMES}"] if len(told) > MOST_NAMES else []
        if told:
            yield word(key, self._language, conditions=list_text([*told[:MOST_NAMES], *more], self._language))

    def _shared(self, shared: Shared) -> str:
        """A condition in the words of the policy, behind the clauses or the score that it is a part of."""
        program = self._a.program
        of = [n.subject.printed if isinstance(n.subject, Clause) else self._heads.text(n) for n in shared.parts_of]
        condition = self._heads.policy.at(place_of(program, shared.condition))
        condition = condition if shared.holds else word("plan-not-so", self._language, condition=condition)
        return f"{', '.join(of)}: {condition}" if of else condition

    def _also(self, address: str, also: Likewise, key: str) -> str:
        """What else a fact may become; "" where nothing else does."""
        told = [self._value(address, value) for value in also.values[:MOST_NAMES]]
        if not told:
            return ""
        more = [f"… +{len(also.values) - MOST_NAMES}"] if len(also.values) > MOST_NAMES else []
        key = "plan-also-any" if also.values == (frozenset(),) and also.holding else key
        between = f" {word('or', self._language)} " if also.holding else " | "
        said = word(f"{key}-holding" if also.holding else key, self._language, values=between.join([*told, *more]))
        return said if also.complete else word("plan-also-open", self._language, said=said)

    def _becomes(self, address: str, needed: Needed) -> str:
        """What a change makes of a thing: the one value that all else follows, else between which ends it must be."""
        if needed.is_example:
            return word("plan-example", self._language, value=self._exactly(address, needed.planned))
        if needed.others_follow:
            return self._exactly(address, needed.planned)
        if needed.limit is not None:
            return self._ends(address, needed)
        if needed.bound == "=":
            return self._exactly(address, needed.required)
        return f"{_SIGNS[needed.bound]}{self._value(address, needed.required, _INWARD[needed.bound])}"

    def _range(self, address: str, needed: Needed, key: str) -> str:
        """Between which ends a number does as well that others follow; "" of any other thing."""
        if not needed.others_follow or needed.bound == "=":
            return ""
        return word(f"{key}-range", self._language, ends=self._ends(address, needed))

    def _ends(self, address: str, needed: Needed) -> str:
        nearest = f"{_SIGNS[needed.bound]}{self._exactly(address, needed.required)}"
        if needed.limit is None:
            return nearest
        furthest = f"{_SIGNS[needed.limit.bound]}{self._exactly(address, needed.limit.value)}"
        low, high = (nearest, furthest) if needed.bound.startswith(">") else (furthest, nearest)
        return word("plan-ends", self._language, low=low, high=high)

    def _exactly(self, address: str, value: Value) -> str:
        """A value without a decimal beside it, which would not do."""
        return self._value(address, value, "exactly")

    def changed(self, address: str, needed: Needed) -> str:
        """What a clause or fact is, and what it must be."""
        actual = self._value(address, self._a.values[self._a.network.at[address]])
        also = self._range(address, needed, "plan-instead")
        return f"{self.name(address)}: {actual} → {self._becomes(address, needed)}{f' ({also})' if also else ''}"

    def _guidance(self, address: str) -> str:
        """What the policy itself says of how to answer for a fact."""
        subject = self._a.network.node(address).subject
        is_own = isinstance(subject, Fact) and subject.vocabulary is None
        told = subject.guidance if is_own and isinstance(subject, Fact) else None
        return told.in_language(self._language) if told is not None else ""

    def _gain(self, gain: Gain) -> str:
        d = gain.definition
        at = f" {word('at-level', self._language)} {d.level}" if d.level else ""
        show = partial(value_text, self._a.program, d, language=self._language)
        after = word("gain-open", self._language) if gain.after is UNKNOWN else show(gain.after)
        if gain.either:
            levels = self._a.program.levels
            after = f" {word('or', self._language)} ".join(map(show, in_order(gain.either, levels)))
        return f"{d.label.in_language(self._language)}{at} {show(gain.before)} → {after}"

    def name(self, address: str) -> str:
        """A clause as the standard prints it, a fact by its name, each with its label."""
        return called(self._a.network, address, self._language)

    def _value(self, address: str, value: Value, about: About = "nearest") -> str:
        subject = self._a.network.node(address).subject
        if isinstance(subject, Fact):
            return self._heads.of_fact(subject, value, about)
        return self._open(address) if value is UNKNOWN else word(plain(value), self._language)

    def _open(self, address: str) -> str:
        """Why a clause has no verdict: it is not shown, or those who speak of it disagree, and how."""
        result = self._a.clauses[address.removeprefix("clause:")]
        if result.reason != "conflicting":
            return word("not-shown", self._language)
        said = [self._says(a) for a in result.disagreeing]
        if isinstance(result.by_facts, Verdict):
            said.append(word("facts-say", self._language, verdict=word(result.by_facts.value, self._language)))
        return f"{word('conflicting', self._language)} ({', '.join(said)})"

    def _says(self, a: Attestation) -> str:
        key = "voice-doubts" if a.verdict == "unknown" else "voice-says"
        voice, verdict = (word(w, self._language) for w in (a.voice, a.verdict))
        return word(key, self._language, voice=voice, verdict=verdict)

    def alternatives(self, aim: Aim, remedy: Remedy, terms: Terms) -> Iterator[str]:
        """The selections of equal cost: what they have in common is the plan, and told above."""
        if len(remedy.alternatives) < 2 and all(part.is_whole for parts in remedy.alternatives for part in parts):
            if remedy.count is None:
                yield word("plan-equal-open", self._language)
            return
        key = "plan-equal" if remedy.count is not None else "plan-equal-more"
        yield word(key, self._language, count=remedy.listed)
        told = remedy.alternatives[:MOST_SELECTIONS]
        needs = [needs_of(remedy, terms, place, _facts(parts)) for place, parts in enumerate(told)]
        common, left = _common(told, needs), len(remedy.alternatives) - len(told)
        if common:
            key = "plan-common-below" if left else "plan-common"
            yield f"  {word(key, self._language, number=len(common))}"
        for place, (parts, becoming) in enumerate(zip(told, needs, strict=True)):
            either = f"{word('plan-or' if place else 'plan-either', self._language)} " if len(told) > 1 else ""
            more = f"{self._together_instead(remedy, terms, place, becoming)}{self._anew(aim, remedy, terms, place)}"
            yield f"  {either}{self._selection(parts, common, becoming)}{more}"
        if left:
            yield f"  … +{left}"

    def _anew(self, aim: Aim, remedy: Remedy, terms: Terms, place: int) -> str:
        """The verdicts to be given anew beside those that are so for the plan itself, which are told above."""
        told = judged_anew(aim, remedy.changes)
        clauses = [c for c in judged_anew_in(aim, remedy, terms, place) if c not in told]
        if not clauses:
            return ""
        return f" ({word('plan-instead-anew', self._language, clauses=_printed(self._a.program, clauses))})"

    def _selection(self, parts: tuple[Part, ...], without: frozenset[str], needs: Mapping[str, Becoming]) -> str:
        """What one selection changes: by names, facts with what they become, and so many of what is interchangeable."""
        told = []
        for part in parts:
            of = [t for t in part.of if not part.is_whole or without.isdisjoint(t)]
            names = [" + ".join(self._short(a, needs.get(a)) for a in together) for together in of]
            listed = ", ".join(
                [*names[:MOST_NAMES], *([f"… +{len(names) - MOST_NAMES}"] if len(names) > MOST_NAMES else [])]
            )
            if not part.is_whole:
                listed = f"{word('any-of', self._language, number=part.number, of=len(part.of))}: {listed}"
            told += [listed] if names else []
        return "; ".join(told)

    def _short(self, address: str, becoming: Becoming | None) -> str:
        subject = self._a.network.node(address).subject
        assert isinstance(subject, Clause | Fact)
        if isinstance(subject, Clause):
            return subject.printed
        name, label = subject.called(self._language), subject.label.in_language(self._language)
        called = name if label == name else f"{name} ({label})"
        if becoming is None:
            return called
        needed = becoming.needed
        also = self._also(address, becoming.also, "plan-instead") or self._range(address, needed, "plan-instead")
        actual = self._value(address, self._a.values[self._a.network.at[address]])
        told = f"{called} {actual} → {self._becomes(address, needed)}"
        return f"{told} ({also})" if also else told


def _common(told: Sequence[tuple[Part, ...]], needs: Sequence[Mapping[str, Becoming]]) -> frozenset[str]:
    """What all alternatives that are told change to the same value: it is not said again of each."""
    named = frozenset.intersection(*(_needed(parts) for parts in told))
    return frozenset(a for a in named if all(each.get(a) == needs[0].get(a) for each in needs))


def _needed(parts: tuple[Part, ...]) -> frozenset[str]:
    return frozenset(a for part in parts if part.is_whole for a in part.addresses)


def _facts(parts: tuple[Part, ...]) -> frozenset[str]:
    """The facts that are told; of many things that are interchangeable those of the first."""
    told = (together for part in parts for together in (part.of if part.is_whole else part.of[:MOST_NAMES]))
    return frozenset(a for together in told for a in together if a.startswith("fact:"))


def plan_model(aim: Aim, value: str, remedy: Remedy, terms: Terms, language: Language = "en") -> model.PlanModel:
    """The plan as programs read it."""
    assessment, outcome = aim.assessment, aim.outcome
    afterwards = None if remedy.steps is None else possible_after(aim, remedy.changes)
    return model.PlanModel.model_validate(
        {
            "guiju": "plan/1",
            "policy": assessment.program.id,
            "outcome": outcome,
            "value": value,
            "state": _state(remedy),
            "proved": remedy.proved,
            "cost": None if remedy.steps is None else str(remedy.cost),
            "steps": [_step_model(assessment, step) for step in remedy.steps or ()],
            "afterwards": list(map(plain, in_order(afterwards.values))) if afterwards else [],
            "afterwards_exact": afterwards is None or afterwards.exact,
            "judged_anew": [] if remedy.steps is None else list(judged_anew(aim, remedy.changes)),
            "alternatives": [parts_model(parts) for parts in remedy.alternatives],
            "ways": [_way_model(remedy, terms, place) for place in range(min(len(remedy.ways), MOST_SELECTIONS))],
            "ways_judged_anew": [
                list(judged_anew_in(aim, remedy, terms, place))
                for place in range(min(len(remedy.ways), MOST_SELECTIONS))
            ],
            "count": remedy.count,
            "untried": list(remedy.untried),
            "unproved": remedy.unproved,
            "exceeded": remedy.exceeded,
            "not_priced": aim.not_priced,
            "left_to_people": list(
                verdicts_that_may_save(aim, terms, remedy.changes) if remedy.steps else aim.left_to_people
            ),
            "entailed": list(entailed(aim) if remedy.steps is None else entailed_that_save(aim, terms, remedy.changes)),
            "missing": list(remedy.lacks),
            "readings_today": readings_without_changes(aim) if remedy.steps != () else None,
            "readings_then": readings_then(aim, remedy) if remedy.steps else None,
            "chosen": inputs_model(remedy.chosen),
            "choices": [_choice_model(each) for each in remedy.choices],
            "changeable": list(in_play(remedy.found.means, terms)) if remedy.found is not None else [],
            "pinned": sorted(terms.pinned),
            "blocking": list(pins_in_the_way(aim, terms)) if remedy.steps is None else [],
            "assessed": assessed_model(assessment, language),
            "others": [
                {"outcome": other, "now": _values(now), "afterwards": _values(then), "exact": now.exact and then.exact}
                for other, (now, then) in (other_outcomes(aim, remedy) if remedy.steps else {}).items()
            ],
        }
    )


def _choice_model(each: Chosen) -> model.ChoiceModel:
    told = each.remedy
    cost = None if told.steps is None else str(told.cost)
    return model.ChoiceModel(inputs=inputs_model(each.choice.inputs), state=_state(told), cost=cost, proved=told.proved)


def _values(possible: Possible) -> list[str]:
    return list(map(plain, in_order(possible.values)))


def _state(remedy: Remedy) -> model.State:
    if remedy.steps is not None:
        return "found" if remedy.changes else "reached"
    return "missing" if remedy.lacks else "impossible" if remedy.proved else "untried"


def parts_model(parts: tuple[Part, ...]) -> list[model.PartModel]:
    """A selection as programs read it."""
    return [model.PartModel(number=part.number, of=list(map(list, part.of))) for part in parts]


def _way_model(remedy: Remedy, terms: Terms, place: int) -> list[model.BecomingModel]:
    """What the facts of one set become, in one way to make it."""
    facts = [a for part in remedy.alternatives[place] for a in part.addresses if a.startswith("fact:")]
    return [
        model.BecomingModel(
            address=a,
            planned=plain(b.needed.planned),
            bound=b.needed.bound,
            example=b.needed.is_example,
            required=plain(b.needed.required),
            limit=_limit_model(b.needed.limit),
            also=_also_model(b.also),
        )
        for a, b in needs_of(remedy, terms, place, facts).items()
    ]


def _also_model(also: Likewise) -> model.AlsoModel:
    return model.AlsoModel(values=list(map(plain, also.values)), holding=also.holding, complete=also.complete)


def _limit_model(limit: Limit | None) -> model.LimitModel | None:
    return None if limit is None else model.LimitModel(bound=limit.bound, value=plain(limit.value))


def _gain_model(gain: Gain) -> model.GainModel:
    either = list(map(plain, in_order(gain.either)))
    return model.GainModel(
        address=gain.definition.id, before=plain(gain.before), after=plain(gain.after), either=either
    )


def _step_model(assessment: Assessment, step: Step) -> model.StepModel:
    subject = assessment.network.node(step.address).subject
    is_number = (
        isinstance(step.required, Fraction) and isinstance(subject, Fact) and isinstance(subject.type, NumberType)
    )
    gains = [_gain_model(g) for g in step.gains]
    return model.StepModel(
        address=step.address,
        actual=plain(step.actual),
        planned=plain(step.planned),
        bound=step.bound,
        example=step.needed.is_example,
        required=plain(step.required),
        limit=_limit_model(step.needed.limit),
        unit=subject.type.unit
        if is_number and isinstance(subject, Fact) and isinstance(subject.type, NumberType)
        else None,
        also=_also_model(step.also),
        cost=str(step.cost),
        serves=list(step.serves),
        gains=gains,
    )
