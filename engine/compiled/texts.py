"""The text of each node in compiled code: an expression over names of what it stands on."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from guiju.compiler.ir import NOT_ENTERED, UNKNOWN, Cases, Tally, Value
from guiju.engine.compiled.planes import Planes
from guiju.engine.compiled.shapes import NotPlainError, Shapes
from guiju.engine.compiled.terms import Constants, Held, scaled, spelled
from guiju.engine.kleene import lifted
from guiju.engine.network import Node

_PYTHON = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "in": "in"}
_WORDS = {
    "+": "plus",
    "-": "minus",
    "*": "times",
    "/": "divided_by",
    "=": "equal",
    "!=": "unequal",
    "<": "less",
    "<=": "at_most",
    ">": "greater",
    ">=": "at_least",
}
_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Mask(NamedTuple):
    """The bits of some clauses of one plane, by their ids."""

    clauses: tuple[str, ...]


class Texts:
    """Writes nodes; `named` gives the name of one that has a variable, else None."""

    def __init__(
        self,
        shapes: Shapes,
        planes: Planes,
        constants: Constants,
        applying: frozenset[str],
        named: Callable[[Node], str | None],
    ) -> None:
        self._shapes, self._planes, self._constants = shapes, planes, constants
        self._applying, self._named = applying, named

    def of(self, node: Node) -> str:
        """The text of a node, held as `Shapes` says."""
        constant = self._shapes.constant(node)
        if constant is not None:
            return self._constant(constant)
        return self._named(node) or self.written(node)

    def truth(self, node: Node) -> str:
        """A text that Python takes for true or false; of any other value True where it is just that."""
        text = self.of(node)
        return text if self._shapes.of(node).as_ == "truth" else f"{text} is True"

    def reference(self, node: Node) -> str:
        """The value as the reference has it."""
        constant = self._shapes.constant(node)
        if constant is UNKNOWN:
            raise NotPlainError
        if isinstance(constant, bool | str):
            return repr(constant)
        if constant is not None:
            return self._constants.name(spelled(constant), constant, (type(constant), constant))
        shape, text = self._shapes.of(node), self.of(node)
        match shape.as_:
            case "truth":
                return f"bool({text})"
            case "fact":
                return f"Fraction({text}) * {self._number(shape.factor)}"
            case "number":
                exact = f"Fraction({text})" if shape.denominator == 1 else f"Fraction({text}, {shape.denominator})"
                return f"(NOT_ENTERED if {text} is None else {exact})" if shape.missing else exact
        return text

    def _constant(self, value: Value) -> str:
        if value is UNKNOWN:
            raise NotPlainError
        if isinstance(value, bool):
            return str(value)
        if isinstance(value, Fraction):
            return str(value.numerator)
        if value is NOT_ENTERED:
            return "None"
        return (
            repr(value) if isinstance(value, str) else self._constants.name(spelled(value), value, (type(value), value))
        )

    def _number(self, value: Fraction) -> str:
        if value.denominator == 1:
            return str(value.numerator)
        return self._constants.name(spelled(value), value, (Fraction, value))

    def written(self, node: Node) -> str:
        """The text of a node that has no variable, or that its variable is set to."""
        subject = node.subject
        if isinstance(subject, Tally):
            return self._tally(subject)
        if isinstance(subject, Cases) and self._shapes.is_ternary(node):
            return self._ternary(node)
        symbol, shape = node.form.symbol if node.form else "", self._shapes.of(node)
        if shape.as_ == "any":
            return self._by_reference(node)
        operands = self._shapes.folded.operands(node)
        match symbol:
            case "and" | "or":
                kept = [o for o in operands if self._shapes.constant(o) is not (symbol == "and")]
                if len(kept) == 1:
                    return self.truth(kept[0])
                return f"({f' {symbol} '.join(self.truth(o) for o in kept)})" if kept else str(symbol == "and")
            case "not":
                return f"(not {self.truth(operands[0])})"
            case "sum" | "mean" | "min" | "max":
                return self._fold(symbol, operands, shape)
            case "+" | "-":
                left, right = (self._scaled(o, shape.denominator) for o in operands)
                return f"({left} {symbol} {right})"
            case "*":
                factors = [t for o in operands if (t := self.of(o)) != "1"] or ["1"]
                return f"({' * '.join(factors)})" if len(factors) > 1 else factors[0]
            case "/":
                return self._divided(operands)
            case _ if symbol in _PYTHON:
                return self._compared(symbol, operands[0], operands[1])
        raise NotPlainError

    def _by_reference(self, node: Node) -> str:
        """A node that the reference's own operator makes out of its operands."""

        def made(*operands: Value) -> Value:
            return lifted(node, operands)

        symbol = node.form.symbol if node.form else ""
        name = self._constants.name(f"reference_{_WORDS.get(symbol, symbol)}", made, node.index)
        return f"{name}({', '.join(self.reference(o) for o in self._shapes.folded.operands(node))})"

    def _scaled(self, node: Node, denominator: int) -> str:
        constant = self._shapes.constant(node)
        if isinstance(constant, Fraction):
            return str(constant * denominator)
        return scaled(self.of(node), self._shapes.of(node), denominator)

    def _fold(self, symbol: str, operands: tuple[Node, ...], shape: Held) -> str:
        taking_part = self._shapes.taking_part(operands)
        each = shape.denominator // (len(taking_part) if symbol == "mean" else 1)
        parts = [self._scaled(o, each) for o in taking_part]
        if len(parts) == 1:
            return parts[0]
        return f"({' + '.join(parts)})" if symbol in ("sum", "mean") else f"{symbol}({', '.join(parts)})"

    def _divided(self, operands: tuple[Node, ...]) -> str:
        by = self._shapes.constant(operands[1])
        assert isinstance(by, Fraction)
        times = by.denominator if by > 0 else -by.denominator
        return self.of(operands[0]) if times == 1 else f"({self.of(operands[0])} * {times})"

    # --- comparisons ---------------------------------------------------------------------------------------------

    def _compared(self, symbol: str, left: Node, right: Node) -> str:
        shapes = self._shapes
        kinds = {shapes.of(left).as_, shapes.of(right).as_}
        if kinds == {"truth"}:
            return self._same_truth(symbol, left, right)
        if kinds == {"plain"}:
            return f"({self.of(left)} {_PYTHON[symbol]} {self.of(right)})"
        if "fact" in kinds:
            return self._fact_compared(symbol, left, right)
        tally = self._tally_compared(symbol, left, right)
        if tally is not None:
            return tally
        common = lcm(shapes.of(left).denominator, shapes.of(right).denominator)
        text = f"{self._scaled(left, common)} {_PYTHON[symbol]} {self._scaled(right, common)}"
        missing = [o for o in (left, right) if shapes.of(o).missing]
        return f"({self.of(missing[0])} is not None and {text})" if missing else f"({text})"

    def _same_truth(self, symbol: str, left: Node, right: Node) -> str:
        for node, other in ((left, right), (right, left)):
            constant = self._shapes.constant(node)
            if constant is not None:
                return self.truth(other) if constant is (symbol == "=") else f"(not {self.truth(other)})"
        return f"(bool({self.truth(left)}) {_PYTHON[symbol]} bool({self.truth(right)}))"

    def _fact_compared(self, symbol: str, left: Node, right: Node) -> str:
        """A fact in its own unit with a threshold in that unit."""
        if self._shapes.of(left).as_ != "fact":
            left, right, symbol = right, left, _TURNED[symbol]
        constant, factor = self._shapes.constant(right), self._shapes.of(left).factor
        assert isinstance(constant, Fraction)
        return f"({self.of(left)} {_PYTHON[symbol]} {self._number(constant / factor)})"

    def _tally_compared(self, symbol: str, left: Node, right: Node) -> str | None:
        """None or one of so many clauses: two looks at bits instead of a count."""
        if not isinstance(left.subject, Tally):
            left, right, symbol = right, left, _TURNED[symbol]
        tally, constant = left.subject, self._shapes.constant(right)
        if not isinstance(tally, Tally) or symbol != "=" or self._named(left) or tally.measure != "count":
            return None
        found = self._bits(tally)
        if found is None or constant not in (0, 1) or (constant == 1 and (len(found) > 1 or tally.cap == 1)):
            return None
        if constant == 0:
            return _NONE.format(" and not ".join(found)) if found else "True"
        return _ONE.format(found[0]) if found else "False"

    def _bits(self, tally: Tally) -> list[str] | None:
        """The bits, plane by plane, of the clauses that have the verdict; None where items have several clauses."""
        if any(len(item) != 1 for item in tally.items):
            return None
        return self._with_verdict([item[0] for item in tally.items], tally.verdict)

    def _with_verdict(self, leaves: list[str], verdict: str) -> list[str]:
        masks = self._planes.masks(leaves)
        if verdict == "unsatisfied":
            return [f"u{plane} & {self.mask(plane, mask)}" for plane, mask in masks.items()]
        always = all(leaf in self._applying for leaf in leaves)
        beside = {plane: f"u{plane}" if always else f"(u{plane} | a{plane})" for plane in masks}
        return [f"{self.mask(p, m)} & ~{beside[p]}" for p, m in masks.items()]

    def mask(self, plane: int, mask: int) -> str:
        """The name of some bits of a plane."""
        found = tuple(c for c in self._planes.all[plane].clauses if mask >> self._planes.at[c][1] & 1)
        told = f"clause_{found[0]}" if len(found) == 1 else f"clauses_{found[0]}_to_{found[-1]}"
        return self._constants.name(told, Mask(found), ("mask", plane, mask))

    # --- counts --------------------------------------------------------------------------------------------------

    def _tally(self, tally: Tally) -> str:
        counted = self._count(tally)
        if tally.measure == "count":
            return counted if tally.cap is None else f"min({counted}, {tally.cap})"
        if all(leaf in self._applying for item in tally.items for leaf in item):
            return counted
        return f"share({counted}, {self._applicable(tally)})"

    def _count(self, tally: Tally) -> str:
        bits = self._bits(tally)
        if bits is not None:
            return _plus([f"({b}).bit_count()" for b in bits])
        return _plus([self._item(item, tally.verdict) for item in tally.items])

    def _item(self, item: tuple[str, ...], verdict: str) -> str:
        """Whether an item has a verdict, as 0 or 1: unsatisfied as soon as one of its leaves is."""
        failing = " or ".join(self._with_verdict(list(item), "unsatisfied"))
        if verdict == "unsatisfied":
            return f"(1 if {failing} else 0)"
        holding = " or ".join(self._with_verdict(list(item), "satisfied"))
        return f"(0 if {failing} else 1 if {holding} else 0)"

    def _applicable(self, tally: Tally) -> str:
        bits = self._bits(tally)
        if bits is not None:
            masks = self._planes.masks(item[0] for item in tally.items)
            return _plus([f"({self.mask(p, m)} & ~a{p}).bit_count()" for p, m in masks.items()])
        parts = []
        for item in tally.items:
            masks = self._planes.masks(item)
            applies = " or ".join(f"{self.mask(p, m)} & ~a{p}" for p, m in masks.items())
            parts.append(f"(1 if {applies} else 0)")
        return _plus(parts)

    # --- tables --------------------------------------------------------------------------------------------------

    def _ternary(self, node: Node) -> str:
        shape, (rows, otherwise) = self._shapes.of(node), self._shapes.rows(node)
        conditions = _in_turn([self.truth(c) for c, _ in rows])
        texts = [f"{self._value(v, shape)} if {c} else " for c, (_, v) in zip(conditions, rows, strict=True)]
        return f"({''.join(texts)}{self._value(otherwise, shape)})"

    def _value(self, node: Node, shape: Held) -> str:
        """A value as the whole table is held."""
        match shape.as_:
            case "truth":
                return self.truth(node)
            case "plain":
                return self.of(node)
            case "number":
                if self._shapes.constant(node) is NOT_ENTERED:
                    return "None"
                if self._shapes.of(node).missing:
                    times = shape.denominator // self._shapes.of(node).denominator
                    text = self.of(node)
                    return text if times == 1 else f"(None if {text} is None else {text} * {times})"
                return self._scaled(node, shape.denominator)
        return self.reference(node)


def _plus(parts: list[str]) -> str:
    return f"({' + '.join(parts)})" if len(parts) > 1 else (parts or ["0"])[0]


_NONE, _ONE = "(not {})", "((one := {}) and not one & one - 1)"


def _in_turn(conditions: list[str]) -> list[str]:
    """Conditions looked at one after the other; after *none* of some clauses *one* of the same is half done."""
    for i, (first, second) in enumerate(pairwise(conditions)):
        bits = first[len("(not ") : -1]
        if first == _NONE.format(bits) and second == _ONE.format(bits):
            conditions[i], conditions[i + 1] = _NONE.format(f"(one := {bits})"), "not one & one - 1"
    return conditions
