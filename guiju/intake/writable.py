"""A catalog as read -> one that a file can hold: no characters that cannot be seen, no text longer than a line may be.

What is taken away or cut is told, each at its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from guiju.dsl.diagnostic import Text
from guiju.exchange.text import UNSEEN, code_point
from guiju.intake.catalog import Catalog, Entry, Reason, Unread, filled

LONGEST = 5_000  # characters of a text: far below a line of a policy, far above a requirement
_QUOTE = 200  # characters of a text in a record

#: raised signs behind neither a number nor a unit, and marks as Markdown has them
_MARK = re.compile(
    r"(?:[\u3000-\u9fff\uff00-\uffef”’.,;]|[A-Za-z]{4}|^|\s)([⁰¹²³⁴-⁹⁽⁾ᵃᵇᶜᵈᵉ]+|\^\([^)]{1,40}\))|(\[\^[^\]\s]{1,40}\])"
)
_RAISED = Text(
    "“{mark}”像是脚注的标记，脚注不在条款里，请核对",
    "`{mark}` looks like the mark of a footnote, which is in no clause; to be checked",
)
_UNSEEN = Text("去掉了看不见的字符（{points}）", "characters that cannot be seen were removed ({points})")
_CUT = Text(
    "有 {n} 个字符，只带过来前 {kept} 个",
    "it has {n} characters, of which the first {kept} were carried over",
)


def writable(catalog: Catalog) -> Catalog:
    """The catalog with every text fit for a policy, and what that took, after what the reader told."""
    cleaner = _Cleaner()
    made = replace(
        catalog,
        designation=cleaner.text(catalog.designation, catalog.source),
        title=cleaner.text(catalog.title, catalog.source),
        source=cleaner.text(catalog.source, catalog.source),
        entries=tuple(cleaner.entry(entry) for entry in catalog.entries),
        levels=tuple(
            replace(level, labels=tuple(cleaner.text(label, level.id) for label in level.labels))
            for level in catalog.levels
        ),
    )
    return replace(made, unread=tuple(_short(unread) for unread in (*made.unread, *cleaner.told)))


@dataclass
class _Cleaner:
    told: list[Unread] = field(default_factory=list)

    def entry(self, entry: Entry) -> Entry:
        return replace(
            entry,
            title=self.text(entry.title, entry.place),
            text=self.text(entry.text, entry.place),
            children=tuple(self.entry(child) for child in entry.children),
        )

    def text(self, text: str, place: str) -> str:
        unseen = sorted({*UNSEEN.findall(text)})
        if unseen:
            text = seen(text)
            self._tell(place, text, "choice", filled(_UNSEEN, points=", ".join(map(code_point, unseen))))
        for mark in dict.fromkeys(found[1] or found[2] for found in _MARK.finditer(text)):
            self._tell(place, text, "choice", filled(_RAISED, mark=mark))
        if len(text) > LONGEST:
            self._tell(place, text, "unclear", filled(_CUT, n=len(text), kept=LONGEST))
            text = f"{text[:LONGEST]} …"
        return text

    def _tell(self, place: str, quote: str, reason: Reason, why: Text) -> None:
        self.told.append(Unread(place, quote, reason, why))


def seen(text: str) -> str:
    """A text on one line, without the characters that cannot be seen.

    >>> seen("5\u200b.1")
    '5.1'
    """
    return " ".join(UNSEEN.sub("", text).split())


def _short(unread: Unread) -> Unread:
    """What a record can quote: the beginning of a long text."""
    quote = seen(unread.quote)
    why = Text(*(clipped(seen(said), LONGEST) for said in (unread.why.zh, unread.why.en)))
    return replace(unread, place=clipped(seen(unread.place), LONGEST), quote=clipped(quote, _QUOTE), why=why)


def clipped(text: str, longest: int) -> str:
    """A text, or its beginning where it is longer."""
    return text if len(text) <= longest else f"{text[:longest]} …"
