"""What all sections of an explanation speak of: one assessment, its result, its derivations, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from guiju.compiler.ir import TABLE, Clause, Program
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.relevance import Lack
from guiju.exchange.policy_text import citation
from guiju.report import result_model as model
from guiju.report.agreeing import agreeing
from guiju.report.branch import Branch
from guiju.report.depth import at_depth
from guiju.report.document import Cell, Mark, Run, anchor, cell, line_anchor, link_cell
from guiju.report.enclosures import enclosure
from guiju.report.explain import explain
from guiju.report.heads import Heads
from guiju.report.lacking import lacks_text
from guiju.report.under_readings import with_readings
from guiju.report.values import published, set_text, value_text
from guiju.report.words import labelled, word

_MARKS: dict[str, Mark] = {"satisfied": "holds", "unsatisfied": "fails", "unknown": "unknown"}


@dataclass(frozen=True, eq=False)
class Explained:
    """An assessment on its way to a document. `with_sources`: which has every derivation, and the policy itself."""

    assessment: Assessment
    result: model.ResultModel
    language: Language
    with_sources: bool = True

    @property
    def program(self) -> Program:
        """The standard."""
        return self.assessment.program

    @cached_property
    def heads(self) -> Heads:
        """Says what nodes are."""
        return Heads(self.assessment, self.language)

    @cached_property
    def trees(self) -> tuple[Branch, ...]:
        """The whole derivation of each outcome."""
        return tuple(map(self._tree, self.program.outcomes))

    def _tree(self, outcome: str) -> Branch:
        tree = explain(self.assessment, outcome, self.language)
        found = next((r for r in self.result.readings.outcomes if r.outcome == outcome), None)
        return with_readings(self.program, tree, found, self.language) if found else tree

    @cached_property
    def told(self) -> frozenset[str]:
        """The addresses that a derivation tells, where the document has it to link to."""
        if not self.with_sources:
            return frozenset()
        return frozenset(b.address for tree in self.trees for b in tree.walk())

    @cached_property
    def clauses(self) -> dict[str, model.ClauseModel]:
        """The clauses of the result by id."""
        return {c.id: c for c in self.result.clauses}

    # --- words ---------------------------------------------------------------------------------------------------

    def said(self, text: Text, **arguments: object) -> str:
        """A sentence in the language of the document."""
        return agreeing(text.in_language(self.language), **arguments)

    def word(self, key: str, **arguments: object) -> str:
        """A word of all reports."""
        return word(key, self.language, **arguments)

    def head(self, key: str) -> str:
        """A word at the head of a column."""
        text = self.word(key)
        return text[:1].upper() + text[1:]

    def values(self, values: Iterable[str], definition: str, *, bounded: bool = False) -> str:
        """The values of a score or an outcome, as published, for people."""
        show = partial(value_text, self.program, self.program.definition[definition], language=self.language)
        return set_text(self.program, map(published, values), show, self.language, bounded=bounded)

    def possible(self, possible: model.PossibleModel, definition: str) -> str:
        """The same of all that it can be, said to be an enclosure where it is one."""
        text = self.values(possible.values, definition, bounded=possible.low is not None)
        return text if possible.exact else f"{text} {enclosure(possible.why, self.language)}"

    def level(self, id_: str) -> str:
        """A level by id and label."""
        return labelled(id_, self.program.levels, self.language)

    def score_name(self, id_: str) -> str:
        """What a score is called, and at which level."""
        d = self.program.definition[id_]
        return f"{d.label.in_language(self.language)}" + (f" {self.word('at-level')} {d.level}" if d.level else "")

    def cited(self, cites: str) -> str:
        """A place in the standard."""
        return citation(cites, self.language)

    def lacking(self, names: Iterable[str]) -> str:
        """Names of what is missing, with what may be given instead where a formula says so."""
        instead = {v.name: tuple(v.alternatives) for v in self.result.open_values}
        lacks = (Lack(name, instead.get(name, ())) for name in names)
        return self.word("missing") + lacks_text(self.program, lacks, self.language)

    def said_of(self, clause: model.ClauseModel, *, alone: bool = False) -> list[str]:
        """What decides a clause, or why nothing does: thresholds with what is there, voices, what is lacking.

        `alone`: nothing beside it says the evidence, so that each line of the clause does.
        """
        tree = at_depth(explain(self.assessment, f"clause:{clause.id}", self.language), "review")
        told = [b for b in tree.branches if not b.address.startswith(("fact:", "record:"))]
        told += [b for b in tree.walk() if b.address.startswith("fact:") and b.thing and not b.above]
        if clause.verdict != "unknown":  # what nobody stated decided nothing; what somebody said is told
            told = [b for b in told if b.state != "unknown" or b.address == tree.address]
        given = {id_ for b in told for id_ in b.evidence} | ({""} if alone else set())
        return list(dict.fromkeys(_said(b, given if b.address == tree.address else set()) for b in told))

    @cached_property
    def _counted(self) -> frozenset[tuple[str, str]]:
        printed = self.heads.policy.membership
        readings = dict(self.assessment.readings)
        return frozenset(
            (c.id, level)
            for c in self.program.clauses
            for level in self.result.levels
            if (printed.sets.counts(c.id, level, readings) if printed else level in c.levels)
        )

    def counts(self, clause: model.ClauseModel, level: str) -> bool:
        """Whether a clause counts at a level under the readings that were taken."""
        return (clause.id, level) in self._counted

    # --- links and cells -----------------------------------------------------------------------------------------

    def link(self, address: str) -> str:
        """To where a node is told, or to the row of a clause that no derivation rests on; "" where there is neither."""
        told = next((a for a in (address, address + TABLE) if a in self.told), None)
        if told is not None:
            return f"#{anchor(told)}"
        kind, _, id_ = address.partition(":")
        return f"#{anchor(f'row:{id_}')}" if kind == "clause" and id_ in self.clauses else ""

    def clause_cell(self, clause: model.ClauseModel) -> Cell:
        """A clause by number and label, linked to its derivation."""
        link = self.link(f"clause:{clause.id}")
        mark = self.mark(clause.verdict) if clause.takes_part else "quiet"
        return Cell(((Run(clause.cites, link, "strong"), Run(f" {clause.label}")),), mark)

    def verdict_cell(self, clause: model.ClauseModel) -> Cell:
        """A verdict with who decided it; of a clause that takes no part that alone, and beside what somebody said."""
        apart = "" if clause.takes_part else self.word("absent")
        if apart and clause.verdict == "unknown":
            return cell(apart, mark="quiet")
        by = f" ({self.word(clause.by)})" if clause.by else ""
        said = "; ".join(filter(None, (f"{self.word(clause.verdict)}{by}", apart)))
        return cell(said, mark="quiet" if apart else self.mark(clause.verdict))

    def evidence_cell(self, ids: Sequence[str]) -> Cell:
        """Pieces of evidence, linked to the register."""
        runs = [run for id_ in ids for run in (Run(", "), Run(id_, f"#{anchor(f'evidence:{id_}')}"))]
        return Cell((tuple(runs[1:]),) if runs else ())

    def place_head(self) -> tuple[str, ...]:
        """The heading of the column of lines of the policy, where the document has them."""
        return (self.head("policy-line"),) if self.with_sources else ()

    def place_cells(self, clause: Clause) -> tuple[Cell, ...]:
        """The line of the policy that says a clause, where the document has it."""
        if not self.with_sources:
            return ()
        place = self.heads.where(self.assessment.network.node(f"clause:{clause.id}")).policy
        return (link_cell(place.rpartition(":")[2], f"#{line_anchor(place)}"),)

    def mark(self, verdict: str) -> Mark:
        """How a verdict is marked."""
        return _MARKS.get(verdict, "quiet")


def _said(line: Branch, given: set[str]) -> str:
    """A line with its remark; of what a person says, with its evidence where others give other evidence."""
    cited = f" [{', '.join(line.evidence)}]" if line.evidence and given.difference(line.evidence) else ""
    return f"{line.text}{cited}{f' — {line.note}' if line.note else ''}"
