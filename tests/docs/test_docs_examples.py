"""What the documentation shows is so: policies compile, sessions print what they print, tables leave nothing out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from guiju.compiler.pipeline import compile_document
from guiju.compiler.units import units
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic, Language
from guiju.dsl.formatter import format_document
from guiju.dsl.keywords import KEYWORDS, NO_VALUES, RECORD_KINDS, RELATIONS, RESULTS, UNIT_WORDS, VALUES, WORDS
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from guiju.engine.examples.case import case_of
from guiju.engine.examples.judging import judge
from tests.docs.pages import Block, all_blocks, between, blocks_of, cells
from tests.docs.sessions import Session, policy_of_tutorial, sessions
from tests.docs.walks import WALKS, walked
from tests.project.repository import ROOT, markdown_files

DOCS = ROOT / "docs"
LANGUAGE = DOCS / "language.md"
LANGUAGE_PAGES = [pytest.param(LANGUAGE.with_name(name), id=name) for name in ("language.md", "language.zh.md")]
POLICIES = [pytest.param(b, id=str(b)) for b in all_blocks() if b.is_policy]
FRAGMENTS = [pytest.param(b, id=str(b)) for b in all_blocks() if b.language == "guiju" and not b.is_whole]

#: what fragments may speak of: kinds of groups, so that a line such as `section 6.1` is known for what it is
FRAME = 'standard frame "FRAME"\ngroups domain alias 领域 > subdomain alias 子域 > section alias 节\n'


def read(text: str) -> tuple[tree.Document, tuple[Diagnostic, ...]]:
    return parse(Source("example", text))


def told(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.span.position.line}: {d.message('en')}" for d in diagnostics]


# --- policies -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", POLICIES)
def test_a_policy_in_the_documentation_compiles_and_one_called_broken_does_not(block: Block):
    document, mistakes = read(block.text)
    assert mistakes == (), told(mistakes)
    compiled = compile_document(document)
    assert (compiled.program is None) == (block.word == "broken"), told(compiled.diagnostics)


@pytest.mark.parametrize("block", FRAGMENTS)
def test_a_part_of_a_policy_is_called_a_fragment_and_can_be_read(block: Block):
    assert block.word == "fragment"
    frame = "" if any(line.split(" ")[0] in ("groups", "分组") for line in block.text.splitlines()) else FRAME
    _, mistakes = read((frame or FRAME.partition("\n")[0] + "\n") + block.text)
    assert mistakes == (), told(mistakes)


@pytest.mark.parametrize("page", LANGUAGE_PAGES)
def test_the_examples_of_the_language_page_are_one_policy(page: Path):
    compiled = compile_document(_document(page), _vocabularies(page))
    assert compiled.diagnostics == (), told(compiled.diagnostics)


@pytest.mark.parametrize("page", LANGUAGE_PAGES)
def test_the_example_blocks_of_the_language_page_hold(page: Path):
    program = compile_document(_document(page), _vocabularies(page)).program
    assert program is not None
    assert len(program.examples) == 2
    assert [e.label.en for e in program.examples if not judge(case_of(program, e)).holds] == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", LANGUAGE_PAGES)
def test_the_examples_of_the_language_page_say_the_same_in_the_other_language(page: Path, language: Language):
    document, mistakes = read(format_document(_document(page), language))
    assert mistakes == (), told(mistakes)
    assert format_document(document, "en") == format_document(_document(page), "en")


def test_both_language_pages_show_one_policy():
    """The same tree line for line, but for the names, which each page gives in its own language."""
    english, chinese = (_named_alike(_document(LANGUAGE.with_name(f"language{mark}.md"))) for mark in ("", ".zh"))
    assert english == chinese


@pytest.mark.parametrize("page", LANGUAGE_PAGES)
def test_the_language_page_shows_every_construct(page: Path):
    """Every kind of node of the tree but those that are only roots of others."""
    shown = {type(node).__name__ for node in _walk(_document(page))}
    nodes = {name for name, value in vars(tree).items() if isinstance(value, type) and issubclass(value, tree.Node)}
    assert nodes - shown == {"Node", "Line"}


def _vocabularies(page: Path) -> dict[str, tree.Document]:
    """The vocabularies that a language page shows, by id."""
    found: dict[str, tree.Document] = {}
    for block in (b for b in blocks_of(page) if b.word == "vocabulary"):
        document, mistakes = read(block.text)
        assert mistakes == (), told(mistakes)
        assert document.standard is not None
        found[document.standard.name.text] = document
    return found


def _document(page: Path) -> tree.Document:
    """The examples of a language page put together."""
    document, mistakes = read(
        "\n".join(b.text for b in blocks_of(page) if b.language == "guiju" and b.word != "vocabulary")
    )
    assert mistakes == (), told(mistakes)
    return document


#: the names in the examples of the Chinese language page, and what the English page calls the same
NAMES = dict(
    re.findall(
        r"(\S+)=(\S+)",
        """
        示例-1=demo-1 服务方式=service 门店=shop 网上=web 全渠道=both
        人数=staff 营业时间=open_hours 订单数=orders 准时订单数=orders_on_time 准时率=punctuality 有照明=lit 大店=large
        渠道=media 电话=phone 邮件=mail 聊天=chat 领域=domain 节=section 一级=L1 二级=L2
        进步=progress 覆盖率=coverage 扣分=deduction 档次=band 服务等级=level
        回电=contact 照印=as-printed 基本=basic 从严=strict 夜间=night 无权重=unweighted 列项=lists 合一=as-one 术语=term 备注=note 表3表头=table-3-heading
         场所=premises 出口数=exits 警报已测试=alarm_tested 安全=safe 缩略语=abbreviation 陈述=statement 上门=visit
         门店数=shops 示例-2=demo-2
        """,
    )
)


def _named_alike(value: Any) -> Any:
    """A tree with every name as the English page has it."""
    if isinstance(value, str):
        return NAMES.get(value, value)
    if isinstance(value, tuple):
        return tuple(_named_alike(item) for item in value)
    if isinstance(value, tree.Node):
        return replace(value, **{name: _named_alike(part) for name, part in vars(value).items()})
    return value


def _walk(value: object) -> Iterator[tree.Node]:
    if isinstance(value, tuple):
        for item in value:
            yield from _walk(item)
    elif isinstance(value, tree.Node):
        yield value
        for part in vars(value).values():
            yield from _walk(part)


# --- sessions -----------------------------------------------------------------------------------------------------

SESSIONS = tuple(session for page in markdown_files() for session in sessions(page))


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: str(session.command))
def test_a_command_prints_what_the_page_shows(session: Session):
    assert session.printed() == session.shown


@pytest.mark.parametrize("language", list(WALKS))
def test_a_walk_through_prints_what_the_page_shows(language: str):
    steps = list(walked(WALKS[language], policy_of_tutorial(language)))
    assert [(str(s.command), s.printed) for s in steps] == [(str(s.command), s.shown) for s in steps]
    called = {line.split()[2] for step in steps for line in step.command.text.splitlines() if line.startswith("$ g")}
    assert called >= {"workbook", "evaluate", "bundle", "keygen", "sign", "verify", "replay", "reassess"}


def test_there_are_sessions_and_both_readmes_show_the_same_one():
    shown = [s for s in SESSIONS if s.command.page.parent == ROOT]
    assert {s.command.page.name for s in shown} == {"README.md", "README.zh.md"}
    assert len({s.arguments for s in shown}) == 1


# --- tables -------------------------------------------------------------------------------------------------------


def large_model(language: str) -> str:
    """The facts of the bundled vocabulary by their names, that of the page's language first."""
    document, _ = parse(Source("", (ROOT / "policies" / "vocabulary" / "large-model.guiju").read_text("utf-8")))
    facts = (d for d in document.declarations if isinstance(d, tree.FactDecl))
    names = ([f"`{n.text}`" for n in (f.name, *f.aliases)] for f in facts)
    return ", ".join(map(" ".join, names)) if language == "en" else "、".join(" ".join(reversed(n)) for n in names)


