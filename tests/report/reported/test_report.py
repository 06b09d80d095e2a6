"""The report of an assessment: every section a signed report asks for, for every bundled standard, every link alive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import guiju
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.report import document as model
from guiju.report.columns import shares
from guiju.report.document import Document, Listing, Paragraph, Radar, Run, Section, Table, Tree, cell
from guiju.report.explained.report import report
from guiju.report.html.report import report_page
from guiju.report.printed_tree import printed_lines
from guiju.report.result import result_of
from guiju.report.result_model import ResultModel

ROOT = Path(__file__).parents[3]
BUNDLED = sorted(p for p in ROOT.glob("policies/*/evidence/*.yaml") if p.parent.parent.name != "vocabulary")
OTHERS = sorted(ROOT.glob("policies/examples/*/evidence/*.yaml"))
GBT = ROOT / "policies" / "gbt-45288.3-2025" / "evidence"
MID, FULL = GBT / "mid-vendor-with-gaps.yaml", GBT / "full-stack-provider.yaml"
EVERY = ["conclusion", "method", "findings", "clauses", "blocking", "unknown", "derivation", "evidence", "limits"]
LAST = ["digests", "sign-off"]
#: two clauses, one of which failed, with findings of two grades
FINDINGS: dict[str, Any] = {
    "guiju": "evidence/2",
    "subject": "S",
    "as_of": "2026-03-01T00:00:00+08:00",
    "attestations": {
        "4.a": {"verdict": "satisfied", "voice": "assessor"},
        "4.b": {"verdict": "unsatisfied", "voice": "assessor"},
    },
    "findings": {
        "F-1": {"clause": "4.b", "grade": "major", "statement": "No log", "owner": "Ops", "due": "2026-02-01"},
        "F-2": {"clause": "4.a", "grade": "observation", "statement": "Old form", "raised": "2026-02-02", "by": "Wu"},
    },
}
POLICY = (
    'standard s "S 1"\ngroups part\npart 4 "甲" / "Part"\n  a) "乙" / "First" attested\n  b) "丙" / "Second" attested\n'
    "score met of each part = share of clauses satisfied\n"
)


@cache
def assessed(path: Path, language: Language) -> tuple[Assessment, ResultModel]:
    """An evidence file under the policy that lies beside it."""
    folder = path.parent.parent
    assessment = guiju.evaluate(folder.name if folder.parent.name == "policies" else str(folder), path)
    return assessment, result_of(assessment, language)


def reported(path: Path, language: Language = "en") -> Document:
    """The report on it."""
    return _reported(path, language)


@cache
def _reported(path: Path, language: Language) -> Document:
    return report(*assessed(path, language), language)


def small(tmp_path: Path, evidence: dict[str, Any], language: Language = "en") -> Document:
    path = tmp_path / "s.guiju"
    path.write_text(POLICY, "utf-8")
    assessment = guiju.evaluate(path, evidence)
    return report(assessment, result_of(assessment, language), language)


def section(document: Document, id_: str) -> Section:
    return next(s for s in document.sections if s.id == id_)


def runs(block: model.Block) -> Iterator[Run]:
    match block:
        case Paragraph():
            yield from block.runs
        case Listing():
            yield from (run for lines in block.lines for line in lines for run in line)
        case Table():
            yield from (run for row in block.rows for c in row.cells for line in c.lines for run in line)
        case Tree():
            yield from (run for line in printed_lines(block) for run in line.runs)


def text(found: Section) -> str:
    heads = [name for b in found.blocks if isinstance(b, Table) for name in (b.caption, *b.header)]
    return " ".join([*heads, *(run.text for block in found.blocks for run in runs(block))])


@pytest.mark.parametrize(
    ("path", "language"), [*((p, "en") for p in BUNDLED), (FULL, "zh")], ids=lambda p: getattr(p, "stem", p)
)
def test_a_report_has_every_section_that_is_signed_for(path: Path, language: Language) -> None:
    document = reported(path, language)
    ids = [s.id for s in document.sections]
    assert [i for i in ids if i in EVERY] == EVERY
    assert ids[-2:] == LAST
    chapters = [s.title for s in document.sections if s.depth == 0]
    assert [title.split()[0] for title in chapters] == [str(n + 1) for n in range(len(chapters))]


@pytest.mark.parametrize("path", [*BUNDLED, *OTHERS], ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_every_link_of_a_report_leads_to_a_row_that_is_there_once(path: Path) -> None:
    document = reported(path)
    anchors = [row.anchor for b in document.blocks() if isinstance(b, Table) for row in b.rows if row.anchor]
    assert len(anchors) == len(set(anchors))
    links = {run.link for block in document.blocks() for run in runs(block) if run.link}
    assert links
    assert links <= {f"#{name}" for name in anchors}


@pytest.mark.parametrize("path", [*BUNDLED, *OTHERS], ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_every_clause_of_a_group_that_takes_part_stands_in_one_row(path: Path) -> None:
    document = reported(path)
    rows = [row.anchor for b in document.blocks() if isinstance(b, Table) for row in b.rows]
    _, result = assessed(path, "en")
    shown = {c.id for c in result.clauses if f"row:{c.id}" in rows}
    assert {c.id for c in result.clauses if c.takes_part or c.verdict != "unknown"} <= shown


def test_what_takes_no_part_is_told_in_a_line() -> None:
    (apart,) = (s for s in reported(MID).sections if s.title == "Inference and operations")
    assert text(apart).startswith("It takes no part in this assessment; its ")
    assert not [s for s in reported(MID).sections if s.id.startswith("group:6.3.")]


def test_scores_are_those_of_the_command_and_weights_beside_them() -> None:
    (table,) = (b for b in section(reported(FULL), "scores").blocks if isinstance(b, Table))
    assert table.header == ("Scores", "Weight", "L1", "L2", "L3")
    rows = [["".join(r.text for line in c.lines for r in line) for c in row.cells] for row in table.rows]
    assert rows[0] == ["Large-model platform", "100/3 % (≈33.33 %)", "2", "17/6 (≈2.83)", "not entered"]
    assert rows[-1][3] == "53/18 (≈2.94)"
    assert [row.depth for row in table.rows[:3]] == [0, 1, 1]


def test_findings_stand_by_grade_and_unsatisfied_clauses_without_one_are_named(tmp_path: Path) -> None:
    document = small(tmp_path, FINDINGS)
    found = section(document, "findings")
    assert [b.caption for b in found.blocks if isinstance(b, Table)] == ["Major: 1", "Observation: 1"]
    told = text(found)
    assert "No log" in told
    assert "Ops" in told
    assert "due 2026-02-01" in told
    assert "overdue" in told
    assert "raised on 2026-02-02 by Wu" in told
    assert "None of these: minor." in told
    assert "without" not in told
    assert "F-1" not in text(section(document, "limits"))
    without = {**FINDINGS, "findings": {"F-2": FINDINGS["findings"]["F-2"]}}
    assert "Unsatisfied, and no open finding about it: 4 b)" in text(section(small(tmp_path, without), "findings"))


def test_no_findings_are_told_as_none(tmp_path: Path) -> None:
    none = {k: v for k, v in FINDINGS.items() if k != "findings"}
    assert text(section(small(tmp_path, none), "findings")) == "The evidence file has no findings."


def test_the_title_page_says_of_whom_by_which_edition_when_and_what_came_of_it() -> None:
    document = reported(MID)
    cover = dict(document.cover)
    assert document.title == "Assessment report"
    assert "A fictional example" in document.notice
    assert cover["Standard"].startswith("GB/T 45288.3—2025")
    assert cover["Maturity level"].startswith("one of L1 ")
    assert cover["As of"] == "2026-06-30T00:00:00+08:00"
    assert cover["Evidence digest"].startswith("sha256:")
    assert document.instant is not None


def test_other_readings_are_named_by_what_was_chosen() -> None:
    assessment = guiju.evaluate("gbt-45288.3-2025", MID, readings={"inclusive-or-more": "excluded"})
    document = report(assessment, result_of(assessment, "en"), "en")
    assert "inclusive-or-more = excluded" in text(section(document, "digests"))
    assert "as the policy sets them" in text(section(reported(MID), "digests"))


def test_a_table_of_contents_holds_what_fits_a_page() -> None:
    document = reported(MID)
    assert {s.depth for s in document.contents()} == {0, 1, 2}
    many = replace(document, sections=tuple(Section(f"s{i}", "S", (), i % 2) for i in range(60)))
    assert {s.depth for s in many.contents()} == {0}


def test_columns_take_what_their_cells_ask_for_and_no_word_is_broken() -> None:
    rows = tuple(model.Row((cell("EV-101"), cell("x" * 200), cell("不满足"))) for _ in range(4))
    first, second, third = shares(Table("", ("Id", "What was said", "V"), rows))
    assert first + second + third == pytest.approx(1)
    assert second > 2 * first
    assert first * 96 > len("EV-101") + 2


def test_where_columns_ask_for_too_much_no_word_is_broken_for_it() -> None:
    long = "a word and another " * 20
    table = Table(
        "", ("Clause", "Said", "Evidence"), tuple(model.Row((cell(long), cell(long), cell("EV-1"))) for _ in "123")
    )
    first, second, third = shares(table)
    assert first == pytest.approx(second, rel=0.05)
    assert third * 96 > len("Evidence") * 1.2
    assert sum((first, second, third)) == pytest.approx(1)


@pytest.mark.parametrize("path", [*BUNDLED, *OTHERS], ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_the_page_of_every_standard_is_whole_and_the_same_each_time(path: Path) -> None:
    document = reported(path)
    html = report_page(document)
    assert html == report_page(document)
    assert html.count("<section ") == len(document.sections)
    assert html.count('<li class="depth-') == len(document.contents())
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {*re.findall(r'href="([^"]+)"', html)} <= {f"#{name}" for name in ids}
    assert "src=" not in html
    assert "url(" not in html


def test_a_radar_is_drawn_where_there_are_groups_to_compare() -> None:
    (radar,) = (b for b in reported(MID).blocks() if isinstance(b, Radar))
    assert report_page(reported(MID)).count('class="chart radar"') == 1
    assert radar.is_open


@pytest.mark.parametrize(("language", "said"), [("en", "the vendor alone says so 112"), ("zh", "只有供方自述 112")])
def test_the_conclusion_says_how_much_of_it_nobody_but_the_vendor_says(language: Language, said: str) -> None:
    told = text(section(reported(MID, language), "conclusion"))
    _, result = assessed(MID, language)
    alone = sum(c.by == "vendor" for c in result.clauses if c.takes_part and c.verdict != "unknown")
    assert said in told
    assert str(alone) in said


VOICES: dict[str, Any] = {
    "guiju": "evidence/2",
    "subject": "S",
    "as_of": "2026-03-01T09:00:00+08:00",
    "evidence": {"old": {"kind": "log", "expires": "2026-02-28"}, **{id_: {"kind": "log"} for id_ in ("e1", "e2")}},
    "attestations": {
        "4.a": [
            {"verdict": "satisfied", "voice": "vendor", "evidence": "e1"},
            {"verdict": "unsatisfied", "voice": "assessor", "by": "A1", "evidence": ["e1", "e2"]},
            {"verdict": "satisfied", "voice": "assessor", "by": "A2", "until": "2026-02-28", "reason": "seen"},
            {"verdict": "satisfied", "voice": "override", "by": "B", "reason": "because", "until": "2026-12-31"},
        ],
        "4.b": [
            {"verdict": "unsatisfied", "voice": "vendor", "evidence": "old"},
            {"verdict": "satisfied", "voice": "assessor", "evidence": "e1"},
        ],
    },
}


def test_all_that_was_said_of_a_decided_clause_is_told_with_who_why_until_when_and_on_what(tmp_path: Path) -> None:
    (table,) = (b for b in section(small(tmp_path, VOICES), "group:4").blocks if isinstance(b, Table))
    said = [["".join(run.text for run in line) for line in row.cells[2].lines] for row in table.rows]
    assert said == [
        [
            "vendor: satisfied [e1]",
            "assessor A1: unsatisfied",
            "override B: satisfied (because) (until 2026-12-31) (verdict only, no evidence named)",
            "assessor A2: satisfied (seen) (until 2026-02-28) (counts no longer: it has ended)",
        ],
        [
            "assessor: satisfied [e1]",
            "vendor: unsatisfied (counts no longer: its evidence has expired) [old]",
        ],
    ]
    shown = [[run.text for line in row.cells[3].lines for run in line if run.link] for row in table.rows]
    assert shown == [["e1", "e2"], ["e1", "old"]]


def test_a_membership_without_a_place_in_the_standard_is_captioned_without_one(tmp_path: Path) -> None:
    levelled = POLICY.replace("part 4", "levels\n  L1\npart 4", 1)
    for cites, caption in (("", "Each cell has"), (" cites table 3", "Laid out as table 3: each cell has")):
        path = tmp_path / "s.guiju"
        path.write_text(f"{levelled}membership{cites}\n  part | L1\n  4 | all\n", "utf-8")
        assessment = guiju.evaluate(path, VOICES)
        document = report(assessment, result_of(assessment, "en"), "en")
        (table,) = (b for b in section(document, "groups").blocks if isinstance(b, Table))
        assert table.caption.startswith(caption)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "没有计为满足的条款 — 可靠，可用；安全"),
        ("en", "Clauses that do not count as satisfied — Reliable, available; Safe"),
    ],
)
def test_scores_with_a_comma_of_their_own_stand_apart_above_the_clauses(
    tmp_path: Path, language: Language, said: str
) -> None:
    labels = ('A "可靠，可用" / "Reliable, available"', 'B "安全" / "Safe"')
    scores = "".join(f"score {label} = count of clauses satisfied\n" for label in labels)
    path = tmp_path / "s.guiju"
    path.write_text(POLICY.partition("score")[0] + scores, "utf-8")
    assessment = guiju.evaluate(path, {"guiju": "evidence/1", "subject": "S"})
    document = report(assessment, result_of(assessment, language), language)
    assert [b.caption for b in section(document, "blocking").blocks if isinstance(b, Table)] == [said]
