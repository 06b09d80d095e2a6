"""Random small policies as text, and random evidence for them.

The text is well formed and well typed by construction wherever that is simple; the few that the compiler refuses are
filtered out, and `test_generators.py` counts them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from hypothesis import assume
from hypothesis import strategies as st

from guiju.compiler import ir
from guiju.compiler.pipeline import compile_document
from guiju.compiler.units import unit_named
from guiju.dsl.parser import parse
from guiju.dsl.source import Source, Span
from guiju.dsl.tree import Document
from guiju.engine.bind import bind
from guiju.engine.evidence import Attestation, Choice, Evidence, EvidenceRecord, Quantity, StatedFact, StatedValue
from tests.engine.oracle import Oracle

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]

SPAN = Span(Source("test", ""), 0, 0)
PLAIN, COMPUTE, TIME = "plain", "compute", "time"
NUMBER_FACTS = (
    ("n1", "number", PLAIN),
    ("n2", "number", PLAIN),
    ("k1", "count", PLAIN),
    ("r1", "%", PLAIN),
    ("p1", "PFLOPS", COMPUTE),
    ("p2", "TFLOPS", COMPUTE),
    ("t1", "ms", TIME),
)
LITERALS = {
    PLAIN: ("0", "1", "2", "3", "0.5", "50 %", "7"),
    COMPUTE: ("50 PFLOPS", "500 TFLOPS", "1 EFLOPS"),
    TIME: ("10 ms", "1 h"),
}
#: what another document declares; the policy says how old evidence for it may be
VOCABULARY = """vocabulary shared "Shared facts"
fact b3 : yes-no
fact n3 : number
"""
OTHER_FACTS = ("b1 : yes-no", "b2 : yes-no", "o1 : one of x | y | z", "s1 : set of x | y | z")
FORMULAS = (
    (("n1", "n2"), "q1 : % = n1 / (n2 + 1)", "q1", PLAIN),
    (("p1", "p2"), "m1 : PFLOPS = p1 - p2", "m1", COMPUTE),
    (("n1", "k1"), "c1 : count = 2.5 * n1 - k1", "c1", PLAIN),
)


@lru_cache(maxsize=4096)
def compiled(text: str) -> ir.Program | None:
    """The program of a text, or None where anything in it is wrong."""
    document, problems = parse(Source("generated", text))
    return None if problems else compile_document(document, {"shared": drawn_vocabulary()}).program


@lru_cache
def drawn_vocabulary() -> Document:
    """The vocabulary that drawn policies use."""
    document, problems = parse(Source("shared", VOCABULARY))
    assert not problems
    return document


@dataclass
class _Writer:
    """Draws a policy piece by piece; what is declared so far is what later pieces may use."""

    draw: Draw
    lines: list[str] = field(default_factory=list)
    numbers: dict[str, list[str]] = field(default_factory=lambda: {PLAIN: [], COMPUTE: [], TIME: []})
    truths: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)  # every leaf so far as a reference
    parents: list[str] = field(default_factory=list)  # every clause so far that has others below it
    leads: list[str] = field(
        default_factory=list
    )  # those of them with an `applies when`, so some reading makes them items
    modality: dict[str, str] = field(default_factory=dict)  # of each of them, its own or that of the one above it
    has_input: bool = False
    leaves: dict[str, list[str]] = field(default_factory=dict)  # by section, top marks only
    levels: list[str] = field(default_factory=list)
    domains: dict[str, list[str]] = field(default_factory=dict)

    def one(self, *choices: T) -> T:
        return self.draw(st.sampled_from(choices))  # type: ignore[no-any-return]

    def chance(self, percent: int) -> bool:
        return self.draw(st.integers(0, 99)) < percent  # type: ignore[no-any-return]

    # --- expressions ---------------------------------------------------------------------------------------------

    def number(self, dimension: str, depth: int = 1) -> str:
        """A number of a dimension."""
        names = self.numbers[dimension]
        if names and self.chance(55):
            return self.one(*names)
        if depth == 0 or self.chance(40):
            return self.one(*LITERALS[dimension])
        left, plain = self.number(dimension, depth - 1), self.number(PLAIN, depth - 1)
        if dimension == PLAIN and self.chance(15):
            return f"(-{left})"
        if dimension == PLAIN and self.numbers[COMPUTE] and self.chance(15):
            return f"({self.number(COMPUTE, 0)} / {self.number(COMPUTE, 0)})"
        operator = self.one("+", "-", "*", "/")
        right = plain if operator in "*/" else self.number(dimension, depth - 1)
        return f"({left} {operator} {right})"

    def comparison(self, depth: int) -> str:
        """A comparison of numbers, sometimes a chain."""
        used = [d for d, names in self.numbers.items() if names] or [PLAIN]
        dimension = self.one(*used)
        left, right = self.number(dimension, depth), self.one(*LITERALS[dimension])
        if self.chance(20):
            right = self.number(dimension, depth)
        if (names := self.numbers[dimension]) and self.chance(15):
            return f"{right} / {self.one(*names)} {self.one('<', '>=')} 2"
        if dimension == PLAIN and self.chance(15):
            return f"{self.one('0', '1')} {self.one('<', '<=')} {left} {self.one('<', '<=')} {self.one('2', '3')}"
        return f"{left} {self.one('<', '<=', '>', '>=', '=', '!=')} {right}"

    def truth(self, depth: int = 1) -> str:
        """A condition over facts and earlier clauses."""
        makers: list[Callable[[], str]] = [lambda: self.comparison(1)] * 2
        if self.truths:
            makers += [lambda: self.one(*self.truths), lambda: f"{self.one(*self.truths)} {self.one('=', '!=')} yes"]
        if self.options:
            makers.append(lambda: f"{self.one(*self.options)} {self.one('=', '!=')} {self.one('x', 'y')}")
        if self.sets:
            makers.append(lambda: f"{self.one('x', 'y', *self.options)} in {self.one(*self.sets)}")
        if self.has_input:
            makers.append(lambda: f"use {self.one('=', '!=')} {self.one('near', 'far')}")
        if self.clauses:
            makers.append(lambda: f"{self.one(*self.clauses)} {self.one('satisfied', 'unsatisfied')}")
        if depth > 0:
            makers.append(lambda: f"not ({self.truth(depth - 1)})")
            connective = self.one(" and ", " or ")
            makers.append(lambda: connective.join(f"({self.truth(depth - 1)})" for _ in range(2)))
        return makers[
            self.draw(st.integers(0, len(makers) - 1))
        ]()  # by its number: the hash of a function is an address

    def clause_set(self, *, new: bool) -> str:
        """`new shall clauses of 6.1 except 6.1 a) at L1`."""
        parts = ["new"] if new and self.chance(30) else []
        parts += [self.one("shall", "shall", "should", "may")] if self.chance(15) else []
        parts.append("clauses")
        section = self.one(*self.leaves)
        marks = self.leaves[section]
        if self.chance(10):
            parts.append(f"of {section}" if self.chance(50) or len(marks) < 2 else f"of {marks[0]}, {marks[-1]}")
        if self.chance(10):
            parts.append(f"except {self.one(*marks)}")
        if self.levels and self.chance(10 if new else 5):
            parts.append(f"at {self.one(*self.levels)}")
        return " ".join(parts)

    def counted(self, *, new: bool) -> str:
        """A condition over a set of clauses."""
        clauses, verdict = self.clause_set(new=new), self.one("satisfied", "satisfied", "unsatisfied")
        if self.chance(20):
            if self.chance(25):
                return f"1 / count of {clauses} {verdict} < 1"
            measure, operator = self.one("share of", "count of"), self.one(">=", "<", "=")
            most = "100 %" if measure == "share of" else "1"
            return f"{measure} {clauses} {verdict} {operator} {self.one('50 %', most)}"
        word = self.one("all", "any", "none", "exactly 1", "at least 2", "at most 1", "more than half of")
        return f"{word} {clauses} {verdict}"

    # --- declarations --------------------------------------------------------------------------------------------

    def facts(self) -> None:
        """Some facts of each type, sometimes with a formula."""
        if self.chance(15):
            self.has_input = True
            self.lines.append("input use : one of near | far")
        wanted = self.one(*FORMULAS)[0] if self.chance(65) else ()
        for name, unit, dimension in NUMBER_FACTS:
            if name not in wanted and not self.chance(30):
                continue
            self.lines.append(f"fact {name} : {unit}")
            self.numbers[dimension].append(name)
        for line in self.draw(st.lists(st.sampled_from(OTHER_FACTS), max_size=2, unique=True)):
            self.lines.append(f"fact {line}")
            names = {"b": self.truths, "o": self.options, "s": self.sets}[line[0]]
            names.append(line.split(" ")[0])
        if self.chance(15):
            self.lines += ["use shared", f"  validity b3 {self.one(30, 400)} d", "  validity n3 90 d"]
            self.truths.append("b3")
            self.numbers[PLAIN].append("n3")
        for needed, line, name, dimension in FORMULAS:
            if all(n in self.numbers[dimension] for n in needed) and self.chance(90):
                self.lines.append(f"fact {line}")
                self.numbers[dimension] += [name] * 4
        if self.truths and self.chance(15):
            self.lines.append(f"fact w1 : yes-no = {self.truth(0)}")
            self.truths.append("w1")

    def lets(self) -> None:
        """A number and a condition with names of their own."""
        if self.chance(30):
            self.lines.append(f"let v1 = {self.number(PLAIN, 2)}")
            self.numbers[PLAIN].append("v1")
        if self.chance(20):
            self.lines.append(f"let v2 = {self.truth()}")
            self.truths.append("v2")

    def groups(self) -> None:
        """Domains of subdomains of one section each, with a few clauses of every form."""
        self.lines.insert(0, "groups domain > subdomain > section")
        if self.chance(80):
            self.levels = ["L1", "L2", "L3"][: self.one(1, 2, 2, 3)]
            self.lines += ["levels", *(f'  {level} "{level}"' for level in self.levels)]
        number = self.draw(st.integers(1, 3))
        for i in range(1, number + 1):
            if i == 1 or (len(self.domains) == 1 and self.chance(50)):
                self.domains[f"d{len(self.domains) + 1}"] = []
                self.lines.append(f'domain d{len(self.domains)} "d"')
            list(self.domains.values())[-1].append(f"u{i}")
            self.lines += [f'  subdomain u{i} "u"', f'    section 6.{i} "s"']
            self._section(f"6.{i}", self.draw(st.integers(1, 4 if number < 3 else 3)))

    def _section(self, section: str, number: int) -> None:
        form = self.one("lettered", "lettered", "dashed")
        self.leaves[section] = []
        for i in range(number):
            mark = "abcdef"[i] + ")" if form == "lettered" else "-"
            printed = f"{section} {mark}" if form == "lettered" else f"{section}-{i + 1}"
            if form == "lettered" and self.chance(15):
                self.lines.append(f'      {mark}{self._modality(printed)} "p"{self._applies(printed)}')
                for j in (1, 2):
                    self.lines.append(f"        {j}){self._modality(f'{printed} {j})')} {self._decided()}")
                self.clauses.append(f"{printed} {self.one(1, 2)})")
                self.parents.append(printed)
            else:
                self.lines.append(f"      {mark}{self._modality(printed)} {self._decided()}")
            self.clauses.append(printed)
            self.leaves[section].append(printed)

    def _modality(self, clause: str) -> str:
        return self._stated(clause, self.one("shall", "shall", "should", "may") if self.chance(30) else "")

    def _stated(self, clause: str, word: str) -> str:
        above = [found for found in self.modality if clause.startswith(found)]
        self.modality[clause] = word or (self.modality[above[-1]] if above else "")
        return word and f" {word}"

    def _applies(self, lead: str) -> str:
        if not self.chance(25):
            return ""
        self.leads.append(lead)
        return f" applies when {self.truth(0)}"

    def _decided(self) -> str:
        condition = "attested" if self.chance(50) else self.truth()
        return f'"c" {condition}' + (f" applies when {self.truth(0)}" if self.chance(25) else "")

    def membership(self) -> None:
        """Which clauses count at which level: more at each."""
        if not self.levels or self.chance(10):
            return
        self.lines += ["membership", "  section | " + " | ".join(self.levels)]
        for section, marks in self.leaves.items():
            cuts = sorted(self.draw(st.integers(0, len(marks))) for _ in self.levels[1:])
            cells = [self._cell(marks[:cut]) for cut in cuts]
            self.lines.append(f"  {section} | " + " | ".join([*cells, "all"]))

    def _cell(self, marks: list[str]) -> str:
        short = [m.split(" ")[-1] for m in marks]
        return f"{short[0]}~{short[-1]}" if len(short) > 2 else ", ".join(short)

    def scores(self) -> None:
        """Tables with gates, and what is made of them up to a grade."""
        exclusive = self.chance(15)
        self.lines.append("score of each subdomain" + (" exactly one" if exclusive else ""))
        for i, level in enumerate(self.levels or [""]):
            if level:
                self.lines.append(f"  at {level}{self._gate(i)}")
            self._rows(i, "    " if level else "  ", exclusive=exclusive)
        each = " at each level" if self.levels else ""
        self._of_domains(each)
        self.lines.append(f"score A{each} = {self._total()}")
        self._other_scores()
        self._grades()

    def _of_domains(self, each: str) -> None:
        fold = self.one("mean", "mean", "sum", "min", "max")
        self.lines.append(f"score of each domain{each} = {fold} of score over each subdomain")

    def _rows(self, i: int, indent: str, *, exclusive: bool) -> None:
        """Rows of a table; where exactly one may hold, none holds where one before it does."""
        before = ""
        for value in (3, 2, 1)[: self.one(1, 2, 2, 3)]:
            written = str(value)
            if self.chance(10):
                written = self.one("2 * share of clauses satisfied", "2 / count of clauses satisfied")
            condition = self.counted(new=i > 0)
            if self.chance(10):
                condition = f"({condition}) {self.one('and', 'or')} ({self.truth(0)})"
            if exclusive:
                condition, before = f"({condition}){before}", f"{before} and not ({condition})"
            self.lines.append(f"{indent}{written} when {condition}")
        self.lines.append(f"{indent}{self.one('0', '0', '0', '1')} otherwise")

    def gate(self, i: int) -> str:
        """The condition to enter the table of a level."""
        if i > 0 and self.chance(65):
            inside = self.one("", "", " within domain")
            return f"every subdomain{inside} scores {self.one(2, 2, 1, 3)} at {self.levels[i - 1]}"
        if i > 0 and self.chance(60):
            return f"{self.one('A', 'score', 'score')} at {self.levels[i - 1]} {self.one('>=', '>')} 1"
        return self.truth(0)

    def _gate(self, i: int) -> str:
        if not self.chance(70 if i else 8):
            return ""
        carried = f" else as at {self.levels[i - 1]}" if i and self.chance(30) else ""
        return f" after {self.gate(i)}{carried}"

    def _total(self) -> str:
        form = self.one("by input", "by input", "by group", "plain", "plain")
        names = list(self.domains)
        if form == "plain":
            return f"{self.one('mean', 'sum', 'min', 'max')} of score over each {self.one('domain', 'subdomain')}"
        cells = ["100%"] if len(names) == 1 else self.one(["50%", "50%"], ["100% / 3", "200% / 3"])
        if form == "by group":
            self.lines += ["weights", "  domain | share", *(f"  {n} | {c}" for n, c in zip(names, cells, strict=True))]
        else:
            self.lines.insert(0, "input service : one of full | first | other")
            self.lines += ["weights", "  service | " + " | ".join(names), "  full | " + " | ".join(cells)]
            self.lines.append("  first | 100%" + (" |" if len(names) == 2 else ""))
            self.lines.append("  other | " + ("| 100%" if len(names) == 2 else "100%"))
        return "sum of weight * score over each domain"

    def _other_scores(self) -> None:
        if self.chance(25):
            measure, modality = self.one("share", "count"), self.one("", "shall ")
            self.lines.append(f"score coverage of each section = {measure} of {modality}clauses satisfied")
        if self.chance(35):
            self.lines.append(f"score rest = 5 - count of {self.clause_set(new=False)} unsatisfied")
            if self.chance(50):
                self.lines += ["score band exactly one", f"  2 when rest >= {self.one(4, 5)}"]
                self.lines += [f"  1 when {self.counted(new=False)}", "  0 otherwise"]
        if self.chance(15):
            self.lines.append(f"let seen = share of {self.clause_set(new=False)} satisfied")
            self.numbers[PLAIN].append("seen")
        if self.chance(15):
            self.lines.append(f"score extra = {self.number(PLAIN, 2)}")
        if self.chance(50 if "  service | d1 | d2" in self.lines else 10):
            each = " at each level" if self.levels else ""
            fold = self.one("mean", "sum", "min", "max")
            self.lines.append(f"score unweighed{each} = {fold} of score over each domain")

    def _grades(self) -> None:
        if not self.levels:
            otherwise = self.one("none", "undefined")
            self.lines += ["grade level by A", "  good | A > 1", "  poor | 0 <= A <= 1", f"  otherwise | {otherwise}"]
            return
        self.lines.append("grade level by A" + (" exactly one" if self.chance(10) else ""))
        for i, level in reversed(list(enumerate(self.levels))):
            low, high = ("<=" if i == 0 else "<"), i + 2
            self.lines.append(f"  {level} | {max(i, 0) + 1} {low} A <= {high}")
        self.lines.append(f"  otherwise | {self.one('none', 'none', 'undefined')}")
        if self.chance(35):
            self.lines.append(f"grade mark by {self.scored()}")
            self.lines += [
                f"  {level} | {i + 1} <= {self.scored()}" for i, level in reversed([*enumerate(self.levels)])
            ]
            self.lines.append("  otherwise | none")

    def has_unweighed(self) -> bool:
        """Whether there is a score that no weights go into, though they may leave a group out of it."""
        return any(line.startswith("score unweighed") for line in self.lines)

    def scored(self) -> str:
        """What the second grade goes by."""
        return "unweighed" if self.has_unweighed() else "A"

    def patches(self) -> tuple[Callable[[_Writer], str | None], ...]:
        """What can draw a patch."""
        return _PATCHES

    def readings(self) -> None:
        """Up to two readings, each with one or two patches of different kinds."""
        possible = [patch for make in self.patches() if (patch := make(self)) is not None]
        patches = [patch for patch in possible if self.chance(30)][: max(0, 4 - len(self.leads))]
        patches += [f"clause {lead} requires {self.one('attested', _facts_only(self))}" for lead in self.leads]
        for i in range(0, len(patches), 2):
            held = patches[i : i + 2]
            first, second = ("default", "or") if self.chance(80) else ("or", "default")
            self.lines += [f'reading g{i} "r"', f"  {first} as-is : nothing changes"]
            if len(held) == 2 and self.chance(40):
                self.lines += [f"  {second} both :", *(f"    {p}" for p in held)]
            else:
                self.lines += [f"  {second} one : {held[0]}", *(f"  or more : {p}" for p in held[1:])]


def _patch_membership(w: _Writer) -> str | None:
    if not any(line.startswith("membership") for line in w.lines):
        return None
    section = w.one(*w.leaves)
    low = next(line for line in w.lines if line.startswith(f"  {section} | ")).split(" | ")[1:]
    if len(w.levels) < 2 or low[0] == low[1]:
        return None
    return f"membership {section} {w.levels[0]} = {low[1]}" if low[1] else None


def _patch_requires(w: _Writer) -> str | None:
    leaf = _leaf(w)
    return f"clause {leaf} requires {_facts_only(w)}" if leaf not in w.leads else None


def _patch_applies(w: _Writer) -> str | None:
    return f"clause {leaf} applies when {_facts_only(w)}" if (leaf := _leaf(w)) else None


def _patch_modality(w: _Writer) -> str | None:
    clause = w.one(*w.modality)
    return f"clause {clause} {w.one(*(word for word in ('shall', 'should', 'may') if word != w.modality[clause]))}"


def _patch_lead(w: _Writer) -> str | None:
    others = [parent for parent in w.parents if parent not in w.leads]
    return f"clause {w.one(*others)} requires {w.one('attested', _facts_only(w))}" if others else None


def _patch_one_item(w: _Writer) -> str | None:
    return f"item {w.one(*w.parents)}" if w.parents else None


def _leaf(w: _Writer) -> str | None:
    """A leaf that no other clause speaks of: a patch must not close a circle."""
    return w.one(*w.clauses)


def _facts_only(w: _Writer) -> str:
    clauses, truths, numbers = w.clauses, w.truths, w.numbers
    w.clauses, w.truths = [], [t for t in truths if t != "v2"]
    w.numbers = {d: [n for n in names if n not in ("v1", "seen")] for d, names in numbers.items()}
    written = w.truth(0)
    w.clauses, w.truths, w.numbers = clauses, truths, numbers
    return written


def _patch_weights(w: _Writer) -> str | None:
    if "  service | d1 | d2" not in w.lines:
        return None
    return f"weights {w.one('full', 'other')} = {w.one('50% | 50%', '100% / 3 | 200% / 3', 'undefined | undefined', '| undefined')}"


def _patch_grade(w: _Writer) -> str | None:
    too = f" and {_facts_only(w)}" if w.chance(25) else ""  # facts that nothing else of the grade looks at
    if "grade mark by" not in "\n".join(w.lines):
        return f"grade {w.levels[0]} = 1 < A <= 2{too}" if w.levels else f"grade good = A > 1.5{too}"
    name, score = w.one(("level", "A"), ("mark", w.scored()), ("mark", w.scored()))
    return f"grade {name} {w.levels[0]} = 1 < {score} <= 2{too}"


def _patch_otherwise(w: _Writer) -> str:
    grade = "mark " if "grade mark by" in "\n".join(w.lines) else ""
    return f"grade {grade}otherwise = {w.one('undefined', 'none')}"


def _patch_gate(w: _Writer) -> str | None:
    if len(w.levels) < 2:
        return None
    carried = w.one("", f" else as at {w.levels[0]}")
    return f"score of each subdomain at {w.levels[1]} after {w.gate(1)}{carried}"


_PATCHES: tuple[Callable[[_Writer], str | None], ...] = (
    _patch_membership,
    _patch_requires,
    _patch_applies,
    _patch_modality,
    _patch_lead,
    _patch_one_item,
    _patch_weights,
    _patch_grade,
    _patch_otherwise,
    _patch_gate,
    lambda _: "item lettered",
)


@st.composite
def policies(draw: Draw) -> str:
    """The text of a small policy."""
    return written(_Writer(draw))


def written(w: _Writer) -> str:
    """A policy, piece by piece."""
    w.facts()
    w.lets()
    w.groups()
    w.membership()
    if w.chance(20):
        w.lines.append("item lettered")
    w.scores()
    w.readings()
    return "\n".join(['standard made-1 "MADE 1"', *w.lines, ""])


@st.composite
def programs(draw: Draw) -> ir.Program:
    """A small policy that compiles."""
    program = compiled(draw(policies()))
    assume(program is not None)
    assert program is not None
    return program


# --- evidence ----------------------------------------------------------------------------------------------------

MOST_OPEN_NUMBERS, MOST_OPEN = 2, 5
AS_OF = datetime(2026, 1, 1, tzinfo=UTC)
RECORDS = (
    EvidenceRecord(id="E1", kind="test", span=SPAN),
    EvidenceRecord(id="E2", kind="test", expires=datetime(2025, 1, 1, tzinfo=UTC), span=SPAN),
    EvidenceRecord(id="E3", kind="test", collected_on=datetime(2025, 10, 30, tzinfo=UTC), span=SPAN),  # 63 days ago
)
CITED = ((), (), ("E1",), ("E1", "E2"), ("E3",), ("E2",))
NUMBERS = tuple(map(Fraction, ("0", "1", "2", "3", "1/2", "7", "50", "100", "-1", "500", "5/2")))


@st.composite
def evidence_for(draw: Draw, program: ir.Program) -> Evidence:
    """Evidence for a program: each fact known, unknown or against its formula; every voice, agreeing or not."""
    open_ = [0, 0]
    facts = [f for fact in program.facts if (f := _stated(draw, fact, open_)) is not None]
    attestations = [a for clause in program.clauses for a in _attested(draw, clause, open_)]
    inputs = [
        Choice(name=i.id, value=draw(st.sampled_from(i.type.options)), span=SPAN)
        for i in program.inputs
        if isinstance(i.type, ir.OptionType) and draw(st.integers(0, 3))
    ]
    evidence = Evidence(
        subject="made",
        as_of=AS_OF,
        inputs=tuple(inputs),
        records=RECORDS,
        facts=tuple(facts),
        attestations=tuple(attestations),
        span=SPAN,
    )
    return replace(evidence, facts=(*evidence.facts, *_rounded(draw, program, evidence)))


def _rounded(draw: Draw, program: ir.Program, evidence: Evidence) -> list[StatedFact]:
    """Some of the facts that are computed, stated as a report prints them: rounded to a place."""
    stated = {f.name for f in evidence.facts}
    computed = [(f, f.type) for f in program.facts if f.formula is not None and f.id not in stated]
    if not computed:
        return []
    world = Oracle(bind(program, evidence)[0]).now
    found = []
    for fact, type_ in computed:
        value = world.fact(fact.id)
        if isinstance(value, Fraction) and isinstance(type_, ir.NumberType) and not type_.integer:
            said = _as_printed(quantity(fact, value).number, draw(st.integers(0, 1)), type_.unit)
            if draw(st.booleans()) and (said.number >= 0 or not type_.is_never_negative):
                found.append(StatedFact(name=fact.id, value=said, span=SPAN))
    return found


def _as_printed(number: Fraction, places: int, unit: str) -> Quantity:
    """A number with so many decimal places, none or one."""
    rounded = round(number * 10**places)
    whole, part = divmod(abs(rounded), 10**places)
    text = f"{'-' if rounded < 0 else ''}{whole}" + (f".{part}" if places else "")
    return Quantity(number=Fraction(text), unit=unit, text=text)


def _stated(draw: Draw, fact: ir.Fact, open_: list[int]) -> StatedFact | None:
    is_number = isinstance(fact.type, ir.NumberType)
    if fact.formula is not None and draw(st.integers(0, 2)):
        return None
    may_be_open = open_[1] < MOST_OPEN and (not is_number or open_[0] < MOST_OPEN_NUMBERS)
    if fact.formula is None and may_be_open and draw(st.integers(0, 2)) == 0:
        open_[0] += is_number
        open_[1] += 1
        return None if draw(st.booleans()) else StatedFact(name=fact.id, value=None, span=SPAN)
    cited = draw(st.sampled_from(CITED))
    return StatedFact(name=fact.id, value=_value(draw, fact.type), evidence=cited, span=SPAN)


def _value(draw: Draw, type_: ir.Type) -> StatedValue:
    match type_:
        case ir.TruthType():
            return draw(st.booleans())  # type: ignore[no-any-return]
        case ir.OptionType():
            return draw(st.sampled_from(type_.options))  # type: ignore[no-any-return]
        case ir.SetType():
            return tuple(draw(st.lists(st.sampled_from(type_.options), unique=True)))
    number = draw(st.sampled_from(NUMBERS))
    if type_.integer or type_.dimension:
        number = abs(number)
    return Quantity(number=Fraction(int(number)) if type_.integer else number, unit=type_.unit)


def _attested(draw: Draw, clause: ir.Clause, open_: list[int]) -> list[Attestation]:
    has_facts = clause.condition is not None
    kind = draw(st.integers(0, 13))
    if kind < 4 if not has_facts else kind < 8:
        if has_facts or open_[1] < MOST_OPEN:
            open_[1] += not has_facts
            return []
        kind = 5
    voices = ("vendor", "assessor", "override", "crosswalk")
    if kind == 12:  # what somebody who looked could not confirm, and somebody says
        doubting = draw(st.sampled_from(("assessor", "override")))
        other = draw(st.sampled_from(("assessor", "override", "vendor")))
        return [_attestation(draw, clause, doubting, "unknown"), _attestation(draw, clause, other)]
    if kind == 13 and clause.applies is not None:
        return [_attestation(draw, clause, "vendor", "not-applicable")]
    made = [_attestation(draw, clause, draw(st.sampled_from(voices)))]
    if kind in (10, 11):
        made.append(_attestation(draw, clause, draw(st.sampled_from(voices))))
    return made


def _attestation(draw: Draw, clause: ir.Clause, voice: Any, verdict: Any = None) -> Attestation:
    verdicts = ["satisfied", "satisfied", "satisfied", "unsatisfied", "unsatisfied", "unknown"]
    if voice != "crosswalk" and clause.applies is not None:
        verdicts += ["not-applicable"] * 3
    verdict = verdict or draw(st.sampled_from(verdicts))
    cited = draw(st.sampled_from(((), (), (), ("E1",), ("E2",))))
    reason = "it does not concern us" if verdict == "not-applicable" else None
    return Attestation(clause=clause.id, verdict=verdict, voice=voice, evidence=cited, reason=reason, span=SPAN)


class Case(NamedTuple):
    """A program with evidence for it; prints as what a person would type."""

    program: ir.Program
    evidence: Evidence

    def __repr__(self) -> str:
        facts = [(f.name, f.value) for f in self.evidence.facts]
        said = [(a.clause, a.verdict, a.voice) for a in self.evidence.attestations]
        chosen = [(i.name, i.value) for i in self.evidence.inputs]
        return f"{self.program.span.source.text}\n{facts=}\n{chosen=}\n{said=}"


@st.composite
def cases(draw: Draw) -> Case:
    """A program with evidence for it."""
    program = draw(programs())
    return Case(program, draw(evidence_for(program)))


def quantity(fact: ir.Fact, value: Fraction) -> Quantity:
    """A value of the coherent unit as the quantity of a fact's own unit."""
    assert isinstance(fact.type, ir.NumberType)
    unit = unit_named(fact.type.unit)
    return Quantity(number=value / (unit.factor if unit else 1), unit=fact.type.unit)
