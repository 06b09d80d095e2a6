"""Texts in two languages that do not say the same: other numbers, units or bounds, another modal verb.

Only what is sure is told: digits and large numbers that the other language lacks, two words for numbers that differ,
modal verbs that contradict each other or the clause they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache

from guiju.compiler.checks.asked import DENIES
from guiju.compiler.checks.bounds import Bound, bounds
from guiju.compiler.checks.context import Checked
from guiju.compiler.checks.figures import Figure, figures, listed
from guiju.compiler.modals import Modal, Modality, modals
from guiju.compiler.names import is_chinese, text_of
from guiju.dsl import tree
from guiju.dsl.diagnostic import Code, Diagnostic, Language, Severity, Text

NUMBERS_DIFFER = Code(
    "numbers-differ",
    Severity.WARNING,
    Text("中英文的数不同", "Numbers of the two languages differ"),
    Text("中文有 {zh}，英文有 {en}", "the Chinese text has {zh}, the English one {en}"),
    Text("核对原文，改正写错的一种", "look into the standard, and correct the one that is wrong"),
    Text(
        "同一个标签的两种语言说的是同一件事；改了一处忘了另一处，读者就得到两个要求",
        "both languages of a label say one thing; where one was changed and the other not, there are two requirements",
    ),
    'section 6.1\n  a) "连续运行 7 天" / "Runs for 5 days" attested',
)
MODAL_VERBS_DIFFER = Code(
    "modal-verbs-differ",
    Severity.WARNING,
    Text("能愿词不一致", "Modal verbs that differ"),
    Text("{where}是“{found}”，{other}是“{expected}”", "{where} has `{found}`, {other} `{expected}`"),
    Text(
        "应对 shall、宜对 should、可对 may；改成标准所用的一个",
        "应 is shall, 宜 should, 可 may; write the one of the standard",
    ),
    Text(
        "一种语言里必须做的事，另一种语言里不能只是建议", "what must be done in one language is not advice in the other"
    ),
    'section 6.1\n  a) shall "宜保存记录" / "should keep records" attested',
)
_ON_ITEMS = ("title", "guidance", "evidence")  # the properties that say of something what is asked for
_ENGLISH, _CHINESE, _CLAUSE = (
    Text("英文", "the English text"),
    Text("中文", "the Chinese one"),
    Text("条款", "the clause"),
)
_PERMITS = re.compile(
    "可(?:以|由|采用|按|不|选用)|不必|不需要|无[须需]"
)  # in a label, 可 before other verbs often says what something can do
_AND_MORE = re.compile(r"\b(?:and|or) (?:more|above)\b|以上")
#: says on both sides of a number what ± says
_EITHER_SIDE = re.compile(
    r"\b(?:within|deviat|toleran|at most|exceed|no more)|偏差|公差|允差|以内|之内|不超过|不大于", re.IGNORECASE
)
#: how often, where nothing but the period says so; by the letter that both are compared with
_PERIODS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"每(?:一|个)?(?:(?P<y>年)(?!级)|(?P<q>季)|(?P<m>月)|(?P<w>周|星期)|(?P<d>[天日])|(?P<h>小时)|(?P<min>分钟))"
    ),
    "en": re.compile(
        r"\b(?:(?:every|each|per|(?:once|twice|times) an?) )"
        r"(?:(?P<y>year)|(?P<q>quarter)|(?P<m>month)|(?P<w>week)|(?P<d>day)|(?P<h>hour)|(?P<min>minute))\b",
        re.IGNORECASE,
    ),
}
_IS_LOOSE = re.compile(r"(?:under|over|above|below)\b", re.IGNORECASE)
_FORBIDS = re.compile(r"(?:不[应宜得]|禁止|严禁)(?![\u4e00-\u9fff]{0,2}(?:[低高少多大小早晚短长]于|超过|超出|迟于))")
_FORBIDS_IN_ENGLISH = re.compile(
    r"\b(?:shall|should|may|must) not\b(?! (?:exceed|be (?:less|more|greater|lower|higher|later)))", re.IGNORECASE
)
_SPELT = {"shall": "应", "should": "宜", "may": "可"}
_WORDS = {Modality.REQUIREMENT: "shall", Modality.RECOMMENDATION: "should", Modality.PERMISSION: "may"}


def languages_differ(checked: Checked) -> Iterator[Diagnostic]:
    """Every text in two languages, in the order of the policy; those of a clause against its modal verb as well."""
    modality = {
        id(text): node.modality
        for node in checked.symbols.clauses.by_id.values()
        for text in (node.declaration.label, *_guidance(node.declaration))
    }
    for label in _labels(checked.symbols.document):
        if len(label.texts) == 2:
            text = text_of(label, "")
            yield from _numbers(label, text)
            yield from _modal_verbs(label, text, modality.get(id(label)))


def _labels(node: object) -> Iterator[tree.Label]:
    """The labels of a tree, in its order; not those of prose, which words the two languages freely."""
    if isinstance(node, tree.RecordDecl) or (isinstance(node, tree.Property) and node.key not in _ON_ITEMS):
        return
    if isinstance(node, tree.Label):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _labels(part)
    elif isinstance(node, tree.Node):
        for field in fields(node):
            if field.name not in ("span", "trivia"):
                yield from _labels(getattr(node, field.name))


def _guidance(clause: tree.ClauseDecl) -> Iterator[tree.Label]:
    return (v for p in clause.properties if p.key == "guidance" for v in p.values if isinstance(v, tree.Label))


# --- numbers and units ---------------------------------------------------------------------------------------------


def _numbers(label: tree.Label, text: Text) -> Iterator[Diagnostic]:
    chinese, english = figures(text.zh, "zh"), figures(text.en, "en")
    lacking = (
        _lacking(chinese, english, text.en, beyond=_AND_MORE.search(text.en) is not None),
        _lacking(english, chinese, text.zh, beyond=_AND_MORE.search(text.zh) is not None),
    )
    if not any(lacking) and not _are_apart(chinese, english):
        lacking = _other_units(chinese, english)
    if any(lacking) or _are_apart(chinese, english):
        both = [listed(found or all_) for found, all_ in zip(lacking, (chinese, english), strict=True)]
        yield Diagnostic(NUMBERS_DIFFER, label.span, (("zh", both[0]), ("en", both[1])))
    elif _is_around(chinese) != _is_around(english) and not _EITHER_SIDE.search(f"{text.zh} {text.en}"):
        yield Diagnostic(NUMBERS_DIFFER, label.span, (("zh", listed(chinese)), ("en", listed(english))))
    elif opposite := _bounded_otherwise(bounds(text.zh, "zh"), bounds(text.en, "en")):
        yield Diagnostic(NUMBERS_DIFFER, label.span, (("zh", opposite[0].said), ("en", opposite[1].said)))
    elif periods := _other_periods(text):
        yield Diagnostic(NUMBERS_DIFFER, label.span, (("zh", periods[0]), ("en", periods[1])))


def _other_periods(text: Text) -> tuple[str, str] | None:
    """每年 and `every month`, where each language names one period alone."""
    found = [list(_PERIODS["zh"].finditer(text.zh)), list(_PERIODS["en"].finditer(text.en))]
    if [len(each) for each in found] != [1, 1] or found[0][0].lastgroup == found[1][0].lastgroup:
        return None
    return found[0][0][0], found[1][0][0]


def _lacking(these: tuple[Figure, ...], those: tuple[Figure, ...], other: str, *, beyond: bool) -> tuple[Figure, ...]:
    """The sure numbers that the other language has in no form, nor as the year of a date in `other`, its text.

    `beyond`: it says of its least one `and more`.
    """
    least = min((figure.value for figure in those), default=None) if beyond else None
    sure = (
        f for f in these if f.sure and not any(map(f.is_alike, those)) and f"{f.value}年" not in other.replace(" ", "")
    )
    return tuple(figure for figure in sure if least is None or figure.value < least)


def _are_apart(these: tuple[Figure, ...], those: tuple[Figure, ...]) -> bool:
    """Whether both languages have numbers, and not one in common."""
    return bool(these and those) and not any(f.is_alike(other) for f in these for other in those)


def _other_units(these: tuple[Figure, ...], those: tuple[Figure, ...]) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The numbers that both have, with units that differ."""
    here = tuple(f for f in these if f.measured_in and _is_measured_otherwise(f, those))
    there = tuple(f for f in those if f.measured_in and f.value in {figure.value for figure in here})
    return here, there


