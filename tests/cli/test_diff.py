"""`guiju diff` and `guiju changelog`: editions of a standard in the words of an editor, and numbers that keep their meaning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from guiju.compiler.ir import Program
from guiju.dsl.source import Source
from guiju.engine.evidence import Attestation, Evidence
from guiju.engine.reasoning.editions.identity import identity_findings
from guiju.engine.reasoning.editions.numbering import renumbered
from guiju.engine.reasoning.editions.renumbering import earlier_clauses, renumberings
from guiju.engine.reasoning.editions.subject import NOWHERE
from guiju.library import compile_source
from guiju.report.revision import revision, revision_model
from guiju.report.revision_model import changelog_schema, revision_schema
from tests.cli.test_commands import ROOT, run
from tests.engine.test_proofs import READINGS, TAKES_AWAY

ROOMS = ROOT / "policies" / "examples" / "reading-rooms"
OLD, NEW = (str(ROOMS / f"reading-rooms-{year}.guiju") for year in (2024, 2027))

#: what an editor says of the two editions of the example, typed from reading both
TOLD = {
    "added": ["4.1 d) Step-free entrance; it counts at L2", "4.2 c) Wireless network; it counts at L2"],
    "removed": ["4.1 c) Lockers; it counted at L2"],
    "renumbered": ["4.2 d) Booking, which was 4.2 c)"],
    "requirements": [
        "4.1 b) Light: 500 lx instead of 300 lx",
        "4.2 b) Complaints answered: counts at L1, L2, and counted at L2",
        (
            "4.2 b) Complaints answered: the condition is answered >= 80% * complaints, "
            "and was answered * 100 >= complaints * 80"
        ),
        "4.2 d) Booking: “shall” instead of “should”",
    ],
    "tables": ["weight of 4.1 The place: 40% instead of 50%", "weight of 4.2 Service: 60% instead of 50%"],
    "wording": [
        "4.2 a) Opening hours in a week: it was “Opening hours” before",
        (
            "the head of the standard: status in-force instead of withdrawn; "
            "effective 2027-08-01 instead of 2024-09-01; retired 4.1 c) instead of (none)"
        ),
    ],
}


def test_an_editor_reads_what_was_changed_chapter_by_chapter() -> None:
    result = run("diff", OLD, NEW, "--lang", "en", "--format", "json")
    found = json.loads(result.stdout)
    Draft202012Validator(revision_schema()).validate(found)
    chapters: dict[str, list[str]] = {}
    for change in found["changes"]:
        chapters.setdefault(change["chapter"], []).append(change["sentence"])
    assert chapters == TOLD
    (outcome,) = found["outcomes"]
    assert outcome["answer"] == "some"
    assert outcome["before"] != outcome["after"]
    assert outcome["subject"] == ["4.1 a): unsatisfied"]
    assert {said.split(": ")[0] for said in outcome["also_stated"]} == {
        *("seats", "light", "open_hours", "answered", "complaints"),
        *("4.1 c) (ROOMS 7—2024)", "4.1 d)", "4.2 c)", "4.2 d)"),
    }, "with it the whole subject is known"
    assert "4.1 a): unsatisfied; no other clause is unsatisfied" in run("diff", OLD, NEW, "--lang", "en").stdout


ORDERED = """standard demo-{n} "DEMO 1—{year}"
groups section
levels
  L1
fact staff : count
section 4
  a) "Staff" staff >= {staff}
  b) "More" attested
membership
  section | L1
  4 | all
score of each section
  at L1
    {rows[0]}
    {rows[1]}
    0 otherwise
"""


BY_MEAN = """score A at each level = mean of score over each section
grade reached by A
  L1 | A >= 2
  otherwise | none
