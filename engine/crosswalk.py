"""Crosswalks: verdicts of another standard's clauses, as far as they say something about the clauses of this one.

A relation is that of what the other clauses ask for to what the clauses here ask for. *Satisfied* passes on where the
others ask for the same or for more (`equal`, `superset`), *unsatisfied* only where they ask for the same and it is one
clause here that does: of several it is open which one fails. All else that is known there leaves the clause here
unknown, for the reason *partial*.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from guiju.compiler.ir import UNKNOWN, Clause, Crosswalk, Program, Reference, Special, Verdict
from guiju.engine.evidence import OUTDATED, Attestation, Carried
from guiju.engine.pinned import pinned
from guiju.engine.verdict_words import AttestedVerdict
from guiju.engine.verdicts import ClauseResult

DIGITS = 12  # of each end's digest; it tells editions apart and keeps nobody out


def leaves_of(program: Program, references: tuple[Reference, ...]) -> tuple[tuple[Clause, ...], tuple[Reference, ...]]:
    """The leaves that references name, in the order of the text, and the references that name none."""
    found: dict[str, Clause] = {}
    missing = []
    for reference in references:
        leaves = _leaves(program, reference)
        found |= {leaf.id: leaf for leaf in leaves}
        if not leaves:
            missing.append(reference)
    return tuple(c for c in program.clauses if c.id in found), tuple(missing)


def _leaves(program: Program, reference: Reference) -> tuple[Clause, ...]:
    items = program.items()
    first = [i for i, c in enumerate(items) if _is_under(program, c, reference.first)]
    last = (
        first if reference.last is None else [i for i, c in enumerate(items) if _is_under(program, c, reference.last)]
    )
    return items[first[0] : last[-1] + 1] if first and last else ()


def _is_under(program: Program, clause: Clause, id_: str) -> bool:
    """Whether a leaf is the clause of an id, below it, or in the group of that id; an empty id is all of it."""
    if not id_ or clause.id == id_ or clause.id.startswith((f"{id_}.", f"{id_}-")):
        return True
    group = program.group.get(clause.group)
    while group is not None:
        if id_ in (group.id, *group.aliases):
            return True
        group = program.group.get(group.parent) if group.parent else None
    return False


def digest_of(program: Program, clauses: tuple[Clause, ...]) -> str:
    """The digest of one end of a row: of its clauses and of what they stand on. See `engine.pinned`."""
    text = "\n".join(pinned(program, clause) for clause in clauses)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def carried(
    crosswalk: Crosswalk, others: tuple[Clause, ...], results: Mapping[str, ClauseResult]
) -> Iterator[Attestation]:
    """What the results of the other standard say of each clause here; nothing where they say nothing."""
    applying = [clause for clause in others if results[clause.id].verdict is not Verdict.NOT_APPLICABLE]
    found = [results[clause.id] for clause in applying]
    verdict = _passed_on(crosswalk, [result.verdict for result in found])
    if verdict is None:
        return
    decided = (result for result in found if result.verdict is not UNKNOWN)
    evidence = tuple(dict.fromkeys(id_ for result in decided for id_ in result.supporting))
    for clause in crosswalk.clauses:
        yield Attestation(
            clause=clause,
            verdict=verdict,
            voice="crosswalk",
            by=crosswalk.standard,
            reason=crosswalk.relation,
            note=crosswalk.printed,
            evidence=evidence,
            carried=tuple(map(_there, applying, found)),
            span=crosswalk.span,
        )


def outdated(attestation: Attestation) -> Attestation:
    """What is left of an attestation by a row that is to be judged again: why the clause is open."""
    return replace(attestation, verdict="unknown", reason=OUTDATED, evidence=(), carried=())


def _there(clause: Clause, result: ClauseResult) -> Carried:
    return Carried(clause.printed, clause.label, _said(result.verdict), result.by)


def _said(verdict: Verdict | Special) -> AttestedVerdict:
    return verdict.value if isinstance(verdict, Verdict) else "unknown"


def _passed_on(crosswalk: Crosswalk, found: list[Verdict | Special]) -> AttestedVerdict | None:
    """The verdict that passes on; `unknown` where what is known there is only a part of an answer here."""
    if found and all(v is Verdict.SATISFIED for v in found) and crosswalk.relation in ("equal", "superset"):
        return "satisfied"
    if Verdict.UNSATISFIED in found and crosswalk.relation == "equal" and len(crosswalk.clauses) == 1:
        return "unsatisfied"
    return "unknown" if any(isinstance(v, Verdict) for v in found) else None
