"""One outcome, score or clause as a diagram: by the cases of the inputs, each a sweep over a blank row.

What the sweep cannot tell exactly is not expressed in columns; such a target is left to the evaluator, row by row.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from guiju.compiler.ir import UNKNOWN, Clause, Input, Program, Value, Verdict
from guiju.engine.columnar.circuit import EMPTY, FULL, Circuit
from guiju.engine.columnar.diagram import Asked, Diagram, Within, diagram_of
from guiju.engine.columnar.ends import Allowing, planes_of
from guiju.engine.columnar.extremes import Extremes, extremes_of
from guiju.engine.columnar.laid import VERDICT, Aside
from guiju.engine.columnar.leaf import Compared, Knot, Leaf, NotInColumnsError, Options, slots_of
from guiju.engine.columnar.leaves import Leaves, leaves_below
from guiju.engine.evaluate import settle
from guiju.engine.layout import layout, places
from guiju.engine.network import Network, network_of
from guiju.engine.possible import Known, Relation, Standing
from guiju.engine.reachable import input_cases, module_sweeps
from guiju.engine.rows import bind_row
from guiju.engine.sweep import BUDGET, Run, Stage, kept_runs


@dataclass(frozen=True, eq=False)
class Swept:
    """A sweep that was kept, with its leaves, and the sweeps of modules within it by the ids of their relations."""

    run: Run
    leaves: Leaves
    within: Mapping[int, Swept] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Spread:
    """The sweeps of modules of which too many combinations meet in a target, and the extremes that these lead to."""

    modules: tuple[Swept, ...]
    extremes: Extremes


@dataclass(frozen=True, eq=False)
class Case:
    """A target under one choice of the inputs: what is known then, its leaves, and the sweep; None: it is decided."""

    inputs: tuple[tuple[Options, Value], ...]
    known: Known
    leaves: Leaves
    top: Swept | Spread | None
    value: Value


@dataclass(frozen=True, eq=False)
class Target:
    """A node that is asked for, as far as columns express it: its cases, and the columns that it stands on."""

    address: str
    index: int
    cases: tuple[Case, ...]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """All leaves of all cases."""
        inputs = [leaf for case in self.cases for leaf, _ in case.inputs]
        leaves = [leaf for case in self.cases for leaf in (*case.leaves.at.values(), *case.leaves.cut.values())]
        return tuple(dict.fromkeys((*inputs, *leaves)))

    @cached_property
    def slots(self) -> frozenset[int]:
        """The columns that it stands on."""
        return frozenset(slot for leaf in self.leaves for slot in slots_of(leaf))

    @cached_property
    def doubtful(self) -> Mapping[int, frozenset[int]]:
        """The columns that leave a row to the evaluator where they state something, as `Aside` has them."""
        found: dict[int, frozenset[int]] = {}
        for slot, settling in (item for case in self.cases for item in case.leaves.doubtful.items()):
            found[slot] = found.get(slot, settling) and settling  # alike in all cases, or nothing settles it in one
        return found

    @cached_property
    def decided(self) -> frozenset[tuple[int, Verdict]]:
        """The clauses that are decided already by column. A row that states something else is left to the evaluator."""
        return frozenset(item for case in self.cases for item in case.leaves.decided.items())

    @property
    def aside(self) -> Aside:
        """Which rows its planes leave to the evaluator."""
        compared = tuple(leaf for leaf in self.leaves if isinstance(leaf, Compared))
        case_of = {leaf: i for i, c in reversed([*enumerate(self.cases)]) for leaf in c.leaves.cut.values()}
        return Aside(self.doubtful, self.decided, tuple((case_of[leaf], leaf) for leaf in compared))


@dataclass(frozen=True, eq=False)
class Ground:
    """A program under some readings, on a blank row."""

    program: Program
    readings: Mapping[str, str]
    _modules: dict[object, Swept] = field(default_factory=dict, repr=False)

    @cached_property
    def network(self) -> Network:
        """The program's network."""
        return network_of(self.program)

    @cached_property
    def known(self) -> Known:
        """What is known of a row that states nothing."""
        bound, _ = bind_row(self.program, [None] * len(layout(self.program)), "")
        return Known(self.network, tuple(settle(self.network, bound, self.readings)[0]), Standing())

    def target(self, address: str, present: Collection[int]) -> Target:
        """A node as columns express it; NotInColumnsError where they do not. `present`: the columns there are."""
        index = self.network.at[address]
        split = self.cases(index)
        return Target(address, index, tuple(self._case(index, chosen, values, present) for chosen, values in split))

    def cases(self, index: int) -> tuple[tuple[Mapping[int, Value], Sequence[Value]], ...]:
        """The choices of the inputs that a node stands on, each with the value of every node under it."""
        return tuple(input_cases(self.known, (index,)))

    def values(self, address: str, case: int) -> Sequence[Value]:
        """What is known of a blank row in one of the cases of a target; of a verdict there are none."""
        return self.known.values if address.startswith(VERDICT) else self.cases(self.network.at[address])[case][1]

    def _case(self, index: int, chosen: Mapping[int, Value], values: Sequence[Value], present: Collection[int]) -> Case:
        known = replace(self.known, values=values)
        slot_at = places(self.program)
        inputs = []
        for number, option in chosen.items():
            thing = self.network.nodes[number].subject
            assert isinstance(thing, Input)
            options = tuple(o.id for o in thing.options)
            inputs.append((Options(slot_at[self.network.nodes[number].address], options), option))
        leaves = leaves_below(known, index, self.known.values, present)
        top = None if values[index] is not UNKNOWN else self._top(index, known, leaves, frozenset(present))
        return Case(tuple(inputs), known, leaves, top, values[index])

    def _top(self, index: int, known: Known, leaves: Leaves, present: frozenset[int]) -> Swept | Spread:
        """The sweep to a node; what is a module stands in it by what the rest sees of it."""
        within: dict[int, Swept] = {}
        relations = {id(relation): relation for relation in leaves.relations}
        for module, given, key in module_sweeps(known, (index,), leaves.domains, leaves.relations):
            swept = self._modules.get((present, key))
            if swept is None:
                swept = Swept(self._kept(module.interface, known, leaves, given), leaves)
                self._modules[present, key] = swept
            for relation in given:
                relations.pop(id(relation))
            relations[id(swept.run.relation)] = swept.run.relation
            within[id(swept.run.relation)] = swept
        try:
            run = self._kept((index,), known, leaves, tuple(relations.values()))
        except NotInColumnsError:
            return self._spread(index, known, tuple(within.values()))
        if run.relation.sampled:
            raise NotInColumnsError(self.network.nodes[index].address, "number")
        return Swept(run, leaves, within)

    def _spread(self, index: int, known: Known, modules: tuple[Swept, ...]) -> Spread:
        for module in modules:
            if module.run.relation.sampled:
                raise NotInColumnsError(self.network.nodes[index].address, "number")
        return Spread(modules, extremes_of(known, index, [m.run.relation for m in modules]))

    def _kept(self, targets: tuple[int, ...], known: Known, leaves: Leaves, relations: tuple[Relation, ...]) -> Run:
        runs = kept_runs(known, targets, relations, BUDGET, leaves.domains, for_rows=True)
        address = self.network.nodes[targets[-1]].address
        if len(runs) != 1:
            raise NotInColumnsError(address, "large")
        if runs[0].relation.enclosed:
            raise NotInColumnsError(address, "enclosed")
        return runs[0]


