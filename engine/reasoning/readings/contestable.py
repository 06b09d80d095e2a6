"""Which clauses other readings may leave contested, though people decide them under those that are taken.

Where a reading turns the facts below a clause against what people say of it, nobody decides the clause any more; so
what stands on it is open, and readings that were of no account beside it may matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from math import prod

from guiju.compiler.ir import UNKNOWN, Value
from guiju.engine.evaluate import Assessment, settle_nodes
from guiju.engine.kleene import lifted
from guiju.engine.network import Network, Node
from guiju.engine.reasoning.readings.touched import Touched
from guiju.engine.verdicts import ClauseResult, is_contested

MOST_CONTESTED = 64  # combinations of the readings of one clause


def contestable(assessment: Assessment, attested: Iterable[Node]) -> frozenset[int]:
    """Of some attested clauses those that are contested under some of the readings that they stand on.

    One that stands on too many of them counts as well: it may be.
    """
    return frozenset(_contestable(assessment, attested))


def _contestable(assessment: Assessment, attested: Iterable[Node]) -> Iterator[int]:
    network, options = assessment.network, {r.id: [o.id for o in r.options] for r in assessment.program.readings}
    touched = Touched(network, options)
    by_readings: dict[frozenset[str], list[Node]] = {}
    for node in attested:
        if readings := frozenset(touched.stands_on.get(node.index, ())):
            by_readings.setdefault(readings, []).append(node)
    for readings, nodes in by_readings.items():
        if prod(len(options[r]) for r in readings) > MOST_CONTESTED:
            yield from (node.index for node in nodes)
            continue
        found = set[int]()
        for chosen in product(*(options[r] for r in sorted(readings))):
            again: tuple[list[Value], dict[str, ClauseResult]] = [*assessment.values], {**assessment.clauses}
            taken = {**assessment.readings, **dict(zip(sorted(readings), chosen, strict=True))}
            changed = touched.by(readings)
            for reading in readings:
                again[0][network.at[f"reading:{reading}"]] = taken[reading]
            settle_nodes(changed, network, assessment.bound, taken, again)
            found |= {n.index for n in nodes if is_contested(again[1][n.address.removeprefix("clause:")])}
        yield from found


def opened(network: Network, values: list[Value], indices: frozenset[int], people: frozenset[int]) -> list[Value]:
    """The values where some nodes are open after all, and what stands on them, but for what `people` decide."""
    again, changed = list(values), set(indices)
    for node in network.nodes[min(indices, default=len(again)) :]:  # operands before users
        if node.index in indices:
            again[node.index] = UNKNOWN
        elif changed.isdisjoint(node.operands) or node.index in people:
            continue
        elif node.form is None:
            again[node.index] = UNKNOWN
        else:
            again[node.index] = lifted(node, tuple([again[o] for o in node.operands]))
        if again[node.index] != values[node.index]:
            changed.add(node.index)
    return again
