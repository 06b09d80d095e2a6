"""Whether one node can make a difference: the network with everything above that node twice, under two of its values.

Both halves stand on the same facts, inputs and clauses, so a completion of the twofold network is a pair of completions
that differ in that node alone; swept together they say whether any such pair tells two outcomes apart. What something
stated binds to other open nodes cannot always change alone: then all that is bound together stands twice, and is open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, Value, Verdict
from guiju.compiler.operators import Fold
from guiju.engine.attested import ties_of
from guiju.engine.kleene import lifted
from guiju.engine.network import Item, Network, Node, applicability, live_operands, open_below
from guiju.engine.possible import Known, Standing
from guiju.engine.reachable import Memory, possible_of, relift
from guiju.engine.verdicts import EITHER


@dataclass(frozen=True)
class Twin:
    """The twofold network under two values of one node; `differing` nodes say whether the halves of a target differ."""

    known: Known
    differing: tuple[int, ...]


@dataclass(frozen=True)
class Pairs:
    """Pairs of completions of what is known, and the targets that may tell them apart."""

    known: Known
    targets: tuple[int, ...]
    memory: Memory
    budget: int

    def told_apart(self, index: int, one: Value, other: Value) -> bool | None:
        """Whether a target tells some pair apart that differs in one node only; None if nothing is proved."""
        return self._told_apart(twin_of(self.known, index, (one, other), self.targets))

    def told_apart_by(self, open_: Collection[int]) -> bool | None:
        """The same of pairs that differ in some open nodes, whatever these are on either side."""
        return self._told_apart(_twin(self.known, open_, ({}, {}), self.targets))

    def told_apart_with_bound(self, index: int) -> bool | None:
        """The same of pairs that differ in one node and in what has to go with it; False where nothing has to."""
        bound = bound_with(self.known, index)
        return self.told_apart_by({index, *bound}) if bound else False

    def makes_a_difference(self, index: int, values: Sequence[Value]) -> bool | None:
        """Whether some pair is told apart that differs in one node, be it with what goes with it; None: not proved."""
        first, *others = values
        answers = [self.told_apart(index, first, other) for other in others]
        answers += [self.told_apart_with_bound(index)] if not any(a is not False for a in answers) else []
        return True if True in answers else None if None in answers else False

    def is_idle(self, index: int, values: Sequence[Value]) -> bool:
        """Whether it is proved that no such pair is told apart; the first value that may be unlike another ends it."""
        first, *others = values  # the last is the most unlike the first, as none of some options and all
        alike = all(self.told_apart(index, first, other) is False for other in reversed(others))
        return alike and self.told_apart_with_bound(index) is False

    def told_apart_through_facts(self, idle: Iterable[int]) -> dict[int, bool | None]:
        """Of clauses that make no difference each by itself those that may do so together, by the facts below them."""
        below = {i: frozenset(given_below(self.known, (i,))) for i in idle}
        shared = [i for i, facts in below.items() if any(facts & other for j, other in below.items() if j != i)]
        if not shared or self.told_apart_by(shared) is False:
            return {}
        answers = {
            i: self.told_apart_by(below[i].union(*(bound_with(self.known, f) for f in below[i]))) for i in shared
        }
        return {i: answer for i, answer in answers.items() if answer is not False}

    def _told_apart(self, twin: Twin) -> bool | None:
        memory = dict(self.memory)
        answers = [_answer(twin, node, memory, self.budget) for node in twin.differing]
        size = len(self.known.network.nodes)
        self.memory.update((key, swept) for key, swept in memory.items() if _is_below(key, size))
        return True if True in answers else None if None in answers else False


def _is_below(key: tuple[object, ...], size: int) -> bool:
    """Whether what was swept holds no copy, so that its indices mean the same in every network."""
    inner = key[0]
    return isinstance(inner, tuple) and inner[-1] < size


def _answer(twin: Twin, node: int, memory: Memory, budget: int) -> bool | None:
    found = possible_of(twin.known, node, memory, budget)
    return False if set(found.values) <= {False} else True if found.exact and True in found.values else None


def twin_of(known: Known, index: int, two: tuple[Value, Value], targets: tuple[int, ...]) -> Twin:
    """The network twice above one node, under two of its values."""
    one, other = two
    return _twin(known, (index,), ({index: one}, {index: other}), targets)


def bound_with(known: Known, index: int) -> frozenset[int]:
    """The other open facts and inputs that attestations and stated facts bind to one, directly or through others."""
    network, values, standing = known.network, known.values, known.standing
    tops = [n.operands for n in network.nodes if isinstance(n.subject, Fact) and values[n.index] is not UNKNOWN]
    bound = [frozenset(open_below(network, values, operands)) for operands in tops if operands]
    bound += [tie.nodes for tie in ties_of(network, values, standing.attested)]
    found = frozenset([index])
    while more := [nodes for nodes in bound if nodes & found]:
        found = found.union(*more)
        bound = [nodes for nodes in bound if not nodes & found]
    return frozenset(i for i in found if is_given(network.nodes[i])) - {index}


def given_below(known: Known, indices: Iterable[int]) -> set[int]:
    """The open facts and inputs at or below some nodes that nothing but evidence gives."""
    network = known.network
    return {i for i in open_below(network, known.values, indices) if is_given(network.nodes[i])}


def is_given(node: Node) -> bool:
    """Whether a node is a fact or an input that nothing but evidence gives."""
    return isinstance(node.subject, Fact | Input) and not node.operands


def _twin(
    known: Known,
    indices: Collection[int],
    two: tuple[Mapping[int, Value], Mapping[int, Value]],
    targets: tuple[int, ...],
) -> Twin:
    """The network twice above some nodes, under values of these; without one a clause may come to anything there."""
    network, size = known.network, len(known.network.nodes)
    one, other = (relift(network, known.values, given) if given else list(known.values) for given in two)
    copies = _copies(known, indices)
    nodes, values = list(network.nodes), list(one)
    for original, copy in copies.items():
        node = network.nodes[original]
        operands = tuple(copies.get(o, o) for o in node.operands)
        nodes.append(replace(node, index=copy, address=f"{node.address}'", operands=operands))
        values.append(other[original])
    targets_differing = []
    for target in (t for t in targets if t in copies):
        node = differing(len(nodes), network.nodes[target], copies[target])
        targets_differing.append(node.index)
        nodes.append(node)
        values.append(lifted(node, tuple(values[i] for i in node.operands)))
    at = {**network.at, **{n.address: n.index for n in nodes[size:]}}
    twofold = Network(network.program, tuple(nodes), at, network.clause_position)
    standing = _standing_of_both(known.standing, copies)
    free = {copies[i]: _verdicts(known, i) for i in indices if i not in two[1] and _is_clause(network.nodes[i])}
    if free:
        beyond_facts = standing.beyond_facts.union(free)
        standing = replace(standing, contested={**standing.contested, **free}, beyond_facts=beyond_facts)
    return Twin(Known(twofold, values, standing), tuple(targets_differing))


def _is_clause(node: Node) -> bool:
    return isinstance(node.subject, Clause)


def _verdicts(known: Known, index: int) -> tuple[Verdict, ...]:
    """What a clause may come to, be its facts what they may."""
    clause = known.network.nodes[index].subject
    assert isinstance(clause, Clause)
    always_applies = applicability(known.network, clause, known.values) is True
    return known.standing.contested.get(index, EITHER if always_applies else tuple(Verdict))


def _copies(known: Known, indices: Collection[int]) -> dict[int, int]:
    """Some nodes and the open nodes that stand on them: each with the index of its copy.

    A clause that may come to either verdict whatever its facts say stands on nothing.
    """
    network, size = known.network, len(known.network.nodes)
    copies, apart = dict[int, int](), set(indices)
    for node in network.nodes[min(indices) :]:
        open_ = known.values[node.index] is UNKNOWN and node.index not in known.standing.beyond_facts
        if node.index in apart or (open_ and any(o in copies for o in live_operands(node, known.values))):
            copies[node.index] = size + len(copies)
    return copies


def _standing_of_both(standing: Standing, copies: Mapping[int, int]) -> Standing:
    contested = {copies[i]: verdicts for i, verdicts in standing.contested.items() if i in copies}
    held = {copies[i] for i in standing.held if i in copies}
    attested = tuple(
        replace(one, operands=tuple(copies.get(o, o) for o in one.operands))
        for one in standing.attested
        if not copies.keys().isdisjoint(one.operands)
    )
    return replace(
        standing,
        contested={**standing.contested, **contested},
        held=standing.held | held,
        attested=(*standing.attested, *attested),
    )


def differing(index: int, target: Node, copy: int) -> Node:
    """A node that says whether a target and its copy differ; no expression stands for it, as for an item of clauses."""
    return Node(index, f"differs:{target.address}", Item(()), (target.index, copy), _DIFFER, None, None)


#: whether two values differ; of a number that is not told nothing is known, so it counts as another one
_DIFFER = Fold(
    "differ",
    lambda _: None,
    (),
    lambda so_far, value: (*so_far, value),
    lambda pair: len(pair) != 2 or pair[0] != pair[1],
    lambda _: False,
)
