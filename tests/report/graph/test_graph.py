"""The graph as it is published: the same dependencies as the compiler's graph, drawn without two things in one place."""

from __future__ import annotations

import json
import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import guiju
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import LANGUAGES, Language
from guiju.report.graph.columns import drawn_overview
from guiju.report.graph.dot import dot
from guiju.report.graph.drawing import ROW, Drawing
from guiju.report.graph.focused import focused
from guiju.report.graph.layered import drawn_layers
from guiju.report.graph.overview import overview
from guiju.report.graph.svg import svg
from guiju.report.graph.whole import graph_of
from guiju.report.graph_model import EdgeModel, GraphModel, NodeModel, json_schema
from guiju.report.html.graph import graph_page
from tests.cli.test_commands import run

POLICIES = ("gbt-45288.3-2025", "t-isc-full-stack-2025-12", "caict-fangsheng")


@pytest.fixture(scope="module")
def policies() -> dict[str, guiju.Policy]:
    return {name: guiju.load(name) for name in POLICIES}


def slow(policy: guiju.Policy) -> nx.DiGraph[str]:
    """The compiler's graph with what stands behind a gate taken together with the score that it is the inside of."""
    wholes = {d.id: d.whole for d in policy.program.definitions}
    edges = ((wholes.get(a, a), wholes.get(b, b)) for a, b in policy.graph.networkx.edges())
    folded: nx.DiGraph[str] = nx.DiGraph((a, b) for a, b in edges if a != b)
    folded.add_nodes_from(wholes.get(n, n) for n in policy.graph.networkx)
    return folded


@pytest.mark.parametrize("name", POLICIES)
def test_it_has_the_nodes_and_dependencies_of_the_compiler(policies: dict[str, guiju.Policy], name: str) -> None:
    graph, expected = graph_of(policies[name].program, "en"), slow(policies[name])
    assert {node.address for node in graph.nodes} == set(expected)
    assert {(edge.used, edge.user) for edge in graph.edges} == set(expected.edges)
    assert all(edge.places for edge in graph.edges)


@pytest.mark.parametrize("address", ["clause:6.1.1.1.f", "score:hardware@L2", "level", "reading:item-lists"])
def test_the_surroundings_of_a_node_are_all_that_leads_to_it_and_from_it(
    policies: dict[str, guiju.Policy], address: str
) -> None:
    graph, expected = graph_of(policies[POLICIES[0]].program, "en"), slow(policies[POLICIES[0]])
    if address not in expected:
        address = next(n for n in sorted(expected) if n.startswith(address.partition(":")[0]))
    around = {node.address for node in focused(graph, address, None).nodes}
    assert around == {address, *nx.ancestors(expected, address), *nx.descendants(expected, address)}
    near = {node.address for node in focused(graph, address, 1).nodes}
    assert near == {address, *expected.predecessors(address), *expected.successors(address)}


def test_a_fact_stands_in_the_one_section_whose_clauses_use_it(policies: dict[str, guiju.Policy]) -> None:
    groups = {n.address: n.group for n in graph_of(policies[POLICIES[0]].program, "en").nodes}
    assert groups["fact:linearity_10b"] == "6.1.1.1"
    assert groups["fact:cluster_throughput_10b"] == "6.1.1.1"  # by way of the fact that is computed from it
    assert groups["fact:trained_scales"] is None


# --- drawings ------------------------------------------------------------------------------------------------------


def check(drawing: Drawing) -> None:
    """Nothing stands on anything else or beside the paper."""
    for a, b in combinations(drawing.boxes, 2):
        assert a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + ROW <= b.y or b.y + ROW <= a.y, (a.id, b.id)
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= drawing.width
        assert box.y + ROW <= drawing.height
    for curve in drawing.curves:
        assert all(a[0] < b[0] for a, b in pairwise(curve.points))


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_overview_shows_every_node_in_one_box(
    policies: dict[str, guiju.Policy], name: str, language: Language
) -> None:
    graph = graph_of(policies[name].program, language)
    told = overview(graph, language)
    assert sorted(n.address for box in told.boxes for n in box.nodes) == sorted(n.address for n in graph.nodes)
    drawing = drawn_overview(graph, told, language)
    check(drawing)
    text = svg(drawing)
    assert len(ET.fromstring(text).findall(".//{*}g")) == len(told.boxes)
    assert text == svg(drawn_overview(graph, overview(graph, language), language))


