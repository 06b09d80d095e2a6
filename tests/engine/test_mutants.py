"""What the laws are worth: an evaluator that is broken on purpose breaks the law that forbids it.

Each mutant changes one thing in the engine, or in the formatter. With it, the law it is listed under fails on at least
one of a fixed list of drawn cases: by its own assertion, and on a case where it holds without the mutant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from guiju.bundle import make, read
from guiju.bundle import recorded as bundle_recorded
from guiju.bundle import replay as bundle_replay
from guiju.bundle.model import BundleModel
from guiju.compiler.families import Families
from guiju.compiler.ir import ABSENT, UNKNOWN, Cases, Clause, Literal, Tally, Undefined, Value, Verdict
from guiju.compiler.operators import OPERATOR, Fold, Function
from guiju.compiler.readings import Patches
from guiju.compiler.sets import ClauseSets
from guiju.dsl.expressions import ExpressionWriter
from guiju.engine import derivation, evaluate, kleene, meaning, parts, plan, possible, sweep, verdicts
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, network_of
from guiju.engine.reasoning import margins, relevance, simulation
from guiju.engine.reasoning.asking import questions
from guiju.engine.reasoning.asking.questions import Inquiry
from guiju.engine.reasoning.comparing import because, mixtures, recorded
from guiju.engine.reasoning.editions import joined
from guiju.engine.reasoning.planning import changes, cheapest, choosing, means, mending, proof, remedy, serving
from guiju.engine.reasoning.planning.likewise import Likewise
from guiju.engine.reasoning.why import determining, ruling_out
from guiju.engine.verdicts import FactsSay
from tests.engine import (
    bundle_laws,
    comparisons,
    interviews,
    laws,
    remedy_laws,
    serving_laws,
    simulations,
    test_laws,
    test_likewise,
    test_remedies,
    test_serving,
)
from tests.engine.proof_laws import PROOF_LAWS, small_cases
from tests.engine.proof_mutants import PROOF_MUTANTS
from tests.engine.strategies import Case, cases
from tests.engine.test_once_reviewed import LEFT_OUT
from tests.engine.test_once_reviewed import assess as reviewed
from tests.engine.test_once_stated import rated
from tests.engine.wide import wide_cases

pytestmark = pytest.mark.slow

Mutate = Callable[[pytest.MonkeyPatch], None]
ENGINE = "guiju.engine"
SAYING_NOTHING = FactsSay(UNKNOWN, frozenset(Verdict))


@cache
def fixed_cases() -> tuple[Case, ...]:
    """A list of cases that is the same every time."""
    return tuple(_drawn(number, cases()) for number in range(200))


@cache
def fixed_wide_cases() -> tuple[Case, ...]:
    """Another such list, of policies of many forms."""
    return tuple(_drawn(number, wide_cases()) for number in range(100))


def cases_for(law: laws.Check) -> tuple[Case, ...]:
    """The cases that a law is tried on: what is said of the compiler, on policies of many forms."""
    if law in PROOF_LAWS:
        return small_cases()
    return fixed_wide_cases() if law is laws.check_the_compiler_keeps_the_meaning else fixed_cases()


def _drawn(number: int, of: SearchStrategy[Case]) -> Case:
    """The second case drawn from a seed: the first is the simplest one, and later ones are mutations, in an order by address."""
    found: list[Case] = []

    @seed(number)
    @settings(max_examples=2, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(of)
    def draw(case: Case) -> None:
        found.append(case)

    draw()
    return found[-1]


@pytest.fixture
def fresh() -> Iterator[None]:
    """Networks hold the meaning of their operators, and decisions are remembered: none may outlive a mutant."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    network_of.cache_clear()
    verdicts._decided.cache_clear()


# --- mutants ------------------------------------------------------------------------------------------------------


def unknown_operands_are_skipped(patch: pytest.MonkeyPatch) -> None:
    """`and` of true and unknown is true; a count of what is known is the count."""

    def fold(form: Fold, operands: tuple[Value, ...]) -> Value:
        so_far = form.start
        for operand in operands:
            if operand is not UNKNOWN:
                so_far = form.combine(so_far, operand)
        return form.finish(so_far)

    patch.setattr(kleene, "_fold", fold)


def unknown_is_false(patch: pytest.MonkeyPatch) -> None:
    """A condition that is not known does not hold."""
    lifted = kleene.lifted

    def closed(node: Node, operands: tuple[Value, ...]) -> Value:
        value = lifted(node, operands)
        truth = node.form is not None and node.form.symbol in ("and", "or", "<", "<=", ">", ">=", "=", "!=")
        return False if value is UNKNOWN and truth else value

    patch.setattr(evaluate, "lifted", closed)


def a_doubt_says_nothing(patch: pytest.MonkeyPatch) -> None:
    """An assessor who could not confirm it is passed over."""
    decide = verdicts.decide

    def without_doubt(facts: FactsSay, attestations: Any) -> Any:
        return decide(facts, tuple(a for a in attestations if (a.voice, a.verdict) != ("assessor", "unknown")))

    patch.setattr(evaluate, "decide", without_doubt)


