"""Which standard an id means: several policies in several folders, one evidence file, and one answer throughout a call."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import guiju
from guiju.cli.main import main
from tests.project.repository import ROOT

MINE = """standard mine "MINE"
groups section
section 1
  a) "Shops" widgets >= 2
fact widgets : count
"""
THERE = """standard there "THERE"
groups section
section 1
  a) "Guarded" guards >= {least}
fact guards : count
"""
HERE = """standard here "HERE"
groups section
section 1
  a) "Watched" attested
crosswalk there
  1 a) | equal | {clause}
"""
NOTE = "t-isc-23-drafting-note"
EVERYTHING = ROOT / "policies" / "vocabulary" / "evidence" / "full-stack-provider.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> str:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return path


def evidence(facts: str, *standards: str) -> str:
    named = ", ".join(f'"{standard}": ' for standard in standards)
    return write("e.yaml", f"guiju: evidence/1\nsubject: x\nfacts: {{{facts}}}\nstandards: {{{named}}}\n")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


def satisfied(table: str, standard: str) -> str:
    """The first number in a standard's line of a coverage."""
    return next(line.split()[1] for line in table.splitlines() if line.startswith(f"{standard} "))


# --- the folder that one happens to be in --------------------------------------------------------------------------


def test_bundled_standards_are_not_looked_for_in_the_current_folder() -> None:
    write("t-isc-full-stack-2025-12.guiju", MINE)
    write("large-model.guiju", 'vocabulary large-model "Other"\n')
    through_a_crosswalk = guiju.evaluate(NOTE, EVERYTHING).value("8-1")
    assert getattr(through_a_crosswalk, "value", None) == "satisfied"
    assert "18 computed findings" in run("review", "t-taf-320-2025").stdout


def test_a_loaded_policy_stays_where_it_lies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/here.guiju", HERE.format(clause="1 a)"))
    write("a/there.guiju", THERE.format(least=2))
    file = folder / evidence("guards: 2", "here", "there")
    policy = guiju.load("a/here.guiju")
    monkeypatch.chdir(folder.parent)
    assert getattr(guiju.evaluate(policy, file).value("1.a"), "value", None) == "satisfied"


def test_a_review_reads_the_vocabulary_that_a_check_reads() -> None:
    write("vocabulary/premises.guiju", 'vocabulary premises "Premises"\nfact exits : count\n')
    write("demo/demo.guiju", 'standard demo "DEMO"\nuse premises\ngroups section\nsection 1\n  a) "Doors" exits >= 2\n')
    assert run("check", "demo/demo.guiju").stdout == "demo/demo.guiju: no findings\n"
    assert run("review", "demo/demo.guiju").exit_code == 0
    write("vocabulary/premises.guiju", 'vocabulary premises "Premises"\nfact exits : yes-no\n')
    for command in ("check", "review"):
        result = run(command, "demo/demo.guiju")
        assert result.exit_code == 1
        assert "type-mismatch" in result.stderr


# --- standards that are given ---------------------------------------------------------------------------------------


def test_a_standard_of_ones_own_stands_beside_a_bundled_one() -> None:
    mine, file = write("a/mine.guiju", MINE), evidence("widgets: 3", NOTE, "mine")
    covered = run("coverage", file, "--policy", mine)
    assert covered.stderr == ""
    assert satisfied(covered.stdout, "mine") == "1"
    assert run("evaluate", NOTE, file, "--policy", mine).stderr == ""
    assert run("explain", NOTE, file, "--policy", mine).stderr == ""
    assert guiju.evaluate(NOTE, file, others=[mine]).program.id == NOTE


def test_facts_may_be_meant_for_a_standard_that_is_given_and_not_named() -> None:
    mine, there = write("a/mine.guiju", MINE), write("b/there.guiju", THERE.format(least=2))
    covered = run("coverage", evidence("widgets: 3, guards: 2", "there"), "--policy", mine, "--policy", there)
    assert covered.stderr == ""
    assert [satisfied(covered.stdout, standard) for standard in ("there", "mine")] == ["1", "1"]


