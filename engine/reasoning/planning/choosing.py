"""Inputs that are not chosen yet: what is asked of an assessment, for each thing that they can be.

An input is chosen and not brought about, so choosing it is no change and costs nothing; one that is stated stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from guiju.compiler.ir import UNKNOWN, Clause, Input, Value
from guiju.engine.domains import ANY, Domains
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node
from guiju.engine.reachable import MOST_CASES
from guiju.engine.reasoning.planning.changes import Aim, Clusters, below
from guiju.engine.reasoning.simulation import settled_again


@dataclass(frozen=True, eq=False)
class Choice:
    """The same aim with the open inputs chosen, by address."""

    inputs: Mapping[str, Value]
    aim: Aim = field(repr=False)


def open_inputs(aim: Aim) -> list[Node]:
    """The inputs that are not chosen, and that the goal looks at."""
    nodes = (aim.network.nodes[i] for i in sorted(below(aim, (aim.goal,))) if aim.today[i] is UNKNOWN)
    return [node for node in nodes if isinstance(node.subject, Input)]


def deciding_inputs(aim: Aim) -> list[Node]:
    """Those of them that clauses stand on: while they are open, a clause that is not shown may as well not apply."""
    lower = below(aim, (aim.goal,))
    clauses = [i for i in lower if isinstance(aim.network.nodes[i].subject, Clause)]
    under = below(aim, clauses)
    return [node for node in open_inputs(aim) if node.index in under]


def choices_of(aim: Aim) -> tuple[Choice, ...]:
    """Every choice there is; none where nothing is open, or more than are tried."""
    inputs = open_inputs(aim)
    domains = Domains(aim.network, aim.today, (aim.looking,))
    options = [domains.of(node) for node in inputs]
    if not inputs or any(ANY in values for values in options) or prod(map(len, options)) > MOST_CASES:
        return ()
    shared = Clusters(frozenset(node.index for node in inputs))
    chosen = (dict(zip((n.address for n in inputs), values, strict=True)) for values in product(*options))
    assessments = ((each, _chosen(aim.assessment, aim.outcome, each)) for each in chosen)
    return tuple(Choice(each, Aim(found, aim.outcome, aim.wanted, shared)) for each, found in assessments)


def _chosen(assessment: Assessment, outcome: str, inputs: Mapping[str, Value]) -> Assessment:
    """The assessment with some inputs chosen; not looked for is what is open then, an `outcome` at most as before."""
    named = {address.removeprefix("input:"): value for address, value in inputs.items()}
    bound = replace(assessment.bound, inputs={**assessment.bound.inputs, **named})
    values, clauses = settled_again(assessment, bound)
    index = assessment.network.at[outcome]
    open_ = {i: possible for i, possible in assessment.open.items() if i == index}
    return replace(assessment, bound=bound, values=tuple(values), clauses=clauses, open=open_)
