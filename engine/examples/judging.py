"""Whether what an example expects is what the evaluator finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from guiju.compiler.ir import UNKNOWN, Expected, Undefined, Value
from guiju.compiler.operators import OPERATOR, Function
from guiju.engine.bind import Bound
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment, evaluate, settle
from guiju.engine.examples.case import Case
from guiju.engine.network import network_of
from guiju.engine.possible import Known, Standing
from guiju.engine.reachable import Memory


@dataclass(frozen=True)
class Judged:
    """One expectation beside what is possible. `exact` False: some of these values may not be reachable."""

    expected: Expected
    possible: tuple[Value, ...]
    exact: bool
    met: bool


@dataclass(frozen=True, eq=False)
class Result:
    """A case with its assessment."""

    case: Case
    assessment: Assessment
    judged: tuple[Judged, ...]

    @property
    def holds(self) -> bool:
        """Whether all that is expected was found."""
        return all(judged.met for judged in self.judged)

    @property
    def failures(self) -> tuple[Judged, ...]:
        """What was not found as it is expected."""
        return tuple(judged for judged in self.judged if not judged.met)


def judge(case: Case, memory: Memory | None = None) -> Result:
    """Evaluate a case and compare."""
    assessment = assessed(case.bound, case.readings, [e.address for e in case.expected], memory)
    return Result(case, assessment, tuple(compared(assessment, case.expected)))


def assessed(
    bound: Bound, readings: Mapping[str, str], addresses: Iterable[str], memory: Memory | None = None
) -> Assessment:
    """The assessment as far as some nodes need it: what is settled needs no sweep, nor do clauses and facts."""
    network = network_of(bound.program)
    chosen = bound.program.defaults | dict(readings)
    values, clauses = settle(network, bound, chosen)
    nodes = [network.node(address) for address in addresses]
    if any(node.definition is not None and values[node.index] is UNKNOWN for node in nodes):
        return evaluate(bound, readings, memory=memory)
    return Assessment(bound.program, bound, chosen, tuple(values), clauses, {}, Known(network, values, Standing()))


def compared(assessment: Assessment, expected: tuple[Expected, ...]) -> Iterator[Judged]:
    """Each expectation beside what an assessment makes of its node."""
    for each in expected:
        values, exact = _found(assessment, each.address)
        yield Judged(each, values, exact, _is_met(each, values, exact=exact))


def _found(assessment: Assessment, address: str) -> tuple[tuple[Value, ...], bool]:
    """What a node can still be; a clause or fact that nothing decides is unknown, whatever it may become."""
    index = assessment.network.at[address]
    value, possible = assessment.values[index], assessment.open.get(index)
    is_definition = assessment.network.nodes[index].definition is not None
    if value is not UNKNOWN or possible is None or not is_definition:
        return (value,), True
    return possible.values, possible.exact


def _is_met(expected: Expected, values: tuple[Value, ...], *, exact: bool) -> bool:
    if expected.bounds:
        return all(_is_within(op, value, bound) for value in values for op, bound in expected.bounds)
    if UNKNOWN in expected.values:
        named = {_plain(value) for value in expected.values if value is not UNKNOWN}
        is_open = UNKNOWN in values or len(values) > 1 or not exact
        return is_open and (not named or (exact and named == set(map(_plain, values))))
    return exact and set(map(_plain, values)) == set(map(_plain, expected.values))


def _plain(value: Value) -> Value:
    """A value without the reason why it is undefined."""
    return Undefined("") if isinstance(value, Undefined) else value


def _is_within(op: str, value: Value, bound: Value) -> bool:
    if op == "!=":
        return value not in (UNKNOWN, ANY) and _plain(value) != bound
    if not isinstance(value, Fraction):
        return False
    operator = OPERATOR[op]
    assert isinstance(operator, Function)
    return operator.apply(value, bound) is True
