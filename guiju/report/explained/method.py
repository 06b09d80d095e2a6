"""How the outcome was found: which edition of the standard, by which engine, by what rules verdicts come about."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dsl.diagnostic import Text
from guiju.report.assessed import standard_text
from guiju.report.document import Listing, Row, Section, Table, cell, text_run
from guiju.report.edition import edition
from guiju.report.explained.subject import Explained
from guiju.report.layout import list_text

_TITLE = Text("方法与标准版本", "Method and edition of the standard")
_EDITION = Text("所依据的标准", "The standard")
_CLAUSES = Text("条款", "Clauses")
_COUNTED = Text("{number} 条", "{number}")
_LEVELS = Text("等级", "Levels")
_POLICY = Text("所用策略", "Policy")
_RULES = (
    Text(
        "结论由规矩引擎（{version}）从证据和策略推出，不由人填写。得分是精确的分数，从不四舍五入后再与阈值比较。",
        "The outcome was derived by the Guiju engine ({version}) from the evidence and the policy; nobody entered it. "
        "Scores are exact fractions and never rounded before they meet a threshold.",
    ),
    Text(
        "条款由事实按其条件算出，或由人查验认定。裁定先于一切；其次是事实和评估方，两者相左则条款为未知；再次是供方自述；"
        "最后是由另一标准的结论对照而来的。",
        "A clause is decided by facts and its condition, or by people who looked. An override comes before all else; "
        "then facts and assessors together, and where these disagree the clause is unknown; then the vendor's word; "
        "then what a crosswalk carries over from another standard.",
    ),
    Text(
        "没有依据的就是未知，不当作满足，也不当作不满足。结论未定时，列出各种补全所能得出的全部结果。",
        "What nothing decides is unknown, and taken neither for satisfied nor for unsatisfied. Where the outcome is "
        "open, all that completions can come to is shown.",
    ),
    Text(
        "到评价时点已过期的证据不算数，只凭它的条款为未知。豁免和评价发现不改变任何结论和得分。",
        "Evidence that had expired at the as-of instant does not count, and a clause that rests on it alone is "
        "unknown. Waivers and findings change no verdict and no score.",
    ),
)


def method(explained: Explained) -> Section:
    """The edition and the rules."""
    rows = tuple(Row((cell(name), cell(value))) for name, value in _edition(explained) if value)
    rules = Listing(tuple(text_run(explained.said(rule, version=explained.result.engine)) for rule in _RULES))
    return Section("method", explained.said(_TITLE), (Table(explained.said(_EDITION), (), rows), rules))


def _edition(explained: Explained) -> Iterator[tuple[str, str]]:
    program, language = explained.program, explained.language
    yield explained.word("policy"), standard_text(program, language)
    for title, value in edition(program):
        yield explained.said(title), explained.said(value)
    yield explained.said(_CLAUSES), explained.said(_COUNTED, number=len(program.clauses))
    yield explained.said(_LEVELS), list_text(map(explained.level, explained.result.levels), explained.language)
    yield explained.said(_POLICY), explained.result.policy
