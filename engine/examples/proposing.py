"""A subject -> an example to be confirmed: what it needs to be given, and what the policy makes of it now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from guiju.compiler.ir import UNKNOWN, Example, Expected, GivenVerdict, Program, Value, Verdict
from guiju.dsl.diagnostic import Text
from guiju.engine.bind import Bound, bind
from guiju.engine.evaluate import Assessment, settle
from guiju.engine.evidence import Evidence
from guiju.engine.examples.case import case_of
from guiju.engine.examples.judging import assessed
from guiju.engine.examples.rounding import with_round_numbers
from guiju.engine.network import network_of
from guiju.engine.reasoning.editions.subject import Subject, evidence_of_both

_Verdicts = Mapping[str, GivenVerdict]


def proposed(
    program: Program,
    label: Text,
    evidence: Evidence,
    addresses: Iterable[str],
    readings: Mapping[str, str] | None = None,
) -> Example:
    """An example of a subject that expects of some nodes what the policy makes of them now."""
    bound, _ = bind(program, evidence)
    said = {id_: a[0].verdict for id_, a in bound.attestations.items() if a[0].verdict != "unknown"}
    example = _example(program, label, bound, cast(_Verdicts, said))
    return _expecting(program, replace(example, readings=tuple((readings or {}).items())), tuple(addresses))


def of_completion(program: Program, label: Text, subject: Subject, addresses: Iterable[str]) -> Example | None:
    """An example of a completion, clauses of which it says nothing being satisfied; None where no evidence says it.

    Verdicts of all clauses are easier to confirm than the facts behind them, so where they suffice facts are left out.
    """
    wanted = tuple(addresses)
    evidence = evidence_of_both(label.zh, ((program, _filled(program, subject), program.defaults),))
    if evidence is None:
        return None
    found = proposed(program, label, evidence, wanted)
    evidence = with_round_numbers(
        program, evidence, lambda e: proposed(program, label, e, wanted).expected == found.expected
    )
    whole = proposed(program, label, evidence, wanted)
    verdicts = _verdicts(program, whole)
    short = _example(program, label, case_of(program, replace(whole, facts=())).bound, verdicts)
    expecting = _expecting(program, short, wanted)
    return expecting if expecting.expected == whole.expected else whole


def _filled(program: Program, subject: Subject) -> dict[str, Value]:
    open_ = {f"clause:{c.id}": Verdict.SATISFIED for c in program.items() if f"clause:{c.id}" not in subject}
    return {**subject, **open_}


def _verdicts(program: Program, example: Example) -> dict[str, GivenVerdict]:
    """What every clause comes to in an example."""
    bound = case_of(program, example).bound
    _, results = settle(network_of(program), bound, program.defaults | dict(example.readings))
    found = {c.id: results[c.id].verdict for c in program.items()}
    return {id_: v.value for id_, v in found.items() if isinstance(v, Verdict)}


def _example(program: Program, label: Text, bound: Bound, verdicts: _Verdicts) -> Example:
    """The example of bound evidence; where every clause is told, those that are as most are go together as a set."""
    items = {c.id for c in program.items()}
    most = Counter(verdicts.values()).most_common(1)[0][0] if items <= verdicts.keys() and items else None
    together = {id_ for id_, verdict in verdicts.items() if verdict == most != "not-applicable"}
    return Example(
        label,
        True,
        tuple((name, str(value)) for name, value in bound.inputs.items()),
        tuple(bound.facts.items()),
        (),
        tuple((c.id, verdicts[c.id]) for c in program.clauses if c.id in verdicts),
        frozenset(verdicts.keys() - together),
        (),
        span=program.span,
    )


def _expecting(program: Program, example: Example, addresses: tuple[str, ...]) -> Example:
    assessment = assessed(case_of(program, example).bound, dict(example.readings), addresses)
    return replace(example, expected=tuple(expected_of(assessment, address) for address in addresses))


def expected_of(assessment: Assessment, address: str) -> Expected:
    """What an assessment makes of a node, as an expectation."""
    index = assessment.network.at[address]
    value, possible = assessment.values[index], assessment.open.get(index)
    is_told = value is UNKNOWN and possible is not None and possible.exact and not address.startswith("clause:")
    values = possible.values if is_told and possible is not None else (value,)
    return Expected(address, values, span=assessment.program.span)
