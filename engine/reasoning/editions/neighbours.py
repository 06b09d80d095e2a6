"""Completions beside two plain ones, where everything holds and where nothing does: a quick look for one that tells.

Where a sweep would have to keep too many combinations, as of sums that come to hundreds of totals, a completion that
makes some node true is often not far. What is found is one; that none is found here proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, Undefined, Value
from guiju.engine.domains import ANY, Domains
from guiju.engine.kleene import lifted
from guiju.engine.network import Node, open_below
from guiju.engine.possible import Known
from guiju.engine.verdicts import EITHER, facts_verdict

MOST_NEIGHBOURS = 600


def neighbour(known: Known, index: int) -> Mapping[str, Value] | None:
    """A completion in which a node is true, if one of those that are looked at is such."""
    nodes = [known.network.nodes[i] for i in sorted(open_below(known.network, known.values, (index,)))]
    domains = Domains(known.network, known.values, (index,))
    values_of = {n.index: values for n in nodes if (values := _values(n, domains))}
    for _, chosen in zip(range(MOST_NEIGHBOURS), _completions(values_of), strict=False):
        if completed(known, nodes, chosen)[index] is True:
            return {known.network.nodes[i].address: value for i, value in chosen.items()}
    return None


def _values(node: Node, domains: Domains) -> tuple[Value, ...]:
    """What a fact, an input or a clause can be; nothing of what is computed."""
    match node.subject:
        case Clause():
            return EITHER
        case Fact() | Input() if not node.operands:
            return tuple(Fraction(1) if value == ANY else value for value in domains.of(node))
    return ()


def _completions(values_of: Mapping[int, tuple[Value, ...]]) -> Iterator[dict[int, Value]]:
    """The first values of all, then with one of them another; the same for the last values."""
    for end in (0, -1):
        plain = {index: values[end] for index, values in values_of.items()}
        yield plain
        for index, values in values_of.items():
            yield from ({**plain, index: value} for value in values if value != plain[index])


def completed(known: Known, nodes: list[Node], chosen: Mapping[int, Value]) -> list[Value]:
    """The values of some nodes in a completion; people decide the clauses that no fact does."""
    values = list(known.values)
    for node in nodes:
        operands = tuple(values[o] for o in node.operands)
        match node.subject:
            case Clause():
                applies = operands[0] if node.subject.applies is not None else True
                condition = operands[-1] if node.subject.condition is not None else Undefined("attested")
                verdict = facts_verdict(applies, condition)
                values[node.index] = chosen[node.index] if isinstance(verdict, Undefined) else verdict
            case Fact() if node.operands:
                values[node.index] = operands[0]
            case _:
                known_value = chosen.get(node.index, UNKNOWN)
                values[node.index] = lifted(node, operands) if known_value is UNKNOWN else known_value
    return values
