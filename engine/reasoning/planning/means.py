"""What can be changed, in parts that have nothing to do with each other: what each part can come to, at what cost.

Clauses and facts that share something, or need each other first, form a *cluster*, all of whose changes are tried.
Clusters of one clause that the same counts look at, at the same cost, are interchangeable: they form a *kind*, of which
only the number that is changed matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import islice, permutations, product
from math import prod

from guiju.compiler.ir import UNKNOWN, Clause, Fact, NumberType, Tally, Undefined, Value, Verdict
from guiju.engine.domains import ANY, Domains
from guiju.engine.kleene import lifted
from guiju.engine.meeting import meeting
from guiju.engine.network import Item, Node, live_operands, users_among
from guiju.engine.reasoning.planning.agreeing import Agreements, agreements_of
from guiju.engine.reasoning.planning.changes import Aim, Changes, Terms, below
from guiju.engine.reasoning.planning.jointly import MOST_TOGETHER, Joint
from guiju.engine.reasoning.planning.unstated import is_leaf, is_taken, opened, seen_from
from guiju.engine.reasoning.relevance import takes_part

MOST_TRIED = 20_000  # ways to change one cluster
MOST_GUESSED = 200  # ways to change numbers together of which not every way can be told


class TooManyWaysError(Exception):
    """A cluster has more ways to be changed than are tried."""


@dataclass(frozen=True)
class Row:
    """What the clauses and facts of a cluster come to together; what that costs at least, and the ways to it."""

    values: tuple[Value, ...]
    cost: Fraction
    ways: tuple[Changes, ...]


@dataclass(frozen=True, eq=False)
class Cluster:
    """Clauses and facts that the scores look at, by node, and what they can come to; as they are first."""

    nodes: tuple[int, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, eq=False)
class Kind:
    """Clusters that are interchangeable, in the order of the text; one alone is a kind, too."""

    members: tuple[Cluster, ...]

    @property
    def nodes(self) -> tuple[int, ...]:
        """All nodes of its clusters."""
        return tuple(n for c in self.members for n in c.nodes)


@dataclass(frozen=True, eq=False)
class Means:
    """All kinds below the goal of an aim, and the facts and clauses of which not every change was tried.

    `untried`: of each of these what a change that was not tried costs at least. `tried`: what each fact can be changed
    to, values that stand for all others; of `joint` numbers that depends on the other changes. `meeting`: the numbers
    that meet others. `changeable`: all that may change.
    """

    aim: Aim
    kinds: tuple[Kind, ...]
    untried: Mapping[str, Fraction] = field(default_factory=dict)
    tried: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    changeable: tuple[str, ...] = ()
    joint: Mapping[str, Joint] = field(default_factory=dict)
    meeting: frozenset[str] = frozenset()

    def proves(self, cost: Fraction | None) -> bool:
        """Whether all that might cost less was tried; None: all there is."""
        return not self.untried or (cost is not None and cost <= min(self.untried.values()))

    def tried_beside(self, address: str, changes: Changes) -> tuple[Value, ...]:
        """What one fact can be changed to beside the other changes, values that stand for all others."""
        line = self._line(address, changes)
        is_computed = bool(self.aim.network.node(address).operands)  # and may have to be just what is computed
        return tuple(dict.fromkeys((*(line or ()), *(self.tried[address] if is_computed or line is None else ()))))

    def is_left_out(self, address: str, changes: Changes) -> bool:
        """Whether one fact may be what no value that was tried stands for, be the other changes as they are."""
        return address in self.untried or (address in self.joint and self._line(address, changes) is None)

    def _line(self, address: str, changes: Changes) -> tuple[Value, ...] | None:
        """What stands for all that a number can be which others meet; None of other facts, and where it is not told."""
        if address not in self.joint:
            return None
        at = self.aim.network.at
        return self.joint[address].line(at[address], {at[a]: v for a, v in changes.items()})

    @cached_property
    def alone(self) -> dict[tuple[str, ...], Changes]:
        """How each of what is interchangeable is changed, by what changes for it."""
        each = (m.rows[1].ways[0] for kind in self.kinds if len(kind.members) > 1 for m in kind.members)
        return {tuple(changes): changes for changes in each}

    @cached_property
    def values(self) -> list[Value]:
        """Today's values, UNKNOWN where a change can make a difference."""
        values = list(self.aim.today)
        for kind in self.kinds:
            for leaf in kind.nodes:
                values[leaf] = UNKNOWN
        for index in sorted(seen_from_goal(self.aim)):
            node = self.aim.network.nodes[index]
            if node.form is not None:
                values[index] = lifted(node, tuple([values[o] for o in node.operands]))
        return values


