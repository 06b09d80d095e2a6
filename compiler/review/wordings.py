"""One thing that a text writes in several ways: names, lists, numbers."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.checks.context import Checked
from guiju.compiler.review.records import recorded
from guiju.dsl.diagnostic import Code, Diagnostic, Label, Severity, Text

NAME_VARIES = Code(
    "name-varies",
    Severity.NOTE,
    Text("名称前后不一", "Name that varies"),
    Text("“{name}”（{cites}）在 {places} 写作“{other}”", "`{name}` ({cites}) is `{other}` in {places}"),
    Text("全文用同一个名称", "use one name throughout"),
    Text("同一事物有两个名称，读者会当作两件事", "a thing with two names is read as two things"),
    'record level L1 "基础应用级" cites 7.1\n  as "基础能力级" table 3',
)
COUNT_VARIES = Code(
    "count-varies",
    Severity.NOTE,
    Text("数目前后不一", "Count that varies"),
    Text(
        "“{name}”在 {cites} 是 {number}，在 {places} 是 {other}",
        "`{name}` is {number} in {cites} and {other} in {places}",
    ),
    Text("核对后改成同一个数", "find out which is right"),
    Text("同一件事的两个数至少有一个是错的", "of two counts of one thing at least one is wrong"),
    'record statement drafters "起草单位"\n  counts 19 cites 1\n  counts 15 cites 3',
)
ELSEWHERE = Text("别处", "another place")  # that no citation can name, such as a lead or a list of contents


def name_varies(checked: Checked) -> Iterator[Diagnostic]:
    """`as` properties that say something else than the label."""
    for record in recorded(checked):
        for said in record.said("as"):
            if said.text.zh not in ("", record.label.zh):
                arguments = (
                    ("name", record.label),
                    ("cites", record.introduced or "-"),
                    ("other", said.text),
                    ("places", said.places or ELSEWHERE),
                )
                yield Diagnostic(NAME_VARIES, said.span, arguments)


def count_varies(checked: Checked) -> Iterator[Diagnostic]:
    """`counts` properties of one record that differ from its first."""
    for record in recorded(checked):
        first, *others = record.said("counts") or (None,)
        for said in others:
            if first and first.number and said.number and said.number.value != first.number.value:
                arguments = (
                    ("name", record.label),
                    ("cites", first.places or "-"),
                    ("number", first.number.digits),
                    ("places", said.places or "-"),
                    ("other", said.number.digits),
                )
                label = Label(first.span, Text("前一个数", "the other count"))
                yield Diagnostic(COUNT_VARIES, said.span, arguments, (label,))
