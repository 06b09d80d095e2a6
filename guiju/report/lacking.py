"""What would decide something that is open, by the names that an evidence file takes."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language
from guiju.engine.ages import Outdated, last_day
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.relevance import ATTESTATION, Lack, given_before, lacking, outdated
from guiju.engine.verdicts import ClauseResult
from guiju.report.register import day_of, ended_of, ended_text
from guiju.report.result_model import ExpiredModel
from guiju.report.words import word


def lacking_text(assessment: Assessment, result: ClauseResult, language: Language) -> str:
    """`: linearity_10b (or cluster_throughput_10b and device_throughput_sum_10b)`, or nothing.

    Of what a crosswalk answers in part it is said to be what is lacking: it is not the part.
    """
    as_of = assessment.bound.evidence.as_of
    until = "".join(
        "; " + outdated_text(o, language) for o in (outdated(assessment, result) if result.reason == "expired" else ())
    )
    until += "".join(f"; {ended_text(a, as_of, language)}" for a in ended_of(assessment.bound, result))
    if result.reason == "expired":
        return expired_lacks_text(
            assessment.program, lacking(assessment, result), given_before(assessment, result), language, until
        )
    return lacks_text(assessment.program, lacking(assessment, result), language, result.reason) + until


def expired_lacks_text(
    program: Program, lacks: Iterable[Lack], given: Iterable[Lack], language: Language, until: str = ""
) -> str:
    """`: an attestation; EV-105 was valid until 2026-05-30; lacks tools`: what was given before, and what never was."""
    before = tuple(given)
    never = tuple(lack for lack in lacks if lack not in before and lack != ATTESTATION)
    return f"{lacks_text(program, before, language)}{until}{lacks_text(program, never, language, 'partial')}"


def outdated_text(outdated: Outdated, language: Language) -> str:
    """Why a piece of evidence does not count: `EV-105 was valid until 2026-05-30`."""
    day = last_day(outdated.until, outdated.as_of) if outdated.until else ""
    return word(f"ended-{outdated.why}", language, id=outdated.record.id, day=day)


def expired_text(expired: ExpiredModel, as_of: str | None, language: Language) -> str:
    """The same of data."""
    day = day_of(expired.expires, as_of) if expired.expires else ""
    return word(f"ended-{expired.why}", language, id=expired.evidence, day=day)


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
