"""A policy set as the standard itself: nothing of it is missing, and each form of the file holds what the others do."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from guiju.dsl import tree
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.library import Loaded, compile_source, load
from guiju.report.document import Document, Points, Table
from guiju.report.html.publication import publication_page
from guiju.report.markdown import _plain, markdown
from guiju.report.published.whole import publication
from guiju.report.word.file import word_file
from tests.cli.test_commands import run

SPOKEN: dict[str, tuple[Language, ...]] = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load("gbt-45288.3-2025")


@pytest.fixture(scope="module")
def published(loaded: Loaded) -> dict[str, Document]:
    assert loaded.document is not None
    assert loaded.program is not None
    return {name: publication(loaded.document, loaded.program, spoken, "0") for name, spoken in SPOKEN.items()}


@pytest.fixture(scope="module")
def pages(published: dict[str, Document]) -> dict[str, str]:
    return {name: publication_page(document) for name, document in published.items()}


@pytest.fixture(scope="module")
def word(published: dict[str, Document]) -> bytes:
    return word_file(published["zh"])


def section(document: Document, id_: str) -> tuple[Table, ...]:
    blocks = next(s.blocks for s in document.sections if s.id == id_)
    return tuple(b for b in blocks if isinstance(b, Table))


def lines(table: Table) -> list[list[str]]:
    return [
        ["/".join("".join(r.text for r in line) for line in cell.lines) for cell in row.cells] for row in table.rows
    ]


@pytest.mark.parametrize("spoken", SPOKEN)
def test_every_clause_stands_in_its_section_in_the_order_of_the_standard(
    loaded: Loaded, published: dict[str, Document], spoken: str
) -> None:
    assert loaded.program is not None
    told = [
        tuple("".join(run.text for run in said[0]) for said in point.said)
        for s in published[spoken].sections
        if s.id.startswith("group:")
        for block in s.blocks
        if isinstance(block, Points)
        for point in block.points
    ]
    expected = [[c.label.in_language(x) for x in SPOKEN[spoken]] for c in loaded.program.clauses]
    found = iter(told)
    for labels in expected:  # the lines above lists stand between
        assert any(all(label in line for label, line in zip(labels, said, strict=True)) for said in found), labels


def test_the_table_of_levels_is_printed_cell_by_cell(loaded: Loaded, published: dict[str, Document]) -> None:
    assert loaded.document is not None
    written = next(d for d in loaded.document.declarations if isinstance(d, tree.MembershipDecl))
    (table,) = section(published["en"], "membership")
    assert table.caption == "table 3"
    assert table.header == ("section", "L1", "L2", "L3")
    assert [row[0].partition(" ")[0] for row in lines(table)] == [row.group.text for row in written.rows]
    assert [row[1:] for row in lines(table)] == [[cell.span.text for cell in row.cells] for row in written.rows]


def test_weights_and_grades_say_what_the_standard_says(published: dict[str, Document]) -> None:
    (weights,) = section(published["zh"], "weights")
    assert lines(weights)[3:] == [
        ["平台服务加开发定制服务", "50%", "50%", "—"],
        ["提供全部三类服务", "100% / 3", "100% / 3", "100% / 3"],
    ]
    (grade,) = section(published["en"], "grade:level")
    assert lines(grade) == [
        ["L1 Basic application", "1 ≤ A ≤ 2"],
        ["L2 Collaborative optimisation", "2 < A ≤ 3"],
        ["L3 Deep empowerment", "3 < A ≤ 5"],
        ["no level", "otherwise"],
    ]


def test_options_of_weights_are_called_as_their_own_input_calls_them() -> None:
    text = """standard p "P"
input service : one of small | large "Service"
  small "Small service"
  large "Large service"
input site : one of small | large "Site"
  small "Small site"
  large "Large site"
groups section
section 1 "One"
  a) "A" attested
section 2 "Two"
  a) "B" attested applies when site = small
weights
  service | 1 | 2
  small | 40% | 60%
  large | 50% | 50%
