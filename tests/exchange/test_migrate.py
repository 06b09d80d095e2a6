"""Files of the first version, written in the newest: they say the same, and nothing else about them changes."""

from __future__ import annotations

import json
from dataclasses import replace
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import given

from guiju.dsl.source import Source
from guiju.engine.evidence import Evidence
from guiju.exchange.evidence import parse_evidence
from guiju.exchange.migrate import migrated
from tests.exchange.strategies import FILES
from tests.project.repository import ROOT

EXAMPLES = sorted((ROOT / "policies").glob("*/evidence/*.yaml"))
HEAD = "guiju: evidence/1  # first\nsubject: x\n"


def said(text: str, name: str = "e.yaml") -> Evidence:
    evidence, found = parse_evidence(Source(name, text))
    assert evidence is not None, [d.message("en") for d in found]
    return replace(evidence, digest="")


def new(text: str, as_of: str | None = None, name: str = "e.yaml") -> str:
    made, found = migrated(Source(name, text), as_of)
    assert made is not None, [d.message("en") for d in found]
    return made


def codes(text: str, as_of: str | None = None) -> tuple[str | None, list[str]]:
    made, found = migrated(Source("e.yaml", text), as_of)
    return made, [d.code.name for d in found]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_bundled_examples_say_the_same_and_change_in_names_alone(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    if "guiju: evidence/1" not in text:
        return
    after = new(text)
    assert said(after) == said(text)
    back = after.replace("guiju: evidence/2", "guiju: evidence/1").replace("collected:", "collected_on:")
    assert back.replace("sha256: ", "hash: ") == text.replace("sha256: ", "hash: ")
    assert new(after) == after


@given(FILES)
def test_whatever_is_read_says_the_same(data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False)
    before, _ = parse_evidence(Source("e.json", text))
    made, found = migrated(Source("e.json", text))
    if made is None:
        assert before is None or [d.code.name for d in found if d.is_error] == ["as-of-needed"] * len(found)
    else:
        assert before is not None
        assert said(made, "e.json") == replace(before, digest="")


def test_comments_order_and_quotation_marks_stay() -> None:
    digest = "sha256:5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"
    text = f"""{HEAD}
# the visit
evidence:
  e2: {{kind: log, "collected_on": 2026-01-01, note: "collected_on is a key", hash: '{digest}'}}  # shelf 7
  e1:   # another
    hash: "sm3:01"
    'collected_on': 2026-01-02  # a Friday
    kind: log
facts: {{a: {{value: 1, evidence: [e1, e2]}}}}
"""
    lines = unified_diff(text.splitlines(), new(text).splitlines(), lineterm="", n=0)
    changed = [line for line in lines if line[:1] == "+" and line[:3] != "+++"]
    assert changed == [
        "+guiju: evidence/2  # first",
        f'+  e2: {{kind: log, "collected": 2026-01-01, note: "collected_on is a key", sha256: \'{digest}\'}}  # shelf 7',
        "+    'collected': 2026-01-02  # a Friday",
    ]


def test_what_ends_needs_its_instant_and_gets_it() -> None:
    text = f"{HEAD}evidence: {{e: {{kind: log, expires: 2026-01-01}}}}\nfacts: {{a: {{value: 1, evidence: e}}}}\n"
    assert codes(text) == (None, ["as-of-needed"])
    made = new(text, "2026-03-01T09:00:00+08:00")
    assert made == text.replace("evidence/1", "evidence/2") + 'as_of: "2026-03-01T09:00:00+08:00"\n'
    assert said(made).as_of == said(f"{text}as_of: 2026-03-01T09:00:00+08:00").as_of


def test_a_file_that_says_its_instant_gets_no_other() -> None:
    text = f"{HEAD}as_of: 2026-03-01T09:00:00+08:00\n"
    assert codes(text, "2027-03-01T09:00:00+08:00") == (None, ["as-of-said"])


@pytest.mark.parametrize("instant", ["2026-03-01", "soon", "2026-03-01T09:00:00", ""])
def test_an_instant_that_is_none_is_refused(instant: str) -> None:
    made, found = codes(HEAD, instant)
    assert made is None
    assert found[0] in ("no-time-zone", "not-a-date")


def test_a_file_of_the_newest_version_stays_and_that_is_said() -> None:
    text = HEAD.replace("evidence/1", "evidence/2")
    assert codes(text) == (text, ["already-newest"])


def test_what_has_errors_is_not_migrated() -> None:
    assert codes(f"{HEAD}fact: {{}}\n") == (None, ["unknown-key"])
    assert codes("guiju: cases/1\nsubject: x\n") == (None, ["evidence-version"])
