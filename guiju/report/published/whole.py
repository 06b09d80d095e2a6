"""The whole publication, in the order of a standard: title, references and words, requirements, tables, the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guiju.compiler.ir import Program
from guiju.dsl import tree
from guiju.dsl.diagnostic import Language, Text
from guiju.report.document import Document, Row, Section, Table
from guiju.report.edition import edition
from guiju.report.published.conditions import InWords
from guiju.report.published.doubts import crosswalks, readings, records
from guiju.report.published.facts import facts
from guiju.report.published.requirements import requirements
from guiju.report.published.speech import Speech
from guiju.report.published.tables import tables

_NOTICE = Text(
    "校对稿：由策略排出，用来与印出的标准对照；条款是简短的提法，以标准原文为准。",
    "A proof: set from the policy, to be read against the printed standard. Clauses are short wordings; the text of "
    "the standard is what counts.",
)
_FACTS = Text("概况", "At a glance")
_CLAUSES = Text("条款", "Clauses")
_COUNTED = Text("{number} 条", "{number}")
_OF_MODALITY = Text("{word} {number} 条", "{number} {word}")
_UNMODAL = Text("无能愿词 {number} 条", "{number} without a modal verb")
_ENGINE = Text("规矩 {version}", "Guiju {version}")
_POLICY = Text("策略 {name}，摘要 {digest}", "policy {name}, digest {digest}")


def publication(document: tree.Document, program: Program, languages: tuple[Language, ...], version: str) -> Document:
    """A policy, as it was written and as it was compiled, in one language or with the second one beside the first."""
    speech = Speech(document, program, languages)
    sections = (
        Section("facts", speech.beside(_FACTS), (_glance(speech),)),
        *records(speech, front=True),
        *requirements(speech),
        *tables(speech),
        *readings(speech),
        *crosswalks(speech),
        *records(speech, front=False),
        *facts(speech),
    )
    name = program.span.source.name.replace("\\", "/").rpartition("/")[2]
    return Document(
        languages[0],
        program.designation,
        speech.beside(program.title),
        speech.beside(_NOTICE),
        sections,
        (
            _ENGINE.in_language(languages[0]).format(version=version),
            _POLICY.in_language(languages[0]).format(name=name, digest=program.digest),
        ),
        languages[1] if len(languages) > 1 else None,
    )


def _glance(speech: Speech) -> Table:
    """The facts of the title page."""
    rows = (Row((speech.cell(key), speech.cell(said))) for key, said in _told(speech))
    return Table("", (), tuple(rows))


def _told(speech: Speech) -> Iterator[tuple[Text, Text]]:
    yield from edition(speech.program)
    yield _CLAUSES, Text(_counted(speech, "zh"), _counted(speech, "en"))


def _counted(speech: Speech, language: Language) -> str:
    """How many clauses there are, and how many of each modal verb."""
    items = speech.program.items()
    modal = Counter(clause.modality for clause in items)
    words: InWords | None = speech.writers.get(language)
    parts = [
        _OF_MODALITY.in_language(language).format(word=words.word(m.upper()) if words else m, number=modal[m])
        for m in ("shall", "should", "may")
        if modal[m]
    ]
    if modal[None] and parts:
        parts.append(_UNMODAL.in_language(language).format(number=modal[None]))
    head = _COUNTED.in_language(language).format(number=len(items))
    return head if not parts else f"{head}：{'，'.join(parts)}" if language == "zh" else f"{head}: {', '.join(parts)}"
