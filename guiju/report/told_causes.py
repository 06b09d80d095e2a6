"""The causes of a comparison as they are told: where they are many the most decisive first, up to a bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from guiju.report.comparison_model import AgreementModel, ComparisonModel, EffectModel

MOST_IN_ORDER = 20  # causes that are told in the order of the texts; of more of them the most decisive come first
MOST_NAMED = 8  # causes that are told by number where perhaps not all of them are needed

#: what a cause decides at most: an outcome, a score or what else is computed, or single clauses, inputs and facts
Rank: TypeAlias = Literal["of-outcome", "of-definition", "of-single", ""]
_RANKS: tuple[Rank, ...] = ("of-outcome", "of-definition", "of-single")


@dataclass(frozen=True)
class ToldCauses:
    """The places of causes, by what they decide; where they are few, all under one rank without a name.

    `left`: the causes that are not listed, though some effect is put down to them.
    """

    by_rank: tuple[tuple[Rank, tuple[int, ...]], ...]
    left: frozenset[int] = frozenset()

    def listed(self) -> Iterator[int]:
        """All that are listed, as they are told."""
        for _, places in self.by_rank:
            yield from places


def told_causes(found: ComparisonModel, *, every: bool) -> ToldCauses:
    """What is told of the causes that some effect is put down to, or of all where there is no effect."""
    put_down: list[EffectModel | AgreementModel] = [*(a for a in found.agreements if a.because), *found.effects]
    named = [(_rank(e), places) for e in put_down if (places := named_by(e))]
    told = {place for _, places in named for place in places} if put_down else set(range(len(found.causes)))
    if len(told) <= MOST_IN_ORDER:
        return ToldCauses((("", tuple(sorted(told))),))
    ranks = {place: min((r for r, places in named if place in places), default=2) for place in told}
    weight = Counter(place for rank, places in named for place in places if rank == ranks[place])
    in_order = sorted(told, key=lambda place: (ranks[place], -weight[place], place))
    first = [p for i, p in enumerate(in_order) if every or i < MOST_IN_ORDER or ranks[p] == 0]
    by_rank = ((name, tuple(p for p in first if ranks[p] == rank)) for rank, name in enumerate(_RANKS))
    return ToldCauses(tuple((name, places) for name, places in by_rank if places), frozenset(told.difference(first)))


def named_by(effect: EffectModel | AgreementModel) -> frozenset[int]:
    """The causes that an effect is told with, by their places; none where they are too many to be told."""
    because = effect.because
    if because is None or is_too_many(effect):
        return frozenset()
    return frozenset(_all((*because.sufficing, because.needed or [])))


def is_too_many(effect: EffectModel | AgreementModel) -> bool:
    """Whether an effect is put down to many causes that perhaps are not all needed."""
    because = effect.because
    return because is not None and because.found == "suffices" and len(because.sufficing[0]) > MOST_NAMED


def _rank(effect: EffectModel | AgreementModel) -> int:
    if isinstance(effect, AgreementModel) or effect.what == "outcome":
        return 0
    return 1 if effect.what == "definition" else 2


def _all(sets: Iterable[Iterable[int]]) -> Iterator[int]:
    for places in sets:
        yield from places
