"""Whose word an outcome stands on: how many of the clauses that take part were decided by whom."""

from __future__ import annotations

from collections import Counter

from guiju.dsl.diagnostic import Text
from guiju.report import result_model as model
from guiju.report.document import Paragraph, Run
from guiju.report.explained.subject import Explained

_STANDS_ON = Text(
    "参与评价的 {number} 条由谁决定（详见“局限”）：",
    "Who decided the {number:clause that takes part|clauses that take part} (more under “Limits”): ",
)
_KEYS = ("facts", "assessor", "override", "crosswalk", "vendor", "conflicting", "expired", "not-shown")


def decided_by(clause: model.ClauseModel) -> str:
    """Who decided a clause; of an unknown one why nobody did, and first of all whether anybody was asked."""
    if clause.verdict != "unknown":
        return clause.by or "facts"
    if not clause.takes_part:
        return "not-asked"
    return clause.reason if clause.reason in ("conflicting", "expired") else "not-shown"


def stands_on(explained: Explained) -> Paragraph:
    """One line: a reader of the conclusion must see how much of it nobody but the vendor says."""
    taking_part = [c for c in explained.result.clauses if c.takes_part]
    numbers = Counter(map(decided_by, taking_part))
    runs = [
        Run(
            f"{explained.word('vendor-alone' if key == 'vendor' else key)} {numbers[key]}",
            style="strong" if key == "vendor" else "plain",
        )
        for key in _KEYS
        if numbers[key]
    ]
    between = Run("；" if explained.language == "zh" else "; ")
    told = [run for i, one in enumerate(runs) for run in ((between, one) if i else (one,))]
    return Paragraph((Run(explained.said(_STANDS_ON, number=len(taking_part))), *told))
