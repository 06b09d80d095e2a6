"""Two readings, or two editions, have the same outcomes for every subject; or else a subject shows the difference.

Of a reading it is claimed that each other option makes a difference to somebody: one that makes none is no ambiguity.
Of two editions, where somebody asks, that they make none. Both are laid out as one network over the same subjects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from guiju.compiler.ir import UNKNOWN, Program
from guiju.dsl.diagnostic import Text
from guiju.engine.evaluate import Assessment
from guiju.engine.proving.claim import Asked, Claim, Ground, Property, Side
from guiju.engine.proving.question import Gave, judge, judged
from guiju.engine.reasoning.editions.deciding import on_nothing, subject_of
from guiju.engine.reasoning.editions.joined import Joined, joined, of_one_only
from guiju.engine.reasoning.editions.subject import Subject


def _claims(ground: Ground) -> tuple[Claim, ...]:
    now = ground.assessment.readings
    others = ((r.id, o.id) for r in ground.program.readings for o in r.options if o.id != now[r.id])
    return tuple(_reading_claim(ground, *other) for other in others) if ground.program.outcomes else ()


def _reading_claim(ground: Ground, reading: str, option: str) -> Claim:
    otherwise = {**ground.assessment.readings, reading: option}
    seen = _Both(lambda: ground.assessment, lambda: on_nothing(ground.program, otherwise), {})
    sides = seen.sides((ground.program, ground.assessment.readings), (ground.program, otherwise))
    outcomes = ground.program.outcomes

    def asked() -> Iterator[Asked]:
        return (seen.asked(outcome) for outcome in outcomes)

    return Claim(READINGS.id, "reading", (reading, option), outcomes, True, sides, asked)


def same_claims(
    earlier: Program,
    later: Program,
    renumbered: Mapping[str, str],
    readings: tuple[Mapping[str, str], Mapping[str, str]],
) -> tuple[Claim, ...]:
    """That two editions, each under its readings, have the same outcomes: one claim for each that either has.

    Of one that the other edition has not, nothing can be asked, so it is not proved.
    """
    one, other = (on_nothing(p, chosen) for p, chosen in zip((earlier, later), readings, strict=True))
    seen = _Both(lambda: one, lambda: other, renumbered)
    sides = seen.sides((earlier, one.readings), (later, other.readings))
    return tuple(_same_claim(seen, sides, o) for o in dict.fromkeys((*earlier.outcomes, *later.outcomes)))


def _same_claim(seen: _Both, sides: tuple[Side, Side], outcome: str) -> Claim:
    having = [side.program for side in sides if outcome in side.program.outcomes]

    def asked() -> Iterator[Asked | Gave]:
        if len(having) == len(sides):
            yield seen.asked(outcome)
        else:
            yield Gave("sweep", "only-here" if having[0] is sides[-1].program else "only-there")

    return Claim(SAME.id, "outcome", (outcome,), (outcome,), False, sides, asked)


class _Both:
    """Two assessments of no evidence as one network, laid out when it is first asked for."""

    def __init__(
        self, one: Callable[[], Assessment], other: Callable[[], Assessment], renumbered: Mapping[str, str]
    ) -> None:
        self._make, self._renumbered = (one, other), renumbered
        self._made: tuple[Assessment, Assessment, Joined] | None = None

    @property
    def _laid_out(self) -> tuple[Assessment, Assessment, Joined]:
        if self._made is None:
            one, other = (make() for make in self._make)
            self._made = (one, other, joined(one, other, self._renumbered))
        return self._made

    def sides(self, *given: tuple[Program, Mapping[str, str]]) -> tuple[Side, Side]:
        """Both as ways to evaluate a subject."""
        first, second = (
            Side(program, readings, seen=partial(self._seen, which)) for which, (program, readings) in enumerate(given)
        )
        return first, second

    def _seen(self, which: int, completion: Subject) -> Subject:
        one, other, both = self._laid_out
        return subject_of((one, other)[which], (both.earlier, both.later)[which], both, completion)

    def asked(self, outcome: str) -> Asked:
        """Whether an outcome is another one under the one than under the other."""
        one, other, both = self._laid_out
        pair = both.earlier[one.network.at[outcome]], both.later[other.network.at[outcome]]
        alike = pair[0] == pair[1]  # computed alike from the same, so there is nothing to look for
        judgement = judge(lambda: False) if alike else judge(lambda a, b: a != b, "!=")
        question = judged(both.known, f"differs:{outcome}", () if alike else pair, judgement)
        left_out = of_one_only(one.program, other.program, both, pair)
        beyond = Gave("sweep", "options-of-one", "; ".join(left_out)) if left_out else None
        return Asked(question, both.known, lambda seen: differs(seen, outcome), beyond)


def differs(seen: tuple[Assessment, ...], outcome: str) -> bool:
    """Whether two assessments come to different outcomes, both of them known."""
    one, other = (assessment.value(outcome) for assessment in seen)
    return UNKNOWN not in (one, other) and one != other


READINGS = Property(
    "readings",
    Text("每种读法都有影响", "Each reading can matter"),
    Text(
        "读法换成另一个选项，有对象的结论随之不同。",
        "For each other option of a reading there is a subject whose outcome it changes.",
    ),
    Text("换成这个选项，任何对象的结论都一样", "under this option every subject has the same outcome"),
    _claims,
)

SAME = Property(
    "same",
    Text("两个版本结论相同", "Two editions have the same outcomes"),
    Text("任何对象在两个版本下的结论都相同。", "Every subject has the same outcome under both editions."),
    Text("有对象在两个版本下结论不同", "some subject has another outcome under the other edition"),
    lambda _: (),
)
