"""Outcomes under other readings by way of examples: completions that are known already, looked at once more.

A witness of one reading is a completion under another one as well, so its outcome there is reachable there. Where the
outcomes of a few witnesses are all that the grade lists, and all that it can be undefined for, nothing has to be swept
to know the set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from guiju.compiler.ir import UNKNOWN, Cases, Choice, Expression, Literal, Ref, Value, Verdict
from guiju.dsl.source import Source, Span
from guiju.engine.bind import Bound
from guiju.engine.evaluate import Assessment, settle, settle_nodes
from guiju.engine.evidence import Attestation, StatedFact
from guiju.engine.reasoning.readings.touched import Touched
from guiju.engine.reasoning.undefinable import Undefinable
from guiju.engine.verdicts import ClauseResult


class Witnesses:
    """The witnesses of an assessment's open outcomes, each as evidence; none where they may contradict a statement."""

    def __init__(self, assessment: Assessment) -> None:
        self._program, self._network = assessment.program, assessment.network
        self._readings = assessment.readings
        self._touched = Touched(self._network, self._readings)
        self._undefinable = Undefinable(self._network, assessment.bound.inputs)
        self._told = () if _is_bound_by_statements(assessment) else tuple(_told(assessment))

    def outcomes(self, readings: Mapping[str, str]) -> dict[str, frozenset[Value]] | None:
        """What every outcome can be under some readings, where the witnesses alone show it."""
        if not self._told:
            return None
        at_most = {o: self._at_most(o, readings) for o in self._program.outcomes}
        found: dict[str, set[Value]] = {o: set() for o in at_most}
        for (bound, clauses), settled in zip(self._told, self._settled, strict=True):
            values = self._again(bound, settled, readings)
            if self._says_what_facts_may_deny(values, clauses):
                continue
            for outcome, seen in found.items():
                seen.add(values[self._network.at[outcome]])
        if any(frozenset(seen - {UNKNOWN}) != at_most[o] for o, seen in found.items()):
            return None
        return {o: frozenset(seen - {UNKNOWN}) for o, seen in found.items()}

    @cached_property
    def _settled(self) -> tuple[tuple[list[Value], dict[str, ClauseResult]], ...]:
        """What each witness comes to under the readings of the assessment."""
        return tuple(settle(self._network, bound, self._readings) for bound, _ in self._told)

    def _again(
        self, bound: Bound, settled: tuple[list[Value], dict[str, ClauseResult]], readings: Mapping[str, str]
    ) -> list[Value]:
        """All values of a witness under other readings."""
        values, clauses = list(settled[0]), dict(settled[1])
        touched = self._touched.changed(readings, self._readings)
        settle_nodes(touched, self._network, bound, readings, (values, clauses))
        return values

    def _says_what_facts_may_deny(self, values: list[Value], clauses: tuple[str, ...]) -> bool:
        """Whether a clause that the witness tells stands on facts that are open under these readings."""
        nodes = (self._network.node(f"clause:{c}") for c in clauses)
        return any(values[o] is UNKNOWN for node in nodes for o in node.operands)

    def _at_most(self, outcome: str, readings: Mapping[str, str]) -> frozenset[Value] | None:
        """All that an outcome can be under some readings, and perhaps more; None where its grade does not list it."""
        listed = self._listed(self._program.definition[outcome].expression, readings)
        return None if listed is None else listed | self._undefinable.of(self._network.at[outcome], readings)

    def _listed(self, e: Expression, readings: Mapping[str, str]) -> frozenset[Value] | None:
        """The values that a table lists under some readings; None if it is not a table of plain values."""
        match e:
            case Literal():
                return frozenset([e.value])
            case Choice():
                return self._listed(dict(e.options)[readings[e.reading]], readings)
            case Ref():
                return self._listed(self._program.definition[e.name].expression, readings)
            case Cases(exclusive=False, undecided=None):
                parts = [self._listed(v, readings) for v in (*(row.value for row in e.rows), e.otherwise)]
                return None if None in parts else frozenset[Value]().union(*(p for p in parts if p))
        return None


def _is_bound_by_statements(assessment: Assessment) -> bool:
    """Whether facts may contradict what is stated: below an attested clause, or in the formula of a stated fact."""
    network, bound = assessment.network, assessment.bound
    attested = (network.node(f"clause:{c}") for c, r in assessment.clauses.items() if r.attestations)
    stated = (network.node(a) for f in bound.facts if (a := f"fact:{f}") in network.at)
    return any(node.operands for node in (*attested, *stated))


def _told(assessment: Assessment) -> Iterator[tuple[Bound, tuple[str, ...]]]:
    """The evidence with one witness added, and the clauses that it tells.

    Facts go before what a vendor says, as they do in a completion.
    """
    bound = assessment.bound
    for outcome in assessment.program.outcomes:
        possible = assessment.possible(outcome)
        for value in possible.values if possible.exact and len(possible.values) > 1 else ():
            split = [(*address.partition(":"), taken) for address, taken in possible.witness(value).items()]
            said = {
                id_: (*bound.attestations.get(id_, ()), _said(id_, taken))
                for kind, _, id_, taken in split
                if kind == "clause" and taken is not Verdict.NOT_APPLICABLE
            }
            facts = {id_: taken for kind, _, id_, taken in split if kind == "fact"}
            told = replace(
                bound,
                facts={**bound.facts, **facts},
                stated={**{f: StatedFact(name=f, value=None, span=_NOWHERE) for f in facts}, **bound.stated},
                inputs={**bound.inputs, **{id_: taken for kind, _, id_, taken in split if kind == "input"}},
                attestations={**bound.attestations, **said},
            )
            yield told, tuple(said)


def _said(clause: str, verdict: Value) -> Attestation:
    assert isinstance(verdict, Verdict)
    return Attestation(clause=clause, verdict=verdict.value, voice="vendor", span=_NOWHERE)


_NOWHERE = Span(Source("witness", ""), 0, 0)
