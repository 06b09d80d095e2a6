"""The plan: of each outcome the cheapest changes that lead to the next level, in the order in which to make them."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Text
from guiju.engine.reasoning.changes import Aim, Terms, wanted_from
from guiju.engine.reasoning.remedy import Remedy, remedy_for
from guiju.report.document import Block, Listing, Paragraph, Run, Section, text_run
from guiju.report.explained.subject import Explained
from guiju.report.plan import plan_lines

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
    remedy = remedy_for(aim, Terms())
    told = [*plan_lines(aim, level, remedy, explained.language)]
    steps = tuple(_steps(explained, told, remedy))
    first = next((i for i, line in enumerate(told) if line.startswith(_number(1))), len(told)) if steps else len(told)
    heading, *more = told[:first]
    yield Paragraph((Run(heading, style="strong"),), "holds" if remedy.steps == () else "value")
    yield from (Paragraph(text_run(line.strip()), "quiet") for line in more)
    if steps:
        yield Listing(steps)
    last = max((i for i, line in enumerate(told) if line.startswith(_number(len(steps)))), default=len(told))
    rest = [line for line in told[last + 1 :] if not line.startswith(_UNDER)]
    yield from (Paragraph(text_run(line.strip()), "quiet") for line in rest if steps)


def _steps(explained: Explained, told: list[str], remedy: Remedy) -> Iterator[tuple[Run, ...]]:
    """Each change, linked to what it changes, with what it gains behind it."""
    for place, step in enumerate(remedy.steps or (), 1):
        at = next(i for i, line in enumerate(told) if line.startswith(_number(place)))
        gains = told[at + 1].strip() if at + 1 < len(told) and told[at + 1].startswith(_UNDER) else ""
        yield (Run(told[at].strip(), explained.link(step.address)), Run(f"  {gains}", style="quiet"))


_UNDER = " " * 7  # how far in the gains of a step stand


def _number(place: int) -> str:
    return f"{place:>3}  "
