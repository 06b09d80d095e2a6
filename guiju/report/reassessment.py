"""A comparison with a baseline -> which way it went, what was carried over unconfirmed, what changed and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.comparing.difference import clauses_later, seen_in
from guiju.engine.reasoning.comparing.reassessment import (
    CarriedOver,
    Direction,
    carried_over,
    direction,
    directions,
    no_longer_counting,
)
from guiju.report.assessed import standard_text
from guiju.report.comparison import Comparison, comparison_model, given_text, label_of, seen_model
from guiju.report.comparison_model import SeenModel
from guiju.report.comparison_text import text_of as comparison_text
from guiju.report.enclosures import marked
from guiju.report.facts import in_units_of
from guiju.report.lacking import expired_text
from guiju.report.layout import fitted, joined
from guiju.report.reassessment_model import CarriedOverModel, ReassessmentModel, SinceModel, WentModel
from guiju.report.register import finding_lines, finding_models
from guiju.report.result import expired_models
from guiju.report.result_model import FindingModel
from guiju.report.values import published, set_text, value_text
from guiju.report.words import word

_WENT: dict[Direction, Text] = {
    "improved": Text("改善", "improved"),
    "unchanged": Text("不变", "unchanged"),
    "regressed": Text("退步", "regressed"),
    "otherwise": Text("有变化，但说不上改善或退步", "otherwise, which is neither better nor worse"),
}
_BASELINE = Text("基线评价时点", "Baseline as of")
_SINCE = Text("自基线以来", "Since the baseline")
_CARRIED = Text("沿用、未经重新确认", "Carried over and not confirmed since")
_ALL_NEW = Text("没有未经重新确认的沿用内容", "nothing is carried over without being confirmed")
_RESTS_ON = Text("无证据", "no evidence")
_EXPIRED = Text("当时算数、现已不算数的证据", "Evidence that counted then and does not any more")
_SINCE_THEN = {
    "raised": Text("新提出的评价发现", "Findings raised since"),
    "closed": Text("已关闭的评价发现", "Findings closed since"),
    "still-open": Text("仍未关闭的评价发现", "Findings that are still open"),
    "reopened": Text("重新打开的评价发现", "Findings opened again"),
    "dropped": Text("当时未关闭、现在没有写的评价发现", "Findings that were open and are left out now"),
}
_CHANGES = Text("变化及其原因", "What changed, and by which cause")


def reassessment_model(
    comparison: Comparison, language: Language, diagnostics: tuple[Diagnostic, ...], engine: str
) -> ReassessmentModel:
    """A re-assessment as data. The comparison is of two assessments, the baseline first."""
    assert comparison.sides is not None
    before, after = comparison.sides
    went = directions(comparison.difference, before, after)
    changed = {e.address: (e.before, e.after) for e in comparison.difference.outcomes}
    now = {address: seen for (what, address), seen in seen_in(after).items() if what == "outcome"}
    outcomes = [
        WentModel(
            outcome=address,
            label=label_of(address, comparison.policies, language),
            before=seen_model(changed[address][0] if address in changed else now.get(address)),
            after=seen_model(changed[address][1] if address in changed else now.get(address)),
            direction=went.get(address, "unchanged"),
        )
        for address in dict.fromkeys((*now, *changed))
    ]
    return ReassessmentModel(
        guiju="reassessment/1",
        engine=engine,
        direction=direction([o.direction for o in outcomes]),
        outcomes=outcomes,
        carried_over=[_carried(c, comparison, language) for c in carried_over(before, after)],
        expired=expired_models(no_longer_counting(before, after)),
        findings=list(_since(before, after, language)),
        comparison=comparison_model(comparison, language, diagnostics),
    )


def _since(before: Assessment, after: Assessment, language: Language) -> Iterator[SinceModel]:
    """The findings that were open, and those that came since. One that was open is not forgotten by leaving it out."""
    was = {f.id: f for f in finding_models(before, language)}
    now = {f.id: f for f in finding_models(after, language)}
    same = {id_ for id_ in was.keys() & now.keys() if _is_the_same(was[id_], now[id_], clauses_later(before, after))}
    for id_, f in now.items():
        closed = f.state == "closed"
        if id_ not in same:
            yield SinceModel(finding=f, change="raised", before=None)
        elif was[id_].state != "closed":
            yield SinceModel(finding=f, change="closed" if closed else "still-open", before=_otherwise(was[id_], f))
        elif not closed:
            yield SinceModel(finding=f, change="reopened", before=_otherwise(was[id_], f))
    for id_, f in was.items():
        if id_ not in same and f.state != "closed":
            yield SinceModel(finding=f, change="dropped", before=None)


def _is_the_same(was: FindingModel, now: FindingModel, called: Mapping[str, str]) -> bool:
    """Whether two findings of one number are one; a number may be given again, to what another clause lacks."""
    return called.get(was.clause, was.clause) == now.clause and (
        None in (was.raised, now.raised) or was.raised == now.raised
    )


def _otherwise(was: FindingModel, now: FindingModel) -> FindingModel | None:
    return None if (was.grade, was.statement) == (now.grade, now.statement) else was


def _carried(carried: CarriedOver, comparison: Comparison, language: Language) -> CarriedOverModel:
    if carried.what == "fact":
        label = label_of(f"fact:{carried.about}", comparison.policies, language)
    else:
        clause, _, voice = carried.about.rpartition(" ")
        label = f"{label_of(f'clause:{clause}', comparison.policies, language)} ({word(voice, language)})"
    return CarriedOverModel(
        what=carried.what,
        about=carried.about,
        label=label,
        given=given_text(carried.statement).partition(" [")[0],
        evidence=list(carried.evidence),
    )


def text_of(told: ReassessmentModel, comparison: Comparison, language: Language) -> str:
    """The whole report: which way it went, what was carried over, and the comparison below."""
    return joined(_lines(told, comparison, language)) + "\n"


def _lines(told: ReassessmentModel, comparison: Comparison, language: Language) -> Iterator[str]:
    program, before, after = comparison.policies[1], told.comparison.before, told.comparison.after
    yield standard_text(program, language)
    yield f"{word('subject', language)}: {after.subject}"
    if before.as_of:
        yield f"{_BASELINE.in_language(language)}: {before.as_of}"
    if after.as_of:
        yield f"{word('as-of', language)}: {after.as_of}"
    yield ""
    yield f"{_SINCE.in_language(language)}: {_WENT[told.direction].in_language(language)}"
    for outcome in told.outcomes:
        values = " → ".join(_shown(outcome.outcome, seen, comparison, language) for seen in _sides(outcome))
        way = f"  ({_WENT[outcome.direction].in_language(language)})" if len(told.outcomes) > 1 else ""
        yield f"  {outcome.label}: {values}{way}"
    yield ""
    if told.expired:
        yield f"{_EXPIRED.in_language(language)}: {len(told.expired)}"
        yield from (f"  {expired_text(e, after.as_of, language)}" for e in told.expired)
        yield ""
    if not told.carried_over:
        yield _ALL_NEW.in_language(language)
    else:
        yield f"{_CARRIED.in_language(language)}: {len(told.carried_over)}"
    for carried in told.carried_over:
        verdicts = carried.given.split(", ") if carried.what == "attestation" else []
        given = ", ".join(word(verdict, language) for verdict in verdicts) or in_units_of(carried.given, language)
        rests = f"[{', '.join(carried.evidence)}]" if carried.evidence else f"({_RESTS_ON.in_language(language)})"
        yield from fitted(f"  {carried.label}: {given}", [rests])
    for change, heading in _SINCE_THEN.items():
        if found := [s for s in told.findings if s.change == change]:
            yield ""
            yield f"{heading.in_language(language)}: {len(found)}"
            for since in found:
                yield from finding_lines([since.finding], language)
                if was := since.before:
                    then = word("finding-was", language, grade=word(was.grade, language), said=was.statement)
                    yield from fitted(f"    {then}", [])
    yield ""
    yield _CHANGES.in_language(language)
    yield from comparison_text(comparison, told.comparison, language, every=True).splitlines()


def _sides(outcome: WentModel) -> tuple[SeenModel | None, ...]:
    return (outcome.before,) if outcome.before == outcome.after else (outcome.before, outcome.after)


def _shown(address: str, seen: SeenModel | None, comparison: Comparison, language: Language) -> str:
    program = next((p for p in comparison.policies[::-1] if address in p.definition), None)
    if seen is None or program is None:
        return "–"
    definition = program.definition[address]
    text = set_text(
        program,
        map(published, seen.values),
        lambda value: value_text(program, definition, value, language=language),
        language,
    )
    return marked(text, seen, language)
