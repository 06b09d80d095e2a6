"""The dependency graph of the bundled standard: complete, acyclic, and every edge knows the place that made it."""

from __future__ import annotations

import pytest

import guiju
from guiju.compiler.graph import DependencyGraph, dependencies

PROGRAM = guiju.load("gbt-45288.3-2025").program
GRAPH = DependencyGraph(PROGRAM)


def test_the_level_depends_on_every_clause() -> None:
    below = GRAPH.needed_for("level")
    assert {f"clause:{c.id}" for c in PROGRAM.clauses} <= below
    assert "input:service" in below
    assert "reading:gate-scope" in below


def test_order_puts_everything_after_what_it_needs() -> None:
    position = {address: i for i, address in enumerate(GRAPH.order())}
    assert all(position[d.used] < position[d.user] for d in dependencies(PROGRAM))


@pytest.mark.parametrize(
    ("used", "user", "text"),
    [
        ("fact:linearity_10b", "clause:6.1.1.1.f", "linearity_10b"),
        ("clause:6.1.1.1.a", "score:hardware@L1", "all clauses satisfied"),
        ("A@L2", "level", "A"),
    ],
)
def test_an_edge_knows_the_text_that_made_it(used: str, user: str, text: str) -> None:
    assert text in [span.text for span in GRAPH.reasons(used, user)]


def test_what_depends_on_a_fact_goes_up_to_the_level() -> None:
    assert "level" in GRAPH.depending_on("fact:offered_models")
    assert "clause:6.3.3.2.f" in GRAPH.depending_on("fact:offered_models")
