"""Which amendments of a later edition lead to an effect: alone, or only together; held against editing the text."""

from __future__ import annotations

import re
from itertools import combinations
from random import Random
from zlib import crc32

import pytest
from hypothesis import assume, given

from guiju.compiler.ir import Program
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.comparing.because import Because, because
from guiju.engine.reasoning.comparing.difference import Effect, difference_between, seen_in
from guiju.engine.reasoning.editions import merged
from guiju.engine.reasoning.editions.amended import Amended
from guiju.engine.reasoning.editions.merged import editions_of
from guiju.engine.reasoning.editions.subject import bound_leniently
from tests.engine.comparisons import CHANGES
from tests.engine.strategies import Case, cases, compiled
from tests.engine.test_laws import drawn
from tests.engine.test_once_reviewed import HEAD, assess

#: two requirements on one number each, either of which an edition may tighten
OLD = """groups section
fact doors : count
fact lamps : count
fact guards : count
section 1 "s"
  a) "doors" doors >= 2
  b) "lamps" lamps >= 4
  c) "guards" guards >= 1
score A
  2 when all clauses satisfied
  1 when at least 2 clauses satisfied
  0 otherwise
grade level by A
  good | 1 < A <= 2
  fair | 0 < A <= 1
  otherwise | none
"""
DOORS, LAMPS, GUARDS = ("doors >= 2", "doors >= 3"), ("lamps >= 4", "lamps >= 5"), ("guards >= 1", "guards >= 2")
CLAUSE = ('  c) "guards"', '  c) "new" attested\n  d) "guards"')


def edition(*changes: tuple[str, str]) -> str:
    text = OLD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def told(address: str, *changes: tuple[str, str], facts: str = "doors: 2, lamps: 4, guards: 1") -> Because:
    before, after = (assess(text, f"facts: {{{facts}}}\n") for text in (OLD, edition(*changes)))
    difference = difference_between(before, after)
    return next(b for b in because(before, after, difference) if b.effect.address == address)


def names(found: Because) -> set[frozenset[str]]:
    return {frozenset(c.about for c in causes) for causes in found.sufficing}


def test_an_effect_that_one_amendment_gives_by_itself_is_put_down_to_that_one() -> None:
    found = told("clause:1.a", DOORS, LAMPS)
    assert names(found) == {frozenset({"clause:1.a"})}
    assert [c.about for c in found.needed or ()] == ["clause:1.a"]


def test_where_either_of_two_amendments_gives_it_each_is_named_and_none_is_needed() -> None:
    found = told("level", DOORS, LAMPS, facts="doors: 2, lamps: 4, guards: 0")
    assert names(found) == {frozenset({"clause:1.a"}), frozenset({"clause:1.b"})}
    assert (found.found, found.needed) == ("smallest", ())


def test_amendments_that_act_only_together_are_named_together() -> None:
    found = told("level", DOORS, LAMPS)
    assert names(found) == {frozenset({"clause:1.a", "clause:1.b"})}
    assert {c.about for c in found.needed or ()} == {"clause:1.a", "clause:1.b"}


def test_a_clause_that_takes_the_number_of_another_comes_together_with_its_renumbering() -> None:
    before, after = compiled(HEAD + OLD), compiled(HEAD + edition(CLAUSE))
    assert before is not None
    assert after is not None
    (unit,) = editions_of(before, after).units
    assert [(a.what, a.about) for a in unit.amendments] == [
        ("clause-added", "clause:1.c"),
        ("clause-renumbered", "clause:1.d"),
    ]


def test_editions_with_too_many_amendments_are_one_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merged, "MOST_UNITS", 1)
    before, after = (assess(text, "facts: {doors: 2, lamps: 4}\n") for text in (OLD, edition(DOORS, LAMPS, GUARDS)))
    assert [c.what for c in difference_between(before, after).causes] == ["policy"]


# --- what editing the text itself comes to -------------------------------------------------------------------------


@drawn(30)
@given(cases())
def test_amendments_put_in_one_by_one_come_to_what_the_edited_text_comes_to(case: Case) -> None:
    """Every mixture of two editions is the text of the earlier one with some of its places written otherwise."""
    program, evidence = case
    text = program.span.source.text
    places = changes(text, Random(crc32(text.encode())))
    texts = {chosen: edited(text, chosen) for n in range(len(places) + 1) for chosen in combinations(places, n)}
    later = texts[tuple(places)]
    assume(later is not None and all(texts[(p,)] is not None for p in places))
    assert later is not None
    units = editions_of(program, later).units
    own = {u: [p for p in places if u in alike(program, texts[(p,)], units)] for u in units}
    assume(units and all(len(found) == 1 for found in own.values()))
    before, after = (evaluated(p, evidence) for p in (program, later))
    assume(before is not None and after is not None)
    assert before is not None
    assert after is not None
    seen = {chosen: None if p is None else evaluated(p, evidence) for chosen, p in texts.items()}
    for found in because(before, after, difference_between(before, after)):
        for causes in found.sufficing:
            chosen = {own[c.after][0] for c in causes if isinstance(c.after, Amended)}
            if all(unit in {c.after for c in causes} for unit in units if own[unit][0] in chosen):
                assert gives(seen[tuple(p for p in places if p in chosen)], found.effect), (found, chosen)


def changes(text: str, draw: Random) -> list[tuple[int, int, str]]:
    """Two places on different lines, with what is to stand there."""
    found = [
        (m.start(), m.end(), m.expand(instead)) for pattern, instead in CHANGES for m in re.finditer(pattern, text)
    ]
    draw.shuffle(found)
    chosen: list[tuple[int, int, str]] = []
    for start, end, new in found:
        lines = {text.count("\n", 0, s) for s, _, _ in chosen}
        if text[start:end] != new and text.count("\n", 0, start) not in lines and len(chosen) < 2:
            chosen.append((start, end, new))
    return sorted(chosen)


def edited(text: str, chosen: tuple[tuple[int, int, str], ...]) -> Program | None:
    for start, end, new in reversed(chosen):
        text = text[:start] + new + text[end:]
    return compiled(text)


def alike(before: Program, after: Program | None, units: tuple[Amended, ...]) -> list[Amended]:
    """Those of some units that another edition has as well."""
    if after is None:
        return []
    found = {frozenset((a.what, a.about, a.was, a.now) for a in u.amendments) for u in editions_of(before, after).units}
    return [u for u in units if frozenset((a.what, a.about, a.was, a.now) for a in u.amendments) in found]


def evaluated(program: Program, evidence: Evidence) -> Assessment | None:
    bound = bound_leniently(program, evidence)
    return None if bound is None else evaluate(bound)


def gives(assessment: Assessment | None, effect: Effect) -> bool:
    return assessment is not None and seen_in(assessment).get((effect.what, effect.address)) == effect.after
