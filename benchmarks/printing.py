"""A table in columns that line up, with ratios to the best of Guiju's own ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

OURS = "Guiju"


@dataclass(frozen=True)
class Cell:
    """A figure and how it is written."""

    figure: float
    written: Callable[[float], str]


def seconds(time: float) -> str:
    """A time in the unit that leaves it between 1 and 1000."""
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if time * factor >= 1:
            return f"{time * factor:.3g} {unit}"
    return f"{time * 1e9:.3g} ns"


class Table:
    """Rows are tools; columns are put in one by one."""

    def __init__(self, title: str, tools: Sequence[str]) -> None:
        self._title, self._tools = title, tools
        self._columns: list[tuple[str, dict[str, str]]] = []

    def column(self, title: str, cells: Mapping[str, Cell], *, ratio: bool = True) -> None:
        """One measure; `ratio`: with how many times Guiju's least figure each is."""
        best = min((c.figure for name, c in cells.items() if name.startswith(OURS)), default=None)
        written = {}
        for name, cell in cells.items():
            times = f" ({_times(cell.figure / best)})" if ratio and best else ""
            written[name] = cell.written(cell.figure) + times
        self._columns.append((title, written))

    def print(self) -> None:
        """To standard output, as a table of Markdown; tools that take no part are left out."""
        told = [tool for tool in self._tools if any(tool in column for _, column in self._columns)]
        lines = [[self._title, *(title for title, _ in self._columns)]]
        lines += [[tool, *(column.get(tool, "—") for _, column in self._columns)] for tool in told]
        widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
        rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
        for line in (lines[0], rule, *lines[1:]):
            print("| " + " | ".join(_aligned(line, widths)) + " |", flush=True)
        print()


def _aligned(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [line[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True))]


def _times(ratio: float) -> str:
    return f"{ratio:.2g}×" if ratio < 100 else f"{ratio:.0f}×"
