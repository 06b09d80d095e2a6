"""What attestations ask of the open facts below their clauses.

A clause that an assessor, a vendor or another standard decides while its facts are open stands as it is attested, in
every completion: those in which its facts say otherwise contradict what is stated and are none. Attestations over the
same open nodes are tied together; what they leave of these nodes is one relation, found before anything else is swept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guiju.compiler.ir import UNKNOWN, Value, Verdict
from guiju.compiler.operators import COMPARISONS
from guiju.engine.domains import Domains
from guiju.engine.network import Network, open_below
from guiju.engine.possible import Attested, Known
from guiju.engine.verdicts import ClauseResult


@dataclass(frozen=True)
class Tie:
    """Attestations that stand on the same open nodes, and these nodes."""

    attested: tuple[Attested, ...]
    nodes: frozenset[int]


def attested_over_open_facts(
    network: Network, values: Sequence[Value], clauses: Mapping[str, ClauseResult]
) -> tuple[Attested, ...]:
    """The attestations that decide a clause with open facts. An override stands whatever the facts say."""
    found = []
    for id_, result in clauses.items():
        if result.by in ("assessor", "vendor", "crosswalk") and isinstance(result.verdict, Verdict):
            node = network.node(f"clause:{id_}")
            if any(values[o] is UNKNOWN for o in node.operands):
                found.append(Attested(node.index, node.operands, result.verdict, network.program.clause[id_]))
    return tuple(found)


def ties_of(network: Network, values: Sequence[Value], attested: Iterable[Attested]) -> tuple[Tie, ...]:
    """The attestations over something open, those that share it together."""
    ties: list[Tie] = []
    for one in attested:
        nodes = frozenset(open_below(network, values, one.operands))
        if not nodes:
            continue
        shared = [t for t in ties if t.nodes & nodes]
        ties = [t for t in ties if t not in shared]
        together = (*(a for t in shared for a in t.attested), one)
        ties.append(Tie(together, nodes.union(*(t.nodes for t in shared))))
    return tuple(ties)


def attested_about(known: Known, index: int) -> tuple[str, ...]:
    """The clauses whose attestations bear on the open nodes below a node, or on itself, in the order of the text."""
    below = open_below(known.network, known.values, (index,))
    ties = (t for t in ties_of(known.network, known.values, known.standing.attested) if t.nodes & below)
    bearing = {one.clause.id for tie in ties for one in tie.attested}
    return tuple(c.id for c in known.network.program.clauses if c.id in bearing)


def is_denied(known: Known) -> bool:
    """Whether facts say otherwise than an attestation that has nothing open below it any more."""
    values = known.values
    return any(not one.goes_with([values[o] for o in one.operands]) for one in known.standing.attested)


def seen_of(tie: Tie, known: Known, domains: Domains, below: Iterable[int]) -> tuple[int, ...]:
    """Those nodes of a tie that are among some others; without what a comparison hides that stands for its facts."""
    compared = (n for i in tie.nodes if (n := known.network.nodes[i]).form and n.form.symbol in COMPARISONS)
    free = {n.index for n in compared if domains.free(n)}
    hidden = open_below(known.network, known.values, free) - free
    return tuple(sorted(tie.nodes.intersection(below) - hidden))