def a_vendor_outdoes_facts(patch: pytest.MonkeyPatch) -> None:
    """What a vendor says counts before what is measured."""
    decide = verdicts.decide

    def vendor_first(facts: FactsSay, attestations: Any) -> Any:
        vendors = tuple(a for a in attestations if a.voice == "vendor")
        return decide(SAYING_NOTHING if vendors else facts, vendors or attestations)

    patch.setattr(evaluate, "decide", vendor_first)


def caps_are_off_by_one(patch: pytest.MonkeyPatch) -> None:
    """A count that may stop at two stops at one."""
    tally = meaning._tally

    def early(e: Tally) -> Fold:
        return tally(replace(e, cap=e.cap - 1) if e.cap is not None and e.cap > 1 else e)

    patch.setattr(meaning, "_tally", early)


def gates_are_ignored(patch: pytest.MonkeyPatch) -> None:
    """The table behind a gate is used, open or shut."""
    cases_ = meaning._cases

    def open_(e: Cases) -> Fold:
        fold = cases_(e)
        if e.form != "gate":
            return fold
        return replace(fold, combine=lambda so_far, row: fold.combine(so_far, (True, row[1])))

    patch.setattr(meaning, "_cases", open_)


def rows_are_tried_from_below(patch: pytest.MonkeyPatch) -> None:
    """The last row of a table that holds gives the value."""
    cases_ = meaning._cases

    def last(e: Cases) -> Fold:
        fold = cases_(e)
        if e.form != "table":
            return fold

        def combine(so_far: Any, row: tuple[Value, Value]) -> Any:
            is_row = so_far[0] < len(e.rows)
            return (so_far[0] + 1, row[1]) if is_row and row[0] is True else fold.combine(so_far, row)

        return replace(fold, combine=combine, settled=lambda _: False)

    patch.setattr(meaning, "_cases", last)


def a_mean_leaves_out_zeros(patch: pytest.MonkeyPatch) -> None:
    """A group with nothing to its name does not count in the mean."""
    fold = OPERATOR["mean"]
    assert isinstance(fold, Fold)
    combine = fold.combine
    patch.setitem(OPERATOR, "mean", replace(fold, combine=lambda so_far, x: so_far if x == 0 else combine(so_far, x)))


def open_clauses_are_satisfied(patch: pytest.MonkeyPatch) -> None:
    """What nobody has looked at is taken for granted."""
    patch.setattr(plan, "EITHER", (Verdict.SATISFIED,))


def parts_are_left_out(patch: pytest.MonkeyPatch) -> None:
    """What a part came to by itself is forgotten where it meets the others."""
    patch.setattr(parts.SoFar, "and_then", lambda _self, _combine, so_far: so_far)


def witnesses_forget_clauses(patch: pytest.MonkeyPatch) -> None:
    """A witness names facts only."""
    chosen = possible.chosen
    patch.setattr(
        possible, "chosen", lambda trail: {a: v for a, v in chosen(trail).items() if not a.startswith("clause:")}
    )


def witnesses_forget_facts(patch: pytest.MonkeyPatch) -> None:
    """A witness names clauses only."""
    chosen = possible.chosen
    patch.setattr(possible, "chosen", lambda trail: {a: v for a, v in chosen(trail).items() if a.startswith("clause:")})


def enclosures_keep_the_first_value(patch: pytest.MonkeyPatch) -> None:
    """An enclosure is cut short."""
    enclose = sweep._enclose

    def short(plan: Any, targets: tuple[int, ...]) -> Any:
        swept = enclose(plan, targets)
        found = {i: replace(p, values=p.values[:1], trails=p.trails[:1]) for i, p in swept.found.items()}
        return replace(swept, found=found)

    patch.setattr(sweep, "_enclose", short)


def the_first_voice_counts(patch: pytest.MonkeyPatch) -> None:
    """Of two assessors the one that is written first."""
    said = verdicts._said

    def first(voice: Any, attestations: tuple[Any, ...]) -> set[Verdict]:
        mine = tuple(a for a in attestations if a.voice == voice)
        return said(voice, mine[:1])

    patch.setattr(verdicts, "_said", first)


def division_is_not_guarded(patch: pytest.MonkeyPatch) -> None:
    """Python's division."""
    divide = OPERATOR["/"]
    assert isinstance(divide, Function)
    patch.setitem(OPERATOR, "/", replace(divide, apply=lambda a, b: a / b))


def division_is_in_floats(patch: pytest.MonkeyPatch) -> None:
    """A third is 0.3333333333333333."""
    divide = OPERATOR["/"]
    assert isinstance(divide, Function)

    def rough(left: Value, right: Value) -> Any:
        value = divide.apply(left, right)
        return float(value) if isinstance(value, Fraction) else value

    patch.setitem(OPERATOR, "/", replace(divide, apply=rough))


def means_are_in_floats(patch: pytest.MonkeyPatch) -> None:
    """A sum divided by a number, as a float."""
    fold = OPERATOR["mean"]
    assert isinstance(fold, Fold)

    def rough(so_far: Any) -> Any:
        value = fold.finish(so_far)
        return float(value) if isinstance(value, Fraction) else value

    patch.setitem(OPERATOR, "mean", replace(fold, finish=rough))


def the_first_operand_determines_alone(patch: pytest.MonkeyPatch) -> None:
    """Of what a value needs, all but the first is passed over."""
    whole = determining._least
    patch.setattr(determining, "_least", lambda *of: whole(*of)[:1])


