"""A program with some of its expressions replaced, wherever in it they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from guiju.compiler.graph import parts
from guiju.compiler.ir import Cases, Choice, Clause, Definition, Expression, Fact, Operation, Program

Options: TypeAlias = Mapping[str, frozenset[str]]  # of each reading, those that count
#: what stands in place of an expression whose parts are replaced already; itself where nothing changes
Change: TypeAlias = Callable[[Expression], Expression]


def rewritten(program: Program, change: Change) -> Program:
    """The program with a change made to every expression of its clauses, formulas and definitions."""
    again = Rewriter(change)
    return replace(
        program,
        facts=tuple(_fact(f, again) for f in program.facts),
        clauses=tuple(_clause(c, again) for c in program.clauses),
        definitions=tuple(_definition(d, again) for d in program.definitions),
    )


def _fact(fact: Fact, again: Rewriter) -> Fact:
    formula = fact.formula and again(fact.formula)
    return fact if formula is fact.formula else replace(fact, formula=formula)


def _clause(clause: Clause, again: Rewriter) -> Clause:
    condition, applies = clause.condition and again(clause.condition), clause.applies and again(clause.applies)
    same = condition is clause.condition and applies is clause.applies
    return clause if same else replace(clause, condition=condition, applies=applies)


def _definition(definition: Definition, again: Rewriter) -> Definition:
    expression = again(definition.expression)
    return definition if expression is definition.expression else replace(definition, expression=expression)


def options_of(program: Program, chosen: Iterable[Mapping[str, str]] = ()) -> Options:
    """The default option of each reading, and those that are chosen."""
    found = {reading: {option} for reading, option in program.defaults.items()}
    for readings in chosen:
        for reading, option in readings.items():
            found[reading].add(option)
    return {reading: frozenset(options) for reading, options in found.items()}


def expressions(program: Program, options: Options) -> Iterator[Expression]:
    """Every expression that counts under some options of readings, each occurrence once."""
    roots = [f.formula for f in program.facts if f.formula is not None]
    roots += [e for c in program.clauses for e in (c.applies, c.condition) if e is not None]
    roots += [d.expression for d in program.definitions]
    seen: set[int] = set()
    stack = list(reversed(roots))
    while stack:
        expression = stack.pop()
        if id(expression) not in seen:
            seen.add(id(expression))
            yield expression
            stack.extend(reversed(_live(expression, options)))


def _live(expression: Expression, options: Options) -> tuple[Expression, ...]:
    if isinstance(expression, Choice):
        return tuple(e for name, e in expression.options if name in options[expression.reading])
    return parts(expression)


class Rewriter:
    """Makes a change to all that is in an expression; each is rewritten once, so that what is shared stays shared."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self._done: dict[int, tuple[Expression, Expression]] = {}  # by identity, with the original kept alive

    def __call__(self, expression: Expression) -> Expression:
        """The expression as it is after the change."""
        known = self._done.get(id(expression))
        if known is None:
            known = self._done[id(expression)] = expression, self._change(self._inside(expression))
        return known[1]

    def _inside(self, expression: Expression) -> Expression:
        """The expression with its parts rewritten; the same one where none of them changes."""
        old = parts(expression)
        new = tuple(map(self, old))
        if all(a is b for a, b in zip(old, new, strict=True)):
            return expression
        match expression:
            case Operation():
                return replace(expression, operands=new)
            case Choice():
                names = (name for name, _ in expression.options)
                return replace(expression, options=tuple(zip(names, new, strict=True)))
            case Cases():
                return self._cases(expression, new)
        return expression

    @staticmethod
    def _cases(cases: Cases, new: tuple[Expression, ...]) -> Cases:
        pairs = zip(new[::2], new[1::2], strict=False)
        rows = tuple(
            row if (row.condition is c and row.value is v) else replace(row, condition=c, value=v)
            for row, (c, v) in zip(cases.rows, pairs, strict=False)
        )
        rest = new[2 * len(cases.rows) :]
        undecided = rest[1] if len(rest) > 1 else None
        return replace(cases, rows=rows, otherwise=rest[0], undecided=undecided)
