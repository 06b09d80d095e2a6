"""How far each known number lies from the thresholds that it is compared with, and what becomes of the outcomes there.

A fact is taken for open once more, so that its thresholds are found as the sweep finds them, exactly and through any
formula. The nearest value on the other side is then put in its place, and what depends on it is settled again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from guiju.compiler.ir import UNKNOWN, Clause, Fact, NumberType, Undefined, Value
from guiju.compiler.operators import COMPARISONS
from guiju.engine.domains import Domains, spread
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, met_above, open_below, users_of
from guiju.engine.possible import Possible
from guiju.engine.reachable import Memory
from guiju.engine.reasoning.simulation import assess_again


@dataclass(frozen=True)
class Turn:
    """An outcome that becomes something else: all that it can be on this side, and on the other."""

    outcome: str
    before: Possible
    after: Possible


@dataclass(frozen=True)
class Margin:
    """A number beside one of its thresholds.

    `clauses` stand on the comparison, which `holds` or not. On the other side the fact is `beyond` and the comparison
    comes to something else; nothing does between the fact and the threshold. `turns` are the outcomes that change.
    """

    fact: str
    value: Fraction
    threshold: Fraction
    comparison: str
    holds: Value
    clauses: tuple[str, ...]
    beyond: Fraction
    turns: tuple[Turn, ...]
    is_equation: bool = False  # `=` or `!=`: what asks for one number and no other

    @property
    def sign(self) -> str:
        """What the comparison asks of the fact beside the threshold, `>=`, `>`, `<=`, `<`; else "".

        It is read off from where the comparison turns, so that it holds through any formula.
        """
        if not isinstance(self.holds, bool) or self.is_equation:
            return ""
        is_least = (self.beyond > self.value) is not self.holds
        is_enough = (self.beyond == self.threshold) is not self.holds
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
    """A number without margins, and why; `others` are the facts that it is because of."""

    fact: str
    why: WhyUnsolved
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Margins:
    """All margins, the narrowest of each fact first, and the facts that have none."""

    found: tuple[Margin, ...]
    unsolved: tuple[Unsolved, ...]


def margins(assessment: Assessment, memory: Memory) -> Margins:
    """The margins of all known numbers, in the order of the text."""
    found: list[Margin] = []
    unsolved: list[Unsolved] = []
    for fact, node in _known_numbers(assessment):
        trial = _Trial(assessment, node, memory)
        if fixed := _stated_above(assessment, node.index):
            unsolved.append(Unsolved(fact.id, "fixed", fixed))
        elif trial.compared is None:
            met = _open_numbers_met(assessment, node.index)
            unsolved.append(Unsolved(fact.id, "open" if met else "formula", met))
        else:
            found += sorted(trial.margins(fact), key=lambda m: m.distance)
    return Margins(tuple(found), tuple(unsolved))


def _known_numbers(assessment: Assessment) -> Iterator[tuple[Fact, Node]]:
    network = assessment.network
    for fact in assessment.program.facts:
        index = network.at.get(f"fact:{fact.id}")
        if index is not None and isinstance(fact.type, NumberType) and isinstance(assessment.values[index], Fraction):
            yield fact, network.nodes[index]


class _Trial:
    """One known number, moved from side to side."""

    def __init__(self, assessment: Assessment, node: Node, memory: Memory) -> None:
        self._assessment, self._node, self._memory = assessment, node, memory
        self._above = _above(assessment, node.index)
        values: Sequence[Value] = [UNKNOWN if i in self._above else v for i, v in enumerate(assessment.values)]
        self.compared = Domains(assessment.network, values).compared(node.index)
        self._seen: dict[Fraction, Assessment] = {}

    def margins(self, fact: Fact) -> Iterator[Margin]:
        """The thresholds at which a comparison turns, seen from the number as it is."""
        value, compared = self._assessment.values[self._node.index], self.compared or ()
        assert isinstance(value, Fraction)
        assert isinstance(fact.type, NumberType)
        tried = spread((t for _, thresholds in compared for t in thresholds), fact.type)
        for comparison, thresholds in compared:
            for threshold in sorted(thresholds):
                clauses = self._clauses(comparison)
                if clauses and not any(map(self._decides, clauses)):
                    continue
                beyond = self._beyond(comparison, value, threshold, sorted(tried))
                if beyond is not None and not self._is_undefined_at(comparison, beyond):
                    yield Margin(
                        fact.id,
                        value,
                        threshold,
                        comparison.address,
                        self._assessment.values[comparison.index],
                        clauses,
                        beyond,
                        self._turns(beyond),
                        comparison.form is not None and comparison.form.symbol in ("=", "!="),
                    )

    def _beyond(
        self, comparison: Node, value: Fraction, threshold: Fraction, tried: Sequence[Fraction]
    ) -> Fraction | None:
        """The nearest value tried on the other side of a threshold, if the comparison turns first just there."""
        between = [t for t in tried if min(value, threshold) < t < max(value, threshold)]
        if any(self._turns_at(comparison, at) for at in between):
            return None
        above, below = [t for t in tried if t >= threshold], [t for t in reversed(tried) if t <= threshold]
        for ahead in (*([above] if value <= threshold else []), *([below] if value >= threshold else [])):
            for at in ahead[:2]:  # on the threshold itself, or next to it
                if self._turns_at(comparison, at):
                    return at
        return None

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

    def _turns(self, beyond: Fraction) -> tuple[Turn, ...]:
        there, here = self._at(beyond), self._assessment
        pairs = ((o, here.possible(o), there.possible(o)) for o in here.program.outcomes)
        return tuple(Turn(o, b, a) for o, b, a in pairs if set(b.values) != set(a.values) or b.exact != a.exact)

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


def _stated_above(assessment: Assessment, index: int) -> tuple[str, ...]:
    """The facts that are stated as well, and in whose formulas a number takes part."""
    above = (assessment.network.nodes[i].subject for i in sorted(_above(assessment, index) - {index}))
    return tuple(s.id for s in above if isinstance(s, Fact) and s.id in assessment.bound.facts)


def _open_numbers_met(assessment: Assessment, index: int) -> tuple[str, ...]:
    """The open numbers that a number is compared with, or reckoned with before it is compared."""
    network, above = assessment.network, _above(assessment, index)
    compared = [i for i in above if (form := network.nodes[i].form) and form.symbol in COMPARISONS]
    met = (network.nodes[i].subject for i in sorted(open_below(network, assessment.values, compared) - above))
    return tuple(s.id for s in met if isinstance(s, Fact) and isinstance(s.type, NumberType))


def _above(assessment: Assessment, index: int) -> frozenset[int]:
    """A node and all that stands on it."""
    return frozenset((index, *met_above(users_of(assessment.network), index)))
