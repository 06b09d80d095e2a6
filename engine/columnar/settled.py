"""The verdict of a clause as planes: what its own facts and its own column decide, as `settle` has it of each row.

No sweep: what completions leave of a clause is not who decides it. Every node below a clause is gone through once, in
Kleene's logic, with a plane for each value that it settles to; rows in none of these leave it unknown. Numbers and sets
have no planes of their own but through what asks for them: a threshold, an option, a comparison of several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from guiju.compiler.ir import (
    UNKNOWN,
    Cases,
    Choice,
    Clause,
    Fact,
    Input,
    NumberType,
    OptionType,
    TruthType,
    Value,
    Verdict,
)
from guiju.compiler.operators import COMPARISONS, Fold
from guiju.engine.columnar.circuit import EMPTY, FULL, Circuit
from guiju.engine.columnar.combined import WHETHER, WHICH, Planes, Untold, combined, folded, together
from guiju.engine.columnar.comparison import Comparison
from guiju.engine.columnar.laid import Aside
from guiju.engine.columnar.leaf import Compared, Member, Options, Sides, Verdicts, verdicts_on
from guiju.engine.columnar.letters import Letters, Shape
from guiju.engine.evaluate import agreed
from guiju.engine.evidence import Attestation
from guiju.engine.fixed import fixed_by
from guiju.engine.kleene import lifted
from guiju.engine.layout import places
from guiju.engine.network import Node, live_operands, standing_below
from guiju.engine.verdicts import EITHER, decide, facts_on

if TYPE_CHECKING:
    from guiju.engine.columnar.target import Ground


@dataclass(frozen=True, eq=False)
class Settled:
    """The verdict of a clause on tables with some columns. `slots`: the columns that it stands on.

    `may_be` has the rows that may come to each verdict, those with none in two of them; `told` those that planes tell.
    """

    may_be: Mapping[Value, int]
    told: int
    slots: frozenset[int]
    compared: tuple[Compared, ...]
    is_free: bool  # whether planes tell it of every row
    is_as_stated: bool  # whether it is what its column of bits says, as it lies

    @property
    def is_told(self) -> bool:
        """Whether there is no row that planes leave to the evaluator, but for what is stated beside its formula."""
        return self.told == FULL

    @property
    def aside(self) -> Aside:
        """Which rows its planes leave to the evaluator; those not `told` beside them."""
        return Aside({}, frozenset(), tuple((0, leaf) for leaf in self.compared))


class Settling:
    """Settles clauses of tables of one shape, in one circuit."""

    def __init__(self, ground: Ground, circuit: Circuit, shape: Shape) -> None:
        self._ground, self._network, self._circuit = ground, ground.network, circuit
        self._present, self._bits, self._letters = shape.present, shape.bits, Letters(circuit, shape)
        self._slot_at = places(ground.program)
        self._found: dict[int, Planes] = {}
        self._compared: dict[int, Compared] = {}

    def clause(self, id_: str) -> Settled:
        """The verdict of a clause."""
        node = self._network.node(f"clause:{id_}")
        planes, below = self._of(node.index), self._below(node.index)
        slots = frozenset(s for i in below if (s := self._slot(i)) in self._present)
        compared = tuple(self._compared[i] for i in sorted(below) if i in self._compared)
        leaf = Verdicts(self._slot(node.index), verdicts_on(self._clause(node)))
        if slots == {leaf.slot} and not any(self._of(o) for o in node.operands):
            may_be: dict[Value, int] = {v: self._letters(leaf, frozenset((v,))) for v in leaf.letters}
            return Settled(may_be, FULL, slots, (), is_free=True, is_as_stated=leaf.slot in self._bits)
        told = self._circuit.neither(self._circuit.any_of(planes.get(one, EMPTY) for one in Untold))
        is_free = told == FULL and not any(self._may_be_contested(leaf) for leaf in compared)
        return Settled(self._may_be(planes), told, slots, compared, is_free, is_as_stated=False)

    def _may_be_contested(self, leaf: Compared) -> bool:
        """Whether a row may state a number beside what its formula makes it of."""
        comparison = Comparison(leaf, self._network, self._ground.known.values)
        stated = ((s, below) for s, below in comparison.formulas.items() if s in self._present)
        return any(not below.isdisjoint(self._present) for _, below in stated)

    def _may_be(self, planes: Planes) -> dict[Value, int]:
        """The rows that may come to each verdict, an unknown one to either."""
        unknown = self._circuit.neither(self._circuit.any_of(planes.values()))
        decided = {verdict: planes.get(verdict, EMPTY) for verdict in Verdict}
        return {v: self._circuit.either(p, unknown) if v in EITHER else p for v, p in decided.items()}

    def _slot(self, index: int) -> int:
        return self._slot_at.get(self._network.nodes[index].address, -1)

    def _below(self, index: int) -> set[int]:
        return standing_below(self._network.nodes, self._fixed[0], (index,))

    @cached_property
    def _fixed(self) -> tuple[tuple[Value, ...], frozenset[int]]:
        """What stands on readings alone, and the nodes that stand on a clause or a fact."""
        fixed = fixed_by(self._network, self._ground.readings, {})
        return fixed.values, frozenset(node.index for node in fixed.others)

    # --- nodes ---------------------------------------------------------------------------------------------------

    def _of(self, index: int) -> Planes:
        """The rows in which a node settles to each of its values."""
        if index not in self._found:
            for inner in sorted(self._below(index)):  # operands come before their users
                if inner not in self._found:
                    self._found[inner] = self._settled(self._network.nodes[inner])
        return self._found[index]

    def _settled(self, node: Node) -> Planes:
        values, others = self._fixed
        if node.index not in others and values[node.index] is not UNKNOWN:
            return {values[node.index]: FULL}
        match node.subject:
            case Clause():
                return self._decided(node)
            case Fact():
                return self._agreed(node)
            case Input() as input_:
                return self._stated(node, tuple(option.id for option in input_.options))
        live = live_operands(node, values)
        if live != node.operands:
            return self._of_operand(live[0])
        asked = self._asked(node)
        return self._lifted(node) if asked is None else asked

    def _of_operand(self, index: int) -> Planes:
        return self._found.get(index, {})

    def _lifted(self, node: Node) -> Planes:
        """What a form makes of the planes of its operands."""
        operands = [self._open(self._of_operand(o)) for o in node.operands]
        if isinstance(node.form, Fold) and not isinstance(node.subject, Cases):
            found = folded(self._circuit, node.form, operands)
            return {WHETHER: FULL} if found is None else found
        return self._combined(operands, lambda given: _applied(node, given))

    def _combined(self, operands: list[Planes], apply: Callable[[tuple[Any, ...]], Any]) -> Planes:
        """What comes of some operands; with too many combinations a row is settled by itself."""
        found = combined(self._circuit, operands, apply)
        return {WHETHER: FULL} if found is None else found

    def _open(self, planes: Planes) -> Planes:
        """The same with the rows in which nothing is settled."""
        unknown = self._circuit.neither(self._circuit.any_of(planes.values()))
        return planes if unknown == EMPTY else {**planes, UNKNOWN: unknown}

    # --- what rows state -----------------------------------------------------------------------------------------

    def _stated(self, node: Node, letters: tuple[Any, ...]) -> Planes:
        slot = self._slot(node.index)
        if slot not in self._present:
            return {}
        return {letter: self._letters.says(Options(slot, letters), frozenset((letter,))) for letter in letters}

    def _decided(self, node: Node) -> Planes:
        """Clauses: what facts and the own column come to, by those who decide."""
        clause, slot = self._clause(node), self._slot(node.index)
        said: dict[Any, int] = {}
        if slot in self._present:
            leaf = Verdicts(slot, verdicts_on(clause))
            said = {verdict: self._letters.says(leaf, frozenset((verdict,))) for verdict in leaf.letters}
        operands = [self._open(self._of_operand(o)) for o in node.operands]
        return self._combined([*operands, self._open(said)], lambda given: _verdict(clause, given))

    def _agreed(self, node: Node) -> Planes:
        """Facts: as stated, or else by their formula."""
        stated = self._stated_fact(node)
        if not node.operands:
            return stated
        computed = self._of_operand(node.operands[0])
        return self._combined([self._open(stated), self._open(computed)], _agreement)

    def _stated_fact(self, node: Node) -> Planes:
        fact, slot = node.subject, self._slot(node.index)
        assert isinstance(fact, Fact)
        match fact.type:
            case TruthType():
                return self._stated(node, (True, False))
            case OptionType(options):
                return self._stated(node, tuple(options))
        return {WHICH: self._letters.stated(slot)} if slot in self._present else {}

    # --- what is asked of numbers and sets ------------------------------------------------------------------------

    def _asked(self, node: Node) -> Planes | None:
        """A threshold of one number, an option of one set, a comparison of several numbers; None of other nodes."""
        if node.form is None or all(self._of_operand(o).keys().isdisjoint(Untold) for o in node.operands):
            return None
        if node.form.symbol == "in":
            return self._member(node)
        if node.form.symbol not in COMPARISONS:
            return None
        threshold = self._threshold(node)
        return self._compare(node) if threshold is None else threshold

    def _member(self, node: Node) -> Planes | None:
        elements, sets = (self._of_operand(o) for o in node.operands)
        if set(sets) != {WHICH} or not all(isinstance(element, str) for element in elements):
            return None
        slot = self._slot(node.operands[1])
        says = (
            (truth, self._circuit.both(plane, self._letters.says(Member(slot, element), frozenset((truth,)))))
            for element, plane in elements.items()
            for truth in (True, False)
        )
        return together(self._circuit, says)

    def _threshold(self, node: Node) -> Planes | None:
        """One number beside others that are known."""
        for place, index in enumerate(node.operands):
            known = self._of_operand(node.operands[1 - place])
            is_number = set(self._of_operand(index)) == {WHICH} and isinstance(self._network.nodes[index].subject, Fact)
            if is_number and known and all(isinstance(t, Fraction) for t in known):
                sides = (side for t, plane in known.items() for side in self._sides(node, place, t, plane))
                return together(self._circuit, sides)
        return None

    def _sides(self, node: Node, place: int, threshold: Fraction, plane: int) -> Iterable[tuple[Value, int]]:
        letters = (threshold - 1, threshold, threshold + 1)
        leaf = Sides(self._slot(node.operands[place]), (threshold,), letters)
        truths = {n: lifted(node, (n, threshold) if place == 0 else (threshold, n)) for n in letters}
        for truth in (True, False):
            says = self._letters.says(leaf, frozenset(n for n, found in truths.items() if found is truth))
            yield truth, self._circuit.both(plane, says)

    def _compare(self, node: Node) -> Planes | None:
        """A comparison of several numbers, or of a formula, where nothing but numbers is below it."""
        known, network = self._ground.known, self._network
        subjects = [(i, network.nodes[i].subject) for i in self._below(node.index)]
        facts = [(i, s) for i, s in subjects if isinstance(s, Fact)]
        is_plain = not any(isinstance(s, Clause | Input) for _, s in subjects) and all(
            isinstance(s.type, NumberType) and known.values[i] is UNKNOWN for i, s in facts
        )
        if not is_plain or known.values[node.index] is not UNKNOWN:
            return None
        slots = tuple(sorted(self._slot(i) for i, _ in facts))
        letters = (UNKNOWN, *sorted(known.kinds.of(node.index), key=str))
        leaf = self._compared[node.index] = Compared(node.index, slots, letters, ())
        return {v: self._letters(leaf, frozenset((v,))) for v in letters if v is not UNKNOWN}

    @staticmethod
    def _clause(node: Node) -> Clause:
        assert isinstance(node.subject, Clause)
        return node.subject


def _applied(node: Node, given: tuple[Any, ...]) -> Any:
    """What a form makes of some values; untold where it would have to know what planes do not tell."""
    value = lifted(node, tuple(UNKNOWN if isinstance(v, Untold) else v for v in given))
    if value is not UNKNOWN or not any(isinstance(v, Untold) for v in given):
        return value
    is_open = WHETHER not in given and UNKNOWN in given and not isinstance(node.subject, Cases | Choice)
    return UNKNOWN if is_open else WHETHER


def _agreement(given: tuple[Any, ...]) -> Any:
    """A fact with a formula, as it is stated and as it is computed."""
    stated, computed = given
    if UNKNOWN in given:
        return computed if stated is UNKNOWN else stated
    return WHETHER if any(isinstance(v, Untold) for v in given) else agreed(stated, computed, Fraction(0))


def _verdict(clause: Clause, given: tuple[Any, ...]) -> Any:
    """The verdict of a clause by the values of its operands, and by what its column says."""
    *operands, said = given
    if any(isinstance(v, Untold) for v in operands):
        return WHETHER
    if said is UNKNOWN:
        return decide(facts_on(clause, operands), ())[0]
    attestation = Attestation(clause=clause.id, verdict=said.value, voice="assessor", span=clause.span)
    return decide(facts_on(clause, operands), (attestation,))[0]
