"""A comparison -> its published form, with labels in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.dsl.source import Span
from guiju.engine.addresses import node_name
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Carried, Choice, EvidenceRecord, StatedFact
from guiju.engine.reasoning.comparing.because import Because
from guiju.engine.reasoning.comparing.difference import Cause, Difference, Effect, Given, Seen
from guiju.engine.reasoning.editions.amended import Amended
from guiju.engine.reasoning.editions.amendment import Amendment
from guiju.engine.reasoning.editions.deciding import Agreement
from guiju.engine.reasoning.editions.numbering import ONLY_EARLIER
from guiju.engine.reasoning.editions.rereading import Rereadings
from guiju.engine.reasoning.relevance import outdated
from guiju.report import comparison_model as model
from guiju.report.assessed import Side, evidence_file
from guiju.report.diagnostics_model import diagnostic_model
from guiju.report.facts import stated_text
from guiju.report.left_out import left_out_models
from guiju.report.not_proved import why_not_proved
from guiju.report.result import expired_models
from guiju.report.reworded import both_ways_said, reworded
from guiju.report.words import in_order, plain, word

NO_DIFFERENCE = Difference((), ())


@dataclass(frozen=True)
class Comparison:
    """All that was compared: two policies, and two assessments where evidence was given."""

    policies: tuple[Program, Program]
    amendments: tuple[Amendment, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    sides: tuple[Assessment, Assessment] | None = None
    difference: Difference = NO_DIFFERENCE
    because: tuple[Because, ...] = ()
    engines: tuple[str | None, str | None] = None, None  # that recorded the sides
    rereadings: Rereadings | None = None

    @property
    def both(self) -> tuple[Side, Side]:
        """The policies, each with what was assessed against it."""
        before, after = self.sides or (None, None)
        return Side(self.policies[0], before), Side(self.policies[1], after)

    @property
    def is_none(self) -> bool:
        """Whether nothing that follows is otherwise: of two assessments, or of any subject under two policies."""
        if self.sides is not None:
            return self.difference.is_none
        if not self.agreements:
            return all(a.what == "wording" for a in self.amendments)
        if any(a.what in _OF_EVIDENCE for a in self.amendments):
            return False
        reread = (a for r in (self.rereadings.tried if self.rereadings else ()) for a in r.agreements)
        return all(a.answer in ("same", "never") for a in (*self.agreements, *reread))


#: amendments that decide which evidence counts, of which a subject, who has facts and verdicts, knows nothing
_OF_EVIDENCE = ("validity", "crosswalk")


def comparison_model(
    comparison: Comparison, language: Language, diagnostics: Iterable[Diagnostic] = ()
) -> model.ComparisonModel:
    """A comparison as data."""
    sides = [_side(side, engine, language) for side, engine in zip(comparison.both, comparison.engines, strict=True)]
    causes = comparison.difference.causes
    return model.ComparisonModel(
        guiju="comparison/1",
        before=sides[0],
        after=sides[1],
        amendments=[_amendment(a, comparison.policies, language) for a in comparison.amendments],
        agreements=[_agreement(a, comparison, language) for a in comparison.agreements],
        readings=_readings(comparison.rereadings, comparison, language),
        left_out=[] if comparison.sides else left_out_models(*comparison.policies),
        causes=[_cause(c, comparison, language) for c in causes],
        effects=[_effect(b, comparison, language) for b in comparison.because if comparison.sides],
        unchanged=list(_unchanged(comparison, language)),
        diagnostics=[diagnostic_model(d, language) for d in diagnostics],
    )


def _side(side: Side, engine: str | None, language: Language) -> model.SideModel:
    program, assessment = side.program, side.assessment
    evidence = assessment.bound.evidence if assessment else None
    return model.SideModel(
        policy=program.id,
        policy_digest=program.digest,
        subject=evidence.subject if evidence else None,
        evidence_digest=evidence.digest if evidence else None,
        as_of=evidence.as_of.isoformat() if evidence and evidence.as_of else None,
        engine=engine,
        readings=dict(assessment.readings) if assessment else {},
        designation=program.designation,
        title=program.title.in_language(language),
        evidence=evidence_file(assessment) if assessment else None,
    )


def _effect(because: Because, comparison: Comparison, language: Language) -> model.EffectModel:
    effect = because.effect
    return model.EffectModel(
        what=effect.what,
        address=effect.address,
        label=label_of(effect.address, comparison.policies, language),
        before=_seen_on(effect, effect.before, comparison, 0),
        after=_seen_on(effect, effect.after, comparison, 1),
        because=_because(because, comparison),
        derived=because.derived
        and model.DerivedModel(before=seen_model(because.derived[0]), after=seen_model(because.derived[1])),
    )


def _unchanged(comparison: Comparison, language: Language) -> Iterator[model.UnchangedModel]:
    """The outcomes that both sides have and that are no effect, as the later side finds them."""
    before, after = comparison.sides or (None, None)
    if before is None or after is None:
        return
    effects = {b.effect.address for b in comparison.because if b.effect.what == "outcome"}
    for outcome in after.program.outcomes:
        if outcome in before.program.outcomes and outcome not in effects:
            found = after.possible(outcome)
            seen = seen_model(Seen(frozenset(found.values), exact=found.exact))
            assert seen is not None
            label = label_of(outcome, comparison.policies, language)
            yield model.UnchangedModel(address=outcome, label=label, seen=seen)


def _seen_on(effect: Effect, seen: Seen | None, comparison: Comparison, side: int) -> model.SeenModel | None:
    """What a side comes to; where that is for evidence that does not count, with the records."""
    found = seen_model(seen)
    if found is None or found.reason != "expired" or comparison.sides is None:
        return found
    assessment, id_ = comparison.sides[side], effect.address.partition(":")[2]
    clause = assessment.clauses.get(id_) if effect.what == "clause" else None
    records = outdated(assessment, clause) if clause is not None else assessment.bound.outdated.get(id_, ())
    return found.model_copy(update={"expired": expired_models(records)})


def _because(because: Because, comparison: Comparison) -> model.BecauseModel:
    place = comparison.difference.causes.index
    return model.BecauseModel(
        sufficing=[[place(c) for c in causes] for causes in because.sufficing],
        found=because.found,
        needed=None if because.needed is None else [place(c) for c in because.needed],
    )


def seen_model(seen: Seen | None) -> model.SeenModel | None:
    """What one side comes to as data."""
    if seen is None:
        return None
    return model.SeenModel(
        values=[plain(v) for v in in_order(seen.values)],
        exact=seen.exact,
        reason=seen.reason,
        why=sorted(why.value for why in seen.why),
        expired=[],
    )


def _cause(cause: Cause, comparison: Comparison, language: Language) -> model.CauseModel:
    if isinstance(cause.after, Amended):
        return _amended(cause.after, comparison, language)
    return model.CauseModel(
        what=cause.what,
        about=cause.about,
        label=_label_of_cause(cause, comparison.policies, language),
        before=None if cause.before is None else given_text(cause.before),
        after=None if cause.after is None else given_text(cause.after),
        place_before=_place_of(cause.before),
        place_after=_place_of(cause.after),
        there=_there(cause, language) if cause.what == "crosswalk" else [],
    )


def _there(cause: Cause, language: Language) -> list[model.ThereModel]:
    """The clauses at the other end of a crosswalk that come to something else."""
    one, other = ({c.clause: c for c in carried_of(given)} for given in (cause.before, cause.after))
    beside = ((one.get(clause), other.get(clause)) for clause in {**one, **other})
    return [
        model.ThereModel(
            clause=(was or now).clause,  # type: ignore[union-attr]
            label=(was or now).label.in_language(language),  # type: ignore[union-attr]
            before=was.verdict if was else None,
            after=now.verdict if now else None,
        )
        for was, now in beside
        if was != now
    ]


def carried_of(given: Given | None) -> Iterator[Carried]:
    """The clauses that what a crosswalk carries stands on."""
    said = given if isinstance(given, tuple) else ()
    return (clause for attestation in said for clause in attestation.carried)


def _amended(amended: Amended, comparison: Comparison, language: Language) -> model.CauseModel:
    """Amendments as a cause: what the first of them says."""
    first = _amendment(amended.amendments[0], comparison.policies, language)
    return model.CauseModel(
        what="amendment",
        about=first.about,
        label=first.label,
        before=first.before,
        after=first.after,
        place_before=first.place_before,
        place_after=first.place_after,
        amendments=[comparison.amendments.index(a) for a in amended.amendments],
    )


def _label_of_cause(cause: Cause, policies: tuple[Program, Program], language: Language) -> str:
    match cause.what:
        case "attestation":
            clause, _, voice = cause.about.rpartition(" ")
            return f"{label_of(f'clause:{clause}', policies, language)} ({word(voice, language)})"
        case "crosswalk":
            clause, _, standard = cause.about.rpartition(" ")
            row = next(a.note for given in (cause.after, cause.before) if isinstance(given, tuple) for a in given)
            return f"{label_of(f'clause:{clause}', policies, language)} ← {standard} {row}"
        case "fact" | "input" | "reading":
            return label_of(f"{cause.what}:{cause.about}", policies, language)
    return cause.about


def given_text(given: Given) -> str:
    """What one side gives, in few words."""
    match given:
        case StatedFact():
            cited = f" [{', '.join(given.evidence)}]" if given.evidence else ""
            return f"{stated_text(given.value)}{cited}"
        case Choice():
            return str(given.value)
        case EvidenceRecord():
            dates = (("collected", given.collected_on), ("expires", given.expires))
            return ", ".join((given.kind, *(f"{name} {date.date().isoformat()}" for name, date in dates if date)))
        case datetime():
            return given.isoformat()
        case tuple():
            return ", ".join(dict.fromkeys(a.verdict for a in given))
        case Program():
            return given.span.source.name
        case Amended():
            return given.amendments[0].now
    return given


def _place_of(given: Given | None) -> str | None:
    spans = given[:1] if isinstance(given, tuple) else (given,)
    found = [s for s in (getattr(one, "span", None) for one in spans) if isinstance(s, Span)]
    return place_text(found[0]) if found else None


def place_text(span: Span | None) -> str | None:
    """A place as `file:line:column`."""
    return None if span is None else str(span)


def label_of(address: str, policies: tuple[Program, Program], language: Language) -> str:
    """What an address is called: in the later policy, or in the earlier one where it is there alone."""
    if address.startswith("clause:") and address.endswith(ONLY_EARLIER):
        return _label_in(policies[0], address.removesuffix(ONLY_EARLIER), language)
    return next((label for p in policies[::-1] if (label := _label_in(p, address, language))), address)


def label_of_amendment(a: Amendment, policies: tuple[Program, Program], language: Language) -> str:
    """What an amendment is about; of what is gone by the earlier policy, as its number may be another's now."""
    return label_of(a.about, policies if a.after is not None else policies[::-1], language)


