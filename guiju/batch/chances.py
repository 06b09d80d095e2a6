"""How likely each value of an unknown thing is: one half, all options alike, or what a file says. Exact throughout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from pathlib import Path

from guiju.batch import codes
from guiju.batch.cell import CellValue, cell_of_text
from guiju.batch.column import canonical
from guiju.compiler.ir import NumberType, OptionType, Program, SetType
from guiju.dsl.diagnostic import Diagnostic, has_errors
from guiju.dsl.near import near
from guiju.engine.evidence import Quantity
from guiju.engine.layout import Slot, layout, slots_by_name
from guiju.exchange.node import Mapping as Mapped
from guiju.exchange.node import Node, Scalar
from guiju.exchange.number import read_quantity
from guiju.exchange.text import read_text
from guiju.exchange.yaml_tree import read_yaml

VERSION = "chances/1"
HALF = Fraction(1, 2)
FINEST = 10**18  # parts in which a whole can be drawn from at once


@dataclass(frozen=True)
class Chance:
    """The values that an unknown cell may be drawn to be, each with its weight over a common denominator."""

    values: tuple[CellValue, ...]
    weights: tuple[int, ...]

    @property
    def whole(self) -> int:
        """The sum of the weights."""
        return sum(self.weights)


def _chance(values: Mapping[CellValue, Fraction]) -> Chance:
    below = lcm(*(share.denominator for share in values.values()))
    return Chance(tuple(values), tuple(int(share * below) for share in values.values()))


@dataclass(frozen=True)
class Chances:
    """What a file says of slots by their place in the layout, and the chance of yes of which it says nothing."""

    default: Fraction = HALF
    said: Mapping[int, Chance] = field(default_factory=dict)

    def of(self, program: Program) -> dict[int, Chance]:
        """The chance of each slot that has to be stated for all to be known; none of numbers and sets but by a file."""
        found: dict[int, Chance] = {}
        for index, slot in enumerate(layout(program)):
            if index in self.said:
                found[index] = self.said[index]
            elif slot.is_asked and (usual := self._usual(slot)) is not None:
                found[index] = usual
        return found

    def _usual(self, slot: Slot) -> Chance | None:
        match slot.type:
            case OptionType(options):
                return _chance(dict.fromkeys(options, Fraction(1, len(options))))
            case NumberType() | SetType():
                return None
        return _chance({True: self.default, False: 1 - self.default})


def read_chances(path: Path, program: Program) -> tuple[Chances | None, tuple[Diagnostic, ...]]:
    """The chances that a file sets, `chances/1`. None where anything in it is wrong."""
    text, diagnostics = read_text(path)
    root, found = (None, ()) if text is None else read_yaml(text.source)
    if root is None:
        return None, (*diagnostics, *found)
    reader = _Reader(program)
    chances = reader.chances(root)
    told = (*diagnostics, *found, *reader.diagnostics)
    return None if has_errors(told) else chances, told


class _Reader:
    def __init__(self, program: Program) -> None:
        self._program = program
        self.diagnostics: list[Diagnostic] = []

    def chances(self, root: Node) -> Chances:
        """What the whole file says."""
        top = {e.key.text: e.value for e in root.entries} if isinstance(root, Mapped) else {}
        version = top.get("guiju")
        if not isinstance(version, Scalar) or version.text != VERSION or top.keys() - {"guiju", "default", "chances"}:
            self._wrong(version or root, "guiju")
        default = self._share(top["default"]) if "default" in top else HALF
        said = dict(self._said(top["chances"])) if "chances" in top else {}
        return Chances(default, said)

    def _said(self, node: Node) -> Iterator[tuple[int, Chance]]:
        if not isinstance(node, Mapped):
            self._wrong(node, "chances")
            return
        known = slots_by_name(self._program)
        for entry in node.entries:
            index = known.get(entry.key.text)
            if index is None:
                meant, arguments = near(entry.key.text, known), (("name", entry.key.text),)
                self.diagnostics.append(Diagnostic(codes.NO_SUCH_SLOT, entry.key.span, arguments, suggestion=meant))
            else:
                yield index, self._of(index, entry.value)

    def _of(self, index: int, node: Node) -> Chance:
        """One chance of yes or of satisfied, or a chance for each value, which together are one."""
        if isinstance(node, Scalar):
            if isinstance(layout(self._program)[index].type, NumberType | SetType | OptionType):
                self._wrong(node, layout(self._program)[index].name)
            share = self._share(node)
            return _chance({True: share, False: 1 - share})
        values: dict[CellValue, Fraction] = {}
        for entry in node.entries if isinstance(node, Mapped) else ():
            cell = cell_of_text(self._program, index, entry.key.text)
            if isinstance(cell, tuple):
                self.diagnostics += [Diagnostic(d.code, entry.key.span, d.arguments) for d in cell]
            else:
                values[cell] = self._share(entry.value)
        _, odd = canonical(layout(self._program)[index], list(values), as_written=False)
        if sum(values.values()) != 1 or odd or _chance(values).whole > FINEST:
            self._wrong(node, layout(self._program)[index].name)
            return Chance((None,), (1,))
        return _chance(values)

    def _share(self, node: Node) -> Fraction:
        said = read_quantity(node.text) if isinstance(node, Scalar) else None
        if isinstance(said, Quantity) and said.unit in (None, "%"):
            share = said.number / (100 if said.unit else 1)
            if 0 <= share <= 1 and share.denominator <= FINEST:
                return share
        self._wrong(node, node.text if isinstance(node, Scalar) else "")
        return HALF

    def _wrong(self, node: Node, name: str) -> None:
        self.diagnostics.append(Diagnostic(codes.CHANCES_FORM, node.span, (("name", name),)))
