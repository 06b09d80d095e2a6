"""A PDF by itself: fonts that are not there, templates of a body's own, what a vendor wrote."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guiju.report.document import Document, Paragraph, Row, Section, Table, cell, text_run
from tests.cli.test_commands import ROOT, run
from tests.printed.tools import pages

pytestmark = [
    pytest.mark.reports,
    pytest.mark.skipif("GUIJU_REPORT_TESTS" not in os.environ, reason="`make reports` prints and reads them"),
]
POLICY = "t-taf-320-2025"
EVIDENCE = str(ROOT / "policies" / POLICY / "evidence" / "provider-self-check.yaml")
HOSTILE = '#import "x"; $a$ *b* _c_ @d <e> [f] {g} \\h // i /* j */ "k" ~'


def told(*texts: str) -> Document:
    blocks = tuple(Paragraph(text_run(text)) for text in texts)
    return Document("en", "Title", "Subtitle", "", (Section("s", "Section", blocks),), ("footer",))


def read(document: Document, folder: Path) -> str:
    return "".join("".join(_printed(document, folder)).split())


def refused(folder: Path, template: str) -> str:
    look = folder / "body.typ"
    look.write_text(template, "utf-8")
    out = folder / "r.pdf"
    result = run("report", POLICY, EVIDENCE, "--template", str(look), "-o", str(out), "--lang", "en")
    assert result.exit_code == 1, result.output
    assert not out.exists()
    return result.stderr


def test_characters_that_no_font_has_are_told_and_never_boxes() -> None:
    from guiju.report.pdf.file import NoGlyphsError, pdf_file

    with pytest.raises(NoGlyphsError) as caught:
        pdf_file(told("规矩"), system_fonts=False)
    assert set(caught.value.characters) & set("规矩")
    assert pdf_file(told("all Latin"), system_fonts=False).startswith(b"%PDF")


def test_the_command_says_which_characters_and_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from guiju.report.pdf import file

    made = file.pdf_file
    monkeypatch.setattr(file, "pdf_file", lambda *given: made(*given, system_fonts=False))
    out = tmp_path / "r.pdf"
    result = run("report", POLICY, EVIDENCE, "-o", str(out), "--lang", "en")
    assert result.exit_code == 1
    assert "[no-font]" in result.stderr
    assert "fonts-noto-cjk" in result.stderr
    assert not out.exists()


def test_what_a_vendor_wrote_is_no_markup(tmp_path: Path) -> None:
    assert "".join(HOSTILE.split()) in read(told(HOSTILE), tmp_path)


def test_a_row_longer_than_a_page_is_broken_and_loses_nothing(tmp_path: Path) -> None:
    words = [f"word-{n}" for n in range(3000)]
    table = Table("", ("A", "B"), (Row((cell("short"), cell(" ".join(words)))),))
    document = Document("en", "T", "S", "", (Section("s", "S", (table,)),), ("footer",))
    found = read(document, tmp_path)
    assert [word for word in words if word not in found] == []


def test_a_short_table_is_kept_on_one_page(tmp_path: Path) -> None:
    tables = tuple(Table("", (), tuple(Row((cell(f"t{n}r{i}."),)) for i in range(6))) for n in range(40))
    found = _printed(Document("en", "T", "S", "", (Section("s", "S", tables),), ("footer",)), tmp_path)
    assert sum(any(f"t{n}r" in page for n in range(40)) for page in found) > 3
    assert [n for n in range(40) if sum(f"t{n}r" in page for page in found) != 1] == []


def _printed(document: Document, folder: Path) -> list[str]:
    from guiju.report.pdf.file import pdf_file

    path = folder / "r.pdf"
    path.write_bytes(pdf_file(document))
    return pages(path)


def test_a_long_word_is_broken_inside_of_its_column(tmp_path: Path) -> None:
    table = Table("", ("A", "B"), (Row((cell("x" * 300), cell("y"))),))
    document = Document("en", "T", "S", "", (Section("s", "S", (table,)),), ("footer",))
    assert read(document, tmp_path).replace("\u200b", "").count("x") == 300


def test_a_template_may_replace_the_title_page_and_the_head(tmp_path: Path) -> None:
    look = tmp_path / "body.typ"
    look.write_text('#import "@local/guiju-report:1.0.0": *\n#report(cover: [Body, on #data.subtitle], head: "HEAD")\n')
    out = tmp_path / "r.pdf"
    result = run("report", POLICY, EVIDENCE, "--template", str(look), "-o", str(out), "--lang", "en")
    assert result.exit_code == 0, result.output
    found = pages(out)
    assert found[0].startswith("Body, on ")
    assert all(page.startswith("HEAD") for page in found[1:])


@pytest.mark.parametrize(
    ("template", "said", "line"),
    [
        ('#import "@local/guiju-report:1.0.0": *\n\n#report(nothing: 1)\n', "unexpected argument: nothing", 3),
        ("#let x = \n#read(\"../../etc/hosts\")\n", "", 1),
        ("text\n#nothing\n", "unknown variable: nothing", 2),
    ],
)  # fmt: skip
def test_a_template_that_fails_is_told_with_its_line(template: str, said: str, line: int, tmp_path: Path) -> None:
    found = refused(tmp_path, template)
    assert "[template-failed]" in found
    assert said in found
    assert f"body.typ:{line}:1" in found
