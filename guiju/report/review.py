"""Findings of a review and the records of a policy -> ReviewModel, and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.compiler.ir import Program, Record
from guiju.compiler.review import Finding
from guiju.compiler.review.records import in_words
from guiju.dsl.diagnostic import Language
from guiju.report.layout import joined
from guiju.report.review_model import FindingModel, NoteModel, ReviewModel
from guiju.report.words import word

NOTES = ("mistake", "note")


def review_of(program: Program, findings: Sequence[Finding], language: Language) -> ReviewModel:
    """The review of a policy. `findings` are what `compiler.review` computed."""
    notes = [r for r in program.records if r.kind in NOTES]
    return ReviewModel(
        guiju="review/1",
        policy=program.id,
        designation=program.designation,
        title=program.title.in_language(language),
        computed=[_finding(f, language) for f in findings],
        notes=[_note(r, language) for r in notes],
        readings=len(program.readings),
    )


def _finding(finding: Finding, language: Language) -> FindingModel:
    diagnostic = finding.diagnostic
    line = diagnostic.span.position.line
    return FindingModel(
        code=diagnostic.code.name,
        kind=diagnostic.code.title.in_language(language),
        message=diagnostic.message(language),
        remedy=diagnostic.help(language),
        line=line,
        witness=diagnostic.span.source.text.splitlines()[line - 1].strip(),
        can_change_a_result=finding.can_change_a_result,
    )


def _note(record: Record, language: Language) -> NoteModel:
    texts = {key: text.in_language(language) for key, text in record.properties}
    return NoteModel(
        id=record.id,
        kind=record.kind,
        what=record.label.in_language(language),
        cites=record.cites,
        classified=texts.get("reason", ""),
        settled=texts.get("why", ""),
        line=record.span.position.line,
        affects=record.affects,
        can_change_a_result=bool(record.affects),
    )


# --- text --------------------------------------------------------------------------------------------------------


def text_of(review: ReviewModel, language: Language) -> str:
    """The review as text: what was computed, then what a reader noted."""
    head = f"{review.designation}  {review.title}"
    counts = word(
        "review-counts", language, computed=len(review.computed), notes=len(review.notes), readings=review.readings
    )
    return joined((head, counts, *_computed(review, language), *_notes(review, language))) + "\n"


def _computed(review: ReviewModel, language: Language) -> Iterator[str]:
    if review.computed:
        yield from ("", word("review-computed", language))
    for i, finding in enumerate(review.computed, start=1):
        weight = f"  [{word('can-change-a-result', language)}]" if finding.can_change_a_result else ""
        yield f"{i:3}. {finding.kind}: {finding.message}{weight}"
        yield f"     {word('policy-line', language)} {finding.line}: {finding.witness}"


def _notes(review: ReviewModel, language: Language) -> Iterator[str]:
    if review.notes:
        yield from ("", word("review-notes", language))
    for i, note in enumerate(review.notes, start=1):
        weight = f"  [{word('can-change-a-result', language)}]" if note.can_change_a_result else ""
        kind = f"{note.classified}: " if note.classified else ""
        where = f" ({in_words(note.cites).in_language(language)})" if note.cites else ""
        yield f"{i:3}. {kind}{note.what}{where}{weight}"
        if note.settled:
            yield f"     {note.settled}"
