"""A name that is changed in a policy is changed in its examples and evidence as well, by one edit of the workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.desk.desk import Written, read_desk
from guiju.desk.rename import Refusal, Renaming, rename, replaced
from guiju.examples import gathered
from guiju.library import load

POLICY = """standard demo-1 "DEMO 1"
  status draft
groups part
levels
  L1
fact staff : count "每班人数" / "People on a shift"
fact media : set of phone | mail
part 1
  a) "x" staff > 2
  b) "y" phone in media
membership
  part | L1
  1    | all
score points at each level = count of clauses satisfied
reading how "How"
  default loose "Loose" : nothing changes
  or strict "Strict" : clause 1 b) shall
grade level by points
  L1        | points >= 1
  otherwise | none
"""
EXAMPLES = """standard demo-1 "DEMO 1"
example "staff enough"
  given staff = 3, media = phone
  expect level = L1, points at L1 = 2
"""
CASES = """guiju: cases/1
standard: demo-1
cases:
  - case: staff enough
    unverified: by hand
    readings: {how: strict}
    facts: {staff: 3, media: [phone]}
    expect: {level: [L1], points@L1: 2}
"""
EVIDENCE = """guiju: evidence/1
subject: staff
facts:
  staff: {value: 3, note: staff as counted}
  media: [phone, mail]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (
        ("demo.guiju", POLICY),
        ("cases/a.guiju", EXAMPLES),
        ("cases/b.yaml", CASES),
        ("cases/other.yaml", CASES.replace("demo-1", "demo-2")),
        ("evidence/c.yaml", EVIDENCE),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "demo-2.guiju").write_text(POLICY.replace("demo-1", "demo-2"), encoding="utf-8")
    return tmp_path


def renamed(folder: Path, old: str, new: str, **beside: str) -> Renaming | Refusal:
    path = folder / "demo.guiju"
    text = path.read_text("utf-8")
    written = Written(
        str(path), text, folder, {(folder / "cases" / f"{k}.guiju").resolve(): t for k, t in beside.items()}
    )
    return rename(read_desk(written), text.index(old), new)


@pytest.mark.parametrize(
    ("old", "new", "others"),
    [
        ("staff", "people", {"a.guiju": 1, "b.yaml": 1, "c.yaml": 1}),
        ("phone", "call", {"a.guiju": 1, "b.yaml": 1, "c.yaml": 1}),
        ("L1", "Basic", {"a.guiju": 2, "b.yaml": 2}),
        ("points", "sum_of_all", {"a.guiju": 1, "b.yaml": 1}),
        ("how", "manner", {"b.yaml": 1}),
        ("strict", "narrow", {"b.yaml": 1}),
    ],
)
def test_the_examples_hold_as_before_under_the_new_name(
    folder: Path, old: str, new: str, others: dict[str, int]
) -> None:
    found = renamed(folder, old, new)
    assert isinstance(found, Renaming)
    assert {b.path.name: len(b.spans) for b in found.beside} == others
    path = folder / "demo.guiju"
    path.write_text(replaced(POLICY, tuple((s, new) for s in found.spans)), encoding="utf-8")
    for beside in found.beside:
        beside.path.write_text(replaced(beside.source.text, tuple((s, new) for s in beside.spans)), encoding="utf-8")
    after = gathered(load(str(path)))
    assert [d.message("en") for d in after.diagnostics] == []
    assert len(after.cases) == 2


def test_what_is_not_saved_yet_counts(folder: Path) -> None:
    found = renamed(folder, "staff", "people", a=EXAMPLES.replace("staff = 3", "staff = 5, staff = 6"))
    assert isinstance(found, Renaming)
    assert [len(b.spans) for b in found.beside if b.path.name == "a.guiju"] == [2]


def test_examples_do_not_rename_what_is_the_policys(folder: Path) -> None:
    desk = read_desk(Written(str(folder / "cases" / "a.guiju"), EXAMPLES, folder / "cases"))
    found = rename(desk, EXAMPLES.index("staff ="), "people")
    assert isinstance(found, Refusal)
    assert "change it there" in found.reason.en


@pytest.mark.parametrize(("status", "published"), [("draft", False), ("in-force", True), ("现行", True)])
def test_a_name_of_a_published_standard_is_not_changed_silently(folder: Path, status: str, published: bool) -> None:
    path = folder / "demo.guiju"
    text = POLICY.replace("status draft", f"status {status}")
    found = rename(read_desk(Written(str(path), text, folder)), text.index("staff"), "people")
    assert isinstance(found, Renaming)
    assert found.is_published is published
