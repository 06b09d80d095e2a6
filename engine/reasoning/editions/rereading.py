"""Two editions under the other readings that both have: under which of them a subject comes to another outcome.

With all common readings left open an outcome may be computed alike; then it is so under each of them. Else combinations
are gone through, those with the fewest changes first, up to a bound. A witness that is known is tried before anything
is swept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice, product
from math import prod

from guiju.compiler.ir import Program
from guiju.engine.reasoning.editions.deciding import (
    MOST_SWEPT,
    Agreement,
    agreements_on,
    common_outcomes,
    on_nothing,
    shown_at_once,
)
from guiju.engine.reasoning.editions.joined import joined
from guiju.engine.reasoning.editions.renumbering import called_before

MOST_TRIED = 24  # combinations of readings beside the ones asked for
MOST_ANEW = 1  # of these, as long as no witness that is known decides them and they are not computed alike
LESS = MOST_SWEPT // 2  # combinations of one sweep, which there may be for each of them

_Readings = tuple[Mapping[str, str], Mapping[str, str]]


@dataclass(frozen=True)
class Reread:
    """What is said of the outcomes under other options of some readings."""

    readings: Mapping[str, str]
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class Rereadings:
    """The combinations that were `tried`, of so many that there are beside the one asked for.

    Of an outcome that is `alike` under all of them no combination is tried.
    """

    alike: frozenset[str]
    combinations: int
    tried: tuple[Reread, ...]


def rereadings(
    editions: tuple[Program, Program], asked: _Readings, known: tuple[Agreement, ...], most: int = MOST_TRIED
) -> Rereadings:
    """What two editions come to under the readings that both have; `known` is what they do under those asked for."""
    before, after = editions
    shared, renumbered = _shared(before, after), called_before(before, after)
    chosen = before.defaults | dict(asked[0]), after.defaults | dict(asked[1])
    one, other = on_nothing(before, chosen[0], shared), on_nothing(after, chosen[1], shared)
    both, outcomes = joined(one, other, renumbered), common_outcomes(before, after)
    alike = frozenset(o for o in outcomes if both.earlier[one.network.at[o]] == both.later[other.network.at[o]])
    left = tuple(o for o in outcomes if o not in alike)
    number = prod(len(options) for options in shared.values()) - 1
    trial = _Trial(editions, renumbered, known)
    tried = []
    for changed in islice(_combinations(shared, chosen[0]), most if left else 0):
        found = [trial.agreement(o, (chosen[0] | changed, chosen[1] | changed)) for o in left]
        if None not in found:
            tried.append(Reread(changed, tuple(a for a in found if a is not None)))
    return Rereadings(alike, number, tuple(tried))


@dataclass(frozen=True)
class LeftOut:
    """Options of a reading that one of two editions alone has: nothing is compared under them."""

    edition: Program
    reading: str
    options: tuple[str, ...]


def left_out(before: Program, after: Program) -> tuple[LeftOut, ...]:
    """What only one edition has of each reading, which nobody can hold against the other."""
    found = []
    for edition, other in ((before, after), (after, before)):
        there = {r.id: {o.id for o in r.options} for r in other.readings}
        for reading in edition.readings:
            options = tuple(o.id for o in reading.options if o.id not in there.get(reading.id, ()))
            found += [LeftOut(edition, reading.id, options)] if options else []
    return tuple(found)


def _shared(before: Program, after: Program) -> dict[str, tuple[str, ...]]:
    """The readings that both editions have, with the options that both know."""
    there = {r.id: {o.id for o in r.options} for r in after.readings}
    both = {r.id: tuple(o.id for o in r.options if o.id in there.get(r.id, ())) for r in before.readings}
    return {reading: options for reading, options in both.items() if len(options) > 1}


def _combinations(shared: Mapping[str, tuple[str, ...]], asked: Mapping[str, str]) -> Iterator[dict[str, str]]:
    others = {r: [o for o in options if o != asked.get(r, options[0])] for r, options in shared.items()}
    for number in range(1, len(others) + 1):
        for readings in combinations(others, number):
            for options in product(*(others[r] for r in readings)):
                yield dict(zip(readings, options, strict=True))


class _Trial:
    """One combination after the other, with the witnesses that were found on the way."""

    def __init__(
        self, editions: tuple[Program, Program], renumbered: Mapping[str, str], known: Iterable[Agreement]
    ) -> None:
        self._editions, self._renumbered = editions, renumbered
        self._witnesses = [a for a in known if a.witness is not None]
        self._left = MOST_ANEW

    def agreement(self, outcome: str, readings: _Readings) -> Agreement | None:
        """What is said of one outcome; None where too many were swept before."""
        sides = (self._editions[0], readings[0]), (self._editions[1], readings[1])
        seen = (a.witness and shown_at_once(outcome, a.witness.evidence, sides) for a in self._about(outcome))
        shown = next((witness for witness in seen if witness is not None), None)
        if shown is not None:
            return Agreement(outcome, "some", shown, LESS)
        if not self._left:
            return None
        (found,) = agreements_on((outcome,), self._editions, self._renumbered, readings, LESS)
        self._left -= found.answer != "same"
        if found.witness is not None:
            self._witnesses.append(found)
        return found

    def _about(self, outcome: str) -> list[Agreement]:
        return [a for a in self._witnesses if a.outcome == outcome]
