"""The laws of `docs/semantics.md`, each on policies and evidence drawn at random. What they ask stands in `laws.py`."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from tests.engine import bundle_laws, comparisons, interviews, laws, proof_laws, remedy_laws, serving_laws, simulations
from tests.engine.strategies import Case, cases, policies
from tests.engine.wide import wide_cases

WHOLE = 100  # a law's share is in per cent of what the profile draws


def drawn(share: int) -> settings:
    """So many examples where the profile asks for a hundred: the slower laws draw fewer."""
    examples = max(5, settings.default.max_examples * share // WHOLE)  # type: ignore[union-attr]
    return settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@drawn(100)
@given(cases())
def test_more_evidence_never_flips_a_decided_verdict(case: Case) -> None:
    laws.check_more_evidence_never_flips_a_decided_verdict(*case)


@drawn(50)
@given(cases())
def test_kleene_verdicts_are_sound(case: Case) -> None:
    laws.check_kleene_verdicts_are_sound(*case)


@drawn(100)
@given(cases())
def test_exact_sets_equal_all_completions(case: Case) -> None:
    laws.check_exact_sets_equal_all_completions(*case)


@drawn(100)
@given(cases())
def test_every_value_has_a_witness(case: Case) -> None:
    laws.check_every_value_has_a_witness(*case)


@drawn(80)
@given(cases())
def test_an_enclosure_leaves_nothing_out(case: Case) -> None:
    laws.check_an_enclosure_leaves_nothing_out(*case)


@drawn(50)
@given(cases())
def test_what_cannot_matter_changes_no_outcome(case: Case) -> None:
    laws.check_what_cannot_matter_changes_no_outcome(*case)


@drawn(80)
@given(cases())
def test_order_does_not_matter(case: Case) -> None:
    laws.check_order_does_not_matter(*case)


@drawn(100)
@given(policies())
def test_parse_after_format_is_the_identity(text: str) -> None:
    laws.check_formatting_loses_nothing(text)


@drawn(80)
@given(cases())
def test_a_program_that_compiles_never_raises(case: Case) -> None:
    laws.check_a_program_that_compiles_never_raises(*case)


@drawn(80)
@given(cases())
def test_every_number_is_exact(case: Case) -> None:
    laws.check_every_number_is_exact(*case)


@drawn(80)
@given(cases())
def test_the_cited_facts_suffice(case: Case) -> None:
    laws.check_the_cited_facts_suffice(*case)


@drawn(80)
@given(cases())
def test_the_determining_facts_suffice(case: Case) -> None:
    laws.check_the_determining_facts_suffice(*case)


@drawn(50)
@given(cases())
def test_what_leaves_an_outcome_open_is_what_it_hangs_on(case: Case) -> None:
    laws.check_what_leaves_an_outcome_open_is_what_it_hangs_on(*case)


@drawn(80)
@given(cases())
def test_what_rules_a_value_out_suffices(case: Case) -> None:
    laws.check_what_rules_a_value_out_suffices(*case)


@drawn(80)
@given(cases())
def test_a_derivation_replays_to_its_conclusion(case: Case) -> None:
    laws.check_a_derivation_replays_to_its_conclusion(*case)


@drawn(80)
@given(cases())
def test_not_applicable_leaves_every_count(case: Case) -> None:
    laws.check_not_applicable_leaves_every_count(*case)


@drawn(80)
@given(cases())
def test_a_reading_changes_only_what_it_patches(case: Case) -> None:
    laws.check_a_reading_changes_only_what_it_patches(*case)


@drawn(60)
@given(wide_cases())
def test_the_compiler_keeps_the_meaning(case: Case) -> None:
    laws.check_the_compiler_keeps_the_meaning(*case)


@drawn(50)
@given(cases())
def test_an_answer_leaves_what_it_is_said_to_leave(case: Case) -> None:
    interviews.check_an_answer_leaves_what_it_is_said_to_leave(*case)


@drawn(50)
@given(cases())
def test_an_interview_ends_where_every_answer_would_lead(case: Case) -> None:
    interviews.check_an_interview_ends_where_every_answer_would_lead(*case)


@drawn(50)
@given(cases())
def test_nothing_is_asked_that_cannot_matter(case: Case) -> None:
    interviews.check_nothing_is_asked_that_cannot_matter(*case)


@drawn(30)
@given(cases())
def test_a_change_settles_as_anew(case: Case) -> None:
    simulations.check_a_change_settles_as_anew(*case)


@drawn(50)
@given(cases())
def test_a_margin_ends_where_a_comparison_turns(case: Case) -> None:
    simulations.check_a_margin_ends_where_a_comparison_turns(*case)


@drawn(30)
@given(cases())
def test_what_stands_in_the_way_is_every_minimal_set(case: Case) -> None:
    remedy_laws.check_what_stands_in_the_way_is_every_minimal_set(*case)


@drawn(30)
@given(cases())
def test_no_changes_are_cheaper_than_the_plan(case: Case) -> None:
    remedy_laws.check_no_changes_are_cheaper_than_the_plan(*case)


@drawn(30)
@given(cases())
def test_a_plan_that_is_carried_out_reaches_the_level(case: Case) -> None:
    remedy_laws.check_a_plan_that_is_carried_out_reaches_the_level(*case)


@drawn(30)
@given(cases())
def test_a_step_names_the_clauses_that_it_is_for(case: Case) -> None:
    serving_laws.check_a_step_names_the_clauses_that_it_is_for(*case)


@drawn(20)
@given(cases())
def test_a_certificate_proves_its_plan_and_no_other(case: Case) -> None:
    remedy_laws.check_a_certificate_proves_its_plan_and_no_other(*case)


@drawn(20)
@given(cases())
def test_a_bundle_replays_to_its_bytes(case: Case) -> None:
    bundle_laws.check_a_bundle_replays_to_its_bytes(*case)


@drawn(20)
@given(cases())
def test_the_engine_is_named_where_it_derives_otherwise(case: Case) -> None:
    bundle_laws.check_the_engine_is_named_where_it_derives_otherwise(*case)


@drawn(50)
@given(cases())
def test_the_causes_named_give_the_difference(case: Case) -> None:
    comparisons.check_the_causes_named_give_the_difference(*case)


@drawn(60)
@given(cases())
def test_editions_differ_as_their_subjects_do(case: Case) -> None:
    comparisons.check_editions_differ_as_their_subjects_do(*case)


@drawn(8)
@given(cases())
def test_what_is_proved_is_so(case: Case) -> None:
    proof_laws.check_what_is_proved_is_so(*case)
