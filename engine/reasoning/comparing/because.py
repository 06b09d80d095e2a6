"""Which causes lead to an effect: shown by evaluating again with some of the causes changed and the others as before.

A set of causes *suffices* for an effect if, with these alone changed, the node comes to what it comes to after all of
them. A cause is *needed* if, with all but this one changed, it does not. What a node does not stand on cannot change
it, so only the causes below it are tried: one by one, two by two, and so on up to the smallest sets that suffice.
A record that one side alone has comes and goes with the statements that cite it, and is no cause beside them.
Amendments of a policy are causes like statements: with some of them changed, the earlier edition has these put in.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from math import comb
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import Clause, Fact, Input, Program
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.comparing.difference import Cause, Difference, Effect, Seen, difference_between
from guiju.engine.reasoning.comparing.likely import Leading
from guiju.engine.reasoning.comparing.mixtures import Mixtures, records_of
from guiju.engine.reasoning.comparing.statements import statements_of
from guiju.engine.reasoning.editions.amended import Amended
from guiju.engine.reasoning.editions.numbering import both_ways, later_names
from guiju.engine.reasoning.editions.subject import bound_leniently

MOST_TRIED = 1440  # mixtures of the two sides that are evaluated for one difference
_ONE, _MORE = 1, 8  # the part of those left that the smallest sets of an effect may take: all of them, or an eighth
_FEW = 12  # causes of which all sets may be tried; of more one set is looked for first

_Causes: TypeAlias = tuple[Cause, ...]


@dataclass(frozen=True)
class Because:
    """The sets of causes that suffice for an effect, and the causes that it needs (None: not all were tried).

    `found`: `smallest` sets, all of them, and no smaller one suffices; or one set, `irreducible` if no single cause
    can be left out of it; else it merely `suffices`. `parts`: the engine, for what was recorded and is not `derived`
    here, and with it the smallest sets that give what is.
    """

    effect: Effect
    sufficing: tuple[_Causes, ...]
    found: Word["smallest", "irreducible", "suffices", "parts"]
    needed: _Causes | None
    derived: tuple[Seen | None, Seen | None] | None = None


def because(
    before: Assessment, after: Assessment, difference: Difference, most: int = MOST_TRIED
) -> tuple[Because, ...]:
    """Why each effect of a difference came about."""
    mixtures = Mixtures(before, after, difference.causes, most)
    cited = _cited(before, after)
    below = _below(before, after, _always_known(before, after, difference.causes, cited))
    concerned: dict[int, _Causes] = {}
    for i, effect in enumerate(difference.effects):
        concerned[i] = difference.causes
        if all(seen is None or seen.exact for seen in (effect.before, effect.after)):
            found = frozenset[str]().union(*(b.all_below(effect) for b in below))
            concerned[i] = tuple(c for c in difference.causes if _may_bear_on(c, found, cited))

    def turn(i: int) -> int:
        """Outcomes first, then what has few causes, so that these are tried before the mixtures run out."""
        return 0 if difference.effects[i].what == "outcome" else len(concerned[i])

    told: dict[int, Because] = {}
    leading = Leading(before, after)
    for i in sorted(concerned, key=turn):
        effect, likely = difference.effects[i], list[_Causes]()
        if len(concerned[i]) > _FEW:
            likely = list(_guessed(effect, concerned[i], (leading, told.values()), cited))
        told[i] = _because(effect, concerned[i], likely, mixtures)
    return tuple(told[i] for i in concerned)


def because_of_witness(
    evidence: Evidence, outcome: str, sides: tuple[tuple[Program, Mapping[str, str]], ...]
) -> tuple[_Causes, Because]:
    """The causes between two editions, and which of them give a subject the other outcome that it has."""
    (earlier, _), (later, _) = sides
    bound = [
        (bound_leniently(program, told), readings)
        for (program, readings), told in zip(sides, both_ways(evidence, earlier, later), strict=True)
    ]
    before, after = (evaluate(b, readings) for b, readings in bound if b is not None)
    difference = difference_between(before, after)
    effect = tuple(e for e in difference.outcomes if e.address == outcome)
    return difference.causes, because(before, after, Difference(difference.causes, effect))[0]


def _guessed(
    effect: Effect, concerned: _Causes, by: tuple[Leading, Iterable[Because]], cited: Mapping[str, frozenset[str]]
) -> Iterator[_Causes]:
    """Sets that are likely to suffice: what gave one score often gives the next, and what gave its parts the whole."""
    leading, told = by
    sets = {b.effect.address: b.sufficing for b in told}
    ways = leading.ways(effect, sets)
    parts = {id(cause) for end in ways.ends for cause in sets[end][0]}
    yield tuple(c for c in concerned if _may_bear_on(c, ways.met, cited) or id(c) in parts)
    for addresses in (ways.all, ways.determining):
        yield tuple(c for c in concerned if _may_bear_on(c, addresses, cited))
    yield from (s for b in told if b.effect.what in ("outcome", "definition") for s in b.sufficing)


def _because(effect: Effect, concerned: _Causes, likely: Iterable[_Causes], mixtures: Mixtures) -> Because:
    """`likely`: sets to look for one in, if they suffice."""
    if len(concerned) == 1:
        return Because(effect, (concerned,), "smallest", concerned)
    one, irreducible, part = concerned, False, _MORE
    if len(concerned) > _FEW:
        one, irreducible = _reduced(effect, _likely(effect, concerned, likely, mixtures), mixtures)
        part = _ONE if len(one) == 1 else _MORE  # where one cause is enough, it is worth while to look for all such
    sets = _smallest(effect, concerned, mixtures, mixtures.to_spare // part)
    needed = _needed(effect, concerned, mixtures)
    if sets is not None:
        return Because(effect, sets, "smallest", needed)
    if len(concerned) <= _FEW:
        one, irreducible = _reduced(effect, concerned, mixtures)
    return Because(effect, (one,), "irreducible" if irreducible else "suffices", needed)


def _likely(effect: Effect, concerned: _Causes, likely: Iterable[_Causes], mixtures: Mixtures) -> _Causes:
    """The fewest likely causes that suffice, or all: what gave one score often gives the next."""
    those = frozenset(map(id, concerned))
    some = {ids: causes for causes in likely if causes and (ids := frozenset(map(id, causes))) <= those}
    for causes in sorted(some.values(), key=len):
        if mixtures.left and mixtures.give(causes, effect):
            return causes
    return concerned


def _smallest(effect: Effect, concerned: _Causes, mixtures: Mixtures, most: int) -> tuple[_Causes, ...] | None:
    """All smallest sets that suffice; None where there are too many to try."""
    for size in range(1, len(concerned)):
        untried = mixtures.untried(concerned) if size == 1 else comb(len(concerned), size)
        if untried > min(most, mixtures.to_spare):
            return None
        sets = tuple(s for s in combinations(concerned, size) if mixtures.give(s, effect))
        if sets:
            return sets
    return (concerned,)


def _needed(effect: Effect, concerned: _Causes, mixtures: Mixtures) -> _Causes | None:
    if len(concerned) > mixtures.to_spare // _MORE:
        return None
    return tuple(c for c in concerned if not mixtures.give(tuple(o for o in concerned if o is not c), effect))


def _reduced(effect: Effect, concerned: _Causes, mixtures: Mixtures) -> tuple[_Causes, bool]:
    """One set that suffices, and whether none of it can be left out: halves are dropped, quarters, and so on."""
    kept, size = concerned, max(1, len(concerned) // 2)
    while len(kept) > 1:
        before = kept
        for part in [kept[i : i + size] for i in range(0, len(kept), size)]:
            dropped = set(map(id, part))
            rest = tuple(c for c in kept if id(c) not in dropped)
            if not mixtures.left:
                return kept, False
            if rest and mixtures.give(rest, effect):
                kept = rest
        if size == 1 and kept == before:
            return kept, True
        size = max(1, size // 2)
    return kept, True


# --- what can bear on what -----------------------------------------------------------------------------------------


def _may_bear_on(cause: Cause, addresses: frozenset[str], cited: Mapping[str, frozenset[str]]) -> bool:
    """Whether a cause is among all that a node stands on; a policy may be anywhere.

    A record bears on what cites it, and an instant on whatever cites records.
    """
    match cause.what:
        case "fact" | "input" | "reading":
            return f"{cause.what}:{cause.about}" in addresses
        case "attestation" | "crosswalk":
            return f"clause:{cause.about.rpartition(' ')[0]}" in addresses
        case "evidence":
            is_on_both = cause.before is not None and cause.after is not None
            return is_on_both and not addresses.isdisjoint(cited.get(cause.about, ()))
        case "amendment":
            return isinstance(cause.after, Amended) and not addresses.isdisjoint(cause.after.addresses)
        case "as-of":
            return any(not addresses.isdisjoint(citing) for citing in cited.values())
    return True


def _cited(before: Assessment, after: Assessment) -> dict[str, frozenset[str]]:
    """The facts and clauses of which a statement cites a record, on either side, by record."""
    found: dict[str, frozenset[str]] = {}
    for side in (before, after):
        called = later_names(side.program, after.program)
        for (kind, about), statement in statements_of(side.program, side.bound.evidence, called).items():
            address = f"clause:{about.rpartition(' ')[0]}" if isinstance(statement, tuple) else f"{kind}:{about}"
            for id_ in records_of(statement):
                found[id_] = found.get(id_, frozenset()) | {address}
    return found


def _always_known(
    before: Assessment, after: Assessment, causes: _Causes, cited: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """The inputs and facts that are known in every mixture: on both sides, by evidence that always counts."""
    if before.program is not after.program:
        return frozenset()
    is_later = any(c.what == "as-of" for c in causes)
    records = [c.about for c in causes if c.what == "evidence"]
    in_doubt = frozenset[str]().union(*(cited.get(id_, ()) for id_ in (cited if is_later else records)))
    one, other = before.bound, after.bound
    inputs = {f"input:{i}" for i in one.inputs.keys() & other.inputs.keys()}
    return frozenset(inputs | {f"fact:{f}" for f in one.facts.keys() & other.facts.keys()}) - in_doubt


def _below(before: Assessment, after: Assessment, known: Container[str]) -> tuple[_Below, ...]:
    """What the nodes of the two sides stand on; under two policies that of every policy between them."""
    if before.program is after.program:
        return _Below((before,), known), _Below((after,), known)
    return (_Below((before, after), known),)


class _Below:
    """All that the nodes of some sides stand on.

    What is stated or attested above open facts says something of them, and so bears on whatever else can stay open
    above these: scores and outcomes. A clause or a fact is settled from below. Through what is `known` nothing is said.
    By the weights of its group and of those above it a score takes part or none.
    """

    def __init__(self, sides: tuple[Assessment, ...], known: Container[str]) -> None:
        self._operands: dict[str, frozenset[str]] = {}
        for side in sides:
            called = _addresses(side, sides[-1])
            for node in side.network.nodes:
                found = frozenset(called[o] for o in node.operands)
                self._operands[called[node.index]] = self._operands.get(called[node.index], frozenset()) | found
        self._may_be_open = frozenset(self._open_ones(sides, known))
        self._programs = tuple(side.program for side in sides)
        spoken_of = (a for side in sides for a in _spoken_of(side, sides[-1]) if self._operands.get(a))
        self._spoken_of = tuple(self._stands_on(address) for address in dict.fromkeys(spoken_of))

    def all_below(self, effect: Effect) -> frozenset[str]:
        found = {a for address in (effect.address, *self._weights(effect.address)) for a in self._stands_on(address)}
        rest = list(self._spoken_of) if effect.what in ("outcome", "definition") else []
        while more := [s for s in rest if s & found & self._may_be_open]:
            found.update(*more)
            rest = [s for s in rest if not s & found & self._may_be_open]
        return frozenset(found)

    def _weights(self, address: str) -> Iterator[str]:
        """The weights by which the group of a score takes part."""
        for program in self._programs:
            definition = program.definition.get(address)
            if definition is not None and definition.group is not None:
                yield from (f"weight:{g}" for g in program.ancestors(definition.group))

    def _open_ones(self, sides: tuple[Assessment, ...], known: Container[str]) -> Iterator[str]:
        """The leaves that can stay open in a mixture, and every clause that people may speak of."""
        for side in sides:
            called = _addresses(side, sides[-1])
            for node in side.network.nodes:
                address = called[node.index]
                is_leaf = isinstance(node.subject, Fact | Input) and not self._operands[address]
                if isinstance(node.subject, Clause) or (is_leaf and address not in known):
                    yield address

    def _stands_on(self, address: str) -> frozenset[str]:
        found: set[str] = set()
        stack = [address]
        while stack:
            top = stack.pop()
            if top not in found:
                found.add(top)
                stack.extend(self._operands.get(top, ()))
        return frozenset(found)


def _addresses(side: Assessment, last: Assessment) -> list[str]:
    """The addresses of the nodes of one side, clauses by what the later edition calls them."""
    called = later_names(side.program, last.program)
    later = {f"clause:{was}": f"clause:{now}" for was, now in called.items()}
    return [later.get(node.address, node.address) for node in side.network.nodes]


def _spoken_of(side: Assessment, last: Assessment) -> Iterator[str]:
    """The clauses and facts that evidence speaks of, clauses by what the later edition calls them."""
    called, bound = later_names(side.program, last.program), side.bound
    return chain((f"clause:{called.get(c, c)}" for c in bound.attestations), (f"fact:{f}" for f in bound.facts))
