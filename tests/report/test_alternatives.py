"""Sets of things to change at the same cost: each of them, carried out as it is printed, reaches the level."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

import pytest

import guiju
from guiju.compiler.ir import Value, Verdict
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.engine.reasoning.planning import exhausted
from guiju.engine.reasoning.planning import remedy as remedy_module
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.remedy import needs_of, remedy_for
from guiju.library import compile_source
from guiju.report.plan import plan_lines, plan_model
from tests.report.yards import yards

MILLS = """standard mills "Mills"
groups section
levels
  L1 "Open"
fact income : 万元 "Income"
fact cost : 万元 "Cost"
fact heads : count "Heads"
fact small : yes-no
section s "s"
CLAUSES
score failing = count of clauses unsatisfied
grade level by failing
  L1 | failing = 0
  otherwise | none
"""
LESS_SPENT = '  a) "Cost" cost <= 800 万元'
PER_HEAD = '  b) "Income per head" income / heads >= 50 万元'
AUDITED = '  c) "Audit" attested applies when income >= 500 万元'
MARGIN = '  d) "Margin" (income - cost) / income >= 20%'
LARGE_OR_SMALL = '  e) "Size" income >= 1100 万元 or small = yes'

TODAY: dict[str, object] = {"income": "900 万元", "cost": "850 万元"}
EARN_OR_SHRINK = ((LESS_SPENT, PER_HEAD, AUDITED, MARGIN), TODAY | {"heads": 22})
EARN_OR_BE_SMALL = ((LESS_SPENT, MARGIN, LARGE_OR_SMALL), TODAY | {"small": False})

_NUMBER = r"(?P<number>[0-9 ./]*[0-9])(?: 万元)?"
_BECOMES = re.compile(
    rf"(?P<fact>income|cost|heads) \([^)]*\) [^→]*→ (?:for example |[≤≥] )?{_NUMBER}|small no → (?P<yes>yes)|s (?P<clause>c)\)"
)


def mills(clauses: tuple[str, ...], facts: Mapping[str, object]) -> Aim:
    """The way to the one level of a policy of some clauses."""
    program = compile_source(Source("mills.guiju", MILLS.replace("CLAUSES", "\n".join(clauses)))).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts, "attestations": {"s.c": "unsatisfied"}}
    if AUDITED not in clauses:
        del evidence["attestations"]
    assessed = guiju.evaluate(guiju.Policy(program), evidence)
    return Aim(assessed, "level", wanted_from(assessed, "level", "L1"))


def read(line: str) -> dict[str, Value]:
    """The changes that a line names, at the values that it prints."""
    made: dict[str, Value] = {}
    for found in _BECOMES.finditer(line):
        if found["clause"]:
            made["clause:s.c"] = Verdict.SATISFIED
        elif found["yes"]:
            made["fact:small"] = True
        else:
            told = Fraction(found["number"].replace(" ", ""))
            made[f"fact:{found['fact']}"] = told if found["fact"] == "heads" else told * 10_000
    return made


@pytest.mark.parametrize("case", [EARN_OR_SHRINK, EARN_OR_BE_SMALL])
def test_each_of_them_reaches_the_level_at_the_values_that_are_printed(
    case: tuple[tuple[str, ...], dict[str, object]],
) -> None:
    aim = mills(*case)
    remedy = remedy_for(aim, Terms())
    lines = list(plan_lines(aim, "L1", remedy, Terms(), "en"))
    plan = {step.address: step.required for step in remedy.steps or ()}
    alternatives = [read(line) for line in lines if line.startswith(("  either ", "  or "))]
    assert len(alternatives) == len(remedy.alternatives) >= 2
    assert aim.reaches(plan)
    assert not any("≈" in line for line in lines if line.startswith(("  either ", "  or "))), lines
    for told, parts in zip(alternatives, remedy.alternatives, strict=True):
        named = {a for part in parts for a in part.addresses}
        made = {a: v for a, v in plan.items() if a in named} | told
        assert made.keys() == named, lines
        assert aim.reaches(made), lines


def told_in(language: Language, clauses: tuple[str, ...], facts: Mapping[str, object]) -> list[str]:
    """What is printed of the plan of a mill, in one language."""
    aim = mills(clauses, facts)
    return list(plan_lines(aim, "L1", remedy_for(aim, Terms()), Terms(), language))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "income (Income) 900 万元 → for example 499 万元 (any ≥ 499 万元 and < 500 万元 does)"),
        ("zh", "income (Income) 900 万元 → 例如 499 万元 (≥ 499 万元 且 < 500 万元 的都可以)"),
    ],
)
def test_of_a_number_with_none_nearest_the_one_that_the_others_go_with_is_told_and_how_far_it_may_move(
    language: Language, told: str
) -> None:
    """No number is the last below 500, so one is named; the cost that goes with it is told beside it."""
    (line,) = (line for line in told_in(language, *EARN_OR_SHRINK) if "500 万元" in line)
    assert told in line
    assert "≤ 399.2 万元" in line


THIRDS = '  a) "Income per head" 3 * income / (1 万元) BOUND 2000'


@pytest.mark.parametrize(
    ("bound", "today", "told"),
    [
        (">=", "600 万元", "≥ 2000/3 万元 (≈666.67 万元)"),
        (">", "600 万元", "> 2000/3 万元 (≈666.67 万元)"),
        ("<=", "900 万元", "≤ 2000/3 万元 (≈666.66 万元)"),
        ("<", "900 万元", "< 2000/3 万元 (≈666.66 万元)"),
        ("=", "900 万元", "→ 2000/3 万元  (cost 1"),
    ],
)
def test_the_decimal_beside_a_bound_does_as_well(bound: str, today: str, told: str) -> None:
    lines = told_in("en", (THIRDS.replace("BOUND", bound),), {"income": today})
    assert any(told in line for line in lines), lines


ANY_TWO = """standard shops "Shops"
groups section
levels
  L1 "Open"
