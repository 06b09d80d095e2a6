"""Program -> DependencyGraph: what depends on what, and on every edge the place that says so.

networkx stays in this module; it is imported when a graph is asked for, so that commands that need none do not pay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guiju.compiler.ir import Cases, Choice, Expression, FactRef, InputRef, Operation, Program, Ref, Tally
from guiju.dsl.near import near
from guiju.dsl.source import Span

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Dependency:
    """One reference: `user` is computed from `used`, because of the text at `span`."""

    user: str
    used: str
    span: Span


class DependencyGraph:
    """The graph of a program: nodes are addresses (`fact:…`, `A@L1`), edges run from the used to the user.

    In `networkx` a node has its `kind` (fact, input, reading, clause, let, weight, gate, score or grade), and there is
    an edge for each place in the policy where the one is used by the other, which is its `span`.
    """

    def __init__(self, program: Program) -> None:
        import networkx as nx

        self.networkx: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for address, kind in _nodes(program):
            self.networkx.add_node(address, kind=kind)
        for dependency in dict.fromkeys(dependencies(program)):
            self.networkx.add_edge(dependency.used, dependency.user, span=dependency.span)

    def order(self) -> tuple[str, ...]:
        """Every node after all that it is computed from."""
        import networkx as nx

        return tuple(nx.lexicographical_topological_sort(self.networkx))

    def needed_for(self, address: str) -> frozenset[str]:
        """Everything that a node is computed from, directly or not. Raises KeyError if there is no such node."""
        import networkx as nx

        return frozenset(nx.ancestors(self.networkx, self._known(address)))

    def depending_on(self, address: str) -> frozenset[str]:
        """Everything that is computed from a node, directly or not. Raises KeyError if there is no such node."""
        import networkx as nx

        return frozenset(nx.descendants(self.networkx, self._known(address)))

    def reasons(self, used: str, user: str) -> tuple[Span, ...]:
        """The places in the policy that make one node depend on another; none where it does so only through others."""
        edges = self.networkx.get_edge_data(self._known(used), self._known(user)) or {}
        return tuple(data["span"] for data in edges.values())

    def _known(self, address: str) -> str:
        if address in self.networkx:
            return address
        meant = near(address, self.networkx)
        raise KeyError(f"no node has the address {address}" + (f"; did you mean {meant}?" if meant else ""))


def _nodes(program: Program) -> Iterator[tuple[str, str]]:
    yield from ((f"fact:{f.id}", "fact") for f in program.facts)
    yield from ((f"input:{i.id}", "input") for i in program.inputs)
    yield from ((f"reading:{r.id}", "reading") for r in program.readings)
    yield from ((f"clause:{c.id}", "clause") for c in program.clauses)
    yield from ((d.id, d.kind) for d in program.definitions)


def dependencies(program: Program) -> Iterator[Dependency]:
    """Every reference in the program, in the order of the text."""
    for fact in program.facts:
        if fact.formula:
            yield from _references(fact.formula, f"fact:{fact.id}")
    for clause in program.clauses:
        for expression in (clause.applies, clause.condition):
            if expression:
                yield from _references(expression, f"clause:{clause.id}")
    for definition in program.definitions:
        yield from _references(definition.expression, definition.id)


def _references(expression: Expression, user: str) -> Iterator[Dependency]:
    match expression:
        case FactRef():
            yield Dependency(user, f"fact:{expression.fact}", expression.span)
        case InputRef():
            yield Dependency(user, f"input:{expression.input}", expression.span)
        case Ref():
            yield Dependency(user, expression.name, expression.span)
        case Tally():
            for leaf in dict.fromkeys(leaf for item in expression.items for leaf in item):
                yield Dependency(user, f"clause:{leaf}", expression.span)
        case Choice():
            yield Dependency(user, f"reading:{expression.reading}", expression.span)
    for part in parts(expression):
        yield from _references(part, user)


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside an expression."""
    match expression:
        case Operation():
            return expression.operands
        case Cases():
            rows = tuple(e for row in expression.rows for e in (row.condition, row.value))
            return (*rows, expression.otherwise, *(() if expression.undecided is None else (expression.undecided,)))
        case Choice():
            return tuple(e for _, e in expression.options)
    return ()
