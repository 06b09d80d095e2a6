"""How a verdict is written: in evidence, in a row, in a table."""

from __future__ import annotations

from typing import Literal, TypeAlias

AttestedVerdict: TypeAlias = Literal["satisfied", "unsatisfied", "not-applicable", "unknown"]
#: how evidence may write a verdict
VERDICT_WORDS: dict[str, AttestedVerdict] = {
    "satisfied": "satisfied",
    "unsatisfied": "unsatisfied",
    "not-applicable": "not-applicable",
    "unknown": "unknown",
    "满足": "satisfied",
    "不满足": "unsatisfied",
    "不适用": "not-applicable",
    "未知": "unknown",
}


def verdict_in(value: object) -> AttestedVerdict | None:
    """The verdict that a value of a clause is; None where it is none."""
    if isinstance(value, int) and value in (0, 1):
        return "satisfied" if value else "unsatisfied"
    return VERDICT_WORDS.get("-".join(value.split())) if isinstance(value, str) else None
