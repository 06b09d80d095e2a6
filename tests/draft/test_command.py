"""`guiju lint-text` as it is called: exit codes, mending, accepted findings, choosing rules."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from guiju.cli.main import main
from guiju.draft.rules import BY_DEFAULT, DRAFT_RULE_CODES
from guiju.report.diagnostics_model import json_schema

DRAFT = "5 门锁\r\n\r\na) 门锁应光滑,没有毛刺；\r\nb) 应有编号，符合 GB/T 12345-2020；\r\nc) 应有 2 把以上的钥匙。\r\n"
ACCEPTED = "guiju: accepted/1\naccepted:\n- {code: ambiguous-bound, quote: 2 把以上, why: 合同里写明含本数}\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft with a byte order mark and the line ends of Windows."""
    path = tmp_path / "draft.txt"
    path.write_bytes(b"\xef\xbb\xbf" + DRAFT.encode())
    return path


def lint(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["lint-text", *map(str, arguments)])


def codes(*arguments: object) -> list[str]:
    told = json.loads(lint(*arguments, "--format", "json").stdout)
    Draft202012Validator(json_schema()).validate(told)
    return [d["code"] for d in told["diagnostics"]]


def test_findings_are_no_failure_unless_that_is_asked_for(draft: Path):
    result = lint(draft, "--lang", "zh")
    assert result.exit_code == 0
    assert result.stdout == f"{draft}: 1 个警告\n"
    assert "警告[ambiguous-bound]：“2 把以上”没有写明界限" in result.stderr
    assert lint(draft, "--exit-code").exit_code == 4


def test_mending_writes_the_file_and_keeps_what_it_does_not_mend(draft: Path):
    result = lint(draft, "--all", "--fix", "--lang", "en")
    assert result.stdout == f"{draft}: 2 mended; 1 warning(s)\n"
    wanted = DRAFT.replace(",", "，").replace("12345-2020", "12345—2020")
    assert draft.read_bytes() == b"\xef\xbb\xbf" + wanted.encode()
    before = draft.stat().st_mtime_ns
    assert lint(draft, "--all", "--fix", "--lang", "en").stdout == f"{draft}: 0 mended; 1 warning(s)\n"
    assert draft.stat().st_mtime_ns == before


def test_only_what_is_told_is_mended_and_what_others_would_mend_is_said(draft: Path):
    before = draft.read_bytes()
    result = lint(draft, "--fix", "--lang", "en")
    told = "rules that are off would mend more: add --select designation-dash --select mixed-punctuation, or --all"
    assert result.stdout == f"{draft}: 0 mended; 1 warning(s)\n{told}\n"
    assert draft.read_bytes() == before
    result = lint(draft, "--fix", "--select", "mixed-punctuation", "--lang", "zh")
    told = "默认不用的规则还能改正一些：加上 --select designation-dash，或 --all"
    assert result.stdout == f"{draft}: 改正 1 处；1 个警告\n{told}\n"
    assert draft.read_bytes() == b"\xef\xbb\xbf" + DRAFT.replace(",", "，").encode()


def test_what_mending_brings_to_light_is_mended_in_the_same_call(tmp_path: Path):
    path = tmp_path / "draft.txt"
    path.write_text("5 门\n\na) 门应为 １０～２０ｍｍ；\nb) 门应符合 ＧＢ/T 5-2001。\n", "utf-8")
    assert lint(path, "--all", "--fix").exit_code == 0
    assert path.read_text("utf-8") == "5 门\n\na) 门应为 10mm～20mm；\nb) 门应符合 GB/T 5—2001。\n"
    assert codes(path, "--all") == []


def test_rules_are_chosen_by_their_codes(draft: Path):
    assert codes(draft) == ["ambiguous-bound"]
    assert codes(draft, "--all") == ["mixed-punctuation", "designation-dash", "ambiguous-bound"]
    assert codes(draft, "--all", "--ignore", "mixed-punctuation", "--ignore", "ambiguous-bound") == ["designation-dash"]
    draft.write_text("5 门锁\n\na) 应足够牢固；\nb) 应光滑。\n", "utf-8")
    assert codes(draft) == []
    assert codes(draft, "--select", "vague-word") == codes(draft, "--all") == ["vague-word"]


