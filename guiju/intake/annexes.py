"""The annexes of a draft: their titles, and which are informative. What those say is guidance, not required."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from guiju.draft.forms import is_title
from guiju.draft.model import Block, Draft, Kind, Part

_HEAD = re.compile(r"(?:附\s*录\s*|Annex\s+)([A-Z])\s*(?:[（(]([^)）]*)[)）])?[\s:：—–-]*(.*)", re.DOTALL)
_STATUS = re.compile(r"[（(]\s*((?:资料|规范)性(?:附录)?|informative|normative)\s*[)）]\s*(.*)", re.IGNORECASE)
_BEHIND = 2  # lines below its letter on which the status and the title of an annex stand


@dataclass(frozen=True)
class Annex:
    """An annex: its title (empty where none stands), whether it is informative, its heading, and the lines of both."""

    title: str
    is_informative: bool
    heading: Block
    lines: tuple[Block, ...] = ()


def annexes(draft: Draft) -> dict[str, Annex]:
    """The annexes of the body, by their letters."""
    found: dict[str, Annex] = {}
    for at, block in enumerate(draft.blocks):
        head = _HEAD.fullmatch(block.whole.text.strip())
        if block.kind is Kind.HEADING and block.part is Part.BODY and head and head[1] == block.mark:
            annex = Annex(head[3].strip(), _is_informative(head[2] or ""), block)
            found[block.mark] = _with_lines_below(annex, draft.blocks[at + 1 : at + 1 + _BEHIND])
    return found


def annex_of(annexes_: dict[str, Annex], block: Block) -> Annex | None:
    """The annex that a block stands in."""
    return annexes_.get(block.section.split(".")[0])


def _with_lines_below(annex: Annex, below: tuple[Block, ...]) -> Annex:
    for block in below:
        if block.kind is not Kind.PARAGRAPH and (block.kind is not Kind.HEADING or block.mark):
            break
        text = block.text.strip()
        status = _STATUS.fullmatch(text)
        if status:
            annex = replace(annex, is_informative=_is_informative(status[1]), title=annex.title or status[2])
            annex = replace(annex, lines=(*annex.lines, block))
        elif not annex.title and is_title(text):
            annex = replace(annex, title=text, lines=(*annex.lines, block))
    return annex


def _is_informative(status: str) -> bool:
    return status.strip().lower().startswith(("资料性", "informative"))
