"""Program -> network: the same expressions laid out flat, every operand before its user, each node with an address.

An address is stable and readable: `clause:6.1.1.1.e`, `clause:6.1.1.1.e/condition/left`, `score:hardware@L1`, `level`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from guiju.compiler.ir import (
    ABSENT,
    UNKNOWN,
    Cases,
    Choice,
    Clause,
    Definition,
    Expression,
    Fact,
    FactRef,
    Input,
    InputRef,
    Literal,
    Operation,
    Program,
    Reading,
    Ref,
    Tally,
    Value,
)
from guiju.compiler.operators import Fold, Function
from guiju.engine.meaning import ITEM, form_of


@dataclass(frozen=True)
class Item:
    """Several leaves that count as one requirement item."""

    leaves: tuple[str, ...]


#: what a node stands for: an expression, or one of the things that evidence speaks about
Subject: TypeAlias = Expression | Fact | Input | Reading | Clause | Item


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """One value of an assessment. `operands` are indices of earlier nodes; `form` is None for what evidence decides."""

    index: int
    address: str
    subject: Subject
    operands: tuple[int, ...]
    form: Function | Fold | None
    definition: Definition | None
    owner: Definition | None  # the definition that the node is a part of


@dataclass(frozen=True, eq=False)
class Network:
    """All nodes of a program in evaluation order, and the index of each address."""

    program: Program
    nodes: tuple[Node, ...]
    at: dict[str, int]
    clause_position: dict[str, int]

    def node(self, address: str) -> Node:
        """The node of an address."""
        return self.nodes[self.at[address]]


@lru_cache(maxsize=8)
def network_of(program: Program) -> Network:
    """The network of a program. Programs are compared by identity, so this is built once."""
    builder = _Builder(program)
    for clause in program.clauses:
        builder.clause(clause.id)
    for definition in program.definitions:
        builder.definition(definition)
    positions = {c.id: i for i, c in enumerate(program.clauses)}
    return Network(program, tuple(builder.nodes), builder.at, positions)


@lru_cache(maxsize=8)
def users_of(network: Network) -> Mapping[int, tuple[int, ...]]:
    """The nodes that look at each node, those that come first before the others."""
    return users_among((node.index, node.operands) for node in network.nodes)


def users_among(looking: Iterable[tuple[int, Iterable[int]]]) -> dict[int, tuple[int, ...]]:
    """The nodes that look at each node, of some nodes with what they look at."""
    users: dict[int, list[int]] = {}
    for index, operands in looking:
        for operand in dict.fromkeys(operands):
            users.setdefault(operand, []).append(index)
    return {index: tuple(above) for index, above in users.items()}


def met_above(
    users: Mapping[int, tuple[int, ...]], index: int, goes_on: Callable[[int], bool] = lambda _: True
) -> set[int]:
    """The nodes that are met on the way up from one, each of which leads further where it `goes_on`."""
    found, stack = set[int](), [index]
    while stack:
        for user in users.get(stack.pop(), ()):
            if user not in found:
                found.add(user)
                if goes_on(user):
                    stack.append(user)
    return found


def applicability(network: Network, clause: Clause, values: Sequence[Value]) -> Value:
    """What the facts say of whether a clause applies; True where it has no such condition."""
    return values[network.node(f"clause:{clause.id}").operands[0]] if clause.applies is not None else True


def live_operands(node: Node, values: Sequence[Value]) -> tuple[int, ...]:
    """The operands that bear on a node: of a choice whose reading is settled, the option that it takes."""
    if isinstance(node.subject, Choice) and values[node.operands[0]] is not UNKNOWN:
        names = [name for name, _ in node.subject.options]
        return (node.operands[1 + names.index(str(values[node.operands[0]]))],)
    return node.operands


def chosen(network: Network, node: Node, values: Sequence[Value]) -> Node:
    """What a node is under the readings that are settled: the option that each choice takes."""
    while isinstance(node.subject, Choice) and len(live := live_operands(node, values)) == 1:
        node = network.nodes[live[0]]
    return node


def deciding_operands(network: Network, node: Node, values: Sequence[Value]) -> tuple[int, ...]:
    """The operands that decide a node; of a part that a group which is left out takes with it, its weight alone."""
    operands, value = live_operands(node, values), values[node.index]
    match node.form.symbol if node.form else "":
        case "and" if value is not True:
            return tuple(o for o in operands if values[o] is not True)
        case "or" if value is True:
            true = tuple(o for o in operands if values[o] is True)
            return tuple(o for o in true if _says_absent(network, network.nodes[o]))[:1] or true
        case "*":
            return tuple(o for o in operands if values[o] is ABSENT) or operands
    return operands


def _says_absent(network: Network, node: Node) -> bool:
    """Whether a node is `not present(weight)`."""
    inner = network.nodes[node.operands[0]] if node.form and node.form.symbol == "not" else None
    return inner is not None and inner.form is not None and inner.form.symbol == "present"


def open_below(
    network: Network, values: Sequence[Value], targets: Iterable[int], leaves: Container[int] = ()
) -> set[int]:
    """The open nodes at or below some targets, without the options that settled readings leave aside.

    What is below `leaves` is left out.
    """
    nodes = network.nodes
    found = {t for t in targets if values[t] is UNKNOWN}
    stack = [t for t in found if t not in leaves]
    while stack:
        node = nodes[stack.pop()]
        for operand in live_operands(node, values) if type(node.subject) is Choice else node.operands:
            if values[operand] is UNKNOWN and operand not in found:
                found.add(operand)
                if operand not in leaves:
                    stack.append(operand)
    return found


def standing_below(nodes: Sequence[Node], values: Sequence[Value], tops: Iterable[int]) -> set[int]:
    """All nodes at or below some, open or not, without the options that settled readings leave aside."""
    found: set[int] = set()
    stack = list(tops)
    while stack:
        index = stack.pop()
        if index not in found:
            found.add(index)
            stack.extend(live_operands(nodes[index], values))
    return found


class _Builder:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._inputs = {i.id: i for i in program.inputs}
        self._readings = {r.id: r for r in program.readings}
        self.nodes: list[Node] = []
        self.at: dict[str, int] = {}
        self._owner: Definition | None = None

    def _add(
        self,
        address: str,
        subject: Subject,
        operands: tuple[int, ...],
        form: Function | Fold | None = None,
        definition: Definition | None = None,
    ) -> int:
        assert address not in self.at, f"two nodes at {address}"
        index = len(self.nodes)
        self.nodes.append(Node(index, address, subject, operands, form, definition, self._owner))
        self.at[address] = index
        return index

    def clause(self, id_: str) -> int:
        address = f"clause:{id_}"
        if address in self.at:
            return self.at[address]
        clause = self._program.clause[id_]
        applies = [self.expression(clause.applies, f"{address}/applies")] if clause.applies else []
        condition = [self.expression(clause.condition, f"{address}/condition")] if clause.condition else []
        return self._add(address, clause, (*applies, *condition))

    def definition(self, definition: Definition) -> int:
        if definition.id not in self.at:
            outer, self._owner = self._owner, definition
            self.expression(definition.expression, definition.id, definition)
            self._owner = outer
        return self.at[definition.id]

    def _fact(self, id_: str) -> int:
        address = f"fact:{id_}"
        if address in self.at:
            return self.at[address]
        fact = self._program.fact[id_]
        formula = (self.expression(fact.formula, f"{address}/formula"),) if fact.formula else ()
        return self._add(address, fact, formula)

    def _item(self, leaves: tuple[str, ...]) -> int:
        if len(leaves) == 1:
            return self.clause(leaves[0])
        address = f"item:{','.join(leaves)}"
        if address in self.at:
            return self.at[address]
        return self._add(address, Item(leaves), tuple(self.clause(leaf) for leaf in leaves), ITEM)

    def _named(self, address: str, subject: Input | Reading) -> int:
        return self.at[address] if address in self.at else self._add(address, subject, ())

    def expression(self, expression: Expression, address: str, definition: Definition | None = None) -> int:
        """Lay out an expression; a plain reference gets no node of its own unless it is a definition."""
        match expression:
            case Ref():
                target = self.definition(self._program.definition[expression.name])
            case FactRef():
                target = self._fact(expression.fact)
            case InputRef():
                target = self._named(f"input:{expression.input}", self._inputs[expression.input])
            case _:
                operands = self._operands(expression, address)
                form = None if isinstance(expression, Literal) else form_of(expression)
                return self._add(address, expression, operands, form, definition)
        if definition is None:
            return target
        return self._add(address, expression, (target,), _SAME, definition)

    def _operands(self, expression: Expression, address: str) -> tuple[int, ...]:
        match expression:
            case Operation():
                names = _SIDES if len(expression.operands) == 2 else tuple(map(str, range(len(expression.operands))))
                parts = zip(names, expression.operands, strict=True)
                return tuple(self.expression(e, f"{address}/{name}") for name, e in parts)
            case Tally():
                return tuple(self._item(leaves) for leaves in expression.items)
            case Cases():
                rows: list[int] = []
                for i, row in enumerate(expression.rows, 1):
                    rows.append(self.expression(row.condition, f"{address}/row{i}"))
                    rows.append(self.expression(row.value, f"{address}/row{i}/value"))
                rows.append(self.expression(expression.otherwise, f"{address}/otherwise"))
                if expression.undecided is not None:
                    rows.append(self.expression(expression.undecided, f"{address}/undecided"))
                return tuple(rows)
            case Choice():
                chosen = self._named(f"reading:{expression.reading}", self._readings[expression.reading])
                options = (
                    self.expression(e, f"{address}/{expression.reading}={name}") for name, e in expression.options
                )
                return (chosen, *options)
        return ()


_SIDES = ("left", "right")
_SAME = Function("reference", lambda _: None, lambda value: value)