def test_where_a_standard_of_the_file_is_missing_a_fact_may_be_its_own() -> None:
    told = run("evaluate", NOTE, evidence("widgets: 3", NOTE, "mine"))
    assert told.exit_code == 0
    assert "warning[unknown-standard]" in told.stderr
    assert "warning[unplaced-fact]: no standard that can be read asks for `widgets`" in told.stderr


def test_policies_in_two_folders_know_each_other() -> None:
    here, there = write("a/here.guiju", HERE.format(clause="1 a)")), write("b/there.guiju", THERE.format(least=2))
    covered = run("coverage", evidence("guards: 2", "here", "there"), "--policy", here, "--policy", there)
    assert "unknown-standard" not in covered.stderr
    assert [satisfied(covered.stdout, standard) for standard in ("here", "there")] == ["1", "1"]


def test_one_table_holds_one_version_of_a_standard() -> None:
    """The version that is given counts, also for the crosswalk of a policy that another version lies beside."""
    here = write("v1/here.guiju", HERE.format(clause="1 a)"))
    write("v1/there.guiju", THERE.format(least=2))
    there = write("v2/there.guiju", THERE.format(least=5))
    covered = run("coverage", evidence("guards: 3", "here", "there"), "--policy", here, "--policy", there)
    assert [satisfied(covered.stdout, standard) for standard in ("here", "there")] == ["0", "0"]


def test_two_files_of_one_standard_are_a_mistake() -> None:
    one, two = write("v1/there.guiju", THERE.format(least=2)), write("v2/there.guiju", THERE.format(least=5))
    file = evidence("guards: 3", "there")
    result = run("coverage", file, "--policy", one, "--policy", two)
    assert result.exit_code == 1
    assert "error[standard-given-twice]: `v1/there.guiju` and `v2/there.guiju`" in result.stderr
    assert satisfied(run("coverage", file, "--policy", two, "--policy", two).stdout, "there") == "0"
    with pytest.raises(guiju.GuijuError, match="both are the standard `there`"):
        guiju.evaluate(one, file, others=[two])


# --- names of files --------------------------------------------------------------------------------------------------


def test_a_file_that_holds_another_standard_than_its_name_says() -> None:
    here = write("here.guiju", HERE.format(clause="1 a)"))
    write("there.guiju", MINE)
    file = evidence("", "here", "there")
    for call in (("check", here), ("pin", here), ("evaluate", here, file), ("coverage", file, "--policy", here)):
        said = run(*call).stderr
        assert "another-standard]: `there.guiju` holds the standard `mine` and not `there`" in said


@pytest.mark.parametrize("path", ["sub/mine", "../mine", "./mine"])
def test_an_id_is_no_path(path: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "work").mkdir()
    for place in ("mine.guiju", "work/mine.guiju", "work/sub/mine.guiju"):
        write(place, MINE)
    monkeypatch.chdir(folder / "work")
    assert "unknown-standard" in run("evaluate", "mine.guiju", evidence("widgets: 3", "mine", path)).stderr


def test_a_standard_may_lie_in_a_folder_of_its_own_beside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("here/here.guiju", HERE.format(clause="1 a)"))
    write("there/there.guiju", THERE.format(least=2))
    assert "1 row," in run("pin", "here/here.guiju").stdout
    monkeypatch.chdir(folder / "here")
    assert "1 row," in run("pin", "here.guiju").stdout


# --- what a reader of results must know ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("1 a)", "warning[crosswalk-unpinned]"),
        ('1 a) | "000000000000/000000000000"', "warning[crosswalk-outdated]"),
        ("9 a)", "error[crosswalk-clause]"),
    ],
)
def test_a_row_to_be_judged_again_is_told_where_results_are_read(clause: str, code: str) -> None:
    here = write("here.guiju", HERE.format(clause=clause))
    there = write("there.guiju", THERE.format(least=2))
    file = evidence("guards: 2", "here", "there")
    assert code in run("evaluate", here, file).stderr
    assert code in run("coverage", file, "--policy", here, "--policy", there).stderr
    assert "crosswalk" not in run("evaluate", here, evidence("", "here")).stderr  # nothing could pass on anyway


