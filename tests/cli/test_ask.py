"""The interview of `guiju ask` as people meet it: at a terminal, by piped input, broken off and gone on with."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

import guiju
from guiju.cli.main import main
from guiju.report.questions_model import json_schema
from tests.project.repository import ROOT

POLICY = """standard asked-1 "ASKED 1"
groups section
levels
  L1
  L2
input use : one of near | far alias 用途 "Use"
  near "Near by"
  far "Far off"
fact power : PFLOPS alias 功率 "Power"
  guidance "装机之和" / "All of it together"
  evidence "铭牌" / "The rating plate"
fact spare : yes-no "A spare one"
fact cables : set of red | blue "Cables"
section 6.1
  a) "big enough" power >= 50 PFLOPS
  b) "tidy" attested
  c) "has a spare" spare applies when use = far
  d) "labelled" attested applies when use = far
  e) "wired" red in cables
membership
  section | L1 | L2
  6.1     | a) | all
score A
  at L1
    1 when all clauses satisfied
    0 otherwise
  at L2 after A at L1 >= 1
    2 when all clauses satisfied
    0 otherwise
grade level by A
  L2 | 2 <= A
  L1 | 1 <= A < 2
  otherwise | none
"""
ANSWERS = {
    "power": "60 PFLOPS", "spare": "yes", "cables": "red, blue", "use": "far", "6.1 b)": "satisfied", "6.1 d)": "satisfied",
}  # fmt: skip
BLANK = "guiju: evidence/1\nsubject: somebody\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUIJU_LANG", "en")
    (tmp_path / "asked.guiju").write_text(POLICY, encoding="utf-8")
    return tmp_path


def ask(*arguments: str, says: str = "") -> Result:
    result = CliRunner().invoke(main, ["ask", "asked.guiju", *arguments], input=says)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def asked_in(output: str) -> list[str]:
    """What an interview asked for, in its order."""
    return [line.partition("] ")[2].partition("  ")[0] for line in output.splitlines() if line.startswith("[")]


def outcome_of(file: str) -> object:
    return guiju.evaluate(guiju.load("asked.guiju"), Path(file)).value("level")


def test_an_interview_stops_as_soon_as_the_outcome_is_settled() -> None:
    ended = ask(says="40 PFLOPS\n")
    assert asked_in(ended.stdout) == ["power"]
    assert "Settled\n  level: no level\n1 answered, 5 not needed\n\nStandard: " in ended.stdout
    assert outcome_of("asked-1.answers.yaml") == "none"


def test_a_question_shows_what_a_person_needs_to_answer_it() -> None:
    shown = ask(says="").stdout
    for line in ("[1] power  Power", "a number in PFLOPS", "All of it together", "typical evidence: The rating plate"):
        assert line in shown
    assert "can change the outcome by itself" in shown


def test_what_is_asked_in_chinese_may_be_answered_in_chinese() -> None:
    shown = CliRunner().invoke(main, ["ask", "asked.guiju", "--lang", "zh"], input="60 PFLOPS\n退出\n").stdout
    assert "[1] 功率" in shown
    assert "  功率: 60 PFLOPS\n" in Path("asked-1.answers.yaml").read_text("utf-8")


def test_a_wrong_answer_is_explained_and_asked_again() -> None:
    ended = ask(says="60\n60 GB\n60 PFLOPS\nquit\n")
    assert "error[missing-unit]" in ended.stderr
    assert "error[wrong-unit]" in ended.stderr
    assert asked_in(ended.stdout)[0] == "power"
    assert ended.stdout.count("[1]") == 1
    assert "  power: 60 PFLOPS\n" in Path("asked-1.answers.yaml").read_text("utf-8")


def test_what_is_not_known_is_put_aside_and_what_is_skipped_comes_again() -> None:
    first = asked_in(ask(says="?\n" * 20).stdout)
    assert len(first) == len(set(first)), "nobody is asked twice what he does not know"
    assert "6.1 a)" in first, "where its fact is not known the clause itself is asked"
    again = asked_in(ask(says="skip\n" * 8).stdout)
    assert len(again) > len(set(again))
    assert not Path("asked-1.answers.yaml").exists()


def test_back_takes_the_last_answer_back_in_the_file_too() -> None:
    ended = ask(says="60 PFLOPS\nback\n40 PFLOPS\n")
    assert asked_in(ended.stdout)[0] == "power" == asked_in(ended.stdout)[-1]
    assert "40 PFLOPS" in Path("asked-1.answers.yaml").read_text("utf-8")
    assert "60 PFLOPS" not in Path("asked-1.answers.yaml").read_text("utf-8")


def test_an_interview_is_gone_on_with_where_it_ended() -> None:
    first = ask(says="60 PFLOPS\n")
    assert "To go on: guiju ask asked.guiju asked-1.answers.yaml" in first.stdout
    then = ask("asked-1.answers.yaml", says="quit\n")
    assert asked_in(then.stdout)[:1] == asked_in(first.stdout)[1:2]


def test_an_interview_is_gone_on_with_as_it_began() -> None:
    """An assessor who followed the line that is printed went on as the vendor that the file names."""
    shown = ask(
        "--voice", "assessor", "--by", "Wen Xi", "--costs", costs({"6.1.b": 9}), says="60 PFLOPS\nquit\n"
    ).stdout
    told = "guiju ask asked.guiju asked-1.answers.yaml --costs costs.yaml --voice assessor --by 'Wen Xi'"
    assert f"To go on: {told}\n" in shown


def test_the_users_own_file_keeps_its_comments_and_all_else() -> None:
    text = f"# mine\n{BLANK}facts:\n  power:  # look it up\n  # the rest is not known yet\n  spare: no # sold\n"
    Path("mine.yaml").write_text(text, encoding="utf-8")
    shown = ask("mine.yaml", says="60 PFLOPS\nquit\n")
    assert "Answers join mine.yaml" in shown.stdout
    assert Path("mine.yaml").read_text("utf-8") == text.replace("power:  # look", "power: 60 PFLOPS  # look")


def test_a_byte_order_mark_stays_in_the_file_that_answers_join() -> None:
    Path("mine.yaml").write_text(f"\ufeff{BLANK}", encoding="utf-8")
    ask("mine.yaml", says="60 PFLOPS\nyes\nquit\n")
    kept = Path("mine.yaml").read_text("utf-8")
    assert kept.startswith(f"\ufeff{BLANK}")
    assert "power: 60 PFLOPS" in kept
    assert "\ufeff" not in kept[1:]


@pytest.mark.parametrize(
    ("said", "verdict"), [("yes", "satisfied"), ("No", "unsatisfied"), ("是", "满足"), ("否", "不满足")]
)
def test_whether_a_clause_is_met_may_be_answered_with_yes_or_no(said: str, verdict: str) -> None:
    Path("mine.yaml").write_text(f"{BLANK}inputs: {{use: near}}\nfacts: {{power: 60 PFLOPS, cables: [red]}}\n", "utf-8")
    ended = ask("mine.yaml", says=f"{said}\nquit\n")
    assert asked_in(ended.stdout)[0] == "6.1 b)"
    assert f"  6.1.b: {verdict}\n" in Path("mine.yaml").read_text("utf-8")


def test_no_file_is_written_over() -> None:
    Path("mine.yaml").write_text(BLANK, encoding="utf-8")
    Path("other.yaml").write_text("# a file of somebody else\n", encoding="utf-8")
    refused = ask("mine.yaml", "--out", "other.yaml", says="60 PFLOPS\n")
    assert refused.exit_code == 1
    assert "error[file-exists]" in refused.stderr
    assert Path("other.yaml").read_text("utf-8") == "# a file of somebody else\n"


def test_a_clause_that_need_not_apply_is_answered_with_a_reason() -> None:
    Path("mine.yaml").write_text(f"{BLANK}facts: {{power: 60 PFLOPS, cables: [red]}}\n", encoding="utf-8")
    shown = ask(
        "mine.yaml",
        "--costs",
        costs({"6.1.b": "1/9", "6.1.d": "1/9"}),
        says="satisfied\nnot-applicable\n\nnot-applicable\nno use for it\nquit\n",
    )
    assert "A reason is needed" in shown.stdout
    assert "6.1.d: {verdict: not-applicable, reason: no use for it}" in Path("mine.yaml").read_text("utf-8")


def test_a_verdict_that_a_clause_cannot_have_is_refused_before_it_is_asked_why() -> None:
    Path("mine.yaml").write_text(f"{BLANK}facts: {{power: 60 PFLOPS, cables: [red]}}\n", encoding="utf-8")
    shown = ask("mine.yaml", "--costs", costs({"6.1.b": "1/9"}), says="not applicable\nquit\n")
    assert "error[always-applicable]: the clause `6.1.b`" in shown.stderr
    assert "Reason" not in shown.stdout


def test_an_answer_names_its_evidence_in_brackets_and_who_gives_it() -> None:
    register = "evidence:\n  EV-1: {kind: test-report}\n"
    Path("mine.yaml").write_text(f"{BLANK}{register}facts:\n  cables: [red]\n", encoding="utf-8")
    known = {"power": "60 PFLOPS [EV-1]", "6.1 b)": "satisfied [EV-9]\nsatisfied【EV-1】"}
    first = asked_in(ask("mine.yaml", says="quit\n").stdout)[0]
    assert first == "power"
    shown = ask(
        "mine.yaml",
        "--by",
        "Wen Xi",
        "--costs",
        costs({"6.1.b": "1/9"}),
        says="\n".join([known["6.1 b)"], known["power"], "quit"]),
    )
    assert "`EV-9`" in shown.stderr
    kept = Path("mine.yaml").read_text("utf-8")
    assert "  6.1.b: {verdict: satisfied, by: Wen Xi, evidence: [EV-1]}\n" in kept
    assert "  power: {value: 60 PFLOPS, evidence: [EV-1]}\n" in kept


def test_evidence_is_not_written_over_that_an_entry_has_already() -> None:
    register = "evidence:\n  EV-1: {kind: test-report}\n  EV-2: {kind: test-report}\n"
    entry = "  power: {value: null, evidence: [EV-2]}\n"
    Path("mine.yaml").write_text(f"{BLANK}{register}facts:\n{entry}  cables: [red]\n", encoding="utf-8")
    shown = ask("mine.yaml", says="60 PFLOPS [EV-1]\n60 PFLOPS\nquit\n").stdout
    assert "add the ids there, and answer the value alone" in shown
    assert '  power: {value: "60 PFLOPS", evidence: [EV-2]}\n' in Path("mine.yaml").read_text("utf-8")


def test_what_voices_and_facts_disagree_on_takes_an_override_beside_what_they_say() -> None:
    said = "facts: {power: 60 PFLOPS, cables: [red]}\nattestations:\n  6.1.a: {verdict: unsatisfied, voice: assessor}\n"
    Path("mine.yaml").write_text(f"{BLANK}{said}inputs: {{use: near}}\n", encoding="utf-8")
    shown = ask("mine.yaml", "--voice", "assessor", says="satisfied\nmeasured again\nWen Xi\nquit\n").stdout
    assert asked_in(shown)[0] == "6.1 a)"
    assert "the assessing body overrides it, or what is stated is corrected" in shown
    beside = '[{verdict: unsatisfied, voice: assessor}, {"verdict": "satisfied", "voice": "override", "reason": "measured again", "by": "Wen Xi"}]'
    assert f"6.1.a: {beside}\n" in Path("mine.yaml").read_text("utf-8")


@pytest.mark.parametrize(("language", "said"), [("en", "for the assessing body to decide"), ("zh", "由评定机构裁定：")])
def test_no_vendor_is_asked_for_an_override_but_told_whose_it_is(language: str, said: str) -> None:
    stated = (
        "facts: {power: 60 PFLOPS, cables: [red]}\nattestations:\n  6.1.a: {verdict: unsatisfied, voice: assessor}\n"
    )
    Path("mine.yaml").write_text(f"{BLANK}{stated}inputs: {{use: near}}\n", encoding="utf-8")
    shown = ask("mine.yaml", "--voice", "vendor", "--lang", language, says="satisfied\n" * 9).stdout
    assert "6.1 a)" not in asked_in(shown)
    (line,) = (line for line in shown.splitlines() if said in line)
    assert line.endswith("6.1 a)")
    assert "override" not in Path("mine.yaml").read_text("utf-8")


def test_a_reason_is_asked_for_a_verdict_only_and_the_words_of_an_interview_are_none() -> None:
    said = "facts: {power: 60 PFLOPS, cables: [red]}\nattestations:\n  6.1.a: {verdict: unsatisfied, voice: assessor}\n"
    before = f"{BLANK}{said}inputs: {{use: near}}\n"
    Path("mine.yaml").write_text(before, "utf-8")
    ended = ask("mine.yaml", "--voice", "assessor", says="perhaps\nsatisfied\nback\nsatisfied\nquit\n")
    assert ended.stdout.count("Reason: ") == 2
    assert Path("mine.yaml").read_text("utf-8") == before


def test_of_a_file_for_several_standards_the_answers_stand_with_their_own() -> None:
    several = "guiju: evidence/1\nsubject: x\nfacts: {power: 60 PFLOPS, cables: red}\nstandards:\n  asked-1:\n    inputs: {use: near}\n"
    Path("mine.yaml").write_text(several, encoding="utf-8")
    assert "1 answered, 1 not needed\n\nStandard: " in ask("mine.yaml", says="satisfied\n").stdout
    assert Path("mine.yaml").read_text("utf-8") == several + "    attestations:\n      6.1.b: satisfied\n"


@pytest.mark.parametrize(
    "entry", ["{value: 60 PFLOPS, evidence: [EV-1]}", "\n    value: 60 PFLOPS\n    evidence: [EV-1]"]
)
def test_what_rests_on_expired_evidence_is_asked_again_and_the_answer_takes_its_place(entry: str) -> None:
    records = "as_of: 2026-06-01T00:00:00+08:00\nevidence:\n  EV-1: {kind: inventory, title: Rating plate, expires: 2026-05-30}\n"
    Path("mine.yaml").write_text(
        f"{BLANK}{records}facts:\n  power: {entry}\n  spare: yes  # counted\n", encoding="utf-8"
    )
    assert "expired evidence" in ask("mine.yaml", "--list").stdout
    ended = ask("mine.yaml", says="40 PFLOPS\n")
    assert "[1] power" in ended.stdout
    assert "expired evidence: EV-1 was valid until 2026-05-30" in ended.stdout
    assert (
        Path("mine.yaml").read_text("utf-8") == f"{BLANK}{records}facts:\n  power: 40 PFLOPS\n  spare: yes  # counted\n"
    )
    assert outcome_of("mine.yaml") == "none"


EXPIRED = (
    "as_of: 2026-06-01T00:00:00+08:00\nevidence:\n"
    "  EV-1: {kind: inventory, expires: 2026-05-30}\n  EV-2: {kind: inventory, expires: 2027-05-30}\n"
)


@pytest.mark.parametrize(
    ("language", "why", "instead"),
    [
        ("en", "EV-1 was valid until 2026-05-30", "with evidence that still counts (EV-2), or with none"),
        ("zh", "EV-1 至 2026-05-30 有效", "换上仍有效的证据编号（EV-2），或不写证据"),
    ],
)
@pytest.mark.parametrize("answer", ["60 PFLOPS", "satisfied"])
def test_an_answer_on_expired_evidence_is_not_kept_and_asked_again(
    answer: str, language: str, why: str, instead: str
) -> None:
    """It was kept, said not to decide, and put aside."""
    known = "cables: [red]" if answer == "60 PFLOPS" else "power: 60 PFLOPS, cables: [red]"
    text = f"{BLANK}{EXPIRED}inputs: {{use: near}}\nfacts: {{{known}}}\n"
    Path("mine.yaml").write_text(text, "utf-8")
    ended = ask("mine.yaml", "--lang", language, says=f"{answer} [EV-1]\nquit\n")
    assert f"> {why}" in ended.stdout
    assert instead in ended.stdout
    assert "expired-evidence" not in ended.stderr
    assert len(asked_in(ended.stdout)) == 1, "not put aside: the same is answered again"
    assert Path("mine.yaml").read_text("utf-8") == text
    ask("mine.yaml", says=f"{answer} [EV-1]\n{answer} [EV-2]\nquit\n")
    kept = Path("mine.yaml").read_text("utf-8")
    assert "[EV-2]" in kept or '["EV-2"]' in kept
    assert "[EV-1]" not in kept


@pytest.mark.parametrize(("language", "told"), [("en", "Replace that evidence in the file"), ("zh", "换掉这一依据")])
def test_an_answer_is_not_put_beside_expired_evidence_of_its_entry(language: str, told: str) -> None:
    text = f"{BLANK}{EXPIRED}facts:\n  power: {{value: null, evidence: [EV-1]}}\n  cables: [red]\n"
    Path("mine.yaml").write_text(text, "utf-8")
    shown = ask("mine.yaml", "--lang", language, says="60 PFLOPS\nquit\n").stdout
    assert "EV-1" in shown
    assert told in shown
    assert Path("mine.yaml").read_text("utf-8") == text


def test_a_verdict_whose_evidence_expired_meanwhile_is_asked_again_and_not_answered_with_it() -> None:
    stated = "inputs: {use: near}\nfacts: {power: 60 PFLOPS, cables: [red]}\nattestations:\n"
    entry = "  6.1.b: {verdict: satisfied, evidence: [EV-1]}\n"
    Path("mine.yaml").write_text(BLANK + EXPIRED + stated + entry, "utf-8")
    assert "expired evidence: EV-1 was valid until 2026-05-30" in ask("mine.yaml", "--list").stdout
    ended = ask("mine.yaml", says="satisfied [EV-1]\nsatisfied [EV-2]\n")
    assert "> EV-1 was valid until 2026-05-30" in ended.stdout
    assert "Settled\n" in ended.stdout
    assert Path("mine.yaml").read_text("utf-8").count("EV-1]") == 1


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        (
            "en",
            "satisfid",
            "`satisfid` is no verdict, and was not kept\nWhat may be answered: satisfied | unsatisfied\n",
        ),
        ("zh", "满意", "“满意”不是结论，没有记下\n可以回答：满足 | 不满足\n"),
    ],
)
def test_a_mistyped_verdict_is_told_in_words(language: str, said: str, told: str) -> None:
    text = f"{BLANK}inputs: {{use: near}}\nfacts: {{power: 60 PFLOPS, cables: [red]}}\n"
    Path("mine.yaml").write_text(text, "utf-8")
    ended = ask("mine.yaml", "--by", "Wen Xi", "--lang", language, says=f"{said} [EV-1]\nquit\n")
    assert told in ended.stdout
    assert ended.stderr == ""
    assert Path("mine.yaml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["did you mean `far`?\n", "the options are: near (Near by), far (Far off)\n"]),
        ("zh", ["是不是想写“far”？\n", "可用的选项：near (Near by), far (远处)\n"]),
    ],
)
def test_a_wrong_option_is_told_those_that_there_are_by_name_and_label(language: str, told: list[str]) -> None:
    Path("asked.guiju").write_text(POLICY.replace('far "Far off"', 'far "远处" / "Far off"'), "utf-8")
    Path("mine.yaml").write_text(f"{BLANK}inputs: {{use: Far off}}\n", "utf-8")
    said = ask("mine.yaml", "--list", "--lang", language).stderr
    assert [line for line in told if line not in said] == []


@pytest.mark.parametrize(
    ("language", "told"), [("en", "What may be answered: a number in PFLOPS"), ("zh", "可以回答：以 PFLOPS 计的数")]
)
def test_a_mistyped_value_is_told_in_words_without_the_line_of_a_file(language: str, told: str) -> None:
    Path("mine.yaml").write_text(f"{BLANK}facts: {{cables: [red]}}\n", "utf-8")
    ended = ask("mine.yaml", "--lang", language, says="60 GB\nquit\n")
    assert told in ended.stdout
    assert "[wrong-unit]" in ended.stderr
    assert "mine.yaml" not in ended.stderr
    assert "{" not in ended.stderr


def test_an_expired_entry_with_a_comment_in_it_is_left_to_its_owner() -> None:
    records = "as_of: 2026-06-01T00:00:00+08:00\nevidence:\n  EV-1: {kind: inventory, title: Rating plate, expires: 2026-05-30}\n"
    text = f"{BLANK}{records}facts:\n  power:\n    value: 60 PFLOPS  # measured\n    evidence: [EV-1]\n"
    Path("mine.yaml").write_text(text, encoding="utf-8")
    assert "edit the file" in ask("mine.yaml", says="40 PFLOPS\n").stdout
    assert Path("mine.yaml").read_text("utf-8") == text


@pytest.fixture
def computed(folder: Path) -> Path:
    """A policy of which one fact is computed from two others; a clause looks at the fact and at one of these."""
    text = """standard s "S 1"
