"""An assessor writes a file by hand, with a Chinese input method and the slips of a first day: each is told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import FULL, POLICY, evidence, run

HEAD = "guiju: evidence/1\nsubject: x\nas_of: 2026-06-30T00:00:00+08:00\ninputs: {service: platform}\nvoice: 评估方\n"
RECORDS = "evidence: {e1: {kind: t}, e2: {kind: t}}\n"


def told(folder: Path, *lines: str, head: str = HEAD + RECORDS) -> list[tuple[str, str | None, str]]:
    """Code, suggestion and help of each mistake."""
    path = evidence(folder, head + "\n".join(lines) + "\n")
    said = json.loads(run("evaluate", POLICY, path, "--format", "json", "--lang", "zh").stdout)["diagnostics"]
    return [(d["code"], d["suggestion"], d["help"]) for d in said if d["severity"] == "error"]


@pytest.mark.parametrize("clause", ["６．１．１．１　ａ）", "6.1.1.1 (a)", "6.1.1.1 a）", "6.1.1.1 a)"])
def test_a_clause_may_be_typed_as_an_input_method_writes_it(clause: str, tmp_path: Path) -> None:
    assert told(tmp_path, "attestations:", f"  {clause}: 满足") == []
    assert run("explain", POLICY, FULL, clause).exit_code == 0


@pytest.mark.parametrize("clause", ["6.1.2.4 g)", "6.1.2.4 1)", "6.1.2.4 a)～c)"])
def test_another_clause_of_the_section_is_not_what_was_meant(clause: str, tmp_path: Path) -> None:
    """To attest the nearest one would be a verdict on a clause that nobody looked at."""
    ((code, suggestion, help_),) = told(tmp_path, "attestations:", f"  {clause}: 满足")
    assert (code, suggestion) == ("unknown-clause-in-evidence", None)
    assert "6.1.2.4.a, 6.1.2.4.b, 6.1.2.4.c" in help_


@pytest.mark.parametrize("word", ["部分满足", "未满足", "partly satisfied"])
def test_a_verdict_that_says_more_is_not_taken_for_the_one_inside_it(word: str, tmp_path: Path) -> None:
    ((code, suggestion, _),) = told(tmp_path, "attestations:", f"  6.1.1.1 a): {word}")
    assert (code, suggestion) == ("word-not-known", None)


def test_the_remedy_for_a_missing_reason_stays_an_override(tmp_path: Path) -> None:
    ((code, _, help_),) = told(tmp_path, "attestations:", "  6.1.1.1 a): {verdict: 满足, voice: 裁定}")
    assert (code, help_) == ("missing-reason", "写成 `{verdict: 满足, voice: 裁定, reason: …}`")


@pytest.mark.parametrize(
    "line", ["  6.1.1.1 a): {verdict: 满足, evidence: e1，e2}", "  6.1.1.1 a): {verdict: 满足，voice: 评估方}"]
)
def test_a_chinese_comma_is_called_that(line: str, tmp_path: Path) -> None:
    assert [code for code, _, _ in told(tmp_path, "attestations:", line)] == ["full-width-comma"]


@pytest.mark.parametrize("day", ["2026年6月30日", "2026.6.30", "2026-06-30"])
def test_the_remedy_for_a_date_is_right_for_the_instant_of_the_assessment(day: str, tmp_path: Path) -> None:
    head = f"guiju: evidence/1\nsubject: x\nas_of: {day}\ninputs: {{service: platform}}\n"
    assert told(tmp_path, head=head) == [("no-time-zone", None, "写成 2026-03-31T09:00:00+08:00")]


@pytest.mark.parametrize(("language", "help_"), [("zh", "可用的输入项：（没有）"), ("en", "the inputs are: none")])
def test_a_standard_without_inputs_says_so(language: str, help_: str, tmp_path: Path) -> None:
    policy = tmp_path / "t.guiju"
    policy.write_text('standard t-1 "T"\ngroups section\nsection 1\n  a) "a" attested\n', encoding="utf-8")
    path = evidence(tmp_path, "guiju: evidence/1\nsubject: x\ninputs: {x: y}\n")
    result = run("evaluate", str(policy), path, "--format", "json", "--lang", language)
    assert [d["help"] for d in json.loads(result.stdout)["diagnostics"]] == [help_]
