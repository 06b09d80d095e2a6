"""The assessment as a report to print and sign: what the page has and paper can hold, and what paper asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guiju.dsl.diagnostic import Language, Text
from guiju.engine.evaluate import Assessment
from guiju.report import result_model as model
from guiju.report.assessed import EDITION, edition_text, evidence_file, standard_text
from guiju.report.document import Document, Paragraph, Section, Tree, text_run
from guiju.report.explained.blocking import blocking
from guiju.report.explained.conclusion import conclusion
from guiju.report.explained.findings import findings
from guiju.report.explained.identity import digests, sign_off
from guiju.report.explained.levels import levels
from guiju.report.explained.limits import limits
from guiju.report.explained.method import method
from guiju.report.explained.plan import plan
from guiju.report.explained.registers import clauses_by_group, evidence
from guiju.report.explained.scores import scores
from guiju.report.explained.subject import Explained
from guiju.report.explained.unknown import unknown
from guiju.report.explained.whole import FICTIONAL, MARKED, made_of

_TITLE = Text("评价报告", "Assessment report")
_DERIVATION = Text("结论由何而来", "How the outcome follows")
_FILE, _DIGEST = Text("证据文件", "Evidence file"), Text("证据摘要", "Evidence digest")


def report(assessment: Assessment, result: model.ResultModel, language: Language) -> Document:
    """The document of a report; its result is in the same language."""
    explained = Explained(assessment, result, language, with_sources=False)
    title = explained.said(_TITLE)
    return Document(
        language,
        title,
        result.subject,
        explained.said(FICTIONAL) if result.fictional else "",
        tuple(_numbered(_sections(explained))),
        made_of(explained),
        cover=tuple((name, value) for name, value in _cover(explained) if value),
        running=f"{title}  {explained.program.designation}  {result.subject}",
        instant=assessment.bound.evidence.as_of,
    )


def _sections(explained: Explained) -> Iterator[Section | None]:
    yield conclusion(explained)
    yield method(explained)
    yield scores(explained)
    yield levels(explained)
    yield findings(explained)
    yield from clauses_by_group(explained)
    yield blocking(explained)
    yield plan(explained)
    yield unknown(explained)
    yield _derivation(explained)
    yield evidence(explained)
    yield limits(explained, with_findings=False)
    yield digests(explained)
    yield sign_off(explained)


def _numbered(sections: Iterator[Section | None]) -> Iterator[Section]:
    """With a number before each chapter; what is below one has the numbers of the standard."""
    number = 0
    for section in sections:
        if section is not None:
            number += section.depth == 0
            yield section if section.depth else replace(section, title=f"{number}  {section.title}")


def _derivation(explained: Explained) -> Section:
    told = Paragraph(text_run(explained.said(MARKED)), "quiet")
    return Section("derivation", explained.said(_DERIVATION), (told, Tree(explained.trees)))


def _cover(explained: Explained) -> Iterator[tuple[str, str]]:
    r, program = explained.result, explained.program
    yield explained.word("policy"), standard_text(program, explained.language)
    yield explained.said(EDITION), edition_text(program, explained.language)
    for outcome in r.outcomes if len(r.outcomes) <= _MOST_OUTCOMES else ():
        several = "" if outcome.possible.decided else f"{explained.word('one-of')} "
        yield outcome.label, f"{several}{explained.possible(outcome.possible, outcome.id)}"
    yield explained.word("as-of"), r.as_of or ""
    yield explained.said(_FILE), evidence_file(explained.assessment)
    yield explained.said(_DIGEST), r.evidence_digest


_MOST_OUTCOMES = 6  # more of them are left to the conclusion
