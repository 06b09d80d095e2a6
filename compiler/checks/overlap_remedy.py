"""What to write where two rows of a table overlap: the rows themselves, where they are intervals of one number."""

from __future__ import annotations

from dataclasses import dataclass, replace

from guiju.compiler.checks.intervals import Interval, interval_of
from guiju.compiler.checks.tables import Table
from guiju.dsl.diagnostic import Text
from guiju.dsl.source import Span

_PART = Text(
    "使每种情况只落在一行里，例如一端用 <，另一端用 <=",
    "let each case be in one row, and say `<` in one and `<=` in the other",
)


@dataclass(frozen=True)
class _Row:
    """A row as it is written up to its condition, and the numbers for which that holds."""

    ahead: str
    interval: Interval
    quantity: str

    def written(self, interval: Interval | None = None) -> str:
        return f"{self.ahead}{(interval or self.interval).written(self.quantity)}"


def remedy(table: Table, first: Span, then: Span) -> Text:
    """What to write instead of two rows; `first` is tried before `then`, of levels because it is the higher one."""
    one, other = _row(table, first), _row(table, then)
    if one is None or other is None:
        return _PART
    if table.is_levelled and not table.exclusive:
        return _of_levels(one, other) or _apart(one, other) or _PART
    if one.interval.takes_in(other.interval) and not table.exclusive:
        return Text(
            f"先成立的一行算：把“{other.written()}”移到“{one.written()}”前面",
            f"the first row that holds counts: write `{other.written()}` above `{one.written()}`",
        )
    return _apart(one, other) or _PART


def _row(table: Table, place: Span) -> _Row | None:
    quantity = table.quantity
    for condition, span in table.rows:
        if span == place and quantity is not None:
            interval = interval_of(condition, quantity)
            ahead = " ".join(span.source.text[span.start : condition.span.start].split())
            return _Row(f"{ahead} ", interval, quantity) if interval and not interval.is_backward else None
    return None


def _of_levels(higher: _Row, lower: _Row) -> Text | None:
    """The highest level that holds counts, each by its own score: the one bound that it is won by says all."""
    high, low = higher.interval, lower.interval
    if high.takes_in(low):
        one, other = higher.written(low), lower.written(high)
        return Text(
            f"较高的一级要求反而低：最好的等级在 levels 里列在最后；次序没有错的，两行对调，写“{one}”和“{other}”",
            "the higher level asks for less: list the best level last; where it is, exchange the two and write "
            f"`{one}` and `{other}`",
        )
    if high.high is not None and low.high is not None and high.high < low.high:
        one, other = higher.written(high.without_low()), lower.written(low.without_low())
        return _one_bound(Text("上限", "upper"), one, other)
    if high.low is not None and low.low is not None and high.low > low.low:
        one, other = higher.written(high.without_high()), lower.written(low.without_high())
        return _one_bound(Text("下限", "lower"), one, other)
    return None


def _one_bound(kept: Text, one: str, other: str) -> Text:
    return Text(
        f"各级只写{kept.zh}，写“{one}”和“{other}”，成立的各级里取最高的；每级看自己那一级的得分，"
        "另一端也写了界限，胜过这一级而不够上一级的就没有等级",
        f"give each level its {kept.en} bound only, `{one}` and `{other}`: of the levels that hold the highest counts, "
        "and each looks at its own score; with the other bound as well, who does better than this level and not well "
        "enough for the next has none",
    )


def _apart(one: _Row, other: _Row) -> Text | None:
    """The two rows without what they share: the one below ends where the other begins."""
    a, b = one.interval, other.interval
    if a.takes_in(b) or b.takes_in(a):
        wide, narrow = (one, other) if a.takes_in(b) else (other, one)
        cut = _cut(wide.interval, narrow.interval)
        said = {id(narrow): narrow.written(), id(wide): wide.written(cut)} if cut else {}
    else:
        below, above = (one, other) if a.begins_before(b) else (other, one)
        said = {id(below): below.written(below.interval.ended_before(above.interval)), id(above): above.written()}
    if not said:
        return None
    first, second = said[id(one)], said[id(other)]
    return Text(
        f"使每种情况只落在一行里，例如写“{first}”和“{second}”",
        f"let each case be in one row, for example write `{first}` and `{second}`",
    )


def _cut(wide: Interval, narrow: Interval) -> Interval | None:
    """What a wider interval has beyond one inside it, where that is one stretch."""
    if wide.ends_with(narrow) and not wide.begins_with(narrow):
        return wide.ended_before(narrow)
    if wide.begins_with(narrow) and not wide.ends_with(narrow):
        return replace(wide, low=narrow.high, low_in=not narrow.high_in, low_text=narrow.high_text)
    return None
