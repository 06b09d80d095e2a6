"""How an open outcome or score comes to one of its values: a completion that gives it, as what is still to be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TypeVar

from guiju.compiler.ir import Fact, Titled, Value
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import StatedValue
from guiju.engine.possible import Possible
from guiju.engine.reasoning.editions.subject import as_stated
from guiju.engine.reasoning.why.determining import determining
from guiju.report.facts import stated_text
from guiju.report.heads import Heads
from guiju.report.layout import list_text
from guiju.report.result_model import WitnessModel
from guiju.report.words import in_order, plain, shown, word

_Thing = TypeVar("_Thing", bound=Titled)

MOST_TOLD = 6  # statements of one witness in a line


def witnesses(assessment: Assessment, definition: str) -> list[WitnessModel]:
    """A completion for each value of an outcome, for the least and the greatest of a score; none of an enclosure."""
    possible = assessment.possible(definition)
    return [_witness(assessment, possible, value) for value in _witnessed(assessment, definition, possible)]


def witness_lines(assessment: Assessment, definition: str, language: Language) -> Iterator[tuple[Value, str]]:
    """The same for people: what each completion has otherwise than the others, then what all of them share.

    Of what they share it is told what can make a difference: the values follow from both together.
    """
    possible = assessment.possible(definition)
    told = {value: possible.witness(value) for value in _witnessed(assessment, definition, possible)}
    alike = set.intersection(*(set(t.items()) for t in told.values())) if told else set()
    at, counts = assessment.network.at, determining(assessment, definition) if len(told) > 1 else frozenset()
    shared = _few(assessment, {a: v for a, v in alike if at.get(a) in counts}, language)
    for value, witness in told.items() if len(told) > 1 else ():
        own = _few(assessment, dict(witness.items() - alike), language)
        yield value, word("witness-besides", language, own=own, shared=shared) if shared else own


def _few(assessment: Assessment, told: Mapping[str, Value], language: Language) -> str:
    said = [*_said(assessment, told, language)]
    rest = [word("and-more-evaluate", language, number=len(said) - MOST_TOLD)] if len(said) > MOST_TOLD else []
    return list_text([*said[:MOST_TOLD], *rest], language)


def _witnessed(assessment: Assessment, definition: str, possible: Possible) -> tuple[Value, ...]:
    if not possible.exact or len(possible.values) == 1:
        return ()
    if definition in assessment.program.outcomes:
        return in_order(possible.values, assessment.program.levels)
    numbers = sorted(v for v in possible.values if isinstance(v, Fraction))
    return tuple(dict.fromkeys((numbers[0], numbers[-1]))) if numbers else ()


def _witness(assessment: Assessment, possible: Possible, value: Value) -> WitnessModel:
    told = possible.witness(value)
    program = assessment.program
    return WitnessModel(
        value=plain(value),
        inputs={i.id: str(v) for i, v in _named("input", program.inputs, told)},
        facts={f.id: _stated(as_stated(f.type, v)) for f, v in _named("fact", program.facts, told)},
        clauses={c.id: str(plain(v)) for c, v in _named("clause", program.clauses, told)},
    )


def _stated(value: StatedValue) -> str | bool | list[str]:
    """A value as evidence takes it, in JSON as in YAML."""
    return value if isinstance(value, bool) else list(value) if isinstance(value, tuple) else stated_text(value)


def _said(assessment: Assessment, told: Mapping[str, Value], language: Language) -> Iterator[str]:
    program = assessment.program
    for clause, value in _named("clause", program.clauses, told):
        yield f"{clause.printed} {shown(value, language)}"
    for fact, value in _named("fact", program.facts, told):
        yield f"{fact.label.in_language(language)} = {_of_fact(assessment, fact, value, language)}"
    for input_, value in _named("input", program.inputs, told):
        yield f"{input_.label.in_language(language)} = {value}"


def _of_fact(assessment: Assessment, fact: Fact, value: Value, language: Language) -> str:
    stated = as_stated(fact.type, value)
    if isinstance(stated, tuple):
        return Heads(assessment, language).of_fact(fact, frozenset(stated))
    return shown(stated, language) if isinstance(stated, bool) else stated_text(stated, language)


def _named(kind: str, things: Iterable[_Thing], told: Mapping[str, Value]) -> list[tuple[_Thing, Value]]:
    """The things of one kind that a witness takes to be something, in the order of the policy."""
    return [(t, told[address]) for t in things if (address := f"{kind}:{t.id}") in told]
