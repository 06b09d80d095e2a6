"""How far a count has come, where only comparisons with known numbers look at it: what none of them tells apart.

A share that somebody fails cannot be `= 100%` any more, whatever the rest of its clauses come to: a thousand clauses
leave two states along a course, and not a thousand. `engine/tallied.py` does so for sweeps, where a clause that is open
is satisfied or not; here a clause may also come not to apply, as it does once facts change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from guiju.compiler.ir import UNKNOWN, Operation, Ref, Tally, Value
from guiju.compiler.operators import COMPARISONS
from guiju.engine.network import Node

#: a comparison as it is asked of what is counted: its sign, and the number that it is compared with
_Asked: TypeAlias = tuple[str, Fraction]

_MIRRORED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_ALWAYS, _NEVER = "always", "never"


class Alike:
    """For one count or share: the first of all that its comparisons cannot tell apart, whatever comes."""

    def __init__(self, tally: Tally, asked: tuple[_Asked, ...]) -> None:
        self._is_share = tally.measure == "share"
        self._asked = asked
        self._most = tally.cap
        if self._most is not None:  # there it is settled, even if something else stays unknown
            self._asked = (*asked, (">=", Fraction(self._most)))
        self._first: dict[tuple[Any, ...], Any] = {}

    def first(self, so_far: Any, left: int) -> Any:
        """What stands for so much counted, where so many clauses are still to come."""
        is_empty = self._is_share and not so_far[1]  # a share of nothing has no value
        key = (left, is_empty, *[self._class(so_far, left, sign, number) for sign, number in self._asked])
        return self._first.setdefault(key, so_far)

    def _class(self, so_far: Any, left: int, sign: str, number: Fraction) -> Fraction | str:
        """Whether a comparison holds however the rest comes out, or never; else how far its number is."""
        gap = so_far[0] - number * so_far[1] if self._is_share else so_far - number
        least, greatest = self._between(gap, left, number)
        match sign:
            case ">=" | "<":
                return _ALWAYS if least >= 0 else _NEVER if greatest < 0 else gap
            case ">" | "<=":
                return _ALWAYS if least > 0 else _NEVER if greatest <= 0 else gap
            case _:
                return _NEVER if least > 0 or greatest < 0 else gap

    def _between(self, gap: Fraction, left: int, number: Fraction) -> tuple[Fraction, Fraction]:
        """The least and the greatest that the gap can become."""
        if self._is_share:  # each clause that comes is satisfied, or not, or does not apply
            ends = (Fraction(0), -number * left, (1 - number) * left)
            return gap + min(ends), gap + max(ends)
        greatest = gap + left
        return gap, greatest if self._most is None else min(greatest, self._most - number)


def alike_at(
    node: Node, above: tuple[Mapping[int, tuple[int, ...]], Sequence[Node]], values: Sequence[Value], shown: set[int]
) -> Alike | None:
    """Of a tally that nothing but comparisons looks at; None of any other node, and of one that is itself asked for."""
    if not isinstance(node.subject, Tally):
        return None
    users, nodes = above
    asked: list[_Asked] = []
    stack = [node.index]
    while stack:
        index = stack.pop()
        if index in shown:
            return None
        for user in (nodes[u] for u in users.get(index, ())):
            if isinstance(user.subject, Ref):
                stack.append(user.index)
                continue
            comparison = _asked(user, index, values)
            if comparison is None:
                return None
            asked.append(comparison)
    return Alike(node.subject, tuple(asked))


def _asked(user: Node, index: int, values: Sequence[Value]) -> _Asked | None:
    """What a node asks of an operand, if it compares it with a number that is known."""
    if not isinstance(user.subject, Operation) or user.subject.operator not in COMPARISONS:
        return None
    left, right = user.operands
    other = values[right if left == index else left]
    if left == right or other is UNKNOWN or not isinstance(other, Fraction):
        return None
    return (user.subject.operator if left == index else _MIRRORED[user.subject.operator]), other
