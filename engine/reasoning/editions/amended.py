"""Which amendments of a later edition can be put in by themselves, and which only together.

A number, a condition or a formula stands in one place and is put in there. Where clauses count is written in many
counts: an item that comes and one that goes for it belong together, as do numbers that clauses pass on to one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from guiju.compiler.ir import Choice, Expression, Program, Tally
from guiju.dsl.source import Span
from guiju.engine.reasoning.editions.amended_parts import amended_parts
from guiju.engine.reasoning.editions.amendment import Amendment, AmendmentKind
from guiju.engine.reasoning.editions.amendments import KIND, amendments, every_amendment, told_once
from guiju.engine.reasoning.editions.differing import tallies
from guiju.engine.reasoning.editions.renumbering import earlier_clauses
from guiju.engine.reasoning.editions.requirement import inside

#: two expressions, what they are of, and where that stands in both editions
_Beside: TypeAlias = tuple[Expression | None, Expression | None, str, AmendmentKind, tuple[Span, Span]]

#: amendments that no program stands on: what they change is seen in statements and readings, or by people alone
_OUTSIDE: tuple[AmendmentKind, ...] = ("wording", "meaning", "requirement", "reading-default", "crosswalk")
#: amendments that say where a clause counts
_COUNTING: tuple[AmendmentKind, ...] = ("clause-added", "clause-removed", "modality", "group", "level", "counted")


@dataclass(frozen=True)
class Amended:
    """Amendments that can only be put in together, the first of them naming all; `addresses` are what they change."""

    amendments: tuple[Amendment, ...]
    addresses: frozenset[str] = field(compare=False, repr=False)


class Switches:
    """Which amendment changes what: the switch of each, joined where two cannot be told apart."""

    def __init__(self, before: Program, after: Program) -> None:
        self.before, self.after = before, after
        self.earlier = earlier_clauses(before, after)
        self.key_of_earlier = {was: now for now, was in self.earlier.items()}
        self._amendments = amendments(before, after)
        self._number = {told_once(a): i for i, a in enumerate(self._amendments)}
        self._joined = list(range(len(self._amendments)))
        self._about: dict[tuple[AmendmentKind, str], int] = {}
        self._addresses: dict[int, set[str]] = {}
        for a in every_amendment(before, after):
            self._note(a)
        self._pairs = tuple(self._written_otherwise())
        self._parts = {(id(was), id(now)): number for was, now, number in self._pairs}
        self._join_what_hangs_together()

    def _note(self, a: Amendment) -> None:
        number = self._number[told_once(a)]
        self._about[a.what, a.about] = number
        found = self._addresses.setdefault(number, set())
        found.add(a.about)
        if a.about.startswith("clause:") and (was := self.earlier.get(a.about.removeprefix("clause:"))) is not None:
            found.add(f"clause:{was}")

    # --- asked by those who put amendments in --------------------------------------------------------------------

    def units(self) -> tuple[Amended, ...]:
        """Everything that can be put in by itself, in the order of the amendments."""
        together: dict[int, list[int]] = {}
        for number, amendment in enumerate(self._amendments):
            if self._may_decide(amendment):
                together.setdefault(self.root(number), []).append(number)
        return tuple(
            Amended(
                tuple(self._amendments[i] for i in numbers),
                frozenset(a for i in numbers for a in self._addresses[i]),
            )
            for numbers in together.values()
        )

    def roots(self, units: Iterable[Amended]) -> frozenset[int]:
        """The switches of some units."""
        return frozenset(self.root(self._number[told_once(a)]) for unit in units for a in unit.amendments)

    def about(self, what: AmendmentKind, address: str) -> int | None:
        """The switch of an amendment, if there is one."""
        number = self._about.get((what, address))
        return None if number is None else self.root(number)

    def part(self, was: Expression | None, now: Expression | None) -> int | None:
        """The switch of a part that is written otherwise."""
        number = self._parts.get((id(was), id(now)))
        return None if number is None else self.root(number)

    def counting(self, clause: str) -> int | None:
        """The switch of where a clause counts, by its key."""
        found = (self._about.get((what, f"clause:{clause.removeprefix('-')}")) for what in _COUNTING)
        return next((self.root(i) for i in found if i is not None), None)

    def items(self, tally: Tally, edition: Program) -> frozenset[frozenset[str]]:
        """The items of a count, by the keys of their clauses."""
        return frozenset(frozenset(self.key(leaf, edition) for leaf in item) for item in tally.items)

    def key(self, clause: str, edition: Program) -> str:
        """What a clause is called in both editions: its later id, or the earlier one behind a hyphen if it is gone."""
        return clause if edition is self.after else self.key_of_earlier.get(clause, f"-{clause}")

    def root(self, number: int) -> int:
        """The first of all amendments that are joined with one."""
        while self._joined[number] != number:
            number = self._joined[number]
        return number

    # --- what hangs together -------------------------------------------------------------------------------------

    def _may_decide(self, a: Amendment) -> bool:
        """Whether something may come to be otherwise by an amendment."""
        kind, _, id_ = a.about.partition(":")
        if a.what in ("wording", "meaning") and kind in ("fact", "input"):
            return _names(self.before, kind, id_) != _names(self.after, kind, id_)
        decides = kind in ("clause", "fact", "input", "reading")
        is_computed = a.about in self.before.definition or a.about in self.after.definition
        return a.what not in _OUTSIDE and (decides or is_computed)

    def _written_otherwise(self) -> Iterator[tuple[Expression | None, Expression | None, int]]:
        for one, other, about, kind, places in self._beside():
            for amendment, was, now in amended_parts(one, other, about, kind, places):
                yield was, now, self._number[told_once(amendment)]

    def _beside(self) -> Iterator[_Beside]:
        """What is computed in both editions, one beside the other."""
        for now in self.after.clauses:
            was = self.before.clause.get(self.earlier.get(now.id, ""))
            if was is not None:
                address, places = f"clause:{now.id}", (was.span, now.span)
                yield was.condition, now.condition, address, "condition", places
                yield was.applies, now.applies, address, "applicability", places
        for fact in self.after.facts:
            if (stood := self.before.fact.get(fact.id)) is not None:
                yield stood.formula, fact.formula, f"fact:{fact.id}", "formula", (stood.span, fact.span)
        for later in self.after.definitions:
            if (earlier := self.before.definition.get(later.id)) is not None:
                places = (earlier.span, later.span)
                yield earlier.expression, later.expression, later.id, KIND[later.kind], places

    def _join_what_hangs_together(self) -> None:
        self._join_numbers()
        self._join_readings()
        for one, other, *_ in self._beside():
            if one is not None and other is not None:
                for was, now in tallies(one, other):
                    self._join_items(was, now)
        for clause in {a.about for a in self._amendments if a.about.startswith("clause:")}:
            self._join([self._about[what, clause] for what in _COUNTING if (what, clause) in self._about])
        together: dict[object, list[int]] = {}
        for number, a in enumerate(self._amendments):
            if a.what in ("counted", "weight"):  # weights make up a whole, and one says nothing by itself
                together.setdefault((a.before, a.after) if a.what == "counted" else a.what, []).append(number)
        for numbers in together.values():
            self._join(numbers)

    def _join_numbers(self) -> None:
        """A number that one clause leaves and another takes."""
        for clause in self.after.clauses:
            left_by = self.key_of_earlier.get(clause.id, f"-{clause.id}")
            if clause.id in self.before.clause and left_by != clause.id:
                leaves = ("clause-removed", f"clause:{clause.id}") if left_by[0] == "-" else self._moved(left_by)
                takes = self._moved(clause.id) if clause.id in self.earlier else ("clause-added", f"clause:{clause.id}")
                self._join([self._about[what] for what in (leaves, takes) if what in self._about])

    def _moved(self, clause: str) -> tuple[AmendmentKind, str]:
        return "clause-renumbered", f"clause:{clause}"

    def _join_items(self, was: Tally, now: Tally) -> None:
        """Items that have clauses in common and are otherwise, with all amendments that say so."""
        one, other = self.items(was, self.before), self.items(now, self.after)
        for together in connected(one ^ other):
            clauses = frozenset[str]().union(*together)
            self._join([i for c in sorted(clauses) if (i := self.counting(c)) is not None])

    def _join_readings(self) -> None:
        """A reading with other options, and what is written otherwise with its options in it."""
        changed = {about: n for (what, about), n in self._about.items() if what == "reading"}
        for was, now, number in self._pairs:
            found = (e for side in (was, now) if side is not None for e in inside(side) if isinstance(e, Choice))
            self._join([number, *(changed[r] for e in found if (r := f"reading:{e.reading}") in changed)])

    def _join(self, numbers: list[int]) -> None:
        roots = {self.root(n) for n in numbers}
        for root in roots:
            self._joined[root] = min(roots)


def _names(program: Program, kind: str, id_: str) -> tuple[object, ...]:
    """Every name by which evidence may state a thing or its options."""
    declared = next((d for d in (program.facts if kind == "fact" else program.inputs) if d.id == id_), None)
    if declared is None:
        return ()
    return (declared.aliases, *((o.id, o.aliases) for o in declared.options))


def connected(items: Iterable[frozenset[str]]) -> Iterator[list[frozenset[str]]]:
    """Items that have a clause in common, or are connected by others that have."""
    left = list(items)
    while left:
        together = [left.pop()]
        for item in together:
            touching = [other for other in left if other & item]
            together += touching
            left = [other for other in left if other not in touching]
        yield together
