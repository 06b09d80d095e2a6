"""Each reading that bears on a set of clauses multiplies what can be counted: ten of two options are as many as there may be."""

from __future__ import annotations

import pytest

from guiju.compiler.pipeline import compile_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source

MARKS = "abcdefghijk"


def said_of(readings: int, rule: str) -> list[str]:
    clauses = "".join(f'  {mark}) "x" attested\n' for mark in MARKS)
    each = (
        f'reading r{mark} "r"\n  default no : nothing changes\n  or yes : clause 1 {mark}) should\n'
        for mark in MARKS[:readings]
    )
    text = f'standard demo-1 "D"\ngroups section\nsection 1\n{clauses}{rule}\n{"".join(each)}'
    document, mistakes = parse(Source("many", text))
    assert mistakes == ()
    return [d.code.name for d in compile_document(document).diagnostics]


RULES = (
    "score s = count of should clauses satisfied",
    "score s of each section = count of should clauses satisfied",
    "score s\n  1 when all should clauses satisfied\n  0 otherwise",
)


@pytest.mark.parametrize("rule", RULES)
def test_ten_readings_may_bear_on_one_set(rule: str) -> None:
    assert said_of(10, rule) == []


@pytest.mark.parametrize("rule", RULES)
def test_eleven_are_refused_and_told_once(rule: str) -> None:
    assert said_of(11, rule) == ["too-many-combinations"]
