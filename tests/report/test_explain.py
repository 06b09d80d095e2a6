"""What an explanation says: each line as a reader sees it, in either language."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

import guiju
from guiju.compiler.ir import NOT_ENTERED
from guiju.dsl.diagnostic import Language
from guiju.engine.derivation import citation_of
from guiju.engine.evaluate import Assessment
from guiju.report.addresses import address_of
from guiju.report.branch import DETERMINING, Depth
from guiju.report.depth import at_depth
from guiju.report.explain import explain
from guiju.report.facts import in_units_of
from guiju.report.words import number, quantity

ROOT = Path(__file__).parents[2]
POLICY = "gbt-45288.3-2025"
EXAMPLES = ROOT / "policies" / POLICY / "evidence"


def assessed(name: str) -> Assessment:
    return guiju.evaluate(POLICY, EXAMPLES / f"{name}.yaml")


def stated(facts: Mapping[str, object], **more: object) -> Assessment:
    return guiju.evaluate(POLICY, {"guiju": "evidence/1", "subject": "x", "facts": facts, **more})


def told(assessment: Assessment, node: str, language: Language = "en") -> list[str]:
    """The lines without the marks of what determines them."""
    return guiju.explain(assessment, node, language=language).replace(f"{DETERMINING} ", "").splitlines()


def head(assessment: Assessment, node: str, language: Language = "en") -> str:
    return told(assessment, node, language)[0]


def line_of(text: str) -> int:
    source = (ROOT / "policies" / POLICY / f"{POLICY}.guiju").read_text("utf-8").splitlines()
    return next(i for i, line in enumerate(source, 1) if line.strip().startswith(text))


@pytest.mark.parametrize(
    ("name", "address"), [("level", "level"), ("成熟度等级", "level"), ("6.1.1.1 e)", "clause:6.1.1.1.e")]
)
def test_a_node_is_found_without_the_names_of_several(name: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """For those the text of the policy is parsed again, which took a fifth of what an explanation takes."""
    assessment = assessed("mid-vendor-with-gaps")
    assert address_of(assessment, "platform") == "group:platform"
    monkeypatch.setattr("guiju.report.addresses.gatherings", lambda *_: pytest.fail("asked for the names of several"))
    assert address_of(assessment, name) == address


@pytest.mark.parametrize(
    ("node", "line"),
    [
        ("A@L1", "score A at each level"),
        ("A@L2", "score A at each level"),
        ("platform@L3", "score of each domain"),
        ("hardware@L2", "at L2 after"),
        ("gate:score:subdomain@L3", "at L3 after"),
    ],
)
def test_the_line_is_that_of_the_formula(node: str, line: str) -> None:
    assert head(assessed("full-stack-provider"), node).endswith(f".guiju:{line_of(line)}]")


def test_a_gate_is_cited_as_the_scores_behind_it() -> None:
    assessment = assessed("full-stack-provider")
    assert "[8.1 b) ·" in head(assessment, "gate:score:subdomain@L2")
    assert "[8.1 c) ·" in head(assessment, "gate:score:subdomain@L3")


def test_what_stands_behind_a_gate_without_a_name_is_cited_as_the_score_in_the_derivation_too() -> None:
    assessment = assessed("full-stack-provider")
    inside = assessment.network.node("gate:score:subdomain@L3/gate-scope=all-domains/row1/value")
    assert citation_of(assessment.program, inside) == "8.1 c)"


def test_what_a_score_would_be_once_entered_is_marked() -> None:
    assessment = assessed("mid-vendor-with-gaps")
    looked_at = 0
    for node in ("A@L3", "platform@L3", "A@L2", "level"):
        for line in told(assessment, node):
            name, _, value = line.lstrip("│├└─ ").partition("  [")[0].rpartition(" = ")
            address = f"score:{name.split(' ')[0]}"
            if address in assessment.network.at and "(once entered)" not in name:
                looked_at += 1
                shown = {str(v) for v in assessment.possible(address).values}
                assert ("Special.NOT_ENTERED" in shown) == ("not entered" in value), line
    assert looked_at > 20


def test_a_formula_stands_in_the_trace_with_its_numbers() -> None:
    assessment = assessed("full-stack-provider")
    assert told(assessment, "platform@L2")[1] == "├─ mean of score over each subdomain = (3 + 2.5 + 3) / 3"
    weighted = "sum of weight * score over each domain = 1/3 × 17/6 + 1/3 × 3 + 1/3 × 3"
    assert told(assessment, "A@L2")[1] == f"├─ {weighted}"
    assert told(assessment, "A@L2", "zh")[1].startswith("├─ 求和 权重 * 得分 于 各 能力主域 = ")


def test_a_group_that_takes_no_part_is_named_once_and_not_gone_into() -> None:
    lines = told(assessed("strong-platform-vendor"), "level")
    assert len(lines) < 110
    assert any("weight:operations Inference and operations = not taking part" in line for line in lines)
    assert not any("model_production" in line for line in lines)


def test_a_count_leads_to_its_rows_and_to_the_reading_that_counts_a_clause() -> None:
    lines = told(assessed("full-stack-provider"), "toolchain@L2")
    lines = lines[next(i for i, line in enumerate(lines) if "3 when all clauses" in line) :]
    first, last = line_of("6.1.2.1 | a)"), line_of("6.1.2.6 | a)")
    rows = f"{POLICY}.guiju:{first}-{last}]"
    assert lines[1].endswith("32 counted: 31 satisfied, 1 unsatisfied")
    assert lines[2].endswith(f"[table 3: 6.1.2.1~6.1.2.6 L2 · {rows}")
    assert "6.1.2.4 f): counted by the reading table-3-6.1.2.4 “Table 3 prints g) where" in lines[3]
    new = next(i for i, line in enumerate(lines) if "13 counted: 12 satisfied, 1 unsatisfied" in line)
    assert f"[table 3: 6.1.2.1~6.1.2.6 L2 without L1 · {rows}" in lines[new + 1]


def test_a_weight_leads_to_the_row_of_its_table_for_who_checks_it() -> None:
    tree = at_depth(explain(assessed("full-stack-provider"), "weight:platform", "en"), "review")
    (row,) = tree.branches
    (asked,) = row.branches
    assert [row.text, asked.text] == ["full → yes", "Service type = full All three services"]
    assert not any("Service type" in line for line in told(assessed("full-stack-provider"), "weight:platform"))


def test_a_row_that_a_reading_writes_is_cited_by_the_reading_and_not_by_the_table_that_lacks_it() -> None:
    tree = explain(assessed("full-stack-provider"), "weight:platform", "en")
    cited = {row.text: row.place.cites for row in tree.branches}
    assert cited["full → yes"] == "table 4"
    assert cited["platform+operations → no"] == "7.1, 8.2, table 4; reading unlisted-combinations"


def test_a_fact_that_a_condition_names_twice_is_told_once() -> None:
    lines = told(assessed("full-stack-provider"), "6.1.1.2 a)")
    assert sum("training_network Bandwidth" in line for line in lines) == 1


def test_one_language_in_one_trace() -> None:
    assessment = assessed("full-stack-provider")
    chinese = "\n".join(told(assessment, "level", "zh"))
    assert not any(word in chinese for word in (" when ", "table ", "formula ", "satisfied"))
    for part in ("表 5", "公式 1", "表 3", "L2 协同优化级", "当 全部 条款 满足"):
        assert part in chinese
    assert "full 提供全部三类服务" in head(assessment, "service", "zh")
    assert "full All three services" in head(assessment, "service", "en")


def test_a_fact_shows_its_evidence_and_what_was_stated_as_stated() -> None:
    evidence = {"EV-1": {"kind": "log"}}
    facts = {"inference_sequence": {"value": "128 Kitokens", "evidence": "EV-1", "note": "one run"}}
    assessment = stated(facts, evidence=evidence)
    assert "= 131.072 Ktokens (stated 128 Kitokens) [EV-1]" in head(assessment, "inference_sequence")
    assert told(assessment, "inference_sequence")[-1] == "└─ note: one run"
    assert "（" not in head(stated({"uninterrupted_10b": "1 周"}), "uninterrupted_10b")
    assert "stated 1 week" in head(stated({"uninterrupted_10b": "1 周"}), "uninterrupted_10b")
    assert "stated" not in head(stated({"uninterrupted_10b": "7 天"}), "uninterrupted_10b")


@pytest.mark.parametrize(
    ("stated", "zh", "en"),
    [
        ("7 d", "7 天", "7 d"),
        ("168 小时 [E-1, E-2]", "168 小时 [E-1, E-2]", "168 h [E-1, E-2]"),
        ("10 000 m2", "10 000 平方米", "10 000 m2"),
        ("class d", "class d", "class d"),
        ("yes", "yes", "yes"),
    ],
)
def test_the_unit_of_what_is_stated_is_the_language_s_and_nothing_else_is(stated: str, zh: str, en: str) -> None:
    assert (in_units_of(stated, "zh"), in_units_of(stated, "en")) == (zh, en)


def test_a_fact_against_its_formula_shows_both() -> None:
    facts = {"linearity_10b": "90 %", "cluster_throughput_10b": 85, "device_throughput_sum_10b": 100}
    lines = told(stated(facts), "linearity_10b")
    assert "conflicting evidence" in lines[0]
    assert lines[1:5] == [
        "│   [6.1.1.1 f), 6.1.1.1 note · gbt-45288.3-2025.guiju:51]",
        "├─ stated: 90 %",
        "├─ computed: 85 %",
        "├─ cluster_throughput_10b / device_throughput_sum_10b = 85 / 100",
    ]


def test_a_number_without_a_short_decimal_has_one_beside_it() -> None:
    assert number(Fraction(-1, 3)) == "-1/3 (≈-0.33)"
    assert number(Fraction(1, 3000)) == "1/3000 (≈0.00033)"
    assert quantity(Fraction(1, 3), "%", "en") == "100/3 % (≈33.33 %)"
    assert quantity(Fraction(1, 2), "%", "en") == "50 %"


@pytest.mark.parametrize(("language", "told"), [("zh", "80/3 天 (≈26.67 天)"), ("en", "80/3 d (≈26.67 d)")])
def test_a_unit_is_written_as_the_language_does_on_both_sides_of_a_bracket(language: Language, told: str) -> None:
    for unit in ("d", "天", "days"):
        assert quantity(Fraction(80 * 86400, 3), unit, language) == told
    assert quantity(Fraction(3), "count", language) == "3"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("硬件@L1", "hardware@L1"),
        ("A@基础应用级", "A@L1"),
        ("Level score A@L2", "A@L2"),
        ("hardware @ l1", "hardware@L1"),
        ("6.1.1.1 E）", "6.1.1.1.e"),
        ("服务类型", "service"),
        ("百亿级集群线性度", "linearity_10b"),
        ("Maturity level", "level"),
        ("weight:大模型平台", "weight:platform"),
    ],
)
def test_nodes_are_accepted_as_they_are_printed(name: str, meant: str) -> None:
    assessment = assessed("full-stack-provider")
    assert head(assessment, name) == head(assessment, meant)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("tour", ["tour.en.guiju", "tour.zh.guiju"])
def test_every_node_of_a_tour_can_be_explained_in_either_language(tour: str, language: Language) -> None:
    path = ROOT / "tests" / "dsl" / tour
    assessment = guiju.evaluate(path, {"guiju": "evidence/1", "subject": "x"})
    text = "\n".join(line for node in assessment.network.at for line in told(assessment, node, language))
    other = (" when ", "formula 1", "clauses satisfied") if language == "zh" else ("当 ", "公式", "条款 满足")
    assert not [word for word in other if word in text]


def test_a_clause_is_told_once() -> None:
    lines = told(assessed("mid-vendor-with-gaps"), "level")
    told_fully = [a for a, b in pairwise(lines) if "6.1.3.3 b)" in a and "vendor: unknown" in b]
    assert len(told_fully) == 1


SHARES = """standard s-1 "S 1"
groups section
section 4 "四" / "Four"
  a) "甲" / "First" attested
  b) "乙" / "Second" attested
  c) "丙" / "Third" attested
