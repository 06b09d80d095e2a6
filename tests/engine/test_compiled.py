"""The compiled function of a policy against the reference: random policies and rows, and GB/T 45288.3 in small."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guiju
from guiju.compiler.ir import NOT_ENTERED, UNKNOWN, Input, Program
from guiju.engine.compiled.answer import NO_ANSWER
from guiju.engine.compiled.compiled import Compiled, compiled
from guiju.engine.layout import layout
from guiju.engine.rows import row_of
from guiju.library import bundled, load
from tests.engine.compiled_laws import check_same
from tests.engine.drawn_rows import rows_for
from tests.engine.strategies import compiled as drawn_text
from tests.engine.strategies import programs
from tests.engine.test_laws import drawn

GBT = "gbt-45288.3-2025"


@drawn(15)
@given(st.data())
def test_a_row_is_answered_as_the_reference_answers_it(data: Any) -> None:
    program = data.draw(programs())
    readings = {r.id: data.draw(st.sampled_from([o.id for o in r.options])) for r in program.readings}
    shown = tuple(d.id for d in program.definitions if d.shown)
    targets = data.draw(st.sampled_from((program.outcomes, shown)))
    stated = data.draw(st.sampled_from((("input", "fact", "clause"), ("input", "clause"))))
    columns = [i for i, slot in enumerate(layout(program)) if slot.kind in stated]
    function = Compiled(program, readings, tuple(columns), targets)
    for _ in range(2):
        whole = data.draw(rows_for(program))
        row = [whole[i] for i in columns]
        check_same(function, row, function.checked(row))


@pytest.fixture(scope="module")
def gbt() -> Program:
    program = load(GBT).program
    assert program is not None
    return program


def of_verdicts(program: Program) -> list[int]:
    """The columns of a table that has the service type and a verdict for each clause, and no facts."""
    return [i for i, slot in enumerate(layout(program)) if slot.kind != "fact"]


@pytest.fixture(scope="module")
def by_verdicts(gbt: Program) -> Compiled:
    return compiled(gbt, columns=of_verdicts(gbt))


@pytest.mark.parametrize("met", [0.5, 0.97, 1.0])
def test_verdicts_alone_decide_the_level_without_the_reference(
    by_verdicts: Compiled, met: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(met)
    services = ("full", "platform", "development+operations")
    rows = [[s, *(draw.random() < met for _ in by_verdicts.columns[1:])] for s in services]
    for row in rows:
        check_same(by_verdicts, row, by_verdicts.by_reference(row))
    told = [by_verdicts.by_reference(row) for row in rows]
    monkeypatch.delattr(Compiled, "by_reference")
    assert [by_verdicts.answer(row) for row in rows] == told


def test_an_open_clause_leaves_what_both_of_its_verdicts_lead_to(by_verdicts: Compiled) -> None:
    row: list[Any] = ["full", *(True for _ in by_verdicts.columns[1:])]
    names = [slot.name for slot in by_verdicts.slots]
    row[names.index("6.1.1.1.a")] = None
    level = by_verdicts.answer(row)["level"]
    assert (level.value, level.lower, level.upper, level.reachable) == (UNKNOWN, "L1", "L3", ("L1", "L3"))
    assert (level.exact, level.rule) == (True, None)
    check_same(by_verdicts, row, by_verdicts.answer(row))


def test_clauses_with_facts_of_their_own_are_open_by_themselves(
    gbt: Program, by_verdicts: Compiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = compiled(gbt)
    for function in (by_verdicts, whole):
        row: list[Any] = [True if slot.kind == "clause" else None for slot in function.slots]
        names = [slot.name for slot in function.slots]
        row[0] = "full"
        for name in ("6.1.1.1.f", "6.1.3.2.g", "6.3.3.2.e"):  # a formula, a threshold, a count
            row[names.index(name)] = None
        told = function.by_reference(row)
        with monkeypatch.context() as patched:
            patched.delattr(Compiled, "by_reference")
            assert function.answer(row) == told


def test_clauses_that_share_a_fact_are_left_to_the_reference(by_verdicts: Compiled) -> None:
    row: list[Any] = ["full", *(True for _ in by_verdicts.columns[1:])]
    names = [slot.name for slot in by_verdicts.slots]
    for name in ("6.1.2.2.c.1", "6.1.2.2.c.4"):
        row[names.index(name)] = None
    check_same(by_verdicts, row, by_verdicts.answer(row))


def test_the_row_of_the_table_that_decides_is_told(by_verdicts: Compiled) -> None:
    met: list[Any] = ["full", *(True for _ in by_verdicts.columns[1:])]
    failed = ["full", *(False for _ in by_verdicts.columns[1:])]
    assert [by_verdicts.answer(row)["level"].rule for row in (met, failed)] == ["level/row1", "level/otherwise"]


def test_scores_are_told_where_they_are_asked_for(gbt: Program) -> None:
    columns = of_verdicts(gbt)
    scores = compiled(gbt, columns=columns, targets=("A@L1", "A@L3", "score:hardware@L2"))
    row = ["full", *(slot.name != "6.1.1.1.c" for slot in scores.slots[1:])]
    answer = scores.answer(row)
    assert (answer["A@L1"].value, answer["A@L3"].value) == (2, NOT_ENTERED)
    assert answer["score:hardware@L2"].value == Fraction(5, 2)
    check_same(scores, row, answer)


def test_facts_are_compared_in_the_units_of_their_columns(gbt: Program) -> None:
    function = compiled(gbt, targets=("score:hardware@L1", "score:hardware@L3"))
    known: dict[str, object] = {
        "training_compute_10b": 50,
        "training_network": ["二百GE"],
        "linearity_10b": Decimal(80),
    }
    decided = ("6.1.1.1.e", "6.1.1.1.f", "6.1.1.2.a")
    verdicts = {s.name: True for s in function.slots if s.kind == "clause" and s.name not in decided}
    for less in ({}, {"training_compute_10b": Decimal("49.9")}, {"linearity_10b": 79, "training_network": []}):
        row = row_of(gbt, {"service": "full", **verdicts, **known, **less})
        check_same(function, row, function.answer(row))


def test_a_value_out_of_type_is_told_by_checked_though_nothing_looks_at_it(by_verdicts: Compiled) -> None:
    row: list[Any] = ["full", *(False for _ in by_verdicts.columns[1:])]
    row[-1] = 0.5
    assert by_verdicts.answer(row)["level"].value == "none"
    assert by_verdicts.checked(row).outcomes is None


@pytest.mark.parametrize(
    "written",
    [
        int,
        lambda verdict: "满足" if verdict else "不满足",
        lambda verdict: "satisfied" if verdict else False,
    ],
    ids=["numbers", "Chinese words", "words and truths"],
)
@pytest.mark.parametrize("service", ["full", "全部服务"])
def test_verdicts_are_the_same_however_they_are_written(
    by_verdicts: Compiled, written: Callable[[bool], Any], service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(7)
    rows = [[draw.random() < met for _ in by_verdicts.columns[1:]] for met in (0.5, 0.97, 1.0)]
    plain = [by_verdicts.by_reference(["full", *row]) for row in rows]
    monkeypatch.delattr(Compiled, "by_reference")
    assert [by_verdicts.answer((service, *row)) for row in rows] == plain
    assert [by_verdicts.answer([service, *map(written, row)]) for row in rows] == plain


def test_what_is_open_and_cannot_matter_is_left_open(by_verdicts: Compiled, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ["full", *(False for _ in by_verdicts.columns[1:-1]), None]
    told = by_verdicts.by_reference(row)
    by_verdicts.answer(row)  # makes the function
    monkeypatch.delattr(Compiled, "_otherwise")
    assert by_verdicts.answer(row) == told
    assert told["level"].value == "none"


@pytest.mark.parametrize("last", ["T", "TTTTTTTT", "F" * 200, b"TTTT", "\x01" * 8, 2, 10**30, -1, Decimal(1), [True]])
def test_what_is_no_verdict_is_never_read_as_some(by_verdicts: Compiled, last: Any) -> None:
    clauses = len(by_verdicts.columns) - 1
    row = ["full", *[True] * (clauses - 1), last]
    assert by_verdicts.answer(row).outcomes is None
    assert by_verdicts.answer(["full", None, *row[2:]]).outcomes is None
    for fewer in range(1, 12):
        with pytest.raises(ValueError, match=f"{clauses + 1 - fewer} values"):
            by_verdicts.answer(["full", *[True] * (clauses - 1 - fewer), last])


def many_clauses(number: int) -> str:
    """A policy of so many attested clauses, two to a section."""
    lines = [f'  section {i} "s"\n    a) "x" attested\n    b) "y" attested' for i in range(1, number // 2 + 1)]
    grade = f"grade level by A\n  all | A = {number}\n  most | A > {number // 2}\n  otherwise | none"
    head = 'standard many "MANY 1"\ngroups chapter > section\nchapter all "s"'
    return "\n".join((head, *lines, "score A = count of clauses satisfied", grade))


@pytest.mark.parametrize("number", [2, 255, 600])
def test_a_row_of_more_clauses_than_a_plane_holds_is_read_in_several(number: int) -> None:
    program = drawn_text(many_clauses(number))
    assert program is not None
    function, draw = compiled(program), random.Random(number)
    count = len(function.columns)
    for met, unknown in ((1.0, 0.0), (0.98, 0.0), (0.5, 0.0), (0.3, 0.01), (1.0, 0.01)):
        row = [None if draw.random() < unknown else draw.random() < met for _ in range(count)]
        check_same(function, row, function.answer(row))
    for place in range(0, count, 37):
        row = [i != place for i in range(count)]
        assert function.answer(row)["level"].value == ("most" if count > 2 else "none")


UNSEEN = """standard unseen "UNSEEN 1"
input service : one of both | first
groups section
section 4 "s"
  a) "Seen" attested
