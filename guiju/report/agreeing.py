"""Sentences with numbers: in English a word agrees with the number before it, `{n:clause|clauses}`."""

from __future__ import annotations


class _Counted(int):
    """A number that is written with the word that goes with it."""

    def __format__(self, form: str) -> str:
        one, bar, many = form.partition("|")
        return f"{int(self)} {one if self == 1 else many}" if bar else int.__format__(self, form)


def agreeing(sentence: str, **arguments: object) -> str:
    """A sentence with its arguments.

    >>> agreeing("{n:clause|clauses} of {all}", n=1, all=2)
    '1 clause of 2'
    >>> agreeing("{n:clause|clauses} of {all}", n=0, all=2)
    '0 clauses of 2'
    """
    return sentence.format(**{name: _Counted(a) if type(a) is int else a for name, a in arguments.items()})
