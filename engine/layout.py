"""The columns of a table of subjects: one for each thing that evidence can state of a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import Clause, Fact, Input, NumberType, Program, Type
from guiju.engine.names import ids_by_name, leaves_by_name

SlotKind: TypeAlias = Word["input", "fact", "clause"]


@dataclass(frozen=True)
class Slot:
    """One column: its name, and what it states something of."""

    name: str
    kind: SlotKind
    declaration: Input | Fact | Clause

    @property
    def address(self) -> str:
        """Where the network has it."""
        return f"{self.kind}:{self.declaration.id}"

    @cached_property
    def type(self) -> Type | None:
        """What its values are; None of a clause, whose values are verdicts."""
        return None if isinstance(self.declaration, Clause) else self.declaration.type

    @property
    def unit(self) -> str | None:
        """The unit of its numbers; None of what is no number."""
        return self.type.unit if isinstance(self.type, NumberType) else None

    @property
    def is_asked(self) -> bool:
        """Whether it has to be stated for all to be known: facts decide other clauses, formulas other facts."""
        match self.declaration:
            case Clause():
                return self.declaration.is_attested
            case Fact():
                return self.declaration.formula is None
        return True


@lru_cache(maxsize=8)
def layout(program: Program) -> tuple[Slot, ...]:
    """The columns of a program: its inputs, facts and clauses, each in the order of the text.

    A name is that of the policy; of a clause that is called like a fact or an input, with `clause:` before it.
    """
    named: tuple[Input | Fact, ...] = (*program.inputs, *program.facts)
    taken = {thing.id for thing in named}
    clauses = (Slot(f"clause:{c.id}" if c.id in taken else c.id, "clause", c) for c in program.clauses)
    return (*(Slot(t.id, "input" if isinstance(t, Input) else "fact", t) for t in named), *clauses)


@lru_cache(maxsize=8)
def places(program: Program) -> Mapping[str, int]:
    """By the address of what a column states, its place in the layout."""
    return MappingProxyType({slot.address: place for place, slot in enumerate(layout(program))})


@lru_cache(maxsize=8)
def slots_by_name(program: Program) -> Mapping[str, int]:
    """Where a column stands in the layout, by every name that evidence may use for it: `6.1.1.1 a)`, an alias."""
    slots = layout(program)
    at = {slot.address: i for i, slot in enumerate(slots)}
    clauses = {name: at[f"clause:{id_}"] for name, id_ in leaves_by_name(program).items()}
    stated = (("fact", ids_by_name(program.facts)), ("input", ids_by_name(program.inputs)))
    facts = {name: at[f"{kind}:{id_}"] for kind, named in stated for name, id_ in named.items()}
    return clauses | facts | {slot.name: i for i, slot in enumerate(slots)}
