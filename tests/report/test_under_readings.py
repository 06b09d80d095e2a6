"""One sentence below each outcome says whether it depends on how the text is read, and on which reading."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import guiju
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.readings import reading_effects
from guiju.report.branch import DEPTHS, Depth
from guiju.report.result import result_of
from guiju.report.text import text_of
from guiju.report.under_readings import reading_text, under_readings

POLICY = """standard r-1 "R 1"
groups part
levels
  L1 "一级" / "One"
  L2 "二级" / "Two"
fact size : number
part 1 "甲" / "A"
  a) "大小" / "Size" size >= 10
  b) "记录" / "Records" attested
score total = count of clauses satisfied
grade level by total
  L1 | total = 1
  L2 | total = 2
  otherwise | none
reading bound "是否含本数" / "Whether 10 counts" cites 1 a)
  default included : nothing changes
  or excluded : clause 1 a) requires size > 10
reading twice "两年还是一年" / "One year or two" cites 1 b)
  default once : nothing changes
  or big : clause 1 b) requires size >= 5
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("read") / "r.guiju"
    path.write_text(POLICY, "utf-8")
    return path


def assessed(policy: Path, size: int, verdict: str | None = "satisfied") -> Assessment:
    said = {"1.b": {"verdict": verdict, "voice": "assessor"}} if verdict else {}
    return guiju.evaluate(
        policy, {"guiju": "evidence/1", "subject": "x", "facts": {"size": size}, "attestations": said}
    )


@pytest.mark.parametrize(
    ("size", "verdict", "zh", "en"),
    [
        (11, "satisfied", "在所有读法下都是 L2", "L2 under all readings"),
        (
            10,
            "satisfied",
            "L1 或 L2，视读法 bound 而定: 按所选读法为 L2; 按 bound = excluded 为 L1",
            "L1 or L2 depending on reading bound: L2 as read here; L1 with bound = excluded",
        ),
        (
            10,
            None,
            (
                "可能是什么，视读法 bound, twice 而定: "
                "按所选读法为 L1 或 L2; 按 twice = big 为 L2; 按 bound = excluded 为 L1 或 无等级; "
                "按 bound = excluded、twice = big 为 L1"
            ),
            (
                "what it can be depends on readings bound, twice: L1 or L2 as read here; L2 with twice = big; "
                "L1 or no level with bound = excluded; L1 with bound = excluded and twice = big"
            ),
        ),
    ],
)
def test_an_outcome_is_said_to_depend_on_readings_or_on_none(
    policy: Path, size: int, verdict: str | None, zh: str, en: str
) -> None:
    assessment = assessed(policy, size, verdict)
    (found,) = under_readings(assessment, reading_effects(assessment))
    languages: tuple[Language, Language] = ("zh", "en")
    assert [reading_text(assessment.program, found, language) for language in languages] == [zh, en]


def test_what_is_said_is_what_each_combination_comes_to_when_it_is_evaluated_by_itself(policy: Path) -> None:
    for size, verdict in product((4, 5, 10, 11), ("satisfied", "unsatisfied", None)):
        assessment = assessed(policy, size, verdict)
        (found,) = under_readings(assessment, reading_effects(assessment))
        values = {
            (bound, twice): set(
                guiju.evaluate(policy, assessment.bound.evidence, {"bound": bound, "twice": twice})
                .possible("level")
                .values
            )
            for bound, twice in product(("included", "excluded"), ("once", "big"))
        }
        assert (found.says == "all-readings") == (len({frozenset(v) for v in values.values()}) == 1)
        assert set(found.reachable) == set.union(*values.values())
        for option in found.under:
            chosen = {"bound": "included", "twice": "once"} | option.readings
            assert set(option.values) == values[chosen["bound"], chosen["twice"]]


def test_where_not_all_combinations_were_tried_nothing_is_claimed_of_the_others(policy: Path) -> None:
    assessment = assessed(policy, 10, None)
    (found,) = under_readings(assessment, reading_effects(assessment, limit=1))
    untried = "; of 4 combinations 3 were tried, so what the others lead to is not known"
    assert reading_text(assessment.program, found, "en").endswith(f"L1 or no level with bound = excluded{untried}")
    same = found.model_copy(update={"says": "all-tried", "values": ["L2"], "under": []})
    assert reading_text(assessment.program, same, "en") == f"L2 under the readings that were tried{untried}"
    assert reading_text(assessment.program, same, "zh") == "在试过的读法下都是 L2; 4 种组合只试了 3 种，其余未知"


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_sentence_stands_below_the_outcome_at_every_depth(policy: Path, depth: Depth) -> None:
    assessment = assessed(policy, 10)
    lines = guiju.explain(assessment, "level", language="en", depth=depth).splitlines()
    assert lines[1] == "├─ L1 or L2 depending on reading bound: L2 as read here; L1 with bound = excluded"
    assert lines[2].endswith("r.guiju:15]")
    assert "depending" not in guiju.explain(assessment, "total", language="en", depth=depth)


def test_the_report_says_it_right_below_the_outcome(policy: Path) -> None:
    assessment = assessed(policy, 11)
    lines = text_of(result_of(assessment, "en"), assessment.program, "en").splitlines()
    assert lines[lines.index("Outcome  level: L2 Two") + 1] == "  L2 under all readings"
