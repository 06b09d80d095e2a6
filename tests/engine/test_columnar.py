"""Whole tables: every row is answered as the evaluator answers it by itself, unknowns, conflicts and mistakes included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import guiju
from guiju.compiler.ir import Program
from guiju.engine.columnar.alone import Alone, evaluated
from guiju.engine.columnar.columns import WORD
from guiju.engine.columnar.leaf import NotInColumnsError
from guiju.engine.columnar.plan import Plan, Wanted, plan
from guiju.engine.columnar.table import BLOCK
from guiju.engine.columnar.target import Target
from guiju.engine.rows import row_of
from tests.engine.strategies import compiled
from tests.engine.tables import random_rows, table_of

# --- a real standard ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standard:
    """GB/T 45288.3, its plan, and where its columns are."""

    program: Program
    plan: Plan

    def verdicts(self, rows: int, open_share: float, seed: int) -> pa.RecordBatch:
        """Rows in which every clause is attested or open, mostly satisfied, and the service is named or open."""
        random = np.random.default_rng(seed)
        likely = random.beta(6, 0.15, rows)
        services = [option.id for option in self.program.inputs[0].options]
        columns = {"service": pa.array(random.choice(services, rows), mask=random.random(rows) < open_share)}
        for clause in self.program.clauses:
            columns[clause.id] = pa.array(random.random(rows) < likely, mask=random.random(rows) < open_share)
        return pa.RecordBatch.from_pydict(columns)


@pytest.fixture(scope="module")
def standard() -> Standard:
    policy = guiju.load("gbt-45288.3-2025")
    return Standard(policy.program, plan(policy.program))


def test_the_level_of_a_real_standard_is_told_by_planes_alone(standard: Standard) -> None:
    answered = standard.plan.evaluate(standard.verdicts(2_000, 0.05, 1), [("level", "value"), ("level", "exact")])
    assert answered.alone == 0
    assert all(answered.batch.column("level.exact").to_pylist())
    assert {"L1", "L2", "L3", "none", None} <= set(answered.batch.column("level").to_pylist())


def test_rows_of_many_blocks_are_answered_like_those_of_one(standard: Standard) -> None:
    few = standard.verdicts(2_001, 0.05, 2)
    times = BLOCK * WORD // few.num_rows + 2  # that fill a block, and a part of another one
    many = pa.Table.from_batches([few] * times).combine_chunks().to_batches()[0]
    asked: list[Wanted] = [("level", "value"), ("level", "lower"), ("level", "upper")]
    one, all_ = (standard.plan.evaluate(batch, asked).batch for batch in (few, many))
    assert pa.Table.from_batches([all_]).equals(pa.Table.from_batches([one] * times))


def test_a_score_is_a_numerator_over_one_denominator(standard: Standard) -> None:
    batch = standard.verdicts(64, 0, 3)
    answered = standard.plan.evaluate(batch, [("A@L1", "value"), ("A@L1", "numerator")]).batch
    denominator = int(answered.schema.field("A@L1.numerator").metadata[b"denominator"])
    told = zip(answered.column("A@L1").to_pylist(), answered.column("A@L1.numerator").to_pylist(), strict=True)
    numbers = [(Fraction(value), numerator) for value, numerator in told if not value.startswith("Undefined")]
    assert numbers
    assert all(Fraction(numerator, denominator) == value for value, numerator in numbers)


# --- columns -----------------------------------------------------------------------------------------------------

SHOP = """standard shop "SHOP 1"
fact staff : count
fact area : m2
fact takings : number
fact density : number = takings / staff
fact media : set of phone | mail
fact lit : yes-no
fact kind : one of kiosk | store
groups section
section 4 "s"
  a) "Staff" staff >= 3
  b) "Training" attested applies when lit = yes
  c) "Telephone" phone in media and kind = store
  d) "Room" area > 20.5 m2
  e) "Density" density >= 2.5
