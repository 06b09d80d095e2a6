"""A report as a Word file: what Word needs to print, to link and to find its way in it, and a body's own template."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from guiju.report.document import Band, Document, Gauge, Listing, Radar, Row, Section, Spoke, Table, cell, text_run
from guiju.report.html.report import report_page
from guiju.report.word.file import word_file
from guiju.report.word.template import NotWordError
from tests.report.reported.test_report import MID, reported


@pytest.fixture(scope="module")
def made() -> bytes:
    return word_file(reported(MID, "en"))


@pytest.fixture(scope="module")
def xml(made: bytes) -> str:
    return ZipFile(io.BytesIO(made)).read("word/document.xml").decode()


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def texts(file: docx.document.Document) -> list[str]:
    return [p.text for p in file.paragraphs if p.text.strip()]


def styled(file: docx.document.Document, begins: str) -> list[tuple[Any, str]]:
    """The paragraphs whose style has a name that begins so, each with that name."""
    named = [(p, str(p.style.name)) for p in file.paragraphs if p.style is not None]
    return [(p, name) for p, name in named if name.startswith(begins)]


def template(*paragraphs: str) -> bytes:
    """A Word file with a style of its own, a head, and pages."""
    file = docx.Document()
    file.styles["Heading 1"].font.name = "Georgia"
    file.sections[0].header.paragraphs[0].text = "Ridge Street Assessments"
    for text in paragraphs:
        file.add_paragraph(text)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_it_has_every_section_as_a_heading_of_its_depth(made: bytes) -> None:
    headings = [(p.text, name) for p, name in styled(opened(made), "Heading")]
    assert headings == [(s.title, f"Heading {s.depth + 1}") for s in reported(MID, "en").sections]


def test_every_entry_of_the_contents_leads_to_its_heading_and_asks_for_its_page(made: bytes, xml: str) -> None:
    entries = [p.text for p, _ in styled(opened(made), "toc ")]
    assert entries == [f"{s.title}\t–" for s in reported(MID, "en").contents()]
    asked = re.findall(r" PAGEREF (\w+) \\h ", xml)
    assert len(asked) == len(entries)
    assert b"updateFields" in ZipFile(io.BytesIO(made)).read("word/settings.xml")
    headings = styled(opened(made), "Heading")
    named = {p._p.find(qn("w:bookmarkStart")).get(qn("w:name")): p.text for p, _ in headings}
    assert [named[name] for name in asked] == [s.title for s in reported(MID, "en").contents()]


def test_every_link_leads_to_a_bookmark_that_is_there_once(xml: str) -> None:
    names = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="(\w+)"', xml)
    assert len({number for number, _ in names}) == len({name for _, name in names}) == len(names)
    links = set(re.findall(r'<w:hyperlink w:anchor="(\w+)"', xml))
    assert links
    assert links <= {name for _, name in names}
    assert xml.count("<w:bookmarkStart") == xml.count("<w:bookmarkEnd")


def test_paper_head_foot_and_day_are_those_of_the_report(made: bytes) -> None:
    file = opened(made)
    page = file.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    assert page.header.paragraphs[0].text == reported(MID, "en").running
    assert "NUMPAGES" in page.footer.paragraphs[0]._p.xml
    assert page.different_first_page_header_footer
    assert file.core_properties.created == datetime(2026, 6, 29, 16, tzinfo=UTC)
    assert file.core_properties.language == "en-GB"


def test_heads_of_tables_are_repeated_and_short_rows_are_kept_whole() -> None:
    document = Document(
        "en", "T", "S", "", (Section("s", "S", (Table("", ("A",), (Row((cell("x"),)), Row((cell("x" * 950),)))),)),)
    )
    (table,) = opened(word_file(document)).tables
    asked = [{child.tag for child in row._tr.iterfind("w:trPr/*", row._tr.nsmap)} for row in table.rows]
    assert asked == [{qn("w:tblHeader"), qn("w:cantSplit")}, {qn("w:cantSplit")}, set()]


@pytest.mark.parametrize(("rows", "kept"), [(9, [True] * 8 + [False]), (10, [False] * 10)])
def test_a_short_table_is_kept_on_one_page(rows: int, kept: list[bool]) -> None:
    table = Table("", (), (Row((cell("x"), cell("y"))),) * rows)
    document = Document("en", "T", "S", "", (Section("s", "S", (table,)),))
    (made,) = opened(word_file(document)).tables
    told = [{p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs} for row in made.rows]
    assert told == [{True} if is_kept else {None} for is_kept in kept]


def test_what_is_added_stands_where_the_schema_of_word_has_it(made: bytes) -> None:
    """Word calls a file damaged in which it does not."""
    for table in opened(made).tables:
        names = [child.tag.rpartition("}")[2] for child in table._tbl.tblPr]
        assert names == [n for n in ("tblStyle", "tblW", "tblLayout", "tblCellMar", "tblLook") if n in names]
    settings = [child.tag.rpartition("}")[2] for child in opened(made).settings.element]
    assert settings.index("updateFields") < settings.index("compat")


def test_the_same_assessment_makes_the_same_bytes(made: bytes) -> None:
    assert word_file(reported(MID, "en")) == made


def test_a_radar_is_a_chart_with_its_numbers_and_a_gauge_a_row_of_bands() -> None:
    spokes = (
        Spoke("A & B", Fraction(1), Fraction(1)),
        Spoke("C", Fraction(1), Fraction(2)),
        Spoke("D", Fraction(0), Fraction(3)),
    )
    radar = Radar("Groups", spokes, Fraction(3), ("for sure", "at most"), "A & B 1; C 1 | 2; D 0 … 3")
    gauge = Gauge(
        "Scale", (Band("L1", Fraction(1), Fraction(2), "reached"), Band("L2", Fraction(2), Fraction(5))), (), "one"
    )
    document = Document("en", "T", "S", "", (Section("s", "S", (radar, gauge)),))
    data = word_file(document)
    chart = ZipFile(io.BytesIO(data)).read("word/charts/chart1.xml").decode()
    assert re.findall(r"<c:v>([^<]*)</c:v>", chart) == [
        "at most", "A &amp; B", "C", "D", "1", "2", "3", "for sure", "A &amp; B", "C", "D", "1", "1", "0"
    ]  # fmt: skip
    (table,) = opened(data).tables
    assert [c.text for c in table.rows[0].cells] == ["L1\n1 – 2", "L2\n2 – 5"]
    widths = [c.width for c in table.rows[0].cells]
    assert widths[1] == pytest.approx(3 * widths[0], rel=0.01)


def test_each_ordered_list_begins_with_one() -> None:
    listing = Listing((text_run("a"), text_run("b")), ordered=True)
    document = Document("en", "T", "S", "", (Section("s", "S", (listing, listing)),))
    told = [t for t in texts(opened(word_file(document))) if "\t" in t]
    assert told == ["1.\ta", "2.\tb", "1.\ta", "2.\tb"]


def test_what_stands_below_a_point_has_lines_of_its_own() -> None:
    listing = Listing((text_run("a"), text_run("b")), ordered=True, below=((text_run("c"), text_run("d")), ()))
    document = Document("en", "T", "S", "", (Section("s", "S", (listing, replace(listing, ordered=False))),))
    told = texts(opened(word_file(document)))
    assert [t for t in told if "\n" in t] == ["1.\ta\nc\nd", "a\nc\nd"]
    assert '<li>a<span class="cell-line">c</span><span class="cell-line">d</span></li>' in report_page(document)


def test_a_template_lends_its_styles_head_and_page_and_nothing_it_says() -> None:
    file = opened(word_file(reported(MID, "en"), template("Sample text")))
    assert "Sample text" not in texts(file)
    assert file.styles["Heading 1"].font.name == "Georgia"
    assert file.sections[0].header.paragraphs[0].text == "Ridge Street Assessments"
    assert "Assessment report" in texts(file)


def test_a_template_with_pages_of_its_own_has_the_report_where_it_says() -> None:
    said = texts(opened(word_file(reported(MID, "en"), template("Our cover", "{{ report }}", "Our back"))))
    assert (said[0], said[-1]) == ("Our cover", "Our back")
    assert said[1] == "Contents"
    assert "Assessment report" not in said
    assert "{{" not in "".join(said)
    assert "1  Conclusion" in said


def test_a_report_may_be_the_template_of_a_report_and_nothing_is_there_twice(made: bytes) -> None:
    again = word_file(reported(MID, "en"), made)
    names = ZipFile(io.BytesIO(again)).namelist()
    assert len(names) == len(set(names))
    assert texts(opened(again)) == texts(opened(made))


def test_a_template_without_the_styles_gets_them() -> None:
    file = docx.Document()
    for name in ("Caption", "Subtitle", "List Bullet", "Heading 3"):
        file.styles[name].delete()
    out = io.BytesIO()
    file.save(out)
    made = opened(word_file(reported(MID, "en"), out.getvalue()))
    assert styled(made, "Caption")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"# no Word file\n"])
def test_what_is_no_word_file_is_told(data: bytes) -> None:
    with pytest.raises(NotWordError):
        word_file(reported(MID, "en"), data)
