"""Evidence bound to a policy with some of its statements exchanged for those of other evidence, and nothing bound anew.

What a statement comes to is its own affair where the instant and the records are the same on both sides: a fact, an
input, what one voice says of one clause. So it is taken from the side that the statement is taken from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from guiju.engine.bind import Bound
from guiju.engine.evidence import Attestation
from guiju.engine.reasoning.comparing.statements import Key

_V = TypeVar("_V")


def exchanged(one: Bound, other: Bound, keys: Iterable[Key]) -> Bound:
    """The one with the statements about some things taken from the other; both are bound to the same policy.

    All that decides is as if the statements had been bound, but for the order in which people speak. `evidence` is that
    of the one, and what is outdated of it is not told.
    """
    named: dict[str, list[str]] = {}
    for kind, about in keys:
        named.setdefault(kind, []).append(about)
    facts, inputs = named.get("fact", []), named.get("input", [])
    spoken_of: dict[str, set[str]] = {}
    for kind in ("attestation", "crosswalk"):
        for about in named.get(kind, ()):
            clause, _, speaker = about.rpartition(" ")
            spoken_of.setdefault(clause, set()).add(f"{kind} {speaker}")
    lapsed = _spoken(one.lapsed, other.lapsed, spoken_of)
    expired = (one.expired - {*facts, *spoken_of}) | (other.expired & set(facts)) | (lapsed.keys() & spoken_of.keys())
    return replace(
        one,
        facts=_taken(one.facts, other.facts, facts),
        inputs=_taken(one.inputs, other.inputs, inputs),
        attestations=_spoken(one.attestations, other.attestations, spoken_of),
        stated=_taken(one.stated, other.stated, facts),
        expired=expired,
        rounded=_taken(one.rounded, other.rounded, facts),
        outdated={},
        lapsed=lapsed,
    )


def _taken(one: Mapping[str, _V], other: Mapping[str, _V], names: Iterable[str]) -> dict[str, _V]:
    found = dict(one)
    for name in names:
        found.pop(name, None)
        if name in other:
            found[name] = other[name]
    return found


def _spoken(
    one: Mapping[str, tuple[Attestation, ...]],
    other: Mapping[str, tuple[Attestation, ...]],
    spoken_of: Mapping[str, set[str]],
) -> dict[str, tuple[Attestation, ...]]:
    """What is said of each clause, by some of those who speak of it as on the other side."""
    found = dict(one)
    for clause, speakers in spoken_of.items():
        kept = [a for a in one.get(clause, ()) if _speaker(a) not in speakers]
        said = (*kept, *(a for a in other.get(clause, ()) if _speaker(a) in speakers))
        found.pop(clause, None)
        if said:
            found[clause] = said
    return found


def _speaker(attestation: Attestation) -> str:
    is_carried = attestation.voice == "crosswalk"
    return f"crosswalk {attestation.by}" if is_carried else f"attestation {attestation.voice}"
