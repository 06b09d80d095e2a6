"""The pages of the documentation as the tests read them: fenced blocks with their place, tables between markers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.project.repository import ROOT, markdown_files

_FENCE = re.compile(r"^```([a-z]+)(?:-([a-z]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CELL = re.compile(r"\| *([^|\n]*[^|\s]) *(?=\|)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the word behind it (`guiju-fragment`, `guiju-broken`), its text."""

    page: Path
    line: int
    language: str
    word: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def is_policy(self) -> bool:
        """Whether it is a whole policy file."""
        return self.language == "guiju" and self.text.lstrip("# \n").startswith(("standard", "标准"))

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole file, a policy or a vocabulary."""
        return self.is_policy or self.word == "vocabulary"


@cache
def blocks_of(page: Path) -> tuple[Block, ...]:
    """The fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found = _FENCE.finditer(text)
    return tuple(Block(page, text.count("\n", 0, m.start()) + 1, m[1], m[2] or "", m[3]) for m in found)


def all_blocks() -> Iterator[Block]:
    """Every fenced block of the documentation; the READMEs and `docs/` alike."""
    for page in markdown_files():
        yield from blocks_of(page)


def between(page: Path, marker: str) -> str:
    """What stands between `<!-- marker -->` and `<!-- /marker -->`."""
    found = re.search(rf"<!-- {marker} -->(.*?)<!-- /{marker} -->", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"{page} has no marker {marker}"
    return found[1]


def cells(table: str) -> tuple[str, ...]:
    """The cells below the heads of Markdown tables, those that say something."""
    body = re.sub(r"^\|.*\|\n\|[-:| ]+\|$", "", table, flags=re.MULTILINE)
    return tuple(_CELL.findall(body))
