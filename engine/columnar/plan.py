"""Program -> plan: which nodes are told by planes, and which row by row; then tables through it, block by block.

A plan grows with what is asked of it: a node is swept when it is first asked for, and operations are laid out once for
each shape of table, that is for the columns that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import pyarrow as pa

from guiju.compiler.ir import Program, Value
from guiju.dsl.diagnostic import Diagnostic
from guiju.engine.columnar.answers import Gates, Part, array_of, gates_of, needed
from guiju.engine.columnar.circuit import Circuit, kernel_of
from guiju.engine.columnar.leaves import NotInColumnsError
from guiju.engine.columnar.letters import Letters, Shape
from guiju.engine.columnar.table import Laid, Table
from guiju.engine.columnar.target import Ground, Target, ends_of
from guiju.engine.reachable import Memory
from guiju.engine.rows import layout

#: a node by its address, and what of it is wanted
Wanted: TypeAlias = tuple[str, Part]


@dataclass(frozen=True, eq=False)
class Answered:
    """A table's answers, in the order of its rows.

    `batch` has a column for each thing wanted. `rejected`: rows that state what is out of type, and why; theirs are
    null. `alone`: how many rows the evaluator was asked for.
    """

    batch: pa.RecordBatch
    rejected: Mapping[int, tuple[Diagnostic, ...]]
    alone: int


@dataclass(eq=False)
class Plan:
    """How tables are answered under a program and its readings. `evaluate` answers a batch."""

    program: Program
    readings: Mapping[str, str]
    memory: Memory = field(default_factory=dict, repr=False)  # shared by rows that are evaluated alone
    _targets: dict[object, Target | NotInColumnsError] = field(default_factory=dict, repr=False)
    _laid: dict[object, Laid] = field(default_factory=dict, repr=False)

    @cached_property
    def ground(self) -> Ground:
        """The program on a blank row."""
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

    def evaluate(
        self,
        batch: pa.RecordBatch,
        wanted: Sequence[Wanted] | None = None,
        odd: Mapping[int, Mapping[int, object]] | None = None,
        spelled: Callable[[Value], str] = str,
    ) -> Answered:
        """The answers of a batch, whose columns have the names of `engine.rows.layout`.

        `wanted` is the value of each outcome unless it is said. `odd` has, by row and place in the layout, values that
        no column has room for. `spelled` says how values are written.
        """
        asked = tuple(wanted) if wanted is not None else tuple((o, "value") for o in self.program.outcomes)
        parts: dict[str, list[Part]] = {}
        for address, part in asked:
            parts.setdefault(address, []).append(part)
        told, rejected, alone = Table(self, batch, odd or {}).told(parts)
        arrays, fields = [], []
        for address, part in asked:
            array, metadata = array_of(told[address], part, spelled)
            arrays.append(array)
            name = address if part == "value" else f"{address}.{part}"
            fields.append(pa.field(name, array.type, metadata=metadata or None))
        return Answered(pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields)), rejected, alone)

    def laid(self, targets: Mapping[str, Sequence[Part]], shape: Shape) -> Laid:
        """The operations for some targets on tables of one shape."""
        key = (shape, tuple((a, tuple(p)) for a, p in targets.items()))
        if key not in self._laid:
            self._laid[key] = self._lay(targets, shape)
        return self._laid[key]

    def _lay(self, targets: Mapping[str, Sequence[Part]], shape: Shape) -> Laid:
        circuit = Circuit()
        letters = Letters(circuit, shape)
        gates: dict[str, Gates] = {}
        for address in targets:
            target = self.target(address, shape.present)
            assert isinstance(target, Target)
            ends, told = ends_of(target, self.ground.network, shape.present, circuit, letters)
            gates[address] = gates_of(self.program, ends, told, circuit)
        wanted = tuple(dict.fromkeys(g for address, parts in targets.items() for g in needed(gates[address], parts)))
        return Laid(kernel_of(circuit, wanted), gates, wanted)


def plan(program: Program, readings: Mapping[str, str] | None = None) -> Plan:
    """The plan of a program under some readings; those not named take their default."""
    return Plan(program, dict(program.defaults) | dict(readings or {}))
