"""`guiju page`: the whole assessment explained, as one file that a browser opens without a network."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.assessing import assess, reading_option
from guiju.cli.edge import language_option, others_option
from guiju.cli.extras import require
from guiju.cli.help import Command
from guiju.cli.progress import working
from guiju.cli.writing import out_option, refuse_over_input, replace_option, write
from guiju.dsl.diagnostic import Language, Text

_NEEDED = ("jinja2", "vl_convert")


@click.command(
    "page",
    cls=Command,
    about=Text(
        "把一次评价写成一个 HTML 页面：结论、逐级、缺口、未知、推导、证据、局限。离线可看，可打印。",
        "Explain an assessment as one HTML page: conclusion, levels, gaps, unknowns, derivation, evidence, limits. It "
        "opens offline and prints.",
    ),
)
@click.argument("policy")
@click.argument("evidence", type=click.Path())
@out_option()
@replace_option
@language_option
@reading_option
@others_option
def command(
    policy: str,
    evidence: str,
    out: Path | None,
    replace: bool,
    language: Language,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Explain an assessment as one HTML page."""
    refuse_over_input(language, out)
    require("page", _NEEDED, "page", language)
    from guiju.report.explained.whole import explanation
    from guiju.report.html.page import page
    from guiju.report.result import result_of

    assessment, diagnostics = assess(policy, evidence, readings, language, others=others)
    with working(language):
        text = page(explanation(assessment, result_of(assessment, language, diagnostics), language))
    write(text, out, language, replace=replace)
