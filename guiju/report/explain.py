"""Assessment -> the derivation of one node as a tree, in the words of the standard.

Named things (grades, scores, gates, clauses, facts, readings) are lines; what stands between them is shown as the
policy's own text with its value. Every line says where the standard and where the policy says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.ir import (
    NOT_ENTERED,
    UNKNOWN,
    Cases,
    Clause,
    Fact,
    Input,
    Literal,
    Reading,
    Tally,
    Undefined,
    Verdict,
)
from guiju.dsl.diagnostic import Language
from guiju.dsl.keywords import RELATIONS
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import OUTDATED, Attestation
from guiju.engine.network import Item, Node, chosen, deciding_operands
from guiju.report.branch import ABOVE, Branch, once
from guiju.report.facts import stated_text
from guiju.report.formula import formed
from guiju.report.gatherings import Gathering, gathering
from guiju.report.heads import Heads, ids
from guiju.report.lacking import lacking_text
from guiju.report.tallied import Tallied

DEEPEST = 24


def explain(assessment: Assessment, address: str, language: Language, full: bool = False) -> Branch:
    """The derivation of the node at an address, or what a gathering holds. `full` lists every clause of every count."""
    teller = _Teller(assessment, language, full)
    if address in assessment.network.at:
        return teller.branch(assessment.network.node(address), 0)
    return teller.gathered(gathering(assessment.program, address))


class _Teller:
    def __init__(self, assessment: Assessment, language: Language, full: bool) -> None:
        self._a, self._language, self._full = assessment, language, full
        self._heads = Heads(assessment, language)
        self._tallied = Tallied(assessment, self._heads, language)
        self._told: set[tuple[str, bool]] = set()

    def gathered(self, gathering: Gathering) -> Branch:
        """The leaves of a clause as they are; of all else a line for each node, to be explained by its name."""
        nodes = [self._a.network.node(address) for address in gathering.addresses]
        below = (self.branch(n, 1) if gathering.is_clause else Branch(self._heads.head(n), n.address) for n in nodes)
        return Branch(gathering.title.in_language(self._language), gathering.address, tuple(below))

    def branch(self, node: Node, depth: int) -> Branch:
        """A node with what it stands on; of what was told above only that."""
        told = (self._heads.name(node), self._heads.is_before_its_gate(node))
        can_be_long = bool(node.operands) or isinstance(node.subject, Clause)
        if told in self._told and can_be_long and not isinstance(node.subject, Fact):
            return Branch(f"{self._heads.head(node)} {ABOVE}", node.address)
        self._told.add(told)
        below = once(self._branches(node, depth)) if depth < DEEPEST else ()
        return Branch(self._heads.head(node), node.address, below)

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
        text = formed(self._a, node, lambda expression: self._heads.policy.at(expression.span), self._has_name)
        if text is not None and self._heads.values(node) != (NOT_ENTERED,):
            yield Branch(text, f"{node.address}/formula")

    def _has_name(self, node: Node) -> bool:
        return self._heads.definition(node) is not None

    def _named_below(self, node: Node, depth: int) -> Iterator[Branch]:
        """The nearest named things that a value is made of; of a connective those that decide it."""
        for index in deciding_operands(self._a.network, node, self._a.values):
            operand = self._a.network.nodes[index]
            if isinstance(operand.subject, Literal | Reading):
                continue
            if self._has_name(operand) or isinstance(operand.subject, Clause | Fact | Input | Item):
                yield self.branch(operand, depth + 1)
            elif isinstance(operand.subject, Tally):
                yield from self._tally(operand, depth)
            elif isinstance(operand.subject, Cases):
                yield from self._branches(operand, depth)
            else:
                yield from self._named_below(operand, depth)

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
            yield Branch(f"{self._heads.word(result.reason or 'missing')}{lacking}", node.address)

    def _attestation(self, a: Attestation) -> str:
        by = f" {a.by}" if a.by else ""
        relations = dict(RELATIONS) if a.voice == "crosswalk" and self._language == "zh" else {}
        relations[OUTDATED] = self._heads.word(OUTDATED)
        reason = f" ({relations.get(a.reason, a.reason)})" if a.reason else ""
        note = f" — {a.note}" if a.note else ""
        return f"{self._heads.word(a.voice)}{by}: {self._heads.word(a.verdict)}{reason}{ids(a.evidence)}{note}"

    def _applies(self, node: Node, depth: int) -> Iterator[Branch]:
        """The condition under which a clause applies, said to be that, and what it stands on below."""
        below = once(self._condition(node, depth + 1))
        node = chosen(self._a.network, node, self._a.values)
        if isinstance(node.subject, Literal | Item):
            return
        is_written = not isinstance(node.subject, Fact | Input) and not self._has_name(node)
        text = f"{self._heads.policy.at(node.subject.span)} → " if is_written else ""
        inner = below[0].branches if is_written and len(below) == 1 else below
        yield Branch(f"{self._heads.word('applies-when')}: {text}{self._heads.value(node)}", f"{node.address}", inner)

    def _condition(self, node: Node, depth: int) -> Iterator[Branch]:
        """The condition of a clause as its text and value, the facts it stands on below."""
        node = chosen(self._a.network, node, self._a.values)
        if not isinstance(node.subject, Literal):
            yield self.branch(node, depth + 1)

    def _fact(self, node: Node, fact: Fact, depth: int) -> Iterator[Branch]:
        """What was stated and what the formula gives, both where they differ; the formula only where it was used."""
        stated = self._a.bound.stated.get(fact.id)
        if stated is not None and (fact.id in self._a.bound.expired or self._heads.is_contradicted(fact)):
            expired = f" ({self._heads.word('expired')})" if fact.id in self._a.bound.expired else ""
            said = f"{self._heads.word('stated')}: {stated_text(stated.value)}{ids(stated.evidence)}{expired}"
            yield Branch(said, f"{node.address}/stated")
        if stated is not None and stated.note:
            yield Branch(f"{self._heads.word('remark')}: {stated.note}", f"{node.address}/note")
        if not node.operands or (fact.id in self._a.bound.facts and not self._heads.is_contradicted(fact)):
            return
        computed = self._a.network.nodes[node.operands[0]]
        if self._heads.is_contradicted(fact):
            value = self._heads.of_fact(fact, self._a.values[computed.index])
            yield Branch(f"{self._heads.word('computed')}: {value}", f"{node.address}/computed")
        yield from self._branches(computed, depth)

    # --- gates, tables and counts --------------------------------------------------------------------------------

    def _gate(self, node: Node, depth: int) -> Iterator[Branch]:
        """The gate; what is behind it only if it can be entered."""
        gate, body = node.operands[:2]
        yield from self._formula(node)
        yield self.branch(self._a.network.nodes[gate], depth + 1)
        whole = self._a.network.node(node.definition.id) if node.definition else node
        if self._a.values[gate] is not False and self._heads.values(whole) != (NOT_ENTERED,):
            behind = self._a.network.nodes[body]
            below = self._branches(behind, depth) if behind.operands else iter(())
            yield from below

    def _rows(self, node: Node, cases: Cases, depth: int) -> Iterator[Branch]:
        """The rows that were tried, down to the one that holds."""
        if cases.form == "weights":
            return
        for row, condition_index in zip(cases.rows, node.operands[:-1:2], strict=True):
            condition = self._a.network.nodes[condition_index]
            held = self._heads.values(condition) == (True,)
            text = f"{self._heads.policy.at(row.span)} → {self._heads.value(condition)}"
            below = once(self._named_or_tally(condition, depth + 1))
            yield Branch(text, condition.address, below)
            if held:
                return
        otherwise = self._a.network.nodes[node.operands[-1]]
        is_row = self._heads.values(otherwise) != (Undefined("no-row"),)
        name = self._heads.word("otherwise" if is_row else "no-row")
        yield Branch(f"{name} → {self._heads.value(otherwise)}", otherwise.address)

    def _named_or_tally(self, condition: Node, depth: int) -> Iterator[Branch]:
        if condition.definition is not None:
            yield self.branch(condition, depth + 1)
        else:
            yield from self._branches(condition, depth)

    def _tally(self, node: Node, depth: int) -> Iterator[Branch]:
        """The count, and each clause in it that was not satisfied."""
        nodes = [self._a.network.nodes[i] for i in node.operands]
        listed = [n for n in nodes if self._full or self._a.values[n.index] is not Verdict.SATISFIED]
        below = (*self._tallied.by_reading(node), *(self.branch(n, depth + 1) for n in listed))
        yield Branch(self._tallied.head(node), node.address, below)


def _is_bounded_formula(cases: Cases) -> bool:
    """Whether this is a formula whose value may not be negative, and no table that somebody wrote."""
    return isinstance(cases.otherwise, Literal) and cases.otherwise.value == Undefined("below-zero")
