"""Why a level is not reached: the conditions on the way to it that do not hold, down to the clauses behind them."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.compiler.ir import ABSENT, UNKNOWN, Cases, Clause, Definition, Special, Tally, Value, Verdict
from guiju.compiler.operators import COMPARISONS, Function
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Item, Network, Node, live_operands, network_of
from guiju.engine.relevance import takes_part


@dataclass(frozen=True)
class Shortfall:
    """One group that stands in the way: its score at a level, what failed, and what was not shown."""

    definition: Definition
    values: tuple[Value, ...]
    failed: tuple[str, ...]
    not_shown: tuple[str, ...]


@dataclass(frozen=True)
class WhyNot:
    """Why an outcome value is not (or not surely) reached.

    `holds`: True reached, False not, UNKNOWN open. `entered`: the same of the gate before it. `score` is the value
    that the grade looks at.
    """

    value: str
    holds: bool | Special
    entered: bool | Special
    score: tuple[Value, ...]
    shortfalls: tuple[Shortfall, ...]


def why_not(assessment: Assessment, outcome: str, value: str) -> WhyNot | None:
    """The way to one value of a grade; None if the grade has no such row."""
    network = network_of(assessment.program)
    grade = network.node(outcome)
    if not isinstance(grade.subject, Cases):
        return None
    for row, condition in zip(grade.subject.rows, grade.operands[::2], strict=False):
        if getattr(row.value, "value", None) == value:
            return _walk(assessment, network, value, network.nodes[condition])
    return None


def _walk(assessment: Assessment, network: Network, value: str, condition: Node) -> WhyNot:
    search = _Search(assessment, network)
    search.visit(condition)
    score = next((o for o in search.below(condition) if network.nodes[o].definition is not None), None)
    entered: bool | Special = True
    scores: tuple[Value, ...] = ()
    if score is not None:
        scores = assessment.possible(network.nodes[score].address).values
        entered = search.entered(score)
    possible = search.values(condition.index)
    holds: bool | Special = UNKNOWN if len(possible) > 1 else possible[0] is True
    return WhyNot(value, holds, entered, scores, search.shortfalls())


class _Search:
    """Goes down from a condition along everything that keeps it from holding."""

    def __init__(self, assessment: Assessment, network: Network) -> None:
        self._assessment, self._network = assessment, network
        self._seen: set[int] = set()
        self._failed: dict[str, dict[str, None]] = {}
        self._open: dict[str, dict[str, None]] = {}
        self._order: dict[str, Definition] = {}

    def values(self, index: int) -> tuple[Value, ...]:
        value = self._assessment.values[index]
        if value is not UNKNOWN:
            return (value,)
        possible = self._assessment.open.get(index)
        return possible.values if possible else (True, False)

    def below(self, node: Node) -> list[int]:
        found, stack = [], [node.index]
        while stack:
            index = stack.pop()
            found.append(index)
            if self._network.nodes[index].definition is None:
                stack.extend(reversed(self._network.nodes[index].operands))
        return found

    def entered(self, index: int) -> bool | Special:
        """Whether the gate before a score is open."""
        values = self.values(index)
        shut = [v is Special.NOT_ENTERED for v in values]
        return UNKNOWN if any(shut) and not all(shut) else not any(shut)

    def visit(self, node: Node) -> None:
        stack = [node]
        while stack:
            top = stack.pop()
            if top.index in self._seen:
                continue
            self._seen.add(top.index)
            if isinstance(top.subject, Tally):
                self._note(top)
            else:
                stack.extend(self._network.nodes[i] for i in reversed(self._in_the_way(top)))

    def _in_the_way(self, node: Node) -> tuple[int, ...]:
        """The operands that matter: what does not hold of a conjunction, a shut gate and not what is behind it."""
        operands = live_operands(node, self._assessment.values)
        if node.form and node.form.symbol == "*" and any(self.values(o) == (ABSENT,) for o in operands):
            return ()  # a group that takes no part
        gate = self._only_its_gate(node)
        if gate is not None:
            return (gate,)
        if isinstance(node.subject, Cases) and operands is node.operands:
            return self._rows(node)
        if node.form and node.form.symbol == "and":
            return tuple(o for o in operands if self.values(o) != (True,))
        if node.form and node.form.symbol == "or":
            return () if self.values(node.index) == (True,) else operands
        return operands

    def _only_its_gate(self, node: Node) -> int | None:
        """The gate before a score that would satisfy this comparison with every value it can have once entered."""
        if node.form is None or node.form.symbol not in COMPARISONS or not isinstance(node.form, Function):
            return None
        sides = [self.values(o) for o in node.operands]
        for place, values in enumerate(sides):
            entered = [v for v in values if v is not Special.NOT_ENTERED]
            if len(entered) == len(values) or not entered or len(sides[1 - place]) != 1:
                continue
            other = sides[1 - place][0]
            pairs = ((v, other) if place == 0 else (other, v) for v in entered)
            if all(node.form.apply(*pair) is True for pair in pairs):
                return self._gate_of(node.operands[place])
        return None

    def _gate_of(self, index: int) -> int | None:
        node = self._network.nodes[index]
        while not (isinstance(node.subject, Cases) and node.subject.form == "gate"):
            live = live_operands(node, self._assessment.values)
            if len(live) != 1:
                return None
            node = self._network.nodes[live[0]]
        return node.operands[0]

    def _rows(self, node: Node) -> tuple[int, ...]:
        """Conditions above the row that holds; a gate that is not shut leads on to what is behind it."""
        if isinstance(node.subject, Cases) and node.subject.form == "gate":
            gate, behind = node.operands[:2]
            open_ = self.values(gate)
            return (behind,) if open_ == (True,) else (gate,) if open_ == (False,) else (gate, behind)
        looked: list[int] = []
        for condition in node.operands[:-1:2]:
            if self.values(condition) == (True,):
                break
            looked.append(condition)
        return tuple(looked)

    def _note(self, tally: Node) -> None:
        owner = tally.owner
        if owner is None or (owner.group is not None and not takes_part(self._assessment, owner.group)):
            return
        key = owner.id.removesuffix("/table")
        self._order.setdefault(key, self._assessment.program.definition.get(key, owner))
        for index in tally.operands:
            node = self._network.nodes[index]
            leaves = node.operands if isinstance(node.subject, Item) else (index,)
            for leaf in leaves:
                self._sort(key, self._network.nodes[leaf])

    def _sort(self, key: str, node: Node) -> None:
        assert isinstance(node.subject, Clause)
        verdict = self._assessment.values[node.index]
        if verdict is Verdict.UNSATISFIED:
            self._failed.setdefault(key, {})[node.subject.id] = None
        elif verdict is UNKNOWN:
            self._open.setdefault(key, {})[node.subject.id] = None

    def shortfalls(self) -> tuple[Shortfall, ...]:
        position = self._network.clause_position

        def first(shortfall: Shortfall) -> tuple[str, int]:
            clauses = (*shortfall.failed, *shortfall.not_shown)
            return (shortfall.definition.level or "", min(position[c] for c in clauses))

        found = [
            Shortfall(
                definition,
                self._assessment.possible(definition.id).values,
                tuple(self._failed.get(key, {})),
                tuple(self._open.get(key, {})),
            )
            for key, definition in self._order.items()
            if key in self._failed or key in self._open
        ]
        return tuple(sorted(found, key=first))
