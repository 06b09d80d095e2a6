"""The margins: each known number beside its thresholds, what is nearest to changing the outcome first."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Text
from guiju.engine.reasoning.margins import margins
from guiju.report.document import Block, Cell, Mark, Paragraph, Row, Run, Section, Table, cell, text_run
from guiju.report.explained.subject import Explained
from guiju.report.margins import HEADER, MarginRow, margin_rows, nearest_first, unsolved_lines

_TITLE = Text("离阈值多远", "Distance to thresholds")
_ORDER = Text(
    "一次只动一个数，其余不变。先列越过阈值就改变结论的，再列其余的；各按余量占阈值的比例，从近到远。",
    "One number moves at a time and all else stays. First come the numbers beyond whose threshold the outcome changes, "
    "then the others; each from the nearest, by what part of its threshold the margin is.",
)


def margins_section(explained: Explained) -> Section | None:
    """How far each known number is from its thresholds; None where none is compared with any."""
    found = margins(explained.assessment, {})
    if not found.found and not found.unsolved:
        return None
    program, language = explained.program, explained.language
    rows = margin_rows(explained.assessment.bound, nearest_first(found.found), language)
    blocks: list[Block] = []
    if rows:
        header = (*(t.in_language(language) for t in HEADER), explained.head("evidence"))
        table = Table(explained.said(_TITLE), header, tuple(_row(explained, row) for row in rows))
        blocks += [Paragraph(text_run(explained.said(_ORDER)), "quiet"), table]
    blocks += [Paragraph(text_run(line.strip()), "quiet") for line in unsolved_lines(program, found, language)]
    return Section("margins", explained.said(_TITLE), tuple(blocks))


def _row(explained: Explained, row: MarginRow) -> Row:
    marks: dict[object, Mark] = {True: "holds", False: "fails"}
    stated = next((f.evidence for f in explained.result.facts if f.id == row.fact), [])
    return Row(
        (
            Cell((text_run(row.name, explained.link(f"fact:{row.fact}")),)),
            cell(row.now),
            cell(row.threshold),
            cell(row.distance, mark=marks.get(row.holds, "unknown")),
            Cell((tuple(_linked(explained, row.clauses)),) if row.clauses else ()),
            cell(row.beyond),
            explained.evidence_cell(stated),
        )
    )


def _linked(explained: Explained, clauses: tuple[str, ...]) -> Iterator[Run]:
    for i, clause in enumerate(clauses):
        yield from text_run(", ") if i else ()
        yield Run(explained.program.clause[clause].printed, explained.link(f"clause:{clause}"))
