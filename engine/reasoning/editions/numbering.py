"""Evidence by the clause numbers of one edition of a standard -> the same by those of another.

A number may stand for another clause in the other edition, so no verdict may pass from one to the other by its number
alone: it passes where both have the clause, under whatever numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from guiju.compiler.ir import Program
from guiju.engine.evidence import Attestation, Evidence, Finding, Waiver
from guiju.engine.names import leaf_named, leaves_by_name
from guiju.engine.reasoning.editions.renumbering import earlier_clauses

ONLY_EARLIER = "'"  # ends the name of a clause that only the earlier edition has while the later one has its number


def replaces(after: Program, before: Program) -> bool:
    """Whether one edition says that it replaces the other."""
    return dict(after.properties).get("replaces") == before.designation


def numbers_there(there: Program, here: Program) -> dict[str, str]:
    """The clauses that both editions have: what each of the one is called in the other. Either may be the later."""
    if replaces(there, here) or (there.renumbered and not here.renumbered and not replaces(here, there)):
        return earlier_clauses(here, there)
    return {was: now for now, was in earlier_clauses(there, here).items()}


def renumbered(evidence: Evidence, there: Program, here: Program) -> Evidence:
    """Evidence by the numbers of one edition by those of another.

    A clause that only the first edition has keeps its name; where that is a number of the second, what is said of the
    clause is left out. What is no clause of the first edition keeps its name as well.
    """
    called = numbers_there(there, here)
    standard = here.id if evidence.standard == there.id else evidence.standard
    return replace(
        evidence,
        attestations=tuple(_renumbered(evidence.attestations, called, there, here)),
        waivers=tuple(_renumbered(evidence.waivers, called, there, here)),
        findings=tuple(_renumbered(evidence.findings, called, there, here)),
        standard=standard,
        numbers=here.digest,
    )


_Said = TypeVar("_Said", Attestation, Waiver, Finding)


def _renumbered(all_said: Iterable[_Said], called: Mapping[str, str], there: Program, here: Program) -> Iterator[_Said]:
    known, leaves = leaves_by_name(there), leaves_by_name(here)
    for said in all_said:
        own = said.clause.removesuffix(ONLY_EARLIER)
        if own != said.clause and own in here.clause:
            yield replace(said, clause=own)
            continue
        was = leaf_named(said.clause, known)
        now = None if was is None else called.get(was)
        if now is not None:
            yield said if now == was else replace(said, clause=now)
        elif was is None or leaf_named(said.clause, leaves) is None:
            yield said


def both_ways(evidence: Evidence, before: Program, after: Program) -> tuple[Evidence, Evidence]:
    """What speaks of clauses by the numbers of the later edition, by those of either."""
    return renumbered(evidence, after, before), replace(evidence, numbers=after.digest)


@lru_cache(maxsize=8)
def later_names(before: Program, after: Program) -> Mapping[str, str]:
    """The clauses of the earlier edition that the later one calls otherwise, and what it calls them.

    One that it does not have, while it has its number, is called by that with a mark: it is no other's.
    """
    if before is after:
        return {}
    called = {was: now for now, was in earlier_clauses(before, after).items()}
    taken = {c.id: f"{c.id}{ONLY_EARLIER}" for c in before.clauses if c.id in after.clause}
    return {was: now for was, now in (taken | called).items() if was != now}


def each_by_its_own(sides: Iterable[tuple[Program, Evidence]]) -> bool:
    """Whether it was told of all evidence that it goes by the numbers of its own edition."""
    return all(evidence.numbers == program.digest for program, evidence in sides)