fact floor : m2 "Floor"
fact doors : count "Doors"
fact hours : h "Hours"
section s "s"
  a) "Floor" floor >= 30 m2
  b) "Doors" doors >= 2
  c) "Hours" hours > 8 h
score met = count of clauses satisfied
grade level by met
  L1 | met >= 2
  otherwise | none
"""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "  any 2 of these 3: floor (Floor) 10 m2 → ≥ 30 m2, doors (Doors) 1 → ≥ 2, hours (Hours) 7 h → > 8 h",
        ),
        (
            "zh",
            "  这 3 项中任意 2 项: floor (Floor) 10 平方米 → ≥ 30 平方米, doors (Doors) 1 → ≥ 2, hours (Hours) 7 小时 → > 8 小时",
        ),
    ],
)
def test_of_what_is_interchangeable_each_is_told_with_what_it_must_be(language: Language, told: str) -> None:
    """Three sets that cost the same are one line; what the plan does not take has its bound as well."""
    program = compile_source(Source("shops.guiju", ANY_TWO)).program
    assert program is not None
    facts = {"floor": "10 m2", "doors": 1, "hours": "7 h"}
    assessed = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": facts})
    aim = Aim(assessed, "level", wanted_from(assessed, "level", "L1"))
    remedy = remedy_for(aim, Terms())
    lines = list(plan_lines(aim, "L1", remedy, Terms(), language))
    assert lines[-1] == told
    needs = needs_of(remedy, Terms(), 0, ["fact:floor", "fact:doors", "fact:hours"])
    for two in combinations(needs, 2):
        assert aim.reaches({address: needs[address].needed.planned for address in two})
    (way,) = plan_model(aim, "L1", remedy, Terms()).ways
    assert {b.address: (b.bound, b.required) for b in way} == {
        a: (b.needed.bound, str(b.needed.required)) for a, b in needs.items()
    }


def test_what_more_sets_make_than_are_told_is_said_of_those_below_alone() -> None:
    """The ninth set takes two of what the others take one of; eight are told."""
    keys = [f"k{n}" for n in range(1, 10)]
    either = " or ".join(f"{k} = yes" for k in keys[:8])
    text = ANY_TWO.replace(
        "section s", "fact guards : count\n" + "".join(f"fact {k} : yes-no\n" for k in keys) + "section s"
    )
    text = text.replace("floor >= 30 m2", f"(guards >= 1 and ({either})) or (guards >= 2 and k9 = yes)")
    text = text.replace("met >= 2", "met >= 3")
    program = compile_source(Source("shops.guiju", text)).program
    assert program is not None
    facts: dict[str, object] = {"floor": "10 m2", "doors": 2, "hours": "9 h", "guards": 0, **dict.fromkeys(keys, False)}
    assessed = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": facts})
    aim = Aim(assessed, "level", wanted_from(assessed, "level", "L1"))
    remedy = remedy_for(aim, Terms())
    needed = [needs_of(remedy, Terms(), place, ["fact:guards"]) for place in range(len(remedy.alternatives))]
    assert sorted(str(b["fact:guards"].needed.required) for b in needed) == ["1"] * 8 + ["2"]
    lines = list(plan_lines(aim, "L1", remedy, Terms(), "en"))
    assert any("guards 0 → ≥ 2" in line for line in lines) or "  changes that all below make: 1; besides these" in lines


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "At the same cost there may be others: of some changes of that cost it is not settled whether they reach it",
        ),
        ("zh", "费用相同的方案可能还有: 有些同样费用的改法，没有判明能否达到"),
    ],
)
def test_where_a_change_of_the_same_cost_leaves_the_level_unknown_the_sets_are_not_said_to_be_all(
    language: Language, told: str
) -> None:
    """The fence does as well, as floor and roof meet in one way or the other; case by case that is not gone through."""
    aim = yards({})
    remedy = remedy_for(aim, Terms())
    assert aim.wanted.issuperset(yards({"fenced": True}).assessment.possible("level").values)
    assert (remedy.proved, remedy.cost, remedy.count) == (True, Fraction(1), None)
    assert told in list(plan_lines(aim, "L1", remedy, Terms(), language))
    assert plan_model(aim, "L1", remedy, Terms()).count is None


def test_where_all_of_that_cost_is_settled_the_sets_are_all() -> None:
    aim = yards({"floor": "9 m2", "roof": "8 m2"})
    remedy = remedy_for(aim, Terms())
    assert (remedy.proved, remedy.count, remedy.listed) == (True, 2, 2)


WALKS = """standard walks "Walks"
groups section
levels
  L1 "Short"
