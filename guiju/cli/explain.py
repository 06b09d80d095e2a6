"""`guiju explain`: the derivation of one result as a tree, or the shortest honest answer to why not a level."""

from __future__ import annotations

import json
from difflib import get_close_matches

import click

from guiju.cli.assessing import assess, reading_option
from guiju.cli.edge import format_option, language_option
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.report.explain import Branch


@click.command("explain")
@click.argument("policy")
@click.argument("evidence", type=click.Path())
@click.argument("node", required=False)
@click.option("--why-not", "level", metavar="LEVEL", help="Why this level is not reached. 为何未达到此级。")
@click.option("--full", is_flag=True, help="List every clause of every count. 列出全部条款。")
@language_option
@format_option
@reading_option
def command(
    policy: str,
    evidence: str,
    node: str | None,
    level: str | None,
    full: bool,
    language: Language,
    form: str,
    readings: tuple[str, ...],
) -> None:
    """Explain NODE: an outcome (level), a score (A@L2, hardware@L1), a clause (6.1.1.1.e), a fact."""
    assessment, _ = assess(policy, evidence, readings, language, form)
    if level is not None:
        _why_not(assessment, level, language, form)
        return
    from guiju.report.explain import address_of, explain, lines

    name = node or next(iter(assessment.program.outcomes))
    address = address_of(assessment, name)
    if address is None:
        close = get_close_matches(name, tuple(assessment.network.at), n=3)
        raise click.BadParameter(f"{name}; did you mean: {', '.join(close) or '-'}", param_hint="NODE")
    tree = explain(assessment, address, language, full)
    if form == "json":
        click.echo(json.dumps(_data(tree), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines(tree)))


def _data(branch: Branch) -> dict[str, object]:
    return {"address": branch.address, "text": branch.text, "because": [_data(b) for b in branch.branches]}


def _why_not(assessment: Assessment, level: str, language: Language, form: str) -> None:
    from guiju.engine.why_not import why_not
    from guiju.report.result import why_not_model
    from guiju.report.why_not import why_not_lines

    levels = {name: x.id for x in assessment.program.levels for name in (x.id, *x.aliases)}
    answers = [
        (outcome, answer)
        for outcome in assessment.program.outcomes
        if (answer := why_not(assessment, outcome, levels.get(level, level))) is not None
    ]
    if not answers:
        raise click.BadParameter(f"{level}: {', '.join(dict.fromkeys(levels.values())) or '-'}", param_hint="--why-not")
    if form == "json":
        listed = [why_not_model(o, a).model_dump() for o, a in answers]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for _, answer in answers:
        click.echo("\n".join(why_not_lines(assessment, answer, language)))