@pytest.mark.parametrize("page", LANGUAGE_PAGES)
def test_the_facts_of_the_bundled_vocabulary_are_listed(page: Path):
    assert between(page, "large-model") == large_model("en" if page == LANGUAGE else "zh")


@pytest.mark.parametrize("page", LANGUAGE_PAGES)
def test_the_table_of_keywords_is_complete(page: Path):
    """A cell a keyword: every spelling, that of the page's language first, in the order of `dsl/keywords.py`."""
    spellings = [(f"`{'` `'.join(k.en)}`", " ".join(k.zh)) for k in KEYWORDS]
    expected = [" ".join(s if page == LANGUAGE else reversed(s)) for s in spellings]
    assert list(cells(between(page, "keywords"))) == expected


@pytest.mark.parametrize("page", LANGUAGE_PAGES)
@pytest.mark.parametrize(
    ("marker", "table"),
    [
        ("words", WORDS),
        ("values", VALUES),
        ("results", RESULTS),
        ("no-values", NO_VALUES),
        ("relations", RELATIONS),
        ("record-kinds", RECORD_KINDS),
        ("unit-words", UNIT_WORDS),
    ],
)
def test_the_tables_of_small_words_are_complete(page: Path, marker: str, table: tuple[tuple[str, str], ...]):
    shown = [(en, zh or word) for zh, en, word in re.findall(PAIR, between(page, marker))]
    assert shown == list(table)


