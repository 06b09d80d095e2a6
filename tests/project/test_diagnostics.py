"""Every diagnostic is complete in both languages, has a name of its own, and a page."""

import importlib.util
import re
from string import Formatter

import pytest

from docs import generate
from guiju.dsl.diagnostic import LANGUAGES, Code, Text

CODES = [pytest.param(code, id=code.name) for family in generate.FAMILIES for code in family.codes()]


@pytest.mark.parametrize("family", generate.FAMILIES, ids=lambda family: family.table)
def test_every_stage_has_its_tuple_of_codes(family: generate.Family):
    assert importlib.util.find_spec(family.module), family.module
    assert family.codes()


def test_no_two_codes_share_a_name():
    names = [code.name for family in generate.FAMILIES for code in family.codes()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("code", CODES)
def test_every_code_speaks_both_languages(code: Code):
    for text in (code.title, code.message, code.help, code.why):
        assert all(text.in_language(language).strip() for language in LANGUAGES)
        assert re.search("[\u4e00-\u9fff]", text.zh)
        assert re.search("[A-Za-z]{2}", text.en)


@pytest.mark.parametrize("code", CODES)
def test_both_languages_say_the_same_arguments(code: Code):
    for text in (code.title, code.message, code.help, code.why):
        assert _arguments(text.zh) == _arguments(text.en)


def _arguments(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("code", CODES)
def test_titles_and_reasons_need_no_arguments(code: Code):
    assert not _arguments(code.title.en) | _arguments(code.why.en)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page_with_its_words(code: Code):
    pages = dict(generate.pages())
    page = pages[generate.path(code)]
    assert page.startswith(f"# {code.name}\n")
    assert code.example.strip() in page
    assert f"]({code.name}.md)" in pages[generate.INDEX]


def test_a_page_shows_arguments_as_names_and_keeps_html_out():
    text = Text("未定义 {name}", "there is no {name} in <file>, see `a < b`")
    shown = generate._prose(text.en)
    assert shown == "there is no ‹name› in &lt;file&gt;, see `a < b`"


def test_lines_of_chinese_run_on_and_other_lines_stay():
    text = "一行，\n又一行\n再一行：\n`词`。\n\n- 项\n- 项\n```text\n甲\n乙\n```\n````text\n甲，\n乙。\n````\n| 甲 |\n| 乙 |\nan end\nof a line\n"
    shown = text.replace("一行，\n又一行\n再一行：\n`词`", "一行，又一行再一行：`词`")
    assert generate.joined(text) == shown
