"""Two clauses contradict each other exactly where trying every number finds none that satisfies both."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.compiler.pipeline import compile_document
from guiju.dsl.parser import parse
from guiju.dsl.source import Source

COMPARED: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": lambda x, n: x >= n,
    ">": lambda x, n: x > n,
    "<=": lambda x, n: x <= n,
    "<": lambda x, n: x < n,
    "=": lambda x, n: x == n,
    "!=": lambda x, n: x != n,
}
BOUNDS = st.lists(st.tuples(st.sampled_from(sorted(COMPARED)), st.integers(0, 4)), min_size=1, max_size=2)
#: more numbers than any two bounds could tell apart: halves for a quantity, whole ones for a count
TRIED = {"lx": [Fraction(n, 4) for n in range(24)], "count": [Fraction(n) for n in range(8)]}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TRIED)), BOUNDS, BOUNDS)
def test_clauses_contradict_where_no_number_satisfies_both(
    unit: str, one: list[tuple[str, int]], other: list[tuple[str, int]]
) -> None:
    def holds(bounds: list[tuple[str, int]], x: Fraction) -> bool:
        return all(COMPARED[operator](x, Fraction(n)) for operator, n in bounds)

    def written(bounds: list[tuple[str, int]]) -> str:
        return " and ".join(f"x {operator} {n}{' lx' if unit == 'lx' else ''}" for operator, n in bounds)

    text = f'standard s-1 "S"\ngroups section\nfact x : {unit}\nsection 1\n  a) "a" {written(one)}\n  b) "b" {written(other)}\n'
    document, mistakes = parse(Source("drawn", text))
    assert not mistakes
    found = {d.code.name for d in compile_document(document).diagnostics}
    each = any(holds(one, x) for x in TRIED[unit]) and any(holds(other, x) for x in TRIED[unit])
    both = any(holds(one, x) and holds(other, x) for x in TRIED[unit])
    assert ("clauses-contradict" in found) == (each and not both)
