"""Whether two editions of a policy ever come to another outcome: a subject that shows it, or the proof that none does.

The editions are laid out as one network over the same subjects, and whether their outcomes differ is swept as one more
value of it. A subject is a completion of no evidence at all: a value for each fact and input, a verdict for each clause
that no fact decides. What only one edition asks for is a part of the subject as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise, product
from math import prod
from typing import Literal as Word
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Cases, Clause, Fact, Input, NumberType, Program, Tally, Undefined, Value, Verdict
from guiju.compiler.operators import COMPARISONS
from guiju.engine.bind import bind
from guiju.engine.domains import ANY, Domains
from guiju.engine.evaluate import Assessment, evaluate, known_of, settle
from guiju.engine.evidence import Evidence
from guiju.engine.kleene import lifted
from guiju.engine.network import Item, Network, Node, live_operands, network_of, open_below
from guiju.engine.possible import Known, Possible
from guiju.engine.reachable import MOST_CASES, possible_of, relift
from guiju.engine.reasoning.editions.joined import LATER, SAID, Joined, joined, of_one_only
from guiju.engine.reasoning.editions.neighbours import completed, neighbour
from guiju.engine.reasoning.editions.numbering import both_ways
from guiju.engine.reasoning.editions.subject import NOWHERE, Subject, bound_leniently, evidence_of_both
from guiju.engine.reasoning.twins import differing
from guiju.engine.sweep import BUDGET

MOST_SWEPT = 5 * BUDGET  # combinations of one sweep; this command has the time
MOST_COMPUTED = 4  # computed numbers that are tried as undefined in every combination
MOST_BELOW = 400  # ways to state what formulas stand on that are tried for one completion
QUICK = 25  # so much smaller is the budget with which a witness is looked for first

#: `same`: computed alike, wording aside; `never`: no subject has another outcome; `some`: there is one that has
Answer: TypeAlias = Word["same", "never", "some", "not-proved"]


@dataclass(frozen=True)
class Witness:
    """Evidence about a subject with its outcome under either edition, as evaluating it gives them.

    It names clauses by the numbers of the later edition.
    """

    evidence: Evidence
    before: Value
    after: Value


@dataclass(frozen=True)
class _Case:
    """What is known with some inputs told. Nodes from `first_own` on are the later edition's alone."""

    told: Subject
    known: Known
    first_own: int


@dataclass(frozen=True)
class Agreement:
    """Whether two editions ever differ in an outcome. `budget`: combinations of one sweep that were allowed.

    Of one that is not proved, `hung_on` are the facts whose values no sweep can go through, as they are compared with
    others, and `solver` is why a solver has no answer, as a word and its detail; None: none was asked.
    """

    outcome: str
    answer: Answer
    witness: Witness | None
    budget: int
    left_out: tuple[
        str, ...
    ] = ()  # answers that only one edition knows, as `fact = option`, where these are in the way
    hung_on: tuple[str, ...] = ()
    solver: tuple[str, str] | None = None


def agreements(
    before: Program,
    after: Program,
    renumbered: Mapping[str, str],
    readings: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
    budget: int = MOST_SWEPT,
) -> tuple[Agreement, ...]:
    """Of each outcome that both editions have, whether they agree on it, each under its readings.

    `renumbered` are clauses of the later edition by what they were in the earlier one.
    """
    return agreements_on(common_outcomes(before, after), (before, after), renumbered, readings, budget)


def agreements_on(
    outcomes: Iterable[str],
    editions: tuple[Program, Program],
    renumbered: Mapping[str, str],
    readings: tuple[Mapping[str, str], Mapping[str, str]],
    budget: int,
) -> tuple[Agreement, ...]:
    """The same of some outcomes."""
    one, other = (on_nothing(p, chosen) for p, chosen in zip(editions, readings, strict=True))
    both = joined(one, other, renumbered)
    return tuple(_agreement(o, one, other, both, budget) for o in outcomes)


def common_outcomes(before: Program, after: Program) -> tuple[str, ...]:
    """The outcomes that both editions have."""
    return tuple(o for o in before.outcomes if o in after.outcomes)


