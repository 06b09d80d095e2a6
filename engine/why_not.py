"""Why a level is not reached: the conditions on the way to it that do not hold, down to the clauses behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from guiju.compiler.ir import (
    ABSENT,
    UNKNOWN,
    Cases,
    Clause,
    Definition,
    Fact,
    Input,
    Special,
    Tally,
    Undefined,
    Value,
    Verdict,
)
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
    """Why an outcome value is not (or not surely) reached: the shortest answer that suffices.

    `holds`: True reached, False not, UNKNOWN open. `entered`: the same of the gate before it. `score` is the value
    that the grade looks at. `lacks`: open facts and inputs on the way, other than through clauses. `besides`: the
    scores each of which would also suffice as an answer. `unweighted`: the standard gives the
    parts of the score no weights, so that it has no value whatever the evidence; this is then the whole answer.
    """

    value: str
    holds: bool | Special
    entered: bool | Special
    score: tuple[Value, ...]
    shortfalls: tuple[Shortfall, ...]
    lacks: tuple[str, ...] = ()
    besides: tuple[Definition, ...] = ()
    unweighted: bool = False


#: one thing in the way: the score that looks at it, and an open or unsatisfied clause, or an open fact or input
_Reason: TypeAlias = tuple[str, int]


@dataclass(frozen=True)
class _Way:
    """What keeps a node from holding: all of some operands together, or any one of them alone."""

    operands: tuple[int, ...]
    any_suffices: bool = False


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
    search.explain(condition)
    score = next((o for o in search.below(condition) if network.nodes[o].definition is not None), None)
    entered: bool | Special = True
    scores: tuple[Value, ...] = ()
    if score is not None:
        scores = assessment.possible(network.nodes[score].address).values
        entered = search.entered(score)
    possible = search.values(condition.index)
    holds: bool | Special = UNKNOWN if len(possible) > 1 else possible[0] is True
    if score is not None and search.is_unweighted(score):
        return WhyNot(value, holds, entered, scores, (), unweighted=True)
    return WhyNot(value, holds, entered, scores, search.shortfalls(), search.lacks(), search.besides())


class _Search:
    """Goes down from a condition along everything that keeps it from holding."""

    def __init__(self, assessment: Assessment, network: Network) -> None:
        self._assessment, self._network = assessment, network
        self._ways: dict[int, _Way] = {}
        self._reasons: dict[int, frozenset[_Reason]] = {}
        self._found: frozenset[_Reason] = frozenset()
        self._besides: dict[str, None] = {}

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

    def is_unweighted(self, score: int) -> bool:
        """Whether an undefined weight leaves a score without a value, whatever the scores of its groups come to."""
        stack = [score]
        while stack:
            node = self._network.nodes[stack.pop()]
            below = [self._network.nodes[o] for o in live_operands(node, self._assessment.values)]
            if node.form and node.form.symbol == "*" and any(map(self._is_undefined_weight, below)):
                return True
            stack.extend(n.index for n in below if n.definition is None)
        return False

    def _is_undefined_weight(self, node: Node) -> bool:
        is_weight = node.definition is not None and node.definition.kind == "weight"
        return is_weight and isinstance(self._assessment.values[node.index], Undefined)

    def entered(self, index: int) -> bool | Special:
        """Whether the gate before a score is open."""
        values = self.values(index)
        shut = [v is Special.NOT_ENTERED for v in values]
        return UNKNOWN if any(shut) and not all(shut) else not any(shut)

    def explain(self, condition: Node) -> None:
        """Find all that is in the way, then from the bottom up the fewest things that suffice."""
        stack = [condition.index]
        while stack:
            index = stack.pop()
            if index not in self._ways:
                self._ways[index] = self._in_the_way(self._network.nodes[index])
                stack.extend(self._ways[index].operands)
        for index in sorted(self._ways):
            self._reasons[index] = self._reasons_for(self._network.nodes[index])
        self._found = self._reasons[condition.index]
        self._note_besides(condition.index)

    def _reasons_for(self, node: Node) -> frozenset[_Reason]:
        """Of what is surely false the failures alone: whatever is open, it cannot help."""
        if isinstance(node.subject, Tally):
            return frozenset(self._of_tally(node))
        way = self._ways[node.index]
        if way.any_suffices:
            return self._reasons[self._shortest(way)]
        found = frozenset[_Reason]().union(*(self._reasons[o] for o in way.operands))
        if isinstance(node.subject, Fact | Input) and self._assessment.values[node.index] is UNKNOWN:
            return found or frozenset([("", node.index)])
        failed = frozenset(r for r in found if self._assessment.values[r[1]] is Verdict.UNSATISFIED)
        return failed if failed and self.values(node.index) == (False,) else found

    def _shortest(self, way: _Way) -> int:
        """The operand with the fewest reasons; one without any, as what inputs settle, only where all are such."""
        return min(way.operands, key=lambda o: (not self._reasons[o], len(self._reasons[o]), o))

    def _note_besides(self, top: int) -> None:
        """The scores behind the operands that would have sufficed, too, along what was chosen."""
        stack, seen = [top], set()
        while stack:
            index = stack.pop()
            if index in seen:
                continue
            seen.add(index)
            way = self._ways[index]
            chosen = (self._shortest(way),) if way.any_suffices else way.operands
            stack.extend(chosen)
            for other in set(way.operands).difference(chosen):
                self._besides.update((key, None) for key, _ in sorted(self._reasons[other]) if key)

    def _in_the_way(self, node: Node) -> _Way:
        """The operands that matter: what does not hold of a conjunction, a shut gate and not what is behind it."""
        operands = live_operands(node, self._assessment.values)
        if isinstance(node.subject, Tally | Clause):
            return _Way(())
        if node.form and node.form.symbol == "*" and any(self.values(o) == (ABSENT,) for o in operands):
            return _Way(())  # a group that takes no part
        gate = self._only_its_gate(node)
        if gate is not None:
            return _Way((gate,))
        if isinstance(node.subject, Cases) and operands is node.operands:
            return self._rows(node)
        if node.form and node.form.symbol == "and":
            false = tuple(o for o in operands if self.values(o) == (False,))
            return _Way(false, True) if false else _Way(tuple(o for o in operands if self.values(o) != (True,)))
        if node.form and node.form.symbol == "or":
            return _Way(() if self.values(node.index) == (True,) else operands)
        return _Way(operands)

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

    def _rows(self, node: Node) -> _Way:
        """Conditions above the row that holds; a gate that is not shut leads on to what is behind it."""
        if isinstance(node.subject, Cases) and node.subject.form == "gate":
            gate, behind, otherwise = node.operands
            if self.values(behind) == (False,) == self.values(otherwise):
                both = self.values(gate) == (False,)
                return _Way((gate, behind) if both else (behind,), both)
            open_ = self.values(gate)
            return _Way((behind,) if open_ == (True,) else (gate,) if open_ == (False,) else (gate, behind))
        looked: list[int] = []
        for condition in node.operands[:-1:2]:
            if self.values(condition) == (True,):
                break
            looked.append(condition)
        return _Way(tuple(looked))

    def _of_tally(self, tally: Node) -> Iterator[_Reason]:
        owner = tally.owner
        if owner is None or (owner.group is not None and not takes_part(self._assessment, owner.group)):
            return
        key = owner.id.removesuffix("/table")
        for index in tally.operands:
            node = self._network.nodes[index]
            leaves = node.operands if isinstance(node.subject, Item) else (index,)
            for leaf in leaves:
                if self._assessment.values[leaf] in (Verdict.UNSATISFIED, UNKNOWN):
                    yield key, leaf

    def lacks(self) -> tuple[str, ...]:
        """The open facts and inputs on the way."""
        open_ = (self._network.nodes[i].subject for key, i in sorted(self._found) if not key)
        return tuple(dict.fromkeys(subject.id for subject in open_ if isinstance(subject, Fact | Input)))

    def besides(self) -> tuple[Definition, ...]:
        """The scores that would also suffice as an answer."""
        named = {key for key, _ in self._found}
        return tuple(d for key in self._besides if key not in named and (d := self._definition(key)) is not None)

    def _definition(self, key: str) -> Definition | None:
        return self._assessment.program.definition.get(key)

    def shortfalls(self) -> tuple[Shortfall, ...]:
        position = self._network.clause_position

        def first(shortfall: Shortfall) -> tuple[str, int]:
            clauses = (*shortfall.failed, *shortfall.not_shown)
            return (shortfall.definition.level or "", min(position[c] for c in clauses))

        found = [self._shortfall(key) for key in dict.fromkeys(key for key, _ in self._found) if key]
        return tuple(sorted(found, key=first))

    def _shortfall(self, key: str) -> Shortfall:
        network, values = self._network, self._assessment.values
        leaves = [network.nodes[i] for i in sorted(i for k, i in self._found if k == key)]
        definition = self._definition(key) or self._owner(key)
        return Shortfall(
            definition,
            self._assessment.possible(definition.id).values,
            tuple(_clause(n) for n in leaves if values[n.index] is Verdict.UNSATISFIED),
            tuple(_clause(n) for n in leaves if values[n.index] is UNKNOWN),
        )

    def _owner(self, key: str) -> Definition:
        """The definition of a table that stands in a score without a name of its own."""
        return self._assessment.program.definition[f"{key}/table"]


def _clause(node: Node) -> str:
    assert isinstance(node.subject, Clause)
    return node.subject.id
