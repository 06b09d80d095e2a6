"""One evidence file for several standards: what each takes from it, and what crosswalks carry from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text, has_errors
from guiju.dsl.near import near
from guiju.engine.bind import Bound, bind
from guiju.engine.codes import OTHER_STANDARD, UNKNOWN_FACT
from guiju.engine.crosswalk import carried, outdated
from guiju.engine.evaluate import settle
from guiju.engine.evidence import Attestation, Evidence
from guiju.engine.network import network_of
from guiju.engine.reasoning.editions.numbering import replaces
from guiju.engine.verdicts import ClauseResult
from guiju.pins import PIN_CODES, Broken, Programs, row_findings, rows, sound, standard_has_errors

UNKNOWN_STANDARD = Code(
    "unknown-standard",
    Severity.WARNING,
    Text("证据所指的标准不存在", "No such standard for evidence"),
    Text(
        "没有编号为“{standard}”的标准，写在它下面的都没有用到",
        "there is no standard `{standard}`: nothing that stands below it was used",
    ),
    Text(
        "改正编号，或把它的策略文件放在旁边，或用 --policy 给出",
        "correct the id, put its policy beside this one, or give it with --policy",
    ),
    Text("写错编号，其下的查验结论就会悄悄丢失", "under a misspelt id, verdicts would be lost in silence"),
)
UNPLACED_FACT = Code(
    "unplaced-fact",
    Severity.WARNING,
    Text("读得到的标准都不问这个事实", "Fact of a standard that cannot be read"),
    Text(
        "读得到的标准都不问“{name}”；证据所写的标准有的读不到，不知道它问不问",
        "no standard that can be read asks for `{name}`, and not every standard of the file can be",
    ),
    Text(
        "先让那个标准读得到（见对它的警告），或改正名称",
        "first make that standard readable, as its own warning says, or correct the name",
    ),
    Text("写错名称，这个事实就会悄悄丢失", "under a misspelt name, a fact would be lost in silence"),
)
FACT_OF_SEVERAL = Code(
    "fact-of-several",
    Severity.WARNING,
    Text("几个标准各有同名的事实", "One name for facts of several standards"),
    Text(
        "{standards} 各自声明了“{name}”，这里的一个值同时用于它们",
        "{standards} each declare `{name}`, and the one value here serves them all",
    ),
    Text(
        "是同一件事，就放进共用的词汇表；不是，就在一个策略里改名",
        "if they mean one thing, declare it in a vocabulary that they share; if not, rename it in one of the policies",
    ),
    Text("名称相同不等于意思相同，只有词汇表能说明", "one name need not mean one thing; only a vocabulary says so"),
)
STANDARDS_CODES: tuple[Code, ...] = (UNKNOWN_STANDARD, UNPLACED_FACT, FACT_OF_SEVERAL, *PIN_CODES)
_Others: TypeAlias = Mapping[str, Program | Broken | None]  # what a file names beside the standard at hand, by id


@dataclass(frozen=True)
class Bindings:
    """Evidence bound to one standard, with what crosswalks carry to it; and everything that was found."""

    bound: Bound
    diagnostics: tuple[Diagnostic, ...]


def bind_for(program: Program, evidence: Evidence, programs: Programs) -> Bindings:
    """Bind evidence to one standard. Of a file for several, crosswalks carry verdicts here from the others it names."""
    own = evidence.for_standard(program.id)
    others = {part.standard: programs(part.standard) for part in evidence.parts if part.standard != program.id}
    sources = {c.standard: other for c in program.crosswalks if (other := sound(others.get(c.standard)))}
    found = [a for standard in sorted(sources) for a in _carried(program, sources[standard], evidence)]
    bound, diagnostics = bind(program, replace(own, attestations=(*own.attestations, *found)))
    if any(d.code == OTHER_STANDARD for d in diagnostics):
        return Bindings(bound, diagnostics)
    return Bindings(
        bound,
        (
            *diagnostics,
            *(d for source in sources.values() for d in row_findings(program, source)),
            *_without_standard(program, evidence, others),
            *_asked_by_none(program, evidence, others),
            *_asked_by_several(program, evidence, others),
        ),
    )


def _without_standard(program: Program, evidence: Evidence, others: _Others) -> Iterator[Diagnostic]:
    """Parts of a file for standards that there are none of, or that cannot be evaluated."""
    for part in evidence.parts:
        other = others.get(part.standard, program)
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
        if not row.missing:
            said = carried(row.crosswalk, row.there.clauses, results)
            yield from map(outdated, said) if row.changed else said


def _results(bound: Bound) -> Mapping[str, ClauseResult]:
    readings = {r.id: r.default for r in bound.program.readings}
    _, results = settle(network_of(bound.program), bound, readings)
    return results


def _asked_by_none(program: Program, evidence: Evidence, others: _Others) -> Iterator[Diagnostic]:
    """Facts of a file for several standards that none of them asks for, as far as they can be read."""
    if not evidence.parts:
        return
    known = fact_names(program).union(*(fact_names(o) for o in others.values() if isinstance(o, Program)))
    code = UNKNOWN_FACT if all(isinstance(o, Program) for o in others.values()) else UNPLACED_FACT
    for fact in evidence.facts:
        if fact.name not in known:
            yield Diagnostic(code, fact.span, (("name", fact.name),), suggestion=near(fact.name, tuple(known)))


def _asked_by_several(program: Program, evidence: Evidence, others: _Others) -> Iterator[Diagnostic]:
    """Facts that several standards of a file declare by one name, without a vocabulary that makes them one."""
    asked: dict[str, dict[str, str | None]] = {}  # by name: the standards, each with its vocabulary
    read = (o for o in others.values() if isinstance(o, Program))
    for standard in (program, *(o for o in read if not (replaces(program, o) or replaces(o, program)))):
        for declared in standard.facts:
            for name in (declared.id, *declared.aliases):
                asked.setdefault(name, {})[standard.id] = declared.vocabulary
    for fact in evidence.facts:
        asking = asked.get(fact.name, {})
        if len(asking) > 1 and (None in asking.values() or len(set(asking.values())) > 1):
            arguments = (("name", fact.name), ("standards", ", ".join(sorted(asking))))
            yield Diagnostic(FACT_OF_SEVERAL, fact.span, arguments)


def fact_names(program: Program) -> frozenset[str]:
    """Every name by which evidence may state a fact of a standard."""
    return frozenset(name for fact in program.facts for name in (fact.id, *fact.aliases))
