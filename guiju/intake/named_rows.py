"""What a cell of a printed table names: `4.1`, `4.1 a)~c)`, `b) 1)`, `4.3.1～4.3.2`, with or without a title behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from guiju.intake.catalog import Entry

_MARKS = r"(?:[(（]?(?:[a-z]|\d{1,2})[)）]\s*)*"
_NAME = rf"((?:[A-Z]\.)?\d{{1,2}}(?:\.\d{{1,3}})*(?![\d)）.]))?\s*({_MARKS})"
_ONE = re.compile(rf"\s*{_NAME}(?:(?:[~～\-—–]+|至|到)\s*{_NAME})?\s*")
_LIST = re.compile(rf"(?=.*[)）.])(?:(?=\s*[A-Z1-9(（a-z]){_ONE.pattern}(?:[,，、;；]|$))+")
_MARK = re.compile(r"[(（]?([a-z]|\d{1,2})[)）]")
_COMMA = re.compile(r"[,，、;；]|$")
#: what may not stand behind a name as its title: the mark of an item without its bracket, or the rest of a list
_NO_TITLE = re.compile(r"[a-z](?![A-Za-z])|[~～,，、;；/\-—–至和及]|.*[a-z][)）]")


@dataclass(frozen=True)
class Names:
    """The entries of a catalog by what a table calls them. The numbers are those that stand in the document."""

    entries: Sequence[Entry]
    _numbered: dict[str, Entry] = field(default_factory=dict, init=False)
    _beside: dict[int, Sequence[Entry]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._note(self.entries)

    def _note(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._beside[id(entry)] = entries
            if not entry.mark.endswith(")") and entry.mark != "-":
                self._numbered[entry.mark] = entry
            self._note(entry.children)

    def row(self, cell: str, above: Entry | None) -> tuple[Entry, ...] | None:
        """What the first cell of a row names, `above` being the clause of the rows before; None where nothing certain.

        A title may stand behind the name.
        """
        said = cell.strip()
        first = _ONE.match(said)
        if first and first.end() < len(said) and first[0].strip() and not _COMMA.match(said, first.end()):
            title = said[first.end() :]
            said = "" if _NO_TITLE.match(title) else first[0]
        return self.all(said, above)

    def all(self, said: str, above: Entry | None) -> tuple[Entry, ...] | None:
        """The entries of a list of names and ranges; None where one of them does not exist, or it is no such list."""
        found: list[Entry] = []
        at = 0
        while at < len(said):
            one = _ONE.match(said, at)
            comma = _COMMA.match(said, one.end()) if one else None
            if one is None or comma is None or not one[0].strip():
                return None
            ends = [self._entry(one[1], one[2], above)]
            if one[3] or one[4]:
                ends.append(self._entry(one[3] or one[1], one[4], above))
            run = self._run(ends)
            if run is None:
                return None
            found += run
            above = self._numbered[one[1]] if one[1] else above
            at = max(comma.end(), one.end())
        return tuple(found) or None

    def within(self, said: str, entry: Entry) -> tuple[Entry, ...] | None:
        """The entries of a list that all stand in one entry, or are it; None where they do not."""
        found = self.all(said, entry)
        return found if found and {id(one) for one in found} <= {id(one) for one in _whole(entry)} else None

    def clause(self, cell: str) -> Entry | None:
        """The clause whose number a cell begins with: what marks in the rows below belong to."""
        found = _ONE.match(cell)
        return self._numbered.get(found[1]) if found and found[1] else None

    def _entry(self, number: str | None, marks: str, above: Entry | None) -> Entry | None:
        entry = self._numbered.get(number) if number else above
        for mark in _MARK.findall(marks):
            entry = next((child for child in _below(entry) if child.mark == f"{mark})"), None) if entry else None
        return entry if number or marks.strip() else None

    def _run(self, ends: Sequence[Entry | None]) -> Sequence[Entry] | None:
        """Everything from the first to the last, which stand side by side."""
        known = [entry for entry in ends if entry is not None]
        if len(known) < len(ends):
            return None
        beside = [id(entry) for entry in self._beside[id(known[0])]]
        if id(known[-1]) not in beside:
            return None
        first, last = beside.index(id(known[0])), beside.index(id(known[-1]))
        return self._beside[id(known[0])][first : last + 1] or None


def is_list(said: str) -> bool:
    """Whether a text has the form of names and ranges, whatever exists; a bare `5` may be any number."""
    return _LIST.fullmatch(said) is not None


def _whole(entry: Entry) -> Iterator[Entry]:
    yield entry
    for child in entry.children:
        yield from _whole(child)


def _below(entry: Entry) -> tuple[Entry, ...]:
    """What stands below a clause, and the items that were given a group of their own beside its clauses."""
    own = (child for child in entry.children if child.mark == f"{entry.mark}-0")
    return (*entry.children, *(item for group in own for item in group.children))
