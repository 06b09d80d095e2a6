"""Two assessments mixed: what is seen with some of the causes between them changed and the others as before.

A mixture is asked about one node at a time: a clause needs no sweep, and a score is swept alone. Only where that is not
exact is the mixture swept as a whole. Most of it is as in a mixture before, and is not settled again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias, cast

from guiju.compiler.ir import ABSENT, UNKNOWN, Definition, Program, Value
from guiju.engine.bind import Bound
from guiju.engine.evaluate import Assessment, assessed, settle
from guiju.engine.evidence import Attestation, StatedFact
from guiju.engine.network import network_of
from guiju.engine.possible import Known
from guiju.engine.reachable import Memory, possible_of, standing_of
from guiju.engine.reasoning.amended import Amended
from guiju.engine.reasoning.difference import Cause, Effect, Nodes, Seen, named, seen_in
from guiju.engine.reasoning.merged import editions_of
from guiju.engine.reasoning.numbering import each_by_its_own, later_names
from guiju.engine.reasoning.simulation import settled_from
from guiju.engine.reasoning.statements import Key, Statement, evidence_saying, statements_of
from guiju.engine.reasoning.subject import bound_leniently
from guiju.engine.verdicts import ClauseResult

_NOTHING = Seen(frozenset())  # of a clause that is not there

_AT_HAND = 8  # mixtures that the next one may be settled from
_FOR_ALL_SETS = 3  # the part of all mixtures that may go to the search for every set

_Causes: TypeAlias = tuple[Cause, ...]


def records_of(statement: Statement) -> Iterator[str]:
    """The records that a statement cites."""
    said = statement if isinstance(statement, tuple) else (statement,)
    return (id_ for one in said if isinstance(one, StatedFact | Attestation) for id_ in one.evidence)


def _named(statement: Statement, key: Key, names: Mapping[str, str]) -> Statement:
    """The same of a clause by another name."""
    clause = key[1].partition(" ")[0]
    if not isinstance(statement, tuple) or key[0] not in ("attestation", "crosswalk"):
        return statement
    return tuple(replace(a, clause=names.get(clause, clause)) for a in statement)


@dataclass(frozen=True, eq=False)
class _Mixture:
    """One mixture, settled, and swept only as far as somebody asks.

    `names`: the clauses that it calls otherwise than the later edition, in whose words an effect is, and what it calls
    them. `changed`: its causes, by their identity.
    """

    bound: Bound
    readings: Mapping[str, str]
    settled: tuple[Sequence[Value], Mapping[str, ClauseResult]]
    memory: Memory
    names: Mapping[str, str]
    changed: frozenset[int]
    _alone: dict[tuple[str, str], Seen | None] = field(default_factory=dict)

    def gives(self, effect: Effect) -> bool:
        """Whether it comes to what an effect leads to."""
        return self._seen_at(effect) == effect.after

    def _seen_at(self, effect: Effect) -> Seen | None:
        """What it comes to at the node of an effect: that node swept alone, or the whole where this does not tell."""
        node = (effect.what, effect.address)
        if "_nodes" not in self.__dict__ and effect.after is not None and effect.after.exact:
            if node not in self._alone:
                self._alone[node] = self._swept_alone(effect.address)
            alone = self._alone[node]
            if alone is not None:
                return alone
        return self._nodes.get(node)

    @cached_property
    def _nodes(self) -> Nodes:
        called = {here: later for later, here in self.names.items()}
        return named(seen_in(assessed(self.bound, self.readings, self.settled, self.memory)), called)

    @cached_property
    def _known(self) -> Known:
        values, clauses = self.settled
        standing = standing_of(values, self.bound, clauses, self.memory)
        return Known(network_of(self.bound.program), tuple(values), standing)

    def _swept_alone(self, address: str) -> Seen | None:
        """What a clause or a definition comes to; None where only the whole tells: an exact set is the same in both."""
        kind, _, id_ = address.partition(":")
        if kind == "clause":
            is_another = id_ not in self.names and id_ in self.names.values()  # which the later edition calls otherwise
            result = None if is_another else self.settled[1].get(self.names.get(id_, id_))
            return _NOTHING if result is None else Seen(frozenset([result.verdict]), reason=result.reason)
        definition = self.bound.program.definition.get(address)
        if definition is None:
            return None
        weights = self._weights(definition)
        if ABSENT in weights:
            return Seen(frozenset([ABSENT]))
        if UNKNOWN in weights:
            return None
        possible = possible_of(self._known, self._known.network.at[definition.id], self.memory)
        return Seen(frozenset(possible.values)) if possible.exact else None

    def _weights(self, definition: Definition) -> list[Value]:
        """The weights, as they are settled, by which the group of a definition takes part or none."""
        values, program, at = self.settled[0], self.bound.program, network_of(self.bound.program).at
        groups = program.ancestors(definition.group) if definition.group is not None else ()
        return [values[at[w]] for w in (f"weight:{g}" for g in groups) if w in program.definition]


class Mixtures:
    """What is seen with some causes changed and the others as before; each mixture is settled once."""

    def __init__(self, before: Assessment, after: Assessment, causes: _Causes, most: int) -> None:
        self._before, self._after, self._causes, self._most = before, after, causes, most
        self._memory: dict[str, Memory] = {}
        self._tried: dict[frozenset[int], _Mixture | None] = {}
        self._last: deque[_Mixture] = deque(maxlen=_AT_HAND)
        self._said: dict[Program, dict[Key, Statement]] = {}
        sides = [(side.program, side.bound.evidence) for side in (before, after)]
        self._called, self._numbered = later_names(before.program, after.program), each_by_its_own(sides)

    @property
    def left(self) -> int:
        """How many more may be tried."""
        return self._most - len(self._tried)

    @property
    def to_spare(self) -> int:
        """How many more may be tried for all the sets there are: the rest is for one set of each effect."""
        return self._most // _FOR_ALL_SETS - len(self._tried)

    def untried(self, causes: _Causes) -> int:
        """How many of some causes were not changed alone yet."""
        return sum(frozenset([id(c)]) not in self._tried for c in causes)

    def give(self, changed: _Causes, effect: Effect) -> bool:
        """Whether these causes alone, changed, lead to the effect; a mixture that fits no policy leads to none."""
        key = frozenset(map(id, changed))
        if key not in self._tried:
            self._tried[key] = self._mixture(changed)
        mixture = self._tried[key]
        return mixture is not None and mixture.gives(effect)

    def _mixture(self, changed: _Causes) -> _Mixture | None:
        program = self._program(changed)
        readings = None if program is None else self._readings(program, changed)
        if program is None or readings is None:
            return None
        side = self._after if program is self._after.program else self._before
        evidence = evidence_saying(side.bound.evidence, self._statements(program, changed))
        bound = bound_leniently(program, evidence)
        if bound is None:
            return None
        memory, names = self._memory.setdefault(program.digest, {}), self._names(program, changed)
        key = frozenset(map(id, changed))
        mixture = _Mixture(bound, readings, self._settled(bound, readings, key), memory, names, key)
        self._last.append(mixture)
        return mixture

    def _settled(
        self, bound: Bound, readings: Mapping[str, str], changed: frozenset[int]
    ) -> tuple[Sequence[Value], Mapping[str, ClauseResult]]:
        """What a mixture decides by itself: most of it is as in the one most like it, and need not be settled again."""
        one, other = self._before, self._after
        known = [
            (frozenset[int](), one.readings, (one.bound, one.values, one.clauses)),
            (frozenset(map(id, self._causes)), other.readings, (other.bound, other.values, other.clauses)),
            *((m.changed, m.readings, (m.bound, *m.settled)) for m in self._last),
        ]
        alike = [k for k in known if k[2][0].program is bound.program and k[1] == readings]
        if not alike:
            return settle(network_of(bound.program), bound, readings)
        _, _, nearest = min(alike, key=lambda k: len(k[0] ^ changed))
        return settled_from(nearest, readings, bound)

    def _program(self, changed: _Causes) -> Program | None:
        """The policy of before, the one of after, or one between them."""
        if any(c.what == "policy" for c in changed):
            return self._after.program
        amended = [c.after for c in changed if isinstance(c.after, Amended)]
        return editions_of(self._before.program, self._after.program).with_(amended)

    def _readings(self, program: Program, changed: _Causes) -> dict[str, str] | None:
        """The options of before, of what is new those of after, but for the causes; None if there is no such option."""
        new = {c.about: c.after for c in changed if c.what == "reading" and isinstance(c.after, str)}
        options = {**self._after.readings, **self._before.readings, **new}
        there = {r.id: {o.id for o in r.options} for r in program.readings}
        if any(options[reading] not in known for reading, known in there.items()):
            return None
        return {reading: options[reading] for reading in there}

    def _statements(self, program: Program, changed: _Causes) -> dict[Key, Statement]:
        """The statements of before, with those of the causes put in, exchanged or taken out."""
        called = self._called if self._numbered else {}
        said = self._said_before(self._before.program if called else program)
        for cause in changed:
            if cause.what in ("policy", "amendment", "reading"):
                continue
            key = cast(Key, (cause.what, cause.about))
            said.pop(key, None)
            if cause.after is not None:
                said[key] = cast(Statement, cause.after)
        self._cite(said)
        if called:
            names = self._names(program, changed)
            said = {key: _named(statement, key, names) for key, statement in said.items()}
        return said

    def _said_before(self, program: Program) -> dict[Key, Statement]:
        """The statements of before in the ids of a program."""
        if program not in self._said:
            called = self._called if self._numbered else {}
            self._said[program] = statements_of(program, self._before.bound.evidence, called)
        return dict(self._said[program])

    def _names(self, program: Program, changed: _Causes) -> dict[str, str]:
        """The clauses that a mixture calls otherwise than the later edition, and what it calls them."""
        if program is self._after.program:
            return {}
        amendments = (a for c in changed if isinstance(c.after, Amended) for a in c.after.amendments)
        moved = {a.about.removeprefix("clause:") for a in amendments if a.what == "clause-renumbered"}
        return {later: was for was, later in self._called.items() if later not in moved}

    def _cite(self, said: dict[Key, Statement]) -> None:
        """Give the records that only one side has to the statements that cite them, and to none else."""
        one, other = ({r.id: r for r in side.bound.evidence.records} for side in (self._before, self._after))
        cited = {id_ for statement in said.values() for id_ in records_of(statement)}
        for id_ in one.keys() ^ other.keys():
            said.pop(("evidence", id_), None)
            if id_ in cited:
                said["evidence", id_] = one.get(id_) or other[id_]
