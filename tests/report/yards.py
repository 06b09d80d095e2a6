"""Yards: a level that a guard gives, or a fence, however large floor and roof are."""

from __future__ import annotations

from collections.abc import Mapping

import guiju
from guiju.dsl.source import Source
from guiju.engine.reasoning.planning.changes import Aim, wanted_from
from guiju.library import compile_source

YARDS = """standard yards "Yards"
groups section
levels
  L1 "Open"
fact floor : m2 "Floor"
fact roof : m2 "Roof"
fact fenced : yes-no "Fenced"
section s "s"
  a) "Fence" fenced
  b) "Guard" attested
score met
  2 when s a) satisfied and MET
  1 when s a) satisfied and not (MET)
  0 otherwise
grade level by met
  L1 | met >= 1 or s b) satisfied
  otherwise | none
"""


def yards(facts: Mapping[str, object], met: str = "floor > roof") -> Aim:
    """The way to the one level; there is no guard."""
    program = compile_source(Source("yards.guiju", YARDS.replace("MET", met))).program
    assert program is not None
    evidence = {"guiju": "evidence/1", "subject": "x", "facts": facts, "attestations": {"s.b": "unsatisfied"}}
    assessed = guiju.evaluate(guiju.Policy(program), evidence)
    return Aim(assessed, "level", wanted_from(assessed, "level", "L1"))