score A
  2 when all clauses satisfied
  1 when at most 2 clauses unsatisfied
  0 otherwise
score takings_told = takings * 2
grade level by A
  good | A > 1
  otherwise | none
"""


@pytest.fixture(scope="module")
def shop() -> Plan:
    program = compiled(SHOP)
    assert program is not None
    return plan(program)


def levels(shop: Plan, columns: Mapping[str, object], rows: int = 1) -> list[object]:
    """The level of each row of a table."""
    batch = pa.RecordBatch.from_pydict({n: c if isinstance(c, pa.Array) else pa.array(c) for n, c in columns.items()})
    assert batch.num_rows == rows
    return shop.evaluate(batch, [("level", "value")]).batch.column("level").to_pylist()  # type: ignore[no-any-return]


GOOD: dict[str, object] = {
    "staff": [3],
    "area": [21],
    "media": [["phone"]],
    "lit": [False],
    "kind": pa.array(["store"]).dictionary_encode(),
    "density": pa.array(["2.50"]).cast(pa.decimal128(5, 2)),
}


def test_each_kind_of_column_is_read(shop: Plan) -> None:
    assert levels(shop, GOOD) == ["good"]
    for changed in (
        {"staff": [2]},
        {"area": pa.array(["20.50"]).cast(pa.decimal128(10, 2))},
        {"media": [["mail"]]},
        {"kind": ["kiosk"]},
        {"density": pa.array(["2.49"]).cast(pa.decimal128(5, 2))},
        {"lit": [True], "4.b": [False]},
    ):
        assert levels(shop, GOOD | changed) == ["none"]


def test_words_for_verdicts_are_those_of_evidence(shop: Plan) -> None:
    rows = {name: pa.concat_arrays([pa.array(c) if isinstance(c, list) else c] * 4) for name, c in GOOD.items()}
    verdicts = ["满足", "unsatisfied", "不适用", "未知"]
    assert levels(shop, rows | {"lit": [True, True, False, True], "4.b": verdicts}, 4) == ["good", "none", "good", None]


@pytest.mark.parametrize("index", [pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()])
def test_words_may_be_numbered_without_a_sign(shop: Plan, index: pa.DataType) -> None:
    """As other tools write their categories."""

    def encoded(words: Sequence[str | None]) -> pa.DictionaryArray:
        plain = pa.array(words).dictionary_encode()
        return pa.DictionaryArray.from_arrays(plain.indices.cast(index), plain.dictionary)

    rows = {name: pa.concat_arrays([pa.array(c) if isinstance(c, list) else c] * 4) for name, c in GOOD.items()}
    kinds, lit = encoded(["store", None, "kiosk", "store"]), [True, True, True, False]
    media = pa.ListArray.from_arrays([0, 1, 1, 2, 3], encoded(["phone", "phone", "mail"]))
    said = encoded(["满足", "satisfied", "satisfied", None])
    changed = {"kind": kinds, "4.b": said, "lit": lit, "media": media}
    assert levels(shop, rows | changed, 4) == ["good", "none", "none", "none"]
    assert levels(shop, rows | {"kind": kinds}, 4) == ["good", None, "none", "good"]


def test_a_slice_of_a_table_is_answered_like_the_whole(shop: Plan) -> None:
    random = Random(5)
    batch, _ = table_of(shop.program, random_rows(shop.program, random, 100))
    whole = shop.evaluate(batch, [("level", "value")]).batch.column("level").to_pylist()
    for start, number in ((0, 64), (1, 90), (37, 60)):
        part = shop.evaluate(batch.slice(start, number), [("level", "value")]).batch.column("level")
        assert part.to_pylist() == whole[start : start + number]


def test_what_is_out_of_type_rejects_its_row_and_no_other(shop: Plan) -> None:
    rows = {"staff": pa.array(["2.5", "3.0"]).cast(pa.decimal128(5, 1)), "kind": ["kiosk", "kiosk"]}
    answered = shop.evaluate(pa.RecordBatch.from_pydict(rows), [("level", "value")])
    assert {row: [d.code.name for d in found] for row, found in answered.rejected.items()} == {
        0: ["not-a-whole-number"]
    }
    assert answered.batch.column("level").to_pylist() == [None, "none"]


def test_a_binary_float_is_no_number_that_anyone_wrote(shop: Plan) -> None:
    answered = shop.evaluate(pa.RecordBatch.from_pydict({"area": [0.1, None]}), [("level", "value")])
    assert set(answered.rejected) == {0}


def test_a_formula_is_worked_out_for_the_rows_that_state_what_it_is_made_of(shop: Plan) -> None:
    rows = {name: column for name, column in GOOD.items() if name != "density"}
    assert levels(shop, rows | {"staff": [4], "takings": [10]}) == ["good"]
    assert levels(shop, rows | {"staff": [4], "takings": [9]}) == ["none"]
    assert levels(shop, rows) == [None]


DENSE = """standard dense "DENSE 1"
fact staff : count
fact takings : number
fact density : number = takings / (staff + 1)
groups section
section 4 "s"
  a) "Density" density >= 5 / 2
  b) "Training" attested
