"""Source -> Document. Lines are laid out, each is parsed on its own, and a line's place says how it is read.

So one mistake gives one diagnostic: a line that cannot be parsed neither hides the next one nor the lines below it,
which are still read as what its first word says they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, zip_longest
from typing import Any, TypeVar

from guiju.dsl import codes, tree
from guiju.dsl.diagnostic import Diagnostic, Language, Text
from guiju.dsl.fits import Fits
from guiju.dsl.heads import wrong_head
from guiju.dsl.keywords import (
    RECORD_KEYS,
    STANDARD_KEYS,
    TOP,
    USE_KEYS,
    VALUES,
    WORDS,
    canonical,
    language_of,
    localised,
    spell,
)
from guiju.dsl.kinds import (
    PROPERTIES,
    Kinds,
    NotMet,
    describes_option,
    is_clause,
    mark_meant,
    opens,
    opens_block,
    opens_option,
    spellings,
    style,
    words,
)
from guiju.dsl.layout import Layout, LogicalLine, lay_out, nested
from guiju.dsl.lines import LineReader, parse_line
from guiju.dsl.near import near
from guiju.dsl.normal import cells
from guiju.dsl.places import LARGEST, placed
from guiju.dsl.properties import FORMS, repeated, wrong_value
from guiju.dsl.repair import mistakes_behind
from guiju.dsl.source import Source, Span
from guiju.dsl.spelling import has_cjk
from guiju.dsl.strays import begins_again, missing_head, said_again, without_strays

_N = TypeVar("_N")
MOST_MISTAKES = 200  # of syntax that are told; behind them nothing is read
_WORDS = re.compile(r"[^\W\d][\w.+-]*")


def parse(source: Source, read: LineReader = parse_line) -> tuple[tree.Document, tuple[Diagnostic, ...]]:
    """The document of a source, with all that could be read, and every syntax error of it. Never raises.

    Lines are placed by their indentation; only where that leaves mistakes, by what makes the fewest: by all that they
    are, and without those whose own line above is missing. `read` reads a line; who reads a text again and again may
    keep the lines (`dsl/kept.py`).
    """
    text = _laid_out(source, read)
    kinds, lines = text.kinds, text.layout.lines
    plain = _parsed(text, *nested(lines))
    ways = [plain]
    if plain[1] and len(plain[1]) <= MOST_MISTAKES and not any(d.code is codes.TOO_DEEP for d in plain[1]):
        ways.insert(0, _parsed(text, *nested(lines), leave_strays=True))
        if len(lines) <= LARGEST:
            ways.insert(0, _parsed(text, *placed(lines, Fits(lines, kinds, read)), leave_strays=True))
    document, mistakes, _ = min(ways, key=lambda way: len(way[1]) + way[2])
    return document, _bounded(sorted(mistakes, key=lambda d: d.span.start))


@lru_cache(maxsize=2)
def parsed(source: Source) -> tuple[tree.Document, tuple[Diagnostic, ...]]:
    """The same, kept for who comes next: a policy that is compiled and then shown is read once."""
    return parse(source)


def parse_as_indented(source: Source, read: LineReader = parse_line) -> tuple[tree.Document, tuple[Diagnostic, ...]]:
    """What `parse` gives where its indentation is right, in a fraction of the time where something is wrong."""
    text = _laid_out(source, read)
    document, mistakes, _ = _parsed(text, *nested(text.layout.lines))
    return document, _bounded(sorted(mistakes, key=lambda d: d.span.start))


def _laid_out(source: Source, read: LineReader) -> _Text:
    layout = lay_out(source)
    kinds = Kinds(layout.lines)
    return _Text(source, _groups_joined(layout, kinds), kinds, read)


#: declarations with nothing below them that could be taken for a clause
_SHORT = ("INPUT", "FACT", "LET", "USE", "RECORD", "LEVELS", "GROUPS", "ITEM", "READING")


def _groups_joined(layout: Layout, kinds: Kinds) -> Layout:
    """A declaration among the clauses of a group is one mistake: it is read before the group, which goes on."""
    lines: list[LogicalLine] = []
    diagnostics = list(layout.diagnostics)
    group: int | None = None  # where the group begins that the lines may belong to
    for line, after in zip_longest(layout.lines, layout.lines[1:]):
        if line.indent:
            lines.append(line)
        elif kinds.opens_group(line):
            group = len(lines)
            lines.append(line)
        elif group is not None and after is not None and after.indent and kinds.is_in_group(after):
            if kinds.of_declaration(line) in _SHORT and line.sound:
                arguments = (("found", line.shown), ("parent", lines[group].shown))
                diagnostics.append(Diagnostic(codes.DECLARATION_IN_GROUP, line.span, arguments))
                line.trivia = tree.NO_TRIVIA
                lines.insert(group, line)
                group += 1
            else:
                lines.append(line)
                group = None
        else:
            lines.append(line)
            group = None
    return replace(layout, lines=tuple(lines), diagnostics=tuple(diagnostics))


def _bounded(mistakes: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first mistakes; of all others only that there are some."""
    if len(mistakes) <= MOST_MISTAKES:
        return tuple(mistakes)
    arguments = (("what", Text("错误", "mistakes")), ("limit", MOST_MISTAKES))
    more = Diagnostic(codes.NOT_READ_FURTHER, mistakes[MOST_MISTAKES].span, arguments)
    return (*mistakes[:MOST_MISTAKES], more)


