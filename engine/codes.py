"""The diagnostics of matching evidence against a program."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text


def _error(name: str, title: Text, message: Text, help: Text, why: Text) -> Code:
    return Code(name, Severity.ERROR, title, message, help, why)


UNKNOWN_FACT = _error(
    "unknown-fact",
    Text("事实不存在", "Fact not known"),
    Text("标准里没有名为“{name}”的事实", "the standard has no fact called `{name}`"),
    Text("检查拼写；`guiju template` 列出全部事实", "check the spelling; `guiju template` lists every fact"),
    Text(
        "写错名字的事实若被忽略，评价就少了一条证据而无人知道",
        "a misspelt fact that is silently ignored is evidence lost without anyone knowing",
    ),
)
INPUT_AMONG_FACTS = _error(
    "input-among-facts",
    Text("输入项写在事实里", "Input among the facts"),
    Text("“{name}”是输入项，不是事实", "`{name}` is an input and no fact"),
    Text("把它写在 inputs（输入）之下", "write it under `inputs`"),
    Text(
        "输入项决定按哪一组规则评价，事实由证据说明",
        "inputs decide which rules apply, facts are what the evidence shows",
    ),
)
FACT_AMONG_INPUTS = _error(
    "fact-among-inputs",
    Text("事实写在输入项里", "Fact among the inputs"),
    Text("“{name}”是事实，不是输入项", "`{name}` is a fact and no input"),
    Text("把它写在 facts（事实）之下", "write it under `facts`"),
    Text(
        "输入项决定按哪一组规则评价，事实由证据说明",
        "inputs decide which rules apply, facts are what the evidence shows",
    ),
)
UNKNOWN_EVIDENCE_CLAUSE = _error(
    "unknown-clause-in-evidence",
    Text("证据指向不存在的条款", "Evidence for a clause that does not exist"),
    Text("标准里没有条款“{name}”", "the standard has no clause `{name}`"),
    Text("逐条写条款号：{known}", "write the id of each clause: {known}"),
    Text("指错条款的结论不能算到别处去", "a verdict on a clause that is not there must not count anywhere"),
)
PARENT_ATTESTED = _error(
    "attested-parent",
    Text("对有下级的条款作了结论", "Verdict on a clause with children"),
    Text("条款“{name}”有下级条款，不能直接作结论", "the clause `{name}` has children and takes no verdict of its own"),
    Text("逐条写明下级条款：{children}", "attest its children instead: {children}"),
    Text("一个笼统的结论看不出哪一项不满足", "one verdict for all hides which of them fails"),
)
NO_INPUTS = Text("（没有）", "none")  # where those are told that a standard has
UNKNOWN_INPUT = _error(
    "unknown-input",
    Text("输入项不存在", "Input not known"),
    Text("标准里没有名为“{name}”的输入项", "the standard has no input called `{name}`"),
    Text("可用的输入项：{known}", "the inputs are: {known}"),
    Text("输入项决定按哪一组规则评价", "inputs decide which rules apply"),
)
UNKNOWN_OPTION = _error(
    "unknown-option",
    Text("选项不存在", "Option not known"),
    Text("“{name}”没有选项“{value}”", "`{name}` has no option `{value}`"),
    Text("可用的选项：{known}", "the options are: {known}"),
    Text("没有列出的选项没有意义", "an option that is not listed means nothing"),
)
WRONG_VALUE = _error(
    "wrong-kind-of-value",
    Text("值的种类不对", "Wrong kind of value"),
    Text("“{name}”应为{expected}，给出的是{found}", "`{name}` must be {expected}; stated is {found}"),
    Text("改成{words}", "write {words}"),
    Text("种类不对的值无法与阈值比较", "a value of the wrong kind cannot be compared with a threshold"),
)
WRONG_UNIT = _error(
    "wrong-unit",
    Text("单位不对", "Wrong unit"),
    Text("“{name}”以 {expected} 计，给出的单位是 {found}", "`{name}` is measured in {expected}; stated is {found}"),
    Text("换成以下单位之一：{units}", "use one of these units: {units}"),
    Text("量纲不同的数不能比较", "numbers of different dimensions cannot be compared"),
)
MISSING_UNIT = _error(
    "missing-unit",
    Text("缺少单位", "Unit missing"),
    Text("“{name}”没有写单位", "`{name}` has no unit"),
    Text("写明单位，例如“{example}”", "write the unit, for example `{example}`"),
    Text(
        "不写单位的数会被各人理解成不同的量", "a number without unit means something different to everyone who reads it"
    ),
)
NOT_WHOLE = _error(
    "not-a-whole-number",
    Text("应为整数", "Not a whole number"),
    Text("“{name}”是个数，应为不小于 0 的整数", "`{name}` is a count and must be a whole number, zero or more"),
    Text("改成整数", "write a whole number"),
    Text("个数没有小数，也没有负数", "counts have no fractions and no sign"),
)
NEGATIVE = _error(
    "negative-quantity",
    Text("不应为负数", "Negative quantity"),
    Text("“{name}”不能小于 0", "`{name}` cannot be less than zero"),
    Text("检查符号", "check the sign"),
    Text("这类量从 0 开始", "a quantity of this kind starts at zero"),
)
STATED_TWICE = _error(
    "stated-twice",
    Text("同一项写了两次", "Stated twice"),
    Text(
        "“{name}”写了两次（可能用了名称的两种写法）", "`{name}` is stated twice, perhaps by two spellings of its name"
    ),
    Text(
        "只保留一处；一个条款的几个结论写成一个列表",
        "keep one of them; put several verdicts on one clause into one list",
    ),
    Text("两处若不一致，就不知道以哪一处为准", "if the two differ, nobody can say which one holds"),
)
NO_APPLICABILITY = _error(
    "always-applicable",
    Text("该条款不能不适用", "Clause that always applies"),
    Text(
        "条款“{name}”在标准中没有适用条件，不能写“不适用”",
        "the clause `{name}` has no condition of applicability and cannot be `not-applicable`",
    ),
    Text(
        "写“满足”或“不满足”；若有依据认为可以不适用，选用相应的读法",
        "write satisfied or unsatisfied, or choose the reading under which it may not apply",
    ),
    Text(
        "随意写“不适用”会使条款退出计数，抬高得分",
        "a clause that is waved away leaves every count and raises the score",
    ),
)
UNKNOWN_TARGET = _error(
    "unknown-target",
    Text("目标等级不存在", "Target level not known"),
    Text("标准没有等级“{name}”", "the standard has no level `{name}`"),
    Text("可用的目标：{known}", "the targets are: {known}"),
    Text("目标等级决定报告回答哪个问题", "the target decides which question the report answers"),
)
UNKNOWN_READING = _error(
    "unknown-reading",
    Text("读法不存在", "Reading not known"),
    Text("没有读法“{name}”", "there is no reading `{name}`"),
    Text("可用的读法：{known}", "the readings are: {known}"),
    Text("读法决定有歧义的条文如何理解", "a reading says how an ambiguous text is understood"),
)
BEYOND_A_SHARE = Code(
    "more-than-the-whole",
    Severity.WARNING,
    Text("占比超过 100 %", "Share above 100 %"),
    Text(
        "“{name}”是 {found}：占比不会超过 100 %，标准也只拿它与不超过 100 % 的数比较",
        "`{name}` is {found}: no share is more than 100 %, and the standard compares it with no larger number",
    ),
    Text(
        "若是占比，改正这个数；若是可以超过 100 % 的比率，如增长率，不必改，在事实的标签里写明即可",
        "if it is a share, correct the number; if it is a ratio that may be more, such as growth, leave it, and let the "
        "label of the fact say so",
    ),
    Text(
        "180 % 的到会率多半是少了小数点，照算却会通过所有下限",
        "a presence of 180 % lacks a decimal point, most likely, and still passes every lower bound",
    ),
)
UNCHECKED_AGE = Code(
    "unchecked-age",
    Severity.WARNING,
    Text("证据的时限没有检查", "Age of evidence not checked"),
    Text(
        "本标准对“{name}”的证据有时限，而{missing}，因此没有检查，照常采信",
        "this standard limits the age of evidence for `{name}`, but {missing}: it was not checked, and it counts",
    ),
    Text("引用写明收集日期的证据，并写明 as_of", "refer to evidence with its date of collection, and say `as_of`"),
    Text("没有日期，就不知道说的是不是现在的情况", "without a date nobody knows whether it is still so"),
)
EXPIRED = Code(
    "expired-evidence",
    Severity.WARNING,
    Text("证据已过期", "Evidence has expired"),
    Text(
        "“{name}”的证据在评价时点都已过期，或超过本标准允许的时限，不予采信",
        "all evidence for `{name}` expired before the as-of instant, or is older than this standard allows: it does not count",
    ),
    Text("补充在有效期内的证据", "add evidence that is still valid"),
    Text(
        "过期的证据说明不了评价时点的情况", "evidence that has expired says nothing about the instant of the assessment"
    ),
)
ENDED = Code(
    "ended-attestation",
    Severity.WARNING,
    Text("结论已到期", "An attestation has ended"),
    Text(
        "“{name}”的{voice}只到 {day}，评价时点已过，不予采信",
        "{voice} on `{name}` was given until {day}, before the as-of instant: it does not count",
    ),
    Text("重新作出结论，或删去它", "have it given anew, or delete it"),
    Text(
        "到期的裁定所盖过的说法不会自动恢复：条款未知，直到重新裁定或删去这一项",
        "what an ended override had overruled does not come back by itself: the clause is unknown until it is given "
        "anew or deleted",
    ),
)
WAIVER_ENDED = Code(
    "ended-waiver",
    Severity.WARNING,
    Text("豁免已到期", "A waiver has ended"),
    Text(
        "“{name}”的豁免只到 {day}，评价时点已过，不再有效",
        "the waiver of `{name}` was given until {day}, before the as-of instant: it stands no longer",
    ),
    Text("重新批准，或删去它", "have it given anew, or delete it"),
    Text("豁免从不改变结论，到期也不改变", "a waiver never changes a verdict, and neither does its end"),
)
OTHER_STANDARD = _error(
    "other-standard",
    Text("证据文件属于另一标准", "Evidence for another standard"),
    Text("证据文件写明的标准是“{found}”，不是“{expected}”", "the evidence file is for `{found}`, not `{expected}`"),
    Text("换用相应的证据文件或标准", "use the evidence file or the standard that belongs to it"),
    Text("条款号相同的两个标准，含义可以完全不同", "equal clause ids of two standards may mean quite different things"),
)

BIND_CODES: tuple[Code, ...] = (
    UNKNOWN_FACT,
    UNKNOWN_EVIDENCE_CLAUSE,
    PARENT_ATTESTED,
    UNKNOWN_INPUT,
    INPUT_AMONG_FACTS,
    FACT_AMONG_INPUTS,
    UNKNOWN_OPTION,
    WRONG_VALUE,
    WRONG_UNIT,
    MISSING_UNIT,
    NOT_WHOLE,
    NEGATIVE,
    STATED_TWICE,
    NO_APPLICABILITY,
    UNKNOWN_TARGET,
    UNKNOWN_READING,
    BEYOND_A_SHARE,
    UNCHECKED_AGE,
    EXPIRED,
    ENDED,
    WAIVER_ENDED,
    OTHER_STANDARD,
)
