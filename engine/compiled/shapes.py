"""How each node of a folded network is held in compiled code, and which operands it looks at, under what guard."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from guiju.compiler.ir import (
    ABSENT,
    UNKNOWN,
    Cases,
    Clause,
    Fact,
    NumberType,
    Tally,
    TruthType,
    Undefined,
    Value,
)
from guiju.compiler.operators import COMPARISONS
from guiju.compiler.units import unit_named
from guiju.engine.compiled.folding import Folded
from guiju.engine.compiled.terms import ANY_VALUE, PLAIN, TRUTH, Held, held, together
from guiju.engine.network import Node

#: that some conditions, by node, hold or do not hold, outermost first
Guard = tuple[tuple[int, bool], ...]


class NotPlainError(Exception):
    """Rows of this policy cannot be decided in two values: something is open whatever a row says."""


class Shapes:
    """How nodes are held; found once, operands first."""

    def __init__(self, folded: Folded, applying: frozenset[str]) -> None:
        self.folded = folded
        self._applying = applying  # the clauses that always apply
        self._held: dict[int, Held] = {}
        self._derived: dict[int, Value] = {}

    def constant(self, node: Node) -> Value | None:
        """The value of a node that has the same for every row, as far as rows are plain; UNKNOWN is one, too."""
        if node.index in self.folded.constant:
            return self.folded.constant[node.index]
        self.of(node)
        return self._derived.get(node.index)

    def of(self, node: Node) -> Held:
        """How a node is held."""
        if node.index not in self._held:
            for inner in self.folded.live([node.index]):
                if inner.index not in self._held:
                    self._held[inner.index] = self._of(inner)
            if node.index in self.folded.constant:
                self._held[node.index] = self._of_constant(self.folded.constant[node.index])
        return self._held[node.index]

    @staticmethod
    def _of_constant(value: Value) -> Held:
        if value is UNKNOWN:
            raise NotPlainError
        return held(value)

    def _of(self, node: Node) -> Held:
        subject = node.subject
        if isinstance(subject, Clause):
            return ANY_VALUE  # never looked at by itself: tallies look at the planes
        if isinstance(subject, Fact):
            return self._of_fact(node, subject)
        operands = self.folded.operands(node)
        if isinstance(subject, Tally):
            return self._of_tally(subject)
        shapes = [self.of(o) for o in operands]
        if isinstance(subject, Cases):
            return self._of_cases(node, subject)
        undefined = self._undefined(node, operands, shapes)
        if undefined is not None:
            self._derived[node.index] = undefined
            return held(undefined)
        return self._of_operation(node, operands, shapes)

    def _of_fact(self, node: Node, fact: Fact) -> Held:
        if isinstance(fact.type, TruthType):
            return TRUTH if not self.has_formula(node) else ANY_VALUE
        if self.has_formula(node):
            return ANY_VALUE
        return self.of_number(fact) or PLAIN

    @staticmethod
    def of_number(fact: Fact) -> Held | None:
        """How a number is held that a row states; None of a fact that is no number."""
        if not isinstance(fact.type, NumberType):
            return None
        unit = unit_named(fact.type.unit)
        return Held("fact", factor=unit.factor if unit else Fraction(1))

    def has_formula(self, node: Node) -> bool:
        """Whether rows can decide a fact by its formula."""
        return bool(node.operands) and self.folded.constant.get(self.folded.at(node.operands[0]).index) is not UNKNOWN

    def _of_tally(self, tally: Tally) -> Held:
        if tally.measure == "count":
            return Held("number")
        always = all(leaf in self._applying for item in tally.items for leaf in item)
        return Held("number", len(tally.items)) if always and tally.items else ANY_VALUE

    def _of_cases(self, node: Node, cases: Cases) -> Held:
        first = next((v for c in self.conditions(node) if (v := self.constant(c)) is not False), None)
        if isinstance(first, Undefined) and cases.undecided is None and not cases.exclusive:
            self._derived[node.index] = first
            return held(first)
        if not self.is_ternary(node):
            return ANY_VALUE
        rows, otherwise = self.rows(node)
        return together([self.of(v) for v in (*(value for _, value in rows), otherwise)])

    def is_ternary(self, node: Node) -> bool:
        """Whether a table is one condition after the other, each of them true or false."""
        cases = node.subject
        assert isinstance(cases, Cases)
        return not cases.exclusive and all(self.of(c).as_ == "truth" for c in self.conditions(node))

    def conditions(self, node: Node) -> tuple[Node, ...]:
        """The conditions of the rows of a table."""
        assert isinstance(node.subject, Cases)
        return self.folded.operands(node)[: 2 * len(node.subject.rows) : 2]

    def _holding(self, condition: Node) -> Guard:
        """What holds where a condition does: of a gate behind another gate, that one as well."""
        outer: Guard = ()
        if isinstance(condition.subject, Cases) and self.is_ternary(condition):
            rows, otherwise = self.rows(condition)
            if len(rows) == 1 and self.constant(otherwise) is False:
                outer = self._holding(rows[0][0])
        return (*outer, (condition.index, True))

    def rows(self, node: Node) -> tuple[list[tuple[Node, Node]], Node]:
        """The rows that are open, condition and value, up to the first that always holds; and what is else."""
        assert isinstance(node.subject, Cases)
        found: list[tuple[Node, Node]] = []
        operands, last = self.folded.operands(node), 2 * len(node.subject.rows)
        for condition, value in zip(operands[:last:2], operands[1:last:2], strict=True):
            if self.constant(condition) is True:
                return found, value
            if self.constant(condition) is not False:
                found.append((condition, value))
        return found, operands[last]

    def _undefined(self, node: Node, operands: tuple[Node, ...], shapes: list[Held]) -> Undefined | None:
        """What an operation comes to beside an operand that is always undefined, where all others are always there."""
        symbol = node.form.symbol if node.form else ""
        if symbol in ("and", "or", "present", "whole", "not", ""):
            return None
        found = [v for o in operands if isinstance(v := self.constant(o), Undefined)]
        is_fold = symbol in ("sum", "mean", "min", "max")
        others = [(o, s) for o, s in zip(operands, shapes, strict=True) if not isinstance(self.constant(o), Undefined)]
        for operand, shape in others:
            if is_fold and self.constant(operand) is ABSENT:
                continue
            if shape.missing or shape.as_ not in ("number", "fact"):
                return None
        return min(found, key=lambda u: u.reason) if found and (is_fold or len(found) == 1) else None

    def _of_operation(self, node: Node, operands: tuple[Node, ...], shapes: list[Held]) -> Held:
        symbol = node.form.symbol if node.form else ""
        numbers = all(s.as_ == "number" and not s.missing for s in shapes)
        if symbol in ("and", "or", "not"):
            return TRUTH if all(s.as_ == "truth" for s in shapes) else ANY_VALUE
        if symbol in COMPARISONS or symbol == "in":
            return TRUTH if self._compares(symbol, operands, shapes) else ANY_VALUE
        if symbol in ("+", "-") and numbers:
            return Held("number", lcm(*(s.denominator for s in shapes)))
        if symbol == "*" and numbers:
            return Held("number", shapes[0].denominator * shapes[1].denominator)
        if symbol == "/" and numbers:
            by = self.constant(operands[1])
            if isinstance(by, Fraction) and by:
                return Held("number", shapes[0].denominator * abs(by.numerator))
        if symbol in ("sum", "mean", "min", "max"):
            return self._of_fold(symbol, operands)
        return ANY_VALUE

    def taking_part(self, operands: tuple[Node, ...]) -> tuple[Node, ...]:
        """The operands of a fold that are not always absent."""
        return tuple(o for o in operands if self.constant(o) is not ABSENT)

    def _of_fold(self, symbol: str, operands: tuple[Node, ...]) -> Held:
        shapes = [self.of(o) for o in self.taking_part(operands)]
        if not shapes or not all(s.as_ == "number" and not s.missing for s in shapes):
            return ANY_VALUE
        common = lcm(*(s.denominator for s in shapes))
        return Held("number", common * len(shapes) if symbol == "mean" else common)

    def _compares(self, symbol: str, operands: tuple[Node, ...], shapes: list[Held]) -> bool:
        """Whether a comparison is true or false, and found without the reference."""
        kinds = {s.as_ for s in shapes}
        if kinds == {"number"}:
            return sum(s.missing for s in shapes) <= 1 and not all(s.missing for s in shapes)
        if kinds == {"truth"}:
            return symbol in ("=", "!=")
        if kinds == {"plain"}:
            return symbol in ("=", "!=", "in")
        fact_and_constant = kinds == {"fact", "number"}
        return fact_and_constant and any(isinstance(self.constant(o), Fraction) for o in operands)

    def looked_at(self, node: Node) -> Iterator[tuple[Node, Guard]]:
        """The operands that rows decide and that the text of a node looks at, each with what holds when it does."""
        subject = node.subject
        if isinstance(subject, Cases) and self.is_ternary(node):
            before: Guard = ()
            rows, otherwise = self.rows(node)
            for condition, value in rows:
                yield condition, before
                yield value, (*before, *self._holding(condition))
                if len(rows) == 1:
                    before = ((condition.index, False),)
            yield otherwise, before
            return
        for operand in self.folded.operands(node):
            yield operand, ()
