"""A completion as evidence: what a subject would have to state, and to have attested, for it to be this one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from guiju.compiler.ir import UNKNOWN, Clause, NumberType, Program, Type, Value, Verdict
from guiju.compiler.units import format_number, unit_named
from guiju.dsl.source import Source, Span
from guiju.engine import codes
from guiju.engine.bind import Bound, bind
from guiju.engine.evaluate import settle
from guiju.engine.evidence import Attestation, Choice, Evidence, Quantity, StatedFact, StatedValue, Voice
from guiju.engine.network import network_of
from guiju.engine.reasoning.editions.numbering import later_names

#: what only another edition asks for
UNASKED = (
    *(codes.UNKNOWN_FACT, codes.UNKNOWN_INPUT, codes.INPUT_AMONG_FACTS, codes.FACT_AMONG_INPUTS),
    *(codes.UNKNOWN_EVIDENCE_CLAUSE, codes.PARENT_ATTESTED),
)

#: what each fact, input and clause is, by address
Subject = Mapping[str, Value]

#: the reason of what a subject was given only to show something
SHOWN = "见证 / witness"

NOWHERE = Span(Source("witness", ""), 0, 0)


def bound_leniently(program: Program, evidence: Evidence) -> Bound | None:
    """Evidence bound to one of two editions, without what this one does not ask for; None if it does not fit."""
    bound, diagnostics = bind(program, evidence)
    return None if any(d.is_error and d.code not in UNASKED for d in diagnostics) else bound


def evidence_of_both(name: str, editions: tuple[tuple[Program, Subject, Mapping[str, str]], ...]) -> Evidence | None:
    """Evidence that makes a subject what it is under each edition, with its readings; None if one contradicts another.

    A clause is attested where its facts do not decide it: by an assessor, or, where the facts of another edition decide
    it otherwise, by a vendor, whose word counts for nothing there. Clauses go by the numbers of the last edition, those
    that only an earlier one has under a number that it took over by a mark (`ONLY_EARLIER`).
    """
    facts, last = _facts(editions), editions[-1][0]
    stated = Evidence(subject=name, inputs=_inputs(editions), facts=facts, fictional=True, span=NOWHERE)
    wanted: dict[str, set[Value]] = {}
    decided: dict[str, set[Value]] = {}
    for program, subject, readings in editions:
        bound = bound_leniently(program, stated)
        if bound is None:
            return None
        network = network_of(program)
        values, clauses = settle(network, bound, readings)
        called = later_names(program, last)
        for id_, result in clauses.items():
            later = called.get(id_, id_)
            if result.verdict is not UNKNOWN:
                decided.setdefault(later, set()).add(result.verdict)
            elif (verdict := subject.get(f"clause:{id_}")) is not None:
                applies = [values[o] for o in network.node(f"clause:{id_}").operands[:1]]
                wanted.setdefault(later, set()).add(_sayable(program.clause[id_], verdict, applies != [True]))
    if any(len(verdicts) > 1 for verdicts in wanted.values()):
        return None
    if any(later_names(program, last) for program, _, _ in editions):
        stated = replace(stated, standard=last.id, numbers=last.digest)
    said = ((id_, next(iter(verdicts))) for id_, verdicts in wanted.items())
    return replace(stated, attestations=tuple(_attested(id_, v, decided.get(id_, {v}) == {v}) for id_, v in said))


def _sayable(clause: Clause, verdict: Value, may_not_apply: bool) -> Value:
    """What people may say: that a clause does not apply only if it says when it does, and no fact says that it does."""
    if verdict is Verdict.NOT_APPLICABLE and (clause.applies is None or not may_not_apply):
        return Verdict.UNSATISFIED
    return verdict


def _attested(clause: str, verdict: Value, agreed: bool) -> Attestation:
    assert isinstance(verdict, Verdict)
    voice: Voice = "assessor" if agreed else "vendor"
    reason = SHOWN if verdict is Verdict.NOT_APPLICABLE else None  # a file must say why something does not apply
    return Attestation(clause=clause, verdict=verdict.value, voice=voice, reason=reason, span=NOWHERE)


def _facts(editions: tuple[tuple[Program, Subject, Mapping[str, str]], ...]) -> tuple[StatedFact, ...]:
    found: dict[str, StatedFact] = {}
    for program, subject, _ in editions:
        for id_, value in _named("fact", subject):
            stated = as_stated(program.fact[id_].type, value)
            found.setdefault(id_, StatedFact(name=id_, value=stated, span=NOWHERE))
    return tuple(found.values())


def _inputs(editions: tuple[tuple[Program, Subject, Mapping[str, str]], ...]) -> tuple[Choice, ...]:
    chosen = {id_: str(value) for _, subject, _ in editions for id_, value in _named("input", subject)}
    return tuple(Choice(name=id_, value=value, span=NOWHERE) for id_, value in chosen.items())


def _named(kind: str, subject: Subject) -> Iterator[tuple[str, Value]]:
    split = ((*address.partition(":"), value) for address, value in subject.items())
    return ((id_, value) for found, _, id_, value in split if found == kind)


def as_stated(type_: Type, value: Value) -> StatedValue:
    """A value as a file states it, numbers in the unit of their fact."""
    match value:
        case Fraction():
            assert isinstance(type_, NumberType)
            unit = unit_named(type_.unit)
            number = value / (unit.factor if unit else 1)
            return Quantity(number=number, unit=type_.unit, text=f"{format_number(number)} {type_.unit}")
        case frozenset():
            return tuple(sorted(value))
        case bool() | str():
            return value
    raise TypeError(value)
