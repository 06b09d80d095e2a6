"""Evidence against a policy: which names are matched, and what is said of those that are not."""

from __future__ import annotations

from dataclasses import replace

from guiju.compiler.ir import Fact
from guiju.compiler.pipeline import compile_document
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.bind import Bound, bind
from guiju.exchange.evidence import parse_evidence

POLICY = """standard p-1 "P 1"
groups section
fact size : one of B7 | B70 | other "规模" / "Size"
fact sizes : set of B7 | B70 "各规模" / "Sizes"
section 1.1 "节" / "Section"
  e) "甲" / "First" attested
  f) "乙" / "Second" size = B7 and B70 in sizes
score S = share of clauses satisfied
"""
_DOCUMENT, _ = parse(Source("p.guiju", POLICY))
_PROGRAM = compile_document(_DOCUMENT).program
assert _PROGRAM is not None


_WITH_INPUT, _ = parse(
    Source("p.guiju", POLICY.replace("groups section", "groups section\ninput kind : one of shop | web"))
)
POLICY_WITH_INPUT = compile_document(_WITH_INPUT).program


def digits_first(fact: Fact) -> Fact:
    """The fact with its options called 7B and 70B."""
    options = tuple(replace(o, id=f"{o.id[1:]}B") if o.id != "other" else o for o in fact.options)
    return replace(fact, options=options)


RENAMED = replace(_PROGRAM, facts=tuple(map(digits_first, _PROGRAM.facts)))


def bound(*lines: str) -> tuple[Bound, tuple[Diagnostic, ...]]:
    text = "\n".join(("guiju: evidence/1", "subject: x", *lines))
    evidence, found = parse_evidence(Source("e.yaml", text))
    assert evidence is not None, found
    return bind(RENAMED, evidence)


def said(*lines: str) -> list[tuple[str, str | None]]:
    return [(d.code.name, d.suggestion) for d in bound(*lines)[1]]


def test_an_option_may_begin_with_a_digit() -> None:
    for size, sizes in (("7B", "[7B, 70B]"), ('"7B"', "70B"), ("{value: 7B}", '["70B"]')):
        found, diagnostics = bound("facts:", f"  size: {size}", f"  sizes: {sizes}")
        assert not diagnostics
        assert found.facts["size"] == "7B"
        assert "70B" in found.facts["sizes"]  # type: ignore[operator]
    assert said("facts: {size: 8B}") == [("unknown-option", None)]


def test_one_voice_under_two_spellings_is_stated_twice() -> None:
    assert said("attestations:", "  1.1.e: satisfied", "  1.1 e): unsatisfied") == [("stated-twice", None)]
    assert said("attestations:", "  1.1.e: satisfied", "  1.1 e): {verdict: satisfied, voice: assessor}") == []


def test_assessors_who_differ_stand_in_one_list() -> None:
    listed = "[{verdict: satisfied, by: A}, {verdict: unsatisfied, by: B}]"
    found, diagnostics = bound("voice: assessor", f"attestations: {{1.1.e: {listed}}}")
    assert not diagnostics
    assert len(found.attestations["1.1.e"]) == 2


def test_a_group_is_a_parent_and_a_capital_is_a_slip() -> None:
    assert said("attestations: {'1.1': satisfied}") == [("attested-parent", None)]
    assert said("attestations: {1.1.E: satisfied}") == [("unknown-clause-in-evidence", "1.1.e")]


def test_notes_are_kept() -> None:
    found, _ = bound("attestations: {1.1.e: {verdict: satisfied, note: seen}}", "facts: {size: {value: 7B, note: n}}")
    assert found.attestations["1.1.e"][0].note == "seen"
    assert found.stated["size"].note == "n"


SHARES = """standard p-2 "P 2"
groups section
fact present : % alias 到会率 "到会率" / "Members present"
fact turnover : % "读者增长率" / "Growth in readers"
fact used : % "利用率" / "Use of seats"
fact spare : % "备份率" / "Copies kept"
fact noted : % "备注率" / "Remarks"
section 1.1 "节" / "Section"
  a) "甲" / "Present" present >= 80%
  b) "乙" / "Growth" turnover >= 10%
  c) "丙" / "Use" 50% <= used and spare > 200%
"""


def test_a_share_above_the_whole_is_told_and_growth_is_not() -> None:
    """Neither is what is compared with more than 100 %, nor what nothing is compared with; nothing is refused."""
    program = compile_document(parse(Source("p.guiju", SHARES))[0]).program
    assert program is not None
    for value, told in (("180 %", {"present", "used"}), ("100 %", set()), ("-20 %", set())):
        stated = ", ".join(f"{name}: {value}" for name in ("到会率", "turnover", "used", "spare", "noted"))
        evidence, _ = parse_evidence(Source("e.yaml", f"guiju: evidence/1\nsubject: x\nfacts: {{{stated}}}\n"))
        assert evidence is not None
        found, diagnostics = bind(program, evidence)
        assert {dict(d.arguments)["name"] for d in diagnostics if d.code.name == "more-than-the-whole"} == told
        assert not any(d.is_error for d in diagnostics)
        assert len(found.facts) == 5


def test_an_input_among_the_facts_is_told_where_it_belongs_and_the_other_way_round() -> None:
    evidence, _ = parse_evidence(
        Source("e.yaml", "guiju: evidence/1\nsubject: x\nfacts: {kind: shop}\ninputs: {size: B7}")
    )
    assert evidence is not None
    assert POLICY_WITH_INPUT is not None
    _, found = bind(POLICY_WITH_INPUT, evidence)
    assert sorted(d.code.name for d in found) == ["fact-among-inputs", "input-among-facts"]
    helps = {d.code.name: (d.help("en"), d.help("zh"), d.span.text) for d in found}
    assert helps["input-among-facts"] == ("write it under `inputs`", "把它写在 inputs（输入）之下", "kind: shop")
    assert helps["fact-among-inputs"] == ("write it under `facts`", "把它写在 facts（事实）之下", "size: B7")
