"""Spark answers every row as `guiju batch` does here: a local one, several partitions, unknowns and mistakes too."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import guiju
from guiju.compiler.ir import NumberType, OptionType, SetType
from guiju.engine.layout import Slot, layout

pytestmark = pytest.mark.spark

POLICY = "gbt-45288.3-2025"
ROWS, KNOWN, STATED = 300, 0.97, 0.001


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    local = {"spark.ui.enabled": "false", "spark.driver.host": "localhost", "spark.driver.bindAddress": "localhost"}
    spark = sql.SparkSession.builder.master("local[2]").config(map=local).getOrCreate()
    yield spark
    spark.stop()


def drawn(slot: Slot, chance: random.Random) -> Any:
    """A value of a column: mostly a good one, sometimes none, and of clauses now and then no verdict at all.

    What has a formula is seldom stated, too: of such rows the evaluator is asked one by one.
    """
    if slot.kind != "input" and chance.random() > (KNOWN if slot.is_asked else STATED):
        return None
    match slot.type:
        case NumberType():
            return Decimal(chance.choice(["0", "1", "2", "3", "60", "1000", "200000000000"]))
        case OptionType(options=options):
            return chance.choice(options)
        case SetType(options=options):
            return chance.sample(options, chance.randint(0, len(options)))
        case None:
            return chance.choices(["satisfied", "不满足", "perhaps"], [0.98, 0.02, 0.0005])[0]
    return chance.random() < KNOWN


def type_of(slot: Slot) -> Any:
    import pyarrow as pa

    match slot.type:
        case NumberType():
            return pa.decimal128(20, 0)
        case OptionType() | None:
            return pa.string()
        case SetType():
            return pa.list_(pa.string())
    return pa.bool_()


@pytest.fixture(scope="module")
def rows() -> Any:
    import pyarrow as pa

    chance = random.Random(45288)
    slots = layout(guiju.load(POLICY).program)
    columns = [pa.array([drawn(slot, chance) for _ in range(ROWS)], type_of(slot)) for slot in slots]
    return pa.table([pa.array(range(ROWS)), *columns], names=["id", *(slot.name for slot in slots)])


def rejected(path: Path) -> set[int]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {int(row["id"]) for row in csv.DictReader(file)}


def test_every_row_has_the_answer_that_it_has_on_one_machine(session: Any, rows: Any, tmp_path: Path):
    from click.testing import CliRunner
    from pyarrow import parquet

    from guiju import spark
    from guiju.cli.main import main

    source, target = tmp_path / "rows.parquet", tmp_path / "answers.parquet"
    parquet.write_table(rows, source)
    done = CliRunner().invoke(
        main, ["batch", POLICY, str(source), str(target), "--also", "bounds", "--also", "reachable"]
    )
    assert done.exit_code == 0, done.output
    here = {row.pop("id"): row for row in parquet.read_table(target).drop_columns("row").to_pylist()}
    rejects = rejected(tmp_path / "answers.rejects.csv")

    frame = session.createDataFrame(rows).repartition(3)
    answered = spark.evaluate(frame, POLICY, also=("bounds", "reachable"), keep=("id",)).toArrow().to_pylist()

    assert len(answered) == ROWS
    assert {row["id"] for row in answered if row["rejected"] is not None} == rejects
    assert rejects
    told = next(row["rejected"] for row in answered if row["rejected"] is not None)
    assert [(cell["code"], "perhaps" in cell["zh"], "perhaps" in cell["en"]) for cell in told] == [
        ("wrong-kind-of-value", True, True)
    ]
    there = {row.pop("id"): row for row in answered if row.pop("rejected") is None}
    assert there == here
    assert len({row["level"] for row in here.values()}) > 1


def test_a_column_that_cannot_state_what_its_name_says_is_told_before_anything_runs(session: Any):
    from guiju import spark

    with pytest.raises(guiju.GuijuError) as raised:
        spark.evaluate(session.createDataFrame([(1.5,)], ["6.1.1.1.a"]), POLICY)
    assert [d.code.name for d in raised.value.diagnostics if d.is_error] == ["column-type"]


SHOPS = Path(__file__).parents[1] / "batch" / "shops.guiju"


@pytest.fixture(scope="module")
def shops(session: Any) -> Any:
    """Two rows, with columns of which the standard says nothing."""
    given = session.createDataFrame([("a", "far", True), ("b", "near", None)], "id string, use string, open boolean")
    instant = "timestamp'2026-01-02 03:04:05'"
    return given.selectExpr("*", f"{instant} AS seen", f"array({instant}) AS days", "id AS level", "id AS Rejected")


def codes(raised: Any) -> list[str]:
    return [d.code.name for d in raised.value.diagnostics if d.is_error]


def test_columns_that_say_nothing_of_the_standard_may_be_of_any_type(shops: Any):
    from guiju import spark

    plain = spark.evaluate(shops.select("id", "use", "open"), SHOPS, also=["verdicts"], keep=["id"]).collect()
    assert spark.evaluate(shops, SHOPS, also=["verdicts"], keep=["id", "id"]).collect() == plain
    assert [row["6.1.f"] for row in plain] == ["satisfied", None]
    kept = spark.evaluate(shops, SHOPS, keep="seen").select("seen").collect()
    assert kept == shops.select("seen").collect()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"also": ["nope"]}, "unknown-part"),
        ({"keep": ["level"]}, "result-column"),
        ({"keep": ["Rejected"]}, "result-column"),
        ({"keep": ["days"]}, "copied-type"),
        ({"keep": ["nope"]}, "no-kept-column"),
    ],
)
def test_what_cannot_be_asked_for_is_told_before_anything_runs(asked: dict[str, Any], code: str, shops: Any):
    from guiju import spark

    with pytest.raises(guiju.GuijuError) as raised:
        spark.evaluate(shops, SHOPS, **asked)
    assert codes(raised) == [code]


@pytest.mark.parametrize("of", ["seen", "days"])
def test_instants_are_no_number(of: str, shops: Any):
    from guiju import spark

    with pytest.raises(guiju.GuijuError) as raised:
        spark.evaluate(shops.withColumnRenamed(of, "staff"), SHOPS)
    assert codes(raised) == ["column-type"]


def test_names_that_spark_takes_for_one_are_one_column_twice(session: Any, shops: Any):
    from guiju import spark

    session.conf.set("spark.sql.caseSensitive", "true")
    both = shops.selectExpr("id", "open", "NOT open AS OPEN", "id AS REJECTED")
    assert len(spark.evaluate(both, SHOPS, keep=["REJECTED"]).collect()) == 2
    session.conf.set("spark.sql.caseSensitive", "false")
    with pytest.raises(guiju.GuijuError) as raised:
        spark.evaluate(both, SHOPS)
    assert codes(raised) == ["column-twice"]
