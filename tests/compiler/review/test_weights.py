"""Whether a finding can change a result: by what its record affects, or by what is scored and read at its place."""

from __future__ import annotations

import pytest

from guiju.compiler.pipeline import review_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source

TERM = 'standard demo-1 "DEMO 1"\ngroups section\nsection 6.1\n  a) "x" attested\n  b) "y" attested\nrecord term t "t"\n  used 6.1 a)\n'
LEVELS = """standard demo-1 "DEMO 1"
groups part > section
levels
  L1
  L2
part p
  section 6.1
    a) "x" attested
    b) "y" attested
membership
  section | L1     | L2
  6.1     | a), b) | a), b)
"""
OF_SECTIONS = "score of each section at each level = share of clauses satisfied\n"
OF_PARTS = "score of each part at each level = share of clauses satisfied\n"
READING = 'reading r "r" cites 6.1\n  default both : nothing changes\n  or one : membership 6.1 L1 = a)\n'


@pytest.mark.parametrize(
    ("policy", "code", "weighs"),
    [
        pytest.param(TERM, "used-not-introduced", False, id="a word that decides nothing"),
        pytest.param(f"{TERM}  affects 6.1 a)\n", "used-not-introduced", True, id="a word that a verdict depends on"),
        pytest.param(
            LEVELS + OF_PARTS, "level-adds-nothing", False, id="one section of several that are scored together"
        ),
        pytest.param(LEVELS + OF_SECTIONS, "level-adds-nothing", True, id="a section that is scored by itself"),
        pytest.param(LEVELS + OF_PARTS + READING, "level-adds-nothing", True, id="a cell that a reading fills"),
    ],
)
def test_a_finding_is_weighed_by_what_it_stands_on(policy: str, code: str, weighs: bool) -> None:
    document, mistakes = parse(Source("case", policy))
    assert not mistakes
    program, findings = review_document(document)
    assert program is not None
    assert [f.can_change_a_result for f in findings if f.diagnostic.code.name == code] == [weighs]


def test_what_is_affected_is_named_by_its_places() -> None:
    _, mistakes = parse(Source("case", f'{TERM}  affects "6.1"\n'))
    assert [m.code.name for m in mistakes] == ["wrong-value"]
