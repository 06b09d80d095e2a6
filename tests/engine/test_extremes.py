"""Where too many modules meet in an outcome, planes tell it from the least and the greatest that a row leaves of each.

Drawn maturity models are small enough to be swept; here the sweep of their outcomes is refused, so that planes have to
take the other way, and what they tell must be what the sweep tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.ir import Program
from guiju.engine.columnar.answers import Part
from guiju.engine.columnar.circuit import Circuit, kernel_of
from guiju.engine.columnar.leaf import NotInColumnsError
from guiju.engine.columnar.plan import Plan, plan
from guiju.engine.columnar.target import Ground, Spread, Target
from guiju.engine.columnar.weighed import Weighed, added, is_at_least
from guiju.engine.layout import layout
from tests.engine.maturity import maturity_model
from tests.engine.strategies import compiled
from tests.engine.tables import random_rows, rows_in, rows_of_verdicts, table_of
from tests.engine.ways import Columns, FewAlone

ALL: tuple[Part, ...] = ("value", "lower", "upper", "reachable", "exact")


def without_sweeps(patch: pytest.MonkeyPatch, addresses: tuple[str, ...]) -> None:
    """Refuse the sweep of some nodes, as if too many combinations were found."""
    sweep = Ground._kept

    def refused(ground, targets, *given):
        address = ground.network.nodes[targets[0]].address
        if address in addresses:
            raise NotInColumnsError(address, "large")
        return sweep(ground, targets, *given)

    patch.setattr(Ground, "_kept", refused)


def told(way: Plan, batch, address: str) -> tuple[list[tuple[object, ...]], int]:
    """What a plan tells of each row, and how many of them it had answered one by one."""
    answered = way.evaluate(batch, [(address, part) for part in ALL])
    columns = [column.to_pylist() for column in answered.batch.columns]
    return [tuple(sorted(v) if isinstance(v, list) else v for v in row) for row in zip(*columns, strict=True)], (
        answered.alone
    )


@pytest.mark.parametrize("seed", range(5))
def test_what_extremes_tell_is_what_a_sweep_tells(seed: int):
    random, counts = Random(f"extremes {seed}"), Counter[str]()
    while counts["several, by planes"] < 20:
        program = compiled(maturity_model(random))
        assert program is not None
        for rows in (
            random_rows(program, random, 40, shares=(0, 0.1, 0.3)),
            rows_of_verdicts(program, random, 40),
            rows_of_verdicts(program, random, 40, facts=0.1),
        ):
            for line in _different(program, rows, random.choice(("level", "level", "level", "A@L1")), counts):
                raise AssertionError(f"{line}\n{program.span.source.text}")
    assert counts["by planes"] > 100


def _different(program: Program, rows: list[list[object]], address: str, counts: Counter[str]) -> Iterator[str]:
    """The rows of which planes tell something else when the sweep is refused. Rows that they leave are not asked for."""
    batch, odd = table_of(program, rows)
    with pytest.MonkeyPatch.context() as patch:
        without_sweeps(patch, ("level", *(f"A@{level.id}" for level in program.levels)))
        way = FewAlone(program, {}, 0)
        found = Columns(way, batch, odd, (address,))
        target = way.target(address, way.columns(batch))
    if not isinstance(target, Target) or not any(isinstance(case.top, Spread) for case in target.cases):
        return
    swept = Columns(FewAlone(program, {}, 0), batch, odd, (address,))
    left = found.plan.unanswered | swept.plan.unanswered
    for number, row in enumerate(rows_in(program, batch, odd)):
        if repr(row) in left or (told := swept.row(number)) is None:
            continue
        counts["by planes"] += 1
        counts["several, by planes"] += len(told[address].reachable) > 1
        if found.row(number) != told:
            yield f"{row}: {told} by a sweep, {found.row(number)} from extremes"


DOMAINS = """standard many "Many"
groups domain > subdomain > section
levels
  L1 "one"
  L2 "two"
{domains}
score of each subdomain
  at L1
    2 when all clauses satisfied
    {row}
    0 otherwise
  at L2{gate}
    3 when all clauses satisfied
    {between} when at least 2 clauses satisfied
    2 otherwise
