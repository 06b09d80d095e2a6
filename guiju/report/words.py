"""Every fixed word of results and explanations, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Literal, TypeAlias

from guiju.compiler.ir import Special, Titled, Undefined, Value, Verdict
from guiju.compiler.units import format_number, format_quantity, unit_behind, unit_named
from guiju.dsl.diagnostic import Language, Text
from guiju.report.agreeing import agreeing

LONGEST_FRACTION = 9

WORDS: Mapping[str, Text] = {
    "satisfied": Text("满足", "satisfied"),
    "unsatisfied": Text("不满足", "unsatisfied"),
    "not-applicable": Text("不适用", "not applicable"),
    "unknown": Text("未知", "unknown"),
    "not-entered": Text("未进入", "not entered"),
    "not-entered-means": Text(
        "未进入: 该级的进入条件不成立，不评该级得分",
        "not entered: the gate of that level is shut, and no score is given there",
    ),
    "absent": Text("不参与", "not taking part"),
    "none": Text("无等级", "no level"),
    "once-entered": Text("(进入后)", "(once entered)"),
    "stated": Text("给出", "stated"),
    "computed": Text("算得", "computed"),
    "counted-by-reading": Text("按读法 {reading} 计入", "counted by the reading {reading}"),
    "not-an-item": Text("按读法 {reading} 不是一项", "not an item under {reading}"),
    "ended-expired": Text("{id} 至 {day} 有效", "{id} was valid until {day}"),
    "ended-too-old": Text("{id} 按本标准的时限至 {day} 有效", "{id} was recent enough for this standard until {day}"),
    "ended-undated": Text("{id} 没有收集日期，时限无从核对", "{id} has no date of collection, so its age is open"),
    "ended-later": Text("{id} 收集于评价时点之后", "{id} was collected after the as-of instant"),
    "remark": Text("备注", "note"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "missing": Text("缺少证据", "no evidence"),
    "conflicting": Text("证据相左", "conflicting evidence"),
    "undefined": Text("未定", "undefined"),
    "until": Text("至 {day}", "until {day}"),
    "ended": Text("{who}只到 {day}", "{who} was given until {day}"),
    "ended-counts-no-longer": Text("已到期，不再算数", "counts no longer: it has ended"),
    "ended-override": Text("裁定已到期", "its override has ended"),
    "ended-reason": Text("已到期", "ended"),
    "findings": Text("评价发现", "Findings"),
    "major": Text("严重不符合", "major"),
    "minor": Text("一般不符合", "minor"),
    "observation": Text("观察项", "observation"),
    "open": Text("未关闭", "open"),
    "overdue": Text("逾期", "overdue"),
    "closed": Text("已关闭", "closed"),
    "due": Text("期限 {day}", "due {day}"),
    "closed-on": Text("{by} {day} 关闭", "closed by {by} on {day}"),
    "closed-unsatisfied": Text("已关闭，条款却不满足", "closed, but the clause is unsatisfied"),
    "without-finding": Text("不满足而没有未关闭的发现", "Unsatisfied, and no open finding about it"),
    "comes-to": Text("结论", "comes to"),
    "sample": Text("抽样", "sample"),
    "sample-told": Text(
        "抽样 {id}: {size} 个中 {satisfied} 个满足{others}；总体 {population}；规则: {rule}",
        "sample {id}: {satisfied} of {size} satisfied{others}; population {population}; rule: {rule}",
    ),
    "sample-counted": Text("{number} 个{verdict}", "{number} {verdict}"),
    "comma": Text("，", ", "),
    "waiver": Text("豁免", "waiver"),
    "waivers": Text("豁免 (不改变结论和得分)", "Waivers (they change no verdict and no score)"),
    "finding-told": Text("评价发现 {id}, {grade}: {said}", "finding {id}, {grade}: {said}"),
    "finding-was": Text("当时: {grade}, {said}", "then: {grade}, {said}"),
    "waiver-told": Text("{by}豁免至 {day}: {reason}", "waiver by {by} until {day}: {reason}"),
    "waiver-ended": Text("{by}的豁免已于 {day} 到期: {reason}", "waiver by {by}, which ended on {day}: {reason}"),
    "lapsed": Text("证据过期，不再算数", "counts no longer: its evidence has expired"),
    "expired": Text("证据过期", "expired evidence"),
    "unconfirmed": Text("评估方未能确认", "not confirmed by the assessor"),
    "left-open": Text("裁定为未知", "left open by an override"),
    "attestation": Text("查验结论", "an attestation"),
    "facts": Text("事实", "facts"),
    "vendor": Text("供方自述", "vendor"),
    "assessor": Text("评估方", "assessor"),
    "crosswalk": Text("对照", "crosswalk"),
    "carried-counts": Text("{number} 条中 {satisfied} 条满足", "{satisfied} of {number} satisfied"),
    "by-crosswalk": Text("由对照决定的条款，无人直接查验", "Decided by a crosswalk, not looked at here"),
    "partial": Text("经对照只有部分依据", "partial, by way of a crosswalk"),
    "crosswalk-outdated": Text("对照待重新核对", "its crosswalk is to be judged again"),
    "equal": Text("等同", "equal"),
    "subset": Text("子集", "subset"),
    "superset": Text("超集", "superset"),
    "intersects": Text("相交", "intersects"),
    "override": Text("裁定", "override"),
    "division-by-zero": Text("除数为 0", "division by zero"),
    "below-zero": Text("算得负数", "a computed value below zero"),
    "not-whole": Text("算得的个数不是整数", "a computed count that is not whole"),
    "too-large": Text("数字过长", "a number too long to work out"),
    "share-of-nothing": Text("没有适用的条款", "no applicable clause"),
    "undefined-combination": Text("标准没有列出这种组合", "a combination that the standard does not list"),
    "undefined-grade": Text("标准没有给出等级", "the standard gives no grade"),
    "no-row": Text("判定表没有相应的行", "no row of the table holds"),
    "overlapping-rows": Text("判定表有两行同时成立", "two rows of the table hold"),
    "nothing-to-aggregate": Text("没有可汇总的值", "nothing to aggregate"),
    "and": Text("、", " and "),
    "or": Text("或", "or"),
    "attested": Text("须由人查验", "a person must attest it"),
    "alone": Text("单独就能改变结论", "can change the outcome by itself"),
    "with-others": Text("与其他未知项一起才改变结论", "decides only together with others"),
    "untried": Text("是否影响结论尚未查明", "not established whether it matters"),
    "cannot-matter": Text("不影响结论", "cannot matter"),
    "any number": Text("任意数", "any number"),
    "range": Text("{low} 至 {high}，共 {number} 个值", "{low} … {high}, {number} values"),
    "range-alone": Text("{low} 至 {high}", "{low} … {high}"),
    # headings and labels of a report
    "subject": Text("对象", "Subject"),
    "fictional": Text("虚构的例子", "a fictional example"),
    "policy": Text("标准", "Standard"),
    "as-of": Text("评价时点", "As of"),
    "target": Text("目标", "Target"),
    "best": Text("可达到的最高等级", "best level reached"),
    "outcome": Text("结论", "Outcome"),
    "one-of": Text("可能是", "one of"),
    "enclosure": Text("(外包: 其中有的未必能达到)", "(enclosure: some of these may not be reachable)"),
    "enclosure-why": Text(
        "(外包: 其中有的未必能达到，因为{why})", "(enclosure: some of these may not be reachable; why: {why})"
    ),
    "outcomes": Text("结论", "Outcomes"),
    "value": Text("值", "Value"),
    "name": Text("名称", "Name"),
    "maybe-unreachable": Text("* 外包: 其中有的未必能达到", "* enclosure: some of these may not be reachable"),
    "maybe-unreachable-why": Text(
        "* 外包: 其中有的未必能达到，因为{why}", "* enclosure: some of these may not be reachable; why: {why}"
    ),
    "scores": Text("得分", "Scores"),
    "score": Text("得分", "Score"),
    "whole": Text("总体", "As a whole"),
    "nothing-applies": Text("没有适用的条款: ", "no applicable clause: "),
    "nothing-applies-for": Text("{family}，没有适用的条款: ", "{family}, no applicable clause: "),
    "weight": Text("权重", "Weight"),
    "weight-of": Text("{group}的权重", "weight of {group}"),
    "group": Text("组", "Group"),
    "blocks": Text("未达到", "What stands in the way of"),
    "target-reached": Text("已达到", "reached"),
    "target-open": Text("能否达到尚未确定", "may or may not be reached"),
    "target-missed": Text("未达到", "not reached"),
    "gate-shut": Text("进入条件不成立", "its gate is shut"),
    "gate-open-unknown": Text("进入条件尚不确定", "its gate is not decided"),
    "beside-clauses": Text("所要求的不全是条款", "it asks for more than clauses"),
    "of-the-policy": Text("策略自算", "policy arithmetic"),
    "without-evidence": Text("未附证据", "without evidence"),
    "op-and": Text("各项都成立", "all of these"),
    "op-or": Text("其中之一成立", "one of these"),
    "op-not": Text("下面这项不成立", "not this"),
    "op-present": Text("参与评价", "takes part"),
    "does-not-hold": Text("不成立", "does not hold"),
    "holds-first": Text("成立", "holds"),
    "may-hold": Text("可能成立", "may hold"),
    "has-no-value": Text("没有值", "has no value"),
    "actual-is": Text("实际 {value}", "actual {value}"),
    "actual-at-best": Text("条款全部满足时 {value}", "{value} with every clause satisfied"),
    "clauses-mend": Text("满足条款可以改变", "clauses can mend this"),
    "barred": Text("先试的一行成立，给出的不是它", "a row that is tried first holds, and gives something else"),
    "barred-undefined": Text("先试的一行无法判断是否成立", "whether a row that is tried first holds cannot be told"),
    "not-the-only-one": Text("只许一行成立，而另一行也成立", "exactly one row may hold, and another holds as well"),
    "not-the-only-one-open": Text(
        "只许一行成立，而另一行还可能成立", "exactly one row may hold, and another may still hold"
    ),
    "not-the-only-one-undefined": Text(
        "只许一行成立，而另一行无法判断是否成立",
        "exactly one row may hold, and whether another does cannot be told",
    ),
    "barred-open": Text("先试的一行还可能成立", "a row that is tried first may still hold"),
    "too-low": Text("已进入，但得分不够", "entered, but the score does not reach it"),
    "score-open": Text("已进入，得分尚不确定", "entered, but the score is not decided"),
    "why-not-lists-all": Text(
        "另有 {number} 处，用 guiju explain … --why-not {level} 列出全部",
        "{number} more; guiju explain … --why-not {level} lists all",
    ),
    "explain-lists-all": Text(
        "另有 {number} 条，用 guiju explain … {node} 列出全部", "{number} more; guiju explain … {node} lists all"
    ),
    "explain-shows": Text("用 guiju explain … {node} 查看由来", "guiju explain … {node} shows how it comes about"),
    "not-satisfied": Text("哪些条款没有计为满足", "What does not count as satisfied"),
    "listed-above": Text("{number} 条已列在上面", "{number} listed above"),
    "counted-as": Text("{number} 条{verdict}", "{number} {verdict}"),
    "left-open-by": Text("还可能是 {values}，取决于 {names}", "still possible: {values}, depending on {names}"),
    "ruled-out-by": Text("已排除 {values}，因{names}", "ruled out: {values}, by {names}"),
    "names-verdict": Text("{verdict}的 {names}", "{verdict} {names}"),
    "names-and": Text("，以及", " and "),
    "names-marked": Text("{names} (连同另外标“{sign}”的 {number} 项)", "{names} (with {number} more, marked {sign})"),
    "names-needed": Text(
        "{names} (只凭这几项就足以排除，缺一不可)", "{names} (these alone rule it out, and none of them can be spared)"
    ),
    "names-sufficing": Text(
        "{names} (只凭这几项就足以排除，更少也可能够)", "{names} (these alone rule it out, and fewer may)"
    ),
    "whatever-is-stated": Text("任何证据都达不到", "whatever is stated"),
    "witness": Text("得 {value}，例如 {how}", "{value}, for instance with {how}"),
    "witness-besides": Text("{own}；各例另都假定 {shared}", "{own}; each example supposes {shared} as well"),
    "failed-too": Text("也不满足", "failed too"),
    "failed-too-why": Text("补上以上各项，这些仍使其达不到", "with the above mended these still keep it out"),
    "and-more-evaluate": Text(
        "… +{number} (evaluate --format json 列出)", "… +{number} (evaluate --format json lists them)"
    ),
    "and-more": Text("… +{number} (--format json 列出全部)", "… +{number} (--format json lists them)"),
    "settled-by-policy": Text("由策略定下: {title}", "settled by the policy: {title}"),
    "settled-number": Text(
        "标准留有余地、由策略定下的: {number} (换一种定法可能改变结果；explain --depth review 在各条旁说明)",
        "Settled by the policy where the standard leaves room: {number} (settled otherwise, a result can change;"
        " explain --depth review tells each at its line)",
    ),
    "settled": Text("在每个补全中: {value}", "in every completion: {value}"),
    "settled-by": Text("由 {clauses} 的查验结论而定: {value}", "settled by what is attested of {clauses}: {value}"),
    "applies-when": Text("适用条件", "applies when"),
    "otherwise": Text("否则", "otherwise"),
    "failed": Text("不满足", "failed"),
    "not-shown": Text("未证明", "not shown"),
    "as-above": Text("同上: ", "as above: "),
    "besides": Text(
        "即使补上以上各项，下列任一项也足以使其达不到", "with these mended, any one of the following still keeps it out"
    ),
    "unknowns": Text("未知项", "What is unknown"),
    "no-unknowns": Text("没有未知项", "nothing is unknown"),
    "others-cannot-matter": Text("不影响结论的未知条款: {number}", "unknown and cannot matter: {number}"),
    "others-take-no-part": Text(
        "不参与评价的组里的未知条款: {number} (--format json 列出全部)",
        "unknown in groups that take no part: {number} (--format json lists them)",
    ),
    "overridden": Text("由裁定决定的条款", "Decided by an override"),
    "by-override": Text("(裁定)", "by override"),
    "vendor-alone": Text("只有供方自述", "the vendor alone says so"),
    "verdict-only": Text("只有结论，未指明证据", "verdict only, no evidence named"),
    "verdicts-only": Text(
        "有人只给结论而未指明证据的条款", "Clauses on which somebody gives a verdict only, with no evidence named"
    ),
    "facts-unsupported": Text(
        "由事实决定、而所凭事实有的未附证据", "Decided by facts of which some are without evidence"
    ),
    "vendor-only": Text("只凭供方自述的条款", "Resting on the vendor's word alone"),
    "lacks": Text("缺", "lacks"),
    "readings": Text("读法", "Readings"),
    "no-outcome": Text(
        "策略没有得分和定级，因此没有结论", "The policy gives no score and no grade, so there is no outcome"
    ),
    "readings-same": Text(
        "换用其他读法的任何组合({tried} 种)，结论都不变",
        "no combination of other readings ({tried} tried) changes the outcome",
    ),
    "readings-change": Text(
        "换用下列读法、其余照所选，结论会变(共试 {tried} 种组合)",
        "other readings change the outcome, all else being as chosen ({tried:combination|combinations} tried)",
    ),
    "the-reading": Text("读法", "reading"),
    "the-readings": Text("读法", "readings"),
    "under-all": Text("在所有读法下都是 {values}", "{values} under all readings"),
    "under-all-open": Text("在任何读法下都只可能是 {values}", "nothing but {values} under any reading"),
    "under-tried": Text("在试过的读法下都是 {values}", "{values} under the readings that were tried"),
    "under-tried-open": Text(
        "在试过的读法下都只可能是 {values}", "nothing but {values} under the readings that were tried"
    ),
    "under-some": Text("{values}，视{readings} 而定", "{values} depending on {readings}"),
    "under-some-open": Text("可能是什么，视{readings} 而定", "what it can be depends on {readings}"),
    "under-chosen": Text("按所选读法为 {values}", "{values} as read here"),
    "under-options": Text("按 {options} 为 {values}", "{values} with {options}"),
    "under-else": Text("其余为 {values}", "else {values}"),
    "under-rest": Text("其余照所选读法", "the rest as read here"),
    "under-listed": Text(
        "各组合得出什么，evaluate 的“读法”列出", "Readings, in evaluate, lists what each combination leads to"
    ),
    "under-untried": Text(
        "{combinations} 种组合只试了 {tried} 种，其余未知",
        "of {combinations:combination|combinations} {tried} were tried, so what the others lead to is not known",
    ),
    "no-levels": Text("标准没有规定等级，这里也不定等级", "The standard defines no levels, and none is given"),
    "not-encoded": Text("没有写进策略的", "Not encoded"),
    "readings-bearing": Text(
        "{active} 处读法可能影响这份证据的结论，各组合即由此而来；另 {inert} 处怎么选都不影响: {names}",
        "{active:reading|readings} may bear on this evidence and make these combinations;"
        " {inert:another|others} cannot, whichever option is taken: {names}",
    ),
    "readings-incomplete": Text(
        "可能有影响的组合共 {combinations} 种，只试了改动最少的 {tried} 种；加 --all-readings 可多试",
        "of {combinations:combination|combinations} that may matter {tried} were tried, fewest changes first;"
        " --all-readings tries more",
    ),
    "under": Text("按读法", "under"),
    "review-counts": Text(
        "算出 {computed} 处，读者记下 {notes} 处；可有多种读法 {readings} 处",
        "{computed:computed finding|computed findings}, {notes:reader's note|reader's notes};"
        " {readings:place|places} can be read in several ways",
    ),
    "review-computed": Text("由编码算出", "Computed from the encoding"),
    "review-notes": Text("读者记下", "Noted by a reader"),
    "can-change-a-result": Text("可影响结论", "can change a result"),
    "questions": Text("提问", "questions"),
    "shared-questions": Text("其中共用", "shared"),
    "crosswalk-counts": Text(
        "经对照决定 {decided} 条，另有 {partial} 条只有部分依据",
        "{decided:clause|clauses} decided by a crosswalk, {partial} answered in part",
    ),
    "questions-saved": Text(
        "分别提问共 {alone} 问，合并之后 {together} 问，省去 {saved} 问(共用事实 {vocabulary}，对照 {crosswalk})",
        "{alone:question|questions} asked one standard at a time, {together} asked together: {saved} saved"
        " ({vocabulary} by shared facts, {crosswalk} by crosswalks)",
    ),
    "nothing-new": Text(
        "另有 {number} 种组合，影响不出上述范围", "further combinations that lead nowhere else: {number}"
    ),
    "counted-in-all": Text("计入 {number} 项: {verdicts}", "{number} counted: {verdicts}"),
    "without-level": Text("{level} 除去 {below}", "{level} without {below}"),
    "no-clause": Text("没有计入的条款", "no clause is counted"),
    "contradictions": Text("不能同时为真的查验结论", "Attestations that cannot all be true"),
    "disagreements": Text("说法不一之处", "Where the voices differ"),
    "not-asked": Text("未问及", "not asked"),
    "voice-says": Text("{voice}认为{verdict}", "{voice} says {verdict}"),
    "voice-doubts": Text("{voice}未能确认", "{voice} could not confirm it"),
    "facts-leave-open": Text(
        "只凭事实: {condition}；由查验结论决定", "by facts alone: {condition}; an attestation decides"
    ),
    "facts-say": Text("事实表明{verdict}", "the facts say {verdict}"),
    "counts": Text("条款", "Clauses"),
    "because": Text("因为", "because"),
    "rule": Text("规则", "rule"),
    "fact-not-stated": Text("未给出", "not stated"),
    "decided-by": Text("依据", "decided by"),
    "gate": Text("进入条件", "gate"),
    "at-level": Text("在", "at"),
    "threshold": Text("要求", "required"),
    "actual": Text("实际", "actual"),
    "brief-next": Text("；", "; "),
    "brief-asked": Text("{cites} 要求 {asked}，实际为 {actual}", "{cites} requires {asked}, it is {actual}"),
    "reached": Text("已达到", "is reached"),
    "reached-above": Text("，结果为 {values}", ": the outcome is {values}"),
    "not-reached": Text("未达到", "is not reached"),
    "maybe-reached": Text("是否达到尚不确定", "may or may not be reached"),
    "evidence": Text("证据", "evidence"),
    "policy-line": Text("策略", "policy"),
    "plan-found": Text("{name}: 改 {number} 项，费用 {cost}", "{name}: {number} to change, cost {cost}"),
    "plan-proved": Text(
        "已证明没有更省的；没有出示的按不满足计",
        "Proved: nothing cheaper does; what is not shown counts as not satisfied",
    ),
    "plan-proved-among": Text(
        "已证明条款和事实的改动之中没有更省的 (其中不算{left})；没有出示的按不满足计",
        "Proved: nothing cheaper does among changes of clauses and facts, leaving out {left}; "
        "what is not shown counts as not satisfied",
    ),
    "left-renewed": Text("更新证据、请人确认已有的陈述", "evidence that is renewed or confirmed"),
    "left-entailed": Text("已有结论使之不会不满足的条款", "clauses that other verdicts keep from being unsatisfied"),
    "left-to-people": Text("由人对事实未定的条款作出结论", "verdicts of people on clauses that facts leave open"),
    "plan-unproved": Text(
        "没有证明最省；没有出示的按不满足计",
        "Not proved to be the cheapest; what is not shown counts as not satisfied",
    ),
    "plan-afterwards": Text("改后的结果 (没有出示的仍未定): {values}", "Outcome then, with what stays open: {values}"),
    "plan-judged-anew": Text(
        "须由人重新作出结论的条款: {clauses} (现有的结论与改动相左)",
        "Verdicts that people have to give anew: {clauses} (as they stand they speak against the changes)",
    ),
    "plan-readings-today": Text("换读法而什么都不改", "By other readings with nothing changed"),
    "plan-instead-anew": Text("{clauses} 的结论须由人重新作出", "people have to give the verdict on {clauses} anew"),
    "plan-reached": Text("{name} 已经达到，什么都不必改", "{name} is reached: nothing has to change"),
    "plan-reached-as-shown": Text(
        "没有出示的按不满足计，{name} 已经达到，什么都不必改",
        "{name} is reached if what is not shown counts as not satisfied: nothing has to change",
    ),
    "plan-reached-as-chosen": Text(
        "输入选定之后 {name} 即已达到，别的都不必改",
        "{name} is reached once inputs are chosen: nothing else has to change",
    ),
    "plan-of-others": Text(
        "这是 {name} 的方案；其他结果用 --outcome 指定: {others}",
        "This is for {name}; ask for others by --outcome: {others}",
    ),
    "plan-other": Text(
        "另一结果 {name}: 由 {before} 变为 {after}", "Another outcome, {name}: from {before} to {after}"
    ),
    "plan-others-same": Text(
        "其他结果不因此改变: {number} 个", "Left as they are by this plan: {number:other outcome|other outcomes}"
    ),
    "plan-impossible": Text("能改的都改了也达不到 {name}", "No changes lead to {name}"),
    "plan-untried": Text(
        "没有找到达到 {name} 的改动，但没有试遍", "No changes to {name} were found, but not all were tried"
    ),
    "plan-missing": Text(
        "没有找到达到 {name} 的改动；先写明还没选定的输入",
        "No changes to {name} were found; state first which inputs hold",
    ),
    "plan-chosen": Text(
        "还没选定的输入按最省的选: {inputs}", "What is not chosen yet is taken as it costs least: {inputs}"
    ),
    "plan-choice": Text("  选 {inputs}: 费用 {cost}", "  with {inputs}: cost {cost}"),
    "plan-choice-reached": Text("  选 {inputs}: 已经达到", "  with {inputs}: reached, nothing has to change"),
    "plan-choice-unproved": Text(
        "  选 {inputs}: 费用 {cost}，没有证明最省", "  with {inputs}: cost {cost}, not proved to be the cheapest"
    ),
    "plan-choice-impossible": Text("  选 {inputs}: 怎样改都达不到", "  with {inputs}: no changes lead there"),
    "plan-choice-untried": Text(
        "  选 {inputs}: 没有找到，也没有试遍", "  with {inputs}: none were found, and not all were tried"
    ),
    "plan-terms": Text(
        "可改的: 条款 {clauses} 项、事实 {facts} 项；固定不变的: {fixed}",
        "May change: {clauses:clause|clauses} and {facts:fact|facts}; fixed: {fixed}",
    ),
    "plan-nothing-fixed": Text("没有", "nothing"),
    "plan-pins": Text(
        "写明不能改的当中，只有下列也能改才达得到: {pinned}",
        "Of what is pinned, these would have to change as well: {pinned}",
    ),
    "plan-not-proved": Text("没有证明的原因: {why}", "Why it is not proved: {why}"),
    "unproved-numbers-together": Text(
        "{things} 的改法没有试遍，这些数一起得出什么，分不成不多的几种情形",
        "not every change was tried of {things}: what such numbers come to cannot be split into few cases",
    ),
    "unproved-too-many-ways": Text("{things} 的改法没有试遍", "not every change was tried of {things}"),
    "unproved-any-number": Text(
        "没有写明 {things}，得分要用这个数本身，它可取的值没法逐一看过",
        "nobody states {things}: a score takes the number itself, and not all that it may be can be gone through",
    ),
    "unproved-other-numbers": Text(
        "没有写明 {things}，未定的数要相互比较，可取的值没法逐一看过",
        "nobody states {things}: numbers that are open meet in a comparison,"
        " and not all that they may be can be gone through",
    ),
    "unproved-not-linear": Text(
        "没有写明 {things}，比较时由它算出的不是一次式，可取的值没法逐一看过",
        "nobody states {things}: what a comparison makes of it is not linear,"
        " and not all that it may be can be gone through",
    ),
    "unproved-computed": Text(
        "没有写明 {things}，它由公式算出或用在公式里，可取的值没有逐一看过",
        "nobody states {things}: a formula gives it or looks at it, and what it may be is not gone through",
    ),
    "unproved-too-many-cases": Text(
        "没有写明 {things}，合起来的情形多于所查的限度",
        "nobody states {things}: together that is more cases than are looked at",
    ),
    "unproved-ways": Text(
        "有彼此牵连的条款和事实，改法多于所试的限度",
        "some clauses and facts that hang together can be changed in more ways than are tried",
    ),
    "unproved-states": Text(
        "得分一路上的状态多于所记的限度", "there are more states of the scores on the way than are kept"
    ),
    "plan-cost": Text("费用 {cost}", "cost {cost}"),
    "plan-serves": Text("用于 {clauses}", "for {clauses}"),
    "plan-not-renewed": Text(
        "未计入: 更新已过期的证据，或请人确认已有的陈述 ({clauses})；这样做可能更省",
        "Not priced: renewing evidence that has expired, or having what is attested confirmed ({clauses}); "
        "that may be cheaper",
    ),
    "plan-not-renewed-instead": Text(
        "未考虑: 更新已过期的证据，或请人确认已有的陈述 ({clauses})；这样做也许能达到",
        "Not looked at: renewing evidence that has expired, or having what is attested confirmed ({clauses}); "
        "that may lead there",
    ),
    "plan-left-to-people": Text(
        "未计入: 事实未定的条款由人作出结论 ({clauses})；这样做可能更省",
        "Not priced: verdicts of people on clauses that their facts leave open ({clauses}); that may be cheaper",
    ),
    "plan-left-to-people-instead": Text(
        "未考虑: 事实未定的条款由人作出结论 ({clauses})；这样做也许能达到",
        "Not looked at: verdicts of people on clauses that their facts leave open ({clauses}); that may lead there",
    ),
    "plan-entailed": Text(
        "未计入: {clauses} 虽无人下结论，其他条款的结论使之不会不满足；据此可能更省",
        "Not priced: what is attested of other clauses keeps {clauses} from being unsatisfied, though nobody says so; "
        "counting that may be cheaper",
    ),
    "plan-entailed-instead": Text(
        "未考虑: {clauses} 虽无人下结论，其他条款的结论使之不会不满足；据此也许能达到",
        "Not looked at: what is attested of other clauses keeps {clauses} from being unsatisfied, though nobody says "
        "so; counting that may lead there",
    ),
    "plan-also": Text("其余照此方案，改为 {values} 也可", "all else as planned, these do as well: {values}"),
    "plan-also-holding": Text(
        "其余照此方案，含有 {values} 的都可以",
        "all else as planned, any with {values} in it does",
    ),
    "plan-also-any-holding": Text("其余照此方案，写明是哪几项都可以", "all else as planned, any does"),
    "plan-also-open": Text("{said}；可能的值太多，没有试遍", "{said}; there are too many values to try all"),
    "gain-open": Text("不再确定", "no longer settled"),
    "plan-example": Text("例如 {value}", "for example {value}"),
    "plan-together": Text(
        "这些数相互牵连，合起来须满足: {conditions}",
        "The numbers depend on each other; what they have to meet together: {conditions}",
    ),
    "plan-instead-together": Text("合起来须满足: {conditions}", "to meet together: {conditions}"),
    "plan-not-so": Text("{condition} 不成立", "{condition} does not hold"),
    "plan-ends": Text("{low} 且 {high}", "{low} and {high}"),
    "plan-also-range": Text("其余照此方案，{ends} 的都可以", "all else as planned, any {ends} does"),
    "plan-instead-range": Text("{ends} 的都可以", "any {ends} does"),
    "plan-instead": Text("或 {values}", "or {values}"),
    "plan-instead-holding": Text("含有 {values} 的都可以", "any with {values} in it does"),
    "plan-equal": Text(
        "费用相同的方案共 {count} 组 (按改哪些项计)", "At the same cost: {count:set|sets} of things to change"
    ),
    "plan-equal-open": Text(
        "费用相同的方案可能还有: 有些同样费用的改法，没有判明能否达到",
        "At the same cost there may be others: of some changes of that cost it is not settled whether they reach it",
    ),
    "plan-equal-more": Text(
        "费用相同的方案至少 {count} 组 (按改哪些项计)，可能还有",
        "At the same cost: at least {count:set|sets} of things to change, and there may be others",
    ),
    "plan-common": Text("共有的改动: {number} 项；此外", "changes that all of them make: {number}; besides these"),
    "any-one-of": Text("{number} 项有其一即可", "any one of the {number} is enough"),
    "of-vocabulary": Text(
        "取自词汇表 {name}，不是标准印出的: {said}", "from the vocabulary {name}, not printed in the standard: {said}"
    ),
    "of-vocabulary-one": Text(
        "取自词汇表 {name}，不是标准印出的: {said}；取其一: {options}",
        "from the vocabulary {name}, not printed in the standard: {said}; one of: {options}",
    ),
    "of-vocabulary-set": Text(
        "取自词汇表 {name}，不是标准印出的: {said}；可有可无的各项: {options}",
        "from the vocabulary {name}, not printed in the standard: {said}; none, some or all of: {options}",
    ),
    "plan-common-below": Text(
        "以下各套共有的改动: {number} 项；此外", "changes that all below make: {number}; besides these"
    ),
    "plan-either": Text("或者", "either"),
    "plan-or": Text("或者", "or"),
    "any-of": Text("这 {of} 项中任意 {number} 项", "any {number} of these {of}"),
    "certificate-holds": Text(
        "证书成立: {number} 项改动达到要求，费用 {cost}，没有更省的",
        "The certificate holds: {number} to change at a cost of {cost}, and nothing cheaper does",
    ),
    "certificate-holds-among": Text(
        "证书成立: {number} 项改动达到要求，费用 {cost}，条款和事实的改动之中没有更省的 (其中不算{left})",
        "The certificate holds: {number} to change at a cost of {cost}, and nothing cheaper does among changes of "
        "clauses and facts, leaving out {left}",
    ),
    "certificate-impossible-among": Text(
        "证书成立: 条款和事实的改动都不能达到 (其中不算{left})",
        "The certificate holds: no changes of clauses and facts do it, leaving out {left}",
    ),
    "certificate-impossible": Text("证书成立: 没有改动能达到", "The certificate holds: no changes do it"),
    "mending-one": Text(
        "只要再满足以下 1 项条款就够了 (其余不变)",
        "It would be enough to satisfy the one clause below; all else stays as it is",
    ),
    "mending": Text(
        "只要再满足以下 {size} 项条款就够了，一项也不能少 (其余不变)",
        "It would be enough to satisfy exactly the {size:clause|clauses} below, none of which can be left out; "
        "all else stays as it is",
    ),
    "mending-sets": Text(
        "只要再满足任意一套条款就够了，套内一项也不能少 (其余不变)。这样的条款共 {sets} 套: {sizes}",
        "It would be enough to satisfy exactly the clauses of any one set, none of which can be left out; "
        "all else stays as it is. There are {sets} such sets: {sizes}",
    ),
    "mending-unknown": Text(
        "要满足哪些条款才够: 没有查出，{why}",
        "Which clauses would do, were they satisfied: not found out, {why}",
    ),
    "mending-choices": Text(
        "只要再满足任意一套条款就够了，套内一项也不能少 (其余不变)。有输入还没选定，每种选法分别列出:",
        "It would be enough to satisfy exactly the clauses of any one set, none of which can be left out; "
        "all else stays as it is. Not all inputs are chosen yet, so the sets are told for each choice:",
    ),
    "mending-choice": Text("选 {inputs}: 共 {sets} 套: {sizes}", "with {inputs}: {sets:set|sets}: {sizes}"),
    "mending-choice-least": Text(
        "选 {inputs}: 最小的有 {sizes}；更大的状态太多，没有找",
        "with {inputs}: the smallest: {sizes}; for larger ones there are too many states to look",
    ),
    "mending-choice-none": Text(
        "选 {inputs}: 条款再满足多少也不够", "with {inputs}: no clauses would do, were they satisfied"
    ),
    "mending-choice-unknown": Text("选 {inputs}: 没有查出，{why}", "with {inputs}: not found out, {why}"),
    "mending-too-many": Text("情形超出了所查的限度", "there are more cases than are looked at"),
    "mending-choice-reached": Text(
        "选 {inputs}: 已经达到，不缺条款", "with {inputs}: reached already, no clause is needed"
    ),
    "mending-none": Text("条款再满足多少也不够", "No clauses would do, were they satisfied"),
    "mending-facts": Text(
        "改事实能否达到，用 guiju plan … --to {level} 查找",
        "guiju plan … --to {level} looks for facts to change as well",
    ),
    "mending-least": Text(
        "只要再满足任意一套条款就够了，套内一项也不能少 (其余不变)。最小的有 {sizes}；更大的状态太多，没有找",
        "It would be enough to satisfy exactly the clauses of any one set, none of which can be left out; "
        "all else stays as it is. The smallest: {sizes}; "
        "for larger ones there are too many states to look",
    ),
    "mending-renewed": Text(
        "只因证据过期而未证明，更新后所述不变即满足的: {clauses}",
        "Not shown only because evidence has expired, and satisfied once that is renewed and says the same: {clauses}",
    ),
    "mending-renewed-facts": Text(
        "只因证据过期而未知，更新后所述不变即为已知的: {clauses}",
        "Unknown only because evidence has expired, and known once that is renewed and says the same: {clauses}",
    ),
    "mending-by-facts": Text(
        "由事实决定的，要先改事实: {clauses}",
        "Decided by facts, so that it takes other facts: {clauses}",
    ),
    "mending-by-facts-or-people": Text(
        "事实未定的，要补事实或由人作出结论: {clauses}",
        "Left open by facts, so that it takes facts or a verdict: {clauses}",
    ),
    "mending-brings": Text(
        "为此改事实时，适用的条款可能随之变化；guiju plan … --to {level} 会一并考虑",
        "Facts that change for these may change which clauses apply; guiju plan … --to {level} looks at that as well",
    ),
    "mending-entailed": Text(
        "虽无人下结论、其他条款的结论已使之不会不满足的: {clauses}；以上仍按不满足计",
        "Counted above as unsatisfied, though what is attested of other clauses keeps it from being that: {clauses}",
    ),
    "mending-size": Text("每套 {size} 项的 {sets} 套", "{sets} of {size:clause|clauses} each"),
    "mending-shared": Text("以下各个共有", "those below share"),
    "mending-more": Text(
        "… 另有更多，guiju explain … --why-not {level} --format json 列出前 {most} 种选法",
        "… and more; guiju explain … --why-not {level} --format json lists the first {most} selections",
    ),
    "nothing-of-it": Text("一项也没有", "none of them"),
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "note": Text("提示", "note"),
}


def word(key: str, language: Language, **arguments: object) -> str:
    """A fixed word in a language."""
    return agreeing(WORDS[key].in_language(language), **arguments)


def shown(value: Value | str, language: Language) -> str:
    """A value as people read it: exact, with a decimal beside a fraction that has none."""
    match value:
        case bool():
            return word("yes" if value else "no", language)
        case Fraction():
            return number(value)
        case Verdict():
            return word(value.value, language)
        case Special():
            return word(value.value, language)
        case Undefined():
            return word(value.reason, language) if value.reason in WORDS else value.reason
        case frozenset():
            return ", ".join(sorted(value))
    return word(value, language) if value in ("none", "any number") else f"{value}"


def number(value: Fraction) -> str:
    """An exact number, with two decimals beside it where it has no short decimal form."""
    about = _about(value)
    return f"{format_number(value)} ({about})" if about else format_number(value)


#: how the decimal beside a fraction lies to it; "exactly": there is none
About: TypeAlias = Literal["nearest", "above", "below", "exactly"]
_ROUNDED: dict[About, Callable[[Fraction], int]] = {"nearest": round, "above": ceil, "below": floor}


def quantity(value: Fraction, unit: str, language: Language, about: About = "nearest") -> str:
    """A value of the coherent unit in `unit`, with two decimals beside it where it has no short decimal form."""
    known = unit_named(unit)
    beside = _about(value / known.factor if known else value, about)
    exact = format_quantity(value, unit, language)
    return f"{exact} ({beside}{unit_behind(unit, language)})" if beside else exact


def quantity_in(units: Sequence[str], value: Fraction, language: Language, about: About = "nearest") -> str:
    """A value of the coherent unit in the first of some units in which its decimal ends, else in the first of all."""
    return quantity(value, next((u for u in units if _ends_in(value, u)), units[0]), language, about)


def _ends_in(value: Fraction, unit: str) -> bool:
    known = unit_named(unit)
    return "/" not in format_number(value / known.factor if known else value)


def share(value: Fraction) -> str:
    """A share as a percentage; the fraction that it is exactly, where it is short, if no percentage is."""
    exact = f"{format_number(value * 100)} %"
    if "/" not in exact:
        return exact
    about = f"{_about(value * 100)} %"
    fraction = format_number(value)
    return f"{fraction} ({about})" if len(fraction) <= LONGEST_FRACTION else about


def _about(value: Fraction, about: About = "nearest") -> str:
    """`≈0.33` of a number that has no short decimal form."""
    if about == "exactly" or "/" not in format_number(value):
        return ""
    places = next(p for p in range(2, 100) if p == 99 or abs(value) * 10**p >= 10)
    digits = str(abs(_ROUNDED[about](value * 10**places))).rjust(places + 1, "0")
    return f"≈{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def labelled(name: str, things: Iterable[Titled], language: Language) -> str:
    """An id with its label behind it; the label alone where it is the id in another spelling."""
    label = next((t.label.in_language(language) for t in things if t.id == name), name)
    return label if is_spelled(label, name) else f"{name} {label}"


def is_spelled(label: str, name: str) -> bool:
    """Whether a label is a name in another spelling."""
    return _spelled(label) == _spelled(name)


def _spelled(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").casefold()


def plain(value: Value) -> str:
    """A value as other programs read it: exact, one spelling whatever the language."""
    match value:
        case bool():
            return "true" if value else "false"
        case Fraction():
            return str(value)
        case Verdict() | Special():
            return str(value.value)
        case Undefined():
            return f"undefined:{value.reason}"
        case frozenset():
            return ",".join(sorted(value))
    return str(value)


def in_order(values: Iterable[Value], levels: Iterable[Titled] = ()) -> tuple[Value, ...]:
    """Numbers first, from the least; then levels as they are ranked, names, and the ways of having no value.

    One order in every report. Without `levels`, as other programs read it, levels are names among names.
    """
    ranked = {level.id: place for place, level in enumerate(levels)}

    def rank(value: Value) -> tuple[int, Fraction, str]:
        if isinstance(value, Fraction):
            return (0, value, "")
        if isinstance(value, str) and value in ranked:
            return (1, Fraction(ranked[value]), "")
        return (3 if isinstance(value, Special | Undefined) else 2, Fraction(0), plain(value))

    return tuple(sorted(values, key=rank))
