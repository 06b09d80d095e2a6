"""The modality of a requirement, from the modal verbs of its text (GB/T 1.1—2020; ISO/IEC Directives, Part 2)."""

from __future__ import annotations

import re

from guiju.compiler.modals import Modality as Spoken
from guiju.compiler.modals import leaves_free, modals
from guiju.draft.forms import squeezed
from guiju.draft.rules.forbidden_modal import WORDS
from guiju.draft.rules.several_requirements import requirement_starts
from guiju.dsl.diagnostic import Text
from guiju.intake.catalog import Modality, Unread, filled

_MODALITIES: dict[Spoken, Modality] = {
    Spoken.REQUIREMENT: "shall",
    Spoken.RECOMMENDATION: "should",
    Spoken.PERMISSION: "may",
}
_LEAD = re.compile(r"(?<=[应宜可])[:：]$")  # the verbs of a lead stand in the items below it
_SENTENCE = re.compile(r"(?<=[。；;])|(?<=\.)\s")
_PART = re.compile(r"[。；;，,]|\.\s")
#: the subject of a lead, with its modal verb and what announces items, and nothing that an item would need
_SUBJECT = re.compile(
    r"(?:the|each|an?|any) [\w-]+(?: [\w-]+)?(?: (?:shall|should|may))?[:：]"
    r"|[\w-]+(?: [\w-]+)? (?:shall|should|may)[:：]"
    r"|(?!如[^下])[^，,、；。\d时当若除前后内外]{0,12}?[应宜可]?(?:(?:满足|符合|遵守|达到)?(?:以下|下列|如下)(?:各项)?(?:要求|规定|条件)?)?[:：]",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:(?:the|each|an?|any)\s+|(?:该|本|各|每个?)\s*)", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"\s*(?:\b(?:shall|should|may)|[应宜可]?(?:(?:满足|符合|遵守|达到|包括|包含)?(?:以下|下列|如下)?(?:各项|内容)?(?:要求|规定|条件)?(?:如下|为)?))?[:：]$",
    re.IGNORECASE,
)
#: 可以 as one word, and not 可 in front of what something is done with
_MAY = re.compile("可以(?![^。；，,]{0,20}(?:形式|方式|方法|名义|手段|途径|为[准主限界单基依]))")
_QUALITY = re.compile(r"[可宜][\u4e00-\u9fff]{1,2}")
_SENTENCES = Text(
    "几处各有能愿动词，也许不止一项要求",
    "a modal verb in several of its parts; it may be more than one requirement",
)
_SEVERAL = Text(
    "有几个能愿动词（{zh}），取第一个；也许不止一项要求",
    "several modal verbs ({en}), the first one counts; it may be more than one requirement",
)


_SPOKEN: dict[Modality, str] = {"shall": "应", "should": "宜", "may": "可"}


def _several(verbs: tuple[Modality, ...]) -> Text:
    return filled(_SEVERAL, zh="、".join(_SPOKEN[verb] for verb in verbs), en=", ".join(verbs))


def only_forbidden(text: str) -> bool:
    """Whether a text asks for something, but in words alone that standards do not use for it."""
    return not modal_verbs(text) and WORDS.search(text) is not None


def strays(text: str) -> bool:
    """Whether a part of a text asks for something in such words alone, be the rest as it may.

    >>> strays("门应关闭，必须上锁"), strays("窗应关闭，必要时上锁"), strays("Doors shall be shut, windows must not.")
    (True, False, True)
    """
    return any(only_forbidden(said) for said in _PART.split(text))


def is_quality(title: str) -> bool:
    """Whether a heading names a quality with 可 or 宜, and asks for nothing: it is no more than a word.

    >>> is_quality("可用"), is_quality("可装卸"), is_quality("宜设休息区"), is_quality("应答")
    (True, True, False, False)
    """
    return _QUALITY.fullmatch(title) is not None


def leads_on(text: str) -> bool:
    """Whether a text announces what stands below it."""
    return text.rstrip().endswith((":", "："))


def is_subject_alone(lead: str, title: str = "") -> bool:
    """Whether a lead names no more than who or what its items are about; under a `title`, no more than that has.

    >>> is_subject_alone("The organization:"), is_subject_alone("Rooms shall:"), is_subject_alone("服务人员应：")
    (True, True, True)
    >>> is_subject_alone("The owner keeps no keys unless:"), is_subject_alone("断电时灯应：")
    (False, False)
    >>> is_subject_alone("门锁应：", "门锁"), is_subject_alone("门锁应：", "要求")
    (True, False)
    >>> is_subject_alone("The doors shall:", "Doors")
    True
    """
    return _SUBJECT.fullmatch(lead.strip()) is not None and (not title or _subject(lead) in squeezed(title))


def _subject(lead: str) -> str:
    """Who or what a lead names; an article and words that announce items name nobody."""
    return squeezed(_ANNOUNCES.sub("", _ARTICLE.sub("", lead.strip())))


def modal_verbs(text: str) -> tuple[Modality, ...]:
    """The modalities that a text speaks of, each once, the first one first."""
    found = (_MODALITIES[modal.modality] for modal in modals(_LEAD.sub("为", text)) if modal.modality in _MODALITIES)
    return tuple(dict.fromkeys(found))


def without_verb(text: str) -> str:
    """A text without the modal verb that it begins with: the clause says that already. 不必 stays, for it denies.

    >>> without_verb("shall be kept"), without_verb("应提供备份"), without_verb("应用可靠"), without_verb("不必备份")
    ('be kept', '提供备份', '应用可靠', '不必备份')
    >>> without_verb("可以提供插座"), without_verb("可以书面形式提出")
    ('提供插座', '以书面形式提出')
    """
    first = next(iter(modals(text)), None)
    if first is None or first.start or first.modality not in _MODALITIES or leaves_free(text, first):
        return text
    long = _MAY.match(text)
    return text[long.end() if long else first.end :].lstrip()


def only_verb(text: str, place: str) -> tuple[Modality | None, tuple[Unread, ...]]:
    """The modality of a requirement, none where its text has no modal verb; several verbs are told."""
    verbs = modal_verbs(text)
    if len(verbs) > 1:
        told: tuple[Unread, ...] = (Unread(place, text, "choice", _several(verbs)),)
    elif len(requirement_starts(text)) > 1 or sum(bool(modal_verbs(said)) for said in _SENTENCE.split(text)) > 1:
        told = (Unread(place, text, "choice", _SENTENCES),)
    else:
        told = ()
    return (verbs[0] if verbs else None), told
