"""A path -> the draft that the file holds, or diagnostics that say why it cannot be read."""

from __future__ import annotations

from pathlib import Path

from guiju.draft.blocks import draft_of
from guiju.draft.codes import NOT_A_DRAFT, POLICY_FOR_A_DRAFT
from guiju.draft.markdown import looks_like_markdown, markdown_lines
from guiju.draft.model import Draft
from guiju.draft.plain import plain_lines
from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Source, Span
from guiju.exchange.text import LIMIT, decode, read_bytes

_ZIP = b"PK\x03\x04"
_OTHERS = {
    b"%PDF": Text("PDF 文件", "a PDF file"),
    b"\xd0\xcf\x11\xe0": Text("旧式或加密的 Word 文件", "a Word file of the old or an encrypted kind"),
    b"{\\rtf": Text("RTF 文件", "an RTF file"),
}


def read_draft(path: Path, *, in_full: bool = False) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """The draft in a Word, Markdown or text file; what it is, its first bytes and its name say.

    `in_full`: with code, addresses and all else that is no prose, for those who take the text over.
    """
    data, diagnostics = read_bytes(path, LIMIT)
    if data is None:
        return None, diagnostics
    if path.suffix.lower() == ".guiju":
        return None, (Diagnostic(POLICY_FOR_A_DRAFT, Span(Source(str(path), ""), 0, 0), (("name", path.name),)),)
    for first, kind in _OTHERS.items():
        if data.startswith(first):
            return None, (Diagnostic(NOT_A_DRAFT, Span(Source(str(path), ""), 0, 0), (("kind", kind),)),)
    if data.startswith(_ZIP) or is_word(path):
        from guiju.draft.word import read_word

        return read_word(str(path), data, in_full=in_full)
    return draft_of_bytes(str(path), data, in_full=in_full)


def is_word(path: Path) -> bool:
    """Whether a path is named as Word names its files."""
    return path.suffix.lower() == ".docx"


def draft_of_bytes(name: str, data: bytes, *, in_full: bool = False) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """The draft in the bytes of a text. Form feeds of a text taken from pages do no harm."""
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None, decode(name, data)[1]
    if "\0" in text:
        return None, decode(name, data)[1]
    return draft_of_text(name, text, in_full=in_full), ()


def draft_of_text(name: str, text: str, *, in_full: bool = False) -> Draft:
    """The draft in a text, Markdown or plain; `in_full`, as `read_draft` has it."""
    source = Source(name, text)
    if name.lower().endswith((".md", ".markdown")) or looks_like_markdown(text):
        return draft_of(source, markdown_lines(text, in_full=in_full), wraps=True)
    return draft_of(source, plain_lines(text, in_full=in_full), wraps=None)