score A at each level = mean of score over each subdomain
{grade}
"""
BY_TOTAL = """grade level by A
  L2 | 2 < A <= 3
  L1 | 1 <= A <= 2
  otherwise | none"""


def many(
    number: int,
    row: str = "1 when exactly 1 clause unsatisfied",
    gate: str = "",
    between: str = "2.5",
    grade: str = BY_TOTAL,
) -> Program:
    """A standard of so many subdomains of three clauses."""
    lines = ['domain d "d"']
    for i in range(number):
        lines += [f'  subdomain u{i} "u"', f'    section 6.{i + 1} "s"']
        lines += [f'      {mark}) "c" attested' for mark in "abc"]
    program = compiled(DOMAINS.format(domains="\n".join(lines), row=row, gate=gate, between=between, grade=grade))
    assert program is not None
    return program


AFTER = " after every subdomain scores 2 at L1"


def spread_of(program: Program) -> Spread:
    """The extremes of the level, whose sweep is refused."""
    with pytest.MonkeyPatch.context() as patch:
        without_sweeps(patch, ("level",))
        target = plan(program).ground.target("level", range(len(layout(program))))
    top = target.cases[0].top
    assert isinstance(top, Spread)
    return top


def test_operations_grow_with_the_modules_and_not_with_their_combinations():
    def operations(number: int) -> int:
        program = many(number, gate=AFTER)
        rows = rows_of_verdicts(program, Random(0), 8)
        with pytest.MonkeyPatch.context() as patch:
            without_sweeps(patch, ("level",))
            way = plan(program)
            _, alone = told(way, table_of(program, rows)[0], "level")
        assert alone == 0
        (laid,) = way._laid.values()
        return len(laid.kernel.steps)

    assert operations(40) < 2.1 * operations(20)


def test_values_between_the_extremes_are_seen_or_the_row_is_left():
    """Nothing is known: none, L1 and L2 can be reached, and L1 is neither the least nor the greatest."""
    program = many(3, gate=AFTER)
    batch, _ = table_of(program, [[None] * len(layout(program)), [True] * len(layout(program))])
    with pytest.MonkeyPatch.context() as patch:
        without_sweeps(patch, ("level",))
        found, alone = told(plan(program), batch, "level")
    assert found == told(plan(program), batch, "level")[0]
    assert (found[0][3], alone) == (["L1", "L2", "none"], 0)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"row": "3 when exactly 1 clause unsatisfied"}, "level"),  # one failure scores more than none
        ({"between": "1.5"}, "level"),  # two satisfied clauses score less than one
        ({"gate": " after A at L1 < 2"}, "score"),  # a level that is entered by doing worse
    ],
)
def test_what_falls_where_clauses_rise_is_not_told_from_extremes(wrong: Mapping[str, str], where: str):
    program = many(3, **wrong)
    rows = rows_of_verdicts(program, Random(1), 60)
    batch, _ = table_of(program, rows)
    with pytest.MonkeyPatch.context() as patch:
        without_sweeps(patch, ("level",))
        way = plan(program)
        found, alone = told(way, batch, "level")
    assert found == told(plan(program), batch, "level")[0]
    assert alone


@pytest.mark.parametrize(
    ("rows", "slopes"),
    [
        (("3 when A at L1 >= 1.5", "2 when A at L1 > 0.5", "1 otherwise"), {"A@L1": 1}),
        (("1 when A at L1 < 0.5", "2 when A at L1 <= 1.5", "3 otherwise"), {"A@L1": 1}),
        (("3 when A at L1 < 0.5", "2 when A at L1 <= 1.5", "1 otherwise"), {"A@L1": -1}),
        (("3 when 0.5 > A at L1", "2 when A at L1 * (-2) >= -3", "1 otherwise"), {"A@L1": -1}),
        (("3 when A at L1 = 2", "2 when A at L1 / 2 != 0", "1 otherwise"), {"A@L1": 1}),
        (("3 when 2 - A at L1 < 1", "1 otherwise"), {"A@L1": 1}),
        (("3 when A at L2 >= A at L1 + 1.6", "1 otherwise"), {"A@L1": -1, "A@L2": 1}),
        (("3 when A at L2 - A at L1 > 1.6", "1 otherwise"), {"A@L1": -1, "A@L2": 1}),
        (("3 when not (A at L1 < 1)", "1 otherwise"), {"A@L1": 1}),
        (("1 when A at L1 < 0.5", "3 when A at L1 <= 1.5", "2 otherwise"), None),  # neither rises nor falls
        (("3 when A at L1 = 1", "1 otherwise"), None),  # a number between the ends
        (("3 when A at L1 >= 0.5 and A at L1 < 1.5", "1 otherwise"), None),
    ],
)
def test_the_way_of_each_total_is_told_or_the_sweep_is_needed(rows: tuple[str, ...], slopes: Mapping[str, int] | None):
    band = "\n".join(("score band", *(f"  {row}" for row in rows)))
    grade = "grade level by band\n  L2 | 3 <= band\n  L1 | 2 <= band\n  otherwise | none"
    program = many(3, grade=f"{band}\n{grade}")
    if slopes is None:
        with pytest.raises(NotInColumnsError, match="large"):
            spread_of(program)
        return
    found = spread_of(program).extremes
    assert slopes == {a: found.slopes[found.above.known.network.at[a]] for a in slopes}
    counts = Counter[str]()
    assert [*_different(program, rows_of_verdicts(program, Random(2), 80), "level", counts)] == []
    assert counts["by planes"]


# --- sums of planes ----------------------------------------------------------------------------------------------

WEIGHTS = st.fractions(-4, 4, max_denominator=12)
ROWS = 64


@given(
    st.lists(st.tuples(WEIGHTS, st.integers(0, 2**ROWS - 1)), max_size=9),
    st.fractions(-6, 6, max_denominator=12),
    st.fractions(-6, 6, max_denominator=12),
)
def test_a_sum_of_planes_is_compared_exactly(terms: list[tuple[Fraction, int]], base: Fraction, least: Fraction):
    circuit = Circuit()
    planes = [circuit.input(place) for place in range(len(terms))]
    number = added(
        circuit, (Weighed(base, {}), *(Weighed(Fraction(0), {p: w}) for p, (w, _) in zip(planes, terms, strict=True)))
    )
    kernel = kernel_of(circuit, [is_at_least(circuit, number, least)])
    places = [np.zeros(1, np.uint64) for _ in range(len(kernel.inputs) + 1 + kernel.buffers)]
    for place, name in zip(places, kernel.inputs, strict=False):
        given: dict[object, int] = {"everything": 2**ROWS - 1, "nothing": 0} | {
            i: rows for i, (_, rows) in enumerate(terms)
        }
        place[:] = np.uint64(given[name])
    kernel.run(places)
    found = int(places[len(kernel.inputs)][0])
    for row in range(ROWS):
        total = base + sum((w for w, rows in terms if rows >> row & 1), Fraction(0))
        assert bool(found >> row & 1) == (total >= least)
        assert number.least <= total <= number.greatest
