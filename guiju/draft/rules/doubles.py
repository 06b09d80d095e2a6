"""What stands twice: a word, a name of an enumeration, an item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.draft.forms import HAN, squeezed
from guiju.draft.model import Draft, Kind
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Text

DOUBLED_WORD = code_of(
    "doubled-word",
    Text("词重复", "Doubled word"),
    Text("“{word}”接连写了两次", "`{word}` is written twice in a row"),
    Text("看看是不是多写了一个", "look whether one of them is one too many"),
    Text("多半是改稿时留下的", "mostly left behind when the text was changed"),
    example="5 门锁\n\na) 门锁应应能从里面打开；\nb) 门应有有编号的钥匙钥匙。",
)
REPEATED_NAME = code_of(
    "repeated-name",
    Text("并列的名称重复", "Name that is listed twice"),
    Text("“{name}”在这一串里列了两次", "`{name}` stands twice in this enumeration"),
    Text("删去一个，或改成漏写的那个", "leave one out, or put in its place what was meant"),
    Text("列了两次的，往往顶掉了另一个", "a name that stands twice has mostly taken the place of another"),
    example="5 门锁\n\n门锁的部件有锁体、钥匙、门闩、锁体。",
)
REPEATED_ITEM = code_of(
    "repeated-item",
    Text("列项重复", "Item that stands twice"),
    Text("这一项与同一列项里的另一项相同", "another item of the list says the same"),
    Text("删去一项，或改成原本要写的", "leave one out, or write what was meant"),
    Text("计数的时候一个要求算了两次", "one requirement counts twice"),
    example="5 门锁\n\na) 门锁应光滑平整；\nb) 应有编号；\nc) 门锁应光滑平整。",
)
_WORD = re.compile(rf"([{HAN}]{{2,6}})\1|([的了是和与及在对为应将被把有])\2|\b([A-Za-z]{{2,}}) \3\b", re.IGNORECASE)
#: said twice in good Chinese or English
_RIGHTLY = re.compile(
    r"(?:[一不][步个次点层件条级项种代天年遍块页章字]){2}|(?:研究|讨论|商量|试试|看看|考虑|学习|很多|许多|常常|往往|慢慢|渐渐|沙沙|陆陆){2}"
)
#: characters ahead that end a word with the first of the two (目的|的), or behind that begin one with the second (有|有关)
_ENDS = {
    "的": "目标有",
    "了": "为除完罢",
    "有": "所具拥没享",
    "应": "相响适供反对效感",
    "为": "作行成认因",
    "对": "相针反绝面核",
    "与": "参",
    "及": "以涉普",
    "和": "总饱",
    "在": "存所内潜",
    "是": "但于",
    "将": "即",
}
_BEGINS = {
    "应": "用急对答变",
    "有": "关效限益机序的害",
    "对": "应象比方称策",
    "为": "了",
    "是": "否",
    "在": "线",
    "和": "谐",
    "及": "时格",
    "将": "来",
    "的": "确",
    "与": "否",
    "把": "握",
    "被": "动",
}
_THAT = frozenset({"that", "had"})
_ENUMERATION = re.compile(r"(?<![^、。；;：:，,（）()])[^、。；;：:，,（）()]++(?:、[^、。；;：:，,（）()]++){2,}")
_LEAD = re.compile(r".*(?:包括|包含|有|为|是|如|含)")
_TAIL = re.compile(r"等.*$")
_COMPANIES = re.compile(r"(?<![^、。；;：:])[^、。；;：:]++(?:、[^、。；;：:]++){2,}")


def doubled_word(draft: Draft) -> Iterator[Finding]:
    """Each one in running text; figures, tables and names are passed over.

    It is never mended: twice may be right (log in in a minute, 应与与会者确认), and one less then says something else.
    """
    for block in draft.blocks:
        if block.kind in (Kind.ROW, Kind.NOISE, Kind.CONTENTS):
            continue
        for double in _WORD.finditer(block.text):
            word = double[1] or double[2] or double[3]
            if _RIGHTLY.fullmatch(double[0]) or word.lower() in _THAT or len(set(double[0])) == 1 < len(word):
                continue
            if double[2] and _is_two_words(block.text, double):
                continue
            yield found(DOUBLED_WORD, block.span(*double.span()), word=word)


def _is_two_words(text: str, double: re.Match[str]) -> bool:
    """Whether the two characters belong to a word each: 目的|的, 所有|有关, 对应|应, 作为|为, 参与|与."""
    before, behind = text[: double.start()][-1:], text[double.end() :][:1]
    first = double[2]
    ends, begins = _ENDS.get(first, ""), _BEGINS.get(first, "")
    return bool((before and before in ends) or (behind and behind in begins))


def repeated_name(draft: Draft) -> Iterator[Finding]:
    """Each name of an enumeration by 、 that stands in it before."""
    for block in draft.blocks:
        if block.kind in (Kind.ROW, Kind.NOISE, Kind.CONTENTS, Kind.HEADING):
            continue
        is_long = block.text.count("、") > 12
        for enumeration in (_COMPANIES if is_long else _ENUMERATION).finditer(block.text):
            first: dict[str, tuple[int, int]] = {}
            for start, end in _names(enumeration):
                name = block.text[start:end]
                before = first.setdefault(squeezed(name), (start, end))
                if before != (start, end) and len(name) > 1:
                    label = Label(block.span(*before), Text("前面的一个", "the one before"))
                    yield found(REPEATED_NAME, block.span(start, end), label, name=name)


def _names(enumeration: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where its names stand, without what leads to the first (包括, 有, 如) and what follows the last (等)."""
    at, parts = enumeration.start(), enumeration[0].split("、")
    for number, part in enumerate(parts):
        lead = _LEAD.match(part) if number == 0 else None
        tail = _TAIL.search(part) if number == len(parts) - 1 else None
        name = part[lead.end() if lead else 0 : tail.start() if tail else None]
        start = at + (lead.end() if lead else 0) + len(name) - len(name.lstrip())
        yield start, max(start, start + len(name.strip()))
        at += len(part) + 1


def repeated_item(draft: Draft) -> Iterator[Finding]:
    """Each item that says what an item before it in its list says."""
    for items in draft.lists:
        first: dict[str, int] = {}
        for at, item in enumerate(items):
            text = squeezed(item.text).rstrip("；;。.，,：:")
            before = items[first.setdefault(text, at)]
            has_own_list = item.text.rstrip().endswith(("：", ":"))
            if before is not item and len(text) >= 6 and not has_own_list:
                label = Label(before.place, Text("前面的一项", "the item before"))
                yield found(REPEATED_ITEM, item.place, label)


RULES = (Rule(DOUBLED_WORD, doubled_word), Rule(REPEATED_NAME, repeated_name), Rule(REPEATED_ITEM, repeated_item))
