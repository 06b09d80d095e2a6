"""Document -> the HTML file of a publication: one file without a script, set as a standard is, for A4."""

from __future__ import annotations

from guiju.dsl.diagnostic import Text
from guiju.report.document import Block, Document, anchor
from guiju.report.html.template import as_it_is, own, rendered

_WORDS = {"contents": Text("目次", "Contents"), "scroll": Text("可左右滚动的表", "table, scrolls sideways")}
_TAGS = {"zh": "zh-Hans", "en": "en"}


def publication_page(document: Document) -> str:
    """The whole file."""
    return rendered(
        "publication.html.jinja",
        document=document,
        word={key: text.in_language(document.language) for key, text in _WORDS.items()},
        tags=_TAGS,
        kind=_kind,
        anchor=anchor,
        style=as_it_is(own("publication.css")),
    )


def _kind(block: Block) -> str:
    return type(block).__name__
