"""Crosswalks of a later edition that came, went, or say something else than in the earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.compiler.ir import Crosswalk, Program
from guiju.engine.reasoning.editions.amendment import Amendment


def crosswalks_amended(before: Program, after: Program, renumbered: Mapping[str, str]) -> Iterator[Amendment]:
    """Rows that came, went, or say another relation, other clauses there, or that they were judged on another text."""
    now_called = {old: new for new, old in renumbered.items()}
    gone = [(row, tuple(now_called.get(c, c) for c in row.clauses)) for row in before.crosswalks]
    come = list(after.crosswalks)
    for parts_alike in _ALIKE:
        for was, clauses in tuple(gone):
            now = next((row for row in come if _is_that_row(was, clauses, row, parts_alike)), None)
            if now is None:
                continue
            gone.remove((was, clauses))
            come.remove(now)
            said = [_row(row, parts_alike) for row in (was, now)]
            if said[0] != said[1]:
                yield Amendment("crosswalk", f"clause:{now.clauses[0]}", was.span, now.span, *said)
    for row in come:
        yield Amendment("crosswalk", f"clause:{row.clauses[0]}", None, row.span, now=_row(row, ()))
    for row, clauses in gone:
        yield Amendment("crosswalk", f"clause:{clauses[0]}", row.span, None, was=_row(row, ()))


#: rows are paired by what is alike in them, those first that have most in common
_ALIKE = (("relation", "others", "digest"), ("relation", "others"), ("others", "digest"), ("others",), ("relation",))


def _is_that_row(was: Crosswalk, clauses: tuple[str, ...], now: Crosswalk, alike: tuple[str, ...]) -> bool:
    """Whether two rows are of the same clauses and the same standard, and alike in these parts."""
    there = (was.standard, clauses, *(getattr(was, part) for part in alike))
    return there == (now.standard, now.clauses, *(getattr(now, part) for part in alike))


def _row(row: Crosswalk, but: tuple[str, ...]) -> str:
    """What a row says, but for the parts that are known to be alike."""
    if but == ("relation", "others"):
        return row.digest or ""
    said = {"relation": row.relation, "others": f"{row.standard} {row.printed}"}
    return " ".join(text for part, text in said.items() if part not in but)
