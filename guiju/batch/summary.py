"""A run over tables -> BatchModel, and what the command says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from guiju import __version__
from guiju.batch.answers import Tally
from guiju.batch.draws import DrawnTally, Draws, within
from guiju.batch.model import (
    BatchModel,
    ClauseModel,
    DrawnModel,
    DrawsModel,
    FrequencyModel,
    OutcomeModel,
    ValueModel,
)
from guiju.batch.run import Done, Job
from guiju.compiler.ir import Program
from guiju.compiler.units import format_number
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.engine.rows import layout
from guiju.report.agreeing import agreeing
from guiju.report.diagnostics_model import diagnostic_model
from guiju.report.layout import joined, listed, table
from guiju.report.values import published, value_text
from guiju.report.words import in_order, share

_MOST = 10  # clauses that are told
_ROWS = Text(
    "{tables} 个表，行数 {read}：有结果 {answered}", "Rows of {tables:table|tables}: {read}; answered: {answered}"
)
_REJECTED = Text("，不能用 {rejected}（原因见 {path}）", "; rejected: {rejected} (the reasons are in {path})")
_OPEN = Text("未定（已知的不足以决定）", "open: not decided by what is known")
_COUNT, _SHARE = Text("行数", "rows"), Text("占比", "share")
_DRAWN = Text(
    "{label}：未知的每行抽 {number} 次，种子 {seed}", "{label}, the unknown drawn {number} times a row, seed {seed}"
)
_FREQUENCY = Text("频率", "frequency")
_WITHIN = Text(
    "以 95 % 的把握，与概率相差不超过：每行 {row}，总体 {all}",
    "With 95 %, no further from its chance than: of a row {row}, of all rows {all}",
)
_WITHOUT = Text("没有概率、仍为未知：", "Left unknown, for want of chances: ")
_UNCOUNTED = Text("没有计数的条款（只能逐行评价）：", "Not counted (only row by row could they be): ")
_FAIL = Text("最常不满足的条款", "Clauses that fail most")
_UNKNOWN = Text("最常未知的条款", "Clauses that are unknown most")


def summary_of(
    program: Program,
    readings: Mapping[str, str],
    run: tuple[Job, Done, Tally, Draws | None],
    diagnostics: Iterable[Diagnostic],
    language: Language,
) -> BatchModel:
    """The run as it is published."""
    job, done, tally, draws = run
    return BatchModel(
        guiju="batch/1",
        policy=program.id,
        designation=program.designation,
        policy_digest=program.digest,
        engine=__version__,
        readings=program.defaults | dict(readings),
        tables=[t.shown for t, _ in job.tables],
        out=str(job.place.out),
        rejects=str(job.place.rejects) if done.rejected else None,
        read=done.read,
        answered=tally.rows,
        rejected=done.rejected,
        outcomes=[outcome_model(program, o, tally, language) for o in program.outcomes],
        clauses=[_clause(program, c, tally, language) for c in _by_failures(program, tally)],
        uncounted=[c.id for c in program.clauses if c.id in tally.uncounted],
        draws=_draws(program, tally, draws, language) if draws is not None else None,
        ids_twice=dict(done.twice),
        diagnostics=[diagnostic_model(d, language) for d in diagnostics],
    )


def outcome_model(program: Program, outcome: str, tally: Tally, language: Language) -> OutcomeModel:
    """Levels from the highest, then other values as every report has them, what is open last."""
    definition, counted = program.definition[outcome], tally.outcomes.get(outcome, Counter())
    levels = [*(level.id for level in reversed(program.levels)), "none"]
    texts = [text for text in counted if text is not None and text not in levels]
    by_value = {published(text): text for text in texts}
    ordered = [text for text in levels if text in counted] + [by_value[v] for v in in_order(by_value)]
    ranks = {text: levels.index(text) if text in levels else len(levels) + i for i, text in enumerate(ordered)}
    values = [
        ValueModel(
            value=v, label=value_text(program, definition, published(v), language), rank=ranks[v], rows=counted[v]
        )
        for v in ordered
    ]
    if None in counted:
        label = _OPEN.in_language(language)
        values.append(ValueModel(value=None, label=label, rank=len(levels) + len(ordered), rows=counted[None]))
    return OutcomeModel(id=outcome, label=definition.label.in_language(language), values=values)


def _draws(program: Program, tally: Tally, draws: Draws, language: Language) -> DrawsModel:
    assert isinstance(tally, DrawnTally)
    asked = ((i, slot) for i, slot in enumerate(layout(program)) if slot.is_asked)
    return DrawsModel(
        number=draws.number,
        seed=draws.seed,
        within=str(within(draws.number)),
        within_all=str(within(draws.number * max(1, tally.rows))),
        without_chances=[slot.name for i, slot in asked if i not in draws.chances],
        outcomes=[_drawn(program, o, tally.drawn.get(o, Counter()), language) for o in program.outcomes],
    )


def _drawn(program: Program, outcome: str, counts: Counter[str | None], language: Language) -> DrawnModel:
    definition, all_ = program.definition[outcome], counts.total()
    values = [
        FrequencyModel(
            value=value,
            label=_OPEN.in_language(language)
            if value is None
            else value_text(program, definition, published(value), language),
            frequency=str(Fraction(count, all_)),
        )
        for value, count in sorted(counts.items(), key=lambda c: (-c[1], str(c[0])))
    ]
    return DrawnModel(id=outcome, label=definition.label.in_language(language), values=values)


def _by_failures(program: Program, tally: Tally) -> list[str]:
    order = {clause.id: i for i, clause in enumerate(program.clauses)}
    counted = {*tally.failed, *tally.unknown} - tally.uncounted  # of some batches alone it would be no count
    return sorted(counted, key=lambda c: (-tally.failed[c], -tally.unknown[c], order[c]))


def _clause(program: Program, clause: str, tally: Tally, language: Language) -> ClauseModel:
    said = program.clause[clause]
    label = f"{said.printed} {said.label.in_language(language)}"
    return ClauseModel(id=clause, label=label, unsatisfied=tally.failed[clause], unknown=tally.unknown[clause])


def text_of(model: BatchModel, title: Text, language: Language) -> str:
    """The run in words: how many rows, their outcomes, the clauses that fail most."""
    return joined(_lines(model, title, language)) + "\n"


def _lines(model: BatchModel, title: Text, language: Language) -> Iterator[str]:
    yield f"{model.designation}  {title.in_language(language)}"
    read, answered = grouped(model.read), grouped(model.answered)
    told = agreeing(_ROWS.in_language(language), tables=len(model.tables), read=read, answered=answered)
    if model.rejects is not None:
        name = Path(model.rejects).name
        told += _REJECTED.in_language(language).format(rejected=grouped(model.rejected), path=name)
    yield told
    for outcome in (o for o in model.outcomes if o.values):
        yield ""
        rows = ((v.label, v.rows) for v in outcome.values)
        yield from counted_lines(outcome.label, rows, model.answered, language)
    if model.draws is not None:
        yield from _drawn_lines(model.draws, language)
    failed = [(c.label, c.unsatisfied) for c in model.clauses]
    unknown = [(c.label, c.unknown) for c in sorted(model.clauses, key=lambda c: -c.unknown)]
    for heading, clauses in ((_FAIL, failed), (_UNKNOWN, unknown)):
        most = [(label, number) for label, number in clauses if number][:_MOST]
        if most:
            yield ""
            yield from counted_lines(heading.in_language(language), most, model.answered, language)
    if model.uncounted:
        yield ""
        yield from listed(_UNCOUNTED.in_language(language), model.uncounted)


def _drawn_lines(draws: DrawsModel, language: Language) -> Iterator[str]:
    """How often each outcome was drawn, and how far that may be from the chances."""
    for outcome in draws.outcomes:
        yield ""
        head = _DRAWN.in_language(language).format(label=outcome.label, number=grouped(draws.number), seed=draws.seed)
        rows = [(head, _FREQUENCY.in_language(language))]
        rows += [(f"  {v.label}", share(Fraction(v.frequency))) for v in outcome.values]
        yield from table(rows)
    told = (share(Fraction(draws.within)), share(Fraction(draws.within_all)))
    yield _WITHIN.in_language(language).format(row=told[0], all=told[1])
    if draws.without_chances:
        yield from listed(_WITHOUT.in_language(language), draws.without_chances)


def counted_lines(heading: str, rows: Iterable[tuple[str, int]], all_: int, language: Language) -> Iterator[str]:
    """A table of things with their rows, and their share of all that were answered."""
    listed = [(label, grouped(number), about(number, all_)) for label, number in rows]
    room = max((len(number) for _, number, _ in listed), default=0)
    head = (heading, _COUNT.in_language(language).rjust(room), _SHARE.in_language(language))
    yield from table([head, *((f"  {label}", number.rjust(room), part) for label, number, part in listed)])


def about(number: int, all_: int) -> str:
    """A share, without the fraction behind it: the numbers stand beside it."""
    if not all_:
        return ""
    return share(Fraction(number, all_)).partition("(")[2].rstrip(")") or share(Fraction(number, all_))


def grouped(number: int) -> str:
    """A count as people read it."""
    return format_number(Fraction(number))
