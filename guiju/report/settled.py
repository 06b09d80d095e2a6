"""What a policy settled where its standard leaves room, and on which a result may depend: the records that say so."""

from __future__ import annotations

from guiju.compiler.ir import Program, Record
from guiju.compiler.review.records import shown_as
from guiju.dsl.diagnostic import Language, Text


def settled(program: Program) -> tuple[Record, ...]:
    """The records that name what would be judged or counted otherwise; what is not encoded stands by itself."""
    return tuple(r for r in program.records if r.affects and r.kind != "not-encoded")


def title_of(record: Record) -> Text:
    """What a record is about."""
    return shown_as(record.kind, record.id, record.label)


def why(record: Record, language: Language) -> str:
    """How it was settled, and why so; of a record that does not say it, all that it says."""
    texts = dict(record.properties)
    told = [texts["why"]] if "why" in texts else texts.values()
    return " ".join(text.in_language(language) for text in told)
