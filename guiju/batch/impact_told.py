"""Counts of what turns -> ImpactModel, and what the command says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from guiju.batch.answers import OPEN, Tally
from guiju.batch.impact import ADDED, DROPPED, Swept, Turn, Turned, shared_outcomes
from guiju.batch.impact_model import (
    ImpactModel,
    OutcomeImpactModel,
    RulesModel,
    SettingModel,
    StepModel,
    ThroughModel,
    TurnModel,
)
from guiju.batch.published import outcome_model
from guiju.batch.run import Done, Job
from guiju.batch.summary import about, grouped
from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.report.agreeing import agreeing
from guiju.report.diagnostics_model import diagnostic_model
from guiju.report.document import Stack, Stacks
from guiju.report.layout import joined, table
from guiju.report.values import published, value_text
from guiju.report.words import word

_MOST = 5  # clauses of a turn that are told
_ROWS = Text(
    "{tables} 个表，行数 {read}：两边都有结果 {answered}；结果改变 {changed}（{share}）",
    "Rows of {tables:table|tables}: {read}; answered on both sides: {answered}; changed: {changed} ({share})",
)
_REJECTED = Text("不能用 {rejected}（guiju batch 说明原因）", "rejected: {rejected} (`guiju batch` tells why)")
_REASONS = Text("不能用 {rejected}（原因见 {path}）", "rejected: {rejected} (the reasons are in {path})")
_SET, _ROW = Text("设为", "Set"), Text("行数", "rows")
_THROUGH = {
    "turned": Text("经由 {clauses}", "through {clauses}"),
    "added": Text("经由新增的 {clauses}（未满足）", "through {clauses}, which is added and not satisfied"),
    "dropped": Text("经由删去的 {clauses}（原未满足）", "through {clauses}, which is dropped and was not satisfied"),
}
_WITHOUT = Text("没有条款的结论改变：{rows}", "no verdict of a clause turns: {rows}")
_UP, _DOWN = Text("升 {n} 级", "up {n:level|levels}"), Text("降 {n} 级", "down {n:level|levels}")
_NOTHING = Text("没有一行的结果改变", "No outcome of any row is otherwise")
_SWEEP = Text("{threshold} 取各值时", "With {threshold} set to")
_CHANGED = Text("结果改变", "changed")


@dataclass(frozen=True)
class Sides:
    """The policies that were compared, and which thresholds were set: name, as it is, as it would be."""

    before: Program
    after: Program | None
    settings: tuple[tuple[str, str, str], ...]
    sweep: str | None = None
    values: tuple[str, ...] = ()


def impact_of(
    sides: Sides, run: tuple[Job, Done], diagnostics: Iterable[Diagnostic], language: Language
) -> ImpactModel:
    """The impact as it is published."""
    job, done = run
    counts = job.counts
    turned = counts if isinstance(counts, Turned) else Turned()
    steps = counts.tallies if isinstance(counts, Swept) else ()
    return ImpactModel(
        guiju="impact/1",
        before=_rules(sides.before),
        after=_rules(sides.after) if sides.after is not None else None,
        settings=[SettingModel(threshold=t, before=b, after=a) for t, b, a in sides.settings],
        tables=[t.shown for t, _ in job.tables],
        read=done.read,
        answered=counts.rows,
        rejected=done.rejected,
        rejects=str(job.place.rejects) if done.rejected and job.place.rejects is not None else None,
        changed=turned.changed if sides.after is not None else None,
        outcomes=list(_outcomes(sides.before, sides.after, turned, language)) if sides.after else [],
        sweep=sides.sweep,
        steps=[_step(sides, i, tally, counts, language) for i, tally in enumerate(steps) if isinstance(counts, Swept)],
        diagnostics=[diagnostic_model(d, language) for d in diagnostics],
    )


def _rules(program: Program) -> RulesModel:
    return RulesModel(policy=program.id, designation=program.designation, policy_digest=program.digest)


def _step(sides: Sides, at: int, tally: Tally, counts: Swept, language: Language) -> StepModel:
    outcomes = [outcome_model(sides.before, o, tally, language) for o in sides.before.outcomes]
    return StepModel(value=sides.values[at], changed=counts.changed[at], outcomes=outcomes)


def _outcomes(before: Program, after: Program, turned: Turned, language: Language) -> Iterator[OutcomeImpactModel]:
    for outcome in shared_outcomes(before, after):
        turns = [t for t in turned.turns if t[0] == outcome]
        yield OutcomeImpactModel(
            id=outcome,
            label=after.definition[outcome].label.in_language(language),
            before=outcome_model(before, outcome, turned.before, language),
            after=outcome_model(after, outcome, turned.after, language),
            turns=[
                _turn((before, after), t, turned, language) for t in sorted(turns, key=lambda t: (-turned.turns[t], t))
            ],
        )


def _turn(sides: tuple[Program, Program], turn: Turn, turned: Turned, language: Language) -> TurnModel:
    outcome, was, then = turn
    before, after = sides
    clauses = sorted(turned.through.get(turn, {}).items(), key=lambda c: -c[1])
    return TurnModel(
        before=was,
        after=then,
        label_before=_label(before, outcome, was, language),
        label_after=_label(after, outcome, then, language),
        rows=turned.turns[turn],
        levels=_rise(after, was, then),
        through=[_through(sides, c, n, language) for c, n in clauses],
        without_clauses=turned.without[turn],
    )


def _through(sides: tuple[Program, Program], marked: str, rows: int, language: Language) -> ThroughModel:
    before, after = sides
    clause = marked.removeprefix(ADDED).removeprefix(DROPPED)
    how: Literal["turned", "added", "dropped"] = "turned"
    if clause != marked:
        how = "added" if marked.startswith(ADDED) else "dropped"
    label = _clause(before if how == "dropped" else after, clause, language)
    return ThroughModel(clause=clause, how=how, label=label, rows=rows)


def _label(program: Program, outcome: str, value: str, language: Language) -> str:
    if value == OPEN:
        return word("unknown", language)
    return value_text(program, program.definition[outcome], published(value), language)


def _clause(program: Program, clause: str, language: Language) -> str:
    said = program.clause[clause]
    return f"{said.printed} {said.label.in_language(language)}"


def _rise(program: Program, was: str, then: str) -> int | None:
    levels = ["none", *(level.id for level in program.levels)]
    return levels.index(then) - levels.index(was) if was in levels and then in levels else None


# --- in words ------------------------------------------------------------------------------------------------------


def text_of(model: ImpactModel, title: Text, language: Language) -> str:
    """The impact for people: how many rows turn, from what to what, through which clauses; or a sweep as a table."""
    return joined(_lines(model, title, language)) + "\n"


def _lines(model: ImpactModel, title: Text, language: Language) -> Iterator[str]:
    names = dict.fromkeys(side.designation for side in (model.before, model.after) if side is not None)
    yield f"{' → '.join(names)}  {title.in_language(language)}"
    for s in model.settings:
        yield f"{_SET.in_language(language)} {s.threshold}: {s.before} → {s.after}"
    if model.changed is not None:
        told = {"read": grouped(model.read), "answered": grouped(model.answered), "changed": grouped(model.changed)}
        share = about(model.changed, model.answered) or "0 %"
        yield agreeing(_ROWS.in_language(language), tables=len(model.tables), share=share, **told)
    if model.rejected:
        rejected = _REJECTED if model.rejects is None else _REASONS
        yield rejected.in_language(language).format(rejected=grouped(model.rejected), path=model.rejects)
    for outcome in model.outcomes:
        yield from _outcome_lines(outcome, model.answered, language)
    if model.changed == 0:
        yield ""
        yield _NOTHING.in_language(language)
    if model.sweep is not None:
        yield ""
        yield from _sweep_lines(model, model.sweep, language)


def _outcome_lines(outcome: OutcomeImpactModel, answered: int, language: Language) -> Iterator[str]:
    was = {v.value: v for v in outcome.before.values}
    then = {v.value: v for v in outcome.after.values}
    yield ""
    rows = [(outcome.label, _ROW.in_language(language), "", "")]
    for value in dict.fromkeys((*was, *then)):
        before, after = (side[value].rows if value in side else 0 for side in (was, then))
        sign = f"{after - before:+d}" if after != before else ""
        rows.append((f"  {(was.get(value) or then[value]).label}", grouped(before), f"→ {grouped(after)}", sign))
    yield from table(rows)
    for turn in outcome.turns:
        yield ""
        rise = "" if not turn.levels else (_UP if turn.levels > 0 else _DOWN).in_language(language)
        by = f"  {agreeing(rise, n=abs(turn.levels or 0))}" if rise else ""
        yield f"{turn.label_before} → {turn.label_after}{by}: {grouped(turn.rows)} ({about(turn.rows, answered)})"
        for clause in turn.through[:_MOST]:
            through = _THROUGH[clause.how].in_language(language).format(clauses=clause.label)
            yield f"  {through}: {grouped(clause.rows)}"
        if len(turn.through) > _MOST:
            yield f"  … +{len(turn.through) - _MOST}"
        if turn.without_clauses:
            yield f"  {_WITHOUT.in_language(language).format(rows=grouped(turn.without_clauses))}"


def _sweep_lines(model: ImpactModel, threshold: str, language: Language) -> Iterator[str]:
    """A line for each value: how many rows change, and how many have each value of the first outcome."""
    labels = _parts(model)
    rows = [
        [_SWEEP.in_language(language).format(threshold=threshold), _CHANGED.in_language(language), *labels.values()]
    ]
    for step in model.steps:
        counts = {v.value: v.rows for outcome in step.outcomes[:1] for v in outcome.values}
        rows.append([f"  {step.value}", grouped(step.changed), *(grouped(counts.get(v, 0)) for v in labels)])
    yield from table(rows)


def _parts(model: ImpactModel) -> dict[str | None, str]:
    """The values of the first outcome at any step, in one order, what is open last."""
    listed = [v for step in model.steps for outcome in step.outcomes[:1] for v in outcome.values]
    ordered = sorted(listed, key=lambda v: (v.value is None, v.rank))
    return {v.value: v.label for v in ordered}


def chart_of(model: ImpactModel, language: Language) -> Stacks:
    """A sweep as columns, one for each value: how the rows fall into the values of the first outcome."""
    outcome = model.steps[0].outcomes[0]
    labels = _parts(model)
    stacks = []
    for step in model.steps:
        counts = {v.value: v.rows for v in step.outcomes[0].values}
        stacks.append(Stack(step.value, tuple(Fraction(counts.get(value, 0)) for value in labels)))
    title = f"{outcome.label} / {model.sweep}"
    said = "\n".join(_sweep_lines(model, str(model.sweep), language))
    return Stacks(title, tuple(labels.values()), tuple(stacks), said, last_is_open=None in labels)
