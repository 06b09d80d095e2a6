"""`guiju new`: a folder that checks, tests, proves and publishes at once, and says so; folders that stand for a policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import main
from guiju.dsl.diagnostic import Language

TITLES = (None, "阅览室服务", "Reading rooms", 'A "quoted" title', "two\nlines \\ and | more", "", "[a](b) *c* # d <e>")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, language: Language = "en") -> Result:
    result = CliRunner().invoke(main, [*arguments, "--lang", language])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("title", TITLES)
def test_a_new_standard_has_nothing_wrong_with_it_whatever_its_title(title: str | None, language: Language) -> None:
    told = run("new", "room-1", *(() if title is None else ("--title", title)), language=language)
    assert (told.exit_code, told.stderr) == (0, "")
    check, test = (run(command, "room-1", language=language) for command in ("check", "test"))
    assert check.stdout == {"zh": "room-1: 没有问题\n", "en": "room-1: no findings\n"}[language]
    assert test.stdout.splitlines()[-1].startswith({"zh": "3 个示例：3 个相符", "en": "3 examples: 3 hold"}[language])
    proofs = run("prove", "room-1", language=language)
    assert (proofs.exit_code, proofs.stderr) == (0, "")
    reviewed = run("review", "room-1", language=language).stdout
    assert reviewed.splitlines()[1].startswith({"zh": "算出 0 处", "en": "0 computed findings"}[language])
    for end in ("html", "md", "docx"):
        published = run("publish", "room-1", "-o", f"room.{end}", language=language)
        assert (published.exit_code, published.output) == (0, "")
    linted = run("lint-text", "room.md", language=language)
    assert linted.stdout == {"zh": "room.md: 没有问题\n", "en": "room.md: no findings\n"}[language]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_that_it_prints_and_writes_down_runs(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("new", "room-1", language=language).stdout
    commands = re.findall(r"guiju (.+)", told)
    assert commands == ["check room-1", "test room-1"]
    assert [run(*c.split(), language=language).exit_code for c in commands] == [0, 0]
    monkeypatch.chdir("room-1")
    notes = re.findall(r"guiju ([^`\n]+)", Path("README.md").read_text("utf-8"))
    assert {c.split()[0] for c in notes} == {"check", "test", "evaluate", "prove", "publish"}
    for command in dict.fromkeys(notes):
        assert (run(*command.split(), language=language).exit_code, command) == (0, command)


def test_a_standard_begun_in_chinese_has_chinese_names() -> None:
    run("new", "书店", language="zh")
    text = Path("书店", "书店.guiju").read_text("utf-8")
    assert "\n得分 符合率 各级 " in text
    assert "\n定级 评级 按 符合率 " in text
    assert run("test", "书店", language="zh").exit_code == 0


@pytest.mark.parametrize(
    ("given", "meant"), [("T/CZ 1", "t-cz-1"), ("drafts/T CZ 1—2027", "t-cz-1-2027"), ("2027", None), ("all", None)]
)
def test_what_is_no_name_is_answered_with_one(given: str, meant: str | None) -> None:
    Path("drafts").mkdir()
    for language, asked in (("en", "did you mean `{}`?"), ("zh", "是不是想写“{}”？")):
        told = run("new", given, language=language)  # type: ignore[arg-type]
        assert told.exit_code == 2
        assert "LEVEL=FILE" not in told.stderr
        assert "等级=文件" not in told.stderr
        assert (asked.format(meant or "") in told.stderr) is (meant is not None), told.stderr
    if meant is not None:
        assert run("new", meant).exit_code == 0


def test_its_evidence_leaves_one_thing_open_and_says_which() -> None:
    run("new", "room-1")
    told = run("evaluate", "room-1", "room-1/evidence.yaml")
    assert (told.exit_code, told.stderr) == (0, "")
    assert "4.2 b) Results published: can change the outcome by itself" in told.stdout


def test_a_folder_whose_name_has_a_space_in_it_is_printed_as_it_is_typed() -> None:
    assert 'next: guiju check "my drafts/room-1"\n' in run("new", "my drafts/room-1").stdout


def test_a_folder_that_holds_something_is_left_as_it_is() -> None:
    Path("room-1").mkdir()
    Path("room-1/mine.txt").write_text("mine", encoding="utf-8")
    refused = run("new", "room-1")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "help: name another path, or move it away first\n" in refused.stderr
    assert [p.name for p in Path("room-1").iterdir()] == ["mine.txt"]


# --- a folder for the policy in it --------------------------------------------------------------------------------


def test_a_folder_stands_for_the_one_policy_in_it_whatever_else_lies_there() -> None:
    run("new", "room-1")
    Path("room-1/words.guiju").write_text('vocabulary words "Words"\n', encoding="utf-8")
    literate = Path("book")
    literate.mkdir()
    text = Path("room-1/room-1.guiju").read_text("utf-8")
    (literate / "book.guiju.md").write_text(f"# A book\n\n```guiju\n{text}```\n", encoding="utf-8")
    for folder in ("room-1", "book"):
        assert run("check", folder).stdout == f"{folder}: no findings\n"


def test_of_two_policies_in_a_folder_one_has_to_be_named() -> None:
    run("new", "room-1")
    Path("room-1/other.guiju").write_text(Path("room-1/room-1.guiju").read_text("utf-8"), encoding="utf-8")
    texts: dict[Language, str] = {"en": "2 policies", "zh": "2 个策略"}
    for language, said in texts.items():
        refused = run("check", "room-1", language=language)
        assert (refused.exit_code, said in refused.stdout + refused.stderr) == (1, True)
        assert "room-1/other.guiju, room-1/room-1.guiju" in refused.stdout + refused.stderr


def test_of_a_folder_without_a_policy_that_is_said() -> None:
    Path("empty").mkdir()
    refused = run("evaluate", "empty", "x.yaml")
    assert (refused.exit_code, "`empty` is a folder with 0 policies in it" in refused.stderr) == (1, True)


def test_the_policies_of_the_current_folder_are_tested_be_they_markdown_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "room-1")
    text = Path("room-1/room-1.guiju").read_text("utf-8").replace("standard room-1 ", "standard room-2 ")
    Path("room-1/room-2.guiju.md").write_text(f"```guiju\n{text}```\n", encoding="utf-8")
    monkeypatch.chdir("room-1")
    assert re.findall(r"^room-1  (room-\d)$", run("test").stdout, re.MULTILINE) == ["room-1", "room-2"]


def test_what_is_published_does_not_take_the_place_of_the_policy_that_a_folder_stands_for() -> None:
    run("new", "room-1")
    text = Path("room-1/room-1.guiju").read_text("utf-8")
    Path("room-1/room-1.guiju").unlink()
    policy = Path("room-1/room-1.guiju.md")
    policy.write_text(f"```guiju\n{text}```\n", encoding="utf-8")
    refused = run("publish", "room-1", "-o", str(policy), "--replace")
    assert (refused.exit_code, "over-its-input" in refused.stderr) == (2, True)
    assert policy.read_text("utf-8").startswith("```guiju\n")
