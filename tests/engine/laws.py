"""The laws of `docs/semantics.md` as plain functions: each takes a program and evidence, and raises where it is broken.

`test_laws.py` tries them on drawn cases, `test_mutants.py` on evaluators that were broken on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any
from zlib import crc32

from guiju.compiler import ir
from guiju.compiler.ir import UNKNOWN, Program, Undefined, Value, Verdict
from guiju.dsl import formatter
from guiju.dsl.diagnostic import has_errors
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.dsl.tree import Document
from guiju.engine.bind import Bound, bind
from guiju.engine.derivation import derive, replay
from guiju.engine.domains import ANY
from guiju.engine.evaluate import Assessment, evaluate
from guiju.engine.evidence import Attestation, Choice, Evidence, StatedFact
from guiju.engine.network import Node, met_above, users_of
from guiju.engine.possible import Possible
from guiju.engine.reachable import possible_of as swept
from guiju.engine.reasoning.relevance import open_values, unknowns
from guiju.engine.reasoning.why.determining import determining
from guiju.engine.reasoning.why.ruling_out import evident, ruled_out
from tests.engine.bundle_laws import BUNDLE_LAWS
from tests.engine.comparisons import COMPARISON_LAWS
from tests.engine.meanings import differences_of_text
from tests.engine.oracle import Oracle, TooManyCompletionsError, World, walk
from tests.engine.proof_laws import PROOF_LAWS
from tests.engine.remedy_laws import REMEDY_LAWS
from tests.engine.serving_laws import SERVING_LAWS
from tests.engine.strategies import SPAN, compiled, quantity


def bound_to(program: Program, evidence: Evidence) -> Bound:
    """Evidence bound without a mistake."""
    bound, diagnostics = bind(program, evidence)
    assert not has_errors(diagnostics), diagnostics
    return bound


def assess(program: Program, evidence: Evidence, **options: Any) -> Assessment:
    """One assessment."""
    return evaluate(bound_to(program, evidence), **options)


def shown(program: Program) -> tuple[str, ...]:
    """The definitions that a reader sees."""
    return tuple(d.id for d in program.definitions if d.shown)


def reading_choices(program: Program) -> Iterator[dict[str, str]]:
    """The default readings, and each other option alone."""
    yield {}
    for reading in program.readings:
        yield from ({reading.id: o.id} for o in reading.options[1:])


def worlds_of(oracle: Oracle) -> list[World]:
    """All completions, or none where there are too many to try."""
    try:
        return list(oracle.completions())
    except TooManyCompletionsError:
        return []


def covers(values: tuple[Value, ...], value: Value) -> bool:
    """Whether a value is among some, where ANY stands for every number."""
    return value in values or (ANY in values and isinstance(value, Fraction))


# --- what is known ------------------------------------------------------------------------------------------------


def check_more_evidence_never_flips_a_decided_verdict(program: Program, evidence: Evidence) -> None:
    """One more thing known that contradicts nothing changes no decided value and adds no possible one."""
    before = assess(program, evidence)
    for more in one_more(before, evidence):
        after = assess(program, more)
        if _conflicts(before, after):
            continue
        for id_, result in before.clauses.items():
            assert result.verdict in (UNKNOWN, after.clauses[id_].verdict), id_
        for id_ in shown(program):
            assert before.value(id_) in (UNKNOWN, after.value(id_)), id_
            for value in after.possible(id_).values:
                assert covers(before.possible(id_).values, value) or value == ANY, (id_, value)


def one_more(assessment: Assessment, evidence: Evidence) -> Iterator[Evidence]:
    """The evidence with one thing added that it leaves open."""
    oracle, program = Oracle(assessment.bound), assessment.program
    for fact in program.facts:
        if fact.id not in assessment.bound.facts and fact.formula is None:
            for value in oracle.samples(fact, 4):
                yield with_facts(program, evidence, {fact.id: value})
    for input_ in program.inputs:
        if input_.id not in assessment.bound.inputs and isinstance(input_.type, ir.OptionType):
            yield with_inputs(evidence, {input_.id: input_.type.options[0]})
    for result in assessment.undecided:
        clause = program.clause[result.clause]
        if clause.condition is not None or clause.applies is not None or result.attestations:
            continue  # its facts may still decide it, and otherwise
        for verdict in (Verdict.SATISFIED, Verdict.UNSATISFIED, UNKNOWN):
            yield with_verdict(evidence, result.clause, verdict, "assessor")


def _conflicts(before: Assessment, after: Assessment) -> bool:
    """Whether what was added contradicts what was there."""
    known, now = _conflicting_facts(before), _conflicting_facts(after)
    if now - known or _shown_to_be_rounded(before, after) or not is_possible(after):
        return True
    for id_, result in after.clauses.items():
        if result.reason == "conflicting" and before.clauses[id_].reason != "conflicting":
            return True
        outdone = set(result.disagreeing) - set(before.clauses[id_].disagreeing)
        if any(
            a.verdict != "unknown" for a in outdone
        ):  # to decide what an assessor could not confirm is no contradiction
            return True
    return False


def is_possible(assessment: Assessment) -> bool:
    """Whether there is a completion: attestations may be true each by itself, and yet not all of them."""
    try:
        return next(Oracle(assessment.bound).completions(), None) is not None
    except TooManyCompletionsError:
        return True


def _shown_to_be_rounded(before: Assessment, after: Assessment) -> bool:
    """Whether a number that was stated turns out to be the rounded one of a formula."""
    at = before.network.at
    stated = [at[a] for f in before.bound.facts if (a := f"fact:{f}") in at]
    return any(before.values[i] != after.values[i] for i in stated)


def _conflicting_facts(assessment: Assessment) -> set[str]:
    """The facts that are stated otherwise than their formula has it; those that nothing uses have no place."""
    at, values = assessment.network.at, assessment.values
    addresses = {f.id: f"fact:{f.id}" for f in assessment.program.facts}
    return {f for f, a in addresses.items() if a in at and values[at[a]] == Undefined("conflicting")}


def with_facts(program: Program, evidence: Evidence, facts: Mapping[str, Value]) -> Evidence:
    """Evidence that states some facts."""
    stated = tuple(StatedFact(name=f, value=_as_stated(program.fact[f], v), span=SPAN) for f, v in facts.items())
    return replace(evidence, facts=(*(f for f in evidence.facts if f.name not in facts), *stated))


def _as_stated(fact: ir.Fact, value: Value) -> Any:
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    return quantity(fact, value) if isinstance(value, Fraction) else value


def with_inputs(evidence: Evidence, inputs: Mapping[str, str]) -> Evidence:
    """Evidence that chooses some inputs."""
    chosen = tuple(Choice(name=name, value=value, span=SPAN) for name, value in inputs.items())
    return replace(evidence, inputs=(*(i for i in evidence.inputs if i.name not in inputs), *chosen))


def with_verdict(evidence: Evidence, clause: str, verdict: Verdict | ir.Special, voice: Any) -> Evidence:
    """Evidence that attests one clause; an override replaces what was said of it."""
    kept = tuple(a for a in evidence.attestations if voice != "override" or a.clause != clause)
    said = Attestation(clause=clause, verdict=verdict.value, voice=voice, span=SPAN)
    return replace(evidence, attestations=(*kept, said))


def check_kleene_verdicts_are_sound(program: Program, evidence: Evidence) -> None:
    """What is decided on today's evidence is so in every completion."""
    for readings in reading_choices(program):
        bound = bound_to(program, evidence)
        assessment = evaluate(bound, readings)
        for world in worlds_of(Oracle(bound, readings, most=60)):
            for id_, result in assessment.clauses.items():
                assert result.verdict in (UNKNOWN, world.clause(id_)), id_
            for id_ in shown(program):
                value = assessment.values[assessment.network.at[id_]]
                assert value in (UNKNOWN, world.definition(id_)), id_


