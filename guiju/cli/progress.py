"""How far a long run is, or that it goes on: one line of a terminal, over and over; nothing where nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from threading import Event, Thread

import click

from guiju.compiler.units import format_number
from guiju.dsl.diagnostic import Language, Text

_EVERY = 0.2  # seconds between two lines
_PATIENCE = 1.0  # seconds after which it is said that something goes on, and then every time anew
_LINE = Text("{rows} 行  每秒 {rate} 行{rest}", "{rows} rows  {rate} rows/s{rest}")
_WORKING = Text("正在计算……{time}", "Working …  {time}")
_REST = Text("  还要 {time}", "  {time} left")


class Progress:
    """The line. `total`: how many rows there will be, where that is known."""

    def __init__(self, total: int | None, language: Language) -> None:
        self._total, self._language = total, language
        self._start = self._told = time.monotonic()
        self._is_watched = _is_watched()

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


@contextmanager
def working(language: Language) -> Iterator[None]:
    """Say for how long something has gone on that takes more than a second; nothing else may write meanwhile."""
    if not _is_watched():
        yield
        return
    done = Event()
    teller = Thread(target=_tell_until, args=(done, language), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell_until(done: Event, language: Language) -> None:
    start, is_told = time.monotonic(), False
    while not done.wait(_PATIENCE):
        line = _WORKING.in_language(language).format(time=_clock(int(time.monotonic() - start)))
        click.echo(f"\r{line}\x1b[K", nl=False, err=True)
        is_told = True
    if is_told:
        click.echo("\r\x1b[K", nl=False, err=True)


def _is_watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _clock(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _grouped(number: int) -> str:
    return format_number(Fraction(number))
