"""Which evidence no longer counts at the as-of instant, in formulas: see `engine.ages`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from guiju.exchange.workbook.live.arithmetic import Pen
from guiju.exchange.workbook.live.places import RegisterPlace
from guiju.exchange.workbook.live.terms import NO, Pad

_DAY = 86_400
_COMMAS = ('"，"', '"、"', '"；"', '";"', "CHAR(10)", "CHAR(13)")


class Register:
    """The rows of the register with what became of each: 0 counts, 1 does not, 0.5 where no formula can tell."""

    def __init__(self, pad: Pad, place: RegisterPlace, as_of: str) -> None:
        self._pad, self._place, self._as_of = pad, place, as_of
        self._states: dict[Fraction | None, str] = {}
        self._instant = self._read_instant()
        self._numbers = self._column("evidence number", lambda row: _framed(self._cell(place.ids, row)))

    def state(self, pen: Pen, cell: str, validity: Fraction | None = None) -> str:
        """Whether what a cell cites counts: 0 if any of it does, 1 if none does, 0.5 where no formula can tell.

        None tells of a number that the register lacks: import refuses it, or reads the blanks in it in its own way.
        """
        states = self._of(validity)
        listed = pen.put("evidence cited", f'IF({cell}="","",{_framed_list(cell)})')
        found = f'SUMPRODUCT(LEN({listed})-LEN(SUBSTITUTE({listed},{self._numbers},"")))'
        is_found = pen.put("all cited is in the register", f'IF({listed}="",1,IF({found}=LEN({listed}),1,0))')
        cited = f"ISNUMBER(FIND({self._numbers},{listed}))"
        number, over, unclear = (f"SUMPRODUCT({cited}*({test}))" for test in ("1", f"{states}=1", f"{states}>0"))
        of_cited = f"IF({unclear}<{number},0,IF({over}={number},1,0.5))"
        return pen.put("outdated", f'IF({listed}="",0,IF({is_found}=0,0.5,{of_cited}))')

    def ended(self, pen: Pen, cell: str) -> str:
        """Whether the last day in a cell is over: 0 if not, 1 if it is, 0.5 where no formula can tell."""
        over = f"IF(AND(ISNUMBER({cell}),ISNUMBER({self._instant})),IF({cell}+1<={self._instant},1,0),0.5)"
        return pen.put("ended", f'IF(OR({cell}="",{self._as_of}=""),0,{over})')

    def _of(self, validity: Fraction | None) -> str:
        if validity not in self._states:
            what = "outdated" if validity is None else f"outdated or older than {validity} s"
            self._states[validity] = self._column(what, lambda row: self._state(row, validity))
        return self._states[validity]

    def _state(self, row: int, validity: Fraction | None) -> str:
        """1 past its date, or older than the standard allows, undated or of a later day; 0.5 of dates as text."""
        at, ends = self._instant, self._cell(self._place.expires, row)
        expired = f'IF({ends}="",0,IF(ISNUMBER({ends}),IF({ends}+1<={at},1,0),0.5))'
        if validity is not None:
            begins = self._cell(self._place.collected, row)
            allowed = repr(float(validity / _DAY))
            aged = f"IF(OR({at}<{begins},{at}-{begins}>{allowed}+0.0000001),1,0)"
            near = f"IF(ABS({at}-{begins}-{allowed})<0.000001,0.5,{aged})" if validity % _DAY else aged
            expired = f'MAX({expired},IF({begins}="",1,IF(ISNUMBER({begins}),{near},0.5)))'
        unread = self._cell(self._place.ids, row)
        return f'IF(OR({unread}="",{self._as_of}=""),0,IF(ISNUMBER({at}),{expired},0.5))'

    def _read_instant(self) -> str:
        """The as-of instant on the clock of its own zone, as the spreadsheet counts days; text where it is not one."""
        cell = self._as_of
        day = f"DATE(VALUE(LEFT({cell},4)),VALUE(MID({cell},6,2)),VALUE(MID({cell},9,2)))"
        hour = f"TIME(VALUE(MID({cell},12,2)),VALUE(MID({cell},15,2)),VALUE(MID({cell},18,2)))"
        formula = f'IF(LEN({cell})=25,IFERROR({day}+{hour},"?"),"?")'
        return Pen(self._pad, "as_of").put("instant", formula)

    def _cell(self, column: str, row: int) -> str:
        return f"{column}{row}"

    def _column(self, what: str, of: Callable[[int], str]) -> str:
        """A column of the pad, one cell for each row of the register."""
        cells = [self._pad.always("evidence", what, of(self._place.first_row + n)) for n in range(self._place.rows)]
        return f"{cells[0]}:{cells[-1]}" if cells else NO


def _framed(cell: str) -> str:
    """`,EV 1,`: an evidence number as it is written, so that it is never found inside another one."""
    return f'IF({cell}="","，",","&{cell}&",")'


def _framed_list(cell: str) -> str:
    """`,EV 1,,EV 2,`: the numbers in a cell one by one, without the blank on either side of a comma."""
    text = cell
    for comma in _COMMAS:
        text = f'SUBSTITUTE({text},{comma},",")'
    for around, instead in ((",", ",,"), (",,,,", ",,")):
        text = f'SUBSTITUTE({text},"{around}","{instead}")'
    text = f'","&{text}&","'
    for around in (", ", " ,"):
        text = f'SUBSTITUTE({text},"{around}",",")'
    return text
