"""How far a long run is: one line on a terminal, written over itself; nothing where nobody watches."""

from __future__ import annotations

import sys
import time
from fractions import Fraction

import click

from guiju.compiler.units import format_number
from guiju.dsl.diagnostic import Language, Text

_EVERY = 0.2  # seconds between two lines
_LINE = Text("{rows} 行  每秒 {rate} 行{rest}", "{rows} rows  {rate} rows/s{rest}")
_REST = Text("  还要 {time}", "  {time} left")


class Progress:
    """The line. `total`: how many rows there will be, where that is known."""

    def __init__(self, total: int | None, language: Language) -> None:
        self._total, self._language = total, language
        self._start = self._told = time.monotonic()
        self._is_watched = sys.stderr is not None and sys.stderr.isatty()

    def tell(self, rows: int) -> None:
        """So many rows are done."""
        now = time.monotonic()
        if not self._is_watched or now - self._told < _EVERY:
            return
        self._told = now
        rate = int(rows / max(now - self._start, 0.001))
        rest = "" if not (self._total and rate) else _clock(max(0, self._total - rows) // rate)
        said = _REST.in_language(self._language).format(time=rest) if rest else ""
        line = _LINE.in_language(self._language).format(rows=_grouped(rows), rate=_grouped(rate), rest=said)
        click.echo(f"\r{line}\x1b[K", nl=False, err=True)

    def end(self) -> None:
        """Take the line away."""
        if self._is_watched:
            click.echo("\r\x1b[K", nl=False, err=True)


def _clock(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _grouped(number: int) -> str:
    return format_number(Fraction(number))
