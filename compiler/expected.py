"""What an example expects -> nodes and values: the subject of each comparison, and the values that it must come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from guiju.compiler import example_codes
from guiju.compiler.constants import constant
from guiju.compiler.expressions import Context
from guiju.compiler.families import Families
from guiju.compiler.ir import (
    ABSENT,
    NOT_ENTERED,
    UNKNOWN,
    Clause,
    Expected,
    Expression,
    FactRef,
    InputRef,
    OptionType,
    Ref,
    SetType,
    Type,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.readings import own_results
from guiju.compiler.sets import Assignment
from guiju.compiler.symbols import SCORE, Symbols
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.keywords import NO_VALUES

_NO_VALUES: Mapping[str, Value] = {
    "undefined": Undefined(""),
    "unknown": UNKNOWN,
    "not-entered": NOT_ENTERED,
    "absent": ABSENT,
}
_WORDS = frozenset(word for word, _ in NO_VALUES)
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Expectations:
    """Reads the expectations of one example, under the readings that it gives."""

    def __init__(self, symbols: Symbols, families: Families, clauses: Mapping[str, Clause], chosen: Assignment) -> None:
        self._s, self._families, self._clauses, self._chosen = symbols, families, clauses, chosen

    def of(self, declaration: tree.ExampleDecl) -> Iterator[Expected]:
        """The expectations of an example; what is mistaken is reported and left out."""
        lines = [line for line in declaration.lines if isinstance(line, tree.ExpectLine)]
        if not lines:
            arguments = (("name", declaration.name),)
            self._s.report(Diagnostic(example_codes.NOTHING_EXPECTED, declaration.label.span, arguments))
        for line in lines:
            group = self._s.groups.resolve(line.group.text, line.group.span) if line.group else None
            if line.group and group is None:
                continue
            for expectation in line.expectations:
                yield from self._expected(expectation, Context(group))

    def _expected(self, node: tree.Expectation, context: Context) -> Iterator[Expected]:
        match node:
            case tree.ExpectValue():
                found = self._value(node, context)
                yield from (found,) if found else ()
            case tree.ExpectClause():
                clause = self._s.clauses.find(node.clause, context.group)
                if clause is None:
                    self._s.report(self._s.clauses.unknown(node.clause, context.group))
                else:
                    yield from self._verdicts(clause.leaves, node)
            case tree.ExpectClauses():
                yield from self._verdicts(self._families.sets.leaves_of_set(node.clauses, self._chosen), node)

    @staticmethod
    def _verdicts(leaves: tuple[str, ...], node: tree.ExpectClause | tree.ExpectClauses) -> Iterator[Expected]:
        value = UNKNOWN if node.verdict == "unknown" else Verdict(node.verdict)
        yield from (Expected(f"clause:{leaf}", (value,), span=node.span) for leaf in leaves)

    # --- values --------------------------------------------------------------------------------------------------

    def _value(self, node: tree.ExpectValue, context: Context) -> Expected | None:
        place = self._subject(node.operands)
        if place is None or not self._is_of(node.operands[place], context):
            self._wrong(node)
            return None
        subject = node.operands[place]
        typed = self._families.elaborator.elaborate(subject, context)
        if typed is None:
            return None
        address, type_ = _address(typed[0]), typed[1]
        if address is None or isinstance(type_, SetType):
            self._wrong(node)
            return None
        is_set = node.ops == ("=",) and place == 0
        if node.others and not is_set:
            self._wrong(node)
            return None
        read = [self._read(o, subject, type_, context) for o in (*node.operands, *node.others) if o is not subject]
        values = [value for value in read if value is not None]
        if len(values) < len(read):
            return None
        if is_set:
            return Expected(address, tuple(values), span=node.span)
        bounds = tuple(_bounds(node.ops, place, values))
        if any(not isinstance(value, Fraction) and op != "!=" for op, value in bounds):
            self._wrong(node)
            return None
        return Expected(address, (), bounds, span=node.span)

    def _wrong(self, node: tree.ExpectValue) -> None:
        self._s.report(Diagnostic(example_codes.WRONG_EXPECTATION, node.span))

    def _subject(self, operands: tuple[tree.Expr, ...]) -> int | None:
        """Which operand is the subject: the one with a declared name, or else the first name."""
        named = [i for i, o in enumerate(operands) if isinstance(o, tree.NameRef | tree.AtLevel)]
        known = [i for i in named if self._is_known(operands[i])]
        neighbours = len(operands) == 2 or named[:1] == [1]
        return next(iter((*known, *named)), None) if neighbours else None

    def _is_known(self, operand: tree.Expr) -> bool:
        if isinstance(operand, tree.AtLevel):
            return True
        if not isinstance(operand, tree.NameRef):
            return False
        name = operand.text
        families = any(family == name for family, _ in self._s.families)
        return name == SCORE or families or name in self._s.grades or self._s.values.find(name) is not None

    def _is_of(self, subject: tree.Expr, context: Context) -> bool:
        """Whether a grade is asked of what it is given to: the whole subject, or a group of its kind."""
        grade = self._s.grades.get(subject.text) if isinstance(subject, tree.NameRef) else None
        if grade is None:
            return True
        kind = self._families.grade_kind(grade)
        return kind == (self._s.group[context.group].kind if context.group else None)

    def _read(self, value: tree.Expr, subject: tree.Expr, type_: Type, context: Context) -> Value | None:
        """The value beside a subject; what does not fit is reported."""
        grade = self._s.grades.get(subject.text) if isinstance(subject, tree.NameRef) else None
        if (
            isinstance(value, tree.NameRef)
            and (word := dict(NO_VALUES).get(value.text))
            and self._is_word(value, type_)
        ):
            assert word
            return "none" if value.text == "none" else _NO_VALUES[value.text]
        if grade is not None:
            return self._result(value, grade)
        compare = tree.Compare(operands=(subject, value), ops=("=",), span=value.span)
        if self._families.elaborator.elaborate(compare, context) is None:
            return None
        found = self._constant(value, subject, context)
        if found is None:
            self._s.report(Diagnostic(example_codes.WRONG_EXPECTATION, value.span))
        return found

    @staticmethod
    def _is_word(value: tree.NameRef, type_: Type) -> bool:
        """Whether a word means that there is no value, and no option of that name; only grades can be `none`."""
        options = type_.options if isinstance(type_, OptionType) else ()
        return value.text not in options or value.text == "none"

    def _result(self, value: tree.Expr, grade: tree.GradeDecl) -> Value | None:
        """A result of a grade: a level, or a word of its own."""
        if not isinstance(value, tree.NameRef):
            self._s.report(Diagnostic(example_codes.WRONG_EXPECTATION, value.span))
            return None
        if value.text in own_results(self._s, grade):
            return value.text
        return self._s.levels.resolve(value.text, value.span)

    def _constant(self, value: tree.Expr, subject: tree.Expr, context: Context) -> Value | None:
        owner = subject.text if isinstance(subject, tree.NameRef) else ""
        options = self._s.options.get(self._s.values.find(owner) or "")
        if options is not None and isinstance(value, tree.NameRef):
            return options.find(value.text)
        typed = self._families.elaborator.elaborate(value, context)
        found = constant(typed[0], self._chosen) if typed else None
        return None if isinstance(found, Undefined) else found


def _address(expression: Expression) -> str | None:
    match expression:
        case FactRef():
            return f"fact:{expression.fact}"
        case InputRef():
            return f"input:{expression.input}"
        case Ref():
            return expression.name
    return None


def _bounds(ops: tuple[str, ...], place: int, values: list[Value]) -> Iterator[tuple[str, Value]]:
    """The comparisons of a chain with the subject on the left of each."""
    others = iter(values)
    for i, op in enumerate(ops):
        yield (op if i == place else _TURNED.get(op, op)), next(others)
