"""Markdown as a policy: the fenced blocks of `guiju` in it, in their order, are one policy; all else is prose.

Fences are found as CommonMark has them, save inside quotations and lists set in by four columns or more, where one is
told instead of being passed over. Every line keeps the place that it has in the Markdown, so whatever points into a
policy points into that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.dsl.keywords import TOP, by_terminal

WORD = "guiju"  # what the fence of a policy says behind its signs
_MARKDOWN = (".md", ".markdown")
_FENCE = re.compile(r"(?P<indent> {0,3})(?P<sign>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<word>[^\s`]*)")
_SET_IN = re.compile(rf"[ \t>*+-]*(?:`{{3,}}|~{{3,}})[ \t]*{WORD}(?:\s|$)", re.IGNORECASE)
_GROUPS = re.compile(r"^ *(?:groups|分组)\b(.*)", re.MULTILINE)
_VERBATIM = "(?:pre|script|style|textarea)"
#: what begins a block of HTML in which nothing is Markdown, blank lines or not, and what ends it
_HTML = (
    (re.compile(r" {0,3}<!--"), re.compile("-->")),
    (re.compile(rf" {{0,3}}<{_VERBATIM}(?:[\s>]|$)", re.IGNORECASE), re.compile(rf"</{_VERBATIM}>", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Fence:
    """A fenced block of a policy: the characters `start` up to `end` of the text are its lines, each line ended.

    `at` is where its first sign stands and `indent` how many columns that is set in. `closed` is False where the text
    ends, or the next fence of a policy begins, before this one does; then its lines are those up to the first blank
    one behind which no policy goes on, so that all else that is wrong in them is told at once.
    """

    at: int
    start: int
    end: int
    indent: int
    closed: bool


@dataclass(frozen=True)
class Woven:
    """A Markdown text taken apart. `unread`: where lines stand that look like fences of a policy and are none."""

    fences: tuple[Fence, ...]
    unread: tuple[int, ...]


def is_markdown(name: str) -> bool:
    """Whether a file of this name is Markdown."""
    return name.lower().endswith(_MARKDOWN)


def woven(text: str) -> Woven:
    """The fences of a text. Never raises, whatever the text."""
    fences: list[Fence] = []
    unread: list[int] = []
    sign = ""  # that the block began with in which a line stands
    html: re.Pattern[str] | None = None  # what ends the block of HTML in which it stands
    policy: re.Match[str] | None = None  # where the policy began that a line stands in
    begun = 0
    for at, line in _lines(text):
        found = _FENCE.match(line)
        opens = found is not None and found["word"].lower() == WORD
        if html:
            html = None if html.search(line) else html
        elif sign and not (policy and opens):
            if closes(line, sign):
                fences += [_fence(text, begun, at, policy, closed=True)] if policy else []
                sign, policy = "", None
        elif found:
            fences += [_fence(text, begun, at, policy, closed=False)] if policy else []
            sign, policy, begun = found["sign"], found if opens else None, at
        elif _SET_IN.match(line):
            unread.append(at + len(line) - len(line.lstrip()))
        else:
            html = next((end for begin, end in _HTML if begin.match(line) and not end.search(line)), None)
    fences += [_fence(text, begun, len(text), policy, closed=False)] if policy else []
    return Woven(tuple(fences), tuple(unread))


def _fence(text: str, at: int, end: int, opened: re.Match[str], *, closed: bool) -> Fence:
    indent = len(opened["indent"])
    start = text.find("\n", at) + 1 or len(text)
    return Fence(at + indent, start, end if closed else _end_of_policy(text, start, end), indent, closed)


def _end_of_policy(text: str, start: int, end: int) -> int:
    """Where the lines of a block without an end stop being a policy, as far as their first words tell."""
    words, blank = _opening(text), False
    for at, line in _lines(text[start:end]):
        first = line.split(maxsplit=1)[:1]
        if blank and first and not line.startswith("  ") and first[0] not in words:
            return start + at
        blank = not first
    return end


def _opening(text: str) -> frozenset[str]:
    """The words that lines at the margin begin with: keywords, and whatever a line calls the groups."""
    keywords = (by_terminal()[terminal] for terminal in TOP)
    kinds = (word for groups in _GROUPS.findall(text) for word in re.findall(r"[^\W\d]\w*", groups))
    return frozenset((*(spelt.split()[0] for k in keywords for spelt in (*k.en, *k.zh)), *kinds))


def only_policy(text: str) -> str:
    """A Markdown text with spaces for all that is no policy: what is left stands where it stood."""
    kept: list[str] = []
    end = 0
    for fence in woven(text).fences:
        kept += (_blank(text[end : fence.start]), text[fence.start : fence.end])
        end = fence.end
    return "".join((*kept, _blank(text[end:])))


def policy_lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line of the fences with where it begins, a blank one behind each fence.

    What a fence is set in by is no part of its lines.
    """
    for fence in woven(text).fences:
        for at, line in _lines(text[fence.start : fence.end]):
            inside = min(len(line) - len(line.lstrip(" ")), fence.indent)
            yield fence.start + at + inside, line[inside:]


def opens(line: str) -> str | None:
    """The signs of a fence that a line outside of one begins, whatever word stands behind them."""
    found = _FENCE.match(line)
    return found["sign"] if found else None


def closes(line: str, sign: str) -> bool:
    """Whether a line ends a fence: the same sign at least so often, and nothing else."""
    stripped = line.strip()
    set_in = len(line) - len(line.lstrip(" "))
    return len(stripped) >= len(sign) and set_in < 4 and stripped == sign[0] * len(stripped)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line without its end, and where it begins."""
    at = 0
    for line in text.split("\n"):
        yield at, line.rstrip("\r")
        at += len(line) + 1


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
