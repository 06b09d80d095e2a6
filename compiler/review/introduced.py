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

ANOTHER_SENSE = Code(
    "another-sense",
    Severity.NOTE,
    Text("用作另一个意思", "Used in another sense"),
    Text(
        "“{name}”（{cites}）的意思是“{sense}”，在 {places} 用作“{other}”",
        "`{name}` ({cites}) means `{sense}`, and `{other}` in {places}",
    ),
    Text("改正定义，或换一个词", "correct the definition or use another word"),
    Text("定义与用法不同，按定义去读就读错", "who reads by the definition misreads the requirement"),
    'record abbreviation REST "强化自训练" cites 4\n  means "接口风格" 6.1.3.1 a)',
)

INTRODUCING = ("term", "abbreviation", "reference", "bibliography", "table", "figure", "formula", "role")


def introduced_not_used(checked: Checked) -> Iterator[Diagnostic]:
    """Records with a place and no use; once the policy records uses at all.

    A bibliography also names what the drafters only read, so its entries need no use.
    """
    encoded = any(r.said("used") for r in recorded(checked, *INTRODUCING))
    for record in recorded(checked, *INTRODUCING):
        if encoded and record.kind != "bibliography" and record.introduced and not record.said("used"):
            arguments = (("name", record.shown), ("cites", record.introduced))
            yield Diagnostic(INTRODUCED_NOT_USED, record.declaration.span, arguments)


def used_not_introduced(checked: Checked) -> Iterator[Diagnostic]:
    """Records with a use and no place."""
    for record in recorded(checked, *INTRODUCING):
        if record.said("used") and not record.introduced:
            arguments = (("name", record.shown), ("used", _uses(record)))
            yield Diagnostic(USED_NOT_INTRODUCED, record.declaration.span, arguments)


def another_sense(checked: Checked) -> Iterator[Diagnostic]:
    """`means` at a place that says something else than the definition, or than the label where there is none."""
    for record in recorded(checked, *INTRODUCING):
        senses = record.said("means")
        sense = next((s.text for s in senses if not s.places), record.label)
        for said in senses:
            if said.places and said.text.zh != sense.zh:
                place = (("cites", record.introduced or "-"), ("places", said.places))
                arguments = (("name", record.shown), ("sense", sense), ("other", said.text), *place)
                yield Diagnostic(ANOTHER_SENSE, said.span, arguments)


def _uses(record: Recorded) -> str:
    return ", ".join(said.places for said in record.said("used"))
