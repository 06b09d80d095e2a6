"""Word, Markdown and plain text: the numbered headings and items of a standard's body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from guiju.draft.model import Block, Draft, Kind, Omission, Part
from guiju.draft.read import read_draft
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Span
from guiju.intake.annexes import Annex, annex_of, annexes
from guiju.intake.body import body_lines, place_of
from guiju.intake.catalog import Catalog, Unread, filled
from guiju.intake.codes import NO_REQUIREMENTS
from guiju.intake.labels import as_name
from guiju.intake.left import why_left
from guiju.intake.level_table import level_table, placed
from guiju.intake.modality import modal_verbs
from guiju.intake.order import at_levels
from guiju.intake.outline import kinds_of, outline
from guiju.intake.table_rows import rows_left
from guiju.intake.title_page import title_page

_INFORMATIVE = Text(
    "资料性附录的 {n} 段是指导，不是要求，没有带过来",
    "{n} paragraphs of an informative annex are guidance and were not carried over",
)
_OTHER_PARTS = Text(
    "前言、范围、术语等 {n} 段不是正文，没有带过来",
    "{n} paragraphs outside the body (foreword, scope, terms …) were not carried over",
)
_ASKS_ELSEWHERE = Text(
    "正文之外（前言、范围、术语等）的一段有能愿动词，没有带过来",
    "a paragraph outside the body (foreword, scope, terms …) with a modal verb; not carried over",
)
_QUOTATION = Text(
    "行首的 > 读作引用的记号；也许是“大于”，请核对",
    "the > at the beginning was read as the sign of a quotation; to be checked, for it may say: more than",
)
_BESIDE: dict[Omission, Text] = {
    Omission.CODE: Text("一段代码", "a block of code"),
    Omission.FOOTNOTE: Text("脚注", "a footnote"),
    Omission.TEXT_BOX: Text("文本框里的文字", "a text box"),
}
_UNREAD: dict[Omission, Text] = {
    Omission.COMMENT: Text("读者看不到的注释，没有带过来", "a comment, which no reader sees; not carried over"),
    Omission.PICTURE: Text("图片没有读，其中的内容不在条款里", "a picture was not read; what it shows is in no clause"),
    Omission.FRONT_MATTER: Text("文件头的说明，没有带过来", "front matter of the file; not carried over"),
}


def read_document(path: Path, order: tuple[str, ...] = ()) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """The requirements of a document. A number with nothing below it counts where its text has a modal verb.

    `order`: the levels of its table, lowest first, where the editor says which that is.
    """
    draft, found = read_draft(path, in_full=True)
    if draft is None:
        return None, found
    annexed = annexes(draft)
    titled = title_page(draft, path.name)
    body = tuple(_body(draft, annexed, titled.title))
    lines, left = body_lines(draft, body, {mark: annex.title for mark, annex in annexed.items()})
    entries, unread = outline(lines, path.stem, is_asked=lambda line: bool(modal_verbs(line.text)))
    if not entries:
        return None, (*found, Diagnostic(NO_REQUIREMENTS, Span(draft.source, 0, 0)))
    table, unclear = level_table(draft, entries, path.name)
    read = {id(row) for row in table.rows} if table else set[int]()
    left = tuple(one for one in left if not (table and table.caption and one.place == place_of(table.caption)))
    rows = rows_left(draft, [block for block in body if id(block) not in read], place_of)
    id_ = as_name(path.stem) or "standard"
    told = (*left, *rows, *_omitted(draft), *_elsewhere(draft, path.name), *_guidance(draft, annexed))
    more = (*titled.unread, *unread, *unclear, *(table.unread if table else ()), *told)
    title, designation = titled.title or path.stem, titled.designation or path.stem
    made = Catalog(id_, designation, title, path.name, kinds_of(entries), entries, unread=more)
    return (at_levels(placed(made, table), table.levels, order) if table else made), found


def _body(draft: Draft, annexed: dict[str, Annex], title: str) -> Iterator[Block]:
    """The blocks of the body, but for the title of the whole and for what informative annexes say."""
    named = next((block for block in draft.blocks if not block.mark and block.text.strip() == title), None)
    beside = [id(block) for annex in annexed.values() for block in annex.lines]
    for block in draft.blocks:
        annex = annex_of(annexed, block)
        if block.part is Part.BODY and not (annex and annex.is_informative) and block is not named:
            yield from () if id(block) in beside else (block,)


def _omitted(draft: Draft) -> Iterator[Unread]:
    """What the file holds that is in no block."""
    for one in draft.omitted:
        place = f"{Path(one.span.source.name).name}:{one.span.position.line}"
        quote = " ".join(one.span.text.split())
        if one.omission is Omission.QUOTATION:
            yield Unread(place, quote, "choice", _QUOTATION)
        elif one.omission in _UNREAD:
            yield Unread(place, quote, "aside", _UNREAD[one.omission])
        else:
            yield Unread(place, quote, *why_left(quote, _BESIDE[one.omission]))


def _guidance(draft: Draft, annexed: dict[str, Annex]) -> Iterator[Unread]:
    """The informative annexes, each with how much of it was left out."""
    for annex in annexed.values():
        if annex.is_informative:
            inside = sum(annex_of(annexed, block) is annex and block is not annex.heading for block in draft.blocks)
            head = annex.heading.whole.text.strip()
            quote = head if head.endswith(annex.title) else f"{head} {annex.title}"
            yield Unread(place_of(annex.heading), quote, "aside", filled(_INFORMATIVE, n=inside))


def _elsewhere(draft: Draft, name: str) -> Iterator[Unread]:
    """What stands outside the body: how much, and what of it speaks as a requirement does."""
    rest = [block for block in draft.blocks if block.part is not Part.BODY and block.kind is not Kind.NOISE]
    for block in _speaking(rest):
        yield Unread(place_of(block), block.text, "aside", _ASKS_ELSEWHERE)
    if rest:
        yield Unread(name, "", "aside", filled(_OTHER_PARTS, n=len(rest)))


def _speaking(blocks: Iterable[Block]) -> Iterator[Block]:
    said = (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW)
    return (block for block in blocks if block.kind in said and modal_verbs(block.text))
