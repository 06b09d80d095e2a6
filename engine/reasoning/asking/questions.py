"""What to ask next: the open facts, inputs and clauses, by how much of what is open in the outcomes an answer removes.

A question is worth what its answers leave: the width of what each outcome can be, as a share of what it is now, the
mean over the open outcomes. Answers that leave the same count as one; the mean over the others is what is expected to
be left, and the greatest what is left at worst. What cannot matter any more is not asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from guiju.compiler.ir import UNKNOWN, Clause, Fact, Input, Program, Undefined, Value
from guiju.engine.ages import Outdated
from guiju.engine.bind import Bound
from guiju.engine.domains import ANY, Domains
from guiju.engine.evaluate import known_of, settle
from guiju.engine.network import Network, Node, live_operands, met_above, network_of, open_below, users_among, users_of
from guiju.engine.possible import Known, Possible
from guiju.engine.reachable import outcomes_of, possible_of, relift
from guiju.engine.reached import Reached
from guiju.engine.reasoning.asking.outlook import Left, Looking, Outlook, look
from guiju.engine.reasoning.asking.uncertainty import share_left
from guiju.engine.reasoning.planning.changes import Terms
from guiju.engine.reasoning.relevance import Matter, looked_at
from guiju.engine.reasoning.turned import Turned
from guiju.engine.reasoning.twins import Pairs
from guiju.engine.verdicts import ClauseResult, is_contested

MOST_PROVED = 3  # questions proved idle before the next one is asked unproved: the proofs are kept for that one
MOST_KINDS = 40  # kinds of questions that are tried together with others when all of them are listed: a few seconds
TRIED_BUDGET = 1_000  # combinations of each try: somebody is waiting for the question


@dataclass(frozen=True)
class Question:
    """Something that evidence may still say, and what its answers leave of each outcome.

    `answers`: a value for each kind of answer, as one on each threshold of a number and one between; none where they
    are not known. `removes`: the share of what is open that an answer takes away, in the mean; `at_least`: at worst;
    None where it is not known. `exact`: whether just that is left. `by_override`: voices and facts disagree on the
    clause, or it has no value, so that it takes an override or a correction. `outdated`: the evidence that had said it
    and does not count any more.
    """

    address: str
    answers: tuple[tuple[Value, Left], ...]
    exact: bool
    removes: Fraction | None
    at_least: Fraction | None
    cost: Fraction = Fraction(1)
    by_override: bool = False
    outdated: tuple[Outdated, ...] = ()

    @property
    def name(self) -> str:
        """The id of the fact, the input or the clause."""
        return self.address.partition(":")[2]

    @property
    def decides_alone(self) -> bool:
        """Whether its answers are shown to leave different outcomes."""
        return self.exact and len({left for _, left in self.answers}) > 1


@dataclass(frozen=True, eq=False)
class Inquiry:
    """Where an inquiry stands: what is known, what outcomes can be, and what may be asked, the most telling first.

    `put_aside`: the addresses of what was asked and could not be answered. `idle_before`: of what was proved unable to
    matter when less was known; every answer leaves fewer completions, so it cannot matter now.
    """

    known: Known
    outlook: Outlook
    clauses: Mapping[str, ClauseResult]
    questions: tuple[Question, ...]
    put_aside: frozenset[str]
    looking: Looking = field(repr=False)
    idle_before: frozenset[str] = frozenset()
    _matters: dict[str, Matter] = field(default_factory=dict, repr=False)

    @property
    def program(self) -> Program:
        """The program that is asked about."""
        return self.known.network.program

    @property
    def is_settled(self) -> bool:
        """Whether no completion can change an outcome any more."""
        return self.outlook.is_settled

    @cached_property
    def next(self) -> Question | None:
        """The first question that is not proved unable to matter; None where nothing is left to ask."""
        return self.first()

    def first(self, later: Collection[str] = ()) -> Question | None:
        """The same, without what is asked later."""
        proved = 0
        for question in self.questions:
            if question.address in later or self._is_out_of_sight(question):
                continue
            if proved == MOST_PROVED and not question.decides_alone:
                self._matters.setdefault(question.address, "untried")
            if self.matters(question) != "no":
                return question
            proved += question.address not in self.idle_before
        return None

    def matters(self, question: Question) -> Matter:
        """Whether its answer can change an outcome, by itself or together with others."""
        if question.address not in self._matters:
            self._matters[question.address] = self._established(question)
        return self._matters[question.address]

    def possible_of(self, outcomes: Iterable[str]) -> dict[str, Possible]:
        """What outcomes can be that are not asked for."""
        at, asked = self.known.network.at, self.outlook.outcomes
        return {o: possible_of(self.known, at[o], self.looking.memory) for o in outcomes if o not in asked}

    @property
    def idle(self) -> frozenset[str]:
        """The addresses of what is proved unable to matter, here or before, as far as anybody asked."""
        return self.idle_before | {address for address, matter in self._matters.items() if matter == "no"}

    def _established(self, question: Question) -> Matter:
        if question.address in self.idle_before or self._is_out_of_sight(question):
            return "no"
        if question.decides_alone:
            return "alone"
        if len(question.answers) < 2:
            return "no" if question.exact and question.answers else "untried"
        network = self.known.network
        index = network.at[question.address]
        known = Known(network, self.known.values, self.known.standing.without(index))
        pairs = Pairs(known, _outcomes(network), self.looking.memory, TRIED_BUDGET)
        first, *others = (value for value, _ in question.answers)
        for other in reversed(others):  # the last is the most unlike the first, as none of some options and all
            answer = pairs.told_apart(index, first, other)
            if answer is not False:  # it is asked whether it is shown to matter or may, so no other pair is tried
                return "with-others" if answer and question.exact else "untried"
        answer = pairs.told_apart_with_bound(index)
        if answer is not False:
            return "with-others" if answer and question.exact else "untried"
        return "no" if question.exact else "untried"

    def listed(self) -> Iterator[tuple[Question, Matter]]:
        """All questions with how they matter, as far as that is found with few tries."""
        unclear = [q for q in self.questions if not q.decides_alone]
        few = len({_kind(self.known.network, q) for q in unclear}) <= MOST_KINDS
        turned = self._turned if not few else None
        kinds: dict[object, Matter] = {}
        for question in self.questions:
            kind = _kind(self.known.network, question)
            if self._is_out_of_sight(question):
                yield question, "no"
                continue
            if question.decides_alone or turned is not None:
                yield question, "alone" if question.decides_alone else self._shown_by(turned, question)
                continue
            if kind not in kinds:
                kinds[kind] = self.matters(question)
            yield question, kinds[kind]

    def _is_out_of_sight(self, question: Question) -> bool:
        """Whether all that it can change can come to one value alone; what is asked first hardly ever is."""
        return not question.decides_alone and self.known.network.at[question.address] not in self._in_sight

    @cached_property
    def _in_sight(self) -> set[int]:
        """What an outcome may still look at, by all sets: those of the outlook are of no more than it takes."""
        open_ = Reached(self.known, self.looking.memory).of_all()
        return looked_at(self.known.network, self.known.values, open_)

    @cached_property
    def _turned(self) -> Turned:
        """The completions that are known: a witness for every value of an outcome."""
        return Turned(self.known, outcomes_of(self.known, self.looking.memory))

    def _shown_by(self, turned: Turned | None, question: Question) -> Matter:
        """Whether completions that are known show that a clause matters which does not alone."""
        network, answers = self.known.network, [value for value, _ in question.answers]
        if turned is None or not question.exact or len(answers) < 2:
            return "untried"
        return "with-others" if turned.tells_apart(network.at[question.address], answers) else "untried"

    @property
    def open_questions(self) -> int:
        """How many things evidence may still say that nobody has answered or put aside, whether they matter or not."""
        nodes = (n for n in self.known.network.nodes if self.known.values[n.index] is UNKNOWN)
        return sum(n.address not in self.put_aside and self._has_to_be_said(n) for n in nodes)

    def _has_to_be_said(self, node: Node) -> bool:
        """Whether nothing but evidence gives it."""
        match node.subject:
            case Clause():
                return is_for_people(node, self.known.values)
        return _is_given(node)


def inquire(  # noqa: PLR0913, PLR0917 - the evidence, how it is read, and what earlier inquiries leave
    bound: Bound,
    readings: Mapping[str, str] | None = None,
    terms: Terms | None = None,
    put_aside: Collection[str] = frozenset(),
    looking: Looking | None = None,
    idle: frozenset[str] = frozenset(),
) -> Inquiry:
    """What may be asked on some evidence.

    `terms` say what answers cost. `looking` is for one inquiry after another about the same program; `idle` is that of
    an inquiry on a part of this evidence.
    """
    program, looking = bound.program, looking or Looking(bound.program)
    network = network_of(program)
    settled = settle(network, bound, {r.id: r.default for r in program.readings} | dict(readings or {}))
    known, clauses = known_of(bound, settled, looking.memory), settled[1]
    outlook = look(known, looking)
    aside = frozenset(put_aside)
    search = _Search(known, outlook, clauses, terms or Terms(), bound.outdated)
    questions = () if outlook.is_settled else tuple(search.ranked(aside))
    return Inquiry(known, outlook, clauses, questions, aside, looking, idle)


def _outcomes(network: Network) -> tuple[int, ...]:
    return tuple(network.at[o] for o in network.program.outcomes)


def is_for_people(node: Node, values: Sequence[Value]) -> bool:
    """Whether a clause has no condition, be it under the readings at hand, so that it takes somebody's verdict."""
    assert isinstance(node.subject, Clause)
    return node.subject.condition is None or values[node.operands[-1]] == Undefined("attested")


