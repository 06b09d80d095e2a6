"""A place in an expression -> of which types a value can be there, by the rules that the compiler types operators by.

Around the place the comparison is looked for that it is in. What stands there is read with each candidate in turn, as a
type alone. Where nothing can be told, as of a line that cannot be read, everything fits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from guiju.compiler.ir import TRUTH, NumberType, OptionType, Program, SetType, TruthType, Type
from guiju.compiler.operators import OPERATOR
from guiju.compiler.symbols import Symbols
from guiju.compiler.units import Dimension, unit_named
from guiju.dsl import tree
from guiju.dsl.lines import Word, parse_line, words_of
from guiju.dsl.source import Source

MOST_READ = 2_000  # characters of a line; of a longer one nothing is told, and everything fits
PLACEHOLDER = "x__"  # stands for what is typed
_LOGIC = frozenset({"AND", "OR", "NOT"})
_AGGREGATES = frozenset({"SUM", "MEAN", "MIN", "MAX"})
#: what an expression stands behind, and what it ends in front of
_OPENS = frozenset(
    {"WHEN", "APPLIES", "REQUIRES", "AFTER", "STRING", "SHALL", "SHOULD", "MAY", "GIVEN", "EXPECT", "COMMA", "COLON"}
    | {"SEMICOLON", "VBAR", "OTHERWISE"}
)
_CLOSES = frozenset({"WHEN", "APPLIES", "CITES", "STRING", "COMMA", "SEMICOLON", "VBAR", "ALIAS", "OVER", "ELSE_AS"})
_NAMED = ("let_line", "fact_line", "patch", "reading_option_line", "score_line")  # an expression behind their `=`
_CONDITIONS = ("clause_line", "expr_cell")
_NUMBERS = ("row_line", "score_line", "weight_cell")  # what they begin with is a number


class _Wrong:
    """The type of what has none."""


_WRONG = _Wrong()


@dataclass(frozen=True)
class Place:
    """A place in a line that is read by `rule`: the words before it, and the text behind it."""

    rule: str
    before: tuple[Word, ...]
    behind: str


class Fitting:
    """What can stand at a place. `program`: what is made of the policy so far, None of nothing."""

    def __init__(self, symbols: Symbols, program: Program | None, place: Place) -> None:
        self._s, self._place = symbols, place
        self._taken: dict[Type, bool] = {}
        self._defined = {d.family: d.type for d in program.definitions if d.shown} if program else {}

    def type_named(self, name: str) -> Type | None:
        """The type of a fact, an input, a let, a score or a grade by any of its names; None where it has none."""
        found = self._s.values.find(name)
        return self._s.types.get(found or "") or self._defined.get(found or name)

    def takes(self, type_: Type | None) -> bool:
        """Whether a value of a type can stand there, so that the rest can be completed without a mistake of types."""
        if type_ is None:
            return True
        if type_ not in self._taken:
            self._taken[type_] = self._takes(type_)
        return self._taken[type_]

    def _takes(self, type_: Type) -> bool:
        if self._tree is None:
            return True
        result = _typed(self._tree, self._types(type_))
        return not isinstance(result, _Wrong) and self._is_wanted(result)

    def takes_test(self) -> bool:
        """Whether a condition can begin there that is no value, such as `all clauses satisfied`."""
        return bool(self._inside) or not (self._behind or self._wants == "number")

    def takes_unit(self, dimension: Dimension) -> bool:
        """Whether the number in front of the place can be one of a dimension."""
        return self._number.takes(NumberType(dimension))

    @cached_property
    def _number(self) -> Fitting:
        """What fits where the number in front of the place is."""
        place = Place(self._place.rule, self._place.before[:-1], self._place.behind)
        there = Fitting(self._s, None, place)
        there._defined = self._defined
        return there

    @property
    def is_aggregated(self) -> bool:
        """Whether it is what a sum, a mean or the like goes over."""
        return bool(self._start) and self._place.before[self._start - 1].terminal in _AGGREGATES

    # --- where the place is --------------------------------------------------------------------------------------

    @cached_property
    def _start(self) -> int:
        """The number of the first word of the comparison that the place is in."""
        depth, words = 0, self._place.before
        for at in reversed(range(len(words))):
            terminal = words[at].terminal
            depth += {"RPAR": 1, "LPAR": -1}.get(terminal, 0) if depth or terminal == "RPAR" else 0
            if depth:
                continue
            if terminal in _LOGIC | _OPENS | _AGGREGATES or (terminal == "EQ" and self._declares(at)):
                return at + 1
            if terminal in ("MARK", "DASH") and at == 0:
                return 1
        return 0

    def _declares(self, at: int) -> bool:
        """Whether an `=` is that of a declaration, and compares nothing."""
        return self._place.rule in _NAMED and not any(w.terminal == "EQ" for w in self._place.before[:at])

    @cached_property
    def _inside(self) -> tuple[Word, ...]:
        return self._place.before[self._start :]

    @cached_property
    def _wants(self) -> str:
        """What the expression must be: a condition, a number, or anything."""
        opened = self._place.before[self._start - 1].terminal if self._start else ""
        if self.is_aggregated:
            return "number"
        if opened in _LOGIC | {"WHEN", "APPLIES", "REQUIRES", "AFTER"} or self._place.rule in _CONDITIONS:
            return "condition"
        if self._place.rule in _NUMBERS:
            return "number"
        return "anything"

    def _is_wanted(self, type_: Type | None) -> bool:
        """Whether a type is what is wanted, or can become it by a comparison behind it."""
        if type_ is None or self._place.rule in ("given_line", "expect_line"):
            return True
        if self._wants == "number":
            is_weight = self._place.rule == "weight_cell"
            return isinstance(type_, NumberType) and not (is_weight and type_.dimension)
        return self._wants == "anything" or isinstance(type_, TruthType) or not (self._behind or _is_set(type_))

    # --- what stands around it -----------------------------------------------------------------------------------

    @cached_property
    def _behind(self) -> str:
        """What follows in the same comparison."""
        before = " ".join(word.text for word in self._place.before)
        if len(before) + len(self._place.behind) > MOST_READ:
            return ""
        text = f"{before} {PLACEHOLDER} {self._place.behind}"
        words = words_of(self._place.rule, text)[len(self._place.before) + 1 :]
        depth, found = 0, []
        for word in words:
            depth += {"LPAR": 1, "RPAR": -1}.get(word.terminal, 0)
            if depth <= 0 and word.terminal in _LOGIC | _CLOSES:
                break
            found.append(word.text)
        return " ".join(found)

    @cached_property
    def _tree(self) -> tree.Expr | None:
        """The comparison with a name at the place; None where it cannot be read."""
        before = " ".join(word.text for word in self._inside)
        for behind in (self._behind, ""):
            text = f"{before} {PLACEHOLDER} {behind}".strip()
            if len(text) > MOST_READ:
                return None
            text += ")" * (text.count("(") - text.count(")"))
            node, problem = parse_line("expr_cell", text, Source("", text), 0)
            if problem is None:
                return node  # type: ignore[no-any-return]
        return None

    def _types(self, candidate: Type) -> Callable[[tree.Expr], Type | None]:
        def typed(leaf: tree.Expr) -> Type | None:
            match leaf:
                case tree.NameRef(text=text) if text == PLACEHOLDER:
                    return candidate
                case tree.NameRef(text=text):
                    return self.type_named(text)
                case tree.AtLevel(name=name):
                    return self._defined.get(name)
                case tree.Number(unit=None):
                    return NumberType()
                case tree.Number(unit=unit) if found := unit_named(unit or ""):
                    return NumberType(found.dimension, unit=found.name)
                case tree.TruthLit():
                    return TRUTH
                case tree.Measure():
                    return NumberType()
            return None

        return typed


def _typed(node: tree.Expr, leaf: Callable[[tree.Expr], Type | None]) -> Type | _Wrong | None:
    """The type of an expression; None where nothing is known of it."""
    match node:
        case tree.Arithmetic():
            return _operated(node.op, (node.left, node.right), leaf)
        case tree.Negate():
            return _operated("-", (node.operand, node.operand), leaf)
        case tree.Compare():
            pairs = zip(node.ops, pairwise(node.operands), strict=True)
            found = [_operated(op, pair, leaf) for op, pair in pairs]
            return next((f for f in found if f is _WRONG), TRUTH)
        case tree.Contains():
            return _contained(node, leaf)
        case tree.Logic() | tree.Not() | tree.Quantified() | tree.ClauseIs() | tree.EveryScores():
            return TRUTH
        case tree.Aggregate():
            return _typed(node.body, leaf)
    return leaf(node)


def _operated(
    operator: str, operands: tuple[tree.Expr, tree.Expr], leaf: Callable[[tree.Expr], Type | None]
) -> Type | _Wrong | None:
    types = [_typed(operand, leaf) for operand in operands]
    known = [type_ for type_ in types if type_ is not None and not isinstance(type_, _Wrong)]
    if any(isinstance(type_, _Wrong) for type_ in types):
        return _WRONG
    if len(known) < len(types):
        return _with_option(operator, operands, known)
    found = OPERATOR[operator].typed(tuple(known))
    return _WRONG if found is None else found


def _with_option(operator: str, operands: tuple[tree.Expr, tree.Expr], known: list[Type]) -> Type | _Wrong | None:
    """Beside a name that is no value, an option then: what has that option."""
    names = [o.text for o in operands if isinstance(o, tree.NameRef) and o.text != PLACEHOLDER]
    if operator not in ("=", "!=") or not known or not names:
        return None
    type_ = known[0]
    return TRUTH if isinstance(type_, OptionType) else _WRONG


def _contained(node: tree.Contains, leaf: Callable[[tree.Expr], Type | None]) -> Type | _Wrong | None:
    element, collection = _typed(node.element, leaf), _typed(node.collection, leaf)
    if isinstance(element, _Wrong) or isinstance(collection, _Wrong):
        return _WRONG
    if collection is not None and not isinstance(collection, SetType):
        return _WRONG
    if element is None or collection is None:
        named = node.element.text if isinstance(node.element, tree.NameRef) else ""
        return _WRONG if collection and element is None and named not in collection.options else TRUTH
    found = OPERATOR["in"].typed((element, collection))
    return _WRONG if found is None else found


def _is_set(type_: Type) -> bool:
    return isinstance(type_, SetType)
