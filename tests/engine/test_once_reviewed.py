"""What a principal engineer found wrong, each with the smallest policy that showed it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from guiju.compiler.ir import UNKNOWN, Undefined
from guiju.compiler.pipeline import compile_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.bind import bind
from guiju.engine.evaluate import Assessment, evaluate
from guiju.exchange.evidence import parse_evidence

HEAD = 'standard t-1 "T"\n'


def assess(policy: str, evidence: str, readings: dict[str, str] | None = None) -> Assessment:
    document, mistakes = parse(Source("policy", HEAD + policy))
    assert mistakes == ()
    compiled = compile_document(document)
    assert compiled.program is not None, [d.message("en") for d in compiled.diagnostics]
    stated, found = parse_evidence(Source("evidence.yaml", f"guiju: evidence/1\nsubject: x\n{evidence}"))
    assert stated is not None, [d.message("en") for d in found]
    bound, matched = bind(compiled.program, stated)
    assert not [d for d in matched if d.is_error], [d.message("en") for d in matched]
    return evaluate(bound, readings)


CONDITIONAL = """groups section
fact go : yes-no
fact n : count
section 1
  a) "x" attested applies when go
  b) "y" n >= 3 applies when go
"""


@pytest.mark.parametrize("clause", ["1.a", "1.b"])
@pytest.mark.parametrize(
    ("voice", "go", "expected"),
    [
        ("vendor", "yes", (UNKNOWN, "missing")),
        ("assessor", "yes", (UNKNOWN, "conflicting")),
        ("override", "yes", ("not-applicable", None)),
        ("vendor", "unknown", ("not-applicable", None)),
        ("assessor", "unknown", ("not-applicable", None)),
    ],
)
def test_facts_that_say_a_clause_applies_are_heard(clause: str, voice: str, go: str, expected: object) -> None:
    said = f"{{verdict: not-applicable, voice: {voice}, reason: r}}"
    result = assess(CONDITIONAL, f"facts: {{go: {go}}}\nattestations: {{{clause}: {said}}}\n").clauses[clause]
    verdict = result.verdict if result.verdict is UNKNOWN else result.verdict.value
    assert (verdict, result.reason) == expected


TWO_GRADES = """groups section
levels
  L1
section 1
  a) "x" attested
membership
  section | L1
  1 | all
score A at each level = count of clauses satisfied
score B at each level = 10 * A
grade g by A
  L1 | 1 <= A <= 2
  otherwise | none
grade h by B
  L1 | 5 <= B
  otherwise | none
reading r "r"
  default x : nothing changes
  or y : grade g L1 = 2 <= A
"""


def test_a_reading_patches_the_grade_that_it_names() -> None:
    values = {}
    for option in ("x", "y"):
        assessment = assess(TWO_GRADES, "attestations: {1.a: satisfied}\n", {"r": option})
        values[option] = (assessment.value("g"), assessment.value("h"))
    assert values == {"x": ("L1", "L1"), "y": ("none", "L1")}


LEFT_OUT = """groups domain > section
input k : one of p | q
domain D
  section 1
    a) "x" attested
domain E
  section 2
    a) "y" attested
weights
  k | D | E
  p | 100% |
  q | 50% | 50%
score cnt of each domain = count of clauses satisfied
score weighed = sum of weight * cnt over each domain
score average = mean of cnt over each domain
score most = max of cnt over each domain
score all_in = sum of cnt over each domain
"""


@pytest.mark.parametrize(("k", "expected"), [("p", (0, 0, 0)), ("q", (Fraction(1, 2), 1, 1))])
def test_aggregates_leave_out_the_groups_that_the_weights_leave_out(k: str, expected: object) -> None:
    assessment = assess(LEFT_OUT, f"inputs: {{k: {k}}}\nattestations: {{1.a: unsatisfied, 2.a: satisfied}}\n")
    assert tuple(assessment.value(id_) for id_ in ("average", "most", "all_in")) == expected


ROUNDED = """groups section
fact done : number
fact planned : number
fact ratio : % = done / planned
section 1
  a) "x" ratio >= 80 %
