"""The findings of the assessor, by grade: what is held against the subject, who is to mend it and until when."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Text
from guiju.report import result_model as model
from guiju.report.document import Block, Cell, Mark, Paragraph, Row, Run, Section, Table, cell, text_run
from guiju.report.explained.subject import Explained
from guiju.report.register import due_day, without_finding

_HEADER = (
    Text("编号", "Id"),
    Text("条款", "Clause"),
    Text("所述情况", "Statement"),
    Text("负责人和期限", "Owner and due"),
    Text("状态", "State"),
)
_GRADES = ("major", "minor", "observation")
_OF_GRADE = Text("{grade}：{number}", "{grade}: {number}")
_NONE = Text("证据文件没有登记评价发现。", "The evidence file has no findings.")
_NONE_OF = Text("没有：{grades}。", "None of these: {grades}.")
_RAISED = Text("{day} 由{by}提出", "raised on {day} by {by}")
_STATES: dict[str, Mark] = {"open": "unknown", "overdue": "fails", "closed": "holds"}


def findings(explained: Explained) -> Section:
    """A table for each grade that there are findings of."""
    return Section("findings", explained.word("findings"), tuple(_blocks(explained)))


def _blocks(explained: Explained) -> Iterator[Block]:
    found = explained.result.findings
    if not found:
        yield Paragraph(text_run(explained.said(_NONE)), "quiet")
        return
    header = (*map(explained.said, _HEADER), explained.head("evidence"))
    for grade in _GRADES:
        rows = tuple(_row(explained, f) for f in found if f.grade == grade)
        if rows:
            caption = explained.said(_OF_GRADE, grade=explained.word(grade).capitalize(), number=len(rows))
            yield Table(caption, header, rows)
    missing = [explained.word(grade) for grade in _GRADES if not any(f.grade == grade for f in found)]
    if missing:
        yield Paragraph(text_run(explained.said(_NONE_OF, grades=", ".join(missing))), "quiet")
    without = without_finding(explained.result)
    if without:
        yield Paragraph(text_run(f"{explained.word('without-finding')}: {', '.join(without)}"))


def _row(explained: Explained, f: model.FindingModel) -> Row:
    clause = explained.clauses[f.clause]
    return Row(
        (
            Cell(((Run(f.id, style="strong"),),)),
            explained.clause_cell(clause),
            cell(f.statement, *_raised(explained, f), f.note or ""),
            cell(f.owner or "", explained.word("due", day=due_day(f.due, f.state)) if f.due else ""),
            cell(*_state(explained, f), mark=_STATES[f.state]),
            explained.evidence_cell([*f.evidence, *(f.closure.evidence if f.closure else ())]),
        )
    )


def _raised(explained: Explained, f: model.FindingModel) -> Iterator[str]:
    if f.raised and f.by:
        yield explained.said(_RAISED, day=f.raised[:10], by=f.by)


def _state(explained: Explained, f: model.FindingModel) -> Iterator[str]:
    if f.closure is None or f.state != "closed":
        yield explained.word(f.state)
        return
    yield explained.word("closed-on", by=f.closure.by, day=f.closure.on[:10])
    if f.verdict == "unsatisfied":
        yield explained.word("closed-unsatisfied")