groups part
fact morning : h
fact evening : h
fact whole : h = morning + evening
part 4 "营业" / "Opening"
  a) "上午" / "In the morning" morning >= 2 h
  b) "合计" / "Together" whole >= 6 h
score A = count of clauses satisfied
"""
    path = folder / "asked.guiju"
    path.write_text(text, "utf-8")
    return path


def listed(evidence: str, *arguments: str) -> list[str]:
    Path("mine.yaml").write_text(f"guiju: evidence/1\nsubject: somebody\n{evidence}", "utf-8")
    told = json.loads(ask("mine.yaml", "--list", "--format", "json", *arguments).stdout)
    return [question["id"] for question in told["questions"]]


@pytest.mark.usefixtures("computed")
def test_a_fact_is_not_asked_for_beside_the_only_one_that_its_formula_lacks() -> None:
    assert listed("facts: {evening: 3 h}\n") == ["morning"]
    assert listed("facts: {morning: 3 h}\n") == ["evening"]
    assert set(listed("")) == {"morning", "whole"}, "one answer instead of two; the morning is asked for by itself"


@pytest.mark.usefixtures("computed")
def test_what_a_formula_lacks_and_nobody_knows_leaves_its_fact_to_be_asked_for() -> None:
    listed("facts: {morning: 3 h}\n")
    ended = ask("mine.yaml", says="?\n7 h\n").stdout
    assert asked_in(ended) == ["evening", "whole"]
    assert "Settled\n  A: 2\n1 answered, 0 not needed\n\nStandard: " in ended


@pytest.mark.usefixtures("computed")
def test_a_fact_that_costs_less_than_what_its_formula_lacks_is_asked_for() -> None:
    assert listed("facts: {morning: 3 h}\n", "--costs", costs({"evening": 5})) == ["whole"]


@pytest.mark.usefixtures("computed")
def test_what_a_formula_lacks_is_asked_for_where_all_of_it_costs_less_than_its_fact() -> None:
    assert set(listed("", "--costs", costs({"whole": 3}))) == {"morning", "evening"}
    assert set(listed("", "--costs", costs({"whole": 2}))) == {"morning", "evening"}, "as much: what may tell more"


@pytest.mark.usefixtures("computed")
def test_what_was_hidden_by_a_fact_that_nobody_knows_is_asked_for() -> None:
    listed("facts: {morning: 3 h}\n")
    ended = ask("mine.yaml", "--costs", costs({"evening": 5}), says="?\n4 h\n").stdout
    assert asked_in(ended) == ["whole", "evening"]
    assert "Settled\n  A: 2\n1 answered, 0 not needed\n\nStandard: " in ended


def costs(by_name: dict[str, object]) -> str:
    lines = "".join(f"  {name}: {cost}\n" for name, cost in by_name.items())
    Path("costs.yaml").write_text(f"guiju: costs/1\ncosts:\n{lines}", encoding="utf-8")
    return "costs.yaml"


def test_what_costs_much_is_asked_late() -> None:
    assert asked_in(ask("--costs", costs({"power": 100}), says="").stdout) != ["power"]


@pytest.mark.parametrize(("cost", "code"), [({"powr": 1}, "no-such-change"), ({"power": 0}, "cost-not-positive")])
def test_costs_that_make_no_sense_are_refused(cost: dict[str, object], code: str) -> None:
    refused = ask("--costs", costs(cost), says="60 PFLOPS\n")
    assert refused.exit_code == 1
    assert f"error[{code}]" in refused.stderr


def test_programs_get_the_ranking_as_data() -> None:
    told = json.loads(ask("--format", "json").stdout)
    Draft202012Validator(json_schema()).validate(told)
    first = told["questions"][0]
    assert (first["id"], first["type"], first["unit"], first["matters"]) == ("power", "number", "PFLOPS", "alone")
    assert [a["leaves"][0]["values"] for a in first["answers"]] == [["none"], ["L1", "L2"], ["L1", "L2"]]
    assert (first["removes"], first["removes_at_least"]) == ("3/4", "1/2")


@pytest.mark.parametrize(
    "policy", ["caict-fangsheng", "t-isc-23-drafting-note", "t-isc-full-stack-2025-12", "t-taf-320-2025"]
)
def test_every_standard_has_its_questions(policy: str) -> None:
    listed = CliRunner().invoke(main, ["ask", policy, "--list"])
    assert listed.exit_code == 0, listed.output
    assert "can change the outcome by itself" in listed.stdout


# --- at a terminal -------------------------------------------------------------------------------------------------


class Terminal:
    """A pseudo-terminal with an interview on it."""

    def __init__(self, *arguments: str) -> None:
        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "GUIJU_LANG": "en", "TERM": "dumb"}
        command = [sys.executable, "-m", "guiju", "ask", "asked.guiju", *arguments]
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True, close_fds=True
        )
        os.close(theirs)
        self.shown = ""

    def until(self, text: str, seconds: float = 60) -> str:
        """Read until a text is shown; what was shown since the last time."""
        start, ends = len(self.shown), time.monotonic() + seconds
        while text not in self.shown[start:]:
            assert time.monotonic() < ends, self.shown
            if select.select([self._ours], [], [], 0.2)[0]:
                try:
                    self.shown += os.read(self._ours, 4096).decode("utf-8", "replace")
                except OSError:  # the other side is closed
                    break
        return self.shown[start:]

    def type(self, text: str) -> None:
        """Type something."""
        os.write(self._ours, text.encode())


def test_a_whole_interview_at_a_terminal() -> None:
    terminal = Terminal("--out", "mine.yaml")
    while "Settled" not in (shown := terminal.until("\r\n> " if "Settled" not in terminal.shown else "")):
        name = asked_in(shown.replace("\r", ""))[-1]
        terminal.type(ANSWERS[name] + "\n")
        assert terminal.process.poll() is None or "Settled" in terminal.shown
    assert terminal.process.wait(60) == 0
    assert outcome_of("mine.yaml") == "L2"


def test_what_was_answered_outlives_an_interrupt() -> None:
    terminal = Terminal("--out", "mine.yaml")
    terminal.until("\r\n> ")
    terminal.type("60 PFLOPS\n")
    terminal.until("\r\n> ")
    os.killpg(terminal.process.pid, signal.SIGINT)
    assert "To go on: guiju ask asked.guiju mine.yaml" in terminal.until("mine.yaml\r\n")
    assert terminal.process.wait(60) == 130
    assert "power: 60 PFLOPS" in Path("mine.yaml").read_text("utf-8")


TWO_OUTCOMES = """standard shop-2 "SHOP 2"
groups section
levels
  L1 "Safe"
