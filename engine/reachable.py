"""What the open nodes can still become: the parts of the network swept, each for itself, then what stands above them.

An open input is what everything shares, so it is split by cases. A part's sweep is remembered by all that it depends
on, so assessments of like evidence, and those under several readings, sweep it once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import TypeAlias

from guiju.compiler.ir import UNKNOWN, Input, Value
from guiju.engine.bind import Bound
from guiju.engine.domains import Domains
from guiju.engine.kleene import lifted
from guiju.engine.modules import Module, modules_of
from guiju.engine.network import Network, live_operands, open_below
from guiju.engine.possible import Known, Possible, Relation, Standing, Swept, Trail, longer
from guiju.engine.sweep import BUDGET, sweep
from guiju.engine.verdicts import ClauseResult, contested_verdicts, is_beyond_facts


def relift(network: Network, values: Sequence[Value], known: Mapping[int, Value]) -> list[Value]:
    """The values once some open nodes are known: everything above them is lifted again."""
    again = list(values)
    for node in network.nodes:
        if node.index in known:
            again[node.index] = known[node.index]
        elif again[node.index] is UNKNOWN and node.form is not None:
            operands = tuple([again[i] for i in node.operands])
            again[node.index] = lifted(node, operands)
    return again


def standing_of(
    network: Network, values: Sequence[Value], bound: Bound, clauses: Mapping[str, ClauseResult]
) -> Standing:
    """Which clauses are contested, and which open nodes lie below what is stated."""
    contested = {
        network.at[f"clause:{id_}"]: verdicts
        for id_, result in clauses.items()
        if (verdicts := contested_verdicts(result, may_not_apply=bound.program.clause[id_].applies is not None))
    }
    spoken = [network.at[f"clause:{c}"] for c, r in clauses.items() if r.by in ("assessor", "vendor", "crosswalk")]
    stated = [network.at[address] for f in bound.facts if (address := f"fact:{f}") in network.at]
    below = (o for top in (*spoken, *stated) for o in live_operands(network.nodes[top], values))
    beyond_facts = frozenset(i for i in contested if is_beyond_facts(clauses[network.nodes[i].subject.id]))  # type: ignore[union-attr]
    return Standing(contested, beyond_facts, frozenset(open_below(network, values, below)))


MOST_CASES = 64  # of open inputs; beyond that they are swept like facts

#: what was swept of a module, by everything that its sweep depends on; shared between assessments of like evidence
Memory: TypeAlias = dict[tuple[object, ...], Swept]


def _remembered(known: Known, module: Module) -> tuple[object, ...]:
    """Everything that the sweep of a module depends on: what is known in it, and which options readings take."""
    network, values, standing = known.network, known.values, known.standing
    inner = sorted(module.inner)
    given = tuple(tuple([(o, values[o]) for o in live_operands(network.nodes[i], values)]) for i in inner)
    contested = tuple((i, standing.contested[i]) for i in inner if i in standing.contested)
    standing_here = (contested, standing.beyond_facts & module.inner, standing.held & module.inner)
    return (tuple(inner), module.interface, given, *standing_here)


def reachable(known: Known, targets: tuple[int, ...], memory: Memory, budget: int = BUDGET) -> dict[int, Possible]:
    """What the open nodes below some targets can be, and the targets: swept for each value of the open inputs."""
    network, values = known.network, known.values
    below = open_below(network, values, targets)
    if not below:
        return {}
    inputs = [network.nodes[i] for i in sorted(below) if isinstance(network.nodes[i].subject, Input)]
    domains = Domains(network, values, targets)
    if not inputs or prod(len(domains.of(n)) for n in inputs) > MOST_CASES:
        return _sweep_all(known, targets, domains, memory, budget)
    cases = []
    for options in product(*(domains.of(n) for n in inputs)):
        chosen = {n.index: option for n, option in zip(inputs, options, strict=True)}
        case = relift(network, values, chosen)
        case_domains = Domains(network, case, targets)
        cases.append((chosen, case, _sweep_all(replace(known, values=case), targets, case_domains, memory, budget)))
    held = any(n.index in known.standing.held for n in inputs)
    merged = ((i, _merged(network, i, cases, held=held)) for i in sorted(below))
    return {i: possible for i, possible in merged if possible is not None}


def _merged(
    network: Network,
    index: int,
    cases: list[tuple[dict[int, Value], list[Value], dict[int, Possible]]],
    *,
    held: bool,
) -> Possible | None:
    """What a node can be in any of the cases; None if a case did not pass by it.

    Where an input is `held`, a case may contradict what is stated; then only what all cases agree on is exact.
    """
    trails: dict[Value, Trail] = {}
    exact = True
    sets = set()
    for chosen, case, found in cases:
        if case[index] is not UNKNOWN:
            possible = Possible((case[index],), True, (None,))
        elif index in found:
            possible = found[index]
        else:
            return None
        exact = exact and possible.exact
        sets.add(frozenset(possible.values))
        for value, trail in zip(possible.values, possible.trails, strict=True):
            told = trail
            for input_, option in chosen.items():
                told = longer(told, network.nodes[input_].address, option)
            trails.setdefault(value, told)
    return Possible(tuple(trails), exact and not (held and len(sets) > 1), tuple(trails.values()))


def swept_modules(
    known: Known, targets: tuple[int, ...], domains: Domains, memory: Memory, budget: int = BUDGET
) -> Iterator[Swept]:
    """The modules below some targets, each swept for itself."""
    for module in modules_of(known.network, known.values, targets):
        key = _remembered(known, module)
        if key not in memory:
            memory[key] = sweep(known, module.interface, (), budget, domains)
        yield memory[key]


def _sweep_all(
    known: Known, targets: tuple[int, ...], domains: Domains, memory: Memory, budget: int
) -> dict[int, Possible]:
    found: dict[int, Possible] = {}
    if all(known.values[t] is not UNKNOWN for t in targets):
        return found
    relations: list[Relation] = []
    for swept in swept_modules(known, targets, domains, memory, budget):
        found |= swept.found
        relations += swept.relations
    for index in targets:
        if known.values[index] is UNKNOWN and index not in found:
            swept = sweep(known, (index,), tuple(relations), budget, domains)
            for passed, possible in swept.found.items():
                found.setdefault(passed, possible)
    return found


def outcomes_of(known: Known, memory: Memory, budget: int = BUDGET) -> dict[str, Possible]:
    """The outcomes that what is known leads to."""
    outcomes = known.network.program.outcomes
    targets = tuple(known.network.at[o] for o in outcomes)
    found, values = reachable(known, targets, memory, budget), known.values
    return {
        o: found[t] if values[t] is UNKNOWN else Possible((values[t],), True, (None,))
        for o, t in zip(outcomes, targets, strict=True)
    }
