"""What can be wrong with a table of rows: the codes."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text

NO_TABLE = Code(
    "no-table",
    Severity.ERROR,
    Text("没有表", "No table"),
    Text("文件夹“{path}”里没有可以读的表", "there is no table in the folder `{path}` that could be read"),
    Text("放入以其中之一结尾的文件：{known}", "put files into it whose names end with one of {known}"),
    Text("读法由文件名的结尾决定", "the ending of its name says how a file is read"),
)
NOT_READ = Code(
    "not-read",
    Severity.WARNING,
    Text("文件夹里没有读的", "Left out of a folder"),
    Text("“{path}”里没有读的有 {number} 个：{names}", "what is not read in `{path}`: {number}, {names}"),
    Text(
        "是表就解压或转成 {known} 之一，名称不以 . 或 _ 开头；链接所指的文件夹另外给出",
        "if it is a table, have it unpacked, as one of {known}, under a name that begins with neither `.` nor `_`; "
        "name a folder that a link leads to by itself",
    ),
    Text("没有读的表，其中的对象不在结果里", "whoever stands in a table that is not read is not in the result"),
)
TABLE_TWICE = Code(
    "table-twice",
    Severity.ERROR,
    Text("一个表有两份", "One table in two forms"),
    Text("“{first}”和“{second}”只有结尾不同", "`{first}` and `{second}` differ in their ending alone"),
    Text(
        "移走其中一个；确是两个表，就改一个的名称",
        "move one of them away, or rename one if they are two tables",
    ),
    Text("同一个表的两种形式，会把每一行数两遍", "of one table in two forms every row would be counted twice"),
)
UNKNOWN_TABLE = Code(
    "unknown-table",
    Severity.ERROR,
    Text("不认识的表", "Unknown kind of table"),
    Text("不认识“{path}”这类表", "`{path}` is not a kind of table that can be read"),
    Text("表的文件名以其中之一结尾：{known}", "end the name of a table with one of {known}"),
    Text("读法由文件名的结尾决定", "the ending of its name says how a file is read"),
)
DAMAGED_TABLE = Code(
    "damaged-table",
    Severity.ERROR,
    Text("表读不下去", "Damaged table"),
    Text("“{path}”读不下去（{reason}）", "`{path}` cannot be read to its end ({reason})"),
    Text(
        "文件可能没有写完；重新导出一次，CSV 用 UTF-8 编码",
        "the file may have been cut off: export it again, CSV in UTF-8",
    ),
    Text("读到一半的表不会有结果：没有写出任何文件", "of half a table nothing is written"),
)
EMPTY_TABLE = Code(
    "empty-table",
    Severity.WARNING,
    Text("表里没有行", "Table without rows"),
    Text("“{path}”没有一行", "`{path}` has no rows"),
    Text("核对导出时的筛选条件", "check what was chosen when it was exported"),
    Text("空表的结果也是空表", "the result of an empty table is an empty table"),
)
UNKNOWN_COLUMN = Code(
    "unknown-column",
    Severity.ERROR,
    Text("没有这样的列", "Unknown column"),
    Text(
        "标准没有以“{name}”为名的事实、输入或待查验的条款",
        "the standard has no fact, input or clause to attest of the name `{name}`",
    ),
    Text(
        "改列名；{others}；表头可由 guiju batch-schema 写出",
        "rename the column; {others}; `guiju batch-schema` writes the head of a table",
    ),
    Text("写错名字的列若被略过，里面的值就成了未知", "were it passed over, all that it says would count as unknown"),
)
TWO_CLAUSES = Code(
    "column-of-two-clauses",
    Severity.WARNING,
    Text("一列在两个版本里是两个条款", "One column, two clauses"),
    Text(
        "这些编号在“{before}”和“{after}”里不是同一个条款：{names}",
        "numbers that stand for one clause in {before} and for another in {after}: {names}",
    ),
    Text(
        "结论若只按其中一个版本的编号作出，就不要把这一列放进表里；它只说得了那个版本的条款",
        "leave out such a column where its verdicts were given by the numbers of one edition alone: they say nothing of "
        "the other's clause",
    ),
    Text(
        "每个版本都按自己的编号读这一列，对一个条款作的结论会算到另一个条款上",
        "each edition reads the column by its own numbers, so that what was said of one clause counts for another",
    ),
)
COLUMN_TWICE = Code(
    "column-twice",
    Severity.ERROR,
    Text("一列出现两次", "One column twice"),
    Text("“{second}”和“{first}”说的是同一项“{name}”", "`{second}` and `{first}` both state `{name}`"),
    Text("只留一列", "leave one of the two out"),
    Text("两列说法不同时，取哪一个没有说", "where the two differ nobody has said which one counts"),
)
COLUMN_TYPE = Code(
    "column-type",
    Severity.ERROR,
    Text("列的类型不对", "Column of another type"),
    Text(
        "“{name}”要的是{expected}，列的类型是 {found}", "`{name}` takes {expected}, and the column has the type {found}"
    ),
    Text(
        "换成 guiju batch-schema 写出的类型，或写成文字",
        "use the type that `guiju batch-schema` writes, or write the values as text",
    ),
    Text("类型不合的值不作猜测", "what does not fit a type is not guessed"),
)
BINARY_FLOATS = Code(
    "binary-floats",
    Severity.WARNING,
    Text("二进制浮点数的列", "Columns of binary floats"),
    Text("这些列是二进制浮点数：{names}", "these columns hold binary floats: {names}"),
    Text(
        "每个值按还原得出它的最短小数来读（0.1 就是十分之一）；要精确就存成整数、decimal128 或文字",
        "each is read as the shortest decimal that stands for it (0.1 is a tenth); to be exact, store integers, "
        "decimal128 or text",
    ),
    Text(
        "二进制浮点数里没有十分之一：存进去时已经不是原来的数",
        "no binary float is a tenth: the number that was meant was lost when it was stored",
    ),
)
NO_KNOWN_COLUMN = Code(
    "no-known-column",
    Severity.ERROR,
    Text("没有一列属于这个标准", "No column of this standard"),
    Text("“{path}”的列没有一个属于 {standard}", "no column of `{path}` belongs to {standard}"),
    Text(
        "核对标准和表是否配对；表头可由 guiju batch-schema 写出",
        "check that policy and table go together; `guiju batch-schema` writes the head of a table",
    ),
    Text("什么都没有说的表，每一行都只会是未知", "a table that states nothing would leave every row unknown"),
)
MISSING_COLUMNS = Code(
    "missing-columns",
    Severity.NOTE,
    Text("没有列的项", "What has no column"),
    Text(
        "标准要问而没有列的有 {number} 项，每一行都算未知：{names}",
        "what the standard asks for, has no column and is unknown in every row: {number}, {names}",
    ),
    Text("知道的就加上列", "add a column for what is known"),
    Text("没有说的就是未知，不会当作“否”", "what is not said is unknown, and never taken for no"),
)
OUTPUT_IS_INPUT = Code(
    "output-is-input",
    Severity.ERROR,
    Text("输出就是输入", "Output in place of the input"),
    Text(
        "结果不能写到“{path}”：它是输入，在输入的文件夹里，或者里面有这条命令所读的文件",
        "the result cannot go to `{path}`: it is the input, lies in its folder, or holds what this command reads",
    ),
    Text("换一个路径", "name another path"),
    Text(
        "输入不会被结果盖掉，也不会把结果当作输入再读",
        "results never replace what they are made of, nor are read as such",
    ),
)
OUT_WITHOUT_NAME = Code(
    "out-without-name",
    Severity.ERROR,
    Text("结果没有名称", "Result without a name"),
    Text("“{path}”没有给结果一个名称", "`{path}` gives the result no name"),
    Text("写出一个文件或文件夹的名称", "end it with the name of a file or a folder"),
    Text(
        "结果先在旁边写好，再以它的名称整个放到位",
        "a result is made beside its place, and put there as a whole by its name",
    ),
)
OTHERS_THERE = Code(
    "folder-holds-others",
    Severity.ERROR,
    Text("文件夹里有别的文件", "Folder that holds something else"),
    Text(
        "“{path}”里有的文件不是这些表先前的结果，没有改动：{names}",
        "`{path}` holds what is no earlier result of these tables, and was left as it is: {names}",
    ),
    Text("换一个文件夹，或先把它们移走", "name another folder, or move them away first"),
    Text(
        "--replace 换掉整个文件夹，里面别的文件会随之消失",
        "--replace puts another folder in its place, and whatever else lies in it would be gone",
    ),
)
BLANK_OPTION = Code(
    "blank-option",
    Severity.ERROR,
    Text("列表里有空的一项", "Blank in a list of options"),
    Text("“{name}”的列表里有空的一项", "the list of `{name}` has a blank among its options"),
    Text(
        "删去空的一项；不知道有哪些，整格留空；一个都没有，写空的列表",
        "take it out; leave the cell blank where the options are not known, and the list empty where there is none",
    ),
    Text("空的一项可能是丢了的选项", "a blank may be an option that was lost"),
)
NO_ID_COLUMN = Code(
    "no-id-column",
    Severity.ERROR,
    Text("没有编号列", "No such id column"),
    Text("“{path}”没有名为“{name}”的列", "`{path}` has no column `{name}`"),
    Text("列有：{known}", "its columns are: {known}"),
    Text("--id 要的列须在每个表里", "what --id names must be in every table"),
)
NO_KEPT_COLUMN = Code(
    "no-kept-column",
    Severity.ERROR,
    Text("没有要照抄的列", "No such column to keep"),
    Text("没有一个表有名为“{name}”的列", "no table has a column `{name}`"),
    Text("“{path}”的列有：{known}", "the columns of `{path}` are: {known}"),
    Text("照抄的列至少要在一个表里", "what is copied must be in one table at least"),
)
RESULT_COLUMN = Code(
    "result-column",
    Severity.ERROR,
    Text("列名与结果的列相同", "Copied column called as one of the result"),
    Text(
        "“{name}”要照抄进结果，而结果自己有同名的列",
        "`{name}` would be copied to the result, which has a column of this name already",
    ),
    Text(
        "在表里给这一列换个名称，或不照抄；结果的列有：{known}",
        "rename the column in the table, or do not copy it; the result has the columns {known}",
    ),
    Text("同名的两列，只有一列的内容留得下来", "of two columns of one name only one can be kept"),
)
COPIED_TYPE = Code(
    "copied-type",
    Severity.ERROR,
    Text("照抄不了的列", "Column that cannot be copied"),
    Text("“{name}”的类型是 {found}：{why}", "`{name}` has the type {found}: {why}"),
    Text(
        "在表里把它写成文字；--id 可另指编号列，--keep 可不要它，Parquet 和 Arrow 的 OUT 装得下更多类型",
        "store it as text; or name another column with --id, leave it out of --keep, "
        "or have OUT in Parquet or Arrow, which hold more types",
    ),
    Text("照抄的列一格也不丢、不改", "of what is copied nothing is lost or changed"),
)
ID_TWICE = Code(
    "row-id-twice",
    Severity.WARNING,
    Text("行的编号不唯一", "Row ids that are not unique"),
    Text(
        "不止一行有的编号：{number} 个，例如 {names}", "ids that stand in more than one row: {number}, such as {names}"
    ),
    Text("用行号（row 列）区分，或改正编号", "tell the rows apart by their number (the column `row`), or mend the ids"),
    Text("照编号去合并，会合到别的行上", "whoever joins by id would meet other rows"),
)
NO_SUCH_ROW = Code(
    "no-such-row",
    Severity.ERROR,
    Text("没有这一行", "No such row"),
    Text("没有编号为“{name}”的行", "there is no row `{name}`"),
    Text(
        "没有编号列时写行号，从 1 起；有编号列时写编号",
        "give its number from 1, or its id where the table has a column of ids",
    ),
    Text("解释总是针对一行", "an explanation is that of one row"),
)
ROW_TWICE = Code(
    "several-such-rows",
    Severity.ERROR,
    Text("不止一行", "More than one such row"),
    Text("编号“{name}”有这些行：{rows}", "the id `{name}` stands in rows {rows}"),
    Text("照上面的写法指定其中一行：--row '文件#行号'", "name one of them as it stands above: --row 'FILE#NUMBER'"),
    Text("解释总是针对一行", "an explanation is that of one row"),
)
REJECTS_IS_OUTPUT = Code(
    "rejects-is-output",
    Severity.ERROR,
    Text("两样结果写到一处", "Rejects in place of the result"),
    Text("结果和不能用的格子都要写到“{path}”", "the result and the rejects would both go to `{path}`"),
    Text("--rejects 写另一个路径，或不写", "name another path with --rejects, or leave it out"),
    Text("一个文件只装得下其中一样", "one file holds one of the two"),
)
INTERRUPTED = Code(
    "interrupted",
    Severity.ERROR,
    Text("中途停下", "Interrupted"),
    Text("在第 {number} 行之后停下", "stopped after {number} rows"),
    Text("再运行一次", "run it again"),
    Text(
        "没有写完的结果不会留下，原有的文件没有动",
        "no half of a result is left, and what was there before is as it was",
    ),
)
WORKER_ENDED = Code(
    "worker-ended",
    Severity.ERROR,
    Text("一个进程被结束", "A process was ended"),
    Text(
        "一起工作的进程有一个被系统结束（在第 {number} 行之后）",
        "the system ended one of the processes at work (after {number} rows)",
    ),
    Text(
        "多半是内存不够：用 --jobs 1 再运行一次，或换内存更大的机器",
        "most likely memory ran out: run it again with `--jobs 1`, or on a machine with more",
    ),
    Text(
        "没有写完的结果不会留下，原有的文件没有动",
        "no half of a result is left, and what was there before is as it was",
    ),
)
EMPTY_FILE = Code(
    "table-without-head",
    Severity.ERROR,
    Text("表没有表头", "Table without a head"),
    Text("“{path}”是空的，连表头也没有", "`{path}` is empty, without even a head"),
    Text(
        "重新导出一次，或移走这个文件；表头可由 guiju batch-schema 写出",
        "export it again or move it away; `guiju batch-schema` writes a head",
    ),
    Text("没有表头，就不知道少了哪些行", "without a head nobody can tell which rows are missing"),
)
OTHER_SEPARATOR = Code(
    "other-separator",
    Severity.ERROR,
    Text("不是用逗号分隔", "Cells that no comma separates"),
    Text(
        "“{path}”的表头用“{separator}”分隔，而不是半角逗号",
        "the head of `{path}` has `{separator}` between its cells, and no comma",
    ),
    Text("用半角逗号重新导出", "export it again with commas"),
    Text(
        "CSV 只认逗号：猜一个分隔符，会把一格里的符号也当成分隔",
        "a separator that is guessed may stand in a cell as well",
    ),
)
MISFIT_LINE = Code(
    "misfit-line",
    Severity.ERROR,
    Text("一行的格数不对", "Line of another length"),
    Text("这一行有 {found} 格，表头有 {expected} 格", "the line has {found} cells and the head {expected}"),
    Text("核对这一行的逗号和引号", "check its commas and quotation marks"),
    Text("错了一格，后面的值就都归错了列", "with one cell too many all that follows stands in the wrong column"),
)
UNKNOWN_PART = Code(
    "unknown-part",
    Severity.ERROR,
    Text("结果没有这一部分", "No such part of a result"),
    Text("also 里的“{name}”不是结果能有的", "`{name}` in `also` is nothing that a result can have"),
    Text("可用的有：{known}", "there are: {known}"),
    Text("要了而没有的列，读结果的人会以为写错了别处", "whoever asked for a column would look for it in vain"),
)
OUT_NEEDED = Code(
    "out-needed",
    Severity.ERROR,
    Text("没有写明结果写到哪里", "Nowhere to write the result"),
    Text("没有给出 OUT", "no OUT is given"),
    Text(
        "写出结果的路径，以 .parquet、.arrow、.arrows 或 .csv 结尾，或一个文件夹；只看一行用 --row，只看安排用 --plan",
        "name a path that ends with .parquet, .arrow, .arrows or .csv, or a folder; --row explains one row, --plan "
        "tells how it would be done",
    ),
    Text("结果总是一个表", "the result is always a table"),
)
NO_SUCH_THRESHOLD = Code(
    "no-such-threshold",
    Severity.ERROR,
    Text("没有这个阈值", "No such threshold"),
    Text("标准没有名为“{name}”的阈值", "the policy has no threshold `{name}`"),
    Text("可用的有：{known}", "there are: {known}"),
    Text(
        "阈值以所在的条款、得分或定级为名", "a threshold is called after the clause, score or grade that it stands in"
    ),
)
THRESHOLD_VALUE = Code(
    "threshold-value",
    Severity.ERROR,
    Text("不是阈值可取的值", "No value for a threshold"),
    Text("“{value}”不是“{name}”可取的值", "`{value}` is no value for `{name}`"),
    Text("写一个数，{how}，如“{example}”", "write one number {how}, such as `{example}`"),
    Text("阈值以外的改动是另一份策略", "whatever changes more than a number is another policy"),
)
THRESHOLD_TWICE = Code(
    "threshold-twice",
    Severity.ERROR,
    Text("同一个阈值设了两次", "One threshold set twice"),
    Text(
        "“{name}”设了两次，或与前面的是同一处文字", "`{name}` is set twice, or stands at the same place as one before"
    ),
    Text("只留一处", "leave one of the two out"),
    Text("取哪一个没有说", "which of the two counts is not said"),
)
SWEEP_TWICE = Code(
    "sweep-value-twice",
    Severity.ERROR,
    Text("扫描里一个值出现两次", "One value of a sweep twice"),
    Text("“{second}”和“{first}”是同一个数", "`{second}` and `{first}` are one number"),
    Text("只留一个", "leave one of the two out"),
    Text("同一个值的行会数两遍", "the rows of one value would be counted twice"),
)
ONE_COMPARISON = Code(
    "several-comparisons",
    Severity.ERROR,
    Text("一次作了几种比较", "Several comparisons at once"),
    Text(
        "--set、一个 --sweep 和另一个策略，一次只能用其中一样",
        "--set, each --sweep and a second policy are comparisons of their own, and one is made at a time",
    ),
    Text(
        "写 guiju impact POLICY IN --set 阈值=值，或 --sweep 阈值=值,值，或 guiju impact OLD NEW IN；各运行一次",
        "write `guiju impact POLICY IN --set THRESHOLD=VALUE`, or `--sweep THRESHOLD=VALUE,VALUE`, or "
        "`guiju impact OLD NEW IN`, one after the other",
    ),
    Text("合在一起，就看不出是哪一样使结果改变", "together they would not tell which of them turns a result"),
)
PLOT_OF_A_SWEEP = Code(
    "plot-without-sweep",
    Severity.ERROR,
    Text("没有可画的", "Nothing to plot"),
    Text("--plot 画的是 --sweep 的结果，而没有写 --sweep", "--plot draws what --sweep finds, and there is no --sweep"),
    Text("加上 --sweep 阈值=值,值，或去掉 --plot", "add `--sweep THRESHOLD=VALUE,VALUE`, or leave --plot out"),
    Text("一个值画不出走势", "of a single value there is no course to draw"),
)
ROWS_OF_A_SWEEP = Code(
    "sweep-without-rows",
    Severity.ERROR,
    Text("扫描没有行可写", "No rows of a sweep"),
    Text(
        "--out 写一种改变之下结果改变的行，而 --sweep 有好几种",
        "--out writes the rows that one change turns, and --sweep makes several",
    ),
    Text(
        "只数各值之下的行，就去掉 --out；要看是哪些行，用 --set",
        "leave --out out to count the rows of each value, or use --set to see which they are",
    ),
    Text("空的表会像是没有一行改变", "an empty table would read as if nothing turned"),
)
NOTHING_CHANGED = Code(
    "nothing-changed",
    Severity.ERROR,
    Text("没有写明改了什么", "Nothing is changed"),
    Text("没有写明与什么比较", "it is not said what the policy is compared with"),
    Text(
        "写 guiju impact POLICY IN --set 阈值=值，或 --sweep 阈值=值,值，或 guiju impact OLD NEW IN",
        "write `guiju impact POLICY IN --set THRESHOLD=VALUE`, or `--sweep THRESHOLD=VALUE,VALUE`, or `guiju impact OLD NEW IN`",
    ),
    Text("影响总是两种规定之间的", "an impact is what lies between two sets of rules"),
)
NO_SUCH_SLOT = Code(
    "no-such-slot",
    Severity.ERROR,
    Text("没有这一项", "Nothing of this name"),
    Text("标准没有名为“{name}”的事实、输入或条款", "the policy has no fact, input or clause `{name}`"),
    Text("写成 guiju batch-schema 列出的名称", "write a name that `guiju batch-schema` lists"),
    Text("概率总是对某一项说的", "a chance is that of one thing"),
)
CHANCES_FORM = Code(
    "chances-form",
    Severity.ERROR,
    Text("概率文件的形式不对", "Form of a chances file"),
    Text("“{name}”写得不对", "`{name}` is not written as it must be"),
    Text(
        "写 guiju: chances/1、default: 1/2 和 chances；每项写一个 0 到 1 的数（是、满足的概率），或“值: 概率”，合计为 1；公分母不超过 10^18",
        "write guiju: chances/1, default: 1/2 and chances; of each thing one number from 0 to 1 (of yes, of satisfied), "
        "or `value: chance` with chances that sum to 1",
    ),
    Text("概率合计不是 1，抽样就没有意义", "chances that do not sum to 1 cannot be drawn by"),
)
BATCH_CODES: tuple[Code, ...] = (
    NO_TABLE,
    NOT_READ,
    TABLE_TWICE,
    UNKNOWN_TABLE,
    DAMAGED_TABLE,
    EMPTY_TABLE,
    UNKNOWN_COLUMN,
    TWO_CLAUSES,
    COLUMN_TWICE,
    COLUMN_TYPE,
    BINARY_FLOATS,
    NO_KNOWN_COLUMN,
    MISSING_COLUMNS,
    OUTPUT_IS_INPUT,
    OUT_WITHOUT_NAME,
    OTHERS_THERE,
    NO_ID_COLUMN,
    NO_KEPT_COLUMN,
    RESULT_COLUMN,
    COPIED_TYPE,
    BLANK_OPTION,
    ID_TWICE,
    NO_SUCH_ROW,
    ROW_TWICE,
    REJECTS_IS_OUTPUT,
    INTERRUPTED,
    WORKER_ENDED,
    EMPTY_FILE,
    OTHER_SEPARATOR,
    MISFIT_LINE,
    UNKNOWN_PART,
    OUT_NEEDED,
    NO_SUCH_SLOT,
    CHANCES_FORM,
    NO_SUCH_THRESHOLD,
    THRESHOLD_VALUE,
    THRESHOLD_TWICE,
    SWEEP_TWICE,
    ONE_COMPARISON,
    PLOT_OF_A_SWEEP,
    ROWS_OF_A_SWEEP,
    NOTHING_CHANGED,
)
