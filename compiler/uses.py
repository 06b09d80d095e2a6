"""What is not there and is used in several places -> one finding, at the first of them, that points to the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from guiju.compiler import codes
from guiju.compiler.checks.unknown_citation import UNKNOWN_CITATION
from guiju.compiler.symbols import Symbols
from guiju.dsl.diagnostic import Diagnostic, Label, Text
from guiju.dsl.near import near
from guiju.dsl.spelling import names_in

_HERE_TOO = Text("这里也用到", "used here as well")


def once_each(symbols: Symbols, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings, those of one missing name or clause as one: its declaration is what is wrong, not each use."""
    told: dict[object, list[Diagnostic]] = {}
    for diagnostic in sorted(found, key=lambda d: (not d.is_error, d.span.start)):
        told.setdefault(_missing(symbols, diagnostic) or diagnostic, []).append(diagnostic)
    return tuple(_at_its_cause(symbols, _with_places(same)) for same in told.values())


def _missing(symbols: Symbols, diagnostic: Diagnostic) -> object:
    """What a finding says is not there; None of a finding that says something else."""
    said = dict(diagnostic.arguments)
    if diagnostic.code is codes.UNKNOWN_NAME:
        return "name", said["name"], said["what"]
    if diagnostic.code is codes.MISSING_PART:
        return "part", said["what"]
    if diagnostic.code in (codes.UNKNOWN_CLAUSE, UNKNOWN_CITATION):
        clause = str(said["clause"])
        section = clause.partition(" ")[0]
        return "clause", clause if symbols.groups.find(section) else section
    return None


def _at_its_cause(symbols: Symbols, found: Diagnostic) -> Diagnostic:
    """The finding of a level that is used under one name and declared under another like it: at the declaration."""
    if found.code is not codes.UNKNOWN_NAME or ("what", symbols.levels.what) not in found.arguments or not found.labels:
        return found
    written = names_in(symbols.document.span.source.policy)
    used = str(dict(found.arguments)["name"])
    levels = symbols.levels_line.levels if symbols.levels_line else ()
    unused = {d.name.text: d for d in levels if all(written[n.text] == 1 for n in (d.name, *d.aliases))}
    declared = unused.get(near(used, unused) or "")
    if declared is None:
        return found
    arguments = (("declared", declared.name.text), ("used", used), ("number", len(found.labels) + 1))
    first = Label(found.span, Text("首先用在这里", "first used here"))
    return Diagnostic(codes.DECLARED_OTHERWISE, declared.name.span, arguments, (first,), suggestion=used)


def _with_places(same: Sequence[Diagnostic]) -> Diagnostic:
    first = same[0]
    places = dict.fromkeys(d.span for d in same[1:] if d.span != first.span)
    return replace(first, labels=(*first.labels, *(Label(span, _HERE_TOO) for span in places)))
