"""`guiju evaluate`: evidence against a policy, graded and explained."""

from __future__ import annotations

import sys

import click

from guiju.cli.assessing import assess, assessing_options
from guiju.cli.edge import is_coloured
from guiju.cli.help import Command, option
from guiju.cli.progress import working
from guiju.dsl.diagnostic import Language, Text


@click.command(
    "evaluate",
    cls=Command,
    about=Text(
        "用证据文件（YAML 或 JSON）按策略（编号或路径）评价。",
        "Evaluate EVIDENCE (a YAML or JSON file) against POLICY (an id or a path).",
    ),
)
@click.argument("policy")
@click.argument("evidence", type=click.Path())
@assessing_options
@option(
    "--all-readings",
    is_flag=True,
    said=Text("试遍读法的所有组合，不论多少。", "Try every combination of readings, however many."),
)
def command(
    policy: str,
    evidence: str,
    language: Language,
    form: str,
    readings: tuple[str, ...],
    others: tuple[str, ...],
    all_readings: bool,
) -> None:
    """Evaluate EVIDENCE (a YAML or JSON file) against POLICY (an id or a path)."""
    from guiju.report.result import result_of

    assessment, diagnostics = assess(policy, evidence, readings, language, form, others)
    with working(language):
        result = result_of(assessment, language, diagnostics, all_readings)
    if form == "json":
        click.echo(result.model_dump_json(indent=2))
        return
    from guiju.report.text import text_of

    click.echo(text_of(result, assessment.program, language, colour=is_coloured(sys.stdout)), nl=False)
