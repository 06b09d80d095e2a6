"""DOCX -> the draft: paragraphs with the numbers that Word shows, tables row by row, each of them a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import LxmlError

from guiju.draft.blocks import draft_of
from guiju.draft.codes import DAMAGED_WORD_FILE
from guiju.draft.model import Draft, Flat, Line, Omission
from guiju.draft.superscripts import lowered, raised
from guiju.draft.word_numbers import Numbers
from guiju.draft.word_signs import formula, is_formula, sign
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.damage import DAMAGED

_LARGEST = 64 * 1024 * 1024  # bytes of all members, unpacked
_BROKEN: tuple[type[Exception], ...] = (*DAMAGED, OpcError, LxmlError)
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)|章标题|([一二三四五])级条标题", re.IGNORECASE)
_LIST = re.compile(r"(?:list (?:bullet|number|paragraph)|列表(?:项目符号|编号)?)\s*([1-9])", re.IGNORECASE)
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml")))
_PICTURES = frozenset(map(qn, ("w:drawing", "w:pict", "w:object")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTE_MARKS = frozenset((qn("w:footnoteReference"), qn("w:endnoteReference")))
_SHIFTED: dict[str, Callable[[str], str]] = {"superscript": raised, "subscript": lowered}
_UNREAD = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText", "w:pPr", "w:rPr"))) | {_FALLBACK}


def read_word(name: str, data: bytes, *, in_full: bool = False) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """The draft in the bytes of a DOCX file. What python-docx cannot take apart is damaged.

    `in_full`: with formulas, and with footnotes, text boxes and pictures as what is `omitted`.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                return None, (_damaged(name, Text("解压后超过 64 MiB", "unpacked it is larger than 64 MiB")),)
        document = docx.Document(BytesIO(data))
        texts = list(_Reader(document, in_full=in_full).lines())
    except _BROKEN:
        return None, (_damaged(name, Text("不是 Word 文件，或不完整", "it is no Word file, or not all of one")),)
    source = Source(name, "".join(f"{text}\n" for text, _ in texts))
    return draft_of(source, _placed(texts), wraps=False), ()


def _damaged(name: str, reason: Text) -> Diagnostic:
    return Diagnostic(DAMAGED_WORD_FILE, Span(Source(name, ""), 0, 0), (("reason", reason),))


def _placed(texts: list[tuple[str, Line]]) -> Iterator[Line]:
    """The lines with their offsets in the text that is made of them."""
    at = 0
    for text, line in texts:
        flat = Flat(text, tuple(range(at, at + len(text))))
        yield replace(line, flat=flat)
        at += len(text) + 1


class _Reader:
    def __init__(self, document: Any, *, in_full: bool) -> None:
        self.body = document.element.body
        self.in_full = in_full
        part = document.part
        numbering = [
            r.target_part for r in part.rels.values() if r.reltype.endswith("/numbering") and not r.is_external
        ]
        self.numbers = Numbers(numbering[0].element if numbering else None)
        self.notes = dict(_notes(part)) if in_full else {}
        self.styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}

    def lines(self) -> Iterator[tuple[str, Line]]:
        """The text of each line, and what its style says of it."""
        return self._inside(self.body)

    def _inside(self, parent: Any) -> Iterator[tuple[str, Line]]:
        for child in _unwrapped(parent):
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from ((row, Line(_NOTHING, is_row=True)) for row in self._rows(child))
            if self.in_full:
                yield from self._beside(child)

    def _paragraph(self, paragraph: Any) -> Iterator[tuple[str, Line]]:
        styles = list(self._styles_of(paragraph))
        mark, depth, text = self._marked(paragraph, styles)
        heading = _depth_of(paragraph, styles)
        for at, line in enumerate(text.split("\n")):
            is_title = at == 0 and not heading and not mark and _is_title(styles)
            yield line, Line(_NOTHING, depth, heading if at == 0 else 0, is_title=is_title)

    def _marked(self, paragraph: Any, styles: list[Any]) -> tuple[str, int, str]:
        """The number that Word shows in front of a paragraph, how deep it is set in, and its text behind that."""
        text = "".join(_texts(paragraph, self.in_full)).strip()
        number, depth = self._numbered(paragraph, styles)
        mark = self.numbers.mark(number, depth) if number and text else ""
        between = " " if mark and not mark.startswith("—") else ""
        return mark, depth + _depth_of_list(styles), f"{mark}{between}{text}"

    def _rows(self, table: Any) -> Iterator[str]:
        for row in _unwrapped(table, "w:tr"):
            cells: list[str] = []
            for cell in _unwrapped(row, "w:tc"):
                merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merged is not None and merged.get(qn("w:val")) in (None, "continue")
                paragraphs = (self._marked(p, list(self._styles_of(p)))[2] for p in cell.iter(qn("w:p")))
                said = " ".join(" ".join(text.split()) for text in paragraphs).strip()
                cells.append("" if goes_on else said)
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                wide = span.get(qn("w:val")) if span is not None else "1"
                cells += [""] * (min(int(wide), 64) - 1)
            yield "\t".join(cells)

    def _beside(self, element: Any) -> Iterator[tuple[str, Line]]:
        """What stands beside the text of a paragraph or a table: footnotes, text boxes, pictures."""
        for child in element:
            if child.tag in _NOTE_MARKS:
                id_ = child.get(qn("w:id"))
                said = self.notes.get((child.tag == qn("w:footnoteReference"), id_), "")
                yield f"({id_}) {said}", Line(_NOTHING, omitted=Omission.FOOTNOTE)
            elif child.tag == qn("w:txbxContent"):
                said = " ".join("".join(_texts(p, in_full=True)) for p in child.iter(qn("w:p")))
                yield from [(" ".join(said.split()), Line(_NOTHING, omitted=Omission.TEXT_BOX))] if said.strip() else []
            elif child.tag in _PICTURES and not any(True for _ in child.iter(qn("w:txbxContent"))):
                named = next((e for e in child.iter() if isinstance(e.tag, str) and e.tag.endswith("}docPr")), None)
                called = (named.get("descr") or named.get("name") or "") if named is not None else ""
                yield called or "[]", Line(_NOTHING, omitted=Omission.PICTURE)
            elif isinstance(child.tag, str) and child.tag not in (_FALLBACK, qn("w:del"), qn("w:moveFrom")):
                yield from self._beside(child)

    def _styles_of(self, paragraph: Any) -> Iterator[Any]:
        """The style of a paragraph, then those that it is based on."""
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        seen: set[str] = set()
        while named is not None and (name := named.get(qn("w:val"))) in self.styles and name not in seen:
            seen.add(name)
            yield self.styles[name]
            named = self.styles[name].find(qn("w:basedOn"))

    def _numbered(self, paragraph: Any, styles: list[Any]) -> tuple[str, int]:
        """The numbering of a paragraph and its depth, from itself or the nearest style that has them."""
        number, depth = "", ""
        for holder in (paragraph, *styles):
            properties = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if properties is not None:
                number = number or _value(properties.find(qn("w:numId")))
                depth = depth or _value(properties.find(qn("w:ilvl")))
        return number, int(depth) if depth.isdigit() and len(depth) == 1 else 0


