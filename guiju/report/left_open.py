"""Why an open outcome can be these values and no others: what leaves it open, and what rules the others out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, Value, Verdict
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node
from guiju.engine.reasoning.why.determining import settled_at
from guiju.engine.reasoning.why.ruling_out import RuledOut, evident
from guiju.report.branch import RULING_OUT
from guiju.report.following import follows
from guiju.report.heads import Heads
from guiju.report.layout import apart, list_text
from guiju.report.words import in_order, shown

MOST_NAMED = 6
_VERDICTS = (Verdict.UNSATISFIED, Verdict.NOT_APPLICABLE, Verdict.SATISFIED)


def left_open_text(
    assessment: Assessment, node: Node, left_open: Set[int], ruled_out: Mapping[Value, RuledOut], heads: Heads
) -> str:
    """`L1 or L2 possible: it hangs on 6.1 a); ruled out: L3 by unsatisfied 6.1 b)`, of a table that is open."""
    told = _Told(assessment, node, heads)
    possible = told.values(assessment.open[node.index].values)
    said = heads.word("left-open-by", values=possible, names=told.open_ones(left_open))
    alike: dict[str, list[Value]] = {}
    for value, against in ruled_out.items():
        alike.setdefault(told.known_ones(against), []).append(value)
    out = [
        heads.word("ruled-out-by", values=told.values(v), names=apart(names, heads.language))
        for names, v in alike.items()
    ]
    return "; ".join((said, *out))


class _Told:
    def __init__(self, assessment: Assessment, top: Node, heads: Heads) -> None:
        self._a, self._top, self._heads = assessment, top, heads

    def values(self, values: Iterable[Value]) -> str:
        told = (shown(v, self._heads.language) for v in in_order(values))
        return f" {self._heads.word('or')} ".join(told)

    def open_ones(self, marked: Set[int]) -> str:
        """What leaves it open: facts and inputs that no clause stands before, and the clauses these do not decide."""
        found = [n for n in self._evident(marked) if settled_at(self._a, n.index) is UNKNOWN]
        stated = [n.index for n in found if isinstance(n.subject, Fact | Input)]
        return self._list(self._named(n) for n in found if not follows(self._a, n, stated))

    def known_ones(self, out: RuledOut) -> str:
        """What rules a value out, as far as anything is known of it: what fails, or else what does not, by name."""
        found = [n for n in self._evident(out.nodes) if self._a.values[n.index] is not UNKNOWN]
        if not found:
            return self._heads.word("whatever-is-stated")
        by_verdict = [[n for n in found if self._a.values[n.index] is verdict] for verdict in _VERDICTS]
        others = [n for n in found if not isinstance(n.subject, Clause)]
        first, *rest = filter(None, (*by_verdict, others))
        told = self._alike(first)
        more = sum(map(len, rest))
        if more > MOST_NAMED:
            told = self._heads.word("names-marked", names=told, number=more, sign=RULING_OUT)
        else:
            told = self._heads.word("names-and").join((told, *map(self._alike, rest)))
        if len(found) < 2:
            return told
        return self._heads.word("names-needed" if out.is_minimal else "names-sufficing", names=told)

    def _alike(self, nodes: Sequence[Node]) -> str:
        """`unsatisfied 6.1 a), 6.1 b)`, of clauses of one verdict; facts and inputs with what they come to."""
        if not isinstance(nodes[0].subject, Clause):
            return self._list(map(self._heads.head, nodes))
        verdict = shown(self._a.values[nodes[0].index], self._heads.language)
        return self._heads.word("names-verdict", names=self._list(map(self._named, nodes)), verdict=verdict)

    def _evident(self, marked: Set[int]) -> list[Node]:
        return [self._a.network.nodes[i] for i in evident(self._a, self._top.index, marked)]

    def _named(self, node: Node) -> str:
        return node.subject.printed if isinstance(node.subject, Clause) else self._heads.called(node)

    def _list(self, names: Iterable[str]) -> str:
        told = list(names)
        more = [f"… +{len(told) - MOST_NAMED}"] if len(told) > MOST_NAMED else []
        return list_text((*told[:MOST_NAMED], *more), self._heads.language)
