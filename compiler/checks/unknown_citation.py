"""A citation of a clause that this standard does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.mistake_in_the_standard import named_mistakes
from guiju.compiler.clauses import completed, printed
from guiju.compiler.names import near_miss
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

UNKNOWN_CITATION = Code(
    "unknown-citation",
    Severity.WARNING,
    Text("依据的条款不存在", "Citation of no clause"),
    Text("依据写到“{clause}”，而 {section} 没有这一条", "`{clause}` is cited, and {section} has no such clause"),
    Text(
        "改为存在的条款；若标准原文如此，用读法或记录指明",
        "cite a clause that exists; what the standard misprints, let a record name",
    ),
    Text("依据是供人核对的，指错了就无从核对", "a citation is there to be looked up"),
    "fact n : count cites 6.1 z)",
)


def unknown_citation(checked: Checked) -> Iterator[Diagnostic]:
    """Citations of this standard, where they name clauses of a section whose clauses the policy has.

    Other sections, tables and formulas are text that the policy need not know, and so is what stands below a leaf.
    """
    mistakes = named_mistakes(checked)
    for node in checked.nodes:
        if isinstance(node, tree.Citation) and node.document is None:
            for reference in _references(node):
                if _is_missing(checked, reference) and _id(reference) not in mistakes:
                    yield _finding(checked, reference)


def _references(citation: tree.Citation) -> Iterator[tree.ClauseRef]:
    """The clauses named, ends of ranges among them; one without a section belongs to the section before it."""
    section: str | None = None
    for place in citation.places:
        if isinstance(place.clause, tree.ClauseRange):
            first = _in(place.clause.first, section)
            section = first.section
            item = tree.ClauseRange(first=first, last=place.clause.last, span=place.clause.span)
            yield from (first, completed(item))
        elif place.clause is not None:
            reference = _in(place.clause, section)
            section = reference.section
            yield reference


def _in(reference: tree.ClauseRef, section: str | None) -> tree.ClauseRef:
    return replace(reference, section=reference.section or section)


def _id(reference: tree.ClauseRef) -> str:
    return ".".join((reference.section or "", *reference.marks))


def _is_missing(checked: Checked, reference: tree.ClauseRef) -> bool:
    clauses, id_ = checked.symbols.clauses, _id(reference)
    section = _section(checked, reference)
    if section is None or id_ in clauses.by_id or id_ == section:
        return False
    return not any(id_.startswith((f"{leaf}.", f"{leaf}-")) for leaf in clauses.leaves_of_group(section))


def _section(checked: Checked, reference: tree.ClauseRef) -> str | None:
    """The section of a reference, if the policy has clauses in it: `6.1` of `6.1 a)`, of `6.1-3` and of `6.1.a`."""
    known = [g for g, tops in checked.symbols.clauses.tops.items() if tops]
    if reference.marks:
        return reference.section if reference.section in known else None
    rest = {g: (reference.section or "").removeprefix(g) for g in known}
    return next((g for g, r in rest.items() if r != reference.section and (r[:1] == "-" or r[1:2].isalpha())), None)


def _finding(checked: Checked, reference: tree.ClauseRef) -> Diagnostic:
    near = near_miss(_id(reference), checked.symbols.clauses.by_id)
    suggestion = checked.symbols.clauses.by_id[near].printed if near else None
    arguments = (("clause", printed(reference)), ("section", _section(checked, reference) or ""))
    return Diagnostic(UNKNOWN_CITATION, reference.span, arguments, suggestion=suggestion)
