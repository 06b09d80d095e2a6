"""`guiju explain`: the derivation of one result as a tree, or the shortest honest answer to why not a level."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

import click

from guiju.cli.assessing import assess, assessing_options, no_such_level, print_assessed
from guiju.cli.codes import NODE_BESIDE_LEVEL, OPTION_WITHOUT_EFFECT, UNKNOWN_NODE
from guiju.cli.edge import argument, wrong_call
from guiju.cli.help import Command, option
from guiju.cli.progress import working
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.dsl.source import Span
from guiju.engine.evaluate import Assessment
from guiju.report.branch import Branch, Depth

if TYPE_CHECKING:
    from pydantic import BaseModel

    from guiju.report.explanation_model import BranchModel


_NODE = Text("节点", "NODE")
_WHY_NOT = Text("与 --why-not 同用时", "beside --why-not")


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
    said=Text(
        "多深：五行、缺口（默认）、逐条、每个节点。",
        "How deep: five lines, the gaps (default), clause by clause, every node.",
    ),
)
@assessing_options
def command(
    policy: str,
    evidence: str,
    node: str | None,
    level: str | None,
    depth: Depth | None,
    language: Language,
    form: str,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Explain NODE: an outcome (level), a score (A@L2, hardware@L1), a clause (6.1.1.1.e), a fact."""
    if level is not None and node is not None:
        arguments = (("name", node), ("level", level))
        wrong_call(Diagnostic(NODE_BESIDE_LEVEL, _argument(node, language), arguments), language)
    if level is not None and depth is not None:
        wrong = (("option", "--depth"), ("when", _WHY_NOT))
        wrong_call(Diagnostic(OPTION_WITHOUT_EFFECT, argument("--depth", depth), wrong), language)
    assessment, _ = assess(policy, evidence, readings, language, form, others)
    if level is not None:
        _why_not(assessment, level, language, form)
        return
    print_explained(assessment, node, depth or "gaps", language, form)


def print_explained(
    assessment: Assessment, node: str | None, depth: Depth, language: Language, form: str, by: Text = _NODE
) -> None:
    """Print how a node came about, the first outcome if none is named; or end where there is no such node.

    Of the other outcomes it is told then what they are, to be named `by` an argument or an option.
    """
    from guiju.report.addresses import address_of
    from guiju.report.branch import lines
    from guiju.report.depth import at_depth
    from guiju.report.explain import explain
    from guiju.report.key import key_lines
    from guiju.report.layout import joined
    from guiju.report.other_outcomes import other_outcome_lines, outcomes_beside
    from guiju.report.under_readings import readings_of, with_readings
    from guiju.report.verdict_only import verdict_only_lines

    name = node if node is not None else next(iter(assessment.program.outcomes), "")
    address = address_of(assessment, name)
    if address is None:
        _no_such_node(assessment, name, language)
    with working(language):
        whole = explain(assessment, address, language)
        found = readings_of(assessment, address)
        tree = at_depth(with_readings(assessment.program, whole, found, language) if found else whole, depth)
        others = outcomes_beside(assessment, name) if node is None else ()
    if form == "json":
        from guiju.report.assessed import assessed_model
        from guiju.report.explanation_model import ExplanationModel

        policy_id = assessment.program.id
        explained = _branch(tree)
        _print(
            ExplanationModel(
                guiju="explanation/1",
                policy=policy_id,
                explained=explained,
                readings=found,
                other_outcomes=list(others),
                assessed=assessed_model(assessment, language),
            )
        )
    else:
        told = (*lines(tree, marked=True), *key_lines(tree, language))
        click.echo(joined((*told, *other_outcome_lines(assessment, others, by, language))))
        is_for_reviewers = depth in ("review", "engineer")
        print_assessed(assessment, language, every=is_for_reviewers)
        if is_for_reviewers and (bare := tuple(verdict_only_lines(assessment, language))):
            click.echo(joined(bare))


def _no_such_node(assessment: Assessment, name: str, language: Language) -> NoReturn:
    from guiju.report.addresses import examples, near

    close = near(assessment, name)
    outcomes = ", ".join(assessment.program.outcomes)
    known = ", ".join(close[1:] or examples(assessment))
    arguments = (("name", name), ("outcomes", outcomes), ("known", known))
    suggestion = close[0] if close else None
    wrong_call(Diagnostic(UNKNOWN_NODE, _argument(name, language), arguments, suggestion=suggestion), language)


def _argument(node: str, language: Language) -> Span:
    return argument(_NODE.in_language(language), node)


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
        ruling_out=branch.ruling_out,
        of_the_policy=bool(branch.place.own),
        told_above=branch.above,
    )


def _print(model: BaseModel) -> None:
    click.echo(json.dumps(model.model_dump(), ensure_ascii=False, indent=2))


def _why_not(assessment: Assessment, level: str, language: Language, form: str) -> None:
    from guiju.engine.reasoning.why.why_not import why_not_from
    from guiju.report.key import key_below
    from guiju.report.layout import WIDEST, folded, joined, wrapped
    from guiju.report.mending import mending_lines, mendings_of, renewal_lines
    from guiju.report.result import why_not_model
    from guiju.report.under_readings import reading_text, readings_of
    from guiju.report.why_not import why_not_lines
    from guiju.report.words import word

    levels = {n: x.id for x in assessment.program.levels for n in (x.id, *x.aliases, x.label.zh, x.label.en)}
    with working(language):
        answers = [
            (outcome, answer)
            for outcome in assessment.program.outcomes
            if (answer := why_not_from(assessment, outcome, levels.get(level, level))) is not None
        ]
    if not answers:
        no_such_level(assessment.program, "--why-not", level, language)
    if form == "json":
        from guiju.engine.reasoning.renewal import stated_once_renewed
        from guiju.report.assessed import assessed_model
        from guiju.report.explanation_model import WhyNotAnswerModel, WhyNotAnswersModel
        from guiju.report.mending import chosen_models, renewed_among, single_model

        with working(language):
            listed = [
                WhyNotAnswerModel(
                    **why_not_model(assessment, o, a, language).model_dump(),
                    mendings=single_model(found),
                    choices=chosen_models(found),
                    readings=readings_of(assessment, o),
                    renewed=renewed_among(assessment, a, found),
                    renewed_facts=[f for f in stated_once_renewed(assessment) if f in a.lacks],
                )
                for o, a in answers
                for found in [mendings_of(assessment, o, a)]
            ]
        policy_id = assessment.program.id
        about = assessed_model(assessment, language)
        _print(WhyNotAnswersModel(guiju="why-not/1", policy=policy_id, answers=listed, assessed=about))
        return
    for outcome, answer in answers:
        with working(language):
            said = tuple(why_not_lines(assessment, outcome, answer, language))
            found = mendings_of(assessment, outcome, answer)
            sets = list(mending_lines(found, answer.value, language)) if found else []
            sets += (piece for line in renewal_lines(assessment, answer, found, language) for piece in wrapped(line))
            read = readings_of(assessment, outcome)
        click.echo(joined((*said, *key_below(said, language))))
        if sets:
            click.echo(joined(sets))
        if read is not None:
            first, *more = folded(
                f"{word('readings', language)}: {reading_text(assessment.program, read, language)}", WIDEST - 2
            )
            click.echo(joined([first, *(f"  {line}" for line in more)]))
    print_assessed(assessment, language)
