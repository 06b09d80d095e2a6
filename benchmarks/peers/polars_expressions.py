"""Polars: one expression for each line of the sheet, two-valued: what is not known is filled with no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers.peer import Loaded, Peer, all_at_once

if TYPE_CHECKING:
    import pyarrow as pa

    from guiju.compiler.ir import Program


def text(program: Program) -> str:
    """A module with one function, from a lazy frame to its levels."""
    from benchmarks.peers.infix import Dialect, spoken
    from benchmarks.peers.plain import Count, plain
    from benchmarks.workload import SERVICE

    sheet = plain(program, SERVICE)

    def count(counted: Count) -> str:
        columns = ", ".join(repr(sheet.columns[i]) for i in counted.columns)
        met = f"pl.sum_horizontal(pl.col({columns}).fill_null(False))"
        return met if counted.satisfied else f"({len(counted.columns)} - {met}.cast(pl.Int32))"

    dialect = Dialect(
        count=count,
        pick=lambda condition, value, otherwise: f"pl.when({condition}).then({value}).otherwise({otherwise})",
        name=lambda name: f"pl.col({name!r})",
        number=lambda number: f"pl.lit({float(number)!r})",
        text=lambda text: f"pl.lit({text!r})",
        words={"and": "&", "or": "|", "not": "~", "=": "=="},
    )
    steps = [f"    rows = rows.with_columns({name}={spoken(line, dialect)})" for name, line in sheet.lines]
    head = ["import polars as pl", "", "", "def levels(rows: pl.LazyFrame) -> pl.LazyFrame:"]
    return "\n".join([*head, *steps, f"    return rows.select({sheet.outcome!r})", ""])


def run(text: str) -> Any:
    """The function of the module."""
    names: dict[str, Any] = {}
    exec(compile(text, "polars_policy.py", "exec"), names)
    return names["levels"]


def load(text: str) -> Loaded:
    """The function on frames in memory."""
    import polars as pl

    of = run(text)

    def many(table: pa.Table) -> Any:
        return pl.from_arrow(table)

    return all_at_once(many, lambda frame: of(frame.lazy()).collect().to_series())


def converted(text: str, source: str, target: str) -> None:
    """A file of rows into a file of levels, as Polars reads and writes it by itself."""
    import polars as pl

    is_parquet = source.endswith(".parquet")
    rows = pl.scan_parquet(source) if is_parquet else pl.scan_ipc(source)
    levels = run(text)(rows)
    if is_parquet:
        levels.sink_parquet(target)
    else:
        levels.sink_ipc(target)


PEER = Peer("Polars, two-valued", ("polars",), text, load, convert=converted)
