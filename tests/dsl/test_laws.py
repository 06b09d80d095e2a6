"""Laws of the language's front end: formatting loses nothing, and each mistake is one diagnostic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from guiju.dsl import lines as dsl_lines
from guiju.dsl.diagnostic import LANGUAGES
from guiju.dsl.formatter import format_document
from guiju.dsl.keywords import units_in
from guiju.dsl.parser import parse
from guiju.dsl.render import render
from guiju.dsl.source import Source
from guiju.dsl.tree import ClauseRange, Document, MembershipDecl
from guiju.library import compile_source
from tests.patience import no_blow_up

HERE = Path(__file__).parent
ENGLISH = (HERE / "tour.en.guiju").read_text("utf-8")
CHINESE = (HERE / "tour.zh.guiju").read_text("utf-8")
BUNDLED = {p.stem: p.read_text("utf-8") for p in sorted((HERE.parents[1] / "policies").glob("*/*.guiju"))}
#: groups whose ids are numbers or have aliases, in every place where a reference of one can stand
NUMBERED = """standard demo-1 "DEMO 1"
groups part alias 部分 > challenge alias 挑战
levels
  L1 alias 一级
  L2 alias 二级
fact staff : count alias 人数
part 3 alias challenges
  challenge 1 alias first
    a) attested
    b) staff > 3
  challenge shop alias 门店
    a) attested
    b) staff > 3
part 4 alias 其余
  challenge 2.5 alias third
    a) attested
membership
  challenge | L1   | L2
  first     | a)   | all
  门店      | a)   | all
  third     | all  | 2.5 a)
score of each challenge
  at L1
    3 when 1 a) satisfied and all clauses of 1 a), shop a)~b) at L1 satisfied
    2 when count of clauses of first, 门店 except shop a) unsatisfied > 1
    0 otherwise
score whole = 3 - 3 * share of clauses of challenges except 1 a) at L1 satisfied
weights
  part       | share
  challenges | 50%
  其余       | 50%
reading numbers "编号" / "Numbers"
  default as-printed : nothing changes
  or members : membership first L1 = a)~b); membership shop L1 = all
  or stricter : clause shop a) requires staff > 3; weights challenges = 40%; weights 4 = 60%
record note cells
  cell membership 门店 L1
  cell weights challenges
