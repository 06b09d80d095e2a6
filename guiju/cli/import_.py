"""`guiju import`: a numbered list of requirements as the beginning of a policy, and all that was not understood."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from guiju.cli.codes import NEEDS_EXTRA
from guiju.cli.edge import FAILED, argument, fail, format_option, language_option, report, wrong_call
from guiju.cli.help import Command, option
from guiju.cli.writing import out_option, write
from guiju.dsl.diagnostic import Diagnostic, Language, Text, has_errors
from guiju.intake.codes import LEVEL_TAKEN, NOT_A_NAME

_COMMA = re.compile("[,，、]")
_PROFILE = Text("；基线写成“等级=文件”", "; a profile is LEVEL=FILE")
#: the end of a name -> what must be installed to read such a file, and with which extra
_NEEDED = {".xlsx": ("openpyxl", "xlsx"), ".xlsm": ("openpyxl", "xlsx"), ".docx": ("docx", "docx")}


@click.command(
    "import",
    cls=Command,
    about=Text(
        "把编了号的要求（OSCAL 目录、Excel、Word、Markdown、文本）写成策略的骨架，并列出一切没有看懂的。",
        "Make the skeleton of a policy from numbered requirements (OSCAL catalog, Excel,\n"
        "Word, Markdown, text), and list all that was not understood.",
    ),
)
@click.argument("document", type=click.Path(path_type=Path))
@option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="LEVEL=FILE",
    said=Text(
        "OSCAL 基线，成为一个等级；由低到高，可写几次。",
        "An OSCAL profile as a level, lowest first; as often as wanted.",
    ),
)
@option(
    "--levels",
    "order",
    metavar="LEVEL,LEVEL",
    said=Text(
        "文件里的等级，由低到高；不写则按名称里的数字、通常的次序或出现的次序。",
        "The levels of the document, lowest first; by default by their numbers, as such names are\n"
        "understood, or as they come.",
    ),
)
@option(
    "--id",
    "name",
    metavar="NAME",
    said=Text("标准的编号；不写则由文件得来。", "Id of the standard; by default made of the document."),
)
@out_option()
@language_option
@format_option
def command(
    document: Path,
    profiles: tuple[str, ...],
    order: str | None,
    name: str | None,
    out: Path | None,
    language: Language,
    form: str,
) -> None:
    """Make the skeleton of a policy from DOCUMENT."""
    _refuse_without_extra(document, language)
    if name is not None:
        _refuse_unless_name("--id", name, language)
    from guiju.dsl.source import Source
    from guiju.exchange.text import unseen_characters
    from guiju.intake.read import named, read
    from guiju.intake.skeleton import skeleton
    from guiju.library import compile_source
    from guiju.report.imported import import_of, text_of

    named_levels = tuple(filter(None, (level.strip() for level in _COMMA.split(order or ""))))
    catalog, found = read(document, _levels(profiles, language), named_levels)
    if catalog is None or has_errors(found):
        fail(found, language, form)
    catalog = named(catalog, name)
    text = skeleton(catalog, language)
    source = Source(str(out or f"{catalog.id}.guiju"), text)
    unseen = unseen_characters(source)  # as for any file that holds a policy
    wrong = (*compile_source(source).diagnostics, *((unseen,) if unseen else ()))
    made = import_of(document.name, catalog, text, wrong, language)
    if form == "json":
        if out:
            write(text, out, language)
        click.echo(made.model_dump_json(indent=2))
    else:
        report((*found, *wrong), language)
        write(text, out, language)
        click.echo(text_of(made, language), nl=False, err=out is None)
    if has_errors(wrong):
        sys.exit(FAILED)


def _refuse_without_extra(document: Path, language: Language) -> None:
    module, extra = _NEEDED.get(document.suffix.lower(), ("", ""))
    if module and find_spec(module) is None:
        wrong_call(Diagnostic(NEEDS_EXTRA, argument("guiju", "import"), (("extra", extra),)), language)


def _levels(profiles: tuple[str, ...], language: Language) -> tuple[tuple[str, Path], ...]:
    """The levels with their files; each is given once, and the one of what no profile chooses not at all."""
    from guiju.intake.profile import REST

    given: dict[str, Path] = {}
    for profile in profiles:
        level, file = _level(profile, language)
        if level in given or level == REST:
            wrong_call(Diagnostic(LEVEL_TAKEN, argument("--profile", profile), (("name", level),)), language)
        given[level] = file
    return tuple(given.items())


def _level(profile: str, language: Language) -> tuple[str, Path]:
    """The id and the file of `LEVEL=FILE`."""
    level, _, file = profile.partition("=")
    if not file:
        arguments = (("name", profile), ("form", _PROFILE))
        wrong_call(Diagnostic(NOT_A_NAME, argument("--profile", profile), arguments), language)
    _refuse_unless_name("--profile", level, language)
    return level, Path(file)


def _refuse_unless_name(option_: str, name: str, language: Language) -> None:
    from guiju.intake.labels import is_new_name, meant_name

    if not is_new_name(name):
        arguments = (("name", name), ("form", ""))
        wrong_call(Diagnostic(NOT_A_NAME, argument(option_, name), arguments, suggestion=meant_name(name)), language)
