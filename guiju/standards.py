"""One evidence file for several standards: what each takes from it, and what crosswalks carry from one to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from guiju.compiler.ir import Crosswalk, Program, Special, Verdict
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text, has_errors
from guiju.dsl.near import near
from guiju.engine.bind import Bound, bind
from guiju.engine.codes import UNKNOWN_FACT
from guiju.engine.crosswalk import carried, digest_of, leaves_of
from guiju.engine.evaluate import settle
from guiju.engine.evidence import Attestation, Evidence
from guiju.engine.network import network_of

Programs = Callable[[str], Program | None]  # a standard by its id


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
CROSSWALK_STANDARD = Code(
    "crosswalk-standard",
    Severity.WARNING,
    Text("对照的标准不存在", "No such standard to cross to"),
    Text("没有编号为“{standard}”的标准，这一行不起作用", "there is no standard `{standard}`, so this row says nothing"),
    Text("改正编号，或把它的策略文件放在旁边", "correct the id, or put its policy beside this one"),
    Text("对照引自另一标准的条款，要有它的策略才能查", "a crosswalk reads verdicts of another standard's policy"),
)
CROSSWALK_CLAUSE = Code(
    "crosswalk-clause",
    Severity.ERROR,
    Text("对方没有这一条款", "The other standard has no such clause"),
    Text("标准“{standard}”没有条款“{clause}”", "the standard `{standard}` has no clause `{clause}`"),
    Text("改正条款号", "correct the number"),
    Text("引到不存在的条款，对照就什么也说明不了", "a reference to nothing says nothing"),
)
CROSSWALK_UNPINNED = Code(
    "crosswalk-unpinned",
    Severity.WARNING,
    Text("对照没有摘要", "Crosswalk without a digest"),
    Text("这一行没有记下两端条款的摘要", "this row does not hold the digest of the clauses at its two ends"),
    Text("核对两端后加上“{digest}”", 'compare both ends, then add "{digest}"'),
    Text(
        "有了摘要，任何一端的条款修订之后都会提示重新核对",
        "with a digest, an amendment at either end asks for the relation to be judged again",
    ),
)
CROSSWALK_OUTDATED = Code(
    "crosswalk-outdated",
    Severity.WARNING,
    Text("对照的条款已修订", "A clause of a crosswalk has changed"),
    Text(
        "{end}的条款与核对时不同，这一行不再传递结论",
        "the clauses {end} have changed since, so this row passes nothing on",
    ),
    Text("重新核对两端，再把摘要改成“{digest}”", 'judge the relation again, then make the digest "{digest}"'),
    Text(
        "关系是对当时的条文判断的，条文变了，关系也可能变", "the relation was judged on a text that has changed since"
    ),
)
STANDARDS_CODES: tuple[Code, ...] = (
    UNKNOWN_STANDARD,
    CROSSWALK_STANDARD,
    CROSSWALK_CLAUSE,
    CROSSWALK_UNPINNED,
    CROSSWALK_OUTDATED,
)


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
        other = programs(standard)
        if other is not None:
            found += _carried(program, other, evidence)
    bound, diagnostics = bind(program, replace(own, attestations=(*own.attestations, *found)))
    unused = (*_without_standard(program, evidence, programs), *_asked_by_none(program, evidence, programs))
    return Bindings(bound, (*diagnostics, *unused))


def _without_standard(program: Program, evidence: Evidence, programs: Programs) -> Iterator[Diagnostic]:
    """Parts of a file for standards that there are none of."""
    for part in evidence.parts:
        if part.standard != program.id and programs(part.standard) is None:
            known = (program.id, *(c.standard for c in program.crosswalks))
            yield Diagnostic(
                UNKNOWN_STANDARD, part.span, (("standard", part.standard),), suggestion=near(part.standard, known)
            )


def _carried(program: Program, other: Program, evidence: Evidence) -> Iterator[Attestation]:
    """From another standard to this one, under its default readings; what was itself carried is not carried further."""
    bound, diagnostics = bind(other, evidence.for_standard(other.id))
    if has_errors(diagnostics):
        return  # they are reported where that standard itself is evaluated
    verdicts = _verdicts(bound)
    for crosswalk in (c for c in program.crosswalks if c.standard == other.id):
        there, missing = leaves_of(other, crosswalk.others)
        if not missing and not _changed(program, crosswalk, other):
            yield from carried(crosswalk, there, verdicts)


def _verdicts(bound: Bound) -> Mapping[str, Verdict | Special]:
    readings = {r.id: r.default for r in bound.program.readings}
    _, results = settle(network_of(bound.program), bound, readings)
    return {id_: result.verdict for id_, result in results.items()}


def _asked_by_none(program: Program, evidence: Evidence, programs: Programs) -> Iterator[Diagnostic]:
    """Facts of a file for several standards that none of them asks for."""
    unknown = [f for f in evidence.facts if f.name not in _fact_names(program)] if evidence.parts else []
    if not unknown:
        return
    known = _fact_names(program)
    for part in evidence.parts:
        other = programs(part.standard) if part.standard != program.id else None
        known |= _fact_names(other) if other else frozenset()
    for fact in unknown:
        if fact.name not in known:
            yield Diagnostic(UNKNOWN_FACT, fact.span, (("name", fact.name),), suggestion=near(fact.name, tuple(known)))


def _fact_names(program: Program) -> frozenset[str]:
    return frozenset(name for fact in program.facts for name in (fact.id, *fact.aliases))


# --- what is wrong with a crosswalk --------------------------------------------------------------------------------


def crosswalk_findings(program: Program, programs: Programs) -> tuple[Diagnostic, ...]:
    """Standards and clauses that do not exist, rows without a digest, rows whose clauses have changed since."""
    return tuple(d for crosswalk in program.crosswalks for d in _findings(program, crosswalk, programs))


def _findings(program: Program, crosswalk: Crosswalk, programs: Programs) -> Iterator[Diagnostic]:
    other = programs(crosswalk.standard)
    if other is None:
        yield Diagnostic(CROSSWALK_STANDARD, crosswalk.span, (("standard", crosswalk.standard),))
        return
    _, missing = leaves_of(other, crosswalk.others)
    for reference in missing:
        arguments = (("standard", crosswalk.standard), ("clause", str(reference)))
        yield Diagnostic(CROSSWALK_CLAUSE, crosswalk.span, arguments)
    if missing:
        return
    digest = _digest(program, crosswalk, other)
    if crosswalk.digest is None:
        yield Diagnostic(CROSSWALK_UNPINNED, crosswalk.span, (("digest", digest),))
    for end in _changed(program, crosswalk, other):
        yield Diagnostic(CROSSWALK_OUTDATED, crosswalk.span, (("end", end), ("digest", digest)))


_HERE, _THERE = Text("本标准", "here"), Text("对方", "of the other standard")


def _changed(program: Program, crosswalk: Crosswalk, other: Program) -> tuple[Text, ...]:
    """The ends whose clauses are no longer those that the relation was judged on."""
    if crosswalk.digest is None:
        return ()
    now, then = (d.partition("/") for d in (_digest(program, crosswalk, other), crosswalk.digest))
    return tuple(text for text, i in ((_HERE, 0), (_THERE, 2)) if now[i] != then[i])


def _digest(program: Program, crosswalk: Crosswalk, other: Program) -> str:
    here = tuple(program.clause[id_] for id_ in crosswalk.clauses)
    return digest_of(here, leaves_of(other, crosswalk.others)[0])