"""
#: every unit that the languages write in two ways, as a type and behind a number
MEASURED = 'standard demo-1 "DEMO 1"\n' + "".join(
    f"fact f{i}_{language} : {spelling}\nlet l{i}_{language} = f{i}_{language} > 2.5 {spelling}\n"
    for language in LANGUAGES
    for i, spelling in enumerate(units_in(language))
    if spelling != "count"
)
EXAMPLES = {p.stem: p.read_text("utf-8") for p in sorted((HERE.parents[1] / "policies" / "examples").glob("*/*.guiju"))}
OWN = {"english": ENGLISH, "chinese": CHINESE, "numbered": NUMBERED, "measured": MEASURED}
TEXTS = {**OWN, **BUNDLED, **EXAMPLES}


def sound(text: str) -> Document:
    document, mistakes = parse(Source("text", text))
    assert mistakes == ()
    return document


def meaning(text: str) -> Any:
    """What a policy compiles to, without the places and the digest of the text."""
    program = compile_source(Source("policy.guiju", text)).program
    assert program is not None
    return _without_places(program)


def _without_places(value: Any) -> Any:
    if isinstance(value, tuple | frozenset):
        return type(value)(map(_without_places, value))
    if not is_dataclass(value):
        return value
    kept = (f.name for f in fields(value) if f.name not in ("span", "digest", "digest_span"))
    return type(value), tuple(_without_places(getattr(value, name)) for name in kept)


def codes(text: str) -> list[str]:
    return [d.code.name for d in parse(Source("text", text))[1]]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_parse_after_format_is_the_identity(text: str) -> None:
    document = sound(text)
    formatted = format_document(document)
    assert sound(formatted) == document
    assert format_document(sound(formatted)) == formatted


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_language_and_back_is_without_loss(text: str) -> None:
    english = format_document(sound(text), "en")
    chinese = format_document(sound(english), "zh")
    assert english != chinese
    assert format_document(sound(chinese), "en") == english


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_language_changes_no_meaning(text: str) -> None:
    written = meaning(text)
    for first, second in (("zh", "en"), ("en", "zh")):
        once = format_document(sound(text), first)  # type: ignore[arg-type]
        assert meaning(once) == written
        assert meaning(format_document(sound(once), second)) == written  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("fact f : h", "事实 f : 小时"),
        ("fact f : persons", "事实 f : 人"),
        ("fact f : count", "事实 f : 个数"),
        ("fact f : number = 24 h / 1 d", "事实 f : 数 = 24 小时 / 1 天"),
        ("let x = a > 3 persons and b > 50 PFLOPS", "令 x = a > 3 人 且 b > 50 PFLOPS"),
        ("let x = a > 3 台", "令 x = a > 3 台"),
        ("let x = a > 5% and b > 3 count", "令 x = a > 5% 且 b > 3 个"),
        ("let x = 3 m2 * 2", "令 x = 3 平方米 * 2"),
    ],
)
def test_a_unit_is_written_in_the_language_asked_for(english: str, chinese: str) -> None:
    head = {"en": 'standard demo-1 "DEMO"\n', "zh": '标准 demo-1 "DEMO"\n'}
    for text in (head["en"] + english + "\n", head["zh"] + chinese + "\n"):
        assert format_document(sound(text), "en") == head["en"] + english + "\n"
        assert format_document(sound(text), "zh") == head["zh"] + chinese + "\n"
    # Nobody asked for a language: then a unit stays as it is written.
    mixed = '标准 demo-1 "DEMO"\n令 x = 24 h + 3 小时\n'
    assert format_document(sound(mixed)) == mixed


@pytest.mark.parametrize("text", BUNDLED.values(), ids=BUNDLED)
def test_a_bundled_policy_is_written_as_it_is_formatted(text: str) -> None:
    assert format_document(sound(text)) == text


def test_the_tutorial_types_what_format_prints_and_the_chinese_one_says_how() -> None:
    english, chinese = (
        re.findall(
            r"^```guiju(?:-broken)?\n(.*?)^```",
            (HERE.parents[1] / "docs" / name).read_text("utf-8"),
            re.MULTILINE | re.DOTALL,
        )
        for name in ("tutorial.md", "tutorial.zh.md")
    )
    assert english
    assert len(english) == len(chinese)
    assert [format_document(sound(text)) for text in english] == english
    assert [format_document(sound(text)) for text in chinese] != chinese  # typed with an input method; shown there


@pytest.mark.parametrize("semicolon", [";", "；", " ; ", " ；"])
def test_patches_may_stand_side_by_side(semicolon: str) -> None:
    patches = ("item lettered", "weights full = | 100%", "grade otherwise = none", "membership 6.3 L1 = all")
    head = 'standard demo-1 "DEMO 1"\nreading r "R"\n  or b :'
    beside = sound(f"{head} {semicolon.join(patches)}\n")
    assert beside == sound("\n    ".join((head, *patches)) + "\n")
    assert [sound(format_document(beside, language)) for language in LANGUAGES] == [beside, beside]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_tours_say_the_same(language: str) -> None:
    assert format_document(sound(ENGLISH), language) == format_document(sound(CHINESE), language)  # type: ignore[arg-type]


def test_comments_survive_formatting() -> None:
    lines = ENGLISH.split("\n")
    text = "\n".join(f"# above {i}\n{x} # behind {i}" if x.strip() else x for i, x in enumerate(lines) if "#" not in x)
    formatted = format_document(sound(text + "\n# at the end\n"))
    for i, line in enumerate(lines):
        if line.strip() and "#" not in line:
            assert f"# above {i}\n" in formatted
            assert f"# behind {i}\n" in formatted
    assert formatted.endswith("# at the end\n")


@pytest.mark.parametrize(
    "typed", ["6.1.1.1 a）～f）", "６.１.１.１　ａ）～ｆ）", "6.1.1.1 a)~f)", "6.1.1.1 a）〜6.1.1.1 f）"]
)
def test_a_clause_reference_parses_however_it_was_typed(typed: str) -> None:
    (table,) = sound(f'standard demo-1 "DEMO"\nmembership\n  section | L1\n  6.1 | {typed}\n').declarations
    assert isinstance(table, MembershipDecl)
    (item,) = table.rows[0].cells[0].items
    assert isinstance(item, ClauseRange)
    assert (item.first.section, item.first.marks, item.last.marks) == ("6.1.1.1", ("a",), ("f",))


@pytest.mark.parametrize(
    ("plain", "typed"),
    [
        ("let x = (a + b) * 2", "let x ＝ （a ＋ b） × 2"),
        ("let x = a - b / 2", "令 x ＝ a － b ÷ ２"),
        ("let x = a >= 50% and b <= 1", "let x = a ≥ 50％ 且 b ≤ 1"),
        ("let x = a != 1 or b < 2", "let x = a ≠ 1 或 b ＜ 2"),
        ("fact x : one of a | b", "事实　x：取值 a｜b"),
        ('record term x "甲" / "A" cites 6.1 a), b)', "记录 term x “甲” ／ “A” 依据 6.1 a）、b）"),
        ('record term x "甲" cites 6.1 a)~c)', "记录 term x “甲” 依据 6.1 a）～c）"),
        ('section 6.1\n  - "x" attested', "section 6.1\n　— “x” 查验"),
    ],
)
def test_chinese_punctuation_means_the_same(plain: str, typed: str) -> None:
    head = 'standard demo-1 "DEMO"\ngroups section\n'
    assert sound(head + typed + "\n") == sound(head + plain + "\n")


# --- one mistake, one diagnostic ---------------------------------------------------------------------------------

LINES = ENGLISH.rstrip("\n").split("\n")


def at(start: str) -> int:
    return next(i for i, x in enumerate(LINES) if x.strip().startswith(start))


#: line, the mistake made in it; no two on one line
MISTAKES: tuple[tuple[int, str], ...] = (
    (at("title en"), '  title en "Demonstration'),
    (at("issued"), "  isued 2025-01-24"),
    (at("fact cluster"), "fact cluster_throughput number"),
    (at("fact schemes"), "facct schemes : count alias 方案数"),
    (at("fact backed"), "\tfact backed_up : yes-no alias 已备份".replace("\tfact", "fact") + " )"),
    (at("let  big"), "let big == compute"),
    (at('L2 "协'), '  L2 "协同优化级" "Collaborative"'),
    (at("b) shall"), '      b) shall "算力" compute => 50 PFLOPS'),
    (at("1) "), '        1) "转换" schemes >'),
    (at("d) should"), '        d) should "线性度" linearity >= 80 %'),
    (at("clause 6.2.1"), '\t  clause 6.2.1 should "整条" attested'),
    (at("domain platform"), 'domian platform "大模型平台"'),
    (at("subdomain hardware"), '  subdomian hardware "硬件"'),
    (at("section 6.1.2"), "    section 6.1.2 “列项"),
    (at("membership"), "membershp cites table 3"),
    (at("levels"), "levles cites 7.1"),
    (at("reading table"), 'readng table-3-6.1.2 "表 3"'),
    (at("grade level"), "grade level bye A"),
    (at("at L2 after"), "  at L2 after every subdomain scores L1"),
    (at("6.1.1 | a)"), "  6.1.1 | a), b) ~ | all"),
    (at("6.1.2 | 6"), "    6.1.2 | 6.1.2-1 | 6.1.2-1~6.1.2-2"),
    (at("item leaf"), "item leef"),
    (at("2 when all"), "    2 wen all clauses satisfied"),
    (at("2.5 when"), "    2.5 when more than half of new clauses"),
    (at("score rest"), "score rest = 110 - count of clauses"),
    (at("full | 100%"), "  full | 100% / | 200% / 3"),
    (at("L1 | 1 <="), "  L1 | 1 =< A"),
    (at("why "), '   why "节止于 2"'),
    (at("grade otherwise"), "    grade otherwise ="),
    (at("record reference"), "recrod reference gb42018 cites 2"),
)


def test_the_mistakes_stand_on_lines_of_their_own() -> None:
    assert len({line for line, _ in MISTAKES}) == len(MISTAKES)


@given(st.sets(st.integers(0, len(MISTAKES) - 1)))
def test_n_mistakes_give_n_diagnostics(chosen: set[int]) -> None:
    lines = list(LINES)
    for i in chosen:
        line, wrong = MISTAKES[i]
        lines[line] = wrong
    found = parse(Source("text", "\n".join(lines)))[1]
    assert [d.span.position.line for d in found] == sorted(MISTAKES[i][0] + 1 for i in chosen)


# --- the same of the bundled policy, with every line mistaken in every way ------------------------------------------

POLICY = BUNDLED["gbt-45288.3-2025"].rstrip("\n").split("\n")
WRITTEN = [i for i, line in enumerate(POLICY) if line.strip() and not line.lstrip().startswith("#")]


def misspelt(line: str) -> str:
    """The first word with a letter doubled, if it is a word of letters."""
    return re.sub(r"^( *)([a-z])([a-z])", r"\1\2\3\3", line)


WAYS: dict[str, Callable[[str], str]] = {
    "two to the left": lambda line: line.removeprefix("  "),
    "two to the right": lambda line: "  " + line,
    "a tab in front": lambda line: "\t" + line,
    "a bracket behind": lambda line: line + " )",
    "the first word misspelt": misspelt,
}
SHIFTS = {"two to the left": -2, "two to the right": 2}


def mistaken(chosen: Mapping[int, str]) -> str:
    """The policy with some lines mistaken."""
    return "\n".join(WAYS[chosen[i]](line) if i in chosen else line for i, line in enumerate(POLICY)) + "\n"


@cache
def is_mistake(line: int, way: str) -> bool:
    """Whether the one change leaves a syntax mistake at all.

    The first rule of what is left out: a change after which the text can be read without any mistake wrote another
    text, not a wrong one. `L1` misspelt is another level, the last section of a sub-domain two to the left stands in
    the domain. What the compiler says of such a text is its own business.
    """
    return bool(codes(mistaken({line: way})))


def moved_together(chosen: Mapping[int, str]) -> set[int]:
    """Lines that are shifted by as much as another one beside which they stand, with none in between but those below.

    The second rule: a block that is shifted as a whole was shifted once, and is told of once, at its first line.
    """
    found, shifts = set(), {i: SHIFTS[way] for i, way in chosen.items() if way in SHIFTS}
    for i, shift in shifts.items():
        earlier = (j for j in reversed(WRITTEN) if j < i and indent(j) <= indent(i))
        j = next(earlier, i)
        if indent(j) == indent(i) and shifts.get(j) == shift:
            found.add(i)
    return found


def beside(line: int) -> Iterator[int]:
    """The lines that stand beside one below the same line."""
    for lines in (reversed([i for i in WRITTEN if i < line]), [i for i in WRITTEN if i > line]):
        yield from (i for i in takewhile(lambda i: indent(i) >= indent(line), lines) if indent(i) == indent(line))


def stands_alone(line: int, chosen: Mapping[int, str]) -> bool:
    """Whether a line is moved to the right and none of those beside it is as it was.

    The third rule: a block may have an indentation of its own, and then nothing is left that says it should not.
    """
    return chosen[line] == "two to the right" and all(i in chosen for i in beside(line))


def indent(line: int) -> int:
    return len(POLICY[line]) - len(POLICY[line].lstrip())


@st.composite
def mistakes(draw: Any) -> dict[int, str]:
    """One to six lines, near each other or anywhere, each mistaken in one way that is a mistake."""
    around = draw(st.sampled_from(WRITTEN))
    reach = draw(st.sampled_from((4, 12, len(POLICY))))
    lines = st.sampled_from([i for i in WRITTEN if abs(i - around) <= reach])
    chosen = draw(st.dictionaries(lines, st.sampled_from([*WAYS]), min_size=1, max_size=6))
    assume(all(is_mistake(i, way) for i, way in chosen.items()))
    assume(not moved_together(chosen) and not any(stands_alone(i, chosen) for i in chosen))
    return chosen  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def remembered() -> Iterator[None]:
    """A line that was read once is not read again: hundreds of texts here differ in six lines at most."""
    lark = dsl_lines._lark()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lark, "parse", lru_cache(maxsize=None)(lark.parse))
        yield


@settings(max_examples=max(10, settings.default.max_examples // 4), suppress_health_check=list(HealthCheck))  # type: ignore[union-attr]
@pytest.mark.usefixtures("remembered")
@given(mistakes())
def test_k_mistakes_in_the_bundled_policy_give_k_diagnostics_each_on_its_line(chosen: dict[int, str]) -> None:
    found = parse(Source("text", mistaken(chosen)))[1]
    assert [d.span.position.line for d in found] == [i + 1 for i in sorted(chosen)], [d.code.name for d in found]


def line_of(start: str) -> int:
    return next(i for i in WRITTEN if POLICY[i].strip().startswith(start))


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param({line_of("section 6.1.1.2"): "two to the left"}, id="a section that its items are left without"),
        pytest.param({line_of("section 6.1.1.2") + 3: "a tab in front"}, id="a tab before one of several items"),
        pytest.param(
            {line_of("section 6.1.1.2"): "two to the left", line_of("section 6.1.1.2") + 3: "a tab in front"},
            id="neither hides the other",
        ),
        pytest.param({line_of("groups"): "a bracket behind"}, id="the line that says what a group is"),
        pytest.param({line_of("at L2"): "the first word misspelt"}, id="a line with rows below it"),
        pytest.param({line_of("6.1.2.1 |"): "two to the left"}, id="a row in the middle of a table"),
    ],
)
def test_a_line_that_others_stand_below_is_one_mistake(chosen: dict[int, str]) -> None:
    found = parse(Source("text", mistaken(chosen)))[1]
    assert [d.span.position.line for d in found] == [i + 1 for i in sorted(chosen)]


def test_a_block_shifted_as_a_whole_is_one_mistake() -> None:
    first = line_of("section 6.1.1.2") + 2
    chosen = dict.fromkeys(range(first, first + 3), "two to the right")
    assert moved_together(chosen) == {first + 1, first + 2}
    assert [d.span.position.line for d in parse(Source("text", mistaken(chosen)))[1]] == [first + 1]


def told(lines: dict[str, str]) -> list[tuple[str, int]]:
    """What is told of the policy with some texts put for others."""
    text = BUNDLED["gbt-45288.3-2025"]
    for old, new in lines.items():
        assert old in text
        text = text.replace(old, new, 1)
    return [(d.code.name, d.span.position.line) for d in compile_source(Source("text", text)).diagnostics]


def test_a_name_that_nothing_declares_is_told_beside_a_line_that_cannot_be_read() -> None:
    item = line_of("section 6.1.1.2") + 2
    wrong = {'secure transport" attested': 'secure transport" atested', "| 1 <= A <= 2": "| 1 =< A <= 2"}
    assert ("unknown-name", item + 1) in told(wrong)
    assert [code for code, _ in told(wrong)].count("unknown-name") == 1
    assert len(told(wrong)) == 2


def test_nothing_is_said_of_a_name_whose_declaration_cannot_be_read() -> None:
    assert told({"fact recovery_time : h": "fact recovery_time :: h"}) == [
        ("needless-colon", line_of("fact recovery_time") + 1)
    ]
    assert told({"groups domain": "groups ) domain"}) == [("unexpected-text", line_of("groups") + 1)]
    assert told({"  L2 alias 协同优化级": "  L2 alias alias ) 协同优化级"}) == [
        ("unexpected-text", line_of("L2 alias") + 1)
    ]


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    parse(Source("text", text))


@given(st.data())
def test_no_edit_of_a_policy_raises(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(ENGLISH)))
    length = data.draw(st.integers(0, 40))
    typed = data.draw(st.text(alphabet='()|"#\n\t ~:,-+*/%<>=aL1满足当', max_size=12))
    document, mistakes = parse(Source("text", ENGLISH[:start] + typed + ENGLISH[start + length :]))
    for mistake in mistakes:
        for language in ("zh", "en"):
            assert render(mistake, language)
    if not mistakes:
        assert sound(format_document(document)) == document
    compile_source(document.span.source)


# --- bad files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-file"),
        ("# only a comment\n", "empty-file"),
        ("levels\n  L1\n", "no-standard-line"),
        ('standard a "A"\nstandard b "B"\n', "repeated-standard-line"),
        ('\ufeffstandard a "A"\n', "byte-order-mark"),
        ('standard a "A"\nlet x = \x00\n', "unreadable-character"),
        ('standard a "A"\nlet x = ' + "(" * 100_000, "line-too-long"),
        ('standard a "A"\nlet x = ' + "(" * 99 + "1" + ")" * 99, "too-deep"),
        ("(" * 10_000_000, "line-too-long"),
        ('standard a "A"\n' + "".join(" " * i + "x\n" for i in range(200)), "unknown-line"),
    ],
)
def test_a_bad_file_is_diagnosed_quickly(text: str, code: str) -> None:
    with no_blow_up():
        _, mistakes = parse(Source("text", text))
    assert code in [m.code.name for m in mistakes]
    assert all(len(render(m, "zh")) < 2000 for m in mistakes)


def test_line_ends_of_windows_mean_the_same() -> None:
    assert sound(ENGLISH.replace("\n", "\r\n")) == sound(ENGLISH)


# --- carets ------------------------------------------------------------------------------------------------------


@given(st.text(alphabet="中文ab ，。字", max_size=20))
def test_the_caret_stands_right_under_wide_characters(label: str) -> None:
    text = f'standard demo-1 "DEMO"\ngroups section\nsection 6.1\n  a) "{label}" 算力 ≥≥ 5\n'
    (mistake,) = parse(Source("text", text))[1]
    _, _, _, shown, under, *_ = render(mistake, "zh").split("\n")
    before = shown[: shown.index("≥≥") + 1]
    assert under.index("^") - under.index("|") == wcswidth(before) - wcswidth(before[: before.index("|")])
