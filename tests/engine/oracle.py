"""Bound evidence -> for each definition every value it can still take, by trying every completion there is.

Slow and obvious on purpose, and independent of the engine: this is the meaning of `docs/semantics.md` written a second
time, from the typed core alone. A completion settles every open fact, input and clause; in it everything has a value.
Numbers cannot all be tried, so an open number takes a dense sample: every number its expressions mention, what their
arithmetic makes of these, points beside and between, zero, and something large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, combinations, pairwise, product
from typing import Any

from guiju.compiler import ir
from guiju.compiler.ir import ABSENT, NOT_ENTERED, UNKNOWN, Undefined, Value, Verdict
from guiju.engine.bind import Bound

SATISFIED, UNSATISFIED, NOT_APPLICABLE = Verdict.SATISFIED, Verdict.UNSATISFIED, Verdict.NOT_APPLICABLE
MOST_COMPLETIONS = 400
LARGE = Fraction(10**21)


class TooManyCompletionsError(Exception):
    """There are more completions than the oracle is willing to try."""


class _OpenError(Exception):
    """No fact decides this clause; it may come to any of these verdicts."""

    def __init__(self, clause: str, verdicts: tuple[Verdict, ...]) -> None:
        super().__init__(clause)
        self.clause, self.verdicts = clause, verdicts


class _InconsistentError(Exception):
    """This completion contradicts a fact that is stated, or an attestation that decides its clause."""


@dataclass
class World:
    """Some facts and inputs with values, some clauses with verdicts, and what follows. What is missing is UNKNOWN.

    `partial` False: a completion, so a clause that no fact decides must be chosen (`_OpenError`).
    """

    oracle: Oracle
    facts: Mapping[str, Value]
    inputs: Mapping[str, Value]
    chosen: Mapping[str, Verdict]
    partial: bool = False
    known: dict[str, Value] = field(default_factory=dict)

    def _once(self, key: str, make: Any) -> Value:
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def definition(self, id_: str) -> Value:
        """The value of a definition."""
        return self._once(id_, lambda: self.value(self.oracle.program.definition[id_].expression))

    def fact(self, id_: str) -> Value:
        """A fact: as stated, else by its formula. The two may not differ."""
        return self._once(f"fact:{id_}", lambda: self._fact(id_))

    def _fact(self, id_: str) -> Value:
        stated, formula = self.facts.get(id_, UNKNOWN), self.oracle.program.fact[id_].formula
        if formula is None:
            return stated
        computed = self.value(formula)
        if stated is UNKNOWN:
            return computed
        if computed is UNKNOWN or isinstance(computed, Undefined) or computed == stated:
            return stated
        rounded = self.rounded(id_)
        if isinstance(stated, Fraction) and isinstance(computed, Fraction) and abs(stated - computed) <= rounded:
            return computed
        return Undefined("conflicting")

    def rounded(self, id_: str) -> Fraction:
        """By how much a stated number may have been rounded."""
        return self.oracle.bound.rounded.get(id_, Fraction(0))

    def by_facts(self, id_: str) -> Value:
        """What the facts make of a clause."""
        clause = self.oracle.program.clause[id_]
        applies = True if clause.applies is None else self.value(clause.applies)
        if applies is False:
            return NOT_APPLICABLE
        if isinstance(applies, Undefined):
            return applies
        condition = Undefined("attested") if clause.condition is None else self.value(clause.condition)
        if applies is UNKNOWN or condition is UNKNOWN:
            return UNKNOWN
        if isinstance(condition, Undefined):
            return condition
        return SATISFIED if condition else UNSATISFIED

    def may_be(self, id_: str, verdict: Verdict) -> bool:
        """Whether the facts do not deny a verdict; what is undefined denies nothing."""
        clause = self.oracle.program.clause[id_]
        applies = True if clause.applies is None else self.value(clause.applies)
        condition = UNKNOWN if clause.condition is None else self.value(clause.condition)
        if verdict is NOT_APPLICABLE:
            return applies is not True
        if applies is False:
            return False
        return isinstance(applies, Undefined) or condition is not (verdict is UNSATISFIED)

    def clause(self, id_: str) -> Value:
        """The verdict of a clause: as decided by people, or by its facts, or as chosen."""
        return self._once(f"clause:{id_}", lambda: self._clause(id_))

    def _clause(self, id_: str) -> Value:
        if self.partial:
            return self.oracle.decided(self, id_)
        if id_ in self.oracle.fixed:
            return self.oracle.fixed[id_]
        verdict: Value = UNKNOWN if id_ in self.oracle.contested else self.by_facts(id_)
        if isinstance(verdict, Verdict):
            return verdict
        if id_ in self.chosen:
            return self.chosen[id_]
        raise _OpenError(id_, (SATISFIED, UNSATISFIED, *((NOT_APPLICABLE,) if self._may_not_apply(id_) else ())))

    def _may_not_apply(self, id_: str) -> bool:
        """Whether somebody may say that a clause does not apply: it is undefined, or in dispute, or was left open."""
        applies = self.oracle.program.clause[id_].applies
        disputed = id_ in self.oracle.torn | self.oracle.contested and id_ in self.oracle.may_not_apply
        return disputed or (applies is not None and isinstance(self.value(applies), Undefined))

    # --- expressions ---------------------------------------------------------------------------------------------

    def value(self, e: ir.Expression) -> Value:
        """The value of an expression."""
        match e:
            case ir.Literal():
                return e.value
            case ir.FactRef():
                return self.fact(e.fact)
            case ir.InputRef():
                return self.inputs.get(e.input, UNKNOWN)
            case ir.Ref():
                return self.definition(e.name)
            case ir.Choice():
                return self.value(dict(e.options)[self.oracle.readings[e.reading]])
            case ir.Tally():
                return self._tally(e)
            case ir.Cases():
                return self._table(e)
            case ir.Operation():
                return self._operation(e.operator, [self.value(o) for o in e.operands])
        raise TypeError(e)

    def _item(self, leaves: tuple[str, ...]) -> Value:
        verdicts = [self.clause(leaf) for leaf in leaves]
        if UNSATISFIED in verdicts:
            return UNSATISFIED
        if UNKNOWN in verdicts:
            return UNKNOWN
        return SATISFIED if SATISFIED in verdicts else NOT_APPLICABLE

    def _tally(self, e: ir.Tally) -> Value:
        verdicts = [self._item(leaves) for leaves in e.items]
        wanted = sum(v.value == e.verdict for v in verdicts if isinstance(v, Verdict))
        if e.measure == "count":
            if e.cap is not None and wanted >= e.cap:
                return Fraction(e.cap)
            return UNKNOWN if UNKNOWN in verdicts else Fraction(wanted)
        if UNKNOWN in verdicts:
            return UNKNOWN
        of = sum(v is not NOT_APPLICABLE for v in verdicts)
        return Fraction(wanted, of) if of else Undefined("share-of-nothing")

    def _table(self, e: ir.Cases) -> Value:
        if e.undecided is not None:  # a gate lifted out of an operation
            gate = self.value(e.rows[0].condition)
            return self.value(e.rows[0].value if gate is True else e.otherwise if gate is False else e.undecided)
        result: Value | None = None
        for row in e.rows:
            condition = self.value(row.condition)
            if condition is UNKNOWN:
                return UNKNOWN
            if result is None:
                if isinstance(condition, Undefined):
                    result = condition
                elif condition:
                    result = self.value(row.value)
                if result is not None and not e.exclusive:
                    return result
            elif isinstance(condition, Undefined):
                result = condition
            elif condition:
                result = Undefined("overlapping-rows")
            if isinstance(result, Undefined):
                return result
        return self.value(e.otherwise) if result is None else result

    def _operation(self, operator: str, operands: list[Value]) -> Value:
        match operator:
            case "and" | "or":
                return _connective(operands, decisive=operator == "or")
            case "sum" | "mean" | "min" | "max":
                return _aggregate(operator, operands)
            case "not":
                known = isinstance(operands[0], bool)
                return not operands[0] if known else operands[0]
            case "whole":
                known = operands[0] is not UNKNOWN and not isinstance(operands[0], Undefined)
                return isinstance(operands[0], Fraction) and operands[0].denominator == 1 if known else operands[0]
            case "present":
                return UNKNOWN if operands[0] is UNKNOWN else operands[0] is not ABSENT
            case "+" | "-" | "*" | "/":
                return _arithmetic(operator, *operands)
        return _comparison(operator, *operands)


def _missing(operands: list[Value]) -> Value | None:
    for special in (ABSENT, NOT_ENTERED):
        if special in operands:
            return special
    undefined = [o for o in operands if isinstance(o, Undefined)]
    return undefined[0] if undefined and UNKNOWN not in operands else None


def _arithmetic(operator: str, left: Value, right: Value) -> Value:
    if ABSENT in (left, right):
        return ABSENT
    if UNKNOWN in (left, right):
        return UNKNOWN
    missing = _missing([left, right])
    if missing is not None:
        return missing
    a, b = Fraction(left), Fraction(right)  # type: ignore[arg-type]
    match operator:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
    return Undefined("division-by-zero") if b == 0 else a / b


def _comparison(operator: str, left: Any, right: Any) -> Value:
    if any(special in (left, right) for special in (ABSENT, NOT_ENTERED)):
        return False
    if UNKNOWN in (left, right):
        return UNKNOWN
    undefined = [o for o in (left, right) if isinstance(o, Undefined)]
    if undefined:
        return undefined[0]
    results: dict[str, Callable[[], bool]] = {
        "=": lambda: left == right,
        "!=": lambda: left != right,
        "<": lambda: left < right,
        "<=": lambda: left <= right,
        ">": lambda: left > right,
        ">=": lambda: left >= right,
        "in": lambda: left in right,
    }
    return bool(results[operator]())


def _connective(operands: list[Value], *, decisive: bool) -> Value:
    if any(o is decisive for o in operands):
        return decisive
    if UNKNOWN in operands:
        return UNKNOWN
    return least_undefined(operands) or (not decisive)


def _aggregate(operator: str, operands: list[Value]) -> Value:
    if NOT_ENTERED in operands:
        return NOT_ENTERED
    if UNKNOWN in operands:
        return UNKNOWN
    undefined = least_undefined(operands)
    if undefined is not None:
        return undefined
    numbers = [o for o in operands if isinstance(o, Fraction)]
    if not numbers:
        return Undefined("nothing-to-aggregate")
    if operator in ("min", "max"):
        return min(numbers) if operator == "min" else max(numbers)
    total = Fraction(0)
    for number in numbers:
        total += number
    return total / len(numbers) if operator == "mean" else total


def least_undefined(operands: list[Value]) -> Undefined | None:
    """Of several reasons for having no value one is told: no order of the operands may change it."""
    return min((o for o in operands if isinstance(o, Undefined)), key=lambda o: o.reason, default=None)


# --- all completions ---------------------------------------------------------------------------------------------


class Oracle:
    """All completions of bound evidence under some readings."""

    def __init__(self, bound: Bound, readings: Mapping[str, str] | None = None, most: int = MOST_COMPLETIONS) -> None:
        self.program, self.bound, self._most = bound.program, bound, most
        self.readings = {r.id: r.options[0].id for r in self.program.readings} | dict(readings or {})
        self.fixed: dict[str, Verdict] = {}
        self.attested: set[str] = set()  # of these the ones that facts must not deny: all but overrides
        self.contested: set[str] = set()  # whatever the facts will say
        self.torn: set[str] = set()  # where people say different things, and facts may still decide
        self.may_not_apply: set[str] = set()  # of both kinds: where it is in dispute or left open whether it applies
        self.now = World(self, bound.facts, bound.inputs, {}, partial=True)
        for clause in self.program.clauses:
            self.now.clause(clause.id)

    def decided(self, now: World, id_: str) -> Value:
        """The verdict of a clause on today's evidence; notes what people decide and what they contest."""
        attested = self.bound.attestations.get(id_, ())
        said = {
            voice: {Verdict(a.verdict) for a in attested if a.voice == voice and a.verdict != "unknown"}
            for voice in ("override", "assessor", "vendor", "crosswalk")
        }
        doubting = {a.voice for a in attested if a.verdict == "unknown"}
        clause = self.program.clause[id_]
        if clause.applies is not None and now.value(clause.applies) is not True:
            self.may_not_apply.add(id_)
        if "override" in doubting:
            self.contested.add(id_)
            self._left_open(id_)
            return UNKNOWN
        if "assessor" in doubting:
            said["vendor"], said["crosswalk"] = set(), set()
        by_facts = now.by_facts(id_)
        facts = {by_facts} if isinstance(by_facts, Verdict) else set()
        denied = {verdict for verdict in Verdict if not now.may_be(id_, verdict)}
        said["vendor"] -= denied
        said["crosswalk"] -= denied
        if said["assessor"] & denied and not said["override"]:
            self.torn.add(id_)
            self.contested.add(id_)
            if NOT_APPLICABLE in said["assessor"] | facts:
                self._left_open(id_)
            return UNKNOWN
        for voices in (said["override"], facts | said["assessor"], said["vendor"], said["crosswalk"]):
            if len(voices) > 1:
                self.torn.add(id_)
                if NOT_APPLICABLE in voices:
                    self._left_open(id_)
                if voices is not said["vendor"] and voices is not said["crosswalk"]:  # any fact outdoes these
                    self.contested.add(id_)
                return UNKNOWN
            if voices:
                verdict = next(iter(voices))
                if voices != facts:
                    self.fixed[id_] = verdict
                    if voices is not said["override"]:
                        self.attested.add(id_)
                return verdict
        if isinstance(by_facts, Undefined) and by_facts.reason != "attested":
            self.contested.add(id_)
        return UNKNOWN

    def _left_open(self, id_: str) -> None:
        if self.program.clause[id_].applies is not None:
            self.may_not_apply.add(id_)

    def _open_facts(self) -> dict[str, tuple[Value, ...]]:
        open_ = [f for f in self.program.facts if f.id not in self.bound.facts and f.formula is None]
        numbers = sum(isinstance(f.type, ir.NumberType) for f in open_)
        each = max(7, int(self._most ** (1 / numbers))) if numbers else 0
        return {f.id: self.samples(f, each) for f in open_}

    def samples(self, fact: ir.Fact, most: int) -> tuple[Value, ...]:
        """The values to try for an open fact."""
        match fact.type:
            case ir.TruthType():
                return (True, False)
            case ir.OptionType():
                return fact.type.options
            case ir.SetType():
                options = fact.type.options
                sizes = range(len(options) + 1)
                return tuple(frozenset(c) for c in chain.from_iterable(combinations(options, n) for n in sizes))
        return tuple(self._numbers(fact, fact.type)[:most])

    def _numbers(self, fact: ir.Fact, type_: ir.NumberType) -> list[Fraction]:
        """Zero and the numbers of the expressions that use the fact; then what lies beside, between and beyond."""
        mentioned = sorted({n for e in self._expressions_with(fact.id) for n in numbers_in(e)})
        made = {op(a, b) for a, b in product(mentioned, repeat=2) for op in _OPERATIONS if b or op is not _divided}
        gaps = [(a + b) / 2 for a, b in pairwise(sorted({Fraction(0), *mentioned}))]
        beside = [n + d for n in mentioned for d in (Fraction(1, 97), -Fraction(1, 97), 1, -1)]
        candidates = [*mentioned, Fraction(0), Fraction(1), *gaps, LARGE, -LARGE, *beside, *sorted(made)]
        if type_.integer:
            candidates = [Fraction(n) for c in candidates for n in (c.__floor__(), c.__ceil__())]
        low_ends_at_zero = type_.integer or type_.dimension
        return list(dict.fromkeys(c for c in candidates if c >= 0 or not low_ends_at_zero))

    def _expressions_with(self, fact: str) -> list[ir.Expression]:
        roots = [e for c in self.program.clauses for e in (c.applies, c.condition) if e is not None]
        roots += [d.expression for d in self.program.definitions]
        roots += [f.formula for f in self.program.facts if f.formula is not None]
        return [e for e in roots if fact in facts_of(self.program, e)]

    def completions(self) -> Iterator[World]:
        """Every completion of the evidence that does not contradict it."""
        open_ = self._open_facts()
        inputs = {i.id: i.type.options for i in self.program.inputs if i.id not in self.bound.inputs}  # type: ignore[union-attr]
        number = 0
        for values in product(*open_.values()):
            facts = {**self.bound.facts, **dict(zip(open_, values, strict=True))}
            for options in product(*inputs.values()):
                chosen = {**self.bound.inputs, **dict(zip(inputs, options, strict=True))}
                for world in self._worlds(facts, chosen):
                    number += 1
                    if number > self._most * 4:
                        raise TooManyCompletionsError
                    if world is not None:
                        yield world

    def _worlds(self, facts: Mapping[str, Value], inputs: Mapping[str, Value]) -> Iterator[World | None]:
        """The completions with some facts and inputs; None for each try that contradicts what is stated."""
        stack: list[dict[str, Verdict]] = [{}]
        while stack:
            chosen = stack.pop()
            world = World(self, facts, inputs, chosen)
            try:
                self._everything(world)
            except _OpenError as open_:
                stack += [{**chosen, open_.clause: verdict} for verdict in open_.verdicts]
            except _InconsistentError:
                yield None
            else:
                yield world

    def _everything(self, world: World) -> None:
        self._denies_nothing(world)
        for clause in self.program.clauses:
            world.clause(clause.id)
        for definition in self.program.definitions:
            world.definition(definition.id)

    def _denies_nothing(self, world: World) -> None:
        for fact in self.bound.facts:  # what is not stated may well stand on a conflict that there is
            conflict = Undefined("conflicting")
            if world.fact(fact) == conflict and self.now.fact(fact) != conflict:
                raise _InconsistentError
            if self.now.fact(fact) not in (UNKNOWN, world.fact(fact)):
                raise _InconsistentError  # what is stated holds exactly, though it may turn out to be rounded
        for id_ in self.attested:
            if not world.may_be(id_, self.fixed[id_]):
                raise _InconsistentError

    def is_denied(self, world: World) -> bool:
        """Whether a world contradicts a fact that is stated, used or not, or an attestation that decides its clause."""
        try:
            self._denies_nothing(world)
        except _InconsistentError:
            return True
        return False

    def world(self, witness: Mapping[str, Value]) -> World:
        """The completion that a witness describes, as far as it goes; the rest stays unknown."""
        parts: dict[str, dict[str, Any]] = {"fact": {}, "input": {}, "clause": {}}
        for address, value in witness.items():
            kind, _, id_ = address.partition(":")
            parts[kind][id_] = value
        facts, inputs = {**self.bound.facts, **parts["fact"]}, {**self.bound.inputs, **parts["input"]}
        return _Told(self, facts, inputs, parts["clause"])


