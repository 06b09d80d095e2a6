"""The levels of a document, the lowest first: as the editor says, by their numbers, or as such names are understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from guiju.dsl.diagnostic import Diagnostic, Text
from guiju.dsl.source import Span
from guiju.intake.catalog import Catalog, Entry, Level, Unread, filled
from guiju.intake.codes import OTHER_LEVELS
from guiju.intake.labels import as_level, counts_downwards, level_up_from, short
from guiju.intake.membership import as_given, at_highest, clause_groups, not_cumulative, placed, with_higher

#: names whose order is the same wherever they stand together, the lowest first; several of a place mean the same
_SCALES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("低",), ("中",), ("高",), ("极高", "严重")),
    (("初",), ("中",), ("高",)),
    (("合格", "及格"), ("良", "良好", "优良"), ("优", "优秀")),
    (("基本", "基础"), ("增强", "扩展", "提高", "进阶"), ("高级", "高")),
    (("一般",), ("重要",), ("核心",)),
    (("low",), ("moderate", "medium"), ("high",), ("critical", "very high")),
    (("basic", "base", "foundation"), ("enhanced", "intermediate"), ("advanced",)),
    (("bronze",), ("silver",), ("gold",), ("platinum",)),
)
_SUFFIX = re.compile(r"(?:等级|级别|要求|级|型|类|档|[\s_-]*(?:level|baseline|impact))+$", re.IGNORECASE)
_DIGITS = {digit: n for n, digit in enumerate("〇一二三四五六七八九")}

_NUMBERED = Text("等级按名称里的数字由低到高", "levels go by the numbers in their names, lowest first")
_USUAL = Text(
    "等级按这些名称通常的次序由低到高（不对就用 --levels 写明）",
    "levels go as these names are understood, lowest first (if not, say so with --levels)",
)
_MET = Text(
    "等级名称里没有数字：按表中出现的次序由低到高排列，请核对，不对就用 --levels 写明",
    "no numbers in the names of the levels: taken in the order of the document, lowest first; "
    "to be checked, and if it is another, say so with --levels",
)
_MIXED = Text(
    "等级名称里有的没有数字：按表中出现的次序由低到高排列，请核对，不对就用 --levels 写明",
    "some names of the levels have no numbers: taken in the order of the document, lowest first; "
    "to be checked, and if it is another, say so with --levels",
)
_TURNED = Text(
    "{names}：越往后计入的条款越少，所以等级由低到高排成 {ranked}，请核对，不对就用 --levels 写明",
    "{names}: fewer clauses count at the later ones, so that levels go {ranked}, lowest first; "
    "to be checked, and if it is another, say so with --levels",
)
_HIGHER_TOO = Text(
    "一条只写了一个级别：在一级计入的条款在更高的级也计入",
    "a clause names one level alone: what counts at one counts at the higher ones",
)
_LACKS = Text(
    "{low} 计入而 {up} 不计入，照录，请核对：{clauses}",
    "counts at {low} and not at {up}; kept as it is, to be checked: {clauses}",
)
_SEVERAL = Text(
    "“{name}”说的不止一级，照样当作一个等级，请核对",
    "`{name}` speaks of several levels, and was kept as a level by itself; to be checked",
)
_UP_FROM = Text(
    "“{name}”当作从 {lowest} 起的各级，请核对",
    "`{name}` was taken for the levels from {lowest} up; to be checked",
)
EVERY = "*"  # in place of a level: the requirement counts at each
UPWARDS = "+"  # behind a level: the requirement counts at the higher ones as well
NOWHERE = "-"  # in place of levels: the document says of each level that the requirement does not count there
_OUT = Text(
    "每一级都标为不计：没有写成条款，只留作记录",
    "it is marked not to count at any level: it became no clause, and is kept as a record",
)
_OUT_UNNUMBERED = Text(
    "每一级都标为不计；没有标号的列项去掉一个，其余各项的次序就变了，所以留下，归入最高一级，请核对",
    "it is marked not to count at any level; an item without a number is not left out, for those behind it would be "
    "counted anew: it counts at the highest alone; to be checked",
)
_NO_LEVEL = Text("没有写级别，归入最高一级", "no level is given: it counts at the highest alone")
_NONE = Text("没有等级", "no levels")


def in_order(levels: Sequence[Level], asked: Sequence[str], place: str) -> tuple[tuple[Level, ...], tuple[Unread, ...]]:
    """Levels as they come -> the lowest first, and by what that was decided, unless it was asked for."""
    if not levels:
        return (), ()
    if asked and _names_each(levels, asked):
        return tuple(sorted(levels, key=lambda level: _place(level, asked))), ()
    if all(_numbers(level.id) for level in levels):
        ranked, why = sorted(levels, key=lambda level: _numbers(level.id)), _NUMBERED
    elif places := _usual(levels):
        ranked, why = [level for _, level in sorted(zip(places, levels, strict=True), key=lambda p: p[0])], _USUAL
    else:
        ranked, why = list(levels), _MIXED if any(_numbers(level.id) for level in levels) else _MET
    return tuple(ranked), (Unread(place, _named(ranked), "choice", why),)


def at_levels(catalog: Catalog, levels: Sequence[Level], asked: Sequence[str]) -> Catalog:
    """A catalog whose requirements name their levels, once these are in order.

    Where each names one level alone, it counts at the higher ones, too. Where one names several, as in a table of
    ticks, all count as the document has it: levels whose clauses grow the other way are turned, and a clause that a
    higher level leaves out is told.
    """
    catalog, nowhere = _without_nowhere(catalog)
    ranked, told = in_order(levels, asked, catalog.source)
    chosen = [_at(_with_upwards(catalog, ()), level) for level in ranked]
    is_listed = sum(map(len, chosen)) > len(frozenset[int]().union(*chosen))
    catalog = _with_upwards(_with_every(catalog, ranked if is_listed else ranked[:1]), ranked if is_listed else ())
    if not is_listed:
        told = (*told, Unread(catalog.source, _named(ranked), "choice", _HIGHER_TOO)) if len(ranked) > 1 else told
        read = with_higher(replace(catalog, levels=ranked))
    else:
        if not asked and _shrinks(chosen):
            turned = tuple(reversed(ranked))
            why = filled(_TURNED, names=_named(ranked), ranked=_named(turned))
            ranked, told = turned, (Unread(catalog.source, _named(turned), "choice", why),)
        read = as_given(replace(catalog, levels=ranked))
    told_of = {out.place for out in nowhere}
    unplaced = (leaf for leaf in read.leaves() if ranked and not leaf.levels and leaf.place not in told_of)
    guessed = tuple(Unread(leaf.place, leaf.title or leaf.text, "choice", _NO_LEVEL) for leaf in unplaced)
    if is_listed:
        read = at_highest(read)
        told = (*told, *_breaks(read))
    return replace(read, unread=(*catalog.unread, *nowhere, *told, *guessed))


def _without_nowhere(catalog: Catalog) -> tuple[Catalog, tuple[Unread, ...]]:
    """The catalog without the requirements that are marked out at every level, and these; all stay where all are."""
    told: list[Unread] = []

    def kept(entry: Entry, above: frozenset[str]) -> Entry | None:
        own = entry.levels or above
        stays = replace(entry, levels=entry.levels - {NOWHERE})
        if entry.children:
            children = tuple(child for c in entry.children if (child := kept(c, own)) is not None)
            return replace(stays, children=children) if children else None
        if own != {NOWHERE} or entry.is_group:
            return stays
        quote = f"{entry.mark} {entry.title or entry.text}"
        if entry.mark == "-":
            told.append(Unread(entry.place, quote, "choice", _OUT_UNNUMBERED))
            return stays
        told.append(Unread(entry.place, quote, "no-level", _OUT))
        return None

    entries = tuple(e for entry in catalog.entries if (e := kept(entry, frozenset())) is not None)
    if entries:
        return replace(catalog, entries=entries), tuple(told)
    return placed(catalog, lambda own, _: own - {NOWHERE}), ()


def _with_every(catalog: Catalog, levels: Sequence[Level]) -> Catalog:
    """The catalog with levels in place of `EVERY`."""
    ids = frozenset(level.id for level in levels)
    return placed(catalog, lambda own, _: (own - {EVERY}) | (ids if EVERY in own else frozenset()))


def of_several(place: str, name: str) -> Iterator[Unread]:
    """What was made of a name that speaks of several levels."""
    lowest = level_up_from(name)
    if lowest is not None:
        yield Unread(place, name, "choice", filled(_UP_FROM, name=name, lowest=lowest))
    elif counts_downwards(name):
        yield Unread(place, name, "choice", filled(_SEVERAL, name=name))


def _with_upwards(catalog: Catalog, ranked: Sequence[Level]) -> Catalog:
    """The catalog with levels in place of those that count upwards: that one, and the higher ones among some."""
    return placed(catalog, lambda own, _: frozenset(id_ for one in own for id_ in _from(one, ranked)))


def _from(level: str, ranked: Sequence[Level]) -> tuple[str, ...]:
    lowest = level.removesuffix(UPWARDS)
    ids = [one.id for one in ranked]
    return tuple(ids[ids.index(lowest) :]) if lowest != level and lowest in ids else (lowest,)


def _at(catalog: Catalog, level: Level) -> frozenset[int]:
    """The requirements that name a level, themselves or by what they stand in, by their places in the document."""
    leaves = enumerate(leaf for leaf in as_given(catalog).leaves())
    return frozenset(n for n, leaf in leaves if level.id in leaf.levels)


def _shrinks(chosen: Sequence[frozenset[int]]) -> bool:
    """Whether each level has no more than what the one before it has, and the last one less than the first."""
    return all(up <= low for low, up in pairwise(chosen)) and chosen[-1] < chosen[0]


def _breaks(catalog: Catalog) -> Iterator[Unread]:
    """Each group with a level that leaves out what counts at the one below it, and which clauses these are."""
    for group, up, low in not_cumulative(catalog):
        given = next(entry for entry in clause_groups(catalog.entries) if entry.mark == group)
        lacking = [
            leaf for child in given.children for leaf in child.leaves() if low in leaf.levels and up not in leaf.levels
        ]
        clauses = "、".join(f"{leaf.mark} {short(leaf.title or leaf.text)}" for leaf in lacking)
        yield Unread(lacking[0].place, group, "choice", filled(_LACKS, up=up, low=low, clauses=clauses))


def _named(levels: Sequence[Level]) -> str:
    return ", ".join(level.labels[0] for level in levels)


def refused(levels: Sequence[Level], asked: Sequence[str], place: Span) -> tuple[Diagnostic, ...]:
    """What is wrong with levels that were asked for: each of the document is named once, and no other."""
    if not asked or _names_each(levels, asked):
        return ()
    found = _named(levels)
    arguments = (("found", found or _NONE), ("given", ", ".join(asked)))
    return (Diagnostic(OTHER_LEVELS, place, arguments),)


def _names_each(levels: Sequence[Level], asked: Sequence[str]) -> bool:
    return sorted(_place(level, asked) for level in levels) == [*range(len(asked))]


def _place(level: Level, asked: Sequence[str]) -> int:
    """Where a level stands among names that may be its id or its label; -1 where it does not."""
    names = (level.id, *level.labels)
    return next((n for n, name in enumerate(asked) if name in names or as_level(name) == level.id), -1)


def _numbers(level: str) -> tuple[int, ...]:
    """The numbers in the name of a level."""
    digits = (int(n) if n.isdigit() else _DIGITS[n] for n in re.findall(r"\d+|[一二三四五六七八九]", level))
    return tuple(digits)


def _usual(levels: Sequence[Level]) -> list[int]:
    """The places of levels on the one scale that has them all, each at a place of its own; [] where none does."""
    words = [_SUFFIX.sub("", level.labels[0].strip().lower()) or level.labels[0] for level in levels]
    for scale in _SCALES:
        places = [n for word in words for n, same in enumerate(scale) if word in same]
        if len(places) == len({*places}) == len(words) > 1:
            return places
    return []
