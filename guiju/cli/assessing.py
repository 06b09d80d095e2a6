"""Policy and evidence, as a user names them, to an assessment: shared by the commands that evaluate."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from guiju.cli.edge import argument, fail, report, standards_of, wrong_call
from guiju.cli.help import option
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Code, Diagnostic, Language, Text, has_errors
from guiju.dsl.near import near
from guiju.engine.codes import UNKNOWN_OPTION, UNKNOWN_READING
from guiju.engine.evaluate import Assessment

_F = TypeVar("_F", bound=Callable[..., object])


def reading_option(function: _F) -> _F:
    """`--reading NAME=OPTION`, as often as wanted."""
    said = Text("采用此读法。", "Evaluate under this reading.")
    return option("--reading", "readings", multiple=True, metavar="NAME=OPTION", said=said)(function)


def assess(
    policy: str,
    evidence: str,
    readings: tuple[str, ...],
    language: Language,
    form: str = "text",
    others: tuple[str, ...] = (),
) -> tuple[Assessment, tuple[Diagnostic, ...]]:
    """Read, bind and evaluate; with an error in any file nothing is evaluated and the command ends."""
    from guiju.engine.evaluate import evaluate
    from guiju.exchange.evidence import read_evidence
    from guiju.standards import bind_for

    standards = standards_of((policy, *others), language, form)
    program = standards.given[0].program
    stated, found = read_evidence(evidence)
    if stated is None:
        fail(found, language, form)
    bindings = bind_for(program, stated, standards)
    diagnostics = (*found, *bindings.diagnostics)
    if has_errors(diagnostics):
        fail(diagnostics, language, form)
    if form == "text":
        report(diagnostics, language)
    return evaluate(bindings.bound, chosen_readings(program, readings, language)), diagnostics


def chosen_readings(program: Program, readings: tuple[str, ...], language: Language) -> dict[str, str]:
    """`NAME=OPTION` as a mapping; a name or option that does not exist is a wrong call."""
    known = {r.id: tuple(o.id for o in r.options) for r in program.readings}
    chosen = {}
    for text in readings:
        name, _, option = (part.strip() for part in text.partition("="))
        if name not in known:
            listed = ", ".join(known) or Text("（标准没有读法）", "(the standard has none)").in_language(language)
            _no_such(UNKNOWN_READING, text, name, tuple(known), {"name": name, "known": listed}, language)
        if option not in known[name]:
            arguments = {"name": name, "value": option, "known": ", ".join(known[name])}
            _no_such(UNKNOWN_OPTION, text, option, known[name], arguments, language)
        chosen[name] = option
    return chosen


def _no_such(
    code: Code, text: str, word: str, known: tuple[str, ...], arguments: dict[str, str], language: Language
) -> NoReturn:
    span = argument("--reading", text)
    wrong_call(Diagnostic(code, span, tuple(arguments.items()), suggestion=near(word, known)), language)
