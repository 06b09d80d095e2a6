"""One text in which a name is changed: where it stands, the changed text, and whether that still says the same."""

from __future__ import annotations

from collections import Counter

from guiju.desk.desk import Desk
from guiju.desk.navigation import speaking_of
from guiju.desk.things import Thing
from guiju.dsl.diagnostic import Text
from guiju.dsl.source import Span
from guiju.dsl.spelling import names_in


def places_of(desk: Desk, thing: Thing, written: str) -> tuple[Span, ...]:
    """Every place that has this very spelling; in a reference to a clause only the part that names the group."""
    spans = {o.span for o in speaking_of(desk, thing) if o.span.text == written}
    if thing.kind == "group":
        clauses = (o for o in desk.occurrences if o.thing.kind == "clause" and not o.declares and not o.is_indirect)
        heads = (Span(o.span.source, o.span.start, o.span.start + len(written)) for o in clauses)
        spans |= {head for head in heads if desk.names(written, head)}
    return tuple(sorted(spans, key=lambda span: span.start))


def would_break(before: Desk, after: Desk, old: str, new: str) -> Text | None:
    """The first mistake that a changed text has and the text before has not, or what it would say otherwise.

    Each place has to speak of one thing as before, and different things have to stay different. In a text with mistakes
    both names have to be certain wherever they stand: what they are on a line that is not understood, nobody knows.
    """
    told = Counter((d.code, d.span.position.line) for d in before.diagnostics if d.is_error)
    for wrong in (d for d in after.diagnostics if d.is_error):
        told[wrong.code, wrong.span.position.line] -= 1
        if told[wrong.code, wrong.span.position.line] < 0:
            return Text(wrong.message("zh"), wrong.message("en"))
    if told:
        uncertain = _uncertain(before, old, new)
        if uncertain is not None:
            return uncertain
    same = len(before.occurrences) == len(after.occurrences) and _is_one_to_one(before, after)
    return None if same else Text("有些地方会指向别的东西", "some places would speak of something else")


def _uncertain(desk: Desk, *names: str) -> Text | None:
    """Where one of some names stands in a text with mistakes and it cannot be told what it is there."""
    known = {place for o in desk.occurrences for place in range(o.span.start, o.span.end)}
    read = [
        (desk.source.position(r.offset).line, w.text)
        for r, w in desk.all_words()
        if r.offset + w.start not in known and w.text in names
    ]
    wrong = {d.span.position.line for d in desk.diagnostics if d.is_error and d.span.source is desk.source}
    placed = Counter((o.span.position.line, o.span.text) for o in set(desk.occurrences))
    unread = [(n, x) for n in wrong for x, times in names_in(desk.source.line_text(n)).items() if times > placed[n, x]]
    found = min(read + [(line, name) for line, name in unread if name in names], default=None)
    if found is None:
        return None
    line, name = found
    return Text(
        f"策略有错，说不准第 {line} 行的“{name}”是什么；请先改好策略里的错误",
        f"the policy has mistakes, so it cannot be told what `{name}` is on line {line}: mend them first",
    )


def _is_one_to_one(before: Desk, after: Desk) -> bool:
    """Whether what was one thing is one thing, and what was two is two."""
    pairs = {(b.thing, a.thing) for b, a in zip(before.occurrences, after.occurrences, strict=True)}
    return len(pairs) == len({b for b, _ in pairs}) == len({a for _, a in pairs})


def replaced(text: str, changes: tuple[tuple[Span, str], ...]) -> str:
    """A text with other words in the place of some spans, which do not overlap."""
    for span, word in sorted(changes, key=lambda change: change[0].start, reverse=True):
        text = text[: span.start] + word + text[span.end :]
    return text
