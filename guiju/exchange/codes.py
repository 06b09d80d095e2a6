"""The diagnostics of reading files: bytes and text of any file, then YAML and JSON, keys, numbers, dates, references."""

from __future__ import annotations

from guiju.dsl.codes import BYTE_ORDER_MARK as BYTE_ORDER_MARK  # noqa: PLC0414 - one code for all files
from guiju.dsl.diagnostic import Code, Severity, Text


def _error(name: str, title: Text, message: Text, help: Text, why: Text, example: str = "") -> Code:
    return Code(name, Severity.ERROR, title, message, help, why, example)


def _warning(name: str, title: Text, message: Text, help: Text, why: Text, example: str = "") -> Code:
    return Code(name, Severity.WARNING, title, message, help, why, example)


# --- bytes and text ----------------------------------------------------------------------------------------------

FILE_NOT_FOUND = _error(
    "file-not-found",
    Text("文件不存在", "No such file"),
    Text("没有文件“{path}”", "there is no file `{path}`"),
    Text("检查路径；相对路径从当前目录算起", "check the path; a relative path starts at the current folder"),
    Text("没有读到的文件不能当作没有内容", "a file that was not read must not count as one that says nothing"),
)
FILE_IS_A_FOLDER = _error(
    "file-is-a-folder",
    Text("给出的是文件夹", "A folder, not a file"),
    Text("“{path}”是文件夹", "`{path}` is a folder"),
    Text("写出文件夹里某个文件的路径", "name one file inside it"),
    Text("用哪个文件由使用者指定，不由程序猜测", "which file is meant is for its user to say"),
)
FILE_NOT_READABLE = _error(
    "file-not-readable",
    Text("文件无法读取", "File cannot be read"),
    Text("无法读取“{path}”（{reason}）", "`{path}` cannot be read ({reason})"),
    Text("检查文件的访问权限和所在磁盘", "check the permissions of the file and the disk it is on"),
    Text("没有读到的文件不能当作没有内容", "a file that was not read must not count as one that says nothing"),
)
FILE_TOO_LARGE = _error(
    "file-too-large",
    Text("文件过大", "File too large"),
    Text("文件超过 {limit}", "the file is larger than {limit}"),
    Text(
        "检查路径是否写对；日志、截图等附件放在别处，用文字指明",
        "check the path; keep logs and screenshots elsewhere and point to them",
    ),
    Text("策略和证据应当能由人读完", "policies and evidence are meant to be read by people"),
)
EMPTY_FILE = _error(
    "nothing-in-file",
    Text("文件没有内容", "Nothing in the file"),
    Text("文件是空的，或者只有空白和注释", "the file is empty, or holds only blanks and comments"),
    Text(
        "写出内容，或换成要用的文件；若是证据文件，`guiju template` 生成一份可填写的",
        "write it, or give the file that was meant; of evidence, `guiju template` writes a file to fill in",
    ),
    Text(
        "空文件多半是保存失败或选错了文件",
        "an empty file usually means that saving failed or that another file was meant",
    ),
    "# to be filled in",
)
OTHER_ENCODING = _error(
    "other-encoding",
    Text("文件用了别的编码", "Another encoding"),
    Text("文件不是 UTF-8，看来是 {encoding}", "the file is not UTF-8; it looks like {encoding}"),
    Text(
        "另存为 UTF-8：编辑器里“另存为”选择编码 UTF-8，或运行 iconv -f {encoding} -t UTF-8",
        "save it as UTF-8: choose UTF-8 under “Save as” in the editor, or run iconv -f {encoding} -t UTF-8",
    ),
    Text("编码靠猜测，汉字的名称就可能被悄悄换成别的字", "a guessed encoding may silently turn names into other names"),
)
NOT_UTF8 = _error(
    "not-utf-8",
    Text("文件不是 UTF-8 文本", "Not UTF-8 text"),
    Text("第 {offset} 个字节起不是 UTF-8 文本", "the bytes from number {offset} on are no UTF-8 text"),
    Text(
        "策略是 UTF-8 文本，证据是 UTF-8 编码的 YAML 或 JSON；另存为 UTF-8，表格和压缩文件要先导出",
        "policies are UTF-8 text, evidence is YAML or JSON in UTF-8: save it as UTF-8; export spreadsheets and archives first",
    ),
    Text(
        "读不出的字节不能跳过，跳过的可能正是一个数",
        "bytes that cannot be read must not be skipped: they may be a digit",
    ),
)
CONTROL_CHARACTER = _error(
    "control-character",
    Text("有看不见的字符", "Invisible character"),
    Text(
        "这里不能有字符 {character}（这类字符共 {count} 处）",
        "the character {character} is not allowed here (such characters in all: {count})",
    ),
    Text(
        "删去它；若文件来自别的工具，重新导出为纯文本",
        "delete it; if another tool made the file, export it again as plain text",
    ),
    Text(
        "看不见的字符会让两个看来相同的名称不相等，也会扰乱终端",
        "invisible characters make equal-looking names differ, and can garble a terminal",
    ),
    'facts:\n  compute: "50\\0 PFLOPS"',
)