section 5 "五" / "Five"
  a) "丁" / "Fourth" attested
score cover of each section = share of clauses satisfied
score halves of each section = count of clauses satisfied
score whole = mean of cover over each section
score none_asked = share of shall clauses satisfied
"""


@pytest.fixture(name="half_shown")
def _half_shown(tmp_path: Path) -> Assessment:
    path = tmp_path / "s.guiju"
    path.write_text(SHARES, "utf-8")
    attestations = {"4.a": "satisfied", "4.b": "satisfied", "4.c": "satisfied", "5.a": "unsatisfied"}
    return guiju.evaluate(path, {"guiju": "evidence/1", "subject": "x", "attestations": attestations})


def test_a_share_is_a_percentage_and_so_are_its_parts_in_a_formula(half_shown: Assessment) -> None:
    lines = told(half_shown, "whole")
    assert lines[0].startswith("whole = 50 %")
    assert "├─ mean of cover over each section = (100 % + 0 %) / 2" in lines


def test_a_share_of_nothing_says_that_no_clause_is_counted(half_shown: Assessment) -> None:
    lines = told(half_shown, "none_asked")
    assert lines[0].startswith("none_asked = no applicable clause")
    assert lines[-1] == "└─ no clause is counted"
    assert told(half_shown, "none_asked", "zh")[-1] == "└─ 没有计入的条款"


def test_a_long_line_goes_on_below_itself() -> None:
    path = ROOT / "policies" / "t-isc-full-stack-2025-12" / "evidence" / "enterprise-platform.yaml"
    assessment = guiju.evaluate("t-isc-full-stack-2025-12", path)
    assert told(assessment, "5.3-4-3")[1:5] == [
        "└─ create in subnet_operations and delete in subnet_operations and edit in subnet_operations",
        "   │   and query in subnet_operations → no",
        "   └─ subnet_operations Operations on virtual subnets = Create, Delete, Query [EV-301]",
        "      │   [5.3-4-3 · t-isc-full-stack-2025-12.guiju:34]",
    ]


def test_a_shared_fact_is_cited_by_the_clauses_that_ask_for_it() -> None:
    """A vocabulary is no part of the standard, so its facts have no place there but the clauses that stand on them."""
    told_of = " ".join(told(stated({"manual_labelling": {"value": ["text"]}}), "manual_labelling")[:2])
    assert "[6.1.2.2 c) 1), 6.1.2.2 c) 2) · " in told_of


def test_a_bundled_vocabulary_is_named_as_bundled_policies_are() -> None:
    assert head(assessed("mid-vendor-with-gaps"), "tool_dimensions").partition("· ")[2].startswith("large-model.guiju:")


@pytest.mark.parametrize(
    "name", ["hardware@L1", "硬件@L1", "6.1.1.1.e", "6.1.1.1 e)", "training_compute_10b", "百亿级训练算力", "service"]
)
def test_a_value_has_the_names_that_an_explanation_has(name: str) -> None:
    assessment = assessed("strong-platform-vendor")
    assert told(assessment, name)
    assert assessment.value(name) in assessment.possible(name).values


def test_a_name_that_nothing_has_is_told_with_names_that_are_like_it() -> None:
    for ask in (assessed("strong-platform-vendor").value, partial(guiju.explain, assessed("strong-platform-vendor"))):
        with pytest.raises(KeyError, match="nothing named `trainig_compute_10b`; did you mean training_compute_10b"):
            ask("trainig_compute_10b")


# --- open parts, brackets, and names of several nodes ----------------------------------------------------------------

COMPUTED = """standard t-1 "T 1"
fact a : count
fact b : count
fact k : count = a - b
fact t : h = (5 h - 1 h) * a
groups part > section
levels
  L1 "一级" / "First"
  L2 "二级" / "Second"
