"""Atoms: what a case of a table settles, how it can be settled, and how that is said."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TypeAlias

from guiju.compiler.checks.clause_counts import Block, Numbers
from guiju.compiler.ir import NumberType, Program, Type, Value
from guiju.compiler.units import format_quantity
from guiju.dsl.diagnostic import LANGUAGES, Text
from guiju.dsl.keywords import spell

Setting: TypeAlias = Value | Numbers
Roots: TypeAlias = Callable[[], frozenset[str]]  # found only where a case settles several atoms
MOST_NAMED = 3  # clauses of one verdict that are named in a case


@dataclass(frozen=True)
class Atom:
    """A number that is compared, an option, a yes or no, or a block of clauses.

    `roots` is all that it rests on. Atoms of one `kin` are settled together as they may be; what those of different
    kin have in common is not known.
    """

    key: Hashable
    kin: Hashable
    roots: Roots
    settings: tuple[Setting, ...]
    said: Callable[[Setting], Text] = field(compare=False)


def number(key: Hashable, name: Text, type_: Type | None, cuts: Iterable[Fraction], roots: Roots) -> Atom:
    """A number, on each value that it is compared with, and once between and beside them."""
    known = type_ if isinstance(type_, NumberType) else NumberType()
    values = tuple(_points(set(cuts), whole=known.integer, from_zero=known.is_never_negative))

    def said(value: Setting) -> Text:
        assert isinstance(value, Fraction)
        zh, en = (format_quantity(value, known.unit, language) for language in LANGUAGES)
        return Text(f"{name.zh} = {zh}", f"{name.en} = {en}")

    return Atom(key, key, roots, values, said)


def _points(cuts: set[Fraction], *, whole: bool, from_zero: bool) -> list[Fraction]:
    ends = sorted(cuts | {Fraction(0)} if from_zero else cuts)
    if whole:
        points = {Fraction(n) for cut in ends for n in (ceil(cut) - 1, ceil(cut), floor(cut), floor(cut) + 1)}
    else:
        between = ((low + high) / 2 for low, high in pairwise(ends))
        points = {ends[0] - 1, *ends, *between, ends[-1] + 1}
    return sorted(p for p in points if p >= 0 or not from_zero)


def relation(key: Hashable, names: tuple[Text, Text], roots: Roots) -> Atom:
    """Which of two numbers is greater: their difference, of which the sign counts."""
    signs = {Fraction(-1): "<", Fraction(0): "=", Fraction(1): ">"}

    def said(value: Setting) -> Text:
        assert isinstance(value, Fraction)
        one, other = names
        return Text(f"{one.zh} {signs[value]} {other.zh}", f"{one.en} {signs[value]} {other.en}")

    return Atom(key, key, roots, tuple(signs), said)


def option(key: Hashable, name: str, options: tuple[str, ...], roots: Roots) -> Atom:
    """One of some names."""
    return Atom(key, key, roots, options, lambda value: Text(f"{name} = {value}", f"{name} = {value}"))


def truth(key: Hashable, name: str, roots: Roots) -> Atom:
    """Yes or no."""

    def said(value: Setting) -> Text:
        word = "YES" if value else "NO"
        return Text(f"{name} = {spell(word, 'zh')}", f"{name} = {spell(word, 'en')}")

    return Atom(key, key, roots, (True, False), said)


def condition(key: Hashable, kin: Hashable, written: str, roots: Roots) -> Atom:
    """Something that holds or does not, in the words it is written in."""

    def said(value: Setting) -> Text:
        return Text(written, written) if value else Text(f"{spell('NOT', 'zh')} {written}", f"not {written}")

    return Atom(key, kin, roots, (True, False), said)


def clauses(block: Block, program: Program, roots: Roots) -> Atom:
    """How many of a block of clauses have which verdict. Attestations decide each by itself."""
    names = [_printed(item, program) for item in block.items]

    def said(value: Setting) -> Text:
        assert isinstance(value, tuple)
        good, bad = value
        parts = (
            (names[:bad], Text("不满足", "unsatisfied")),
            (names[bad : bad + good], Text("满足", "satisfied")),
            (names[bad + good :], Text("不适用", "not applicable")),
        )
        told = [(_listed(some), verdict) for some, verdict in parts if some]
        return Text(
            "，".join(f"{some.zh} {verdict.zh}" for some, verdict in told),
            ", ".join(f"{some.en} {verdict.en}" for some, verdict in told),
        )

    return Atom(block, "clauses", roots, block.numbers, said)


def _printed(item: tuple[str, ...], program: Program) -> str:
    first, last = program.clause[item[0]].printed, program.clause[item[-1]].printed
    return first if first == last else f"{first}~{last}"


def _listed(names: list[str]) -> Text:
    if len(names) <= MOST_NAMED:
        return Text("、".join(names), " and ".join(names))
    return Text(f"{names[0]} 等 {len(names)} 条", f"{names[0]} and {len(names) - 1} more")
