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


def run(*arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", language])


def test_a_row_is_shown_judged_written_and_then_still() -> None:
    shown = run("pin", "here.guiju")
    assert "here.guiju:6  other  5.1 a)" in shown.stdout
    assert '    5.1 a) "two shifts" people >= 2\n      fact people : count\n' in shown.stdout
    assert shown.stdout.endswith("1 row, 1 to be judged again\n")
    assert Path("here.guiju").read_text("utf-8") == HERE
    assert run("pin", "--write", "here.guiju").stdout.endswith("1 digest written\n")
    assert "# judged in spring" in Path("here.guiju").read_text("utf-8")
    assert run("check", "here.guiju").stdout == "here.guiju: no findings\n"
    assert run("pin", "here.guiju").stdout == "1 row, 0 to be judged again\n"
    assert "unchanged" in run("pin", "--all", "here.guiju").stdout


def test_a_fact_that_has_changed_shows_its_end_with_what_it_is_now(folder: Path) -> None:
    run("pin", "--write", "here.guiju")
    (folder / "other.guiju").write_text(OTHER.replace("people : count", "people : number"), encoding="utf-8")
    assert "crosswalk-outdated" in run("check", "here.guiju").stderr
    shown = run("pin", "here.guiju").stdout
    assert "changed: of the other standard" in shown
    assert "fact people : number" in shown
    assert '"shifts"' not in shown  # the end that has not changed is left out
    run("pin", "--write", "here.guiju")
    assert run("check", "here.guiju").stdout == "here.guiju: no findings\n"


def test_a_clause_that_a_condition_counts_is_pinned_with_it(folder: Path) -> None:
    counting = OTHER.replace("people >= 2\n", '5.1 b) satisfied\n  b) "staff" people >= 2\n')
    (folder / "other.guiju").write_text(counting, encoding="utf-8")
    run("pin", "--write", "here.guiju")
    (folder / "other.guiju").write_text(counting.replace("people >= 2", "people >= 1"), encoding="utf-8")
    shown = run("pin", "here.guiju").stdout
    assert "clause 5.1 b) requires people >= 1\n" in shown
    assert shown.endswith("1 row, 1 to be judged again\n")


IN_BOTH_LANGUAGES = """standard other "OTHER"
groups section
input kind : one of big | small alias 种类
  big alias 大 "大 / Big"
let enough = people >= 2 alias 够 "enough"
section 5.1
  a) shall "两班" / "two shifts" 5.1 b) satisfied applies when kind = big
    guidance "看排班" / "see the rota"
  b) "staff" enough
  c) "rota" attested applies when kind = small
fact people : count alias 人数 "staff / 人数"
reading small "whether small ones count"
  default all "all": clause 5.1 c) applies when yes
  or some "some": nothing changes
"""
IN_CHINESE = """    5.1 a) 应 "两班" / "two shifts" 5.1 b) 满足 适用 当 种类 = 大
      指引 "看排班" / "see the rota"
      输入 种类 : 取值 大 | small
      条款 5.1 b) 要求 够
      令 enough = 人数 >= 2 别名 够 "enough"
      事实 人数 : 个数
    5.1 c) "rota" 查验 适用 当 是
"""


def test_what_is_pinned_is_shown_as_the_formatter_prints_it_in_the_language_asked_for(folder: Path) -> None:
    """And under the default readings, for which relations are judged: there 5.1 c) always applies."""
    (folder / "other.guiju").write_text(IN_BOTH_LANGUAGES, "utf-8")
    (folder / "here.guiju").write_text(HERE.replace("5.1 a)  #", "5.1 a), 5.1 c)  #"), "utf-8")
    assert IN_CHINESE in run("pin", "here.guiju", language="zh").stdout


def test_a_file_keeps_its_bytes_but_for_the_digest(folder: Path) -> None:
    typed = ("\ufeff" + HERE.replace("\n", "\r\n")).encode()
    (folder / "here.guiju").write_bytes(typed)
    run("pin", "--write", "here.guiju")
    written = (folder / "here.guiju").read_bytes()
    assert re.sub(rb' \| "[0-9a-f]{12}/[0-9a-f]{12}"', b"", written) == typed
    assert written != typed


def test_the_other_standard_may_lie_elsewhere(folder: Path) -> None:
    elsewhere = folder / "elsewhere" / "of-2026.guiju"
    elsewhere.parent.mkdir()
    (folder / "other.guiju").rename(elsewhere)
    assert "crosswalk-standard" in run("check", "here.guiju").stderr
    assert "crosswalk-unpinned" in run("check", "here.guiju", "--policy", str(elsewhere)).stderr
    assert run("pin", "here.guiju", "--write", "--policy", str(elsewhere)).stdout.endswith("1 digest written\n")
    assert run("check", "here.guiju", "--policy", str(elsewhere)).stdout == "here.guiju: no findings\n"


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
    assert run("pin", "--write", "here.guiju").stdout.endswith("1 digest written\n")
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