"""


def test_compare_knows_what_was_renamed_and_saves_a_subject_that_both_editions_read(tmp_path: Path) -> None:
    rows = ["3 when all clauses satisfied", "2 when 4 a) satisfied"]
    one, other, saved = (tmp_path / name for name in ("demo-1.guiju", "demo-2.guiju", "subject.yaml"))
    earlier, later = (
        (ORDERED + BY_MEAN).format(n=n, year=year, staff=n + 2, rows=rows).replace("fact staff : count", declared)
        for n, year, declared in ((1, 2020, 'fact staff : count "Staff"'), (2, 2024, 'fact people : count "Staff"'))
    )
    one.write_text(earlier, encoding="utf-8")
    other.write_text(later.replace("staff >=", "people >="), encoding="utf-8")
    saying = ("compare", "--policies", str(one), str(other), "--witness", str(saved), "--format", "json")
    found = json.loads(run(*saying).stdout)
    told = [(a["what"], a["about"], a["before"], a["after"]) for a in found["amendments"]]
    assert ("renamed", "fact:people", "staff", "people") in told
    assert ("threshold", "clause:4.a", "3", "4") in told
    assert not [what for what, about, *_ in told if what == "declaration" and about.startswith("fact:")]
    evaluated = [run("evaluate", str(policy), str(saved), "--lang", "en") for policy in (one, other)]
    assert [result.stderr for result in evaluated] == ["", ""]
    (agreement,) = found["agreements"]
    assert (agreement["answer"], *(agreement[side] for side in ("before", "after"))) == ("some", "L1", "none")
    assert ["Outcome  reached: L1" in result.stdout for result in evaluated] == [True, False]


def test_rows_in_another_order_are_one_change(tmp_path: Path) -> None:
    rows = ["3 when all clauses satisfied", "2 when 4 a) satisfied"]
    one, other = tmp_path / "one.guiju", tmp_path / "other.guiju"
    one.write_text(ORDERED.format(n=1, year=2020, staff=3, rows=rows), encoding="utf-8")
    other.write_text(ORDERED.format(n=2, year=2024, staff=3, rows=rows[::-1]), encoding="utf-8")
    for language, told in (("en", "the same rows in another order: "), ("zh", "各行次序改变，现为：")):
        shown = run("diff", str(one), str(other), "--lang", language).stdout
        assert told + "2 when 4 a) satisfied; 3 when all clauses satisfied" in shown
        assert shown.count("when all clauses satisfied") == 1, "told once, and no row by itself"
    other.write_text(ORDERED.format(n=2, year=2024, staff=3, rows=["3 when 4 b) satisfied", rows[0]]), encoding="utf-8")
    shown = run("diff", str(one), str(other), "--lang", "en").stdout
    assert "another order" not in shown


def test_the_same_is_told_in_chinese_and_as_markdown() -> None:
    shown = run("diff", OLD, NEW, "--lang", "zh", "--format", "markdown").stdout
    assert "# ROOMS 7—2024 → ROOMS 7—2027  公共阅览室服务分级（虚构）" in shown
    assert "## 改号的条款\n\n- (4) 4.2 d) 预约，原为 4.2 c)" in shown
    assert "4.1 b) 照度：300 lx 改为 500 lx" in shown


def test_an_effect_of_a_new_default_is_put_down_to_it(tmp_path: Path) -> None:
    earlier, later = tmp_path / "earlier.guiju", tmp_path / "later.guiju"
    earlier.write_text(TAKES_AWAY + READINGS, encoding="utf-8")
    changed = READINGS.replace("default one", "or one").replace("or two", "default two")
    later.write_text(TAKES_AWAY + changed, encoding="utf-8")
    told = json.loads(run("diff", str(earlier), str(later), "--format", "json").stdout)
    (outcome,) = told["outcomes"]
    ((place,),) = outcome["because"]
    assert "how" in told["changes"][place]["sentence"]


def test_a_change_log_goes_from_the_oldest_edition_to_the_latest(tmp_path: Path) -> None:
    third = Path(NEW).read_text("utf-8").replace("ROOMS 7—2027", "ROOMS 7—2030").replace("ROOMS 7—2024", "ROOMS 7—2027")
    third = third.replace('  renumbered "4.2 c)" 4.2 d)\n', "").replace("seats >= 40", "seats >= 60")
    for name, text in (("a", third), ("b", Path(NEW).read_text("utf-8")), ("c", Path(OLD).read_text("utf-8"))):
        (tmp_path / f"{name}.guiju").write_text(text, encoding="utf-8")
    found = json.loads(run("changelog", str(tmp_path), "--lang", "en", "--format", "json").stdout)
    Draft202012Validator(changelog_schema()).validate(found)
    assert [e["designation"] for e in found["editions"]] == ["ROOMS 7—2024", "ROOMS 7—2027", "ROOMS 7—2030"]
    sentences = [c["sentence"] for c in found["revisions"][1]["changes"]]
    assert "4.1 a) Seats: 60 instead of 40" in sentences
    result = run("changelog", OLD, "--lang", "en")
    assert result.exit_code == 2
    assert "too-few-editions" in result.stderr
    assert "unknown-policy" in run("changelog", str(tmp_path / "nowhere"), "--lang", "en").stderr
    empty = run("changelog", str(tmp_path.parent), "--lang", "en").stderr
    assert "editions here: 0; two make a change" in empty
    assert "folders inside it are not looked into" in empty


def numbers_in(line: str) -> dict[str, str]:
    """What renumberings an edition has that says so in one line, of one that has four clauses and loses the second."""
    before = edition(1, 'a) "Doors" attested', 'b) "Lamps" attested', 'c) "Seats" attested', 'd) "Water" attested')
    after = edition(2, 'a) "Doors" attested', 'b) "Seats" attested', 'c) "Water" attested', head=line)
    return renumberings(before, after)


def test_a_declared_renumbering_leaves_the_others_to_be_seen() -> None:
    assert numbers_in("") == numbers_in('  renumbered "1 c)" 1 b)\n') == {"1.b": "1.c", "1.c": "1.d"}


@pytest.mark.parametrize("typed", ["1 c）", "１　ｃ）", "1c)", "１ c)"])
def test_an_old_number_is_the_same_in_full_width_and_however_it_is_spaced(typed: str) -> None:
    before = edition(1, 'a) "Doors" attested', 'b) "Lamps" attested', 'c) "Seats" attested')
    after = edition(2, 'a) "Doors" attested', 'b) "Benches" attested', head=f'  renumbered "{typed}" 1 b)\n')
    assert renumberings(before, after) == {"1.b": "1.c"}
    assert [f.code.name for f in identity_findings((before, after))] == []


BY_ROWS = """standard demo-{year} "DEMO—200{year}"
groups section
fact n : count
fact m : count "m"
section 1
  a) "x" n >= 3
  b) "y" m >= 3
