"""`guiju test`: what it prints, its exit codes, its files, what it writes."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from guiju.cli.main import main
from guiju.exchange.cases_model import json_schema as cases_schema
from guiju.library import bundled
from guiju.report.examples_model import json_schema
from tests.docs.pages import all_blocks
from tests.project.repository import ROOT

SHOPS = (ROOT / "tests" / "docs" / "shops.guiju").read_text("utf-8")
DOCS = ROOT / "docs"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["test", *arguments, *(() if "--lang" in arguments else ("--lang", "en"))])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A policy in a folder of its own."""
    policy = tmp_path / "shops.guiju"
    policy.write_text(SHOPS, encoding="utf-8")
    (tmp_path / "cases").mkdir()
    return policy


def beside(policy: Path, name: str, text: str) -> Path:
    path = policy.parent / "cases" / name
    path.write_text(text, encoding="utf-8")
    return path


# --- what holds and what does not --------------------------------------------------------------------------------


def test_where_every_example_holds_it_ends_with_0(shop: Path):
    result = run(str(shop))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == "3 examples: 3 hold, 0 fail; 0 proposed"


def test_of_what_fails_it_tells_expected_and_found_and_what_determines_it(shop: Path):
    shop.write_text(SHOPS.replace("A at L1 = 1, A at L2 = not-entered", "A at L1 = 2"), encoding="utf-8")
    result = run(str(shop))
    assert result.exit_code == 1
    lines = [line.strip() for line in result.stdout.splitlines()]
    at = lines.index("FAILED  Too few people")
    assert lines[at + 1 : at + 4] == ["expected  A@L1: 2", "was  1", "through  4.1 a) Staff: unsatisfied"]
    assert "期望  A@L1: 2" in run(str(shop), "--lang", "zh").stdout


def test_a_proposed_example_counts_for_nothing(shop: Path):
    text = SHOPS + 'example "x" proposed\n  given service = shop\n  expect level = L2\n'
    shop.write_text(text, encoding="utf-8")
    result = run(str(shop))
    assert result.exit_code == 0
    assert "3 hold, 0 fail; 1 proposed" in result.stdout


def test_examples_are_chosen_by_a_text_in_their_name(shop: Path):
    assert "1 example: 1 holds" in run(str(shop), "--only", "Too few").stdout
    assert "1 example: 1 holds" in run(str(shop), "--only", "人手不足").stdout
    nothing = run(str(shop), "--only", "nothing of the kind")
    assert nothing.exit_code == 2
    assert "no example has `nothing of the kind` in its name" in nothing.stderr


def test_without_a_policy_those_of_the_folder_are_tested(shop: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(shop.parent)
    (shop.parent / "facts.guiju").write_text('vocabulary facts "F"\n', encoding="utf-8")
    result = run()
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "DEMO 3—2026  demo-shops")


# --- forms for programs ------------------------------------------------------------------------------------------


def test_json_has_everything_and_follows_its_schema(shop: Path):
    result = run(str(shop), "--coverage", "--mutate", "--most", "12", "--witnesses", "1", "--format", "json")
    told = json.loads(result.stdout)
    Draft202012Validator(json_schema()).validate(told)
    (policy,) = told["policies"]
    assert told["holds"] is True
    assert [e["holds"] for e in policy["examples"]] == [True, True, True]
    assert len(policy["mutation"]["tried"]) == 12 < policy["mutation"]["number"]
    assert {c["clause"] for c in policy["coverage"]["clauses"]} >= {"4.1.a", "5.1.b"}


def test_junit_has_a_case_for_each_example(shop: Path, tmp_path: Path):
    text = SHOPS.replace("expect level = L2, A at L2 = 3", "expect level = L1")
    shop.write_text(text + 'example "x" proposed\n  expect level = unknown\n', encoding="utf-8")
    out = tmp_path / "junit.xml"
    assert run(str(shop), "--junit", str(out)).exit_code == 1
    root = ET.fromstring(out.read_text("utf-8"))
    (suite,) = root.findall("testsuite")
    assert {k: suite.get(k) for k in ("name", "tests", "failures", "skipped")} == {
        "name": "demo-shops",
        "tests": "4",
        "failures": "1",
        "skipped": "1",
    }
    (failed,) = [c for c in suite if c.find("failure") is not None]
    assert failed.get("name") == "All is well, in the shop and on the web"
    assert failed.find("failure").get("message") == "level: L1 Basic ≠ L2 Good"  # type: ignore[union-attr]
    assert run(str(shop), "--junit", str(out)).exit_code == 1  # again, over its own file


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("-o", "out.txt"), "`--out` does nothing without --generate"),
        (("--generate", "--junit", "a.xml"), "`--junit` does nothing beside --generate"),
        (
            ("--generate", "--format", "json", "--coverage"),
            "`--coverage, --format json` does nothing beside --generate",
        ),
    ],
)
def test_an_option_that_would_do_nothing_is_told(shop: Path, call: tuple[str, ...], told: str):
    result = run(str(shop), *call)
    assert (result.exit_code, told in result.stderr) == (2, True)
    assert not list((shop.parent / "cases").iterdir())