def _label_in(program: Program, address: str, language: Language) -> str:
    if address in program.definition:
        definition = program.definition[address]
        level = f" {word('at-level', language)} {definition.level}" if definition.level else ""
        label = definition.label.in_language(language)
        if definition.kind == "weight" and definition.group:  # it has the label of its group
            return word("weight-of", language, group=label)
        return f"{label}{level}" if definition.kind in ("score", "grade") else node_name(program, definition, language)
    kind, _, id_ = address.partition(":")
    if kind == "clause" and id_ in program.clause:
        clause = program.clause[id_]
        return f"{clause.printed} {clause.label.in_language(language)}"
    if kind == "family":
        shown = next((d.label for d in program.definitions if d.family == id_ and d.group is None), None)
        label = "" if shown is None else shown.in_language(language)
        return id_ if label in ("", id_) else f"{id_} {label}"
    if kind == "option":
        return _option_in(program, id_, language)
    listed = {
        "fact": program.facts,
        "input": program.inputs,
        "reading": program.readings,
        "level": program.levels,
        "group": program.groups,
        "record": program.records,
    }.get(kind, ())
    named = next((t.label.in_language(language) for t in listed if t.id == id_), None)
    return "" if named is None else id_ if named == id_ else f"{id_} {named}".rstrip()


