"""The diagnostics of examples: what is given, and what is expected."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text


def _error(name: str, title: Text, message: Text, help: Text, why: Text, example: str = "") -> Code:
    return Code(name, Severity.ERROR, title, message, help, why, example)


_SUBJECT = 'fact staff : count\nlet many = staff >= 5\ngroups section\nsection 4.1\n  a) "Staff" many\n'

NOT_TO_BE_GIVEN = _error(
    "not-to-be-given",
    Text("给定的不是事实或输入", "Given is neither fact nor input"),
    Text("“{name}”不是事实或输入，不能给定", "`{name}` is no fact and no input, so it cannot be given"),
    Text("给定它所依据的事实或条款，把它写进期望", "give the facts or clauses that it stands on, and expect it"),
    Text(
        "示例给定的是证据能说的；得分和令由此算出",
        "an example gives what evidence can say; scores and lets follow from that",
    ),
    f'{_SUBJECT}example "x"\n  given many = yes\n  expect many = yes',
)
NO_FIXED_VALUE = _error(
    "no-fixed-value",
    Text("示例的值不是定值", "Value of an example that is not fixed"),
    Text("“{value}”不是“{name}”的一个定值：{reason}", "`{value}` is no fixed value of `{name}`: {reason}"),
    Text("写出数、选项或是否", "write a number, an option, or yes or no"),
    Text(
        "示例是手算过的一个情形，其中的值不能再依别的而定",
        "an example is one case, worked by hand, and nothing in it depends on anything else",
    ),
    f'{_SUBJECT}example "x"\n  given staff = 2.5\n  expect many = no',
)
GIVEN_TWICE = _error(
    "given-twice",
    Text("同一样给定了两次", "Given twice"),
    Text("这个示例已经给定过“{name}”", "this example has given `{name}` already"),
    Text(
        "删去一处；“全部 其余 条款”指没有另外说到的",
        "remove one; `all other clauses` are those not spoken of otherwise",
    ),
    Text("两处不同时，不知道指哪一处", "where the two differ, nobody knows which is meant"),
    f'{_SUBJECT}example "x"\n  given staff = 2, staff = 3\n  expect many = no',
)
ALWAYS_APPLICABLE = _error(
    "given-not-applicable",
    Text("条款没有适用条件", "Clause that always applies"),
    Text("条款 {clause} 没有适用条件，不会是不适用", "clause {clause} has no `applies when`, so it always applies"),
    Text("写成满足或不满足", "write satisfied or unsatisfied"),
    Text("只有写明适用条件的条款才能不适用", "only a clause with a condition of applicability can be not applicable"),
    f'{_SUBJECT}example "x"\n  given 4.1 a) not applicable\n  expect many = unknown',
)
NOTHING_EXPECTED = _error(
    "nothing-expected",
    Text("示例没有期望", "Example that expects nothing"),
    Text("示例“{name}”没有写期望什么", "the example `{name}` expects nothing"),
    Text("补上一行：期望 …", "add a line: expect …"),
    Text("没有期望的示例总是通过，什么也没有检验", "an example that expects nothing passes always, and tests nothing"),
    f'{_SUBJECT}example "x"\n  given staff = 2',
)
WRONG_EXPECTATION = _error(
    "wrong-expectation",
    Text("期望的写法不对", "Expectation of another form"),
    Text(
        "期望要把一个得分、定级、令或事实与值相比，这里不是",
        "an expectation compares one score, grade, let or fact with values, which this does not",
    ),
    Text(
        "写成：A 在 L1 级 = 2、level = L1 | L2、1 <= A <= 2；各组的写成：期望 组：…",
        "write `A at L1 = 2`, `level = L1 | L2` or `1 <= A <= 2`; of a group, `expect GROUP : …`",
    ),
    Text("这样每个期望都能对照到一个结果", "so each expectation can be held against one result"),
    f'{_SUBJECT}example "x"\n  given staff = 2\n  expect many = yes | 3 = 4',
)
EXAMPLE_CODES: tuple[Code, ...] = (
    NOT_TO_BE_GIVEN,
    NO_FIXED_VALUE,
    GIVEN_TWICE,
    ALWAYS_APPLICABLE,
    NOTHING_EXPECTED,
    WRONG_EXPECTATION,
)