# --- YAML and JSON -----------------------------------------------------------------------------------------------

YAML_SYNTAX = _error(
    "yaml-syntax",
    Text("YAML 写法有误", "Not valid YAML"),
    Text("YAML 写法有误：{problem}", "not valid YAML: {problem}"),
    Text("改法：{remedy}", "to mend it, {remedy}"),
    Text(
        "写法有误的文件可能被读成别的意思，所以不猜测", "a file that is guessed at may be read to mean something else"
    ),
    "facts:\n  compute: [1, 2",
)
TAB_INDENTATION = _error(
    "yaml-tab-indentation",
    Text("用制表符缩进", "Indented with a tab"),
    Text("这一行用制表符缩进，YAML 不允许", "this line is indented with a tab, which YAML does not allow"),
    Text(
        "改用空格缩进；若文件本是 JSON，把它命名为 .json",
        "indent with spaces; if the file is JSON, let its name end in .json",
    ),
    Text(
        "制表符的宽度因编辑器而异，层次就不确定",
        "a tab is as wide as each editor makes it, so the nesting is not certain",
    ),
    "facts:\n\tcompute: 50 PFLOPS",
)
JSON_SYNTAX = _error(
    "json-syntax",
    Text("JSON 写法有误", "Not valid JSON"),
    Text("JSON 写法有误：{problem}", "not valid JSON: {problem}"),
    Text("改法：{remedy}", "to mend it, {remedy}"),
    Text(
        "写法有误的文件可能被读成别的意思，所以不猜测", "a file that is guessed at may be read to mean something else"
    ),
    '{"guiju": "evidence/1",}',
)
TOO_DEEP = _error(
    "nested-too-deeply",
    Text("嵌套太深", "Nested too deeply"),
    Text("嵌套超过 {limit} 层", "more than {limit} levels of nesting"),
    Text(
        "检查括号是否成对；这里读的文件都用不到这么多层",
        "check that brackets are closed; no file that is read here needs so many",
    ),
    Text("读下去只会耗尽内存", "reading on would only use up memory"),
    "facts: " + "[" * 40,
)
TOO_MANY_VALUES = _error(
    "too-many-values",
    Text("内容过多", "Too many values"),
    Text("文件里的值超过 {limit} 个", "the file holds more than {limit} values"),
    Text("分成几个文件", "use several files"),
    Text("这些文件应当能由人读完", "such files are meant to be read by people"),
)
ANCHOR = _error(
    "anchor-or-alias",
    Text("使用了锚点或别名", "Anchor or alias"),
    Text(
        "{mark} 是 YAML 的简写：& 给内容起名，* 在别处重复它；{file}不能这样写",
        "{mark} is shorthand of YAML, where & names a content and * repeats it; {file} takes none",
    ),
    Text(
        "在每一处把内容写全（同一份证据用 evidence 里的编号引用）；以 & 或 * 开头的文字加引号",
        "write the content out at each place, or refer to one piece of evidence by its id under `evidence`; "
        "put quotes around a text that begins with & or *",
    ),
    Text(
        "一处内容在别处生效，读的人看不见；层层引用还能让小文件胀满内存",
        "content that takes effect elsewhere is easy to overlook, and nested aliases let a small file fill the memory",
    ),
    "facts:\n  a: &x 1\n  b: *x",
)
MERGE_KEY = _error(
    "merge-key",
    Text("用“<<”并入别处的内容", "Merge key"),
    Text(
        "“<<”把别处的键并到这里；{file}不能这样写，其余也就没有检查",
        "`<<` takes over the keys of another place, which {file} cannot do; the rest was not checked",
    ),
    Text("删去这一行，把并入的各键在这里写出来", "delete the line and write the keys that it brings in here"),
    Text(
        "并入的内容在别处改动时，这里的含义跟着改变，读的人看不见",
        "when the other place changes, so does the meaning of this one, and no reader sees it",
    ),
    "facts:\n  <<: {a: 1}",
)
EXPLICIT_TAG = _error(
    "explicit-tag",
    Text("使用了 YAML 标签", "YAML tag"),
    Text("{file}不允许 YAML 标签（{tag}）", "{file} takes no YAML tags ({tag})"),
    Text("删去标签；要按文字理解的值加引号", "delete the tag; put quotes around what is to be read as text"),
    Text("标签会让值变成别的种类，各工具的理解也不一样", "tags turn values into other kinds, and tools differ in how"),
    "facts:\n  a: !!str 1",
)
SEVERAL_DOCUMENTS = _error(
    "several-documents",
    Text("一个文件里有几份文档", "Several documents in one file"),
    Text("`---` 之后又开始了一份文档", "another document begins here"),
    Text("每份用一个文件", "put each into a file of its own"),
    Text("不知道以哪一份为准", "nobody can say which of them holds"),
    "guiju: evidence/1\n---\nguiju: evidence/1",
)
DUPLICATE_KEY = _error(
    "duplicate-key",
    Text("键重复", "Key given twice"),
    Text("“{key}”在同一处写了两次", "`{key}` is given twice in one place"),
    Text("只保留一处", "keep one of them"),
    Text(
        "多数工具悄悄取后一个，两处不一致时就会评错",
        "most tools silently take the last one; where the two differ, the result would be wrong",
    ),
    "facts:\n  compute: 50 PFLOPS\n  compute: 60 PFLOPS",
)
KEY_NOT_TEXT = _error(
    "key-is-not-text",
    Text("键不是文字", "Key is not a text"),
    Text("键应为不空的文字", "a key must be a text that is not empty"),
    Text("写成 `名称: 值`", "write `name: value`"),
    Text("事实、条款和证据都靠名称对应", "facts, clauses and evidence are matched by name"),
    "facts:\n  [a, b]: 1",
)

