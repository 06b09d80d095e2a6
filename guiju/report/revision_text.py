"""A revision or a change log -> text for a terminal, or Markdown: chapters of sentences, as an editor lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from guiju.dsl.diagnostic import Language, Text
from guiju.report.chapters import CHAPTERS, numbers
from guiju.report.facts import in_units_of
from guiju.report.layout import fitted
from guiju.report.revision_model import (
    ChangelogModel,
    EditionModel,
    OutcomeModel,
    RevisionModel,
)
from guiju.report.words import word

MOST_STATED = 8  # of a subject; `--format json` has the rest
_NOTHING = Text("没有改动", "Nothing is changed")
_OUTCOMES = Text("对结果的影响", "What it does to outcomes")
_BY = Text("由第 {sets} 项造成", "by change {sets}")
_SUBJECT = Text("该对象：{stated}；其余条款没有不满足的", "that subject: {stated}; no other clause is unsatisfied")
_NOTHING_UNSATISFIED = Text("该对象：没有不满足的条款", "that subject: no clause is unsatisfied")
_FURTHER = Text("另有 {n} 项（--format json 全部列出）", "{n} more (--format json lists all)")
_REPLACES = Text("代替 {other}", "replaces {other}")
_ISSUED = Text("{date} 发布", "issued {date}")
_FIRST = Text("最早的一版", "The first edition")
_LOG = Text("{designation}的改动记录", "Changes of {designation}")


@dataclass(frozen=True)
class _Style:
    """How headings and lines are set: on a terminal, or in Markdown."""

    is_markdown: bool

    def heading(self, depth: int, text: str) -> Iterator[str]:
        yield f"{'#' * depth} {text}" if self.is_markdown else text
        if self.is_markdown:
            yield ""

    def line(self, text: str, tails: Iterable[str] = ()) -> Iterator[str]:
        if self.is_markdown:
            yield "  ".join((f"- {text}", *filter(None, tails)))
        else:
            yield from fitted(f"  {text}", tails)


def revision_text(found: RevisionModel, language: Language, *, is_markdown: bool) -> str:
    """One revision by itself."""
    style = _Style(is_markdown)
    return _whole((*_head(found.before, found.after, style, language), *_body(found, style, language, 2)))


def changelog_text(found: ChangelogModel, language: Language, *, is_markdown: bool) -> str:
    """All revisions of a standard, the oldest first."""
    style, latest = _Style(is_markdown), found.editions[-1]
    title = _LOG.in_language(language).format(designation=latest.designation)
    lines = [*style.heading(1, f"{title}  {latest.title}"), ""]
    lines += [*style.heading(2, _edition(found.editions[0], language)), _FIRST.in_language(language), ""]
    for revision in found.revisions:
        lines += [*style.heading(2, _edition(revision.after, language)), *_body(revision, style, language, 3)]
    return _whole(lines)


def _whole(lines: Iterable[str]) -> str:
    text = "\n".join(lines).rstrip()
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return f"{text}\n"


def _head(before: EditionModel, after: EditionModel, style: _Style, language: Language) -> Iterator[str]:
    yield from style.heading(1, f"{before.designation} → {after.designation}  {after.title}")
    yield _edition(after, language)
    yield ""


def _edition(edition: EditionModel, language: Language) -> str:
    """`DEMO 2—2027, issued 2027-01-01, replaces DEMO 2—2024`."""
    said = [edition.designation]
    if edition.issued:
        said.append(_ISSUED.in_language(language).format(date=edition.issued))
    if edition.replaces:
        said.append(_REPLACES.in_language(language).format(other=edition.replaces))
    return ("，" if language == "zh" else ", ").join(said)


def _body(found: RevisionModel, style: _Style, language: Language, depth: int) -> Iterator[str]:
    if not found.changes:
        yield _NOTHING.in_language(language)
        yield ""
    numbered = dict(zip(map(id, found.changes), numbers([c.what for c in found.changes]), strict=True))
    for chapter, title in CHAPTERS.items():
        listed = [change for change in found.changes if change.chapter == chapter]
        if listed:
            yield from style.heading(depth, title.in_language(language))
            for change in listed:
                number = numbered[id(change)]
                yield from style.line(f"{f'({number})' if style.is_markdown else f'{number}.'} {change.sentence}")
            yield ""
    yield from style.heading(depth, _OUTCOMES.in_language(language))
    for outcome in found.outcomes:
        yield from style.line(outcome.sentence, _tails(outcome, found, numbered, language))
    yield ""


def _tails(
    outcome: OutcomeModel, found: RevisionModel, numbered: Mapping[int, int], language: Language
) -> Iterator[str]:
    if outcome.because:
        sets = ("+".join(str(numbered[id(found.changes[i])]) for i in one) for one in outcome.because)
        yield _BY.in_language(language).format(sets=" | ".join(sets))
    if outcome.subject:
        stated = [_stated(text, language) for text in outcome.subject[:MOST_STATED]]
        further = len(outcome.subject) - MOST_STATED
        stated += [_FURTHER.in_language(language).format(n=further)] if further > 0 else []
        yield _SUBJECT.in_language(language).format(stated=("，" if language == "zh" else ", ").join(stated))
    elif outcome.answer == "some":
        yield _NOTHING_UNSATISFIED.in_language(language)


def _stated(text: str, language: Language) -> str:
    """`1 b): satisfied` with the verdict in words, and a number with its unit as the language writes it."""
    about, _, value = text.rpartition(": ")
    if value in ("satisfied", "unsatisfied", "not-applicable"):
        return f"{about}: {word(value, language)}"
    return f"{about}: {in_units_of(value, language)}"