# --- what is open -------------------------------------------------------------------------------------------------


def check_exact_sets_equal_all_completions(program: Program, evidence: Evidence) -> None:
    """A set that is marked exact holds what the completions give, and nothing else."""
    bound = bound_to(program, evidence)
    assessment, oracle = evaluate(bound), Oracle(bound)
    worlds = worlds_of(oracle)
    for id_ in shown(program):
        possible = assessment.possible(id_)
        found = {world.definition(id_) for world in worlds}
        for value in found:
            assert covers(possible.values, value), (id_, value)
        if possible.exact and worlds:
            for value in set(possible.values) - found:  # a sample may miss a value; its witness must still give it
                world = oracle.world(possible.witness(value))
                assert world.definition(id_) == value, (id_, value)
                assert not oracle.is_denied(world), (id_, value)
    _check_verdicts(assessment, oracle, worlds)


def _check_verdicts(assessment: Assessment, oracle: Oracle, worlds: list[World]) -> None:
    """The same of the verdicts of clauses, each looked at by itself."""
    known, memory = assessment.known, dict[Any, Any]()
    for clause in assessment.program.clauses:
        possible = swept(known, known.network.at[f"clause:{clause.id}"], memory)
        found = {world.clause(clause.id) for world in worlds}
        assert found <= set(possible.values), (clause.id, found, possible)
        for verdict in set(possible.values) - found if possible.exact and worlds else ():
            world = oracle.world(possible.witness(verdict))
            assert world.clause(clause.id) == verdict, (clause.id, verdict)
            assert not oracle.is_denied(world), (clause.id, verdict)


