"""Drafts in Word: numbers that Word counts, tables, tracked changes, damaged files."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from guiju.draft.lint import chosen, lint
from guiju.draft.model import Draft, Kind, Omission, Part
from guiju.draft.read import draft_of_text, read_draft
from guiju.draft.word import read_word
from guiju.intake.read import read
from tests.markdown_cases import cases_of

W = nsdecls("w")
LEVELS = (("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
ITEMS = (("lowerLetter", "%1)"), ("decimal", "%2)"))


def _numbering(document, number: int, levels: tuple[tuple[str, str], ...]) -> None:
    """Add a numbering as the templates of standards have it."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{inner}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def _paragraph(document, text: str, number: int = 0, depth: int = 0, style: str | None = None):
    made = document.add_paragraph(text, style=style)
    if number:
        properties = made._p.get_or_add_pPr()
        inner = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/>'
        properties.append(parse_xml(f"<w:numPr {W}>{inner}</w:numPr>"))
    return made


def _draft(document) -> Draft:
    data = BytesIO()
    document.save(data)
    draft, diagnostics = read_word("draft.docx", data.getvalue())
    assert not diagnostics
    assert draft is not None
    return draft


def test_what_is_raised_stays_raised_for_every_reader():
    document = docx.Document()
    paragraph = document.add_paragraph("电阻应不小于 10")
    for text in ("-", "6"):
        paragraph.add_run(text).font.superscript = True
    paragraph.add_run(" Ω。")
    assert [block.text for block in _draft(document).blocks] == ["电阻应不小于 10⁻⁶ Ω。"]
    written = draft_of_text("t.md", "电阻应不小于 10<sup>-6</sup> Ω。\n")
    (block,) = written.blocks
    assert block.text == "电阻应不小于 10⁻⁶ Ω。"
    at = block.text.index("⁶")
    assert f"{block.span(at, at + 1)}" == "t.md:1:16"


def test_what_is_lowered_stays_lowered_for_every_reader():
    document = docx.Document()
    paragraph = document.add_paragraph("CO")
    for text, is_low in (("2", True), (" 浓度应不大于 ρ", False), ("max", True), ("。", False)):
        paragraph.add_run(text).font.subscript = is_low
    assert [block.text for block in _draft(document).blocks] == ["CO₂ 浓度应不大于 ρmax。"]
    (block,) = draft_of_text("t.md", "CO<sub>2</sub> 浓度应不大于 ρ<sub>max</sub>。\n").blocks
    assert block.text == "CO₂ 浓度应不大于 ρmax。"


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def _in_full(document) -> Draft:
    data = BytesIO()
    document.save(data)
    draft, diagnostics = read_word("draft.docx", data.getvalue(), in_full=True)
    assert not diagnostics
    assert draft is not None
    return draft


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<m:f><m:num>{a + 1}</m:num><m:den>{2}</m:den></m:f>", "(a + 1)/2"),
        ("<m:f><m:num>{1}</m:num><m:den>{2x}</m:den></m:f>", "1/(2x)"),
        ("<m:sSup><m:e>{10}</m:e><m:sup>{-6}</m:sup></m:sSup>", "10⁻⁶"),
        ("<m:sSub><m:e>{x}</m:e><m:sub>{1}</m:sub></m:sSub>{≥}<m:rad><m:deg/><m:e>{a+b}</m:e></m:rad>", "x₁≥√(a+b)"),
        ("<m:d><m:dPr><m:begChr m:val='['/></m:dPr><m:e>{a}</m:e></m:d>", "[a)"),
        (
            "<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{i}</m:sub><m:sup>{n}</m:sup><m:e>{x}</m:e></m:nary>",
            "∑_iⁿx",
        ),
    ],
)
def test_formulas_are_read_in_full_and_no_prose(written: str, shown: str):
    document = docx.Document()
    paragraph = document.add_paragraph("p 应为")
    inner = written.replace("{", "<m:r><m:t>").replace("}", "</m:t></m:r>")
    paragraph._p.append(parse_xml(f"<m:oMath {M}>{inner}</m:oMath>"))
    assert [block.text for block in _in_full(document).blocks] == [f"p 应为{shown}"]
    assert [block.text for block in _draft(document).blocks] == ["p 应为"]


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [("Symbol", "F0B3", "≥"), ("Symbol", "F06D", "μ"), ("Wingdings", "F0FE", "☑"), ("Odd", "F041", "[Odd F041]")],
)
def test_signs_of_other_fonts_are_read(font: str, code: str, shown: str):
    document = docx.Document()
    run = document.add_paragraph("照度 ").add_run()
    run._r.append(parse_xml(f'<w:sym {W} w:font="{font}" w:char="{code}"/>'))
    assert [block.text for block in _draft(document).blocks] == [f"照度 {shown}"]


