"""A gate that asks for a score which the tables never give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from guiju.compiler.checks.context import Checked
from guiju.compiler.units import format_number
from guiju.compiler.walk import nodes
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

GATE_NEVER_OPENS = Code(
    "gate-never-opens",
    Severity.WARNING,
    Text("进不去的等级", "Gate that never opens"),
    Text(
        "“{score}”在 {level} 只能得 {values}，不会得 {wanted}：这一级进不去",
        "`{score}` at {level} is {values}, never {wanted}: the gate never opens",
    ),
    Text("改为表中有的得分", "ask for a score that the table gives"),
    Text(
        "要求了不可能的得分，后面的规则就永远用不到",
        "what stands behind a gate that asks for the impossible is never reached",
    ),
    "",
)


def gate_never_opens(checked: Checked) -> Iterator[Diagnostic]:
    """Where the table of a score holds numbers only, each score that a gate asks for is one of them."""
    for node in checked.nodes:
        if isinstance(node, tree.ScoreBlock | tree.PatchGate) and node.gate is not None:
            for every in nodes(node.gate):
                if isinstance(every, tree.EveryScores):
                    yield from _asked(checked, every)


def _asked(checked: Checked, every: tree.EveryScores) -> Iterator[Diagnostic]:
    key = (every.family, checked.symbols.kinds.find(every.kind))
    for number, word in every.values:
        level = checked.symbols.levels.find(word)
        values = _values(checked, key, level, frozenset()) if level else None
        if level and values and number.unit is None and number.value not in values:
            shown = ", ".join(format_number(v) for v in sorted(values))
            arguments = (("score", every.family), ("level", level), ("values", shown), ("wanted", number.digits))
            yield Diagnostic(GATE_NEVER_OPENS, number.span, arguments)


def _values(
    checked: Checked, key: tuple[str, str | None], level: str, before: frozenset[str]
) -> frozenset[Fraction] | None:
    """All that the rows of a score give at a level, and what is kept from another one; None: not only numbers."""
    declaration = checked.symbols.families.get(key)
    find = checked.symbols.levels.find
    blocks = [b for b in declaration.blocks if b.level and find(b.level) == level] if declaration else []
    if len(blocks) != 1 or level in before:
        return None
    patched = checked.patches.cells.get(("gate", key[0], key[1] or "", level))
    gates = (blocks[0], *(patched.patches.values() if patched else ()))
    carried = {
        find(g.carried_from) for g in gates if isinstance(g, tree.ScoreBlock | tree.PatchGate) and g.carried_from
    }
    kept = [_values(checked, key, at, before | {level}) if at else None for at in carried]
    rows = [row.value for row in blocks[0].rows]
    if None in kept or not all(isinstance(v, tree.Number) and v.unit is None for v in rows):
        return None
    own = frozenset(v.value for v in rows if isinstance(v, tree.Number))
    return own.union(*(values for values in kept if values))
