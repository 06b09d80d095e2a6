"""The surface tree: what an editor wrote, in the order it was written, names still plain text.

Every node is frozen and carries its span; spans never take part in equality, so `parse(format(x)) == x`
compares what was said and not where. A node that stands on a line of its own carries its `Trivia`.
Keywords of both languages give the same tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from guiju.dsl.source import Span


class Comment(NamedTuple):
    """A comment below a line. `deeper`: by how many levels it is set in further than that line; negative if less."""

    text: str
    deeper: int


@dataclass(frozen=True)
class Trivia:
    """What a line carries besides its meaning: comments above it, a comment behind it, a blank line before it.

    `below` are comments that are set in further than the next line, and so end what stands above them. Among the
    comments above or below, None is a blank line between them or between the last and the line.
    """

    above: tuple[str | None, ...] = ()
    behind: str | None = None
    below: tuple[Comment | None, ...] = ()
    blank_before: bool = False


NO_TRIVIA = Trivia()


@dataclass(frozen=True, kw_only=True)
class Node:
    """Anything with a place in the source."""

    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Line(Node):
    """A node that stands on a line of its own."""

    trivia: Trivia = NO_TRIVIA


# --- small parts -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Name(Node):
    """A name as written: an id or an alias, in either language."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Label(Node):
    """One or two quoted texts, `"中文" / "English"`; which language each is in is decided by its characters."""

    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ClauseRef(Node):
    """`6.1.2.2 b) 3)`: a section, marks, or both. Without a section the context gives it.

    `section` is the dotted number or group name as written, or a whole clause id such as `5.3-4-1`. A mark is `b`, `3`,
    or with the dashes below it `b-2`.
    """

    section: str | None
    marks: tuple[str, ...]

    @property
    def printed_marks(self) -> tuple[str, ...]:
        """The marks as they are written: `b)`, `b)-2`."""
        return tuple(re.sub(r"^[a-z0-9]+", r"\g<0>)", mark) for mark in self.marks)


@dataclass(frozen=True, kw_only=True)
class ClauseRange(Node):
    """`b) 1)~3)`: from the first to the last, both included; the last may give only the marks that differ."""

    first: ClauseRef
    last: ClauseRef


@dataclass(frozen=True, kw_only=True)
class AllClauses(Node):
    """`all` in a cell of a membership table, or the section's bare number as the standard prints it."""


ClauseItem: TypeAlias = ClauseRef | ClauseRange | AllClauses


@dataclass(frozen=True, kw_only=True)
class Place(Node):
    """One place in a document: `table 4`, `formula 2`, `6.1.1.1 note`, `6.1.1.1 b)~u)`.

    `kind` is the canonical English word (`table`, `formula`, `figure`, `note`, `annex`, `page`) or None for a clause.
    """

    kind: Literal["table", "formula", "figure", "note", "annex", "page"] | None
    number: str | None
    clause: ClauseRef | ClauseRange | None


@dataclass(frozen=True, kw_only=True)
class Citation(Node):
    """Where in which document. Without a document it is this standard."""

    document: str | None
    places: tuple[Place, ...]


# --- expressions -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Number(Node):
    """A number as written, digits grouped by single spaces allowed, with its unit if it has one."""

    digits: str
    unit: str | None = None

    @property
    def value(self) -> Fraction:
        """The number before its unit, exact."""
        return Fraction(self.digits.replace(" ", ""))


@dataclass(frozen=True, kw_only=True)
class NameRef(Node):
    """A use of a name inside an expression: a fact, a let, a score, an option of an enumeration."""

    text: str


@dataclass(frozen=True, kw_only=True)
class TruthLit(Node):
    """`yes` or `no`."""

    value: bool


@dataclass(frozen=True, kw_only=True)
class AtLevel(Node):
    """`score at L1`, `A at L1`: a value of a family at a named level."""

    name: str  # "score" for the family without a name of its own
    level: str


ArithmeticOp: TypeAlias = Literal["+", "-", "*", "/"]
CompareOp: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, kw_only=True)
class Arithmetic(Node):
    """Two operands and + - * /."""

    op: ArithmeticOp
    left: Expr
    right: Expr


@dataclass(frozen=True, kw_only=True)
class Negate(Node):
    """Unary minus."""

    operand: Expr


@dataclass(frozen=True, kw_only=True)
class Compare(Node):
    """A chain of comparisons, `1 <= A <= 2`: one operand more than operators."""

    operands: tuple[Expr, ...]
    ops: tuple[CompareOp, ...]