score T of each section = share of clauses satisfied
score S = sum of weight * T over each section
"""
    found = compile_source(Source("p.guiju", text))
    assert found.program is not None
    assert found.document is not None
    (weights,) = section(publication(found.document, found.program, ("en",), "0"), "weights")
    assert [row[0] for row in lines(weights)] == ["Small service", "Large service"]


def test_what_is_named_and_what_stands_beside_another_standard_is_told() -> None:
    told = load("t-isc-full-stack-2025-12")
    assert told.document is not None
    assert told.program is not None
    document = publication(told.document, told.program, ("en",), "0")
    (lets,), (crosswalks,) = section(document, "lets"), section(document, "crosswalks")
    assert lines(lets)[0][-1] == '"Deep-learning frameworks" is at least 2, and "Training frameworks are common ones"'
    assert ["5.1-4", "superset", "GB/T 45288.3—2025 6.1.3.3 a)"] in lines(crosswalks)
    assert len(crosswalks.rows) == len(told.program.crosswalks)


@pytest.mark.parametrize("spoken", SPOKEN)
def test_a_page_is_one_file_without_a_script_and_has_what_markdown_has(
    published: dict[str, Document], pages: dict[str, str], spoken: str
) -> None:
    page, text = pages[spoken], markdown(published[spoken])
    assert not re.search(r"<script|src=|https?:|url\(", page)
    headings = [re.sub(r"<.*?>", "", h) for h in re.findall(r"<h[2-6] id=.*?</h[2-6]>", page)]
    assert headings == [s.title for s in published[spoken].sections]
    assert [re.sub(r"^#+ |\\", "", h) for h in re.findall(r"^##+ .*$", text, re.MULTILINE)] == headings


def test_a_word_file_has_real_headings_and_repeats_the_heads_of_tables(
    published: dict[str, Document], word: bytes
) -> None:
    file = docx.Document(io.BytesIO(word))
    headings = [(p.style.name, p.text) for p in file.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert headings == [(f"Heading {s.depth + 1}", s.title) for s in published["zh"].sections]
    tables = [b for b in published["zh"].blocks() if isinstance(b, Table)]
    assert len(file.tables) == len(tables)
    for made, table in zip(file.tables, tables, strict=True):
        repeated = made.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert repeated == bool(table.header)
    fonts = file.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "SimSun"


def test_the_same_policy_makes_the_same_bytes(loaded: Loaded, published: dict[str, Document], word: bytes) -> None:
    assert loaded.document is not None
    assert loaded.program is not None
    again = publication(loaded.document, loaded.program, ("zh",), "0")
    assert publication_page(again) == publication_page(published["zh"])
    assert word_file(again) == word


def test_the_ending_of_the_file_says_the_form(tmp_path: Path) -> None:
    policy = tmp_path / "demo.guiju"
    policy.write_text(
        'standard demo-1 "DEMO 1"\ngroups section\nsection 4 "四" / "Four"\n  a) "项" / "Item" attested\n'
    )
    for form, begins in (("html", b"<!DOCTYPE html>"), ("docx", b"PK"), ("md", b"# DEMO 1")):
        out = tmp_path / f"proof.{form}"
        assert run("publish", str(policy), "-o", str(out), "--lang", "both").exit_code == 0
        assert out.read_bytes().startswith(begins)
        assert run("publish", str(policy), "-o", str(out)).exit_code == 1  # it is there
        assert run("publish", str(policy), "-o", str(out), "--replace").exit_code == 0
    refused = run("publish", str(policy), "-o", str(tmp_path / "proof.pdf"), "--lang", "en")
    assert refused.exit_code == 2
    assert ".html, .docx, .md" in refused.stderr


@pytest.mark.parametrize("called", ["demo.md", "link.md"])
def test_a_proof_never_takes_the_place_of_its_policy(called: str, tmp_path: Path) -> None:
    policy = tmp_path / "demo.md"
    text = '# Demo\n\n```guiju\nstandard demo-1 "DEMO 1"\ngroups section\nsection 4\n  a) "Item" attested\n```\n'
    policy.write_text(text, encoding="utf-8")
    (tmp_path / "link.md").symlink_to(policy)
    refused = run("publish", str(policy), "-o", str(tmp_path / called), "--replace", "--lang", "en")
    assert (refused.exit_code, "over-its-input" in refused.stderr) == (2, True)
    assert policy.read_text(encoding="utf-8") == text


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.cli.extras.find_spec", lambda _: None)
    refused = run("publish", "gbt-45288.3-2025", "-o", "proof.docx", "--lang", "en")
    assert refused.exit_code == 2
    assert "pip install 'guiju[docx]'" in refused.stderr


def test_a_label_is_no_link_and_no_picture_in_markdown() -> None:
    assert _plain("![i](x) [a](javascript:alert(1)) [5.3]") == r"\![i\](x) [a\](javascript:alert(1)) [5.3]"


def test_numbers_with_letters_are_printed_and_names_are_not() -> None:
    text = 'standard demo-1 "DEMO 1"\ngroups family > control\nfamily ac "Access"\n  control AC-1 "Policy"\n    a) "x" attested\n'
    found = compile_source(Source("demo.guiju", text))
    assert found.document is not None
    assert found.program is not None
    made = publication(found.document, found.program, ("en",), "0")
    assert [s.title for s in made.sections if s.id.startswith("group:")] == ["Access", "AC-1 Policy"]
