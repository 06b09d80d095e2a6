"""Plans over numbers that go into a score, or into a ratio, beside their own thresholds: against a grid of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from operator import eq, lt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import guiju
from guiju.compiler.ir import Fact, NumberType, Value, Verdict
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.planning.certifying import certificate_of
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.mending import mendings
from guiju.engine.reasoning.planning.nearest import Limit, Needed
from guiju.engine.reasoning.planning.proof import needs_of as proved_needs
from guiju.engine.reasoning.planning.proof import refuted
from guiju.engine.reasoning.planning.remedy import Remedy, needs_of, parts_of, remedy_for
from guiju.library import compile_source
from tests.engine.changed import Tried
from tests.engine.remedy_laws import forged, sets_of

UNITS = {"n": "number", "c": "count", "h": "h"}
COUNTED = [Fraction(n) for n in range(13)]
MEASURED = [Fraction(n, 2) for n in range(-6, 19)]
MOST_SETS = 3_000
MOST_WAYS = 6  # of the ways of equal cost, looked at for what is told of their numbers


@dataclass(frozen=True)
class Drawn:
    """A policy over few numbers, what is stated of a subject, and which of its clauses somebody found unsatisfied."""

    text: str
    facts: Mapping[str, str]
    said: Mapping[str, str]


def plain(name: str) -> str:
    """A fact as a plain number."""
    return "h1 / 1 h" if name == "h1" else name


@st.composite
def drawn(draw: st.DrawFn, *, open_: bool = False) -> Drawn:
    """Clauses with thresholds on numbers, on their ratios and sums; a score of counts and numbers; a grade of it.

    `open_`: the scores look at a number that nobody states, which says, too, whether some clauses apply.
    """

    def one(*choices: Any) -> Any:
        return draw(st.sampled_from(choices))

    names = draw(st.lists(st.sampled_from(["n1", "c1", "c2", "h1"]), min_size=1, max_size=3, unique=True))
    clauses = [one("attested", "attested", f"{plain(one(*names))} {one('>=', '<=', '>', '<')} {one(2, 3, 5)}")]
    for _ in range(one(1, 2, 3)):
        a, b = plain(one(*names)), plain(one(*names))
        term = one(a, a, f"{a} + {b}", f"({a}) / ({b})", f"{a} - {b}", f"2 * ({a})", f"({a}) / ({b} + 1)")
        clauses.append(
            f"{term} {one('>=', '>=', '<=', '>', '<', '=')} {one('1', '2', '4', '50 %', '80 %', plain(one(*names)))}"
        )
    scored = one("", "", *(f" + {plain(n)}" for n in names), *(f" - 2 * ({plain(n)})" for n in names))
    if open_:
        scored = one(f" + {plain(names[0])}", f" + {plain(names[0])}", f" - 2 * ({plain(names[0])})")
        clauses = [
            f"{c} applies when {plain(names[0])} {one('>=', '<')} {one(1, 3)}" if one(0, 1) else c for c in clauses
        ]
    lines = ['standard t-1 "T"', *(f"fact {n} : {UNITS[n[0]]}" for n in names), "groups part"]
    lines += ["levels", '  L1 "L1"', '  L2 "L2"', 'part 1 "P"']
    lines += [f'  clause 1.{n} "c" {condition}' for n, condition in enumerate(clauses, 1)]
    lines += [f"score total = {one(1, 3)} * count of clauses satisfied{scored}", "grade level by total"]
    lines += [f"  L1 | total >= {one(2, 3)}", f"  L2 | total {one('>=', '>')} {one(3, 5, 7)}", "  otherwise | none"]
    units = {"n": "", "c": "", "h": " h"}
    stated = names[1:] if open_ else [n for n in names if one(True, True, True, False)]
    facts = {n: f"{one(0, 1, 3, 4)}{units[n[0]]}" for n in stated}
    verdicts = ("unsatisfied", "satisfied", None) if open_ else ("unsatisfied",)
    attested = {f"1.{n}": one(*verdicts) for n, c in enumerate(clauses, 1) if c.startswith("attested")}
    said = {clause: verdict for clause, verdict in attested.items() if verdict is not None}
    return Drawn("\n".join(lines) + "\n", facts, said)


def assessed(case: Drawn) -> Assessment | None:
    """What the policy makes of what is stated; None of a policy that does not compile."""
    program = compile_source(Source("t.guiju", case.text)).program
    if program is None:
        return None
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": dict(case.facts), "attestations": dict(case.said)}
    return guiju.evaluate(guiju.Policy(program), evidence)


def grid_of(fact: Fact) -> list[Fraction]:
    """The numbers that are tried of a fact, in its base unit."""
    assert isinstance(fact.type, NumberType)
    unit = 60 * 60 if fact.type.unit == "h" else 1
    return [v * unit for v in (COUNTED if fact.type.integer else MEASURED) if v >= 0 or not fact.type.is_never_negative]


def cheaper(
    aim: Aim, terms: Terms, cost: Fraction | None, costs: Callable[[Fraction, Fraction], bool] = lt
) -> Iterator[dict[str, Value]]:
    """Every set of changes that costs less, of numbers those of a grid; as many as can be tried, those of few first."""
    program = aim.assessment.program
    options: dict[str, list[Value]] = {
        f"clause:{c.id}": [Verdict.SATISFIED] for c in program.clauses if not c.condition
    }
    for fact in (f for f in program.facts if f"fact:{f.id}" in aim.network.at):
        today = aim.today[aim.network.at[f"fact:{fact.id}"]]
        options[f"fact:{fact.id}"] = [v for v in grid_of(fact) if v != today]
    tried = 0
    for size in range(len(options) + 1):
        for changed in combinations(options, size):
            if cost is not None and not costs(terms.total(changed), cost):
                continue
            for values in product(*(options[address] for address in changed)):
                tried += 1
                if tried > MOST_SETS:
                    return
                yield dict(zip(changed, values, strict=True))


def plans(case: Drawn, terms: Terms) -> Iterator[tuple[Aim, Remedy]]:
    """A plan for each level."""
    assessment = assessed(case)
    for level in ("L1", "L2") if assessment is not None else ():
        assert assessment is not None
        wanted = wanted_from(assessment, "level", level)
        if wanted:
            aim = Aim(assessment, "level", wanted)
            yield aim, remedy_for(aim, terms)


def told_by_hand(aim: Aim) -> Tried:
    """What changes lead to, a second time."""
    assessment = aim.assessment
    return Tried(assessment.bound, assessment.readings, aim.outcome, aim.wanted, is_settled=aim.is_settled)


def check(case: Drawn, terms: Terms) -> None:
    """A plan reaches the level, and what is proved has its certificate; nothing on the grid that costs less does."""
    for aim, found in plans(case, terms):
        if aim.is_settled:
            assert (found.steps, found.proved) == ((), True)
        elif found.steps is not None:
            assert aim.reaches(found.changes)
        assert found.proved or found.unproved or found.exceeded, "why it is not proved is told"
        check_what_is_told_does(aim, terms, found)
        certificate = certificate_of(aim, terms, found)
        assert (certificate is not None) == found.proved
        if certificate is None:
            continue
        assert refuted(aim, terms, certificate) is None, found
        assert all(refuted(aim, terms, other) is not None for _, other in forged(aim.assessment, certificate))
        tried = told_by_hand(aim)
        cost = None if found.steps is None else found.cost
        undercuts = next((set_ for set_ in cheaper(aim, terms, cost) if tried.reaches(set_)), None)
        assert undercuts is None, (found, undercuts)
        if found.count is not None and found.steps:
            listed = {one for parts in found.alternatives for one in sets_of(parts)}
            assert len(listed) == found.count
            others = (set_ for set_ in cheaper(aim, terms, cost, eq) if frozenset(set_) not in listed)
            assert not any(map(tried.reaches, others)), "what is said to be all is all"


def check_what_is_told_does(aim: Aim, terms: Terms, found: Remedy) -> None:
    """Between the ends that are told of a number every number does, all else being as planned."""
    for place, way in enumerate(found.ways[:MOST_WAYS]):
        needs = {a: b.needed for a, b in needs_of(found, terms, place, way).items()}
        planned = {a: needed.planned for a, needed in needs.items()}
        assert not planned or aim.reaches(planned), (place, needs)
        for address, needed in needs.items():
            for value in between_the_ends(needed, aim.network.node(address).subject):
                assert aim.reaches(planned | {address: value}), (address, value, needed)


def between_the_ends(needed: Needed, fact: object) -> Iterator[Fraction]:
    """Numbers that do as far as is told: at the ends or close to them, and between."""
    near = needed.required
    if not isinstance(near, Fraction) or needed.bound == "=":
        return
    assert isinstance(fact, Fact)
    assert isinstance(fact.type, NumberType)
    far = near + (1_000_000 if needed.bound.startswith(">") else -1_000_000)
    far = max(far, Fraction(0)) if fact.type.is_never_negative else far
    far = far if needed.limit is None else needed.limit.value
    shares = [Fraction(1, 1_000), Fraction(1, 2), Fraction(999, 1_000)]
    between = (near + (far - near) * share for share in shares)
    yield from (Fraction(round(v)) for v in between) if fact.type.integer else between
    if "=" in needed.bound:
        yield near
    if needed.limit is not None and "=" in needed.limit.bound:
        yield far


HOURS = """standard hours-1 "H"
fact hours : h
groups part
levels
  L1 "L1"
  L2 "L2"
