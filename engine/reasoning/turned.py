"""Whether a clause can make a difference, by completions that are known already: each with its verdict turned.

From the witness of one value of an outcome to that of another one leads a way verdict by verdict; where the outcome
changes on it, two completions lie close to a threshold. Where turning one verdict in one of these changes the outcome,
two completions that differ in it alone are shown to have different outcomes, and nothing has to be swept for that.
Where it does not, nothing is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations

from guiju.compiler.ir import UNKNOWN, Clause, Value
from guiju.engine.kleene import lifted
from guiju.engine.network import met_above, users_of
from guiju.engine.possible import Known, Possible
from guiju.engine.reachable import relift


class Turned:
    """Completions of what is known, which lead to the values of some outcomes."""

    def __init__(self, known: Known, outcomes: Mapping[str, Possible]) -> None:
        self._known, self._outcomes = known, outcomes
        self._targets = tuple(known.network.at[o] for o in outcomes)

    @cached_property
    def _completions(self) -> tuple[list[Value], ...]:
        """The values of all nodes in each, as far as an outcome asks for them."""
        network = self._known.network
        told = (p.witness(v) for p in self._outcomes.values() if p.exact for v in p.values)
        given = [{network.at[a]: v for a, v in witness.items()} for witness in told]
        ways = (point for one, other in combinations(given, 2) for point in self._on_the_way(one, other))
        return (*(relift(network, self._known.values, nodes) for nodes in given), *ways)

    def _on_the_way(self, one: Mapping[int, Value], other: Mapping[int, Value]) -> Iterator[list[Value]]:
        """The completions between two, on either side of each change of an outcome.

        None where they differ in anything but verdicts that stand on nothing, or some attestation binds what is open.
        """
        nodes, standing = self._known.network.nodes, self._known.standing
        turning = [i for i, verdict in other.items() if one.get(i, verdict) != verdict]
        is_free = all(isinstance(nodes[i].subject, Clause) and not nodes[i].operands for i in turning)
        if not is_free or one.keys() != other.keys() or standing.attested or standing.held:
            return
        values = relift(self._known.network, self._known.values, one)
        for index in turning:
            before = values
            values = list(before)
            for i, value in self._with(before, index, other[index], self._above(index)).items():
                values[i] = value
            if any(before[t] != values[t] for t in self._targets):
                yield before
                yield values

    def tells_apart(self, index: int, verdicts: Sequence[Value]) -> bool:
        """Whether a clause with another one of its verdicts is shown to change an outcome."""
        for turn in self._turns(index, verdicts):
            one, *others = turn.values()
            if any(_differ(a, b) for other in others for a, b in zip(one, other, strict=True)):
                return True
        return False

    def leaves_all(self, index: int, verdicts: Sequence[Value]) -> bool:
        """Whether each verdict is shown to leave every value of every outcome."""
        seen: dict[Value, set[tuple[int, Value]]] = {verdict: set() for verdict in verdicts}
        for turn in self._turns(index, verdicts):
            for verdict, outcomes in turn.items():
                seen[verdict].update(enumerate(outcomes))
        every = {(n, v) for n, p in enumerate(self._outcomes.values()) for v in p.values}
        return all(every <= found for found in seen.values())

    def _turns(self, index: int, verdicts: Sequence[Value]) -> Iterator[dict[Value, tuple[Value, ...]]]:
        """For each completion what the outcomes come to under every verdict of a clause, its own first."""
        above = self._above(index)
        for values in self._completions:
            own = values[index]
            if own in verdicts:
                others = ((v, self._with(values, index, v, above)) for v in verdicts if v != own)
                turned = {v: tuple([now.get(t, values[t]) for t in self._targets]) for v, now in others}
                yield {own: tuple([values[t] for t in self._targets]), **turned}

    def _above(self, index: int) -> tuple[int, ...]:
        """What stands on a clause, operands first; nothing where another clause does: it may not turn with it."""
        met = met_above(users_of(self._known.network), index, self._is_open)
        found = set(filter(self._is_open, met))
        nodes = self._known.network.nodes
        return () if any(nodes[i].form is None for i in found) else tuple(sorted(found))

    def _is_open(self, index: int) -> bool:
        return self._known.values[index] is UNKNOWN

    def _with(self, values: list[Value], index: int, verdict: Value, above: Iterable[int]) -> dict[int, Value]:
        """What becomes otherwise, or may, once a clause has another verdict."""
        now = {index: verdict}
        for i in above:
            node = self._known.network.nodes[i]
            if any(o in now for o in node.operands):
                value = lifted(node, tuple([now.get(o, values[o]) for o in node.operands]))
                if value != values[i]:
                    now[i] = value
        return now


def _differ(one: Value, other: Value) -> bool:
    return one is not UNKNOWN and other is not UNKNOWN and one != other
