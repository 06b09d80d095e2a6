"""What the open nodes can still become: the parts of the network swept, each for itself, then what stands above them.

An open input is what everything shares, so it is split by cases. A part's sweep is remembered by all that it depends
on, so assessments of like evidence, and those under several readings, sweep it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import TypeAlias, TypeVar

from guiju.compiler.ir import UNKNOWN, Fact, Input, Value
from guiju.engine.arrangement import arranged, clusters
from guiju.engine.attested import Tie, attested_over_open_facts, is_denied, seen_of, ties_of
from guiju.engine.bind import Bound
from guiju.engine.domains import ANY, Domains
from guiju.engine.formulas import unused_formulas
from guiju.engine.kleene import lifted
from guiju.engine.modules import Module, modules_of
from guiju.engine.network import Network, applicability, live_operands, network_of, open_below
from guiju.engine.possible import Attested, Known, Possible, Relation, Standing, Swept, Trail, Why, longer
from guiju.engine.sweep import BUDGET, sweep, sweep_tied
from guiju.engine.targets import Targets
from guiju.engine.verdicts import ClauseResult, contested_verdicts, is_beyond_facts, is_contested

_Key = TypeVar("_Key")


def relift(network: Network, values: Sequence[Value], known: Mapping[int, Value]) -> list[Value]:
    """The values once some open nodes are known: what stands on them is lifted again, and nothing else."""
    again = list(values)
    for index, value in known.items():
        again[index] = value
    changed = set(known)
    for node in network.nodes[min(changed, default=len(again)) :]:
        if again[node.index] is not UNKNOWN or changed.isdisjoint(node.operands):
            continue
        if node.form is not None:
            operands = tuple([again[i] for i in node.operands])
            again[node.index] = lifted(node, operands)
        elif isinstance(node.subject, Fact):
            again[node.index] = again[node.operands[0]]  # not stated, so it is what its formula gives
        if again[node.index] is not UNKNOWN:
            changed.add(node.index)
    return again


def standing_of(
    values: Sequence[Value],
    bound: Bound,
    clauses: Mapping[str, ClauseResult],
    memory: Memory,
    budget: int = BUDGET,
) -> Standing:
    """Which clauses are contested, what facts must not deny, and which other open nodes lie below what is stated."""
    network = network_of(bound.program)
    known = Known(network, values, contested_standing(values, bound, clauses))
    return _with_attested(known, attested_over_open_facts(network, values, clauses), memory, budget)


def contested_standing(values: Sequence[Value], bound: Bound, clauses: Mapping[str, ClauseResult]) -> Standing:
    """What the evidence says of open nodes, but for what it attests over open facts."""
    network = network_of(bound.program)
    contested = {
        network.at[f"clause:{id_}"]: contested_verdicts(
            result, bound.program.clause[id_], applicability(network, bound.program.clause[id_], values)
        )
        for id_, result in clauses.items()
        if is_contested(result)
    }
    stated = [network.at[address] for f in bound.facts if (address := f"fact:{f}") in network.at]
    below = [o for top in stated for o in live_operands(network.nodes[top], values)]
    below += (o for f, looked_at in unused_formulas(network).items() if f in bound.facts for o in looked_at)
    beyond_facts = frozenset(i for i in contested if is_beyond_facts(clauses[network.nodes[i].subject.id]))  # type: ignore[union-attr]
    return Standing(contested, beyond_facts, frozenset(open_below(network, values, below)))


def _with_attested(known: Known, attested: tuple[Attested, ...], memory: Memory, budget: int) -> Standing:
    """What facts must not deny, as far as something shown, or an open clause, stands on them.

    Attestations that cannot all be true, or whose facts are too many to tell, bind nothing; what is below them is held.
    """
    network, values, standing = known.network, known.values, known.standing
    ties = ties_of(network, values, attested)
    if not ties:
        return standing
    shown = (network.at[d.id] for d in network.program.definitions if d.shown)
    clauses = (network.at[f"clause:{c.id}"] for c in network.program.clauses)
    below = open_below(network, values, (*shown, *clauses))
    domains = Domains(network, values, [o for one in attested for o in one.operands])
    for tie in ties:
        if tie.nodes & below:
            relation = _left_by(tie, known, domains, below, (memory, budget))
            if relation is not None and relation.rows:
                standing = replace(standing, attested=(*standing.attested, *tie.attested))
            else:
                standing = replace(standing, held=standing.held | tie.nodes)
    return standing


NOTHING = Possible((), True, ())  # where there is no completion
MOST_CASES = 64  # of open inputs; beyond that they are swept like facts

#: what was swept of a module, by everything that its sweep depends on; shared between assessments of like evidence
Memory: TypeAlias = dict[tuple[object, ...], Swept]


def _left_by(
    tie: Tie, known: Known, domains: Domains, below: Iterable[int], sweeping: tuple[Memory, int]
) -> Relation | None:
    """What the attestations of a tie leave of those of its nodes that are below others; None if it cannot be told."""
    memory, budget = sweeping
    seen = seen_of(tie, known, domains, below)
    asked = tuple((one, tuple(known.values[o] for o in one.operands)) for one in tie.attested)
    key = (*_remembered(known, Module(tie.nodes, seen), domains), asked)
    if key not in memory:
        relation = sweep_tied(known, seen, tie.attested, domains, budget)
        memory[key] = Swept({}, (relation,) if relation else ())
    return next(iter(memory[key].relations), None)


def _remembered(known: Known, module: Module, domains: Domains) -> tuple[object, ...]:
    """Everything that the sweep of a module depends on: what is known, which options readings take, what is tried."""
    network, values, standing = known.network, known.values, known.standing
    inner = sorted(module.inner)
    given = tuple(tuple([(o, values[o]) for o in live_operands(network.nodes[i], values)]) for i in inner)
    contested = tuple((i, standing.contested[i]) for i in inner if i in standing.contested)
    standing_here = (contested, standing.beyond_facts & module.inner, standing.held & module.inner)
    return (tuple(inner), module.interface, given, *standing_here, domains.beyond(inner, module.interface))


def reachable(known: Known, targets: tuple[int, ...], memory: Memory, budget: int = BUDGET) -> dict[int, Possible]:
    """What the open nodes below some targets can be, and the targets: swept for each value of the open inputs."""
    return with_sole(known, _swept(known, targets, memory, budget))


def with_sole(known: Known, found: Mapping[_Key, Possible]) -> dict[_Key, Possible]:
    """The same sets; an enclosure with one value is exact, unless there may be no completion at all."""
    if known.standing.attested or known.standing.held:
        return dict(found)
    return {key: _sole(possible) for key, possible in found.items()}


def _sole(possible: Possible) -> Possible:
    """Nothing that can be is missing in an enclosure, and something can be: of one value it is exact."""
    is_sole = len(possible.values) == 1 and possible.values[0] != ANY
    return Possible(possible.values, True, (None,)) if is_sole and not possible.exact else possible


def _swept(known: Known, targets: tuple[int, ...], memory: Memory, budget: int) -> dict[int, Possible]:
    network, values = known.network, known.values
    below = open_below(network, values, targets)
    if not below and not known.standing.attested:
        return {}
    split = input_cases(known, targets)
    if not split[0][0]:
        found = _sweep_all(known, targets, memory, budget)
        return dict.fromkeys((*below, *targets), NOTHING) if found is None else found
    cases = []
    for chosen, case in split:
        found = _sweep_all(replace(known, values=case), targets, memory, budget)
        if found is not None:
            cases.append((chosen, case, found))
    held = any(i in known.standing.held for i in split[0][0])
    merged = ((i, _merged(network, i, cases, held=held)) for i in sorted(below))
    return {i: possible for i, possible in merged if possible is not None}


def input_cases(known: Known, targets: tuple[int, ...]) -> list[tuple[dict[int, Value], Sequence[Value]]]:
    """What the open inputs below some targets may be, each case with all values; one case where they are too many."""
    network, values = known.network, known.values
    below = open_below(network, values, targets)
    inputs = [network.nodes[i] for i in sorted(below) if isinstance(network.nodes[i].subject, Input)]
    domains = Domains(network, values, targets)
    options_of = [domains.of(n) for n in inputs]
    if not inputs or prod(map(len, options_of)) > MOST_CASES:
        return [({}, values)]
    cases = ({n.index: o for n, o in zip(inputs, options, strict=True)} for options in product(*options_of))
    return [(chosen, relift(network, values, chosen)) for chosen in cases]


def _merged(
    network: Network,
    index: int,
    cases: list[tuple[dict[int, Value], Sequence[Value], dict[int, Possible]]],
    *,
    held: bool,
) -> Possible | None:
    """What a node can be in any of the cases; None if a case did not pass by it.

    Where an input is `held`, a case may contradict what is stated; then only what all cases agree on is exact.
    """
    trails: dict[Value, Trail] = {}
    why, bounded = frozenset[Why](), True
    sets = set()
    for chosen, case, found in cases:
        if case[index] is not UNKNOWN:
            possible = Possible((case[index],), True, (None,))
        elif index in found:
            possible = found[index]
        else:
            return None
        why |= possible.why if not possible.exact else frozenset()
        bounded = bounded and (possible.bounded or ANY not in possible.values)
        sets.add(frozenset(possible.values))
        for value, trail in zip(possible.values, possible.trails, strict=True):
            told = trail
            for input_, option in chosen.items():
                told = longer(told, network.nodes[input_].address, option)
            trails.setdefault(value, told)
    bounded = bounded and ANY in trails
    why |= {Why.STATED} if held and len(sets) > 1 else frozenset()
    return Possible(tuple(trails), not why, tuple(trails.values()), bounded, why)


def swept_modules(  # noqa: PLR0913, PLR0917 - all that a sweep takes, and where sweeps are remembered
    known: Known,
    targets: tuple[int, ...],
    domains: Domains,
    memory: Memory,
    tied: tuple[Relation, ...] = (),
    budget: int = BUDGET,
) -> Iterator[Swept]:
    """The modules below some targets, each swept for itself; `tied` stand in for the nodes that attestations bind."""
    for module, given, key in module_sweeps(known, targets, domains, tied):
        if key not in memory:
            memory[key] = sweep(known, module.interface, given, budget, domains)
        yield memory[key]


def module_sweeps(
    known: Known, targets: tuple[int, ...], domains: Domains, tied: tuple[Relation, ...]
) -> Iterator[tuple[Module, tuple[Relation, ...], tuple[object, ...]]]:
    """The modules below some targets, each with those of the `tied` in it and with all that its sweep depends on."""
    for module in modules_of(known.network, known.values, targets, tied=[frozenset(r.nodes) for r in tied]):
        given = tuple(r for r in tied if module.inner.issuperset(r.nodes))
        told = tuple((r.nodes, frozenset(r.rows), r.enclosed, r.why) for r in given)
        key = (*_remembered(known, module, domains), told)
        yield module, given, key


def _sweep_all(known: Known, targets: tuple[int, ...], memory: Memory, budget: int) -> dict[int, Possible] | None:
    """What the open nodes can be; None where facts deny what is attested in every completion."""
    bound = bound_by_attestations(known, targets, memory, budget)
    if bound is None:
        return None
    known, tied, domains = bound
    found: dict[int, Possible] = {}
    relations = list(tied)
    if all(known.values[t] is not UNKNOWN for t in targets):
        return found
    for swept in swept_modules(known, targets, domains, memory, tied, budget):
        found |= swept.found
        relations += swept.relations
    return Targets(known, targets, tuple(relations), domains, budget).told(found)


def bound_by_attestations(
    known: Known, targets: tuple[int, ...], memory: Memory, budget: int = BUDGET
) -> tuple[Known, tuple[Relation, ...], Domains] | None:
    """What attestations leave of their facts, and which of them are held; None where every completion denies them.

    With it come the values to try, which all sweeps over this share.
    """
    network, values, attested = known.network, known.values, known.standing.attested
    domains = Domains(network, values, (*targets, *(o for one in attested for o in one.operands)))
    below = open_below(network, values, targets)
    relations: list[Relation] = []
    tied: set[int] = set()
    if is_denied(known):
        return None
    for tie in ties_of(network, values, attested):
        tied |= tie.nodes
        relation = _left_by(tie, known, domains, below, (memory, budget))
        if relation is None:
            known = replace(known, standing=replace(known.standing, held=known.standing.held | tie.nodes))
        elif not relation.rows:
            return None
        elif relation.nodes:
            relations.append(relation)
    relations += _arranged(known, targets, domains, memory, tied)
    return known, tuple(relations), domains


def _arranged(
    known: Known, targets: tuple[int, ...], domains: Domains, memory: Memory, tied: set[int]
) -> Iterator[Relation]:
    """How comparisons go together that share open numbers; none of those that attestations bind."""
    for cluster in clusters(known, targets, domains):
        below = frozenset(open_below(known.network, known.values, cluster.comparisons))
        if below.isdisjoint(tied):
            key = (*_remembered(known, Module(below, cluster.comparisons), domains), cluster)
            if key not in memory:
                relation = arranged(known, cluster, domains)
                memory[key] = Swept({}, (relation,) if relation else ())
            yield from memory[key].relations


def outcomes_of(known: Known, memory: Memory, budget: int = BUDGET) -> dict[str, Possible]:
    """The outcomes that what is known leads to."""
    outcomes = known.network.program.outcomes
    targets = tuple(known.network.at[o] for o in outcomes)
    found = reachable(known, targets, memory, budget)
    return {o: found[t] if t in found else _decided(known, t) for o, t in zip(outcomes, targets, strict=True)}


def possible_of(known: Known, target: int, memory: Memory, budget: int = BUDGET) -> Possible:
    """What one node can be, open or not; nothing where there is no completion."""
    found = reachable(known, (target,), memory, budget)
    return found[target] if target in found else _decided(known, target)


def _decided(known: Known, target: int) -> Possible:
    assert known.values[target] is not UNKNOWN
    return Possible((known.values[target],), True, (None,))
