"""Why not a level: the fewest failures that suffice, found by trying all there are; nothing named that is no obstacle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import guiju
from guiju.compiler.graph import parts
from guiju.compiler.ir import UNKNOWN, Cases, Expression, Tally, Verdict
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node
from guiju.engine.reasoning.why.why_not import WhyNot, _Search, _Way, why_not, why_not_from
from guiju.exchange.evidence import parse_evidence
from guiju.library import compile_source
from tests.engine.laws import assess, parts_of, stood_on
from tests.engine.oracle import Oracle, TooManyCompletionsError, World
from tests.engine.strategies import Case, cases

EVIDENCE = Path("policies/gbt-45288.3-2025/evidence")
GATED = """standard s-1 "S 1"
groups domain > section
levels
  L1 "1"
  L2 "2"
domain d "d"
  section 6.1 "Left"
    a) "A" attested
    b) "B" attested
  section 6.2 "Right"
    a) "C" attested
    b) "D" attested
    c) "E" attested
score of each section
  at L1
    2 when all clauses satisfied
    1 when any clauses satisfied
    0 otherwise
  at L2 after every section scores 2 at L1
    3 otherwise
score A at each level = mean of score over each section
grade level by A
  L1 | 1 < A <= 2
  L2 | 2 < A <= 3
  otherwise | none
