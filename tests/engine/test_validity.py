"""How old evidence may be: the boundary, evidence without a date, and evidence that another standard still accepts."""

from __future__ import annotations

import pytest

from guiju.compiler.ir import UNKNOWN, Program, Verdict
from guiju.compiler.pipeline import compile_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.bind import bind
from guiju.engine.evaluate import evaluate
from guiju.exchange.evidence import parse_evidence
from guiju.report.lacking import outdated_text

SHARED = """vocabulary shared "Shared facts"
fact drill : yes-no
fact unasked : count
"""
STANDARD = """standard demo-1 "DEMO 1"
use shared
  validity drill {age}
groups section
section 6.1
  a) "drill" drill
"""


def program(age: str) -> Program:
    vocabulary, mistakes = parse(Source("shared.guiju", SHARED))
    assert mistakes == ()
    document, mistakes = parse(Source("demo.guiju", STANDARD.format(age=age)))
    assert mistakes == ()
    compiled = compile_document(document, {"shared": vocabulary})
    assert compiled.program is not None
    assert compiled.diagnostics == ()
    return compiled.program


def verdict(collected: str, age: str = "90 d") -> object:
    text = f"""guiju: evidence/1
subject: x
as_of: 2026-06-30T12:00:00+08:00
evidence:
  e1: {{kind: report{collected}}}
facts:
  drill: {{value: yes, evidence: e1}}
"""
    evidence, found = parse_evidence(Source("evidence.yaml", text))
    assert evidence is not None, found
    bound, _ = bind(program(age), evidence)
    result = evaluate(bound).clauses["6.1.a"]
    return result.verdict if result.verdict is not UNKNOWN else result.reason


@pytest.mark.parametrize(
    ("collected", "expected"),
    [
        (", collected_on: 2026-06-29", Verdict.SATISFIED),
        (", collected_on: 2026-04-01T12:00:00+08:00", Verdict.SATISFIED),  # 90 days to the second
        (", collected_on: 2026-04-01T11:59:59+08:00", "expired"),
        (", collected_on: 2026-04-01T03:59:59Z", "expired"),  # the same instant in another zone
        (", collected_on: 2026-04-01T04:00:00Z", Verdict.SATISFIED),
        ("", "expired"),  # what has no date cannot show that it is fresh
        (", collected_on: 2026-06-30T12:00:00+08:00", Verdict.SATISFIED),
        (", collected_on: 2026-06-30T12:00:01+08:00", "expired"),  # later evidence does not show how things were then
        (", collected_on: 2026-06-29, expires: 2026-06-29", "expired"),  # a date of its own counts as well
    ],
)
def test_evidence_counts_for_as_long_as_the_standard_allows(collected: str, expected: object) -> None:
    assert verdict(collected) == expected


@pytest.mark.parametrize(
    ("dates", "why", "until", "said"),
    [
        ("collected_on: 2026-06-01, expires: 2026-06-15", "expired", "2026-06-15", "e1 was valid until 2026-06-15"),
        (
            "collected_on: 2026-01-01, expires: 2027-01-01",
            "too-old",
            "2026-04-01",
            "e1 was recent enough for this standard until 2026-04-01",
        ),
        ("collected_on: 2026-01-01, expires: 2026-02-01", "expired", "2026-02-01", "e1 was valid until 2026-02-01"),
        ("expires: 2027-01-01", "undated", "", "e1 has no date of collection, so its age is open"),
        ("collected_on: 2099-01-01", "later", "", "e1 was collected after the as-of instant"),
    ],
)
def test_what_ended_the_evidence_is_said(dates: str, why: str, until: str, said: str) -> None:
    """Of its own date and the standard's limit, the one that came first."""
    text = f"""guiju: evidence/1
subject: x
as_of: 2026-06-30T12:00:00+08:00
evidence:
  e1: {{kind: report, {dates}}}
facts:
  drill: {{value: yes, evidence: e1}}
"""
    evidence, _ = parse_evidence(Source("evidence.yaml", text))
    assert evidence is not None
    bound, _ = bind(program("90 d"), evidence)
    (over,) = bound.outdated["drill"]
    day = f"{over.until:%Y-%m-%d}" if over.until else ""
    assert (over.why, day) == (why, until)
    assert outdated_text(over, "en") == said


def test_the_same_evidence_may_be_fresh_enough_for_one_standard_and_too_old_for_another() -> None:
    collected = ", collected_on: 2026-05-01"
    assert (verdict(collected, "1 440 h"), verdict(collected, "1 464 h")) == ("expired", Verdict.SATISFIED)


def test_facts_of_a_vocabulary_that_nothing_asks_for_take_no_part() -> None:
    asked = program("90 d")
    assert [(f.id, f.vocabulary) for f in asked.facts] == [("drill", "shared")]


def test_the_digest_of_a_policy_changes_with_its_vocabulary() -> None:
    document, _ = parse(Source("demo.guiju", STANDARD.format(age="90 d")))
    one, other = (parse(Source("shared.guiju", text))[0] for text in (SHARED, SHARED.replace("unasked", "another")))
    programs = [compile_document(document, {"shared": v}).program for v in (one, other)]
    assert programs[0] is not None
    assert programs[1] is not None
    assert programs[0].digest != programs[1].digest


def told(policy: Program, text: str) -> tuple[list[str], object, str | None]:
    """The codes of what is told, and the clause's verdict with the reason of an unknown one."""
    evidence, found = parse_evidence(Source("evidence.yaml", text))
    assert evidence is not None, found
    bound, diagnostics = bind(policy, evidence)
    result = evaluate(bound).clauses["6.1.a"]
    return [d.code.name for d in diagnostics], result.verdict, result.reason


UNDATED = "guiju: evidence/1\nsubject: x\n{as_of}evidence:\n  e1: {{kind: report, collected_on: 2020-01-01}}\nfacts:\n  drill: {value}\n"


def test_a_fact_that_refers_to_no_evidence_counts_and_its_age_is_said_to_be_unchecked() -> None:
    text = UNDATED.format(as_of="as_of: 2026-06-30T12:00:00+08:00\n", value="yes")
    assert told(program("90 d"), text) == (["unchecked-age"], Verdict.SATISFIED, None)


def test_without_an_instant_no_age_is_checked_and_that_is_said() -> None:
    text = UNDATED.format(as_of="", value="{value: yes, evidence: e1}")
    assert told(program("90 d"), text) == (["unchecked-age"], Verdict.SATISFIED, None)


COMPUTED = """standard demo-1 "DEMO 1"
fact a : number
fact b : number
fact r : % = a / b
groups section
section 6.1
  a) "ratio" r >= 80 %
"""


def test_a_computed_fact_whose_evidence_expired_leaves_its_clause_unknown_for_that_reason() -> None:
    compiled = compile_document(parse(Source("demo.guiju", COMPUTED))[0], {}).program
    assert compiled is not None
    text = (
        "guiju: evidence/1\nsubject: x\nas_of: 2026-01-01T00:00:00+08:00\n"
        "evidence:\n  e1: {kind: test, expires: 2025-01-01}\nfacts:\n  r: {value: 90 %, evidence: e1}\n"
    )
    assert told(compiled, text) == (["expired-evidence"], UNKNOWN, "expired")
