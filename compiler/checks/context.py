"""What a check may look at: the names, the sets of clauses, the patches, and the program once it is built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from guiju.compiler.checks.roots import Roots
from guiju.compiler.graph import Dependency, dependencies
from guiju.compiler.ir import Program
from guiju.compiler.readings import Patches
from guiju.compiler.sets import Assignment, ClauseSets
from guiju.compiler.symbols import Symbols
from guiju.compiler.walk import nodes
from guiju.dsl import tree


@dataclass(frozen=True)
class Checked:
    """A policy on its way through the checks."""

    symbols: Symbols
    patches: Patches
    sets: ClauseSets
    program: Program

    @cached_property
    def nodes(self) -> tuple[tree.Node, ...]:
        """Every node of the document, in the order of the text."""
        return tuple(nodes(self.symbols.document))

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """Every reference in the program, in the order of the text."""
        return tuple(dependencies(self.program))

    @cached_property
    def used(self) -> frozenset[str]:
        """What something in the program is computed from."""
        return frozenset(d.used for d in self.dependencies)

    @cached_property
    def roots(self) -> Roots:
        """What each expression of the program rests on."""
        return Roots(self.program)

    def choices(self, readings: tuple[str, ...]) -> Iterator[Assignment]:
        """Every combination of the options of some readings, the others at their default."""
        default = {r.id: r.default for r in self.patches.readings}
        open_ = [r for r in self.patches.readings if r.id in readings]
        for options in product(*(r.options for r in open_)):
            yield default | {r.id: o.id for r, o in zip(open_, options, strict=True)}
