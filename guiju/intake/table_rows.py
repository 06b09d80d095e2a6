"""The rows of tables that became neither clauses nor levels: each is told with its words, never as a count alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from guiju.draft.model import Block, Draft
from guiju.dsl.diagnostic import Text
from guiju.intake.catalog import Reason, Unread, filled
from guiju.intake.modality import modal_verbs, only_forbidden
from guiju.intake.outline import OTHER_VERB

_CLAUSE = re.compile(r"(?:[A-Z]\.)?\d{1,2}(?:\.\d{1,3})+(?!\d)|[a-z][)）]")
_ASKS = Text("表格里的一行像是要求（表头：{head}）", "a row of a table reads like a requirement (its head: {head})")
_OTHER_VERB = Text(
    f"表格里的一行{OTHER_VERB.zh}（表头：{{head}}）", f"a row of a table says {OTHER_VERB.en} (its head: {{head}})"
)
_NUMBERS = Text(
    "表格里的一行有数值，也许是要求的限值（表头：{head}）",
    "a row of a table has numbers, which may be limits that are required (its head: {head})",
)
_PLAIN = Text("表格里的一行没有带过来（表头：{head}）", "a row of a table that was not carried over (its head: {head})")


def rows_left(draft: Draft, blocks: Sequence[Block], place: Callable[[Block], str]) -> Iterator[Unread]:
    """Each row among some blocks, with the head of its table; the head itself asks for nothing."""
    left = {id(block) for block in blocks}
    for table in draft.tables:
        rows = [row for row in table.rows if row.text.strip()]
        has_head = len(rows) > 1 and not _asks(rows[0])
        head = _cells(rows[0]) if has_head else "—"
        for row in rows[has_head:]:
            if id(row) in left:
                reason, why = _why(row)
                yield Unread(place(row), _cells(row), reason, filled(why, head=head))


def _asks(row: Block) -> bool:
    """Whether a row is none of heads: it reads like a requirement, or begins with the number of a clause."""
    return bool(modal_verbs(row.text)) or only_forbidden(row.text) or _CLAUSE.match(row.cell(0)) is not None


def _why(row: Block) -> tuple[Reason, Text]:
    if modal_verbs(row.text):
        return "unclear", _ASKS
    if only_forbidden(row.text):
        return "unclear", _OTHER_VERB
    has_numbers = any(sign.isdigit() for n in range(1, len(row.cells)) for sign in row.cell(n))
    return ("unclear", _NUMBERS) if has_numbers else ("aside", _PLAIN)


def _cells(row: Block) -> str:
    return " | ".join(row.cell(n) for n in range(len(row.cells)))