score S = share of clauses satisfied
grade level by S
{rows}
"""


@pytest.mark.parametrize(
    ("rows", "zh", "en"),
    [
        (
            ("best | S = 100%", "good | S >= 50%", "otherwise | none"),
            "level：新增的行：best | S = 100%",
            "level: rows that are new: best | S = 100%",
        ),
        (("otherwise | none",), "level：删去的行：good | S >= 50%", "level: rows that are gone: good | S >= 50%"),
        (
            ("best | S = 100%", "fair | S >= 30%", "otherwise | none"),
            "level：good | S >= 50% 改为 best | S = 100%; fair | S >= 30%",
            "level: best | S = 100%; fair | S >= 30% instead of good | S >= 50%",
        ),
        (
            ("otherwise | good",),
            "level：good | S >= 50%; otherwise | none 改为 otherwise | good",
            "level: otherwise | good instead of good | S >= 50%; otherwise | none",
        ),
    ],
)
def test_the_rows_of_a_table_that_came_and_went_are_told(rows: tuple[str, ...], zh: str, en: str) -> None:
    editions = [
        compile_source(
            Source("x.guiju", BY_ROWS.format(year=year, rows="\n".join(f"  {row}" for row in listed)))
        ).program
        for year, listed in ((1, ("good | S >= 50%", "otherwise | none")), (2, rows))
    ]
    before, after = editions
    assert before is not None
    assert after is not None
    found = revision(before, after)
    assert zh in [change.sentence for change in revision_model(found, "zh", ()).changes]
    assert en in [change.sentence for change in revision_model(found, "en", ()).changes]


SCORED = """标准 demo-{year} "DEMO—200{year}"
分组 节
等级
  L1
节 1 "门店"
  a) "x" 查验
  b) "y" 查验
归属
  节 | L1
  1 | 全部
