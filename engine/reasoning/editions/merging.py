"""Two expressions that stand in one place of two editions -> the one with some of its amendments put in.

What comes of it names clauses by their keys, until it is known which numbers they have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from guiju.compiler.graph import parts
from guiju.compiler.ir import Cases, Choice, Expression, Operation, Program, Tally
from guiju.engine.reasoning.editions.amended import Switches, connected
from guiju.engine.reasoning.editions.differing import parts_beside


class Merging:
    """Puts in those amendments whose switches are `chosen`."""

    def __init__(self, switches: Switches, chosen: frozenset[int]) -> None:
        self._switches, self._chosen = switches, chosen
        self._before, self._after = switches.before, switches.after

    def part(self, was: Expression | None, now: Expression | None) -> Expression | None:
        """What stands in one place; None: nothing."""
        switch = self._switches.part(was, now)
        if switch is None:
            return None if was is None or now is None else self._merged(was, now)
        taken, edition = (now, self._after) if switch in self._chosen else (was, self._before)
        return None if taken is None else self.by_keys(taken, edition)

    def by_keys(self, expression: Expression, edition: Program) -> Expression:
        """An expression of one edition as it is."""
        return renamed(expression, lambda leaf: self._switches.key(leaf, edition))

    def _merged(self, was: Expression, now: Expression) -> Expression:
        if isinstance(was, Choice) and not _is_of(now, was.reading):
            return self._with_reading(was, self._inner(was.options[0][1], now), self._before)
        if isinstance(now, Choice) and not _is_of(was, now.reading):
            return self._with_reading(now, self._inner(was, now.options[0][1]), self._after)
        if isinstance(was, Tally) and isinstance(now, Tally):
            return self._tally(was, now)
        return _rebuilt(was, [self._inner(one, other) for one, other in parts_beside(was, now)])

    def _inner(self, was: Expression, now: Expression) -> Expression:
        found = self.part(was, now)
        assert found is not None
        return found

    def _with_reading(self, choice: Choice, default: Expression, edition: Program) -> Expression:
        """What one edition alone has a reading for: all options where that edition is kept to, or the default."""
        is_later = self._switches.about("reading", f"reading:{choice.reading}") in self._chosen
        if is_later is not (edition is self._after):
            return default
        others = ((name, self.by_keys(option, edition)) for name, option in choice.options[1:])
        return replace(choice, options=((choice.options[0][0], default), *others))

    def _tally(self, was: Tally, now: Tally) -> Tally:
        """A count of the items that both have, and of those that stay or come."""
        one, other = self._switches.items(was, self._before), self._switches.items(now, self._after)
        items = one & other
        for together in connected(one ^ other):
            clauses = sorted(frozenset[str]().union(*together))
            switches = (self._switches.counting(clause) for clause in clauses)
            is_later = next((s in self._chosen for s in switches if s is not None), False)
            items |= frozenset(item for item in together if item in (other if is_later else one))
        cap = None if was.cap is None or now.cap is None else max(was.cap, now.cap)
        return replace(was, items=tuple(sorted(tuple(sorted(item)) for item in items)), cap=cap)


def _is_of(expression: Expression, reading: str) -> bool:
    return isinstance(expression, Choice) and expression.reading == reading


def renamed(expression: Expression, name: Callable[[str], str]) -> Expression:
    """An expression with its clauses called otherwise."""
    if isinstance(expression, Tally):
        return replace(expression, items=tuple(tuple(map(name, item)) for item in expression.items))
    return _rebuilt(expression, [renamed(part, name) for part in parts(expression)])


def _rebuilt(expression: Expression, inner: Sequence[Expression]) -> Expression:
    """An expression with other parts, in the order of `parts`."""
    match expression:
        case Operation():
            return replace(expression, operands=tuple(inner))
        case Choice():
            options = zip(expression.options, inner, strict=True)
            return replace(expression, options=tuple((name, option) for (name, _), option in options))
        case Cases():
            number = len(expression.rows)
            beside = zip(expression.rows, inner[: 2 * number : 2], inner[1 : 2 * number : 2], strict=True)
            rows = tuple(replace(row, condition=condition, value=value) for row, condition, value in beside)
            otherwise, *undecided = inner[2 * number :]
            return replace(expression, rows=rows, otherwise=otherwise, undecided=next(iter(undecided), None))
    return expression
