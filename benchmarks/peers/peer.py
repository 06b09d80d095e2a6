"""What the benchmark asks of every tool: its policy as text, the same loaded, and levels of one subject or of many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:  # a tool is timed from a blank start: it does not pay for what made its policy
    import pyarrow as pa

    from guiju.compiler.ir import Program

Verdicts: TypeAlias = Sequence[bool | None]


@dataclass(frozen=True)
class Loaded:
    """A tool ready to answer. `one` and `many` put rows, or a single one, into the form that it wants, unclocked.

    `levels` gives a word for each row, and None for one that it leaves open. `what_if` takes a row, and what it would
    be, and gives what answers for the second, as often as it is called; None: a tool that has to be asked anew.
    """

    one: Callable[[pa.Table], Any]
    level: Callable[[Any], str | None]
    many: Callable[[pa.Table], Any]
    levels: Callable[[Any], Sequence[str | None]]
    what_if: Callable[[pa.Table, pa.Table], Callable[[], str | None]] | None = None


@dataclass(frozen=True)
class Peer:
    """A tool. `needs`: the modules without which it cannot run. `most`: rows that it answers in a bearable time.

    `convert` answers a whole file: policy, rows, and where the levels go; `command` is a command line that does, where
    the tool has one. Neither: it reads no tables.
    """

    name: str
    needs: tuple[str, ...]
    text: Callable[[Program], str]
    load: Callable[[str], Loaded]
    most: int = 10**6
    convert: Callable[[str, str, str], None] | None = None
    command: Callable[[str, str, str], list[str]] | None = None

    @property
    def reads_tables(self) -> bool:
        """Whether it answers whole files."""
        return self.convert is not None or self.command is not None

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not installed here."""
        return tuple(name for name in self.needs if find_spec(name) is None)


def one_by_one(one: Callable[[Verdicts], Any], level: Callable[[Any], str | None]) -> Loaded:
    """A tool that knows one subject at a time."""

    def many(table: pa.Table) -> list[Any]:
        return [one(row) for row in rows_of(table)]

    return Loaded(lambda table: many(table)[0], level, many, lambda rows: [level(row) for row in rows])


def all_at_once(many: Callable[[pa.Table], Any], levels: Callable[[Any], Sequence[str | None]]) -> Loaded:
    """A tool that knows columns; one subject is a table of one row."""
    return Loaded(many, lambda table: levels(table)[0], many, levels)


def words_of(levels: Any) -> list[str | None]:
    """Levels as a tool gives them, as words."""
    plain = next(
        (getattr(levels, name)() for name in ("to_pylist", "tolist", "to_list") if hasattr(levels, name)), levels
    )
    return list(plain)


def rows_of(table: pa.Table) -> list[tuple[bool | None, ...]]:
    """The verdicts row by row; the first column is the service, which all rows have in common."""
    return list(zip(*(column.to_pylist() for column in table.columns[1:]), strict=True))


def no_for_unknown(row: Verdicts) -> list[bool]:
    """What a two-valued tool makes of what is not known."""
    return [bool(verdict) for verdict in row]
