"""The scores: each table as `guiju evaluate` prints it, with its notes."""

from __future__ import annotations

from guiju.dsl.diagnostic import Text
from guiju.report.document import Block, Paragraph, Row, Section, Table, cell, text_run
from guiju.report.explained.subject import Explained
from guiju.report.scores import score_tables

_TITLE = Text("得分", "Scores")
_WIDEST = 90  # what a line of a sheet of paper holds


def scores(explained: Explained) -> Section | None:
    """All scores of groups and of the subject; None where the standard gives none."""
    blocks: list[Block] = []
    for found in score_tables(explained.result, explained.program, explained.language, _WIDEST):
        rows = tuple(Row(tuple(map(cell, row.cells)), depth=row.depth) for row in found.rows)
        blocks.append(Table("", found.header, rows))
        blocks += [Paragraph(text_run(note), "quiet") for note in found.notes]
    return Section("scores", explained.said(_TITLE), tuple(blocks)) if blocks else None
