"""What the nodes above independent parts come to once some comparisons of sums are decided, and what they ask next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from guiju.compiler.ir import NOT_ENTERED, UNKNOWN, Cases, Choice, Tally, Undefined, Value, Verdict
from guiju.compiler.operators import COMPARISONS, Fold, Function
from guiju.engine.kleene import lifted
from guiju.engine.network import Node
from guiju.engine.possible import Known
from guiju.engine.split_parts import Above, passes_on
from guiju.engine.sums import Comparison, Sum, UnfitError


class Decided:
    """Some comparisons decided: the nodes that this settles, as values or as sums, and the comparisons left open."""

    def __init__(
        self,
        known: Known,
        above: Above,
        nodes: Iterable[Node],
        decided: Mapping[int, bool] | None = None,
        found: Mapping[int, Any] | None = None,
    ) -> None:
        """`nodes`: above the parts, operands first, but for those of which it is `found` what they come to."""
        self._known, self._above, self._decided = known, above, decided or {}
        self._found: dict[int, Any] = dict(found or {})  # UNKNOWN where a comparison has to be decided first
        self._open: dict[int, Comparison] = {}
        self._waiting: list[Node] = []
        for node in nodes:
            self._found[node.index] = value = self._value(node, known.bearing(node))
            if value is UNKNOWN:
                self._waiting.append(node)

    def then(self, comparison: int, *, truth: bool) -> Decided:
        """The same with one more comparison decided; what is settled stays so."""
        return Decided(self._known, self._above, self._waiting, {**self._decided, comparison: truth}, self._found)

    @property
    def next(self) -> Comparison | Sum | Value:
        """The first comparison that the target still asks for; where there is none, the value of the target."""
        (index,) = self._above.targets
        value = self._of(index)
        while self._of(index) is UNKNOWN:
            if index in self._open:
                return self._open[index]
            index = self._deciding(self._known.network.nodes[index])
        return value  # type: ignore[no-any-return]

    def _deciding(self, node: Node) -> int:
        """The first operand that a node waits for."""
        live = self._known.bearing(node)
        if isinstance(node.subject, Cases) and node.subject.undecided is not None:
            holds = self._of(live[0])
            return live[0 if holds is UNKNOWN else 1 if holds is True else 2 if holds is False else 3]
        if isinstance(node.subject, Cases):
            for condition, value in zip(live[:-1:2], live[1::2], strict=False):
                holds = self._of(condition)
                if holds is UNKNOWN:
                    return condition
                if holds is True and self._of(value) is UNKNOWN:
                    return value
        mine = (o for o in live if not (_is_connective(node) and o in self._above.local))
        return next(o for o in mine if self._of(o) is UNKNOWN)

    def _of(self, index: int) -> Any:
        value = self._known.values[index]
        if value is not UNKNOWN:
            return value
        if index not in self._above.local:
            return self._found[index]
        rows = self._above.local[index]
        if all(isinstance(v, Fraction) for v in rows):
            return Sum(Fraction(0), {index: Fraction(1)})
        return self._compared(index, self._number_of((index,)).plus_constant(-1), ">=")

    def _number_of(self, indices: Sequence[int], value: Value = True) -> Sum:
        """How many of some nodes have a value."""
        possible = {Verdict.SATISFIED, Verdict.UNSATISFIED} if isinstance(value, Verdict) else {True, False}
        if any(v not in possible for i in indices for v in self._above.local[i]):
            raise UnfitError
        return Sum(Fraction(0), {(i, value): Fraction(1) for i in indices})

    def _compared(self, index: int, sum_: Sum, symbol: str) -> Value:
        if index not in self._decided:
            self._open[index] = Comparison(index, sum_, symbol)
        return self._decided.get(index, UNKNOWN)

    def _value(self, node: Node, live: Sequence[int]) -> Any:
        if passes_on(node, live):
            return self._of(live[0])
        if node.form is None or isinstance(node.subject, Choice):
            raise UnfitError
        if isinstance(node.subject, Tally):
            return self._tallied(node.subject, live)
        if _is_connective(node):
            return self._connected(node, live)
        given = tuple([self._of(o) for o in live])
        if isinstance(node.subject, Cases):
            is_waiting = node.subject.undecided is not None and given[0] is UNKNOWN
            return UNKNOWN if is_waiting else self._above.meaning(node, given)
        if not any(isinstance(v, Sum) for v in given):
            return lifted(node, given)
        return UNKNOWN if UNKNOWN in given else self._summed(node, node.form, given)

    def _connected(self, node: Node, live: Sequence[int]) -> Value:
        """`and` or `or`: what stands on one part each is counted, so that all of it is one comparison."""
        counted = [o for o in live if o in self._above.local]
        others = [self._of(o) for o in live if o not in self._above.local]
        if counted:
            least = len(counted) if node.form is not None and node.form.symbol == "and" else 1
            others.append(self._compared(node.index, self._number_of(counted).plus_constant(-least), ">="))
        return lifted(node, tuple(others))

    def _tallied(self, tally: Tally, live: Sequence[int]) -> Sum:
        """A count or a share of clauses that all apply, as a sum."""
        wanted = Verdict.SATISFIED if tally.verdict == "satisfied" else Verdict.UNSATISFIED
        open_ = [o for o in live if self._known.values[o] is UNKNOWN]
        known = [self._known.values[o] for o in live if self._known.values[o] is not UNKNOWN]
        if tally.cap is not None or any(o not in self._above.local for o in open_):
            raise UnfitError
        number = self._number_of(open_, wanted).plus_constant(known.count(wanted))
        if tally.measure == "share":
            applicable = len(live) - known.count(Verdict.NOT_APPLICABLE)
            return number.scaled(Fraction(1, applicable))
        return number

    def _summed(self, node: Node, form: Function | Fold, given: tuple[Any, ...]) -> Any:
        """Arithmetic and comparisons of sums."""
        sums = [v if isinstance(v, Sum) else Sum(v, {}) for v in given if isinstance(v, Sum | Fraction)]
        missing = any(isinstance(v, Undefined) or v is NOT_ENTERED for v in given)
        if missing or (len(sums) < len(given) and isinstance(form, Function)):
            return lifted(node, tuple([Fraction(1) if isinstance(v, Sum) else v for v in given]))
        match form.symbol:
            case "+" | "-":
                return sums[0].plus(sums[1], Fraction(1 if form.symbol == "+" else -1))
            case "*" if not (sums[0].times and sums[1].times):
                constant, other = sums if sums[1].times else reversed(sums)
                return other.scaled(constant.constant)
            case "/" if not sums[1].times and sums[1].constant:
                return sums[0].scaled(1 / sums[1].constant)
            case "sum" | "mean":
                total = Sum(Fraction(0), {})
                for one in sums:
                    total = total.plus(one, Fraction(1))
                return total.scaled(Fraction(1, len(sums))) if form.symbol == "mean" else total
            case symbol if symbol in COMPARISONS:
                return self._compared(node.index, sums[0].plus(sums[1], Fraction(-1)), symbol)
        raise UnfitError


def _is_connective(node: Node) -> bool:
    return node.form is not None and node.form.symbol in ("and", "or")
