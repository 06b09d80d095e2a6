"""The verdict of a clause in a batch is the one that somebody gave or facts come to, and not what others leave of it.

Three clauses ask how much was achieved: more than 15 %, more than 50 %, more than 85 %. What is said of one of them
rules out verdicts on the others, and outcomes take it so; but nobody has given these verdicts, and none is told.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import main

POLICY = """standard scale-1 "SCALE 1"
fact achieved : %
fact measured : number
fact planned : number
fact ratio : % = measured / planned
levels
  L1
  L2
groups section
section 1 "S"
  a) "Partly" achieved > 15%
  b) "Largely" achieved > 50%
  c) "Fully" achieved > 85%
  d) "As planned" ratio >= 90%
membership
  section | L1 | L2
  1 | a) | all
score met
  at L1
    1 when all clauses satisfied
    0 otherwise
  at L2
    2 when all clauses satisfied
    0 otherwise
grade level by met
  L2 | met >= 2
  L1 | met >= 1
  otherwise | none
"""
ROWS = """id,achieved,measured,planned,1.a,1.b,1.c,1.d
nobody,,,,,,,
largely,,,,,satisfied,,satisfied
not even partly,,,,unsatisfied,,,
cannot be,,,,,unsatisfied,satisfied,
measured,60,,,,,,satisfied
measured and said,60,,,satisfied,,unsatisfied,
in dispute,60,,,,unsatisfied,,
half of a ratio,,9,,,,,
a whole ratio,,9,10,,,,
against its ratio,,8,10,,,,satisfied
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("scale.guiju").write_text(POLICY, encoding="utf-8")
    Path("in.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def called(*arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    assert result.exit_code == 0, result.output
    return result


def rows(out: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(Path(out).read_text("utf-8").splitlines())}


VERDICTS = {  # satisfied, unsatisfied, or neither
    "nobody": "....",
    "largely": ".+.+",
    "not even partly": "-...",
    "cannot be": ".-+.",
    "measured": "++-+",
    "measured and said": "++-.",
    "in dispute": "+.-.",
    "half of a ratio": "....",
    "a whole ratio": "...+",
    "against its ratio": "....",
}
_SIGNS = {"satisfied": "+", "unsatisfied": "-", "": "."}


def test_verdicts_are_those_that_evaluate_lists() -> None:
    called("batch", "scale.guiju", "in.csv", "out.csv", "--also", "verdicts")
    told = {id_: "".join(_SIGNS[row[f"1.{c}"]] for c in "abcd") for id_, row in rows("out.csv").items()}
    assert told == VERDICTS
    for number, id_ in enumerate(told, 1):
        called("batch", "scale.guiju", "in.csv", f"{number}.yaml", "--row", id_)
        found = json.loads(called("evaluate", "scale.guiju", f"{number}.yaml", "--format", "json").stdout)
        evaluated = "".join(_SIGNS[_verdict(clause)] for clause in found["clauses"])
        assert evaluated == VERDICTS[id_], id_


def _verdict(clause: dict[str, Any]) -> str:
    return "" if clause["verdict"] == "unknown" else str(clause["verdict"])


def test_a_summary_counts_the_verdicts_that_are_told() -> None:
    for more in ((), ("--also", "verdicts")):
        told = json.loads(
            called("batch", "scale.guiju", "in.csv", "out.csv", *more, "--replace", "--format", "json").stdout
        )
        counted = {c["id"]: (c["unsatisfied"], c["unknown"]) for c in told["clauses"]}
        at = {f"1.{c}": [v[i] for v in VERDICTS.values()] for i, c in enumerate("abcd")}
        assert told["uncounted"] == []
        assert counted == {c: (signs.count("-"), signs.count(".")) for c, signs in at.items()}


def test_what_keeps_a_level_out_fails_by_a_verdict_and_not_by_what_others_leave() -> None:
    called("batch", "scale.guiju", "in.csv", "out.csv", "--also", "blocked")
    told = rows("out.csv")
    kept = {id_: (told[id_]["level.blocked"], told[id_]["level.not-shown"]) for id_ in ("not even partly", "largely")}
    assert kept == {"not even partly": ("1.a", "[]"), "largely": ("[]", "1.a | 1.c")}


def test_a_level_turns_through_no_clause_whose_verdict_nobody_gave() -> None:
    """Where b) is not met a) is open, until the threshold of a) is that of b): then the level is settled."""
    Path("in.csv").write_text("id,1.b\nnot largely,unsatisfied\n")
    changed = ("--set", "1.a.threshold=50%")
    told = json.loads(
        called("impact", "scale.guiju", "in.csv", *changed, "--out", "turned.csv", "--format", "json").stdout
    )
    (turned,) = rows("turned.csv").values()
    assert (turned["level.before"], turned["level.after"], turned["through"]) == ("", "none", "[]")
    assert told["outcomes"][0]["turns"][0]["through"] == []