def test_a_file_of_cases_is_no_policy(shop: Path):
    path = beside(shop, "x.yaml", "guiju: cases/1\nstandard: demo-shops\ncases: []\n")
    result = run(str(path))
    assert (result.exit_code, "data-for-a-policy" in result.stderr) == (1, True)


def test_a_case_without_a_name_is_told_at_its_name(shop: Path):
    beside(shop, "x.yaml", 'guiju: cases/1\nstandard: demo-shops\ncases:\n  - case: " "\n    proposed: true\n')
    result = run(str(shop))
    assert "`case` must be a text that is not empty; this is empty" in result.stderr
    assert "x.yaml:4:11" in result.stderr
    assert "`subject`" not in result.stderr


def test_junit_is_written_over_junit_alone(shop: Path):
    before = shop.read_bytes()
    result = run(str(shop), "--junit", str(shop))
    assert (result.exit_code, "file-exists" in result.output) == (1, True)
    assert shop.read_bytes() == before


@pytest.mark.parametrize("call", [("new", "a" * 300), ("publish", "t-taf-320-2025", "-o", f"{'a' * 300}.html")])
def test_a_name_that_no_file_can_have_is_told(call: tuple[str, ...]):
    result = CliRunner().invoke(main, list(call))
    assert result.exit_code == 1
    assert "file-not-writable" in result.output


# --- files of examples -------------------------------------------------------------------------------------------


def test_examples_stand_beside_the_policy_as_well(shop: Path):
    head = 'standard demo-shops "DEMO 3—2026"\n'
    beside(shop, "more.guiju", head + 'example "blank"\n  expect level = unknown\n')
    assert "4 examples: 4 hold" in run(str(shop)).stdout
    beside(shop, "more.guiju", head + 'example "blank"\n  expect levl = unknown\n')
    wrong = run(str(shop))
    assert wrong.exit_code == 1
    assert re.search(r"error\[unknown-name\].*\n +--> .*cases/more\.guiju:3:10", wrong.stderr)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('standard demo-shops "D"\nfact x : count\n', "not-an-example"),
        ('standard another "D"\nexample "x"\n  expect level = L1\n', "examples-of-another"),
        ('standard demo-shops "D"\nexample "人手不足"\n  expect level = L1\n', "duplicate-name"),
    ],
)
def test_a_file_of_examples_holds_examples_of_its_policy_alone(shop: Path, text: str, code: str):
    beside(shop, "more.guiju", text)
    result = run(str(shop))
    assert (result.exit_code, f"error[{code}]" in result.stderr) == (1, True)


CASES = "guiju: cases/1\nstandard: demo-shops\ncases:\n"


def test_cases_say_what_evidence_says_and_what_must_come_of_it(shop: Path):
    beside(
        shop,
        "more.yaml",
        CASES
        + """
  - case: an assessor and a vendor
    unverified: by hand
    inputs: {service: shop}
    facts: {staff: 3, exits: 2, alarm_tested: yes, open_hours: 40 h, media: [phone]}
    attestations: {"4.1 d)": {verdict: satisfied, voice: assessor}, all others: unsatisfied}
    expect: {level: L2, A@L2: [5/2], "4.1 c)": not-applicable, "4.2 b)": unsatisfied, staff: 3}
    printed: {A@L2: "3"}
  - case: limits
    inputs: {service: shop}
    facts: {staff: 2}
    readings: {contact: basic}
    expect: {A@L1: [">= 0", "< 2"], level: "!= L2", 4.2@L1: [0, 2]}
  - case: not confirmed
    proposed: true
    expect: {level: L1}
""",
    )
    result = run(str(shop))
    assert result.stderr == ""
    assert "6 examples: 5 hold, 0 fail; 1 proposed" in result.stdout


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("case: x\n    expect: {levl: L1}", "unknown-expectation"),
        ("case: x\n    expect: {level: L9}", "not-its-value"),
        ("case: x\n    expect: {A@L1: 2 h}", "not-its-value"),
        ("case: x\n    readings: {contact: none}\n    expect: {level: L1}", "unknown-reading-of-case"),
        ("case: x\n    facts: {stff: 2}\n    expect: {level: L1}", "unknown-fact"),
        ("case: x\n    fact: {staff: 2}\n    expect: {level: L1}", "unknown-key"),
        ("facts: {staff: 2}", "missing-key"),
    ],
)
def test_what_is_wrong_with_a_case_is_told_at_its_place(shop: Path, case: str, code: str):
    beside(shop, "more.yaml", f"{CASES}  - {case}\n")
    result = run(str(shop))
    assert result.exit_code == 1
    assert re.search(rf"error\[{code}\][^\n]*\n +--> [^\n]*more\.yaml:[45678]:", result.stderr), result.stderr


