"""Whether a node only rises as clauses are satisfied: then one look at the best case says what holds in none.

Read off the operators alone, so it may well not be told of a node that does rise. Where numbers grow too large to be
worked out, what should be lower is undefined instead, and still never true where the best case is false.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from guiju.compiler.ir import ABSENT, UNKNOWN, Choice, Clause, Tally, Value, Verdict
from guiju.engine.network import Item, Network, Node, live_operands, standing_below

_SAME, _OTHER = (1,), (-1,)
_SIDES = {"+": (1, 1), "-": (1, -1), ">": (1, -1), ">=": (1, -1), "<": (-1, 1), "<=": (-1, 1)}
_ALIKE = ("and", "or", "sum", "mean", "min", "max")


def rises(network: Network, values: Sequence[Value], target: int, clauses: Collection[int]) -> bool:
    """Whether a node can be no higher than where all these clauses are satisfied; False where that is not told.

    `values`: with the clauses open, each of which is satisfied or not, and which nothing else open may lie beside.
    """
    return way_of(network, values, target, clauses) > 0


def way_of(network: Network, values: Sequence[Value], target: int, clauses: Collection[int]) -> int:
    """The same: 1 where a node only rises as clauses are satisfied, -1 where it only falls, 0 where it is not told."""
    directions: dict[int, int] = {}  # 1 where a node rises, -1 where it falls, 0 where it is not told
    stack = [target]
    while stack:
        node = network.nodes[stack[-1]]
        is_clause = isinstance(node.subject, Clause)
        open_ = () if is_clause else [o for o in live_operands(node, values) if values[o] is UNKNOWN]
        waiting = [o for o in open_ if o not in directions]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        if is_clause:
            directions[node.index] = int(node.index in clauses and _stands_alone(network, values, node))
        else:
            directions[node.index] = _direction(node, values, directions)
        if not directions[node.index]:
            return 0
    return directions[target]


def with_clauses_open(network: Network, values: Sequence[Value]) -> list[Value]:
    """The values where no verdict is known, nor what stands on one."""
    again = list(values)
    for node in network.nodes:  # operands before users
        if isinstance(node.subject, Clause) or any(again[o] is UNKNOWN for o in node.operands):
            again[node.index] = UNKNOWN
    return again


def _stands_alone(network: Network, values: Sequence[Value], clause: Node) -> bool:
    """Whether no other clause lies below one."""
    below = standing_below(network.nodes, values, clause.operands)
    return not any(isinstance(network.nodes[i].subject, Clause) for i in below)


def _direction(node: Node, values: Sequence[Value], of: dict[int, int]) -> int:
    live = live_operands(node, values)
    signs = _signs(node, tuple([values[o] for o in live]))
    if signs is None:
        return 0
    found = {of[o] * sign for o, sign in zip(live, signs, strict=True) if values[o] is UNKNOWN}
    return found.pop() if len(found) == 1 else 0


def _signs(node: Node, given: tuple[Value, ...]) -> Sequence[int] | None:
    """Which way a node goes with each operand; None where that is not told."""
    if isinstance(node.subject, Choice):
        return _SAME if len(given) == 1 else None
    if isinstance(node.subject, Tally | Item):
        falls = isinstance(node.subject, Tally) and node.subject.verdict == "unsatisfied"
        return (-1 if falls else 1,) * len(given) if _are(given, Verdict) else None
    symbol = node.form.symbol if node.form else ""
    numbers = _are(given, Fraction)
    if symbol in ("reference", "not"):
        return _SAME if symbol == "reference" else _OTHER
    if symbol in _SIDES:
        return _SIDES[symbol] if numbers else None
    if symbol in _ALIKE:
        rest = tuple(v for v in given if v is not ABSENT)
        return (1,) * len(given) if _are(rest, bool if symbol in ("and", "or") else Fraction) else None
    if symbol in ("*", "/") and numbers:
        return _times(symbol, *given)
    return None


def _times(symbol: str, left: Value, right: Value) -> Sequence[int] | None:
    """The same with a factor or a divisor that is known."""
    known, is_divisor = (right, True) if left is UNKNOWN else (left, False)
    if not isinstance(known, Fraction) or not known or (symbol == "/" and not is_divisor):
        return None
    return (1, 1) if known > 0 else (-1, -1)


def _are(given: Sequence[Value], kind: type) -> bool:
    return all(v is UNKNOWN or isinstance(v, kind) for v in given)
