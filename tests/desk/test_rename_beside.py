"""A name that is changed in a policy is changed in its examples and evidence as well, by one edit of the workspace."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from guiju.desk.desk import Written, read_desk
from guiju.desk.rename import Refusal, Renaming, rename
from guiju.desk.renamed_text import replaced
from guiju.engine.examples.judging import judge
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
standard: demo-1
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


SERVICES = """standard hub "HUB 1"
groups wing alias 区 > desk
levels
  L1 alias 一级
  L2
input service : one of shop | web
fact media : set of phone | mail alias 媒介
  phone alias 电话
fact seats_a : one of few | many
fact seats_b : one of few | many
wing east alias 东区 "东区" / "East"
  desk hall "大厅" / "Room"
    clause hall-1 "x" phone in media and service = web and seats_a = few and seats_b = few
    clause hall-2 "y" attested
membership
  desk | L1  | L2
  hall | all | all
score pts of each desk at each level = count of clauses satisfied
score sum_of at each level = sum of pts over each desk
grade reached by sum_of
  L2        | sum_of at L2 >= 2
  L1        | sum_of at L1 >= 1
  otherwise | none
reading how "How"
  default loose "Loose" : nothing changes
  or strict "Strict" : clause hall-1 should
"""
AT_ONCE = """guiju: cases/1
standard: hub
cases:
  - case: "by phone"
    unverified: by hand
    inputs: {"service": 'web'}
    readings: {"how": "strict"}
    facts: {媒介: [电话, mail], 其余: few}
    attestations: {"hall-2": satisfied}
    expect: {"pts:hall@L2": 2, PTS:hall@l1: 2, pts:大厅@一级: 2, "sum_of@L1": 2, "reached": ["L2"], fact:seats_a: few, input:service: web}
"""
IN_JSON = """{"guiju": "evidence/1", "standard": "hub", "subject": "phone", "target": "L2",
 "inputs": {"service": "web"}, "facts": {"media": {"value": ["phone"], "note": "phone"}},
 "attestations": {"hall-2": {"verdict": "satisfied", "reason": "the hall"}}}
