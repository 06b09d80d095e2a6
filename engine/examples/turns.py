"""Examples at the turns of scores and grades: every row that can be reached, both sides of each grade's limits.

And each result of a grade that none of these comes to, as one that takes two scores together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from guiju.compiler.graph import parts
from guiju.compiler.ir import Definition, Example, Expression, Literal, Operation, OptionType, Program, Ref, Value
from guiju.compiler.operators import COMPARISONS
from guiju.compiler.units import format_number
from guiju.dsl.diagnostic import Text
from guiju.dsl.keywords import NO_VALUES, localised
from guiju.dsl.source import Span
from guiju.engine.bind import bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Choice, Evidence
from guiju.engine.examples.mutants import tables_of
from guiju.engine.examples.proposing import of_completion
from guiju.engine.examples.rewriting import options_of


def at_turns(program: Program) -> Iterator[Example]:
    """The examples of a program whose inputs take their first options."""
    assessment = _on_nothing(_with_all_stated(program))
    told: set[tuple[str, Value]] = set()
    for example in (*_rows(assessment, program), *_limits(assessment, program)):
        told |= {(expected.address, value) for expected in example.expected for value in expected.values}
        yield example
    for grade in (d for d in assessment.program.definitions if d.kind == "grade"):
        for value in _reachable(assessment, grade.id):
            if (grade.id, value) not in told:
                yield from _of(assessment, program, grade, value, (grade.id,))


def _with_all_stated(program: Program) -> Program:
    """The program without formulas of facts: an example states such a fact, so all that it can be is considered."""
    return replace(program, facts=tuple(replace(fact, formula=None) for fact in program.facts))


def _on_nothing(program: Program) -> Assessment:
    inputs = tuple(
        Choice(name=i.id, value=i.type.options[0], span=program.span)
        for i in program.inputs
        if isinstance(i.type, OptionType)
    )
    bound, _ = bind(program, Evidence(subject="", inputs=inputs, span=program.span))
    return evaluate(bound)


def _rows(assessment: Assessment, program: Program) -> Iterator[Example]:
    """For each table of the text, in the first group that it is for, a subject for every value that it can give."""
    options = options_of(assessment.program)
    told: set[Span] = set()
    for d in assessment.program.definitions:
        spans = {row.span for table in tables_of(d, options) for row in table.rows}
        whole = assessment.program.definition[d.whole]
        if d.kind == "score" and whole.shown and spans and not spans & told:
            told |= spans
            for value in _reachable(assessment, whole.id):
                yield from _of(assessment, program, whole, value, (whole.id,))


def _limits(assessment: Assessment, program: Program) -> Iterator[Example]:
    """For each limit of a grade the score at it and the nearest that can be reached on either side."""
    definitions = assessment.program.definition
    told: set[tuple[str, str, Fraction]] = set()
    for grade in (d for d in definitions.values() if d.kind == "grade"):
        for score, limit in _compared(grade.expression, options_of(assessment.program)):
            numbers = sorted(v for v in _reachable(assessment, score) if isinstance(v, Fraction))
            below, above = [v for v in numbers if v < limit], [v for v in numbers if v > limit]
            for value in (*below[-1:], *(v for v in numbers if v == limit), *above[:1]):
                if (grade.id, score, value) not in told:
                    told.add((grade.id, score, value))
                    yield from _of(assessment, program, definitions[score], value, (score, grade.id))


def _reachable(assessment: Assessment, address: str) -> tuple[Value, ...]:
    """The values that a score can come to, where this is known exactly."""
    possible = assessment.possible(address)
    return possible.values if possible.exact else ()


def _compared(expression: Expression, options: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Fraction]]:
    """The scores that a grade compares, each with the number that it is compared with."""
    if isinstance(expression, Operation) and expression.operator in COMPARISONS:
        named = [o.name for o in expression.operands if isinstance(o, Ref)]
        numbers = [o.value for o in expression.operands if isinstance(o, Literal) and isinstance(o.value, Fraction)]
        yield from ((name, number) for name in named for number in numbers)
    for part in parts(expression):
        yield from _compared(part, options)


def _of(
    assessment: Assessment, program: Program, d: Definition, value: Value, addresses: tuple[str, ...]
) -> Iterator[Example]:
    """The example of a subject for which a score has a value, if the program with its formulas gives it, too."""
    possible = assessment.possible(d.id)
    subject: dict[str, Value] = {f"input:{name}": option for name, option in assessment.bound.inputs.items()}
    witness = possible.witness(value) if possible.trails[possible.values.index(value)] is not None else {}
    shown = format_number(value) if isinstance(value, Fraction) else getattr(value, "value", "undefined")
    shown = value if isinstance(value, str) else shown
    level = f" {d.level}" if d.level else ""
    family = d.family if d.group and d.family != "score" else ""
    in_zh = localised(shown, NO_VALUES, "zh")
    zh, en = (" ".join(f"{label} {family}{level}".split()) for label in (d.label.zh, d.label.en))
    label = Text(f"{zh}：{in_zh}", f"{en}: {shown}")
    example = of_completion(program, label, subject | witness, addresses)
    if example is not None and example.expected[0].values == (value,):
        yield example
