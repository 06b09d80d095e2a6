"""Which mutants the examples notice, and of the others whether any subject could."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import Program, Value
from guiju.dsl.diagnostic import has_errors
from guiju.engine.bind import bind
from guiju.engine.evidence import Evidence
from guiju.engine.examples.again import Changed
from guiju.engine.examples.case import Case
from guiju.engine.examples.judging import Result, assessed
from guiju.engine.examples.mutants import Mutant
from guiju.engine.examples.rounding import with_round_numbers
from guiju.engine.network import network_of
from guiju.engine.reasoning.editions.deciding import Witness, agreements

#: `alike`: no subject comes to another outcome, so no example of outcomes could tell
Fate: TypeAlias = Word["killed", "survived", "alike"]

BUDGET = 2_000  # combinations of one sweep when a subject is looked for that tells a mutant


@dataclass(frozen=True)
class Subject:
    """What tells a mutant: a subject, with the outcome that the policy gives it."""

    evidence: Evidence
    outcome: str
    value: Value
    readings: Mapping[str, str]


@dataclass(frozen=True)
class Tried:
    """What became of a mutant: the example that noticed it, or a subject that would."""

    mutant: Mutant
    fate: Fate
    by: Case | None = None
    subject: Subject | None = None


def tried(program: Program, results: Iterable[Result], mutants: Iterable[Mutant], look_for: int) -> Iterator[Tried]:
    """Each mutant, tried on examples that hold of the policy; for so many survivors a subject is looked for."""
    order, before = list(results), network_of(program)
    readings: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {(): {}}
    readings |= {tuple(sorted(r.case.readings.items())): r.case.readings for r in order}
    for mutant in mutants:
        changed = mutant.program()
        beside = Changed(before, changed)
        noticed = next((result for result in order if not beside.still_holds(result)), None)
        if noticed is not None:
            order.remove(noticed)  # what noticed one slip notices the next one sooner than others
            order.insert(0, noticed)
            yield Tried(mutant, "killed", noticed.case)
        elif look_for > 0:
            look_for -= 1
            yield _survivor(program, mutant, changed, readings.values())
        else:
            yield Tried(mutant, "survived")


def _survivor(program: Program, mutant: Mutant, changed: Program, under: Iterable[Mapping[str, str]]) -> Tried:
    """A survivor with a subject that tells it, under some of the readings that examples take; or that none does."""
    answers: set[str] = set()
    for readings in under:
        for found in agreements(program, changed, {}, (readings, readings), budget=BUDGET):
            if found.witness is not None:
                evidence = _rounded(program, changed, found.witness, found.outcome, readings)
                told = Subject(evidence, found.outcome, found.witness.before, readings)
                return Tried(mutant, "survived", None, told)
            answers.add(found.answer)
    return Tried(mutant, "alike" if answers and answers <= {"same", "never"} else "survived")


def _rounded(
    program: Program, changed: Program, witness: Witness, outcome: str, readings: Mapping[str, str]
) -> Evidence:
    """The evidence of a witness in numbers that people write, as far as both programs come to the same with them."""

    def shows(evidence: Evidence) -> bool:
        return [_outcome(p, evidence, outcome, readings) for p in (program, changed)] == [witness.before, witness.after]

    return with_round_numbers(program, witness.evidence, shows)


def _outcome(program: Program, evidence: Evidence, outcome: str, readings: Mapping[str, str]) -> Value | None:
    bound, found = bind(program, evidence)
    if has_errors(found):
        return None
    assessment = assessed(bound, dict(readings), (outcome,))
    return assessment.values[assessment.network.at[outcome]]
