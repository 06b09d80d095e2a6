"""What keeps a level out beside clauses, as data and as lines: the condition, what is there, the facts below it."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.ir import UNKNOWN, Undefined
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node
from guiju.engine.reasoning.why.beside import Beside
from guiju.report import result_model as model
from guiju.report.heads import Heads
from guiju.report.layout import fitted
from guiju.report.threshold import compared
from guiju.report.words import word


def beside_model(assessment: Assessment, beside: Beside, language: Language) -> model.BesideModel:
    """A condition as data, its text and values in one language."""
    heads, nodes = Heads(assessment, language), assessment.network.nodes
    measured, found = beside.measured, compared(assessment.network, nodes[beside.node])
    return model.BesideModel(
        condition=heads.text(nodes[beside.node]),
        holds=beside.holds if isinstance(beside.holds, bool) else None,
        undefined=beside.holds.reason if isinstance(beside.holds, Undefined) else None,
        actual=None if measured is None else _actual(heads, nodes[measured], beside),
        required=None if found is None else f"{found[1]} {heads.as_asked(found[2])}",
        in_the_best_case=beside.in_the_best_case,
        facts={
            heads.called(nodes[i]): heads.value(nodes[i]) for i in map(assessment.network.at.__getitem__, beside.facts)
        },
        mendable=beside.mendable,
        policy=heads.where(nodes[beside.node]).policy,
    )


def _actual(heads: Heads, measured: Node, beside: Beside) -> str:
    """What is compared comes to; where it is open all that it can be."""
    if beside.value is None or beside.value is UNKNOWN:
        return heads.value(measured)
    return heads.value_of(measured, beside.value)


def beside_lines(beside: model.BesideModel, language: Language) -> Iterator[str]:
    """`medium_risks = 0 does not hold: actual 2`, with the facts that it stands on where they are others."""
    key = "actual-at-best" if beside.in_the_best_case else "actual-is"
    actual = [] if beside.actual is None else [word(key, language, value=beside.actual)]
    if beside.undefined is not None:
        actual = [word(beside.undefined, language)]
    facts = [f"{name} = {value}" for name, value in beside.facts.items() if value != beside.actual]
    required = [f"{word('threshold', language)} {beside.required}"] if beside.required and beside.holds is False else []
    mendable = [word("clauses-mend", language)] if beside.mendable else []
    state = word(_state(beside), language)
    said = "; ".join(filter(None, [", ".join([*actual, *required]), *facts, *mendable]))
    yield from fitted(f"{beside.condition} {state}{f': {said}' if said else ''}", [f"[{beside.policy}]"])


def _state(beside: model.BesideModel) -> str:
    if beside.holds is None:
        return "may-hold" if beside.undefined is None else "has-no-value"
    return "holds-first" if beside.holds else "does-not-hold"
