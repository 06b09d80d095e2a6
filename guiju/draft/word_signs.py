"""What Word does not write as text: signs of symbol fonts and formulas, as they are read on one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guiju.draft.superscripts import lowered, raised

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: the font Symbol by its codes: Greek letters from A on, then signs
_GREEK = dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)) | dict(
    zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)
)
_SYMBOL = _GREEK | {
    **{
        code: chr(code)
        for code in (*range(0x20, 0x22), 0x23, *range(0x25, 0x27), *range(0x28, 0x2A), *range(0x2B, 0x2D))
    },
    **{code: chr(code) for code in range(0x2E, 0x40)},
    **dict(zip((0x2D, 0xA3, 0xA5, 0xB0, 0xB1, 0xB2, 0xB3, 0xB4), "−≤∞°±″≥×", strict=True)),
    **dict(zip((0xB7, 0xB8, 0xB9, 0xBA, 0xBB, 0xD0, 0xD6, 0xD7, 0xDE, 0xAE), "•÷≠≡≈∠√⋅⇒→", strict=True)),
}
_WINGDINGS = {0x6F: "□", 0xA8: "□", 0x6E: "■", 0x6C: "●", 0xFB: "×", 0xFC: "√", 0xFD: "×", 0xFE: "☑", 0xA1: "○"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def sign(element: Any) -> str:
    """The character that a `w:sym` shows; font and code in brackets where that is not known."""
    font, written = element.get(f"{_WORD}font") or "", element.get(f"{_WORD}char") or ""
    try:
        code = int(written, 16)
    except ValueError:
        return f"[{font} {written}]"
    known = _FONTS.get(font.strip().lower(), {}).get(code & 0xFF)
    return known or (f"[{font} {written}]" if 0xE000 <= code <= 0xF8FF or not chr(code).isprintable() else chr(code))


def is_formula(element: Any) -> bool:
    """Whether an element is a formula of Word."""
    return bool(element.tag == f"{_MATH}oMath")


def formula(element: Any) -> str:
    """A formula on one line: fractions with a stroke, powers raised.

    What is of more than one sign stands in brackets where it would be read as less without them.
    """
    name = element.tag.removeprefix(_MATH) if isinstance(element.tag, str) else ""
    if name == "t":
        return element.text or ""
    write = _WRITTEN.get(name)
    return write(element) if write else "".join(formula(child) for child in element)


def _part(element: Any, name: str) -> str:
    found = element.find(f"{_MATH}{name}")
    return "".join(formula(child) for child in found) if found is not None else ""


def _whole(text: str) -> str:
    return text if len(text) == 1 or text.isdigit() else f"({text})"


def _property(element: Any, holder: str, name: str, otherwise: str) -> str:
    found = element.find(f"{_MATH}{holder}/{_MATH}{name}")
    return otherwise if found is None else found.get(f"{_MATH}val") or ""


def _delimited(element: Any) -> str:
    begins, ends = _property(element, "dPr", "begChr", "("), _property(element, "dPr", "endChr", ")")
    parts = ("".join(formula(inner) for inner in child) for child in element.iterchildren(f"{_MATH}e"))
    return f"{begins}{_property(element, 'dPr', 'sepChr', '|').join(parts)}{ends}"


def _operated(element: Any) -> str:
    limits = f"{_low(_part(element, 'sub'))}{raised(_part(element, 'sup'))}"
    return f"{_property(element, 'naryPr', 'chr', '∫')}{limits}{_whole(_part(element, 'e'))}"


def _low(text: str) -> str:
    return lowered(text) if text.isdigit() else f"_{_whole(text)}" if text else ""


def _root(element: Any) -> str:
    return f"{raised(_part(element, 'deg'))}√{_whole(_part(element, 'e'))}"


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "f": lambda e: f"{_whole(_part(e, 'num'))}/{_whole(_part(e, 'den'))}",
    "sSup": lambda e: f"{_whole(_part(e, 'e'))}{raised(_part(e, 'sup'))}",
    "sSub": lambda e: f"{_part(e, 'e')}{_low(_part(e, 'sub'))}",
    "sSubSup": lambda e: f"{_part(e, 'e')}{_low(_part(e, 'sub'))}{raised(_part(e, 'sup'))}",
    "rad": _root,
    "d": _delimited,
    "nary": _operated,
}
