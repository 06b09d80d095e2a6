"""`guiju batch-schema`: the empty table for a policy, to be filled in, or what its columns are."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.codes import UNKNOWN_FORM
from guiju.cli.edge import argument, fail, format_option, language_option, program_of, wrong_call
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.cli.tabled import NEEDED, unwritable
from guiju.cli.writing import file_exists, refuse_over_input, replace_option
from guiju.dsl.diagnostic import Diagnostic, Language, Text


@click.command(
    "batch-schema",
    cls=Command,
    about=Text(
        "写出策略的空表（Parquet、Arrow IPC 或 CSV），每列附说明；不写 OUT 则列出各列。",
        "Write the empty table for POLICY (Parquet, Arrow IPC or CSV), each column with what\n"
        "it states; without OUT list the columns.",
    ),
)
@click.argument("policy")
@click.argument("out", metavar="[OUT]", required=False, type=click.Path(path_type=Path))
@option(
    "--every",
    is_flag=True,
    said=Text(
        "连同由事实判定的条款和由公式算得的事实。", "Also clauses that facts decide, and facts that a formula gives."
    ),
)
@replace_option
@format_option
@language_option
def command(policy: str, out: Path | None, every: bool, replace: bool, form: str, language: Language) -> None:
    """Write the empty table for POLICY, or list its columns."""
    require("batch", NEEDED, "batch-schema", language)
    from guiju.batch.blank import blank_schema
    from guiju.batch.blank_told import table_of, text_of
    from guiju.batch.sink import Sink, Staged, Unwritable, form_of
    from guiju.batch.tables import FORMS

    program = program_of(policy, language, form)
    schema = blank_schema(program, every=every)
    if out is None:
        model = table_of(program, schema, language)
        click.echo(model.model_dump_json(indent=2) + "\n" if form == "json" else text_of(model, language), nl=False)
        return
    written = form_of(out)
    if written is None:
        arguments = (("file", out.name), ("known", ", ".join(FORMS)))
        wrong_call(Diagnostic(UNKNOWN_FORM, argument("OUT", str(out)), arguments), language)
    refuse_over_input(language, out, option="OUT")
    if out.exists() and not replace:
        fail((file_exists(out),), language, form)
    try:
        with Staged(out) as staged:
            with Sink(staged.path, written, schema):
                pass
            staged.commit()
    except Unwritable as error:
        unwritable(error.path, error.reason, language, form)
