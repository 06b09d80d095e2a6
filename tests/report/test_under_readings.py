"""One sentence below each outcome says whether it depends on how the text is read, and on which reading."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given

import guiju
from guiju.compiler.ir import Value
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.reasoning.readings.depending import reading_effects
from guiju.library import compile_source
from guiju.report.branch import DEPTHS, Depth
from guiju.report.result import result_of
from guiju.report.text import text_of
from guiju.report.under_readings import reading_text, under_readings
from guiju.report.words import plain
from tests.engine.laws import assess
from tests.engine.strategies import Case, cases
from tests.engine.test_laws import drawn

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


#: where one reading keeps to itself what the others do, and a third counts only beside it
THREE = """standard r-3 "R 3"
groups part
levels
  L1
  L2
  L3
fact size : number
part 1 "甲" / "A"
  a) "大小" / "Size" size >= 10
  b) "多少" / "Amount" size >= 4
score total = count of clauses satisfied
grade level by total
  L1 | total = 0
  L2 | total = 1
  L3 | total = 2
  otherwise | none
reading bound "是否含本数" / "Whether 10 counts" cites 1 a)
  default included : nothing changes
  or excluded : clause 1 a) requires size > 10
  or doubled : clause 1 a) requires size >= 20
reading amount "多少" / "How much" cites 1 b)
  default four : nothing changes
  or eleven : clause 1 b) requires size >= 11
reading rest "其余" / "The rest" cites 1
  default none : nothing changes
  or lowest :
    grade L1 = total <= 1
    grade L2 = total > 2
"""
_CONDITION = re.compile(r"(\S+) (=|≠) (\S+)")


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
                "可能是什么，视读法 bound, twice 而定: 按所选读法为 L1 或 L2; 按 bound = included、twice = big 为 L2; "
                "按 bound = excluded、twice = once 为 L1 或 无等级; 按 bound = excluded、twice = big 为 L1"
            ),
            (
                "what it can be depends on readings bound, twice: L1 or L2 as read here; "
                "L2 with bound = included and twice = big; L1 or no level with bound = excluded and twice = once; "
                "L1 with bound = excluded and twice = big"
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
    assert reading_text(assessment.program, found, "en").endswith(
        f"L1 or no level with bound = excluded and the rest as read here{untried}"
    )
    same = found.model_copy(update={"says": "all-tried", "values": ["L2"], "under": []})
    assert reading_text(assessment.program, same, "en") == f"L2 under the readings that were tried{untried}"
    assert reading_text(assessment.program, same, "zh") == "在试过的读法下都是 L2; 4 种组合只试了 3 种，其余未知"


def under_each(assessment: Assessment) -> dict[tuple[tuple[str, str], ...], set[Value]]:
    """What the level can be under every combination of readings, each evaluated by itself."""
    readings = assessment.program.readings
    combinations = product(*([(r.id, o.id) for o in r.options] for r in readings))
    return {c: set(evaluate(assessment.bound, dict(c)).possible("level").values) for c in combinations}


def as_a_reader_takes_it(sentence: str, readings: dict[str, str], chosen: dict[str, str]) -> set[str]:
    """All values that a sentence gives to one combination of readings, none of them said of the rest."""
    here, *parts = sentence.partition(": ")[2].split("; ")
    last = parts.pop().removeprefix("else ") if parts[-1].startswith("else ") else None
    said = {here.removesuffix(" as read here")} if readings == chosen else set()
    for values, conditions in (part.split(" with ") for part in parts):
        for conjunction in conditions.split(" or "):
            met = [(readings[r] == o) is (sign == "=") for r, sign, o in _CONDITION.findall(conjunction)]
            said |= {values} if met and all(met) else set()
    return said or ({last} if last else set())


@pytest.mark.parametrize("size", [1, 3, 4, 9, 10, 11, 20])
@pytest.mark.parametrize("bound", ["included", "excluded", "doubled"])
@pytest.mark.parametrize("rest", ["none", "lowest"])
def test_each_part_of_the_sentence_is_true_of_all_that_it_describes_and_none_is_left_out(
    size: int, bound: str, rest: str
) -> None:
    """`L1 with inclusive-or-more = excluded` stood beside `L2 with gate-scope = … and inclusive-or-more = excluded`."""
    program = compile_source(Source("three.guiju", THREE)).program
    assert program is not None
    chosen = {"bound": bound, "amount": "four", "rest": rest}
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": {"size": size}}
    assessment = guiju.evaluate(guiju.Policy(program), evidence, chosen)
    (found,) = under_readings(assessment, reading_effects(assessment))
    sentence = reading_text(program, found, "en")
    are_listed = size == 10 and bound == "included"  # five parts, which nobody reads in a sentence
    assert ("lists what each combination leads to" in sentence) == are_listed
    here = {r: option for r, option in chosen.items() if r in found.depends_on}
    for combination, values in under_each(assessment).items():
        readings = {r: option for r, option in combination if r in found.depends_on}
        (value,) = map(str, values)
        if found.says == "depends" and not are_listed:
            assert as_a_reader_takes_it(sentence, readings, here) == {value}, (sentence, combination)
        assert found.says == "depends" or sentence == f"{value} under all readings"


@drawn(60)
@given(cases())
def test_what_is_told_of_drawn_policies_is_what_each_combination_comes_to(case: Case) -> None:
    assessment = assess(*case)
    effects = reading_effects(assessment)
    for found in under_readings(assessment, effects):
        untold = set()
        for combination in product(*([(r.id, o.id) for o in r.options] for r in assessment.program.readings)):
            readings = dict(combination)
            values = {plain(v) for v in evaluate(assessment.bound, readings).possible(found.outcome).values}
            told = [c.values for c in found.told if all(readings[r] in taken for r, taken in c.readings.items())]
            if found.told:
                assert all(set(t) == values for t in told or [found.values])
            if not told and any(readings[r] != assessment.readings[r] for r in found.depends_on):
                untold.add(combination)
        assert not found.told or found.elsewhere == bool(untold)
        assert bool(found.told) or found.says != "depends" or len(found.under) > 3


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
