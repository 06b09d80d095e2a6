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

from guiju.cli.main import main
from guiju.compiler.review import REVIEW_CODES
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
"""Where a rule has nothing to look at in a text: no weights or levels of services, no nested modalities, no table of items, no
conditions, no listed document, no two documents with a year, or what could be broken is broken already."""
NOTHING_TO_BREAK = {
    "gbt-45288.3-2025": {
        *("weaker-below", "modality-unstated", "item-without-chapter", "chapter-without-item", "title-differs"),
        *("order-differs", "no-transition"),
    },
    "t-isc-full-stack-2025-12": {"mistake-in-the-standard", "undefined-combination", "level-adds-nothing"},
}


@cache
def text(standard: str) -> str:
    return (ROOT / "policies" / standard / f"{standard}.guiju").read_text(encoding="utf-8")


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


def test_at_least_sixty_are_computed_over_the_five() -> None:
    assert sum(len(reviewed(standard, "en")["computed"]) for standard in TYPED) == len(EACH) >= 60


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


#: the four that were asked for by name, in both languages
NAMED: tuple[tuple[str, str, str], ...] = (
    (
        "gbt-45288.3-2025",
        "“REST（强化自训练）”（4）的意思是“强化自训练”，在 6.1.3.1 a) 用作“接口风格”",
        "`REST (Reinforced Self-Training)` (4) means `Reinforced Self-Training`, and `a style of interface` in 6.1.3.1 a)",
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


@cache
def found(standard: str) -> tuple[tuple[str, str], ...]:
    return tuple((d.code.name, d.message("zh")) for d in findings(text(standard)))


def told(lines: list[str]) -> Counter[tuple[str, str]]:
    return Counter((d.code.name, d.message("zh")) for d in findings("\n".join(lines)))


@pytest.mark.parametrize(("standard", "code", "number"), EACH)
def test_mended_it_goes_and_no_other_appears(standard: str, code: str, number: int) -> None:
    diagnostic = [d for d in findings(text(standard)) if d.code.name == code][number]
    mended = MENDS[code](text(standard).split("\n"), place_of(diagnostic))
    gone = Counter(found(standard)) - told(mended)
    assert gone == {(code, diagnostic.message("zh")): 1}
    assert told(mended) - Counter(found(standard)) == {}


@pytest.mark.parametrize("code", BREAKS)
@pytest.mark.parametrize("standard", TYPED)
def test_where_a_sound_place_is_broken_exactly_one_finding_appears(standard: str, code: str) -> None:
    before = Counter(found(standard))
    tried = BREAKS[code](text(standard).split("\n"))
    new = next((a for t in tried if (a := told(t)) and a - before and a.total() == before.total() + 1), None)
    if code in NOTHING_TO_BREAK[standard]:
        assert new is None
        return
    assert new is not None
    assert before - new == {}
    assert [c for c, _ in new - before] == [code]


def test_every_rule_is_broken_somewhere_or_has_but_one_place() -> None:
    assert {c.name for c in REVIEW_CODES} - set(BREAKS) == {"below-the-lowest"}
