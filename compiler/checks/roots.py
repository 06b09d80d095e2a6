"""What an expression rests on: the facts, inputs and clauses below it, through every definition."""

from __future__ import annotations

from guiju.compiler.ir import (
    Cases,
    Choice,
    Expression,
    FactRef,
    InputRef,
    Literal,
    Operation,
    Program,
    Ref,
    Tally,
)


class Roots:
    """Answers for one program; each definition, fact and clause is looked through once."""

    def __init__(self, program: Program):
        self.program = program
        self._known: dict[str, frozenset[str]] = {}

    def of(self, expression: Expression | None) -> frozenset[str]:
        """The names of everything it rests on, its own among them."""
        match expression:
            case FactRef():
                return self._named(f"fact:{expression.fact}", self.program.fact[expression.fact].formula)
            case InputRef():
                return frozenset((f"input:{expression.input}",))
            case Ref():
                return self._named(expression.name, self.program.definition[expression.name].expression)
            case Tally():
                return self.of_clauses(expression.items)
            case _:
                return frozenset().union(*map(self.of, operands_of(expression)))

    def of_clauses(self, items: tuple[tuple[str, ...], ...]) -> frozenset[str]:
        """What clauses rest on: their own names, and the facts of their conditions."""
        return frozenset().union(*(self._of_clause(leaf) for item in items for leaf in item))

    def _of_clause(self, leaf: str) -> frozenset[str]:
        clause = self.program.clause[leaf]
        return self._named(f"clause:{leaf}", clause.condition, clause.applies)

    def _named(self, name: str, *below: Expression | None) -> frozenset[str]:
        if name not in self._known:
            self._known[name] = frozenset((name,))  # all that is left of what rests on itself, which is told elsewhere
            self._known[name] = frozenset((name,)).union(*map(self.of, below))
        return self._known[name]


def operands_of(expression: Expression | None) -> tuple[Expression, ...]:
    """The expressions directly inside one."""
    match expression:
        case Operation():
            return expression.operands
        case Choice():
            return tuple(option for _, option in expression.options)
        case Cases():
            rows = tuple(part for row in expression.rows for part in (row.condition, row.value))
            return (*rows, expression.otherwise)
        case Literal() | None:
            return ()
    return ()