def test_a_clause_left_open_by_an_outdated_row_says_so() -> None:
    here = write("here.guiju", HERE.format(clause='1 a) | "000000000000/000000000000"'))
    write("there.guiju", THERE.format(least=2))
    told = run("explain", here, evidence("guards: 2", "here", "there"), "1.a").stdout
    assert "crosswalk there 1 a): unknown (its crosswalk is to be judged again)" in told


def test_one_name_for_facts_that_two_standards_declare_apart() -> None:
    write("mine.guiju", MINE)
    write("other.guiju", MINE.replace("standard mine", "standard other"))
    told = run("coverage", evidence("widgets: 3", "mine", "other"), "--policy", "mine.guiju").stderr
    assert told.count("warning[fact-of-several]: mine, other each declare `widgets`") == 1
    write("premises.guiju", 'vocabulary premises "Premises"\nfact widgets : count\n')
    for name in ("mine", "other"):
        text = Path(f"{name}.guiju").read_text("utf-8").replace("fact widgets : count\n", "use premises\n")
        write(f"{name}.guiju", text)
    assert run("coverage", evidence("widgets: 3", "mine", "other"), "--policy", "mine.guiju").stderr == ""


def test_what_a_crosswalk_decides_is_counted_also_where_facts_would_have_been_asked_for() -> None:
    here = write(
        "b/here.guiju", HERE.format(clause="1 a)").replace("attested\n", "watches >= 2\nfact watches : count\n")
    )
    there = write("a/there.guiju", THERE.format(least=1))
    file = evidence("guards: 2", "here", "there")
    assert "Decided by a crosswalk, not looked at here: 1\n" in run("evaluate", here, file, "--policy", there).stdout
    covered = run("coverage", file, "--policy", here, "--policy", there).stdout
    assert "here: 1 clause decided by a crosswalk, 0 answered in part\n" in covered
    assert "(0 by shared facts, 0 by crosswalks)" in covered  # nobody would have been asked for the verdict


# --- what a crosswalk carries is a cause with a name ----------------------------------------------------------------


def two_sides(first: str, second: str) -> tuple[str, str]:
    """Evidence files for both standards that differ in one fact."""
    for name, facts in (("one.yaml", first), ("other.yaml", second)):
        write(name, f"guiju: evidence/1\nsubject: x\nfacts: {{{facts}}}\nstandards: {{here: , there: }}\n")
    return "one.yaml", "other.yaml"


def test_a_verdict_that_a_crosswalk_carries_is_put_down_to_its_row_and_the_clause_at_its_other_end() -> None:
    here, _ = write("here.guiju", HERE.format(clause="1 a)")), write("there.guiju", THERE.format(least=2))
    shown = run("compare", here, *two_sides("guards: 2", "guards: 1")).stdout
    assert (
        "crosswalk 1 a) Watched ← there 1 a): satisfied → unsatisfied  (1 a) Guarded: satisfied → unsatisfied)" in shown
    )
    assert "1 a) Watched: satisfied → unsatisfied  by 1" in shown
    _, cause = json.loads(run("compare", here, "one.yaml", "other.yaml", "--format", "json").stdout)["causes"]
    assert (cause["what"], cause["about"]) == ("crosswalk", "1.a there")
    assert cause["there"] == [{"clause": "1 a)", "label": "Guarded", "before": "satisfied", "after": "unsatisfied"}]


def test_beside_an_amendment_a_mixture_keeps_what_the_crosswalk_carries() -> None:
    """The later edition counts twice as much; the row is as it was, and the clause there fails no more."""
    graded = HERE.format(clause="1 a)") + "score s\n  {points} when all clauses satisfied\n  0 otherwise\n"
    write("there.guiju", THERE.format(least=2))
    old, new = (write(f"{n}/here.guiju", graded.format(points=n)) for n in ("1", "2"))
    both = ("compare", "--policies", old, new, *two_sides("guards: 1", "guards: 2"), "--policy", "there.guiju")
    shown = run(*both).stdout
    assert "score  s: 1 when all clauses satisfied → 2 when all clauses satisfied" in shown
    assert "s: 0 → 2  by 1+2, only together" in shown
    assert "1 a) Watched: unsatisfied → satisfied  by 2" in shown