# --- keys and shapes ---------------------------------------------------------------------------------------------

OTHER_VERSION = _error(
    "evidence-version",
    Text("格式版本不对", "Format version"),
    Text("文件没有写明格式版本 {expected}", "the file does not say that its format is {expected}"),
    Text(
        "第一行写 `guiju: {expected}`；更新的格式需要更新的 guiju",
        "let its first line be `guiju: {expected}`; a newer format needs a newer guiju",
    ),
    Text("不同版本里同一个键可以有不同的含义", "one key may mean different things in different versions"),
    "guiju: evidence/9\nsubject: x",
)
UNKNOWN_KEY = _error(
    "unknown-key",
    Text("键不认识", "Key not known"),
    Text("这里没有名为“{key}”的键", "there is no key `{key}` here"),
    Text("可用的键：{known}", "the keys are: {known}"),
    Text(
        "写错的键若被忽略，它的内容就丢失而无人知道",
        "a misspelt key that is ignored is content lost without anyone knowing",
    ),
    "guiju: evidence/1\nsubject: x\nfact: {}",
)
MISSING_KEY = _error(
    "missing-key",
    Text("缺少必需的键", "Key missing"),
    Text("缺少“{key}”", "`{key}` is missing"),
    Text("补上 `{key}: …`", "add `{key}: …`"),
    Text("没有它，这一项说明不了什么", "without it the entry says nothing"),
    "guiju: evidence/1\nsubject: x\nevidence:\n  e1: {title: Report}",
)
WRONG_SHAPE = _error(
    "wrong-shape",
    Text("内容的形式不对", "Wrong shape"),
    Text("“{key}”应为{expected}，这里是{found}", "`{key}` must be {expected}; this is {found}"),
    Text("改写为{expected}", "write {expected}"),
    Text("形式不对的内容无法理解，也不猜测", "content of another shape cannot be understood, and is not guessed at"),
    "guiju: evidence/1\nsubject: x\nfacts: [1, 2]",
)
FULL_WIDTH_COLON = _error(
    "full-width-colon",
    Text("冒号是全角的", "Full-width colon"),
    Text("“{key}”后面的冒号是全角的", "the colon behind `{key}` is the full-width one"),
    Text("改用半角冒号，后面空一格：`{key}: …`", "use the plain colon with a space behind it: `{key}: …`"),
    Text(
        "YAML 只认半角冒号，全角冒号是文字的一部分",
        "YAML knows the plain colon alone: the full-width one is part of a text",
    ),
    "guiju: evidence/1\nsubject: x\nfacts:\n  a：1",
)
FULL_WIDTH_COMMA = _error(
    "full-width-comma",
    Text("逗号是全角的", "Full-width comma"),
    Text("“{text}”里的逗号或顿号不能分开两项", "the comma in `{text}` is a Chinese one and does not part two items"),
    Text(
        "改用半角逗号，后面空一格；几个值写成列表：`[甲, 乙]`",
        "use the plain comma with a space behind it; several values are a list: `[a, b]`",
    ),
    Text(
        "YAML 只认半角逗号，全角逗号和顿号是文字的一部分",
        "YAML knows the plain comma alone: the full-width ones are part of a text",
    ),
    "guiju: evidence/1\nsubject: x\nevidence: {e1: {kind: a}, e2: {kind: b}}\nfacts:\n  a: {value: 1, evidence: e1，e2}",
)
UNQUOTED_NUMBER = _error(
    "number-needs-quotes",
    Text("文字写成了数", "Number where a text belongs"),
    Text("“{key}”应为文字，{number} 不加引号是数", "`{key}` must be a text; {number} without quotes is a number"),
    Text('加引号："{number}"', 'put quotes around it: "{number}"'),
    Text("数会被改写（1.10 与 1.1 相等），文字不会", "numbers may be rewritten (1.10 equals 1.1), texts are not"),
    "guiju: evidence/1\nsubject: 360",
)
UNKNOWN_WORD = _error(
    "word-not-known",
    Text("用词不认识", "Word not known"),
    Text("“{key}”不能是“{word}”", "`{key}` cannot be `{word}`"),
    Text("可用的词：{known}", "the words are: {known}"),
    Text("含义不明的结论不能替人理解", "a verdict in other words must not be interpreted for its author"),
    "guiju: evidence/1\nsubject: x\nattestations:\n  6.1.1.1.a: fine",
)
MISSING_REASON = _error(
    "missing-reason",
    Text("没有说明理由", "No reason given"),
    Text("条款“{clause}”的{what}没有说明理由", "the {what} of clause `{clause}` gives no reason"),
    Text("写成 `{{{given}, reason: …}}`", "write `{{{given}, reason: …}}`"),
    Text(
        "不适用会使条款退出计数，裁定会盖过其他证据，都要让读者看到理由",
        "not applicable takes a clause out of every count and an override outweighs all other evidence: readers must see why",
    ),
    "guiju: evidence/1\nsubject: x\nattestations:\n  6.1.1.1.a: not-applicable",
)

