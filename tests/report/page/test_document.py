"""The document that explains an assessment: whole in either language, every link leads somewhere, nothing invented."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import guiju
from guiju.dsl.diagnostic import Language
from guiju.report import document as model
from guiju.report.document import Document, Gauge, Listing, Paragraph, Radar, Run, Sources, Table, Tree
from guiju.report.explained.whole import explanation
from guiju.report.html.outline import Line, View, views
from guiju.report.result import result_of

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted(p for p in ROOT.glob("policies/*/evidence/*.yaml") if p.parent.parent.name != "vocabulary")
FULL, MID, STRONG = (
    ROOT / "policies" / "gbt-45288.3-2025" / "evidence" / f"{name}.yaml"
    for name in ("full-stack-provider", "mid-vendor-with-gaps", "strong-platform-vendor")
)
SECTIONS = ["conclusion", "groups", "blocking", "unknown", "derivation", "clauses", "evidence", "limits"]


@cache
def explained(path: Path, language: Language = "en") -> Document:
    assessment = guiju.evaluate(path.parent.parent.name, path)
    return explanation(assessment, result_of(assessment, language), language)


def found(document: Document, kind: type[model.Block]) -> list[model.Block]:
    return [b for b in document.blocks() if isinstance(b, kind)]


def runs_of(block: model.Block) -> Iterator[Run]:
    match block:
        case Paragraph():
            yield from block.runs
        case Listing():
            yield from (run for lines in block.lines for line in lines for run in line)
        case Table():
            yield from (run for row in block.rows for c in row.cells for line in c.lines for run in line)


def lines_of(view: View) -> Iterator[Line]:
    stack = [*reversed(view.lines)]
    while stack:
        yield (line := stack.pop())
        stack += reversed(line.below)


def anchors(document: Document) -> list[str]:
    ids = [f"section:{s.id}" for s in document.sections]
    for block in document.blocks():
        match block:
            case Table():
                ids += [row.anchor for row in block.rows if row.anchor]
            case Tree():
                ids += [x.id for view in views(block.roots) for x in lines_of(view) if x.id]
            case Sources():
                ids += [model.anchor(f"{f.name}:{n}") for f in block.files for n in range(1, len(f.lines) + 1)]
    return ids


def tree_of(document: Document) -> Tree:
    (tree,) = (block for block in document.blocks() if isinstance(block, Tree))
    return tree


def text_of(document: Document, section: str) -> str:
    (found,) = (s for s in document.sections if s.id == section)
    return " ".join(run.text for block in found.blocks for run in runs_of(block))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_link_leads_to_one_place(path: Path) -> None:
    document = explained(path)
    known = anchors(document)
    assert len(known) == len(set(known))
    links = {run.link for block in document.blocks() for run in runs_of(block) if run.link}
    seen = [view for tree in found(document, Tree) if isinstance(tree, Tree) for view in views(tree.roots)]
    links |= {link for view in seen for line in lines_of(view) for link in (line.target, line.place)}
    assert {link.removeprefix("#") for link in links} <= set(known)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_what_a_depth_says_to_be_told_above_it_has_told(path: Path) -> None:
    (tree,) = (block for block in found(explained(path), Tree) if isinstance(block, Tree))
    for view in views(tree.roots):
        before: set[str] = set()
        for line in lines_of(view):
            assert not line.again or line.target.removeprefix("#") in before, (view.depth, line.branch.text)
            before.add(line.id)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_assessment_has_every_section(path: Path, language: Language) -> None:
    document = explained(path, language)
    assert [s.id for s in document.sections if s.id not in ("plan", "margins")] == SECTIONS
    assert all(s.blocks for s in document.sections)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_scale_of_levels_stands_only_where_the_standard_has_levels(path: Path) -> None:
    has_levels = bool(guiju.load(path.parent.parent.name).program.levels)
    assert bool(found(explained(path), Gauge)) == has_levels


def test_the_scale_is_that_of_the_table_of_levels() -> None:
    (gauge,) = found(explained(FULL), Gauge)
    assert isinstance(gauge, Gauge)
    assert [f"{b.low} to {b.high}, {b.state}" for b in gauge.bands] == [
        "1 to 2, other",
        "2 to 3, reached",
        "3 to 5, other",
    ]
    assert [str(v) for v in gauge.values] == ["53/18"]


def test_what_is_open_stands_on_the_scale_with_all_its_values() -> None:
    (gauge,) = found(explained(MID), Gauge)
    assert isinstance(gauge, Gauge)
    assert [b.state for b in gauge.bands] == ["possible", "possible", "other"]
    assert len(gauge.values) == 7
    assert "; L2 2.625 | not entered. " in gauge.said, "a score that may have no number is told so, as everywhere"


def test_of_a_blank_file_the_page_tells_ranges_and_no_empty_columns() -> None:
    stated = {"guiju": "evidence/1", "subject": "x", "inputs": {"service": "platform"}}
    assessment = guiju.evaluate("gbt-45288.3-2025", stated)
    document = explanation(assessment, result_of(assessment, "en"), "en")
    (gauge,) = found(document, Gauge)
    assert isinstance(gauge, Gauge)
    # worked by hand: sixths and thirds of sums of three sub-domains with 0, 1, 2 at L1, with 2, 2.5, 3 at L2, with 3, 4, 5 at L3
    assert gauge.said.startswith("Level score A: L1 1 | 4/3 (≈1.33) | 5/3 (≈1.67) | 2; L2 13/6 (≈2.17) | ")
    (unknown,) = (s for s in document.sections if s.id == "unknown")
    tables = [b for b in unknown.blocks if isinstance(b, Table)]
    assert tables
    for table in tables:
        for column in range(len(table.header)):
            assert any(row.cells[column].lines for row in table.rows), table.header[column]


def test_many_values_on_the_scale_are_told_as_a_range() -> None:
    stated = {"guiju": "evidence/1", "subject": "x", "inputs": {"service": "full"}}
    assessment = guiju.evaluate("gbt-45288.3-2025", stated)
    document = explanation(assessment, result_of(assessment, "en"), "en")
    (gauge,) = found(document, Gauge)
    assert isinstance(gauge, Gauge)
    assert gauge.said.startswith("Level score A: L1 1 … 2, ")


def test_the_radar_shows_one_level_with_what_is_sure_within_what_can_be() -> None:
    """The best over the levels was drawn: the 2.5 of one level beside the 1 or 2 of another, and no word of which."""
    (radar,) = found(explained(MID), Radar)
    assert isinstance(radar, Radar)
    assert radar.title == "Each subdomain: Sub-domain score at L1 Basic application"
    assert [(int(s.sure), int(s.most)) for s in radar.spokes] == [(2, 2), (1, 2), (1, 2), (2, 2), (1, 2)]
    assert radar.said.startswith("Hardware 2; Software and toolchain 1 | 2; "), "values as in every table"
    assert radar.full == 2
    (strong,) = found(explained(STRONG), Radar)
    assert isinstance(strong, Radar)
    assert strong.title.endswith("at L3 Deep empowerment")
    assert [s.most for s in strong.spokes] == [4, 4, 4]


def test_the_table_of_groups_has_the_cells_of_table_3_with_what_came_of_them() -> None:
    (table,) = (b for b in found(explained(FULL), Table) if isinstance(b, Table) and b.heat)
    (row,) = (r for r in table.rows if r.cells[0].lines[0][0].text == "6.1.2.4")
    said = [" ".join("".join(run.text for run in line) for line in c.lines).replace("\u00a0", " ") for c in row.cells]
    assert said == [
        "6.1.2.4 Model compression tools",
        "a)~c)  ✓ 3",
        "a)~g) (as read by table-3-6.1.2.4)  ✓ 5  ✗ 1: ✗ f)",
        "6.1.2.4  ✓ 5  ✗ 1: ✗ f)",
    ]
    assert [c.mark for c in row.cells[1:]] == ["holds", "fails", "fails"]


def test_what_blocks_a_level_stands_with_its_threshold_and_its_evidence() -> None:
    told = text_of(explained(MID), "blocking")
    assert "linearity_10b >= 80% → no (actual 79.9 %, required ≥ 80 %)" in told
    assert "EV-102" in told
    assert "Software and toolchain at L1 : 1 | 2 (required = 2)" in told
    assert "Hardware at L2 : 2.5 | not entered (required = 3)" in told


def test_the_plan_leads_to_the_next_level_change_by_change() -> None:
    told = text_of(explained(MID), "plan")
    assert "L2 Collaborative optimisation: 3 to change" in told
    assert "Cluster linearity, 10-billion class (linearity_10b): 79.9 % → ≥ 80 %" in told
    (plan,) = (s for s in explained(FULL).sections if s.id == "plan")
    assert [run.link for block in plan.blocks for run in runs_of(block) if run.link] == ["#clause:6.1.2.4.f"]
    (steps,) = (block for block in plan.blocks if isinstance(block, Listing))
    assert steps.ordered  # so no number stands in the words
    assert steps.items[0][0].text.startswith("6.1.2.4 f) Compresses")
    below = [run.text for line in steps.below[0] for run in line]
    assert [text.partition(" L2")[0] for text in below] == ["Maturity level"], "on a line of its own"
    assert "Level score A at L3 not entered → " in below[0]


def margins_of(path: Path) -> list[list[str]]:
    (section,) = (s for s in explained(path).sections if s.id == "margins")
    (table,) = (b for b in section.blocks if isinstance(b, Table))
    return [["".join(run.text for line in c.lines for run in line) for c in row.cells] for row in table.rows]


def test_what_is_nearest_to_changing_the_outcome_stands_first_among_the_margins() -> None:
    rows = margins_of(MID)
    told = [name.partition("  ")[0] for name, *_ in rows]
    exact = ["usage_modes", "augmentation_methods", "instruction_methods"]
    in_dispute = "quantization_precisions"  # 3 by the facts where 2 are asked for; an assessor disagrees
    assert told[:5] == [*exact, in_dispute, "downstream_tasks"]
    assert [beyond for *_, beyond, _ in rows[:5]] == ["→ L1 Basic application"] * 5
    assert {beyond for *_, beyond, _ in rows[5:]} == {"unchanged"}
    # worked by hand: 0.1 of 80, 1 of 2, 96 of 128, 9 of 10, 950 of 1 000, 98 of 100 thousand millions, 4 of 2
    assert [t for t in told if t.startswith(("linearity", "training_seq", "storage_bandwidth_100b", "figure"))] == [
        "linearity_10b",
        "training_sequence",
        "storage_bandwidth_100b",
        "figure_kinds",
    ]
    assert told[-3:] == ["training_compute_100b", "managed_files", "figure_kinds"]


def test_a_margin_stands_with_its_number_its_threshold_its_clause_and_its_evidence() -> None:
    (row,) = (r for r in margins_of(STRONG) if r[0].startswith("linearity_100b"))
    assert row[1:] == ["69.9 %", "≥ 70 %", "short by 0.1 points", "6.1.1.1 k)", "unchanged", "EV-001"]


def test_no_plan_is_made_where_the_highest_level_is_reached() -> None:
    assert "plan" not in [s.id for s in explained(STRONG).sections]


def test_the_limits_say_who_decided_and_how_the_text_was_read() -> None:
    limits = text_of(explained(FULL), "limits")
    for said in ("a person overrode", "Through f)", "left to L3 (table-3-6.1.2.4 = through-e): Maturity level = L3"):
        assert said in limits, said


def test_the_limits_name_the_evidence_of_each_voice_where_they_differ() -> None:
    limits = text_of(explained(MID), "limits")
    assert "assessor 沈棠（虚构）: unsatisfied [EV-104]" in limits  # 6.1.1.3 f)
    assert "assessor 沈棠（虚构）: unsatisfied (现场只演示出 INT8) [EV-104]" in limits  # 6.1.2.4 c)


def test_evidence_that_ran_out_says_until_when_it_counted() -> None:
    assert "EV-105 was valid until 2026-05-30" in text_of(explained(MID), "evidence")


def test_a_policy_without_groups_has_no_table_of_groups(tmp_path: Path) -> None:
    path = tmp_path / "plain.guiju"
    path.write_text('standard plain "Plain"\nfact size : count\nscore total = size + 1\n', "utf-8")
    loaded = guiju.load(path)
    assessment = guiju.evaluate(loaded, {"guiju": "evidence/1", "subject": "x", "facts": {"size": 4}})
    document = explanation(assessment, result_of(assessment, "en"), "en")
    assert [s.id for s in document.sections] == [s for s in SECTIONS if s != "groups"]  # and no margins: no threshold
    assert not found(document, Radar)


def test_the_reviewer_finds_every_clause_with_its_number_and_what_decided_it() -> None:
    document = explained(STRONG)
    (clauses,) = (s for s in document.sections if s.id == "clauses")
    (table,) = clauses.blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 193
    for row in table.rows:
        number, verdict, said = (c.lines for c in row.cells[:3])
        assert number[0][0].text.startswith("6.")
        assert verdict
        assert said or verdict[0][0].text == "not taking part", number
        assert verdict[0][0].text.startswith("unknown") or not any("unknown" in line[0].text for line in said), number


@pytest.mark.parametrize(("language", "apart"), [("en", "not taking part"), ("zh", "不参与")])
def test_a_clause_of_a_service_that_is_not_offered_is_neither_unknown_nor_counted(
    language: Language, apart: str
) -> None:
    (section,) = (s for s in explained(MID, language).sections if s.id == "clauses")
    (table,) = section.blocks
    assert isinstance(table, Table)
    (row,) = (r for r in table.rows if r.anchor == "row:6.3.1.1.a")
    told = ["".join(run.text for line in c.lines for run in line) for c in row.cells]
    assert told[1:5] == [apart, "", "", ""]
    assert {c.mark for c in row.cells[:2]} == {"quiet"}
    (other,) = (r for r in table.rows if r.anchor == "row:6.1.1.1.a")
    assert other.cells[4].lines[0][0].text == "L1~L3"


def test_a_count_of_none_or_one_is_a_number_and_neither_fails_nor_holds() -> None:
    """As numbers 0 and 1 equal false and true: a count of 0 unsatisfied was taken for something that fails."""
    views_ = views(tree_of(explained(FULL)).roots)
    lines = [line for view in views_ for line in lines_of(view) if "counted:" in line.branch.text]
    assert len(lines) > 30
    assert {line.branch.state for line in lines} == {"value", "unknown"}


def test_what_fails_decides_and_no_row_or_side_beside_it_does() -> None:
    (engineer,) = (v for v in views(tree_of(explained(FULL)).roots) if v.depth == "engineer")
    failing = [line for line in lines_of(engineer) if "has-fails" in line.classes.split()]
    tips = [line for line in failing if not any("has-fails" in below.classes.split() for below in line.below)]
    assert any(line.branch.text.startswith("6.1.2.4 f)") for line in tips)
    assert all(line.branch.state == "fails" for line in tips)
    assert not [line for line in failing if line.branch.text in ("platform → no", "development → no")]
    assert not [line for line in failing if line.branch.text.startswith("GE800 in training_network")]


def test_all_that_stands_in_the_way_is_named_as_why_not_names_it() -> None:
    told = text_of(explained(MID), "blocking")
    assert "It would be enough to satisfy exactly the 14 clauses below" in told
    (section,) = (s for s in explained(MID).sections if s.id == "blocking")
    listed = [b for b in section.blocks if isinstance(b, Listing)][-1]
    named = [run.text for item in listed.items for run in item if run.link]
    assert len(named) == 14
    assert {"6.1.1.1 f)", "6.2.2.5 b)", "6.1.3.2 e)"} <= set(named)


def test_few_unknown_clauses_are_one_table() -> None:
    (section,) = (s for s in explained(MID).sections if s.id == "unknown")
    tables = [b for b in section.blocks if isinstance(b, Table)]
    assert tables
    assert not any(table.folded for table in tables)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: f"{p.parent.parent.name}/{p.stem}")
def test_what_a_policy_settled_and_a_result_depends_on_is_among_the_limits(path: Path) -> None:
    limits = text_of(explained(path), "limits")
    records = guiju.load(path.parent.parent.name).program.records
    for record in (r for r in records if r.affects):
        assert record.label.en in limits, record.id
        assert all(text.en in limits for key, text in record.properties if key == "why"), record.id


@pytest.mark.parametrize(
    ("language", "title", "met"),
    [
        (
            "en",
            "that this assessment meets (`guiju review t-isc-full-stack-2025-12` lists",
            "a part of them counts as none",
        ),
        ("zh", "本次评价遇到的（`guiju review t-isc-full-stack-2025-12` 列出", "满足了一部分，仍算不满足"),
    ],
)
def test_items_that_fail_in_part_are_among_the_limits_with_the_command(
    language: Language, title: str, met: str
) -> None:
    (path,) = (p for p in EXAMPLES if p.stem == "enterprise-platform")
    limits = text_of(explained(path, language), "limits")
    assert title in limits
    assert met in limits
    assert all(clause in limits.partition(met)[2] for clause in ("5.3-4-3", "7.4.2-2"))


def test_what_an_assessment_does_not_meet_is_left_to_the_review() -> None:
    assert "guiju review" not in text_of(explained(FULL), "limits")


def test_what_can_change_a_result_stands_before_what_cannot() -> None:
    for language, heading, settled, harmless in (
        (
            "en",
            "these can change a result: 9",
            "There is one A for each level assessed  (8.1, 8.4)  8.1 scores",
            "Mistakes that",
        ),
        ("zh", "换一种定法可能改变结果: 9", "REST（强化自训练）  (4；涉及 6.1.3.1 a))  按接口理解", "标准原文的疏误"),
    ):
        limits = text_of(explained(FULL, language), "limits")
        assert -1 < limits.index(heading) < limits.index(settled) < limits.index(harmless)


@pytest.mark.parametrize(
    ("language", "edition", "evidence"),
    [
        (
            "en",
            "Edition: in force, issued 2025-01-24, effective 2025-01-24",
            "evidence full-stack-provider.yaml, digest",
        ),
        ("zh", "版本：现行, 2025-01-24 发布, 2025-01-24 实施", "证据 full-stack-provider.yaml，摘要"),
    ],
)
def test_the_page_names_the_edition_and_the_evidence_file(language: Language, edition: str, evidence: str) -> None:
    footer = explained(FULL, language).footer
    assert edition in footer
    assert any(line.startswith(evidence) for line in footer)


def test_unknown_clauses_that_cannot_matter_are_named_and_linked() -> None:
    (section,) = (s for s in explained(FULL).sections if s.id == "unknown")
    runs = [run for b in section.blocks if isinstance(b, Paragraph) for run in b.runs]
    named = [run for run in runs if run.text.startswith("6.1.1.1 i)")]
    assert runs[0].text == "1 unknown clause that cannot matter: "
    assert [run.link for run in named] == ["#clause:6.1.1.1.i"]
