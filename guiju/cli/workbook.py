"""`guiju workbook`: a questionnaire as an Excel file, out to those who answer it and back as evidence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.assessing import chosen_readings, reading_option
from guiju.cli.edge import (
    FAILED,
    counted,
    fail,
    is_coloured,
    language_option,
    program_of,
    report,
    standards_of,
)
from guiju.cli.extras import require
from guiju.cli.help import Command, language_of, option, spoken_option
from guiju.cli.writing import (
    out_option,
    refuse_other_form,
    refuse_over_input,
    refuse_unless_writable,
    replace_option,
    write,
)
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors

if TYPE_CHECKING:
    from guiju.compiler.ir import Program
    from guiju.exchange.workbook.read import Imported

_SHEET, _ROWS = Text("表", "sheet"), Text("填了的行", "rows filled in")
_COMMANDS = Text("命令", "Commands")
_EXPORT = Text(
    "由策略生成问卷工作簿；给出证据文件则填好已知的。",
    "Make the questionnaire of a policy; with an evidence file, what it says is filled in.",
)
_IMPORT = Text(
    "把填好的工作簿读成证据文件；没有读懂的逐格列出，一格不丢。",
    "Read a workbook that is filled in as an evidence file; what was not understood is listed cell by cell.",
)
_CHECK = Text(
    "核对工作簿而不写文件：填了多少、哪里读不懂、双方说法哪里不同、结论是什么。",
    "Check a workbook and write nothing: how much is filled in, what is not understood, where the voices differ, and"
    " the outcome.",
)
_FILE = Text("写入此文件（.xlsx）。", "Write to this file (.xlsx).")


earlier_option = option(
    "--earlier",
    metavar="POLICY",
    said=Text(
        "工作簿可能按这个版本的策略（编号或路径）生成；是的话，照 guiju diff 说明改了什么。",
        "An edition that the workbook may have been made from; what differs is then told as guiju diff tells it.",
    ),
)


rows_option = option(
    "--rows",
    metavar="N",
    type=click.IntRange(0, 2_000),
    default=0,
    said=Text(
        "证据、裁定、评价发现、抽样、样本各表至少留 N 个空行。",
        "Evidence, Overrides, Findings, Samples and Instances have at least N rows to spare.",
    ),
)


class _Commands(Command, click.Group):
    """The subcommands, each with what it does in both languages."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the subcommands."""
        Command.format_options(self, ctx, formatter)
        language = language_of(ctx)
        with formatter.section(_COMMANDS.in_language(language)):
            listed = ((name, getattr(command, "about", None)) for name, command in self.commands.items())
            formatter.write_dl([(name, about.in_language(language)) for name, about in listed if about is not None])


@click.group(
    "workbook",
    cls=_Commands,
    about=Text(
        "Excel 问卷：由任何策略生成，发出去填，再读回来。",
        "Questionnaires in Excel: made from any policy, sent out, and read back.",
    ),
)
@spoken_option
def command() -> None:
    """Questionnaires in Excel: made from any policy, sent out, and read back."""


@command.command("export", cls=Command, about=_EXPORT)
@click.argument("policy")
@click.argument("evidence", type=click.Path(path_type=Path), required=False)
@out_option(_FILE, required=True)
@replace_option
@reading_option
@rows_option
@language_option
def export(
    policy: str,
    evidence: Path | None,
    out: Path,
    replace: bool,
    readings: tuple[str, ...],
    rows: int,
    language: Language,
) -> None:
    """Make the questionnaire of POLICY; with EVIDENCE what it says is filled in."""
    require("xlsx", ("openpyxl",), "workbook export", language)
    refuse_other_form(out, (".xlsx",), language)
    refuse_over_input(language, out)
    refuse_unless_writable(out, language, replace=replace)
    from guiju.exchange.workbook.book import book_of
    from guiju.exchange.workbook.filled import Filled
    from guiju.exchange.workbook.write import workbook_bytes

    program = program_of(policy, language)
    chosen = chosen_readings(program, readings, language)
    filled = Filled() if evidence is None else _filled(policy, program, evidence, language)
    write(workbook_bytes(book_of(program, chosen, language, filled, rows)), out, language, replace=replace)


def _filled(policy: str, program: Program, path: Path, language: Language) -> Any:
    """What an evidence file says; the end of the command where a workbook cannot hold it, or it has errors."""
    from guiju.editions import bind_edition
    from guiju.exchange.evidence import read_evidence
    from guiju.exchange.workbook.export import filled_of

    evidence, found = read_evidence(path)
    if evidence is None:
        fail(found, language)
    bindings = bind_edition(program, evidence, standards_of((policy,), language))
    told = (*found, *bindings.diagnostics)
    if not has_errors(told):
        filled, lost = filled_of(program, evidence, path, language)
        told = (*told, *lost)
        if not lost:
            report(told, language)
            return filled
    return fail(told, language)


@command.command("import", cls=Command, about=_IMPORT)
@click.argument("policy")
@click.argument("workbook", type=click.Path(path_type=Path))
@earlier_option
@out_option()
@replace_option
@language_option
def import_(
    policy: str, workbook: Path, earlier: str | None, out: Path | None, replace: bool, language: Language
) -> None:
    """Read WORKBOOK, which was made from POLICY, as an evidence file."""
    refuse_over_input(language, out)
    imported, _ = _read(policy, workbook, str(out or "evidence.yaml"), earlier, language)
    write(imported.text, out, language, replace=replace)


@command.command("check", cls=Command, about=_CHECK)
@click.argument("policy")
@click.argument("workbook", type=click.Path(path_type=Path))
@earlier_option
@language_option
def check(policy: str, workbook: Path, earlier: str | None, language: Language) -> None:
    """Check WORKBOOK, which was made from POLICY, and write nothing."""
    from guiju.engine.evaluate import evaluate
    from guiju.report.layout import table
    from guiju.report.result import result_of
    from guiju.report.text import text_of

    imported, found = _read(policy, workbook, "evidence.yaml", earlier, language)
    assert imported.bound is not None
    assessment = evaluate(imported.bound, imported.readings)
    heads = [text.in_language(language) for text in (_SHEET, _ROWS)]
    rows = [[f"  {sheet}", str(number)] for sheet, number in imported.rows.items()]
    click.echo("\n".join((*table([heads, *rows]), counted(found, language), "")))
    result = result_of(assessment, language, found)
    click.echo(text_of(result, assessment.program, language, colour=is_coloured(sys.stdout)), nl=False)


def _read(
    policy: str, workbook: Path, name: str, earlier: str | None, language: Language
) -> tuple[Imported, tuple[Diagnostic, ...]]:
    from guiju.exchange.workbook.read import Earlier, import_workbook

    program, other = program_of(policy, language), None
    if earlier is not None:
        from guiju.report.revision import changes_between

        before = program_of(earlier, language)
        other = Earlier(before, lambda: changes_between(before, program))
    imported, found = import_workbook(program, workbook, name, other)
    report(found, language)
    if imported is None:
        sys.exit(FAILED)
    return imported, found
