"""Compiled policies mean what their text says: the policies of the project, the language page, and once wrong ones.

That drawn policies do is a law of its own (`test_laws.py`); what is drawn for it is counted here.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings

from guiju.compiler.pipeline import compile_document
from guiju.compiler.units import unit_named, unit_names
from guiju.dsl import tree
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.evidence import Evidence
from tests.docs.pages import blocks_of
from tests.engine.interpreter import UNDEFINED, units
from tests.engine.meanings import completed, differences, interpreted
from tests.engine.strategies import AS_OF, SPAN, drawn_vocabulary
from tests.engine.wide import wide_policies
from tests.project.repository import ROOT

D = TypeVar("D")
POLICIES = [*(ROOT / "policies").glob("*/*.guiju"), *(ROOT / "policies" / "examples").glob("*/*.guiju")]
FILES = sorted(path for path in POLICIES if path.parent.name != "vocabulary")
PAGES = [ROOT / "docs" / name for name in ("language.md", "language.zh.md")]
NOTHING_SAID = Evidence(subject="made", as_of=AS_OF, inputs=(), records=(), facts=(), attestations=(), span=SPAN)


def read(text: str) -> tree.Document:
    document, mistakes = parse(Source("text", text))
    assert mistakes == (), mistakes
    return document


def check(document: tree.Document, vocabularies: dict[str, tree.Document], worlds: int = 3) -> None:
    """Compiled and read, a policy says the same of some worlds, under each option of a reading."""
    program = compile_document(document, vocabularies).program
    assert program is not None
    draw = Random(1)
    found = differences(
        document, vocabularies, program, [completed(program, NOTHING_SAID, draw) for _ in range(worlds)]
    )
    assert not found, found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_policy_of_the_project_means_what_it_says(path: Path) -> None:
    shared = {p.stem: read(p.read_text(encoding="utf-8")) for p in (ROOT / "policies" / "vocabulary").glob("*.guiju")}
    check(read(path.read_text(encoding="utf-8")), shared)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_policy_of_the_language_page_means_what_it_says(page: Path) -> None:
    blocks = [block for block in blocks_of(page) if block.language == "guiju"]
    shared = [read(block.text) for block in blocks if block.word == "vocabulary"]
    policy = read("\n".join(block.text for block in blocks if block.word != "vocabulary"))
    check(policy, {d.standard.name.text: d for d in shared if d.standard is not None}, worlds=20)


def test_the_interpreter_has_the_units_of_the_language_page_and_these_are_all() -> None:
    known = {name: unit for name in unit_names() if (unit := unit_named(name)) is not None}
    assert units() == {name: (unit.name, unit.factor) for name, unit in known.items()}


# --- once compiled to something else ------------------------------------------------------------------------------

HEAD = """standard made-1 "MADE 1"
groups domain > section
levels
  L1 "1"
  L2 "2"
"""
TWO_DOMAINS = """domain d "d"
  section 6 "s"
    a) "x" attested
    b) "y" attested
  section 7 "s"
    a) "x" attested
domain e "e"
  section 8 "s"
    a) "z" attested
membership
  section | L1 | L2
  6 | a) | all
  7 | all | all
  8 | all | all
"""
ONCE_WRONG = {
    "gates of one level that stand before scores of one name": """
score of each domain
  at L1
    2 when all clauses satisfied
    0 otherwise
  at L2 after score at L1 >= 2
    3 when all clauses satisfied
    2 otherwise
score of each section
  at L1
    1 when any clauses satisfied
    0 otherwise
  at L2 after every domain within domain scores 0 at L1
    3 when all clauses satisfied
    2 otherwise
""",
    "a sum of what stands behind a gate that is undefined and of what is not entered": """
score of each section
  at L1
    2 when all clauses satisfied
    count of clauses satisfied otherwise
  at L2 after 2 / score at L1 >= 2
    3 when all clauses satisfied
    2 otherwise
score of each domain at each level = sum of score over each section
score A at each level = sum of score over each domain
score B at each level = A * 2 - 1
""",
    "a sum with a gate that is undefined in a group that the weights leave out": """
input kind : one of both | first
score of each domain
  at L1
    2 when all clauses satisfied
    0 otherwise
  at L2 after 2 / score at L1 >= 1
    3 when all clauses satisfied
    2 otherwise
weights
  kind | d | e
  both | 50% | 50%
  first | 100% |
score A at each level = sum of weight * score over each domain
score B at each level = mean of score over each domain
""",
    "a grade of levels with a row for none among them": """
score A at each level = count of clauses satisfied
grade level by A
  L1 | A >= 1
  none | A at L2 = 3
  L2 | A >= 2
  otherwise | none
""",
}


@pytest.mark.parametrize("rules", ONCE_WRONG.values(), ids=ONCE_WRONG)
def test_what_was_compiled_to_something_else(rules: str) -> None:
    check(read(HEAD + TWO_DOMAINS + rules), {}, worlds=40)


def test_a_parent_is_decided_by_all_its_leaves_of_at_least_its_own_modality() -> None:
    """However deep they are, and whatever the clauses between them and the parent are called."""
    clauses = """standard made-1 "MADE 1"
