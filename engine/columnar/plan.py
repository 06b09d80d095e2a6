"""Program -> plan: which nodes are told by planes, and which row by row; then tables through it, block by block.

A plan grows with what is asked of it: a node is swept when it is first asked for, and operations are laid out once for
each shape of table, that is for the columns that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from guiju.compiler.ir import Program, Value
from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.columnar.answers import Part, array_of
from guiju.engine.columnar.columns import Column, columns_of
from guiju.engine.columnar.laid import Keeper, Laid, Order
from guiju.engine.columnar.leaf import NotInColumnsError
from guiju.engine.columnar.letters import Shape
from guiju.engine.columnar.table import Table
from guiju.engine.layout import layout

if TYPE_CHECKING:  # what sweeps is not needed where all was kept from an earlier run
    from guiju.engine.columnar.alone import RowByRow
    from guiju.engine.columnar.settled import Settled, Settling
    from guiju.engine.columnar.target import Ground, Target
    from guiju.engine.reachable import Memory

#: a node by its address, and what of it is wanted
Wanted: TypeAlias = tuple[str, Part]


@dataclass(frozen=True, eq=False)
class Answered:
    """A table's answers, in the order of its rows.

    `batch` has a column for each thing wanted. `rejected`: rows that state what is out of type, and why; theirs are
    null. `alone`: how many rows the evaluator was asked for. `stated`: the verdicts beside these that
    are what a column of bits says, as it lies.
    """

    batch: pa.RecordBatch
    rejected: Mapping[int, tuple[Diagnostic, ...]]
    alone: int
    stated: frozenset[str] = frozenset()


@dataclass(eq=False)
class Plan:
    """How tables are answered under a program and its readings. `evaluate` answers a batch."""

    program: Program
    readings: Mapping[str, str]
    memory: Memory = field(default_factory=dict, repr=False)  # shared by rows that are evaluated alone
    _targets: dict[object, Target | NotInColumnsError] = field(default_factory=dict, repr=False)
    _settling: dict[frozenset[int], Settling] = field(default_factory=dict, repr=False)
    keeper: Keeper | None = field(default=None, repr=False)
    _laid: dict[Order, Laid] = field(default_factory=dict, repr=False)
    _stated: set[int] = field(default_factory=set, repr=False)
    _alone: dict[tuple[str, ...], RowByRow] = field(default_factory=dict, repr=False)

    @cached_property
    def ground(self) -> Ground:
        """The program on a blank row."""
        from guiju.engine.columnar.target import Ground

        return Ground(self.program, self.readings)

    def target(self, address: str, present: Collection[int] | None = None) -> Target | NotInColumnsError:
        """A node as planes tell it of tables with some columns (None: all), or why they do not.

        KeyError where there is no such node.
        """
        columns = frozenset(range(len(layout(self.program))) if present is None else present)
        key = (address, columns)
        if key not in self._targets:
            try:
                self._targets[key] = self.ground.target(address, columns)
            except NotInColumnsError as error:
                self._targets[key] = error
        return self._targets[key]

    def settled(self, clause: str, present: Collection[int]) -> Settled:
        """The verdict of a clause as planes tell it of tables with some columns."""
        from guiju.engine.columnar.circuit import Circuit
        from guiju.engine.columnar.settled import Settling

        columns = frozenset(present)
        if columns not in self._settling:
            self._settling[columns] = Settling(self.ground, Circuit(), Shape(columns, frozenset(), True))
        return self._settling[columns].clause(clause)

    def columns(self, batch: pa.RecordBatch) -> dict[int, Column]:
        """The columns in which a batch, or one before it, states something.

        One that was stated once stays: else every batch in which another column happens to be blank had a plan of its
        own.
        """
        found = columns_of(self.program, batch, self._stated)
        self._stated |= found.keys()
        return found

    def alone(self, addresses: tuple[str, ...]) -> RowByRow:
        """Who answers single rows of any batch for some nodes."""
        from guiju.engine.columnar.alone import RowByRow

        if addresses not in self._alone:
            self._alone[addresses] = RowByRow(self.program, self.readings, addresses, self.memory)
        return self._alone[addresses]

    def evaluate(
        self,
        batch: pa.RecordBatch,
        wanted: Sequence[Wanted] | None = None,
        odd: Mapping[int, Mapping[int, object]] | None = None,
        spelled: Callable[[Value], str] = str,
        beside: Sequence[Wanted] = (),
    ) -> Answered:
        """The answers of a batch, whose columns have the names of `engine.layout`.

        `wanted` is the value of each outcome unless it is said. `odd` has, by row and place in the layout, values that
        no column has room for. `spelled` says how values are written. `beside` is told as well, as far as that costs no
        row an evaluation by itself; what does has no column in the answer.
        """
        asked = tuple(wanted) if wanted is not None else tuple((o, "value") for o in self.program.outcomes)
        among = {address for address, _ in asked}
        parts = _parts((*asked, *(w for w in beside if w[0] in among)))
        told, rejected, alone, stated = Table(self, batch, odd or {}).told(parts, _parts(beside))
        arrays, fields = [], []
        for address, part in (*asked, *(w for w in beside if w[0] in told)):
            array, metadata = array_of(told[address], part, spelled)
            arrays.append(array)
            name = address if part == "value" else f"{address}.{part}"
            fields.append(pa.field(name, array.type, metadata=metadata or None))
        return Answered(pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields)), rejected, alone, stated)

    def laid(self, order: Order) -> Laid:
        """The operations for some targets on tables of one shape; those that planes do not tell are left out."""
        if order not in self._laid:
            kept = self.keeper.find(order) if self.keeper else None
            self._laid[order] = self._lay(order) if kept is None else kept
            if self.keeper and kept is None:
                self.keeper.keep(order, self._laid[order])
        return self._laid[order]

    def _lay(self, order: Order) -> Laid:
        from guiju.engine.columnar.laying import lay

        return lay(self, order)


def _parts(wanted: Sequence[Wanted]) -> dict[str, tuple[Part, ...]]:
    """The same by node."""
    parts: dict[str, tuple[Part, ...]] = {}
    for address, part in wanted:
        parts[address] = (*parts.get(address, ()), part)
    return parts


def plan(program: Program, readings: Mapping[str, str] | None = None, keeper: Keeper | None = None) -> Plan:
    """The plan of a program under some readings; those not named take their default. `keeper`: of what was laid."""
    return Plan(program, dict(program.defaults) | dict(readings or {}), keeper=keeper)
