"""What the goal, or a module, comes to as one kind of things after another is settled: a layered graph of states.

A state holds what is still needed: values that later nodes look at, and counts and sums as far as they have come. What
can make no difference any more, as what is behind a gate that is shut, is blurred to UNKNOWN; Kleene's logic takes care
that this hides nothing: a blurred state stands for all that it may be.

`engine/sweep.py` goes through a layered graph, too, and shares no code with this one. Its steps choose among the values
of one open node and its states meet in parts, which is what keeps sets small; here the caller chooses, as what changes
cost or which clauses go together decides which choices there are, so a stage has no values of its own. And a sweep
drops what the order of its steps says is needed no more, where a course blurs by what the state itself has decided: a
sweep that blurred would not be exact for the targets that stand behind the blurred node, and a course that did not
would keep all of them apart. One graph for both would have each of these as an option.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from guiju.compiler.ir import UNKNOWN, Cases, Special, Undefined, Value, Verdict
from guiju.compiler.operators import Fold
from guiju.engine.kinds import Kinds, undefined_of
from guiju.engine.kleene import lifted
from guiju.engine.meaning import grouped
from guiju.engine.network import Network, Node, live_operands, users_among
from guiju.engine.reasoning.planning.alike import Alike, alike_at


class End(Enum):
    """A state in which the goal is decided, whatever comes."""

    REACHED = "reached"
    MISSED = "missed"


#: what is kept, each value as its number in the table of its slot
State: TypeAlias = tuple[int, ...] | End

_PLAIN = (bool, Special, Undefined, Verdict)  # values that a gate may ask for; any number is as good as another


@dataclass(frozen=True, eq=False, slots=True)
class _Move:
    """What is done to one node at a stage: `taken` join what it has come to so far, or, at the end, make its value."""

    node: Node
    taken: tuple[int, ...]
    slot: int
    begun: bool  # whether something was taken at an earlier stage
    last: bool
    left: int = 0  # how many operands are still to come


class _Table:
    """The values of one slot, numbered from UNKNOWN on; in a `pattern` only those that a gate may ask for differ."""

    def __init__(self) -> None:
        self.values: list[Any] = [UNKNOWN]
        self.pattern: list[int] = [0]
        self._numbers: dict[Any, int] = {UNKNOWN: 0}

    def number(self, value: Any, *, is_plain: bool = True) -> int:
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.pattern.append(len(self.values) if is_plain else 0)
            self.values.append(value)
        return self._numbers[value]


class _Moved(dict[tuple[int, ...], int]):
    """What a move makes of numbered values; worked out once for the same ones."""

    def __init__(self, course: Course, move: _Move, slots: tuple[int, ...], tables: dict[int, _Table]) -> None:
        self._course, self._move, self._slots, self._tables = course, move, slots, tables

    def __missing__(self, numbers: tuple[int, ...]) -> int:
        taken = [self._tables[slot].values[n] for slot, n in zip(self._slots, numbers, strict=True)]
        value = self._course.moved(self._move, taken)
        plain = self._course.seen(self._move.slot, value) is not UNKNOWN
        self[numbers] = self._tables[self._move.slot].number(value, is_plain=plain)
        return self[numbers]


class Course:
    """The open nodes at or below some targets in stages; at each the nodes of one `part` get their values."""

    def __init__(
        self,
        network: Network,
        values: Sequence[Value],
        parts: Sequence[tuple[int, ...]],
        targets: tuple[int, ...],
        goal: int | None = None,
    ) -> None:
        self._nodes, self._values, self._goal = network.nodes, values, goal
        self.targets = targets
        self.stages = len(parts)
        self.parts = tuple(parts)
        self._kinds = Kinds(network, values)
        self._at = {node: stage for stage, part in enumerate(parts) for node in part}
        self._open = self._find_open()
        self._moves: list[list[_Move]] = [[] for _ in parts]
        self._lay_out()
        self.targets = tuple(t for t in targets if t in self._at)
        self._alike = self._find_alike()
        self._live = self._find_live()
        self._tables: dict[int, _Table] = defaultdict(_Table)
        self._ways: list[list[tuple[tuple[int, ...], _Moved]]] = []
        self._kept: list[tuple[int, ...]] = []
        for stage in range(self.stages):
            self._compile(stage)
        self._looked: dict[Any, tuple[bool, ...] | End] = {}

    @property
    def start(self) -> State:
        """The state before anything is settled."""
        return ()

    def is_open(self, ends: Iterable[State]) -> bool:
        """Whether the goal stays unknown in some of the last states: that may hide completions that all reach it."""
        assert self._goal is not None
        return self._values[self._goal] is UNKNOWN and any(not isinstance(state, End) for state in ends)

    def address(self, node: int) -> str:
        """The address of a node."""
        return self._nodes[node].address

    def told(self, stage: int, state: State) -> tuple[Any, ...] | End:
        """A state after a stage in values: those that later nodes look at, and how far counts and sums have come."""
        if isinstance(state, End):
            return state
        return tuple([self._tables[slot].values[n] for slot, n in zip(self._live[stage + 1], state, strict=True)])

    def ends(self, state: State) -> tuple[Value, ...]:
        """What the targets come to in a last state."""
        told = self.told(self.stages - 1, state)
        assert not isinstance(told, End)
        values = dict(zip(self._live[-1], told, strict=True))
        return tuple(values[t] for t in self.targets)

    def numbered(self, stage: int, settled: tuple[Value, ...]) -> tuple[int, ...]:
        """Values of the nodes of a stage as numbers, which compare fast."""
        return tuple([self._tables[n].number(v) for n, v in zip(self.parts[stage], settled, strict=True)])

    def step(self, stage: int, state: State, settled: tuple[int, ...]) -> State:
        """The state after the nodes of a stage got these values."""
        if isinstance(state, End):
            return state
        values = [0, *state, *settled]  # number 0 is UNKNOWN everywhere
        for made, moved in self._ways[stage]:
            values.append(moved[tuple([values[i] for i in made])])
        reached = tuple([values[i] for i in self._kept[stage]])
        return reached if self._goal is None else self._blurred(stage, reached)

    # --- laying it out -----------------------------------------------------------------------------------------------

    def _find_open(self) -> list[int]:
        found: set[int] = set()
        stack = [t for t in self.targets if self._values[t] is UNKNOWN]
        while stack:
            index = stack.pop()
            if index not in found and index not in self._at:
                found.add(index)
                stack.extend(self._asked(index))
        return sorted(found)

    def _asked(self, index: int) -> list[int]:
        """The operands that this course makes; others that are not known stay unknown."""
        node = self._nodes[index]
        operands = live_operands(node, self._values)
        if isinstance(node.subject, Cases) and node.subject.undecided is not None and self._is_decided(operands[0]):
            operands = operands[:-1]
        return [o for o in operands if self._values[o] is UNKNOWN]

    def _is_decided(self, gate: int) -> bool:
        """Whether a gate is open or shut in every completion, so that nothing looks at what it is else."""
        return not undefined_of(self._kinds.of(gate))

    def _lay_out(self) -> None:
        for index in self._open:
            operands = [o for o in self._asked(index) if o in self._at]
            if not operands:
                continue  # what stands on nothing that can change
            stages = sorted({self._at[o] for o in operands})
            self._at[index] = stages[-1]
            if not _is_gathered(self._nodes[index]):
                operands, stages = list(self._asked(index)), stages[-1:]
            left = len(operands)
            for stage in stages:
                taken = tuple(o for o in operands if len(stages) == 1 or self._at[o] == stage)
                left -= len(taken)
                last = stage == stages[-1]
                slot = index if last else ~index
                self._moves[stage].append(_Move(self._nodes[index], taken, slot, stage != stages[0], last, left))

    def _find_alike(self) -> dict[int, Alike]:
        """The counts that nothing but comparisons with known numbers looks at."""
        users = users_among((index, self._asked(index)) for index in self._open)
        shown = {*self.targets, *(node for part in self.parts for node in part)}
        found = ((i, alike_at(self._nodes[i], (users, self._nodes), self._values, shown)) for i in self._open)
        return {index: alike for index, alike in found if alike is not None}

    def _find_live(self) -> list[tuple[int, ...]]:
        """Before each stage, and after the last, the slots that something later looks at, or that are asked for."""
        until = {target: self.stages for target in self.targets if target in self._at}
        born = dict(self._at)
        for stage, moves in enumerate(self._moves):
            for move in moves:
                until.update((o, max(stage, until.get(o, 0))) for o in move.taken if o in self._at)
                if move.begun:
                    until[~move.node.index] = stage
                else:
                    born[~move.node.index] = stage
        return [
            tuple(sorted(s for s, last in until.items() if born[s] < stage <= last)) for stage in range(self.stages + 1)
        ]

    # --- going along -------------------------------------------------------------------------------------------------

    def _compile(self, stage: int) -> None:
        """Where each move finds its numbers, and where what is kept is found."""
        places = {slot: i for i, slot in enumerate((*self._live[stage], *self.parts[stage]), 1)}
        ways, first = [], len(places) + 1
        for place, move in enumerate(self._moves[stage], first):
            slots = (*((~move.node.index,) if move.begun else ()), *move.taken)
            ways.append((tuple([places.get(s, 0) for s in slots]), _Moved(self, move, slots, self._tables)))
            places[move.slot] = place
        self._ways.append(ways)
        self._kept.append(tuple([places[slot] for slot in self._live[stage + 1]]))

    def moved(self, move: _Move, values: list[Any]) -> Any:
        """What a move makes of what it takes."""
        so_far, taken = (values[0], tuple(values[1:])) if move.begun else (None, tuple(values))
        return self._gathered(move, so_far, taken) if _is_gathered(move.node) else self._made(move, taken)

    def _made(self, move: _Move, taken: tuple[Value, ...]) -> Value:
        known = dict(zip(move.taken, taken, strict=True))
        node = move.node
        return lifted(node, tuple([known.get(o, self._values[o]) for o in node.operands]))

    def _gathered(self, move: _Move, so_far: Any, taken: tuple[Value, ...]) -> Any:
        """What a fold has come to: how far, and whether it met anything unknown; at the end its value."""
        if so_far is UNKNOWN:
            return UNKNOWN
        form = move.node.form
        assert isinstance(form, Fold)
        value, blurred = (form.start, False) if so_far is None else so_far
        given = [] if so_far is not None else [o for o in live_operands(move.node, self._values) if o not in self._at]
        for operand in (*[self._values[o] for o in given], *taken):
            if form.settled(value):
                break
            if operand is UNKNOWN:
                blurred = True
            else:
                value = form.combine(value, operand)
        if form.settled(value):
            blurred = False
        if not move.last:
            alike = None if blurred else self._alike.get(move.node.index)
            return (value if alike is None else alike.first(value, move.left), blurred)
        return UNKNOWN if blurred else form.finish(value)

    # --- what can make no difference ---------------------------------------------------------------------------------

    def _blurred(self, stage: int, state: tuple[int, ...]) -> State:
        live = self._live[stage + 1]
        key = (stage, *[self._tables[slot].pattern[n] for slot, n in zip(live, state, strict=True)])
        if key not in self._looked:
            values = (self._tables[slot].values[n] for slot, n in zip(live, state, strict=True))
            needed = self._needed(stage, {slot: self.seen(slot, v) for slot, v in zip(live, values, strict=True)})
            self._looked[key] = needed if isinstance(needed, End) else tuple([slot in needed for slot in live])
        kept = self._looked[key]
        return kept if isinstance(kept, End) else tuple([n if keep else 0 for n, keep in zip(state, kept, strict=True)])

    def seen(self, slot: int, value: Any) -> Value:
        """What can be said of a node that does not depend on how large a number is."""
        if slot < 0 and isinstance(value, tuple):
            form = self._nodes[~slot].form
            assert isinstance(form, Fold)
            value = form.finish(value[0]) if form.settled(value[0]) else UNKNOWN
        return value if isinstance(value, _PLAIN) else UNKNOWN

    def _needed(self, stage: int, pattern: dict[int, Value]) -> frozenset[int] | End:
        """The slots that the goal may still depend on; or its end, where it depends on nothing more."""
        assert self._goal is not None
        known = {slot if slot >= 0 else ~slot: value for slot, value in pattern.items() if value is not UNKNOWN}
        for index in self._open:
            if index not in known and self._at.get(index, -1) > stage:
                operands = (known.get(o, self._values[o]) for o in self._nodes[index].operands)
                known[index] = self._as_far_as_known(self._nodes[index], tuple(operands))
        goal = known.get(self._goal, UNKNOWN)
        if goal is not UNKNOWN:
            return End.REACHED if goal is True else End.MISSED
        found: set[int] = set()
        stack, seen = [self._goal], set[int]()
        while stack:
            index = stack.pop()
            if index in seen:
                continue
            seen.add(index)
            found.update((index, ~index))
            if self._at.get(index, -1) > stage:
                stack.extend(self._looked_at(self._nodes[index], known))
        return frozenset(found)

    def _as_far_as_known(self, node: Node, operands: tuple[Value, ...]) -> Value:
        """The value of a node; also of a gate that is surely open or shut, and leads to the same either way."""
        value = lifted(node, operands)
        if value is UNKNOWN and isinstance(node.subject, Cases) and node.subject.form == "gate":
            behind, otherwise = operands[1:3]
            if behind is not UNKNOWN and behind == otherwise and self._is_decided(node.operands[0]):
                return behind
        return value

    def _looked_at(self, node: Node, known: dict[int, Value]) -> list[int]:
        """The operands that a node may depend on, or that settle it; of a table no value of a row that is false."""
        open_ = [o for o in live_operands(node, self._values) if self._values[o] is UNKNOWN]
        if known.get(node.index, UNKNOWN) is not UNKNOWN:
            return [o for o in open_ if known.get(o, UNKNOWN) is not UNKNOWN]
        if not isinstance(node.subject, Cases) or node.subject.undecided is not None:
            return self._asked(node.index)
        found: list[int] = []
        for condition, value in grouped(node.subject, node.operands):
            is_written = isinstance(condition, bool)
            holds = condition if is_written else known.get(condition, self._values[condition])
            found += [] if is_written else [condition]
            found += [] if holds is False else [value]
        return found


def _is_gathered(node: Node) -> bool:
    """Whether operands may join one after the other, in any order."""
    return isinstance(node.form, Fold) and not isinstance(node.subject, Cases)
