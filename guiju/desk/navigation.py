"""A place of a text -> where what it speaks of is declared, and everywhere else that speaks of it."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.desk.desk import Desk
from guiju.desk.things import Occurrence, Thing
from guiju.dsl.source import Span


def definition(desk: Desk, offset: int) -> tuple[Span, ...]:
    """Where the things at a place are declared: all clauses of a range where the place is in none of its ends.

    A fact of a vocabulary is declared in another file, and a vocabulary is one.
    """
    here = desk.at(offset)
    if not here:
        return ()
    return tuple(span for thing in here[0].things for span in declarations(desk, thing))


def declarations(desk: Desk, thing: Thing) -> tuple[Span, ...]:
    """Where a thing has its name from."""
    own = tuple(o.span for o in desk.occurrences if o.declares and not o.is_alias and thing in o.things)
    symbols = desk.symbols
    if own or symbols is None:
        return own
    shared = symbols.facts.get(thing.of or thing.id) if thing.kind in ("value", "option") else None
    if shared is not None:
        return (shared.name.span,)
    if thing.kind == "vocabulary":
        facts = (symbols.facts[fact] for fact, name in symbols.vocabulary_of.items() if name == thing.id)
        return tuple(Span(fact.span.source, 0, 0) for fact in facts)[:1]
    return ()


def references(desk: Desk, offset: int, *, with_declaration: bool = True) -> tuple[Span, ...]:
    """Every place that speaks of what stands at a place, a range or a cell that holds a clause included."""
    direct = [o for o in desk.at(offset) if not o.is_indirect]
    if not direct:
        return ()
    found = (o for o in speaking_of(desk, direct[0].thing) if with_declaration or not o.declares)
    return tuple(dict.fromkeys(o.span for o in found))


def speaking_of(desk: Desk, thing: Thing) -> Iterator[Occurrence]:
    """Every occurrence of a thing."""
    return (o for o in desk.occurrences if thing in o.things)