part 1 "P"
  clause 1.1 "c" hours >= 40 h
  clause 1.2 "c" attested
score total = 10 * count of clauses satisfied + hours / 1 h
grade level by total
  L1 | total >= 45
  L2 | total >= 57
  otherwise | none
"""
ON_TIME = """standard orders-1 "O"
fact orders : count
fact on_time : count
groups part
levels
  L1 "L1"
  L2 "L2"
part 1 "P"
  clause 1.1 "c" on_time / orders >= 90 %
  clause 1.2 "c" orders >= 50
score met = count of clauses satisfied
grade level by met
  L1 | met >= 1
  L2 | met >= 2
  otherwise | none
"""


def told(text: str, facts: Mapping[str, str], said: Mapping[str, str], *pinned: str) -> tuple[dict[str, str], bool]:
    """What the plan for L2 says that each fact must be, and whether it is proved."""
    (_, (_, found)) = plans(Drawn(text, facts, said), Terms(pinned=frozenset(pinned)))
    return {s.address: f"{s.bound} {s.required}" for s in found.steps or ()}, found.proved


def test_a_number_in_a_score_beside_its_own_threshold_is_as_near_as_both_let_it_be() -> None:
    """With one clause more the number may be less: the least is told that does, and not what would do alone."""
    failed = {"1.2": "unsatisfied"}
    assert told(HOURS, {"hours": "10 h"}, failed) == ({"fact:hours": f">= {47 * 60 * 60}"}, True)
    assert told(HOURS, {"hours": "39 h"}, {"1.2": "satisfied"}) == ({"fact:hours": f">= {40 * 60 * 60}"}, True)
    assert told(HOURS, {"hours": "36 h"}, failed, "fact:hours") == ({}, True), "56 is all that the clause gives"
    assert told(HOURS, {"hours": "47 h"}, failed, "fact:hours") == ({}, True)


UNDER_FIVE = """standard small-1 "S"
fact n : number
fact m : number
groups part
levels
  L1 "L1"
  L2 "L2"
