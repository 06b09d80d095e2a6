"""The list of contents against the headings of the body."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.draft.forms import squeezed
from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Argument, Label, Text

CONTENTS_DIFFER = code_of(
    "contents-differ",
    Text("目次与正文不同", "Contents that differ from the text"),
    Text("目次写“{listed}”，正文{printed}", "the contents say `{listed}`, the text has {printed}"),
    Text("更新目次", "make the contents anew"),
    Text(
        "标题改了而目次没有改，读者照目次找不到",
        "a title was changed and the contents were not: readers look for what is not there",
    ),
    example="目 次\n\n1 范围 1\n2 门锁 1\n\n1 范围\n\n本文件规定了门锁。\n\n2 门锁的要求\n\n门锁应光滑。",
)
NOT_IN_CONTENTS = code_of(
    "not-in-contents",
    Text("标题不在目次里", "Heading that the contents leave out"),
    Text("目次没有“{title}”", "the contents leave out `{title}`"),
    Text("更新目次", "make the contents anew"),
    Text("目次漏了一章，读者会以为没有这一章", "who reads the contents takes it that there is no such clause"),
    example="目 次\n\n1 范围 1\n\n1 范围\n\n本文件规定了门锁。\n\n2 门锁\n\n门锁应光滑。",
)
_NOT_LISTED = (Part.CONTENTS, Part.COVER, Part.TERMS)


def contents_differ(draft: Draft) -> Iterator[Finding]:
    """Each entry with the number of a heading and another title, or with neither number nor title of any heading."""
    headings = [h for h in draft.headings if h.part is not Part.CONTENTS]
    by_mark = {h.mark: h for h in headings if h.mark}
    titles = {squeezed(b.text) for b in draft.blocks if b.part is not Part.CONTENTS}
    for entry in _entries(draft):
        heading = by_mark.get(entry.mark)
        if heading is None:
            if squeezed(entry.text) not in titles:
                nothing = Text("没有这一标题", "no such heading")
                yield found(CONTENTS_DIFFER, entry.place, listed=entry.whole.text.strip(), printed=nothing)
        elif heading.text.strip() and squeezed(heading.text) != squeezed(entry.text) and entry.mark != entry.whole.text:
            label = Label(heading.span(), Text("正文的标题", "the heading"))
            title = f"{heading.mark} {heading.text.strip()}"
            arguments: dict[str, Argument] = {
                "listed": entry.whole.text.strip(),
                "printed": Text(f"是“{title}”", f"`{title}`"),
            }
            yield found(CONTENTS_DIFFER, entry.span(), label, **arguments)


def not_in_contents(draft: Draft) -> Iterator[Finding]:
    """Each heading of a depth that the contents list, which they do not have."""
    entries = _entries(draft)
    depths = {e.depth for e in entries if e.mark}
    listed = {e.mark for e in entries} | {squeezed(e.text) for e in entries}
    for heading in draft.headings:
        is_listed = heading.mark in listed if heading.mark else squeezed(heading.text) in listed
        if (
            entries
            and heading.depth in depths
            and heading.mark
            and heading.text.strip()
            and not is_listed
            and not _is_entry(heading)
        ):
            yield found(NOT_IN_CONTENTS, heading.place, title=f"{heading.mark} {heading.text.strip()}")


def _is_entry(heading: Block) -> bool:
    """Whether it is an entry of the terms, which no contents have to list, or stands ahead of the text."""
    return heading.part in _NOT_LISTED and (heading.depth > 1 or heading.part is not Part.TERMS)


def _entries(draft: Draft) -> list[Block]:
    return [b for b in draft.blocks if b.kind is Kind.CONTENTS]


RULES = (Rule(CONTENTS_DIFFER, contents_differ), Rule(NOT_IN_CONTENTS, not_in_contents))