def test_what_stands_beside_the_text_is_kept_apart_and_cells_in_controls_are_read():
    document = docx.Document()
    box = f"<w:r {W}><w:pict><w:txbxContent><w:p><w:r><w:t>宽 1 m</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    document.add_paragraph("门应打开。")._p.append(parse_xml(box))
    document.add_paragraph("见图")._p.append(parse_xml(f"<w:r {W}><w:drawing/></w:r>"))
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text = "锁"
    cell = parse_xml(f"<w:sdt {W}><w:sdtContent/></w:sdt>")
    cell[0].append(parse_xml(f"<w:tc {W}><w:p><w:r><w:t>30 mm</w:t></w:r></w:p></w:tc>"))
    row._tr.append(cell)
    draft = _in_full(document)
    assert [block.text for block in draft.blocks] == ["门应打开。", "见图", "锁\t\t30 mm"]
    assert [(one.omission, one.span.text) for one in draft.omitted] == [
        (Omission.TEXT_BOX, "宽 1 m"),
        (Omission.PICTURE, "[]"),
    ]
    assert _draft(document).omitted == ()


def test_a_list_of_the_second_style_stands_below_one_of_the_first():
    document = docx.Document()
    for text, style in (("a", "List Bullet"), ("b", "List Bullet 2"), ("c", "List Bullet")):
        document.add_paragraph(text, style=style)
    assert [(block.text, block.depth) for block in _draft(document).blocks] == [("a", 1), ("b", 2), ("c", 1)]


@pytest.fixture
def locks():
    """A draft whose numbers are all counted by Word."""
    document = docx.Document()
    _numbering(document, 901, LEVELS)
    _numbering(document, 902, ITEMS)
    _paragraph(document, "范围", 901, 0, "Heading 1")
    _paragraph(document, "本文件规定了门锁。")
    _paragraph(document, "门锁", 901, 0, "Heading 1")
    _paragraph(document, "锁体", 901, 1, "Heading 2")
    _paragraph(document, "应光滑；", 902, 0)
    _paragraph(document, "应有：", 902, 0)
    _paragraph(document, "编号；", 902, 1)
    _paragraph(document, "商标。", 902, 1)
    _paragraph(document, "钥匙", 901, 1, "Heading 2")
    return document


def test_numbers_that_word_counts_are_read_as_they_are_shown(locks):
    draft = _draft(locks)
    headings = [(h.mark, h.text, h.depth) for h in draft.headings]
    assert headings == [("1", "范围", 1), ("2", "门锁", 1), ("2.1", "锁体", 2), ("2.2", "钥匙", 2)]
    items = [(b.mark, b.text, b.depth, b.section) for b in draft.blocks if b.kind is Kind.ITEM]
    assert items == [
        *(("a)", "应光滑；", 1, "2.1"), ("b)", "应有：", 1, "2.1")),
        *(("1)", "编号；", 2, "2.1"), ("2)", "商标。", 2, "2.1")),
    ]
    assert {b.part for b in draft.blocks} == {Part.SCOPE, Part.BODY}


def test_a_reference_to_a_number_that_word_counts_is_checked(locks):
    _paragraph(locks, "应符合 2.1 c) 和 2.3 的规定，见 2.1 b)。")
    found = [f.diagnostic.message("en") for f in lint(_draft(locks), chosen(every=True))]
    assert found == ["there is no 2.1 c)", "there is no 2.3"]


def test_a_paragraph_is_a_line_and_is_quoted_as_such(locks):
    _paragraph(locks, "门锁应应光滑。")
    (finding,) = lint(_draft(locks), chosen(every=True))
    assert finding.diagnostic.span.text == "应应"
    assert finding.diagnostic.span.position == (10, 3)


def test_rows_keep_their_columns_where_cells_are_merged(locks):
    table = locks.add_table(rows=3, cols=3)
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            cell.text = "部件长度备注"[2 * at : 2 * at + 2]
    table.cell(1, 0).merge(table.cell(2, 0)).text = "锁舌"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "长度"
    rows = [[row.cell(i) for i in range(3)] for t in _draft(locks).tables for row in t.rows]
    assert rows == [["部件", "长度", ""], ["锁舌", "长度", "备注"], ["", "长度", "备注"]]


def test_inserted_text_is_read_and_deleted_text_is_not():
    document = docx.Document()
    paragraph = document.add_paragraph("门锁")._p
    paragraph.append(parse_xml(f"<w:ins {W}><w:r><w:t>应</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:del {W}><w:r><w:delText>须</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:r {W}><w:t>光滑。</w:t></w:r>"))
    assert [b.text for b in _draft(document).blocks] == ["门锁应光滑。"]


