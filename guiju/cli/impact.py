"""`guiju impact`: what other rules would change in a population, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.assessing import chosen_readings, reading_option
from guiju.cli.codes import OPTION_WITHOUT_EFFECT, UNKNOWN_FORM
from guiju.cli.edge import argument, fail, format_option, language_option, not_a_setting, report, wrong_call
from guiju.cli.extras import require
from guiju.cli.help import Command, option
from guiju.cli.tabled import (
    NEEDED,
    copied_to,
    cores,
    place_of,
    rejects_option,
    run_to_its_end,
    table_options,
    tables_of,
)
from guiju.cli.writing import out_option, refuse_over_input, refuse_unless_writable, replace_option, write
from guiju.dsl.diagnostic import Diagnostic, Language, Text

if TYPE_CHECKING:
    from guiju.batch.answers import Counts, Engine
    from guiju.batch.heading import Heading, Wanted
    from guiju.batch.impact_told import Sides
    from guiju.batch.run import Job, Place
    from guiju.batch.tables import Table
    from guiju.batch.thresholds import Setting
    from guiju.compiler.ir import Program
    from guiju.library import Loaded

_WITHOUT_OUT = Text("没有 --out 时", "without --out")


@click.command(
    "impact",
    cls=Command,
    about=Text(
        "规定改变之后，总体里谁的结果会变、变多少、经由哪个条款。\n\n"
        "guiju impact POLICY IN --set THRESHOLD=VALUE\nguiju impact POLICY IN --sweep THRESHOLD=VALUE,VALUE\n"
        "guiju impact OLD NEW IN",
        "What other rules would change in a population: whose outcome, by how much, through which clause.\n\n"
        "guiju impact POLICY IN --set THRESHOLD=VALUE\nguiju impact POLICY IN --sweep THRESHOLD=VALUE,VALUE\n"
        "guiju impact OLD NEW IN",
    ),
)
@click.argument("files", nargs=-1, metavar="POLICY [NEW] IN", type=click.Path())
@option(
    "--set",
    "settings",
    multiple=True,
    metavar="THRESHOLD=VALUE",
    said=Text(
        "把一个阈值设成别的，如 6.1.1.1.f.threshold=85%；可多次。",
        "Set a threshold, such as 6.1.1.1.f.threshold=85%; as often as wanted.",
    ),
)
@option(
    "--sweep",
    "sweeps",
    multiple=True,
    metavar="THRESHOLD=VALUE,VALUE",
    said=Text("依次把一个阈值设成这些值。", "Set a threshold to each of these values in turn."),
)
@option(
    "--plot",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text("把 --sweep 画成图（.svg）。", "Draw what --sweep finds (.svg)."),
)
@out_option(Text("把结果改变的行写入此表。", "Write the rows that change to this table."))
@rejects_option
@replace_option
@table_options
@reading_option
@format_option
@language_option
def command(
    files: tuple[str, ...],
    settings: tuple[str, ...],
    sweeps: tuple[str, ...],
    plot: Path | None,
    out: Path | None,
    rejects: Path | None,
    replace: bool,
    id_: str | None,
    ignore_others: bool,
    jobs: int | None,
    readings: tuple[str, ...],
    form: str,
    language: Language,
) -> None:
    """What other rules would change in a population."""
    require("batch", NEEDED, "impact", language)
    from guiju.batch.heading import Wanted
    from guiju.batch.impact_told import chart_of, impact_of, text_of
    from guiju.batch.run import Place

    _refuse_unless_one_comparison(files, settings, sweeps, (plot, out), language)
    if rejects is not None and out is None:
        what = (("option", "--rejects"), ("when", _WITHOUT_OUT))
        wrong_call(Diagnostic(OPTION_WITHOUT_EFFECT, argument("--rejects", str(rejects)), what), language)
    sweep = sweeps[0] if sweeps else None
    if plot is not None and plot.suffix.lower() != ".svg":
        arguments = (("file", plot.name), ("known", ".svg"))
        wrong_call(Diagnostic(UNKNOWN_FORM, argument("--plot", str(plot)), arguments), language)
    if plot is not None:
        require("page", ("vl_convert",), "impact", language)
        refuse_over_input(language, plot, option="--plot")
        refuse_unless_writable(plot, language, replace=replace)
    source = Path(files[-1])
    place = place_of(source, out, rejects, replace=replace, language=language) if out else Place(None, None, None)
    sides, variants = _sides(files, settings, sweep, language, form)
    wanted = Wanted(id_, (), ignore_others, copied_to(out), may_keep=False)
    tables, found = _tables(sides, source, wanted, language, form)
    if form == "text":
        report(found, language, notes=False)
    chosen = [chosen_readings(p, readings, language) for p in (sides.before, *variants)]
    job = _job(sides, variants, chosen, tables, source, place, jobs or cores())
    done = run_to_its_end(job, language, form)
    model = impact_of(sides, (job, done), found, language)
    text = model.model_dump_json(indent=2) + "\n" if form == "json" else text_of(model, sides.before.title, language)
    if plot is not None:
        from guiju.report.html.charts import svg

        write(svg(chart_of(model, language)), plot, language, replace=replace)
    click.echo(text, nl=False)


def _refuse_unless_one_comparison(
    files: tuple[str, ...],
    settings: tuple[str, ...],
    sweeps: tuple[str, ...],
    made: tuple[Path | None, Path | None],
    language: Language,
) -> None:
    """End where it is not said, or said in several ways, what the policy is compared with."""
    from guiju.batch import codes

    code, (plot, out) = None, made
    if bool(settings) + len(sweeps) + (len(files) == len(("OLD", "NEW", "IN"))) > 1:
        code = codes.ONE_COMPARISON
    elif plot is not None and not sweeps:
        code = codes.PLOT_OF_A_SWEEP
    elif out is not None and sweeps:
        code = codes.ROWS_OF_A_SWEEP
    elif len(files) != (2 if settings or sweeps else 3):
        code = codes.NOTHING_CHANGED
    if code is not None:
        wrong_call(Diagnostic(code, argument("impact", " ".join(files)), ()), language)


def _sides(
    files: tuple[str, ...], settings: tuple[str, ...], sweep: str | None, language: Language, form: str
) -> tuple[Sides, tuple[Program, ...]]:
    """The policy as it is, and as it would be: one edition or setting, or one for each value of a sweep."""
    from guiju.batch.codes import SWEEP_TWICE
    from guiju.batch.impact_told import Sides
    from guiju.batch.thresholds import Setting, thresholds, twice_among

    before = _loaded(files[0], language, form)
    assert before.program is not None
    if len(files) == 3:
        after = _loaded(files[1], language, form).program
        assert after is not None
        return Sides(before.program, after, ()), (after,)
    known = {t.name: t.text for t in thresholds(before.program)}
    if sweep is None:
        changes = tuple(_setting(text, "--set", language) for text in settings)
        after = _changed(before, changes, language, form)
        return Sides(before.program, after, tuple((c.name, known[c.name], c.value) for c in changes)), (after,)
    first = _setting(sweep, "--sweep", language)
    values = tuple(value.strip() for value in first.value.split(","))
    variants = tuple(_changed(before, (Setting(first.name, v, first.given),), language, form) for v in values)
    if (same := twice_among(values)) is not None:
        arguments = (("first", same[0]), ("second", same[1]))
        wrong_call(Diagnostic(SWEEP_TWICE, first.given, arguments), language)
    return Sides(before.program, None, (), first.name, values), variants


def _loaded(policy: str, language: Language, form: str) -> Loaded:
    from guiju.library import load

    loaded = load(policy)
    if loaded.program is None:
        fail(loaded.diagnostics, language, form)
    return loaded


def _setting(text: str, name: str, language: Language) -> Setting:
    from guiju.batch.thresholds import Setting

    threshold, equals, value = (part.strip() for part in text.partition("="))
    if not (threshold and equals and value):
        not_a_setting(name, text, language)
    return Setting(threshold, value, argument(name, text))


def _changed(before: Loaded, settings: tuple[Setting, ...], language: Language, form: str) -> Program:
    """The policy with thresholds set otherwise; what the compiler says of it ends the command."""
    from guiju.batch.thresholds import with_settings

    changed, wrong = with_settings(before, settings)
    if changed is None or changed.program is None:
        if any(d.span.source.name.startswith("--") for d in wrong):
            wrong_call(wrong[0], language)
        fail(wrong, language, form)
    return changed.program


def _tables(
    sides: Sides, source: Path, wanted: Wanted, language: Language, form: str
) -> tuple[tuple[tuple[Table, Heading], ...], tuple[Diagnostic, ...]]:
    """The tables as the policy reads them; of two editions a column may be known to either."""
    if sides.after is None or sides.settings:
        return tables_of(sides.before, source, wanted, language, form)
    return tables_of(sides.before, source, wanted, language, form, also=sides.after)


def _job(
    sides: Sides,
    variants: tuple[Program, ...],
    readings: list[dict[str, str]],
    tables: tuple[tuple[Table, Heading], ...],
    source: Path,
    place: Place,
    jobs: int,
) -> Job:
    from guiju.batch.answers import Columnar, columns_of
    from guiju.batch.heading import Wanted, heading_of
    from guiju.batch.impact import Impact, Sweep, Swept, Turned, schema_of, shared_outcomes
    from guiju.batch.run import Job
    from guiju.batch.work import Work

    columnar = [
        Columnar(program, chosen, columns_of(program, chosen, ()), counts_clauses=False)
        for program, chosen in zip((sides.before, *variants), readings, strict=True)
    ]
    outcomes = shared_outcomes(sides.before, variants[0])
    is_sweep = sides.sweep is not None

    def work(table: Table, heading: Heading) -> Work:
        one = (sides.before, heading)
        if is_sweep or sides.settings:  # the same columns mean the same
            return Work(engine, (one,))
        other, _ = heading_of(variants[0], table, Wanted(heading.id, (), ignore_others=True))
        return Work(engine, (one, (variants[0], other)))

    def engine() -> Engine:
        return Sweep(columnar[0], tuple(columnar[1:])) if is_sweep else Impact(columnar[0], columnar[1])

    counts: Counts = Swept() if is_sweep else Turned()
    return Job(tables, source if source.is_dir() else None, work, schema_of(outcomes), counts, place, jobs)
