"""Program -> a function of rows: what is decided at once by compiled code, and all else by the reference.

A row in which nothing is open goes through the module that `source` writes. Where clauses are open that nothing but
their verdicts is known of, the module decides the ways in which they can count, which is what the reachable set is.
Every other row, be it that facts are open or that somebody contradicts them, is the reference's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from guiju.compiler.ir import UNKNOWN, Input, Program, Value
from guiju.engine.compiled.alone import Alone
from guiju.engine.compiled.answer import NO_ANSWER, Answer, outcome_of, rule_of
from guiju.engine.compiled.folding import folded
from guiju.engine.compiled.judging import UnplainError, is_in_type, takes_bits
from guiju.engine.compiled.opened import Opened
from guiju.engine.compiled.scales import Scale, scales_of
from guiju.engine.compiled.shapes import NotPlainError
from guiju.engine.compiled.source import Module, Writer, picked
from guiju.engine.evaluate import known_from
from guiju.engine.layout import Slot, layout
from guiju.engine.names import ids_by_name
from guiju.engine.possible import Possible
from guiju.engine.reachable import Memory
from guiju.engine.reached import Reached
from guiju.engine.rows import bind_row

MOST_KERNELS = 64  # combinations of inputs that are kept compiled
MOST_REMEMBERED = 2_000  # sweeps that rows for the reference share

_BITS = frozenset((bool, type(None)))
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Kernel:
    """The code for rows with the same inputs."""

    def __init__(
        self,
        module: Module,
        columns: Sequence[Slot],
        alone: Alone,
        scales: Callable[[], Mapping[str, Scale] | None],
    ) -> None:
        self.source, self.length = module.text, module.length
        self.answer_row: Callable[[Sequence[Any], int], Answer] = _run(module.text, module.names)
        self.opened = Opened(module, _run(module.with_planes, module.names), columns, alone, scales)


def _run(text: str, names: Mapping[str, object]) -> Any:
    """The function that a module defines; its text is written by `source` and by nobody else."""
    space = dict(names)
    exec(compile(text, "<compiled policy>", "exec"), space)
    return space["decide"]


class Compiled:
    """A policy under some readings, ready for rows of some columns.

    Columns that are left out are unknown in every row. `targets` are the outcomes, or scores that are asked for.
    """

    def __init__(
        self, program: Program, readings: Mapping[str, str], columns: tuple[int, ...], targets: tuple[str, ...]
    ) -> None:
        slots = layout(program)
        self.program, self.targets, self.columns = program, targets, columns
        self.readings = program.defaults | dict(readings)
        self.slots: tuple[Slot, ...] = tuple(slots[i] for i in columns)
        places = [i for i, slot in enumerate(self.slots) if slot.kind == "input"]
        self._inputs = [_options(self.slots[i]) for i in places]
        self._chosen: Callable[[Sequence[Any]], Any] = itemgetter(*places) if places else _none
        self._ready: dict[Any, tuple[Callable[[Sequence[Any], int], Answer], int]] = {}  # and the length of a row
        self._kernels: dict[tuple[str, ...], Kernel | None] = {}
        self._memory: Memory = {}
        self._in_type = [is_in_type(slot) for slot in self.slots]
        self._bits = picked([i for i, slot in enumerate(self.slots) if takes_bits(slot)])
        self._beside = [(i, self._in_type[i]) for i, slot in enumerate(self.slots) if not takes_bits(slot)]

    def answer(self, values: Sequence[Any]) -> Answer:
        """What the outcomes are or can be of a row, its values in the order of the columns; None is unknown.

        The row is in type: a value that cannot matter is not looked at. See `checked` of one that may not be.
        """
        try:
            decide, length = self._ready[self._chosen(values)]
            return decide(values, length)
        except (KeyError, TypeError, ValueError, UnplainError):
            found = self._otherwise(values)
        return self.by_reference(values) if found is None else found

    def checked(self, values: Sequence[Any]) -> Answer:
        """The same of a row of which nobody has made sure that it is in type: every value is looked at."""
        found = self.by_code(values)
        return self.by_reference(values) if found is None else found

    def by_code(self, values: Sequence[Any]) -> Answer | None:
        """The same where the code decides it; None where it is the reference's."""
        return self._tried(values) if self._is_in_type(values) else None

    def _is_in_type(self, values: Sequence[Any]) -> bool:
        if len(values) != len(self.slots):
            raise ValueError(f"{len(values)} values for {len(self.slots)} columns")
        if _BITS.issuperset(map(type, self._bits(values))):  # most of a row, all at once
            return all(is_in_type(values[i]) for i, is_in_type in self._beside)
        return all(is_in_type(value) for is_in_type, value in zip(self._in_type, values, strict=True))

    def _tried(self, values: Sequence[Any]) -> Answer | None:
        try:
            decide, length = self._ready[self._chosen(values)]
            return decide(values, length)
        except (KeyError, TypeError, ValueError, UnplainError):
            return self._otherwise(values)

    def source(self, inputs: Mapping[str, str] = _NOTHING) -> str | None:
        """The code for rows with some inputs, those not named at their first option; None where there is none."""
        chosen = tuple(inputs.get(slot.declaration.id, next(iter(o.values()))) for slot, o in self._pairs())
        kernel = self._kernel(chosen)
        return kernel.source if kernel else None

    def _pairs(self) -> list[tuple[Slot, dict[str, str]]]:
        inputs = (slot for slot in self.slots if slot.kind == "input")
        return list(zip(inputs, self._inputs, strict=True))

    def _otherwise(self, values: Sequence[Any]) -> Answer | None:
        """A row that no code is ready for, or that the code for it does not decide; None: it is the reference's."""
        if len(values) != len(self.columns):
            raise ValueError(f"{len(values)} values for {len(self.columns)} columns")
        raw = self._chosen(values)
        stated = raw if len(self._inputs) > 1 else (raw,) if self._inputs else ()
        chosen = [o.get(v) if isinstance(v, str) else None for o, v in zip(self._inputs, stated, strict=True)]
        if None in chosen:
            return None
        kernel = self._kernel(tuple(chosen))  # type: ignore[arg-type]
        if kernel is None:
            return None
        if raw not in self._ready:
            if len(self._ready) >= MOST_KERNELS:
                self._ready.clear()
            self._ready[raw] = kernel.answer_row, kernel.length(stated, len(self.columns))
            return self._tried(values)
        return kernel.opened.answer(self.program, values, self._ready[raw][1])

    def _kernel(self, chosen: tuple[str, ...]) -> Kernel | None:
        """The code for some inputs; None where rows with them cannot be decided in two values."""
        if chosen not in self._kernels:
            if len(self._kernels) >= MOST_KERNELS:
                self._kernels.clear()
            self._kernels[chosen] = self._made(chosen)
        return self._kernels[chosen]

    def _made(self, chosen: tuple[str, ...]) -> Kernel | None:
        inputs = {slot.declaration.id: option for (slot, _), option in zip(self._pairs(), chosen, strict=True)}
        given = {slot.address for slot in self.slots if slot.kind != "input"}
        try:
            network = folded(self.program, self.readings, given, inputs)
            module = Writer(network, self.slots, self.targets).module()
        except NotPlainError:
            return None
        alone = Alone(self.program, self.readings, inputs)
        return Kernel(module, self.slots, alone, partial(scales_of, network, self.targets))

    # --- the reference -------------------------------------------------------------------------------------------

    def whole(self, values: Sequence[Any]) -> list[Any]:
        """The row with all columns of the layout."""
        row: list[Any] = [None] * len(layout(self.program))
        for place, value in zip(self.columns, values, strict=True):
            row[place] = value
        return row

    def by_reference(self, values: Sequence[Any]) -> Answer:
        """What the reference makes of a row."""
        bound, found = bind_row(self.program, self.whole(values), "row")
        if any(d.is_error for d in found):
            return NO_ANSWER
        if len(self._memory) > MOST_REMEMBERED:
            self._memory.clear()
        known = known_from(bound, self.readings, self._memory)
        reached, outcomes = Reached(known, self._memory), {}
        for id_ in self.targets:
            index = known.network.at[id_]
            possible = reached.of(index)
            rule = self._rule(reached, index, possible)
            outcomes[id_] = outcome_of(self.program, possible.values, exact=possible.exact, rule=rule)
        return Answer(outcomes)

    @staticmethod
    def _rule(reached: Reached, index: int, possible: Possible) -> str | None:
        """The row of a table that gives the value of a node, if it has one."""

        def in_all(node: int) -> Value:
            found = reached.of(node).values
            return found[0] if len(found) == 1 else UNKNOWN

        known = reached.known
        is_one = possible.exact and len(possible.values) == 1
        return rule_of(known.network, known.network.nodes[index], known.values, in_all) if is_one else None


def compiled(
    program: Program,
    readings: Mapping[str, str] = _NOTHING,
    columns: Sequence[int] | None = None,
    targets: Sequence[str] | None = None,
) -> Compiled:
    """A policy ready for rows: of all columns of the layout, or of some by their places in it.

    `targets` are ids of definitions, the outcomes unless others are asked for.
    """
    chosen = tuple(range(len(layout(program)))) if columns is None else tuple(columns)
    wanted = program.outcomes if targets is None else tuple(targets)
    return _compiled(program, tuple(sorted(readings.items())), chosen, wanted)


@lru_cache(maxsize=16)
def _compiled(
    program: Program, readings: tuple[tuple[str, str], ...], columns: tuple[int, ...], targets: tuple[str, ...]
) -> Compiled:
    return Compiled(program, dict(readings), columns, targets)


def _options(slot: Slot) -> dict[str, str]:
    assert isinstance(slot.declaration, Input)
    return ids_by_name(slot.declaration.options)


def _none(values: Sequence[Any]) -> None:
    """The inputs of a policy without inputs."""
