"""Crosswalks: rows of a document -> leaves of this standard beside references into another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from guiju.compiler import codes
from guiju.compiler.clauses import completed
from guiju.compiler.ir import Crosswalk, CrosswalkRelation, Reference
from guiju.compiler.names import near_miss
from guiju.compiler.sets import ClauseSets
from guiju.compiler.symbols import Symbols
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.keywords import RELATIONS
from guiju.dsl.source import Span

_DIGEST = re.compile("[0-9a-f]{12}/[0-9a-f]{12}")


def crosswalks(symbols: Symbols, sets: ClauseSets) -> tuple[Crosswalk, ...]:
    """Every row of every crosswalk. The clauses here must exist; those of the other standard are looked up with it."""
    own = symbols.document.standard
    for declaration in symbols.crosswalks:
        if own is not None and declaration.standard.text == own.name.text:
            named = (("name", own.name.text),)
            symbols.report(Diagnostic(codes.CROSSWALK_TO_ITSELF, declaration.standard.span, named))
    rows = ((declaration, row) for declaration in symbols.crosswalks for row in declaration.rows)
    found = (_crosswalk(symbols, sets, declaration.standard.text, row) for declaration, row in rows)
    return tuple(crosswalk for crosswalk in found if crosswalk is not None)


def _crosswalk(symbols: Symbols, sets: ClauseSets, standard: str, row: tree.CrosswalkRow) -> Crosswalk | None:
    named = sets.leaves_of_items(row.clauses, None)
    leaves = tuple(leaf for leaf in named if sets.is_item(leaf, sets.default))
    known = dict(RELATIONS)
    if row.relation.text not in known:
        near = near_miss(row.relation.text, (*known, *known.values()))
        arguments = (("name", row.relation.text),)
        symbols.report(Diagnostic(codes.UNKNOWN_RELATION, row.relation.span, arguments, suggestion=near))
        return None
    relation = cast(CrosswalkRelation, row.relation.text)
    first, last = row.others[0].span, row.others[-1].span
    printed = Span(first.source, first.start, last.end).text
    digest, typed = _digest(symbols, row)
    return Crosswalk(standard, leaves, relation, tuple(_references(row.others)), printed, digest, row.span, typed)


def _digest(symbols: Symbols, row: tree.CrosswalkRow) -> tuple[str | None, Span | None]:
    if row.digest is None:
        return None, None
    if not _DIGEST.fullmatch(row.digest.text):
        symbols.report(Diagnostic(codes.NO_DIGEST, row.digest.span, (("found", row.digest.text),)))
    return row.digest.text, row.digest.span


def _references(items: tuple[tree.ClauseItem, ...]) -> Iterator[Reference]:
    """References with a section of their own: `6.1.1 a), c)~d)` names it once."""
    section: str | None = None
    for item in items:
        match item:
            case tree.ClauseRange():
                section = item.first.section or section
                yield Reference(_id(item.first, section), _id(completed(item), section))
            case tree.ClauseRef():
                section = item.section or section
                yield Reference(_id(item, section))
            case tree.AllClauses():
                yield Reference("")


def _id(reference: tree.ClauseRef, section: str | None) -> str:
    return ".".join((reference.section or section or "", *reference.marks))
