"""What of a network is settled before any row is seen: readings, absent columns and chosen inputs, folded in.

Whatever stands on nothing else has one value for all rows; it is found by the reference's own lifting. What is left
is what rows decide, and only that is compiled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from guiju.compiler.ir import UNKNOWN, Cases, Choice, Clause, Fact, Input, Literal, Program, Reading, Undefined, Value
from guiju.engine.kleene import lifted
from guiju.engine.network import Network, Node, network_of
from guiju.engine.verdicts import facts_on

ATTESTED = Undefined("attested")  # the condition of a clause that a reading leaves to people


@dataclass(frozen=True, eq=False)
class Folded:
    """A network in which some nodes have the same value for every row, UNKNOWN included: what no column states."""

    network: Network
    constant: Mapping[int, Value]
    given: frozenset[str]  # addresses that a column states

    @property
    def program(self) -> Program:
        """Whose network it is."""
        return self.network.program

    def at(self, index: int) -> Node:
        """The node that a node stands for, through references and settled readings."""
        node = self.network.nodes[index]
        while node.index not in self.constant and (below := self._stands_for(node)) is not None:
            node = below
        return node

    def table(self, index: int) -> Node | None:
        """The table that a node stands for, be its value the same for all rows or not; None where it is no table."""
        node: Node | None = self.network.nodes[index]
        while node is not None and not isinstance(node.subject, Cases):
            node = self._stands_for(node)
        return node

    def _stands_for(self, node: Node) -> Node | None:
        """What a reference refers to, and what a choice takes under its reading; None of anything else."""
        if isinstance(node.subject, Choice) and node.operands[0] in self.constant:
            names = [name for name, _ in node.subject.options]
            return self.network.nodes[node.operands[1 + names.index(str(self.constant[node.operands[0]]))]]
        if node.form is not None and node.form.symbol == "reference":
            return self.network.nodes[node.operands[0]]
        return None

    def operands(self, node: Node) -> tuple[Node, ...]:
        """What a node stands on."""
        return tuple(self.at(o) for o in node.operands)

    def may_fail_to_apply(self, node: Node) -> bool:
        """Whether there are rows in which a clause does not apply."""
        assert isinstance(node.subject, Clause)
        return node.subject.applies is not None and self.constant.get(self.at(node.operands[0]).index) is not True

    def is_left_to_people(self, node: Node) -> bool:
        """Whether no row says anything of a clause but by its verdict: where it applies nothing else speaks of it."""
        clause = node.subject
        assert isinstance(clause, Clause)
        condition = self.constant.get(self.at(node.operands[-1]).index) if clause.condition is not None else UNKNOWN
        applies = self.constant.get(self.at(node.operands[0]).index) if clause.applies is not None else True
        return (condition is UNKNOWN or condition == ATTESTED) and (applies is True or applies is UNKNOWN)

    def is_open_to_people_alone(self, node: Node) -> bool:
        """Whether it is, and an open one can be satisfied or not, whatever else is so: no unknown facts decide it."""
        clause = node.subject
        assert isinstance(clause, Clause)
        silent = clause.condition is None or self.constant.get(self.at(node.operands[-1]).index) == ATTESTED
        return silent and not self.may_fail_to_apply(node)

    def live(self, roots: Iterable[int]) -> tuple[Node, ...]:
        """All nodes that rows decide at or below some, every operand before its user."""
        found: dict[int, Node] = {}
        stack = [self.at(r) for r in roots]
        while stack:
            node = stack.pop()
            if node.index not in found and node.index not in self.constant:
                found[node.index] = node
                stack += self.operands(node)
        return tuple(found[i] for i in sorted(found))


def folded(
    program: Program, readings: Mapping[str, str], given: Collection[str], inputs: Mapping[str, str | None]
) -> Folded:
    """The network under some readings and inputs, for rows that state what is `given`, by address: inputs too, then."""
    network = network_of(program)
    chosen = program.defaults | dict(readings)
    constant: dict[int, Value] = {}
    for node in network.nodes:
        value = _value(node, constant, chosen, given, inputs)
        if value is not None:
            constant[node.index] = value
    return Folded(network, constant, frozenset(given))


def _value(
    node: Node,
    constant: Mapping[int, Value],
    readings: Mapping[str, str],
    given: Collection[str],
    inputs: Mapping[str, str | None],
) -> Value | None:
    """The value that a node has for every row; None where rows decide it."""
    match node.subject:
        case Literal():
            return node.subject.value
        case Reading():
            return readings[node.subject.id]
        case Input():
            return None if node.address in given else inputs.get(node.subject.id) or UNKNOWN
        case Clause() | Fact() if node.address in given:
            return None
        case Clause():
            if any(o not in constant for o in node.operands):
                return None
            said = facts_on(node.subject, [constant[o] for o in node.operands]).verdict
            return UNKNOWN if isinstance(said, Undefined) else said
        case Fact():
            return constant.get(node.operands[0]) if node.operands else UNKNOWN
    if all(o in constant for o in node.operands):
        return lifted(node, tuple([constant[o] for o in node.operands]))
    if isinstance(node.subject, Cases) and node.subject.undecided is not None and node.operands[0] not in constant:
        return None  # a lifted gate says what it is while it is not known, and here it only is not known yet
    value = lifted(node, tuple([constant.get(o, UNKNOWN) for o in node.operands]))
    return None if value is UNKNOWN else value