def on_nothing(program: Program, readings: Mapping[str, str], left_open: Collection[str] = ()) -> Assessment:
    """What is decided without any evidence; what remains possible is swept of both editions together.

    Some readings may be left open; those not named take their default.
    """
    bound, _ = bind(program, Evidence(subject="", span=NOWHERE))
    chosen = {r: option for r, option in (program.defaults | dict(readings)).items() if r not in left_open}
    settled = settle(network_of(program), bound, chosen)
    known = known_of(bound, settled, {})
    return Assessment(program, bound, chosen, tuple(known.values), settled[1], {}, known)


def _agreement(outcome: str, one: Assessment, other: Assessment, both: Joined, budget: int) -> Agreement:
    """The answer for one outcome: input by input, with a small budget first, as a witness is mostly found soon."""
    pair = both.earlier[one.network.at[outcome]], both.later[other.network.at[outcome]]
    beyond = of_one_only(one.program, other.program, both, pair)
    if pair[0] == pair[1]:
        return Agreement(outcome, "not-proved" if beyond else "same", None, budget, beyond)
    known, index = with_differing(both.known, *pair)
    left = tuple(_cases(known, index, both.first_own))
    for look in (_quickly(budget), _beside, _thoroughly(budget)):
        not_proved = []
        for case in left:
            for completion in look(case, index):
                if completion is None:
                    break
                witness = _witness(outcome, one, other, both, completion)
                if witness is not None:
                    return Agreement(outcome, "some", witness, budget)
            else:
                not_proved.append(case)
        left = tuple(not_proved)
        if not left:
            return Agreement(outcome, "not-proved" if beyond else "never", None, budget, beyond)
    return Agreement(outcome, "not-proved", None, budget, hung_on=_hung_on(known, index, pair))


def _hung_on(known: Known, index: int, pair: tuple[int, int]) -> tuple[str, ...]:
    """The facts of which no finite list of values would do, of those that the editions compare otherwise if any are."""
    nodes, domains = known.network.nodes, Domains(known.network, known.values, (index,))
    below = [open_below(known.network, known.values, (side,)) for side in pair]
    compared = [i for i in below[0] ^ below[1] if (form := nodes[i].form) and form.symbol in COMPARISONS]
    for among in (open_below(known.network, known.values, compared), below[0] | below[1]):
        numbers = (n for n in map(nodes.__getitem__, sorted(among)) if isinstance(n.subject, Fact) and not n.operands)
        found = tuple(_fact(n).id for n in numbers if domains.of(n) == (ANY,))
        if found:
            return found
    return ()


#: gives completions in which the outcomes differ, as far as their formulas are looked at; None: proved that none does
_Look: TypeAlias = Callable[["_Case", int], Iterator[Subject | None]]


