"""Assessment -> who says what of each clause side by side, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.engine.evaluate import Assessment
from guiju.report import result_model as model
from guiju.report.layout import fitted, joined, table
from guiju.report.register import day_of, reason_text
from guiju.report.result import result_of
from guiju.report.voices_model import VoicedClauseModel, VoicesModel
from guiju.report.words import word

_COLUMNS = ("vendor", "assessor", "override", "crosswalk")


def voices_of(
    assessment: Assessment, language: Language, diagnostics: tuple[Diagnostic, ...] = (), *, every: bool = False
) -> VoicesModel:
    """Those clauses whose voices differ, as a result has them; `every`: all of which anybody says something."""
    result = result_of(assessment, language, diagnostics)
    told = [_voiced(c) for c in result.clauses]
    return VoicesModel(
        guiju="voices/1",
        engine=result.engine,
        policy=result.policy,
        designation=result.designation,
        subject=result.subject,
        as_of=result.as_of,
        evidence_digest=result.evidence_digest,
        clauses=[c for c in told if c.differ or (every and (c.voices or c.lapsed or c.waivers))],
        differing=sum(c.differ for c in told),
        diagnostics=result.diagnostics,
    )


def _voiced(c: model.ClauseModel) -> VoicedClauseModel:
    said = {a.verdict for a in c.attestations if _speaks(a)} | ({c.by_facts} - {"unknown"})
    return VoicedClauseModel(
        clause=c.id,
        cites=c.cites,
        label=c.label,
        facts=c.by_facts,
        voices=c.attestations,
        lapsed=c.lapsed,
        waivers=c.waivers,
        verdict=c.verdict,
        by=c.by,
        reason=c.reason if c.verdict == "unknown" else None,
        differ=len(said) > 1,
    )


def _speaks(a: model.AttestationModel) -> bool:
    """`unknown` is a finding of those who looked; of a vendor or a crosswalk it says nothing."""
    return a.verdict != "unknown" or a.voice in ("assessor", "override")


def text_of(voices: VoicesModel, language: Language) -> str:
    """The table, with who, why and until when below it for each clause."""
    return joined(_lines(voices, language)) + "\n"


def _lines(voices: VoicesModel, language: Language) -> Iterator[str]:
    yield f"{word('disagreements', language)}: {voices.differing}"
    if not voices.clauses:
        return
    yield ""
    keys = ("counts", "facts", *_COLUMNS, "waiver", "comes-to")
    yield from table(
        [[word(key, language) for key in keys], *(_row(c, voices.as_of, language) for c in voices.clauses)]
    )
    for c in voices.clauses:
        if told := list(_told(c, voices.as_of, language)):
            yield ""
            yield f"{c.cites} {c.label}"
            yield from told


def _row(c: VoicedClauseModel, as_of: str | None, language: Language) -> list[str]:
    mark = "≠ " if c.differ else "  "
    facts = "" if c.facts == "unknown" else word(c.facts, language)
    by_voice = (" / ".join(word(a.verdict, language) for a in c.voices if a.voice == voice) for voice in _COLUMNS)
    until = " / ".join(
        word("ended-reason" if w.ended else "until", language, day=day_of(w.until, as_of)) for w in c.waivers
    )
    reason = f" ({reason_text(c.reason, c.by, language)})" if c.reason else ""
    return [f"{mark}{c.cites}", facts, *by_voice, until, f"{word(c.verdict, language)}{reason}"]


def _told(c: VoicedClauseModel, as_of: str | None, language: Language) -> Iterator[str]:
    """Of each who said something: by whom, on what, why, until when."""
    for a in (*c.voices, *c.lapsed):
        by = f" {a.by}" if a.by else ""
        until = [word("until", language, day=day_of(a.until, as_of))] if a.until else []
        gone = word("ended-counts-no-longer" if a.ended else "lapsed", language) if a in c.lapsed else ""
        evidence = f"[{', '.join(a.evidence)}]" if a.evidence else ""
        sample = f"{word('sample', language)} {a.sample.id}" if a.sample else ""
        tails = [evidence, sample, *until, a.reason or "", f"({gone})" if gone else ""]
        yield from fitted(f"  {word(a.voice, language)}{by}: {word(a.verdict, language)}", tails)
    for w in c.waivers:
        key = "waiver-ended" if w.ended else "waiver-told"
        yield from fitted(f"  {word(key, language, by=w.by, day=day_of(w.until, as_of), reason=w.reason)}", [])
