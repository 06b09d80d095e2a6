"""The typed core: what every surface form lowers to, and all that an evaluator needs to know.

A `Program` is a flat set of named definitions over a dozen expression forms. All are total. Names are resolved,
numbers are in coherent units, sets of clauses are enumerated, and each reading of an ambiguous text is a `Choice`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.units import SIGNED, Dimension
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.source import Span

# --- types -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NumberType:
    """A rational of a dimension. `integer` facts take whole numbers only; `unit` is how people see it."""

    dimension: Dimension = ()
    integer: bool = False
    unit: str = "number"

    @property
    def is_never_negative(self) -> bool:
        """Counts and most quantities start at zero; plain numbers, percentages and temperatures do not."""
        return self.integer or (bool(self.dimension) and self.dimension not in SIGNED)


@dataclass(frozen=True)
class TruthType:
    """Yes or no."""


@dataclass(frozen=True)
class OptionType:
    """One of some names."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class SetType:
    """Some of some names."""

    options: tuple[str, ...]


Type: TypeAlias = NumberType | TruthType | OptionType | SetType
TRUTH = TruthType()

# --- values ------------------------------------------------------------------------------------------------------


class Verdict(Enum):
    """What a clause comes to once everything is known."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    NOT_APPLICABLE = "not-applicable"


class Special(Enum):
    """Three ways of having no value, which stay apart everywhere."""

    ABSENT = "absent"  # an empty cell: the group does not take part
    NOT_ENTERED = "not-entered"  # behind a gate that is shut
    UNKNOWN = "unknown"  # not decided by what is known so far; never the value of a complete assessment


@dataclass(frozen=True)
class Undefined:
    """A value that the standard does not define: `division-by-zero`, `undefined-combination`, `no-row`..."""

    reason: str


ABSENT, NOT_ENTERED, UNKNOWN = Special.ABSENT, Special.NOT_ENTERED, Special.UNKNOWN
Value: TypeAlias = Fraction | bool | str | frozenset[str] | Verdict | Special | Undefined

# --- expressions -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, eq=False)
class Expression:
    """Anything with a value. Compared by identity: two occurrences are two nodes of a derivation."""

    span: Span = field(repr=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class Literal(Expression):
    """A value known at compile time. `unit` is the unit it was written in."""

    value: Value
    unit: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class FactRef(Expression):
    """The value of a fact."""

    fact: str


@dataclass(frozen=True, kw_only=True, eq=False)
class InputRef(Expression):
    """The value of an input."""

    input: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Ref(Expression):
    """The value of another definition."""

    name: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Tally(Expression):
    """How many items of a set of clauses have a verdict, or which share of the applicable ones.

    An item is one leaf, or several that count as one: satisfied when all applicable ones are. `cap` says that
    counting further than that changes nothing. `new`: of those at its level only what the level below has not. `level`:
    whose clauses they are; None of a set that no level limits, and of a clause that is named by itself.
    """

    items: tuple[tuple[str, ...], ...]
    measure: Word["count", "share"]
    verdict: Word["satisfied", "unsatisfied"]
    cap: int | None = None
    new: bool = False
    level: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Operation(Expression):
    """An operator of `compiler.operators` over its operands."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """One row of a table."""

    condition: Expression
    value: Expression
    span: Span = field(repr=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class Cases(Expression):
    """A decision table, tried in order. `form` says what it was on paper, for explanations.

    `undecided`, only in a gate that was lifted out of an operation (see `compiler.expressions.hoist`): the value as
    long as the gate is neither open nor shut, be it undefined or unknown.
    """

    form: Word["table", "gate", "grade", "weights"]
    rows: tuple[Case, ...]
    otherwise: Expression
    exclusive: bool = False  # two rows that hold at once leave the value undefined
    undecided: Expression | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Choice(Expression):
    """One expression for each option of a reading."""

    reading: str
    options: tuple[tuple[str, Expression], ...]


# --- declarations ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Titled:
    """What a thing is called: one id, aliases in either language, a label in both."""

    id: str
    label: Text
    aliases: tuple[str, ...] = ()

    def called(self, language: Language) -> str:
        """A name that people may write: the one in the language asked for, if there is one."""
        return next((n for n in (self.id, *self.aliases) if n.isascii() == (language == "en")), self.id)


@dataclass(frozen=True)
class Input(Titled):
    """Something the evidence chooses before anything is scored."""

    type: Type = TRUTH
    options: tuple[Titled, ...] = ()
    cites: str = ""
    span: Span = field(kw_only=True, repr=False, compare=False)


@dataclass(frozen=True)
class Fact(Titled):
    """Something the evidence may state; with a formula it is computed where the evidence does not."""

    type: Type = TRUTH
    options: tuple[Titled, ...] = ()
    formula: Expression | None = None
    cites: str = ""
    guidance: Text | None = None
    evidence: Text | None = None
    vocabulary: str | None = None  # the vocabulary that declares it
    validity: Fraction | None = None  # seconds that its evidence counts after it was collected
    span: Span = field(kw_only=True, repr=False, compare=False)


@dataclass(frozen=True)
class OldNumber:
    """A number of an earlier edition as it was printed: where its requirement stands now, None of a retired one."""

    printed: str
    now: str | None
    span: Span = field(repr=False, compare=False)


@dataclass(frozen=True)
class Level(Titled):
    """One level; the program lists them lowest first."""

    span: Span = field(kw_only=True, repr=False, compare=False)


@dataclass(frozen=True)
class Group(Titled):
    """A node of the standard's own tree."""

    kind: str = ""
    parent: str | None = None
    cites: str = ""
    span: Span = field(kw_only=True, repr=False, compare=False)


