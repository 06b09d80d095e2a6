"""What is otherwise between two assessments: one value for every command that compares, simulates or assesses again.

A `Difference` has two parts that are never mixed up. `causes` are what the two assessments stand on where that is
otherwise: statements of the evidence, its as-of instant, readings, the policy, the engine. `effects` are what they
come to where that is otherwise: outcomes, scores, verdicts, facts. Which causes lead to an effect is a question of its
own.

>>> import guiju
>>> def told(compute):
...     facts = {"training_compute_10b": {"value": compute}}
...     return guiju.evaluate("gbt-45288.3-2025", {"guiju": "evidence/1", "subject": "somebody", "facts": facts})
>>> difference = difference_between(told("60 PFLOPS"), told("40 PFLOPS"))
>>> [(cause.what, cause.about) for cause in difference.causes]
[('fact', 'training_compute_10b')]
>>> [effect.address for effect in difference.effects if effect.what != "definition"]
['clause:6.1.1.1.e', 'fact:training_compute_10b']
>>> len(difference.outcomes), len(difference.effects)  # no outcome, but scores on the way to it
(0, 8)
>>> difference_between(told("60 PFLOPS"), told("60 PFLOPS")).is_none
True
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import ABSENT, UNKNOWN, Definition, Program, Special, Value
from guiju.engine.evaluate import Assessment
from guiju.engine.possible import Why
from guiju.engine.reasoning.comparing.statements import Statement, StatementKind, says_the_same, statements_of
from guiju.engine.reasoning.editions.amended import Amended
from guiju.engine.reasoning.editions.merged import editions_of
from guiju.engine.reasoning.editions.numbering import ONLY_EARLIER, each_by_its_own, later_names
from guiju.engine.reasoning.relevance import takes_part
from guiju.engine.verdicts import Reason

CauseKind: TypeAlias = Word["engine", "policy", "amendment", "reading"] | StatementKind
EffectKind: TypeAlias = Word["outcome", "definition", "clause", "input", "fact"]

#: what one side gives: a policy, amendments of it, an option of a reading, a statement of the evidence, or the version
#: of an engine
Given: TypeAlias = Program | Amended | str | Statement


@dataclass(frozen=True)
class Cause:
    """One thing that the two sides stand on and that is otherwise; None: that side does not have it.

    `about` names it: the engine, a policy, what an amendment of it is about, a reading, a record, an input, a fact, or
    a clause and the voice that speaks of it or the standard whose clauses a crosswalk sets beside it.
    """

    what: CauseKind
    about: str
    before: Given | None
    after: Given | None


@dataclass(frozen=True)
class Seen:
    """What one side comes to at a node: all values that it can be, one where it is decided.

    UNKNOWN alone: a fact, an input or a clause that nothing decides, of a clause with the `reason`; an expired fact
    is unknown as `expired`. `why`: what keeps it from being exact, which is no difference by itself.
    """

    values: frozenset[Value]
    exact: bool = True
    reason: Reason | None = None
    why: frozenset[Why] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class Effect:
    """A node at which the two sides come to something else; None: that side has no such node."""

    what: EffectKind
    address: str
    before: Seen | None
    after: Seen | None


@dataclass(frozen=True)
class Difference:
    """All that is otherwise, causes and effects apart; outcomes first, the rest in the order of the policy."""

    causes: tuple[Cause, ...]
    effects: tuple[Effect, ...]

    @property
    def is_none(self) -> bool:
        """Whether the two come to the same, whatever they stand on."""
        return not self.effects

    @property
    def outcomes(self) -> tuple[Effect, ...]:
        """The outcomes that are otherwise."""
        return tuple(e for e in self.effects if e.what == "outcome")


def difference_between(before: Assessment, after: Assessment) -> Difference:
    """What is otherwise between two assessments, be it by their evidence, their readings or their policies."""
    return Difference(causes_between(before, after), effects_between(before, after))


# --- what they stand on --------------------------------------------------------------------------------------------

_GivenKey: TypeAlias = tuple[CauseKind, str]
_ORDER: tuple[CauseKind, ...] = ("policy", "reading", "as-of", "evidence", "input", "fact", "attestation", "crosswalk")


def causes_between(before: Assessment, after: Assessment) -> tuple[Cause, ...]:
    """All that the two stand on and that is otherwise, kind by kind.

    Of two policies these are the amendments, each by itself where it can be put in by itself; or the policy as a whole,
    where they are too many or do not make the later one. A reading that only one of them has is a part of that policy.
    """
    policy = () if before.program.digest == after.program.digest else _policies(before, after)
    called = clauses_later(before, after)
    one, other = _given(before, after, called), _given(after, before, {})
    gone = [(kind, about) for kind, about in one if about.partition(" ")[0].endswith(ONLY_EARLIER) and called]
    one = {key: given for key, given in one.items() if key not in gone}
    keys = sorted({**one, **other}, key=lambda key: _ORDER.index(key[0]))
    programs = before.program, after.program
    differing = (key for key in keys if not says_the_same(one.get(key), other.get(key), *programs))
    return (*policy, *(Cause(*key, one.get(key), other.get(key)) for key in differing))


def clauses_later(before: Assessment, after: Assessment) -> Mapping[str, str]:
    """What the later edition calls the clauses of the earlier one, where it calls them otherwise."""
    sides = [(side.program, side.bound.evidence) for side in (before, after)]
    return later_names(before.program, after.program) if each_by_its_own(sides) else {}


def _policies(before: Assessment, after: Assessment) -> tuple[Cause, ...]:
    one, other = before.program, after.program
    amendments = tuple(Cause("amendment", u.amendments[0].about, None, u) for u in editions_of(one, other).units)
    return amendments or (Cause("policy", other.id, one, other),)


def _given(assessment: Assessment, beside: Assessment, called: Mapping[str, str]) -> dict[_GivenKey, Given]:
    """All that an assessment stands on, but for its policy; clauses as they are `called` in the later edition."""
    found: dict[_GivenKey, Given] = {}
    found.update((("reading", r), option) for r, option in assessment.readings.items() if r in beside.readings)
    found.update(statements_of(assessment.program, assessment.bound.evidence, called).items())
    return found


# --- what they come to ---------------------------------------------------------------------------------------------


Nodes: TypeAlias = dict[tuple[EffectKind, str], Seen]


def effects_between(before: Assessment, after: Assessment) -> tuple[Effect, ...]:
    """Every node that is shown at which the two come to something else."""
    return effects_of(named_later(seen_in(before), before.program, after.program), seen_in(after))


def effects_of(one: Nodes, other: Nodes) -> tuple[Effect, ...]:
    """The nodes at which one comes to something else than the other."""
    differing = (node for node in {**one, **other} if one.get(node) != other.get(node))
    return tuple(Effect(*node, one.get(node), other.get(node)) for node in differing)


def named_later(seen: Nodes, before: Program, after: Program) -> Nodes:
    """What is seen under the earlier edition, clauses by what the later one calls them."""
    return named(seen, later_names(before, after))


def named(seen: Nodes, called: Mapping[str, str]) -> Nodes:
    """What is seen, some clauses called otherwise."""
    addresses = {f"clause:{was}": f"clause:{now}" for was, now in called.items()}
    return {(what, addresses.get(address, address)): value for (what, address), value in seen.items()}


def seen_in(assessment: Assessment) -> Nodes:
    """What an assessment comes to at each node that is shown, outcomes first."""
    return dict(_seen(assessment))


def _seen(assessment: Assessment) -> Iterator[tuple[tuple[EffectKind, str], Seen]]:
    program, bound = assessment.program, assessment.bound
    shown = sorted((d for d in program.definitions if d.shown), key=lambda d: d.id not in program.outcomes)
    left_out = {g.id for g in program.groups if not takes_part(assessment, g.id)}
    for definition in shown:
        yield (_kind(program, definition), definition.id), _of(assessment, definition, left_out)
    for clause, result in assessment.clauses.items():
        yield ("clause", f"clause:{clause}"), Seen(frozenset([result.verdict]), reason=result.reason)
    for input_ in program.inputs:
        yield ("input", f"input:{input_.id}"), Seen(frozenset([bound.inputs.get(input_.id, UNKNOWN)]))
    for fact in program.facts:
        value = _fact(assessment, fact.id)
        expired = value is UNKNOWN and fact.id in bound.expired
        yield ("fact", f"fact:{fact.id}"), Seen(frozenset([value]), reason="expired" if expired else None)


def _of(assessment: Assessment, definition: Definition, left_out: Container[str]) -> Seen:
    """What a definition comes to; where its group takes no part that, whatever would be computed of it."""
    if definition.group in left_out:
        return Seen(frozenset([ABSENT]))
    possible = assessment.possible(definition.id)
    return Seen(frozenset(possible.values), possible.exact, why=possible.why)


def _kind(program: Program, definition: Definition) -> EffectKind:
    return "outcome" if definition.id in program.outcomes else "definition"


def _fact(assessment: Assessment, fact: str) -> Value | Special:
    """The value of a fact, by its formula, too; one that nothing uses has no node."""
    index = assessment.network.at.get(f"fact:{fact}")
    return assessment.bound.facts.get(fact, UNKNOWN) if index is None else assessment.values[index]