def a_row_is_ruled_out_without_reasons(patch: pytest.MonkeyPatch) -> None:
    """Of the conditions that keep a value out none is looked into."""
    patch.setattr(ruling_out, "sufficing", lambda _, indices, together=False: frozenset(indices))


def derivations_cite_the_last_premise_only(patch: pytest.MonkeyPatch) -> None:
    """Half of a condition is not told."""
    inference = derivation.Inference

    def short(address: str, rule: str, premises: tuple[str, ...], *rest: Any) -> derivation.Inference:
        return inference(address, rule, premises[-1:], *rest)

    patch.setattr(derivation, "Inference", short)


def derivations_say_what_did_not_happen(patch: pytest.MonkeyPatch) -> None:
    """The evaluator's tables are not those of the derivation."""
    lifted = kleene.lifted

    def other(node: Node, operands: tuple[Value, ...]) -> Value:
        value = lifted(node, operands)
        return Fraction(9) if isinstance(node.subject, Cases) and value == 0 else value

    patch.setattr(evaluate, "lifted", other)


def replay_believes_everything(patch: pytest.MonkeyPatch) -> None:
    """No step is checked."""
    patch.setattr(derivation, "_follows", lambda *_: True)


def what_does_not_apply_is_counted(patch: pytest.MonkeyPatch) -> None:
    """Clauses that do not apply stay in the number that a share is of."""
    tally = meaning._tally

    def all_(e: Tally) -> Fold:
        fold = tally(e)
        if e.measure != "share":
            return fold

        def combine(so_far: tuple[int, int], verdict: Verdict) -> tuple[int, int]:
            if verdict is Verdict.NOT_APPLICABLE:
                return (so_far[0], so_far[1] + 1)
            return fold.combine(so_far, verdict)  # type: ignore[no-any-return]

        return replace(fold, combine=combine)

    patch.setattr(meaning, "_tally", all_)


def what_does_not_apply_fails(patch: pytest.MonkeyPatch) -> None:
    """An item with a leaf that does not apply counts as unsatisfied."""
    tally = meaning._tally

    def strict(e: Tally) -> Fold:
        fold = tally(e)

        def combine(so_far: Any, verdict: Verdict) -> Any:
            return fold.combine(so_far, Verdict.UNSATISFIED if verdict is Verdict.NOT_APPLICABLE else verdict)

        return replace(fold, combine=combine)

    patch.setattr(meaning, "_tally", strict)


def another_reading_overrules_attestations(patch: pytest.MonkeyPatch) -> None:
    """Under any but the default readings no one is believed."""
    settle = evaluate.settle

    def believing(network: Any, bound: Any, readings: Any) -> Any:
        default = all(readings[r.id] == r.default for r in network.program.readings)
        return settle(network, bound if default else replace(bound, attestations={}), readings)

    patch.setattr(evaluate, "settle", believing)


def an_undefined_comparison_is_false(patch: pytest.MonkeyPatch) -> None:
    """Whether an undefined value equals another is answered with no."""
    missing = OPERATOR["="]
    assert isinstance(missing, Function)

    def lenient(left: Value, right: Value) -> Any:
        value = missing.apply(left, right)
        return False if isinstance(value, Undefined) else value

    patch.setitem(OPERATOR, "=", replace(missing, apply=lenient))


def modalities_are_not_printed(patch: pytest.MonkeyPatch) -> None:
    """What is required and what is recommended look alike."""
    word = ExpressionWriter.word

    def silent(writer: ExpressionWriter, terminal: str) -> str:
        return "" if terminal in ("SHALL", "SHOULD", "MAY") else word(writer, terminal)

    patch.setattr(ExpressionWriter, "word", silent)


def brackets_are_not_printed(patch: pytest.MonkeyPatch) -> None:
    """An expression inside another is written without brackets."""
    expression = ExpressionWriter.expression
    patch.setattr(ExpressionWriter, "expression", lambda writer, node, *_: expression(writer, node))


def words_are_mistaken(patch: pytest.MonkeyPatch) -> None:
    """For one keyword another is printed."""
    word = ExpressionWriter.word

    def confused(writer: ExpressionWriter, terminal: str) -> str:
        return word(writer, "AND" if terminal == "OR" else terminal)

    patch.setattr(ExpressionWriter, "word", confused)


def what_does_not_decide_alone_cannot_matter(patch: pytest.MonkeyPatch) -> None:
    """Two of a clause's verdicts that allow the same outcomes are taken for the same."""
    patch.setattr(relevance, "_not_alone", lambda *_: "no")


def what_does_not_decide_alone_is_not_tried(patch: pytest.MonkeyPatch) -> None:
    """It is left open whether a clause matters that does not decide by itself."""
    patch.setattr(relevance, "_not_alone", lambda *_: "untried")


def whatever_is_open_leaves_it_open(patch: pytest.MonkeyPatch) -> None:
    """What is proved to make no difference is said to leave an outcome open, too."""
    patch.setattr(determining, "idle", lambda *_: frozenset())


def rounded_statements_conflict(patch: pytest.MonkeyPatch) -> None:
    """A stated number that is the computed one rounded is taken to contradict it."""
    patch.setattr(evaluate, "_is_rounded", lambda *_: False)


