"""`guiju report`: the assessment as a report to print and sign, in one of several forms."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from guiju.cli.assessing import assess, reading_option
from guiju.cli.codes import OPTION_WITHOUT_EFFECT
from guiju.cli.edge import argument, fail, language_option, others_option, wrong_call
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.cli.writing import (
    out_option,
    refuse_other_form,
    refuse_over_input,
    refuse_unless_writable,
    replace_option,
    write,
)
from guiju.dsl.diagnostic import Argument, Diagnostic, Language, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.text import read_bytes, read_text
from guiju.folders import kind
from guiju.report.codes import NO_FONT, NO_FONT_FOLDER, NOT_FOR_A_TERMINAL, TEMPLATE_FAILED, TEMPLATE_FORM

if TYPE_CHECKING:
    from guiju.report.document import Document

_NOT_WORD = Text(
    "不是 Word 文件，或不完整，或解压后超过 64 MiB",
    "it is no Word file, or not all of one, or unpacks to more than 64 MiB",
)
_NO_TEXT = ("docx", "pdf")
_NO_PDF = Text("在报告不是 PDF 时", "where the report is no PDF")


@dataclass(frozen=True)
class _Form:
    """A form of report: what it needs, what its templates end with, and who makes it of a document and a template."""

    extra: str
    modules: tuple[str, ...]
    templates: tuple[str, ...]
    made: Callable[[Document, _Given], str | bytes]


@dataclass(frozen=True)
class _Given:
    """What a user brings: a template, folders with fonts, and the language to be told of mistakes in."""

    template: Path | None
    fonts: tuple[Path, ...]
    language: Language


@click.command(
    "report",
    cls=Command,
    about=Text(
        "把一次评价写成可打印、可签署的报告：扉页、结论、得分、逐条结果、评价发现、局限、摘要、签署。",
        "Write an assessment as a report to print and sign: title page, outcome, scores, every clause, findings, "
        "limits, digests, sign-off.",
    ),
)
@click.argument("policy")
@click.argument("evidence", type=click.Path())
@option(
    "--format",
    "form",
    type=click.Choice(["docx", "html", "pdf"]),
    said=Text("报告的形式；不写则看文件的扩展名。", "Form of the report; by default the ending of the file says it."),
)
@option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text("用自己的模板。", "Use a template of your own."),
)
@option(
    "--fonts",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FOLDER",
    said=Text("PDF 用的字体所在的文件夹。", "A folder with fonts for a PDF."),
)
@out_option()
@replace_option
@language_option
@reading_option
@others_option
def command(
    policy: str,
    evidence: str,
    form: str | None,
    template: Path | None,
    fonts: tuple[Path, ...],
    out: Path | None,
    replace: bool,
    language: Language,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Write an assessment as a report to print and sign."""
    name = form or _form_of(out, language)
    chosen = _FORMS[name]
    _refuse_what_does_not_fit(name, template, fonts, language)
    if out is None and name in _NO_TEXT and _is_on_a_terminal():
        told = (("form", name.upper()),)
        wrong_call(Diagnostic(NOT_FOR_A_TERMINAL, argument("--format", name), told), language)
    refuse_over_input(language, out)
    require(chosen.extra, chosen.modules, "report", language)
    if out is not None:
        refuse_unless_writable(out, language, replace=replace)
    from guiju.report.explained.report import report
    from guiju.report.result import result_of

    assessment, diagnostics = assess(policy, evidence, readings, language, others=others)
    document = report(assessment, result_of(assessment, language, diagnostics), language)
    write(chosen.made(document, _Given(template, fonts, language)), out, language, replace=replace)


def _refuse_what_does_not_fit(name: str, template: Path | None, fonts: tuple[Path, ...], language: Language) -> None:
    """End where a template or fonts are not for this form, or are not there."""
    if template is not None and template.suffix.lower() not in _FORMS[name].templates:
        known = ", ".join(_FORMS[name].templates)
        arguments = (("file", str(template)), ("form", name.upper()), ("known", known))
        wrong_call(Diagnostic(TEMPLATE_FORM, argument("--template", str(template)), arguments), language)
    if fonts and name != "pdf":
        told = (("option", "--fonts"), ("when", _NO_PDF))
        wrong_call(Diagnostic(OPTION_WITHOUT_EFFECT, argument("--fonts", str(fonts[0])), told), language)
    for folder in fonts:
        if kind(folder) != "folder":
            wrong_call(Diagnostic(NO_FONT_FOLDER, argument("--fonts", str(folder)), (("path", str(folder)),)), language)


def _is_on_a_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _form_of(out: Path | None, language: Language) -> str:
    """The form that the ending of a file says; HTML where no file is written."""
    if out is None:
        return "html"
    refuse_other_form(out, tuple(f".{name}" for name in _FORMS), language)
    return out.suffix.lower().removeprefix(".")


def _html(document: Document, given: _Given) -> str:
    from guiju.report.html.report import Look, report_page
    from guiju.report.html.template import TemplateError

    source = _source(given)
    look = None
    if source is not None:
        look = Look("style" if source.name.lower().endswith(".css") else "template", source.text)
    try:
        return report_page(document, look)
    except TemplateError as error:
        assert source is not None
        return _failed(source, error.line, error.reason, given)


def _docx(document: Document, given: _Given) -> bytes:
    from guiju.report.word.file import word_file
    from guiju.report.word.template import LARGEST, NotWordError

    data = None
    if given.template is not None:
        data, found = read_bytes(given.template, LARGEST)
        if data is None:
            fail(found, given.language)
    try:
        return word_file(document, data)
    except NotWordError:
        return _failed(Source(str(given.template), ""), 0, _NOT_WORD, given)


def _pdf(document: Document, given: _Given) -> bytes:
    from guiju.report.pdf.file import NoGlyphsError, Template, TemplateError, pdf_file

    source = _source(given)
    template = Template(source.text, Path(source.name).parent) if source is not None else None
    try:
        return pdf_file(document, template, given.fonts)
    except NoGlyphsError as error:
        told = Diagnostic(NO_FONT, argument("--fonts", ", ".join(map(str, given.fonts))), (("characters", str(error)),))
        return fail((told,), given.language)
    except TemplateError as error:
        return _failed(source or Source("report.typ", ""), error.line, error.reason, given)


def _failed(source: Source, line: int, reason: Argument, given: _Given) -> NoReturn:
    fail((Diagnostic(TEMPLATE_FAILED, _line(source, line), (("reason", reason),)),), given.language)


def _source(given: _Given) -> Source | None:
    """The text of the template, where there is one."""
    if given.template is None:
        return None
    found, diagnostics = read_text(given.template)
    return found.source if found is not None else fail(diagnostics, given.language)


def _line(source: Source, line: int) -> Span:
    """A line of a template, or its beginning."""
    lines = source.text.splitlines(keepends=True)
    start = sum(map(len, lines[: max(line - 1, 0)]))
    length = len(lines[line - 1].rstrip()) if 0 < line <= len(lines) else 0
    return Span(source, start, start + length)


_FORMS = {
    "docx": _Form("docx", ("docx",), (".docx",), _docx),
    "html": _Form("page", ("jinja2", "vl_convert"), (".css", ".html", ".jinja"), _html),
    "pdf": _Form("pdf", ("typst",), (".typ",), _pdf),
}