def test_text_that_was_moved_stands_where_it_was_moved_to():
    document = docx.Document()
    paragraph = document.add_paragraph("门锁")._p
    paragraph.append(parse_xml(f"<w:moveFrom {W}><w:r><w:t>移走的的</w:t></w:r></w:moveFrom>"))
    paragraph.append(parse_xml(f"<w:r {W}><w:t>应光滑。</w:t></w:r>"))
    moved = f"<w:moveTo {W}><w:p><w:r><w:t>移来的。</w:t></w:r></w:p></w:moveTo>"
    document.element.body.insert(1, parse_xml(moved))
    assert [b.text for b in _draft(document).blocks] == ["门锁应光滑。", "移来的。"]


def test_a_list_of_contents_in_a_content_control_is_one():
    document = docx.Document()
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("目  次", "1 范围1", "2 门锁2"))
    control = parse_xml(f"<w:sdt {W}><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    document.element.body.insert(0, control)
    for text in ("1 范围", "本文件规定了门锁。", "2 门锁的要求"):
        document.add_paragraph(text, style="Heading 1" if text[0] in "12" else None)
    found = [f.diagnostic.code.name for f in lint(_draft(document), chosen(every=True))]
    assert found == ["contents-differ"]


def test_a_style_numbers_its_paragraphs_and_makes_headings_of_them():
    document = docx.Document()
    _numbering(document, 901, LEVELS)
    chapter = document.styles.add_style("章标题", 1)
    outline = f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="901"/></w:numPr>'
    chapter.element.get_or_add_pPr().append(parse_xml(outline))
    below = document.styles.add_style("一级条标题", 1)
    below.base_style = chapter
    below.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="1"/></w:numPr>'))
    for text, style in (("范围", chapter), ("门锁", chapter), ("锁体", below), ("钥匙", below)):
        document.add_paragraph(text, style=style)
    headings = [(h.mark, h.text, h.depth) for h in _draft(document).headings]
    assert headings == [("1", "范围", 1), ("2", "门锁", 1), ("2.1", "锁体", 2), ("2.2", "钥匙", 2)]


def test_a_numbering_that_is_not_there_gives_no_number():
    document = docx.Document()
    _paragraph(document, "门锁应光滑。", 4711, 3)
    assert [b.text for b in _draft(document).blocks] == ["门锁应光滑。"]


def _docx() -> bytes:
    data = BytesIO()
    document = docx.Document()
    document.add_paragraph("门锁应光滑。")
    document.save(data)
    return data.getvalue()


WHOLE = _docx()


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.booleans())
def test_a_damaged_file_is_read_or_said_to_be_damaged(at: int, byte: int, is_cut: bool):
    data = WHOLE[:at] if is_cut else WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]
    draft, diagnostics = read_word("draft.docx", data)
    assert [d.code.name for d in diagnostics] == ["damaged-word-file"] * (draft is None)


@pytest.mark.parametrize("body", ["", "<w:p>", "<x/>", f"<w:document {W}><w:body><w:tbl/></w:body></w:document>"])
def test_a_body_of_another_form_is_no_crash(body: str):
    data = BytesIO()
    with zipfile.ZipFile(BytesIO(WHOLE)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    read_word("draft.docx", data.getvalue())


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (65 * 1024 * 1024))
    draft, diagnostics = read_draft(path)
    assert draft is None
    assert "64 MiB" in diagnostics[0].message("en")


def test_a_title_by_its_style_is_the_title_and_numbers_typed_by_hand_stay_headings(tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("阅览室服务", style="Title")
    for text in ("4 服务", "4.1 人员", "a) 应持证。"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "s.docx"))
    catalog, _ = read(tmp_path / "s.docx")
    assert catalog is not None
    assert catalog.title == "阅览室服务"
    assert [leaf.mark for leaf in catalog.leaves()] == ["a)"]
    assert [entry.mark for entry in catalog.entries] == ["4"]


def test_a_draft_in_word_gives_the_findings_of_its_plain_text() -> None:
    """The two pages below `cases`, typed into Word without styles: the same places are quoted for the same reasons."""
    (case,) = cases_of(Path(__file__).parent / "cases", "draft")[Path(__file__).parent / "cases" / "two-pages.md"]
    document, rows = docx.Document(), list[list[str]]()
    for line in [*case["policy"].splitlines(), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            table = document.add_table(len(rows), len(rows[0]))
            for at, row in enumerate(rows):
                for column, text in enumerate(row):
                    table.cell(at, column).text = text
            rows = []
        document.add_paragraph(line)

    def told(draft: Draft) -> list[tuple[str, str]]:
        return [(f.diagnostic.code.name, f.diagnostic.span.text) for f in lint(draft, chosen(every=True))]

    found = told(_draft(document))
    assert found == told(draft_of_text("draft", case["policy"]))
    assert len({code for code, _ in found}) >= 28