各 节 得分
  在 L1 级
{rows}
得分 A 各级 = 平均 得分 于 各 节
"""


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("2 当 全部 条款 满足", "1 当 过半 条款 满足", "-1 否则"), "门店 at L1: -1 否则 instead of 0 否则"),
        (
            ("2 当 全部 条款 满足", "-1 否则"),
            "门店 at L1: -1 否则 instead of 1 当 过半 条款 满足; 0 否则",
        ),
        (("2 当 全部 条款 满足", "0 否则"), "门店 at L1: rows that are gone: 1 当 过半 条款 满足"),
        (
            ("2 当 全部 条款 满足", "1 当 非 全部 条款 满足"),
            "门店 at L1: 1 当 非 全部 条款 满足 instead of 1 当 过半 条款 满足 / 门店 at L1: rows that are gone: 0 否则",
        ),
        (
            ("1 当 过半 条款 满足", "2 当 全部 条款 满足", "0 否则"),
            "门店 at L1: the same rows in another order: 1 当 过半 条款 满足; 2 当 全部 条款 满足; 0 否则",
        ),
    ],
)
def test_the_last_row_of_a_score_is_told_as_the_policy_writes_it(rows: tuple[str, ...], told: str) -> None:
    were = ("2 当 全部 条款 满足", "1 当 过半 条款 满足", "0 否则")
    texts = (SCORED.format(year=y, rows="\n".join(f"    {row}" for row in r)) for y, r in ((1, were), (2, rows)))
    before, after = (compile_source(Source("x.guiju", text)).program for text in texts)
    assert before is not None
    assert after is not None
    sentences = [c.sentence for c in revision_model(revision(before, after), "en", ()).changes if c.what == "score"]
    assert " / ".join(sentences) == told


def test_a_name_without_a_label_of_its_own_is_not_said_twice() -> None:
    before = compile_source(
        Source("x.guiju", 'standard d-1 "D 1"\ngroups section\nfact gone : count\nlet a = gone')
    ).program
    after = compile_source(
        Source("x.guiju", 'standard d-2 "D 2"\ngroups section\nfact come : number\nlet a = 1')
    ).program
    assert before is not None
    assert after is not None
    sentences = [change.sentence for change in revision_model(revision(before, after), "en", ()).changes]
    assert "gone: gone" in sentences
    assert "come: new" in sentences


# --- numbers keep their meaning -------------------------------------------------------------------------------------

POLICY = """standard demo-{year} "DEMO—200{year}"
{head}groups section
section 1 "s"
{clauses}
"""


def edition(year: int, *clauses: str, head: str = "") -> Program:
    text = POLICY.format(year=year, head=head, clauses="\n".join(f"  {c}" for c in clauses))
    loaded = compile_source(Source(f"{year}.guiju", text))
    assert loaded.program is not None, [d.message("en") for d in loaded.diagnostics]
    return loaded.program


def told(*editions: Program) -> list[tuple[str, str]]:
    return [(d.code.name, d.message("en")) for d in identity_findings(editions)]


DOORS, LAMPS = 'a) "Doors close" attested', 'b) "Lamps are lit" attested'


def test_what_is_wrong_with_an_old_number_is_told_where_it_is_declared() -> None:
    head = '  renumbered "1 a)" 1 a)\n  renumbered "1 z)" 1 b)\n'
    (found,) = identity_findings((edition(1, DOORS, LAMPS), edition(2, DOORS, LAMPS, head=head)))
    assert found.span.position.line == 3
    assert found.span.text.strip() == 'renumbered "1 z)" 1 b)'


@pytest.mark.parametrize(
    ("later", "finding"),
    [
        (
            edition(2, DOORS, 'b) "Guards on duty" attested'),
            [("number-reused", "`1 b)` is “Lamps are lit” in DEMO—2001 and")],
        ),
        (edition(2, DOORS, 'b) "Lamps are kept lit" attested'), []),
        (
            edition(2, DOORS, 'b) "Guards" attested', 'c) "Lamps are lit" attested'),
            [("number-reused", "`1 b)` is “Lamps are lit” in DEMO—2001 and")],
        ),
        (
            edition(2, DOORS, 'b) "Guards" attested', 'c) "All lamps" attested', head='  renumbered "1 b)" 1 c)\n'),
            [],
        ),
        (
            edition(2, DOORS, LAMPS, head='  renumbered "1 z)" 1 a)\n'),
            [("no-such-old-number", "DEMO—2001 has no `1 z)`")],
        ),
        (
            edition(2, 'a) "Guards" attested', LAMPS, head='  renumbered "1 a)" 1 b)\n'),
            [("renumbered-to-another", "`1 a)` (“Doors close”) is said to be `1 b)` now, which is “Lamps are lit”")],
        ),
        (
            edition(2, DOORS, LAMPS, 'c) "Guards" attested', head='  renumbered "1 b)" 1 c)\n'),
            [("renumbered-number-stands", "`1 b)` is said to be 1 c) now")],
        ),
        (
            edition(
                2, DOORS, 'b) "Lamps are safe" attested', LAMPS.replace("b)", "c)"), head='  renumbered "1 b)" 1 c)\n'
            ),
            [],
        ),
        (edition(2, DOORS, LAMPS.replace("lit", "kept lit"), head='  renumbered "1 b)" 1 b)\n'), []),
    ],
    ids=[
        "another requirement",
        "other words",
        "it moved unsaid",
        "it moved, as declared",
        "never there",
        "another one has the new number",
        "it stands still",
        "another with like words took its number",
        "it kept its number, as declared",
    ],
)
def test_a_number_of_another_requirement_is_found_unless_the_old_one_is_declared_renumbered(
    later: Program, finding: list[tuple[str, str]]
) -> None:
    found = told(edition(1, DOORS, LAMPS), later)
    assert [
        (name, message[: len(start)]) for (name, message), (_, start) in zip(found, finding, strict=True)
    ] == finding


def test_a_retired_number_may_not_come_back_however_many_editions_later() -> None:
    first, second = edition(1, DOORS, LAMPS), edition(2, DOORS, head='  retired "1 b)"\n')
    third = edition(3, DOORS, 'b) "Guards on duty" attested')
    assert told(first, second) == []
    assert told(first, second, third) == [
        ("retired-number-returns", "`1 b)` was retired in DEMO—2002 and is used here again")
    ]


def test_a_retired_number_leaves_no_gap_that_is_told() -> None:
    loaded = compile_source(
        Source("x", POLICY.format(year=2, head='  retired "1 b)"\n', clauses='  a) "x" attested\n  c) "y" attested'))
    )
    assert loaded.diagnostics == ()


def test_a_declared_renumbering_holds_where_words_and_numbers_changed_as_well() -> None:
    before, after = edition(1, DOORS, LAMPS), edition(2, 'b) "Lamps" attested', head='  renumbered "1 a)" 1 b)\n')
    assert renumberings(before, after) == {"1.b": "1.a"}


def test_a_mistake_in_the_numbers_is_told_beside_the_revision_and_ends_with_1(tmp_path: Path) -> None:
    broken = tmp_path / "broken.guiju"
    broken.write_text(Path(NEW).read_text("utf-8").replace('retired "4.1 c)"', "# as before"), encoding="utf-8")
    retiring = tmp_path / "retiring.guiju"  # the edition before retired a number that this one has again
    earlier = Path(OLD).read_text("utf-8").replace("  issued", '  retired "4.1 d)"\n  issued', 1)
    retiring.write_text(earlier, encoding="utf-8")
    result = run("diff", str(retiring), str(broken), "--lang", "en")
    assert result.exit_code == 1
    assert "4.1 b) Light: 500 lx instead of 300 lx" in result.stdout
    assert "retired-number-returns" in result.stderr


def test_two_standards_are_not_taken_for_editions_of_one_unless_the_later_says_so() -> None:
    one = edition(1, DOORS)
    text = POLICY.format(year=2, head="{head}", clauses=f"  {DOORS}").replace('"DEMO—2002"', '"ROOMS 9—2002"')
    others = [compile_source(Source("r", text.format(head=h))).program for h in ("", '  replaces "DEMO—2001"\n')]
    assert None not in others
    assert [[name for name, _ in told(one, other)] for other in others if other] == [["perhaps-not-editions"], []]


# --- evidence that was made for another edition ----------------------------------------------------------------------

ASSESSED = """guiju: evidence/1
subject: a reading room
{standard}facts: {{seats: 50, light: 600 lx, open_hours: 50 h, answered: 90, complaints: 100}}
attestations:
  4.1 c): {{verdict: satisfied, voice: assessor}}
  4.2 c): {{verdict: satisfied, voice: assessor}}
