"""Clauses that are counted together, as blocks whose members are alike to every count of a table.

Two counts of one set of clauses, or of sets that share some, are sums over the same blocks: so `all satisfied` and
`at least 1 unsatisfied` exclude one another, and a share follows from the numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from guiju.compiler.ir import Tally, Undefined, Value

Item: TypeAlias = tuple[str, ...]
#: how many of a block are satisfied, and how many unsatisfied; the others are not applicable
Numbers: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Block:
    """Items that every count takes or leaves together. `optional`: they may be not applicable."""

    items: tuple[Item, ...]
    optional: bool

    @property
    def numbers(self) -> tuple[Numbers, ...]:
        """All that may become of them, the fewest unsatisfied first."""
        whole = len(self.items)
        most = whole if self.optional else 0
        return tuple((whole - bad - out, bad) for bad in range(whole + 1) for out in range(min(most, whole - bad) + 1))


@dataclass(frozen=True)
class Counted:
    """What a count looks at: whole blocks, and items of which other counts see only a part, leaf by leaf."""

    blocks: tuple[Block, ...]
    mixed: tuple[tuple[Block, ...], ...]

    @property
    def parts(self) -> tuple[Block, ...]:
        """Every block it needs."""
        return (*self.blocks, *(leaf for item in self.mixed for leaf in item))

    def value(self, tally: Tally, settled: Callable[[Block], Numbers | None]) -> Value | None:
        """The count or share; None while a block is open."""
        numbers = [settled(block) for block in self.blocks]
        for item in self.mixed:
            leaves = [settled(leaf) for leaf in item]
            if None in leaves:
                return None
            good, bad = (any(leaf and leaf[i] for leaf in leaves) for i in (0, 1))
            numbers.append((int(good and not bad), int(bad)))
        if None in numbers:
            return None
        satisfied, unsatisfied = (sum(n[i] for n in numbers if n) for i in (0, 1))
        wanted = satisfied if tally.verdict == "satisfied" else unsatisfied
        if tally.measure == "count":
            return Fraction(wanted)
        applicable = satisfied + unsatisfied
        return Fraction(wanted, applicable) if applicable else Undefined("share-of-nothing")


def counted(tallies: Sequence[Tally], is_optional: Callable[[str], bool]) -> dict[Tally, Counted]:
    """The blocks of each count of a table."""
    seen_by: dict[Item, set[int]] = {}
    for number, tally in enumerate(tallies):
        for item in tally.items:
            seen_by.setdefault(item, set()).add(number)
    holders: dict[str, int] = {}
    for item in seen_by:
        for leaf in item:
            holders[leaf] = holders.get(leaf, 0) + 1
    alike: dict[tuple[frozenset[int], bool], list[Item]] = {}
    mixed = {item for item in seen_by if any(holders[leaf] > 1 for leaf in item)}
    for item, seen in seen_by.items():
        if item not in mixed:
            alike.setdefault((frozenset(seen), all(map(is_optional, item))), []).append(item)
    whole = [(seen, Block(tuple(items), optional)) for (seen, optional), items in alike.items()]
    return {
        tally: Counted(
            tuple(block for seen, block in whole if number in seen),
            tuple(tuple(Block(((leaf,),), is_optional(leaf)) for leaf in i) for i in tally.items if i in mixed),
        )
        for number, tally in enumerate(tallies)
    }