@dataclass(frozen=True)
class Understood:
    """What a clause is under some options, each a reading and an option: its modality, and whether it is an item."""

    options: tuple[tuple[str, str], ...]
    modality: str | None
    is_item: bool


@dataclass(frozen=True)
class Clause(Titled):
    """A leaf requirement, or a lead that some reading makes an item. `condition` None: only an attestation decides it.

    What it is under the default readings stands in `modality` and `levels`.
    """

    printed: str = ""  # the citation as the standard prints it, `6.1.2.2 b) 3)`
    group: str = ""
    modality: str | None = None
    condition: Expression | None = None
    applies: Expression | None = None
    cites: str = ""
    guidance: Text | None = None
    evidence: Text | None = None
    levels: tuple[str, ...] = ()
    understood: tuple[Understood, ...] = ()  # of a clause on which readings differ: under each of their options
    span: Span = field(kw_only=True, repr=False, compare=False)

    def under(self, readings: Mapping[str, str]) -> Understood:
        """What it is under some readings."""
        found = (u for u in self.understood if all(readings[reading] == option for reading, option in u.options))
        return next(found, Understood((), self.modality, True))

    @property
    def item_under(self) -> tuple[tuple[str, str], ...]:
        """The reading that makes a lead an item, with each option that does; nothing of what always is one."""
        if all(u.is_item for u in self.understood):
            return ()
        options = dict.fromkeys(option for u in self.understood for option in u.options)
        return tuple(o for o in options if all(u.is_item for u in self.understood if o in u.options))

    @property
    def is_attested(self) -> bool:
        """Whether people decide it, under some reading at least that makes it an item."""
        condition, under = self.condition, self.item_under
        if isinstance(condition, Choice) and under:
            return any(_left_to_people(e) for option, e in condition.options if (condition.reading, option) in under)
        return _left_to_people(condition)


def _left_to_people(condition: Expression | None) -> bool:
    if isinstance(condition, Choice):
        return any(_left_to_people(option) for _, option in condition.options)
    return condition is None or (isinstance(condition, Literal) and isinstance(condition.value, Undefined))


@dataclass(frozen=True)
class ReadingOption(Titled):
    """One way to read the text."""

    span: Span = field(kw_only=True, repr=False, compare=False)


@dataclass(frozen=True)
class Reading(Titled):
    """What is ambiguous; the first option is the default."""

    options: tuple[ReadingOption, ...] = ()
    cites: str = ""
    why: Text | None = None
    span: Span = field(kw_only=True, repr=False, compare=False)

    @property
    def default(self) -> str:
        """The option that holds unless another is asked for."""
        return self.options[0].id


@dataclass(frozen=True)
class Record(Titled):
    """Something the document says that decides nothing: term, note, role, reference, what is not encoded."""

    kind: str = ""
    cites: str = ""
    properties: tuple[tuple[str, Text], ...] = ()
    affects: str = ""  # what is judged or counted otherwise if it is settled otherwise
    span: Span = field(kw_only=True, repr=False, compare=False)


CrosswalkRelation: TypeAlias = Word["equal", "subset", "superset", "intersects"]


@dataclass(frozen=True)
class Reference:
    """A clause, a group of them, or a range, in another standard: ids as that standard gives them."""

    first: str
    last: str | None = None

    def __str__(self) -> str:
        return self.first if self.last is None else f"{self.first}~{self.last}"


@dataclass(frozen=True)
class Crosswalk:
    """How what clauses of another standard ask for relates to what these ask for."""

    standard: str
    clauses: tuple[str, ...]
    relation: CrosswalkRelation
    others: tuple[Reference, ...]
    printed: str  # the references as they were written
    digest: str | None  # of both ends when the relation was judged; see `engine.crosswalk.digest_of`
    span: Span = field(repr=False, compare=False)
    digest_span: Span | None = field(default=None, repr=False, compare=False)  # where it is typed