def _is_measured_otherwise(figure: Figure, those: tuple[Figure, ...]) -> bool:
    """Whether the other language measures a number, and in other units alone."""
    units = {f.measured_in for f in those if f.value == figure.value and f.measured_in}
    return bool(units) and figure.measured_in not in units


def _is_around(found: tuple[Figure, ...]) -> bool:
    return any(figure.around for figure in found)


def _bounded_otherwise(these: tuple[Bound, ...], those: tuple[Bound, ...]) -> tuple[Bound, Bound] | None:
    """The first number that is the least in one language, and only ever the most in the other, or that one takes in."""
    for bound in these:
        same = [other for other in those if bound.figure.is_alike(other.figure)]
        if same and not any(_bound_alike(bound, other) for other in same):
            return bound, same[0]
    return None


def _bound_alike(one: Bound, other: Bound) -> bool:
    """Whether two bounds of one number may be one: `less than` leaves out what 不超过 takes in, `under` may not."""
    is_open = None in (one.takes_in, other.takes_in) or any(_IS_LOOSE.match(b.said) for b in (one, other))
    return one.is_least == other.is_least and (is_open or one.takes_in == other.takes_in)


# --- modal verbs ---------------------------------------------------------------------------------------------------


def _modal_verbs(label: tree.Label, text: Text, modality: str | None) -> Iterator[Diagnostic]:
    chinese, english = _modal(text.zh, "zh"), _modal(text.en, "en")
    if chinese and english and chinese != english:
        yield _differ(label, _ENGLISH, english, _CHINESE, chinese)
    elif chinese and english and (forbids := _forbids_alone(text)) is not None:
        yield _opposite(label, english, forbids)
    elif modality is not None:
        for where, found in ((_ENGLISH, english), (Text("中文", "the Chinese text"), chinese)):
            if found and found != modality:
                yield _differ(label, where, found, _CLAUSE, modality)
                return


