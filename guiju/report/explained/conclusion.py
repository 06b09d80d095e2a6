"""The first section: what was concluded of whom, in five lines, on the scale of the levels and around the groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from guiju.compiler.ir import Special, Undefined, Value
from guiju.dsl.diagnostic import Text
from guiju.exchange.families import family_name
from guiju.report import result_model as model
from guiju.report.assessed import input_rows, standard_text
from guiju.report.branch import Branch, Place
from guiju.report.depth import at_depth
from guiju.report.document import (
    Band,
    Block,
    Gauge,
    Listing,
    Paragraph,
    Radar,
    Row,
    Run,
    Section,
    Spoke,
    Table,
    cell,
    line_anchor,
    text_run,
)
from guiju.report.explained.bands import Asked, asked
from guiju.report.explained.standing import stands_on
from guiju.report.explained.subject import Explained
from guiju.report.values import published, set_text
from guiju.report.words import shown

_TITLE = Text("结论", "Conclusion")
_ABOUT = Text("评价对象与标准", "What was assessed, against what")
_SCALE = Text("{outcome}：“{score}”在标尺上的位置", "{outcome}: where “{score}” stands on the scale")
_SCALE_SAID = Text("{score}：{values}。{bands}", "{score}: {values}. {bands}")
_BAND_SAID = Text("{level}：{low} {above} {score} {below} {high}", "{level}: {low} {above} {score} {below} {high}")
_SURE = Text("已确定", "for sure")
_MOST = Text("最多可达", "at most")
_AROUND = Text("各{kind}：{family}", "Each {kind}: {family}")
_AT_LEVEL = Text("{what}（{level}）", "{what} at {level}")
_NO_LEVELS = Text(
    "本标准不设等级，没有可显示的等级标尺。", "This standard defines no levels, so there is no scale of levels to show."
)
_LEAST_SPOKES = 3


def conclusion(explained: Explained) -> Section:
    """What was concluded, and from what."""
    blocks = (
        _about(explained),
        *_outcomes(explained),
        stands_on(explained),
        *_no_levels(explained),
        *_gauges(explained),
        *_radar(explained),
    )
    return Section("conclusion", explained.said(_TITLE), blocks)


def _about(explained: Explained) -> Table:
    r, program, language = explained.result, explained.program, explained.language
    pairs = [
        (explained.word("subject"), r.subject),
        (explained.word("policy"), standard_text(program, language)),
        (explained.word("as-of"), r.as_of or ""),
        *input_rows(program, r.inputs, language),
    ]
    rows = tuple(Row((cell(name), cell(value))) for name, value in pairs if value)
    return Table(explained.said(_ABOUT), (), rows)


def _outcomes(explained: Explained) -> Iterator[Block]:
    """Each outcome, and the lines for who decides."""
    for outcome, tree in zip(explained.result.outcomes, explained.trees, strict=True):
        value = explained.possible(outcome.possible, outcome.id)
        several = "" if outcome.possible.decided else f"{explained.word('one-of')} "
        yield Paragraph((Run(f"{outcome.label}  "), Run(f"{several}{value}", explained.link(tree.address), "strong")))
        lines = [b for b in at_depth(tree, "summary").walk() if b.address != tree.address]
        if lines:
            yield Listing(tuple(_line(explained, b) for b in lines))


def _line(explained: Explained, branch: Branch) -> tuple[Run, ...]:
    ids = f" [{', '.join(branch.evidence)}]" if branch.evidence else ""
    note = (Run(f" — {branch.note}"),) if branch.note else ()
    return (Run(branch.text, explained.link(branch.address)), Run(ids), *note, *_said_at(explained, branch.place))


def _said_at(explained: Explained, place: Place) -> Iterator[Run]:
    yield Run(f"  {place.cites}  " if place.cites else "", style="quiet")
    if explained.with_sources:
        yield Run(place.policy, f"#{line_anchor(place.policy)}", "quiet")


def _no_levels(explained: Explained) -> Iterator[Paragraph]:
    if not explained.result.levels:
        yield Paragraph(text_run(explained.said(_NO_LEVELS)), "quiet")


# --- on the scale of the levels --------------------------------------------------------------------------------------


def _gauges(explained: Explained) -> Iterator[Gauge]:
    for outcome in explained.result.outcomes:
        rows = asked(explained.assessment, outcome.id)
        if rows:
            yield _gauge(explained, outcome, rows)


def _gauge(explained: Explained, outcome: model.OutcomeModel, rows: tuple[Asked, ...]) -> Gauge:
    values = [v for row in rows if row.level in outcome.possible.values for v in _in_band(explained, row)]
    family = explained.program.definition[rows[-1].score].label.in_language(explained.language)
    bands = [
        explained.said(
            _BAND_SAID,
            level=explained.level(row.level),
            low=shown(row.low, explained.language),
            high=shown(row.high, explained.language),
            above=row.above,
            below=row.below,
            score=family,
        )
        for row in rows
    ]
    told = "; ".join(_by_level(explained, outcome, rows)) or explained.possible(outcome.possible, outcome.id)
    return Gauge(
        explained.said(_SCALE, outcome=outcome.label, score=family),
        tuple(_band(explained, outcome, row) for row in rows),
        tuple(values),
        explained.said(_SCALE_SAID, score=family, values=told, bands="; ".join(bands)),
    )


def _by_level(explained: Explained, outcome: model.OutcomeModel, rows: tuple[Asked, ...]) -> Iterator[str]:
    """The values of the score of each level that may be the outcome: each level has a score of its own.

    A score that may have no number, as where it is not entered, is told with that as it is everywhere.
    """
    for row in rows:
        values = _in_band(explained, row) if row.level in outcome.possible.values else []
        if values:
            told = [*values, *_without_number(explained, row)]
            numbers = set_text(explained.program, told, partial(shown, language=explained.language), explained.language)
            yield numbers if len({r.score for r in rows}) == 1 else f"{row.level} {numbers}"


def _without_number(explained: Explained, row: Asked) -> list[Value]:
    """The ways in which a score may have no number."""
    possible = explained.assessment.possible(row.score).values
    return [v for v in possible if isinstance(v, Special | Undefined)]


def _in_band(explained: Explained, row: Asked) -> list[Fraction]:
    """The values of a score with which it would come to a level."""
    possible = explained.assessment.possible(row.score).values
    return sorted(v for v in possible if isinstance(v, Fraction) and row.holds(v))


def _band(explained: Explained, outcome: model.OutcomeModel, row: Asked) -> Band:
    values = outcome.possible.values
    level = explained.level(row.level)
    if row.level not in values:
        return Band(level, row.low, row.high)
    return Band(level, row.low, row.high, "reached" if outcome.possible.decided else "possible")


# --- around the groups -----------------------------------------------------------------------------------------------


def _radar(explained: Explained) -> Iterator[Radar]:
    """The scores of the groups of one kind, the one with the most groups that take part, at one level where it has any.

    A score at one level does not continue the scale of another: no mixture of them would be a score of the standard.
    """
    scores = [s for s in explained.result.scores if s.group and _takes_part(explained, s.group)]
    kinds = Counter((s.family, explained.program.group[s.group or ""].kind) for s in scores)
    for (family, kind), _ in kinds.most_common(1):
        found = [s for s in scores if s.family == family and explained.program.group[s.group or ""].kind == kind]
        level = _level_to_show(explained, found)
        at_level = [s for s in found if s.level == level and _numbers(s)[0]]
        spokes = tuple(_spoke(explained, s) for s in at_level)
        full = _full(explained, at_level, level)
        if len(spokes) >= _LEAST_SPOKES and full:
            keys = (explained.said(_SURE), explained.said(_MOST))
            each = zip(spokes, at_level, strict=True)
            told = "; ".join(f"{spoke.label} {explained.possible(s.possible, s.id)}" for spoke, s in each)
            yield Radar(_around(explained, kind, family, level), spokes, full, keys, told)


def _level_to_show(explained: Explained, scores: list[model.ScoreModel]) -> str | None:
    """The highest level at which every group surely has a number; else the lowest at which any may have one."""
    by_level = {level.id: [_numbers(s) for s in scores if s.level == level.id] for level in explained.program.levels}
    sure = [level for level, own in by_level.items() if own and all(n and is_sure for n, is_sure in own)]
    some = [level for level, own in by_level.items() if any(n for n, _ in own)]
    return sure[-1] if sure else some[0] if some else None


def _around(explained: Explained, kind: str, family: str, level: str | None) -> str:
    """What the radar shows: the scores of a family, of one kind of groups, at one level."""
    groups = next((k.label.in_language(explained.language) for k in explained.program.kinds if k.id == kind), kind)
    name = family_name(explained.program, family, explained.language).split(" / ")[0]
    title = explained.said(_AROUND, kind=groups, family=name)
    return title if level is None else explained.said(_AT_LEVEL, what=title, level=explained.level(level))


def _takes_part(explained: Explained, group: str) -> bool:
    return next(g.takes_part for g in explained.result.groups if g.id == group)


def _spoke(explained: Explained, score: model.ScoreModel) -> Spoke:
    """Of a group the least that its score surely is, and the most that it can be."""
    numbers, is_sure = _numbers(score)
    label = explained.program.group[score.group or ""].label.in_language(explained.language)
    return Spoke(label, min(numbers) if is_sure else Fraction(0), max(numbers))


def _numbers(score: model.ScoreModel) -> tuple[list[Fraction], bool]:
    """The numbers that a score can be, and whether it surely is one of them."""
    values = [published(v) for v in score.possible.values]
    numbers = [v for v in values if isinstance(v, Fraction)]
    return numbers, len(numbers) == len(values)


def _full(explained: Explained, scores: list[model.ScoreModel], level: str | None) -> Fraction:
    """The end of the scale: what the level asks at most, all of a share, else the greatest value there is."""
    asked_for = (row for o in explained.result.outcomes for row in asked(explained.assessment, o.id))
    rows = [row for row in asked_for if level in (None, row.level)]
    if rows:
        return max(row.high for row in rows)
    values = [v for s in scores for v in _numbers(s)[0]]
    return Fraction(1) if all(v <= 1 for v in values) else max(values, default=Fraction(0))
