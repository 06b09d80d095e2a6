"""What a crosswalk carries from one standard to another, for every relation and every verdict over there."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from guiju.compiler.ir import UNKNOWN, Program
from guiju.compiler.pipeline import compile_document
from guiju.dsl.formatter import format_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.evaluate import evaluate
from guiju.engine.pinned import pinned as text_pinned
from guiju.exchange.evidence import parse_evidence
from guiju.pins import Broken, crosswalk_findings
from guiju.standards import bind_for

OTHER = """standard other "OTHER"
groups section
section 5.1
  a) "two shifts" attested
  b) "three shifts" attested applies when open_at_night
  c) "drills" attested
fact open_at_night : yes-no
"""
HERE = """standard here "HERE"
groups section
section 6.1
  a) "shifts" attested
  b) "alone" attested
crosswalk other
  6.1 a) | {relation} | 5.1 a)~b){digest}
score all_met = count of clauses satisfied
"""


def compiled(text: str) -> Program:
    document, mistakes = parse(Source("policy.guiju", text))
    assert mistakes == ()
    program = compile_document(document).program
    assert program is not None
    return program


def programs(id_: str) -> Program | None:
    return compiled(OTHER) if id_ == "other" else None


def decided(relation: str, there: str, here: str = "", digest: str = "") -> tuple[object, object]:
    """The verdict of 6.1 a) and who gave it, or UNKNOWN and the reason."""
    text = f"""guiju: evidence/1
subject: x
voice: assessor
standards:
  here: {{attestations: {{{here}}}}}
  other: {{attestations: {{{there}}}}}
"""
    evidence, found = parse_evidence(Source("evidence.yaml", text))
    assert evidence is not None, found
    bindings = bind_for(compiled(HERE.format(relation=relation, digest=digest)), evidence, programs)
    assert not [d for d in bindings.diagnostics if d.is_error]
    result = evaluate(bindings.bound).clauses["6.1.a"]
    return (UNKNOWN, result.reason) if result.verdict is UNKNOWN else (result.verdict.value, result.by)


BOTH = "5.1.a: satisfied, 5.1.b: satisfied"
NOT_B = "5.1.a: satisfied, 5.1.b: unsatisfied"
ONLY_A = "5.1.a: satisfied"
NO_B = "5.1.a: satisfied, 5.1.b: {verdict: not-applicable, reason: shut at night}"
NEITHER_APPLIES = "5.1.b: {verdict: not-applicable, reason: shut at night}"
NO = ("unsatisfied", "crosswalk")
YES = ("satisfied", "crosswalk")
PARTIAL = (UNKNOWN, "partial")
NOTHING = (UNKNOWN, "missing")


@pytest.mark.parametrize(
    ("there", "equal", "superset", "subset", "intersects"),
    [
        (BOTH, YES, YES, PARTIAL, PARTIAL),
        (NOT_B, NO, PARTIAL, PARTIAL, PARTIAL),
        (ONLY_A, PARTIAL, PARTIAL, PARTIAL, PARTIAL),
        (NO_B, YES, YES, PARTIAL, PARTIAL),  # what does not apply there is not asked there
        (NEITHER_APPLIES, NOTHING, NOTHING, NOTHING, NOTHING),
        ("", NOTHING, NOTHING, NOTHING, NOTHING),
    ],
)
def test_what_a_relation_carries(
    there: str, equal: object, superset: object, subset: object, intersects: object
) -> None:
    relations = ("equal", "superset", "subset", "intersects")
    assert [decided(relation, there) for relation in relations] == [equal, superset, subset, intersects]


@pytest.mark.parametrize(("there", "here"), [(BOTH, YES), (NOT_B, PARTIAL)])
def test_of_several_clauses_here_it_is_open_which_one_is_not_met(
    there: str, here: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What both ask for together is what both there ask for together; one failure there may lie in either."""
    monkeypatch.setitem(globals(), "HERE", HERE.replace("  6.1 a) |", "  6.1 a)~b) |"))
    assert decided("equal", there) == here