part p "部" / "Part"
  section 4 "甲" / "Sec"
    a) "一" / "One" k < 1
    b) "二" / "Two"
      1) "三" / "Three" t < 50 h
      2) "四" / "Four" attested
score of each section
  at L1
    2 when all clauses satisfied
    1 otherwise
  at L2 after every section scores 1 at L1
    3 when all clauses satisfied
    2 otherwise
score cover of each section "覆盖" / "Cover" = share of clauses satisfied
score of each part at each level = mean of score over each section
weights
  part | share
  p | 50 %
score whole at each level = sum of weight * score over each part
score s = (1 + 2) * (k + 1)
"""


@pytest.fixture(name="computed")
def _computed(tmp_path: Path) -> Assessment:
    path = tmp_path / "t.guiju"
    path.write_text(COMPUTED.replace("50 %", "100 %"), "utf-8")
    return guiju.evaluate(path, {"guiju": "evidence/1", "subject": "x", "facts": {"a": 9, "b": 9}})


def test_a_formula_keeps_its_brackets(computed: Assessment) -> None:
    assert "├─ (1 + 2) * (k + 1) = (1 + 2) × (0 + 1)" in told(computed, "s")
    assert "├─ (5 h - 1 h) * a = (5 h - 1 h) × 9" in told(computed, "t")


def test_a_formula_that_may_not_be_negative_is_shown_as_a_formula_and_not_as_a_condition(computed: Assessment) -> None:
    assert told(computed, "k")[1].startswith("├─ a - b = 9 - 9")  # its place follows where the line has room


def test_what_is_open_has_the_same_values_in_every_tree(computed: Assessment) -> None:
    lines = told(computed, "whole@L1")
    assert lines[0].startswith("whole@L1 = 1 | 2")
    assert "├─ sum of weight * score over each part = 100 % × (1 | 2)" in lines
    assert any("p@L1 Part = 1 | 2" in line for line in lines)
    assert head(computed, "p@L1").startswith("p@L1 Part = 1 | 2")


@pytest.mark.parametrize(
    ("name", "first", "below"),
    [
        ("4 b)", "4 b)", ["4 b) 1) Three: satisfied", "4 b) 2) Four: unknown"]),
        ("Part", "p Part", ["p@L1 Part = 1 | 2", "4@L1 Sec = 1 | 2", "cover:4 Sec"]),
        ("甲", "4 Sec", ["4@L1 Sec = 1 | 2", "4 a) One: satisfied"]),
        ("二级", "L2 Second", ["4@L2 Sec", "p@L2 Part", "whole@L2"]),
        ("Cover", "cover Cover", ["cover:4 Sec"]),
        ("whole", "whole", ["whole@L1", "whole@L2"]),
    ],
)
def test_a_name_of_several_nodes_shows_them(computed: Assessment, name: str, first: str, below: list[str]) -> None:
    lines = told(computed, name)
    assert lines[0].partition("  [")[0] == first
    for text in below:
        assert any(line.startswith((f"├─ {text}", f"└─ {text}")) for line in lines), (text, lines)


def test_a_chinese_report_says_every_kind_in_chinese_and_takes_it_as_a_name() -> None:
    assessment = assessed("full-stack-provider")
    chinese = "\n".join(told(assessment, "level", "zh"))
    assert "weight:" not in chinese
    assert "gate:" not in chinese
    assert head(assessment, "权重:大模型平台", "zh") == head(assessment, "weight:platform", "zh")
    assert head(assessment, "进入条件:能力子域@L2", "zh").startswith("进入条件:能力子域@L2 L2 的进入条件 = 是")
    assert head(assessment, "gate:subdomain@L2").startswith("gate:subdomain@L2 Gate of L2 = yes")
    assert head(assessment, "hardware@L2", "zh").startswith("硬件@L2 = 3 ")
    assert head(assessment, "weight:platform", "zh").startswith("权重:大模型平台 = 100/3 %")
    assert not any(f"{group.id}@" in chinese for group in assessment.program.groups)


def test_the_condition_of_applicability_is_said_to_be_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a short name: a long one would go to a line of its own
    path = Path("a.guiju")
    text = (
        'standard a-1 "A 1"\nfact k : yes-no\ngroups part\npart 4 "甲" / "A"\n  a) "乙" / "B" attested applies when k\n'
    )
    path.write_text(text + "score s = count of clauses satisfied\n", "utf-8")
    assessment = guiju.evaluate(path, {"guiju": "evidence/1", "subject": "x", "facts": {"k": False}})
    lines = told(assessment, "4 a)")
    assert lines[1] == "└─ applies when: no"
    assert lines[2].startswith("   └─ k = no")
    assert told(assessment, "4 a)", "zh")[1] == "└─ 适用条件: 否"


@pytest.mark.parametrize("name", ["hardware@L3", "硬件@L3", "hardware@深度赋能级", "score:hardware@L3", "A@L3"])
def test_a_score_behind_a_shut_gate_is_not_entered_by_whichever_name(name: str) -> None:
    assessment = assessed("mid-vendor-with-gaps")
    assert assessment.value(name) is NOT_ENTERED
    assert head(assessment, name).partition("  [")[0].endswith(" = not entered")


def test_names_that_are_offered_are_those_of_scores_and_not_of_what_is_inside_of_them() -> None:
    with pytest.raises(KeyError, match=r"did you mean hardware@L1 or hardware@L3 or hardware@L2\?"):
        assessed("full-stack-provider").value("hardwre@L1")


def test_a_formula_of_a_vocabulary_is_shown_as_it_stands_there(tmp_path: Path) -> None:
    """Not as what the policy has at the same place of its own text."""
    policy = 'standard p "P"\nuse voc\ngroups section\nfact x : number\nsection 1 "s"\n  a) "x" x > 1\n  b) "y" c > 1\n'
    named, formula = 'vocabulary voc "V{}"\nfact a : number\nfact b : number\nfact c : number = ', "a + b"
    padding = "V" * (policy.index("x > 1") - len(named.format("")))
    (tmp_path / "p.guiju").write_text(policy, encoding="utf-8")
    (tmp_path / "voc.guiju").write_text(f"{named.format(padding)}{formula}\n", encoding="utf-8")
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": {"a": 1, "b": 2}}
    assert "├─ a + b = 1 + 2" in told(guiju.evaluate(tmp_path / "p.guiju", evidence), "c")


@pytest.mark.parametrize(
    ("policy", "clause", "first"),
    [(POLICY, "6.1.2.2 b)", "6.1.2.2 b) 1)"), ("t-isc-full-stack-2025-12", "5.3-4", "5.3-4-1")],
)
def test_a_clause_with_items_is_explained_by_its_items_however_they_are_marked(
    policy: str, clause: str, first: str
) -> None:
    title, below, *_ = told(guiju.evaluate(policy, {"guiju": "evidence/1", "subject": "x"}), clause)
    assert title.partition("  [")[0] == clause
    assert below.startswith(f"├─ {first} ")


SHARED = """vocabulary large "公用" / "Shared"
fact copies : set of within | across alias 去重范围 "去重的范围" / "Where copies are removed"
  within alias 集内去重 "一个数据集之内" / "Within a data set"
