"""What is unknown: whether it can still change an outcome, what is lacking, and what it would come to either way."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Text
from guiju.report import result_model as model
from guiju.report.document import Block, Cell, Paragraph, Row, Section, Table, cell, text_run
from guiju.report.explained.subject import Explained
from guiju.report.values import published
from guiju.report.words import shown

_TITLE = Text("什么是未知的", "What is unknown")
_CLAUSES = Text("未知的条款", "Clauses that nothing decides")
_VALUES = Text("未知的事实和输入", "Facts and inputs that are open")
_HEADER = (
    Text("条款", "Clause"),
    Text("影响", "Whether it matters"),
    Text("结论会是", "What the outcome would be"),
    Text("缺什么", "What is lacking"),
)
_NAME = Text("名称", "Name")
_CANNOT = Text("不影响结论的未知条款：{number} 条。", "Unknown clauses that cannot matter: {number}.")
_APART = Text("不参与评价的组里的未知条款：{number} 条。", "Unknown clauses of groups that take no part: {number}.")


def unknown(explained: Explained) -> Section:
    """What is open; what cannot matter is counted."""
    r = explained.result
    mattering = [u for u in r.unknown if u.takes_part and u.matters != "no"]
    cannot = sum(u.takes_part and u.matters == "no" for u in r.unknown)
    apart = sum(not u.takes_part for u in r.unknown)
    blocks: list[Block] = []
    if r.open_values:
        header = tuple(map(explained.said, (_NAME, *_HEADER[1:])))
        rows = tuple(_open_value(explained, v) for v in r.open_values)
        blocks.append(_table(explained.said(_VALUES), header, rows))
    if mattering:
        ordered = sorted(mattering, key=lambda u: u.matters != "alone")
        rows = tuple(_clause(explained, u) for u in ordered)
        blocks.append(_table(explained.said(_CLAUSES), tuple(map(explained.said, _HEADER)), rows))
    counts = [(_CANNOT, cannot), (_APART, apart)]
    blocks += [Paragraph(text_run(explained.said(text, number=n)), "quiet") for text, n in counts if n]
    if not blocks:
        blocks = [Paragraph(text_run(explained.word("no-unknowns")), "holds")]
    return Section("unknown", explained.said(_TITLE), tuple(blocks))


def _table(caption: str, header: tuple[str, ...], rows: tuple[Row, ...]) -> Table:
    """A table without the columns that say nothing of anything."""
    kept = [i for i in range(len(header)) if any(row.cells[i].lines for row in rows)]
    shorter = (Row(tuple(row.cells[i] for i in kept)) for row in rows)
    return Table(caption, tuple(header[i] for i in kept), tuple(shorter))


def _clause(explained: Explained, u: model.UnknownModel) -> Row:
    clause = explained.clauses[u.clause]
    tried = (("satisfied", u.if_satisfied), ("unsatisfied", u.if_unsatisfied), ("not-applicable", u.if_not_applicable))
    under = [f"{explained.word(v)} → {explained.values(found, u.outcome)}" for v, found in tried if found]
    return Row(
        (
            explained.clause_cell(clause),
            cell(explained.word(u.matters), mark="unknown"),
            cell(*(under if u.matters == "alone" else ())),
            Cell(tuple(text_run(line) for line in explained.said_of(clause))),
        )
    )


def _open_value(explained: Explained, v: model.OpenValueModel) -> Row:
    address = f"{v.kind}:{v.name}"
    return Row(
        (
            Cell((text_run(v.label, explained.link(address)),)),
            cell(explained.word(v.matters), mark="unknown"),
            cell(*_under(explained, v)),
            cell(explained.lacking((v.name,))),
        )
    )


def _under(explained: Explained, v: model.OpenValueModel) -> Iterator[str]:
    if v.matters == "alone":
        for option, found in v.under.items():
            told = {"true": True, "false": False}.get(option, published(option))
            yield f"{shown(told, explained.language)} → {explained.values(found, v.outcome)}"
