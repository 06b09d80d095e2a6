"""The line of a node in an explanation: what it is called, what it is worth, and where that is said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial

from guiju.compiler.ir import (
    ABSENT,
    NOT_ENTERED,
    UNKNOWN,
    Cases,
    Choice,
    Clause,
    Definition,
    Expression,
    Fact,
    Input,
    Literal,
    Reading,
    SetType,
    Tally,
    Titled,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.units import format_quantity
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Span
from guiju.engine.addresses import node_name
from guiju.engine.attested import attested_about
from guiju.engine.derivation import citation_of, place_of, score_inside
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Item, Node, live_operands
from guiju.engine.reasoning.relevance import left_out_by
from guiju.exchange.policy_text import citation, policy_text
from guiju.exchange.written_by import written_by
from guiju.report.branch import Branch, Place, State
from guiju.report.facts import stated_text, units_of
from guiju.report.gatherings import Gathering
from guiju.report.layout import list_text
from guiju.report.threshold import threshold
from guiju.report.units_of_parts import unit_of_part
from guiju.report.values import is_percentage, set_text, value_text
from guiju.report.words import WORDS, About, labelled, quantity, quantity_in, shown, word


class Heads:
    """Says of the nodes of an assessment, in one language, what they are."""

    def __init__(self, assessment: Assessment, language: Language) -> None:
        self._a, self._language = assessment, language
        self.language = language
        self.policy = policy_text(assessment.program, language)

    def word(self, key: str, **arguments: object) -> str:
        """A word of a report."""
        return word(key, self._language, **arguments)

    def line(self, node: Node, branches: tuple[Branch, ...] = ()) -> Branch:
        """The whole line of a node, over those below it."""
        return Branch(
            self.head(node),
            node.address,
            branches,
            place=self.where(node),
            evidence=self._evidence(node),
            state=self.state(node),
            thing=self.thing(node),
        )

    def head(self, node: Node) -> str:
        """What a node is called and what it is worth."""
        subject, language = node.subject, self._language
        value = self.value(node)
        match subject:
            case Clause():
                return f"{subject.printed} {subject.label.in_language(language)}: {value}{self._unless_item(subject)}"
            case Fact():
                name = _named(subject.called(language), subject.label.in_language(language))
                return f"{name} = {value}{self._as_stated(subject)}"
            case Input():
                return f"{subject.label.in_language(language)} = {value}"
            case Reading():
                return f"{self.word('readings')} {self.reading(subject.id)}"
            case Item():
                printed = ", ".join(self._a.program.clause[leaf].printed for leaf in subject.leaves)
                return f"{printed}: {value}"
        d = self.definition(node)
        if d is not None:
            title = self._titled(d)
            before = f" {self.word('once-entered')}" if self.is_before_its_gate(node) else ""
            return f"{title}{before} = {value}"
        return f"{self.policy.at(subject.span)} → {value}{self._measured(node)}{self._any_of(node)}"

    def text(self, node: Node) -> str:
        """What a node is called; of what has no name, the words of the policy."""
        if isinstance(node.subject, Fact | Input):
            return self.called(node)
        d = self.definition(node)
        return self._titled(d) if d is not None else self._as_written(node)

    def called(self, node: Node) -> str:
        """The name of a fact or an input that evidence may use."""
        assert isinstance(node.subject, Fact | Input)
        return node.subject.called(self._language)

    def _titled(self, d: Definition) -> str:
        return _named(node_name(self._a.program, d, self._language), d.label.in_language(self._language))

    def _unless_item(self, clause: Clause) -> str:
        """Behind a lead that is no item the option under which it is none."""
        if clause.under(self._a.readings).is_item:
            return ""
        reading, _ = clause.item_under[0]
        return f" ({self.word('not-an-item', reading=self.reading(reading))})"

    def reading(self, id_: str) -> str:
        """A reading by its name and title, with the option that was chosen."""
        found = next(r for r in self._a.program.readings if r.id == id_)
        option = labelled(self._a.readings[id_], found.options, self._language)
        title = found.label.in_language(self._language)
        return f"{id_} = {option}" if title == id_ else f"{id_} “{title}” = {option}"

    def _any_of(self, node: Node) -> str:
        """Behind a condition with several alternatives how many there are, and that one of them is enough."""
        number = self._alternatives(node)
        return f" ({self.word('any-one-of', number=number)})" if number > 2 else ""

    def _alternatives(self, node: Node) -> int:
        if node.form is None or node.form.symbol != "or":
            return 1
        return sum(self._alternatives(self._a.network.nodes[o]) for o in node.operands)

    def meant_by(self, fact: Fact) -> str:
        """What a fact of a vocabulary stands for, as the standard does not print it, and what may be said of it."""
        told = fact.guidance.in_language(self._language) if fact.guidance else fact.label.in_language(self._language)
        options = list_text((self._option(o.id, fact.options) for o in fact.options), self._language)
        key = "of-vocabulary-set" if isinstance(fact.type, SetType) else "of-vocabulary-one"
        return self.word(key if options else "of-vocabulary", name=fact.vocabulary, said=told, options=options)

    def by_operator(self, node: Node) -> str:
        """The line of a part that has no words of its own in the policy: what it is over, in numbers or words."""
        symbol = node.form.symbol if node.form else ""
        if f"op-{symbol}" in WORDS:
            return f"{self.word(f'op-{symbol}')} → {self.value(node)}"
        sides = [self._a.network.nodes[o] for o in node.operands]
        named = any(self.definition(side) is not None for side in sides)
        told = [self.text(side) if self.definition(side) else self.value(side) for side in sides]
        return f"{f' {symbol} '.join(told)} → {self.value(node)}{self._measured(node) if named else ''}"

    def same_text(self, part: Node, whole: Node) -> bool:
        """Whether a part stands at the same words of the policy as the whole."""
        return place_of(self._a.program, part) == place_of(self._a.program, whole)

    def _measured(self, node: Node) -> str:
        """Behind a comparison with a threshold what is there and what is asked for."""
        told = threshold(self._a, node)
        if told is None:
            return ""
        actual, sign, required = told
        asked = f"{sign} {self.as_asked(required)}"
        return f" ({self.word('actual')} {self.value(actual)}, {self.word('threshold')} {asked})"

    def as_asked(self, node: Node) -> str:
        """A constant in its unit, in the form of all other numbers."""
        literal = node.subject
        if isinstance(literal, Literal) and isinstance(literal.value, Fraction) and literal.unit is not None:
            return format_quantity(literal.value, literal.unit, self._language)
        return self._as_written(node)

    def _as_written(self, node: Node) -> str:
        """A number as the policy has it."""
        return self.policy.at(node.subject.span) if isinstance(node.subject, Expression) else ""

    def thing(self, node: Node) -> str:
        """What a line tells, be it by another of its names: "" of what is told as often as it is met."""
        return f"{self.name(node)}{'?' if self.is_before_its_gate(node) else ''}"

    def state(self, node: Node) -> State:
        """Whether a line speaks of something that holds, that fails or that is open; or of a value."""
        values = set(self.values(node))
        if UNKNOWN in values or len(values) > 1:
            return "unknown"
        (value,) = values or (None,)
        if value is True or value is Verdict.SATISFIED:  # by identity: the numbers 1 and 0 equal True and False
            return "holds"
        return "fails" if value is False or value is Verdict.UNSATISFIED else "value"

    def _evidence(self, node: Node) -> tuple[str, ...]:
        """The ids of what stands behind a clause or a stated fact."""
        match node.subject:
            case Clause():
                return self._a.clauses[node.subject.id].evidence
            case Fact():
                stated = self._a.bound.stated.get(node.subject.id)
                counts = node.subject.id in self._a.bound.facts and not self.is_contradicted(node.subject)
                return stated.evidence if stated and counts else ()
        return ()

    # --- what it is called ---------------------------------------------------------------------------------------

    def definition(self, node: Node) -> Definition | None:
        """The definition that a node is the value of, or what stands behind the gate of."""
        return node.definition or score_inside(self._a.program, node)

    def name(self, node: Node) -> str:
        """What is told once under one name: a score and what stands behind its gate."""
        d = self.definition(node)
        return d.whole if d else node.address

    def is_before_its_gate(self, node: Node) -> bool:
        """Whether this is what a score would be, once entered, and not what it is."""
        name = self.name(node)
        if name == node.address or name not in self._a.network.at:
            return False
        whole = self._a.network.node(name)
        return set(self.values(whole)) != set(self.values(node))

    # --- what it is worth ----------------------------------------------------------------------------------------

    def value(self, node: Node) -> str:
        """The value of a node, or all that it can have where it has a name."""
        values = self.values(node)
        if self.definition(node) is None and not isinstance(node.subject, Tally) and len(values) > 1:
            return self.word("unknown")
        return set_text(self._a.program, values, partial(self._shown, node), self._language)

    def values(self, node: Node) -> tuple[Value, ...]:
        """What a node can come to; of a group that takes no part, that."""
        if self.left_out(node) is not None:
            return (ABSENT,)
        value = self._a.values[node.index]
        if value is not UNKNOWN or isinstance(node.subject, Clause | Fact | Input | Reading | Item):
            return (value,)
        if _is_part_of_clause(node):
            return (UNKNOWN,)
        possible = self._a.open.get(node.index)
        score = score_inside(self._a.program, node)
        if possible is None and score is not None:  # behind a gate: what the score can be where it is entered
            return tuple(v for v in self._a.possible(score.id).values if v is not NOT_ENTERED) or (UNKNOWN,)
        return possible.values if possible else (UNKNOWN,)

    def left_out(self, node: Node) -> str | None:
        """Of a score or a grade the weight by which its group takes no part, if it takes none."""
        d = self.definition(node)
        if d is None or d.group is None or d.kind not in ("score", "grade"):
            return None
        return left_out_by(self._a, d.group)

    def settled(self, node: Node) -> str | None:
        """What an open condition comes to in every completion, with the attestations to which that is due."""
        possible = self._a.open.get(node.index)
        is_condition = _is_part_of_clause(node) or (node.definition is not None and node.definition.kind == "let")
        if not is_condition or self._a.values[node.index] is not UNKNOWN or possible is None:
            return None
        if len(possible.values) != 1 or not possible.exact:
            return None
        value = self._shown(node, possible.values[0])
        clauses = [self._a.program.clause[c].printed for c in attested_about(self._a.known, node.index)]
        return self.word("settled-by" if clauses else "settled", value=value, clauses=", ".join(clauses))

    def value_of(self, node: Node, value: Value) -> str:
        """A value that a node has, or would have if something else were otherwise."""
        return self._shown(node, value)

    def _shown(self, node: Node, value: Value) -> str:
        match node.subject:
            case Fact():
                return self.of_fact(node.subject, value)
            case Input() | Reading() if isinstance(value, str):
                return labelled(value, node.subject.options, self._language)
        d = self.definition(node)
        if d is not None:
            return value_text(self._a.program, d, value, self._language)
        if isinstance(value, Fraction) and is_percentage(node):
            return quantity(value, "%", self._language)
        if isinstance(value, Fraction) and (unit := unit_of_part(self._a.network, node)) is not None:
            return quantity(value, unit, self._language)
        return shown(value, self._language)

    def of_fact(self, fact: Fact | Input, value: Value, about: About = "nearest") -> str:
        """A value of a fact or an input: in its unit, or that of the evidence, by the labels of its options."""
        if isinstance(value, Fraction) and (units := units_of(fact, self._a.bound)):
            return quantity_in(units, value, self._language, about)
        if isinstance(value, frozenset):
            options = (self._option(v, fact.options) for v in sorted(value))
            return list_text(options, self._language) or self.word("nothing-of-it")
        return self._option(value, fact.options) if isinstance(value, str) else shown(value, self._language)

    def _option(self, value: str, options: tuple[Titled, ...]) -> str:
        """An option as evidence names it, with its label; the label alone where it is the name in another spelling."""
        option = next((o for o in options if o.id == value), None)
        if option is None:
            return value
        name = option.called(self._language)
        if name == value:
            return labelled(value, options, self._language)
        return _named(name, option.label.in_language(self._language))

    def _as_stated(self, fact: Fact) -> str:
        """What the evidence gives, if it says it otherwise, and that no piece of evidence is named, if none is."""
        stated = self._a.bound.stated.get(fact.id)
        value = self._a.bound.facts.get(fact.id)
        if stated is None or value is None or self.is_contradicted(fact):
            return ""
        written, read = stated_text(stated.value, self._language), self.of_fact(fact, value)
        same = not isinstance(value, Fraction) or written.replace(" ", "") == read.replace(" ", "")
        said = [] if same else [f"{self.word('stated')} {written}"]
        said += [] if stated.evidence else [self.word("without-evidence")]
        return f" ({', '.join(said)})" if said else ""

    def is_contradicted(self, fact: Fact) -> bool:
        """Whether what is stated of a fact is not what its formula gives."""
        return self._a.value(f"fact:{fact.id}") == Undefined("conflicting")

    # --- where it is said ----------------------------------------------------------------------------------------

    def where(self, node: Node) -> Place:
        """Where the standard and the policy say so; of what a reading writes, with the reading."""
        cites, span = citation_of(self._a.program, node) or self._asked_by(node), place_of(self._a.program, node)
        span = self.weighed_at(node) or span
        return self.cited(self.said_by(span, cites), span)

    def weighed_at(self, node: Node) -> Span | None:
        """Where a reading says what a weight is, if one does."""
        cases = node.subject
        if not isinstance(cases, Cases) or cases.form != "weights":
            return None
        rows = zip(cases.rows, node.operands[:-1:2], strict=True)
        return next((self.patch_of(row.value) for row, index in rows if self._a.values[index] is True), None)

    def patch_of(self, part: Expression) -> Span | None:
        """Where the chosen option of a reading writes a part of a row otherwise, if one does."""
        if not isinstance(part, Choice):
            return None
        span = dict(part.options)[self._a.readings[part.reading]].span
        return span if written_by(self._a.program, span) is not None else None

    def said_by(self, span: Span, cites: str) -> str:
        """The citation of a line without one of its own: of the reading that writes it, or of what it is a part of."""
        reading = written_by(self._a.program, span)
        if reading is None:
            return cites
        named = f"{self.word('the-reading')} {reading.id}"
        return "; ".join(filter(None, (citation(reading.cites, self._language), named)))

    def cited(self, cites: str, first: Span, last: Span | None = None) -> Place:
        """A citation and the lines of the policy."""
        line = f"{first.source.name}:{first.position.line}"
        if last is not None and last.position.line != first.position.line:
            line += f"-{last.position.line}"
        return Place(citation(cites, self._language), line)

    def gathered_at(self, gathering: Gathering) -> Place:
        """Where what several nodes share a name for stands: where the first of them does."""
        first = self.where(self._a.network.node(gathering.addresses[0]))
        return replace(first, cites=gathering.names[-1] if gathering.is_clause else first.cites)

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


def _is_part_of_clause(node: Node) -> bool:
    """Whether this is a condition in a clause, or in the formula of a fact: it is known or not, whatever may come."""
    return node.owner is None and not isinstance(node.subject, Clause | Fact | Input | Reading | Item)


def _named(name: str, label: str) -> str:
    """A name with its label behind it; once, where the two are the same, or the name says its level besides."""
    called = name.partition("@")[0]
    return name if label in (name, called, called.partition(":")[2]) else f"{name} {label}"
