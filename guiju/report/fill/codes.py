"""What can be wrong with a template of a body."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text

TEMPLATE_NOT_READ = Code(
    "template-not-read",
    Severity.ERROR,
    Text("模板不能读", "A template that cannot be read"),
    Text("“{name}”不能用作模板：{reason}", "`{name}` cannot be used as a template: {reason}"),
    Text(
        "用 Word、Excel 或 LibreOffice 打开，另存为不带宏的 .docx 或 .xlsx",
        "open it in Word, Excel or LibreOffice and save it as .docx or .xlsx, without macros",
    ),
    Text("没有读懂的文件不能写出去", "what was not understood must not be handed on"),
)
UNKNOWN_PLACEHOLDER = Code(
    "unknown-placeholder",
    Severity.ERROR,
    Text("没有这个占位符", "A placeholder that there is not"),
    Text("没有叫“{name}”的值{where}", "there is no value called `{name}`{where}"),
    Text(
        "用 guiju fill POLICY EVIDENCE --list 列出的名称", "use a name that `guiju fill POLICY EVIDENCE --list` shows"
    ),
    Text("留空的占位符看上去像没有内容", "a placeholder that stays blank looks as if there were nothing to say"),
)
TEMPLATE_CONSTRUCT = Code(
    "template-construct",
    Severity.ERROR,
    Text("模板里不能这样写", "What a template cannot say"),
    Text("模板里不能有{what}", "a template cannot have {what}"),
    Text(
        "只用占位符、对表的循环和 if：{{{{ subject }}}}、{{%tr for clause in clauses %}}",
        "use placeholders, loops over the tables and `if` alone: {{{{ subject }}}}, {{%tr for clause in clauses %}}",
    ),
    Text(
        "模板来自别处；它只能取值，不能运行别的东西",
        "a template comes from elsewhere: it may take values and run nothing",
    ),
)
NOTHING_TO_FILL = Code(
    "nothing-to-fill",
    Severity.ERROR,
    Text("没有要填的", "Nothing to fill in"),
    Text(
        "“{name}”里没有占位符，也没有以 guiju. 开头的名称",
        "`{name}` has no placeholder, and no name that begins with guiju.",
    ),
    Text("见 guiju fill POLICY EVIDENCE --list", "see `guiju fill POLICY EVIDENCE --list`"),
    Text("原样抄一份，看上去像是填过的", "a mere copy would look as if it were filled in"),
)
REPEATED_ROW = Code(
    "repeated-row",
    Severity.ERROR,
    Text("这一行不能重复", "A row that cannot be repeated"),
    Text("名称“{name}”指的行不能重复：{reason}", "the row of the name `{name}` cannot be repeated: {reason}"),
    Text(
        "名称指向一张表里的一行；行里不要有跨行的合并、共用公式",
        "let the name mean one row of one sheet, without cells merged over several rows and shared formulas",
    ),
    Text("插入行会把别的内容弄乱", "inserting rows would put other things out of order"),
)
FILL_CODES: tuple[Code, ...] = (
    TEMPLATE_NOT_READ,
    UNKNOWN_PLACEHOLDER,
    TEMPLATE_CONSTRUCT,
    NOTHING_TO_FILL,
    REPEATED_ROW,
)
