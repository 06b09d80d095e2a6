"""Conditions of rows as functions of a few atoms, and the search for a case in which they come out as wanted.

Comparisons of one number with constants, and counts of the same clauses, imply and exclude one another; options, facts
and memberships are what they are. What stands behind a let is looked through, and each reading has one option.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TypeAlias, cast

from guiju.compiler.checks import atoms
from guiju.compiler.checks.atoms import Atom, Setting
from guiju.compiler.checks.case import Case, NothingToldError, Patience
from guiju.compiler.checks.clause_counts import Block, Numbers, counted
from guiju.compiler.checks.roots import Roots
from guiju.compiler.ir import (
    Choice,
    Expression,
    FactRef,
    InputRef,
    Literal,
    Operation,
    OptionType,
    Ref,
    Tally,
    TruthType,
    Type,
    Value,
)
from guiju.compiler.operators import COMPARISONS, OPERATOR, Fold
from guiju.compiler.spoken import spoken
from guiju.dsl.diagnostic import Text

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
ZERO = Fraction(0)
Wanted: TypeAlias = Sequence[tuple[Expression, bool]]


@dataclass(frozen=True)
class _Test:
    """A part of a condition that looks at one atom: at its value, or at how that compares with a constant."""

    key: Hashable
    operator: str | None = None
    constant: Value = ZERO


class Conditions:
    """The conditions of one table under the default readings, or with one of them changed.

    `as_one_level`: a score is taken for the same at every level, as the rows of a grade by levels are read.
    """

    def __init__(
        self,
        roots: Roots,
        conditions: Sequence[Expression],
        patience: Patience,
        *,
        change: tuple[str, str] | None = None,
        as_one_level: bool = False,
    ):
        self._program, self._roots, self._change, self._as_one_level = roots.program, roots, change, as_one_level
        self._chosen = {r.id: r.default for r in roots.program.readings} | dict([change] if change else [])
        self._met: set[str] = set()
        self._look = patience.look
        self._tests: dict[Expression, _Test] = {}
        self._cuts: dict[Hashable, set[Fraction]] = {}
        self._make: dict[Hashable, Callable[[set[Fraction]], Atom]] = {}
        read = {condition: tuple(self._read(condition)) for condition in conditions}
        tallies = tuple(dict.fromkeys(t for parts in read.values() for t in parts if isinstance(t, Tally)))
        if any(leaf not in self._program.clause for tally in tallies for item in tally.items for leaf in item):
            raise NothingToldError
        self._counted = counted(tallies, self._is_optional)
        self._atoms = {key: make(self._cuts.get(key, set())) for key, make in self._make.items()}
        self._atoms |= {b: self._clauses(b) for c in self._counted.values() for b in c.parts}
        self._keys = {condition: tuple(self._keys_of(parts)) for condition, parts in read.items()}

    @property
    def changes(self) -> Iterator[tuple[str, str]]:
        """Every other option of a reading that the conditions depend on."""
        for reading in self._program.readings:
            if reading.id in self._met:
                yield from ((reading.id, option.id) for option in reading.options[1:])

    def find(self, wanted: Wanted) -> Case | None:
        """A case in which each condition is as wanted; None if there is none. Raises NothingToldError."""
        found = self._search(wanted, {})
        if found is None:
            return None
        for key in tuple(found):
            fewer = {k: v for k, v in found.items() if k != key}
            if self._open(wanted, fewer) == []:
                found = fewer
        return Case(tuple((self._atoms[key], setting) for key, setting in found.items()), self._change)

    # --- the search ----------------------------------------------------------------------------------------------

    def _search(self, wanted: Wanted, case: dict[Hashable, Setting]) -> dict[Hashable, Setting] | None:
        open_ = self._open(wanted, case)
        if not open_:
            return case if open_ == [] else None
        key = next(key for key in self._keys[open_[0]] if key not in case)
        for setting in self._atoms[key].settings:
            found = self._search(wanted, case | {key: setting})
            if found is not None:
                return found
        return None

    def _open(self, wanted: Wanted, case: dict[Hashable, Setting]) -> list[Expression] | None:
        """The conditions that the case leaves open; None if one of the others is not as wanted."""
        open_ = []
        for condition, outcome in wanted:
            value = self._value(condition, case)
            if value is None:
                open_.append(condition)
            elif value is not outcome:
                return None
        return open_

    def _value(self, expression: Expression, case: dict[Hashable, Setting]) -> Value | None:
        """What an expression comes to, None while it is open: Kleene's logic over the atoms."""
        self._look()
        plain = self._plain(expression)
        test = self._tests.get(plain)
        if test is not None:
            setting = cast("Value | None", case.get(test.key))
            if setting is None or test.operator is None:
                return setting
            operator = OPERATOR[test.operator]
            assert not isinstance(operator, Fold)
            return operator.apply(setting, test.constant)
        if isinstance(plain, Tally):
            return self._counted[plain].value(plain, lambda block: cast("Numbers | None", case.get(block)))
        if isinstance(plain, Operation):
            return _applied(plain.operator, (self._value(o, case) for o in plain.operands))
        assert isinstance(plain, Literal)
        return plain.value

    # --- reading conditions --------------------------------------------------------------------------------------

    def _plain(self, expression: Expression) -> Expression:
        """What stands there once readings are chosen and lets looked through."""
        while True:
            if isinstance(expression, Choice):
                self._met.add(expression.reading)
                expression = dict(expression.options)[self._chosen[expression.reading]]
            elif isinstance(expression, Ref) and self._program.definition[expression.name].kind == "let":
                expression = self._program.definition[expression.name].expression
            else:
                return expression

    def _read(self, expression: Expression) -> Iterator[Hashable | Tally]:
        """The keys of the atoms that an expression looks at, and its counts of clauses."""
        self._look()
        plain = self._plain(expression)
        if isinstance(plain, Literal | Tally):
            yield from (plain,) if isinstance(plain, Tally) else ()
        elif isinstance(plain, Operation) and plain.operator in COMPARISONS and not self._is_worked_out(plain):
            yield self._compared(plain)
        elif isinstance(plain, Operation) and self._is_worked_out(plain):
            for operand in plain.operands:
                yield from self._read(operand)
        else:
            yield self._looked_at(plain, expression)

    def _is_worked_out(self, operation: Operation) -> bool:
        """Whether its value follows from those of its operands, each of which has few."""
        return operation.operator in ("and", "or", "not") or all(map(self._has_few_values, operation.operands))

    def _has_few_values(self, expression: Expression) -> bool:
        self._look()
        plain = self._plain(expression)
        if isinstance(plain, Operation):
            return self._type(plain) == TruthType() or self._is_worked_out(plain)
        return isinstance(plain, Literal | Tally) or isinstance(self._type(plain), OptionType | TruthType)

    def _type(self, expression: Expression) -> Type | None:
        match expression:
            case FactRef():
                return self._program.fact[expression.fact].type
            case InputRef():
                return next(i.type for i in self._program.inputs if i.id == expression.input)
            case Ref():
                return self._program.definition[expression.name].type
            case Operation() if expression.operator in (*COMPARISONS, "and", "or", "not", "in", "present", "whole"):
                return TruthType()
        return None

    def _compared(self, comparison: Operation) -> Hashable:
        left, right = comparison.operands
        operator, constant = comparison.operator, self._constant(right)
        if constant is None and (constant := self._constant(left)) is not None:
            left, operator = right, MIRRORED[operator]
        if constant is not None:
            key = self._key(left)
            self._cuts.setdefault(key, set()).add(constant)
            name, type_, roots = self._name(left), self._number_type(self._plain(left)), partial(self._roots.of, left)
            self._make.setdefault(key, lambda cuts: atoms.number(key, name, type_, cuts, roots))
        else:
            one, other = sorted((left, right), key=lambda side: str(self._key(side)))
            operator, constant = operator if one is left else MIRRORED[operator], ZERO
            key = (self._key(one), self._key(other))
            names, roots = (self._name(one), self._name(other)), partial(self._roots.of, comparison)
            self._make.setdefault(key, lambda _: atoms.relation(key, names, roots))
        self._tests[comparison] = _Test(key, operator, constant)
        return key

    def _name(self, number: Expression) -> Text:
        """A number as it is written; a score also says of which level it is, where that makes a difference."""
        if isinstance(number, Ref) and self._program.definition[number.name].level and not self._as_one_level:
            return spoken(number.name)
        written = " ".join(number.span.text.split())
        return Text(written, written)

    def _constant(self, expression: Expression) -> Fraction | None:
        plain = self._plain(expression)
        if isinstance(plain, Operation):
            known = [self._constant(o) for o in plain.operands]
            found = None if None in known else _applied(plain.operator, known)
        else:
            found = plain.value if isinstance(plain, Literal) else None
        return found if isinstance(found, Fraction) else None

    def _number_type(self, plain: Expression) -> Type | None:
        """The type as far as it says which values there are: what is computed may be negative, unless it counts."""
        type_ = self._type(plain)
        stated = isinstance(plain, FactRef) and self._program.fact[plain.fact].formula is None
        if stated or not getattr(type_, "dimension", ()):
            return type_
        return replace(type_, dimension=())  # type: ignore[type-var]

    def _looked_at(self, plain: Expression, written: Expression) -> Hashable:
        """An atom that is looked at as a whole: an option, a yes or no, a member of a set, or what is none of these."""
        key, roots, text = self._key(plain), partial(self._roots.of, plain), " ".join(written.span.text.split())
        type_ = self._type(plain)
        if isinstance(type_, OptionType):
            options = type_.options
            self._make.setdefault(key, lambda _: atoms.option(key, text, options, roots))
        elif isinstance(plain, Operation):
            member, kin = plain.operands[0], key
            if plain.operator == "in" and isinstance(self._plain(member), Literal):
                kin = self._key(plain.operands[1])
            self._make.setdefault(key, lambda _: atoms.condition(key, kin, text, roots))
        else:
            self._make.setdefault(key, lambda _: atoms.truth(key, text, roots))
        self._tests[plain] = _Test(key)
        return key

    def _key(self, expression: Expression) -> Hashable:
        """What two expressions have in common that say the same."""
        self._look()
        plain = self._plain(expression)
        match plain:
            case FactRef():
                return "fact", plain.fact
            case InputRef():
                return "input", plain.input
            case Ref():
                definition = self._program.definition[plain.name]
                return ("score", definition.family, definition.group) if self._as_one_level else plain.name
            case Literal():
                return "value", plain.value
            case Tally():
                return plain.items, plain.measure, plain.verdict
            case Operation():
                return plain.operator, *map(self._key, plain.operands)
        return plain

    def _keys_of(self, parts: tuple[Hashable | Tally, ...]) -> Iterator[Hashable]:
        for part in dict.fromkeys(parts):
            yield from self._counted[part].parts if isinstance(part, Tally) else (part,)

    # --- clauses -------------------------------------------------------------------------------------------------

    def _clauses(self, block: Block) -> Atom:
        return atoms.clauses(block, self._program, partial(self._roots.of_clauses, block.items))

    def _is_optional(self, leaf: str) -> bool:
        applies = self._program.clause[leaf].applies
        plain = None if applies is None else self._plain(applies)
        return plain is not None and not (isinstance(plain, Literal) and plain.value is True)


def _applied(operator: str, operands: Iterator[Value | None] | Sequence[Value | None]) -> Value | None:
    """An operator over what is known of its operands; None where that does not settle it."""
    form = OPERATOR[operator]
    if not isinstance(form, Fold):
        known = tuple(operands)
        return None if None in known else form.apply(*known)
    so_far, open_ = form.start, False
    for operand in operands:
        if operand is None:
            open_ = True
            continue
        so_far = form.combine(so_far, operand)
        if form.settled(so_far):
            return form.finish(so_far)
    return None if open_ else form.finish(so_far)
