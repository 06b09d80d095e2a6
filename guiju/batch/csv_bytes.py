"""The bytes of a CSV file on their way to Arrow, with an eye on the quotation marks that open and close its cells.

Arrow takes all that stands behind a quote that is never closed for one cell, other rows with it, and says nothing. So a
file that ends inside of quotes is refused, and so is one where text goes on behind quotes that went over several lines:
there the quote that closed was meant to open another cell. Any other quote is text, as Arrow reads it.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import BinaryIO

import numpy as np

from guiju.dsl.diagnostic import Text

_BOM, _QUOTE, _BREAKS = b"\xef\xbb\xbf", ord('"'), b"\r\n"
_EDGES = b"," + _BREAKS  # what a cell lies between
_ENDS = _EDGES + b'"'  # what may stand behind a quote that closes, the second of two with it
_EACH = re.compile(rb'"')
_AT_A_TIME, _IN_CACHE = 1 << 20, 1 << 17  # bytes
_NEVER_CLOSED = Text(
    "第 {line} 行的引号没有合上，后面的行都落在里面",
    "the quotation mark in line {line} is not closed, and takes in all lines behind it",
)
_GOES_ON = Text(
    "第 {line} 行起的引号跨了行，合上之后还有字，可见没有合在该合的地方",
    "the quotation mark in line {line} is closed lines later, before more text, so not where it was meant to be",
)


class NotClosedError(Exception):
    """A quotation mark that opens a cell, with so many bytes before it, is not closed. `reason` says how that shows."""

    def __init__(self, reason: Text, at: int) -> None:
        super().__init__(reason.en, at)
        self._reason, self._at = reason, at

    def reason(self, path: Path) -> Text:
        """How it shows in the file that it was found in, with the line."""
        with path.open("rb") as file:
            breaks, left = Counter[int](), self._at
            while left and (block := file.read(min(left, _AT_A_TIME))):
                left -= len(block)
                breaks.update({sign: block.count(sign) for sign in _BREAKS})
        line = 1 + max(breaks.values(), default=0)  # of two signs that end a line both are there
        return Text(self._reason.zh.format(line=line), self._reason.en.format(line=line))


class CsvBytes:
    """A file as Arrow reads it, with the line break that its last line may lack; `read` raises `NotClosedError`."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("rb")
        self._quotes = Quotes()

    def __enter__(self) -> CsvBytes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def closed(self) -> bool:
        """Whether nothing can be read any more."""
        return self._file.closed

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def read(self, size: int) -> bytes:
        """The next bytes; none behind the end."""
        block = self._file.read(size)
        if block:
            self._quotes.pass_over(block)
        return block if len(block) == size else block + self._quotes.end()


def why_not_closed(path: Path) -> Text | None:
    """Why a file is refused for its quotation marks; None where it is not."""
    try:
        with CsvBytes(path) as data:
            while data.read(_AT_A_TIME):
                pass
    except NotClosedError as error:
        return error.reason(path)
    return None


class Quotes:
    """Which quotation marks open and close cells, told block by block: how the text went up to here."""

    def __init__(self) -> None:
        self._last: int | None = None  # the byte before the next block; None where the file begins
        self._is_inside = False
        self._has_just_closed = False  # by the last byte
        self._passed = 0  # bytes
        self._opened = 0  # bytes before the quote that opened a cell last
        self._spans = False  # whether lines lie between the quotes that are open, or were closed last

    def end(self) -> bytes:
        """What the last line lacks; raises where the text ends inside of quotes."""
        if self._is_inside:
            raise NotClosedError(_NEVER_CLOSED, self._opened)
        lacks = self._last is not None and self._last not in _BREAKS
        self._last = _BREAKS[-1]
        return b"\n" if lacks else b""

    def pass_over(self, block: bytes) -> None:
        """The next bytes; raises where quotes that span lines do not close a cell."""
        if self._last is None and block:
            self._last, self._passed = _BREAKS[0], len(_BOM) if block.startswith(_BOM) else 0
            block = block[self._passed :]
        for start in range(0, len(block), _IN_CACHE):
            self._pass_over(block[start : start + _IN_CACHE])

    def _pass_over(self, block: bytes) -> None:
        if self._has_just_closed and self._spans and block[0] not in _ENDS:
            raise NotClosedError(_GOES_ON, self._opened)
        if _QUOTE not in block:
            self._has_just_closed = False
            self._spans = self._spans or _has_breaks(block)
        elif not self._by_turns(block):
            self._one_by_one(block)
        self._last, self._passed = block[-1], self._passed + len(block)

    def _by_turns(self, block: bytes) -> bool:
        """Whether every other quote begins a cell or doubles the one before, and those between end one; if so, told."""
        data = np.frombuffer(block, np.uint8)
        quotes = data == _QUOTE
        edges = np.logical_or.reduce([quotes, *(data == sign for sign in _EDGES)])
        inside = np.bitwise_xor.accumulate(quotes.view(np.uint8)).view(bool) ^ self._is_inside  # behind each byte
        opening, closing = quotes & inside, quotes & ~inside
        if (
            (opening[0] and not self._may_open)
            or (opening[1:] & ~edges[:-1]).any()
            or (closing[:-1] & ~edges[1:]).any()
        ):
            return False
        begun = opening & ~np.concatenate(([self._has_just_closed], quotes[:-1]))
        start, self._spans = 0, self._spans and not begun.any()
        if begun.any():
            start = len(block) - 1 - int(begun[::-1].argmax())
            self._opened = self._passed + start
        self._spans = self._spans or _has_breaks(block[start:])
        self._is_inside, self._has_just_closed = bool(inside[-1]), bool(closing[-1])
        return True

    @property
    def _may_open(self) -> bool:
        """Whether a quote at the begin of the next block opens a cell, or is the second of two."""
        return self._has_just_closed or (self._last is not None and self._last in _EDGES)

    def _one_by_one(self, block: bytes) -> None:
        """The same where some quotes are text."""
        begun, closed = 0, -1 if self._has_just_closed else -2
        for at in (found.start() for found in _EACH.finditer(block)):
            if self._is_inside:
                self._is_inside, closed = False, at
                self._spans = self._spans or _has_breaks(block[begun:at])
                if self._spans and at + 1 < len(block) and block[at + 1] not in _ENDS:
                    raise NotClosedError(_GOES_ON, self._opened)
            elif at - 1 == closed:
                self._is_inside, begun = True, at
            elif block[at - 1] in _EDGES if at else self._may_open:
                self._is_inside, begun, self._spans, self._opened = True, at, False, self._passed + at
        self._spans = self._spans or (self._is_inside and _has_breaks(block[begun:]))
        self._has_just_closed = closed == len(block) - 1


def _has_breaks(text: bytes) -> bool:
    return any(sign in text for sign in _BREAKS)
