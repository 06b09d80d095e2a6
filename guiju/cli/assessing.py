"""Policy and evidence, as a user names them, to an assessment: shared by the commands that evaluate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from guiju.cli.codes import LEVEL_NEVER_GIVEN, NO_LEVELS, SAID_TWICE, UNKNOWN_LEVEL, UNKNOWN_OUTCOME
from guiju.cli.edge import (
    argument,
    fail,
    format_option,
    language_option,
    others_option,
    report,
    standards_of,
    wrong_call,
)
from guiju.cli.help import option
from guiju.cli.progress import working
from guiju.compiler.ir import OptionType, Program
from guiju.dsl.diagnostic import Code, Diagnostic, Language, Text, has_errors
from guiju.dsl.near import near
from guiju.dsl.source import Span
from guiju.engine.codes import UNKNOWN_OPTION, UNKNOWN_READING
from guiju.report.layout import list_text

if TYPE_CHECKING:
    from guiju.engine.evaluate import Assessment

_F = TypeVar("_F", bound=Callable[..., object])


def reading_option(function: _F) -> _F:
    """`--reading NAME=OPTION`, as often as wanted."""
    said = Text("采用此读法。", "Evaluate under this reading.")
    return option("--reading", "readings", multiple=True, metavar="NAME=OPTION", said=said)(function)


def assessing_options(function: _F) -> _F:
    """What every answer about one assessment is asked with: in which language and form, how the text is read."""
    for added in (others_option, reading_option, format_option, language_option):  # the last one is the first in --help
        function = added(function)
    return function


def costs_option(about: Text) -> Callable[[_F], _F]:
    """`--costs FILE`, `costs/1`, and what it is about."""
    return option("--costs", type=click.Path(path_type=Path), said=about)


def assess(
    policy: str,
    evidence: str,
    readings: tuple[str, ...],
    language: Language,
    form: str = "text",
    others: tuple[str, ...] = (),
) -> tuple[Assessment, tuple[Diagnostic, ...]]:
    """Read, bind and evaluate; with an error in any file nothing is evaluated and the command ends."""
    from guiju.editions import bind_edition
    from guiju.engine.evaluate import evaluate
    from guiju.exchange.evidence import read_evidence

    standards = standards_of((policy, *others), language, form)
    program = standards.given[0].program
    stated, found = read_evidence(evidence)
    if stated is None:
        fail(found, language, form)
    bindings = bind_edition(program, stated, standards)
    diagnostics = (*found, *bindings.diagnostics)
    if has_errors(diagnostics):
        fail(diagnostics, language, form)
    if form == "text":
        report(diagnostics, language)
    chosen = chosen_readings(program, readings, language)
    with working(language):
        return evaluate(bindings.bound, chosen), diagnostics


def print_assessed(assessment: Assessment, language: Language, *, every: bool = False) -> None:
    """What an answer is of, below it; `every`: with the options of all readings by name."""
    from guiju.report.assessed import assessed_lines
    from guiju.report.layout import joined

    click.echo(f"\n{joined(assessed_lines(assessment, language, every=every))}")


def chosen_readings(
    program: Program, readings: tuple[str, ...], language: Language, others: tuple[str, ...] = ()
) -> dict[str, str]:
    """`NAME=OPTION` as a mapping; a name or option that does not exist, or one reading twice, is a wrong call.

    `others` are those of `--other-reading`.
    """
    known = {r.id: tuple(o.id for o in r.options) for r in program.readings}
    chosen: dict[str, str] = {}
    given = [*(("--reading", text) for text in readings), *(("--other-reading", text) for text in others)]
    for said, text in given:
        place = argument(said, text)
        name, _, option = (part.strip() for part in text.partition("="))
        if name not in known:
            listed = ", ".join(known) or Text("（标准没有读法）", "(the standard has none)").in_language(language)
            _no_such(UNKNOWN_READING, place, name, tuple(known), {"name": name, "known": listed}, language)
        if option not in known[name]:
            arguments = {"name": name, "value": option, "known": ", ".join(known[name])}
            _no_such(UNKNOWN_OPTION, place, option, known[name], arguments, language)
        if name in chosen:
            both = (("first", f"{name}={chosen[name]}"), ("second", text))
            wrong_call(Diagnostic(SAID_TWICE, place, both), language)
        chosen[name] = option
    return chosen


def _no_such(
    code: Code, span: Span, word: str, known: tuple[str, ...], arguments: dict[str, str], language: Language
) -> NoReturn:
    wrong_call(Diagnostic(code, span, tuple(arguments.items()), suggestion=near(word, known)), language)


def chosen_outcomes(program: Program, named: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """The outcomes that were asked for, in the order of the standard; all where none was."""
    ids = {name: o for o in program.outcomes for name in (o, *astuple(program.definition[o].label))}
    for name in named:
        if name not in ids:
            arguments = (("name", name), ("known", ", ".join(program.outcomes)))
            found = Diagnostic(
                UNKNOWN_OUTCOME, argument("--outcome", name), arguments, suggestion=near(name, program.outcomes)
            )
            wrong_call(found, language)
    wanted = {ids[name] for name in named}
    return tuple(o for o in program.outcomes if o in wanted or not named)


def no_such_level(program: Program, option_name: str, level: str, language: Language) -> NoReturn:
    """End where no outcome gives a level that was asked for: the standard has none, not this one, or never gives it."""
    grades = (program.definition[o].type for o in program.outcomes)
    given = [value for type_ in grades if isinstance(type_, OptionType) for value in type_.options]
    known = dict.fromkeys([x.id for x in program.levels] or given)  # a grade may give words that are no levels
    named = {n for x in program.levels for n in (x.id, *x.aliases, x.label.zh, x.label.en)}
    arguments: tuple[tuple[str, str], ...] = (("name", level),)
    code = LEVEL_NEVER_GIVEN if level in named else UNKNOWN_LEVEL
    if not known:
        labels = ((o, program.definition[o].label.in_language(language)) for o in program.outcomes)
        told = list_text((o if o == label else f"{label} ({o})" for o, label in labels), language)
        code, arguments = NO_LEVELS, (*arguments, ("outcomes", told), ("first", next(iter(program.outcomes), "")))
    elif code is UNKNOWN_LEVEL:
        arguments = (*arguments, ("known", ", ".join(known)))
    wrong_call(Diagnostic(code, argument(option_name, level), arguments), language)
