"""Two recorded assessments are compared: what the engine changed is told apart from what the shop changed.

A bundle whose version, outcome and steps were altered together, with its checksums made again, stands for one that
another engine wrote.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

import guiju
from guiju.bundle.layout import written
from guiju.bundle.make import content_of
from guiju.bundle.sources import SourceText, in_order
from guiju.report import comparison_model
from tests.bundle import made
from tests.cli.test_commands import run
from tests.feet import above_the_foot

HERE = guiju.__version__
OLD = "0.0.9"
ANSWERED = "attestations:\n  1.b: {verdict: satisfied, voice: assessor}\n"


def content(evidence: str = made.EVIDENCE, engine: str = HERE, reading: str = "strict") -> dict[str, Any]:
    """The assessment of the shop, as this engine derives it."""
    stated = SourceText("evidence", "shop.yaml", evidence)
    sources = in_order(s if s.role != "evidence" else stated for s in made.SOURCES)
    found, errors = content_of(sources, {"answers": reading}, engine)
    assert found is not None, errors
    return found


def coming_to(content: dict[str, Any], **values: str) -> dict[str, Any]:
    """The same as an engine would have recorded it that came to these values."""

    def step(told: dict[str, Any]) -> dict[str, Any]:
        if told["node"] not in values:
            return told
        kept = {key: value for key, value in told.items() if key not in ("reachable", "why")}
        return {**kept, "value": values[told["node"]]}

    outcomes = [{**o, "values": [values.get(o["outcome"], *o["values"][:1])]} for o in content["outcomes"]]
    changed = outcomes if "level" in values else content["outcomes"]
    return {**content, "outcomes": changed, "derivation": [step(s) for s in content["derivation"]]}


def compare(tmp_path: Path, *contents: dict[str, Any], form: str = "text", language: str = "en") -> Result:
    paths = [tmp_path / f"{number}.json" for number in range(len(contents))]
    for path, told in zip(paths, contents, strict=True):
        path.write_text(written(told), encoding="utf-8")
    return run("compare", *map(str, paths), "--format", form, "--lang", language)


def as_json(tmp_path: Path, *contents: dict[str, Any]) -> dict[str, Any]:
    result = compare(tmp_path, *contents, form="json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    Draft202012Validator(comparison_model.json_schema()).validate(found)
    return found


def outcome(found: dict[str, Any]) -> dict[str, Any]:
    (effect,) = [e for e in found["effects"] if e["what"] == "outcome"]
    return dict(effect)


# --- by which cause ------------------------------------------------------------------------------------------------


def test_a_bundle_and_itself_do_not_differ(tmp_path: Path) -> None:
    assert above_the_foot(compare(tmp_path, content(), content()).stdout) == "No difference\n"


def test_bundles_of_two_standards_are_refused_in_one_sentence(tmp_path: Path) -> None:
    kiosk = made.POLICY.replace('standard shop-1 "SHOP 1"', 'standard kiosk-1 "KIOSK 1"')
    sources = (
        SourceText("policy", "kiosk-1.guiju", kiosk),
        SourceText("vocabulary", "shared.guiju", made.VOCABULARY, ("kiosk-1",)),
        SourceText("evidence", "shop.yaml", made.EVIDENCE),
    )
    found, errors = content_of(in_order(sources), {"answers": "strict"}, HERE)
    assert found is not None, errors
    refused = compare(tmp_path, content(), found)
    assert refused.exit_code == 1
    assert (
        "error[two-standards]: one side is assessed by SHOP 1 (shop-1), the other by KIOSK 1 (kiosk-1)"
        in refused.stderr
    )
    assert refused.stdout == ""


def test_what_was_attested_since_is_the_cause_as_between_two_evidence_files(tmp_path: Path) -> None:
    shown = compare(tmp_path, content(), content(made.EVIDENCE + ANSWERED)).stdout
    assert "level: L1 | L2 → L2  by 1" in shown
    assert "1  attestation 1 b) someone answers (assessor): (none) → satisfied" in shown
    assert "engine" not in shown


def test_another_reading_is_a_cause(tmp_path: Path) -> None:
    shown = compare(tmp_path, content(), content(reading="wide")).stdout
    assert "level: L1 | L2 → L2 | no level  by 1" in shown
    assert "1  reading answers Who answers: strict → wide" in shown


def test_where_another_engine_came_to_something_else_on_the_same_it_is_the_cause(tmp_path: Path) -> None:
    old = coming_to(content(engine=OLD), level="none")
    result = compare(tmp_path, old, content())
    assert "level: no level → L1 | L2  by 1  derived here: L1 | L2 → L1 | L2" in result.stdout
    assert f"1  engine guiju: {OLD} → {HERE}" in result.stdout
    assert "[other-engine]" in result.stderr
    effect = outcome(as_json(tmp_path, old, content()))
    assert effect["because"] == {"sufficing": [[0]], "found": "smallest", "needed": [0]}


def test_what_the_engine_and_what_the_shop_changed_are_told_apart(tmp_path: Path) -> None:
    """The old engine saw no level, this one sees L1 or L2 in the same; and that b) was attested leads from there to L2."""
    old, new = coming_to(content(engine=OLD), level="none"), content(made.EVIDENCE + ANSWERED)
    found = as_json(tmp_path, old, new)
    assert [c["what"] for c in found["causes"]] == ["engine", "attestation"]
    effect = outcome(found)
    assert effect["because"] == {"sufficing": [[0, 1]], "found": "parts", "needed": None}
    assert [effect[side]["values"] for side in ("before", "after")] == [["none"], ["L2"]]
    assert [effect["derived"][side]["values"] for side in ("before", "after")] == [["L1", "L2"], ["L2"]]
    clause = next(e for e in found["effects"] if e["address"] == "clause:1.b")
    assert (clause["because"]["sufficing"], clause["derived"]) == ([[1]], None)
    shown = compare(tmp_path, old, new, language="zh").stdout
    assert "level: 无等级 → L2  因 1+2  由此处的版本推出 L1 | L2 → L2" in shown


def test_what_another_engine_derives_alike_is_put_down_to_the_shop_alone(tmp_path: Path) -> None:
    found = as_json(tmp_path, content(engine=OLD), content(made.EVIDENCE + ANSWERED))
    assert outcome(found)["because"]["sufficing"] == [[1]]
    assert [found[side]["engine"] for side in ("before", "after")] == [OLD, HERE]


def test_an_engine_is_told_also_where_the_later_bundle_is_the_one_that_it_wrote(tmp_path: Path) -> None:
    shown = compare(
        tmp_path, content(), coming_to(content(engine="9.9.9"), level="L1", **{"clause:1.a": "unsatisfied"})
    )
    assert f"1  engine guiju: {HERE} → 9.9.9" in shown.stdout
    assert "level: L1 | L2 → L1  by 1  derived here: L1 | L2 → L1 | L2" in shown.stdout
    assert "1 a) open long: satisfied → unsatisfied  by 1  derived here: satisfied → satisfied" in shown.stdout


def test_one_other_engine_on_both_sides_is_no_cause(tmp_path: Path) -> None:
    """What this engine does not derive cannot be shown by it; but whatever else changed suffices, all of it together."""
    old = coming_to(content(engine=OLD), level="none"), coming_to(content(made.EVIDENCE + ANSWERED, OLD), level="L1")
    found = as_json(tmp_path, *old)
    assert [c["what"] for c in found["causes"]] == ["attestation"]
    assert outcome(found)["because"] == {"sufficing": [[0]], "found": "suffices", "needed": None}


def test_a_recorded_assessment_beside_one_made_now(tmp_path: Path) -> None:
    (tmp_path / "shop-1.guiju").write_text(made.POLICY.replace(">= 8", ">= 10"), encoding="utf-8")
    (tmp_path / "shared.guiju").write_text(made.VOCABULARY, encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(made.EVIDENCE, encoding="utf-8")
    (tmp_path / "then.json").write_text(written(content(engine=OLD)), encoding="utf-8")
    files = [str(tmp_path / name) for name in ("then.json", "shop-1.guiju", "shop.yaml")]
    shown = run("compare", *files, "--lang", "en", "--exit-code")
    assert shown.exit_code == 4
    assert "threshold  1 a) open long: 8 → 10" in shown.stdout
    assert "level: L1 | L2 → no level  by 1" in shown.stdout  # the number of the amendment, as `guiju diff` has it
    assert f"engine guiju: {OLD} → {HERE}" not in shown.stdout


def test_from_python_a_bundle_is_compared_by_its_path_with_another_or_an_assessment(tmp_path: Path) -> None:
    (tmp_path / "shop-1.guiju").write_text(made.POLICY, encoding="utf-8")
    (tmp_path / "shared.guiju").write_text(made.VOCABULARY, encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(made.EVIDENCE, encoding="utf-8")
    bundle = tmp_path / "then.json"
    bundle.write_text(written(coming_to(content(engine=OLD), level="L2")), encoding="utf-8")
    now = guiju.evaluate(str(tmp_path / "shop-1.guiju"), tmp_path / "shop.yaml")
    difference = guiju.compare(bundle, now)
    assert [(c.what, c.before, c.after) for c in difference.causes] == [("engine", OLD, HERE)]
    (effect,) = difference.effects
    assert effect.before is not None
    assert (effect.address, set(effect.before.values)) == ("level", {"L2"})
    assert guiju.compare(str(bundle), bundle).is_none
    bundle.write_text("{}", encoding="utf-8")
    with pytest.raises(guiju.GuijuError, match="not a bundle"):
        guiju.compare(bundle, now)


# --- what is refused -----------------------------------------------------------------------------------------------


def refused(result: Result) -> list[str]:
    assert result.exit_code == 1, result.output
    return [d["code"] for d in json.loads(result.stdout)["diagnostics"]]


def test_a_damaged_bundle_is_refused_as_replay_refuses_it(tmp_path: Path) -> None:
    whole, damaged = tmp_path / "whole.json", tmp_path / "damaged.json"
    whole.write_text(written(content()), encoding="utf-8")
    damaged.write_text(written(content()).replace("街角", "街口"), encoding="utf-8")
    told = refused(run("compare", str(whole), str(damaged), "--format", "json"))
    assert told == refused(run("replay", str(damaged), "--format", "json")) == ["bundle-changed", "bundle-changed"]


def test_an_outcome_that_this_very_version_does_not_derive_is_no_other_engine_s(tmp_path: Path) -> None:
    forged = coming_to(content(), level="L2")
    assert set(refused(compare(tmp_path, forged, content(engine=OLD), form="json"))) == {"bundle-deviates"}


@pytest.mark.parametrize(("member", "value"), [("subject", "another shop"), ("policy_digest", "sha256:0")])
def test_what_a_bundle_stands_on_is_the_same_for_every_engine(tmp_path: Path, member: str, value: str) -> None:
    forged = {**content(engine=OLD), member: value}
    assert "bundle-deviates" in refused(compare(tmp_path, content(), forged, form="json"))


def test_an_outcome_that_its_own_steps_contradict_is_no_engine_s(tmp_path: Path) -> None:
    forged = {**content(engine=OLD), "outcomes": [{"outcome": "level", "values": ["L2"]}]}
    assert "bundle-deviates" in refused(compare(tmp_path, content(), forged, form="json"))


def test_one_engine_that_came_to_two_things_on_one_source_is_believed_in_neither(tmp_path: Path) -> None:
    forged = coming_to(content(engine=OLD), level="L2")
    assert "bundle-deviates" in refused(compare(tmp_path, content(engine=OLD), forged, form="json"))


def test_readings_of_bundles_cannot_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    path.write_text(written(content()), encoding="utf-8")
    result = run("compare", str(path), str(path), "--reading", "answers=wide")
    assert result.exit_code == 2
    assert "option-beside-bundle" in result.stderr


@pytest.mark.parametrize("value", ["1/0", "--1", "9" * 5000, "forged", ""])
def test_a_value_that_nothing_can_have_is_no_engine_s(tmp_path: Path, value: str) -> None:
    for node in ("level", "clause:1.a", "A@L1"):
        forged = coming_to(content(engine=OLD), **{node: value})
        if (node, value) != ("A@L1", "9" * 5000):
            assert "bundle-deviates" in refused(compare(tmp_path, forged, content(), form="json")), node


def test_a_node_that_the_standard_does_not_have_or_a_step_told_twice_is_no_engine_s(tmp_path: Path) -> None:
    old = coming_to(content(engine=OLD), level="none")
    first, *others = old["derivation"]
    for steps in ([{**first, "node": "clause:9.9"}, *others], [*old["derivation"], first]):
        assert "bundle-deviates" in refused(compare(tmp_path, {**old, "derivation": steps}, content(), form="json"))
