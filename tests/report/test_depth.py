"""Four depths of one explanation: who decides, who mends, who checks, and who doubts the engine read one derivation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import guiju
from guiju.compiler.ir import Choice, Clause, Fact, Literal
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.network import live_operands
from guiju.engine.reasoning.relevance import takes_part
from guiju.library import compile_source
from guiju.report.branch import DEPTHS, Branch, Depth
from guiju.report.depth import at_depth
from guiju.report.explain import explain
from guiju.report.under_readings import readings_of, with_readings

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(p for p in ROOT.glob("policies/*/evidence/*.yaml") if p.parent.parent.name != "vocabulary")


@cache
def assessed(path: Path) -> Assessment:
    return guiju.evaluate(path.parent.parent.name, path)


def trees(path: Path, language: Language = "en") -> Iterator[tuple[str, Branch]]:
    assessment = assessed(path)
    yield from ((outcome, explain(assessment, outcome, language)) for outcome in assessment.program.outcomes)


def said(branch: Branch) -> set[tuple[str, str, str]]:
    return {(b.address, b.text, b.state) for b in branch.walk()}


@pytest.fixture(name="provider")
def _provider() -> Branch:
    (tree,) = (t for _, t in trees(next(p for p in EXAMPLES if p.stem == "full-stack-provider")))
    return tree


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_depth_says_nothing_that_the_next_one_does_not_say(path: Path) -> None:
    for _, tree in trees(path):
        views = [at_depth(tree, depth) for depth in DEPTHS]
        assert {view.text for view in views} == {tree.text}
        for fewer, more in zip(views, (*views[1:], tree), strict=True):
            assert said(fewer) <= said(more)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_engineer_sees_every_node_that_the_outcome_can_rest_on(path: Path) -> None:
    """Of groups that take no part that is their weight, which says so, and nothing that is made of their scores alone."""
    assessment = assessed(path)
    nodes = assessment.network.nodes
    for outcome, tree in trees(path):
        told = {b.address for b in tree.walk()}
        below, stack = set[int](), [assessment.network.at[outcome]]
        while stack:
            index = stack.pop()
            if index not in below and not is_made_of_what_takes_no_part(assessment, index):
                below.add(index)
                stack.extend(live_operands(nodes[index], assessment.values))
        written = [nodes[i] for i in below if not isinstance(nodes[i].subject, Literal | Choice)]
        assert not [n.address for n in written if n.address not in told]


def is_made_of_what_takes_no_part(assessment: Assessment, index: int) -> bool:
    node, nodes = assessment.network.nodes[index], assessment.network.nodes
    if node.owner is not None and node.owner.kind == "score" and node.owner.group is not None:
        return not takes_part(assessment, node.owner.group)
    parts = [o for o in node.operands if not isinstance(nodes[o].subject, Literal)]
    is_named = node.definition is not None or isinstance(node.subject, Clause | Fact)
    return not is_named and bool(parts) and all(is_made_of_what_takes_no_part(assessment, o) for o in parts)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_line_has_its_place_and_every_clause_and_stated_fact_its_evidence(path: Path, language: Language) -> None:
    assessment = assessed(path)
    for _, tree in trees(path, language):
        measures = {tree.address, *(b.address for b in tree.branches if not tree.place.cites)}
        for line in tree.walk():
            assert ":" in line.place.policy, line
            assert line.place.cites or line.address in measures, line  # a count that no document asks for
            kind, _, name = line.address.partition(":")
            if kind == "clause" and name in assessment.clauses and line.thing:
                assert line.evidence == assessment.clauses[name].evidence


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_who_decides_reads_five_lines(path: Path) -> None:
    for _, tree in trees(path):
        assert 2 <= len(list(at_depth(tree, "summary").walk())) <= 5


def test_the_five_lines_name_the_clause_that_keeps_the_level_out(provider: Branch) -> None:
    assert [b.text for b in at_depth(provider, "summary").walk()] == [
        "level Maturity level = L2 Collaborative optimisation",
        "L3 | 3 < A <= 5 → no",
        "gate:subdomain@L3 Gate of L3 = no",
        "6.1.2.4 f) Compresses models of 100 billion parameters and more: unsatisfied",
        "L2 | 2 < A <= 3 → yes",
    ]


@pytest.mark.parametrize(
    ("language", "shut", "reached"),
    [
        (
            "en",
            "A@L3 Level score A = not entered: 8.1 c) requires toolchain@L2 Software and toolchain = 3, it is 2.5",
            "A@L2 Level score A = 53/18 (≈2.94)",
        ),
        (
            "zh",
            "A@L3 等级得分 A = 未进入: 8.1 c) 要求 软件及工具链@L2 = 3，实际为 2.5",
            "A@L2 等级得分 A = 53/18 (≈2.94)",
        ),
    ],
)
def test_the_five_lines_say_what_each_level_stands_at_and_what_shut_the_one_not_entered(
    language: Language, shut: str, reached: str
) -> None:
    (tree,) = (t for _, t in trees(next(p for p in EXAMPLES if p.stem == "full-stack-provider"), language))
    notes = [b.note for b in at_depth(tree, "summary").walk() if b.address.startswith("level/")]
    assert [note for note in notes if note] == [shut, reached]
    assert not [b.note for b in at_depth(tree, "gaps").walk() if b.note in (shut, reached)], "told by lines there"


def test_the_five_lines_of_an_open_outcome_name_all_that_it_hangs_on() -> None:
    (tree,) = (t for _, t in trees(next(p for p in EXAMPLES if p.stem == "mid-vendor-with-gaps")))
    service = "Service type = platform+development Platform plus development services"
    needed = "these alone rule it out, and none of them can be spared"
    against = f"ruled out: L3, by unsatisfied 6.1.2.4 f) and {service} ({needed})"
    lines = list(at_depth(tree, "summary").walk())
    assert [b.text for b in lines][:2] == [
        "level Maturity level = L1 Basic application | L2 Collaborative optimisation",
        f"still possible: L1 or L2, depending on 6.1.2.4 c), 6.1.3.3 b), 6.2.2.5 b); {against}",
    ]
    assert [b.text for b in lines if b.note] == ["L2 | 2 < A <= 3 → unknown", "L1 | 1 <= A <= 2 → yes"]
    (tree,) = (t for _, t in trees(next(p for p in EXAMPLES if p.stem == "mid-vendor-with-gaps"), "zh"))
    assert (
        at_depth(tree, "summary").branches[0].text.endswith("平台服务加开发定制服务 (只凭这几项就足以排除，缺一不可)")
    )


def test_a_share_of_a_weight_is_told_in_percent_as_the_weight_is() -> None:
    (tree,) = (t for _, t in trees(next(p for p in EXAMPLES if p.stem == "strong-platform-vendor")))
    shares = {b.text for b in tree.walk() if b.text.startswith("100% / 3")}
    assert shares == {"100% / 3 = 100 % / 3 → 100/3 % (≈33.33 %)"}


def test_who_checks_reads_every_clause_of_every_count(provider: Branch) -> None:
    def clauses(depth: Depth) -> set[str]:
        found = (b.address for b in at_depth(provider, depth).walk())
        return {address for address in found if address.startswith("clause:") and "/" not in address}

    assert clauses("gaps") == {"clause:6.1.2.4.f"}
    assert len(clauses("review")) > 100


def test_a_threshold_stands_beside_what_is_there() -> None:
    path = next(p for p in EXAMPLES if p.stem == "strong-platform-vendor")
    said_en = guiju.explain(assessed(path), "6.1.1.1 k)", language="en", depth="review")
    assert "linearity_100b >= 70% → no (actual 69.9 %, required ≥ 70 %)" in said_en
    assert "实际 69.9 %, 要求 ≥ 70 %" in guiju.explain(assessed(path), "6.1.1.1 k)", language="zh", depth="review")


def test_what_a_view_leaves_out_where_it_was_told_first_is_told_where_it_stands_next() -> None:
    again = Branch("x", "x", thing="x", above=True)
    first = Branch("x", "x", (Branch("y", "y"),), thing="x", depth="engineer")
    shown = at_depth(Branch("top", "top", (first, again)), "review")
    assert shown.branches == (Branch("x", "x", (Branch("y", "y"),), thing="x"),)


def test_what_is_above_is_above_also_where_lines_were_left_out() -> None:
    for path in EXAMPLES:
        for _, tree in trees(path):
            for depth in DEPTHS[1:]:
                told = set[str]()
                for line in at_depth(tree, depth).walk():
                    assert not line.above or line.thing in told, (path, depth, line.text)
                    told.add(line.thing)


def test_the_five_lines_of_an_open_outcome_have_the_scores_behind_the_levels_that_it_can_be() -> None:
    """Also where the readings have a line of their own."""
    (path,) = (p for p in EXAMPLES if p.stem == "mid-vendor-with-gaps")
    readings = readings_of(assessed(path), "level")
    assert readings is not None
    ((_, tree),) = trees(path)
    told = at_depth(with_readings(assessed(path).program, tree, readings, "en"), "summary")
    notes = [line.note for line in told.walk() if line.note]
    assert [note.partition(" = ")[0] for note in notes] == ["A@L2 Level score A", "A@L1 Level score A"]
    assert notes[0].endswith(" = 2.625 | not entered")
    assert notes[1].endswith(" | 11/6 (≈1.83) | 2")


HALL = """standard halls "Halls"
groups section
levels
  L1 "Open"
