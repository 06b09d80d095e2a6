"""Two editions of a policy: whether they ever differ in an outcome, against all subjects one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from guiju.compiler.ir import Program, Value
from guiju.dsl.source import Source, Span
from guiju.engine.bind import bind
from guiju.engine.evidence import Evidence
from guiju.engine.reasoning.editions import Agreement, Witness, agreements
from guiju.engine.reasoning.subject import bound_leniently
from tests.engine.oracle import Oracle, World
from tests.engine.strategies import compiled, policies
from tests.engine.test_laws import drawn

MOST_SUBJECTS, BUDGET = 1_500, 20_000
NOTHING = Evidence(subject="nobody", span=Span(Source("test", ""), 0, 0))

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


@st.composite
def editions(draw: st.DrawFn) -> tuple[Program, Program]:
    """A small policy and the same with one or two places written otherwise."""
    before = draw(policies())
    after = before
    for _ in range(draw(st.integers(1, 2))):
        pattern, instead = draw(st.sampled_from(CHANGES))
        places = list(re.finditer(pattern, after))
        assume(places)
        place = draw(st.sampled_from(places))
        after = after[: place.start()] + place.expand(instead) + after[place.end() :]
    one, other = compiled(before), compiled(after)
    assume(one is not None and other is not None)
    assert one is not None
    assert other is not None
    return one, other


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
        number = 2 ** max(sum(c.condition is None for c in o.program.clauses) for o in self.oracles)
        for values in (*self._values.values(), *self._options.values()):
            number *= len(values)
        return number

    def outcomes(self, outcome: str) -> Iterator[tuple[Value, Value]]:
        """The outcome of every subject under the one and under the other edition."""
        for facts in product(*self._values.values()):
            for options in product(*self._options.values()):
                given_ = dict(zip(self._values, facts, strict=True)), dict(zip(self._options, options, strict=True))
                one, other = (self._worlds(oracle, *given_) for oracle in self.oracles)
                for before, after in product(one, other):
                    if _say_the_same(before, after):
                        yield before.definition(outcome), after.definition(outcome)

    def _worlds(self, oracle: Oracle, facts: Mapping[str, Value], inputs: Mapping[str, Any]) -> list[World]:
        return [w for w in oracle._worlds(facts, inputs) if w is not None]


def _say_the_same(one: World, other: World) -> bool:
    """Whether people say of no clause that it is satisfied here and unsatisfied there."""
    return all(other.chosen.get(clause, verdict) is verdict for clause, verdict in one.chosen.items())


def check_editions_differ_as_their_subjects_do(before: Program, after: Program) -> None:
    """A witness comes to the two outcomes that are told of it; where none is said to exist, no subject differs."""
    subjects = Subjects(before, after)
    for agreement in agreements(before, after, {}, budget=BUDGET):
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
        oracle = Oracle(bound, most=60)
        found = {
            world.definition(agreement.outcome) for world, _ in zip(oracle.completions(), range(200), strict=False)
        }
        assert found == {told}, (agreement, found)


@drawn(60)
@given(editions())
def test_editions_differ_as_their_subjects_do(pair: tuple[Program, Program]) -> None:
    before, after = pair
    check_editions_differ_as_their_subjects_do(before, after)


@drawn(30)
@given(policies())
def test_a_policy_and_itself_in_other_words_are_computed_alike(text: str) -> None:
    before, after = compiled(text), compiled(text.replace('"c"', '"another wording"').replace('"u"', '"v"'))
    assume(before is not None)
    assert before is not None
    assert after is not None
    assert {a.answer for a in agreements(before, after, {})} == {"same"}
