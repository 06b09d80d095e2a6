"""WhyNot -> a few lines: what the level asks, what failed, what was not shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from guiju.compiler.ir import UNKNOWN, Definition
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.reasoning.relevance import Lack
from guiju.engine.reasoning.why_not import Shortfall, WhyNot
from guiju.engine.verdicts import ClauseResult
from guiju.report import result_model as model
from guiju.report.beside import beside_lines
from guiju.report.carried import in_part
from guiju.report.lacking import lacking_text, lacks_text
from guiju.report.result import why_not_model
from guiju.report.values import set_text, value_text
from guiju.report.words import labelled, word


def why_not_lines(assessment: Assessment, outcome: str, answer: WhyNot, language: Language) -> Iterator[str]:
    """The answer as text, the groups in the order of the levels and of the text."""
    program = assessment.program
    of = f"{program.definition[outcome].label.in_language(language)}: " if len(program.outcomes) > 1 else ""
    name = f"{of}{labelled(answer.value, program.levels, language)}"
    if answer.holds is True:
        yield f"{name} {word('reached', language)}"
        return
    state = "maybe-reached" if answer.holds is UNKNOWN else "not-reached"
    told = why_not_model(assessment, outcome, answer, language)
    yield f"{name} {word(state, language)}: {word(obstacle(told), language)}"
    yield from (f"  {line}" for b in told.beside for line in beside_lines(b, language))
    for shortfall in answer.shortfalls:
        yield from (f"  {line}" for line in _shortfall(assessment, shortfall, language))
    if answer.lacks:
        yield f"  {word('missing', language)}{lacks_text(program, map(Lack, answer.lacks), language)}"
    if answer.besides:
        yield f"  {word('besides', language)}: {', '.join(_score(d, language) for d in answer.besides)}"


def obstacle(answer: model.WhyNotModel) -> str:
    """The word for what stands in the way: the gate, an open gate, or the score behind an open gate."""
    if answer.unweighted:
        return "undefined-combination"
    if answer.beside and not answer.barred:
        return "beside-clauses"
    if answer.barred:
        return _barred(answer)
    if answer.score and all(value.startswith("undefined:") for value in answer.score):
        return answer.score[0].partition(":")[2]
    if answer.entered == "true":
        return "score-open" if answer.holds == "unknown" else "too-low"
    return "gate-open-unknown" if answer.entered == "unknown" else "gate-shut"


def _barred(answer: model.WhyNotModel) -> str:
    """The word for another row that is in the way."""
    of = "not-the-only-one" if answer.only_one else "barred"
    if any(b.undefined for b in answer.beside) and not any(b.holds for b in answer.beside):
        return f"{of}-undefined"
    return f"{of}-open" if answer.holds == "unknown" else of


def _score(definition: Definition, language: Language) -> str:
    at = f" {word('at-level', language)} {definition.level}" if definition.level else ""
    return f"{definition.label.in_language(language)}{at}"


def _shortfall(assessment: Assessment, shortfall: Shortfall, language: Language) -> Iterator[str]:
    d = shortfall.definition
    show = partial(value_text, assessment.program, d, language=language)
    yield f"{_score(d, language)}: {set_text(shortfall.values, show, language)}"
    told = (("failed", shortfall.failed), ("not-shown", shortfall.not_shown), ("failed-too", shortfall.failed_too))
    for key, clauses in told:
        for id_ in clauses:
            clause = assessment.program.clause[id_]
            place = f"{clause.span.source.name}:{clause.span.position.line}"
            lacking = _lacking(assessment, assessment.clauses[id_], language)
            label = clause.label.in_language(language)
            yield f"  {word(key, language)}  {clause.printed} {label}{lacking}  [{place}]"


def _lacking(assessment: Assessment, result: ClauseResult, language: Language) -> str:
    if result.verdict is not UNKNOWN:
        return f"  ({word('vendor-alone', language)})" if result.is_vendors_word else ""
    carried = "".join(f": {text}" for text in [in_part(result.attestations, language)] if result.reason == "partial")
    return f"  ({word(result.reason or 'missing', language)}{carried}{lacking_text(assessment, result, language)})"
