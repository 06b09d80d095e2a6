"""Two clauses that count at one level and that no subject satisfies together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations

from guiju.compiler.checks.case import NothingToldError, Patience
from guiju.compiler.checks.conditions import Conditions
from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.weights import definitions, rows
from guiju.compiler.ir import ABSENT, Clause, Expression, Literal
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

CLAUSES_CONTRADICT = Code(
    "clauses-contradict",
    Severity.WARNING,
    Text("两个条款互相矛盾", "Clauses that contradict each other"),
    Text(
        "{first} 要求 {one}，{second} 要求 {other}，{where}都计入，没有对象能同时满足",
        "{first} asks for {one} and {second} for {other}: both count{where}, and no subject satisfies both",
    ),
    Text(
        "改正其中一个阈值；各管一种情形的，用“适用 当”写明",
        "correct one of the thresholds; if each is about a case of its own, say so with `applies when`",
    ),
    Text(
        "两条分开看都成立，合起来谁也做不到，评价时总有一条不满足",
        "each can be met by itself and both cannot, so that whoever is assessed fails one of them",
    ),
    'fact light : lx\nsection 4.1\n  a) "x" light >= 200 lx\nsection 4.3\n  a) "y" light <= 150 lx',
)


def clauses_contradict(checked: Checked) -> Iterator[Diagnostic]:
    """Every two clauses that always apply, stand on one fact and count at one level can be satisfied together.

    Taken as read by default. Clauses of groups that no option gives a weight together are never asked of one subject.
    """
    patience = Patience()
    asked = [clause for clause in checked.program.clauses if _is_asked(clause)]
    on = {clause.id: _facts(checked, clause.condition) for clause in asked}
    with suppress(NothingToldError):
        for first, second in combinations(asked, 2):
            if on[first.id] & on[second.id] and _count_together(checked, first, second):
                yield from _contradiction(checked, first, second, patience)


def _is_asked(clause: Clause) -> bool:
    return clause.condition is not None and clause.applies is None and clause.modality != "may"


def _facts(checked: Checked, condition: Expression | None) -> frozenset[str]:
    return frozenset(name for name in checked.roots.of(condition) if name.startswith("fact:"))


def _count_together(checked: Checked, first: Clause, second: Clause) -> bool:
    """Whether some level holds both, and some option of the table of weights both of their groups."""
    if checked.sets.levels and not {*first.levels} & {*second.levels}:
        return False
    left_out = [_left_out(checked, clause.group) for clause in (first, second)]
    options = {row for definition in definitions(checked) for row, _ in rows(definition)}
    return not options or bool(options - left_out[0] - left_out[1])


def _left_out(checked: Checked, group: str) -> set[str | None]:
    """The options under which the group of a clause, or one that it stands in, takes no part."""
    within = {group}
    above = checked.program.group[group].parent
    while above is not None:
        within.add(above)
        above = checked.program.group[above].parent
    cells = (cell for d in definitions(checked) if d.group in within for cell in rows(d))
    return {row for row, value in cells if isinstance(value, Literal) and value.value is ABSENT}


def _contradiction(checked: Checked, first: Clause, second: Clause, patience: Patience) -> Iterator[Diagnostic]:
    """The finding, unless one of the two cannot be satisfied anyway, which is told of it alone."""
    assert first.condition is not None
    assert second.condition is not None
    both = Conditions(checked.roots, (first.condition, second.condition), patience)
    one, other = (first.condition, True), (second.condition, True)
    if both.find((one, other)) is not None or both.find((one,)) is None or both.find((other,)) is None:
        return
    level = next((level for level in checked.sets.levels if level in first.levels and level in second.levels), None)
    where = Text(f"在 {level} ", f" at {level}") if level else Text("", "")
    asked = (("one", _written(first.condition)), ("other", _written(second.condition)), ("where", where))
    label = Label(first.condition.span, Text(f"{first.printed} 在此", f"{first.printed} stands here"))
    named = (("first", first.printed), ("second", second.printed))
    yield Diagnostic(CLAUSES_CONTRADICT, second.condition.span, (*named, *asked), (label,))


def _written(condition: Expression) -> str:
    return " ".join(condition.span.text.split())
