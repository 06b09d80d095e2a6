"""Why it is not proved whether two editions agree: what the sweep hung on, and what kept the solver from an answer."""

from __future__ import annotations

from guiju.compiler.ir import Program
from guiju.dsl.diagnostic import Language, Text
from guiju.engine.proving.question import Gave
from guiju.engine.reasoning.editions.deciding import Agreement
from guiju.report.proofs_text import gave_text

MOST_NAMED = 4  # facts that are named

_HUNG = Text("扫描分不开 {facts} 所在的比较", "the sweep cannot take apart the comparisons of {facts}")
_MORE = Text("等 {number} 个事实", " and {number} more")
_BUDGET = Text("一次扫描最多 {budget} 个组合", "at most {budget} combinations in a sweep")
_INSTALL = Text(
    "求解器或能判定，没有安装：pip install 'guiju[prove]'",
    "a solver may tell, and none is installed: pip install 'guiju[prove]'",
)
_AS_COMPUTED = Text(
    "求解器证明了：算得的事实都与公式相符时没有这样的对象；另有陈述的未能证明",
    "the solver proves it of subjects whose computed facts are as their formulas give them, not of others",
)
_TRY = Text(
    "可用自己的对象比较：guiju compare --policies OLD NEW EVIDENCE",
    "to compare them on subjects of your own: guiju compare --policies OLD NEW EVIDENCE",
)


def why_not_proved(agreement: Agreement, program: Program, language: Language) -> str:
    """The reasons in words, without a full stop."""
    parts = [_hung_on(agreement, program, language)]
    if agreement.solver is not None:
        own = {"not-installed": _INSTALL, "as-computed": _AS_COMPUTED}.get(agreement.solver[0])
        gave = Gave("solver", *agreement.solver)
        parts.append(own.in_language(language) if own else gave_text(gave, language))
        parts += [_TRY.in_language(language)] if agreement.solver[0] != "not-installed" else []
    return ("；" if language == "zh" else "; ").join(parts)


def _hung_on(agreement: Agreement, program: Program, language: Language) -> str:
    if not agreement.hung_on:
        return _BUDGET.in_language(language).format(budget=agreement.budget)
    facts = [program.fact[f].called(language) if f in program.fact else f for f in agreement.hung_on]
    named = ("、" if language == "zh" else ", ").join(facts[:MOST_NAMED])
    if len(facts) > MOST_NAMED:
        left = len(facts) if language == "zh" else len(facts) - MOST_NAMED
        named += _MORE.in_language(language).format(number=left)
    return _HUNG.in_language(language).format(facts=named)