@dataclass(frozen=True, kw_only=True)
class Contains(Node):
    """`百亿 in trained_scales`."""

    element: Expr
    collection: Expr


@dataclass(frozen=True, kw_only=True)
class Logic(Node):
    """`and` / `or` over two or more operands (nested runs of one operator are flattened)."""

    op: Literal["and", "or"]
    operands: tuple[Expr, ...]


@dataclass(frozen=True, kw_only=True)
class Not(Node):
    """`not x`."""

    operand: Expr


VerdictWord: TypeAlias = Literal["satisfied", "unsatisfied"]
Modality: TypeAlias = Literal["shall", "should", "may"]


@dataclass(frozen=True, kw_only=True)
class ClauseSet(Node):
    """`new shall clauses of 6.1.1.1 a)~f), 6.1.2 except 6.1.2.1 a) at L2`; every part but `clauses` may be missing."""

    new: bool = False
    modality: Modality | None = None
    of: tuple[ClauseItem, ...] = ()
    excepted: tuple[ClauseItem, ...] = ()
    level: str | None = None


@dataclass(frozen=True, kw_only=True)
class Quantified(Node):
    """`all clauses satisfied`, `exactly 1 clause unsatisfied`, `more than half of new clauses satisfied`."""

    quantifier: Literal["all", "any", "none", "exactly", "at-least", "at-most", "more-than-half"]
    number: int | None
    clauses: ClauseSet
    verdict: VerdictWord


@dataclass(frozen=True, kw_only=True)
class Measure(Node):
    """`count of clauses satisfied`, `share of new clauses satisfied`."""

    measure: Literal["count", "share"]
    clauses: ClauseSet
    verdict: VerdictWord


@dataclass(frozen=True, kw_only=True)
class ClauseIs(Node):
    """`6.1.1.1 a) satisfied`: the verdict of one named clause."""

    clause: ClauseRef
    verdict: VerdictWord


AggregateOp: TypeAlias = Literal["sum", "mean", "min", "max"]


@dataclass(frozen=True, kw_only=True)
class Aggregate(Node):
    """`sum of weight * score over each domain`: `kind` is a group kind; the body is read for each group of it."""

    op: AggregateOp
    body: Expr
    kind: str


@dataclass(frozen=True, kw_only=True)
class EveryScores(Node):
    """`every subdomain within domain scores 2 at L1, 3 at L2`: a gate over groups of a kind."""

    kind: str
    within: str | None
    family: str  # "score" for the family without a name of its own
    values: tuple[tuple[Number, str], ...]  # (score, level)


Expr: TypeAlias = (
    Number
    | NameRef
    | TruthLit
    | AtLevel
    | Arithmetic
    | Negate
    | Compare
    | Contains
    | Logic
    | Not
    | Quantified
    | Measure
    | ClauseIs
    | Aggregate
    | EveryScores
)

# --- properties and types ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CellRef(Node):
    """The cell of a printed table that a reading or record speaks of: `membership 6.1.2.4 L2`, `grade L1`."""

    table: Literal["membership", "weights", "grade"]
    row: str
    column: str | None


PropertyValue: TypeAlias = Label | Name | Number | Citation | CellRef


@dataclass(frozen=True, kw_only=True)
class Property(Line):
    """A word and what it says, on a line below its owner: `guidance "…"`, `issued 2025-01-24`, `cell …`."""

    key: str
    values: tuple[PropertyValue, ...]


@dataclass(frozen=True, kw_only=True)
class UnitType(Node):
    """A quantity in a unit, or `number` / `count` for a pure one."""

    unit: str


@dataclass(frozen=True, kw_only=True)
class TruthType(Node):
    """`yes-no`."""


@dataclass(frozen=True, kw_only=True)
class ChoiceType(Node):
    """`one of a | b` (`many` False) or `set of a | b` (`many` True)."""

    options: tuple[Name, ...]
    many: bool


TypeExpr: TypeAlias = UnitType | TruthType | ChoiceType

# --- declarations ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StandardDecl(Line):
    """The head of the file: id, designation, and properties (title, status, issued, effective).

    A vocabulary declares facts for other files to use, and assesses nothing.
    """

    name: Name
    label: Label
    properties: tuple[Property, ...] = ()
    is_vocabulary: bool = False