def seen_from_goal(aim: Aim) -> set[int]:
    """The nodes that the goal looks at, down to clauses and facts and not into them."""
    return seen_from(aim.network.nodes, aim.today, aim.goal)


def means_of(aim: Aim, terms: Terms) -> Means:
    """What can be changed for an aim, on some terms."""
    finder = _Finder(aim, terms)
    kinds = tuple(_kinds(aim, finder.clusters()))
    return Means(
        aim,
        kinds,
        dict(sorted(finder.untried.items())),
        finder.tried,
        finder.changeable,
        finder.joint,
        frozenset(finder.meeting),
    )


def in_play(means: Means, terms: Terms) -> tuple[str, ...]:
    """Of what may change all but clauses that take no part, and facts that nothing else looks at or waits for."""
    aim = means.aim
    nodes, at = aim.network.nodes, aim.network.at
    leaves = {i for i in seen_from_goal(aim) if is_leaf(nodes[i])}
    apart = {i for i in leaves if _is_apart(aim, nodes[i])}
    sooner = {at[a] for first in terms.first.values() for a in first if a in at}
    alone = below(aim, apart) - below(aim, (leaves - apart) | sooner)
    return tuple(a for a in means.changeable if at[a] not in alone)


def _is_apart(aim: Aim, node: Node) -> bool:
    subject = aim.network.nodes[node.operands[0]].subject if is_taken(node) else node.subject
    return isinstance(subject, Clause) and not takes_part(aim.assessment, subject.group)


def clauses_alone(aim: Aim) -> Means:
    """Every clause that is not satisfied, or not shown, as something that might be satisfied all by itself."""
    today, nodes = aim.today, aim.network.nodes
    clauses: dict[int, list[int]] = {}  # each with the nodes that scores see of it: itself, or what it is in the cases
    for index in sorted(seen_from_goal(aim)):
        clause = nodes[index].operands[0] if is_taken(nodes[index]) else index
        if isinstance(nodes[clause].subject, Clause):
            clauses.setdefault(clause, []).append(index)
    found = (_alone(aim, nodes[i], seen) for i, seen in clauses.items() if today[i] is Verdict.UNSATISFIED)
    return Means(aim, tuple(_kinds(aim, found)))


def _alone(aim: Aim, node: Node, seen: list[int], cost: Fraction = Fraction(1)) -> Cluster:
    kept = Row(tuple([aim.today[i] for i in seen]), Fraction(0), ({},))
    satisfied = Row((Verdict.SATISFIED,) * len(seen), cost, ({node.address: Verdict.SATISFIED},))
    return Cluster(tuple(seen), (kept, satisfied))


def _kinds(aim: Aim, clusters: Iterable[Cluster]) -> Iterator[Kind]:
    """Clusters of one clause that is satisfied or not, sorted by what counts it and what it costs; others alone."""
    inner = (n for i in seen_from_goal(aim) if not is_leaf(n := aim.network.nodes[i]))
    users = users_among((n.index, live_operands(n, aim.today)) for n in inner)
    alike: dict[tuple[object, ...], list[Cluster]] = {}
    for cluster in clusters:
        key: tuple[object, ...] = (cluster.nodes,)
        counting = [aim.network.nodes[u] for u in users.get(cluster.nodes[0], ())]
        if _is_plain(cluster) and all(isinstance(n.subject, Tally | Item) for n in counting):
            key = (tuple(sorted(n.index for n in counting)), cluster.rows[1].cost)
        alike.setdefault(key, []).append(cluster)
    yield from (Kind(tuple(members)) for members in alike.values())


def _is_plain(cluster: Cluster) -> bool:
    values = tuple(row.values for row in cluster.rows)
    return values == ((Verdict.UNSATISFIED,), (Verdict.SATISFIED,)) and len(cluster.rows[1].ways) == 1