"""


def answer(assessment: Assessment, level: str) -> WhyNot:
    found = why_not(assessment, "level", level)
    assert found is not None
    return found


def gated(tmp_path: Path, failing: str, **others: str) -> Assessment:
    """The policy above where these clauses fail and the others are satisfied, or what is said of them."""
    path = tmp_path / "s.guiju"
    path.write_text(GATED, "utf-8")
    verdicts = dict.fromkeys(("6.1.a", "6.1.b", "6.2.a", "6.2.b", "6.2.c"), "satisfied")
    said = verdicts | dict.fromkeys(failing.split(), "unsatisfied")
    kept = {clause: verdict for clause, verdict in said.items() if clause not in others.get("unsaid", "").split()}
    return guiju.evaluate(path, {"guiju": "evidence/1", "subject": "x", "attestations": kept})


def told(found: WhyNot) -> list[tuple[str, tuple[str, ...]]]:
    return [(s.definition.id.removeprefix("score:"), s.failed) for s in found.shortfalls]


def test_behind_a_gate_one_failure_is_enough_and_the_others_that_are_are_named(tmp_path: Path) -> None:
    found = answer(gated(tmp_path, "6.1.a 6.1.b 6.2.a"), "L2")
    assert told(found) == [("6.1@L1", ("6.1.a",))]
    assert [d.id for d in found.besides] == ["score:6.2@L1"]


def test_what_need_not_fail_is_not_told(tmp_path: Path) -> None:
    """With 6.2 at its best 6.1 would have to come to 0, with 6.1 at its best so would 6.2: three are as many as needed."""
    assert told(answer(gated(tmp_path, "6.1.a 6.1.b 6.2.a 6.2.b 6.2.c"), "L1")) == [("6.1@L1", ("6.1.a", "6.1.b"))]
    assert told(answer(gated(tmp_path, "6.1.a 6.2.a 6.2.b"), "L1")) == [("6.1@L1", ("6.1.a",)), ("6.2@L1", ("6.2.a",))]


def test_of_what_surely_fails_the_fewest_failures_are_told() -> None:
    found = answer(guiju.evaluate("gbt-45288.3-2025", EVIDENCE / "mid-vendor-with-gaps.yaml"), "L3")
    assert found.holds is False
    assert told(found) == [("hardware@L2", ("6.1.1.1.f",))]
    others = ["toolchain", "platform_integration", "model_production"]
    assert [d.group for d in found.besides] == others
    assert {d.level for d in found.besides} == {"L2"}


def test_of_what_is_open_everything_that_is_not_shown_is_told() -> None:
    found = answer(guiju.evaluate("gbt-45288.3-2025", EVIDENCE / "mid-vendor-with-gaps.yaml"), "L2")
    assert [s.not_shown for s in found.shortfalls] == [("6.1.2.4.c",), ("6.1.3.3.b",), ("6.2.2.5.b",)]
    assert found.besides == ()


def test_what_cannot_help_is_not_told_where_the_level_is_open(tmp_path: Path) -> None:
    found = answer(gated(tmp_path, "6.1.a", unsaid="6.1.b 6.2.a"), "L1")
    assert [s.not_shown for s in found.shortfalls] == [("6.1.b",), ("6.2.a",)]
    assert {s.failed for s in found.shortfalls} == {()}


def test_an_open_input_on_the_way_is_named() -> None:
    text = (EVIDENCE / "full-stack-provider.yaml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("inputs:")]
    evidence = parse_evidence(Source("e.yaml", "\n".join(lines)))[0]
    assert evidence is not None
    found = answer(guiju.evaluate("gbt-45288.3-2025", evidence), "L1")
    assert (found.lacks, found.shortfalls) == (("service",), ())


# --- against every set of failures there is ------------------------------------------------------------------------


def conditions(assessment: Assessment) -> Iterator[tuple[str, str, Expression]]:
    """The rows of the grades that are outcomes: outcome, level and condition."""
    for outcome in assessment.program.outcomes:
        expression = assessment.program.definition[outcome].expression
        if isinstance(expression, Cases):
            for row in expression.rows:
                yield outcome, str(getattr(row.value, "value", "")), row.condition


def keeps_out(assessment: Assessment, condition: Expression, kept: Iterable[str], failed: Iterable[str]) -> bool:
    """Whether the condition holds in no completion in which these clauses fail, be the other failed ones what they may."""
    free = sorted(set(failed) - set(kept))
    for verdicts in product((Verdict.SATISFIED, Verdict.UNSATISFIED), repeat=len(free)):
        oracle = Oracle(assessment.bound, most=60)
        oracle.fixed |= dict.fromkeys(failed, Verdict.UNSATISFIED) | dict(zip(free, verdicts, strict=True))
        oracle.attested -= set(free)
        worlds = list(oracle.completions())  # none where a kept failure is attested and does not go with what is free
        if any(world.value(condition) is True for world in worlds):
            return False
    return True


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(cases())
def test_the_failures_told_suffice_and_no_fewer_do(case: Case) -> None:
    assessment = assess(*case)
    failed = [id_ for id_, r in assessment.clauses.items() if r.verdict is Verdict.UNSATISFIED]
    if len(failed) > 5:
        return
    for outcome, level, condition in conditions(assessment):
        found = why_not(assessment, outcome, level)
        if found is None or found.holds is not False:
            continue
        told_ = {clause for s in found.shortfalls for clause in s.failed}
        try:
            if not list(Oracle(assessment.bound, most=60).completions()):
                continue
            assert keeps_out(assessment, condition, told_, failed), told_
            for few in (set(c) for size in range(len(told_)) for c in combinations(failed, size)):
                assert not keeps_out(assessment, condition, few, failed), (told_, few)
            for other in found.besides:
                counted = set(_counted(assessment, other.id)).intersection(failed) - told_
                assert keeps_out(assessment, condition, counted, failed), other.id
        except TooManyCompletionsError:
            continue  # more than the oracle is willing to try


def _counted(assessment: Assessment, definition: str) -> Iterator[str]:
    """The clauses that a score counts itself."""
    definitions = assessment.program.definition
    stack = [definitions[d].expression for d in (definition, f"{definition}/table") if d in definitions]
    while stack:
        top = stack.pop()
        if isinstance(top, Tally):
            yield from (leaf for item in top.items for leaf in item)
        else:
            stack.extend(parts(top))


# --- of what is open: against every two completions that differ in one clause --------------------------------------


def making_the_difference(assessment: Assessment, condition: Expression) -> set[str]:
    """The open clauses that two completions differ in alone, the condition holding in one of them only."""
    undecided = (result.clause for result in assessment.undecided)
    return {clause for clause in undecided if _makes_the_difference(assessment, condition, clause)}


def _makes_the_difference(assessment: Assessment, condition: Expression, clause: str) -> bool:
    tables: list[dict[object, bool]] = []
    for verdict in (Verdict.SATISFIED, Verdict.UNSATISFIED):
        oracle = Oracle(assessment.bound, most=60)
        oracle.fixed[clause] = verdict
        completions = (w for w in oracle.completions() if not isinstance(w.by_facts(clause), Verdict))
        tables.append({_all_else(world): world.value(condition) is True for world in completions})
    one, other = tables
    return any(one[rest] != other[rest] for rest in one.keys() & other.keys())


def _all_else(world: World) -> object:
    return frozenset(world.facts.items()), frozenset(world.inputs.items()), frozenset(world.chosen.items())


def check_what_makes_the_difference_is_named(assessment: Assessment) -> None:
    """Of a level that is open every clause that may decide it is named, or one that stands on it."""
    for outcome, level, condition in conditions(assessment):
        found = why_not(assessment, outcome, level)
        if found is None or found.holds is not UNKNOWN:
            continue
        named = {clause for s in found.shortfalls for clause in s.not_shown}
        asked = (e for c in named for e in parts_of(assessment.program.clause[c]))
        below = {address.removeprefix("clause:") for address in stood_on(assessment.program, *asked)}
        try:
            assert making_the_difference(assessment, condition) <= named | below, level
        except TooManyCompletionsError:
            continue


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(cases())
def test_every_open_clause_that_can_make_the_difference_is_named(case: Case) -> None:
    check_what_makes_the_difference_is_named(assess(*case))


THROUGH_A_ROW = """
standard row-1 "A score that is another one under a condition"
groups section
levels
  L1
  L2
