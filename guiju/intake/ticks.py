"""What the signs in the columns of levels say: yes, no, or what is not certain without the signs beside them."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

_YES = frozenset(("√", "✓", "✔", "☑", "■", "●", "是", "有", "y", "yes", "true"))
_NO = frozenset(
    ("", "-", "—", "——", "–", "/", "无", "none", "no", "n", "否", "不要求", "false", "✗", "✘", "☒", "☐", "□")
)
_CROSSES = frozenset(("×", "x", "╳"))
_CIRCLES = frozenset(("○", "〇", "◯", "o"))


class Ticks:
    """The signs of one table, all columns of levels together.

    A cross is a tick where it is the only sign there is, and says no beside a tick or a circle. A circle is a tick
    unless another tick stands beside it: then it may be another sort of yes, and nobody but the editor knows.
    """

    def __init__(self, cells: Iterable[str]) -> None:
        signs = {_plain(cell) for cell in cells}
        self._has_ticks = not signs.isdisjoint(_YES)
        self._has_circles = not signs.isdisjoint(_CIRCLES)
        self.takes_crosses = not (self._has_ticks or self._has_circles) and not signs.isdisjoint(_CROSSES)

    def says(self, cell: str) -> bool | None:
        """Whether a cell says that the clause counts; None where that is not certain.

        >>> [Ticks(["√", "×"]).says(cell) for cell in ("√", "×", "")], Ticks(["×", ""]).says("×")
        ([True, False, False], True)
        >>> print(Ticks(["●", "○"]).says("○"))
        None
        """
        said = _plain(cell)
        if said in _NO:
            return False
        if said in _CROSSES:
            return self.takes_crosses
        if said in _CIRCLES:
            return None if self._has_ticks else True
        return True if said in _YES else None

    def is_out(self, cells: Iterable[str]) -> bool:
        """Whether each cell of a row of levels says no, and none is left empty.

        >>> ticks = Ticks(["√", "×", "否"])
        >>> ticks.is_out(["×", "否"]), ticks.is_out(["×", ""]), ticks.is_out(["×", "√"]), ticks.is_out([])
        (True, False, False, False)
        """
        said = [cell.strip() for cell in cells]
        return bool(said) and all(cell and self.says(cell) is False for cell in said)


def is_sign(cell: str) -> bool:
    """Whether a cell holds one of the signs that say yes or no, or nothing."""
    return _plain(cell) in _YES | _NO | _CROSSES | _CIRCLES


def is_mark(cell: str) -> bool:
    """Whether a cell holds a sign that may say yes: a column of levels has at least one."""
    return is_sign(cell) and _plain(cell) not in _NO


def _plain(cell: str) -> str:
    """What a cell says, in full width as in half, and whether it is to be shown as a picture or not.

    >>> _plain(" Ｙ "), _plain("－"), _plain("✔\ufe0f")
    ('y', '-', '✔')
    """
    return normalize("NFKC", cell).strip("\ufe0e\ufe0f \t\u3000\u00a0").lower()
