"""A subject that changes: after any changes and undoings its answer is its row's, by the reference; and it is quick."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guiju
from guiju.compiled_function import CompiledFunction
from guiju.compiler.ir import UNKNOWN, Program
from guiju.dsl.diagnostic import LANGUAGES
from guiju.dsl.render import render
from guiju.engine.compiled.compiled import Compiled, compiled
from guiju.engine.compiled.judging import UnplainError
from guiju.engine.layout import layout
from guiju.engine.rows import row_of
from guiju.engine.simulating.simulation import Simulation
from guiju.library import bundled, load
from tests.engine.simulating_laws import check_a_simulation_is_its_row, check_same
from tests.engine.strategies import compiled as drawn_text
from tests.engine.strategies import programs
from tests.engine.tables import random_rows, rows_of_verdicts
from tests.engine.test_laws import drawn


@drawn(12)
@given(programs(), st.integers(0, 2**32), st.booleans())
def test_after_changes_and_undoings_a_simulation_is_its_row(program: Program, seed: int, by_verdicts: bool) -> None:
    random = Random(seed)
    readings = {r.id: random.choice(r.options).id for r in program.readings}
    rows = rows_of_verdicts(program, random, 16) if by_verdicts else random_rows(program, random, 16)
    check_a_simulation_is_its_row(program, readings, rows, random)


@pytest.mark.parametrize("name", bundled())
def test_of_a_bundled_standard_gates_tell_whatever_nobody_disputes(name: str) -> None:
    program, random = load(name).program, Random(name)
    assert program is not None
    rows = rows_of_verdicts(program, random, 8, facts=0.1)
    asked = [[v if slot.is_asked else None for slot, v in zip(layout(program), row, strict=True)] for row in rows]
    told, of = check_a_simulation_is_its_row(program, program.defaults, asked, random)
    assert 0 < told == of


SHOP = """standard shop "SHOP 1"
input size : one of small | large
fact staff : count
fact takings : number
fact density : number = takings / (staff + 1)
fact media : set of phone | mail
fact share : percent
fact lit : yes-no
groups section
section 4 "s"
  a) "Training" attested applies when lit = yes
  b) "Telephone" phone in media
  c) "Density" density >= 5 / 2
  d) "Share" share > 20%
  e) "Sign" attested
score A = count of clauses satisfied
grade level by A
  good | A > 3
  fair | A > 2 and size = small
  otherwise | none
