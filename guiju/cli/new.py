"""`guiju new`: the folder of a new standard, with a policy that compiles and evidence that it grades."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click

from guiju.cli.codes import FILE_EXISTS, NOT_WRITABLE
from guiju.cli.edge import argument, fail, language_option, wrong_call
from guiju.cli.help import Command, option
from guiju.cli.writing import write
from guiju.dsl.diagnostic import Code, Diagnostic, Language, Text
from guiju.dsl.source import Source, Span
from guiju.intake.codes import NOT_A_NAME

_WRITTEN = Text("写好了：{files}", "written: {files}")
_NEXT = Text("接着：guiju check {policy}", "next: guiju check {policy}")


@click.command(
    "new",
    cls=Command,
    about=Text(
        "在文件夹 FOLDER 里新建一个标准：可以编译的策略、一份证据、说明。文件夹名就是标准的编号。",
        "Begin a standard in FOLDER: a policy that compiles, evidence, notes. The folder's name is its id.",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path))
@option("--title", said=Text("标准的名称；不写则同编号。", "Title of the standard; by default its id."))
@language_option
def command(folder: Path, title: str | None, language: Language) -> None:
    """Begin a standard in FOLDER."""
    from guiju.intake.labels import is_new_name
    from guiju.intake.scaffold import scaffold

    name = folder.resolve().name
    if not is_new_name(name):
        wrong_call(Diagnostic(NOT_A_NAME, argument("FOLDER", str(folder)), (("name", name),)), language)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            fail((_about(folder, FILE_EXISTS, ""),), language)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail((_about(folder, NOT_WRITABLE, error.strerror or os.strerror(errno.EACCES)),), language)
    files = scaffold(name, title or name, language)
    for file in files:
        write(file.text, folder / file.name, language)
    click.echo(_WRITTEN.in_language(language).format(files=", ".join(str(folder / file.name) for file in files)))
    click.echo(_NEXT.in_language(language).format(policy=folder / files[0].name))


def _about(folder: Path, code: Code, reason: str) -> Diagnostic:
    arguments = (("path", str(folder)), ("reason", reason))
    return Diagnostic(code, Span(Source(str(folder), ""), 0, 0), arguments)