def test_two_cases_of_one_name_are_told(shop: Path):
    twice = "  - case: one\n    unverified: by hand\n    expect: {level: [none, L1, L2]}\n"
    beside(shop, "more.yaml", f"guiju: cases/1\nstandard: demo-shops\ncases:\n{twice}{twice}")
    result = run(str(shop))
    assert "warning[case-named-twice]: there is a case `one` already" in result.stderr
    assert re.search(r"more\.yaml:7:5", result.stderr), result.stderr
    beside(shop, "more.yaml", f"guiju: cases/1\nstandard: demo-shops\ncases:\n{twice}{twice.replace('one', 'other')}")
    assert "case-named-twice" not in run(str(shop)).stderr


@pytest.mark.parametrize(
    "text", ["guiju: cases/2\n", "guiju: cases/1\nstandard: demo-shops\n", "- x\n", "guiju: cases/1\n"]
)
def test_a_file_of_another_form_is_an_error(shop: Path, text: str):
    beside(shop, "more.yaml", text)
    assert run(str(shop)).exit_code == 1


@pytest.mark.parametrize("name", ["testing.md", "testing.zh.md"])
def test_the_file_of_cases_on_the_page_holds_of_the_policy_on_the_page(name: str, tmp_path: Path):
    blocks = [b for b in all_blocks() if b.page == DOCS / name]
    policy = tmp_path / "page.guiju"
    policy.write_text(next(b.text for b in blocks if b.is_policy), encoding="utf-8")
    (tmp_path / "cases").mkdir()
    beside(policy, "page.yaml", next(b.text for b in blocks if b.language == "yaml"))
    result = run(str(policy))
    assert result.stderr == ""
    assert "5 examples: 4 hold, 1 fails" in result.stdout


def test_bundled_cases_suit_the_published_schema():
    import yaml

    files = sorted((ROOT / "policies").glob("**/cases/*.yaml"))
    assert files
    for file in files:
        data = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        Draft202012Validator(cases_schema()).validate(data)


# --- proposing ---------------------------------------------------------------------------------------------------


def test_proposals_are_written_beside_the_policy_and_over_nothing(shop: Path):
    result = run(str(shop), "--generate")
    written = shop.parent / "cases" / "proposed-demo-shops.guiju"
    assert (result.exit_code, result.stderr) == (0, "")
    text = written.read_text("utf-8")
    assert text.startswith('standard demo-shops "DEMO 3—2026"\n')
    number = text.count("\nexample ")
    assert f"{number} proposed examples" in result.stdout
    assert f"{number} proposed" in run(str(shop)).stdout
    written.write_text(text.replace(" proposed", ""), encoding="utf-8")
    assert f"{number + 3} examples: {number + 3} hold" in run(str(shop)).stdout
    again = run(str(shop), "--generate")
    assert "no further examples to propose" in again.stderr  # those there are say it all
    shop.write_text(SHOPS.replace("staff >= 3", "staff >= 7"), encoding="utf-8")
    over = run(str(shop), "--generate")
    assert over.exit_code == 1
    assert written.read_text("utf-8") == text.replace(" proposed", "")


def test_examples_go_only_where_there_is_a_folder_and_it_is_told_before_any_is_looked_for(shop: Path):
    there = shop.parent / "none" / "x.guiju"
    result = run(str(shop), "--generate", "-o", str(there))
    assert (result.exit_code, "file-not-writable" in result.stderr, there.parent.exists()) == (1, True, False)
    (shop.parent / "cases").rmdir()
    (shop.parent / "cases").write_text("a file", encoding="utf-8")
    result = run(str(shop), "--generate")
    assert (result.exit_code, "file-not-writable" in result.stderr) == (1, True)


