"""The statements that set variables: facts as a row states them, clauses as facts and people decide them, all else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from guiju.compiler.ir import UNKNOWN, Clause, Fact, NumberType, Tally, TruthType
from guiju.engine.compiled.folding import Folded
from guiju.engine.compiled.judging import in_type, judged
from guiju.engine.compiled.order import Order
from guiju.engine.compiled.planes import Planes
from guiju.engine.compiled.shapes import Guard, NotPlainError, Shapes
from guiju.engine.compiled.terms import Constants, spelled
from guiju.engine.compiled.texts import Texts
from guiju.engine.layout import Slot
from guiju.engine.network import Node


class Column(NamedTuple):
    """A column of rows, and the place of its value in each."""

    place: int
    slot: Slot


class Statements:
    """Writes statements for rows of some columns, which are known by their addresses."""

    def __init__(
        self,
        shapes: Shapes,
        planes: Planes,
        constants: Constants,
        columns: Mapping[str, Column],
        applying: frozenset[str],
    ) -> None:
        self._shapes, self._planes, self._constants, self._columns = shapes, planes, constants, columns
        self._folded: Folded = shapes.folded
        self.names: dict[int, str] = {}
        self.texts = Texts(shapes, planes, constants, applying, lambda node: self.names.get(node.index))

    def of(self, order: Order, reads: Mapping[Guard, Sequence[str]], *, required: bool) -> list[str]:
        """The statements of an order, those under the same conditions together.

        `reads` are lines that come first wherever their condition holds. `required`: no fact may be unknown.
        """
        lines: list[str] = []
        now: Guard = ()
        waiting = dict(reads)
        lines += waiting.pop((), ())
        for node, guard in order.nodes:
            now = self._under(guard, now, lines)
            lines += ["    " * len(guard) + line for line in self._set(node, required=required)]
            for under in [g for g in waiting if g[-1][0] == node.index]:
                now = self._under(under, now, lines)
                lines += ["    " * len(under) + line for line in waiting.pop(under)]
        assert not waiting
        return lines

    def _under(self, guard: Guard, now: Guard, lines: list[str]) -> Guard:
        """Opens the blocks of a guard that are not open; the guard that holds from there on."""
        pairs = zip(now, guard, strict=False)
        shared = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(now), len(guard)))
        for depth in range(shared, len(guard)):
            condition, holds = guard[depth]
            text = self.texts.truth(self._folded.network.nodes[condition])
            lines.append(f"{'    ' * depth}if {text if holds else f'not {text}'}:")
        return guard

    def _set(self, node: Node, *, required: bool) -> list[str]:
        match node.subject:
            case Clause():
                return self._judge(node, node.subject)
            case Fact():
                name = self._constants.variable(node.subject.id, ("variable", node.index))
                known = [f"if {name} is None: raise UnplainError"] if required else []
                return [*self._fact(node, node.subject, name), *known]
        name = self._constants.variable(node.address.removeprefix("score:"), ("variable", node.index))
        text = bare(self.texts.written(node))
        self.names[node.index] = name
        of = node.definition or node.owner
        cites = of.cites if of else ""
        parts = shape.denominator if (shape := self._shapes.of(node)).as_ == "number" else 1
        told = [f"# {' '.join(filter(None, (node.address, cites, f'(in 1/{parts})' if parts > 1 else '')))}"]
        facts = [] if required else self._direct_facts(node)
        where = f"if {self._are('not None', facts)}: " if facts else ""  # who looks at it asks the same first
        return [*told, f"{where}{name} = {text}"]

    def _are(self, what: str, facts: Sequence[Node], word: str = "and") -> str:
        """That all variables of some facts are, or are not, None."""
        if any(fact.index not in self.names for fact in facts):
            raise NotPlainError  # what is undefined whatever they are does not look at them
        return f" {word} ".join(f"{self.names[fact.index]} is {what}" for fact in facts)

    # --- facts ---------------------------------------------------------------------------------------------------

    def _fact(self, node: Node, fact: Fact, name: str) -> list[str]:
        """Reads a fact, None where the row does not state it; takes its formula where that is all there is."""
        self.names[node.index] = name
        lines = self._read(node, fact, name) if node.address in self._columns else [f"{name} = None"]
        if not self._shapes.has_formula(node):
            return lines
        formula = self._folded.at(node.operands[0])
        leaves = self._direct_facts(formula)
        if any(self._shapes.has_formula(leaf) for leaf in leaves):
            raise NotPlainError  # a formula over formulas: which of them is known is left to the reference
        all_, any_ = (self._are("not None", leaves, w) for w in ("and", "or"))
        return [
            *lines,
            f"if {name} is None:",
            f"    if {all_ or 'True'}: {name} = {self.texts.reference(formula)}",
            f"    elif {any_ or 'False'}: raise UnplainError",
            f"elif {any_ or 'True'}: raise UnplainError",
            f"else: {name} = {self._in_reference(fact, name)}",
        ]

    def _in_reference(self, fact: Fact, name: str) -> str:
        shape = Shapes.of_number(fact)
        if shape is None:
            return name
        return (
            f"Fraction({name}) * {self._constants.name(spelled(shape.factor), shape.factor, (Fraction, shape.factor))}"
        )

    def _read(self, node: Node, fact: Fact, name: str) -> list[str]:
        place, slot = self._columns[node.address]
        read = self._constants.name(f"in_type_{fact.id}", in_type(slot), ("in type", place))
        if isinstance(fact.type, NumberType):
            negative = f" or {name} < 0" if fact.type.is_never_negative else ""
            return [
                f"{name} = values[{place}]",
                f"if {name}.__class__ is not int{negative}: {name} = {read}({name})",
            ]
        if isinstance(fact.type, TruthType):
            return [
                f"{name} = values[{place}]",
                f"if {name} is not True and {name} is not False: {name} = {read}({name})",
            ]
        return [f"{name} = {read}(values[{place}])"]

    def _direct_facts(self, node: Node) -> list[Node]:
        """The facts below a node, those behind a formula left aside."""
        found: dict[int, Node] = {}
        stack = [node]
        while stack:
            top = stack.pop()
            if top.index in self._folded.constant:
                continue
            if isinstance(top.subject, Fact):
                found[top.index] = top
            elif not isinstance(top.subject, Clause):
                stack += self._folded.operands(top)
        return [found[i] for i in sorted(found)]

    # --- clauses -------------------------------------------------------------------------------------------------

    def _judge(self, node: Node, clause: Clause) -> list[str]:
        """Decides a clause by its facts where all are stated, by people where none is; else the row is not plain."""
        operands = self._folded.operands(node)
        facts = list({f.index: f for o in operands for f in self._direct_facts(o)}.values())
        head, verdict = f"# {clause.id}", self._verdict(node, clause)
        if not facts:
            return [head, *verdict]
        lines = [head, f"if {self._are('not None', facts)}:", *(f"    {line}" for line in verdict)]
        if node.address in self._columns and self._is_silent_without_facts(node):
            plane, bit = self._planes.at[clause.id]
            absent = self._are("None", facts)
            value = f"values[{self._columns[node.address].place}]"
            lines.append(f"elif {absent} and {value} is True: pass")
            lines.append(f"elif {absent} and {value} is False: u{plane} |= {self.texts.mask(plane, 1 << bit)}")
        return [*lines, "else: raise UnplainError"]

    def _verdict(self, node: Node, clause: Clause) -> list[str]:
        """Sets the bit of a clause from facts that are known, unless people say otherwise."""
        plane, bit = self._planes.at[clause.id]
        mask, operands = self.texts.mask(plane, 1 << bit), self._folded.operands(node)
        attested = f"values[{self._columns[node.address].place}]" if node.address in self._columns else "None"
        condition = operands[-1] if clause.condition is not None else None
        is_plain = condition is not None and self._folded.constant.get(condition.index) is not UNKNOWN
        if not is_plain or self._folded.may_fail_to_apply(node) or self._shapes.of(operands[-1]).as_ != "truth":
            name = self._constants.name(f"verdict_on_{clause.id}", judged(clause), ("judged", clause.id))
            given = ", ".join((attested, *(self._operand(o) for o in operands)))
            return [
                f"verdict = {name}({given})",
                f"if verdict is UNSATISFIED: u{plane} |= {mask}",
                f"elif verdict is NOT_APPLICABLE: a{plane} |= {mask}",
            ]
        met = self.texts.truth(operands[-1])
        if attested == "None":
            return [f"if not {met}: u{plane} |= {mask}"]
        return [
            f"said = {attested}",
            f"if {bare(met)}:",
            "    if said is not None and said is not True: raise UnplainError",
            "elif said is not None and said is not False: raise UnplainError",
            f"else: u{plane} |= {mask}",
        ]

    def _operand(self, node: Node) -> str:
        """An operand of a clause, which may be unknown in every row."""
        return "UNKNOWN" if self._folded.constant.get(node.index) is UNKNOWN else self.texts.reference(node)

    def _is_silent_without_facts(self, node: Node) -> bool:
        """Whether a clause is left to people as long as no fact of it is stated: nothing else speaks of it."""
        assert isinstance(node.subject, Clause)
        below = self._folded.live([node.index])
        beside = any(n is not node and isinstance(n.subject, Tally | Clause) for n in below)
        operands = self._folded.operands(node)
        applies = self._folded.constant.get(operands[0].index, UNKNOWN) if node.subject.applies is not None else True
        condition = self._folded.constant.get(operands[-1].index, UNKNOWN)
        is_silent = condition is UNKNOWN if node.subject.condition is not None else True
        return not beside and is_silent and (applies is True or applies is UNKNOWN)


def bare(text: str) -> str:
    """A text without brackets around all of it."""
    if not text.startswith("(") or text.startswith("((one :="):
        return text
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and place < len(text) - 1:
            return text
    inner = text[1:-1]
    return text if inner.startswith("one :=") else inner