@dataclass(frozen=True)
class Expected:
    """What an example expects of one node: exactly these `values` are possible, or every one is within `bounds`.

    A bound is a comparison with the value on its left. UNKNOWN among the values: not settled, whatever is possible.
    `Undefined("")` stands for every reason.
    """

    address: str
    values: tuple[Value, ...] = ()
    bounds: tuple[tuple[str, Value], ...] = ()
    span: Span = field(kw_only=True, repr=False, compare=False)


GivenVerdict: TypeAlias = Word["satisfied", "unsatisfied", "not-applicable"]


@dataclass(frozen=True)
class Example:
    """A subject, and what the standard makes of it, worked out by a person. `proposed`: nobody has confirmed it yet.

    `verdicts` hold for clauses that no fact decides; those `named` were given one by one.
    """

    label: Text
    proposed: bool
    inputs: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, Value], ...]
    readings: tuple[tuple[str, str], ...]
    verdicts: tuple[tuple[str, GivenVerdict], ...]
    named: frozenset[str]
    expected: tuple[Expected, ...]
    cites: str = ""
    span: Span = field(kw_only=True, repr=False, compare=False)


TABLE = "/table"  # ends the id of what a gated score is once it is entered


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A named expression: a let, a weight, a gate, a score of a group at a level, a grade."""

    id: str
    kind: Word["let", "weight", "gate", "score", "grade"]
    family: str
    label: Text
    expression: Expression
    type: Type
    group: str | None = None
    level: str | None = None
    cites: str = ""
    shown: bool = True  # False: a step inside another definition
    span: Span = field(repr=False)

    @property
    def whole(self) -> str:
        """Its id, or that of the gated score that it is the inside of."""
        return self.id.removesuffix(TABLE)


@dataclass(frozen=True, kw_only=True, eq=False)
class Program:
    """A compiled standard. Order is the order of the text; `definitions` are in dependency order."""

    id: str
    designation: str
    title: Text
    properties: tuple[tuple[str, str], ...]
    inputs: tuple[Input, ...]
    kinds: tuple[Titled, ...]
    levels: tuple[Level, ...]
    groups: tuple[Group, ...]
    facts: tuple[Fact, ...]
    clauses: tuple[Clause, ...]
    readings: tuple[Reading, ...]
    records: tuple[Record, ...]
    crosswalks: tuple[Crosswalk, ...]
    definitions: tuple[Definition, ...]
    outcomes: tuple[str, ...]  # ids of the definitions that answer the question the standard asks
    examples: tuple[Example, ...] = ()
    digest: str
    old_numbers: tuple[OldNumber, ...] = ()
    span: Span = field(repr=False)

    @cached_property
    def clause(self) -> dict[str, Clause]:
        """Clauses by id."""
        return {c.id: c for c in self.clauses}

    @cached_property
    def fact(self) -> dict[str, Fact]:
        """Facts by id."""
        return {f.id: f for f in self.facts}

    @cached_property
    def group(self) -> dict[str, Group]:
        """Groups by id."""
        return {g.id: g for g in self.groups}

    @cached_property
    def definition(self) -> dict[str, Definition]:
        """Definitions by id."""
        return {d.id: d for d in self.definitions}

    @cached_property
    def defaults(self) -> dict[str, str]:
        """The option of each reading that holds unless another is asked for."""
        return {r.id: r.default for r in self.readings}

    @property
    def renumbered(self) -> tuple[tuple[str, str], ...]:
        """The numbers of the edition that this one replaces whose requirement has another here, with that one."""
        return tuple((old.printed, old.now) for old in self.old_numbers if old.now is not None)

    @property
    def retired(self) -> tuple[str, ...]:
        """The numbers of earlier editions that no longer mean anything."""
        return tuple(old.printed for old in self.old_numbers if old.now is None)

    def items(self, readings: Mapping[str, str] | None = None) -> tuple[Clause, ...]:
        """The clauses that are requirements under some readings: all but leads that another option makes one."""
        chosen = self.defaults | dict(readings or {})
        return tuple(c for c in self.clauses if c.under(chosen).is_item)

    def groups_of(self, kind: str) -> tuple[Group, ...]:
        """All groups of a kind, in order."""
        return tuple(g for g in self.groups if g.kind == kind)

    @cached_property
    def _ancestors(self) -> dict[str, tuple[str, ...]]:
        known: dict[str, tuple[str, ...]] = {}
        for g in self.groups:  # parents come before children
            known[g.id] = (g.id, *(known[g.parent] if g.parent else ()))
        return known

    def ancestors(self, group: str) -> tuple[str, ...]:
        """The group itself and everything above it, innermost first."""
        return self._ancestors[group]
