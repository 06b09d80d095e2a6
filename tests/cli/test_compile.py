"""`guiju compile`: what it tells of the function of rows, and its code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from guiju.cli.main import main
from guiju.report.compiled_model import json_schema

POLICY = """standard shop "SHOP 1"
input size : one of small | large
  small alias 小
fact staff : count
groups section
section 4 "s"
  a) "Staff" staff >= 3
  b) "Training" attested
score A cites formula 1
  2 when all clauses satisfied
  1 otherwise
weights
  size | share
grade level by A
  good | A > 1
  otherwise | none
"""


@pytest.fixture
def policy(tmp_path: Path) -> str:
    path = tmp_path / "shop.guiju"
    path.write_text(POLICY.replace("weights\n  size | share\n", ""), "utf-8")
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["compile", *arguments])
    said = capsys.readouterr()
    return ended.value.code, said.out, said.err


def test_it_tells_how_wide_a_row_is(policy: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["compile", policy, "--lang", "zh", "--input", "size=小"], standalone_mode=False)
    out = capsys.readouterr().out.splitlines()
    assert out[:2] == ["SHOP 1: level  (size = small)", "每行 4 列：1 个输入，1 个事实，2 个条款"]


def test_the_code_names_clauses_and_places(policy: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["compile", policy, "--show"], standalone_mode=False)
    out = capsys.readouterr().out
    assert "# 4.a" in out
    assert "clause_4_b = clauses('4.b')" in out
    assert "return level_" in out
    compile(out, "shop", "exec")


def test_json_follows_its_schema(policy: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["compile", policy, "--format", "json", "--verdicts"], standalone_mode=False)
    model = json.loads(capsys.readouterr().out)
    Draft202012Validator(json_schema()).validate(model)
    assert [c["name"] for c in model["columns"]] == ["size", "4.a", "4.b"]
    assert model["source"].startswith('"""shop: level."""')


@pytest.mark.parametrize(
    ("stated", "code"), [("size", "not-a-setting"), ("size=huge", "unknown-option"), ("x=y", "unknown-input")]
)
def test_an_input_that_does_not_exist_is_a_wrong_call(
    policy: str, stated: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, _, err = told(capsys, policy, "--lang", "en", "--input", stated)
    assert ended == 2
    assert f"error[{code}]" in err
