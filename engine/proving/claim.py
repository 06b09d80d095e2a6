"""What a property says of one clause, level or reading, as questions; and what came of asking them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import Program, Value, Verdict
from guiju.dsl.diagnostic import Text
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Evidence
from guiju.engine.possible import Known
from guiju.engine.proving.question import Gave, Question
from guiju.engine.reasoning.editions.subject import Subject

Verified: TypeAlias = Word["proved", "refuted", "not-proved"]
About: TypeAlias = Word["outcome", "level", "clause", "reading"]


@dataclass(frozen=True, eq=False)
class Ground:
    """A policy on no evidence, under some readings: all that its properties are about."""

    assessment: Assessment

    @property
    def program(self) -> Program:
        """The policy."""
        return self.assessment.program

    @property
    def known(self) -> Known:
        """What is decided whoever the subject is."""
        return self.assessment.known


@dataclass(frozen=True)
class Side:
    """A way to evaluate a subject: under a policy and its readings, perhaps with a clause overridden.

    `seen` gives of a completion what it is in the addresses of this policy.
    """

    program: Program
    readings: Mapping[str, str]
    overridden: tuple[str, Verdict] | None = None
    seen: Callable[[Subject], Subject] = field(default=lambda completion: completion, repr=False, compare=False)


@dataclass(frozen=True)
class Asked:
    """A question, the nodes that it shares with the others of its policy, and whether a replayed subject answers it.

    `beyond`: whom it does not ask about, so that to find nobody is no proof.
    """

    question: Question
    own: Known
    shows: Callable[[tuple[Assessment, ...]], bool]
    beyond: Gave | None = None


@dataclass(frozen=True)
class Claim:
    """A property of one thing. `of_some`: that there is a subject, else that there is none.

    It asks one or more questions, and the first that is answered in its favour decides for it; in the place of one that
    cannot be asked stands why. `like`: claims of one property with one such word are all so, or none is.
    """

    property: str
    about: About
    names: tuple[str, ...]  # the outcome, the level and the one below, the clause, the reading and its option
    outcomes: tuple[str, ...]
    of_some: bool
    sides: tuple[Side, ...]
    asked: Callable[[], Iterator[Asked | Gave]] = field(repr=False)
    like: str = ""


@dataclass(frozen=True)
class Witness:
    """Evidence about a subject, and its outcomes under each side of the claim, as the evaluator gives them."""

    evidence: Evidence
    sides: tuple[Side, ...]
    outcomes: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Proof:
    """What came of a claim. `by`: how it was answered; `tried`: what kept each way from an answer.

    `as_of`: the names of a claim with which it is proved, as nothing tells the two apart.
    """

    claim: Claim
    answer: Verified
    witness: Witness | None = None
    by: Word["sweep", "solver"] | None = None
    tried: tuple[Gave, ...] = ()
    as_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Property:
    """Something that a standard should be, in words and as claims."""

    id: str
    title: Text
    says: Text
    refuted: Text  # what it means where it is not so
    claims: Callable[[Ground], tuple[Claim, ...]] = field(repr=False)
