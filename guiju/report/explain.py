"""Assessment -> the derivation of one node as a tree, in the words of the standard.

Named things (grades, scores, gates, clauses, facts, readings) are lines; what stands between them is shown as the
policy's own text with its value. Every line says where the standard and where the policy says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.ir import (
    UNKNOWN,
    Cases,
    Choice,
    Clause,
    Fact,
    Input,
    Literal,
    NumberType,
    Reading,
    Tally,
    Value,
    Verdict,
)
from guiju.compiler.operators import COMPARISONS
from guiju.compiler.units import format_quantity
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Item, Node, live_operands
from guiju.report.words import shown, word

DEEPEST = 24
FEWEST = 6  # decided clauses of one count that are listed one by one; more are summed up


@dataclass(frozen=True)
class Branch:
    """One line of an explanation and the lines below it. `address` is the node it speaks of."""

    text: str
    address: str
    branches: tuple[Branch, ...] = ()


def address_of(assessment: Assessment, name: str) -> str | None:
    """The address that a name stands for: an address, a clause id however typed, a fact, a group at a level."""
    network, program = assessment.network, assessment.program
    clauses = {form: c.id for c in program.clauses for form in (c.id, c.printed, c.printed.replace(" ", ""))}
    names = {a: f.id for f in program.facts for a in (f.id, *f.aliases)}
    candidates = (
        name,
        f"clause:{clauses.get(name.strip(), name)}",
        f"fact:{names.get(name, name)}",
        f"score:{name}",
        f"input:{name}",
        f"reading:{name}",
    )
    return next((c for c in candidates if c in network.at), None)


def explain(assessment: Assessment, address: str, language: Language, full: bool = False) -> Branch:
    """The derivation of the node at an address. `full` lists every clause of every count."""
    return _Teller(assessment, language, full).branch(assessment.network.node(address), 0)


def lines(branch: Branch) -> Iterator[str]:
    """A tree as text."""
    yield branch.text
    yield from _below(branch, "")


def _below(branch: Branch, indent: str) -> Iterator[str]:
    for i, child in enumerate(branch.branches):
        last = i == len(branch.branches) - 1
        yield f"{indent}{'└─ ' if last else '├─ '}{child.text}"
        yield from _below(child, indent + ("   " if last else "│  "))


class _Teller:
    def __init__(self, assessment: Assessment, language: Language, full: bool) -> None:
        self._a, self._language, self._full = assessment, language, full
        self._told: set[str] = set()

    # --- lines ---------------------------------------------------------------------------------------------------

    def branch(self, node: Node, depth: int) -> Branch:
        if node.address in self._told and node.operands and not isinstance(node.subject, Fact | Clause):
            return Branch(f"{self._head(node)} ↑", node.address)
        self._told.add(node.address)
        below = tuple(self._branches(node, depth)) if depth < DEEPEST else ()
        return Branch(self._head(node), node.address, below)

    def _head(self, node: Node) -> str:
        subject, language = node.subject, self._language
        value = self._value(node)
        match subject:
            case Clause():
                where = self._where(subject.printed, node)
                return f"{subject.printed} {subject.label.in_language(language)}: {value}{where}"
            case Fact():
                return f"{subject.id} {subject.label.in_language(language)} = {value}{self._where(subject.cites, node)}"
            case Input():
                return f"{subject.label.in_language(language)} = {value}{self._where(subject.cites, node)}"
            case Reading():
                label = subject.label.in_language(language)
                return f"{word('readings', language)} {subject.id} ({label}) = {value}"
            case Item():
                printed = ", ".join(self._a.program.clause[leaf].printed for leaf in subject.leaves)
                return f"{printed}: {value}"
        if node.definition is not None:
            d = node.definition
            title = f"{d.id} {d.label.in_language(language)}" if d.label.in_language(language) != d.id else d.id
            return f"{title} = {value}{self._where(d.cites, node)}"
        return f"{self._text(node)} → {value}"

    def _text(self, node: Node) -> str:
        subject = node.subject
        assert not isinstance(subject, Item)
        return " ".join(subject.span.text.split())

    def _where(self, cites: str, node: Node) -> str:
        assert not isinstance(node.subject, Item)
        span = node.subject.span
        line = f"{span.source.name}:{span.position.line}"
        return f"  [{cites} · {line}]" if cites else f"  [{line}]"

    def _value(self, node: Node) -> str:
        values = self._values(node)
        unit = self._unit(node)
        texts = [
            format_quantity(v, unit) if unit and isinstance(v, Fraction) else shown(v, self._language)
            for v in values
        ]
        if node.definition is None and not isinstance(node.subject, Tally) and len(values) > 1:
            return word("unknown", self._language)
        return " | ".join(texts)

    def _values(self, node: Node) -> tuple[Value, ...]:
        value = self._a.values[node.index]
        if value is not UNKNOWN or isinstance(node.subject, Clause | Fact | Input | Reading | Item):
            return (value,)
        possible = self._a.open.get(node.index)
        return possible.values if possible else (UNKNOWN,)

    def _unit(self, node: Node) -> str | None:
        if isinstance(node.subject, Fact) and isinstance(node.subject.type, NumberType):
            return node.subject.type.unit
        return None

    # --- what is below -------------------------------------------------------------------------------------------

    def _branches(self, node: Node, depth: int) -> Iterator[Branch]:
        match node.subject:
            case Clause():
                yield from self._clause(node, node.subject, depth)
            case Cases():
                yield from self._rows(node, node.subject, depth)
            case Tally():
                yield from self._tally(node, depth)
            case _:
                for operand in live_operands(node, self._a.values):
                    yield from self._operand(operand, depth)

    def _operand(self, index: int, depth: int) -> Iterator[Branch]:
        """An operand: a line of its own if it is named or a condition, else what it is made of."""
        node = self._a.network.nodes[index]
        if isinstance(node.subject, Literal | Reading):
            return
        is_condition = isinstance(self._a.values[index], bool) or self._compares(node)
        if node.definition or is_condition or isinstance(node.subject, Clause | Fact | Input | Tally | Item | Cases):
            yield self.branch(node, depth + 1)
            return
        for operand in live_operands(node, self._a.values):
            yield from self._operand(operand, depth)

    def _compares(self, node: Node) -> bool:
        return bool(node.form and node.form.symbol in (*COMPARISONS, "and", "or", "not", "in"))

    def _clause(self, node: Node, clause: Clause, depth: int) -> Iterator[Branch]:
        result, language = self._a.clauses[clause.id], self._language
        for index in node.operands:
            operand = self._a.network.nodes[index]
            yield from self._condition(operand, depth)
        for a in result.attestations:
            by = f" {a.by}" if a.by else ""
            reason = f" ({a.reason})" if a.reason else ""
            text = f"{word(a.voice, language)}{by}: {word(a.verdict, language)}{reason}{self._evidence(a.evidence)}"
            yield Branch(text, node.address)
        if result.verdict is UNKNOWN:
            lacking = ", ".join(word(m, language) if m == "attestation" else m for m in result.missing)
            reason_text = word(result.reason or "missing", language)
            yield Branch(f"{reason_text}{': ' + lacking if lacking else ''}", node.address)

    def _condition(self, node: Node, depth: int) -> Iterator[Branch]:
        """A threshold as actual against required; anything else as its text."""
        if isinstance(node.subject, Choice):
            for operand in live_operands(node, self._a.values):
                yield from self._condition(self._a.network.nodes[operand], depth)
        elif not isinstance(node.subject, Literal | Reading):
            yield self.branch(node, depth + 1)

    def _evidence(self, ids: tuple[str, ...]) -> str:
        return f" [{', '.join(ids)}]" if ids else ""

    def _rows(self, node: Node, cases: Cases, depth: int) -> Iterator[Branch]:
        """The rows that were tried, down to the one that holds."""
        pairs = list(zip(cases.rows, node.operands[:-1:2], node.operands[1:-1:2], strict=True))
        for row, condition_index, value_index in pairs:
            condition = self._a.network.nodes[condition_index]
            held = self._values(condition) == (True,)
            text = f"{' '.join(row.span.text.split())} → {self._value(condition)}"
            below = tuple(self._operand(condition_index, depth + 1)) if cases.form != "weights" else ()
            if held and cases.form != "weights":
                below += tuple(self._operand(value_index, depth + 1))
            if held or cases.form != "weights":
                yield Branch(text, condition.address, below)
            if held:
                return
        otherwise = self._a.network.nodes[node.operands[-1]]
        yield Branch(f"{word('no-row', self._language)} → {self._value(otherwise)}", otherwise.address)

    def _tally(self, node: Node, depth: int) -> Iterator[Branch]:
        nodes = [self._a.network.nodes[i] for i in node.operands]
        decided = [n for n in nodes if self._a.values[n.index] in (Verdict.SATISFIED, Verdict.NOT_APPLICABLE)]
        others = [n for n in nodes if n not in decided]
        if self._full or len(decided) <= FEWEST and not others:
            others, decided = nodes, []
        for n in others:
            yield self.branch(n, depth + 1)
        if decided:
            printed = ", ".join(self._name(n) for n in decided)
            yield Branch(f"{len(decided)} {word('satisfied', self._language)}: {printed}", node.address)

    def _name(self, node: Node) -> str:
        match node.subject:
            case Clause():
                return node.subject.printed
            case Item():
                return "+".join(self._a.program.clause[leaf].printed for leaf in node.subject.leaves)
        return node.address


