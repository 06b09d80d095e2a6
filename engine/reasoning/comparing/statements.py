"""Evidence as single statements, each under what it is about, so that some of them can be exchanged for others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Literal as Word
from typing import TypeAlias, TypeVar

from guiju.compiler.ir import Program
from guiju.engine.bind import rounding_of, value_of
from guiju.engine.evidence import Attestation, Choice, Evidence, EvidenceRecord, Quantity, StatedFact
from guiju.engine.names import clause_id, ids_by_name, leaf_named, leaves_by_name

StatementKind: TypeAlias = Word["as-of", "evidence", "input", "fact", "attestation", "crosswalk"]

#: an instant, an evidence record, a choice, a fact, or what one voice or the rows to one standard say of one clause
Statement: TypeAlias = datetime | EvidenceRecord | Choice | StatedFact | tuple[Attestation, ...]

#: what a statement is about: an id of the policy or of a record; of an attestation the clause and the voice, of a
#: crosswalk the clause and the other standard
Key: TypeAlias = tuple[StatementKind, str]

_S = TypeVar("_S")


def statements_of(
    program: Program, evidence: Evidence, called: Mapping[str, str] = MappingProxyType({})
) -> dict[Key, Statement]:
    """What evidence says, in the ids of a program; a name that the program does not have stays as it is.

    `called`: clauses that go by another name than their id (`engine.reasoning.editions.numbering`).
    """
    return dict(_statements(program, evidence, called))


def _statements(program: Program, evidence: Evidence, called: Mapping[str, str]) -> Iterator[tuple[Key, Statement]]:
    inputs, facts, leaves = ids_by_name(program.inputs), ids_by_name(program.facts), leaves_by_name(program)
    if evidence.as_of is not None:
        yield ("as-of", ""), evidence.as_of
    yield from ((("evidence", record.id), record) for record in evidence.records)
    yield from ((("input", inputs.get(i.name, i.name)), i) for i in evidence.inputs)
    yield from ((("fact", facts.get(f.name, f.name)), f) for f in evidence.facts)
    said: dict[Key, tuple[Attestation, ...]] = {}
    for attestation in evidence.attestations:
        id_ = leaf_named(attestation.clause, leaves) or clause_id(attestation.clause)
        clause = called.get(id_, id_)
        is_carried = attestation.voice == "crosswalk"
        kind: StatementKind = "crosswalk" if is_carried else "attestation"
        key = kind, f"{clause} {attestation.by if is_carried else attestation.voice}"
        said[key] = (*said.get(key, ()), attestation)
    yield from said.items()


def says_the_same(one: object, other: object, before: Program, after: Program) -> bool:
    """Whether two statements about the same thing say the same, by whichever names, in whichever unit and order.

    Each is in the names and units of its own edition. What is no statement says the same where it is the same.
    """
    if isinstance(one, StatedFact | Choice) and isinstance(other, StatedFact | Choice):
        return gives_the_same(one, other, before, after) and _rest_of(one) == _rest_of(other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return {_rest_of(a) for a in one} == {_rest_of(a) for a in other}
    return one == other


def gives_the_same(one: StatedFact | Choice, other: StatedFact | Choice, before: Program, after: Program) -> bool:
    """Whether two statements give the same value; of a number that a formula gives, too, to the same decimal places."""
    values = value_of(before, one), value_of(after, other)
    if None in values:  # unknown, or a name that another standard asks for: there is no more to it than what is written
        return one.value == other.value
    is_rounded = _has_formula(before, one) or _has_formula(after, other)
    return values[0] == values[1] and (not is_rounded or _rounding(one) == _rounding(other))


def _has_formula(program: Program, said: StatedFact | Choice) -> bool:
    return any(f.formula is not None and said.name in (f.id, *f.aliases) for f in program.facts)


def _rounding(said: StatedFact | Choice) -> Fraction | None:
    return rounding_of(said.value) if isinstance(said.value, Quantity) else None


def _rest_of(said: StatedFact | Choice | Attestation) -> tuple[object, ...]:
    """What is said beside the name and the value."""
    if isinstance(said, Choice):
        return ()
    if isinstance(said, StatedFact):
        return replace(said, name="", value=None, evidence=()), frozenset(said.evidence)
    return replace(said, clause="", evidence=()), frozenset(said.evidence)


def evidence_saying(evidence: Evidence, statements: Mapping[Key, Statement]) -> Evidence:
    """Evidence about the same subject that makes these statements and no others."""
    said = tuple(statements.values())
    return replace(
        evidence,
        as_of=next(_of(datetime, said), None),
        records=tuple(_of(EvidenceRecord, said)),
        inputs=tuple(_of(Choice, said)),
        facts=tuple(_of(StatedFact, said)),
        attestations=tuple(a for attestations in said if isinstance(attestations, tuple) for a in attestations),
    )


def _of(kind: type[_S], statements: tuple[Statement, ...]) -> Iterator[_S]:
    return (s for s in statements if isinstance(s, kind))
