"""The table of groups: in the layout of the standard's own table of levels where it has one, else by verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from guiju.dsl.diagnostic import Text
from guiju.exchange.families import family_name
from guiju.report import result_model as model
from guiju.report.document import Block, Cell, Mark, Paragraph, Row, Run, Section, Table, cell, text_run
from guiju.report.explained.subject import Explained

_TITLE = Text("逐组逐级", "Groups by level")
_FLAT_TITLE = Text("逐组", "Groups")
_AS_PRINTED = Text(
    "按{cites} 的版式：每一格是该级计入的条款", "Laid out as {cites}: each cell has the clauses that count there"
)
_COUNTING = Text("每一格是该级计入的条款", "Each cell has the clauses that count there")
_BY_VERDICT = Text("各组的条款和得分", "Clauses and scores of each group")
_LEGEND = Text(
    "✓ 满足　✗ 不满足　? 未知　○ 不适用；— 不计入该级或不参与评价。",
    "✓ satisfied  ✗ unsatisfied  ? unknown  ○ not applicable; — not counted at that level, or taking no part.",
)
_LINKED = Text("格中的条款号可点开。", "Numbers of clauses lead to their derivation.")
_READ = Text("按读法 {reading}", "as read by {reading}")
_NO_PART = Text("不参与", "takes no part")
_SIGNS = {"satisfied": "✓", "unsatisfied": "✗", "unknown": "?", "not-applicable": "○"}
_NOTHING = "—"


def levels(explained: Explained) -> Section | None:
    """The table of groups; None where a standard has none."""
    if not explained.result.groups:
        return None
    printed = explained.heads.policy.membership
    title = _TITLE if explained.result.levels else _FLAT_TITLE
    legend = [explained.said(_LEGEND), *([explained.said(_LINKED)] if explained.with_sources else [])]
    blocks: tuple[Block, ...] = (
        Paragraph(text_run(("" if explained.language == "zh" else " ").join(legend)), "quiet"),
    )
    if printed is None:
        return Section("groups", explained.said(title), (*blocks, _by_verdict(explained)))
    header = (explained.head("group"), *(explained.level(x) for x in explained.result.levels))
    caption = explained.said(_AS_PRINTED if printed.cites else _COUNTING, cites=explained.cited(printed.cites))
    table = Table(caption, header, tuple(_rows(explained)), heat=True)
    return Section("groups", explained.said(title), (*blocks, table))


# --- groups by level, as printed -------------------------------------------------------------------------------------


def _rows(explained: Explained) -> Iterator[Row]:
    """A row for each group, with its score at each level; of those in the printed table the clauses that count."""
    printed = explained.heads.policy.membership
    for group in explained.result.groups:
        title = Cell(((Run(group.label, style="strong"),),))
        if printed is not None and group.id in printed.rows:
            title = Cell(((Run(group.id, style="strong"), Run(f" {'' if group.label == group.id else group.label}")),))
            cells = [_counted(explained, group, level) for level in explained.result.levels]
        else:
            cells = [_scored(explained, group, level) for level in explained.result.levels]
        yield Row((title, *cells), depth=group.depth)


def _counted(explained: Explained, group: model.GroupModel, level: str) -> Cell:
    """The clauses of a group that count at a level: how many of which verdict, and those that are not satisfied."""
    found = [c for c in explained.result.clauses if c.group == group.id and explained.counts(c, level)]
    if not found or not group.takes_part:
        return cell(_NOTHING if group.takes_part else explained.said(_NO_PART), mark="quiet")
    numbers = Counter(c.verdict for c in found)
    printed = Run(f"{_printed(explained, group, level)}  ", style="quiet")
    first = "  ".join(f"{sign}\u00a0{numbers[verdict]}" for verdict, sign in _SIGNS.items() if numbers[verdict])
    told = [_clause_runs(explained, c, group) for c in found if c.verdict != "satisfied"]
    return Cell(((printed, Run(f"{first}{':' if told else ''}")), *told), _mark(numbers))


def _printed(explained: Explained, group: model.GroupModel, level: str) -> str:
    """What the cell of the printed table says."""
    policy = explained.heads.policy
    assert policy.membership is not None
    cells = policy.at(policy.membership.rows[group.id]).split("|")[1:]
    cell_ = dict(zip(explained.result.levels, cells, strict=False)).get(level, "").strip()
    patched = policy.membership.sets.patched_by(group.id, level, dict(explained.result.readings.chosen))
    return f"{cell_} ({explained.said(_READ, reading=patched)})" if patched else cell_


def _clause_runs(explained: Explained, clause: model.ClauseModel, group: model.GroupModel) -> tuple[Run, ...]:
    mark = clause.cites.removeprefix(group.id).strip() or clause.cites
    return (Run(f"{_SIGNS[clause.verdict]} "), Run(mark, explained.link(f"clause:{clause.id}")))


def _mark(numbers: Counter[str]) -> Mark:
    if numbers["unsatisfied"]:
        return "fails"
    return "unknown" if numbers["unknown"] else "holds" if numbers["satisfied"] else "quiet"


def _scored(explained: Explained, group: model.GroupModel, level: str) -> Cell:
    """The scores of a group at a level."""
    if not group.takes_part:
        return cell(explained.said(_NO_PART), mark="quiet")
    scores = [s for s in explained.result.scores if (s.group, s.level) == (group.id, level)]
    lines = tuple(
        (Run(explained.possible(s.possible, s.id), explained.link(s.id), "strong"),)
        for s in scores
        if s.possible.values != ["not-entered"]
    )
    if lines:
        return Cell(lines)
    return cell(explained.word("not-entered") if scores else "", mark="quiet")


# --- groups by verdict -----------------------------------------------------------------------------------------------


def _by_verdict(explained: Explained) -> Table:
    families = dict.fromkeys(s.family for s in explained.result.scores if s.group)
    names = [family_name(explained.program, f, explained.language) for f in families]
    verdicts = [f"{sign} {explained.word(verdict)}" for verdict, sign in _SIGNS.items()]
    rows = tuple(_verdict_row(explained, g, tuple(families)) for g in explained.result.groups)
    return Table(explained.said(_BY_VERDICT), (explained.head("group"), *verdicts, *names), rows, heat=True)


def _verdict_row(explained: Explained, group: model.GroupModel, families: Sequence[str]) -> Row:
    numbers = Counter(
        {
            "satisfied": group.satisfied,
            "unsatisfied": group.unsatisfied,
            "unknown": group.unknown,
            "not-applicable": group.not_applicable,
        }
    )
    marks: dict[str, Mark] = {"satisfied": "holds", "unsatisfied": "fails", "unknown": "unknown"}
    counted = [cell(str(n) if n else "", mark=marks.get(v, "quiet") if n else "value") for v, n in numbers.items()]
    return Row((_titled(group), *counted, *(_family_cell(explained, group, f) for f in families)), depth=group.depth)


def _titled(group: model.GroupModel) -> Cell:
    name = f" {group.label}" if group.label != group.id else ""
    return Cell(((Run(group.id if group.id[:1].isdigit() else "", style="strong"), Run(name or group.label)),))


def _family_cell(explained: Explained, group: model.GroupModel, family: str) -> Cell:
    scores = [s for s in explained.result.scores if (s.family, s.group) == (family, group.id)]
    lines = tuple((Run(explained.possible(s.possible, s.id), explained.link(s.id), "strong"),) for s in scores)
    return Cell(lines)