def check_every_value_has_a_witness(program: Program, evidence: Evidence) -> None:
    """The witness of a possible value, given as evidence, leads to just that value."""
    assessment = assess(program, evidence)
    for id_ in shown(program):
        possible = assessment.possible(id_)
        for value in (
            possible.values if possible.exact and assessment.values[assessment.network.at[id_]] is UNKNOWN else ()
        ):
            told = evidence_of(program, evidence, possible.witness(value))
            assert assess(program, told).value(id_) == value, (id_, value, possible.witness(value))


def evidence_of(program: Program, evidence: Evidence, witness: Mapping[str, Value]) -> Evidence:
    """A witness as evidence: its facts stated, and its clauses overridden where no fact decides them.

    So are those in conflict to begin with, which may come to whatever somebody then decides.
    """
    before = assess(program, evidence).clauses
    contested = {id_ for id_, r in before.items() if r.reason == "conflicting"}
    split = [(*address.partition(":"), value) for address, value in witness.items()]
    told = with_facts(program, evidence, {id_: v for kind, _, id_, v in split if kind == "fact"})
    told = with_inputs(told, {id_: str(v) for kind, _, id_, v in split if kind == "input"})
    decided = assess(program, told).clauses
    for kind, _, id_, value in split:
        if kind == "clause" and (id_ in contested or decided[id_].verdict is UNKNOWN) and isinstance(value, Verdict):
            told = with_verdict(told, id_, value, "override")
    return told


def check_an_enclosure_leaves_nothing_out(program: Program, evidence: Evidence) -> None:
    """With next to no budget a set may grow, but never shrink; and it says that it is no longer exact, and why."""
    bound = bound_to(program, evidence)
    exact, rough = evaluate(bound), evaluate(bound, budget=1)
    worlds = worlds_of(Oracle(bound))
    for id_ in shown(program):
        enclosure = rough.possible(id_)
        assert all(bool(possible.why) != possible.exact for possible in (enclosure, exact.possible(id_)))
        for value in (*exact.possible(id_).values, *(w.definition(id_) for w in worlds)):
            assert covers(enclosure.values, value), (id_, value)
        if enclosure.exact and exact.possible(id_).exact:
            assert set(enclosure.values) == set(exact.possible(id_).values), id_


