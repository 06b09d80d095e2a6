"""A comparison -> lines for people: what is otherwise, each effect with the numbers of the causes that give it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from guiju.compiler.ir import NumberType, Program, Value
from guiju.dsl.diagnostic import Language, Text
from guiju.dsl.keywords import RELATIONS, localised, spell, unit_in
from guiju.engine.reasoning.comparing.because import MOST_TRIED
from guiju.engine.reasoning.editions.amendment import AmendmentKind
from guiju.report.assessed import compared_lines
from guiju.report.chapters import numbers
from guiju.report.comparison import Comparison
from guiju.report.comparison_model import (
    AgreementModel,
    AmendmentModel,
    BecauseModel,
    CauseModel,
    ComparisonModel,
    DerivedModel,
    EffectModel,
    SeenModel,
    ThereModel,
)
from guiju.report.enclosures import marked
from guiju.report.facts import in_units_of
from guiju.report.lacking import expired_text
from guiju.report.layout import fitted, joined, list_text
from guiju.report.left_out import left_out_lines
from guiju.report.told_causes import MOST_IN_ORDER, is_too_many, named_by, told_causes
from guiju.report.values import published, set_text, value_text
from guiju.report.words import WORDS, quantity, shown, word

_KEYWORDS = {"shall": "SHALL", "should": "SHOULD", "may": "MAY", "yes-no": "YES_NO"}

MOST_UNCHANGED = 4  # outcomes that are told one by one
_WORDS: Mapping[str, Text] = {
    "nothing": Text("没有不同", "No difference"),
    "nothing-assessed": Text(
        "没有不同，只是两份文件的排版、注释、语言或不参与评价的文字不同",
        "No difference but in layout, comments, language, or words of the two files that decide nothing",
    ),
    "policies": Text("策略", "Policies"),
    "amendments": Text("改动", "Amendments"),
    "outcome": Text("结果", "Outcome"),
    "unchanged": Text("{values} (不变)", "{values} (unchanged)"),
    "unchanged-many": Text("不变的 {number} 项", "{number} unchanged"),
    "definition": Text("得分与其他计算", "Scores and what else is computed"),
    "clause": Text("条款", "Clauses"),
    "fact": Text("事实", "Facts"),
    "input": Text("输入", "Inputs"),
    "causes": Text("原因", "Causes"),
    "idle": Text(
        "所依据的内容有不同，但没有任何结果因此改变", "What the two stand on differs, and nothing that follows does"
    ),
    "by": Text("因 {sets}", "by {sets}"),
    "by-together": Text("因 {sets}，须合在一起", "by {sets}, only together"),
    "by-one": Text(
        "因 {sets}（这样就够，去掉任何一个就不够；可能另有别的）",
        "by {sets} (enough, none to spare; perhaps others, too)",
    ),
    "by-one-alone": Text("因 {sets}（这样就够；可能另有别的）", "by {sets} (enough; perhaps others, too)"),
    "by-some": Text("因 {sets}（这样就够，可能还有多余的）", "by {sets} (enough, perhaps some to spare)"),
    "by-many": Text("因 {number} 个原因中的一些，多得未能逐一试遍", "by some of {number} causes, too many to try all"),
    "not-without": Text(
        "全改而独缺 {causes} 中任何一个，则不至于此", "not so with all changed but any one of {causes}"
    ),
    "legend": Text(
        "“因 1 | 2+3”：单有 1 就够，2 和 3 一起也够；其余原因保持不变",
        "`by 1 | 2+3`: 1 is enough by itself, so are 2 and 3 together, all else being as before",
    ),
    "legend-without": Text(
        "“全改而独缺 4”：其余原因全都改了，只有 4 保持不变；即使单有 1 就够，其余原因也可能起相反的作用，要靠 4 抵消",
        "`all changed but 4`: every other cause is changed, 4 alone is as before; even where 1 is enough, "
        "others may work against it, and 4 make up for them",
    ),
    "legend-spare": Text(
        "“可能另有别的”“可能还有多余的”：组合太多，没有试尽；所列的一组确已试过，足够",
        "`perhaps …`: there are too many sets to try all of them; the one that is named was tried, and is enough",
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
    "crosswalk-cause": Text("对照", "crosswalk"),
    "beside-it": Text("与另外 {number} 处改动不可分开", "with {number} more that cannot be put in apart"),
    "bound": Text(
        "原因按混合逐一试出，最多 {most} 种；没有试尽的已注明",
        "causes are tried as mixtures of the two sides, at most {most}; where not all were tried, it says so",
    ),
    "beside": Text("{said}（证据、作者、日期或备注不同）", "{said} (with other evidence, author, dates or remarks)"),
    "clause-added": Text("新增条款", "clause added"),
    "clause-removed": Text("删去条款", "clause removed"),
    "clause-renumbered": Text("条款改号", "clause renumbered"),
    "threshold": Text("门槛", "threshold"),
    "condition": Text("条件", "condition"),
    "requirement": Text("要求", "requirement"),
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
    "meaning": Text("含义", "what is meant"),
    "renamed": Text("改名", "renamed"),
    "same": Text("{outcome}的算法相同，只有措辞不同", "{outcome}: computed alike, only the wording differs"),
    "same-all-the-same": Text(
        "在所比较的读法下，由同样的事实和条款结论算出的{outcome}相同",
        "{outcome}: computed alike from the same facts and verdicts, under the readings compared",
    ),
    "never": Text("已证明：没有对象会得到不同的{outcome}", "{outcome}: proved that no subject comes to another one"),
    "some": Text(
        "{outcome}：例如有对象由 {before} 变为 {after}（--witness FILE 存为证据文件）",
        "{outcome}: for example {before} → {after} for one subject (--witness FILE saves it as evidence)",
    ),
    "some-under": Text(
        "{outcome}：例如有对象由 {before} 变为 {after}",
        "{outcome}: for example {before} → {after} for one subject",
    ),
    "options-of-one": Text(
        "{outcome}：两版都能答的对象没有不同；只有一版能这样回答，未能比较：{options}",
        "{outcome}: nobody whom both editions can be told of comes to another; one alone can be told {options}",
    ),
    "not-proved": Text(
        "{outcome}是否会不同未能证明（{why}）",
        "{outcome}: not proved whether any subject comes to another one ({why})",
    ),
    "alike-reread": Text(
        "在两者共有的读法的一切组合下，{outcome}的算法都相同",
        "{outcome}: computed alike under every combination of the readings that both have",
    ),
    "under": Text("读法 {options} 之下：", "under {options}:"),
    "reread": Text(
        "两者共有的读法另有 {combinations} 种组合，试了 {tried} 种；未列出的与上述相同",
        "other combinations of the readings that both have: {tried} of {combinations} tried; "
        "under those not listed it is as above",
    ),
    "reread-part": Text(
        "两者共有的读法另有 {combinations} 种组合，试了其中 {tried} 种，都与上述相同；其余没有试",
        "other combinations of the readings that both have: {combinations}, of which {tried} were tried, "
        "all as above; the others were not tried",
    ),
    "reread-part-listed": Text(
        "两者共有的读法另有 {combinations} 种组合，试了其中 {tried} 种，未列出的与上述相同；其余没有试",
        "other combinations of the readings that both have: {combinations}, of which {tried} were tried, "
        "those not listed as above; the others were not tried",
    ),
    "without-effect": Text(
        "另有 {number} 处，没有后果单独归因于此（--format json 全部列出）",
        "and {number} more that no effect is put down to by itself (--format json lists them)",
    ),
    "no-outcome": Text("两者没有共同的结果可比", "The two have no outcome in common to be compared"),
    "of-outcome": Text("结果因之而变", "that the outcome is put down to"),
    "of-definition": Text("得分与其他计算因之而变", "that scores and what else is computed are put down to"),
    "of-single": Text(
        "只有个别条款、输入、事实因之而变", "that single clauses, inputs and facts alone are put down to"
    ),
    "more-causes": Text(
        "另有 {number} 个原因未列：只列结果的原因，其余连同它们共列 {most} 个（--all 全部列出）",
        "and {number} more causes: listed are those of the outcome, and others up to {most} in all (--all lists them)",
    ),
    "more-effects": Text(
        "另有 {number} 项，其原因未全列出（--all 全部列出）",
        "and {number} more, not all of whose causes are listed (--all lists them)",
    ),
    "absent": Text("（无）", "(none)"),
}


def text_of(
    comparison: Comparison, found: ComparisonModel, language: Language, *, every: bool = False, saved: bool = False
) -> str:
    """The whole report; `every`: with all causes and effects, however many there are; `saved`: the witness is kept."""
    said = joined(_Report(comparison, found, language, every=every, saved=saved).lines()).rstrip("\n")
    return f"{said}\n\n{joined(compared_lines(*comparison.both, language))}\n"


_Show: TypeAlias = Callable[[Value], str]


class _Report:
    def __init__(
        self, comparison: Comparison, found: ComparisonModel, language: Language, *, every: bool, saved: bool
    ) -> None:
        self._policies, self._found, self._language, self._saved = comparison.policies, found, language, saved
        names = found.after.policy, found.before.policy  # that an edition has another id no editor would list
        self._numbers = numbers([None if (a.about, a.before) == names else a.what for a in found.amendments])
        self._told = told_causes(found, every=every)
        others = [place for place in self._told.listed() if not found.causes[place].amendments]
        self._places = {place: len(self._numbers) + i for i, place in enumerate(others, 1)}

    def _word(self, key: str, **arguments: object) -> str:
        return _WORDS[key].in_language(self._language).format(**arguments)

    def lines(self) -> Iterator[str]:
        found = self._found
        if not (found.amendments or found.causes or found.effects or any(a.answer != "same" for a in found.agreements)):
            is_one_text = found.before.policy_digest == found.after.policy_digest
            yield self._word("nothing" if is_one_text else "nothing-assessed")
            return
        numbered = sorted(zip(self._numbers, found.amendments, strict=True), key=lambda pair: pair[0])
        yield from self._section("amendments", [line for n, a in numbered for line in self._amendment(a, f"{n}  ")])
        for a in found.agreements:
            yield from fitted(self._agreement(a), self._because(a) if a.because else ())
        yield from self._readings()
        if found.after.subject is None and not found.agreements:
            yield self._word("no-outcome")
        yield from self._effects("outcome", self._unchanged())
        yield from self._section("causes", list(self._causes()))
        if found.causes and not found.effects and not found.agreements:
            yield self._word("idle")
        for what in ("definition", "clause", "input", "fact"):
            yield from self._effects(what)
        put_down = [told.because for told in self._put_down()]
        if any(map(self._tells_sets, self._put_down())):
            yield self._word("legend")
        if any(map(_tells_what_is_needed, self._put_down())):
            yield self._word("legend-without")
        if any(b.found in ("irreducible", "suffices") for b in put_down if b is not None):
            yield self._word("legend-spare")
        if any(b.found in ("irreducible", "suffices") or b.needed is None for b in put_down if b is not None):
            yield self._word("bound", most=MOST_TRIED)

    def _section(self, title: str, lines: list[str]) -> Iterator[str]:
        if lines:
            yield self._word(title)
            yield from lines
            yield ""

    def _unchanged(self) -> list[str]:
        """The outcomes that are as they were, each with its value; of many how many these are."""
        unchanged = self._found.unchanged
        if len(unchanged) > MOST_UNCHANGED:
            return [f"  {self._word('unchanged-many', number=len(unchanged))}"]
        told = ((o.label, self._seen(o.address, o.seen, 1)) for o in unchanged)
        return [f"  {label}: {self._word('unchanged', values=values)}" for label, values in told]

    def _effects(self, what: str, as_they_were: Sequence[str] = ()) -> Iterator[str]:
        effects = [e for e in self._found.effects if e.what == what and not self._goes_without_saying(e)]
        told = [e for e in effects if named_by(e).isdisjoint(self._told.left)]
        lines = [line for e in told for line in self._effect(e)]
        if len(told) < len(effects):
            lines.append(f"  {self._word('more-effects', number=len(effects) - len(told))}")
        yield from self._section(what, [*lines, *as_they_were])

    def _causes(self) -> Iterator[str]:
        """The causes that some effect is put down to, or all where there is no effect."""
        for rank, places in self._told.by_rank:
            if rank:
                yield f"  {self._word(rank)}"
            for place in places if rank else sorted(places, key=self._in_order):
                yield from self._cause(self._number(place), self._found.causes[place])
        if self._told.left:
            yield f"  {self._word('more-causes', number=len(self._told.left), most=MOST_IN_ORDER)}"
        idle = len(self._found.causes) - len(self._told.left) - sum(1 for _ in self._told.listed())
        if idle:
            yield f"  {self._word('without-effect', number=idle)}"

    def _number(self, place: int) -> str:
        """What a cause is called: by the numbers of its amendments, or by a number behind all of these."""
        listed = self._found.causes[place].amendments
        return "+".join(str(self._numbers[a]) for a in listed) if listed else str(self._in_order(place))

    def _in_order(self, place: int) -> int:
        listed = self._found.causes[place].amendments
        if listed:
            return min(self._numbers[a] for a in listed)
        return self._places[place]

    def _put_down(self) -> list[EffectModel | AgreementModel]:
        """All that is told and put down to causes."""
        told = (e for e in self._found.effects if named_by(e).isdisjoint(self._told.left))
        return [*(a for a in self._found.agreements if a.because), *told]

    def _readings(self) -> Iterator[str]:
        """Under which other readings something else is said of an outcome than under those asked for."""
        found = self._found.readings
        if found is None:
            yield from left_out_lines(self._found.left_out, self._language)
            yield from [""] if self._found.left_out else []
            return
        asked = {a.outcome: a for a in self._found.agreements}
        for outcome in (a for a in self._found.agreements if a.outcome in found.alike):
            yield self._word("alike-reread", outcome=outcome.label)
        listed: list[tuple[dict[str, str], AgreementModel]] = []
        for reread in found.under:
            for a in reread.agreements:
                fewer = (one for readings, one in listed if readings.items() <= reread.readings.items())
                if not any(map(_says_the_same(a), (asked[a.outcome], *fewer))):
                    listed.append((reread.readings, a))
        for readings, a in listed:
            options = ", ".join(f"{reading} = {option}" for reading, option in readings.items())
            yield from fitted(self._word("under", options=options), (self._agreement(a, is_asked=False),))
        if found.tried:
            part = "reread-part-listed" if listed else "reread-part"
            key = "reread" if str(found.tried) == found.combinations else part
            yield self._word(key, tried=found.tried, combinations=found.combinations)
        yield from left_out_lines(self._found.left_out, self._language)
        yield ""

    def _goes_without_saying(self, effect: EffectModel) -> bool:
        """Whether an effect is a gate, told by the scores behind it, or what is stated and nothing more."""
        sets = [[self._found.causes[i] for i in causes] for causes in effect.because.sufficing]
        is_stated = [[f"{c.what}:{c.about}" for c in causes] for causes in sets] == [[effect.address]]
        return is_stated or effect.address.startswith("gate:")

    def _amendment(self, a: AmendmentModel, number: str = "") -> Iterator[str]:
        said = (self._said_there(a, text) for text in (a.before, a.after))
        change = f": {' → '.join(said)}" if a.before or a.after else ""
        places = " → ".join(_line_of(p) for p in (a.place_before, a.place_after) if p)
        yield from fitted(f"  {number}{self._word(a.what)}  {a.label}{change}", (f"[{places}]",))

    def _said_there(self, a: AmendmentModel, text: str | None) -> str:
        """What an edition says at the place of an amendment: words of the language in it, as the reader spells them."""
        return said_there(a.what, text, self._language) if text else self._word("absent")

    def _agreement(self, a: AgreementModel, *, is_asked: bool = True) -> str:
        values = (self._value(a.outcome, v) for v in (a.before, a.after))
        before, after = values
        is_all_words = all(amendment.what == "wording" for amendment in self._found.amendments)
        answer: str = a.answer if a.answer != "same" or is_all_words else "same-all-the-same"
        answer = "some-under" if answer == "some" and (self._saved or not is_asked) else answer
        if a.left_out:
            return self._word("options-of-one", outcome=a.label, options="; ".join(a.left_out))
        return self._word(answer, outcome=a.label, before=before, after=after, why=a.why_not_proved)

    def _value(self, outcome: str, text: str | None) -> str:
        program = self._policies[1]
        value = published(text or "")
        return value_text(program, program.definition[outcome], value, self._language)

    def _cause(self, number: str, c: CauseModel) -> Iterator[str]:
        if c.what == "amendment":
            lines = [line.strip() for line in self._amendment(self._found.amendments[c.amendments[0]])]
            more = [self._word("beside-it", number=len(c.amendments) - 1)] if c.amendments[1:] else []
            yield from fitted(f"  {number}  {lines[0]}", (*lines[1:], *more))
            return
        change = " → ".join(self._given(c, text) for text in (c.before, c.after))
        if c.before == c.after and not c.there:
            change = self._word("beside", said=self._given(c, c.before))
        places = " → ".join(_line_of(p) for p in (c.place_before, c.place_after) if p)
        named = f"{self._word(f'{c.what}-cause')} {c.label}".rstrip()
        there = list_text((f"{t.clause} {t.label}: {self._verdicts(t)}" for t in c.there), self._language)
        yield from fitted(
            f"  {number}  {named}: {change}", (f"({there})" if there else "", f"[{places}]" if places else "")
        )

    def _verdicts(self, there: ThereModel) -> str:
        said = (self._word("absent") if v is None else word(v, self._language) for v in (there.before, there.after))
        return " → ".join(said)

    def _given(self, cause: CauseModel, text: str | None) -> str:
        if text is None:
            return self._word("absent")
        verdicts = text.split(", ") if cause.what in ("attestation", "crosswalk") else []
        if verdicts:
            return ", ".join(word(v, self._language) for v in verdicts)
        return in_units_of(text, self._language) if cause.what == "fact" else text

    def _effect(self, e: EffectModel) -> Iterator[str]:
        yield from fitted(f"  {e.label}: {self._change(e, e)}", self._because(e))

    def _change(self, effect: EffectModel, told: EffectModel | DerivedModel) -> str:
        return " → ".join(self._seen(effect.address, one, side) for side, one in enumerate((told.before, told.after)))

    def _because(self, e: EffectModel | AgreementModel) -> Iterator[str]:
        assert e.because is not None
        if not any(e.because.sufficing):  # of what the other edition does not have at all
            return
        if is_too_many(e):
            yield self._word("by-many", number=len(e.because.sufficing[0]))
            return
        sets = self._sets(e.because)
        one = "by-together" if all(len(causes) > 1 for causes in e.because.sufficing) else "by"
        alone = "by-one-alone" if all(len(causes) == 1 for causes in e.because.sufficing) else "by-one"
        key = {"smallest": one, "irreducible": alone, "suffices": "by-some", "parts": "by"}[e.because.found]
        yield self._word(key, sets=sets)
        if isinstance(e, EffectModel) and e.derived:
            yield self._word("derived", change=self._change(e, e.derived))
        if _tells_what_is_needed(e):
            yield self._word("not-without", causes=", ".join(map(self._number, self._sorted(e.because.needed or []))))

    def _sets(self, because: BecauseModel) -> str:
        return " | ".join("+".join(map(self._number, self._sorted(causes))) for causes in because.sufficing)

    def _tells_sets(self, e: EffectModel | AgreementModel) -> bool:
        """Whether it is printed with more than the number of one cause, so that the signs between need a key."""
        if e.because is None or is_too_many(e) or (isinstance(e, EffectModel) and self._goes_without_saying(e)):
            return False
        return not {"|", "+"}.isdisjoint(self._sets(e.because))

    def _sorted(self, causes: list[int]) -> list[int]:
        return sorted(causes, key=self._in_order)

    def _seen(self, address: str, seen: SeenModel | None, side: int) -> str:
        if seen is None:
            return self._word("absent")
        as_of = (self._found.before, self._found.after)[side].as_of
        ended = "; ".join(expired_text(e, as_of, self._language) for e in seen.expired)
        reason = f" ({ended or word(seen.reason, self._language)})" if seen.reason else ""
        values = (published(v) for v in seen.values)
        program = self._policies[side]
        text = set_text(program, values, self._shown_in(address, program), self._language)
        return f"{marked(text, seen, self._language)}{reason}"

    def _shown_in(self, address: str, program: Program) -> _Show:
        definition = program.definition.get(address)
        if definition is not None:
            return lambda value: value_text(program, definition, value, self._language)
        fact = program.fact.get(address.removeprefix("fact:"))
        unit = fact.type.unit if fact is not None and isinstance(fact.type, NumberType) else "number"
        return lambda value: quantity(value, unit, self._language) if isinstance(value, Fraction) else self._said(value)

    def _said(self, value: Value) -> str:
        """A verdict, an option or yes and no, as published, in words."""
        text = {"true": "yes", "false": "no"}.get(str(value), value)
        return word(text, self._language) if isinstance(text, str) and text in WORDS else shown(text, self._language)


def said_there(what: AmendmentKind, text: str, language: Language) -> str:
    """What an edition says at the place of an amendment, words of the language in it as a reader spells them."""
    if what in ("modality", "type") and text in _KEYWORDS:
        return spell(_KEYWORDS[text], language)
    if what == "crosswalk":
        relation, *others = text.split(" ")
        return " ".join((localised(relation, RELATIONS, language), *others))
    if what == "validity":
        return in_units_of(text, language)
    return unit_in(text, language) if what == "type" else text


def _says_the_same(one: AgreementModel) -> Callable[[AgreementModel], bool]:
    """Whether of one outcome nothing else is said; which of several subjects shows a difference is all the same."""
    differs = ("some", "not-proved")
    return lambda other: (
        one.outcome == other.outcome
        and (one.answer == other.answer or (one.answer not in differs and other.answer not in differs))
    )


def _tells_what_is_needed(effect: EffectModel | AgreementModel) -> bool:
    """Whether what an effect needs is more than the one set that it is put down to, or less."""
    because = effect.because
    return because is not None and bool(because.needed) and [because.needed] != because.sufficing


def _line_of(place: str) -> str:
    """The file of a place without its folder, and the line."""
    path, line, _ = place.rsplit(":", 2)
    return f"{path.rpartition('/')[2]}:{line}"
