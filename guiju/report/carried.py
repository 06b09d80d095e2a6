"""What a crosswalk says of a clause here: how many of the clauses there are satisfied, which are not, on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from guiju.dsl.diagnostic import Language
from guiju.engine.evidence import Attestation, Carried
from guiju.report.result_model import AttestationModel, CarriedModel
from guiju.report.words import word

MOST_NAMED = 12


def carried_text(attestation: Attestation | AttestationModel, language: Language) -> str:
    """`other (equal): 2 of 3 satisfied; unknown: 5.1 b)`; what fails only where its being satisfied would pass on."""
    relation, carried = attestation.reason or "", attestation.carried
    said = clauses_there(carried, language) if relation in ("equal", "superset") else _counted(carried, language)
    return f"{attestation.by} ({word(relation, language)})" + (f": {said}" if carried else "")


def clauses_there(carried: Sequence[Carried | CarriedModel], language: Language) -> str:
    """`2 of 3 satisfied; unknown: 5.1 b)`, and those that rest on the vendor's word alone."""
    groups = (
        ("unsatisfied", [c.clause for c in carried if c.verdict == "unsatisfied"]),
        ("unknown", [c.clause for c in carried if c.verdict == "unknown"]),
        ("vendor-alone", [c.clause for c in carried if c.by == "vendor"]),
    )
    said = (f"{word(key, language)}: {_named(clauses)}" for key, clauses in groups if clauses)
    return "; ".join((_counted(carried, language), *said))


def _counted(carried: Sequence[Carried | CarriedModel], language: Language) -> str:
    satisfied = sum(c.verdict == "satisfied" for c in carried)
    return word("carried-counts", language, satisfied=satisfied, number=len(carried))


def _named(clauses: Sequence[str]) -> str:
    return ", ".join((*clauses[:MOST_NAMED], *_more(clauses)))


def _more(clauses: Sequence[str]) -> Iterator[str]:
    if len(clauses) > MOST_NAMED:
        yield f"… +{len(clauses) - MOST_NAMED}"


def in_part(attestations: Iterable[Attestation | AttestationModel], language: Language) -> str:
    """What crosswalks answer of a clause that they leave open."""
    return "; ".join(carried_text(a, language) for a in attestations if a.voice == "crosswalk")
