"""Rows with open clauses: the completions that say what is reachable are decided one by one, and nothing else is open.

Open clauses that the same counts look at are interchangeable, so of each such class only how many are satisfied is
tried. Of outcomes that go one way as clauses are satisfied fewer completions suffice (`along`). A clause that facts
decide counts among them where no fact of it is known, nothing else stands on these facts, and they can go either way
(`Alone`). Who says something of a clause that stands on an open one speaks of both, even where no outcome looks at that
clause. Whatever else is open is the reference's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, product
from math import prod
from typing import Any, NamedTuple, TypeAlias

from guiju.compiler.ir import Program
from guiju.engine.compiled.alone import Alone
from guiju.engine.compiled.along import answers_along
from guiju.engine.compiled.answer import Answer, outcome_of
from guiju.engine.compiled.judging import UnplainError
from guiju.engine.compiled.reading import parted, signs_in
from guiju.engine.compiled.scales import Scale
from guiju.engine.compiled.source import Module
from guiju.engine.layout import Slot
from guiju.engine.verdict_words import verdict_in

MOST_WAYS = 512  # that are tried one by one
FEW_WAYS = 4  # that are tried one by one although fewer completions may suffice


#: a clause that is read as a bit: its column, its plane and the bit there
_Read: TypeAlias = tuple[str, int, int, int]


class _Open(NamedTuple):
    """An open clause: its bit where it is read as one, its column where facts would decide it."""

    clause: str
    plane: int
    bit: int
    place: int | None


class Opened:
    """The module of a policy for rows in which verdicts are written out or missing."""

    def __init__(
        self,
        module: Module,
        decide: Callable[..., Answer],
        columns: Sequence[Slot],
        alone: Alone,
        scales: Callable[[], Mapping[str, Scale] | None],
    ) -> None:
        self._module, self._decide, self._alone, self._read_off = module, decide, alone, scales
        self._number = len(module.planes.all)
        self._read: list[_Read] = [(c, place, *module.planes.at[c]) for c, place in module.places.items()]
        self._columns = len(columns)
        self._stretches = _stretches([len(plane.clauses) for plane in module.planes.all] if module.end else [])
        read_at = {read[1]: read for read in self._read}
        self._ending = [read_at.get(len(columns) - module.end + at) for at in range(module.end)]
        at = {slot.address: i for i, slot in enumerate(columns)}
        self._facts = {i: slot.address for i, slot in enumerate(columns) if slot.kind == "fact"}
        self._binding = [at[address] for address in alone.binding if address in at]
        self._judged = [(c, at[f"clause:{c}"], *module.planes.at[c]) for c in module.judged if f"clause:{c}" in at]

    @cached_property
    def _scales(self) -> Mapping[str, Scale] | None:
        return self._read_off()

    def answer(self, program: Program, values: Sequence[Any], length: int) -> Answer | None:
        """The answer for a row; None where it is not plain apart from clauses that are open.

        `length`: the bytes of a row of plain verdicts with these inputs.
        """
        if any(values[place] is not None for place in self._binding):
            return None
        not_applicable = [0] * self._number
        classes: dict[int, list[_Open]] = {}
        unsatisfied, others = self._plain(values, length)
        for clause, place, plane, bit in others:
            value = values[place]
            word = "unsatisfied" if value is False else None if value is None else verdict_in(value) or "odd"
            if word == "unsatisfied":
                unsatisfied[plane] |= 1 << bit
            elif word == "not-applicable" and clause in self._module.may_not_apply:
                not_applicable[plane] |= 1 << bit
            elif word in (None, "unknown") and self._is_free(clause, values):
                classes.setdefault(self._module.classes[clause], []).append(_Open(clause, plane, bit, None))
            elif word != "satisfied":
                return None
        self._open_judged(values, classes)
        row = self._with_judged(values, classes)

        def failing(clauses: Sequence[_Open]) -> Answer:
            return self._with(row, unsatisfied, not_applicable, clauses)

        try:
            answers = self._answers(list(classes.values()), failing)
        except UnplainError:
            return None
        if answers is None:
            return None
        return answers[0] if len(answers) == 1 else _all_of(program, answers)

    def _answers(
        self, classes: Sequence[Sequence[_Open]], failing: Callable[[Sequence[_Open]], Answer]
    ) -> list[Answer] | None:
        """Answers that have every value of each outcome which is reachable; None where that is not told."""
        ways = prod(len(open_) + 1 for open_ in classes)
        if ways > FEW_WAYS and (scales := self._scales) is not None:
            found = answers_along(scales, [one for open_ in classes for one in open_], failing)
            if found is not None:
                return found
        if ways > MOST_WAYS:
            return None
        numbers = product(*(range(len(open_) + 1) for open_ in classes))
        return [failing([o for n, open_ in zip(number, classes, strict=True) for o in open_[:n]]) for number in numbers]

    def _plain(self, values: Sequence[Any], length: int) -> tuple[list[int], list[_Read]]:
        """The bits of clauses that are plainly unsatisfied, and the clauses that are not plainly satisfied or that."""
        if not self._stretches:
            return [0] * self._number, [read for read in self._read if values[read[1]] is not True]
        signs = signs_in(values, length, self._columns, self._module.end)
        unsatisfied = [parted(signs[stretch])[0] for stretch in self._stretches]
        return unsatisfied, [read for at in _places(signs, b"N") if (read := self._ending[at])]

    def _is_free(self, clause: str, values: Sequence[Any]) -> bool:
        if clause in self._module.left_to_people:
            return all(values[place] is None for place in self._module.above.get(clause, ()))
        return self._alone.can_be_either(clause)

    def _open_judged(self, values: Sequence[Any], classes: dict[int, list[_Open]]) -> None:
        """Adds the clauses that nobody speaks of, neither people nor any fact."""
        waiting = [j for j in self._judged if values[j[1]] is None]
        if not waiting:
            return
        stated = {address for i, address in self._facts.items() if values[i] is not None}
        for clause, place, plane, bit in waiting:
            if stated.isdisjoint(self._alone.facts(clause)) and self._alone.can_be_either(clause):
                classes.setdefault(self._module.classes[clause], []).append(_Open(clause, plane, bit, place))

    @staticmethod
    def _with_judged(values: Sequence[Any], classes: Mapping[int, Sequence[_Open]]) -> Sequence[Any]:
        """The row where the open clauses that facts would decide are satisfied."""
        places = [one.place for open_ in classes.values() for one in open_ if one.place is not None]
        row = list(values) if places else values
        for place in places:
            row[place] = True  # type: ignore[index]
        return row

    def _with(
        self, row: Sequence[Any], unsatisfied: Sequence[int], not_applicable: Sequence[int], failing: Iterable[_Open]
    ) -> Answer:
        """The answer where these of the open clauses fail, and no other."""
        now, changed = list(unsatisfied), {}
        for one in failing:
            if one.place is None:
                now[one.plane] |= 1 << one.bit
            else:
                changed[one.place] = False
        return self._decide(*now, *not_applicable, [changed.get(i, v) for i, v in enumerate(row)] if changed else row)


def _stretches(lengths: Sequence[int]) -> list[slice]:
    """Stretches of so many, one after the other."""
    ends = list(accumulate(lengths))
    return [slice(end - length, end) for end, length in zip(ends, lengths, strict=True)]


def _places(signs: bytes, sign: bytes) -> Iterator[int]:
    """Where a sign stands."""
    at = signs.find(sign)
    while at >= 0:
        yield at
        at = signs.find(sign, at + 1)


def _all_of(program: Program, answers: list[Answer]) -> Answer:
    """The answer where each of these is reachable, and nothing else."""
    merged: dict[str, Any] = {}
    outcomes: Mapping[str, Any] = answers[0].outcomes or {}
    for id_ in outcomes:
        found = [a[id_] for a in answers]
        rules = {o.rule for o in found}
        rule = rules.pop() if len(rules) == 1 else None
        merged[id_] = outcome_of(program, [v for o in found for v in o.reachable], exact=True, rule=rule)
    return Answer(merged)
