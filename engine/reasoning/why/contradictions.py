"""Attestations that cannot all be true, whatever the facts below their clauses turn out to be.

Each of them may be true by itself: `x >= 50` found satisfied and `x >= 40` found not. They bind nothing then (see
docs/semantics.md), and a reader is told which they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from guiju.engine.attested import attested_over_open_facts, ties_of
from guiju.engine.domains import Domains
from guiju.engine.evaluate import Assessment
from guiju.engine.possible import Attested, Known
from guiju.engine.reachable import contested_standing
from guiju.engine.sweep import sweep_tied

_Several: TypeAlias = tuple[Attested, ...]


def contradictions(assessment: Assessment) -> tuple[tuple[str, ...], ...]:
    """Clauses whose attested verdicts exclude one another; of each such set none could be left out. No clause twice.

    Where it cannot be told exactly whether some verdicts go together, they are not accused.
    """
    network, values = assessment.network, assessment.values
    standing = contested_standing(values, assessment.bound, assessment.clauses)
    attested = attested_over_open_facts(network, values, assessment.clauses)
    domains = Domains(network, values, [o for one in attested for o in one.operands], beside_shown=False)
    asked = _Asked(replace(assessment.known, standing=standing), domains)
    found = (some for tie in ties_of(network, values, attested) for some in asked.contradictions(tie.attested))
    return tuple(tuple(one.clause.id for one in some) for some in found)


@dataclass(frozen=True)
class _Asked:
    known: Known
    domains: Domains

    def contradictions(self, attested: _Several) -> Iterator[_Several]:
        """Sets of attestations that cannot all be true, as long as what is left cannot."""
        while attested and self._is_impossible(attested):
            needed = self._needed(attested)
            yield needed
            attested = tuple(one for one in attested if one not in needed)

    def _needed(self, attested: _Several) -> _Several:
        """Some that cannot all be true, and could without any one of them."""
        for one in attested:
            others = tuple(o for o in attested if o != one)
            if self._is_impossible(others):
                attested = others
        return attested

    def _is_impossible(self, attested: _Several) -> bool:
        left = sweep_tied(self.known, (), attested, self.domains)
        return left is not None and not left.rows
