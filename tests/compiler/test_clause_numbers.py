"""Clauses with a number of their own, however short it is."""

from __future__ import annotations

import pytest

from guiju.dsl.formatter import format_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.library import compile_source


@pytest.mark.parametrize("number", ["5", "12", "5.1", "5.1.2"])
def test_a_number_is_the_whole_id_of_its_clause(number: str) -> None:
    text = f'standard demo-1 "D"\ngroups section\nsection s "S"\n  clause {number} "x" attested\n  a) "y" {number} satisfied\n'
    source = Source("policy.guiju", text)
    program = compile_source(source).program
    assert program is not None
    assert [(clause.id, clause.printed) for clause in program.clauses] == [(number, number), ("s.a", "s a)")]
    assert f"  clause {number} " in format_document(parse(source)[0])