def check_what_cannot_matter_changes_no_outcome(program: Program, evidence: Evidence) -> None:
    """Completions that differ in nothing but a clause that cannot matter have the same outcomes.

    What matters, alone or with others, is the other way round: some completions tell it. Where these are few and what
    is reachable is exact, nothing is left untried.
    """
    assessment = assess(program, evidence)
    worlds = worlds_of(Oracle(assessment.bound, most=60))
    for unknown in unknowns(assessment):
        id_ = unknown.result.clause
        verdicts = sorted(
            {v for world in worlds if isinstance(v := world.clause(id_), Verdict)}, key=list(Verdict).index
        )
        tables = [_outcomes_under(assessment.bound, id_, verdict) for verdict in verdicts]
        if not all(tables):
            continue
        differ = {
            is_completion
            for one, other in combinations(tables, 2)
            for (*key, is_completion) in one.keys() & other.keys()
            if one[*key, is_completion] != other[*key, is_completion]
        }
        assert not (unknown.matters == "no" and True in differ), id_
        if _every_completion_is_tried(assessment, id_) and len(verdicts) > 1:
            telling = _telling_outcomes(program, tables)
            assert (unknown.matters == "alone") <= (unknown.outcome in telling), id_
            if all(assessment.possible(o).exact for o in program.outcomes):
                assert (unknown.matters == "with-others") <= (not telling), id_
                assert unknown.matters != "untried", id_
            assert (unknown.matters == "with-others") <= bool(differ), id_


def _telling_outcomes(program: Program, tables: list[dict[tuple[object, ...], list[Value]]]) -> set[str]:
    """The outcomes that can be other values under one verdict of a clause than under another."""
    columns = [zip(*table.values(), strict=True) for table in tables]
    sets = zip(*([frozenset(values) for values in column] for column in columns), strict=True)
    return {o for o, found in zip(program.outcomes, sets, strict=True) if len(set(found)) > 1}


def _outcomes_under(bound: Bound, clause: str, verdict: Verdict) -> dict[tuple[object, ...], list[Value]]:
    """The outcomes where a clause is said to come to a verdict, by all else that was chosen.

    Last in each key stands whether no fact decides the clause, so that it is a completion whatever the verdict.
    """
    oracle = Oracle(bound, most=60)
    oracle.fixed[clause] = verdict
    return {
        (
            frozenset(w.facts.items()),
            frozenset(w.inputs.items()),
            frozenset(w.chosen.items()),
            not isinstance(w.by_facts(clause), Verdict),
        ): [w.definition(o) for o in bound.program.outcomes]
        for w in worlds_of(oracle)
    }


def _every_completion_is_tried(assessment: Assessment, clause: str) -> bool:
    """Whether no number is open, and no choice is left to one side of a pair only."""
    program = assessment.program
    numbers = any(isinstance(f.type, ir.NumberType) and f.id not in assessment.bound.facts for f in program.facts)
    roots = [e for c in program.clauses for e in (c.applies, c.condition) if e is not None]
    named = any(clause in leaves for e in roots for x in walk(e) if isinstance(x, ir.Tally) for leaves in x.items)
    return not numbers and not named and program.clause[clause].applies is None


# --- what must not matter -----------------------------------------------------------------------------------------


def results_of(assessment: Assessment) -> dict[str, object]:
    """Everything that an assessment says, as far as order must not change it."""
    clauses: dict[str, object] = {f"clause:{id_}": (r.verdict, r.by, r.reason) for id_, r in assessment.clauses.items()}
    return clauses | {id_: possible_of(assessment, id_) for id_ in shown(assessment.program)}


def possible_of(assessment: Assessment, id_: str) -> object:
    """What a definition can be, in no order."""
    possible = assessment.possible(id_)
    return frozenset(possible.values), possible.exact


def check_order_does_not_matter(program: Program, evidence: Evidence) -> None:
    """Neither the order of the evidence nor that of the declarations changes a result."""
    expected = results_of(assess(program, evidence))
    backwards = replace(
        evidence,
        facts=evidence.facts[::-1],
        inputs=evidence.inputs[::-1],
        records=evidence.records[::-1],
        attestations=evidence.attestations[::-1],
    )
    assert results_of(assess(program, backwards)) == expected
    other = compiled(reordered(program.span.source.text))
    assert other is not None
    found = results_of(assess(other, evidence))
    assert found == expected, {
        key: (found.get(key), value) for key, value in expected.items() if found.get(key) != value
    }