fact power : kW "Power"
section s "s"
  a) "Lit" power > 50 kW
  b) "Seen" attested
  c) "Heard" attested
  d) "Kept" attested
score met "Met" = count of clauses satisfied
grade level by met "Level"
  L1 | met >= 4
  otherwise | none
"""


@pytest.mark.parametrize("open_", [["b"], ["b", "c"], ["b", "c", "d"]])
def test_the_score_has_a_line_beside_open_clauses_with_lines_of_their_own_and_takes_the_last_one(
    open_: list[str],
) -> None:
    """Clauses took all five, or `otherwise` stood there: the score that they are counted in was in none of them."""
    program = compile_source(Source("halls.guiju", HALL)).program
    assert program is not None
    said = {f"s.{letter}": "satisfied" for letter in "bcd" if letter not in open_}
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": {"power": "60 kW"}, "attestations": said}
    lines = list(at_depth(explain(guiju.evaluate(guiju.Policy(program), evidence), "level", "en"), "summary").walk())
    assert len(lines) <= 5
    (score,) = [line.note for line in lines if line.note]
    assert score.startswith("met Met = ")
    own = [line.address for line in lines if line.address.startswith("clause:")]
    assert own == ([f"clause:s.{letter}" for letter in open_] if len(open_) < 3 else [])
