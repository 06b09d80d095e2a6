"""Assessment -> each requirement with the one status that every export gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from guiju.compiler.ir import Clause, Verdict
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.bind import has_ended
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Waiver
from guiju.engine.reasoning.relevance import lacking, takes_part
from guiju.engine.verdicts import ClauseResult
from guiju.report.exports.stable import one_line
from guiju.report.register import reason_text, waiver_text
from guiju.report.words import WORDS, plain, word

#: a verdict of the engine, with *unknown* apart by why it is: nobody has said, those who said disagree, no value
Status: TypeAlias = Literal["satisfied", "unsatisfied", "not-applicable", "not-assessed", "conflicting", "undefined"]
STATUSES: tuple[Status, ...] = get_args(Status)
_BY, _MISSING = Text("决定者", "by"), Text("缺", "missing")
_LEFT_OUT = Text("按权重不参与", "left out by the weights")
_DISPUTED: dict[str | None, Status] = {"conflicting": "conflicting", "undefined": "undefined"}


@dataclass(frozen=True)
class Judged:
    """A requirement under the readings of an assessment: its clause, its result, what would decide it."""

    clause: Clause
    result: ClauseResult
    modality: str | None
    takes_part: bool
    missing: tuple[str, ...]
    waivers: tuple[Waiver, ...]  # those that stand at the as-of instant: they change nothing

    @property
    def status(self) -> Status:
        """What it comes to."""
        return status_of(self.result)

    @property
    def verdict(self) -> str:
        """The engine's own word: satisfied, unsatisfied, not-applicable or unknown."""
        return plain(self.result.verdict)

    def told(self, language: Language) -> str:
        """One line: the verdict, who decided it, or why nobody could and what is missing."""
        return "; ".join(self._parts(language))

    def _parts(self, language: Language) -> Iterator[str]:
        result = self.result
        yield word(self.verdict, language)
        if result.by is not None:
            yield f"{_BY.in_language(language)}: {word(result.by, language)}"
        if result.reason is not None:
            yield reason_text(result.reason, result.by, language)
        if result.detail:
            yield " ".join((word(result.detail, language) if result.detail in WORDS else result.detail).split())
        if self.missing:
            named = (word(m, language) if m == "attestation" else m for m in self.missing)
            yield f"{_MISSING.in_language(language)}: {', '.join(named)}"
        if not self.takes_part:
            yield _LEFT_OUT.in_language(language)
        yield from (one_line(waiver_text(waiver, None, language)) for waiver in self.waivers)


def status_of(result: ClauseResult) -> Status:
    """The status of one result."""
    match result.verdict:
        case Verdict.SATISFIED:
            return "satisfied"
        case Verdict.UNSATISFIED:
            return "unsatisfied"
        case Verdict.NOT_APPLICABLE:
            return "not-applicable"
    return _DISPUTED.get(result.reason, "not-assessed")


def judged(assessment: Assessment) -> tuple[Judged, ...]:
    """Every requirement, in the order of the standard."""
    return tuple(judged_of(assessment, result) for result in assessment.items)


def judged_of(assessment: Assessment, result: ClauseResult) -> Judged:
    """One requirement."""
    clause, bound = assessment.program.clause[result.clause], assessment.bound
    return Judged(
        clause,
        result,
        clause.under(assessment.readings).modality,
        takes_part(assessment, clause.group),
        tuple(lack.name for lack in lacking(assessment, result)),
        tuple(w for w in bound.waivers.get(clause.id, ()) if not has_ended(w, bound.evidence.as_of)),
    )
