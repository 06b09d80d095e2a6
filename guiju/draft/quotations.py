"""What a draft quotes: words that are another's, or that a text speaks about. They are told of and never rewritten."""

from __future__ import annotations

from guiju.draft.model import Block

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", '"': '"'}


def is_quoted(block: Block, at: int) -> bool:
    """Whether a character of the text of a block stands in quotation marks or in a quoted block of Markdown.

    What is opened and never closed goes on to the end of the block.
    """
    return _closing(block.text[:at]) is not None or _is_set_off(block)


def _closing(text: str) -> str | None:
    """The mark that would end what is being quoted at the end of a text; within it no other kind begins one."""
    closing: str | None = None
    for char in text:
        if char == closing:
            closing = None
        elif closing is None:
            closing = _PAIRS.get(char)
    return closing


def _is_set_off(block: Block) -> bool:
    line = block.place.position.line
    return block.source.line_text(line).lstrip().startswith(">")
