"""Tables for a terminal."""

from __future__ import annotations

from guiju.report.layout import table


def test_one_long_cell_does_not_push_the_other_rows_apart() -> None:
    rows = [("clause", "label", "why"), ("4.1", "负载" * 60, "missing"), ("4.2", "报告", "missing")]
    assert list(table(rows)) == [
        "clause  label  why",
        f"4.1     {'负载' * 60}  missing",
        "4.2     报告   missing",
    ]