def test_one_file_takes_the_examples_of_one_policy(shop: Path):
    out = shop.parent / "x.guiju"
    for language, told in (("en", "`--out` does nothing for several policies"), ("zh", "“--out”对几个策略不起作用")):
        result = run(str(shop), str(shop), "--generate", "-o", str(out), "--lang", language)
        assert (result.exit_code, told in result.stderr, out.exists()) == (2, True, False)


@pytest.mark.parametrize("upper", ["A at L1 >= 80% and A at L2 < 80%", "A at L1 >= 80%"])
def test_every_result_of_a_grade_that_there_can_be_has_an_example(tmp_path: Path, upper: str):
    policy = tmp_path / "two.guiju"
    clauses = "".join(f'  {mark}) "{mark}" attested\n' for mark in "abcde")
    policy.write_text(
        f'standard two "TWO"\ngroups section\nlevels\n  L1\n  L2\nsection 4.1 "All"\n{clauses}'
        "membership\n  section | L1 | L2\n  4.1 | a)~c) | all\nscore A at each level = share of clauses satisfied\n"
        f"grade level by A\n  L1 | {upper}\n  L2 | A at L2 >= 80%\n  otherwise | none\n",
        encoding="utf-8",
    )
    out = tmp_path / "out.guiju"
    assert run(str(policy), "--generate", "-o", str(out)).exit_code == 0
    assert set(re.findall(r"level = (\w+)", out.read_text("utf-8"))) == {"L1", "L2", "none"}


def test_what_is_proposed_has_numbers_such_as_people_write(tmp_path: Path):
    policy = tmp_path / "kept.guiju"
    policy.write_text(
        'standard kept "KEPT"\ngroups section\nlevels\n  L1\nfact kept_for : h\nfact kept : g\n'
        'section 4.1 "Kept"\n  a) "Long" kept_for >= 48 h\n  b) "Much" kept > 125 g\n'
        "membership\n  section | L1\n  4.1 | all\nscore A at each level = share of clauses satisfied\n"
        "grade level by A\n  L1 | A >= 100%\n  otherwise | none\n"
        'example "plenty"\n  given kept_for = 100 h, kept = 500 g\n  expect level = L1\n',
        encoding="utf-8",
    )
    told = run(str(policy), "--mutate").stdout
    given = re.findall(r"given kept_for = (.*), kept = (.*)", told)
    assert len(given) == 4
    assert all(re.fullmatch(r"\d\d h", hours) and re.fullmatch(r"1 000 g|\d{3} g", mass) for hours, mass in given), told


# --- files that cannot be read -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["f.yaml", "f.guiju"])
def test_a_pipe_among_the_cases_is_told_and_not_waited_for(shop: Path, name: str):
    os.mkfifo(shop.parent / "cases" / name)
    result = run(str(shop))
    assert result.exit_code == 1
    assert f"cases/{name}` cannot be read (a device or a pipe, no regular file)" in result.stderr
    assert f"cases/{name}”（是设备、管道之类，不是普通文件）" in run(str(shop), "--lang", "zh").stderr


def test_a_pipe_beside_the_policy_is_passed_over(shop: Path):
    os.mkfifo(shop.parent / "other.guiju")
    assert run(str(shop)).exit_code == 0


def test_a_link_in_a_ring_is_told_in_the_language_of_the_reader(shop: Path):
    (shop.parent / "cases" / "ring.yaml").symlink_to("ring.yaml")
    assert "无法读取" in (told := run(str(shop), "--lang", "zh").stderr)
    assert "链接绕成了一圈" in told


def test_a_file_of_cases_may_end_in_capital_letters(shop: Path):
    case = "guiju: cases/1\nstandard: demo-shops\ncases: [{case: loud, expect: {level: L9}}]\n"
    beside(shop, "LOUD.YAML", case)
    result = run(str(shop))
    assert result.exit_code == 1
    assert "LOUD.YAML" in result.stderr


# --- watching ----------------------------------------------------------------------------------------------------