# --- numbers -----------------------------------------------------------------------------------------------------

STRAY_TEXT = _error(
    "number-with-stray-text",
    Text("数里混有别的文字", "Stray text with a number"),
    Text(
        "“{text}”不是一个数加一个单位，多出“{stray}”", "`{text}` is not one number and one unit: `{stray}` is too much"
    ),
    Text(
        "写成 `50 PFLOPS`、`83.5 %`、`1 000` 或 `1/3`；说明写在 note 里",
        "write `50 PFLOPS`, `83.5 %`, `1 000` or `1/3`, and remarks under `note`",
    ),
    Text(
        "“约”“以上”之类的说明会改变是否达到阈值，不能丢掉",
        "words such as “about” or “or more” can change whether a threshold is met, so they must not be dropped",
    ),
    "guiju: evidence/1\nsubject: x\nfacts:\n  compute: 50 PFLOPS or so",
)
THOUSANDS_COMMA = _error(
    "comma-in-number",
    Text("数里有逗号", "Comma in a number"),
    Text("“{text}”里有逗号", "there is a comma in `{text}`"),
    Text(
        "千位之间空一格或不空，例如 {example}；小数用点",
        "write thousands with a space or with nothing, such as {example}, and decimals with a point",
    ),
    Text(
        "逗号在有的国家是小数点，在花括号和方括号里又分隔两项",
        "in some countries the comma is the decimal point, and in braces and brackets it ends an item",
    ),
    "guiju: evidence/1\nsubject: x\nfacts:\n  compute: {value: 1,000 PFLOPS}",
)
NUMBER_OUT_OF_BOUNDS = _error(
    "number-out-of-bounds",
    Text("数的位数过多", "Number out of bounds"),
    Text(
        "“{text}”超过 {digits} 位数字，或指数超过 ±{exponent}",
        "`{text}` has more than {digits} digits, or an exponent beyond ±{exponent}",
    ),
    Text("检查这个数；必要时换更大或更小的单位", "check the number; choose a larger or smaller unit if need be"),
    Text(
        "所有的数都精确计算，过大的指数会耗尽内存", "all numbers are exact, and a huge exponent would use up the memory"
    ),
    "guiju: evidence/1\nsubject: x\nfacts:\n  compute: 1e999999999",
)
NOT_FINITE = _error(
    "not-a-number",
    Text("不是一个确定的数", "Not a finite number"),
    Text("“{text}”不是确定的数", "`{text}` is not a finite number"),
    Text("不知道的值写 null", "write null for a value that is not known"),
    Text(
        "无穷大和“非数”无法与阈值可靠地比较", "infinity and not-a-number cannot be compared with a threshold in earnest"
    ),
    "guiju: evidence/1\nsubject: x\nfacts:\n  compute: .inf",
)
ZERO_DENOMINATOR = _error(
    "zero-denominator",
    Text("分母为零", "Fraction over zero"),
    Text("“{text}”的分母为零", "`{text}` has a zero below the line"),
    Text("检查这个分数；不知道的值写 null", "check the fraction; write null for a value that is not known"),
    Text("除以零没有值", "a division by zero has no value"),
    "guiju: evidence/1\nsubject: x\nfacts:\n  share: 1/0",
)
UNIT_CONFLICT = _error(
    "two-units",
    Text("单位写了两个", "Two different units"),
    Text(
        "“{name}”的值里写 {inside}，unit 写 {beside}", "the value of `{name}` says {inside}, its `unit` says {beside}"
    ),
    Text("只写一个单位", "give one unit only"),
    Text("两个单位不一致，就不知道数是多少", "where two units differ, nobody can say how much it is"),
    "guiju: evidence/1\nsubject: x\nfacts:\n  compute: {value: 50 PFLOPS, unit: TB/s}",
)
UNIT_WITHOUT_NUMBER = _error(
    "unit-without-number",
    Text("有单位而没有数", "Unit without a number"),
    Text("“{name}”写了单位 {unit}，值却不是数", "`{name}` has the unit {unit}, but its value is no number"),
    Text("给出一个数，或删去 unit", "give a number, or delete `unit`"),
    Text("不是数的值没有单位", "only numbers have units"),
    "guiju: evidence/1\nsubject: x\nfacts:\n  backed_up: {value: yes, unit: h}",
)

