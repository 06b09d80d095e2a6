"""Gaps, overlaps and unreached rows of drawn tables: the check agrees with trying every case in the evaluator."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.compiler.ir import Program, Value
from guiju.compiler.lower import lower
from guiju.compiler.pipeline import compile_document
from guiju.compiler.symbols import collect
from guiju.dsl import tree
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.bind import Bound
from guiju.engine.evaluate import settle
from guiju.engine.evidence import Attestation, Evidence
from guiju.engine.network import network_of
from guiju.engine.verdict_words import AttestedVerdict

HEAD = """standard demo-1 "DEMO 1"
groups section
input kind : one of ka | kb | kc
fact lit : yes-no
fact n : count
fact speed : GB/s
fact media : set of p | q
fact exempt : yes-no
section 1
  a) "x" attested
  b) "y" attested
  c) "z" attested applies when not exempt
"""
#: what can be asked of each subject; of clause c) it is unknown whether it applies
ASKED: dict[str, tuple[str, ...]] = {
    "kind": ("kind = ka", "kind != kb", "kind = kc"),
    "lit": ("lit", "lit = no", "lit != yes"),
    "n": ("n >= 2", "n < 1", "1 < n <= 3", "n = 2", "n != 0", "3 > n"),
    "speed": ("speed > 1 GB/s", "speed <= 2000 MB/s", "1 GB/s <= speed < 2 GB/s"),
    "media": ("p in media", "q in media"),
    "clauses": (
        "all clauses satisfied",
        "any clause unsatisfied",
        "none clauses satisfied",
        "exactly 1 clause satisfied",
        "at least 2 clauses satisfied",
        "at most 1 clause unsatisfied",
        "more than half of clauses satisfied",
        "any clause of 1 b)~c) satisfied",
        "share of clauses of 1 a), 1 c) satisfied >= 50 %",
        "count of clauses satisfied > count of clauses unsatisfied",
        "1 a) satisfied",
        "1 c) unsatisfied",
    ),
}
SETS = tuple(frozenset(some) for some in ((), ("p",), ("q",), ("p", "q")))
VALUES: dict[str, tuple[Value, ...]] = {
    "kind": ("ka", "kb", "kc"),
    "lit": (True, False),
    "n": tuple(Fraction(n) for n in range(5)),
    "speed": tuple(Fraction(n * 10**9, 2) for n in range(6)),
    "media": SETS,
}
BOTH: tuple[AttestedVerdict, ...] = ("satisfied", "unsatisfied")
VERDICTS: tuple[tuple[AttestedVerdict, ...], ...] = (BOTH, BOTH, (*BOTH, "not-applicable"))


def conditions(subjects: tuple[str, ...]) -> st.SearchStrategy[str]:
    simple = st.sampled_from([text for subject in subjects for text in ASKED[subject]])
    return st.recursive(
        simple,
        lambda inner: (
            st.tuples(inner, st.sampled_from(("and", "or")), inner).map(lambda x: f"({x[0]} {x[1]} {x[2]})")
            | inner.map(lambda x: f"not ({x})")
        ),
        max_leaves=3,
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Up to three things that are looked at, and two to four rows about them."""
    subjects = tuple(draw(st.lists(st.sampled_from(sorted(ASKED)), min_size=1, max_size=3, unique=True)))
    return subjects, tuple(draw(st.lists(conditions(subjects), min_size=2, max_size=4)))


def document_of(rows: tuple[str, ...], heading: str, otherwise: str = "") -> tree.Document:
    """A table of these rows; each condition stands in a let as well, so that the evaluator can be asked for it."""
    lets = "".join(f"let r{i} = {row}\n" for i, row in enumerate(rows))
    table = "".join(f"  {i} when {row}\n" for i, row in enumerate(rows))
    document, mistakes = parse(Source("drawn", f"{HEAD}{lets}{heading}\n{table}{otherwise}"))
    assert not mistakes, [m.message("en") for m in mistakes]
    return document


