"""Lines below a line that cannot hold them, because their own is missing or has moved: one mistake, however many.

A line that is misspelt is told of by itself. These are whole, and of a kind that stands elsewhere: options below a
`use`, clauses below a record, the rows of a table below a score.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby

from guiju.dsl import codes
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.keywords import RECORD_KEYS, STANDARD_KEYS, USE_KEYS, WORDS, canonical, localised
from guiju.dsl.kinds import PROPERTIES, is_clause, opens, rank, spellings, words
from guiju.dsl.layout import LogicalLine
from guiju.dsl.near import surely_meant

_KEYS = {key for pair in WORDS for key in pair}
#: what may stand below a line of a kind; properties by their keys
_HOLDS: Mapping[str, frozenset[str]] = {
    "STANDARD": frozenset(STANDARD_KEYS),
    "USE": frozenset(USE_KEYS),
    "RECORD": frozenset(RECORD_KEYS),
    "INPUT": frozenset((*PROPERTIES, "named")),
    "FACT": frozenset((*PROPERTIES, "named")),
    "VALUE": frozenset(PROPERTIES),  # a fact or an input that has no options
    "LET": frozenset(),
    "GROUPS": frozenset(),
    "ITEM": frozenset(),
    "LEVELS": frozenset(("named",)),
    "GROUP": frozenset(("clause", "group")),
    "OUTER GROUP": frozenset(("group",)),  # one with groups below it
    "CLAUSE": frozenset((*PROPERTIES, "clause")),
    "MEMBERSHIP": frozenset(("cells",)),
    "WEIGHTS": frozenset(("cells",)),
    "GRADE": frozenset(("cells",)),
    "CROSSWALK": frozenset(("cells",)),
    "SCORE": frozenset(("block", "row")),
    "BLOCK": frozenset(("row",)),
    "READING": frozenset(("option", "why")),
    "EXAMPLE": frozenset(("given",)),
}
_NAMED = re.compile(rf'[^\W\d][\w+.-]*(?: *"[^"]*"(?: */ *"[^"]*")?| +(?:{"|".join(words("ALIAS"))}) .*)\Z')


def without_strays(
    kind: str, parent: LogicalLine, names_group: Callable[[LogicalLine], bool]
) -> tuple[list[LogicalLine], list[Diagnostic]]:
    """The lines below one that it can hold or that are mistakes of their own; a diagnostic for each run of others."""
    kept: list[LogicalLine] = []
    found: list[Diagnostic] = []
    for is_stray, run in groupby(parent.children, lambda line: _is_stray(line, _HOLDS[kind], names_group)):
        for lines in _following_on(run):
            if is_stray and len(lines) > 1:
                found.append(missing_head(lines, parent))
            else:
                kept += lines
    return kept, found


def _following_on(lines: Iterable[LogicalLine]) -> list[list[LogicalLine]]:
    """The lines, clauses whose marks leave some out apart: `a)`, `c)` and `f)` were moved one by one."""
    runs: list[list[LogicalLine]] = []
    for line in lines:
        before, mark = (rank(runs[-1][-1]) if runs else None), rank(line)
        if not runs or (before is not None and mark is not None and mark != before + 1):
            runs.append([])
        runs[-1].append(line)
    return runs


def missing_head(lines: Sequence[LogicalLine], parent: LogicalLine) -> Diagnostic:
    """The diagnostic for lines below one that they do not belong to, at the first of them."""
    arguments = (("number", len(lines)), ("parent", parent.shown))
    return Diagnostic(codes.MISSING_HEAD, lines[0].span, arguments)


def begins_again(lines: Sequence[LogicalLine]) -> int | None:
    """Where the marks of clauses begin again, so that what follows belongs to a group that is not there."""
    ranks = [rank(line) for line in lines]
    for i in range(2, len(ranks) - 1):
        if ranks[i : i + 2] == ranks[:2] and None not in ranks[:2] and ranks[i + 1] == (ranks[i] or 0) + 1:
            return i
    return None


def said_again(lines: Sequence[LogicalLine], options: Sequence[str]) -> int | None:
    """Where the lines below a fact begin anew: with what was said, or with another's option behind all its own."""
    words_ = [canonical(line.first_word, WORDS) for line in lines]
    said: set[str] = set()
    for i, word in enumerate(words_[:-1]):
        again = word in said and words_[i + 1] != word and words_[i + 1] in said
        whole = bool(said.intersection(PROPERTIES)) or (bool(said) and said.issuperset(options))
        if again or (whole and word not in said and _is_of_another(lines[i], options)):
            return i
        said.add(word)
    return None


def _is_of_another(line: LogicalLine, options: Sequence[str]) -> bool:
    """Whether a line describes an option, and none of these."""
    own = (*PROPERTIES, *(localised(key, WORDS, "zh") for key in PROPERTIES), *options)
    return bool(_NAMED.match(line.text)) and line.first_word not in own and surely_meant(line.first_word, own) is None


def _is_stray(line: LogicalLine, held: frozenset[str], names_group: Callable[[LogicalLine], bool]) -> bool:
    """Whether a line is of a kind that cannot stand there, and no misspelt one that can."""
    if not line.sound:
        return False
    sort = _sort(line, names_group)
    return sort is not None and sort not in held and surely_meant(line.first_word, _spelled(held)) is None


@cache
def _spelled(keys: frozenset[str]) -> tuple[str, ...]:
    """Keys of properties in both languages."""
    return tuple(key for pair in WORDS for key in pair if canonical(key, WORDS) in keys)


def _sort(line: LogicalLine, names_group: Callable[[LogicalLine], bool]) -> str | None:
    """What a line is by its own look; None of one that has none."""
    if is_clause(line):
        return "clause"
    if opens(line, "DEFAULT") or opens(line, "OR"):
        return "option"
    if opens(line, "AT"):
        return "block"
    if opens(line, "GIVEN") or opens(line, "EXPECT"):
        return "given"
    if "|" not in line.text and names_group(line):
        return "group"
    if line.first_word in _KEYS:
        return canonical(line.first_word, WORDS)
    if line.first_word in spellings():
        return None
    if "|" in line.text:
        return "cells"
    if not {*line.text.split()}.isdisjoint((*words("WHEN"), *words("OTHERWISE"))):
        return "row"
    return "named" if _NAMED.match(line.text) else None
