"""What keeps the next level out, and exact scores as whole numbers: row by row what the evaluator tells of each alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import guiju
from guiju.batch.answers import Columnar, Part, columns_of
from guiju.batch.clean import Clean, clean
from guiju.batch.heading import Heading
from guiju.compiler.ir import Cases, Program
from guiju.engine.columnar.counted import levels_of
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.layout import layout
from guiju.engine.network import chosen
from guiju.engine.reasoning.why.fewest import Obstacles
from guiju.engine.reasoning.why.why_not import why_not
from guiju.engine.rows import bind_row
from tests.batch.population import population
from tests.engine.drawn_rows import rows_for
from tests.engine.strategies import compiled, programs
from tests.engine.tables import table_of

SHOPS = Path(__file__).parent / "shops.guiju"
OPEN_PARTS: tuple[Part, ...] = ("bounds", "blocked")


def cleaned(program: Program, batch: pa.RecordBatch) -> Clean:
    names = batch.schema.names
    return clean(
        program, Heading(tuple((s.name, i) for i, s in enumerate(layout(program)) if s.name in names), None, ()), batch
    )


def answered(program: Program, rows: Clean, parts: Sequence[Part]) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = Columnar(program, {}, columns_of(program, {}, parts)).answer(rows).batch.to_pylist()
    return answers


def alone(program: Program, rows: Clean, at: int) -> Assessment:
    return evaluate(bind_row(program, rows.values(program, at), "row")[0])


def clauses(listed: Sequence[str]) -> set[str]:
    """Those of what keeps a level out that are no rows of a table."""
    return {one for one in listed if "/row" not in one}


def failing(assessment: Assessment, outcome: str, level: str) -> set[str]:
    """The unsatisfied clauses that scores below the rows of a level count, by the evaluator's own account."""
    network = assessment.network
    table = chosen(network, network.node(outcome), assessment.values)
    assert isinstance(table.subject, Cases)
    given = [getattr(row.value, "value", None) for row in table.subject.rows]
    conditions = [table.operands[2 * i] for i, value in enumerate(given) if value == level]
    failed = {i for condition in conditions for i in Obstacles(assessment, condition).failed}
    return {network.nodes[i].address.removeprefix("clause:") for i in failed}


def check(program: Program, rows: Clean) -> int:
    """That every row tells what its assessment tells; how many have something that keeps a level out."""
    kept = 0
    for at, told in enumerate(answered(program, rows, OPEN_PARTS)):
        assessment = alone(program, rows, at)
        if told["level.next"] is None:
            assert (told["level.blocked"], told["level.not-shown"]) == (None, None)
            assert told["level.lower"] in (None, levels_of(program, "level")[-1])
            continue
        kept += 1
        assert clauses(told["level.blocked"]) == failing(assessment, "level", told["level.next"])
        why = why_not(assessment, "level", told["level.next"])
        assert why is not None
        assert {c for s in why.shortfalls for c in s.not_shown} <= set(told["level.not-shown"])
        assert told["level.blocked"] or told["level.not-shown"]
    return kept


def test_what_keeps_a_level_out_is_what_fails_of_what_it_counts() -> None:
    program = guiju.load(SHOPS).program
    rows = cleaned(program, population(program, 120, seed=7, satisfied=0.9).to_batches()[0])
    assert check(program, rows) > 60


def test_no_clause_counts_of_a_domain_that_the_service_leaves_out() -> None:
    program = guiju.load("gbt-45288.3-2025").program
    drawn = random.Random(3)
    clauses_ = [c.id for c in program.items({})]
    columns = {
        c: pa.array([drawn.choice([True] * 60 + [False, None]) for _ in range(24)], pa.bool_()) for c in clauses_
    }
    services = [o.id for o in program.inputs[0].options]
    rows = cleaned(program, pa.RecordBatch.from_pydict({"service": [*services, None] * 3, **columns}))
    assert check(program, rows) > 6


def test_where_no_clause_keeps_a_level_out_its_row_is_named() -> None:
    text = SHOPS.read_text("utf-8").replace("L2 | 2 <= A", "L2 | 2 <= A and staff >= 3")
    program = compiled(text)
    assert program is not None
    row = {
        "use": ["near"],
        "ratio": [90],
        "power": [60],
        "cables": [["red"]],
        "staff": [1],
        "6.1.c": [True],
        "open": [True],
    }
    (told,) = answered(program, cleaned(program, pa.RecordBatch.from_pydict(row)), OPEN_PARTS)
    assert (told["level"], told["level.next"], told["level.blocked"], told["level.not-shown"]) == (
        "L1",
        "L2",
        ["level/row1"],
        [],
    )


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_fewest_that_keep_a_level_out_are_among_those_that_fail(data: st.DataObject) -> None:
    program = data.draw(programs())
    drawn = data.draw(st.lists(rows_for(program), min_size=1, max_size=6))
    batch, _ = table_of(program, drawn)
    rows = cleaned(program, batch)
    graded = [o for o in program.outcomes if levels_of(program, o)]
    for at, told in enumerate(answered(program, rows, OPEN_PARTS)):
        assessment = alone(program, rows, at)
        for outcome in (o for o in graded if told[f"{o}.next"] is not None):
            why = why_not(assessment, outcome, told[f"{outcome}.next"])
            if why is not None and why.holds is False:
                assert {c for s in why.shortfalls for c in s.failed} <= set(told[f"{outcome}.blocked"])


@pytest.mark.parametrize("name", ["gbt-45288.3-2025", str(SHOPS)])
def test_a_numerator_over_its_denominator_is_the_score(name: str) -> None:
    program = guiju.load(name).program
    drawn = random.Random(5)
    asked = {c.id: pa.array([drawn.random() < 0.9 for _ in range(20)]) for c in program.items({})}
    services = {i.id: [drawn.choice([o.id for o in i.options]) for _ in range(20)] for i in program.inputs}
    told = answered(
        program, cleaned(program, pa.RecordBatch.from_pydict({**services, **asked})), ("scores", "numerators")
    )
    scores = [n.removesuffix(".numerator") for n in told[0] if n.endswith(".numerator")]
    assert scores
    numbers = 0
    for score in scores:
        (denominator,) = {row[f"{score}.denominator"] for row in told}
        for row in told:
            is_number = row[score] is not None and row[score].replace("/", "").isdigit()
            assert is_number == (row[f"{score}.numerator"] is not None)
            if is_number:
                numbers += 1
                assert Fraction(row[f"{score}.numerator"], denominator) == Fraction(row[score])
    assert numbers > 20
