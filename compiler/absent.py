"""Tables that a policy speaks of and does not have: each is one finding, however many places speak of it."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.compiler.codes import MISSING_PART
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Span

TABLES: Mapping[str, Text] = {
    "levels": Text("等级的声明", "the declaration of the levels"),
    "membership": Text("归属表", "the membership table"),
    "weights": Text("权重表", "the table of weights"),
    "grade": Text("判定表", "the grade table"),
}


def absent(table: str, span: Span) -> Diagnostic:
    """The diagnostic for a place that speaks of a table which is not there."""
    return Diagnostic(MISSING_PART, span, (("what", TABLES[table]),))
