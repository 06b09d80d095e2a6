"""Takes the text of a value, gives an exact quantity; no float on the way.

Numbers: `50`, `-3`, `83.5`, `1e6`, `1 000`, `1/3`, in full-width digits too. A unit may follow: `50 PFLOPS`, `83.5%`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import log10

from guiju.compiler.units import unit_named
from guiju.engine.evidence import Quantity
from guiju.exchange import codes
from guiju.exchange.node import clip
from guiju.exchange.problem import Problem, problem

DIGITS = 100  # in one number
EXPONENT = 100  # either way
_LONG = 10**1000  # of more digits than anybody reads

_PLAIN = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {ord(c): " " for c in "\u3000\u00a0\u2009\u202f"}
    | {0x2212: "-"}
)
_WHOLE = r"(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+)"
_NUMBER = re.compile(
    rf"(?P<sign>[-+]?)(?P<whole>{_WHOLE})?(?:\.(?P<part>[0-9]*))?(?:[eE](?P<exponent>[-+]?[0-9]+)|/(?P<below>{_WHOLE}))?"
)
_COMMAS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
#: letters and signs; at its end a power, as in `m2`
_UNIT = re.compile(r"(?:[^\W\d_]|[%‰°℃℉])(?:[^\W\d_]|[%‰°·/²³^*-])*(?:(?<=[a-zA-Z])[23](?!\w))?")
_NOT_FINITE = re.compile(r"[-+]?\.?(?:nan|inf|infinity)", re.IGNORECASE)
#: a number somewhere, with words around it
_WORDY = re.compile(r"[-+~≈<>≤≥=±约.]*\s*\.?[0-9]|(?:大约|超过|不低于|不少于|至少|不足|近)\s*[0-9]|[^0-9]*\s[0-9]")


def read_quantity(text: str) -> Quantity | Problem | None:
    """The quantity that a text states. None: the text is no number and does not try to be one."""
    plain = text.translate(_PLAIN).strip()
    if _NOT_FINITE.fullmatch(plain):
        return problem(codes.NOT_FINITE, text=clip(text))
    if _COMMAS.match(plain):
        return problem(codes.THOUSANDS_COMMA, text=clip(text), example=clip(plain.replace(",", " ")))
    found = _NUMBER.match(plain)
    if found is None or not (found["whole"] or found["part"]):
        return problem(codes.STRAY_TEXT, text=clip(text), stray=_words_before(plain)) if _WORDY.match(plain) else None
    unit = plain[found.end() :].strip()
    if (found["below"] and found["part"] is not None) or (unit and not _is_unit(unit)):
        return problem(codes.STRAY_TEXT, text=clip(text), stray=_stray(plain, found))
    number = _exact(found, text)
    return number if isinstance(number, Problem) else Quantity(number=number, unit=unit or None, text=text.strip())


def problem_with(number: float | Decimal | Fraction) -> Problem | None:
    """What is wrong with a number that never was a text, by the bounds of one; None where nothing is."""
    if isinstance(number, float | Decimal):
        text = str(number).removeprefix("s")  # a NaN that signals
    elif max(abs(number.numerator), number.denominator) < _LONG:
        text = str(number)
    else:  # Python does not write it out
        sign, digits = "-" if number < 0 else "", log10(abs(number.numerator)) - log10(number.denominator)
        text = f"{sign}1e{digits:.0f}"
        return problem(codes.NUMBER_OUT_OF_BOUNDS, text=f"≈{text}", digits=DIGITS, exponent=EXPONENT)
    read = read_quantity(text)
    return read if isinstance(read, Problem) else None


def _is_unit(text: str) -> bool:
    """Whether a unit stands there, be it one that is not known: `m3/h`, `dB(A)`, `furlongs`."""
    return unit_named(text) is not None or _UNIT.fullmatch(text) is not None


def _exact(found: re.Match[str], text: str) -> Fraction | Problem:
    whole, part, below = ((found[name] or "").replace(" ", "") for name in ("whole", "part", "below"))
    exponent = (found["exponent"] or "0").lstrip("+0") or "0"
    if len(whole + part + below) > DIGITS or len(exponent) > 4 or abs(int(exponent)) > EXPONENT:
        return problem(codes.NUMBER_OUT_OF_BOUNDS, text=clip(text), digits=DIGITS, exponent=EXPONENT)
    if below and int(below) == 0:
        return problem(codes.ZERO_DENOMINATOR, text=clip(text))
    size = Fraction(int(whole + part), int(below or "1")) * Fraction(10) ** (int(exponent) - len(part))
    return -size if found["sign"] == "-" else size


def _stray(plain: str, found: re.Match[str]) -> str:
    """What is too much behind a number: the rest behind its unit, if it begins with one."""
    rest = plain[found.end() :].strip()
    if found["below"] and found["part"] is not None:
        return clip(plain[found.start("below") - 1 : found.end()])
    unit = _UNIT.match(rest)
    behind = rest[unit.end() :] if unit else rest
    return clip(rest if behind[:1].isdigit() else behind.strip() or rest)


def _words_before(plain: str) -> str:
    """What is too much before the first digit."""
    return clip(re.split(r"\.?[0-9]", plain, maxsplit=1)[0])