"""


def assessed(folder: Path, standard: str) -> str:
    """What an assessor saw by the numbers of 2024: lockers at 4.1 c), booking at 4.2 c)."""
    path = folder / f"{standard or 'unnamed'}.yaml"
    path.write_text(ASSESSED.format(standard=f"standard: {standard}\n" if standard else ""), encoding="utf-8")
    return str(path)


def verdicts(policy: str, evidence: str) -> dict[str, str]:
    result = run("evaluate", policy, evidence, "--format", "json", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    return {c["id"]: c["verdict"] for c in json.loads(result.stdout)["clauses"]}


def test_a_verdict_by_the_old_number_counts_for_the_clause_and_not_for_the_number(tmp_path: Path) -> None:
    """Booking was 4.2 c) and is 4.2 d); the wireless network, which is 4.2 c) now, nobody has seen."""
    found = verdicts(NEW, assessed(tmp_path, "reading-rooms-2024"))
    assert (found["4.2.d"], found["4.2.c"], found["4.1.d"]) == ("satisfied", "unknown", "unknown")
    told = run("evaluate", NEW, assessed(tmp_path, "reading-rooms-2024"), "--lang", "en").stderr
    assert "4.2 c) → 4.2 d)" in told
    assert "no such thing: 4.1 c)" in told


def test_evidence_for_the_later_edition_goes_the_same_way_back(tmp_path: Path) -> None:
    later = tmp_path / "later.yaml"
    text = ASSESSED.format(standard="standard: reading-rooms-2027\n").replace("4.1 c)", "4.2 d)")
    later.write_text(text, encoding="utf-8")
    assert verdicts(OLD, str(later))["4.2.c"] == "satisfied"  # booking, and not the wireless network
    assert verdicts(NEW, str(later))["4.2.c"] == "satisfied"


_BESIDE = """guiju: evidence/2
subject: a reading room
as_of: 2026-06-30T09:00:00+08:00
%s
    4.2 c): {voice: waiver, by: Board, reason: r, until: 2026-12-31}
  findings:
    F-1: {clause: 4.2 c), grade: observation, statement: s}
"""


@pytest.mark.parametrize("several", [False, True])
def test_waivers_and_findings_follow_their_clause_as_verdicts_do(tmp_path: Path, several: bool) -> None:
    """Booking was 4.2 c) and is 4.2 d): nobody waives the wireless network, and nothing is held against it."""
    path = tmp_path / "beside.yaml"
    if several:
        text = _BESIDE % "standards:\n reading-rooms-2024:\n  attestations:"
    else:
        text = (_BESIDE % "standard: reading-rooms-2024\nattestations:").replace("  findings", "findings")
    path.write_text(text, encoding="utf-8")
    result = run("evaluate", NEW, str(path), "--format", "json", "--lang", "en")
    told = json.loads(result.stdout)
    assert [c["id"] for c in told["clauses"] if c.get("waivers")] == ["4.2.d"]
    assert [f["clause"] for f in told["findings"]] == ["4.2.d"]
    assert "4.2 c) → 4.2 d)" in run("evaluate", NEW, str(path), "--lang", "en").stderr


def test_numbers_that_meant_something_else_are_warned_of_where_no_edition_is_named(tmp_path: Path) -> None:
    unnamed = tmp_path / "unnamed.yaml"
    text = ASSESSED.format(standard="").replace("4.1 c)", "4.1 d)")
    unnamed.write_text(text, encoding="utf-8")
    told = run("evaluate", NEW, str(unnamed), "--lang", "en").stderr
    assert "warning[edition-not-named]" in told
    assert "in ROOMS 7—2024 these numbers are other clauses: 4.2 c)" in told
    unnamed.write_text(text.replace("facts", "standard: reading-rooms-2027\nfacts"), encoding="utf-8")
    assert run("evaluate", NEW, str(unnamed), "--lang", "en").stderr == ""


def test_comparing_two_editions_follows_the_renumbering_and_blames_no_number(tmp_path: Path) -> None:
    evidence = assessed(tmp_path, "reading-rooms-2024")
    found = json.loads(run("compare", "--policies", OLD, NEW, evidence, "--format", "json", "--lang", "en").stdout)
    clauses = {e["address"]: e for e in found["effects"] if e["what"] == "clause"}
    assert set(clauses) == {"clause:4.1.c", "clause:4.1.d", "clause:4.2.c"}  # booking is satisfied as before
    assert (clauses["clause:4.2.c"]["before"], clauses["clause:4.2.c"]["after"]["values"]) == (None, ["unknown"])
    assert {cause["what"] for cause in found["causes"]} == {"amendment"}
    told = run("compare", "--policies", OLD, NEW, assessed(tmp_path, ""), "--lang", "zh").stderr
    assert "edition-not-named" in told


#: the second requirement goes, and the number is another one's in the next edition: declared, seen, or not at all alike
TAKEN_OVER = {
    "declared": edition(2, DOORS, 'b) "All guards" attested', head='  renumbered "1 c)" 1 b)\n'),
    "seen": edition(2, DOORS, 'b) "Guards" attested'),
    "new": edition(2, DOORS, 'b) "Visitors sign in" attested', 'c) "Guards" attested'),
}


@pytest.mark.parametrize("later", TAKEN_OVER.values(), ids=TAKEN_OVER)
def test_a_requirement_that_went_is_told_in_its_own_words_whoever_has_its_number_now(later: Program) -> None:
    found = revision_model(revision(edition(1, DOORS, LAMPS, 'c) "Guards" attested'), later), "en", ())
    removed = [c.sentence for c in found.changes if c.what == "clause-removed"]
    assert removed == ["1 b) Lamps are lit"]
    assert "1 b) Visitors sign in" in [c.sentence for c in found.changes] or later is not TAKEN_OVER["new"]


def test_what_is_said_of_a_requirement_that_went_counts_for_no_other_one() -> None:
    """The number stays and the requirement is another: nothing was declared, and nothing is carried over."""
    before, after = edition(1, DOORS, LAMPS), edition(2, DOORS, 'b) "Visitors sign in" attested')
    kept = edition(2, DOORS, 'b) "Visitors sign in" attested', head='  renumbered "1 b)" 1 b)\n')
    assert earlier_clauses(before, after) == {"1.a": "1.a"}
    assert earlier_clauses(before, kept) == {"1.a": "1.a", "1.b": "1.b"}  # the editor says that it is the same one
    assert told(before, kept) == []


def test_a_fact_that_the_next_edition_does_not_ask_for_is_named_as_not_used(tmp_path: Path) -> None:
    without = Path(NEW).read_text("utf-8").replace("open_hours", "hours_open")
    policy = tmp_path / "new.guiju"
    policy.write_text(without, encoding="utf-8")
    shown = run(
        "evaluate", str(policy), assessed(tmp_path, "reading-rooms-2024"), "--policy", OLD, "--lang", "en"
    ).stderr
    assert "asks for no such thing: 4.1 c), open_hours" in shown


GRADED = """levels
  L1
