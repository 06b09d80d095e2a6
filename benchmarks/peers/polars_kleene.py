"""Polars, three-valued: truth values as nullable columns, numbers as the least and the greatest that they can be.

What a careful user of data frames would write for unknowns. Each line is bounded by itself, as Kleene's logic does, so
some of what is really settled is left open; nothing is decided that is not.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from benchmarks.peers.peer import Loaded, Peer, all_at_once
from benchmarks.peers.polars_expressions import converted, run

if TYPE_CHECKING:
    import pyarrow as pa

    from benchmarks.peers.plain import Plain, Sheet
    from guiju.compiler.ir import Program

_LESS = {"<": "({b} < {c})", "<=": "({b} <= {c})"}
_NOT_LESS = {"<": "({a} >= {d})", "<=": "({a} > {d})"}
_TURNED = {">": "<", ">=": "<="}


def text(program: Program) -> str:
    """A module with one function, from a lazy frame to the words of the outcome, null where it is open."""
    from benchmarks.peers.plain import plain
    from benchmarks.workload import SERVICE

    sheet = plain(program, SERVICE)
    steps = [f"    rows = rows.with_columns({assigned})" for assigned in _Bounder(sheet).lines()]
    name, words = sheet.outcome, dict(enumerate(sheet.results))
    settled = f"pl.when(pl.col('{name}_lo') == pl.col('{name}_hi')).then(pl.col('{name}_lo'))"
    answer = f"    return rows.select({name}={settled}.replace_strict({words!r}))"
    return "\n".join(["import polars as pl", "", "", "def levels(rows):", *steps, answer, ""])


class _Bounder:
    """Lines as expressions: one for a truth value, a pair for a number or for the rank of a word."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._truths: set[str] = set()
        self._made: list[str] = []

    def lines(self) -> list[str]:
        """One assignment each; counts and the conditions of tables have lines of their own, for they are used twice."""
        for name, line in self._sheet.lines:
            said = self._truth(line)
            if said is not None:
                self._truths.add(name)
                self._made.append(f"{name}={said}")
            else:
                low, high = self._pair(line)
                self._made.append(f"{name}_lo={low}, {name}_hi={high}")
        return self._made

    def _kept(self, expression: str) -> str:
        name = f"step{len(self._made)}"
        self._made.append(f"{name}={expression}")
        return f"pl.col({name!r})"

    def _truth(self, plain: Plain) -> str | None:
        from benchmarks.peers.plain import Apply, Name

        match plain:
            case Name(name=name) if name in self._truths:
                return f"pl.col({name!r})"
            case Apply(operator="and" | "or" as word):
                return f"({(' & ' if word == 'and' else ' | ').join(str(self._truth(o)) for o in plain.operands)})"
            case Apply(operator="=" | "<" | "<=" | ">" | ">=" as word):
                left, right = plain.operands if word not in _TURNED else reversed(plain.operands)
                return self._compared(_TURNED.get(word, word), left, right)
        return None

    def _compared(self, operator: str, left: Plain, right: Plain) -> str:
        (a, b), (c, d) = self._pair(left), self._pair(right)
        if operator == "=":
            yes, no = f"({a} == {d}) & ({b} == {c})", f"({b} < {c}) | ({a} > {d})"
        else:
            yes, no = _LESS[operator].format(b=b, c=c), _NOT_LESS[operator].format(a=a, d=d)
        return f"pl.when({yes}).then(True).when({no}).then(False)"

    def _pair(self, plain: Plain) -> tuple[str, str]:
        from benchmarks.peers.plain import Apply, Count, Name, Pick

        match plain:
            case Fraction():
                return (f"pl.lit({float(plain)!r})",) * 2
            case str():
                return (f"pl.lit({self._sheet.results.index(plain)})",) * 2
            case Name(name=name):
                return f"pl.col('{name}_lo')", f"pl.col('{name}_hi')"
            case Count():
                return self._count(plain)
            case Pick():
                return self._pick(plain)
            case Apply(operator=operator, operands=operands):
                pairs = [self._pair(o) for o in operands]
                low, high = ([p[side] for p in pairs] for side in (0, 1))
                if operator == "mean":
                    return f"(({' + '.join(low)}) / {len(low)})", f"(({' + '.join(high)}) / {len(high)})"
                word = "+" if operator == "sum" else operator  # by positive constants only: see the weights
                return f"({f' {word} '.join(low)})", f"({f' {word} '.join(high)})"
        raise ValueError(f"no bounds of {plain}")

    def _count(self, counted: Any) -> tuple[str, str]:
        columns = f"pl.col({', '.join(repr(self._sheet.columns[i]) for i in counted.columns)})"
        sums = [f"pl.sum_horizontal({columns}.fill_null({filled})).cast(pl.Int32)" for filled in (False, True)]
        low, high = map(self._kept, sums)
        if counted.satisfied:
            return low, high
        return f"({len(counted.columns)} - {high})", f"({len(counted.columns)} - {low})"

    def _pick(self, table: Any) -> tuple[str, str]:
        low, high = self._pair(table.otherwise)
        for condition, value in reversed(table.rows):
            holds, (least, most) = self._kept(str(self._truth(condition))), self._pair(value)
            either = f"pl.when({holds}.is_null())"
            low = f"{either}.then(pl.min_horizontal({least}, {low})).when({holds}).then({least}).otherwise({low})"
            high = f"{either}.then(pl.max_horizontal({most}, {high})).when({holds}).then({most}).otherwise({high})"
        return low, high


def load(text: str) -> Loaded:
    """The function on frames in memory."""
    import polars as pl

    of = run(text)

    def many(table: pa.Table) -> Any:
        return pl.from_arrow(table)

    return all_at_once(many, lambda frame: of(frame.lazy()).collect().to_series())


PEER = Peer("Polars, three-valued", ("polars",), text, load, convert=converted)
