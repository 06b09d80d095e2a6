"""What can be wrong with a call: the codes of the command."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text

NO_STANDARD = Code(
    "no-standard",
    Severity.ERROR,
    Text("没有写明标准", "No standard is named"),
    Text("文件没有写明用于哪个标准", "the file does not say which standard it is for"),
    Text("写明 standard 或 standards，或用 --policy 指定", "name it under `standard` or `standards`, or give --policy"),
    Text("覆盖情况总是对着标准说的", "coverage is always that of some standard"),
)
UNKNOWN_NODE = Code(
    "unknown-node",
    Severity.ERROR,
    Text("没有这个节点", "No such node"),
    Text(
        "没有名为“{name}”的结论、得分、条款、事实或输入项", "there is no outcome, score, clause, fact or input `{name}`"
    ),
    Text(
        "写成结论（{outcomes}）、某一级的得分、条款号、事实或输入项，例如：{known}",
        "name an outcome ({outcomes}), a score at a level, a clause, a fact or an input, such as: {known}",
    ),
    Text("解释总是针对一个节点", "an explanation is that of one node"),
)
UNKNOWN_LEVEL = Code(
    "unknown-level",
    Severity.ERROR,
    Text("没有这个等级", "No such level"),
    Text("标准没有等级“{name}”", "the standard has no level `{name}`"),
    Text("可用的等级：{known}", "the levels are: {known}"),
    Text("未达到的原因总是针对一个等级", "why not is asked of one level"),
)
LEVEL_NEVER_GIVEN = Code(
    "level-never-given",
    Severity.ERROR,
    Text("没有定级给出这个等级", "Level that no grade gives"),
    Text("标准有等级“{name}”，但没有定级给出它", "the standard has the level `{name}`, but no grade gives it"),
    Text(
        "问定级里有的等级，或在定级里加上这一级的行",
        "ask of a level that a grade gives, or add a row for it to a grade",
    ),
    Text("没有行的等级，无论证据如何都不会是结果", "a level without a row is never the result, whatever the evidence"),
)
NODE_BESIDE_LEVEL = Code(
    "node-beside-why-not",
    Severity.ERROR,
    Text("节点和 --why-not 同时给出", "NODE beside --why-not"),
    Text("--why-not 问的是等级，不能再给节点“{name}”", "--why-not asks of a level and takes no node, such as `{name}`"),
    Text(
        "问等级“{level}”就去掉“{name}”；问“{name}”就去掉 --why-not",
        "leave out `{name}` to ask of the level `{level}`, or leave out --why-not to ask of `{name}`",
    ),
    Text("只回答其中一个，另一个就像没有问过", "if only one were answered, the other would pass unnoticed"),
)
NOT_WRITABLE = Code(
    "file-not-writable",
    Severity.ERROR,
    Text("文件无法写入", "File cannot be written"),
    Text("无法写入“{path}”（{reason}）", "`{path}` cannot be written ({reason})"),
    Text(
        "检查文件夹是否存在、是否可以写入，或换一个路径",
        "check that the folder exists and may be written to, or name another path",
    ),
    Text("没有写成的文件不会留下一半", "a file is written as a whole or not at all"),
)
FILE_EXISTS = Code(
    "file-exists",
    Severity.ERROR,
    Text("文件已存在", "File exists"),
    Text("“{path}”已经存在，没有改动", "`{path}` exists and was left as it is"),
    Text("换一个路径，或先把它移走", "name another path, or move it away first"),
    Text("填好的证据文件不会被空白的盖掉", "a blank file never takes the place of one that was filled in"),
)
NEEDS_A_FILE = Code(
    "needs-a-file",
    Severity.ERROR,
    Text("不是文件", "Not a file"),
    Text("--write 改写文件，“{name}”不是文件的路径", "--write changes a file, and `{name}` is not the path of one"),
    Text("给出 .guiju 文件的路径，或去掉 --write", "give the path of a .guiju file, or leave --write out"),
    Text("随附的标准不会被改写", "bundled policies are never changed"),
)
NOT_A_FILE_TO_ANSWER_IN = Code(
    "not-a-file-to-answer-in",
    Severity.ERROR,
    Text("回答没有地方存", "Nowhere to keep answers"),
    Text("“{path}”不是可以加入回答的文件", "`{path}` is no file that answers could join"),
    Text("用 --out 给出一个新文件", "name a new file with `--out`"),
    Text("每答一问就存一次，所以要有文件可存", "every answer is kept at once, and needs a file to be kept in"),
)
NOT_A_SETTING = Code(
    "not-a-setting",
    Severity.ERROR,
    Text("设法写得不对", "Not a setting"),
    Text("“{setting}”不是“名称=值”", "`{setting}` is not NAME=VALUE"),
    Text("写成“名称=值”，例如 6.1.1.1.a=满足", "write NAME=VALUE, such as `6.1.1.1.a=satisfied`"),
    Text("设什么、设成什么，都要写明", "it must say what is set, and to what"),
)
CLI_CODES: tuple[Code, ...] = (
    NO_STANDARD,
    UNKNOWN_NODE,
    UNKNOWN_LEVEL,
    LEVEL_NEVER_GIVEN,
    NODE_BESIDE_LEVEL,
    NOT_WRITABLE,
    FILE_EXISTS,
    NEEDS_A_FILE,
    NOT_A_FILE_TO_ANSWER_IN,
    NOT_A_SETTING,
)
