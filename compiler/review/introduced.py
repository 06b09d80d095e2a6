"""What a text introduces and never uses, and what it uses and never introduces."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.review.records import Recorded, recorded
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

INTRODUCED_NOT_USED = Code(
    "introduced-not-used",
    Severity.NOTE,
    Text("列出而没有用到", "Introduced and not used"),
    Text("{cites} 列出“{name}”，正文没有用到", "{cites} introduces `{name}`, which the text does not use"),
    Text("删去，或在正文中用上；用到而漏记的，补写“用于”", "remove it or use it; if a use is not recorded, add `used`"),
    Text("列出的术语、缩略语、文件应在正文用到", "terms, abbreviations and documents are listed because they are used"),
    'record abbreviation AI "人工智能" cites 4\nrecord abbreviation API "接口" cites 4\n  used 6.1 a)',
)
USED_NOT_INTRODUCED = Code(
    "used-not-introduced",
    Severity.NOTE,
    Text("用到而没有列出", "Used and not introduced"),
    Text("{used} 用到“{name}”，哪里都没有列出", "{used} uses `{name}`, which is introduced nowhere"),
    Text("在术语、缩略语或引用文件一章列出", "list it among the terms, abbreviations or documents"),
    Text("没有列出的，读者各有各的理解", "what is not introduced means something else to every reader"),
    'record abbreviation RDMA "远程直接内存访问"\n  used 5.3',
)

INTRODUCING = ("term", "abbreviation", "reference", "bibliography", "table", "figure", "formula", "role")


def introduced_not_used(checked: Checked) -> Iterator[Diagnostic]:
    """Records with a place and no use; of kinds of which the policy records uses at all."""
    encoded = {r.kind for r in recorded(checked, *INTRODUCING) if r.said("used")}
    for record in recorded(checked, *INTRODUCING):
        if record.kind in encoded and record.introduced and not record.said("used"):
            arguments = (("name", record.shown), ("cites", record.introduced))
            yield Diagnostic(INTRODUCED_NOT_USED, record.declaration.span, arguments)


def used_not_introduced(checked: Checked) -> Iterator[Diagnostic]:
    """Records with a use and no place."""
    for record in recorded(checked, *INTRODUCING):
        if record.said("used") and not record.introduced:
            arguments = (("name", record.shown), ("used", _uses(record)))
            yield Diagnostic(USED_NOT_INTRODUCED, record.declaration.span, arguments)


def _uses(record: Recorded) -> str:
    return ", ".join(said.places for said in record.said("used"))
