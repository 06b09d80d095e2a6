"""Document -> the HTML file of a report: one file without a script, for A4. A body may bring its own look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guiju.dsl.diagnostic import Text
from guiju.report.columns import shares
from guiju.report.document import Block, Document, anchor
from guiju.report.html.charts import svg
from guiju.report.html.template import as_it_is, own, rendered
from guiju.report.printed_tree import printed_lines

_NAME = "report.html.jinja"
_WORDS = {
    "contents": Text("目录", "Contents"),
    "scroll": Text("可左右滚动的表", "table, scrolls sideways"),
}


@dataclass(frozen=True)
class Look:
    """What a body brings itself: a template that may extend ours, or a style behind ours."""

    kind: Literal["template", "style"]
    text: str


def report_page(document: Document, look: Look | None = None) -> str:
    """The whole file.

    Raises:
        TemplateError: the template of the body cannot be read, or asks for what is not there.
    """
    style = own("report.css") + (f"\n{_inside_style(look.text)}" if look and look.kind == "style" else "")
    return rendered(
        _NAME,
        instead=look.text if look and look.kind == "template" else None,
        document=document,
        word={key: text.in_language(document.language) for key, text in _WORDS.items()},
        kind=_kind,
        anchor=anchor,
        shares=shares,
        svg=lambda chart: as_it_is(svg(chart)),
        printed_lines=printed_lines,
        style=as_it_is(style),
    )


def _kind(block: Block) -> str:
    return type(block).__name__


def _inside_style(text: str) -> str:
    """A style that cannot end the element in which it stands."""
    return text.replace("</", "<\\/")
