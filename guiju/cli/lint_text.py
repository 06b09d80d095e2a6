"""`guiju lint-text`: the mistakes in the text of a draft standard, in Word, Markdown or plain text."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guiju.cli.edge import argument, counted, fail, format_option, language_option, print_json, report, wrong_call
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.cli.writing import write
from guiju.dsl.diagnostic import Diagnostic, Language, Text

FOUND = 4  # only with --exit-code
_LEFT = Text(
    "默认不用的规则还能改正一些：加上 {rules}，或 --all",
    "rules that are off would mend more: add {rules}, or --all",
)


@click.command(
    "lint-text",
    cls=Command,
    about=Text(
        "检查标准草案的文字：DOCUMENT 为 DOCX、Markdown 或纯文本，中文或英文。",
        "Check the text of a draft standard: DOCUMENT is DOCX, Markdown or plain text, Chinese or English.",
    ),
)
@click.argument("document", type=click.Path(path_type=Path))
@option(
    "--select",
    multiple=True,
    metavar="CODE",
    said=Text("也用这条默认不用的规则。", "Also use this rule, which is off by default."),
)
@option("--all", "every", is_flag=True, said=Text("用全部规则。", "Use every rule."))
@option("--ignore", multiple=True, metavar="CODE", said=Text("不用这条规则。", "Leave this rule out."))
@option(
    "--accepted",
    type=click.Path(path_type=Path),
    said=Text("已接受的发现，列在此文件里，不再报告。", "Findings that this file accepts are not told."),
)
@option(
    "--fix",
    is_flag=True,
    said=Text(
        "所报告的，能安全改正的都改正，写回文件。",
        "Of what is told, mend what is safe to mend, in the file.",
    ),
)
@option("--exit-code", is_flag=True, said=Text("有发现时退出码为 4。", "End with 4 if anything is found."))
@language_option
@format_option
def command(
    document: Path,
    select: tuple[str, ...],
    every: bool,
    ignore: tuple[str, ...],
    accepted: Path | None,
    fix: bool,
    exit_code: bool,
    language: Language,
    form: str,
) -> None:
    """Check the text of a draft standard."""
    from guiju.draft.accepted import read_accepted, without_accepted
    from guiju.draft.codes import NOT_FIXED_HERE
    from guiju.draft.lint import chosen, lint, mended_throughout
    from guiju.draft.read import is_word, read_draft

    _refuse_unknown(("--select", select), ("--ignore", ignore), language=language)
    if is_word(document):
        require("docx", ("docx",), "lint-text", language)
    if is_word(document) and fix:
        wrong_call(Diagnostic(NOT_FIXED_HERE, argument("--fix", str(document))), language)
    draft, diagnostics = read_draft(document)
    if draft is None:
        fail(diagnostics, language, form)
    entries, wrong = read_accepted(accepted) if accepted else ((), ())
    if wrong:
        fail(wrong, language, form)
    rules = chosen(select, ignore, every=every)
    done = 0
    if fix:
        draft, done = mended_throughout(draft, lambda d: without_accepted(lint(d, rules), entries, rules)[0])
        if done:
            from guiju.exchange.text import byte_order_mark

            write(byte_order_mark(document) + draft.source.text, document, language, replace=True)
    findings, idle = without_accepted(lint(draft, rules), entries, rules)
    told = (*(f.diagnostic for f in findings), *idle)
    if form == "json":
        print_json(told, language)
    else:
        report(told, language)
        mending = Text(f"改正 {done} 处；", f"{done} mended; ").in_language(language) if fix else ""
        click.echo(f"{document}: {mending}{counted(told, language)}")
        off = [r for r in chosen(ignore=ignore, every=True) if r not in rules] if fix else []
        left = {f.diagnostic.code.name for f in without_accepted(lint(draft, off), entries, off)[0] if f.edits}
        if left:
            click.echo(_LEFT.in_language(language).format(rules=" ".join(f"--select {code}" for code in sorted(left))))
    if exit_code and findings:
        sys.exit(FOUND)


def _refuse_unknown(*given: tuple[str, tuple[str, ...]], language: Language) -> None:
    """End where a rule is named that does not exist."""
    from guiju.draft.codes import NO_SUCH_RULE
    from guiju.draft.rules import DRAFT_RULE_CODES
    from guiju.dsl.near import near

    codes = tuple(code.name for code in DRAFT_RULE_CODES)
    for option_, names in given:
        for name in names:
            if name not in codes:
                arguments = (("name", name), ("known", ", ".join(codes)))
                meant = near(name, codes)
                wrong_call(Diagnostic(NO_SUCH_RULE, argument(option_, name), arguments, suggestion=meant), language)
