"""Every fixed word of a workbook, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.dsl.diagnostic import Text

COVER = Text("封面", "Cover")
TITLE = Text("评价问卷", "Assessment questionnaire")
SUBJECT: Mapping[str, Text] = {
    "name": Text("评价对象", "Subject"),
    "version": Text("版本", "Version"),
    "organization": Text("提供者", "Provided by"),
    "note": Text("备注", "Remarks"),
}
SUBJECT_HINTS: Mapping[str, Text] = {
    "name": Text("必填：被评价者的名称", "required: the name of what is assessed"),
    "version": Text("哪个版本或哪次发布", "which version or release"),
    "organization": Text("由谁提供", "who provides it"),
    "note": Text("", ""),
}
FICTIONAL = Text("是否虚构", "Invented")
FICTIONAL_HINT = Text("举例用的虚构对象写“是”", "`yes` for an example that is invented")
AS_OF = Text("评价时点", "As of")
AS_OF_HINT = Text(
    "带时区，如 2026-06-30T00:00:00+08:00；证据是否过期以此为准",
    "with its zone, as 2026-06-30T00:00:00+08:00; it says which evidence has expired",
)
TARGET = Text("目标等级", "Level aimed at")
TARGET_HINT = Text("best 表示最高一级", "`best` is the highest")
POLICY = Text("标准的编号", "Policy")
DIGEST = Text("策略的摘要值", "Digest of the policy")
READING = Text("读法", "Reading")

INSTRUCTIONS = Text("说明", "Instructions")
HOW: tuple[Text, ...] = (
    Text("只填有底色的单元格，其余受保护。不知道的留空：留空就是未知，不会当作“否”或 0。",
         "Fill in the shaded cells alone; all others are protected. Leave what is not known blank: blank is unknown, never no or 0."),  # noqa: E501
    Text("“证据”表给每份证据一个编号；条款和事实引用这些编号，几个编号之间用逗号。",
         "Give each piece of evidence a number on the sheet Evidence; clauses and facts refer to these, with commas between."),  # noqa: E501
    Text("“事实”表填数值和情况。数按所列单位填，可在下拉列表换单位；日期写成 2026-05-12。",
         "State numbers and circumstances on the sheet Facts, in the unit that stands beside; the list has other units. Dates are 2026-05-12."),  # noqa: E501
    Text("单位是 % 时，99.9 和 99.9% 一样。分数前面先打撇号，如 '1/3：不打就会变成日期，读入时拒绝。",
         "Beside the unit %, 99.9 and 99.9% are the same. Type an apostrophe before a fraction, '1/3: without it a spreadsheet makes a day of it, which is refused."),  # noqa: E501
    Text("每个主域一张表，一行一个条款。标明由事实判定的条款不必另写结论；其余由供方答复，评估方给出结论。",
         "Each domain has a sheet, each clause a row. A clause that facts decide needs no verdict; the others are answered by the vendor and judged by the assessor."),  # noqa: E501
    Text("“证据”“裁定”“评价发现”“抽样”“样本”各表一行一件，留有空行；要更多，请问卷的制作者用 guiju workbook export --rows N 重新生成。",  # noqa: E501
         "The sheets Evidence, Overrides, Findings, Samples and Instances are lists with rows to spare; for more, whoever made the workbook exports it anew with guiju workbook export --rows N."),  # noqa: E501
    Text("“不适用”须写理由；裁定写在“裁定”表，写明理由和作出者。",
         "`not-applicable` needs its reason. Overrides stand on the sheet Overrides, with reason and author."),
    Text("“结果”表随填随算，未定的写出还可能是什么。正式结论以 guiju 读入后的计算为准；两者说法一致。",
         "The sheet Result is computed as you type; of what is open it says what it can still be. What counts is what guiju computes from the imported workbook; both say the same."),  # noqa: E501
    Text("不要增删行列、改表名、合并单元格或写公式：读入时会逐一指出。",
         "Do not add or remove rows and columns, rename sheets, merge cells or write formulas: reading it back tells each."),  # noqa: E501
)  # fmt: skip

CLAUSES = Text("条款", "Clauses")
CLAUSES_ABOUT = Text("一行一个条款；有底色的单元格可填", "One row a clause; fill in the shaded cells")
CLAUSE_COLUMNS: tuple[Text, ...] = (
    Text("条款", "Clause"),
    Text("要点", "Requirement"),
    Text("能愿词", "Modality"),
    Text("计入等级", "Levels"),
    Text("怎样判定", "Decided by"),
    Text("通常的证据", "Typical evidence"),
    Text("供方答复", "Vendor's answer"),
    Text("供方证据编号", "Vendor's evidence"),
    Text("不适用的理由（供方）", "Why not applicable (vendor)"),
    Text("供方说明", "Vendor's remarks"),
    Text("答复人", "Answered by"),
    Text("评估方结论", "Assessor's verdict"),
    Text("评估方证据编号", "Assessor's evidence"),
    Text("不适用的理由（评估方）", "Why not applicable (assessor)"),
    Text("查验发现", "Finding"),
    Text("查验人", "Judged by"),
    Text("有效至", "Until"),
    Text("此时的结论", "As it stands"),
)
MODALITIES: Mapping[str | None, Text] = {
    "shall": Text("应", "shall"),
    "should": Text("宜", "should"),
    "may": Text("可", "may"),
}
NO_ITEM = Text("此读法下不是一项", "no item under this reading")
BY_PEOPLE = Text("查验", "attestation")
SATISFIED = Text("满足", "satisfied")
UNSATISFIED = Text("不满足", "unsatisfied")
ASIDE = Text("不适用", "not-applicable")
UNKNOWN = Text("未知", "unknown")
VERDICTS: tuple[Text, ...] = (SATISFIED, UNSATISFIED, ASIDE, UNKNOWN)
TRUTHS: tuple[Text, ...] = (Text("是", "yes"), Text("否", "no"))

FACTS = Text("事实", "Facts")
FACTS_ABOUT = Text("数按单位填；留空就是未知", "Numbers in the unit beside; blank is unknown")
FACT_COLUMNS: tuple[Text, ...] = (
    Text("事实", "Fact"),
    Text("名称", "Name"),
    Text("用于条款", "Asked by"),
    Text("通常的证据", "Typical evidence"),
    Text("值", "Value"),
    Text("单位", "Unit"),
    Text("证据编号", "Evidence"),
    Text("备注", "Remarks"),
)
EACH_BELOW = Text("下面逐项答；全部答完才算已知", "answer each below; known once all are")
COUNT = Text("个（整数）", "a whole number")
PLAIN_NUMBER = Text("（数）", "(a number)")

NO_SUCH_NUMBER = Text("请核对", "Please check")
WHOLE_NUMBER = Text("这里填整数", "A whole number is wanted here")
NUMBER_AT_ALL = Text("这里填数", "A number is wanted here")
NOT_NEGATIVE = Text("，不为负", ", none below 0")
AS_TEXT = Text(
    "。分数和超过 14 位的数写成文字（前面先打撇号，如 '1/3），读入时照原样；其他内容读入时会指出。",
    ". A fraction, or more than 14 digits, may stand as text behind an apostrophe, '1/3, and is read as it is; anything"
    " else is told when the workbook is read.",
)

EVIDENCE = Text("证据", "Evidence")
EVIDENCE_ABOUT = Text(
    "一行一份证据；编号自定，不含逗号", "One row a piece of evidence; choose the numbers, without commas"
)
EVIDENCE_NUMBER = Text("编号", "Number")
RECORD: Mapping[str, Text] = {
    "kind": Text("种类", "Kind"),
    "title": Text("标题", "Title"),
    "source": Text("存放处", "Source"),
    "collected": Text("收集日期", "Collected"),
    "received": Text("收到日期", "Received"),
    "from": Text("覆盖自", "Period from"),
    "to": Text("覆盖至", "Period to"),
    "expires": Text("有效至", "Expires"),
    "by": Text("收集者", "Collected by"),
    "method": Text("取得方法", "Method"),
    "revision": Text("版次", "Revision"),
    "confidentiality": Text("密级", "Confidentiality"),
    "sha256": Text("SHA-256", "SHA-256"),
    "hash": Text("其他摘要值", "Other digest"),
    "note": Text("备注", "Remarks"),
}

STATEMENTS = Text("裁定", "Overrides")
STATEMENTS_ABOUT = Text(
    "裁定，以及同一方对同一条款的另一个结论；条款按下拉列表里的写法",
    "Overrides, and what a voice says of a clause besides; clauses as the list has them",
)
STATEMENT_COLUMNS: tuple[Text, ...] = (
    Text("条款", "Clause"),
    Text("发言方", "Voice"),
    Text("结论", "Verdict"),
    Text("理由", "Reason"),
    Text("证据编号", "Evidence"),
    Text("备注", "Remarks"),
    Text("作出者", "By"),
    Text("有效至", "Until"),
)
VOICES: tuple[Text, ...] = (Text("裁定", "override"), Text("评估方", "assessor"), Text("供方", "vendor"))
WAIVER = Text("豁免", "waiver")

FINDINGS = Text("评价发现", "Findings")
FINDINGS_ABOUT = Text(
    "评估方就一个条款提出的问题；不决定任何结论。观察项可以不写责任方和期限",
    "What the assessor holds against a clause; it decides nothing. An observation needs no owner and no due date",
)
FINDING_COLUMNS: tuple[Text, ...] = (
    Text("编号", "Number"),
    Text("条款", "Clause"),
    Text("轻重", "Grade"),
    Text("发现了什么", "What was found"),
    Text("证据编号", "Evidence"),
    Text("提出日期", "Raised"),
    Text("提出者", "Raised by"),
    Text("由谁整改", "Owner"),
    Text("整改期限", "Due"),
    Text("关闭日期", "Closed on"),
    Text("由谁关闭", "Closed by"),
    Text("关闭的证据", "Closing evidence"),
    Text("关闭的说明", "Closing remarks"),
    Text("备注", "Remarks"),
)
GRADES: tuple[Text, ...] = (
    Text("严重不符合", "major"),
    Text("一般不符合", "minor"),
    Text("观察项", "observation"),
)

SAMPLES = Text("抽样", "Samples")
SAMPLES_ABOUT = Text(
    "一行一次抽样，用于一个条款或一个事实；规则如：全部、至少 18 项满足、占比 >= 95 %。"
    "由 guiju 读入后汇总，“结果”表里先按未定",
    "A row a sample, for one clause or one fact; rules such as: all, at least 18, share >= 95 %. guiju sums it up;"
    " until then the sheet Result leaves it open",
)
SAMPLE_COLUMNS: tuple[Text, ...] = (
    Text("编号", "Number"),
    Text("抽的是什么", "What was drawn"),
    Text("用于条款", "Clause"),
    Text("用于事实", "Fact"),
    Text("总体数", "Population"),
    Text("抽样数", "Sample"),
    Text("抽取方法", "Method"),
    Text("汇总规则", "Rule"),
    Text("由谁作出", "Voice"),
    Text("抽样者", "By"),
    Text("证据编号", "Evidence"),
    Text("有效至", "Until"),
    Text("备注", "Remarks"),
)
INSTANCES = Text("样本", "Instances")
INSTANCES_ABOUT = Text(
    "抽到的每一个一行：属于哪次抽样，结果怎样；还没有看的留空",
    "One row for each that was drawn: of which sample, and what was found; blank where nobody has looked",
)
INSTANCE_COLUMNS: tuple[Text, ...] = (
    Text("抽样编号", "Sample"),
    Text("样本", "Instance"),
    Text("结果", "Result"),
    Text("证据编号", "Evidence"),
    Text("备注", "Remarks"),
)

LISTS = Text("列表", "Lists")
CALCULATION = Text("计算", "Calculation")
CALCULATION_ABOUT = Text(
    "由策略生成的公式：每个节点能取什么值。1 可能，0 不可能；分数是公分母下的整数。",
    "Formulas made from the policy: what each node can come to. 1 is possible, 0 is not; scores are whole numbers over"
    " a common denominator.",
)
CALCULATION_COLUMNS: tuple[Text, ...] = (Text("节点，所问", "Node, and what of it"), Text("公式", "Formula"))

RESULT = Text("结果", "Result")
RESULT_ABOUT = Text(
    "随填随算；留空的按未知计。下限和上限相同即为已定。",
    "Computed as you type; what is blank is unknown. Where least and greatest are the same it is settled.",
)
RESULT_COLUMNS: tuple[Text, ...] = (
    Text("结果", "Result"),
    Text("得分（单位）", "Score (unit)"),
    Text("等级", "Level"),
    Text("此时的值", "As it stands"),
    Text("下限", "Least"),
    Text("上限", "Greatest"),
)
OPEN = Text("未定：", "open: ")
OR = Text("、", ", ")
TO = Text(" 至 ", " to ")
NOT_ENTERED = Text("未进入", "not entered")
ABSENT = Text("不参与", "not taking part")
UNDEFINED = Text("标准未给出值", "undefined")
NO_LEVEL = Text("无等级", "no level")
NOT_LIVE = Text("公式表达不了（{construct}），读入后由 guiju 计算", "no formula says it ({construct}); guiju does")
UNREAD = Text(
    "“裁定”或“抽样”表有一行的条款、事实或发言方不在列表里，或写在有底色的行以外：改好之前不给结论",
    "a row of the sheet Overrides or Samples names no clause, fact or voice of the lists, or stands below the shaded"
    " rows: nothing is settled until it is mended",
)
LEAST_AND_GREATEST = (Text("下限", "Least"), Text("上限", "Greatest"))
RADAR = Text("{what}（{groups}）：下限和上限", "{what} ({groups}): least and greatest")
EMPTY_CHART = Text("（未定义的不画）", "(what has no value is not drawn)")
MADE_BY = Text("规矩（Guiju）", "Guiju (规矩)")
