"""`guiju new`: the folder of a new standard, with a policy that compiles, its examples, and evidence that it grades."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.edge import argument, fail, language_option, wrong_call
from guiju.cli.help import Command, option
from guiju.cli.writing import file_exists, make_folder, refuse_writing, write
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.folders import kind
from guiju.intake.codes import NOT_A_NAME

_WRITTEN = Text("写好了：{files}", "written: {files}")
_NEXT = Text(
    "接着：guiju check {folder}\n      guiju test {folder}\n以后各步见 {notes}",
    "next: guiju check {folder}\n      guiju test {folder}\nthen as {notes} says",
)


@click.command(
    "new",
    cls=Command,
    about=Text(
        "在文件夹 FOLDER 里新建一个标准：可以编译的策略和示例、一份证据、说明。文件夹名就是标准的编号。",
        "Begin a standard in FOLDER: a policy that compiles, with examples, evidence, notes.\n"
        "The folder's name is its id.",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path))
@option("--title", said=Text("标准的名称；不写则同编号。", "Title of the standard; by default its id."))
@language_option
def command(folder: Path, title: str | None, language: Language) -> None:
    """Begin a standard in FOLDER."""
    from guiju.intake.labels import is_new_name, meant_name
    from guiju.intake.scaffold import scaffold

    name = folder.resolve().name
    if not is_new_name(name):
        given = name if kind(folder.parent) == "folder" else str(folder)  # `T/CZ 1` was meant as one
        arguments = (("name", given), ("form", ""))
        wrong_call(
            Diagnostic(NOT_A_NAME, argument("FOLDER", str(folder)), arguments, suggestion=meant_name(given)),
            language,
        )
    if not _is_free(folder, language):
        fail((file_exists(folder),), language)
    make_folder(folder, language)
    files = scaffold(name, title or name, language)
    for file in files:
        write(file.text, folder / file.name, language)
    click.echo(_WRITTEN.in_language(language).format(files=", ".join(str(folder / file.name) for file in files)))
    click.echo(_NEXT.in_language(language).format(folder=_typed(folder), notes=folder / files[-1].name))


def _typed(folder: Path) -> str:
    """A folder as it is typed behind a command."""
    return f'"{folder}"' if " " in str(folder) else str(folder)


def _is_free(folder: Path, language: Language) -> bool:
    """Whether nothing is there yet, or an empty folder."""
    try:
        return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError as error:
        refuse_writing(folder, error, language)
