"""Files that lie beside a policy: links that lead nowhere, folders, other encodings, standards for vocabularies."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.library import load

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