@pytest.mark.parametrize("said", ["satisfied", "unsatisfied"])
def test_whatever_is_said_here_comes_first(said: str) -> None:
    for there in (BOTH, NOT_B):
        assert decided("equal", there, f"6.1.a: {said}") == (said, "assessor")


def test_a_clause_that_a_reading_gives_a_condition_is_no_different(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        HERE
        + """fact busy : yes-no
reading r "读法" / "Reading"
  default people "人" / "People" : nothing changes
  or facts "事实" / "Facts" : clause 6.1 a) requires busy
"""
    )
    monkeypatch.setitem(globals(), "HERE", text)
    assert [decided("superset", there) for there in (BOTH, NOT_B, "")] == [YES, PARTIAL, NOTHING]


def test_what_was_carried_is_carried_no_further() -> None:
    """A third standard crosses to this one, which only has its verdict from the other."""
    third = HERE.replace("standard here", "standard third").replace("crosswalk other", "crosswalk here")
    third = third.format(relation="equal", digest="").replace("5.1 a)~b)", "6.1 a)")
    text = f"""guiju: evidence/1
subject: x
standards:
  third:
  here:
  other: {{attestations: {{{BOTH}}}}}
"""
    evidence, found = parse_evidence(Source("evidence.yaml", text))
    assert evidence is not None, found
    everything = {"here": compiled(HERE.format(relation="equal", digest="")), "other": compiled(OTHER)}
    bindings = bind_for(compiled(third), evidence, everything.get)
    assert evaluate(bindings.bound).clauses["6.1.a"].reason == "missing"


# --- digests -----------------------------------------------------------------------------------------------------


def findings(digest: str, other: str = OTHER) -> list[tuple[str, str]]:
    program = compiled(HERE.format(relation="equal", digest=digest))
    found = crosswalk_findings(program, lambda id_: compiled(other) if id_ == "other" else None)
    return [(d.code.name, d.message("en")) for d in found]


def pinned() -> str:
    """The digest that the finding of a row without one proposes."""
    found = crosswalk_findings(compiled(HERE.format(relation="equal", digest="")), programs)
    return f' | "{dict(found[0].arguments)["digest"]}"'


def test_a_row_without_a_digest_is_told_which_and_then_it_is_still() -> None:
    assert [name for name, _ in findings("")] == ["crosswalk-unpinned"]
    assert findings(pinned()) == []
    assert findings(pinned(), OTHER.replace('  a) "two shifts"', '  a)   "two  shifts"')) == []


@pytest.mark.parametrize("end", ["here", "there"])
def test_an_amended_clause_flags_the_row_and_it_passes_nothing_on(end: str) -> None:
    first, _, second = pinned().partition("/")
    changed = f' | "{"0" * 12}/{second}' if end == "here" else f'{first}/{"0" * 12}"'
    name, message = findings(changed)[0]
    assert name == "crosswalk-outdated"
    assert ("clauses here" in message) == (end == "here")
    assert decided("equal", BOTH, digest=pinned()) == YES
    assert decided("equal", BOTH, digest=changed) == (UNKNOWN, "crosswalk-outdated")
    assert decided("equal", BOTH, "6.1.a: unsatisfied", digest=changed) == ("unsatisfied", "assessor")
    assert decided("equal", "", digest=changed) == NOTHING


def test_the_text_of_the_other_clause_is_pinned() -> None:
    assert [n for n, _ in findings(pinned(), OTHER.replace("three shifts", "four shifts"))] == ["crosswalk-outdated"]
    assert findings(pinned(), OTHER.replace("drills", "more drills")) == []


MEASURED = """standard other "OTHER"
groups section
input site : one of shop | depot
section 5.1
  a) shall "quick" answers <= limit and staffed = yes applies when site = shop
  b) should "staffed" staffed = yes
fact answers : s "answers" / "Answers"
  guidance "量" / "As measured"
fact staffed : yes-no = people >= 2 "staffed" / "Staffed"
fact people : count "people" / "People"
fact unrelated : count
let limit = 30 s
reading pace "快慢" / "Pace" cites 5.1
  default as-written "照录" / "As written" : nothing changes
  or slower "放宽" / "Slower" : clause 5.1 a) requires answers <= 60 s
score met = count of clauses satisfied
"""


