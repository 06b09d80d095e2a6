"""What one edition of a policy says otherwise than another, change by change, each with its places in both texts.

What is compared are the two programs, so layout, comments and the language that a policy is written in are no changes.
A number that stands where another stood is told by itself; where the text is another altogether, it is told as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import TypeAlias, TypeVar

from guiju.compiler.ir import (
    Choice,
    Clause,
    Expression,
    Fact,
    Group,
    Input,
    Level,
    NumberType,
    OptionType,
    Program,
    Reading,
    SetType,
    Tally,
    Titled,
    Type,
)
from guiju.compiler.units import format_quantity
from guiju.engine.reasoning.editions.amended_parts import amendments_of_parts
from guiju.engine.reasoning.editions.amendment import Amendment, AmendmentKind
from guiju.engine.reasoning.editions.crosswalks import crosswalks_amended
from guiju.engine.reasoning.editions.differing import tallies
from guiju.engine.reasoning.editions.renumbering import called_now, doubtful_clauses, earlier_clauses, renumberings
from guiju.engine.reasoning.editions.requirement import inside, is_asked_otherwise, perhaps_others


def amendments(before: Program, after: Program) -> tuple[Amendment, ...]:
    """All that the later edition says otherwise; of one change in the text that many nodes stand on, the first."""
    told: dict[tuple[object, ...], Amendment] = {}
    for a in every_amendment(before, after):
        told.setdefault(told_once(a), a)
    return tuple(told.values())


def every_amendment(before: Program, after: Program) -> Iterator[Amendment]:
    """All that the later edition says otherwise, once for each thing that one change in the text is about."""
    renumbered = renumberings(before, after)
    return chain(
        _clauses(before, after),
        _declared(before.inputs, after.inputs, "input"),
        _declared(before.facts, after.facts, "fact"),
        _readings(before, after),
        _definitions(before, after),
        crosswalks_amended(before, after, renumbered),
        _named(before, after),
        _records(before, after),
    )


def told_once(a: Amendment) -> tuple[object, ...]:
    """What two amendments have in common of which the first says it all."""
    if a.what == "counted":
        return (a.what, a.about)
    return (a.what, a.before, a.after, a.was, a.now)


def _clauses(before: Program, after: Program) -> Iterator[Amendment]:
    left, earlier = {c.id: c for c in before.clauses}, earlier_clauses(before, after)
    doubtful = doubtful_clauses(before, after)
    for clause in after.clauses:
        was = left.pop(earlier.get(clause.id, ""), None)
        address = f"clause:{clause.id}"
        if was is None:
            yield Amendment("clause-added", address, None, clause.span, now=", ".join(clause.levels))
            continue
        if was.id != clause.id:
            yield Amendment("clause-renumbered", address, was.span, clause.span, was.printed, clause.printed)
        yield from _clause(was, clause, address)
        yield from _wording(was, clause, address, doubtful)
    for clause in left.values():
        yield Amendment("clause-removed", f"clause:{clause.id}", clause.span, None, was=", ".join(clause.levels))


def _clause(was: Clause, now: Clause, address: str) -> Iterator[Amendment]:
    places = (was.span, now.span)
    if was.modality != now.modality:
        yield Amendment("modality", address, *places, was.modality or "", now.modality or "")
    if was.group != now.group:
        yield Amendment("group", address, *places, was.group, now.group)
    if was.levels != now.levels:
        yield Amendment("level", address, *places, ", ".join(was.levels), ", ".join(now.levels))
    yield from amendments_of_parts(was.condition, now.condition, address, "condition", places)
    yield from amendments_of_parts(was.applies, now.applies, address, "applicability", places)


# --- what is declared ----------------------------------------------------------------------------------------------

_Declared = TypeVar("_Declared", Fact, Input)


def _declared(before: Sequence[_Declared], after: Sequence[_Declared], kind: str) -> Iterator[Amendment]:
    left = {d.id: d for d in before}
    doubtful = perhaps_others([(left[d.id], d) for d in after if d.id in left], [])
    for now in after:
        was, address = left.pop(now.id, None), f"{kind}:{now.id}"
        if was is None:
            yield Amendment("declaration", address, None, now.span)
            continue
        if was.type != now.type:
            yield Amendment("type", address, was.span, now.span, _type(was.type), _type(now.type))
        valid, still = getattr(was, "validity", None), getattr(now, "validity", None)
        if valid != still:
            yield Amendment("validity", address, was.span, now.span, _days(valid), _days(still))
        formulas = (getattr(was, "formula", None), getattr(now, "formula", None))
        yield from amendments_of_parts(*formulas, address, "formula", (was.span, now.span))
        yield from _wording(was, now, address, doubtful)
    yield from (Amendment("declaration", f"{kind}:{d.id}", d.span, None) for d in left.values())


def _type(type_: Type) -> str:
    match type_:
        case NumberType(unit=unit):
            return unit
        case OptionType(options=options):
            return " | ".join(options)
        case SetType(options=options):
            return f"{{{', '.join(options)}}}"
    return "yes-no"


def _days(seconds: Fraction | None) -> str:
    return "" if seconds is None else format_quantity(seconds, "d")


def _readings(before: Program, after: Program) -> Iterator[Amendment]:
    left, patched = (
        {r.id: r for r in before.readings},
        (_patched(before, {}), _patched(after, _earlier_ids(before, after))),
    )
    for now in after.readings:
        was, address = left.pop(now.id, None), f"reading:{now.id}"
        if was is None:
            yield Amendment("reading", address, None, now.span, now=_options(now.options))
            continue
        if was.default != now.default:
            yield Amendment("reading-default", address, was.span, now.span, was.default, now.default)
        if {o.id for o in was.options} != {o.id for o in now.options}:
            yield Amendment("reading", address, was.span, now.span, _options(was.options), _options(now.options))
        elif patched[0].get(now.id) != patched[1].get(now.id):
            yield Amendment("reading", address, was.span, now.span)
        yield from _wording(was, now, address)
    yield from (Amendment("reading", f"reading:{r.id}", r.span, None, was=_options(r.options)) for r in left.values())


def _earlier_ids(before: Program, after: Program) -> dict[str, str]:
    return {f"clause:{now}": f"clause:{was}" for now, was in earlier_clauses(before, after).items()}


def _patched(program: Program, called: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """What each reading changes: clauses and facts by their addresses, definitions by their ids."""
    found: dict[str, frozenset[str]] = {}
    for address, expression in written(program):
        for choice in (e for e in inside(expression) if isinstance(e, Choice)):
            found[choice.reading] = found.get(choice.reading, frozenset()) | {called.get(address, address)}
    return found


def written(program: Program) -> Iterator[tuple[str, Expression]]:
    """Every expression of a program with the address of what it stands in."""
    for clause in program.clauses:
        yield from ((f"clause:{clause.id}", e) for e in (clause.applies, clause.condition) if e is not None)
    yield from ((f"fact:{fact.id}", fact.formula) for fact in program.facts if fact.formula is not None)
    yield from ((definition.id, definition.expression) for definition in program.definitions)


def _options(options: Iterable[Titled]) -> str:
    return " | ".join(o.id for o in options)


def _named(before: Program, after: Program) -> Iterator[Amendment]:
    """Levels, groups, and the standard itself."""
    for kind, one, other in (("level", before.levels, after.levels), ("group", before.groups, after.groups)):
        left = {t.id: t for t in one}
        for now in other:
            was = left.pop(now.id, None)
            if was is None:
                yield Amendment("declaration", f"{kind}:{now.id}", None, now.span)
            else:
                yield from _wording(was, now, f"{kind}:{now.id}")
                if getattr(was, "parent", None) != getattr(now, "parent", None):
                    above = (getattr(group, "parent", None) or "" for group in (was, now))
                    yield Amendment("group", f"{kind}:{now.id}", was.span, now.span, *above)
        yield from (Amendment("declaration", f"{kind}:{t.id}", t.span, None) for t in left.values())
    if before.id != after.id:
        yield Amendment("declaration", after.id, before.span, after.span, before.id, after.id)
    orders = [", ".join(level.id for level in p.levels) for p in (before, after)]
    if orders[0] != orders[1] and {x.id for x in before.levels} == {x.id for x in after.levels}:
        yield Amendment("declaration", after.id, before.levels[0].span, after.levels[0].span, *orders)
    said = [(p.designation, p.title, p.properties, p.kinds, p.renumbered, p.retired) for p in (before, after)]
    if said[0] != said[1]:
        yield Amendment("wording", after.id, before.span, after.span)


def _records(before: Program, after: Program) -> Iterator[Amendment]:
    """What the document says that decides nothing: however it was changed, it is wording."""
    left = {(record.kind, record.id): record for record in before.records}
    for now in after.records:
        was = left.pop((now.kind, now.id), None)
        if was != now:
            yield Amendment("wording", f"record:{now.id}", was.span if was else None, now.span)
    yield from (Amendment("wording", f"record:{r.id}", r.span, None) for r in left.values())


_Placed: TypeAlias = Clause | Fact | Input | Reading | Level | Group

#: what a thing says besides its meaning
_WORDS = ("label", "aliases", "cites", "guidance", "evidence", "why")


def _wording(was: _Placed, now: _Placed, address: str, doubtful: frozenset[str] = frozenset()) -> Iterator[Amendment]:
    """Labels, citations and notes; those of options as well. Of what is doubtful, that it may be something else.

    A label is all that an attested clause asks for: what is asked otherwise in it is no wording.
    """
    is_doubtful = now.id in doubtful
    if isinstance(was, Clause) and isinstance(now, Clause) and not is_doubtful and is_asked_otherwise(was, now):
        yield Amendment("requirement", address, was.span, now.span)
        was = replace(was, label=now.label)
    pairs = ((was, now), *_same_options(was, now))
    if any(_words(one) != _words(other) for one, other in pairs):
        yield Amendment("meaning" if is_doubtful else "wording", address, was.span, now.span)


def _same_options(was: Titled, now: Titled) -> Iterator[tuple[Titled, Titled]]:
    there = {o.id: o for o in getattr(was, "options", ())}
    return ((there[o.id], o) for o in getattr(now, "options", ()) if o.id in there)


def _words(titled: Titled) -> tuple[object, ...]:
    return tuple(getattr(titled, name, None) for name in _WORDS)


# --- what is computed ----------------------------------------------------------------------------------------------


def _definitions(before: Program, after: Program) -> Iterator[Amendment]:
    """Lets, weights, gates, scores and grades. Where a clause counts is told of the clause if its levels say it."""
    left, called = dict(before.definition), called_now(before, after)
    told = _told_already(before, after, called)
    for now in after.definitions:
        was = left.pop(now.id, None)
        if was is None:
            yield Amendment("declaration", now.id, None, now.span)
            continue
        yield from amendments_of_parts(was.expression, now.expression, now.id, KIND[now.kind], (was.span, now.span))
        for one, other in tallies(was.expression, now.expression):
            for clause in sorted(_counted_otherwise(one, other, called) - told):
                yield Amendment("counted", f"clause:{clause}", one.span, other.span)
        is_named_otherwise = was.label != now.label and now.kind != "gate"  # a gate's words are not the editor's
        if is_named_otherwise or was.cites != now.cites:
            yield Amendment("wording", now.id, was.span, now.span)
    yield from (Amendment("declaration", d.id, d.span, None) for d in left.values())


KIND: Mapping[str, AmendmentKind] = {
    "let": "formula",
    "weight": "weight",
    "gate": "gate",
    "score": "score",
    "grade": "grade",
}


def _told_already(before: Program, after: Program, called: Mapping[str, str]) -> frozenset[str]:
    """The clauses of which it is told that they came, went or count elsewhere: by what they are called now."""
    one = {called[c.id]: (c.levels, c.modality, c.group) for c in before.clauses}
    other = {c.id: (c.levels, c.modality, c.group) for c in after.clauses}
    return frozenset(id_ for id_ in {**one, **other} if one.get(id_) != other.get(id_))


def _counted_otherwise(one: Tally, other: Tally, called: Mapping[str, str]) -> frozenset[str]:
    """The clauses that only one of two counts holds, or that count together with others in only one of them."""
    there = {frozenset(called.get(leaf, leaf) for leaf in item) for item in one.items}
    here = {frozenset(item) for item in other.items}
    return frozenset(leaf for item in there ^ here for leaf in item)
