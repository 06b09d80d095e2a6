"""Facts that nobody states and that scores look at by themselves: the goal must be reached whatever they come to.

Kleene's logic leaves a goal unknown that every value of such a fact reaches in its own way. So all that stands on one
is laid out once for each of its values that can make a difference, and the goal is that all of these reach it, or that
it is reached without the fact: so what reaches a level reaches those below it, whatever else their rows look at. A
change of the fact puts its value in the place of every one. A clause that looks at it, too, is in each case what the
facts say of it there, and where they leave it open what it is else. What cannot be told case by case stays unknown, as
it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from math import prod
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Literal, NumberType, Value, Verdict
from guiju.compiler.operators import OPERATOR
from guiju.engine.domains import ANY, Domains
from guiju.engine.network import Item, Network, Node, live_operands, standing_below
from guiju.engine.planes import numbers_below
from guiju.engine.reachable import MOST_CASES

#: why the cases of a fact are not gone through: scores take the number itself; a comparison takes it with another open
#: number, or not in linear terms; a formula gives it or looks at it; they are too many together
Open: TypeAlias = Word["any-number", "other-numbers", "not-linear", "computed", "too-many-cases"]


def is_leaf(node: Node) -> bool:
    """Whether the scores look at a node and not into it: a clause, a fact, a fact as it is taken to be in a case."""
    return isinstance(node.subject, Clause | Fact) or is_taken(node)


def is_taken(node: Node) -> bool:
    """Whether a node is a fact or a clause as it is in one case: changed like the first that it stands on."""
    return isinstance(node.subject, Literal) and bool(node.operands)


def in_every_case(
    network: Network, values: Sequence[Value], goal: int, outcome: int, left_to_facts: Collection[int]
) -> tuple[Network, dict[int, tuple[int, ...]]]:
    """The network with a goal more, reached as it is or in all cases, and for each node the nodes it is in the cases.

    `values`: what is known. The `outcome` is laid out, too, and the clauses that are `left_to_facts`, as nobody decides
    them. Where there is only one case the network is the same.
    """
    seen = seen_from(network.nodes, values, outcome) & standing_below(network.nodes, values, (goal,))
    domains = _domains(network, values, goal, seen)
    if not domains:
        return network, {}
    standing = set(domains)
    for index in sorted(standing_below(network.nodes, values, (goal, outcome))):
        node = network.nodes[index]
        is_laid_out = not is_leaf(node) or index in left_to_facts
        if is_laid_out and standing.intersection(live_operands(node, values)):
            standing.add(index)
    if goal not in standing:  # only clauses that people decide look at these facts
        return network, {}
    nodes, cases = list(network.nodes), []
    for number, taken in enumerate(product(*domains.values()), 1):
        case = dict(zip(domains, taken, strict=True))
        cases.append(_laid_out(nodes, sorted(standing), case, number))
    reached = tuple(at[goal] for at in cases)
    nodes.append(Node(len(nodes), "goal/in-every-case", Item(()), reached, OPERATOR["and"], None, None))
    either = (goal, len(nodes) - 1)
    nodes.append(Node(len(nodes), "goal/without-them-or-in-every-case", Item(()), either, OPERATOR["or"], None, None))
    at = {**network.at, **{n.address: n.index for n in nodes[len(network.nodes) :]}}
    copies = {i: tuple(case[i] for case in cases) for i in standing}
    return Network(network.program, tuple(nodes), at, network.clause_position), copies


def _laid_out(nodes: list[Node], standing: Iterable[int], case: dict[int, Value], number: int) -> dict[int, int]:
    """One case, put behind the nodes that there are; where each of its own is."""
    at: dict[int, int] = {}
    for index in standing:
        node, at[index] = nodes[index], len(nodes)
        operands, subject, form = tuple(at.get(o, o) for o in node.operands), node.subject, node.form
        if index in case:
            assert isinstance(subject, Fact)
            operands, subject = (index,), Literal(value=case[index], span=subject.span)
        elif isinstance(subject, Clause):
            operands, subject = (index, *operands), Literal(value=Verdict.UNSATISFIED, span=subject.span)
        nodes.append(Node(len(nodes), f"{node.address}/case/{number}", subject, operands, form, None, node.owner))
    return at


def _domains(network: Network, values: Sequence[Value], goal: int, seen: set[int]) -> dict[int, tuple[Value, ...]]:
    """The values to try of each fact that no formula looks at, as long as cases are not too many."""
    nodes = network.nodes
    leaves = [i for i in sorted(seen) if isinstance(nodes[i].subject, Fact)]
    found: dict[int, tuple[Value, ...]] = {}
    if not (free := [i for i in leaves if values[i] is UNKNOWN and not nodes[i].operands]):
        return found
    in_formulas, domains = _what_is_tried(network, values, goal)
    free = [i for i in free if i not in in_formulas]
    for index in free:
        tried = domains.tried(nodes[index])
        if ANY not in tried and prod(map(len, found.values())) * len(tried) <= MOST_CASES:
            found[index] = tried
    return found


def left_open(network: Network, values: Sequence[Value], goal: int, seen: Iterable[int]) -> dict[str, Open]:
    """The facts among those `seen` that nobody states and that are no cases, by address, each with the reason."""
    nodes, found = network.nodes, dict[str, Open]()
    if not (open_ := [i for i in sorted(seen) if isinstance(nodes[i].subject, Fact) and values[i] is UNKNOWN]):
        return found
    in_formulas, domains = _what_is_tried(network, values, goal)
    in_scores = _passed_on_to_scores(network, values, goal)
    for index in open_:
        if nodes[index].operands or index in in_formulas:
            found[nodes[index].address] = "computed"
        else:
            is_in_scores = index in in_scores
            found[nodes[index].address] = _why_not_tried(domains, nodes[index], is_in_scores=is_in_scores)
    return found


def _passed_on_to_scores(network: Network, values: Sequence[Value], goal: int) -> frozenset[int]:
    """The facts whose numbers go into what scores come to."""
    numbers = numbers_below(network, values, sorted(standing_below(network.nodes, values, (goal,))))
    return frozenset().union(*(numbers.get(network.at[d.id], ()) for d in network.program.definitions))


def _why_not_tried(domains: Domains, node: Node, *, is_in_scores: bool) -> Open:
    assert isinstance(node.subject, Fact)
    if not isinstance(node.subject.type, NumberType) or ANY not in domains.tried(node):
        return "too-many-cases"
    if is_in_scores:
        return "any-number"
    return "other-numbers" if domains.meets_open(node.index) else "not-linear"


def _what_is_tried(network: Network, values: Sequence[Value], goal: int) -> tuple[set[int], Domains]:
    """What formulas look at, and the values to try of all else."""
    nodes = network.nodes
    everything = sorted(standing_below(nodes, values, (goal,)))
    of_evidence = [i for i in everything if isinstance(nodes[i].subject, Clause | Fact)]
    computed = (o for i in of_evidence if isinstance(nodes[i].subject, Fact) for o in nodes[i].operands)
    domains = Domains(network, opened(nodes, values, everything, of_evidence), (goal,))
    return standing_below(nodes, values, computed), domains


def seen_from(nodes: Sequence[Node], values: Sequence[Value], top: int) -> set[int]:
    """The nodes that one looks at, down to clauses and facts and not into them."""
    found, stack = set[int](), [top]
    while stack:
        index = stack.pop()
        if index not in found:
            found.add(index)
            if not is_leaf(nodes[index]):
                stack.extend(live_operands(nodes[index], values))
    return found


def opened(nodes: Sequence[Node], values: Sequence[Value], those: Iterable[int], open_: Iterable[int]) -> list[Value]:
    """Some values without those that are open, and without what stands on them among `those`, in their order."""
    again, unknown = list(values), set(open_)
    for index in those:
        stands_on = any(again[o] is UNKNOWN and o in unknown for o in live_operands(nodes[index], again))
        if index in unknown or stands_on:
            unknown.add(index)
            again[index] = UNKNOWN
    return again
