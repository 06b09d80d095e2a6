"""A condition that asks one number to lie where no number lies."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.intervals import interval_of, quantity_in
from guiju.compiler.checks.tables import tables
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Severity, Text

IMPOSSIBLE_CONDITION = Code(
    "impossible-condition",
    Severity.WARNING,
    Text("条件不可能成立", "Condition that cannot hold"),
    Text("没有一个“{name}”能满足 {condition}", "no `{name}` satisfies {condition}"),
    Text("改正其中一个数或符号，或把“且”改为“或”", "correct one of the numbers or signs, or write `or` for `and`"),
    Text("无论证据怎么说都不成立，什么也区分不了", "it is false whatever the evidence says"),
    'fact n : count\nsection 6.1\n  a) "x" n >= 5 and n < 3',
)


def impossible_condition(checked: Checked) -> Iterator[Diagnostic]:
    """What is compared with constants can be what is asked; rows of tables are told of by `table_gap`."""
    rows = {condition.span for table in tables(checked) for condition, _ in table.rows}
    for node in checked.nodes:
        is_and = isinstance(node, tree.Logic) and node.op == "and"
        if isinstance(node, tree.Logic | tree.Compare) and (is_and or isinstance(node, tree.Compare)):
            yield from () if node.span in rows else _impossible(node)


def _impossible(condition: tree.Logic | tree.Compare) -> Iterator[Diagnostic]:
    parts = condition.operands if isinstance(condition, tree.Logic) else (condition,)
    compared = [(name, part) for part in parts if (name := quantity_in(part))]
    for name in dict.fromkeys(name for name, _ in compared):
        same = tuple(part for other, part in compared if other == name)
        if isinstance(condition, tree.Logic) and len(same) < 2:
            continue
        whole = tree.Logic(op="and", operands=same, span=condition.span) if len(same) > 1 else same[0]
        interval = interval_of(whole, name)
        if interval is not None and interval.is_backward:
            written = [part.span.text for part in same]
            said = Text(" 且 ".join(written), " and ".join(written))
            yield Diagnostic(IMPOSSIBLE_CONDITION, condition.span, (("name", name), ("condition", said)))