section 5 "s"
  a) "Unseen" 4 a) satisfied
score of each section = count of clauses satisfied
weights
  service | 4 | 5
  both | 50% | 50%
  first | 100% |
score A = sum of weight * score over each section
grade level by A
  good | A = 1
  otherwise | none
"""


@pytest.mark.parametrize(
    ("said", "reachable"),
    [(None, {"good", "none"}), (True, {"good"}), (False, {"none"}), ("unknown", {"good", "none"})],
)
def test_a_verdict_on_what_no_outcome_looks_at_speaks_of_what_it_stands_on(said: Any, reachable: set[str]) -> None:
    program = drawn_text(UNSEEN)
    assert program is not None
    function = compiled(program)
    for row in (["first", None, said], ("first", None, said)):
        check_same(function, row, function.answer(row))
        assert set(function.answer(row)["level"].reachable) == reachable


SHARED = """standard shared "SHARED 1"
fact staff : count
fact rooms : count
let crowded = staff > rooms * 3
groups section
section 4 "s"
  a) "Calm" crowded = no
  b) "Relief" attested applies when crowded = yes
  c) "Large" staff >= 10
score A = share of clauses satisfied
grade level by A
  good | A = 1
  otherwise | none
"""


@pytest.mark.parametrize(
    "row", [[None, None, True, True, True], [3, 4, None, None, None], [30, 4, None, True, None]], ids=str
)
def test_what_two_clauses_share_is_left_alone_where_its_facts_are_open(
    row: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it was worked out before anybody asked whether these facts are known."""
    program = drawn_text(SHARED)
    assert program is not None
    function = compiled(program)
    told = function.by_reference(row)
    monkeypatch.delattr(Compiled, "by_reference")
    assert function.answer(row) == told