fact up : count "Up"
fact down : count "Down"
section s "s"
  a) "Map" attested
score short
  2 when up + down < 4
  1 when up + down <= 8 and s a) satisfied
  0 otherwise
grade level by short
  L1 | short >= 1
  otherwise | none
"""


@pytest.mark.parametrize("down", [0, 2])
def test_where_one_completion_has_no_other_set_there_is_none_though_some_are_left_unknown(down: int) -> None:
    """From too far up nothing but less of it helps; that there may be others was said where none can be."""
    program = compile_source(Source("walks.guiju", WALKS)).program
    assert program is not None
    assessed = guiju.evaluate(
        guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": {"down": down}, "attestations": {}}
    )
    aim = Aim(assessed, "level", wanted_from(assessed, "level", "L1"))
    remedy = remedy_for(aim, Terms())
    assert (remedy.proved, remedy.cost, remedy.count) == (True, Fraction(1), 1)
    assert [step.address for step in remedy.steps or ()] == ["fact:up"]
    assert not any("there may be others" in line for line in plan_lines(aim, "L1", remedy, Terms(), "en"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exhausted, "MOST_COMPLETIONS", 0)
        assert remedy_for(aim, Terms()).count is None


DOORS = """standard doors "Doors"
groups section
levels
  L1 "Open"
fact paint : one of red | blue | green "Paint"
section s "s"
  a) "Lock" attested
  b) "Bell" attested
score met
  2 when paint = blue
  1 when paint = green or s a) satisfied or s b) satisfied
  0 otherwise
grade level by met
  L1 | met >= 1
  otherwise | none
"""


def doors() -> Aim:
    """Three sets of one change each, one of which two colours do."""
    program = compile_source(Source("doors.guiju", DOORS)).program
    assert program is not None
    said = {"s.a": "unsatisfied", "s.b": "unsatisfied"}
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": {"paint": "red"}, "attestations": said}
    assessed = guiju.evaluate(guiju.Policy(program), evidence)
    return Aim(assessed, "level", wanted_from(assessed, "level", "L1"))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "At the same cost: at least 2 sets of things to change, and there may be others"),
        ("zh", "费用相同的方案至少 2 组 (按改哪些项计)，可能还有"),
    ],
)
def test_of_sets_that_may_not_be_all_it_is_said_how_many_they_are_at_least(
    monkeypatch: pytest.MonkeyPatch, language: Language, told: str
) -> None:
    monkeypatch.setattr(remedy_module, "MOST_ALTERNATIVES", 3)
    remedy = remedy_for(doors(), Terms())
    assert remedy.count is None
    assert told in list(plan_lines(doors(), "L1", remedy, Terms(), language))


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5])
def test_sets_are_said_to_be_all_only_where_none_is_left_to_be_looked_at(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Both colours are one set: with two looked at, one set was listed and said to be all there are."""
    monkeypatch.setattr(remedy_module, "MOST_ALTERNATIVES", most)
    remedy = remedy_for(doors(), Terms())
    assert remedy.listed <= 3
    assert remedy.count == (3 if most >= 4 else None)
