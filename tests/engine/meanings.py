"""The two meanings of a policy side by side: what the compiled program gives, and what the interpreter reads in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from guiju.compiler import ir
from guiju.compiler.ir import Program, Special, Undefined, Value, Verdict
from guiju.compiler.pipeline import compile_document
from guiju.dsl import tree
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.bind import Bound, bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Attestation, Choice, Evidence, Quantity, StatedFact, StatedValue
from tests.engine.interpreter import UNDEFINED, Meaning, No, World
from tests.engine.oracle import walk
from tests.engine.printed import Printed, Where
from tests.engine.strategies import SPAN, drawn_vocabulary, quantity

Vocabularies = Mapping[str, tree.Document]


NOTHING = "nothing"


class Difference(NamedTuple):
    """Something of which the compiled program says another thing than the text."""

    what: str
    compiled: object
    printed: object


def differences_of_text(text: str, evidence: Evidence, draw: Random, worlds: int = 3) -> list[Difference]:
    """What the compiler makes another thing of than it says, in some worlds that agree with what the evidence states."""
    document, mistakes = parse(Source("text", text))
    assert not mistakes, mistakes
    shared = {"shared": drawn_vocabulary()}
    program = compile_document(document, shared).program
    assert program is not None
    return differences(document, shared, program, [completed(program, evidence, draw) for _ in range(worlds)])


def differences(
    document: tree.Document, vocabularies: Vocabularies, program: Program, worlds: Sequence[Evidence]
) -> list[Difference]:
    """Where program and text differ on complete evidence: under the default readings, each other option, and many at once."""
    found: list[Difference] = []
    bound = [bind(program, evidence)[0] for evidence in worlds]
    single = [{r.id: o.id} for r in program.readings for o in r.options[1:]]
    together = {r.id: r.options[-1].id for r in program.readings}
    for readings in ({}, *single, *([together] if len(together) > 1 else [])):
        printed = Printed(document, vocabularies, readings)
        found += [] if readings else _differing("", dict(_levels(program)), dict(_printed_levels(printed)))
        for world in bound:
            compiled = dict(of_the_program(evaluate(world, readings)))
            under = f" under {readings}" if readings else ""
            found += _differing(under, compiled, dict(of_the_text(Meaning(printed, world_of(world)))))
    return found


def interpreted(
    document: tree.Document, vocabularies: Vocabularies, program: Program, evidence: Evidence
) -> dict[str, object]:
    """What the text says of a world under the default readings."""
    world = world_of(bind(program, evidence)[0])
    return dict(of_the_text(Meaning(Printed(document, vocabularies, {}), world)))


def _differing(under: str, compiled: Mapping[str, object], printed: Mapping[str, object]) -> Iterator[Difference]:
    for what in sorted(compiled.keys() | printed.keys()):
        one, other = compiled.get(what, NOTHING), printed.get(what, NOTHING)
        if what.startswith("gate ") and other is NOTHING:
            continue  # the gate of a sum of gated scores, which nobody printed
        if what.startswith("fact ") and one is NOTHING:
            continue  # nothing asks for it
        if one != other or isinstance(one, bool) != isinstance(other, bool):
            yield Difference(what + under, one, other)


# --- the text -----------------------------------------------------------------------------------------------------


def _printed_levels(printed: Printed) -> Iterator[tuple[str, object]]:
    """The levels at which each clause counts, as the membership table has it."""
    for clause in printed.clauses.values():
        if clause.is_item or not clause.children:
            yield f"levels {clause.id}", tuple(x for x in printed.levels if printed.counts_at(clause, x))


def of_the_text(meaning: Meaning) -> Iterator[tuple[str, object]]:
    """Everything that a reader of the text could ask for, by name."""
    p = meaning.p
    everywhere = (None,)
    yield from ((f"fact {id_}", meaning.fact(id_)) for id_, d in p.facts.items() if d.formula)
    yield from ((f"let {id_}", meaning.value(d.value, Where())) for id_, d in p.lets.items())
    yield from ((f"clause {c.id}", meaning.verdict(c)) for c in p.clauses.values() if c.is_item or not c.children)
    yield from ((f"weight {g}", w) for g in p.groups if (w := meaning.weight(g)) is not None)
    for (name, kind), score in p.scores.items():
        levels = [p.level[block.level] for block in score.blocks if block.level]
        for group in p.groups_below(kind, None) if kind else everywhere:
            for level in p.levels if score.each_level else levels or everywhere:
                yield f"score {name} {group} {level}", meaning.score(name, group, level)
                if p.gates.get((name, kind, str(level)), (None, None))[0] is not None:
                    yield f"gate {name} {group} {level}", meaning.gate(name, group, level)
    for name in p.grades:
        kind = meaning.grade_kind(name)
        for group in p.groups_below(kind, None) if kind else everywhere:
            yield f"grade {name} {group} None", meaning.grade(name, group)


def world_of(bound: Bound) -> World:
    """Complete evidence as the interpreter takes it."""
    said = {
        voice: {
            id_: a.verdict
            for id_, those in bound.attestations.items()
            for a in those
            if a.voice == voice and a.verdict != "unknown"
        }
        for voice in ("vendor", "assessor", "override")
    }
    inputs = {id_: str(option) for id_, option in bound.inputs.items()}
    return World(bound.facts, inputs, said["vendor"] | said["assessor"], said["override"])


# --- the program --------------------------------------------------------------------------------------------------


def _levels(program: Program) -> Iterator[tuple[str, object]]:
    yield from ((f"levels {clause.id}", clause.levels) for clause in program.items())


def of_the_program(assessment: Assessment) -> Iterator[tuple[str, object]]:
    """The same of the compiled program, by the same names."""
    program, at = assessment.program, assessment.network.at
    for fact in program.facts:
        if fact.formula is not None and f"fact:{fact.id}" in at:
            yield f"fact {fact.id}", plain(assessment.value(f"fact:{fact.id}"))
    for result in assessment.items:
        yield f"clause {result.clause}", plain(result.verdict)
    for d in (d for d in program.definitions if d.shown and d.kind != "gate"):
        match d.kind:
            case "let":
                what = f"let {d.family}"
            case "weight":
                what = f"weight {d.group}"
            case _:
                what = f"{d.kind} {d.family} {d.group} {d.level}"
        yield what, plain(assessment.value(d.id))
        gate = _gate(d.expression, assessment.readings)
        if gate is not None:
            yield f"gate {d.family} {d.group} {d.level}", plain(assessment.value(gate))


def _gate(e: ir.Expression, readings: Mapping[str, str]) -> str | None:
    """The definition of the gate that a score stands behind."""
    while isinstance(e, ir.Choice):
        e = dict(e.options)[readings[e.reading]]
    condition = e.rows[0].condition if isinstance(e, ir.Cases) and e.form == "gate" else None
    return condition.name if isinstance(condition, ir.Ref) else None


def plain(value: Value) -> object:
    """A value of the engine as the interpreter has it: undefined is undefined, for whatever reason."""
    if isinstance(value, Undefined):
        return UNDEFINED
    if isinstance(value, Special):
        return No(value.value) if value is not Special.UNKNOWN else "unknown"
    return value.value if isinstance(value, Verdict) else value


# --- complete evidence --------------------------------------------------------------------------------------------


def completed(program: Program, evidence: Evidence, draw: Random) -> Evidence:
    """Evidence that states every fact, chooses every input and says something of every clause, some things by override."""
    stated = {f.name: replace(f, value=_exact(f.value), evidence=()) for f in evidence.facts if f.value is not None}
    chosen = {i.name: i for i in evidence.inputs}
    numbers = _numbers(program)
    for fact in program.facts:
        if fact.id not in stated and fact.formula is None:
            stated[fact.id] = StatedFact(name=fact.id, value=_value(fact, numbers, draw), span=SPAN)
    for input_ in program.inputs:
        if input_.id not in chosen and isinstance(input_.type, ir.OptionType):
            chosen[input_.id] = Choice(name=input_.id, value=draw.choice(input_.type.options), span=SPAN)
    said = [a for clause in program.clauses for a in _said(clause, draw.choice((0.5, 0.8, 0.95)), draw)]
    return replace(
        evidence, facts=tuple(stated.values()), inputs=tuple(chosen.values()), attestations=tuple(said), records=()
    )


def _exact(value: StatedValue) -> StatedValue:
    """A number that is meant as it is written, and not rounded."""
    return replace(value, text="") if isinstance(value, Quantity) else value


def _numbers(program: Program) -> list[Fraction]:
    """The numbers that conditions and formulas mention: what lies on either side of them makes a difference."""
    roots = [e for c in program.clauses for e in (c.applies, c.condition) if e is not None]
    roots += [d.expression for d in program.definitions] + [f.formula for f in program.facts if f.formula is not None]
    literals = [x.value for e in roots for x in walk(e) if isinstance(x, ir.Literal)]
    return sorted({Fraction(0), *(v for v in literals if isinstance(v, Fraction))})


def _value(fact: ir.Fact, numbers: list[Fraction], draw: Random) -> StatedValue:
    match fact.type:
        case ir.TruthType():
            return draw.random() < 0.5
        case ir.OptionType():
            return draw.choice(fact.type.options)
        case ir.SetType():
            return tuple(option for option in fact.type.options if draw.random() < 0.5)
        case ir.NumberType():
            number = draw.choice(numbers) + draw.choice((0, 0, 1, -1, Fraction(1, 2)))
            number = abs(number) if fact.type.is_never_negative else number
            return quantity(fact, Fraction(int(number)) if fact.type.integer else number)
    raise TypeError(fact.type)


def _said(clause: ir.Clause, satisfied: float, draw: Random) -> Iterator[Attestation]:
    verdict: Any = "satisfied" if draw.random() < satisfied else "unsatisfied"
    yield Attestation(clause=clause.id, verdict=verdict, voice="vendor", span=SPAN)
    is_overridden, is_attested = draw.random() < 0.15, clause.condition is None and clause.applies is None
    if draw.random() < 0.1 and (is_overridden or is_attested):  # one assessor could not confirm it
        yield Attestation(clause=clause.id, verdict="unknown", voice="assessor", span=SPAN)
        if is_attested:
            word: Any = draw.choice(("satisfied", "unsatisfied"))
            yield Attestation(clause=clause.id, verdict=word, voice="assessor", span=SPAN)
    if is_overridden:
        verdicts: list[Any] = ["satisfied", "unsatisfied", *(["not-applicable"] if clause.applies is not None else [])]
        yield Attestation(clause=clause.id, verdict=draw.choice(verdicts), voice="override", span=SPAN)
