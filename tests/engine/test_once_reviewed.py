"""What a principal engineer found wrong, each with the smallest policy that showed it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from guiju.compiler.ir import NOT_ENTERED, UNKNOWN, Undefined
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


SHARED_GATE = """groups domain > section
levels
  L1
  L2
domain d
  section 4
    a) "x" attested
    b) "y" attested
membership
  section | L1 | L2
  4 | a) | all
score of each section
  at L1
    1 when all clauses satisfied
    0 otherwise
  at L2 after every section within domain scores 1 at L1
    2 when all clauses satisfied
    1 otherwise
score of each domain
  at L1
    1 when all clauses satisfied
    0 otherwise
  at L2 after {gate}
    2 when all clauses satisfied
    1 otherwise
"""


@pytest.mark.parametrize("gate", ["4 b) satisfied", "every section within domain scores 2 at L1"])
def test_scores_of_two_kinds_have_a_gate_each(gate: str) -> None:
    assessment = assess(SHARED_GATE.format(gate=gate), "attestations: {4.a: satisfied, 4.b: unsatisfied}\n")
    assert assessment.value("score:4@L2") == 1
    assert assessment.value("score:d@L2") is NOT_ENTERED


@pytest.mark.parametrize("name", ["service", "fact", "clause", "item", "gate", "reading", "input"])
def test_a_score_may_be_called_like_the_beginning_of_an_address(name: str) -> None:
    policy = f"""groups domain
fact d : number
domain d
  a) "x" d >= 5
score {name} of each domain = 7
score A = d + mean of {name} over each domain
"""
    assert assess(policy, "facts: {d: 3}\n").value("A") == 10


def test_options_may_be_called_like_parts_of_a_gate() -> None:
    policy = (
        SHARED_GATE.format(gate="4 b) satisfied")
        + """reading r "r"
  default left : nothing changes
  or table : score of each domain at L2 after 4 a) satisfied
"""
    )
    evidence = "attestations: {4.a: satisfied, 4.b: unsatisfied}\n"
    found = [assess(policy, evidence, {"r": option}).value("score:d@L2") for option in ("left", "table")]
    assert found == [NOT_ENTERED, 1]


LEFT_OUT_BEHIND_A_GATE = """groups domain
input use : one of first | both
fact web : yes-no
levels
  L1
  L2
domain d
  a) "x" attested
domain e
  a) "y" attested applies when web
membership
  domain | L1 | L2
  d | all | all
  e | all | all
weights
  use | d | e
  first | 100% |
  both | 50% | 50%
score of each domain
  at L1
    1 when all clauses satisfied
    0 otherwise
  at L2 after share of clauses satisfied >= 50 %
    2 when all clauses satisfied
    1 otherwise
score A at each level = sum of weight * score over each domain
"""


@pytest.mark.parametrize(("use", "expected"), [("first", Fraction(2)), ("both", Undefined("share-of-nothing"))])
def test_a_group_that_takes_no_part_spoils_nothing_by_its_gate(use: str, expected: object) -> None:
    evidence = f"inputs: {{use: {use}}}\nfacts: {{web: no}}\nattestations: {{d.a: satisfied}}\n"
    assert assess(LEFT_OUT_BEHIND_A_GATE, evidence).value("A@L2") == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("  L1 | x >= 1\n  L2 | x >= 1\n", "L2"),
        ("  L1 | x >= 1\n  L2 | x >= 1\n  none | y >= 0\n", "L2"),
        ("  L1 | x >= 1\n  undefined | y >= 0\n  L2 | x >= 1\n", "L2"),
        ("  none | y >= 0\n  L1 | x >= 1\n  L2 | x >= 1\n", "none"),
    ],
)
def test_the_highest_level_counts_whatever_rows_stand_below_the_first_level(rows: str, expected: str) -> None:
    policy = f"""groups section
fact x : number
fact y : number
levels
  L1
  L2
section 1
  a) "x" x >= 1
membership
  section | L1 | L2
  1 | all | all
grade g by x
{rows}  otherwise | none
"""
    assert assess(policy, "facts: {x: 3, y: 3}\n").value("g") == expected


@pytest.mark.parametrize(("verdict", "satisfied"), [("satisfied", True), ("unsatisfied", False)])
def test_a_parent_without_a_modality_is_decided_by_its_strongest_leaves(verdict: str, satisfied: bool) -> None:
    policy = """groups section
section 4
  a) "x"
    1) should "y" attested
    2) may "z" attested
let held = 4 a) satisfied
let failed = 4 a) unsatisfied
"""
    assessment = assess(policy, f"attestations: {{4.a.1: {verdict}, 4.a.2: unsatisfied}}\n")
    assert (assessment.value("held"), assessment.value("failed")) == (satisfied, not satisfied)


@pytest.mark.parametrize(("b", "expected"), [(4, Fraction(3)), (3, Undefined("not-whole"))])
def test_a_count_that_is_computed_is_whole_or_undefined(b: int, expected: object) -> None:
    policy = """groups section
fact a : count
fact b : count
fact half : count = (a + b) * 0.5
section 4
  a) "x" half >= 2
let shown = half
"""
    assert assess(policy, f"facts: {{a: 2, b: {b}}}\n").value("shown") == expected


@pytest.mark.parametrize("condition", [" + ".join(["n"] * 250) + " > 3", "not " * 4900 + "n > 3"])
def test_too_many_operations_are_one_mistake(condition: str) -> None:
    policy = f'{HEAD}groups section\nfact n : count\nsection 4\n  a) "x" {condition}\n'
    _, mistakes = parse(Source("policy", policy))
    assert [m.message("en") for m in mistakes] == ["operations are nested deeper than 100"]
