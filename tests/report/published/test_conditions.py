"""`conditions.md`: what people who read no code are told of a condition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.dsl import tree
from guiju.dsl.source import Source
from guiju.library import compile_source
from guiju.report.published.speech import Speech

FRAME = """standard demo-1 "DEMO 1"
groups section
input service : one of shop | web "方式" / "Service"
  shop "门店" / "Shop"
  web "网上" / "Web"
fact staff : count "人手" / "Staff"
fact lit : yes-no "有照明" / "Lit"
fact media : set of phone | mail | chat "渠道" / "Media"
  phone "电话" / "Telephone"
  mail "邮件" / "Mail"
  chat "聊天" / "Chat"
fact speed : ms "时延" / "Delay"
fact load : kohm "负载" / "Load"
fact air : ug/m3 "粉尘" / "Dust"
fact light : lx "照度" / "Light"
section 4
"""
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in re.findall(r"^\|.*\|$", Path(__file__).with_name("conditions.md").read_text("utf-8"), re.MULTILINE)[2:]
]
POLICY = FRAME + "".join(f'  {chr(97 + n)}) "x" {row[0]}\n' for n, row in enumerate(ROWS))


@pytest.fixture(scope="module")
def speech() -> Speech:
    loaded = compile_source(Source("demo.guiju", POLICY))
    assert loaded.document is not None
    assert loaded.program is not None, [d.message("en") for d in loaded.diagnostics]
    return Speech(loaded.document, loaded.program, ("zh", "en"))


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row[0] for row in ROWS])
def test_a_condition_is_told_as_its_row_says(speech: Speech, number: int) -> None:
    section = next(speech.declared(tree.GroupDecl))
    condition = section.clauses[number].condition
    assert condition is not None
    assert not isinstance(condition, tree.Attested)
    said = tuple(
        speech.writers[language].said(condition).replace("\N{NO-BREAK SPACE}", " ") for language in ("zh", "en")
    )
    assert said == ROWS[number][1:]
