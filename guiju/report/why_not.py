"""WhyNot -> a few lines: what the level asks, what failed, what was not shown, each with what says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from guiju.compiler.ir import UNKNOWN, Definition
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.engine.network import Node, chosen, live_operands
from guiju.engine.reasoning.relevance import Lack
from guiju.engine.reasoning.why.why_not import Shortfall, WhyNot
from guiju.engine.verdicts import ClauseResult
from guiju.report import result_model as model
from guiju.report.beside import beside_lines
from guiju.report.branch import Branch, lines_below
from guiju.report.carried import in_part
from guiju.report.depth import at_depth
from guiju.report.explain import explain
from guiju.report.heads import Heads
from guiju.report.lacking import lacking_text, lacks_text
from guiju.report.layout import list_text, wrapped
from guiju.report.register import reason_text
from guiju.report.result import why_not_model
from guiju.report.threshold import compared
from guiju.report.values import set_text, value_text
from guiju.report.words import labelled, word


def why_not_lines(assessment: Assessment, outcome: str, answer: WhyNot, language: Language) -> Iterator[str]:
    """The answer as text, the groups in the order of the levels and of the text."""
    program = assessment.program
    of = f"{program.definition[outcome].label.in_language(language)}: " if len(program.outcomes) > 1 else ""
    name = f"{of}{labelled(answer.value, program.levels, language)}"
    if answer.holds is True:
        yield f"{name} {word('reached', language)}{_instead(assessment, outcome, answer.value, language)}"
        return
    state = "maybe-reached" if answer.holds is UNKNOWN else "not-reached"
    told = why_not_model(assessment, outcome, answer, language)
    asked = Asked(assessment, outcome, answer.value, language)
    yield f"{name} {word(state, language)}: {word(obstacle(told), language)}{asked.row}"
    yield from (f"  {line}" for b in told.beside for line in beside_lines(b, language))
    for shortfall in answer.shortfalls:
        yield from (f"  {line}" for line in _shortfall(assessment, shortfall, asked, language))
    if answer.lacks:
        yield from wrapped(f"  {word('missing', language)}{lacks_text(program, map(Lack, answer.lacks), language)}")
    if answer.besides:
        listed = list_text((_score(d, language) for d in answer.besides), language)
        yield from wrapped(f"  {word('besides', language)}: {listed}")


def _instead(assessment: Assessment, outcome: str, value: str, language: Language) -> str:
    """What the outcome is where it is not just that level: one above it."""
    values = assessment.possible(outcome).values
    if {getattr(v, "value", v) for v in values} == {value}:
        return ""
    show = partial(value_text, assessment.program, assessment.program.definition[outcome], language=language)
    return word("reached-above", language, values=set_text(assessment.program, values, show, language))


class Asked:
    """What a level asks of scores, and where that is said: the row of the grade, and what it compares below."""

    def __init__(self, assessment: Assessment, outcome: str, level: str, language: Language) -> None:
        self._heads, self._a, self._language = Heads(assessment, language), assessment, language
        rows = _rows(assessment, outcome, level)
        self.row = self._where(rows[0]) if rows else ""
        self._below = _all_below(assessment, rows)

    def of(self, score: str) -> str:
        """The same with where it is said: ` (required = 3)  [8.1 c) · x.guiju:598]`."""
        asked = self._of(score)
        return f" {self.required(score)}{next(iter(asked.values()))}" if asked else ""

    def required(self, score: str) -> str:
        """What is asked of a score and not surely so: `(required = 3)`; "" of all others."""
        asked = self._of(score)
        return f"({word('threshold', self._language)} {', '.join(asked)})" if asked else ""

    def _of(self, score: str) -> dict[str, str]:
        asked: dict[str, str] = {}
        for node in self._below:
            found = compared(self._a.network, node) if self._a.values[node.index] is not True else None
            if found is not None and found[0].definition is not None and found[0].definition.whole == score:
                asked.setdefault(f"{found[1]} {self._heads.as_asked(found[2])}", self._where(node))
        return asked

    def _where(self, node: Node) -> str:
        """Where a condition stands; it is cited as what it is a part of."""
        place, owner = self._heads.where(node), node.owner
        whole = self._heads.where(self._a.network.node(owner.id)).cites if owner is not None else ""
        return f"  [{' · '.join(filter(None, (place.cites or whole, place.policy)))}]"


def _rows(assessment: Assessment, outcome: str, level: str) -> list[Node]:
    """The conditions of the rows that give a level, as they are read."""
    network, values = assessment.network, assessment.values
    operands = chosen(network, network.node(outcome), values).operands
    rows = zip(operands[:-1:2], operands[1::2], strict=True)
    return [chosen(network, network.nodes[c], values) for c, v in rows if values[v] == level]


def _all_below(assessment: Assessment, tops: Iterable[Node]) -> list[Node]:
    nodes, found, stack = assessment.network.nodes, set[int](), [n.index for n in tops]
    while stack:
        if (index := stack.pop()) not in found:
            found.add(index)
            stack.extend(live_operands(nodes[index], assessment.values))
    return [nodes[i] for i in sorted(found)]


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


def _shortfall(assessment: Assessment, shortfall: Shortfall, asked: Asked, language: Language) -> Iterator[str]:
    d = shortfall.definition
    show = partial(value_text, assessment.program, d, language=language)
    values = set_text(assessment.program, shortfall.values, show, language)
    yield f"{_score(d, language)}: {values}{asked.of(d.whole)}"
    told = (("failed", shortfall.failed), ("not-shown", shortfall.not_shown), ("failed-too", shortfall.failed_too))
    for key, clauses in told:
        for id_ in clauses:
            clause = assessment.program.clause[id_]
            place = f"{clause.span.source.name}:{clause.span.position.line}"
            lacking = _lacking(assessment, assessment.clauses[id_], language)
            said = f"{word(key, language)}  {clause.printed} {clause.label.in_language(language)}"
            yield from wrapped(f"  {said}{f'  ({lacking})' if lacking else ''}  [{place}]")
            yield from lines_below(_on_what(assessment, id_, lacking, language), "  ")


def _on_what(assessment: Assessment, clause: str, lacking: str, language: Language) -> Branch:
    """What decided a clause, with its numbers and its evidence, but for what is said already."""
    tree = at_depth(explain(assessment, f"clause:{clause}", language), "review")
    return replace(tree, branches=tuple(b for b in tree.branches if b.text != lacking))


def _lacking(assessment: Assessment, result: ClauseResult, language: Language) -> str:
    if result.verdict is not UNKNOWN:
        return word("vendor-alone", language) if result.is_vendors_word else ""
    carried = "".join(f": {text}" for text in [in_part(result.attestations, language)] if result.reason == "partial")
    return f"{reason_text(result.reason, result.by, language)}{carried}{lacking_text(assessment, result, language)}"
