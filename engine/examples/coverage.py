"""What the examples go through: clauses both ways, rows of tables, gates, conditions, options of readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import (
    ABSENT,
    NOT_ENTERED,
    UNKNOWN,
    Cases,
    Clause,
    Operation,
    Program,
    Reading,
    Tally,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.operators import COMPARISONS
from guiju.dsl.source import Span
from guiju.engine.bind import bind
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.examples.judging import Result
from guiju.engine.network import Node, live_operands, network_of
from guiju.engine.reasoning.editions.subject import NOWHERE
from guiju.engine.reasoning.why.determining import determining

PointKind: TypeAlias = Word["row", "gate", "condition", "option"]


@dataclass(frozen=True)
class ClauseSeen:
    """How often the examples have a clause satisfied, unsatisfied and not applicable; and how often it `mattered`.

    It mattered where it is among what determines an outcome.
    """

    clause: Clause
    satisfied: int
    unsatisfied: int
    not_applicable: int
    mattered: int

    @property
    def is_covered(self) -> bool:
        """Whether it was seen both ways, and mattered."""
        return min(self.satisfied, self.unsatisfied, self.mattered) > 0


@dataclass(frozen=True)
class Point:
    """A place of the policy and the ways through it: which of them some example went, and which no subject can go."""

    kind: PointKind
    span: Span
    about: str  # the option of a reading; else ""
    ways: tuple[str, ...]
    seen: frozenset[str]
    unreachable: frozenset[str] = frozenset()

    @property
    def missing(self) -> tuple[str, ...]:
        """The ways that no example went, and some could."""
        return tuple(way for way in self.ways if way not in self.seen | self.unreachable)


@dataclass(frozen=True)
class Coverage:
    """What a set of examples goes through."""

    clauses: tuple[ClauseSeen, ...]
    points: tuple[Point, ...]

    def counted(self, kind: PointKind) -> tuple[int, int]:
        """How many ways through points of a kind were gone, and how many could be."""
        of_kind = [p for p in self.points if p.kind == kind]
        return sum(len(p.seen) for p in of_kind), sum(len(p.ways) - len(p.unreachable) for p in of_kind)


def coverage(program: Program, results: Sequence[Result]) -> Coverage:
    """What some examples of a program go through, each once; one that does not hold shows nothing."""
    assessments = [result.assessment for result in results if result.holds]
    mattering = [_mattering(a) for a in assessments]
    clauses = tuple(_seen(c, assessments, mattering) for c in program.items())
    ways: dict[tuple[PointKind, Span, str], tuple[tuple[str, ...], set[str]]] = {}
    for key, possible in _points(program):
        ways.setdefault(key, (possible, set()))
    for assessment in assessments:
        for key, way in _gone(assessment):
            if key in ways:
                ways[key][1].add(way)
    closed = _unreachable(program)
    points = (
        Point(*key, possible, frozenset(seen), frozenset(possible) & closed.get(key, frozenset()) - seen)
        for key, (possible, seen) in ways.items()
    )
    return Coverage(clauses, tuple(sorted(points, key=lambda p: (p.span.source.name, p.span.start))))


def _mattering(assessment: Assessment) -> frozenset[str]:
    """The clauses that determine some outcome."""
    nodes = assessment.network.nodes
    at = assessment.network.at
    settled = [o for o in assessment.program.outcomes if assessment.values[at[o]] is not UNKNOWN]
    found = {i for outcome in settled for i in determining(assessment, outcome)}
    return frozenset(n.id for i in found if isinstance(n := nodes[i].subject, Clause))


def _seen(clause: Clause, assessments: Sequence[Assessment], mattering: Sequence[frozenset[str]]) -> ClauseSeen:
    verdicts = [a.clauses[clause.id].verdict for a in assessments]
    counts = (sum(v is verdict for v in verdicts) for verdict in Verdict)
    satisfied, unsatisfied, not_applicable = counts
    return ClauseSeen(clause, satisfied, unsatisfied, not_applicable, sum(clause.id in m for m in mattering))


# --- ways --------------------------------------------------------------------------------------------------------

_Key: TypeAlias = tuple[PointKind, Span, str]
_BOTH = ("true", "false")


def _unreachable(program: Program) -> Mapping[_Key, frozenset[str]]:
    """The ways that no subject goes under the default readings, whatever is stated and chosen."""
    bound, _ = bind(program, Evidence(subject="", span=NOWHERE))
    blank = evaluate(bound)
    are_shut: dict[_Key, dict[str, bool]] = {}
    for node in _live(blank.network.nodes, blank.values, _roots(program, blank.network.at)):
        for key, way, asked, value in _asked(node):
            ways = are_shut.setdefault(key, {})
            ways[way] = ways.get(way, True) and not _can_be(blank, asked, value)
    return {key: frozenset(way for way, is_shut in ways.items() if is_shut) for key, ways in are_shut.items()}


def _asked(node: Node) -> Iterator[tuple[_Key, str, int, bool]]:
    """The ways through one node that take something to be true or false: the node that is, and which of both."""
    match node.subject:
        case Cases(form="table" | "grade" | "weights") as table:
            for row, condition in zip(table.rows, node.operands[::2], strict=False):
                yield ("row", row.span, ""), "taken", condition, True
        case Cases(form="gate") as gate:
            key: _Key = ("gate", gate.rows[0].span, "")
            yield from ((key, way, node.operands[0], value) for way, value in (("open", True), ("shut", False)))
        case Operation() as test:
            key = ("condition", test.span, "")
            yield from ((key, way, node.index, value) for way, value in (("true", True), ("false", False)))


def _can_be(blank: Assessment, index: int, value: bool) -> bool:
    """Whether a node may come to a value; also where nothing is known of what it may come to."""
    known, possible = blank.values[index], blank.open.get(index)
    if known is not UNKNOWN or possible is None:
        return known is UNKNOWN or known is value
    return value in possible.values or ANY in possible.values


def _points(program: Program) -> Iterator[tuple[_Key, tuple[str, ...]]]:
    """Every place with ways through it, under the default readings; and the options of all readings."""
    network = network_of(program)
    values: list[Value] = [UNKNOWN] * len(network.nodes)
    for node in network.nodes:
        if isinstance(node.subject, Reading):
            values[node.index] = node.subject.default
            for option in node.subject.options:
                yield ("option", option.span, f"{node.subject.id} = {option.id}"), ("chosen",)
    for node in _live(network.nodes, values, _roots(program, network.at)):
        yield from _ways(node)


def _ways(node: Node) -> Iterator[tuple[_Key, tuple[str, ...]]]:
    """The ways through one node: the rows of a table, a gate open and shut, a comparison true and false."""
    match node.subject:
        case Cases(form="table" | "grade") as table if _is_written(table):
            yield from ((("row", row.span, ""), ("taken",)) for row in table.rows)
            if not isinstance(getattr(table.otherwise, "value", None), Undefined):
                yield ("row", table.otherwise.span, ""), ("taken",)
        case Cases(form="weights") as weights:
            yield from ((("row", row.span, ""), ("taken",)) for row in weights.rows)
        case Cases(form="gate", undecided=None) as gate:
            yield ("gate", gate.rows[0].span, ""), ("open", "shut")
        case Operation() as test if test.operator in (*COMPARISONS, "in") and not _is_key(test):
            yield ("condition", test.span, ""), _BOTH


def _is_written(table: Cases) -> bool:
    """Whether the text has the table: one that keeps a formula in bounds, a group out or a gate apart has it not."""
    nothing = getattr(table.otherwise, "value", None) in (ABSENT, NOT_ENTERED)
    return not nothing and all(row.span not in (table.span, table.otherwise.span) for row in table.rows)


def _is_key(test: Operation) -> bool:
    """Whether a comparison is that of a row of weights, whose text is an option alone, or of a gate over groups."""
    parts = [o.span for o in test.operands]
    return test.span in parts and not any(isinstance(o, Tally) for o in test.operands)


def _roots(program: Program, at: Mapping[str, int]) -> list[int]:
    """The scores, grades and lets, and the clauses; gates and weights count where these look at them."""
    shown = [d.id for d in program.definitions if d.shown and d.kind not in ("gate", "weight")]
    return [at[id_] for id_ in shown] + [at[f"clause:{c.id}"] for c in program.clauses]


def _live(nodes: Sequence[Node], values: Sequence[Value], roots: list[int]) -> Iterator[Node]:
    """The nodes below some, without the options that settled readings leave aside."""
    seen: set[int] = set()
    stack = roots
    while stack:
        index = stack.pop()
        if index not in seen:
            seen.add(index)
            yield nodes[index]
            stack.extend(live_operands(nodes[index], values))


def _gone(assessment: Assessment) -> Iterator[tuple[_Key, str]]:
    """The ways that one example goes."""
    values, network = assessment.values, assessment.network
    for reading, option in assessment.readings.items():
        found = next(r for r in assessment.program.readings if r.id == reading)
        span = next(o.span for o in found.options if o.id == option)
        yield ("option", span, f"{reading} = {option}"), "chosen"
    for node in _live(_decided(assessment), values, _roots(assessment.program, network.at)):
        match node.subject:
            case Cases(form="table" | "grade" | "weights") as table:
                row = _taken([values[o] for o in node.operands[::2]], table)
                if row is not None:
                    yield ("row", row, ""), "taken"
            case Cases(form="gate") as gate:
                entered = values[node.operands[0]]
                if isinstance(entered, bool):
                    yield ("gate", gate.rows[0].span, ""), "open" if entered else "shut"
            case Operation() as test:
                value = values[node.index]
                if isinstance(value, bool):
                    yield ("condition", test.span, ""), "true" if value else "false"


def _decided(assessment: Assessment) -> list[Node]:
    """The nodes of an assessment; below a clause that does not apply only what says so."""
    return [
        replace(node, operands=node.operands[: node.subject.applies is not None])
        if isinstance(node.subject, Clause) and assessment.clauses[node.subject.id].verdict is Verdict.NOT_APPLICABLE
        else node
        for node in assessment.network.nodes
    ]


def _taken(conditions: Sequence[Value], table: Cases) -> Span | None:
    """The row that a table takes: the first that holds where all above it are decided."""
    for row, condition in zip(table.rows, conditions, strict=False):
        if condition is True:
            return row.span
        if condition is not False:
            return None
    return table.otherwise.span
