"""The page about drafts names every rule, says which are on and which mend, and its figures add up."""

import re
from pathlib import Path

import pytest

from guiju.draft.lint import chosen, lint
from guiju.draft.read import draft_of_text
from guiju.draft.rules import BY_DEFAULT, DRAFT_RULE_CODES, RULES
from tests.docs.pages import between
from tests.project.repository import ROOT

PAGES = [pytest.param(ROOT / "docs" / name, id=name) for name in ("draft-text.md", "draft-text.zh.md")]
HEADS = {
    "draft-text.md": ("code", "what it finds", "on", "mended"),
    "draft-text.zh.md": ("代码", "发现什么", "默认", "可改"),
}


def table(page: Path) -> str:
    """The table of rules as the page must show it."""
    chinese = page.name.endswith(".zh.md")
    rows = [HEADS[page.name], ("---",) * 4]
    for rule in RULES:
        found = lint(draft_of_text("draft", rule.code.example), chosen(every=True))
        yes = "是" if chinese else "yes"
        fixed = yes if any(f.edits for f in found) else ""
        title = rule.code.title.zh if chinese else rule.code.title.en
        link = f"[{rule.code.name}](diagnostics/{rule.code.name}.md)"
        rows.append((link, title, yes if rule.code.name in BY_DEFAULT else "", fixed))
    return "\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_lists_every_rule(page: Path, request: pytest.FixtureRequest):
    if request.config.getoption("--update-cases"):
        text = page.read_text(encoding="utf-8")
        before, _, rest = text.partition("<!-- rules -->")
        behind = rest.partition("<!-- /rules -->")[2]
        page.write_text(f"{before}<!-- rules -->{table(page)}<!-- /rules -->{behind}", encoding="utf-8")
    assert between(page, "rules") == table(page)


@pytest.mark.parametrize("page", PAGES)
def test_the_figures_of_the_page_add_up(page: Path):
    rows = [[c.strip() for c in row.split("|")[1:-1]] for row in between(page, "measured").strip().splitlines()[2:]]
    figures = [[int(c or 0) for c in row[1:4]] for row in rows]
    wrong = {row[0]: found - right - text_alone for row, (found, right, text_alone) in zip(rows, figures, strict=True)}
    assert {code for code, n in wrong.items() if n and code not in (rows[-1][0], "vague-word")} == set()
    assert not any(wrong.get(code) or figures[i][2] for i, code in enumerate(r[0] for r in rows) if code in BY_DEFAULT)
    assert all(
        sum(map(int, re.findall(r" (\d+)\b", row[4]))) == found for row, (found, *_) in zip(rows, figures, strict=True)
    )
    assert [sum(column) for column in zip(*figures[:-1], strict=True)] == figures[-1]
    assert figures[-1][1] * 10 >= figures[-1][0] * 9
    assert {row[0] for row in rows[:-1]} <= {code.name for code in DRAFT_RULE_CODES}
