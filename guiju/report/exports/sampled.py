"""The samples of an assessment, each once, with what it is for and who drew it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from guiju.engine.bind import Bound
from guiju.engine.evidence import Sample


@dataclass(frozen=True)
class Sampled:
    """A sample for a clause or a fact. `evidence` is that for all of its instances."""

    sample: Sample
    kind: Literal["clause", "fact"]
    about: str
    voice: str | None
    by: str | None
    until: datetime | None
    note: str | None
    evidence: tuple[str, ...]


def sampled_of(bound: Bound) -> Iterator[Sampled]:
    """The samples of facts, then those of clauses, those that count no longer as well."""
    for id_, stated in bound.stated.items():
        if stated.sample is not None:
            yield Sampled(stated.sample, "fact", id_, None, None, stated.until, stated.note, stated.evidence)
    for clause in bound.program.clauses:
        for said in (*bound.attestations.get(clause.id, ()), *bound.lapsed.get(clause.id, ())):
            if said.sample is not None and not said.lapsed:
                yield Sampled(
                    said.sample, "clause", clause.id, said.voice, said.by, said.until, said.note, said.evidence
                )
