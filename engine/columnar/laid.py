"""What is laid down for tables of one shape: operations on planes, and which rows they do not tell.

It has all that answering takes, so that no target has to be swept again where it is kept from one run to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from guiju.compiler.ir import Verdict
from guiju.engine.columnar.circuit import Kernel
from guiju.engine.columnar.leaf import Compared
from guiju.engine.columnar.letters import Shape

if TYPE_CHECKING:  # Arrow is not needed to lay anything down
    from guiju.engine.columnar.answers import Gates, Part

#: before the id of a clause, where its verdict is asked for, and not what completions leave of it
VERDICT = "verdict:"


@dataclass(frozen=True)
class Aside:
    """Which rows a target leaves to the evaluator, whatever its planes say of them.

    `doubtful`: the columns that do so where they state something, unless each of some others does. `decided`: clauses
    that are decided already, by column; a row that states something else is left. `compared`: comparisons of several
    facts, each with the number of the case of the inputs that it belongs to.
    """

    doubtful: Mapping[int, frozenset[int]]
    decided: frozenset[tuple[int, Verdict]]
    compared: tuple[tuple[int, Compared], ...]


@dataclass(frozen=True)
class Laid:
    """Operations for one shape of table: a kernel, and where it gives what is told of each target that planes tell.

    `stated`: the verdicts beside what is told in any case that are what a column of bits says, as it lies.
    """

    kernel: Kernel
    gates: Mapping[str, Gates]
    wanted: tuple[int, ...]
    asides: Mapping[str, Aside]
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Order:
    """What operations are laid for: the shape of the tables, what is told in any case, and what only where it is free.

    The second is told where planes tell it of every row.
    """

    shape: Shape
    wanted: tuple[tuple[str, tuple[Part, ...]], ...]
    beside: tuple[tuple[str, tuple[Part, ...]], ...] = ()


class Keeper(Protocol):
    """Whoever keeps what is laid, for one program under one choice of readings."""

    def find(self, order: Order) -> Laid | None:
        """What was kept for an order."""

    def keep(self, order: Order, laid: Laid) -> None:
        """Keep it, if that can be done."""