def _option_in(program: Program, id_: str, language: Language) -> str:
    """An option behind its reading, which it is named with: `reading/option`."""
    reading, _, option = id_.partition("/")
    options = (o for r in program.readings if r.id == reading for o in r.options)
    label = next((o.label.in_language(language) for o in options if o.id == option), option)
    return " ".join((_label_in(program, f"reading:{reading}", language), option, *([label] if label != option else [])))


def _amendment(amendment: Amendment, policies: tuple[Program, Program], language: Language) -> model.AmendmentModel:
    before, after = both_ways_said(reworded(amendment, policies, language))
    return model.AmendmentModel(
        what=amendment.what,
        about=amendment.about,
        label=label_of_amendment(amendment, policies, language),
        before=amendment.was or before,
        after=amendment.now or after,
        place_before=place_text(amendment.before),
        place_after=place_text(amendment.after),
    )


def _readings(found: Rereadings | None, comparison: Comparison, language: Language) -> model.RereadingsModel | None:
    if found is None or not found.combinations:
        return None
    return model.RereadingsModel(
        combinations=str(found.combinations),
        tried=len(found.tried),
        alike=sorted(found.alike),
        under=[
            model.RereadModel(
                readings=dict(reread.readings),
                agreements=[_agreement(a, comparison, language) for a in reread.agreements],
            )
            for reread in found.tried
        ],
    )


def _agreement(agreement: Agreement, comparison: Comparison, language: Language) -> model.AgreementModel:
    witness, program = agreement.witness, comparison.policies[1]
    shown = agreement in comparison.agreements and witness is not None
    because = next((b for b in comparison.because if shown and b.effect.address == agreement.outcome), None)
    return model.AgreementModel(
        outcome=agreement.outcome,
        label=program.definition[agreement.outcome].label.in_language(language),
        answer=agreement.answer,
        before=plain(witness.before) if witness else None,
        after=plain(witness.after) if witness else None,
        budget=agreement.budget,
        left_out=list(agreement.left_out),
        hung_on=list(agreement.hung_on),
        why_not_proved=why_not_proved(agreement, program, language) if agreement.answer == "not-proved" else None,
        because=None if because is None else _because(because, comparison),
    )