def rounded_statements_stand(patch: pytest.MonkeyPatch) -> None:
    """The rounded number counts where the exact one is known."""
    fact = evaluate._fact

    def rounded(bound: Any, of: Any, formula: tuple[Value, ...]) -> Value:
        value = fact(bound, of, formula)
        return bound.facts.get(of.id, value) if isinstance(value, Fraction) else value

    patch.setattr(evaluate, "_fact", rounded)


def crosswalks_outdo_vendors(patch: pytest.MonkeyPatch) -> None:
    """What another standard's clauses say counts before what is said of this one."""
    patch.setattr(verdicts, "_PRECEDENCE", ("override", "facts", "crosswalk", "vendor"))


def a_part_of_an_answer_is_one(patch: pytest.MonkeyPatch) -> None:
    """What is known of a part of another standard's clauses is taken for all of it."""
    said = verdicts._said

    def lenient(voice: Any, attestations: tuple[Any, ...]) -> set[Verdict]:
        partial = any(a.voice == voice and a.verdict == "unknown" for a in attestations)
        return said(voice, attestations) | ({Verdict.SATISFIED} if partial else set())

    patch.setattr(verdicts, "_said", lenient)


def a_vendor_may_deny_what_facts_say(patch: pytest.MonkeyPatch) -> None:
    """A vendor's *not applicable* counts although facts say that the clause applies."""
    decide = verdicts.decide

    def lenient(facts: FactsSay, attestations: Any) -> Any:
        return decide(facts._replace(leave=frozenset(Verdict)), attestations)

    patch.setattr(evaluate, "decide", lenient)


def groups_left_out_count_as_zero(patch: pytest.MonkeyPatch) -> None:
    """The mean is over all groups, those too that the weights leave out."""
    fold = OPERATOR["mean"]
    assert isinstance(fold, Fold)
    combine = fold.combine
    zero = Fraction(0)
    patch.setitem(OPERATOR, "mean", replace(fold, combine=lambda f, x: combine(f, zero if x is ABSENT else x)))


# --- mutants of the compiler --------------------------------------------------------------------------------------


def gates_of_all_groups_are_one(patch: pytest.MonkeyPatch) -> None:
    """For the gate of a group the one is returned that was made first, for whatever group."""
    patch.setattr(Families, "_scope_of_gate", lambda *_: None)


def grades_try_the_lowest_level_first(patch: pytest.MonkeyPatch) -> None:
    """Rows of a grade are sorted the wrong way round."""
    ready = Families.__post_init__

    def upside_down(families: Families) -> None:
        ready(families)
        families._levels = families._levels[::-1]

    patch.setattr(Families, "__post_init__", upside_down)


def a_cell_of_the_membership_is_lost(patch: pytest.MonkeyPatch) -> None:
    """The first section has nothing at the lowest level."""
    members = ClauseSets.members

    def without(sets: ClauseSets, group: str, level: str, chosen: Any) -> Any:
        return () if (group, level) == ("6.1", "L1") else members(sets, group, level, chosen)

    patch.setattr(ClauseSets, "members", without)


def what_is_new_is_everything(patch: pytest.MonkeyPatch) -> None:
    """`new clauses` are all clauses of the level."""
    at_level = ClauseSets._at_level
    patch.setattr(ClauseSets, "_at_level", lambda sets, scope, at, _, chosen: at_level(sets, scope, at, False, chosen))


def modalities_are_not_asked(patch: pytest.MonkeyPatch) -> None:
    """`shall clauses` are all clauses."""
    patch.setattr(ClauseSets, "_has_modality", lambda *_: True)


def items_lose_a_leaf(patch: pytest.MonkeyPatch) -> None:
    """The last child of a lettered item is dropped."""
    as_items = ClauseSets._as_items
    patch.setattr(ClauseSets, "_as_items", lambda *given: tuple(item[:-1] or item for item in as_items(*given)))


def parents_lose_a_leaf(patch: pytest.MonkeyPatch) -> None:
    """The verdict of a parent is that of all its leaves but the last."""
    deciding = ClauseSets.deciding

    def fewer(sets: ClauseSets, node: Any, span: Any, make: Any) -> Any:
        return deciding(sets, node, span, lambda leaves: make(leaves[:-1] or leaves))

    patch.setattr(ClauseSets, "deciding", fewer)


def leads_count_under_every_option(patch: pytest.MonkeyPatch) -> None:
    """What one option makes an item is one under all."""
    patch.setattr(ClauseSets, "is_item", lambda *_: True)


def modalities_are_not_patched(patch: pytest.MonkeyPatch) -> None:
    """A clause has the modality that is written, whatever a reading says."""
    patch.setattr(ClauseSets, "modality", lambda _, node, __: node.modality)


def clauses_that_are_one_item_count_leaf_by_leaf(patch: pytest.MonkeyPatch) -> None:
    """`item 6.1 a)` is not read."""
    item_of = ClauseSets._item_of

    def alone(sets: ClauseSets, leaf: Any, chosen: Any) -> str:
        return item_of(sets, leaf, chosen) if sets._item_unit(chosen) == "lettered" else leaf.id

    patch.setattr(ClauseSets, "_item_of", alone)


