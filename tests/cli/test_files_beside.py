"""Files that lie beside a policy: links that lead nowhere, folders, other encodings, standards for vocabularies."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.library import load
from tests.cli.test_commands import run

POLICY = """standard demo-1 "DEMO 1"
groups section
use {vocabulary}
section 6.1
  a) "Doors" exits >= 2
"""
VOCABULARY = 'vocabulary premises "Premises"\nfact exits : count\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "premises.guiju").write_text(VOCABULARY, encoding="utf-8")
    return tmp_path


def told(vocabulary: str, name: str = "demo.guiju") -> list[str]:
    """The findings about a policy that uses a vocabulary, each with the file it is in."""
    Path(name).write_text(POLICY.format(vocabulary=vocabulary), encoding="utf-8")
    return [f"{d.span} {d.code.name}" for d in load(name).diagnostics]


def test_links_that_lead_nowhere_do_not_matter_to_a_sound_policy(folder: Path) -> None:
    (folder / "dangling.guiju").symlink_to("nowhere.guiju")
    (folder / "loop.guiju").symlink_to("loop.guiju")
    assert told("premises") == []


def test_a_vocabulary_that_is_a_link_to_nowhere(folder: Path) -> None:
    (folder / "dangling.guiju").symlink_to("nowhere.guiju")
    assert told("dangling") == ["dangling.guiju:1:1 file-not-found"]


def test_a_vocabulary_that_is_a_folder(folder: Path) -> None:
    (folder / "premises2.guiju").mkdir()
    assert told("premises2") == ["premises2.guiju:1:1 file-is-a-folder"]


def test_a_vocabulary_in_another_encoding(folder: Path) -> None:
    (folder / "bad.guiju").write_bytes('vocabulary bad "场所共用事实"\nfact exits : count\n'.encode("gb18030"))
    assert told("bad") == ["bad.guiju:1:17 other-encoding"]


def test_a_syntax_error_of_a_vocabulary_is_told_once_with_its_path(folder: Path) -> None:
    (folder / "standards").mkdir()
    (folder / "standards" / "half.guiju").write_text('vocabulary half "Half"\nfact exits :\n', encoding="utf-8")
    assert told("half", "standards/demo.guiju") == ["standards/half.guiju:2:13 unfinished-line"]


def test_a_standard_that_uses_itself() -> None:
    assert told("demo") == ["demo.guiju:3:5 not-a-vocabulary"]


def test_vocabularies_that_use_each_other(folder: Path) -> None:
    (folder / "one.guiju").write_text('vocabulary one "One"\nuse two\nfact exits : count\n', encoding="utf-8")
    (folder / "two.guiju").write_text('vocabulary two "Two"\nuse one\n', encoding="utf-8")
    assert told("one") == ["one.guiju:2:1 vocabulary-in-vocabulary"]
    assert [d.code.name for d in load("two.guiju").diagnostics] == ["vocabulary-in-vocabulary"]


def test_the_vocabularies_that_are_offered_are_no_standards(folder: Path) -> None:
    (folder / "other.guiju").write_text('standard other "Other"\n', encoding="utf-8")
    Path("demo.guiju").write_text(POLICY.format(vocabulary="missing"), encoding="utf-8")
    (found,) = load("demo.guiju").diagnostics
    assert found.help("en").startswith("there are large-model, premises;")


@pytest.mark.parametrize("command", [("page", "{0}", "e.yaml"), ("graph", "{0}"), ("publish", "{0}")])
@pytest.mark.parametrize("policy", ["demo.guiju", "."])
@pytest.mark.parametrize("out", ["premises.guiju", "demo.guiju"])
def test_nothing_is_written_over_a_vocabulary_or_a_policy(
    command: tuple[str, ...], policy: str, out: str, folder: Path
) -> None:
    assert told("premises") == []
    (folder / "e.yaml").write_text("guiju: evidence/1\nsubject: x\nstandard: demo-1\n", encoding="utf-8")
    (folder / "link.html").symlink_to(out)  # the ending says which form is written
    before = {path: path.read_bytes() for path in folder.glob("*.guiju")}
    for language in ("en", "zh"):
        refused = run(*(word.format(policy) for word in command), "-o", "link.html", "--replace", "--lang", language)
        assert (refused.exit_code, "over-its-input" in refused.stderr) == (2, True)
    assert {path: path.read_bytes() for path in folder.glob("*.guiju")} == before


def test_nothing_is_written_over_a_standard_that_was_given_beside(folder: Path) -> None:
    assert told("premises") == []
    other = folder / "elsewhere" / "other.guiju"
    other.parent.mkdir()
    other.write_text(POLICY.replace("demo-1", "other-1").replace("use {vocabulary}\n", ""), encoding="utf-8")
    (folder / "e.yaml").write_text("guiju: evidence/1\nsubject: x\nstandard: demo-1\n", encoding="utf-8")
    (folder / "old.html").write_text("old", encoding="utf-8")
    before = other.read_bytes()
    call = ("page", "demo.guiju", "e.yaml", "--policy", str(other), "--replace", "-o")
    refused = run(*call, str(other))
    assert (refused.exit_code, "over-its-input" in refused.stderr) == (2, True)
    assert other.read_bytes() == before
    assert run("graph", "demo.guiju", "-o", "old.html", "--replace").exit_code == 0
    assert (folder / "old.html").read_text("utf-8") != "old", "what was written before gives way"


def test_the_rows_that_a_table_leaves_out_are_not_written_over_the_policy(folder: Path) -> None:
    assert told("premises") == []
    (folder / "in.csv").write_text("exits\n2\n", encoding="utf-8")
    before = (folder / "demo.guiju").read_bytes()
    for rejects in ("demo.guiju", "premises.guiju"):
        refused = run("batch", "demo.guiju", "in.csv", "out.csv", "--rejects", rejects, "--replace")
        assert (refused.exit_code, "over-its-input" in refused.stderr) == (2, True)
    assert (folder / "demo.guiju").read_bytes() == before
