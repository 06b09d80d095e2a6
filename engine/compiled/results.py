"""The statements that give the answer of a row: of each target its value, and the row of its table that gives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guiju.compiler.ir import UNKNOWN, Cases, Value
from guiju.engine.compiled.answer import Answer, Outcome, outcome_of, row_that_holds
from guiju.engine.compiled.folding import Folded
from guiju.engine.compiled.shapes import NotPlainError, Shapes
from guiju.engine.compiled.terms import Constants, spelled
from guiju.engine.compiled.texts import Texts
from guiju.engine.network import Node

_MOST_REMEMBERED = 10_000


class Results:
    """Writes what is returned. Values that are known beforehand lie ready, each with its row."""

    def __init__(self, shapes: Shapes, constants: Constants, targets: Sequence[str]) -> None:
        self._shapes, self._constants, self._targets = shapes, constants, targets
        self._folded = shapes.folded
        self.roots = tuple(self._folded.at(self._folded.network.at[t]) for t in targets)
        if any(self._shapes.constant(root) is UNKNOWN for root in self.roots):
            raise NotPlainError

    @property
    def conditions(self) -> list[Node]:
        """The conditions of the rows of targets: which of them holds is a part of the answer."""
        open_ = [root for root in self.roots if self._shapes.constant(root) is None and isinstance(root.subject, Cases)]
        return [c for root in open_ for c in self._looked_at(root)]

    def _looked_at(self, root: Node) -> list[Node]:
        """The conditions of a table that its answer looks at."""
        if self._shapes.is_ternary(root):
            return [c for c, _ in self._shapes.rows(root)[0]]
        return list(self._shapes.conditions(root))

    @property
    def ready(self) -> frozenset[int]:
        """The targets that need no variable, for only their conditions are looked at."""
        return frozenset(root.index for root in self.roots if self._is_listed(root))

    def lines(self, texts: Texts) -> list[str]:
        """The last lines of the function that decides."""
        if len(self.roots) == 1 and self._is_listed(self.roots[0]):
            rows, (value, rule) = self._rows_of(0, texts)
            lines = [f"if {condition}: return {self._answer(v, r)}" for condition, v, r in rows]
            return [*lines, f"return {self._answer(value, rule)}"]
        parts = ", ".join(self._outcome(i, root, texts) for i, root in enumerate(self.roots))
        return [f"return answer({parts})"]

    def _is_table(self, root: Node) -> bool:
        is_cases = self._shapes.constant(root) is None and isinstance(root.subject, Cases)
        return is_cases and self._shapes.is_ternary(root)

    def _is_listed(self, root: Node) -> bool:
        if self._shapes.constant(root) is not None:
            return True
        if not self._is_table(root):
            return False
        rows, otherwise = self._shapes.rows(root)
        return all(self._shapes.constant(v) is not None for v in (*(v for _, v in rows), otherwise))

    def _rows_of(
        self, number: int, texts: Texts
    ) -> tuple[list[tuple[str, Value, str | None]], tuple[Value, str | None]]:
        """Condition, value and name of each row of a target whose values are constants, then what is else."""
        root = self.roots[number]
        constant = self._shapes.constant(root)
        if constant is not None:
            return [], (constant, self._same_rule(number))
        rows, otherwise = self._shapes.rows(root)
        numbers = self._numbers(root)
        told = [(texts.truth(c), self._value(v), numbers[c.index]) for c, v in rows]
        return [*told], (self._value(otherwise), self._last_rule(root))

    def _value(self, node: Node) -> Value:
        value = self._shapes.constant(node)
        assert value is not None
        return value

    def _same_rule(self, number: int) -> str | None:
        """The row that gives a value which is the same for all rows of columns."""
        table = self._folded.table(self._folded.network.at[self._targets[number]])
        if table is None:
            return None
        conditions = [self._shapes.constant(c) for c in self._shapes.conditions(table)]
        return row_that_holds(table, [UNKNOWN if c is None else c for c in conditions])

    def _numbers(self, root: Node) -> dict[int, str]:
        conditions = self._shapes.conditions(root)
        return {c.index: f"{root.address}/row{i}" for i, c in reversed(list(enumerate(conditions, 1)))}

    def _last_rule(self, root: Node) -> str:
        """The row that holds if none before it does."""
        for number, condition in enumerate(self._shapes.conditions(root), 1):
            if self._shapes.constant(condition) is True:
                return f"{root.address}/row{number}"
        return f"{root.address}/otherwise"

    def _answer(self, value: Value, rule: str | None) -> str:
        answer = Answer({self._targets[0]: self._made(value, rule)})
        return self._constants.name(
            f"{self._targets[0]}_{spelled(value)}", answer, ("answer", type(value), value, rule)
        )

    def _made(self, value: Value, rule: str | None) -> Outcome:
        return outcome_of(self._folded.program, [value], exact=True, rule=rule)

    def _outcome(self, number: int, root: Node, texts: Texts) -> str:
        """The text of one of several outcomes."""
        if self._is_listed(root):
            rows, (value, rule) = self._rows_of(number, texts)
            parts = [f"{self._ready(number, v, r)} if {c} else " for c, v, r in rows]
            return f"({''.join(parts)}{self._ready(number, value, rule)})"
        name = self._constants.name(
            f"outcome_of_{self._targets[number]}", Remembered(self._folded), ("outcome", number)
        )
        return f"{name}({texts.reference(root)}, {self._rule(root, texts)})"

    def _ready(self, number: int, value: Value, rule: str | None) -> str:
        told = f"{self._targets[number]}_{spelled(value)}"
        return self._constants.name(told, self._made(value, rule), ("outcome", type(value), value, rule))

    def _rule(self, root: Node, texts: Texts) -> str:
        if not isinstance(root.subject, Cases):
            return "None"
        if not self._is_table(root):
            name = self._constants.name(f"row_of_{root.address}", _row_of(root), ("row of", root.index))
            conditions = [texts.reference(c) for c in self._shapes.conditions(root)]
            return f"{name}({', '.join(conditions)})"
        numbers = self._numbers(root)
        parts = [f"{numbers[c.index]!r} if {texts.truth(c)} else " for c, _ in self._shapes.rows(root)[0]]
        return f"{''.join(parts)}{self._last_rule(root)!r}"


def _row_of(table: Node) -> Callable[..., str | None]:
    """Takes what the conditions of a table come to, gives the row that holds."""
    return lambda *conditions: row_that_holds(table, conditions)


class Remembered:
    """Outcomes by value and rule, so that none is made twice as long as there are few."""

    def __init__(self, folded: Folded) -> None:
        self._program, self._known = folded.program, dict[tuple[object, Value, str | None], Outcome]()

    def __call__(self, value: Value, rule: str | None) -> Outcome:
        """The outcome of a value that a rule gives."""
        key = (type(value), value, rule)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            found = self._known[key] = outcome_of(self._program, [value], exact=True, rule=rule)
        return found
