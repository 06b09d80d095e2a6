"""How far a number has to move: of all that it can be planned to be, what lies nearest to what it is and does it.

One place says it. The plan takes its numbers from here, and the check of a certificate accepts no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import Fact, NumberType, Value
from guiju.engine.reasoning.changes import Aim, Changes, Terms
from guiju.engine.reasoning.means import Means

MOST_ROUNDS = 16  # numbers that wait for each other come nearer in every round

Bound: TypeAlias = Word["=", ">=", ">", "<=", "<"]


@dataclass(frozen=True)
class Needed:
    """What a thing is planned to be: a number `bound` the value `required`, anything else just that."""

    planned: Value
    required: Value
    bound: Bound = "="


def as_near_as_can_be(means: Means, terms: Terms, changes: Changes) -> dict[str, Value]:
    """The changes with every number as near to what it is as all the others, which may move too, let it be."""
    aim, moved = means.aim, dict(changes)
    numbers = sorted(address for address, planned in moved.items() if isinstance(planned, Fraction))
    values = aim.values(moved) if numbers else []
    for _ in range(MOST_ROUNDS if len(numbers) > 1 else len(numbers)):
        before = dict(moved)
        for address in numbers:
            moved[address] = needed_of(means, terms, values, moved, address).planned
            values = aim.after(values, moved, (address,))
        if moved == before:
            break
    return moved


def needed_of(means: Means, terms: Terms, values: Sequence[Value], changes: Changes, address: str) -> Needed:
    """What one thing must be, all other changes being as they are; `values` are what follows from all of them."""
    aim, planned = means.aim, changes[address]
    if not isinstance(planned, Fraction):
        return Needed(planned, planned)
    actual = aim.today[aim.network.at[address]]
    domain = sorted(v for v in {*to_plan(means, changes, address), actual} if isinstance(v, Fraction))

    def does(value: Fraction) -> bool:
        instead = {**changes, address: value}
        after = aim.after(values, instead, (address,))
        return after[aim.goal] is True and aim.is_in_order(after, instead, terms)

    doing = [value for value in domain if does(value)]
    if not doing:
        return Needed(planned, planned)
    low, high = domain.index(doing[0]), domain.index(doing[-1])
    if len(doing) < high - low + 1:  # there are gaps: of what must be, nothing simple can be said
        nearest = min(doing, key=lambda v: abs(v - actual)) if isinstance(actual, Fraction) else doing[0]
        return Needed(nearest, nearest)
    is_above = actual < doing[0] if isinstance(actual, Fraction) else low > 0
    edge, beyond = (low, low - 1) if is_above else (high, high + 1)
    if not 0 <= beyond < len(domain) or (high < len(domain) - 1 if is_above else low > 0):
        return Needed(domain[edge], domain[edge])
    between = (domain[edge] + domain[beyond]) / 2
    if not _is_whole(aim, address) and does(between):
        return Needed(domain[edge], domain[beyond], ">" if is_above else "<")
    return Needed(domain[edge], domain[edge], ">=" if is_above else "<=")


def to_plan(means: Means, changes: Changes, address: str) -> frozenset[Value]:
    """What one thing can be planned to be: what was tried, and of whole numbers, which have neighbours, these, too."""
    tried = means.tried_beside(address, changes)
    if not _is_whole(means.aim, address):
        return frozenset(tried)
    known = [v for v in (*tried, means.aim.today[means.aim.network.at[address]]) if isinstance(v, Fraction)]
    return frozenset((*tried, *(n for v in known for n in (v - 1, v + 1) if n >= 0)))


def _is_whole(aim: Aim, address: str) -> bool:
    subject = aim.network.node(address).subject
    return isinstance(subject, Fact) and isinstance(subject.type, NumberType) and subject.type.integer
