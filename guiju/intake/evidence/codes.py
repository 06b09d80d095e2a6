"""The diagnostics of evidence that comes from tables and OSCAL results."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text


def _error(name: str, title: Text, message: Text, help: Text, why: Text) -> Code:
    return Code(name, Severity.ERROR, title, message, help, why)


_NOTHING_DROPPED = Text(
    "没有看懂的若跳过去，写的人会以为已经算在内",
    "whoever wrote what is passed over would take it for counted",
)

CSV_SYNTAX = _error(
    "csv-syntax",
    Text("CSV 写法有误", "Not valid CSV"),
    Text("CSV 写法有误：{problem}", "not valid CSV: {problem}"),
    Text(
        "含有分隔符、换行或引号的内容放在引号里，其中的引号写两个；或从电子表格重新导出",
        "put what holds separators, line ends or quotation marks into quotation marks, and double those inside; or "
        "export it again from the spreadsheet",
    ),
    Text("写法有误的一行会使后面的格子都错位", "one such line would shift all cells behind it"),
)
LEFT_UNREAD = _error(
    "cell-not-read",
    Text("有没有读到的内容", "Something that was not read"),
    Text("这里没有读到：{why}", "this was not read: {why}"),
    Text("在电子表格里改好，保存后再读", "mend it in the spreadsheet, save it and read it again"),
    _NOTHING_DROPPED,
)
NO_MAPPING = _error(
    "mapping-needed",
    Text("没有说明各列是什么", "Nothing says what the columns are"),
    Text("“{file}”是表格，没有用 --mapping 给出映射文件", "`{file}` is a table, and no mapping file was given"),
    Text("写一个映射文件，用 --mapping 给出", "write a mapping file and name it with --mapping"),
    Text("列的含义不能靠标题去猜", "what a column means must not be guessed from its heading"),
)
MAPPING_FORM = _error(
    "mapping-form",
    Text("映射文件的形式不对", "Form of a mapping file"),
    Text("“{key}”应为{expected}", "`{key}` must be {expected}"),
    Text("可用的键见 guiju schema mapping：{known}", "the keys are those of guiju schema mapping: {known}"),
    Text("看不懂的一项若被忽略，表格就会读成别的意思", "were an entry passed over, the table would be read otherwise"),
)
MAPPING_FOR_RESULTS = _error(
    "mapping-of-tables",
    Text("映射里的表格用不上", "Tables in a mapping that does not need them"),
    Text("OSCAL 结果没有表格，映射里却写了 tables", "OSCAL results have no tables, and the mapping has"),
    Text(
        "去掉 tables；OSCAL 只用得上 targets 和各项说明",
        "leave `tables` out: of use are `targets` and what is said of the whole",
    ),
    Text("不起作用的一项会被当作已经照办", "an entry that does nothing would pass for one that was heeded"),
)
UNKNOWN_FILE = _error(
    "evidence-file-kind",
    Text("读不了这种文件", "A kind of file that is not read"),
    Text("“{file}”不是 .csv、.xlsx 或 .json 文件", "`{file}` is no .csv, .xlsx or .json file"),
    Text("另存为其中之一", "save it as one of these"),
    Text("文件是什么由它的扩展名说明", "the ending of its name says what a file is"),
)
NO_SHEET = _error(
    "sheet-not-there",
    Text("没有这个工作表", "No such sheet"),
    Text("没有工作表“{name}”；有的是：{known}", "there is no sheet `{name}`; there are {known}"),
    Text("改正映射里的名称", "correct the name in the mapping"),
    Text("要读的表没有读到，不能当作没有内容", "a sheet that was not read must not count as one that says nothing"),
)
SHEET_LEFT = _error(
    "sheet-not-mapped",
    Text("有工作表没有说明", "Sheet that the mapping does not know"),
    Text("映射没有说工作表“{name}”读作什么", "the mapping does not say what the sheet `{name}` is"),
    Text("在 tables 里写明，或列在 ignore_sheets 下", "describe it under `tables`, or list it under `ignore_sheets`"),
    _NOTHING_DROPPED,
)
NO_HEADING = _error(
    "heading-row-not-there",
    Text("没有标题行", "No heading row"),
    Text("第 {row} 行没有内容，不能是标题行", "row {row} holds nothing, so it cannot be the row of headings"),
    Text("用 heading 写明标题在第几行", "say with `heading` in which row they are"),
    Text("没有标题就不知道各列是什么", "without headings nobody knows what the columns are"),
)
NO_COLUMN = _error(
    "column-not-there",
    Text("没有这一列", "No such column"),
    Text("没有标题为“{name}”的列；有的是：{known}", "no column has the heading `{name}`; there are {known}"),
    Text(
        "改正映射里的标题，或用 heading 写明标题在第几行",
        "correct the heading in the mapping, or say with `heading` in which row they are",
    ),
    Text("要读的列没有读到，不能当作没有内容", "a column that was not read must not count as one that says nothing"),
)
COLUMN_TWICE = _error(
    "heading-twice",
    Text("两列标题相同", "Two columns of one heading"),
    Text("“{name}”是两列的标题", "`{name}` is the heading of two columns"),
    Text("把其中一列改名，再改映射", "give one of them another heading, and the mapping too"),
    Text("取哪一列没有说明", "which of them is meant is not said"),
)
COLUMN_LEFT = _error(
    "column-not-mapped",
    Text("有列没有说明", "Column that the mapping does not know"),
    Text("映射没有说“{name}”列读作什么", "the mapping does not say what the column `{name}` is"),
    Text("写在 columns 里，或列在 ignore 下", "write it under `columns`, or list it under `ignore`"),
    _NOTHING_DROPPED,
)
WITHOUT_NAME = _error(
    "row-without-name",
    Text("一行没有写明说的是什么", "Row that does not say what it is about"),
    Text(
        "这一行有内容，“{name}”列却是空的：{quote}",
        "the row holds something and nothing in its column `{name}`: {quote}",
    ),
    Text(
        "补上；若是标题、合计之类，把它开头的文字列在 skip 下",
        "fill it in; list the text that it begins with under `skip` if it is a heading or a total",
    ),
    _NOTHING_DROPPED,
)
NO_CLAUSE = _error(
    "row-of-no-clause",
    Text("没有这个条款", "Row of no clause"),
    Text("“{name}”不是标准的条款或组", "`{name}` is no clause and no group of the standard"),
    Text("改正条款号；若不是条款，把它列在 skip 下", "correct it, or list it under `skip` if it names no clause"),
    _NOTHING_DROPPED,
)
GROUP_JUDGED = _error(
    "row-of-a-group",
    Text("对组写了内容", "Something said of a group"),
    Text("“{name}”是组，它的行里却还有别的内容：{quote}", "`{name}` is a group, and its row says more: {quote}"),
    Text("写在各条款的行里", "write it in the rows of its clauses"),
    Text("组的结论由各条款算出，不能直接给出", "what a group comes to follows from its clauses"),
)
TWICE = _error(
    "row-twice",
    Text("同一项有两行", "One thing in two rows"),
    Text("“{name}”前面已有一行", "there is a row for `{name}` already"),
    Text("只留一行", "keep one of them"),
    Text("两行不一致时，不知道以哪一行为准", "where the two differ nobody can say which holds"),
)
NOT_RESULTS = _error(
    "not-assessment-results",
    Text("不是 OSCAL 评价结果", "No OSCAL assessment results"),
    Text("文件里没有 assessment-results", "the file has no `assessment-results`"),
    Text(
        "给出 OSCAL assessment-results 的 JSON 文件；目录用 guiju import 读",
        "give OSCAL assessment-results in JSON; a catalog is read by guiju import",
    ),
    Text("别的文件里没有结论", "other files hold no verdicts"),
)
SEVERAL_RESULTS = _error(
    "several-results",
    Text("有几次评价", "Several results"),
    Text("文件里有 {n} 次评价（results）：{titles}", "the file holds {n} results: {titles}"),
    Text("用 --result 选一次：标题、UUID 或第几次", "choose one with --result: its title, its UUID or its place"),
    Text("几次评价时间不同，混在一起就不知道说的是何时", "they are of different times, and together would be of none"),
)
NO_SUCH_RESULT = _error(
    "no-such-result",
    Text("没有这次评价", "No such result"),
    Text(
        "“{asked}”不能定下是哪一次；文件里的 {n} 次评价：{titles}",
        "`{asked}` names none or several of the results; the file holds {n}: {titles}",
    ),
    Text("写标题、UUID 或第几次", "give a title, a UUID or a place"),
    Text("选错了一次，说的就是别的时候", "another one would be of another time"),
)
OTHER_POLICY = _error(
    "results-of-another-policy",
    Text("依别的策略的评价", "Results by another policy"),
    Text("结果是依“{found}”评价的，不是“{expected}”", "the results are of `{found}`, not of `{expected}`"),
    Text("给出那个策略", "give that policy"),
    Text("条款号相同，说的可能是别的条款", "the same number may be that of another clause"),
)
NO_TARGET = _error(
    "target-of-no-clause",
    Text("对不上条款", "Finding at no clause"),
    Text("“{name}”不是这个策略的条款", "`{name}` is no clause of this policy"),
    Text(
        "在映射文件的 targets 里写明它是哪一条：{name}: 条款号",
        "say under `targets` of a mapping file which clause it is: {name}: CLAUSE",
    ),
    _NOTHING_DROPPED,
)
ODD_FINDING = _error(
    "finding-not-understood",
    Text("没有看懂的结论", "Finding that was not understood"),
    Text(
        "“{name}”的状态是“{state}”，不是 satisfied 或 not-satisfied",
        "the state of `{name}` is `{state}`, neither satisfied nor not-satisfied",
    ),
    Text("改正文件", "correct the file"),
    _NOTHING_DROPPED,
)
ALONE = _error(
    "finding-without-observation",
    Text("结论没有所依据的观察", "Finding without its observation"),
    Text(
        "“{name}”的结论所依据的观察不在文件里",
        "the observation that the finding on `{name}` rests on is not in the file",
    ),
    Text("给出照原样导出的文件", "give the file as it was exported"),
    Text(
        "所陈述的都在观察里：没有它，结论就没有依据，也不能重新推出",
        "all that was stated stands in the observations: without them a verdict has no ground and cannot be derived anew",
    ),
)
VERDICT_DIFFERS = Code(
    "verdict-differs",
    Severity.WARNING,
    Text("结论与文件所载不同", "Verdict other than recorded"),
    Text(
        "条款“{name}”：文件所载为 {recorded}，依现在的策略得出 {found}",
        "clause `{name}`: recorded as {recorded}, and by the policy as it is now {found}",
    ),
    Text(
        "查看策略或引擎自那时起改了什么：guiju compare",
        "see what changed in the policy or the engine since: guiju compare",
    ),
    Text(
        "读进来的是当时给出的情况，结论总是重新得出",
        "what was stated is taken over, and verdicts are always derived anew",
    ),
)
EVIDENCE_INTAKE_CODES: tuple[Code, ...] = (
    CSV_SYNTAX,
    LEFT_UNREAD,
    NO_MAPPING,
    MAPPING_FORM,
    MAPPING_FOR_RESULTS,
    UNKNOWN_FILE,
    NO_SHEET,
    SHEET_LEFT,
    NO_HEADING,
    NO_COLUMN,
    COLUMN_TWICE,
    COLUMN_LEFT,
    WITHOUT_NAME,
    NO_CLAUSE,
    GROUP_JUDGED,
    TWICE,
    NOT_RESULTS,
    SEVERAL_RESULTS,
    NO_SUCH_RESULT,
    OTHER_POLICY,
    NO_TARGET,
    ODD_FINDING,
    ALONE,
    VERDICT_DIFFERS,
)
