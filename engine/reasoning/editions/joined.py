"""Two editions of a policy as one network over the same subjects: what they have in common stands in it once.

A node of the later edition is a node of the earlier one if it is computed in the same way from the same nodes, or if
it has the same normal form (`engine.reasoning.editions.normal`): `price * 2` is computed as `price + price` is. Facts
and inputs are the same if they have one id and one type, clauses if they have one id or were renumbered. So editions
that differ in wording alone come to the very same nodes; of others only what stands on a change is there twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from guiju.compiler.ir import (
    UNKNOWN,
    Cases,
    Choice,
    Clause,
    Fact,
    Input,
    Literal,
    NumberType,
    Operation,
    OptionType,
    Program,
    Reading,
    SetType,
    Tally,
    TruthType,
    Type,
    Undefined,
    Value,
    Verdict,
)
from guiju.compiler.operators import Function
from guiju.engine.evaluate import Assessment
from guiju.engine.kinds import undefined_of
from guiju.engine.network import Item, Network, Node, live_operands, open_below
from guiju.engine.possible import Known, Standing
from guiju.engine.reasoning.editions.normal import NormalForms, identity
from guiju.engine.verdicts import EITHER, facts_verdict

#: what makes two nodes the same: how they are computed, and from which nodes
_Form: TypeAlias = tuple[object, ...]

EARLIER, LATER = "", "'"  # end the addresses of what was laid out for an edition
SAID = "said:"  # begins the address of what people say of a clause that is decided otherwise in the two editions


@dataclass(frozen=True)
class Joined:
    """Both networks as one; `earlier` and `later` are where each node of the two editions stands in it.

    Nodes from `first_own` on are there for the later edition alone.
    """

    known: Known
    earlier: Mapping[int, int]
    later: Mapping[int, int]
    first_own: int


def joined(before: Assessment, after: Assessment, renumbered: Mapping[str, str]) -> Joined:
    """Two editions, each as settled without evidence; `renumbered`: later clauses by what they were before.

    Where both editions may leave a clause to people, each for its own undefined facts, people say one thing of it.
    """
    first = _laid_out(before, after, renumbered, frozenset())
    said = _left_to_people(first, before, after, renumbered)
    return _laid_out(before, after, renumbered, said) if said else first


def _laid_out(before: Assessment, after: Assessment, renumbered: Mapping[str, str], said: frozenset[str]) -> Joined:
    layout = _Layout(before.program, after.program, said)
    earlier = layout.lay(before, {}, EARLIER)
    first_own = len(layout.nodes)
    later = layout.lay(after, renumbered, LATER)
    positions = dict(before.network.clause_position)
    for clause in after.program.clauses:
        positions.setdefault(clause.id, len(positions))
    network = Network(before.program, tuple(layout.nodes), layout.at, positions)
    standing = Standing(layout.contested, frozenset(layout.beyond_facts))
    return Joined(Known(network, layout.values, standing, fewest=True), earlier, later, first_own)


def _left_to_people(
    both: Joined, before: Assessment, after: Assessment, renumbered: Mapping[str, str]
) -> frozenset[str]:
    """The clauses that the editions decide otherwise, and either perhaps by no fact."""
    found = set()
    for clause in after.program.clauses:
        id_ = renumbered.get(clause.id, clause.id)
        there = before.network.at.get(f"clause:{id_}")
        places = None if there is None else (both.earlier[there], both.later[after.network.at[f"clause:{clause.id}"]])
        if places is None or places[0] == places[1]:
            continue
        if all(_may_be_left_to_people(both.known, both.known.network.nodes[place]) for place in places):
            found.add(id_)
    return frozenset(found)


def _may_be_left_to_people(known: Known, clause: Node) -> bool:
    """Whether facts may leave a clause undecided even where all of them are known."""
    is_attested = isinstance(clause.subject, Clause) and clause.subject.condition is None
    return is_attested or any(undefined_of(known.kinds.of(o)) for o in clause.operands)


class _Layout:
    """Nodes of one edition after the other, each put down once."""

    def __init__(self, before: Program, after: Program, said: frozenset[str]) -> None:
        self._shared, self._said = shared_types(before, after), said
        self._standing: dict[_Form, int] = {}
        self._normals = NormalForms()
        self.nodes: list[Node] = []
        self.values: list[Value] = []
        self.at: dict[str, int] = {}
        self.contested: dict[int, tuple[Verdict, ...]] = {}
        self.beyond_facts: set[int] = set()

    def lay(self, edition: Assessment, renumbered: Mapping[str, str], mark: str) -> dict[int, int]:
        """Lay out an edition; gives where each of its nodes stands."""
        forms = _Forms(edition, self._shared, renumbered)
        place: dict[int, int] = {}
        for node in edition.network.nodes:
            operands = tuple(place[o] for o in node.operands)
            passed_on, normal = forms.passed_on(node), self._normals.of(node.subject, operands)
            if passed_on is not None:
                place[node.index] = place[passed_on]
            elif normal is not None and (same := identity(normal)) is not None:
                place[node.index] = same
            elif (id_ := forms.clause_id(node)) in self._said:
                place[node.index] = self._twofold(node, operands, f"{id_}", edition.values[node.index])
            else:
                form = forms.of(node, operands) if normal is None else ("normal", normal)
                place[node.index] = self._put(form, forms.restricted(node), operands, edition)
            self._normals.note(place[node.index], node.subject, operands, normal)
            self._name(node, place[node.index], mark)
        return place

    def _name(self, node: Node, index: int, mark: str) -> None:
        """Give what was put down for a node its address."""
        address = f"{node.address}{mark}"
        self.at.setdefault(address, index)
        if not self.nodes[index].address:
            self.nodes[index] = replace(self.nodes[index], address=address)

    def _put(self, form: _Form, node: Node, operands: tuple[int, ...], edition: Assessment) -> int:
        """Put a node down, or find it where it was put before."""
        index, standing = self._new(form, node, operands, edition.values[node.index]), edition.known.standing
        if node.index in standing.contested:
            self.contested[index] = standing.contested[node.index]
        if node.index in standing.beyond_facts:
            self.beyond_facts.add(index)
        return index

    def _new(self, form: _Form, node: Node, operands: tuple[int, ...], value: Value) -> int:
        if form not in self._standing:
            self._standing[form] = len(self.nodes)
            self.nodes.append(replace(node, index=len(self.nodes), address="", operands=operands))
            self.values.append(value)
        return self._standing[form]

    def _twofold(self, node: Node, operands: tuple[int, ...], id_: str, value: Value) -> int:
        """A clause as what its facts make of what people say of it."""
        clause = node.subject
        assert isinstance(clause, Clause)
        people = replace(node, subject=replace(clause, applies=None, condition=None))
        said = self._new((SAID, id_), people, (), UNKNOWN)
        self._name(replace(node, address=f"{SAID}{id_}"), said, EARLIER)
        if clause.applies is not None:
            self.contested[said] = (*EITHER, Verdict.NOT_APPLICABLE)
        has = (clause.applies is not None, clause.condition is not None)
        own = replace(node, subject=Item(()), form=_decided(has_applies=has[0], has_condition=has[1]))
        return self._new(("decided", has, (*operands, said)), own, (*operands, said), value)


def _decided(*, has_applies: bool, has_condition: bool) -> Function:
    """The verdict of the facts where they have one, else what people say, as far as it can be said."""

    def verdict(*operands: Value) -> Value:
        *facts, said = operands
        condition = facts[-1] if has_condition else Undefined("attested")
        applies = facts[0] if has_applies else True
        by_facts = facts_verdict(applies, condition)
        if not isinstance(by_facts, Undefined):
            return by_facts
        may_not_apply = isinstance(applies, Undefined)
        return said if may_not_apply or said is not Verdict.NOT_APPLICABLE else Verdict.UNSATISFIED

    return Function("decided", lambda _: None, verdict)


# --- what is the same ----------------------------------------------------------------------------------------------


def shared_types(before: Program, after: Program) -> dict[str, Type]:
    """The facts and inputs that evidence may state to both editions, by address, with what it may say of them."""
    one, other = _types(before), _types(after)
    found = {address: _common(type_, other[address]) for address, type_ in one.items() if address in other}
    return {address: type_ for address, type_ in found.items() if type_ is not None}


def of_one_only(before: Program, after: Program, both: Joined, nodes: tuple[int, ...]) -> tuple[str, ...]:
    """What below some nodes only one edition can be told, as `fact = option`: who is so is no subject of both."""
    one, other = _types(before), _types(after)
    shared = shared_types(before, after)
    below = {both.known.network.nodes[i].address for i in open_below(both.known.network, both.known.values, nodes)}
    return tuple(
        f"{address.partition(':')[2]} = {option}"
        for address in shared
        if address in below
        for option in sorted(_options(one[address]) ^ _options(other[address]))
    )


def _options(type_: Type) -> frozenset[str]:
    return frozenset(type_.options) if isinstance(type_, OptionType | SetType) else frozenset()


def _types(program: Program) -> dict[str, Type]:
    facts = {f"fact:{f.id}": f.type for f in program.facts}
    return {**facts, **{f"input:{i.id}": i.type for i in program.inputs}}


def _common(one: Type, other: Type) -> Type | None:
    """What two types have in common; of options those that both list."""
    match one, other:
        case NumberType(), NumberType() if (one.unit == "%") == (other.unit == "%"):
            return one if (one.dimension, one.integer) == (other.dimension, other.integer) else None
        case OptionType(), OptionType():
            return OptionType(_both(one.options, other.options)) if _both(one.options, other.options) else None
        case SetType(), SetType():
            return SetType(_both(one.options, other.options))
        case TruthType(), TruthType():
            return one
    return None


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(o for o in one if o in other)


class _Forms:
    """How the nodes of one edition are computed."""

    def __init__(self, assessment: Assessment, shared: Mapping[str, Type], renumbered: Mapping[str, str]) -> None:
        self._values, self._shared, self._renumbered = assessment.values, shared, renumbered
        self._own = id(assessment)

    def passed_on(self, node: Node) -> int | None:
        """The operand that a node merely passes on: of a settled reading its option, of a name what it names."""
        if isinstance(node.subject, Choice):
            live = live_operands(node, self._values)
            return live[0] if len(live) == 1 else None
        return node.operands[0] if node.form is not None and node.form.symbol == "reference" else None

    def restricted(self, node: Node) -> Node:
        """A fact or an input with the values only that both editions know."""
        if isinstance(node.subject, Fact | Input) and (type_ := self._shared.get(node.address)) is not None:
            return replace(node, subject=replace(node.subject, type=type_))
        return node

    def clause_id(self, node: Node) -> str | None:
        """What a clause is called in the earlier edition."""
        return self._renumbered.get(node.subject.id, node.subject.id) if isinstance(node.subject, Clause) else None

    def of(self, node: Node, operands: tuple[int, ...]) -> _Form:
        """How a node is computed from nodes that have their place."""
        match node.subject:
            case Fact() | Input():
                common = node.address in self._shared
                return ("stated", node.address, operands) if common else ("own", self._own, node.address)
            case Clause():
                parts = (node.subject.applies is None, node.subject.condition is None)
                return ("clause", self.clause_id(node), parts, operands)
            case Reading():
                return ("reading", node.address, frozenset(o.id for o in node.subject.options))
            case Choice():
                reading, *options = operands
                names = (name for name, _ in node.subject.options)
                return ("choice", reading, frozenset(zip(names, options, strict=True)))
            case Literal():
                return ("literal", type(node.subject.value), node.subject.value)
            case Operation():
                return ("operation", node.subject.operator, operands)
            case Tally():
                return (
                    "tally",
                    node.subject.measure,
                    node.subject.verdict,
                    node.subject.cap,
                    tuple(sorted(operands)),
                )
            case Item():
                return ("item", tuple(sorted(operands)))
            case Cases():
                lifted = node.subject.undecided is not None
                return ("cases", node.subject.form, node.subject.exclusive, lifted, operands)
        return ("own", self._own, node.address)