"""


@pytest.fixture(scope="module")
def shop() -> Compiled:
    program = drawn_text(SHOP)
    assert program is not None
    return compiled(program)


def places(function: Compiled, stated: dict[str, Any]) -> dict[int, Any]:
    """What is stated by its columns."""
    row = row_of(function.program, stated)
    at = {slot.name: i for i, slot in enumerate(function.slots)}
    return {at[name]: row[at[name]] for name in stated}


def test_each_kind_of_thing_is_set_and_taken_back(shop: Compiled, monkeypatch: pytest.MonkeyPatch) -> None:
    start = {"size": "small", "staff": 3, "takings": 10, "media": ["phone"], "share": 25, "lit": True, "4.a": True}
    subject = Simulation(shop, row_of(shop.program, start))
    told = subject.answer
    assert told["level"].value == "good"
    changes: list[tuple[dict[str, Any], object]] = [
        ({"takings": Fraction(99, 10)}, UNKNOWN),
        ({"4.e": False, "lit": None, "4.a": None}, UNKNOWN),
        ({"media": ["mail"]}, "none"),
        (
            {"media": ["mail", "phone"], "takings": None, "staff": None, "density": 3, "4.a": "satisfied", "lit": True},
            "good",
        ),
        ({"share": 20}, "fair"),
        ({"size": None}, UNKNOWN),
    ]
    with monkeypatch.context() as patched:
        patched.delattr(Compiled, "by_reference")
        for change, level in changes:
            subject.change(places(shop, change))
            assert subject.answer["level"].value == level, change
    check_same(shop, subject.row, subject.answer)
    assert subject.answer["level"].reachable == ("none", "fair")
    while subject.changes:
        subject.undo()
    assert (subject.answer, list(subject.row)) == (told, row_of(shop.program, start))


def test_what_gates_do_not_tell_is_asked_of_the_reference_and_no_longer_than_that_lasts(shop: Compiled) -> None:
    subject = Simulation(shop, row_of(shop.program, {"size": "large", "staff": 3, "takings": 10, "4.e": True}))
    told = [subject.is_told]
    for change in ({"density": 2}, {"staff": None, "takings": None}):  # first beside what the formula is made of
        subject.change(places(shop, change))
        told.append(subject.is_told)
        check_same(shop, subject.row, subject.answer)
    subject.undo()
    assert [*told, subject.is_told] == [True, False, True, False]


@pytest.mark.parametrize("value", [0.5, -1, "perhaps", 1.0, True])
def test_a_value_out_of_type_changes_nothing(shop: Compiled, value: object) -> None:
    subject = Simulation(shop, row_of(shop.program, {"staff": 3}))
    before = subject.row, subject.answer
    with pytest.raises(UnplainError):
        subject.change(places(shop, {"4.e": False, "staff": value}))
    assert (subject.row, subject.answer, subject.changes) == (*before, 0)


def test_rows_of_a_table_that_give_the_same_are_told_apart(shop: Compiled) -> None:
    program = drawn_text(SHOP.replace("  fair | A > 2", "  good | A > 2"))
    assert program is not None
    function = compiled(program)
    subject = Simulation(function, row_of(program, {"size": "small", "media": ["phone"], "share": 25, "4.e": True}))
    subject.change(places(function, {"density": 1, "lit": False}))
    assert subject.answer["level"].rule == "level/row2"
    check_same(function, subject.row, subject.answer)


# --- the public way ----------------------------------------------------------------------------------------------

GBT = "gbt-45288.3-2025"


@pytest.fixture(scope="module")
def standard() -> Any:
    return guiju.compiled(GBT)


def test_the_public_function_answers_as_evaluating_does(standard: Any) -> None:
    stated = {"service": "平台服务", "6.1.1.1 a)": True, "6.1.1.1.b": "不满足", "training_compute_10b": 60}
    assert standard.answer(stated) == standard.simulation(stated).answer
    assert set(standard.answer(stated)["level"].reachable) == set(standard.assessment(stated).possible("level").values)
    assert "training_compute_10b" in standard.columns


def test_a_simulation_states_what_was_set_and_explains_it(standard: Any) -> None:
    subject = standard.simulation({"service": "full"})
    subject.set({"6.1.1.1 a)": False})
    assert subject.stated == {"service": "full", "6.1.1.1.a": False}
    assert "◇" not in guiju.explain(subject.assessment(), "6.1.1.1.a", language="en").splitlines()[0]
    assert subject.assessment().value("6.1.1.1.a").value == "unsatisfied"
    subject.undo()
    with pytest.raises(IndexError, match="nothing is left to undo"):
        subject.undo()


def test_names_and_values_that_cannot_be_are_told(standard: Any) -> None:
    subject = standard.simulation({})
    with pytest.raises(guiju.GuijuError) as caught:
        subject.set({"training_compute_10b": "much", "service": "some", "6.1.1.1.a": "perhaps"})
    assert len(caught.value.diagnostics) == 3
    assert subject.stated == {}
    with pytest.raises(guiju.GuijuError):
        guiju.compiled(GBT, {"no-such-reading": "x"})


@pytest.fixture(scope="module")
def function(shop: Compiled) -> CompiledFunction:
    return CompiledFunction(shop.program, {})


def test_a_yes_may_be_written_out(function: CompiledFunction) -> None:
    subject = function.simulation({"lit": "yes", "media": "phone"})
    assert subject.stated == {"lit": True, "media": frozenset({"phone"})}
    assert subject.answer == function.answer({"lit": True, "media": ["phone"]})


@pytest.mark.parametrize("kind", [list, set])
def test_a_collection_that_changes_later_changes_no_subject(function: CompiledFunction, kind: type[Any]) -> None:
    start, later = kind(["mail"]), kind(["phone"])
    subject = function.simulation({"media": start, "share": 25})
    before = subject.answer
    start.clear()
    assert function.answer(subject.stated) == before
    subject.set({"media ": later})
    later.clear()
    subject.set({"staff": 3})
    assert list(subject.stated["media"]) == ["phone"]
    assert function.answer(subject.stated) == subject.answer
    assert not hasattr(subject.stated["media"], "clear")
    subject.undo()
    subject.undo()
    assert (subject.answer, list(subject.stated["media"])) == (before, ["mail"])


REFUSED: list[tuple[dict[Any, Any], dict[str, int]]] = [
    ({"staff": 3, "fact:staff": 60}, {"stated-twice": 1}),
    ({"4 a)": True, "4.a": True}, {"stated-twice": 1}),
    ({"size": "small", "size ": "large", "SIZE": None}, {"stated-twice": 2}),
    ({"takings": Decimal("1E+999999999")}, {"number-out-of-bounds": 1}),
    ({"takings": Decimal("-1E-999999999")}, {"number-out-of-bounds": 1}),
    ({"lit": Decimal("1E+999999999")}, {"number-out-of-bounds": 1}),
    ({"takings": 10**200, "staff": 10**100, "density": 10**5000}, {"number-out-of-bounds": 3}),
    ({"takings": -(10**100), "density": Fraction(1, 10**5000)}, {"number-out-of-bounds": 2}),
    ({"takings": Fraction(10**60 + 1, 3**90)}, {"number-out-of-bounds": 1}),
    ({"takings": float("nan"), "density": Decimal("sNaN"), "share": float("-inf")}, {"not-a-number": 3}),
    ({"takings": True, "staff": 0.5, "lit": 1, "4.e": 10**50}, {"wrong-kind-of-value": 4}),
    ({"media": [10**5000]}, {"unknown-option": 1}),
    ({"stafff": 3, 5: 1, None: 1, ("a",): 1}, {"unknown-stated-name": 4}),
    ({"level": "good"}, {"not-stated-itself": 1}),
    ({"4": True}, {"attested-parent": 1}),
    (
        {"stafff": 3, "level": "good", "lit": 2, "4.a": True, "4 a)": True},
        {"unknown-stated-name": 1, "not-stated-itself": 1, "stated-twice": 1, "wrong-kind-of-value": 1},
    ),
]


@pytest.mark.parametrize(("stated", "codes"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_stated_is_told_all_at_once_and_nothing_is_set(
    function: CompiledFunction, stated: dict[Any, Any], codes: dict[str, int]
) -> None:
    subject = function.simulation({"staff": 5})
    for ask in (function.answer, function.simulation, function.assessment, subject.set):
        with pytest.raises(guiju.GuijuError) as caught:
            ask(stated)
        assert Counter(d.code.name for d in caught.value.diagnostics) == codes
        assert all(render(d, language) for d in caught.value.diagnostics for language in LANGUAGES)
    assert (subject.stated, subject.changes) == ({"staff": 5}, 0)


@pytest.mark.parametrize("number", [10**100 - 1, -(10**99), Decimal("1E+100"), Decimal("-1E-100"), Fraction(10**49, 7)])
def test_a_number_within_bounds_is_taken_as_it_is(function: CompiledFunction, number: Any) -> None:
    subject = function.simulation({})
    subject.set({"share": abs(number), "takings": number})
    assert subject.stated == {"share": abs(number), "takings": number}


def test_a_name_that_is_nearly_right_is_offered_and_a_float_named(function: CompiledFunction) -> None:
    with pytest.raises(guiju.GuijuError) as caught:
        function.answer({"stafff": 3, "takings": 0.5})
    name, value = caught.value.diagnostics
    assert name.suggestion == "staff"
    assert "binary float 0.5" in value.message("en")
    assert "二进制浮点数 0.5" in value.message("zh")


@pytest.mark.parametrize("stated", [None, [("staff", 3)], "staff", 5])
def test_what_is_no_mapping_is_told(function: CompiledFunction, stated: Any) -> None:
    with pytest.raises(TypeError, match="a mapping of names to values"):
        function.simulation({}).set(stated)
