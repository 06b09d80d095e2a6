"""What can be wrong with a workbook that comes back."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text


def _error(name: str, title: Text, message: Text, help: Text, why: Text) -> Code:
    return Code(name, Severity.ERROR, title, message, help, why)


def _warning(name: str, title: Text, message: Text, help: Text, why: Text) -> Code:
    return Code(name, Severity.WARNING, title, message, help, why)


NOT_A_WORKBOOK = _error(
    "not-a-workbook",
    Text("不是能读的工作簿", "No workbook that can be read"),
    Text("“{name}”不是能读的 XLSX 工作簿：{reason}", "`{name}` is no XLSX workbook that can be read: {reason}"),
    Text(
        "用 Excel 或 LibreOffice 打开，另存为 .xlsx（不加密、不带宏）",
        "open it in Excel or LibreOffice and save it as .xlsx, without password and macros",
    ),
    Text("没有读到的文件不能当作没有内容", "a file that was not read must not count as one that says nothing"),
)
UNSAFE_WORKBOOK = _error(
    "unsafe-workbook",
    Text("工作簿里有不该有的东西", "A workbook with more than a questionnaire in it"),
    Text("工作簿里有{what}", "the workbook has {what}"),
    Text(
        "弄清它从哪里来；把答复抄到 guiju workbook export 新生成的工作簿里",
        "find out where it comes from; copy the answers to a new workbook of guiju workbook export",
    ),
    Text(
        "问卷只有文字、数和公式；别的都可能在打开时做事，或把内容取自别处",
        "a questionnaire is text, numbers and formulas; all else may act when it is opened, or bring in what lies elsewhere",
    ),
)
NOT_A_QUESTIONNAIRE = _error(
    "not-a-questionnaire",
    Text("不是由规矩生成的问卷", "A workbook that Guiju did not make"),
    Text(
        "工作簿里没有问卷的标记（隐藏的第一列和“列表”表）",
        "the workbook lacks the marks of a questionnaire: its hidden first column and the sheet of lists",
    ),
    Text(
        "用 guiju workbook export 生成的工作簿；表格形式的要求用 guiju import 读",
        "give one that guiju workbook export made; a list of requirements is read by guiju import",
    ),
    Text("没有标记就不知道哪一行是哪一条", "without these marks nobody knows which row is which clause"),
)
OTHER_POLICY = _error(
    "workbook-of-another-standard",
    Text("工作簿用于另一标准", "A workbook for another standard"),
    Text("工作簿用于“{found}”，这里是“{expected}”", "the workbook is for `{found}`, this is `{expected}`"),
    Text("给出工作簿所用的标准", "give the standard that it was made for"),
    Text("两个标准的同一个号是不同的要求", "the same number is another requirement in another standard"),
)
OTHER_EDITION = _error(
    "workbook-of-another-edition",
    Text("工作簿按另一版本生成", "A workbook of another edition"),
    Text(
        "工作簿按摘要值为 {found} 的策略生成，这里是 {expected}；不同之处：{differences}",
        "the workbook was made from the policy with digest {found}, this one has {expected}; they differ in: {differences}",
    ),
    Text(
        "用当时的策略读入，或重新导出后逐条确认；--earlier 旧版 照 guiju diff 说明改动",
        "import it with the policy of that time, or export anew and confirm each answer; --earlier OLD tells the changes"
        " as guiju diff does",
    ),
    Text("按旧版的问题作的答复，未必回答新版的问题", "an answer to the old question need not answer the new one"),
)
MISSING_SHEET = _error(
    "missing-sheet",
    Text("少了一张表", "A sheet is missing"),
    Text("工作簿里没有“{name}”表", "the workbook has no sheet `{name}`"),
    Text("找回这张表，或从新导出的工作簿复制一张", "bring it back, or copy it from a workbook that is exported anew"),
    Text("丢了的表里可能有答复", "there may have been answers on it"),
)
RENAMED_SHEET = _warning(
    "renamed-sheet",
    Text("表改了名", "A sheet was renamed"),
    Text("“{name}”表改名为“{found}”，按原来的读", "the sheet `{name}` is called `{found}`; it was read as what it was"),
    Text("改回原名；“结果”表的公式随之恢复", "give it its name back"),
    Text("表由隐藏的标记认出，不靠名称", "sheets are known by a hidden mark, not by their names"),
)
UNKNOWN_SHEET = _error(
    "unknown-sheet",
    Text("多了一张表", "A sheet that does not belong"),
    Text(
        "“{name}”表不是问卷的一部分，上面的内容读不进来",
        "the sheet `{name}` is no part of the questionnaire, and what it says cannot be read",
    ),
    Text(
        "把要用的内容写进问卷的单元格，再删去这张表",
        "write what is to count into the cells of the questionnaire, and remove the sheet",
    ),
    Text(
        "不知道说的是哪一条；不读就继续，丢掉的可能正是不满足的结果",
        "nobody knows what it speaks of, and what is left out in silence may be just what fails",
    ),
)
BELOW_THE_LIST = _warning(
    "rows-below-the-list",
    Text("写在了列表的行以外", "Rows beside those of the list"),
    Text(
        "“{name}”表有 {number} 行写在有底色的行以外，从第 {row} 行起；照读",
        "on the sheet `{name}` {number} rows stand beside the shaded ones, from row {row} on; they were read",
    ),
    Text(
        "要多几行，用 guiju workbook export --rows N 重新导出",
        "guiju workbook export --rows N gives lists more rows",
    ),
    Text(
        "那里没有下拉列表；“结果”表的公式看不到这些行，有它们在就先按未定",
        "they have no drop-downs, and the formulas of the result do not see them: what may hang on them stays open there",
    ),
)
LIST_TOO_LONG = _error(
    "list-too-long",
    Text("列表太长", "A list that is too long"),
    Text("“{name}”表有 {number} 行，最多读 {most} 行", "the sheet `{name}` has {number} rows; {most} are read at most"),
    Text(
        "抽样给出汇总的数目，或分成几次评价",
        "state a count instead of each instance, or make several assessments of it",
    ),
    Text("只读一部分，丢掉的可能正是不满足的结果", "what is left out may be just what fails"),
)
MISSING_ROW = _error(
    "missing-row",
    Text("少了一行", "A row is missing"),
    Text("“{sheet}”表少了“{row}”一行", "the row `{row}` is missing from the sheet `{sheet}`"),
    Text(
        "撤销删除，或从新导出的工作簿复制这一行", "undo its removal, or copy it from a workbook that is exported anew"
    ),
    Text("删去的行里可能有答复", "there may have been an answer in it"),
)
ROW_TWICE = _error(
    "workbook-row-twice",
    Text("一行出现两次", "A row stands twice"),
    Text("“{row}”一行出现两次", "the row `{row}` stands twice"),
    Text("留下要用的一行", "keep the one that counts"),
    Text("两行说法不同时不知道听谁的", "where they differ nobody knows which counts"),
)
SHEET_TWICE = _error(
    "workbook-sheet-twice",
    Text("一张表出现两次", "A sheet stands twice"),
    Text("“{name}”和“{first}”是问卷的同一张表", "`{name}` and `{first}` are the same sheet of the questionnaire"),
    Text("留下要用的一张，删去另一张", "keep the one that counts and delete the other"),
    Text("两张说法不同时不知道听谁的", "where they differ nobody knows which counts"),
)
CELL_NOT_READ = _error(
    "cell-outside-the-questionnaire",
    Text("单元格没有读入", "A cell that was not read"),
    Text(
        "这里的“{text}”不属于问卷的任何一格，读不进来",
        "`{text}` stands in no cell of the questionnaire and cannot be read",
    ),
    Text(
        "写进有底色的单元格，或删去；说明写在“供方说明”“查验发现”或“备注”",
        "write it into a shaded cell, or remove it; remarks have columns of their own",
    ),
    Text(
        "不知道说的是哪一条；不读就继续，丢掉的可能正是不满足的结果",
        "nobody knows what it speaks of, and what is left out in silence may be just what fails",
    ),
)
COMMENT_NOT_READ = _warning(
    "comment-not-read",
    Text("批注没有读入", "A comment that was not read"),
    Text("这一格的批注没有读入：“{text}”", "the comment on this cell was not read: `{text}`"),
    Text(
        "要留下的写进“供方说明”“查验发现”或“备注”",
        "write what is to be kept into the remarks or the finding, which have columns of their own",
    ),
    Text("批注里可能有保留意见，证据文件却没有它的位置", "it may hold a reservation, and evidence has no place for it"),
)
TEXT_CHANGED = _warning(
    "text-changed",
    Text("改了受保护的文字", "A protected text was changed"),
    Text(
        "受保护的“{expected}”改成了“{found}”，改动没有读入",
        "the protected text `{expected}` was changed to `{found}`, which was not read",
    ),
    Text("对条文有疑问写在说明里", "write what is doubtful about it into the remarks"),
    Text("要求由策略给出，不由问卷改写", "what is required says the policy, not the questionnaire"),
)
FORMULA_IN_ANSWER = _error(
    "formula-in-answer",
    Text("答复里有公式", "A formula in an answer"),
    Text("这一格是公式", "the cell has a formula"),
    Text("把算得的值写进去：复制，选择性粘贴为数值", "put in its value: copy it, and paste values only"),
    Text(
        "公式的值随打开它的地方而变，还可能取自别的文件",
        "the value of a formula depends on where it is opened, and may come from other files",
    ),
)
ERROR_IN_ANSWER = _error(
    "error-in-answer",
    Text("答复是错误值", "An error value as an answer"),
    Text("这一格是错误值 {text}", "the cell has the error value {text}"),
    Text("写出值；不知道就清空", "write the value, or clear the cell"),
    Text("错误值既不是数也不是未知", "an error is neither a number nor unknown"),
)
MERGED_CELLS = _error(
    "merged-cells",
    Text("合并了单元格", "Merged cells"),
    Text("“{area}”合并成了一格", "the cells `{area}` are merged"),
    Text("取消合并，每格各写各的", "unmerge them, and fill in each"),
    Text(
        "合并以后只剩一格的内容，其余的答复已经丢了", "merging keeps the content of one cell and throws the others away"
    ),
)
NUMBER_NOT_KEPT = _error(
    "number-not-kept",
    Text("数的位数太多", "A number with too many digits"),
    Text(
        "{text} 不是当初写的数：电子表格只保存十五位有效数字",
        "{text} is not the number that was typed: a spreadsheet keeps fifteen digits",
    ),
    Text(
        "把单元格设为文本再写，1/3 也这样写；或换一个单位",
        "make the cell a text cell and write it anew, 1/3 as well, or use another unit",
    ),
    Text("末尾几位可能已经不是原来写的", "its last digits may not be those that were written"),
)
DAY_FOR_A_NUMBER = _error(
    "day-for-a-number",
    Text("填数的格里是日期", "A day where a number belongs"),
    Text("这一格是日期或时间 {day}，不是数", "the cell holds {day}, a day or a time, and no number"),
    Text(
        "写分数先打一个撇号：'1/3；写数先把单元格的格式改为“常规”，再写一遍",
        "type an apostrophe before a fraction, '1/3; for a number make the cell's format General and type it again",
    ),
    Text(
        "键入的 1/3、3-5、10:30，电子表格存成日期或时间",
        "a spreadsheet makes days and times of 1/3, 3-5 and 10:30 as they are typed",
    ),
)
PARTLY_ANSWERED = _warning(
    "set-partly-answered",
    Text("只答了几项", "Answered in part"),
    Text(
        "“{name}”只答了一部分，按未知计；没有答的：{open}",
        "`{name}` is answered in part and counts as unknown; without an answer: {open}",
    ),
    Text("每一项都写“是”或“否”", "answer each with yes or no"),
    Text("没有答的一项不能当作“否”", "what is not answered must not count as no"),
)
DATE_AS_TEXT = _warning(
    "date-as-text",
    Text("日期写成了文字", "A date that is text"),
    Text("这里的日期是文字，读作 {day}", "the date in this cell is text; it was read as {day}"),
    Text(
        "清空这一格，把单元格格式设为日期，再键入 {day}",
        "clear the cell, set its format to a date, and type {day} anew",
    ),
    Text(
        "结果表的公式不认文字的日期，那里会显示未定",
        "the formulas of the result take no text for a date and leave it open",
    ),
)
NOT_IN_A_WORKBOOK = _error(
    "not-in-a-workbook",
    Text("工作簿里放不下", "No place for it in a workbook"),
    Text("工作簿里没有地方放{what}", "a workbook has no place for {what}"),
    Text(
        "把它留在证据文件里，用 guiju evaluate 评价；或先从文件中删去",
        "keep it in the evidence file and use guiju evaluate, or take it out first",
    ),
    Text("放不下的内容不能悄悄丢掉", "what does not fit must not be lost in silence"),
)
WORKBOOK_CODES: tuple[Code, ...] = (
    NOT_A_WORKBOOK,
    UNSAFE_WORKBOOK,
    NOT_A_QUESTIONNAIRE,
    OTHER_POLICY,
    OTHER_EDITION,
    MISSING_SHEET,
    RENAMED_SHEET,
    UNKNOWN_SHEET,
    BELOW_THE_LIST,
    LIST_TOO_LONG,
    MISSING_ROW,
    ROW_TWICE,
    SHEET_TWICE,
    CELL_NOT_READ,
    COMMENT_NOT_READ,
    TEXT_CHANGED,
    FORMULA_IN_ANSWER,
    ERROR_IN_ANSWER,
    MERGED_CELLS,
    NUMBER_NOT_KEPT,
    DAY_FOR_A_NUMBER,
    PARTLY_ANSWERED,
    DATE_AS_TEXT,
    NOT_IN_A_WORKBOOK,
)
