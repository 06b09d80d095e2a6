"""DuckDB: one query, a select around a select for lines that stand on others. CASE takes what is not known for no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers.peer import Loaded, Peer, all_at_once

if TYPE_CHECKING:
    import pyarrow as pa

    from benchmarks.peers.plain import Sheet
    from guiju.compiler.ir import Program


def text(program: Program) -> str:
    """One query over the table `subjects`."""
    from benchmarks.peers.infix import Dialect, spoken
    from benchmarks.peers.plain import Count, plain
    from benchmarks.workload import SERVICE

    sheet = plain(program, SERVICE)

    def count(counted: Count) -> str:
        met = " + ".join(f"c{i}" for i in counted.columns)
        return f"({met})::DOUBLE" if counted.satisfied else f"({len(counted.columns)} - ({met}))::DOUBLE"

    dialect = Dialect(
        count=count,
        pick=lambda condition, value, otherwise: f"CASE WHEN {condition} THEN {value} ELSE {otherwise} END",
        number=lambda number: f"{float(number)!r}::DOUBLE",
        text=lambda text: f"'{text}'",
    )
    filled = ",\n  ".join(f'coalesce("{id_}", false)::TINYINT AS c{i}' for i, id_ in enumerate(sheet.columns))
    query, depth = f"(SELECT {filled}\nFROM subjects)", _depths(sheet)
    for layer in range(max(depth.values()) + 1):
        made = ",\n  ".join(f"{spoken(line, dialect)} AS {n}" for n, line in sheet.lines if depth[n] == layer)
        query = f"(SELECT *,\n  {made}\nFROM {query})"
    return f"SELECT {sheet.outcome} FROM {query}"


def _depths(sheet: Sheet) -> dict[str, int]:
    """How many selects a line has below its own."""
    from benchmarks.peers.plain import names_in

    depths: dict[str, int] = {}
    for name, line in sheet.lines:
        depths[name] = 1 + max((depths[n] for n in names_in(line)), default=-1)
    return depths


def load(text: str) -> Loaded:
    """A database in memory, on one thread."""
    import duckdb

    database = duckdb.connect(config={"threads": 1})

    def levels(table: pa.Table) -> Any:
        database.register("subjects", table)
        return database.sql(text).to_arrow_table()["level"]

    return all_at_once(lambda table: table, levels)


def convert(text: str, source: str, target: str) -> None:
    """A Parquet file of rows into one of levels, on all cores; Arrow files go through Arrow."""
    import duckdb

    if source.endswith(".parquet"):
        query = text.replace("FROM subjects", f"FROM '{source}'")
        duckdb.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet)")
        return
    import pyarrow.feather as ipc

    subjects = ipc.read_table(source, memory_map=True)
    duckdb.register("subjects", subjects)
    ipc.write_feather(duckdb.sql(text).to_arrow_table(), target, compression="uncompressed")


PEER = Peer("DuckDB", ("duckdb", "pyarrow"), text, load, convert=convert)