def _quickly(budget: int) -> _Look:
    return lambda case, index: _differing(case, index, budget // QUICK)


def _beside(case: _Case, index: int) -> Iterator[Subject | None]:
    """A completion close to a plain one; to find none proves nothing."""
    completion = neighbour(case.known, index)
    if completion is not None:
        yield {**case.told, **completion}


def _thoroughly(budget: int) -> _Look:
    return lambda case, index: _differing(case, index, budget)


def _cases(known: Known, index: int, first_own: int) -> Iterator[_Case]:
    """What is known, once with each choice of the open inputs."""
    network, values = known.network, known.values
    below = (network.nodes[i] for i in sorted(open_below(network, values, (index,))))
    inputs = [node for node in below if isinstance(node.subject, Input)]
    options_of = [Domains(network, values, (index,)).of(n) for n in inputs]
    if prod(map(len, options_of)) > MOST_CASES:
        yield _Case({}, known, first_own)
        return
    for options in product(*options_of):
        chosen = {n.index: option for n, option in zip(inputs, options, strict=True)}
        told = {n.address: chosen[n.index] for n in inputs}
        yield _Case(told, replace(known, values=relift(network, values, chosen)), first_own)


def _differing(case: _Case, index: int, budget: int) -> Iterator[Subject | None]:
    """Completions of a case in which the outcomes differ; None where it is proved that there is none.

    A subject may state a number that is computed from others, so one that does is looked for first; where the editions
    compute it otherwise, that one may be none. To prove that there is none, computed numbers that the editions compare
    otherwise are taken as any number and as undefined: they can be no more than that.
    """

    def found(known: Known) -> Possible:
        return possible_of(known, index, {}, budget)

    computed, formulas = _compared_otherwise(case), _formulas(case.known)
    if formulas:
        for completion in _completion(case, found(_stated(case.known, formulas))):
            yield completion
            yield from _computed(case, index, completion)
    if 0 < len(computed) <= MOST_COMPUTED:
        stated = _stated(case.known, computed)
        variants = (stated, *(_undefined(stated, which) for which in _subsets(computed)))
        if all(set(found(known).values) <= {False} for known in variants):
            yield None
    plain = found(case.known)
    if set(plain.values) <= {False}:
        yield None
    yield from _completion(case, plain)


def _completion(case: _Case, found: Possible) -> Iterator[Subject]:
    """A completion in which the outcomes differ, if one was found."""
    if found.exact and True in found.values:
        yield {**case.told, **found.witness(True)}


def _computed(case: _Case, index: int, completion: Subject) -> Iterator[Subject]:
    """The same with what formulas stand on in place of what they give, if the outcomes differ so.

    What is tried are the numbers that the formulas and the comparisons of what they give name, and those between.
    """
    network, values = case.known.network, case.known.values
    otherwise = {
        a for address in completion if f"{address}{LATER}" in completion for a in (address, f"{address}{LATER}")
    }
    formulas = {n.index for n in _formulas(case.known) if n.address in otherwise}
    below = [network.nodes[i] for i in sorted(open_below(network, values, formulas))]
    leaves = [n for n in below if isinstance(n.subject, Fact) and not n.operands]
    if not 0 < len(leaves) <= MOST_COMPUTED or not all(isinstance(_fact(n).type, NumberType) for n in leaves):
        return
    numbers = _numbers(values, below, [n for n in network.nodes if formulas & set(n.operands)])
    rest = {network.at[a]: v for a, v in completion.items() if network.at[a] not in formulas}
    above = [network.nodes[i] for i in sorted(open_below(network, values, (index,)))]
    by_people: dict[int, Value] = {n.index: Verdict.SATISFIED for n in above if isinstance(n.subject, Clause)}
    outright = {n.index for n in above if isinstance(n.subject, Fact) and n.operands and n.index in rest}
    known = replace(case.known, values=[rest[i] if i in outright else v for i, v in enumerate(values)])
    stated = {*rest, *by_people, *(n.index for n in leaves)} - outright
    nodes = [n for n in above if n.index in stated or (n.operands and n.index not in outright)]
    for _, chosen in zip(range(MOST_BELOW), product(numbers, repeat=len(leaves)), strict=False):
        told: dict[int, Value] = dict(zip((n.index for n in leaves), chosen, strict=True))
        if completed(known, nodes, {**by_people, **rest, **told})[index] is True:
            yield {network.nodes[i].address: value for i, value in (rest | told).items()}


def _numbers(values: Sequence[Value], below: Iterable[Node], comparing: Iterable[Node]) -> list[Fraction]:
    """The thresholds of some comparisons, as they are and by the constants of formulas, and the numbers between."""
    constants, limits = (
        {v for node in nodes for o in node.operands if isinstance(v := values[o], Fraction) and v}
        for nodes in (below, comparing)
    )
    factors = constants | {Fraction(1)}
    ends = sorted({Fraction(0), *factors, *(x for t in limits for f in factors for x in (t / f, t * f))})
    return [*ends, *((a + b) / 2 for a, b in pairwise(ends)), ends[-1] + 1]


def _fact(node: Node) -> Fact:
    assert isinstance(node.subject, Fact)
    return node.subject


def _formulas(known: Known) -> tuple[Node, ...]:
    """The open facts that are computed."""
    nodes = (n for n in known.network.nodes if isinstance(n.subject, Fact) and n.operands)
    return tuple(n for n in nodes if known.values[n.index] is UNKNOWN)


def _compared_otherwise(case: _Case) -> tuple[Node, ...]:
    """The open facts with a formula at which both editions look, the later one in a way of its own."""
    network, values = case.known.network, case.known.values
    stack = [o for node in network.nodes[case.first_own :] for o in live_operands(node, values)]
    found: dict[int, Node] = {}
    while stack:
        node = network.nodes[stack.pop()]
        if isinstance(node.subject, Fact) and node.operands and values[node.index] is UNKNOWN:
            found[node.index] = node
        elif not isinstance(node.subject, Clause | Item | Tally | Cases):
            stack.extend(live_operands(node, values))
    return tuple(found.values())


def _stated(known: Known, facts: Iterable[Node]) -> Known:
    """The network with some facts as if they had no formula."""
    nodes = list(known.network.nodes)
    for node in facts:
        assert isinstance(node.subject, Fact)
        nodes[node.index] = replace(node, operands=(), subject=replace(node.subject, formula=None))
    return replace(known, network=replace(known.network, nodes=tuple(nodes)))


def _undefined(known: Known, which: frozenset[int]) -> Known:
    """The same with some of the facts undefined."""
    chosen: dict[int, Value] = dict.fromkeys(which, Undefined("division-by-zero"))
    return replace(known, values=relift(known.network, known.values, chosen))


def _subsets(facts: Sequence[Node]) -> Iterator[frozenset[int]]:
    """All but the empty one."""
    sizes = range(1, len(facts) + 1)
    return (frozenset(chosen) for n in sizes for chosen in combinations([f.index for f in facts], n))


def with_differing(known: Known, one: int, other: int) -> tuple[Known, int]:
    """The network with one node more: whether two of its nodes differ."""
    network, index = known.network, len(known.network.nodes)
    node = differing(index, network.nodes[one], other)
    at = {**network.at, node.address: index}
    more = Network(network.program, (*network.nodes, node), at, network.clause_position)
    value = lifted(node, (known.values[one], known.values[other]))
    return Known(more, (*known.values, value), known.standing, known.fewest), index


def _witness(outcome: str, one: Assessment, other: Assessment, both: Joined, completion: Subject) -> Witness | None:
    """The evidence of a completion, evaluated under both editions; None if it does not show the difference."""
    editions = tuple(
        (side.program, subject_of(side, place, both, completion), side.readings)
        for side, place in ((one, both.earlier), (other, both.later))
    )
    evidence = evidence_of_both(outcome, editions)
    if evidence is None:
        return None
    return witnessed(outcome, evidence, ((one.program, one.readings), (other.program, other.readings)))


def witnessed(
    outcome: str, evidence: Evidence, editions: tuple[tuple[Program, Mapping[str, str]], ...]
) -> Witness | None:
    """A subject evaluated under both editions, each under its readings; None if it does not show a difference."""
    told = both_ways(evidence, editions[0][0], editions[1][0])
    return _shown(evidence, *(_outcome(outcome, e, *edition) for e, edition in zip(told, editions, strict=True)))


def shown_at_once(
    outcome: str, evidence: Evidence, editions: tuple[tuple[Program, Mapping[str, str]], ...]
) -> Witness | None:
    """The same where what is stated decides the outcomes and nothing has to be swept."""
    told = both_ways(evidence, editions[0][0], editions[1][0])
    return _shown(evidence, *(_settled(outcome, e, *edition) for e, edition in zip(told, editions, strict=True)))


def _shown(evidence: Evidence, one: Value, other: Value) -> Witness | None:
    return None if UNKNOWN in (one, other) or one == other else Witness(evidence, one, other)


def subject_of(side: Assessment, place: Mapping[int, int], both: Joined, completion: Subject) -> Subject:
    """A completion in the addresses of one edition."""
    nodes, found = both.known.network.nodes, {}
    for node in side.network.nodes:
        there = nodes[place[node.index]]
        said = (nodes[o].address for o in there.operands[-1:] if nodes[o].address.startswith(SAID))
        value = next((completion[a] for a in (there.address, *said) if a in completion), None)
        if value is not None:
            found[node.address] = value
    return found


def _settled(outcome: str, evidence: Evidence, program: Program, readings: Mapping[str, str]) -> Value:
    bound, network = bound_leniently(program, evidence), network_of(program)
    return UNKNOWN if bound is None else settle(network, bound, readings)[0][network.at[outcome]]


def _outcome(outcome: str, evidence: Evidence, program: Program, readings: Mapping[str, str]) -> Value:
    bound = bound_leniently(program, evidence)
    return UNKNOWN if bound is None else evaluate(bound, readings).value(outcome)
