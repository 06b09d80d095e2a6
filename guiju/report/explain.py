"""Assessment -> the derivation of one node as a tree, in the words of the standard.

Named things (grades, scores, gates, clauses, facts, readings) are lines; what stands between them is shown as the
policy's own text with its value. Every line says where the standard and where the policy says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from guiju.compiler.ir import (
    ABSENT,
    NOT_ENTERED,
    TABLE,
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
    Titled,
    Undefined,
    Value,
    Verdict,
)
from guiju.dsl.diagnostic import Language
from guiju.dsl.keywords import RELATIONS
from guiju.dsl.source import Span
from guiju.engine.addresses import node_name
from guiju.engine.derivation import citation_of, place_of
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Attestation
from guiju.engine.network import Item, Node, live_operands
from guiju.exchange.policy_text import Membership, citation, policy_text
from guiju.report.facts import stated_text
from guiju.report.formula import formed
from guiju.report.gatherings import Gathering, gathering
from guiju.report.lacking import lacking_text
from guiju.report.layout import WIDEST, folded, width
from guiju.report.values import set_text, value_text
from guiju.report.words import labelled, plain, quantity, shown, word

DEEPEST = 24


@dataclass(frozen=True)
class Branch:
    """One line of an explanation and the lines below it. `address` is the node it speaks of."""

    text: str
    address: str
    branches: tuple[Branch, ...] = ()


def explain(assessment: Assessment, address: str, language: Language, full: bool = False) -> Branch:
    """The derivation of the node at an address, or what a gathering holds. `full` lists every clause of every count."""
    teller = _Teller(assessment, language, full)
    if address in assessment.network.at:
        return teller.branch(assessment.network.node(address), 0)
    return teller.gathered(gathering(assessment.program, address))


def lines(branch: Branch) -> Iterator[str]:
    """A tree as text."""
    first, *more = folded(branch.text, WIDEST)
    yield first
    yield from (f"{'│' if branch.branches else ' '}   {line}" for line in more)
    yield from _below(branch, "")


def _below(branch: Branch, indent: str) -> Iterator[str]:
    for i, child in enumerate(branch.branches):
        last = i == len(branch.branches) - 1
        inner = indent + ("   " if last else "│  ")
        first, *more = folded(child.text, WIDEST - width(inner))
        yield f"{indent}{'└─ ' if last else '├─ '}{first}"
        yield from (f"{inner}{'│' if child.branches else ' '}   {line}" for line in more)
        yield from _below(child, inner)


def _once(branches: Iterator[Branch]) -> tuple[Branch, ...]:
    """Each thing once: a chain of comparisons names what it compares twice."""
    found: dict[str, Branch] = {}
    for branch in branches:
        named = branch.branches or branch.text.endswith("↑") or branch.address.startswith("weight:")
        key = branch.address if named else branch.text
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
        self._told: set[tuple[str, bool]] = set()
        self._bodies = _bodies(assessment)
        self._policy = policy_text(assessment.program, language)

    def _word(self, key: str, **arguments: object) -> str:
        return word(key, self._language, **arguments)

    def gathered(self, gathering: Gathering) -> Branch:
        """The leaves of a clause as they are; of all else a line for each node, to be explained by its name."""
        nodes = [self._a.network.node(address) for address in gathering.addresses]
        below = (self.branch(n, 1) if gathering.is_clause else Branch(self._head(n), n.address) for n in nodes)
        return Branch(gathering.title.in_language(self._language), gathering.address, tuple(below))

    # --- lines ---------------------------------------------------------------------------------------------------

    def branch(self, node: Node, depth: int) -> Branch:
        d = self._body_of(node)
        told = (d.id if d else node.address.removesuffix(TABLE), self._is_before_its_gate(node))
        can_be_long = bool(node.operands) or isinstance(node.subject, Clause)
        if told in self._told and can_be_long and not isinstance(node.subject, Fact):
            return Branch(f"{self._head(node)} ↑", node.address)
        self._told.add(told)
        below = _once(self._branches(node, depth)) if depth < DEEPEST else ()
        return Branch(self._head(node), node.address, below)

    def _head(self, node: Node) -> str:
        subject, language = node.subject, self._language
        value, where = self._value(node), self._where(node)
        match subject:
            case Clause():
                return f"{subject.printed} {subject.label.in_language(language)}: {value}{where}"
            case Fact():
                name = _named(subject.id, subject.label.in_language(language))
                return f"{name} = {value}{self._stated(subject)}{where}"
            case Input():
                return f"{subject.label.in_language(language)} = {value}{where}"
            case Reading():
                label = subject.label.in_language(language)
                return f"{self._word('readings')} {subject.id} ({label}) = {value}"
            case Item():
                printed = ", ".join(self._a.program.clause[leaf].printed for leaf in subject.leaves)
                return f"{printed}: {value}"
        d = node.definition or self._body_of(node)
        if d is not None:
            title = _named(node_name(d, language), d.label.in_language(language))
            before = f" {self._word('once-entered')}" if self._is_before_its_gate(node) else ""
            return f"{title}{before} = {value}{where}"
        return f"{self._policy.at(subject.span)} → {value}"

    def _where(self, node: Node) -> str:
        """The citation and the line of the policy."""
        body = self._body_of(node) or self._a.program.definition.get(node.address.removesuffix(TABLE))
        cites = (body.cites if body else "") or citation_of(self._a.program, node) or self._asked_by(node)
        return self._cited(cites, place_of(self._a.program, node))

    def _asked_by(self, node: Node) -> str:
        """The clauses that ask for a fact of a vocabulary, which has no place of its own in the standard."""
        if not isinstance(node.subject, Fact):
            return ""
        clauses = (self._a.network.node(f"clause:{c.id}") for c in self._a.program.clauses)
        asking = [n.subject.printed for n in clauses if isinstance(n.subject, Clause) and self._asks_for(n, node.index)]
        return ", ".join(asking)

    def _asks_for(self, clause: Node, fact: int) -> bool:
        """Whether a clause stands on a fact, under the readings that were chosen."""
        stack, seen = list(clause.operands), set()
        while stack:
            index = stack.pop()
            if index == fact:
                return True
            if index not in seen:
                seen.add(index)
                stack.extend(live_operands(self._a.network.nodes[index], self._a.values))
        return False

    def _cited(self, cites: str, first: Span, last: Span | None = None) -> str:
        line = f"{first.source.name}:{first.position.line}"
        if last is not None and last.position.line != first.position.line:
            line += f"-{last.position.line}"
        return f"  [{citation(cites, self._language)} · {line}]" if cites else f"  [{line}]"

    def _stated(self, fact: Fact) -> str:
        """What the evidence gives, if it says it otherwise, and the ids of that evidence."""
        stated = self._a.bound.stated.get(fact.id)
        value = self._a.bound.facts.get(fact.id)
        if stated is None or value is None or self._is_contradicted(fact):
            return ""
        written, read = stated_text(stated.value), self._of_type(fact, value)
        same = not isinstance(value, Fraction) or written.replace(" ", "") == read.replace(" ", "")
        said = "" if same else f" ({self._word('stated')} {written})"
        return said + _ids(stated.evidence)

    def _value(self, node: Node) -> str:
        values = self._values(node)
        if not self._has_name(node) and not isinstance(node.subject, Tally) and len(values) > 1:
            return self._word("unknown")
        return set_text(values, partial(self._shown, node), self._language)

    def _shown(self, node: Node, value: Value) -> str:
        match node.subject:
            case Fact():
                return self._of_type(node.subject, value)
            case Input() | Reading() if isinstance(value, str):
                return labelled(value, node.subject.options, self._language)
        d = node.definition or self._body_of(node)
        if d is not None:
            return value_text(self._a.program, d, value, self._language)
        return shown(value, self._language)

    def _of_type(self, fact: Fact, value: Value) -> str:
        """The value of a fact: in its unit, by the labels of its options."""
        if isinstance(fact.type, NumberType) and isinstance(value, Fraction):
            return quantity(value, fact.type.unit)
        if isinstance(value, frozenset):
            return ", ".join(self._option(v, fact.options) for v in sorted(value)) or "[]"
        return self._option(value, fact.options) if isinstance(value, str) else shown(value, self._language)

    def _option(self, value: str, options: tuple[Titled, ...]) -> str:
        return labelled(value, options, self._language)

    def _values(self, node: Node) -> tuple[Value, ...]:
        value = self._a.values[node.index]
        if value is not UNKNOWN or isinstance(node.subject, Clause | Fact | Input | Reading | Item):
            return (value,)
        possible = self._a.open.get(node.index)
        body = self._body_of(node)
        if possible is None and body is not None:  # behind a gate: what the score can be where it is entered
            return tuple(v for v in self._a.possible(body.id).values if v is not NOT_ENTERED) or (UNKNOWN,)
        return possible.values if possible else (UNKNOWN,)

    # --- what is below -------------------------------------------------------------------------------------------

    def _branches(self, node: Node, depth: int) -> Iterator[Branch]:
        match node.subject:
            case Clause():
                yield from self._clause(node, node.subject, depth)
            case Fact():
                yield from self._fact(node, node.subject, depth)
            case Cases() if node.subject.form == "gate":
                yield from self._gate(node, depth)
            case Cases() if _is_bounded_formula(node.subject):
                formula = self._a.network.nodes[node.operands[1]]
                is_named = self._has_name(formula) or isinstance(formula.subject, Fact | Input)
                yield from (self.branch(formula, depth + 1),) if is_named else self._branches(formula, depth)
            case Cases():
                yield from self._rows(node, node.subject, depth)
            case Tally():
                yield from self._tally(node, depth)
            case _:
                yield from self._formula(node)
                yield from self._named_below(node, depth)

    def _formula(self, node: Node) -> Iterator[Branch]:
        """How a number is formed, unless there is none."""
        text = formed(self._a, node, lambda expression: self._policy.at(expression.span), self._has_name)
        if text is not None and self._values(node) != (NOT_ENTERED,):
            yield Branch(text, f"{node.address}/formula")

    def _has_name(self, node: Node) -> bool:
        return node.definition is not None or self._body_of(node) is not None

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
        """The operands that decide a node; of a part that a group which is left out takes with it, its weight alone."""
        operands = live_operands(node, self._a.values)
        values = self._a.values
        symbol = node.form.symbol if node.form else ""
        if symbol == "and" and values[node.index] is not True:
            return tuple(o for o in operands if values[o] is not True)
        if symbol == "or" and values[node.index] is True:
            true = tuple(o for o in operands if values[o] is True)
            return tuple(o for o in true if self._says_absent(o))[:1] or true
        if symbol == "*":
            return tuple(o for o in operands if values[o] is ABSENT) or operands
        return operands

    def _says_absent(self, index: int) -> bool:
        """Whether a node is `not present(weight)`."""
        node = self._a.network.nodes[index]
        inner = self._a.network.nodes[node.operands[0]] if node.form and node.form.symbol == "not" else None
        return inner is not None and inner.form is not None and inner.form.symbol == "present"

    def _body_of(self, node: Node) -> Definition | None:
        """The definition whose gated value this is: a sum looks at what stands behind the gates of its parts."""
        return self._bodies.get(id(node.subject)) if node.definition is None else None

    def _is_before_its_gate(self, node: Node) -> bool:
        """Whether this is what a score would be, once entered, and not what it is."""
        d = self._body_of(node)
        name = d.id if d else node.address.removesuffix(TABLE)
        if name == node.address or name not in self._a.network.at:
            return False
        whole = self._a.network.node(name)
        return set(self._values(whole)) != set(self._values(node))

    # --- clauses and facts ---------------------------------------------------------------------------------------

    def _clause(self, node: Node, clause: Clause, depth: int) -> Iterator[Branch]:
        result = self._a.clauses[clause.id]
        for place, index in enumerate(node.operands):
            says = self._applies if clause.applies is not None and place == 0 else self._condition
            yield from says(self._a.network.nodes[index], depth)
        for a in result.attestations:
            yield Branch(self._attestation(a), node.address)
        if result.verdict is UNKNOWN:
            lacking = lacking_text(self._a, result, self._language)
            yield Branch(f"{self._word(result.reason or 'missing')}{lacking}", node.address)

    def _attestation(self, a: Attestation) -> str:
        by = f" {a.by}" if a.by else ""
        relations = dict(RELATIONS) if a.voice == "crosswalk" and self._language == "zh" else {}
        reason = f" ({relations.get(a.reason, a.reason)})" if a.reason else ""
        note = f" — {a.note}" if a.note else ""
        return f"{self._word(a.voice)}{by}: {self._word(a.verdict)}{reason}{_ids(a.evidence)}{note}"

    def _applies(self, node: Node, depth: int) -> Iterator[Branch]:
        """The condition under which a clause applies, said to be that, and what it stands on below."""
        below = _once(self._condition(node, depth + 1))
        while isinstance(node.subject, Choice) and len(live := live_operands(node, self._a.values)) == 1:
            node = self._a.network.nodes[live[0]]
        if isinstance(node.subject, Literal | Item):
            return
        is_written = not isinstance(node.subject, Fact | Input) and not self._has_name(node)
        text = f"{self._policy.at(node.subject.span)} → " if is_written else ""
        inner = below[0].branches if is_written and len(below) == 1 else below
        yield Branch(f"{self._word('applies-when')}: {text}{self._value(node)}", f"{node.address}", inner)

    def _condition(self, node: Node, depth: int) -> Iterator[Branch]:
        """The condition of a clause as its text and value, the facts it stands on below."""
        if isinstance(node.subject, Choice):
            for operand in live_operands(node, self._a.values):
                yield from self._condition(self._a.network.nodes[operand], depth)
        elif not isinstance(node.subject, Literal | Reading):
            yield self.branch(node, depth + 1)

    def _fact(self, node: Node, fact: Fact, depth: int) -> Iterator[Branch]:
        """What was stated and what the formula gives, both where they differ; the formula only where it was used."""
        stated = self._a.bound.stated.get(fact.id)
        if stated is not None and (fact.id in self._a.bound.expired or self._is_contradicted(fact)):
            expired = f" ({self._word('expired')})" if fact.id in self._a.bound.expired else ""
            said = f"{self._word('stated')}: {stated_text(stated.value)}{_ids(stated.evidence)}{expired}"
            yield Branch(said, f"{node.address}/stated")
        if stated is not None and stated.note:
            yield Branch(f"{self._word('remark')}: {stated.note}", f"{node.address}/note")
        if not node.operands or (fact.id in self._a.bound.facts and not self._is_contradicted(fact)):
            return
        computed = self._a.network.nodes[node.operands[0]]
        if self._is_contradicted(fact):
            value = self._of_type(fact, self._a.values[computed.index])
            yield Branch(f"{self._word('computed')}: {value}", f"{node.address}/computed")
        yield from self._branches(computed, depth)

    def _is_contradicted(self, fact: Fact) -> bool:
        return self._a.value(f"fact:{fact.id}") == Undefined("conflicting")

    # --- gates, tables and counts --------------------------------------------------------------------------------

    def _gate(self, node: Node, depth: int) -> Iterator[Branch]:
        """The gate; what is behind it only if it can be entered."""
        gate, body = node.operands[:2]
        yield from self._formula(node)
        yield self.branch(self._a.network.nodes[gate], depth + 1)
        whole = self._a.network.node(node.definition.id) if node.definition else node
        if self._a.values[gate] is not False and self._values(whole) != (NOT_ENTERED,):
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
            text = f"{self._policy.at(row.span)} → {self._value(condition)}"
            below = _once(self._named_or_tally(condition, depth + 1))
            yield Branch(text, condition.address, below)
            if held:
                return
        otherwise = self._a.network.nodes[node.operands[-1]]
        is_row = self._values(otherwise) != (Undefined("no-row"),)
        name = self._word("otherwise" if is_row else "no-row")
        yield Branch(f"{name} → {self._value(otherwise)}", otherwise.address)

    def _named_or_tally(self, condition: Node, depth: int) -> Iterator[Branch]:
        if condition.definition is not None:
            yield self.branch(condition, depth + 1)
        else:
            yield from self._branches(condition, depth)

    def _tally(self, node: Node, depth: int) -> Iterator[Branch]:
        """How many clauses came out how, which rows of the table name them, and each that was not satisfied."""
        nodes = [self._a.network.nodes[i] for i in node.operands]
        counts = Counter(plain(self._a.values[n.index]) for n in nodes)
        order = ("satisfied", "unsatisfied", "not-applicable", "unknown")
        text = ", ".join(f"{counts[k]} {self._word(k)}" for k in order if counts[k])
        listed = [n for n in nodes if self._full or self._a.values[n.index] is not Verdict.SATISFIED]
        below = (*self._by_reading(node), *(self.branch(n, depth + 1) for n in listed))
        yield Branch(f"{text or self._word('no-clause')}{self._counted_by(node)}", node.address, below)

    def _counted_by(self, node: Node) -> str:
        """The rows of the table of membership that say which clauses are counted."""
        table, level = self._policy.membership, self._level_of(node)
        if table is None or level is None:
            return ""
        sections = [s for s in dict.fromkeys(self._a.program.clause[c].group for c in _leaves(node)) if s in table.rows]
        if not sections:
            return ""
        listed = f"{sections[0]}~{sections[-1]}" if len(sections) > 2 else ", ".join(sections)
        spans = sorted((table.rows[s] for s in sections), key=lambda span: span.start)
        return self._cited(f"{table.cites}: {listed} {level}".removeprefix(": "), spans[0], spans[-1])

    def _by_reading(self, node: Node) -> Iterator[Branch]:
        """Clauses that another option of a reading would not count here."""
        table, level = self._policy.membership, self._level_of(node)
        if table is None or level is None:
            return
        levels = self._levels_of(node, table, level)
        for leaf in _leaves(node):
            clause = self._a.program.clause[leaf]
            readings = (table.reading_of(leaf, clause.group, at) for at in levels)
            for reading in dict.fromkeys(r for r in readings if r):
                found = next(r for r in self._a.program.readings if r.id == reading)
                option = next(o for o in found.options if o.id == self._a.readings[reading])
                name = f"{reading} = {labelled(option.id, found.options, self._language)}"
                said = f"{clause.printed}: {self._word('counted-by-reading', reading=name)}"
                yield Branch(said + self._cited(found.cites, option.span), f"reading:{reading}")

    def _levels_of(self, node: Node, table: Membership, level: str) -> tuple[str, ...]:
        """The levels whose cells decide what is counted: of new clauses also the one below."""
        levels = table.sets.levels
        below = levels[levels.index(level) - 1] if levels.index(level) else None
        is_new = below and not any(table.sets.counts(leaf, below, dict(self._a.readings)) for leaf in _leaves(node))
        return (level, below) if is_new and below else (level,)

    def _level_of(self, node: Node) -> str | None:
        """The level at which a count is taken: the one it names, or else that of its score."""
        subject = node.subject
        named = {name: x.id for x in self._a.program.levels for name in (x.id, *x.aliases)}
        words = subject.span.text.split() if isinstance(subject, Tally) else []
        return next((named[w] for w in reversed(words) if w in named), node.owner.level if node.owner else None)


def _named(name: str, label: str) -> str:
    """A name with its label behind it; once, where the two are the same, or the name says its level besides."""
    return name if label in (name, name.partition("@")[0]) else f"{name} {label}"


def _is_bounded_formula(cases: Cases) -> bool:
    """Whether this is a formula whose value may not be negative, and no table that somebody wrote."""
    return isinstance(cases.otherwise, Literal) and cases.otherwise.value == Undefined("below-zero")


def _leaves(node: Node) -> Iterable[str]:
    return [leaf for item in node.subject.items for leaf in item] if isinstance(node.subject, Tally) else []


def _ids(evidence: tuple[str, ...]) -> str:
    return f" [{', '.join(evidence)}]" if evidence else ""
