"""What every command does at its edge: choose the language, print diagnostics, end with the right exit code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NoReturn, TextIO, TypeVar

import click

from guiju.cli.codes import NOT_A_SETTING
from guiju.cli.help import language_of, option
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic, Language, Severity, Text
from guiju.dsl.source import Source, Span

if TYPE_CHECKING:
    from guiju.kept.programs import Kept
    from guiju.lookup import Given, Standards

FAILED = 1  # a file has errors
WRONG_CALL = 2  # as click has it
UNPRINTED = 3  # the result could not be printed
MOST_SHOWN = 100

_F = TypeVar("_F", bound=Callable[..., object])


def default_language() -> Language:
    """The language of the user's locale: Chinese where it says so, English elsewhere."""
    spoken = os.environ.get("GUIJU_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if spoken.lower().startswith("zh") else "en"


def language_option(function: _F) -> _F:
    """`--lang zh|en`."""
    said = Text("消息与标签的语言；不写则随系统。", "Language of messages and labels; by default the locale's.")
    choice = click.Choice(["zh", "en"])
    return option("--lang", "language", type=choice, default=_language_of_call, said=said)(function)


def _language_of_call() -> Language:
    """The language asked for ahead of the subcommand, else the locale's."""
    context = click.get_current_context(silent=True)
    return language_of(context) if context else default_language()


def format_option(function: _F) -> _F:
    """`--format text|json`."""
    said = Text("怎样打印结果。", "How to print the result.")
    return option("--format", "form", type=click.Choice(["text", "json"]), default="text", said=said)(function)


def others_option(function: _F) -> _F:
    """`--policy POLICY`, as often as wanted."""
    said = Text(
        "证据或对照所引的另一个标准，用编号或路径。",
        "Another standard that EVIDENCE or a crosswalk names, by id or path.",
    )
    return option("--policy", "others", multiple=True, metavar="POLICY", said=said)(function)


def report(diagnostics: Iterable[Diagnostic], language: Language, *, notes: bool = True) -> None:
    """Print diagnostics to standard error, the first hundred in full."""
    shown = [d for d in diagnostics if notes or d.code.severity is not Severity.NOTE]
    if not shown:
        return
    from guiju.dsl.render import render

    colour = is_coloured(sys.stderr)
    for diagnostic in shown[:MOST_SHOWN]:
        click.echo(render(diagnostic, language, colour=colour) + "\n", err=True)
    if len(shown) > MOST_SHOWN:
        more = Text("另有 {n} 条", "{n} more").in_language(language).format(n=len(shown) - MOST_SHOWN)
        click.echo(f"… {more}", err=True)


def report_in_words(diagnostics: Iterable[Diagnostic], language: Language) -> None:
    """Print to standard error what is wrong with something that stands in no file, without a place."""
    from guiju.dsl.render import render_unplaced

    colour = is_coloured(sys.stderr)
    for diagnostic in diagnostics:
        click.echo(render_unplaced(diagnostic, language, colour=colour), err=True)


def is_coloured(stream: TextIO | None) -> bool:
    """Whether colour may be used: on a terminal only, not against the user's wish, and not where there is no stream."""
    return stream is not None and stream.isatty() and "NO_COLOR" not in os.environ


def wrong_call(diagnostic: Diagnostic, language: Language) -> NoReturn:
    """End with what was wrong in the call itself."""
    report((diagnostic,), language)
    sys.exit(WRONG_CALL)


def not_a_setting(option: str, setting: str, language: Language) -> NoReturn:
    """End where a setting is not NAME=VALUE."""
    name = setting.partition("=")[0].strip() or Text("名称", "NAME")
    wrong_call(Diagnostic(NOT_A_SETTING, argument(option, setting), (("setting", setting), ("name", name))), language)


def argument(name: str, value: str) -> Span:
    """What was given for an argument or an option, as a place to point at."""
    return Span(Source(name, value), 0, len(value))


def fail(diagnostics: Iterable[Diagnostic], language: Language, form: str = "text") -> NoReturn:
    """End with the diagnostics of a file that cannot be used; as JSON on standard output where that was asked for."""
    if form == "json":
        print_json(diagnostics, language)
    else:
        report(diagnostics, language)
    sys.exit(FAILED)


def print_json(diagnostics: Iterable[Diagnostic], language: Language) -> None:
    """Print diagnostics as `diagnostics/1`, without waiting for the library behind `report.diagnostics_model`."""
    from guiju.dsl.render import to_dict

    listed = [to_dict(d, language) for d in diagnostics]
    text = json.dumps({"guiju": "diagnostics/1", "diagnostics": listed}, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace"))


def program_of(policy: str, language: Language, form: str = "text") -> Program:
    """The compiled policy of an id or path, or the end of the command."""
    from guiju.kept.programs import program_of as kept

    found = kept(policy)
    return found.program if found else _loaded(policy, language, form).program


def standards_of(policies: Iterable[str], language: Language, form: str = "text") -> Standards:
    """What ids mean throughout this call, from the policies that it names; or the end of the command."""
    from guiju.lookup import Standards

    standards = Standards(tuple(_given(policy, language, form) for policy in policies))
    if clashes := tuple(standards.clashes()):
        fail(clashes, language, form)
    return standards


def _given(policy: str, language: Language, form: str) -> Given:
    from guiju.kept.programs import program_of as kept
    from guiju.lookup import Given

    return Given(*(kept(policy) or _loaded(policy, language, form)))


def _loaded(policy: str, language: Language, form: str) -> Kept:
    """What can be loaded; or the end of the command with what is wrong with it."""
    from guiju.kept.programs import Kept
    from guiju.library import load

    loaded = load(policy)
    if loaded.program is None:
        fail(loaded.diagnostics, language, form)
    return Kept(loaded.program, loaded.folder)


def counted(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """`2 errors, 1 warning`."""
    listed = tuple(diagnostics)
    names = {
        Severity.ERROR: Text("个错误", "error(s)"),
        Severity.WARNING: Text("个警告", "warning(s)"),
        Severity.NOTE: Text("条提示", "note(s)"),
    }
    counts = ((sum(d.code.severity is s for d in listed), text.in_language(language)) for s, text in names.items())
    return ", ".join(f"{n} {text}" for n, text in counts if n) or Text("没有问题", "no findings").in_language(language)
