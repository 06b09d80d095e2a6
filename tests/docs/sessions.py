"""The sessions that the pages show: takes a page, gives each command with what it is shown to print and what it prints.

`python -m tests.docs.sessions` writes what the commands print today into the pages; read the difference then.
"""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from guiju.cli.main import main
from tests.docs.pages import Block, blocks_of
from tests.docs.walks import WALKS, walked
from tests.project.repository import ROOT, markdown_files

TUTORIALS = {language: ROOT / "docs" / name for language, name in (("en", "tutorial.md"), ("zh", "tutorial.zh.md"))}


#: the language of a block that shows a whole file, and how such a file's name ends
_ENDS = {"yaml": ".yaml", "markdown": ".md", "draft": ".txt", "csv": ".csv"}


@dataclass(frozen=True)
class Session:
    """A command, or several in a row, as a page shows it, what it prints, and the files that the page has shown so far."""

    command: Block
    arguments: tuple[str, ...]
    output: Block
    files: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> list[str]:
        """The lines that the page shows."""
        return _lines(self.output.text)

    def printed(self) -> list[str]:
        """The lines that the command prints, cut off where a shown line ends in `…`."""
        pairs = zip_longest(_lines(self._run()), self.shown, fillvalue="")
        return [p[: len(s) - 1] + "…" if s.endswith("…") else p for p, s in pairs]

    @property
    def calls(self) -> list[list[str]]:
        """The words behind `guiju` of each line of the command."""
        return [shlex.split(line, comments=True)[2:] for line in self.command.text.splitlines() if line]

    def _run(self) -> str:
        language = language_of(self.command.page)
        with tempfile.TemporaryDirectory() as folder, chdir(folder), patch.dict(os.environ, GUIJU_LANG=language):
            Path("policies").symlink_to(ROOT / "policies")
            for name, text in self.files:
                Path(name).write_text(text, encoding="utf-8")
            return "".join(map(_run, self.calls))


def _run(words: list[str]) -> str:
    result = CliRunner().invoke(main, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output if result.exit_code else result.stdout


def language_of(page: Path) -> str:
    """The language that a page is written in."""
    return "zh" if page.name.endswith(".zh.md") else "en"


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def sessions(page: Path) -> Iterator[Session]:
    """Each `console` block that begins with a call of `guiju` and has a `text` block right behind it.

    A name of a file that is not in the repository stands for the last whole policy, evidence file or draft shown before;
    a page without a policy speaks of the one that the tutorial in its language ends with.
    """
    if page in WALKS.values():
        return
    latest = {".guiju": policy_of_tutorial(language_of(page))}
    for block, behind in pairwise(blocks_of(page)):
        if block.is_policy:
            latest[".guiju"] = block.text
        elif block.language in _ENDS:
            latest[_ENDS[block.language]] = block.text
        elif block.text.startswith("$ guiju ") and behind.language == "text":
            words = tuple(shlex.split(block.text, comments=True)[2:])
            read = [word for ahead, word in pairwise(("", *words)) if ahead not in ("-o", "--out")]
            made = [(name, latest.get(Path(name).suffix)) for name in read if not (ROOT / name).exists()]
            yield Session(block, words, behind, tuple((name, text) for name, text in made if text is not None))


def policy_of_tutorial(language: str) -> str:
    """The policy that the tutorial in a language ends with."""
    return [b.text for b in blocks_of(TUTORIALS[language]) if b.is_policy][-1]


def update(page: Path) -> None:
    """Write what the sessions of a page print into the page."""
    lines = page.read_text(encoding="utf-8").splitlines()
    outputs = [(session.output, session.printed()) for session in sessions(page)]
    if page in WALKS.values():
        steps = walked(page, policy_of_tutorial(language_of(page)))
        outputs = [(step.output, list(step.printed)) for step in steps if step.output is not None]
    for output, printed in reversed(outputs):
        last = output.line + len(output.text.splitlines())
        lines[output.line : last] = "\n".join(printed).rstrip().split("\n")
        page.write_text("\n".join(lines) + "\n", encoding="utf-8")


#: picture of a page -> the call that draws it
PICTURES = {
    "graph.svg": ("graph", "gbt-45288.3-2025", "--lang", "en"),
    "graph.zh.svg": ("graph", "gbt-45288.3-2025", "--lang", "zh"),
}


def drawn(name: str) -> str:
    """A picture as it is drawn today."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        _run([*PICTURES[name], "-o", str(path)])
        return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    for picture in PICTURES:
        (ROOT / "docs" / picture).write_text(drawn(picture), encoding="utf-8")
    for document in markdown_files():
        update(document)