def _is_given(node: Node) -> bool:
    """Whether evidence alone gives it: an input, or a fact without a formula."""
    return isinstance(node.subject, Input) or (isinstance(node.subject, Fact) and node.subject.formula is None)


def _kind(network: Network, question: Question) -> object:
    """Clauses that nothing can tell apart are of one kind: the same nodes look at them, and none has facts."""
    node = network.node(question.address)
    if question.by_override or not isinstance(node.subject, Clause) or node.operands:
        return question.address
    return users_of(network).get(node.index, ())


class _Search:
    """Finds what may be asked, and what its answers leave."""

    def __init__(
        self,
        known: Known,
        outlook: Outlook,
        clauses: Mapping[str, ClauseResult],
        terms: Terms,
        outdated: Mapping[str, tuple[Outdated, ...]],
    ) -> None:
        self._outdated = outdated
        self._known, self._network, self._values = known, known.network, known.values
        self._outlook, self._clauses, self._terms = outlook, clauses, terms
        self._now: Left = tuple(frozenset(p.values) for p in outlook.outcomes.values())
        self._shares: dict[Left, Fraction] = {}
        self._seen = looked_at(self._network, self._values, outlook.open)

    def ranked(self, put_aside: frozenset[str]) -> list[Question]:
        """What may be asked, the most telling for its cost first; of equals the cheapest, then as in the text."""
        nodes = [n for n in (self._network.nodes[i] for i in sorted(self._seen)) if n.address not in put_aside]
        found = [(self._question(n), n.index) for n in nodes if self._is_asked(n, put_aside)]

        def rank(item: tuple[Question, int]) -> tuple[object, ...]:
            question, index = item
            removes, at_least = question.removes or Fraction(0), question.at_least or Fraction(0)
            is_known, cost = question.removes is not None, question.cost
            return (-removes / cost, -at_least / cost, not is_known, cost, self._position[index])

        return [question for question, _ in sorted(found, key=rank)]

    def _is_asked(self, node: Node, put_aside: frozenset[str]) -> bool:
        """Whether somebody can say it; a clause that facts decide where nobody can say these or somebody did before."""
        if isinstance(node.subject, Fact | Input):
            return not self._follows(node, put_aside)
        if not isinstance(node.subject, Clause):
            return False
        if self._is_contested(node.subject) or is_for_people(node, self._values):
            return True
        open_ = tuple(self._open_facts(node))
        asked = {n.address for n in open_ if n.index in self._seen}  # the others change nothing: a division by zero
        return bool(open_) and (asked <= put_aside or node.subject.id in self._outdated)

    def _follows(self, node: Node, put_aside: frozenset[str]) -> bool:
        """Whether something else that is asked for and costs no more gives it, or hides it.

        Either what the formula of a fact lacks, all of it; or a fact that alone looks at it and costs less than all
        that its own formula lacks. What cannot be answered is put aside, and then the other is asked for.
        """
        if node.address.partition(":")[2] in self._outdated:
            return False
        lacks = self._lacks(node, put_aside)
        if lacks and self._cost_of(lacks) <= self._terms.cost(node.address):
            return True
        return self._is_hidden(node, put_aside)

    def _lacks(self, node: Node, put_aside: frozenset[str]) -> tuple[Node, ...]:
        """What the formula of a fact lacks, if all of it may be asked for; () if not, and of what has no formula."""
        if not node.operands or not isinstance(node.subject, Fact):
            return ()
        below = (self._network.nodes[i] for i in open_below(self._network, self._values, node.operands))
        given = tuple(n for n in below if isinstance(n.subject, Clause) or _is_given(n))
        are_asked = all(_is_given(n) and n.index in self._seen and n.address not in put_aside for n in given)
        return given if are_asked else ()

    def _cost_of(self, nodes: Iterable[Node]) -> Fraction:
        return sum((self._terms.cost(n.address) for n in nodes), Fraction(0))

    def _is_hidden(self, node: Node, put_aside: frozenset[str]) -> bool:
        """Whether every way up from it leads through facts that are to be asked for instead."""
        stack, seen, is_hidden = [node.index], {node.index}, False
        while stack:
            below = stack.pop()
            users = self._users.get(below, ())
            if not users or below in self._asked_of:
                return False
            for user in users:
                if self._is_cheaper(user, put_aside):
                    is_hidden = True
                elif user not in seen:
                    seen.add(user)
                    stack.append(user)
        return is_hidden

    @cached_property
    def _asked_of(self) -> frozenset[int]:
        """The outcomes: whatever leads to one matters by itself, whoever else looks at it."""
        return frozenset(_outcomes(self._network))

    def _is_cheaper(self, index: int, put_aside: frozenset[str]) -> bool:
        """Whether this is a fact that costs less than all that its formula lacks."""
        node = self._network.nodes[index]
        if node.address in put_aside:
            return False
        lacks = self._lacks(node, put_aside)
        return bool(lacks) and self._terms.cost(node.address) < self._cost_of(lacks)

    def _is_contested(self, clause: Clause) -> bool:
        return is_contested(self._clauses[clause.id])

    def _open_facts(self, node: Node) -> Iterator[Node]:
        below = open_below(self._network, self._values, node.operands)
        return (n for n in (self._network.nodes[i] for i in below) if isinstance(n.subject, Fact | Input))

    def _question(self, node: Node) -> Question:
        answers, exact = self._answers(node)
        exact = exact and all(p.exact for p in self._outlook.outcomes.values())
        left = [self._share(sets) for sets in {sets: None for _, sets in answers}]
        if not exact and all(share == 1 for share in left):
            left = []  # an enclosure that stays as it is does not say that nothing is removed
        return Question(
            node.address,
            tuple(answers),
            exact,
            1 - sum(left, Fraction(0)) / len(left) if left else None,
            1 - max(left) if left else None,
            self._terms.cost(node.address),
            isinstance(node.subject, Clause) and self._is_contested(node.subject),
            self._outdated.get(node.address.partition(":")[2], ()),
        )

    def _share(self, left: Left) -> Fraction:
        """What is left of the width of the outcomes that are open, in the mean."""
        if left not in self._shares:
            self._shares[left] = self._mean_share(left)
        return self._shares[left]

    def _mean_share(self, left: Left) -> Fraction:
        shares = [share_left(now, then) for now, then in zip(self._now, left, strict=True) if len(now) > 1]
        return sum(shares, Fraction(0)) / len(shares) if shares else Fraction(0)

    # --- what answers leave ------------------------------------------------------------------------------------------

    def _answers(self, node: Node) -> tuple[list[tuple[Value, Left]], bool]:
        """A value for each kind of answer and what it leaves, and whether just that; none where none were tried."""
        under = self._outlook.under(node.index)
        if under is None:
            return self._through_others(node)
        if ANY in under:
            return [], False
        return list(_possible(under.items())), node.index not in self._outlook.enclosed

    def _through_others(self, node: Node) -> tuple[list[tuple[Value, Left]], bool]:
        """The same of a fact that one comparison stands for: what the comparison comes to under its values."""
        heads = self._heads(node.index)
        values = self._domains.tried(node) if isinstance(node.subject, Fact | Input) else ()
        if len(heads) != 1 or ANY in values:
            return [], False
        (head,) = heads
        under, exact = self._outlook.under(head) or {}, head not in self._outlook.enclosed
        answers: list[tuple[Value, Left | None]] = []
        for value in values:
            then = relift(self._network, self._values, {node.index: value})[head]
            exact = exact and then is not UNKNOWN
            answers.append((value, self._any_of(under.values()) if then is UNKNOWN else under.get(then)))
        return list(_possible((value, left) for value, left in answers if left is not None)), exact

    def _heads(self, index: int) -> set[int]:
        """The nearest nodes above one of which it is known what their values leave."""
        met = met_above(self._users, index, lambda i: self._outlook.under(i) is None)
        return {i for i in met if self._outlook.under(i) is not None}

    def _any_of(self, lefts: Iterable[Left]) -> Left:
        return tuple(frozenset[Value]().union(*sets) for sets in zip(*lefts, strict=True))

    @cached_property
    def _domains(self) -> Domains:
        return Domains(self._network, self._values, _outcomes(self._network))

    @cached_property
    def _users(self) -> Mapping[int, tuple[int, ...]]:
        nodes, values = self._network.nodes, self._values
        return users_among((i, live_operands(nodes[i], values)) for i in sorted(self._seen))

    @cached_property
    def _position(self) -> dict[int, tuple[int, int, int]]:
        """Where each open node first counts: what an outcome looks at itself, then clause by clause, facts first."""
        first: dict[int, int] = {}
        for index in sorted(self._seen, reverse=True):
            node = self._network.nodes[index]
            mine = self._network.clause_position[node.subject.id] if isinstance(node.subject, Clause) else None
            above = [first[u] for u in self._users.get(index, ()) if u in first]
            first[index] = mine if mine is not None else min(above, default=-1)
        return {i: (p, isinstance(self._network.nodes[i].subject, Clause), i) for i, p in first.items()}


def _possible(answers: Iterable[tuple[Value, Left]]) -> Iterator[tuple[Value, Left]]:
    """Without the answers that no completion has."""
    return ((value, left) for value, left in answers if all(left))