@pytest.mark.parametrize(("option", "name"), [("--select", "vague-wort"), ("--select", "all"), ("--ignore", "all")])
def test_a_rule_that_does_not_exist_is_a_wrong_call(draft: Path, option: str, name: str):
    result = lint(draft, option, name, "--lang", "en")
    assert result.exit_code == 2
    assert f"error[no-such-rule]: there is no rule called `{name}`" in result.stderr
    assert "vague-word" in result.stderr


def test_accepted_findings_are_not_told_and_those_that_are_gone_are(draft: Path):
    accepted = draft.with_name("accepted.yaml")
    accepted.write_text(ACCEPTED, "utf-8")
    assert codes(draft, "--accepted", accepted) == []
    draft.write_text(DRAFT.replace("2 把以上的", "2 把"), "utf-8")
    assert codes(draft, "--accepted", accepted) == ["accepted-nothing"]
    accepted.write_text(ACCEPTED.replace("ambiguous-bound", "vague-word"), "utf-8")
    assert codes(draft, "--accepted", accepted) == []
    assert codes(draft, "--accepted", accepted, "--select", "vague-word") == ["accepted-nothing"]


def test_a_policy_is_no_draft(tmp_path: Path):
    path = tmp_path / "lock.guiju"
    path.write_text('standard lock "Lock"\n', "utf-8")
    result = lint(path, "--lang", "en")
    assert result.exit_code == 1
    assert "error[policy-for-a-draft]: `lock.guiju` is a policy" in result.stderr


def test_few_rules_speak_without_being_asked():
    assert frozenset(code.name for code in DRAFT_RULE_CODES) > BY_DEFAULT
    assert len(BY_DEFAULT) * 3 < len(DRAFT_RULE_CODES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("guiju: accepted/2\naccepted: []\n", "`guiju` must be accepted/1"),
        ("guiju: accepted/1\naccepted: x\n", "`accepted` must be a list of entries with code, quote and why"),
        (ACCEPTED.replace("why: 合同里写明含本数", "why: ''"), "`why` must be a text that is not empty"),
        (
            ACCEPTED.replace(", why: 合同里写明含本数", ""),
            "`accepted` must be a list of entries with code, quote and why",
        ),
        (
            ACCEPTED.replace("ambiguous-bound", "ambiguous-bond"),
            "`code` must be the name of a rule, such as ambiguous-bound",
        ),
        ("- [", "not valid YAML"),
    ],
)
def test_a_file_of_accepted_findings_that_cannot_be_used_says_why(draft: Path, text: str, said: str):
    accepted = draft.with_name("accepted.yaml")
    accepted.write_text(text, "utf-8")
    result = lint(draft, "--accepted", accepted, "--lang", "en")
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_word_file_is_read_and_never_rewritten(tmp_path: Path):
    path = tmp_path / "draft.docx"
    document = docx.Document()
    document.add_paragraph("门锁应应光滑。")
    document.save(str(path))
    assert codes(path) == ["doubled-word"]
    result = lint(path, "--fix", "--lang", "en")
    assert result.exit_code == 2
    assert "not-fixed-in-word" in result.stderr


def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("guiju.cli.extras.find_spec", lambda _: None)
    result = lint(tmp_path / "draft.docx", "--lang", "en")
    assert result.exit_code == 2
    assert "pip install 'guiju[docx]'" in result.stderr


def test_a_file_that_cannot_be_read_ends_with_1(tmp_path: Path):
    result = lint(tmp_path / "nowhere.md", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["diagnostics"][0]["code"] == "file-not-found"


@pytest.mark.parametrize(
    "text",
    [
        "5 门锁\n\n时间应与与会者确认。\n",
        "5 门锁\n\n不应把把手拆下。\n",
        "5 Lock\n\nA user shall be able to log in in less than a minute.\n",
    ],
)
def test_a_word_that_may_rightly_stand_twice_is_told_and_never_mended(text: str, tmp_path: Path):
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="utf-8")
    assert "doubled-word" in codes(path)
    lint(path, "--fix")
    assert path.read_text(encoding="utf-8") == text
