"""A unit by its parts, and the other signs that it is written in: m², μg, kΩ, kW·h, 毫克/升."""

from __future__ import annotations

import re

#: what a sign of a name is written as, too
_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=m)2"), "²"),
    (re.compile(r"(?<=m)3"), "³"),
    (re.compile(r"(?<![A-Za-z])u(?=[A-Zgm])"), "μ"),
    (re.compile(r"(?<![A-Za-z])u(?=[A-Zgm])"), "µ"),
    (re.compile(r"ohm"), "Ω"),
    (re.compile(r"CO2"), "CO₂"),
    (re.compile(r"(?<=/)([kMGT]?W)h"), r"(\1·h)"),
    (re.compile(r"(?<![/(A-Za-z])([kMGT]?W|m?A)h"), r"\1·h"),
    (re.compile(r"100(?=[a-z])"), "100 "),
    (re.compile(r"(?<=/)ha$"), "hm2"),
)
#: what stands for a sign that keyboards lack: m2, ug, ohm
_TYPED = (
    (re.compile(r"(?<=m)2(?!\d)"), "²"),
    (re.compile(r"(?<=m)3(?!\d)"), "³"),
    (re.compile(r"(?<![A-Za-z])u(?=[A-Zgms])"), "μ"),
    (re.compile(r"ohm"), "Ω"),
    (re.compile(r"CO2"), "CO₂"),
)
_ANY = re.compile(r"m[23]|(?<![A-Za-z])u[A-Zgm]|ohm|CO2|[WA]h|100[a-z]|/ha")


def written(name: str) -> list[str]:
    """A unit in other signs; none that mixes two manners, such as m² beside m3."""
    forms = [name]
    for sign, other in _SIGNS if _ANY.search(name) else ():
        forms += [changed for form in forms if (changed := sign.sub(other, form)) != form and _is_whole(changed)]
    return forms[1:]


def printed(sign: str) -> str:
    """The sign of a unit as standards print it, whatever a keyboard made of it.

    >>> printed("ug/m3"), printed("kohm"), printed("kW·h"), printed("min")
    ('μg/m³', 'kΩ', 'kW·h', 'min')
    """
    for typed, meant in _TYPED:
        sign = typed.sub(meant, sign)
    return sign


def _is_whole(form: str) -> bool:
    return not (re.search("[²³]", form) and re.search("(?<=m)[23]", form))


def parts_of(quotient: str) -> tuple[str, int, str]:
    """`mg/L` is `mg`, 1 and `L`; `CFU/100mL` is `CFU`, 100 and `mL`."""
    above, _, below = quotient.partition("/")
    one = below.removeprefix("100")
    return above, 1 if one == below else 100, one


def in_words(above: tuple[str, ...], below: tuple[str, ...]) -> list[str]:
    """A quotient in Chinese, by the names of its parts: 毫克/升."""
    over, under = ([word for word in words if word > "\u3400"] for words in (above, below))
    return [f"{word}/{other}" for word in over for other in under]
