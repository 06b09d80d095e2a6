"""Network -> formula: every open node below a question as the values that it can have, each under a condition.

The meaning of a form stands nowhere here. What it makes of known values is `engine.meaning`'s and `compiler.operators`'
own functions, run on every case that can come about; only what it makes of numbers that are still open is written
anew, and there the solver computes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from guiju.compiler.ir import (
    UNKNOWN,
    Cases,
    Clause,
    Fact,
    Input,
    NumberType,
    OptionType,
    Reading,
    SetType,
    Special,
    Tally,
    TruthType,
    Type,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.operators import COMPARISONS, Fold, Function
from guiju.engine.meaning import grouped
from guiju.engine.network import Node, live_operands, open_below
from guiju.engine.proving.question import Judge, Question
from guiju.engine.proving.solver import (
    Choice,
    Choices,
    Members,
    Number,
    both,
    chosen,
    compared,
    computed,
    counted,
    either,
    is_whole,
    otherwise,
)
from guiju.engine.verdicts import EITHER, facts_verdict

if TYPE_CHECKING:
    from guiju.engine.proving.solver import Guard

MOST_CASES = 20_000  # combinations of the values of a form's operands
MOST_NUMBERS = 60  # numbers that a value is told apart by; of more it is one number that depends on the choices
MOST_COUNTED = 30  # items that are counted one by one; more are a sum

#: the values that a node can have, each with its condition: in every completion exactly one of these holds
Term = dict[Any, "Guard"]


class NotEncodedError(Exception):
    """A form that cannot be put to the solver; `detail` is the address of the node."""

    def __init__(self, why: str, address: str) -> None:
        super().__init__(why, address)
        self.why, self.address = why, address


class Encoded:
    """A question as a formula, and how to tell a subject from a choice that satisfies it."""

    def __init__(self, question: Question) -> None:
        self._known, self._network = question.known, question.known.network
        self.choices = Choices()
        self._terms: dict[int, Term] = {}
        self._told: dict[str, Callable[[Choice], Value]] = {}
        if self._known.standing.attested or self._known.standing.held:
            raise NotEncodedError("stated", self._network.nodes[question.index].address)
        for index in sorted(open_below(self._network, self._known.values, (question.index,))):
            self._terms[index] = self._merged(self._node(self._network.nodes[index]))
        self.choices.require(self._term(question.index).get(True, False))

    def subject(self, choice: Choice) -> dict[str, Value]:
        """What each open fact, input and clause is."""
        return {address: tell(choice) for address, tell in self._told.items()}

    def _term(self, index: int) -> Term:
        value = self._known.values[index]
        return self._terms[index] if value is UNKNOWN else {value: True}

    def _merged(self, cases: Iterable[tuple[Any, Guard]]) -> Term:
        """The cases as a term: equal values are one, and of too many numbers one is made."""
        found: dict[Any, list[Guard]] = {}
        for value, guard in cases:
            if guard is not False:
                found.setdefault(value, []).append(guard)
        term = {value: either(guards) for value, guards in found.items()}
        numbers = {v: g for v, g in term.items() if isinstance(v, Fraction | Number)}
        if len(numbers) <= MOST_NUMBERS:
            return term
        rest = {v: g for v, g in term.items() if v not in numbers}
        return {**rest, chosen(numbers.items()): either(numbers.values())}

    def _node(self, node: Node) -> Iterable[tuple[Any, Guard]]:
        subject = node.subject
        live = live_operands(node, self._known.values)
        if isinstance(subject, Clause):
            return self._clause(node, subject)
        if isinstance(subject, Fact | Input | Reading) and not live:
            return self._chosen(node)
        if live is not node.operands or node.form is None or node.form.symbol == "reference":
            return self._term(live[0]).items()
        if isinstance(subject, Tally) and len(live) > MOST_COUNTED:
            return self._summed(node, subject)
        if isinstance(node.form, Judge):
            return self._judged(node, node.form)
        if isinstance(node.form, Function):
            return self._function(node, node.form)
        return self._fold(node, node.form)

    def _combinations(
        self, node: Node, terms: Sequence[Mapping[Any, Guard]]
    ) -> Iterator[tuple[tuple[Any, ...], Guard]]:
        """Every combination of the values of some terms that can come about."""
        if prod(map(len, terms)) > MOST_CASES:
            raise NotEncodedError("too-many-cases", node.address)
        for combination in product(*(term.items() for term in terms)):
            yield tuple(v for v, _ in combination), both(*(g for _, g in combination))

    # --- what is chosen ----------------------------------------------------------------------------------------------

    def _chosen(self, node: Node) -> Iterable[tuple[Any, Guard]]:
        """A fact or an input takes a value of its type, a reading an option."""
        subject = node.subject
        assert isinstance(subject, Fact | Input | Reading)
        type_: Type = OptionType(tuple(o.id for o in subject.options)) if isinstance(subject, Reading) else subject.type
        match type_:
            case NumberType():
                number = self.choices.number(whole=type_.integer, from_zero=type_.is_never_negative)
                self._told[node.address] = lambda choice: choice.number(number)
                return [(number, True)]
            case SetType():
                members = Members({option: self.choices.condition() for option in type_.options})
                self._told[node.address] = lambda choice: frozenset(
                    o for o, g in members.holds.items() if choice.holds(g)
                )
                return [(members, True)]
            case TruthType():
                guard = self.choices.condition()
                return self._tell(node, [(True, guard), (False, otherwise(guard))])
            case OptionType():
                return self._tell(node, zip(type_.options, self.choices.one_of(len(type_.options)), strict=True))

    def _tell(self, node: Node, cases: Iterable[tuple[Value, Guard]]) -> list[tuple[Value, Guard]]:
        """The cases, of which a choice tells the one that holds."""
        listed = list(cases)
        self._told[node.address] = lambda choice: next(value for value, guard in listed if choice.holds(guard))
        return listed

    def _clause(self, node: Node, clause: Clause) -> Iterable[tuple[Any, Guard]]:
        """A clause takes the verdict that its facts give; where none of them can decide, it goes either way."""
        ways = self._known.standing.contested.get(node.index, EITHER)
        cases: list[tuple[Value, Guard]] = []
        undecided: dict[tuple[Verdict, ...], list[Guard]] = {}
        operands = () if node.index in self._known.standing.beyond_facts else node.operands
        for given, guard in self._combinations(node, [self._term(o) for o in operands]):
            applies = given[0] if given and clause.applies is not None else True
            condition = given[-1] if given and clause.condition is not None else Undefined("attested")
            verdict = facts_verdict(applies, condition)
            if isinstance(verdict, Undefined):
                undecided.setdefault(tuple(Verdict) if isinstance(applies, Undefined) else ways, []).append(guard)
            else:
                cases.append((verdict, guard))
        for verdicts, guards in undecided.items():
            options = zip(verdicts, self.choices.one_of(len(verdicts)), strict=True)
            cases += [(verdict, both(either(guards), guard)) for verdict, guard in options]
        return self._tell(node, cases)

    # --- forms -------------------------------------------------------------------------------------------------------

    def _function(self, node: Node, form: Function) -> Iterator[tuple[Any, Guard]]:
        for values, guard in self._combinations(node, [self._term(o) for o in node.operands]):
            for value, under in _applied(form, values):
                yield value, both(guard, under)

    def _fold(self, node: Node, form: Fold) -> Iterator[tuple[Any, Guard]]:
        """Operand by operand: each way that the fold can have come to stand, with its condition."""
        combine = _gathering(form) if form.symbol in _AGGREGATED else form.combine
        states: dict[Any, Guard] = {form.start: True}
        for operand in self._operands(node):
            reached: dict[Any, list[Guard]] = {}
            for (state, value), guard in self._combinations(node, [states, operand]):
                if guard is not False:
                    reached.setdefault(combine(state, value), []).append(guard)
            states = {state: either(guards) for state, guards in reached.items()}
            if form.symbol in _AGGREGATED and len(states) > MOST_NUMBERS:
                states = _as_one(states)
        return ((_finished(form, state), guard) for state, guard in states.items())

    def _operands(self, node: Node) -> Iterator[Term]:
        """The operands as a fold takes them, rows of a table as pairs."""
        if not isinstance(node.subject, Cases):
            yield from (self._term(o) for o in node.operands)
            return
        for row in grouped(node.subject, node.operands):
            condition, value = ({True: True} if o is True else self._term(o) for o in row)
            yield dict(self._combinations(node, [condition, value]))

    def _summed(self, node: Node, tally: Tally) -> Iterator[tuple[Any, Guard]]:
        """A count of many items as a sum."""
        wanted, items = Verdict(tally.verdict), [self._term(o) for o in node.operands]
        number = counted(item.get(wanted, False) for item in items)
        if tally.measure == "count":
            if tally.cap is not None:
                cap = Fraction(tally.cap)
                number = chosen(((cap, compared(">", number, cap)), (number, True)))
            yield number, True
            return
        of = counted(otherwise(item.get(Verdict.NOT_APPLICABLE, False)) for item in items)
        some = compared(">", of, Fraction(0))
        yield computed("/", number, of), some
        yield Undefined("share-of-nothing"), otherwise(some)

    def _judged(self, node: Node, form: Judge) -> Iterator[tuple[Any, Guard]]:
        for values, guard in self._combinations(node, [self._term(o) for o in node.operands]):
            if not any(isinstance(v, Number) for v in values):
                yield form.apply(*values), guard
            elif len(values) > 1 and all(_is_number(v) for v in values[-2:]):
                holds = both(all(v is True for v in values[:-2]), compared(form.between, *values[-2:]))
                yield True, both(guard, holds)
                yield False, both(guard, otherwise(holds))
            else:
                yield form.apply(*(Fraction(0) if isinstance(v, Number) else v for v in values)), guard


_AGGREGATED = {"sum": "+", "mean": "+", "min": "<", "max": ">"}


def _is_number(value: object) -> bool:
    return isinstance(value, Fraction | Number)


def _applied(form: Function, values: tuple[Any, ...]) -> Iterator[tuple[Any, Guard]]:
    """What a function makes of some values; numbers that are open are compared and computed with by the solver."""
    open_ = any(isinstance(v, Number | Members) for v in values)
    if not open_ or any(isinstance(v, Special | Undefined) for v in values) or form.symbol == "present":
        yield form.apply(*values), True
    elif form.symbol in COMPARISONS:
        yield from _either_way(compared(form.symbol, *values))
    elif form.symbol == "in":
        yield from _either_way(values[1].holds.get(values[0], False))
    elif form.symbol == "whole":
        yield from _either_way(is_whole(values[0]))
    elif form.symbol == "/":
        zero = compared("=", values[1], Fraction(0))
        yield Undefined("division-by-zero"), zero
        yield computed("/", *values), otherwise(zero)
    else:
        yield computed(form.symbol, *values), True


def _either_way(guard: Guard) -> tuple[tuple[bool, Guard], ...]:
    return ((True, guard), (False, otherwise(guard)))


def _gathering(form: Fold) -> Callable[[Any, Any], Any]:
    """How an aggregate goes on where a number is open: how much so far, and how many."""

    def combine(so_far: Any, operand: Any) -> Any:
        if not isinstance(so_far, tuple) or not _is_number(operand) or not {Number} & {type(so_far[0]), type(operand)}:
            return form.combine(so_far, operand)
        total, number = so_far
        symbol = _AGGREGATED[form.symbol]
        if symbol == "+":
            return (computed("+", total, operand), number + 1)
        return (chosen(((total, compared(symbol, total, operand)), (operand, True))), number + 1)

    return combine


def _finished(form: Fold, state: Any) -> Any:
    if form.symbol in _AGGREGATED and isinstance(state, tuple) and isinstance(state[0], Number):
        return computed("/", state[0], Fraction(state[1])) if form.symbol == "mean" else state[0]
    return form.finish(state)


def _as_one(states: Mapping[Any, Guard]) -> dict[Any, Guard]:
    """Of the many numbers that an aggregate may stand at, one for each number of operands."""
    found: dict[Any, Guard] = {s: g for s, g in states.items() if not isinstance(s, tuple)}
    for number in dict.fromkeys(s[1] for s in states if isinstance(s, tuple)):
        totals = [(s[0], g) for s, g in states.items() if isinstance(s, tuple) and s[1] == number]
        found[chosen(totals), number] = either(g for _, g in totals)
    return found
