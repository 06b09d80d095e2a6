"""A text -> what each word of it is, for semantic colours; what the grammar knows and what the names mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from guiju.desk.desk import Desk
from guiju.desk.things import Occurrence
from guiju.dsl.keywords import by_terminal
from guiju.dsl.normal import normalise

#: the kinds of words, by the names that the language server protocol has for them
COLOURS = (
    *("keyword", "string", "number", "operator", "comment", "variable", "parameter", "function", "enumMember"),
    *("class", "namespace", "enum", "label", "property", "type"),
)
_OF_THINGS = {
    "option": "enumMember",
    "kind": "namespace",
    "level": "enum",
    "group": "class",
    "clause": "label",
    "family": "function",
    "grade": "function",
    "reading": "namespace",
    "choice": "enumMember",
    "record": "property",
    "vocabulary": "namespace",
}
_OF_WORDS = {
    "STRING": "string",
    "INT": "number",
    "DECIMAL": "number",
    "SECTION": "label",
    "MARK": "label",
    "DATE": "number",
    "UNIT": "type",
    "DASH": "label",
    "__ANON_0": "operator",
    **dict.fromkeys(("PLUS", "MINUS", "TIMES", "DIVIDE", "LE", "GE", "NE", "EQ", "LT", "GT", "TILDE"), "operator"),
}


class Colour(NamedTuple):
    """A run of characters of one kind, which stands on one line."""

    start: int
    end: int
    kind: str
    declares: bool


def colours(desk: Desk) -> tuple[Colour, ...]:
    """The coloured words of a text, in its order; they do not overlap."""
    meant = {(o.span.start, o.span.end): o for o in desk.occurrences if not o.is_indirect}
    found = [*_words(desk, meant), *_comments(desk.source.policy)]
    return tuple(sorted(found))


def _words(desk: Desk, meant: dict[tuple[int, int], Occurrence]) -> Iterator[Colour]:
    keywords = by_terminal()
    for read, word in desk.all_words():
        start, end = read.offset + word.start, read.offset + word.end
        occurrence = meant.get((start, end))
        if occurrence is not None:
            yield Colour(start, end, _of(occurrence, desk), occurrence.declares)
        elif word.terminal in keywords:
            yield Colour(start, end, "keyword", False)
        elif word.terminal == "NAME":
            yield from _name(read.start, word.start, start, end)
        elif kind := _OF_WORDS.get(word.terminal):
            yield Colour(start, end, kind, False)


def _of(occurrence: Occurrence, desk: Desk) -> str:
    thing, symbols = occurrence.thing, desk.symbols
    if thing.kind != "value":
        return _OF_THINGS[thing.kind]
    if symbols is not None and thing.id in symbols.inputs:
        return "parameter"
    return "function" if symbols is not None and thing.id in symbols.lets else "variable"


def _name(rule: str, at: int, start: int, end: int) -> Iterator[Colour]:
    """A word that names nothing of the policy: the key of a property, or a unit."""
    if rule in ("property_line", "placed_line", "counts_line", "validity_line", "cell_line") and at == 0:
        yield Colour(start, end, "property", False)
    elif rule in ("fact_line", "expr_cell", "clause_line", "let_line", "row_line"):
        yield Colour(start, end, "type", False)


def _comments(text: str) -> Iterator[Colour]:
    offset = 0
    for line in text.split("\n"):
        at = normalise(line)[1] if "#" in line or "＃" in line else None
        if at is not None:
            yield Colour(offset + at, offset + len(line.rstrip("\r")), "comment", False)
        offset += len(line) + 1