def test_watching_needs_its_extra(shop: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = run(str(shop), "--watch")
    assert result.exit_code == 2
    assert "guiju[watch]" in result.stderr


def test_watching_tests_again_at_each_change(shop: Path, monkeypatch: pytest.MonkeyPatch):
    import watchfiles

    def changes(*folders: str, **_: object) -> list[object]:
        assert folders == (str(shop.parent),)
        shop.write_text(SHOPS.replace("expect level = L2, A at L2 = 3", "expect level = L1"), encoding="utf-8")
        return [{}]

    monkeypatch.setattr(watchfiles, "watch", changes)
    result = run(str(shop), "--watch")
    assert [line for line in result.stdout.splitlines() if line.startswith("3 examples")] == [
        "3 examples: 3 hold, 0 fail; 0 proposed",
        "3 examples: 2 hold, 1 fails; 0 proposed",
    ]


def test_a_folder_that_is_made_again_is_watched_again(shop: Path, monkeypatch: pytest.MonkeyPatch):
    import watchfiles

    folder, aside = shop.parent / "s", shop.parent / "aside"
    shutil.copytree(shop.parent, aside)
    shutil.copytree(aside, folder)
    watched: list[tuple[str, ...]] = []

    def changes(*folders: str, **_: object) -> Iterator[object]:
        watched.append(folders)
        if len(watched) > 1:
            return
        shutil.rmtree(folder)
        yield set()

    def pause(_: float) -> None:
        text = SHOPS.replace("expect level = L2, A at L2 = 3", "expect level = L1")
        shutil.copytree(aside, folder)
        (folder / shop.name).write_text(text, encoding="utf-8")

    monkeypatch.setattr(watchfiles, "watch", changes)
    monkeypatch.setattr("guiju.cli.test.time.sleep", pause)
    result = run(str(folder / shop.name), "--watch")
    assert watched == [(str(folder),)] * 2
    assert "unknown-policy" in result.stderr
    assert [line for line in result.stdout.splitlines() if line.startswith("3 examples")] == [
        "3 examples: 3 hold, 0 fail; 0 proposed",
        "3 examples: 2 hold, 1 fails; 0 proposed",
    ]


@pytest.mark.parametrize("report", ["report.xml", "report.yaml"])
def test_what_a_run_writes_begins_no_further_run(tmp_path: Path, report: str, monkeypatch: pytest.MonkeyPatch):
    import watchfiles

    shops, vocabulary = tmp_path / "shops", tmp_path / "vocabulary"
    shops.mkdir()
    vocabulary.mkdir()
    policy, junit = shops / "policy.txt", shops / report
    policy.write_text(SHOPS, encoding="utf-8")
    part = shops / f".{report}.1234.part"
    asked: dict[str, bool] = {}

    def changes(*folders: str, watch_filter: Callable[[object, str], bool], **_: object) -> list[object]:
        assert set(folders) == {str(shops), str(vocabulary)}
        for path in (policy, shops / "cases" / "x.yml", vocabulary / "v.guiju", junit, part, shops / "log.txt"):
            asked[path.name] = watch_filter(watchfiles.Change.modified, str(path))
        return []

    monkeypatch.setattr(watchfiles, "watch", changes)
    assert run(str(policy), "--watch", "--junit", str(junit)).exit_code == 0
    assert {name for name, begins in asked.items() if begins} == {"policy.txt", "x.yml", "v.guiju"}
    assert junit.is_file()


# --- the bundled standards ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tested() -> dict[str, object]:
    """All bundled standards, tested once."""
    return {p["policy"]: p for p in json.loads(run(*bundled(), "--coverage", "--format", "json").stdout)["policies"]}


def test_the_examples_of_the_bundled_standards_hold(tested: dict[str, dict[str, list[dict[str, object]]]]):
    assert set(tested) == set(bundled())
    assert [e["name"] for p in tested.values() for e in p["examples"] if not e["holds"] or e["proposed"]] == []


@pytest.mark.parametrize("name", ["testing.md", "testing.zh.md"])
def test_the_page_counts_what_they_go_through(tested: dict[str, dict[str, object]], name: str):
    rows = re.findall(
        r"^\| `(.+?)` \| (\d+) \| (\d+) / (\d+) \| (.+?) \|$", (DOCS / name).read_text("utf-8"), re.MULTILINE
    )
    assert {row[0] for row in rows} == set(tested)
    for policy, examples, seen, clauses, rows_gone in rows:
        found: dict[str, object] = tested[policy]
        listed = found["coverage"]["clauses"]  # type: ignore[index]
        points = [p for p in found["coverage"]["points"] if p["kind"] == "row"]  # type: ignore[index]
        covered = [c for c in listed if c["satisfied"] and c["unsatisfied"] and c["mattered"]]
        assert (len(found["examples"]), len(covered), len(listed)) == (int(examples), int(seen), int(clauses))  # type: ignore[arg-type]
        reachable = sum(len(p["ways"]) - len(p["unreachable"]) for p in points)
        gone = reachable - sum(len(p["missing"]) for p in points)
        assert rows_gone == (f"{gone} / {reachable}" if points else "–")
