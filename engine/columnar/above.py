"""The nodes above the modules of a target, as planes: what they come to where it is said what each module comes to.

Nothing is open there, so each row has one value of each node. What has few values has a plane for each; a number that
adds up more is held as a sum of planes (`weighed`), until it is compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import TypeAlias

from guiju.compiler.ir import ABSENT, NOT_ENTERED, UNKNOWN, Cases, Choice, Undefined
from guiju.compiler.operators import COMPARISONS, Fold, Function
from guiju.engine.columnar.circuit import EMPTY, FULL, Circuit
from guiju.engine.columnar.combined import Planes, combined, folded, together
from guiju.engine.columnar.leaf import NotInColumnsError
from guiju.engine.columnar.weighed import Weighed, added, is_at_least
from guiju.engine.kleene import lifted
from guiju.engine.network import Node, live_operands
from guiju.engine.possible import Known

MOST_APART = 16  # combinations of operands that a number is made from, plane by plane

Held: TypeAlias = Planes | Weighed


class Above:
    """The open nodes at or above some `interface`, up to a target, operands before their users.

    NotInColumnsError where a target stands on something open besides.
    """

    def __init__(self, known: Known, target: int, interface: Collection[int]) -> None:
        self.known, self.target = known, target
        self.nodes = tuple(self._met(target, frozenset(interface)))

    def _met(self, target: int, interface: Collection[int]) -> Iterator[Node]:
        found, stack = set[int](), [target]
        while stack:
            index = stack.pop()
            if index in found or index in interface or self.known.values[index] is not UNKNOWN:
                continue
            found.add(index)
            node = self.known.network.nodes[index]
            if node.form is None:
                raise NotInColumnsError(node.address, "large")
            stack.extend(self.operands(node))
        return (self.known.network.nodes[i] for i in sorted(found))

    def operands(self, node: Node) -> tuple[int, ...]:
        """What a node looks at."""
        return live_operands(node, self.known.values)

    def held(self, circuit: Circuit, given: Mapping[int, Planes]) -> dict[int, Held]:
        """What each node comes to, and each of the interface as it is given; each row is in one plane of each."""
        found: dict[int, Held] = dict(given)
        for node in self.nodes:
            operands = [self._at(found, o) for o in self.operands(node)]
            made = _made(circuit, node, operands)
            if made is None or (not isinstance(made, Weighed) and _is_undefined(made)):
                raise NotInColumnsError(node.address, "large")
            found[node.index] = made
        return found

    def _at(self, found: Mapping[int, Held], index: int) -> Held:
        value = self.known.values[index]
        return {value: FULL} if value is not UNKNOWN else found[index]


def _is_undefined(planes: Planes) -> bool:
    return any(isinstance(value, Undefined) for value in planes)


def _made(circuit: Circuit, node: Node, operands: Sequence[Held]) -> Held | None:
    """What a node makes of its operands; None where that is neither a few values nor a sum."""
    if isinstance(node.subject, Choice):
        return operands[0] if len(operands) == 1 else None
    if isinstance(node.subject, Cases):
        return _table(circuit, node.subject, operands)
    few = [o for o in operands if not isinstance(o, Weighed)]
    if len(few) == len(operands) and isinstance(node.form, Fold) and node.form.symbol in ("and", "or"):
        return folded(circuit, node.form, few)
    if len(few) == len(operands) and prod(map(len, few)) <= MOST_APART:
        return combined(circuit, few, lambda given: lifted(node, given))
    if node.form is not None and node.form.symbol in ("sum", "mean"):
        operands = [o for o in operands if o != {ABSENT: FULL}]
    numbers = [_as_weighed(circuit, o) for o in operands]
    return _of_numbers(circuit, node, [n for n in numbers if n is not None]) if None not in numbers else None


def _as_weighed(circuit: Circuit, held: Held) -> Weighed | None:
    """A number as a sum of planes, one for each step up from the least; None of what is none."""
    if isinstance(held, Weighed):
        return held
    numbers = {value: plane for value, plane in held.items() if isinstance(value, Fraction)}
    missing = held.get(NOT_ENTERED, EMPTY)
    if len(numbers) + (NOT_ENTERED in held) < len(held):
        return None
    steps, reached = list[Weighed](), EMPTY
    for below, value in reversed([*pairwise(sorted(numbers))]):
        reached = circuit.either(reached, numbers[value])
        steps.append(Weighed(Fraction(0), {reached: value - below}))
    least = Weighed(min(numbers, default=Fraction(0)), {}, missing)
    return added(circuit, (least, *steps))


def _of_numbers(circuit: Circuit, node: Node, numbers: list[Weighed]) -> Held | None:
    assert node.form is not None
    symbol = node.form.symbol
    if symbol == "reference":
        return numbers[0]
    if symbol in ("sum", "mean", "+"):
        total = added(circuit, numbers)
        return total.times(Fraction(1, len(numbers))) if symbol == "mean" else total
    if symbol == "-":
        return added(circuit, (numbers[0], numbers[1].times(Fraction(-1))))
    if symbol in ("*", "/"):
        return _scaled(symbol, *numbers)
    if symbol in COMPARISONS and isinstance(node.form, Function):
        return _compared(circuit, node.form, *numbers)
    return None


def _scaled(symbol: str, left: Weighed, right: Weighed) -> Weighed | None:
    """One number times another that is known, or divided by it."""
    if symbol == "*" and not left.weights:
        left, right = right, left
    is_known = not right.weights and right.missing == EMPTY
    if not is_known or (symbol == "/" and not right.base):
        return None
    return left.times(right.base if symbol == "*" else 1 / right.base)


def _compared(circuit: Circuit, form: Function, left: Weighed, right: Weighed) -> Planes | None:
    """Two numbers; a comparison with one that is missing is false."""
    if form.apply(NOT_ENTERED, Fraction(0)) is not False:
        return None
    beyond = added(circuit, (left, right.times(Fraction(-1))))
    is_most = is_at_least(circuit, beyond, Fraction(0))
    is_least = is_at_least(circuit, beyond.times(Fraction(-1)), Fraction(0))
    found = {
        ">=": is_most,
        "<=": is_least,
        ">": circuit.neither(is_least),
        "<": circuit.neither(is_most),
        "=": circuit.both(is_most, is_least),
        "!=": circuit.neither(circuit.both(is_most, is_least)),
    }[form.symbol]
    found = circuit.both(found, circuit.neither(beyond.missing))
    return {truth: p for truth, p in ((True, found), (False, circuit.neither(found))) if p != EMPTY}


# --- tables ------------------------------------------------------------------------------------------------------


def _table(circuit: Circuit, cases: Cases, operands: Sequence[Held]) -> Held | None:
    """The value of the first row that holds; a second one makes an exclusive table undefined, so that is not told."""
    rows = _rows(cases, operands)
    if cases.exclusive or rows is None:
        return None
    taken, before = list[tuple[int, Held]](), EMPTY
    for condition, value in rows:
        holds = condition.get(True, EMPTY)
        if condition.keys() <= {True, False}:
            taken.append((circuit.both(holds, circuit.neither(before)), value))
            before = circuit.either(before, holds)
        else:
            return None
    taken = [(plane, value) for plane, value in taken if plane != EMPTY]
    few = [(v, circuit.both(p, q)) for p, held in taken if not isinstance(held, Weighed) for v, q in held.items()]
    if all(not isinstance(held, Weighed) for _, held in taken):
        return together(circuit, few)
    return _one_of(circuit, taken)


def _rows(cases: Cases, operands: Sequence[Held]) -> list[tuple[Planes, Held]] | None:
    if cases.undecided is not None:
        pairs: list[tuple[Held, Held]] = [(operands[0], operands[1]), ({True: FULL}, operands[2])]
    else:
        pairs = [*zip(operands[:-1:2], operands[1:-1:2], strict=True), ({True: FULL}, operands[-1])]
    rows = [(condition, value) for condition, value in pairs if not isinstance(condition, Weighed)]
    return rows if len(rows) == len(pairs) else None


def _one_of(circuit: Circuit, taken: Sequence[tuple[int, Held]]) -> Weighed | None:
    """A number that is one of several, each in rows of its own; where there is but one, it stays as it is."""
    found, missing = list[tuple[int, Weighed]](), EMPTY
    for plane, held in taken:
        number = _as_weighed(circuit, held)
        if number is None:
            return None
        if isinstance(held, Weighed) or held.keys() != {NOT_ENTERED}:
            found.append((plane, number))
        missing = circuit.either(missing, circuit.both(plane, number.missing))
    if len(found) == 1:
        return Weighed(found[0][1].base, found[0][1].weights, missing)
    parts = (
        Weighed(Fraction(0), {circuit.both(plane, inner): weight})
        for plane, number in found
        for inner, weight in ((FULL, number.base), *number.weights.items())
    )
    total = added(circuit, parts)
    return Weighed(total.base, total.weights, missing)
