"""`guiju simulate`: what changes if some things are set, and how far known numbers lie from their thresholds."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from guiju.cli.assessing import assessing_options, chosen_readings
from guiju.cli.codes import SAID_TWICE
from guiju.cli.edge import WRONG_CALL, argument, fail, not_a_setting, report, standards_of, wrong_call
from guiju.cli.help import Command, option
from guiju.compiler.ir import Program, SetType
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors
from guiju.dsl.source import Source, Span
from guiju.engine.evidence import Evidence
from guiju.engine.names import ids_by_name, leaf_named, leaves_by_name

if TYPE_CHECKING:
    from guiju.exchange.insert import Statement

_SAID_BY, _OPTION = "guiju simulate", "--set"
_HEAD = f"guiju: evidence/1\nsubject: {_SAID_BY}\n"


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
@assessing_options
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
    from guiju.engine.reasoning.comparing.difference import difference_between
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
    said = _said(program, settings, language)
    then = bind_for(program, _merged(program, stated, said.evidence, said.about), standards)
    if has_errors(then.diagnostics):
        report((said.placed(d) for d in then.diagnostics if d.is_error), language)
        sys.exit(WRONG_CALL)
    if form == "text":
        still = {(d.code, d.span) for d in then.diagnostics}  # what is said of a line that is replaced is of no concern
        report((*found, *(d for d in now.diagnostics if (d.code, d.span) in still)), language, notes=False)
    memory: Memory = {}
    before = evaluate(now.bound, chosen_readings(program, readings, language), memory=memory)
    after = assess_again(before, then.bound, memory) if settings else before
    told = margins(after, memory) if with_margins or not settings else None
    simulated = Simulated(before, after, difference_between(before, after), told, is_set=bool(settings))
    if form == "json":
        click.echo(simulation_of(simulated, language, (*found, *now.diagnostics)).model_dump_json(indent=2))
        return
    click.echo(text_of(simulated, language), nl=False)


@dataclass(frozen=True)
class _Said:
    """What all settings say, what they are about, and of the text that is made of each the setting itself."""

    evidence: Evidence
    about: Collection[str]
    written: Mapping[str, str]

    def placed(self, diagnostic: Diagnostic) -> Diagnostic:
        """A diagnostic at the words of the setting that it is about, not at the text that was made of it."""
        setting = self.written.get(diagnostic.span.source.text)
        if diagnostic.span.source.name != _OPTION or setting is None:
            return diagnostic
        words = diagnostic.span.text
        start = setting.rfind(words) if words else -1
        place = Span(Source(_OPTION, setting), start, start + len(words)) if start >= 0 else argument(_OPTION, setting)
        return replace(diagnostic, span=place, labels=())


def _said(program: Program, settings: tuple[str, ...], language: Language) -> _Said:
    """What the settings state, a clause as overridden; the end of the command where one of them is no statement."""
    from guiju.exchange.evidence import parse_evidence
    from guiju.exchange.insert import with_statement

    about: dict[str, str] = {}
    written: dict[str, str] = {}
    evidence, wrong = parse_evidence(Source(_OPTION, _HEAD))[0], list[Diagnostic]()
    assert evidence is not None
    for setting in settings:
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not (name and equals and value):
            not_a_setting(_OPTION, setting, language)
        thing, statement = _statement(program, name, value)
        if thing in about:
            both = (("first", about[thing]), ("second", setting))
            wrong_call(Diagnostic(SAID_TWICE, argument(_OPTION, setting), both), language)
        about[thing] = setting
        if value in ("unknown", "未知"):
            continue
        source = Source(_OPTION, _HEAD)
        source = Source(_OPTION, with_statement(source, statement) or source.text)
        written[source.text] = setting
        stated, found = parse_evidence(source)
        wrong += [] if stated is not None else found
        evidence = evidence if stated is None else _together(evidence, stated)
    said = _Said(evidence, about.keys(), written)
    if wrong:
        report(map(said.placed, wrong), language)
        sys.exit(WRONG_CALL)
    return said


def _together(one: Evidence, other: Evidence) -> Evidence:
    return replace(
        one,
        facts=(*one.facts, *other.facts),
        inputs=(*one.inputs, *other.inputs),
        attestations=(*one.attestations, *other.attestations),
    )


def _statement(program: Program, name: str, value: str) -> tuple[str, Statement]:
    """What a setting is about, and the statement that it makes."""
    from guiju.exchange.insert import Said, Statement, options_in

    facts, inputs = ids_by_name(program.facts), ids_by_name(program.inputs)
    if (clause := leaf_named(name, leaves_by_name(program))) is not None or name[0].isdigit():
        said: dict[str, Said] = {"verdict": value, "voice": "override", "by": _SAID_BY, "reason": _SAID_BY}
        return f"clause:{clause or name}", Statement(("attestations",), clause or name, said)
    if name in inputs:
        return f"input:{inputs[name]}", Statement(("inputs",), inputs[name], value)
    fact = program.fact.get(facts.get(name, name))
    answer = options_in(value) if fact is not None and isinstance(fact.type, SetType) else value
    return f"fact:{facts.get(name, name)}", Statement(("facts",), facts.get(name, name), answer)


def _merged(program: Program, evidence: Evidence, said: Evidence, gone: Collection[str]) -> Evidence:
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
