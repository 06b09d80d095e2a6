"""Assessment -> the whole derivation of one node as a tree, in the words of the standard.

Named things (grades, scores, gates, clauses, facts, readings) are lines; what stands between them is shown as the
policy's own text with its value. Every line says where the standard and where the policy says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from guiju.compiler.ir import (
    NOT_ENTERED,
    UNKNOWN,
    Case,
    Cases,
    Choice,
    Clause,
    Fact,
    Input,
    Literal,
    Reading,
    Tally,
    Undefined,
    Value,
    Verdict,
)
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Span
from guiju.engine.bind import has_ended
from guiju.engine.derivation import place_of
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Attestation
from guiju.engine.network import Item, Node, chosen, deciding_operands, live_operands
from guiju.engine.reasoning.why.determining import determining
from guiju.engine.reasoning.why.ruling_out import RuledOut, ruled_out
from guiju.report.branch import Branch, Place, State, once
from guiju.report.briefly import briefly
from guiju.report.carried import clauses_there
from guiju.report.facts import stated_text
from guiju.report.formula import formed, used_in
from guiju.report.gatherings import Gathering, gathering
from guiju.report.heads import Heads
from guiju.report.lacking import lacking_text
from guiju.report.left_open import left_open_text
from guiju.report.marks import marked_as_one
from guiju.report.register import finding_beside, finding_models, reason_text, sample_text, until_text, waiver_text
from guiju.report.result_model import FindingModel
from guiju.report.settled import Settled, settled_beside, title_of, why
from guiju.report.tallied import Tallied
from guiju.report.threshold import threshold
from guiju.report.values import value_text
from guiju.report.witness import witness_lines
from guiju.report.words import word

DEEPEST = 24


def explain(assessment: Assessment, address: str, language: Language) -> Branch:
    """The whole derivation of the node at an address, or what a gathering holds: `report.depth` shows less of it."""
    is_node = address in assessment.network.at
    determined = determining(assessment, address) if is_node else frozenset()
    against = ruled_out(assessment, address) if is_node else {}
    teller = _Teller(assessment, language, determined, against)
    if is_node:
        node = assessment.network.node(address)
        tree = teller.with_witnesses(node, teller.branch(node, 0))
    else:
        tree = teller.gathered(gathering(assessment.program, assessment.readings, address))
    return _uncited(marked_as_one(tree), word("of-the-policy", language))


def _uncited(tree: Branch, said: str) -> Branch:
    """Each line without a place in the standard is said to be the policy's own."""
    place = tree.place if tree.place.cites else replace(tree.place, own=said)
    return replace(tree, place=place, branches=tuple(_uncited(b, said) for b in tree.branches))


