"""The tables of scores: one row a group, one column a level or a family, the grade of a group beside its scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from guiju.compiler.graph import parts
from guiju.compiler.ir import Definition, Expression, Program, Ref, Value
from guiju.dsl.diagnostic import Language
from guiju.exchange.families import family_name
from guiju.report import result_model as model
from guiju.report.enclosures import enclosure
from guiju.report.layout import WIDEST, listed, table, width
from guiju.report.values import published, set_text, value_text
from guiju.report.words import word

MOST_IN_A_CELL = 3
MOST_NAMED = 12
NOTHING = "–"
STAR = " *"


@dataclass(frozen=True)
class _Column:
    """The scores of a family, at a level or at none, or the grades of a family."""

    heading: str
    family: str
    level: str | None


@dataclass(frozen=True)
class _Section:
    """A table: its heading and its columns."""

    heading: str
    columns: tuple[_Column, ...]


@dataclass(frozen=True)
class ScoreRow:
    """A row: how far in it stands, and its cells, the name first."""

    depth: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ScoreTable:
    """A table of scores with its headings and the lines of notes below it; no column is empty."""

    header: tuple[str, ...]
    rows: tuple[ScoreRow, ...]
    notes: tuple[str, ...]

    def lines(self) -> list[str]:
        """The table for a terminal."""
        return list(table([self.header, *(("  " * r.depth + r.cells[0], *r.cells[1:]) for r in self.rows)]))


def score_tables(
    result: model.ResultModel, program: Program, language: Language, widest: int = WIDEST
) -> Iterator[ScoreTable]:
    """Each table; one that is wider than `widest` columns has of several numbers the least and the greatest only."""
    yield from _Scores(result, program, language, widest).tables()


class _Scores:
    def __init__(self, result: model.ResultModel, program: Program, language: Language, widest: int) -> None:
        self._r, self._p, self._language, self._widest = result, program, language, widest
        self._short = False
        self._found = {(s.family, s.group, s.level): s for s in (*result.scores, *result.grades)}
        self._levels = [x.id for x in program.levels]

    def _w(self, key: str, **arguments: object) -> str:
        return word(key, self._language, **arguments)

    def tables(self) -> Iterator[ScoreTable]:
        for i, section in enumerate(self._sections()):
            found = self._narrow_table(section, weighted=i == 0)
            if found.rows:
                yield replace(found, notes=(*self._starred(found), *self._nothing(section)))
        others = tuple(ScoreRow(0, self._total(s)) for s in self._other_totals())
        if others:
            found = ScoreTable((self._w("scores"), self._w("value")), others, ())
            yield replace(found, notes=self._starred(found))

    def _narrow_table(self, section: _Section, weighted: bool) -> ScoreTable:
        """The table; where it is too wide, with nothing but the least and the greatest of several numbers."""
        self._short = False
        found = self._table(section, weighted)
        if max(map(width, found.lines())) > self._widest:
            self._short = True
            found = self._table(section, weighted)
        return found

    def _table(self, section: _Section, weighted: bool) -> ScoreTable:
        header = (section.heading, self._w("weight"), *(c.heading for c in section.columns))
        rows = tuple(self._rows(section, weighted))
        kept = [i for i in range(len(header)) if i == 0 or any(row.cells[i] for row in rows)]
        narrow = (ScoreRow(row.depth, tuple(row.cells[i] for i in kept)) for row in rows)
        return ScoreTable(tuple(header[i] for i in kept), tuple(narrow), ())

    def _starred(self, found: ScoreTable) -> tuple[str, ...]:
        """What the mark of an enclosure and *not entered* mean, where they stand."""
        why = {reason for score in self._r.scores for reason in score.possible.why}
        starred = enclosure(why, self._language, key="maybe-unreachable")
        told = {STAR: starred, self._w("not-entered"): self._w("not-entered-means")}
        cells = [cell for row in found.rows for cell in row.cells]
        return tuple(text for sign, text in told.items() if any(sign in cell for cell in cells))

    # --- what stands in which table ------------------------------------------------------------------------------

    def _sections(self) -> list[_Section]:
        """A table for each family with levels; one for all families without."""
        families = dict.fromkeys((s.family, s.level is not None) for s in self._r.scores if s.group)
        levelled, flat = ([f for f, has in families if has is wanted] for wanted in (True, False))
        if not levelled and any(s.level for s in self._r.scores):
            levelled = [""]  # only the whole subject has scores at levels
        several = len(levelled) + bool(flat) > 1
        sections = [
            _Section(
                self._name(f) if several and f else self._w("scores"),
                (*(_Column(level, f, level) for level in self._levels), *self._grades([f])),
            )
            for f in levelled
        ]
        if flat:
            columns = (*(_Column(self._name(f), f, None) for f in flat), *self._grades(flat))
            sections.append(_Section(self._w("scores"), columns))
        return sections

    def _name(self, family: str) -> str:
        return family_name(self._p, family, self._language)

    def _grades(self, families: Iterable[str]) -> Iterator[_Column]:
        """The grades that are given to groups by these scores and are no outcomes."""
        outcomes = {o.id for o in self._r.outcomes}  # which are told before all tables
        for family in dict.fromkeys(g.family for g in self._r.grades if g.id not in outcomes):
            first = next(g for g in self._r.grades if g.family == family)
            if _graded(self._p, self._p.definition[first.id]) in families:
                yield _Column(self._name(family), family, None)

    # --- rows ----------------------------------------------------------------------------------------------------

    def _rows(self, section: _Section, weighted: bool) -> Iterator[ScoreRow]:
        groups = self._shown_groups(section)
        outermost = min((g.depth for g in groups), default=0)
        for g in groups:
            weight = self._weight(g) if weighted else ""
            cells = [self._cell(c, g.id) for c in section.columns]
            yield ScoreRow(g.depth - outermost, (g.label, weight, *cells))
        levelled = [c for c in section.columns if c.level]
        if not levelled:
            cells = [self._cell(c, None) for c in section.columns]
            yield from [ScoreRow(0, (self._w("whole"), "", *cells))] if any(cells) else []
        elif section == [s for s in self._sections() if any(c.level for c in s.columns)][-1]:
            for family in dict.fromkeys(s.family for s in self._r.scores if s.group is None and s.level):
                cells = [self._cell(_Column("", family, c.level), None) for c in levelled]
                yield ScoreRow(0, (self._total_name(family), "", *cells))

    def _shown_groups(self, section: _Section) -> list[model.GroupModel]:
        """The groups with something to show, and those above them that have a score."""
        cells = {g.id: [self._cell(c, g.id) for c in section.columns] for g in self._r.groups if g.takes_part}
        shown = {g for g, found in cells.items() if any(cell not in ("", NOTHING) for cell in found)}
        for id_ in tuple(shown):
            shown |= {above for above in self._p.ancestors(id_) if any(cells.get(above, ()))}
        return [g for g in self._r.groups if g.id in shown]

    def _other_totals(self) -> Iterator[model.ScoreModel]:
        """Scores of the whole subject that stand in no other table and are no outcomes."""
        outcomes = {o.id for o in self._r.outcomes}
        flat = {s.family for s in self._r.scores if s.group and s.level is None}
        for s in self._r.scores:
            if s.group is None and s.level is None and s.family not in flat and s.id not in outcomes:
                yield s

    def _total(self, score: model.ScoreModel) -> tuple[str, ...]:
        return (self._total_name(score.family), self._possible(score))

    def _total_name(self, family: str) -> str:
        score = next(s for s in self._r.scores if s.family == family and s.group is None)
        return score.label if score.label == family else f"{family} {score.label}"

    # --- cells ---------------------------------------------------------------------------------------------------

    def _cell(self, column: _Column, group: str | None) -> str:
        found = self._found.get((column.family, group, column.level))
        return self._possible(found) if found else ""

    def _possible(self, score: model.ScoreModel) -> str:
        if score.possible.values == ["undefined:share-of-nothing"]:
            return NOTHING
        text = self._set(score.possible, self._p.definition[score.id])
        return text if score.possible.exact else f"{text}{STAR}"

    def _weight(self, group: model.GroupModel) -> str:
        if group.weight is None:
            return ""
        if not group.weight.decided:
            return self._w("unknown")
        return self._set(group.weight, self._p.definition[f"weight:{group.id}"])

    def _set(self, possible: model.PossibleModel, definition: Definition) -> str:
        def show(value: Value) -> str:
            return value_text(self._p, definition, value, self._language)

        most = 1 if self._short else MOST_IN_A_CELL
        bounded = possible.low is not None
        return set_text(self._p, map(published, possible.values), show, self._language, most, bounded=bounded)

    def _nothing(self, section: _Section) -> Iterator[str]:
        """The groups of each family in which no clause applies, in one line."""
        families = dict.fromkeys(c.family for c in section.columns)
        for family in families:
            columns = [c for c in section.columns if c.family == family]
            places = [(None, self._w("whole")), *((g.id, g.label) for g in self._r.groups if g.takes_part)]
            names = [
                f"{label} {c.level}" if c.level else label
                for group, label in places
                for c in columns
                if self._cell(c, group) == NOTHING
            ]
            more = [self._w("and-more", number=len(names) - MOST_NAMED)] if len(names) > MOST_NAMED else []
            several = len(families) > 1
            said = self._w("nothing-applies-for", family=self._name(family)) if several else self._w("nothing-applies")
            if names:
                yield from listed(f"{NOTHING} {said}", [*names[:MOST_NAMED], *more], self._language)


def _graded(program: Program, grade: Definition) -> str:
    """The family of the score that a grade looks at."""
    return next((program.definition[name].family for name in _named(grade.expression)), "")


def _named(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Ref):
        yield expression.name
    else:
        for part in parts(expression):
            yield from _named(part)
