"""A comparison -> lines for people: what is otherwise, each effect with the numbers of the causes that give it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from guiju.compiler.ir import NumberType, Program, Value
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.keywords import RELATIONS, localised, spell, unit_in
from guiju.report.comparison import Comparison
from guiju.report.comparison_model import (
    AgreementModel,
    AmendmentModel,
    CauseModel,
    ComparisonModel,
    DerivedModel,
    EffectModel,
    SeenModel,
)
from guiju.report.layout import fitted, joined
from guiju.report.values import published, set_text, value_text
from guiju.report.words import WORDS, quantity, shown, word

_KEYWORDS = {"shall": "SHALL", "should": "SHOULD", "may": "MAY", "yes-no": "YES_NO"}
MOST_NAMED = 8  # causes that are told by number where perhaps not all of them are needed

_WORDS: Mapping[str, Text] = {
    "nothing": Text("没有不同", "No difference"),
    "nothing-assessed": Text(
        "没有不同，只是两份文件的排版、注释、语言或不参与评价的文字不同",
        "No difference but in layout, comments, language, or words of the two files that decide nothing",
    ),
    "policies": Text("策略", "Policies"),
    "amendments": Text("改动", "Amendments"),
    "outcome": Text("结果", "Outcome"),
    "definition": Text("得分与其他计算", "Scores and what else is computed"),
    "clause": Text("条款", "Clauses"),
    "fact": Text("事实", "Facts"),
    "input": Text("输入", "Inputs"),
    "causes": Text("原因", "Causes"),
    "idle": Text(
        "所依据的内容有不同，但没有任何结果因此改变", "What the two stand on differs, and nothing that follows does"
    ),
    "by": Text("因 {sets}", "by {sets}"),
    "by-one": Text("因 {sets}（不唯一，但缺一不可）", "by {sets} (not the only set; none of it can be left out)"),
    "by-some": Text("因 {sets}（不一定都需要）", "by {sets} (perhaps not all of these)"),
    "by-many": Text("因 {number} 个原因中的一些，多得未能逐一试遍", "by some of {number} causes, too many to try all"),
    "not-without": Text("无 {causes} 则不变", "not without {causes}"),
    "legend": Text(
        "“因 1 | 2+3”：单有 1 就够，2 和 3 一起也够；其余原因保持不变",
        "`by 1 | 2+3`: 1 is enough by itself, so are 2 and 3 together, all else being as before",
    ),
    "derived": Text("由此处的版本推出 {change}", "derived here: {change}"),
    "engine-cause": Text("引擎", "engine"),
    "policy-cause": Text("策略", "policy"),
    "reading-cause": Text("读法", "reading"),
    "as-of-cause": Text("评价时点", "as-of instant"),
    "evidence-cause": Text("证据条目", "evidence record"),
    "input-cause": Text("输入", "input"),
    "fact-cause": Text("事实", "fact"),
    "attestation-cause": Text("查验结论", "attestation"),
    "beside": Text("{said}（证据、作者、日期或备注不同）", "{said} (with other evidence, author, dates or remarks)"),
    "clause-added": Text("新增条款", "clause added"),
    "clause-removed": Text("删去条款", "clause removed"),
    "clause-renumbered": Text("条款改号", "clause renumbered"),
    "threshold": Text("门槛", "threshold"),
    "condition": Text("条件", "condition"),
    "applicability": Text("适用条件", "applicability"),
    "modality": Text("能愿词", "modality"),
    "group": Text("所属组", "group"),
    "level": Text("计入等级", "levels"),
    "counted": Text("计数范围", "what counts"),
    "weight": Text("权重", "weight"),
    "gate": Text("进入条件", "gate"),
    "score": Text("得分规则", "score"),
    "grade": Text("定级", "grade"),
    "formula": Text("算式", "formula"),
    "reading": Text("读法", "reading"),
    "reading-default": Text("读法的默认", "default of a reading"),
    "declaration": Text("声明", "declaration"),
    "type": Text("取值类型", "type"),
    "validity": Text("证据有效期", "validity of evidence"),
    "crosswalk": Text("对照", "crosswalk"),
    "wording": Text("仅措辞", "wording only"),
    "same": Text("{outcome}的算法相同，只有措辞不同", "{outcome}: computed alike, only the wording differs"),
    "same-all-the-same": Text(
        "在所比较的读法下，由同样的事实和条款结论算出的{outcome}相同",
        "{outcome}: computed alike from the same facts and verdicts, under the readings compared",
    ),
    "never": Text("已证明：没有对象会得到不同的{outcome}", "{outcome}: proved that no subject comes to another one"),
    "some": Text(
        "有对象得到不同的{outcome}：{before} → {after}（--witness FILE 存为证据文件）",
        "{outcome}: a subject comes to another one, {before} → {after} (--witness FILE saves it as evidence)",
    ),
    "not-proved": Text(
        "{outcome}是否会不同未能证明（一次扫描最多 {budget} 个组合）",
        "{outcome}: not proved whether any subject comes to another one (at most {budget} combinations in a sweep)",
    ),
    "without-effect": Text(
        "另有 {number} 处，没有后果单独归因于此（--format json 全部列出）",
        "and {number} more that no effect is put down to by itself (--format json lists them)",
    ),
    "no-outcome": Text("两者没有共同的结果可比", "The two have no outcome in common to be compared"),
    "absent": Text("（无）", "(none)"),
}


def text_of(comparison: Comparison, found: ComparisonModel, language: Language) -> str:
    """The whole report."""
    return joined(_Report(comparison, found, language).lines()) + "\n"


_Show: TypeAlias = Callable[[Value], str]


class _Report:
    def __init__(self, comparison: Comparison, found: ComparisonModel, language: Language) -> None:
        self._policies, self._found, self._language = comparison.policies, found, language

    def _word(self, key: str, **arguments: object) -> str:
        return _WORDS[key].in_language(self._language).format(**arguments)

    def lines(self) -> Iterator[str]:
        found = self._found
        if not (found.amendments or found.causes or found.effects or any(a.answer != "same" for a in found.agreements)):
            is_one_text = found.before.policy_digest == found.after.policy_digest
            yield self._word("nothing" if is_one_text else "nothing-assessed")
            return
        yield from self._section("amendments", [line for a in found.amendments for line in self._amendment(a)])
        yield from (self._agreement(a) for a in found.agreements)
        if found.after.subject is None and not found.agreements:
            yield self._word("no-outcome")
        yield from self._effects("outcome")
        yield from self._section("causes", list(self._causes()))
        if found.causes and not found.effects:
            yield self._word("idle")
        for what in ("definition", "clause", "input", "fact"):
            yield from self._effects(what)
        if found.effects:
            yield self._word("legend")

    def _section(self, title: str, lines: list[str]) -> Iterator[str]:
        if lines:
            yield self._word(title)
            yield from lines
            yield ""

    def _effects(self, what: str) -> Iterator[str]:
        told = (e for e in self._found.effects if e.what == what and not self._goes_without_saying(e))
        yield from self._section(what, [line for e in told for line in self._effect(e)])

    def _causes(self) -> Iterator[str]:
        """The causes that some effect is put down to, or all where there is no effect."""
        effects = self._found.effects
        told = (
            e.because for e in effects if e.because.found != "suffices" or len(e.because.sufficing[0]) <= MOST_NAMED
        )
        named = {i for b in told for causes in (*b.sufficing, b.needed or []) for i in causes}
        for i, cause in enumerate(self._found.causes):
            if i in named or not effects:
                yield from self._cause(i + 1, cause)
        if effects and len(named) < len(self._found.causes):
            yield f"  {self._word('without-effect', number=len(self._found.causes) - len(named))}"

    def _goes_without_saying(self, effect: EffectModel) -> bool:
        """Whether an effect is a gate, told by the scores behind it, or what is stated and nothing more."""
        sets = [[self._found.causes[i] for i in causes] for causes in effect.because.sufficing]
        is_stated = [[f"{c.what}:{c.about}" for c in causes] for causes in sets] == [[effect.address]]
        return is_stated or effect.address.startswith("gate:")

    def _amendment(self, a: AmendmentModel) -> Iterator[str]:
        said = (self._said_there(a, text) for text in (a.before, a.after))
        change = f": {' → '.join(said)}" if a.before or a.after else ""
        places = " → ".join(_line_of(p) for p in (a.place_before, a.place_after) if p)
        yield from fitted(f"  {self._word(a.what)}  {a.label}{change}", (f"[{places}]",))

    def _said_there(self, a: AmendmentModel, text: str | None) -> str:
        """What an edition says at the place of an amendment: words of the language in it, as the reader spells them."""
        if not text:
            return self._word("absent")
        if a.what in ("modality", "type") and text in _KEYWORDS:
            return spell(_KEYWORDS[text], self._language)
        if a.what == "crosswalk":
            relation, *others = text.split(" ")
            return " ".join((localised(relation, RELATIONS, self._language), *others))
        return unit_in(text, self._language) if a.what == "type" else text

    def _agreement(self, a: AgreementModel) -> str:
        values = (self._value(a.outcome, v) for v in (a.before, a.after))
        before, after = values
        is_all_words = all(amendment.what == "wording" for amendment in self._found.amendments)
        answer = a.answer if a.answer != "same" or is_all_words else "same-all-the-same"
        return self._word(answer, outcome=a.label, before=before, after=after, budget=a.budget)

    def _value(self, outcome: str, text: str | None) -> str:
        program = self._policies[1]
        value = published(text or "")
        return value_text(program, program.definition[outcome], value, self._language)

    def _cause(self, number: int, c: CauseModel) -> Iterator[str]:
        change = " → ".join(self._given(c, text) for text in (c.before, c.after))
        if c.before == c.after:
            change = self._word("beside", said=self._given(c, c.before))
        places = " → ".join(_line_of(p) for p in (c.place_before, c.place_after) if p)
        named = f"{self._word(f'{c.what}-cause')} {c.label}".rstrip()
        yield from fitted(f"  {number}  {named}: {change}", (f"[{places}]" if places else "",))

    def _given(self, cause: CauseModel, text: str | None) -> str:
        if text is None:
            return self._word("absent")
        verdicts = text.split(", ") if cause.what == "attestation" else []
        return ", ".join(word(v, self._language) for v in verdicts) if verdicts else text

    def _effect(self, e: EffectModel) -> Iterator[str]:
        yield from fitted(f"  {e.label}: {self._change(e, e)}", self._because(e))

    def _change(self, effect: EffectModel, told: EffectModel | DerivedModel) -> str:
        seen = zip((told.before, told.after), self._policies, strict=True)
        return " → ".join(self._seen(effect, one, program) for one, program in seen)

    def _because(self, e: EffectModel) -> Iterator[str]:
        if _is_too_many(e):
            yield self._word("by-many", number=len(e.because.sufficing[0]))
            return
        sets = " | ".join("+".join(str(i + 1) for i in causes) for causes in e.because.sufficing)
        key = {"smallest": "by", "irreducible": "by-one", "suffices": "by-some", "parts": "by"}[e.because.found]
        yield self._word(key, sets=sets)
        if e.derived:
            yield self._word("derived", change=self._change(e, e.derived))
        needed = e.because.needed
        if needed and [needed] != e.because.sufficing:
            yield self._word("not-without", causes=", ".join(str(i + 1) for i in needed))

    def _seen(self, effect: EffectModel, seen: SeenModel | None, program: Program) -> str:
        if seen is None:
            return self._word("absent")
        reason = f" ({word(seen.reason, self._language)})" if seen.reason else ""
        values = (published(v) for v in seen.values)
        enclosure = "" if seen.exact else "≈ "
        return f"{enclosure}{set_text(values, self._shown_in(effect, program), self._language)}{reason}"

    def _shown_in(self, effect: EffectModel, program: Program) -> _Show:
        definition = program.definition.get(effect.address)
        if definition is not None:
            return lambda value: value_text(program, definition, value, self._language)
        fact = program.fact.get(effect.address.removeprefix("fact:"))
        unit = fact.type.unit if fact is not None and isinstance(fact.type, NumberType) else "number"
        return lambda value: quantity(value, unit) if isinstance(value, Fraction) else self._said(value)

    def _said(self, value: Value) -> str:
        """A verdict, an option or yes and no, as published, in words."""
        text = {"true": "yes", "false": "no"}.get(str(value), value)
        return word(text, self._language) if isinstance(text, str) and text in WORDS else shown(text, self._language)


def _is_too_many(effect: EffectModel) -> bool:
    """Whether an effect is put down to many causes that perhaps are not all needed."""
    return effect.because.found == "suffices" and len(effect.because.sufficing[0]) > MOST_NAMED


def _line_of(place: str) -> str:
    """The file of a place without its folder, and the line."""
    path, line, _ = place.rsplit(":", 2)
    return f"{path.rpartition('/')[2]}:{line}"
