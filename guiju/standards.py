"""One evidence file for several standards: what each takes from it, and what crosswalks carry from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text, has_errors
from guiju.dsl.near import near
from guiju.engine.bind import Bound, bind
from guiju.engine.codes import UNKNOWN_FACT
from guiju.engine.crosswalk import carried
from guiju.engine.evaluate import settle
from guiju.engine.evidence import Attestation, Evidence
from guiju.engine.network import network_of
from guiju.engine.verdicts import ClauseResult
from guiju.pins import PIN_CODES, Broken, Programs, rows, sound, standard_has_errors

UNKNOWN_STANDARD = Code(
    "unknown-standard",
    Severity.WARNING,
    Text("证据所指的标准不存在", "No such standard for evidence"),
    Text(
        "没有编号为“{standard}”的标准，写在它下面的都没有用到",
        "there is no standard `{standard}`: nothing that stands below it was used",
    ),
    Text("改正编号，或把它的策略文件放在旁边", "correct the id, or put its policy beside this one"),
    Text("写错编号，其下的查验结论就会悄悄丢失", "under a misspelt id, verdicts would be lost in silence"),
)
STANDARDS_CODES: tuple[Code, ...] = (UNKNOWN_STANDARD, *PIN_CODES)


@dataclass(frozen=True)
class Bindings:
    """Evidence bound to one standard, with what crosswalks carry to it; and everything that was found."""

    bound: Bound
    diagnostics: tuple[Diagnostic, ...]


def bind_for(program: Program, evidence: Evidence, programs: Programs) -> Bindings:
    """Bind evidence to one standard. Of a file for several, crosswalks carry verdicts here from the others it names."""
    own = evidence.for_standard(program.id)
    named = {part.standard for part in evidence.parts}
    others = {c.standard for c in program.crosswalks} & named - {program.id}
    found: list[Attestation] = []
    for standard in sorted(others):
        other = sound(programs(standard))
        if other is not None:
            found += _carried(program, other, evidence)
    bound, diagnostics = bind(program, replace(own, attestations=(*own.attestations, *found)))
    unused = (*_without_standard(program, evidence, programs), *_asked_by_none(program, evidence, programs))
    return Bindings(bound, (*diagnostics, *unused))


def _without_standard(program: Program, evidence: Evidence, programs: Programs) -> Iterator[Diagnostic]:
    """Parts of a file for standards that there are none of, or that cannot be evaluated."""
    for part in evidence.parts:
        other = programs(part.standard) if part.standard != program.id else program
        if isinstance(other, Broken):
            yield standard_has_errors(part.standard, part.span, other)
        if other is None:
            known = (program.id, *(c.standard for c in program.crosswalks))
            yield Diagnostic(
                UNKNOWN_STANDARD, part.span, (("standard", part.standard),), suggestion=near(part.standard, known)
            )


def _carried(program: Program, other: Program, evidence: Evidence) -> Iterator[Attestation]:
    """From another standard to this one, under its default readings; what was itself carried is not carried further."""
    bound, diagnostics = bind(other, evidence.for_standard(other.id))
    if has_errors(diagnostics):
        return  # they are reported where that standard itself is evaluated
    results = _results(bound)
    for row in rows(program, other):
        if not row.missing and not row.changed:
            yield from carried(row.crosswalk, row.there.clauses, results)


def _results(bound: Bound) -> Mapping[str, ClauseResult]:
    readings = {r.id: r.default for r in bound.program.readings}
    _, results = settle(network_of(bound.program), bound, readings)
    return results


def _asked_by_none(program: Program, evidence: Evidence, programs: Programs) -> Iterator[Diagnostic]:
    """Facts of a file for several standards that none of them asks for; a standard with errors might ask for any."""
    unknown = [f for f in evidence.facts if f.name not in _fact_names(program)] if evidence.parts else []
    if not unknown:
        return
    others = [programs(part.standard) for part in evidence.parts if part.standard != program.id]
    if any(isinstance(other, Broken) for other in others):
        return
    known = _fact_names(program).union(*(_fact_names(o) for o in others if isinstance(o, Program)))
    for fact in unknown:
        if fact.name not in known:
            yield Diagnostic(UNKNOWN_FACT, fact.span, (("name", fact.name),), suggestion=near(fact.name, tuple(known)))


def _fact_names(program: Program) -> frozenset[str]:
    return frozenset(name for fact in program.facts for name in (fact.id, *fact.aliases))
