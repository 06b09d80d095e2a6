"""What a change of words was and is: the label, and what else is said of a thing that decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from guiju.compiler.ir import Clause, Definition, Program, Record, Titled
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.keywords import VALUES, WORDS, localised
from guiju.engine.reasoning.editions.amendment import Amendment
from guiju.engine.reasoning.editions.requirement import has_own_label, is_asked_otherwise

#: what an amendment of words is about; of clauses some ask for something else by them
OF_WORDS = ("wording", "meaning", "requirement")

_Thing: TypeAlias = Titled | Definition | Record
_PARTS = ("aliases", "cites", "guidance", "evidence", "why", "affects")
_NAMES = (
    ("aliases", "别名"),
    ("cites", "依据"),
    ("designation", "代号"),
    ("kinds", "分组"),
    *WORDS,
)


class Reworded(NamedTuple):
    """One part of what is said of a thing, in each edition, empty where one says nothing; `part` None: the label."""

    part: str | None
    was: str
    now: str


def reworded(a: Amendment, editions: tuple[Program, Program], language: Language) -> tuple[Reworded, ...]:
    """What an amendment of words says otherwise, the label first; nothing where one edition lacks the thing.

    Where only the words of the other language were changed, they are told. What a label asks for is told of the
    requirement alone.
    """
    if a.what not in OF_WORDS:
        return ()
    if a.about == editions[1].id:
        return _of_heads(*editions, language)
    was, now = (_thing(program, a, place) for program, place in zip(editions, (a.before, a.after), strict=True))
    if was is None or now is None:
        return ()
    is_told = isinstance(was, Clause) and isinstance(now, Clause) and is_asked_otherwise(was, now)
    found = tuple(_of_things(was, now, language))
    if a.what == "meaning" or not is_told:
        return found
    return tuple(said for said in found if (said.part is None) is (a.what == "requirement"))


def _thing(program: Program, a: Amendment, place: object) -> _Thing | None:
    """What an amendment is about, as one edition declares it at a place."""
    kind, _, id_ = a.about.partition(":")
    listed: dict[str, Sequence[_Thing]] = {
        "clause": program.clauses,
        "fact": program.facts,
        "input": program.inputs,
        "reading": program.readings,
        "level": program.levels,
        "group": program.groups,
        "record": program.records,
    }
    if a.about in program.definition:
        return program.definition[a.about]
    things = [t for t in listed.get(kind, ()) if t.span == place]  # type: ignore[union-attr] # all of these have one
    return next((t for t in things if t.id == id_), next(iter(things), None))


def _of_things(was: _Thing, now: _Thing, language: Language) -> Iterator[Reworded]:
    if was.label != now.label:
        yield Reworded(None, *_said(was.label, now.label, language))
    for part in _PARTS:
        one, other = getattr(was, part, None), getattr(now, part, None)
        if one != other:
            yield Reworded(localised(part, _NAMES, language), *_said(one, other, language))
    if isinstance(was, Record) and isinstance(now, Record):
        yield from _of_properties(was.properties, now.properties, language)
    there = {o.id: o for o in getattr(was, "options", ())}
    for option in getattr(now, "options", ()):
        for said in _of_things(there[option.id], option, language) if option.id in there else ():
            yield said._replace(part=f"{option.id} {said.part or ''}".rstrip())


def _of_properties(
    was: tuple[tuple[str, object], ...], now: tuple[tuple[str, object], ...], language: Language
) -> Iterator[Reworded]:
    one, other = dict(was), dict(now)
    for key in {**one, **other}:
        if one.get(key) != other.get(key):
            yield Reworded(localised(key, _NAMES, language), *_said(one.get(key), other.get(key), language))


def _of_heads(before: Program, after: Program, language: Language) -> tuple[Reworded, ...]:
    """The head of a standard, but for what is told of every revision, unless that is all."""
    told = {localised(key, _NAMES, language) for key in ("designation", "issued", "replaces", "renumbered")}
    found = tuple(_of_properties(_head(before), _head(after), language))
    return tuple(said for said in found if said.part not in told) or found


def _head(program: Program) -> tuple[tuple[str, object], ...]:
    return (
        ("designation", program.designation),
        ("title", "" if program.title.zh == program.title.en == program.designation else program.title),
        *program.properties,
        ("kinds", tuple(kind.label if has_own_label(kind) else kind.id for kind in program.kinds)),
        ("renumbered", tuple(f"{was} → {now}" for was, now in program.renumbered)),
        ("retired", program.retired),
    )


def _said(was: object, now: object, language: Language) -> tuple[str, str]:
    texts = _text(was, language), _text(now, language)
    return texts if texts[0] != texts[1] else (_text(was, _other(language)), _text(now, _other(language)))


def _other(language: Language) -> Language:
    return "en" if language == "zh" else "zh"


def _text(value: object, language: Language) -> str:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, tuple):
        return ("、" if language == "zh" else ", ").join(_text(part, language) for part in value)
    return "" if value is None else localised(str(value), VALUES, language)


def both_ways_said(words: tuple[Reworded, ...]) -> tuple[str | None, str | None]:
    """What each edition says, part by part; None where that is nothing."""
    told = [
        "; ".join(f"{w.part}: {text}" if w.part else text for w, text in zip(words, texts, strict=True) if text)
        for texts in ([w.was for w in words], [w.now for w in words])
    ]
    return told[0] or None, told[1] or None