class _Told(World):
    """A completion of which only some clauses are told."""

    def _clause(self, id_: str) -> Value:
        try:
            return super()._clause(id_)
        except _OpenError:
            return UNKNOWN


def reachable(bound: Bound, readings: Mapping[str, str] | None = None) -> dict[str, set[Value]]:
    """For each definition every value that it takes in some completion."""
    found: dict[str, set[Value]] = {d.id: set() for d in bound.program.definitions}
    for world in Oracle(bound, readings).completions():
        for id_, values in found.items():
            values.add(world.definition(id_))
    return found


# --- looking into expressions ------------------------------------------------------------------------------------


def parts_of(e: ir.Expression) -> tuple[ir.Expression, ...]:
    """The expressions directly inside an expression."""
    match e:
        case ir.Operation():
            return e.operands
        case ir.Cases():
            last = (e.otherwise,) if e.undecided is None else (e.otherwise, e.undecided)
            return (*(x for row in e.rows for x in (row.condition, row.value)), *last)
        case ir.Choice():
            return tuple(option for _, option in e.options)
    return ()


def walk(e: ir.Expression) -> Iterator[ir.Expression]:
    """An expression and all inside it."""
    yield e
    for part in parts_of(e):
        yield from walk(part)


def numbers_in(e: ir.Expression) -> set[Fraction]:
    """The numbers that an expression mentions."""
    return {x.value for x in walk(e) if isinstance(x, ir.Literal) and isinstance(x.value, Fraction)}


def facts_of(program: ir.Program, e: ir.Expression) -> set[str]:
    """The facts that an expression stands on, through references, formulas and clauses."""
    found: set[str] = set()
    seen: set[str] = set()

    def visit(expression: ir.Expression | None) -> None:
        for x in walk(expression) if expression is not None else ():
            match x:
                case ir.FactRef():
                    found.add(x.fact)
                    once(f"fact:{x.fact}", program.fact[x.fact].formula)
                case ir.Ref():
                    once(x.name, program.definition[x.name].expression)
                case ir.Tally():
                    for leaf in chain.from_iterable(x.items):
                        once(f"applies:{leaf}", program.clause[leaf].applies)
                        once(f"condition:{leaf}", program.clause[leaf].condition)

    def once(key: str, expression: ir.Expression | None) -> None:
        if key not in seen:
            seen.add(key)
            visit(expression)

    visit(e)
    return found


def _divided(a: Fraction, b: Fraction) -> Fraction:
    return a / b


_OPERATIONS: tuple[Callable[[Fraction, Fraction], Fraction], ...] = (
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b,
    _divided,
)
