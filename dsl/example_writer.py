"""The lines of an example -> canonical text, in one language."""

from __future__ import annotations

from typing import assert_never

from guiju.dsl import tree
from guiju.dsl.expressions import ExpressionWriter
from guiju.dsl.keywords import NO_VALUES, localised


class ExampleWriter:
    """Writes what is given and what is expected."""

    def __init__(self, inside: ExpressionWriter) -> None:
        self._x = inside

    def line(self, node: tree.GivenLine | tree.ExpectLine) -> str:
        """`given staff = 3, all other clauses satisfied`, `expect hardware : score at L1 = 2`."""
        if isinstance(node, tree.GivenLine):
            return f"{self._x.word('GIVEN')} {', '.join(map(self._given, node.givens))}"
        group = f"{self._x.group(node.group.text)} : " if node.group else ""
        return f"{self._x.word('EXPECT')} {group}{', '.join(map(self._expected, node.expectations))}"

    def _given(self, node: tree.Given) -> str:
        match node:
            case tree.GivenValue():
                values = " | ".join(self._value(node.name.text, v) for v in node.values)
                return f"{self._x.value(node.name.text)} = {values}"
            case tree.GivenReading():
                return f"{self._x.word('READING')} {node.reading.text} = {node.option.text}"
            case tree.GivenClauses():
                other = f"{self._x.word('OTHER')} " if node.others else ""
                return f"{self._x.word('ALL')} {other}{self._clauses(node.clauses, node.verdict)}"
            case tree.GivenClause():
                return self._clause(node.clause, node.verdict)
            case _:
                assert_never(node)

    def _expected(self, node: tree.Expectation) -> str:
        match node:
            case tree.ExpectValue():
                return self._compared(node)
            case tree.ExpectClauses():
                return f"{self._x.word('ALL')} {self._clauses(node.clauses, node.verdict)}"
            case tree.ExpectClause():
                return self._clause(node.clause, node.verdict)
            case _:
                assert_never(node)

    def _compared(self, node: tree.ExpectValue) -> str:
        subject = next((o.text for o in node.operands if isinstance(o, tree.NameRef)), "")
        first, *others = (self._value(subject, o) for o in node.operands)
        compared = " ".join((first, *(f"{op} {o}" for op, o in zip(node.ops, others, strict=True))))
        return " | ".join((compared, *(self._value(subject, o) for o in node.others)))

    def _value(self, owner: str, node: tree.Expr) -> str:
        """A value beside what it is the value of: an option, a level, a word for no value, or an expression."""
        if not isinstance(node, tree.NameRef):
            return self._x.expression(node)
        named = self._x.naming.options.get(owner, {}).get(node.text) or self._x.naming.levels.get(node.text)
        word = localised(node.text, NO_VALUES, self._x.language)
        return named or (self._x.value(node.text) if word == node.text else word)

    def _clauses(self, clauses: tree.ClauseSet, verdict: tree.ExampleVerdict) -> str:
        return self._x.clauses(clauses, self._verdict(verdict))

    def _clause(self, clause: tree.ClauseRef, verdict: tree.ExampleVerdict) -> str:
        return f"{self._x.clause(clause)} {self._verdict(verdict)}"

    def _verdict(self, verdict: tree.ExampleVerdict) -> str:
        return self._x.word(verdict.upper().replace("-", "_"))
