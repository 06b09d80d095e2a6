"""A name that is changed in a program -> the places of evidence, cases or costs that have to say the new one.

Nothing is guessed from what a word looks like: a key or a value has to mean in the changed program what it meant in the
program before, by its place in the order of what each of them declares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations
from typing import TypeAlias

from guiju.compiler.ir import OptionType, Program, Titled
from guiju.dsl.source import Span
from guiju.engine.addresses import found_in, names_of
from guiju.engine.names import leaf_named, leaves_by_name
from guiju.engine.network import network_of
from guiju.exchange.cases import OTHERS, in_range, type_of
from guiju.exchange.node import Mapping, Node, Scalar, Sequence, to_data

#: what a text stands for in a program, None where it stands for nothing
_Meaning: TypeAlias = Callable[[str], Hashable]
_MOST = 4  # times that one key may say the name


@dataclass(frozen=True)
class Spoken:
    """The names of a program as files beside it may say them, each with its place in the order of the program."""

    program: Program

    @cached_property
    def _facts(self) -> dict[str, int]:
        return _placed(self.program.facts)

    @cached_property
    def _inputs(self) -> dict[str, int]:
        return _placed(self.program.inputs)

    @cached_property
    def _clauses(self) -> tuple[dict[str, str], dict[str, int]]:
        return dict(leaves_by_name(self.program)), _placed(self.program.clauses)

    @cached_property
    def _nodes(self) -> dict[str, str]:
        return names_of(network_of(self.program))

    def stated(self, section: str, name: str) -> Hashable:
        """Of a key of `facts`, where a range is several, or of another section."""
        if section == "inputs":
            return self._inputs.get(name)
        if section == "readings":
            return _placed(self.program.readings).get(name)
        if name in OTHERS:
            return name
        found = tuple(self._facts.get(n) for n in in_range(name))
        return found if any(place is not None for place in found) else None

    def answer(self, section: str, of: Hashable, name: str) -> Hashable:
        """Of an option, below what a key stands for."""
        declared: tuple[Titled, ...] = getattr(self.program, section)
        places = range(len(declared)) if isinstance(of, str) else of if isinstance(of, tuple) else (of,)
        listed = ((p, _placed(getattr(declared[p], "options", ())).get(name)) for p in places if p is not None)
        return tuple((place, option) for place, option in listed if option is not None) or None

    def level(self, name: str) -> Hashable:
        """Of a level."""
        return _placed(self.program.levels).get(name)

    def clause(self, name: str) -> Hashable:
        """Of a clause that is attested."""
        leaves, places = self._clauses
        return places.get(leaf_named(name, leaves) or "")

    def node(self, name: str) -> Hashable:
        """Of what is expected, by any name of reports."""
        address = self._address(name)
        return None if address is None else network_of(self.program).at[address]

    def expected(self, key: str, name: str) -> Hashable:
        """Of a value that is expected of something, as far as it has names."""
        address = self._address(key)
        if address is None or address.startswith("clause:"):
            return None
        type_, names = type_of(self.program, address)
        id_ = names.get(name.strip())
        return type_.options.index(id_) if isinstance(type_, OptionType) and id_ in type_.options else None

    def _address(self, name: str) -> str | None:
        return name if name in network_of(self.program).at else found_in(self._nodes, name)


def _placed(things: tuple[Titled, ...]) -> dict[str, int]:
    """Each name of some things, to the place of the first that has it."""
    found: dict[str, int] = {}
    for place, thing in enumerate(things):
        for name in (thing.id, *thing.aliases):
            found.setdefault(name, place)
    return found


@dataclass(frozen=True)
class Change:
    """A name and another one, with the program that knows the one and the program that knows the other."""

    before: Spoken
    after: Spoken
    old: str
    new: str


@dataclass(frozen=True)
class Told:
    """The places that have to say the other name, and those that would have to and cannot by it alone."""

    spans: tuple[Span, ...]
    unplaced: tuple[Scalar, ...]


def told_in(part: Node, change: Change) -> Told:
    """In what is said of one subject, or of it by one of several standards."""
    spans: list[Span] = []
    unplaced: list[Scalar] = []
    for scalar, was, now in _said(part, change):
        found = _spelled(scalar, was, now, change)
        if found is None:
            unplaced.append(scalar)
        else:
            spans += found
    return Told(tuple(spans), tuple(unplaced))


def _said(part: Node, c: Change) -> Iterator[tuple[Scalar, _Meaning, _Meaning]]:
    """Every key and value that may say a name, with what texts stand for there before and after."""
    before, after = c.before, c.after
    for section in ("facts", "inputs", "readings"):
        for key, value in _entries(part, section):
            yield key, partial(before.stated, section), partial(after.stated, section)
            of = before.stated(section, key.text)
            if of is not None:
                answers = partial(before.answer, section, of), partial(after.answer, section, of)
                yield from ((scalar, *answers) for scalar in _scalars(value))
    for key, _ in _entries(part, "attestations"):
        yield key, before.clause, after.clause
    for section in ("expect", "printed"):
        for key, value in _entries(part, section):
            yield key, before.node, after.node
            then = _with(key.text, _places(key.text, before.node, after.node, c) or (), c)
            answers = partial(before.expected, key.text), partial(after.expected, then)
            yield from ((scalar, *answers) for scalar in _scalars(value))
    yield from ((s, before.level, after.level) for s in _scalars(_value(part, "target")))
    yield from ((s, before.node, after.node) for s in _priced(part))


def _priced(part: Node) -> Iterator[Scalar]:
    """The names in a costs file: what has a price, what cannot change, and what needs what."""
    yield from (key for key, _ in _entries(part, "costs"))
    yield from _scalars(_value(part, "pinned"))
    for key, sooner in _entries(part, "needs"):
        yield from (key, *_scalars(sooner))


# --- one text --------------------------------------------------------------------------------------------------------


def _spelled(scalar: Scalar, was: _Meaning, now: _Meaning, c: Change) -> tuple[Span, ...] | None:
    """Where a text has to say the other name, so that it means the same; None where that cannot be reached."""
    places = _places(scalar.text, was, now, c)
    if places is None or not places:
        return None if places is None else ()
    start = _start_of(scalar)
    is_as_it_reads = scalar.quoted or to_data(Scalar(scalar.source, 0, 0, c.new, quoted=False)) == c.new
    if start is None or not is_as_it_reads:
        return None
    return tuple(Span(scalar.source, start + at, start + at + len(c.old)) for at in places)


def _places(text: str, was: _Meaning, now: _Meaning, c: Change) -> tuple[int, ...] | None:
    """At which of its places in a text the name is changed: as few as keep what the text stands for."""
    meant = was(text)
    if meant is None or now(text) == meant:
        return ()
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(c.old)}(?!\w)", text, re.IGNORECASE)][:_MOST]
    chosen = (some for size in range(1, len(found) + 1) for some in combinations(found, size))
    return next((some for some in chosen if now(_with(text, some, c)) == meant), None)


def _with(text: str, places: tuple[int, ...], c: Change) -> str:
    for at in reversed(places):
        text = text[:at] + c.new + text[at + len(c.old) :]
    return text


def _start_of(scalar: Scalar) -> int | None:
    """Where the text of a scalar begins in the file; None where the file does not write it as it is."""
    written = scalar.span.text
    inside = 1 if scalar.quoted and len(written) > 1 and written[0] == written[-1] and written[0] in "\"'" else 0
    return scalar.start + inside if written[inside : len(written) - inside] == scalar.text else None


# --- the tree --------------------------------------------------------------------------------------------------------


def _entries(part: Node, section: str) -> Iterator[tuple[Scalar, Node]]:
    found = _value(part, section)
    return ((e.key, e.value) for e in (found.entries if isinstance(found, Mapping) else ()))


def _value(part: Node, key: str) -> Node | None:
    found = part.entry(key) if isinstance(part, Mapping) else None
    return found.value if found else None


def _scalars(node: Node | None) -> Iterator[Scalar]:
    """A value, the values of a list, or what stands under `value`."""
    match node:
        case Scalar():
            yield node
        case Sequence():
            yield from (s for item in node.items for s in _scalars(item))
        case Mapping() if (inner := node.entry("value")) is not None:
            yield from _scalars(inner.value)