score A = count of clauses satisfied
grade level by A
  good | A > 1
  otherwise | none
"""


@pytest.mark.parametrize(
    ("stated", "alone", "level"),
    [
        ({"takings": [10]}, 0, {"good", "none"}),  # there may be three of staff, or forty
        ({"takings": [-1]}, 0, {"none"}),  # whatever the staff is
        ({"staff": [4]}, 0, {"good", "none"}),
        ({"density": [3]}, 0, {"good"}),
        ({"staff": [4], "density": [3]}, 1, {"good"}),  # a formula's value beside a part of what it is made of
    ],
)
def test_a_part_of_what_a_formula_is_made_of_leaves_what_the_rest_may_bring(
    stated: dict[str, list[object]], alone: int, level: set[str]
) -> None:
    program = compiled(DENSE)
    assert program is not None
    answered = plan(program).evaluate(
        pa.RecordBatch.from_pydict({**stated, "4.b": [True]}), [("level", "reachable"), ("level", "exact")]
    )
    (told,) = answered.batch.column("level.reachable").to_pylist()
    assert set(told) == level
    assert answered.alone == alone
    row = row_of(program, {"4.b": True} | {name: value for name, (value,) in stated.items()})
    reference = evaluated(program, program.defaults, row, ("level",), {}).possible["level"]
    assert (set(reference.values), reference.exact) == (level, True)


def test_a_number_that_is_told_as_a_number_goes_row_by_row_and_the_plan_says_so(shop: Plan) -> None:
    found = shop.target("takings_told")
    assert isinstance(found, NotInColumnsError)
    assert (found.address, found.why) == ("fact:takings", "number")
    assert isinstance(shop.target("level"), Target)
    answered = shop.evaluate(pa.RecordBatch.from_pydict({"takings": [4, None]}), [("takings_told", "value")])
    assert answered.batch.column("takings_told").to_pylist() == ["8", None]
    assert answered.alone == 2


def test_rows_of_many_small_batches_are_answered_by_the_compiled_function(
    shop: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_reference: list[Sequence[object]] = []

    def counting(*given: Any) -> Alone:
        by_reference.append(given[2])
        return evaluated(*given)

    monkeypatch.setattr("guiju.engine.columnar.alone.MANY", 5)
    monkeypatch.setattr("guiju.engine.columnar.alone.evaluated", counting)
    plan_ = plan(shop.program, shop.readings)
    rows = {**GOOD, "takings": [4]}
    told = [plan_.evaluate(pa.RecordBatch.from_pydict(rows), [("takings_told", "value")]) for _ in range(9)]
    assert {t.batch.column("takings_told")[0].as_py() for t in told} == {"8"}
    assert len(by_reference) == 4
