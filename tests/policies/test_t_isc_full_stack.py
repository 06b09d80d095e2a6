"""T/ISC full-stack capability (draft 2025-12-24): the policy against a table typed from the draft, and its example by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

import guiju
from guiju.cli.main import main
from guiju.compiler.ir import Choice, Expression, FactRef, Operation, Program, Ref, Verdict

ID = "t-isc-full-stack-2025-12"
EXAMPLE = Path(__file__).parents[2] / "policies" / ID / "evidence" / "enterprise-platform.yaml"

# Typed from the draft, dash by dash: S is shall, s is should, what stands in brackets is below the dash before them. What is
# below a dash and states no modality (6.3.1) is written as what it inherits. Title, then shall and should counted by hand.
SECTIONS: Mapping[str, tuple[str, str, int, int]] = {
    "5.1": ("计算", "SSSSS", 5, 0),
    "5.2": ("存储", "SS", 2, 0),
    "5.3": ("网络", "SssS(SSSss)", 4, 4),
    "6.1": ("数据采集", "SS", 2, 0),
    "6.2": ("数据存储", "SS(SSSS)", 5, 0),
    "6.3.1": ("数据清洗", "SSS(SSSSS)", 7, 0),
    "6.3.2.1": ("文本标注", "S(SS)S", 3, 0),
    "6.3.2.2": ("图片标注", "S(SSS)S", 4, 0),
    "6.3.2.3": ("视频标注", "S(SSS)S", 4, 0),
    "6.3.2.4": ("音频标注", "S(SsS)S", 3, 1),
    "6.3.2.5": ("标注审核", "S", 1, 0),
    "6.3.3": ("数据配平", "SSs", 2, 1),
    "6.3.4.1": ("文本数据增强", "SS", 2, 0),
    "6.3.4.2": ("图片数据增强", "SSSs", 3, 1),
    "6.3.4.3": ("音频数据增强", "SSSSs", 4, 1),
    "6.3.4.4": ("视频数据增强", "SSS", 3, 0),
    "6.3.5": ("数据混合拆分", "SSS", 3, 0),
    "6.3.6": ("文档切分", "SSS", 3, 0),
    "6.4.1": ("数据目录", "SS", 2, 0),
    "6.4.2": ("质量管理", "SSs", 2, 1),
    "6.4.3": ("标签管理", "Sss", 1, 2),
    "6.5": ("数据安全", "SSSSS", 5, 0),
    "7.1.1": ("模型训练", "SSSSSSssss", 6, 4),
    "7.1.2.1": ("模型微调", "S", 1, 0),
    "7.1.2.2": ("模型量化", "s", 0, 1),
    "7.1.3": ("训练任务加速", "SSS", 3, 0),
    "7.1.4": ("断点续训", "S", 1, 0),
    "7.2": ("模型评估", "SSSSS", 5, 0),
    "7.3.1": ("模型推理", "SS", 2, 0),
    "7.3.2": ("模型部署", "SS", 2, 0),
    "7.3.3": ("提示词管理", "Ss", 1, 1),
    "7.4.1": ("模型服务管理", "SS", 2, 0),
    "7.4.2": ("模型监控", "SSSs", 3, 1),
    "7.5": ("模型安全", "SS", 2, 0),
    "8.1": ("应用开发", "SSS", 3, 0),
    "8.2": ("应用部署", "SSS", 3, 0),
    "8.3": ("应用管理", "SS", 2, 0),
    "8.4": ("应用监控", "SS", 2, 0),
    "8.5": ("应用安全", "SSS", 3, 0),
}
# A second count, chapter by chapter: leaves, shall, should
DOMAINS = {
    "infrastructure": ("5", 15, 11, 4),
    "data": ("6", 66, 59, 7),
    "model": ("7", 35, 28, 7),
    "application": ("8", 13, 13, 0),
}
TITLES = {
    "6.3": "数据处理",
    "6.3.2": "数据标注",
    "6.3.4": "数据增强",
    "6.4": "数据管理",
    "7.1": "模型训练",
    "7.1.2": "模型优化",
    "7.3": "模型推理",
    "7.4": "模型管理",
}
# Table 1 in its order, with the section that has the item's name
TABLE_1 = {
    "计算": "5.1",
    "存储": "5.2",
    "网络": "5.3",
    "数据采集": "6.1",
    "数据存储": "6.2",
    "数据治理": None,
    "数据管理": "6.4",
    "数据评估": None,
    "数据安全": "6.5",
    "模型训练": "7.1",
    "模型推理": "7.3",
    "模型评估": "7.2",
    "模型管理": "7.4",
    "模型安全": "7.5",
    "应用开发": "8.1",
    "应用部署": "8.2",
    "应用监控": "8.4",
    "应用管理": "8.3",
    "应用安全": "8.5",
}
# Judged against the draft: an item that asks for something that another standard asks for too, and the fact it stands on
SHARED = {
    "5.1-4": "hardware_virtualised",
    "5.1-5": "compute_scaling",
    "6.1-1": "data_origins",
    "6.2-2-4": "vector_database",
    "6.3.1-1": "deduplication",
    "6.3.2.1-2": "manual_labelling",
    "6.3.2.2-2": "manual_labelling",
    "6.3.2.3-2": "manual_labelling",
    "6.3.2.4-2": "manual_labelling",
    "6.3.2.5-1": "labels_reviewed",
    "6.3.5-3": "dataset_splitting",
    "7.1.1-3": "learning_frameworks",
    "7.1.1-5": "model_versions",
    "7.1.1-6": "parallel_training",
    "7.1.1-7": "parallel_training",
    "7.1.1-8": "training_progress",
    "7.1.1-10": "training_metrics",
    "7.1.2.1-1": "tuning_jobs",
    "7.1.4-1": "training_recovery",
    "7.2-3": "evaluation_functions",
    "7.2-4": "evaluation_functions",
    "7.3.1-2": "inference_scaling",
    "7.3.2-2": "several_precisions",
    "7.4.1-2": "model_service_access",
    "7.5-2": "inference_alerts",
    "8.5-2": "content_review",
}
MODALITY = {"S": "shall", "s": "should"}


@cache
def program() -> Program:
    return guiju.load(ID).program


def facts_of(condition: Expression | None) -> list[str]:
    """The facts that a condition names under the default readings, each once."""
    match condition:
        case FactRef():
            return [condition.fact]
        case Ref():
            return facts_of(program().definition[condition.name].expression)
        case Choice():
            return facts_of(condition.options[0][1])
        case Operation():
            return list(dict.fromkeys(fact for operand in condition.operands for fact in facts_of(operand)))
    return []


def leaves(section: str) -> Iterator[tuple[str, str]]:
    """Id and modality of each leaf that the table has for a section."""
    marks = SECTIONS[section][1]
    outer = inner = 0
    nested = False
    for here, after in zip(marks, marks[1:] + " ", strict=True):
        if here in "()":
            nested, inner = here == "(", 0
        elif nested:
            inner += 1
            yield f"{section}-{outer}-{inner}", MODALITY[here]
        else:
            outer += 1
            if after != "(":
                yield f"{section}-{outer}", MODALITY[here]


# --- the table by itself --------------------------------------------------------------------------------------------


def test_the_table_adds_up_by_itself() -> None:
    for section, (_, _, shall, should) in SECTIONS.items():
        modalities = [m for _, m in leaves(section)]
        assert (modalities.count("shall"), modalities.count("should")) == (shall, should), section
    for chapter, *counts in DOMAINS.values():
        rows = [row for section, row in SECTIONS.items() if section.startswith(chapter)]
        shall, should = sum(r[2] for r in rows), sum(r[3] for r in rows)
        assert [shall + should, shall, should] == counts
    assert [sum(row[k] for row in DOMAINS.values()) for k in (1, 2, 3)] == [129, 111, 18]  # type: ignore[misc]


# --- the policy against it ------------------------------------------------------------------------------------------


def test_every_leaf_stands_in_the_policy_in_order_with_its_modality() -> None:
    typed = [leaf for section in SECTIONS for leaf in leaves(section)]
    assert [(c.id, c.modality) for c in program().items()] == typed


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_has_its_title_and_counts(section: str) -> None:
    title, _, shall, should = SECTIONS[section]
    assert program().group[section].label.zh == title
    own = [c.modality for c in program().items() if c.group == section]
    assert (own.count("shall"), own.count("should"), len(own)) == (shall, should, shall + should)


def test_the_sections_above_have_their_titles_and_there_are_no_others() -> None:
    assert {g.id: g.label.zh for g in program().groups if g.id in TITLES} == TITLES
    assert {g.id for g in program().groups} == {*SECTIONS, *TITLES, *DOMAINS}


def test_table_1_is_on_record_item_by_item() -> None:
    items = [(r.label.zh.partition("：")[2], r.cites) for r in program().records if r.kind == "table-item"]
    assert items == [(name, f"table 1, {at}" if at else "table 1") for name, at in TABLE_1.items()]
    named = {g.id: g.label.zh for g in program().groups_of("capability")}
    assert {at: name for name, at in TABLE_1.items() if at} == {k: v for k, v in named.items() if k != "6.3"}


def test_no_level_and_no_grade_is_invented() -> None:
    assert program().levels == ()
    assert "no-levels" in {r.id for r in program().records if r.kind == "note"}
    for language, words in (("en", "The standard defines no levels"), ("zh", "标准没有规定等级")):
        assert words in CliRunner().invoke(main, ["evaluate", ID, str(EXAMPLE), "--lang", language]).stdout


def test_only_these_items_are_decided_by_facts() -> None:
    with_facts = {c.id for c in program().clauses if c.condition is not None}
    only_in_a_reading = {"5.1-2", "6.1-2", "7.1.1-2"}
    assert with_facts - only_in_a_reading == {
        *("5.3-4-1", "5.3-4-3", "6.2-1", "6.3.2.4-1-3", "6.3.4.2-1", "6.3.4.3-4", "6.3.4.3-5", "6.5-4"),
        *("7.1.1-1", "7.4.2-1", "7.4.2-2", "7.4.2-3"),
        *SHARED,
    }


def test_these_items_stand_on_facts_that_other_standards_ask_for() -> None:
    found = {c.id: [f for f in facts_of(c.condition) if program().fact[f].vocabulary] for c in program().clauses}
    assert {id_: facts for id_, facts in found.items() if facts} == {
        **{clause: [fact] for clause, fact in SHARED.items()},
        "7.4.2-2": ["call_figures"],
    }


# --- the example, worked by hand --------------------------------------------------------------------------------------
# Of 111 shall items five fail (5.3-4-3, 6.3.2.4-1-3, 6.5-4, 7.4.2-2, 8.5-3) and 7.5-2 is open; of 18 should items four
# fail (5.3-4-5, 6.3.4.3-5, 6.4.3-3, 7.1.2.2-1). Written as counts: what is satisfied, of how many; two where 7.5-2 decides.

EXPECTED: Mapping[str, set[Fraction]] = {
    "conformance": {Fraction(105, 111), Fraction(106, 111)},
    "conformance:infrastructure": {Fraction(10, 11)},
    "conformance:data": {Fraction(57, 59)},
    "conformance:model": {Fraction(26, 28), Fraction(27, 28)},
    "conformance:application": {Fraction(12, 13)},
    "conformance:5.1": {Fraction(5, 5)},
    "conformance:5.3": {Fraction(3, 4)},
    "conformance:6.3": {Fraction(41, 42)},
    "conformance:6.3.2": {Fraction(14, 15)},
    "conformance:6.3.2.4": {Fraction(2, 3)},
    "conformance:6.5": {Fraction(4, 5)},
    "conformance:7.4": {Fraction(4, 5)},
    "conformance:7.4.2": {Fraction(2, 3)},
    "conformance:7.5": {Fraction(1, 2), Fraction(2, 2)},
    "conformance:8.5": {Fraction(2, 3)},
    "blocking": {Fraction(5), Fraction(6)},
    "blocking:infrastructure": {Fraction(1)},
    "blocking:data": {Fraction(2)},
    "blocking:model": {Fraction(1), Fraction(2)},
    "blocking:application": {Fraction(1)},
    "coverage": {Fraction(14, 18)},
    "coverage:infrastructure": {Fraction(3, 4)},
    "coverage:data": {Fraction(5, 7)},
    "coverage:model": {Fraction(6, 7)},
    "coverage:5.3": {Fraction(3, 4)},
    "coverage:6.4": {Fraction(2, 3)},
}

# Reading, option, then conformance, blocking, coverage. The outermost dashes are 96 shall items, seven of them with others
# below, of which 5.3-4, 6.3.2.4-1, 6.5-4, 7.4.2-2 and 8.5-3 fail; and 17 should items, of which four fail. Without mixed
# data, 6.3.1-3-5 leaves the count: 110. The seven leads make 118, of which 6.3.2.4-1 fails as well; the five conversions as
# one item leave 107; of the three should items that become shall 5.3-4-5 fails: 114 and 15.
READ = [
    ("requirement-item", "outermost", {Fraction(90, 96), Fraction(91, 96)}, {5, 6}, {Fraction(13, 17)}),
    ("own-lead", "counted-too", {Fraction(111, 118), Fraction(112, 118)}, {6, 7}, {Fraction(14, 18)}),
    ("conversions", "explained", {Fraction(101, 107), Fraction(102, 107)}, {5, 6}, {Fraction(14, 18)}),
    ("should-below-shall", "as-above", {Fraction(107, 114), Fraction(108, 114)}, {6, 7}, {Fraction(12, 15)}),
    ("slash-lists", "either", {Fraction(105, 111), Fraction(106, 111)}, {5, 6}, {Fraction(15, 18)}),
    ("and-so-on", "all-named", {Fraction(105, 111), Fraction(106, 111)}, {5, 6}, {Fraction(14, 18)}),
    ("token-figures", "broken-down", {Fraction(106, 111), Fraction(107, 111)}, {4, 5}, {Fraction(14, 18)}),
    ("double-check", "operator-and-one", {Fraction(106, 111), Fraction(107, 111)}, {4, 5}, {Fraction(14, 18)}),
    ("data-modalities", "only-handled", {Fraction(104, 110), Fraction(105, 110)}, {5, 6}, {Fraction(14, 18)}),
]


def test_the_example_comes_out_as_worked_by_hand() -> None:
    assessment = guiju.evaluate(ID, EXAMPLE)
    assert assessment.bound.evidence.fictional
    assert {score: set(assessment.possible(score).values) for score in EXPECTED} == EXPECTED
    failed = {r.clause for r in assessment.items if r.verdict is Verdict.UNSATISFIED}
    assert failed == {
        *("5.3-4-3", "6.3.2.4-1-3", "6.5-4", "7.4.2-2", "8.5-3"),
        *("5.3-4-5", "6.3.4.3-5", "6.4.3-3", "7.1.2.2-1"),
    }
    assert [(r.clause, r.reason) for r in assessment.undecided] == [("7.5-2", "expired")]


def test_what_blocks_is_named() -> None:
    told = guiju.explain(guiju.evaluate(ID, EXAMPLE), "blocking", language="en")
    for clause in ("5.3-4-3", "6.3.2.4-1-3", "6.5-4", "7.4.2-2", "8.5-3"):
        assert f"{clause} " in told


def test_every_reading_is_tried_here() -> None:
    assert {(row[0], row[1]) for row in READ} == {(r.id, o.id) for r in program().readings for o in r.options[1:]}


def counted(readings: Mapping[str, str]) -> tuple[int, int]:
    """How many shall and how many should items there are under some readings, each leaf and lead by itself."""
    chosen = program().defaults | dict(readings)
    modalities = [c.under(chosen).modality for c in program().items(readings)]
    return modalities.count("shall"), modalities.count("should")


def test_a_reading_makes_leads_items_and_another_changes_modalities() -> None:
    assert counted({}) == (111, 18)
    assert counted({"own-lead": "counted-too"}) == (118, 18)
    assert counted({"should-below-shall": "as-above"}) == (114, 15)
    leads = {c.id for c in program().clauses} - {c.id for c in program().items()}
    assert leads == {"5.3-4", "6.2-2", "6.3.1-3", "6.3.2.1-1", "6.3.2.2-1", "6.3.2.3-1", "6.3.2.4-1"}


@pytest.mark.parametrize(("reading", "option", "conformance", "blocking", "coverage"), READ, ids=lambda x: str(x)[:20])
def test_a_reading_changes_what_it_should(
    reading: str, option: str, conformance: set[Fraction], blocking: set[int], coverage: set[Fraction]
) -> None:
    assessment = guiju.evaluate(ID, EXAMPLE, {reading: option})
    assert set(assessment.possible("conformance").values) == conformance
    assert set(assessment.possible("blocking").values) == blocking
    assert set(assessment.possible("coverage").values) == coverage
