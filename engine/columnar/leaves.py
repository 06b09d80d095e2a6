"""The leaves below a node of a blank row: which of what is open there is asked of each row, and in which letters."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from guiju.compiler.ir import (
    UNKNOWN,
    Clause,
    Fact,
    Input,
    NumberType,
    OptionType,
    SetType,
    TruthType,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.operators import COMPARISONS
from guiju.engine.columnar.knots import knots_of
from guiju.engine.columnar.leaf import (
    Compared,
    Leaf,
    Member,
    NotInColumnsError,
    Options,
    Sets,
    Sides,
    Verdicts,
    verdicts_on,
)
from guiju.engine.domains import ANY, Domains
from guiju.engine.formulas import unused_formulas
from guiju.engine.kinds import undefined_of
from guiju.engine.layout import places
from guiju.engine.network import Node, live_operands, open_below
from guiju.engine.possible import Known, Relation
from guiju.engine.reachable import possible_of


@dataclass(frozen=True, eq=False)
class Leaves:
    """The leaves below a node on a blank row.

    `at` gives them by node; `cut` are those that take the place of what is below them, each by the relation that says
    so. `doubtful` are columns that, where they state something, leave the meaning to the evaluator: what they say
    binds other open things. Where that is settled once some other columns state something, it has these.
    """

    at: Mapping[int, Leaf]
    cut: Mapping[int, Leaf]  # by the id of the relation
    relations: tuple[Relation, ...]
    domains: Domains
    doubtful: Mapping[int, frozenset[int]] = field(default_factory=dict)
    decided: Mapping[int, Verdict] = field(default_factory=dict)  # clauses that no row has to decide, by column


def leaves_below(known: Known, target: int, blank: Sequence[Value], present: Collection[int]) -> Leaves:
    """The leaves below a target; NotInColumnsError where a number reaches it as a number, or in another such way.

    `known` has the inputs of one case, `blank` nothing but what the program says. `present`: the columns there are.
    """
    return _Finder(known, target, blank).found(present)


class _Finder:
    def __init__(self, known: Known, target: int, blank: Sequence[Value]) -> None:
        self._known, self._target, self._blank = known, target, blank
        self._network, self._values = known.network, known.values
        self._domains = Domains(known.network, known.values, (target,))
        self._below = open_below(known.network, known.values, (target,))
        self._slot_at = places(known.network.program)
        self._users: dict[int, list[int]] = {}
        for index in sorted(self._below):
            for operand in live_operands(known.network.nodes[index], known.values):
                self._users.setdefault(operand, []).append(index)
        self._cut: dict[int, Leaf] = {}
        self._relations: list[Relation] = []

    def found(self, present: Collection[int]) -> Leaves:
        slots = {i: s for i in self._below if (s := self._slot_at.get(self._network.nodes[i].address, -1)) in present}
        for clauses, knot in knots_of(self._known, self._below, slots, self._domains, self._target):
            first = self._network.nodes[clauses[0]].subject
            assert isinstance(first, Clause)
            relation = Relation(clauses, dict.fromkeys(knot.letters), frozenset(), self._position(first))
            self._take_place(relation, knot)
        beside = self._seen()
        for index in self._cuts():
            if index in beside:
                self._compare(index)
        seen = self._seen()
        knotted = {n for r in self._relations for n in r.nodes}
        leaves = ((i, self._leaf(self._network.nodes[i])) for i in sorted(seen - knotted))
        at = {i: leaf for i, leaf in leaves if leaf is not None}
        return Leaves(
            at,
            self._cut,
            tuple(self._relations),
            self._domains,
            self._doubtful(seen) | dict.fromkeys(self._computed(), frozenset[int]()),
            self._decided(),
        )

    def _seen(self) -> set[int]:
        """The open nodes at or below the target, without what only comparisons see that stand for it."""
        seen: set[int] = set()
        stack, standing = [self._target], {n for r in self._relations for n in r.nodes}
        while stack:
            index = stack.pop()
            if index not in seen and self._values[index] is UNKNOWN:
                seen.add(index)
                if index not in standing:
                    stack.extend(live_operands(self._network.nodes[index], self._values))
        return seen

    def _nodes(self) -> Iterator[Node]:
        return (self._network.nodes[i] for i in sorted(self._below))

    def _slot(self, node: Node) -> int:
        return self._slot_at[node.address]

    # --- single things -------------------------------------------------------------------------------------------

    def _leaf(self, node: Node) -> Leaf | None:
        match node.subject:
            case Clause():
                return Verdicts(self._slot(node), verdicts_on(node.subject))
            case Fact() if node.operands:
                return None
            case Fact() | Input():
                return self._stated(node, node.subject)
        return None

    def _stated(self, node: Node, thing: Fact | Input) -> Leaf | None:
        slot = self._slot(node)
        match thing.type:
            case TruthType() | OptionType():
                return Options(slot, self._domains.of(node))
            case SetType():
                return self._set(node)
            case NumberType():
                compared = self._domains.compared(node.index)
                letters = self._domains.of(node)
                if compared is None or ANY in letters:
                    raise NotInColumnsError(node.address, "number")
                thresholds = tuple(sorted(frozenset[Fraction]().union(*(t for _, t in compared))))
                return Sides(slot, thresholds, letters)  # type: ignore[arg-type]
        raise NotInColumnsError(node.address, "type")

    def _set(self, node: Node) -> Leaf | None:
        """A set that is only asked for options that are known: each is a leaf of its own."""
        asking: dict[Value, list[int]] = {}
        for user in self._users.get(node.index, ()):
            above = self._network.nodes[user]
            element = self._values[above.operands[0]] if above.form and above.form.symbol == "in" else UNKNOWN
            asking.setdefault(element, []).append(user)
        if UNKNOWN in asking:
            letters = self._domains.of(node)
            if ANY in letters:
                raise NotInColumnsError(node.address, "set")
            return Sets(self._slot(node), letters)  # type: ignore[arg-type]
        for option, nodes in asking.items():
            rows: dict[tuple[Value, ...], None] = {(v,) * len(nodes): None for v in (True, False)}
            relation = Relation(tuple(nodes), rows, frozenset(), None)
            self._take_place(relation, Member(self._slot(node), str(option)))
        return None

    def _position(self, clause: Clause) -> int:
        return self._network.clause_position[clause.id]

    def _take_place(self, relation: Relation, leaf: Leaf) -> None:
        self._relations.append(relation)
        self._cut[id(relation)] = leaf

    # --- comparisons of several things ---------------------------------------------------------------------------

    def _cuts(self) -> tuple[int, ...]:
        """The comparisons that stand for the numbers below them: those of numbers that meet others, and of formulas."""
        found: dict[int, None] = {}
        for node in self._nodes():
            subject = node.subject
            if isinstance(subject, Fact) and isinstance(subject.type, NumberType):
                meets = not node.operands and self._domains.compared(node.index) is None
                if meets or (node.operands and self._seen_by_comparisons(node.index) is not None):
                    above = self._seen_by_comparisons(node.index)
                    if above is None:
                        raise NotInColumnsError(node.address, "number")
                    found.update(dict.fromkeys(above))
        return tuple(found)

    def _seen_by_comparisons(self, index: int) -> tuple[int, ...] | None:
        """The comparisons that a number reaches, through formulas as a whole; None where it goes elsewhere."""
        found: dict[int, None] = {}
        seen, stack = {index}, [index]
        while stack:
            users = self._users.get(top := stack.pop(), ())
            if not users or top == self._target:
                return None
            for user in users:
                inside = self._formula_of.get(user)
                above = user if inside is None else inside
                node = self._network.nodes[above]
                if above in seen:
                    continue
                seen.add(above)
                if node.form and node.form.symbol in COMPARISONS:
                    found[above] = None
                elif isinstance(node.subject, Fact) or (node.form and node.form.symbol in _PASSING):
                    stack.append(above)
                else:
                    return None
        return tuple(found)

    @cached_property
    def _formula_of(self) -> Mapping[int, int]:
        """The inner nodes of formulas of numbers: the outermost fact whose formula they are in."""
        found: dict[int, int] = {}
        for node in self._nodes():
            subject = node.subject
            if isinstance(subject, Fact) and node.operands and isinstance(subject.type, NumberType):
                inner = open_below(self._network, self._values, node.operands)
                mine = (i for i in inner if not isinstance(self._network.nodes[i].subject, Fact | Clause | Input))
                found.update(dict.fromkeys(mine, node.index))
        return found

    def _compare(self, index: int) -> None:
        network, values = self._network, self._values
        inner = open_below(network, values, (index,))
        facts = [n for n in self._nodes() if n.index in inner and isinstance(n.subject, Fact)]
        if any(not isinstance(n.subject, Fact) and not n.operands for i in inner for n in (network.nodes[i],)):
            raise NotInColumnsError(network.nodes[index].address, "mixed")
        if any(isinstance(network.nodes[i].subject, Clause) for i in inner):
            raise NotInColumnsError(network.nodes[index].address, "mixed")
        alone = all(set(self._users.get(i, ())) <= inner for i in inner - {index})
        possible = possible_of(Known(network, values, self._known.standing), index, {}) if alone else None
        when_open = possible.values if possible is not None and possible.exact else None
        kinds = self._known.kinds.of(index) - {Undefined("too-large")}
        letters = tuple(sorted(kinds | set(when_open or ()), key=str))
        leaf = Compared(index, tuple(sorted(map(self._slot, facts))), letters, when_open)
        self._take_place(Relation((index,), {(v,): None for v in letters}, frozenset(), None), leaf)

    # --- what binds what it is not below -------------------------------------------------------------------------

    def _doubtful(self, seen: Container[int]) -> dict[int, frozenset[int]]:
        """Stated formulas, and attestations of clauses beside the target, that bind something open below it.

        Also attestations of clauses whose applicability may be undefined: facts then rule out more than completions do;
        and what may deny an input under which nothing looks at it. Attestations do nothing of this where all is stated
        that their clauses stand on.
        """
        network, values, found = self._network, self._blank, dict[int, frozenset[int]]()
        everything = open_below(network, values, (self._target,))
        for node in network.nodes:
            is_clause = isinstance(node.subject, Clause)
            if not is_clause and not (isinstance(node.subject, Fact) and node.operands):
                continue
            stands_on = open_below(network, values, node.operands)
            is_beside = node.index not in everything or self._is_beside_here(node, stands_on)
            binds = not stands_on.isdisjoint(everything)
            if binds and (is_beside or (node.index in seen and not is_clause)):
                found[self._slot(node)] = self._settling(node)
            if is_clause and node.index in everything and self._may_be_undefined(node):
                found[self._slot(node)] = self._settling(node)
        for fact, looked_at in unused_formulas(network).items():
            if not everything.isdisjoint(open_below(network, values, looked_at)):
                found[self._slot_at[f"fact:{fact}"]] = frozenset()
        return found

    def _is_beside_here(self, node: Node, stands_on: Collection[int]) -> bool:
        """Whether nothing looks at a node under these inputs, and yet it may bind what is below, or deny the inputs."""
        if node.index in self._below:
            return False
        here = open_below(self._network, self._values, node.operands)
        return not here.isdisjoint(self._below) or any(
            isinstance(self._network.nodes[i].subject, Input) for i in stands_on
        )

    def _settling(self, node: Node) -> frozenset[int]:
        """The columns that settle what a clause stands on once they all state something; none of one on clauses."""
        below = [self._network.nodes[i] for i in open_below(self._network, self._blank, node.operands)]
        if not isinstance(node.subject, Clause) or any(isinstance(n.subject, Clause) for n in below):
            return frozenset()
        return frozenset(self._slot(n) for n in below if isinstance(n.subject, Fact | Input) and not n.operands)

    def _may_be_undefined(self, clause: Node) -> bool:
        """Whether it may be undefined whether a clause applies."""
        has_applies = isinstance(clause.subject, Clause) and clause.subject.applies is not None
        return has_applies and bool(undefined_of(self._known.kinds.of(clause.operands[0])))

    def _below_whatever(self) -> list[Node]:
        """The nodes at or below the target, whether they are open or not."""
        seen: dict[int, None] = {}
        stack = [self._target]
        while stack:
            index = stack.pop()
            if index not in seen:
                seen[index] = None
                stack.extend(live_operands(self._network.nodes[index], self._values))
        return [self._network.nodes[i] for i in seen]

    def _decided(self) -> dict[int, Verdict]:
        """The clauses at or below the target that are decided whatever a row states."""
        clauses = (n for n in self._below_whatever() if isinstance(n.subject, Clause))
        return {self._slot(n): v for n in clauses if isinstance(v := self._values[n.index], Verdict)}

    def _computed(self) -> set[int]:
        """The columns of facts at or below the target that a formula decides whatever a row states."""
        facts = (n for n in self._below_whatever() if isinstance(n.subject, Fact) and n.operands)
        return {self._slot(n) for n in facts if self._values[n.index] is not UNKNOWN}


_PASSING = ("+", "-", "*", "/", "reference")
