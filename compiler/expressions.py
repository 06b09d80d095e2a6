"""Expressions: names resolved, units converted, types checked, in one walk from surface tree to core."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile

from guiju.compiler import codes, ir
from guiju.compiler.absent import absent
from guiju.compiler.clauses import MODALITY
from guiju.compiler.ir import TRUTH, Expression, Literal, NumberType, Operation, OptionType, SetType, Type
from guiju.compiler.names import place_of, unit_meant
from guiju.compiler.operators import COMPARISONS, OPERATOR
from guiju.compiler.sets import ClauseSets, Items
from guiju.compiler.symbols import SCORE, Symbols
from guiju.compiler.unit_remedies import remedy_for
from guiju.compiler.units import NUMBER, TEMPERATURE, unit_named, unit_names
from guiju.compiler.walk import nodes
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.keywords import by_terminal, language_of, spell
from guiju.dsl.lines import typed_for
from guiju.dsl.source import Span

Typed = tuple[Expression, Type]


@dataclass(frozen=True)
class Context:
    """Where an expression stands: inside a group, at a level, over a weighted group."""

    group: str | None = None
    level: str | None = None
    weighted: str | None = None


class Elaborator:
    """Turns surface expressions into typed core expressions; mistakes are reported and give None.

    `family` answers for scores, lets and weights: a definition by name, group and level, made on demand; `reported`
    says whether a mistake is known why a definition is not there.
    """

    def __init__(
        self,
        symbols: Symbols,
        sets: ClauseSets,
        family: Callable[[str, str, Context, Span], Typed | None],
        reported: Callable[[str], bool],
    ):
        self._s, self._sets, self._family, self._reported = symbols, sets, family, reported

    def truth(self, expression: tree.Expr, context: Context) -> Expression | None:
        """An expression that must be true or false."""
        return self._expect(expression, context, TRUTH, Text("条件", "a condition"))

    def number(self, expression: tree.Expr, context: Context) -> Typed | None:
        """An expression that must be a number."""
        typed = self.elaborate(expression, context)
        if typed and not isinstance(typed[1], NumberType):
            self._mismatch(expression.span, Text("数", "a number"), typed[1])
            return None
        return typed

    def _expect(self, expression: tree.Expr, context: Context, type_: Type, expected: Text) -> Expression | None:
        typed = self.elaborate(expression, context)
        if typed is None:
            return None
        if typed[1] != type_:
            self._mismatch(expression.span, expected, typed[1], _test_meant(expression, typed[1]))
            return None
        return typed[0]

    def elaborate(self, expression: tree.Expr, context: Context) -> Typed | None:
        """The core expression and its type."""
        span = expression.span
        match expression:
            case tree.Number():
                return self._number(expression)
            case tree.TruthLit():
                return Literal(value=expression.value, span=span), TRUTH
            case tree.NameRef():
                return self._name(expression, context)
            case tree.AtLevel():
                level = self._s.levels.resolve(expression.level, place_of(expression.level, span))
                return self._family("score", expression.name, replace(context, level=level), span) if level else None
            case tree.Arithmetic():
                return self._operation(expression.op, (expression.left, expression.right), context, span)
            case tree.Negate():
                return self._negated(expression, context)
            case tree.Compare():
                return self._comparison(expression, context)
            case tree.Contains():
                return self._operation("in", (expression.element, expression.collection), context, span)
            case tree.Logic():
                return self._operation(expression.op, expression.operands, context, span)
            case tree.Not():
                return self._operation("not", (expression.operand,), context, span)
            case tree.Quantified():
                return self._quantified(expression, context)
            case tree.Measure():
                return self._measure(expression, context)
            case tree.ClauseIs():
                return self._clause_is(expression, context)
            case tree.Aggregate():
                return self._aggregate(expression, context)
            case tree.EveryScores():
                return self._every(expression, context)

    # --- leaves --------------------------------------------------------------------------------------------------

    def _number(self, number: tree.Number) -> Typed | None:
        if number.unit is None:
            return Literal(value=number.value, span=number.span), NumberType()
        unit = unit_named(number.unit)
        if unit is None:
            near = _apart(number) or unit_meant(number.unit, unit_names(), number.value)
            arguments = (("unit", number.unit), ("instead", remedy_for(number.unit)))
            self._s.report(Diagnostic(codes.UNKNOWN_UNIT, number.span, arguments, suggestion=near))
            return None
        literal = Literal(value=number.value * unit.factor, unit=unit.name, span=number.span)
        return literal, NumberType(unit.dimension, unit=unit.name)

    def _name(self, name: tree.NameRef, context: Context) -> Typed | None:
        found = self._s.values.find(name.text)
        if found in self._s.unsound:
            return None
        if found in self._s.facts:
            return ir.FactRef(fact=found, span=name.span), self._s.types[found]
        if found in self._s.inputs:
            return ir.InputRef(input=found, span=name.span), self._s.types[found]
        if found is not None:
            return self._family("let", found, context, name.span)
        if name.text == "weight" and context.weighted:
            weight = self._family("weight", context.weighted, context, name.span)
            if weight is None and not self._reported(f"weight:{context.weighted}"):
                self._missing_weight(name, context)
            return weight
        if name.text == SCORE or any(family == name.text for family, _ in self._s.families):
            return self._family("score", name.text, context, name.span)
        if name.text in self._s.grades:
            return self._family("grade", name.text, context, name.span)
        self._s.report(self._s.values.unknown(name.text, name.span))
        return None

    def _missing_weight(self, name: tree.NameRef, context: Context) -> None:
        if self._s.weights is None:
            self._s.report(absent("weights", name.span))
            return
        what = Text(f"组“{context.weighted}”的权重", f"a weight of the group `{context.weighted}`")
        self._s.report(Diagnostic(codes.MISSING_PART, name.span, (("what", what),)))

    # --- operators -----------------------------------------------------------------------------------------------

    def _comparison(self, compare: tree.Compare, context: Context) -> Typed | None:
        parts = [
            self._operation(op, (left, right), context, left.span.join(right.span))
            for op, left, right in zip(compare.ops, compare.operands, compare.operands[1:], strict=False)
        ]
        if any(p is None for p in parts):
            return None
        known = tuple(p[0] for p in parts if p)
        return (known[0] if len(known) == 1 else Operation(operator="and", operands=known, span=compare.span)), TRUTH

    def _negated(self, negate: tree.Negate, context: Context) -> Typed | None:
        """Zero minus the operand, in the unit of the operand; a negated number is a number."""
        typed = self.number(negate.operand, context)
        if typed is None:
            return None
        operand, type_ = typed
        assert isinstance(type_, NumberType)
        type_ = replace(type_, integer=False)
        if isinstance(operand, Literal) and isinstance(operand.value, Fraction):
            return Literal(value=-operand.value, unit=operand.unit, span=negate.span), type_
        if OPERATOR["-"].typed((type_, type_)) != replace(type_, integer=False):
            self._misfit("-", (typed, typed), (negate.operand, negate.operand), negate.span)
            return None
        zero = Literal(value=Fraction(0), unit=type_.unit if type_.dimension else None, span=negate.span)
        return self.build("-", (zero, operand), negate.span), type_

    def _operation(self, operator: str, operands: tuple[tree.Expr, ...], context: Context, span: Span) -> Typed | None:
        typed = self._operands(operands, context)
        if typed is None:
            return None
        result = OPERATOR[operator].typed(tuple(t for _, t in typed))
        if result is None:
            self._misfit(operator, typed, operands, span)
            return None
        return self.build(operator, tuple(e for e, _ in typed), span), result

    @staticmethod
    def build(operator: str, operands: tuple[Expression, ...], span: Span) -> Expression:
        """An operation; gates of its operands are lifted out of arithmetic, so that a sum has one gate and not many."""
        if operator in ("+", "-", "*", "/", "sum", "mean", "min", "max"):
            return hoist(lambda parts: Operation(operator=operator, operands=parts, span=span), operands, span)
        return Operation(operator=operator, operands=operands, span=span)

    def _operands(self, operands: tuple[tree.Expr, ...], context: Context) -> tuple[Typed, ...] | None:
        """Operands in order; the name of an option is read by the enumeration on the other side."""
        owners = [self._owner(o) for o in operands]
        owner = next((o for o in owners if o), None)
        typed = [
            self._option(o, owner) if owner and own is None else self.elaborate(o, context)
            for o, own in zip(operands, owners, strict=True)
        ]
        return None if any(t is None for t in typed) else tuple(t for t in typed if t)

    def _owner(self, expression: tree.Expr) -> str | None:
        if isinstance(expression, tree.NameRef):
            found = self._s.values.find(expression.text)
            return found if found in self._s.options else None
        return None

    def _option(self, expression: tree.Expr, owner: str) -> Typed | None:
        if not isinstance(expression, tree.NameRef):
            return self.elaborate(expression, Context())
        option = self._s.options[owner].resolve(expression.text, expression.span)
        type_ = self._s.types[owner]
        assert isinstance(type_, OptionType | SetType)
        return (Literal(value=option, span=expression.span), OptionType(type_.options)) if option else None

    # --- sets of clauses -----------------------------------------------------------------------------------------

    def _quantified(self, quantified: tree.Quantified, context: Context) -> Typed | None:
        span, number, verdict = quantified.span, quantified.number or 0, quantified.verdict
        new, level = quantified.clauses.new, self._sets.level_of(quantified.clauses, context.level)
        against = "unsatisfied" if verdict == "satisfied" else "satisfied"

        def test(counted: str, operator: str, n: int) -> Callable[[Items], Expression]:
            def make(items: Items) -> Expression:
                tally = ir.Tally(
                    items=items,
                    measure="count",
                    verdict=counted,  # type: ignore[arg-type]
                    cap=n + 1,
                    new=new,
                    level=level,
                    span=span,
                )
                return Operation(operator=operator, operands=(tally, Literal(value=Fraction(n), span=span)), span=span)

            return make

        def half(items: Items) -> Expression:
            tally = ir.Tally(items=items, measure="share", verdict=verdict, new=new, level=level, span=span)
            return Operation(operator=">", operands=(tally, Literal(value=Fraction(1, 2), span=span)), span=span)

        makers: dict[str, Callable[[Items], Expression]] = {
            "all": test(against, "=", 0),
            "any": test(verdict, ">=", 1),
            "none": test(verdict, "=", 0),
            "exactly": test(verdict, "=", number),
            "at-least": test(verdict, ">=", number),
            "at-most": test(verdict, "<=", number),
            "more-than-half": half,
        }
        made = self._sets.select(quantified.clauses, context.group, context.level, makers[quantified.quantifier])
        return (made, TRUTH) if made else None

    def _measure(self, measure: tree.Measure, context: Context) -> Typed | None:
        new, level = measure.clauses.new, self._sets.level_of(measure.clauses, context.level)
        measured, verdict = measure.measure, measure.verdict

        def make(items: Items) -> Expression:
            return ir.Tally(items=items, measure=measured, verdict=verdict, new=new, level=level, span=measure.span)

        made = self._sets.select(measure.clauses, context.group, context.level, make)
        unit = "%" if measure.measure == "share" else "count"
        return (made, NumberType(NUMBER, measure.measure == "count", unit)) if made else None

    def _clause_is(self, expression: tree.ClauseIs, context: Context) -> Typed | None:
        node = self._s.clauses.find(expression.clause, context.group)
        if node is None:
            self._s.report(self._s.clauses.unknown(expression.clause, context.group))
            return None
        span = expression.span
        found: list[tuple[str, ...]] = []

        def make(leaves: tuple[str, ...]) -> Expression:
            found.append(leaves)
            tally = ir.Tally(items=(leaves,), measure="count", verdict=expression.verdict, cap=1, span=span)
            return Operation(operator="=", operands=(tally, Literal(value=Fraction(1), span=span)), span=span)

        made = self._sets.deciding(node, span, make)
        if not all(found):
            arguments = (("clause", node.printed), ("modality", MODALITY[node.modality or "shall"]))
            self._s.report(Diagnostic(codes.DECIDED_BY_NONE, span, arguments))
            return None
        return (made, TRUTH) if made else None

    # --- families ------------------------------------------------------------------------------------------------

    def _below(self, kind: str, group: str | None) -> tuple[str, ...]:
        return tuple(g for g in self._sets.groups_under(group) if self._s.group[g].kind == kind)

    def _aggregate(self, aggregate: tree.Aggregate, context: Context) -> Typed | None:
        kind = self._s.kinds.resolve(aggregate.kind, aggregate.span)
        if kind is None:
            return None
        groups = self._below(kind, context.group)
        inside = [self.number(aggregate.body, Context(g, context.level, g)) for g in groups]
        if not inside:
            what = Text(f"种类为“{aggregate.kind}”的下级组", f"a group of the kind `{aggregate.kind}` to go over")
            self._s.report(Diagnostic(codes.MISSING_PART, aggregate.span, (("what", what),)))
        if not inside or any(i is None for i in inside):
            return None
        typed = tuple(i for i in inside if i)
        result = OPERATOR[aggregate.op].typed(tuple(t for _, t in typed))
        if result is None:
            self._misfit(aggregate.op, typed, (aggregate.body,) * len(typed), aggregate.span)
            return None
        bodies = [e for e, _ in typed]
        if not _speaks_of_weight(aggregate.body):
            parts = zip(groups, bodies, strict=True)
            bodies = [self._unless_left_out(g, context.group, e, aggregate.span) for g, e in parts]
        return self.build(aggregate.op, tuple(bodies), aggregate.span), result

    def _unless_left_out(self, group: str, above: str | None, body: Expression, span: Span) -> Expression:
        """The value of a group; absent where the weights leave out the group or what it is in, below `above`."""
        within = takewhile(lambda g: g != above, self._chain(group))
        weight = next((w for g in within if (w := self._family("weight", g, Context(), span))), None)
        if weight is None:
            return body
        present = Operation(operator="present", operands=(weight[0],), span=span)
        row = ir.Case(condition=present, value=body, span=span)
        return ir.Cases(form="table", rows=(row,), otherwise=Literal(value=ir.ABSENT, span=span), span=span)

    def _every(self, every: tree.EveryScores, context: Context) -> Typed | None:
        """Every group of the kind that takes part has the scores; inside one group of a kind, or everywhere."""
        over, within = self._kinds(every)
        if over is None or (every.within and within is None):
            return None
        scope = next((g for g in self._chain(context.group) if self._s.group[g].kind == within), None)
        parts: list[Expression] = []
        for group in self._below(over, scope):
            tests = [self._scores(every, group, number, level) for number, level in every.values]
            if any(t is None for t in tests):
                return None
            parts.append(self._if_weighted(group, tuple(t for t in tests if t), every.span))
        return _lifted("and", tuple(parts), every.span), TRUTH

    def _kinds(self, every: tree.EveryScores) -> tuple[str | None, str | None]:
        """The kind that is gone over, and the kind within which."""
        over = self._s.kinds.resolve(every.kind, place_of(every.kind, every.span))
        within = self._s.kinds.resolve(every.within, place_of(every.within, every.span)) if every.within else None
        return over, within

    def _chain(self, group: str | None) -> tuple[str, ...]:
        return () if group is None else (group, *self._chain(self._s.group[group].parent))

    def _scores(self, every: tree.EveryScores, group: str, number: tree.Number, level: str) -> Expression | None:
        at = self._s.levels.resolve(level, place_of(level, every.span))
        value = self._family("score", every.family, Context(group, at), every.span) if at else None
        wanted = self._number(number)
        if value is None or wanted is None:
            return None
        return _lifted("=", (value[0], wanted[0]), every.span)

    def _if_weighted(self, group: str, tests: tuple[Expression, ...], span: Span) -> Expression:
        """The tests hold, or the table of weights leaves the group out."""
        held = tests[0] if len(tests) == 1 else _lifted("and", tests, span)
        weight = next((w for g in self._chain(group) if (w := self._family("weight", g, Context(), span))), None)
        if weight is None:
            return held
        present = Operation(operator="present", operands=(weight[0],), span=span)
        absent = Operation(operator="not", operands=(present,), span=span)
        return _lifted("or", (absent, held), span)

    # --- messages ------------------------------------------------------------------------------------------------

    def _mismatch(self, span: Span, expected: Text, found: Type, meant: str | None = None) -> None:
        arguments = (("expected", expected), ("found", type_name(found)))
        self._s.report(Diagnostic(codes.TYPE_MISMATCH, span, arguments, suggestion=meant))

    def _misfit(self, operator: str, typed: tuple[Typed, ...], operands: tuple[tree.Expr, ...], span: Span) -> None:
        """Which two operands do not fit: units against units, or a wrong kind of value."""
        types = [t for _, t in typed]
        if operator in ("and", "or", "not"):
            wrong = next(i for i, t in enumerate(types) if t != TRUTH)
            meant = _truth_meant(operands[wrong], types[0]) or _test_meant(operands[wrong], types[wrong])
            self._mismatch(operands[wrong].span, Text("条件", "a condition"), types[wrong], meant)
            return
        if operator not in COMPARISONS and TEMPERATURE in (t.dimension for t in types if isinstance(t, NumberType)):
            self._s.report(Diagnostic(codes.TEMPERATURE_ARITHMETIC, span, (("operator", operator),)))
            return
        if all(isinstance(t, NumberType) for t in types):
            other = next((t for t in types if t.dimension != types[0].dimension), types[-1])  # type: ignore[union-attr]
            arguments = (("operator", operator), ("left", type_name(types[0])), ("right", type_name(other)))
            self._s.report(Diagnostic(codes.UNIT_MISMATCH, span, arguments))
            return
        wanted = type_name(types[0])
        wrong = next((i for i, t in enumerate(types) if t != types[0]), 0)
        if operator == "in":
            wanted, wrong = Text("集合", "a set"), 1
        self._mismatch(operands[wrong].span, wanted, types[wrong], _truth_meant(operands[wrong], types[0]))


def _truth_meant(written: tree.Expr, beside: Type) -> str | None:
    """`yes` for 1 and `no` for 0, in the language of the policy, beside a yes-no fact."""
    if beside != TRUTH or not isinstance(written, tree.Number) or written.unit or written.value not in (0, 1):
        return None
    return spell("YES" if written.value else "NO", language_of(written.span.source.policy) or "en")


def _test_meant(written: tree.Expr, found: Type) -> str | None:
    """The comparison that a number needs to be a condition: `x >= 50 or y` says nothing of y."""
    if not isinstance(written, tree.NameRef) or not isinstance(found, NumberType):
        return None
    return f"{written.text} >= …"


def _apart(number: tree.Number) -> str | None:
    """What is meant by `50或时长` or `50或者时长`, in which the connective would be the beginning of a unit."""
    chinese = [(word, by_terminal()[t].zh) for t in ("OR", "AND") for word in (*by_terminal()[t].zh, *typed_for(t))]
    for word, (connective, *_) in sorted(chinese, key=lambda c: -len(c[0])):
        if number.unit and number.unit.startswith(word) and number.unit != word:
            return f"{number.digits} {connective} {number.unit.removeprefix(word)}"
    return None


def type_name(type_: Type) -> Text:
    """A type in the words of an editor."""
    match type_:
        case NumberType():
            if type_.unit in ("number", "count"):
                return Text("没有单位的数", "a number without unit")
            return Text(f"以 {type_.unit} 计的量", f"a quantity in {type_.unit}")
        case OptionType():
            return Text(f"选项（{'、'.join(type_.options)}）", f"one of {', '.join(type_.options)}")
        case SetType():
            return Text(f"集合（{'、'.join(type_.options)}）", f"a set of {', '.join(type_.options)}")
        case ir.TruthType():
            return Text("是或否", "yes or no")


def _lifted(operator: str, operands: tuple[Expression, ...], span: Span) -> Expression:
    """A comparison or connective with the gates of its operands outside."""
    return hoist(lambda parts: Operation(operator=operator, operands=parts, span=span), operands, span)


def hoist(
    build: Callable[[tuple[Expression, ...]], Expression],
    operands: tuple[Expression, ...],
    span: Span,
) -> Expression:
    """Build an operation over gated operands with the gate outside: a sum of gated values is a gated sum.

    Equal in meaning, for the operation is built three times: for the gate open, for it shut, and for it undefined or
    unknown. The gate is decided once, which is what keeps reachable sets small (see docs/semantics.md).
    """
    shapes = [gated_shape(o) for o in operands]
    choice = next((s for s in shapes if isinstance(s, ir.Choice)), None)
    if choice is not None:
        options = tuple(
            (
                name,
                hoist(
                    build,
                    tuple(_under(s, o, choice.reading, name) for s, o in zip(shapes, operands, strict=True)),
                    span,
                ),
            )
            for name, _ in choice.options
        )
        return ir.Choice(reading=choice.reading, options=options, span=choice.span)
    gates = [s for s in shapes if isinstance(s, ir.Cases)]
    if gates and len({_gate_condition(g) for g in gates}) == 1:

        def lifted(branch: Callable[[ir.Cases], Expression]) -> Expression:
            taken = (branch(s) if isinstance(s, ir.Cases) else o for s, o in zip(shapes, operands, strict=True))
            return hoist(build, tuple(taken), span)

        return ir.Cases(
            form="gate",
            rows=(ir.Case(condition=gates[0].rows[0].condition, value=lifted(lambda g: g.rows[0].value), span=span),),
            otherwise=lifted(lambda g: g.otherwise),
            undecided=lifted(_undecided),
            span=gates[0].span,
        )
    return build(operands)


def _undecided(gate: ir.Cases) -> Expression:
    """What is gated while its gate is neither open nor shut: a table that is undefined or unknown as the gate is."""
    if gate.undecided is not None:
        return gate.undecided
    nothing = Literal(value=ir.NOT_ENTERED, span=gate.span)
    row = replace(gate.rows[0], value=nothing)
    return ir.Cases(form="table", rows=(row,), otherwise=nothing, span=gate.span)


@dataclass(frozen=True, kw_only=True, eq=False)
class Shaped(ir.Ref):
    """A reference to a definition that still shows what is behind it, so that `hoist` can see a gate."""

    shape: Expression


def gated_shape(expression: Expression) -> Expression | None:
    """The gate or choice of gates that an expression has outermost, if any; looks through references."""
    inner = expression.shape if isinstance(expression, Shaped) else expression
    if isinstance(inner, ir.Cases) and inner.form == "gate":
        return inner
    if isinstance(inner, ir.Choice) and any(gated_shape(o) for _, o in inner.options):
        return inner
    return None


def _under(shape: Expression | None, operand: Expression, reading: str, option: str) -> Expression:
    if isinstance(shape, ir.Choice) and shape.reading == reading:
        return dict(shape.options)[option]
    return operand


def _gate_condition(gate: ir.Cases) -> str | Expression:
    """What a gate asks: a definition by its name, wherever it is referred to; any other expression is itself alone."""
    condition = gate.rows[0].condition
    return condition.name if isinstance(condition, ir.Ref) else condition


def _speaks_of_weight(body: tree.Expr) -> bool:
    """Whether an expression has the word `weight`, which is absent itself where a group is left out."""
    return any(isinstance(node, tree.NameRef) and node.text == "weight" for node in nodes(body))
