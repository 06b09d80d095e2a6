"""The page as a reader meets it: found, filtered, linked to, followed by keyboard, on a phone and on paper.

`make browser` opens it in Chromium; elsewhere these tests are skipped and say so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import guiju
from guiju.dsl.diagnostic import Language
from guiju.report.explained.whole import explanation
from guiju.report.html import charts
from guiju.report.html.page import page
from guiju.report.result import result_of
from tests.browser.chromium import arguments, installed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("GUIJU_BROWSER" not in os.environ, reason="`make browser` opens the page in Chromium"),
]
POLICY = "gbt-45288.3-2025"
EXAMPLES = Path(__file__).parents[2] / "policies" / POLICY / "evidence"
CLAUSE = "clause:6.1.2.4.f"
A4 = (595, 842)
CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
MOST_PAGES = 15  # of 193 clauses with verdict, reason and evidence, and of all that the policy settled
FOCUS = "getComputedStyle(document.activeElement).outlineStyle"


def made(folder: Path, name: str, language: Language) -> str:
    assessment = guiju.evaluate(POLICY, EXAMPLES / f"{name}.yaml")
    path = folder / f"{name}.{language}.html"
    path.write_text(page(explanation(assessment, result_of(assessment, language), language)), "utf-8")
    return path.as_uri()


@pytest.fixture(name="provider", scope="module")
def _provider(tmp_path_factory: pytest.TempPathFactory) -> str:
    return made(tmp_path_factory.mktemp("page"), "full-stack-provider", "en")


@pytest.fixture(name="vendor", scope="module")
def _vendor(tmp_path_factory: pytest.TempPathFactory) -> str:
    return made(tmp_path_factory.mktemp("page"), "strong-platform-vendor", "zh")


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=arguments())
        yield browser
        browser.close()


@pytest.fixture(name="tab")
def _tab(browser: Browser) -> Iterator[Page]:
    """A tab in which anything that the page would complain of, or ask a network for, fails the test."""
    tab = browser.new_page(viewport={"width": 1300, "height": 900})
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith("file:") else None)
    yield tab
    tab.close()
    assert complaints == []


def shown(tab: Page) -> list[str]:
    """The lines of the derivation that can be seen."""
    found: list[str] = tab.evaluate(
        "[...document.querySelectorAll('.tree .text')].filter(e => e.checkVisibility()).map(e => e.textContent)"
    )
    return found


def tips(tab: Page) -> list[str]:
    """The lines that can be seen and have none below them that can."""
    found: list[str] = tab.evaluate(
        """() => {
          const seen = [...document.querySelectorAll('.tree .text')].filter(e => e.checkVisibility());
          const above = new Set(seen.map(e => e.closest('.line').parentElement.closest('.line')));
          return seen.filter(e => !above.has(e.closest('.line'))).map(e => e.textContent);
        }"""
    )
    return found


def test_a_search_shows_the_lines_that_have_the_words_and_what_they_stand_under(tab: Page, provider: str) -> None:
    tab.goto(provider)
    tab.click("#ui\\:open-all")
    tab.fill("#ui\\:search", "compresses models of 100 billion")
    lines = shown(tab)
    assert lines[0].startswith("level Maturity level")
    assert any("6.1.2.4 f)" in line for line in lines)
    assert not any("data_resources" in line for line in lines)
    assert re.fullmatch(r"Lines found: \d+", tab.inner_text("#ui\\:found"))
    tab.fill("#ui\\:search", "")
    assert any("data_resources" in line for line in shown(tab))


def test_a_search_that_finds_nothing_here_leads_to_the_depth_that_has_it(tab: Page, provider: str) -> None:
    tab.goto(provider)
    assert not tab.locator("#ui\\:elsewhere").is_visible()
    tab.fill("#ui\\:search", "GE800 in training_network")
    assert shown(tab) == []
    elsewhere = tab.locator("#ui\\:elsewhere")
    assert elsewhere.inner_text() == "Lines found at depth “clause by clause”: 1 – show that depth"
    elsewhere.click()
    assert tab.is_checked("#ui\\:depth-review")
    assert any("GE800 in training_network" in line for line in shown(tab))
    assert not elsewhere.is_visible()
    tab.check("#ui\\:only-unknown")
    assert not any("GE800" in line for line in shown(tab))
    assert "hidden by the filters: 1" in elsewhere.inner_text()
    elsewhere.click()
    assert any("GE800 in training_network" in line for line in shown(tab))
    tab.fill("#ui\\:search", "no line has these words")
    assert not elsewhere.is_visible()


@pytest.mark.parametrize("hash_", ["clause:9.9.9.z", "%E6%9D", "clause:6.1.2.4.f~nowhere%"])
def test_a_link_that_leads_nowhere_says_so(tab: Page, provider: str, hash_: str) -> None:
    """What is cut off within a character cannot be decoded, and is told as it is."""
    tab.goto(f"{provider}#{hash_}")
    lost = tab.locator("#ui\\:lost")
    assert f"Nothing on this page is called “{hash_}”" in lost.inner_text()
    tab.fill("#ui\\:search", "compresses models")
    assert shown(tab) != [], "the rest of the script runs"
    for found in (CLAUSE, f"{CLAUSE}~engineer", "section:limits", "row:6.1.1.1.a"):
        tab.evaluate(f"location.hash = '{found}'")
        tab.wait_for_function("document.getElementById('ui:lost').hidden")
        assert not lost.is_visible()
        tab.evaluate("location.hash = 'clause:9.9.9.z'")
        tab.wait_for_function("!document.getElementById('ui:lost').hidden")


def test_only_what_fails_or_is_unknown_stays_when_that_is_asked_for(tab: Page, provider: str) -> None:
    tab.goto(provider)
    tab.check("#ui\\:depth-engineer")
    tab.click("#ui\\:open-all")
    whole = len(shown(tab))
    tab.check("#ui\\:only-fails")
    fails = shown(tab)
    assert 0 < len(fails) < whole
    assert any("6.1.2.4 f)" in line for line in fails)
    assert not [line for line in tips(tab) if not re.search("unsatisfied|→ no|Gate of L. = no|level", line)]
    assert not [line for line in fails if re.search(r"counted: \d+ satisfied$", line)]
    tab.uncheck("#ui\\:only-fails")
    tab.check("#ui\\:only-unknown")
    assert all("= 17/6" not in line for line in shown(tab))


def test_what_is_unknown_is_shown_without_what_is_satisfied_all_the_same(tab: Page, provider: str) -> None:
    """The provider has one unknown clause, told at the last depth; facts of satisfied clauses are unknown, too."""
    tab.goto(provider)
    tab.check("#ui\\:only-unknown")
    elsewhere = tab.locator("#ui\\:elsewhere")
    assert shown(tab) == []
    assert tab.locator("#ui\\:found").inner_text() == "No such line at this depth"
    while elsewhere.is_visible():
        elsewhere.click()
    tab.click("#ui\\:open-all")
    assert any("6.1.1.1 i)" in line for line in shown(tab))
    assert [line for line in shown(tab) if line.endswith(": satisfied")] == []


def test_each_depth_shows_more_than_the_one_before(tab: Page, provider: str) -> None:
    tab.goto(provider)
    counts = []
    for depth in ("gaps", "review", "engineer"):
        tab.check(f"#ui\\:depth-{depth}")
        tab.click("#ui\\:open-all")
        counts.append(len(shown(tab)))
    assert counts[0] < counts[1] < counts[2]
    assert counts[0] < 120


@pytest.mark.parametrize("depth", ["gaps", "review", "engineer"])
def test_what_is_said_to_be_told_above_can_be_seen_above(tab: Page, vendor: str, depth: str) -> None:
    tab.goto(vendor)
    tab.check(f"#ui\\:depth-{depth}")
    tab.click("#ui\\:open-all")
    said, unseen = tab.evaluate(
        """() => {
          const again = [...document.querySelectorAll('.tree .again')].filter(e => e.checkVisibility());
          const line = link => document.getElementById(decodeURIComponent(link.hash.slice(1)));
          const isAbove = link => line(link)?.checkVisibility()
            && line(link).compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING;
          return [again.length, again.filter(link => !isAbove(link)).map(link => link.hash)];
        }"""
    )
    assert said > 5
    assert unseen == []


def test_a_link_leads_to_the_line_at_the_depth_that_is_chosen(tab: Page, provider: str) -> None:
    tab.goto(provider)
    for depth, id_ in (("engineer", f"{CLAUSE}~engineer"), ("gaps", CLAUSE)):
        tab.check(f"#ui\\:depth-{depth}")
        tab.evaluate("location.hash = ''")
        tab.evaluate(f"location.hash = '{CLAUSE}'")
        tab.wait_for_function(f"document.activeElement.closest('.line')?.id === '{id_}'")
        assert tab.is_checked(f"#ui\\:depth-{depth}")
    tab.evaluate(f"location.hash = '{CLAUSE}~review'")
    tab.wait_for_function("document.getElementById('ui:depth-review').checked")


@pytest.mark.parametrize("address", [CLAUSE, "clause:6.1.1.1.a", "score:hardware@L2/table"])
def test_a_link_to_a_node_shows_it_however_deep_it_is(tab: Page, provider: str, address: str) -> None:
    tab.goto(f"{provider}#{address}")
    line = tab.locator(f"[id='{address}']").locator(":scope > details > summary, :scope > .leaf").first
    assert line.is_visible()
    assert line.evaluate("e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }")


def test_a_line_of_the_policy_is_shown_beside_what_names_it(tab: Page, provider: str) -> None:
    tab.goto(f"{provider}#{CLAUSE}")
    tab.locator(f"[id='{CLAUSE}'] a.place").first.click()
    said = tab.locator(".source li.shown").all_inner_texts()
    assert len(said) == 1
    assert "f)" in said[0]


def test_the_derivation_is_followed_by_keyboard(tab: Page, provider: str) -> None:
    tab.goto(provider)
    first = tab.locator(".tree summary").first
    first.focus()
    tab.keyboard.press("Enter")
    assert len(shown(tab)) == 1
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('.tree') !== null")
    tab.evaluate("document.activeElement.blur()")
    tab.evaluate("scrollTo(0, 0)")


def pressed(tab: Page, key: str) -> str:
    """What has the focus after a key: its id, or else its text; it must be seen to have it."""
    tab.keyboard.press(key)
    assert tab.evaluate(FOCUS) != "none", key
    said: str = tab.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
    return said


def test_who_has_no_mouse_gets_to_the_derivation_and_filters_it_by_keys_alone(tab: Page, vendor: str) -> None:
    tab.goto(vendor)
    assert pressed(tab, "Tab") == "跳到正文"
    assert tab.locator(".skip").bounding_box()["x"] >= 0, "the skip link is seen once it has the focus"  # type: ignore[index]
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "ui:main"
    tab.goto("about:blank")
    tab.goto(vendor)
    assert "推导" in (pressed(tab, "Tab") for _ in range(9)), "the contents lead there"
    tab.keyboard.press("Enter")
    assert pressed(tab, "Tab") == "ui:search"
    tab.keyboard.type("6.1.1.1 a)")
    assert "找到" in tab.inner_text("#ui\\:found")
    for _ in "6.1.1.1 a)":
        tab.keyboard.press("Backspace")
    before = len(shown(tab))
    chosen = pressed(tab, "Tab")
    assert chosen.startswith("ui:depth-")
    assert pressed(tab, "ArrowRight") != chosen
    assert pressed(tab, "Tab") == "ui:only-fails"
    tab.keyboard.press("Space")
    assert tab.is_checked("#ui\\:only-fails")
    assert 0 < len(shown(tab)) != before
    assert [pressed(tab, "Tab") for _ in range(3)] == ["ui:only-unknown", "ui:open-all", "ui:close-all"]


def test_all_sections_of_the_contents_are_seen_at_once_on_a_desktop(tab: Page, provider: str) -> None:
    tab.goto(provider)
    wide, room = tab.locator("nav ol").evaluate("list => [list.scrollWidth, list.clientWidth]")
    assert wide <= room


def test_what_can_be_unfolded_has_one_sign_for_it(tab: Page, provider: str) -> None:
    tab.goto(provider)
    signs = tab.evaluate(
        "[...document.querySelectorAll('summary')].filter(e => e.checkVisibility()).map(e => "
        "(getComputedStyle(e, '::before').content !== 'none') + (getComputedStyle(e).display === 'list-item'))"
    )
    assert set(signs) == {1}


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_overflows_on_a_phone(tab: Page, vendor: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(vendor)
    tab.click("#ui\\:open-all")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_the_three_levels_of_table_3_are_seen_side_by_side_on_a_phone(tab: Page, vendor: str) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(vendor)
    wide, room = tab.locator(".table.heat").first.evaluate("table => [table.scrollWidth, table.clientWidth]")
    assert wide <= room


@pytest.mark.parametrize("language", ["en", "zh"])
def test_headings_of_the_table_break_between_words_and_all_sections_are_named_on_a_phone(
    tab: Page, provider: str, vendor: str, language: str
) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(provider if language == "en" else vendor)
    broken = """() => [...document.querySelectorAll('.heat thead th')].flatMap(cell => {
        const text = cell.firstChild, range = document.createRange(), cut = [];
        for (const word of text.data.matchAll(/[A-Za-z]+/g)) {
          range.setStart(text, word.index);
          range.setEnd(text, word.index + word[0].length);
          if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) cut.push(word[0]);
        }
        return cut;
      })"""
    assert tab.evaluate(broken) == []
    seen = "[...document.querySelectorAll('nav a')].every(a => a.getBoundingClientRect().right <= innerWidth)"
    assert tab.evaluate(seen)


def test_where_much_is_unknown_it_is_folded_by_group(tab: Page, tmp_path: Path) -> None:
    said = f"guiju: evidence/1\nsubject: nobody\nstandard: {POLICY}\ninputs: {{service: full}}\n"
    (tmp_path / "blank.yaml").write_text(said, "utf-8")
    assessment = guiju.evaluate(POLICY, tmp_path / "blank.yaml")
    path = tmp_path / "blank.html"
    path.write_text(page(explanation(assessment, result_of(assessment, "en"), "en")), "utf-8")
    tab.goto(path.as_uri())
    folds = tab.locator(".in-unknown details.folded")
    numbers = [int(text.rpartition(": ")[2]) for text in folds.locator("summary").all_inner_texts()]
    assert len(numbers) == 8
    assert sum(numbers) == 193
    assert tab.locator(".in-unknown tbody tr:visible").count() == 0
    folds.first.locator("summary").click()
    assert tab.locator(".in-unknown tbody tr:visible").count() == numbers[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_background(tab: Page, provider: str, vendor: str, scheme: str) -> None:
    """4.5 to 1, or 3 to 1 where letters are large, in what a reader has unfolded; the page has one scheme for both."""
    for found in (provider, vendor):
        tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        tab.goto(found)
        tab.click("#ui\\:open-all")
        told = tab.evaluate(CONTRAST)
        assert told["looked"] > 2_000
        assert told["short"] == []


def test_the_letters_of_a_chart_stand_out_from_their_bands() -> None:
    for state, ground in charts.FILLS.items():
        light, dark = sorted(map(luminance, (charts.ON[state], ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, state


def luminance(colour: str) -> float:
    digits = colour.strip().lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_prints_on_a4(tab: Page, provider: str, vendor: str, language: str) -> None:
    tab.goto(provider if language == "en" else vendor)
    printed = tab.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    boxes = {
        tuple(round(float(n)) for n in found.split()[2:]) for found in re.findall(rb"/MediaBox \[([^\]]+)\]", printed)
    }
    assert boxes == {A4}
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= MOST_PAGES
    tab.emulate_media(media="print")
    assert not tab.locator(".controls").is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1300


def test_on_paper_no_sign_to_fold_by_stands_over_the_marks_of_the_lines(tab: Page, provider: str) -> None:
    tab.goto(provider)
    found = """[...new Set([...document.querySelectorAll('.tree summary')].map(
        line => getComputedStyle(line, '::before').content))]"""
    assert set(tab.evaluate(found)) == {'"▸"', '"▾"'}
    tab.emulate_media(media="print")
    assert tab.evaluate(found) == ["none"]


def test_on_paper_nothing_is_promised_that_only_the_screen_has(tab: Page, provider: str) -> None:
    tab.goto(provider)
    legend = tab.locator(".in-derivation > p").first
    assert legend.inner_text().endswith("on a screen also its line of the policy.")
    tab.emulate_media(media="print")
    assert not tab.locator(".tree .place").first.is_visible()