# --- dates -------------------------------------------------------------------------------------------------------

BAD_DATE = _error(
    "not-a-date",
    Text("日期写法有误", "Not a date"),
    Text("“{text}”不是日历上的日期或时刻", "`{text}` is no date and no instant of the calendar"),
    Text("写成 2026-03-31 或 2026-03-31T09:00:00+08:00", "write 2026-03-31 or 2026-03-31T09:00:00+08:00"),
    Text(
        "03/04/2026 在各地指不同的日子，只有年-月-日没有歧义",
        "03/04/2026 is another day in another country; year-month-day is not",
    ),
    "guiju: evidence/1\nsubject: x\nevidence:\n  e1: {kind: report, collected_on: 03/04/2026}",
)
NO_ZONE = _error(
    "no-time-zone",
    Text("时点没有时区", "Instant without time zone"),
    Text("“{text}”没有写明时刻和时区", "`{text}` does not say its time and its time zone"),
    Text("写成 2026-03-31T09:00:00+08:00", "write 2026-03-31T09:00:00+08:00"),
    Text(
        "不写时区，证据是否过期因运行的机器而异",
        "without zone, whether evidence has expired depends on the machine that asks",
    ),
    "guiju: evidence/1\nsubject: x\nas_of: 2026-03-31",
)
EXPIRES_FIRST = _error(
    "expires-before-collected",
    Text("到期早于收集", "Expires before it was collected"),
    Text("证据“{id}”到期的日子早于收集的日子", "the evidence `{id}` expires before it was collected"),
    Text("检查收集和到期的日子，可能写反了", "check the days of collection and of `expires`; they may be swapped"),
    Text("这样的证据从来没有有效过", "such evidence was never valid"),
    "guiju: evidence/1\nsubject: x\nevidence:\n  e1: {kind: report, collected_on: 2026-02-01, expires: 2026-01-01}",
)
COLLECTED_LATER = _warning(
    "collected-after-as-of",
    Text("证据收集于评价时点之后", "Collected after the as-of instant"),
    Text("证据“{id}”在评价时点之后才收集", "the evidence `{id}` was collected after the as-of instant"),
    Text("检查 as_of 和收集的日子", "check `as_of` and the day of collection"),
    Text(
        "后来的证据未必说明评价时点的情况",
        "later evidence need not show how things were at the instant of the assessment",
    ),
    "guiju: evidence/1\nsubject: x\nas_of: 2026-01-01T00:00:00+08:00\nevidence:\n  e1: {kind: report, collected_on: 2026-02-01}",
)
NO_AS_OF = _warning(
    "no-as-of",
    Text("没有评价时点", "No as-of instant"),
    Text(
        "证据“{id}”有效至 {day}，文件却没有写 as_of，因此不检查是否过期，照常采信",
        "the evidence `{id}` is valid until {day}, but the file has no `as_of`: expiry is not checked, and it counts",
    ),
    Text(
        "写明评价时点，例如 as_of: 2026-03-31T09:00:00+08:00", "say when, for example as_of: 2026-03-31T09:00:00+08:00"
    ),
    Text(
        "评价不看时钟，同样的文件任何时候都得到同样的结果",
        "an assessment never looks at the clock: the same files always give the same result",
    ),
    "guiju: evidence/1\nsubject: x\nevidence:\n  e1: {kind: report, expires: 2026-01-01}",
)

