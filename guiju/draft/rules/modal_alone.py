"""An item that is a modal and nothing else: shall, and what?"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.modals import is_bare
from guiju.draft.model import Draft, Kind
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.dsl.diagnostic import Text

MODAL_ALONE = code_of(
    "modal-alone",
    Text("只有能愿动词", "Modal and nothing else"),
    Text("“{quote}”之后没有写要求什么", "behind `{quote}` nothing is said that could be done"),
    Text("补上要求的内容，或删去这一项", "say what is asked for, or leave the item out"),
    Text(
        "这样的一项占一个号，被引用、被计数，却没有人知道怎样才算满足",
        "such an item takes a number, is referred to and counted, and nobody knows what satisfies it",
    ),
    example="5 门锁\n\na) 应；\nb) 钥匙应有编号。",
)


def modal_alone(draft: Draft) -> Iterator[Finding]:
    """Each such item or paragraph of the body. Before a colon it is a lead, and its verb stands for the items below."""
    for block in draft.requirements:
        if block.kind is not Kind.ROW and is_bare(block.text):
            quote = block.text.rstrip(" 。；;，,.、")
            yield found(MODAL_ALONE, block.span(0, len(quote)), quote=quote)


RULE = Rule(MODAL_ALONE, modal_alone)
