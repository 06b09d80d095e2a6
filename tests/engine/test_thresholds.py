"""Outcomes by sums of independent parts that are compared: each case by a knapsack, and not all sums together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import guiju
from guiju.compiler.ir import UNKNOWN, Value, Verdict
from guiju.dsl.source import Source
from guiju.engine.domains import Domains
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.possible import Possible
from guiju.engine.reachable import swept_modules
from guiju.engine.reasoning.asking import outlook
from guiju.engine.reasoning.asking.outlook import Looking, look
from guiju.engine.reasoning.asking.questions import inquire
from guiju.engine.reasoning.relevance import unknowns
from guiju.engine.reasoning.turned import Turned
from guiju.engine.sweep import BUDGET, kept_runs
from guiju.engine.thresholds import by_thresholds
from guiju.engine.verdicts import EITHER
from guiju.library import compile_source
from tests.engine.laws import bound_to
from tests.engine.strategies import Case, cases
from tests.engine.wide import wide_cases

SCORES = (
    ("share of clauses satisfied", "mean of part over each section"),
    ("count of clauses satisfied", "sum of part over each section"),
    ("share of clauses satisfied", "sum of weight * part over each section"),
    ("-2 * count of clauses unsatisfied", "sum of part over each section"),
)
ROWS = ("total >= {}", "total > {}", "total = {}", "total != {}", "total >= {} or total < {}")


def policy(sizes: Sequence[Sequence[int]], score: str, total: str, grade: Sequence[str]) -> guiju.Policy | None:
    """A standard with sections of so many clauses new at each level, and their total; None where grades cross."""
    levels = [f"L{n}" for n in range(1, len(grade) + 1)]
    lines = ['standard t-1 "T"', "groups section", "levels", *(f'  {level} "{level}"' for level in levels)]
    for n, new in enumerate(sizes, 1):
        lines.append(f'section {n} "S{n}"')
        lines += ['  - "c" attested' for _ in range(sum(new))]
    lines += ["membership", f"  section | {' | '.join(levels)}"]
    for n, new in enumerate(sizes, 1):
        ends = (sum(new[:at]) for at in range(1, len(levels) + 1))
        lines.append(f"  {n} | " + " | ".join(f"{n}-1~{n}-{end}" if end > 1 else f"{n}-1" for end in ends))
    if "weight" in total:
        lines += ["weights", "  section | share", *(f"  {n} | 100% / {len(sizes)}" for n in range(1, len(sizes) + 1))]
    lines += [f"score part of each section at each level = {score}", f"score total at each level = {total}"]
    lines += ["grade level by total", *(f"  {level} | {row}" for level, row in zip(levels, grade, strict=True))]
    compiled = compile_source(Source("t.guiju", "\n".join([*lines, "  otherwise | none"]) + "\n"))
    return guiju.Policy(compiled.program) if compiled.program is not None else None


def assessed(of: guiju.Policy, attested: Mapping[str, Any], budget: int | None = None) -> Assessment:
    evidence = {"guiju": "evidence/1", "subject": "x", "voice": "assessor", "attestations": dict(attested)}
    found = guiju.evaluate(of, evidence)
    return found if budget is None else evaluate(found.bound, found.readings, budget)


def witness_of(possible: Possible, value: Value) -> dict[str, str]:
    verdicts = possible.witness(value).items()
    return {address.removeprefix("clause:"): v.value for address, v in verdicts if isinstance(v, Verdict)}


@st.composite
def standards(draw: st.DrawFn) -> tuple[guiju.Policy, dict[str, str]]:
    number = draw(st.integers(1, 3))
    sizes = [
        (draw(st.integers(1, 3)), *(draw(st.integers(0, 2)) for _ in range(number - 1)))
        for _ in range(draw(st.integers(1, 3)))
    ]
    score, total = draw(st.sampled_from(SCORES))
    bounds = ("1", "2", "4", "-3") if "count" in score else ("50%", "80%", "100%", "1 / 3")
    grade = [draw(st.sampled_from(ROWS)).format(*(draw(st.sampled_from(bounds)) for _ in "ab")) for _ in range(number)]
    made = policy(sizes, score, total, grade)
    assume(made is not None)
    assert made is not None
    verdicts = st.sampled_from(["satisfied", "unsatisfied", "", "", ""])
    given_ = {c.id: draw(verdicts) for c in made.program.items()}
    return made, {clause: verdict for clause, verdict in given_.items() if verdict}


def split(found: Assessment) -> Iterator[tuple[str, Possible]]:
    """What is shown and open, found case by case where it is such sums."""
    known, network = found.known, found.network
    for definition in found.program.definitions:
        target = network.at[definition.id]
        if definition.shown and known.values[target] is UNKNOWN and not known.standing.attested:
            domains = Domains(network, known.values, (target,))
            relations = [r for swept in swept_modules(known, (target,), domains, {}) for r in swept.relations]
            possible = by_thresholds(known, target, relations, BUDGET)
            if possible is not None:
                yield definition.id, possible


@settings(max_examples=30, deadline=None)
@given(standards())
def test_it_is_what_a_sweep_of_all_sums_finds(case: tuple[guiju.Policy, dict[str, str]]) -> None:
    of, attested = case
    found = assessed(of, attested)
    names = set()
    for name, possible in split(found):
        assert possible.exact
        assert set(possible.values) == set(found.possible(name).values), name
        names.add(name)
        for value in possible.values:
            assert assessed(of, attested | witness_of(possible, value)).value(name) == value
    open_ = {c.id.partition("-")[0] for c in of.program.items() if c.id not in attested}
    assert found.is_settled("level") or len(open_) == 1 or "level" in names


@settings(max_examples=30, deadline=None)
@given(standards())
def test_what_verdicts_leave_is_what_a_sweep_of_all_sums_finds(case: tuple[guiju.Policy, dict[str, str]]) -> None:
    of, attested = case
    found = assessed(of, attested)
    assume(len({c.clause.partition("-")[0] for c in found.undecided}) > 1)
    swept = look(found.known, Looking(found.program))
    with pytest.MonkeyPatch.context() as patch:
        target = found.network.at["level"]
        patch.setattr(outlook, "kept_runs", lambda k, at, *rest: () if at == (target,) else kept_runs(k, at, *rest))
        patch.setattr(outlook, "counted_apart", lambda *_: ())
        by_cases = look(found.known, Looking(found.program))
    assert by_cases.outcomes["level"].exact
    assert set(by_cases.outcomes["level"].values) == set(swept.outcomes["level"].values)
    for clause in found.undecided:
        index = found.network.at[f"clause:{clause.clause}"]
        assert by_cases.under(index) == swept.under(index)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.one_of(cases(), wide_cases()))
def test_of_any_policy_it_finds_what_a_sweep_does_or_nothing(case: Case) -> None:
    program, evidence = case
    found = evaluate(bound_to(program, evidence))
    for name, possible in split(found):
        swept = found.possible(name)
        if swept.exact and possible.exact:
            assert set(possible.values) == set(swept.values), name
        elif swept.exact:
            assert set(possible.values) >= set(swept.values), name


@settings(max_examples=30, deadline=None)
@given(standards())
def test_what_known_completions_show_is_so(case: tuple[guiju.Policy, dict[str, str]]) -> None:
    of, attested = case
    found = assessed(of, attested)
    open_ = [result.clause for result in found.undecided]
    assume(2 <= len(open_) <= 6)
    turned = Turned(found.known, {"level": found.possible("level")})
    words = [v.value for v in EITHER]
    levels = {
        verdicts: assessed(of, attested | dict(zip(open_, verdicts, strict=True))).value("level")
        for verdicts in product(words, repeat=len(open_))
    }
    for place, clause in enumerate(open_):
        pairs = [(v, (*v[:place], words[1], *v[place + 1 :])) for v in levels if v[place] == words[0]]
        sets = [{levels[pair[side]] for pair in pairs} for side in (0, 1)]
        index = found.network.at[f"clause:{clause}"]
        assert not turned.tells_apart(index, EITHER) or any(levels[one] != levels[other] for one, other in pairs)
        assert not turned.leaves_all(index, EITHER) or sets[0] == sets[1] == set(levels.values())


def test_of_many_shares_every_clause_is_shown_to_matter_with_others() -> None:
    of = policy([(4, 3, 3)] * 10, *SCORES[0], ["total >= 80%"] * 3)
    assert of is not None
    found = assessed(of, {})
    assert {u.matters for u in unknowns(found)} == {"with-others"}
    listed = [*inquire(found.bound).listed()]
    assert {matter for _, matter in listed} == {"with-others"}
    assert all(question.exact and question.removes == 0 for question, _ in listed)


@pytest.mark.parametrize(("sections", "clauses"), [(10, 10), (20, 20)])
def test_many_shares_leave_an_exact_level_with_a_witness_for_each(sections: int, clauses: int) -> None:
    sizes = [(clauses // 2 - n % 3, clauses // 4 + n % 2, clauses // 4) for n in range(sections)]
    of = policy(sizes, *SCORES[0], ["total >= 80%"] * 3)
    assert of is not None
    found = assessed(of, {})
    level = found.possible("level")
    assert level.exact
    assert set(level.values) == {"L1", "L2", "L3", "none"}
    for value in level.values:
        assert assessed(of, witness_of(level, value)).value("level") == value
    for at in ("L1", "L2", "L3"):
        total = found.possible(f"total@{at}")
        numbers = [v for v in total.values if isinstance(v, Fraction)]
        assert {min(numbers), max(numbers)} == {Fraction(0), Fraction(1)}
        assert total.exact or total.bounded
        for end in (Fraction(0), Fraction(1)):
            assert assessed(of, witness_of(total, end)).value(f"total@{at}") == end


def test_what_some_verdicts_rule_out_is_not_reachable() -> None:
    of = policy([(4, 3, 3)] * 10, *SCORES[0], ["total >= 80%"] * 3)
    assert of is not None
    failed = {f"{section}-{number}": "unsatisfied" for section in range(1, 6) for number in range(1, 5)}
    level = assessed(of, failed).possible("level")
    assert level.exact
    assert set(level.values) == {"L3", "none"}