# --- as planes ---------------------------------------------------------------------------------------------------


def ends_of(
    target: Target, network: Network, present: Collection[int], circuit: Circuit, allowing: Allowing
) -> tuple[dict[Value, int], int]:
    """For each value of a target the plane of the rows that a completion leads to it, and that of the rows it tells.

    It does not tell a row that has no completion under one of the inputs that it may have: what is attested there is in
    dispute, or denies the input. `present`: the columns there are.
    """
    found: dict[Value, int] = {}
    told, diagram = FULL, Diagram()
    for case in target.cases:
        chosen = FULL
        for leaf, option in case.inputs:
            if leaf.slot in present:
                chosen = circuit.both(chosen, allowing(leaf, frozenset((option,))))
        ends, is_told = _case_ends(case, network, present, (diagram, circuit, allowing))
        told = circuit.both(told, circuit.either(circuit.neither(chosen), is_told))
        for value, plane in ends.items():
            found[value] = circuit.either(found.get(value, EMPTY), circuit.both(chosen, plane))
    return found, told


def _case_ends(
    case: Case, network: Network, present: Collection[int], making: tuple[Diagram, Circuit, Allowing]
) -> tuple[dict[Value, int], int]:
    if case.top is None:
        return {case.value: FULL}, FULL
    if isinstance(case.top, Spread):
        reached = [_reached(module, network, present, making) for module in case.top.modules]
        return case.top.extremes.ends(making[1], reached)
    ends = {row[0]: plane for row, plane in _reached(case.top, network, present, making).items()}
    return ends, making[1].any_of(ends.values())


def _reached(
    swept: Swept, network: Network, present: Collection[int], making: tuple[Diagram, Circuit, Allowing]
) -> dict[tuple[Value, ...], int]:
    """For each of the last combinations of a sweep the plane of the rows that a completion leads to it."""
    diagram, circuit, allowing = making
    start = diagram_of(swept.run, _Asking(swept, network, present), diagram)
    return planes_of(diagram, start, circuit, allowing)  # type: ignore[return-value]


class _Asking:
    """What each stage of a sweep asks of rows of a table."""

    def __init__(self, swept: Swept, network: Network, present: Collection[int]) -> None:
        self._swept, self._network, self._present = swept, network, present
        self._taken_from = swept.run.plan.taken_from

    def __call__(self, stage: Stage) -> Asked | Within | None:
        taken = self._taken_from.get(stage.step.slot)
        if taken is not None and id(taken[0]) in self._swept.within:
            inner = self._swept.within[id(taken[0])]
            places = tuple([taken[0].nodes.index(node) for node in taken[1]])
            return Within(inner.run, _Asking(inner, self._network, self._present), places)
        leaf = self._leaf(stage) if taken is None else self._swept.leaves.cut[id(taken[0])]
        if leaf is None:
            return None
        if not any(slot in self._present for slot in slots_of(leaf)):
            return None, leaf.when_open or () if isinstance(leaf, Compared) else ()
        return leaf, None if isinstance(leaf, Knot) and not leaf.is_sure else leaf.letters

    def _leaf(self, stage: Stage) -> Leaf | None:
        node = stage.step.node
        if node is None or (stage.step.arguments and not isinstance(self._network.nodes[node].subject, Clause)):
            return None
        return self._swept.leaves.at.get(node)
