"""How lists are written: their dashes, their leads, lists of one item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from guiju.draft.model import Block, Draft, Kind, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Text

LONE_ITEM = code_of(
    "lone-item",
    Text("列项只有一项", "List of one item"),
    Text("列项只有这一项", "this is the only item of its list"),
    Text("写成一段，或补上缺的项", "write it as a paragraph, or add the items that are missing"),
    Text(
        "列项是用来区分几项的；只有一项，往往是别的项漏了",
        "lists tell several items apart; of one alone the others were mostly lost",
    ),
    example="5 门锁\n\n门锁的要求包含：\n\na) 应光滑。",
)
LIST_MARKS_DIFFER = code_of(
    "list-marks-differ",
    Text("列项符号前后不同", "Lists marked in different ways"),
    Text(
        "同一层列项这里用“{mark}”，多数地方用“{usual}”",
        "items of this depth are marked `{mark}` here and `{usual}` mostly",
    ),
    Text("全文同一层用同一种符号：第一层用“——”，第二层用“•”", "mark the items of one depth in one way throughout"),
    Text(
        "符号表示层次；符号一变，读者会以为层次变了",
        "the mark shows the depth: where it changes, the depth seems to change",
    ),
    example="5 门锁\n\n5.1 锁体\n\n门锁：\n\n——应光滑；\n——应有编号。\n\n5.2 钥匙\n\n钥匙：\n\n- 应光滑；\n- 应有编号。",
)
LEAD_WITHOUT_COLON = code_of(
    "lead-without-colon",
    Text("下一层列项之前没有冒号", "Lead of a list that does not end with a colon"),
    Text("下面是它的列项，而它以“{end}”结束", "a list of its own follows, and it ends with `{end}`"),
    Text("改成“：”", "end it with a colon"),
    Text(
        "以分号或句号结束的一项已经说完，下面的列项就不知归谁",
        "an item that ends with a semicolon or a full stop is over, and what follows belongs to nothing",
    ),
    example="5 门锁\n\n——应有钥匙；\n  - 主钥匙；\n  - 备用钥匙。\n\n——应光滑。",
)
ITEM_ENDS_OPEN = code_of(
    "item-ends-open",
    Text("列项以逗号结束", "Item that ends with a comma"),
    Text("这一项以“{end}”结束，下面是同一层的另一项", "it ends with `{end}`, and another item of its list follows"),
    Text("改成分号，最后一项用句号；若话没有说完，补上", "end it with a semicolon, or say what is missing"),
    Text(
        "逗号表示话没有说完：读者不知道是标点有误，还是漏了下半句",
        "after a comma something is still to come: it may be lost",
    ),
    example="5 门锁\n\na) 门锁应光滑，\nb) 应有编号。",
)
_INDENTED = Text("缩进不同", "another indentation")
LIST_MARK_CHANGES = code_of(
    "list-mark-changes",
    Text("列项符号中途改变", "Mark that changes within a list"),
    Text(
        "列项以“{mark}”开始，接着{other}",
        "the list begins with `{mark}` and goes on with {other}",
    ),
    Text(
        "同一层用同一种符号和缩进；若是下一层，这一项以“：”结束",
        "mark and indent one depth in one way; where the depth changes, end this item with a colon",
    ),
    Text(
        "符号表示层次；符号一变，读者会以为层次变了",
        "the mark shows the depth: where it changes, the depth seems to change",
    ),
    example="5 门锁\n\n——应光滑；\n- 应有编号；\n- 应有钥匙。",
)
_DASHES = "——–-*•·●○■□"


def lone_item(draft: Draft) -> Iterator[Finding]:
    """Each list of the body with a single item; of dashes a section may have several lists that are one to a reader."""
    beside = Counter(_place(block) for block in draft.blocks if block.kind is Kind.ITEM)
    for items in draft.lists:
        is_body = items[0].part is Part.BODY
        if len(items) == 1 and is_body and _goes_on(draft, items) is None and beside[_place(items[0])] == 1:
            yield found(LONE_ITEM, items[0].place)


def item_ends_open(draft: Draft) -> Iterator[Finding]:
    """Each Chinese item with a comma at its end, and the next item of the same list behind it."""
    for items in draft.lists:
        for item, behind in pairwise(items):
            text = item.text.rstrip()
            if text.endswith(("，", "、")) and draft.beside(item, 1) is behind:
                yield found(ITEM_ENDS_OPEN, item.span(len(text) - 1, len(text)), end=text[-1])


def _place(item: Block) -> tuple[str, str, int]:
    return item.section, item.mark, item.depth


def list_mark_changes(draft: Draft) -> Iterator[Finding]:
    """Each item that is alone at its depth, says all it says, and has items of another mark right behind it."""
    for items in draft.lists:
        after = _goes_on(draft, items) if items[0].part is Part.BODY else None
        if after is not None:
            label = Label(after.place, Text("接着的一项", "the next item"))
            mark = items[0].mark
            other = _INDENTED if after.mark == mark else Text(f"换成“{after.mark}”", f"`{after.mark}`")
            yield found(LIST_MARK_CHANGES, items[0].place, label, mark=mark, other=other)


def _goes_on(draft: Draft, items: tuple[Block, ...]) -> Block | None:
    """The item behind a list of one, where only its mark or indentation puts it deeper."""
    after = draft.beside(items[0], 1) if len(items) == 1 else None
    is_dashed = after is not None and items[0].mark in _DASHES and after.mark in _DASHES
    return after if is_dashed and after is not None and _is_lead(items[0], after) else None


def list_marks_differ(draft: Draft) -> Iterator[Finding]:
    """For each depth, the first list whose dashes are not those of most lists; lists of letters are another matter."""
    dashed = [items for items in draft.lists if items[0].mark in _DASHES and items[0].part is Part.BODY]
    for depth in (1, 2):
        lists = [items for items in dashed if items[0].depth == depth and (depth == 1 or len(items) > 1)]
        counted = Counter(items[0].mark for items in lists)
        if len(counted) < 2:
            continue
        usual = counted.most_common(1)[0][0]
        others = [items for items in lists if items[0].mark != usual]
        example = next(items for items in lists if items[0].mark == usual)
        label = Label(example[0].place, Text("多数这样写", "mostly it is marked so"))
        yield found(LIST_MARKS_DIFFER, others[0][0].place, label, mark=others[0][0].mark, usual=usual)


def lead_without_colon(draft: Draft) -> Iterator[Finding]:
    """Each item with items below it that ends as a finished one does."""
    blocks = [b for b in draft.blocks if b.kind is not Kind.NOISE]
    alone = {id(items[0]) for items in draft.lists if _goes_on(draft, items) is not None}
    for before, after in pairwise(blocks):
        if _is_lead(before, after) and id(before) not in alone:
            text = before.text.rstrip()
            span = before.span(len(text) - 1, len(text))
            yield found(LEAD_WITHOUT_COLON, span, end=text[-1])


def _is_lead(before: Block, after: Block) -> bool:
    is_below = before.kind is Kind.ITEM is after.kind and after.depth > before.depth
    return is_below and before.text.rstrip()[-1:] in ("；", ";", "。")


RULES = (
    Rule(LONE_ITEM, lone_item),
    Rule(LIST_MARKS_DIFFER, list_marks_differ),
    Rule(LIST_MARK_CHANGES, list_mark_changes),
    Rule(LEAD_WITHOUT_COLON, lead_without_colon),
    Rule(ITEM_ENDS_OPEN, item_ends_open),
)
