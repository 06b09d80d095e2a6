"""Mends and breaks of a policy's text: for each rule of the review, how what it finds is put right and how a sound place is spoilt.

A mend takes the lines of a policy and one finding in them; a break takes the lines and gives texts that are worth a try, of which the
first that shows exactly one more finding is meant. Both change what is encoded as the standard's own words would have to change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.library import Loaded, review


@dataclass(frozen=True)
class Place:
    """A finding in a text: its line, counted from nought, and what it says."""

    line: int
    said: dict[str, str]


Lines = list[str]
Mend = Callable[[Lines, Place], Lines]
Break = Callable[[Lines], Iterator[Lines]]

_LABEL = re.compile(r'"[^"]*"(?: / "[^"]*")?')
_RECORD = re.compile(r"record ([\w-]+) ")
_TABLE_ITEM = re.compile(r"record table-item .* cites table 1, ([\d.]+)$")


def findings(text: str) -> tuple[Diagnostic, ...]:
    """What a review finds in a policy; nothing of a policy with errors."""
    document, mistakes = parse(Source("policy", text))
    assert not mistakes, [m.message("en") for m in mistakes]
    return tuple(f.diagnostic for f in review(Loaded(Source("policy", text), document, None, ())))


def place_of(diagnostic: Diagnostic) -> Place:
    """Where a finding is, and its words in Chinese."""
    said = {k: v if isinstance(v, str | int) else v.zh for k, v in diagnostic.arguments}
    return Place(diagnostic.span.position.line - 1, {k: str(v) for k, v in said.items()})


# --- parts of a text -------------------------------------------------------------------------------------------------


def _with(lines: Lines, at: int, line: str) -> Lines:
    return [*lines[:at], line, *lines[at + 1 :]]


def _after(lines: Lines, at: int, *more: str) -> Lines:
    return [*lines[: at + 1], *more, *lines[at + 1 :]]


def _end(lines: Lines, at: int) -> int:
    """The line behind a declaration and what is indented below it."""
    end = at + 1
    while end < len(lines) and lines[end].startswith("  "):
        end += 1
    return end


def _head(lines: Lines, at: int) -> int:
    """The declaration that a line stands below."""
    return next(i for i in range(at, -1, -1) if not lines[i].startswith(" "))


def _records(lines: Lines, *kinds: str) -> list[int]:
    found = ((i, _RECORD.match(line)) for i, line in enumerate(lines))
    return [i for i, match in found if match and (not kinds or match[1] in kinds)]


def _has(lines: Lines, at: int, key: str) -> int | None:
    below = range(at + 1, _end(lines, at))
    return next((i for i in below if lines[i].startswith(f"  {key} ")), None)


def _relabelled(line: str, zh: str, en: str = "mended") -> str:
    return _LABEL.sub(f'"{zh}" / "{en}"', line, count=1)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


# --- mends -----------------------------------------------------------------------------------------------------------


def _mend_clause(lines: Lines, at: Place) -> Lines:
    mark = at.said["clause"]
    return _with(lines, at.line, lines[at.line].replace(f"~{mark}", f"~{chr(ord(mark[0]) - 1)})"))


def _mend_combination(lines: Lines, at: Place) -> Lines:
    option = next(line.split()[0] for line in lines if f' "{at.said["option"]}" / ' in line)
    return _after(lines, _end(lines, at.line) - 1, f"  {option} | 50% | 50% |")


def _mend_lowest(lines: Lines, at: Place) -> Lines:
    return _with(lines, at.line, lines[at.line].replace(f"{at.said['low']} <=", "0 <="))


def _mend_level(lines: Lines, at: Place) -> Lines:
    """The lower level without its last item, or with the first below it alone; in the reading, if that has the cell."""
    section, lower = at.said["section"], at.said["lower"]
    for i, line in enumerate(lines):
        if f": membership {section} {lower} = " in line:
            return _with(lines, i, re.sub(r"~f\)$", "~e)", line))
    cells = _cells(lines[at.line])
    column = int(lower.removeprefix("L"))
    cells[column] = cells[column].rpartition(",")[0] or f"{cells[column]} 1)"
    return _with(lines, at.line, "  " + " | ".join(cells))


def _mend_compound(lines: Lines, at: Place) -> Lines:
    """The first condition alone, in the clause or in the let that it names."""
    name = lines[at.line].split()[-1]
    let = next((i for i, line in enumerate(lines) if line.startswith(f"let {name} = ")), None)
    if let is not None:
        return _with(lines, let, re.sub(r" and .*", "", lines[let]))
    return _with(lines, at.line, re.sub(r'(" [^"]*?) and [^"]*$', r"\1", lines[at.line]))


def _mend_weaker(lines: Lines, at: Place) -> Lines:
    return _with(lines, at.line, lines[at.line].replace("- should", "- shall"))


def _mend_unstated(lines: Lines, at: Place) -> Lines:
    start = lines[at.line][: lines[at.line].index("- ")] + '- "'
    for i in range(at.line, at.line + 9):
        if lines[i].startswith(start):
            lines = _with(lines, i, lines[i].replace("- ", "- shall ", 1))
    return lines


def _mend_away(lines: Lines, at: Place) -> Lines:
    return [*lines[: at.line], *lines[_end(lines, at.line) :]]


def _mend_list_of_one(lines: Lines, at: Place) -> Lines:
    mark = lines[at.line].partition('"')[0]
    return _after(lines, at.line, f'{mark}"第二项" / "Second item" attested')


def _mend_chapter(lines: Lines, at: Place) -> Lines:
    """An item in the table, before that of the chapter behind it."""
    number, _, title = at.said["name"].partition(" ")
    below = next(i for i in _records(lines, "table-item") if (m := _TABLE_ITEM.match(lines[i])) and m[1] > number)
    return _after(lines, below - 1, f'record table-item mended "{title}" cites table 1, {number}')


def _mend_order(lines: Lines, at: Place) -> Lines:
    above = max(i for i in _records(lines, "table-item") if i < at.line)
    end = _end(lines, at.line)
    return [*lines[:above], *lines[at.line : end], *lines[above : at.line], *lines[end:]]


def _mend_title(lines: Lines, at: Place) -> Lines:
    return _with(lines, at.line, _relabelled(lines[at.line], "另一标题"))


def _mend_name(lines: Lines, at: Place) -> Lines:
    return _with(lines, at.line, _relabelled(lines[at.line], at.said["name"]))


def _mend_sense(lines: Lines, at: Place) -> Lines:
    return _with(lines, at.line, _relabelled(lines[at.line], at.said["sense"]))


def _mend_unused(lines: Lines, at: Place) -> Lines:
    return _after(lines, at.line, "  used 1")


def _mend_unintroduced(lines: Lines, at: Place) -> Lines:
    return _with(lines, at.line, f"{lines[at.line]} cites 4")


def _mend_unlisted(lines: Lines, at: Place) -> Lines:
    return [*lines, f'record reference mended "{at.said["source"]}" cites 2', "  used 3"]


def _mend_no_clause(lines: Lines, at: Place) -> Lines:
    return _with(lines, at.line, f"{lines[at.line]} 9.9.9")


def _mend_same_source(lines: Lines, at: Place) -> Lines:
    return _with(lines, at.line, re.sub(r"[\d.]+$", "9.9.9", lines[at.line]))


def _mend_dash(lines: Lines, at: Place) -> Lines:
    old, new = at.said["otherwise"], at.said["dash"]
    return _with(lines, at.line, re.sub(rf"(\d){old}(\d{{4}})", rf"\g<1>{new}\g<2>", lines[at.line]))


def _mend_notes(lines: Lines, at: Place) -> Lines:
    used = _has(lines, at.line, "used")
    assert used is not None
    return _with(lines, used, lines[used].replace(" note", "", 1))


def _mend_date(lines: Lines, at: Place) -> Lines:
    return _with(lines, at.line, "  effective 2099-01-01")


MENDS: dict[str, Mend] = {
    "mistake-in-the-standard": _mend_clause,
    "undefined-combination": _mend_combination,
    "below-the-lowest": _mend_lowest,
    "level-adds-nothing": _mend_level,
    "compound-requirement": _mend_compound,
    "weaker-below": _mend_weaker,
    "modality-unstated": _mend_unstated,
    "item-without-chapter": _mend_away,
    "list-of-one": _mend_list_of_one,
    "chapter-without-item": _mend_chapter,
    "order-differs": _mend_order,
    "same-title": _mend_title,
    "name-varies": _mend_name,
    "introduced-not-used": _mend_unused,
    "used-not-introduced": _mend_unintroduced,
    "another-sense": _mend_sense,
    "source-not-listed": _mend_unlisted,
    "source-without-clause": _mend_no_clause,
    "same-source": _mend_same_source,
    "dashes-vary": _mend_dash,
    "only-in-notes": _mend_notes,
    "no-transition": _mend_date,
}

# --- breaks ----------------------------------------------------------------------------------------------------------


def _break_clause(lines: Lines) -> Iterator[Lines]:
    """A range of the membership table to a mark that is not there, on record as a misprint; at the highest level, where all count."""
    for i, line in enumerate(lines):
        if match := re.match(r"  ([\d.]+) .*\| a\)~[a-z]\) +\| \1$", line):
            broken = _with(lines, i, f"{line.rpartition('|')[0]}| a)~z)")
            yield [*broken, 'record mistake broken "misprint" cites table 3', f"  cell membership {match[1]} L3"]


def _break_combination(lines: Lines) -> Iterator[Lines]:
    for i, line in enumerate(lines):
        if line.startswith("weights "):
            yield [*lines[: i + 2], *lines[i + 3 :]]


def _break_lowest(lines: Lines) -> Iterator[Lines]:
    """A table of levels without its lowest row, and without a word on what lies below."""
    for i, line in enumerate(lines):
        if line.startswith("grade "):
            yield [*lines[: i + 1], *lines[i + 2 : _end(lines, i)], "  otherwise | undefined", *lines[_end(lines, i) :]]


def _break_level(lines: Lines) -> Iterator[Lines]:
    start = next((i for i, line in enumerate(lines) if line.startswith("membership ")), len(lines))
    for i in range(start + 2, _end(lines, start)) if start < len(lines) else ():
        cells = _cells(lines[i])
        yield _with(lines, i, "  " + " | ".join((*cells[:2], cells[1], *cells[3:])))


def _leaves(lines: Lines) -> Iterator[tuple[int, str]]:
    """Lines of clauses with a condition, and the condition."""
    for i, line in enumerate(lines):
        match = re.match(r' +(?:[a-z0-9]\)|-|clause \S+) .*" (?!attested|applies)(\S+ [^"]+?)$', line)
        if match and " cites " not in line and " applies " not in line:
            yield i, match[1]


def _break_compound(lines: Lines) -> Iterator[Lines]:
    for i, condition in _leaves(lines):
        if " and " not in condition:
            yield _with(lines, i, lines[i].replace(condition, f"{condition} and {condition}"))


def _break_repeated(lines: Lines) -> Iterator[Lines]:
    """The condition of one clause in another that was attested."""
    for _, condition in _leaves(lines):
        for i, line in enumerate(lines):
            if re.match(r' +(?:[a-z0-9]\)|-) .*" attested$', line) and " and " not in condition:
                yield _with(lines, i, line.replace("attested", condition))


def _break_weaker(lines: Lines) -> Iterator[Lines]:
    for i, line in enumerate(lines):
        if line.startswith("      - shall "):
            yield _with(lines, i, line.replace("- shall", "- should"))


def _break_unstated(lines: Lines) -> Iterator[Lines]:
    for i, line in enumerate(lines):
        if line.startswith("      - shall "):
            yield _with(lines, i, line.replace("- shall", "-"))


def _break_item(lines: Lines) -> Iterator[Lines]:
    for i in _records(lines, "table-item"):
        yield _after(lines, i, 'record table-item broken "新项" / "New item" cites table 1')


def _break_list(lines: Lines) -> Iterator[Lines]:
    """Lists of two without their second item."""
    for i in range(1, len(lines) - 1):
        mark = re.match(r"( +)(?:-|b\)) ", lines[i])
        if mark and lines[i - 1].startswith((f"{mark[1]}- ", f"{mark[1]}a) ")):
            yield [*lines[:i], *lines[i + 1 :]]


def _break_chapter(lines: Lines) -> Iterator[Lines]:
    for i in _records(lines, "table-item"):
        if _TABLE_ITEM.match(lines[i]):
            yield [*lines[:i], *lines[_end(lines, i) :]]


def _break_item_title(lines: Lines) -> Iterator[Lines]:
    for i in _records(lines, "table-item"):
        if _TABLE_ITEM.match(lines[i]):
            yield _with(lines, i, _relabelled(lines[i], "另一名称"))


def _break_order(lines: Lines) -> Iterator[Lines]:
    for i in _records(lines, "table-item"):
        if _RECORD.match(lines[i + 1]):
            yield [*lines[:i], lines[i + 1], lines[i], *lines[i + 2 :]]


def _break_title(lines: Lines) -> Iterator[Lines]:
    """A section or subsection with the title of what it stands in; an item of the table keeps its own."""
    group = re.compile(r"( *)(?:domain|capability|section|subsection) ")
    above: dict[int, str] = {}
    for i, line in enumerate(lines):
        if match := group.match(line):
            depth, label = len(match[1]), _LABEL.search(line)
            assert label
            if depth > 2:
                yield _with(lines, i, line.replace(label[0], above[depth - 2]))
            above[depth] = label[0]


def _break_by(kinds: tuple[str, ...], *more: str) -> Break:
    """Lines more below a record."""

    def spoil(lines: Lines) -> Iterator[Lines]:
        for i in _records(lines, *kinds):
            yield _after(lines, i, *more)

    return spoil


def _break_used(lines: Lines) -> Iterator[Lines]:
    for i in _records(lines):
        used = _has(lines, i, "used")
        if used and " cites " in lines[i]:
            yield [*lines[:used], *lines[used + 1 :]]


def _break_introduced(lines: Lines) -> Iterator[Lines]:
    for i in _records(lines, "term", "abbreviation", "role", "table", "formula", "reference"):
        if _has(lines, i, "used") and " cites " in lines[i]:
            yield _with(lines, i, lines[i].partition(" cites ")[0])


def _without_source(lines: Lines) -> list[int]:
    return [i for i in _records(lines, "term") if not _has(lines, i, "source")]


def _break_sources(lines: Lines) -> Iterator[Lines]:
    for i in _without_source(lines):
        yield _after(lines, i, '  source "GB/T 9999—2020" 1')


def _listed(lines: Lines) -> list[str]:
    documents = _records(lines, "reference", "bibliography", "relation", "external-citation")
    labels = (_LABEL.search(lines[i]) for i in documents if " cites " in lines[i])
    return [label[0].split(" / ")[0] for label in labels if label]


def _break_no_clause(lines: Lines) -> Iterator[Lines]:
    for document in _listed(lines):
        for i in _without_source(lines):
            yield _after(lines, i, f"  source {document}")


def _break_same_source(lines: Lines) -> Iterator[Lines]:
    terms = _without_source(lines)
    for document in _listed(lines):
        for first, second in pairwise(terms):
            once = _after(lines, second, f"  source {document} 9.9")
            yield _after(once, first, f"  source {document} 9.9")


def _break_documents(*labels: str) -> Break:
    """One more document, of another form than those that are there; used, or only named."""

    def spoil(lines: Lines) -> Iterator[Lines]:
        for label in labels:
            yield [*lines, f'record bibliography broken "{label}"']
            yield [*lines, f'record reference broken "{label}" cites 2', "  used 1"]

    return spoil


def _break_notes(lines: Lines) -> Iterator[Lines]:
    for label in ("GB/T 9999", "GB/T 9999—2020", "GB/T 9999-2020"):
        yield [*lines, f'record reference broken "{label}" cites 2', "  used 1 note"]


def _break_date(lines: Lines) -> Iterator[Lines]:
    if not any(line.startswith("  effective ") for line in lines):
        kept = [line for line in lines if not line.startswith("  issued ")]
        head = next(i for i, line in enumerate(kept) if line.startswith("standard "))
        yield _after(kept, head, "  issued 2026-01-05", "  effective 2026-01-05")


_ANY_RECORD = ("term", "abbreviation", "role", "reference", "name", "statement")
BREAKS: dict[str, Break] = {
    "mistake-in-the-standard": _break_clause,
    "undefined-combination": _break_combination,
    "below-the-lowest": _break_lowest,
    "level-adds-nothing": _break_level,
    "compound-requirement": _break_compound,
    "repeated-requirement": _break_repeated,
    "weaker-below": _break_weaker,
    "modality-unstated": _break_unstated,
    "item-without-chapter": _break_item,
    "list-of-one": _break_list,
    "chapter-without-item": _break_chapter,
    "title-differs": _break_item_title,
    "order-differs": _break_order,
    "same-title": _break_title,
    "name-varies": _break_by(_ANY_RECORD, '  as "别名" / "another name" 1'),
    "count-varies": _break_by(_ANY_RECORD, "  counts 15 cites 1", "  counts 19 cites 1"),
    "introduced-not-used": _break_used,
    "used-not-introduced": _break_introduced,
    "another-sense": _break_by(("term", "abbreviation"), '  means "别的意思" / "another sense" 1'),
    "source-not-listed": _break_sources,
    "source-without-clause": _break_no_clause,
    "same-source": _break_same_source,
    "dashes-vary": _break_documents("GB/T 9999-2020", "GB/T 9999—2020"),
    "undated-beside-dated": _break_documents("GB/T 9999"),
    "only-in-notes": _break_notes,
    "no-transition": _break_date,
}
