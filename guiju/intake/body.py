"""The body of a draft -> its numbered lines; every other block of it is told, with its words.

A block goes one way or the other, and no words of it go both ways: what is told to be left out is in no clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from guiju.draft.model import Block, Draft, Kind
from guiju.dsl.diagnostic import Text
from guiju.intake.catalog import Reason, Unread, filled
from guiju.intake.left import why_left
from guiju.intake.modality import is_quality, leads_on, modal_verbs
from guiju.intake.outline import LEADS_NOWHERE, PARAGRAPH, Line, item_sort

_NUMBER_INSIDE = re.compile(r"(?<=[.;。；])\s+(?=\d{1,2}(?:\.\d{1,2})+ )")
_NUMBER_AHEAD = re.compile(r"\W?(\d{1,2}(?:[.．]\d{1,3})+)(?![\d％%])")
_SENTENCE_END = re.compile(r"[。！？]|[.!?](?=\s)")
_NOT_READ = Text(
    "以“{number}”开头，没有读作条款的编号，请核对",
    "it begins with `{number}`, which was not read as the number of a clause; to be checked",
)
_SECOND_LEAD = Text(
    "{mark} 的另一句引导语：能愿动词给了它后面的各项，本身没有带过来",
    "another lead of {mark}: the items behind it have its modal verb, and it was not carried over itself",
)
_OTHER_MARK = re.compile(r"[（(]?(?:[ivx]{2,5}|[A-Z])[)）]|[a-z][.．]\s")
_NO_MARK = Text(
    "像是列项，标号不认识，没有写成条款",
    "it reads like an item, and its mark is not known; it became no clause",
)
_PARAGRAPH = Text("一段", "a paragraph")
_NOTE = Text("注或示例不是要求，没有带过来", "a note or an example is no requirement; not carried over")
_ASKING_NOTE = Text("注或示例里有要求的写法", "a note or an example that reads like a requirement")
_CAPTION = Text("图表标题，没有带过来", "a caption; not carried over")
_HEADING = Text("没有编号的标题", "a heading without a number")
_BELOW = Text(
    "没有编号的标题，没有带过来；它下面的内容归入 {mark}",
    "a heading without a number; not carried over, and what stands below it was taken for a part of {mark}",
)


def body_lines(
    draft: Draft, blocks: tuple[Block, ...], titles: dict[str, str]
) -> tuple[tuple[Line, ...], tuple[Unread, ...]]:
    """The headings and items among some blocks, and the paragraphs between them that ask for something; all else told.

    `titles`: those of annexes, by the letters that number them. Rows of tables are left to others.
    """
    reader = _Body(draft, titles)
    for block in blocks:
        reader.take(block)
    return tuple(reader.lines), tuple(reader.unread)


@dataclass
class _Body:
    draft: Draft
    titles: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    _number_at: int = -1  # which of the lines is the last number
    _sorts: set[str] = field(default_factory=set)  # of the items below it
    _under: str = ""  # the last one of several leads

    def take(self, block: Block) -> None:
        """Add what a block says."""
        match block.kind:
            case Kind.HEADING | Kind.ITEM if block.mark:
                self._numbered(block)
            case Kind.PARAGRAPH:
                self._paragraph(block)
            case Kind.HEADING | Kind.ITEM:
                self._heading(block)
            case Kind.NOTE:
                if {"shall", "should"}.isdisjoint(modal_verbs(block.text)):
                    self._tell(block, block.whole.text, "aside", _NOTE)
                else:
                    self._tell(block, block.whole.text, "unclear", _ASKING_NOTE)
            case Kind.CAPTION:
                self._tell(block, block.whole.text, "aside", _CAPTION)

    def _numbered(self, block: Block) -> None:
        """A heading or an item; several, where the lines of numbered sentences run into one paragraph."""
        first, *others = _NUMBER_INSIDE.split(block.text)
        is_heading = block.kind is Kind.HEADING and (not modal_verbs(first) or is_quality(first.strip()))
        title = self.titles.get(block.mark, first) if block.kind is Kind.HEADING else first
        line = Line(
            block.mark, title if is_heading else "", "" if is_heading else first, place_of(block), depth=block.depth
        )
        self._add(line)
        for other in others:
            number, _, said = other.partition(" ")
            self._add(Line(number, "", said, place_of(block)))

    def _add(self, line: Line) -> None:
        sort = item_sort(line.number)
        if sort:
            self._sorts.add(sort)
            line = replace(line, under=self._under)
        else:
            self._number_at, self._under = len(self.lines), ""
            self._sorts.clear()
        self.lines.append(line)

    def _paragraph(self, block: Block) -> None:
        said, lead = lead_apart(block.text)
        if not self.lines:
            self._leave(block, block.text)
            return
        number = _NUMBER_AHEAD.match(said)
        if number and number[1] != self.lines[-1].number and modal_verbs(said):
            self._tell(block, said, "choice", filled(_NOT_READ, number=number[1]))
        if said:
            self._said(block, said)
        if lead:
            self._leads(block, lead)

    def _said(self, block: Block, said: str) -> None:
        last = self.lines[-1]
        is_bare = not last.text and not last.title and not last.lead and _has_digits(last.number)
        if is_bare or (modal_verbs(said) and not last.text and (last.title or _has_digits(last.number))):
            self.lines[-1] = replace(last, text=said)
        elif modal_verbs(said):
            self.lines.append(Line(PARAGRAPH, "", said, place_of(block)))
        else:
            self._leave(block, said)

    def _leads(self, block: Block, lead: str) -> None:
        """A lead goes with the number above its items, or with the item above them."""
        behind = self.draft.beside(block, 1)
        sort = item_sort(behind.mark) if behind is not None and behind.kind is Kind.ITEM else ""
        number = self.lines[self._number_at] if self._number_at >= 0 else None
        if number and not self._sorts and not (number.lead and not sort):
            if number.lead:
                self._tell(block, number.lead, "unclear", LEADS_NOWHERE)
            self.lines[self._number_at] = replace(number, lead=lead)
        elif not sort:
            self._tell(block, lead, "unclear", LEADS_NOWHERE)
        elif sort not in self._sorts and item_sort(self.lines[-1].number):
            self.lines[-1] = replace(self.lines[-1], lead=lead)
        else:
            self._under = lead
            self._tell(block, lead, "choice", filled(_SECOND_LEAD, mark=number.number if number else "—"))

    def _heading(self, block: Block) -> None:
        reason, why = why_left(block.text, _HEADING)
        if reason == "aside" and self._number_at >= 0:
            why = filled(_BELOW, mark=self.lines[self._number_at].number)
        self._tell(block, block.whole.text, reason, why)

    def _leave(self, block: Block, said: str) -> None:
        is_item = _OTHER_MARK.match(said) and self._sorts and not modal_verbs(said)
        self._tell(block, said, *(("unclear", _NO_MARK) if is_item else why_left(said, _PARAGRAPH)))

    def _tell(self, block: Block, quote: str, reason: Reason, why: Text) -> None:
        self.unread.append(Unread(place_of(block), quote, reason, why))


def lead_apart(text: str) -> tuple[str, str]:
    """What a paragraph says itself, and the last sentence of it where it leads to a list.

    >>> lead_apart("Rooms shall be clean. The library shall:")
    ('Rooms shall be clean.', 'The library shall:')
    >>> lead_apart("Rooms shall be clean.")
    ('Rooms shall be clean.', '')
    """
    if not leads_on(text):
        return text, ""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return (text[: ends[-1]].strip(), text[ends[-1] :].strip()) if ends else ("", text)


def place_of(block: Block) -> str:
    """`file.md:12`, where a block begins."""
    span = block.place
    return f"{Path(span.source.name).name}:{span.position.line}"


def _has_digits(number: str) -> bool:
    """Whether a number is more than the letter of an annex, below which its status and title stand."""
    return any(sign.isdigit() for sign in number)
