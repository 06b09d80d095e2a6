"""Catalog -> the text of a policy that compiles: groups, clauses to be attested, levels, membership and a plain grade.

What a reader could not place becomes a record `not-encoded`, so that the policy itself says what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Language, Text, has_errors
from guiju.dsl.formatter import format_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.dsl.spelling import has_cjk
from guiju.intake.catalog import Catalog, Entry
from guiju.intake.labels import bare, quoted, short
from guiju.intake.membership import membership, not_cumulative
from guiju.intake.modality import without_verb

#: what a Chinese policy calls the kinds of groups that the readers give
_CHINESE = {"chapter": "章", "part": "部分", "subpart": "小部分", "section": "节", "family": "族", "control": "控制项"}
_AS_GIVEN = Text("等级由原文件给出，照录", "the levels are kept as the document gives them")


def skeleton(catalog: Catalog, language: Language) -> str:
    """The text of a policy, in canonical form with the keywords of a language.

    Text that cannot be read again is given as it is: whoever compiles it tells what is wrong.
    """
    text = "\n".join(_lines(catalog, language)) + "\n"
    document, found = parse(Source(f"{catalog.id}.guiju", text))
    return text if has_errors(found) else format_document(document, language)


def _lines(catalog: Catalog, language: Language) -> Iterator[str]:
    yield f"standard {catalog.id} {quoted(catalog.designation)}"
    yield f"  title {'zh' if has_cjk(catalog.title) else 'en'} {quoted(catalog.title)}"
    yield "  status draft"
    if catalog.source:
        yield f"  source {quoted(catalog.source)}"
    yield ""
    yield f"groups {' > '.join(_kind(name, language) for name in catalog.kinds)}"
    if catalog.levels:
        yield ""
        yield "levels"
        yield from (f"  {level.id} {' / '.join(map(quoted, level.labels))}" for level in catalog.levels)
    for entry in catalog.entries:
        yield ""
        yield from _group(entry, _Kinds(catalog), 0)
    yield ""
    yield from _outcome(catalog)
    yield from _records(catalog)


def _kind(name: str, language: Language) -> str:
    """A kind with its name in the other language, that of the policy first."""
    if name not in _CHINESE:
        return name
    return f"{_CHINESE[name]} alias {name}" if language == "zh" else f"{name} alias {_CHINESE[name]}"


class _Kinds:
    """Which kind a group is of: those with clauses are of the innermost, but for numbers as short as chapters have."""

    def __init__(self, catalog: Catalog) -> None:
        self._kinds = catalog.kinds
        self._shortest = min((e.mark.count(".") for e in catalog.entries if _is_number(e.mark)), default=0)

    def of(self, entry: Entry, depth: int) -> str:
        """The kind of a group that stands so deep."""
        if all(child.is_group for child in entry.children):
            return self._kinds[depth]
        if not _is_number(entry.mark):  # annexes stand beside chapters; a control has an id
            return self._kinds[-1 if depth or entry.id else 0]
        return self._kinds[min(max(entry.mark.count(".") - self._shortest, depth), len(self._kinds) - 1)]


def _is_number(mark: str) -> bool:
    return mark.replace(".", "").isdigit()


def _group(entry: Entry, kinds: _Kinds, depth: int) -> Iterator[str]:
    """A group and what it holds. What leads to its items stands in its label: groups have no guidance."""
    label = quoted(" — ".join(filter(None, (entry.title, entry.text))) or entry.mark)
    yield f"{'  ' * depth}{kinds.of(entry, depth)} {entry.mark} {label}"
    for child in entry.children:
        yield from _group(child, kinds, depth + 1) if child.is_group else _clause(child, depth + 1)


def _clause(entry: Entry, depth: int) -> Iterator[str]:
    indent = "  " * depth
    text = entry.text or entry.title
    label = short(entry.title or without_verb(text))
    mark = entry.mark if entry.mark == "-" or entry.mark.endswith(")") else f"clause {entry.mark}"
    decided = "" if entry.children else " attested"
    yield f"{indent}{mark}{f' {entry.modality}' if entry.modality else ''} {quoted(label)}{decided}"
    if text and label not in (bare(text), bare(without_verb(text))):
        yield f"{indent}  guidance {quoted(text)}"
    for child in entry.children:
        yield from _clause(child, depth + 1)


def _outcome(catalog: Catalog) -> Iterator[str]:
    """With levels, the highest of which every clause is satisfied; without, the share of clauses that are."""
    if not catalog.levels:
        yield 'score conformity "符合率" / "Conformity" = share of clauses satisfied'
        return
    ids = [level.id for level in catalog.levels]
    yield "membership"
    yield f"  {' | '.join((catalog.kinds[-1], *ids))}"
    for group, cells in membership(catalog):
        yield f"  {' | '.join((group, *cells))}"
    yield ""
    yield 'score reached at each level "达到" / "Reached" = share of clauses satisfied'
    yield 'grade level by reached "等级" / "Level"'
    yield from (f"  {id_} | reached = 100%" for id_ in ids)
    yield "  otherwise | none"


def _records(catalog: Catalog) -> Iterator[str]:
    for group, level, lower in not_cumulative(catalog):
        yield ""
        label = (quoted(f"{group}：{level} 少于 {lower}"), quoted(f"{group}: {level} lacks some of {lower}"))
        yield f"record note {level}-{group} {' / '.join(label)}"
        yield f"  cell membership {group} {level}"
        yield f"  why {quoted(_AS_GIVEN.zh)} / {quoted(_AS_GIVEN.en)}"
    for i, unread in enumerate((u for u in catalog.unread if u.is_left_out), 1):
        yield ""
        kind = "withdrawn" if unread.reason == "withdrawn" else "not-encoded"
        yield f"record {kind} left-out-{i} {quoted(short(unread.quote) or unread.place)}"
        yield f"  reason {quoted(unread.why.zh)} / {quoted(unread.why.en)}"
        yield f"  source {quoted(f'{unread.place}: {unread.quote}')}"
