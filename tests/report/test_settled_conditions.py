"""A condition that is unknown by itself is said to be unknown wherever it stands, and what settles it is named."""

from __future__ import annotations

import pytest

import guiju
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Source
from guiju.library import compile_source

POLICY = """standard p-1 "P"
groups section
levels
  L1 "Basic"
fact n : count
fact m : count
section 4.1 "S"
  a) "one" n >= 3
  b) "two" attested applies when n >= 3
  c) "three" attested applies when m >= 3 or m < 3
membership
  section | L1
  4.1 | all
score A at each level = count of clauses unsatisfied
grade level by A
  L1 | A = 0
  otherwise | none
"""


def told(clause: str, language: Language) -> list[str]:
    program = compile_source(Source("p.guiju", POLICY)).program
    assert program is not None
    said = {"4.1 a)": {"verdict": "unsatisfied", "voice": "vendor"}}
    evidence = {"guiju": "evidence/1", "subject": "x", "attestations": said}
    assessment = guiju.evaluate(guiju.Policy(program), evidence)
    lines = guiju.explain(assessment, clause, language=language).splitlines()
    return [line.strip("│├└─◆ ").partition("  [")[0] for line in lines]


@pytest.mark.parametrize(
    ("language", "unknown", "settled"),
    [
        ("en", "n >= 3 → unknown", "settled by what is attested of 4.1 a): no"),
        ("zh", "n >= 3 → 未知", "由 4.1 a) 的查验结论而定: 否"),
    ],
)
def test_what_another_attestation_settles_is_told_with_it(language: Language, unknown: str, settled: str) -> None:
    assert any(unknown in line for line in told("4.1.a", language))
    below = told("4.1.b", language)
    assert any(line.endswith(unknown) for line in below)
    assert settled in below


def test_what_every_value_settles_is_told_so() -> None:
    below = told("4.1.c", "en")
    assert "applies when: m >= 3 or m < 3 → unknown" in below
    assert "in every completion: yes" in below
