"""Each page in English and its Chinese one have the same sections and the same blocks, and lead to each other."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import blocks_of
from tests.project.repository import ROOT, markdown_files, without_fences

#: (page, its Chinese one)
TWINS = [(path.with_name(f"{path.name[:-6]}.md"), path) for path in markdown_files() if path.name.endswith(".zh.md")]
EACH = pytest.mark.parametrize(("english", "chinese"), [pytest.param(*pair, id=pair[0].stem) for pair in TWINS])
_HEADING = re.compile(r"^(#+) (.*?)(?: <!-- (.*) -->)?$", re.MULTILINE)


def headings(page: Path) -> list[tuple[str, str]]:
    """The depth and the English title of each section; a Chinese title has it in a comment behind it."""
    found = _HEADING.findall(without_fences(page.read_text(encoding="utf-8")))
    return [(depth, original or title) for depth, title, original in found]


def test_the_reference_is_there_in_both_languages():
    pages = {english.relative_to(ROOT / "docs").name for english, _ in TWINS if english.parent == ROOT / "docs"}
    assert pages >= {
        *("tutorial.md", "language.md", "semantics.md", "evidence.md", "commands.md"),
        *("schemas.md", "architecture.md"),
    }


@EACH
def test_both_have_the_same_sections_in_the_same_order(english: Path, chinese: Path):
    assert headings(chinese) == headings(english)


@EACH
def test_both_have_the_same_kinds_of_blocks_in_the_same_order(english: Path, chinese: Path):
    kinds = [[(b.language, b.word) for b in blocks_of(page)] for page in (english, chinese)]
    assert kinds[0] == kinds[1]


@EACH
def test_both_have_tables_of_as_many_rows(english: Path, chinese: Path):
    tables = [_tables(without_fences(page.read_text(encoding="utf-8"))) for page in (english, chinese)]
    assert tables[0] == tables[1]


def _tables(text: str) -> list[int]:
    return [len(table.splitlines()) for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)]


@EACH
def test_each_leads_to_the_other(english: Path, chinese: Path):
    assert f"]({chinese.name})" in english.read_text(encoding="utf-8")
    assert f"]({english.name})" in chinese.read_text(encoding="utf-8")


@EACH
def test_a_chinese_page_leads_to_chinese_pages(english: Path, chinese: Path):
    """Where there is one, but for the link to its own other language."""
    text = without_fences(chinese.read_text(encoding="utf-8"))
    targets = {target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+\.md(?:#[^)\s]*)?)\)", text)}
    twins = {other.resolve(): page for other, page in TWINS if other != english}
    assert not [target for target in targets if (chinese.parent / target).resolve() in twins]