def reordered(text: str) -> str:
    """The text of a policy with its declarations backwards; the standard's own line and its kinds stay first."""
    blocks: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith(" "):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    head = [b for b in blocks if b[0].startswith(("standard", "groups"))]
    rest = [b for b in blocks if b not in head]
    return "\n".join(line for block in (*head, *rest[::-1]) for line in block) + "\n"


def check_parse_after_format_is_the_identity(program: Program, _: Evidence) -> None:
    """The text of the policy, formatted and read again, is the same document; also by way of the other language."""
    check_formatting_loses_nothing(program.span.source.text)


def check_formatting_loses_nothing(text: str) -> None:
    """Formatting changes no document, nor does a language and back."""
    document = document_of(text)
    assert document_of(formatter.format_document(document)) == document
    chinese = formatter.format_document(document, "zh")
    english = formatter.format_document(document_of(chinese), "en")
    assert formatter.format_document(document, "en") == english
    assert formatter.format_document(document_of(english), "zh") == chinese


def document_of(text: str) -> Document:
    """A text read without a mistake."""
    document, mistakes = parse(Source("text", text))
    assert mistakes == (), mistakes
    return document


def check_a_program_that_compiles_never_raises(program: Program, evidence: Evidence) -> None:
    """Under every reading, with and without a budget, and also without any evidence."""
    blank = replace(evidence, facts=(), attestations=(), inputs=())
    for given in (evidence, blank):
        bound = bound_to(program, given)
        for readings in reading_choices(program):
            for budget in (1, 100_000):
                derive(evaluate(bound, readings, budget))


def check_every_number_is_exact(program: Program, evidence: Evidence) -> None:
    """No value anywhere is a float."""
    assessment = assess(program, evidence)
    assert_exact(assessment.values)
    for possible in assessment.open.values():
        assert_exact(possible.values)
    for id_ in shown(program):
        possible = assessment.possible(id_)
        for value in possible.values:
            assert_exact(tuple(possible.witness(value).values()))


def assert_exact(values: tuple[Value, ...]) -> None:
    """Numbers are fractions; there is no other kind."""
    for value in values:
        assert not isinstance(value, float | int) or isinstance(value, bool), value


# --- what follows from what ---------------------------------------------------------------------------------------


def check_the_cited_facts_suffice(program: Program, evidence: Evidence) -> None:
    """A decided clause keeps its verdict on those facts and attestations alone that its derivation leads to."""
    assessment = assess(program, evidence)
    steps = derive(assessment).at
    for id_, result in assessment.clauses.items():
        if result.verdict is UNKNOWN:
            continue
        cited = _leads_to(steps, f"clause:{id_}")
        assert assess(program, _told_of(evidence, cited)).clauses[id_].verdict == result.verdict, id_


def _leads_to(steps: Mapping[str, Any], address: str) -> set[str]:
    found: set[str] = set()
    stack = [address]
    while stack:
        top = stack.pop()
        if top not in found:
            found.add(top)
            stack.extend(steps[top].inference.premises)
    return found


def check_the_determining_facts_suffice(program: Program, evidence: Evidence) -> None:
    """What a decided value is said to be determined by gives that value alone."""
    assessment = assess(program, evidence)
    nodes = assessment.network.nodes
    for id_ in shown(program):
        if not assessment.is_settled(id_):
            continue
        marked = {nodes[i].address for i in determining(assessment, id_)}
        alone = assess(program, _told_of(evidence, marked))
        # an enclosure of one value where it is not known, with less stated, whether the rest has any completion
        assert alone.possible(id_).values == (assessment.value(id_),), id_
        assert not [i for i in determining(assessment, id_) if _may_come_to_anything(assessment, nodes[i])], id_


