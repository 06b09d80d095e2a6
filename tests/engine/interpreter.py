"""The syntax tree and complete evidence -> every verdict, score and grade: the meaning a second time, without a compiler.

Slow and obvious on purpose. It is written from `docs/language.md` and `docs/semantics.md`, takes nothing from the
compiler or the engine, and lowers nothing: a table is read where it is asked for, and a score is looked up as NAME of
GROUP at LEVEL in what is printed (`printed.py`). Of a policy that compiles it may be asked anything; mistakes are not its
business. Evidence is complete here, so that nothing is ever unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from pathlib import Path
from typing import Any

from guiju.dsl import tree
from tests.engine.printed import Clause, Printed, Where

SATISFIED, UNSATISFIED, NOT_APPLICABLE = "satisfied", "unsatisfied", "not-applicable"
MODALITIES = {"may": 0, "should": 1, "shall": 2, None: 2}  # a leaf that says nothing of itself is required
MOST_BITS = 10_000


class No(Enum):
    """Three ways of having no value; `docs/semantics.md` has a fourth, unknown, which complete evidence leaves no room for."""

    ABSENT = "absent"
    NOT_ENTERED = "not-entered"
    UNDEFINED = "undefined"


ABSENT, NOT_ENTERED, UNDEFINED = No.ABSENT, No.NOT_ENTERED, No.UNDEFINED


@dataclass(frozen=True)
class World:
    """Complete evidence by id, numbers as `units` has them: facts, inputs, and what is said of each clause.

    A fact with a formula may be left out. `said` has a word for every clause, and counts where facts say nothing: an
    assessor's where there is one, else a vendor's. What another assessor could not confirm changes neither this nor an
    override, so it has no place here.
    """

    facts: Mapping[str, Any]
    inputs: Mapping[str, str]
    said: Mapping[str, str]
    overridden: Mapping[str, str]


class Meaning:
    """What a printed policy says of a world."""

    def __init__(self, printed: Printed, world: World) -> None:
        self.p, self.world = printed, world
        self._known: dict[tuple[Any, ...], Any] = {}

    def _once(self, *key: Any, of: Callable[[], Any]) -> Any:
        if key not in self._known:
            self._known[key] = of()
        return self._known[key]

    def verdict(self, clause: Clause) -> str:
        """The verdict of a leaf: by an override, else by the facts, else as it is said."""
        return str(self._once("clause", clause.id, of=lambda: self._verdict(clause.id, Where(clause.group))))

    def _verdict(self, id_: str, where: Where) -> str:
        condition, applies = self.p.condition[id_], self.p.applies[id_]
        if id_ in self.world.overridden:
            return self.world.overridden[id_]
        applied = True if applies is None else self.value(applies, where)
        if applied is False:
            return NOT_APPLICABLE
        if applied is UNDEFINED or condition is None or isinstance(condition, tree.Attested):
            return self.world.said[id_]
        holds = self.value(condition, where)
        return self.world.said[id_] if holds is UNDEFINED else SATISFIED if holds else UNSATISFIED

    def fact(self, id_: str) -> Any:
        """A fact: as stated, else by its formula; undefined where the two differ, or where it cannot be what is computed."""
        return self._once("fact", id_, of=lambda: self._fact(self.p.facts[id_], self.world.facts.get(id_)))

    def _fact(self, printed: tree.FactDecl, stated: Any) -> Any:
        if printed.formula is None:
            return stated
        computed = self.value(printed.formula, Where())
        if isinstance(computed, Fraction) and isinstance(printed.type, tree.UnitType):
            unit = units()[printed.type.unit][0]
            is_below = computed < 0 and unit not in ("number", "%")
            computed = UNDEFINED if is_below or (unit == "count" and computed.denominator > 1) else computed
        if stated is None:
            return computed
        return stated if computed in (UNDEFINED, stated) else UNDEFINED

    # --- scores, weights, grades ----------------------------------------------------------------------------------

    def score(self, name: str, group: str | None, level: str | None) -> Any:
        """A score of a group at a level: of that kind of group if there is one, else of the whole subject."""
        kind = self.p.kind_of(group)
        if (name, kind) not in self.p.scores:
            kind, group = None, None
        printed = self.p.scores[name, kind]
        if not printed.each_level and not any(block.level for block in printed.blocks):
            level = None
        return self._once(name, group, level, of=lambda: self._score(name, kind, Where(group, level)))

    def _score(self, name: str, kind: str | None, where: Where) -> Any:
        printed = self.p.scores[name, kind]
        if printed.formula is not None:
            return self.value(printed.formula, where)
        is_open = self.gate(name, where.group, where.level)
        if is_open is UNDEFINED:
            return UNDEFINED
        if not is_open:
            carried = self.p.gates[name, kind, str(where.level)][1]
            return self.score(name, where.group, self.p.level[carried]) if carried else NOT_ENTERED
        block = next(b for b in printed.blocks if b.level is None or self.p.level[b.level] == where.level)
        rows = [(row.condition, lambda e=row.value: self.value(e, where)) for row in block.rows]
        return self._table(rows, printed.exclusive, lambda _: where)

    def gate(self, name: str, group: str | None, level: str | None) -> Any:
        """Whether a score may be entered at a level."""
        gate, _ = self.p.gates.get((name, self.p.kind_of(group), str(level)), (None, None))
        return True if gate is None else self.value(gate, Where(group, level))

    def _table(
        self,
        rows: Sequence[tuple[tree.Expr | None, Callable[[], Any]]],
        exclusive: bool,
        where: Callable[[int], Where],
    ) -> Any:
        """The first row that holds, else the row without condition. `exclusive`: undefined where two hold."""
        held = []
        ends = next((i for i, (condition, _) in enumerate(rows, 1) if condition is None), len(rows))
        rows = rows[:ends]  # what stands behind `otherwise` is never tried
        for i, (condition, value) in enumerate(rows):
            holds = condition is not None and self.value(condition, where(i))
            if holds is UNDEFINED:
                return UNDEFINED
            if holds:
                held.append(value)
                if not exclusive:
                    break
        otherwise = [value for condition, value in rows if condition is None]
        if len(held) > 1 or not (held or otherwise):
            return UNDEFINED
        return (held or otherwise)[0]()

    def grade_kind(self, name: str) -> str | None:
        """The kind of group that a grade is given to: that of the score it goes by."""
        by = self.p.grades[name].by.text
        by = "score" if by == "得分" else by
        return next((kind for score, kind in self.p.scores if score == by), None)

    def grade(self, name: str, group: str | None) -> Any:
        """A grade: levels from the highest down, each with the score at that level.

        Another result is tried where it is printed, above the levels or below them.
        """
        rows, ranks = self.p.grade_rows[name], {level: rank for rank, level in enumerate(self.p.levels)}
        first = next((i for i, (result, _) in enumerate(rows) if result in ranks), len(rows))
        graded = sorted((row for row in rows if row[0] in ranks), key=lambda row: -ranks[row[0]])
        rows = [*rows[:first], *graded, *(row for row in rows[first:] if row[0] not in ranks)]
        levels = [result if result in self.p.levels else None for result, _ in rows]
        results: list[tuple[tree.Expr | None, str]] = [(c, result) for result, c in rows]
        results.append((None, self.p.grade_otherwise[name]))
        table = [(c, lambda r=result: UNDEFINED if r == "undefined" else r) for c, result in results]
        here = group if self.grade_kind(name) else None
        return self._table(table, self.p.grades[name].exclusive, lambda i: Where(here, levels[i]))

    def weight(self, group: str) -> Any:
        """The weight of a group, absent where its cell is empty; None of a group that the weights do not speak of."""
        if self.p.weights is None:
            return None
        if self.p.weighing is None:
            cells = self.p.weight_rows.get(group)
            return None if cells is None else self._cell(cells[0])
        columns = [self.p.named[name.text] for name in self.p.weights.header[1:]]
        if group not in columns:
            return None
        row = self.p.weight_rows.get(self.world.inputs[self.p.weighing])
        return UNDEFINED if row is None else self._cell(row[columns.index(group)])

    def _cell(self, cell: tree.Expr | None) -> Any:
        if isinstance(cell, tree.NameRef) and cell.text == "undefined":
            return UNDEFINED
        return ABSENT if cell is None else self.value(cell, Where())

    def takes_part(self, group: str, above: str | None = None) -> Any:
        """Whether the weights leave a group in: its own, or else those of the nearest group that it stands in, below `above`."""
        chain = self.p.chain(group)
        chain = chain[: chain.index(above)] if above in chain else chain
        weights = [w for g in chain if (w := self.weight(g)) is not None]
        return not weights or weights[0] is not ABSENT

    # --- expressions ----------------------------------------------------------------------------------------------

    def value(self, e: tree.Expr, where: Where) -> Any:
        """The value of an expression where it stands."""
        match e:
            case tree.Number():
                return e.value * (units()[e.unit][1] if e.unit else 1)
            case tree.TruthLit():
                return e.value
            case tree.NameRef():
                return self._name(e.text, where)
            case tree.AtLevel():
                return self.score(e.name, where.group, self.p.level[e.level])
            case tree.Arithmetic():
                return arithmetic(e.op, self.value(e.left, where), self.value(e.right, where))
            case tree.Negate():
                return arithmetic("-", Fraction(0), self.value(e.operand, where))
            case tree.Compare():
                pairs = zip(e.ops, e.operands, e.operands[1:], strict=False)
                return every(compared(op, *self._operands(a, b, where)) for op, a, b in pairs)
            case tree.Contains():
                element, collection = self._operands(e.element, e.collection, where)
                return compared("in", element, collection)
            case tree.Logic():
                values = [self.value(o, where) for o in e.operands]
                return every(values) if e.op == "and" else some(values)
            case tree.Not():
                return opposite(self.value(e.operand, where))
            case tree.Quantified():
                return self._quantified(e, where)
            case tree.Measure():
                return self._measured(e.measure, e.clauses, e.verdict, where)
            case tree.ClauseIs():
                return self._clause_is(e, where)
            case tree.Aggregate():
                return self._aggregate(e, where)
            case tree.EveryScores():
                return self._every_scores(e, where)

    def _name(self, name: str, where: Where) -> Any:
        id_ = self.p.values.get(name, "")
        if id_ in self.p.facts:
            return self.fact(id_)
        if id_ in self.p.inputs:
            return self.world.inputs[id_]
        if id_ in self.p.lets:
            return self._once("let", id_, of=lambda: self.value(self.p.lets[id_].value, Where()))
        if name == "weight":
            return self.weight(str(where.weighted))
        return self.grade(name, where.group) if name in self.p.grades else self.score(name, where.group, where.level)

    def _operands(self, left: tree.Expr, right: tree.Expr, where: Where) -> tuple[Any, Any]:
        """Both sides; beside an enumeration a name that is no enumeration itself is the name of an option."""
        names = [self.p.values.get(e.text, "") if isinstance(e, tree.NameRef) else "" for e in (left, right)]
        owner = next((self.p.options[name] for name in names if self.p.options.get(name)), None)
        return tuple(  # type: ignore[return-value]
            owner[e.text]
            if owner and isinstance(e, tree.NameRef) and not self.p.options.get(name)
            else self.value(e, where)
            for e, name in zip((left, right), names, strict=True)
        )

    def _item(self, leaves: list[Clause]) -> str:
        """The verdict of an item: unsatisfied if a leaf is; satisfied if every leaf that applies is, and one does."""
        verdicts = {self.verdict(leaf) for leaf in leaves}
        return next((v for v in (UNSATISFIED, SATISFIED) if v in verdicts), NOT_APPLICABLE)

    def _measured(self, measure: str, clauses: tree.ClauseSet, verdict: str, where: Where) -> Any:
        verdicts = [self._item(item) for item in self.p.items(clauses, where)]
        applying = [v for v in verdicts if v != NOT_APPLICABLE]
        number = Fraction(applying.count(verdict))
        return number if measure == "count" else number / len(applying) if applying else UNDEFINED

    def _quantified(self, e: tree.Quantified, where: Where) -> Any:
        against = UNSATISFIED if e.verdict == SATISFIED else SATISFIED
        number, n = self._measured("count", e.clauses, e.verdict, where), e.number or 0
        match e.quantifier:
            case "all":
                return self._measured("count", e.clauses, against, where) == 0
            case "more-than-half":
                return compared(">", self._measured("share", e.clauses, e.verdict, where), Fraction(1, 2))
            case "any" | "none":
                return (number > 0) == (e.quantifier == "any")
            case "exactly":
                return number == n
        return number >= n if e.quantifier == "at-least" else number <= n

    def _clause_is(self, e: tree.ClauseIs, where: Where) -> bool:
        """The verdict of a clause; of a parent: of all its leaves of at least its own modality."""
        clause = self.p.find(e.clause, where.group)
        least = strength(clause)
        return self._item([leaf for leaf in clause.leaves if MODALITIES[leaf.modality] >= least]) == e.verdict

    def _aggregate(self, e: tree.Aggregate, where: Where) -> Any:
        """Over the groups of a kind below this one, leaving out those without weight and what stands in such a group."""
        values = []
        by_weight = "NameRef(text='weight')" in repr(e.body)
        for group in self.p.groups_below(self.p.kinds[e.kind], where.group):
            part = True if by_weight else self.takes_part(group, where.group)
            if part is not False:
                values.append(UNDEFINED if part is UNDEFINED else self.value(e.body, Where(group, where.level, group)))
        numbers = [v for v in values if v is not ABSENT]
        missing = next((no for no in (NOT_ENTERED, UNDEFINED) if no in numbers), None)
        if missing or not numbers:
            return missing or UNDEFINED
        total = {"min": min, "max": max}.get(e.op, sum)(numbers)
        return bounded(Fraction(total) / (len(numbers) if e.op == "mean" else 1))

    def _every_scores(self, e: tree.EveryScores, where: Where) -> Any:
        """Every group of the kind that takes part has the scores."""
        within = self.p.kind(e.within)
        scope = next((g for g in self.p.chain(where.group) if self.p.kind_of(g) == within), None)
        held = []
        for group in self.p.groups_below(self.p.kinds[e.kind], scope):
            scores = [
                compared("=", self.score(e.family, group, self.p.level[level]), self.value(number, where))
                for number, level in e.values
            ]
            held.append(some([opposite(self.takes_part(group)), every(scores)]))
        return every(held)


def strength(clause: Clause) -> int:
    """How much a clause asks: what its word says; of a parent without a word, what the strongest of its leaves does."""
    strongest = max(MODALITIES[leaf.modality] for leaf in clause.leaves)
    return MODALITIES[clause.modality] if clause.modality else strongest


# --- values -------------------------------------------------------------------------------------------------------


def every(truths: Iterable[Any]) -> Any:
    """`and`: one false operand decides, whatever the others are."""
    held = list(truths)
    return False if False in held else UNDEFINED if UNDEFINED in held else True


def some(truths: Iterable[Any]) -> Any:
    """`or`: one true operand decides, whatever the others are."""
    return opposite(every(opposite(truth) for truth in truths))


def opposite(truth: Any) -> Any:
    """`not`."""
    return truth if truth is UNDEFINED else not truth


def compared(op: str, left: Any, right: Any) -> Any:
    """A comparison: false of what is absent or not entered, undefined of what is undefined."""
    values = (left, right)
    if ABSENT in values or NOT_ENTERED in values:
        return False
    if UNDEFINED in values:
        return UNDEFINED
    signs: dict[str, Callable[[Any, Any], Any]] = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
    return left in right if op == "in" else signs[op](left, right)


def arithmetic(op: str, left: Any, right: Any) -> Any:
    """Exact arithmetic; without a value on one side there is none, absent before not entered before undefined."""
    missing = next((no for no in No if no in (left, right)), None)
    if missing:
        return missing
    if op == "/":
        return bounded(left / right) if right else UNDEFINED
    return bounded({"+": add, "-": sub, "*": mul}[op](left, right))


def bounded(number: Fraction) -> Any:
    """A number that is too long to work out is undefined."""
    return UNDEFINED if max(number.numerator.bit_length(), number.denominator.bit_length()) > MOST_BITS else number


#: first units that are not made of the first units of other rows, nor by their own signs: ampere hours, grams in a kilogram
COMPOSED = {"Ah": Fraction(3600), "g/kg": Fraction(1, 1000)}


@cache
def units() -> dict[str, tuple[str, Fraction]]:
    """The table of units of the language page: each name, with the name that comes first and what it is a number of.

    Of a row that begins with a quotient such as `CFU/mL`, that is told by the rows of its parts.
    """
    page = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
    table = page.partition("<!-- units -->")[2].partition("<!-- /units -->")[0]
    found: dict[str, tuple[str, Fraction]] = {}
    rows = [re.findall(r"`([^`]+)`(?: \(([^`]*)\))? = ([\d /]+)", row) for row in table.splitlines()]
    for listed in sorted(filter(None, rows), key=lambda row: "/" in row[0][0]):
        above, _, below = listed[0][0].partition("/")
        parts = found[above][1] / found[below][1] if above in found and below in found else Fraction(1)
        for name, others, factor in listed:
            number = Fraction(factor.replace(" ", "")) * COMPOSED.get(listed[0][0], parts)
            found |= dict.fromkeys([name, *filter(None, others.split(", "))], (name, number))
    return found
