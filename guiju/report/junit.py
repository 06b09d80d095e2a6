"""Results of examples as JUnit XML, which build servers show: a suite for each policy, a case for each example."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.report.examples import Tested
from guiju.report.examples_model import ExampleModel, PolicyExamplesModel

#: what no XML document may hold, however it is written
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    return as_text(root)


def as_text(root: ET.Element) -> str:
    """A document as text. Characters that XML has no place for are shown by their numbers."""
    for element in root.iter():
        for name, value in element.attrib.items():
            element.set(name, _told(value))
        element.text = element.text and _told(element.text)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text.decode() + "\n"


def _told(text: str) -> str:
    return _NO_XML.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


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
