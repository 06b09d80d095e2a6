"""How far known numbers lie from their thresholds, and what lies beyond: as rows for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from guiju.compiler.ir import Definition, Fact, NumberType, Program, Value
from guiju.compiler.units import format_number
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.addresses import node_name
from guiju.engine.bind import Bound
from guiju.engine.possible import Possible
from guiju.engine.reasoning.margins import Margin, Margins, Turn
from guiju.report.facts import units_of
from guiju.report.layout import table
from guiju.report.values import set_text, value_text
from guiju.report.words import quantity_in

HEADER = (
    Text("数值", "number"),
    Text("现为", "now"),
    Text("阈值", "threshold"),
    Text("余量", "margin"),
    Text("条款", "clause"),
    Text("越过则结论", "outcome beyond it"),
)
_HOLDS = Text("成立，余 {distance}", "holds by {distance}")
_SHORT = Text("不成立，差 {distance}", "short by {distance}")
_EQUAL = {  # on the threshold itself, which is not enough
    ">": Text("不成立，正好相等，须更大", "equal; must be more"),
    "<": Text("不成立，正好相等，须更小", "equal; must be less"),
    "": Text("不成立，正好相等，不得相等", "equal; must not be"),
}
_TURNS = Text("相距 {distance}", "{distance} away")
_POINTS = Text("{number} 个百分点", "{number} points")
_POINT = Text("{number} 个百分点", "{number} point")
_UNCHANGED = Text("不变", "unchanged")
_APPROACHED = Text("趋近 {value}", "approaching {value}")
_NOT_PROVED = Text("未能证明", "not proved")
_IN = Text("{fact}（{places}）", "{fact} in {places}")
_NO_MARGINS = Text("没有与阈值比较的已知数", "No known number is compared with a threshold")
_UNSOLVED = Text("求不出阈值的", "Thresholds not found")
_WHY_UNSOLVED = {
    "open": Text("与未知的数一同比较（{others}）", "compared together with an open number ({others})"),
    "fixed": Text(
        "由它算出的 {others} 已另行陈述，它不能单独变动",
        "{others}, computed from it, is stated itself, so it cannot move alone",
    ),
    "formula": Text("它所经过的公式求不出解", "no threshold follows from the formula that it goes through"),
}
_SIGNS = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< "}


@dataclass(frozen=True)
class MarginRow:
    """A number beside one of its thresholds, in words; `clauses` are ids, `fact` the id of the number's fact."""

    fact: str
    name: str
    now: str
    threshold: str
    distance: str
    beyond: str
    clauses: tuple[str, ...]
    holds: Value


def nearest_first(margins: Iterable[Margin]) -> list[Margin]:
    """First those beyond which an outcome changes, then the others: each from the nearest to the farthest.

    Numbers of several units are told apart by what part of its threshold a margin is.
    """
    return sorted(margins, key=lambda m: (not m.turns, _is_beyond_measure(m), _part_of_threshold(m)))


def _is_beyond_measure(margin: Margin) -> bool:
    """Any way to a threshold of zero is infinitely many times that threshold."""
    return not margin.threshold and bool(margin.distance)


def _part_of_threshold(margin: Margin) -> Fraction:
    return margin.distance / abs(margin.threshold) if margin.threshold else margin.distance


def margin_rows(bound: Bound, margins: Iterable[Margin], language: Language) -> list[MarginRow]:
    """A row for each margin; those that differ in nothing but their clauses are one."""
    found: dict[MarginRow, dict[str, None]] = {}
    for margin in margins:
        row = _row(bound, margin, language)
        found.setdefault(replace(row, clauses=()), {}).update(dict.fromkeys(row.clauses))
    return [replace(row, clauses=tuple(clauses)) for row, clauses in found.items()]


