"""An edition of a policy with some amendments of a later one put in, and all others left out.

The program that comes of it stands on what the amendments speak of: what a condition that is put in asks for is
declared with it, and what one that is left in place asks for stays. Where nothing can be made of some amendments
alone, as where two clauses would have one number, there is no such program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias, TypeVar

from guiju.compiler.graph import parts
from guiju.compiler.ir import (
    Choice,
    Clause,
    Definition,
    Expression,
    Fact,
    FactRef,
    Input,
    InputRef,
    Literal,
    Program,
    Reading,
    Ref,
    Tally,
    Titled,
)
from guiju.engine.reasoning.editions.amended import Amended, Switches
from guiju.engine.reasoning.editions.amendment import AmendmentKind
from guiju.engine.reasoning.editions.differing import head
from guiju.engine.reasoning.editions.merging import Merging, renamed
from guiju.engine.reasoning.editions.requirement import inside

MOST_UNITS = 120  # amendments that are put in one by one; of two texts with more not much would be learned

_Thing: TypeAlias = Clause | Fact | Input | Reading | Definition
_T = TypeVar("_T", bound=Titled)


class Editions:
    """Two editions, and every program between them. `units` is empty where the amendments do not give the later one."""

    def __init__(self, before: Program, after: Program) -> None:
        self._switches = Switches(before, after)
        self._programs: dict[frozenset[int], Program | None] = {}
        units = self._switches.units()
        self.are_too_many = len(units) > MOST_UNITS
        self.units = () if self.are_too_many or not self._gives_the_later(units) else units

    def with_(self, units: Iterable[Amended]) -> Program | None:
        """The earlier edition with these amendments and no others, if that is a policy."""
        chosen = self._switches.roots(units)
        if not chosen:
            return self._switches.before
        if chosen == self._switches.roots(self.units):
            return self._switches.after
        if chosen not in self._programs:
            self._programs[chosen] = _Between(self._switches, chosen).program()
        return self._programs[chosen]

    def _gives_the_later(self, units: tuple[Amended, ...]) -> bool:
        merged = _Between(self._switches, self._switches.roots(units)).program()
        return merged is not None and content(merged) == content(self._switches.after)


@lru_cache(maxsize=4)
def editions_of(before: Program, after: Program) -> Editions:
    """Two editions; programs are compared by identity, so this is worked out once."""
    return Editions(before, after)


@dataclass(frozen=True)
class _Both:
    """One thing in both editions; None: that edition does not have it."""

    was: _Thing | None
    now: _Thing | None


class _Between:
    """One program out of two; `chosen` are the switches that are put in."""

    def __init__(self, switches: Switches, chosen: frozenset[int]) -> None:
        self._switches, self._chosen = switches, chosen
        self._before, self._after = switches.before, switches.after
        self._merging = Merging(switches, chosen)

    def program(self) -> Program | None:
        """The program; None if it is none."""
        both = self._both()
        things = {address: self._thing(address, pair) for address, pair in both.items()}
        asked = {address: asked_for(thing) for address, thing in things.items()}
        wanted = {address for address, pair in both.items() if self._is_there(address, pair)}
        stack = list(wanted)
        while stack:  # what is asked for has to be there
            more = asked[stack.pop()] - wanted
            wanted |= more
            stack += more
        things = {address: thing for address, thing in things.items() if address in wanted}
        ids = [t.id for t in things.values() if isinstance(t, Clause)]
        if len(ids) != len(set(ids)):
            return None
        try:
            order = tuple(TopologicalSorter({a: sorted(asked[a]) for a in things}).static_order())
        except CycleError:
            return None
        names = {a.removeprefix("clause:"): t.id for a, t in things.items() if isinstance(t, Clause)}
        called = {a: _with_expressions(t, lambda e: renamed(e, names.__getitem__)) for a, t in things.items()}
        definitions = tuple(d for a in order if isinstance(d := called[a], Definition))
        return replace(
            self._before,
            inputs=tuple(t for t in called.values() if isinstance(t, Input)),
            facts=tuple(t for t in called.values() if isinstance(t, Fact)),
            clauses=tuple(t for t in called.values() if isinstance(t, Clause)),
            readings=tuple(t for t in called.values() if isinstance(t, Reading)),
            levels=_either(self._before.levels, self._after.levels),
            groups=_either(self._before.groups, self._after.groups),
            kinds=_either(self._before.kinds, self._after.kinds),
            definitions=definitions,
            outcomes=self._outcomes({d.id for d in definitions}),
            digest=f"{self._before.digest}+{','.join(map(str, sorted(self._chosen)))}+{self._after.digest}",
        )

    def _outcomes(self, there: set[str]) -> tuple[str, ...]:
        """The outcomes of the earlier edition, and those that come with a definition of the later one."""
        earlier = self._before.outcomes
        later = (o for o in self._after.outcomes if o not in self._before.definition)
        return tuple(o for o in (*earlier, *later) if o in there)

    def _both(self) -> dict[str, _Both]:
        """All that either edition declares, clauses by their keys."""
        one, other = (self._declared(edition) for edition in (self._before, self._after))
        return {address: _Both(one.get(address), other.get(address)) for address in {**one, **other}}

    def _declared(self, edition: Program) -> dict[str, _Thing]:
        found: dict[str, _Thing] = {f"input:{i.id}": i for i in edition.inputs}
        found |= {f"fact:{f.id}": f for f in edition.facts}
        found |= {f"reading:{r.id}": r for r in edition.readings}
        found |= {f"clause:{self._switches.key(c.id, edition)}": c for c in edition.clauses}
        return found | {d.id: d for d in edition.definitions}

    def _takes(self, what: AmendmentKind, about: str) -> bool:
        return self._switches.about(what, about) in self._chosen

    def _is_there(self, address: str, pair: _Both) -> bool:
        """Whether a thing is there, whoever asks for it."""
        if pair.was is not None and pair.now is not None:
            return True
        gone = pair.now is None
        match pair.was or pair.now:
            case Clause(id=id_):
                return self._takes("clause-removed" if gone else "clause-added", f"clause:{id_}") is not gone
            case Reading():
                return self._takes("reading", address) is not gone
        return self._takes("declaration", address) is not gone

    # --- one thing -----------------------------------------------------------------------------------------------

    def _thing(self, address: str, pair: _Both) -> _Thing:
        """A thing as it is with what is put in; counts name clauses by their keys."""
        match pair.was, pair.now:
            case Clause() as was, Clause() as now:
                return self._clause(was, now)
            case Fact() as was, Fact() as now:
                formula = self._merging.part(was.formula, now.formula)
                validity = now.validity if self._takes("validity", address) else was.validity
                return replace(self._stated(was, now, address), formula=formula, validity=validity)
            case Input() as was, Input() as now:
                return self._stated(was, now, address)
            case Reading() as was, Reading() as now:
                return now if self._takes("reading", address) else was
            case Definition() as was, Definition() as now:
                expression = self._merging.part(was.expression, now.expression)
                assert expression is not None
                return replace(was, expression=expression)
        alone, edition = (pair.now, self._after) if pair.was is None else (pair.was, self._before)
        assert alone is not None
        return _with_expressions(alone, lambda e: self._merging.by_keys(e, edition))

    def _stated(self, was: _S, now: _S, address: str) -> _S:
        """A fact or an input with the type and the names that it then has."""
        if self._takes("type", address):
            was = replace(was, type=now.type, options=now.options)
        is_taken = self._takes("wording", address) or self._takes("meaning", address)
        return replace(was, aliases=now.aliases, options=now.options) if is_taken else was

    def _clause(self, was: Clause, now: Clause) -> Clause:
        """A clause under the number that it then has."""
        address = f"clause:{now.id}"
        named = now if self._takes("clause-renumbered", address) else was
        counted = now if self._takes("level", address) or self._takes("modality", address) else was
        return replace(
            was,
            id=named.id,
            printed=named.printed,
            modality=counted.modality,
            levels=counted.levels,
            understood=counted.understood,
            condition=self._merging.part(was.condition, now.condition),
            applies=self._merging.part(was.applies, now.applies),
        )


_S = TypeVar("_S", Fact, Input)


def _either(one: tuple[_T, ...], other: tuple[_T, ...]) -> tuple[_T, ...]:
    there = {t.id for t in one}
    return (*one, *(t for t in other if t.id not in there))


def _expressions(thing: _Thing) -> tuple[Expression, ...]:
    match thing:
        case Clause():
            return tuple(e for e in (thing.applies, thing.condition) if e is not None)
        case Fact(formula=Expression() as formula):
            return (formula,)
        case Definition():
            return (thing.expression,)
    return ()


def _with_expressions(thing: _Thing, change: Callable[[Expression], Expression]) -> _Thing:
    """A thing with all that it is computed by changed."""
    match thing:
        case Clause():
            applies, condition = (e if e is None else change(e) for e in (thing.applies, thing.condition))
            return replace(thing, applies=applies, condition=condition)
        case Fact(formula=Expression() as formula):
            return replace(thing, formula=change(formula))
        case Definition():
            return replace(thing, expression=change(thing.expression))
    return thing


def asked_for(thing: _Thing) -> set[str]:
    """The addresses of all that a thing is computed from."""
    found: set[str] = set()
    for expression in _expressions(thing):
        for e in inside(expression):
            match e:
                case Ref():
                    found.add(e.name)
                case FactRef():
                    found.add(f"fact:{e.fact}")
                case InputRef():
                    found.add(f"input:{e.input}")
                case Choice():
                    found.add(f"reading:{e.reading}")
                case Tally():
                    found |= {f"clause:{leaf}" for item in e.items for leaf in item}
    return found


# --- what decides anything in a program ----------------------------------------------------------------------------


def content(program: Program) -> object:
    """All that verdicts and values follow from; two programs of one content come to the same on all evidence."""
    things: tuple[Fact | Input, ...] = (*program.facts, *program.inputs)
    stated = {
        f"{type(t).__name__}:{t.id}": (t.type, t.aliases, frozenset((o.id, o.aliases) for o in t.options))
        for t in things
    }
    facts = {f.id: (f.validity, _shape(f.formula)) for f in program.facts}
    readings = {r.id: frozenset(o.id for o in r.options) for r in program.readings}
    clauses = {c.id: (_shape(c.condition), _shape(c.applies)) for c in program.clauses}
    definitions = {d.id: (_shape(d.expression), d.shown) for d in program.definitions}
    return stated, facts, readings, clauses, definitions, frozenset(program.outcomes)


def _shape(expression: Expression | None) -> object:
    """An expression without places and units."""
    match expression:
        case None:
            return None
        case Tally():
            return (*head(expression), frozenset(map(frozenset, expression.items)))
        case Choice():
            return (head(expression), frozenset((name, _shape(e)) for name, e in expression.options))
        case Literal():
            return head(expression)
    return (head(expression), tuple(map(_shape, parts(expression))))
