"""Assessment -> the derivation of one node as a tree, in the words of the standard.

Named things (grades, scores, gates, clauses, facts, readings) are lines; what stands between them is shown as the
policy's own text with its value. Every line says where the standard and where the policy says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.ir import (
    UNKNOWN,
    Cases,
    Choice,
    Clause,
    Definition,
    Fact,
    Input,
    Literal,
    NumberType,
    Reading,
    Ref,
    Tally,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.units import format_quantity
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Item, Node, live_operands
from guiju.report.words import in_order, plain, shown, word

DEEPEST = 24


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


def _once(branches: Iterator[Branch]) -> tuple[Branch, ...]:
    """Each thing once: a chain of comparisons names what it compares twice."""
    found: dict[str, Branch] = {}
    for branch in branches:
        key = branch.address if branch.branches or branch.text.endswith("↑") else branch.text
        found.setdefault(key, branch)
    return tuple(found.values())


def _bodies(assessment: Assessment) -> dict[int, Definition]:
    """What stands behind the gate of a definition, by identity, to the definition."""
    found: dict[int, Definition] = {}
    for definition in assessment.program.definitions:
        stack = [definition.expression]
        while stack:
            expression = stack.pop()
            if isinstance(expression, Choice):
                stack.extend(option for _, option in expression.options)
            elif isinstance(expression, Cases) and expression.form == "gate":
                body = expression.rows[0].value
                if not isinstance(body, Ref):
                    found[id(body)] = definition
    return found


class _Teller:
    def __init__(self, assessment: Assessment, language: Language, full: bool) -> None:
        self._a, self._language, self._full = assessment, language, full
        self._told: set[str] = set()
        self._bodies = _bodies(assessment)

    # --- lines ---------------------------------------------------------------------------------------------------

    def branch(self, node: Node, depth: int) -> Branch:
        d = self._body_of(node)
        told = d.id if d else node.address.removesuffix("/table")
        if told in self._told and node.operands and not isinstance(node.subject, Fact):
            return Branch(f"{self._head(node)} ↑", node.address)
        self._told.add(told)
        below = _once(self._branches(node, depth)) if depth < DEEPEST else ()
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
        d = node.definition or self._body_of(node)
        if d is not None:
            name = d.id.removesuffix("/table").removeprefix("score:")
            title = f"{name} {d.label.in_language(language)}" if d.label.in_language(language) != name else name
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
        values = in_order(self._values(node))
        unit = self._unit(node)
        texts = [
            format_quantity(v, unit) if unit and isinstance(v, Fraction) else shown(v, self._language) for v in values
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
            case Cases() if node.subject.form == "gate":
                yield from self._gate(node, depth)
            case Cases():
                yield from self._rows(node, node.subject, depth)
            case Tally():
                yield from self._tally(node, depth)
            case _:
                yield from self._named_below(node, depth)

    def _named_below(self, node: Node, depth: int) -> Iterator[Branch]:
        """The nearest named things that a value is made of; of a connective those that decide it."""
        for index in self._deciding(node):
            operand = self._a.network.nodes[index]
            if isinstance(operand.subject, Literal | Reading):
                continue
            definition = self._body_of(operand)
            if operand.definition or definition or isinstance(operand.subject, Clause | Fact | Input | Item):
                yield self.branch(operand, depth + 1)
            elif isinstance(operand.subject, Tally):
                yield from self._tally(operand, depth)
            elif isinstance(operand.subject, Cases):
                yield from self._branches(operand, depth)
            else:
                yield from self._named_below(operand, depth)

    def _deciding(self, node: Node) -> tuple[int, ...]:
        operands = live_operands(node, self._a.values)
        symbol = node.form.symbol if node.form else ""
        if symbol == "and" and self._a.values[node.index] is not True:
            return tuple(o for o in operands if self._a.values[o] is not True)
        if symbol == "or" and self._a.values[node.index] is True:
            return tuple(o for o in operands if self._a.values[o] is True)
        return operands

    def _body_of(self, node: Node) -> Definition | None:
        """The definition whose gated value this is: a sum looks at what stands behind the gates of its parts."""
        return self._bodies.get(id(node.subject)) if node.definition is None else None

    def _clause(self, node: Node, clause: Clause, depth: int) -> Iterator[Branch]:
        result, language = self._a.clauses[clause.id], self._language
        for index in node.operands:
            yield from self._condition(self._a.network.nodes[index], depth)
        for a in result.attestations:
            by = f" {a.by}" if a.by else ""
            reason = f" ({a.reason})" if a.reason else ""
            evidence = f" [{', '.join(a.evidence)}]" if a.evidence else ""
            yield Branch(f"{word(a.voice, language)}{by}: {word(a.verdict, language)}{reason}{evidence}", node.address)
        if result.verdict is UNKNOWN:
            lacking = ", ".join(word(m, language) if m == "attestation" else m for m in result.missing)
            reason_text = word(result.reason or "missing", language)
            yield Branch(f"{reason_text}{': ' + lacking if lacking else ''}", node.address)

    def _condition(self, node: Node, depth: int) -> Iterator[Branch]:
        """The condition of a clause as its text and value, the facts it stands on below."""
        if isinstance(node.subject, Choice):
            for operand in live_operands(node, self._a.values):
                yield from self._condition(self._a.network.nodes[operand], depth)
        elif not isinstance(node.subject, Literal | Reading):
            yield self.branch(node, depth + 1)

    def _gate(self, node: Node, depth: int) -> Iterator[Branch]:
        """The gate; what is behind it only if it is not shut."""
        gate, body, _ = node.operands
        yield self.branch(self._a.network.nodes[gate], depth + 1)
        if self._a.values[gate] is not False:
            behind = self._a.network.nodes[body]
            below = self._branches(behind, depth) if behind.operands else iter(())
            yield from below

    def _rows(self, node: Node, cases: Cases, depth: int) -> Iterator[Branch]:
        """The rows that were tried, down to the one that holds."""
        if cases.form == "weights":
            return
        for row, condition_index in zip(cases.rows, node.operands[:-1:2], strict=True):
            condition = self._a.network.nodes[condition_index]
            held = self._values(condition) == (True,)
            text = f"{' '.join(row.span.text.split())} → {self._value(condition)}"
            below = _once(self._named_or_tally(condition, depth + 1))
            yield Branch(text, condition.address, below)
            if held:
                return
        otherwise = self._a.network.nodes[node.operands[-1]]
        is_row = self._values(otherwise) != (Undefined("no-row"),)
        name = word("otherwise" if is_row else "no-row", self._language)
        yield Branch(f"{name} → {self._value(otherwise)}", otherwise.address)

    def _named_or_tally(self, condition: Node, depth: int) -> Iterator[Branch]:
        if condition.definition is not None:
            yield self.branch(condition, depth + 1)
        else:
            yield from self._branches(condition, depth)

    def _tally(self, node: Node, depth: int) -> Iterator[Branch]:
        """How many clauses came out how, and each that was not satisfied."""
        nodes = [self._a.network.nodes[i] for i in node.operands]
        counts = Counter(plain(self._a.values[n.index]) for n in nodes)
        order = ("satisfied", "unsatisfied", "not-applicable", "unknown")
        text = ", ".join(f"{counts[k]} {word(k, self._language)}" for k in order if counts[k])
        listed = [n for n in nodes if self._full or self._a.values[n.index] is not Verdict.SATISFIED]
        yield Branch(text or "0", node.address, tuple(self.branch(n, depth + 1) for n in listed))
