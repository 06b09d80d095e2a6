"""What an outcome was made of, by digests, and the lines on which it is signed."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Text
from guiju.report.assessed import readings_text
from guiju.report.document import Cell, Paragraph, Row, Run, Section, Table, cell, text_run
from guiju.report.explained.subject import Explained

_DIGESTS = Text("摘要", "Digests")
_ENGINE, _POLICY = Text("规矩引擎", "Guiju engine"), Text("策略", "Policy")
_POLICY_DIGEST, _EVIDENCE_DIGEST = Text("策略摘要", "Policy digest"), Text("证据摘要", "Evidence digest")
_READINGS = Text("读法", "Readings")
_REPLAY = Text(
    "摘要相同的策略和证据，按同样的读法，总得出同样的结论。guiju bundle 把来源和每一步推导写成一个文件，guiju replay "
    "只凭该文件重算，guiju sign 为它签名；本报告是供人阅读的文本，签名以评价包为准。",
    "A policy and evidence of the same digests, read in the same way, always come to the same. guiju bundle writes "
    "sources and every step into one file, guiju replay derives it again from that file alone, guiju sign signs it; "
    "this report is the text for people, and the bundle is what a signature vouches for.",
)
_SIGN_OFF = Text("签署", "Sign-off")
_SIGN_HEADER = (Text("角色", "Role"), Text("姓名", "Name"), Text("签名", "Signature"), Text("日期", "Date"))
_ROLES = (
    Text("评估员", "Assessor"),
    Text("评估组长", "Lead assessor"),
    Text("复核", "Reviewed by"),
    Text("批准", "Approved by"),
    Text("受评方确认", "Acknowledged by the subject"),
)


def digests(explained: Explained) -> Section:
    """Engine, policy, evidence and readings, so that a report can be told from another."""
    rows = tuple(Row((cell(name), value)) for name, value in _made_of(explained))
    told = Paragraph(text_run(explained.said(_REPLAY)), "quiet")
    return Section("digests", explained.said(_DIGESTS), (Table("", (), rows), told))


def _made_of(explained: Explained) -> Iterator[tuple[str, Cell]]:
    r = explained.result
    yield explained.said(_ENGINE), cell(r.engine)
    yield explained.said(_POLICY), cell(r.policy)
    yield explained.said(_POLICY_DIGEST), Cell(((Run(r.policy_digest, style="code"),),))
    yield explained.said(_EVIDENCE_DIGEST), Cell(((Run(r.evidence_digest, style="code"),),))
    yield explained.word("as-of"), cell(r.as_of or "—")
    if explained.program.readings:
        taken = readings_text(explained.program, r.readings.chosen, explained.language)
        yield explained.said(_READINGS), cell(taken)


def sign_off(explained: Explained) -> Section:
    """A line for each who signs."""
    blank = cell()
    rows = tuple(Row((cell(explained.said(role)), blank, blank, blank)) for role in _ROLES)
    return Section(
        "sign-off",
        explained.said(_SIGN_OFF),
        (Table("", tuple(map(explained.said, _SIGN_HEADER)), rows, to_fill=True),),
    )