TABLES = """standard tables "TABLES 1"
input size : one of small | large
fact staff : count
fact rooms : count
groups section
section 4 "s"
  a) "Staff" attested
  b) "Room" attested
score A = count of clauses satisfied
score B exactly one
  1 when staff / rooms > 3
  2 when staff > 30
  0 otherwise
score C
  1 when size = small
  0 otherwise
grade level by A
  good | A > 1
  otherwise | undefined
"""


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        (["small", 20, 5, True, True], ("B/row1", "C/row1", "level/row1")),
        (["large", 40, 20, True, False], ("B/row2", "C/otherwise", "level/otherwise")),
        (["large", 40, 5, True, None], (None, "C/otherwise", None)),
        (["small", 20, 0, None, False], (None, "C/row1", "level/otherwise")),
        (["small", None, 5, False, False], (None, "C/row1", "level/otherwise")),
    ],
)
def test_the_row_that_gives_a_value_is_told_of_every_table(row: list[Any], rules: tuple[str | None, ...]) -> None:
    """Also where it is found by operators of the reference, is the same for all rows, or gives nothing."""
    program = drawn_text(TABLES)
    assert program is not None
    function = compiled(program, targets=("B", "C", "level"))
    for answer in (function.answer(row), function.by_reference(row)):
        assert tuple(answer[target].rule for target in function.targets) == rules


@pytest.mark.parametrize("media", [[["phone"]], [{}], [1], ["fax"], {"phone": 1}], ids=str)
def test_what_no_set_can_hold_is_out_of_type_and_no_error(media: object) -> None:
    program = drawn_text(
        """standard media "MEDIA 1"
fact media : set of phone | mail
groups section
section 4 "s"
  a) "Telephone" phone in media
score A = count of clauses satisfied
grade level by A
  good | A > 0
  otherwise | none
"""
    )
    assert program is not None
    function = compiled(program)
    for answer in (function.answer, function.checked, function.by_reference):
        assert answer([media, None]).outcomes is None


