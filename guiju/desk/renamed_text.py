"""One text in which a name is changed: where it stands, the changed text, and whether that still says the same."""

from __future__ import annotations

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


def would_break(before: Desk, after: Desk, old: str) -> Text | None:
    """The first mistake that a changed text has more than the text before; another shape of the program is one, too.

    `old` is the name that nothing has any more: what it is on a line that cannot be read, nobody knows.
    """
    known = sum(d.is_error for d in before.diagnostics)
    errors = [d for d in after.diagnostics if d.is_error]
    if len(errors) > known:
        told = {(d.code, d.span.position.line) for d in before.diagnostics}
        first = next((d for d in errors if (d.code, d.span.position.line) not in told), errors[0])
        return Text(first.message("zh"), first.message("en"))
    for wrong in errors:
        line = wrong.span.position.line
        if old in names_in(wrong.span.source.line_text(line)):
            return Text(
                f"第 {line} 行有错，不知道那里的“{old}”说的是什么；请先改好",
                f"line {line} has a mistake, so it cannot be told what `{old}` is there: mend it first",
            )
    if len(before.occurrences) != len(after.occurrences):
        return Text("有些地方会指向别的东西", "some places would speak of something else")
    return None


def replaced(text: str, changes: tuple[tuple[Span, str], ...]) -> str:
    """A text with other words in the place of some spans, which do not overlap."""
    for span, word in sorted(changes, key=lambda change: change[0].start, reverse=True):
        text = text[: span.start] + word + text[span.end :]
    return text
