"""Assessments of one evidence file under several standards -> CoverageModel, and its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from wcwidth import wcswidth

from guiju.compiler.ir import UNKNOWN, Program
from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Evidence
from guiju.report.coverage_model import CoverageModel, StandardModel
from guiju.report.diagnostics_model import diagnostic_model
from guiju.report.layout import joined
from guiju.report.result import outcomes_of
from guiju.report.words import word


def coverage_of(
    evidence: Evidence,
    assessments: Sequence[Assessment],
    language: Language,
    diagnostics: Iterable[Diagnostic] = (),
) -> CoverageModel:
    """What the file answers of each standard, in their order, and how many questions it takes."""
    asked = Counter(question for a in assessments for question in _questions(a.program))
    standards = [_standard(a, asked, language) for a in assessments]
    spared = sum(_spared(a) for a in assessments)
    return CoverageModel(
        guiju="coverage/1",
        subject=evidence.subject,
        as_of=evidence.as_of.isoformat() if evidence.as_of else None,
        fictional=evidence.fictional,
        standards=standards,
        questions_alone=asked.total(),
        questions_together=len(asked) - spared,
        saved_by_vocabulary=asked.total() - len(asked),
        saved_by_crosswalk=spared,
        diagnostics=[diagnostic_model(d, language) for d in diagnostics],
    )


def _questions(program: Program) -> Iterator[tuple[str, str]]:
    """What a standard asks for: facts that no formula gives, and verdicts where some reading leaves a clause to people.

    A fact of a vocabulary is the same question whichever standard asks it.
    """
    for fact in program.facts:
        if fact.formula is None:
            yield fact.vocabulary or program.id, fact.id
    for clause in program.clauses:
        if clause.is_attested:
            yield program.id, clause.id


def _spared(assessment: Assessment) -> int:
    """How many questions a crosswalk answers: of the clauses that it decides those that are asked of people."""
    decided = (assessment.program.clause[r.clause] for r in assessment.items if r.by == "crosswalk")
    return sum(clause.is_attested for clause in decided)


def _standard(assessment: Assessment, asked: Counter[tuple[str, str]], language: Language) -> StandardModel:
    program, results = assessment.program, assessment.items
    verdicts = Counter("unknown" if r.verdict is UNKNOWN else r.verdict.value for r in results)
    questions = tuple(_questions(program))
    return StandardModel(
        policy=program.id,
        designation=program.designation,
        title=program.title.in_language(language),
        outcomes=outcomes_of(assessment, language),
        satisfied=verdicts["satisfied"],
        unsatisfied=verdicts["unsatisfied"],
        not_applicable=verdicts["not-applicable"],
        unknown=verdicts["unknown"],
        by_crosswalk=sum(r.by == "crosswalk" for r in results),
        partial=sum(r.reason == "partial" for r in results),
        questions=len(questions),
        shared=sum(asked[question] > 1 for question in questions),
    )


# --- text --------------------------------------------------------------------------------------------------------


def text_of(coverage: CoverageModel, language: Language) -> str:
    """The coverage as a table, a line a standard, and what was saved below it."""
    note = f"  ({word('fictional', language)})" if coverage.fictional else ""
    head = [f"{word('subject', language)}: {coverage.subject}{note}"]
    if coverage.as_of:
        head.append(f"{word('as-of', language)}: {coverage.as_of}")
    columns = ("policy", "satisfied", "unsatisfied", "not-applicable", "unknown", "questions", "shared-questions")
    rows = [tuple(word(c, language) for c in columns), *(_row(s) for s in coverage.standards)]
    return joined((*head, "", *_aligned(rows), "", *_notes(coverage, language), *_saved(coverage, language))) + "\n"


def _row(s: StandardModel) -> tuple[str, ...]:
    numbers = (s.satisfied, s.unsatisfied, s.not_applicable, s.unknown, s.questions, s.shared)
    return (s.policy, *(str(n) for n in numbers))


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(wcswidth(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        first = row[0] + " " * (widths[0] - wcswidth(row[0]))
        yield "  ".join((first, *(" " * (widths[i] - wcswidth(c)) + c for i, c in enumerate(row) if i)))


def _notes(coverage: CoverageModel, language: Language) -> Iterator[str]:
    for s in coverage.standards:
        if s.by_crosswalk or s.partial:
            yield f"{s.policy}: " + word("crosswalk-counts", language, decided=s.by_crosswalk, partial=s.partial)


def _saved(coverage: CoverageModel, language: Language) -> Iterable[str]:
    c = coverage
    saved = c.saved_by_vocabulary + c.saved_by_crosswalk
    numbers = {"alone": c.questions_alone, "together": c.questions_together, "saved": saved}
    parts = {"vocabulary": c.saved_by_vocabulary, "crosswalk": c.saved_by_crosswalk}
    return (word("questions-saved", language, **numbers, **parts),)
