"""Every clause with who decided it, and every piece of evidence with what it was used for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.dsl.diagnostic import Text
from guiju.engine.ages import last_day
from guiju.engine.evidence import EvidenceRecord, Sample
from guiju.report import result_model as model
from guiju.report.document import Block, Cell, Paragraph, Row, Run, Section, Table, anchor, cell, text_run
from guiju.report.evidence_kinds import kind_of
from guiju.report.explained.subject import Explained
from guiju.report.lacking import expired_text

_CLAUSES = Text("全部条款", "Every clause")
_CLAUSE_HEADER = (Text("条款", "Clause"), Text("结论", "Verdict"), Text("凭什么", "On what"))
_LEVELS = Text("计入", "Counts at")
_APART = Text(
    "不参与本次评价；其中 {number} 条未被问及，无人作答。",
    "It takes no part in this assessment; its {number:clause was|clauses were} not asked and nobody answered.",
)
_EVIDENCE = Text("证据清单", "Evidence register")
_NO_EVIDENCE = Text("证据文件没有登记任何证据条目。", "The evidence file registers no pieces of evidence.")
_EVIDENCE_HEADER = (
    Text("编号", "Id"),
    Text("种类与名称", "Kind and title"),
    Text("日期", "Dates"),
    Text("来源", "Source"),
    Text("为哪些事实和条款给出", "What it is given for"),
)
_COLLECTED = Text("收集于 {day}", "collected {day}")
_RECEIVED = Text("收到于 {day}", "received {day}")
_PERIOD = Text("所述期间 {first} 至 {last}", "about {first} to {last}")
_METHOD = Text("方法: {method}", "method: {method}")
_REVISION = Text("版次 {revision}", "revision {revision}")
_CONFIDENTIALITY = Text("密级: {confidentiality}", "confidentiality: {confidentiality}")
_UNTIL = Text("有效至 {day}", "valid until {day}")
_BY = Text("收集者 {who}", "collected by {who}")
_HASH = Text("摘要 {hash}", "hash {hash}")
_UNUSED = Text("没有事实或查验结论引用它", "no fact or attestation names it")


def clauses(explained: Explained) -> Section:
    """Every clause of the standard, whether or not the outcome rests on it."""
    table = _clause_table(explained, explained.said(_CLAUSES), explained.result.clauses)
    return Section("clauses", explained.said(_CLAUSES), (table,))


def clauses_by_group(explained: Explained) -> Iterator[Section]:
    """The same with a section for each group; of a group that takes no part and that nobody spoke of in one line."""
    result, program = explained.result, explained.program
    below: dict[str, list[model.ClauseModel]] = {g.id: [] for g in result.groups}
    alone = [c for c in result.clauses if c.group not in below]
    for clause in result.clauses:
        for group_id in program.ancestors(clause.group) if clause.group in below else ():
            below[group_id].append(clause)
    blocks = (_clause_table(explained, "", alone),) if alone else ()
    yield Section("clauses", explained.said(_CLAUSES), blocks)
    left_out = set[str]()
    for group in result.groups:
        if group.parent in left_out or not below[group.id]:
            left_out.add(group.id)
            continue
        own = [c for c in below[group.id] if c.group == group.id]
        if not group.takes_part and all(c.verdict == "unknown" for c in below[group.id]):
            left_out.add(group.id)
            told: Block = Paragraph(text_run(explained.said(_APART, number=len(below[group.id]))), "quiet")
            yield _of_group(group, told)
        else:
            yield _of_group(group, *([_clause_table(explained, "", own)] if own else []))


def _of_group(group: model.GroupModel, *blocks: Block) -> Section:
    name = " ".join(dict.fromkeys((group.id, group.label))) if group.id[:1].isdigit() else group.label
    return Section(f"group:{group.id}", name, blocks, group.depth + 1)


def _clause_table(explained: Explained, caption: str, found: Sequence[model.ClauseModel]) -> Table:
    header = [*map(explained.said, _CLAUSE_HEADER), explained.head("evidence")]
    if explained.result.levels:
        header.append(explained.said(_LEVELS))
    return Table(caption, (*header, *explained.place_head()), tuple(_clause(explained, c) for c in found))


def _clause(explained: Explained, c: model.ClauseModel) -> Row:
    counts = [x for x in explained.result.levels if c.takes_part and explained.counts(c, x)]
    asked_for = c.takes_part or c.verdict != "unknown" or c.attestations or c.lapsed
    said = explained.said_of(c) if asked_for else []
    levels = (cell(_run_of(counts, explained.result.levels)),) if explained.result.levels else ()
    return Row(
        (
            explained.clause_cell(c),
            explained.verdict_cell(c),
            Cell(tuple(text_run(line) for line in said)),
            explained.evidence_cell([*c.evidence, *(id_ for a in c.lapsed for id_ in a.evidence)]),
            *levels,
            *explained.place_cells(explained.program.clause[c.id]),
        ),
        anchor=anchor(f"row:{c.id}"),
    )


def _run_of(counts: Sequence[str], levels: Sequence[str]) -> str:
    """`L1~L3`: levels that follow each other, as a standard prints a range."""
    first = levels.index(counts[0]) if counts else 0
    in_a_row = len(counts) > 1 and list(counts) == list(levels[first : first + len(counts)])
    return f"{counts[0]}~{counts[-1]}" if in_a_row else ", ".join(counts)


def evidence(explained: Explained) -> Section:
    """Every piece of evidence of the file."""
    records = explained.assessment.bound.evidence.records
    title = explained.said(_EVIDENCE)
    if not records:
        return Section("evidence", title, (Paragraph(text_run(explained.said(_NO_EVIDENCE)), "quiet"),))
    rows = tuple(_record(explained, record) for record in records)
    return Section("evidence", title, (Table(title, tuple(map(explained.said, _EVIDENCE_HEADER)), rows),))


def _record(explained: Explained, record: EvidenceRecord) -> Row:
    ended = sorted(set(_ended(explained, record.id)))
    return Row(
        (
            Cell(((Run(record.id, style="strong"),),), "unknown" if ended else "value"),
            cell(kind_of(record.kind, explained.language), record.title or ""),
            cell(*_dates(explained, record), *ended),
            cell(record.source or "", *_origin(explained, record)),
            Cell(tuple(_given_for(explained, record.id)) or (text_run(explained.said(_UNUSED)),)),
        ),
        anchor=anchor(f"evidence:{record.id}"),
    )


def _ended(explained: Explained, id_: str) -> Iterator[str]:
    """Why a piece of evidence does not count, where it was asked for."""
    r, language = explained.result, explained.language
    for expired in (*(c.expired for c in r.clauses), *(f.expired for f in r.facts)):
        yield from (expired_text(e, r.as_of, language) for e in expired if e.evidence == id_)


def _dates(explained: Explained, record: EvidenceRecord) -> Iterator[str]:
    for text, day in ((_COLLECTED, record.collected_on), (_RECEIVED, record.received)):
        if day is not None:
            yield explained.said(text, day=day.date().isoformat())
    if record.expires is not None:
        yield explained.said(_UNTIL, day=last_day(record.expires, explained.assessment.bound.evidence.as_of))
    if record.period is not None:
        first, last = (day.date().isoformat() if day else "…" for day in (record.period.first, record.period.last))
        yield explained.said(_PERIOD, first=first, last=last)


def _origin(explained: Explained, record: EvidenceRecord) -> Iterator[str]:
    if record.collected_by:
        yield explained.said(_BY, who=record.collected_by)
    if record.method:
        yield explained.said(_METHOD, method=record.method)
    if record.revision:
        yield explained.said(_REVISION, revision=record.revision)
    if record.confidentiality:
        yield explained.said(_CONFIDENTIALITY, confidentiality=record.confidentiality)
    if record.hash:
        yield explained.said(_HASH, hash=record.hash)


def _given_for(explained: Explained, id_: str) -> Iterator[tuple[Run, ...]]:
    """The facts and the clauses that name it."""
    facts = [f for f in explained.result.facts if id_ in (*f.evidence, *_of_facts(explained, f.id))]
    found = [c for c in explained.result.clauses if id_ in _cited(explained, c)]
    named = [(f.label, explained.link(f"fact:{f.id}")) for f in facts]
    named += [(c.cites, explained.link(f"clause:{c.id}")) for c in found]
    runs = [run for text, link in named for run in (Run(", "), Run(text, link))]
    if runs:
        yield tuple(runs[1:])


def _cited(explained: Explained, c: model.ClauseModel) -> Iterator[str]:
    """All evidence that is given for a clause: by whoever speaks of it, in samples, for waivers and for findings."""
    for said in (*c.attestations, *c.lapsed):
        yield from said.evidence
    for waiver in c.waivers:
        yield from waiver.evidence
    bound = explained.assessment.bound
    for attestation in (*bound.attestations.get(c.id, ()), *bound.lapsed.get(c.id, ())):
        yield from _of_instances(attestation.sample)
    for finding in (f for f in explained.result.findings if f.clause == c.id):
        yield from (*finding.evidence, *(finding.closure.evidence if finding.closure else ()))


def _of_facts(explained: Explained, fact: str) -> Iterator[str]:
    stated = explained.assessment.bound.stated.get(fact)
    return _of_instances(stated.sample if stated is not None else None)


def _of_instances(sample: Sample | None) -> Iterator[str]:
    return (id_ for instance in (sample.instances if sample is not None else ()) for id_ in instance.evidence)
