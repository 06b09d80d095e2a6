"""An interview on the whole standard: what somebody is asked who knows what an example says, and where it ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import guiju
from guiju.compiler.ir import UNKNOWN, Undefined, Verdict
from guiju.engine.bind import Bound
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Attestation, StatedFact
from guiju.engine.reasoning.asking.outlook import Looking
from guiju.engine.reasoning.asking.questions import Inquiry, Question, inquire
from tests.engine.strategies import SPAN

POLICY = "gbt-45288.3-2025"
EXAMPLES = Path(__file__).parents[3] / "policies" / POLICY / "evidence"


def knowing_nothing() -> Bound:
    return guiju.evaluate(POLICY, {"guiju": "evidence/1", "subject": "nobody"}).bound


def answered(bound: Bound, question: Question, knows: Assessment) -> Bound | None:
    """What is known once somebody has answered; None if he does not know it."""
    kind, _, id_ = question.address.partition(":")
    if kind == "input":
        return replace(bound, inputs={**bound.inputs, id_: knows.bound.inputs[id_]})
    value = knows.values[knows.network.at[question.address]]
    if value is UNKNOWN or isinstance(value, Undefined):
        return None
    if kind == "fact":
        stated = StatedFact(name=id_, value=None, span=SPAN)
        return replace(bound, facts={**bound.facts, id_: value}, stated={**bound.stated, id_: stated})
    assert isinstance(value, Verdict)
    said = Attestation(clause=id_, verdict=value.value, voice="override", span=SPAN)
    return replace(bound, attestations={**bound.attestations, id_: (said,)})


def test_from_nothing_the_service_is_asked_first_and_each_question_knows_what_its_answers_leave() -> None:
    inquiry = inquire(knowing_nothing())
    service = inquiry.next
    assert service is not None
    assert (service.name, inquiry.matters(service)) == ("service", "alone")
    left = {value: {str(v) for v in levels} for value, (levels,) in service.answers}
    assert left["full"] == {"none", "L1", "L2", "L3"}
    assert len(left["platform+operations"]) == 1, "the standard lists no such combination"
    assert all(q.exact for q in inquiry.questions if q.answers)


@pytest.mark.slow
def test_who_reaches_the_highest_level_is_asked_less_than_half_of_it_and_nothing_in_vain() -> None:
    knows = guiju.evaluate(POLICY, EXAMPLES / "strong-platform-vendor.yaml")
    bound, looking, asked, aside = knowing_nothing(), Looking(knows.program), list[str](), set[str]()
    begun: Inquiry = inquire(bound, looking=looking)
    inquiry = begun
    while not inquiry.is_settled and inquiry.next is not None:
        asked.append(inquiry.next.address)
        after = answered(bound, inquiry.next, knows)
        if after is None:
            aside.add(inquiry.next.address)
        bound = after or bound
        inquiry = inquire(bound, put_aside=aside, looking=looking)
    assert inquiry.outlook.outcomes["level"].values == ("L3",)
    assert len(asked) == len(set(asked)) < begun.open_questions / 2
    assert inquiry.open_questions > begun.open_questions / 2, "which need not be asked"


def test_where_the_service_alone_decides_and_nobody_knows_it_nothing_else_is_asked() -> None:
    """Too much is unsatisfied for any level; without the service it is open whether the standard lists it at all."""
    program = guiju.load(POLICY).program
    unmet = {c.id: "unsatisfied" for c in program.clauses if c.condition is None}
    bound = guiju.evaluate(POLICY, {"guiju": "evidence/1", "subject": "x", "attestations": unmet}).bound
    asked_first = inquire(bound).next
    assert asked_first is not None
    assert asked_first.address == "input:service"
    inquiry = inquire(bound, put_aside=frozenset({"input:service"}))
    assert inquiry.questions
    assert not inquiry.is_settled
    assert inquiry.next is None
