"""Assessment -> JUnit XML: a suite for each group of the standard, a case for each clause.

A case passes only if its clause is satisfied. What does not apply and what nobody has said is skipped; what people
disagree on, and what has no value, is an error: no answer could be had.
"""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree as ET

from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.report.exports.judged import Judged, Status, judged
from guiju.report.exports.stable import instant
from guiju.report.junit import as_text
from guiju.report.words import in_order, plain

#: status -> the element of a case; a case without one has passed
ELEMENTS: dict[Status, str] = {
    "unsatisfied": "failure",
    "not-applicable": "skipped",
    "not-assessed": "skipped",
    "conflicting": "error",
    "undefined": "error",
}
_COUNTS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def document(assessment: Assessment, language: Language) -> str:
    """The document."""
    program, every = assessment.program, judged(assessment)
    root = ET.Element("testsuites", {"name": program.id, **_counts(every)})
    for group, judged_ in groupby(every, key=lambda each: each.clause.group):
        _suite(root, assessment, program.group[group].label.in_language(language), tuple(judged_), language)
    return as_text(root)


def _suite(root: ET.Element, assessment: Assessment, label: str, every: tuple[Judged, ...], language: Language) -> None:
    program, as_of = assessment.program, assessment.bound.evidence.as_of
    group = every[0].clause.group
    when = {} if as_of is None else {"timestamp": instant(as_of)}
    suite = ET.SubElement(root, "testsuite", {"name": f"{group} {label}", **_counts(every), **when})
    properties = ET.SubElement(suite, "properties")
    for outcome in program.outcomes:
        values = " | ".join(map(plain, in_order(assessment.possible(outcome).values)))
        ET.SubElement(properties, "property", {"name": f"outcome:{outcome}", "value": values})
    for each in every:
        name = f"{each.clause.printed} {each.clause.label.in_language(language)}"
        case = ET.SubElement(suite, "testcase", {"classname": f"{program.id}.{group}", "name": name})
        element = ELEMENTS.get(each.status)
        if element is not None:
            told = each.told(language)
            ET.SubElement(case, element, {"message": told, "type": each.status})


def _counts(every: tuple[Judged, ...]) -> dict[str, str]:
    found = [ELEMENTS.get(each.status) for each in every]
    return {"tests": str(len(found)), **{name: str(found.count(element)) for name, element in _COUNTS.items()}}
