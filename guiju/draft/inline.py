"""Markdown within a paragraph -> what a reader sees of it: emphasis, links, code, tags; each character keeps its place.

Where CommonMark would take a sign of the text for markup (`2*3 m and 5*2`, `5 <t and t> 3`), the sign stays: a star
too much is seen, a lost one is not. Two readers use this: lint looks at the prose alone, an import at everything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import TypeAlias

from guiju.draft.model import Flat
from guiju.draft.superscripts import with_superscripts

#: tags of HTML: those that have no end, those that begin a line of their own, and those within a line
_VOID = re.compile("br|hr|img|input|wbr|col")
_BLOCKS = re.compile(
    "table|caption|td|th|tr|tbody|thead|tfoot|div|section|article|details|summary|center|blockquote|pre|ul|ol|li|dl|dt|dd"
    "|figure|figcaption|h[1-6]|header|footer|main|nav|aside"
)
_INSIDE = re.compile(
    "a|abbr|b|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|p|q|ruby|rp|rt|s|samp|small|span|strike|strong|sub|sup"
    "|tt|u|var"
)
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|(?P<formula>\$\$?(?=\S)[^$\n]{1,400}(?<=\S)\$\$?(?!\d))"
    r"|<(?P<auto>https?://[^\s<>]{1,2000}|[\w.+-]{1,100}@[\w.-]{1,100})>"
    r"|<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9]{0,11})(?P<attributes>(?:\s+[\w:-]{1,40}\s?=\s?(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'<>=`]{1,200}))*)\s?/?>"
    r"|(?P<link>!?\[)(?=[^\]]{0,200}\]\([^)\s]{0,2000}(?:[ \t][^)\n]{0,200})?\))"
    r"|\]\((?P<address>[^)\s]{0,2000}(?:[ \t][^)\n]{0,200})?)\)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<bare>https?://[^\s<>）)」]+)"
    r"|(?P<signs>\*+|_+)"
)
#: what stands in place of which characters, and where to go on
_Edits: TypeAlias = Generator[tuple[int, int, str], None, int]
_HREF = re.compile(r"\bhref\s?=\s?[\"']?([^\"'\s<>]+)")


def shown(lines: list[Flat], *, in_full: bool) -> list[Flat]:
    """The lines of one paragraph as they are seen, each its own.

    `in_full`: with code, addresses and signs written as `&lt;`; otherwise only what is prose.
    """
    text = "\n".join(line.text for line in lines)
    offsets: list[int] = []
    for line in lines:
        offsets += line.offsets
        offsets.append(offsets[-1] if offsets else 0)
    whole = with_superscripts(Flat(text, tuple(offsets[:-1])))
    read = whole.replaced(sorted(_Inline(whole.text, in_full).edits()))
    return list(read.split("\n"))


@dataclass
class _Run:
    """Stars or low lines side by side: `start` and `end` of those that are not yet taken."""

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    length: int = field(init=False)

    def __post_init__(self) -> None:
        self.length = self.end - self.start


@dataclass
class _Inline:
    text: str
    in_full: bool
    _runs: list[_Run] = field(default_factory=list)
    _links: list[bool] = field(default_factory=list)  # those that are open: whether each is a picture
    _anchors: list[str] = field(default_factory=list)

    def edits(self) -> Iterator[tuple[int, int, str]]:
        """What stands in place of which characters."""
        at = 0
        while found := _TOKEN.search(self.text, at):
            at = yield from self._token(found)
        yield from ((at, at + 1, "") for at in _taken(self._runs))

    def _token(self, found: re.Match[str]) -> _Edits:
        """The edits for a token; where to go on behind it comes back."""
        start, end = found.span()
        match found.lastgroup:
            case "escaped":
                yield start, start + 1, ""
            case "ticks":
                end = yield from self._code(start, end)
            case "auto":
                yield from ((start, start + 1, ""), (end - 1, end, "")) if self.in_full else ((start, end, ""),)
            case "bare" if not self.in_full:
                yield start, end, ""
            case "entity" if self.in_full and unescape(found[0]) != found[0]:
                yield start, end, unescape(found[0])
            case "tag" | "attributes":
                yield from self._tag(found)
            case "link":
                end = yield from self._link(found)
            case "address" if self._links:
                yield from self._address(found)
            case "address":
                end = start + 1
            case "signs":
                self._runs.append(self._run(start, end))
        return end

    def _code(self, start: int, behind: int) -> _Edits:
        """Code ends with as many signs as it began with; where it does not end, they are signs of the text."""
        ticks = self.text[start:behind]
        closing = re.compile(rf"(?<!`){ticks}(?!`)").search(self.text, behind)
        if closing is None:
            return behind
        if self.in_full:
            yield start, behind, ""
            yield *closing.span(), ""
        else:
            yield start, closing.end(), "\n" * self.text.count("\n", start, closing.end())
        return closing.end()

    def _tag(self, found: re.Match[str]) -> Iterator[tuple[int, int, str]]:
        """A tag of HTML, where it can only be one: `<b>` beside no `</b>` may be a quantity."""
        name, start, end = found["tag"].lower(), *found.span()
        is_block, is_void = _BLOCKS.fullmatch(name) is not None, _VOID.fullmatch(name) is not None
        other_end = f"<{name}" if found["close"] else f"</{name}"
        if not (is_block or is_void or (_INSIDE.fullmatch(name) and other_end in self.text.lower())):
            return
        if self.in_full and name in ("img", "input"):
            return
        if name == "a" and not found["close"]:
            href = _HREF.search(found["attributes"])
            self._anchors.append(href[1] if href else "")
        address = self._anchors.pop() if name == "a" and found["close"] and self._anchors else ""
        parts = self.text[start - 1 : start].isalnum() and self.text[end : end + 1].isalnum()
        is_break = is_block or name in ("br", "p")
        yield start, end, self._behind(address) or (" " if parts and is_break else "")

    def _link(self, found: re.Match[str]) -> _Edits:
        start, end = found.span()
        is_picture = found["link"] == "!["
        if is_picture and not self.in_full:
            end = self.text.index(")", self.text.index("](", end)) + 1
            yield start, end, ""
            return end
        self._links.append(is_picture)
        yield start, end, ""
        return end

    def _address(self, found: re.Match[str]) -> Iterator[tuple[int, int, str]]:
        self._links.pop()
        yield *found.span(), self._behind(found["address"])

    def _behind(self, address: str) -> str:
        """An address as it stands behind what leads to it; one within the document leads nowhere else."""
        return f" ({address})" if self.in_full and address and not address.startswith("#") else ""

    def _run(self, start: int, end: int) -> _Run:
        before, behind = self.text[start - 1 : start] or " ", self.text[end : end + 1] or " "
        sign = self.text[start]
        left = not behind.isspace() and (
            not _is_mark(behind) or before.isspace() or _is_mark(before) or _is_wide(before)
        )
        right = not before.isspace() and (
            not _is_mark(before) or behind.isspace() or _is_mark(behind) or _is_wide(behind)
        )
        if sign == "_":
            return _Run(start, end, sign, left and not before.isalnum(), right and not behind.isalnum())
        is_operator = _is_operand(before, end - start, ")]）%°") and _is_operand(behind, end - start, "([（√±")
        return _Run(start, end, sign, left and not is_operator, right and not is_operator)


def _is_operand(beside: str, signs: int, brackets: str) -> bool:
    """Whether a character beside stars may be part of what they multiply; Chinese emphasis has two of them."""
    return beside in brackets or (beside.isalnum() and (signs == 1 or beside.isascii()))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _is_wide(char: str) -> bool:
    return char > "\u2e80"


def _taken(runs: list[_Run]) -> Iterator[int]:
    """The places of the signs that make emphasis, by the rules of CommonMark."""
    waiting: list[_Run] = []
    lowest: dict[tuple[str, int, bool], int] = {}  # below which no run opens what such a run closes
    for run in runs:
        kind = (run.sign, run.length % 3, run.opens)
        while run.closes and run.start < run.end:
            floor = lowest.get(kind, 0)
            at = next((n for n in range(len(waiting) - 1, floor - 1, -1) if _opens_for(waiting[n], run)), -1)
            if at < 0:
                lowest[kind] = len(waiting)
                break
            opener = waiting[at]
            many = 2 if min(opener.end - opener.start, run.end - run.start) > 1 else 1
            yield from range(opener.end - many, opener.end)
            yield from range(run.start, run.start + many)
            opener.end -= many
            run.start += many
            del waiting[at + (opener.start < opener.end) :]
            lowest = {kind: min(floor, len(waiting)) for kind, floor in lowest.items()}
        if run.opens and run.start < run.end:
            waiting.append(run)


def _opens_for(opener: _Run, closer: _Run) -> bool:
    if opener.sign != closer.sign:
        return False
    either = opener.closes or closer.opens
    return not either or (opener.length + closer.length) % 3 != 0 or opener.length % 3 == closer.length % 3 == 0
