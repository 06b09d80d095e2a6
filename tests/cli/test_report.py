"""`guiju report` as a user calls it: the form, a body's own template, and what is refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.cli import extras
from guiju.cli import report as command
from tests.cli.test_commands import ROOT, run

POLICY = "t-taf-320-2025"
EVIDENCE = str(ROOT / "policies" / POLICY / "evidence" / "provider-self-check.yaml")
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"


def report(*arguments: str) -> str:
    result = run("report", POLICY, EVIDENCE, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def report_bytes(*arguments: str) -> bytes:
    return run("report", POLICY, EVIDENCE, *arguments).stdout_bytes


def refused(*arguments: str, code: int = 2) -> str:
    result = run("report", POLICY, EVIDENCE, *arguments, "--lang", "en")
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    return result.stderr


def template(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_the_ending_of_the_file_says_the_form_and_html_is_printed_without_one(tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    assert report("--lang", "zh", "-o", str(out)) == ""
    assert out.read_text("utf-8") == report("--lang", "zh") == report("--lang", "zh", "--format", "html")
    assert '<html lang="zh-Hans">' in out.read_text("utf-8")
    assert "[unknown-form]" in refused("-o", str(tmp_path / "r.odt"))


def test_a_file_that_is_there_is_replaced_only_where_that_is_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    out.write_text("old", "utf-8")
    assert "[file-exists]" in refused("-o", str(out), code=1)
    assert out.read_text("utf-8") == "old"
    report("-o", str(out), "--replace")
    assert "<html" in out.read_text("utf-8")


def test_a_report_never_takes_the_place_of_what_it_is_made_from(tmp_path: Path) -> None:
    evidence = template(tmp_path, "e.html", Path(EVIDENCE).read_text("utf-8"))
    result = run("report", POLICY, evidence, "-o", evidence, "--replace", "--lang", "en")
    assert result.exit_code == 2
    assert "[over-its-input]" in result.stderr
    look = template(tmp_path, "look.jinja", "{% extends 'report.html.jinja' %}")
    assert "[over-its-input]" in refused("--template", look, "-o", look, "--format", "html", "--replace")


def test_a_template_may_extend_the_report_and_replace_its_parts(tmp_path: Path) -> None:
    look = template(
        tmp_path,
        "body.jinja",
        "{% extends 'report.html.jinja' %}{% block cover %}<h1>Body 7 on {{ document.subtitle }}</h1>{% endblock %}",
    )
    made = report("--template", look, "--lang", "en")
    assert "<h1>Body 7 on " in made
    assert 'class="cover"' not in made
    assert made.count("<section ") == report("--lang", "en").count("<section ")


def test_a_style_stands_behind_ours_and_cannot_end_where_it_stands(tmp_path: Path) -> None:
    made = report("--template", template(tmp_path, "body.css", "h1 { color: teal }</style><b>out</b>"))
    assert "h1 { color: teal }" in made
    assert made.count("</style>") == 1


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("a\n{% if %}", "Expected an expression", 2),
        ("a\n\n{{ document.nothing }}", "no attribute 'nothing'", 3),
        ("{% extends 'report.html.jinja' %}\n{% block cover %}\n{{ 1 / 0 }}{% endblock %}", "division by zero", 3),
        ("{% include '../../pyproject.toml' %}", "no template `../../pyproject.toml`", 1),
        ("{{ ''.__class__.__mro__ }}", "unsafe", 1),
        ("{{ document.__class__ }}", "unsafe", 1),
        ("{% for i in range(100000000) %}x{% endfor %}", "Range too big", 1),
    ],
)
def test_a_template_that_fails_is_told_with_its_line_and_nothing_is_written(
    text: str, said: str, line: int, tmp_path: Path
) -> None:
    out = tmp_path / "r.html"
    told = refused("--template", template(tmp_path, "body.jinja", text), "-o", str(out), code=1)
    assert "[template-failed]" in told
    assert said in told
    assert f"body.jinja:{line}:1" in told
    assert not out.exists()


def test_a_word_file_takes_the_look_of_a_template_and_refuses_what_is_none(tmp_path: Path) -> None:
    out = tmp_path / "r.docx"
    report("-o", str(out))
    again = tmp_path / "again.docx"
    report("-o", str(again), "--template", str(out))
    assert again.read_bytes().startswith(b"PK")
    none = tmp_path / "none.docx"
    told = refused("--template", template(tmp_path, "bad.docx", "no Word file"), "-o", str(none), code=1)
    assert "[template-failed]" in told
    assert "no Word file" in told
    assert not none.exists()


def test_a_part_that_is_not_installed_is_named_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    for form, part in (("pdf", "pdf"), ("docx", "docx"), ("html", "page")):
        told = refused("--format", form)
        assert "[needs-extra]" in told
        assert f"guiju[{part}]" in told


def test_fonts_are_for_a_pdf_alone(tmp_path: Path) -> None:
    assert "[option-without-effect]" in refused("--fonts", str(tmp_path))
    assert "[option-without-effect]" in refused("--fonts", str(tmp_path), "--format", "docx")


def test_a_folder_of_fonts_that_is_not_there_is_told() -> None:
    for path in ("nowhere", "x" * 300, EVIDENCE):
        assert "[no-font-folder]" in refused("--fonts", path, "--format", "pdf")


def test_what_is_no_text_is_not_printed_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_is_on_a_terminal", lambda: True)
    assert "[not-for-a-terminal]" in refused("--format", "docx")
    assert report("--format", "html").startswith("<!DOCTYPE html>")
    monkeypatch.undo()
    assert report_bytes("--format", "docx").startswith(b"PK")


def test_a_template_of_another_form_or_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "[template-form]" in refused("--template", template(tmp_path, "body.txt", "x"))
    assert "[file-not-found]" in refused("--template", str(tmp_path / "none.css"), code=1)


def test_what_a_vendor_wrote_is_text_and_nothing_else(tmp_path: Path) -> None:
    hostile = f'guiju: evidence/1\nsubject: "{HOSTILE}"\n'
    result = run("report", POLICY, template(tmp_path, "e.yaml", hostile), "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "<script" not in result.stdout
    assert "{{ 7*7 }}" in result.stdout
    assert 'content: "Assessment\\20 report' in result.stdout
