"""What the words of a requirement ask for, as far as it can be counted: numbers, bounds, modal verbs, denials."""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeAlias

from guiju.compiler.checks.bounds import bounds
from guiju.compiler.checks.figures import Figure, figures
from guiju.compiler.modals import Modality, modals
from guiju.compiler.names import is_chinese
from guiju.dsl.diagnostic import Language

#: words that deny something in either language, be it inside of others
DENIES = re.compile(
    r"[不无没未非禁勿免防避拒除仅只缺漏少失丢断损毁违阻妨误偏超泄露滥]"
    r"|\b(?:no|not|none|never|nothing|nobody|nor|neither|only|unless|except|without|free|absent|stop|block|avoid|prevent|prohibit"
    r"|forbid|refuse|reject|exclude|fail|lack|miss|lose|break|keep\w* from|non\w*"
    r"|dis(?:abl|allow|card|connect|continu|miss|regard)\w*"
    r"|un(?!der|til|it|i[fqv])\w+|in(?:access|activ|complet|correct|hibit|valid)\w*|im(?:permiss|possib)\w*)|n't\b",
    re.IGNORECASE,
)
_MUST = re.compile(r"\bmust\b|必须|务必", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_PERIOD = re.compile(
    r"(?:每|按|逐)半?个?([年季月周日天]|小时|分钟)|\b(year|quarter|month|week|dai|day|hour|minute|annual)(?:s|ly)?\b",
    re.IGNORECASE,
)

#: how often a text says each thing; two texts that ask for one thing say the same things as often
Asked: TypeAlias = Counter[object]


def asked_in(text: str) -> Asked:
    """What a text asks for: amounts whatever their unit, bounds, other numbers as of tables, modal verbs, denials."""
    language: Language = "zh" if is_chinese(text) else "en"
    found = figures(text, language)
    bounded, rest = bounds(text, language), text
    for figure in found:
        start, end = figure.place
        rest = rest[:start] + " " * (end - start) + rest[end:]
    denying = text
    for bound in bounded:  # no less than is at least
        denying = denying.replace(bound.said, " ")
    return Counter(
        [
            *((_amount(figure), figure.around) for figure in found),
            *((bound.figure.size, bound.is_least, bound.takes_in) for bound in bounded),
            *_DIGITS.findall(rest),
            *(tuple(map(str.lower, said)) for said in _PERIOD.findall(rest)),
            *(m.modality for m in modals(text) if m.modality is not Modality.CAPABILITY),
            *(Modality.REQUIREMENT for _ in _MUST.finditer(text)),
            *("denied" for _ in DENIES.finditer(denying)),
        ]
    )


def _amount(figure: Figure) -> object:
    """How much it is, whatever it is measured in; a year is 12 months, feet are feet."""
    return ("month", figure.months) if figure.months is not None else (figure.size, figure.besides)
