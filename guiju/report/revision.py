"""Two editions -> what an editor says of the revision: change by change, and which subject comes to another outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from guiju.compiler.ir import Clause, FactRef, Program, Verdict
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.engine.evaluate import evaluate
from guiju.engine.evidence import Attestation, StatedFact
from guiju.engine.proving.editions import settled_by_solver
from guiju.engine.reasoning.comparing.because import Because, because_of_witness
from guiju.engine.reasoning.comparing.difference import Cause
from guiju.engine.reasoning.editions.amended import Amended
from guiju.engine.reasoning.editions.amendment import Amendment, AmendmentKind
from guiju.engine.reasoning.editions.amendments import amendments
from guiju.engine.reasoning.editions.deciding import MOST_SWEPT, Agreement, agreements
from guiju.engine.reasoning.editions.numbering import ONLY_EARLIER
from guiju.engine.reasoning.editions.renamed import aligned
from guiju.engine.reasoning.editions.renumbering import called_before, earlier_clauses
from guiju.engine.reasoning.editions.requirement import inside
from guiju.engine.reasoning.editions.subject import bound_leniently
from guiju.report import revision_model as model
from guiju.report.chapters import CHAPTER
from guiju.report.comparison import label_of_amendment, place_text
from guiju.report.comparison_text import said_there
from guiju.report.diagnostics_model import diagnostic_model
from guiju.report.facts import stated_text
from guiju.report.not_proved import why_not_proved
from guiju.report.reworded import OF_WORDS, Reworded, both_ways_said, reworded
from guiju.report.values import value_text
from guiju.report.words import plain

#: where an editor lists a change
_SENTENCES: Mapping[AmendmentKind, Text] = {
    "clause-added": Text("{label}，计入 {now}", "{label}; it counts at {now}"),
    "clause-removed": Text("{label}，原计入 {was}", "{label}; it counted at {was}"),
    "clause-renumbered": Text("{label}，原为 {was}", "{label}, which was {was}"),
    "renamed": Text("{label}，原称 {was}", "{label}, called {was} before"),
    "meaning": Text("{label}：{words}，所指可能不同", "{label}: {words}, which may be something else"),
    "requirement": Text("{label}：{words}", "{label}: {words}"),
    "threshold": Text("{label}：{was} 改为 {now}", "{label}: {now} instead of {was}"),
    "condition": Text("{label}：条件由 {was} 改为 {now}", "{label}: the condition is {now}, and was {was}"),
    "applicability": Text("{label}：适用条件由 {was} 改为 {now}", "{label}: applies when {now}, and was {was}"),
    "modality": Text("{label}：“{was}”改为“{now}”", "{label}: “{now}” instead of “{was}”"),
    "group": Text("{label}：由 {was} 移到 {now}", "{label}: moved from {was} to {now}"),
    "level": Text("{label}：计入 {now}，原计入 {was}", "{label}: counts at {now}, and counted at {was}"),
    "counted": Text("{label}：计数的范围有变", "{label}: it is counted elsewhere"),
    "weight": Text("{label}：{was} 改为 {now}", "{label}: {now} instead of {was}"),
    "validity": Text(
        "{label}：证据有效期 {was} 改为 {now}", "{label}: evidence counts for {now}, and counted for {was}"
    ),
    "type": Text("{label}：取值由 {was} 改为 {now}", "{label}: takes {now}, and took {was}"),
    "reading-default": Text("{label}：默认由 {was} 改为 {now}", "{label}: by default {now}, and was {was}"),
    "wording": Text("{label}：{words}", "{label}: {words}"),
}
_WAS, _PART_WAS = (
    Text("原为“{was}”", "it was “{was}” before"),
    Text("{part}由 {was} 改为 {now}", "{part} {now} instead of {was}"),
)
_PLAIN = Text("{label}：{was} 改为 {now}", "{label}: {now} instead of {was}")
_NEW, _GONE = Text("{label}：新增", "{label}: new"), Text("{label}：删去", "{label}: gone")
_OTHERWISE = Text("{label}：有变", "{label}: otherwise")
_ROWS_NEW, _ROWS_GONE = (
    Text("{label}：新增的行：{now}", "{label}: rows that are new: {now}"),
    Text("{label}：删去的行：{was}", "{label}: rows that are gone: {was}"),
)
_REORDERED = Text("{label}：各行次序改变，现为：{now}", "{label}: the same rows in another order: {now}")
_UNCOUNTED: Mapping[AmendmentKind, Text] = dict.fromkeys(("clause-added", "clause-removed"), Text("{label}", "{label}"))
_HEAD, _WEIGHT = Text("题头", "the head of the standard"), Text("{group} 的权重", "weight of {group}")
_NOTHING = Text("（无）", "(none)")
_ANSWERS: Mapping[str, Text] = {
    "same": Text(
        "{label}：没有对象会得到不同的结果（算法相同）", "{label}: no subject comes to another (computed alike)"
    ),
    "never": Text("{label}：已证明没有对象会得到不同的结果", "{label}: it is proved that no subject comes to another"),
    "some": Text(
        "{label}：例如，有对象由 {before} 变为 {after}（只举一例，别的对象可能另有变化）",
        "{label}: for example, one subject comes to {after} instead of {before} (others may change otherwise)",
    ),
    "not-proved": Text(
        "{label}：未能证明没有对象会得到不同的结果（{why}）",
        "{label}: not proved that no subject comes to another ({why})",
    ),
}


_BEYOND = Text(
    "{label}：两版都能答的对象没有不同的结果；只有一版能这样回答，未能比较：{options}",
    "{label}: nobody whom both editions can be told of comes to another; one alone can be told {options}, "
    "so this is not compared",
)


@dataclass(frozen=True)
class Revision:
    """Two editions of a standard with what is otherwise, and whether any subject comes to another outcome.

    The earlier edition goes by the names of the later one, so that a name that was changed is told once.
    """

    editions: tuple[Program, Program]
    amendments: tuple[Amendment, ...]
    agreements: tuple[Agreement, ...]
    because: Mapping[str, Because] = field(default_factory=dict)


def revision(before: Program, after: Program, budget: int = MOST_SWEPT) -> Revision:
    """What the later edition changes, under the default readings of each."""
    before, told = _amended(before, after)
    renumbered, defaults = called_before(before, after), (before.defaults, after.defaults)
    agreed = agreements(before, after, renumbered, defaults, budget)
    agreed = settled_by_solver(agreed, (before, after), renumbered, defaults)
    sides = (before, before.defaults), (after, after.defaults)
    shown = {a.outcome: a.witness for a in agreed if a.witness is not None}
    because = {o: because_of_witness(witness.evidence, o, sides)[1] for o, witness in shown.items()}
    return Revision((before, after), told, agreed, because)


def changes_between(before: Program, after: Program) -> tuple[Text, ...]:
    """What an editor would write of each change, with no look at what subjects come to."""
    before, told = _amended(before, after)
    both = ([_change(a, (before, after), language).sentence for a in told] for language in ("zh", "en"))
    return tuple(Text(zh, en) for zh, en in zip(*both, strict=True))


def _amended(before: Program, after: Program) -> tuple[Program, tuple[Amendment, ...]]:
    """All that the later edition says otherwise; the earlier one with the names that the later one has."""
    before, renamed = aligned(before, after)
    told = (a for a in amendments(before, after) if (a.about, a.was) != (after.id, before.id))
    return before, (*renamed, *told)


def revision_model(found: Revision, language: Language, diagnostics: tuple[Diagnostic, ...]) -> model.RevisionModel:
    """A revision as data, in the words of one language."""
    before, after = found.editions
    return model.RevisionModel(
        guiju="revision/1",
        before=edition_model(before, language),
        after=edition_model(after, language),
        changes=[_change(a, found.editions, language) for a in found.amendments],
        outcomes=[_outcome(a, found, language) for a in found.agreements],
        diagnostics=[diagnostic_model(d, language) for d in diagnostics],
    )


def edition_model(program: Program, language: Language) -> model.EditionModel:
    """One edition: what its head says."""
    said = dict(program.properties)
    return model.EditionModel(
        policy=program.id,
        designation=program.designation,
        title=program.title.in_language(language),
        issued=said.get("issued"),
        replaces=said.get("replaces"),
        policy_digest=program.digest,
    )


def _change(a: Amendment, editions: tuple[Program, Program], language: Language) -> model.ChangeModel:
    label = _label(a, editions, language)
    nothing = _NOTHING.in_language(language)
    was, now = (said_there(a.what, text, language) if text else nothing for text in (a.was, a.now))
    words = reworded(a, editions, language)
    before, after = both_ways_said(words)
    return model.ChangeModel(
        chapter=CHAPTER[a.what],
        what=a.what,
        about=a.about,
        label=label,
        sentence=_sentence(a, words)
        .in_language(language)
        .format(label=label, was=was, now=now, words=_in_words(words, language)),
        before=a.was or before,
        after=a.now or after,
        place_before=place_text(a.before),
        place_after=place_text(a.after),
    )


def _in_words(words: tuple[Reworded, ...], language: Language) -> str:
    """What was said otherwise: the label that it had, which stands there now, and other parts with both."""
    nothing = _NOTHING.in_language(language)
    said = (
        (_PART_WAS if part else _WAS).in_language(language).format(part=part, was=was or nothing, now=now or nothing)
        for part, was, now in words
    )
    return ("；" if language == "zh" else "; ").join(said)


def _label(a: Amendment, editions: tuple[Program, Program], language: Language) -> str:
    """What an amendment is about, as an editor calls it."""
    if a.about == editions[1].id:
        return _HEAD.in_language(language)
    kind, _, group = a.about.partition(":")
    there = editions[1].group.get(group) if kind == "weight" else None
    if there is not None:
        called = there.label.in_language(language)
        return _WEIGHT.in_language(language).format(group=group if called == group else f"{group} {called}")
    return label_of_amendment(a, editions, language) or a.about


def _sentence(a: Amendment, words: tuple[Reworded, ...]) -> Text:
    if words:
        return _SENTENCES[a.what]
    if not a.was and not a.now:
        if a.what == "counted":
            return _SENTENCES[a.what]
        plain_ = _OTHERWISE if a.before and a.after else _NEW if a.after else _GONE
        return _UNCOUNTED.get(a.what, plain_)
    if a.what in ("score", "grade") and not (a.was and a.now):
        return _ROWS_NEW if a.now else _ROWS_GONE
    if a.what in ("score", "grade") and sorted(a.was.split("; ")) == sorted(a.now.split("; ")):
        return _REORDERED
    return _PLAIN if a.what in OF_WORDS else _SENTENCES.get(a.what, _PLAIN)


def _outcome(a: Agreement, found: Revision, language: Language) -> model.OutcomeModel:
    program, witness = found.editions[1], a.witness
    definition = program.definition[a.outcome]
    values = (
        {
            name: value_text(program, definition, value, language)
            for name, value in (("before", witness.before), ("after", witness.after))
        }
        if witness
        else {}
    )
    label = definition.label.in_language(language)
    because = found.because.get(a.outcome)
    sufficing = because.sufficing if because else ()
    units = [c.after for causes in sufficing for c in causes if isinstance(c.after, Amended)]
    changes = ([i for cause in causes for i in _changes(cause, found)] for causes in sufficing)
    subject = dict.fromkeys((*_chosen(a), *_stated(found, a, units), *_unsatisfied(found, a)))
    return model.OutcomeModel(
        outcome=a.outcome,
        label=label,
        answer=a.answer,
        sentence=(_BEYOND if a.left_out else _ANSWERS[a.answer])
        .in_language(language)
        .format(label=label, why=why_not_proved(a, program, language), options="; ".join(a.left_out), **values),
        before=plain(witness.before) if witness else None,
        after=plain(witness.after) if witness else None,
        subject=list(subject),
        also_stated=[said for said in _everything(found, a) if said not in subject],
        because=[listed for listed in changes if listed],
    )


def _changes(cause: Cause, found: Revision) -> Iterator[int]:
    """The changes, by place, that a cause is: what can only be put in together, or the new default of a reading."""
    if isinstance(cause.after, Amended):
        yield from map(found.amendments.index, cause.after.amendments)
    elif cause.what == "reading":
        about = [i for i, a in enumerate(found.amendments) if a.about == f"reading:{cause.about}"]
        yield from [i for i in about if found.amendments[i].what == "reading-default"] or about


def _stated(found: Revision, a: Agreement, units: list[Amended]) -> Iterator[str]:
    """What the witness states of the facts that changed clauses ask for, and what people say of these clauses."""
    if a.witness is None:
        return
    addresses = frozenset[str]().union(*(unit.addresses for unit in units))
    clauses = {c.id: c for p in found.editions for c in p.clauses if f"clause:{c.id}" in addresses}
    asked = {fact for clause in clauses.values() for fact in _facts(clause)}
    for fact in a.witness.evidence.facts:
        if fact.name in asked or f"fact:{fact.name}" in addresses:
            yield _fact(fact)
    for attestation in a.witness.evidence.attestations:
        gone = attestation.clause.removesuffix(ONLY_EARLIER)
        is_gone = gone != attestation.clause and f"clause:{gone}" in addresses
        if is_gone or attestation.clause in clauses:
            yield _attestation(found, attestation)


def _chosen(a: Agreement) -> Iterator[str]:
    """The inputs of the witness."""
    if a.witness is not None:
        yield from (f"{choice.name}: {stated_text(choice.value)}" for choice in a.witness.evidence.inputs)


def _everything(found: Revision, a: Agreement) -> Iterator[str]:
    """All that the witness states."""
    if a.witness is None:
        return
    for fact in a.witness.evidence.facts:
        yield _fact(fact)
    for attestation in a.witness.evidence.attestations:
        yield _attestation(found, attestation)


def _fact(fact: StatedFact) -> str:
    return f"{fact.name}: {stated_text(fact.value).removesuffix(' number')}"


def _attestation(found: Revision, attestation: Attestation) -> str:
    earlier, later = found.editions
    there = later.clause.get(attestation.clause)
    called = earlier_clauses(earlier, later).get(attestation.clause)
    if there is not None and (there.is_attested or called is None):
        return f"{there.printed}: {attestation.verdict}"
    gone = earlier.clause[called or attestation.clause.removesuffix(ONLY_EARLIER)]
    return f"{gone.printed} ({earlier.designation}): {attestation.verdict}"


def _unsatisfied(found: Revision, a: Agreement) -> Iterator[str]:
    """What the witness does not satisfy, under the later edition."""
    bound = None if a.witness is None else bound_leniently(found.editions[1], a.witness.evidence)
    if bound is not None:
        for clause, result in evaluate(bound).clauses.items():
            if result.verdict is Verdict.UNSATISFIED:
                yield f"{found.editions[1].clause[clause].printed}: {result.verdict.value}"


def _facts(clause: Clause) -> Iterator[str]:
    for part in (clause.condition, clause.applies):
        yield from (e.fact for e in inside(part) if isinstance(e, FactRef)) if part is not None else ()