def margin_lines(bound: Bound, margins: Margins, language: Language) -> Iterator[str]:
    """All margins as a table in the order of the text, then the numbers without."""
    program = bound.program
    if margins.found:
        head = tuple(t.in_language(language) for t in HEADER)
        yield from table([head, *(_cells(program, row) for row in margin_rows(bound, margins.found, language))])
    elif not margins.unsolved:
        yield _NO_MARGINS.in_language(language)
    yield from unsolved_lines(program, margins, language)


def unsolved_lines(program: Program, margins: Margins, language: Language) -> Iterator[str]:
    """The numbers whose thresholds are not found, and why."""
    if margins.unsolved:
        yield _UNSOLVED.in_language(language)
    for unsolved in margins.unsolved:
        fact, *others = (program.fact[f].called(language) for f in (unsolved.fact, *unsolved.others))
        why = _WHY_UNSOLVED[unsolved.why].in_language(language)
        places = ", ".join(_place(program, place, language) for place in unsolved.places)
        where = _IN.in_language(language).format(fact=fact, places=places) if places else fact
        yield f"  {where}: {why.format(others=', '.join(others))}"


def _place(program: Program, id_: str, language: Language) -> str:
    """A clause or a definition that stands on a comparison."""
    if id_ in program.clause:
        return program.clause[id_].printed
    return node_name(program, program.definition[id_], language)


def fact_unit(program: Program, fact: str) -> str:
    """The unit of a number that evidence states."""
    type_ = program.fact[fact].type
    assert isinstance(type_, NumberType)
    return type_.unit


def possible_text(program: Program, definition: Definition, possible: Possible, language: Language) -> str:
    """All that a definition can be; `*` where that is an enclosure."""

    def show(value: Value) -> str:
        return value_text(program, definition, value, language)

    return set_text(program, possible.values, show, language, bounded=possible.bounded) + (
        "" if possible.exact else " *"
    )


def _cells(program: Program, row: MarginRow) -> tuple[str, ...]:
    clauses = ", ".join(program.clause[c].printed for c in row.clauses)
    return (row.name, row.now, row.threshold, row.distance, clauses, row.beyond)


def _row(bound: Bound, margin: Margin, language: Language) -> MarginRow:
    program = bound.program
    units = units_of(program.fact[margin.fact], bound)
    none = _NOT_PROVED if margin.turns is None else _UNCHANGED
    turns = (_turn(program, turn, language) for turn in margin.turns or ())
    return MarginRow(
        margin.fact,
        _named(program.fact[margin.fact], language),
        quantity_in(units, margin.value, language),
        f"{_SIGNS.get(margin.sign, '')}{quantity_in(units, margin.threshold, language)}",
        _how(margin).in_language(language).format(distance=_distance(margin.distance, units, language)),
        "; ".join(turns) or none.in_language(language),
        margin.clauses,
        margin.holds,
    )


def _how(margin: Margin) -> Text:
    if margin.holds is False:
        return _SHORT if margin.distance else _EQUAL[margin.sign]
    return _HOLDS if margin.holds is True else _TURNS


def _named(fact: Fact, language: Language) -> str:
    """A fact by the name that evidence takes, and what it is, where that says more."""
    return "  ".join(dict.fromkeys((fact.called(language), fact.label.in_language(language))))


def _turn(program: Program, turn: Turn, language: Language) -> str:
    """What an outcome becomes; which outcome it is, where a standard has several."""
    definition = program.definition[turn.outcome]
    label = f"{definition.label.in_language(language)} " if len(program.outcomes) > 1 else ""
    value = possible_text(program, definition, turn.after, language)
    return f"{label}→ {_APPROACHED.in_language(language).format(value=value) if turn.is_approached else value}"


def _distance(distance: Fraction, units: tuple[str, ...], language: Language) -> str:
    """A margin in the unit of its fact, or of the evidence: a difference of percentages is in points."""
    if units[0] == "%":
        points = _POINT if distance * 100 == 1 else _POINTS
        return points.in_language(language).format(number=format_number(distance * 100))
    return quantity_in(units, distance, language)