fact locks : count
fact staff : count
section s
  a) "locked" locks >= 2
section t
  a) "staffed" staff >= 3
membership
  section | L1
  s | all
  t | all
score failing of each section at each level = count of clauses unsatisfied
grade safe by failing
  L1 | failing = 0
  otherwise | none
"""


def test_of_several_outcomes_one_is_asked_for_and_what_stands_of_the_other_is_said(tmp_path: Path) -> None:
    (tmp_path / "shop.guiju").write_text(TWO_OUTCOMES, "utf-8")
    call = ["ask", str(tmp_path / "shop.guiju"), "--outcome", "safe:t", "--lang", "en"]
    told = json.loads(CliRunner().invoke(main, [*call, "--format", "json"]).stdout)
    Draft202012Validator(json_schema()).validate(told)
    assert [o["id"] for o in told["outcomes"]] == ["safe:t"]
    assert [(o["id"], o["possible"]["values"]) for o in told["other_outcomes"]] == [("safe:s", ["L1", "none"])]
    assert [q["id"] for q in told["questions"]] == ["staff"]
    out = str(tmp_path / "answers.yaml")
    said = CliRunner().invoke(main, [*call, "--out", out], input="3\n").stdout.splitlines()
    assert said[said.index("Besides, with no question asked for it") - 1].strip() == "t: L1 Safe"
    wrong = CliRunner().invoke(main, [*call, "--outcome", "safe:u"])
    assert (wrong.exit_code, "its outcomes are: safe:s, safe:t" in wrong.stderr) == (2, True)


@pytest.mark.parametrize("voice", [("--voice", "assessor"), ()])
def test_a_line_that_is_no_text_is_told_and_no_answer_before_it_is_lost(voice: tuple[str, ...]) -> None:
    said = b"60 PFLOPS\n" + "满足\n".encode("gbk") + b"quit\n"
    ended = CliRunner().invoke(main, ["ask", "asked.guiju", *voice], input=said)
    assert ended.exit_code == 0, ended.output
    assert "That line is no text in utf-8, and was not kept" in ended.stdout
    assert "  power: 60 PFLOPS\n" in Path("asked-1.answers.yaml").read_text("utf-8")


def test_who_answers_has_no_character_that_nobody_sees() -> None:
    refused = ask("--by", "Li\u200b Lei", says="60 PFLOPS\n")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "error[control-character]" in refused.stderr
    assert "--by:1:3" in refused.stderr
    assert not Path("asked-1.answers.yaml").exists()


def test_a_wrong_answer_is_told_without_a_place_in_the_file_that_it_never_came_to() -> None:
    told = ask("--out", "new.yaml", says="60 GB\n").stderr
    assert "[wrong-unit]" in told
    assert "-->" not in told
    assert not Path("new.yaml").exists()


def test_a_verdict_whose_evidence_expired_is_asked_for_beside_the_facts_that_would_decide() -> None:
    given = f"{BLANK}as_of: 2026-06-30T00:00:00+08:00\nevidence: {{EV-1: {{kind: report, expires: 2026-05-30}}}}\n"
    said = "attestations: {6.1.a: {verdict: satisfied, voice: vendor, evidence: EV-1}}\n"
    Path("mine.yaml").write_text(given + said, "utf-8")
    ended = ask("mine.yaml", "--out", "new.yaml", says="skip\nskip\nskip\nskip\nquit\n")
    assert "6.1 a)  big enough" in ended.stdout
    assert "expired evidence: EV-1 was valid until 2026-05-30" in ended.stdout
    assert {"power", "6.1 a)"} <= set(asked_in(ended.stdout))
    Path("mine.yaml").write_text(BLANK, "utf-8")
    assert "6.1 a)" not in asked_in(ask("mine.yaml", says="skip\nskip\nskip\nskip\nquit\n").stdout)


def test_nobody_answers_a_list() -> None:
    refused = ask("--list", "--by", "Wen Xi")
    assert refused.exit_code == 2
    assert "--by" in refused.stderr


def test_a_list_is_written_to_no_file() -> None:
    for more in (("--list",), ("--format", "json")):
        refused = CliRunner().invoke(main, ["ask", "asked.guiju", *more, "--out", "x.yaml", "--lang", "en"])
        assert (refused.exit_code, "error[option-without-effect]" in refused.stderr) == (2, True)
    assert not Path("x.yaml").exists()


def test_a_new_file_is_not_the_one_that_is_gone_on_with() -> None:
    Path("old.yaml").write_text("guiju: evidence/1\nsubject: x\nstandard: asked-1\n", "utf-8")
    before = Path("old.yaml").read_bytes()
    call = ["ask", "asked.guiju", "old.yaml", "--out", "old.yaml", "--lang", "en"]
    refused = CliRunner().invoke(main, call, input="60 PFLOPS\n")
    assert (refused.exit_code, "error[file-exists]" in refused.stderr) == (1, True)
    assert Path("old.yaml").read_bytes() == before


def test_an_answer_that_is_no_verdict_is_quoted_as_it_was_typed(folder: Path) -> None:
    (folder / "e.yaml").write_text(
        f"{BLANK}facts: {{power: 60 PFLOPS, spare: yes, cables: [red]}}\ninputs: {{use: far}}\n", "utf-8"
    )
    result = ask("e.yaml", says="satisfied # hm\nquit\n")
    assert "`satisfied # hm`" in result.output
    assert "satisfied-#-hm" not in result.output


def test_answers_join_a_file_with_the_line_ends_that_it_has(folder: Path) -> None:
    (folder / "e.yaml").write_bytes(f"{BLANK}facts:\n  spare: yes\n".replace("\n", "\r\n").encode())
    ask("e.yaml", says="far\n60 PFLOPS\nquit\n")
    data = (folder / "e.yaml").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 4


def test_a_settled_outcome_is_said_with_what_other_readings_make_of_it(tmp_path: Path) -> None:
    given = ROOT / "policies/gbt-45288.3-2025/evidence/mid-vendor-with-gaps.yaml"
    path = tmp_path / "evidence.yaml"
    path.write_bytes(given.read_bytes())
    answers = "satisfied\nseen\nA. Reader\nsatisfied\nsatisfied\n"
    asked = ["ask", "gbt-45288.3-2025", str(path), "--voice", "assessor", "--lang", "en"]
    told = CliRunner().invoke(main, asked, input=answers).stdout.splitlines()
    assert told[told.index("Settled") + 1 :][:2] == [
        "  Maturity level: L2 Collaborative optimisation",
        (
            "Readings: L1 or L2 depending on reading inclusive-or-more: "
            "L2 as read here; L1 with inclusive-or-more = excluded"
        ),
    ]
