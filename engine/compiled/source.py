"""A folded network -> the text of a Python module that decides rows: a function for each group, and one for all.

The module reads verdicts as bits (`planes`): a bit of `u0` is a clause that is unsatisfied, a bit of `a0` one that is
not applicable, a bit of `o0` one that is open. A row in which something that matters is open, disputed or out of type
raises `UnplainError`, or TypeError or ValueError where it is read, and is no matter of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from marshal import dumps
from operator import itemgetter
from textwrap import TextWrapper

from guiju.compiler.ir import NOT_ENTERED, UNKNOWN, Clause, Tally, Verdict
from guiju.engine.compiled.answer import Answer
from guiju.engine.compiled.folding import Folded
from guiju.engine.compiled.judging import UnplainError, share
from guiju.engine.compiled.order import Order, order_of
from guiju.engine.compiled.planes import Planes
from guiju.engine.compiled.reading import FORMAT, NUMBERS_AS_BITS, SIGNS_AS_BITS, length_of, parted, signs_of
from guiju.engine.compiled.results import Results
from guiju.engine.compiled.shapes import Guard, Shapes
from guiju.engine.compiled.statements import Column, Statements
from guiju.engine.compiled.terms import Constants
from guiju.engine.compiled.texts import Mask
from guiju.engine.layout import Slot
from guiju.engine.network import Node

_WRAPPER = TextWrapper(116, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


@dataclass(frozen=True, eq=False)
class Module:
    """The text, what its names mean that it does not define, and how verdicts lie in its planes.

    `with_planes` is the text of the same decision where the planes are given instead of read.
    """

    text: str
    with_planes: str
    names: dict[str, object]
    planes: Planes
    places: Mapping[str, int]  # of each clause that is read as a bit its column
    may_not_apply: frozenset[str]
    judged: tuple[str, ...]  # the clauses of which facts may speak
    left_to_people: frozenset[str]  # those of which nothing but their verdict is known
    above: Mapping[str, Sequence[int]]  # of a clause the columns of those that stand on it and that no code looks at
    classes: Mapping[str, int]  # of each clause a number; the same counts look at the clauses of one class
    end: int  # how many verdicts are read from the end of a row; 0: they are picked out of its columns

    def length(self, inputs: Sequence[str], columns: int) -> int:
        """What `decide` takes for the length of a row: in bytes where its end is read, else in columns."""
        return length_of(inputs, self.end) if self.end else columns


class Writer:
    """Writes the module of one folded network for rows of some columns."""

    def __init__(self, folded: Folded, columns: Sequence[Slot], targets: Sequence[str]) -> None:
        self._folded, self._columns, self._targets = folded, columns, targets
        self._column = {slot.address: Column(place, slot) for place, slot in enumerate(columns)}
        self._live = folded.live(folded.network.at[t] for t in targets)
        clauses = {n.subject.id: n for n in self._live if isinstance(n.subject, Clause)}
        self._judged = {c: n for c, n in clauses.items() if self._is_judged(n)}
        self._read = {c: n for c, n in clauses.items() if c not in self._judged}
        self._applying = frozenset(c for c, n in clauses.items() if not folded.may_fail_to_apply(n))
        self._shapes, self._constants = Shapes(folded, self._applying), Constants()
        self._results = Results(self._shapes, self._constants, targets)
        self._groups = self._in_groups()
        self._order = self._main_order()
        self._looked_at = looked_at = (
            self._order.guards
        )  # less than what is live, where something undefined hides the rest
        self._read = {c: n for c, n in self._read.items() if n.index in looked_at}
        self._groups = {g: [n for n in nodes if n.index in looked_at] for g, nodes in self._groups.items()}
        self._guard = {c: looked_at[n.index] for c, n in self._read.items()}
        self._end = self._ending()
        self._planes = Planes(self._guard, list(self._judged), self._end)

    def _ending(self) -> tuple[str, ...]:
        """The clauses in which a row ends, where they are all that it has beside inputs; nothing if there is more."""
        clauses = tuple(slot.declaration.id for slot in self._columns if slot.kind == "clause")
        before = self._columns[: -len(clauses)] if clauses else ()
        is_all = all(slot.kind == "input" for slot in before) and not self._judged
        return clauses if is_all and self._read else ()

    def _is_judged(self, node: Node) -> bool:
        """Whether facts may speak of a clause, or no column does."""
        return node.address not in self._column or not self._folded.is_left_to_people(node)

    def _in_groups(self) -> dict[str, list[Node]]:
        """The clauses that only facts decide, by the group whose function judges them."""
        groups: dict[str, list[Node]] = {}
        for node in self._judged.values():
            below = self._folded.live([node.index])
            if all(n is node or not isinstance(n.subject, Tally | Clause) for n in below):
                assert isinstance(node.subject, Clause)
                widest = self._folded.program.ancestors(node.subject.group)[-2:][0]
                groups.setdefault(widest, []).append(node)
        return groups

    def _main_order(self) -> Order:
        apart = frozenset(n.index for nodes in self._groups.values() for n in nodes)
        done = apart | {n.index for n in self._read.values()}
        order = order_of(self._shapes, self._results.roots, done, self._results.conditions)
        guarding = {condition for guard in order.guards.values() for condition, _ in guard}
        ready = self._results.ready - guarding
        return Order(tuple((n, g) for n, g in order.nodes if n.index not in ready), order.guards)

    def module(self) -> Module:
        """The whole module."""
        groups = [
            line for group, nodes in self._groups.items() if nodes for line in (*self._function(group, nodes), "")
        ]
        read, given = self._decide(read=True), self._decide(read=False)
        head = [f'"""{self._folded.program.id}: {", ".join(self._targets)}."""', "", *self._masks(), ""]
        targets = tuple(self._targets)
        names = {
            **self._constants.values,
            **_HELPERS,
            "clauses": self._planes.mask,
            "answer": lambda *outcomes: Answer(dict(zip(targets, outcomes, strict=True))),
        }
        return Module(
            text="\n".join([*head, *groups, *read, ""]),
            with_planes="\n".join([*head, *groups, *given, ""]),
            names=names,
            planes=self._planes,
            places={c: self._column[n.address].place for c, n in self._read.items()},
            may_not_apply=frozenset(self._read) - self._applying,
            judged=tuple(self._judged),
            left_to_people=frozenset(c for c, n in self._read.items() if self._folded.is_open_to_people_alone(n)),
            above=self._above(),
            classes=classes_of(self._live, self._planes.at),
            end=len(self._end),
        )

    def _above(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {}
        network = self._folded.network
        for place, slot in enumerate(self._columns):
            if slot.kind == "clause" and network.at[slot.address] not in self._looked_at:
                for below in self._folded.live(network.node(slot.address).operands):
                    if isinstance(below.subject, Clause):
                        found.setdefault(below.subject.id, []).append(place)
        return found

    def _masks(self) -> list[str]:
        """The names that stand for the bits of clauses, each with the clauses that it stands for."""
        lines = []
        for name in [n for n, value in self._constants.values.items() if isinstance(value, Mask)]:
            mask = self._constants.values.pop(name)
            assert isinstance(mask, Mask)
            told = ", ".join(map(repr, mask.clauses))
            # an id is one word: a line that ends inside of it would end inside a text
            lines += _WRAPPER.wrap(f"{name} = clauses({told})")
        return lines

    # --- groups --------------------------------------------------------------------------------------------------

    def _parameters(self, *, judged: bool) -> list[str]:
        """The planes: unsatisfied, not applicable; of all clauses, or of those that facts decide."""
        numbers = [i for i, plane in enumerate(self._planes.all) if not judged or plane.guard is None]
        return [f"{sign}{i}" for sign in "ua" for i in numbers]

    def _function(self, group: str, nodes: list[Node]) -> list[str]:
        """The function that judges the clauses of one group."""
        label = self._folded.program.group[group].label
        planes = self._parameters(judged=True)
        body = self._statements().of(order_of(self._shapes, nodes, frozenset()), {}, required=False)
        return [
            f"def {self._judge(group)}({', '.join((*planes, 'values'))}):",
            f"    # {label.zh} / {label.en}",
            *(f"    {line}" for line in body),
            f"    return {', '.join(planes)}",
        ]

    def _judge(self, group: str) -> str:
        return self._constants.variable(f"judge_{group}", ("judge", group))

    def _statements(self) -> Statements:
        return Statements(self._shapes, self._planes, self._constants, self._column, self._applying)

    # --- all -----------------------------------------------------------------------------------------------------

    def _decide(self, *, read: bool) -> list[str]:
        """The function that decides a row: its planes are read from it, or given."""
        judged = self._parameters(judged=True)
        names = ", ".join(judged)
        calls = [f"{names} = {self._judge(g)}({names}, values)" for g, nodes in self._groups.items() if nodes]
        reads: dict[Guard, list[str]] = {(): calls}
        start = [f"{' = '.join(judged)} = 0"] if read and judged else []
        if read:
            start = [*(self._ended() if self._end else ["if len(values) != length: raise UnplainError"]), *start]
            for guard, lines in self._stated() if self._end else self._picked():
                reads.setdefault(guard, []).extend(lines)
        statements = self._statements()
        body = [*start, *statements.of(self._order, reads, required=True), *self._results.lines(statements.texts)]
        parameters = "values, length" if read else ", ".join((*self._parameters(judged=False), "values"))
        return [f"def decide({parameters}):", *(f"    {line}" for line in body)]

    def _applies(self, number: int) -> list[str]:
        """The line of a plane of clauses some of which may not apply: each of a plain row does."""
        return [] if self._applying.issuperset((*self._read, *self._judged)) else [f"a{number} = 0"]

    # --- reading: the end of a row, or columns of it ---------------------------------------------------------------

    def _ended(self) -> list[str]:
        """The lines that read the end of a row; what is open there may not matter."""
        count = len(self._end)
        lines = [
            f"read = dumps(values, {FORMAT})",
            f"if len(read) != length: read = signs_of(values, {len(self._columns)}, {count})",
        ]
        for number, plane in enumerate(self._planes.all):
            stop = count - len(plane.clauses)
            part = f"read[-{count}:{f'-{stop}' if stop else ''}]"
            lines += [
                f"try: u{number}, o{number} = int({part}.translate(SIGNS_AS_BITS), 2), 0",
                f"except ValueError: u{number}, o{number} = parted({part})",
                *self._applies(number),
            ]
            count = stop
        return lines

    def _stated(self) -> Iterable[tuple[Guard, list[str]]]:
        """Where clauses begin to matter, the lines that end what is not plain because one of them is open."""
        together: dict[Guard, list[str]] = {}
        for clause, guard in self._guard.items():
            together.setdefault(guard, []).append(clause)
        for guard, clauses in together.items():
            masks = self._planes.masks(clauses)
            yield guard, [f"if o{p} and o{p} & {self._mask(p, mask)}: raise UnplainError" for p, mask in masks.items()]

    def _mask(self, plane: int, mask: int) -> str:
        return self._statements().texts.mask(plane, mask)

    def _picked(self) -> Iterable[tuple[Guard, list[str]]]:
        """Where the clauses of each plane begin to matter, the lines that read it, if none of them is open."""
        for number, plane in enumerate(self._planes.all):
            if plane.guard is not None:
                places = [self._column[f"clause:{c}"].place for c in plane.clauses]
                pick = self._constants.name(f"columns_of_u{number}", picked(places), ("columns", number))
                line = f"u{number} = int(bytes({pick}(values)).translate(NUMBERS_AS_BITS), 2)"
                yield plane.guard, [line, *self._applies(number)]


def classes_of(live: Iterable[Node], clauses: Iterable[str]) -> dict[str, int]:
    """Of each clause a number of its class: by what looks at it, and as a part of which item."""
    seen: dict[str, list[tuple[int, int]]] = {}
    for node in live:
        if isinstance(node.subject, Tally):
            for number, item in enumerate(node.subject.items):
                for leaf in item:
                    seen.setdefault(leaf, []).append((node.index, number if len(item) > 1 else -1))
    numbers: dict[tuple[tuple[int, int], ...], int] = {}
    return {c: numbers.setdefault(tuple(seen.get(c, ())), len(numbers)) for c in clauses}


def picked(places: Sequence[int]) -> Callable[[Sequence[object]], Iterable[object]]:
    """Takes the values of some columns out of a row."""
    if len(places) < 2:  # else it gives one value, or cannot be made
        return lambda values: [values[place] for place in places]
    return itemgetter(*places)


_HELPERS: dict[str, object] = {
    "Fraction": Fraction,
    "UnplainError": UnplainError,
    "UNSATISFIED": Verdict.UNSATISFIED,
    "NOT_APPLICABLE": Verdict.NOT_APPLICABLE,
    "NOT_ENTERED": NOT_ENTERED,
    "UNKNOWN": UNKNOWN,
    "dumps": dumps,
    "SIGNS_AS_BITS": SIGNS_AS_BITS,
    "NUMBERS_AS_BITS": NUMBERS_AS_BITS,
    "parted": parted,
    "signs_of": signs_of,
    "share": share,
}
