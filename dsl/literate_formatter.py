"""Markdown with a policy in it -> the same with each fence in canonical form, and its prose byte for byte.

All fences are formatted as one text, for a table may go on in the next one. A comment that nobody typed marks where
each begins; the formatter keeps comments where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from guiju.dsl.diagnostic import Language
from guiju.dsl.formatter import format_document
from guiju.dsl.literate import Fence, is_markdown, policy_lines, woven
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.dsl.tree import Document


def format_source(source: Source, document: Document, language: Language | None = None) -> str:
    """The canonical text of a file, whose document was read without a mistake."""
    is_woven = is_markdown(source.name)
    return format_markdown(source.text, language) if is_woven else format_document(document, language)


def format_markdown(text: str, language: Language | None = None) -> str:
    """The whole text again, of which every fence is closed and says something that can be read."""
    fences = woven(text).fences
    mark = next(m for n in count() if (m := f"fence-{n}-") not in text)
    document, _ = parse(Source("", "\n".join(_marked(text, fences, mark))))
    blocks = _blocks(format_document(document, language, as_placed=True), mark, len(fences))
    ends = (0, *(fence.end for fence in fences))
    woven_again = (
        part
        for end, fence, block in zip(ends, fences, blocks, strict=False)
        for part in (text[end : fence.start], _set_in(block, fence, text))
    )
    return "".join((*woven_again, text[ends[-1] :]))


def _marked(text: str, fences: Sequence[Fence], mark: str) -> Iterator[str]:
    """The lines of the fences, with a comment ahead of each fence."""
    starts = {fence.start: f"# {mark}{number}" for number, fence in enumerate(fences)}
    for at, line in policy_lines(text):
        begun = text.rfind("\n", 0, at) + 1
        if begun in starts:
            yield starts.pop(begun)
        yield line


def _blocks(formatted: str, mark: str, number: int) -> list[list[str]]:
    """The lines of each fence, without blank ones at its ends."""
    blocks: list[list[str]] = []
    for line in formatted.splitlines():
        if line.strip() == f"# {mark}{len(blocks)}":
            blocks.append([])
        elif blocks and (line or blocks[-1]):
            blocks[-1].append(line)
    for block in blocks:
        while block and not block[-1]:
            block.pop()
    assert len(blocks) == number
    return blocks


def _set_in(lines: Sequence[str], fence: Fence, text: str) -> str:
    """The lines as they stand in the Markdown: set in as their fence is, ended as the line of its sign is."""
    ended = "\r\n" if text[: fence.start].endswith("\r\n") else "\n"
    return "".join(f"{' ' * fence.indent if line else ''}{line}{ended}" for line in lines)