def found(document: tree.Document, code: str, rows: int) -> list[int]:
    """Which rows a code is found at; that of the whole table counts as the row before the first."""
    lines = document.span.source.text.splitlines()
    first = next(i for i, line in enumerate(lines, 1) if line.startswith("  0 when"))
    diagnostics = compile_document(document).diagnostics
    assert {d.code.name for d in diagnostics if d.is_error} <= {"table-gap", "table-overlap", "backward-interval"}
    places = [d.span.position.line - first for d in diagnostics if d.code.name == code]
    assert all(-1 <= place < rows for place in places)
    return places


def outcomes(document: tree.Document, subjects: tuple[str, ...], rows: int) -> Iterator[tuple[Value, ...]]:
    """What every row comes to, case by case, as the evaluator says."""
    lowered = lower(collect(document))
    assert lowered is not None
    network = network_of(lowered.program)
    facts = [subject for subject in subjects if subject != "clauses"]
    verdicts = list(product(*(VERDICTS if "clauses" in subjects else [BOTH[:1]] * 3)))
    for attested, values in product(verdicts, product(*(VALUES[fact] for fact in facts))):
        bound = stated(lowered.program, dict(zip(facts, values, strict=True)), attested)
        settled, _ = settle(network, bound, {})
        yield tuple(settled[network.at[f"r{row}"]] for row in range(rows))


def stated(program: Program, values: dict[str, Value], verdicts: tuple[AttestedVerdict, ...]) -> Bound:
    """A case as evidence: an override decides each clause."""
    span = program.span
    attestations = {
        clause.id: (Attestation(clause=clause.id, verdict=verdict, voice="override", reason="-", span=span),)
        for clause, verdict in zip(program.clauses, verdicts, strict=True)
    }
    inputs = {name: value for name, value in values.items() if name == "kind"}
    facts = {name: value for name, value in values.items() if name != "kind"}
    return Bound(program, Evidence(subject="-", span=span), facts, inputs, attestations, {})


@settings(max_examples=60, deadline=None)
@given(tables())
def test_rows_overlap_where_some_case_is_in_two_of_them(drawn: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    subjects, rows = drawn
    document = document_of(rows, "score s exactly one", "  9 otherwise\n")
    cases = set(outcomes(document, subjects, len(rows)))
    twice = [j for j in range(len(rows)) if any(case[j] is True and True in case[:j] for case in cases)]
    assert found(document, "table-overlap", len(rows)) == twice
    assert found(document, "table-in-doubt", len(rows)) == []


@settings(max_examples=60, deadline=None)
@given(tables())
def test_a_table_has_a_gap_where_some_case_is_in_no_row(drawn: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    subjects, rows = drawn
    document = document_of(rows, "score s")
    cases = set(outcomes(document, subjects, len(rows)))
    if not found(document, "backward-interval", len(rows)):  # a mistake that is told alone
        assert bool(found(document, "table-gap", len(rows))) == any(set(case) == {False} for case in cases)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_a_row_is_unreached_where_no_case_makes_it_the_first(drawn: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    subjects, rows = drawn
    document = document_of(rows, "score s", "  9 otherwise\n")
    cases = set(outcomes(document, subjects, len(rows)))
    first = {case.index(True) for case in cases if True in case and set(case[: case.index(True)]) <= {False}}
    backward = found(document, "backward-interval", len(rows))
    assert found(document, "unreached-row", len(rows)) == [
        row for row in range(len(rows)) if row not in first and row not in backward
    ]


def test_of_a_table_with_too_many_cases_nothing_is_said() -> None:
    """Each let doubles what must be looked at."""
    lets = "".join(f"let l{i} = l{i - 1} and l{i - 1}\n" for i in range(1, 25))
    text = f"{HEAD}let l0 = lit\n{lets}score s exactly one\n  1 when l24\n  2 when lit\n"
    document, _ = parse(Source("long", text))
    codes = {d.code.name for d in compile_document(document).diagnostics}
    assert not codes & {"table-gap", "table-overlap", "table-in-doubt", "unreached-row"}
