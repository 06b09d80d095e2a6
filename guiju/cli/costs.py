"""A costs file -> the terms of a plan: what changes cost, what cannot change, what is needed first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from guiju.cli.codes import (
    COST_NOT_POSITIVE,
    COST_TWICE,
    COSTS_FORM,
    FACTS_DECIDE,
    INPUT_IS_CHOSEN,
    NEEDS_A_NUMBER,
    NEEDS_CYCLE,
    NO_SUCH_CHANGE,
    PINNED_AND_PRICED,
    PINNED_BY_FACTS,
)
from guiju.compiler.ir import Clause, Fact, TruthType
from guiju.dsl.diagnostic import Code, Diagnostic, Text, has_errors
from guiju.dsl.near import near as nearest_of
from guiju.engine.evaluate import Assessment
from guiju.engine.evidence import Quantity
from guiju.engine.names import clause_id
from guiju.engine.network import standing_below
from guiju.engine.reasoning.planning.changes import Terms
from guiju.exchange.codes import NUMBER_OUT_OF_BOUNDS, UNKNOWN_KEY
from guiju.exchange.node import Entry, Mapping, Node, Scalar, Sequence, clip
from guiju.exchange.number import read_quantity
from guiju.exchange.problem import Problem
from guiju.exchange.text import read_text
from guiju.exchange.yaml_tree import read_yaml
from guiju.report.addresses import address_of, examples, near

VERSION = "costs/1"
_KEYS = ("guiju", "default", "costs", "pinned", "needs")
_MAPPING, _LIST = Text("若干“键: 值”", "a mapping of `key: value`"), Text("列表", "a list")
_NAME, _NUMBER = Text("名字", "a name"), Text("数", "a number")
_MOST_NAMED = 12  # clauses of a section


def read_terms(
    path: Path, assessment: Assessment, *, of_changes: bool = False
) -> tuple[Terms | None, tuple[Diagnostic, ...]]:
    """The terms that a file sets, in the names of an assessment. None where anything in it is wrong.

    `of_changes`: of what a plan changes, which is no clause that facts decide; to a question these are like others.
    """
    text, diagnostics = read_text(path)
    if text is None:
        return None, diagnostics
    root, found = read_yaml(text.source)
    if root is None:
        return None, (*diagnostics, *found)
    reader = _Reader(assessment, of_changes=of_changes)
    terms = reader.terms(root)
    told = (*diagnostics, *found, *reader.diagnostics)
    return None if has_errors(told) else terms, told


class _Reader:
    def __init__(self, assessment: Assessment, *, of_changes: bool) -> None:
        self._a, self._of_changes = assessment, of_changes
        self.diagnostics: list[Diagnostic] = []

    def terms(self, root: Node) -> Terms:
        """What the whole file says."""
        for entry in self._entries(root, "guiju"):
            if entry.key.text not in _KEYS:
                arguments = (("key", clip(entry.key.text)), ("known", ", ".join(_KEYS)))
                meant = nearest_of(entry.key.text, _KEYS)
                self._report(Diagnostic(UNKNOWN_KEY, entry.key.span, arguments, suggestion=meant))
        top = {e.key.text: e.value for e in self._entries(root, None)}
        version = top.get("guiju")
        if not isinstance(version, Scalar) or version.text != VERSION:
            self._wrong(version or root, "guiju", Text(VERSION, VERSION))
        default = self._cost("default", top["default"]) if "default" in top else Fraction(1)
        priced = list(self._named(top.get("costs"), "costs"))
        pinned = [(s, a) for s in self._listed(top.get("pinned"), "pinned") if (a := self._address(s))]
        if self._of_changes:
            self._hold_against_facts(FACTS_DECIDE, ((e.key, a) for e, a in priced))
            self._hold_against_facts(PINNED_BY_FACTS, pinned)
        fixed = {a for _, a in pinned}
        for entry, address in priced if self._of_changes else ():
            if address in fixed:
                self._report(Diagnostic(PINNED_AND_PRICED, entry.key.span, (("name", entry.key.text),)))
        costs = {a: self._cost(e.key.text, e.value) for e, a in priced}
        return Terms(costs, default, frozenset(fixed), self._needs(top.get("needs")))

    def _hold_against_facts(self, code: Code, named: Iterable[tuple[Scalar, str]]) -> None:
        """Tell of each clause that nobody decides but its facts: no change is ever one of the clause itself."""
        for scalar, address in named:
            if facts := self._deciding(address):
                self._report(Diagnostic(code, scalar.span, (("name", scalar.text), ("facts", ", ".join(facts)))))

    def _deciding(self, address: str) -> list[str]:
        """The facts below a clause that nobody attests."""
        node = self._a.network.node(address)
        clause = node.subject
        if not isinstance(clause, Clause) or clause.condition is None or self._a.clauses[clause.id].attestations:
            return []
        lower = standing_below(self._a.network.nodes, self._a.values, node.operands)
        return [f.id for i in sorted(lower) if isinstance(f := self._a.network.nodes[i].subject, Fact)]

    def _needs(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for entry, later in self._named(node, "needs"):
            sooner = [(s, a) for s in self._listed(entry.value, entry.key.text) if (a := self._address(s))]
            for scalar, address in sooner:
                subject = self._a.network.node(address).subject
                if isinstance(subject, Fact) and not isinstance(subject.type, TruthType):
                    self._report(Diagnostic(NEEDS_A_NUMBER, scalar.span, (("name", scalar.text),)))
            found[later] = tuple(address for _, address in sooner)
        cycle = _cycle(self._with_below(found))
        if cycle and node is not None:
            names = " → ".join(address.partition(":")[2] for address in cycle)
            self._report(Diagnostic(NEEDS_CYCLE, node.span, (("cycle", names),)))
        return found

    def _with_below(self, needs: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Before a thing that is needed first comes what it stands on, of that what needs something itself."""
        nodes, found = self._a.network.nodes, dict(needs)
        for address in {a for sooner in needs.values() for a in sooner}:
            lower = standing_below(nodes, self._a.values, (self._a.network.at[address],))
            addresses = {nodes[i].address for i in lower} & needs.keys() - {address}
            found[address] = (*needs.get(address, ()), *sorted(addresses))
        return found

    def _entries(self, node: Node | None, key: str | None) -> tuple[Entry, ...]:
        if isinstance(node, Mapping):
            return node.entries
        if node is not None and key is not None:
            self._wrong(node, key, _MAPPING)
        return ()

    def _named(self, node: Node | None, key: str) -> Iterator[tuple[Entry, str]]:
        named: dict[str, str] = {}
        for entry in self._entries(node, key):
            address = self._address(entry.key)
            if address in named:
                arguments = (("name", entry.key.text), ("other", named[address]))
                self._report(Diagnostic(COST_TWICE, entry.key.span, arguments))
            elif address is not None:
                named[address] = entry.key.text
                yield entry, address

    def _listed(self, node: Node | None, key: str) -> Iterator[Scalar]:
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            for item in node.items:
                if isinstance(item, Scalar):
                    yield item
                else:
                    self._wrong(item, key, _NAME)
        elif node is not None:
            self._wrong(node, key, _LIST)

    def _cost(self, name: str, node: Node) -> Fraction:
        if not isinstance(node, Scalar):
            self._wrong(node, name, _NUMBER)
            return Fraction(1)
        told = read_quantity(node.text)
        if isinstance(told, Quantity) and told.unit is None and told.number > 0:
            return told.number
        if isinstance(told, Problem) and told.code is NUMBER_OUT_OF_BOUNDS:
            self._report(Diagnostic(told.code, node.span, told.arguments))
            return Fraction(1)
        self._report(Diagnostic(COST_NOT_POSITIVE, node.span, (("name", name), ("cost", node.text))))
        return Fraction(1)

    def _address(self, scalar: Scalar) -> str | None:
        address = address_of(self._a, scalar.text)
        if self._is_changeable(address):
            return address
        if address is not None and address.startswith("input:"):
            self._report(Diagnostic(INPUT_IS_CHOSEN, scalar.span, (("name", scalar.text),)))
            return None
        below = self._clauses_below(scalar.text)
        known = ", ".join(below or (n for n in examples(self._a) if self._is_changeable(address_of(self._a, n))))
        close = (
            None
            if below
            else next((n for n in near(self._a, scalar.text) if self._is_changeable(address_of(self._a, n))), None)
        )
        arguments = (("name", scalar.text), ("known", known))
        self._report(Diagnostic(NO_SUCH_CHANGE, scalar.span, arguments, suggestion=close))
        return None

    def _clauses_below(self, name: str) -> list[str]:
        """The clauses of a section, or below a clause that has others, by its number; of many the first."""
        found = [c.id for c in self._a.program.clauses if c.id.startswith(f"{clause_id(name)}.")]
        return found[:_MOST_NAMED] + ["…"] * (len(found) > _MOST_NAMED)

    def _is_changeable(self, address: str | None) -> bool:
        return address is not None and address.startswith(("clause:", "fact:")) and address in self._a.network.at

    def _wrong(self, node: Node, key: str, expected: Text) -> None:
        self._report(Diagnostic(COSTS_FORM, node.span, (("key", key), ("expected", expected))))

    def _report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)


def _cycle(needs: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A way from something back to itself, if there is one."""
    done: set[str] = set()
    for start in needs:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(start, True)]
        while stack:
            address, entering = stack.pop()
            if not entering:
                done.add(path.pop())
            elif address in path:
                return (*path[path.index(address) :], address)
            elif address not in done:
                path.append(address)
                stack.append((address, False))
                stack.extend((sooner, True) for sooner in needs.get(address, ()))
    return ()
