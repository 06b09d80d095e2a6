"""`guiju report`: the assessment as a report to print and sign, in one of several forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.assessing import assess, reading_option
from guiju.cli.codes import UNKNOWN_FORM
from guiju.cli.edge import argument, fail, language_option, others_option, wrong_call
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.cli.writing import out_option, refuse_over_input, refuse_unless_writable, replace_option, write
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.text import read_text
from guiju.report.codes import TEMPLATE_FAILED, TEMPLATE_FORM

if TYPE_CHECKING:
    from guiju.report.document import Document


@dataclass(frozen=True)
class _Form:
    """A form of report: what it needs, what its templates end with, and who makes it of a document and a template."""

    extra: str
    modules: tuple[str, ...]
    templates: tuple[str, ...]
    made: Callable[[Document, Path | None, Language], str | bytes]


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
    type=click.Choice(["html"]),
    said=Text("报告的形式；不写则看文件的扩展名。", "Form of the report; by default the ending of the file says it."),
)
@option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text("用自己的模板。", "Use a template of your own."),
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
    out: Path | None,
    replace: bool,
    language: Language,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Write an assessment as a report to print and sign."""
    name = form or _form_of(out, language)
    chosen = _FORMS[name]
    if template is not None and template.suffix.lower() not in chosen.templates:
        known = ", ".join(chosen.templates)
        arguments = (("file", str(template)), ("form", name.upper()), ("known", known))
        wrong_call(Diagnostic(TEMPLATE_FORM, argument("--template", str(template)), arguments), language)
    refuse_over_input(language, out)
    require(chosen.extra, chosen.modules, "report", language)
    if out is not None:
        refuse_unless_writable(out, language, replace=replace)
    from guiju.report.explained.report import report
    from guiju.report.result import result_of

    assessment, diagnostics = assess(policy, evidence, readings, language, others=others)
    document = report(assessment, result_of(assessment, language, diagnostics), language)
    write(chosen.made(document, template, language), out, language, replace=replace)


def _form_of(out: Path | None, language: Language) -> str:
    """The form that the ending of a file says; HTML where no file is written."""
    ending = out.suffix.lower().removeprefix(".") if out is not None else "html"
    if ending in _FORMS:
        return ending
    arguments = (("file", str(out)), ("known", ", ".join(f".{name}" for name in _FORMS)))
    return wrong_call(Diagnostic(UNKNOWN_FORM, argument("--out", str(out)), arguments), language)


def _html(document: Document, template: Path | None, language: Language) -> str:
    from guiju.report.html.report import Look, report_page
    from guiju.report.html.template import TemplateError

    source = _read(template, language) if template is not None else None
    look = None
    if source is not None:
        look = Look("style" if source.name.lower().endswith(".css") else "template", source.text)
    try:
        return report_page(document, look)
    except TemplateError as error:
        assert source is not None
        return fail((Diagnostic(TEMPLATE_FAILED, _line(source, error.line), (("reason", error.reason),)),), language)


def _read(path: Path, language: Language) -> Source:
    found, diagnostics = read_text(path)
    return found.source if found is not None else fail(diagnostics, language)


def _line(source: Source, line: int) -> Span:
    """A line of a template, or its beginning."""
    lines = source.text.splitlines(keepends=True)
    start = sum(map(len, lines[: max(line - 1, 0)]))
    length = len(lines[line - 1].rstrip()) if 0 < line <= len(lines) else 0
    return Span(source, start, start + length)


_FORMS = {
    "html": _Form("page", ("jinja2", "vl_convert"), (".css", ".html", ".jinja"), _html),
}