membership
  section | L1
  1       | all
score A at each level = share of clauses satisfied
grade level by A
  L1        | A = 100 %
  otherwise | none
"""


def graded(year: int, *clauses: str, head: str = "") -> Program:
    text = POLICY.format(year=year, head=head, clauses="\n".join(f"  {c}" for c in clauses)) + GRADED
    loaded = compile_source(Source(f"{year}.guiju", text))
    assert loaded.program is not None, [d.message("en") for d in loaded.diagnostics]
    return loaded.program


@pytest.mark.parametrize(
    "later",
    [
        graded(2, DOORS, 'b) "Guards" attested', head='  renumbered "1 c)" 1 b)\n'),
        graded(2, DOORS, 'b) "Visitors sign in" attested', 'c) "Guards" attested'),
    ],
    ids=["taken over", "another requirement"],
)
def test_a_subject_is_shown_where_one_number_is_two_requirements(later: Program) -> None:
    """It may satisfy the one and not the other; what is said of the earlier one is marked with its edition."""
    (outcome,) = revision_model(revision(graded(1, DOORS, LAMPS, 'c) "Guards" attested'), later), "en", ()).outcomes
    assert (outcome.answer, {outcome.before, outcome.after}) == ("some", {"none", "L1"})
    assert any(said.startswith("1 b) (DEMO—2001): ") for said in outcome.subject)


ANSWERED = """standard demo-1 "DEMO—200{year}"
groups section
fact cover : one of none-at-all | {options}
section 1 "s"
  a) "Covered" {condition}
