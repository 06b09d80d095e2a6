"""The diagnostics of exports: what a format needs and was not given."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text

NEEDS_EVIDENCE = Code(
    "export-needs-evidence",
    Severity.ERROR,
    Text("没有可导出的评价", "No assessment to export"),
    Text("{form} 写的是一次评价，没有给出证据", "{form} holds an assessment, and no evidence was given"),
    Text(
        "在策略后面写证据文件；只写策略可以导出：{alone}",
        "name the evidence file behind the policy; of a policy alone these can be made: {alone}",
    ),
    Text("没有证据就没有结论，空的结论会被当作不满足", "without evidence there are no verdicts to hand on"),
)
OF_POLICY_ALONE = Code(
    "export-of-policy-alone",
    Severity.ERROR,
    Text("这种文件里没有评价", "A format without assessments"),
    Text(
        "{form} 只写策略，不写评价，用不上证据", "{form} holds a policy and no assessment: it has no use for evidence"
    ),
    Text(
        "去掉证据文件；评价可以导出为：{assessed}", "leave the evidence out; assessments can be exported to {assessed}"
    ),
    Text("没有写出去的证据，会被当作已经写出", "evidence that is not handed on would pass for what was"),
)
NEEDS_AS_OF = Code(
    "export-needs-as-of",
    Severity.ERROR,
    Text("没有时点", "No instant"),
    Text("{form} 必须写明时点，{missing}", "{form} must say its instant, and {missing}"),
    Text("{remedy}，例如 2026-03-31T09:00:00+08:00", "{remedy}, such as 2026-03-31T09:00:00+08:00"),
    Text(
        "时点若取自时钟，同样的文件每次导出都不同",
        "were it taken from the clock, the same files would give another export each time",
    ),
)
NEEDS_LEVEL = Code(
    "export-needs-level",
    Severity.ERROR,
    Text("没有写明等级", "No level for a profile"),
    Text(
        "oscal-profile 写的是一个等级的条款，{missing}", "oscal-profile holds the clauses of one level, and {missing}"
    ),
    Text(
        "用 --level 写明其中之一：{known}；没有等级的标准只有目录（oscal-catalog）",
        "name one of these with --level: {known}; of a standard without levels there is a catalog alone (oscal-catalog)",
    ),
    Text("写错等级，选出的就是别的条款", "of another level it would choose other clauses"),
)
NOT_AN_INSTANT = Code(
    "export-not-an-instant",
    Severity.ERROR,
    Text("时点写法有误", "Not an instant"),
    Text("“{text}”不是写明时区的时刻", "`{text}` is no instant with its time zone"),
    Text("写成 2026-03-31T09:00:00+08:00", "write 2026-03-31T09:00:00+08:00"),
    Text("不写时区，同一个文件在各地是不同的时刻", "without zone it is another instant in another country"),
)
EXPORT_CODES: tuple[Code, ...] = (NEEDS_EVIDENCE, OF_POLICY_ALONE, NEEDS_AS_OF, NEEDS_LEVEL, NOT_AN_INSTANT)
