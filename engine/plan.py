"""The open nodes below some targets as steps, in the order in which a sweep takes them.

Constants are folded in and long folds become chains of small steps. Each step knows until when its value is needed,
and what a gate that shuts makes irrelevant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from guiju.compiler.ir import (
    ABSENT,
    NOT_ENTERED,
    UNKNOWN,
    Cases,
    Clause,
    Fact,
    Input,
    NumberType,
    Reading,
    Special,
    Tally,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.operators import COMPARISONS, Fold, Function
from guiju.engine.domains import ANY, Domains
from guiju.engine.meaning import grouped
from guiju.engine.network import Node, live_operands
from guiju.engine.parts import Parts, SoFar, parts_of
from guiju.engine.possible import INNER, Attested, Known, Relation, Trail, Why
from guiju.engine.verdicts import EITHER, facts_verdict

NUMBER, QUOTIENT = 1, 2  # a sampled number, and one whose divisor was sampled too
DEAD = object()  # a value that nothing will look at, for a gate before it is shut

#: what a gate must be for what is behind it to matter; and for what is there as long as it is undecided
_OPEN, _NOT_SHUT = "open", "not shut"

_NOWHERE: tuple[int | None, int | None] = (None, None)

#: what a witness says of a value that was chosen
Told: TypeAlias = Callable[[Any], tuple[tuple[str, Value], ...]]


@dataclass(frozen=True)
class Step:
    """One slot of a combination: where its arguments come from, which values they give, what may be dropped after."""

    slot: int
    arguments: tuple[int, ...]
    results: Callable[..., Iterable[Any]]
    named: Told | None = None  # what a witness says, where this is a choice
    node: int | None = None  # the node whose value this slot holds
    why: frozenset[Why] = frozenset()  # not all of its values may be reachable
    is_row: bool = False  # a row of a table, which does not look at its value unless its condition holds
    symbol: str = ""  # of the operator, where the step does more than pass a value on
    sampled: int = 0  # NUMBER: stands for others, so what is compared with it is exact, not what it is; or a QUOTIENT
    part: int | None = None  # what it belongs to, where that can be swept by itself
    element: int | None = None  # and within that


class Plan:
    """The open nodes as steps in sweep order. Constants are folded in; long folds become chains of small steps."""

    def __init__(
        self,
        known: Known,
        targets: tuple[int, ...],
        relations: tuple[Relation, ...],
        domains: Domains,
        *,
        by_counts: bool = True,
        attested: Iterable[Attested] = (),
        for_rows: bool = False,
    ) -> None:
        """`for_rows`: rows will state any of the clauses, so what these stand on and others look at is kept."""
        self._network, self._values, self._standing = known.network, known.values, known.standing
        self._relation_of = {node: relation for relation in relations for node in relation.nodes}
        self._related: dict[int, int] = {}  # nodes of relations to the slots that hold a row
        self._place: dict[int, int] = {}  # and to their place in it
        #: slots of rows: whose these are, and on which nodes seen
        self.taken_from: dict[int, tuple[Relation, tuple[int, ...]]] = {}
        self._domains = domains
        self._free: dict[int, Any] = {}
        self._made: list[Step] = []
        self._passed_on: dict[int, list[int]] = {}  # slots: the nodes that only pass their value on
        self._here = _NOWHERE  # the part and the element of the steps that are being made
        #: (slot behind a gate, its user): what the gate between them must be, and its slot
        self._gates: dict[tuple[int, int], tuple[str, int]] = {}
        #: (what a gate is, its slot): the slots that then are so, too
        self._implies: dict[tuple[str, int], tuple[int, ...]] = {}
        self._links: dict[int, int] = {}  # the steps of a conjunction's chain: the slot of the conjunction
        self._kinds = known.kinds
        self._settled: dict[int, Value] = {}  # open nodes that need no steps
        self._ready: list[int] = []
        self._slot_of: dict[int, int] = {}
        needed = self._needed((*targets, *(o for one in attested for o in one.operands)))
        together = {i: id(relation) for i, relation in self._relation_of.items()}
        clauses = {i for i in needed if isinstance(self._network.nodes[i].subject, Clause)}
        below = {index: self._below(index) for index in needed}
        self._parts = parts_of(needed, below, clauses, together) if by_counts else Parts()
        self._turn_of = self._turns(needed, below if by_counts else {})
        self._relate(needed)
        asked: list[int] = []
        for index in needed:
            self._here = self._home(index)
            self._slot_of[index] = self._node(self._network.nodes[index])
            self._here = _NOWHERE
            asked += [self._asked(one) for one in attested if index == max(self._open(one.operands))]
        kept = [self._slot_of[i] for i in targets if i in self._slot_of]
        guarded = self._guards(kept)
        if for_rows and (binding := self._binding(guarded)):
            guarded = self._guards(kept, binding)
        self.steps = self._ordered()
        position = {step.slot: p for p, step in enumerate(self.steps)}
        self.last_use = self._last_uses(position, kept)
        self.position = position
        self.kept = {i: position[self._slot_of[i]] for i in targets if i in self._slot_of}
        self.nodes_at = self._nodes_at()
        self.ends = self._ends()  # where a part begins: where it ends, and what begins with it
        self.guarded = {position[slot]: guards for slot, guards in guarded.items()}
        self.decides = {position[link]: slot for link, slot in self._links.items()}
        self.asked = frozenset(position[slot] for slot in asked)  # steps that only go on where facts deny nothing
        self.first_clause = min(self._turn_of, default=0)

    def _needed(self, targets: tuple[int, ...]) -> list[int]:
        """The open nodes at or below the targets, operands first; a free comparison hides its facts."""
        needed: set[int] = set()
        values = self._values
        stack = [t for t in targets if values[t] is UNKNOWN]
        while stack:
            index = stack.pop()
            if index in needed:
                continue
            needed.add(index)
            if index in self._relation_of:
                continue
            node = self._network.nodes[index]
            if node.form and node.form.symbol in COMPARISONS and (free := self._domains.free(node)):
                self._free[index] = free
                continue
            self._note_undecided(node)
            stack.extend(self._below(index))
        return sorted(needed)

    def _turns(self, needed: list[int], below: dict[int, list[int]]) -> dict[int, int]:
        """When each clause, or relation of clauses, takes its turn, by its position in the text.

        Those that feed the same counts go together, so that a count is complete, and few values are left of it, as
        early as can be, and among these the parts. Where nothing is told to be `below` others it is the order of the
        text, which keeps together what shares a fact.
        """
        feeds: dict[int, frozenset[int]] = {}
        first: dict[tuple[object, ...], int] = {}
        for index in reversed(below):
            mine = feeds.setdefault(index, frozenset())
            above = frozenset((index,)) if isinstance(self._network.nodes[index].subject, Tally) else mine
            for operand in below[index]:
                feeds[operand] = feeds.get(operand, frozenset()) | above
        together: dict[int, tuple[int, ...]] = {}
        for place, i in sorted((place, i) for i in needed if (place := self._position(i)) is not None):
            same = feeds.get(i, frozenset((i,)))
            among = first.setdefault((same,), place)
            together[place] = (among, first.setdefault((same, self._parts.part.get(i)), place))
        return {place: turn for turn, place in enumerate(sorted(together, key=lambda p: (together[p], p)))}

    def _below(self, index: int) -> list[int]:
        """The open operands of a node that need a step."""
        if index in self._relation_of or index in self._free:
            return []
        return self._open(o for o in live_operands(self._network.nodes[index], self._values) if o not in self._settled)

    def _open(self, indices: Iterable[int]) -> list[int]:
        return [i for i in indices if self._values[i] is UNKNOWN]

    def _position(self, index: int) -> int | None:
        """Where in the text a clause, or what a relation stands for, begins."""
        if index in self._relation_of:
            return self._relation_of[index].first_clause
        subject = self._network.nodes[index].subject
        return self._network.clause_position[subject.id] if isinstance(subject, Clause) else None

    def _note_undecided(self, node: Node) -> None:
        """What a lifted gate is while undecided needs no steps where it does not matter."""
        undecided = self._kinds.undecided(node)
        if undecided is not None:
            self._settled[node.operands[-1]] = undecided

    def _relate(self, needed: list[int]) -> None:
        """One step for each relation that is needed: it holds a combination, its nodes are read off from it."""
        asked: dict[int, list[int]] = {}
        relations = {id(r): r for r in self._relation_of.values()}
        for index in needed:
            if index in self._relation_of:
                asked.setdefault(id(self._relation_of[index]), []).append(index)
        for key, nodes in asked.items():
            relation = relations[key]
            alone = nodes[0] if len(nodes) == 1 and nodes[0] not in relation.enclosed else None
            rows: dict[Any, Trail] = relation.on(tuple(nodes))
            if alone is not None:  # it needs no reading off
                rows = {value: trail for (value,), trail in rows.items()}
            self._here = self._home(nodes[0])
            slot = self._step(
                (),
                _constant(rows),
                ready=None if relation.first_clause is None else self._turn_of[relation.first_clause],
                named=_row_naming(rows),
                node=alone,
                sampled=relation.sampled.get(alone, 0) if alone is not None else 0,
            )
            self.taken_from[slot] = (relation, tuple(nodes))
            for place, index in enumerate(nodes):
                self._related[index] = slot
                self._place[index] = place

    def _step(
        self,
        arguments: tuple[int, ...],
        results: Callable[..., Iterable[Any]],
        ready: int | None = None,
        named: Told | None = None,
        node: int | None = None,
        why: frozenset[Why] = frozenset(),
        is_row: bool = False,
        symbol: str = "",
        sampled: int = 0,
    ) -> int:
        slot = len(self._made)
        self._made.append(Step(slot, arguments, results, named, node, why, is_row, symbol, sampled, *self._here))
        self._ready.append(max((self._ready[a] for a in arguments), default=-1) if ready is None else ready)
        return slot

    def _home(self, index: int) -> tuple[int | None, int | None]:
        return (self._parts.part.get(index), self._parts.element.get(index))

    def _slots(self, operands: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(self._slot_of[o] for o in operands if o in self._slot_of)

    def _known(self, operands: tuple[int, ...]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
        """Puts known operands back between the open ones."""
        known = (self._settled.get(o, self._values[o]) for o in operands)
        pattern = tuple(None if o in self._slot_of else value for o, value in zip(operands, known, strict=True))
        if all(p is None for p in pattern):
            return lambda open_: open_

        def full(open_: tuple[Any, ...]) -> tuple[Any, ...]:
            rest = iter(open_)
            return tuple(next(rest) if p is None else p for p in pattern)

        return full

    def _node(self, node: Node) -> int:
        subject = node.subject
        if node.index in self._related:
            place, relation = self._place[node.index], self._relation_of[node.index]
            why, sampled = self._why(relation, node.index), relation.sampled.get(node.index, 0)
            row = self._related[node.index]
            if self._made[row].node == node.index:
                return row
            return self._step((row,), lambda row: (row[place],), node=node.index, why=why, sampled=sampled)
        if node.index in self._free:
            free = self._free[node.index]
            shown = dict(free.results)
            why = self._held(*(self._network.at[a] for told in shown.values() for a, _ in told))
            return self._step((), lambda: tuple(shown), None, lambda value: shown[value], node.index, why)
        match subject:
            case Clause():
                return self._clause(node, subject)
            case Fact() if node.operands:
                return self._passed(node, node.operands[0])
            case Reading():
                options = self._domains.of(node)
                return self._step((), lambda: options, None, _naming(node), node.index)
            case Fact() | Input():
                domain = self._domains.tried(node)
                untold = Why.NUMBERS if isinstance(subject.type, NumberType) else Why.COMBINATIONS
                why = self._held(node.index) | (frozenset((untold,)) if ANY in domain else frozenset())
                number = NUMBER if any(isinstance(v, Fraction) for v in domain) else 0
                # one that a free comparison chooses is told by it; here it only shows that its number can be any
                named = None if node.address in self._told_elsewhere else _naming(node)
                return self._step((), lambda: domain, None, named, node.index, why, sampled=number)
        live = live_operands(node, self._values)
        if live is not node.operands:
            return self._passed(node, live[0])
        if isinstance(node.form, Function):
            if node.form.symbol == "reference":
                return self._passed(node, node.operands[0])
            return self._function(node, _with_any(node.form), passes_on=node.form.symbol not in COMPARISONS)
        assert node.form is not None
        return self._fold(node, node.form)

    def _held(self, *nodes: int) -> frozenset[Why]:
        return frozenset() if self._standing.held.isdisjoint(nodes) else frozenset((Why.STATED,))

    @staticmethod
    def _why(relation: Relation, node: int) -> frozenset[Why]:
        return relation.why if node in relation.enclosed else frozenset()

    def _passed(self, node: Node, operand: int) -> int:
        """What only passes the value of an operand on needs no step."""
        slot = self._slot_of[operand]
        self._passed_on.setdefault(slot, []).append(node.index)
        return slot

    @cached_property
    def _told_elsewhere(self) -> set[str]:
        return {a for free in self._free.values() for _, told in free.results for a, _ in told}

    def _sampled(self, arguments: tuple[int, ...]) -> int:
        return max((self._made[a].sampled for a in arguments), default=0)

    def _function(self, node: Node, meaning: Callable[..., Any], *, passes_on: bool = False) -> int:
        full = self._known(node.operands)

        def results(*open_: Any) -> Iterable[Any]:
            value = meaning(*full(open_))
            return value if type(value) is list else (value,)

        arguments = self._slots(node.operands)
        sampled = self._sampled(arguments) if passes_on else 0
        if node.form is not None and node.form.symbol == "/" and self._sampled(self._slots(node.operands[1:])):
            sampled = QUOTIENT
        symbol = node.form.symbol if node.form is not None else ""
        return self._step(arguments, results, node=node.index, symbol=symbol, sampled=sampled)

    def _clause(self, node: Node, clause: Clause) -> int:
        """A clause whose facts are open takes the verdict they give; where no fact can decide, it goes either way."""
        full = self._known(node.operands)
        has_applies, has_condition = clause.applies is not None, clause.condition is not None
        ways = self._standing.contested.get(node.index, EITHER)

        def results(*open_: Any) -> Iterable[Value]:
            operands = full(open_)
            applies = operands[0] if has_applies else True
            condition = operands[-1] if has_condition else Undefined("attested")
            verdict = facts_verdict(applies, condition)
            if not isinstance(verdict, Undefined):
                return (verdict,)
            return tuple(Verdict) if isinstance(applies, Undefined) else ways

        turn = self._turn_of[self._network.clause_position[clause.id]]
        beyond_facts = node.index in self._standing.beyond_facts
        arguments, made = ((), _constant(ways)) if beyond_facts else (self._slots(node.operands), results)
        why = self._held(node.index)
        return self._step(arguments, made, ready=turn, named=_naming(node), node=node.index, why=why)

    def _asked(self, one: Attested) -> int:
        """A step that no combination passes in which facts deny what is attested."""
        full = self._known(one.operands)
        return self._step(self._slots(one.operands), lambda *open_: (True,) if one.goes_with(full(open_)) else ())

    def _fold(self, node: Node, form: Fold) -> int:
        operands = node.operands
        if not isinstance(node.subject, Cases):
            return self._chain(node, form)
        links: list[int] = []
        groups = grouped(node.subject, operands)
        for number, group in enumerate(groups, 1):
            last = node.index if number == len(groups) else None
            links.append(self._row(links[-1] if links else None, form, group, last))
        self._note_gate(node, links)
        return links[-1]

    def _chain(self, node: Node, form: Fold) -> int:
        """A fold whose order does not matter: what is known first, and what belongs to one part by itself."""
        so_far = form.start
        known = [self._values[o] for o in node.operands if o not in self._slot_of]
        for value in {*known} if form.symbol in ("and", "or") else known:  # which come to the same said twice
            so_far = form.combine(so_far, value)
        slots: dict[int | None, list[int]] = {}
        for slot in sorted(
            (self._slot_of[o] for o in node.operands if o in self._slot_of), key=self._ready.__getitem__
        ):
            slots.setdefault(self._made[slot].part, []).append(slot)
        inner: list[int] = []
        waiting = []
        for part, several in slots.items():
            if part is None or part == self._here[0] or len(several) == 1:
                waiting += several
            else:
                inner += self._gathered(form, several, part)
                waiting.append(inner[-1])
        links: list[int] = []
        for number, slot in enumerate(sorted(waiting, key=self._ready.__getitem__), 1):
            last = node.index if number == len(waiting) else None
            links.append(self._link(links[-1:], so_far, form, slot, last))
        if form.symbol == "and":
            self._links.update(dict.fromkeys((*inner, *links), links[-1]))
        return links[-1]

    def _gathered(self, form: Fold, slots: list[int], part: int) -> list[int]:
        """How far a fold comes over the operands of one part, one after the other."""
        combine, links = _combining(form), list[int]()
        self._here, here = (part, None), self._here
        nothing = SoFar(form.start, ())
        sampled = self._sampled(tuple(slots))
        links.append(self._step((slots[0],), lambda value: (nothing.with_(combine, value),), sampled=sampled))
        for slot in slots[1:]:
            made = lambda so_far, value: (so_far.with_(combine, value),)  # noqa: E731 - as above
            links.append(self._step((links[-1], slot), made, sampled=sampled))
        self._here = here
        return links

    def _link(self, chain: list[int], start: Any, form: Fold, slot: int, node: int | None) -> int:
        """One step of a chain: what was combined so far, and an operand, or a part; the last one gives the `node`."""
        combine = _combining(form)

        def results(*arguments: Any) -> Iterable[Any]:
            so_far, value = arguments if chain else (start, *arguments)
            so_far = value.and_then(combine, so_far) if isinstance(value, SoFar) else combine(so_far, value)
            return (so_far if node is None or so_far == ANY else form.finish(so_far),)

        arguments = (*chain, slot)
        return self._step(arguments, results, node=node, symbol=form.symbol, sampled=self._sampled(arguments))

    def _note_gate(self, node: Node, links: list[int]) -> None:
        """Remember what a shut gate makes irrelevant, and what makes it shut."""
        if not (isinstance(node.subject, Cases) and node.subject.form == "gate"):
            return
        slot = links[-1]
        condition, body, otherwise, *undecided = node.operands
        if condition in self._slot_of:
            for part, link, must in ((body, links[0], _OPEN), *((u, slot, _NOT_SHUT) for u in undecided)):
                if part in self._slot_of and self._slot_of[part] != self._slot_of[condition]:
                    self._gates[self._slot_of[part], link] = (must, self._slot_of[condition])
        if self._values[otherwise] is False:
            self._implies[_NOT_SHUT, slot] = self._slots((condition,))
            if not any(True in self._kinds.of(u) for u in undecided):
                self._implies[_OPEN, slot] = self._slots((condition, body))

    def _binding(self, guarded: Mapping[int, frozenset[int]]) -> frozenset[int]:
        """The slots of clauses behind conjunctions that stand on what is looked at without: a verdict binds that."""
        found = set()
        for step in self._made:
            mine = guarded.get(step.slot)
            if mine and step.node is not None and isinstance(self._network.nodes[step.node].subject, Clause):
                below, stack = set[int](), list(step.arguments)
                while stack:
                    if (slot := stack.pop()) not in below:
                        below.add(slot)
                        stack.extend(self._made[slot].arguments)
                if any(not mine <= guarded.get(slot, frozenset()) for slot in below):
                    found.add(step.slot)
        return frozenset(found)

    def _guards(self, kept: list[int], binding: Collection[int] = ()) -> dict[int, frozenset[int]]:
        """For each slot the conjunctions without which nothing looks at it any more; some are `binding` without."""
        every: dict[int, frozenset[int]] = {slot: frozenset() for slot in kept}
        for step in reversed(self._made):
            mine = every.get(step.slot, frozenset()) if step.slot not in binding else frozenset()
            for argument in step.arguments:
                gate = self._gates.get((argument, step.slot)) if step.slot not in binding else None
                here = mine | (self._conjunctions(*gate) if gate is not None else frozenset())
                every[argument] = every[argument] & here if argument in every else here
        return {slot: guards for slot, guards in every.items() if guards}

    def _conjunctions(self, must: str, gate: int) -> frozenset[int]:
        """The conjunctions one of which being false is enough for a gate not to be what it must be."""
        found, stack = set(), [gate]
        conjunctions = set(self._links.values())
        while stack:
            slot = stack.pop()
            if slot in conjunctions:
                found.add(slot)
            stack.extend(self._implies.get((must, slot), ()))
        return frozenset(found)

    def _row(self, chain: int | None, form: Fold, row: tuple[Any, ...], node: int | None) -> int:
        """One step of a table: what the rows above came to, and the next one; the last one gives the `node`."""
        operands = tuple(o for o in row if not isinstance(o, bool))
        full = self._known(operands)
        before = () if chain is None else (chain,)

        def results(*arguments: Any) -> Iterable[Any]:
            so_far, open_ = (form.start, arguments) if chain is None else (arguments[0], arguments[1:])
            values = full(open_)
            if so_far is DEAD or (len(values) == 2 and values[0] is DEAD):
                return (DEAD,)
            so_far = form.combine(so_far, values if len(values) == 2 else (True, values[0]))
            return (so_far if node is None or so_far == ANY else form.finish(so_far),)

        arguments = (*before, *self._slots(operands))
        return self._step(arguments, results, node=node, is_row=True, sampled=self._sampled(arguments))

    def _ordered(self) -> tuple[Step, ...]:
        """Steps as soon as the clauses they wait for have passed; facts, inputs and readings right before first use."""
        ordered: list[Step] = []
        placed: set[int] = set()

        def place(step: Step) -> None:
            stack = [step]
            while stack:
                top = stack[-1]
                waiting = [self._made[a] for a in top.arguments if a not in placed]
                if waiting:
                    stack.extend(waiting)
                    continue
                stack.pop()
                if top.slot not in placed:
                    placed.add(top.slot)
                    ordered.append(top)

        for step in sorted(self._made, key=self._turn_key()):
            if self._ready[step.slot] >= 0:
                place(step)
        for step in self._made:
            place(step)
        return tuple(ordered)

    def _turn_key(self) -> Callable[[Step], tuple[int, bool, int, int]]:
        """Steps by when they are ready: all of a part before what others make of it."""
        ends: dict[int | None, int] = {}
        for step in self._made:
            ends[step.part] = max(self._ready[step.slot], ends.get(step.part, -1))
        turns: list[int] = []
        for step in self._made:
            after = max((turns[a] for a in step.arguments), default=-1)
            turns.append(max(after, self._ready[step.slot]) if step.part is None else ends[step.part])
        return lambda step: (turns[step.slot], step.part is None, self._ready[step.slot], step.slot)

    def _ends(self) -> dict[int, tuple[int, ...]]:
        """The parts and elements whose steps come one after the other, and are several: by their start the ends."""
        ends: dict[int, tuple[int, ...]] = {}
        for homes in ([s.part for s in self.steps], [s.element for s in self.steps]):
            last = {home: p for p, home in enumerate(homes)}
            for home, number in Counter(homes).items():
                end = last[home] + 1
                p = end - number
                if home is not None and number > 1 and homes.index(home) == p:
                    ends[p] = (*ends.get(p, ()), end)
        return ends

    def _nodes_at(self) -> list[tuple[int, ...]]:
        """For each step the nodes whose value it gives."""
        own = ((step.node,) if step.node is not None else () for step in self.steps)
        return [(*node, *self._passed_on.get(step.slot, ())) for node, step in zip(own, self.steps, strict=True)]

    def _last_uses(self, position: dict[int, int], kept: list[int]) -> list[int]:
        last = list(range(len(self.steps)))
        for p, step in enumerate(self.steps):
            for argument in step.arguments:
                last[position[argument]] = p
        for slot in kept:
            last[position[slot]] = len(self.steps)
        return last


def _with_any(form: Function) -> Callable[..., Any]:
    """A function over operands one of which may be some number or other: a comparison goes either way."""
    is_comparison = form.symbol in COMPARISONS

    def meaning(*operands: Any) -> Any:
        if form.symbol in ("in", "whole") and ANY in operands:  # a set too large to try; some number
            return [True, False]
        if ANY not in operands or not (is_comparison or form.symbol in ("+", "-", "*", "/")):
            return form.apply(*operands)
        value = form.apply(*(Fraction(1) if o == ANY else o for o in operands))
        if not isinstance(value, bool | Fraction) or (value is False and _is_missing(operands)):
            return value  # it does not matter which number it is
        if is_comparison:
            return [True, False]
        return [ANY, Undefined("division-by-zero")] if form.symbol == "/" and operands[1] == ANY else ANY

    return meaning


def _combining(form: Fold) -> Callable[[Any, Any], Any]:
    """How a fold goes on, where an operand may be some number or other."""

    def combine(so_far: Any, operand: Any) -> Any:
        return _any_of(form, so_far, operand) if ANY in (so_far, operand) else form.combine(so_far, operand)

    return combine


def _is_missing(operands: tuple[Any, ...]) -> bool:
    return ABSENT in operands or NOT_ENTERED in operands


def _any_of(form: Fold, so_far: Any, operand: Any) -> Any:
    """An aggregate one of whose operands is some number or other: it is one too, unless another one has no value."""
    if so_far != ANY:
        return so_far if isinstance(so_far, Special | Undefined) else ANY
    if operand == ANY or isinstance(operand, Fraction) or operand is ABSENT:
        return ANY
    return form.combine(form.start, operand)


def _constant(values: Iterable[Any]) -> Callable[[], Iterable[Any]]:
    return lambda: values


def _row_naming(rows: Mapping[Any, Trail]) -> Callable[[Any], tuple[tuple[str, Any], ...]]:
    return lambda row: ((INNER, rows[row]),)


def _naming(node: Node) -> Callable[[Any], tuple[tuple[str, Value], ...]]:
    address = node.address
    return lambda value: ((address, value),)
