"""Reports on paper: the three example assessments in every form and both languages, printed and read again.

`make reports` does it, with LibreOffice, Chromium and Typst; elsewhere these tests are skipped and say so.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import guiju
from guiju.dsl.diagnostic import LANGUAGES, Language
from guiju.engine.evaluate import Assessment
from guiju.report.document import Document, Listing, Paragraph, Run, Table, Tree
from guiju.report.explained.report import report
from guiju.report.printed_tree import printed_lines
from guiju.report.result import result_of
from tests.printed.tools import bookmarks, fonts, pages, paper, printed_by_browser, printed_by_office

pytestmark = [
    pytest.mark.reports,
    pytest.mark.skipif("GUIJU_REPORT_TESTS" not in os.environ, reason="`make reports` prints and reads them"),
]
POLICY = "gbt-45288.3-2025"
ROOT = Path(__file__).parents[2] / "policies"
EXAMPLES = sorted((ROOT / POLICY / "evidence").glob("*.yaml"))
OTHERS = [
    *(p for p in sorted(ROOT.glob("*/evidence/*.yaml")) if p.parent.parent.name not in (POLICY, "vocabulary")),
    *sorted(ROOT.glob("examples/*/evidence/*.yaml")),
]


def each(*forms: str) -> pytest.MarkDecorator:
    """Every example in every language and in some forms."""
    cases = [(p, language, form) for p in EXAMPLES for language in LANGUAGES for form in forms]
    ids = [f"{p.stem}-{language}-{form}" for p, language, form in cases]
    return pytest.mark.parametrize(("path", "language", "form"), cases, ids=ids)


@cache
def assessed(path: Path) -> Assessment:
    folder = path.parent.parent
    return guiju.evaluate(folder.name if folder.parent == ROOT else str(folder), path)


@cache
def reported(path: Path, language: Language) -> Document:
    assessment = assessed(path)
    return report(assessment, result_of(assessment, language), language)


def pdf_bytes(document: Document) -> bytes:
    from guiju.report.pdf.file import pdf_file

    return pdf_file(document)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("printed")


_PRINTED: dict[tuple[Path, Language, str], Path] = {}


@pytest.fixture
def printed(path: Path, language: Language, form: str, folder: Path) -> Path:
    """The PDF of a report, made once."""
    key = (path, language, form)
    if key not in _PRINTED:
        _PRINTED[key] = _printed(reported(path, language), folder / f"{path.stem}.{language}-{form}.{form}", form)
    return _PRINTED[key]


def _printed(document: Document, out: Path, form: str) -> Path:
    if form == "pdf":
        out.write_bytes(pdf_bytes(document))
        return out
    if form == "docx":
        from guiju.report.word.file import word_file

        out.write_bytes(word_file(document))
        return printed_by_office(out)
    from guiju.report.html.report import report_page

    out.write_text(report_page(document), "utf-8")
    return printed_by_browser(out)


def characters(document: Document) -> Counter[str]:
    """The characters of everything that the document says, without blanks."""
    runs: list[Run] = [Run(document.title), Run(document.subtitle), Run(document.notice), *map(Run, document.footer)]
    runs += [Run(text) for pair in document.cover for text in pair]
    runs += [Run(section.title) for section in document.sections]
    for block in document.blocks():
        match block:
            case Paragraph():
                runs += block.runs
            case Listing():
                runs += [run for lines in block.lines for line in lines for run in line]
            case Table():
                runs += [Run(name) for name in block.header]
                runs += [run for row in block.rows for c in row.cells for line in c.lines for run in line]
            case Tree():
                runs += [run for line in printed_lines(block) for run in line.runs]
    return Counter(character for run in runs for character in run.text if not character.isspace())


@each("docx", "html", "pdf")
def test_a_report_has_pages_of_a4(printed: Path) -> None:
    assert len(pages(printed)) > 5
    width, height = (float(n) for n in re.findall(r"[\d.]+", paper(printed))[:2])
    assert (width, height) == pytest.approx((595.3, 841.9), abs=1)


@each("docx", "html", "pdf")
def test_every_character_of_it_can_be_read_again(path: Path, language: Language, printed: Path) -> None:
    found = Counter("".join(pages(printed)))
    assert not found["\N{REPLACEMENT CHARACTER}"]
    assert characters(reported(path, language)) - found == Counter()


@each("docx", "html", "pdf")
def test_every_font_is_in_the_file(printed: Path) -> None:
    found = fonts(printed)
    assert found
    assert [name for name, embedded, told in found if not (embedded and told)] == []


# LibreOffice makes no bookmarks of headings unless one asks for them; a test of Word files holds these
@each("html", "pdf")
def test_every_section_is_a_bookmark(path: Path, language: Language, printed: Path) -> None:
    titles = [" ".join(s.title.split()) for s in reported(path, language).sections]
    told = [title for title, _ in bookmarks(printed)]
    assert [title for title in told if title in titles] == titles


# on the Web contents have links and no numbers
@each("docx", "pdf")
def test_the_contents_name_the_page_on_which_each_entry_begins(path: Path, language: Language, printed: Path) -> None:
    told = pages(printed)
    for section in reported(path, language).contents():
        title = "".join(section.title.split())
        line = next(x for x in map(_tight, told[1].splitlines()) if re.fullmatch(re.escape(title) + r"[.·…]*\d+", x))
        number = int(re.search(r"\d+$", line[len(title) :])[0])  # type: ignore[index]
        assert title in _tight(told[number - 1]), (section.title, number)


def _tight(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", OTHERS, ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_every_standard_gives_a_pdf_that_is_the_same_each_time(path: Path, tmp_path: Path) -> None:
    document = reported(path, "zh" if path.parent.parent.parent == ROOT else "en")
    data = pdf_bytes(document)
    assert pdf_bytes(document) == data
    out = tmp_path / "r.pdf"
    out.write_bytes(data)
    assert characters(document) - Counter("".join(pages(out))) == Counter()