fact b : yes-no
section s
  a) "a" attested
  b) "b" attested
score part = count of clauses satisfied
score passed on
  ROW
grade level by passed_on
  L1 | 1 <= passed_on < 2
  L2 | passed_on >= 2
  otherwise | none
"""


ROWS = ("part when b\n  0 otherwise", "0 when not b\n  part otherwise")


def through(row: str, said: str | None) -> Assessment:
    """The policy above with this row, where a) is satisfied and b holds."""
    text = THROUGH_A_ROW.replace("passed on", "passed_on").replace("ROW", row)
    program = compile_source(Source("row.guiju", text)).program
    assert program is not None
    verdicts = {"s.a": "satisfied"} | ({"s.b": said} if said else {})
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": {"b": True}, "attestations": verdicts}
    return guiju.evaluate(guiju.Policy(program), evidence)


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("said", ["unsatisfied", None])
def test_what_fails_or_is_open_in_the_score_that_a_row_gives_is_named(row: str, said: str | None) -> None:
    told = why_not(through(row, said), "level", "L2")
    assert told is not None
    assert [(*s.failed, *s.not_shown) for s in told.shortfalls] == [("s.b",)]


def test_what_is_open_in_the_value_of_a_row_that_may_hold_is_named() -> None:
    """The row holds where the fact does, and then a) and b) are what its value counts."""
    found = guiju.evaluate(guiju.Policy(through(ROWS[0], None).program), {"guiju": "evidence/1", "subject": "x"})
    told = why_not(found, "level", "L2")
    assert told is not None
    assert [s.not_shown for s in told.shortfalls] == [("s.a", "s.b")]
    assert told.lacks == ("b",)


@pytest.mark.parametrize("row", ROWS)
def test_a_search_that_does_not_look_into_rows_breaks_the_law(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a search named nothing where a table only passes on another score."""
    assessment = through(row, None)
    check_what_makes_the_difference_is_named(assessment)

    def conditions_alone(_: object, node: Node) -> _Way:
        return _Way(node.operands[:-1:2])

    monkeypatch.setattr(_Search, "_rows", conditions_alone)
    with pytest.raises(AssertionError):
        check_what_makes_the_difference_is_named(assessment)


BANDS = """standard bands "Bands"
groups section
levels
  L1 "One"
  L2 "Two"
  L3 "Three"
fact breaches : count "Breaches"
section s "s"
  a) "A" attested
  b) "B" attested
  c) "C" attested
score A "Share" = share of clauses satisfied
grade level by A "Grade"
  none | breaches > 2
  L1 | 20% <= A < 30%
  L2 | 30% <= A < 80%
  L3 | A >= 80%
"""


def banded(told: str, last: str = "otherwise | none") -> Assessment:
    rows = BANDS if "L1" not in last else BANDS.replace("  L1 | 20% <= A < 30%\n", "")
    program = compile_source(Source("bands.guiju", f"{rows}  {last}\n")).program
    assert program is not None
    said = told.split()
    facts = {"breaches": int(said[0])} if said[0] != "?" else {}
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts}
    attestations = {f"s.{mark}": verdict for mark, verdict in zip("abc", said[1:], strict=False)}
    return guiju.evaluate(guiju.Policy(program), {**evidence, "attestations": attestations})


def from_(assessment: Assessment, level: str) -> WhyNot:
    found = why_not_from(assessment, "level", level)
    assert found is not None
    return found


def test_a_level_below_the_outcome_is_reached_though_its_own_row_is_passed_by() -> None:
    highest = banded("0 satisfied satisfied satisfied")
    assert [from_(highest, level).holds for level in ("L1", "L2", "L3")] == [True, True, True]
    middle = banded("0 satisfied satisfied unsatisfied")
    assert [from_(middle, level).holds for level in ("L1", "L2", "L3")] == [True, True, False]


def test_a_level_that_only_the_last_row_gives_can_be_asked_for() -> None:
    assert from_(banded("0 unsatisfied unsatisfied unsatisfied", "otherwise | L1"), "L1").holds is True


@pytest.mark.parametrize("level", ["L1", "L2"])
def test_a_level_of_which_a_row_that_is_tried_first_takes_the_place_is_not_reached(level: str) -> None:
    found = from_(banded("3 satisfied unsatisfied unsatisfied"), level)
    assert (found.value, found.holds, found.barred) == (level, False, True)
    found = from_(banded("? satisfied satisfied unsatisfied"), level)
    assert (found.value, found.holds, found.barred, found.lacks) == (level, UNKNOWN, True, ("breaches",))


def test_a_level_that_only_a_higher_row_can_still_give_is_open() -> None:
    found = from_(banded("0 unsatisfied unsatisfied"), "L1")  # a share of a third, or of nothing
    assert (found.value, found.holds) == ("L1", UNKNOWN)
    assert [s.not_shown for s in found.shortfalls] == [("s.c",)]
