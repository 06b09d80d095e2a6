"""One mixture of two assessments: what is seen in it at the node of an effect.

It is settled up to its clauses. What stands on these is worked out as far as somebody asks: a clause needs nothing
more, and a score that is otherwise in a completion that is known already is not swept. Only where such completions
leave it open is the mixture settled whole and the node swept alone; and where that is not exact, the whole is swept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from guiju.compiler.ir import ABSENT, UNKNOWN, Clause, Definition, Value, Verdict
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment, assessed, known_of
from guiju.engine.network import Network, network_of
from guiju.engine.possible import Known, Possible
from guiju.engine.reachable import Memory, possible_of
from guiju.engine.reasoning.comparing.completed import NOTHING, Completed, Ground, Taken
from guiju.engine.reasoning.comparing.difference import Effect, Nodes, Seen, named, seen_in
from guiju.engine.verdicts import ClauseResult

MOST_FOUND = 3  # completions that sweeps have found that are looked at before the next score is swept
_EXTREMES = (Verdict.UNSATISFIED, Verdict.SATISFIED)

_NO_CLAUSE = Seen(frozenset())  # of a clause that is not there

Settled: TypeAlias = tuple[Sequence[Value], Mapping[str, ClauseResult]]


class Examples:
    """Completions to be looked at, shared by mixtures: the last that led to something else than an effect first.

    In one everything fails that can, in one everything is met, as `clauses` can come to it; the others are such as
    sweeps have found.
    """

    def __init__(self, network: Network, clauses: Sequence[Possible]) -> None:
        self._at = network.at
        self._worst, self._best = (Taken(_leading_to(v, network, clauses), v) for v in _EXTREMES)
        self._found: deque[Taken] = deque(maxlen=MOST_FOUND)
        self._last = self._worst

    def __iter__(self) -> Iterator[Taken]:
        yield self._last
        yield from [k for k in (self._worst, *self._found, self._best) if k is not self._last]

    def led(self, taken: Taken) -> None:
        """Look first at one that led to something else."""
        self._last = taken

    def found(self, witness: Mapping[str, Value]) -> None:
        """Look first at one that a sweep has found; what it does not tell fails."""
        taken = {self._at[address]: value for address, value in witness.items()}
        self._last = Taken({**self._worst.nodes, **taken}, self._worst.otherwise)
        self._found.appendleft(self._last)


def open_clauses(side: Assessment) -> Iterator[Possible]:
    """What clauses can be that stand on open facts, be it of a part that takes none."""
    memory: Memory = {}
    for node in side.network.nodes:
        if isinstance(node.subject, Clause) and node.operands and side.values[node.index] is UNKNOWN:
            swept = side.open.get(node.index)
            yield possible_of(side.known, node.index, memory) if swept is None else swept


def _leading_to(verdict: Verdict, network: Network, clauses: Iterable[Possible]) -> dict[int, Value]:
    """What open facts and inputs are taken to be for each of some clauses to come to a verdict, if it can."""
    taken: dict[int, Value] = {}
    for possible in clauses:
        if possible.exact and verdict in possible.values:
            for address, value in possible.witness(verdict).items():
                if address in network.at:
                    taken.setdefault(network.at[address], value)
    return taken


@dataclass(frozen=True, eq=False)
class Mixture:
    """One mixture. `names`: the clauses that it calls otherwise than the later edition, in whose words an effect is.

    `names` gives what it calls them. `changed`: its causes, by their identity. `settle` settles it whole.
    """

    ground: Ground
    settle: Callable[[], Settled]
    memory: Memory
    names: Mapping[str, str]
    changed: frozenset[int]
    examples: Examples
    _alone: dict[tuple[str, str], Seen | None] = field(default_factory=dict)
    _completed: dict[Taken, Completed] = field(default_factory=dict)

    def gives(self, effect: Effect) -> bool:
        """Whether it comes to what an effect leads to."""
        node = (effect.what, effect.address)
        if "_nodes" in self.__dict__ or effect.after is None or not effect.after.exact:
            return self._nodes.get(node) == effect.after
        if node not in self._alone:
            if self._is_elsewhere(effect, effect.after):
                return False
            self._alone[node] = self._swept_alone(effect.address, effect.after)
        alone = self._alone[node]
        return (self._nodes.get(node) if alone is None else alone) == effect.after

    @cached_property
    def settled(self) -> Settled:
        """What it decides by itself."""
        return self.settle()

    # --- completions that are known already ----------------------------------------------------------------------

    def _is_elsewhere(self, effect: Effect, after: Seen) -> bool:
        """Whether a completion is known in which a score comes to something else than what the effect leads to."""
        definition = self._definition(effect.address)
        if definition is None or not after.values or ANY in after.values or self._left_out(definition) is not False:
            return False
        target = network_of(self.ground.bound.program).at[definition.id]
        for taken in self.examples:
            value = self._in(taken).value(target)
            if value is not UNKNOWN and value not in after.values:
                self.examples.led(taken)
                return True
        return False

    def _in(self, taken: Taken) -> Completed:
        if taken not in self._completed:
            self._completed[taken] = Completed(self.ground, taken)
        return self._completed[taken]

    def _left_out(self, definition: Definition) -> bool | None:
        """Whether the group of a definition takes no part, by the weights as they are settled; None if that is open."""
        program = self.ground.bound.program
        groups = program.ancestors(definition.group) if definition.group is not None else ()
        at = network_of(program).at
        weights = [self._in(NOTHING).value(at[w]) for w in (f"weight:{g}" for g in groups) if w in program.definition]
        return True if ABSENT in weights else None if UNKNOWN in weights else False

    def _definition(self, address: str) -> Definition | None:
        return self.ground.bound.program.definition.get(address)

    # --- sweeping ------------------------------------------------------------------------------------------------

    def _swept_alone(self, address: str, after: Seen) -> Seen | None:
        """What a node comes to; None where only the whole tells: an exact set is the same in both.

        A completion in which it comes to anything but what is there `after` all causes is remembered.
        """
        kind, _, id_ = address.partition(":")
        if kind == "clause":
            is_another = id_ not in self.names and id_ in self.names.values()  # which the later edition calls otherwise
            result = None if is_another else self.ground.clauses.get(self.names.get(id_, id_))
            return _NO_CLAUSE if result is None else Seen(frozenset([result.verdict]), reason=result.reason)
        definition = self._definition(address)
        is_left_out = None if definition is None else self._left_out(definition)
        if definition is None or is_left_out is None:
            return None
        if is_left_out:
            return Seen(frozenset([ABSENT]))
        network = network_of(self.ground.bound.program)
        decided = self._in(NOTHING).value(network.at[definition.id])
        if decided is not UNKNOWN:
            return Seen(frozenset([decided]))
        possible = possible_of(self._known, network.at[definition.id], self.memory)
        others = (v for v in possible.values if v not in after.values)
        for value in others if possible.exact else ():
            self.examples.found(possible.witness(value))
            break
        return Seen(frozenset(possible.values)) if possible.exact else None

    @cached_property
    def _known(self) -> Known:
        return known_of(self.ground.bound, self.settled, self.memory)

    @cached_property
    def _nodes(self) -> Nodes:
        called = {here: later for later, here in self.names.items()}
        whole = assessed(self.ground.bound, self.ground.readings, self.settled, self.memory)
        return named(seen_in(whole), called)
