"""Evidence bound to one edition of a standard, be it made for another: numbers that were given anew are followed.

Which edition evidence goes by it says itself, as `standard`. Where it does not, its numbers mean what they say in the
policy at hand, with a warning about those that stood for other clauses in the edition before.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from guiju.compiler.ir import Clause, Program
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text
from guiju.dsl.source import Span
from guiju.engine.codes import PARENT_ATTESTED
from guiju.engine.evidence import Evidence, Part
from guiju.engine.names import clause_id, leaf_named, leaves_by_name
from guiju.engine.reasoning.editions.amendment import AmendmentKind
from guiju.engine.reasoning.editions.amendments import amendments
from guiju.engine.reasoning.editions.merged import asked_for
from guiju.engine.reasoning.editions.numbering import numbers_there, renumbered, replaces
from guiju.engine.reasoning.editions.renamed import aligned
from guiju.engine.reasoning.editions.subject import UNASKED
from guiju.pins import Programs, sound
from guiju.standards import Bindings, bind_for, fact_names

OTHER_EDITION = Code(
    "evidence-of-another-edition",
    Severity.WARNING,
    Text("证据按另一版本写成", "Evidence made for another edition"),
    Text(
        "证据是按 {there} 写的，这里按 {here} 评价。改了号的：{moved}。这一版不问而未用的：{left}。"
        "要求改了的：{changed}",
        "the evidence was made for {there} and is assessed by {here}. Under another number: {moved}. Not used, as this "
        "edition asks for no such thing: {left}. With another requirement: {changed}",
    ),
    Text(
        "逐条确认仍然成立，再按新条款号写，并把 standard 改为“{id}”",
        "confirm them for this edition, write them under its numbers, and `standard: {id}`",
    ),
    Text("旧版的结论未必还回答新版的问题", "a verdict by the old text need not answer the new one"),
)
EDITION_NOT_NAMED = Code(
    "edition-not-named",
    Severity.WARNING,
    Text("没有写明证据按哪一版本", "Evidence that names no edition"),
    Text(
        "证据没有写明按哪一版本，而这些号在 {before} 里是别的条款：{clauses}",
        "the evidence does not say for which edition it was made, and in {before} these numbers are other clauses: "
        "{clauses}",
    ),
    Text(
        "写明 standard: 本版为“{id}”，前一版则写前一版的编号",
        "say `standard: {id}` if it was made for this edition, or else the id of the edition before",
    ),
    Text("按前一版写的结论会悄悄算到别的条款上", "verdicts by the old numbers would silently count for other clauses"),
)
EDITION_CODES: tuple[Code, ...] = (OTHER_EDITION, EDITION_NOT_NAMED)
_NONE = Text("无", "none")
#: amendments by which a verdict or a fact may no longer answer what is asked
_ASKED: tuple[AmendmentKind, ...] = (
    *("threshold", "condition", "requirement", "meaning", "applicability", "modality"),
    *("formula", "type", "reading", "reading-default"),
)


def bind_edition(program: Program, evidence: Evidence, programs: Programs, beside: Program | None = None) -> Bindings:
    """Bind evidence that may have been made for another edition: `beside` this one, or one that `programs` has.

    What that other edition alone asks for is no mistake here.
    """
    other = beside if beside is not None and beside is not program else _named(program, evidence, programs)
    if other is None:
        bindings = bind_for(program, _by_its_own(evidence, program), programs)
        return _with(bindings, _not_named(program, evidence, None))
    is_others = other.id != program.id and other.id in _ids(evidence) and program.id not in _ids(evidence)
    is_told = other.id != program.id  # one id does not tell which of two editions was meant
    told = _carried(evidence, other, program) if is_others else _by_its_own(evidence, program) if is_told else evidence
    bindings = bind_for(program, told, programs)
    there = evidence if is_others else renumbered(told, program, other) if told.numbers else told
    found = bind_for(other, replace(there, standard=None), programs).diagnostics
    mistaken = {(d.code, d.span) for d in found}
    kept = tuple(d for d in bindings.diagnostics if d.code not in UNASKED or (d.code, d.span) in mistaken)
    if is_others:  # what says nothing of a leaf there says nothing of one here
        known = {(d.code, d.span) for d in kept}
        kept += tuple(d for d in found if d.code == PARENT_ATTESTED and (d.code, d.span) not in known)
    own = _made_for(evidence, other, program) if is_others else _not_named(program, evidence, other)
    return _with(replace(bindings, diagnostics=kept), own)


def _with(bindings: Bindings, found: Iterator[Diagnostic]) -> Bindings:
    return replace(bindings, diagnostics=(*bindings.diagnostics, *found))


def _ids(evidence: Evidence) -> tuple[str, ...]:
    """The standards that evidence names as those that it was made for."""
    return tuple(part.standard for part in evidence.parts) or ((evidence.standard,) if evidence.standard else ())


def _named(program: Program, evidence: Evidence, programs: Programs) -> Program | None:
    """The edition before or after that evidence was made for, if it was not made for this one."""
    ids = _ids(evidence)
    editions = (sound(programs(id_)) for id_ in ids if program.id not in ids)
    return next((e for e in editions if e is not None and (replaces(program, e) or replaces(e, program))), None)


def _by_its_own(evidence: Evidence, program: Program) -> Evidence:
    """The same, marked as going by the numbers of the policy at hand if it says so."""
    return replace(evidence, numbers=program.digest) if program.id in _ids(evidence) else evidence


def _carried(evidence: Evidence, there: Program, here: Program) -> Evidence:
    """What was made for one edition by the numbers of another; of a file for several standards that part."""
    moved = renumbered(evidence.for_standard(there.id), there, here)
    if not evidence.parts:
        return moved
    parts = tuple(_part(part, moved, here) if part.standard == there.id else part for part in evidence.parts)
    return replace(evidence, parts=parts, numbers=here.digest)


def _part(part: Part, moved: Evidence, here: Program) -> Part:
    return replace(
        part, standard=here.id, attestations=moved.attestations, waivers=moved.waivers, findings=moved.findings
    )


def _made_for(evidence: Evidence, there: Program, here: Program) -> Iterator[Diagnostic]:
    """That evidence was made for another edition, with what that means clause by clause."""
    called, own = numbers_there(there, here), evidence.for_standard(there.id)
    known = leaves_by_name(there)
    ids = dict.fromkeys(id_ for clause, _ in _about(own) if (id_ := leaf_named(clause, known)) is not None)
    moved = [f"{there.clause[i].printed} → {here.clause[now].printed}" for i in ids if (now := called.get(i, i)) != i]
    left = [there.clause[i].printed for i in ids if i not in called]
    asked_there, asked_here = fact_names(there), fact_names(here)
    left += [f.name for f in own.facts if f.name in asked_there and f.name not in asked_here]
    changed = _asked_otherwise(own, {called[i] for i in ids if i in called}, there, here)
    yield Diagnostic(
        OTHER_EDITION,
        evidence.place_of("standard"),
        (
            ("there", there.designation),
            ("here", here.designation),
            ("moved", _listed(moved)),
            ("left", _listed(left)),
            ("changed", _listed(changed)),
            ("id", here.id),
        ),
    )


def _asked_otherwise(own: Evidence, attested: Container[str], there: Program, here: Program) -> list[str]:
    """The clauses of which evidence speaks, or of whose facts, and that ask for something else here."""
    earlier, _ = aligned(there, here)
    otherwise = {a.about for a in amendments(earlier, here) if a.what in _ASKED}
    was = {now: then for then, now in numbers_there(earlier, here).items()}
    said = {f.name for f in own.facts} | {choice.name for choice in own.inputs}
    stated = {
        f"{kind}:{thing.id}"
        for kind, things in (("fact", here.facts), ("input", here.inputs))
        for thing in things
        if said & {thing.id, *thing.aliases}
    }
    found = []
    for clause in here.clauses:
        below = _below(here, clause) | (_below(earlier, earlier.clause[was[clause.id]]) if clause.id in was else set())
        is_told = clause.id in attested or bool(below & stated)
        if clause.id in was and is_told and otherwise & {f"clause:{clause.id}", *below}:
            found.append(clause.printed)
    return found


def _below(program: Program, clause: Clause) -> set[str]:
    """The addresses of all that a clause is computed from, however far below."""
    found: set[str] = set()
    stack = list(asked_for(clause))
    while stack:
        address = stack.pop()
        if address not in found:
            found.add(address)
            thing = program.definition.get(address) or program.fact.get(address.removeprefix("fact:"))
            stack += asked_for(thing) if thing is not None else ()
    return found


def _not_named(program: Program, evidence: Evidence, other: Program | None) -> Iterator[Diagnostic]:
    """The numbers that evidence uses and that were those of other clauses in another edition, or the one before."""
    if program.id in _ids(evidence) and (other is None or other.id != program.id):
        return
    if other is None:
        reused = {clause_id(old): dict(program.properties).get("replaces", "") for old, _ in program.renumbered}
    else:
        reused = dict.fromkeys(_of_other_clauses(program, other), other.designation)
    known = leaves_by_name(program)
    own = tuple(_about(evidence.for_standard(program.id)))
    used = dict.fromkeys(id_ for clause, _ in own if (id_ := leaf_named(clause, known)) in reused and id_ is not None)
    if used:
        first = next(span for clause, span in own if leaf_named(clause, known) in used)
        listed = _listed([program.clause[id_].printed for id_ in used])
        before = next(iter(reused.values())) or program.designation
        yield Diagnostic(EDITION_NOT_NAMED, first, (("before", before), ("clauses", listed), ("id", program.id)))


def _about(evidence: Evidence) -> Iterator[tuple[str, Span]]:
    """The clauses that evidence says something of, as it names them, and where."""
    yield from ((a.clause, a.span) for a in evidence.attestations)
    yield from ((w.clause, w.span) for w in evidence.waivers)
    yield from ((f.clause, f.span) for f in evidence.findings)


def _of_other_clauses(program: Program, other: Program) -> Iterator[str]:
    """The clauses of one edition whose numbers stand for something else in another that has both renumbered."""
    called = numbers_there(program, other)
    moved = {id_ for id_, there in called.items() if id_ != there}
    taken = {there for id_, there in called.items() if id_ != there}
    return (c.id for c in program.clauses if c.id in (moved | taken) and c.id in other.clause)


def _listed(printed: list[str]) -> Text:
    return Text("、".join(printed), ", ".join(printed)) if printed else _NONE
