"""Conditions on shared facts ask for what the item says, no more and no less."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import guiju
from guiju.compiler.ir import UNKNOWN, Verdict
from tests.policies.gbt_45288_3_2025.policy import ID

YES, NO = Verdict.SATISFIED, Verdict.UNSATISFIED
WATCHED = {"watched_systems": ["server", "container"]}

# clause, what the facts are, and what follows
CONDITIONS = [
    # the share of successful calls is shown, and not only what it could be worked out from
    ("6.3.1.3.c", WATCHED | {"call_figures": ["success_rate"]}, YES),
    ("6.3.1.3.c", WATCHED | {"call_figures": ["calls", "failures"]}, NO),
    # any test tool for models will do, whatever dimension another standard would sort it under
    ("6.2.2.5.b", {"tool_dimensions": [], "other_validation": True}, YES),
    ("6.2.2.5.b", {"tool_dimensions": [], "other_validation": False}, NO),
    ("6.2.2.5.b", {"tool_dimensions": []}, UNKNOWN),
    ("6.2.2.5.b", {"tool_dimensions": ["safety"]}, YES),
    # monitoring and a log, of training or of tuning; what is shown live is not yet monitored
    ("6.1.2.1.b", {"training_progress": ["monitored", "logged"]}, YES),
    ("6.1.2.1.b", {"training_progress": ["live", "logged"], "tuning_progress": []}, NO),
    ("6.1.2.1.b", {"training_progress": [], "tuning_progress": ["monitored", "logged"]}, YES),
    ("6.1.2.1.b", {"training_progress": ["monitored"], "tuning_progress": ["logged"]}, NO),
    # a chart is no monitoring
    ("6.1.2.5.b.2", {"training_metrics": ["monitored"]}, YES),
    ("6.1.2.5.b.2", {"training_metrics": ["charted"]}, NO),
]


@pytest.mark.parametrize(("clause", "facts", "verdict"), CONDITIONS)
def test_the_facts_of_an_item_decide_it(clause: str, facts: Mapping[str, object], verdict: object) -> None:
    evidence = {
        "guiju": "evidence/1",
        "subject": "X",
        "inputs": {"service": "operations"},
        "facts": {name: {"value": value} for name, value in facts.items()},
    }
    assert guiju.evaluate(ID, evidence).clauses[clause].verdict is verdict
