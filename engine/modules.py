"""Parts of a network that share nothing open with the rest: each is swept once, and only its results meet the others.

The clauses of a subdomain feed nothing but the scores of that subdomain, so these form a module. Two groups that
share an open fact are one module. A fact that a score uses directly belongs to no module. Within a module a clause
whose facts nothing else looks at is such a part again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from guiju.compiler.ir import UNKNOWN, Clause, Tally, Value
from guiju.engine.network import Network, live_operands, open_below


@dataclass(frozen=True)
class Module:
    """`inner` nodes depend on nothing open outside; `interface` are those of them that the rest, or a reader, sees."""

    inner: frozenset[int]
    interface: tuple[int, ...]


def modules_of(
    network: Network,
    values: Sequence[Value],
    targets: Iterable[int],
    given: frozenset[int] = frozenset(),
    tied: Iterable[frozenset[int]] = (),
) -> tuple[Module, ...]:
    """The modules among the open nodes at or below some targets. What is `given` does not count as shared.

    Nodes that are `tied` to one another are in one module, or in none.
    """
    shown = set(targets)
    open_ = sorted(open_below(network, values, shown) - given)
    homes = _homes(network, values, open_)
    for nodes in tied:
        homes.tie([i for i in open_ if i in nodes])
    inner: dict[str, set[int]] = {}
    label: dict[int, str | None] = {}
    looked_at = shown & set(open_)
    for index in open_:
        operands = [o for o in live_operands(network.nodes[index], values) if o in label]
        below = {label[o] for o in operands}
        home = homes.of(index) if not below else below.pop() if len(below) == 1 else None
        label[index] = home
        looked_at.update(o for o in operands if label[o] != home)
        if home is not None:
            inner.setdefault(home, set()).add(index)
    return tuple(Module(frozenset(m), tuple(sorted(m & looked_at))) for m in inner.values())


def sealed_clauses(
    network: Network, values: Sequence[Value], targets: Iterable[int], known_together: Iterable[int] = ()
) -> tuple[int, ...]:
    """The open clauses below some targets that stand on open facts which nothing else looks at.

    What is `known_together` already is not looked into.
    """
    shown, leaves = set(targets), set(known_together)
    open_ = sorted(open_below(network, values, shown, leaves) - leaves)
    # the one clause that uses a node; None: something else does, or what it goes with is known already
    user: dict[int, int | None] = dict.fromkeys((*shown, *leaves))
    standing_on: dict[int, list[int]] = {}
    for index in reversed(open_):
        is_clause = isinstance(network.nodes[index].subject, Clause)
        mine = index if is_clause else user[index]
        operands = [o for o in live_operands(network.nodes[index], values) if values[o] is UNKNOWN]
        for operand in operands:
            user[operand] = mine if user.get(operand, mine) == mine else None
        if mine is not None:
            standing_on.setdefault(mine, []).extend(operands)
    return tuple(
        clause
        for clause, below in sorted(standing_on.items())
        if below and clause not in shown and all(user[o] == clause and o not in standing_on for o in below)
    )


class _Homes:
    """Which group each open node below a tally belongs to; groups that share one are merged (union-find)."""

    def __init__(self) -> None:
        self._home: dict[int, str] = {}
        self._parent: dict[str, str] = {}
        self._shared: set[str] = set()

    def _root(self, group: str) -> str:
        while (above := self._parent.get(group, group)) != group:
            group = above
        return group

    def join(self, index: int, group: str) -> None:
        if index in self._home:
            self._merge(self._home[index], group)
        self._home[index] = group

    def _merge(self, one: str, other: str) -> None:
        one, other = self._root(one), self._root(other)
        if one != other:
            self._parent[one] = other

    def at(self, index: int) -> str | None:
        return self._home.get(index)

    def tie(self, indices: list[int]) -> None:
        """Make the groups of some nodes one; shared, where one of them has none."""
        groups = [g for i in indices if (g := self._home.get(i)) is not None]
        for group in groups:
            self._merge(groups[0], group)
        if len(groups) < len(indices):
            self._shared.update(groups)

    def share(self, index: int) -> None:
        self._shared.add(self._home[index])

    def of(self, index: int) -> str | None:
        """The merged group of a node; None where it has none, or shares something with the rest."""
        home = self._home.get(index)
        root = self._root(home) if home is not None else None
        return None if root in self._outside else root

    @cached_property
    def _outside(self) -> set[str]:
        return {self._root(s) for s in self._shared}


def _homes(network: Network, values: Sequence[Value], open_: list[int]) -> _Homes:
    homes, shareable = _Homes(), set(open_)
    for index in reversed(open_):
        node = network.nodes[index]
        if isinstance(node.subject, Tally) and node.owner is not None and node.owner.group is not None:
            homes.join(node.index, node.owner.group)
        home = homes.at(node.index)
        for operand in live_operands(node, values):
            if operand not in shareable:
                continue
            if home is not None:
                homes.join(operand, home)
            elif homes.at(operand) is not None and not isinstance(network.nodes[operand].subject, Tally):
                homes.share(operand)
    return homes
