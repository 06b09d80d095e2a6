"""`guiju publish`: a policy set as the standard itself, to be read against the printed text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from guiju import __version__
from guiju.cli.codes import UNKNOWN_FORM
from guiju.cli.edge import argument, default_language, fail, wrong_call
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.cli.writing import out_option, refuse_over_input, replace_option, write
from guiju.dsl.diagnostic import LANGUAGES, Diagnostic, Text

if TYPE_CHECKING:
    from guiju.report.document import Document

_FORMS = (".html", ".docx", ".md")


@click.command(
    "publish",
    cls=Command,
    about=Text(
        "把策略（编号或路径）排成标准自身的样子，用来与印出的文本对照。"
        "文件扩展名决定形式：.html、.docx 或 .md；不写文件则打印 Markdown。",
        "Set POLICY (an id or a path) as the standard itself, to be read against the printed text. The ending of the "
        "file says in which form: .html, .docx or .md; without a file it is printed as Markdown.",
    ),
)
@click.argument("policy")
@out_option()
@replace_option
@option(
    "--lang",
    "spoken",
    type=click.Choice([*LANGUAGES, "both"]),
    said=Text(
        "文本的语言，both 为中英并列；不写则随系统。",
        "Language of the text, or both side by side; by default the locale's.",
    ),
)
def command(policy: str, out: Path | None, replace: bool, spoken: Literal["zh", "en", "both"] | None) -> None:
    """Set POLICY as the standard itself."""
    language = spoken if spoken in ("zh", "en") else default_language()
    form = out.suffix.lower() if out is not None else ".md"
    if form not in _FORMS:
        arguments = (("file", str(out)), ("known", ", ".join(_FORMS)))
        wrong_call(Diagnostic(UNKNOWN_FORM, argument("--out", str(out)), arguments), language)
    refuse_over_input(language, out)
    if form == ".html":
        require("page", ("jinja2",), "publish", language)
    elif form == ".docx":
        require("docx", ("docx",), "publish", language)
    from guiju.library import load
    from guiju.report.published.whole import publication

    loaded = load(policy)
    if loaded.program is None or loaded.document is None:
        fail(loaded.diagnostics, language)
    languages = LANGUAGES if spoken == "both" else (language,)
    document = publication(loaded.document, loaded.program, languages, __version__)
    write(_rendered(document, form), out, language, replace=replace)


def _rendered(document: Document, form: str) -> str | bytes:
    if form == ".html":
        from guiju.report.html.publication import publication_page

        return publication_page(document)
    if form == ".docx":
        from guiju.report.word.file import word_file

        return word_file(document)
    from guiju.report.markdown import markdown

    return markdown(document)