"""


@pytest.mark.parametrize(
    ("options", "condition"),
    [("full", "cover = full"), ("part | full | lent", "cover = part or cover = full or cover = lent")],
    ids=["an option is dropped", "an option is added"],
)
def test_editions_with_other_options_are_not_proved_to_be_the_same(
    options: str, condition: str, tmp_path: Path
) -> None:
    """Who has an answer that one edition alone knows cannot be held against the other, so nothing is said of all."""
    paths = [tmp_path / "one.guiju", tmp_path / "other.guiju"]
    texts = ("part | full", "cover = part or cover = full"), (options, condition)
    for year, (path, (listed, asked)) in enumerate(zip(paths, texts, strict=True), 1):
        path.write_text(ANSWERED.format(year=year, options=listed, condition=asked) + GRADED, encoding="utf-8")
    proved = run("prove", str(paths[1]), "--same-as", str(paths[0]), "--by", "sweep", "--lang", "en")
    only = "lent" if "lent" in options else "part"
    assert proved.exit_code == 4
    assert f"one edition alone can be told cover = {only}" in proved.stdout
    (outcome,) = json.loads(run("diff", *map(str, paths), "--format", "json", "--lang", "en").stdout)["outcomes"]
    assert outcome["answer"] == "not-proved"
    assert f"cover = {only}" in outcome["sentence"]
    assert run("prove", str(paths[0]), "--same-as", str(paths[0]), "--by", "sweep").exit_code == 0


def test_the_witness_of_two_editions_can_be_evaluated_under_either(tmp_path: Path) -> None:
    """Each edition takes its part of the file, with its own numbers, and a fact that the other lacks is no mistake."""
    witness, one, other = (tmp_path / name for name in ("w.yaml", "one.guiju", "other.guiju"))
    texts = ("part | full", "cover = full"), ("part | full", "cover = part")
    for year, (path, (listed, asked)) in enumerate(zip((one, other), texts, strict=True), 1):
        text = ANSWERED.format(year=year, options=listed, condition=asked) + GRADED
        head = f'standard demo-{year} "DEMO—200{year}"\n' + ('  replaces "DEMO—2001"\n' if year == 2 else "")
        path.write_text(head + text.split("\n", 1)[1].replace("cover", f"cover{year}"), encoding="utf-8")
    assert run("compare", "--policies", str(one), str(other), "--witness", str(witness)).exit_code == 0
    found = [run("evaluate", str(p), str(witness), "--format", "json") for p in (one, other)]
    assert [(r.exit_code, r.stderr) for r in found] == [(0, ""), (0, "")]
    assert len({json.dumps(json.loads(r.stdout)["outcomes"][0]["possible"]) for r in found}) == 2


SHIFTED = [
    (edition(1, DOORS, LAMPS, 'c) "Guards" attested'), edition(2, DOORS, 'b) "Guards" attested')),
    (edition(1, DOORS, LAMPS), edition(2, 'a) "Lamps are lit" attested', 'b) "Doors close" attested')),
    (
        edition(1, DOORS, LAMPS),
        edition(2, 'a) "New" attested', 'b) "Doors close" attested', 'c) "Lamps are lit" attested'),
    ),
]


@pytest.mark.parametrize(("before", "after"), SHIFTED, ids=["one went", "two changed places", "one came"])
def test_what_is_said_of_a_clause_is_said_of_the_clause_of_that_label_in_the_other_edition(
    before: Program, after: Program
) -> None:
    labels = {p: {c.id: c.label.en for c in p.clauses} for p in (before, after)}
    for there, here in ((before, after), (after, before)):
        said = tuple(Attestation(clause=c, verdict="satisfied", voice="assessor", span=NOWHERE) for c in labels[there])
        evidence = Evidence(subject="x", standard=there.id, attestations=said, span=NOWHERE)
        now = renumbered(evidence, there, here)
        expected = set(labels[there].values()) & set(labels[here].values())
        assert {labels[here][a.clause] for a in now.attestations if a.clause in labels[here]} == expected


WORDED = """standard demo-{year} "DEMO 1—{year}"
groups section
fact doors : count
section 4
  a) "{a}" attested
  b) "{b}" doors >= 2
"""


def worded(a: str, b: str = "Doors", year: int = 2024, more: str = "") -> Program:
    text = WORDED.format(year=year, a=a, b=b).replace("attested\n", f"attested\n{more}")
    program = compile_source(Source(f"{year}.guiju", text)).program
    assert program is not None
    return program


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Doors must be at least 2 m wide", "Doors must be at least 3 m wide"),
        ("Windows locked at night", "Windows not locked at night"),
        ("Open to members", "Open to members only"),
        ("Answers within 3 days", "Answers within 3 hours"),
        ("At least two doors", "At most two doors"),
        ("Records must be kept", "Records should be kept"),
        ("Inspected every year", "Inspected every month"),
        ("As in table 3", "As in table 4"),
        ("门宽不小于 2 m", "门宽大于 2 m"),
        ("夜里锁窗", "夜里不锁窗"),
        ("每年检查", "每月检查"),
        ("记录保存 3 年", "记录保存 3 个月"),
        ("Kept for 3 weeks", "Kept for 3 months"),
        ("记录应保存", "记录宜保存"),
    ],
)
def test_what_an_attested_clause_asks_for_in_words_is_its_requirement(was: str, now: str) -> None:
    found = revision_model(revision(worded(was), worded(now, year=2027)), "en", ()).changes
    (told,) = [c for c in found if c.about == "clause:4.a"]
    assert (told.what, told.chapter, told.before, told.after) == ("requirement", "requirements", was, now)
    assert told.sentence == f"4 a) {now}: it was “{was}” before"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Doors at least 2 m wide", "Doors no less than 200 cm wide"),
        ("Two wide doors", "2 wide doors"),
        ("Records kept for 2 years", "Records kept for 24 months"),
        ("不少于 2 扇门", "至少 2 扇门"),
        ("Doors are closed", "All doors closed"),
    ],
)
def test_other_words_for_the_same_are_wording_and_told_with_what_they_were(was: str, now: str) -> None:
    found = revision_model(revision(worded(was), worded(now, year=2027)), "zh", ()).changes
    (told,) = [c for c in found if c.about == "clause:4.a"]
    assert (told.what, told.before, told.after) == ("wording", was, now)
    assert told.sentence == f"4 a) {now}：原为“{was}”"


def test_words_beside_a_condition_are_words_and_each_part_of_them_is_told() -> None:
    later = worded("Guards are there", "3 doors", 2027, '    guidance "Look"\n')
    before, after = worded("Guards are there", "2 doors", more='    guidance "See"\n'), later
    found = revision_model(revision(before, after), "en", ()).changes
    assert [(c.what, c.sentence) for c in found if c.about.startswith("clause:")] == [
        ("wording", "4 a) Guards are there: guidance Look instead of See"),
        ("wording", "4 b) 3 doors: it was “2 doors” before"),
    ]
    assert [(c.before, c.after) for c in found if c.about == "clause:4.a"] == [("guidance: See", "guidance: Look")]


def test_the_later_edition_given_first_is_told_and_is_no_other_standard() -> None:
    result = run("diff", NEW, OLD, "--lang", "en")
    assert "warning[editions-swapped]: ROOMS 7—2027 (reading-rooms-2027) says that it replaces ROOMS 7—2024" in (
        result.stderr
    )
    assert "perhaps-not-editions" not in result.stderr
    assert "editions-swapped" not in run("diff", OLD, NEW).stderr


#: two editions: b) asks more by itself, c) by a let, d) is no leaf any more, and a) is as it was
STATED = """standard demo-{year} "DEMO 1—{year}"
{more}groups section
fact doors : count
fact heat : ℃
fact lamps : count
let enough = doors >= {enough}
section 4
  a) "Lamps" lamps >= 1
  b) "Doors" {doors}
  c) "Enough" enough
  d) "Windows"{windows}
