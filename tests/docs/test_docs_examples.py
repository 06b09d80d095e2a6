"""What the documentation shows is so: policies compile, sessions print what they print, tables leave nothing out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest

from guiju.compiler.pipeline import compile_document
from guiju.compiler.units import UNITS
from guiju.dsl import tree
from guiju.dsl.diagnostic import Diagnostic
from guiju.dsl.formatter import format_document
from guiju.dsl.keywords import KEYWORDS, RELATIONS, RESULTS, UNIT_WORDS, VALUES, WORDS
from guiju.dsl.parser import parse
from guiju.dsl.source import Source
from tests.docs.pages import Block, all_blocks, between, blocks_of, cells
from tests.docs.sessions import Session, sessions
from tests.project.repository import ROOT, markdown_files

DOCS = ROOT / "docs"
LANGUAGE = DOCS / "language.md"
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


def test_the_fragments_of_the_language_page_are_one_policy_and_say_the_same_in_both_languages():
    english, chinese = (_document(language) for language in ("en", "zh"))
    assert format_document(english, "en") == format_document(chinese, "en")
    assert format_document(english, "zh") == format_document(chinese, "zh")
    compiled = compile_document(english, _vocabularies())
    assert compiled.diagnostics == (), told(compiled.diagnostics)


def _vocabularies() -> dict[str, tree.Document]:
    """The vocabularies that the language page shows, by id; English first, so that it is the one used."""
    found: dict[str, tree.Document] = {}
    for block in (b for b in blocks_of(LANGUAGE) if b.word == "vocabulary"):
        document, mistakes = read(block.text)
        assert mistakes == (), told(mistakes)
        assert document.standard is not None
        same = found.setdefault(document.standard.name.text, document)
        assert format_document(same, "zh") == format_document(document, "zh")
    return found


def _document(language: str) -> tree.Document:
    """The examples of the language page put together: each is given in English and then in Chinese."""
    blocks = [b for b in blocks_of(LANGUAGE) if b.language == "guiju" and b.word != "vocabulary"]
    document, mistakes = read("\n".join(b.text for b in blocks[0 if language == "en" else 1 :: 2]))
    assert mistakes == (), told(mistakes)
    return document


def test_the_language_page_shows_every_construct():
    """Every kind of node of the tree but those that are only roots of others."""
    shown = {type(node).__name__ for node in _walk(_document("en"))}
    nodes = {name for name, value in vars(tree).items() if isinstance(value, type) and issubclass(value, tree.Node)}
    assert nodes - shown == {"Node", "Line"}


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


def test_there_are_sessions_and_both_readmes_show_the_same_one():
    shown = [s for s in SESSIONS if s.command.page.parent == ROOT]
    assert {s.command.page.name for s in shown} == {"README.md", "README.zh.md"}
    assert len({s.arguments for s in shown}) == 1


# --- tables -------------------------------------------------------------------------------------------------------


def test_the_table_of_keywords_is_complete():
    """A cell a keyword: every spelling of both languages, in the order of `dsl/keywords.py`."""
    expected = [f"`{'` `'.join(k.en)}` {' '.join(k.zh)}" for k in KEYWORDS]
    assert list(cells(between(LANGUAGE, "keywords"))) == expected


@pytest.mark.parametrize(
    ("marker", "table"),
    [("words", WORDS), ("values", VALUES), ("results", RESULTS), ("relations", RELATIONS), ("unit-words", UNIT_WORDS)],
)
def test_the_tables_of_small_words_are_complete(marker: str, table: tuple[tuple[str, str], ...]):
    shown = re.findall(r"`([\w-]+)` ([^\s,`.。;]+)", between(LANGUAGE, marker))
    assert shown == list(table)


def test_the_table_of_units_is_complete_and_its_factors_are_right():
    """Each unit with its other names and how many of the first unit of its row it is."""
    rows = [re.findall(r"`([^`]+)`(?: \(([^)]*)\))? = ([\d /]+)", c) for c in cells(between(LANGUAGE, "units"))]
    shown = {name: (row, tuple(others.split(", ")) if others else (), n) for row in rows for name, others, n in row}
    assert set(shown) == {unit.name for unit in UNITS}
    first = {id(row): next(u for u in UNITS if u.name == row[0][0]) for row in rows if row}
    for unit in UNITS:
        row, others, factor = shown[unit.name]
        assert others == unit.aliases
        assert unit.dimension == first[id(row)].dimension
        assert Fraction(factor.replace(" ", "")) == unit.factor / first[id(row)].factor, unit.name


# --- laws ---------------------------------------------------------------------------------------------------------


def laws() -> dict[str, str]:
    """The laws of the page on the meaning: name to what stands below it."""
    text = (DOCS / "semantics.md").read_text(encoding="utf-8").partition("\n## The laws")[2]
    return dict(re.findall(r"^### ([a-z-]+)$\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))


def test_every_law_is_told_in_both_languages():
    for name, text in laws().items():
        assert re.search(r"[a-z]{3}", text), name
        assert re.search(r"[\u4e00-\u9fff]{3}", text), name


def test_every_law_has_a_test_of_its_name():
    tests = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py")))
    names = set(re.findall(r"\bdef (?:test|check)_(\w+)", tests))
    assert laws()
    assert [law for law in laws() if law.replace("-", "_") not in names] == []
