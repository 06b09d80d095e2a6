"""Assessment -> what rules a value of an open table out: nodes that suffice for it not to be one, all else unknown.

A row that cannot hold rules its value out, and so does a row before it that always holds. Where no row does so by
itself, the rows do so together: then everything is named that their conditions vary with. Of the clauses that are
found those alike, of one verdict and of the same levels, are left out together as long as the value stays ruled out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Cases, Clause, Fact, Input, Literal, Undefined, Value
from guiju.engine.bind import Bound
from guiju.engine.evaluate import Assessment, known_from
from guiju.engine.network import Network, Node, chosen
from guiju.engine.possible import Possible
from guiju.engine.reachable import Memory, possible_of
from guiju.engine.reasoning.why.determining import let_go, settled_at, spoken_of, sufficing

MOST_TRIED = 24  # sets of clauses that are left out of what rules one value out, and then as many things one by one

_Rows: TypeAlias = tuple[
    tuple[int | None, Value], ...
]  # the condition of each, None where no other holds, and its value


@dataclass(frozen=True)
class RuledOut:
    """The nodes that rule a value out, the table included; whether nothing that evidence says of them can be spared."""

    nodes: frozenset[int]
    is_minimal: bool


def ruled_out(assessment: Assessment, address: str) -> Mapping[Value, RuledOut]:
    """The values of the rows of a table that it cannot take, each with what rules it out.

    None of a table that is settled, for what determines it rules out all else; none of what is no table, or whose rows
    give what is computed; and none of the value of no row.
    """
    node = assessment.network.node(address)
    rows = _rows(assessment, node)
    possible = assessment.open.get(node.index)
    if possible is None or len(possible.values) < 2 or not rows:
        return {}
    gone = dict.fromkeys(value for _, value in rows[:-1] if value not in possible.values)
    memory: Memory = {}
    found = {v: frozenset((node.index, *_against(assessment, rows, v))) for v in gone if not isinstance(v, Undefined)}
    needed = {v: _without_the_needless(assessment, node, v, nodes, memory) for v, nodes in found.items()}
    return {
        v: RuledOut(frozenset((node.index, *spoken_of(assessment, out.nodes))), out.is_minimal)
        for v, out in needed.items()
    }


def evident(assessment: Assessment, top: int, among: Set[int]) -> tuple[int, ...]:
    """What evidence speaks of among some nodes, in order: clauses, and facts and inputs that no clause is above."""
    nodes = assessment.network.nodes
    found = {i for i in among if isinstance(nodes[i].subject, Clause)}
    stack, seen = [top], set[int]()
    while stack:
        index = stack.pop()
        if index in seen or index not in among:
            continue
        seen.add(index)
        if isinstance(nodes[index].subject, Fact | Input):
            found.add(index)
        elif index not in found:
            stack.extend(nodes[index].operands)
    return tuple(sorted(found))


def _rows(assessment: Assessment, node: Node) -> _Rows:
    """The condition of each row of a table, None where no other holds, and its value; none where one is computed."""
    if not isinstance(node.subject, Cases) or len(node.operands) != 2 * len(node.subject.rows) + 1:
        return ()
    network = assessment.network
    results = (*node.operands[1::2], node.operands[-1])
    values = [chosen(network, network.nodes[o], assessment.values).subject for o in results]
    given = tuple(v.value for v in values if isinstance(v, Literal))
    conditions = (*node.operands[:-1:2], None)
    return tuple(zip(conditions, given, strict=True)) if len(given) == len(values) else ()


def _against(assessment: Assessment, rows: _Rows, value: Value) -> frozenset[int]:
    """What keeps each row with a value from being the one."""
    found: set[int] = set()
    last = max(i for i, (_, given) in enumerate(rows) if given == value)
    for condition, given in rows[: last + 1]:
        comes_to = UNKNOWN if condition is None else settled_at(assessment, condition)
        if given == value:
            if condition is None or comes_to is UNKNOWN or comes_to is True:
                return sufficing(assessment, (c for c, _ in rows if c is not None), together=True)
            found.add(condition)
        elif condition is not None and comes_to is not UNKNOWN and comes_to is not False:
            return sufficing(assessment, (*found, condition))
    return sufficing(assessment, found)


# --- no more than is needed --------------------------------------------------------------------------------------


def _without_the_needless(
    assessment: Assessment, table: Node, value: Value, found: frozenset[int], memory: Memory
) -> RuledOut:
    """What still rules a value of a table out, once as much was left out as leaves it so."""

    def without(fewer: Set[int]) -> frozenset[int]:
        return _kept(assessment.network, table, found, fewer) if fewer else found

    left_out: frozenset[int] = frozenset()
    for alike in _alike(assessment, found)[:MOST_TRIED]:
        if value not in _possible_with(assessment, table, without(left_out | alike), memory).values:
            left_out |= alike
    singly = _singly(assessment, table, without(left_out))
    is_minimal = len(singly) <= MOST_TRIED
    for index in singly[:MOST_TRIED]:
        possible = _possible_with(assessment, table, without(left_out | {index}), memory)
        if value not in possible.values:
            left_out |= {index}
        else:
            is_minimal &= possible.exact
    return RuledOut(without(left_out), is_minimal)


def _singly(assessment: Assessment, table: Node, found: Set[int]) -> list[int]:
    """What is left out by itself: what evidence says, that first which is likeliest to be needless."""
    said = evident(assessment, table.index, found)
    return sorted(said, key=lambda i: (let_go(assessment.values[i]), i))


def _alike(assessment: Assessment, found: Iterable[int]) -> list[frozenset[int]]:
    """The clauses among some nodes, those of one verdict and of the same levels together."""
    alike: dict[tuple[Value, tuple[str, ...]], set[int]] = {}
    for index in sorted(found):
        subject = assessment.network.nodes[index].subject
        if isinstance(subject, Clause):
            alike.setdefault((assessment.values[index], subject.levels), set()).add(index)
    return [frozenset(alike[key]) for key in sorted(alike, key=lambda key: let_go(key[0]))]


def _kept(network: Network, table: Node, found: Set[int], left_out: Set[int]) -> frozenset[int]:
    """The nodes found that a table still stands on without some clauses; those beside it stay where they are."""
    beside = found - _below(network, (table.index,), found)
    return _below(network, (table.index, *(beside - left_out)), found - left_out)


def _below(network: Network, tops: Iterable[int], among: Set[int]) -> frozenset[int]:
    seen: set[int] = set()
    stack = list(tops)
    while stack:
        index = stack.pop()
        if index in among and index not in seen:
            seen.add(index)
            stack.extend(network.nodes[index].operands)
    return frozenset(seen)


def _possible_with(assessment: Assessment, table: Node, kept: Set[int], memory: Memory) -> Possible:
    """What a table can come to on nothing but what evidence says of some nodes."""
    bound = _told_of(assessment.bound, {assessment.network.nodes[i].address for i in kept})
    known = known_from(bound, assessment.readings, memory)
    return possible_of(known, table.index, memory)


def _told_of(bound: Bound, addresses: Set[str]) -> Bound:
    """What evidence says of some facts, inputs and clauses."""
    return replace(
        bound,
        facts={name: v for name, v in bound.facts.items() if f"fact:{name}" in addresses},
        inputs={name: v for name, v in bound.inputs.items() if f"input:{name}" in addresses},
        attestations={name: a for name, a in bound.attestations.items() if f"clause:{name}" in addresses},
    )
