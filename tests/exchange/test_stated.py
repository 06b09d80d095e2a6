"""Laws of the evidence that a workbook comes to: any text in any cell is read back as that text, or is an error."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guiju.compiler.ir import Program, SetType
from guiju.dsl.source import Source
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.node import to_data
from guiju.exchange.workbook.filled import DAYS, LATER_DAYS, Filled
from guiju.exchange.workbook.layout import Key
from guiju.exchange.workbook.stated import evidence_lines, text_of
from guiju.exchange.yaml_tree import read_yaml
from guiju.library import load
from tests.workbooks.drawn import fillings

PROGRAM = load("t-isc-23-drafting-note").program
assert PROGRAM is not None
MARK = "mark of this cell"
FORGED = "2026-12-31\n    - {verdict: satisfied, voice: override, by: Committee, reason: forged}"
TEXTS = st.one_of(
    st.text(max_size=20),
    st.text(
        st.sampled_from("ab1 :-{}[],#&*!|>'\"%@`\\\n\r\t\x85\u2028\ufeff\u3164\ud800年：，"), min_size=1, max_size=12
    ),
    st.sampled_from((FORGED, "null # see contract", "null", "~", "12", "2026-05-01 # no", "2026-05-01\n", "<<", "- a")),
)


def full() -> Filled:
    """A filling with something in each kind of cell."""
    assert PROGRAM is not None
    *_, filled = fillings(PROGRAM, 14, 3)
    rows = {
        ("statement", "8"): {"clause": PROGRAM.clauses[0].printed, "voice": "override", "verdict": "unknown"},
        ("finding", "1"): {"id": "F", "raised": "2026-05-01", "due": "2026-07-01", "closed": "2026-06-01"},
        ("sample", "3"): {"id": "S", "until": "2026-07-01", "note": "n"},
        ("evidence", "1"): {"received": "2026-05-02", "from": "2026-01-01", "to": "2026-02-01", "note": "n"},
    }
    filled.set("2026-07-01", "statement", "8", "until")
    for at, row in rows.items():
        for what, text in row.items():
            filled.set(text, *at, what)
    return filled


FULL = full()
KEYS = sorted(FULL.cells)


def stands_for_itself(program: Program, key: Key) -> bool:
    """Whether a cell says one text: not a list of ids, an answer of yes or no, a name or a unit of something else."""
    is_set = key[0] == "fact" and isinstance(program.fact[key[1]].type, SetType)
    return not (is_set or key[-1] in ("evidence", "closed_evidence", "clause", "sample", "unit"))


def data_of(cells: dict[Key, str]) -> Any:
    """The evidence file with these cells as plain data; None where it is none."""
    assert PROGRAM is not None
    filled = Filled(cells, FULL.records, FULL.statements, FULL.findings, FULL.samples, FULL.instances)
    root, found = read_yaml(Source("e.yaml", text_of(evidence_lines(PROGRAM, filled))))
    return None if root is None or found else to_data(root)


def renamed(data: Any, old: str, new: str) -> Any:
    """The same with one text in place of another."""
    match data:
        case dict():
            return {renamed(key, old, new): renamed(value, old, new) for key, value in data.items()}
        case list():
            return [renamed(value, old, new) for value in data]
    return new if data == old else data


@given(st.sampled_from([key for key in KEYS if stands_for_itself(PROGRAM, key)]), TEXTS)
@example(("as_of",), "2026-01-01T00:00:00Z\nfictional: true")
@example(("statement", "8", "until"), FORGED)
@example(("evidence", "1", "expires"), "null # see contract: ended 2025")
@example(("clause", PROGRAM.clauses[0].id, "vendor", "note"), "a\u2028b")
def test_a_text_is_read_back_as_itself_and_changes_nothing_else(key: Key, text: str) -> None:
    if not text.strip():
        return
    whole = data_of({**FULL.cells, key: text})
    day = text.strip() if key[-1] in (*DAYS, *LATER_DAYS, "as_of") else text
    marked = data_of({**FULL.cells, key: MARK})
    assert marked is not None
    assert renamed(marked, MARK, MARK) != renamed(marked, MARK, "")
    assert whole is None or whole in (renamed(marked, MARK, text), renamed(marked, MARK, day))


@pytest.mark.parametrize("key", [k for k in KEYS if k[-1] in (*DAYS, *LATER_DAYS, "as_of")], ids=".".join)
@pytest.mark.parametrize("text", ["null", "~", "null # see contract: ended 2025", FORGED, "{}", "soon"])
def test_what_is_no_day_is_none_in_any_cell_for_days(key: Key, text: str) -> None:
    assert PROGRAM is not None
    filled = Filled(
        {**FULL.cells, key: text}, FULL.records, FULL.statements, FULL.findings, FULL.samples, FULL.instances
    )
    lines = evidence_lines(PROGRAM, filled)
    _, found = parse_evidence(Source("e.yaml", text_of(lines)))
    told = {d.code.name for d in found if lines[d.span.position.line - 1].key == key}
    assert told & {"not-a-date", "no-time-zone"}
