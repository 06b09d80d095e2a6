"""The texts of formulas: bits (1 for possible, 0 for not) and how they are joined, folded where they are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

YES, NO = "1", "0"
MOST_ARGUMENTS = 120  # of one function; spreadsheets take 255
LARGEST = 10**14  # whole numbers up to here are exact in every spreadsheet, also where it compares with a tolerance
BEYOND = "1E+15"  # more than any number that is kept exactly


@dataclass
class Pad:
    """The cells of the calculation: rows of an address, what is said of it, and a formula."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)
    first: int = 3
    _known: dict[str, str] = field(default_factory=dict)

    def put(self, address: str, what: str, formula: str) -> str:
        """The cell of a formula; what is a cell or a number already stays what it is, and no formula stands twice."""
        if is_plain(formula):
            return formula
        if formula not in self._known:
            self.rows.append((address, what, formula))
            self._known[formula] = f"$C${self.first + len(self.rows) - 1}"
        return self._known[formula]

    def always(self, address: str, what: str, formula: str) -> str:
        """A cell of its own for a formula, below the one before."""
        self.rows.append((address, what, formula))
        return f"$C${self.first + len(self.rows) - 1}"


def is_plain(formula: str) -> bool:
    """Whether a formula is a number or a cell of the calculation."""
    return formula.removeprefix("$C$").removeprefix("-").isdigit()


def every(bits: Iterable[str]) -> str:
    """That all of some bits are set."""
    found = [b for b in dict.fromkeys(bits) if b != YES]
    return NO if NO in found else _called("MIN", found, YES)


def some(bits: Iterable[str]) -> str:
    """That one of some bits is set."""
    found = [b for b in dict.fromkeys(bits) if b != NO]
    return YES if YES in found else _called("MAX", found, NO)


def lacking(bit: str) -> str:
    """That a bit is not set."""
    return NO if bit == YES else YES if bit == NO else f"(1-{bit})"


def where(condition: str) -> str:
    """The bit of a condition in the spreadsheet's own words."""
    return f"IF({condition},1,0)"


def total(terms: Iterable[str]) -> str:
    """The sum of some numbers."""
    return _called("SUM", [t for t in terms if t != NO], NO)


def least(terms: Iterable[str]) -> str:
    """The least of some numbers."""
    return _called("MIN", list(dict.fromkeys(terms)), BEYOND)


def greatest(terms: Iterable[str]) -> str:
    """The greatest of some numbers."""
    return _called("MAX", list(dict.fromkeys(terms)), f"-{BEYOND}")


def times(term: str, factor: int) -> str:
    """A number so many times."""
    if factor == 1 or term == NO:
        return term
    return str(int(term) * factor) if is_plain(term) and not term.startswith("$") else f"({term}*{factor})"


def quoted(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def _called(function: str, terms: list[str], empty: str) -> str:
    if not terms:
        return empty
    if len(terms) == 1:
        return terms[0]
    if len(terms) > MOST_ARGUMENTS:
        parts = [terms[i : i + MOST_ARGUMENTS] for i in range(0, len(terms), MOST_ARGUMENTS)]
        return _called(function, [_called(function, part, empty) for part in parts], empty)
    return f"{function}({','.join(terms)})"
