"""Which causes lead to an effect: shown by evaluating again with some of the causes changed and the others as before.

A set of causes *suffices* for an effect if, with these alone changed, the node comes to what it comes to after all of
them. A cause is *needed* if, with all but this one changed, it does not. What a node does not stand on cannot change
it, so only the causes below it are tried: one by one, two by two, and so on up to the smallest sets that suffice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from math import comb
from typing import Literal as Word
from typing import TypeAlias, cast

from guiju.compiler.ir import Program
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Attestation, StatedFact
from guiju.engine.reachable import Memory
from guiju.engine.reasoning.difference import Cause, Difference, Effect, Nodes, Seen, seen_in
from guiju.engine.reasoning.statements import Key, Statement, evidence_saying, statements_of
from guiju.engine.reasoning.subject import bound_leniently

MOST_TRIED = 200  # mixtures of the two sides that are evaluated for one difference

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
    mixtures = _Mixtures(before, after, difference.causes, most)
    below, cited = (_Below(before), _Below(after)), _cited(before, after)
    answers = []
    for effect in difference.effects:
        concerned = difference.causes
        if all(seen is None or seen.exact for seen in (effect.before, effect.after)):
            found = frozenset[str]().union(*(b.all_below(effect.address) for b in below))
            concerned = tuple(c for c in difference.causes if _may_bear_on(c, found, cited))
        answers.append(_because(effect, concerned, mixtures))
    return tuple(answers)


def _because(effect: Effect, concerned: _Causes, mixtures: _Mixtures) -> Because:
    if len(concerned) == 1:
        return Because(effect, (concerned,), "smallest", concerned)
    sets = _smallest(effect, concerned, mixtures)
    needed = _needed(effect, concerned, mixtures)
    if sets is not None:
        return Because(effect, sets, "smallest", needed)
    one, irreducible = _reduced(effect, concerned, mixtures)
    return Because(effect, (one,), "irreducible" if irreducible else "suffices", needed)


def _smallest(effect: Effect, concerned: _Causes, mixtures: _Mixtures) -> tuple[_Causes, ...] | None:
    """All smallest sets that suffice; None where there are too many to try."""
    for size in range(1, len(concerned)):
        if comb(len(concerned), size) > mixtures.left:
            return None
        sets = tuple(s for s in combinations(concerned, size) if mixtures.give(s, effect))
        if sets:
            return sets
    return (concerned,)


def _needed(effect: Effect, concerned: _Causes, mixtures: _Mixtures) -> _Causes | None:
    if len(concerned) > mixtures.left:
        return None
    return tuple(c for c in concerned if not mixtures.give(tuple(o for o in concerned if o is not c), effect))


def _reduced(effect: Effect, concerned: _Causes, mixtures: _Mixtures) -> tuple[_Causes, bool]:
    """One set that suffices, and whether none of it can be left out: halves are dropped, quarters, and so on."""
    kept, size = concerned, max(1, len(concerned) // 2)
    while True:
        before = kept
        for part in [kept[i : i + size] for i in range(0, len(kept), size)]:
            rest = tuple(c for c in kept if c not in part)
            if not mixtures.left:
                return kept, False
            if rest and mixtures.give(rest, effect):
                kept = rest
        if size == 1 and kept == before:
            return kept, True
        size = max(1, size // 2)


# --- what can bear on what -----------------------------------------------------------------------------------------


def _may_bear_on(cause: Cause, addresses: frozenset[str], cited: Mapping[str, frozenset[str]]) -> bool:
    """Whether a cause is among all that a node stands on; a policy may be anywhere.

    A record bears on what cites it, and an instant on whatever cites records.
    """
    match cause.what:
        case "fact" | "input" | "reading":
            return f"{cause.what}:{cause.about}" in addresses
        case "attestation":
            return f"clause:{cause.about.rpartition(' ')[0]}" in addresses
        case "evidence":
            return not addresses.isdisjoint(cited.get(cause.about, ()))
        case "as-of":
            return any(not addresses.isdisjoint(citing) for citing in cited.values())
    return True


def _cited(before: Assessment, after: Assessment) -> dict[str, frozenset[str]]:
    """The facts and clauses of which a statement cites a record, on either side, by record."""
    found: dict[str, frozenset[str]] = {}
    for side in (before, after):
        for (kind, about), statement in statements_of(side.program, side.bound.evidence).items():
            address = f"clause:{about.rpartition(' ')[0]}" if kind == "attestation" else f"{kind}:{about}"
            said = statement if isinstance(statement, tuple) else (statement,)
            for id_ in (i for one in said if isinstance(one, StatedFact | Attestation) for i in one.evidence):
                found[id_] = found.get(id_, frozenset()) | {address}
    return found


class _Below:
    """All that the nodes of one side stand on. What is stated or attested above open facts says something of them."""

    def __init__(self, assessment: Assessment) -> None:
        self._network = assessment.network
        self._spoken_of = tuple(self._stands_on(n) for n in _spoken_of(assessment))

    def all_below(self, address: str) -> frozenset[str]:
        if address not in self._network.at:
            return frozenset([address])
        found = set(self._stands_on(self._network.at[address]))
        rest = list(self._spoken_of)
        while more := [s for s in rest if s & found]:
            found.update(*more)
            rest = [s for s in rest if not s & found]
        return frozenset(self._network.nodes[i].address for i in found)

    def _stands_on(self, index: int) -> frozenset[int]:
        found: set[int] = set()
        stack = [index]
        while stack:
            top = stack.pop()
            if top not in found:
                found.add(top)
                stack.extend(self._network.nodes[top].operands)
        return frozenset(found)


def _spoken_of(assessment: Assessment) -> Iterator[int]:
    """The clauses and facts that evidence speaks of and that stand on others."""
    network, bound = assessment.network, assessment.bound
    said = chain((f"clause:{c}" for c in bound.attestations), (f"fact:{f}" for f in bound.facts))
    for address in said:
        index = network.at.get(address)
        if index is not None and network.nodes[index].operands:
            yield index


# --- mixtures ------------------------------------------------------------------------------------------------------


class _Mixtures:
    """What is seen with some causes changed and the others as before; each mixture is evaluated once."""

    def __init__(self, before: Assessment, after: Assessment, causes: _Causes, most: int) -> None:
        self._before, self._after, self._causes, self._most = before, after, causes, most
        self._memory: dict[str, Memory] = {}
        self._seen: dict[frozenset[int], Nodes | None] = {}

    @property
    def left(self) -> int:
        """How many more may be evaluated."""
        return self._most - len(self._seen)

    def give(self, changed: _Causes, effect: Effect) -> bool:
        """Whether these causes alone, changed, lead to the effect; a mixture that fits no policy leads to none."""
        key = frozenset(map(id, changed))
        if key not in self._seen:
            mixture = self._mixture(changed)
            self._seen[key] = None if mixture is None else seen_in(mixture)
        seen = self._seen[key]
        return seen is not None and seen.get((effect.what, effect.address)) == effect.after

    def _mixture(self, changed: _Causes) -> Assessment | None:
        side = self._after if any(c.what == "policy" for c in changed) else self._before
        options = {r.id: {o.id for o in r.options} for r in side.program.readings}
        readings = self._readings(side, changed)
        if any(option not in options[reading] for reading, option in readings.items()):
            return None
        evidence = evidence_saying(side.bound.evidence, self._statements(side.program, changed))
        bound = bound_leniently(side.program, evidence)
        if bound is None:
            return None
        return evaluate(bound, readings, memory=self._memory.setdefault(side.program.digest, {}))

    def _readings(self, side: Assessment, changed: _Causes) -> dict[str, str]:
        others = {r: option for r, option in self._before.readings.items() if r in side.readings}
        new = {c.about: c.after for c in changed if c.what == "reading" and isinstance(c.after, str)}
        return {**side.readings, **others, **new}

    def _statements(self, program: Program, changed: _Causes) -> dict[Key, Statement]:
        """The statements of before, with those of the causes put in, exchanged or taken out."""
        said = statements_of(program, self._before.bound.evidence)
        for cause in changed:
            if cause.what in ("policy", "reading"):
                continue
            key = cast(Key, (cause.what, cause.about))
            said.pop(key, None)
            if cause.after is not None:
                said[key] = cast(Statement, cause.after)
        return said
