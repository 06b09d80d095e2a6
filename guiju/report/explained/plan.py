"""The plan: of each outcome the cheapest changes that lead to the next level, in the order in which to make them."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Text
from guiju.engine.reasoning.planning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.planning.remedy import remedy_for
from guiju.report.document import Block, Listing, Paragraph, Run, Section, text_run
from guiju.report.explained.subject import Explained
from guiju.report.plan import told_plan

_TITLE = Text("怎样达到下一级", "Plan to the next level")
_COSTS = Text(
    "每项改动按费用 1 计；另有费用时用 guiju plan --costs。",
    "Every change counts as cost 1; guiju plan --costs takes other costs.",
)


def plan(explained: Explained) -> Section | None:
    """What to change for each level that stands in question; None where no level does."""
    blocks = tuple(block for w in explained.result.why_not for block in _plan(explained, w.outcome, w.value))
    if not blocks:
        return None
    costs = Paragraph(text_run(explained.said(_COSTS)), "quiet")
    return Section("plan", explained.said(_TITLE), (*blocks, costs))


def _plan(explained: Explained, outcome: str, level: str) -> Iterator[Block]:
    assessment = explained.assessment
    wanted = wanted_from(assessment, outcome, level)
    if not wanted:
        return
    aim = Aim(assessment, outcome, wanted)
    terms = Terms()
    remedy = remedy_for(aim, terms)
    told = told_plan(aim, level, remedy, terms, explained.language)
    yield Paragraph(
        (Run(told.heading, style="strong"),), "holds" if remedy.steps == () and not remedy.chosen else "value"
    )
    if told.proof:
        yield Paragraph(text_run(told.proof), "quiet")
    yield from (Paragraph(text_run(line.strip()), "quiet") for line in told.chosen)
    if told.steps:
        steps = ((Run(s.change, explained.link(s.address)),) for s in told.steps)
        below = (tuple((Run(line, style="quiet"),) for line in s.below) for s in told.steps)
        yield Listing(tuple(steps), ordered=True, below=tuple(below))
    yield from (Paragraph(text_run(line.strip()), "quiet") for line in told.after)