part 1 "P"
  clause 1.1 "c" n >= m + 2
  clause 1.2 "c" attested applies when n >= 5
score met = count of clauses unsatisfied
grade level by met
  L2 | met = 0
  L1 | met <= 1
  otherwise | none
"""


def test_what_has_no_nearest_number_is_told_between_its_ends() -> None:
    """Below 5 there is always one more: none is told for the one; and what is planned does not creep up to 5."""
    facts, said = {"n": "9", "m": "8"}, {"1.2": "unsatisfied"}
    (_, (aim, found)) = plans(Drawn(UNDER_FIVE, facts, said), Terms(pinned=frozenset({"clause:1.2"})))
    needs = {a: b.needed for a, b in needs_of(found, Terms(), 0, found.ways[0]).items()}
    n, m = needs["fact:n"], needs["fact:m"]
    assert isinstance(n.planned, Fraction)
    assert (n.bound, n.required, n.limit, n.others_follow) == ("<", Fraction(5), Limit(">=", n.planned), True)
    assert (m.bound, m.required, m.limit) == ("<=", n.planned - 2, None)
    assert n.planned.denominator <= len("halves"), "a number that somebody would name"
    certificate = certificate_of(aim, Terms(pinned=frozenset({"clause:1.2"})), found)
    assert certificate is not None
    assert proved_needs(aim, Terms(pinned=frozenset({"clause:1.2"})), certificate) == needs


def test_both_parts_of_a_ratio_are_changed_where_one_has_its_own_threshold() -> None:
    changed = {"fact:on_time": ">= 45", "fact:orders": "= 50"}
    assert told(ON_TIME, {"orders": "40", "on_time": "30"}, {}) == (changed, True)
    assert told(ON_TIME, {"orders": "50", "on_time": "30"}, {}) == ({"fact:on_time": ">= 45"}, True)
    assert told(ON_TIME, {"orders": "40", "on_time": "30"}, {}, "fact:orders") == ({}, True)


BESIDE = """standard beside-1 "B"
fact floor : m2
fact seats : count
groups part
levels
  L1 "L1"
  L2 "L2"
part 1 "P"
  clause 1.1 "c" CLAUSE
