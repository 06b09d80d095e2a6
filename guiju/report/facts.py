"""What the evidence states of a fact, as it states it."""

from __future__ import annotations

from guiju.compiler.units import format_number
from guiju.engine.evidence import Quantity, StatedValue


def stated_text(value: StatedValue) -> str:
    """A value in the words and the unit of the evidence: `128 Kitokens`, `1 周`."""
    match value:
        case Quantity():
            number = value.text or format_number(value.number)
            return number if not value.unit or number.endswith(value.unit) else f"{number} {value.unit}"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return f"[{', '.join(value)}]"
    return "null" if value is None else value