@dataclass(frozen=True, kw_only=True)
class UseDecl(Line):
    """A vocabulary whose facts this standard may ask for; `validity FACT DURATION`: how old its evidence may be."""

    name: Name
    cites: Citation | None = None
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OptionDecl(Line):
    """The label of one option of an enumeration, on a line below the fact or input."""

    name: Name
    aliases: tuple[Name, ...] = ()
    label: Label | None = None


@dataclass(frozen=True, kw_only=True)
class InputDecl(Line):
    """Something the evidence must choose before anything is scored."""

    name: Name
    type: TypeExpr
    aliases: tuple[Name, ...] = ()
    label: Label | None = None
    cites: Citation | None = None
    options: tuple[OptionDecl, ...] = ()
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FactDecl(Line):
    """Something the evidence may state. With a formula it is computed where the evidence does not state it."""

    name: Name
    type: TypeExpr
    formula: Expr | None = None
    aliases: tuple[Name, ...] = ()
    label: Label | None = None
    cites: Citation | None = None
    options: tuple[OptionDecl, ...] = ()
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LetDecl(Line):
    """A name for an expression."""

    name: Name
    value: Expr
    aliases: tuple[Name, ...] = ()
    label: Label | None = None
    cites: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class KindDecl(Node):
    """One kind of group, with its aliases."""

    name: Name
    aliases: tuple[Name, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GroupsDecl(Line):
    """`groups domain > subdomain > section`: the kinds, outermost first."""

    kinds: tuple[KindDecl, ...]
    cites: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class LevelDecl(Line):
    """One level. Order of lines is order of levels, lowest first."""

    name: Name
    aliases: tuple[Name, ...] = ()
    label: Label | None = None


@dataclass(frozen=True, kw_only=True)
class LevelsDecl(Line):
    """The levels of the standard."""

    levels: tuple[LevelDecl, ...]
    cites: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class Attested(Node):
    """The condition of a clause that only a statement of a person can decide."""


@dataclass(frozen=True, kw_only=True)
class ClauseDecl(Line):
    """A clause: a leaf with a condition, or a parent with children and none.

    `mark` is `a)`, `1)`, `-` for a dash item, or a whole id (`4.2`, `5`) after the word `clause`.
    """

    mark: str
    modality: Modality | None = None
    label: Label | None = None
    condition: Attested | Expr | None = None
    applies: Expr | None = None
    cites: Citation | None = None
    properties: tuple[Property, ...] = ()
    children: tuple[ClauseDecl, ...] = ()

    @property
    def is_item(self) -> bool:
        """Whether its mark is one of a list, and not a number of its own."""
        return self.mark == "-" or self.mark.endswith(")")


@dataclass(frozen=True, kw_only=True)
class GroupDecl(Line):
    """A node of the standard's own tree. Groups hold groups or clauses."""

    kind: Name
    name: Name
    aliases: tuple[Name, ...] = ()
    label: Label | None = None
    cites: Citation | None = None
    properties: tuple[Property, ...] = ()
    groups: tuple[GroupDecl, ...] = ()
    clauses: tuple[ClauseDecl, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MembershipCell(Node):
    """Which clauses of the row's section count at the column's level; empty means none."""

    items: tuple[ClauseItem, ...]


@dataclass(frozen=True, kw_only=True)
class MembershipRow(Line):
    """One row of the membership table."""

    group: Name
    cells: tuple[MembershipCell, ...]


@dataclass(frozen=True, kw_only=True)
class MembershipDecl(Line):
    """The table that sorts clauses into levels; the header names a group kind and then levels."""

    header: tuple[Name, ...]
    header_trivia: Trivia = NO_TRIVIA
    rows: tuple[MembershipRow, ...] = ()
    cites: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class ItemDecl(Line):
    """`item leaf` or `item lettered`: what counts as one requirement item."""

    unit: Literal["leaf", "lettered"]
    cites: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class ScoreRow(Line):
    """`2 when all clauses satisfied`; no condition means `otherwise`."""

    value: Expr
    condition: Expr | None


@dataclass(frozen=True, kw_only=True)
class ScoreBlock(Line):
    """`at L2 after GATE else as at L1` and its rows. `level` None: the rows stand without a level."""

    level: str | None
    gate: Expr | None = None
    carried_from: str | None = None
    rows: tuple[ScoreRow, ...] = ()
    cites: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class ScoreDecl(Line):
    """A family of values: `score of each subdomain` with blocks, or `score A at each level = formula`.

    `name` None is the family called `score`. `kind` None: one value for the whole subject.
    Exactly one of `formula` and `blocks` is there. `label` names the value for people.
    """

    name: Name | None
    kind: str | None
    each_level: bool
    exclusive: bool = False  # `exactly one` row may hold
    formula: Expr | None = None
    blocks: tuple[ScoreBlock, ...] = ()
    label: Label | None = None
    cites: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class WeightRow(Line):
    """One row of a weight table: the key and a cell a column; None is an empty cell, a group that has no part.

    A cell that is the name `undefined` is a group that takes part without a weight.
    """

    key: Name
    cells: tuple[Expr | None, ...]


@dataclass(frozen=True, kw_only=True)
class WeightsDecl(Line):
    """Weights of groups. The first header cell is an input (columns are groups) or a group kind (one column)."""

    header: tuple[Name, ...]
    header_trivia: Trivia = NO_TRIVIA
    rows: tuple[WeightRow, ...] = ()
    cites: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class GradeRow(Line):
    """`L1 | 1 <= A <= 2`; condition None is `otherwise`. The result may be `none` or `undefined`."""

    result: Name
    condition: Expr | None


@dataclass(frozen=True, kw_only=True)
class GradeDecl(Line):
    """`grade level by A`: an outcome. `exclusive`: `exactly one` row may hold."""

    name: Name
    by: Name
    exclusive: bool = False
    rows: tuple[GradeRow, ...] = ()
    label: Label | None = None
    cites: Citation | None = None


# --- readings and records ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class NothingChanges(Line):
    """The policy as it is written."""


@dataclass(frozen=True, kw_only=True)
class PatchMembership(Line):
    """`membership 6.1.2.4 L2 = a)~f)`."""

    group: Name
    level: str
    cell: MembershipCell


@dataclass(frozen=True, kw_only=True)
class PatchRequires(Line):
    """`clause 6.1.2.4 d) requires quantization_schemes > 2`; of a parent, `requires attested`: an item of its own."""

    clause: ClauseRef
    condition: Attested | Expr


@dataclass(frozen=True, kw_only=True)
class PatchModality(Line):
    """`clause 5.3-4-4 shall`."""

    clause: ClauseRef
    modality: Modality


@dataclass(frozen=True, kw_only=True)
class PatchApplies(Line):
    """`clause 6.1.1.1 e) applies when 百亿 in trained_scales`."""

    clause: ClauseRef
    condition: Expr


@dataclass(frozen=True, kw_only=True)
class PatchWeights(Line):
    """`weights platform+operations = 50% | | 50%`: replaces or adds a row."""

    key: Name
    cells: tuple[Expr | None, ...]


@dataclass(frozen=True, kw_only=True)
class PatchGrade(Line):
    """`grade L1 = 1 < A <= 2`; `grade otherwise = undefined`, where `row` is None and `result` is given.

    `grade` names the grade, `grade level L1 = …`, which it must where several have such a row.
    """

    grade: Name | None
    row: Name | None
    condition: Expr | None
    result: Name | None


@dataclass(frozen=True, kw_only=True)
class PatchGate(Line):
    """`score of each subdomain at L2 after GATE else as at L1`: replaces the gate of one block."""

    family: str
    kind: str | None
    level: str
    gate: Expr
    carried_from: str | None


@dataclass(frozen=True, kw_only=True)
class PatchItem(Line):
    """`item lettered`."""

    unit: Literal["leaf", "lettered"]


@dataclass(frozen=True, kw_only=True)
class PatchOneItem(Line):
    """`item 6.3.1-3`: this clause is one item, with all that is below it."""

    clause: ClauseRef


Patch: TypeAlias = (
    NothingChanges
    | PatchMembership
    | PatchRequires
    | PatchModality
    | PatchApplies
    | PatchWeights
    | PatchGrade
    | PatchGate
    | PatchItem
    | PatchOneItem
)


@dataclass(frozen=True, kw_only=True)
class ReadingOption(Line):
    """One way to read the text: `default through-f : PATCH`, or `or through-e "…" :` with patches on lines below."""

    default: bool
    name: Name
    label: Label | None = None
    patches: tuple[Patch, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReadingDecl(Line):
    """What is ambiguous, the readings, and why the default is the default."""

    name: Name
    label: Label
    cites: Citation | None = None
    options: tuple[ReadingOption, ...] = ()
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordDecl(Line):
    """Everything else the document says: term, note, role, abbreviation, reference, not-encoded, mistake."""

    kind: Name
    name: Name
    label: Label | None = None
    cites: Citation | None = None
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Digest(Node):
    """`"…/…"`: of both ends of a row when the relation was judged. The span covers the quotation marks."""

    text: str


@dataclass(frozen=True, kw_only=True)
class CrosswalkRow(Line):
    """`8-1 | superset | 6.1.1.1 a)~c) | "…"`: how what the other clauses ask for relates to what these ask for."""

    clauses: tuple[ClauseItem, ...]
    relation: Name
    others: tuple[ClauseItem, ...]
    digest: Digest | None


@dataclass(frozen=True, kw_only=True)
class CrosswalkDecl(Line):
    """`crosswalk gbt-45288.3-2025`: clauses of this standard beside clauses of that one."""

    standard: Name
    label: Label | None = None
    cites: Citation | None = None
    rows: tuple[CrosswalkRow, ...] = ()


# --- examples ----------------------------------------------------------------------------------------------------

ExampleVerdict: TypeAlias = Literal["satisfied", "unsatisfied", "not-applicable", "unknown"]


@dataclass(frozen=True, kw_only=True)
class GivenValue(Node):
    """`staff = 3`, `media = phone | mail`: a fact or an input has a value; several are the options of a set."""

    name: Name
    values: tuple[Expr, ...]


@dataclass(frozen=True, kw_only=True)
class GivenReading(Node):
    """`reading contact = basic`."""

    reading: Name
    option: Name


@dataclass(frozen=True, kw_only=True)
class GivenClauses(Node):
    """`all clauses at L1 satisfied`; `others`: those of which the example says nothing else."""

    others: bool
    clauses: ClauseSet
    verdict: ExampleVerdict


@dataclass(frozen=True, kw_only=True)
class GivenClause(Node):
    """`4.1 b) unsatisfied`."""

    clause: ClauseRef
    verdict: ExampleVerdict


Given: TypeAlias = GivenValue | GivenReading | GivenClauses | GivenClause


@dataclass(frozen=True, kw_only=True)
class GivenLine(Line):
    """What an example supposes of its subject."""

    givens: tuple[Given, ...]


@dataclass(frozen=True, kw_only=True)
class ExpectValue(Node):
    """`level = L1`, `1 <= A at L1 <= 2`; `others` are further values behind bars, all of them possible."""

    operands: tuple[Expr, ...]
    ops: tuple[CompareOp, ...]
    others: tuple[Expr, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExpectClauses(Node):
    """`all clauses of 4.1 satisfied`."""

    clauses: ClauseSet
    verdict: ExampleVerdict


@dataclass(frozen=True, kw_only=True)
class ExpectClause(Node):
    """`4.1 c) 2) not applicable`."""

    clause: ClauseRef
    verdict: ExampleVerdict


Expectation: TypeAlias = ExpectValue | ExpectClauses | ExpectClause


@dataclass(frozen=True, kw_only=True)
class ExpectLine(Line):
    """What must come of it; with a group, of the scores and grades of that group."""

    group: Name | None
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, kw_only=True)
class ExampleDecl(Line):
    """A subject and what the standard makes of it. `proposed`: nobody has confirmed it yet."""

    label: Label
    proposed: bool = False
    cites: Citation | None = None
    lines: tuple[GivenLine | ExpectLine, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: the first text of its label."""
        return self.label.texts[0]

    @property
    def givens(self) -> tuple[Given, ...]:
        """All that is supposed, in order."""
        return tuple(given for line in self.lines if isinstance(line, GivenLine) for given in line.givens)


Declaration: TypeAlias = (
    UseDecl
    | CrosswalkDecl
    | InputDecl
    | GroupsDecl
    | FactDecl
    | LetDecl
    | LevelsDecl
    | GroupDecl
    | MembershipDecl
    | ItemDecl
    | ScoreDecl
    | WeightsDecl
    | GradeDecl
    | ReadingDecl
    | RecordDecl
    | ExampleDecl
)


@dataclass(frozen=True, kw_only=True)
class Document(Node):
    """A whole policy file, declarations in the order they were written."""

    standard: StandardDecl | None
    declarations: tuple[Declaration, ...]
    comments_at_end: tuple[str | None, ...] = ()