"""
USING = """standard p "P"
groups section
use large
section 1 "s"
  a) "x" within in copies
score met "达到" / "Met" = count of clauses satisfied
"""


def test_names_of_a_vocabulary_are_told_in_the_language_of_the_reader(tmp_path: Path) -> None:
    (tmp_path / "large.guiju").write_text(SHARED, "utf-8")
    (tmp_path / "p.guiju").write_text(USING, "utf-8")
    assessment = guiju.evaluate(
        tmp_path / "p.guiju", {"guiju": "evidence/1", "subject": "x", "facts": {"copies": ["within"]}}
    )
    _, condition, fact, *_ = told(assessment, "1 a)", "zh")
    assert condition == "└─ 集内去重 属于 去重范围 → 是"
    assert fact.startswith("   └─ 去重范围 去重的范围 = 集内去重 一个数据集之内")
    assert any(line.endswith("within in copies → yes") for line in told(assessment, "1 a)", "en"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("hardware@L1 Hardware = 2 → yes", "any one of the 5 is enough", "not printed in the standard")),
        ("zh", ("硬件@L1 = 2 → 是", "5 项有其一即可", "不是标准印出的")),
    ],
)
def test_who_has_the_printed_standard_only_is_told_what_is_compared_counted_and_meant(
    language: Language, said: tuple[str, str, str]
) -> None:
    compared, counted, meant = said
    assessment = assessed("full-stack-provider")
    gate = [line.text for line in explain(assessment, "gate:score:subdomain@L2", language).walk()]
    assert compared in gate
    assert "2 = 2" not in " ".join(gate)
    clause = explain(assessment, "clause:6.2.2.5.b", language)
    assert [line.text for line in clause.walk() if counted in line.text]
    depths: tuple[Depth, ...] = ("gaps", "review", "engineer")
    for depth in depths:
        (meaning,) = (line for line in at_depth(clause, depth).walk() if meant in line.text)
        assert meaning.text.endswith(("Industry, Application, General, Safety", "安全 安全能力"))
