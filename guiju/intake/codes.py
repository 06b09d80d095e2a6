"""What can be wrong with a document to import: the codes."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text

NOT_A_CATALOG = Code(
    "not-a-catalog",
    Severity.ERROR,
    Text("不是目录", "Not a catalog"),
    Text("这个 JSON 文件没有 catalog", "this JSON file has no `catalog`"),
    Text(
        "给出 OSCAL 目录（catalog）文件；基线（profile）用 --profile 给出",
        "give the file of an OSCAL catalog; profiles are given with --profile",
    ),
    Text("要求写在目录里，基线只挑选它们", "requirements stand in a catalog, profiles only choose among them"),
)
NOT_A_PROFILE = Code(
    "not-a-profile",
    Severity.ERROR,
    Text("不是基线", "Not a profile"),
    Text("这个 JSON 文件没有 profile", "this JSON file has no `profile`"),
    Text("给出 OSCAL 基线（profile）文件", "give the file of an OSCAL profile"),
    Text("每个基线成为一个等级", "every profile becomes a level"),
)
NO_REQUIREMENTS = Code(
    "no-requirements",
    Severity.ERROR,
    Text("没有找到要求", "No requirements found"),
    Text("文件里没有带编号的要求", "the file has no numbered requirement"),
    Text(
        "给要求编号（6.1.1、a)、1)），或在 Excel 里给列写上表头（编号、标题、内容）",
        "number the requirements (6.1.1, a), 1)), or head the columns of a sheet (number, title, text)",
    ),
    Text("策略的条款由编号得名", "the clauses of a policy are named by their numbers"),
)
UNKNOWN_DOCUMENT = Code(
    "unknown-document",
    Severity.ERROR,
    Text("不认识的文件", "Unknown kind of document"),
    Text("不认识“{name}”这类文件", "`{name}` is not a kind of file that can be imported"),
    Text("可以导入：{known}", "what can be imported: {known}"),
    Text("按文件名的后缀选择读法", "the end of its name says how a file is read"),
)
DAMAGED_DOCUMENT = Code(
    "damaged-document",
    Severity.ERROR,
    Text("文件打不开", "Damaged document"),
    Text("“{name}”打不开（{reason}）", "`{name}` cannot be opened ({reason})"),
    Text("用 Word、Excel 打开后另存一次", "open it in Word or Excel and save it anew"),
    Text("读不全的文件会漏掉要求", "of a document that cannot be read in full requirements would be lost"),
)
NOT_A_NAME = Code(
    "not-a-new-name",
    Severity.ERROR,
    Text("名称不能用", "Not usable as a name"),
    Text("“{name}”不能作标准或等级的名称", "`{name}` cannot name a standard or a level"),
    Text(
        "用字母、数字、汉字和 - + . _，以字母或汉字开头，不用关键字{form}",
        "use letters, digits, Chinese characters and - + . _, begin with a letter, and take no keyword{form}",
    ),
    Text("策略和证据都用这个名称", "policies and evidence write this name"),
)
PROFILE_RING = Code(
    "profile-ring",
    Severity.ERROR,
    Text("基线引入自身", "Profile that imports itself"),
    Text("基线一个引入一个，又回到开头：{ring}", "these profiles import one another in a ring: {ring}"),
    Text("让其中一个改为引入目录", "let one of them import the catalog instead"),
    Text("绕成一圈的基线没有选出任何条款", "profiles in a ring choose nothing from any catalog"),
)
LEVEL_TAKEN = Code(
    "level-taken",
    Severity.ERROR,
    Text("等级已有", "Level taken"),
    Text("等级“{name}”不能再用", "the level `{name}` is taken"),
    Text(
        "每个基线各用一个等级名；whole 留给基线都没有选的条款",
        "give each profile a level of its own; `whole` is the level of what no profile chooses",
    ),
    Text("一个等级由一个基线给出", "one profile gives one level"),
)
OTHER_LEVELS = Code(
    "other-levels",
    Severity.ERROR,
    Text("等级对不上", "Other levels"),
    Text(
        "文件里的等级是 {found}，--levels 写的是 {given}",
        "the levels of the document are {found}, and --levels has {given}",
    ),
    Text("把文件里的等级各写一次，由低到高", "name each level of the document once, lowest first"),
    Text("漏写或多写一级，条款就会计入别的级", "with one too few or too many, clauses would count at other levels"),
)
MISSHAPEN = Code(
    "misshapen-oscal",
    Severity.ERROR,
    Text("不是 OSCAL 的写法", "Not as OSCAL writes it"),
    Text("“{key}”要写成{shape}", "`{key}` must be {shape}"),
    Text("照 OSCAL 的模式改正后再导入", "mend it as the schema of OSCAL has it, and import again"),
    Text("读不懂的地方可能有要求", "what cannot be read may hold requirements"),
)
TOO_MANY_ROWS = Code(
    "too-many-rows",
    Severity.ERROR,
    Text("行太多", "Too many rows"),
    Text("工作簿超过 {limit} 行", "the workbook has more than {limit} rows"),
    Text("删去不是要求的行，或分成几个文件导入", "remove rows that are no requirements, or import several files"),
    Text("一份策略最多四万行", "a policy has forty thousand lines at most"),
)
INTAKE_CODES: tuple[Code, ...] = (
    NOT_A_CATALOG,
    NOT_A_PROFILE,
    NO_REQUIREMENTS,
    UNKNOWN_DOCUMENT,
    DAMAGED_DOCUMENT,
    NOT_A_NAME,
    PROFILE_RING,
    LEVEL_TAKEN,
    OTHER_LEVELS,
    MISSHAPEN,
    TOO_MANY_ROWS,
)