#: `en` 中文 or 中文 `en`
PAIR = r"([^\s,`.。、;]+)? ?`([\w-]+)`(?: ([^\s,`.。、;]+))?"


@pytest.mark.parametrize("page", LANGUAGE_PAGES)
def test_the_table_of_units_is_complete_and_its_factors_are_right(page: Path):
    """Each unit with its other names and how many of the first unit of its row it is."""
    rows = [re.findall(r"`([^`]+)`(?: \(([^`]*)\))? = ([\d /]+)", c) for c in cells(between(page, "units"))]
    shown = {name: (row, tuple(others.split(", ")) if others else (), n) for row in rows for name, others, n in row}
    assert set(shown) == {unit.name for unit in units()}
    first = {id(row): next(u for u in units() if u.name == row[0][0]) for row in rows if row}
    for unit in units():
        row, others, factor = shown[unit.name]
        assert others == unit.aliases
        assert unit.dimension == first[id(row)].dimension
        assert Fraction(factor.replace(" ", "")) == unit.factor / first[id(row)].factor, unit.name


# --- laws ---------------------------------------------------------------------------------------------------------


def laws(page: str = "semantics.md") -> dict[str, str]:
    """The laws of a page on the meaning: name to what stands below it."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return dict(re.findall(r"^### ([a-z-]+)$\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))


def test_every_law_is_told_in_both_languages():
    assert list(laws()) == list(laws("semantics.zh.md"))
    assert all(re.search(r"[a-z]{3}", text) for text in laws().values())
    assert all(re.search(r"[\u4e00-\u9fff]{3}", text) for text in laws("semantics.zh.md").values())


def test_every_law_has_a_test_of_its_name():
    tests = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py")))
    names = set(re.findall(r"\bdef (?:test|check)_(\w+)", tests))
    assert laws()
    assert [law for law in laws() if law.replace("-", "_") not in names] == []


@pytest.mark.parametrize("page", markdown_files(), ids=lambda page: page.name)
def test_a_part_that_a_page_tells_to_install_is_there(page: Path):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {
        extra
        for names in re.findall(r"guiju\[([\w,]+)\]", page.read_text(encoding="utf-8"))
        for extra in names.split(",")
    }
    assert named <= {*project["optional-dependencies"]}
