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
from lxml.etree import LxmlError

from guiju.draft.blocks import draft_of
from guiju.draft.codes import DAMAGED_WORD_FILE
from guiju.draft.model import Draft, Flat, Line
from guiju.draft.superscripts import lowered, raised
from guiju.draft.word_numbers import Numbers
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.damage import DAMAGED

_LARGEST = 64 * 1024 * 1024  # bytes of all members, unpacked
_BROKEN: tuple[type[Exception], ...] = (*DAMAGED, OpcError, LxmlError)
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)|章标题|([一二三四五])级条标题", re.IGNORECASE)
_NOTE_MARKS = frozenset((qn("w:footnoteReference"), qn("w:endnoteReference")))
_SHIFTED: dict[str, Callable[[str], str]] = {"superscript": raised, "subscript": lowered}
_UNREAD = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText", "w:pPr", "w:rPr")))


def read_word(name: str, data: bytes) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """The draft in the bytes of a DOCX file. What python-docx cannot take apart is damaged."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                return None, (_damaged(name, Text("解压后超过 64 MiB", "unpacked it is larger than 64 MiB")),)
        document = docx.Document(BytesIO(data))
        texts = list(_Reader(document).lines())
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
    def __init__(self, document: Any) -> None:
        self.body = document.element.body
        part = document.part
        numbering = [
            r.target_part for r in part.rels.values() if r.reltype.endswith("/numbering") and not r.is_external
        ]
        self.numbers = Numbers(numbering[0].element if numbering else None)
        self.styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}

    def lines(self) -> Iterator[tuple[str, Line]]:
        """The text of each line, and what its style says of it."""
        return self._inside(self.body)

    def _inside(self, parent: Any) -> Iterator[tuple[str, Line]]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from ((row, Line(_NOTHING, is_row=True)) for row in self._rows(child))
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")):
                yield from self._inside(child)

    def _paragraph(self, paragraph: Any) -> Iterator[tuple[str, Line]]:
        text = "".join(_texts(paragraph))
        styles = list(self._styles_of(paragraph))
        number, depth = self._numbered(paragraph, styles)
        mark = self.numbers.mark(number, depth) if number and text.strip() else ""
        heading = _depth_of(paragraph, styles)
        joined = f"{mark} {text.strip()}" if mark and not mark.startswith("—") else f"{mark}{text.strip()}"
        for at, line in enumerate(joined.split("\n")):
            is_title = at == 0 and not heading and not mark and _is_title(styles)
            yield line, Line(_NOTHING, depth, heading if at == 0 else 0, is_title=is_title)

    def _rows(self, table: Any) -> Iterator[str]:
        for row in table.iter(qn("w:tr")):
            cells: list[str] = []
            for cell in row.iterchildren(qn("w:tc")):
                merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merged is not None and merged.get(qn("w:val")) in (None, "continue")
                paragraphs = ("".join(_texts(p)).replace("\n", " ").replace("\t", " ") for p in cell.iter(qn("w:p")))
                cells.append("" if goes_on else " ".join(paragraphs).strip())
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                wide = span.get(qn("w:val")) if span is not None else "1"
                cells += [""] * (min(int(wide), 64) - 1)
            yield "\t".join(cells)

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


def _texts(element: Any) -> Iterator[str]:
    """What is read of a paragraph: inserted text counts, deleted text and codes of fields do not."""
    for child in element:
        if child.tag == qn("w:t"):
            yield (child.text or "").replace("\n", " ")
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n" if child.get(qn("w:type")) in (None, "textWrapping") else ""
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag in _NOTE_MARKS:
            yield raised(f"({child.get(qn('w:id'))})")
        elif child.tag == qn("w:r") and (shifted := _shifted(child)):
            yield shifted("".join(_texts(child)))
        elif child.tag not in _UNREAD and isinstance(child.tag, str):
            yield from _texts(child)
