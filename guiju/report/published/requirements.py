"""The chapters of requirements as the standard has them: its own tree, with lettered clauses and what decides each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.dsl import tree
from guiju.dsl.diagnostic import Text
from guiju.report.document import Block, Paragraph, Point, Points, Run, Section, text_run
from guiju.report.published.conditions import InWords
from guiju.report.published.speech import Line, Speech

_ATTESTED = Text("由人查验", "attested")
_DECIDED = Text("判定：", "Satisfied if ")
_APPLIES = Text("适用条件：", "Applies when ")
_SEE = Text("见 ", "See ")
_GUIDANCE, _EVIDENCE = Text("指引：", "Guidance: "), Text("证据：", "Evidence: ")
_DASH = "—"
_NUMBER = re.compile(r"\d|[A-Z]{1,5}[-.]\d")  # 6.1, A.2 and AC-1; what is a word is a name


def requirements(speech: Speech) -> Iterator[Section]:
    """A section for each group, those inside it behind it."""
    for group in speech.declared(tree.GroupDecl):
        yield from _group(speech, group, 0)


def _group(speech: Speech, group: tree.GroupDecl, depth: int) -> Iterator[Section]:
    blocks: list[Block] = [Paragraph(text_run(line), "quiet") for line in _properties(speech, group)]
    points = tuple(point for clause in group.clauses for point in _clause(speech, clause, 0))
    if points:
        blocks.append(Points(points))
    title = " ".join((number_of(group), speech.beside(Speech.label(group.label, group.name.text)))).strip()
    yield Section(f"group:{group.name.text}", title, tuple(blocks), depth)
    for inner in group.groups:
        yield from _group(speech, inner, depth + 1)


def number_of(group: tree.GroupDecl) -> str:
    """The number that the standard prints before the heading of a group: its name, or the first place it cites."""
    if _NUMBER.match(group.name.text):
        return group.name.text
    places = group.cites.places if group.cites and group.cites.document is None else ()
    clause = next((p.clause for p in places if isinstance(p.clause, tree.ClauseRef) and p.kind is None), None)
    return clause.section or "" if clause is not None and not clause.marks else ""


def _properties(speech: Speech, group: tree.GroupDecl) -> Iterator[str]:
    for key, head in (("guidance", _GUIDANCE), ("evidence", _EVIDENCE)):
        said = speech.property_of(group, key)
        if said is not None:
            yield speech.beside(Text(head.zh + said.zh, head.en + said.en))


def _clause(speech: Speech, clause: tree.ClauseDecl, depth: int) -> Iterator[Point]:
    mark = _DASH if clause.mark == "-" else clause.mark
    yield speech.point(mark, lambda writer: _lines(speech, clause, writer), depth)
    for child in clause.children:
        yield from _clause(speech, child, depth + 1)


def _lines(speech: Speech, clause: tree.ClauseDecl, writer: InWords) -> Iterator[Line]:
    """What a clause says: its modal verb and label, then what decides it, where it applies, what it refers to."""
    language = writer.language
    modality = (Run(f"{writer.word(clause.modality.upper())} ", style="strong"),) if clause.modality else ()
    label = text_run(Speech.label(clause.label).in_language(language))
    attested = isinstance(clause.condition, tree.Attested)
    tail = (Run(f" [{_ATTESTED.in_language(language)}]", style="quiet"),) if attested else ()
    yield (*modality, *label, *tail)
    if clause.condition is not None and not isinstance(clause.condition, tree.Attested):
        yield _quiet(_DECIDED.in_language(language) + writer.said(clause.condition))
    if clause.applies is not None:
        yield _quiet(_APPLIES.in_language(language) + writer.said(clause.applies))
    if clause.cites is not None:
        yield _quiet(_SEE.in_language(language) + speech.places(clause.cites)(writer))
    for key, head in (("guidance", _GUIDANCE), ("evidence", _EVIDENCE)):
        said = speech.property_of(clause, key)
        if said is not None:
            yield _quiet(head.in_language(language) + said.in_language(language))


def _quiet(text: str) -> Line:
    return (Run(text, style="quiet"),)