def _forbids_alone(text: Text) -> bool | None:
    """Whether the Chinese text alone forbids, or the English one alone; None where both do, neither, or it is not sure.

    It is sure where nothing else in either text denies anything, be it inside of a word: what is not to be missing is
    to be there.
    """
    chinese, english = _FORBIDS.search(text.zh), _FORBIDS_IN_ENGLISH.search(text.en)
    if (chinese is None) == (english is None):
        return None
    rest = (_FORBIDS.sub("", text.zh), _FORBIDS_IN_ENGLISH.sub("", text.en))
    return None if any(map(DENIES.search, rest)) else chinese is not None


def _opposite(label: tree.Label, verb: str, forbids: bool) -> Diagnostic:
    """What one language asks for and the other forbids; `forbids`: it is the Chinese text that does."""
    asked, forbidden = Text(f"{_SPELT[verb]}（{verb}）", verb), Text(f"不{_SPELT[verb]}（{verb} not）", f"{verb} not")
    found, expected = (asked, forbidden) if forbids else (forbidden, asked)
    arguments = (("where", _ENGLISH), ("found", found), ("other", _CHINESE), ("expected", expected))
    return Diagnostic(MODAL_VERBS_DIFFER, label.span, arguments)


def _differ(label: tree.Label, where: Text, found: str, other: Text, expected: str) -> Diagnostic:
    words = [Text(f"{_SPELT[word]}（{word}）", word) for word in (found, expected)]
    arguments = (("where", where), ("found", words[0]), ("other", other), ("expected", words[1]))
    return Diagnostic(MODAL_VERBS_DIFFER, label.span, arguments)


@lru_cache(maxsize=8192)
def _modal(text: str, language: Language) -> str | None:
    """The modal verb of a text that has just one, by its English word."""
    found = {_WORDS[m.modality] for m in modals(text) if m.modality in _WORDS and _is_said(text, m, language)}
    return found.pop() if len(found) == 1 else None


def _is_said(text: str, modal: Modal, language: Language) -> bool:
    if is_chinese(text[modal.start]) != (language == "zh"):
        return False
    return language == "en" or modal.modality is not Modality.PERMISSION or bool(_PERMITS.match(text, modal.start))