def readings_patch_nothing(patch: pytest.MonkeyPatch) -> None:
    """What is written stands under every option."""
    patch.setattr(Patches, "choose", lambda _, __, ___, written, ____: written())


def shut_gates_carry_nothing_over(patch: pytest.MonkeyPatch) -> None:
    """`else as at L1` is not read."""
    carried = Families._carried

    def forgotten(families: Families, name: str, gated: Any, *rest: Any) -> Any:
        return carried(families, name, replace(gated, carried_from=None), *rest)

    patch.setattr(Families, "_carried", forgotten)


def what_lies_ahead_of_one_way_is_all(patch: pytest.MonkeyPatch) -> None:
    """Of several combinations that a value leads to only the last one is looked at."""
    back = sweep.Stage.back

    def narrow(stage: sweep.Stage, ahead: Any) -> Any:
        earlier, under = back(stage, ahead)
        return {state: marks & -marks for state, marks in earlier.items()}, under

    patch.setattr(sweep.Stage, "back", narrow)


def clauses_without_a_condition_are_not_asked(patch: pytest.MonkeyPatch) -> None:
    """An inquiry asks for facts alone."""
    patch.setattr(questions, "is_for_people", lambda _, __: False)


def whatever_is_open_is_asked(patch: pytest.MonkeyPatch) -> None:
    """What is open is asked from the least telling on, whether an outcome looks at it or not."""
    ranked = questions._Search.ranked
    patch.setattr(questions, "looked_at", lambda network, values, _: {i for i, v in enumerate(values) if v is UNKNOWN})
    patch.setattr(questions._Search, "ranked", lambda search, aside: ranked(search, aside)[::-1])
    patch.setattr(Inquiry, "matters", lambda _, __: "with-others")


def only_what_is_spoken_of_is_settled_again(patch: pytest.MonkeyPatch) -> None:
    """What stands on a fact that has changed is taken over as it was."""
    patch.setattr(simulation, "users_of", lambda _: {})


def a_margin_ends_at_the_last_value_tried(patch: pytest.MonkeyPatch) -> None:
    """Whatever the threshold, a number far off is taken for its other side."""

    def far(trial: Any, _: Any, value: Fraction, *__: Any) -> Any:
        end = max(trial._thresholds) + 10
        return margins._Side(end, end, value < end)

    patch.setattr(margins._Trial, "_beyond", far)


def a_limit_is_what_a_far_number_gives(patch: pytest.MonkeyPatch) -> None:
    """Just past a threshold outcomes are those of the number past it that was tried."""
    patch.setattr(margins._Trial, "_limits", lambda _, there, __: list(there.values))


def dearer_ways_are_kept(patch: pytest.MonkeyPatch) -> None:
    """Of several ways to a state the first is kept, and not the cheapest."""
    cheaper = cheapest._cheaper

    def first(known: cheapest.Choices, *way: Any) -> None:
        if not known.counts:
            cheaper(known, *way)

    patch.setattr(cheapest, "_cheaper", first)


def other_values_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Nothing is said of what else a changed fact may become."""
    patch.setattr(remedy, "likewise", lambda *_: Likewise())


def people_are_asked_before_facts_change(patch: pytest.MonkeyPatch) -> None:
    """Only a clause that is unsatisfied today, and that today's facts leave to people, is ever changed itself."""
    add = means._Finder._add

    def today_alone(finder: Any, node: Any, clause: Any) -> None:
        if finder._q.today[node.index] is Verdict.UNSATISFIED:
            add(finder, node, clause)
        finder._changeable -= finder._later
        finder._later.clear()

    patch.setattr(means._Finder, "_add", today_alone)


def what_is_not_shown_counts(patch: pytest.MonkeyPatch) -> None:
    """A clause that nobody shows is taken for satisfied."""
    first = changes._Follow._first

    def shown(follow: Any, node: Any, values: Any) -> Value:
        value, today = first(follow, node, values), follow._a.values
        is_open = isinstance(node.subject, Clause) and today[node.index] is UNKNOWN
        return Verdict.SATISFIED if is_open else value

    patch.setattr(changes._Follow, "_first", shown)


def what_is_stated_gives_way_to_its_formula(patch: pytest.MonkeyPatch) -> None:
    """A fact that is stated is taken to be what its formula comes to, as if nothing were stated of it."""
    patch.setattr(changes, "agreed", lambda stated, computed, _: stated if computed is UNKNOWN else computed)


def shared_facts_are_changed_for_each_clause(patch: pytest.MonkeyPatch) -> None:
    """Only one clause is seen to stand on a fact that several stand on."""
    together = means._Finder._together

    def each(finder: means._Finder) -> list[list[tuple[int, ...]]]:
        return [[(leaf,)] for apart in together(finder) for leaves in apart for leaf in leaves]

    patch.setattr(means._Finder, "_together", each)


def the_bound_of_a_step_is_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    """A clause that holds with what is planned is said to hold with all that would do."""
    patch.setattr(remedy, "numbers_within", lambda *_: [])


def every_clause_that_turns_is_named(patch: pytest.MonkeyPatch) -> None:
    """Whatever holds with a step alone is what the step is for."""
    patch.setattr(serving, "_hangs_on", lambda *_: True)


