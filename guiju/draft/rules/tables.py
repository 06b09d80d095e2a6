"""Tables against headings and each other: items without a clause, clauses in another order, names that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from guiju.draft.forms import ITEM, NUMBERED, is_title, squeezed
from guiju.draft.model import Block, Draft, Part, Table
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Label, Text
from guiju.dsl.source import Span

ITEM_WITHOUT_HEADING = code_of(
    "item-without-heading",
    Text("表中的名称没有对应的条", "Name in a table that no heading has"),
    Text("{table} 有“{name}”，没有同名的标题", "{table} lists `{name}`, and no heading has that title"),
    Text("改成标题的写法，或补上这一条", "write it as the heading does, or add the clause"),
    Text("表里列了而没有要求的一项，评价时无从下手", "what a table lists and no clause describes cannot be assessed"),
    example="5 门\n\n表 1 部件\n\n部件\t个数\n锁体\t1\n钥匙\t2\n门框\t1\n门闩\t1\n\n5.1 锁体\n\n应光滑。\n\n5.2 钥匙\n\n应有编号。\n\n5.3 门框\n\n应平整。",
)
ORDER_OF_HEADINGS = code_of(
    "order-of-headings",
    Text("表与正文次序不同", "Table in another order than the clauses"),
    Text(
        "{table} 里“{name}”在“{other}”之前，正文相反",
        "{table} has `{name}` ahead of `{other}`, the clauses have them the other way round",
    ),
    Text("两处用同一个次序", "use one order in both"),
    Text("次序不同，逐项对照时容易漏", "where the order differs, items are passed over when both are compared"),
    example="5 门\n\n表 1 部件\n\n部件\t个数\n钥匙\t2\n锁体\t1\n门闩\t1\n\n5.1 锁体\n\n应光滑。\n\n5.2 钥匙\n\n应有编号。\n\n5.3 门闩\n\n应平整。",
)
NAMES_DIFFER = code_of(
    "names-differ",
    Text("两个表的名称不同", "Names that differ between two tables"),
    Text("{table} 写“{name}”，{elsewhere} 写“{other}”", "{table} says `{name}` where {elsewhere} says `{other}`"),
    Text("两处用同一个名称", "use one name in both"),
    Text("名称不同，读者会以为是两样东西", "two names seem to be two things"),
    example="5 门\n\n表 1 等级\n\n等级\t分\n基础级\t1\n优良级\t2\n卓越级\t3\n\n表 2 要求\n\n部件\t基本级要求\t优良级要求\t卓越级要求\n锁体\ta)\tb)\tc)",
)
TITLE_IN_TABLE = code_of(
    "title-in-table-differs",
    Text("表中条的标题与正文不同", "Clause under another title in a table"),
    Text(
        "{table} 把 {mark} 写作“{name}”，正文的标题是“{title}”",
        "{table} calls {mark} `{name}`, its heading says `{title}`",
    ),
    Text("改正编号，或用同一个标题", "correct the number, or use one title"),
    Text(
        "编号和标题各指一条，要求的是哪一条就有了两说",
        "where the number names one clause and the title another, either may be meant",
    ),
    example="5 门\n\n表 1 部件\n\n条\t部件\t个数\n5.1\t锁体\t1\n5.2\t门框\t1\n5.3\t门闩\t2\n\n5.1 锁体\n\n应光滑。\n\n5.2 钥匙\n\n应有编号。\n\n5.3 门闩\n\n应平整。",
)
_CLAUSE_NUMBER = re.compile(r"(?:\d{1,2}|[A-Z])(?:\.\d{1,3})+(?![\dA-Za-z])")
_LEAST = 3  # names that make a column of names
_ALIKE = 0.5  # share of characters in which two names of the same place agree


@dataclass(frozen=True)
class _Name:
    text: str
    span: Span


def _columns(table: Table) -> list[list[_Name]]:
    """The names of each column below the head."""
    width = max(len(row.cells) for row in table.rows)
    columns = []
    for column in range(width):
        names = []
        for row in table.rows[1:]:
            if row.cell(column).strip():
                start, end = row.cells[column]
                names.append(_Name(row.text[start:end], row.span(start, end)))
        columns.append(names)
    return columns


def _matched(draft: Draft) -> Iterator[tuple[Table, list[_Name], dict[str, Block]]]:
    """Columns of names most of which are titles of headings, with these headings."""
    titles: dict[str, Block] = {}
    for heading in draft.headings:
        if heading.part is Part.BODY and heading.mark:
            titles.setdefault(squeezed(heading.text), heading)
    for table in draft.tables:
        for names in _columns(table):
            known = sum(squeezed(name.text) in titles for name in names)
            is_list = len({name.text for name in names}) == len(names)
            if is_list and known >= _LEAST and known * 2 > len(names):
                yield table, names, titles


def item_without_heading(draft: Draft) -> Iterator[Finding]:
    """Each name of such a column that no heading has."""
    for table, names, titles in _matched(draft):
        for name in names:
            if squeezed(name.text) not in titles:
                yield found(ITEM_WITHOUT_HEADING, name.span, table=table.name, name=name.text)


def order_of_headings(draft: Draft) -> Iterator[Finding]:
    """Each pair of neighbours of such a column whose headings, below one parent, stand the other way round."""
    for table, names, titles in _matched(draft):
        known = [(n, titles[squeezed(n.text)]) for n in names if squeezed(n.text) in titles]
        for (name, first), (other, second) in pairwise(known):
            alike = first.mark.rpartition(".")[0] == second.mark.rpartition(".")[0]
            if alike and first.whole.offsets[0] > second.whole.offsets[0]:
                label = Label(second.span(), Text("正文里在前", "first in the text"))
                arguments = {"table": table.name, "name": name.text, "other": other.text}
                yield found(ORDER_OF_HEADINGS, name.span, label, **arguments)


def title_in_table(draft: Draft) -> Iterator[Finding]:
    """Each row that gives the number of a clause and another title behind it, where other rows give the same title."""
    headings = {h.mark: h for h in draft.headings if h.mark and h.text.strip()}
    for table in draft.tables:
        rows = [(mark, name) for mark, name in map(_named_clause, table.rows) if mark in headings]
        named = [(name, headings[mark]) for mark, name in rows]
        unlike = [(name, heading) for name, heading in named if squeezed(heading.text) not in squeezed(name.text)]
        if len(unlike) * 2 > len(named) or len(unlike) == len(named):
            continue
        for name, heading in unlike:
            label = Label(heading.span(), Text("正文的标题", "its heading"))
            arguments = {"table": table.name, "mark": heading.mark, "name": name.text, "title": heading.text}
            yield found(TITLE_IN_TABLE, name.span, label, **arguments)


def _named_clause(row: Block) -> tuple[str, _Name]:
    """The number of a clause that a row begins with, and the title behind it, in the same cell or the next.

    What refers to items or to several clauses, as 5.1 a) and 5.1 至 5.3 do, names none.
    """
    first = row.cell(0)
    number = NUMBERED.match(first)
    if number is None or "." not in number[1] or (number.end() == len(first) and not row.cell(1)):
        return "", _Name("", row.span())
    behind = (row.cells[0][0] + number.end(), row.cells[0][1]) if number.end() < len(first) else row.cells[1]
    title = row.text[slice(*behind)]
    is_one = is_title(title) and not ITEM.match(title) and not _CLAUSE_NUMBER.search(title)
    return number[1] if is_one else "", _Name(title, row.span(*behind))


def names_differ(draft: Draft) -> Iterator[Finding]:
    """Cells of a head that name what a column of another table names, all but one of them in the same words."""
    columns = [(t, names) for t in draft.tables for names in _columns(t) if _LEAST <= len(names) <= 8]
    for table in draft.tables:
        head = table.rows[0]
        cells = [_Name(head.text[a:b], head.span(a, b)) for a, b in head.cells]
        for other, names in columns:
            if other is not table:
                yield from _one_other(table, cells, other, names)


def _one_other(table: Table, cells: list[_Name], other: Table, names: list[_Name]) -> Iterator[Finding]:
    for at in range(len(cells) - len(names) + 1):
        pairs = list(zip(cells[at : at + len(names)], names, strict=True))
        unlike = [(c, n) for c, n in pairs if squeezed(n.text) not in squeezed(c.text)]
        if len(unlike) == 1 and len(names) - len(unlike) >= 2:
            cell, name = unlike[0]
            if SequenceMatcher(None, cell.text, name.text).ratio() >= _ALIKE:
                label = Label(name.span, Text("另一个表里", "in the other table"))
                arguments = {"table": table.name, "name": cell.text, "elsewhere": other.name, "other": name.text}
                yield found(NAMES_DIFFER, cell.span, label, **arguments)


RULES = (
    Rule(ITEM_WITHOUT_HEADING, item_without_heading),
    Rule(TITLE_IN_TABLE, title_in_table),
    Rule(ORDER_OF_HEADINGS, order_of_headings),
    Rule(NAMES_DIFFER, names_differ),
)
