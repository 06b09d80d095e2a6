"""Two assessments mixed: what is seen with some of the causes between them changed and the others as before.

A mixture is asked about one node at a time: a clause needs no sweep, and a score is swept alone. Only where that is not
exact is the mixture swept as a whole. Most of it is as in a mixture before, and is not settled again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias, cast

from guiju.compiler.ir import Program, Value
from guiju.engine.bind import Bound
from guiju.engine.evaluate import Assessment, settle, settle_nodes
from guiju.engine.evidence import Attestation, StatedFact
from guiju.engine.fixed import fixed_by
from guiju.engine.network import network_of
from guiju.engine.possible import Possible
from guiju.engine.reachable import Memory
from guiju.engine.reasoning.comparing.completed import Ground, up_to_clauses
from guiju.engine.reasoning.comparing.difference import Cause, Effect
from guiju.engine.reasoning.comparing.exchanged import exchanged
from guiju.engine.reasoning.comparing.mixture import Examples, Mixture, Settled, open_clauses
from guiju.engine.reasoning.comparing.statements import Key, Statement, evidence_saying, statements_of
from guiju.engine.reasoning.editions.amended import Amended
from guiju.engine.reasoning.editions.merged import editions_of
from guiju.engine.reasoning.editions.numbering import each_by_its_own, later_names
from guiju.engine.reasoning.editions.subject import bound_leniently
from guiju.engine.reasoning.simulation import settled_from
from guiju.engine.verdicts import ClauseResult

_ALONE = ("fact", "input", "attestation", "crosswalk")  # what each states is its own affair
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


class Mixtures:
    """What is seen with some causes changed and the others as before; each mixture is settled once."""

    def __init__(self, before: Assessment, after: Assessment, causes: _Causes, most: int) -> None:
        self._before, self._after, self._causes, self._most = before, after, causes, most
        self._shared: dict[str, tuple[Memory, Examples]] = {}  # by the policy
        self._tried: dict[frozenset[int], Mixture | None] = {}
        self._last: deque[Mixture] = deque(maxlen=_AT_HAND)
        self._sides: dict[frozenset[int], tuple[Bound | None, Bound | None]] = {}
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

    def _mixture(self, changed: _Causes) -> Mixture | None:
        program = self._program(changed)
        readings = None if program is None else self._readings(program, changed)
        if program is None or readings is None:
            return None
        bound = self._bound(program, changed)
        if bound is None:
            return None
        key = frozenset(map(id, changed))
        ground = Ground(bound, readings, *self._settled_up_to_clauses(bound, readings, key))
        if program.digest not in self._shared:
            self._shared[program.digest] = {}, Examples(network_of(program), self._open_clauses)
        memory, examples = self._shared[program.digest]

        def settle_whole() -> Settled:
            return self._settled(bound, readings, key)

        mixture = Mixture(ground, settle_whole, memory, self._names(program, changed), key, examples)
        self._last.append(mixture)
        return mixture

    @cached_property
    def _open_clauses(self) -> tuple[Possible, ...]:
        return tuple(possible for side in (self._before, self._after) for possible in open_clauses(side))

    # --- what a mixture states -----------------------------------------------------------------------------------

    def _bound(self, program: Program, changed: _Causes) -> Bound | None:
        """The evidence of a mixture: of one policy from what was bound of the two sides, as far as they may differ."""
        if self._before.program is not self._after.program or self._called:
            return self._bound_anew(program, changed)
        shared = tuple(c for c in changed if c.what == "as-of" or (c.what == "evidence" and c.before and c.after))
        key = frozenset(map(id, shared))
        if key not in self._sides:
            alone = (c for c in self._causes if c.what in _ALONE)
            self._sides[key] = self._bound_anew(program, shared), self._bound_anew(program, (*shared, *alone))
        one, other = self._sides[key]
        if one is None or other is None:
            return self._bound_anew(program, changed)
        return exchanged(one, other, [cast(Key, (c.what, c.about)) for c in changed if c.what in _ALONE])

    def _bound_anew(self, program: Program, changed: _Causes) -> Bound | None:
        side = self._after if program is self._after.program else self._before
        return bound_leniently(program, evidence_saying(side.bound.evidence, self._statements(program, changed)))

    # --- what it decides by itself -------------------------------------------------------------------------------

    def _settled_up_to_clauses(self, bound: Bound, readings: Mapping[str, str], changed: frozenset[int]) -> Settled:
        network = network_of(bound.program)
        end = up_to_clauses(network)
        nearest = self._nearest(bound.program, readings, changed, lambda m: (m.ground.values, m.ground.clauses))
        if nearest is not None:
            earlier, known, results = nearest
            return settled_from((earlier, known[:end], results), readings, bound)
        values, clauses = list(fixed_by(network, readings, bound.inputs).values[:end]), dict[str, ClauseResult]()
        settle_nodes(network.nodes[:end], network, bound, readings, (values, clauses))
        return values, clauses

    def _settled(self, bound: Bound, readings: Mapping[str, str], changed: frozenset[int]) -> Settled:
        nearest = self._nearest(bound.program, readings, changed, lambda m: m.__dict__.get("settled"))
        if nearest is None:
            return settle(network_of(bound.program), bound, readings)
        return settled_from(nearest, readings, bound)

    def _nearest(
        self,
        program: Program,
        readings: Mapping[str, str],
        changed: frozenset[int],
        settled: Callable[[Mixture], Settled | None],
    ) -> tuple[Bound, Sequence[Value], Mapping[str, ClauseResult]] | None:
        """What is settled of the side or mixture most like one: most of it is as there, and not settled again."""
        one, other = self._before, self._after
        known = [
            (frozenset[int](), one.readings, (one.bound, one.values, one.clauses)),
            (frozenset(map(id, self._causes)), other.readings, (other.bound, other.values, other.clauses)),
            *(
                (m.changed, m.ground.readings, (m.ground.bound, *s))
                for m in self._last
                if (s := settled(m)) is not None
            ),
        ]
        alike = [k for k in known if k[2][0].program is program and k[1] == readings]
        return min(alike, key=lambda k: len(k[0] ^ changed))[2] if alike else None

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
