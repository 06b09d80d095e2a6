"""A run over tables -> what is told of it: rows, their outcomes, the clauses that fail most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from guiju.batch.answers import Tally
from guiju.batch.run import Done, Job
from guiju.compiler.ir import Program
from guiju.compiler.units import format_number
from guiju.dsl.diagnostic import Language, Text
from guiju.report.agreeing import agreeing
from guiju.report.layout import joined, listed, table
from guiju.report.values import published, value_text
from guiju.report.words import in_order, share

if TYPE_CHECKING:
    from guiju.batch.draws import DrawnTally, Draws

_MOST = 10  # clauses that are told
_MOST_VALUES = 20  # of an outcome; of more, the most frequent
_MORE = Text(
    "…… 另有 {n} 个值，都不比上列的多见（--format json 全部列出）",
    "… {n} other values, none more frequent (--format json lists them all)",
)
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


@dataclass(frozen=True)
class Summary:
    """A run that came to its end: the policy, what was done, and what all rows came to. `draws`: of what is unknown."""

    program: Program
    job: Job
    done: Done
    tally: Tally
    draws: tuple[Draws, DrawnTally] | None = None


class Count(NamedTuple):
    """Of how many rows a value is the outcome, None where it is open; and its rank among the values in their order."""

    value: str | None
    label: str
    rank: int
    rows: int


class Frequency(NamedTuple):
    """In what part of all draws a value was the outcome, None where it stayed open."""

    value: str | None
    label: str
    part: Fraction


class Clauses(NamedTuple):
    """How often a clause fails and is unknown."""

    id: str
    label: str
    unsatisfied: int
    unknown: int


def counts_of(program: Program, outcome: str, tally: Tally, language: Language) -> tuple[Count, ...]:
    """Levels from the highest, then other values as every report has them, what is open last."""
    definition, counted = program.definition[outcome], tally.outcomes.get(outcome, Counter())
    levels = [*(level.id for level in reversed(program.levels)), "none"]
    texts = [text for text in counted if text is not None and text not in levels]
    by_value = {published(text): text for text in texts}
    ordered = [text for text in levels if text in counted] + [by_value[v] for v in in_order(by_value)]
    ranks = {text: levels.index(text) if text in levels else len(levels) + i for i, text in enumerate(ordered)}
    counts = [Count(v, value_text(program, definition, published(v), language), ranks[v], counted[v]) for v in ordered]
    if None in counted:
        counts.append(Count(None, _OPEN.in_language(language), len(levels) + len(ordered), counted[None]))
    return tuple(counts)


def frequencies_of(
    program: Program, outcome: str, counts: Counter[str | None], language: Language
) -> tuple[Frequency, ...]:
    """The most frequent value first."""
    definition, all_, opened = program.definition[outcome], counts.total(), _OPEN.in_language(language)
    return tuple(
        Frequency(
            value,
            opened if value is None else value_text(program, definition, published(value), language),
            Fraction(count, all_),
        )
        for value, count in sorted(counts.items(), key=lambda c: (-c[1], str(c[0])))
    )


def clauses_of(program: Program, tally: Tally, language: Language) -> tuple[Clauses, ...]:
    """The clauses that fail or are unknown anywhere, by how often they fail."""
    order = {clause.id: i for i, clause in enumerate(program.clauses)}
    found = {*tally.failed, *tally.unknown} - tally.uncounted  # of some batches alone it would be no count
    counted = sorted(found, key=lambda c: (-tally.failed[c], -tally.unknown[c], order[c]))
    said = (program.clause[id_] for id_ in counted)
    return tuple(
        Clauses(c.id, f"{c.printed} {c.label.in_language(language)}", tally.failed[c.id], tally.unknown[c.id])
        for c in said
    )


def uncounted_in(program: Program, tally: Tally) -> list[str]:
    """The clauses that were not counted, in their order."""
    return [c.id for c in program.clauses if c.id in tally.uncounted]


def text_of(summary: Summary, language: Language) -> str:
    """The run in words: how many rows, their outcomes, the clauses that fail most."""
    return joined(_lines(summary, language)) + "\n"


def _lines(summary: Summary, language: Language) -> Iterator[str]:
    program, tally = summary.program, summary.tally
    yield f"{program.designation}  {program.title.in_language(language)}"
    yield _rows(summary, language)
    for outcome in program.outcomes:
        if counts := counts_of(program, outcome, tally, language):
            yield ""
            label = program.definition[outcome].label.in_language(language)
            yield from counted_lines(label, _most_of(counts, language), tally.rows, language)
    if summary.draws is not None:
        yield from _drawn_lines(program, *summary.draws, language)
    clauses = clauses_of(program, tally, language)
    failed = [(c.label, c.unsatisfied) for c in clauses]
    unknown = [(c.label, c.unknown) for c in sorted(clauses, key=lambda c: -c.unknown)]
    for heading, counted in ((_FAIL, failed), (_UNKNOWN, unknown)):
        most = [(label, number) for label, number in counted if number][:_MOST]
        if most:
            yield ""
            yield from counted_lines(heading.in_language(language), most, tally.rows, language)
    if uncounted := uncounted_in(program, tally):
        yield ""
        yield from listed(_UNCOUNTED.in_language(language), uncounted, language)


def _most_of(counts: Sequence[Count], language: Language) -> Iterator[tuple[str, int]]:
    """The values with their rows in their order; of many those of most rows, what is open in any case, and the rest."""
    values = [count for count in counts if count.value is not None]
    told = counts if len(values) <= _MOST_VALUES else sorted(values, key=lambda c: (-c.rows, c.rank))[:_MOST]
    yield from ((c.label, c.rows) for c in values if c in told)
    if rest := [count for count in values if count not in told]:
        yield _MORE.in_language(language).format(n=grouped(len(rest))), sum(count.rows for count in rest)
    yield from ((c.label, c.rows) for c in counts if c.value is None)


def _rows(summary: Summary, language: Language) -> str:
    """How many rows were read and answered, and where the reasons are why others were not."""
    job, done = summary.job, summary.done
    read, answered = grouped(done.read), grouped(summary.tally.rows)
    told = agreeing(_ROWS.in_language(language), tables=len(job.tables), read=read, answered=answered)
    if done.rejected and job.place.rejects is not None:
        name = job.place.rejects.name
        told += _REJECTED.in_language(language).format(rejected=grouped(done.rejected), path=name)
    return told


def _drawn_lines(program: Program, draws: Draws, tally: DrawnTally, language: Language) -> Iterator[str]:
    """How often each outcome was drawn, and how far that may be from the chances."""
    for outcome in program.outcomes:
        yield ""
        label = program.definition[outcome].label.in_language(language)
        head = _DRAWN.in_language(language).format(label=label, number=grouped(draws.number), seed=draws.seed)
        counts = tally.drawn.get(outcome, Counter())
        rows = [(head, _FREQUENCY.in_language(language))]
        frequencies = frequencies_of(program, outcome, counts, language)
        told = len(frequencies) if len(frequencies) <= _MOST_VALUES else _MOST
        rows += [(f"  {f.label}", share(f.part)) for f in frequencies[:told]]
        if rest := frequencies[told:]:
            label = _MORE.in_language(language).format(n=grouped(len(rest)))
            rows.append((f"  {label}", share(sum((f.part for f in rest), Fraction(0)))))
        yield from table(rows)
    row, all_ = share(draws.within_a_row), share(draws.within_all(tally.rows))
    yield _WITHIN.in_language(language).format(row=row, all=all_)
    if without := draws.without_chances(program):
        yield from listed(_WITHOUT.in_language(language), without, language)


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
