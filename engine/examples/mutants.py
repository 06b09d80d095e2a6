"""Mutants: policies with one slip such as an editor makes, which the examples ought to notice.

A slip stands at one place of the text. What was compiled from that place, for each group and level, is changed alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.constants import constant
from guiju.compiler.ir import (
    ABSENT,
    Cases,
    Choice,
    Clause,
    Definition,
    Expression,
    Literal,
    Operation,
    Program,
    Tally,
)
from guiju.compiler.operators import COMPARISONS
from guiju.compiler.units import format_quantity, unit_named
from guiju.dsl.diagnostic import LANGUAGES, Text
from guiju.dsl.keywords import by_terminal
from guiju.dsl.source import Span
from guiju.engine.examples.rewriting import Change, Options, Rewriter, expressions, rewritten

Kind: TypeAlias = Word["threshold", "boundary", "connective", "row", "clause", "weights"]
KINDS: tuple[Kind, ...] = ("threshold", "boundary", "connective", "row", "clause", "weights")


@dataclass(frozen=True)
class Mutant:
    """One slip: where it is, what stands there and what would instead. `program` makes the changed policy."""

    kind: Kind
    span: Span
    was: Text
    becomes: Text
    program: Callable[[], Program]


def mutants(program: Program, options: Options, kinds: tuple[Kind, ...] = KINDS) -> Iterator[Mutant]:
    """Every slip of some kinds, in the order of the kinds and of the text; in other options of readings none."""
    makers: dict[Kind, Callable[[Program, Options], Iterator[Mutant]]] = {
        "threshold": _thresholds,
        "boundary": _boundaries,
        "connective": _connectives,
        "row": _rows,
        "clause": _clauses,
        "weights": _weights,
    }
    for kind in kinds:
        yield from sorted(makers[kind](program, options), key=lambda m: m.span.start)


def _same(text: str) -> Text:
    return Text(text, text)


# --- comparisons -------------------------------------------------------------------------------------------------

_WORDS = ("EXACTLY", "AT_LEAST", "AT_MOST")
_COUNTED = re.compile("|".join(s for t in _WORDS for s in (*by_terminal()[t].en, *by_terminal()[t].zh)))
_QUANTIFIER = ("ALL", "ANY", "NONE", "EXACTLY", "AT_LEAST", "AT_MOST", "MORE_THAN_HALF")
_QUANTIFIED = re.compile("|".join(s for t in _QUANTIFIER for s in (*by_terminal()[t].en, *by_terminal()[t].zh)))
_SWAPPED = {">=": ">", ">": ">=", "<=": "<", "<": "<="}


def _compared(program: Program, options: Options) -> Iterator[tuple[Operation, Literal]]:
    """Each comparison with a number that the text names."""
    for e in expressions(program, options):
        if isinstance(e, Operation) and e.operator in COMPARISONS:
            for o in e.operands:
                if isinstance(o, Literal) and isinstance(o.value, Fraction) and _is_named(e, o):
                    yield e, o


def _is_named(comparison: Operation, number: Literal) -> bool:
    """Whether the text has the number: `all clauses` compares with 0 and does not say so."""
    counts = any(isinstance(o, Tally) for o in comparison.operands) and number.span == comparison.span
    return bool(_COUNTED.match(number.span.text)) if counts else any(c.isdigit() for c in number.span.text)


def _thresholds(program: Program, options: Options) -> Iterator[Mutant]:
    """Each threshold a step higher and a step lower; a step is one at the last place that is written."""
    found = {(n.span, n.value): n for _, n in _compared(program, options)}
    for (span, value), number in found.items():
        assert isinstance(value, Fraction)
        for other in (value + step_of(number), value - step_of(number)):
            was, becomes = (_shown(number, v) for v in (value, other))
            yield Mutant("threshold", span, was, becomes, _made(program, _with_number(span, value, other)))


def _with_number(span: Span, value: Fraction, other: Fraction) -> Change:
    def change(e: Expression) -> Expression:
        if isinstance(e, Literal) and e.span == span and e.value == value:
            return replace(e, value=other)
        return replace(e, cap=None) if isinstance(e, Tally) and e.span == span else e

    return change


def step_of(number: Literal) -> Fraction:
    """One at the last decimal place of a number as it is written, in its unit."""
    found = re.search(r"\d[\d ]*(?:\.(\d+))?", number.span.text)
    places = len(found[1] or "") if found else 0
    unit = unit_named(number.unit) if number.unit else None
    return Fraction(1, 10**places) * (unit.factor if unit else 1)


def _shown(number: Literal, value: Fraction) -> Text:
    return Text(*(format_quantity(value, number.unit or "number", language) for language in LANGUAGES))


def _boundaries(program: Program, options: Options) -> Iterator[Mutant]:
    """`>` for `>=` and the like."""
    found = {
        (o.span, o.operator): o for o, n in _compared(program, options) if o.operator in _SWAPPED and o.span != n.span
    }
    for span, operator in found:
        swapped = _SWAPPED[operator]

        def change(e: Expression, span: Span = span, operator: str = operator, swapped: str = swapped) -> Expression:
            if isinstance(e, Operation) and e.span == span and e.operator == operator:
                return replace(e, operator=swapped)
            return e

        yield Mutant("boundary", span, _same(operator), _same(swapped), _made(program, change))


def _connectives(program: Program, options: Options) -> Iterator[Mutant]:
    """`or` for `and`, and the reverse."""
    operations = (e for e in expressions(program, options) if isinstance(e, Operation) and _is_connective(e))
    for span, operator in dict.fromkeys((e.span, e.operator) for e in operations):
        other = "or" if operator == "and" else "and"

        def change(e: Expression, span: Span = span, operator: str = operator, other: str = other) -> Expression:
            if isinstance(e, Operation) and e.span == span and e.operator == operator:
                return replace(e, operator=other)
            return e

        words = (by_terminal()[o.upper()] for o in (operator, other))
        was, becomes = (Text(k.zh[0], k.en[0]) for k in words)
        yield Mutant("connective", span, was, becomes, _made(program, change))


def _is_connective(e: Operation) -> bool:
    """Whether the text has the word: a chain of comparisons and a gate over groups are conjunctions without it."""
    if e.operator not in ("and", "or") or len(e.operands) == 1:
        return False
    word = by_terminal()[e.operator.upper()]
    between = e.span.text[e.operands[0].span.end - e.span.start : e.operands[1].span.start - e.span.start]
    return any(s in between for s in (*word.en, *word.zh))


# --- tables ------------------------------------------------------------------------------------------------------


def _rows(program: Program, options: Options) -> Iterator[Mutant]:
    """Each row of a score or a grade left out."""
    found = {row.span: table for d in program.definitions for table in tables_of(d, options) for row in table.rows}
    for span in found:

        def change(e: Expression, span: Span = span) -> Expression:
            if isinstance(e, Cases) and e.form in ("table", "grade") and any(row.span == span for row in e.rows):
                return replace(e, rows=tuple(row for row in e.rows if row.span != span))
            return e

        yield Mutant("row", span, _same(span.text), Text("（没有）", "(left out)"), _made(program, change))


def tables_of(definition: Definition, options: Options) -> Iterator[Cases]:
    """The tables that the text writes for a definition, under some options of readings."""
    stack = [definition.expression]
    while stack:
        match stack.pop():
            case Cases(form="table" | "grade") as table if definition.kind in ("score", "grade"):
                if all(row.span != table.span for row in table.rows):
                    yield table
            case Choice() as choice:
                stack += [e for name, e in choice.options if name in options[choice.reading]]


# --- levels and weights ------------------------------------------------------------------------------------------


def _clauses(program: Program, _: Options) -> Iterator[Mutant]:
    """Each clause left out of a level in which it counts."""
    for clause in program.clauses:
        for level in clause.levels:
            becomes = Text("漏掉", "left out")
            yield Mutant(
                "clause",
                clause.span,
                Text(f"{clause.printed} 计入 {level}", f"{clause.printed} in {level}"),
                becomes,
                _dropped(program, clause, level),
            )


def _dropped(program: Program, clause: Clause, level: str) -> Callable[[], Program]:
    """The program in which a clause does not count at a level, wherever the clauses of that level are asked for.

    Where it counts one level above, it is new there.
    """
    levels = [each.id for each in program.levels]
    place = levels.index(level)
    above = levels[place + 1] if place + 1 < len(levels) else None

    newly_at = above if above in clause.levels else None

    def changed(d: Definition) -> Definition:
        is_held = _holds(program, d, clause)

        def change(e: Expression) -> Expression:
            if not isinstance(e, Tally) or e.level is None:
                return e
            if e.level == level:
                return _without(e, clause.id)
            return _with(e, clause.id) if e.level == newly_at and is_held else e

        return _changed(d, change)

    return lambda: replace(program, definitions=tuple(map(changed, program.definitions)))


def _changed(d: Definition, change: Change) -> Definition:
    again = Rewriter(change)(d.expression)
    return d if again is d.expression else replace(d, expression=again)


def _without(e: Tally, clause: str) -> Tally:
    if not any(clause in item for item in e.items):
        return e
    items = (tuple(leaf for leaf in item if leaf != clause) for item in e.items)
    return replace(e, items=tuple(item for item in items if item))


def _with(e: Tally, clause: str) -> Tally:
    is_new = e.new and not any(clause in item for item in e.items)
    return replace(e, items=(*e.items, (clause,))) if is_new else e


def _holds(program: Program, d: Definition, clause: Clause) -> bool:
    """Whether a clause is of the group of a definition."""
    return d.group is None or d.group in program.ancestors(clause.group)


def _weights(program: Program, _: Options) -> Iterator[Mutant]:
    """Two different weights of one row exchanged."""
    weights = [d for d in program.definitions if d.kind == "weight"]
    tables = [(d, d.expression) for d in weights if isinstance(d.expression, Cases)]
    if tables:
        for i, row in enumerate(tables[0][1].rows):
            for (a, one), (b, other) in combinations(tables, 2):
                yield from _exchanged(program, row.span, (a, one.rows[i].value), (b, other.rows[i].value))
    else:
        for a, b in combinations(weights, 2):
            yield from _exchanged(program, a.expression.span, (a, a.expression), (b, b.expression))


def _exchanged(
    program: Program, span: Span, one: tuple[Definition, Expression], other: tuple[Definition, Expression]
) -> Iterator[Mutant]:
    values = [constant(e, program.defaults) for _, e in (one, other)]
    if values[0] == values[1] or (values[0] is ABSENT and values[1] is ABSENT):
        return
    names = [program.group[d.group or ""].label for d, _ in (one, other)]

    def make() -> Program:
        swapped = {one[0].id: (one[1], other[1]), other[0].id: (other[1], one[1])}
        definitions = tuple(
            _changed(d, lambda e, pair=swapped[d.id]: pair[1] if e is pair[0] else e) if d.id in swapped else d  # type: ignore[misc]
            for d in program.definitions
        )
        return replace(program, definitions=definitions)

    was = Text(f"{names[0].zh}、{names[1].zh}的权重", f"the weights of {names[0].en} and {names[1].en}")
    yield Mutant("weights", span, was, Text("互换", "exchanged"), make)


def _made(program: Program, change: Change) -> Callable[[], Program]:
    return lambda: rewritten(program, change)
