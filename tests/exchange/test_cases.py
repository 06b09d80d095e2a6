"""Every case of cases/*.md: a heading, why, an input, and what is said about it (`code line:column message`).

A case without a block of expectations must be read without a word, and must suit the published schema.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from guiju.dsl.diagnostic import has_errors
from guiju.dsl.source import Source
from guiju.exchange import evidence_model, register_model
from guiju.exchange.evidence import parse_evidence
from tests.exchange.plain import plain_data

FOLDER = Path(__file__).parent / "cases"
_CASE = re.compile(
    r"^## (?P<name>.+?)\n(?P<why>.*?)^```(?P<format>yaml|json)\n(?P<input>.*?)^```\n"
    r"(?:\s*^```text\n(?P<said>.*?)^```\n)?",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Case:
    """One case; `text` is the input as it stands in the file."""

    name: str
    source: Source
    why: str
    said: tuple[str, ...]


def _cases() -> list[Case]:
    return [
        Case(
            f"{path.stem}: {found['name']}",
            Source(f"case.{found['format']}", found["input"]),
            found["why"].strip(),
            tuple((found["said"] or "").splitlines()),
        )
        for path in sorted(FOLDER.glob("*.md"))
        for found in _CASE.finditer(path.read_text(encoding="utf-8"))
    ]


CASES = [pytest.param(case, id=case.name) for case in _cases()]
SILENT = [pytest.param(case, id=case.name) for case in _cases() if not case.said]


def _said(source: Source) -> tuple[str, ...]:
    _, diagnostics = parse_evidence(source)
    places = ((d, d.span.position) for d in diagnostics)
    return tuple(f"{d.code.name} {at.line}:{at.column} {d.message('en')}" for d, at in places)


def test_every_heading_is_a_case():
    headings = sum(
        len(re.findall("^## ", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in FOLDER.glob("*.md")
    )
    assert headings == len(CASES) > 40


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case):
    assert case.why
    assert _said(case.source) == case.said


@pytest.mark.parametrize("case", CASES)
def test_evidence_comes_without_errors_only(case: Case):
    evidence, diagnostics = parse_evidence(case.source)
    assert (evidence is None) == has_errors(diagnostics)


@pytest.mark.parametrize("case", SILENT)
def test_what_is_read_without_a_word_suits_the_schema(case: Case):
    form = register_model if "evidence/2" in case.source.text else evidence_model
    jsonschema.Draft202012Validator(form.json_schema()).validate(plain_data(case.source))


@pytest.mark.parametrize("case", CASES)
def test_every_diagnostic_speaks_both_languages(case: Case):
    _, diagnostics = parse_evidence(case.source)
    for found in diagnostics:
        assert found.message("zh")
        assert found.help("zh")
        assert found.help("en")
