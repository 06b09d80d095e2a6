"""Policy and evidence, as a user names them, to an assessment: shared by the commands that evaluate."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from guiju.cli.edge import fail, program_of, report
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic, Language, has_errors
from guiju.engine.evaluate import Assessment

_F = TypeVar("_F", bound=Callable[..., object])


def reading_option(function: _F) -> _F:
    """`--reading NAME=OPTION`, as often as wanted."""
    return click.option(
        "--reading", "readings", multiple=True, metavar="NAME=OPTION", help="Evaluate under this reading. 采用此读法。"
    )(function)


def assess(
    policy: str, evidence: str, readings: tuple[str, ...], language: Language, form: str = "text"
) -> tuple[Assessment, tuple[Diagnostic, ...]]:
    """Read, bind and evaluate; with an error in any file nothing is evaluated and the command ends."""
    from guiju.engine.bind import bind
    from guiju.engine.evaluate import evaluate
    from guiju.exchange.evidence import read_evidence

    program = program_of(policy, language, form)
    stated, found = read_evidence(evidence)
    if stated is None:
        fail(found, language, form)
    bound, matched = bind(program, stated)
    diagnostics = (*found, *matched)
    if has_errors(diagnostics):
        fail(diagnostics, language, form)
    if form == "text":
        report(diagnostics, language)
    return evaluate(bound, chosen_readings(program, readings)), diagnostics


def chosen_readings(program: Program, readings: tuple[str, ...]) -> dict[str, str]:
    """`NAME=OPTION` as a mapping; a name or option that does not exist is a wrong call."""
    known = {r.id: tuple(o.id for o in r.options) for r in program.readings}
    chosen = {}
    for text in readings:
        name, _, option = text.partition("=")
        if name not in known:
            raise click.BadParameter(f"{name}: {', '.join(known) or '-'}", param_hint="--reading")
        if option not in known[name]:
            raise click.BadParameter(f"{name}={option}: {', '.join(known[name])}", param_hint="--reading")
        chosen[name] = option
    return chosen
