"""How compiled code reads the verdicts of a row: all at once, first as bytes, one a verdict, then as bits of a number.

`marshal` writes True, False and None in one byte each, and what else a row may hold in five or more. A row in which
only some inputs and the verdicts stand, and that takes as many bytes as one of plain verdicts, has no other value: of
one that has, a byte that no verdict has would stand among those of the verdicts. Nothing is ever read back by marshal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from marshal import dumps
from typing import Any

from guiju.engine.compiled.judging import UnplainError
from guiju.engine.verdict_words import verdict_in

FORMAT = 2  # the last format of marshal in which nothing is a reference: the same values take the same bytes

_ALL = range(256)


def _table(ones: Iterable[int], zeros: Iterable[int]) -> bytes:
    """A table for `bytes.translate`: digits for some bytes; for all others what is no digit."""
    one, zero = frozenset(ones), frozenset(zeros)
    return bytes(ord("1" if byte in one else "0" if byte in zero else "x") for byte in _ALL)


# an unsatisfied clause is a one; of a byte that is neither satisfied nor unsatisfied no number can be made
SIGNS_AS_BITS = _table(ones=b"F", zeros=b"T")
NUMBERS_AS_BITS = _table(ones=b"\0", zeros=b"\1")
_NUMBERS_AS_SIGNS = bytes(b"FT"[byte] if byte < len(b"FT") else ord("N") for byte in _ALL)
_UNSATISFIED = _table(ones=b"F", zeros=set(_ALL) - set(b"F"))
_OPEN = _table(ones=set(_ALL) - set(b"TF"), zeros=b"TF")


def length_of(inputs: Sequence[str], verdicts: int) -> int:
    """How many bytes a row takes that has these inputs and so many verdicts, each of them yes, no or open."""
    return len(dumps((*map(str, inputs), *[True] * verdicts), FORMAT))


def parted(signs: bytes) -> tuple[int, int]:
    """The bits of clauses that are unsatisfied, and of those that are neither that nor satisfied."""
    return int(signs.translate(_UNSATISFIED), 2), int(signs.translate(_OPEN), 2)


def signs_of(values: Sequence[Any], columns: int, verdicts: int) -> bytes:
    """The verdicts in which a row ends that are not all plain, as `marshal` writes plain ones: T, F, N of any other.

    UnplainError of a row of another length.
    """
    if len(values) != columns:
        raise UnplainError
    ending = tuple(values[-verdicts:])
    try:
        return bytes(ending).translate(_NUMBERS_AS_SIGNS)
    except (TypeError, ValueError):  # something is open, or a word
        return "".join(map(_sign, ending)).encode()


def signs_in(values: Sequence[Any], length: int, columns: int, verdicts: int) -> bytes:
    """The same of any row, which takes so many bytes if its verdicts are all yes, no or open."""
    try:
        read = dumps(tuple(values), FORMAT)
    except ValueError:  # something that marshal cannot write
        read = b""
    return read[-verdicts:] if len(read) == length else signs_of(values, columns, verdicts)


def _sign(value: object) -> str:
    verdict = None if value is None else verdict_in(value)
    return "T" if verdict == "satisfied" else "F" if verdict == "unsatisfied" else "N"