class _Finder:
    """Finds the clusters: what each clause or fact that the scores look at stands on, of that what can change."""

    def __init__(self, aim: Aim, terms: Terms) -> None:
        self._q, self._terms, self._nodes = aim, terms, aim.network.nodes
        self.untried: dict[str, Fraction] = {}
        self.tried: dict[str, tuple[Value, ...]] = {}
        self.joint: dict[str, Joint] = {}
        self.meeting: set[str] = set()
        leaves = (i for i in seen_from_goal(aim) if is_leaf(self._nodes[i]))
        self._below = {i: below(aim, (i,)) for i in sorted(leaves)}
        sooner = (aim.network.at[a] for all_ in terms.first.values() for a in all_ if a in aim.network.at)
        self._needed = {i: below(aim, (i,)) for i in sorted(set(sooner))}
        everything = set().union(*self._below.values(), *self._needed.values())
        free = [self._nodes[i] for i in sorted(everything) if self._nodes[i].address not in terms.pinned]
        self._changeable = {n.index for n in free if isinstance(n.subject, Fact) and self._may_be_stated(n, n.subject)}
        self._later: set[int] = set()  # clauses that can be changed only once facts have changed
        for node in free:
            if isinstance(node.subject, Clause) and aim.may_be_attested(node.subject):
                self._add(node, node.subject)

    @property
    def changeable(self) -> tuple[str, ...]:
        """The addresses of what may change."""
        return tuple(self._nodes[i].address for i in sorted(self._changeable))

    def _may_be_stated(self, node: Node, fact: Fact) -> bool:
        """Whether what is stated of a fact can change: not where its formula alone says what it is."""
        is_open = not node.operands or self._q.today[node.operands[0]] is UNKNOWN
        return is_open or fact.id in self._q.assessment.bound.facts

    def _add(self, node: Node, clause: Clause) -> None:
        """Take a clause for changeable where that makes a difference, to things as they are or once facts change."""
        q, result = self._q, self._q.assessment.clauses[clause.id]
        today = q.today[node.index]
        if q.value_of(node, q.today, {node.address: Verdict.SATISFIED}) != today:
            self._changeable.add(node.index)
        elif below(q, (node.index,)) & self._changeable and (
            today is not Verdict.SATISFIED or result.by in (None, "facts")
        ):
            self._changeable.add(node.index)
            self._later.add(node.index)

    def clusters(self) -> Iterator[Cluster]:
        """Each cluster with what it can come to; those that cannot become anything else are left out."""
        for apart in self._together():
            if len(apart) == 1:
                yield from self._clusters(apart, MOST_TOGETHER)
                continue
            try:
                yield from self._clusters([tuple(leaf for leaves in apart for leaf in leaves)], MOST_TOGETHER)
            except TooManyWaysError:
                yield from self._clusters(apart, 0)

    def _clusters(self, apart: Iterable[tuple[int, ...]], together: int) -> Iterator[Cluster]:
        for leaves in apart:
            atoms = sorted(set().union(*(self._below[i] for i in leaves)) & self._changeable)
            if atoms:
                cluster = self._found_once(leaves, *self._with_first(atoms), together)
                if len(cluster.rows) > 1:
                    yield cluster

    def _found_once(self, leaves: tuple[int, ...], atoms: list[int], needed: list[int], together: int) -> Cluster:
        """A cluster, of clauses that do not stand on what alike aims differ in the one that was found for another."""
        shared = self._q.shared
        inner = set().union(*(self._below[i] for i in leaves), *(self._needed[i] for i in needed))
        if shared is None or inner & shared.inputs or not self._are_clauses(leaves):
            return self._cluster(leaves, atoms, needed, together)
        key = (leaves, tuple(atoms), tuple(needed))
        if key not in shared.found:
            before, self.untried = self.untried, {}
            made = self._cluster(leaves, atoms, needed, together)
            addresses = [self._nodes[i].address for i in atoms]
            tried, joint = ({a: found[a] for a in addresses if a in found} for found in (self.tried, self.joint))
            shared.found[key] = (made, tried, joint, self.meeting.intersection(addresses), self.untried)
            self.untried = before
        cluster: Cluster
        cluster, tried, joint, meeting, untried = shared.found[key]
        self.tried.update(tried)
        self.joint.update(joint)
        self.meeting |= meeting
        self.untried |= untried
        return cluster

    def _are_clauses(self, leaves: tuple[int, ...]) -> bool:
        return all(isinstance(self._nodes[i].subject, Clause) for i in leaves)

    def _together(self) -> list[list[tuple[int, ...]]]:
        """The clauses and facts that the scores look at, those in one that share what can change or need it first.

        With these, apart, those whose numbers they meet in what scores come to.
        """
        parent: dict[int, int] = {}

        def root(i: int) -> int:
            while parent.setdefault(i, i) != i:
                i = parent[i]
            return i

        for top, nodes in (*self._below.items(), *self._needed.items()):
            for atom in nodes & self._changeable:
                parent[root(atom)] = root(top)
        at = self._q.network.at
        for later, sooner in self._terms.first.items():
            for address in sooner:
                if later in at and address in at:
                    parent[root(at[later])] = root(at[address])
        found: dict[int, list[int]] = {}
        for leaf in self._below:
            found.setdefault(root(leaf), []).append(leaf)
        for group in self._joint_groups:
            for atom in group[1:]:
                parent[root(atom)] = root(group[0])
        apart: dict[int, list[tuple[int, ...]]] = {}
        for leaves in found.values():
            apart.setdefault(root(leaves[0]), []).append(tuple(leaves))
        return list(apart.values())

    def _with_first(self, atoms: list[int]) -> tuple[list[int], list[int]]:
        """What is needed first, or stands below that, can be changed for that reason alone; with all that is needed."""
        found, stack, needed, at = set(atoms), list(atoms), set[int](), self._q.network.at
        while stack:
            for address in self._terms.first.get(self._nodes[stack.pop()].address, ()):
                if address in at:
                    needed.add(at[address])
                    more = (self._needed[at[address]] & self._changeable) - found
                    found |= more
                    stack.extend(more)
        return sorted(found), sorted(needed)

    # --- what a cluster can come to --------------------------------------------------------------------------------

    def _cluster(self, leaves: tuple[int, ...], atoms: list[int], needed: list[int], together: int) -> Cluster:
        options, untried = self._options_of(atoms, together)
        ways = prod(len(o) + 1 for o in options)
        if ways > MOST_TRIED:
            fewer = self._without_some_later(atoms, ways)
            if fewer == atoms and not together:
                raise TooManyWaysError
            return self._cluster(leaves, fewer, needed, together - (fewer == atoms))
        for address, cost in untried:
            self.untried[address] = min(cost, self.untried.get(address, cost))
        inner = sorted(set().union(*(self._below[i] for i in leaves), *(self._needed[i] for i in needed)))
        rows: dict[tuple[Value, ...], tuple[Fraction, dict[frozenset[str], tuple[bool, Changes]]]] = {}
        for taken in product(*[({}, *o) for o in options]):
            changes = {address: value for each in taken for address, value in each.items()}
            made, changes = self._made(inner, changes)
            if not self._q.is_in_order(made, changes, self._terms):
                continue
            cost, values, changed = self._terms.total(changes), tuple(made[i] for i in leaves), frozenset(changes)
            known = rows.get(values)
            way = (self._ends_a_formula(made, changes), changes)
            if known is None or cost < known[0]:
                rows[values] = (cost, {changed: way})
            elif cost == known[0] and (changed not in known[1] or way[0] < known[1][changed][0]):
                known[1][changed] = way
        found = ((values, cost, [way for _, way in ways.values()]) for values, (cost, ways) in rows.items())
        return Cluster(leaves, tuple(Row(values, cost, tuple(ways)) for values, cost, ways in found))

    def _ends_a_formula(self, made: Mapping[int, Value], changes: Changes) -> bool:
        """Whether changes leave nothing to compute where a fact is changed with what it is computed from."""
        nodes = (self._q.network.node(address) for address in changes)
        return any(isinstance(made[o], Undefined) for n in nodes if isinstance(n.subject, Fact) for o in n.operands)

    def _without_some_later(self, atoms: list[int], ways: int) -> list[int]:
        """What is to change, without as many of the clauses that wait for facts as are too many to try."""
        later = [i for i in atoms if i in self._later]
        left = list(atoms)
        while later and ways > MOST_TRIED:
            left.remove(later[-1])
            address = self._nodes[later.pop()].address
            self.untried[address] = self._terms.cost(address)
            ways //= 2
        return left

    def _made(self, inner: list[int], changes: Changes) -> tuple[Mapping[int, Value], dict[str, Value]]:
        """What some changes lead to; a fact whose formula then gives a value can be changed to that alone."""
        today, values, agreeing = self._q.today, _Over(self._q.today), dict(changes)
        for index in inner if changes else ():
            node = self._nodes[index]
            if node.address in changes or any(values[o] != today[o] for o in live_operands(node, today)):
                if node.address in changes and isinstance(node.subject, Fact) and node.operands:
                    agreeing[node.address] = self._computed(node, values[node.operands[0]], agreeing[node.address])
                values[index] = self._q.value_of(node, values, agreeing)
        return values, agreeing

    def _computed(self, node: Node, computed: Value, planned: Value) -> Value:
        """What a fact with a formula is changed to: what is computed, where anything is."""
        if computed is UNKNOWN or isinstance(computed, Undefined):
            return planned
        if computed not in self.tried[node.address]:
            self.tried[node.address] = (*self.tried[node.address], computed)
        return computed

    def _options_of(
        self, atoms: list[int], together: int
    ) -> tuple[list[tuple[Changes, ...]], list[tuple[str, Fraction]]]:
        """What each clause, fact or group of numbers can be changed to, values that stand for all others.

        Numbers that meet each other are changed `together`, at most so many. With what is not tried, and costs so much.
        """
        options: list[tuple[Changes, ...]] = []
        untried: list[tuple[str, Fraction]] = []
        left = dict.fromkeys(atoms)
        for group in self._joint_groups if together else ():
            if not left.keys().isdisjoint(group):
                options.append(self._jointly(group, together, untried))
                for index in group:
                    left.pop(index, None)
        for index in left:
            values = self._options(index, untried, together=bool(together))
            options.append(tuple({self._nodes[index].address: value} for value in values))
        return options, untried

    def _options(self, index: int, untried: list[tuple[str, Fraction]], *, together: bool) -> tuple[Value, ...]:
        node, today = self._nodes[index], self._q.today[index]
        if isinstance(node.subject, Clause):
            return (Verdict.SATISFIED,)
        domain = self._domains.of(node)
        if ANY in domain:
            self.meeting.add(node.address)
            both = meeting(self._domains, node, self._nodes, self._q.today) if together else None
            domain = self._one_by_one(node) if both is None else both
            if both is None:
                untried.append((node.address, self._terms.cost(node.address)))
        self.tried[node.address] = tuple(v for v in domain if v != today)
        return self.tried[node.address]

    def _jointly(
        self, group: tuple[int, ...], together: int, untried: list[tuple[str, Fraction]]
    ) -> tuple[Changes, ...]:
        """What numbers that meet can be changed to at once; where that cannot be told, each so far as it can alone."""
        found, addresses = self._joint.among(group, together), {i: self._nodes[i].address for i in group}
        changes: list[Changes] = [{addresses[i]: v for i, v in point.items()} for point in found.points]
        for moved in found.untried:
            told = [addresses[i] for i in moved]
            guessed, is_free = list(islice(self._guessed(moved), MOST_GUESSED)), moved == group and self._is_free(told)
            changes += guessed
            if not is_free or len(guessed) == MOST_GUESSED:
                untried += [(address, self._terms.total(told)) for address in told]
        for address in addresses.values():
            self.tried[address] = tuple(dict.fromkeys(c[address] for c in changes if address in c))
            self.joint[address] = self._joint
            self.meeting.add(address)
        return tuple(changes)

    def _guessed(self, moved: tuple[int, ...]) -> Iterator[Changes]:
        """What numbers might be changed to: each as it can be alone, and two so that one is as the other lets it be."""
        addresses = [self._nodes[i].address for i in moved]
        alone = [self._one_by_one(self._nodes[i]) for i in moved]
        yield from (dict(zip(addresses, values, strict=True)) for values in product(*alone))
        for one, other in (
            permutations(zip(moved, addresses, strict=True)) if len(moved) == len(("one", "other")) else ()
        ):
            for value in self._joint.line(one[0], {}) or ():
                for beside in self._joint.line(other[0], {one[0]: value}) or ():
                    yield {one[1]: value, other[1]: beside}

    def _is_free(self, told: list[str]) -> bool:
        """Whether some facts are those of a comparison that goes each way, and nothing else uses them."""
        return any(free.keys() == set(told) for free in self._free.values())

    def _one_by_one(self, node: Node) -> tuple[Value, ...]:
        """What a number can be changed to that meets others: alone, and so that each comparison goes each way."""
        values = self._opened((node.index,))
        alone = self._domains_over(values).of(node)
        found: dict[Value, None] = dict.fromkeys(v for v in alone if v != ANY)
        meets = [c for i in sorted(self._opened_by_all) if (c := self._free.get(i)) and node.address in c]
        found.update(dict.fromkeys(value for told in meets for value in told[node.address]))
        return tuple(found)

    @cached_property
    def _joint_groups(self) -> list[tuple[int, ...]]:
        """The numbers that are changed together: those of which no list by itself would do."""
        if not any(ANY in self._domains.of(self._nodes[i]) for i in sorted(self._changeable) if self._is_number(i)):
            return []
        return [group for group in self._joint.groups if any(map(self._needs_others, group))]

    def _is_number(self, index: int) -> bool:
        subject = self._nodes[index].subject
        return isinstance(subject, Fact) and isinstance(subject.type, NumberType)

    def _needs_others(self, index: int) -> bool:
        node = self._nodes[index]
        return ANY in self._domains.of(node) and meeting(self._domains, node, self._nodes, self._q.today) is None

    @cached_property
    def _joint(self) -> Joint:
        tops = (*self._looking, self._q.goal)
        inner = sorted(below(self._q, tops))
        values = self._agreements.valued(opened(self._nodes, self._q.today, inner, self._changeable))
        tops = (*tops, *self._agreements.comparisons)
        return Joint(self._agreements.network, values, self._q.today, self._changeable, tops)

    @cached_property
    def _free(self) -> dict[int, dict[str, list[Value]]]:
        """The comparisons of numbers that nothing else uses: values of these with which it goes each way."""
        found: dict[int, dict[str, list[Value]]] = {}
        for index in self._opened_by_all:
            node = self._nodes[index]
            free = self._domains.free(node) if node.form and len(node.operands) == 2 else None
            for _, told in free.results if free else ():
                for address, value in told:
                    found.setdefault(index, {}).setdefault(address, []).append(value)
        return {i: told for i, told in found.items() if len(told) == 2}

    @cached_property
    def _opened_by_all(self) -> list[int]:
        values = self._opened(self._changeable)
        return [i for i in sorted(below(self._q, self._looking)) if values[i] is UNKNOWN]

    @cached_property
    def _domains(self) -> Domains:
        return self._domains_over(self._opened(self._changeable))

    def _domains_over(self, values: list[Value]) -> Domains:
        """What to try where some values are open; what is stated of computed facts looks at them, too."""
        agreeing = self._agreements
        return Domains(agreeing.network, agreeing.valued(values), (*self._looking, *agreeing.comparisons))

    @cached_property
    def _agreements(self) -> Agreements:
        values = self._opened(self._changeable)
        return agreements_of(self._q, self._terms, values, self._changeable, self._looking)

    @cached_property
    def _looking(self) -> tuple[int, ...]:
        """What asks for values: the outcome, and what is needed first."""
        return (self._q.looking, *self._needed)

    def _opened(self, open_: Iterable[int]) -> list[Value]:
        """Today's values without some, and without what stands on them."""
        return opened(self._nodes, self._q.today, sorted(below(self._q, self._looking)), open_)


class _Over(dict[int, Value]):
    """Today's values with some changed on top."""

    def __init__(self, today: list[Value]) -> None:
        super().__init__()
        self._today = today

    def __missing__(self, index: int) -> Value:
        return self._today[index]
