"""The laws of asking as plain functions, as those in `laws.py`: what an answer leaves, what is asked, where it ends.

Brute force stands against it: every completion that `oracle.py` finds is an interviewee who knows everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from guiju.compiler import ir
from guiju.compiler.graph import dependencies
from guiju.compiler.ir import UNKNOWN, Program, Value, Verdict
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.asking.outlook import Looking
from guiju.engine.reasoning.asking.questions import Inquiry, Question, inquire
from guiju.engine.reasoning.planning.changes import Terms
from tests.engine.laws import Check, bound_to, covers, with_facts, with_inputs, with_verdict, worlds_of
from tests.engine.oracle import Oracle, World

SHOWN = ("alone", "with-others")  # shown to matter


def said(world: World, question: Question) -> Value:
    """What somebody who knows a completion answers; UNKNOWN of what has no value there."""
    kind, _, id_ = question.address.partition(":")
    value = world.inputs[id_] if kind == "input" else world.fact(id_) if kind == "fact" else world.clause(id_)
    return UNKNOWN if isinstance(value, ir.Undefined | ir.Special) else value


def answered(program: Program, evidence: Evidence, question: Question, value: Value) -> Evidence:
    """The evidence with one answer more: a clause that only an override decides is overridden, others attested."""
    kind, _, id_ = question.address.partition(":")
    if kind == "fact":
        return with_facts(program, evidence, {id_: value})
    if kind == "input":
        return with_inputs(evidence, {id_: str(value)})
    assert isinstance(value, Verdict)
    return with_verdict(evidence, id_, value, "override" if question.by_override else "assessor")


def interview(
    program: Program, evidence: Evidence, world: World, terms: Terms | None = None, knows: Callable[[str], bool] = bool
) -> Iterator[tuple[Evidence, Inquiry]]:
    """Each state of an interview: the evidence so far, and where the inquiry stands; the last one has nothing to ask.

    `knows`: whether the interviewee can answer what is at an address.
    """
    looking, aside = Looking(program), set[str]()
    while True:
        inquiry = inquire(bound_to(program, evidence), terms=terms, put_aside=aside, looking=looking)
        yield evidence, inquiry
        if inquiry.is_settled or inquiry.next is None:
            return
        value = said(world, inquiry.next) if knows(inquiry.next.address) else UNKNOWN
        if value is UNKNOWN:
            aside.add(inquiry.next.address)
        else:
            evidence = answered(program, evidence, inquiry.next, value)


def interviewees(program: Program, evidence: Evidence) -> list[World]:
    """Some completions: the first, one from the middle, the last."""
    worlds = worlds_of(Oracle(bound_to(program, evidence), most=60))
    return [worlds[i] for i in sorted({0, len(worlds) // 2, len(worlds) - 1})] if worlds else []


def check_an_interview_ends_where_every_answer_would_lead(program: Program, evidence: Evidence) -> None:
    """Whoever answers in the order asked ends with the outcome of all that he knows."""
    for world in interviewees(program, evidence):
        *_, (_, inquiry) = interview(program, evidence, world)
        for outcome, possible in inquiry.outlook.outcomes.items():
            assert covers(possible.values, world.definition(outcome)), outcome
            assert not possible.exact or len(possible.values) == 1 or inquiry.put_aside, outcome


def check_a_fact_or_what_its_formula_lacks_is_asked_whoever_answers(program: Program, evidence: Evidence) -> None:
    """Whatever each costs, who knows no fact that a formula gives, or all of them, ends where he would anyway.

    And never are both a fact and all that its formula lacks asked for, where nothing else looks at that.
    """
    computed = {f"fact:{f.id}": _named_in(program, f.formula) for f in program.facts if f.formula is not None}
    dear, cheap = (Terms({a: Fraction(cost) for a in computed}) for cost in ("7", "1/7"))
    for world in interviewees(program, evidence)[:1] if computed else ():
        for terms, knows in ((dear, bool), (cheap, bool), (cheap, lambda address: address not in computed)):
            for _, inquiry in interview(program, evidence, world, terms, knows):
                _is_asked_either_way(inquiry, computed)
            for outcome, possible in inquiry.outlook.outcomes.items():
                assert covers(possible.values, world.definition(outcome)), outcome
                assert not possible.exact or len(possible.values) == 1 or inquiry.put_aside, outcome


def _is_asked_either_way(inquiry: Inquiry, computed: Mapping[str, frozenset[str]]) -> None:
    network, values = inquiry.known.network, inquiry.known.values
    asked = {q.address for q in inquiry.questions if not q.outdated}
    for fact, names in computed.items():
        lacks = {a for a in names if a in network.at and values[network.at[a]] is UNKNOWN}
        is_plain = all(a.startswith("fact:") and a not in computed for a in lacks)
        if fact in asked and lacks and is_plain:
            assert not (lacks <= asked and all(_only_user(inquiry.program, a) == fact for a in lacks)), fact


def _only_user(program: Program, address: str) -> str | None:
    """The one fact whose formula has the fact at an address, if nothing else has it."""
    users = {d.user for d in dependencies(program) if d.used == address}
    return users.pop() if len(users) == 1 else None


def _named_in(program: Program, formula: ir.Expression) -> frozenset[str]:
    owner = next(f"fact:{f.id}" for f in program.facts if f.formula is formula)
    return frozenset(d.used for d in dependencies(program) if d.user == owner)


def check_nothing_is_asked_that_cannot_matter(program: Program, evidence: Evidence) -> None:
    """Of each question asked some two completions show that its answer can make a difference, where all can be tried."""
    for world in interviewees(program, evidence)[:1]:
        idle = set[str]()
        for told, inquiry in interview(program, evidence, world):
            again = [q.address for q in inquiry.questions if q.address in idle and inquiry.matters(q) in SHOWN]
            assert not again, "what was proved idle stays so however much is answered"
            question = inquiry.next
            idle |= inquiry.idle
            if inquiry.is_settled or question is None or inquiry.matters(question) == "untried":
                continue
            worlds = worlds_of(Oracle(bound_to(program, told), most=60))
            if worlds and _is_exhaustive(program, told):
                assert _tells_apart(worlds, question), question.address


def _is_exhaustive(program: Program, evidence: Evidence) -> bool:
    """Whether the oracle tries every value: no number is open, and nothing is stated over open facts."""
    bound = bound_to(program, evidence)
    numbers = any(isinstance(f.type, ir.NumberType) and f.id not in bound.facts for f in program.facts)
    return not numbers


def _tells_apart(worlds: list[World], question: Question) -> bool:
    """Whether some completions that differ in one answer, or all of those under it, have different outcomes."""
    program = worlds[0].oracle.program
    leads_to: dict[object, set[tuple[Value, ...]]] = {}
    for world in worlds:
        outcomes = tuple(world.definition(o) for o in program.outcomes)
        leads_to.setdefault(said(world, question), set()).add(outcomes)
    if len({frozenset(found) for found in leads_to.values()}) > 1:
        return True
    keyed = [(_beside(w, question), said(w, question), [w.definition(o) for o in program.outcomes]) for w in worlds]
    return any(a[0] == b[0] and a[1] != b[1] and a[2] != b[2] for a, b in combinations(keyed, 2))


def _beside(world: World, question: Question) -> object:
    """A completion without what is asked."""
    kind, _, id_ = question.address.partition(":")
    facts = frozenset((f, v) for f, v in world.facts.items() if (kind, f) != ("fact", id_))
    inputs = frozenset((i, v) for i, v in world.inputs.items() if (kind, i) != ("input", id_))
    clauses = frozenset((c, v) for c, v in world.chosen.items() if (kind, c) != ("clause", id_))
    return facts, inputs, clauses


def check_an_answer_leaves_what_it_is_said_to_leave(program: Program, evidence: Evidence) -> None:
    """Under each answer the outcomes are those of the completions in which it is so: none is missing, none too much."""
    bound = bound_to(program, evidence)
    inquiry = inquire(bound)
    worlds = worlds_of(Oracle(bound, most=60))
    for question in inquiry.questions if worlds else ():
        found = _left_by(program, worlds, question)
        told = dict(question.answers)
        for value, left in found.items():
            if value not in told:
                continue  # a number of another sample
            for place, outcomes in enumerate(left):
                assert all(covers(tuple(told[value][place]), v) for v in outcomes), (question.address, value)
        if question.exact and _is_exhaustive(program, evidence):
            for value, left in told.items():
                assert found.get(value) == left, (question.address, value)


def _left_by(program: Program, worlds: list[World], question: Question) -> dict[Value, tuple[frozenset[Value], ...]]:
    found: dict[Value, list[set[Value]]] = {}
    for world in worlds:
        sets = found.setdefault(said(world, question), [set() for _ in program.outcomes])
        for outcomes, outcome in zip(sets, program.outcomes, strict=True):
            outcomes.add(world.definition(outcome))
    return {value: tuple(map(frozenset, sets)) for value, sets in found.items()}


LAWS: tuple[Check, ...] = (
    check_an_answer_leaves_what_it_is_said_to_leave,
    check_an_interview_ends_where_every_answer_would_lead,
    check_nothing_is_asked_that_cannot_matter,
)
