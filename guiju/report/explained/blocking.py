"""Why not: of each level that is not surely reached the closest attempt, what failed and what was not shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.compiler.ir import TABLE
from guiju.dsl.diagnostic import Text
from guiju.engine.reasoning.why.why_not import why_not_from
from guiju.report import result_model as model
from guiju.report.beside import beside_lines
from guiju.report.document import Block, Cell, Listing, Paragraph, Row, Run, Section, Table, cell, text_run
from guiju.report.explained.subject import Explained
from guiju.report.layout import list_text
from guiju.report.mending import mendings_of, renewal_lines, told_mendings
from guiju.report.why_not import Asked, obstacle

_TITLE = Text("挡路的条款", "Blocking clauses")
_NONE = Text("没有条款挡路：最高一级已经达到。", "No clause stands in the way: the highest level is reached.")
_COUNTED = Text("没有计为满足的条款", "Clauses that do not count as satisfied")
_CLOSEST = Text("最接近的尝试差在这些得分", "What the closest attempt falls short of")
_STATE = Text("情况", "State")
_CLAUSE = Text("条款", "Clause")
_SAYS = Text("事实与说法", "What the facts and people say")


def blocking(explained: Explained) -> Section:
    """What stands in the way of each level, or of a count being whole."""
    blocks = (*_levels(explained), *_counts(explained))
    none = (Paragraph(text_run(explained.said(_NONE)), "holds"),)
    return Section("blocking", explained.said(_TITLE), blocks or none)


def _levels(explained: Explained) -> Iterator[Block]:
    for w in explained.result.why_not:
        state = "maybe-reached" if w.holds == "unknown" else "not-reached"
        said = f"{explained.level(w.value)} {explained.word(state)}: {explained.word(obstacle(w))}"
        yield Paragraph((Run(said, style="strong"),), "unknown" if w.holds == "unknown" else "fails")
        if w.beside:
            yield Listing(tuple(text_run(" ".join(beside_lines(b, explained.language))) for b in w.beside))
        if w.shortfalls:
            asked = Asked(explained.assessment, w.outcome, w.value, explained.language)
            yield _table(explained, explained.said(_CLOSEST), w.shortfalls, asked)
        if w.missing:
            yield Paragraph(text_run(explained.lacking(w.missing)))
        if w.besides:
            listed = list_text(map(explained.score_name, w.besides), explained.language)
            yield Paragraph(text_run(f"{explained.word('besides')}: {listed}"))
        yield from _mendings(explained, w)


def _mendings(explained: Explained, w: model.WhyNotModel) -> Iterator[Block]:
    """The minimal sets of clauses that stand in the way, all at once: the closest attempt names the first of them."""
    assessment = explained.assessment
    answer = why_not_from(assessment, w.outcome, w.value)
    found = mendings_of(assessment, w.outcome, answer) if answer is not None else ()
    for told in told_mendings(found, w.value, explained.language) if found else ():
        yield Paragraph(text_run(told.heading))
        if told.sets:
            yield Listing(tuple(tuple(Run(t, c and explained.link(f"clause:{c}")) for t, c in s) for s in told.sets))
        yield from (Paragraph(text_run(line), "quiet") for line in told.after)
    renewed = renewal_lines(assessment, answer, found, explained.language) if answer is not None else ()
    yield from (Paragraph(text_run(line), "quiet") for line in renewed)


def _counts(explained: Explained) -> Iterator[Block]:
    """Of outcomes that count clauses: which do not count; alike ones once."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[model.ShortfallModel]] = {}
    for s in explained.result.counted:
        if s.failed or s.not_shown:
            alike.setdefault((tuple(s.failed), tuple(s.not_shown)), []).append(s)
    for found in alike.values():
        labels = list_text((explained.score_name(s.score) for s in found), explained.language)
        yield _table(explained, f"{explained.said(_COUNTED)} — {labels}", found[:1])


def _table(
    explained: Explained, caption: str, shortfalls: Sequence[model.ShortfallModel], asked: Asked | None = None
) -> Table:
    """The clauses of each score in the way; the score stands before the first of them."""
    header = (explained.head("score"), *map(explained.said, (_CLAUSE, _STATE, _SAYS)))
    columns = (*header, explained.head("evidence"), *explained.place_head())
    return Table(caption, columns, tuple(row for s in shortfalls for row in _rows(explained, s, asked)))


def _rows(explained: Explained, s: model.ShortfallModel, asked: Asked | None) -> Iterator[Row]:
    required = asked.required(s.score.removesuffix(TABLE)) if asked else ""
    values = Run(f": {_values(explained, s)}")
    score = (Run(explained.score_name(s.score), explained.link(s.score)), values)
    name = Cell((score, *([text_run(required)] if required else [])))
    told = [("failed", c) for c in s.failed] + [("not-shown", c) for c in s.not_shown]
    told += [("failed-too", c) for c in s.failed_too]
    for i, (key, clause) in enumerate(told):
        yield _row(explained, cell() if i else name, key, explained.clauses[clause])
    if not told:
        yield Row((name, *(cell() for _ in range(4)), *(cell() for _ in explained.place_head())))


def _values(explained: Explained, s: model.ShortfallModel) -> str:
    return explained.values(s.values, s.score)


def _row(explained: Explained, name: Cell, key: str, clause: model.ClauseModel) -> Row:
    return Row(
        (
            name,
            explained.clause_cell(clause),
            cell(explained.word(key), mark=explained.mark(clause.verdict)),
            Cell(tuple(text_run(line) for line in explained.said_of(clause))),
            explained.evidence_cell(clause.evidence),
            *explained.place_cells(explained.program.clause[clause.id]),
        )
    )
