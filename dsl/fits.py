"""What a line is below another, and whether the parser would take it there: what `places` weighs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from guiju.dsl.keywords import RECORD_KEYS, STANDARD_KEYS, USE_KEYS, WORDS, canonical
from guiju.dsl.kinds import (
    PROPERTIES,
    Kinds,
    describes_option,
    is_clause,
    is_inner,
    mark_meant,
    opens,
    opens_block,
    opens_option,
    rank,
    style,
)
from guiju.dsl.layout import LogicalLine
from guiju.dsl.lines import LineReader
from guiju.dsl.places import CANNOT_STAND, GROUPS, ODD_STEP, OUT_OF_ORDER, UNKNOWN, UNREADABLE, Fit, Role
from guiju.dsl.properties import FORMS, wrong_value

_KEYS = {"STANDARD": STANDARD_KEYS, "USE": USE_KEYS, "RECORD": RECORD_KEYS}
_TABLES = ("MEMBERSHIP", "WEIGHTS", "GRADE", "CROSSWALK")
_END = "END"  # a line that holds no others


class Fits:
    """What each line of a text is below each other; every answer is kept."""

    def __init__(self, lines: Sequence[LogicalLine], kinds: Kinds, read: LineReader) -> None:
        self._lines, self._kinds, self._parse_line = lines, kinds, read
        self._fit = cache(self._weigh)
        self._parsed = cache(self._parse)

    def __call__(self, index: int, parent: int | None, role: Role) -> Fit:
        """What a line is below another one that is of a role."""
        looks_up = role in ("INPUT", "FACT", "CLAUSE", "GROUP")  # where it matters which line that is
        return self._fit(index, parent if looks_up else None, role)

    def _parse(self, index: int, start: str) -> Any:
        """The node of a line, or None."""
        line = self._lines[index]
        return self._parse_line(start, line.text, line.source, line.start, line.trivia)[0]

    def _reads(self, index: int, start: str) -> bool:
        """Whether a line can be read as something; of one that was reported already, nobody knows."""
        return not self._lines[index].sound or self._parsed(index, start) is not None

    def _read(self, index: int, start: str, role: Role, otherwise: int = UNREADABLE) -> Fit:
        return Fit(role, 0 if self._reads(index, start) else otherwise)

    def _weigh(self, index: int, parent: int | None, role: Role) -> Fit:
        line = self._lines[index]
        if role == "":
            return self._declaration(index, line)
        if role == "GROUP":
            return self._in_group(index, line, parent)
        if role == "CLAUSE":
            return self._in_clause(index, line, parent)
        if role in _KEYS:
            return self._property(index, line, _KEYS[role])
        if role in ("INPUT", "FACT"):
            return self._in_value(index, line, parent)
        if role in _TABLES:
            return Fit(_END, 0 if "|" in line.text or not line.sound else CANNOT_STAND)
        if role == "LEVELS":
            return self._read(index, "level_line", _END, CANNOT_STAND)
        if role == "SCORE":
            return self._in_score(index, line)
        if role == "BLOCK":
            return self._read(index, "row_line", _END, CANNOT_STAND)
        if role == "READING":
            return self._in_reading(index, line)
        if role == "EXAMPLE":
            return self._in_example(index, line)
        if role == "OPTION":
            return self._read(index, "patch", _END, CANNOT_STAND)
        return Fit(role, 0 if role == UNKNOWN else CANNOT_STAND)

    def _declaration(self, index: int, line: LogicalLine) -> Fit:
        kind = self._kinds.of_declaration(line)
        if kind is None:
            return Fit(_END, 2 * CANNOT_STAND) if is_inner(line) else Fit(UNKNOWN, CANNOT_STAND)
        if kind == "MISSPELT GROUP":
            return Fit("GROUP", UNREADABLE)
        if kind == "GROUP" and self._reads(index, "group_line"):
            return Fit("GROUP", ODD_STEP * (not self._kinds.is_next(None, line)))
        role = _END if kind in ("LET", "GROUPS", "ITEM") else kind
        return self._read(index, f"{kind.lower()}_line", role)

    def _property(self, index: int, line: LogicalLine, keys: Sequence[str]) -> Fit:
        key = canonical(line.first_word, WORDS)
        if key not in keys:
            return Fit(_END, CANNOT_STAND)
        if not line.sound:
            return Fit(_END, 0)
        wrong = wrong_value(key, line) is not None
        return Fit(_END, UNREADABLE) if wrong else self._read(index, FORMS.get(key, "property_line"), _END)

    def _in_group(self, index: int, line: LogicalLine, parent: int | None) -> Fit:
        if self._kinds.names_group(line):
            sound = line.first_word in self._kinds.groups and self._reads(index, "group_line")
            odd = ODD_STEP * (not self._kinds.is_next(self._lines[parent or 0], line))
            return Fit("GROUP", odd if sound else UNREADABLE, GROUPS)
        if is_clause(line):
            return self._read(index, "clause_line", "CLAUSE")._replace(sort=style(line), rank=rank(line))
        if canonical(line.first_word, WORDS) in PROPERTIES:
            return Fit(_END, UNREADABLE)
        return Fit("CLAUSE" if mark_meant(line) else UNKNOWN, CANNOT_STAND)

    def _in_clause(self, index: int, line: LogicalLine, parent: int | None) -> Fit:
        if not is_clause(line):
            return Fit("CLAUSE", CANNOT_STAND) if mark_meant(line) else self._property(index, line, PROPERTIES)
        fit = self._read(index, "clause_line", "CLAUSE")._replace(sort=style(line), rank=rank(line))
        above, own = style(self._lines[parent or 0]), style(line)
        upside_down = above == "1" and own == "a"
        return fit._replace(cost=fit.cost + CANNOT_STAND * (above == own != "-") + OUT_OF_ORDER * upside_down)

    def _in_value(self, index: int, line: LogicalLine, parent: int | None) -> Fit:
        if canonical(line.first_word, WORDS) in PROPERTIES:
            return self._property(index, line, PROPERTIES)
        start = "fact_line" if opens(self._lines[parent or 0], "FACT") else "input_line"
        owner = self._parsed(parent or 0, start)
        reads = describes_option(line, owner) and self._reads(index, "option_line")
        return Fit(_END, 0 if reads else CANNOT_STAND)

    def _in_score(self, index: int, line: LogicalLine) -> Fit:
        if opens(line, "AT"):
            return self._read(index, "block_line", "BLOCK")._replace(sort="block")
        if self._reads(index, "row_line"):
            return Fit(_END, 0, "row")
        return Fit("BLOCK" if opens_block(line) else _END, CANNOT_STAND)

    def _in_example(self, index: int, line: LogicalLine) -> Fit:
        start = next((f"{t.lower()}_line" for t in ("GIVEN", "EXPECT") if opens(line, t)), None)
        return self._read(index, start, _END) if start else Fit(_END, CANNOT_STAND)

    def _in_reading(self, index: int, line: LogicalLine) -> Fit:
        if opens(line, "DEFAULT") or opens(line, "OR"):
            return self._read(index, "reading_option_line", "OPTION")
        if canonical(line.first_word, WORDS) == "why":
            return self._property(index, line, ("why",))
        return Fit("OPTION" if opens_option(line) else _END, CANNOT_STAND)
