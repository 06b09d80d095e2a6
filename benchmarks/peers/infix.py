"""A sheet in a language that writes its operators between their operands, as all these languages do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from benchmarks.peers.plain import Apply, Count, Name, Pick, Plain


@dataclass(frozen=True)
class Dialect:
    """What differs between these languages. `words` are operators that are written another way."""

    count: Callable[[Count], str]
    pick: Callable[[str, str, str], str]  # condition, value, what else
    name: Callable[[str], str] = str
    number: Callable[[Fraction], str] = lambda number: repr(float(number))
    text: Callable[[str], str] = lambda text: f'"{text}"'
    words: Mapping[str, str] = field(default_factory=dict)


def spoken(plain: Plain, dialect: Dialect) -> str:
    """One expression as text."""
    match plain:
        case bool():
            return dialect.words.get(str(plain), str(plain).lower())
        case Fraction():
            return dialect.number(plain)
        case str():
            return dialect.text(plain)
        case Name():
            return dialect.name(plain.name)
        case Count():
            return dialect.count(plain)
        case Pick():
            text = spoken(plain.otherwise, dialect)
            for condition, value in reversed(plain.rows):
                text = dialect.pick(spoken(condition, dialect), spoken(value, dialect), text)
            return text
        case Apply():
            return _applied(plain.operator, [spoken(o, dialect) for o in plain.operands], dialect)


def _applied(operator: str, operands: list[str], dialect: Dialect) -> str:
    if operator == "mean":
        return f"(({' + '.join(operands)}) / {dialect.number(Fraction(len(operands)))})"
    word = dialect.words.get(operator, "+" if operator == "sum" else operator)
    return f"({word} {operands[0]})" if operator == "not" else f"({f' {word} '.join(operands)})"