"""
OF_2024 = """guiju: evidence/2
subject: somebody
standard: demo-2024
as_of: 2026-06-30T09:00:00+08:00
facts:
  doors: 2 count
  lamps: 1 count
attestations:
  {clause}: {{verdict: satisfied, by: Ada}}
"""


def stated_for_2024(folder: Path, clause: str, windows: tuple[str, str]) -> str:
    """What evaluating evidence for 2024 under 2026 says on the side."""
    texts = (
        STATED.format(year=2024, more="", enough=2, doors="doors >= 2", windows=windows[0]),
        STATED.format(
            year=2026,
            more='  replaces "DEMO 1—2024"\n',
            enough=3,
            doors="doors >= 3 and heat >= 16 ℃",
            windows=windows[1],
        ),
    )
    for year, text in zip((2024, 2026), texts, strict=True):
        (folder / f"demo-{year}.guiju").write_text(text, encoding="utf-8")
    (folder / "e.yaml").write_text(OF_2024.format(clause=clause), encoding="utf-8")
    return run("evaluate", str(folder / "demo-2026.guiju"), str(folder / "e.yaml"), "--lang", "en").stderr


def test_facts_that_were_stated_for_what_is_asked_otherwise_now_are_told_with_their_clauses(tmp_path: Path) -> None:
    told = stated_for_2024(tmp_path, "4.d", (" attested", " attested"))
    assert "With another requirement: 4 b), 4 c)\n" in told


BELOW = '\n    1) "Large" attested\n    2) "Small" attested'


@pytest.mark.parametrize("windows", [(BELOW, " attested"), (BELOW, BELOW)], ids=["a leaf now", "as it was"])
def test_a_verdict_on_what_was_no_leaf_of_its_edition_is_never_lost_or_counted(
    tmp_path: Path, windows: tuple[str, str]
) -> None:
    told = stated_for_2024(tmp_path, "4.d", windows)
    assert told.count("error[attested-parent]: the clause `4.d` has children") == 1


ROWS_OF_A_GRADE = """standard demo-{year} "DEMO 1—{year}"
groups section
levels
  L1
  L2
section 4
  a) "Doors" attested
membership
  section | L1 | L2
  4       | a) | a)
score A = share of clauses satisfied
grade level by A
  L2        | A = {top}
  L1        | {low}
  otherwise | none
"""


def test_a_change_in_a_grade_names_its_row() -> None:
    one, other = (
        compile_source(Source("g", ROWS_OF_A_GRADE.format(year=year, top=top, low=low))).program
        for year, top, low in ((2024, "1", "A >= 50%"), (2026, "95%", "A > 60%"))
    )
    assert one is not None
    assert other is not None
    said = [
        c.sentence for c in revision_model(revision(one, other), "en", ()).changes if c.what in ("grade", "threshold")
    ]
    assert said == [
        "level: L2 | A = 95% instead of L2 | A = 1",
        "level: L1 | A > 60% instead of L1 | A >= 50%",
    ]


def test_a_label_that_asks_otherwise_is_not_told_again_among_the_words() -> None:
    was, now = worded("Doors are locked"), worded("Doors are not locked", year=2027, more='    guidance "Look"\n')
    found = revision_model(revision(was, now), "en", ()).changes
    assert [(c.what, c.sentence) for c in found if c.about == "clause:4.a"] == [
        ("requirement", "4 a) Doors are not locked: it was “Doors are locked” before"),
        ("wording", "4 a) Doors are not locked: guidance Look instead of (none)"),
    ]


def test_a_verdict_that_only_the_earlier_edition_takes_is_told_as_its_own() -> None:
    """In 2024 people judge it, in 2026 a fact decides: the subject is satisfied by the one and not by the other."""
    text = ROWS_OF_A_GRADE
    asked = text.replace("attested", "doors >= 3").replace("levels\n", "fact doors : count\nlevels\n", 1)
    rows = {"top": "1", "low": "A >= 50%"}
    before = compile_source(Source("a", text.format(year=2024, **rows))).program
    after = compile_source(Source("b", asked.format(year=2026, **rows))).program
    assert before is not None
    assert after is not None
    (outcome,) = revision_model(revision(before, after), "en", ()).outcomes
    assert any(said.startswith("4 a) (DEMO 1—2024): ") for said in (*outcome.subject, *outcome.also_stated))
    about = [said.rpartition(": ")[0] for said in outcome.subject]
    assert len(about) == len(set(about))
