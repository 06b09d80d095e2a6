"""Assessment -> ResultModel: everything a reader of a result can ask for, as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction
from typing import Literal

from guiju.compiler.ir import UNKNOWN, Definition, Fact, Group, Input, NumberType, Special, Undefined, Value
from guiju.compiler.units import unit_named
from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.engine.ages import Outdated
from guiju.engine.bind import has_ended
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Attestation
from guiju.engine.network import live_operands
from guiju.engine.possible import Possible
from guiju.engine.reasoning.readings.depending import ALL, ReadingEffects, reading_effects
from guiju.engine.reasoning.relevance import (
    OpenValue,
    Unknown,
    given_before,
    lacking,
    open_values,
    outdated,
    takes_part,
    unknowns,
)
from guiju.engine.reasoning.why.contradictions import contradictions
from guiju.engine.reasoning.why.determining import determining
from guiju.engine.reasoning.why.why_not import Shortfall, WhyNot, why_not_from
from guiju.engine.verdicts import ClauseResult
from guiju.report import result_model as model
from guiju.report.assessed import inputs_of
from guiju.report.beside import beside_model
from guiju.report.counted import counted
from guiju.report.diagnostics_model import diagnostic_model
from guiju.report.facts import stated_text
from guiju.report.register import finding_models, sample_model, waiver_models
from guiju.report.under_readings import under_readings
from guiju.report.witness import witnesses
from guiju.report.words import in_order, plain


def result_of(
    assessment: Assessment,
    language: Language,
    diagnostics: tuple[Diagnostic, ...] = (),
    all_readings: bool = False,
) -> model.ResultModel:
    """The published form of an assessment, labels in one language."""
    from guiju import __version__

    program, evidence = assessment.program, assessment.bound.evidence
    effects = reading_effects(assessment, ALL) if all_readings else reading_effects(assessment)
    return model.ResultModel(
        guiju="result/1",
        engine=__version__,
        policy=program.id,
        designation=program.designation,
        policy_digest=program.digest,
        subject=evidence.subject,
        fictional=evidence.fictional,
        as_of=evidence.as_of.isoformat() if evidence.as_of else None,
        target=assessment.bound.target,
        evidence_digest=evidence.digest,
        inputs=inputs_of(assessment),
        outcomes=outcomes_of(assessment, language),
        scores=[_score(assessment, d, language) for d in program.definitions if d.kind == "score" and d.shown],
        groups=_groups(assessment, language),
        clauses=[_clause(assessment, r, language) for r in assessment.items],
        facts=[_fact(assessment, f, language) for f in program.facts if _is_known(assessment, f)],
        unknown=[_unknown(assessment, u) for u in unknowns(assessment)],
        open_values=[_open_value(assessment, v, language) for v in open_values(assessment)],
        why_not=[why_not_model(assessment, o, w, language) for o, w in missed(assessment)],
        readings=_readings(assessment, effects),
        diagnostics=[diagnostic_model(d, language) for d in diagnostics],
        grades=[_score(assessment, d, language) for d in program.definitions if d.kind == "grade" and d.group],
        counted=[_shortfall(s) for o in program.outcomes if (s := counted(assessment, o)) is not None],
        levels=[level.id for level in program.levels],
        contradictions=[model.ContradictionModel(clauses=list(c)) for c in contradictions(assessment)],
        findings=list(finding_models(assessment, language)),
        not_encoded=_not_encoded(assessment, language),
    )


def _not_encoded(assessment: Assessment, language: Language) -> list[model.NotEncodedModel]:
    """What the policy leaves out, where an outcome can have no value: that may be why."""
    values = (v for o in assessment.program.outcomes for v in assessment.possible(o).values)
    if not any(isinstance(v, Undefined) for v in values):
        return []
    return [
        model.NotEncodedModel(
            label=record.label.in_language(language),
            cites=record.cites,
            why=" ".join(text.in_language(language) for key, text in record.properties if key == "why"),
        )
        for record in assessment.program.records
        if record.kind == "not-encoded"
    ]


def possible_model(possible: Possible) -> model.PossibleModel:
    """A set of values as data, numbers first and in order."""
    ordered = in_order(possible.values)
    is_bounded = possible.bounded or ANY not in possible.values
    numbers = [v for v in ordered if isinstance(v, Fraction) and is_bounded]
    return model.PossibleModel(
        values=[plain(v) for v in ordered],
        decided=possible.exact and len(ordered) == 1,
        exact=possible.exact,
        low=str(numbers[0]) if numbers else None,
        high=str(numbers[-1]) if numbers else None,
        why=sorted(why.value for why in possible.why) if not possible.exact else [],
    )


def outcomes_of(assessment: Assessment, language: Language) -> list[model.OutcomeModel]:
    """The questions that the standard answers, with what each answer can be."""
    return [_outcome(assessment, id_, language) for id_ in assessment.program.outcomes]


def _outcome(assessment: Assessment, id_: str, language: Language) -> model.OutcomeModel:
    definition = assessment.program.definition[id_]
    label = definition.label.in_language(language)
    if definition.group and definition.level:  # a group has the same name at each level
        label = f"{label} {definition.level}"
    possible = possible_model(assessment.possible(id_))
    return model.OutcomeModel(id=id_, label=label, possible=possible, witnesses=witnesses(assessment, id_))


def _score(assessment: Assessment, d: Definition, language: Language) -> model.ScoreModel:
    return model.ScoreModel(
        id=d.id,
        family=d.family,
        label=d.label.in_language(language),
        group=d.group,
        level=d.level,
        cites=d.cites,
        possible=possible_model(assessment.possible(d.id)),
        witnesses=witnesses(assessment, d.id) if d.kind == "score" and d.group is None else [],
    )


def _groups(assessment: Assessment, language: Language) -> list[model.GroupModel]:
    program = assessment.program
    below: dict[str, Counter[str]] = {g.id: Counter() for g in program.groups}
    for result in assessment.items:
        for group in program.ancestors(program.clause[result.clause].group):
            below[group][plain(result.verdict)] += 1
    return [_group(assessment, g, below[g.id], language) for g in program.groups]


def _group(assessment: Assessment, group: Group, below: Counter[str], language: Language) -> model.GroupModel:
    program = assessment.program
    own = assessment.possible(f"weight:{group.id}") if f"weight:{group.id}" in program.definition else None
    chain = program.ancestors(group.id)
    return model.GroupModel(
        id=group.id,
        kind=group.kind,
        label=group.label.in_language(language),
        parent=group.parent,
        depth=len(chain) - 1,
        weight=possible_model(own) if own else None,
        takes_part=takes_part(assessment, group.id),
        satisfied=below["satisfied"],
        unsatisfied=below["unsatisfied"],
        not_applicable=below["not-applicable"],
        unknown=below["unknown"],
    )


def _clause(assessment: Assessment, r: ClauseResult, language: Language) -> model.ClauseModel:
    clause = assessment.program.clause[r.clause]
    lacks = lacking(assessment, r)
    return model.ClauseModel(
        id=r.clause,
        cites=clause.printed,
        label=clause.label.in_language(language),
        group=clause.group,
        modality=clause.under(assessment.readings).modality,
        levels=list(clause.levels),
        verdict=plain(r.verdict),
        by=r.by,
        reason=r.reason or (r.detail or None),
        missing=[lack.name for lack in lacks],
        by_facts=plain(r.by_facts),
        attestations=_attestations((a for a in r.attestations if not a.lapsed), language),
        disagreeing=_attestations(r.disagreeing, language),
        evidence=list(r.evidence),
        takes_part=takes_part(assessment, clause.group),
        alternatives={lack.name: list(lack.instead) for lack in lacks if lack.instead},
        expired=expired_models(outdated(assessment, r)) if r.reason == "expired" else [],
        given_before=[lack.name for lack in given_before(assessment, r)] if r.reason == "expired" else [],
        lapsed=_attestations(assessment.bound.lapsed.get(r.clause, ()), language, assessment.bound.evidence.as_of),
        vendor_alone=r.is_vendors_word,
        unsupported=list(_unsupported(assessment, r)),
        verdict_only=r.is_verdict_only,
        waivers=list(waiver_models(assessment.bound, r.clause)),
    )


def _unsupported(assessment: Assessment, r: ClauseResult) -> Iterator[str]:
    """Of what determines a clause that facts decide: the facts that are stated without evidence."""
    found = determining(assessment, f"clause:{r.clause}") if r.by == "facts" else frozenset()
    bare = {id_ for id_ in assessment.bound.facts if not assessment.bound.stated[id_].evidence}
    stack, seen = [assessment.network.at[f"clause:{r.clause}"]] if found else [], set[int]()
    while stack:
        node = assessment.network.nodes[stack.pop()]
        if node.index in seen or node.index not in found:
            continue
        seen.add(node.index)
        if isinstance(node.subject, Fact) and node.subject.id in bare:
            yield node.subject.id
        stack.extend(live_operands(node, assessment.values))  # an option that was not taken is nothing it stands on


def expired_models(records: Iterable[Outdated]) -> list[model.ExpiredModel]:
    """Evidence that does not count, as data."""
    return [
        model.ExpiredModel(evidence=o.record.id, why=o.why, expires=o.until.isoformat() if o.until else None)
        for o in records
    ]


def _is_known(assessment: Assessment, fact: Fact) -> bool:
    index = assessment.network.at.get(f"fact:{fact.id}")
    return fact.id in assessment.bound.stated or (index is not None and assessment.values[index] is not UNKNOWN)


def _fact(assessment: Assessment, fact: Fact, language: Language) -> model.FactModel:
    bound, network = assessment.bound, assessment.network
    stated, index = bound.stated.get(fact.id), network.at.get(f"fact:{fact.id}")
    value = bound.facts.get(fact.id, UNKNOWN) if index is None else assessment.values[index]
    operands = network.nodes[index].operands if index is not None else ()
    computed = assessment.values[operands[0]] if operands else UNKNOWN
    return model.FactModel(
        id=fact.id,
        label=fact.label.in_language(language),
        unit=fact.type.unit if isinstance(fact.type, NumberType) else None,
        value=_in_unit(fact, value),
        stated=stated_text(stated.value) if stated else None,
        computed=None if computed is UNKNOWN else _in_unit(fact, computed),
        evidence=list(stated.evidence) if stated else [],
        expired=expired_models(bound.outdated.get(fact.id, ())),
        note=stated.note if stated else None,
        sample=sample_model(stated.sample) if stated else None,
    )


def _in_unit(fact: Fact, value: Value) -> str:
    unit = unit_named(fact.type.unit) if isinstance(fact.type, NumberType) else None
    return plain(value / unit.factor if unit and isinstance(value, Fraction) else value)


def _open_value(assessment: Assessment, v: OpenValue, language: Language) -> model.OpenValueModel:
    program = assessment.program
    thing = next(t for t in (*program.facts, *program.inputs) if t.id == v.lack.name)
    return model.OpenValueModel(
        name=thing.id,
        kind="input" if isinstance(thing, Input) else "fact",
        label=thing.label.in_language(language),
        alternatives=list(v.lack.instead),
        matters=v.matters,
        outcome=v.outcome,
        under={plain(option): _plain(found) for option, found in v.under},
    )


def _attestations(
    attestations: Iterable[Attestation], language: Language, as_of: datetime | None = None
) -> list[model.AttestationModel]:
    return [
        model.AttestationModel(
            voice=a.voice,
            verdict=a.verdict,
            by=a.by,
            reason=a.reason,
            evidence=list(a.evidence),
            note=a.note,
            carried=[
                model.CarriedModel(clause=c.clause, label=c.label.in_language(language), verdict=c.verdict, by=c.by)
                for c in a.carried
            ],
            until=a.until.isoformat() if a.until else None,
            ended=has_ended(a, as_of),
            sample=sample_model(a.sample),
        )
        for a in attestations
    ]


def _unknown(assessment: Assessment, u: Unknown) -> model.UnknownModel:
    return model.UnknownModel(
        clause=u.result.clause,
        reason=u.result.reason,
        missing=[lack.name for lack in lacking(assessment, u.result)],
        matters=u.matters,
        outcome=u.outcome,
        if_satisfied=_plain(u.if_satisfied),
        if_unsatisfied=_plain(u.if_unsatisfied),
        if_not_applicable=_plain(u.if_not_applicable),
        takes_part=takes_part(assessment, assessment.program.clause[u.result.clause].group),
    )


def missed(assessment: Assessment) -> list[tuple[str, WhyNot]]:
    """For each grade the next value that is not surely reached, and the target if that is another one."""
    program = assessment.program
    levels = [level.id for level in program.levels]
    found = []
    for outcome in program.outcomes:
        values = assessment.possible(outcome).values
        reached = max((levels.index(str(v)) for v in values if v in levels), default=-1)
        surely = min((levels.index(str(v)) if v in levels else -1 for v in values), default=-1)
        wanted = {levels[surely + 1]} if surely + 1 < len(levels) else set()
        wanted |= {levels[reached + 1]} if reached + 1 < len(levels) else set()
        target = assessment.bound.target
        if target in levels and levels.index(target) > surely:
            wanted.add(target)
        answers = (why_not_from(assessment, outcome, level) for level in levels if level in wanted)
        found += [(outcome, w) for w in answers if w is not None and w.holds is not True]
    return found


def why_not_model(assessment: Assessment, outcome: str, w: WhyNot, language: Language) -> model.WhyNotModel:
    """A why-not answer as data."""
    return model.WhyNotModel(
        outcome=outcome,
        value=w.value,
        holds=_three(w.holds),
        entered=_three(w.entered),
        score=_plain(w.score),
        shortfalls=[_shortfall(s) for s in w.shortfalls],
        missing=list(w.lacks),
        besides=[d.id for d in w.besides],
        unweighted=w.unweighted,
        barred=w.barred,
        only_one=w.only_one,
        beside=[beside_model(assessment, b, language) for b in w.beside],
    )


def _shortfall(s: Shortfall) -> model.ShortfallModel:
    return model.ShortfallModel(
        score=s.definition.id,
        group=s.definition.group,
        level=s.definition.level,
        values=_plain(s.values),
        failed=list(s.failed),
        not_shown=list(s.not_shown),
        failed_too=list(s.failed_too),
    )


def _plain(values: Iterable[Value]) -> list[str]:
    """Values as text, numbers first and in order."""
    return [plain(v) for v in in_order(values)]


def _three(value: bool | Special) -> Literal["true", "false", "unknown"]:
    return "unknown" if value is UNKNOWN else "true" if value else "false"


def _readings(assessment: Assessment, effects: ReadingEffects) -> model.ReadingsModel:
    return model.ReadingsModel(
        chosen=dict(assessment.readings),
        active=list(effects.active),
        combinations=effects.combinations,
        tried=effects.tried,
        complete=effects.complete,
        same=_same(assessment, effects),
        changing=[
            model.AlternativeModel(
                readings=dict(a.readings),
                outcomes={o: _plain(values) for o, values in a.outcomes.items()},
                enclosed=sorted(a.enclosed),
            )
            for a in effects.changing
        ],
        outcomes=under_readings(assessment, effects),
    )


def _same(assessment: Assessment, effects: ReadingEffects) -> list[str]:
    """The outcomes that keep all their values and gain none, whichever combination is tried."""
    here = {o: frozenset(assessment.possible(o).values) for o in assessment.program.outcomes}
    return [o for o, values in here.items() if all(a.outcomes[o] == values for a in effects.changing)]