def _may_come_to_anything(assessment: Assessment, node: Node) -> bool:
    """Whether a clause, a fact or an input is open, and nobody says anything of it or of what stands on it."""
    possible = assessment.open.get(node.index)
    is_open = assessment.values[node.index] is UNKNOWN and (possible is None or len(possible.values) > 1)
    if not is_open or node.operands or not isinstance(node.subject, ir.Clause | ir.Fact | ir.Input):
        return False
    above = met_above(users_of(assessment.network), node.index)
    clauses = [
        n.subject.id for i in (node.index, *above) if isinstance((n := assessment.network.nodes[i]).subject, ir.Clause)
    ]
    return not any(assessment.clauses[id_].attestations for id_ in clauses)


def check_what_leaves_an_outcome_open_is_what_it_hangs_on(program: Program, evidence: Evidence) -> None:
    """Completions that agree on what is said to leave an outcome open agree on it; and that is nothing which is idle.

    So they do on what a result says that matters: the clauses, and the facts and inputs that an outcome looks at itself.
    """
    assessment = assess(program, evidence)
    open_ = [o for o in program.outcomes if not assessment.is_settled(o)]
    if not open_:
        return
    network, worlds = assessment.network, worlds_of(Oracle(assessment.bound, most=60))
    said = {f"clause:{u.result.clause}": u.matters for u in unknowns(assessment)}
    said |= {a: v.matters for v in open_values(assessment) for a in _addresses(program, v.lack.name)}
    for outcome in open_:
        marked = {network.nodes[i].address for i in determining(assessment, outcome)}
        assert not [a for a in marked if said.get(a) == "no"], outcome
        for telling in (marked, {a for a, matters in said.items() if matters != "no"}):
            seen: dict[tuple[Value, ...], Value] = {}
            leaves = sorted(a for a in telling if isinstance(network.node(a).subject, ir.Clause | ir.Fact | ir.Input))
            for world in worlds:
                value = world.definition(outcome)
                assert seen.setdefault(tuple(_in_world(world, a) for a in leaves), value) == value, (outcome, leaves)


def _addresses(program: Program, name: str) -> tuple[str, ...]:
    return (f"fact:{name}",) if name in program.fact else (f"input:{name}",)


def _in_world(world: World, address: str) -> Value:
    kind, _, id_ = address.partition(":")
    return world.fact(id_) if kind == "fact" else world.inputs[id_] if kind == "input" else world.clause(id_)


def check_what_rules_a_value_out_suffices(program: Program, evidence: Evidence) -> None:
    """On nothing but what rules a value out it cannot be; and of every value that a row gives it is told."""
    assessment = assess(program, evidence)
    nodes = assessment.network.nodes
    for id_ in shown(program):
        gone, possible = ruled_out(assessment, id_), assessment.possible(id_)
        assert not gone.keys() & set(possible.values), id_
        if len(possible.values) > 1:
            assert _values_of_rows(program.definition[id_].expression) <= {*gone, *possible.values}, id_
        for value, out in gone.items():
            alone = assess(program, _told_of(evidence, {nodes[i].address for i in out.nodes})).possible(id_)
            assert not (alone.exact and value in alone.values), (id_, value)
            for one in evident(assessment, assessment.network.node(id_).index, out.nodes) if out.is_minimal else ():
                fewer = {nodes[i].address for i in _kept_without(nodes, out.nodes, one)}
                assert value in assess(program, _told_of(evidence, fewer)).possible(id_).values, (id_, value, one)


def _kept_without(nodes: Sequence[Node], among: Collection[int], one: int) -> set[int]:
    """Some nodes without one, and without what only that one stands on."""
    below: set[int] = set()
    stack = [one]
    while stack:
        found = [o for o in nodes[stack.pop()].operands if o in among and o not in below]
        below.update(found)
        stack.extend(found)
    kept = set(among) - below - {one}
    stack = list(kept)
    while stack:
        found = [o for o in nodes[stack.pop()].operands if o in among and o != one and o not in kept]
        kept.update(found)
        stack.extend(found)
    return kept


