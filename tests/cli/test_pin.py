"""Crosswalk rows that are to be judged again, as an editor meets them: two standards in one folder, and `guiju pin`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import main

OTHER = 'standard other "OTHER"\ngroups section\nsection 5.1\n  a) "two shifts" people >= 2\nfact people : count\n'
HERE = """standard here "HERE"
groups section
section 6.1
  a) "shifts" attested
crosswalk other
  6.1 a) | superset | 5.1 a)  # judged in spring
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here.guiju").write_text(HERE, encoding="utf-8")
    (tmp_path / "other.guiju").write_text(OTHER, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


def test_a_row_is_shown_judged_written_and_then_still() -> None:
    shown = run("pin", "here.guiju")
    assert "here.guiju:6  other  5.1 a)" in shown.stdout
    assert "5.1.a | says: two shifts | requires: (>= fact people 2)" in shown.stdout
    assert shown.stdout.endswith("1 rows, 1 to be judged again\n")
    assert Path("here.guiju").read_text("utf-8") == HERE
    assert run("pin", "--write", "here.guiju").stdout.endswith("1 digests written\n")
    assert "# judged in spring" in Path("here.guiju").read_text("utf-8")
    assert run("check", "here.guiju").stdout == "here.guiju: no findings\n"
    assert run("pin", "here.guiju").stdout == "1 rows, 0 to be judged again\n"
    assert "unchanged" in run("pin", "--all", "here.guiju").stdout


def test_a_fact_that_has_changed_shows_its_end_with_what_it_is_now(folder: Path) -> None:
    run("pin", "--write", "here.guiju")
    (folder / "other.guiju").write_text(OTHER.replace("people : count", "people : number"), encoding="utf-8")
    assert "crosswalk-outdated" in run("check", "here.guiju").stderr
    shown = run("pin", "here.guiju").stdout
    assert "changed: of the other standard" in shown
    assert "fact people | type: number" in shown
    assert "6.1.a" not in shown.replace("6.1 a)", "")  # the end that has not changed is left out
    run("pin", "--write", "here.guiju")
    assert run("check", "here.guiju").stdout == "here.guiju: no findings\n"


def test_a_clause_that_a_condition_counts_is_pinned_with_it(folder: Path) -> None:
    counting = OTHER.replace("people >= 2\n", '5.1 b) satisfied\n  b) "staff" people >= 2\n')
    (folder / "other.guiju").write_text(counting, encoding="utf-8")
    run("pin", "--write", "here.guiju")
    (folder / "other.guiju").write_text(counting.replace("people >= 2", "people >= 1"), encoding="utf-8")
    shown = run("pin", "here.guiju").stdout
    assert "clause 5.1.b | requires: (>= fact people 1)" in shown
    assert shown.endswith("1 rows, 1 to be judged again\n")


def test_a_standard_with_errors_says_how_to_see_them(folder: Path) -> None:
    (folder / "other.guiju").write_text(OTHER.replace("people >= 2", "people >= two"), encoding="utf-8")
    for command in ("check", "pin"):
        said = run(command, "here.guiju").stderr
        assert "warning[standard-has-errors]: the standard `other` has 1 error(s)" in said
        assert "guiju check other.guiju" in said
    (folder / "e.yaml").write_text(
        "guiju: evidence/1\nsubject: x\nfacts: {people: 2}\nstandards: {here: , other: }\n", encoding="utf-8"
    )
    said = run("evaluate", "here.guiju", "e.yaml").stderr
    assert "standard-has-errors" in said
    assert "unknown-fact" not in said  # it may be a fact of the standard that cannot be read


def test_a_standard_that_lies_beside_is_meant_before_the_bundled_one_of_that_id(folder: Path) -> None:
    (folder / "t-taf-320-2025.guiju").write_text(OTHER.replace("standard other", "standard t-taf-320-2025"), "utf-8")
    (folder / "here.guiju").write_text(HERE.replace("crosswalk other", "crosswalk t-taf-320-2025"), "utf-8")
    assert "two shifts" in run("pin", "here.guiju").stdout


def test_bundled_policies_are_not_written() -> None:
    result = run("pin", "--write", "t-isc-23-drafting-note")
    assert result.exit_code == 2
    assert "needs-a-file" in result.stderr


@pytest.mark.parametrize("quoted", ['"{}"', "“{}”"])
def test_only_the_digest_of_a_row_is_written_over(folder: Path, quoted: str) -> None:
    """Its twelve digits may stand elsewhere in the row, as in a comment: there they stay."""
    zeros = "0" * 12 + "/" + "0" * 12
    row = f"  6.1 a) | superset | 5.1 a) | {quoted}  # was {zeros}"
    (folder / "here.guiju").write_text(
        HERE.replace("  6.1 a) | superset | 5.1 a)  # judged in spring", row.format(zeros)), "utf-8"
    )
    assert run("pin", "--write", "here.guiju").stdout.endswith("1 digests written\n")
    (written,) = [line for line in Path("here.guiju").read_text("utf-8").splitlines() if "superset" in line]
    assert re.fullmatch(
        rf'  6\.1 a\) \| superset \| 5\.1 a\) \| "[0-9a-f]{{12}}/[0-9a-f]{{12}}"  # was {zeros}', written
    )
    assert run("check", "here.guiju").stdout == "here.guiju: no findings\n"


@pytest.mark.parametrize("digest", ["1", "", "superset"])
def test_what_is_no_digest_is_an_error_and_nothing_is_written(folder: Path, digest: str) -> None:
    text = HERE.replace("5.1 a)  #", f'5.1 a) | "{digest}"  #')
    (folder / "here.guiju").write_text(text, "utf-8")
    result = run("pin", "--write", "here.guiju")
    assert result.exit_code == 1
    assert "error[no-digest]" in result.stderr
    assert (folder / "here.guiju").read_text("utf-8") == text
