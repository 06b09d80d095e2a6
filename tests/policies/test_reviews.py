"""What `guiju review` finds in the five texts: a table typed from reading them, and each finding mended and another place broken."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import guiju
from guiju.cli.main import main
from guiju.compiler.review import RULES
from guiju.dsl.diagnostic import Diagnostic
from tests.policies.review_mutations import BREAKS, MENDS, findings, place_of
from tests.project.repository import ROOT

#: standard -> rule -> the words of each finding, as typed
TYPED: dict[str, dict[str, list[str]]] = yaml.load(
    Path(__file__).with_name("reviews.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
EACH = [
    pytest.param(standard, code, i, id=f"{standard} {code} {words}")
    for standard, rules in TYPED.items()
    for code, rows in rules.items()
    for i, words in enumerate(rows)
]


@cache
def text(standard: str) -> str:
    return (ROOT / "policies" / standard / f"{Path(standard).name}.guiju").read_text(encoding="utf-8")


def printed(standard: str, language: str, form: str = "json") -> str:
    result = CliRunner().invoke(main, ["review", standard, "--lang", language, "--format", form])
    assert result.exit_code == 0
    return result.stdout


@cache
def reviewed(standard: str, language: str) -> dict[str, Any]:
    return json.loads(printed(standard, language))  # type: ignore[no-any-return]


@pytest.mark.parametrize("standard", TYPED)
def test_a_review_prints_what_was_typed_and_nothing_else(standard: str) -> None:
    computed = reviewed(standard, "zh")["computed"]
    assert Counter(f["code"] for f in computed) == {code: len(rows) for code, rows in TYPED[standard].items()}
    for code, rows in TYPED[standard].items():
        messages = [f["message"] for f in computed if f["code"] == code]
        missing = [(words, m) for words, m in zip(rows, messages, strict=True) for w in words.split(", ") if w not in m]
        assert missing == []


def test_at_least_sixty_are_computed_over_the_five_apart_from_what_a_reader_noted() -> None:
    reviews = {standard: reviewed(standard, "en") for standard in TYPED}
    computed = sum(len(r["computed"]) for r in reviews.values())
    noted = sum(len(r["notes"]) for r in reviews.values())
    print(f"{computed} computed findings and {noted} reader's notes over the five standards")  # noqa: T201
    assert computed == len(EACH) >= 60
    heads = [printed(standard, "en", "text").splitlines()[1] for standard in TYPED]
    assert sum(int(h.split()[0]) for h in heads) == computed
    assert sum(int(h.split(", ")[1].split()[0]) for h in heads) == noted


@pytest.mark.parametrize("standard", TYPED)
def test_both_languages_print_the_same_findings_in_the_same_order(standard: str) -> None:
    zh, en = reviewed(standard, "zh"), reviewed(standard, "en")
    for part in ("computed", "notes"):
        assert [(f["line"], f["can_change_a_result"]) for f in zh[part]] == [
            (f["line"], f["can_change_a_result"]) for f in en[part]
        ]


@pytest.mark.parametrize("standard", TYPED)
def test_every_note_has_its_class_and_how_it_was_settled(standard: str) -> None:
    notes = reviewed(standard, "zh")["notes"]
    assert notes
    assert [n["id"] for n in notes if not n["classified"] or not n["settled"]] == []


# Typed from the texts where an earlier note did not agree with them: what each note must say.
SETTLED: dict[tuple[str, str], tuple[str, ...]] = {
    ("t-isc-full-stack-2025-12", "unused-terms"): ("标题和条目",),  # the item itself has the word of its title
    ("t-isc-full-stack-2025-12", "cover"): ("起草单位写了一家", "起草人未填"),
    ("t-taf-320-2025", "leads-without-items"): ("模型集成与人机交互",),  # of 6.1
}


@pytest.mark.parametrize(("standard", "note"), SETTLED)
def test_a_note_says_what_stands_in_the_text(standard: str, note: str) -> None:
    (record,) = [r for r in guiju.load(standard).program.records if r.id == note]
    assert all(words in dict(record.properties)["why"].zh for words in SETTLED[standard, note])


def test_a_name_that_varies_within_one_item_is_shown_with_both_words() -> None:
    """7.1.2.1-1 of the T/ISC draft says the defined word and another one in the same sentence."""
    found = [f["message"] for f in reviewed("t-isc-full-stack-2025-12", "zh")["computed"] if f["code"] == "name-varies"]
    assert "“微调”（3.2）在 7.1.2.1-1 写作“微调、精调”" in found


# --- what can change a result ----------------------------------------------------------------------------------------

#: rules whose every finding stands on what is counted, or on what is missing where something is counted
ALWAYS = {
    *("mistake-in-the-standard", "undefined-combination", "below-the-lowest", "compound-requirement", "weaker-below"),
    *("modality-unstated", "item-without-chapter", "repeated-requirement"),
}
#: of the other rules, the findings that a verdict depends on: an undefined word that is asked for, a word with two senses, a
#: quantity with two names, a level whose cell another reading fills
SOMETIMES: dict[str, list[str]] = {
    "gbt-45288.3-2025": [
        "6.1.2.4 从 L2 到 L3 没有新增条款",
        "“存储带宽”（6.1.1.3 d)）在 6.1.1.3 i) 写作“存储读写带宽”",
        "6.2.1.2 d) 用到“数据胶囊”，哪里都没有列出",
        "“REST（强化自训练）”（4）的意思是“强化自训练”，在 6.1.3.1 a) 用作“接口风格”",
    ],
    "t-isc-full-stack-2025-12": ["8.4-1、8.4-2 用到“平台”，哪里都没有列出"],
    "t-taf-320-2025": [
        "“推理”（3.2）的意思是“由前提得到结论”，在 4.1、4.1 c)、4.3、5.2、6.1 用作“运行模型得出输出”",
    ],
    "caict-fangsheng": ["3-5 用到“污染”，哪里都没有列出", "3-6 用到“饱和”，哪里都没有列出"],
    "t-isc-23-drafting-note": [],
}
#: notes on what is judged or counted otherwise if it is settled otherwise, as typed
WEIGHTY_NOTES: dict[str, str] = {
    "gbt-45288.3-2025": "score-at-level more-than-half strict-duration scale-classes linearity-note several-in-one",
    "t-isc-full-stack-2025-12": "low-no-code security-wording list-marks-7.1.1 list-indent-8.5 equal-items own-lead several-in-one failures-twice "
    "classification-twice segmentation-twice balancing-twice fusion image-to-text replacing-words masking-and-restoring "
    "isolation sdk-deployment lifecycle-twice content-categories manage-in-lifecycle",
    "t-taf-320-2025": "gbt-43697-title may-with-least leads several-in-one grading-twice indicators-elsewhere integrity evaluation-by-agreement",
    "caict-fangsheng": "industry-stress industry-words suite-and-model",
    "t-isc-23-drafting-note": "architecture-once methods indicators-where full-stack-draft",
}


@pytest.mark.parametrize("standard", TYPED)
def test_each_finding_says_whether_it_can_change_a_result(standard: str) -> None:
    computed = reviewed(standard, "zh")["computed"]
    assert [f["message"] for f in computed if f["code"] in ALWAYS and not f["can_change_a_result"]] == []
    others = [f["message"] for f in computed if f["code"] not in ALWAYS and f["can_change_a_result"]]
    assert others == SOMETIMES[standard]


@pytest.mark.parametrize("standard", TYPED)
def test_each_note_says_what_it_affects(standard: str) -> None:
    notes = reviewed(standard, "en")["notes"]
    assert [n["id"] for n in notes if n["can_change_a_result"]] == WEIGHTY_NOTES[standard].split()
    assert all(bool(n["affects"]) == n["can_change_a_result"] for n in notes)


# --- what was asked for by name --------------------------------------------------------------------------------------

#: the four that were asked for by name, in both languages
NAMED: tuple[tuple[str, str, str], ...] = (
    (
        "gbt-45288.3-2025",
        "“REST（强化自训练）”（4）的意思是“强化自训练”，在 6.1.3.1 a) 用作“接口风格”  [可影响结论]",
        "`REST (Reinforced Self-Training)` (4) means `Reinforced Self-Training`, and `a style of interface` in 6.1.3.1 a)  [can change a result]",
    ),
    (
        "gbt-45288.3-2025",
        "“基础应用级”（7.1、8.1、表 5）在 表 3 写作“基础能力级”",
        "`Basic application level` (7.1, 8.1, table 5) is `Basic capability level` in table 3",
    ),
    (
        "gbt-45288.3-2025",
        "标准（表 3）在 6.1.2.4 的 L2 写到 g)，而该条款不存在  [可影响结论]",
        "the standard (table 3) prints g) for 6.1.2.4 at L2, and there is no such clause  [can change a result]",
    ),
    (
        "t-isc-full-stack-2025-12",
        "表 1 列出“数据：数据治理”，没有一节是它的要求  [可影响结论]",
        "table 1 lists `Data: data governance`, and no section has its requirements  [can change a result]",
    ),
    (
        "t-isc-full-stack-2025-12",
        "表 1 列出“数据：数据评估”，没有一节是它的要求  [可影响结论]",
        "table 1 lists `Data: data evaluation`, and no section has its requirements  [can change a result]",
    ),
)


@pytest.mark.parametrize(("standard", "zh", "en"), NAMED)
def test_the_findings_that_were_asked_for_are_printed(standard: str, zh: str, en: str) -> None:
    assert zh in printed(standard, "zh", "text")
    assert en in printed(standard, "en", "text")


# --- mended and broken -----------------------------------------------------------------------------------------------


#: rules that look at one place of a text, its head or its table of levels: each is broken in a text where that place is sound
ONE_PLACE = {"no-transition": "t-isc-full-stack-2025-12", "below-the-lowest": "examples/iso-iec-33020"}
#: rules that find nothing in any of the five: each is broken where it has something to look at
NOTHING_FOUND = {
    "repeated-requirement": "gbt-45288.3-2025",
    "title-differs": "t-isc-full-stack-2025-12",
    "count-varies": "t-isc-23-drafting-note",
    "undated-beside-dated": "gbt-45288.3-2025",
}
BROKEN = [
    *((standard, code) for standard, rules in TYPED.items() for code in rules if code not in ONE_PLACE),
    *((standard, code) for code, standard in (ONE_PLACE | NOTHING_FOUND).items()),
]


@cache
def found(standard: str) -> Counter[tuple[str, str]]:
    return told(text(standard).split("\n"))


def told(lines: list[str]) -> Counter[tuple[str, str]]:
    return Counter((d.code.name, d.message("zh")) for d in findings("\n".join(lines)))


@cache
def diagnostics(standard: str, code: str) -> tuple[Diagnostic, ...]:
    return tuple(d for d in findings(text(standard)) if d.code.name == code)


@pytest.mark.slow
@pytest.mark.parametrize(("standard", "code", "number"), EACH)
def test_mended_it_goes_and_nothing_else_changes(standard: str, code: str, number: int) -> None:
    diagnostic = diagnostics(standard, code)[number]
    mended = told(MENDS[code](text(standard).split("\n"), place_of(diagnostic)))
    assert found(standard) - mended == {(code, diagnostic.message("zh")): 1}
    assert mended - found(standard) == {}


@pytest.mark.slow
@pytest.mark.parametrize(("standard", "code"), BROKEN)
def test_where_a_sound_place_is_broken_exactly_one_finding_appears(standard: str, code: str) -> None:
    before = found(standard)
    tried = (told(lines) for lines in BREAKS[code](text(standard).split("\n")))
    new = next((after for after in tried if after.total() == before.total() + 1 and before - after == {}), None)
    assert new is not None
    assert [c for c, _ in new - before] == [code]


def test_no_rule_and_no_finding_is_left_out() -> None:
    rules = {rule.code.name for rule in RULES}
    typed = {code for of_one in TYPED.values() for code in of_one}
    assert typed | set(NOTHING_FOUND) == rules == set(BREAKS)
    assert typed == set(MENDS)
