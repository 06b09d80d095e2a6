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

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Definition, Program, Special, Value
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Choice, StatedFact
from guiju.engine.reasoning.statements import Statement, StatementKind, statements_of
from guiju.engine.verdicts import Reason

CauseKind: TypeAlias = Word["engine", "policy", "reading"] | StatementKind
EffectKind: TypeAlias = Word["outcome", "definition", "clause", "input", "fact"]

#: what one side gives: a policy, an option of a reading, a statement of the evidence, or the version of an engine
Given: TypeAlias = Program | str | Statement


@dataclass(frozen=True)
class Cause:
    """One thing that the two sides stand on and that is otherwise; None: that side does not have it.

    `about` names it: the engine, a policy, a reading, a record, an input, a fact, or a clause and the voice that
    speaks of it.
    """

    what: CauseKind
    about: str
    before: Given | None
    after: Given | None


@dataclass(frozen=True)
class Seen:
    """What one side comes to at a node: all values that it can be, one where it is decided.

    UNKNOWN alone: a fact, an input or a clause that nothing decides, of a clause with the `reason`; an expired fact
    is unknown as `expired`.
    """

    values: frozenset[Value]
    exact: bool = True
    reason: Reason | None = None


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
_ORDER: tuple[CauseKind, ...] = ("policy", "reading", "as-of", "evidence", "input", "fact", "attestation")


def causes_between(before: Assessment, after: Assessment) -> tuple[Cause, ...]:
    """All that the two stand on and that is otherwise, kind by kind.

    A reading that only one of two policies has is a part of that policy.
    """
    policy = () if before.program.digest == after.program.digest else (_policies(before, after),)
    one, other = _given(before, after), _given(after, before)
    keys = sorted({**one, **other}, key=lambda key: _ORDER.index(key[0]))
    differing = (key for key in keys if is_otherwise(one.get(key), other.get(key)))
    return (*policy, *(Cause(*key, one.get(key), other.get(key)) for key in differing))


def _policies(before: Assessment, after: Assessment) -> Cause:
    return Cause("policy", after.program.id, before.program, after.program)


def _given(assessment: Assessment, beside: Assessment) -> dict[_GivenKey, Given]:
    """All that an assessment stands on, but for its policy."""
    found: dict[_GivenKey, Given] = {}
    found.update((("reading", r), option) for r, option in assessment.readings.items() if r in beside.readings)
    found.update(statements_of(assessment.program, assessment.bound.evidence).items())
    return found


def is_otherwise(one: Given | None, other: Given | None) -> bool:
    """Whether two given things differ; a number written to other decimal places may be another one rounded."""
    return _unnamed(one) != _unnamed(other) or _places(one) != _places(other)


def _unnamed(given: Given | None) -> object:
    """What is said of a thing, by whichever of its names."""
    match given:
        case StatedFact() | Choice():
            return replace(given, name="")
        case tuple():
            return tuple(replace(attestation, clause="") for attestation in given)
    return given


def _places(given: Given | None) -> int | None:
    return getattr(given.value, "places", None) if isinstance(given, StatedFact) else None


# --- what they come to ---------------------------------------------------------------------------------------------


Nodes: TypeAlias = dict[tuple[EffectKind, str], Seen]


def effects_between(before: Assessment, after: Assessment) -> tuple[Effect, ...]:
    """Every node that is shown at which the two come to something else."""
    return effects_of(seen_in(before), seen_in(after))


def effects_of(one: Nodes, other: Nodes) -> tuple[Effect, ...]:
    """The nodes at which one comes to something else than the other."""
    differing = (node for node in {**one, **other} if one.get(node) != other.get(node))
    return tuple(Effect(*node, one.get(node), other.get(node)) for node in differing)


def seen_in(assessment: Assessment) -> Nodes:
    """What an assessment comes to at each node that is shown, outcomes first."""
    return dict(_seen(assessment))


def _seen(assessment: Assessment) -> Iterator[tuple[tuple[EffectKind, str], Seen]]:
    program, bound = assessment.program, assessment.bound
    shown = sorted((d for d in program.definitions if d.shown), key=lambda d: d.id not in program.outcomes)
    for definition in shown:
        possible = assessment.possible(definition.id)
        yield (_kind(program, definition), definition.id), Seen(frozenset(possible.values), possible.exact)
    for clause, result in assessment.clauses.items():
        yield ("clause", f"clause:{clause}"), Seen(frozenset([result.verdict]), reason=result.reason)
    for input_ in program.inputs:
        yield ("input", f"input:{input_.id}"), Seen(frozenset([bound.inputs.get(input_.id, UNKNOWN)]))
    for fact in program.facts:
        value = _fact(assessment, fact.id)
        expired = value is UNKNOWN and fact.id in bound.expired
        yield ("fact", f"fact:{fact.id}"), Seen(frozenset([value]), reason="expired" if expired else None)


def _kind(program: Program, definition: Definition) -> EffectKind:
    return "outcome" if definition.id in program.outcomes else "definition"


def _fact(assessment: Assessment, fact: str) -> Value | Special:
    """The value of a fact, by its formula, too; one that nothing uses has no node."""
    index = assessment.network.at.get(f"fact:{fact}")
    return assessment.bound.facts.get(fact, UNKNOWN) if index is None else assessment.values[index]
