"""Evidence for the small standard of `every_status`, drawn: voices that agree or not, ends, waivers, samples, facts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

#: clauses that people may decide, and those among them that may not apply
CLAUSES = ("3.a", "3.b", "4.1.a", "4.1.b", "4.1.c", "4.1.f", "4.1.g", "4.1.h")
_MAY_NOT_APPLY = ("4.1.a", "4.1.b")
RECORDS = ("e1", "e2", "e3")
#: what other formats find hard to hold
TEXTS = st.sampled_from(
    ["x", " 两 端 ", "行\n行", "<b>&\"'", "=1+1", "#a: {b}", "null", "- x", "'", "\\n", "2026-01-01", "😀"]
)
DAYS = st.sampled_from(["2025-12-31", "2026-06-29", "2026-06-30", "2027-01-01", "2026-06-29T23:00:00.000001-03:30"])
_CITED = st.lists(st.sampled_from(RECORDS), unique=True, max_size=2)


def _without(drawn: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in drawn.items() if value is not None}


def _said(clause: str) -> st.SearchStrategy[dict[str, Any]]:
    verdicts = ["satisfied", "unsatisfied", "unknown", *(["not-applicable"] if clause in _MAY_NOT_APPLY else [])]
    verdict = st.fixed_dictionaries(
        {
            "verdict": st.sampled_from(verdicts),
            "voice": st.sampled_from(["vendor", "assessor", "override"]),
            "reason": TEXTS,
            "by": st.none() | TEXTS,
            "note": st.none() | TEXTS,
            "until": st.none() | DAYS,
            "evidence": _CITED,
        }
    )
    waiver = st.fixed_dictionaries(
        {"voice": st.just("waiver"), "by": TEXTS, "reason": TEXTS, "until": DAYS, "note": st.none() | TEXTS}
    )
    return (verdict | waiver).map(_without)


_RECORD = st.fixed_dictionaries(
    {
        "kind": TEXTS.filter(str.strip),
        "title": st.none() | TEXTS,
        "source": st.none() | TEXTS,
        "collected": st.none() | st.just("2025-06-01"),
        "expires": st.none() | DAYS,
        "by": st.none() | TEXTS,
        "hash": st.none() | TEXTS,
        "revision": st.none() | TEXTS,
    }
).map(_without)
_RESULTS = st.dictionaries(
    TEXTS.filter(str.strip),
    st.sampled_from(["satisfied", "unsatisfied", "unknown", "not-applicable"]),
    min_size=1,
    max_size=3,
)
_SAMPLE = st.fixed_dictionaries(
    {
        "clause": st.sampled_from(CLAUSES[4:]),
        "population": st.just(9),
        "sample": st.integers(3, 5),
        "rule": st.sampled_from(["all", "at most 1 unsatisfied", "share >= 2/3"]),
        "voice": st.sampled_from(["vendor", "assessor"]),
        "results": _RESULTS,
        "until": st.none() | DAYS,
        "evidence": _CITED,
    }
).map(_without)
_FACTS = st.fixed_dictionaries(
    {},
    optional={
        "hours": st.sampled_from([0, "1/3", "2.50", "1e3", "unknown"]),
        "days": st.sampled_from([0, "0.5"]),
        "wide": st.booleans(),
        "size": st.sampled_from(["9.99 m2", {"value": 100000, "unit": "cm2", "evidence": ["e1"], "note": " a\nb "}]),
        "tools": st.lists(st.sampled_from(["saw", "drill", "press"]), unique=True),
    },
)


_FINDING = st.fixed_dictionaries(
    {
        "clause": st.sampled_from(CLAUSES),
        "grade": st.sampled_from(["major", "minor"]),
        "statement": TEXTS.filter(str.strip),
        "owner": st.just("x"),
        "due": st.just("2026-12-31"),
        "note": st.none() | TEXTS,
        "evidence": _CITED,
    }
).map(_without)


@st.composite
def evidence(draw: st.DrawFn) -> dict[str, Any]:
    """An evidence file as data."""
    said = {clause: draw(st.lists(_said(clause), max_size=3)) for clause in CLAUSES}
    return {
        "guiju": "evidence/2",
        "subject": draw(TEXTS.filter(str.strip)),
        "as_of": "2026-06-30T00:00:00+08:00",
        "inputs": draw(st.sampled_from([{}, {"use": "home"}, {"use": "office"}])),
        "evidence": {id_: draw(_RECORD) for id_ in RECORDS},
        "facts": draw(_FACTS),
        "attestations": {clause: listed for clause, listed in said.items() if listed},
        "findings": {f"F{n}": found for n, found in enumerate(draw(st.lists(_FINDING, max_size=2)))},
        "samples": {f"s{n}": sample for n, sample in enumerate(draw(st.lists(_SAMPLE, max_size=2)))},
    }
