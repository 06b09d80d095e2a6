"""Program -> the graph as it is published: what is inside of something folded into it, facts where they are used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePath
from typing import TypeAlias

from guiju.compiler.graph import dependencies
from guiju.compiler.ir import Clause, Definition, Fact, Group, Input, Program, Reading
from guiju.dsl.diagnostic import Language
from guiju.dsl.source import Span
from guiju.engine.addresses import node_name
from guiju.exchange.policy_text import citation
from guiju.report.graph_model import EdgeModel, GraphModel, GroupModel, Kind, NodeModel


def graph_of(program: Program, language: Language) -> GraphModel:
    """The whole graph of a program, with labels in a language."""
    return _Told(program, language).model()


_Thing: TypeAlias = Input | Reading | Fact | Clause | Definition


class _Told:
    def __init__(self, program: Program, language: Language) -> None:
        self._program, self._language = program, language

    def model(self) -> GraphModel:
        """The graph."""
        program = self._program
        return GraphModel(
            guiju="graph/1",
            policy=program.id,
            title=f"{program.title.in_language(self._language)} · {program.designation}",
            focus=None,
            groups=[self._group(group) for group in program.groups],
            nodes=list(self._nodes()),
            edges=[EdgeModel(used=used, user=user, places=places) for (used, user), places in self._edges.items()],
        )

    def _group(self, group: Group) -> GroupModel:
        cited = group.cites.split(",")[0].strip()
        number = group.id if group.id[0].isdigit() else cited if cited.replace(".", "").isdigit() else ""
        label = group.label.in_language(self._language)
        return GroupModel(id=group.id, parent=group.parent, label=label, number=number)

    def _nodes(self) -> Iterator[NodeModel]:
        program, language = self._program, self._language
        yield from (self._node(value, "input") for value in program.inputs)
        yield from (self._node(reading, "reading") for reading in program.readings)
        for fact in program.facts:
            yield self._node(fact, "fact", group=self._only_user(f"fact:{fact.id}"))
        for clause in program.clauses:
            label = f"{clause.printed} {clause.label.in_language(language)}"
            yield self._node(clause, "clause", label, clause.group)
        for d in program.definitions:
            if d.id == d.whole:
                label, name = d.label.in_language(language), node_name(program, d, language)
                yield self._node(d, d.kind, name if label in (name, d.id) else f"{name} {label}", d.group)

    def _node(self, thing: _Thing, kind: Kind, label: str | None = None, group: str | None = None) -> NodeModel:
        cites = thing.printed if isinstance(thing, Clause) else thing.cites
        return NodeModel(
            address=thing.id if isinstance(thing, Definition) else f"{kind}:{thing.id}",
            kind=kind,
            label=label or thing.label.in_language(self._language),
            group=group,
            level=thing.level if isinstance(thing, Definition) else None,
            place=_place(thing.span),
            cites=citation(cites, self._language),
        )

    @cached_property
    def _edges(self) -> dict[tuple[str, str], list[str]]:
        """The places that make one node depend on another, in the order of the text."""
        wholes = {d.id: d.whole for d in self._program.definitions}
        found: dict[tuple[str, str], list[str]] = {}
        for d in dependencies(self._program):
            used, user = wholes.get(d.used, d.used), wholes.get(d.user, d.user)
            place = _place(d.span)
            if used != user and place not in found.setdefault((used, user), []):
                found[used, user].append(place)
        return found

    @cached_property
    def _users(self) -> dict[str, list[str]]:
        users: dict[str, list[str]] = {}
        for used, user in self._edges:
            users.setdefault(used, []).append(user)
        return users

    def _only_user(self, fact: str) -> str | None:
        """The one group whose clauses, alone or by way of other facts of it, use a fact."""
        groups: set[str | None] = set()
        for user in self._users.get(fact, ()):
            kind, _, name = user.partition(":")
            if kind == "clause":
                groups.add(self._program.clause[name].group)
            else:
                groups.add(self._only_user(user) if kind == "fact" else None)
        return groups.pop() if len(groups) == 1 else None


def _place(span: Span) -> str:
    return f"{PurePath(span.source.name).name}:{span.position.line}"
