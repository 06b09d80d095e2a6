"""How the lines of a standard look: numbers of clauses, marks of items, notes, captions, lines of the contents."""

from __future__ import annotations

import re

from guiju.draft.model import Part
from guiju.dsl.spelling import has_cjk

HAN = "\u4e00-\u9fff"
#: blanks as they stand behind numbers, those that do not break and those of no width among them
BLANKS = " \u3000\t\u00a0\u2002\u2003\u2009\u200a\u200b\u200c\u200d\u202f\u2060\ufeff"
_CHAPTER = "一二三四五六七八九十"

#: `6.1.2  Title`, `A.1 Title`, `3.1` alone; the title may follow a tab
NUMBERED = re.compile(
    rf"((?:\d{{1,2}}|[A-Z])(?:\.\d{{1,3}})+|\d{{1,2}})(?!\.?\d)(\.?)(?:[{BLANKS}]+(?=\S)|(?=[{HAN}])|$)"
)
#: `一、`, `（一）`: chapters of papers that are no standards
CHINESE_CHAPTER = re.compile(rf"([{_CHAPTER}]{{1,3}})、\s*(?=\S)|[（(]([{_CHAPTER}]{{1,3}})[）)]\s*(?=\S)")
ANNEX = re.compile(r"(附\s*录\s*([A-Z])|Annex ([A-Z]))\s*(?:[（(].*)?")
ITEM = re.compile(r"(?:[-*+•·]\s+)?([a-z]|\d{1,2})[)）]\s*|[（(](\d{1,2}|[a-z])[)）]\s*|([①-⑳])\s*")
#: `1. `, as Word and Markdown number lists by themselves
DOTTED = re.compile(r"(\d{1,2})[.．]\s+(?=\S)")
#: `a. `, as many standards in English number items
LETTERED = re.compile(r"([a-z])[.．]\s+(?=\S)")
DASH = re.compile(r"(——|—|–|[-*+•·●○■□](?=\s))\s*")
NOTE = re.compile(
    r"(注\s*\d{0,2}|示例\s*\d{0,2}|NOTE(?: \d+)?(?: to entry)?|EXAMPLE(?: \d+)?)\s*(?:[:：]|(?=—)|[ \u3000]+(?=\S))"
)
CAPTION = re.compile(
    r"(表|图|Table|Figure)\s*((?:[A-Z]\.)?\d{1,3})(?!\d)(?:\s*[（(](?:续|continued)[）)])?[\s:：—–-]*(?=\S|$)"
)
FORMULA = re.compile(r"(?:…|\.{3,}|·{3,})\s*[（(]((?:[A-Z]\.)?\d{1,3})[）)]\s*$")
CONTENTS_LINE = re.compile(
    r"(?P<title>\S.*?)[\s.…·⋯\u3000]*(?:[.…·⋯\t ]|(?<=[^\dIVXivx]))(?P<page>\d{1,4}|[IVXivx]{1,6})$"
)
CONTENTS_HEAD = re.compile(r"(目\s*[次录]|Contents|Table of contents)$", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"[-—–\s]*(\d{1,4}|[IVXivx]{1,6})[-—–\s]*$")
#: a designation, such as GB/T 1.1—2020, ISO/IEC 22989:2022, T/TAF 320—2025
DESIGNATION = re.compile(
    r"(?<![A-Za-z0-9/])((?:GB(?:/[TZ])?|GJB|DB\d{2}(?:/T)?|T/[A-Z]{2,10}|[A-Z]{2,3}/[TZ]|YD|SJ|JR|GA|YY|HJ|DL|JT|CJ|MH|AQ|TB"
    r"|[A-Z]{3,6}/(?:PG|TS|T|TR|Z)|ISO(?:/IEC)?(?:/(?:TS|TR))?(?:/IEEE)?|IEC(?:/(?:TS|TR))?|IEEE|ITU-T|EN|RFC|NIST SP)"
    r"(?: Std)?)[ \u00a0]?([A-Z]?\.?\d+(?:\.\d+|-\d{1,2}(?!\d))*)(?:([—–\-:：])((?:19|20)\d{2}))?(?!\d)"
)

_PARTS = {
    "前言": Part.FOREWORD,
    "foreword": Part.FOREWORD,
    "preface": Part.FOREWORD,
    "引言": Part.INTRODUCTION,
    "introduction": Part.INTRODUCTION,
    "范围": Part.SCOPE,
    "scope": Part.SCOPE,
    "规范性引用文件": Part.REFERENCES,
    "normativereferences": Part.REFERENCES,
    "术语和定义": Part.TERMS,
    "术语": Part.TERMS,
    "术语、定义和缩略语": Part.TERMS,
    "termsanddefinitions": Part.TERMS,
    "terms": Part.TERMS,
    "缩略语": Part.ABBREVIATIONS,
    "符号和缩略语": Part.ABBREVIATIONS,
    "缩略语和符号": Part.ABBREVIATIONS,
    "abbreviatedterms": Part.ABBREVIATIONS,
    "abbreviations": Part.ABBREVIATIONS,
    "symbolsandabbreviatedterms": Part.ABBREVIATIONS,
    "参考文献": Part.BIBLIOGRAPHY,
    "bibliography": Part.BIBLIOGRAPHY,
    "目次": Part.CONTENTS,
    "目录": Part.CONTENTS,
    "contents": Part.CONTENTS,
    "tableofcontents": Part.CONTENTS,
}


def squeezed(text: str) -> str:
    """A text without blanks, in lower case: how titles are compared."""
    return re.sub(r"\s+", "", text).lower()


def part_of(title: str) -> Part | None:
    """The part that a title opens, where it is one of the fixed titles of a standard."""
    return _PARTS.get(squeezed(title))


def is_title(text: str) -> bool:
    """Whether a text is short enough for a title and does not end as a sentence does."""
    longest = 40 if has_cjk(text) else 100
    return 0 < len(text) <= longest and not re.search(r"[。；;，,：:！!？?]$|[。；！？]", text)
