"""`guiju explain`: the derivation of one result as a tree, or the shortest honest answer to why not a level."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

import click

from guiju.cli.assessing import assess, reading_option
from guiju.cli.codes import LEVEL_NEVER_GIVEN, NODE_BESIDE_LEVEL, UNKNOWN_LEVEL, UNKNOWN_NODE
from guiju.cli.edge import argument, format_option, language_option, others_option, wrong_call
from guiju.cli.help import Command, option
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.dsl.source import Span
from guiju.engine.evaluate import Assessment
from guiju.report.branch import Branch, Depth

if TYPE_CHECKING:
    from pydantic import BaseModel

    from guiju.report.explanation_model import BranchModel


@click.command(
    "explain",
    cls=Command,
    about=Text(
        "解释一个节点：结果（level）、得分（A@L2、hardware@L1）、条款（6.1.1.1.e）或事实。",
        "Explain NODE: an outcome (level), a score (A@L2, hardware@L1), a clause (6.1.1.1.e), a fact.",
    ),
)
@click.argument("policy")
@click.argument("evidence", type=click.Path())
@click.argument("node", required=False)
@option("--why-not", "level", metavar="LEVEL", said=Text("为何未达到此级。", "Why this level is not reached."))
@option(
    "--depth",
    type=click.Choice(["summary", "gaps", "review", "engineer"]),
    default="gaps",
    said=Text("多深：五行、缺口、逐条、每个节点。", "How deep: five lines, the gaps, clause by clause, every node."),
)
@language_option
@format_option
@reading_option
@others_option
def command(
    policy: str,
    evidence: str,
    node: str | None,
    level: str | None,
    depth: Depth,
    language: Language,
    form: str,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Explain NODE: an outcome (level), a score (A@L2, hardware@L1), a clause (6.1.1.1.e), a fact."""
    if level is not None and node is not None:
        arguments = (("name", node), ("level", level))
        wrong_call(Diagnostic(NODE_BESIDE_LEVEL, _argument(node, language), arguments), language)
    assessment, _ = assess(policy, evidence, readings, language, form, others)
    if level is not None:
        _why_not(assessment, level, language, form)
        return
    from guiju.report.addresses import address_of
    from guiju.report.branch import lines
    from guiju.report.depth import at_depth
    from guiju.report.explain import explain
    from guiju.report.layout import joined

    name = node or next(iter(assessment.program.outcomes), "")
    address = address_of(assessment, name)
    if address is None:
        _no_such_node(assessment, name, language)
    tree = at_depth(explain(assessment, address, language), depth)
    if form == "json":
        from guiju.report.explanation_model import ExplanationModel

        policy_id = assessment.program.id
        _print(ExplanationModel(guiju="explanation/1", policy=policy_id, explained=_branch(tree)))
    else:
        click.echo(joined(lines(tree, marked=True)))


def _no_such_node(assessment: Assessment, name: str, language: Language) -> NoReturn:
    from guiju.report.addresses import examples, near

    close = near(assessment, name)
    outcomes = ", ".join(assessment.program.outcomes)
    known = ", ".join(close[1:] or examples(assessment))
    arguments = (("name", name), ("outcomes", outcomes), ("known", known))
    suggestion = close[0] if close else None
    wrong_call(Diagnostic(UNKNOWN_NODE, _argument(name, language), arguments, suggestion=suggestion), language)


def _argument(node: str, language: Language) -> Span:
    return argument(Text("节点", "NODE").in_language(language), node)


def _branch(branch: Branch) -> BranchModel:
    from guiju.report.explanation_model import BranchModel

    return BranchModel(
        address=branch.address,
        text=branch.text,
        because=[_branch(b) for b in branch.branches],
        cites=branch.place.cites,
        policy=branch.place.policy,
        evidence=list(branch.evidence),
        note=branch.note,
        state=branch.state,
        determining=branch.determining,
        told_above=branch.above,
    )


def _print(model: BaseModel) -> None:
    click.echo(json.dumps(model.model_dump(), ensure_ascii=False, indent=2))


def _why_not(assessment: Assessment, level: str, language: Language, form: str) -> None:
    from guiju.engine.reasoning.why_not import why_not_from
    from guiju.report.layout import joined
    from guiju.report.mending import mending_lines, mendings_of
    from guiju.report.result import why_not_model
    from guiju.report.why_not import why_not_lines

    levels = {n: x.id for x in assessment.program.levels for n in (x.id, *x.aliases, x.label.zh, x.label.en)}
    answers = [
        (outcome, answer)
        for outcome in assessment.program.outcomes
        if (answer := why_not_from(assessment, outcome, levels.get(level, level))) is not None
    ]
    if not answers and level in levels:
        wrong_call(Diagnostic(LEVEL_NEVER_GIVEN, argument("--why-not", level), (("name", level),)), language)
    if not answers:
        names = ", ".join(dict.fromkeys(levels.values()))
        known = names or Text("（标准没有等级）", "(the standard has none)").in_language(language)
        arguments = (("name", level), ("known", known))
        wrong_call(Diagnostic(UNKNOWN_LEVEL, argument("--why-not", level), arguments), language)
    if form == "json":
        from guiju.report.explanation_model import WhyNotAnswerModel, WhyNotAnswersModel
        from guiju.report.mending import mendings_model

        listed = [
            WhyNotAnswerModel(**why_not_model(o, a).model_dump(), mendings=mendings_model(found) if found else None)
            for o, a in answers
            for found in [mendings_of(assessment, o, a)]
        ]
        _print(WhyNotAnswersModel(guiju="why-not/1", policy=assessment.program.id, answers=listed))
        return
    for outcome, answer in answers:
        click.echo(joined(why_not_lines(assessment, outcome, answer, language)))
        found = mendings_of(assessment, outcome, answer)
        if found is not None:
            click.echo(joined(mending_lines(assessment, found, language)))
