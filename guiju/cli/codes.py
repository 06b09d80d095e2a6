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
UNKNOWN_OUTCOME = Code(
    "unknown-outcome",
    Severity.ERROR,
    Text("没有这个结果", "No such outcome"),
    Text("标准没有名为“{name}”的结果", "the standard has no outcome `{name}`"),
    Text("标准的结果：{known}", "its outcomes are: {known}"),
    Text(
        "方案针对一个结果，提问可以针对其中几个", "a plan is made for one outcome, and questions may be asked for some"
    ),
)
NO_LEVELS = Code(
    "no-levels",
    Severity.ERROR,
    Text("标准不分等级", "Standard without levels"),
    Text(
        "这个标准不分等级，没有“{name}”可以达到；它的结果是：{outcomes}",
        "this standard has no levels, so there is no `{name}` to reach; its outcomes are: {outcomes}",
    ),
    Text(
        "用 guiju explain POLICY EVIDENCE {first} 看结果从何而来，用 guiju simulate … --set 看改动后如何",
        "see where an outcome comes from with guiju explain POLICY EVIDENCE {first}, and what a change makes of it "
        "with guiju simulate … --set",
    ),
    Text(
        "方案和“为何未达到”总是针对一个等级；计数和占比没有要达到的等级",
        "plans and why not are asked of a level; a count or a share has none to reach",
    ),
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
    Text(
        "换一个路径，或先把它移走{or_replace}",
        "name another path, or move it away first{or_replace}",
    ),
    Text("已有的内容不会被新写的盖掉", "what is there never gives way to what is written anew"),
)
OVER_ITS_INPUT = Code(
    "over-its-input",
    Severity.ERROR,
    Text("输出会盖掉输入", "Output over its own input"),
    Text("“{path}”是这条命令所读的文件，没有改动", "`{path}` is what this command reads, and was left as it is"),
    Text("换一个路径", "name another path"),
    Text(
        "--replace 只许盖掉先前写出的文件；输入没有了，就再也写不出来",
        "--replace is for what was written before; from an input that is gone nothing can be made again",
    ),
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
CHANGED_MEANWHILE = Code(
    "changed-meanwhile",
    Severity.ERROR,
    Text("文件在询问期间被改过", "File changed while it was asked for"),
    Text(
        "“{path}”在询问期间被改动，已照原样留着；刚才的回答没有存入：{answer}",
        "`{path}` was changed while you were asked, and is left as it is; your last answer is not in it: {answer}",
    ),
    Text(
        "把这一条写进文件，或再次运行 guiju ask 从现在的文件接着答",
        "write that answer into the file, or run `guiju ask` again to go on from the file as it now is",
    ),
    Text("别人刚写下的内容不会被旧的一份盖掉", "what somebody has just written never gives way to an older copy"),
)
GONE_MEANWHILE = Code(
    "gone-meanwhile",
    Severity.ERROR,
    Text("文件在询问期间不见了", "File gone while it was asked for"),
    Text(
        "“{path}”在询问期间被移走、删除，或不能再读；刚才的回答没有存入：{answer}",
        "`{path}` was moved, deleted or made unreadable while you were asked; your last answer is kept nowhere: {answer}",
    ),
    Text("把文件放回原处，再次运行 guiju ask 接着答", "put the file back, and run `guiju ask` again to go on"),
    Text("删去的文件不会被悄悄写回来", "a file that somebody deleted is not quietly made again"),
)
SAID_TWICE = Code(
    "said-twice",
    Severity.ERROR,
    Text("同一项说了两次", "One thing set twice"),
    Text("“{second}”和前面的“{first}”说的是同一项", "`{second}` is about the same as `{first}` before it"),
    Text("只留一处", "leave one of the two out"),
    Text("取哪一个没有说，就不该由先后来定", "which of the two is meant is not said, and their order must not decide"),
)
NOT_A_SETTING = Code(
    "not-a-setting",
    Severity.ERROR,
    Text("设法写得不对", "Not a setting"),
    Text("“{setting}”不是“名称=值”", "`{setting}` is not NAME=VALUE"),
    Text("写成“{name}=值”", "write {name}=VALUE"),
    Text("设什么、设成什么，都要写明", "it must say what is set, and to what"),
)
TWO_STANDARDS = Code(
    "two-standards",
    Severity.ERROR,
    Text("两方不是同一标准", "Assessments by two standards"),
    Text(
        "一方依 {before}（{was}），另一方依 {after}（{now}），不是同一标准",
        "one side is assessed by {before} ({was}), the other by {after} ({now}), which are not one standard",
    ),
    Text(
        "比较依同一标准所作的评价；一份证据回答了几个标准的多少，用 guiju coverage；"
        "若是同一标准的两版，在新版写 代替 和前一版的代号",
        "compare assessments by one standard; what one file answers of several standards says guiju coverage; if these "
        "are editions of one, say `replaces` and the older designation in the newer",
    ),
    Text(
        "两个标准的结果和条款互不对应，没有原因可以归结",
        "outcomes and clauses of two standards do not answer to one another, so nothing can be put down to a cause",
    ),
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
UNKNOWN_FORM = Code(
    "unknown-form",
    Severity.ERROR,
    Text("写不出这种文件", "A form that this command does not write"),
    Text("“{file}”的扩展名不是这条命令写得出的", "this command writes no file that is called `{file}`"),
    Text("扩展名用其中之一：{known}", "end its name with one of {known}"),
    Text("写成什么形式由文件的扩展名决定", "the ending of its name says in which form a file is written"),
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
    Text("“{name}”不是单独一个条款，也不是事实", "`{name}` is no single clause and no fact"),
    Text("写条款号或事实的名字，例如：{known}", "name a clause or a fact, such as: {known}"),
    Text("改动只有两种：条款得到满足，事实变了", "a change is that a clause is satisfied, or that a fact is another"),
)
INPUT_IS_CHOSEN = Code(
    "input-is-chosen",
    Severity.ERROR,
    Text("输入是选定的，不是改出来的", "An input is chosen, not changed"),
    Text("“{name}”是输入，不是条款，也不是事实", "`{name}` is an input, and no clause and no fact"),
    Text(
        "要把它固定下来，就在证据的 inputs 下写明它的值；没有写明的，方案会逐一说明选各值时的情形",
        "to have it fixed, state it under `inputs` in the evidence; of one that is not stated a plan tells each choice",
    ),
    Text(
        "选定输入不算改动，不计费用；证据写明的输入，方案一律不动",
        "to choose an input is no change and costs nothing; one that the evidence states stays as it is in every plan",
    ),
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
    Text("文件不是 plan-certificate/1：{reason}", "the file is no plan-certificate/1: {reason}"),
    Text("给出 `guiju plan --certificate` 写的文件", "give a file that `guiju plan --certificate` wrote"),
    Text("形式不同的证书证明不了什么", "a certificate of another form proves nothing"),
)
CERTIFICATE_REFUTED = Code(
    "certificate-refuted",
    Severity.ERROR,
    Text("证书不成立", "Certificate that does not hold"),
    Text("证书所说的“{path}”不成立{why}", "what the certificate says at `{path}` is not so{why}"),
    Text(
        "用同样的策略、证据、等级、读法和费用文件核对；再不成立就重新生成",
        "check it with the policy, evidence, level, readings and costs that it was made for, or make it anew",
    ),
    Text("改过一处的证书不再证明方案最省", "a certificate that was changed anywhere proves no plan"),
)
PINNED_AND_PRICED = Code(
    "pinned-and-priced",
    Severity.WARNING,
    Text("既定了费用又固定不变", "A cost on what is pinned"),
    Text("“{name}”写在 pinned 里，又有费用", "`{name}` is pinned and has a cost as well"),
    Text("固定的就删去费用；可以改的就从 pinned 删去", "take its cost out if it cannot change, or its pin if it can"),
    Text("固定不变的不会进方案，它的费用不起作用", "no plan changes what is pinned, so the cost has no effect"),
)
FACTS_DECIDE = Code(
    "facts-decide",
    Severity.WARNING,
    Text("费用写在由事实决定的条款上", "Cost on a clause that facts decide"),
    Text("“{name}”由事实决定，方案不会直接改它", "`{name}` is decided by facts, so no plan changes the clause itself"),
    Text("改为写在事实上：{facts}", "write it at the facts: {facts}"),
    Text(
        "条款由事实决定时，要改的是事实，费用也就是事实的费用",
        "where facts decide a clause it is these that change, and their costs that are paid",
    ),
)
PINNED_BY_FACTS = Code(
    "pinned-by-facts",
    Severity.ERROR,
    Text("固定了由事实决定的条款", "Pin on a clause that facts decide"),
    Text(
        "“{name}”只能经由事实改变（事实未知时也是），固定不了条款本身",
        "a plan changes `{name}` through its facts, known or not: the clause itself cannot be pinned",
    ),
    Text("把不能改的事实写在 pinned 里：{facts}", "pin the facts of it that cannot change: {facts}"),
    Text(
        "只固定条款，方案仍会改它的事实，条款也就跟着变了",
        "with the clause alone pinned a plan would still change its facts, and so the clause",
    ),
)
NO_EXAMPLE_OF_THAT_NAME = Code(
    "no-example-of-that-name",
    Severity.ERROR,
    Text("没有这样的示例", "No such example"),
    Text("没有名称里有“{text}”的示例", "no example has `{text}` in its name"),
    Text("不带 --only 列出全部示例", "without --only all examples are listed"),
    Text("没有检验任何示例，不能算作相符", "where no example was held against a policy, none has held"),
)
OPTION_WITHOUT_EFFECT = Code(
    "option-without-effect",
    Severity.ERROR,
    Text("选项在这里不起作用", "Option without effect"),
    Text("“{option}”{when}不起作用", "`{option}` does nothing {when}"),
    Text("去掉它，或分两次运行", "leave it out, or call the command twice"),
    Text("不起作用的选项会被当作已经照办", "an option that is passed over would pass for one that was heeded"),
)
TOO_FEW_EDITIONS = Code(
    "too-few-editions",
    Severity.ERROR,
    Text("版本不到两个", "Fewer than two editions"),
    Text("这里只有 {number} 个版本，没有可以说明的改动", "editions here: {number}; two make a change"),
    Text(
        "给出两个以上的版本，或存放它们的文件夹（不看其中的文件夹）",
        "name two editions or more, or the folder they lie in; folders inside it are not looked into",
    ),
    Text("改动记录说的是一版对前一版改了什么", "a change log says what each edition changes in the one before"),
)
CLI_CODES: tuple[Code, ...] = (
    OPTION_WITHOUT_EFFECT,
    TOO_FEW_EDITIONS,
    PINNED_AND_PRICED,
    FACTS_DECIDE,
    PINNED_BY_FACTS,
    NO_EXAMPLE_OF_THAT_NAME,
    TWO_STANDARDS,
    NOTHING_TO_COMPARE,
    OPTION_OF_A_BUNDLE,
    WITNESS_OF_EVIDENCE,
    NO_STANDARD,
    UNKNOWN_NODE,
    UNKNOWN_LEVEL,
    UNKNOWN_OUTCOME,
    NO_LEVELS,
    LEVEL_NEVER_GIVEN,
    NODE_BESIDE_LEVEL,
    NOT_WRITABLE,
    FILE_EXISTS,
    OVER_ITS_INPUT,
    NEEDS_A_FILE,
    NOT_A_FILE_TO_ANSWER_IN,
    CHANGED_MEANWHILE,
    GONE_MEANWHILE,
    SAID_TWICE,
    NOT_A_SETTING,
    NEEDS_EXTRA,
    UNKNOWN_FORM,
    COSTS_FORM,
    COST_NOT_POSITIVE,
    NO_SUCH_CHANGE,
    INPUT_IS_CHOSEN,
    COST_TWICE,
    NEEDS_CYCLE,
    NEEDS_A_NUMBER,
    NOT_PROVED,
    CERTIFICATE_FORM,
    CERTIFICATE_REFUTED,
)
