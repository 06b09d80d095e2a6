"""`guiju compare` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import guiju
from guiju.engine.proving import solved
from guiju.report.comparison_model import json_schema
from tests.cli.test_commands import FULL, MID, POLICY, ROOT, run
from tests.feet import above_the_foot

TEXT = (ROOT / "policies" / POLICY / f"{POLICY}.guiju").read_text(encoding="utf-8")
#: one report, that expires with the year
PROVIDER = """guiju: evidence/1
subject: somebody
as_of: {as_of}
evidence:
  e1: {{kind: report, expires: 2026-12-31}}
facts:
  training_compute_10b: {{value: {compute}, evidence: e1}}
"""


def provider(folder: Path, name: str, as_of: str = "2026-06-30T00:00:00+08:00", compute: str = "60 PFLOPS") -> str:
    path = folder / name
    path.write_text(PROVIDER.format(as_of=as_of, compute=compute), encoding="utf-8")
    return str(path)


def edition(folder: Path, old: str, new: str) -> str:
    """The standard with one place written otherwise."""
    assert TEXT.count(old) == 1
    path = folder / "new.guiju"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    return str(path)


@pytest.fixture
def lowered(tmp_path: Path) -> str:
    return edition(tmp_path, "linearity_10b >= 80%", "linearity_10b >= 70%")


def test_a_file_and_itself_do_not_differ() -> None:
    result = run("compare", POLICY, FULL, FULL, "--lang", "en", "--exit-code")
    assert (result.exit_code, above_the_foot(result.stdout)) == (0, "No difference\n")


def test_evidence_that_has_expired_is_told_with_the_instant_that_is_the_cause(tmp_path: Path) -> None:
    then, now = provider(tmp_path, "then.yaml"), provider(tmp_path, "now.yaml", as_of="2027-02-01T00:00:00+08:00")
    shown = run("compare", POLICY, then, now, "--lang", "en").stdout
    assert "1  as-of instant: 2026-06-30" in shown
    assert (
        "6.1.1.1 e) Training compute, 10-billion class: satisfied → unknown (e1 was valid until 2026-12-31)  by 1"
        in shown
    )
    assert "is enough by itself" not in shown  # a key to signs that no line has would only be in the way


def test_an_outcome_that_is_the_same_is_told_with_what_it_is(tmp_path: Path) -> None:
    then, now = provider(tmp_path, "then.yaml"), provider(tmp_path, "now.yaml", as_of="2027-02-01T00:00:00+08:00")
    told = run("compare", POLICY, then, now, "--lang", "zh").stdout.splitlines()
    every = "L1 基础应用级 | L2 协同优化级 | L3 深度赋能级 | 无等级 | 标准没有列出这种组合"
    assert told[:2] == ["结果", f"  成熟度等级: {every} (不变)"]
    found = json.loads(run("compare", POLICY, then, now, "--format", "json").stdout)
    assert [(o["address"], o["seen"]["values"][:3]) for o in found["unchanged"]] == [("level", ["L1", "L2", "L3"])]


def test_the_signs_between_causes_have_a_key_where_a_line_has_them() -> None:
    shown = run("compare", POLICY, MID, FULL, "--lang", "en").stdout
    lines = [line for line in shown.splitlines() if not line.startswith("`")]
    assert any("  by " in line and "+" in line.rpartition("  by ")[2] for line in lines)
    assert "\n`by 1 | 2+3`: 1 is enough by itself" in shown


def test_another_number_is_told_with_its_places_and_in_chinese(tmp_path: Path) -> None:
    one, other = provider(tmp_path, "one.yaml"), provider(tmp_path, "other.yaml", compute="40 PFLOPS")
    shown = run("compare", POLICY, one, other, "--lang", "zh").stdout
    assert "60 PFLOPS [e1] → 40 PFLOPS [e1]" in shown
    assert "[one.yaml:7 → other.yaml:7]" in shown
    assert "6.1.1.1 e) 百亿级训练算力: 满足 → 不满足  因 1" in shown


def test_a_weight_is_told_by_the_label_of_its_group(tmp_path: Path) -> None:
    for service in ("full", "platform"):
        stated = f"guiju: evidence/1\nsubject: x\ninputs: {{service: {service}}}\n"
        (tmp_path / f"{service}.yaml").write_text(stated, encoding="utf-8")
    files = (str(tmp_path / "full.yaml"), str(tmp_path / "platform.yaml"))
    told = run("compare", POLICY, *files, "--lang", "en").stdout
    assert "  weight of Large-model platform: 100/3 % (≈33.33 %) → 100 %" in told
    assert "  大模型平台的权重: 100/3 % (≈33.33 %) → 100 %" in run("compare", POLICY, *files, "--lang", "zh").stdout
    assert "weight:" not in told


def test_what_is_stated_under_another_name_is_not_stated_otherwise(tmp_path: Path) -> None:
    text = "guiju: evidence/1\nsubject: x\nattestations: {%s: {verdict: satisfied%s}}\n"
    for name, content in (
        ("one", ("6.1.1.1.a", "")),
        ("named", ("6.1.1.1 a)", "")),
        ("noted", ("6.1.1.1.a", ", note: n")),
    ):
        (tmp_path / f"{name}.yaml").write_text(text % content, encoding="utf-8")
    one, named, noted = (str(tmp_path / f"{name}.yaml") for name in ("one", "named", "noted"))
    assert above_the_foot(run("compare", POLICY, one, named, "--lang", "en").stdout) == "No difference\n"
    shown = run("compare", POLICY, one, noted, "--lang", "en").stdout
    assert "(vendor): satisfied (with other evidence, author, dates or remarks)" in shown


def test_two_providers_differ_in_many_things_and_the_outcome_has_its_causes() -> None:
    found = json.loads(run("compare", POLICY, MID, FULL, "--format", "json").stdout)
    Draft202012Validator(json_schema()).validate(found)
    outcome = next(e for e in found["effects"] if e["what"] == "outcome")
    assert outcome["after"]["values"] == ["L2"]
    assert outcome["because"]["sufficing"]
    assert all(i < len(found["causes"]) for causes in outcome["because"]["sufficing"] for i in causes)
    assert {e["because"]["found"] for e in found["effects"]} == {"smallest", "irreducible"}  # of each exactly which


def test_a_witness_of_two_editions_is_a_file_that_either_evaluates(lowered: str, tmp_path: Path) -> None:
    witness = tmp_path / "witness.yaml"
    result = run("compare", "--policies", POLICY, lowered, "--witness", str(witness), "--lang", "en", "--exit-code")
    assert result.exit_code == 4
    assert "threshold  6.1.1.1 f) Cluster linearity, 10-billion class: 80% → 70%" in result.stdout
    assert [guiju.evaluate(policy, witness).value("level") for policy in (POLICY, lowered)] == ["L2", "L3"]
    shown = run("compare", "--policies", POLICY, lowered, str(witness), "--lang", "en").stdout
    assert "Maturity level: L2 Collaborative optimisation → L3 Deep empowerment  by 1" in shown


SHARED_ID = """standard r "R—{year}"
{head}groups wing
fact {fact} : {unit}
wing 1 "East"
  a) "Light" {fact} >= 300 {unit}
{clauses}
score s = count of clauses satisfied
grade level by s
  top       | s >= 2
  otherwise | none
