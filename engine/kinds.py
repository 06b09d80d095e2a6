"""What an open node can come to at most, found at a glance: every part by itself, all numbers as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from guiju.compiler.ir import UNKNOWN, Cases, Choice, Fact, Tally, TruthType, Undefined, Value, Verdict
from guiju.compiler.operators import Fold, Function
from guiju.engine.domains import ANY
from guiju.engine.network import Network, Node, live_operands, open_below

EITHER = frozenset((True, False))
_APPLYING = (Verdict.SATISFIED, Verdict.UNSATISFIED)
Kind = frozenset[Any]


class Kinds:
    """For each node every value that it may have, and perhaps more: `ANY` for all that is neither truth nor missing."""

    def __init__(self, network: Network, values: Sequence[Value]) -> None:
        self._network, self._values = network, values
        self._known: dict[int, Kind] = {}

    def of(self, index: int) -> Kind:
        """The values that a node may have."""
        for inner in sorted(open_below(self._network, self._values, (index,), self._known)):
            if inner not in self._known:
                self._known[inner] = self._open(self._network.nodes[inner])
        return self._at(index)

    def undecided(self, node: Node) -> Value | None:
        """What a lifted gate may be taken to be while it is undecided: one value, or any where it cannot be that.

        None of other nodes, and where it matters what it is.
        """
        if not (isinstance(node.subject, Cases) and node.subject.undecided is not None):
            return None
        kind = self.of(node.operands[-1])
        is_one = len(kind) == 1 and ANY not in kind
        return min(kind, key=str) if is_one or not undefined_of(self.of(node.operands[0])) else None

    def _at(self, index: int) -> Kind:
        value = self._values[index]
        return self._known[index] if value is UNKNOWN else frozenset([_kind(value)])

    def _open(self, node: Node) -> Kind:
        subject, operands = node.subject, [self._at(o) for o in live_operands(node, self._values)]
        if isinstance(subject, Cases):
            return self._table(subject, operands)
        if isinstance(subject, Tally):
            is_sure = subject.measure == "count" or any(self._values[o] in _APPLYING for o in node.operands)
            return frozenset((ANY,) if is_sure else (ANY, Undefined("share-of-nothing")))
        if isinstance(subject, Choice):  # the reading first, unless it is settled
            return frozenset().union(*(operands if len(operands) == 1 else operands[1:]))
        if isinstance(subject, Fact) and operands:
            return operands[0]
        if isinstance(node.form, Function):
            return frozenset(v for given in product(*operands) for v in _applied(node.form, given))
        if isinstance(node.form, Fold) and node.form.symbol in ("and", "or"):
            return _folded(node.form, operands)
        if node.form is None:
            return EITHER if isinstance(getattr(subject, "type", None), TruthType) else frozenset([ANY])
        return frozenset().union(*operands, [ANY, Undefined("nothing-to-aggregate"), Undefined("too-large")])

    @staticmethod
    def _table(cases: Cases, operands: list[Kind]) -> Kind:
        """The values of all rows; undefined as a condition may be, but of a lifted gate, which says what it is then."""
        if cases.undecided is not None:
            gate, behind, otherwise, undecided = operands
            ways = ((True in gate, behind), (False in gate, otherwise), (bool(undefined_of(gate)), undecided))
            return frozenset().union(*(values for possible, values in ways if possible))
        conditions, values = operands[:-1:2], operands[1:-1:2]
        overlap = [Undefined("overlapping-rows")] if cases.exclusive else []
        return frozenset().union(*(undefined_of(c) for c in conditions), *values, operands[-1], overlap)


def undefined_of(kind: Iterable[Any]) -> Kind:
    """Those of some values that are undefined."""
    return frozenset(v for v in kind if isinstance(v, Undefined))


def _kind(value: Any) -> Any:
    return ANY if isinstance(value, Fraction | str | frozenset) else value


def _folded(form: Fold, operands: list[Kind]) -> Kind:
    so_far = frozenset([form.start])
    for operand in operands:
        so_far = frozenset(form.combine(a, b) for a, b in product(so_far, operand))
    return so_far


def _applied(form: Function, given: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a function can make of some values; of one that is any number, whatever it makes of numbers."""
    if ANY not in given:
        return (_kind(form.apply(*given)),)
    if form.symbol == "present":
        return (True,)
    if form.symbol == "reference":
        return given
    missing = [v for v in given if v != ANY]
    if missing:
        return (form.apply(*(Fraction(1) if v == ANY else v for v in given)),)
    if form.symbol in ("+", "-", "*", "/"):
        return (ANY, Undefined("division-by-zero"), Undefined("too-large"))
    return (True, False)
