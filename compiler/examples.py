"""Examples: what is given and what is expected, with names resolved, sets of clauses spelled out, and types checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from guiju.compiler import example_codes, ir
from guiju.compiler.clauses import printed
from guiju.compiler.constants import constant
from guiju.compiler.expected import Expectations
from guiju.compiler.expressions import Context
from guiju.compiler.families import Families
from guiju.compiler.ir import Clause, Example, GivenVerdict, NumberType, SetType, Value
from guiju.compiler.names import Names, text_of
from guiju.compiler.sets import Assignment
from guiju.compiler.symbols import Symbols, cite
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Text

_NONE = "none"  # no option of a set


def examples_of(symbols: Symbols, families: Families, clauses: Iterable[Clause]) -> tuple[Example, ...]:
    """The examples of a policy, in the order of the text; a mistake leaves out what is mistaken."""
    by_id = {clause.id: clause for clause in clauses}
    return tuple(_Given(symbols, families, by_id, declaration).example() for declaration in symbols.examples)


class _Given:
    """Reads one example."""

    def __init__(
        self, symbols: Symbols, families: Families, clauses: Mapping[str, Clause], declaration: tree.ExampleDecl
    ) -> None:
        self._s, self._families, self._clauses, self._d = symbols, families, clauses, declaration
        self._facts: dict[str, Value] = {}
        self._inputs: dict[str, str] = {}
        self._seen: dict[str, tree.Node] = {}

    def example(self) -> Example:
        """The example with all that could be read."""
        readings = self._readings()
        chosen = self._families.sets.default | readings
        for given in self._d.givens:
            if isinstance(given, tree.GivenValue):
                self._value(given)
        named = self._named()
        expected = tuple(Expectations(self._s, self._families, self._clauses, chosen).of(self._d))
        return Example(
            text_of(self._d.label, ""),
            self._d.proposed,
            tuple(self._inputs.items()),
            tuple(self._facts.items()),
            tuple(readings.items()),
            tuple(self._verdicts(named, chosen).items()),
            frozenset(named),
            expected,
            cite(self._d.cites),
            span=self._d.span,
        )

    def _once(self, key: str, name: str, node: tree.Node) -> bool:
        """Whether something is given for the first time; else that is reported."""
        is_first = self._seen.setdefault(key, node) is node
        if not is_first:
            self._s.report(Diagnostic(example_codes.GIVEN_TWICE, node.span, (("name", name),)))
        return is_first

    # --- readings ------------------------------------------------------------------------------------------------

    def _readings(self) -> dict[str, str]:
        found: dict[str, str] = {}
        known = Names(Text("读法", "reading"), self._s.diagnostics, few=True)
        for reading in self._s.readings:
            if known.find(reading.name.text) is None:  # one that is declared twice is told of there
                known.declare(reading.name)
        for given in (g for g in self._d.givens if isinstance(g, tree.GivenReading)):
            name = known.resolve(given.reading.text, given.reading.span)
            declared = next((r for r in self._s.readings if r.name.text == name), None)
            if name is None or declared is None or not self._once(f"reading:{name}", name, given):
                continue
            options = Names(Text("选项", "option"), [], few=True)
            for option in declared.options:
                options.declare(option.name)
            if options.find(given.option.text) is None:
                self._s.report(options.unknown(given.option.text, given.option.span))
            else:
                found[name] = given.option.text
        return found

    # --- facts and inputs ----------------------------------------------------------------------------------------

    def _value(self, given: tree.GivenValue) -> None:
        name = self._s.values.find(given.name.text)
        if name is None and not self._is_computed(given.name.text):
            self._s.report(self._s.values.unknown(given.name.text, given.name.span))
        elif name not in self._s.facts and name not in self._s.inputs:
            arguments = (("name", given.name.text),)
            self._s.report(Diagnostic(example_codes.NOT_TO_BE_GIVEN, given.name.span, arguments))
        elif name not in self._s.unsound and self._once(f"value:{name}", name, given):
            self._typed(name, given)

    def _is_computed(self, name: str) -> bool:
        return name in self._s.grades or any(family == name for family, _ in self._s.families)

    def _typed(self, name: str, given: tree.GivenValue) -> None:
        type_ = self._s.types[name]
        if isinstance(type_, SetType):
            self._set(name, given)
        elif len(given.values) > 1:
            self._not_fixed(name, given.values[1], Text("只有集合可以有几个值", "only a set has several values"))
        elif (value := self._fixed(name, given.values[0])) is None:
            return
        elif name in self._s.inputs:
            self._inputs[name] = str(value)
        elif problem := _outside(type_, value):
            self._not_fixed(name, given.values[0], problem)
        else:
            self._facts[name] = value

    def _set(self, name: str, given: tree.GivenValue) -> None:
        """The options of a set; `none` alone is the empty one."""
        options, found = self._s.options[name], []
        for value in given.values:
            if not isinstance(value, tree.NameRef):
                self._not_fixed(name, value, Text("不是选项", "it is no option"))
            elif value.text == _NONE and len(given.values) == 1 and options.find(_NONE) is None:
                pass
            elif option := options.resolve(value.text, value.span):
                found.append(option)
        self._facts[name] = frozenset(found)

    def _fixed(self, name: str, value: tree.Expr) -> Value | None:
        """The constant that a name is compared with; the comparison is read as in a condition."""
        subject = tree.NameRef(text=name, span=value.span)
        compare = tree.Compare(operands=(subject, value), ops=("=",), span=value.span)
        typed = self._families.elaborator.elaborate(compare, Context())
        if typed is None or self._is_bare(name, value):
            return None
        operation = typed[0]
        assert isinstance(operation, ir.Operation)
        found = constant(operation.operands[1], self._families.sets.default)
        if found is None or isinstance(found, ir.Undefined):
            self._not_fixed(name, value, Text("它要靠证据才能算出", "it cannot be computed without evidence"))
            return None
        return found

    def _is_bare(self, name: str, value: tree.Expr) -> bool:
        """Whether a number stands without its unit for a fact in %, which is reported."""
        type_ = self._s.types[name]
        is_ratio = isinstance(type_, NumberType) and type_.unit == "%"
        bare = isinstance(value, tree.Number) and value.unit is None and bool(value.value)
        if is_ratio and bare:
            self._not_fixed(name, value, Text("它以 % 计，要写单位", "it is in %, and its unit must be written"))
        return is_ratio and bare

    def _not_fixed(self, name: str, value: tree.Expr, reason: Text) -> None:
        arguments = (("name", name), ("value", value.span.text), ("reason", reason))
        self._s.report(Diagnostic(example_codes.NO_FIXED_VALUE, value.span, arguments))

    # --- clauses -------------------------------------------------------------------------------------------------

    def _named(self) -> dict[str, GivenVerdict]:
        """The verdicts of clauses that are given one by one; a parent stands for all its leaves."""
        found: dict[str, GivenVerdict] = {}
        for given in (g for g in self._d.givens if isinstance(g, tree.GivenClause)):
            node = self._s.clauses.find(given.clause, None)
            if node is None:
                self._s.report(self._s.clauses.unknown(given.clause, None))
                continue
            for leaf in node.leaves:
                if self._once(f"clause:{leaf}", printed(given.clause), given) and self._may_be(leaf, given):
                    found[leaf] = _verdict(given)
        return found

    def _may_be(self, leaf: str, given: tree.GivenClause | tree.GivenClauses) -> bool:
        """Whether a clause can have the verdict, else that is reported; of a set, those that cannot are left out."""
        clause = self._clauses.get(leaf)
        if given.verdict != "not-applicable" or clause is None or clause.applies is not None:
            return True
        if isinstance(given, tree.GivenClause):
            arguments = (("clause", clause.printed),)
            self._s.report(Diagnostic(example_codes.ALWAYS_APPLICABLE, given.span, arguments))
        return False

    def _verdicts(self, named: Mapping[str, GivenVerdict], chosen: Assignment) -> dict[str, GivenVerdict]:
        """All verdicts: what is named goes before sets, and `other` means what neither speaks of."""
        found: dict[str, GivenVerdict] = dict(named)
        told: set[int] = set()
        sets = [g for g in self._d.givens if isinstance(g, tree.GivenClauses)]
        for given in sorted(sets, key=lambda g: g.others):
            for leaf in self._families.sets.leaves_of_set(given.clauses, chosen):
                if leaf in named or not self._may_be(leaf, given):
                    continue
                if not given.others and found.get(leaf, given.verdict) != given.verdict and id(given) not in told:
                    told.add(id(given))
                    arguments = (("name", self._s.clauses.by_id[leaf].printed),)
                    self._s.report(Diagnostic(example_codes.GIVEN_TWICE, given.span, arguments))
                found.setdefault(leaf, _verdict(given))
        order = self._families.sets.order
        return {leaf: found[leaf] for leaf in sorted(found, key=lambda leaf: order.get(leaf, -1))}


def _verdict(given: tree.GivenClause | tree.GivenClauses) -> GivenVerdict:
    assert given.verdict != "unknown"
    return given.verdict


def _outside(type_: ir.Type, value: Value) -> Text | None:
    """Why a number is none that a fact can be."""
    if not isinstance(type_, NumberType) or not isinstance(value, Fraction):
        return None
    if type_.is_never_negative and value < 0:
        return Text("它不会小于零", "it is never below zero")
    if type_.integer and value.denominator != 1:
        return Text("它是整数", "it is a whole number")
    return None