score met = count of clauses satisfied
grade level by met
  L1 | met >= 0
  L2 | met >= 1
  otherwise | none
"""


@pytest.mark.parametrize(
    ("clause", "facts", "needed"),
    [
        ("floor != 5 m2", {}, ("<", 5, None)),
        ("floor != 5 m2", {"floor": "5 m2"}, (">", 5, None)),
        ("seats != 5", {"seats": "5"}, ("<=", 4, None)),
        ("floor >= 5 m2 and floor <= 9 m2", {"floor": "2 m2"}, (">=", 5, Limit("<=", Fraction(9)))),
        ("floor >= 5 m2 and floor < 9 m2", {"floor": "2 m2"}, (">=", 5, Limit("<", Fraction(9)))),
        ("floor >= 5 m2 and floor < 9 m2 and floor != 7 m2", {"floor": "2 m2"}, (">=", 5, Limit("<", Fraction(7)))),
        ("seats >= 5 and seats <= 9", {"seats": "20"}, ("<=", 9, Limit(">=", Fraction(5)))),
        ("floor >= 5 m2 and floor <= 5 m2", {}, ("=", 5, None)),
    ],
)
def test_a_number_is_not_told_as_exact_where_others_beside_it_do(
    clause: str, facts: Mapping[str, str], needed: tuple[str, int, Limit | None]
) -> None:
    (_, (aim, found)) = plans(Drawn(BESIDE.replace("CLAUSE", clause), facts, {}), Terms())
    (step,) = found.steps or ()
    assert (step.bound, step.required, step.needed.limit) == (needed[0], Fraction(needed[1]), needed[2])
    assert aim.reaches(found.changes)
    check_what_is_told_does(aim, Terms(), found)
    certificate = certificate_of(aim, Terms(), found)
    assert certificate is not None
    assert proved_needs(aim, Terms(), certificate)[step.address] == step.needed


BONUS = """standard bonus-1 "B"
fact y : count
groups section
levels
  L1 "one"
  L2 "two"
section s "s"
  a) "Staff" attested
  b) "Rota" attested
  c) "Recorded" CLAUSE
score total = 2 * count of clauses satisfied + y
grade level by total
  L1 | total >= 2
  L2 | total >= 4 and s b) satisfied
  otherwise | none
"""


@pytest.mark.parametrize("clause", ["y >= 1", "attested applies when y >= 1"])
def test_a_number_that_nobody_states_in_a_clause_and_in_a_score_leaves_one_clause_to_mend(clause: str) -> None:
    case = Drawn(BONUS.replace("CLAUSE", clause), {}, {"s.a": "satisfied", "s.b": "unsatisfied"})
    (_, first), (aim, second) = plans(case, Terms())
    assert (first.steps, first.proved) == ((), True)
    assert [s.address for s in second.steps or ()] == ["clause:s.b"]
    assert second.proved
    found = mendings(aim)
    assert (found.counts, found.complete) == ({1: 1}, True)


FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@FEW
@given(drawn(), st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3)]))
def test_no_changes_of_numbers_that_meet_are_cheaper_than_what_is_proved(case: Drawn, cost: Fraction) -> None:
    names = [f"fact:{name}" for name in ("n1", "c1", "c2", "h1")]
    check(case, Terms(dict(zip(names, (cost, Fraction(1), cost, Fraction(2)), strict=True))))


@FEW
@given(drawn(open_=True), st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3)]))
def test_nothing_is_cheaper_where_clauses_and_scores_look_at_a_number_that_nobody_states(
    case: Drawn, cost: Fraction
) -> None:
    """Nor has anything to change where evaluating tells that the level is reached."""
    names = [f"fact:{name}" for name in ("n1", "c1", "c2", "h1")]
    check(case, Terms(dict(zip(names, (cost, Fraction(1), cost, Fraction(2)), strict=True))))


@FEW
@given(drawn(open_=True))
def test_the_sets_in_the_way_are_all_that_do_where_clauses_and_scores_look_at_an_open_number(case: Drawn) -> None:
    for aim, _ in plans(case, Terms()):
        found = mendings(aim)
        told = {
            frozenset(a.removeprefix("clause:") for a in one)
            for selection in found.selections()
            for parts in parts_of(selection)
            for one in sets_of(parts)
        }
        minimal = told_by_hand(aim).minimal()
        assert told == minimal if found.complete else told <= minimal, (told, minimal)


@st.composite
def together(draw: st.DrawFn) -> Drawn:
    """A score of rows that look at two counts together, of which one or none is stated, and at clauses of people."""

    def one(*choices: Any) -> Any:
        return draw(st.sampled_from(choices))

    def row() -> str:
        term = one("c1 + c2", "c1 - c2", "2 * c1 + c2", "c1", "c2")
        return f"{term} {one('<', '<=', '>', '>=', '=')} {one(0, 1, 2, 4, 8)}"

    lines = [
        'standard t-1 "T"',
        "fact c1 : count",
        "fact c2 : count",
        "groups part",
        "levels",
        '  L1 "L1"',
        '  L2 "L2"',
    ]
    lines += ['part 1 "P"', '  clause 1.1 "c" attested', '  clause 1.2 "c" attested', "score total"]
    clauses = [one("", " and 1.1 satisfied", " and 1.2 satisfied", " and all clauses satisfied") for _ in range(3)]
    lines += [f"  {worth} when {row()}{clause}" for worth, clause in zip((3, 2, 1), clauses, strict=True)]
    lines += ["  0 otherwise", "grade level by total", "  L1 | total >= 1", "  L2 | total >= 2", "  otherwise | none"]
    facts = {name: str(one(0, 2, 5)) for name in one((), ("c1",), ("c2",))}
    said = {clause: verdict for clause in ("1.1", "1.2") if (verdict := one("unsatisfied", "satisfied", None))}
    return Drawn("\n".join(lines) + "\n", facts, said)


@FEW
@given(together(), st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(2)]))
def test_sets_that_are_said_to_be_all_of_their_cost_are_all_where_scores_look_at_counts_together(
    case: Drawn, cost: Fraction
) -> None:
    """Also where it is not settled what others lead to, and one completion tells that none of them does."""
    check(case, Terms({"fact:c1": cost}))


STORES = """standard stores "Stores"
groups section
levels
  L1 "Open"
