"""What an evidence file becomes: the values, their places, and the same from YAML and JSON."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.diagnostic import Label, has_errors
from guiju.dsl.source import Source
from guiju.engine.evidence import Evidence, Quantity
from guiju.exchange import codes
from guiju.exchange.evidence import parse_evidence, read_evidence
from guiju.exchange.evidence_model import json_schema
from guiju.exchange.instant import read_day
from tests.exchange.strategies import ANYTHING, FILES

HEAD = "guiju: evidence/1\nsubject: x\nfacts: {a: {value: 1, evidence: e}}\n"
BEIJING = timezone(timedelta(hours=8))
EVERYTHING = (
    (Path(__file__).parent / "cases" / "valid.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
)


@pytest.fixture(scope="module")
def everything() -> Evidence:
    evidence, diagnostics = parse_evidence(Source("all.yaml", EVERYTHING))
    assert not diagnostics
    assert evidence is not None
    return evidence


def test_the_head(everything: Evidence):
    assert everything.subject == "示例平台"
    assert everything.fictional
    assert everything.standard == "demo-1.0"
    assert everything.target == "L2"
    assert everything.as_of == datetime(2026, 3, 31, 9, tzinfo=BEIJING)
    assert [(choice.name, choice.value) for choice in everything.inputs] == [("service", "full"), ("服务", None)]
    assert everything.digest.startswith("sha256:")


def test_dates_are_days_in_the_zone_of_the_assessment(everything: Evidence):
    first, second = everything.records
    assert first.collected_on == datetime(2026, 3, 1, tzinfo=BEIJING)
    assert first.expires == datetime(2027, 2, 28, 23, 59, 59, 999999, tzinfo=BEIJING)
    assert second.collected_on == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert second.expires == datetime(2026, 12, 31, 12, tzinfo=BEIJING)
    assert (first.collected_by, first.hash, first.title) == ("张三", "sha256:0123", "Load test, March")


def test_facts_are_exact_and_keep_their_units(everything: Evidence):
    values = {fact.name: fact.value for fact in everything.facts}
    assert values == {
        "compute": Quantity(number=Fraction(50), unit="PFLOPS"),
        "share": Quantity(number=Fraction(167, 2), unit="%"),
        "time": Quantity(number=Fraction(7), unit="d"),
        "grouped": Quantity(number=Fraction(1000), unit="TB/s"),
        "third": Quantity(number=Fraction(1, 3)),
        "wide": Quantity(number=Fraction(50), unit="PFLOPS"),
        "small": Quantity(number=Fraction(1, 1000)),
        "signed": Quantity(number=Fraction(-2)),
        "backed_up": "yes",
        "open": True,
        "scales": ("百亿", "千亿"),
        "one_scale": "百亿",
        "blank": None,
        "not_known": None,
    }


def test_facts_know_their_evidence_and_place(everything: Evidence):
    facts = {fact.name: fact for fact in everything.facts}
    assert facts["time"].evidence == ("e1",)
    assert facts["time"].note == "measured"
    assert facts["one_scale"].evidence == ("e1", "e2")
    assert facts["compute"].span.text == "compute: 50 PFLOPS"
    assert facts["time"].span.text == "time"


def test_attestations_keep_clause_voice_and_order(everything: Evidence):
    assert [(a.clause, a.verdict, a.voice) for a in everything.attestations] == [
        ("6.1.1.1.a", "satisfied", "vendor"),
        ("6.1.1.1 b)", "satisfied", "vendor"),
        ("6.1.1.1.c", "not-applicable", "vendor"),
        ("6.1.1.1.d", "satisfied", "vendor"),
        ("6.1.1.1.d", "unsatisfied", "assessor"),
        ("6.1.1.1.d", "satisfied", "override"),
    ]
    assert [a.span.position.line for a in everything.attestations[3:]] == [46, 47, 48]
    assert everything.attestations[4].by == "李四"


def test_what_is_left_blank_says_nothing_and_unknown_says_that_somebody_looked():
    """A blank file is filled in bit by bit: its blanks must not take away what a vendor says."""
    blanks = "  a:\n  b: {verdict: , by: 李四}\n  c: [unknown, {verdict: , voice: vendor}]\n"
    text = f"guiju: evidence/1\nsubject: x\nvoice: assessor\nattestations:\n{blanks}"
    evidence, found = parse_evidence(Source("x.yaml", text))
    assert found == ()
    assert evidence is not None
    assert [(a.clause, a.verdict, a.voice) for a in evidence.attestations] == [("c", "unknown", "assessor")]


def _found(text: str, name: str = "x.yaml"):
    return parse_evidence(Source(name, text))[1]


def test_yes_and_no_are_no_truth_values_of_yaml():
    evidence, _ = parse_evidence(Source("x.yaml", "guiju: evidence/1\nsubject: no\nfacts: {a: on, b: 'true', c: Off}"))
    assert evidence is not None
    assert evidence.subject == "no"
    assert [fact.value for fact in evidence.facts] == ["on", "true", "Off"]


def test_a_misspelt_key_is_told_what_may_have_been_meant():
    found = _found("guiju: evidence/1\nsubject: x\nfact: {}\nevidence: {e1: {kind: x, titel: y}}")
    assert [d.suggestion for d in found if d.code is codes.UNKNOWN_KEY] == ["facts", "title"]


def test_a_chinese_word_is_offered_the_key_that_it_stands_for_at_its_place():
    text = "guiju: evidence/1\nsubject: x\n结论: {6.1.a: {结论: 满足}}\nattestations: {6.1.b: {结论: 满足, 读法: x}}\n"
    _, found = parse_evidence(Source("e.yaml", text))
    assert [d.suggestion for d in found] == ["attestations", "verdict", None]


def test_several_full_width_colons_beside_each_other_are_told_of_together():
    for text, places in (("facts: {a：1，b：2}", [(3, 14)]), ("facts:\n  a：1\n  b：2\n  c：3", [(5, 4), (6, 4)])):
        (found,) = _found(f"guiju: evidence/1\nsubject: x\n{text}\n")
        assert [label.span.position for label in found.labels] == places


def test_a_misspelt_word_and_id_are_told_what_may_have_been_meant():
    text = "guiju: evidence/1\nsubject: x\nevidence: {report: {kind: x}}\n"
    found = _found(text + "attestations:\n  a: satisfed\n  b: {verdict: unknown, evidence: repotr}")
    assert [d.suggestion for d in found if d.is_error] == ["satisfied", "report"]


def test_a_number_that_needs_quotes_gets_them_as_a_fix():
    (found,) = _found("guiju: evidence/1\nsubject: 1.10")
    assert found.fix == '"1.10"'
    assert found.span.text == "1.10"


def test_a_duplicate_key_points_at_the_first():
    (found,) = _found("guiju: evidence/1\nsubject: x\nsubject: y")
    (label,) = found.labels
    assert isinstance(label, Label)
    assert label.span.position == (2, 1)
    assert found.span.position == (3, 1)


def test_conflicting_units_and_dates_point_at_both():
    (found,) = _found("guiju: evidence/1\nsubject: x\nfacts:\n  a: {value: 50 PFLOPS, unit: TB/s}")
    assert (found.span.text, found.labels[0].span.text) == ("TB/s", "50 PFLOPS")
    text = HEAD + "evidence: {e: {kind: x, collected_on: %s, expires: %s}}"
    found = next(d for d in _found(text % ("2026-02-02", "2026-02-01")) if d.is_error)
    assert (found.span.text, found.labels[0].span.text) == ("2026-02-01", "2026-02-02")
    assert not has_errors(_found(text % ("2026-02-02", "2026-02-02")))


def test_unclosed_brackets_point_at_where_they_open():
    (found,) = _found("guiju: evidence/1\nfacts: [1, 2\nsubject: x")
    assert found.labels[0].span.position == (2, 8)


def test_expired_evidence_is_data():
    text = "guiju: evidence/1\nsubject: x\nas_of: 2026-01-01T00:00:00Z\nfacts: {a: {value: 1, evidence: e}}\n"
    evidence, diagnostics = parse_evidence(Source("x.yaml", text + "evidence: {e: {kind: x, expires: 2025-12-31}}"))
    assert not diagnostics
    assert evidence is not None
    assert evidence.records[0].expires == datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


def test_the_ending_of_the_name_says_which_format(tmp_path: Path):
    data = '{\n\t"guiju": "evidence/1",\n\t"subject": "x"\n}'
    (tmp_path / "x.JSON").write_text(data, encoding="utf-8")
    (tmp_path / "x.yml").write_text(data, encoding="utf-8")
    assert read_evidence(str(tmp_path / "x.JSON"))[0] is not None
    (found,) = read_evidence(tmp_path / "x.yml")[1]
    assert found.code is codes.TAB_INDENTATION


# --- laws --------------------------------------------------------------------------------------------------------


def _as_json(data: Any) -> Source:
    return Source("x.json", json.dumps(data, ensure_ascii=False, indent=1))


def _as_yaml(data: Any, flow: bool) -> Source:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=10**6)
    return Source("x.yaml", text)


@given(FILES, st.booleans())
def test_yaml_and_json_of_the_same_data_give_equal_evidence(data: dict[str, Any], flow: bool):
    from_json, said_of_json = parse_evidence(_as_json(data))
    from_yaml, said_of_yaml = parse_evidence(_as_yaml(data, flow))
    assert sorted(d.message("en") for d in said_of_json) == sorted(d.message("en") for d in said_of_yaml)
    assert (from_json and replace(from_json, digest="")) == (from_yaml and replace(from_yaml, digest=""))


@given(FILES)
def test_what_is_read_without_errors_suits_the_schema(data: dict[str, Any]):
    evidence, diagnostics = parse_evidence(_as_json(data))
    assert (evidence is None) == has_errors(diagnostics)
    if evidence is not None:
        VALIDATOR.validate(data)


VALIDATOR = jsonschema.Draft202012Validator(json_schema())


@given(ANYTHING)
def test_no_data_raises(data: Any):
    evidence, diagnostics = parse_evidence(_as_json(data))
    assert (evidence is None) == has_errors(diagnostics)
    for found in diagnostics:
        assert found.message("zh")
        assert found.help("en")
        assert found.span.position.line >= 1


@given(st.text(max_size=60), st.sampled_from(("x.yaml", "x.json")))
def test_no_text_raises(text: str, name: str):
    evidence, diagnostics = parse_evidence(Source(name, text))
    assert evidence is None
    assert has_errors(diagnostics)
    assert all(str(found.span) for found in diagnostics)


@given(st.dates())
def test_every_date_is_read(day: date):
    assert read_day(day.isoformat()) == day


@given(st.datetimes(timezones=st.sampled_from((None, UTC, BEIJING))))
def test_every_instant_is_read(instant: datetime):
    assert read_day(instant.isoformat()) == instant
    assert read_day(instant.isoformat(sep=" ").replace("+00:00", "z")) == instant
