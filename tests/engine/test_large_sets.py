"""An open fact that is a set of many options: exact by the options asked for, an enclosure beyond that."""

from __future__ import annotations

import pytest

import guiju
from guiju.dsl.source import Source
from guiju.engine.evaluate import Assessment
from guiju.library import compile_source

OPTIONS = [f"o{i}" for i in range(12)]


def assess(condition: str) -> Assessment:
    policy = f"""standard sets-1 "Sets"
groups section
fact s : set of {" | ".join(OPTIONS)}
section x
  a) "x" {condition}
score n = count of clauses satisfied
"""
    program = compile_source(Source("sets.guiju", policy)).program
    assert program is not None
    return guiju.evaluate(guiju.Policy(program), {"guiju": "evidence/1", "subject": "x"})


def test_a_mixture_of_in_and_out_is_found() -> None:
    possible = assess("o1 in s and o2 in s and not o3 in s and not o4 in s").possible("n")
    assert possible.exact
    assert set(possible.values) == {0, 1}


@pytest.mark.parametrize("word", ["and", "or"])
def test_too_many_options_give_an_enclosure(word: str) -> None:
    possible = assess(f" {word} ".join(f"{o} in s" for o in OPTIONS)).possible("n")
    assert not possible.exact
    assert set(possible.values) == {0, 1}