def test_the_code_reads_as_the_standard_does(by_verdicts: Compiled) -> None:
    source = by_verdicts.source({"service": "platform"})
    assert source is not None
    assert "'6.1.1.1.a', '6.1.1.1.b'" in source
    assert "# score:hardware@L1 8.1 a)" in source
    assert "hardware_L1 = 2 if" in source
    assert "if level_row1: return level_L3" in source
    assert "# score:hardware@L2/table 8.1 b) (in 1/2)" in source
    assert "data_resources" not in source  # that domain takes no part in a platform service


ALIKE = """standard alike "ALIKE 1"
fact answer : count
fact one : count
fact values : count
fact u0 : count
fact a-b : yes-no
fact a_b : yes-no
groups chapter > section
chapter x-1 "s"
  section 4.1 "s"
    a) "Answer" answer >= 3 and one >= 1
    b) "Text" attested
chapter x_1 "s"
  section 4.2 "s"
    a) "Values" values >= 3 and u0 >= 1 and a-b != a_b
score A = count of clauses satisfied
grade level by A
  good | A > 2
  poor | A > 1
  otherwise | none
"""


@pytest.mark.parametrize("low", [None, 1, 2, 3, 4, 5, 6])
def test_names_of_a_policy_that_are_alike_or_pythons_own_stay_apart(
    low: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = drawn_text(ALIKE)
    assert program is not None
    function = compiled(program)
    row: list[Any] = [3, 1, 3, 1, True, False, *(True if s.name == "4.1.b" else None for s in function.slots[6:])]
    if low is not None:
        row[low - 1] = not row[low - 1] if low > 4 else 0
    monkeypatch.delattr(Compiled, "by_reference")
    check_same(function, row, function.answer(row))
    assert function.answer(row)["level"].value == ("good" if low is None else "poor")


EXAMPLES = sorted((Path(guiju.__path__[0]) / "policies" / "examples").rglob("*.guiju"))


@pytest.mark.parametrize("name", [*bundled(), *map(str, EXAMPLES)], ids=lambda name: Path(name).stem)
def test_each_bundled_policy_and_example_has_code(name: str) -> None:
    """Their clauses have hyphens, points and Chinese in their ids."""
    program = load(name).program
    assert program is not None
    function = compiled(program, columns=of_verdicts(program))
    code = function.source()
    assert code is None or "def decide(" in code
    for verdict in (True, False):
        row = [s.declaration.options[0].id if isinstance(s.declaration, Input) else verdict for s in function.slots]
        check_same(function, row, function.answer(row))


def test_an_answer_is_gone_through_by_its_ids(by_verdicts: Compiled) -> None:
    answer = by_verdicts.answer([None] * len(by_verdicts.columns))
    assert list(answer) == ["level"]
    assert dict(answer) == answer.outcomes
    assert "level" in answer
    assert "A@L1" not in answer
    assert list(NO_ANSWER) == []
    assert "level" not in NO_ANSWER


GATED = """standard gated "GATED 1"
groups domain > subdomain > section
fact closed : yes-no
levels
  L1 "One"
  L2 "Two"
domain d "d"
  subdomain u "u"
    section 6.1 "s"
      a) "Greets" attested
membership
  section | L1 | L2
  6.1 | a) | all
score of each subdomain
  at L1 after closed != yes
    1 when none may clauses satisfied
    0 otherwise
  at L2 after every subdomain scores 1 at L1
    3 when all clauses satisfied
    1 otherwise
score of each domain at each level = sum of score over each subdomain
score A at each level = sum of score over each domain
grade level by A
  L2 | 2 < A <= 3
  L1 | 0 <= A <= 2
  otherwise | none
"""


@pytest.mark.parametrize("row", [[False, True], [False, False], [True, True], [False, None]], ids=str)
def test_a_gate_is_asked_for_beside_what_it_guards(row: list[Any]) -> None:
    program = drawn_text(GATED)
    assert program is not None
    function = compiled(program, targets=("level", "gate:score:subdomain@L2"))
    check_same(function, row, function.answer(row))


PLACES = """standard places "PLACES 1"
input use : one of near | far
fact n : number
groups section
section 4 "s"
  a) "c" n - n = 2 or use = far
  b) "c" attested
score A = count of clauses satisfied
grade level by A
  two | A = 2
  one | A = 1
  otherwise | none
"""


@pytest.mark.parametrize(("use", "reachable"), [("near", {"one"}), ("far", {"two"}), (None, {"one", "two"})])
def test_a_clause_is_open_by_itself_as_far_as_the_inputs_leave_it_so(use: str | None, reachable: set[str]) -> None:
    """What holds under another input alone is not open under this one: two equal numbers never differ by two."""
    program = drawn_text(PLACES)
    assert program is not None
    function, row = compiled(program), [use, None, None, True]
    for answer in (function.answer(row), function.by_reference(row)):
        assert set(answer["level"].reachable) == reachable