def outdated(then: str, now: str) -> bool:
    """Whether a row that was pinned to one text of the other standard is flagged under another."""
    here = compiled(HERE.format(relation="equal", digest=""))
    before = crosswalk_findings(here, lambda _: compiled(then))
    row = compiled(HERE.format(relation="equal", digest=f' | "{dict(before[0].arguments)["digest"]}"'))
    return [d.code.name for d in crosswalk_findings(row, lambda _: compiled(now))] == ["crosswalk-outdated"]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("quick", "quicker"),  # what the clause says
        ("a) shall", "a) should"),
        ("<= limit", "< limit"),
        ("limit = 30 s", "limit = 40 s"),
        ("site = shop", "site = depot"),
        ("answers : s", "answers : min"),  # the unit of a fact: a number without one means another amount
        ("one of shop | depot", "one of shop | depot | yard"),
        ("people >= 2", "people >= 3"),  # a formula
        ("people : count", "people : number"),  # the type of a fact by way of a formula
    ],
)
def test_what_a_clause_stands_on_is_pinned(then: str, now: str) -> None:
    assert MEASURED.count(then) == 1
    assert outdated(MEASURED, MEASURED.replace(then, now))


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ('"量" / "As measured"', '"照量" / "As it was measured"'),  # how a fact is explained
        ('"answers" / "Answers"', '"答复" / "Answering"'),
        ("fact unrelated : count", "fact unrelated : yes-no"),
        ("limit = 30 s", "limit = 0.5 min"),  # the same amount
        ("answers <= 60 s", "answers <= 90 s"),  # another option of a reading
    ],
)
def test_what_decides_nothing_is_not_pinned(then: str, now: str) -> None:
    assert MEASURED.count(then) == 1
    assert not outdated(MEASURED, MEASURED.replace(then, now))


def test_the_language_that_a_policy_is_typed_in_does_not_matter() -> None:
    document, _ = parse(Source("policy.guiju", MEASURED))
    assert not outdated(MEASURED, format_document(document, "zh"))


def test_a_validity_is_pinned() -> None:
    """How old evidence may be decides as well: `validity` stands below `use`."""
    program = compiled(MEASURED)
    fact = program.fact["people"]
    shorter = replace(
        program, facts=tuple(replace(f, validity=Fraction(60)) if f is fact else f for f in program.facts)
    )
    clause = program.clause["5.1.b"]
    assert text_pinned(program, clause) != text_pinned(shorter, shorter.clause["5.1.b"])


def test_clauses_and_standards_that_do_not_exist() -> None:
    assert [n for n, _ in findings("", OTHER.replace("section 5.1", "section 5.2"))] == ["crosswalk-clause"]
    program = compiled(HERE.format(relation="equal", digest=""))
    assert [d.code.name for d in crosswalk_findings(program, lambda _: None)] == ["crosswalk-standard"]


def test_a_standard_with_errors_is_told_from_one_that_does_not_exist() -> None:
    program = compiled(HERE.format(relation="equal", digest=""))
    (found,) = crosswalk_findings(program, lambda _: Broken("other.guiju", 2))
    assert found.code.name == "standard-has-errors"
    assert "2 error" in found.message("en")
    assert "guiju check other.guiju" in found.help("en")


# --- one file for several standards ------------------------------------------------------------------------------


def test_a_fact_that_none_of_the_standards_asks_for_is_reported_and_one_that_another_asks_for_is_not() -> None:
    text = (
        "guiju: evidence/1\nsubject: x\nfacts: {open_at_night: no, open_at_nigth: yes}\nstandards: {here: , other: }\n"
    )
    evidence, _ = parse_evidence(Source("evidence.yaml", text))
    assert evidence is not None
    found = bind_for(compiled(HERE.format(relation="equal", digest=pinned())), evidence, programs).diagnostics
    assert [(d.code.name, d.suggestion) for d in found] == [("unknown-fact", "open_at_night")]
