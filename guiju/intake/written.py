"""Word, Markdown and plain text: the numbered headings and items of a standard's body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.read import read_draft
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Span
from guiju.intake.annexes import Annex, annex_of, annexes
from guiju.intake.catalog import Catalog, Unread, filled
from guiju.intake.codes import NO_REQUIREMENTS
from guiju.intake.labels import as_name
from guiju.intake.level_table import level_table, placed
from guiju.intake.modality import is_quality, leads_on, modal_verbs, only_forbidden
from guiju.intake.order import at_levels
from guiju.intake.outline import OTHER_VERB, PARAGRAPH, Line, kinds_of, outline
from guiju.intake.table_rows import rows_left
from guiju.intake.title_page import title_page

_NUMBER_INSIDE = re.compile(r"(?<=[.;。；])\s+(?=\d{1,2}(?:\.\d{1,2})+ )")
_NUMBER_AHEAD = re.compile(r"\W?(\d{1,2}(?:[.．]\d{1,3})+)(?![\d％%])")
_NOT_READ = Text(
    "以“{number}”开头，没有读作条款的编号，请核对",
    "it begins with `{number}`, which was not read as the number of a clause; to be checked",
)
_SENTENCE_END = re.compile(r"[。！？]|[.!?](?=\s)")
_ASIDE: dict[Kind, Text] = {
    Kind.NOTE: Text("{n} 条注或示例没有带过来", "{n} notes or examples were not carried over"),
    Kind.CAPTION: Text("{n} 个图表标题没有带过来", "{n} captions were not carried over"),
    Kind.PARAGRAPH: Text("{n} 段没有能愿动词，不是要求", "{n} paragraphs without a modal verb ask for nothing"),
}
_INFORMATIVE = Text(
    "资料性附录的 {n} 段是指导，不是要求，没有带过来",
    "{n} paragraphs of an informative annex are guidance and were not carried over",
)
_OTHER_PARTS = Text(
    "前言、范围、术语等 {n} 段不是正文，没有带过来",
    "{n} paragraphs outside the body (foreword, scope, terms …) were not carried over",
)


def read_document(path: Path, order: tuple[str, ...] = ()) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """The requirements of a document. A number with nothing below it counts where its text has a modal verb.

    `order`: the levels of its table, lowest first, where the editor says which that is.
    """
    draft, found = read_draft(path)
    if draft is None:
        return None, found
    annexed = annexes(draft)
    ahead: list[Unread] = []
    lines = tuple(_lines(draft, annexed, ahead))
    entries, unread = outline(lines, path.stem, is_asked=lambda line: bool(modal_verbs(line.text)))
    if not entries:
        return None, (*found, Diagnostic(NO_REQUIREMENTS, Span(draft.source, 0, 0)))
    titled = title_page(draft, path.name)
    table, unclear = level_table(draft, entries, path.name)
    told = (*_asides(draft, path.name, annexed, table.rows if table else ()), *_guidance(draft, annexed))
    id_ = as_name(path.stem) or "standard"
    more = (*titled.unread, *ahead, *unread, *unclear, *(table.unread if table else ()), *told)
    title, designation = titled.title or path.stem, titled.designation or path.stem
    made = Catalog(id_, designation, title, path.name, kinds_of(entries), entries, unread=more)
    return (at_levels(placed(made, table), table.levels, order) if table else made), found


def _lines(draft: Draft, annexed: dict[str, Annex], unread: list[Unread]) -> Iterator[Line]:
    """The headings and items of the body, and the paragraphs between them that ask for something.

    `unread` gathers what may be a number and was not read as one.
    """
    open_: Line | None = None
    for block in draft.blocks:
        annex = annex_of(annexed, block)
        if block.part is not Part.BODY or (annex and annex.is_informative):
            continue
        if block.kind in (Kind.HEADING, Kind.ITEM) and block.mark:
            yield from (open_,) if open_ else ()
            *before, open_ = _numbered(block)
            yield from before
            open_ = replace(open_, title=annex.title) if annex and block is annex.heading else open_
        elif block.kind is Kind.PARAGRAPH and open_:
            number = _NUMBER_AHEAD.match(block.text)
            if number and number[1] != open_.number:
                unread.append(Unread(_place(block), block.text, "choice", filled(_NOT_READ, number=number[1])))
            said, lead = _lead_apart(block.text)
            if not modal_verbs(said):
                takes = open_.text or (not open_.title and _has_digits(open_.number))
                open_ = replace(open_, text=f"{open_.text} {said}".strip()) if takes else open_
            elif not open_.text and (open_.title or _has_digits(open_.number)):
                open_ = replace(open_, text=said)
            else:
                yield open_
                open_ = Line(PARAGRAPH, "", said, _place(block))
            open_ = replace(open_, lead=lead or open_.lead)
    yield from (open_,) if open_ else ()


def _numbered(block: Block) -> Iterator[Line]:
    """A heading or an item; several, where the lines of numbered sentences run into one paragraph."""
    first, *others = _NUMBER_INSIDE.split(block.text)
    is_heading = block.kind is Kind.HEADING and (not modal_verbs(first) or is_quality(first.strip()))
    yield Line(block.mark, first if is_heading else "", "" if is_heading else first, _place(block))
    for other in others:
        number, _, said = other.partition(" ")
        yield Line(number, "", said, _place(block))


def _lead_apart(text: str) -> tuple[str, str]:
    """What a paragraph says itself, and the last sentence of it where it leads to a list.

    >>> _lead_apart("Rooms shall be clean. The library shall:")
    ('Rooms shall be clean.', 'The library shall:')
    >>> _lead_apart("Rooms shall be clean.")
    ('Rooms shall be clean.', '')
    """
    if not leads_on(text):
        return text, ""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return (text[: ends[-1]].strip(), text[ends[-1] :].strip()) if ends else ("", text)


def _place(block: Block) -> str:
    span = block.place
    return f"{Path(span.source.name).name}:{span.position.line}"


def _guidance(draft: Draft, annexed: dict[str, Annex]) -> Iterator[Unread]:
    """The informative annexes, each with how much of it was left out."""
    for annex in annexed.values():
        if annex.is_informative:
            inside = sum(annex_of(annexed, block) is annex and block is not annex.heading for block in draft.blocks)
            head = annex.heading.whole.text.strip()
            quote = head if head.endswith(annex.title) else f"{head} {annex.title}"
            yield Unread(_place(annex.heading), quote, "aside", filled(_INFORMATIVE, n=inside))


def _asides(draft: Draft, name: str, annexed: dict[str, Annex], read: tuple[Block, ...]) -> Iterator[Unread]:
    """What the body holds beside headings, items and what was `read`, and what is not body: how much of each."""
    done = {id(block) for block in read}
    body = [block for block in draft.blocks if block.part is Part.BODY and id(block) not in done]
    body = [block for block in body if not ((annex := annex_of(annexed, block)) and annex.is_informative)]
    body = [block for block in body if not _is_of_a_number(draft, block)]
    kinds = Counter(block.kind for block in body if not (block.kind is Kind.PARAGRAPH and modal_verbs(block.text)))
    yield from (Unread(name, "", "aside", filled(text, n=kinds[kind])) for kind, text in _ASIDE.items() if kinds[kind])
    yield from rows_left(draft, body, _place)
    for block in body:
        if block.kind is Kind.PARAGRAPH and only_forbidden(block.text):
            yield Unread(_place(block), block.text, "unclear", OTHER_VERB)
    rest = sum(block.part is not Part.BODY and block.kind is not Kind.NOISE for block in draft.blocks)
    if rest:
        yield Unread(name, "", "aside", filled(_OTHER_PARTS, n=rest))


def _is_of_a_number(draft: Draft, block: Block) -> bool:
    """Whether a paragraph is what the number in front of it says: it goes with that number, if it is no lead."""
    is_said = block.kind is Kind.PARAGRAPH and _lead_apart(block.text)[1] == ""
    before = draft.beside(block, -1) if is_said else None
    is_bare = before is not None and before.kind is Kind.HEADING and not before.text.strip()
    return before is not None and is_bare and _has_digits(before.mark)


def _has_digits(number: str) -> bool:
    """Whether a number is more than the letter of an annex, below which its status and title stand."""
    return any(sign.isdigit() for sign in number)