def _values_of_rows(table: ir.Expression) -> set[Value]:
    """What the rows of a table give, where each gives what stands there and so does the end of it."""
    if not isinstance(table, ir.Cases) or table.undecided is not None:
        return set()
    given = [*(row.value for row in table.rows), table.otherwise]
    named = {v.value for v in given[:-1] if isinstance(v, ir.Literal)}
    return (
        {v for v in named if not isinstance(v, Undefined)} if all(isinstance(v, ir.Literal) for v in given) else set()
    )


def _told_of(evidence: Evidence, addresses: Collection[str]) -> Evidence:
    """What evidence says of some facts, inputs and clauses."""
    return replace(
        evidence,
        facts=tuple(f for f in evidence.facts if f"fact:{f.name}" in addresses),
        inputs=tuple(i for i in evidence.inputs if f"input:{i.name}" in addresses),
        attestations=tuple(a for a in evidence.attestations if f"clause:{a.clause}" in addresses),
    )


def check_a_derivation_replays_to_its_conclusion(program: Program, evidence: Evidence) -> None:
    """Every step follows from its premises, and a step that is changed is found out."""
    assessment = assess(program, evidence)
    derivation = derive(assessment)
    assert replay(derivation) == ()
    for id_ in shown(program):
        assert derivation.at[id_].conclusion == assessment.values[assessment.network.at[id_]]
    last = derivation.at[program.definitions[-1].id]
    forged = last._replace(conclusion=Fraction(-77))
    steps = tuple(forged if s is last else s for s in derivation.steps)
    assert last.inference.address in replay(replace(derivation, steps=steps))


def check_not_applicable_leaves_every_count(program: Program, evidence: Evidence) -> None:
    """A clause that does not apply might as well not be in any set of clauses."""
    assessment = assess(program, evidence)
    gone = frozenset(id_ for id_, r in assessment.clauses.items() if r.verdict is Verdict.NOT_APPLICABLE)
    if not gone:
        return
    smaller = assess(without(program, gone), evidence)
    for id_ in shown(program):
        assert smaller.value(id_) == assessment.value(id_), id_
        assert possible_of(smaller, id_) == possible_of(assessment, id_), id_


def without(program: Program, gone: frozenset[str]) -> Program:
    """The program with some clauses taken out of every set of clauses."""
    definitions = tuple(replace(d, expression=_without(d.expression, gone)) for d in program.definitions)
    clauses = tuple(
        replace(
            c,
            condition=c.condition and _without(c.condition, gone),
            applies=c.applies and _without(c.applies, gone),
        )
        for c in program.clauses
    )
    return replace(program, definitions=definitions, clauses=clauses)


def _without(e: ir.Expression, gone: frozenset[str]) -> ir.Expression:
    match e:
        case ir.Tally():
            items = (tuple(leaf for leaf in item if leaf not in gone) for item in e.items)
            return replace(e, items=tuple(item for item in items if item))
        case ir.Operation():
            return replace(e, operands=tuple(_without(o, gone) for o in e.operands))
        case ir.Choice():
            return replace(e, options=tuple((name, _without(o, gone)) for name, o in e.options))
        case ir.Cases():
            rows = tuple(
                replace(r, condition=_without(r.condition, gone), value=_without(r.value, gone)) for r in e.rows
            )
            undecided = None if e.undecided is None else _without(e.undecided, gone)
            return replace(e, rows=rows, otherwise=_without(e.otherwise, gone), undecided=undecided)
    return e


def check_a_reading_changes_only_what_it_patches(program: Program, evidence: Evidence) -> None:
    """A definition or clause that no path leads from to the reading is the same under all its options.

    What is attested or stated says something of the open facts below it, and of what else stands on these.
    """
    default = assess(program, evidence)
    for chosen in reading_choices(program):
        patched = {f"reading:{r}" for r in chosen}
        other = assess(program, evidence, readings=chosen)
        for id_ in shown(program):
            if not patched & bound_with(default, stood_on(program, program.definition[id_].expression)):
                check_both_allow_the_same(other.possible(id_), default.possible(id_), id_)
        for clause in program.clauses:
            if not patched & stood_on(program, *parts_of(clause)):
                assert other.clauses[clause.id].verdict == default.clauses[clause.id].verdict, clause.id


