"""The diagnostics of reading a text: characters, indentation, syntax."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text


def _error(name: str, title: Text, message: Text, help: Text, why: Text, example: str = "") -> Code:
    return Code(name, Severity.ERROR, title, message, help, why, example)


BYTE_ORDER_MARK = Code(
    "byte-order-mark",
    Severity.WARNING,
    Text("文件以字节顺序标记开头", "File begins with a byte order mark"),
    Text("文件以字节顺序标记（BOM）开头，已忽略", "the file begins with a byte order mark, which is ignored"),
    Text("另存为“UTF-8（无 BOM）”", "save it as UTF-8 without BOM"),
    Text(
        "UTF-8 不需要字节顺序标记，有些工具会把它当成文字",
        "UTF-8 needs no byte order mark, and some tools take it for text",
    ),
    '\ufeffstandard demo-1 "DEMO 1"',
)
TAB_INDENTATION = _error(
    "tab-indentation",
    Text("用制表符缩进", "Indented with a tab"),
    Text("缩进里有制表符", "there is a tab in the indentation"),
    Text("改用空格，每层两个", "use spaces, two a level"),
    Text(
        "制表符在不同编辑器里宽度不同，看上去对齐的行不一定同级",
        "a tab is as wide as each editor makes it, so lines that look level may not be",
    ),
    'levels\n\tL1 "One"',
)
INCONSISTENT_INDENTATION = _error(
    "inconsistent-indentation",
    Text("缩进不一致", "Inconsistent indentation"),
    Text(
        "这一行缩进 {found} 格，同级的行缩进 {expected} 格",
        "this line is indented by {found}, the lines beside it by {expected}",
    ),
    Text("缩进 {expected} 格", "indent it by {expected}"),
    Text("缩进决定一行属于谁", "indentation says what a line belongs to"),
    'levels\n    L1 "One"\n  L2 "Two"',
)
UNEXPECTED_INDENTATION = _error(
    "unexpected-indentation",
    Text("缩进过深", "Indented too far"),
    Text(
        "这一行缩进在“{parent}”之下，而那一行不能有下级", "this line is indented below `{parent}`, which cannot hold it"
    ),
    Text("减少缩进，与上一行同级", "indent it like the line above"),
    Text("缩进决定一行属于谁", "indentation says what a line belongs to"),
    'levels\n  L1 "One"\n    L2 "Two"',
)
UNCLOSED_TEXT = _error(
    "unclosed-text",
    Text("引号没有结束", "Quotation mark never closed"),
    Text("从这里开始的文字没有结束的引号", "the text that begins here has no closing quotation mark"),
    Text("在文字末尾补上引号", "add the quotation mark at its end"),
    Text("一段文字必须在同一行结束", "a text ends on the line where it begins"),
    'standard demo-1 "DEMO 1',
)
QUOTES_IN_TEXT = _error(
    "quotation-in-text",
    Text("引号里又有引号", "Quotation marks inside a text"),
    Text(
        "引号里的文字又用了“ ”，外层的文字到里层的引号就结束了",
        "there are “ ” inside a text in “ ”, which ends at the first ”",
    ),
    Text('里层改用‘ ’或《》，或者外层改用 " "', 'write ‘ ’ inside, or put the whole text into " "'),
    Text("一段文字到第一个结束的引号为止", "a text ends at the first closing quotation mark"),
    "section 6.1\n  a) “handing over to “a person”” attested",
)
OTHER_QUOTES = _error(
    "other-quotation-marks",
    Text("不是这里用的引号", "Other quotation marks"),
    Text("文字不能用“{found}”开头", "a text does not begin with `{found}`"),
    Text('文字写在 “ ” 或 " " 里', 'put the text into “ ” or " "'),
    Text(
        "其他引号可以写在文字里面，所以不能标出文字的起止",
        "other quotation marks may stand inside a text, so they cannot bound it",
    ),
    "section 6.1\n  a) ‘Staff’ attested",
)
LINE_ENDS = _error(
    "line-ends",
    Text("行尾不是 LF", "Line ends that are not LF"),
    Text("文件的行尾是单独的回车（CR）", "the lines of the file end with carriage returns (CR) alone"),
    Text("在编辑器里把行尾改为 LF 再保存", "save it with LF line ends"),
    Text(
        "旧式 Mac 文件的行尾没有换行符，整个文件看来只有一行",
        "files of old Macs have no line feeds, so the whole file would be one line",
    ),
    'standard demo-1 "DEMO 1"\rgroups section\r',
)
NEEDLESS_COLON = _error(
    "needless-colon",
    Text("多了冒号", "Colon that does not belong"),
    Text("“{word}”后面不写冒号", "no colon stands behind `{word}`"),
    Text("删去冒号", "delete the colon"),
    Text(
        "冒号只写在名称与类型、选项与修改之间",
        "a colon stands between a name and its type, or an option and its patches",
    ),
    'standard: demo-1 "DEMO 1"',
)
MISSING_HEADING = _error(
    "missing-heading-row",
    Text("缺少表头", "Heading row missing"),
    Text("表格没有表头，从“{row}”一行就开始了", "the table has no heading row: it begins with the row `{row}`"),
    Text("在它上面补上表头一行：{heading}", "write the heading row above it: {heading}"),
    Text("表头说明每一列是什么", "the heading says what each column is"),
    "membership\n  6.1 | a) | all",
)
KIND_NOT_MET = _error(
    "kind-of-group-not-met",
    Text("分组的名称对不上", "Kind of group that no line has"),
    Text(
        "没有一行以“{declared}”开头，而有 {number} 行以“{written}”开头",
        "no line begins with `{declared}`, while {number} begin with `{written}`",
    ),
    Text("两处写成同一个词", "write the same word in both places"),
    Text(
        "分组一行声明的词，就是各组的行开头的词",
        "the words that `groups` declares are those that the lines of groups begin with",
    ),
    'groups part > secton\npart p\n  section 6.1\n    a) "x" attested\n  section 6.2\n    a) "y" attested',
)
UNREADABLE = _error(
    "unreadable-character",
    Text("无法识别的字符", "Unreadable character"),
    Text("这里有控制字符 {char}", "there is a control character {char} here"),
    Text("删去它；若整个文件都是乱码，另存为 UTF-8", "remove it; if the whole file looks garbled, save it as UTF-8"),
    Text("控制字符看不见，却会改变含义", "control characters cannot be seen and yet change what is read"),
)
TOO_LONG = _error(
    "line-too-long",
    Text("行太长", "Line too long"),
    Text("这一行超过 {limit} 个字符", "this line is longer than {limit} characters"),
    Text("分成几行", "break it into several"),
    Text("这样长的行没有人能校对", "nobody can proof-read a line of that length"),
)
NOT_READ_FURTHER = _error(
    "not-read-further",
    Text("其余没有读", "The rest was not read"),
    Text("超过 {limit} 个{what}，其余没有读", "there are more than {limit} {what}; the rest was not read"),
    Text(
        "先改正前面的；若整个文件都不对，检查它是不是策略文件",
        "mend those above first; if all of it is wrong, see whether it is a policy at all",
    ),
    Text(
        "看不懂的文件多半不是策略；成千上万条诊断没有人会读",
        "such a file is most likely no policy, and nobody reads thousands of findings",
    ),
)
TOO_DEEP = _error(
    "too-deep",
    Text("嵌套太深", "Nested too deep"),
    Text("{what}嵌套超过 {limit} 层", "{what} are nested deeper than {limit}"),
    Text("减少嵌套：{remedy}", "nest less: {remedy}"),
    Text("嵌套这样深的规则没有人能校对", "nobody can proof-read a rule nested that deep"),
)
UNEXPECTED_TEXT = _error(
    "unexpected-text",
    Text("此处不能这样写", "Unexpected text"),
    Text("这里不能写“{found}”", "`{found}` cannot stand here"),
    Text("这里可以写：{expected}", "what can stand here: {expected}"),
    Text("每种行有固定的写法，见语言参考", "each kind of line has one form; see the language reference"),
    "fact a : count : PFLOPS",
)
UNFINISHED_LINE = _error(
    "unfinished-line",
    Text("这一行没有写完", "Unfinished line"),
    Text("这一行到此没有写完", "the line ends before it is complete"),
    Text("接着可以写：{expected}", "what can follow: {expected}"),
    Text("每种行有固定的写法，见语言参考", "each kind of line has one form; see the language reference"),
    "let a =",
)
UNKNOWN_LINE = _error(
    "unknown-line",
    Text("看不懂这一行", "Unknown kind of line"),
    Text("“{found}”不是此处能用的开头", "no line here begins with `{found}`"),
    Text("此处的行可以这样开头：{expected}", "lines here begin with: {expected}"),
    Text("一行的第一个词说明它是什么", "the first word of a line says what it is"),
    "facts a : count",
)
MISPLACED_LINE = _error(
    "misplaced-line",
    Text("行的位置不对", "Line in the wrong place"),
    Text("“{found}”这一行不能放在“{parent}”之下", "a line with `{found}` cannot stand below `{parent}`"),
    Text("移到它所属的那一行之下", "move it below the line it belongs to"),
    Text(
        "条款放在节之下，规则放在级之下，行的位置就是它的归属",
        "clauses stand below sections and rules below levels: its place says what a line belongs to",
    ),
)
MISSING_HEAD = _error(
    "missing-head",
    Text("缺少上级的一行", "Line missing above others"),
    Text(
        "从这里起的 {number} 行不属于“{parent}”",
        "the {number} lines that begin here do not belong below `{parent}`",
    ),
    Text(
        "在它们上面补上它们所属的一行；若那一行写在别处，移回来",
        "write the line that they belong to above them, or move it back there",
    ),
    Text(
        "一行删去或移走之后，它下面的各行就落到前一行之下",
        "when a line goes or moves, what stood below it falls to the line before",
    ),
    'levels\n  a) "x" attested\n  b) "y" attested',
)
DECLARATION_IN_GROUP = _error(
    "declaration-in-group",
    Text("声明写在组的中间", "Declaration inside a group"),
    Text("“{found}”写在“{parent}”的条款中间", "`{found}` stands among the clauses of `{parent}`"),
    Text("移到这个组之前或之后", "move it before the group or behind it"),
    Text(
        "顶格的一行结束它上面的组，下面的条款就没有归属了",
        "a line at the margin ends the group above it, and what follows belongs to no group",
    ),
    'groups section\nsection 6.1\n  a) "x" attested\nfact staff : count\n  b) "y" attested',
)
NO_STANDARD = _error(
    "no-standard-line",
    Text("缺少“标准”一行", "No `standard` line"),
    Text("文件没有以“标准”开头的行", "no line of the file begins with `standard`"),
    Text('第一行写：标准 编号 "标准号"', 'begin with: standard ID "designation"'),
    Text(
        "没有标准的编号，证据就不知道对着哪一个标准",
        "without the id of the standard no evidence can say what it is for",
    ),
    "levels\n  L1",
)
UNKNOWN_PROPERTY = _error(
    "unknown-property",
    Text("没有这种说明", "Unknown property"),
    Text("“{found}”不是此处能用的说明", "`{found}` is not a property of this line"),
    Text("可用的说明：{expected}", "the properties are: {expected}"),
    Text("写错名字的说明会被当作没有写", "a misspelt property would be read by nobody"),
    'fact a : count\n  guidence "x"',
)
WRONG_VALUE = _error(
    "wrong-value",
    Text("说明的值不对", "Wrong value of a property"),
    Text("“{found}”不能作“{key}”的值", "`{found}` is no value of `{key}`"),
    Text("这里要写：{expected}", "write {expected}"),
    Text(
        "不是日期的日期、没有规定的状态，会原样进入报告，没有人发现",
        "a date that is none, or a status that nobody knows, would go into reports as it is",
    ),
    'standard demo-1 "DEMO 1"\n  issued yesterday',
)
REPEATED_PROPERTY = _error(
    "repeated-property",
    Text("说明重复", "Property written twice"),
    Text("“{key}”已经写过", "`{key}` is written already"),
    Text("合成一行，或删去一行", "put both into one line, or remove one"),
    Text("两行里只有一行会被读到，另一行就丢了", "only one of the two would be read, and the other lost"),
    'fact a : count\n  guidance "x"\n  guidance "y"',
)
TOO_MANY_DIGITS = _error(
    "too-many-digits",
    Text("数的位数过多", "Number with too many digits"),
    Text("这个数超过 {limit} 位数字", "this number has more than {limit} digits"),
    Text("检查这个数；必要时换更大或更小的单位", "check the number; choose a larger or smaller unit if need be"),
    Text(
        "所有的数都精确计算，位数没有限度就会耗尽内存；证据里的数也是这个限度",
        "all numbers are exact, and without a bound they would use up the memory; evidence has the same one",
    ),
)
NUMBER_FORM = _error(
    "number-form",
    Text("数的写法不对", "Form of a number"),
    Text("“{found}”不是此处的数的写法", "`{found}` is not how a number is written here"),
    Text("用数字写出全部数位，如 1 000 000、2.5 或 80 %", "write it out in digits, such as 1 000 000, 2.5 or 80 %"),
    Text(
        "标准里的数照印出的样子写，校对时才能逐位对照",
        "numbers are written as the standard prints them, so that they can be compared digit by digit",
    ),
    "fact a : h\nlet b = a > 1e6 h",
)
MISPLACED_MODALITY = _error(
    "misplaced-modality",
    Text("应、宜、可的位置不对", "Modality in the wrong place"),
    Text("“{found}”写在了标签之后", "`{found}` stands behind the label"),
    Text("写在标号与标签之间：{mark} {word} {label}", "write it between the mark and the label: {mark} {word} {label}"),
    Text(
        "标签之后是条件，那里的词会被当成事实的名称",
        "what stands behind the label is the condition, where a word is the name of a fact",
    ),
    'section 6.1\n  a) "x" shall attested',
)
UNQUOTED_LABEL = _error(
    "unquoted-label",
    Text("标签没有引号", "Label without quotation marks"),
    Text("标签“{found}”要写在引号里", "the label `{found}` needs quotation marks"),
    Text('写成 "{found}"', 'write "{found}"'),
    Text("没有引号的词是事实的名称", "a word without quotation marks is the name of a fact"),
    "section 6.1\n  a) Staff attested",
)
REPEATED_STANDARD = _error(
    "repeated-standard-line",
    Text("“标准”一行重复", "Second `standard` line"),
    Text("文件里已经有“标准”一行", "the file has a `standard` line already"),
    Text("一个文件写一个标准", "write one standard a file"),
    Text("一个文件对应一个标准", "a file is one standard"),
)
EMPTY_POLICY = _error(
    "empty-file",
    Text("文件是空的", "Empty file"),
    Text("文件里没有内容", "there is nothing in the file"),
    Text('从“标准 编号 "标准号"”一行写起', 'begin with a line: standard ID "designation"'),
    Text("空文件往往是保存失败的结果", "an empty file is often a save that failed"),
)

NO_FENCE = _error(
    "no-fence",
    Text("Markdown 里没有策略", "No policy in the Markdown"),
    Text("这个 Markdown 文件里没有 guiju 代码块", "there is no fenced block of `guiju` in this Markdown file"),
    Text(
        "把策略写在“~~~guiju”和“~~~”两行之间；用反引号也可以",
        "put the policy between a line `~~~guiju` and a line `~~~`, or use backquotes",
    ),
    Text(
        "Markdown 里只有 guiju 代码块是策略，其余都是说明",
        "of Markdown only blocks of `guiju` are policy, all else is prose",
    ),
)
UNCLOSED_FENCE = _error(
    "unclosed-fence",
    Text("代码块没有结束", "Fenced block never closed"),
    Text(
        "从这里开始的代码块没有结束，只读到说明文字之前",
        "the fenced block that begins here has no end, and is read up to what seems to be prose",
    ),
    Text(
        "在代码块的末尾另起一行，写上开头的那种符号",
        "repeat the signs that it begins with on a line of their own where it ends",
    ),
    Text(
        "没有结束的代码块会把后面的说明也当成策略", "without its end the prose behind a block would be taken for policy"
    ),
)
FENCE_NOT_READ = _error(
    "fence-not-read",
    Text("这里的代码块不会读", "A block that is not read here"),
    Text(
        "这个代码块在引用里或缩进了四格以上，不是策略的一部分",
        "this block is inside a quotation or set in by four columns or more, so it is no part of the policy",
    ),
    Text("从行首写起，最多缩进三格", "begin it at the margin, set in by three columns at most"),
    Text("策略的一部分不能不声不响地漏读", "no part of a policy may be passed over silently"),
)

SYNTAX_CODES: tuple[Code, ...] = (
    BYTE_ORDER_MARK,
    TAB_INDENTATION,
    INCONSISTENT_INDENTATION,
    UNEXPECTED_INDENTATION,
    UNCLOSED_TEXT,
    QUOTES_IN_TEXT,
    OTHER_QUOTES,
    LINE_ENDS,
    NEEDLESS_COLON,
    MISSING_HEADING,
    KIND_NOT_MET,
    UNREADABLE,
    TOO_LONG,
    NOT_READ_FURTHER,
    TOO_DEEP,
    UNEXPECTED_TEXT,
    UNFINISHED_LINE,
    UNKNOWN_LINE,
    MISPLACED_LINE,
    MISSING_HEAD,
    DECLARATION_IN_GROUP,
    NO_STANDARD,
    UNKNOWN_PROPERTY,
    WRONG_VALUE,
    REPEATED_PROPERTY,
    TOO_MANY_DIGITS,
    NUMBER_FORM,
    MISPLACED_MODALITY,
    UNQUOTED_LABEL,
    REPEATED_STANDARD,
    EMPTY_POLICY,
    NO_FENCE,
    UNCLOSED_FENCE,
    FENCE_NOT_READ,
)