AS_OF_NEEDED = _error(
    "as-of-needed",
    Text("没有写明评价时点", "The as-of instant is not said"),
    Text(
        "“{about}”的最后一天是 {day}，文件却没有写 as_of",
        "the last day of `{about}` is {day}, and the file has no `as_of`",
    ),
    Text(
        "写明评价时点，例如 as_of: 2026-03-31T09:00:00+08:00", "say when, for example as_of: 2026-03-31T09:00:00+08:00"
    ),
    Text(
        "会到期的是否还算数、是否逾期，取决于何时评价；评价不看时钟",
        "whether what ends still counts, or is overdue, depends on when one asks: an assessment never looks at the clock",
    ),
    "guiju: evidence/2\nsubject: x\nevidence:\n  e1: {kind: report, expires: 2026-01-01}",
)
PERIOD_REVERSED = _error(
    "period-reversed",
    Text("期间的起止写反", "A period that ends before it begins"),
    Text("证据“{id}”所覆盖的期间止于开始之前", "the period of the evidence `{id}` ends before it begins"),
    Text("检查 period 的 from 和 to，可能写反了", "check `from` and `to` of `period`; they may be swapped"),
    Text("这样的期间没有一天", "there is no day in such a period"),
    "guiju: evidence/2\nsubject: x\nevidence:\n  e1: {kind: log, period: {from: 2026-02-01, to: 2026-01-01}}",
)
RECEIVED_FIRST = _error(
    "received-before-collected",
    Text("收到早于收集", "Received before it was collected"),
    Text("证据“{id}”收到的日子早于收集的日子", "the evidence `{id}` was received before it was collected"),
    Text("检查 collected 和 received，可能写反了", "check `collected` and `received`; they may be swapped"),
    Text(
        "证据有多旧从收集的日子算起，写反了就会算错",
        "how old evidence is counts from its collection, and swapped it would count wrongly",
    ),
    "guiju: evidence/2\nsubject: x\nevidence:\n  e1: {kind: log, collected: 2026-02-01, received: 2026-01-01}",
)
NOT_A_DIGEST = _error(
    "not-a-digest",
    Text("不是 SHA-256 摘要值", "Not a SHA-256 digest"),
    Text("“{text}”不是 SHA-256 摘要值", "`{text}` is no SHA-256 digest"),
    Text(
        "写 64 个十六进制数字；用别的算法的写在 hash 里，例如 hash: sm3:…",
        "write its 64 hexadecimal digits; one by another algorithm goes to `hash`, as in hash: sm3:…",
    ),
    Text("抄错的摘要值以后核对不上原件", "a digest that was copied wrongly will never match its original"),
    "guiju: evidence/2\nsubject: x\nevidence:\n  e1: {kind: log, sha256: 0123abc}",
)

# --- waivers and samples -----------------------------------------------------------------------------------------

