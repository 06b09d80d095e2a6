"""What would decide something that is open, by the names that an evidence file takes."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language
from guiju.engine.ages import Why
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.relevance import ATTESTATION, Lack, lacking, outdated
from guiju.engine.verdicts import ClauseResult
from guiju.report.register import ended_of, ended_text
from guiju.report.words import word


def lacking_text(assessment: Assessment, result: ClauseResult, language: Language) -> str:
    """`: linearity_10b (or cluster_throughput_10b and device_throughput_sum_10b)`, or nothing.

    Of what a crosswalk answers in part it is said to be what is lacking: it is not the part.
    """
    until = "".join(
        "; " + expired_text(o.record.id, o.why, o.until.isoformat() if o.until else None, language)
        for o in (outdated(assessment, result) if result.reason == "expired" else ())
    )
    until += "".join(f"; {ended_text(a, language)}" for a in ended_of(assessment.bound, result))
    return lacks_text(assessment.program, lacking(assessment, result), language, result.reason) + until


def expired_text(id_: str, why: Why, until: str | None, language: Language) -> str:
    """Why a piece of evidence does not count: `EV-105 was valid until 2026-05-30`."""
    return word(f"ended-{why}", language, id=id_, day=(until or "")[:10])


def lacks_text(program: Program, lacks: Iterable[Lack], language: Language, reason: str | None = None) -> str:
    """The same of some lacks, behind the reason why a clause is unknown."""
    listed = ", ".join(_lack(program, lack, language) for lack in lacks)
    before = f"; {word('lacks', language)} " if reason == "partial" else ": "
    return f"{before}{listed}" if listed else ""


def _lack(program: Program, lack: Lack, language: Language) -> str:
    if lack == ATTESTATION:
        return word("attestation", language)
    name = name_in(program, lack.name, language)
    if not lack.instead:
        return name
    others = word("and", language).join(name_in(program, other, language) for other in lack.instead)
    return f"{name} ({word('or', language)} {others})"


def name_in(program: Program, id_: str, language: Language) -> str:
    """A name of a fact or input that evidence may use: the one in the language asked for, if there is one."""
    thing = next((t for t in (*program.facts, *program.inputs) if t.id == id_), None)
    return thing.called(language) if thing else id_