def check_both_allow_the_same(one: Possible, other: Possible, id_: str) -> None:
    """Two exact sets are equal; an enclosure contains the other."""
    exact, enclosure = (one, other) if one.exact else (other, one)
    if exact.exact:
        assert set(exact.values) <= set(enclosure.values), id_
        assert not enclosure.exact or set(enclosure.values) <= set(exact.values), id_


def parts_of(clause: ir.Clause) -> list[ir.Expression]:
    """What decides whether a clause applies, and its condition."""
    return [e for e in (clause.applies, clause.condition) if e is not None]


def bound_with(assessment: Assessment, stands_on: set[str]) -> set[str]:
    """All that hangs together with some facts, inputs and clauses by way of what is attested or stated above them."""
    program, bound = assessment.program, assessment.bound
    attested = (parts_of(program.clause[c]) for c, r in assessment.clauses.items() if r.attestations)
    stated = ([f.formula] for f in program.facts if f.formula is not None and f.id in bound.facts)
    spoken_of = [stood_on(program, *expressions) for expressions in (*attested, *stated)]
    known = {*(f"fact:{f}" for f in bound.facts), *(f"input:{i}" for i in bound.inputs)}
    found, before = stands_on, set[str]()
    while found != before:
        before = found
        found = found.union(*(s for s in spoken_of if s & found - known))
    return found


def stood_on(program: Program, *expressions: ir.Expression) -> set[str]:
    """The readings, facts, inputs and clauses that some expressions stand on."""
    found: set[str] = set()
    seen: set[int] = set()
    stack: list[ir.Expression | None] = [*expressions]
    while stack:
        top = stack.pop()
        for x in walk(top) if top is not None and id(top) not in seen else ():
            match x:
                case ir.Choice():
                    found.add(f"reading:{x.reading}")
                case ir.Ref():
                    stack.append(program.definition[x.name].expression)
                case ir.InputRef():
                    found.add(f"input:{x.input}")
                case ir.FactRef():
                    found.add(f"fact:{x.fact}")
                    stack.append(program.fact[x.fact].formula)
                case ir.Tally():
                    for clause in (program.clause[leaf] for item in x.items for leaf in item):
                        found.add(f"clause:{clause.id}")
                        stack += parts_of(clause)
        if top is not None:
            seen.add(id(top))
    return found


# --- what is compiled ---------------------------------------------------------------------------------------------


def check_the_compiler_keeps_the_meaning(program: Program, evidence: Evidence) -> None:
    """Compiled anew, the text of the policy gives what an interpreter reads in it, in worlds that the evidence allows."""
    text = program.span.source.text
    differences = differences_of_text(text, evidence, Random(crc32(text.encode())))
    assert not differences, differences


Check = Callable[[Program, Evidence], None]


LAWS: tuple[Check, ...] = (
    check_more_evidence_never_flips_a_decided_verdict,
    check_kleene_verdicts_are_sound,
    check_exact_sets_equal_all_completions,
    check_every_value_has_a_witness,
    check_an_enclosure_leaves_nothing_out,
    check_what_cannot_matter_changes_no_outcome,
    check_order_does_not_matter,
    check_parse_after_format_is_the_identity,
    check_a_program_that_compiles_never_raises,
    check_every_number_is_exact,
    check_the_cited_facts_suffice,
    check_the_determining_facts_suffice,
    check_what_leaves_an_outcome_open_is_what_it_hangs_on,
    check_what_rules_a_value_out_suffices,
    check_a_derivation_replays_to_its_conclusion,
    check_not_applicable_leaves_every_count,
    check_a_reading_changes_only_what_it_patches,
    check_the_compiler_keeps_the_meaning,
    *REMEDY_LAWS,
    *SERVING_LAWS,
    *BUNDLE_LAWS,
    *COMPARISON_LAWS,
    *PROOF_LAWS,
)
