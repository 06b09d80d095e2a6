"""What is said to be written where rows overlap, and that nothing overlaps any more once it is written."""

from __future__ import annotations

import re

import pytest

from guiju.compiler.pipeline import compile_document
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.parser import parse
from guiju.dsl.source import Source

HEAD = """standard demo-1 "DEMO 1"
groups section
fact pue : number
levels
  C
  B
  A
section 4.1
  a) "x" attested
"""


def overlaps(policy: str) -> list[Diagnostic]:
    document, mistakes = parse(Source("case", policy))
    assert not mistakes
    return [d for d in compile_document(document).diagnostics if d.code.name == "table-overlap"]


def graded(*rows: str, exclusive: bool = False) -> str:
    lines = "".join(f"  {row}\n" for row in rows)
    return f"{HEAD}grade rating by pue{' exactly one' * exclusive}\n{lines}  otherwise | none\n"


def corrected(policy: str, remedy: str) -> str:
    """The policy with the rows that a remedy quotes, each in the place of the one with its result."""
    first, second = re.findall(r"`([^`]+\|[^`]+)`", remedy)
    if " above " in remedy:
        return policy.replace(f"  {first}\n", "").replace(f"  {second}\n", f"  {first}\n  {second}\n")
    for row in (first, second):
        policy = re.sub(rf"^  {row.split('|')[0]}\|.*$", f"  {row}", policy, flags=re.MULTILINE)
    return policy


@pytest.mark.parametrize(
    ("rows", "zh", "en"),
    [
        (
            ("A | pue <= 1.3", "B | 1.3 <= pue <= 1.4", "C | 1.4 <= pue <= 1.5"),
            "各级只写上限，写“A | pue <= 1.3”和“B | pue <= 1.4”",
            "its upper bound only, `A | pue <= 1.3` and `B | pue <= 1.4`",
        ),
        (
            ("C | 1.4 <= pue < 1.5", "B | 1.3 <= pue <= 1.4", "A | pue <= 1.3"),
            "各级只写上限，写“B | pue <= 1.4”和“C | pue < 1.5”",
            "its upper bound only, `B | pue <= 1.4` and `C | pue < 1.5`",
        ),
        (
            ("A | pue >= 3", "B | 2 <= pue <= 3", "C | 1 < pue <= 2"),
            "各级只写下限，写“A | pue >= 3”和“B | pue >= 2”",
            "its lower bound only, `A | pue >= 3` and `B | pue >= 2`",
        ),
        (
            ("A | pue <= 1.5", "B | pue <= 1.3"),
            "最好的等级在 levels 里列在最后；次序没有错的，两行对调，写“A | pue <= 1.3”和“B | pue <= 1.5”",
            "list the best level last; where it is, exchange the two and write `A | pue <= 1.3` and `B | pue <= 1.5`",
        ),
        (
            ("A | pue <= 1.3", "B | pue >= 1.3"),
            "例如写“A | pue < 1.3”和“B | pue >= 1.3”",
            "for example write `A | pue < 1.3` and `B | pue >= 1.3`",
        ),
        (
            ("good | pue <= 1.5", "fine | pue <= 1.3"),
            "先成立的一行算：把“fine | pue <= 1.3”移到“good | pue <= 1.5”前面",
            "the first row that holds counts: write `fine | pue <= 1.3` above `good | pue <= 1.5`",
        ),
        (
            ("low | 0 <= pue <= 1", "middle | 1 <= pue <= 2"),
            "例如写“low | 0 <= pue < 1”和“middle | 1 <= pue <= 2”",
            "for example write `low | 0 <= pue < 1` and `middle | 1 <= pue <= 2`",
        ),
    ],
)
def test_rows_that_overlap_are_written_as_they_should_be(rows: tuple[str, ...], zh: str, en: str) -> None:
    policy = graded(*rows)
    found = overlaps(policy)
    assert zh in found[0].help("zh")
    assert en in found[0].help("en")
    for _ in rows:
        for one in overlaps(policy)[:1]:
            policy = corrected(policy, one.help("en"))
    assert overlaps(policy) == []


@pytest.mark.parametrize(
    ("rows", "written"),
    [
        (("A | pue >= 3", "B | pue >= 2"), "`A | pue >= 3` and `B | 2 <= pue < 3`"),
        (("A | pue <= 1.3", "B | pue <= 1.4"), "`A | pue <= 1.3` and `B | 1.3 < pue <= 1.4`"),
        (("C | 0 <= pue <= 3", "B | 2 <= pue <= 5"), "`B | 2 <= pue <= 5` and `C | 0 <= pue < 2`"),
    ],
)
def test_where_exactly_one_row_may_hold_each_ends_where_the_next_begins(rows: tuple[str, ...], written: str) -> None:
    policy = graded(*rows, exclusive=True)
    remedy = overlaps(policy)[0].help("en")
    assert written in remedy
    assert overlaps(corrected(policy, remedy)) == []


def test_where_no_two_rows_say_it_the_way_is_told() -> None:
    inside = overlaps(graded("C | 0 <= pue <= 9", "B | 2 <= pue <= 5", exclusive=True))
    assert "say `<` in one and `<=` in the other" in inside[0].help("en")
