"""`guiju import-evidence`: tables and OSCAL results of others as an evidence file, with an account of every row."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guiju.cli.codes import OPTION_WITHOUT_EFFECT
from guiju.cli.edge import FAILED, argument, fail, format_option, language_option, program_of, report, wrong_call
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.cli.writing import out_option, refuse_over_input, refuse_unless_writable, replace_option, write
from guiju.dsl.diagnostic import Diagnostic, Language, Text

_OF_TABLES = Text("读的是表格", "a table is read")


@click.command(
    "import-evidence",
    cls=Command,
    about=Text(
        "把别处的表格（.csv、.xlsx，按映射文件）或 OSCAL 评价结果（.json）读成策略的证据文件，逐行交代。\n"
        "策略写编号或路径。有一行没有看懂，就不写证据文件，退出码为 1。",
        "Read a table of others (.csv or .xlsx, by a mapping file) or OSCAL assessment results\n"
        "(.json) as an evidence file for POLICY (an id or a path), and account for every row.\n"
        "Where a row is not understood no evidence file is written, and the exit code is 1.",
    ),
)
@click.argument("policy")
@click.argument("document", type=click.Path(path_type=Path))
@option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text(
        "映射文件（mapping/1）：各表各列是什么。", "The mapping file (mapping/1): what the columns of each table are."
    ),
)
@option(
    "--result",
    metavar="WHICH",
    said=Text(
        "OSCAL 文件里有几次评价时读哪一次：标题、UUID 或第几次。",
        "Which of several results of an OSCAL file is read: its title, its UUID or its place.",
    ),
)
@out_option()
@replace_option
@language_option
@format_option
def command(
    policy: str,
    document: Path,
    mapping: Path | None,
    result: str | None,
    out: Path | None,
    replace: bool,
    language: Language,
    form: str,
) -> None:
    """Read DOCUMENT as evidence for POLICY."""
    refuse_over_input(language, out)
    if result is not None and document.suffix.lower() != ".json":
        arguments = (("option", "--result"), ("when", _OF_TABLES))
        wrong_call(Diagnostic(OPTION_WITHOUT_EFFECT, argument("--result", result), arguments), language)
    if document.suffix.lower() in (".xlsx", ".xlsm"):
        require("xlsx", ("openpyxl",), "import-evidence", language)
    if out is not None:
        refuse_unless_writable(out, language, replace=replace)
    from guiju.intake.evidence.take import take
    from guiju.report.exports.stable import tokens
    from guiju.report.taken import taken_of, text_of

    program = program_of(policy, language, form)
    controls = {token: id_ for (kind, id_), token in tokens(program).items() if kind == "clause"}
    made = take(document, mapping, program, controls, str(out or "evidence.yaml"), result)
    if made.text is None and not made.taken.account:
        fail(made.diagnostics, language, form)
    told = taken_of(document.name, made, program, language)
    if form == "text":
        report(made.diagnostics, language)
        if made.text is not None:
            write(made.text, out, language, replace=replace)
        click.echo(text_of(told, program, language), nl=False, err=out is None or made.text is None)
    else:
        if made.text is not None and out is not None:
            write(made.text, out, language, replace=replace)
        click.echo(told.model_dump_json(indent=2))
    if made.text is None:
        sys.exit(FAILED)