@st.composite
def graphs(draw: st.DrawFn) -> GraphModel:
    number = draw(st.integers(1, 12))
    pairs = st.tuples(st.integers(0, number - 1), st.integers(0, number - 1)).filter(lambda p: p[0] < p[1])
    edges = draw(st.lists(pairs, max_size=25, unique=True)) if number > 1 else []
    order = draw(st.permutations(range(number)))
    nodes = [
        NodeModel(address=f"n{n}", kind="let", label=f"节点 {n}", group=None, level=None, place="p:1", cites="")
        for n in order
    ]
    listed = [EdgeModel(used=f"n{a}", user=f"n{b}", places=["p:1"]) for a, b in edges]
    return GraphModel(guiju="graph/1", policy="p", title="P", focus="n0", groups=[], nodes=nodes, edges=listed)


@settings(max_examples=40, deadline=None)
@given(graph=graphs())
def test_layers_lead_from_left_to_right_whatever_the_graph(graph: GraphModel) -> None:
    drawing = drawn_layers(graph)
    check(drawing)
    assert {box.id for box in drawing.boxes} == {node.address for node in graph.nodes}
    assert len(drawing.curves) == len(graph.edges)
    assert drawn_layers(graph) == drawing


# --- files ---------------------------------------------------------------------------------------------------------


def program(policies: dict[str, guiju.Policy]) -> Program:
    return policies["caict-fangsheng"].program


def test_dot_has_each_node_once_and_its_brackets_close(policies: dict[str, guiju.Policy]) -> None:
    graph = graph_of(program(policies), "zh")
    text = dot(graph)
    named = re.findall(r'^ *("(?:[^"\\]|\\.)*") \[label=', text, re.MULTILINE)
    assert sorted(map(json.loads, named)) == sorted(node.address for node in graph.nodes)
    assert len(re.findall(r"^ *\S.* -> ", text, re.MULTILINE)) == len(graph.edges)
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    assert bare.count("{") == bare.count("}") == len(graph.groups) + 1


def test_a_page_has_every_node_and_loads_nothing(policies: dict[str, guiju.Policy]) -> None:
    graph = graph_of(program(policies), "en")
    page = graph_page(graph, "en")
    assert sorted(re.findall(r'data-node="([^"]*)"', page)) == sorted(node.address for node in graph.nodes)
    assert not re.search(r"src=|href=|url\(", page)


def test_the_command_writes_each_form(tmp_path: Path) -> None:
    for form, begins in (("svg", "<svg"), ("html", "<!DOCTYPE html>"), ("dot", "digraph"), ("json", "{")):
        out = tmp_path / f"graph.{form}"
        assert run("graph", "caict-fangsheng", "-o", str(out), "--lang", "zh").exit_code == 0
        assert out.read_text("utf-8").startswith(begins)
    Draft202012Validator(json_schema()).validate(json.loads((tmp_path / "graph.json").read_text("utf-8")))
    assert run("graph", "caict-fangsheng", "-o", str(tmp_path / "graph.png")).exit_code == 2


def test_a_focus_may_be_given_by_any_name() -> None:
    by_label = run("graph", "gbt-45288.3-2025", "--focus", "硬件@基础应用级", "--depth", "1", "--lang", "en").stdout
    assert json.loads(by_label)["focus"] == "score:hardware@L1"
    assert by_label == run("graph", "gbt-45288.3-2025", "--focus", "hardware@L1", "--depth", "1", "--lang", "en").stdout
    unknown = run("graph", "gbt-45288.3-2025", "--focus", "hardwere@L1", "--lang", "en")
    assert unknown.exit_code == 2
    assert "did you mean `hardware@L1`?" in unknown.stderr
