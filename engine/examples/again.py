"""An example judged again under a changed policy: only what the change reaches is worked out anew."""

from __future__ import annotations

from dataclasses import replace

from guiju.compiler.ir import UNKNOWN, Program, Value
from guiju.engine.evaluate import Assessment, settle_nodes
from guiju.engine.examples.judging import Result, compared, judge
from guiju.engine.network import Network, Node, network_of

_NEW = -1  # in place of the index of a node that was not there, or was another one


class Changed:
    """A changed program beside the one that the results are of."""

    def __init__(self, before: Network, program: Program) -> None:
        self._program = program
        self._before = before
        self._network = network_of(program)
        self._was = [self._place(node) for node in self._network.nodes]
        self._same_layout = all(was in (_NEW, i) for i, was in enumerate(self._was)) and len(self._was) == len(
            before.nodes
        )
        self._new = [node for node, was in zip(self._network.nodes, self._was, strict=True) if was == _NEW]

    def _place(self, node: Node) -> int:
        """The index of the same node before the change."""
        index = self._before.at.get(node.address, _NEW)
        if index == _NEW:
            return _NEW
        was = self._before.nodes[index]
        same = was.subject is node.subject and len(was.operands) == len(node.operands)
        return index if same else _NEW

    def still_holds(self, result: Result) -> bool:
        """Whether an example that holds of the program before holds of the changed one."""
        case = result.case.under(self._program)
        values = self._values(result)
        if values is None:
            return True
        expected = [self._network.node(e.address) for e in case.expected if e.address in self._network.at]
        if len(expected) < len(case.expected):
            return False
        if any(node.definition is not None and values[node.index] is UNKNOWN for node in expected):
            return judge(case).holds
        clauses = dict(result.assessment.clauses)
        again: Assessment = replace(
            result.assessment, program=self._program, bound=case.bound, values=tuple(values), clauses=clauses, open={}
        )
        return all(judged.met for judged in compared(again, case.expected))

    def _values(self, result: Result) -> list[Value] | None:
        """The values under the changed program; None where none is another one."""
        before = result.assessment.values
        values = list(before) if self._same_layout else [UNKNOWN if w == _NEW else before[w] for w in self._was]
        into = values, dict(result.assessment.clauses)
        bound, readings = replace(result.case.bound, program=self._program), result.assessment.readings
        changed: set[int] = set()

        def settle(node: Node) -> None:
            settle_nodes((node,), self._network, bound, readings, into)
            address = self._before.at.get(node.address)
            if address is None or values[node.index] != before[address]:
                changed.add(node.index)

        for node in self._new:
            settle(node)
        if not changed:
            return None
        new = {node.index for node in self._new}
        for node in self._network.nodes[min(changed) :]:
            if node.index in new or not changed.isdisjoint(node.operands):
                settle(node)
        is_other = any(self._network.nodes[i].address in self._before.at for i in changed)
        return values if is_other else None
