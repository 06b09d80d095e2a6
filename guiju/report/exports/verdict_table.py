"""Assessment, or a policy alone -> CSV: a row for each clause, in the columns that `guiju import-evidence` reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from guiju.compiler.ir import Clause, Program
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.report.exports.judged import Judged, judged
from guiju.report.exports.stable import one_line
from guiju.report.register import waiver_text

_OF_CLAUSE = ("clause", "printed", "group", "label", "modality", "levels")
COLUMNS = (
    *_OF_CLAUSE,
    "verdict",
    "status",
    "reason",
    "decided_by",
    "missing",
    "evidence",
    "left_out",
    "waiver",
    "told",
)
_BETWEEN = "; "
#: what a spreadsheet takes for the beginning of a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def verdict_table(assessment: Assessment, language: Language) -> str:
    """The verdict on each requirement."""
    return _table((*COLUMNS,), (_row(each, language) for each in judged(assessment)))


def clause_table(program: Program, language: Language) -> str:
    """The requirements of a standard under its default readings."""
    return _table(_OF_CLAUSE, (_of_clause(clause, clause.modality, language) for clause in program.items()))


def _table(columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    """Lines end as RFC 4180 has it; the mark at the front tells Excel that this is UTF-8."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what looks like one."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(each: Judged, language: Language) -> Iterator[str]:
    result = each.result
    yield from _of_clause(each.clause, each.modality, language)
    yield each.verdict
    yield each.status
    yield result.reason or result.detail
    yield result.by or ""
    yield _BETWEEN.join(each.missing)
    yield _BETWEEN.join(result.supporting)
    yield "" if each.takes_part else "yes"
    yield _BETWEEN.join(one_line(waiver_text(waiver, None, language)) for waiver in each.waivers)
    yield each.told(language)


def _of_clause(clause: Clause, modality: str | None, language: Language) -> Iterator[str]:
    yield clause.id
    yield clause.printed
    yield clause.group
    yield clause.label.in_language(language)
    yield modality or ""
    yield _BETWEEN.join(clause.levels)