"""
PRICES = "guiju: costs/1\ncosts: {hall-2: 3}\npinned: [media]\nneeds: {hall-1: [hall-2]}\n"


@pytest.fixture
def services(tmp_path: Path) -> Path:
    for name, text in (
        ("services.guiju", SERVICES),
        ("cases/a.yaml", AT_ONCE),
        ("evidence/b.json", IN_JSON),
        ("costs.yaml", PRICES),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def renamed(folder: Path, old: str, new: str, policy: str = "demo", **beside: str) -> Renaming | Refusal:
    path = folder / f"{policy}.guiju"
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


@pytest.mark.parametrize(
    ("old", "new", "others"),
    [
        ("service", "wanted", {"a.yaml": 2, "b.json": 1}),
        ("web", "line", {"a.yaml": 2, "b.json": 1}),
        ("media", "ways", {"b.json": 1, "costs.yaml": 1}),
        ("媒介", "手段", {"a.yaml": 1}),
        ("phone", "call", {"b.json": 1}),
        ("电话", "座机", {"a.yaml": 1}),
        ("mail", "letter", {"a.yaml": 1}),
        ("seats_a", "chairs", {"a.yaml": 1}),
        ("L2", "Full", {"a.yaml": 2, "b.json": 1}),
        ("L1", "Basic", {"a.yaml": 2}),
        ("pts", "points", {"a.yaml": 3}),
        ("sum_of", "total", {"a.yaml": 1}),
        ("reached", "rank", {"a.yaml": 1}),
        ("how", "manner", {"a.yaml": 1}),
        ("strict", "narrow", {"a.yaml": 1}),
        ("hall", "lobby", {"a.yaml": 2}),
        ("desk", "counter", {}),
    ],
)
def test_a_name_is_changed_however_a_file_writes_it(services: Path, old: str, new: str, others: dict[str, int]) -> None:
    found = renamed(services, old, new, "services")
    assert isinstance(found, Renaming), found.reason.en
    assert {b.path.name: len(b.spans) for b in found.beside} == others
    path = services / "services.guiju"
    path.write_text(replaced(SERVICES, tuple((s, new) for s in found.spans)), encoding="utf-8")
    for beside in found.beside:
        beside.path.write_text(replaced(beside.source.text, tuple((s, new) for s in beside.spans)), encoding="utf-8")
    after = gathered(load(str(path)))
    assert [d.message("en") for d in after.diagnostics] == []
    assert [judge(case).holds for case in after.cases] == [True]


@pytest.mark.parametrize(
    ("names", "file", "text", "why"),
    [
        ("few little", "cases/a.yaml", AT_ONCE, "line 8 of `cases/a.yaml` says `few`"),  # of two facts at once
        ("seats_a chairs", "cases/a.yaml", AT_ONCE.replace("其余", "seats_a~b"), "says `seats_a~b`"),
        ("web null", "cases/a.yaml", AT_ONCE, "says `web`"),  # without quotes that is no text
        ("service wanted", "evidence/b.json", IN_JSON.replace("service", "s\\u0065rvice"), "says `service`"),
        ("service wanted", "evidence/b.json", IN_JSON[:-3], "has a mistake on line 3"),
        ("service wanted", "evidence/c.yaml", "subject: x\ninputs: {service: web}\n", "has a mistake on line 1"),
        (
            "service wanted",
            "cases/c.guiju",
            'standard hub "S"\nexample "x"\n  given service = = web\n',
            "line 3",
        ),
        (
            "service wanted",
            "cases/a.yaml",
            AT_ONCE.replace("facts: {", 'facts: {"service": web, '),
            "a mistake on line 8",
        ),
        ("media means", "cases/a.yaml", AT_ONCE.replace("inputs: {", "inputs: {media: mail, "), "a mistake on line 6"),
        ("service wanted", "two.guiju", SERVICES, "two policies here have the id `hub`"),
    ],
)
def test_what_would_be_left_behind_keeps_the_name(services: Path, names: str, file: str, text: str, why: str) -> None:
    (services / file).write_text(text, encoding="utf-8")
    old, new = names.split()
    found = renamed(services, old, new, "services")
    assert isinstance(found, Refusal)
    assert why in found.reason.en
    assert found.reason.zh != found.reason.en


@pytest.mark.parametrize(
    ("file", "encoding", "why"),
    [
        ("cases/b.yaml", "utf-16", "it looks like UTF-16"),
        ("cases/a.guiju", "utf-16", "it looks like UTF-16"),
        ("evidence/c.yaml", "gb18030", "it looks like GB18030"),
        ("cases/b.yaml", "latin-1", "no UTF-8 text"),
        ("cases/b.yaml", "utf-8", "the character U+2028 is not allowed"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_left_behind(folder: Path, file: str, encoding: str, why: str) -> None:
    added = {"latin-1": "# é\n", "utf-8": "# \u2028\n"}.get(encoding, "# 人手\n")
    (folder / file).write_bytes(((folder / file).read_text("utf-8") + added).encode(encoding))
    found = renamed(folder, "staff", "people")
    assert isinstance(found, Refusal)
    assert f"`{file}` may say `staff` and cannot be read: " in found.reason.en
    assert why in found.reason.en
    assert f"“{file}”读不出，里面可能有“staff”：" in found.reason.zh


def test_a_file_in_another_encoding_that_does_not_say_the_name_stops_nothing(folder: Path) -> None:
    (folder / "evidence" / "c.yaml").write_bytes(EVIDENCE.replace("as counted", "清点").encode("gb18030"))
    assert isinstance(renamed(folder, "staff", "people"), Refusal)
    assert isinstance(renamed(folder, "how", "asked"), Renaming)


def test_a_pipe_among_the_cases_is_told_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "cases" / "f.yaml")
    os.mkfifo(folder / "v.guiju")
    os.mkfifo(folder / "t.csv")
    found = renamed(folder, "staff", "people")
    assert isinstance(found, Refusal)
    assert "`cases/f.yaml` may say `staff` and cannot be read" in found.reason.en
    (folder / "cases" / "f.yaml").unlink()
    assert isinstance(renamed(folder, "staff", "people"), Renaming)


def test_files_whose_names_end_in_capital_letters_follow(folder: Path) -> None:
    (folder / "cases" / "b.yaml").rename(folder / "cases" / "B.YAML")
    (folder / "cases" / "a.guiju").rename(folder / "cases" / "A.GUIJU")
    found = renamed(folder, "staff", "people")
    assert isinstance(found, Renaming)
    assert {b.path.name for b in found.beside} == {"A.GUIJU", "B.YAML", "c.yaml"}


def test_evidence_that_names_none_of_several_standards_is_no_ones(folder: Path) -> None:
    (folder / "evidence" / "c.yaml").write_text(EVIDENCE.replace("standard: demo-1\n", ""), encoding="utf-8")
    found = renamed(folder, "staff", "people")
    assert isinstance(found, Refusal)
    assert "write `standard: demo-1` in it first" in found.reason.en
    (folder / "demo-2.guiju").unlink()
    alone = renamed(folder, "staff", "people")
    assert isinstance(alone, Renaming)
    assert "c.yaml" in {b.path.name for b in alone.beside}


def test_a_fact_that_another_standard_of_a_file_asks_for_keeps_its_name(folder: Path) -> None:
    several = EVIDENCE.replace("standard: demo-1\n", "standards: {demo-1: {target: L1}, demo-2: {target: L1}}\n")
    (folder / "evidence" / "c.yaml").write_text(several, encoding="utf-8")
    found = renamed(folder, "staff", "people")
    assert isinstance(found, Refusal)
    assert "is for the standard `demo-2` as well" in found.reason.en


def test_a_policy_with_mistakes_changes_no_name_that_cannot_be_told(folder: Path) -> None:
    path = folder / "demo.guiju"
    path.write_text(POLICY.replace("phone in media", "phone in media and staff > > 3"), encoding="utf-8")
    found = renamed(folder, "staff", "people")
    assert isinstance(found, Refusal)
    assert "mend them first" in found.reason.en


def test_two_facts_stay_two_while_a_line_of_the_policy_cannot_be_read(folder: Path) -> None:
    path = folder / "demo.guiju"
    two = POLICY.replace('fact staff : count "', 'fact hours : count\nfact staff : count "')
    path.write_text(two.replace("grade level by points", "grade level by {"), encoding="utf-8")
    found = renamed(folder, "hours", "staff")
    assert isinstance(found, Refusal)
    assert "some places would speak of something else" in found.reason.en


def test_a_name_below_a_line_that_cannot_be_read_is_not_left_behind(folder: Path) -> None:
    path = folder / "demo.guiju"
    path.write_text(POLICY.replace("part 1\n", "part 1 oo\n"), encoding="utf-8")
    found = renamed(folder, "staff", "people")
    assert isinstance(found, Refusal)
    assert "cannot be told what `staff` is on line 9" in found.reason.en


def test_a_name_that_is_certain_is_changed_while_another_line_cannot_be_read(folder: Path) -> None:
    path = folder / "demo.guiju"
    for name in ("cases", "evidence"):
        shutil.rmtree(folder / name, ignore_errors=True)
    path.write_text(POLICY.replace("grade level by points", "grade level by {"), encoding="utf-8")
    found = renamed(folder, "staff", "people")
    assert isinstance(found, Renaming)
    assert len(found.spans) == 2


# --- tables, which do not follow -----------------------------------------------------------------------------------


def test_whoever_renames_is_told_of_the_tables_that_keep_the_old_name(folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (folder / "demo-2.guiju").unlink()
    (folder / "tables").mkdir()
    (folder / "rows.csv").write_text('\ufeffid,"staff",media\n1,3,phone\n', encoding="utf-8")
    (folder / "tables" / "hours.csv").write_text("id,hours\n1,3\n", encoding="utf-8")
    (folder / "tables" / "broken.parquet").write_bytes(b"PAR1")
    (folder / "tables" / "gb.csv").write_bytes("编号,staff\n".encode("gb18030"))
    pq.write_table(pa.table({"staff": [3]}), folder / "tables" / "many.parquet")
    found = in_tables(folder, "fact staff", "people", behind=5)
    assert found.tables == ("rows.csv", "tables/many.parquet")
    (told,) = found.warnings
    assert "`staff`" in told.en
    assert "rows.csv, tables/many.parquet" in told.en
    assert "“staff”" in told.zh
    assert in_tables(folder, "phone | mail", "call").tables == ("rows.csv",), "its cells may say the option"
    assert in_tables(folder, "how", "why").tables == ()


def in_tables(folder: Path, words: str, name: str, *, behind: int = 0) -> Renaming:
    desk = read_desk(Written(str(folder / "demo.guiju"), POLICY, folder))
    found = rename(desk, POLICY.index(words) + behind, name)
    assert isinstance(found, Renaming), found
    return found


@pytest.mark.parametrize("words", ["fact staff", "grade level"])
def test_a_word_of_the_language_is_refused_as_one_or_taken_and_never_for_what_it_would_break(words: str) -> None:
    desk = read_desk(Written("demo.guiju", POLICY))
    place = POLICY.index(words) + len(words)
    for name in ("cites", "table", "annex", "all", "not", "and", "by", "依据", "全部", "按"):
        found = rename(desk, place, name)
        if isinstance(found, Refusal):
            assert found.reason.en == f"`{name}` is a word of the language and cannot be a name"
            assert found.reason.zh == f"“{name}”是语言的词，不能作名称"
        else:
            changed = replaced(POLICY, tuple((span, name) for span in found.spans))
            assert not any(d.is_error for d in read_desk(Written("demo.guiju", changed)).diagnostics)
