"""Results of examples as JUnit XML, which build servers show: a suite for each policy, a case for each example."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.report.examples import Tested
from guiju.report.examples_model import ExampleModel, PolicyExamplesModel


def junit(
    tested: Iterable[tuple[Tested, PolicyExamplesModel]], errors: Iterable[Diagnostic], language: Language
) -> str:
    """The document. A proposed example is a skipped case, a file with an error one that could not be run."""
    root = ET.Element("testsuites", name="guiju test")
    for _, policy in tested:
        _suite(root, policy)
    wrong = list(errors)
    if wrong:
        suite = ET.SubElement(root, "testsuite", name="files", tests=str(len(wrong)), errors=str(len(wrong)))
        for diagnostic in wrong:
            case = ET.SubElement(suite, "testcase", classname="files", name=str(diagnostic.span))
            ET.SubElement(case, "error", message=diagnostic.message(language), type=diagnostic.code.name)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def is_junit(path: Path) -> bool:
    """Whether a file is such a document, which a later run may take the place of. Nothing else is ever written over."""
    try:
        with path.open("rb") as file:
            return b"<testsuites" in file.read(200)
    except OSError:
        return False


def _suite(root: ET.Element, policy: PolicyExamplesModel) -> None:
    failed = sum(not e.holds and not e.proposed for e in policy.examples)
    skipped = sum(e.proposed for e in policy.examples)
    numbers = {"tests": len(policy.examples), "failures": failed, "errors": 0, "skipped": skipped}
    suite = ET.SubElement(root, "testsuite", {"name": policy.policy, **{k: str(v) for k, v in numbers.items()}})
    for example in policy.examples:
        place = {"classname": policy.policy, "name": example.name, "file": example.file, "line": str(example.line)}
        case = ET.SubElement(suite, "testcase", place)
        if example.proposed:
            ET.SubElement(case, "skipped", message="proposed")
        elif not example.holds:
            failure = ET.SubElement(case, "failure", message="; ".join(_failures(example)), type="expectation")
            failure.text = "\n".join(_through(example))


def _failures(example: ExampleModel) -> Iterable[str]:
    return (f"{e.about}: {e.expected} ≠ {e.was}" for e in example.expectations if not e.met)


def _through(example: ExampleModel) -> Iterable[str]:
    return (line for e in example.expectations if not e.met for line in e.through)
