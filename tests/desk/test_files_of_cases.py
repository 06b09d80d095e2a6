"""A file below `cases`, opened or checked by itself, is read beside the policy that it belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import main
from guiju.desk.desk import Written, read_desk
from guiju.desk.first import told_at_once
from guiju.desk.hover import hover
from guiju.desk.lenses import lenses, run
from guiju.dsl.kept import KeptLines

SHOP = """standard demo-1 "DEMO 1"
groups part
fact staff : count "每班人数" / "People on a shift"
part 1
  a) "x" staff > 2
score s = count of clauses satisfied
"""
CASES = """standard demo-1 "DEMO 1"
example "enough"
  given staff = 3
  expect s = 1
"""
LISTED = "guiju: cases/1\nstandard: demo-1\ncases:\n  - case: few\n    facts: {staff: 1}\n    expect: {s: 0}\n"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """The folder of the examples; the file of the policy is not called by its id."""
    (tmp_path / "shop.guiju").write_text(SHOP, encoding="utf-8")
    (tmp_path / "other.guiju").write_text(SHOP.replace("demo-1", "demo-2"), encoding="utf-8")
    folder = tmp_path / "cases"
    folder.mkdir()
    return folder


def check(path: Path, text: str) -> Result:
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["check", str(path), "--lang", "en"])


def test_its_names_are_those_of_the_policy(cases: Path) -> None:
    assert check(cases / "a.guiju", CASES).exit_code == 0
    result = check(cases / "a.guiju", CASES.replace("staff", "people"))
    assert result.exit_code == 1
    assert "unknown-name" in result.stderr
    assert "a.guiju:3:9" in result.stderr


def test_the_same_goes_for_cases_in_yaml(cases: Path) -> None:
    assert check(cases / "b.yaml", LISTED).exit_code == 0
    assert "unknown-fact" in check(cases / "b.yaml", LISTED.replace("staff", "people")).stderr


@pytest.mark.parametrize("name", ["a.guiju", "b.yaml"])
def test_examples_of_no_policy_and_of_one_with_mistakes_say_so(cases: Path, name: str) -> None:
    text = LISTED if name.endswith("yaml") else CASES
    assert "no-policy-of-examples" in check(cases / name, text.replace("demo-1", "demo-9")).stderr
    (cases.parent / "shop.guiju").write_text(SHOP.replace("staff > 2", "staf > 2"), encoding="utf-8")
    assert "standard-has-errors" in check(cases / name, text).stderr


def test_only_examples_stand_there(cases: Path) -> None:
    assert "not-an-example" in check(cases / "a.guiju", CASES + "fact lamps : count\n").stderr


def test_in_an_editor_it_knows_the_policy_as_it_is_being_written(cases: Path) -> None:
    name, text = str(cases / "a.guiju"), CASES.replace("staff", "people")
    beside = {(cases.parent / "shop.guiju").resolve(): SHOP.replace("staff", "people")}
    written = Written(name, text, cases, beside)
    desk = read_desk(written)
    assert desk.diagnostics == ()
    assert told_at_once(written, KeptLines(), desk) == ()
    found = hover(desk, text.index("people"), "en")
    assert found is not None
    assert "People on a shift" in found[0]
    (lens,) = lenses(desk, {})
    assert getattr(run(desk, lens.name), "holds", False)
