"""What is wrong with one value, before anyone knows where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.dsl.diagnostic import Argument, Code


@dataclass(frozen=True)
class Problem:
    """A code with its arguments; whoever knows the place makes a diagnostic of it."""

    code: Code
    arguments: tuple[tuple[str, Argument], ...] = ()
    fix: str | None = None
    meant: tuple[str, tuple[str, ...]] | None = None  # a word, and the words that it may have been meant to be


def problem(code: Code, fix: str | None = None, **arguments: Argument) -> Problem:
    """A problem, its arguments by name."""
    return Problem(code, tuple(arguments.items()), fix)
