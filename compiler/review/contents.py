"""An overview table beside the chapters: items without a chapter, chapters without an item, titles that differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from guiju.compiler.checks.context import Checked
from guiju.compiler.ir import Group
from guiju.compiler.review.records import Recorded, recorded
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

ITEM_WITHOUT_CHAPTER = Code(
    "item-without-chapter",
    Severity.NOTE,
    Text("表中的项没有章节", "Item of a table without a chapter"),
    Text("{cites} 列出“{name}”，没有一节是它的要求", "{cites} lists `{name}`, and no section has its requirements"),
    Text("补上章节，或从表中删去", "add the section, or take it out of the table"),
    Text("只有名称没有要求的能力项无从评价", "an item without requirements cannot be assessed"),
    'section 5.1\n  a) "x" attested\nrecord table-item data "数据评估" cites table 1',
)
CHAPTER_WITHOUT_ITEM = Code(
    "chapter-without-item",
    Severity.NOTE,
    Text("章节不在表中", "Chapter that the table leaves out"),
    Text("“{name}”有要求，表中没有列出它", "`{name}` has requirements, and the table does not list it"),
    Text("在表中补上", "add it to the table"),
    Text("概览表应当列全，读者据以了解范围", "an overview is read as complete"),
    'section 5.1 "甲"\n  a) "x" attested\nsection 5.2 "乙"\n  a) "y" attested\n'
    'record table-item a "甲" cites table 1, 5.1',
)
TITLE_DIFFERS = Code(
    "title-differs",
    Severity.NOTE,
    Text("表与章节的名称不同", "Titles that differ"),
    Text(
        "{cites} 作“{name}”，{section} 的标题作“{title}”", "{cites} says `{name}`, the title of {section} is `{title}`"
    ),
    Text("用同一个名称", "use one name"),
    Text("名称不同，读者不能确定说的是不是一件事", "with two names nobody can be sure that one thing is meant"),
    'section 6.3 "数据处理"\n  a) "x" attested\nrecord table-item a "数据治理" cites table 1, 6.3',
)
ORDER_DIFFERS = Code(
    "order-differs",
    Severity.NOTE,
    Text("表与章节的次序不同", "Another order than the chapters"),
    Text(
        "{cites} 把“{name}”放在“{before}”之后，章节里它在前",
        "{cites} has `{name}` after `{before}`, the chapters have it before",
    ),
    Text("按章节的次序排列", "list the items in the order of the chapters"),
    Text("次序不同，对照时容易漏项", "items are missed when two lists in different orders are compared"),
    'section 5.1 "甲"\n  a) "x" attested\nsection 5.2 "乙"\n  a) "y" attested\n'
    'record table-item b "乙" cites table 1, 5.2\nrecord table-item a "甲" cites table 1, 5.1',
)
SAME_TITLE = Code(
    "same-title",
    Severity.NOTE,
    Text("上下级同名", "Title of the part it stands in"),
    Text("{inner} 与它所在的 {outer} 都叫“{title}”", "{inner} and {outer}, which it stands in, are both `{title}`"),
    Text("给下一级一个更窄的名称", "give the inner one a narrower title"),
    Text("同名的两级引用时分不清", "a reference by title cannot tell the two apart"),
    'section 7.1 "训练"\n  subsection 7.1.1 "训练"\n    a) "x" attested',
)


def item_without_chapter(checked: Checked) -> Iterator[Diagnostic]:
    """Items whose citation names no section with requirements."""
    for record in recorded(checked, "table-item"):
        if _chapter(checked, record) is None:
            arguments = (("name", record.label), ("cites", record.introduced or "-"))
            yield Diagnostic(ITEM_WITHOUT_CHAPTER, record.declaration.span, arguments)


def chapter_without_item(checked: Checked) -> Iterator[Diagnostic]:
    """Groups of the kind that the items name, which no item names."""
    named = [g for r in recorded(checked, "table-item") if (g := _chapter(checked, r))]
    kinds = {group.kind for group in named}
    for group in checked.program.groups if named else ():
        if group.kind in kinds and group not in named:
            yield Diagnostic(CHAPTER_WITHOUT_ITEM, group.span, (("name", _shown(group)),))


def title_differs(checked: Checked) -> Iterator[Diagnostic]:
    """Items called otherwise than the section that they name."""
    for record in recorded(checked, "table-item"):
        group = _chapter(checked, record)
        name = record.label.zh.rpartition("：")[2]
        if group is not None and group.label.zh not in (name, group.id):
            place = (("cites", record.introduced), ("section", group.id))
            label = Label(group.span, Text("章节在此", "the section"))
            names = (("name", Text(name, record.label.en.rpartition(": ")[2])), ("title", group.label))
            yield Diagnostic(TITLE_DIFFERS, record.declaration.span, (*place, *names), (label,))


def order_differs(checked: Checked) -> Iterator[Diagnostic]:
    """Items whose section stands before that of the item above them."""
    position = {group.id: i for i, group in enumerate(checked.program.groups)}
    placed = [(r, g) for r in recorded(checked, "table-item") if (g := _chapter(checked, r))]
    for (above, first), (record, group) in pairwise(placed):
        if position[group.id] < position[first.id]:
            label = Label(above.declaration.span, Text("上面的一项", "the item above"))
            names = (("name", record.label), ("before", above.label))
            yield Diagnostic(ORDER_DIFFERS, record.declaration.span, (*names, ("cites", record.introduced)), (label,))


def same_title(checked: Checked) -> Iterator[Diagnostic]:
    """Groups with the title of the group that they stand in."""
    for group in checked.program.groups:
        outer = checked.program.group.get(group.parent or "")
        if outer is not None and group.label == outer.label:
            arguments = (("inner", group.id), ("outer", outer.id), ("title", group.label))
            label = Label(outer.span, Text("同名的上一级", "the outer one"))
            yield Diagnostic(SAME_TITLE, group.span, arguments, (label,))


def _chapter(checked: Checked, record: Recorded) -> Group | None:
    citation = record.declaration.cites
    for place in citation.places if citation else ():
        if isinstance(place.clause, tree.ClauseRef) and place.clause.section and not place.clause.marks:
            found = checked.symbols.groups.find(place.clause.section)
            if found is not None:
                return checked.program.group[found]
    return None


def _shown(group: Group) -> Text:
    return Text(f"{group.id} {group.label.zh}", f"{group.id} {group.label.en}")
