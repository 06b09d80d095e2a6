"""Lines -> blocks: what is a heading, an item, a note, a row, and which part of the standard it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from guiju.draft import forms
from guiju.draft.model import FIXED, Block, Draft, Flat, Kind, Line, Omitted, Part
from guiju.dsl.source import Source, Span

_ENDED = re.compile(r"[。；：！？.;:!?…]$")
_SENTENCE = re.compile(r"[。；：]|[.;:]$")
_BULLET = re.compile(r"^[-*+•]\s+")
_DASHES = frozenset("-–—*+•·●○■□") | {"——"}
_REFERS = re.compile("[的和或及与、至中条节章款所]|规定|要求的")  # behind a number that a sentence refers to
_LEADS = re.compile(r"[:：]\s*$")
_WIDE_LINE = 50  # columns: a shorter line was ended by its author, a longer one may have been broken by a page
_LONGEST_CAPTION = 60
_LONGEST_PARAGRAPH = 5_000  # what goes on behind that is no text of people
_RUNNING_ON = (Kind.ITEM, Kind.PARAGRAPH, Kind.NOTE)
_NEVER_RUN_ON = (Part.COVER, Part.CONTENTS, Part.REFERENCES, Part.ABBREVIATIONS, Part.BIBLIOGRAPHY)


def draft_of(source: Source, lines: Iterable[Line], *, wraps: bool | None) -> Draft:
    """The draft that some lines are.

    `wraps`: a paragraph goes on to the next empty line (Markdown); False: each line is a paragraph (Word); None: a long
    line that no mark ends goes on (text taken from pages).
    """
    all_lines = tuple(lines)
    made = _Maker(source, tuple(line for line in all_lines if not line.omitted), wraps)
    for line in made.lines:
        made.take(line)
    return Draft(source, _without_cover(made.blocks), _omitted(source, all_lines))


def _omitted(source: Source, lines: Iterable[Line]) -> tuple[Omitted, ...]:
    return tuple(
        Omitted(line.omitted, Span(source, line.flat.offsets[0], line.flat.offsets[-1] + 1))
        for line in lines
        if line.omitted and line.flat.offsets
    )


def _without_cover(blocks: list[Block]) -> tuple[Block, ...]:
    """A paper that is not laid out as a standard has no cover: all of it is body."""
    if any(b.kind is Kind.HEADING and b.part in FIXED for b in blocks):
        return tuple(blocks)
    return tuple(replace(b, part=Part.BODY) if b.part is Part.COVER else b for b in blocks)


@dataclass
class _Maker:
    source: Source
    lines: tuple[Line, ...]
    wraps: bool | None
    blocks: list[Block] = field(default_factory=list)
    part: Part = Part.COVER
    section: str = ""
    _styles: list[tuple[str, int]] = field(default_factory=list)
    _opened: str = ""  # the number of the heading that opened the part
    _depth_of_part: int = 1
    _gap: bool = True
    _last_width: int = 0
    _at: int = -1  # which line is taken
    _dotted: int = 0  # the last `1.` of a list below the heading
    _ordinals: dict[tuple[str, int], int] = field(default_factory=dict)  # the last `1.` of each list that is open
    _letter: str = ""  # the last one of items below the heading
    _listed: set[str] = field(default_factory=set)  # by the contents, without pages

    def __post_init__(self) -> None:
        self._last_of = {_key(line.flat.text.strip()): at for at, line in enumerate(self.lines)}
        self.styled = any(line.heading for line in self.lines)

    def take(self, line: Line) -> None:
        """Add what the next line says."""
        flat = line.flat
        self._at += 1
        if not flat.text.strip():
            self._gap = True
            return
        made = (
            self._contents(line)
            or self._row(line)
            or self._noise(flat)
            or self._heading(line)
            or self._caption(flat)
            or self._note(line)
            or self._item(line)
        )
        if made is None and not self._runs_on():
            self._styles.clear()
            made = self._block(Kind.PARAGRAPH, flat)
        if made is not None and made.kind is Kind.HEADING and made.mark and _SENTENCE.search(made.text):
            self.blocks.append(replace(made, body=made.body.cut(len(made.text))))
            made = self._block(Kind.PARAGRAPH, made.body)
        if made is None:
            before = self.blocks[-1]
            between = "" if _meets(before.text, flat.text) else " "
            whole, body = before.whole.join(flat, between), before.body.join(flat, between)
            self.blocks[-1] = replace(before, whole=whole, body=body)
        else:
            self.blocks.append(made)
        self._gap = False
        self._last_width = sum(2 if c > "\u2e80" else 1 for c in flat.text)

    def _block(self, kind: Kind, whole: Flat, behind: int = 0, mark: str = "", depth: int = 0) -> Block:
        body = whole.cut(behind)
        return Block(kind, self.part, self.source, whole, body, mark, depth, self.section)

    def _row(self, line: Line) -> Block | None:
        return self._block(Kind.ROW, line.flat) if line.is_row else None

    def _contents(self, line: Line) -> Block | None:
        text = line.flat.text.strip()
        if forms.CONTENTS_HEAD.match(text):
            self.part, self.section = Part.CONTENTS, ""
            return self._block(Kind.HEADING, line.flat, depth=1)
        if self.part is not Part.CONTENTS:
            return None
        found = forms.CONTENTS_LINE.match(text)
        title = found["title"].rstrip(" .…·⋯\t\u3000") if found else self._listed_title(text)
        if not title:
            if forms.PAGE_NUMBER.match(text):
                return None
            self.part = Part.COVER
            return None
        start = line.flat.text.index(title)
        whole = line.flat.cut(start, start + len(title))
        number = forms.NUMBERED.match(whole.text) or forms.ANNEX.match(whole.text)
        mark = "" if number is None else _number(number)
        behind = number.end() if number is not None and number.re is forms.NUMBERED else 0
        return self._block(Kind.CONTENTS, whole, behind, mark, mark.count(".") + 1)

    def _listed_title(self, text: str) -> str:
        """The title in a line of the contents without a page: it comes again below, and has not been listed yet."""
        title = _BULLET.sub("", text)
        key = _key(title)
        if key in self._listed or self._last_of.get(key, -1) <= self._at:
            return ""
        self._listed.add(key)
        return title

    def _noise(self, flat: Flat) -> Block | None:
        text = flat.text.strip()
        alone = forms.DESIGNATION.fullmatch(text) is not None and self.part not in (Part.REFERENCES, Part.BIBLIOGRAPHY)
        return self._block(Kind.NOISE, flat) if alone or forms.PAGE_NUMBER.fullmatch(text) else None

    def _heading(self, line: Line) -> Block | None:
        flat, text = line.flat, line.flat.text.strip()
        if line.is_title and self.part is Part.COVER:
            return self._block(Kind.HEADING, flat, depth=1)
        fixed = forms.part_of(text)
        annex = forms.ANNEX.fullmatch(text)
        if annex:
            self._enter(annex[2] or annex[3], Part.BODY)
            return self._block(Kind.HEADING, flat, len(flat.text), self.section, 1)
        number = forms.NUMBERED.match(flat.text)
        if number and self._is_heading(line, number):
            title = flat.text[number.end() :]
            mark = _number(number)
            depth = mark.count(".") + 1
            known = forms.part_of(title)
            if known:
                self._depth_of_part = line.heading or depth
            self._enter(mark, known or self._inherited(mark))
            return self._block(Kind.HEADING, flat, number.end(), mark, depth)
        chapter = forms.CHINESE_CHAPTER.match(flat.text)
        if chapter and self._stands_alone(flat.text[chapter.end() :]):
            self._enter(chapter[1] or f"（{chapter[2]}）", Part.BODY)
            return self._block(Kind.HEADING, flat, chapter.end(), self.section, 1 if chapter[1] else 2)
        before = self.blocks[-1] if self.blocks else None
        if before is not None and before.kind is Kind.HEADING and before.mark and not before.text.strip():
            return None  # the term behind the number of its entry
        if fixed or line.heading:
            if fixed:
                self._depth_of_part = line.heading or 1
            self._enter("", fixed or self._behind_a_part(line.heading))
            return self._block(Kind.HEADING, flat, depth=line.heading or 1)
        return None

    def _inherited(self, mark: str) -> Part:
        """The part of a numbered heading: that of its chapter; entries of terms may stand below an unnumbered one."""
        chapter, _, below = mark.partition(".")
        is_below = self._opened == chapter or (self._opened == "" and self.part is Part.TERMS)
        return self.part if below and is_below else Part.BODY

    def _behind_a_part(self, depth: int) -> Part:
        """The part of a heading without a number: a fixed part goes on below its own heading only."""
        if self.part is Part.CONTENTS:
            return Part.COVER
        is_over = self.part in (*FIXED, Part.BIBLIOGRAPHY) and 0 < depth <= self._depth_of_part
        return Part.BODY if is_over else self.part

    def _enter(self, section: str, part: Part) -> None:
        if part is not self.part:
            self._opened = section
        self.section, self.part = section, part
        self._styles.clear()
        self._dotted, self._letter = 0, ""

    def _is_heading(self, line: Line, number: re.Match[str]) -> bool:
        if line.heading:
            return True
        title, is_chapter = line.flat.text[number.end() :], "." not in number[1]
        if is_chapter and (self.styled or not number[0][-1:].isspace() or not number[1].isdigit()):
            return False
        chapter = self.section.split(".")[0]
        ahead = int(number[1]) - int(chapter) if is_chapter and chapter.isdigit() else 1
        in_table = bool(self.blocks) and self.blocks[-1].kind in (Kind.ROW, Kind.CAPTION)
        if ahead <= 0 or (in_table and is_chapter and ahead != 1):
            return False
        if not title.strip() or forms.ITEM.match(title):
            return not is_chapter and not title.strip()  # 6.1.2 a) at the beginning of a line refers
        is_clause = not is_chapter and title.rstrip().endswith(("。", "：", ".", ":", "；"))
        if not number[0].endswith(tuple(forms.BLANKS)):
            is_clause = is_clause and not _REFERS.match(title) and self._goes_on_to(number[1], again=False)
        is_begun = not self._runs_on() or (self._has_ended() and self._goes_on_to(number[1], again=True))
        return self._stands_alone(title) or (is_clause and is_begun)

    def _has_ended(self) -> bool:
        """Whether what stands before ends as a sentence or an item does."""
        return bool(self.blocks) and _ENDED.search(self.blocks[-1].text.rstrip()) is not None

    def _goes_on_to(self, mark: str, *, again: bool) -> bool:
        """Whether a number stands in the chapter that is open, and behind the last one, or, `again`, may be it."""
        last, next_ = self.section.split("."), mark.split(".")
        if not self.section or last[0] != next_[0] or not all(part.isdigit() for part in last[1:]):
            return False
        before, now = [int(part) for part in last[1:]], [int(part) for part in next_[1:]]
        return now > before or (again and now == before)

    def _stands_alone(self, title: str) -> bool:
        return forms.is_title(title.strip()) and (self._gap or not self._runs_on())

    def _caption(self, flat: Flat) -> Block | None:
        found = forms.CAPTION.match(flat.text)
        if not found or len(flat.text) > _LONGEST_CAPTION or re.search("[。；;，,]", flat.text) or self._runs_on():
            return None
        self._styles.clear()
        kind = {"Table": "Table ", "Figure": "Figure "}.get(found[1], f"{found[1]} ")
        return self._block(Kind.CAPTION, flat, found.end(), kind + found[2])

    def _note(self, line: Line) -> Block | None:
        found = forms.NOTE.match(line.flat.text)
        if line.is_note or found:
            return self._block(Kind.NOTE, line.flat, found.end() if found else 0, found[1] if found else "")
        return None

    def _item(self, line: Line) -> Block | None:
        text = line.flat.text
        found = forms.ITEM.match(text)
        dotted, lettered = forms.DOTTED.match(text), forms.LETTERED.match(text)
        if found:
            letter = found[1] or found[2] or found[3]
            mark = f"{letter})" if found[3] is None else letter
            self._letter = letter if letter.isalpha() else self._letter
            style = ("1" if letter.isdigit() else "a" if found[3] is None else "①", -1)
        elif dotted and self._goes_on(int(dotted[1])):
            style = ("1", line.indent if self.wraps is not None else -1)
            found, mark = dotted, f"{self._ordinal(style, int(dotted[1]))})"
        elif lettered and self._is_next(lettered[1]):
            found, mark, style = lettered, f"{lettered[1]})", ("a", -1)
            self._letter = lettered[1]
        else:
            found = forms.DASH.match(text)
            if not found or not text[found.end() :].strip() or (not self.wraps and not self._gap and self._runs_on()):
                return None
            mark, style = found[1], (found[1], line.indent)
        return self._block(Kind.ITEM, line.flat, found.end(), mark, self._depth(style, line.indent))

    def _goes_on(self, number: int) -> bool:
        """Whether `1. ` begins a list here, or a later number goes on with one that is open."""
        if number > 1:
            return any(sign == "1" for sign, _ in self._styles) or number == self._dotted + 1
        before = self.blocks[-1:]
        is_list = self.wraps is not None and not self._runs_on()  # in text taken from pages it may be a title
        return is_list or any(b.kind is Kind.ITEM or _LEADS.search(b.text) for b in before)

    def _is_next(self, letter: str) -> bool:
        """Whether `a. ` begins a list here, or a later letter goes on with one."""
        if letter == "a":
            return self._goes_on(1)
        return self._letter != "" and ord(letter) == ord(self._letter) + 1

    def _ordinal(self, style: tuple[str, int], written: int) -> int:
        """The number that a reader sees: Markdown counts a list on from its first number, whatever is written."""
        goes_on = self.wraps and style in self._styles
        self._dotted = self._ordinals[style] = self._ordinals[style] + 1 if goes_on else written
        return self._dotted

    def _depth(self, style: tuple[str, int], indent: int) -> int:
        while style[0] == "a" and self._styles and self._styles[-1][0] in _DASHES and self._styles[-1][1] >= indent:
            self._styles.pop()  # a letter stands below a dash where it is set in, and nowhere else
        if style in self._styles:
            del self._styles[self._styles.index(style) + 1 :]
        else:
            self._styles.append(style)
        return len(self._styles)

    def _runs_on(self) -> bool:
        """Whether the next line belongs to the block before it."""
        if not self.blocks or self.wraps is False:
            return False
        before = self.blocks[-1]
        if before.kind not in _RUNNING_ON or len(before.text) > _LONGEST_PARAGRAPH:
            return False
        if self.wraps:
            return not self._gap
        text = before.text.rstrip()
        in_brackets = text.count("（") > text.count("）")
        is_open = (in_brackets or not _ENDED.search(text)) and self._last_width >= _WIDE_LINE
        return is_open and before.part is self.part and self.part not in _NEVER_RUN_ON


def _key(title: str) -> str:
    """By what a line of the contents and its heading are one: the number, or else the words."""
    number = forms.NUMBERED.match(title) or forms.ANNEX.match(title)
    return _number(number) if number else forms.squeezed(title)


def _number(found: re.Match[str]) -> str:
    return found[1] if found.re is forms.NUMBERED else found[2] or found[3]


def _meets(before: str, behind: str) -> bool:
    """Whether two texts meet without a blank, as Chinese ones do."""
    return bool(before) and bool(behind) and before[-1] > "\u2e80" and behind[0] > "\u2e80"