fact stock : m2
fact sold : m2
fact rest : m2 = stock - sold
section s "s"
  a) "a" ASKED
score met = count of clauses satisfied
grade level by met
  L1 | met >= 1
  otherwise | none
"""


@pytest.mark.parametrize(
    ("asked", "rest", "needed"),
    [
        ("rest <= 10 m2", None, ("<=", 10, None)),
        ("rest > 4 m2 and rest < 10 m2", None, (">", 4, Limit("<", Fraction(10)))),
        ("rest > 4 m2 and rest < 10 m2", "20 m2", ("<", 10, Limit(">", Fraction(4)))),
        ("rest >= 10 m2", "4 m2", (">=", 10, None)),
    ],
)
def test_a_number_that_a_formula_gives_moves_up_to_its_own_threshold(
    asked: str, rest: str | None, needed: tuple[str, int, Limit | None]
) -> None:
    """Also where what it is computed from meets it in the formula, and is open."""
    program = compile_source(Source("stores.guiju", STORES.replace("ASKED", asked))).program
    assert program is not None
    facts = {"sold": "1 m2"} | ({} if rest is None else {"rest": rest})
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts, "attestations": {}}
    assessed = guiju.evaluate(guiju.Policy(program), evidence)
    aim, terms = Aim(assessed, "level", wanted_from(assessed, "level", "L1")), Terms(pinned=frozenset({"fact:stock"}))
    found = remedy_for(aim, terms)
    assert [(s.address, s.bound, s.required, s.needed.limit) for s in found.steps or ()] == [("fact:rest", *needed)]
    certificate = certificate_of(aim, terms, found)
    assert certificate is not None
    assert refuted(aim, terms, certificate) is None


@pytest.mark.parametrize("facts", [{}, {"stock": "5 m2"}, {"sold": "1 m2"}], ids=["nothing", "stock", "sold"])
def test_a_certificate_names_one_number_where_none_is_nearest(facts: dict[str, str]) -> None:
    """Also of a number that a formula gives: what was tried beside other changes is no other end of what does."""
    asked = "rest > sold or 50 m2 / rest < 2"
    program = compile_source(Source("stores.guiju", STORES.replace("ASKED", asked))).program
    assert program is not None
    assessed = guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x", "facts": facts})
    aim = Aim(assessed, "level", wanted_from(assessed, "level", "L1"))
    terms = Terms({"fact:rest": Fraction(1, 2)}, pinned=frozenset({"fact:sold"}))
    certificate = certificate_of(aim, terms, remedy_for(aim, terms))
    assert certificate is not None
    assert list(certificate.changes or {}) == ["fact:rest"]
    assert refuted(aim, terms, certificate) is None
    for field, other in forged(assessed, certificate):
        assert refuted(aim, terms, other) is not None, (field, other.changes)
