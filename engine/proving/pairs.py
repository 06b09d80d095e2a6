"""Pairs of subjects that differ in one clause alone: it applies, and is unsatisfied in one, satisfied in the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from guiju.compiler.ir import Clause, Verdict
from guiju.engine.evaluate import Assessment
from guiju.engine.kinds import undefined_of
from guiju.engine.possible import Known
from guiju.engine.proving.claim import Asked, Ground, Side
from guiju.engine.proving.question import Gave, Judge, judge, judged
from guiju.engine.reasoning.twins import twin_of

#: whether two values of an outcome, without and with the clause, are what is asked for
Between = Callable[[object, object], bool]


def sides_of(ground: Ground, clause: str) -> tuple[Side, Side]:
    """The subject with the clause not satisfied, and with it satisfied, be its own facts what they may."""
    program, readings = ground.program, ground.assessment.readings
    unsatisfied, satisfied = (
        Side(program, readings, (clause, verdict)) for verdict in (Verdict.UNSATISFIED, Verdict.SATISFIED)
    )
    return unsatisfied, satisfied


def asked_of_pairs(
    ground: Ground, clause: str, outcomes: tuple[str, ...], judgements: tuple[tuple[str, Between], ...]
) -> Iterator[Asked | Gave]:
    """Whether there is a pair of subjects between which an outcome changes so; one question for each of both.

    Where no outcome stands on the clause, that is an answer, too.
    """
    network, known = ground.assessment.network, ground.known
    index = network.at[f"clause:{clause}"]
    standing = known.standing.without(index)
    targets = tuple(network.at[o] for o in outcomes)
    twin = twin_of(replace(known, standing=standing), index, (Verdict.UNSATISFIED, Verdict.SATISFIED), targets)
    if (open_ := _left_to_people(twin.known, len(network.nodes))) is not None:
        yield Gave("sweep", "decided-by-the-clause", open_)
        return
    applies = network.nodes[index].operands[:1] if ground.program.clause[clause].applies is not None else ()
    if not twin.differing:
        yield Asked(judged(known, "never", (), judge(lambda: False)), known, lambda _: False)
    for differing in twin.differing:
        pair = twin.known.network.nodes[differing].operands
        for symbol, between in judgements:
            made = _judgement(between, symbol, bool(applies))
            question = judged(twin.known, f"judged:{symbol}", (*applies, *pair), made)
            yield Asked(question, known, _shows(network.nodes[pair[0]].address, between))


def _judgement(between: Between, symbol: str, applies: bool) -> Judge:
    if applies:
        return judge(lambda where, one, other: where is True and between(one, other), symbol)
    return judge(between, symbol)


def _shows(outcome: str, between: Between) -> Callable[[tuple[Assessment, ...]], bool]:
    return lambda sides: between(sides[0].value(outcome), sides[1].value(outcome))


def _left_to_people(known: Known, first_copy: int) -> str | None:
    """A clause above the one in question that people may decide: the twofold network would let them say two things."""
    for node in known.network.nodes[first_copy + 1 :]:  # the first is the clause itself
        if isinstance(node.subject, Clause) and any(undefined_of(known.kinds.of(o)) for o in node.operands):
            return node.subject.id
    return None