WAIVER_INCOMPLETE = _error(
    "waiver-incomplete",
    Text("豁免没有写全", "Waiver not complete"),
    Text("条款“{clause}”的豁免缺少 {missing}", "the waiver of clause `{clause}` does not give {missing}"),
    Text(
        "写成 `{{voice: 豁免, by: …, reason: …, until: 2026-12-31}}`",
        "write `{{voice: waiver, by: …, reason: …, until: 2026-12-31}}`",
    ),
    Text(
        "由谁批准、为什么、到何时为止，缺一样都不能让人放心",
        "a reader must see who allows it, why, and until when",
    ),
    "guiju: evidence/2\nsubject: x\nattestations:\n  6.1.1.1.a: {voice: waiver, by: Board}",
)
WAIVER_WITH_VERDICT = _error(
    "waiver-with-verdict",
    Text("豁免带有结论", "Waiver with a verdict"),
    Text("条款“{clause}”的豁免带有结论", "the waiver of clause `{clause}` gives a verdict"),
    Text("删去 verdict；要改变结论，另写一项裁定", "delete `verdict`; what is to change the verdict is an override"),
    Text(
        "豁免允许暂不满足，不改变结论，也不改变得分",
        "a waiver allows a clause not to be met for a time: it changes neither its verdict nor a score",
    ),
    "guiju: evidence/2\nsubject: x\nattestations:\n"
    "  6.1.1.1.a: {voice: waiver, verdict: satisfied, by: Board, reason: r, until: 2026-12-31}",
)
UNKNOWN_RULE = _error(
    "unknown-rule",
    Text("汇总规则不认识", "Aggregation rule not known"),
    Text("“{text}”不是汇总规则", "`{text}` is no aggregation rule"),
    Text(
        "可用：全部、至少 18、至多 2 项不满足、占比 >= 95 %；给出数的事实：数目、占比",
        "there are: all, at least 18, at most 2 unsatisfied, share >= 95 %; for a fact that is a number: count, share",
    ),
    Text(
        "同样的结果按不同的规则得出不同的结论，规则必须写明",
        "the same results come to different verdicts by different rules, so the rule must be said",
    ),
    "guiju: evidence/2\nsubject: x\nsamples:\n  s1: {clause: 6.1.1.1.a, population: 9, rule: most of them}",
)
SAMPLE_FOR_ONE = _error(
    "sample-for-one",
    Text("抽样没有写明用于何处", "Sample for nothing, or for two"),
    Text("抽样“{id}”要么写 clause，要么写 fact", "the sample `{id}` must name one `clause` or one `fact`"),
    Text("写明它用于哪个条款，或给出哪个事实", "say which clause it decides, or which fact it states"),
    Text("不知用于何处的结果等于没有", "a result that nobody knows the use of is none"),
    "guiju: evidence/2\nsubject: x\nsamples:\n  s1: {population: 9, rule: all}",
)
SAMPLE_SIZES = _error(
    "sample-sizes",
    Text("抽样的数目对不上", "Sizes of a sample"),
    Text(
        "抽样“{id}”：{larger}是 {more}，{smaller}是 {less}",
        "the sample `{id}`: {larger} {more}, {smaller} {less}",
    ),
    Text("检查 population、sample、rule 和 results", "check `population`, `sample`, `rule` and `results`"),
    Text(
        "总体不少于样本，样本不少于已有的结果和规则所要求的数目",
        "a population is no smaller than its sample, and a sample no smaller than its results and what its rule asks for",
    ),
    "guiju: evidence/2\nsubject: x\nsamples:\n"
    "  s1: {clause: 6.1.1.1.a, population: 1, rule: all, results: {a: satisfied, b: satisfied}}",
)
RULE_GIVES_A_NUMBER = _error(
    "rule-gives-a-number",
    Text("汇总规则得出的是数", "The rule gives a number"),
    Text(
        "抽样“{id}”用于条款，规则“{rule}”得出的却是数",
        "the sample `{id}` is for a clause, and its rule `{rule}` gives a number",
    ),
    Text(
        "写成能判断的规则，例如 占比 >= 95 %；或改为给出事实",
        "ask something of the number, as in share >= 95 %, or state a fact by it",
    ),
    Text("一个占比是否足够，要由规则说明", "whether a share is enough is for the rule to say"),
    "guiju: evidence/2\nsubject: x\nsamples:\n  s1: {clause: 6.1.1.1.a, population: 9, rule: share}",
)
NOT_A_COUNT = _error(
    "not-a-count",
    Text("不是数目", "Not a count"),
    Text("“{text}”不是非负整数", "`{text}` is no whole number from 0 on"),
    Text("写成 1240 或 1 240", "write 1240 or 1 240"),
    Text("有多少个只能是整数", "how many there are is a whole number"),
    "guiju: evidence/2\nsubject: x\nsamples:\n  s1: {clause: 6.1.1.1.a, population: many, rule: all}",
)

FINDING_INCOMPLETE = _error(
    "finding-incomplete",
    Text("评价发现没有写全", "Finding not complete"),
    Text("评价发现“{id}”缺少 {missing}", "the finding `{id}` does not give {missing}"),
    Text(
        "写明由谁整改、何时为止；只是提醒的，分级写 观察项",
        "say who is to mend it and until when, or grade it as an observation",
    ),
    Text("没有责任人和期限的不符合项不会有人整改", "what nobody is to mend by any day is not mended"),
    "guiju: evidence/2\nsubject: x\nfindings:\n  F-1: {clause: 6.1.1.1.a, grade: major, statement: s}",
)
CLOSED_FIRST = _error(
    "closed-before-raised",
    Text("关闭早于提出", "Closed before it was raised"),
    Text("评价发现“{id}”关闭的日子早于提出的日子", "the finding `{id}` was closed before it was raised"),
    Text("检查 raised 和 closure 的 on，可能写反了", "check `raised` and `on` of `closure`; they may be swapped"),
    Text("还没有提出的，不会已经整改", "what was not raised yet cannot have been mended"),
    "guiju: evidence/2\nsubject: x\nas_of: 2026-03-31T09:00:00+08:00\nfindings:\n"
    "  F-1: {clause: a, grade: observation, statement: s, raised: 2026-02-01, closure: {on: 2026-01-01, by: A}}",
)