def what_holds_anyway_is_named(patch: pytest.MonkeyPatch) -> None:
    """A clause that nobody shows is what a step is for, though it can be nothing else."""
    patch.setattr(serving.OneChange, "not_held_anyway", lambda _, clauses: list(clauses))


def parts_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    """What reaches the level is told, also where a part of it does."""
    patch.setattr(mending, "_mask", lambda _: 0)


def one_choice_speaks_for_all(patch: pytest.MonkeyPatch) -> None:
    """What stands in the way where an open input is chosen in one way is told of every other way."""
    of = choosing.choices_of
    patch.setattr(mending, "choices_of", lambda aim: [replace(each, aim=of(aim)[0].aim) for each in of(aim)])


def checks_believe_everything(patch: pytest.MonkeyPatch) -> None:
    """A certificate is not looked at."""
    patch.setattr(proof, "_hold", lambda *_: None)


def replay_believes_steps(patch: pytest.MonkeyPatch) -> None:
    """The steps of a derivation are taken over from the bundle."""
    _replay_believes(patch, "derivation")


def replay_believes_outcomes(patch: pytest.MonkeyPatch) -> None:
    """The outcomes are taken over from the bundle."""
    _replay_believes(patch, "outcomes")


def _replay_believes(patch: pytest.MonkeyPatch, member: str) -> None:
    rederived = bundle_replay.rederived

    def believing(bundle: BundleModel) -> Any:
        content, errors = rederived(bundle)
        stated = bundle.model_dump(exclude_defaults=True)[member]
        return (None if content is None else {**content, member: stated}), errors

    patch.setattr(bundle_replay, "rederived", believing)


def replay_takes_the_default_readings(patch: pytest.MonkeyPatch) -> None:
    """Under which readings the assessment was made is passed over."""
    content_of = make.content_of
    patch.setattr(bundle_replay, "content_of", lambda sources, _, engine: content_of(sources, {}, engine))


def replay_takes_idle_sources(patch: pytest.MonkeyPatch) -> None:
    """Whatever is among the sources is said to have been used."""
    patch.setattr(make, "asked", lambda sources, _: sources)


def checksums_are_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    """What was changed in a bundle is not found where it stands."""
    patch.setattr(read, "damage", lambda _: ())


def bundles_forget_enclosures(patch: pytest.MonkeyPatch) -> None:
    """What can still be reached is said to be exact."""
    outcome = make._outcome
    patch.setattr(make, "_outcome", lambda *given: outcome(*given).model_copy(update={"exact": True}))


def another_engine_is_taken_at_this_ones_word(patch: pytest.MonkeyPatch) -> None:
    """What was recorded is passed over for what is derived."""
    patch.setattr(bundle_recorded, "_said", lambda _: None)


def the_engine_is_blamed_alone(patch: pytest.MonkeyPatch) -> None:
    """Where an engine came to something else, nothing else is named beside it."""
    parts = recorded._in_parts
    patch.setattr(recorded, "_in_parts", lambda effect, engine, _, seen: parts(effect, engine, None, seen))


def attestations_cause_nothing(patch: pytest.MonkeyPatch) -> None:
    """What somebody says of a clause is not looked at as a cause."""
    bears = because._may_bear_on
    patch.setattr(because, "_may_bear_on", lambda cause, *on: cause.what != "attestation" and bears(cause, *on))


def any_cause_suffices(patch: pytest.MonkeyPatch) -> None:
    """Causes are named without evaluating anything."""
    patch.setattr(mixtures.Mixtures, "give", lambda *_: True)


def another_number_is_the_same(patch: pytest.MonkeyPatch) -> None:
    """Two editions with another number in the same place count as computed alike."""
    form = joined._Forms.of

    def alike(forms: joined._Forms, node: Node, operands: tuple[int, ...]) -> object:
        is_number = isinstance(node.subject, Literal) and isinstance(node.subject.value, Fraction)
        return ("literal",) if is_number else form(forms, node, operands)

    patch.setattr(joined._Forms, "of", alike)


