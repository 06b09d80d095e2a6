"""What an expression of a later edition says otherwise: numbers by themselves, all else as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TypeAlias

from guiju.compiler.ir import Cases, Choice, Expression, Literal
from guiju.dsl.source import Span
from guiju.engine.reasoning.editions.amendment import Amendment, AmendmentKind
from guiju.engine.reasoning.editions.differing import are_reordered, differing, is_the_same_amount, sentences
from guiju.engine.reasoning.editions.renumbering import text_of
from guiju.engine.reasoning.editions.rows_as_written import by_option, every_row, last_rows, row_with, rows_alone

_Places: TypeAlias = tuple[Span, Span]

#: what is written in rows, so that a number in it says little without its row
_TABLES: tuple[AmendmentKind, ...] = ("score", "grade")

#: what is one sentence to an editor: where more than numbers is otherwise in it, it is told as a whole
_ONE_SENTENCE: tuple[AmendmentKind, ...] = ("condition", "applicability", "formula")


def amendments_of_parts(
    one: Expression | None, other: Expression | None, about: str, kind: AmendmentKind, places: _Places
) -> Iterator[Amendment]:
    """Numbers that stand in the place of others, and what is written otherwise altogether."""
    return (amendment for amendment, _, _ in amended_parts(one, other, about, kind, places))


def amended_parts(
    one: Expression | None, other: Expression | None, about: str, kind: AmendmentKind, places: _Places
) -> Iterator[tuple[Amendment, Expression | None, Expression | None]]:
    """The same, each with what stood there and what stands there now."""
    if one is None or other is None:
        if one is not other:
            yield Amendment(kind, about, *places, text_of(one), text_of(other)), one, other
        return
    pairs = sentences(one, other) if kind in _ONE_SENTENCE else differing(one, other, compared=False)
    last = dict(chain(last_rows(one), last_rows(other)))
    for (was, now), compared in pairs:
        what = kind
        if isinstance(was, Literal) and isinstance(now, Literal):
            what = "wording" if is_the_same_amount(was, now) else "threshold" if compared else kind
        written = ((last.get(id(e), e.span.text), e.span) for e in (was, now))
        said = ["" if span == place else text for (text, span), place in zip(written, places, strict=True)]
        if isinstance(was, Cases) and isinstance(now, Cases) and are_reordered(was, now):
            said = [every_row(was), every_row(now)]
        elif kind in _TABLES and what != "wording" and (rows := (row_with(one, was), row_with(other, now))) != ("", ""):
            said = [row or text for row, text in zip(rows, said, strict=True)]
        elif said == ["", ""] and isinstance(was, Choice) and isinstance(now, Choice):
            said = [by_option(was), by_option(now)]
        elif isinstance(was, Cases) and isinstance(now, Cases):
            said = [rows_alone(was, now), rows_alone(now, was)]
        yield Amendment(what, about, was.span, now.span, *said), was, now
