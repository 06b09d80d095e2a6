"""Which clauses are open by themselves as long as no fact below them is known: satisfied or not, whatever else is so.

That is asked of the reference once for each clause, on evidence that has the inputs and says nothing else. Facts below
two clauses tie these together, so a clause counts only if nothing but it stands on its facts, be it live or not: people
may attest any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from guiju.compiler.ir import Clause, Fact, Program
from guiju.engine.compiled.folding import Folded, folded
from guiju.engine.evaluate import settle
from guiju.engine.formulas import unused_formulas
from guiju.engine.layout import layout
from guiju.engine.network import network_of
from guiju.engine.possible import Known, Standing
from guiju.engine.reachable import Memory, possible_of
from guiju.engine.rows import bind_row
from guiju.engine.verdicts import EITHER


class Alone:
    """The clauses of a program under some readings and inputs, each looked at when it is asked for."""

    def __init__(self, program: Program, readings: Mapping[str, str], inputs: Mapping[str, str | None]) -> None:
        self._program, self._readings, self._inputs = program, readings, inputs
        self._known: dict[str, bool] = {}
        self._memory: Memory = {}

    def facts(self, clause: str) -> frozenset[str]:
        """The addresses of the facts below a clause, those of formulas included."""
        return self._facts.get(clause, frozenset())

    @property
    def binding(self) -> Iterator[str]:
        """The addresses of facts that bind others where they are stated, though nothing looks at them."""
        return (f"fact:{fact}" for fact in unused_formulas(network_of(self._program)))

    def can_be_either(self, clause: str) -> bool:
        """Whether it is open by itself, and all its facts are its own."""
        if clause not in self._known:
            own = all(len(self._clauses[fact]) == 1 for fact in self.facts(clause))
            self._known[clause] = bool(self.facts(clause)) and own and self._goes_either_way(clause)
        return self._known[clause]

    @cached_property
    def _folded(self) -> Folded:
        given = {slot.address for slot in layout(self._program) if slot.kind != "input"}
        return folded(self._program, self._readings, given, self._inputs)

    @cached_property
    def _facts(self) -> Mapping[str, frozenset[str]]:
        network, found = self._folded.network, dict[str, frozenset[str]]()
        for clause in self._program.clauses:
            live = self._folded.live(network.node(f"clause:{clause.id}").operands)
            only_facts = not any(isinstance(n.subject, Clause) for n in live)
            found[clause.id] = frozenset(n.address for n in live if isinstance(n.subject, Fact) and only_facts)
        return found

    @cached_property
    def _clauses(self) -> Mapping[str, list[str]]:
        """The clauses that stand on each fact, whatever lies between."""
        network, users = self._folded.network, dict[str, list[str]]()
        for clause in self._program.clauses:
            for node in self._folded.live(network.node(f"clause:{clause.id}").operands):
                if isinstance(node.subject, Fact):
                    users.setdefault(node.address, []).append(clause.id)
        return users

    @cached_property
    def _blank(self) -> Known:
        inputs = (self._inputs.get(s.declaration.id) if s.kind == "input" else None for s in layout(self._program))
        bound, _ = bind_row(self._program, list(inputs), "")
        network = network_of(self._program)
        values, _ = settle(network, bound, self._readings)
        return Known(network, tuple(values), Standing())

    def _goes_either_way(self, clause: str) -> bool:
        possible = possible_of(self._blank, self._blank.network.at[f"clause:{clause}"], self._memory)
        return possible.exact and set(possible.values) == set(EITHER)
