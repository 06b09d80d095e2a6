"""The dependency graph of the bundled standard: complete, acyclic, and every edge knows the place that made it."""

from __future__ import annotations

import pytest

import guiju
from guiju.compiler.graph import dependencies

POLICY = guiju.load("gbt-45288.3-2025")
PROGRAM, GRAPH = POLICY.program, POLICY.graph


def test_the_level_depends_on_every_clause() -> None:
    below = GRAPH.needed_for("level")
    assert {f"clause:{c.id}" for c in PROGRAM.clauses} <= below
    assert "input:service" in below
    assert "reading:gate-scope" in below


def test_order_puts_everything_after_what_it_needs() -> None:
    position = {address: i for i, address in enumerate(GRAPH.order())}
    edges = list(dependencies(PROGRAM))
    assert len(edges) > len(PROGRAM.clauses)
    assert [d for d in edges if position[d.used] >= position[d.user]] == []


def test_each_node_is_of_a_kind_and_each_edge_has_a_place_of_its_own() -> None:
    kinds = {"fact", "input", "reading", "clause", "let", "weight", "gate", "score", "grade"}
    assert {node["kind"] for node in GRAPH.networkx.nodes.values()} == kinds
    edges = [(used, user, edge["span"]) for (used, user, _), edge in GRAPH.networkx.edges.items()]
    assert all(span.text for _, _, span in edges)
    assert len(set(edges)) == len(edges)


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


def test_an_address_that_no_node_has_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(KeyError, match=r"offered_models; did you mean fact:offered_models\?"):
        GRAPH.depending_on("offered_models")


def test_what_depends_on_something_only_through_others_has_no_place_that_says_so() -> None:
    assert GRAPH.reasons("fact:offered_models", "level") == ()
