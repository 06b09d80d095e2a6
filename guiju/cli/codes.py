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
    Text(
        "标准有等级“{name}”，但没有对整体的定级给出它",
        "the standard has the level `{name}`, but no grade of the whole gives it",
    ),
    Text(
        "问定级里有的等级，或在定级里加上这一级的行；只给各组定的等级不能问",
        "ask of a level that a grade gives, or add a row for it to a grade; a level of groups alone cannot be asked for",
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
    Text("已有的内容不会被新写的盖掉", "what is there never gives way to what is written anew"),
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
NOTHING_TO_COMPARE = Code(
    "nothing-to-compare",
    Severity.ERROR,
    Text("没有写明比较什么", "Not clear what to compare"),
    Text("要比较的两方没有写全，或写多了", "there are not two sides to compare, or more than two"),
    Text(
        "写一个策略和两份证据，或一份证据加 --other-reading，或两个评价包，或 --policies OLD NEW（可再加一两份证据）",
        "give a policy and two evidence files, or one and --other-reading, or two bundles, "
        "or --policies OLD NEW and up to two files",
    ),
    Text("比较总是两方之间的", "a comparison is between two sides"),
)
OPTION_OF_A_BUNDLE = Code(
    "option-beside-bundle",
    Severity.ERROR,
    Text("评价包之外又给了读法或标准", "A reading or a policy beside a bundle"),
    Text("“{name}”不能用于评价包", "`{name}` is not for bundles"),
    Text(
        "去掉它；要换读法，就写 BUNDLE POLICY EVIDENCE 并加 --reading",
        "leave it out; to change a reading, give BUNDLE POLICY EVIDENCE and --reading",
    ),
    Text("评价包所用的读法和标准都在包里", "the readings and standards of a bundle are those inside it"),
)
WITNESS_OF_EVIDENCE = Code(
    "witness-beside-evidence",
    Severity.ERROR,
    Text("--witness 和证据同时给出", "--witness beside evidence"),
    Text("给了证据，就不再另找结果不同的对象", "where evidence is given, no other subject is looked for"),
    Text("去掉证据，只留 --policies OLD NEW", "leave the evidence out: --policies OLD NEW alone"),
    Text("没有写出的文件，会被当作已经写出", "a file that is never written would pass for one that is"),
)
NEEDS_EXTRA = Code(
    "needs-extra",
    Severity.ERROR,
    Text("缺少可选的部分", "An optional part is not installed"),
    Text(
        "这条命令要用可选的部分“{extra}”，没有安装",
        "this command needs the optional part `{extra}`, which is not installed",
    ),
    Text("安装它：pip install 'guiju[{extra}]'", "install it: pip install 'guiju[{extra}]'"),
    Text(
        "作图和页面的库较大，评价本身用不着",
        "the libraries that draw pages are large, and evaluating needs none of them",
    ),
)
COSTS_FORM = Code(
    "costs-form",
    Severity.ERROR,
    Text("费用文件的形式不对", "Form of a costs file"),
    Text("“{key}”应为{expected}", "`{key}` must be {expected}"),
    Text(
        "文件的键：guiju: costs/1、default、costs、pinned、needs",
        "the keys of the file are: guiju: costs/1, default, costs, pinned, needs",
    ),
    Text(
        "看不懂的一行若被忽略，方案就不是按它算的", "were a line passed over, the plan would not be made on its terms"
    ),
)
COST_NOT_POSITIVE = Code(
    "cost-not-positive",
    Severity.ERROR,
    Text("费用不是正数", "Cost that is not above zero"),
    Text("“{name}”的费用“{cost}”不是大于零的数", "the cost `{cost}` of `{name}` is no number above zero"),
    Text(
        "写大于零的数，如 3、5/2、0.4；不能改的写在 pinned 下",
        "write a number above zero, such as 3, 5/2 or 0.4; list under `pinned` what cannot change",
    ),
    Text("不花费用的改动多多益善，方案就没有最少可言", "of changes that cost nothing no set would be the smallest"),
)
NO_SUCH_CHANGE = Code(
    "no-such-change",
    Severity.ERROR,
    Text("没有可以改的这一项", "Nothing that can change has this name"),
    Text("“{name}”不是条款，也不是事实", "`{name}` is no clause and no fact"),
    Text("写条款号或事实的名字，例如：{known}", "name a clause or a fact, such as: {known}"),
    Text("改动只有两种：条款得到满足，事实变了", "a change is that a clause is satisfied, or that a fact is another"),
)
COST_TWICE = Code(
    "cost-twice",
    Severity.ERROR,
    Text("费用文件里同一项写了两次", "One thing under two names in a costs file"),
    Text("“{name}”就是前面写过的“{other}”", "`{name}` is `{other}`, which is stated above"),
    Text("只留一处", "leave one of the two out"),
    Text("同一项不能有两种费用", "one thing cannot have two costs"),
)
NEEDS_CYCLE = Code(
    "needs-cycle",
    Severity.ERROR,
    Text("先后要求成环", "What needs each other first"),
    Text("先后要求成环：{cycle}", "these need each other first: {cycle}"),
    Text("去掉其中一条先后要求", "leave one of these needs out"),
    Text("彼此等待的改动，一项也开始不了", "of changes that wait for one another none can begin"),
)
NEEDS_A_NUMBER = Code(
    "needs-a-number",
    Severity.ERROR,
    Text("先要的是一个数", "A number that is needed first"),
    Text("“{name}”不是条款，也不是“是否”事实", "`{name}` is no clause and no yes-no fact"),
    Text("先要的写成条款，或“是否”事实", "let it be a clause or a yes-no fact that is needed first"),
    Text("一个数要到多少才算先有了，没有说", "how much of a number would be enough to begin is not said"),
)
NOT_PROVED = Code(
    "plan-not-proved",
    Severity.ERROR,
    Text("方案没有证明", "No proof to write"),
    Text(
        "没有证明这是最省的，没有证书可写",
        "that nothing cheaper does is not proved, so there is no certificate to write",
    ),
    Text(
        "去掉 --certificate，或把没有试遍的事实写在 pinned 下",
        "leave --certificate out, or pin the facts not fully tried",
    ),
    Text("证书只证明已经证明的事", "a certificate says only what is proved"),
)
CERTIFICATE_FORM = Code(
    "certificate-form",
    Severity.ERROR,
    Text("不是方案的证书", "Not the certificate of a plan"),
    Text("文件不是 plan-certificate/1：{path}", "the file is no plan-certificate/1: {path}"),
    Text("给出 `guiju plan --certificate` 写的文件", "give a file that `guiju plan --certificate` wrote"),
    Text("形式不同的证书证明不了什么", "a certificate of another form proves nothing"),
)
CERTIFICATE_REFUTED = Code(
    "certificate-refuted",
    Severity.ERROR,
    Text("证书不成立", "Certificate that does not hold"),
    Text("证书所说的“{path}”不成立", "what the certificate says at `{path}` is not so"),
    Text(
        "用同样的策略、证据、等级、读法和费用文件核对；再不成立就重新生成",
        "check it with the policy, evidence, level, readings and costs that it was made for, or make it anew",
    ),
    Text("改过一处的证书不再证明方案最省", "a certificate that was changed anywhere proves no plan"),
)
CLI_CODES: tuple[Code, ...] = (
    NOTHING_TO_COMPARE,
    OPTION_OF_A_BUNDLE,
    WITNESS_OF_EVIDENCE,
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
    NEEDS_EXTRA,
    COSTS_FORM,
    COST_NOT_POSITIVE,
    NO_SUCH_CHANGE,
    COST_TWICE,
    NEEDS_CYCLE,
    NEEDS_A_NUMBER,
    NOT_PROVED,
    CERTIFICATE_FORM,
    CERTIFICATE_REFUTED,
)
