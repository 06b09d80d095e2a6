"""What a node comes to where some of what is open is taken to be something: a completion, as far as it is known.

Only what it takes to tell the node is worked out: of what must hold together nothing behind the first that fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from guiju.compiler.ir import UNKNOWN, Cases, Choice, Clause, Fact, Input, Value, Verdict
from guiju.engine.bind import Bound
from guiju.engine.fixed import fixed_by
from guiju.engine.kleene import lifted
from guiju.engine.network import Network, Node, live_operands, network_of, standing_below
from guiju.engine.verdicts import EITHER, ClauseResult, facts_on, is_beyond_facts, is_contested

_ONE_BY_ONE = ("and", "or")
_BINDING = ("assessor", "vendor", "crosswalk")  # whose word on a clause its open facts must not deny


@dataclass(frozen=True, eq=False)
class Taken:
    """What open facts, inputs and clauses are taken to be, by node; and all other clauses that nobody speaks of."""

    nodes: Mapping[int, Value]
    otherwise: Value


NOTHING = Taken({}, UNKNOWN)


@dataclass(frozen=True, eq=False)
class Ground:
    """What is settled of some evidence up to its clauses: the values of the nodes there, and their results."""

    bound: Bound
    readings: Mapping[str, str]
    values: Sequence[Value]
    clauses: Mapping[str, ClauseResult]


class Completed:
    """The nodes of some evidence, as far as what is taken tells them; each is worked out once.

    A node that is told has this value in some completion of the evidence, if there is any. What people or a fact above
    say of something open may rule a value of it out, so it is left open.
    """

    def __init__(self, ground: Ground, taken: Taken) -> None:
        self._ground, self._taken = ground, taken
        self._network = network_of(ground.bound.program)
        self._fixed = fixed_by(self._network, ground.readings, ground.bound.inputs).values
        self._found: dict[int, Value] = {}

    def value(self, target: int) -> Value:
        """What a node comes to; UNKNOWN where that takes more than is taken."""
        found, nodes = self._found, self._network.nodes
        settled = self._settled(target)
        stack = [] if settled is not UNKNOWN else [target]
        while stack:
            index = stack[-1]
            waiting = () if index in found else self._tried(nodes[index])
            if waiting:
                stack.extend(waiting)
            else:
                stack.pop()
        return found[target] if settled is UNKNOWN else settled

    def _settled(self, index: int) -> Value:
        """What is settled of a node: what stands on clauses is not, but where readings and inputs alone tell it."""
        values = self._ground.values
        return values[index] if index < len(values) else self._fixed[index]

    def _tried(self, node: Node) -> Sequence[int]:
        """Tell a node if its operands do, as far as they are told; else what is to be told first."""
        live = self._option(node) if type(node.subject) is Choice else node.operands
        settled, fixed = self._ground.values, self._fixed
        operands, waiting = [], []
        for o in live:
            value = settled[o] if o < len(settled) else fixed[o]
            if value is UNKNOWN:
                if o in self._found:
                    value = self._found[o]
                elif self._network.nodes[o].operands:
                    waiting.append(o)
                else:
                    value = self._found[o] = self._leaf(self._network.nodes[o])
            operands.append(value)
        if live is not node.operands:
            if waiting:
                return waiting
            (value,) = operands  # the option that a reading takes
        elif node.form is not None:
            value = lifted(node, tuple(operands))
            if value is UNKNOWN and waiting:
                return self._first(node, waiting)
        elif waiting:
            return waiting
        else:
            value = self._decided(node, operands) if operands else self._leaf(node)
        self._found[node.index] = value
        return ()

    def _option(self, choice: Node) -> tuple[int, ...]:
        return live_operands(choice, self._fixed)

    def _first(self, node: Node, waiting: list[int]) -> Sequence[int]:
        """Of what a node waits for that which may be enough."""
        is_in_turn = isinstance(node.subject, Cases) or (node.form is not None and node.form.symbol in _ONE_BY_ONE)
        return waiting[:1] if is_in_turn else waiting

    def _leaf(self, node: Node) -> Value:
        if self._is_spoken_of_above(node.index):
            return UNKNOWN
        value = self._taken.nodes.get(node.index, UNKNOWN)
        return self._taken.otherwise if isinstance(node.subject, Clause) and value not in EITHER else value

    def _decided(self, node: Node, operands: Sequence[Value]) -> Value:
        """A fact by its formula, a clause by its facts, or whatever they say where that no longer matters."""
        match node.subject:
            case Fact():
                return operands[0]
            case Clause():
                result = self._ground.clauses[node.subject.id]
                if is_contested(result) and is_beyond_facts(result):
                    return self._leaf(node)
                if node.subject.condition is None and operands[0] is True:
                    return self._leaf(node)
                said = facts_on(node.subject, operands).verdict
                return said if isinstance(said, Verdict) else UNKNOWN
        return UNKNOWN

    def _is_spoken_of_above(self, leaf: int) -> bool:
        clauses, facts = _above(self._network).get(leaf, ((), ()))
        results, stated = self._ground.clauses, self._ground.bound.facts
        return any(results[c].by in _BINDING for c in clauses) or any(f in stated for f in facts)


@lru_cache(maxsize=8)
def up_to_clauses(network: Network) -> int:
    """How many nodes there are up to the last clause or fact: all that evidence speaks of, with what is below."""
    return 1 + max((n.index for n in network.nodes if isinstance(n.subject, Clause | Fact)), default=-1)


@lru_cache(maxsize=8)
def _above(network: Network) -> Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each leaf the clauses and the facts with a formula that stand on it."""
    clauses: dict[int, list[str]] = {}
    facts: dict[int, list[str]] = {}
    nothing = (UNKNOWN,) * len(network.nodes)
    for node in network.nodes:
        if node.operands and isinstance(node.subject, Clause | Fact):
            into = clauses if isinstance(node.subject, Clause) else facts
            for index in standing_below(network.nodes, nothing, node.operands):
                if isinstance(network.nodes[index].subject, Clause | Fact | Input):
                    into.setdefault(index, []).append(node.subject.id)
    return {i: (tuple(clauses.get(i, ())), tuple(facts.get(i, ()))) for i in chain(clauses, facts)}
