"""The outcomes of a policy that go one way as clauses are satisfied, each with its values in the order of that way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guiju.compiler.ir import UNKNOWN, Cases, Clause, Value
from guiju.compiler.operators import COMPARISONS
from guiju.engine.compiled.answer import Outcome
from guiju.engine.compiled.folding import Folded
from guiju.engine.network import Node
from guiju.engine.rising import Courses, value_of

_TRUTHS = (*COMPARISONS, "and", "or", "not")


@dataclass(frozen=True)
class Scale:
    """What an outcome can come to, the more clauses are satisfied the later in `values`; one of them may stand twice.

    `places` are those of the rows of its table, or of its values where it is no table. `order` is of the clauses that
    it stands on: what the first of its values hang on comes first.
    """

    values: tuple[Value, ...]
    places: Mapping[object, int]
    order: Mapping[str, int]

    def place(self, outcome: Outcome) -> int:
        """Where an outcome that is settled stands among the values."""
        is_settled = len(self.values) == 1
        return 0 if is_settled else self.places[outcome.value if outcome.rule is None else outcome.rule]


def scales_of(folded: Folded, targets: Sequence[str]) -> Mapping[str, Scale] | None:
    """Of each target its scale; None where one of them may go either way, or is a number."""
    network = folded.network
    values = [folded.constant.get(node.index, UNKNOWN) for node in network.nodes]
    clauses = [n for n in network.nodes if isinstance(n.subject, Clause) and n.index not in folded.constant]
    may_not_apply = {n.index for n in clauses if folded.may_fail_to_apply(n)}
    courses = Courses(network, values, {n.index for n in clauses}, may_not_apply)
    found: dict[str, Scale] = {}
    for target in targets:
        root = folded.at(network.at[target])
        scale = _scale(folded, courses, root)
        if scale is None:
            return None
        found[target] = scale
    return found


def _scale(folded: Folded, courses: Courses, root: Node) -> Scale | None:
    constant = folded.constant.get(root.index)
    if constant is not None:
        return Scale((constant,), {}, {})
    return _of_table(folded, courses, root) if isinstance(root.subject, Cases) else _of_truth(courses, root)


def _of_table(folded: Folded, courses: Courses, table: Node) -> Scale | None:
    """The scale of a table in which every row has a value of its own."""
    assert isinstance(table.subject, Cases)
    way, rows = courses.row_of(table), courses.rows(table)
    if way is None:
        return None
    if way > 0:
        rows.reverse()
    values = [folded.constant.get(folded.at(value_of(table, row)).index, UNKNOWN) for row in rows]
    if any(value is UNKNOWN for value in values):
        return None
    number = len(table.subject.rows)
    names = [f"{table.address}/row{row + 1}" if row < number else f"{table.address}/otherwise" for row in rows]
    conditions = [table.operands[2 * row] for row in rows if row < number]
    return Scale(tuple(values), {name: place for place, name in enumerate(names)}, _order(folded, conditions))


def _of_truth(courses: Courses, root: Node) -> Scale | None:
    """The scale of what is yes or no."""
    course = courses.of(root.index)
    if course is None or course.hides or root.form is None or root.form.symbol not in _TRUTHS:
        return None
    values = (True, False) if course.way < 0 else (False, True)
    return Scale(values, {value: place for place, value in enumerate(values)}, {})


def _order(folded: Folded, nodes: Iterable[int]) -> Mapping[str, int]:
    """The clauses below some nodes by the first of these that stands on them."""
    found: dict[str, int] = {}
    seen: set[int] = set()
    for place, top in enumerate(nodes):
        stack = [folded.at(top)]
        while stack:
            node = stack.pop()
            if node.index in seen or node.index in folded.constant:
                continue
            seen.add(node.index)
            stack += folded.operands(node)
            if isinstance(node.subject, Clause):
                found[node.subject.id] = place
    return found