class _Teller:
    def __init__(
        self,
        assessment: Assessment,
        language: Language,
        determined: frozenset[int],
        against: Mapping[Value, RuledOut],
    ) -> None:
        self._a, self._language, self._determined, self._against = assessment, language, determined, against
        self._ruling_out = frozenset[int]().union(*(out.nodes for out in against.values()))
        self._heads = Heads(assessment, language)
        self._tallied = Tallied(assessment, self._heads, language)
        self._told: set[str] = set()
        self._place = Place()  # of what is being told: what has no citation of its own is said there

    def gathered(self, gathering: Gathering) -> Branch:
        """The leaves of a clause as they are; of all else a line for each node, to be explained by its name."""
        nodes = [self._a.network.node(address) for address in gathering.addresses]
        below = [self.branch(n, 1) if gathering.is_clause else self._line(n) for n in nodes]
        place = self._heads.gathered_at(gathering)
        return Branch(gathering.title.in_language(self._language), gathering.address, tuple(below), place)

    def with_witnesses(self, node: Node, branch: Branch) -> Branch:
        """What an open outcome or score can still be, each value with what gives it, before what it stands on."""
        definition = self._heads.definition(node)
        if definition is None or definition.kind == "weight" or self._heads.left_out(node) is not None:
            return branch
        told = witness_lines(self._a, definition.id, self._language)
        values = ((value_text(self._a.program, definition, value, self._language), how) for value, how in told)
        lines = (
            Branch(self._heads.word("witness", value=value, how=how), node.address, place=branch.place, state="unknown")
            for value, how in values
        )
        return replace(branch, branches=(*self._left_open(node, branch), *lines, *branch.branches))

    def _left_open(self, node: Node, branch: Branch) -> Iterator[Branch]:
        """Of an outcome that is open why it is, and what rules the other values out."""
        is_open = len(self._heads.values(node)) > 1 and node.address in self._a.program.outcomes
        if is_open and isinstance(node.subject, Cases):
            text = left_open_text(self._a, node, self._determined, self._against, self._heads)
            yield Branch(text, f"{node.address}/left-open", place=branch.place, state="unknown", depth="summary")

    def branch(self, node: Node, depth: int) -> Branch:
        """A node with what it stands on; of what was told above only that."""
        thing = self._heads.thing(node)
        can_be_long = bool(node.operands) or isinstance(node.subject, Clause)
        if thing in self._told and can_be_long and not isinstance(node.subject, Fact):
            return replace(self._line(node), above=True)
        self._told.add(thing)
        outer, self._place = self._place, self._line(node).place
        below = once((*self._branches(node, depth), *self._aside_of(node))) if depth < DEEPEST else ()
        line = self._line(node, below)
        self._place = outer
        return line

    def _aside_of(self, node: Node) -> Iterator[Branch]:
        """Below a condition that is open by itself, that nothing which is still open can change what it comes to.

        Below a clause or a definition what the policy settled of it, as the standard leaves room.
        """
        if (said := self._heads.settled(node)) is not None:
            yield self._aside(said, f"{node.address}/settled")
        for told in settled_beside(self._a.program).get(self._heads.name(node), ()):
            yield self._record(told)

    def _record(self, told: Settled) -> Branch:
        """A record by its title; how it was settled, where it is told first."""
        record, language = told.record, self._language
        thing = f"record:{record.id}"
        is_above = thing in self._told
        self._told.add(thing)
        return Branch(
            self._heads.word("settled-by-policy", title=title_of(record).in_language(language)),
            thing,
            place=self._heads.cited(told.cites, record.span),
            note="" if is_above else why(record, language),
            thing=thing,
            above=is_above,
            depth="review",
            told_once=not told.is_of_clause,
        )

    def _line(self, node: Node, below: tuple[Branch, ...] = ()) -> Branch:
        """The line of a node. What has no citation of its own is said where that is which it is a part of."""
        line = self._heads.line(node, below)
        inside = self._heads.said_by(place_of(self._a.program, node), self._place.cites)
        place = line.place if line.place.cites else replace(line.place, cites=inside)
        return self._with_marks(replace(line, place=place), node)

    def _with_marks(self, line: Branch, node: Node) -> Branch:
        index = node.index
        return replace(line, determining=index in self._determined, ruling_out=index in self._ruling_out)

    def _aside(self, text: str, address: str, **more: Any) -> Branch:
        """A line that is no node: it is said where the node is."""
        return Branch(text, address, place=self._place, **more)

    def _branches(self, node: Node, depth: int) -> Iterator[Branch]:
        left_out_by = self._heads.left_out(node)
        match node.subject:
            case _ if left_out_by is not None:
                yield self.branch(self._a.network.node(left_out_by), depth + 1)
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
                yield self._tally(node, depth)
            case _:
                yield from self._formula(node)
                yield from self._named_below(node, depth)

    def _numbers(self, node: Node) -> str | None:
        """How a number is formed, unless there is none."""
        if self._heads.values(node) == (NOT_ENTERED,):
            return None
        text = self._heads.policy
        return formed(self._a, node, lambda e: text.at(e.span), self._has_name, self._language)

    def _formula(self, node: Node) -> Iterator[Branch]:
        """A line that says how a number is formed."""
        text = self._numbers(node)
        if text is not None:
            place = replace(self._place, cites=self._cites_of_parts(node))
            address = f"{node.address}/formula" if self._has_name(node) else node.address
            yield replace(self._aside(text, address), place=place)

    def _cites_of_parts(self, node: Node) -> str:
        """Where the standard has the formula, and then where it has each score, weight and fact in it."""
        parts = (self._heads.where(part).cites for part in used_in(self._a, node, self._has_name))
        each = (place for cites in (self._place.cites, *parts) for place in cites.split(", "))
        return ", ".join(filter(None, dict.fromkeys(each)))

    def _has_name(self, node: Node) -> bool:
        return self._heads.definition(node) is not None

    def _named_below(self, node: Node, depth: int) -> Iterator[Branch]:
        """What a value is made of; of a connective what does not decide it is for the engineer alone.

        Of one that is open what facts say already is for the reviewer: it is the other half of what the clause asks.
        """
        deciding = deciding_operands(self._a.network, node, self._a.values)
        live = live_operands(node, self._a.values)
        is_open = self._a.values[node.index] is UNKNOWN
        for index in tuple(i for i in live if not self._is_left_out(i)) or live:
            operand = self._a.network.nodes[index]
            told = self._operand(operand, depth, node)
            if index in deciding:
                yield from told
            elif is_open and threshold(self._a, operand) is not None:
                yield from (replace(line, depth="review", lets_through=False) for line in told)
            else:
                yield from map(_for_the_engineer, told)
        if isinstance(node.subject, Choice):
            reading = self._a.network.nodes[node.operands[0]]
            yield replace(self._line(reading), depth="engineer", thing="")

    def _is_left_out(self, index: int) -> bool:
        """Whether a value is made of scores of groups that take no part, and of nothing else: their weight says why."""
        node = self._a.network.nodes[index]
        if self._has_name(node) or isinstance(node.subject, Clause | Fact | Input):
            return self._heads.left_out(node) is not None
        parts = [o for o in node.operands if not isinstance(self._a.network.nodes[o].subject, Literal)]
        return bool(parts) and all(map(self._is_left_out, parts))

    def _operand(self, operand: Node, depth: int, whole: Node | None = None) -> Iterator[Branch]:
        """What a node has below it; what stands at the same words as the whole is told by its operator."""
        match operand.subject:
            case Literal() | Reading():
                return
            case _ if self._has_name(operand) or isinstance(operand.subject, Clause | Fact | Input | Item):
                yield self.branch(operand, depth + 1)
            case Tally():
                yield self._tally(operand, depth)
            case Choice():
                yield from self._named_below(operand, depth)
            case Cases():
                line = self._line(operand, once(self._branches(operand, depth)))
                yield replace(line, thing="", depth="engineer", lets_through=True)
            case _:
                line = self._line(operand, once(self._named_below(operand, depth)))
                if whole is not None and self._heads.same_text(operand, whole):
                    line = replace(line, text=self._heads.by_operator(operand))
                elif (numbers := self._numbers(operand)) is not None:
                    line = replace(line, text=f"{numbers} → {self._heads.value(operand)}")
                is_measured = threshold(self._a, operand) is not None
                yield replace(line, thing="", depth="review" if is_measured else "engineer", lets_through=True)

    # --- clauses and facts ---------------------------------------------------------------------------------------

    def _clause(self, node: Node, clause: Clause, depth: int) -> Iterator[Branch]:
        result = self._a.clauses[clause.id]
        is_by_people = result.verdict is not UNKNOWN and result.by_facts is UNKNOWN
        for place, index in enumerate(node.operands):
            says = self._applies if clause.applies is not None and place == 0 else self._condition
            told = says(self._a.network.nodes[index], depth)
            yield from map(self._not_deciding, told) if is_by_people and says == self._condition else told
        for a in (a for a in result.attestations if not a.lapsed):
            is_decisive = a in result.disagreeing if result.reason == "conflicting" else a not in result.disagreeing
            followed = is_decisive and (result.reason == "conflicting" or result.by == a.voice)
            said = self._attestation(a, node)
            if a.is_verdict_only:
                said = replace(said, text=f"{said.text} ({self._heads.word('verdict-only')})")
            yield self._with_marks(said, node) if followed else said
        for a in self._a.bound.lapsed.get(clause.id, ()):
            said = self._attestation(a, node)
            why = "ended-counts-no-longer" if has_ended(a, self._a.bound.evidence.as_of) else "lapsed"
            yield replace(said, text=f"{said.text} ({self._heads.word(why)})", state="unknown")
        for waiver in self._a.bound.waivers.get(clause.id, ()):
            waived = waiver_text(waiver, self._a.bound.evidence.as_of, self._language)
            yield self._aside(waived, node.address, evidence=waiver.evidence, note=waiver.note or "")
        for finding in self._findings.get(clause.id, ()):
            held = finding_beside(finding, self._language)
            yield self._aside(held, node.address, evidence=tuple(finding.evidence), note=finding.note or "")
        if result.verdict is UNKNOWN:
            lacking = lacking_text(self._a, result, self._language)
            why = reason_text(result.reason, result.by, self._language)
            yield self._aside(f"{why}{lacking}", node.address, state="unknown")

    @cached_property
    def _findings(self) -> dict[str, list[FindingModel]]:
        """What is held against the subject on each clause."""
        found: dict[str, list[FindingModel]] = {}
        for finding in finding_models(self._a, self._language):
            found.setdefault(finding.clause, []).append(finding)
        return found

    def _not_deciding(self, condition: Branch) -> Branch:
        """A condition that facts leave open, of a clause that people decided: it says nothing against them."""
        return replace(condition, text=self._heads.word("facts-leave-open", condition=condition.text))

    def _attestation(self, a: Attestation, node: Node) -> Branch:
        is_carried = a.voice == "crosswalk"
        by = f" {a.by} {a.note}" if is_carried else f" {a.by}" if a.by else ""
        reason = f" ({self._heads.word(a.reason) if is_carried else a.reason})" if a.reason else ""
        remark = a.note if not is_carried else clauses_there(a.carried, self._language) if a.carried else ""
        until = until_text(a.until, self._a.bound.evidence.as_of, self._language)
        said = f"{self._heads.word(a.voice)}{by}: {self._heads.word(a.verdict)}{reason}{until}"
        if a.sample is not None:
            remark = "; ".join(filter(None, (sample_text(a.sample, self._language), remark)))
        state = _STATES.get(a.verdict, "value")
        return self._aside(said, node.address, evidence=a.evidence, note=remark or "", state=state)

    def _applies(self, node: Node, depth: int) -> Iterator[Branch]:
        """The condition under which a clause applies, said to be that, and what it stands on below."""
        below, place = once(self._condition(node, depth + 1)), self._place
        if isinstance(node.subject, Choice) and (patch := self._heads.patch_of(node.subject)) is not None:
            place = self._heads.cited(self._heads.said_by(patch, place.cites), patch)
        node = chosen(self._a.network, node, self._a.values)
        if isinstance(node.subject, Literal | Item):
            return
        is_written = not isinstance(node.subject, Fact | Input) and not self._has_name(node)
        text = f"{self._heads.policy.at(node.subject.span)} → " if is_written else ""
        inner = below[0].branches if is_written and len(below) == 1 else below
        said = f"{self._heads.word('applies-when')}: {text}{self._heads.value(node)}"
        line = self._line(node, inner)
        yield replace(line, text=said, thing="", evidence=(), place=place)

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
            said = f"{self._heads.word('stated')}: {stated_text(stated.value, self._language)}"
            line = self._aside(said, f"{node.address}/stated", evidence=stated.evidence, note=expired.strip(" ()"))
            yield self._with_marks(line, node) if self._heads.is_contradicted(fact) else line
        if stated is not None and stated.sample is not None:
            yield self._aside(sample_text(stated.sample, self._language), f"{node.address}/sample")
        if stated is not None and stated.note:
            yield self._aside(f"{self._heads.word('remark')}: {stated.note}", f"{node.address}/note")
        if fact.vocabulary is not None:
            yield self._aside(self._heads.meant_by(fact), f"{node.address}/meaning")
        if not node.operands:
            return
        told = self._computed(node, fact, depth)
        is_used = fact.id not in self._a.bound.facts or self._heads.is_contradicted(fact)
        yield from told if is_used else map(_for_the_engineer, told)

    def _computed(self, node: Node, fact: Fact, depth: int) -> Iterator[Branch]:
        computed = self._a.network.nodes[node.operands[0]]
        if self._heads.is_contradicted(fact):
            value = self._heads.of_fact(fact, self._a.values[computed.index])
            line = self._aside(f"{self._heads.word('computed')}: {value}", f"{node.address}/computed")
            yield self._with_marks(line, node)
        yield from self._branches(computed, depth)

    # --- gates, tables and counts --------------------------------------------------------------------------------

    def _gate(self, node: Node, depth: int) -> Iterator[Branch]:
        """The gate, and what is behind it: where it is shut, for the engineer alone."""
        gate, body, otherwise, *undecided = node.operands
        yield from self._formula(node)
        yield self.branch(self._a.network.nodes[gate], depth + 1)
        whole = self._a.network.node(node.definition.id) if node.definition else node
        is_shut = self._a.values[gate] is False
        is_entered = not is_shut and self._heads.values(whole) != (NOT_ENTERED,)
        yield from self._behind(self._a.network.nodes[body], depth, is_entered=is_entered)
        told = self._operand(self._a.network.nodes[otherwise], depth)
        yield from told if is_shut else map(_for_the_engineer, told)
        for index in undecided:
            yield from map(_for_the_engineer, self._operand(self._a.network.nodes[index], depth))

    def _behind(self, body: Node, depth: int, *, is_entered: bool) -> Iterator[Branch]:
        if body.operands:
            line = self._line(body, once(self._branches(body, depth)))
            yield replace(line, thing="", depth="engineer", lets_through=is_entered)

    def _rows(self, node: Node, cases: Cases, depth: int) -> Iterator[Branch]:
        """The rows that were tried, down to the one that holds; the others are for the engineer alone."""
        if cases.form == "weights":
            written = self._heads.weighed_at(node) is not None  # by a reading: then the row of the table is none
            for told in map(_for_the_engineer, self._named_below(node, depth)):
                place = self._heads.where(node) if written else told.place
                yield replace(told, depth="review", place=place) if told.state == "holds" else told
            return
        held = False
        for i, row in enumerate(cases.rows):
            condition, value = (self._a.network.nodes[o] for o in node.operands[2 * i : 2 * i + 2])
            said, span = self._row(row)
            text = f"{said} → {self._heads.value(condition)}"
            below = [*self._named_or_tally(condition, depth + 1), *map(_for_the_engineer, self._operand(value, depth))]
            line = self._line(condition, once(below))
            place = self._heads.cited(self._heads.said_by(span, self._place.cites), span)
            brief = briefly(self._a, condition, self._heads) if node.address in self._a.program.outcomes else ""
            line = replace(line, text=text, thing="", evidence=(), place=place, briefly=brief)
            yield _for_the_engineer(line) if held else line
            held = held or self._heads.values(condition) == (True,)
        otherwise = self._a.network.nodes[node.operands[-1]]
        is_row = self._heads.values(otherwise) != (Undefined("no-row"),)
        name = self._heads.word("otherwise" if is_row else "no-row")
        line = self._line(otherwise, once(map(_for_the_engineer, self._operand(otherwise, depth))))
        line = replace(line, text=f"{name} → {self._heads.value(otherwise)}", thing="")
        if (patch := self._heads.patch_of(cases.otherwise)) is not None:
            line = replace(line, place=self._heads.cited(self._heads.said_by(patch, self._place.cites), patch))
        yield _for_the_engineer(line) if held else line

    def _row(self, row: Case) -> tuple[str, Span]:
        """A row as it is read, and where that is said: with its condition from a reading, where one writes another."""
        text, patch = self._heads.policy, self._heads.patch_of(row.condition)
        if patch is None:
            return text.at(row.span), row.span
        return f"{text.at(row.value.span)} | {text.at(patch)}", patch

    def _named_or_tally(self, condition: Node, depth: int) -> Iterator[Branch]:
        if condition.definition is not None:
            yield self.branch(condition, depth + 1)
        else:
            yield from self._branches(condition, depth)

    def _tally(self, node: Node, depth: int) -> Branch:
        """The count, and each clause in it; those that are satisfied are for who goes from clause to clause."""
        nodes = [self._a.network.nodes[i] for i in node.operands]
        told = [(n, self.branch(n, depth + 1)) for n in nodes]
        listed = [replace(b, depth="review") if self._is_satisfied(n) else b for n, b in told]
        line = self._line(node, (*self._tallied.by_reading(node), *listed))
        place = self._tallied.where(node)
        return replace(line, text=self._tallied.head(node), thing="", place=place if place.policy else line.place)

    def _is_satisfied(self, node: Node) -> bool:
        return self._a.values[node.index] is Verdict.SATISFIED


_STATES: dict[str, State] = {"satisfied": "holds", "unsatisfied": "fails", "unknown": "unknown"}


def _for_the_engineer(branch: Branch) -> Branch:
    """A line that shows, with all that is below it, at full depth alone."""
    return replace(branch, depth="engineer", lets_through=False)


def _is_bounded_formula(cases: Cases) -> bool:
    """Whether this is a formula whose value may not be negative, and no table that somebody wrote."""
    return isinstance(cases.otherwise, Literal) and cases.otherwise.value == Undefined("below-zero")