ALL_LAWS = (*laws.LAWS, *interviews.LAWS, *simulations.LAWS)
MUTANTS: tuple[tuple[laws.Check, Mutate], ...] = (
    (laws.check_more_evidence_never_flips_a_decided_verdict, unknown_operands_are_skipped),
    (laws.check_more_evidence_never_flips_a_decided_verdict, unknown_is_false),
    (laws.check_kleene_verdicts_are_sound, unknown_is_false),
    (laws.check_kleene_verdicts_are_sound, a_vendor_outdoes_facts),
    (laws.check_kleene_verdicts_are_sound, a_vendor_may_deny_what_facts_say),
    (laws.check_kleene_verdicts_are_sound, crosswalks_outdo_vendors),
    (laws.check_kleene_verdicts_are_sound, a_part_of_an_answer_is_one),
    (laws.check_exact_sets_equal_all_completions, caps_are_off_by_one),
    (laws.check_exact_sets_equal_all_completions, gates_are_ignored),
    (laws.check_exact_sets_equal_all_completions, rows_are_tried_from_below),
    (laws.check_exact_sets_equal_all_completions, a_mean_leaves_out_zeros),
    (laws.check_exact_sets_equal_all_completions, open_clauses_are_satisfied),
    (laws.check_exact_sets_equal_all_completions, parts_are_left_out),
    (laws.check_exact_sets_equal_all_completions, an_undefined_comparison_is_false),
    (laws.check_every_value_has_a_witness, witnesses_forget_clauses),
    (laws.check_every_value_has_a_witness, witnesses_forget_facts),
    (laws.check_an_enclosure_leaves_nothing_out, enclosures_keep_the_first_value),
    (laws.check_what_cannot_matter_changes_no_outcome, what_does_not_decide_alone_cannot_matter),
    (laws.check_what_cannot_matter_changes_no_outcome, what_does_not_decide_alone_is_not_tried),
    (laws.check_order_does_not_matter, the_first_voice_counts),
    (laws.check_parse_after_format_is_the_identity, modalities_are_not_printed),
    (laws.check_parse_after_format_is_the_identity, brackets_are_not_printed),
    (laws.check_parse_after_format_is_the_identity, words_are_mistaken),
    (laws.check_a_program_that_compiles_never_raises, division_is_not_guarded),
    (laws.check_every_number_is_exact, division_is_in_floats),
    (laws.check_every_number_is_exact, means_are_in_floats),
    (laws.check_the_cited_facts_suffice, derivations_cite_the_last_premise_only),
    (laws.check_what_rules_a_value_out_suffices, a_row_is_ruled_out_without_reasons),
    (laws.check_what_leaves_an_outcome_open_is_what_it_hangs_on, whatever_is_open_leaves_it_open),
    (laws.check_the_determining_facts_suffice, the_first_operand_determines_alone),
    (laws.check_a_derivation_replays_to_its_conclusion, derivations_say_what_did_not_happen),
    (laws.check_a_derivation_replays_to_its_conclusion, replay_believes_everything),
    (laws.check_not_applicable_leaves_every_count, what_does_not_apply_is_counted),
    (laws.check_not_applicable_leaves_every_count, what_does_not_apply_fails),
    (laws.check_a_reading_changes_only_what_it_patches, another_reading_overrules_attestations),
    (laws.check_the_compiler_keeps_the_meaning, gates_of_all_groups_are_one),
    (laws.check_the_compiler_keeps_the_meaning, grades_try_the_lowest_level_first),
    (laws.check_the_compiler_keeps_the_meaning, a_cell_of_the_membership_is_lost),
    (laws.check_the_compiler_keeps_the_meaning, what_is_new_is_everything),
    (laws.check_the_compiler_keeps_the_meaning, modalities_are_not_asked),
    (laws.check_the_compiler_keeps_the_meaning, items_lose_a_leaf),
    (laws.check_the_compiler_keeps_the_meaning, parents_lose_a_leaf),
    (laws.check_the_compiler_keeps_the_meaning, readings_patch_nothing),
    (laws.check_the_compiler_keeps_the_meaning, leads_count_under_every_option),
    (laws.check_the_compiler_keeps_the_meaning, modalities_are_not_patched),
    (laws.check_the_compiler_keeps_the_meaning, clauses_that_are_one_item_count_leaf_by_leaf),
    (laws.check_the_compiler_keeps_the_meaning, shut_gates_carry_nothing_over),
    (interviews.check_an_answer_leaves_what_it_is_said_to_leave, what_lies_ahead_of_one_way_is_all),
    (interviews.check_an_interview_ends_where_every_answer_would_lead, clauses_without_a_condition_are_not_asked),
    (interviews.check_nothing_is_asked_that_cannot_matter, whatever_is_open_is_asked),
    (simulations.check_a_change_settles_as_anew, only_what_is_spoken_of_is_settled_again),
    (simulations.check_a_margin_ends_where_a_comparison_turns, a_margin_ends_at_the_last_value_tried),
    (remedy_laws.check_no_changes_are_cheaper_than_the_plan, dearer_ways_are_kept),
    (remedy_laws.check_no_changes_are_cheaper_than_the_plan, shared_facts_are_changed_for_each_clause),
    (remedy_laws.check_a_plan_that_is_carried_out_reaches_the_level, what_is_not_shown_counts),
    (serving_laws.check_a_step_names_the_clauses_that_it_is_for, the_bound_of_a_step_is_not_looked_at),
    (serving_laws.check_a_step_names_the_clauses_that_it_is_for, every_clause_that_turns_is_named),
    (remedy_laws.check_what_stands_in_the_way_is_every_minimal_set, parts_are_forgotten),
    (remedy_laws.check_what_stands_in_the_way_is_every_minimal_set, one_choice_speaks_for_all),
    (remedy_laws.check_a_certificate_proves_its_plan_and_no_other, checks_believe_everything),
    (bundle_laws.check_a_bundle_replays_to_its_bytes, replay_believes_steps),
    (bundle_laws.check_a_bundle_replays_to_its_bytes, replay_believes_outcomes),
    (bundle_laws.check_a_bundle_replays_to_its_bytes, replay_takes_the_default_readings),
    (bundle_laws.check_a_bundle_replays_to_its_bytes, replay_takes_idle_sources),
    (bundle_laws.check_a_bundle_replays_to_its_bytes, checksums_are_not_looked_at),
    (bundle_laws.check_a_bundle_replays_to_its_bytes, bundles_forget_enclosures),
    (bundle_laws.check_the_engine_is_named_where_it_derives_otherwise, another_engine_is_taken_at_this_ones_word),
    (bundle_laws.check_the_engine_is_named_where_it_derives_otherwise, the_engine_is_blamed_alone),
    (comparisons.check_the_causes_named_give_the_difference, attestations_cause_nothing),
    (comparisons.check_the_causes_named_give_the_difference, any_cause_suffices),
    (comparisons.check_editions_differ_as_their_subjects_do, another_number_is_the_same),
    *PROOF_MUTANTS,
)