groups section
section 6 "s"
  a) may "p"
    1) should "q"
      - may "x" attested
      - should "y" attested
  b) "p"
    1) should "q"
      - shall "x" attested
      - "y" attested
  c) should "p"
    1) may "x" attested
    2) shall "y" attested
  d) "a" 6 a) satisfied
  e) "b" 6 b) satisfied
  f) "c" 6 c) unsatisfied
score n = count of clauses satisfied
"""
    check(read(clauses), {}, worlds=40)


REFUSED_OR_KEPT = {
    "a cell that names clauses of another section": HEAD
    + """domain d "d"
  section 6 "s"
    a) "x" attested
  section 7 "s"
    a) "y" attested
membership
  section | L1 | L2
  6 | a), 7 a) | all, 7 a)
  7 | | all
score n at each level = count of clauses satisfied
""",
    "a row of the membership table for what is above sections": HEAD
    + """domain d "d"
  section 6 "s"
    a) "x" attested
    b) "x" attested
membership
  section | L1 | L2
  d | all | all
  6 | a) | all
score n at each level = count of clauses satisfied
""",
    "a count that is computed by multiplying": """standard made-1 "MADE 1"
groups section
fact n : count
fact k : count = n * 0.5
section 6 "s"
  a) "x" k < 2
score m = count of clauses satisfied
""",
    "a score called fact": """standard made-1 "MADE 1"
groups domain > section
fact d : number
domain d "d"
  section 6 "s"
    a) "x" d > 1
score fact of each domain = count of clauses satisfied
""",
    "a parent whose children are all recommended": """standard made-1 "MADE 1"
groups section
section 6 "s"
  a) "p"
    1) should "x" attested
    2) may "y" attested
  b) "b" 6 a) satisfied
score n = count of clauses satisfied
""",
}


REFUSED = {
    "a cell that names clauses of another section",
    "a row of the membership table for what is above sections",
}


@pytest.mark.parametrize("name", REFUSED_OR_KEPT)
def test_what_could_be_understood_otherwise_is_refused_or_means_what_it_says(name: str) -> None:
    document = read(REFUSED_OR_KEPT[name])
    assert (compile_document(document).program is None) == (name in REFUSED)
    if name not in REFUSED:
        check(document, {}, worlds=20)


# --- what is drawn ------------------------------------------------------------------------------------------------

REACHED = (
    "two gated scores of one name",
    "a gate that is undefined",
    "a grade with a row for none",
    "a grade with a row for undefined",
    *(f"a cell with {form}" for form in ("all clauses", "a range", "a reference", "nothing", "a whole section")),
    "an item whose leaves differ in modality",
    "clauses three deep",
    "an alias of a level",
)


def declared(document: tree.Document, kind: type[D]) -> list[D]:
    return [d for d in document.declarations if isinstance(d, kind)]


def forms(document: tree.Document) -> set[str]:
    """What of the language a drawn policy has, in words."""
    gated = Counter(d.name for d in declared(document, tree.ScoreDecl) if any(block.gate for block in d.blocks))
    found = {"two gated scores of one name"} if any(n > 1 for n in gated.values()) else set()
    for grade in declared(document, tree.GradeDecl):
        found |= {f"a grade with a row for {row.result.text}" for row in grade.rows if row.condition is not None}
    for table in declared(document, tree.MembershipDecl):
        cells = [cell.items for row in table.rows for cell in row.cells]
        found |= {f"a cell with {_form(item)}" for items in cells for item in items}
        found |= {"a cell with nothing"} if () in cells else set()
    for clause in (c for d in declared(document, tree.GroupDecl) for c in _clauses(d)):
        inside = {child.modality for child in clause.children}
        found |= {"an item whose leaves differ in modality"} if len(inside) > 1 else set()
        found |= {"clauses three deep"} if any(child.children for child in clause.children) else set()
    found |= {"an alias of a level"} if "at 级" in document.span.source.text else set()
    return found


def _form(item: tree.ClauseItem) -> str:
    if isinstance(item, tree.AllClauses):
        return "all clauses"
    if isinstance(item, tree.ClauseRange):
        return "a range"
    return "a reference" if item.marks or "-" in str(item.section) else "a whole section"


def _clauses(group: tree.GroupDecl) -> list[tree.ClauseDecl]:
    return [*group.clauses, *(clause for inner in group.groups for clause in _clauses(inner))]


@cache
def survey() -> Counter[str]:
    """How many of many drawn policies that compile have each form; and how many have a gate that is undefined."""
    seen: Counter[str] = Counter()

    @settings(
        max_examples=150,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(wide_policies())
    def draw(text: str) -> None:
        document = read(text)
        shared = {"shared": drawn_vocabulary()}
        program = compile_document(document, shared).program
        seen["drawn"] += 1
        if program is None:
            return
        values = interpreted(document, shared, program, completed(program, NOTHING_SAID, Random(len(text))))
        undefined = any(what.startswith("gate ") and value is UNDEFINED for what, value in values.items())
        seen.update({"compiled", *forms(document), *(["a gate that is undefined"] if undefined else [])})

    draw()
    return seen


def test_policies_of_many_forms_are_drawn() -> None:
    assert survey()["compiled"] > 0.6 * survey()["drawn"]
    assert [form for form in REACHED if not survey()[form]] == []
