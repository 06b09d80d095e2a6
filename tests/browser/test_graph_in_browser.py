"""The page of a graph as a reader uses it: groups are folded at first, searched, unfolded, and a node followed.

`make browser` opens it in Chromium; elsewhere these tests are skipped and say so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

import guiju
from guiju.report.graph.whole import graph_of
from guiju.report.html.graph import graph_page
from tests.browser.chromium import arguments, installed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("GUIJU_BROWSER" not in os.environ, reason="`make browser` opens the page in Chromium"),
]
CLAUSE = '[data-node="clause:6.1.1.1.f"]'


@pytest.fixture(name="opened", scope="module")
def _opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path: Path = tmp_path_factory.mktemp("graph") / "graph.html"
    path.write_text(graph_page(graph_of(guiju.load("gbt-45288.3-2025").program, "en"), "en"), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=arguments())
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(path.as_uri())
        yield page
        browser.close()
    assert wrong == []


def test_groups_are_folded_at_first_and_lines_lead_between_them(opened: Page) -> None:
    assert not opened.locator(CLAUSE).is_visible()
    assert opened.locator("summary:visible", has_text="6.1.1 Hardware").count() == 3
    assert 20 < opened.locator("#ui-edges path").count() < 150


def test_a_search_unfolds_what_it_finds_and_a_choice_shows_what_is_related(opened: Page) -> None:
    opened.fill("#ui-search", "cluster linearity, 10-billion")
    assert opened.locator("#ui-told").inner_text() == "2 found"
    opened.locator(CLAUSE).click()
    opened.fill("#ui-search", "")
    assert "gbt-45288.3-2025.guiju:" in opened.locator("#ui-told").inner_text()
    opened.select_option("#ui-steps", "1")
    opened.check("#ui-only")
    graph = guiju.load("gbt-45288.3-2025").graph.networkx
    shown = opened.locator("[data-node].related").evaluate_all("nodes => nodes.map(n => n.dataset.node)")
    near = {*graph.predecessors("clause:6.1.1.1.f"), *graph.successors("clause:6.1.1.1.f"), "clause:6.1.1.1.f"}
    assert set(shown) == {address.removesuffix("/table") for address in near}
    opened.click("#ui-open")
    assert opened.locator("[data-node]:visible").count() == len(shown)
    opened.click("#ui-clear")
    assert opened.locator("[data-node].related").count() == 0