@dataclass(frozen=True)
class _Text:
    """What is read, in lines, and the kinds of groups that it declares."""

    source: Source
    layout: Layout
    kinds: Kinds
    read: LineReader


def _parsed(
    text: _Text, lines: list[LogicalLine], misplaced: list[Diagnostic], *, leave_strays: bool = False
) -> tuple[tree.Document, list[Diagnostic], int]:
    """The document, its mistakes, and how many lines that nobody knows have others below them, which are not read."""
    parser = _Parser(text, lines, misplaced, leave_strays)
    return parser.document(), parser.diagnostics, parser.unread


class _Parser:
    def __init__(self, text: _Text, lines: list[LogicalLine], misplaced: list[Diagnostic], leave_strays: bool) -> None:
        self._source, self._kinds, self._parse_line = text.source, text.kinds, text.read
        self._is_leaving_strays = leave_strays
        self._lines, self._comments = lines, text.layout.comments_at_end
        self.diagnostics: list[Diagnostic] = [*text.layout.diagnostics, *misplaced]
        self.unread = 0
        self._unknown_kinds: set[str] = set()  # the words that lines at the margin begin with and nobody knows
        if text.kinds.not_met is not None:
            self._kind_not_met(text.layout.lines, text.kinds.not_met)

    def _kind_not_met(self, lines: Iterable[LogicalLine], found: NotMet) -> None:
        """The kind of group that no line has is told once, where it is declared."""
        line = next((x for x in lines if found.declared in _WORDS.findall(x.text)), None)
        if line is None or not line.sound:
            return
        at = line.start + next(m.start() for m in _WORDS.finditer(line.text) if m[0] == found.declared)
        arguments = (("declared", found.declared), ("written", found.written), ("number", found.number))
        span = Span(self._source, at, at + len(found.declared))
        self.diagnostics.append(Diagnostic(codes.KIND_NOT_MET, span, arguments, suggestion=found.written))

    # --- the file ------------------------------------------------------------------------------------------------

    def document(self) -> tree.Document:
        """The whole file."""
        standard: tree.StandardDecl | None = None
        declarations: list[tree.Declaration] = []
        for line in self._lines:
            if self._is_enough:
                break
            node = self._top(line)
            if isinstance(node, tree.StandardDecl):
                if standard is not None:
                    self.diagnostics.append(Diagnostic(codes.REPEATED_STANDARD, line.span))
                standard = standard or replace(node, trivia=replace(node.trivia, blank_before=False))
            elif node is not None:
                declarations.append(node)
        self._require_standard()
        span = Span(self._source, 0, len(self._source.text))
        return tree.Document(
            standard=standard, declarations=tuple(declarations), comments_at_end=self._comments, span=span
        )

    def _require_standard(self) -> None:
        if not self._lines and not self.diagnostics:
            self.diagnostics.append(Diagnostic(codes.EMPTY_POLICY, Span(self._source, 0, 0)))
        elif self._lines and not self._has_standard and not self._is_in_part:
            self.diagnostics.append(Diagnostic(codes.NO_STANDARD, self._lines[0].span))

    def _top(self, line: LogicalLine) -> Any:
        kind = self._kinds.of_declaration(line)
        if kind is None and self._is_headless_standard(line):
            return None  # what that line lacks is told of the file
        if kind is None:
            self.unread += bool(line.children)
            if not self._kinds.groups and line.first_word in self._unknown_kinds:
                return None  # the line that declares the kinds of groups is not there, which is one mistake
            self._unknown_kinds.add(line.first_word)
            self._unknown(line, (*(spell(t, self._spoken(line)) for t in TOP), *sorted(self._kinds.groups)))
            return None
        return self._declaration("GROUP" if kind == "MISSPELT GROUP" else kind, line)

    def _is_headless_standard(self, line: LogicalLine) -> bool:
        """Whether a line seems to be that of the standard without the word: the first of a file that has none."""
        return line is self._lines[0] and '"' in line.text and not self._has_standard

    @property
    def _is_in_part(self) -> bool:
        """Whether fences of a Markdown text could not be read, any of which may hold what is missed."""
        return any(d.code in (codes.UNCLOSED_FENCE, codes.FENCE_NOT_READ) for d in self.diagnostics)

    @property
    def _has_standard(self) -> bool:
        return any(self._kinds.of_declaration(line) == "STANDARD" for line in self._lines)

    def _declaration(self, kind: str, line: LogicalLine) -> Any:
        self._leave_strays(kind, line)
        match kind:
            case "STANDARD":
                return self._with_properties("standard_line", line, STANDARD_KEYS)
            case "USE":
                return self._with_properties("use_line", line, USE_KEYS)
            case "RECORD":
                return self._with_properties("record_line", line, RECORD_KEYS)
            case "INPUT" | "FACT":
                return self._value(f"{kind.lower()}_line", line)
            case "LET" | "GROUPS" | "ITEM":
                return self._single(f"{kind.lower()}_line", line)
            case "LEVELS":
                return self._levels(line)
            case "GROUP":
                return self._group(line)
            case "MEMBERSHIP":
                return self._table("membership_line", line, self._membership_row)
            case "WEIGHTS":
                return self._table("weights_line", line, self._weight_row)
            case "SCORE":
                return self._score(line)
            case "CROSSWALK":
                return self._crosswalk(line)
            case "GRADE":
                return self._grade(line)
            case "EXAMPLE":
                return self._example(line)
        return self._reading(line)

    def _leave_strays(self, kind: str, line: LogicalLine) -> None:
        """Take away the lines below one that belong to a line that is not there, with one diagnostic for each run."""
        if self._is_leaving_strays:
            line.children, found = without_strays(kind, line, self._kinds.names_group)
            self.diagnostics += found

    def _leave_from(self, at: int | None, line: LogicalLine) -> None:
        """Take away all lines below one from a place on, which belong to a line that is not there."""
        if at is not None:
            self.diagnostics.append(missing_head(line.children[at:], line))
            del line.children[at:]

    # --- one line ------------------------------------------------------------------------------------------------

    def _read(self, start: str, line: LogicalLine) -> Any:
        """The node of a line, or None and a diagnostic."""
        if not line.sound or self._is_enough:
            return None
        node, problem = self._parse_line(start, line.text, self._source, line.start, line.trivia)
        if problem:
            self._tell(problem, start, line.text, line.start)
        return node

    def _tell(self, problem: Diagnostic, start: str, text: str, offset: int) -> None:
        """What is wrong with a line or a cell, and what else is wrong with it behind that."""
        self.diagnostics += (problem, *mistakes_behind(problem, start, text, self._source, offset))

    @property
    def _is_enough(self) -> bool:
        """Whether so much is wrong that no more is read."""
        return len(self.diagnostics) > MOST_MISTAKES

    def _spoken(self, line: LogicalLine) -> Language:
        """The language that the writer of a line expects words in: that of the file, or of its first word."""
        return language_of(self._source.policy) or ("zh" if has_cjk(line.first_word) else "en")

    def _unknown(self, line: LogicalLine, expected: Iterable[str]) -> None:
        if not line.sound or self._is_enough:
            return
        known = tuple(expected)
        span = Span(self._source, line.start, line.start + len(line.first_word))
        arguments = (("found", span.text), ("expected", _listed(known)))
        # A property that stands in the wrong place is not misspelt.
        is_property = any(line.first_word in pair for pair in WORDS)
        close = None if is_property else near(line.first_word, (*known, *spellings()))
        suggestion = mark_meant(line) or close
        self.diagnostics.append(Diagnostic(codes.UNKNOWN_LINE, span, arguments, suggestion=suggestion))

    def _childless(self, line: LogicalLine, read: Callable[[LogicalLine], _N | None]) -> list[_N]:
        """A line that holds no others, and those wrongly indented below it, which are read as its siblings."""
        nodes = [read(line)]
        for i, child in enumerate(line.children):
            told = len(self.diagnostics)
            if i == 0:
                self._too_deep(child, line)
            told_too_deep = len(self.diagnostics) > told
            nodes.extend(self._childless(child, read))
            if told_too_deep:  # what else is wrong with that line follows from its place
                beyond = self.diagnostics[told + 1 :]
                self.diagnostics[told + 1 :] = [d for d in beyond if d.span.start >= child.span.end]
        return [n for n in nodes if n is not None]

    def _too_deep(self, child: LogicalLine, parent: LogicalLine) -> None:
        if child.sound and not child.tabbed:
            arguments = (("parent", parent.shown),)
            self.diagnostics.append(Diagnostic(codes.UNEXPECTED_INDENTATION, child.span, arguments))

    def _children(self, line: LogicalLine, read: Callable[[LogicalLine], _N | None]) -> tuple[_N, ...]:
        return tuple(n for child in line.children for n in self._childless(child, read))

    # --- declarations --------------------------------------------------------------------------------------------

    def _plain(self, start: str) -> Callable[[LogicalLine], Any]:
        return lambda line: self._read(start, line)

    def _single(self, start: str, line: LogicalLine) -> Any:
        found = self._childless(line, self._plain(start))
        return found[0] if found else None

    def _with_properties(self, start: str, line: LogicalLine, keys: tuple[str, ...]) -> Any:
        node = self._read(start, line)
        properties = self._once(self._children(line, lambda child: self._property(child, keys)))
        return replace(node, properties=properties) if node else None

    def _property(self, line: LogicalLine, keys: tuple[str, ...]) -> tree.Property | None:
        key = canonical(line.first_word, WORDS)
        if key not in keys:
            self._unknown_property(line, keys)
            return None
        problem = wrong_value(key, line) if line.sound else None
        if problem:
            self.diagnostics.append(problem)
            return None
        node = self._read(FORMS.get(key, "property_line"), line)
        return _canonical_property(node, key) if node else None

    def _unknown_property(self, line: LogicalLine, keys: tuple[str, ...]) -> None:
        if not line.sound or self._is_enough:
            return
        span = Span(self._source, line.start, line.start + len(line.first_word))
        known = [localised(key, WORDS, self._spoken(line)) for key in keys]
        arguments = (("found", span.text), ("expected", _listed(known)))
        suggestion = near(line.first_word, (*known, *keys))
        self.diagnostics.append(Diagnostic(codes.UNKNOWN_PROPERTY, span, arguments, suggestion=suggestion))

    def _once(self, properties: Iterable[tree.Property]) -> tuple[tree.Property, ...]:
        """Properties of one line, and a diagnostic for each that says again what another says."""
        found = tuple(properties)
        self.diagnostics += repeated(found)
        return found

    def _value(self, start: str, line: LogicalLine) -> Any:
        """An input or a fact: options and properties below it."""
        node = self._read(start, line)
        if node is not None:
            self._leave_strays("FACT" if isinstance(node.type, tree.ChoiceType) else "VALUE", line)
            named = [o.text for o in node.type.options] if isinstance(node.type, tree.ChoiceType) else []
            self._leave_from(said_again(line.children, named), line)
        options: list[tree.OptionDecl] = []
        properties: list[tree.Property] = []
        for child in line.children:
            if describes_option(child, node):
                options += self._childless(child, self._plain("option_line"))
            else:
                properties += self._childless(child, lambda c: self._property(c, PROPERTIES))
        return replace(node, options=tuple(options), properties=self._once(properties)) if node else None

    def _levels(self, line: LogicalLine) -> Any:
        node = self._read("levels_line", line)
        levels = self._children(line, self._plain("level_line"))
        return replace(node, levels=levels) if node else None

    # --- groups and clauses --------------------------------------------------------------------------------------

    def _group(self, line: LogicalLine) -> Any:
        node = self._group_line(line)
        groups: list[tree.GroupDecl] = []
        clauses: list[tree.ClauseDecl] = []
        has_groups = any(self._kinds.names_group(child) for child in line.children)
        if has_groups:
            self._leave_strays("OUTER GROUP", line)
        self._leave_from(begins_again(line.children), line)
        for child in line.children:
            if self._kinds.names_group(child):
                if (inner := self._declaration("GROUP", child)) is not None:
                    groups.append(inner)
            elif is_clause(child):
                if has_groups:
                    self._misplaced(child, line)
                clauses += self._clauses(child, flagged=has_groups)
            elif canonical(child.first_word, WORDS) in PROPERTIES:
                self._misplaced(child, line)
            else:
                self._unknown(child, (*sorted(self._kinds.groups), "a)", "-", spell("CLAUSES", self._spoken(child))))
                if mark_meant(child):
                    self._below_clause(child, flagged=False)
        if has_groups:
            clauses = []
        return replace(node, groups=tuple(groups), clauses=tuple(clauses)) if node else None

    def _group_line(self, line: LogicalLine) -> Any:
        """The node of a group without what is below it; a kind that is misspelt is told with what is behind it."""
        if line.first_word in self._kinds.groups or not line.sound or self._is_enough:
            return self._read("group_line", line)
        self._unknown(line, sorted(self._kinds.groups))
        node, problem = self._parse_line("group_line", line.text, self._source, line.start, line.trivia)
        if problem:
            self.diagnostics += mistakes_behind(self.diagnostics[-1], "group_line", line.text, self._source, line.start)
        return node

    def _misplaced(self, line: LogicalLine, parent: LogicalLine) -> None:
        if line.sound and not line.tabbed:
            arguments = (("found", line.shown), ("parent", parent.shown))
            self.diagnostics.append(Diagnostic(codes.MISPLACED_LINE, line.span, arguments))

    def _clauses(self, line: LogicalLine, flagged: bool = False) -> list[tree.ClauseDecl]:
        """A clause with what is below it; clauses of its own style below it are siblings indented too far."""
        self._leave_strays("CLAUSE", line)
        node = self._clause_line(line)
        below, beside, properties = self._below_clause(line, flagged)
        if node is None:
            return beside
        return [replace(node, children=tuple(below), properties=self._once(properties)), *beside]

    def _below_clause(
        self, line: LogicalLine, flagged: bool
    ) -> tuple[list[tree.ClauseDecl], list[tree.ClauseDecl], list[tree.Property]]:
        """What is below a clause: clauses of its own, clauses that belong beside it, and properties."""
        below: list[tree.ClauseDecl] = []
        beside: list[tree.ClauseDecl] = []
        properties: list[tree.Property] = []
        for child in line.children:
            if not is_clause(child) and mark_meant(child):
                self._unknown(child, self._inside_clause(child))
                self._below_clause(child, flagged=False)
            elif not is_clause(child):
                properties += self._childless(child, lambda c: self._property(c, PROPERTIES))
            elif style(child) == style(line) and style(line) != "-":
                if not flagged and not beside:
                    self._too_deep(child, line)
                beside += self._clauses(child, flagged=True)
            else:
                below += self._clauses(child)
        return below, beside, properties

    def _inside_clause(self, line: LogicalLine) -> tuple[str, ...]:
        """What lines below a clause begin with."""
        return ("a)", "1)", "-", *(localised(key, WORDS, self._spoken(line)) for key in PROPERTIES))

    def _clause_line(self, line: LogicalLine) -> Any:
        """The node of a clause without what is below it; what often goes wrong in its head is named."""
        if not line.sound or self._is_enough:
            return None
        node, problem = self._parse_line("clause_line", line.text, self._source, line.start, line.trivia)
        if problem:
            self._tell(wrong_head(line, problem) or problem, "clause_line", line.text, line.start)
        return node

    # --- tables --------------------------------------------------------------------------------------------------

    def _row(self, line: LogicalLine, *starts: str) -> list[Any] | None:
        """The cells of a row, each parsed on its own, the last start for all the rest.

        An empty cell is None; None if one is wrong.
        """
        if not line.sound or self._is_enough:
            return None
        found: list[Any] = []
        sound = True
        for i, (offset, text) in enumerate(cells(line.text)):
            if not text.strip():
                found.append(None)
                continue
            indent = len(text) - len(text.lstrip())
            start = starts[min(i, len(starts) - 1)]
            begin = line.start + offset + indent
            node, problem = self._parse_line(start, text.strip(), self._source, begin)
            if problem:
                self._tell(problem, start, text.strip(), begin)
                sound = False
            found.append(node)
        return found if sound else None

    def _table(self, start: str, line: LogicalLine, read: Callable[[LogicalLine], Any]) -> Any:
        """A header of names and the rows below it."""
        node = self._read(start, line)
        if not line.children:
            if node:
                end = Span(self._source, line.span.end, line.span.end)
                expected = Text("表头，写在下一行", "a header, on the next line")
                self.diagnostics.append(Diagnostic(codes.UNFINISHED_LINE, end, (("expected", expected),)))
            return None
        head, *others = line.children
        header = self._heading(start, head)
        misplaced = [row for child in head.children[:1] for row in [child]]
        for child in misplaced:
            self._too_deep(child, head)
        rows = [n for child in (*head.children, *others) for n in self._childless(child, read)]
        if node is None or header is None:
            return None
        names = tuple(n for n in header if n is not None)
        return replace(node, header=names, header_trivia=head.trivia, rows=tuple(rows))

    def _heading(self, start: str, head: LogicalLine) -> list[Any] | None:
        """The names above the columns; where a table begins with a row of its own, that is said instead."""
        told = len(self.diagnostics)
        header = self._row(head, "name_cell", "name_cell")
        first = cells(head.text).__next__()[1].strip()
        is_membership = start == "membership_line"
        if header is not None and not (is_membership and first[:1].isdigit()):
            return header
        problems = self.diagnostics[told:]
        del self.diagnostics[told:]
        row = self._row(head, "name_cell", "clauses_cell" if is_membership else "expr_cell")
        del self.diagnostics[told:]
        if not row:
            self.diagnostics += problems
            return None
        kind = next(reversed(self._kinds.groups), "") if is_membership else ""
        columns = Text(
            f"{kind or '分组或输入'} | 各列的名称",
            f"{kind or 'a kind of group or an input'} | the names of the columns",
        )
        arguments = (("row", head.shown), ("heading", columns))
        self.diagnostics.append(Diagnostic(codes.MISSING_HEADING, head.span, arguments))
        return None

    def _membership_row(self, line: LogicalLine) -> Any:
        row = self._row(line, "name_cell", "clauses_cell")
        if row is None or row[0] is None:
            return self._no_key(line, row)
        empty = tree.MembershipCell(items=(), span=line.span)
        filled = tuple(c or empty for c in row[1:])
        return tree.MembershipRow(group=row[0], cells=filled, span=line.span, trivia=line.trivia)

    def _weight_row(self, line: LogicalLine) -> Any:
        row = self._row(line, "name_cell", "weight_cell")
        if row is None or row[0] is None:
            return self._no_key(line, row)
        return tree.WeightRow(key=row[0], cells=tuple(row[1:]), span=line.span, trivia=line.trivia)

    def _no_key(self, line: LogicalLine, row: list[Any] | None) -> None:
        if row is not None:
            expected = Text("名称", "a name")
            span = Span(self._source, line.start, line.start + 1)
            arguments = (("found", "|"), ("expected", expected))
            self.diagnostics.append(Diagnostic(codes.UNEXPECTED_TEXT, span, arguments))

    def _grade(self, line: LogicalLine) -> Any:
        node = self._read("grade_line", line)
        rows = self._children(line, self._grade_row)
        return replace(node, rows=rows) if node else None

    def _grade_row(self, line: LogicalLine) -> Any:
        is_otherwise = next(cells(line.text))[1].strip() in words("OTHERWISE")
        row = self._row(line, "grade_key_cell", "grade_result_cell" if is_otherwise else "expr_cell")
        if row is None:
            return None
        if len(row) != 2 or row[1] is None or (row[0] is None and not is_otherwise):
            end = Span(self._source, line.span.end, line.span.end)
            expected = Text("等级 | 条件", "LEVEL | condition")
            self.diagnostics.append(Diagnostic(codes.UNFINISHED_LINE, end, (("expected", expected),)))
            return None
        result, condition = (row[1], None) if is_otherwise else (row[0], row[1])
        return tree.GradeRow(result=result, condition=condition, span=line.span, trivia=line.trivia)

    def _crosswalk(self, line: LogicalLine) -> Any:
        node = self._read("crosswalk_line", line)
        rows = self._children(line, self._crosswalk_row)
        return replace(node, rows=rows) if node else None

    def _crosswalk_row(self, line: LogicalLine) -> Any:
        row = self._row(line, "clauses_cell", "relation_cell", "clauses_cell", "digest_cell")
        if row is None:
            return None
        if len(row) not in (3, 4) or None in row[:3]:
            end = Span(self._source, line.span.end, line.span.end)
            expected = Text("条款 | 关系 | 对方的条款", "clauses | relation | clauses there")
            self.diagnostics.append(Diagnostic(codes.UNFINISHED_LINE, end, (("expected", expected),)))
            return None
        clauses, relation, others, digest = (*row, None)[:4]
        cells = {"clauses": clauses.items, "relation": relation, "others": others.items, "digest": digest}
        return tree.CrosswalkRow(**cells, span=line.span, trivia=line.trivia)

    # --- scores --------------------------------------------------------------------------------------------------

    def _score(self, line: LogicalLine) -> Any:
        node = self._read("score_line", line)
        blocks: list[tree.ScoreBlock] = []
        rows: list[tree.ScoreRow] = []
        for child in line.children:
            if opens_block(child):
                self._leave_strays("BLOCK", child)
                block = self._read("block_line", child)
                inside = self._children(child, self._plain("row_line"))
                if block:
                    blocks.append(replace(block, rows=inside))
            else:
                rows += self._childless(child, self._plain("row_line"))
        self._rows_beside_blocks(line)
        if rows:
            blocks.append(tree.ScoreBlock(level=None, rows=tuple(rows), span=line.span))
        return replace(node, blocks=tuple(blocks)) if node else None

    def _rows_beside_blocks(self, line: LogicalLine) -> None:
        """Rows that stand beside the levels of a score belong below one; each run of them is told once."""
        runs = [(opens, list(run)) for opens, run in groupby(line.children, opens_block)]
        if len(runs) > 1:
            for run in (run for opens, run in runs if not opens):
                self._misplaced(run[0], line)

    # --- readings ------------------------------------------------------------------------------------------------

    def _reading(self, line: LogicalLine) -> Any:
        node = self._read("reading_line", line)
        options: list[tree.ReadingOption] = []
        properties: list[tree.Property] = []
        for child in line.children:
            if opens(child, "DEFAULT") or opens(child, "OR"):
                option = self._read("reading_option_line", child)
                patches = self._children(child, self._plain("patch"))
                if option:
                    options.append(replace(option, patches=(*option.patches, *patches)))
            elif canonical(child.first_word, WORDS) == "why":
                properties += self._childless(child, lambda c: self._property(c, ("why",)))
            else:
                language = self._spoken(child)
                opening = (spell("DEFAULT", language), spell("OR", language), localised("why", WORDS, language))
                self._unknown(child, opening)
                if opens_option(child):
                    self._children(child, self._plain("patch"))
        return replace(node, options=tuple(options), properties=self._once(properties)) if node else None

    # --- examples ------------------------------------------------------------------------------------------------

    def _example(self, line: LogicalLine) -> Any:
        node = self._read("example_line", line)
        lines = self._children(line, self._example_line)
        return replace(node, lines=lines) if node else None

    def _example_line(self, line: LogicalLine) -> Any:
        for terminal in ("GIVEN", "EXPECT"):
            if opens(line, terminal):
                return self._read(f"{terminal.lower()}_line", line)
        language = self._spoken(line)
        self._unknown(line, (spell("GIVEN", language), spell("EXPECT", language)))
        return None


def _listed(several: Iterable[str]) -> Text:
    """Words side by side."""
    listed = tuple(several)
    return Text("、".join(listed), ", ".join(listed))


def _canonical_property(node: tree.Property, key: str) -> tree.Property:
    values = tuple(replace(v, text=canonical(v.text, VALUES)) if isinstance(v, tree.Name) else v for v in node.values)
    return replace(node, key=key, values=values)
