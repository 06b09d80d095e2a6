"""What keeps a draft from being read, and what is wrong with a file of accepted findings."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text

NOT_A_DRAFT = Code(
    "not-a-draft",
    Severity.ERROR,
    Text("不是能读的文稿", "No draft that can be read"),
    Text("这是{kind}，不是 DOCX、Markdown 或文本", "this is {kind}, not DOCX, Markdown or text"),
    Text("另存为 DOCX，或导出为 UTF-8 文本", "save it as DOCX, or export it as UTF-8 text"),
    Text(
        "版式文件里没有段落和编号，只有印在纸上的位置",
        "such a file has no paragraphs and no numbers, or keeps them in a form of its own",
    ),
)
POLICY_FOR_A_DRAFT = Code(
    "policy-for-a-draft",
    Severity.ERROR,
    Text("给的是策略，不是文稿", "A policy in place of a draft"),
    Text(
        "“{name}”是策略，lint-text 看的是标准的文字", "`{name}` is a policy; lint-text looks at the text of a standard"
    ),
    Text("策略用 guiju check 检查", "a policy is looked at by guiju check"),
    Text(
        "按文稿来读，策略里什么也查不出来，像是没有错",
        "read as a draft, nothing is found in a policy, as if nothing were wrong",
    ),
)
DAMAGED_WORD_FILE = Code(
    "damaged-word-file",
    Severity.ERROR,
    Text("Word 文件损坏", "Damaged Word file"),
    Text("读不出这个 DOCX 文件：{reason}", "this DOCX file cannot be read: {reason}"),
    Text("在 Word 或 WPS 里打开并另存", "open it in Word or another editor and save it anew"),
    Text("读出一半的文稿，漏掉的一半就没有检查", "of a draft that is read in part, the rest would not be looked at"),
)
ACCEPTED_FORM = Code(
    "accepted-form",
    Severity.ERROR,
    Text("接受清单的形式不对", "Form of a file of accepted findings"),
    Text("“{key}”应为{expected}", "`{key}` must be {expected}"),
    Text(
        "写成：guiju: accepted/1；accepted 下每条有 code、quote、why",
        "write guiju: accepted/1, and below `accepted` entries with code, quote and why",
    ),
    Text("看不懂的一条若被忽略，该报的就不报了", "were an entry guessed at, findings would go untold"),
)
ACCEPTED_NOTHING = Code(
    "accepted-nothing",
    Severity.NOTE,
    Text("接受的发现已经没有了", "Accepted finding that is gone"),
    Text("没有 {code} 在“{quote}”处的发现", "there is no finding {code} at `{quote}`"),
    Text("删去这一条，或改正引文", "leave the entry out, or correct the quotation"),
    Text(
        "留着不用的一条，会放过以后的同一种错误", "an entry that is left behind lets the next mistake of its kind pass"
    ),
)
NO_SUCH_RULE = Code(
    "no-such-rule",
    Severity.ERROR,
    Text("没有这条规则", "No such rule"),
    Text("没有名为“{name}”的规则", "there is no rule called `{name}`"),
    Text("可用的规则：{known}", "the rules are: {known}"),
    Text("写错的名字会让该查的没有查", "what is misspelt would not be looked for"),
)
NOT_FIXED_HERE = Code(
    "not-fixed-in-word",
    Severity.ERROR,
    Text("不改写 Word 文件", "Word files are not rewritten"),
    Text("--fix 不改 DOCX 文件", "--fix does not change DOCX files"),
    Text(
        "照发现所引的位置在 Word 里改；去掉 --fix", "change the places that the findings quote in Word; leave --fix out"
    ),
    Text("改写会动到修订记录、样式和编号", "tracked changes, styles and numbers would not stay as they are"),
)
DRAFT_CODES: tuple[Code, ...] = (
    NOT_A_DRAFT,
    POLICY_FOR_A_DRAFT,
    DAMAGED_WORD_FILE,
    ACCEPTED_FORM,
    ACCEPTED_NOTHING,
    NO_SUCH_RULE,
    NOT_FIXED_HERE,
)
