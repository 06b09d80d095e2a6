"""Laws of comparing: causes against every mixture of two evidences, editions against all subjects one by one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from itertools import combinations, product
from random import Random
from typing import Any
from zlib import crc32

from guiju.compiler import ir
from guiju.compiler.ir import Program, Value
from guiju.engine.bind import bind
from guiju.engine.evaluate import evaluate
from guiju.engine.evidence import Attestation, Evidence, StatedFact, StatedValue
from guiju.engine.reasoning.comparing import because
from guiju.engine.reasoning.comparing.because import Because
from guiju.engine.reasoning.comparing.difference import Cause, Effect, difference_between, seen_in
from guiju.engine.reasoning.editions import deciding as editions
from guiju.engine.reasoning.editions.deciding import Agreement, Witness
from guiju.engine.reasoning.editions.subject import bound_leniently
from tests.engine.oracle import Oracle, TooManyCompletionsError, World
from tests.engine.strategies import SPAN, compiled, quantity

LATER = datetime(2026, 3, 1, tzinfo=UTC)
MOST_CHANGES, MOST_SUBJECTS, BUDGET = 4, 1_500, 20_000
NOTHING = Evidence(subject="nobody", span=SPAN)

# --- causes --------------------------------------------------------------------------------------------------------


def check_the_causes_named_give_the_difference(program: Program, evidence: Evidence) -> None:
    """Of each effect exactly the smallest sets are told that give it by themselves, and exactly what it needs."""
    other = otherwise(program, evidence, Random(crc32(program.span.source.text.encode())))
    before, after = (evaluate(bind(program, e)[0]) for e in (evidence, other))
    difference = difference_between(before, after)
    causes = difference.causes
    seen = {
        chosen: seen_in(evaluate(bind(program, mixed(evidence, other, chosen))[0]))
        for size in range(len(causes) + 1)
        for chosen in combinations(causes, size)
    }

    def gives(chosen: tuple[Cause, ...], effect: Effect) -> bool:
        return seen[chosen].get((effect.what, effect.address)) == effect.after

    for told in because.because(before, after, difference):
        assert told.found == "smallest"
        suffices = [chosen for chosen in seen if gives(chosen, told.effect)]
        fewest = min(map(len, suffices))
        assert Counter(told.sufficing) == Counter(s for s in suffices if len(s) == fewest), told
        needed = [c for c in causes if not gives(tuple(o for o in causes if o is not c), told.effect)]
        assert list(told.needed or ()) == needed, told


def check_some_causes_are_named_for(told: Because, program: Program, evidence: Evidence, other: Evidence) -> None:
    """A set of causes that is told gives the effect by itself."""
    for chosen in told.sufficing:
        seen = seen_in(evaluate(bind(program, mixed(evidence, other, chosen))[0]))
        assert seen.get((told.effect.what, told.effect.address)) == told.effect.after


def otherwise(program: Program, evidence: Evidence, draw: Random, changes: int = MOST_CHANGES) -> Evidence:
    """The evidence with a few things stated otherwise, added or left out."""
    open_ = [f for f in program.facts if f.formula is None]
    ways: list[Callable[[Evidence], Evidence]] = [lambda e: replace(e, as_of=LATER)]
    ways += [lambda e, f=f: _with_fact(e, f, _drawn(f, draw)) for f in open_]  # type: ignore[misc]
    ways += [lambda e, f=f: _with_fact(e, f, None) for f in open_]  # type: ignore[misc]
    ways += [lambda e, c=c: _with_verdict(e, c.id, draw) for c in program.clauses]  # type: ignore[misc]
    for way in draw.sample(ways, min(changes, len(ways))):
        evidence = way(evidence)
    return evidence


def _with_fact(evidence: Evidence, fact: ir.Fact, value: StatedValue) -> Evidence:
    kept = tuple(f for f in evidence.facts if f.name != fact.id)
    said = () if value is None else (StatedFact(name=fact.id, value=value, span=SPAN),)
    return replace(evidence, facts=(*kept, *said))


def _drawn(fact: ir.Fact, draw: Random) -> StatedValue:
    match fact.type:
        case ir.TruthType():
            return draw.random() < 0.5
        case ir.OptionType():
            return draw.choice(fact.type.options)
        case ir.SetType():
            return tuple(o for o in fact.type.options if draw.random() < 0.5)
    return replace(quantity(fact, Fraction(draw.choice((0, 1, 2, 3, 50)))), text="")


def _with_verdict(evidence: Evidence, clause: str, draw: Random) -> Evidence:
    verdict: Any = draw.choice(("satisfied", "unsatisfied"))
    kept = tuple(a for a in evidence.attestations if (a.clause, a.voice) != (clause, "assessor"))
    said = Attestation(clause=clause, verdict=verdict, voice="assessor", span=SPAN)
    return replace(evidence, attestations=(*kept, said))


def mixed(one: Evidence, other: Evidence, causes: Iterable[Cause]) -> Evidence:
    """The one evidence with what the causes name taken from the other."""
    changed = {(c.what, c.about) for c in causes}

    def said(a: Attestation) -> tuple[str, str]:
        return ("attestation", f"{a.clause} {a.voice}")

    facts = [f for f in one.facts if ("fact", f.name) not in changed]
    attestations = [a for a in one.attestations if said(a) not in changed]
    return replace(
        one,
        as_of=other.as_of if ("as-of", "") in changed else one.as_of,
        facts=(*facts, *(f for f in other.facts if ("fact", f.name) in changed)),
        attestations=(*attestations, *(a for a in other.attestations if said(a) in changed)),
    )


# --- editions ------------------------------------------------------------------------------------------------------

#: what an editor may write instead
CHANGES = (
    (r"(?<![\w.)])[123](?![\w.)])", "2"),
    (r"(?<![\w.)])[123](?![\w.)])", "1"),
    (">=", ">"),
    ("<=", "<"),
    (r"\ball clauses", "any clauses"),
    (r"\bmean of", "min of"),
    (r" and ", " or "),
    (r"\battested", "b1"),
    (r" shall ", " should "),
    (r" satisfied", " unsatisfied"),
    (r" applies when .*", ""),
    (r"\| all", "| a)"),
    (r'"c"', '"another wording"'),
    (r"\byes\b", "no"),
    (r"\bnot \((.*)\)", r"\1"),
)


def check_editions_differ_as_their_subjects_do(program: Program, _: Evidence) -> None:
    """A witness comes to the two outcomes that are told of it; where none is said to exist, no subject differs."""
    after = amended(program.span.source.text, Random(crc32(program.span.source.text.encode())))
    if after is not None:
        check_agreements(program, after)


def amended(text: str, draw: Random) -> Program | None:
    """The policy with one or two places written otherwise, if that is a policy."""
    for _ in range(draw.choice((1, 2))):
        places = [(place, instead) for pattern, instead in CHANGES for place in re.finditer(pattern, text)]
        if places:
            place, instead = draw.choice(places)
            text = text[: place.start()] + place.expand(instead) + text[place.end() :]
    return compiled(text)


def check_agreements(before: Program, after: Program) -> None:
    """What is said of each outcome of two editions is so."""
    subjects = Subjects(before, after)
    for agreement in editions.agreements(before, after, {}, budget=BUDGET):
        if agreement.witness is not None:
            check_replays(before, after, agreement, agreement.witness)
        elif subjects.number <= MOST_SUBJECTS and agreement.answer != "not-proved":
            for one, other in subjects.outcomes(agreement.outcome):
                assert one == other, (agreement, one, other)


def check_replays(before: Program, after: Program, agreement: Agreement, witness: Witness) -> None:
    """Under each edition every completion of a witness has the outcome that is told."""
    assert witness.before != witness.after
    for program, told in ((before, witness.before), (after, witness.after)):
        bound = bound_leniently(program, witness.evidence)
        assert bound is not None
        found = set()
        with suppress(TooManyCompletionsError):  # those that were tried until then are some of them
            for world, _ in zip(Oracle(bound, most=60).completions(), range(200), strict=False):
                found.add(world.definition(agreement.outcome))
        assert found <= {told}, agreement
        assert evaluate(bound).value(agreement.outcome) == told, agreement


class Subjects:
    """All subjects of two editions, as far as one value for each stretch between their thresholds tells them apart."""

    def __init__(self, before: Program, after: Program) -> None:
        self.oracles = tuple(Oracle(bind(p, NOTHING)[0]) for p in (before, after))
        self._values: dict[str, tuple[Value, ...]] = {}
        for oracle in self.oracles:
            for fact in oracle.program.facts:
                if fact.formula is None:
                    more = oracle.samples(fact, 9)
                    self._values[fact.id] = tuple(dict.fromkeys((*self._values.get(fact.id, ()), *more)))
        self._options = {i.id: i.type.options for p in (before, after) for i in p.inputs}  # type: ignore[union-attr]

    @property
    def number(self) -> int:
        """How many there are at most."""
        number = int(2 ** max(sum(c.condition is None for c in o.program.clauses) for o in self.oracles))
        for values in (*self._values.values(), *self._options.values()):
            number *= len(values)
        return number

    def outcomes(self, outcome: str) -> Iterator[tuple[Value, Value]]:
        """The outcome of every subject under the one and under the other edition."""
        for facts in product(*self._values.values()):
            for options in product(*self._options.values()):
                given = dict(zip(self._values, facts, strict=True)), dict(zip(self._options, options, strict=True))
                for before, after in product(*(self._worlds(oracle, *given) for oracle in self.oracles)):
                    if _say_the_same(before, after):
                        yield before.definition(outcome), after.definition(outcome)

    def _worlds(self, oracle: Oracle, facts: Mapping[str, Value], inputs: Mapping[str, Any]) -> list[World]:
        return [w for w in oracle._worlds(facts, inputs) if w is not None]


def _say_the_same(one: World, other: World) -> bool:
    """Whether people say of no clause that it is satisfied here and unsatisfied there."""
    return all(other.chosen.get(clause, verdict) is verdict for clause, verdict in one.chosen.items())


COMPARISON_LAWS = (check_the_causes_named_give_the_difference, check_editions_differ_as_their_subjects_do)
