"""What a later edition calls by another name, and the earlier edition by these names: what is otherwise besides.

A name is taken for another one of the same thing only where the two policies leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal, TypeAlias, TypeVar

from guiju.compiler.ir import (
    Choice,
    Definition,
    Example,
    Expression,
    Fact,
    Group,
    Input,
    Level,
    Program,
    Reading,
    ReadingOption,
    Tally,
    Titled,
    Understood,
)
from guiju.dsl.diagnostic import Text
from guiju.dsl.source import Span
from guiju.engine.reasoning.editions.amendment import Amendment
from guiju.engine.reasoning.editions.amendments import written
from guiju.engine.reasoning.editions.renumbering import earlier_clauses
from guiju.engine.reasoning.editions.requirement import has_own_label, have_like_labels, inside

_Kind: TypeAlias = Literal["level", "group", "fact", "input", "reading", "option", "family"]
_Names: TypeAlias = dict[str, str]  # what a thing was called, to what it is called now
_Pair: TypeAlias = tuple[str, str, tuple[Span, Span]]  # two names, and where each is declared
_T = TypeVar("_T", Level, Group, Fact, Input, Reading, ReadingOption)
_Effects: TypeAlias = dict[tuple[str, str], set[tuple[object, ...]]]  # what each option of a reading changes
_Stated = TypeVar("_Stated", Fact, Input)
_NAME = re.compile(r"\w+(?:[-+.]\w+)*")

#: where an id stands in a program; addresses are told apart by what they are made of
_PLACES: Mapping[tuple[str, str], _Kind | Literal["address", "value"]] = {
    ("Level", "id"): "level",
    ("Clause", "levels"): "level",
    ("Definition", "level"): "level",
    ("Tally", "level"): "level",
    ("OptionType", "options"): "level",
    ("Literal", "value"): "level",
    ("Group", "id"): "group",
    ("Group", "parent"): "group",
    ("Clause", "group"): "group",
    ("Definition", "group"): "group",
    ("Fact", "id"): "fact",
    ("FactRef", "fact"): "fact",
    ("Input", "id"): "input",
    ("InputRef", "input"): "input",
    ("Reading", "id"): "reading",
    ("Choice", "reading"): "reading",
    ("Definition", "family"): "family",
    ("Definition", "id"): "address",
    ("Ref", "name"): "address",
    ("Program", "outcomes"): "address",
}


@dataclass(frozen=True)
class Renamed:
    """A thing that both editions have, by its name in each, with where each declares it.

    An option goes by `reading/option`.
    """

    kind: _Kind
    was: str
    now: str
    before: Span
    after: Span


@dataclass
class _Found:
    """Two editions, the earlier one by the later names as far as they are found, and the words put for others."""

    before: Program
    after: Program
    words: dict[str, str] = field(default_factory=dict)

    def take(self, found: Sequence[Renamed]) -> None:
        """Put the later names into the earlier edition."""
        self.words |= {one.was: one.now for one in found if one.kind not in ("reading", "option")}  # no words of these
        self.before = _Caller(self.before, self.after, found).program()


def aligned(before: Program, after: Program) -> tuple[Program, tuple[Amendment, ...]]:
    """The earlier edition by the names of the later one, and what was renamed."""
    found, told = _Found(before, after), list[Renamed]()
    for kind, look in _LOOKS:
        pairs = [Renamed(kind, was, now, *places) for was, now, places in look(found)]
        if pairs:
            found.take(pairs)
            told += pairs
    return found.before, tuple(_amendment(one) for one in told)


def _amendment(one: Renamed) -> Amendment:
    names = (name.rpartition("/")[2] for name in (one.was, one.now))
    return Amendment("renamed", f"{one.kind}:{one.now}", one.before, one.after, *names)


def _in_words(words: Mapping[str, str], expression: Expression) -> str:
    """The text of an expression with other words for some, its spaces told apart no further."""
    return " ".join(_NAME.sub(lambda m: words.get(m[0], m[0]), expression.span.text).split())


# --- levels, groups, facts and inputs --------------------------------------------------------------------------------


def _levels(found: _Found) -> Iterator[_Pair]:
    """Levels that share a name, or stand at one place of an order of as many and hold the same clauses."""
    before, after = found.before, found.after
    taken = {o.id for fact in before.facts for o in fact.options} | {o.id for i in before.inputs for o in i.options}
    if taken & {level.id for level in before.levels}:
        return
    sharing = [(w, n) for w, n in _gone_and_come(before.levels, after.levels) if _share_a_name(w, n)]
    yield from ((was.id, now.id, (was.span, now.span)) for was, now in sharing)
    if len(before.levels) != len(after.levels):
        return
    known = {level.id for pair in sharing for level in pair}
    called = {was: now for now, was in earlier_clauses(before, after).items()}
    for was, now in zip(before.levels, after.levels, strict=True):
        held = frozenset(called[c.id] for c in before.clauses if was.id in c.levels and c.id in called)
        holds = frozenset(c.id for c in after.clauses if now.id in c.levels and c.id in called.values())
        is_other = was.id not in {a.id for a in after.levels} and now.id not in {b.id for b in before.levels}
        if is_other and not known & {was.id, now.id} and held and held == holds:
            yield was.id, now.id, (was.span, now.span)


def _groups(found: _Found) -> Iterator[_Pair]:
    """Groups of one kind below one group, that share a name or hold clauses of the same words."""
    called: dict[str, str] = {}
    for was, now in _gone_and_come(found.before.groups, found.after.groups):
        inside, within = (
            [c.label for c in p.clauses if c.group == g.id] for p, g in ((found.before, was), (found.after, now))
        )
        is_there = was.kind == now.kind and called.get(was.parent or "", was.parent) == now.parent
        if is_there and (_share_a_name(was, now) or (inside and inside == within)):
            called[was.id] = now.id
            yield was.id, now.id, (was.span, now.span)


def _facts(found: _Found) -> Iterator[_Pair]:
    return _stated(found, _gone_and_come(found.before.facts, found.after.facts))


def _inputs(found: _Found) -> Iterator[_Pair]:
    return _stated(found, _gone_and_come(found.before.inputs, found.after.inputs))


def _stated(found: _Found, pairs: Iterable[tuple[_Stated, _Stated]]) -> Iterator[_Pair]:
    """Things of one type that share a name, or are asked for in the same places in the same words."""
    for was, now in pairs:
        is_asked_alike = _may_be_one(was, now) and _asked_alike(found, was.id, now.id)
        if was.type == now.type and (_share_a_name(was, now) or is_asked_alike):
            yield was.id, now.id, (was.span, now.span)


def _may_be_one(was: Titled, now: Titled) -> bool:
    """Whether no label of their own says that two things are different ones."""
    return have_like_labels(was, now) or not (has_own_label(was) and has_own_label(now))


def _asked_alike(found: _Found, was: str, now: str) -> bool:
    """Whether all that speaks of the one says the same of the other."""
    called = {f"clause:{old}": f"clause:{new}" for new, old in earlier_clauses(found.before, found.after).items()}
    words = {**found.words, was: now}
    said = {(called.get(address, address), _in_words(words, e)) for address, e in written(found.before)}
    asking = [(address, e) for address, e in written(found.after) if now in _NAME.findall(e.span.text)]
    return bool(asking) and all((address, _in_words({}, e)) in said for address, e in asking)


def _gone_and_come(before: Sequence[_T], after: Sequence[_T]) -> Iterator[tuple[_T, _T]]:
    """Each that is gone with the one that came and shares a name with it; the only two of all where none does."""
    gone = [was for was in before if was.id not in {now.id for now in after}]
    come = [now for now in after if now.id not in {was.id for was in before}]
    for was in gone:
        sharing = [now for now in come if _share_a_name(was, now)]
        if len(sharing) == 1 and sum(_share_a_name(one, sharing[0]) for one in gone) == 1:
            yield was, sharing[0]
        elif len(gone) == len(come) == 1:
            yield was, come[0]


def _share_a_name(was: Titled, now: Titled) -> bool:
    """Whether one is called or labelled as the other is called, or both have one label of their own."""
    names = [{t.id, *t.aliases} for t in (was, now)]
    is_label = any(one.label.zh in there and one.label.en in there for one, there in ((was, names[1]), (now, names[0])))
    return (
        is_label or bool(names[0] & names[1]) or (was.label == now.label and has_own_label(was) and has_own_label(now))
    )


# --- readings and their options --------------------------------------------------------------------------------------


def _readings(found: _Found) -> Iterator[_Pair]:
    """Readings that share a name, or have the same options with the same effects."""
    one, other = _effects(found, found.before), _effects(found, found.after)
    for was, now in _gone_and_come(found.before.readings, found.after.readings):
        said = [{o.id: effects.get((r.id, o.id)) for o in r.options} for r, effects in ((was, one), (now, other))]
        if _share_a_name(was, now) or (_may_be_one(was, now) and said[0] == said[1]):
            yield was.id, now.id, (was.span, now.span)


def _options(found: _Found) -> Iterator[_Pair]:
    """Options of one reading that share a name, or alone have the same effects."""
    one, other = _effects(found, found.before), _effects(found, found.after)
    there = {reading.id: reading for reading in found.before.readings}
    for reading in found.after.readings:
        earlier = there[reading.id].options if reading.id in there else ()
        gone = [o for o in earlier if o.id not in {now.id for now in reading.options}]
        come = [o for o in reading.options if o.id not in {was.id for was in earlier}]
        pairs = [(was, now) for was in gone for now in come if _share_a_name(was, now)]
        paired = {id(o) for pair in pairs for o in pair}
        pairs += [
            (was, now)
            for was in gone
            for now in come
            if not paired & {id(was), id(now)}
            and _may_be_one(was, now)
            and one.get((reading.id, was.id)) == other.get((reading.id, now.id)) is not None
        ]
        for was, now in pairs:
            if sum(was in pair or now in pair for pair in pairs) == 1:
                yield f"{reading.id}/{was.id}", f"{reading.id}/{now.id}", (was.span, now.span)


def _effects(found: _Found, program: Program) -> _Effects:
    """What stands where under each option, and what clauses are under it; all by the later names."""
    called: Mapping[str, str] = {}
    if program is found.before:
        called = {was: now for now, was in earlier_clauses(found.before, found.after).items()}
    effects: _Effects = {}
    for address, expression in written(program):
        place = f"clause:{called.get(address[7:], address[7:])}" if address.startswith("clause:") else address
        for choice in (e for e in inside(expression) if isinstance(e, Choice)):
            for name, option in choice.options:
                counts = [
                    frozenset(frozenset(called.get(leaf, leaf) for leaf in item) for item in e.items)
                    for e in inside(option)
                    if isinstance(e, Tally)
                ]
                words = _in_words(found.words if program is found.before else {}, option)
                effects.setdefault((choice.reading, name), set()).add((place, words, *counts))
    for clause in program.clauses:
        for under in clause.understood:
            for pair in under.options:
                is_so = (called.get(clause.id, clause.id), under.modality, under.is_item)
                effects.setdefault(pair, set()).add(is_so)
    return effects


# --- scores, grades and lets -----------------------------------------------------------------------------------------


def _families(found: _Found) -> Iterator[_Pair]:
    """Families that are computed for the same groups and levels, each by the same words; no two of them alike."""
    gone, come = _by_family(found.before, found.after), _by_family(found.after, found.before)
    for was, earlier in gone.items():
        alike = [now for now in come if _said_of(found.words, earlier, was, now) == _said_of({}, come[now], now, now)]
        if len(alike) == 1:
            later = come.pop(alike[0])
            yield was, alike[0], (earlier[0].span, later[0].span)


def _by_family(program: Program, other: Program) -> dict[str, list[Definition]]:
    """The named definitions of a program whose family the other one does not have."""
    kept = {d.family for d in other.definitions}
    found: dict[str, list[Definition]] = {}
    for d in program.definitions:
        if d.kind in ("score", "grade", "let") and d.family not in kept:
            found.setdefault(d.family, []).append(d)
    return found


def _said_of(
    words: Mapping[str, str], listed: Iterable[Definition], was: str, now: str
) -> dict[tuple[object, ...], str]:
    """What each definition of a family says, by what it is computed for."""
    return {(d.kind, d.group, d.level): _in_words({**words, was: now}, d.expression) for d in listed}


_LOOKS: tuple[tuple[_Kind, Callable[[_Found], Iterator[_Pair]]], ...] = (
    ("level", _levels),
    ("group", _groups),
    ("input", _inputs),
    ("fact", _facts),
    ("reading", _readings),
    ("option", _options),
    ("family", _families),
)


# --- the earlier edition by the later names --------------------------------------------------------------------------


class _Caller:
    """Puts the later names into a program; what is shared stays shared."""

    def __init__(self, program: Program, later: Program, found: Sequence[Renamed]) -> None:
        self._program = program
        titled = (*later.levels, *later.groups, *later.facts, *later.inputs, *later.readings)
        options = (o for r in later.readings for o in r.options)
        self._labels = {(type(t), t.id, t.label) for t in (*titled, *options)}
        self._names: dict[str, _Names] = {}
        for one in found:
            self._names.setdefault(one.kind, {})[one.was] = one.now
        self._done: dict[int, tuple[Any, Any]] = {}

    def program(self) -> Program:
        """The whole of it."""
        told = {f.name: self._field(Program, f.name, getattr(self._program, f.name)) for f in fields(self._program)}
        return replace(self._program, **told)

    def _field(self, class_: type, name: str, value: Any) -> Any:
        kind = next((_PLACES[c.__name__, name] for c in class_.__mro__ if (c.__name__, name) in _PLACES), None)
        if kind is None or not isinstance(value, str | tuple):
            return self._value(value)
        called = self._address if kind == "address" else self._names.get(kind, {})
        name_of = called if callable(called) else lambda n: called.get(n, n)
        return name_of(value) if isinstance(value, str) else tuple(name_of(v) for v in value)

    def _value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._value(v) for v in value)
        if not is_dataclass(value) or isinstance(value, type | Span):
            return value
        if id(value) not in self._done:
            told = {f.name: getattr(value, f.name) for f in fields(value)}
            new = {name: self._field(type(value), name, old) for name, old in told.items()}
            if told.get("label") == Text(*(told.get("family", told.get("id", "")),) * 2):
                new["label"] = self._label(value, told["label"], new.get("family", new["id"]))
            new |= self._under_readings(value, new)
            is_same = all(new[name] is old or new[name] == old for name, old in told.items())
            self._done[id(value)] = value, (value if is_same else replace(value, **new))
        return self._done[id(value)][1]

    def _under_readings(self, value: Any, new: Mapping[str, Any]) -> dict[str, Any]:
        """What names options: they go by their reading and themselves."""
        match value:
            case Reading(id=reading):
                return {"options": tuple(self._option(reading, option) for option in new["options"])}
            case Choice(reading=reading):
                return {"options": tuple((self._pair(reading, name)[1], e) for name, e in new["options"])}
            case Understood():
                return {"options": tuple(self._pair(*pair) for pair in value.options)}
            case Example():
                return {"readings": tuple(self._pair(*pair) for pair in value.readings)}
        return {}

    def _pair(self, reading: str, option: str) -> tuple[str, str]:
        """A reading and an option of it by their later names."""
        called = self._names.get("option", {}).get(f"{reading}/{option}", option)
        return self._names.get("reading", {}).get(reading, reading), called.rpartition("/")[2]

    def _option(self, reading: str, option: ReadingOption) -> ReadingOption:
        name = self._pair(reading, option.id)[1]
        label = option.label if has_own_label(option) else self._label(option, option.label, name)
        return option if name == option.id else replace(option, id=name, label=label)

    def _label(self, thing: Any, label: Text, name: str) -> Text:
        """The label of a thing that is labelled by its name; the name it had may be its label still."""
        return label if (type(thing), name, label) in self._labels else Text(name, name)

    def _address(self, address: str) -> str:
        """`gate:score:section@L2` part by part: what stands behind the sign is a level."""
        found = re.split(r"([:@/])", address)
        return "".join(self._part(found, place) for place in range(len(found)))

    def _part(self, found: list[str], place: int) -> str:
        kinds = ("level",) if place and found[place - 1] == "@" else ("family", "group")
        named = (self._names.get(kind, {}).get(found[place]) for kind in kinds)
        return next((name for name in named if name is not None), found[place])
