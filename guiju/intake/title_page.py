"""The designation and the title of a draft, from its first heading or from the lines above its first number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from guiju.draft import forms
from guiju.draft.model import Block, Draft, Kind, Part
from guiju.dsl.diagnostic import Text
from guiju.intake.catalog import Unread

_FIRST = (Part.COVER, Part.BODY)
#: lines of a title page that are no title: who issues it, when, under which class
_NO_TITLE = re.compile(r"发布|实施|代替|ICS|CCS|\d{4}\s*[-年]|(?:国家|行业|地方|团体|企业)?标准(?:化指导性技术文件)?$")
_GUESSED = Text(
    "没有标题样式：把第一行像标题的文字作名称，请核对",
    "no line has the style of a title: the first that looks like one was taken; to be checked",
)


@dataclass(frozen=True)
class TitlePage:
    """The designation and the title, each empty where none was found, and what of this was guessed."""

    designation: str
    title: str
    unread: tuple[Unread, ...] = ()


def title_page(draft: Draft, place: str) -> TitlePage:
    """What stands above the first chapter. A heading without a number is the title; without one, a line may be."""
    headed = next((b.text.strip() for b in draft.headings if not b.mark and b.part in _FIRST), "")
    above = list(takewhile(lambda block: not block.mark and block.part in _FIRST, draft.blocks))
    alone = (b.text.strip() for b in above if b.kind is Kind.NOISE)
    designation = next((text for text in alone if forms.DESIGNATION.fullmatch(text)), "")
    if headed:
        return TitlePage(designation, headed)
    guessed = next((block.text.strip() for block in above if _may_be(block)), "")
    told = (Unread(place, guessed, "choice", _GUESSED),) if guessed else ()
    return TitlePage(designation, guessed, told)


def _may_be(block: Block) -> bool:
    text = block.text.strip()
    return block.kind is Kind.PARAGRAPH and forms.is_title(text) and not _NO_TITLE.search(text)