# --- references --------------------------------------------------------------------------------------------------

UNDECLARED_EVIDENCE = _error(
    "undeclared-evidence",
    Text("引用的证据没有列出", "Evidence not declared"),
    Text("没有编号为“{id}”的证据", "there is no evidence with the id `{id}`"),
    Text("在 evidence 下列出它，或改正编号", "declare it under `evidence`, or correct the id"),
    Text("查不到的证据等于没有", "evidence that cannot be found is none"),
    "guiju: evidence/1\nsubject: x\nfacts:\n  compute: {value: 50 PFLOPS, evidence: e1}",
)
BESIDE_STANDARDS = _error(
    "beside-standards",
    Text("应写在某个标准之下", "Belongs to one of the standards"),
    Text(
        "文件用于几个标准，“{key}”没有写明属于哪一个",
        "the file is for several standards, and `{key}` does not say for which",
    ),
    Text("移到 standards 之下该标准的编号里", "move it below the id of its standard, under `standards`"),
    Text(
        "条款号、输入项和等级是各标准自己的；共用的只有事实和证据",
        "clause ids, inputs and levels are each standard's own; facts and evidence are what they share",
    ),
    "guiju: evidence/1\nsubject: x\ntarget: L1\nstandards:\n  demo-1: {target: L2}",
)
UNUSED_EVIDENCE = Code(
    "unused-evidence",
    Severity.NOTE,
    Text("证据没有用到", "Evidence not used"),
    Text("没有事实或结论用到证据“{id}”", "no fact and no verdict uses the evidence `{id}`"),
    Text("在用到它的事实或结论里写 evidence: {id}，或删去它", "write evidence: {id} where it belongs, or delete it"),
    Text("多半是忘了引用", "usually a reference was forgotten"),
    "guiju: evidence/1\nsubject: x\nevidence:\n  e1: {kind: report}",
)

MORE_PROBLEMS = Code(
    "more-problems",
    Severity.NOTE,
    Text("还有更多问题", "More problems"),
    Text("只列出前 {shown} 个问题", "only the first {shown} problems are listed"),
    Text("改好这些后再检查一次", "mend these and check again"),
    Text("这么多问题多半出于同一个原因", "so many problems usually have one cause"),
)

#: of any file, policy or evidence; with the byte order mark, which is a code of the text of policies
FILE_CODES: tuple[Code, ...] = (
    FILE_NOT_FOUND,
    FILE_IS_A_FOLDER,
    FILE_NOT_READABLE,
    FILE_TOO_LARGE,
    OTHER_ENCODING,
    NOT_UTF8,
    CONTROL_CHARACTER,
)
EVIDENCE_CODES: tuple[Code, ...] = (
    EMPTY_FILE,
    YAML_SYNTAX,
    TAB_INDENTATION,
    JSON_SYNTAX,
    TOO_DEEP,
    TOO_MANY_VALUES,
    ANCHOR,
    MERGE_KEY,
    EXPLICIT_TAG,
    SEVERAL_DOCUMENTS,
    DUPLICATE_KEY,
    KEY_NOT_TEXT,
    OTHER_VERSION,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_SHAPE,
    FULL_WIDTH_COLON,
    FULL_WIDTH_COMMA,
    UNQUOTED_NUMBER,
    UNKNOWN_WORD,
    MISSING_REASON,
    STRAY_TEXT,
    THOUSANDS_COMMA,
    NUMBER_OUT_OF_BOUNDS,
    NOT_FINITE,
    ZERO_DENOMINATOR,
    UNIT_CONFLICT,
    UNIT_WITHOUT_NUMBER,
    BAD_DATE,
    NO_ZONE,
    EXPIRES_FIRST,
    COLLECTED_LATER,
    NO_AS_OF,
    AS_OF_NEEDED,
    PERIOD_REVERSED,
    RECEIVED_FIRST,
    NOT_A_DIGEST,
    WAIVER_INCOMPLETE,
    WAIVER_WITH_VERDICT,
    UNKNOWN_RULE,
    SAMPLE_FOR_ONE,
    SAMPLE_SIZES,
    RULE_GIVES_A_NUMBER,
    NOT_A_COUNT,
    FINDING_INCOMPLETE,
    CLOSED_FIRST,
    UNDECLARED_EVIDENCE,
    BESIDE_STANDARDS,
    UNUSED_EVIDENCE,
    MORE_PROBLEMS,
)