"""


def test_editions_of_one_designation_are_told_apart_by_their_files(tmp_path: Path) -> None:
    clauses = '  b) "Exits are marked" attested\n  c) "Guards on duty" attested'
    for name, fact, unit in (("old", "light", "lx"), ("new", "sound", "dB")):
        text = SHARED_ID.format(year=2024, head="", fact=fact, unit=unit, clauses=clauses)
        (tmp_path / f"{name}.guiju").write_text(text, encoding="utf-8")
    old, new = (str(tmp_path / f"{name}.guiju") for name in ("old", "new"))
    said = run("compare", "--policies", old, new, "--witness", str(tmp_path / "w.yaml"), "--lang", "en").stderr
    assert f"w-before.yaml goes by those of {old}" in said
    assert f"by those of {new}" in said


@pytest.mark.parametrize(
    ("head", "fact", "unit", "clauses"),
    [
        (
            '  replaces "R—2024"\n  renumbered "1 b)" 1 c)\n',
            *("light", "lx"),
            '  b) "Doors open outwards" attested\n  c) "Exits are marked" attested',
        ),
        ("", "sound", "dB", '  b) "Exits are marked" attested\n  c) "Guards on duty" attested'),
    ],
    ids=["other numbers", "another fact"],
)
def test_a_witness_of_two_editions_of_one_id_replays_against_each(
    head: str, fact: str, unit: str, clauses: str, tmp_path: Path
) -> None:
    marked = '  b) "Exits are marked" attested\n  c) "Guards on duty" attested'
    for name, text in (
        ("old", SHARED_ID.format(year=2024, head="", fact="light", unit="lx", clauses=marked)),
        ("new", SHARED_ID.format(year=2027, head=head, fact=fact, unit=unit, clauses=clauses)),
    ):
        (tmp_path / f"{name}.guiju").write_text(text, encoding="utf-8")
    old, new = (str(tmp_path / f"{name}.guiju") for name in ("old", "new"))
    witness, before = tmp_path / "w.yaml", tmp_path / "w-before.yaml"
    said = run("compare", "--policies", old, new, "--witness", str(witness), "--lang", "en", "--exit-code")
    assert said.exit_code == 4
    assert "w-before.yaml goes by those of R—2024" in said.stderr
    found = [guiju.evaluate(policy, file).value("level") for policy, file in ((old, before), (new, witness))]
    assert set(found) == {"top", "none"}
    shown = run("compare", "--policies", old, new, str(before), str(witness), "--lang", "en").stdout
    called = ["no level" if value == "none" else str(value) for value in found]
    assert f"level: {' → '.join(called)}" in shown
    assert not any(line.rstrip().endswith(" by") for line in shown.splitlines())


def test_editions_that_differ_in_wording_come_to_the_same(tmp_path: Path) -> None:
    new = edition(tmp_path, "Training hardware as GB/T 42018", "Training hardware, by GB/T 42018")
    witness = tmp_path / "witness.yaml"
    result = run("compare", "--policies", POLICY, new, "--witness", str(witness), "--lang", "en", "--exit-code")
    assert result.exit_code == 0
    assert "wording only  6.1.1.1 a)" in result.stdout
    assert (result.stderr.startswith("there is no witness to save"), witness.exists()) == (True, False)
    assert "Maturity level: computed alike, only the wording differs" in result.stdout


def test_editions_that_differ_in_more_than_wording_are_not_said_to_differ_in_wording_only(tmp_path: Path) -> None:
    new = edition(tmp_path, 'a) shall "训练硬件合规"', 'a) should "训练硬件合规"')
    result = run("compare", "--policies", POLICY, new, "--lang", "zh", "--exit-code")
    assert result.exit_code == 0
    assert "能愿词  6.1.1.1 a) 训练硬件合规: 应 → 宜" in result.stdout
    assert "在所比较的读法下，由同样的事实和条款结论算出的成熟度等级相同" in result.stdout
    assert "只有措辞不同" not in result.stdout


def test_two_files_that_differ_in_what_decides_nothing_are_not_said_to_be_the_same(tmp_path: Path) -> None:
    new = edition(tmp_path, '"数据清洗" / "Data cleaning"', '"数据清洗" / "Data scrubbing"')
    result = run("compare", "--policies", POLICY, new, "--lang", "en", "--exit-code")
    assert result.exit_code == 0
    assert result.stdout.startswith("No difference but in layout, comments, language, or words")


def test_how_long_evidence_counts_may_change_a_result_that_is_computed_alike(tmp_path: Path) -> None:
    new = edition(tmp_path, "use large-model\n", "use large-model\n  validity deduplication 365 d\n")
    result = run("compare", "--policies", POLICY, new, "--lang", "en", "--exit-code")
    assert result.exit_code == 4
    assert "validity of evidence  deduplication" in result.stdout


def test_evidence_of_what_only_the_new_edition_asks_for_is_no_mistake(tmp_path: Path) -> None:
    new = edition(tmp_path, "    section 6.1.1.2", '      l) "新要求" / "New" attested\n    section 6.1.1.2')
    evidence = tmp_path / "evidence.yaml"
    evidence.write_text("guiju: evidence/1\nsubject: x\nvoice: assessor\nattestations: {6.1.1.1.l: satisfied}\n")
    result = run("compare", "--policies", POLICY, new, str(evidence), "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "6.1.1.1 l) New: (none) → satisfied" in result.stdout
    evidence.write_text("guiju: evidence/1\nsubject: x\nvoice: assessor\nattestations: {6.9.9.9.l: satisfied}\n")
    assert run("compare", "--policies", POLICY, new, str(evidence)).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((POLICY,), "nothing-to-compare"),
        ((POLICY, FULL), "nothing-to-compare"),
        ((POLICY, FULL, MID, FULL), "nothing-to-compare"),
        ((POLICY, FULL, MID, "--witness", "w.yaml"), "witness-beside-evidence"),
        ((POLICY, FULL, "--other-reading", "no-such=x"), "unknown-reading"),
    ],
)
def test_a_call_without_two_sides_is_told_so(arguments: tuple[str, ...], code: str) -> None:
    result = run("compare", *arguments)
    assert result.exit_code == 2
    assert code in result.stderr


#: a standard with a reading, of which an edition changes what the other option says
READ = """standard demo-1 "DEMO 1"
fact doors : count
fact lamps : count
groups section
section 1 "s"
  a) "doors" doors >= 2
  b) "lamps" lamps >= 4
