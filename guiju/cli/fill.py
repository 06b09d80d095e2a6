"""`guiju fill`: the values of an assessment in a body's own workbook or Word template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from guiju.cli.assessing import assess, reading_option
from guiju.cli.edge import fail, language_option, others_option
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
from guiju.dsl.diagnostic import Language, Text

if TYPE_CHECKING:
    from guiju.report.fill.values import Values

_NAME, _VALUE, _ABOUT = Text("名称", "name"), Text("值", "value"), Text("说明", "what it is")
_TABLE = Text("{table}（{rows} 行）：{about}；{fields}", "{table} ({rows:row|rows}): {about}; {fields}")


@click.command(
    "fill",
    cls=Command,
    about=Text(
        "把评价的值填进机构自己的工作簿（.xlsx）或 Word 模板（.docx）；格式照旧。\n--list 列出能填的名称。"
        "需要 guiju[fill]。",
        "Put the values of an assessment into a body's own workbook (.xlsx) or Word template (.docx).\n"
        "--list shows the names that there are. Needs guiju[fill].",
    ),
)
@click.argument("policy")
@click.argument("evidence", type=click.Path())
@option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text("机构的工作簿或 Word 模板，不会被改动。", "The body's workbook or Word template, which stays as it is."),
)
@option(
    "--list",
    "listing",
    is_flag=True,
    said=Text("列出能填的名称和值，不写文件。", "List the names with their values; write nothing."),
)
@out_option()
@replace_option
@language_option
@reading_option
@others_option
def command(
    policy: str,
    evidence: str,
    template: Path | None,
    listing: bool,
    out: Path | None,
    replace: bool,
    language: Language,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Put the values of an assessment into a body's own file."""
    if not listing:
        _fill(policy, evidence, template, out, replace, language, readings, others)
        return
    from guiju.report.fill.values import values_of

    assessment, _ = assess(policy, evidence, readings, language, others=others)
    click.echo("\n".join(_listed(values_of(assessment, language), language)))


def _fill(
    policy: str,
    evidence: str,
    template: Path | None,
    out: Path | None,
    replace: bool,
    language: Language,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    if template is None or out is None:
        _lacks("template" if template is None else "out")
    require("fill", ("docxtpl", "openpyxl"), "fill", language)
    from guiju.report.fill.template import filled, kind_of

    if (kind := kind_of(template)) is not None:
        refuse_other_form(out, (f".{kind}",), language)
    refuse_over_input(language, out)
    refuse_unless_writable(out, language, replace=replace)
    from guiju.report.fill.values import values_of

    assessment, _ = assess(policy, evidence, readings, language, others=others)
    data, found = filled(template, values_of(assessment, language))
    if data is None:
        fail(found, language)
    write(data, out, language, replace=replace)


def _lacks(name: str) -> NoReturn:
    context = click.get_current_context()
    raise click.MissingParameter(ctx=context, param=next(p for p in context.command.params if p.name == name))


def _listed(values: Values, language: Language) -> Iterator[str]:
    from guiju.report.agreeing import agreeing
    from guiju.report.fill.values import FIELDS, TABLES, text_of
    from guiju.report.layout import table, wrapped

    heads = [text.in_language(language) for text in (_NAME, _VALUE, _ABOUT)]
    rows = [[name, text_of(value), values.about.get(name, "")] for name, value in values.values.items()]
    yield from table([heads, *rows])
    yield ""
    for name, (row, about) in TABLES.items():
        fields = ", ".join(f"{row}.{field}" for field in FIELDS[name])
        told = agreeing(
            _TABLE.in_language(language),
            table=name,
            rows=len(values.tables[name]),
            about=about.in_language(language),
            fields=fields,
        )
        yield from wrapped(told)