"""


@pytest.mark.parametrize(
    ("stated", "done", "expected"),
    [
        ("83.3 %", "83.33", "satisfied"),
        ("83 %", "83.33", "satisfied"),
        ("83.4 %", "83.33", "conflicting"),
        ("80 %", "79.97", "unsatisfied"),  # the rounded number would pass, the exact one does not
        ("80.0 %", "79.94", "conflicting"),
    ],
)
def test_a_stated_number_may_be_the_computed_one_rounded_and_then_the_exact_one_counts(
    stated: str, done: str, expected: str
) -> None:
    result = assess(ROUNDED, f"facts: {{ratio: {stated}, done: {done}, planned: 100}}\n").clauses["1.a"]
    assert (result.reason if result.verdict is UNKNOWN else result.verdict.value) == expected


def test_a_computed_quantity_below_zero_is_undefined() -> None:
    policy = 'groups section\nfact a : number\nfact t : h = 1 h * a\nsection 1\n  a) "x" t <= 1 h\n'
    assessment = assess(policy, "facts: {a: -5}\n")
    assert assessment.value("fact:t") == Undefined("below-zero")
    assert assessment.clauses["1.a"].reason == "undefined"


@pytest.mark.parametrize(
    ("type_", "stated", "said"),
    [
        ("%", "80 家", "wrong-unit"),
        ("%", "80 %", None),
        ("count", "300 %", "wrong-unit"),
        ("count", "3 家", None),
        ("number", "300 %", None),
    ],
)
def test_counts_and_percentages_are_not_taken_for_each_other(type_: str, stated: str, said: str | None) -> None:
    document, _ = parse(Source("policy", f'{HEAD}groups section\nfact f : {type_}\nsection 1\n  a) "x" f >= 1 %\n'))
    program = compile_document(document).program
    if program is None:
        document, _ = parse(Source("policy", f'{HEAD}groups section\nfact f : {type_}\nsection 1\n  a) "x" f >= 1\n'))
        program = compile_document(document).program
    assert program is not None
    evidence, _ = parse_evidence(Source("e.yaml", f"guiju: evidence/1\nsubject: x\nfacts: {{f: {stated}}}\n"))
    assert evidence is not None
    _, found = bind(program, evidence)
    assert [d.code.name for d in found] == ([said] if said else [])


@pytest.mark.parametrize(("stated", "meant"), [("0.85", "85 %"), ("85", "85 %"), ("1", "100 %")])
def test_a_ratio_without_its_unit_is_told_what_it_probably_means(stated: str, meant: str) -> None:
    document, _ = parse(Source("policy", f'{HEAD}groups section\nfact f : %\nsection 1\n  a) "x" f >= 80 %\n'))
    program = compile_document(document).program
    evidence, _ = parse_evidence(Source("e.yaml", f"guiju: evidence/1\nsubject: x\nfacts: {{f: {stated}}}\n"))
    assert program is not None
    assert evidence is not None
    (found,) = bind(program, evidence)[1]
    assert dict(found.arguments)["example"] == meant


def test_a_wrong_unit_is_answered_with_the_units_of_the_fact_in_either_language() -> None:
    document, _ = parse(Source("policy", f'{HEAD}groups section\nfact f : h\nsection 1\n  a) "x" f >= 1 h\n'))
    program = compile_document(document).program
    assert program is not None
    evidence, _ = parse_evidence(Source("e.yaml", "guiju: evidence/1\nsubject: x\nfacts: {f: 3 TB/s}\n"))
    assert evidence is not None
    (found,) = bind(program, evidence)[1]
    assert found.help("en") == "use one of these units: ns, us, ms, s, min, h, d, week"
    assert found.help("zh") == "换成以下单位之一：纳秒、微秒、毫秒、秒、分钟、小时、天、周"
