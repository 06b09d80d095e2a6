"""Why words became no clause, by what they say: they may be a requirement, hold a limit, or be neither."""

from __future__ import annotations

from guiju.dsl.diagnostic import Text
from guiju.intake.catalog import Reason, filled
from guiju.intake.limits import has_limits
from guiju.intake.modality import modal_verbs, only_forbidden
from guiju.intake.outline import OTHER_VERB

_ASKS = Text("{kind}像是要求，没有写成条款", "{kind} that reads like a requirement; it became no clause")
_LIMITS = Text(
    "{kind}有数值或限值，没有能愿动词，也许是要求",
    "{kind} with numbers or limits and without a modal verb, which may be required",
)
_NEITHER = Text("{kind}没有能愿动词，没有带过来", "{kind} without a modal verb; not carried over")


def why_left(text: str, kind: Text) -> tuple[Reason, Text]:
    """The reason and the sentence for words of some kind: a record is made of what may be required."""
    if modal_verbs(text):
        return "unclear", _of(_ASKS, kind)
    if only_forbidden(text):
        return "unclear", OTHER_VERB
    return ("unclear", _of(_LIMITS, kind)) if has_limits(text) else ("aside", _of(_NEITHER, kind))


def _of(sentence: Text, kind: Text) -> Text:
    return Text(filled(sentence, kind=kind.zh).zh, filled(sentence, kind=kind.en).en)
