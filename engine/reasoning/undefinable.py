"""Why an outcome may be undefined, at most, whatever evidence says: found at a glance from what its formulas stand on.

Sharper than `Kinds` where that matters for scores: what is aggregated is nothing only where every part may be absent, a
share is of nothing only where every clause may not apply, and numbers are too large only where they can grow so large.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import TypeAlias

from guiju.compiler.ir import ABSENT, UNKNOWN, Cases, Choice, Clause, Fact, Input, Tally, Undefined, Value
from guiju.compiler.operators import MOST_BITS, Fold, Function
from guiju.engine.domains import ANY
from guiju.engine.fixed import fixed_by
from guiju.engine.kinds import Kind, Kinds, undefined_of
from guiju.engine.network import Item, Network, Node, live_operands
from guiju.engine.possible import Known, Standing
from guiju.engine.reachable import input_cases

_ARITHMETIC = ("+", "-", "*", "/")
_TOO_LARGE, _NOTHING, _OF_NOTHING = (
    Undefined(reason) for reason in ("too-large", "nothing-to-aggregate", "share-of-nothing")
)

#: bits of a numerator and of a denominator at most; None: any number
Bits: TypeAlias = tuple[int, int] | None


class Undefinable:
    """The reasons for which an outcome may be undefined under some readings, by what is chosen of the inputs."""

    def __init__(self, network: Network, inputs: Mapping[str, Value]) -> None:
        self._network, self._inputs = network, dict(inputs)
        self._found: dict[tuple[object, ...], frozenset[Value]] = {}

    def of(self, outcome: int, readings: Mapping[str, str]) -> frozenset[Value]:
        """All of them, and perhaps some for which it is not."""
        looked_at = _readings_above_clauses(self._network, outcome)
        key = (outcome, *((r, readings[r]) for r in looked_at))
        if key not in self._found:
            values = fixed_by(self._network, readings, self._inputs).values
            cases = input_cases(Known(self._network, values, Standing()), (outcome,))
            kinds = (_Sharper(self._network, case).of(outcome) for _, case in cases)
            self._found[key] = frozenset[Value]().union(*(undefined_of(kind) for kind in kinds))
        return self._found[key]


@lru_cache(maxsize=32)
def _readings_above_clauses(network: Network, outcome: int) -> tuple[str, ...]:
    """The readings that an outcome looks at otherwise than through a clause: what a clause is, is never undefined."""
    found: list[str] = []
    stack, seen = [outcome], set[int]()
    while stack:
        index = stack.pop()
        node = network.nodes[index]
        if index in seen or isinstance(node.subject, Clause):
            continue
        seen.add(index)
        if node.address.startswith("reading:"):
            found.append(node.address.removeprefix("reading:"))
        stack.extend(node.operands)
    return tuple(sorted(found))


class _Sharper(Kinds):
    """What a node above the clauses may come to at most; what a clause is, is left open."""

    def __init__(self, network: Network, values: Sequence[Value]) -> None:
        super().__init__(network, values)
        leaves = (n.index for n in network.nodes if isinstance(n.subject, Clause | Item))
        self._known.update(dict.fromkeys(leaves, frozenset([ANY])))
        self._bits: dict[int, Bits] = {}

    def _open(self, node: Node) -> Kind:
        live = live_operands(node, self._values)
        operands = [self._at(o) for o in live]
        self._bits[node.index] = self._bits_of(node, [self._bits_at(o) for o in live])
        found, inherited = super()._open(node), frozenset[Value]().union(*operands)
        if isinstance(node.subject, Fact) and operands:
            return found | {Undefined("conflicting")}
        if isinstance(node.subject, Tally):
            return found if self._may_be_of_nothing(node.subject) else found - {_OF_NOTHING}
        if isinstance(node.form, Function) and node.form.symbol in _ARITHMETIC:
            found = frozenset(v for given in product(*operands) for v in _calculated(node.form, given))
        elif not _is_aggregate(node):
            return found
        elif any(ABSENT not in kind for kind in operands):
            found = (found - {_NOTHING}) | (inherited & {_NOTHING})
        bits = self._bits[node.index]
        may_grow = bits is None or max(bits) > MOST_BITS
        return found if may_grow else (found - {_TOO_LARGE}) | (inherited & {_TOO_LARGE})

    def _may_be_of_nothing(self, tally: Tally) -> bool:
        """Whether all that a share is of may not apply: a clause that does not say when it applies always does."""
        clauses = (self._network.program.clause[c] for c in (leaf for item in tally.items for leaf in item))
        return all(clause.applies is not None for clause in clauses)

    # --- how large numbers become ----------------------------------------------------------------------------------

    def _bits_at(self, index: int) -> Bits:
        value = self._values[index]
        if value is UNKNOWN:
            return self._bits.get(index, (1, 1))
        return _length(value) if isinstance(value, Fraction) else (1, 1)

    @staticmethod
    def _bits_of(node: Node, operands: list[Bits]) -> Bits:
        """The bits of a number at most, from those of its operands; of what is no number it does not matter."""
        if isinstance(node.subject, Fact | Input):
            return None
        if isinstance(node.subject, Tally):
            return (len(node.subject.items).bit_length(),) * 2
        known = [bits for bits in operands if bits is not None]
        if len(known) < len(operands):
            return None
        tops, bottoms, number = [t for t, _ in known], [b for _, b in known], len(known).bit_length()
        symbol = node.form.symbol if node.form is not None else ""
        if symbol == "/":
            return tops[0] + bottoms[1], bottoms[0] + tops[1]
        if symbol == "*":
            return sum(tops), sum(bottoms)
        if symbol in ("+", "-", "sum", "mean"):
            return max(tops, default=1) + sum(bottoms) + number, sum(bottoms) + number
        return max(tops, default=1), max(bottoms, default=1)


def _is_aggregate(node: Node) -> bool:
    is_fold = isinstance(node.form, Fold) and not isinstance(node.subject, Cases | Choice | Tally)
    return is_fold and node.form is not None and node.form.symbol not in ("and", "or")


def _calculated(form: Function, given: tuple[object, ...]) -> tuple[object, ...]:
    """What arithmetic can make of some values; only a quotient can be of something by nothing."""
    missing = [v for v in given if v != ANY]
    if missing:
        return (form.apply(*(Fraction(1) if v == ANY else v for v in given)),)
    return (ANY, _TOO_LARGE, *((Undefined("division-by-zero"),) if form.symbol == "/" else ()))


def _length(number: Fraction) -> tuple[int, int]:
    return max(1, number.numerator.bit_length()), number.denominator.bit_length()
