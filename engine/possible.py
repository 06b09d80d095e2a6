"""What is known when a sweep begins, and what it finds: sets of values with witnesses, and how nodes go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias

from guiju.compiler.ir import Clause, Value, Verdict
from guiju.engine.domains import ANY
from guiju.engine.kinds import Kinds
from guiju.engine.network import Network, Node, live_operands
from guiju.engine.verdicts import facts_on

#: how a combination came about: the last choice made, the combination before it, and how many clauses fail in all
Trail: TypeAlias = tuple[str, Any, "Trail", int] | None
INNER = ""  # in place of an address: the trail of a relation's row


class Why(StrEnum):
    """What keeps a set from being told exactly."""

    COMBINATIONS = "combinations"  # more would have to be kept than the budget allows
    NUMBERS = "numbers"  # open numbers meet each other, or go in otherwise than as linear terms
    ANY_NUMBER = "any-number"  # more numbers than can be listed
    WHOLE = "whole-numbers"  # it is not known whether whole numbers lie where some others do
    STATED = "stated"  # something that stands on what is open is stated itself, and not all of its values go with that


@dataclass(frozen=True)
class Possible:
    """The values a node can still take, each with a witness. `exact` False: it may be that some cannot be taken.

    `bounded`: where any number is among the values, none is below the least or above the greatest that is listed.
    `why`: what keeps it from being exact.
    """

    values: tuple[Value, ...]
    exact: bool
    trails: tuple[Trail, ...] = field(compare=False, repr=False)
    bounded: bool = False
    why: frozenset[Why] = field(default=frozenset(), compare=False)

    def witness(self, value: Value) -> dict[str, Value]:
        """A completion that gives the value: what each open fact and clause is taken to be."""
        return chosen(self.trails[self.values.index(value)])


@dataclass(frozen=True)
class Relation:
    """Which values some nodes can take together, each combination with a trail.

    Of the `enclosed` nodes it may be that some values cannot be taken, and `why`; how the others go together is exact.
    """

    nodes: tuple[int, ...]
    rows: Mapping[tuple[Value, ...], Trail] = field(repr=False)
    enclosed: frozenset[int]
    first_clause: int | None  # where in the text the clauses behind it begin; None: it is taken where it is used
    sampled: Mapping[int, int] = field(default_factory=dict)  # nodes whose numbers stand for others, see `plan.Step`
    why: frozenset[Why] = frozenset()

    def on(self, nodes: tuple[int, ...]) -> dict[tuple[Value, ...], Trail]:
        """The relation seen from some of its nodes only."""
        where = [self.nodes.index(n) for n in nodes]
        seen: dict[tuple[Value, ...], Trail] = {}
        for row, trail in self.rows.items():
            part = tuple([row[i] for i in where])
            if part not in seen or failures(trail) < failures(seen[part]):
                seen[part] = trail
        return seen


@dataclass(frozen=True)
class Swept:
    """What a sweep found: the values of each node it passed, and how the targets go together (as far as they do).

    `moves`: how much work it was, in steps and in the combinations that these went through. `is_enclosure`: these were
    too many, so each node was gone through by itself.
    """

    found: dict[int, Possible]
    relations: tuple[Relation, ...]
    moves: int = 0
    is_enclosure: bool = False


@dataclass(frozen=True)
class Attested:
    """What somebody attests of a clause while facts below it are open: by its node, and that node's operands."""

    index: int
    operands: tuple[int, ...]
    verdict: Verdict
    clause: Clause = field(compare=False, repr=False)

    def goes_with(self, operands: Sequence[Value]) -> bool:
        """Whether the facts leave it so."""
        return self.verdict in facts_on(self.clause, operands).leave


@dataclass(frozen=True)
class Standing:
    """What the evidence itself says of open nodes.

    `contested`: the clauses that may come to any of some verdicts where their facts do not decide; those of them in
    `beyond_facts` whatever their facts say. `attested`: what the facts must not deny. `held`: open nodes below
    something that is stated; not all of their values go with it, so what stands on them is an enclosure.
    """

    contested: Mapping[int, tuple[Verdict, ...]] = field(default_factory=dict)
    beyond_facts: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    attested: tuple[Attested, ...] = ()

    def without(self, index: int) -> Standing:
        """The same, once a clause is no longer contested."""
        contested = {i: v for i, v in self.contested.items() if i != index}
        return replace(self, contested=contested, beyond_facts=self.beyond_facts - {index})


@dataclass(frozen=True, eq=False)
class Known:
    """Where a sweep begins: a value or UNKNOWN for every node, and what the evidence says of the open ones.

    `fewest`: of several ways to a combination the one is kept in which fewest clauses fail, and not the first.
    """

    network: Network
    values: Sequence[Value]
    standing: Standing
    fewest: bool = False

    @cached_property
    def kinds(self) -> Kinds:
        """What each node can come to at most; all sweeps that begin here share it."""
        return Kinds(self.network, self.values)

    def bearing(self, node: Node) -> tuple[int, ...]:
        """The operands that bear on a node: of a choice the one that is made, of a gate without what it never is."""
        live = live_operands(node, self.values)
        return live if self.kinds.undecided(node) is None else live[:-1]


def longer(trail: Trail, address: str, value: Any) -> Trail:
    """A trail with one choice more; of the choices in a relation's row those that fail are counted, too."""
    more = failures(value) if address == INNER else int(value is Verdict.UNSATISFIED)
    return (address, value, trail, failures(trail) + more)


def failures(trail: Trail) -> int:
    """How many clauses are unsatisfied in a trail."""
    return 0 if trail is None else trail[3]


def chosen(trail: Trail) -> dict[str, Value]:
    """The choices that a trail holds, relations unfolded; of one address the last."""
    found: dict[str, Value] = {}
    stack = [trail]
    while stack:
        trail = stack.pop()
        while trail is not None:
            address, taken, trail, _ = trail
            if address == INNER:
                stack.append(taken)
            elif taken != ANY:  # where any number does, none needs to be told
                found.setdefault(address, taken)
    return found
