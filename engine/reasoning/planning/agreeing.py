"""Facts that are stated though a formula gives them: what that asks of the numbers below the formula.

These may come to other values only so far as the formula stays within what the stated number may be rounded from. So
the formula is compared with both ends of that, as if the policy did so; not where such values make no difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.ir import UNKNOWN, Fact, Literal, Value
from guiju.compiler.operators import OPERATOR
from guiju.engine.bind import Bound
from guiju.engine.domains import Domains
from guiju.engine.kleene import lifted
from guiju.engine.network import Item, Network, Node, open_below, users_of
from guiju.engine.reasoning.planning.afterwards import NOWHERE
from guiju.engine.reasoning.planning.changes import Aim, Terms


@dataclass(frozen=True, eq=False)
class Agreements:
    """A network with the comparisons of formulas with what is stated, behind the nodes that there are."""

    network: Network
    added: tuple[Node, ...]

    @property
    def comparisons(self) -> tuple[int, ...]:
        """The comparisons, by node."""
        return tuple(node.index for node in self.added if node.operands)

    def valued(self, values: list[Value]) -> list[Value]:
        """The values of all nodes, from those of the network before."""
        for node in self.added:
            subject = node.subject
            known = subject.value if isinstance(subject, Literal) else None
            values.append(lifted(node, tuple(values[o] for o in node.operands)) if known is None else known)
        return values


def agreements_of(
    aim: Aim, terms: Terms, opened: Sequence[Value], changeable: Collection[int], looking: Collection[int]
) -> Agreements:
    """The agreements that matter where the `opened` values may change, for what is `looking` at them."""
    network, bound, added = aim.network, aim.assessment.bound, list[Node]()
    for node in _asking(aim, terms, opened, changeable, looking):
        for end in dict.fromkeys(_ends(bound, node)):
            index = len(network.nodes) + len(added)
            literal = Literal(value=end, span=NOWHERE)
            added.append(Node(index, f"{node.address}/end/{index}", literal, (), None, None, None))
            operands, form = (node.operands[0], index), OPERATOR["="]
            added.append(Node(index + 1, f"{node.address}/agrees/{index}", Item(()), operands, form, None, None))
    if not added:
        return Agreements(network, ())
    nodes = (*network.nodes, *added)
    return Agreements(Network(network.program, nodes, network.at, network.clause_position), tuple(added))


def _asking(
    aim: Aim, terms: Terms, opened: Sequence[Value], changeable: Collection[int], looking: Collection[int]
) -> Iterator[Node]:
    network, bound = aim.network, aim.assessment.bound
    seen = open_below(network, opened, looking)
    stated = [n for i in sorted(seen) if (n := network.nodes[i]).operands and _ends(bound, n)]
    domains = Domains(network, opened, looking)
    for node in (n for n in stated if opened[n.operands[0]] is UNKNOWN):
        inner = open_below(network, opened, node.operands)
        above = {user for i in inner for user in users_of(network).get(i, ()) if user in seen}
        others = (n for n in stated if n is not node and node.index in open_below(network, opened, n.operands))
        compared = domains.compared(node.index)
        is_apart = above <= inner | {node.index} and not any(others) and compared is not None
        low, high = _ends(bound, node)
        within = any(low <= t <= high and low != high for _, thresholds in compared or () for t in thresholds)
        is_spared = not within or (node.index in changeable and _costs_less_itself(aim, terms, node))
        if not (is_apart and is_spared and isinstance(aim.today[node.index], Fraction)):
            yield node


def _costs_less_itself(aim: Aim, terms: Terms, node: Node) -> bool:
    """Whether to change a fact costs less than all that is open below its formula, all of which that needs."""
    nodes = [aim.network.nodes[i] for i in open_below(aim.network, aim.today, node.operands)]
    open_ = [n.address for n in nodes if not n.operands]
    needs_all = all(not n.operands or (n.form is not None and n.form.symbol in _NEEDING_ALL) for n in nodes)
    return needs_all and node.address not in terms.first and terms.cost(node.address) < terms.total(open_)


_NEEDING_ALL = ("+", "-", "/", "reference")


def _ends(bound: Bound, node: Node) -> tuple[Fraction, ...]:
    """The least and the greatest that the formula of a fact may give where a number is stated; else none."""
    stated = bound.facts.get(node.subject.id) if isinstance(node.subject, Fact) else None
    if not isinstance(stated, Fraction) or not isinstance(node.subject, Fact):
        return ()
    rounded = bound.rounded.get(node.subject.id, Fraction(0))
    return stated - rounded, stated + rounded
