"""What is unknown: whether it can still change an outcome, what is lacking, and what it would come to either way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from guiju.dsl.diagnostic import Text
from guiju.report import result_model as model
from guiju.report.document import Block, Cell, Paragraph, Row, Run, Section, Table, cell, text_run
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
_MANY = Text("{title}：{number} 条，按组分列", "{title}: {number}, by group")
_OF_GROUP = Text("{group}：{number} 条", "{group}: {number}")
MOST_TOGETHER = 12
_NAME = Text("名称", "Name")
_CANNOT = Text(
    "不影响结论的未知条款 {number} 条：",
    "{number:unknown clause that cannot matter|unknown clauses that cannot matter}:",
)
_APART = Text("不参与评价的组里的未知条款：{number} 条。", "Unknown clauses of groups that take no part: {number}.")


def unknown(explained: Explained) -> Section:
    """What is open; what cannot matter is counted and named."""
    r = explained.result
    mattering = [u for u in r.unknown if u.takes_part and u.matters != "no"]
    cannot = [u for u in r.unknown if u.takes_part and u.matters == "no"]
    apart = sum(not u.takes_part for u in r.unknown)
    blocks: list[Block] = []
    if r.open_values:
        header = tuple(map(explained.said, (_NAME, *_HEADER[1:])))
        rows = tuple(_open_value(explained, v) for v in r.open_values)
        blocks.append(_table(explained.said(_VALUES), header, rows))
    if mattering:
        ordered = sorted(mattering, key=lambda u: u.matters != "alone")
        blocks += _clauses(explained, ordered)
    if cannot:
        blocks.append(_named(explained, cannot))
    if apart:
        blocks.append(Paragraph(text_run(explained.said(_APART, number=apart)), "quiet"))
    if not blocks:
        blocks = [Paragraph(text_run(explained.word("no-unknowns")), "holds")]
    return Section("unknown", explained.said(_TITLE), tuple(blocks))


def _named(explained: Explained, unknown: list[model.UnknownModel]) -> Block:
    """The clauses by their names: in a sentence where they are few, or else in a table that is folded at first."""
    clauses = [explained.clauses[u.clause] for u in unknown]
    said = explained.said(_CANNOT, number=len(unknown))
    if len(unknown) > MOST_TOGETHER:
        rows = tuple(Row((explained.clause_cell(c),)) for c in clauses)
        return replace(_table(said, (explained.said(_HEADER[0]),), rows), folded=True)
    between = Run("；" if explained.language == "zh" else "; ")
    named = [Run(f"{c.cites} {c.label}", explained.link(f"clause:{c.id}")) for c in clauses]
    told = [run for i, one in enumerate(named) for run in ((between, one) if i else (one,))]
    return Paragraph((Run(f"{said}{'' if explained.language == 'zh' else ' '}"), *told), "quiet")


def _clauses(explained: Explained, unknown: list[model.UnknownModel]) -> Iterator[Block]:
    """The clauses in one table, or, where these are many, in a table for each group, folded at first."""
    header, title = tuple(map(explained.said, _HEADER)), explained.said(_CLAUSES)
    groups = {g.id: g for g in explained.result.groups}
    if len(unknown) <= MOST_TOGETHER or not groups:
        yield _table(title, header, tuple(_clause(explained, u) for u in unknown))
        return
    yield Paragraph((Run(explained.said(_MANY, title=title, number=len(unknown)), style="strong"),))
    found: dict[str, list[model.UnknownModel]] = {}
    for u in sorted(unknown, key=lambda u: list(explained.clauses).index(u.clause)):
        found.setdefault(_outer(groups, explained.clauses[u.clause].group), []).append(u)
    for group, those in found.items():
        name = " ".join(dict.fromkeys((group, groups[group].label))) if group[:1].isdigit() else groups[group].label
        caption = explained.said(_OF_GROUP, group=name, number=len(those))
        rows = tuple(_clause(explained, u) for u in sorted(those, key=lambda u: u.matters != "alone"))
        yield replace(_table(caption, header, rows), folded=True)


def _outer(groups: Mapping[str, model.GroupModel], group: str) -> str:
    """The group of the second kind that one is in, or else the outermost: as many as can be seen at once."""
    while groups[group].depth > 1 and (parent := groups[group].parent) is not None:
        group = parent
    return group


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
