"""A policy's own text beside a result: read again only where it has to be."""

from __future__ import annotations

import pytest

from guiju.dsl import parser
from guiju.dsl.formatter import format_document
from guiju.dsl.source import Source
from guiju.exchange import policy_text
from guiju.library import compile_source

POLICY = """standard once-1 "Once"

groups section

section 1 "s"
  a) "a" attested

score total = count of clauses satisfied

grade level by total
  good      | total >= 1
  otherwise | none
"""


@pytest.mark.parametrize(("language", "texts"), [("en", 1), ("zh", 2)])
def test_a_policy_is_read_once_and_once_more_where_it_is_shown_in_other_words(
    monkeypatch: pytest.MonkeyPatch, language: str, texts: int
) -> None:
    text = format_document(parser.parse(Source("", POLICY))[0], "en")
    parse, read = parser.parse, list[str]()

    def counted(source: Source) -> object:
        read.append(source.text)
        return parse(source)

    monkeypatch.setattr(parser, "parse", counted)
    monkeypatch.setattr(policy_text, "parse", counted)
    program = compile_source(Source(f"once-{language}.guiju", text)).program
    assert program is not None
    shown = policy_text.policy_text(program, "en" if language == "en" else "zh")
    assert len(read) == texts
    heads = {"en": "grade level by total", "zh": "定级 level 按 total"}
    assert shown.at(program.definition["level"].span) == heads[language]
