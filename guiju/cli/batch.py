"""`guiju batch`: every row of a table, or of a folder of tables, answered into another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from guiju.cli.assessing import chosen_readings, reading_option
from guiju.cli.codes import OPTION_WITHOUT_EFFECT
from guiju.cli.edge import argument, fail, format_option, language_option, program_of, report, wrong_call
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.cli.tabled import (
    NEEDED,
    at,
    copied_to,
    cores,
    place_of,
    rejects_option,
    run_to_its_end,
    table_options,
    tables_of,
)
from guiju.cli.writing import refuse_other_form, refuse_over_input, refuse_unless_writable, replace_option, write
from guiju.dsl.diagnostic import Diagnostic, Language, Text

if TYPE_CHECKING:
    from guiju.batch.answers import Engine, Part, Tally
    from guiju.batch.draws import DrawnTally, Draws
    from guiju.batch.heading import Heading
    from guiju.batch.run import Job, Place
    from guiju.batch.tables import Table
    from guiju.compiler.ir import Program
    from guiju.report.branch import Depth

_IDS_TOLD = 5
_EVIDENCE = (".yaml", ".yml")
_WITH_ROW, _WITHOUT_ROW = Text("与 --row 同用时", "beside --row"), Text("没有 --row 时", "without --row")
_WITHOUT_DRAWS = Text("没有 --draws 时", "without --draws")


@click.command(
    "batch",
    cls=Command,
    about=Text(
        "评价表里的每一行：IN 是 Parquet、Arrow IPC、CSV 文件或装着它们的文件夹，结果写到 OUT。",
        "Evaluate every row of a table: IN is a Parquet, Arrow IPC or CSV file, or a\n"
        "folder of them; the result goes to OUT.",
    ),
)
@click.argument("policy")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.argument("out", metavar="[OUT]", required=False, type=click.Path(path_type=Path))
@option(
    "--also",
    multiple=True,
    type=click.Choice(["bounds", "reachable", "blocked", "scores", "numerators", "verdicts"]),
    said=Text("结果里还要有什么；可多次。", "What the result has beside the outcomes; as often as wanted."),
)
@option(
    "--keep",
    multiple=True,
    metavar="COLUMN",
    said=Text("把这一列照抄进结果；可多次。", "Copy this column to the result; as often as wanted."),
)
@rejects_option
@option(
    "--draws",
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    said=Text("未知的随机抽 N 次，计出各结果的频率。", "Draw what is unknown N times, and count the outcomes."),
)
@option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    metavar="S",
    said=Text("抽样的种子；不写则为 1。", "The seed of the draws, by default 1."),
)
@option(
    "--chances",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text("各项取值的概率；不写则各一半。", "How likely each value is; by default one half."),
)
@replace_option
@option(
    "--plan",
    "only_plan",
    is_flag=True,
    said=Text("只说明会怎样计算。", "Tell how it would be done, and do nothing."),
)
@option("--row", metavar="ID", said=Text("只解释这一行。", "Explain this row in full instead."))
@option("--node", said=Text("--row 解释什么；不写则为结果。", "What --row explains; by default the outcome."))
@option(
    "--depth",
    type=click.Choice(["summary", "gaps", "review", "engineer"]),
    default="review",
    said=Text("--row 解释多深。", "How deep --row explains."),
)
@table_options
@reading_option
@format_option
@language_option
def command(
    policy: str,
    source: Path,
    out: Path | None,
    also: tuple[Part, ...],
    keep: tuple[str, ...],
    rejects: Path | None,
    draws: int | None,
    seed: int | None,
    chances: Path | None,
    replace: bool,
    only_plan: bool,
    row: str | None,
    node: str | None,
    depth: Depth,
    id_: str | None,
    ignore_others: bool,
    jobs: int | None,
    readings: tuple[str, ...],
    form: str,
    language: Language,
) -> None:
    """Evaluate every row of a table."""
    require("batch", NEEDED, "batch", language)
    from guiju.batch.answers import Tally
    from guiju.batch.codes import OUT_NEEDED
    from guiju.batch.heading import Wanted
    from guiju.batch.summary import Summary, text_of
    from guiju.batch.tables import without_rows

    drawn_by: dict[str, object] = {"--seed": seed, "--chances": chances}
    if row is not None:
        of_result = {"--also": also, "--rejects": rejects, "--draws": draws, "--plan": only_plan}
        _refuse_without_effect(of_result | drawn_by, _WITH_ROW, language)
    else:
        _refuse_without_effect({"--node": node}, _WITHOUT_ROW, language)
    if draws is None:
        _refuse_without_effect(drawn_by, _WITHOUT_DRAWS, language)
    program = program_of(policy, language, form)
    chosen = chosen_readings(program, readings, language)
    to = None if row is not None or only_plan else copied_to(out)
    tables, found = tables_of(program, source, Wanted(id_, keep, ignore_others, to), language, form)
    if row is not None:
        if out is not None:
            refuse_other_form(out, _EVIDENCE, language, option="OUT")
            refuse_over_input(language, out, option="OUT")
            refuse_unless_writable(out, language, replace=replace)
        _explain(program, chosen, tables, row, (node, depth, out, replace), language, form)
        return
    if only_plan:
        _tell_plan(program, chosen, tables, (also, jobs or cores()), language, form)
        return
    if out is None:
        wrong_call(Diagnostic(OUT_NEEDED, argument("OUT", ""), ()), language)
    place = place_of(source, out, rejects, replace=replace, language=language)
    if form == "text":
        report(found, language)
    asked = None if draws is None else (draws, 1 if seed is None else seed, chances)
    drawing = None if asked is None else _drawing(program, asked, language, form)
    job = _job(program, chosen, tables, source, place, also, jobs or cores(), drawing)
    done = run_to_its_end(job, language, form)
    after = (*map(without_rows, done.empty), *_ids_twice(source, done.twice))
    if form == "text":
        report(after, language)
    assert isinstance(job.counts, Tally)
    summary = Summary(program, job, done, job.counts, _drawn(drawing, job.counts))
    if form == "json":
        from guiju.batch.published import model_of

        click.echo(model_of(summary, chosen, (*found, *after), language).model_dump_json(indent=2))
    else:
        click.echo(text_of(summary, language), nl=False)


def _refuse_without_effect(options: Mapping[str, object], when: Text, language: Language) -> None:
    """End where any of these options is given."""
    named = ", ".join(name for name, given in options.items() if not (given is None or given is False or given == ()))
    if named:
        arguments = (("option", named), ("when", when))
        wrong_call(Diagnostic(OPTION_WITHOUT_EFFECT, argument("batch", named), arguments), language)


def _job(
    program: Program,
    readings: dict[str, str],
    tables: tuple[tuple[Table, Heading], ...],
    source: Path,
    place: Place,
    also: tuple[Part, ...],
    jobs: int,
    drawing: Draws | None,
) -> Job:
    from guiju.batch.answers import PARTS, Columnar, Tally, columns_of, schema_of
    from guiju.batch.run import Job
    from guiju.batch.work import Work

    columns = columns_of(program, readings, tuple(part for part in PARTS if part in also))
    engine: Callable[[], Engine] = partial(Columnar, program, readings, columns)
    answers, counts = schema_of(columns), Tally()
    if drawing is not None:
        from guiju.batch.draws import Drawing, DrawnTally, drawn_schema

        columnar = Columnar(program, readings, columns)
        engine = partial(Drawing, columnar, drawing)
        answers, counts = drawn_schema(columnar), DrawnTally()
    return Job(
        tables=tables,
        folder=source if source.is_dir() else None,
        work=lambda _, heading: Work(engine, ((program, heading),)),
        answers=answers,
        counts=counts,
        place=place,
        jobs=jobs,
    )


def _drawing(program: Program, asked: tuple[int, int, Path | None], language: Language, form: str) -> Draws:
    """What is drawn, by the chances of a file; the end of the command where it has mistakes."""
    from guiju.batch.chances import Chances, read_chances
    from guiju.batch.draws import Draws

    number, seed, file = asked
    chances, found = (Chances(), ()) if file is None else read_chances(file, program)
    if chances is None:
        fail(found, language, form)
    return Draws(chances.of(program), number, seed)


def _drawn(draws: Draws | None, tally: Tally) -> tuple[Draws, DrawnTally] | None:
    """What was drawn, and how often each outcome was."""
    if draws is None:
        return None
    from guiju.batch.draws import DrawnTally

    assert isinstance(tally, DrawnTally)
    return draws, tally


def _tell_plan(
    program: Program,
    readings: dict[str, str],
    tables: tuple[tuple[Table, Heading], ...],
    how: tuple[tuple[Part, ...], int],
    language: Language,
    form: str,
) -> None:
    from guiju.batch.answers import PARTS, Columnar, columns_of
    from guiju.batch.plan_told import planned, text_of

    also, jobs = how
    columns = columns_of(program, readings, tuple(part for part in PARTS if part in also))
    table, heading = tables[0]  # those of a folder are alike
    model = planned(Columnar(program, readings, columns), table, heading, jobs, language)
    text = model.model_dump_json(indent=2) + "\n" if form == "json" else text_of(model, program, language)
    click.echo(text, nl=False)


def _ids_twice(source: Path, twice: Mapping[str, int]) -> tuple[Diagnostic, ...]:
    from guiju.batch.codes import ID_TWICE

    names = ", ".join(f"{name} ×{count}" for name, count in list(twice.items())[:_IDS_TOLD])
    return (Diagnostic(ID_TWICE, at(source), (("number", len(twice)), ("names", names))),) if twice else ()


def _explain(
    program: Program,
    readings: dict[str, str],
    tables: tuple[tuple[Table, Heading], ...],
    name: str,
    how: tuple[str | None, Depth, Path | None, bool],
    language: Language,
    form: str,
) -> None:
    """Print how a row came to its outcome; with OUT write it as an evidence file, for all other commands."""
    from guiju.batch.one_row import row_named
    from guiju.batch.tables import Unreadable
    from guiju.cli.explain import print_explained
    from guiju.engine.evaluate import evaluate
    from guiju.exchange.evidence_text import evidence_text

    node, depth, out, replace = how
    try:
        row, found = row_named(program, tables, name)
    except Unreadable as error:
        fail((error.diagnostic,), language, form)
    if row is None:
        _no_row(found, language)
    if row.wrong:
        fail((why for cell in row.wrong for why in cell.why), language, form)
    bound, found = row.bound(program)
    if form == "text":
        report(found, language)
    if out is not None:
        write(evidence_text(row.evidence(program)), out, language, replace=replace)
        return
    print_explained(evaluate(bound, readings), node, depth, language, form, Text("--node", "--node"))


def _no_row(found: tuple[Diagnostic, ...], language: Language) -> NoReturn:
    wrong_call(found[0], language)
