"""A small bundle, from what a person would type: whether a shop is open long enough, and who answers there."""

from __future__ import annotations

from functools import cache
from typing import Any

from guiju.bundle.layout import written
from guiju.bundle.make import content_of
from guiju.bundle.sources import SourceText, in_order

POLICY = """standard shop-1 "SHOP 1"
use shared
groups section
levels
  L1
  L2
section 1
  a) "open long" hours >= 8
  b) "someone answers" attested
membership
  section | L1 | L2
  1 | a) | all
score A at each level = share of clauses satisfied
grade level by A
  L2 | A >= 100%
  L1 | A >= 100%
  otherwise | none
reading answers "Who answers"
  default strict : nothing changes
  or wide : membership 1 L1 = all
"""
VOCABULARY = """vocabulary shared "Shared facts"
fact hours : count
"""
EVIDENCE = """guiju: evidence/1
subject: 街角小店
as_of: 2026-06-30T00:00:00+08:00
evidence:
  e1: {kind: notice, hash: "sha256:12ab"}
facts:
  hours: {value: 9, evidence: e1}
"""
ENGINE = "9.8.7"
SOURCES = in_order(
    (
        SourceText("policy", "shop-1.guiju", POLICY),
        SourceText("vocabulary", "shared.guiju", VOCABULARY, ("shop-1",)),
        SourceText("evidence", "shop.yaml", EVIDENCE),
    )
)


@cache
def text(engine: str = ENGINE, reading: str = "strict") -> str:
    """The bundle, written by some version under some option of its reading."""
    return written(content(engine, reading))


def content(engine: str = ENGINE, reading: str = "strict") -> dict[str, Any]:
    """The members of the bundle."""
    made, errors = content_of(SOURCES, {"answers": reading}, engine)
    assert made is not None, [d.message("en") for d in errors]
    return made
