"""The cheapest changes that reach a level: what is changed, from what to what, in which order, and what each gains."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice, product
from math import comb, prod
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import Input, Value
from guiju.engine.reasoning.planning.changes import Aim, Changes, Terms, below
from guiju.engine.reasoning.planning.cheapest import Choices, Layers, Pick, Selection, least_costs
from guiju.engine.reasoning.planning.choosing import Choice, choices_of, deciding_inputs, open_inputs
from guiju.engine.reasoning.planning.course import End
from guiju.engine.reasoning.planning.exhausted import is_exhausted
from guiju.engine.reasoning.planning.gains import Gain, gains
from guiju.engine.reasoning.planning.likewise import NOTHING_ELSE, Likewise, likewise
from guiju.engine.reasoning.planning.means import Means, TooManyWaysError, means_of
from guiju.engine.reasoning.planning.missing import missing
from guiju.engine.reasoning.planning.nearest import Bound, Needed, as_near_as_can_be, needed_of, numbers_within
from guiju.engine.reasoning.planning.serving import OneChange, served
from guiju.engine.reasoning.planning.shortfall import least_of_one
from guiju.engine.reasoning.planning.stretch import is_counted, stretch_of
from guiju.engine.reasoning.planning.terrain import MISSED, Terrain, TooManyStatesError, explored
from guiju.engine.reasoning.planning.unstated import Open

MOST_ALTERNATIVES = 200  # selections that are looked at

#: why something keeps an answer from being proved: nobody states it, and its cases are not gone through; or not every
#: change of it was tried: of numbers that cannot be split into few cases together, of what hangs together in many ways
Why: TypeAlias = Open | Word["numbers-together", "too-many-ways"]


@dataclass(frozen=True)
class Step:
    """One change. A number must be `bound` the value `required`, as `planned` is; other things just that, or `also`.

    A fact is changed for the clauses that it `serves`, by address, or for its own sake where a score looks at it.
    """

    address: str
    actual: Value
    needed: Needed
    cost: Fraction
    gains: tuple[Gain, ...]
    also: Likewise = NOTHING_ELSE
    serves: tuple[str, ...] = ()

    @property
    def planned(self) -> Value:
        """What it is planned to be."""
        return self.needed.planned

    @property
    def required(self) -> Value:
        """The end of what it must be."""
        return self.needed.required

    @property
    def bound(self) -> Bound:
        """How what it must be lies to that."""
        return self.needed.bound


@dataclass(frozen=True)
class Part:
    """Any so many of some things that are interchangeable; all of them where they are as many.

    Each is all that has to change together, as both facts that one clause needs: half of it gains nothing.
    """

    number: int
    of: tuple[tuple[str, ...], ...]

    @property
    def is_whole(self) -> bool:
        """Whether all of it is needed."""
        return self.number == len(self.of)

    @property
    def addresses(self) -> tuple[str, ...]:
        """All that it names."""
        return tuple(a for together in self.of for a in together)


@dataclass(frozen=True)
class Remedy:
    """An answer. `steps` None: no changes lead to the goal, as far as it is `proved`.

    `alternatives` are the sets of things whose change costs the same, this one among them, each with one of the `ways`
    to make it, and `count` how many sets these are in all; None where not all were listed, or where the goal stays
    unknown with others of the same cost, which may all the same reach it. `proved`: nothing cheaper does. If not,
    `untried` are the facts of which not every change was tried, and `lacks` the inputs that are open; of no steps
    without either there was too much to try. `unproved` says why of each fact or clause that is the reason, `exceeded`
    what was too much where it is none of these. Where inputs are open that can be gone through, `choices` are the
    answers for all that they can be, and this is the cheapest of them with what is `chosen` for it; its alternatives
    are of the same choice.
    """

    steps: tuple[Step, ...] | None
    cost: Fraction
    proved: bool
    alternatives: tuple[tuple[Part, ...], ...] = ()
    ways: tuple[Changes, ...] = field(default=(), repr=False)
    count: int | None = None
    untried: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    found: Found | None = field(default=None, repr=False)
    chosen: Mapping[str, Value] = field(default_factory=dict)
    choices: tuple[Chosen, ...] = field(default=(), repr=False)
    unproved: Mapping[str, Why] = field(default_factory=dict)
    exceeded: Word["ways", "states"] | None = None
    missed: Changes | None = None

    @property
    def listed(self) -> int:
        """How many sets the `alternatives` are."""
        return _number_of(self.alternatives)

    @property
    def changes(self) -> dict[str, Value]:
        """The changes as the aim takes them, with the inputs that are chosen for them."""
        return {**self.chosen, **{step.address: step.planned for step in self.steps or ()}}


@dataclass(frozen=True)
class Chosen:
    """The answer where open inputs are chosen in one of the ways there are; what its steps gain is not told."""

    choice: Choice
    remedy: Remedy


@dataclass(frozen=True, eq=False)
class Found:
    """What the answer was found from, and is proved with."""

    means: Means
    terrain: Terrain
    layers: dict[int, Layers]


def remedy_for(aim: Aim, terms: Terms) -> Remedy:
    """The cheapest changes on some terms."""
    choices = choices_of(aim)
    if not choices:
        return _remedy(aim, terms, _steps)
    answers = tuple(Chosen(choice, _remedy(choice.aim, terms, _bare)) for choice in choices)
    proved = all(answer.remedy.proved for answer in answers)
    found = [answer for answer in answers if answer.remedy.steps is not None]
    if not found:
        untried = sorted({address for answer in answers for address in answer.remedy.untried})
        return Remedy(None, Fraction(0), proved, untried=tuple(untried), choices=answers, unproved=_of_all(answers))
    if all(answer.remedy.steps == () for answer in answers):
        return Remedy((), Fraction(0), proved, ((),), ({},), 1, choices=answers)
    best = min(found, key=lambda answer: answer.remedy.cost)
    told, made = best.remedy, best.remedy.found
    steps = () if made is None else tuple(_steps(made.means, terms, told.changes))
    chosen, unproved = best.choice.inputs, _of_all(answers)
    return replace(told, steps=steps, proved=proved, chosen=chosen, choices=answers, unproved=unproved)


def _of_all(answers: Collection[Chosen]) -> dict[str, Why]:
    return {address: why for answer in answers for address, why in answer.remedy.unproved.items()}


def _remedy(aim: Aim, terms: Terms, stepped: Callable[[Means, Terms, dict[str, Value]], Iterator[Step]]) -> Remedy:
    """The cheapest changes with all inputs as they are, `stepped` in order."""
    nothing, lacks = Fraction(0), tuple(_lacks(aim))
    if aim.is_reached:
        is_open = not aim.is_settled and bool(deciding_inputs(aim))
        return Remedy((), nothing, not is_open, ((),), ({},), 1, lacks=lacks if is_open else ())
    try:
        found = _found(aim, terms)
    except TooManyWaysError:
        return Remedy(None, nothing, False, exceeded="ways")
    except TooManyStatesError:
        return Remedy(None, nothing, False, exceeded="states")
    means, terrain = found.means, found.terrain
    if terrain.reached == MISSED:
        proved = means.proves(None) and not lacks and not terrain.is_open
        unproved = {} if proved else _unproved(aim, means, means.untried, is_open=terrain.is_open)
        return Remedy(None, nothing, proved, untried=tuple(means.untried), lacks=lacks, found=found, unproved=unproved)
    choices = found.layers[id(terrain)][-1][terrain.reached]
    (cost,) = choices.counts
    listed, are_all = _alternatives(choices, cost)
    changes = as_near_as_can_be(means, terms, next(iter(listed.values())))
    untried = () if means.proves(cost) else tuple(means.untried)
    unknown, number = _least_unknown(found), _number_of(listed)
    missed = _missed(aim, terms, means, cost) if unknown is not None and unknown < cost else None
    is_certain = unknown is None or unknown >= cost or missed is not None
    proved = not untried and not deciding_inputs(aim) and is_certain

    def has_no_others(one: Aim) -> bool:
        told = _remedy(one, terms, _bare)
        return (told.cost, told.count, told.proved) == (cost, number, True)

    complete = are_all and all(cost < other for other in means.untried.values())
    if complete and unknown is not None and unknown <= cost:
        complete = proved and is_exhausted(means, has_no_others)
    return Remedy(
        tuple(stepped(means, terms, changes)),
        cost,
        proved,
        tuple(listed),
        tuple(listed.values()),
        number if complete else None,
        untried,
        () if proved else lacks,
        found,
        unproved=_unproved(aim, means, untried, is_open=not is_certain),
        missed=missed,
    )


def _missed(aim: Aim, terms: Terms, means: Means, cost: Fraction) -> Changes | None:
    """A completion in which nothing but changes helps, where nothing but none at all could cost less."""
    least = least_of_one(means, terms)
    return None if least is None or cost > least else missing(aim)


def _unproved(aim: Aim, means: Means, untried: Iterable[str], *, is_open: bool) -> dict[str, Why]:
    """What keeps an answer from being proved: what was not tried, and where the goal `is_open` what leaves it so."""
    reasons: dict[str, Why] = {a: "numbers-together" if a in means.joint else "too-many-ways" for a in untried}
    if is_open:
        reasons |= {a: why for a, why in aim.left_open.items() if a not in reasons}
    return reasons


def _lacks(aim: Aim) -> Iterator[str]:
    for node in open_inputs(aim):
        assert isinstance(node.subject, Input)
        yield node.subject.id


def _found(aim: Aim, terms: Terms) -> Found:
    means = means_of(aim, terms)
    terrain = explored(stretch_of(means))
    return Found(means, terrain, least_costs(terrain))


def _least_unknown(found: Found) -> Fraction | None:
    """The least cost at which the goal stays unknown, which might hide that it is reached; None where it never does."""
    last = zip(found.terrain.states[-1], found.layers[id(found.terrain)][-1], strict=True)
    return min((min(choices.counts) for state, choices in last if not isinstance(state, End)), default=None)


# --- alternatives -------------------------------------------------------------------------------------------------


def _alternatives(choices: Choices, cost: Fraction) -> tuple[dict[tuple[Part, ...], Changes], bool]:
    """The selections of equal cost, each set of changed things once, with a way to make it; whether these are all.

    Several selections may be one set, changed in different ways, so what is left is told by what was looked at.
    """
    picked = (one for selection in choices.selections(cost) for one in _picked(selection))
    listed: dict[tuple[Part, ...], Changes] = {}
    for parts, changes in islice(picked, MOST_ALTERNATIVES):
        listed.setdefault(parts, changes)
    return listed, next(picked, None) is None


def parts_of(selection: Selection) -> Iterator[tuple[Part, ...]]:
    """What a selection changes: all that is needed of it in one part, and so many of what is interchangeable."""
    return (parts for parts, _ in _picked(selection))


def _picked(selection: Selection) -> Iterator[tuple[tuple[Part, ...], Changes]]:
    for taken in product(*(list(_of_pick(pick)) for pick in selection)):
        whole = tuple((a,) for part, _ in taken if part.is_whole for a in part.addresses)
        some = tuple(part for part, _ in taken if not part.is_whole)
        parts = (*((Part(len(whole), whole),) if whole else ()), *some)
        yield parts, {a: v for _, changes in taken for a, v in changes.items()}


def _of_pick(pick: Pick) -> Iterator[tuple[Part, Changes]]:
    """What a pick changes, and how; of interchangeable clauses the first ones."""
    if is_counted(pick.kind):
        each = [m.rows[1].ways[0] for m in pick.kind.members]
        first = {a: v for changes in each[: pick.number] for a, v in changes.items()}
        yield Part(pick.number, tuple(map(tuple, each))), first
    else:
        for changes in pick.kind.members[0].rows[pick.number].ways:
            yield Part(len(changes), tuple((address,) for address in changes)), changes


def _number_of(listed: Iterable[tuple[Part, ...]]) -> int:
    return sum(prod(comb(len(part.of), part.number) for part in parts) for parts in listed)


@dataclass(frozen=True)
class Becoming:
    """What a thing must become in one of the alternatives, and what else it may."""

    needed: Needed
    also: Likewise


def needs_of(remedy: Remedy, terms: Terms, place: int, addresses: Collection[str]) -> dict[str, Becoming]:
    """What some things must be in the alternative at a `place`, all else of it being changed as well.

    Of what is interchangeable also of those that its way does not take: each in place of the first one.
    """
    if remedy.found is None or not addresses:
        return {}
    means, way = remedy.found.means, remedy.ways[place]
    becoming = _becoming(means, terms, way, addresses)
    for part in remedy.alternatives[place]:
        for together in part.of[part.number :]:
            if not becoming.keys() >= (asked := set(addresses).intersection(together)):
                without = {a: planned for a, planned in way.items() if a not in part.of[0]}
                becoming |= _becoming(means, terms, {**without, **means.alone[together]}, asked)
    return becoming


def carried_out(remedy: Remedy, terms: Terms, place: int, most: int) -> Iterator[Changes]:
    """The changes of the alternative at a `place`, as near as can be; of what is interchangeable for the first `most`.

    Without the means that it was found by there are none.
    """
    if remedy.found is None:
        return
    means, way = remedy.found.means, remedy.ways[place]
    yield as_near_as_can_be(means, terms, way)
    for part in remedy.alternatives[place]:
        without = {a: planned for a, planned in way.items() if a not in part.of[0]}
        for together in part.of[part.number : most]:
            yield as_near_as_can_be(means, terms, {**without, **means.alone[together]})


def _becoming(means: Means, terms: Terms, way: Changes, addresses: Collection[str]) -> dict[str, Becoming]:
    changes = as_near_as_can_be(means, terms, way)
    final = means.aim.values(changes)
    return {
        a: Becoming(needed_of(means, terms, final, changes, a), likewise(means.aim, terms, final, changes, a))
        for a in sorted(addresses)
        if a in changes
    }


# --- in order -------------------------------------------------------------------------------------------------------


def _steps(means: Means, terms: Terms, changes: dict[str, Value]) -> Iterator[Step]:
    """The changes in order: what is needed first, then what the lowest level counts, then as in the text."""
    aim = means.aim
    final = aim.values(changes)
    made: dict[str, Value] = {}
    values = aim.today
    for address in _in_order(aim, terms, changes, final):
        made[address] = changes[address]
        after = aim.after(values, made, (address,))
        actual = aim.assessment.values[aim.network.at[address]]
        needed = needed_of(means, terms, final, changes, address)
        also = likewise(aim, terms, final, changes, address)
        gained = gains(aim, values, after)
        within = numbers_within(means, changes, address, needed)
        serves = served(OneChange(aim, final, changes, address), terms, within)
        yield Step(address, actual, needed, terms.cost(address), gained, also, serves)
        values = after


def _bare(means: Means, terms: Terms, changes: dict[str, Value]) -> Iterator[Step]:
    """The changes in any order, without what they gain."""
    for address, planned in changes.items():
        actual = means.aim.assessment.values[means.aim.network.at[address]]
        yield Step(address, actual, Needed(planned, planned), terms.cost(address), ())


def _in_order(aim: Aim, terms: Terms, changes: Changes, final: Sequence[Value]) -> list[str]:
    rank, network = _ranks(aim, changes, final), aim.network
    needed = {a: below(aim, (network.at[f] for f in terms.first.get(a, ()) if f in network.at)) for a in changes}
    before = {a: {network.nodes[i].address for i in nodes} & changes.keys() for a, nodes in needed.items()}
    ordered: list[str] = []
    waiting = sorted(changes, key=lambda address: rank[address])
    while waiting:
        ready = (a for a in waiting if before[a].issubset(ordered))
        ordered.append(next(ready))
        waiting.remove(ordered[-1])
    return ordered


def _ranks(aim: Aim, changes: Changes, final: Sequence[Value]) -> dict[str, tuple[int, int]]:
    """For each change the lowest level at which a clause that it turns counts, and the place of that clause."""
    network, levels = aim.network, [level.id for level in aim.network.program.levels]
    ranks = {address: (len(levels), network.at[address]) for address in changes}
    for place, clause in enumerate(network.program.clauses):
        node = network.at[f"clause:{clause.id}"]
        if final[node] == aim.today[node]:
            continue
        low = min((levels.index(level) for level in clause.levels), default=len(levels))
        for index in below(aim, (node,)):
            address = network.nodes[index].address
            if address in ranks:
                ranks[address] = min(ranks[address], (low, place))
    return ranks
