"""Why a level is not reached: the fewest failed clauses that suffice, or where it is open all that was not shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import TypeAlias

from guiju.compiler.ir import (
    ABSENT,
    TABLE,
    UNKNOWN,
    Cases,
    Clause,
    Definition,
    Fact,
    Input,
    Reading,
    Special,
    Tally,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.operators import COMPARISONS, Function
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment
from guiju.engine.kleene import lifted
from guiju.engine.network import Item, Network, Node, live_operands, network_of
from guiju.engine.reasoning.planning.changes import wanted_from
from guiju.engine.reasoning.relevance import idle, takes_part
from guiju.engine.reasoning.why.barring import barring
from guiju.engine.reasoning.why.beside import Beside, beside_clauses, not_false
from guiju.engine.reasoning.why.fewest import Obstacles, leaves_of
from guiju.engine.verdicts import EITHER


@dataclass(frozen=True)
class Shortfall:
    """One group that stands in the way: its score at a level, what failed, and what was not shown.

    `failed` are of the fewest that suffice; `failed_too` are the others that would still suffice, were those mended.
    """

    definition: Definition
    values: tuple[Value, ...]
    failed: tuple[str, ...]
    not_shown: tuple[str, ...]
    failed_too: tuple[str, ...] = ()


@dataclass(frozen=True)
class WhyNot:
    """Why an outcome value is not (or not surely) reached: the shortest answer that suffices.

    `holds`: True reached, False not, UNKNOWN open. `entered`: the same of the gate before it. `score` is the value
    that the grade looks at. `lacks`: open facts and inputs on the way, other than through clauses. `besides`: the
    scores each of which would also suffice as an answer, if what `shortfalls` names were mended. `unweighted`: the
    standard gives the parts of the score no weights, so that it has no value whatever the evidence; this is then the
    whole answer. `barred`: another row is in the way, which holds, may hold, or has a condition without a value: one
    that is tried earlier and gives nothing as good, or, where `only_one` row may hold, whichever it is. `beside`: what
    keeps it out though all clauses were satisfied, or makes that row hold.
    """

    value: str
    holds: bool | Special
    entered: bool | Special
    score: tuple[Value, ...]
    shortfalls: tuple[Shortfall, ...]
    lacks: tuple[str, ...] = ()
    besides: tuple[Definition, ...] = ()
    unweighted: bool = False
    barred: bool = False
    only_one: bool = False
    beside: tuple[Beside, ...] = ()


#: one thing in the way: the score that looks at it, and an open or unsatisfied clause, or an open fact or input
_Reason: TypeAlias = tuple[str, int]

MOST_COMBINED = 1_000  # combinations of operands from which the values of a node are made


def why_not(assessment: Assessment, outcome: str, value: str) -> WhyNot | None:
    """The way to one value of a grade; None if the grade has no such row."""
    network = network_of(assessment.program)
    grade = network.node(outcome)
    if not isinstance(grade.subject, Cases):
        return None
    for row, condition in zip(grade.subject.rows, grade.operands[::2], strict=False):
        if getattr(row.value, "value", None) == value:
            return _walk(assessment, value, network.nodes[condition])
    return None


def why_not_from(assessment: Assessment, outcome: str, value: str) -> WhyNot | None:
    """The way to one value or one above it, whichever row gives it; None if the grade gives none of these."""
    answer, wanted = why_not(assessment, outcome, value), wanted_from(assessment, outcome, value)
    values = assessment.possible(outcome).values
    if not wanted:
        return answer
    if wanted.issuperset(values):
        return replace(answer or WhyNot(value, True, True, (), ()), holds=True, shortfalls=(), lacks=(), besides=())
    above = [level.id for level in assessment.program.levels if level.id in wanted and level.id != value]
    answers = [a for a in (answer, *(why_not(assessment, outcome, level) for level in above)) if a is not None]
    for given in answers:
        if given.holds is True:
            told = _barred(assessment, outcome, given, wanted)
            if not (told.holds is UNKNOWN and told.beside):
                return replace(told, value=value)
    if wanted.isdisjoint(values) and answer is not None:
        return answer
    return next((replace(a, value=value) for a in answers if a.holds is UNKNOWN), answer)


def _barred(assessment: Assessment, outcome: str, answer: WhyNot, wanted: frozenset[Value]) -> WhyNot:
    """An answer where the row of a value holds, and yet another one keeps it from counting, or may."""
    bars = barring(assessment, outcome, answer.value, wanted)
    told = [_openings(assessment, assessment.network.nodes[condition]) for condition in bars.open]
    shortfalls = tuple(shortfall for shortfalls, _, _ in told for shortfall in shortfalls)
    lacks = tuple(dict.fromkeys(lack for _, lacks, _ in told for lack in lacks))
    named = bars.sure or (() if shortfalls or lacks else bars.open)
    return replace(
        answer,
        holds=False if wanted.isdisjoint(assessment.possible(outcome).values) else UNKNOWN,
        shortfalls=shortfalls,
        lacks=lacks,
        besides=(),
        barred=True,
        only_one=bars.only_one,
        beside=not_false(assessment, bars.values, named),
    )


def _walk(assessment: Assessment, value: str, condition: Node) -> WhyNot:
    network, now = assessment.network, Sets(assessment)
    score = next((o for o in _below(network, condition) if network.nodes[o].definition is not None), None)
    entered: bool | Special = True
    scores: tuple[Value, ...] = ()
    if score is not None:
        scores = assessment.possible(network.nodes[score].address).values
        shut = [v is Special.NOT_ENTERED for v in scores]
        entered = UNKNOWN if any(shut) and not all(shut) else not any(shut)
    possible = now.of(condition.index)
    holds: bool | Special = UNKNOWN if len(possible) > 1 else possible[0] is True
    if score is not None and _is_unweighted(assessment, score):
        return WhyNot(value, holds, entered, scores, (), unweighted=True)
    tell = _openings if holds is UNKNOWN else _nothing if holds is True else _failures
    shortfalls, lacks, besides = tell(assessment, condition)
    beside: tuple[Beside, ...] = ()
    if holds is False and not shortfalls:
        beside = beside_clauses(assessment, condition.index, Obstacles(assessment, condition.index))
    return WhyNot(value, holds, entered, scores, shortfalls, lacks, besides, beside=beside)


def _is_unweighted(assessment: Assessment, score: int) -> bool:
    """Whether an undefined weight leaves a score without a value, whatever the scores of its groups come to."""
    nodes, values, stack = assessment.network.nodes, assessment.values, [score]
    while stack:
        node = nodes[stack.pop()]
        below = [nodes[o] for o in live_operands(node, values)]
        weights = [n for n in below if n.definition is not None and n.definition.kind == "weight"]
        if node.form and node.form.symbol == "*" and any(isinstance(values[w.index], Undefined) for w in weights):
            return True
        stack.extend(n.index for n in below if n.definition is None)
    return False


_Told: TypeAlias = tuple[tuple[Shortfall, ...], tuple[str, ...], tuple[Definition, ...]]


def _nothing(_: Assessment, __: Node) -> _Told:
    return (), (), ()


def _failures(assessment: Assessment, condition: Node) -> _Told:
    """Of what is surely false the fewest failures, and the scores that would suffice without them."""
    obstacles = Obstacles(assessment, condition.index)
    world = Sets(assessment, obstacles.world(obstacles.fewest))
    at = _counted_in(assessment, obstacles, _Search(world).reasons(condition))
    by_score, besides = _by_score(assessment, obstacles), []
    named = {i for key in at.values() for i in by_score[key]}
    for key, failed in by_score.items() if obstacles.fewest else ():
        if failed - named and obstacles.suffice(failed - named):
            besides.append(_definition(assessment, key))
            named |= failed
    told = _shortfalls(assessment, {(key, i) for i, key in at.items()})
    return tuple(_with_others(assessment, obstacles, s, by_score) for s in told), (), tuple(besides)


def _with_others(
    assessment: Assessment, obstacles: Obstacles, shortfall: Shortfall, by_score: Mapping[str, set[int]]
) -> Shortfall:
    """A shortfall with what else failed in its score, where that would keep the level out by itself."""
    others = by_score[shortfall.definition.whole] - set(obstacles.fewest)
    if not others or not obstacles.suffice(others):
        return shortfall
    ordered = (i for i in obstacles.failed if i in others)
    return replace(shortfall, failed_too=tuple(_clause(assessment.network.nodes[i]) for i in ordered))


def _openings(assessment: Assessment, condition: Node) -> _Told:
    """Of what is open all that was not shown and can be in the way, and the open facts and inputs."""
    found = {r for r in _Search(Sets(assessment)).reasons(condition) if assessment.values[r[1]] is UNKNOWN}
    gone = idle(assessment, condition.index, {i for _, i in found})
    found = {(key, i) for key, i in found if i not in gone} or found
    open_ = (assessment.network.nodes[i].subject for key, i in sorted(found) if not key)
    lacks = dict.fromkeys(subject.id for subject in open_ if isinstance(subject, Fact | Input))
    return _shortfalls(assessment, {(key, i) for key, i in found if key}), tuple(lacks), ()


# --- where a clause counts ---------------------------------------------------------------------------------------


def _by_score(assessment: Assessment, obstacles: Obstacles) -> dict[str, set[int]]:
    """The failed clauses that each score counts, the scores in the order of the levels and of the text."""
    levels = [level.id for level in assessment.program.levels]
    position = {i: p for p, i in enumerate(obstacles.failed)}
    found: dict[str, set[int]] = {}
    for tally in obstacles.tallies:
        failed = position.keys() & set(leaves_of(assessment.network, tally))
        if tally.owner is not None and failed:
            found.setdefault(tally.owner.whole, set()).update(failed)

    def rank(item: tuple[str, set[int]]) -> tuple[int, int]:
        level = _definition(assessment, item[0]).level
        return (levels.index(level) if level else -1, min(position[i] for i in item[1]))

    return dict(sorted(found.items(), key=rank))


def _counted_in(assessment: Assessment, obstacles: Obstacles, reasons: frozenset[_Reason]) -> dict[int, str]:
    """For each of the fewest clauses the score in which it is in the way; of several the first."""
    by_score = _by_score(assessment, obstacles)
    at = {}
    for clause in obstacles.fewest:
        keys = [key for key, failed in by_score.items() if clause in failed]
        at[clause] = next((key for key in keys if (key, clause) in reasons), keys[0])
    return at


def _definition(assessment: Assessment, key: str) -> Definition:
    """The definition of a key, or that of a table that stands in a score without a name of its own."""
    definition = assessment.program.definition
    return definition[key] if key in definition else definition[f"{key}{TABLE}"]


def _shortfalls(assessment: Assessment, reasons: set[_Reason]) -> tuple[Shortfall, ...]:
    position = assessment.network.clause_position

    def first(shortfall: Shortfall) -> tuple[str, int]:
        clauses = (*shortfall.failed, *shortfall.not_shown)
        return (shortfall.definition.level or "", min(position[c] for c in clauses))

    found = [_shortfall(assessment, key, reasons) for key in {key for key, _ in reasons}]
    return tuple(sorted(found, key=first))


def _shortfall(assessment: Assessment, key: str, reasons: set[_Reason]) -> Shortfall:
    network, values = assessment.network, assessment.values
    position = network.clause_position
    leaves = [network.nodes[i] for k, i in reasons if k == key]
    leaves.sort(key=lambda n: position[_clause(n)])
    definition = _definition(assessment, key)
    return Shortfall(
        definition,
        assessment.possible(definition.id).values,
        tuple(_clause(n) for n in leaves if values[n.index] is Verdict.UNSATISFIED),
        tuple(_clause(n) for n in leaves if values[n.index] is UNKNOWN),
    )


def _below(network: Network, node: Node) -> list[int]:
    """The nodes of a condition, down to the first definitions."""
    found, stack = [], [node.index]
    while stack:
        index = stack.pop()
        found.append(index)
        if network.nodes[index].definition is None:
            stack.extend(reversed(network.nodes[index].operands))
    return found


# --- what each node can be -----------------------------------------------------------------------------------------


class Sets:
    """The values that each node can have: as the assessment found them, or under other `values` as the forms have it.

    What no sweep recorded is made of what its operands can have: nothing that it can be is missing.
    """

    def __init__(self, assessment: Assessment, values: Sequence[Value] | None = None) -> None:
        self.assessment = assessment
        self.values = assessment.values if values is None else values
        self._open = assessment.open if values is None else {}
        self._made: dict[int, tuple[Value, ...]] = {}

    def of(self, index: int) -> tuple[Value, ...]:
        """What a node can be; UNKNOWN among them stands for whatever it may be."""
        value = self.values[index]
        if value is not UNKNOWN:
            return (value,)
        if index in self._open:
            return self._open[index].values
        if index not in self._made:
            self._made[index] = tuple(dict.fromkeys(self._make(self.assessment.network.nodes[index])))
        return self._made[index]

    def _make(self, node: Node) -> Iterator[Value]:
        if isinstance(node.subject, Clause):
            yield from tuple(Verdict) if node.subject.applies is not None else EITHER
        elif isinstance(node.subject, Fact | Input | Reading) or node.form is None:
            yield UNKNOWN
        else:
            sets = [self.of(o) for o in node.operands]
            few = prod(map(len, sets)) <= MOST_COMBINED and not any(ANY in values for values in sets)
            for operands in product(*sets) if few else (tuple(self.values[o] for o in node.operands),):
                yield from _either_way(node, lifted(node, operands))


def _either_way(node: Node, value: Value) -> tuple[Value, ...]:
    """An open condition is true or false."""
    symbol = node.form.symbol if node.form else ""
    is_condition = symbol in (*COMPARISONS, "and", "or", "not", "in", "present")
    return (True, False) if value is UNKNOWN and is_condition else (value,)


# --- what is in the way --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Way:
    """What keeps a node from holding: all of some operands together, or any one of them alone."""

    operands: tuple[int, ...]
    any_suffices: bool = False


class _Search:
    """Goes down from a condition along everything that keeps it from holding."""

    def __init__(self, sets: Sets) -> None:
        self._assessment, self._network = sets.assessment, sets.assessment.network
        self._now, self.values = sets.values, sets.of
        self._ways: dict[int, _Way] = {}
        self._reasons: dict[int, frozenset[_Reason]] = {}

    def reasons(self, condition: Node) -> frozenset[_Reason]:
        """Find all that is in the way, then from the bottom up what suffices."""
        stack = [condition.index]
        while stack:
            index = stack.pop()
            if index not in self._ways:
                self._ways[index] = self._in_the_way(self._network.nodes[index])
                stack.extend(self._ways[index].operands)
        for index in sorted(self._ways):
            self._reasons[index] = self._reasons_for(self._network.nodes[index])
        return self._reasons[condition.index]

    def _reasons_for(self, node: Node) -> frozenset[_Reason]:
        if isinstance(node.subject, Tally):
            return frozenset(self._of_tally(node))
        way = self._ways[node.index]
        if way.any_suffices:
            return self._reasons[self._shortest(way)]
        found = frozenset[_Reason]().union(*(self._reasons[o] for o in way.operands))
        if isinstance(node.subject, Fact | Input) and self._now[node.index] is UNKNOWN:
            return found or frozenset([("", node.index)])
        return found

    def _shortest(self, way: _Way) -> int:
        """The operand with the fewest reasons; one without any, as what inputs settle, only where all are such."""
        return min(way.operands, key=lambda o: (not self._reasons[o], len(self._reasons[o]), o))

    def _in_the_way(self, node: Node) -> _Way:
        """The operands that matter: what does not hold of a conjunction, a shut gate and not what is behind it."""
        operands = live_operands(node, self._now)
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
            if len(entered) == len(values) or not entered or len(sides[1 - place]) != 1 or ANY in entered:
                continue
            other = sides[1 - place][0]
            pairs = ((v, other) if place == 0 else (other, v) for v in entered)
            if all(node.form.apply(*pair) is True for pair in pairs):
                return self._gate_of(node.operands[place])
        return None

    def _gate_of(self, index: int) -> int | None:
        node = self._network.nodes[index]
        while not (isinstance(node.subject, Cases) and node.subject.form == "gate"):
            live = live_operands(node, self._now)
            if len(live) != 1:
                return None
            node = self._network.nodes[live[0]]
        return node.operands[0]

    def _rows(self, node: Node) -> _Way:
        """Conditions down to the row that holds, and the values of rows that may; a gate leads to what is behind it."""
        if isinstance(node.subject, Cases) and node.subject.form == "gate":
            gate, behind, otherwise = node.operands[:3]
            if self.values(behind) == (False,) == self.values(otherwise):
                both = self.values(gate) == (False,)
                return _Way((gate, behind) if both else (behind,), both)
            open_ = self.values(gate)
            return _Way((behind,) if open_ == (True,) else (gate,) if open_ == (False,) else (gate, behind))
        conditions, values = node.operands[:-1:2], node.operands[1:-1:2]
        looked: list[int] = []
        for condition, value in zip(conditions, values, strict=True):
            if self.values(condition) == (True,):
                return _Way((*looked, value))
            looked += (condition,) if self.values(condition) == (False,) else (condition, value)
        return _Way((*looked, node.operands[-1]))

    def _of_tally(self, tally: Node) -> Iterator[_Reason]:
        owner = tally.owner
        if owner is None or (owner.group is not None and not takes_part(self._assessment, owner.group)):
            return
        key = owner.whole
        for index in tally.operands:
            node = self._network.nodes[index]
            leaves = node.operands if isinstance(node.subject, Item) else (index,)
            for leaf in leaves:
                if self._now[leaf] in (Verdict.UNSATISFIED, UNKNOWN):
                    yield key, leaf


def _clause(node: Node) -> str:
    assert isinstance(node.subject, Clause)
    return node.subject.id
