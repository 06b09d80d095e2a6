"""The names by which evidence may speak of what a program has: ids, aliases, clauses as they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from unicodedata import normalize

from guiju.compiler.ir import Program, Titled


def ids_by_name(things: Iterable[Titled]) -> dict[str, str]:
    """Ids and aliases to ids."""
    return {name: t.id for t in things for name in (t.id, *t.aliases)}


@lru_cache(maxsize=8)
def leaves_by_name(program: Program) -> Mapping[str, str]:
    """The clauses that evidence may speak of, by id and as printed."""
    return {form: c.id for c in program.clauses for form in (c.id, c.printed, c.printed.replace(") ", ")"))}


def leaf_named(name: str, leaves: Mapping[str, str]) -> str | None:
    """The clause that a name means, however it was typed."""
    if leaves.get(name) == name:
        return name  # an id, which all of a row's columns are called by: nothing is read out of it
    return leaves.get(clause_id(name)) or leaves.get(name)


@lru_cache(maxsize=4096)
def clause_id(clause: str) -> str:
    """`6.1.2.2 b) 3)`, however it was typed, as an id."""
    plain = normalize("NFKC", clause).replace("(", "").strip()
    return plain.replace(" ", "").replace(")", ".").rstrip(".") if ")" not in plain else _dotted(plain)


def _dotted(plain: str) -> str:
    section, _, marks = plain.partition(" ")
    return ".".join((section, *(m for m in marks.replace(" ", "").split(")") if m)))
