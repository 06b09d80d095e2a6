"""How far each known number lies from the thresholds that it is compared with, and what becomes of the outcomes there.

A fact is taken for open once more, so that its thresholds are found as the sweep finds them, exactly and through any
formula. The nearest value on the other side is then put in its place, and what depends on it is settled again. Where
none is nearest, a number past the threshold shows which comparisons hold there, and with these as they are the
threshold itself gives what numbers come to: formulas have no jumps but where a comparison turns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal, TypeAlias

from guiju.compiler.ir import UNKNOWN, Clause, Fact, NumberType, Undefined, Value
from guiju.compiler.operators import COMPARISONS
from guiju.engine.domains import Domains, spread
from guiju.engine.evaluate import Assessment
from guiju.engine.kleene import lifted
from guiju.engine.network import Node, met_above, open_below, users_of
from guiju.engine.possible import Possible
from guiju.engine.reachable import Memory, possible_of, relift
from guiju.engine.reasoning.simulation import assess_again

MOST_NEARER = 4  # numbers past a threshold that are tried where some comparison is not solved
NEARER = 2**20  # how much nearer each is than the one before


@dataclass(frozen=True)
class Turn:
    """An outcome that becomes something else: all that it can be on this side, and on the other.

    `is_approached`: a number that moves with the fact, of which `after` is the limit.
    """

    outcome: str
    before: Possible
    after: Possible
    is_approached: bool = False


@dataclass(frozen=True)
class Margin:
    """A number beside one of its thresholds.

    `clauses` stand on the comparison, which `holds` or not; nothing turns between the fact and the threshold. `beyond`
    is the nearest value on the other side; `is_limit`: none is nearest, so it is the threshold, and all that is said of
    the other side is what comes of the fact just past it. `turns` are the outcomes that change; None: not proved.
    Of a whole number the threshold is whole, the last or first that the comparison holds for.
    """

    fact: str
    value: Fraction
    threshold: Fraction
    comparison: str
    holds: Value
    clauses: tuple[str, ...]
    beyond: Fraction
    turns: tuple[Turn, ...] | None
    is_equation: bool = False  # `=` or `!=`: what asks for one number and no other
    is_upward: bool = True  # the other side lies above the threshold
    is_limit: bool = False

    @property
    def sign(self) -> str:
        """What the comparison asks of the fact beside the threshold, `>=`, `>`, `<=`, `<`; else "".

        It is read off from where the comparison turns, so that it holds through any formula.
        """
        if not isinstance(self.holds, bool) or self.is_equation:
            return ""
        is_least = self.is_upward is not self.holds
        is_enough = (self.beyond == self.threshold and not self.is_limit) is not self.holds
        return f"{'>' if is_least else '<'}{'=' if is_enough else ''}"

    @property
    def distance(self) -> Fraction:
        """How far it is to the threshold, in the coherent unit."""
        return abs(self.value - self.threshold)


#: `fixed`: a fact that is computed from it is stated itself, so it cannot move alone; `open`: it meets open numbers;
#: `formula`: where the formula that it reaches comparisons through turns is not found
WhyUnsolved: TypeAlias = Literal["fixed", "open", "formula"]


@dataclass(frozen=True)
class Unsolved:
    """A number without margins where it goes into `places`, or anywhere, and why.

    `others` are the facts that it is because of; `places` are clauses and definitions by id.
    """

    fact: str
    why: WhyUnsolved
    others: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Margins:
    """All margins, the narrowest of each fact first, and the facts that have none, or not of every comparison."""

    found: tuple[Margin, ...]
    unsolved: tuple[Unsolved, ...]


def margins(assessment: Assessment, memory: Memory) -> Margins:
    """The margins of all known numbers, in the order of the text."""
    found: list[Margin] = []
    unsolved: list[Unsolved] = []
    for fact, node in _known_numbers(assessment):
        if fixed := _stated_above(assessment, node.index):
            unsolved.append(Unsolved(fact.id, "fixed", fixed))
            continue
        trial = _Trial(assessment, node, memory)
        found += sorted(trial.margins(fact), key=lambda m: m.distance)
        if trial.unsolved:
            met = _open_numbers_met(assessment, node.index, trial.unsolved)
            unsolved.append(Unsolved(fact.id, "open" if met else "formula", met, trial.places()))
    return Margins(tuple(found), tuple(unsolved))


def _known_numbers(assessment: Assessment) -> Iterator[tuple[Fact, Node]]:
    network = assessment.network
    for fact in assessment.program.facts:
        index = network.at.get(f"fact:{fact.id}")
        if index is not None and isinstance(fact.type, NumberType) and isinstance(assessment.values[index], Fraction):
            yield fact, network.nodes[index]


@dataclass(frozen=True)
class _Side:
    """The other side of a threshold: the nearest value there or, as a limit, the threshold and a number past it."""

    beyond: Fraction
    past: Fraction
    is_upward: bool

    @property
    def is_limit(self) -> bool:
        return self.beyond != self.past


class _Trial:
    """One known number, moved from side to side."""

    def __init__(self, assessment: Assessment, node: Node, memory: Memory) -> None:
        self._assessment, self._node, self._memory = assessment, node, memory
        self._above = _above(assessment, node.index)
        values: Sequence[Value] = [UNKNOWN if i in self._above else v for i, v in enumerate(assessment.values)]
        met = tuple(Domains(assessment.network, values).each_compared(node.index))
        self._solved = {c.index: (c, thresholds) for c, thresholds in met if c is not None and thresholds is not None}
        self.unsolved = tuple(c for c, thresholds in met if c is None or thresholds is None)
        self._thresholds = frozenset(t for _, thresholds in self._solved.values() for t in thresholds)
        self._seen: dict[Fraction, Assessment] = {}

    def margins(self, fact: Fact) -> Iterator[Margin]:
        """The thresholds at which a comparison turns, seen from the number as it is."""
        value = self._assessment.values[self._node.index]
        assert isinstance(value, Fraction)
        assert isinstance(fact.type, NumberType)
        for comparison, thresholds in self._solved.values():
            for threshold in sorted(thresholds):
                clauses = self._clauses(comparison)
                if clauses and not any(map(self._decides, clauses)):
                    continue
                side = self._beyond(comparison, value, threshold, fact.type)
                if side is not None and not self._is_undefined_at(comparison, side.past):
                    holds = self._assessment.values[comparison.index]
                    yield Margin(
                        fact.id,
                        value,
                        _whole(threshold, is_up=side.is_upward is not holds) if fact.type.integer else threshold,
                        comparison.address,
                        holds,
                        clauses,
                        side.beyond,
                        self._turns(side),
                        comparison.form is not None and comparison.form.symbol in ("=", "!="),
                        side.is_upward,
                        side.is_limit,
                    )

    def places(self) -> tuple[str, ...]:
        """What stands on the comparisons that are not solved: clauses, or else definitions."""
        found: dict[str, None] = {}
        for comparison in self.unsolved:
            if comparison is not None:
                found.update(dict.fromkeys(self._clauses(comparison) or self._definitions(comparison)))
        return tuple(found)

    def _beyond(self, comparison: Node, value: Fraction, threshold: Fraction, type_: NumberType) -> _Side | None:
        """The other side of a threshold, if the comparison turns first just there."""
        between = (t for t in spread(self._thresholds, type_) if min(value, threshold) < t < max(value, threshold))
        if any(self._turns_at(comparison, at) for at in between):
            return None
        for is_upward in (*([True] if value <= threshold else []), *([False] if value >= threshold else [])):
            for side in self._sides(threshold, type_, is_upward=is_upward):
                if self._turns_at(comparison, side.past):
                    return side
        return None

    def _sides(self, threshold: Fraction, type_: NumberType, *, is_upward: bool) -> Iterator[_Side]:
        """A threshold itself, and what comes next past it, as far as the type of the fact has them."""
        if type_.integer:
            past = Fraction(floor(threshold) + 1 if is_upward else ceil(threshold) - 1)
            sides = [_Side(t, t, is_upward) for t in (threshold, past) if t.denominator == 1]
        else:
            ahead = (abs(t - threshold) for t in self._thresholds if t != threshold and (t > threshold) is is_upward)
            step = min(ahead, default=Fraction(2)) / 2
            past = threshold + (step if is_upward else -step)
            if type_.is_never_negative and past < 0 < threshold:
                past = threshold / 2
            sides = [_Side(threshold, threshold, is_upward), _Side(threshold, past, is_upward)]
        return (s for s in sides if s.past >= 0 or not type_.is_never_negative)

    def _decides(self, clause: str) -> bool:
        """Whether facts have a say in a clause: not where it is overridden. In a dispute theirs may be one side."""
        result = self._assessment.clauses[clause]
        return result.by != "override" and result.reason != "left-open"

    def _is_undefined_at(self, comparison: Node, value: Fraction) -> bool:
        """Whether a comparison comes to nothing there, as where a divisor is zero."""
        return isinstance(self._at(value).values[comparison.index], Undefined)

    def _turns_at(self, comparison: Node, value: Fraction) -> bool:
        return self._at(value).values[comparison.index] != self._assessment.values[comparison.index]

    def _at(self, value: Fraction) -> Assessment:
        if value not in self._seen:
            taken = {self._node.index: value}
            self._seen[value] = assess_again(self._assessment, self._assessment.bound, self._memory, taken)
        return self._seen[value]

    def _turns(self, side: _Side) -> tuple[Turn, ...] | None:
        """The outcomes that change; None where it is not proved what they are just past a threshold."""
        here, outcomes = self._assessment, self._assessment.program.outcomes
        there = self._just_past(side) if side.is_limit else [(self._at(side.past).possible(o), False) for o in outcomes]
        if there is None:
            return None
        turns = (Turn(o, here.possible(o), *after) for o, after in zip(outcomes, there, strict=True))
        return tuple(t for t in turns if set(t.before.values) != set(t.after.values) or t.before.exact != t.after.exact)

    def _just_past(self, side: _Side) -> list[tuple[Possible, bool]] | None:
        """What each outcome comes to just past a threshold, and whether as a limit; None where it is not proved."""
        past, step = side.past, side.past - side.beyond
        for _ in range(MOST_NEARER if self.unsolved else 1):
            there = self._at(past)
            limits = self._limits(there, side.beyond)
            if self._goes_on_to_the_threshold(there, limits):
                return self._outcomes(there, limits)
            step /= NEARER
            past = side.beyond + step
        return None

    def _moving(self, there: Assessment) -> frozenset[int]:
        """The numbers that move with the fact as long as no comparison turns; also those that are open."""
        found = {self._node.index}
        for index in sorted(self._above - found):
            is_number = isinstance(there.values[index], Fraction) or there.values[index] is UNKNOWN
            if is_number and not self._compares(index) and not found.isdisjoint(there.network.nodes[index].operands):
                found.add(index)
        return frozenset(found)

    def _limits(self, there: Assessment, threshold: Fraction) -> list[Value]:
        """The values at a threshold where all else stays as it is `there` and numbers go on to their limits."""
        moving = self._moving(there)
        values = [UNKNOWN if i in moving else v for i, v in enumerate(there.values)]
        return relift(there.network, values, {self._node.index: threshold})

    def _goes_on_to_the_threshold(self, there: Assessment, limits: Sequence[Value]) -> bool:
        """Whether all comparisons come to the same from a number down to the threshold that it is past.

        Those with solved thresholds do; any other does where its sides differ in the limit as they do there.
        """
        if not self.unsolved:
            return True
        moving, nodes = self._moving(there), there.network.nodes
        for node in (nodes[i] for i in self._above if self._compares(i) and i not in self._solved):
            sides = tuple(limits[i] for i in node.operands)
            if moving.isdisjoint(node.operands):
                continue
            if UNKNOWN in sides or sides[0] == sides[1] or lifted(node, sides) != there.values[node.index]:
                return False
        return True

    def _outcomes(self, there: Assessment, limits: Sequence[Value]) -> list[tuple[Possible, bool]] | None:
        """What the outcomes come to where numbers have gone on to their limits."""
        moving, is_open = self._moving(there), any(self._compares(i) and limits[i] is UNKNOWN for i in self._above)
        found: list[tuple[Possible, bool]] = []
        for outcome in there.program.outcomes:
            index = there.network.at[outcome]
            if index not in moving:
                found.append((there.possible(outcome), False))
            elif is_open and limits[index] is UNKNOWN:
                return None
            else:
                found.append((possible_of(replace(there.known, values=limits), index, {}), True))
        return found

    def _compares(self, index: int) -> bool:
        form = self._assessment.network.nodes[index].form
        return form is not None and form.symbol in COMPARISONS

    def _clauses(self, comparison: Node) -> tuple[str, ...]:
        """The clauses that stand on a comparison, without those that look at these."""
        network = self._assessment.network
        subjects = [n.subject for n in network.nodes]
        met = met_above(
            users_of(network),
            comparison.index,
            lambda i: i in self._above and not isinstance(subjects[i], Clause),
        )
        return tuple(s.id for i in sorted(met) if isinstance(s := subjects[i], Clause))

    def _definitions(self, comparison: Node) -> tuple[str, ...]:
        """The definitions that stand on a comparison with no other between."""
        network, users = self._assessment.network, users_of(self._assessment.network)
        names = {network.at[d.id]: d.id for d in network.program.definitions}
        met = met_above(users, comparison.index, lambda i: i in self._above and i not in names)
        return tuple(names[i] for i in sorted(met) if i in names)


def _whole(threshold: Fraction, *, is_up: bool) -> Fraction:
    """The whole number next to a threshold."""
    return Fraction(ceil(threshold) if is_up else floor(threshold))


def _stated_above(assessment: Assessment, index: int) -> tuple[str, ...]:
    """The facts that are stated as well, and in whose formulas a number takes part."""
    above = (assessment.network.nodes[i].subject for i in sorted(_above(assessment, index) - {index}))
    return tuple(s.id for s in above if isinstance(s, Fact) and s.id in assessment.bound.facts)


def _open_numbers_met(assessment: Assessment, index: int, comparisons: Sequence[Node | None]) -> tuple[str, ...]:
    """The open numbers that a number meets in some comparisons, or in what is reckoned before; None: any comparison."""
    network, above = assessment.network, _above(assessment, index)
    compared = [c.index for c in comparisons if c is not None]
    if None in comparisons:
        compared = [i for i in above if (form := network.nodes[i].form) and form.symbol in COMPARISONS]
    met = (network.nodes[i].subject for i in sorted(open_below(network, assessment.values, compared) - above))
    return tuple(s.id for s in met if isinstance(s, Fact) and isinstance(s.type, NumberType))


def _above(assessment: Assessment, index: int) -> frozenset[int]:
    """A node and all that stands on it."""
    return frozenset((index, *met_above(users_of(assessment.network), index)))
