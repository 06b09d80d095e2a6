"""The diagnostics of files of cases, beside those of evidence files, which cases are."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text

UNKNOWN_EXPECTED = Code(
    "unknown-expectation",
    Severity.ERROR,
    Text("期望的东西不存在", "Expectation of nothing that is there"),
    Text("没有名为“{name}”的结论、得分、条款或事实", "there is no outcome, score, clause or fact `{name}`"),
    Text("名称与 guiju explain 的相同，例如：{known}", "names are those of guiju explain, such as: {known}"),
    Text("期望总是针对标准里的一个结果", "an expectation is that of one result of the standard"),
)
NOT_ITS_VALUE = Code(
    "not-its-value",
    Severity.ERROR,
    Text("不是它的值", "No value of it"),
    Text("“{value}”不是“{name}”的值", "`{value}` is no value of `{name}`"),
    Text(
        "写成数、等级、选项、结论，或 >= 1 这样的范围；可能的几个值写成列表",
        "write a number, a level, an option, a verdict, or a range such as >= 1; several that are possible as a list",
    ),
    Text("写错的值永远不会相符", "a value that cannot be would never be met"),
)
UNKNOWN_CASE_READING = Code(
    "unknown-reading-of-case",
    Severity.ERROR,
    Text("没有这个读法", "No such reading"),
    Text("没有读法“{name}”的选项“{option}”", "there is no option `{option}` of a reading `{name}`"),
    Text("可用的：{known}", "there are: {known}"),
    Text("写错的读法等于没有写", "a reading that does not exist changes nothing"),
)
CASE_NAMED_TWICE = Code(
    "case-named-twice",
    Severity.WARNING,
    Text("两个示例同名", "Two cases of one name"),
    Text("这里已有名为“{name}”的示例", "there is a case `{name}` already"),
    Text("给其中一个另起名称", "give one of them another name"),
    Text(
        "结果和 --only 都以名称指示例，同名的就分不开",
        "results and --only go by the names of cases, and those of one name cannot be told apart",
    ),
)
CASE_CODES: tuple[Code, ...] = (UNKNOWN_EXPECTED, NOT_ITS_VALUE, UNKNOWN_CASE_READING, CASE_NAMED_TWICE)