reading scope "where lamps are asked for"
  default everywhere : nothing changes
  or inside "inside" : clause 1 b) applies when doors > {doors}
score A
  1 when all clauses satisfied
  0 otherwise
grade level by A "Level"
  good | A = 1
  otherwise | none
"""


def test_readings_that_were_not_tried_are_said_to_be_not_tried(tmp_path: Path) -> None:
    letters = "cdefgh"
    clauses = "".join(f'  {x}) "{x}" attested\n' for x in letters)
    readings = "".join(
        f'reading r-{x} "{x}"\n  default as-is : nothing changes\n  or may : clause 1 {x}) may\n' for x in letters
    )
    old, new = (tmp_path / f"{number}.guiju" for number in (2, 3))
    for path in (old, new):
        text = READ.format(doors=1).replace("doors >= 2", f"doors >= {path.stem}")
        path.write_text(text.replace("reading scope", f"{clauses}{readings}reading scope"), encoding="utf-8")
    told = run("compare", "--policies", str(old), str(new), "--lang", "en").stdout
    assert "all as above; the others were not tried" in told
    assert "under those not listed" not in told


def test_two_editions_are_compared_under_each_reading_that_both_have(tmp_path: Path) -> None:
    old, new = (tmp_path / f"{number}.guiju" for number in (3, 5))
    for path in (old, new):
        path.write_text(READ.format(doors=path.stem), encoding="utf-8")
    result = run("compare", "--policies", str(old), str(new), "--lang", "en", "--exit-code")
    assert result.exit_code == 4
    assert "Level: computed alike from the same facts and verdicts, under the readings compared" in result.stdout
    assert "under scope = inside:" in result.stdout
    assert "Level: for example no level → " in result.stdout
    assert "other combinations of the readings that both have: 1 of 1 tried" in result.stdout
    found = json.loads(run("compare", "--policies", str(old), str(new), "--format", "json").stdout)
    Draft202012Validator(json_schema()).validate(found)
    (under,) = found["readings"]["under"]
    assert (under["readings"], under["agreements"][0]["answer"]) == ({"scope": "inside"}, "some")


def test_what_gives_a_witness_its_other_outcome_is_named(tmp_path: Path) -> None:
    old, new = tmp_path / "old.guiju", tmp_path / "new.guiju"
    old.write_text(READ.format(doors=3), encoding="utf-8")
    new.write_text(READ.format(doors=3).replace("lamps >= 4", "lamps >= 5").replace('"lamps"', '"light"'))
    shown = run("compare", "--policies", str(old), str(new), "--lang", "en").stdout
    assert "1  threshold  1 b) light: 4 → 5" in shown
    assert "(--witness FILE saves it as evidence)  by 1" in shown


def test_of_two_editions_each_effect_is_put_down_to_the_amendments_that_give_it(tmp_path: Path) -> None:
    old, new, evidence = tmp_path / "old.guiju", tmp_path / "new.guiju", tmp_path / "e.yaml"
    text = READ.format(doors=3)
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("doors >= 2", "doors >= 4").replace("lamps >= 4", "lamps >= 5"), encoding="utf-8")
    evidence.write_text("guiju: evidence/1\nsubject: s\nfacts: {doors: 3, lamps: 9}\n", encoding="utf-8")
    call = ("compare", "--policies", str(old), str(new), str(evidence))
    shown = run(*call, "--lang", "en").stdout
    assert "1  threshold  1 a) doors: 2 → 4" in shown
    assert "1 a) doors: satisfied → unsatisfied  by 1" in shown
    assert "Level: good → no level  by 1" in shown
    assert "and 1 more that no effect is put down to by itself" in shown
    found = json.loads(run(*call, "--format", "json").stdout)
    Draft202012Validator(json_schema()).validate(found)
    assert [(c["what"], c["amendments"]) for c in found["causes"]] == [("amendment", [0]), ("amendment", [1])]


@pytest.mark.parametrize("option", ["--reading", "--other-reading"])
def test_a_reading_that_does_not_exist_is_told_where_it_was_given(option: str) -> None:
    for call in (("compare", POLICY, FULL), ("compare", "--policies", POLICY, POLICY)):
        more = () if "--policies" in call or option == "--other-reading" else (MID,)
        refused = run(*call, *more, option, "no-such=x")
        assert (refused.exit_code, f" --> {option}:1:1" in refused.stderr) == (2, True)


MANY = 26


def many(folder: Path) -> tuple[str, str, str]:
    """A standard of attested clauses, the last of which alone decides a level, and two files that differ in all."""
    clauses = "".join(f'  {i}) "c{i}" attested\n' for i in range(1, MANY + 1))
    policy, before, after = (folder / name for name in ("many.guiju", "before.yaml", "after.yaml"))
    policy.write_text(
        f'standard many "Many"\ngroups part\nlevels\n  L1 "One"\npart 1\n{clauses}'
        f"score last = count of clauses of 1 {MANY}) satisfied\nscore met of each part = share of clauses satisfied\n"
        "grade level by last\n  L1 | last = 1\n  otherwise | none\n",
        encoding="utf-8",
    )
    for path, verdict in ((before, "unsatisfied"), (after, "satisfied")):
        said = "".join(f"  1.{i}: {verdict}\n" for i in range(1, MANY + 1))
        path.write_text(f"guiju: evidence/1\nsubject: s\nattestations:\n{said}", encoding="utf-8")
    return str(policy), str(before), str(after)


def numbers_of(shown: str) -> list[int]:
    return [int(line.split()[0]) for line in shown.splitlines() if " attestation 1 " in line]


def test_of_many_causes_the_most_decisive_come_first_up_to_a_bound_and_are_numbered_without_gaps(
    tmp_path: Path,
) -> None:
    call = ("compare", *many(tmp_path), "--lang", "en")
    shown = run(*call).stdout
    assert numbers_of(shown) == list(range(1, 21))
    first = next(line for line in shown.splitlines() if line.startswith("  1  "))
    assert f"1 {MANY})" in first
    assert shown.index("that the outcome is put down to") < shown.index(first)
    assert f"and {MANY - 20} more causes" in shown
    assert f"and {MANY - 20} more, not all of whose causes are listed (--all lists them)" in shown
    every = run(*call, "--all").stdout
    assert numbers_of(every) == list(range(1, MANY + 1))
    assert "--all" not in every


def test_few_causes_stay_in_the_order_of_the_texts_and_have_no_gaps_between_their_numbers(tmp_path: Path) -> None:
    policy, before, after = many(tmp_path)
    text = Path(after).read_text("utf-8")
    kept = "".join(f"  1.{i}: satisfied\n" for i in range(1, MANY - 3))
    Path(before).write_text(Path(before).read_text("utf-8").replace(kept.replace(" s", " uns"), kept), "utf-8")
    Path(after).write_text(text.replace("attestations:", "evidence: {E1: {kind: report}}\nattestations:"), "utf-8")
    shown = run("compare", policy, before, after, "--lang", "zh").stdout
    assert [int(line.split()[0]) for line in shown.splitlines() if "查验结论 1 " in line] == [1, 2, 3, 4]
    assert "结果因之而变" not in shown


def test_a_reading_of_the_earlier_edition_is_chosen_by_its_own_name(tmp_path: Path) -> None:
    text = (
        'standard demo-1 "DEMO 1"\ngroups section\nfact doors : count\nsection 4.1\n  a) "Doors" doors >= 90\n'
        'reading more "Whether 90 counts"\n  default yes "It counts": nothing changes\n'
        '  or no "It does not": clause 4.1 a) requires doors > 90\n'
    )
    old, new = tmp_path / "old.guiju", tmp_path / "new.guiju"
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("or no ", "or never ").replace("reading more", "reading ninety"), encoding="utf-8")
    called = ["compare", "--policies", str(old), str(new), "--lang", "en", "--format", "json"]
    result = run(*called, "--reading", "more=no", "--other-reading", "ninety=never")
    found = json.loads(result.stdout)
    assert [a["what"] for a in found["amendments"]] == ["renamed", "renamed"]
    assert [side["readings"] for side in (found["before"], found["after"])] == [{}, {}]
    assert run(*called, "--reading", "more=maybe", "--other-reading", "ninety=never").exit_code == 2


def small(folder: Path, name: str, condition: str, facts: str = "fact n : number\nfact m : number\n") -> str:
    """A policy of one clause on numbers that are compared with each other."""
    body = f'section 1\n  a) "A" {condition}\nscore A = count of clauses satisfied\n'
    (folder / name).write_text(f'standard small-1 "S"\ngroups section\n{facts}{body}', encoding="utf-8")
    return str(folder / name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("n / (m + 1) >= 2", "n / (m + 1) > 2"),
        ("n / (m + 1) >= 2", "n >= 2 * m + 2"),
        ("n * m >= 2", "n * m > 2"),
    ],
)
def test_what_the_sweep_cannot_take_apart_the_solver_finds_and_the_subject_shows_it(
    tmp_path: Path, old: str, new: str
) -> None:
    editions, saved = (small(tmp_path, "old.guiju", old), small(tmp_path, "new.guiju", new)), tmp_path / "w.yaml"
    shown = run("compare", "--policies", *editions, "--witness", str(saved), "--lang", "en", "--exit-code")
    assert (shown.exit_code, "A: for example " in shown.stdout) == (4, True)
    values = [
        json.loads(run("evaluate", policy, str(saved), "--format", "json").stdout)["outcomes"][0]["possible"]["values"]
        for policy in editions
    ]
    assert sorted(values) == [["0"], ["1"]]
    assert "A: for example, one subject comes to" in run("diff", *editions, "--lang", "en").stdout


def test_what_nobody_proves_says_what_it_hangs_on_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = "fact n : number\nfact m : number\nfact r : number = n * m\n"
    editions = (
        small(tmp_path, "old.guiju", "r >= 2 and n * m > 3", computed),
        small(tmp_path, "new.guiju", "r >= 2 and n * m >= 3 and n * m != 3", computed),
    )
    shown = run("compare", "--policies", *editions, "--lang", "en").stdout
    assert "(the sweep cannot take apart the comparisons of n, m; the solver proves it of subjects whose" in shown
    assert "compare --policies OLD NEW EVIDENCE)" in shown
    monkeypatch.setattr(solved, "is_installed", lambda: False)
    (told,) = json.loads(run("compare", "--policies", *editions, "--format", "json", "--lang", "zh").stdout)[
        "agreements"
    ]
    assert (told["answer"], told["hung_on"]) == ("not-proved", ["n", "m"])
    assert told["why_not_proved"].endswith("；求解器或能判定，没有安装：pip install 'guiju[prove]'")
    assert "pip install 'guiju[prove]'" in run("diff", *editions, "--lang", "en").stdout


def test_the_solver_proves_what_the_sweep_cannot_take_apart(tmp_path: Path) -> None:
    editions = (
        small(tmp_path, "old.guiju", "n * m > 3"),
        small(tmp_path, "new.guiju", "n * m >= 3 and n * m != 3"),
    )
    assert (
        "A: proved that no subject comes to another one"
        in run("compare", "--policies", *editions, "--lang", "en").stdout
    )


ENCLOSED = """standard t-1 "T"
levels
  L1
  L2
fact x: number
fact y: number
let p = x * y
grade level by p
  L2        | p >= 10
  L1        | 1 <= p < 10
  otherwise | none
"""
NOTHING = "guiju: evidence/1\nsubject: s\n"


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "why: open numbers meet, or go in otherwise than as linear terms) → L1 | L2 | no level"),
        ("zh", "因为未知的数彼此相遇，或者并非线性) → L1 | L2 | 无等级"),
    ],
)
def test_a_side_that_is_an_enclosure_says_why(tmp_path: Path, language: str, says: str) -> None:
    files = {"t-1.guiju": ENCLOSED, "one.yaml": NOTHING, "other.yaml": f"{NOTHING}facts: {{x: 4}}\n"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    given = [str(tmp_path / name) for name in files]
    assert says in run("compare", *given, "--lang", language).stdout
    effect = json.loads(run("compare", *given, "--format", "json").stdout)["effects"][0]
    assert [(side["exact"], side["why"]) for side in (effect["before"], effect["after"])] == [
        (False, ["numbers"]),
        (True, []),
    ]
