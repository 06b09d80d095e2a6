"""What a line is, as its first word says: a declaration, a group, a clause."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from guiju.dsl import tree
from guiju.dsl.keywords import TOP, WORDS, by_terminal, canonical, language_of, localised
from guiju.dsl.layout import LogicalLine
from guiju.dsl.lines import parse_line
from guiju.dsl.near import surely_meant

_SAME = {"EACH": "SCORE", "VOCABULARY": "STANDARD"}  # two first words of one kind of line
MODALITIES = "|".join(s for t in ("SHALL", "SHOULD", "MAY") for s in (*by_terminal()[t].en, *by_terminal()[t].zh))
#: `——` is the dash of Chinese input methods, and of the lists of Chinese standards
_MARK = re.compile(rf'(?:[a-z]|\d{{1,2}})\)|--(?!-)|-(?=[\s"]|$|(?:{MODALITIES}) *")')
#: a mark as it is printed elsewhere, `a.`, `A)`, `(1)`, `①`; or the whole number of a clause without the word before it
_OTHER_MARK = re.compile(
    r"\(?(?P<mark>[a-zA-Z]|\d{1,2})[.,)](?![\w.])|(?P<round>[①-⑳])|(?P<number>\d+(?:\.\d+)+)(?!\S)"
)
PROPERTIES = ("guidance", "evidence")


class Kinds:
    """What opens a line at the margin or in a group of one text, where the kinds of groups are declared."""

    def __init__(self, lines: Sequence[LogicalLine]) -> None:
        declared = _group_kinds(lines)
        self.not_met = _not_met(lines, declared)
        #: every name, aliases too, and how far down it stands; and the word that lines have instead of one of them
        self.groups = declared | ({self.not_met.written: declared[self.not_met.declared]} if self.not_met else {})

    def of_declaration(self, line: LogicalLine) -> str | None:
        """Which declaration a line at the margin is, by its first word; a near miss counts, so its lines are read."""
        for terminal in TOP:
            if opens(line, terminal):
                return _SAME.get(terminal, terminal)
        if line.first_word in self.groups:
            return "GROUP"
        meant = surely_meant(line.first_word, (*spellings(), *self.groups))
        if meant in self.groups:
            return "MISSPELT GROUP"
        return next((_SAME.get(t, t) for t in TOP if meant in words(t)), None)

    def opens_group(self, line: LogicalLine) -> bool:
        """Whether a line at the margin opens a group."""
        return line.first_word in self.groups

    def is_in_group(self, line: LogicalLine) -> bool:
        """Whether a line is that of a clause or of an inner group, and no row of a table."""
        return "|" not in line.text and (is_clause(line) or self.opens_group(line))

    def names_group(self, line: LogicalLine) -> bool:
        """Whether a line opens a group: by the name of a kind, or by what is nearly one."""
        return line.first_word in self.groups or surely_meant(line.first_word, self.groups) is not None

    def is_next(self, outer: LogicalLine | None, inner: LogicalLine) -> bool:
        """Whether a group is of the kind right below that of another, or of the first kind below none."""
        above = self.groups.get(outer.first_word) if outer else -1
        own = self.groups.get(inner.first_word)
        return above is None or own is None or own == above + 1


def _group_kinds(lines: Sequence[LogicalLine]) -> dict[str, int]:
    line = next((x for x in lines if opens(x, "GROUPS")), None)
    line = line or next((x for x in lines if surely_meant(x.first_word, words("GROUPS"))), None)
    if line is None:
        return {}
    node = parse_line("groups_line", line.text, line.source, line.start)[0] if line.sound else None
    if node:
        return {n.text: i for i, k in enumerate(node.kinds) for n in (k.name, *k.aliases)}
    return dict(_kinds_meant(line.text))


def _kinds_meant(text: str) -> Iterator[tuple[str, int]]:
    """The kinds of a line that cannot be parsed, so that its mistake is not told again of every group."""
    before_citation = itertools.takewhile(lambda w: w not in words("CITES"), text.split()[1:])
    for i, kind in enumerate(" ".join(before_citation).split(">")):
        yield from ((w, i) for w in kind.split() if w.isidentifier() and w not in words("ALIAS"))


class NotMet(NamedTuple):
    """A kind of group that no line begins with, and the word like it that so many lines begin with."""

    declared: str
    written: str
    number: int


def _not_met(lines: Sequence[LogicalLine], declared: Mapping[str, int]) -> NotMet | None:
    """The kind that the line of the groups misspells, if it seems to be that."""
    firsts = Counter(line.first_word for line in lines if "|" not in line.text)
    met = {i for n, i in declared.items() if firsts[n]}
    missing = [n for n, i in declared.items() if i not in met]
    known = {*declared, *spellings(), *(word for pair in WORDS for word in pair)}
    for kind in missing:
        like = [w for w, n in firsts.items() if n > 1 and w not in known and surely_meant(w, (kind,))]
        if like:
            return NotMet(kind, like[0], firsts[like[0]])
    return None


def words(terminal: str) -> tuple[str, ...]:
    """All spellings of a keyword."""
    keyword = by_terminal()[terminal]
    return (*keyword.en, *keyword.zh)


@cache
def spellings() -> tuple[str, ...]:
    """All words that open a declaration."""
    return tuple(w for t in TOP for w in words(t))


def opens(line: LogicalLine, terminal: str) -> bool:
    """Whether a keyword is the first word of a line."""
    return line.first_word in words(terminal)


def is_clause(line: LogicalLine) -> bool:
    """Whether a line begins with the mark or the number of a clause."""
    return bool(_MARK.match(line.text)) or opens(line, "CLAUSES")


def style(line: LogicalLine) -> str:
    """How a clause is marked: by letter, by digit, by dash, or by its whole number."""
    first = line.text[0]
    return "-" if first == "-" else "1" if first.isdigit() else "a" if _MARK.match(line.text) else "clause"


def mark_meant(line: LogicalLine) -> str | None:
    """How the mark of an item, that begins a line in a form of another kind of text, is written here."""
    found = _OTHER_MARK.match(line.text)
    if found is None:
        return None
    if found["number"]:
        clause = by_terminal()["CLAUSES"]
        word = clause.zh[0] if language_of(line.source.policy) == "zh" else clause.en[-1]
        return f"{word} {found['number']}"
    return f"{(found['mark'] or '').lower() or ord(found['round']) - ord('①') + 1})"


def rank(line: LogicalLine) -> int | None:
    """The place of a lettered or numbered item among those beside it."""
    found = _MARK.match(line.text)
    if found is None or line.text[0] == "-":
        return None
    mark = found[0][:-1]
    return int(mark) if mark.isdigit() else ord(mark)


def opens_block(line: LogicalLine) -> bool:
    """Whether a line of a score holds rows, also with its first word misspelt."""
    said = line.text.split()
    return opens(line, "AT") or (said[0][0].isalpha() and not {*said} & {*words("WHEN"), *words("OTHERWISE")})


def opens_option(line: LogicalLine) -> bool:
    """Whether a line of a reading holds patches, also with its first word misspelt."""
    return _holds_patches(line) or ":" in line.text


def _holds_patches(line: LogicalLine) -> bool:
    return opens(line, "DEFAULT") or opens(line, "OR")


_NAMED = re.compile(rf'\S+ +(?:"|(?:{"|".join(words("ALIAS"))}) )')


def is_inner(line: LogicalLine) -> bool:
    """Whether a line looks like one that stands below another: an item, a row, a property, an option."""
    said = line.text.split()
    is_row = "|" in said or not {*said}.isdisjoint((*words("WHEN"), *words("OTHERWISE")))
    is_property = any(line.first_word in pair for pair in WORDS)
    return is_row or is_property or is_clause(line) or _holds_patches(line) or bool(_NAMED.match(line.text))


def describes_option(line: LogicalLine, owner: tree.InputDecl | tree.FactDecl | None) -> bool:
    """Whether a line below a value is about one of its options; if not, it is a property, perhaps misspelt."""
    if canonical(line.first_word, WORDS) in PROPERTIES:
        return False
    if owner is not None and not isinstance(owner.type, tree.ChoiceType):
        return False
    known = (*PROPERTIES, *(localised(p, WORDS, "zh") for p in PROPERTIES))
    named = {o.text for o in owner.type.options} if owner and isinstance(owner.type, tree.ChoiceType) else set()
    return line.first_word in named or surely_meant(line.first_word, known) is None
