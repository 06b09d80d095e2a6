"""The diagnostics of elaboration: names, types, cells. Those of the checks stand in `compiler.checks`, one a file."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text


def _error(name: str, title: Text, message: Text, help: Text, why: Text, example: str = "") -> Code:
    return Code(name, Severity.ERROR, title, message, help, why, example)


DUPLICATE_NAME = _error(
    "duplicate-name",
    Text("名称重复", "Name declared twice"),
    Text("{what}“{name}”已经声明过", "the {what} `{name}` is already declared"),
    Text("改用另一个名称，或删去其中一处声明", "choose another name, or remove one of the declarations"),
    Text(
        "同名的两样东西无法区分，证据文件也就不知道指哪一个",
        "two things of one name cannot be told apart, neither here nor in an evidence file",
    ),
    "fact a : count\nfact a : count",
)
RESERVED_NAME = _error(
    "reserved-name",
    Text("名称是语言自己的词", "Name that is a word of the language"),
    Text("“{name}”是语言自己的词，不能作名称", "`{name}` is a word of the language and cannot be a name"),
    Text("改用另一个名称，例如“{name}_1”", "choose another name, such as `{name}_1`"),
    Text(
        "条件里的这个词总是语言自己的意思，这样声明的东西永远用不到",
        "in a condition this word always has its own meaning, so what is declared by it could never be used",
    ),
    "fact yes : h",
)
UNKNOWN_NAME = _error(
    "unknown-name",
    Text("名称没有声明", "Name not declared"),
    Text("没有名为“{name}”的{what}", "there is no {what} called `{name}`"),
    Text("检查拼写，或先声明它", "check the spelling, or declare it first"),
    Text(
        "没有声明的名称没有类型、没有出处，证据也无法回答它",
        "a name without declaration has no type and no citation, and no evidence can answer it",
    ),
    "let x = undeclared + 1",
)
DECLARED_OTHERWISE = _error(
    "declared-otherwise",
    Text("声明的名称与用的不同", "Declared by another name than it is used by"),
    Text(
        "声明了“{declared}”却没有用到，用了 {number} 次的“{used}”却没有声明",
        "`{declared}` is declared and used nowhere, while `{used}`, which is used {number} times, is not declared",
    ),
    Text("两处写成同一个名称", "write the same name in both places"),
    Text(
        "没有声明的名称没有类型、没有出处，证据也无法回答它",
        "a name without declaration has no type, and no evidence can answer it",
    ),
    "fact stafff : count\nlet big = staff >= 50\nlet small = staff < 5",
)
WHICH_GRADE = _error(
    "which-grade",
    Text("没有写明改哪个定级", "Which grade is patched is not said"),
    Text("{grades} 都有“{name}”一行", "{grades} all have a row `{name}`"),
    Text("写出定级的名称：定级 {first} {name} = …", "name the grade: grade {first} {name} = …"),
    Text("一种读法只改它所指的那一张判定表", "a reading changes the one table that it is about"),
    "score a = 1\nscore b = 2\ngrade g by a\n  pass | a >= 1\n  otherwise | fail\ngrade h by b\n  pass | b >= 1\n"
    '  otherwise | fail\nreading r "r"\n  default x : nothing changes\n  or y : grade pass = a > 1',
)
SEVERAL_KINDS = _error(
    "several-kinds",
    Text("定级的对象不明", "Which groups get the grade is not said"),
    Text(
        "得分“{score}”有 {kinds} 几种，定级“{grade}”不知道给哪一种",
        "the score `{score}` is given to {kinds}, and the grade `{grade}` could be given to any of them",
    ),
    Text("给其中一种得分另起名称，按它定级", "give one of the scores a name of its own, and grade by it"),
    Text("否则结果取决于声明的先后", "the result would depend on the order of the declarations"),
    'groups part > section\npart p\n  section 6.1\n    a) "x" attested\n    b) "y" attested\n'
    "score of each section = count of clauses satisfied\nscore of each part = count of clauses satisfied\n"
    "grade g by score\n  pass | score >= 1\n  otherwise | fail",
)
LONG_CHAIN = _error(
    "long-chain",
    Text("一环套一环过多", "Too many definitions on one another"),
    Text(
        "“{name}”之下一环套一环超过 {limit} 层", "`{name}` stands on more than {limit} definitions one below the other"
    ),
    Text("直接写出中间的式子，减少层数", "write out some of the definitions in between"),
    Text(
        "标准里的推导只有几层；这样长的链多半是误生成的",
        "a standard derives in a few steps; so long a chain is probably a mistake",
    ),
)
UNKNOWN_RELATION = _error(
    "unknown-relation",
    Text("对照关系不认识", "Relation of a crosswalk not known"),
    Text("没有名为“{name}”的对照关系", "there is no relation called `{name}`"),
    Text("写等同、子集、超集或相交", "write equal, subset, superset or intersects"),
    Text(
        "关系说明对方条款所要求的，相对于本标准条款所要求的是什么",
        "it says what the other clauses ask for is, in relation to what the clauses here ask for",
    ),
    'section 6.1\n  a) "x" attested\ncrosswalk other\n  6.1 a) | similar | 5.1 a)',
)
NOT_A_VOCABULARY = _error(
    "not-a-vocabulary",
    Text("采用的不是词汇表", "Not a vocabulary"),
    Text("“{name}”是标准，不是词汇表", "`{name}` is a standard and no vocabulary"),
    Text(
        "采用词汇表；与另一标准的条款相对照，用“对照”",
        "use a vocabulary; clauses of another standard are set beside these by a crosswalk",
    ),
    Text(
        "词汇表只有事实，各标准在上面设自己的要求；标准的条款和得分不能借用",
        "a vocabulary has facts only, on which each standard sets its own thresholds",
    ),
    "use demo-2",
)
VOCABULARY_IN_VOCABULARY = _error(
    "vocabulary-in-vocabulary",
    Text("词汇表采用词汇表", "Vocabulary that uses a vocabulary"),
    Text("词汇表不能采用另一个词汇表“{name}”", "a vocabulary cannot use another one, `{name}`"),
    Text("删去这一行，由标准自己采用两个词汇表", "remove the line, and let the standard use both"),
    Text(
        "这样每个事实在哪里声明一看便知，也不会互相采用、没有尽头",
        "so it is plain where a fact is declared, and no two use each other",
    ),
)
ANOTHER_VOCABULARY = _error(
    "another-vocabulary",
    Text("文件里是另一个词汇表", "The file holds another vocabulary"),
    Text("文件“{name}.guiju”里的词汇表是“{holds}”", "the file `{name}.guiju` holds the vocabulary `{holds}`"),
    Text(
        "把文件里 vocabulary 一行的编号和文件名改成一样", "make the id in that file and the name of the file the same"
    ),
    Text(
        "文件名只说明到哪里找，编号才说明是哪个词汇表",
        "a file's name says where to look, its id which vocabulary it is",
    ),
)
UNKNOWN_VOCABULARY = _error(
    "unknown-vocabulary",
    Text("词汇表不存在", "No such vocabulary"),
    Text("没有名为“{name}”的词汇表", "there is no vocabulary called `{name}`"),
    Text("可用的词汇表：{known}；自己的词汇表放在策略旁边", "there are {known}; put one of your own beside the policy"),
    Text(
        "采用的词汇表声明本标准与其他标准共用的事实，找不到它，这些事实就没有类型和单位",
        "a vocabulary declares the facts that several standards ask for; without it they have no type and no unit",
    ),
    "use missing-vocabulary",
)
NO_DURATION = _error(
    "no-duration",
    Text("有效期不是时间长度", "Validity that is no length of time"),
    Text("有效期“{found}”不是大于零的时间长度", "the validity `{found}` is no length of time above zero"),
    Text("写成如 180 d 或 12 h", "write it as `180 d` or `12 h`"),
    Text("有效期说明证据收集之后多久还算数", "a validity says for how long evidence counts after it was collected"),
    "use missing-vocabulary\n  validity x 3 GB",
)
CROSSWALK_TO_ITSELF = _error(
    "crosswalk-to-itself",
    Text("标准与自身对照", "Crosswalk of a standard to itself"),
    Text("“{name}”就是本标准", "`{name}` is this very standard"),
    Text("写另一标准的编号", "name another standard"),
    Text("对照把本标准的条款与另一标准的条款并列", "a crosswalk sets clauses here beside clauses of another standard"),
    'section 6.1\n  a) "x" attested\ncrosswalk demo-1\n  6.1 a) | equal | 6.1 a)',
)
NO_DIGEST = _error(
    "no-digest",
    Text("不是摘要", "Not a digest"),
    Text("“{found}”不是对照两端的摘要", "`{found}` is not the digest of both ends of a row"),
    Text(
        "去掉这一格，核对两端之后由 guiju pin --write 写入",
        "leave the cell out, judge both ends, and let `guiju pin --write` write it",
    ),
    Text(
        "两端各有十二位十六进制数字，才能看出哪一端修订过",
        "of each end it holds twelve hexadecimal digits, which tell the end that was amended",
    ),
    'section 6.1\n  a) "x" attested\ncrosswalk other\n  6.1 a) | equal | 5.1 a) | "1"',
)
UNKNOWN_CLAUSE = _error(
    "unknown-clause",
    Text("条款不存在", "Clause does not exist"),
    Text("条款“{clause}”不存在", "there is no clause `{clause}`"),
    Text(
        "改为存在的条款{otherwise}",
        "name a clause that exists{otherwise}",
    ),
    Text(
        "引用不存在的条款，是标准草案里常见的错误：条款被删改后，表格没有跟着改",
        "references to clauses that are not there are a common mistake of drafts: a clause went, the table stayed",
    ),
    "membership\n  section | L1\n  6.1 | a)~z)",
)
GROUP_FOR_CLAUSE = _error(
    "group-for-clause",
    Text("应写条款处写了组", "Group where a clause is needed"),
    Text("“{group}”是一个组，这里要写条款", "`{group}` is a group; what is needed here is a clause"),
    Text("写明其中的条款，如 {clause}", "say which clause of it, such as {clause}"),
    Text("组没有自己的条件和结论，条款才有", "a group has no condition and no verdict of its own; clauses have"),
    'reading r "R"\n  default a : nothing changes\n  or b : clause 6.1 requires attested',
)
UNKNOWN_UNIT = _error(
    "unknown-unit",
    Text("单位不认识", "Unit not known"),
    Text("单位“{unit}”不认识", "the unit `{unit}` is not known"),
    Text(
        "{instead}（已知的单位见语言说明的单位表）",
        "{instead} (the units that are known stand in the table of the language page)",
    ),
    Text(
        "没有换算系数的单位无法精确比较", "quantities can be compared exactly only where the conversion factor is known"
    ),
    "fact speed : furlongs",
)
UNIT_MISMATCH = _error(
    "unit-mismatch",
    Text("单位不一致", "Units do not fit"),
    Text("“{operator}”两边是{left}和{right}，不能这样运算", "`{operator}` cannot take {left} and {right}"),
    Text("换成同一种量的单位，或补上缺少的单位", "use units of the same quantity, or add the unit that is missing"),
    Text(
        "不同量纲的数不能比较：50 PFLOPS 与 50 TB/s 没有大小之分",
        "numbers of different dimensions have no order: 50 PFLOPS is neither more nor less than 50 TB/s",
    ),
    "fact a : PFLOPS\nlet b = a >= 50 TB/s",
)
TEMPERATURE_ARITHMETIC = _error(
    "temperature-arithmetic",
    Text("℃ 的温度不能这样运算", "Arithmetic with a temperature in ℃"),
    Text("以 ℃ 计的温度不能用“{operator}”运算", "`{operator}` means nothing of a temperature in ℃"),
    Text(
        "温度之间只比较、求差或取平均；差以 K 计，如 进风 - 出风 <= 5 K",
        "compare temperatures, average them, or take their difference, which is in K: inlet - outlet <= 5 K",
    ),
    Text(
        "℃ 的零点是人定的：20 ℃ 不是 10 ℃ 的两倍，两个温度之和也不是温度",
        "the zero of ℃ is a convention: 20 ℃ is not twice 10 ℃, and the sum of two temperatures is none",
    ),
    "fact a : ℃\nlet b = a * 2",
)
TYPE_MISMATCH = _error(
    "type-mismatch",
    Text("类型不符", "Wrong type"),
    Text("这里需要{expected}，写的是{found}", "expected {expected}, found {found}"),
    Text("改成{expected}", "write {expected} instead"),
    Text("条件必须能判断真假，得分必须是数", "a condition must be true or false, a score must be a number"),
    "let a = 1 and 2",
)
MISPLACED_CLAUSES = _error(
    "no-clauses-here",
    Text("此处没有条款集合", "No set of clauses here"),
    Text("此处的“条款”没有所指：{reason}", "`clauses` has nothing to stand for here: {reason}"),
    Text(
        "写在某级的得分规则内，或用“属于”指明条款",
        "use it inside a scoring rule of a level, or name the clauses with `of`",
    ),
    Text("条款集合由所在的组和等级确定", "a set of clauses is fixed by the group and the level it stands in"),
)
DECIDED_BY_NONE = _error(
    "decided-by-no-leaf",
    Text("条款没有起决定作用的叶项", "Clause that no leaf decides"),
    Text(
        "“{clause}”是“{modality}”条款，下面却没有同样强度的叶项来决定它",
        "`{clause}` is a `{modality}` clause, and no leaf below it is as strong, so nothing decides it",
    ),
    Text(
        "改正它或下级条款的“应”“宜”“可”，或用 全部 条款 属于 {clause} 满足",
        "correct the modality of it or of those below it, or write `all clauses of {clause} satisfied`",
    ),
    Text(
        "上级条款由不弱于它自己的叶项决定：应的由应的，宜的由应的和宜的",
        "a parent is decided by the leaves of at least its own modality: one with shall by those with shall",
    ),
    'section 4\n  a) shall "x"\n    1) should "y" attested\nscore s\n  1 when 4 a) satisfied\n  0 otherwise',
)
FOREIGN_CLAUSE = _error(
    "clause-of-another-section",
    Text("归属表写了别节的条款", "Clause of another section in a row of the membership table"),
    Text("“{group}”一行写了“{item}”，它在“{home}”", "the row of `{group}` names `{item}`, which stands in `{home}`"),
    Text("写到“{home}”一行去，或改为本节的条款", "name it in the row of `{home}`, or name a clause of this section"),
    Text(
        "一个条款在哪一级计入，只看它所在节的那一行，写在别处不起作用",
        "at which levels a clause counts is read from the row of its own section; elsewhere it would have no effect",
    ),
    'section 4\n  a) "x" attested\nsection 5\n  a) "y" attested\nmembership\n  section | L1\n  4 | a), 5 a)\n  5 | all',
)
WRONG_CELLS = _error(
    "wrong-number-of-cells",
    Text("单元格数目不对", "Wrong number of cells"),
    Text("表头有 {expected} 列，这一行有 {found} 列", "the header has {expected} columns, this row has {found}"),
    Text("补齐或删去单元格；空单元格也要写分隔符“|”", "add or remove cells; an empty cell still needs its `|`"),
    Text("表格必须与印出的表格逐格对应", "each cell of the table must stand for the cell that is printed"),
    "weights\n  service | a | b\n  full | 100%",
)
MISSING_PART = _error(
    "missing-declaration",
    Text("缺少声明", "Declaration missing"),
    Text("缺少{what}", "{what} is missing"),
    Text("补上这项声明", "add the declaration"),
    Text("规则依赖的表格或声明必须存在", "a rule needs the table or declaration it speaks of"),
)
CONFLICTING_READINGS = _error(
    "conflicting-readings",
    Text("两个读法改同一处", "Two readings patch one place"),
    Text("读法“{first}”和“{second}”都修改了{cell}", "the readings `{first}` and `{second}` both patch {cell}"),
    Text("合并为一个读法，或改为修改不同的位置", "merge them into one reading, or let them patch different places"),
    Text(
        "两个读法同时修改一处时，结果取决于次序，而次序没有依据",
        "if two readings patch one place the result depends on an order that nothing justifies",
    ),
)
MANY_COMBINATIONS = _error(
    "too-many-combinations",
    Text("影响同一组条款的读法组合太多", "Too many combinations of readings for one set of clauses"),
    Text(
        "影响这组条款的读法有 {number} 种组合，至多 {most} 种：{readings}",
        "the readings that bear on this set have {number} combinations, {most} at most: {readings}",
    ),
    Text(
        "把一起成立的修改合并到一个读法里，或分开计各部分的条款",
        "put patches that belong together into one reading, or count the clauses in parts",
    ),
    Text(
        "每种组合下计哪些条款，要逐一列出，数目随读法成倍增长",
        "what is counted is laid out for each combination, and each further reading multiplies them",
    ),
)
READING_DEFAULT = _error(
    "reading-without-default",
    Text("读法的默认项不对", "Reading without one default"),
    Text("读法“{name}”应有且只有一个默认项，现有 {number} 个", "the reading `{name}` has {number} defaults"),
    Text("恰好把一个选项写成“默认”", "mark exactly one option as `default`"),
    Text(
        "评价总在默认读法下进行，所以默认项必须恰有一个",
        "an assessment is made under the default reading, so there must be exactly one",
    ),
    'reading r "…"\n  or a : nothing changes',
)
CIRCULAR = _error(
    "cycle",
    Text("循环定义", "Circular definition"),
    Text("“{name}”的定义又用到它自己：{path}", "the definition of `{name}` comes back to itself: {path}"),
    Text("去掉其中一处引用", "remove one of the references"),
    Text("循环的定义没有值", "a circular definition has no value"),
    "let a = b + 1\nlet b = a - 1",
)
DUPLICATE_CLAUSE = _error(
    "duplicate-clause",
    Text("条款标号重复", "Clause mark used twice"),
    Text("条款“{clause}”出现了两次", "the clause `{clause}` appears twice"),
    Text("改正标号", "correct the mark"),
    Text(
        "条款号是条款在证据、报告和接口里唯一的名字",
        "the clause id is its only name in evidence, reports and interfaces",
    ),
    'section 6.1\n  a) "x" attested\n  a) "y" attested',
)
EMPTY_CLAUSE = _error(
    "clause-without-condition",
    Text("条款没有判定方式", "Clause without a condition"),
    Text(
        "条款“{clause}”既没有条件，也没有写“查验”",
        "the clause `{clause}` has neither a condition nor the word `attested`",
    ),
    Text("写出条件，或写“查验”，由人来判定", "write a condition, or `attested` if a person decides it"),
    Text("没有判定方式的条款永远未知", "a clause that nothing decides stays unknown for ever"),
    'section 6.1\n  a) "x"',
)
PARENT_CONDITION = _error(
    "parent-with-condition",
    Text("有下级的条款不能有条件", "Parent clause with a condition"),
    Text("条款“{clause}”有下级条款，又有自己的条件", "the clause `{clause}` has children and a condition of its own"),
    Text("把条件移到下级条款", "move the condition to its children"),
    Text("有下级的条款由下级决定", "a parent holds when its children hold"),
)
FAMILY_LEVEL = _error(
    "missing-combination",
    Text("缺少组合", "Missing combination"),
    Text("“{family}”没有{level}的值", "`{family}` has no value at {level}"),
    Text("补上这一级的规则，或不要在这一级引用它", "add the rule for this level, or do not refer to it there"),
    Text(
        "规则族必须覆盖被引用的每个组和每一级",
        "a family of rules must cover every group and level that something refers to",
    ),
)

MISORDERED_RANGE = _error(
    "misordered-range",
    Text("范围的两端不成序", "Range out of order"),
    Text("范围“{range}”{reason}", "the range `{range}` {reason}"),
    Text(
        "先写在前的条款；不在同一层的条款分开列",
        "write the earlier clause first; list apart what does not stand together",
    ),
    Text(
        "范围是从前一条到后一条之间的全部条款",
        "a range is every clause from the first to the last, in the order of the text",
    ),
    "membership\n  section | L1\n  6.1 | b)~a)",
)
PATCHED_TWICE = _error(
    "patched-twice",
    Text("一个选项两次改同一处", "One option patches a place twice"),
    Text("选项“{option}”两次修改了{cell}", "the option `{option}` patches {cell} twice"),
    Text("只留一处修改", "keep one of the two"),
    Text("两处修改不能同时成立", "both cannot hold"),
    'reading r "…"\n  default a : nothing changes\n  or b : item lettered ; item leaf',
)
PATCH_WITHOUT_EFFECT = Code(
    "patch-without-effect",
    Severity.WARNING,
    Text("修改没有改变什么", "Patch that changes nothing"),
    Text("条款“{clause}”本来就是{is}", "the clause `{clause}` is already {is}"),
    Text("写明另一种理解，或删去这处修改", "say what it is under the other option, or remove the patch"),
    Text(
        "什么也没有改的选项，会让人以为条文可以有另一种理解",
        "an option that changes nothing makes believe that the text can be understood otherwise",
    ),
    'section 6.1\n  a) shall "x" attested\nreading r "…"\n  default a : nothing changes\n  or b : clause 6.1 a) shall',
)
INPUT_WITHOUT_OPTIONS = _error(
    "input-without-options",
    Text("输入没有选项", "Input without options"),
    Text("输入“{name}”不是取值之一", "the input `{name}` is not one of some options"),
    Text(
        "写出选项（取值 … ｜ …）；要填报的数、是否或集合写成事实",
        "give its options (one of … | …); a number, a yes-no or a set is a fact",
    ),
    Text(
        "输入是评价前的选择，证据文件只能给出它的一个选项",
        "an input is chosen before anything is scored: evidence can state one of its options and nothing else",
    ),
    "input sites : count",
)
UNUSED_COLUMN = _error(
    "unused-column",
    Text("多余的一列", "Column that nothing reads"),
    Text(
        "权重按组给出时只有一列权重，“{column}”一列没有用到",
        "weights by group have one column, and nothing reads `{column}`",
    ),
    Text("删去这一列，或改为按输入的选项列出各组", "remove the column, or list the groups by the options of an input"),
    Text("写了却不起作用的数会使人误解", "a number that is written and decides nothing misleads its readers"),
    "weights\n  section | weight | other\n  6.1 | 100% | 50%",
)

ELABORATION_CODES: tuple[Code, ...] = (
    DUPLICATE_NAME,
    RESERVED_NAME,
    UNKNOWN_NAME,
    DECLARED_OTHERWISE,
    WHICH_GRADE,
    SEVERAL_KINDS,
    LONG_CHAIN,
    UNKNOWN_RELATION,
    NOT_A_VOCABULARY,
    VOCABULARY_IN_VOCABULARY,
    ANOTHER_VOCABULARY,
    UNKNOWN_VOCABULARY,
    NO_DURATION,
    CROSSWALK_TO_ITSELF,
    NO_DIGEST,
    UNKNOWN_CLAUSE,
    GROUP_FOR_CLAUSE,
    UNKNOWN_UNIT,
    UNIT_MISMATCH,
    TEMPERATURE_ARITHMETIC,
    TYPE_MISMATCH,
    MISPLACED_CLAUSES,
    DECIDED_BY_NONE,
    FOREIGN_CLAUSE,
    WRONG_CELLS,
    MISSING_PART,
    CONFLICTING_READINGS,
    MANY_COMBINATIONS,
    READING_DEFAULT,
    CIRCULAR,
    DUPLICATE_CLAUSE,
    EMPTY_CLAUSE,
    PARENT_CONDITION,
    FAMILY_LEVEL,
    MISORDERED_RANGE,
    PATCHED_TWICE,
    PATCH_WITHOUT_EFFECT,
    INPUT_WITHOUT_OPTIONS,
    UNUSED_COLUMN,
)
