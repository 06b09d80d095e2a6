"""Which clauses and facts a sample speaks of. No formula sums it up, so what it speaks of stays open in the sheet."""

from __future__ import annotations

from guiju.exchange.workbook.live.arithmetic import Pen
from guiju.exchange.workbook.live.clauses import nth
from guiju.exchange.workbook.live.places import ClausePlace, FactPlace, Places
from guiju.exchange.workbook.live.terms import NO, some, where


class Samples:
    """The rows of the samples, as far as formulas look at them: what each is for."""

    def __init__(self, pen: Pen, places: Places) -> None:
        self._place = places.samples
        self._any = pen.put("samples", f"COUNTA({self._place.clauses})+COUNTA({self._place.facts})")
        self._below = pen.put("below the samples", where(f"COUNTA({self._place.below})>0"))
        rows = [self._unread(pen, n, places.statements.names) for n in range(self._place.rows)]
        #: the bit that a row names no clause, or no fact, as it is written in the lists
        self.unread = pen.put("samples unread", f"IF({self._any}=0,{self._below},MAX({self._below},{some(rows)}))")

    def _unread(self, pen: Pen, row: int, clauses: str) -> str:
        cells = ((nth(self._place.clauses, row), clauses), (nth(self._place.facts, row), self._place.names))
        are_named = ",".join(f'OR({cell}="",SUMPRODUCT(EXACT({names},{cell})*1)>0)' for cell, names in cells)
        return pen.pad.always(f"sample {row + 1}", "unread", f"IF(AND({are_named}),0,1)")

    def decide(self, pen: Pen, clause: ClausePlace) -> str:
        """The bit that a sample is for a clause."""
        return self._named(pen, self._place.clauses, clause.name)

    def states(self, pen: Pen, fact: FactPlace) -> str:
        """The bit that a sample is for a fact."""
        if not fact.name:
            return NO
        return pen.put("may be sampled", some((self._named(pen, self._place.facts, fact.name), self._below)))

    def _named(self, pen: Pen, area: str, name: str) -> str:
        return pen.put("sampled", f"IF({self._any}=0,0,IF(SUMPRODUCT(EXACT({area},{name})*1)>0,1,0))")
