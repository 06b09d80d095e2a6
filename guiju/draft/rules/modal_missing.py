"""Items without a modal beside items of the same list that have one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.compiler.modals import Modality, modals
from guiju.draft.model import Block, Draft, Part
from guiju.draft.rule import Finding, Rule, code_of, found
from guiju.draft.rules.forbidden_modal import WORDS
from guiju.dsl.diagnostic import Label, Text

MODAL_MISSING = code_of(
    "modal-missing",
    Text("同一列项里有的项没有能愿动词", "Items of one list with and without a modal"),
    Text(
        "同一列项里 {asking} 项有“应”“宜”“可”，{silent} 项没有",
        "of one list {asking} item(s) say shall, should or may, and {silent} do not",
    ),
    Text("各项都写上“应”“宜”或“可”，或都移到引导语里", "let every item say it, or let the lead say it for all of them"),
    Text(
        "有的项写明是要求而有的没有写，没有写的算不算要求就有了两说",
        "where some items say that they require and others do not, those that do not can be taken either way",
    ),
    example="5.1 门锁\n\n门锁的要求包含：\n\na) 应能从里面打开；\nb) 具备编号；\nc) 具备备用钥匙。",
)
_CLAUSES = re.compile(r"[^，,；;。]*(?:[，,][^，,；;。]*)?")
_ASKING = (Modality.REQUIREMENT, Modality.RECOMMENDATION, Modality.PERMISSION)


def modal_missing(draft: Draft) -> Iterator[Finding]:
    """One finding a list, at the first item without, with the first that has one beside it."""
    for items in draft.lists:
        if items[0].part is not Part.BODY or len(items) < 2:
            continue
        bearing = [item for item in items if _asks(item)]
        silent = [item for item in items if not _asks(item) and not _may_ask(item)]
        if bearing and silent and len(bearing) + len(silent) == len(items) and not _lead_asks(draft, items[0]):
            label = Label(bearing[0].place, Text("这一项写明了", "this one says it"))
            arguments = {"asking": len(bearing), "silent": len(silent)}
            yield found(MODAL_MISSING, silent[0].place, label, **arguments)


def _asks(item: Block) -> bool:
    """Whether an item as a whole is a requirement or a recommendation: one of its first two clauses says so."""
    clauses = _CLAUSES.match(item.text)
    text = clauses[0] if clauses else item.text
    return any(m.modality in _ASKING[:2] for m in modals(text)) or WORDS.search(text) is not None


def _may_ask(item: Block) -> bool:
    """Whether there is a modal anywhere, or a word in its place that may be one: 应用统一的编号."""
    return item.text[:1] in ("应", "宜", "可") or any(m.modality in _ASKING for m in modals(item.text))


def _lead_asks(draft: Draft, first: Block) -> bool:
    """Whether the lead above a list says for all of its items what they are."""
    lead = draft.beside(first, -1)
    return lead is not None and any(m.modality in _ASKING for m in modals(lead.text))


RULE = Rule(MODAL_MISSING, modal_missing)