def laws_of_the_document() -> set[str]:
    """The names of the laws as `docs/semantics.md` has them, as functions."""
    text = (Path(__file__).parents[2] / "docs" / "semantics.md").read_text(encoding="utf-8")
    names = re.findall(r"^### (\S+)$", text.partition("\n## The laws\n")[2], re.MULTILINE)
    return {"check_" + name.replace("-", "_") for name in names}


def test_every_law_of_the_document_is_checked_and_has_a_mutant() -> None:
    assert len(laws_of_the_document()) > 10
    assert {law.__name__ for law in ALL_LAWS} == laws_of_the_document()
    assert {law.__name__ for law, _ in MUTANTS} == laws_of_the_document()


def test_every_law_of_the_document_is_tried_on_drawn_policies() -> None:
    tried = {f"check_{name.removeprefix('test_')}" for name in vars(test_laws) if name.startswith("test_")}
    assert tried == laws_of_the_document()


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("law", "mutate"), [pytest.param(law, m, id=f"{law.__name__[6:]}: {m.__name__}") for law, m in MUTANTS]
)
def test_a_law_catches_its_mutant(law: laws.Check, mutate: Mutate) -> None:
    tried = cases_for(law)  # drawn, and so compiled, before anything is broken
    with pytest.MonkeyPatch.context() as patch:
        mutate(patch)
        caught = next((case for case in tried if _is_broken(law, case)), None)
    _forget()
    assert caught is not None
    law(*caught)  # holds: it was the mutant that broke it


def _is_broken(law: laws.Check, case: Case) -> bool:
    """Whether the law itself says so; that arithmetic raises is a finding only where the law is that nothing does."""
    try:
        law(*case)
    except AssertionError:
        return True
    except ArithmeticError:
        return law is laws.check_a_program_that_compiles_never_raises
    return False


def left_out() -> Assessment:
    """One of two groups without a weight."""
    return reviewed(LEFT_OUT, "inputs: {k: p}\nattestations: {1.a: satisfied, 2.a: unsatisfied}\n")


def doubted() -> Assessment:
    """A clause of which the vendor says that it is satisfied, and which an assessor could not confirm."""
    said = "[{verdict: satisfied, voice: vendor}, {verdict: unknown, voice: assessor}]"
    return reviewed(LEFT_OUT, f"inputs: {{k: p}}\nattestations: {{1.a: {said}}}\n")


WORKED = """groups section
fact hours : number
section 1
  a) "long" hours >= 40
score total = 10 * count of clauses satisfied + hours
"""


def worked() -> Assessment:
    """A score that moves with the hours, and falls where they do not suffice for a clause."""
    return reviewed(WORKED, "facts: {hours: 100}\n")


#: what drawn cases meet too seldom for two hundred of them, each on a case made for it
ON_A_CASE: tuple[tuple[laws.Check, Mutate, Assessment], ...] = (
    (laws.check_exact_sets_equal_all_completions, rounded_statements_conflict, rated(ratio="80", done="79.97")),
    (laws.check_kleene_verdicts_are_sound, rounded_statements_stand, rated(ratio="80", done="79.97")),
    (laws.check_exact_sets_equal_all_completions, groups_left_out_count_as_zero, left_out()),
    (laws.check_kleene_verdicts_are_sound, a_doubt_says_nothing, doubted()),
    (simulations.check_a_margin_ends_where_a_comparison_turns, a_limit_is_what_a_far_number_gives, worked()),
    (
        remedy_laws.check_no_changes_are_cheaper_than_the_plan,
        people_are_asked_before_facts_change,
        test_remedies.DRILL.assessment,
    ),
    (
        remedy_laws.check_no_changes_are_cheaper_than_the_plan,
        other_values_are_forgotten,
        test_likewise.EITHER.assessment,
    ),
    (serving_laws.check_a_step_names_the_clauses_that_it_is_for, what_holds_anyway_is_named, test_serving.HELD_ANYWAY),
    (
        remedy_laws.check_a_plan_that_is_carried_out_reaches_the_level,
        what_is_stated_gives_way_to_its_formula,
        test_remedies.AS_COMPUTED.assessment,
    ),
)


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(("law", "mutate", "on"), ON_A_CASE, ids=lambda x: getattr(x, "__name__", ""))
def test_a_law_catches_its_mutant_on_a_case_made_for_it(law: laws.Check, mutate: Mutate, on: Assessment) -> None:
    law(on.program, on.bound.evidence)
    _forget()
    with pytest.MonkeyPatch.context() as patch:
        mutate(patch)
        assert _is_broken(law, Case(on.program, on.bound.evidence))
