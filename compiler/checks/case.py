"""A case of a table: what is settled in it, whether it can arise, how it is said; and how long one is looked for."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.compiler.checks.atoms import Atom, Setting
from guiju.dsl.diagnostic import Text


class NothingToldError(Exception):
    """Nothing is known of a table: the search was given up, or a clause that it counts has a mistake of its own."""


@dataclass
class Patience:
    """How often parts of conditions may still be looked at, for one table: some tenths of a second."""

    looks: int = 100_000

    def look(self) -> None:
        """Take one more look, or give up."""
        self.looks -= 1
        if self.looks < 0:
            raise NothingToldError


@dataclass(frozen=True)
class Case:
    """Some atoms settled, no more than decide the conditions that were asked about."""

    settled: tuple[tuple[Atom, Setting], ...]
    reading: tuple[str, str] | None = None

    @property
    def is_certain(self) -> bool:
        """Whether the case can arise: its atoms rest on different facts, inputs and clauses."""
        found = [atom for atom, _ in self.settled]
        pairs = ((one, other) for i, one in enumerate(found) for other in found[:i])
        return not any(one.kin != other.kin and one.roots() & other.roots() for one, other in pairs)

    @property
    def said(self) -> Text:
        """The case as an editor would put it: `at n = 5, lit = yes`."""
        parts = [atom.said(setting) for atom, setting in self.settled]
        if self.reading:
            name, option = self.reading
            parts.append(Text(f"读法 {name} 取 {option}", f"reading {name} = {option}"))
        if not parts:
            return Text("任何情况下", "in every case")
        return Text(f"在“{'，'.join(p.zh for p in parts)}”的情况下", f"at {', '.join(p.en for p in parts)}")
