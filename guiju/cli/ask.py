"""`guiju ask`: what to find out next, as an interview that ends once the outcome is settled, or as a list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from guiju.cli.assessing import assessing_options, chosen_outcomes, chosen_readings, costs_option, print_assessed
from guiju.cli.codes import NOT_A_FILE_TO_ANSWER_IN, OPTION_WITHOUT_EFFECT
from guiju.cli.edge import argument, fail, report, standards_of, wrong_call
from guiju.cli.help import Command, option
from guiju.cli.writing import out_option, refuse_unless_writable
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.dsl.source import Source, Span
from guiju.engine.bind import Bound
from guiju.engine.reasoning.planning.changes import Terms

_UNNAMED = Text("（填写名称）", "(name it)")
_LISTING = Text("只列出问题时", "where the questions are listed")
_HEAD = Text("guiju ask 的回答", "answers given to guiju ask")


@click.command(
    "ask",
    cls=Command,
    about=Text(
        "一问一答地查清对结论起作用的未知项，结论一定就停；回答存为证据文件，可以接着答。",
        "Ask for what is unknown and decides the outcome, until it is settled.\n"
        "The answers are kept as an evidence file, from which to go on.",
    ),
)
@click.argument("policy")
@click.argument("evidence", required=False, type=click.Path(path_type=Path))
@out_option(
    Text(
        "回答写入此新文件；不写则加入 EVIDENCE。", "Write the answers to this new file; by default they join EVIDENCE."
    )
)
@option("--list", "listed", is_flag=True, said=Text("只列出问题，不问。", "List the questions and ask none."))
@option(
    "--outcome",
    "outcomes",
    multiple=True,
    metavar="NAME",
    said=Text("只问对此结果起作用的；可写几次。", "Ask only for what decides this outcome; as often as wanted."),
)
@costs_option(Text("各项费用（YAML）；不写则为 1。", "What each answer costs (YAML); 1 by default."))
@option(
    "--voice",
    type=click.Choice(["vendor", "assessor"]),
    said=Text("结论由谁作出；不写则随文件。", "Whose verdicts the answers are; by default the file's."),
)
@option("--by", metavar="NAME", said=Text("回答者，写入每个结论。", "Who answers; written with each verdict."))
@assessing_options
def command(
    policy: str,
    evidence: Path | None,
    out: Path | None,
    listed: bool,
    outcomes: tuple[str, ...],
    costs: Path | None,
    voice: str | None,
    by: str | None,
    language: Language,
    form: str,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Ask for what is unknown and decides the outcome, until it is settled."""
    of_answers = {"--out": out, "--by": by}
    for name, given in of_answers.items() if listed or form == "json" else ():
        if given is not None:
            arguments = (("option", name), ("when", _LISTING))
            wrong_call(Diagnostic(OPTION_WITHOUT_EFFECT, argument(name, str(given)), arguments), language)
    from guiju.exchange.text import unseen_characters

    if (unseen := unseen_characters(Source("--by", by or ""))) is not None:
        wrong_call(unseen, language)
    if out is not None:
        refuse_unless_writable(out, language)
    from guiju.cli.interview import File, Interview

    standards = standards_of((policy, *others), language, form)
    whole = standards.given[0].program
    asked_for = chosen_outcomes(whole, outcomes, language)
    program = replace(whole, outcomes=asked_for) if outcomes else whole
    chosen = chosen_readings(program, readings, language)
    source, digest = _source(evidence, program, language, form)
    file = File(source, standards, program)
    bound, diagnostics = file.bound()
    if bound is None:
        fail(diagnostics, language, form)
    terms = _terms(costs, bound, chosen, language, form)
    if listed or form == "json":
        from guiju.engine.evaluate import evaluate
        from guiju.engine.reasoning.asking.questions import inquire
        from guiju.report.questions import questions_of, text_of

        inquiry = inquire(bound, chosen, terms)
        assessment = evaluate(bound, chosen)
        if form == "json":
            asked = questions_of(inquiry, assessment, language, diagnostics, whole.outcomes)
            click.echo(asked.model_dump_json(indent=2))
            return
        report(diagnostics, language)
        click.echo(text_of(inquiry, language, whole.outcomes), nl=False)
        print_assessed(assessment, language)
        return
    report(diagnostics, language)
    path = _target(evidence, out, program, language)
    said_by = voice or file.voice
    kept = replace(file, source=replace(file.source, name=str(path)))  # what is wrong with an answer is told there
    answered = digest if out is None else None
    who = (by or "").strip() or None
    Interview(
        policy,
        kept,
        path,
        chosen,
        terms,
        said_by,
        language,
        digest=answered,
        by=who,
        outcomes=whole.outcomes,
        options=_again(outcome=outcomes, costs=costs, voice=voice, by=who, reading=readings, policy=others),
    ).run()


def _again(**given: object) -> tuple[str, ...]:
    """The options with which an interview goes on as it began."""
    several = {name: value if isinstance(value, tuple) else (value,) for name, value in given.items()}
    return tuple(
        part for name, values in several.items() for v in values if v is not None for part in (f"--{name}", str(v))
    )


def _terms(path: Path | None, bound: Bound, readings: dict[str, str], language: Language, form: str) -> Terms:
    """What answers cost, from the same file as the costs of a plan."""
    from guiju.cli.costs import read_terms
    from guiju.engine.evaluate import evaluate

    if path is None:
        return Terms()
    terms, found = read_terms(path, evaluate(bound, readings))
    if terms is None:
        fail(found, language, form)
    return terms


def _source(evidence: Path | None, program: Program, language: Language, form: str) -> tuple[Source, str | None]:
    """The text of the evidence and the digest of its bytes, or a text that says nothing yet."""
    from guiju.exchange.text import read_text

    if evidence is None:
        head = f"# {program.designation}  {program.title.in_language(language)}\n# {_HEAD.in_language(language)}\n"
        body = f"guiju: evidence/2\nsubject: {_UNNAMED.in_language(language)}\nstandard: {program.id}\n"
        return Source(str(_answers(program)), head + body), None
    text, found = read_text(evidence)
    if text is None:
        fail(found, language, form)
    return text.source, text.digest


def _answers(program: Program) -> Path:
    return Path(f"{program.id}.answers.yaml")


def _target(evidence: Path | None, out: Path | None, program: Program, language: Language) -> Path:
    """Where the answers go: a file that is not there yet, or the one that was given to go on with."""
    path = out or evidence or _answers(program)
    joins = out is None and evidence is not None
    if joins and not path.is_file():
        fail(
            (Diagnostic(NOT_A_FILE_TO_ANSWER_IN, Span(Source(str(path), ""), 0, 0), (("path", str(path)),)),), language
        )
    refuse_unless_writable(path, language, replace=joins)
    return path
