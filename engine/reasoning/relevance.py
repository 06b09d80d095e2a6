"""Which of the things that are unknown matter, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Literal as Word

from guiju.compiler.ir import (
    ABSENT,
    UNKNOWN,
    Cases,
    Clause,
    Fact,
    Input,
    OptionType,
    TruthType,
    Value,
    Verdict,
)
from guiju.engine.ages import Outdated
from guiju.engine.domains import ANY, Domains
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Network, Node, applicability, live_operands, network_of, open_below, users_of
from guiju.engine.possible import Known, Possible
from guiju.engine.reachable import Memory, outcomes_of, relift
from guiju.engine.reasoning.turned import Turned
from guiju.engine.reasoning.twins import Pairs
from guiju.engine.verdicts import EITHER, ClauseResult, contested_verdicts, is_beyond_facts, is_contested

MOST_TRIED = 16  # kinds of clauses that rules can tell apart
TRIED_BUDGET = 4_000  # combinations of each try

#: `alone`: what it comes to changes what an outcome can be; `with-others`: it does not, but some two completions
#: that differ in it alone have different outcomes; `no`: no two such have; `untried`: none of this was proved
Matter = Word["alone", "with-others", "untried", "no"]


@dataclass(frozen=True)
class Unknown:
    """An undecided clause, whether it matters, and the values of an outcome under each verdict where that was tried.

    The outcome is the first of which these differ, or else the first. The values under a verdict are those where the
    clause is decided so, as by an override, be its facts what they may, without those that no completion comes to;
    none under a verdict that it cannot come to.
    """

    result: ClauseResult
    matters: Matter
    outcome: str = ""
    if_satisfied: frozenset[Value] = frozenset()
    if_unsatisfied: frozenset[Value] = frozenset()
    if_not_applicable: frozenset[Value] = frozenset()


def unknowns(assessment: Assessment) -> tuple[Unknown, ...]:
    """Every undecided clause, in the order of the text."""
    network = network_of(assessment.program)
    if not assessment.program.outcomes:  # nothing for it to matter to, so nothing is proved
        return tuple(Unknown(r, "untried") for r in assessment.undecided)
    if all(assessment.is_settled(o) for o in assessment.program.outcomes):
        return tuple(Unknown(r, "no") for r in assessment.undecided)
    below = looked_at(network, assessment.values, assessment.open)
    relevant = [r for r in assessment.undecided if network.at[f"clause:{r.clause}"] in below]
    memory: Memory = {}
    turned = Turned(assessment.known, {o: assessment.possible(o) for o in assessment.program.outcomes})
    alike: dict[tuple[object, ...], list[ClauseResult]] = {}
    for result in relevant:
        alike.setdefault(_likeness(assessment, result), []).append(result)
    found: dict[str, Unknown] = {}
    for results in alike.values():
        one = (
            _turned(assessment, results[0], turned) if len(alike) > MOST_TRIED else _try(assessment, results[0], memory)
        )
        found |= {r.clause: replace(one, result=r) for r in results}
    found |= _through_facts(assessment, found, memory)
    return tuple(found.get(r.clause, Unknown(r, "no")) for r in assessment.undecided)


def _through_facts(assessment: Assessment, found: Mapping[str, Unknown], memory: Memory) -> dict[str, Unknown]:
    """Those of the clauses that cannot matter each by itself which may together, by facts that they share."""
    at = assessment.network.at
    idle = {at[f"clause:{clause}"]: u for clause, u in found.items() if u.matters == "no"}
    shown = _pairs(assessment.known, memory).told_apart_through_facts(idle)
    return {idle[i].result.clause: replace(idle[i], matters=_SHOWN[answer]) for i, answer in shown.items()}


def looked_at(network: Network, values: Sequence[Value], open_: Mapping[int, Possible]) -> set[int]:
    """The open nodes that an open outcome may still look at: what can have one value only hides what is below it."""
    outcomes = [network.at[o] for o in network.program.outcomes]
    return open_below(network, narrowed(network, values, open_, outcomes), outcomes)


def narrowed(
    network: Network, values: Sequence[Value], open_: Mapping[int, Possible], targets: Sequence[int]
) -> list[Value]:
    """The values, with what every completion agrees on below some targets taken as known.

    What a lifted gate would be while undecided is left as it is: no completion looks at it, so none agrees on it.
    """
    undecided = {
        n.operands[-1] for n in network.nodes if isinstance(n.subject, Cases) and n.subject.undecided is not None
    }
    seen = open_below(network, values, targets, undecided)
    possible = {i: open_[i] for i in (seen - undecided) & open_.keys()}
    agreed = {i: p.values[0] for i, p in possible.items() if len(p.values) == 1 and p.values[0] != ANY}
    return relift(network, values, agreed)


def _likeness(assessment: Assessment, result: ClauseResult) -> tuple[object, ...]:
    """Clauses that no rule can tell apart: used by the same nodes, and nothing but a verdict missing."""
    clause: Clause = assessment.program.clause[result.clause]
    if clause.condition is not None or clause.applies is not None or result.reason not in ("missing", "unconfirmed"):
        return (clause.id,)
    return (users_of(assessment.network)[assessment.network.at[f"clause:{clause.id}"]],)


@dataclass(frozen=True)
class _Tried:
    """What every outcome can be under each value of something."""

    outcomes: tuple[str, ...]
    cases: tuple[tuple[Value, Mapping[str, Possible]], ...]

    def under(self, outcome: str) -> dict[Value, frozenset[Value]]:
        """The values of one outcome under each; none under what something stated rules out."""
        found: dict[Value, frozenset[Value]] = {}
        for value, possible in self.cases:
            found[value] = found.get(value, frozenset()) | frozenset(possible[outcome].values)
        return found

    def is_exact(self, outcome: str) -> bool:
        return all(possible[outcome].exact for _, possible in self.cases)

    @property
    def telling(self) -> str | None:
        """The first outcome that is shown not to be the same under all values."""
        differing = (o for o in self.outcomes if len({f for f in self.under(o).values() if f}) > 1)
        return next((o for o in differing if self.is_exact(o)), None)


def _try(assessment: Assessment, result: ClauseResult, memory: Memory) -> Unknown:
    """What the outcomes can be where the clause comes to each verdict."""
    network, program = assessment.network, assessment.program
    index = network.at[f"clause:{result.clause}"]
    standing = assessment.known.standing.without(index)
    cases: list[tuple[Value, Mapping[str, Possible]]] = []
    for given in _cases_of(assessment, result):
        case = relift(network, assessment.values, given) if given else assessment.values
        for verdict in _verdicts(assessment, result, case):
            known = Known(network, relift(network, case, {index: verdict}), standing)
            cases.append((verdict, outcomes_of(known, memory, TRIED_BUDGET)))
    may = assessment.open.get(index)
    reached = may is None or may.exact  # of an enclosure it is not known that the clause comes to each
    tried = _Tried(program.outcomes, tuple(cases))
    telling = tried.telling if reached else None
    outcome = telling or program.outcomes[0]
    found = tried.under(outcome)
    possible = assessment.possible(outcome)
    reachable = None if possible.bounded else frozenset(possible.values)
    sets = tuple(_within(found.get(verdict, frozenset()), reachable) for verdict in Verdict)
    if telling:
        return Unknown(result, "alone", outcome, *sets)
    known = Known(network, assessment.values, standing)
    matters = _not_alone(known, index, _verdicts(assessment, result, assessment.values), memory)
    matters = "untried" if matters == "with-others" and not reached else matters
    return Unknown(result, matters, outcome, *(sets if matters == "with-others" and tried.is_exact(outcome) else ()))


def _turned(assessment: Assessment, result: ClauseResult, turned: Turned) -> Unknown:
    """Whether completions that are known show that a clause matters, and that it does not alone."""
    index, first = assessment.network.at[f"clause:{result.clause}"], assessment.program.outcomes[0]
    verdicts = _verdicts(assessment, result, assessment.values)
    may = assessment.open.get(index)
    if (may is None or may.exact) and turned.tells_apart(index, verdicts) and turned.leaves_all(index, verdicts):
        possible = frozenset(assessment.possible(first).values)
        return Unknown(result, "with-others", first, *(possible if v in verdicts else frozenset() for v in Verdict))
    return Unknown(result, "untried")


def _within(values: frozenset[Value], reachable: frozenset[Value] | None) -> frozenset[Value]:
    """Without what an override alone would lead to, against the facts that the clause shares with others."""
    return values if reachable is None else values & reachable


def idle(assessment: Assessment, target: int, open_: Iterable[int]) -> frozenset[int]:
    """Those of some open clauses, facts and inputs that are proved to make no difference to a node."""
    network, known = assessment.network, assessment.known
    below = open_below(network, narrowed(network, assessment.values, assessment.open, (target,)), (target,))
    memory: Memory = {}
    alike: dict[object, list[int]] = {}
    for index in sorted(below.intersection(open_)):
        subject = network.nodes[index].subject
        kind = _likeness(assessment, assessment.clauses[subject.id]) if isinstance(subject, Clause) else index
        alike.setdefault(kind, []).append(index)
    found = set(open_) - below
    turned = Turned(
        known, {network.nodes[target].address: assessment.open[target]} if target in assessment.open else {}
    )
    for one, *others in alike.values() if len(alike) <= MOST_TRIED else ():
        values = _can_come_to(assessment, network.nodes[one], target)
        if isinstance(network.nodes[one].subject, Clause) and turned.tells_apart(one, values):
            continue
        pairs = _pairs(replace(known, standing=known.standing.without(one)), memory, (target,))
        if len(values) > 1 and pairs.is_idle(one, values):
            found.update((one, *others))
    clauses = [i for i in found & below if isinstance(network.nodes[i].subject, Clause)]
    return frozenset(found.difference(_pairs(known, memory, (target,)).told_apart_through_facts(clauses)))


def _can_come_to(assessment: Assessment, node: Node, target: int) -> tuple[Value, ...]:
    """What an open clause can come to, an input or a fact, or a value for each kind of these; none where not known."""
    if isinstance(node.subject, Clause):
        return _verdicts(assessment, assessment.clauses[node.subject.id], assessment.values)
    options = _options(node.subject) or _kinds_of_value(assessment, node, target)
    return options if len(options) <= MOST_TRIED else ()


#: what it says of something that does not decide by itself whether a pair of completions is told apart
_SHOWN: Mapping[bool | None, Matter] = {True: "with-others", None: "untried", False: "no"}


def _not_alone(known: Known, index: int, values: Sequence[Value], memory: Memory) -> Matter:
    """Whether what does not decide by itself decides with others: whether any two of its values make a difference."""
    return _SHOWN[_pairs(known, memory).makes_a_difference(index, values)]


def _pairs(known: Known, memory: Memory, targets: Iterable[int] = ()) -> Pairs:
    """Pairs of completions that the outcomes may tell apart, or other targets."""
    outcomes = (known.network.at[o] for o in known.network.program.outcomes)
    return Pairs(known, tuple(targets) or tuple(outcomes), memory, TRIED_BUDGET)


def _cases_of(assessment: Assessment, result: ClauseResult) -> list[dict[int, Value]]:
    """The ways to settle what says whether a clause applies, where they are few."""
    network = assessment.network
    if assessment.program.clause[result.clause].applies is None:
        return [{}]
    applies = network.node(f"clause:{result.clause}").operands[0]
    leaves = [network.at[_address(subject)] for subject in _open_leaves(assessment, (applies,))]
    options = [_options(network.nodes[leaf].subject) for leaf in leaves]
    if not leaves or not 0 < prod(len(o) for o in options) <= MOST_TRIED:
        return [{}]
    return [dict(zip(leaves, chosen, strict=True)) for chosen in product(*options)]


def _verdicts(assessment: Assessment, result: ClauseResult, values: Sequence[Value]) -> tuple[Verdict, ...]:
    """What a clause can come to; not applicable where that is open, in dispute, or undefined."""
    clause, network = assessment.program.clause[result.clause], assessment.network
    contested = contested_verdicts(result, clause, applicability(network, clause, assessment.values))
    if contested and is_beyond_facts(result):
        return contested
    applies = applicability(network, clause, values)
    if applies is False:
        return (Verdict.NOT_APPLICABLE,)
    return contested or (EITHER if applies is True else tuple(Verdict))


def _address(subject: Fact | Input) -> str:
    return f"{'fact' if isinstance(subject, Fact) else 'input'}:{subject.id}"


def takes_part(assessment: Assessment, group: str) -> bool:
    """Whether the weights leave a group in; a group without a weight of its own follows those above it."""
    return left_out_by(assessment, group) is None


def left_out_by(assessment: Assessment, group: str) -> str | None:
    """The weight by which a group takes no part, its own or that of one above it."""
    program = assessment.program
    weights = (f"weight:{g}" for g in program.ancestors(group))
    return next((w for w in weights if w in program.definition and assessment.value(w) is ABSENT), None)


# --- what is lacking -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lack:
    """Something that evidence could still give: a fact, an input or ("attestation") somebody's verdict.

    `instead`: the facts that would give a fact by its formula; stating it alone is enough.
    """

    name: str
    instead: tuple[str, ...] = ()


ATTESTATION = Lack("attestation")


def lacking(assessment: Assessment, result: ClauseResult) -> tuple[Lack, ...]:
    """What would decide a clause that nobody has decided."""
    if result.verdict is not UNKNOWN or is_contested(result):
        return ()
    network, clause = assessment.network, assessment.program.clause[result.clause]
    found = tuple(_lacks(assessment, network.node(f"clause:{clause.id}").operands))
    return found if found and clause.condition is not None else (*found, ATTESTATION)


def _lacks(assessment: Assessment, below: Iterable[int]) -> Iterator[Lack]:
    """The open facts and inputs at or below some nodes; not those that serve an open fact only."""
    for subject in _open_leaves(assessment, below, helpful=True):
        if isinstance(subject, Fact) and subject.formula is not None:
            formula = assessment.network.node(f"fact:{subject.id}").operands
            helps = not _has_no_value(assessment, formula[0])
            yield Lack(subject.id, tuple(lack.name for lack in _lacks(assessment, formula)) if helps else ())
        else:
            yield Lack(subject.id)


#: the forms that have no value where one of their parts has none
_UNDEFINED_WITH_A_PART = frozenset(["+", "-", "*", "/", "reference", "<", "<=", "=", "!=", ">=", ">"])


def _has_no_value(assessment: Assessment, formula: int) -> bool:
    """Whether something divides by a known zero, so that nothing that is still open can give it a value."""
    stack = [formula]
    while stack:
        node = assessment.network.nodes[stack.pop()]
        symbol = node.form.symbol if node.form else ""
        if symbol == "/" and assessment.values[node.operands[1]] == 0:
            return True
        if symbol in _UNDEFINED_WITH_A_PART:
            stack.extend(o for o in node.operands if assessment.values[o] is UNKNOWN)
    return False


def _open_leaves(assessment: Assessment, below: Iterable[int], *, helpful: bool = False) -> Iterator[Fact | Input]:
    """The open facts and inputs below some nodes; if they are to help, not those of what they can give no value."""
    stack, seen = list(below)[::-1], set()
    while stack:
        index = stack.pop()
        node: Node = assessment.network.nodes[index]
        if index in seen or assessment.values[index] is not UNKNOWN:
            continue
        seen.add(index)
        if helpful and not isinstance(node.subject, Fact) and _has_no_value(assessment, index):
            continue
        if isinstance(node.subject, Fact | Input):
            yield node.subject
        elif not isinstance(node.subject, Clause):
            stack.extend(reversed(live_operands(node, assessment.values)))


def outdated(assessment: Assessment, result: ClauseResult) -> tuple[Outdated, ...]:
    """The expired evidence of a clause and of the facts that it lacks."""
    names = [result.clause, *(n for lack in lacking(assessment, result) for n in (lack.name, *lack.instead))]
    return tuple(dict.fromkeys(r for n in names for r in assessment.bound.outdated.get(n, ())))


def given_before(assessment: Assessment, result: ClauseResult) -> tuple[Lack, ...]:
    """What evidence gives for a clause, a verdict on it or facts that it lacks, and counts no longer."""
    expired, lacks = assessment.bound.expired, lacking(assessment, result)
    facts = (lack for lack in lacks if not expired.isdisjoint((lack.name, *lack.instead)))
    is_asked = result.clause in expired and not result.is_left_open  # an override that ended is told by itself
    return (*((ATTESTATION,) if is_asked else ()), *(lack for lack in facts if lack != ATTESTATION))


@dataclass(frozen=True)
class OpenValue:
    """An open fact or input that an outcome looks at, and an outcome under each value that it can have, where tried.

    The outcome is the first of which these differ, or else the first. Of numbers and sets no values are listed: each
    that is tried stands for all that no comparison tells from it.
    """

    lack: Lack
    matters: Matter
    outcome: str = ""
    under: tuple[tuple[Value, frozenset[Value]], ...] = ()


def open_values(assessment: Assessment) -> tuple[OpenValue, ...]:
    """The open facts and inputs that an open outcome looks at itself, and not only through clauses."""
    memory: Memory = {}
    return tuple(_try_values(assessment, lack, memory) for lack in _open_lacks(assessment))


def _try_values(assessment: Assessment, lack: Lack, memory: Memory) -> OpenValue:
    network, outcomes = assessment.network, assessment.program.outcomes
    index = next(network.at[a] for a in (f"fact:{lack.name}", f"input:{lack.name}") if a in network.at)
    named = _options(network.nodes[index].subject)
    options = named or _kinds_of_value(assessment, network.nodes[index])
    if not 0 < len(options) <= MOST_TRIED:
        return OpenValue(lack, "untried")
    known = (replace(assessment.known, values=relift(network, assessment.values, {index: o})) for o in options)
    tried = _Tried(outcomes, tuple((o, outcomes_of(k, memory)) for o, k in zip(options, known, strict=True)))
    outcome = tried.telling or outcomes[0]
    under = tuple((option, found) for option, found in tried.under(outcome).items() if found and named)
    if tried.telling:
        return OpenValue(lack, "alone", outcome, under)
    matters = _not_alone(assessment.known, index, options, memory)
    return OpenValue(lack, matters, outcome, under)


def _options(subject: object) -> tuple[Value, ...]:
    """Every value of what has few: yes and no, or the options; none of numbers and sets."""
    match subject:
        case Fact(type=TruthType()):
            return (True, False)
        case Input(type=OptionType(options=options)) | Fact(type=OptionType(options=options)):
            return options
    return ()


def _kinds_of_value(assessment: Assessment, node: Node, *targets: int) -> tuple[Value, ...]:
    """A value on each threshold of an open number and one between, or the sets that are told apart; none if unknown.

    A computed number has none: its formula may not give all of them.
    """
    if not isinstance(node.subject, Fact) or node.operands:
        return ()
    network, known = assessment.network, assessment.known
    asked = (o for one in known.standing.attested for o in one.operands)
    outcomes = (network.at[o] for o in network.program.outcomes)
    domains = Domains(network, assessment.values, (*outcomes, *asked, *targets))
    values = domains.tried(node)
    return () if ANY in values else values


def _open_lacks(assessment: Assessment) -> tuple[Lack, ...]:
    """The open facts and inputs that an open outcome looks at itself, and not only through clauses."""
    network = assessment.network
    open_ = [network.at[o] for o in assessment.program.outcomes if not assessment.is_settled(o)]
    return tuple(dict.fromkeys(_lacks(assessment, open_)))
