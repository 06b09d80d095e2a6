"""An assessment after a baseline: which way its outcomes went, and what was carried over and not looked at again.

Levels have an order, as the standard lists them, with none of them below all. A number has the one that the policy
gives it: more of it is better where satisfying clauses can only raise it, less where that can only lower it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import Clause, Program, Value
from guiju.engine.ages import Outdated
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Attestation, Evidence, EvidenceRecord, StatedFact
from guiju.engine.reasoning.comparing.difference import Difference, Seen, clauses_later
from guiju.engine.reasoning.comparing.statements import Key, Statement, gives_the_same, statements_of
from guiju.engine.rising import way_of, with_clauses_open

Direction: TypeAlias = Word["improved", "unchanged", "regressed", "otherwise"]


@dataclass(frozen=True)
class CarriedOver:
    """What comes to the same as in the baseline, and rests on nothing that came to be since.

    `about`: a fact, or a clause and a voice. `evidence`: what it rests on, all of it as old as the baseline.
    """

    what: Word["fact", "attestation"]
    about: str
    statement: Statement
    evidence: tuple[str, ...]


def direction_of(before: Seen | None, after: Seen | None, levels: Sequence[str], way: int = 0) -> Direction:
    """Which way one outcome went: by the least and the highest that it can be, where both are exact.

    `way`: 1 where a greater number is better, -1 where a lesser one is, 0 where there is no telling.
    """
    if before == after:
        return "unchanged"
    if before is None or after is None or not (before.exact and after.exact):
        return "otherwise"
    ranks = _ranks(before.values | after.values, levels, way)
    if ranks is None:
        return "otherwise"
    one, other = (sorted(ranks[v] for v in seen.values) for seen in (before, after))
    ends = (one[0], one[-1]), (other[0], other[-1])
    if ends[0] == ends[1]:
        return "otherwise"
    if all(now >= was for was, now in zip(*ends, strict=True)):
        return "improved"
    return "regressed" if all(now <= was for was, now in zip(*ends, strict=True)) else "otherwise"


def _ranks(values: Collection[Value], levels: Sequence[str], way: int) -> dict[Value, Fraction] | None:
    """How good each value is, as far as that is told: all of them levels, or all of them numbers."""
    order = {level: Fraction(place) for place, level in enumerate(("none", *levels))}
    if all(isinstance(v, str) and v in order for v in values):
        return {v: order[str(v)] for v in values}
    numbers = [v for v in values if isinstance(v, Fraction)]
    return {v: way * v for v in numbers} if way and len(numbers) == len(values) else None


def directions(difference: Difference, before: Assessment, after: Assessment) -> dict[str, Direction]:
    """Which way each outcome went that did, by its id.

    None by levels where the editions do not list the same ones, and by numbers where they do not agree on the way.
    """
    listed = [level.id for level in after.program.levels]
    levels = listed if [level.id for level in before.program.levels] == listed else []
    return {
        e.address: direction_of(e.before, e.after, levels, _way(e.address, (before, after)))
        for e in difference.outcomes
    }


def _way(outcome: str, sides: Sequence[Assessment]) -> int:
    """The way that satisfying clauses takes an outcome on both sides, read off the formulas; 0 where it is not told."""
    found = set()
    for side in sides:
        network, target = side.network, side.network.at.get(outcome)
        clauses = [node.index for node in network.nodes if isinstance(node.subject, Clause)]
        values = with_clauses_open(network, side.values)
        found.add(0 if target is None else way_of(network, values, target, clauses))
    return found.pop() if len(found) == 1 else 0


def direction(each: Sequence[Direction]) -> Direction:
    """Which way all of them went together."""
    went = {one for one in each if one != "unchanged"}
    return "unchanged" if not went else went.pop() if len(went) == 1 else "otherwise"


def carried_over(before: Assessment, after: Assessment) -> tuple[CarriedOver, ...]:
    """All that is said of facts and clauses as it was, and that no evidence since the baseline confirms."""
    was = statements_of(before.program, before.bound.evidence, clauses_later(before, after))
    now = statements_of(after.program, after.bound.evidence)
    return tuple(_carried(was, now, before, after))


def _carried(
    was: dict[Key, Statement], now: dict[Key, Statement], before: Assessment, after: Assessment
) -> Iterator[CarriedOver]:
    fresh = {r.id for r in after.bound.evidence.records if _is_fresh(r, before.bound.evidence)}
    for (kind, about), statement in now.items():
        earlier = was.get((kind, about))
        if earlier is None or kind not in ("fact", "attestation"):
            continue
        if not _gives_the_same(earlier, statement, before.program, after.program):
            continue
        ids = tuple(dict.fromkeys(_cited(statement)))
        if not fresh.intersection(ids):
            yield CarriedOver("fact" if kind == "fact" else "attestation", about, statement, ids)


def _gives_the_same(earlier: Statement, statement: Statement, before: Program, after: Program) -> bool:
    """Whether two statements give the same value or verdicts, and no new sample; what is left open says nothing."""
    if isinstance(earlier, StatedFact) and isinstance(statement, StatedFact):
        is_same = statement.value is not None and statement.sample == earlier.sample
        return is_same and gives_the_same(earlier, statement, before, after)
    if isinstance(earlier, tuple) and isinstance(statement, tuple):
        one, other = ({(a.verdict, a.sample) for a in said} for said in (earlier, statement))
        return one == other
    return False


def _cited(statement: Statement) -> Iterator[str]:
    said: tuple[StatedFact | Attestation, ...] = ()
    if isinstance(statement, StatedFact):
        said = (statement,)
    elif isinstance(statement, tuple):
        said = statement
    for one in said:
        yield from one.evidence


def _is_fresh(record: EvidenceRecord, baseline: Evidence) -> bool:
    """Whether a piece of evidence came to be since a baseline; one without date, whether the baseline lacked it."""
    if record.collected_on is not None and baseline.as_of is not None:
        return record.collected_on > baseline.as_of
    return record not in baseline.records


def no_longer_counting(before: Assessment, after: Assessment) -> tuple[Outdated, ...]:
    """The evidence that something rests on, counted then, and does not any more."""
    earlier = {o.record.id for outdated in before.bound.outdated.values() for o in outdated}
    had = {r.id for r in before.bound.evidence.records}
    found = (o for outdated in after.bound.outdated.values() for o in outdated)
    return tuple(dict.fromkeys(o for o in found if o.record.id in had - earlier))
