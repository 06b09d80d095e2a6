"""What the command says of one small standard, whole and in both languages, as a reader of the standard sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import main

POLICY = """standard shop-1 "SHOP 1"
levels
  L1 alias 一级 "一级" / "One"
  L2 alias 二级 "二级" / "Two"
groups section alias 节
fact area : m2 alias 面积 "店面" / "Floor"
section 4.1 "门店" / "Shop"
  a) "够大" / "Large enough" area >= 50 m2
  b) "整洁" / "Tidy" attested
score s = share of clauses satisfied
grade mark by s "评定" / "Mark"
  L1 | s >= 50%
  otherwise | none
"""
EVIDENCE = """guiju: evidence/1
subject: x
facts: {area: 60 m2}
attestations: {4.1.b: satisfied}
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the policy and sound evidence for it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.guiju").write_text(POLICY, "utf-8")
    (tmp_path / "shop.yaml").write_text(EVIDENCE, "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize(
    ("language", "head", "help_"),
    [
        ("zh", "错误[level-never-given]：", "建议："),
        ("en", "error[level-never-given]: ", "help: "),
    ],
)
@pytest.mark.usefixtures("shop")
def test_of_a_level_that_no_grade_gives_that_is_said(language: str, head: str, help_: str) -> None:
    result = run("explain", "shop.guiju", "shop.yaml", "--why-not", "二级", "--lang", language)
    assert result.exit_code == 2
    assert result.stdout == ""
    said = result.stderr.splitlines()
    assert said[0].startswith(head)
    assert "二级" in said[0]
    assert said[1].strip() == "--> --why-not:1:1"
    assert any(line.startswith(help_) for line in said)


@pytest.mark.parametrize(("language", "place"), [("zh", "节点:1:1"), ("en", "NODE:1:1")])
@pytest.mark.usefixtures("shop")
def test_a_node_that_is_not_there_is_quoted_where_it_was_typed(language: str, place: str) -> None:
    result = run("explain", "shop.guiju", "shop.yaml", "4.1.z", "--lang", language)
    assert result.exit_code == 2
    assert f"--> {place}" in result.stderr
    assert "4.1.b" in result.stderr


TEMPLATES = {
    "zh": """# SHOP 1  SHOP 1
# 空白证据文件。已知的填上，不知道的留空：留空就是未知，不会当作“否”。
guiju: evidence/2
subject: （填写名称）
standard: shop-1
as_of:  # 2026-06-30T00:00:00+08:00
target: best  # best (最高) | L1 | L2
voice: 供方  # 供方 | 评估方
evidence:
  # EV-001: {kind: test-report, title: …, source: …, collected: 2026-05-12, expires: 2027-05-12, by: …}
facts:
  # 店面
  #   4.1 a): 面积 >= 50 平方米
  面积:  # 平方米
attestations:
  # 4.1 a) 够大
  #   由事实判定，不必另写结论: 面积
  # 4.1 b) 整洁
  4.1.b:  # 满足 | 不满足
""",
    "en": """# SHOP 1  SHOP 1
# A blank evidence file. Fill in what is known and leave the rest: blank means unknown, it is never taken for no.
guiju: evidence/2
subject: (name it)
standard: shop-1
as_of:  # 2026-06-30T00:00:00+08:00
target: best  # best | L1 | L2
voice: vendor  # vendor | assessor
evidence:
  # EV-001: {kind: test-report, title: …, source: …, collected: 2026-05-12, expires: 2027-05-12, by: …}
facts:
  # Floor
  #   4.1 a): area >= 50 m2
  area:  # m2
attestations:
  # 4.1 a) Large enough
  #   follows from the facts, no verdict is needed: area
  # 4.1 b) Tidy
  4.1.b:  # satisfied | unsatisfied
""",
}


@pytest.mark.parametrize("language", TEMPLATES)
@pytest.mark.usefixtures("shop")
def test_a_blank_file_asks_for_everything_in_words(language: str) -> None:
    assert run("template", "shop.guiju", "--lang", language).stdout == TEMPLATES[language]


REVIEWS = {
    "zh": (
        "算出 1 处，读者记下 0 处；可有多种读法 0 处",
        "最低一级之下没有规定",
        "没有写“s”低于 1/2 时是什么",
        "策略 12:",
    ),
    "en": (
        "1 computed finding, 0 reader's notes; 0 places can be read in several ways",
        "Nothing below the lowest level",
        "does not say what holds for `s` below 1/2",
        "policy 12:",
    ),
}


@pytest.mark.parametrize("language", REVIEWS)
def test_a_review_says_what_the_text_leaves_open(language: str, shop: Path) -> None:
    policy = shop / "shop.guiju"
    policy.write_text(policy.read_text("utf-8").replace("otherwise | none", "otherwise | undefined"), "utf-8")
    result = run("review", "shop.guiju", "--lang", language)
    assert result.exit_code == 0
    for said in REVIEWS[language]:
        assert said in result.stdout


UNITS = {
    ("60 kg", "zh"): ("“area”以 平方米 计，给出的单位是 kg", "换成以下单位之一：平方米"),
    ("60 kg", "en"): ("`area` is measured in m2; stated is kg", "use one of these units: m2"),
    ("60", "zh"): ("“area”没有写单位", "写明单位，例如“60 m2”"),
    ("60", "en"): ("`area` has no unit", "write the unit, for example `60 m2`"),
}


@pytest.mark.parametrize(("stated", "language"), UNITS)
def test_a_wrong_unit_is_told_with_those_that_fit(stated: str, language: str, shop: Path) -> None:
    (shop / "shop.yaml").write_text(EVIDENCE.replace("60 m2", stated), "utf-8")
    result = run("evaluate", "shop.guiju", "shop.yaml", "--lang", language)
    assert result.exit_code == 1
    for said in UNITS[stated, language]:
        assert said in result.stderr


@pytest.mark.parametrize("stated", ["60 m2", "60m2", "60 平方米", "60 m²"])
def test_the_unit_that_is_asked_for_is_taken(stated: str, shop: Path) -> None:
    (shop / "shop.yaml").write_text(EVIDENCE.replace("60 m2", stated), "utf-8")
    result = run("explain", "shop.guiju", "shop.yaml", "4.1.a", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "satisfied" in result.stdout


def test_an_empty_name_is_no_node() -> None:
    evidence = "policies/gbt-45288.3-2025/evidence/mid-vendor-with-gaps.yaml"
    refused = CliRunner().invoke(main, ["explain", "gbt-45288.3-2025", evidence, "", "--lang", "en"])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "error[unknown-node]: there is no outcome, score, clause, fact or input ``" in refused.stderr