_NOTHING = Flat("", ())


def _notes(part: Any) -> Iterator[tuple[tuple[bool, str], str]]:
    """The texts of footnotes and endnotes, by whether they are footnotes and by their ids."""
    for relation in part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            for note in etree.fromstring(relation.target_part.blob):
                said = " ".join("".join(_texts(p, in_full=True)) for p in note.iter(qn("w:p")))
                yield (kind == "footnotes", note.get(qn("w:id")) or ""), " ".join(said.split())


def _unwrapped(parent: Any, tag: str = "") -> Iterator[Any]:
    """The children of an element, of a tag where one is given, and what controls of content or tracking wrap."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child, tag)
        elif not tag or child.tag == qn(tag):
            yield child


def _depth_of_list(styles: list[Any]) -> int:
    """How deep the style of a list is: that of `List Bullet 2` lies below that of `List Bullet`."""
    names = (_LIST.fullmatch(_value(style.find(qn("w:name"))).strip()) for style in styles)
    return next((int(found[1]) - 1 for found in names if found), 0)


def _value(element: Any) -> str:
    return (element.get(qn("w:val")) or "") if element is not None else ""


def _depth_of(paragraph: Any, styles: list[Any]) -> int:
    """How deep a heading the styles or the outline make of it, from 1; 0 for none."""
    for holder in (paragraph, *styles):
        level = _value(holder.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}"))
        if level.isdigit() and int(level) < 9:
            return int(level) + 1
        name = _HEADING.fullmatch(_value(holder.find(qn("w:name"))).strip())
        if name:
            return int(name[1] or 0) or ("一二三四五".index(name[2]) + 2 if name[2] else 1)
    return 0


def _is_title(styles: list[Any]) -> bool:
    """Whether the styles are that of the title of a document."""
    return any(_value(style.find(qn("w:name"))).strip().lower() in ("title", "标题") for style in styles)


def _shifted(run: Any) -> Callable[[str], str] | None:
    """What makes the characters of a run as high or as low as it sets them; None where it sets them on the line."""
    return _SHIFTED.get(_value(run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")))


def _texts(element: Any, in_full: bool) -> Iterator[str]:
    """What is read of a paragraph: inserted text counts, deleted text and codes of fields do not."""
    for child in element:
        if child.tag == qn("w:t"):
            yield (child.text or "").replace("\n", " ")
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n" if child.get(qn("w:type")) in (None, "textWrapping") else ""
        elif child.tag == qn("w:sym"):
            yield sign(child)
        elif is_formula(child):
            yield formula(child) if in_full else ""
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag in _NOTE_MARKS:
            yield raised(f"({child.get(qn('w:id'))})")
        elif child.tag == qn("w:r") and (shifted := _shifted(child)):
            yield shifted("".join(_texts(child, in_full)))
        elif child.tag not in _UNREAD and isinstance(child.tag, str):
            yield from _texts(child, in_full)
