"""`guiju simulate`: what changes if some things are set, and how far known numbers lie from their thresholds."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from guiju.cli.assessing import chosen_readings, reading_option
from guiju.cli.codes import NOT_A_SETTING
from guiju.cli.edge import (
    WRONG_CALL,
    argument,
    fail,
    format_option,
    language_option,
    others_option,
    report,
    standards_of,
    wrong_call,
)
from guiju.cli.help import Command, option
from guiju.compiler.ir import Program, SetType
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors
from guiju.dsl.source import Source
from guiju.engine.bind import ids_by_name, leaf_named, leaves_by_name
from guiju.engine.evidence import Evidence

if TYPE_CHECKING:
    from guiju.exchange.insert import Statement

_SAID_BY = "guiju simulate"


@click.command(
    "simulate",
    cls=Command,
    about=Text(
        "把一些事实、输入或条款的结论设成别的，看什么随之变化；不设则列出余量。",
        "Set facts, inputs or the verdicts of clauses, and see what changes;\nwith nothing set, list the margins.",
    ),
)
@click.argument("policy")
@click.argument("evidence", type=click.Path())
@option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    said=Text(
        "设一个事实、输入或条款；unknown 为去掉。可多次。",
        "Set a fact, an input or a clause; `unknown` takes away what is said of it. As often as wanted.",
    ),
)
@option(
    "--margins",
    "with_margins",
    is_flag=True,
    said=Text("列出已知数离阈值多远，越过则结论如何。", "List how far known numbers are from their thresholds."),
)
@language_option
@format_option
@reading_option
@others_option
def command(
    policy: str,
    evidence: str,
    settings: tuple[str, ...],
    with_margins: bool,
    language: Language,
    form: str,
    readings: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    """Set facts, inputs or the verdicts of clauses, and see what changes."""
    from guiju.engine.evaluate import evaluate
    from guiju.engine.reachable import Memory
    from guiju.engine.reasoning.difference import difference_between
    from guiju.engine.reasoning.margins import margins
    from guiju.engine.reasoning.simulation import assess_again
    from guiju.exchange.evidence import read_evidence
    from guiju.report.simulation import Simulated, simulation_of, text_of
    from guiju.standards import bind_for

    standards = standards_of((policy, *others), language, form)
    program = standards.given[0].program
    stated, found = read_evidence(evidence)
    if stated is None:
        fail(found, language, form)
    now = bind_for(program, stated, standards)
    if has_errors((*found, *now.diagnostics)):
        fail((*found, *now.diagnostics), language, form)
    then = bind_for(program, _with(program, stated, settings, language), standards)
    if has_errors(then.diagnostics):
        report((d for d in then.diagnostics if d.is_error), language)
        sys.exit(WRONG_CALL)
    if form == "text":
        report((*found, *now.diagnostics), language, notes=False)
    memory: Memory = {}
    before = evaluate(now.bound, chosen_readings(program, readings, language), memory=memory)
    after = assess_again(before, then.bound, memory) if settings else before
    told = margins(after, memory) if with_margins or not settings else None
    simulated = Simulated(before, after, difference_between(before, after), told, is_set=bool(settings))
    if form == "json":
        click.echo(simulation_of(simulated, language, (*found, *now.diagnostics)).model_dump_json(indent=2))
        return
    click.echo(text_of(simulated, language), nl=False)


def _with(program: Program, evidence: Evidence, settings: tuple[str, ...], language: Language) -> Evidence:
    """The evidence with what is set in place of what it says: a fact or input as stated, a clause as overridden."""
    from guiju.exchange.evidence import parse_evidence
    from guiju.exchange.insert import with_statement

    source, gone = Source("--set", f"guiju: evidence/1\nsubject: {_SAID_BY}\n"), set()
    for setting in settings:
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not (name and equals and value):
            wrong_call(Diagnostic(NOT_A_SETTING, argument("--set", setting), (("setting", setting),)), language)
        about, statement = _statement(program, name, value)
        gone.add(about)
        if value not in ("unknown", "未知"):
            source = Source(source.name, with_statement(source, statement) or source.text)
    said, found = parse_evidence(source)
    if said is None:
        report(found, language)
        sys.exit(WRONG_CALL)
    return _merged(program, evidence, said, gone)


def _statement(program: Program, name: str, value: str) -> tuple[str, Statement]:
    """What a setting is about, and the statement that it makes."""
    from guiju.exchange.insert import Statement

    facts, inputs = ids_by_name(program.facts), ids_by_name(program.inputs)
    if (clause := leaf_named(name, leaves_by_name(program))) is not None or name[0].isdigit():
        said = {"verdict": value, "voice": "override", "by": _SAID_BY, "reason": _SAID_BY}
        return f"clause:{clause or name}", Statement(("attestations",), clause or name, said)
    if name in inputs:
        return f"input:{inputs[name]}", Statement(("inputs",), inputs[name], value)
    fact = program.fact.get(facts.get(name, name))
    listed = value.strip("[]").split(",") if fact is not None and isinstance(fact.type, SetType) else None
    answer = value if listed is None else tuple(part.strip() for part in listed if part.strip())
    return f"fact:{facts.get(name, name)}", Statement(("facts",), facts.get(name, name), answer)


def _merged(program: Program, evidence: Evidence, said: Evidence, gone: set[str]) -> Evidence:
    facts, inputs = ids_by_name(program.facts), ids_by_name(program.inputs)
    leaves = leaves_by_name(program)
    own = evidence.for_standard(program.id)
    kept = tuple(f for f in evidence.facts if f"fact:{facts.get(f.name, f.name)}" not in gone)
    chosen = tuple(i for i in own.inputs if f"input:{inputs.get(i.name, i.name)}" not in gone) + said.inputs
    attested = (a for a in own.attestations if f"clause:{leaf_named(a.clause, leaves)}" not in gone)
    verdicts = (*attested, *said.attestations)
    stated = replace(evidence, facts=(*kept, *said.facts))
    if not evidence.parts:
        return replace(stated, inputs=chosen, attestations=verdicts)
    parts = (
        replace(p, inputs=chosen, attestations=verdicts) if p.standard == program.id else p for p in evidence.parts
    )
    return replace(stated, parts=tuple(parts))
